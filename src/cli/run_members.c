/*
 * `recover --without id` and `recover --with id`: a voter that is gone for good is removed from the record, and one that
 * has a line in network.conf is added to it (E4). Asked of the agent of this server; the primary carries it out. Where no
 * majority of the voters answers, this server is made the primary by force, on a line that begins without those named:
 * what that may lose is said first, and without --force nothing is done. With --dry-run the agent says what would come of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "cli/daemon.h"
#include "cli/init.h"
#include "cli/recover.h"
#include "core/record.h"
#include "sys/keys.h"

enum {
    HEARING_MS = 6000, /* until an agent that was just started has heard whoever can be heard */
    LOOK_EVERY_MS = 200,
    ANSWER_LIMIT_MS = 20000,
    DONE_LIMIT_MS = 240000, /* a forced primary has opened by then, or given up */
};

typedef struct Changing {
    const Site *site;
    Progress progress;
} Changing;

static void show_reply(void *data, const Reply *reply)
{
    Changing *changing = data;
    progress_end(&changing->progress);
    say_reply("mc_ctl", changing->site->id, reply);
    if (!reply->last) {
        progress_show(&changing->progress, daemon_now(), "this server to be the primary");
    }
}

static bool find_member(const Site *site, const char *id, MemberId *ret)
{
    for (MemberId m = 0; m < site->members.count; m++) {
        if (str_equal(site->members.member[m].name, id)) {
            *ret = m;
            return true;
        }
    }
    return false;
}

static int usage(const char *what)
{
    return say_failed("mc_ctl", ERROR_USAGE, NULL, "%s", what);
}

static int read_members(const CommandLine *line, const Site *site, Command *ret)
{
    for (int i = 0; i < line->repeated_count; i++) {
        const CommandRepeat *given = &line->repeated[i];
        MemberId member = MEMBER_NONE;
        if (given->option != OPTION_WITHOUT && given->option != OPTION_WITH) {
            continue;
        }
        if (!find_member(site, given->value, &member)) {
            return say_failed("mc_ctl", ERROR_USAGE,
                              "network.conf names the members; a new one gets a line at its end, "
                              "in the file of every host",
                              "\"%s\" is no member of this cluster", given->value);
        }
        *(given->option == OPTION_WITH ? &ret->with : &ret->without) |= member_bit(member);
    }
    if (member_in(ret->without, site->self)) {
        return usage("--without names another member: this one is here");
    }
    if (ret->with != 0 && (ret->without != 0 || ret->force)) {
        return usage("--with goes with neither --without nor --force");
    }
    return !ret->force &&
                   (command_given(line, OPTION_DISABLE) || command_given(line, OPTION_ENABLE))
               ? usage("-f and -F go with --force: nothing else is changed with who votes")
               : EXIT_DONE;
}

static bool primary_serves(const Status *status)
{
    const MemberId primary = status->record.primary;
    return status->confirmed && primary < status->count &&
           status->member[primary].role == HOST_ROLE_PRIMARY;
}

/* So long an agent that was just started cannot tell silence from not having heard yet. */
static void wait_heard(Changing *changing)
{
    const Millis until = daemon_now() + HEARING_MS;
    Status status = {0};
    Error ignored = {0};
    while (daemon_now() < until &&
           !(daemon_status(changing->site, &status, &ignored) && primary_serves(&status))) {
        progress_show(&changing->progress, daemon_now(), "the other voters to be heard");
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&changing->progress);
}

/* An operator has stood in for somebody who is named, and this server is the primary since, or is to be. */
static bool was_forced(const Site *site, MemberSet without)
{
    Status status = {0};
    Error ignored = {0};
    return daemon_status(site, &status, &ignored) && status.record.branch.forced &&
           (status.record.branch.without & without) != 0 && status.record.primary == site->self;
}

/* Interrupted, and given again: those named are removed already. */
static bool is_done_already(const Site *site, const Command *command)
{
    Status status = {0};
    Error ignored = {0};
    return command->force && !command->dry_run && was_forced(site, command->without) &&
           daemon_status(site, &status, &ignored) &&
           (record_voters(&status.record) & command->without) == 0;
}

/* What a new arbitration server is made of, as mc_ctl init writes it for the first ones. */
static int write_arbiter_files(const Site *site, const Command *command)
{
    for (MemberId m = 0; m < site->members.count; m++) {
        Error error = {0};
        bool made = false;
        if (!member_in(command->with, m) || site->members.member[m].kind != MEMBER_ARBITER) {
            continue;
        }
        if (command->dry_run) {
            say("%s: would write %s/%s.init, where it is not there yet: what mc_arb init --id %s "
                "--from takes there",
                site->id, site->dir, site->members.member[m].name, site->members.member[m].name);
            continue;
        }
        if (!init_arbiter_file(site, m, &made, &error)) {
            return say_error("mc_ctl", &error);
        }
        if (made) {
            say("%s: %s/%s.init is what mc_arb init --id %s --from takes there", site->id,
                site->dir, site->members.member[m].name, site->members.member[m].name);
        }
    }
    return EXIT_DONE;
}

bool recover_changes_members(const CommandLine *line)
{
    for (int i = 0; i < line->repeated_count; i++) {
        if (line->repeated[i].option == OPTION_WITHOUT || line->repeated[i].option == OPTION_WITH) {
            return true;
        }
    }
    return false;
}

static int ask(Changing *changing, const Command *command, bool *ret_goes_on)
{
    Error error = {0};
    int status = EXIT_DONE;
    if (!command->dry_run) {
        recover_stage(command->force ? RECOVER_FORCING : RECOVER_CHANGING);
    }
    const bool ok = daemon_command(changing->site, command, DONE_LIMIT_MS, show_reply, changing,
                                   &status, &error);
    progress_end(&changing->progress);
    if (!ok) {
        return say_error("mc_ctl", &error);
    }
    *ret_goes_on = status == EXIT_DONE && command->force && !command->dry_run &&
                   was_forced(changing->site, command->without);
    return status;
}

int recover_members(const Site *site, const CommandLine *line, bool *ret_goes_on)
{
    Command command = {.kind = COMMAND_MEMBERS,
                       .wait = true,
                       .to = MEMBER_NONE,
                       .force = command_given(line, OPTION_FORCE),
                       .dry_run = command_given(line, OPTION_DRY_RUN),
                       .deadline = ANSWER_LIMIT_MS};
    Changing changing = {.site = site, .progress = progress_begin(daemon_now())};
    int status = read_members(line, site, &command);
    if (status == EXIT_DONE) {
        status = write_arbiter_files(site, &command);
    }
    if (status == EXIT_DONE) {
        status = recover_ensure_agent(site, line);
    }
    if (status != EXIT_DONE) {
        return status;
    }
    *ret_goes_on = is_done_already(site, &command);
    if (*ret_goes_on) {
        say("%s: who was named votes no more, and this server is the primary of the record",
            site->id);
        return EXIT_DONE;
    }
    wait_heard(&changing);
    return ask(&changing, &command, ret_goes_on);
}

/*
 * `recover --without id` and `recover --with id`: a voter that is gone for good is removed from the record, and one that
 * has a line in network.conf is added to it (E4). Asked of the agent of this server; the primary carries it out. Where no
 * majority of the voters answers, this server is made the primary by force, on a line that begins without those named:
 * what that may lose is said first, and without --force nothing is done.
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
    return command_given(line, OPTION_DRY_RUN) || command_given(line, OPTION_DISABLE) ||
                   command_given(line, OPTION_ENABLE)
               ? usage("--without and --with go with --force alone")
               : EXIT_DONE;
}

static bool primary_serves(const Status *status)
{
    const MemberId primary = status->record.primary;
    return status->confirmed && primary < status->count &&
           status->member[primary].role == HOST_ROLE_PRIMARY;
}

/* So long an agent that was just started cannot tell silence from not having heard yet. */
static void wait_heard(const Site *site)
{
    const Millis until = daemon_now() + HEARING_MS;
    Status status = {0};
    Error ignored = {0};
    while (daemon_now() < until &&
           !(daemon_status(site, &status, &ignored) && primary_serves(&status))) {
        daemon_pause(LOOK_EVERY_MS);
    }
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

int recover_members(const Site *site, const CommandLine *line)
{
    Command command = {.kind = COMMAND_MEMBERS,
                       .wait = true,
                       .to = MEMBER_NONE,
                       .force = command_given(line, OPTION_FORCE),
                       .deadline = ANSWER_LIMIT_MS};
    Changing changing = {.site = site, .progress = progress_begin(daemon_now())};
    Error error = {0};
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
    wait_heard(site);
    const bool ok =
        daemon_command(site, &command, DONE_LIMIT_MS, show_reply, &changing, &status, &error);
    progress_end(&changing.progress);
    return ok ? status : say_error("mc_ctl", &error);
}

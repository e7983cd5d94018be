/*
 * `switch`: the standby becomes the primary, and the primary its standby. `detach`: a standby is kept apart. Asked of the
 * daemon at any server; the one of the primary carries it out and says how far it is. `switch --force` and `rejoin` are asked
 * where they are meant: of the server that becomes the primary, and of the one that gives up what it has of its own.
 */
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/say.h"
#include "cli/silence.h"
#include "core/record.h"

enum {
    ANSWER_LIMIT_MS = 10000, /* for the primary to take it up */
    DONE_LIMIT_MS =
        240000, /* preparing, stopping and coming back have limits of their own, which add up to less */
};

typedef struct Switching {
    const Site *site;
    const char *waits_for;
    Progress progress;
} Switching;

static void show_reply(void *data, const Reply *reply)
{
    Switching *switching = data;
    progress_end(&switching->progress);
    say_reply("mc_ctl", switching->site->id, reply);
    if (!reply->last) {
        progress_show(&switching->progress, daemon_now(), switching->waits_for);
    }
}

static bool find_server(const Site *site, const char *id, MemberId *ret)
{
    const MemberTable *members = &site->members;
    for (MemberId m = 0; m < members->count; m++) {
        if (members->member[m].kind == MEMBER_SERVER && str_equal(members->member[m].name, id)) {
            *ret = m;
            return true;
        }
    }
    return false;
}

static int run(const Site *site, const Command *command, const char *waits_for, Millis limit)
{
    Switching switching = {
        .site = site, .waits_for = waits_for, .progress = progress_begin(daemon_now())};
    int status = EXIT_DONE;
    Error error = {0};
    if (command->kind == COMMAND_SWITCH && command->force) {
        silence_await(site, &switching.progress);
    }
    const bool ok = daemon_command(site, command, limit, show_reply, &switching, &status, &error);
    progress_end(&switching.progress);
    return ok ? status : say_error("mc_ctl", &error);
}

static bool find_member(const Site *site, const char *id, MemberId *ret)
{
    const MemberTable *members = &site->members;
    for (MemberId m = 0; m < members->count; m++) {
        if (str_equal(members->member[m].name, id)) {
            *ret = m;
            return true;
        }
    }
    return false;
}

/* The voters that the operator stands in for; the exit status. */
static int read_without(const CommandLine *line, const Site *site, MemberSet *ret)
{
    for (int i = 0; i < line->repeated_count; i++) {
        MemberId member = MEMBER_NONE;
        if (line->repeated[i].option != OPTION_WITHOUT) {
            continue;
        }
        if (!find_member(site, line->repeated[i].value, &member) || member == site->self) {
            return say_failed(
                "mc_ctl", ERROR_USAGE, "network.conf names the members of the cluster",
                "--without \"%s\" is no other member of this cluster", line->repeated[i].value);
        }
        *ret |= member_bit(member);
    }
    return EXIT_DONE;
}

int ctl_switch(const CommandLine *line)
{
    int status = EXIT_DONE;
    Command command = {.kind = COMMAND_SWITCH,
                       .wait = true,
                       .to = MEMBER_NONE,
                       .dry_run = command_given(line, OPTION_DRY_RUN),
                       .force = command_given(line, OPTION_FORCE),
                       .no_fencing = command_given(line, OPTION_NO_FENCING),
                       .deadline = ANSWER_LIMIT_MS};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    const char *to = command_value(line, OPTION_TO);
    if (to != NULL && !find_server(site, to, &command.to)) {
        return say_failed("mc_ctl", ERROR_USAGE, "network.conf names the servers of the cluster",
                          "--to \"%s\" is no database server of this cluster", to);
    }
    status = read_without(line, site, &command.without);
    if (status == EXIT_DONE && command.without != 0 && !command.force) {
        return say_failed("mc_ctl", ERROR_USAGE, NULL, "--without goes with --force alone");
    }
    if (status == EXIT_DONE && command.no_fencing && !command.force) {
        return say_failed("mc_ctl", ERROR_USAGE,
                          "a primary that hands over is stopped, and isolated by nobody",
                          "--no-fencing goes with --force alone");
    }
    return status != EXIT_DONE ? status
                               : run(site, &command, "the switch to be complete", DONE_LIMIT_MS);
}

/* A command to the agent here about the server that is the operand, or about one that the agent knows. */
static int run_about(const CommandLine *line, Command *command, const char *what, Millis limit)
{
    int status = EXIT_DONE;
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (line->operand_count > 0 && !find_server(site, line->operand[0], &command->to)) {
        return say_failed("mc_ctl", ERROR_USAGE, "network.conf names the servers of the cluster",
                          "\"%s\" is no database server of this cluster", line->operand[0]);
    }
    return run(site, command, what, limit);
}

int ctl_rejoin(const CommandLine *line)
{
    Command command = {.kind = COMMAND_REJOIN,
                       .wait = true,
                       .to = MEMBER_NONE,
                       .force = command_given(line, OPTION_FORCE),
                       .deadline = ANSWER_LIMIT_MS};
    return run_about(line, &command, "the answer", 2 * ANSWER_LIMIT_MS);
}

int ctl_detach(const CommandLine *line)
{
    Command command = {.kind = COMMAND_DETACH,
                       .wait = true,
                       .to = MEMBER_NONE,
                       .force = command_given(line, OPTION_FORCE),
                       .no_fencing = command_given(line, OPTION_NO_FENCING),
                       .deadline = ANSWER_LIMIT_MS};
    return run_about(line, &command, "the standby to be detached", DONE_LIMIT_MS);
}

/*
 * `start`: the daemon, then the wait until this member is what it should be.
 *
 * The wait looks at the status again and again: what start waits for is not one event but a state that the
 * cluster reaches over many, and the look is cheap.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/launch.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/starting.h"
#include "cli/stream_line.h"
#include "core/durable.h"
#include "core/node.h"
#include "sys/pg_mark.h"
#include "sys/statefile.h"
#include "view/status.h"
#include "wire/wire.h"

enum {
    LOOK_EVERY_MS = 100,
    START_MARGIN_MS = 30000,     /* beyond the time that the instance itself may take */
    ATTACH_PATIENCE_MS = 30000,  /* a standby that follows may need long to catch up */
    PRIMARY_PATIENCE_MS = 30000, /* for a primary that is silent: it may be started just now, too */
    TELL_AFTER_MS = 5000,        /* what is waited for so long is told without a terminal, too */
    COMMAND_LIMIT_MS = 15000,
};

typedef struct Waiting {
    const Site *site;
    Millis since;
    Millis followed_since; /* 0: not yet */
    Millis decided;        /* until then something else than an operator was waited for */
    Millis primary_heard;  /* until then a primary was there to be followed, or not needed */
    bool told;             /* what is waited for */
} Waiting;

typedef enum Verdict { VERDICT_WAIT, VERDICT_DONE, VERDICT_FAILED } Verdict;

/* What comes of a command that was taken is seen in the status. */
static void print_refusal(void *data, const Reply *reply)
{
    const Site *site = data;
    if (reply->status != EXIT_DONE) {
        say_reply("mc_ctl", site->id, reply);
    }
}

static void print_reply(void *data, const Reply *reply)
{
    const Site *site = data;
    say_reply(site->kind == MEMBER_SERVER ? "mc_ctl" : "mc_arb", site->id, reply);
}

static const MemberStatus *own_row(const Status *status)
{
    return status->self < status->count ? &status->member[status->self] : NULL;
}

static const char *primary_name(const Status *status)
{
    for (int i = 0; i < status->count; i++) {
        if (status->member[i].role == HOST_ROLE_PRIMARY) {
            return status->member[i].name;
        }
    }
    return "the primary";
}

static void say_stream(const Site *site, const Status *status)
{
    char text[1024];
    StrBuf out = str_begin(text, sizeof(text));
    stream_line(site, status, &out);
    (void)fputs(text, stdout); /* a reader that went away misses nothing else */
}

static Verdict judge_standby(Waiting *waiting, const Status *status, const MemberStatus *own)
{
    const Millis now = daemon_now();
    if (own->eligible) {
        say("%s: started as standby of \"%s\", eligible, epoch %llu", own->name,
            primary_name(status), (unsigned long long)status->record.epoch);
        return VERDICT_DONE;
    }
    if (waiting->followed_since == 0) {
        waiting->followed_since = now;
    }
    /* While automatic switch is off nobody is attached: to follow is all that can be reached. */
    if (status->confirmed && !status->record.automatic &&
        !(status->failover_asked && status->failover_wanted)) {
        say("%s: started as standby of \"%s\"; not eligible while automatic switch and "
            "disconnection is off "
            "(mc_ctl enable-failover)",
            own->name, primary_name(status));
        return VERDICT_DONE;
    }
    if (now - waiting->followed_since > ATTACH_PATIENCE_MS) {
        say("%s: started as standby of \"%s\"; not eligible yet: it still catches up, or does not "
            "stream (its own log says which: postgres.log in the management directory)",
            own->name, primary_name(status));
        say_stream(waiting->site, status);
        return VERDICT_DONE;
    }
    return VERDICT_WAIT;
}

/* What a recovery from a backup has cost. */
static void say_branch(const Record *record)
{
    char text[256];
    StrBuf out = str_begin(text, sizeof(text));
    view_branch(record, &out);
    if (out.length > 1) {
        say("%.*s", (int)(out.length - 1), text);
    }
}

bool waits_for_operator(const char *waits_for)
{
    return str_starts_with(waits_for, "an operator");
}

/* It could follow, but for a primary that does not answer. */
static bool lacks_primary(const Status *status, const MemberStatus *own)
{
    const MemberId primary = status->record.primary;
    return own->node_state == NODE_STANDBY_SEEKING && primary < status->count &&
           primary != status->self && !status->member[primary].connected;
}

static Verdict judge(Waiting *waiting, const Status *status)
{
    const MemberStatus *own = own_row(status);
    if (own == NULL) {
        return VERDICT_WAIT;
    }
    if (own->node_state == NODE_STAYING_DOWN) {
        return VERDICT_FAILED;
    }
    if (!waits_for_operator(status->waits_for)) {
        waiting->decided = daemon_now();
    }
    if (!lacks_primary(status, own)) {
        waiting->primary_heard = daemon_now();
    }
    if (daemon_now() - waiting->decided > OPERATOR_PATIENCE_MS ||
        daemon_now() - waiting->primary_heard > PRIMARY_PATIENCE_MS) {
        return VERDICT_FAILED;
    }
    if (own->node_state == NODE_PRIMARY) {
        say("%s: started as primary, open to clients, epoch %llu", own->name,
            (unsigned long long)status->record.epoch);
        say_branch(&status->record);
        return VERDICT_DONE;
    }
    return own->node_state == NODE_STANDBY ? judge_standby(waiting, status, own) : VERDICT_WAIT;
}

/* Without a terminal there is no line that goes on telling: once, where it takes long. */
static void tell_long_wait(Waiting *waiting, Progress *progress, const Status *status)
{
    if (waiting->told || status->waits_for[0] == '\0' ||
        daemon_now() - waiting->since < TELL_AFTER_MS) {
        return;
    }
    waiting->told = true;
    progress_end(progress);
    say("%s: waits for %s", waiting->site->id, status->waits_for);
}

static int say_not_started(const Waiting *waiting, const Status *status)
{
    const MemberStatus *own = own_row(status);
    const bool down = own != NULL && own->node_state == NODE_STAYING_DOWN;
    const bool lacks = own != NULL && lacks_primary(status, own);
    return say_failed("mc_ctl", down ? ERROR_POSTGRES : ERROR_TIMEOUT,
                      down    ? "it stays down until then; the agent's log says why"
                      : lacks ? "the agent runs on, and the instance follows as soon as the "
                                "primary serves"
                              : "the agent runs on and goes on trying; its log says more",
                      "server \"%s\" is not started after %lld s: state \"%s\"%s%s",
                      waiting->site->id, (long long)((daemon_now() - waiting->since) / 1000),
                      status->state, status->waits_for[0] == '\0' ? "" : ", waiting for ",
                      status->waits_for);
}

/* The daemon runs; how long its instance may take is its own setting. */
int start_wait(const Site *site)
{
    const Millis began = daemon_now();
    Waiting waiting = {.site = site, .since = began, .decided = began, .primary_heard = began};
    const Millis limit = site->server.db_instance_start_timeout + START_MARGIN_MS;
    Progress progress = progress_begin(waiting.since);
    Status status = {0};
    Error error = {0};
    while (true) {
        const Millis now = daemon_now();
        if (!daemon_status(site, &status, &error)) {
            progress_end(&progress);
            return error.kind == ERROR_NOT_RUNNING
                       ? say_failed("mc_ctl", ERROR_POSTGRES,
                                    "its last lines in the system log (or log_file) say why",
                                    "the agent of server \"%s\" was started and has ended",
                                    site->id)
                       : say_error("mc_ctl", &error);
        }
        progress_show(&progress, now,
                      status.waits_for[0] == '\0' ? status.state : status.waits_for);
        tell_long_wait(&waiting, &progress, &status);
        const Verdict verdict = judge(&waiting, &status);
        if (verdict == VERDICT_DONE) {
            progress_end(&progress);
            return EXIT_DONE;
        }
        if (verdict == VERDICT_FAILED || now - waiting.since > limit) {
            break;
        }
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&progress);
    return say_not_started(&waiting, &status);
}

static const MemberStatus *arbiter_missing(const Status *status)
{
    for (int i = 0; i < status->count; i++) {
        if (status->member[i].kind == MEMBER_ARBITER && !status->member[i].connected) {
            return &status->member[i];
        }
    }
    return NULL;
}

/* An arbiter is one voter of several: without it the server serves, and its operator is told that a second
 * failure would find no majority. */
static void wait_arbiters(const Site *site)
{
    const Millis since = daemon_now();
    Progress progress = progress_begin(since);
    Status status = {0};
    Error error = {0};
    while (daemon_status(site, &status, &error)) {
        const MemberStatus *missing = arbiter_missing(&status);
        if (missing == NULL) {
            break;
        }
        if (daemon_now() - since > site->server.arbiter_connect_timeout) {
            progress_end(&progress);
            say_reply("mc_ctl", site->id,
                      &(Reply){.status = EXIT_FAILED,
                               .last = true,
                               .entry = msg_arbiter_connect_failed(missing->name, "timeout")});
            return;
        }
        progress_show(&progress, daemon_now(), "the arbitration server");
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&progress);
}

static Command start_command(const CommandLine *line)
{
    return (Command){
        .kind = command_given(line, OPTION_MC_ONLY) ? COMMAND_FAILOVER : COMMAND_START_INSTANCE,
        .wait = false,
        .failover_asked = command_given(line, OPTION_ENABLE) || command_given(line, OPTION_DISABLE),
        .failover_wanted = command_given(line, OPTION_ENABLE),
        .deadline = COMMAND_LIMIT_MS,
    };
}

static int give_command(Site *site, const Command *command)
{
    int status = EXIT_DONE;
    Error error = {0};
    if (!daemon_command(site, command, 2 * COMMAND_LIMIT_MS, print_refusal, site, &status,
                        &error)) {
        return say_error("mc_ctl", &error);
    }
    return status;
}

/* The daemon is there already: it is told what this start asks for. */
static int start_again(Site *site, const CommandLine *line)
{
    const Command command = start_command(line);
    if (command.kind == COMMAND_FAILOVER && !command.failover_asked) {
        return EXIT_DONE;
    }
    return give_command(site, &command);
}

int start_instance(Site *site)
{
    const Command command = {.kind = COMMAND_START_INSTANCE, .deadline = COMMAND_LIMIT_MS};
    return give_command(site, &command);
}

/* Half a copy: no wait would end it. */
static bool refuse_unfinished(const Site *site, const CommandLine *line)
{
    const PgMarkWork work = pg_mark_work(site->server.db_instance);
    if (command_given(line, OPTION_MC_ONLY) || work == PG_MARK_NONE || pg_mark_is_agents(work)) {
        return false;
    }
    (void)say_failed("mc_ctl", ERROR_REFUSED,
                     "mc_ctl setup -r standby makes the copy anew and starts it",
                     "the data directory \"%s\" is an unfinished copy (mc.interrupted)",
                     site->server.db_instance);
    return true;
}

/* What the voter here remembers; 0: nothing, or nothing that counts. */
static uint64_t remembered_identifier(const Site *site)
{
    uint8_t bytes[STATEFILE_CONTENTS_MAX];
    size_t size = 0;
    Error ignored = {0};
    Durable durable = {.self = site->self, .members = site->members};
    return statefile_read(site->state_path, bytes, sizeof(bytes), &size, &ignored) == MEMORY_KEPT &&
                   wire_decode_durable(bytes, size, &durable)
               ? durable.chosen.system_identifier
               : 0;
}

/* Another database is neither prepared nor started: what the agent would miss in it is none of its business. */
static bool refuse_stranger(const Site *site, const CommandLine *line)
{
    Error error = {0};
    if (command_given(line, OPTION_MC_ONLY) ||
        setup_is_own(site, remembered_identifier(site), &error)) {
        return false;
    }
    (void)say_error("mc_ctl", &error);
    return true;
}

int ctl_start(const CommandLine *line)
{
    int status = EXIT_DONE;
    Status seen = {0};
    Error error = {0};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (refuse_unfinished(site, line) || refuse_stranger(site, line)) {
        return EXIT_REFUSED;
    }
    if (daemon_status(site, &seen, &error)) {
        say("%s: the agent runs already", site->id);
        status = start_again(site, line);
    } else if (error.kind == ERROR_NOT_RUNNING) {
        status = launch_daemon("mc_agent", site, line);
        if (status == EXIT_DONE) {
            say("%s: agent started", site->id);
        }
    } else {
        return say_error("mc_ctl", &error);
    }
    if (status != EXIT_DONE || command_given(line, OPTION_NO_WAIT) ||
        command_given(line, OPTION_MC_ONLY)) {
        return status;
    }
    status = start_wait(site);
    if (status == EXIT_DONE && !command_given(line, OPTION_ASYNC_CONNECT_ARBITER)) {
        wait_arbiters(site);
    }
    return status;
}

int ctl_failover(const CommandLine *line, bool wanted)
{
    int status = EXIT_DONE;
    Error error = {0};
    const Command command = {
        .kind = COMMAND_FAILOVER,
        .wait = true,
        .failover_asked = true,
        .failover_wanted = wanted,
        .deadline = COMMAND_LIMIT_MS,
    };
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (!daemon_command(site, &command, 2 * COMMAND_LIMIT_MS, print_reply, site, &status, &error)) {
        return say_error("mc_ctl", &error);
    }
    return status;
}

int arb_start(const CommandLine *line)
{
    int status = EXIT_DONE;
    Status seen = {0};
    Error error = {0};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_ARBITER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (daemon_status(site, &seen, &error)) {
        say("%s: the arbitration process runs already", site->id);
        return EXIT_DONE;
    }
    if (error.kind != ERROR_NOT_RUNNING) {
        return say_error("mc_arb", &error);
    }
    status = launch_daemon("mc_arbiter", site, line);
    if (status == EXIT_DONE) {
        say("%s: arbitration process started", site->id);
    }
    return status;
}

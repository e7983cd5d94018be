/*
 * `stop`: asked of the daemon, which knows what its end means for the cluster; with -e done to the
 * processes, from the files alone.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/launch.h"
#include "cli/say.h"
#include "sys/monitor.h"
#include "sys/pg_process.h"
#include "sys/pidfile.h"

enum {
    FORCE_LIMIT_MS = 10000, /* nothing is left after it */
    DAEMON_LIMIT_MS = 3000, /* of these, for the daemon */
    STOP_MARGIN_MS = 60000, /* beyond the time that the instance itself may take */
    REACH_LIMIT_MS =
        2 * MONITOR_PAUSE_LAST, /* for a new agent, where the one before has just died */
    LOOK_EVERY_MS = 20,
};

typedef struct Stopping {
    const char *program;
    const Site *site;
    Progress progress;
} Stopping;

static void show_reply(void *data, const Reply *reply)
{
    Stopping *stopping = data;
    progress_end(&stopping->progress);
    say_reply(stopping->program, stopping->site->id, reply);
    if (!reply->last) {
        progress_show(&stopping->progress, daemon_now(), "the instance to stop");
    }
}

static const char *program_of(const Site *site)
{
    return site->kind == MEMBER_SERVER ? "mc_ctl" : "mc_arb";
}

/* No daemon to ask: fine, unless an instance runs that nobody looks after. */
static int stop_nothing(const Site *site)
{
    const PgRun run = pg_run_read(site->dir);
    if (site->kind == MEMBER_SERVER && pg_alive(site->server.db_instance, &run).processes > 0) {
        return say_failed(
            program_of(site), ERROR_POSTGRES, "mc_ctl stop -e ends it, mc_ctl start takes it over",
            "the agent of server \"%s\" is not running, but its instance in \"%s\" is", site->id,
            site->server.db_instance);
    }
    say("%s: nothing is running", site->id);
    return EXIT_DONE;
}

/* The last reply comes before the processes are gone; after this command nobody must find them. */
static int wait_gone(const Site *site, const PidFile *pids)
{
    if (!pid_wait(&pids->agent, FORCE_LIMIT_MS) || !pid_wait(&pids->monitor, FORCE_LIMIT_MS)) {
        return say_failed(program_of(site), ERROR_TIMEOUT, "stop -e ends it",
                          "the daemon of \"%s\" does not end", site->id);
    }
    return EXIT_DONE;
}

/* The status of the daemon; of the next one where it has died, for its monitor would make that after this command. */
static bool reach_daemon(Stopping *stopping, Status *ret, Error *error)
{
    const Site *site = stopping->site;
    const Millis until = daemon_now() + REACH_LIMIT_MS;
    PidFile pids = {0};
    Error ignored = {0};
    while (!daemon_status(site, ret, error)) {
        if (error->kind != ERROR_NOT_RUNNING || !pidfile_read(site->pid_path, &pids, &ignored) ||
            !pid_alive(&pids.monitor)) {
            return false;
        }
        if (daemon_now() >= until) {
            return error_set(error, ERROR_TIMEOUT,
                             "the daemon of \"%s\" has ended, and its monitor has made no new one",
                             site->id) ||
                   error_hint(error, "stop -e ends the monitor, too");
        }
        progress_show(&stopping->progress, daemon_now(), "a new daemon: the one before has ended");
        daemon_pause(LOOK_EVERY_MS);
    }
    return true;
}

static int stop_by_asking(const Site *site, const Command *command, Millis limit)
{
    Stopping stopping = {
        .program = program_of(site), .site = site, .progress = progress_begin(daemon_now())};
    int status = EXIT_DONE;
    Error error = {0};
    Status seen = {0};
    PidFile pids = {0};
    if (!reach_daemon(&stopping, &seen, &error)) {
        progress_end(&stopping.progress);
        return error.kind == ERROR_NOT_RUNNING ? stop_nothing(site)
                                               : say_error(program_of(site), &error);
    }
    if (!pidfile_read(site->pid_path, &pids, &error)) {
        return say_error(program_of(site), &error);
    }
    progress_show(&stopping.progress, daemon_now(), "the instance to stop");
    const bool ok = daemon_command(site, command, limit, show_reply, &stopping, &status, &error);
    progress_end(&stopping.progress);
    if (!ok) {
        return say_error(program_of(site), &error);
    }
    return status == EXIT_DONE ? wait_gone(site, &pids) : status;
}

static int stop_by_force(const Site *site)
{
    Error error = {0};
    bool any = false;
    const Millis until = daemon_now() + FORCE_LIMIT_MS;
    if (!kill_daemon(site, DAEMON_LIMIT_MS, &any, &error)) {
        return say_error(program_of(site), &error);
    }
    if (site->kind == MEMBER_SERVER) {
        const PgRun run = pg_run_read(site->dir);
        const PgAlive alive = pg_alive(site->server.db_instance, &run);
        any = any || alive.processes > 0 || alive.attached;
        if (!pg_kill_all(site->server.db_instance, &run, until, &error)) {
            return say_error(program_of(site), &error);
        }
    }
    if (!any) {
        say("%s: nothing was running", site->id);
    } else {
        say(site->kind == MEMBER_SERVER
                ? "%s: agent and instance ended by force; no process of the instance is left"
                : "%s: arbitration process ended by force",
            site->id);
    }
    return EXIT_DONE;
}

/* -e: at any price, so also with settings that everything else refuses. */
static int force_stop(const CommandLine *line, Site *site)
{
    Error error = {0};
    int status = EXIT_DONE;
    if (site_open_or_say(line, site->kind, site, &status)) {
        return stop_by_force(site);
    }
    if (status == EXIT_USAGE) {
        return status;
    }
    if (!site_open_remains(line, site->kind, site, &error)) {
        return say_error(program_of(site), &error);
    }
    say("%s: goes on without the settings, with what its pid file says", site->id);
    return stop_by_force(site);
}

int ctl_stop(const CommandLine *line)
{
    int status = EXIT_DONE;
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site != NULL && command_given(line, OPTION_FORCE_STOP)) {
        site->kind = MEMBER_SERVER;
        return command_given(line, OPTION_MC_ONLY)
                   ? say_failed("mc_ctl", ERROR_USAGE, "mc_ctl stop --help says what goes together",
                                "-e ends agent and instance, --mc-only leaves the instance")
                   : force_stop(line, site);
    }
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    const Command command = {
        .kind = COMMAND_STOP,
        .all = command_given(line, OPTION_ALL),
        .only_agent = command_given(line, OPTION_MC_ONLY),
        .wait = true,
    };
    return stop_by_asking(site, &command, site->server.db_instance_stop_timeout + STOP_MARGIN_MS);
}

int arb_stop(const CommandLine *line)
{
    int status = EXIT_DONE;
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site != NULL && command_given(line, OPTION_FORCE_STOP)) {
        site->kind = MEMBER_ARBITER;
        return force_stop(line, site);
    }
    if (site == NULL || !site_open_or_say(line, MEMBER_ARBITER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    const Command command = {.kind = COMMAND_STOP, .wait = true};
    return stop_by_asking(site, &command, STOP_MARGIN_MS);
}

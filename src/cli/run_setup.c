/*
 * `setup -r standby`: from an empty data directory to an eligible standby.
 *
 * All that can be refused is refused first. Then the directory is marked and filled by this process, and the
 * agent, which has been a voter all the while, is told to start what has come. Killed at any moment and run again,
 * it goes on from the mark, from the finished copy, or from the agent at work.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/instance.h"
#include "cli/launch.h"
#include "cli/setup.h"
#include "cli/starting.h"
#include "core/node.h"
#include "sys/pg_identity.h"
#include "sys/pg_process.h"
#include "sys/statefile.h"

enum { SHOW_EVERY_MS = 200 };

/* "1.2 GB" */
static const char *size_text(uint64_t bytes, char *ret, size_t size)
{
    static const struct {
        uint64_t unit;
        const char *word;
    } units[] = {{UINT64_C(1) << 40, "TB"}, {1U << 30, "GB"}, {1U << 20, "MB"}, {1U << 10, "kB"}};
    size_t i = 0;
    while (i < 3 && bytes < units[i].unit) {
        i++;
    }
    const uint64_t tenths = bytes * 10 / units[i].unit;
    (void)str_format(ret, size, "%llu.%llu %s", (unsigned long long)(tenths / 10),
                     (unsigned long long)(tenths % 10), units[i].word);
    return ret;
}

static void data_text(const SetupWork *work, const PgCopyProgress *progress, Millis now, char *ret,
                      size_t size)
{
    char done[32];
    char total[32];
    char rate[32];
    const Millis since = now - work->data_since;
    const uint64_t percent = progress->total == 0 ? 0 : progress->done * 100 / progress->total;
    (void)str_format(
        ret, size, "copying from \"%s\": %s of %s (%llu %%), %s/s", work->order.source.name,
        size_text(progress->done, done, sizeof(done)),
        size_text(progress->total, total, sizeof(total)),
        (unsigned long long)(percent > 100 ? 100 : percent),
        size_text(since <= 0 ? 0 : progress->done * 1000 / (uint64_t)since, rate, sizeof(rate)));
}

static void phase_text(const SetupWork *work, const PgCopyProgress *progress, Millis now, char *ret,
                       size_t size)
{
    char bytes[32];
    switch (progress->phase) {
    case PG_COPY_CONNECTING:
        (void)str_format(ret, size, "connecting to \"%s\"", work->order.source.name);
        break;
    case PG_COPY_CHECKPOINT:
        (void)str_format(ret, size, "waiting for a checkpoint of \"%s\"", work->order.source.name);
        break;
    case PG_COPY_CLEARING:
        (void)str_format(ret, size, "removing an unfinished copy: %llu files",
                         (unsigned long long)progress->done);
        break;
    case PG_COPY_DATA:
        data_text(work, progress, now, ret, size);
        break;
    case PG_COPY_WAL:
        (void)str_format(ret, size, "receiving WAL: %s",
                         size_text(progress->done, bytes, sizeof(bytes)));
        break;
    case PG_COPY_SYNCING:
        (void)str_format(ret, size, "writing to disk: %llu files",
                         (unsigned long long)progress->done);
        break;
    }
}

static void tell(void *ctx, const PgCopyProgress *progress)
{
    SetupWork *work = ctx;
    char text[256];
    const Millis now = daemon_now();
    if (progress->phase == work->phase && now - work->shown_at < SHOW_EVERY_MS) {
        return;
    }
    if (progress->phase == PG_COPY_DATA && work->phase != PG_COPY_DATA) {
        work->data_since = now;
    }
    work->phase = progress->phase;
    work->shown_at = now;
    phase_text(work, progress, now, text, sizeof(text));
    progress_say(&work->progress, text);
}

static void say_size(SetupWork *work, const PgCopySizes *sizes)
{
    uint64_t bytes = sizes->data;
    char text[32];
    for (int i = 0; i < sizes->tablespaces->tablespace_count; i++) {
        bytes += sizes->bytes[i];
    }
    progress_end(&work->progress);
    say("%s: copying %s from \"%s\" (%s port %u) into \"%s\"", work->site->id,
        size_text(bytes, text, sizeof(text)), work->order.source.name,
        work->order.source.address.host, work->order.source.address.port, work->order.data_dir);
}

static bool ready(void *ctx, const PgCopySizes *sizes, Error *error)
{
    SetupWork *work = ctx;
    if (!pg_copy_fits(&work->order, sizes, error)) {
        return error_hint(error, "make room, or move the data directory; nothing was changed");
    }
    if (!setup_keep_conf(work, error)) {
        return error_hint(error, "nothing was changed");
    }
    if (work->place == PLACE_DATA || work->place == PLACE_OTHER) {
        const PgRun run = pg_run_read(work->site->dir);
        if (pg_alive(work->order.data_dir, &run).processes > 0 || !setup_move_aside(work, error)) {
            return error->kind != ERROR_NONE
                       ? false
                       : error_set(error, ERROR_REFUSED, "the data directory \"%s\" is in use",
                                   work->order.data_dir);
        }
        progress_end(&work->progress);
        say("%s: what was in \"%s\" is kept in \"%s\"", work->site->id, work->order.data_dir,
            work->aside);
    }
    say_size(work, sizes);
    return true;
}

static bool finish(void *ctx, Error *error)
{
    SetupWork *work = ctx;
    return setup_own_conf(work, &work->own_conf, error);
}

/* Nothing of a copy that failed is worth keeping, and it may be what filled the disk. */
static void clear_failed(SetupWork *work)
{
    Error ignored = {0};
    PgTreeWalk walk = {0};
    const char *data = work->order.data_dir;
    _cleanup_free_ PgMark *mark = calloc(1, sizeof(*mark));
    if (mark != NULL && work->where.work != PG_MARK_NONE && pg_mark_read(data, mark) &&
        pg_place_wipe(data, &work->where, mark, &walk, &ignored) &&
        pg_place_unmark(data, &work->where, &ignored)) {
        say("%s: what had been copied was removed again", work->site->id);
    }
}

static int copy(SetupWork *work)
{
    Error error = {0};
    const Millis since = daemon_now();
    char took[MILLIS_TEXT_SIZE];
    work->order.ctx = work;
    work->order.place = &work->where;
    work->order.tell = tell;
    work->order.ready = ready;
    work->order.finish = finish;
    const bool ok = pg_copy(&work->order, &work->job, &error);
    progress_end(&work->progress);
    if (!ok) {
        const int status = say_error("mc_ctl", &error);
        clear_failed(work);
        return status;
    }
    say("%s: copied in %s", work->site->id,
        millis_format(daemon_now() - since, took, sizeof(took)));
    if (work->own_conf) {
        say("%s: its configuration files (*.conf) are those that this server had; the primary's "
            "are "
            "not taken over",
            work->site->id);
    }
    return EXIT_DONE;
}

/* What becomes of that which lies there. */
static void say_place(const SetupWork *work)
{
    const char *data = work->site->server.db_instance;
    const char *id = work->site->id;
    if (work->place == PLACE_UNFINISHED) {
        say("%s: would remove the unfinished copy in \"%s\"", id, data);
    } else if (work->place == PLACE_DATA || work->place == PLACE_OTHER) {
        say("%s: would move \"%s\" away and keep it%s", id, data,
            work->place == PLACE_DATA && instance_is_prepared(data)
                ? ", and go on with its configuration files (*.conf)"
                : "");
    }
}

/* The voter of this server, without its instance: it finds the primary, and starts what is copied. */
static int ensure_agent(SetupWork *work, const CommandLine *line)
{
    Error error = {0};
    CommandLine voter = *line;
    if (daemon_status(work->site, &work->status, &error)) {
        return EXIT_DONE;
    }
    if (error.kind != ERROR_NOT_RUNNING) {
        return say_error("mc_ctl", &error);
    }
    if (work->dry_run) {
        say("%s: would start the agent as a voter and ask it for the primary", work->site->id);
        say_place(work);
        say("%s: would copy the primary into \"%s\", and start the copy", work->site->id,
            work->site->server.db_instance);
        return EXIT_DONE;
    }
    voter.given |= 1U << OPTION_MC_ONLY;
    const int status = launch_daemon("mc_agent", work->site, &voter);
    if (status == EXIT_DONE) {
        say("%s: agent started", work->site->id);
    }
    return status;
}

static void say_plan(const SetupWork *work)
{
    const char *data = work->order.data_dir;
    const char *id = work->site->id;
    say_place(work);
    if (work->place != PLACE_COPIED) {
        say("%s: would copy \"%s\" (%s port %u, PostgreSQL %d) into \"%s\"", id,
            work->order.source.name, work->order.source.address.host,
            work->order.source.address.port, work->major, data);
    }
    say("%s: would start it as standby of \"%s\"", id, work->order.source.name);
}

/* It is one already, or on its way: then this command has been here before. */
static bool is_standby_already(SetupWork *work)
{
    Error ignored = {0};
    if (!daemon_status(work->site, &work->status, &ignored)) {
        return false;
    }
    const uint8_t state = work->status.member[work->status.self].node_state;
    return pg_alive(work->site->server.db_instance, NULL).processes > 0 &&
           !pg_directory_interrupted(work->site->server.db_instance) &&
           (state == NODE_STANDBY || state == NODE_STANDBY_STARTING ||
            state == NODE_STANDBY_SEEKING);
}

static int make_standby(SetupWork *work, const CommandLine *line)
{
    Error error = {0};
    int status = EXIT_DONE;
    if (is_standby_already(work)) {
        say("%s: runs as a standby already", work->site->id);
        return work->dry_run ? EXIT_DONE : start_wait(work->site);
    }
    if (!setup_look_at_place(work, &error)) {
        return say_error("mc_ctl", &error);
    }
    status = ensure_agent(work, line);
    if (status != EXIT_DONE || (work->dry_run && work->status.count == 0)) {
        return status;
    }
    const bool found = setup_find_primary(work, &error) && setup_check_owner(work, &error) &&
                       setup_check_primary(work, &error);
    progress_end(&work->progress);
    if (!found) {
        return say_error("mc_ctl", &error);
    }
    if (work->dry_run) {
        say_plan(work);
        return EXIT_DONE;
    }
    if (work->place != PLACE_COPIED) {
        status = copy(work);
    }
    if (status == EXIT_DONE) {
        status = start_instance(work->site);
    }
    return status == EXIT_DONE ? start_wait(work->site) : status;
}

/* Two of these at once would fill one directory. */
static bool take_lock(const Site *site, int *ret, Error *error)
{
    char path[PATH_SIZE];
    return path_join(site->dir, "setup.lock", path, sizeof(path), error) &&
           (lock_take(path, ret, error) ||
            error_hint(error, "another mc_ctl setup is at work here"));
}

int setup_standby(Site *site, const CommandLine *line)
{
    int lock = -1; /* kept to the end of this process */
    Error error = {0};
    _cleanup_free_ SetupWork *work = calloc(1, sizeof(*work));
    if (work == NULL) {
        return EXIT_FAILED;
    }
    work->site = site;
    work->overwrite = command_given(line, OPTION_OVERWRITE);
    work->dry_run = command_given(line, OPTION_DRY_RUN);
    work->progress = progress_begin(daemon_now());
    if (!take_lock(site, &lock, &error) || !pg_job_init(&work->job, &error)) {
        return say_error("mc_ctl", &error);
    }
    const int status = make_standby(work, line);
    pg_job_done(&work->job);
    return status;
}

int ctl_setup(const CommandLine *line)
{
    int status = EXIT_DONE;
    const char *role = command_value(line, OPTION_ROLE);
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (!str_equal(role, "standby")) {
        return say_failed("mc_ctl", ERROR_USAGE, "mc_ctl init makes a first primary",
                          "setup makes a standby, and no \"%s\"", role);
    }
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    return setup_standby(site, line);
}

/* pg_start.c - starting an instance closed, from nothing but the order (surface: "Settings").
 *
 * Whatever the directory brings along, settings and gate are written anew before the server reads
 * them: copies and restores carry old ones. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/kill_point.h"
#include "sys/loop.h"
#include "sys/pg_archive.h"
#include "sys/pg_gate.h"
#include "sys/pg_identity.h"
#include "sys/pg_names.h"
#include "sys/pg_process.h"
#include "sys/pg_receipt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NOT_CONSISTENT_MS = 3000, /* a standby may need WAL from its primary before it answers */
    CONNECT_PAUSE_MS = 5,
    ZOMBIE_MS = 5000,
    ZOMBIE_PAUSE_MS = 100,
    LOG_MAX = 16 << 20,
};

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* inotify or pidfd */
    }
}

static bool settings_compose(PgWork *work, const StartOrder *order, Error *error)
{
    const PgSetup *setup = work->setup;
    PgInForce in_force = {0};
    bool follows = order->role == START_STANDBY && order->upstream.member != MEMBER_NONE;

    if (!pg_names_text(&setup->members, &order->names, in_force.names, sizeof(in_force.names))) {
        return error_set(error, ERROR_LIMIT, "names do not fit");
    }
    if (follows && !pg_conninfo_text(setup, &order->upstream, in_force.conninfo,
                                     sizeof(in_force.conninfo), error)) {
        return false;
    }
    if (follows &&
        !pg_slot_name(&setup->members, setup->self, in_force.slot, sizeof(in_force.slot))) {
        return error_set(error, ERROR_LIMIT, "the name of the slot does not fit");
    }
    pg_archive_claim(setup, in_force.claim);
    work->in_force = in_force;
    pg_work_upstream(work, follows ? &order->upstream : &(Upstream){.member = MEMBER_NONE});
    work->names_proved = false;
    work->names_settled = true;
    work->replicas = order->replicas != 0;
    return true;
}

static bool files_write(PgWork *work, const StartOrder *order, Error *error)
{
    const PgSetup *setup = work->setup;
    char path[PG_PATH_SIZE];
    bool there = false;

    if (!pg_gate_write_shut(setup, error) ||
        !pg_gate_write(setup, &work->facts, GATE_CLOSED, work->replicas, error) ||
        !pg_auto_conf_write(setup, &work->facts, &work->in_force, error)) {
        return false;
    }
    pg_path(path, setup->data_dir, "standby.signal");
    return order->role == START_PRIMARY || (pg_file_look(path, &there, error) &&
                                            (there || pg_file_write(path, "", 0, 0600, error)));
}

/* A receipt that is none of ours tells nothing; one that the disk does not give may be one. */
static bool receipt_look(const char *data_dir, bool *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    PgReceipt receipt;
    bool there = false;
    pg_path(path, data_dir, "mc.restored");
    if (!pg_file_look(path, &there, error)) {
        return false;
    }
    *ret = there && pg_receipt_read(data_dir, &receipt);
    return true;
}

/* Refuses what must not be started as it is. */
static bool directory_check(PgWork *work, const StartOrder *order, Error *error)
{
    const char *data_dir = work->setup->data_dir;
    char signal[PG_PATH_SIZE];
    bool restored = false;
    bool standby = false;
    bool unfinished = false;

    if (pg_directory_interrupted(data_dir)) {
        return error_set(error, ERROR_REFUSED,
                         "data directory \"%s\" is marked as interrupted (mc.interrupted)",
                         data_dir);
    }
    /* PostgreSQL takes what it cannot read of the last segments for their end, and writes over it. */
    if (order->role == START_PRIMARY && work->wal_unread) {
        return error_set(error, ERROR_REFUSED, "the end of its WAL cannot be read (MCA01800)");
    }
    if (!receipt_look(data_dir, &restored, error)) {
        return false;
    }
    /* Whoever ordered this has not seen it yet: the receipt becomes the identity before any start. */
    if (restored) {
        return error_set(
            error, ERROR_REFUSED,
            "data directory \"%s\" has just been recovered from a backup (mc.restored)", data_dir);
    }
    if (!pg_promotion_repair(data_dir, &unfinished, error)) {
        return false;
    }
    /* Not whether it was repaired just now, but what lies there: the stop before, or a look beside it,
     * may have repaired it, and whoever ordered this has not seen that yet. Without the file it would
     * open on the old timeline. */
    pg_path(signal, data_dir, "standby.signal");
    if (!pg_file_look(signal, &standby, error)) {
        return false;
    }
    if (order->role == START_PRIMARY && standby) {
        return error_set(error, ERROR_REFUSED,
                         "its promotion was not finished: it can only be started as a standby");
    }
    if (order->timeline != 0 && !pg_unopened_remove(data_dir, order->timeline, error)) {
        return false;
    }
    if (!pg_conf_check(work->setup, &work->facts, error)) {
        return false;
    }
    work->facts_known = true;
    return true;
}

/* What the server wrote about its end: the last line with FATAL or PANIC that is newer than `from`. */
static void last_words(const PgSetup *setup, off_t from, char *ret, size_t size)
{
    char path[PG_PATH_SIZE];
    char text[4096];
    const char *found = NULL;

    pg_path(path, setup->mc_dir, "postgres.log");
    (void)str_format(ret, size, "see \"%s\"", path); /* cut is fine */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return;
    }
    ssize_t got = pread(fd, text, sizeof(text) - 1, from);
    (void)close(fd); /* only read from */
    text[got < 0 ? 0 : got] = '\0';
    for (const char *line = text; *line != '\0';) {
        const char *end = strchrnul(line, '\n');
        const char *word = strstr(line, "FATAL:");
        word = word != NULL ? word : strstr(line, "PANIC:");
        found = word != NULL && word < end ? word : found;
        line = *end == '\0' ? end : end + 1;
    }
    if (found != NULL) {
        (void)str_copy_bytes(ret, size, found, strcspn(found, "\n")); /* cut is fine */
    }
}

static off_t log_size(const PgSetup *setup)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    pg_path(path, setup->mc_dir, "postgres.log");
    return stat(path, &of) == 0 ? of.st_size : 0;
}

/* Without logging_collector all that the server says comes here, for years. A running server keeps its file, so it is only
 * at a start that a large one gives way to a new one. */
static void log_renew(const PgSetup *setup)
{
    char path[PG_PATH_SIZE];
    char old[PG_PATH_SIZE];
    pg_path(path, setup->mc_dir, "postgres.log");
    pg_path(old, setup->mc_dir, "postgres.log.old");
    if (log_size(setup) > LOG_MAX) {
        (void)rename(path, old); /* if not, it grows on */
    }
}

/* ---- until it answers ------------------------------------------------------------------------- */

typedef struct Watch {
    int pidfd;
    int files; /* inotify on the data directory */
    off_t log; /* size of the server's log before */
} Watch;

/* False with what the server said last when the postmaster has ended. */
static bool watch_lives(const PgWork *work, const Watch *watch, Error *error)
{
    struct pollfd ended = {.fd = watch->pidfd, .events = POLLIN};
    if (poll(&ended, 1, 0) == 1) {
        char words[ERROR_TEXT_SIZE / 2];
        last_words(work->setup, watch->log, words, sizeof(words));
        return error_set(error, ERROR_POSTGRES, "postgres ended while it started: %s", words);
    }
    return true;
}

/* Something happened to postmaster.pid, or the postmaster ended. */
static bool watch_wait(PgWork *work, const Watch *watch, Millis until, Error *error)
{
    char events[4096];
    /* One event at a time: the end of the process shows at the latest with the next look. */
    PgWait wait = pg_job_wait(&work->job, watch->files, POLLIN, until);
    if (wait == PG_WAIT_CANCELLED) {
        return error_set(error, ERROR_TIMEOUT, "broken off");
    }
    ssize_t got = read(watch->files, events, sizeof(events));
    (void)got; /* which file it was does not matter: line 8 is read again */
    return watch_lives(work, watch, error);
}

static bool wait_ready(PgWork *work, const Watch *watch, const StartOrder *order, Millis until,
                       bool *ret_ready, Error *error)
{
    Millis since = loop_now();
    for (;;) {
        PgPidFile file;
        if (pg_pid_file_read(work->setup->data_dir, &file) &&
            (str_equal(file.status, "ready") || str_equal(file.status, "standby"))) {
            *ret_ready = true;
            return true;
        }
        Millis now = loop_now();
        if (order->role == START_STANDBY && now - since >= NOT_CONSISTENT_MS) {
            *ret_ready = false;
            return true;
        }
        if (now >= until) {
            return error_set(error, ERROR_TIMEOUT, "the instance did not start in time");
        }
        /* The end of the postmaster makes no event in the directory: look for it now and then. */
        Millis next = now + 100 < until ? now + 100 : until;
        if (!watch_wait(work, watch, next, error)) {
            return false;
        }
    }
}

/* Who has said that it is ready may end before it is asked: nobody answers then, and nobody will. */
static bool answers(PgWork *work, const Watch *watch, const StartOrder *order, Millis until,
                    Error *error)
{
    char text[PG_PATH_SIZE + 8];
    char gate[PG_PATH_SIZE];
    char wanted[PG_PATH_SIZE + 8];

    while (!pg_session_ensure(&work->session, &work->job, work->setup, until, error)) {
        if (!watch_lives(work, watch, error) || loop_now() >= until ||
            !pg_job_pause(&work->job, CONNECT_PAUSE_MS)) {
            return false;
        }
    }
    if (!pg_query_text(&work->session, &work->job,
                       "SELECT pg_is_in_recovery() || ' ' || current_setting('hba_file')", until,
                       text, sizeof(text), error)) {
        return false;
    }
    pg_path(gate, work->setup->mc_dir, "mc_hba.conf");
    bool fits = str_format(wanted, sizeof(wanted), "%s %s",
                           order->role == START_STANDBY ? "true" : "false", gate);
    if (!fits || !str_equal(text, wanted)) {
        return error_set(error, ERROR_CONFIG, "the instance runs with other settings than ours");
    }
    return true;
}

static bool watch_begin(PgWork *work, Watch *ret, Error *error)
{
    ret->pidfd = -1;
    ret->log = log_size(work->setup);
    ret->files = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (ret->files < 0 || inotify_add_watch(ret->files, work->setup->data_dir,
                                            IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO) < 0) {
        int errnum = errno;
        close_fd(&ret->files);
        return error_set_errno(error, errnum, "watch \"%s\"", work->setup->data_dir);
    }
    return true;
}

/* The name of a further socket directory is not known: there pg_do_start tries again. */
bool pg_locks_remove(const PgSetup *setup, Error *error)
{
    PgPidFile file;
    char path[PG_PATH_SIZE];
    char name[64];
    char text[512];
    uint64_t owner = 0;
    Error ignored = {0};

    if (pg_pid_file_read(setup->data_dir, &file) && file.socket_dir[0] == '/') {
        (void)str_format(name, sizeof(name), ".s.PGSQL.%u.lock", file.port); /* fits */
        pg_path(path, file.socket_dir, name);
        if (pg_file_read(path, text, sizeof(text), NULL, &ignored) &&
            str_to_uint(text, strcspn(text, "\n"), &owner) && owner == (uint64_t)file.pid) {
            (void)unlink(path); /* if not, PostgreSQL says so */
        }
    }
    pg_path(path, setup->data_dir, "postmaster.pid");
    return pg_file_remove(path, error);
}

/* Its shared memory is known by now, too. */
static void run_found(PgWork *work)
{
    PgPidFile file;
    Error ignored = {0};
    int fd = pg_postmaster_open(work->setup->data_dir, &file);
    if (fd >= 0) {
        pg_run_found(work->run, file.pid, &file.memory);
        (void)close(fd); /* a pidfd */
    }
    (void)pg_run_note(work->run, &ignored); /* its directory is noted already */
}

static bool launch(PgWork *work, const StartOrder *order, Millis until, Error *error)
{
    Watch watch;
    bool ready = false;
    pid_t postmaster = 0;
    const PgSegment none = {0}; /* not yet */

    if (!pg_locks_remove(work->setup, error) || !watch_begin(work, &watch, error)) {
        return false;
    }
    /* Noted before it is there: whoever kills, or comes after us, looks for it wherever its directory has gone. */
    bool ok = pg_run_begins(work->run, work->setup->data_dir, error) &&
              pg_spawn(&work->job, work->setup, &watch.pidfd, &postmaster, error);
    kill_point(ACTION_START, KILL_DURING);
    if (ok) {
        pg_run_found(work->run, postmaster, &none);
    }
    ok = ok && wait_ready(work, &watch, order, until, &ready, error) &&
         (!ready || answers(work, &watch, order, until, error));
    if (ok) {
        run_found(work);
    }
    close_fd(&watch.files);
    if (!ok) {
        close_fd(&watch.pidfd);
        return false;
    }
    if (work->pidfd >= 0) {
        (void)close(work->pidfd); /* of an earlier start, never taken */
    }
    work->pidfd = watch.pidfd;
    return true;
}

/* Over an empty list names are put in force by their own order, which proves them first (pg_sync.c). */
static void names_wait_for_proof(PgWork *work)
{
    PgInForce present;
    Error error = {0};
    if (!pg_auto_conf_read(work->setup, &present, &error)) {
        error_clear(&error); /* somebody has removed it: it is written anew */
    } else if (present.names[0] == '\0') {
        work->in_force.names[0] = '\0';
    }
}

/* Given twice, the second finds it running: what can be changed is put in force, the role must be. */
static bool already_runs(PgWork *work, int pidfd, const StartOrder *order, Millis until,
                         Error *error)
{
    const Watch watch = {.pidfd = pidfd, .files = -1, .log = log_size(work->setup)};
    names_wait_for_proof(work);
    return pg_conf_check(work->setup, &work->facts, error) &&
           pg_gate_write(work->setup, &work->facts, GATE_CLOSED, work->replicas, error) &&
           pg_work_reload(work, true, until, error) &&
           pg_do_gate(work, GATE_CLOSED, until, error) &&
           answers(work, &watch, order, until, error);
}

bool pg_do_start(PgWork *work, const StartOrder *order, Millis until, InstanceResult *ret,
                 Error *error)
{
    PgPidFile file;

    (void)ret; /* a start has no result but that it is done */
    if (!settings_compose(work, order, error)) {
        return false;
    }
    int running = pg_postmaster_open(work->setup->data_dir, &file);
    if (running >= 0) {
        const bool ok = already_runs(work, running, order, until, error);
        (void)close(running); /* a pidfd */
        run_found(work);
        return ok;
    }
    const PgRun run = pg_last_run(work->run);
    const PgAlive alive = pg_alive(work->setup->data_dir, &run);
    if (!pg_alive_is_stopped(&alive)) {
        return error_set(error, ERROR_REFUSED,
                         "processes of an earlier run are still there: stop the instance first");
    }
    pg_session_close(&work->session);
    pg_session_close(&work->probe);
    work->timeline = 0;
    work->wal_hint = 0;
    if (!directory_check(work, order, error) || !files_write(work, order, error)) {
        return false;
    }
    log_renew(work->setup);
    Millis patience = loop_now() + ZOMBIE_MS;
    while (!launch(work, order, until, error)) {
        /* A lock that seems to be held, though its owner is proved to be gone: until init has reaped
         * it. */
        bool lock = strstr(error->text, ".lock\"") != NULL;
        if (!lock || loop_now() >= patience || !pg_job_pause(&work->job, ZOMBIE_PAUSE_MS)) {
            return false;
        }
    }
    return true;
}

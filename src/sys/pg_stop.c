/* pg_stop.c - stopping, always with the proof of P4 and the end of the WAL.
 *
 * A clean stop waits for WAL senders, for its limit and no longer; what is left then is killed. The
 * killing needs /proc and signals only, so that it works where nothing else does. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/kill_point.h"
#include "sys/loop.h"
#include "sys/pg_control.h"
#include "sys/pg_identity.h"
#include "sys/pg_instance.h"
#include "sys/pg_process.h"
#include "sys/pg_wal_end.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    KILL_MS = 5000,
    GRACE_MS = 100, /* for a postmaster whose last record is where it has to be */
};

void pg_work_end_of_wal(const PgSetup *setup, Lsn hint, InstanceResult *ret)
{
    char path[PG_PATH_SIZE];
    PgControl control;
    PgWalEnd end;
    bool standby = false;
    Error error = {0};

    pg_path(path, setup->data_dir, "standby.signal");
    /* Stopped is stopped, also when the end cannot be read: then it is unknown. */
    if (!pg_control_read(setup->data_dir, &control, &error) ||
        !pg_file_look(path, &standby, &error) ||
        !pg_wal_end(setup->data_dir, standby, hint, &end, &error)) {
        (void)str_copy(ret->text, sizeof(ret->text), error.text); /* cut is fine */
        return;
    }
    ret->end = end.end;
    ret->clean = pg_control_clean(&control);
}

/* The WAL is read for as long as its disk takes, and whoever began meanwhile is not in the proof: that counts from now, and so
 * does the end that was found. */
static bool nobody_came(const PgSetup *setup, PgLastRun *last, Error *error)
{
#ifdef MC_MUTATE_PROCESS_GROUP
    return true;
#endif
    const PgRun run = pg_last_run(last);
    const PgAlive alive = pg_alive(setup->data_dir, &run);
    const char *more = alive.unknown    ? ", and not all could be looked at"
                       : alive.attached ? ", and its shared memory is in use"
                                        : "";
    return pg_alive_is_stopped(&alive) ||
           error_set(
               error, ERROR_REFUSED,
               "%d processes of \"%s\" are there again since its WAL was read%s: stop it again",
               alive.processes, setup->data_dir, more);
}

bool pg_do_kill(const PgSetup *setup, PgLastRun *last, Lsn wal_hint, Millis until,
                InstanceResult *ret, Error *error)
{
    bool unfinished = false;
    const PgRun run = pg_last_run(last);
    InstanceResult found = *ret;
    Error ignored = {0};

    if (!pg_kill_all(setup->data_dir, &run, until, error)) {
        return false;
    }
    pg_run_ended(last, &run);
    if (pg_directory_interrupted(setup->data_dir)) {
        return true; /* half made over: there is nothing to put right, and no end */
    }
    if (!pg_promotion_repair(setup->data_dir, &unfinished, &ignored)) {
        (void)str_copy(found.text, sizeof(found.text), ignored.text); /* a start looks again */
    }
    pg_work_end_of_wal(setup, wal_hint, &found);
    if (!nobody_came(setup, last, error)) {
        return false;
    }
    *ret = found;
    return true;
}

/* The sender to the successor ends by itself only when the instance has written its last record and the successor has
 * it. What is left then are archivers and senders to others: they hold nothing that the successor lacks. */
static PgWait wait_for_successor(PgWork *work, int sender, int postmaster, Millis until)
{
    PgControl control;
    Error ignored = {0};
    const PgWait wait = pg_job_wait(&work->job, sender, POLLIN, until);
    if (wait != PG_WAIT_READY) {
        return wait;
    }
    const bool written =
        pg_control_read(work->setup->data_dir, &control, &ignored) && pg_control_clean(&control);
    return pg_job_wait(&work->job, postmaster, POLLIN, written ? loop_now() + GRACE_MS : until);
}

bool pg_do_stop(PgWork *work, const StopOrder *order, Millis until, InstanceResult *ret,
                Error *error)
{
    PgPidFile file;
    int fd = pg_postmaster_open(work->setup->data_dir, &file);

    if (fd >= 0) {
        bool sent = false;
        int sender = pg_backend_open(work->setup->data_dir, order->last_sender);
        if (pg_job_enter(&work->job)) {
            sent = pg_signal(fd, SIGINT);
            pg_job_leave(&work->job);
        }
        kill_point(ACTION_STOP, KILL_DURING);
        PgWait wait = PG_WAIT_CANCELLED;
        if (sent) {
            wait = sender >= 0 ? wait_for_successor(work, sender, fd, until)
                               : pg_job_wait(&work->job, fd, POLLIN, until);
        }
        (void)close(fd); /* a pidfd */
        if (sender >= 0) {
            (void)close(sender); /* a pidfd */
        }
        if (wait == PG_WAIT_CANCELLED) {
            return error_set(error, ERROR_TIMEOUT, "broken off");
        }
    }
    pg_session_close(&work->session);
    pg_session_close(&work->probe);
    return pg_do_kill(work->setup, work->run, work->wal_hint, loop_now() + KILL_MS, ret, error);
}

bool pg_stop_by_force(const char *data_dir, Millis limit, Error *error)
{
    char *real = realpath(data_dir, NULL);
    if (real == NULL) {
        return error_set_errno(error, errno, "data directory \"%s\"", data_dir);
    }
    bool ok = pg_kill_all(real, NULL, loop_now() + limit, error);
    free(real);
    return ok;
}

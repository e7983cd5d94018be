/* pg_follow.c - whom a standby streams from; and cutting it off, with proof (P3).
 *
 * An answer about the end of the WAL binds, so the receiver must be gone and unable to come back. Only
 * the startup process starts receivers, with its own copy of primary_conninfo, which it renews at some
 * moment after the postmaster has passed the reload on. That it has done so is seen by asking it to
 * pause replay: it looks at its signals, and only behind that confirms the pause. One confirmation may
 * belong to a look just before the signal came; so it is asked twice: the second round begins behind
 * the first confirmation, and looks again. From then on no receiver is started, and one that runs is
 * ended by the startup process itself as soon as replay goes on (receiver_gone).
 *
 * 13 does not tell whether the pause was reached. There the receiver must be absent for three of the
 * intervals (100 ms) at which the startup process would have started one. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/loop.h"
#include "sys/pg_history.h"
#include "sys/pg_names.h"
#include "sys/pg_process.h"
#include "sys/pg_wal_end.h"

#include <string.h>
#include <unistd.h>

enum { LOOK_PAUSE_MS = 2, ABSENT_MS = 300 };

static bool ask(PgWork *work, const char *sql, Millis until, char *ret, size_t size, Error *error)
{
    return pg_query_text(&work->session, &work->job, sql, until, ret, size, error);
}

static bool wait_a_little(PgWork *work, Millis until, const char *what, Error *error)
{
    if (loop_now() >= until || !pg_job_pause(&work->job, LOOK_PAUSE_MS)) {
        return error_set(error, ERROR_TIMEOUT, "%s", what);
    }
    return true;
}

static bool paused_once(PgWork *work, Millis until, Error *error)
{
    char text[64];
    if (!ask(work, "SELECT pg_wal_replay_resume(), pg_wal_replay_pause()", until, text,
             sizeof(text), error)) {
        return false;
    }
    for (;;) {
        if (!ask(work, "SELECT pg_get_wal_replay_pause_state()", until, text, sizeof(text),
                 error)) {
            return false;
        }
        if (str_equal(text, "paused")) {
            return true;
        }
        if (!wait_a_little(work, until, "the startup process does not answer", error)) {
            return false;
        }
    }
}

static bool startup_has_looked(PgWork *work, Millis until, Error *error)
{
    char text[64];
    Error ignored = {0};
    bool ok = paused_once(work, until, error) && paused_once(work, until, error);
    /* Replay must go on whatever came of it. */
    bool resumed = ask(work, "SELECT pg_wal_replay_resume()", ok ? until : loop_now() + 1000, text,
                       sizeof(text), ok ? error : &ignored);
    return ok && resumed;
}

/* A receiver that was asked for before the startup process looked may not have a process yet. But it
 * is ended by the startup process before that waits for its next attempt, or before it asks the archive,
 * and there, behind the pause, it is seen: nothing runs then, and nothing will be started. Where the archive
 * takes its time it is the only place: the interval is over when it has answered. */
static bool receiver_gone(PgWork *work, Millis absent, Millis until, Error *error)
{
    static const char sql[] =
        "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walreceiver') || "
        "coalesce((SELECT wait_event FROM pg_stat_activity WHERE backend_type = 'startup'), '')";
    char text[80];
    Millis since = loop_now();
    for (;;) {
        if (!ask(work, sql, until, text, sizeof(text), error)) {
            return false;
        }
        if (text[0] != '0') {
            since = loop_now() + LOOK_PAUSE_MS;
        } else if ((str_equal(text, "0RecoveryRetrieveRetryInterval") ||
                    str_equal(text, "0RestoreCommand")) &&
                   loop_now() - since >= absent) {
            return true;
        }
        if (!wait_a_little(work, until, "the WAL receiver does not end", error)) {
            return false;
        }
    }
}

/* Replay stands at a place where no whole record begins, and stays there: nobody writes any more. */
static bool replayed_to_end(PgWork *work, TimelineId timeline, Millis until, Lsn *ret, Error *error)
{
    char text[32];
    PgControl control;
    PgHistory history;
    Lsn at = 0;
    bool more = false;

    if (!pg_control_read(work->setup->data_dir, &control, error) ||
        !pg_history_read(work->setup->data_dir, timeline, &history, error)) {
        return false;
    }
    for (;;) {
        if (!ask(work, "SELECT pg_last_wal_replay_lsn()", until, text, sizeof(text), error)) {
            return false;
        }
        if (!str_to_lsn(text, strlen(text), &at)) {
            return error_set(error, ERROR_PROTOCOL, "no replay position");
        }
        if (!pg_wal_record_at(work->setup->data_dir, &control, &history, at, &more, error)) {
            return false;
        }
        if (!more) {
            *ret = at;
            return true;
        }
        /* It sleeps up to wal_retrieve_retry_interval between two looks; this wakes it. */
        if (work->session.version >= 140000 &&
            !ask(work, "SELECT pg_wal_replay_pause(), pg_wal_replay_resume()", until, text,
                 sizeof(text), error)) {
            return false;
        }
        if (!wait_a_little(work, until, "replay does not reach the end of the WAL", error)) {
            return false;
        }
    }
}

static bool cut(PgWork *work, Millis until, InstanceResult *ret, Error *error)
{
    const PgSetup *setup = work->setup;
    TimelineId timeline = 0;
    Millis absent = work->session.version >= 140000 ? 0 : ABSENT_MS;

    if (absent == 0 && !startup_has_looked(work, until, error)) {
        return error_wrap(error, "asking the startup process");
    }
    if (!receiver_gone(work, absent, until, error)) {
        return error_wrap(error, "waiting for the receiver's end");
    }
    if (!pg_identify(setup, &work->job, until, &timeline, error) ||
        !replayed_to_end(work, timeline, until, &ret->end.lsn, error) ||
        !pg_history_next(setup->data_dir, timeline, &ret->next_timeline, error)) {
        return error_wrap(error, "waiting for the end of replay");
    }
    ret->end.timeline = timeline;
    work->timeline = timeline;
    return true;
}

/* A stopped instance has no receiver: its end is what lies on disk, and what a start would replay. */
static bool cut_stopped(PgWork *work, InstanceResult *ret, Error *error)
{
    PgWalEnd end;
    bool standby = false;
    char signal[PG_PATH_SIZE];
    const PgRun run = pg_last_run(work->run);
    const PgAlive alive = pg_alive(work->setup->data_dir, &run);

    if (!pg_alive_is_stopped(&alive)) {
        return error_set(error, ERROR_REFUSED, "the instance does not answer and is not stopped");
    }
    pg_path(signal, work->setup->data_dir, "standby.signal");
    if (!pg_auto_conf_write(work->setup, &work->facts, &work->in_force, error) ||
        !pg_file_look(signal, &standby, error) ||
        !pg_wal_end(work->setup->data_dir, standby, 0, &end, error)) {
        return false;
    }
    ret->end = end.end;
    return pg_history_next(work->setup->data_dir, end.end.timeline, &ret->next_timeline, error);
}

static bool running(const PgSetup *setup)
{
    PgPidFile file;
    int fd = pg_postmaster_open(setup->data_dir, &file);
    if (fd < 0) {
        return false;
    }
    (void)close(fd); /* a pidfd */
    return true;
}

/* Never shown: there may be a password in it. */
static bool conninfo_is_ours(PgWork *work, Millis until, bool *ret, Error *error)
{
    PGresult *result = NULL;
    if (!pg_query(&work->session, &work->job, "SHOW primary_conninfo", until, &result, error)) {
        return false;
    }
    *ret = PQntuples(result) == 1 && str_equal(PQgetvalue(result, 0, 0), work->in_force.conninfo);
    PQclear(result);
    return true;
}

/* What ALTER SYSTEM has set comes after mc.auto.conf. A start refuses it; here it must not stand: the receiver would come back
 * behind its cut. */
static bool put_in_force(PgWork *work, Millis until, Error *error)
{
    static const char reset[] = "ALTER SYSTEM RESET primary_conninfo";
    bool ours = false;
    if (!pg_work_reload(work, true, until, error) || !conninfo_is_ours(work, until, &ours, error)) {
        return false;
    }
    if (!ours && (!pg_query(&work->session, &work->job, reset, until, NULL, error) ||
                  !pg_work_reload(work, true, until, error) ||
                  !conninfo_is_ours(work, until, &ours, error))) {
        return error_wrap(error, "primary_conninfo is set by others");
    }
    return ours || error_set(error, ERROR_POSTGRES,
                             "primary_conninfo is not that of mc.auto.conf after reload: remove it "
                             "from what is read behind that file (pg_file_settings)");
}

bool pg_do_follow(PgWork *work, const Upstream *upstream, Millis until, InstanceResult *ret,
                  Error *error)
{
    bool nobody = upstream->member == MEMBER_NONE;
    char conninfo[sizeof(work->in_force.conninfo)];

    if (!pg_work_know(work, error) ||
        !pg_conninfo_text(work->setup, upstream, conninfo, sizeof(conninfo), error)) {
        return false;
    }
    memcpy(work->in_force.conninfo, conninfo, sizeof(conninfo));
    pg_work_upstream(work, upstream);
    work->in_force.slot[0] = '\0';
    if (!nobody && !pg_slot_name(&work->setup->members, work->setup->self, work->in_force.slot,
                                 sizeof(work->in_force.slot))) {
        return error_set(error, ERROR_LIMIT, "the name of the slot does not fit");
    }
    if (!running(work->setup)) {
        if (nobody) {
            return cut_stopped(work, ret, error);
        }
        return pg_auto_conf_write(work->setup, &work->facts, &work->in_force, error);
    }
    if (!put_in_force(work, until, error)) {
        return false;
    }
    return !nobody || cut(work, until, ret, error);
}

bool pg_do_follow_again(PgWork *work, Millis until, Error *error)
{
    const Upstream upstream = work->upstream;
    InstanceResult ignored = {0};

    assert(upstream.member != MEMBER_NONE);
    return pg_do_follow(work, &upstream, until, &ignored, error);
}

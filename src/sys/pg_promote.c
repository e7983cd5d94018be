/* pg_promote.c - promotion: asked for in a session, marked so that half of one is seen.
 *
 * In a session and not by file and signal: a worker that has been given up, and wakes later behind a hung disk, reaches
 * only the instance that it was meant for, never one that was started as a standby since.
 *
 * PostgreSQL removes standby.signal before it writes the new history. Killed in between, a plain start
 * would be crash recovery on the old timeline and open for writing on it. So mc.promoting, with the
 * timeline of before, is there from before the request until the new timeline is known to be in the
 * control file; who finds it puts standby.signal back. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/kill_point.h"
#include "sys/loop.h"
#include "sys/pg_control.h"
#include "sys/pg_history.h"

#include <string.h>

enum { LOOK_PAUSE_MS = 3 };

static const char MARKER[] = "mc.promoting";

static bool marker_write(const PgSetup *setup, TimelineId timeline, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[32];
    (void)str_format(text, sizeof(text), "%u\n", timeline); /* fits */
    pg_path(path, setup->data_dir, MARKER);
    return pg_file_write(path, text, strlen(text), 0600, error);
}

/* The timeline that was replayed when the promotion was asked for; 0: no marker. One that says nothing
 * counts as unfinished; but where the disk does not tell, nothing is repaired. */
static bool marker_read(const char *data_dir, TimelineId *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[32];
    size_t length = 0;
    uint64_t timeline = 0;
    bool there = false;
    Error why = {0};

    pg_path(path, data_dir, MARKER);
    if (!pg_file_look(path, &there, error)) {
        return false;
    }
    if (there && !pg_file_read(path, text, sizeof(text), &length, &why) &&
        why.kind == ERROR_SYSTEM) {
        *error = why;
        return false;
    }
    *ret = there ? UINT32_MAX : 0;
    if (length > 0 && str_to_uint(text, length - 1, &timeline) && timeline > 0 &&
        timeline < UINT32_MAX) {
        *ret = (TimelineId)timeline;
    }
    return true;
}

bool pg_promotion_repair(const char *data_dir, bool *ret_unfinished, Error *error)
{
    char path[PG_PATH_SIZE];
    TimelineId before = 0;
    PgControl control;
    bool there = false;

    *ret_unfinished = false;
    if (!marker_read(data_dir, &before, error)) {
        return false;
    }
    if (before == 0) {
        return true;
    }
    if (!pg_control_read(data_dir, &control, error)) {
        return false;
    }
    *ret_unfinished = control.timeline <= before && control.min_recovery_timeline <= before;
    if (*ret_unfinished) {
        pg_path(path, data_dir, "standby.signal");
        if (!pg_file_look(path, &there, error) ||
            (!there && !pg_file_write(path, "", 0, 0600, error))) {
            return false;
        }
        pg_path(path, data_dir, "promote");
        if (!pg_file_remove(path, error)) {
            return false;
        }
    }
    pg_path(path, data_dir, MARKER);
    return pg_file_remove(path, error);
}

static bool in_recovery(PgWork *work, Millis until, bool *ret, Error *error)
{
    char text[8];
    if (!pg_query_text(&work->session, &work->job, "SELECT pg_is_in_recovery()", until, text,
                       sizeof(text), error)) {
        return false;
    }
    *ret = str_equal(text, "t");
    return true;
}

static bool request(PgWork *work, Millis until, Error *error)
{
    static const char promote[] = "SELECT pg_promote(false)";
    TimelineId timeline = work->timeline;

    if (timeline == 0 && !pg_identify(work->setup, &work->job, until, &timeline, error)) {
        return false;
    }
    if (!marker_write(work->setup, timeline, error) ||
        !pg_query(&work->session, &work->job, promote, until, NULL, error)) {
        return false;
    }
    kill_point(ACTION_PROMOTE, KILL_DURING);
    return true;
}

static bool opened(PgWork *work, Millis until, InstanceResult *ret, Error *error)
{
    char text[16];
    uint8_t bytes[4];
    PgHistory history;

    if (!pg_query_text(&work->session, &work->job,
                       "SELECT substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)", until,
                       text, sizeof(text), error)) {
        return false;
    }
    if (!str_to_bytes(text, strlen(text), bytes, sizeof(bytes))) {
        return error_set(error, ERROR_PROTOCOL, "no timeline");
    }
    TimelineId timeline = (TimelineId)bytes[0] << 24 | (TimelineId)bytes[1] << 16 |
                          (TimelineId)bytes[2] << 8 | bytes[3];
    if (!pg_history_read(work->setup->data_dir, timeline, &history, error)) {
        return false;
    }
    ret->end = (Position){.timeline = timeline, .lsn = pg_history_start(&history)};
    work->timeline = 0;
    work->names_proved = false;
    return true;
}

/* By now the control file names the new timeline: the end-of-recovery record is written before
 * recovery is declared over. */
bool pg_do_promote(PgWork *work, Millis until, InstanceResult *ret, Error *error)
{
    bool recovering = false;
    bool unfinished = false;

    if (!pg_work_know(work, error) ||
        !pg_session_ensure(&work->session, &work->job, work->setup, until, error) ||
        !in_recovery(work, until, &recovering, error)) {
        return false;
    }
    if (recovering && !request(work, until, error)) {
        return false;
    }
    while (recovering) {
        /* PostgreSQL tells a session of it only with the answer to a query. */
        if (loop_now() >= until || !pg_job_pause(&work->job, LOOK_PAUSE_MS)) {
            return error_set(error, ERROR_TIMEOUT, "the promotion did not end in time");
        }
        if (!in_recovery(work, until, &recovering, error)) {
            return error_wrap(error, "promotion");
        }
    }
    if (!opened(work, until, ret, error) ||
        !pg_promotion_repair(work->setup->data_dir, &unfinished, error)) {
        return false;
    }
    return !unfinished ||
           error_set(error, ERROR_CORRUPT, "the control file does not know the new timeline");
}

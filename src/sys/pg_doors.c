/* pg_doors.c - opening and closing the gate of a running instance, and seeing that it took effect. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/loop.h"
#include "sys/pg_gate.h"

#include <string.h>

enum { LOOK_PAUSE_MS = 2 };

/* Everybody but the agent: sessions of clients, and WAL senders that are bound to a database. From 18
 * on those who are still authenticating are shown too, without a user: the looks judge them later. */
#define STRANGERS                                                                   \
    "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usesysid IS NOT NULL " \
    "AND ((backend_type = 'client backend' "                                        \
    "AND NOT (usename = current_user AND application_name = 'mc_agent')) "          \
    "OR (backend_type = 'walsender' AND datid IS NOT NULL))"

/* A file that the server cannot read leaves the old gate in force: that must be seen. */
static bool rules_check(PgWork *work, Millis until, Error *error)
{
    char text[200];
    if (!pg_query_text(&work->session, &work->job,
                       "SELECT left('line ' || line_number || ': ' || error, 180) "
                       "FROM pg_hba_file_rules WHERE error IS NOT NULL LIMIT 1",
                       until, text, sizeof(text), error)) {
        return false;
    }
    if (text[0] != '\0') {
        return error_set(error, ERROR_CONFIG, "the administrator's authentication file, %s", text);
    }
    return true;
}

/* The postmaster reads the gate behind its other files, and admits nobody meanwhile: whoever it
 * admits after a session that came behind the reload is judged by the new gate. */
static bool gate_put(PgWork *work, Gate gate, bool replicas, Millis until, Error *error)
{
    PgSession behind = {0};

    if (!pg_gate_write(work->setup, &work->facts, gate, replicas, error) ||
        !pg_work_reload(work, false, until, error) || !rules_check(work, until, error)) {
        return false;
    }
    PgKnock knock = pg_session_open(&behind, &work->job, work->setup, false, until, error);
    pg_session_close(&behind);
    return knock == PG_KNOCK_OPEN || knock == PG_KNOCK_BUSY;
}

static bool strangers_end(PgWork *work, bool waiting_too, Millis until, Error *error)
{
    static const char others[] = "SELECT count(pg_terminate_backend(pid)) " STRANGERS
                                 " AND wait_event IS DISTINCT FROM 'SyncRep'";
    static const char everybody[] = "SELECT count(pg_terminate_backend(pid)) " STRANGERS;
    char count[32];

    for (;;) {
        if (!pg_query_text(&work->session, &work->job, waiting_too ? everybody : others, until,
                           count, sizeof(count), error)) {
            return false;
        }
        if (str_equal(count, "0")) {
            return true;
        }
        if (loop_now() >= until || !pg_job_pause(&work->job, LOOK_PAUSE_MS)) {
            return error_set(error, ERROR_TIMEOUT, "%s sessions do not end", count);
        }
    }
}

/* Ending a session that waits for the standby makes its commit visible to those who are still there:
 * so these go last. */
static bool gate_close(PgWork *work, Millis until, Error *error)
{
    if (!gate_put(work, GATE_CLOSED, work->replicas, until, error)) {
        /* The administrator's lines for replication cannot be read: closed without them. */
        error_clear(error);
        if (!gate_put(work, GATE_CLOSED, false, until, error)) {
            return false;
        }
    }
    return strangers_end(work, false, until, error) && strangers_end(work, true, until, error);
}

bool pg_do_gate(PgWork *work, Gate gate, Millis until, Error *error)
{
    if (!pg_work_know(work, error) || !pg_conf_facts(work->setup, &work->facts, error)) {
        return false;
    }
    switch (gate) {
    case GATE_CLOSED:
        return gate_close(work, until, error);
    case GATE_OPEN:
        if (pg_gate_keep_shut(work->setup, error) &&
            gate_put(work, GATE_OPEN, work->replicas, until, error)) {
            return true;
        }
        break;
    }
    Error why = *error;
    Error ignored = {0};
    if (!gate_close(work, until, &ignored)) {
        error_clear(&ignored); /* the first error is the one to tell */
    }
    *error = why;
    return false;
}

bool pg_do_gate_again(PgWork *work, Millis until, Error *error)
{
    return pg_work_know(work, error) && pg_conf_facts(work->setup, &work->facts, error) &&
           gate_put(work, GATE_OPEN, work->replicas, until, error);
}

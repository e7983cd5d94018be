/* pg_sync.c - synchronous_standby_names, put in force and proved (P2).
 *
 * A reload is no proof. Whether a COMMIT waits at all is a shared flag that the checkpointer sets when
 * it gets to its own SIGHUP; who may release a waiter is decided in each WAL sender by its own copy of
 * the setting. So:
 *
 *   0. where the list was empty, a probe COMMIT seen to pass: the flag is clear. Else it may be set still from
 *      a list before that one, by a checkpointer that has read the empty list and has yet to clear it,
 *      which releases everybody who waits;
 *   1. names that no standby bears, reload, and a probe COMMIT seen waiting: the flag is set, and from
 *      here on nobody who reads the setting anew releases anybody;
 *   2. WAL senders of before that may release by their old copy until they look are ended and seen gone: all
 *      of them when other names were in force; when none were, those of other attachments, which may not
 *      have looked since a list that was relaxed;
 *   3. the real names, reload. A sender that has not looked yet has none or those of step 1: it
 *      releases nobody.
 *
 * The list is never empty on the way: emptying it would release everybody who waits. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/loop.h"
#include "sys/pg_names.h"

#include <poll.h>
#include <string.h>
#include <sys/random.h>

enum { LOOK_PAUSE_MS = 2, WAKES_MAX = 20, WAKE_PAUSE_MS = 5 };

static const char PROBE[] = "SELECT pg_logical_emit_message(true, 'mc', 'probe')";

/* A probe that still waits from an earlier proof has served; its cancel only ends its waiting. */
static void probe_end(PgWork *work, Millis until)
{
    char sql[80];
    Error ignored = {0};
    if (work->probe.link == NULL) {
        return;
    }
    if (pg_session_busy(&work->probe)) {
        (void)str_format(sql, sizeof(sql), "SELECT pg_terminate_backend(%d)", work->probe.pid);
        if (!pg_query(&work->session, &work->job, sql, until, NULL, &ignored)) {
            error_clear(&ignored); /* at worst it waits on: one idle session */
        }
    }
    pg_session_close(&work->probe);
}

/* PostgreSQL has one to say when somebody cancels a COMMIT that waits: it succeeds then. */
static void note_warning(void *arg, const PGresult *result)
{
    PgWork *work = arg;
    (void)result;
    work->probe_warned = true;
}

/* Its session is always a new one: the postmaster that answers it has told all its children what it read before. */
static bool probe_send(PgWork *work, Millis until, Error *error)
{
    static const char loud[] = "SET synchronous_commit = on; SET client_min_messages = warning";
    probe_end(work, until);
    if (!pg_session_ensure(&work->probe, &work->job, work->setup, until, error) ||
        !pg_query(&work->probe, &work->job, loud, until, NULL, error)) {
        return false;
    }
    work->probe_warned = false;
    (void)PQsetNoticeReceiver(work->probe.link, note_warning, work);
    return pg_query_send(&work->probe, PROBE, error);
}

/* Until one probe has passed. No sender lets it pass by an older copy: it was told to read the list anew before
 * this COMMIT began, and does so before it hears a standby's answer to WAL that it sends from then on. One that
 * still waits at the deadline is left for probe_end. */
static bool probe_passes(PgWork *work, Millis until, Error *error)
{
    if (!probe_send(work, until, error)) {
        return false;
    }
    while (pg_session_busy(&work->probe)) {
        if (pg_job_wait(&work->job, PQsocket(work->probe.link), POLLIN, until) != PG_WAIT_READY) {
            return error_set(error, ERROR_TIMEOUT, "commits wait still for the standbys of before");
        }
    }
    if (!pg_query_finish(&work->probe, &work->job, until, error)) {
        return error_wrap(error, "probe");
    }
    return !work->probe_warned ||
           error_set(error, ERROR_POSTGRES, "somebody has cancelled the probe");
}

/* Step 1: until one probe is seen waiting for a standby. */
static bool probe_waits(PgWork *work, Millis until, Error *error)
{
    char sql[96];
    char event[64];

    if (!probe_send(work, until, error)) {
        return false;
    }
    (void)str_format(sql, sizeof(sql), "SELECT wait_event FROM pg_stat_activity WHERE pid = %d",
                     work->probe.pid);
    for (;;) {
        if (!pg_query_text(&work->session, &work->job, sql, until, event, sizeof(event), error)) {
            return false;
        }
        if (str_equal(event, "SyncRep")) {
            return true;
        }
        if (loop_now() >= until || !pg_job_pause(&work->job, LOOK_PAUSE_MS)) {
            return error_set(error, ERROR_TIMEOUT, "no commit was seen waiting for a standby");
        }
        /* It did not wait: the checkpointer has not looked yet. The next one will tell. */
        if (!pg_session_busy(&work->probe) &&
            (!pg_query_finish(&work->probe, &work->job, until, error) ||
             !pg_query_send(&work->probe, PROBE, error))) {
            return error_wrap(error, "probe");
        }
    }
}

/* What one WAL sender is known by. No clock is asked which came first; whoever else should have both is ended, too. */
static const char SENDER[] = "format('<%s %s>', pid, extract(epoch FROM backend_start))";

/* Who is there now: everybody of before the reload, for the postmaster that has answered the probe since has told
 * them all, and who is none yet reads the list anew before he sends. That some came later does no harm: they are
 * ended as well. The list stays in the kept session, so it is as long as max_wal_senders lets it be. */
static bool senders_list(PgWork *work, bool all, const char *names, Millis until, Error *error)
{
    char query[512 + PG_SYNC_NAMES_SIZE];
    /* A base backup and a stranger are left alone: they release nobody. */
    bool fits = str_format(
        query, sizeof(query),
        "SELECT set_config('mc.senders', coalesce(string_agg(%s, ''), ''), false) IS NULL "
        "FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup' AND (%s OR "
        "(starts_with(application_name, 'mc_') AND "
        "strpos('%s', '\"' || application_name || '\"') = 0))",
        SENDER, all ? "true" : "false", names);
    assert(fits);
    return pg_query(&work->session, &work->job, query, until, NULL, error);
}

/* Step 2. */
static bool senders_end(PgWork *work, bool all, const char *names, Millis until, Error *error)
{
    char query[256];
    char count[32];

    if (!senders_list(work, all, names, until, error)) {
        return false;
    }
    bool fits = str_format(query, sizeof(query),
                           "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_replication "
                           "WHERE strpos(current_setting('mc.senders'), %s) > 0",
                           SENDER);
    assert(fits);
    for (;;) {
        if (!pg_query_text(&work->session, &work->job, query, until, count, sizeof(count), error)) {
            return false;
        }
        if (str_equal(count, "0")) {
            return true;
        }
        if (loop_now() >= until || !pg_job_pause(&work->job, LOOK_PAUSE_MS)) {
            return error_set(error, ERROR_TIMEOUT, "WAL senders of before do not end");
        }
    }
}

static bool reload(PgWork *work, Millis until, char shown[PG_SYNC_NAMES_SIZE], Error *error)
{
    return pg_work_reload(work, true, until, error) &&
           pg_query_text(&work->session, &work->job, "SHOW synchronous_standby_names", until, shown,
                         PG_SYNC_NAMES_SIZE, error);
}

/* What ALTER SYSTEM has set comes after mc.auto.conf. A start refuses it; here it must not stand. */
static bool put_in_force(PgWork *work, const char *names, Millis until, Error *error)
{
    static const char reset[] = "ALTER SYSTEM RESET synchronous_standby_names";
    char shown[PG_SYNC_NAMES_SIZE];
    (void)str_copy(work->in_force.names, sizeof(work->in_force.names), names); /* fits */
    if (!reload(work, until, shown, error)) {
        return false;
    }
    if (!str_equal(shown, names) &&
        (!pg_query(&work->session, &work->job, reset, until, NULL, error) ||
         !reload(work, until, shown, error))) {
        return false;
    }
    if (!str_equal(shown, names)) {
        return error_set(error, ERROR_POSTGRES, "synchronous_standby_names is \"%s\" after reload",
                         shown);
    }
    return true;
}

/* A standby that has flushed all there is says so again only after half of wal_sender_timeout, and whoever
 * began to wait in step 1 would wait so long. A little more WAL makes it speak; again, when its sender
 * had not looked yet. Not waited for in earnest: it may be broken, and that is for others to find out. */
static bool wake_standby(PgWork *work, Millis until, Error *error)
{
    static const char more_wal[] = "SELECT set_config('synchronous_commit', 'local', true), "
                                   "pg_logical_emit_message(true, 'mc', 'wake')";
    for (int i = 0; i < WAKES_MAX && pg_session_busy(&work->probe); i++) {
        if (!pg_query(&work->session, &work->job, more_wal, until, NULL, error)) {
            return error_wrap(error, "wake the standby");
        }
        if (loop_now() >= until || !pg_job_pause(&work->job, WAKE_PAUSE_MS)) {
            break;
        }
    }
    return true;
}

/* Step 0. Whoever put the empty list in force: a stranger's is read and applied like ours. Where ours is in the
 * file alone (its writer was killed before the reload), it is put in force, as the record of then asked. */
static bool flag_is_clear(PgWork *work, Millis until, Error *error)
{
    static const char look[] = "SELECT current_setting('synchronous_standby_names') = ''";
    const bool ours = work->in_force.names[0] == '\0';
    char is_empty[8];

    if (!pg_query_text(&work->session, &work->job, look, until, is_empty, sizeof(is_empty),
                       error)) {
        return false;
    }
    if (!str_equal(is_empty, "t") && !ours) {
        return true; /* set, and rightly: a list of ours takes the place of an empty one by step 0 alone */
    }
    if (!str_equal(is_empty, "t") && !put_in_force(work, "", until, error)) {
        return false;
    }
    return probe_passes(work, until, error) ||
           error_wrap(error, "the empty list of before is not applied yet");
}

static bool prove(PgWork *work, bool from_some, const char *names, Millis until, Error *error)
{
    char nobody[64];
    uint64_t token = 0;

    ssize_t got = getrandom(&token, sizeof(token), 0);
    assert(got == sizeof(token));
    (void)str_format(nobody, sizeof(nobody), "ANY 1 (\"mc_nobody_%llx\")",
                     (unsigned long long)token); /* fits */
    if (!pg_session_ensure(&work->session, &work->job, work->setup, until, error)) {
        return false;
    }
    return flag_is_clear(work, until, error) && put_in_force(work, nobody, until, error) &&
           probe_waits(work, until, error) && senders_end(work, from_some, names, until, error) &&
           put_in_force(work, names, until, error) && wake_standby(work, until, error);
}

static bool flush_position(PgWork *work, Millis until, InstanceResult *ret, Error *error)
{
    char text[STR_LSN_SIZE + 8];
    if (!pg_query_text(&work->session, &work->job, "SELECT pg_current_wal_flush_lsn()", until, text,
                       sizeof(text), error)) {
        return false;
    }
    return str_to_lsn(text, strlen(text), &ret->flush) ||
           error_set(error, ERROR_PROTOCOL, "no flush position");
}

bool pg_do_names_again(PgWork *work, const char *names, Millis until, Error *error)
{
    if (!pg_session_ensure(&work->session, &work->job, work->setup, until, error)) {
        return false;
    }
    if (names[0] == '\0') {
        return put_in_force(work, names, until, error);
    }
    /* Senders may have released commits by whatever was there: they end. */
    work->names_proved = prove(work, true, names, until, error);
    (void)str_copy(work->in_force.names, sizeof(work->in_force.names), names); /* fits */
    return work
        ->names_proved; /* if not: the next look finds others in force, and it is tried again */
}

bool pg_do_names(PgWork *work, const NamesOrder *order, Millis until, InstanceResult *ret,
                 Error *error)
{
    char names[PG_SYNC_NAMES_SIZE];

    work->names_settled = false;
    if (!pg_work_know(work, error)) {
        return false;
    }
    if (!pg_names_text(&work->setup->members, &order->names, names, sizeof(names))) {
        return error_set(error, ERROR_LIMIT, "names do not fit");
    }
    if (!pg_session_ensure(&work->session, &work->job, work->setup, until, error)) {
        return false;
    }
    bool same = str_equal(names, work->in_force.names);
    /* Over an empty list names come with their proof alone, asked for or not (step 0). */
    if (order->names.count == 0 || (!order->prove && work->in_force.names[0] != '\0')) {
        if (!put_in_force(work, names, until, error)) {
            return false;
        }
        work->names_proved = work->names_proved && same;
    } else if (!same || !work->names_proved) {
        work->names_proved = false;
        if (!prove(work, order->from_some, names, until, error)) {
            return false;
        }
        work->names_proved = true;
    }
    work->names_settled = true;
    ret->proved = order->names.count > 0 && work->names_proved;
    if (order->names.count == 0) {
        probe_end(work, until);
    }
    return flush_position(work, until, ret, error);
}

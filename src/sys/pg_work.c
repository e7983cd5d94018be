/* pg_work.c - what the orders share: reload with proof, signals, identity, the kept session. */
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

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { RELOAD_PAUSE_MS = 1, RELOAD_PATIENCE_MS = 500 };

bool pg_work_init(PgWork *work, const PgSetup *setup, PgLastRun *run, Error *error)
{
    *work = (PgWork){.setup = setup,
                     .run = run,
                     .pidfd = -1,
                     .replicas = true,
                     .upstream = {.member = MEMBER_NONE}};
    return pg_job_init(&work->job, error);
}

void pg_work_done(PgWork *work)
{
    pg_session_close(&work->session);
    pg_session_close(&work->probe);
    if (work->pidfd >= 0) {
        (void)close(work->pidfd); /* nobody took it */
    }
    pg_job_done(&work->job);
}

bool pg_work_know(PgWork *work, Error *error)
{
    if (work->facts_known) {
        return true;
    }
    if (!pg_conf_facts(work->setup, &work->facts, error) ||
        !pg_auto_conf_read(work->setup, &work->in_force, error)) {
        return error_wrap(error, "the instance was not started by Mirroring Controller");
    }
    work->facts_known = true;
    return true;
}

void pg_work_upstream(PgWork *work, const Upstream *upstream)
{
    work->upstream = *upstream;
    work->upstream_at =
        upstream->member == MEMBER_NONE ? (PgAddress){0} : work->setup->address[upstream->member];
}

bool pg_work_signal(PgWork *work, int signal, Error *error)
{
    PgPidFile file;
    int fd = pg_postmaster_open(work->setup->data_dir, &file);
    if (fd < 0) {
        return error_set(error, ERROR_NOT_RUNNING, "no postmaster is running");
    }
    bool sent = false;
    if (pg_job_enter(&work->job)) {
        sent = pg_signal(fd, signal);
        pg_job_leave(&work->job);
    }
    (void)close(fd); /* a pidfd */
    return sent || error_set(error, ERROR_NOT_RUNNING, "the postmaster could not be signalled");
}

/* Why nothing moved, when the files themselves are the reason: then waiting is in vain. Only what cannot be read, and a name that
 * nobody knows, hold up the whole; a value that cannot be applied does not, and one always is there (hba_file: the door is held
 * by the command line). */
static bool files_are_sound(PgWork *work, Millis until, Error *error)
{
    char text[200];
    if (!pg_query_text(&work->session, &work->job,
                       "SELECT left(sourcefile || ' line ' || sourceline || ': ' || error, 180) "
                       "FROM pg_file_settings f WHERE error IS NOT NULL AND NOT EXISTS "
                       "(SELECT FROM pg_settings s WHERE s.name = lower(f.name)) LIMIT 1",
                       until, text, sizeof(text), error)) {
        return false;
    }
    return text[0] == '\0' || error_set(error, ERROR_CONFIG, "%s", text);
}

/* The postmaster reads its files and then signals its children, one after the other; a child reads
 * them again before its next command. So when the kept session has, the postmaster has, and every
 * process forked from then on starts with the new values. With a broken file neither does. */
bool pg_work_reload(PgWork *work, bool write, Millis until, Error *error)
{
    static const char load_time[] = "SELECT pg_conf_load_time()";
    char before[64];
    char after[64];

    if (!pg_session_ensure(&work->session, &work->job, work->setup, until, error) ||
        !pg_query_text(&work->session, &work->job, load_time, until, before, sizeof(before),
                       error)) {
        return false;
    }
    if (write && !pg_auto_conf_write(work->setup, &work->facts, &work->in_force, error)) {
        return false;
    }
    if (!pg_work_signal(work, SIGHUP, error)) {
        return false;
    }
    kill_point(work->kind, KILL_DURING);
    Millis patience = loop_now() + RELOAD_PATIENCE_MS;
    for (;;) {
        if (!pg_query_text(&work->session, &work->job, load_time, until, after, sizeof(after),
                           error)) {
            return error_wrap(error, "reload");
        }
        if (!str_equal(before, after)) {
            return true;
        }
        if (loop_now() >= patience) {
            patience = until;
            if (!files_are_sound(work, until, error)) {
                return error_wrap(error, "reload");
            }
        }
        /* No event tells that a backend has read its configuration. */
        if (loop_now() >= until || !pg_job_pause(&work->job, RELOAD_PAUSE_MS)) {
            return error_set(error, ERROR_TIMEOUT, "the reload did not take effect in time");
        }
    }
}

bool pg_identify(const PgSetup *setup, PgJob *job, Millis until, TimelineId *ret, Error *error)
{
    PgSession session = {0};
    PGresult *result = NULL;
    uint64_t timeline = 0;

    if (pg_session_open(&session, job, setup, true, until, error) != PG_KNOCK_OPEN) {
        return error_wrap(error, "connect for replication");
    }
    bool ok = pg_query(&session, job, "IDENTIFY_SYSTEM", until, &result, error);
    if (ok) {
        const char *text = PQntuples(result) == 1 ? PQgetvalue(result, 0, 1) : "";
        if (!str_to_uint(text, strlen(text), &timeline) || timeline > UINT32_MAX) {
            ok = error_set(error, ERROR_PROTOCOL, "no timeline in the answer");
        }
        PQclear(result);
    }
    pg_session_close(&session);
    if (ok) {
        *ret = (TimelineId)timeline;
    }
    return ok;
}

/* A running archiver learns of the new reign. It may archive what it had to all the same, so a failure
 * is no reason not to open: the next reload brings it. */
static void claim_renew(PgWork *work, Millis until)
{
    char claim[ARCHIVE_CLAIM_SIZE];
    PgPidFile file;
    Error ignored = {0};
    pg_archive_claim(work->setup, claim);
    int fd = pg_postmaster_open(work->setup->data_dir, &file);
    if (fd < 0) {
        return; /* the start writes it */
    }
    (void)close(fd); /* a pidfd */
    if (!pg_work_know(work, &ignored) || str_equal(claim, work->in_force.claim)) {
        return;
    }
    memcpy(work->in_force.claim, claim, sizeof(claim));
    if (!pg_work_reload(work, true, until, &ignored)) {
        error_clear(&ignored); /* see above */
    }
}

bool pg_do_directory(PgWork *work, const DirectoryOrder *order, Millis until, Error *error)
{
    PgIdentity present;
    PgIdentityFate fate = pg_identity_read(work->setup->data_dir, &present);
    PgIdentity wanted = {.cluster = order->cluster, .dir = order->id, .chain = order->chain};
    PgReceipt receipt;

    if (pg_receipt_read(work->setup->data_dir, &receipt) &&
        (!order->renew_id || order->id != receipt.dir)) {
        return error_set(error, ERROR_REFUSED,
                         "the data directory has just been recovered from a backup");
    }
    if (!order->renew_id) {
        if (fate != PG_IDENTITY_OWN) {
            return error_set(error, ERROR_REFUSED, "the data directory has no identity of its own");
        }
        wanted.dir = present.dir;
    }
    /* The receipt of a recovery has become the identity. */
    if (!pg_identity_write(work->setup->data_dir, &wanted, error) ||
        !pg_receipt_remove(work->setup->data_dir, error)) {
        return false;
    }
    if (work->setup->backup_destination[0] != '\0') {
        claim_renew(work, until);
    }
    return true;
}

/* ---- slots ------------------------------------------------------------------------------------ */

/* On a primary one slot per other server, so that WAL waits for a standby that is away for a while,
 * bounded by max_slot_wal_keep_size (one that went beyond is made anew); on a standby none, or it would keep WAL for nobody. */
static void slots_text(const PgSetup *setup, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    const char *between = "";
    str_add(&out, "WITH wanted(name) AS (SELECT unnest(ARRAY[");
    for (uint8_t i = 0; i < setup->members.count; i++) {
        char name[PG_NAME_SIZE];
        if (i != setup->self && setup->members.member[i].kind == MEMBER_SERVER &&
            pg_slot_name(&setup->members, i, name, sizeof(name))) {
            str_add_format(&out, "%s'%s'", between, name);
            between = ",";
        }
    }
    str_add(&out, "]::text[])) "
                  "SELECT count(CASE WHEN pg_is_in_recovery() THEN NULL ELSE "
                  "(pg_create_physical_replication_slot(name)).slot_name END) FROM wanted "
                  "WHERE NOT pg_is_in_recovery() AND name NOT IN "
                  "(SELECT slot_name FROM pg_replication_slots)");
    assert(!out.cut);
}

bool pg_do_warm(PgWork *work, Millis until, Error *error)
{
    /* That of mirrored WAL also where nothing is mirrored any longer. */
    char drop[512];
    char create[2048];
    (void)str_format(drop, sizeof(drop),
                     "SELECT count(CASE WHEN pg_drop_replication_slot(slot_name) IS NULL THEN 1 "
                     "END) FROM pg_replication_slots WHERE NOT active "
                     "AND slot_type = 'physical' AND ((slot_name LIKE 'mc\\_%%' OR slot_name = "
                     "'pgx_mirror') AND (pg_is_in_recovery() OR wal_status = 'lost') "
                     "OR slot_name = 'pgx_mirror' AND %s)",
                     work->setup->backup_destination[0] == '\0' ? "true" : "false"); /* fits */

    slots_text(work->setup, create, sizeof(create));
    /* A gate that opens sees to its arguments itself. What was adopted may have been opened by an agent that did not. */
    return pg_work_know(work, error) && pg_gate_keep_shut(work->setup, error) &&
           pg_session_ensure(&work->session, &work->job, work->setup, until, error) &&
           pg_query(&work->session, &work->job, drop, until, NULL, error) &&
           pg_query(&work->session, &work->job, create, until, NULL, error);
}

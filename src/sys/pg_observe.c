/* pg_observe.c - reads files, asks the server, fills an InstanceView. */
#include "sys/pg_observe.h"

#include "base/assert.h"
#include "sys/loop.h"
#include "sys/pg_control.h"
#include "sys/pg_gate.h"
#include "sys/pg_identity.h"
#include "sys/pg_mark.h"
#include "sys/pg_names.h"
#include "sys/pg_process.h"
#include "sys/pg_receipt.h"
#include "sys/pg_work.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FILES_MS = 500, /* not read again sooner by a look at what runs */
    UNREAD_MS =
        10000, /* until WAL that the disk did not give is asked for again, all that is before it, too */
};

enum Column {
    COLUMN_RECOVERING = 0,
    COLUMN_SENDERS, /* before the own position: a sender beyond that is beyond it in truth */
    COLUMN_FLUSH,
    COLUMN_INSERT,
    COLUMN_TIMELINE,
    COLUMN_RECEIVED,
    COLUMN_REPLAYED,
    COLUMN_RECEIVER,
    COLUMN_NAMES,
    COLUMN_COUNT,
};

/* One statement for both roles: what a role does not have is NULL. */
static const char PREPARE[] =
    "PREPARE mc_look AS SELECT r, "
    "(SELECT string_agg(pid || ' ' || (state = 'streaming')::int || ' ' || "
    "coalesce(flush_lsn, '0/0') || ' ' || application_name, E'\\n') FROM pg_stat_replication "
    "WHERE state <> 'backup'), "
    "CASE WHEN r THEN NULL ELSE pg_current_wal_flush_lsn() END, "
    "CASE WHEN r THEN NULL ELSE pg_current_wal_insert_lsn() END, "
    "CASE WHEN r THEN NULL ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END, "
    "CASE WHEN r THEN pg_last_wal_receive_lsn() END, CASE WHEN r THEN pg_last_wal_replay_lsn() "
    "END, "
    "CASE WHEN r THEN (SELECT received_tli FROM pg_stat_wal_receiver WHERE status = 'streaming') "
    "END, current_setting('synchronous_standby_names') FROM (SELECT pg_is_in_recovery() AS r "
    "OFFSET 0) AS role";
static const char EXECUTE[] = "EXECUTE mc_look";

/* Whoever was let in by the old gate and was still authenticating when it closed. A session that has
 * only just begun may be our own, not yet under its name: the next look judges it. */
static const char EXPEL[] = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                            "WHERE backend_type = 'client backend' AND usesysid IS NOT NULL "
                            "AND NOT (usename = current_user AND application_name = 'mc_agent') "
                            "AND backend_start < clock_timestamp() - interval '100 ms'";

bool pg_look_init(PgLook *look, const PgSetup *setup, PgLastRun *run, Error *error)
{
    *look = (PgLook){.setup = setup, .run = run, .pidfd = -1};
    return pg_job_init(&look->job, error);
}

void pg_look_done(PgLook *look)
{
    PQclear(look->answer);
    pg_session_close(&look->session);
    if (look->pidfd >= 0) {
        (void)close(look->pidfd); /* nobody took it */
    }
    pg_job_done(&look->job);
}

/* ---- files ------------------------------------------------------------------------------------ */

/* Every gate is written whole, and what was found in hba_file then is in it, or could not be put in force. */
static bool rules_changed(const PgLook *look)
{
    char path[PG_PATH_SIZE];
    struct stat theirs;
    struct stat ours;
    pg_path(path, look->setup->mc_dir, "mc_hba.conf");
    if (look->hba_file[0] == '\0' || stat(look->hba_file, &theirs) != 0 || stat(path, &ours) != 0) {
        return false;
    }
    return theirs.st_mtim.tv_sec > ours.st_mtim.tv_sec ||
           (theirs.st_mtim.tv_sec == ours.st_mtim.tv_sec &&
            theirs.st_mtim.tv_nsec > ours.st_mtim.tv_nsec);
}

/* A recovery from a backup: the id that came out of the backup with the directory is not its own (D1). */
static void look_for_receipt(PgLook *look, TimelineId timeline)
{
    InstanceView *view = &look->view;
    const char *data_dir = look->setup->data_dir;
    PgReceipt receipt;

    view->restored = (RestoredView){0};
    if (!pg_receipt_read(data_dir, &receipt)) {
        return;
    }
    const bool whole = !pg_directory_interrupted(data_dir) &&
                       pg_receipt_view(data_dir, &receipt, view->system_identifier, timeline,
                                       &view->chain, &view->restored);
    view->dir = whole ? receipt.dir : 0;
    view->chain = (Chain){0};
}

static void look_at_files(PgLook *look)
{
    char path[PG_PATH_SIZE];
    const char *data_dir = look->setup->data_dir;
    PgIdentity identity;
    PgControl control = {0};
    Error error = {0};
    Millis now = loop_now();

    /* While nothing runs, an operator may put another directory in its place at any time. */
    if (look->running && !look->files && look->files_at != 0 && now - look->files_at < FILES_MS) {
        return;
    }
    look->files_at = now;
    look->rules_changed = look->running && rules_changed(look);
    (void)pg_identity_read(data_dir, &identity); /* dir is 0 unless it is its own */
    /* Half a copy, or half rewound, is no directory. */
    const PgMarkWork mark = pg_mark_work(data_dir);
    const bool interrupted = mark != PG_MARK_NONE;
    look->view.interrupted = pg_mark_is_agents(mark);
    look->view.dir = identity.dir;
    look->view.chain = identity.chain;
    pg_path(path, data_dir, "standby.signal");
    /* Where the disk does not tell it is not taken for a primary's. */
    look->view.standby_signal =
        !pg_file_look(path, &look->view.standby_signal, &error) || look->view.standby_signal;
    if (!interrupted && pg_control_read(data_dir, &control, &error)) {
        look->view.system_identifier = control.system_identifier;
        look->view.clean_shutdown = pg_control_clean(&control);
        look->state = control.state;
    } else {
        look->view.system_identifier = 0;
        look->view.clean_shutdown = false;
        look->view.dir = 0;
    }
    look_for_receipt(look, control.timeline);
}

/* Whether the control file is another one, or was written, since the last look of this kind. */
static bool control_changed(PgLook *look)
{
    char path[PG_PATH_SIZE];
    struct stat seen = {0};
    pg_path(path, look->setup->data_dir, "global/pg_control");
    if (stat(path, &seen) != 0) {
        seen = (struct stat){0}; /* none: that is another one, too */
    }
    const bool changed = seen.st_ino != look->control.st_ino ||
                         seen.st_mtim.tv_sec != look->control.st_mtim.tv_sec ||
                         seen.st_mtim.tv_nsec != look->control.st_mtim.tv_nsec;
    look->control = seen;
    return changed;
}

/* A promotion that was killed half-way is put right before anybody judges this directory. */
static bool look_for_end(PgLook *look, Error *error)
{
    const char *data_dir = look->setup->data_dir;
    char path[PG_PATH_SIZE];
    PgWalEnd end;
    bool unfinished = false;

    pg_path(path, data_dir, "standby.signal");
    if (!pg_promotion_repair(data_dir, &unfinished, error) ||
        !pg_file_look(path, &look->view.standby_signal, error) ||
        !pg_wal_end(data_dir, look->view.standby_signal, 0, &end, error)) {
        return false;
    }
    look->view.wal = end.end;
    return true;
}

static bool end_is_due(PgLook *look)
{
    const bool again = look->unread.kind == ERROR_SYSTEM && loop_now() - look->end_at >= UNREAD_MS;
    return look->files || !look->end_known || again || control_changed(look);
}

/* That a run is over is noted: the number of its directory may be given to another one. */
static bool prove_stopped(PgLook *look)
{
    Error ignored = {0};
    const PgRun run = pg_last_run(look->run);
    const PgAlive alive = pg_alive(look->setup->data_dir, &run);
    if (!pg_alive_is_stopped(&alive)) {
        return false;
    }
    if (run.postmaster.pid != 0) { /* else an order is about to start it */
        pg_run_ended(look->run, &run);
    }
    (void)pg_run_note(look->run, &ignored); /* else it is looked for once more */
    return true;
}

static void look_at_stopped(PgLook *look)
{
    pg_session_close(&look->session);
    look->prepared_in = 0;
    look->timeline = 0;
    look->view.sender_count = 0;
    look->view.receiver = false;
    look->view.replay = 0;
    look->stopped = prove_stopped(look);
    if (!look->stopped) {
        look->end_known = false;
        return;
    }
    if (pg_mark_work(look->setup->data_dir) != PG_MARK_NONE) {
        look->end_known = false; /* nothing in it means anything, nor may be put right */
        look->view.wal = (Position){0};
        return;
    }
    if (end_is_due(look)) {
        look->view.wal = (Position){0};
        error_clear(&look->unread);
        (void)look_for_end(look, &look->unread); /* not known, and why */
        look->stopped = prove_stopped(look);     /* that took as long as the disk did */
        look->end_known = look->stopped;
        look->end_at = loop_now();
    }
    look->view.replay = look->view.wal.lsn; /* whole records: what a start replays */
}

/* ---- answers ---------------------------------------------------------------------------------- */

static Lsn lsn_of(const PGresult *result, int column)
{
    Lsn lsn = 0;
    const char *text = PQgetvalue(result, 0, column);
    if (!str_to_lsn(text, strlen(text), &lsn)) {
        return 0; /* NULL: this role has none, or nothing was received yet */
    }
    return lsn;
}

static const char *word_end(const char *at)
{
    return at + strcspn(at, " \n");
}

/* "pid streaming flush name", one sender per line. */
static void parse_sender(PgLook *look, const char *line, const char *end)
{
    InstanceView *view = &look->view;
    char name[PG_NAME_SIZE];
    uint64_t pid = 0;
    SenderView sender = {0};

    const char *at = word_end(line);
    if (view->sender_count == SENDERS_MAX || !str_to_uint(line, (size_t)(at - line), &pid) ||
        end - at < 6) {
        return;
    }
    sender.pid = (int32_t)pid;
    sender.streaming = at[1] == '1';
    const char *flush = at + 3;
    const char *after = word_end(flush);
    if (!str_to_lsn(flush, (size_t)(after - flush), &sender.flush) || after >= end) {
        return;
    }
    /* Subscribers, backups, mirrored WAL: of strangers there may be more than the view holds. */
    if (!str_copy_bytes(name, sizeof(name), after + 1, (size_t)(end - after - 1)) ||
        !pg_attachment_parse(&look->setup->members, name, &sender.attachment)) {
        return;
    }
    view->sender[view->sender_count++] = sender;
}

static void parse_senders(PgLook *look, const char *text)
{
    look->view.sender_count = 0;
    for (const char *line = text; *line != '\0';) {
        const char *end = strchrnul(line, '\n');
        parse_sender(look, line, end);
        line = *end == '\0' ? end : end + 1;
    }
}

/* Where the receiver's word is none for where the WAL ends: whether the timeline is yet to be asked for. What is replayed may
 * lead to another one. */
static bool timeline_unknown(const PgLook *look, Lsn replayed)
{
    return look->timeline == 0 || look->receiver || look->timeline_at != replayed;
}

/* A receiver begins with the segment that it has something of: what was replayed from pg_wal may be of a later timeline. */
static bool receiver_knows(const PGresult *result)
{
    return PQgetisnull(result, 0, COLUMN_RECEIVER) == 0 &&
           lsn_of(result, COLUMN_RECEIVED) >= lsn_of(result, COLUMN_REPLAYED);
}

/* On a standby the timeline comes from the receiver, or is asked for by the replication protocol; control data lags behind both. */
static void standby_timeline(PgLook *look, const PGresult *result, Millis until)
{
    const char *received = PQgetvalue(result, 0, COLUMN_RECEIVER);
    const Lsn replayed = lsn_of(result, COLUMN_REPLAYED);
    uint64_t timeline = 0;
    TimelineId found = 0;
    Error error = {0};
    const bool receiver =
        str_to_uint(received, strlen(received), &timeline) && timeline <= UINT32_MAX;

    if (receiver && receiver_knows(result)) {
        look->timeline = (TimelineId)timeline;
        look->timeline_at = 0; /* of the receiver: when it went, it is asked for anew */
    } else if (timeline_unknown(look, replayed) &&
               pg_identify(look->setup, &look->job, until, &found, &error)) {
        look->timeline = found;
        look->timeline_at = replayed;
    }
    look->receiver = receiver && receiver_knows(result);
    look->view.receiver = receiver;
}

static TimelineId primary_timeline(const char *text)
{
    uint8_t bytes[4] = {0};
    if (!str_to_bytes(text, strlen(text), bytes, sizeof(bytes))) {
        return 0;
    }
    return (TimelineId)bytes[0] << 24 | (TimelineId)bytes[1] << 16 | (TimelineId)bytes[2] << 8 |
           bytes[3];
}

static void take_answer(PgLook *look, const PGresult *result, Millis until)
{
    InstanceView *view = &look->view;

    /* Longer than ours ever are: then it is not ours, and cut is fine. */
    (void)str_copy(look->names, sizeof(look->names), PQgetvalue(result, 0, COLUMN_NAMES));
    look->recovering = PQgetvalue(result, 0, COLUMN_RECOVERING)[0] == 't';
    view->standby_signal = look->recovering;
    parse_senders(look, PQgetvalue(result, 0, COLUMN_SENDERS));
    if (look->recovering) {
        Lsn received = lsn_of(result, COLUMN_RECEIVED);
        Lsn replayed = lsn_of(result, COLUMN_REPLAYED);
        standby_timeline(look, result, until);
        view->replay = replayed;
        view->wal = (Position){.timeline = look->timeline,
                               .lsn = received > replayed ? received : replayed};
        look->insert = 0;
    } else {
        view->receiver = false;
        look->receiver = false;
        view->replay = 0;
        look->timeline = primary_timeline(PQgetvalue(result, 0, COLUMN_TIMELINE));
        view->wal = (Position){.timeline = look->timeline, .lsn = lsn_of(result, COLUMN_FLUSH)};
        look->insert = lsn_of(result, COLUMN_INSERT);
    }
}

static bool ready_to_ask(PgLook *look, Millis until)
{
    Error error = {0};
    if (!pg_session_ensure(&look->session, &look->job, look->setup, until, &error)) {
        return false;
    }
    if (look->prepared_in != look->session.pid &&
        pg_query(&look->session, &look->job, PREPARE, until, NULL, &error)) {
        look->prepared_in = look->session.pid;
    }
    return look->prepared_in == look->session.pid;
}

static bool is_answer(const PGresult *result)
{
    return PQntuples(result) == 1 && PQnfields(result) == COLUMN_COUNT;
}

static void ask(PgLook *look)
{
    PGresult *result = NULL;
    Error error = {0};
    Millis until = loop_now() + look->setup->check_timeout;

    look->told = false;
    if (!ready_to_ask(look, until) ||
        !pg_query(&look->session, &look->job, EXECUTE, until, &result, &error)) {
        return;
    }
    if (is_answer(result)) {
        look->told = true;
        take_answer(look, result, until);
    }
    PQclear(result);
    if (look->closed && !pg_query(&look->session, &look->job, EXPEL, until, NULL, &error)) {
        look->told = look->session.link != NULL;
    }
}

/* A postmaster that was stopped in its tracks still serves old sessions: only a new one tells. */
static void knock(PgLook *look)
{
    PgSession session = {0};
    Error error = {0};
    Millis until = loop_now() + look->setup->check_timeout;

    look->knocked = pg_session_open(&session, &look->job, look->setup, false, until, &error);
    if (look->knocked == PG_KNOCK_OPEN &&
        !pg_query(&session, &look->job, "SELECT 1", until, NULL, &error)) {
        look->knocked = PG_KNOCK_SILENT;
    }
    pg_session_close(&session);
}

static void begin(PgLook *look)
{
    look->pidfd = -1;
    look->told = false;
    look->insert = 0;
    look->port = 0;
    look->stranger = false;
    look->stopped = false;
}

static void take_run(PgLook *look, const PgPidFile *file)
{
    Error ignored = {0};
    const char *data_dir = look->setup->data_dir;
    const PgRun before = pg_last_run(look->run);
    if (pg_run_is_elsewhere(&before, data_dir)) {
        const PgAlive alive = pg_alive_of_run(data_dir, &before);
        if (pg_alive_is_stopped(&alive)) {
            pg_run_ended(look->run, &before);
        }
    }
    pg_run_found(look->run, file->pid, &file->memory);
    (void)pg_run_note(look->run, &ignored); /* else the next agent knows it only by its path */
}

/* Whether it was started past us: that shows by its gate, or, where it was given what the one before was given, by its coming
 * after that one. It is then not noted for ours: this look may count for nothing, and the next one, or another agent, has
 * to see it, too. */
static bool take_found(PgLook *look, const PgPidFile *file)
{
    const PgRun before = pg_last_run(look->run);
    const bool given = pg_gate_is_given(look->setup, file->pid);
    /* In a marked directory somebody works who has said so: a recovery from a backup runs an instance of its own. */
    const bool stranger = pg_mark_work(look->setup->data_dir) == PG_MARK_NONE &&
                          (!given || pg_run_is_not_of(&before, file->pid));
    if (!stranger || !given) {
        take_run(look, file);
    }
    return stranger;
}

void pg_look(PgLook *look)
{
    PgPidFile file;

    begin(look);
    look_at_files(look);
    if (look->running && look->files) {
        look->port = pg_pid_file_read(look->setup->data_dir, &file) ? file.port : 0;
    }
    if (!look->running) {
        look->pidfd = pg_postmaster_open(look->setup->data_dir, &file);
        if (look->pidfd < 0) {
            look_at_stopped(look);
            return;
        }
        look->stranger = take_found(look, &file);
        look->gate = pg_gate_read(look->setup);
        look->port = file.port;
    }
    look->end_known = false;
    if (look->knock) {
        knock(look);
        if (look->knocked != PG_KNOCK_OPEN && look->session.link == NULL) {
            return; /* what was not to be had a moment ago is not asked for again */
        }
    }
    ask(look);
}

/* ---- in pieces -------------------------------------------------------------------------------- */

bool pg_look_ask(PgLook *look)
{
    Error error = {0};
    if (!look->running || look->knock || look->closed || look->files ||
        look->prepared_in != look->session.pid || !pg_session_alive(&look->session) ||
        !pg_query_send(&look->session, EXECUTE, &error)) {
        return false;
    }
    begin(look);
    look->end_known = false;
    return true;
}

PgHeard pg_look_hear(PgLook *look)
{
    Error error = {0};
    switch (pg_query_take(&look->session, &look->answer, &error)) {
    case PG_TAKEN_SOME:
        return PG_HEARD_SOME;
    case PG_TAKEN_BROKEN:
        return PG_HEARD_ALL;
    case PG_TAKEN_ALL:
        break;
    }
    if (!is_answer(look->answer)) {
        return PG_HEARD_ALL;
    }
    if (PQgetvalue(look->answer, 0, COLUMN_RECOVERING)[0] == 't' && !receiver_knows(look->answer) &&
        timeline_unknown(look, lsn_of(look->answer, COLUMN_REPLAYED))) {
        return PG_HEARD_MORE;
    }
    look->told = true;
    take_answer(look, look->answer, 0); /* no further question, so no deadline */
    return PG_HEARD_ALL;
}

void pg_look_forget(PgLook *look)
{
    PQclear(look->answer);
    look->answer = NULL;
    if (!pg_session_idle(&look->session)) {
        pg_session_close(&look->session);
    }
}

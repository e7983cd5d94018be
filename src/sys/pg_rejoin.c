/* pg_rejoin.c - the order of the steps, and why the cheaper way is or is not taken. */
#include "sys/pg_rejoin.h"

#include "base/assert.h"
#include "sys/kill_point.h"
#include "sys/loop.h"
#include "sys/pg_child.h"
#include "sys/pg_control.h"
#include "sys/pg_copy.h"
#include "sys/pg_diverged.h"
#include "sys/pg_keep.h"
#include "sys/pg_names.h"
#include "sys/pg_process.h"
#include "sys/pg_source.h"
#include "sys/pg_work.h"
#include "sys/statefile.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    KILL_MS = 5000,
    CONNECT_MS = 5000,
    CHECKPOINT_MS = 120000,
    QUIET_MS = 60000, /* pg_rewind says every second how far it is */
};

void pg_rejoin_init(PgRejoin *rejoin, const PgSetup *setup, PgLastRun *run, PgJob *job)
{
    *rejoin = (PgRejoin){.setup = setup, .run = run, .job = job};
    const int code = pthread_mutex_init(&rejoin->door, NULL);
    assert(code == 0);
}

void pg_rejoin_done(PgRejoin *rejoin)
{
    (void)pthread_mutex_destroy(&rejoin->door);
}

static void say_text(PgRejoin *rejoin, const char *text)
{
    int code = pthread_mutex_lock(&rejoin->door);
    assert(code == 0);
    (void)str_copy(rejoin->text, sizeof(rejoin->text), text); /* cut is fine */
    code = pthread_mutex_unlock(&rejoin->door);
    assert(code == 0);
}

void pg_rejoin_text(PgRejoin *rejoin, char *ret, size_t size)
{
    int code = pthread_mutex_lock(&rejoin->door);
    assert(code == 0);
    (void)str_copy(ret, size, rejoin->text); /* cut is fine */
    code = pthread_mutex_unlock(&rejoin->door);
    assert(code == 0);
}

bool pg_rejoin_waits(PgRejoin *rejoin)
{
    int code = pthread_mutex_lock(&rejoin->door);
    assert(code == 0);
    const bool waits = rejoin->no_room;
    code = pthread_mutex_unlock(&rejoin->door);
    assert(code == 0);
    return waits;
}

static void note(PgRejoin *rejoin, LogEntry entry)
{
    if (rejoin->note_count < PG_REJOIN_NOTES_MAX) {
        rejoin->note[rejoin->note_count++] = entry;
    }
}

/* ---- saved first ------------------------------------------------------------------------------ */

static void set_no_room(PgRejoin *rejoin, bool no_room)
{
    int code = pthread_mutex_lock(&rejoin->door);
    assert(code == 0);
    rejoin->no_room = no_room;
    code = pthread_mutex_unlock(&rejoin->door);
    assert(code == 0);
}

static void tell_no_room(PgRejoin *rejoin, const PgDiverged *diverged)
{
    if (!pg_rejoin_waits(rejoin)) {
        note(rejoin, msg_diverged_no_room(rejoin->setup->mc_dir, (int64_t)(diverged->room >> 20),
                                          (int64_t)(diverged->wanted >> 20) + 1,
                                          (int64_t)(PG_DIVERGED_RESERVE >> 20)));
    }
    set_no_room(rejoin, true);
}

static bool save(PgRejoin *rejoin, const RejoinOrder *order, PgDiverged *diverged, Error *error)
{
    char count[24];
    *diverged = (PgDiverged){.fork = order->fork};
    say_text(rejoin, "saving the WAL that only this server has");
    if (!pg_diverged_save(rejoin->setup, rejoin->job, diverged, error)) {
        if (diverged->wanted > diverged->room) {
            tell_no_room(rejoin, diverged);
        }
        return false;
    }
    set_no_room(rejoin, false);
    (void)str_format(count, sizeof(count), diverged->told ? "%llu" : "unknown",
                     (unsigned long long)diverged->committed); /* fits */
    note(rejoin,
         msg_diverged_saved(diverged->fork.lsn, diverged->end.lsn, count, diverged->folder));
    return true;
}

static void tell(PgRejoin *rejoin, bool marked, PgDiverged *diverged)
{
    say_text(rejoin, "reading the rows that only this server has");
    pg_diverged_tell(rejoin->setup, rejoin->job, marked, diverged);
    if (diverged->unread[0] != '\0') {
        note(rejoin, msg_diverged_unread(diverged->folder, diverged->unread));
    } else if (diverged->rows.tables > 0) {
        note(rejoin, msg_diverged_rows((int64_t)diverged->rows.rows, (int64_t)diverged->rows.tables,
                                       diverged->folder));
    }
}

/* ---- rewind ----------------------------------------------------------------------------------- */

/* Where two histories part, as pg_rewind will find it: the newest stretch that both have. */
static Position common_end(const PgHistory *a, const PgHistory *b)
{
    Position found = {0};
    uint16_t i = 0;
    uint16_t j = 0;
    /* The oldest stretches of a long history are not there (pg_history.h). */
    while (i < a->count && j < b->count && a->stretch[i].timeline != b->stretch[j].timeline) {
        if (a->stretch[i].timeline < b->stretch[j].timeline) {
            i++;
        } else {
            j++;
        }
    }
    for (; i < a->count && j < b->count; i++, j++) {
        const PgStretch *mine = &a->stretch[i];
        const PgStretch *theirs = &b->stretch[j];
        if (mine->timeline != theirs->timeline || mine->begin != theirs->begin) {
            break;
        }
        found = (Position){.timeline = mine->timeline,
                           .lsn = mine->end < theirs->end ? mine->end : theirs->end};
    }
    return found;
}

static bool source_history(PgRejoin *rejoin, const PgSource *source, PgHistory *ret, Error *error)
{
    PgSession session = {0};
    PgSourceFacts facts;
    char command[64];
    PGresult *result = NULL;
    const Millis until = loop_now() + CONNECT_MS;

    if (pg_source_open(source, &session, rejoin->job, until, error) != PG_SOURCE_OPEN) {
        return false;
    }
    bool ok = pg_source_facts(&session, rejoin->job, until, &facts, error);
    if (ok && facts.timeline <= 1) {
        *ret = (PgHistory){.count = 1};
        ret->stretch[0] = (PgStretch){.timeline = 1, .begin = 0, .end = UINT64_MAX};
    } else if (ok) {
        (void)str_format(command, sizeof(command), "TIMELINE_HISTORY %u",
                         facts.timeline); /* fits */
        ok = pg_query(&session, rejoin->job, command, until, &result, error);
        ok = ok &&
             pg_history_parse(facts.timeline,
                              PQntuples(result) == 1 ? PQgetvalue(result, 0, 1) : "", ret, error);
        PQclear(result);
    }
    pg_session_close(&session);
    return ok;
}

/* pg_rewind goes by numbers of timelines; where those tell another story than the chain of the directory, it
 * would take the wrong place for the fork (section 11). */
static bool check_histories(PgRejoin *rejoin, const RejoinOrder *order, const PgSource *source,
                            const PgDiverged *diverged, Error *error)
{
    PgHistory mine;
    PgHistory theirs;
    if (!pg_history_read(rejoin->setup->data_dir, diverged->end.timeline, &mine, error) ||
        !source_history(rejoin, source, &theirs, error)) {
        return false;
    }
    const Position fork = common_end(&mine, &theirs);
    return (fork.timeline == order->fork.timeline && fork.lsn == order->fork.lsn) ||
           error_set(error, ERROR_REFUSED, "its timelines do not tell where the histories part");
}

static void source_conninfo(const PgSource *source, char *ret, size_t size)
{
    (void)str_format(ret, size,
                     "%s host=%s hostaddr=%s port=%u dbname=postgres application_name=mc_rewind "
                     "connect_timeout=5",
                     source->conninfo, source->address.host, source->address.host,
                     source->address.port); /* its parts are bounded */
}

/* Up to 15 pg_rewind goes by the control file of its source, which tells of the new timeline only after a
 * checkpoint. */
static bool source_checkpoint(PgRejoin *rejoin, const char *conninfo, Error *error)
{
    PgSession session = {0};
    if (pg_session_connect(&session, rejoin->job, conninfo, loop_now() + CONNECT_MS, error) !=
        PG_KNOCK_OPEN) {
        return error_wrap(error, "connect to the primary's database \"postgres\"");
    }
    const bool ok =
        pg_query(&session, rejoin->job, "CHECKPOINT", loop_now() + CHECKPOINT_MS, NULL, error);
    pg_session_close(&session);
    return ok;
}

typedef struct RewindWords {
    PgRejoin *rejoin;
    char line[PG_REJOIN_TEXT];
    size_t length;
    char error[PG_REJOIN_TEXT]; /* its last line with one */
} RewindWords;

static void take_words(void *ctx, const char *bytes, size_t size)
{
    RewindWords *words = ctx;
    for (size_t i = 0; i < size; i++) {
        const bool ends = bytes[i] == '\n' || bytes[i] == '\r';
        if (!ends && words->length + 1 < sizeof(words->line)) {
            words->line[words->length++] = bytes[i];
        } else if (ends && words->length > 0) {
            char text[PG_REJOIN_TEXT + 16];
            words->line[words->length] = '\0';
            words->length = 0;
            (void)str_format(text, sizeof(text), "rewinding: %s",
                             words->line + strspn(words->line, " ")); /* fits */
            say_text(words->rejoin, text);
            if (strstr(words->line, "error:") != NULL || strstr(words->line, "fatal:") != NULL) {
                (void)str_copy(words->error, sizeof(words->error), words->line); /* the same size */
            }
        }
    }
}

/* A password among the keywords must not stand in an argument, which everybody on the host can read. */
static bool split_password(const PgSource *source, PgSource *ret, char *ret_variable, size_t size,
                           Error *error)
{
    char *words = NULL;
    PQconninfoOption *options = PQconninfoParse(source->conninfo, &words);
    if (options == NULL) {
        (void)!error_set(error, ERROR_CONFIG, "replication_conninfo: %s", words);
        PQfreemem(words);
        return false;
    }
    *ret = *source;
    ret_variable[0] = '\0';
    StrBuf out = str_begin(ret->conninfo, sizeof(ret->conninfo));
    bool fits = true;
    for (const PQconninfoOption *at = options; at->keyword != NULL; at++) {
        if (at->val == NULL) {
            continue;
        }
        if (str_equal(at->keyword, "password")) {
            fits = str_format(ret_variable, size, "PGPASSWORD=%s", at->val);
            continue;
        }
        str_add_format(&out, " %s='", at->keyword);
        for (const char *c = at->val; *c != '\0'; c++) {
            str_add(&out, *c == '\'' || *c == '\\' ? "\\" : "");
            str_add_char(&out, *c);
        }
        str_add(&out, "'");
    }
    PQconninfoFree(options);
    return (fits && !out.cut) || error_set(error, ERROR_LIMIT, "replication_conninfo is too long");
}

static bool run_rewind(PgRejoin *rejoin, const PgSource *source, Error *error)
{
    char program[PG_PATH_SIZE];
    char conninfo[PG_CONNINFO_SIZE + 512];
    char variable[PG_PASSWORD_SIZE + 16];
    PgSource open;
    RewindWords words = {.rejoin = rejoin};
    int status = 0;

    if (!split_password(source, &open, variable, sizeof(variable), error)) {
        return false;
    }
    source_conninfo(&open, conninfo, sizeof(conninfo));
    pg_path(program, rejoin->setup->bin_dir, "pg_rewind");
    const PgChild child = {
        .argv = {program, "-D", rejoin->setup->data_dir, "--source-server", conninfo, "--progress"},
        .variable = variable[0] == '\0' ? NULL : variable,
        .quiet = QUIET_MS,
        .limit = MILLIS_NEVER,
        .ctx = &words,
        .take = take_words,
    };
    if (!pg_child_run(&child, rejoin->job, &status, error)) {
        return false;
    }
    return status == 0 || error_set(error, ERROR_POSTGRES, "%s",
                                    words.error[0] != '\0' ? words.error : "pg_rewind failed");
}

/* Whatever is missing is found before the first byte is changed. */
static bool can_rewind(PgRejoin *rejoin, const RejoinOrder *order, const PgSource *source,
                       const PgDiverged *diverged, Error *error)
{
    PgControl control;
    char path[PG_PATH_SIZE];
    char conninfo[PG_CONNINFO_SIZE + 512];

    if (!pg_control_read(rejoin->setup->data_dir, &control, error)) {
        return false;
    }
    if (!control.checksums && !control.wal_log_hints) {
        return error_set(error, ERROR_REFUSED, "it has neither checksums nor wal_log_hints");
    }
    pg_path(path, rejoin->setup->bin_dir, "pg_rewind");
    if (access(path, X_OK) != 0) {
        return error_set(error, ERROR_REFUSED, "there is no program \"%s\"", path);
    }
    source_conninfo(source, conninfo, sizeof(conninfo));
    return check_histories(rejoin, order, source, diverged, error) &&
           source_checkpoint(rejoin, conninfo, error);
}

/* With the WAL of its source come the source's marks of what is archived. That was into another archive: the own one,
 * which has nothing of what was written while this server was away, is offered every finished file again. */
static bool offer_to_archive(const PgSetup *setup, Error *error)
{
    char folder[PG_PATH_SIZE];
    bool ok = true;
    pg_path(folder, setup->data_dir, "pg_wal/archive_status");
    DIR *listing = setup->backup_destination[0] == '\0' ? NULL : opendir(folder);
    if (listing == NULL) {
        return true; /* the next start makes it */
    }
    for (const struct dirent *entry; ok && (entry = readdir(listing)) != NULL;) {
        char ready[PG_PATH_SIZE];
        const size_t length = strlen(entry->d_name);
        if (length < sizeof(".done") || !str_equal(entry->d_name + length - 5, ".done")) {
            continue;
        }
        (void)str_format(ready, sizeof(ready), "%.*s.ready", (int)(length - 5),
                         entry->d_name); /* fits */
        ok = renameat(dirfd(listing), entry->d_name, dirfd(listing), ready) == 0 ||
             error_set_errno(error, errno, "rename \"%s/%s\"", folder, entry->d_name);
    }
    (void)closedir(listing); /* only read from */
    return ok;
}

/* What pg_rewind leaves is a standby's, with the identity of its source until it is named. */
static bool finish_rewound(PgRejoin *rejoin, const PgPlace *place, Error *error)
{
    char path[PG_PATH_SIZE];
    const PgSetup *setup = rejoin->setup;
    kill_point(ACTION_REJOIN, KILL_DURING);
    pg_path(path, setup->data_dir, "standby.signal");
    return pg_place_check(setup->data_dir, place, error) && pg_keep_put_back(setup, error) &&
           offer_to_archive(setup, error) && pg_file_write(path, "", 0, 0600, error) &&
           pg_place_unmark(setup->data_dir, place, error);
}

static bool rewind_directory(PgRejoin *rejoin, const RejoinOrder *order, const PgSource *source,
                             PgDiverged *diverged, PgPlace *place, Error *error)
{
    const PgSetup *setup = rejoin->setup;
    const PgMark mark = {.work = PG_MARK_REWIND};
    say_text(rejoin, "looking whether it can be rewound");
    if (!can_rewind(rejoin, order, source, diverged, error) || !pg_keep_save(setup, error) ||
        !pg_locks_remove(setup, error)) {
        return false;
    }
    kill_point(ACTION_REJOIN, KILL_DURING);
    if (!pg_place_mark(setup->data_dir, &mark, place, error)) {
        return false;
    }
    kill_point(ACTION_REJOIN, KILL_DURING);
    tell(rejoin, true, diverged); /* pg_rewind would recover it as well, and need not any more */
    say_text(rejoin, "rewinding");
    return pg_place_check(setup->data_dir, place, error) && pg_locks_remove(setup, error) &&
           run_rewind(rejoin, source, error) && finish_rewound(rejoin, place, error);
}

/* ---- copy ------------------------------------------------------------------------------------- */

static void tell_copy(void *ctx, const PgCopyProgress *progress)
{
    static const char *const words[] = {
        [PG_COPY_CONNECTING] = "connecting to the primary",
        [PG_COPY_CHECKPOINT] = "waiting for a checkpoint of the primary",
        [PG_COPY_CLEARING] = "removing what was there",
        [PG_COPY_DATA] = "copying",
        [PG_COPY_WAL] = "receiving WAL",
        [PG_COPY_SYNCING] = "writing to disk",
    };
    PgRejoin *rejoin = ctx;
    char text[PG_REJOIN_TEXT];
    if (progress->total > 0) {
        (void)str_format(text, sizeof(text), "%s: %llu of %llu MB", words[progress->phase],
                         (unsigned long long)(progress->done >> 20),
                         (unsigned long long)(progress->total >> 20)); /* fits */
        say_text(rejoin, text);
    } else {
        say_text(rejoin, words[progress->phase]);
    }
    if (progress->phase == PG_COPY_DATA && progress->done > progress->total / 2) {
        kill_point(ACTION_REJOIN, KILL_DURING);
    }
}

/* What is replaced is as large as what comes, more or less: the room that it takes is not missing. */
static bool ready_copy(void *ctx, const PgCopySizes *sizes, Error *error)
{
    (void)ctx, (void)sizes, (void)error;
    return true;
}

static bool finish_copy(void *ctx, Error *error)
{
    PgRejoin *rejoin = ctx;
    kill_point(ACTION_REJOIN, KILL_DURING);
    return pg_keep_put_back(rejoin->setup, error);
}

static bool copy_directory(PgRejoin *rejoin, const RejoinOrder *order, const PgSource *source,
                           PgPlace *place, Error *error)
{
    const PgSetup *setup = rejoin->setup;
    PgCopyOrder copy = {
        .source = *source,
        .system_identifier = order->system_identifier,
        .work = PG_MARK_AGENT,
        .replace = true,
        .place = place,
        .ctx = rejoin,
        .tell = tell_copy,
        .ready = ready_copy,
        .finish = finish_copy,
    };
    (void)str_copy(copy.data_dir, sizeof(copy.data_dir), setup->data_dir); /* of the same size */
    return (pg_slot_name(&setup->members, setup->self, copy.slot, sizeof(copy.slot)) ||
            error_set(error, ERROR_LIMIT, "the name of the slot does not fit")) &&
           pg_copy(&copy, rejoin->job, error);
}

/* ---- the order of it -------------------------------------------------------------------------- */

static bool find_source(const PgRejoin *rejoin, MemberId member, PgSource *ret, Error *error)
{
    const PgSetup *setup = rejoin->setup;
    if (member >= setup->members.count || setup->address[member].host[0] == '\0') {
        return error_set(error, ERROR_CONFIG, "no address to copy from");
    }
    *ret = (PgSource){.address = setup->address[member]};
    (void)str_copy(ret->name, sizeof(ret->name), setup->members.member[member].name);
    (void)str_copy(ret->conninfo, sizeof(ret->conninfo), setup->replication_conninfo); /* fit */
    return true;
}

/* Of the whole directory, before anything of it is touched. */
static bool check_directory(const PgRejoin *rejoin, const RejoinOrder *order, Error *error)
{
    PgControl control;
    return pg_control_read(rejoin->setup->data_dir, &control, error) &&
           (control.system_identifier == order->system_identifier ||
            error_set(error, ERROR_REFUSED, "the data directory is another database"));
}

static bool broken_off(const PgRejoin *rejoin)
{
    return atomic_load(&rejoin->job->cancelled);
}

static bool make_over(PgRejoin *rejoin, const RejoinOrder *order, const PgSource *source,
                      PgPlace *place, Error *error)
{
    PgDiverged diverged;
    const PgSetup *setup = rejoin->setup;
    const PgRun run = pg_last_run(rejoin->run);
    if (!pg_kill_all(setup->data_dir, &run, loop_now() + KILL_MS, error)) {
        return false;
    }
    pg_run_ended(rejoin->run, &run);
    if (place->work == PG_MARK_NONE) {
        if (!check_directory(rejoin, order, error) || !save(rejoin, order, &diverged, error)) {
            return false;
        }
        kill_point(ACTION_REJOIN, KILL_DURING);
        if (order->rewind) {
            if (rewind_directory(rejoin, order, source, &diverged, place, error)) {
                return true;
            }
            if (broken_off(rejoin)) {
                return false;
            }
            note(rejoin, msg_rewind_failed(error->text));
            error_clear(error);
        }
        /* A rewind that has begun has kept them already, and may have spoilt what lies there. */
        if (place->work == PG_MARK_NONE) {
            if (!pg_keep_save(setup, error)) {
                return false;
            }
            tell(rejoin, false, &diverged);
            if (broken_off(rejoin)) {
                return error_set(error, ERROR_TIMEOUT, "broken off");
            }
        }
    }
    return copy_directory(rejoin, order, source, place, error);
}

bool pg_do_rejoin(PgRejoin *rejoin, const RejoinOrder *order, const PgPlace *judged, Error *error)
{
    char path[PG_PATH_SIZE];
    PgPlace place = *judged;
    PgSource source = {0};
    int lock = -1;
    const PgMarkWork mark = pg_mark_work(rejoin->setup->data_dir);

    rejoin->note_count = 0;
    if (mark != PG_MARK_NONE && !pg_mark_is_agents(mark)) {
        return error_set(error, ERROR_REFUSED,
                         "the data directory is an unfinished copy of mc_ctl "
                         "setup");
    }
    pg_path(path, rejoin->setup->mc_dir, "setup.lock");
    if (!find_source(rejoin, order->source, &source, error) || !lock_take(path, &lock, error)) {
        return false;
    }
    const bool ok = pg_place_check(rejoin->setup->data_dir, &place, error) &&
                    make_over(rejoin, order, &source, &place, error);
    say_text(rejoin, ok                        ? ""
                     : pg_rejoin_waits(rejoin) ? "room in the management directory (MCA01440)"
                                               : "trying again");
    (void)close(lock); /* nobody else's any more */
    return ok;
}

/* pg_wal_fetch.c - the receiving side of streaming replication, as far as a copy needs it. */
#include "sys/pg_wal_fetch.h"

#include "base/assert.h"
#include "base/buf.h"
#include "sys/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    SLOT_TRIES = 3,
    TELL_MS = 1000,
    DATA_HEADER = 1 + 3 * 8,     /* 'w', start, end, time */
    ALIVE_SIZE = 1 + 2 * 8 + 1,  /* 'k', end, time, "answer at once" */
    ANSWER_SIZE = 1 + 4 * 8 + 1, /* 'r', written, flushed, applied, time, "answer" */
};

static void segment_name(const PgWalFetch *fetch, Lsn at, char *ret, size_t size)
{
    const uint64_t number = at / fetch->segment_size;
    const uint64_t per_log = (UINT64_C(1) << 32) / fetch->segment_size;
    (void)str_format(ret, size, "%08X%08X%08X", fetch->timeline, (uint32_t)(number / per_log),
                     (uint32_t)(number % per_log)); /* fits */
}

static void wal_path(const PgWalFetch *fetch, const char *name, char *ret)
{
    char folder[PG_PATH_SIZE];
    pg_path(folder, fetch->data_dir, "pg_wal");
    pg_path(ret, folder, name);
}

/* The former one may be lost, or stand where nothing is left; whoever made it anew meanwhile did so without
 * keeping WAL, so that it is done once more. */
static bool renew_slot(PgWalFetch *fetch, PgJob *job, const char *slot, Millis until, Error *error)
{
    char drop[128];
    char create[128];
    (void)str_format(drop, sizeof(drop), "DROP_REPLICATION_SLOT \"%s\" WAIT", slot); /* fits */
    (void)str_format(create, sizeof(create), "CREATE_REPLICATION_SLOT \"%s\" PHYSICAL RESERVE_WAL",
                     slot); /* fits */
    for (int i = 0;; i++) {
        if (!pg_query(&fetch->session, job, drop, until, NULL, error) &&
            strstr(error->text, "does not exist") == NULL) {
            return error_wrap(error, "slot \"%s\", which a process of this server may still use",
                              slot);
        }
        if (pg_query(&fetch->session, job, create, until, NULL, error)) {
            return true;
        }
        if (i == SLOT_TRIES || strstr(error->text, "already exists") == NULL) {
            return error_wrap(error, "slot \"%s\"", slot);
        }
    }
}

PgSourceFate pg_wal_fetch_open(PgWalFetch *fetch, PgJob *job, const PgSource *source,
                               const char *slot, Millis until, Error *error)
{
    *fetch = (PgWalFetch){.fd = -1};
    const PgSourceFate fate = pg_source_open(source, &fetch->session, job, until, error);
    if (fate != PG_SOURCE_OPEN) {
        return fate;
    }
    return renew_slot(fetch, job, slot, until, error) ? PG_SOURCE_OPEN : PG_SOURCE_REFUSED;
}

void pg_wal_fetch_done(PgWalFetch *fetch)
{
    pg_session_close(&fetch->session);
    if (fetch->fd >= 0) {
        (void)close(fetch->fd); /* of a copy that is given up */
        fetch->fd = -1;
    }
}

static bool make_folders(const PgWalFetch *fetch, Error *error)
{
    static const char *const names[] = {"pg_wal", "pg_wal/archive_status"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[PG_PATH_SIZE];
        pg_path(path, fetch->data_dir, names[i]);
        if (mkdir(path, 0700) != 0 && errno != EEXIST) {
            return error_set_errno(error, errno, "create folder \"%s\"", path);
        }
    }
    return true;
}

/* Of what this server did not write it must not archive anything when it is promoted: the primary has. */
static bool note_archived(const PgWalFetch *fetch, const char *name, Error *error)
{
    char done[96];
    char path[PG_PATH_SIZE];
    (void)str_format(done, sizeof(done), "archive_status/%s.done", name); /* fits */
    wal_path(fetch, done, path);
    return pg_file_write(path, "", 0, 0600, error);
}

/* A timeline's history says which WAL came before it; the first has none. */
static bool fetch_history(PgWalFetch *fetch, PgJob *job, Millis until, Error *error)
{
    char command[64];
    char name[32];
    char path[PG_PATH_SIZE];
    PGresult *result = NULL;
    if (fetch->timeline <= 1) {
        return true;
    }
    (void)str_format(command, sizeof(command), "TIMELINE_HISTORY %u", fetch->timeline); /* fits */
    (void)str_format(name, sizeof(name), "%08X.history", fetch->timeline);              /* fits */
    if (!pg_query(&fetch->session, job, command, until, &result, error)) {
        return error_wrap(error, "history of timeline %u", fetch->timeline);
    }
    wal_path(fetch, name, path);
    bool ok = PQntuples(result) == 1 && PQnfields(result) == 2 &&
              str_equal(PQgetvalue(result, 0, 0), name);
    ok = ok ? pg_file_write(path, PQgetvalue(result, 0, 1), (size_t)PQgetlength(result, 0, 1), 0600,
                            error)
            : error_set(error, ERROR_PROTOCOL, "no history of timeline %u", fetch->timeline);
    PQclear(result);
    return ok && note_archived(fetch, name, error);
}

bool pg_wal_fetch_begin(PgWalFetch *fetch, PgJob *job, const char *data_dir, const char *slot,
                        const PgSourceFacts *facts, Lsn from, TimelineId timeline, Millis until,
                        Error *error)
{
    char command[160];
    char text[STR_LSN_SIZE];
    PGresult *result = NULL;

    (void)str_copy(fetch->data_dir, sizeof(fetch->data_dir), data_dir); /* of the same size */
    fetch->segment_size = facts->segment_size;
    fetch->timeline = timeline;
    fetch->at = from - from % facts->segment_size;
    fetch->flushed = fetch->at;
    if (!make_folders(fetch, error) || !fetch_history(fetch, job, until, error)) {
        return false;
    }
    (void)str_format(command, sizeof(command),
                     "START_REPLICATION SLOT \"%s\" PHYSICAL %s TIMELINE %u", slot,
                     str_from_lsn(fetch->at, text, sizeof(text)), timeline); /* fits */
    if (!pg_query_send(&fetch->session, command, error) ||
        !pg_query_next(&fetch->session, job, until, &result, error)) {
        return error_wrap(error, "stream WAL");
    }
    const bool streams = result != NULL && PQresultStatus(result) == PGRES_COPY_BOTH;
    PQclear(result);
    return streams || error_set(error, ERROR_PROTOCOL, "the server does not stream its WAL");
}

static bool open_segment(PgWalFetch *fetch, Error *error)
{
    char name[32];
    char path[PG_PATH_SIZE];
    segment_name(fetch, fetch->at, name, sizeof(name));
    wal_path(fetch, name, path);
    fetch->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (fetch->fd < 0) {
        return error_set_errno(error, errno, "create \"%s\"", path);
    }
    /* As long as the server makes its own: recovery, and who recycles it, take that for granted. */
    const int code = posix_fallocate(fetch->fd, 0, (off_t)fetch->segment_size);
    return code == 0 || error_set_errno(error, code, "write \"%s\"", path);
}

static bool flush_segment(PgWalFetch *fetch, Error *error)
{
    if (fetch->fd >= 0 && fsync(fetch->fd) != 0) {
        return error_set_errno(error, errno, "fsync WAL");
    }
    fetch->flushed = fetch->at;
    return true;
}

static bool close_segment(PgWalFetch *fetch, Error *error)
{
    char name[32];
    segment_name(fetch, fetch->at - 1, name, sizeof(name));
    const bool flushed = flush_segment(fetch, error);
    (void)close(fetch->fd); /* flushed, or given up */
    fetch->fd = -1;
    return flushed && note_archived(fetch, name, error);
}

static bool write_wal(PgWalFetch *fetch, const char *bytes, size_t size, Error *error)
{
    while (size > 0) {
        if (fetch->fd < 0 && !open_segment(fetch, error)) {
            return false;
        }
        const uint64_t offset = fetch->at % fetch->segment_size;
        const uint64_t room = fetch->segment_size - offset;
        const ssize_t put =
            pwrite(fetch->fd, bytes, size < room ? size : (size_t)room, (off_t)offset);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return error_set_errno(error, errno, "write WAL");
        }
        bytes += put;
        size -= (size_t)put;
        fetch->at += (uint64_t)put;
        if (fetch->at % fetch->segment_size == 0 && !close_segment(fetch, error)) {
            return false;
        }
    }
    return true;
}

static bool tell(PgWalFetch *fetch, Error *error)
{
    uint8_t bytes[ANSWER_SIZE];
    ByteWriter out = byte_writer(bytes, sizeof(bytes));
    byte_write_u8(&out, 'r');
    byte_write_u64(&out, fetch->at);
    byte_write_u64(&out, fetch->flushed);
    byte_write_u64(&out, 0); /* nothing is applied here */
    byte_write_u64(&out, 0); /* the time is for people who look at lag */
    byte_write_u8(&out, 0);
    assert(!out.failed);
    fetch->told_at = loop_now();
    return (PQputCopyData(fetch->session.link, (const char *)bytes, sizeof(bytes)) == 1 &&
            PQflush(fetch->session.link) >= 0) ||
           error_set(error, ERROR_NETWORK, "the WAL stream broke: %s",
                     PQerrorMessage(fetch->session.link));
}

static bool take_message(PgWalFetch *fetch, const char *bytes, size_t size, Error *error)
{
    ByteReader in = byte_reader((const uint8_t *)bytes, size);
    const uint8_t kind = byte_read_u8(&in);
    const Lsn start = byte_read_u64(&in);
    if (kind == 'k' && size >= ALIVE_SIZE) {
        return bytes[ALIVE_SIZE - 1] == 0 || tell(fetch, error);
    }
    if (kind != 'w' || size < DATA_HEADER || start != fetch->at) {
        return error_set(error, ERROR_PROTOCOL, "the WAL stream is not understood");
    }
    return write_wal(fetch, bytes + DATA_HEADER, size - DATA_HEADER, error);
}

bool pg_wal_fetch_take(PgWalFetch *fetch, bool *ret_any, Error *error)
{
    *ret_any = false;
    if (PQconsumeInput(fetch->session.link) != 1) {
        return error_set(error, ERROR_NETWORK, "the WAL stream broke: %s",
                         PQerrorMessage(fetch->session.link));
    }
    for (;;) {
        char *bytes = NULL;
        const int size = PQgetCopyData(fetch->session.link, &bytes, 1);
        if (size == 0) {
            break;
        }
        if (size < 0) {
            return error_set(error, ERROR_NETWORK, "the server ended the WAL stream: %s",
                             PQerrorMessage(fetch->session.link));
        }
        const bool ok = take_message(fetch, bytes, (size_t)size, error);
        PQfreemem(bytes);
        if (!ok) {
            return false;
        }
        *ret_any = true;
    }
    return loop_now() - fetch->told_at < TELL_MS || tell(fetch, error);
}

bool pg_wal_fetch_end(PgWalFetch *fetch, Error *error)
{
    return flush_segment(fetch, error) && tell(fetch, error);
}

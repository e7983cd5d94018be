/* pg_copy.c - one conversation with the source: what it announces, its archives, its WAL, its end. */
#include "sys/pg_copy.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/loop.h"
#include "sys/pg_tar.h"
#include "sys/pg_wal_fetch.h"

#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    CONNECT_MS = 10000,
    ANSWER_MS = 60000,      /* without one byte */
    CHECKPOINT_MS = 600000, /* which nothing is seen of */
    ARCHIVES_MAX = PG_TABLESPACES_MAX + 1,
};

typedef struct Copy {
    const PgCopyOrder *order;
    PgJob *job;
    PgSession session;
    PgWalFetch wal;
    PgSourceFacts facts;
    Lsn start;
    Lsn end;
    TimelineId timeline;
    PgMark mark;   /* what there will be to clear when this copy is not finished */
    PgMark before; /* what an earlier attempt left, or what is replaced */
    PgMark spaces; /* of the source */
    uint64_t bytes[PG_TABLESPACES_MAX];
    uint64_t data_bytes;
    int archives;                             /* that come, up to 14 one after the other */
    char archive[ARCHIVES_MAX][PG_PATH_SIZE]; /* where each is unpacked */
    int archive_at;
    PgTar tar;
    bool unpacking;
    uint64_t received;
} Copy;

static void tell(Copy *copy, PgCopyPhase phase, uint64_t done, uint64_t total)
{
    const PgCopyProgress progress = {.phase = phase, .done = done, .total = total};
    copy->order->tell(copy->order->ctx, &progress);
}

static uint64_t total_bytes(const Copy *copy)
{
    uint64_t total = copy->data_bytes;
    for (int i = 0; i < copy->spaces.tablespace_count; i++) {
        total += copy->bytes[i];
    }
    return total;
}

/* ---- before anything is touched --------------------------------------------------------------- */

static bool open_source(Copy *copy, Error *error)
{
    const PgCopyOrder *order = copy->order;
    const Millis until = loop_now() + CONNECT_MS;

    tell(copy, PG_COPY_CONNECTING, 0, 0);
    if (pg_source_open(&order->source, &copy->session, copy->job, until, error) != PG_SOURCE_OPEN) {
        return false;
    }
    if (!pg_source_facts(&copy->session, copy->job, until, &copy->facts, error)) {
        return false;
    }
    if (copy->facts.system_identifier != order->system_identifier) {
        return error_set(error, ERROR_REFUSED,
                         "the server at %s port %u holds another database: system identifier %llu "
                         "in place of %llu",
                         order->source.address.host, order->source.address.port,
                         (unsigned long long)copy->facts.system_identifier,
                         (unsigned long long)order->system_identifier);
    }
    return pg_wal_fetch_open(&copy->wal, copy->job, &order->source, order->slot, until, error) ==
           PG_SOURCE_OPEN;
}

static bool take_start(Copy *copy, Error *error)
{
    static const char now[] =
        "BASE_BACKUP (LABEL 'mirroring controller', PROGRESS, CHECKPOINT 'fast', "
        "WAIT false, MANIFEST 'no')";
    static const char before_15[] =
        "BASE_BACKUP LABEL 'mirroring controller' PROGRESS FAST NOWAIT MANIFEST 'no'";
    PGresult *result = NULL;
    uint64_t timeline = 0;

    tell(copy, PG_COPY_CHECKPOINT, 0, 0);
    if (!pg_query_send(&copy->session, copy->facts.major >= 15 ? now : before_15, error) ||
        !pg_query_next(&copy->session, copy->job, loop_now() + CHECKPOINT_MS, &result, error)) {
        return false;
    }
    const bool row = result != NULL && PQresultStatus(result) == PGRES_TUPLES_OK &&
                     PQntuples(result) == 1 && PQnfields(result) >= 2;
    const char *at = row ? PQgetvalue(result, 0, 0) : "";
    const char *of = row ? PQgetvalue(result, 0, 1) : "";
    const bool ok = str_to_lsn(at, strlen(at), &copy->start) &&
                    str_to_uint(of, strlen(of), &timeline) && timeline <= UINT32_MAX;
    copy->timeline = (TimelineId)timeline;
    PQclear(result);
    return ok || error_set(error, ERROR_PROTOCOL, "the server does not say where the copy begins");
}

/* A row for each tablespace, and one without a place for the data directory: place and size in KB. */
static bool take_row(Copy *copy, const PGresult *result, int row, Error *error)
{
    uint64_t size = 0;
    const bool data = PQgetisnull(result, row, 1) == 1;
    const char *place = data ? copy->order->data_dir : PQgetvalue(result, row, 1);
    const char *text = PQgetvalue(result, row, 2);

    if (!str_to_uint(text, strlen(text), &size) || copy->archives == ARCHIVES_MAX ||
        !str_copy(copy->archive[copy->archives], PG_PATH_SIZE, place)) {
        return error_set(error, ERROR_LIMIT, "tablespaces are too many, or in \"%s\"", place);
    }
    copy->archives++;
    if (data) {
        copy->data_bytes = size * 1024;
        return true;
    }
    const int index = copy->spaces.tablespace_count;
    if (!pg_mark_add(&copy->spaces, place, error)) {
        return false;
    }
    copy->bytes[index] = size * 1024;
    return true;
}

static bool take_tablespaces(Copy *copy, Error *error)
{
    PGresult *result = NULL;
    if (!pg_query_next(&copy->session, copy->job, loop_now() + ANSWER_MS, &result, error)) {
        return false;
    }
    bool ok = result != NULL && PQresultStatus(result) == PGRES_TUPLES_OK && PQnfields(result) >= 3;
    ok = ok || error_set(error, ERROR_PROTOCOL, "the server does not say what it will copy");
    for (int i = 0; ok && i < PQntuples(result); i++) {
        ok = take_row(copy, result, i, error);
    }
    PQclear(result);
    return ok;
}

static bool is_listed(const PgMark *mark, const char *place)
{
    for (int i = 0; i < mark->tablespace_count; i++) {
        if (str_equal(mark->tablespace[i], place)) {
            return true;
        }
    }
    return false;
}

/* A place that is neither empty nor of an earlier attempt is somebody else's. */
static bool check_places(Copy *copy, Error *error)
{
    for (int i = 0; i < copy->spaces.tablespace_count; i++) {
        const char *place = copy->spaces.tablespace[i];
        int entries = 0;
        if (is_listed(&copy->before, place)) {
            continue;
        }
        if (!pg_tree_count(place, &entries, error)) {
            return false;
        }
        if (entries > 0) {
            return error_set(error, ERROR_REFUSED,
                             "the place \"%s\" of a tablespace is not empty on this host", place);
        }
    }
    return true;
}

/* The nearest folder of a path that is there. */
static bool existing_folder(const char *path, char ret[PG_PATH_SIZE], struct stat *ret_of)
{
    (void)str_copy(ret, PG_PATH_SIZE, path); /* of the same size */
    while (stat(ret, ret_of) != 0) {
        char *slash = strrchr(ret, '/');
        if (slash == NULL) {
            return false;
        }
        *(slash == ret ? slash + 1 : slash) = '\0';
    }
    return true;
}

bool pg_copy_fits(const PgCopyOrder *order, const PgCopySizes *sizes, Error *error)
{
    const int count = sizes->tablespaces->tablespace_count;
    for (int i = -1; i < count; i++) {
        const char *place = i < 0 ? order->data_dir : sizes->tablespaces->tablespace[i];
        char folder[PG_PATH_SIZE];
        struct stat of;
        struct statvfs room;
        uint64_t wanted = 0;
        if (!existing_folder(place, folder, &of) || statvfs(folder, &room) != 0) {
            return error_set_errno(error, errno, "file system of \"%s\"", place);
        }
        /* Everything that would lie on this file system. */
        for (int j = -1; j < count; j++) {
            const char *other = j < 0 ? order->data_dir : sizes->tablespaces->tablespace[j];
            struct stat of_other;
            if (existing_folder(other, folder, &of_other) && of_other.st_dev == of.st_dev) {
                wanted += j < 0 ? sizes->data : sizes->bytes[j];
            }
        }
        const uint64_t free = (uint64_t)room.f_bavail * room.f_frsize;
        if (wanted > free) {
            return error_set(error, ERROR_REFUSED,
                             "the file system of \"%s\" has %llu MB free, and the copy needs %llu "
                             "MB",
                             place, (unsigned long long)(free >> 20),
                             (unsigned long long)(wanted >> 20));
        }
    }
    return true;
}

/* ---- the directory ---------------------------------------------------------------------------- */

static bool make_place(const char *place, Error *error)
{
    if (mkdir(place, 0700) != 0 && errno != EEXIST) {
        return error_set_errno(error, errno, "create folder \"%s\"", place);
    }
    return chmod(place, 0700) == 0 || error_set_errno(error, errno, "chmod \"%s\"", place);
}

static bool go_on(void *ctx, uint64_t files)
{
    Copy *copy = ctx;
    tell(copy, PG_COPY_CLEARING, files, 0);
    return !atomic_load(&copy->job->cancelled);
}

/* From here on this directory is none: the mark first, durably, then all the rest. Of the source's tablespaces none is
 * cleared that was found empty: a volume may be mounted there by now. */
static bool clear_places(Copy *copy, Error *error)
{
    PgTreeWalk walk = {.step = go_on, .ctx = copy};
    const char *data_dir = copy->order->data_dir;

    copy->mark.work = copy->order->work;
    copy->mark.major = copy->facts.major;
    for (int i = 0; i < copy->before.tablespace_count; i++) {
        if (!pg_mark_add(&copy->mark, copy->before.tablespace[i], error)) {
            return false;
        }
    }
    for (int i = 0; i < copy->spaces.tablespace_count; i++) {
        if (!pg_mark_add(&copy->mark, copy->spaces.tablespace[i], error)) {
            return false;
        }
    }
    copy->before.major = copy->facts.major;
    if (!pg_place_mark(data_dir, &copy->mark, copy->order->place, error) ||
        !pg_place_wipe(data_dir, copy->order->place, &copy->before, &walk, error)) {
        return false;
    }
    for (int i = 0; i < copy->spaces.tablespace_count; i++) {
        if (!make_place(copy->spaces.tablespace[i], error)) {
            return false;
        }
    }
    return true;
}

static bool prepare(Copy *copy, Error *error)
{
    const PgCopyOrder *order = copy->order;
    const PgCopySizes sizes = {
        .data = copy->data_bytes, .tablespaces = &copy->spaces, .bytes = copy->bytes};

    if (!pg_place_check(order->data_dir, order->place, error)) {
        return false;
    }
    (void)pg_mark_read(order->data_dir, &copy->before);
    if (order->replace && !pg_mark_add_tablespaces(order->data_dir, &copy->before, error)) {
        return false;
    }
    return order->ready(order->ctx, &sizes, error) && check_places(copy, error) &&
           clear_places(copy, error);
}

/* ---- archives --------------------------------------------------------------------------------- */

static bool archive_end(Copy *copy, Error *error)
{
    const bool was = copy->unpacking;
    copy->unpacking = false;
    return !was || pg_tar_end(&copy->tar, error);
}

static bool archive_begin(Copy *copy, const char *place, Error *error)
{
    if (!archive_end(copy, error)) {
        return false;
    }
    pg_tar_begin(&copy->tar, place);
    copy->unpacking = true;
    return true;
}

static bool unpack(Copy *copy, const char *bytes, size_t size, Error *error)
{
    if (!copy->unpacking) {
        return error_set(error, ERROR_PROTOCOL, "the server sent data of no archive");
    }
    copy->received += size;
    return pg_tar_take(&copy->tar, bytes, size, error);
}

/* From 15 on everything comes in one stream: 'n' begins an archive (its name, and the place of a tablespace),
 * 'd' is data of it, 'p' how much the server has read. */
static bool take_message(Copy *copy, const char *bytes, size_t size, Error *error)
{
    if (copy->facts.major < 15) {
        return unpack(copy, bytes, size, error);
    }
    switch (size == 0 ? '\0' : bytes[0]) {
    case 'd':
        return unpack(copy, bytes + 1, size - 1, error);
    case 'p':
        return true;
    case 'n': {
        const char *name_end = memchr(bytes + 1, '\0', size - 1);
        const char *place = name_end == NULL ? NULL : name_end + 1;
        if (place == NULL || memchr(place, '\0', size - (size_t)(place - bytes)) == NULL ||
            (place[0] != '\0' && !is_listed(&copy->spaces, place))) {
            return error_set(error, ERROR_PROTOCOL, "the server sent an archive unasked");
        }
        return archive_begin(copy, place[0] == '\0' ? copy->order->data_dir : place, error);
    }
    default:
        return error_set(error, ERROR_PROTOCOL, "the server's copy is not understood");
    }
}

/* What has come of the archives, without waiting. `ret_ended`: the stream is over. */
static bool take_archives(Copy *copy, bool *ret_any, bool *ret_ended, Error *error)
{
    PGconn *link = copy->session.link;
    *ret_any = *ret_ended = false;
    if (PQconsumeInput(link) != 1) {
        return error_set(error, ERROR_NETWORK, "the copy broke off: %s", PQerrorMessage(link));
    }
    for (;;) {
        char *bytes = NULL;
        const int size = PQgetCopyData(link, &bytes, 1);
        if (size == 0) {
            return true;
        }
        if (size < 0) {
            *ret_ended = true;
            return size == -1 ||
                   error_set(error, ERROR_NETWORK, "the copy broke off: %s", PQerrorMessage(link));
        }
        const bool ok = take_message(copy, bytes, (size_t)size, error);
        PQfreemem(bytes);
        if (!ok) {
            return false;
        }
        *ret_any = true;
    }
}

static bool wait_any(Copy *copy, bool archives, Millis heard, Error *error)
{
    const int fds[] = {PQsocket(copy->wal.session.link),
                       archives ? PQsocket(copy->session.link) : -1};
    /* At the latest after a second the WAL stream is told how far it has come. */
    const Millis tick = loop_now() + 1000;
    const Millis until = heard + ANSWER_MS;
    switch (pg_job_wait_input(copy->job, fds, 2, tick < until ? tick : until)) {
    case PG_WAIT_READY:
        return true;
    case PG_WAIT_CANCELLED:
        return error_set(error, ERROR_TIMEOUT, "broken off");
    case PG_WAIT_TIMEOUT:
        break;
    }
    return loop_now() < until ||
           error_set(error, ERROR_TIMEOUT, "nothing has come from the server for %d s",
                     ANSWER_MS / 1000);
}

/* One stream of archives, with the WAL beside it. */
static bool receive(Copy *copy, Error *error)
{
    Millis heard = loop_now();
    for (;;) {
        bool any = false;
        bool wal = false;
        bool ended = false;
        if (!take_archives(copy, &any, &ended, error) ||
            !pg_wal_fetch_take(&copy->wal, &wal, error)) {
            return false;
        }
        tell(copy, PG_COPY_DATA, copy->received, total_bytes(copy));
        if (ended) {
            return true;
        }
        if (any) {
            heard = loop_now();
        } else if (!wait_any(copy, true, heard, error)) {
            return false;
        }
    }
}

static bool take_end(Copy *copy, const PGresult *result, Error *error)
{
    const char *at = PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "";
    return str_to_lsn(at, strlen(at), &copy->end) ||
           error_set(error, ERROR_PROTOCOL, "the server does not say where the copy ends");
}

/* Archives, one stream (from 15 on) or several, then where it all ends. */
static bool receive_all(Copy *copy, Error *error)
{
    for (;;) {
        PGresult *result = NULL;
        if (!pg_query_next(&copy->session, copy->job, loop_now() + ANSWER_MS, &result, error)) {
            return false;
        }
        const ExecStatusType status = result == NULL ? PGRES_EMPTY_QUERY : PQresultStatus(result);
        bool ok = true;
        if (status == PGRES_COPY_OUT) {
            ok = copy->facts.major >= 15 || copy->archive_at == copy->archives ||
                 archive_begin(copy, copy->archive[copy->archive_at++], error);
            ok = ok && receive(copy, error) && archive_end(copy, error);
        } else if (status == PGRES_TUPLES_OK) {
            ok = take_end(copy, result, error);
        }
        PQclear(result);
        if (!ok) {
            return false;
        }
        if (result == NULL) {
            return copy->end != 0 ||
                   error_set(error, ERROR_PROTOCOL, "the server did not finish the copy");
        }
    }
}

static bool receive_wal(Copy *copy, Error *error)
{
    const Lsn from = copy->wal.at;
    Millis heard = loop_now();
    while (copy->wal.at < copy->end) {
        bool any = false;
        tell(copy, PG_COPY_WAL, copy->wal.at - from, copy->end - from);
        if (!pg_wal_fetch_take(&copy->wal, &any, error)) {
            return false;
        }
        if (any) {
            heard = loop_now();
        } else if (!wait_any(copy, false, heard, error)) {
            return false;
        }
    }
    return pg_wal_fetch_end(&copy->wal, error);
}

/* ---- the end ---------------------------------------------------------------------------------- */

static bool synced(void *ctx, uint64_t files)
{
    Copy *copy = ctx;
    tell(copy, PG_COPY_SYNCING, files, 0);
    return !atomic_load(&copy->job->cancelled);
}

/* Whoever starts it, with whatever: it is a standby and opens to nobody. */
static bool finish(Copy *copy, Error *error)
{
    const PgCopyOrder *order = copy->order;
    PgTreeWalk walk = {.step = synced, .ctx = copy};
    char path[PG_PATH_SIZE];

    if (!pg_place_check(order->data_dir, order->place, error) ||
        (order->finish != NULL && !order->finish(order->ctx, error))) {
        return false;
    }
    pg_path(path, order->data_dir, "standby.signal");
    if (!pg_file_write(path, "", 0, 0600, error) || !pg_tree_sync(order->data_dir, &walk, error)) {
        return false;
    }
    for (int i = 0; i < copy->spaces.tablespace_count; i++) {
        if (!pg_tree_sync(copy->spaces.tablespace[i], &walk, error)) {
            return false;
        }
    }
    return pg_place_unmark(order->data_dir, order->place, error);
}

static void copy_done(Copy **copy)
{
    if (*copy != NULL) {
        pg_tar_done(&(*copy)->tar);
        pg_wal_fetch_done(&(*copy)->wal);
        pg_session_close(&(*copy)->session);
        free(*copy);
    }
}

bool pg_copy(const PgCopyOrder *order, PgJob *job, Error *error)
{
    _cleanup_(copy_done) Copy *copy = calloc(1, sizeof(*copy));
    if (copy == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    copy->order = order;
    copy->job = job;
    copy->tar.fd = -1;
    copy->wal.fd = -1;
    return open_source(copy, error) && take_start(copy, error) && take_tablespaces(copy, error) &&
           prepare(copy, error) &&
           pg_wal_fetch_begin(&copy->wal, job, order->data_dir, order->slot, &copy->facts,
                              copy->start, copy->timeline, loop_now() + ANSWER_MS, error) &&
           receive_all(copy, error) && receive_wal(copy, error) && finish(copy, error);
}

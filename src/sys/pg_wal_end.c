/* pg_wal_end.c - reads WAL pages and records only as far as to tell whole records from the rest.
 *
 * The layout is the same from 13 to 18 (access/xlogrecord.h, xlog_internal.h); the page magic differs
 * by version and is taken from the first page. A record counts when its length is possible, it points
 * back to the record before, and its CRC is right. pg_waldump is of no use here: it reads one version
 * only and waits five seconds for a segment that does not exist.
 *
 * What the disk refuses is no end: behind it there may be commits that were acknowledged. So every
 * answer is given only when nothing was refused on the way to it (Reader.refused). */
#include "sys/pg_wal_end.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "base/pg_crc.h"
#include "sys/pg_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    PAGE_MAX = 65536,
    SHORT_HEADER = 24,
    LONG_HEADER = 40,
    RECORD_HEADER = 24,
    RECORD_CRC_AT = 20,
    RECORD_MAX = 1020 * 1024 * 1024, /* PostgreSQL's XLogRecordMaxSize */
    CHUNK = 128 * 1024,
    FIRST_IS_CONTINUATION = 0x0001,
    IS_LONG_HEADER = 0x0002,
    FIRST_IS_OVERWRITTEN = 0x0008,
    RM_XLOG = 0,
    XLOG_SWITCH = 0x40,
};

typedef struct Reader {
    const char *data_dir;
    const PgHistory *history;
    uint32_t segment_size;
    uint32_t page_size;
    uint16_t magic; /* 0: not yet seen */
    int fd;
    uint64_t segment; /* that fd belongs to */
    TimelineId timeline;
    Lsn chunk_at;
    size_t chunk_size;
    char *chunk;
    Lsn overwritten; /* page at which writing went on after a crash inside a record; 0: none */
    int refused;     /* errno: what is there could not be read; 0: it could */
    char reason[96];
} Reader;

static void reader_end(Reader *in)
{
    if (in->fd >= 0) {
        (void)close(in->fd); /* only read from */
    }
    free(in->chunk);
}

static bool reader_begin(Reader *in, const char *data_dir, const PgControl *control,
                         const PgHistory *history)
{
    *in = (Reader){.data_dir = data_dir,
                   .history = history,
                   .segment_size = control->segment_size,
                   .page_size = control->page_size,
                   .fd = -1,
                   .segment = UINT64_MAX,
                   .chunk = malloc(CHUNK)};
    return in->chunk != NULL && control->page_size <= PAGE_MAX;
}

__attribute__((format(printf, 2, 3))) static bool stop_because(Reader *in, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(in->reason, sizeof(in->reason), format, arguments); /* cut is fine */
    va_end(arguments);
    return false;
}

static int open_segment(const Reader *in, TimelineId timeline, uint64_t segment)
{
    char name[64];
    char path[PG_PATH_SIZE];
    uint64_t per_id = UINT64_C(0x100000000) / in->segment_size;

    (void)str_format(name, sizeof(name), "pg_wal/%08X%08X%08X", timeline,
                     (unsigned)(segment / per_id), (unsigned)(segment % per_id)); /* fits */
    pg_path(path, in->data_dir, name);
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

/* Recovery's choice: the newest timeline of the history that had begun by this segment and has it. */
static bool segment_open(Reader *in, uint64_t segment)
{
    if (in->segment == segment && in->fd >= 0) {
        return true;
    }
    if (in->fd >= 0) {
        (void)close(in->fd); /* only read from */
        in->fd = -1;
    }
    for (uint16_t i = in->history->count; i > 0; i--) {
        const PgStretch *stretch = &in->history->stretch[i - 1];
        if (segment < stretch->begin / in->segment_size) {
            continue;
        }
        in->fd = open_segment(in, stretch->timeline, segment);
        if (in->fd >= 0) {
            in->segment = segment;
            in->timeline = stretch->timeline;
            return true;
        }
        if (errno != ENOENT) {
            in->refused = errno;
            return stop_because(in, "a segment cannot be opened");
        }
    }
    return stop_because(in, "no such segment");
}

/* The page at `page`, in memory; whole pages only. */
static const char *page_read(Reader *in, Lsn page)
{
    if (page >= in->chunk_at && page + in->page_size <= in->chunk_at + in->chunk_size) {
        return in->chunk + (page - in->chunk_at);
    }
    if (!segment_open(in, page / in->segment_size)) {
        return NULL;
    }
    uint64_t offset = page % in->segment_size;
    uint64_t left = in->segment_size - offset;
    size_t want = left < CHUNK ? (size_t)left : (size_t)CHUNK;
    ssize_t got = pread(in->fd, in->chunk, want, (off_t)offset);
    if (got < 0) {
        in->refused = errno;
    }
    in->chunk_at = page;
    in->chunk_size = got < 0 ? 0 : (size_t)got - (size_t)got % in->page_size;
    if (in->chunk_size < in->page_size) {
        (void)stop_because(in, "a segment ends early");
        return NULL;
    }
    return in->chunk;
}

typedef struct Page {
    const char *bytes;
    uint16_t info;
    uint32_t header;    /* its size */
    uint32_t continued; /* bytes of a record that began before */
} Page;

/* The page that `page` begins, its header checked. */
static bool page_get(Reader *in, Lsn page, Page *ret)
{
    uint16_t magic;
    uint64_t address;
    const char *bytes = page_read(in, page);
    if (bytes == NULL) {
        return false;
    }
    memcpy(&magic, bytes, sizeof(magic));
    memcpy(&ret->info, bytes + 2, sizeof(ret->info));
    memcpy(&address, bytes + 8, sizeof(address));
    memcpy(&ret->continued, bytes + 16, sizeof(ret->continued));
    if (magic == 0 || (in->magic != 0 && magic != in->magic)) {
        return stop_because(in, "a page without the mark of WAL");
    }
    if (address != page) {
        return stop_because(in, "a page of an older use of the file");
    }
    if (page % in->segment_size == 0 && (ret->info & IS_LONG_HEADER) == 0) {
        return stop_because(in, "a segment without its long header");
    }
    in->magic = magic;
    ret->bytes = bytes;
    ret->header = (ret->info & IS_LONG_HEADER) != 0 ? LONG_HEADER : SHORT_HEADER;
    return true;
}

/* Bytes of one record, which may go over many pages, handed out piece by piece. */
typedef struct Walk {
    Lsn at;
    uint32_t left; /* of the record, as far as known */
    bool first;    /* the page where the record begins */
} Walk;

/* The next piece of at most `want` bytes; continued pages must say how much is left. */
static const char *walk_piece(Reader *in, Walk *walk, uint32_t want, uint32_t *ret_size)
{
    Page page;
    Lsn start = walk->at - walk->at % in->page_size;
    if (!page_get(in, start, &page)) {
        return NULL;
    }
    if (walk->at == start) {
        if (!walk->first &&
            ((page.info & FIRST_IS_CONTINUATION) == 0 || page.continued != walk->left)) {
            in->overwritten = (page.info & FIRST_IS_OVERWRITTEN) != 0 ? start : 0;
            (void)stop_because(in, "a record is not continued");
            return NULL;
        }
        walk->at = start + page.header;
    }
    uint32_t offset = (uint32_t)(walk->at - start);
    uint32_t size = in->page_size - offset;
    size = size < want ? size : want;
    walk->at += size;
    walk->left -= size;
    walk->first = false;
    *ret_size = size;
    return page.bytes + offset;
}

typedef struct WalRecord {
    Lsn at;
    Lsn previous;
    Lsn end;
} WalRecord;

/* Where a record that begins at the boundary `at` really begins: behind the page header. */
static bool record_start(Reader *in, Lsn at, Lsn *ret)
{
    Page page;
    if (at % in->page_size != 0) {
        *ret = at;
        return true;
    }
    if (!page_get(in, at, &page)) {
        return false;
    }
    if ((page.info & FIRST_IS_CONTINUATION) != 0) {
        return stop_because(in, "a page goes on with a record that was not begun");
    }
    *ret = at + page.header;
    return true;
}

static bool crc_check(Reader *in, Walk *walk, uint32_t total, const char *header)
{
    uint32_t expected;
    uint32_t crc = PG_CRC_BEGIN;
    uint32_t left = total - RECORD_HEADER;

    while (left > 0) {
        uint32_t size = 0;
        const char *piece = walk_piece(in, walk, left, &size);
        if (piece == NULL) {
            return false;
        }
        crc = pg_crc_add(crc, piece, size);
        left -= size;
    }
    memcpy(&expected, header + RECORD_CRC_AT, sizeof(expected));
    if (pg_crc_end(pg_crc_add(crc, header, RECORD_CRC_AT)) != expected) {
        return stop_because(in, "the checksum of a record is wrong");
    }
    return true;
}

/* `previous` 0: not known, the first record that is read. */
static bool record_read(Reader *in, Lsn boundary, Lsn previous, WalRecord *ret)
{
    char header[RECORD_HEADER];
    uint32_t total = 0;
    Lsn at = 0;

    if (!record_start(in, boundary, &at)) {
        return false;
    }
    /* The length is in the first four bytes, and these never leave the page (8-byte alignment). */
    Page page;
    if (!page_get(in, at - at % in->page_size, &page)) {
        return false;
    }
    memcpy(&total, page.bytes + at % in->page_size, sizeof(total));
    if (total < RECORD_HEADER || total > RECORD_MAX) {
        return stop_because(in, "no possible length of a record");
    }
    Walk walk = {.at = at, .left = total, .first = true};
    for (uint32_t have = 0; have < RECORD_HEADER;) {
        uint32_t size = 0;
        const char *piece = walk_piece(in, &walk, RECORD_HEADER - have, &size);
        if (piece == NULL) {
            return false;
        }
        memcpy(header + have, piece, size);
        have += size;
    }
    memcpy(&ret->previous, header + 8, sizeof(ret->previous));
    if ((previous != 0 && ret->previous != previous) || ret->previous >= at) {
        return stop_because(in, "a record that does not follow the one before");
    }
    if (!crc_check(in, &walk, total, header)) {
        return false;
    }
    ret->at = at;
    ret->end = (walk.at + 7) & ~UINT64_C(7);
    if ((uint8_t)header[17] == RM_XLOG && ((uint8_t)header[16] & 0xf0) == XLOG_SWITCH) {
        ret->end += in->segment_size - 1;
        ret->end -= ret->end % in->segment_size;
    }
    return true;
}

/* Whether a record that was read without knowing the one before really follows it. A receiver writes
 * into recycled segments byte by byte, so behind the last byte stands an old page with old records,
 * whole and at the same offsets; what gives them away is that they point to where they once stood. */
static bool follows_its_own(Reader *in, Lsn boundary, const WalRecord *record)
{
    WalRecord before;
    Lsn start = 0;

    if (!segment_open(in, record->previous / in->segment_size)) {
        return in->refused == 0 &&
               record->at - record->previous < in->segment_size; /* removed with its segment */
    }
    if (!record_read(in, record->previous, 0, &before)) {
        return false;
    }
    return before.end == boundary || (record_start(in, before.end, &start) && start == record->at);
}

static bool record_stands(Reader *in, Lsn at)
{
    WalRecord record;
    return record_read(in, at, 0, &record) && follows_its_own(in, at, &record);
}

/* Where the timeline of the open segment was left for a newer one; UINT64_MAX: nowhere. */
static Lsn stretch_end(const Reader *in)
{
    for (uint16_t i = 0; i < in->history->count; i++) {
        if (in->history->stretch[i].timeline == in->timeline) {
            return in->history->stretch[i].end;
        }
    }
    return UINT64_MAX;
}

static TimelineId timeline_of(const PgHistory *history, Lsn end, bool at_start_too)
{
    for (uint16_t i = history->count; i > 1; i--) {
        const PgStretch *stretch = &history->stretch[i - 1];
        if (end > stretch->begin || (at_start_too && end == stretch->begin)) {
            return stretch->timeline;
        }
    }
    return history->stretch[0].timeline;
}

/* From the boundary `from` to the end; false when not one record was valid. */
static bool read_on(Reader *in, Lsn from, PgWalEnd *ret)
{
    WalRecord record = {.end = from};
    Lsn previous = 0;

    ret->last = 0;
    ret->records = 0;
    for (;;) {
        Lsn at = record.end;
        if (!record_read(in, at, previous, &record)) {
            if (in->overwritten > at) {
                record.end = in->overwritten;
                in->overwritten = 0;
                continue;
            }
            ret->end.lsn = at;
            break;
        }
        if (record.at >= stretch_end(in)) {
            (void)stop_because(in, "the timeline was left here");
            ret->end.lsn = at;
            break;
        }
        previous = record.at;
        ret->last = record.at;
        ret->records++;
    }
    (void)str_copy(ret->reason, sizeof(ret->reason), in->reason); /* cut is fine */
    return ret->records > 0;
}

static bool error_refused(const Reader *in, Error *error)
{
    return error_set_errno(error, in->refused, "read the WAL in \"%s/pg_wal\"", in->data_dir);
}

bool pg_wal_end(const char *data_dir, bool standby, Lsn hint, PgWalEnd *ret, Error *error)
{
    PgControl control;
    PgHistory history;
    PgWalEnd result = {0};

    if (!pg_control_read(data_dir, &control, error)) {
        return false;
    }
    /* As StartupXLOG: the later of checkpoint and minimum recovery point, and with standby.signal on
     * to the newest. */
    TimelineId target = control.timeline;
    if (control.min_recovery_timeline > target) {
        target = control.min_recovery_timeline;
    }
    if ((standby && !pg_history_latest(data_dir, target, &target, error)) ||
        !pg_history_read(data_dir, target, &history, error)) {
        return false;
    }
    _cleanup_(reader_end) Reader in = {0};
    if (!reader_begin(&in, data_dir, &control, &history)) {
        return error_set(error, ERROR_LIMIT, "cannot read WAL pages of %u bytes",
                         control.page_size);
    }
    bool found = hint > control.redo && record_stands(&in, hint) && read_on(&in, hint, &result);
    found = found || (in.refused == 0 && read_on(&in, control.redo, &result));
    if (in.refused != 0) {
        return error_refused(&in, error);
    }
    if (!found) {
        char text[STR_LSN_SIZE];
        return error_set(error, ERROR_CORRUPT, "no valid WAL record at %s: %s",
                         str_from_lsn(control.redo, text, sizeof(text)), result.reason);
    }
    result.end.timeline = timeline_of(&history, result.end.lsn, !standby);
    *ret = result;
    return true;
}

bool pg_wal_record_at(const char *data_dir, const PgControl *control, const PgHistory *history,
                      Lsn at, bool *ret, Error *error)
{
    _cleanup_(reader_end) Reader in = {0};
    if (!reader_begin(&in, data_dir, control, history)) {
        return error_set(error, ERROR_LIMIT, "cannot read WAL pages of %u bytes",
                         control->page_size);
    }
    const bool stands = record_stands(&in, at);
    if (in.refused != 0) {
        return error_refused(&in, error);
    }
    *ret = stands;
    return true;
}

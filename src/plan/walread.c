/*
 * WAL pages and records, as access/xlogrecord.h and xlog_internal.h lay them out.
 *
 * A record is put together from its pieces: the sum goes over all of it, and only its first bytes are kept.
 */
#include "plan/walread.h"

#include <string.h>

#include "base/assert.h"
#include "base/pg_crc.h"

enum {
    SHORT_HEADER = 24,
    LONG_HEADER = 40,
    RECORD_HEADER = 24,
    RECORD_CRC_AT = 20,
    RECORD_MAX = 1020 * 1024 * 1024,
    FIRST_IS_CONTINUATION = 0x0001,
    IS_LONG_HEADER = 0x0002,
    FIRST_IS_OVERWRITTEN = 0x0008,
    ALL_FLAGS = 0x000f,
    RM_XLOG = 0,
    RM_XACT = 1,
    XLOG_SWITCH = 0x40,
    XLOG_RESTORE_POINT = 0x70,
    XACT_MASK = 0x70,
    XACT_COMMIT = 0x00,
    XACT_ABORT = 0x20,
    XACT_COMMIT_PREPARED = 0x30,
    XACT_ABORT_PREPARED = 0x40,
    BLOCK_DATA_SHORT = 255,
    BLOCK_DATA_LONG = 254,
    BLOCK_ORIGIN = 253,
    BLOCK_TOP_XID = 252,
};
/* PostgreSQL counts from 2000. */
#define EPOCH_SHIFT (INT64_C(946684800) * 1000000)

Lsn walread_first_page(Lsn start)
{
    return start - start % WAL_PAGE_SIZE;
}

void walread_begin(WalRead *in, uint64_t system_identifier, uint32_t segment_size, Lsn start,
                   WalEventTake *take, void *arg)
{
    assert(segment_size_possible(segment_size));
    *in = (WalRead){.system_identifier = system_identifier,
                    .segment_size = segment_size,
                    .take = take,
                    .arg = arg,
                    .end = start,
                    .reason = "",
                    .limit = UINT64_MAX,
                    .timeline_max = UINT32_MAX,
                    .timeline = 1,
                    .next = walread_first_page(start),
                    .skip_to = start};
}

static WalVerdict ends(WalRead *in, const char *reason)
{
    in->reason = reason;
    return WAL_ENDS;
}

static uint16_t u16_at(const uint8_t *bytes)
{
    uint16_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

static uint32_t u32_at(const uint8_t *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

static uint64_t u64_at(const uint8_t *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

/* Where what a record began in an earlier segment ends, page by page. */
static Lsn behind_continuation(Lsn begin, uint32_t left)
{
    Lsn at = begin;
    uint32_t header = LONG_HEADER;
    while (left > WAL_PAGE_SIZE - header) {
        left -= WAL_PAGE_SIZE - header;
        at += WAL_PAGE_SIZE;
        header = SHORT_HEADER;
    }
    const Lsn end = at + header + ((left + 7u) & ~UINT32_C(7));
    return end % WAL_PAGE_SIZE == 0 ? end + SHORT_HEADER : end;
}

bool walread_head(const uint8_t *page, WalHead *ret)
{
    const uint16_t info = u16_at(page + 2);
    const uint32_t left = u32_at(page + 16);
    const WalHead head = {.system_identifier = u64_at(page + 24),
                          .segment_size = u32_at(page + 32),
                          .timeline = u32_at(page + 4),
                          .begin = u64_at(page + 8)};
    if ((info & IS_LONG_HEADER) == 0 || head.timeline == 0 ||
        !segment_size_possible(head.segment_size) || head.begin % head.segment_size != 0 ||
        u32_at(page + 36) != WAL_PAGE_SIZE || head.begin > INT64_MAX || left > RECORD_MAX) {
        return false;
    }
    *ret = head;
    ret->record = (info & FIRST_IS_CONTINUATION) != 0 ? behind_continuation(head.begin, left)
                                                      : head.begin + LONG_HEADER;
    return true;
}

/* The main data of a record without blocks, which is all that is looked at; NULL: it has none or others. */
static const uint8_t *main_data(const WalRead *in, uint32_t kept, uint32_t *ret_size)
{
    uint32_t at = RECORD_HEADER;
    while (at < kept) {
        const uint8_t id = in->head[at];
        uint32_t size = 0;
        if (id == BLOCK_ORIGIN || id == BLOCK_TOP_XID) {
            at += id == BLOCK_ORIGIN ? 3 : 5;
            continue;
        }
        if (id == BLOCK_DATA_SHORT && at + 2 <= kept) {
            size = in->head[at + 1];
            at += 2;
        } else if (id == BLOCK_DATA_LONG && at + 5 <= kept) {
            size = u32_at(in->head + at + 1);
            at += 5;
        } else {
            return NULL;
        }
        *ret_size = size < kept - at ? size : kept - at;
        return in->head + at;
    }
    return NULL;
}

static void tell(WalRead *in, WalEventKind kind)
{
    uint32_t size = 0;
    const uint32_t kept = in->total < WAL_HEAD_MAX ? in->total : WAL_HEAD_MAX;
    const uint8_t *data = main_data(in, kept, &size);
    WalEvent event = {.kind = kind, .at = in->at, .end = in->end, .xid = u32_at(in->head + 4)};

    if (in->take == NULL || data == NULL || size < 8) {
        return;
    }
    /* Of any date that a damaged record could name, without overflow. */
    event.time = (int64_t)(u64_at(data) + (uint64_t)EPOCH_SHIFT);
    if (kind == WAL_EVENT_RESTORE_POINT) {
        const uint32_t length = size - 8 < WAL_NAME_SIZE ? size - 8 : WAL_NAME_SIZE;
        memcpy(event.name, data + 8, length);
        event.name[WAL_NAME_SIZE - 1] = '\0';
    }
    in->take(in->arg, &event);
}

static void finish_record(WalRead *in, Lsn end)
{
    const uint8_t info = in->head[16] & 0xf0;
    const uint8_t manager = in->head[17];

    in->inside = false;
    in->last = in->at;
    in->end = (end + 7) & ~UINT64_C(7);
    if (manager == RM_XLOG && info == XLOG_SWITCH) {
        in->end += in->segment_size - 1;
        in->end -= in->end % in->segment_size;
    } else if (manager == RM_XLOG && info == XLOG_RESTORE_POINT) {
        tell(in, WAL_EVENT_RESTORE_POINT);
    } else if (manager == RM_XACT) {
        const uint8_t what = info & XACT_MASK;
        if (what == XACT_COMMIT || what == XACT_COMMIT_PREPARED) {
            tell(in, WAL_EVENT_COMMIT);
        } else if (what == XACT_ABORT || what == XACT_ABORT_PREPARED) {
            tell(in, WAL_EVENT_ABORT);
        }
    }
    in->skip_to = in->end;
}

/* What can be said of a record once its header is there. */
static WalVerdict check_header(WalRead *in)
{
    const Lsn previous = u64_at(in->head + 8);
    if ((in->last != 0 && previous != in->last) || previous >= in->at) {
        return ends(in, "a record that does not follow the one before");
    }
    return WAL_GOES_ON;
}

/* Bytes of the record inside this page, from offset on. Moves *offset. */
static WalVerdict take_bytes(WalRead *in, const uint8_t *page, Lsn page_at, uint32_t *offset)
{
    if (in->have == 0) {
        if (page_at + *offset >= in->limit) {
            return ends(in, "the timeline was left here");
        }
        in->total = u32_at(page + *offset);
        if (in->total == 0) {
            return ends(in, "no record is written here");
        }
        if (in->total < RECORD_HEADER || in->total > RECORD_MAX) {
            return ends(in, "no possible length of a record");
        }
        in->at = page_at + *offset;
        in->crc = PG_CRC_BEGIN;
        in->inside = true;
    }
    uint32_t size = WAL_PAGE_SIZE - *offset;
    size = size < in->total - in->have ? size : in->total - in->have;
    const uint8_t *bytes = page + *offset;
    if (in->have < WAL_HEAD_MAX) {
        const uint32_t room = WAL_HEAD_MAX - in->have;
        memcpy(in->head + in->have, bytes, size < room ? size : room);
    }
    const uint32_t header = in->have < RECORD_HEADER ? RECORD_HEADER - in->have : 0;
    if (size > header) {
        in->crc = pg_crc_add(in->crc, bytes + header, size - header);
    }
    const bool header_now = in->have < RECORD_HEADER && in->have + size >= RECORD_HEADER;
    in->have += size;
    *offset += size;
    if (header_now && check_header(in) == WAL_ENDS) {
        return WAL_ENDS;
    }
    if (in->have < in->total) {
        return WAL_GOES_ON;
    }
    if (pg_crc_end(pg_crc_add(in->crc, in->head, RECORD_CRC_AT)) !=
        u32_at(in->head + RECORD_CRC_AT)) {
        return ends(in, "the checksum of a record is wrong");
    }
    finish_record(in, page_at + *offset);
    in->have = 0;
    return WAL_GOES_ON;
}

/* What the first page of a segment has besides. */
static WalVerdict check_segment(WalRead *in, const uint8_t *page)
{
    if ((u16_at(page + 2) & IS_LONG_HEADER) == 0) {
        return ends(in, "a segment without its long header");
    }
    if (u64_at(page + SHORT_HEADER) != in->system_identifier) {
        return ends(in, "a segment of another database");
    }
    if (u32_at(page + SHORT_HEADER + 8) != in->segment_size ||
        u32_at(page + SHORT_HEADER + 12) != WAL_PAGE_SIZE) {
        return ends(in, "a segment of another size");
    }
    return WAL_GOES_ON;
}

/* Header of the page; *ret_offset is where its contents begin. */
static WalVerdict check_page(WalRead *in, const uint8_t *page, uint32_t *ret_offset)
{
    const uint16_t magic = u16_at(page);
    const uint16_t info = u16_at(page + 2);
    const TimelineId timeline = u32_at(page + 4);

    if (magic == 0 || (in->magic != 0 && magic != in->magic)) {
        return ends(in, "a page without the mark of WAL");
    }
    if (u64_at(page + 8) != in->next) {
        return ends(in, "a page of an older use of the file");
    }
    if ((info & ~ALL_FLAGS) != 0) {
        return ends(in, "a page with marks that nobody knows");
    }
    /* On the way they only grow, and a file begins with pages of the timelines before its own. */
    if (timeline < in->timeline || timeline > in->timeline_max) {
        return ends(in, "a page of another timeline");
    }
    if (in->next % in->segment_size == 0 && check_segment(in, page) == WAL_ENDS) {
        return WAL_ENDS;
    }
    in->magic = magic;
    in->timeline = timeline;
    *ret_offset = (info & IS_LONG_HEADER) != 0 ? LONG_HEADER : SHORT_HEADER;
    return WAL_GOES_ON;
}

/* Whether the page goes on with the record that is inside. */
static WalVerdict check_continuation(WalRead *in, const uint8_t *page)
{
    const uint16_t info = u16_at(page + 2);
    const uint32_t left = in->total - in->have;

    if (in->inside && (info & FIRST_IS_OVERWRITTEN) != 0) {
        /* After a crash inside of a record, PostgreSQL goes on at this page and forgets the record. */
        in->inside = false;
        in->have = 0;
        return WAL_GOES_ON;
    }
    if (in->inside && ((info & FIRST_IS_CONTINUATION) == 0 || u32_at(page + 16) != left)) {
        return ends(in, "a record is not continued");
    }
    if (!in->inside && in->next >= in->skip_to && (info & FIRST_IS_CONTINUATION) != 0) {
        return ends(in, "a page goes on with a record that was not begun");
    }
    return WAL_GOES_ON;
}

WalVerdict walread_page(WalRead *in, const uint8_t *page)
{
    uint32_t offset = 0;
    const Lsn at = in->next;

    /* Behind a switch the pages up to the end of the segment mean nothing. */
    if (!in->inside && at + WAL_PAGE_SIZE <= in->skip_to) {
        in->next = at + WAL_PAGE_SIZE;
        return WAL_GOES_ON;
    }
    if (check_page(in, page, &offset) == WAL_ENDS || check_continuation(in, page) == WAL_ENDS) {
        return WAL_ENDS;
    }
    if (!in->inside && in->skip_to > at + offset) {
        offset = (uint32_t)(in->skip_to - at);
    }
    while (offset < WAL_PAGE_SIZE) {
        if (take_bytes(in, page, at, &offset) == WAL_ENDS) {
            return WAL_ENDS;
        }
        if (!in->inside) {
            offset = (offset + 7) & ~7u;
            if (in->skip_to >= at + WAL_PAGE_SIZE) {
                break; /* the segment was switched, or the page is full */
            }
        }
    }
    in->next = at + WAL_PAGE_SIZE;
    return WAL_GOES_ON;
}

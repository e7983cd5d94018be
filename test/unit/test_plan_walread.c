/* WAL as a stream of pages: which records are whole, and what can be stopped at. And times as people write them. */
#include "unit.h"

#include <string.h>

#include "base/pg_crc.h"
#include "plan/walread.h"
#include "plan/when.h"

enum { SEGMENT = 1024 * 1024, PAGES = 4, RECORD_HEADER = 24 };

/* A few pages from the beginning of a segment, written as PostgreSQL would. */
typedef struct Wal {
    uint8_t bytes[PAGES * WAL_PAGE_SIZE];
    Lsn base;
    uint32_t at; /* where the next byte goes */
    Lsn last;    /* the record before */
} Wal;

static void put(uint8_t *to, const void *from, size_t size)
{
    if (size > 0) {
        memcpy(to, from, size);
    }
}

static void page_header(Wal *wal, uint32_t page, uint32_t continued)
{
    const uint16_t magic = 0xd110;
    const uint16_t info = (uint16_t)((page == 0 ? 2 : 0) | (continued > 0 ? 1 : 0));
    const uint64_t address = wal->base + (uint64_t)page * WAL_PAGE_SIZE;
    const uint64_t system = 7;
    const uint32_t segment = SEGMENT;
    const uint32_t page_size = WAL_PAGE_SIZE;
    const uint32_t timeline = 3;
    uint8_t *to = wal->bytes + (size_t)page * WAL_PAGE_SIZE;
    put(to, &magic, 2);
    put(to + 2, &info, 2);
    put(to + 4, &timeline, 4);
    put(to + 8, &address, 8);
    put(to + 16, &continued, 4);
    if (page == 0) {
        put(to + 24, &system, 8);
        put(to + 32, &segment, 4);
        put(to + 36, &page_size, 4);
    }
}

static Wal wal_begin(void)
{
    Wal wal = {.base = 5 * (Lsn)SEGMENT, .at = 40, .last = 5 * (Lsn)SEGMENT - 100};
    page_header(&wal, 0, 0);
    return wal;
}

/* A record with so many bytes of main data; its position. */
static Lsn add(Wal *wal, uint8_t manager, uint8_t info, uint32_t xid, const void *data,
               uint32_t size)
{
    static uint8_t record[2 * WAL_PAGE_SIZE];
    const uint32_t total = RECORD_HEADER + 5 + size;
    const Lsn position = wal->base + wal->at;
    memset(record, 0, sizeof(record));
    put(record, &total, 4);
    put(record + 4, &xid, 4);
    put(record + 8, &wal->last, 8);
    record[16] = info;
    record[17] = manager;
    record[24] = 254;
    put(record + 25, &size, 4);
    put(record + 29, data, size);
    uint32_t crc = pg_crc_add(PG_CRC_BEGIN, record + RECORD_HEADER, total - RECORD_HEADER);
    crc = pg_crc_end(pg_crc_add(crc, record, 20));
    put(record + 20, &crc, 4);
    for (uint32_t done = 0; done < total;) {
        if (wal->at % WAL_PAGE_SIZE == 0) {
            page_header(wal, wal->at / WAL_PAGE_SIZE, total - done);
            wal->at += 24;
        }
        uint32_t room = WAL_PAGE_SIZE - wal->at % WAL_PAGE_SIZE;
        room = room < total - done ? room : total - done;
        put(wal->bytes + wal->at, record + done, room);
        wal->at += room;
        done += room;
    }
    wal->at = (wal->at + 7) & ~7u;
    wal->last = position;
    return position;
}

typedef struct Seen {
    int count;
    WalEvent last;
} Seen;

static void see(void *arg, const WalEvent *event)
{
    Seen *seen = arg;
    seen->count++;
    seen->last = *event;
}

/* All pages, until it ends. */
static WalRead read_all(const Wal *wal, Seen *seen)
{
    WalRead in;
    walread_begin(&in, 7, SEGMENT, wal->base + 40, see, seen);
    for (int page = 0; page < PAGES; page++) {
        if (walread_page(&in, wal->bytes + (size_t)page * WAL_PAGE_SIZE) == WAL_ENDS) {
            break;
        }
    }
    return in;
}

static void the_end_is_behind_the_last_whole_record(void **state)
{
    (void)state;
    static uint8_t data[6000];
    Seen seen = {0};
    Wal wal = wal_begin();
    add(&wal, 10, 0, 3, data, 100);
    const Lsn last = add(&wal, 10, 0, 3, data, 6000); /* goes over to the next page */
    add(&wal, 10, 0, 3, data, 6000);
    const WalRead whole = read_all(&wal, &seen);
    assert_int_equal(whole.end, wal.base + wal.at);
    assert_string_equal(whole.reason, "no record is written here");

    /* One bit of the third: the second is the last. */
    wal.bytes[wal.at - 100] ^= 1;
    const WalRead broken = read_all(&wal, &seen);
    assert_int_equal(broken.last, last);
    assert_true(broken.end < wal.base + wal.at);
    assert_string_equal(broken.reason, "the checksum of a record is wrong");
}

static void commits_and_restore_points_are_told(void **state)
{
    (void)state;
    Seen seen = {0};
    Wal wal = wal_begin();
    uint8_t data[72] = {0};
    const int64_t time = (INT64_C(1795776284) - 946684800) * 1000000 + 5;
    put(data, &time, 8);
    const Lsn commit = add(&wal, 1, 0x80, 77, data, 8);
    (void)read_all(&wal, &seen);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.last.kind, WAL_EVENT_COMMIT);
    assert_int_equal(seen.last.at, commit);
    assert_int_equal(seen.last.xid, 77);
    assert_int_equal(seen.last.time, INT64_C(1795776284000005));

    put(data + 8, "before the upgrade", 18);
    add(&wal, 0, 0x70, 0, data, 72);
    (void)read_all(&wal, &seen);
    assert_int_equal(seen.last.kind, WAL_EVENT_RESTORE_POINT);
    assert_string_equal(seen.last.name, "before the upgrade");

    add(&wal, 1, 0x20, 78, data, 8);
    (void)read_all(&wal, &seen);
    assert_int_equal(seen.last.kind, WAL_EVENT_ABORT);
}

static void a_switch_ends_the_segment(void **state)
{
    (void)state;
    Seen seen = {0};
    Wal wal = wal_begin();
    add(&wal, 0, 0x40, 0, NULL, 0);
    const WalRead in = read_all(&wal, &seen);
    assert_int_equal(in.end, wal.base + SEGMENT);
    assert_string_equal(in.reason, "");
}

/* No bit of a page's header is of no consequence, but the one that says that a page may be thinned out. */
static void a_page_with_another_header_counts_for_nothing(void **state)
{
    (void)state;
    static uint8_t data[9000];
    static const struct {
        uint32_t at;
        uint8_t bit;
        const char *reason;
    } flips[] = {
        {0, 1, "a page without the mark of WAL"},
        {2, 0x10, "a page with marks that nobody knows"},
        {3, 0x80, "a page with marks that nobody knows"},
        {4, 1, "a page of another timeline"}, /* older than the page before */
        {4, 4, "a page of another timeline"}, /* newer than the file */
        {9, 1, "a page of an older use of the file"},
    };
    Seen seen = {0};
    Wal wal = wal_begin();
    add(&wal, 10, 0, 3, data, sizeof(data));
    const Lsn whole = wal.base + wal.at;
    for (size_t i = 0; i < sizeof(flips) / sizeof(flips[0]); i++) {
        uint8_t *second = wal.bytes + WAL_PAGE_SIZE + flips[i].at;
        WalRead in = {0};
        *second ^= flips[i].bit;
        walread_begin(&in, 7, SEGMENT, wal.base + 40, see, &seen);
        in.timeline_max = 3;
        assert_int_equal(walread_page(&in, wal.bytes), WAL_GOES_ON);
        assert_int_equal(walread_page(&in, wal.bytes + WAL_PAGE_SIZE), WAL_ENDS);
        assert_string_equal(in.reason, flips[i].reason);
        assert_true(in.end < whole);
        *second ^= flips[i].bit;
    }
    wal.bytes[37] ^= 1; /* the size of a page, in the long header */
    const WalRead other = read_all(&wal, &seen);
    assert_string_equal(other.reason, "a segment of another size");
    wal.bytes[37] ^= 1;
    assert_int_equal(read_all(&wal, &seen).end, whole);
}

static void another_databases_segment_counts_for_nothing(void **state)
{
    (void)state;
    Seen seen = {0};
    Wal wal = wal_begin();
    add(&wal, 10, 0, 3, "x", 1);
    wal.bytes[24] = 8;
    assert_string_equal(read_all(&wal, &seen).reason, "a segment of another database");
    wal.bytes[24] = 7;
    wal.bytes[8 + 3] ^= 1;
    assert_string_equal(read_all(&wal, &seen).reason, "a page of an older use of the file");
}

static void nothing_behind_the_end_of_a_timeline_counts(void **state)
{
    (void)state;
    WalRead in;
    Wal wal = wal_begin();
    add(&wal, 10, 0, 3, "x", 1);
    const Lsn left = wal.base + wal.at;
    add(&wal, 10, 0, 3, "y", 1);
    walread_begin(&in, 7, SEGMENT, wal.base + 40, NULL, NULL);
    in.limit = left;
    assert_int_equal(walread_page(&in, wal.bytes), WAL_ENDS);
    assert_int_equal(in.end, left);
    assert_string_equal(in.reason, "the timeline was left here");
}

static void times_are_read_with_their_zones(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds; /* of the fields */
        int offset;
        bool zoned;
    } good[] = {
        {"1970-01-01 00:00:00", 0, 0, false},
        {"2026-11-27 10:44:44", 1795776284, 0, false},
        {"2026-11-27T10:44:44Z", 1795776284, 0, true},
        {"2026-11-27 10:44:44.25+09", 1795776284, 9 * 3600, true},
        {"2026-11-27 10:44:44 -03:30", 1795776284, -(3 * 3600 + 1800), true},
        {"2024-02-29 23:59:59", 1709251199, 0, false},
    };
    static const char *const bad[] = {
        "",
        "2026-11-27",
        "2026-11-27 10:44",
        "2026-02-29 00:00:00",
        "2026-11-27 24:00:00",
        "2026-11-27 10:44:44 ",
        "2026-11-27 10:44:44 x",
        "2026-11-27 10:44:44.",
        "1969-12-31 23:59:59",
        "2026-11-27 10:44:44+9",
        "2026-11-27 10:44:44+16",
        "26-11-27 10:44:44",
    };
    When when;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(when_parse(good[i].text, &when));
        assert_int_equal(when_seconds(&when), good[i].seconds);
        assert_int_equal(when.offset, good[i].offset);
        assert_int_equal(when.zoned, good[i].zoned);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(when_parse(bad[i], &when));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_is_behind_the_last_whole_record),
        cmocka_unit_test(commits_and_restore_points_are_told),
        cmocka_unit_test(a_switch_ends_the_segment),
        cmocka_unit_test(a_page_with_another_header_counts_for_nothing),
        cmocka_unit_test(another_databases_segment_counts_for_nothing),
        cmocka_unit_test(nothing_behind_the_end_of_a_timeline_counts),
        cmocka_unit_test(times_are_read_with_their_zones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

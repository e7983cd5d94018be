/* Names in a data directory, in an archive, and of generations. */
#include "unit.h"

#include <string.h>

#include "plan/datafile.h"
#include "plan/generations.h"
#include "plan/segment.h"

enum { SIZE_16M = 16 * 1024 * 1024 };

static void what_a_restored_instance_makes_itself_is_left_out(void **state)
{
    (void)state;
    static const char *const skipped[] = {
        "postmaster.pid",        "backup_label",
        "standby.signal",        "recovery.signal",
        "global/pg_control",     "base/5/pg_internal.init",
        "base/pgsql_tmp",        "base/5/t3_16384",
        "mc.interrupted",        "pg_tblspc/16385/PG_15_202209061/pgsql_tmp",
        "base/5/pgsql_tmp123.4",
    };
    static const char *const taken[] = {
        "PG_VERSION",   "base/5/16384", "global/pg_filenode.map", "mc.identity", "postgresql.conf",
        "base/5/table", "total_file",
    };
    for (size_t i = 0; i < sizeof(skipped) / sizeof(skipped[0]); i++) {
        assert_int_equal(datafile_entry(skipped[i]), DATA_ENTRY_SKIP);
    }
    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
        assert_int_equal(datafile_entry(taken[i]), DATA_ENTRY_TAKE);
    }
    assert_int_equal(datafile_entry("pg_wal"), DATA_ENTRY_FOLDER);
    assert_int_equal(datafile_entry("pg_replslot"), DATA_ENTRY_FOLDER);
}

static void relation_files_are_told_from_others(void **state)
{
    (void)state;
    RelationFile file;
    assert_true(datafile_relation("base/5/16384", &file));
    assert_int_equal(file.node, 16384);
    assert_int_equal(file.segment, 0);
    assert_true(file.main);
    assert_true(datafile_relation("base/5/16384_fsm.2", &file));
    assert_int_equal(file.segment, 2);
    assert_false(file.main);
    assert_true(datafile_relation("global/1262_init", &file));
    assert_true(file.init);
    assert_true(datafile_relation("pg_tblspc/16385/PG_15_202209061/5/16390.11", &file));
    assert_int_equal(file.segment, 11);

    assert_false(datafile_relation("base/5/PG_VERSION", &file));
    assert_false(datafile_relation("base/5/pg_filenode.map", &file));
    assert_false(datafile_relation("base/5/16384.", &file));
    assert_false(datafile_relation("base/5/16384_old", &file));
    assert_false(datafile_relation("base/5/99999999999", &file));
    assert_false(datafile_relation("pg_xact/0000", &file));
    assert_false(datafile_relation("pg_tblspc/16385/5/16384", &file));
}

static void a_folder_comes_before_what_is_in_it_and_that_before_its_neighbour(void **state)
{
    (void)state;
    static const char *const order[] = {"PG_VERSION", "base",     "base/1", "base/1/112",
                                        "base/13",    "base-old", "base.x", "global"};
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        for (size_t j = 0; j < sizeof(order) / sizeof(order[0]); j++) {
            const int wanted = i < j ? -1 : i > j;
            assert_int_equal(datafile_compare(order[i], order[j]), wanted);
        }
    }
}

static void segment_names_are_read_and_written(void **state)
{
    (void)state;
    char name[SEGMENT_NAME_SIZE];
    Segment segment;
    assert_string_equal(segment_name((Segment){1, 0x1ff}, SIZE_16M, name),
                        "0000000100000001000000FF");
    assert_int_equal(segment_parse("0000000100000001000000FF", SIZE_16M, &segment),
                     SEGMENT_FILE_WHOLE);
    assert_int_equal(segment.number, 0x1ff);
    assert_int_equal(segment_parse("0000000A0000000100000000.zst", SIZE_16M, &segment),
                     SEGMENT_FILE_PACKED);
    assert_int_equal(segment.timeline, 10);
    assert_int_equal(segment_parse("0000000A0000000100000000.partial", SIZE_16M, &segment),
                     SEGMENT_FILE_PARTIAL);
    assert_int_equal(segment_parse("0000000A0000000100000000.00000028.backup", SIZE_16M, &segment),
                     SEGMENT_FILE_LABEL);
    assert_int_equal(segment_parse("00000002.history", SIZE_16M, &segment), SEGMENT_FILE_HISTORY);
    assert_int_equal(segment.timeline, 2);
    static const char *const others[] = {
        "",
        "0000000100000001",
        "0000000100000001000001FF",
        "0000000100000001000000ff",
        "000000010000000100000000.tmp",
        "000000000000000100000000",
        "00000002.histor",
        "000000010000000100000000.zs",
        "archive_status",
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_int_equal(segment_parse(others[i], SIZE_16M, &segment), SEGMENT_FILE_OTHER);
    }
}

static Generation generation(const char *name, bool complete, Lsn start)
{
    Generation made = {.complete = complete};
    assert_true(strlen(name) < sizeof(made.name));
    memcpy(made.name, name, strlen(name) + 1);
    made.head.start = start;
    made.head.wal_segment = SIZE_16M;
    return made;
}

static void the_newest_stay_and_what_they_lean_on(void **state)
{
    (void)state;
    Generation list[] = {
        generation("2026-11-04_00-00-00", true, 9 * (Lsn)SIZE_16M + 40),
        generation("2026-11-01_00-00-00", true, 3 * (Lsn)SIZE_16M + 40),
        generation("2026-11-02_00-00-00", true, 5 * (Lsn)SIZE_16M + 40),
        generation("2026-11-03_00-00-00", false, 0),
        generation("2026-11-05_00-00-00", true, 11 * (Lsn)SIZE_16M + 40),
    };
    bool needed[5];
    generations_sort(list, 5);
    assert_string_equal(list[0].name, "2026-11-01_00-00-00");
    assert_int_equal(generations_find(list, 5, "2026-11-04_00-00-00"), 3);

    generations_needed(list, 5, 2, needed);
    const bool plain[] = {false, false, true, true, true};
    assert_memory_equal(needed, plain, sizeof(plain));
    assert_int_equal(generations_oldest_segment(list, 5, needed), 9);

    list[4].head.uses_count = 1;
    memcpy(list[4].head.uses[0], list[0].name, MANIFEST_GENERATION_SIZE);
    generations_needed(list, 5, 2, needed);
    const bool leaning[] = {true, false, true, true, true};
    assert_memory_equal(needed, leaning, sizeof(leaning));
    assert_int_equal(generations_oldest_segment(list, 5, needed), 3);
}

static void a_generation_with_bad_pages_takes_nobodys_place(void **state)
{
    (void)state;
    Generation list[] = {
        generation("2026-11-01_00-00-00", true, 40),
        generation("2026-11-02_00-00-00", true, 40),
        generation("2026-11-03_00-00-00", true, 40),
    };
    bool needed[3];
    list[2].head.bad_pages = 1;
    generations_needed(list, 3, 1, needed);
    const bool wanted[] = {false, true, true};
    assert_memory_equal(needed, wanted, sizeof(wanted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_restored_instance_makes_itself_is_left_out),
        cmocka_unit_test(relation_files_are_told_from_others),
        cmocka_unit_test(a_folder_comes_before_what_is_in_it_and_that_before_its_neighbour),
        cmocka_unit_test(segment_names_are_read_and_written),
        cmocka_unit_test(the_newest_stay_and_what_they_lean_on),
        cmocka_unit_test(a_generation_with_bad_pages_takes_nobodys_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

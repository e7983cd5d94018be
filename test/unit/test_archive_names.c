/* Names of WAL files, claims, the owner file, requests: pure text. */
#include "unit.h"

#include <string.h>

#include "archive/owner.h"
#include "archive/request.h"
#include "archive/wal_name.h"

enum { MB = 1 << 20 };

static void files_that_postgresql_archives_are_known_by_their_names(void **state)
{
    (void)state;
    assert_true(wal_name_is_archived("000000010000000000000001"));
    assert_true(wal_name_is_archived("000000010000000A000000FF.partial"));
    assert_true(wal_name_is_archived("000000010000000000000002.00000028.backup"));
    assert_true(wal_name_is_archived("0000000A.history"));
}

static void nothing_else_is_a_name_of_the_archive(void **state)
{
    static const char *const names[] = {"",
                                        ".",
                                        "owner",
                                        "0000000A",
                                        "../0000000A.history",
                                        "00000001000000000000000",
                                        "0000000100000000000000011",
                                        "00000001000000000000000a",
                                        "000000010000000000000001.zst",
                                        "000000010000000000000001/",
                                        "000000010000000000000001.0000028.backup",
                                        ".archiving"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_false(wal_name_is_archived(names[i]));
    }
}

static void a_segment_is_numbered_through_over_its_files(void **state)
{
    WalSegment segment;
    char name[WAL_NAME_SIZE];
    (void)state;
    assert_true(wal_name_parse("0000002A00000003000000FF", 16 * MB, &segment));
    assert_int_equal(segment.timeline, 0x2a);
    assert_int_equal(segment.number, 3 * 256 + 255);
    segment.number++;
    wal_name_format(&segment, 16 * MB, name);
    assert_string_equal(name, "0000002A0000000400000000");
    assert_true(wal_name_parse("000000010000000100000003", 1024 * MB, &segment));
    assert_int_equal(segment.number, 7);
    assert_false(wal_name_parse("000000010000000100000004", 1024 * MB, &segment));
    assert_false(wal_name_parse("00000001.history", 16 * MB, &segment));
}

static void a_size_of_segments_is_a_power_of_two_of_megabytes(void **state)
{
    (void)state;
    assert_true(wal_segment_size_is_valid(MB));
    assert_true(wal_segment_size_is_valid(1024 * (uint64_t)MB));
    assert_false(wal_segment_size_is_valid(0));
    assert_false(wal_segment_size_is_valid(MB / 2));
    assert_false(wal_segment_size_is_valid(3 * MB));
    assert_false(wal_segment_size_is_valid(2048 * (uint64_t)MB));
}

static void an_owner_file_says_what_was_written(void **state)
{
    const ArchiveClaim claim = {.line = 0xfedcba9876543210, .epoch = 7, .directory = 123456};
    ArchiveClaim again = {0};
    char words[ARCHIVE_CLAIM_SIZE];
    char text[ARCHIVE_OWNER_SIZE];
    (void)state;
    archive_claim_format(&claim, words);
    assert_string_equal(words, "fedcba9876543210 7 1e240");
    assert_true(archive_claim_parse(words, &again));
    assert_memory_equal(&again, &claim, sizeof(claim));
    archive_owner_format(&claim, text);
    again = (ArchiveClaim){0};
    assert_true(archive_owner_parse(text, &again));
    assert_memory_equal(&again, &claim, sizeof(claim));
}

static void no_changed_byte_of_an_owner_file_is_believed(void **state)
{
    const ArchiveClaim claim = {.line = 1, .epoch = 2, .directory = 3};
    ArchiveClaim ignored;
    char text[ARCHIVE_OWNER_SIZE];
    (void)state;
    archive_owner_format(&claim, text);
    const size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        const char before = text[i];
        text[i] = (char)(before ^ 1);
        assert_false(archive_owner_parse(text, &ignored));
        text[i] = '\0';
        assert_false(archive_owner_parse(text, &ignored));
        text[i] = before;
    }
    assert_true(archive_owner_parse(text, &ignored));
}

static void claims_that_are_none_are_refused(void **state)
{
    static const char *const texts[] = {
        "", "1", "1 2", "1 2 ", "1 2 3 ", "1 2 3 4", "-1 2 3", "1 2 G", "1 2 12345678901234567"};
    ArchiveClaim ignored;
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_false(archive_claim_parse(texts[i], &ignored));
    }
}

static void only_the_latest_epoch_of_the_line_archives(void **state)
{
    const ArchiveClaim owner = {.line = 5, .epoch = 7, .directory = 40};
    const ArchiveClaim same = {.line = 5, .epoch = 7, .directory = 40};
    const ArchiveClaim later = {.line = 5, .epoch = 8, .directory = 50};
    const ArchiveClaim earlier = {.line = 5, .epoch = 6, .directory = 40};
    const ArchiveClaim stranger = {.line = 6, .epoch = 9, .directory = 40};
    Error error = {0};
    (void)state;
    assert_true(archive_owner_admits(&owner, &same, 40, &error));
    assert_true(archive_owner_admits(&owner, &later, 50, &error));
    assert_false(archive_owner_admits(&owner, &earlier, 40, &error));
    assert_non_null(strstr(error.text, "epoch 7"));
    assert_false(archive_owner_admits(&owner, &stranger, 40, &error));
    assert_false(archive_owner_admits(&owner, NULL, 40, &error));
}

static void a_copy_of_the_data_directory_does_not_archive(void **state)
{
    const ArchiveClaim owner = {.line = 5, .epoch = 7, .directory = 40};
    Error error = {0};
    (void)state;
    assert_false(archive_owner_admits(&owner, &owner, 41, &error));
    assert_non_null(strstr(error.text, "copy"));
}

static void a_request_is_understood_as_it_was_asked_and_no_part_of_it_is(void **state)
{
    const ArchiveRequest request = {.data_dir = "/data/it's here",
                                    .from = "/data/pg_wal/x",
                                    .name = "000000010000000000000001",
                                    .destination = "/backup",
                                    .claim = "",
                                    .compression = STORE_ZSTD};
    ArchiveRequest again;
    static char message[REQUEST_SIZE + 1];
    (void)state;
    const size_t size = request_write(&request, message);
    assert_true(size > 0);
    assert_true(request_read(message, size, &again));
    assert_string_equal(again.data_dir, request.data_dir);
    assert_string_equal(again.from, request.from);
    assert_string_equal(again.name, request.name);
    assert_string_equal(again.destination, request.destination);
    assert_string_equal(again.claim, request.claim);
    assert_int_equal(again.compression, STORE_ZSTD);
    for (size_t i = 0; i < size; i++) {
        assert_false(request_read(message, i, &again));
    }
    message[size] = '\0';
    assert_false(request_read(message, size + 1, &again));
}

static void a_request_that_does_not_fit_is_not_sent(void **state)
{
    static char path[REQUEST_SIZE];
    static char message[REQUEST_SIZE];
    (void)state;
    memset(path, 'x', sizeof(path) - 1);
    const ArchiveRequest request = {
        .data_dir = path, .from = "", .name = "", .destination = "", .claim = ""};
    assert_int_equal(request_write(&request, message), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_postgresql_archives_are_known_by_their_names),
        cmocka_unit_test(nothing_else_is_a_name_of_the_archive),
        cmocka_unit_test(a_segment_is_numbered_through_over_its_files),
        cmocka_unit_test(a_size_of_segments_is_a_power_of_two_of_megabytes),
        cmocka_unit_test(an_owner_file_says_what_was_written),
        cmocka_unit_test(no_changed_byte_of_an_owner_file_is_believed),
        cmocka_unit_test(claims_that_are_none_are_refused),
        cmocka_unit_test(only_the_latest_epoch_of_the_line_archives),
        cmocka_unit_test(a_copy_of_the_data_directory_does_not_archive),
        cmocka_unit_test(a_request_is_understood_as_it_was_asked_and_no_part_of_it_is),
        cmocka_unit_test(a_request_that_does_not_fit_is_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

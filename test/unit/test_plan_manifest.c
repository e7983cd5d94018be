/* Manifests: every line is taken for what it says, and nothing that a restore could be led astray by. */
#include "unit.h"

#include <string.h>

#include "plan/manifest.h"

#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const char *const good[] = {
    "mirroring-controller-backup 1",
    "system 7712800394669177011",
    "server-version 150020",
    "checksums 1",
    "relation-segment 131072",
    "wal-segment 16777216",
    "started 1795776284",
    "stopped 1795776423",
    "timeline 1",
    "from-standby 0",
    "bytes 43718173",
    "bad-pages 1",
    "start 0/4000028",
    "stop 0/543CB48",
    "data /database/in%20st1",
    "uses 1 2026-11-22_10-00-00",
    "file 0600 1795776280 3 PG_VERSION",
    "part 0 3 0 0 42 1 987be02e",
    "dir 0700 base",
    "file 0640 -5 67108866 base/%c3%a4",
    "part 0 67108864 0 42 107532 256 1a2b3c4d",
    "part 67108864 2 1 0 42 1 00000000",
    "link pg_wal ../wal",
    "late 0600 1795776280 0 backup_label",
    "outside 0644 1795776280 0 /etc/postgresql/postgresql.conf",
    "bad 17 base/1/1255",
    "pack 0 4245462",
    "index 0 49608",
    ("end " DIGEST),
};
enum { GOOD_COUNT = sizeof(good) / sizeof(good[0]), BODY_AT = 16 };

static bool parse(const char *text, ManifestLine *ret)
{
    Error error = {0};
    return manifest_parse(text, strlen(text), ret, &error);
}

static void every_kind_of_line_is_read_and_written_alike(void **state)
{
    (void)state;
    for (int i = 0; i < GOOD_COUNT; i++) {
        char text[MANIFEST_LINE_MAX];
        ManifestLine line;
        StrBuf out = str_begin(text, sizeof(text));
        assert_true(parse(good[i], &line));
        manifest_format(&line, &out);
        assert_false(out.cut);
        assert_int_equal(text[out.length - 1], '\n');
        text[out.length - 1] = '\0';
        assert_string_equal(text, good[i]);
    }
}

static void lines_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "system",
        "system ",
        "system 1 2",
        "system 0x12",
        "system 18446744073709551616",
        "sistem 1",
        "file 0600 1 3  base",
        "file 600 1 3 base",
        "file 0800 1 3 base",
        "file 0600 1 -3 base",
        "file 0600 1 3 /etc/passwd",
        "file 0600 1 3 ../etc/passwd",
        "file 0600 1 3 base/../../etc",
        "file 0600 1 3 base//1",
        "file 0600 1 3 base/",
        "file 0600 1 3 base/%2e%2e/x",
        "file 0600 1 3 a%00b",
        "file 0600 1 3 a%2",
        "file 0600 1 3 a%zz",
        "file 0600 1 3 a\tb",
        "dir 0700 .",
        "outside 0600 1 3 etc/passwd",
        "outside 0600 1 3 /etc/../x",
        "part 1 3 0 0 42 1 987be02e",
        "part 0 0 0 0 42 1 987be02e",
        "part 0 67108865 0 0 42 1 987be02e",
        "part 0 3 0 0 42 257 987be02e",
        "part 0 3 0 0 42 1 987be02",
        "part 0 3 4294967296 0 42 1 987be02e",
        "uses 1 2026-13-22_10-00-00",
        "uses 1 ../../x",
        "start 0/0/0",
        "data relative",
        "bad 17 /x",
        ("end " DIGEST "00"),
        "cipher aes-256-gcm 0123456789abcdef",
        ("cipher aes-128-gcm 0123456789abcdef " DIGEST),
        ("cipher aes-256-gcm 0123456789abcde " DIGEST),
        ("seal " DIGEST "00"),
        "copied pg_tblspc/16385",
        "copied ../pg_tblspc/16385 s",
        "copy-mark 00",
        "tablespace 1 /x",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ManifestLine line;
        assert_false(parse(bad[i], &line));
    }
}

/* The good head, these lines, and the first line of the body. */
static bool check_with(const char *const *lines, ManifestHead *ret)
{
    static ManifestCheck state;
    static ManifestLine line;
    Error error = {0};
    bool fine = true;
    state = (ManifestCheck){0};
    for (int i = 0; fine && i < BODY_AT; i++) {
        fine = parse(good[i], &line) && manifest_check(&state, &line, &error);
    }
    for (int i = 0; fine && lines[i] != NULL; i++) {
        fine = parse(lines[i], &line) && manifest_check(&state, &line, &error);
    }
    fine = fine && parse(good[BODY_AT], &line) && manifest_check(&state, &line, &error);
    *ret = state.head;
    return fine;
}

static void what_a_copy_command_took_is_named_with_its_mark(void **state)
{
    (void)state;
    static ManifestHead both;
    static ManifestHead one;
    const char *const data = "copied pg_data pg_data";
    const char *const space = "copied pg_tblspc/16385 in%20st1";
    const char *const mark = "copy-mark " DIGEST;
    assert_true(check_with((const char *const[]){data, space, mark, NULL}, &both));
    assert_true(check_with((const char *const[]){space, mark, NULL}, &one));
    assert_int_equal(both.copied_count, 2);
    assert_string_equal(both.copied[1].name, "in st1");
    static const struct {
        const char *path;
        bool of_both;
        bool of_one;
    } paths[] = {
        {"base/1/1255", true, false},
        {"pg_tblspc", true, false},
        {"pg_tblspc/16385", true, true},
        {"pg_tblspc/16385/PG_15_202209061/5/16384", true, true},
        {"pg_tblspc/16386/PG_15_202209061/5/16384", false, false},
        {"pg_tblspc/1638", false, false},
        {"pg_tblspc/163850", false, false},
    };
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_int_equal(manifest_is_copied(&both, paths[i].path), paths[i].of_both);
        assert_int_equal(manifest_is_copied(&one, paths[i].path), paths[i].of_one);
    }
    assert_true(manifest_same_copied(&both, &both));
    assert_false(manifest_same_copied(&both, &one));
    /* No mark, a mark of nothing, the wrong order, the same twice, and names that no server would give. */
    static const char *const bad[][4] = {
        {"copied pg_data pg_data", NULL},
        {"copy-mark " DIGEST, NULL},
        {"copied pg_tblspc/16385 s", "copied pg_data pg_data", "copy-mark " DIGEST, NULL},
        {"copied pg_data pg_data", "copied pg_data pg_data", "copy-mark " DIGEST, NULL},
        {"copied pg_tblspc/163850000000000000000 s", "copy-mark " DIGEST, NULL},
        {"copied pg_data 1234567890123456789012345678901234567890123456789012345678901234",
         "copy-mark " DIGEST, NULL},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(check_with(bad[i], &one));
    }
}

static void no_more_resources_are_taken_than_there_is_room_for(void **state)
{
    (void)state;
    static ManifestCheck check_state;
    static ManifestLine line;
    Error error = {0};
    for (int i = 0; i < BODY_AT; i++) {
        assert_true(parse(good[i], &line) && manifest_check(&check_state, &line, &error));
    }
    for (int i = 0; i <= MANIFEST_COPIED_MAX; i++) {
        char text[64];
        (void)str_format(text, sizeof(text), "copied pg_tblspc/%d s%d", 10000 + i, i);
        assert_true(parse(text, &line));
        assert_int_equal(manifest_check(&check_state, &line, &error), i < MANIFEST_COPIED_MAX);
    }
}

/* Checks the good lines with one left out (-1: none) and one put in before a place (-1: none). */
static bool check(int without, int before, const char *put, ManifestHead *ret)
{
    static ManifestCheck state;
    Error error = {0};
    bool fine = true;
    state = (ManifestCheck){0};
    for (int i = 0; fine && i < GOOD_COUNT; i++) {
        static ManifestLine line;
        if (i == before) {
            assert_true(parse(put, &line));
            fine = manifest_check(&state, &line, &error);
        }
        if (fine && i != without) {
            assert_true(parse(good[i], &line));
            fine = manifest_check(&state, &line, &error);
        }
    }
    *ret = state.head;
    return fine;
}

static void a_whole_manifest_gives_its_head(void **state)
{
    (void)state;
    static ManifestHead head;
    assert_true(check(-1, -1, NULL, &head));
    assert_int_equal(head.system_identifier, UINT64_C(7712800394669177011));
    assert_int_equal(head.start, 0x4000028);
    assert_int_equal(head.timeline, 1);
    assert_string_equal(head.data, "/database/in st1");
    assert_int_equal(head.uses_count, 1);
    assert_string_equal(head.uses[0], "2026-11-22_10-00-00");
}

static void a_head_with_a_hole_is_refused(void **state)
{
    (void)state;
    static ManifestHead head;
    for (int i = 0; i < BODY_AT - 1; i++) {
        assert_false(check(i, -1, NULL, &head));
    }
    assert_false(check(-1, 5, "system 4", &head));
    assert_false(check(-1, 0, "system 4", &head));
    assert_false(check(-1, 16, "uses 3 2026-11-22_10-00-00", &head));
}

static void parts_lie_in_their_file(void **state)
{
    (void)state;
    static ManifestHead head;
    assert_false(check(16, -1, NULL, &head));                                 /* no file */
    assert_false(check(-1, 18, "part 0 3 0 0 42 1 987be02e", &head));         /* twice */
    assert_false(check(-1, 19, "part 0 3 0 0 42 1 987be02e", &head));         /* of a folder */
    assert_false(check(-1, 22, "part 134217728 2 1 0 42 1 00000000", &head)); /* behind its end */
    assert_false(check(17, 17, "part 0 3 0 0 42 2 987be02e", &head));         /* too many chunks */
    assert_false(check(17, 17, "part 0 4 0 0 42 1 987be02e", &head));         /* too long */
}

static void an_encrypted_one_has_one_seal_and_another_has_none(void **state)
{
    (void)state;
    static const char seal[] = "seal " DIGEST;
    static const char cipher[] = "cipher aes-256-gcm 0123456789abcdef " DIGEST;
    static ManifestCheck both;
    static ManifestLine line;
    Error error = {0};
    ManifestHead head;
    assert_false(check(-1, GOOD_COUNT - 1, seal, &head));
    assert_false(check(-1, BODY_AT, cipher, &head));
    for (int seals = 0; seals < 3; seals++) {
        bool fine = true;
        both = (ManifestCheck){0};
        for (int i = 0; fine && i < GOOD_COUNT; i++) {
            const char *more = i == BODY_AT ? cipher : seal;
            for (int n = i == BODY_AT ? 1 : i == GOOD_COUNT - 1 ? seals : 0; fine && n > 0; n--) {
                assert_true(parse(more, &line));
                fine = manifest_check(&both, &line, &error);
            }
            assert_true(parse(good[i], &line));
            fine = fine && manifest_check(&both, &line, &error);
        }
        assert_int_equal(fine, seals == 1);
    }
    assert_string_equal(both.head.key, "0123456789abcdef");
}

static void lines_out_of_order_are_refused(void **state)
{
    (void)state;
    static ManifestHead head;
    assert_false(check(-1, 19, "file 0600 1 0 PG_VERSION", &head));
    assert_false(check(-1, 19, "file 0600 1 0 base", &head));
    assert_false(check(-1, 25, "file 0600 1 0 z", &head));
    assert_false(check(-1, 27, "late 0600 1 0 z", &head));
    assert_false(check(-1, 20, "timeline 2", &head));
    assert_false(check(0, 0, "mirroring-controller-backup 2", &head));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_line_is_read_and_written_alike),
        cmocka_unit_test(lines_that_are_none_are_refused),
        cmocka_unit_test(what_a_copy_command_took_is_named_with_its_mark),
        cmocka_unit_test(no_more_resources_are_taken_than_there_is_room_for),
        cmocka_unit_test(a_whole_manifest_gives_its_head),
        cmocka_unit_test(a_head_with_a_hole_is_refused),
        cmocka_unit_test(parts_lie_in_their_file),
        cmocka_unit_test(an_encrypted_one_has_one_seal_and_another_has_none),
        cmocka_unit_test(lines_out_of_order_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

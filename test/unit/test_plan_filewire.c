/* Requests and answers about backup directories: what may be named, and that nothing but what was written is read. */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "plan/filewire.h"

static const char generation[] = "2026-11-23_10-00-00";

static void only_generations_and_wal_can_be_named(void **state)
{
    (void)state;
    static const char *const allowed[] = {
        "archived_xlog",       "online_xlog/000000010000000000000001",
        "2026-11-23_10-00-00", "2026-11-23_10-00-00/pack.0",
        "archived_xlog/..a",
    };
    static const char *const refused[] = {
        "",
        "/",
        "..",
        ".lock",
        "saved_20261123",
        "archived_wal/x",
        "/archived_xlog/x",
        "archived_xlog/",
        "archived_xlog/.",
        "archived_xlog/..",
        "archived_xlog/../x",
        "archived_xlog//x",
        "archived_xlog/a/b",
        "2026-11-23_10-00-00/../2026-11-23_10-00-00/pack.0",
        "2026-13-23_10-00-00/pack.0",
    };
    char folder[FILEWIRE_PATH_SIZE];
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
        assert_true(filewire_path_allowed(allowed[i]));
    }
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (filewire_path_allowed(refused[i])) {
            fail_msg("\"%s\" is allowed", refused[i]);
        }
    }
    assert_string_equal(filewire_split(allowed[3], folder), "pack.0");
    assert_string_equal(folder, generation);
    assert_null(filewire_split(allowed[0], folder));
}

static FileAsk ask_of(FileAskKind kind, const char *path)
{
    FileAsk ask = {.kind = kind, .offset = 7, .size = UINT64_C(1) << 40, .rate = 1000};
    assert_true(str_copy(ask.path, sizeof(ask.path), path));
    return ask;
}

static void requests_are_read_as_they_were_written_and_not_otherwise(void **state)
{
    (void)state;
    const FileAsk asks[] = {
        ask_of(FILE_ASK_LOOK, ""),
        ask_of(FILE_ASK_LIST, "archived_xlog"),
        ask_of(FILE_ASK_READ, "online_xlog/000000010000000000000001"),
        ask_of(FILE_ASK_PULL, generation),
    };
    uint8_t bytes[FILEWIRE_REQUEST_MAX];
    FileAsk read;
    for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
        const size_t size = filewire_write_ask(&asks[i], bytes, sizeof(bytes));
        assert_true(size > 0);
        assert_true(filewire_read_ask(bytes, size, &read));
        assert_int_equal(read.kind, asks[i].kind);
        assert_string_equal(read.path, asks[i].path);
        assert_true(read.offset == 7 && read.size == asks[i].size && read.rate == 1000);
        for (size_t cut = 0; cut < size; cut++) {
            assert_false(filewire_read_ask(bytes, cut, &read));
        }
        assert_false(filewire_read_ask(bytes, size + 1, &read));
        bytes[0] = 9;
        assert_false(filewire_read_ask(bytes, size, &read));
    }
}

static void a_request_for_what_cannot_be_named_is_none(void **state)
{
    (void)state;
    /* READ, "archived_xlog/../x" */
    const uint8_t evil[] = "\x03\x00\x12"
                           "archived_xlog/../x"
                           "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    const uint8_t hidden[] = "\x03\x00\x12"
                             "archived_xlog/a\0/x"
                             "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    FileAsk read;
    assert_false(filewire_read_ask(evil, sizeof(evil) - 1, &read));
    assert_false(filewire_read_ask(hidden, sizeof(hidden) - 1, &read));
}

static void a_name_that_is_too_long_is_cut_nowhere(void **state)
{
    (void)state;
    /* Of a file of a folder: NAME_MAX is taken whole, one byte more is no answer. */
    static uint8_t bytes[FILEWIRE_FRAME_MAX];
    static FileAnswer written;
    static FileAnswer read;
    written = (FileAnswer){.kind = FILE_ANSWER_ENTRY};
    memset(written.u.entry.name, 'n', FILEWIRE_NAME_SIZE - 1);
    const size_t size = filewire_write_answer(&written, bytes, sizeof(bytes));
    assert_true(filewire_read_answer(bytes, size, &read));
    assert_string_equal(read.u.entry.name, written.u.entry.name);
    memmove(bytes + 4, bytes + 3, size - 3);
    bytes[1] = FILEWIRE_NAME_SIZE >> 8; /* its length, of two bytes */
    bytes[2] = FILEWIRE_NAME_SIZE & 0xff;
    assert_false(filewire_read_answer(bytes, size + 1, &read));

    /* Of a request likewise. */
    FileAsk ask = {.kind = FILE_ASK_READ, .path = "archived_xlog/"};
    uint8_t asked[FILEWIRE_REQUEST_MAX];
    memset(ask.path + strlen(ask.path), 'n', 255);
    const size_t length = filewire_write_ask(&ask, asked, sizeof(asked));
    FileAsk got;
    assert_true(length > 0 && filewire_read_ask(asked, length, &got));
    assert_string_equal(got.path, ask.path);
    memmove(asked + 4, asked + 3, length - 3);
    const size_t longer = strlen(ask.path) + 1;
    asked[1] = (uint8_t)(longer >> 8);
    asked[2] = (uint8_t)(longer & 0xff);
    assert_false(filewire_read_ask(asked, length + 1, &got));
}

static void answers_are_read_as_they_were_written(void **state)
{
    (void)state;
    static uint8_t bytes[FILEWIRE_FRAME_MAX];
    static FileAnswer written;
    static FileAnswer read;
    ManifestHead *head = &written.u.generation.head;
    written = (FileAnswer){.kind = FILE_ANSWER_GENERATION};
    memcpy(written.u.generation.name, generation, sizeof(generation));
    written.u.generation.complete = true;
    *head = (ManifestHead){.system_identifier = 77,
                           .server_version = 150018,
                           .checksums = true,
                           .timeline = 3,
                           .start = 5,
                           .stop = 9,
                           .bytes = 11,
                           .bad_pages = 2,
                           .copied_count = 2,
                           .copied = {{"pg_data", "pg_data"}, {"pg_tblspc/16385", "s"}},
                           .uses_count = 1};
    memcpy(head->uses[0], generation, sizeof(generation));
    size_t size = filewire_write_answer(&written, bytes, sizeof(bytes));
    assert_true(filewire_read_answer(bytes, size, &read));
    assert_memory_equal(&read, &written, sizeof(written));
    for (size_t cut = 0; cut < size; cut++) {
        assert_false(filewire_read_answer(bytes, cut, &read));
    }

    written = (FileAnswer){.kind = FILE_ANSWER_END, .u.end.error = ERROR_REFUSED};
    assert_true(str_copy(written.u.end.text, sizeof(written.u.end.text), "no\nhint: perhaps"));
    size = filewire_write_answer(&written, bytes, sizeof(bytes));
    assert_true(filewire_read_answer(bytes, size, &read));
    assert_int_equal(read.u.end.error, ERROR_REFUSED);
    assert_string_equal(read.u.end.text, written.u.end.text);
    bytes[1] = ERROR_NOT_RUNNING + 1;
    assert_false(filewire_read_answer(bytes, size, &read));
    bytes[0] = FILE_ANSWER_END + 1;
    assert_false(filewire_read_answer(bytes, size, &read));

    static uint8_t data[FILEWIRE_DATA_MAX];
    written = (FileAnswer){.kind = FILE_ANSWER_DATA, .u.data = {data, sizeof(data)}};
    size = filewire_write_answer(&written, bytes, sizeof(bytes));
    assert_true(size > 0 && filewire_read_answer(bytes, size, &read));
    assert_int_equal(read.u.data.size, sizeof(data));
    assert_false(filewire_read_answer(bytes, 1, &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_generations_and_wal_can_be_named),
        cmocka_unit_test(requests_are_read_as_they_were_written_and_not_otherwise),
        cmocka_unit_test(a_request_for_what_cannot_be_named_is_none),
        cmocka_unit_test(a_name_that_is_too_long_is_cut_nowhere),
        cmocka_unit_test(answers_are_read_as_they_were_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

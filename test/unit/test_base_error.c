/*
 * base/error.h: a chain from intent to cause.
 */
#include "unit.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"

static bool open_file(Error *error)
{
    return error_set_errno(error, ENOENT, "open \"%s\"", "/mc/network.conf");
}

static bool read_settings(Error *error)
{
    if (!open_file(error)) {
        return error_wrap(error, "read settings file \"%s\"", "network.conf");
    }
    return true;
}

static void wrapped_error_reads_from_intent_to_cause(void **state)
{
    Error error;
    (void)state;

    assert_false(read_settings(&error));
    assert_int_equal(error.kind, ERROR_SYSTEM);
    assert_int_equal(error.errnum, ENOENT);
    assert_string_equal(error.text, "read settings file \"network.conf\": open "
                                    "\"/mc/network.conf\": No such file or directory");
}

static void set_error_carries_its_kind(void **state)
{
    Error error;
    (void)state;

    assert_false(error_set(&error, ERROR_REFUSED, "it would lose %d commits", 3));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(error.errnum, 0);
    assert_string_equal(error.text, "it would lose 3 commits");
}

static void unknown_errno_has_a_word_too(void **state)
{
    Error error;
    (void)state;

    assert_false(error_set_errno(&error, 99999, "read"));
    assert_string_equal(error.text, "read: unknown error");
}

static void long_text_is_cut_not_overrun(void **state)
{
    char long_text[2 * ERROR_TEXT_SIZE];
    Error error;
    (void)state;

    memset(long_text, 'x', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    assert_false(error_set(&error, ERROR_LIMIT, "%s", long_text));
    assert_false(error_wrap(&error, "y%s", long_text));
    assert_int_equal(strlen(error.text), ERROR_TEXT_SIZE - 1);
    assert_int_equal(error.text[0], 'y');
    assert_int_equal(error.kind, ERROR_LIMIT);
}

static void cleared_error_is_as_new(void **state)
{
    Error error;
    const Error fresh = {.kind = ERROR_NONE};
    (void)state;

    assert_false(error_set(&error, ERROR_USAGE, "no"));
    error_clear(&error);
    assert_memory_equal(&error, &fresh, sizeof(error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrapped_error_reads_from_intent_to_cause),
        cmocka_unit_test(set_error_carries_its_kind),
        cmocka_unit_test(unknown_errno_has_a_word_too),
        cmocka_unit_test(long_text_is_cut_not_overrun),
        cmocka_unit_test(cleared_error_is_as_new),
    };
    return cmocka_run_group_tests_name("base_error", tests, NULL, NULL);
}

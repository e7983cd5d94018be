/*
 * base/cleanup.h: what a scope owns ends with it.
 */
#include "unit.h"

#include "base/cleanup.h"

static int ended;

static void note_end(const int *value)
{
    ended = ended * 10 + *value;
}

static void scope_ends_what_it_owns_last_first(void **state)
{
    (void)state;
    ended = 0;
    {
        _cleanup_(note_end) int first = 1;
        _cleanup_(note_end) int second = 2;
        (void)first;
        (void)second;
    }
    assert_int_equal(ended, 21);
}

static void memory_is_freed_and_nothing_may_stand_for_it(void **state)
{
    (void)state;
    /* The address sanitizer is the judge of the first. */
    _cleanup_free_ char *text = malloc(16);
    _cleanup_free_ char *none = NULL;
    assert_non_null(text);
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scope_ends_what_it_owns_last_first),
        cmocka_unit_test(memory_is_freed_and_nothing_may_stand_for_it),
    };
    return cmocka_run_group_tests_name("base_cleanup", tests, NULL, NULL);
}

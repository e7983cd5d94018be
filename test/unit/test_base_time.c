/*
 * base/time.h: durations as people read them.
 */
#include "unit.h"

#include "base/time.h"

static void durations_read_as_people_say_them(void **state)
{
    static const struct {
        Millis duration;
        const char *text;
    } cases[] = {
        {0, "0 ms"},
        {999, "999 ms"},
        {1000, "1.0 s"},
        {2199, "2.1 s"},
        {59999, "59.9 s"},
        {60000, "1 min"},
        {200000, "3 min 20 s"},
        {3599999, "59 min 59 s"},
        {3600000, "1 h"},
        {7500000, "2 h 5 min"},
        {-1500, "-1.5 s"},
        {MILLIS_NEVER, "never"},
        {INT64_MIN, "-2562047788015 h 12 min"},
    };
    char text[MILLIS_TEXT_SIZE];
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(millis_format(cases[i].duration, text, sizeof(text)), cases[i].text);
    }
}

static void small_buffer_gets_the_beginning(void **state)
{
    char text[4];
    (void)state;
    assert_string_equal(millis_format(2100, text, sizeof(text)), "2.1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_read_as_people_say_them),
        cmocka_unit_test(small_buffer_gets_the_beginning),
    };
    return cmocka_run_group_tests_name("base_time", tests, NULL, NULL);
}

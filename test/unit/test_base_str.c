/*
 * base/str.h: text in buffers of fixed size, and numbers.
 */
#include "unit.h"

#include <string.h>

#include "base/str.h"

static void text_grows_piece_by_piece(void **state)
{
    char buffer[128];
    StrBuf out = str_begin(buffer, sizeof(buffer));
    (void)state;

    str_add(&out, "a=");
    str_add_int(&out, INT64_MIN);
    str_add_char(&out, ' ');
    str_add_uint(&out, UINT64_MAX);
    str_add_bytes(&out, " xyz", 2);
    str_add_hex(&out, 0xB374D848);
    str_add_format(&out, " %s:%d", "line", 7);

    assert_string_equal(buffer, "a=-9223372036854775808 18446744073709551615 xB374D848 line:7");
    assert_int_equal(out.length, strlen(buffer));
    assert_false(out.cut);
}

static void what_does_not_fit_is_cut_once_and_terminated(void **state)
{
    char buffer[6];
    StrBuf out = str_begin(buffer, sizeof(buffer));
    (void)state;

    str_add(&out, "abc");
    str_add(&out, "def");
    str_add(&out, "g");
    str_add_format(&out, "%d", 1);
    assert_string_equal(buffer, "abcde");
    assert_true(out.cut);

    out = str_begin(buffer, sizeof(buffer));
    str_add_format(&out, "%s", "abcdefgh");
    assert_string_equal(buffer, "abcde");
    assert_int_equal(out.length, 5);
    assert_true(out.cut);
}

static void copying_says_whether_it_fitted(void **state)
{
    char buffer[4];
    (void)state;

    assert_true(str_copy(buffer, sizeof(buffer), "abc"));
    assert_string_equal(buffer, "abc");
    assert_false(str_copy(buffer, sizeof(buffer), "abcd"));
    assert_string_equal(buffer, "abc");
    assert_true(str_format(buffer, sizeof(buffer), "%d", 123));
    assert_false(str_format(buffer, sizeof(buffer), "%d", 1234));
    assert_string_equal(buffer, "123");
}

static void comparing_knows_case_and_prefix(void **state)
{
    (void)state;
    assert_true(str_equal("a", "a"));
    assert_false(str_equal("a", "A"));
    assert_true(str_equal_nocase("LOCAL0", "local0"));
    assert_false(str_equal_nocase("LOCAL0", "local"));
    assert_false(str_equal_nocase("local", "LOCAL0"));
    assert_true(str_starts_with("mc_agent", "mc_"));
    assert_false(str_starts_with("mc", "mc_"));
}

static void whole_numbers_are_read(void **state)
{
    int64_t number = 0;
    (void)state;

    assert_true(str_to_int("0", 1, &number) && number == 0);
    assert_true(str_to_int("-0", 2, &number) && number == 0);
    assert_true(str_to_int("007", 3, &number) && number == 7);
    assert_true(str_to_int("9223372036854775807", 19, &number) && number == INT64_MAX);
    assert_true(str_to_int("-9223372036854775808", 20, &number) && number == INT64_MIN);
}

static void anything_else_is_no_number_and_changes_nothing(void **state)
{
    static const char *const bad[] = {"",
                                      "-",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.5",
                                      "0x1",
                                      "1e3",
                                      "--1",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "99999999999999999999999"};
    int64_t number = 5;
    uint64_t natural = 5;
    (void)state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(str_to_int(bad[i], strlen(bad[i]), &number));
    }
    assert_false(str_to_uint("-1", 2, &natural));
    assert_false(str_to_uint("18446744073709551616", 20, &natural));
    assert_true(number == 5 && natural == 5);
    assert_true(str_to_uint("18446744073709551615", 20, &natural) && natural == UINT64_MAX);
}

static void bytes_become_digits_and_come_back(void **state)
{
    const uint8_t bytes[4] = {0x00, 0x7f, 0xab, 0xff};
    uint8_t back[4] = {1, 1, 1, 1};
    char text[9];
    (void)state;

    str_from_bytes(bytes, 4, text);
    assert_string_equal(text, "007fabff");
    assert_false(str_to_bytes("007fabf", 7, back, 4));
    assert_false(str_to_bytes("007fabfg", 8, back, 4));
    assert_memory_equal(back, "\1\1\1\1", 4);
    assert_true(str_to_bytes("007fABff", 8, back, 4));
    assert_memory_equal(back, bytes, 4);
}

static void positions_read_as_postgresql_writes_them(void **state)
{
    char text[STR_LSN_SIZE];
    uint64_t lsn = 5;
    (void)state;

    assert_string_equal(str_from_lsn(0x16B374D848, text, sizeof(text)), "16/B374D848");
    assert_string_equal(str_from_lsn(0, text, sizeof(text)), "0/0");
    assert_string_equal(str_from_lsn(UINT64_MAX, text, sizeof(text)), "FFFFFFFF/FFFFFFFF");
    assert_true(str_to_lsn("16/b374D848", 11, &lsn) && lsn == 0x16B374D848);
    assert_true(str_to_lsn("0/0", 3, &lsn) && lsn == 0);
    lsn = 5;
    static const char *const bad[] = {"", "/", "0/", "/0", "00", "0/123456789", "0/0/0", "0/-1"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(str_to_lsn(bad[i], strlen(bad[i]), &lsn));
    }
    assert_true(lsn == 5);
}

static void distance_counts_slips_of_the_finger(void **state)
{
    char long_word[200];
    (void)state;

    assert_int_equal(str_distance("", ""), 0);
    assert_int_equal(str_distance("", "abc"), 3);
    assert_int_equal(str_distance("port", "port"), 0);
    assert_int_equal(str_distance("Port", "port"), 0);
    assert_int_equal(str_distance("prot", "port"), 1); /* swapped */
    assert_int_equal(str_distance("prt", "port"), 1);
    assert_int_equal(str_distance("poort", "port"), 1);
    assert_int_equal(str_distance("pork", "port"), 1);
    assert_int_equal(str_distance("kitten", "sitting"), 3);

    memset(long_word, 'x', sizeof(long_word) - 1);
    long_word[sizeof(long_word) - 1] = '\0';
    assert_int_equal(str_distance(long_word, ""), STR_DISTANCE_MAX);
}

static void near_words_look_alike(void **state)
{
    (void)state;
    assert_true(str_is_near("hearbeat_intervall", "heartbeat_interval"));
    assert_true(str_is_near("prot", "port"));
    assert_false(str_is_near("cat", "port"));
    assert_false(str_is_near("rejoin", "log_file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_piece_by_piece),
        cmocka_unit_test(what_does_not_fit_is_cut_once_and_terminated),
        cmocka_unit_test(copying_says_whether_it_fitted),
        cmocka_unit_test(comparing_knows_case_and_prefix),
        cmocka_unit_test(whole_numbers_are_read),
        cmocka_unit_test(anything_else_is_no_number_and_changes_nothing),
        cmocka_unit_test(bytes_become_digits_and_come_back),
        cmocka_unit_test(positions_read_as_postgresql_writes_them),
        cmocka_unit_test(distance_counts_slips_of_the_finger),
        cmocka_unit_test(near_words_look_alike),
    };
    return cmocka_run_group_tests_name("base_str", tests, NULL, NULL);
}

/*
 * defs/log_entry.h: messages as values, and as text.
 */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "messages.h"

static void known_message_is_kept_to_the_letter(void **state)
{
    char text[MESSAGE_TEXT_SIZE];
    LogEntry entry = msg_promotion_completed();
    (void)state;

    assert_string_equal(message_format_line(&entry, text, sizeof(text)),
                        "LOG: promotion processing completed (MCA00062)");
}

static void arguments_stand_where_they_belong(void **state)
{
    char text[MESSAGE_TEXT_SIZE];
    LogEntry entry = msg_diverged(0x16B374D848, 0x3000060, "server2");
    (void)state;

    assert_string_equal(message_format(&entry, text, sizeof(text)),
                        "the data directory has WAL up to 0/3000060, but the history of primary "
                        "\"server2\" left it at 16/B374D848");
    entry = msg_peer_silent("server1", 2100);
    assert_string_equal(message_format(&entry, text, sizeof(text)),
                        "an error was detected in the monitored server \"server1\": no response "
                        "for 2.1 s");
    entry = msg_deposed("server2", UINT64_MAX);
    assert_string_equal(message_format(&entry, text, sizeof(text)),
                        "this server is no longer the primary: server \"server2\" is, under epoch "
                        "18446744073709551615");
}

static void detail_and_hint_are_apart(void **state)
{
    char text[MESSAGE_TEXT_SIZE];
    LogEntry entry = msg_voter_lost_memory("the file is missing");
    (void)state;

    assert_true(message_format_detail(&entry, text, sizeof(text)));
    assert_string_equal(text, "it comes back as a new incarnation; what the lost memory promised "
                              "cannot be counted any more");
    assert_false(message_format_hint(&entry, text, sizeof(text)));
    assert_string_equal(text, "");
}

static void a_peer_cannot_write_log_lines_of_its_own(void **state)
{
    char text[MESSAGE_TEXT_SIZE];
    LogEntry entry = msg_peer_refused("1.2.3.4", "bad\nLOG: all is well {0} %s\x1b[2J");
    (void)state;

    assert_string_equal(message_format(&entry, text, sizeof(text)),
                        "refused a connection from 1.2.3.4: bad?LOG: all is well {0} %s?[2J");
}

static void long_argument_is_cut_visibly(void **state)
{
    char path[300];
    LogEntry entry;
    (void)state;

    memset(path, 'x', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    entry = msg_state_unwritable(path, "No space left on device");
    assert_int_equal(strlen(entry.args[0]), MESSAGE_ARG_SIZE - 1);
    assert_string_equal(entry.args[0] + MESSAGE_ARG_SIZE - 5, "x...");
}

static void long_text_goes_on_in_the_slots_that_are_left(void **state)
{
    enum { WHOLE = 4 * (MESSAGE_ARG_SIZE - 1) };
    char text[MESSAGE_TEXT_SIZE];
    char error[WHOLE + 10] = {0};
    char whole[WHOLE + 1];
    (void)state;

    for (size_t i = 0; i < WHOLE; i++) {
        error[i] = (char)('a' + i % 26);
    }
    LogEntry entry = msg_instance_start_failed(error);
    assert_string_equal(message_argument(&entry, 0, whole, sizeof(whole)), error);
    (void)message_format(&entry, text, sizeof(text));
    assert_int_equal(strlen(text), strlen("could not start the instance: ") + WHOLE);
    assert_string_equal(text + strlen("could not start the instance: "), error);
    /* no character is taken apart: two bytes that would be the last of a slot and the first of the next */
    memcpy(error + MESSAGE_ARG_SIZE - 2, "\xc3\xbc", 2);
    entry = msg_instance_start_failed(error);
    assert_int_equal(strlen(entry.args[0]), MESSAGE_ARG_SIZE - 2);
    /* what is longer than all slots is cut visibly */
    memset(error, 'x', WHOLE + 1);
    entry = msg_instance_start_failed(error);
    (void)message_format(&entry, text, sizeof(text));
    assert_string_equal(text + strlen(text) - 5, "xx...");
    /* behind another argument */
    entry = msg_command_refused("stop", error);
    assert_string_equal(message_argument(&entry, 0, whole, sizeof(whole)), "stop");
    assert_int_equal(strlen(message_argument(&entry, 1, whole, sizeof(whole))),
                     WHOLE - (MESSAGE_ARG_SIZE - 1));
}

static void every_message_fits_its_buffer_and_is_found_by_its_id(void **state)
{
    char text[MESSAGE_TEXT_SIZE];
    MessageId found;
    (void)state;

    for (int id = 0; id < message_count; id++) {
        const MessageInfo *info = message_info((MessageId)id);
        LogEntry entry = {.id = (MessageId)id};

        for (int i = 0; i < MESSAGE_ARGS_MAX; i++) {
            memset(entry.args[i], 'x', MESSAGE_ARG_SIZE - 1);
        }
        (void)message_format_line(&entry, text, sizeof(text));
        assert_true(strlen(text) < MESSAGE_TEXT_SIZE - 1);
        assert_true(info->explanation[0] != '\0');
        assert_true(info->action[0] != '\0');
        assert_true(message_find(info->id, &found));
        assert_int_equal(found, id);
    }
    assert_true(message_find("mca00062", &found));
    assert_int_equal(found, MSG_PROMOTION_COMPLETED);
    assert_false(message_find("MCA0006", &found));
    assert_false(message_find("MCA000620", &found));
    assert_false(message_find("", &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_message_is_kept_to_the_letter),
        cmocka_unit_test(arguments_stand_where_they_belong),
        cmocka_unit_test(detail_and_hint_are_apart),
        cmocka_unit_test(a_peer_cannot_write_log_lines_of_its_own),
        cmocka_unit_test(long_argument_is_cut_visibly),
        cmocka_unit_test(long_text_goes_on_in_the_slots_that_are_left),
        cmocka_unit_test(every_message_fits_its_buffer_and_is_found_by_its_id),
    };
    return cmocka_run_group_tests_name("defs_message", tests, NULL, NULL);
}

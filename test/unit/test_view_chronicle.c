/*
 * view/chronicle.h: lines of the history, written and read again; and the words that explain has for them.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/pg_crc.h"
#include "base/prng.h"
#include "core/node.h"
#include "core/record.h"
#include "status_words.h"
#include "view/chronicle_show.h"
#include "view/words.h"

static ChronicleLine takeover(void)
{
    ChronicleLine line = {
        .kind = CHRONICLE_CHANGE,
        .at = 1764242000123,
        .line = 0x0011223344556677,
        .epoch = 7,
        .after = "server2",
        .decided_at = 1764241999,
        .cause = "takeover",
        .by = "server2",
        .before = "server1",
        .eligible = {.count = 0},
        .apart = {.count = 1, .name = {"server3"}},
        .automatic = true,
        .timeline = 2,
        .start = 0x5000148,
        .served_at = 1764241997912,
        .rule = "claim.silent",
        .outage_ms = -1,
        .said_count = 2,
    };
    line.said[0] = (ChronicleSaid){.offset_ms = -512, .entry = msg_peer_silent("server1", 2100)};
    line.said[1] =
        (ChronicleSaid){.offset_ms = -3, .entry = msg_takeover_started("server1", "it is silent")};
    return line;
}

static ChronicleLine opened(void)
{
    return (ChronicleLine){.kind = CHRONICLE_OPENED,
                           .at = 1764242000845,
                           .line = 0x0011223344556677,
                           .epoch = 7,
                           .after = "server2",
                           .outage_ms = 2933};
}

static void same(const ChronicleLine *a, const ChronicleLine *b)
{
    char first[CHRONICLE_LINE_MAX];
    char second[CHRONICLE_LINE_MAX];
    (void)chronicle_compose(a, first, sizeof(first));
    (void)chronicle_compose(b, second, sizeof(second));
    assert_string_equal(first, second);
}

static void a_line_is_written_as_its_header_says(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    const ChronicleLine first = takeover();
    const ChronicleLine second = opened();
    (void)state;
    (void)chronicle_compose(&first, text, sizeof(text));
    assert_string_equal(
        text, "change at=1764242000123 line=0011223344556677 epoch=7 decided=1764241999 "
              "cause=takeover by=server2 before=server1 after=server2 eligible= apart=server3 "
              "quorum=0 automatic=on timeline=2 start=0/5000148 served=1764241997912 "
              "rule=claim.silent said=MCA00019,-512,server1,2.1%20s "
              "said=MCA01045,-3,server1,it%20is%20silent sum=174d3a9b\n");
    (void)chronicle_compose(&second, text, sizeof(text));
    assert_string_equal(text, "opened at=1764242000845 line=0011223344556677 epoch=7 "
                              "after=server2 outage=2933 seen=heard sum=06a0fe4d\n");
}

static void what_is_written_is_read_again(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    ChronicleLine first = takeover();
    ChronicleLine read = {0};
    (void)state;
    first.late = true;
    first.eligible = (ChronicleNames){.count = 2, .name = {"server3", "server4"}};
    size_t length = chronicle_compose(&first, text, sizeof(text));
    assert_true(chronicle_parse(text, length - 1, &read));
    same(&first, &read);
    assert_int_equal(read.said_count, 2);
    assert_int_equal(read.said[1].offset_ms, -3);
    assert_string_equal(read.said[1].entry.args[1], "it is silent");
    const ChronicleLine second = opened();
    length = chronicle_compose(&second, text, sizeof(text));
    assert_true(chronicle_parse(text, length - 1, &read));
    same(&second, &read);
}

static void the_largest_line_fits(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    char wild[MESSAGE_ARG_SIZE];
    ChronicleLine line = takeover();
    ChronicleLine read = {0};
    (void)state;
    memset(wild, '\n', sizeof(wild) - 1);
    wild[sizeof(wild) - 1] = '\0';
    line.said_count = CHRONICLE_SAID_MAX;
    for (int i = 0; i < CHRONICLE_SAID_MAX; i++) {
        line.said[i] =
            (ChronicleSaid){.offset_ms = INT64_MIN, .entry = msg_peer_not_joined(wild, wild, wild)};
    }
    const size_t length = chronicle_compose(&line, text, sizeof(text));
    assert_int_equal(strcspn(text, "\n"), length - 1);
    assert_true(chronicle_parse(text, length - 1, &read));
    same(&line, &read);
}

static void a_line_cut_anywhere_is_none(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    const ChronicleLine line = takeover();
    ChronicleLine read = {.epoch = 99};
    (void)state;
    const size_t length = chronicle_compose(&line, text, sizeof(text)) - 1;
    for (size_t cut = 0; cut < length; cut++) {
        assert_false(chronicle_parse(text, cut, &read));
    }
    assert_int_equal(read.epoch, 99); /* untouched */
}

static void a_line_with_any_byte_changed_is_none(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    const ChronicleLine line = takeover();
    ChronicleLine read;
    (void)state;
    const size_t length = chronicle_compose(&line, text, sizeof(text)) - 1;
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)(text[i] ^ 1);
        assert_false(chronicle_parse(text, length, &read));
        text[i] = (char)(text[i] ^ 1);
    }
}

/* Whatever stands in the file, reading it ends, and what it lets through can be written. */
static void bytes_of_any_kind_do_no_harm(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    char again[CHRONICLE_LINE_MAX];
    Prng prng = prng_seed(7);
    ChronicleLine read;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        const ChronicleLine line = takeover();
        size_t length = chronicle_compose(&line, text, sizeof(text)) - 1;
        for (int i = 0; i < 3; i++) {
            text[prng_below(&prng, length - 13)] = (char)prng_below(&prng, 256);
        }
        /* with a sum that is right for it, so that all of the reader is met */
        const uint32_t sum = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, text, length - 13));
        assert_true(str_format(text + length - 13, 14, " sum=%08x", sum));
        if (chronicle_parse(text, length, &read)) {
            (void)chronicle_compose(&read, again, sizeof(again));
        }
    }
}

static void terminals_are_safe_from_names(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    ChronicleLine line = opened();
    ChronicleLine read;
    (void)state;
    assert_true(str_copy(line.after, sizeof(line.after), "\033[2J"));
    const size_t length = chronicle_compose(&line, text, sizeof(text)) - 1;
    assert_false(chronicle_parse(text, length, &read));
}

static void a_history_is_read_around_torn_lines(void **state)
{
    static char text[4 * CHRONICLE_LINE_MAX];
    Chronicle chronicle = {0};
    ChronicleLine line = takeover();
    (void)state;
    size_t length = chronicle_compose(&line, text, sizeof(text));
    length += chronicle_compose(&line, text + length, CHRONICLE_LINE_MAX); /* twice */
    line.epoch = 8;
    length += chronicle_compose(&line, text + length, CHRONICLE_LINE_MAX) - 20;
    text[length++] = '\n';
    line = opened();
    length += chronicle_compose(&line, text + length, CHRONICLE_LINE_MAX);
    line = takeover();
    line.epoch = 9;
    length += chronicle_compose(&line, text + length, CHRONICLE_LINE_MAX) - 5; /* being written */
    assert_true(chronicle_add(&chronicle, text, length));
    assert_int_equal(chronicle.count, 1);
    assert_int_equal(chronicle.bad, 2);
    assert_int_equal(chronicle.entry[0].outage_ms, 2933);
    assert_int_equal(chronicle.entry[0].opened_at, 1764242000845);
    chronicle_done(&chronicle);
}

static void tell_time(int64_t at, char *ret, size_t size)
{
    (void)str_format(ret, size, "T%lld", (long long)(at / 1000));
}

static ChronicleEntry whole(void)
{
    return (ChronicleEntry){
        .change = takeover(), .opened_at = 1764242000845, .outage_ms = 2933, .seen_here = false};
}

static void the_last_change_is_told_in_sentences(void **state)
{
    char text[CHRONICLE_EXPLAIN_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    const ChronicleEntry entry = whole();
    (void)state;
    chronicle_explain(&entry, "server2", tell_time, &out);
    assert_non_null(strstr(text, "epoch 7, T1764241999: primary \"server1\" was silent, and server "
                                 "\"server2\" took over (cause takeover).\n"));
    assert_non_null(strstr(text, "primary: server2, before: server1; eligible: nobody; kept apart "
                                 "by an operator: server3; automatic"));
    assert_non_null(strstr(text, "why: server \"server2\" proposed it. rule claim.silent at "
                                 "\"server2\": the primary's agent was silent"));
    assert_non_null(strstr(text, "  512 ms before: an error was detected in the monitored server "
                                 "\"server1\": no response for 2.1 s (MCA00019)\n"));
    assert_non_null(strstr(text, "outage: 2.9 s, from the last heartbeat in which \"server1\""));
    assert_non_null(strstr(text, "what to do: Bring the former primary back"));
}

static void what_an_operator_did_by_force_is_told_where_it_was_done(void **state)
{
    char text[CHRONICLE_EXPLAIN_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    ChronicleEntry entry = whole();
    (void)state;
    assert_true(str_copy(entry.change.cause, sizeof(entry.change.cause), "forced"));
    entry.change.rule[0] = '\0';
    entry.change.late = false;
    chronicle_explain(&entry, "server2", tell_time, &out);
    assert_non_null(strstr(text, "why: server \"server2\" proposed it. no rule asked for it, an "
                                 "operator's command did.\n"));
    assert_non_null(strstr(text, "mc_ctl rejoin there says what they are"));
    out = str_begin(text, sizeof(text));
    chronicle_explain(&entry, "server1", tell_time, &out);
    assert_non_null(strstr(text, "no rule at \"server1\" asked for it; mc_ctl explain last at the "
                                 "server that proposed it says more.\n"));
}

static void a_row_names_both_primaries_and_the_outage(void **state)
{
    char text[CHRONICLE_ROW_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    const ChronicleEntry entry = whole();
    ChronicleEntry before = whole();
    (void)state;
    before.change.epoch = 4;
    chronicle_show_row(&entry, &before, tell_time, &out);
    assert_string_equal(text, "epochs 5 to 6 were not learned here\n"
                              "T1764241999         7      takeover  server1 -> server2    "
                              "(nobody)          server2     2.9 s\n");
}

static void json_carries_everything(void **state)
{
    const ChronicleEntry entry = whole();
    char *text = chronicle_json(&entry);
    (void)state;
    assert_non_null(text);
    assert_string_equal(
        text,
        "{\"learned_at\":\"2025-11-27T11:13:20.123Z\",\"decided_at\":\"2025-11-27T11:13:19.000Z\","
        "\"learned_late\":false,\"line\":\"0011223344556677\",\"epoch\":7,\"cause\":\"takeover\","
        "\"proposed_by\":\"server2\",\"primary_before\":\"server1\",\"primary\":\"server2\","
        "\"eligible\":[],\"apart\":[\"server3\"],\"quorum\":0,\"automatic\":true,\"timeline\":2,"
        "\"start\":\"0/5000148\",\"served_until\":\"2025-11-27T11:13:17.912Z\","
        "\"opened_at\":\"2025-11-27T11:13:20.845Z\",\"outage_ms\":2933,"
        "\"outage_from\":\"last heartbeat\",\"rule\":\"claim.silent\",\"evidence\":["
        "{\"id\":\"MCA00019\",\"severity\":\"ERROR\",\"offset_ms\":-512,\"text\":\"an error was "
        "detected in the monitored server \\\"server1\\\": no response for 2.1 s\",\"args\":["
        "\"server1\",\"2.1 s\"]},{\"id\":\"MCA01045\",\"severity\":\"WARNING\",\"offset_ms\":-3,"
        "\"text\":\"taking over from primary \\\"server1\\\": it is silent\",\"args\":[\"server1\","
        "\"it is silent\"]}]}");
    free(text);
}

static void every_cause_has_its_sentence(void **state)
{
    (void)state;
    for (Cause cause = CAUSE_BOOTSTRAP; cause <= CAUSE_MEMBERS; cause++) {
        assert_non_null(cause_find(cause_words(cause)));
    }
    assert_int_equal(cause_count, CAUSE_MEMBERS);
}

static void every_rule_that_is_explained_is_a_rule(void **state)
{
    (void)state;
    for (int i = 0; i < rule_count; i++) {
        bool found = false;
        for (uint16_t rule = 0; rule < node_rule_count(); rule++) {
            found = found || str_equal(node_rule_id(rule), rule_catalog[i].id);
        }
        if (!found) {
            fail_msg("there is no rule %s", rule_catalog[i].id);
        }
    }
    assert_true(rule_asks_for(rule_find("claim.consent"), "takeover"));
    assert_true(rule_asks_for(rule_find("claim.consent"), "handover"));
    assert_false(rule_asks_for(rule_find("claim.consent"), "hand"));
}

static void words_are_found_in_either_case_and_when_misspelt(void **state)
{
    (void)state;
    assert_string_equal(word_find("SWITCHABLE")->word, "switchable");
    assert_string_equal(word_find(view_role_word(HOST_ROLE_INACTIVATED_PRIMARY))->word,
                        "none(inactivated primary)");
    assert_null(word_find("switchible"));
    assert_string_equal(word_nearest("switchible"), "switchable");
    assert_null(word_nearest("elephant"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_written_as_its_header_says),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(the_largest_line_fits),
        cmocka_unit_test(a_line_cut_anywhere_is_none),
        cmocka_unit_test(a_line_with_any_byte_changed_is_none),
        cmocka_unit_test(bytes_of_any_kind_do_no_harm),
        cmocka_unit_test(terminals_are_safe_from_names),
        cmocka_unit_test(a_history_is_read_around_torn_lines),
        cmocka_unit_test(the_last_change_is_told_in_sentences),
        cmocka_unit_test(what_an_operator_did_by_force_is_told_where_it_was_done),
        cmocka_unit_test(a_row_names_both_primaries_and_the_outage),
        cmocka_unit_test(json_carries_everything),
        cmocka_unit_test(every_cause_has_its_sentence),
        cmocka_unit_test(every_rule_that_is_explained_is_a_rule),
        cmocka_unit_test(words_are_found_in_either_case_and_when_misspelt),
    };
    return cmocka_run_group_tests_name("view_chronicle", tests, NULL, NULL);
}

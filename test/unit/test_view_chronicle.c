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

static ChronicleLine closed(void)
{
    ChronicleLine line = {.kind = CHRONICLE_CLOSED,
                          .at = 1764242900412,
                          .line = 0x0011223344556677,
                          .epoch = 7,
                          .after = "server2",
                          .served_at = 1764242900399,
                          .closed_at = 1764242900412,
                          .rule = "primary.gone",
                          .outage_ms = -1,
                          .seen_here = true,
                          .said_count = 1};
    line.said[0] = (ChronicleSaid){.offset_ms = 0, .entry = msg_instance_down("its process ended")};
    return line;
}

static ChronicleLine reopened(void)
{
    ChronicleLine line = {.kind = CHRONICLE_REOPENED,
                          .at = 1764242901950,
                          .line = 0x0011223344556677,
                          .epoch = 7,
                          .after = "server2",
                          .served_at = 1764242900399,
                          .closed_at = 1764242900412,
                          .outage_ms = 1551,
                          .seen_here = true,
                          .said_count = 1};
    line.said[0] = (ChronicleSaid){.offset_ms = -3, .entry = msg_opened(7)};
    return line;
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
    char wilder[2 * MESSAGE_ARG_SIZE];
    ChronicleLine line = takeover();
    ChronicleLine read = {0};
    (void)state;
    memset(wild, '\n', sizeof(wild) - 1);
    wild[sizeof(wild) - 1] = '\0';
    memset(wilder, '\n', sizeof(wilder) - 1);
    wilder[sizeof(wilder) - 1] = '\0';
    line.said_count = CHRONICLE_SAID_MAX;
    for (int i = 0; i < CHRONICLE_SAID_MAX; i++) {
        line.said[i] = (ChronicleSaid){.offset_ms = INT64_MIN,
                                       .entry = msg_peer_not_joined(wild, wild, wilder)};
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
        const ChronicleLine line = round % 3 == 0   ? closed()
                                   : round % 3 == 1 ? reopened()
                                                    : takeover();
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

/* What explain has to say of a history's first entry. */
static void explain(const Chronicle *chronicle, size_t entry, const char *server, char *ret)
{
    StrBuf out = str_begin(ret, CHRONICLE_EXPLAIN_MAX);
    chronicle_explain(chronicle, &chronicle->entry[entry], server, tell_time, &out);
    assert_false(out.cut);
}

static void has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("not in it: %s\n%s", part, text);
    }
}

static void the_last_change_is_told_in_sentences(void **state)
{
    char text[CHRONICLE_EXPLAIN_MAX];
    ChronicleEntry entry = whole();
    ChronicleSaid step = {.offset_ms = -40, .entry = msg_promotion_completed()};
    const Chronicle chronicle = {.count = 1, .entry = &entry};
    (void)state;
    entry.step = &step;
    entry.step_count = 1;
    explain(&chronicle, 0, "server2", text);
    assert_non_null(strstr(text, "epoch 7, T1764241999: primary \"server1\" was silent, and server "
                                 "\"server2\" took over (cause takeover).\n"));
    assert_non_null(strstr(text, "primary: server2, before: server1; eligible: nobody; kept apart "
                                 "by an operator: server3; automatic"));
    assert_non_null(strstr(text, "why: server \"server2\" proposed it. rule claim.silent at "
                                 "\"server2\": the primary's agent was silent"));
    has(text, "what it was changed from was not learned here.\n");
    has(text,
        "\nstep by step, as far as \"server2\" knows:\n"
        "  + 0 ms        \"server1\" served: the last that is known\n"
        "  + 1.6 s       an error was detected in the monitored server \"server1\": no response "
        "for 2.1 s (MCA00019)\n"
        "  + 2.2 s       taking over from primary \"server1\": it is silent (MCA01045)\n"
        "  + 2.2 s       it was known that \"server2\" is the primary now, by a majority\n"
        "  + 2.8 s       promotion processing completed (MCA00062)\n"
        "  + 2.9 s       \"server2\" was seen open: the first client could be admitted\n");
    has(text, "\nno standby has become eligible since.\n");
    assert_non_null(strstr(text, "outage: 2.9 s, from the last heartbeat in which \"server1\""));
    assert_non_null(strstr(text, "what to do: Bring the former primary back"));
}

static void what_an_operator_did_by_force_is_told_where_it_was_done(void **state)
{
    char text[CHRONICLE_EXPLAIN_MAX];
    ChronicleEntry entry = whole();
    const Chronicle chronicle = {.count = 1, .entry = &entry};
    (void)state;
    entry.change.branched = true;
    entry.change.forced = true;
    entry.change.kept = 0x5000148;
    entry.change.known = 0x5000248;
    entry.change.without = (ChronicleNames){.count = 1, .name = {"arbiter"}};
    entry.change.said[entry.change.said_count++] =
        (ChronicleSaid){.offset_ms = -900, .entry = msg_command_received("switch --force", "ann")};
    assert_true(str_copy(entry.change.cause, sizeof(entry.change.cause), "forced"));
    entry.change.rule[0] = '\0';
    entry.change.late = false;
    explain(&chronicle, 0, "server2", text);
    has(text, "why: server \"server2\" proposed it. no rule asked for it, an operator's command "
              "did.\nuser \"ann\" had typed \"switch --force\" at \"server2\" 900 ms before.\n");
    has(text,
        "\nforced by an operator: of the WAL before it, what reaches up to 0/5000148 was kept; "
        "up to 0/5000248 is known to have been written: 256 bytes at least are lost; decided "
        "without arbiter.\n");
    assert_non_null(strstr(text, "mc_ctl rejoin there says what they are"));
    explain(&chronicle, 0, "server1", text);
    has(text,
        "no rule at \"server1\" asked for it; mc_ctl explain 7 at the server that proposed it "
        "says more.\n");
    entry.change.known = 0;
    explain(&chronicle, 0, "server2", text);
    has(text, "whether anything was acknowledged beyond that nobody could tell; decided");
    entry.change.known = entry.change.kept;
    entry.change.forced = false;
    explain(&chronicle, 0, "server2", text);
    has(text, "\na line of the record of its own: ");
    has(text, "nothing is known to be lost; decided");
}

/* ---- outages in which the primary stays ---- */

static void the_lines_of_an_outage_are_written_as_the_header_says(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    const ChronicleLine first = closed();
    ChronicleLine second = reopened();
    ChronicleLine read = {0};
    (void)state;
    size_t length = chronicle_compose(&first, text, sizeof(text));
    assert_string_equal(text, "closed at=1764242900412 line=0011223344556677 epoch=7 after=server2 "
                              "served=1764242900399 seen=here rule=primary.gone "
                              "said=MCA01072,0,its%20process%20ended sum=7ba2433e\n");
    assert_true(chronicle_parse(text, length - 1, &read));
    same(&first, &read);
    (void)chronicle_compose(&second, text, sizeof(text));
    assert_string_equal(text,
                        "reopened at=1764242901950 line=0011223344556677 epoch=7 after=server2 "
                        "served=1764242900399 closed=1764242900412 outage=1551 seen=here "
                        "said=MCA01040,-3,7 sum=edd2ae4a\n");
    second.at_most = true;
    second.acknowledged_at = 1764242898000;
    length = chronicle_compose(&second, text, sizeof(text));
    assert_true(chronicle_parse(text, length - 1, &read));
    assert_true(read.at_most);
    assert_int_equal(read.acknowledged_at, 1764242898000);
    same(&second, &read);
}

static void what_a_new_line_and_a_detach_tell_is_read_again(void **state)
{
    char text[CHRONICLE_LINE_MAX];
    ChronicleLine line = takeover();
    ChronicleLine read = {0};
    (void)state;
    line.branched = true;
    line.forced = true;
    line.kept = 0x5000148;
    line.known = 0x5000200;
    line.without = (ChronicleNames){.count = 2, .name = {"server1", "arbiter"}};
    line.streamed_at = 1764241990000;
    const size_t length = chronicle_compose(&line, text, sizeof(text));
    assert_true(chronicle_parse(text, length - 1, &read));
    same(&line, &read);
    assert_true(read.branched && read.forced);
    assert_int_equal(read.known, 0x5000200);
    assert_string_equal(read.without.name[1], "arbiter");
    assert_int_equal(read.streamed_at, 1764241990000);
}

static void add(Chronicle *chronicle, const ChronicleLine *line)
{
    char text[CHRONICLE_LINE_MAX];
    const size_t length = chronicle_compose(line, text, sizeof(text));
    assert_true(chronicle_add(chronicle, text, length));
}

static void an_outage_is_an_entry_of_its_own(void **state)
{
    Chronicle chronicle = {0};
    char text[CHRONICLE_EXPLAIN_MAX];
    const ChronicleLine change = takeover(), end = opened(), first = closed(), second = reopened();
    size_t next = 0;
    (void)state;
    add(&chronicle, &change);
    add(&chronicle, &end);
    add(&chronicle, &first);
    assert_ptr_equal(chronicle_last(&chronicle), &chronicle.entry[1]);
    StrBuf out = str_begin(text, sizeof(text));
    chronicle_show_row(&chronicle.entry[1], &chronicle.entry[0], tell_time, &out);
    assert_string_equal(text, "T1764242900         7      outage    server2               "
                              "                              not over\n");
    add(&chronicle, &second);
    add(&chronicle, &first); /* twice, as a file that is being renamed is read */
    add(&chronicle, &second);
    assert_int_equal(chronicle.count, 2);
    assert_int_equal(chronicle.entry[0].outage_ms, 2933);
    assert_int_equal(chronicle.entry[1].outage_ms, 1551);
    out = str_begin(text, sizeof(text));
    chronicle_show_row(&chronicle.entry[1], &chronicle.entry[0], tell_time, &out);
    assert_string_equal(text, "T1764242900         7      outage    server2               "
                              "                              1.5 s\n");
    assert_ptr_equal(chronicle_of_epoch(&chronicle, 7, 0, &next), &chronicle.entry[0]);
    assert_ptr_equal(chronicle_of_epoch(&chronicle, 7, next, &next), &chronicle.entry[1]);
    assert_null(chronicle_of_epoch(&chronicle, 7, next, &next));
    explain(&chronicle, 0, "server2", text);
    has(text, "what followed, and how much later:\n  + 15 min");
    has(text, "epoch 7: primary \"server2\" did not serve for a while, and stayed the primary\n");
    chronicle_done(&chronicle);
}

static void an_outage_is_told_in_sentences(void **state)
{
    Chronicle chronicle = {0};
    char text[CHRONICLE_EXPLAIN_MAX];
    ChronicleLine first = closed();
    const ChronicleLine second = reopened();
    (void)state;
    first.acknowledged_at = first.served_at - 700;
    add(&chronicle, &first);
    add(&chronicle, &second);
    explain(&chronicle, 0, "server2", text);
    has(text, "epoch 7, T1764242900: primary \"server2\" did not serve for a while, and stayed the "
              "primary (cause outage).\n\nwhy: rule primary.gone at \"server2\": ");
    has(text,
        "\nstep by step, as far as \"server2\" knows:\n"
        "  + 0 ms        \"server2\" served: the last that is known\n"
        "  + 13 ms       the postmaster ended: its process ended (MCA01072)\n"
        "  + 13 ms       \"server2\" was seen not to serve\n"
        "  + 1.5 s       clients are admitted under epoch 7 (MCA01040)\n"
        "  + 1.5 s       \"server2\" was seen open: the first client could be admitted again\n");
    has(text,
        "\nwhat to do: mc_ctl status says whether it serves now, and what it waits for if it does "
        "not; the log of server \"server2\" says more of what happened.\n");
    has(text,
        "outage: 1.5 s, from the last moment in which \"server2\" served to the first in which "
        "it admitted clients again.\ncommits may have waited for up to 700 ms before that");
    char *json = chronicle_json(&chronicle.entry[0]);
    assert_string_equal(
        json,
        "{\"kind\":\"outage\",\"line\":\"0011223344556677\",\"epoch\":7,\"cause\":\"outage\","
        "\"primary_before\":\"server2\",\"primary\":\"server2\",\"learned_late\":false,"
        "\"closed_at\":\"2025-11-27T11:28:20.412Z\","
        "\"acknowledged_until\":\"2025-11-27T11:28:19.699Z\",\"outage_at_most\":false,"
        "\"served_until\":\"2025-11-27T11:28:20.399Z\",\"opened_at\":\"2025-11-27T11:28:21.950Z\","
        "\"outage_ms\":1551,\"outage_from\":\"own instance\",\"rule\":\"primary.gone\","
        "\"evidence\":[{\"id\":\"MCA01072\",\"severity\":\"ERROR\",\"offset_ms\":0,"
        "\"text\":\"the postmaster ended: its process ended\",\"args\":[\"its process ended\"]}],"
        "\"steps\":[{\"id\":\"MCA01040\",\"severity\":\"LOG\",\"offset_ms\":-3,"
        "\"text\":\"clients are admitted under epoch 7\",\"args\":[\"7\"]}]}");
    free(json);
    chronicle_done(&chronicle);
}

/* Heard from afar, with the beginning lost or not seen. */
static void an_outage_that_was_half_seen_says_so(void **state)
{
    Chronicle chronicle = {0};
    char text[CHRONICLE_EXPLAIN_MAX];
    ChronicleLine first = closed(), second = reopened();
    (void)state;
    second.seen_here = false;
    second.at_most = true;
    add(&chronicle, &second); /* the file that had the line before was overwritten */
    assert_int_equal(chronicle.count, 1);
    explain(&chronicle, 0, "server1", text);
    has(text,
        "why: \"server1\" does not know; mc_ctl explain 7 at server \"server2\" says more.\n");
    has(text, "outage: at most 1.5 s, from the last heartbeat in which \"server2\" served to the "
              "first in which it did again.\n");
    first.at = first.closed_at = second.at + 1000;
    first.served_at = 0;
    first.late = true;
    first.rule[0] = '\0';
    second = (ChronicleLine){.kind = CHRONICLE_REOPENED,
                             .at = first.at + 2500,
                             .epoch = 7,
                             .after = "server2",
                             .closed_at = first.at,
                             .outage_ms = -1};
    add(&chronicle, &first);
    explain(&chronicle, 1, "server2", text);
    has(text, "outage: \"server2\" has not seen \"server2\" open to clients again.\n");
    add(&chronicle, &second);
    explain(&chronicle, 1, "server2", text);
    has(text, "\"server2\" learned of it late, at T1764242902: its agent had not been there.\n");
    has(text, "why: \"server2\" does not know; its log may tell.\n");
    has(text, "outage: at least 2.5 s; when the service of \"server2\" ended \"server2\" did not "
              "see.\n");
    chronicle_done(&chronicle);
}

static void what_closed_before_another_took_over_belongs_to_that(void **state)
{
    Chronicle chronicle = {0};
    ChronicleLine first = closed(), change = takeover();
    (void)state;
    assert_true(str_copy(first.after, sizeof(first.after), "server1"));
    add(&chronicle, &first);
    assert_int_equal(chronicle.count, 1);
    change.epoch = 8;
    add(&chronicle, &change);
    assert_int_equal(chronicle.count, 1);
    assert_false(chronicle_is_outage(&chronicle.entry[0]));
    chronicle_done(&chronicle);
}

static void the_last_change_is_the_last_of_the_primary(void **state)
{
    Chronicle chronicle = {0};
    ChronicleLine attach = takeover();
    char text[CHRONICLE_EXPLAIN_MAX];
    (void)state;
    assert_null(chronicle_last(&chronicle));
    attach.epoch = 6;
    assert_true(str_copy(attach.before, sizeof(attach.before), "server1"));
    assert_true(str_copy(attach.after, sizeof(attach.after), "server1"));
    assert_true(str_copy(attach.cause, sizeof(attach.cause), "detach"));
    attach.streamed_at = attach.at - 2100;
    add(&chronicle, &attach);
    assert_ptr_equal(chronicle_last(&chronicle), &chronicle.entry[0]); /* there is no other */
    const ChronicleLine change = takeover();
    add(&chronicle, &change);
    attach = takeover();
    attach.epoch = 8;
    attach.at = change.at + 12000;
    assert_true(str_copy(attach.before, sizeof(attach.before), "server2"));
    assert_true(str_copy(attach.cause, sizeof(attach.cause), "attach"));
    attach.eligible = (ChronicleNames){.count = 1, .name = {"server1"}};
    attach.quorum = 1;
    add(&chronicle, &attach);
    assert_ptr_equal(chronicle_last(&chronicle), &chronicle.entry[1]);
    explain(&chronicle, 0, "server1", text);
    has(text, "commits may have waited for up to 2.1 s: so long before this change the standby was "
              "last known to stream.\n");
    explain(&chronicle, 1, "server2", text);
    has(text, "changed by it: primary server1 -> server2.\n");
    has(text, "\nwhat followed, and how much later:\n  + 12.0 s      epoch 8: a standby became "
              "eligible beside primary "
              "\"server2\": eligible is server1\n");
    explain(&chronicle, 2, "server2", text);
    has(text,
        "changed by it: eligible nobody -> server1; how many acknowledge each commit 0 -> 1.\n");
    has(text, "\nwhat \"server2\" had said before:\n  512 ms before: ");
    chronicle_done(&chronicle);
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
    ChronicleEntry entry = whole();
    (void)state;
    entry.change.branched = true;
    entry.change.forced = true;
    entry.change.kept = 0x5000148;
    entry.change.without = (ChronicleNames){.count = 1, .name = {"arbiter"}};
    char *text = chronicle_json(&entry);
    assert_non_null(text);
    assert_string_equal(
        text,
        "{\"kind\":\"change\",\"line\":\"0011223344556677\",\"epoch\":7,\"cause\":\"takeover\","
        "\"primary_before\":\"server1\",\"primary\":\"server2\",\"learned_late\":false,"
        "\"learned_at\":\"2025-11-27T11:13:20.123Z\",\"decided_at\":\"2025-11-27T11:13:19.000Z\","
        "\"proposed_by\":\"server2\","
        "\"eligible\":[],\"apart\":[\"server3\"],\"quorum\":0,\"automatic\":true,\"timeline\":2,"
        "\"start\":\"0/5000148\",\"branch\":{\"forced\":true,\"kept\":\"0/5000148\",\"known\":null,"
        "\"without\":[\"arbiter\"]},\"standby_streamed_until\":null,"
        "\"served_until\":\"2025-11-27T11:13:17.912Z\","
        "\"opened_at\":\"2025-11-27T11:13:20.845Z\",\"outage_ms\":2933,"
        "\"outage_from\":\"last heartbeat\",\"rule\":\"claim.silent\",\"evidence\":["
        "{\"id\":\"MCA00019\",\"severity\":\"ERROR\",\"offset_ms\":-512,\"text\":\"an error was "
        "detected in the monitored server \\\"server1\\\": no response for 2.1 s\",\"args\":["
        "\"server1\",\"2.1 s\"]},{\"id\":\"MCA01045\",\"severity\":\"WARNING\",\"offset_ms\":-3,"
        "\"text\":\"taking over from primary \\\"server1\\\": it is silent\",\"args\":[\"server1\","
        "\"it is silent\"]}],\"steps\":[]}");
    free(text);
}

static void every_cause_has_its_sentence(void **state)
{
    (void)state;
    for (Cause cause = CAUSE_BOOTSTRAP; cause <= CAUSE_MEMBERS; cause++) {
        assert_non_null(cause_find(cause_words(cause)));
    }
    assert_non_null(cause_find(CHRONICLE_OUTAGE));
    assert_int_equal(cause_count, CAUSE_MEMBERS + 1);
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
        cmocka_unit_test(the_lines_of_an_outage_are_written_as_the_header_says),
        cmocka_unit_test(what_a_new_line_and_a_detach_tell_is_read_again),
        cmocka_unit_test(an_outage_is_an_entry_of_its_own),
        cmocka_unit_test(an_outage_is_told_in_sentences),
        cmocka_unit_test(an_outage_that_was_half_seen_says_so),
        cmocka_unit_test(what_closed_before_another_took_over_belongs_to_that),
        cmocka_unit_test(the_last_change_is_the_last_of_the_primary),
        cmocka_unit_test(a_row_names_both_primaries_and_the_outage),
        cmocka_unit_test(json_carries_everything),
        cmocka_unit_test(every_cause_has_its_sentence),
        cmocka_unit_test(every_rule_that_is_explained_is_a_rule),
        cmocka_unit_test(words_are_found_in_either_case_and_when_misspelt),
    };
    return cmocka_run_group_tests_name("view_chronicle", tests, NULL, NULL);
}

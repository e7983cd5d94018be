/*
 * Golden copies of the status tables: test/golden/status/<name>.txt is the whole output, and scripts of
 * operators parse it. With MC_REGENERATE set in the environment the copies are written anew, to be reviewed as a diff.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/node.h"
#include "view/status_json.h"
#include "view/words.h"

enum { SERVER1 = 0, SERVER2 = 1, ARBITER = 2 };

static void golden_path(char *ret, size_t size, const char *name)
{
    assert_true(str_format(ret, size, VIEW_GOLDEN "/%s.txt", name));
}

static void golden_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void assert_golden(const char *name, const StrBuf *out)
{
    char path[512];
    char expected[VIEW_STATUS_MAX];
    assert_false(out->cut);
    golden_path(path, sizeof(path), name);
    if (getenv("MC_REGENERATE") != NULL) {
        golden_write(path, out->data);
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    const size_t length = fread(expected, 1, sizeof(expected) - 1, file);
    expected[length] = '\0';
    assert_int_equal(fclose(file), 0);
    assert_string_equal(out->data, expected);
}

static const ViewExtra EXTRA = {
    .count = 3,
    .host = {{"server1", "192.0.2.100"}, {"server2", "192.0.2.110"}, {"arbiter", "192.0.3.120"}},
    .since = "2026-11-23 10:02:11",
};

static MemberTable three_members(void)
{
    return (MemberTable){
        .count = 3,
        .member = {{"server1", MEMBER_SERVER},
                   {"server2", MEMBER_SERVER},
                   {"arbiter", MEMBER_ARBITER}},
    };
}

static MemberStatus healthy(const char *name, HostRole role)
{
    MemberStatus row = {
        .kind = role == HOST_ROLE_ARBITER ? MEMBER_ARBITER : MEMBER_SERVER,
        .role = role,
        .host = HEALTH_NORMAL,
        .process = PROCESS_NORMAL,
        .disk = HEALTH_NORMAL,
        .connected = true,
    };
    assert_true(str_copy(row.name, sizeof(row.name), name));
    return row;
}

static Status switchable(void)
{
    Status status = {
        .self = SERVER1,
        .confirmed = true,
        .mirroring = MIRRORING_SWITCHABLE,
        .record = {.epoch = 7, .primary = SERVER1, .automatic = true},
        .count = 3,
    };
    status.member[SERVER1] = healthy("server1", HOST_ROLE_PRIMARY);
    status.member[SERVER2] = healthy("server2", HOST_ROLE_STANDBY);
    status.member[ARBITER] = healthy("arbiter", HOST_ROLE_ARBITER);
    return status;
}

static void assert_status(const char *name, const Status *status)
{
    char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    view_status(status, &EXTRA, &out);
    assert_golden(name, &out);
}

static void a_healthy_pair_is_printed_as_the_original_prints_it(void **state)
{
    (void)state;
    const Status status = switchable();
    assert_status("switchable", &status);
}

static void a_wide_value_widens_its_column_in_every_line(void **state)
{
    (void)state;
    Status status = switchable();
    status.mirroring = MIRRORING_SWITCHED;
    status.member[SERVER1].role = HOST_ROLE_INACTIVATED_PRIMARY;
    status.member[SERVER1].process = PROCESS_ABNORMAL_POSTMASTER;
    status.member[SERVER2].role = HOST_ROLE_PRIMARY;
    status.member[SERVER2].process = PROCESS_ABNORMAL_WAL_RECEIVER;
    assert_status("switched", &status);
}

static void an_unconfirmed_record_is_said_to_be_the_servers_own(void **state)
{
    (void)state;
    Status status = switchable();
    status.confirmed = false;
    status.mirroring = MIRRORING_UNKNOWN;
    status.failover_asked = true;
    status.failover_wanted = false;
    status.member[SERVER2].role = HOST_ROLE_UNKNOWN;
    status.member[SERVER2].host = HEALTH_ABNORMAL;
    status.member[SERVER2].process = PROCESS_UNKNOWN;
    status.member[SERVER2].disk = HEALTH_UNKNOWN;
    (void)str_copy(status.waits_for, sizeof(status.waits_for), "a majority of the members");
    assert_status("unconfirmed", &status);
}

static void an_arbiter_that_is_not_connected_is_offline(void **state)
{
    (void)state;
    char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    Status status = switchable();
    view_arbiters(&status, &EXTRA, &out);
    status.member[ARBITER].connected = false;
    view_arbiters(&status, &EXTRA, &out);
    assert_golden("arbiters", &out);
}

static void the_arbiter_lists_the_servers_it_is_connected_with(void **state)
{
    (void)state;
    char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    Status status = switchable();
    status.self = ARBITER;
    status.member[SERVER2].connected = false;
    view_servers(&status, &EXTRA, &out);
    assert_golden("servers", &out);
}

static Durable remembered(MemberId self)
{
    Durable durable = {.self = self, .members = three_members()};
    durable.chosen = (Record){.epoch = 7, .primary = SERVER1, .voters = three_members()};
    durable.accepted = durable.chosen;
    return durable;
}

static void without_an_agent_the_last_primary_is_an_inactivated_one(void **state)
{
    (void)state;
    Status status;
    const Durable durable = remembered(SERVER1);
    view_status_from_durable(&durable, &status);
    assert_status("from_disk_primary", &status);
}

static void without_an_agent_another_server_is_an_inactivated_standby(void **state)
{
    (void)state;
    Status status;
    const Durable durable = remembered(SERVER2);
    view_status_from_durable(&durable, &status);
    assert_status("from_disk_standby", &status);
}

static void an_accepted_record_counts_before_an_older_chosen_one(void **state)
{
    (void)state;
    Status status;
    Durable durable = remembered(SERVER2);
    durable.accepted.epoch = 8;
    durable.accepted.primary = SERVER2;
    view_status_from_durable(&durable, &status);
    assert_int_equal(status.record.epoch, 8);
    assert_int_equal(status.member[SERVER2].role, HOST_ROLE_INACTIVATED_PRIMARY);
}

static bool shown(const Status *status, const char *words)
{
    char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    view_status(status, &EXTRA, &out);
    return strstr(text, words) != NULL;
}

static void without_an_agent_the_standby_of_the_record_is_not_said_to_be_unable(void **state)
{
    (void)state;
    Status status;
    Durable durable = remembered(SERVER1);
    durable.chosen.eligible_count = 1;
    durable.chosen.eligible[0] = (EligibleMember){.member = SERVER2, .dir = 1};
    durable.accepted = durable.chosen;
    view_status_from_durable(&durable, &status);
    assert_true(status.member[SERVER2].eligible && !status.member[SERVER1].eligible);
    assert_false(shown(&status, "cannot take over"));
}

static void a_standby_that_an_operator_keeps_apart_is_named_also_where_it_is_the_only_one(
    void **state)
{
    (void)state;
    Status status;
    Durable durable = remembered(SERVER1);
    durable.chosen.apart = 1U << SERVER2;
    durable.accepted = durable.chosen;
    view_status_from_durable(&durable, &status);
    assert_true(shown(&status, "cannot take over: server2 (an operator keeps it apart; mc_ctl "
                               "start there brings it back)\n"));
    status.record.apart = 0;
    assert_false(shown(&status, "cannot take over"));
}

static void another_server_that_waits_for_an_operator_is_named(void **state)
{
    static const char words[] =
        "stays down: server \"server2\" waits for an operator; mc_ctl status there says for what\n";
    (void)state;
    Status status = switchable();
    assert_false(shown(&status, "stays down"));
    status.member[SERVER2].node_state = NODE_STAYING_DOWN;
    assert_true(shown(&status, words));
    status.member[SERVER2].connected = false; /* what it said last may not be so any more */
    assert_false(shown(&status, "stays down"));
    status.member[SERVER2].connected = true;
    status.member[SERVER2].parted = true; /* said in other words */
    assert_false(shown(&status, "stays down"));
    status.member[SERVER2].parted = false;
    status.self = SERVER2; /* what it waits for itself is said there */
    assert_false(shown(&status, "stays down"));
}

static void a_server_without_a_record_says_that_it_has_none(void **state)
{
    (void)state;
    Status status;
    const Durable durable = {.self = SERVER1, .members = three_members()};
    view_status_from_durable(&durable, &status);
    assert_status("from_disk_blank", &status);
}

static void assert_branch(const Branch *branch, const char *expected)
{
    char text[256];
    StrBuf out = str_begin(text, sizeof(text));
    const Record record = {.branch = *branch, .voters = three_members()};
    text[0] = '\0';
    view_branch(&record, &out);
    assert_string_equal(text, expected);
}

static void what_a_recovery_has_cost_is_said_and_no_more(void **state)
{
    (void)state;
    assert_branch(&(Branch){0}, "");
    assert_branch(
        &(Branch){.from = 1, .epoch = 9, .end = 0x3009268, .lost = 0x300B1A8},
        "line: begun at epoch 9 with what was recovered from a backup up to 0/3009268; WAL "
        "of the line before up to 0/300B1A8 is lost, 8000 bytes\n");
    assert_branch(&(Branch){.from = 1, .epoch = 9, .end = 0x3009268},
                  "line: begun at epoch 9 with what was recovered from a backup up to 0/3009268; "
                  "whether anything was committed after that, nobody could tell\n");
}

static void what_was_forced_is_said_and_without_whom(void **state)
{
    (void)state;
    assert_branch(
        &(Branch){.from = 1, .epoch = 9, .end = 0x3009268, .lost = 0x300B1A8, .forced = true},
        "line: begun at epoch 9 by force, with WAL up to 0/3009268; WAL of the line before up to "
        "0/300B1A8 is lost, 8000 bytes\n");
    assert_branch(
        &(Branch){.from = 1, .epoch = 9, .end = 0x3009268, .lost = 0x3008000, .forced = true},
        "line: begun at epoch 9 by force, with WAL up to 0/3009268; what the line before had "
        "written since the two parted is lost, up to 0/3008000 at least\n");
    assert_branch(&(Branch){.from = 1, .epoch = 9, .end = 0x3009268, .forced = true, .without = 5},
                  "line: begun at epoch 9 by force, with WAL up to 0/3009268, without server1, "
                  "arbiter; whether anything was committed after that, nobody could tell\n");
    assert_branch(
        &(Branch){
            .from = 1, .epoch = 9, .end = 0x3009268, .forced = true, .over = 2, .over_epoch = 8},
        "line: begun at epoch 9 by force, with WAL up to 0/3009268; chosen by an operator over "
        "another line, which had come to epoch 8\n");
}

/* One key a line, so that a diff shows what has changed. */
static void assert_json(const char *name, char *json)
{
    static char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    assert_non_null(json);
    for (const char *c = json; *c != '\0'; c++) {
        str_add_char(&out, *c);
        str_add(&out, *c == ',' || *c == '{' || *c == '[' ? "\n" : "");
    }
    str_add_char(&out, '\n');
    free(json);
    assert_golden(name, &out);
}

/* E5 */
static void two_lines_that_exclude_each_other_are_named_and_what_keeps_either(void **state)
{
    (void)state;
    Status status = switchable();
    status.mirroring = MIRRORING_NOT_SWITCHABLE;
    status.record = (Record){.line = 0x11,
                             .epoch = 7,
                             .primary = SERVER1,
                             .voters = three_members(),
                             .decided_at = 1763892131};
    status.split = status.record;
    status.split.line = 0x22;
    status.split.epoch = 8;
    status.split.primary = SERVER2;
    status.split.cause = CAUSE_TAKEOVER;
    status.member[SERVER1].wal = (Position){2, 0x16b374d848};
    status.member[SERVER1].role = HOST_ROLE_INACTIVATED_PRIMARY;
    status.member[SERVER2].role = HOST_ROLE_UNKNOWN;
    static char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    view_status(&status, &EXTRA, &out);
    assert_golden("two_lines", &out);
    assert_json("json_two_lines", view_status_json(&status, &EXTRA));
}

static void every_state_word_is_its_own(void **state)
{
    (void)state;
    for (int a = MIRRORING_UNKNOWN; a <= MIRRORING_FAILOVER_DISABLED; a++) {
        for (int b = MIRRORING_UNKNOWN; b < a; b++) {
            assert_string_not_equal(view_mirroring_word((Mirroring)a),
                                    view_mirroring_word((Mirroring)b));
        }
    }
}

static void json_says_what_the_table_says_and_more(void **state)
{
    (void)state;
    Status status = switchable();
    status.record =
        (Record){.line = 0x0011223344556677,
                 .branch = {.from = 0x8899, .epoch = 5, .end = 0x5000000, .lost = 0x5000100},
                 .epoch = 7,
                 .primary = SERVER1,
                 .eligible_count = 1,
                 .eligible = {{.member = SERVER2}},
                 .quorum = 1,
                 .automatic = true,
                 .timeline = 2,
                 .start = 0x5000148,
                 .cause = CAUSE_ATTACH,
                 .decided_at = 1763892131};
    status.lease_enforced = true;
    status.lease_left = 1650;
    status.member[SERVER1].wal = (Position){2, 0x16b374d848};
    status.member[SERVER2].wal = (Position){2, 0x16b374d000};
    status.member[SERVER2].replay = 0x16b374c000;
    status.member[SERVER2].eligible = true;
    status.member[SERVER2].silent = 120;
    status.member[SERVER1].instance = INSTANCE_OPEN;
    status.member[SERVER2].instance = INSTANCE_STANDBY;
    assert_true(str_copy(status.state, sizeof(status.state), "primary"));
    assert_true(str_copy(status.rule, sizeof(status.rule), "attach.propose"));
    assert_json("json", view_status_json(&status, &EXTRA));
    status.member[ARBITER].connected = false;
    assert_json("json_arbiters", view_arbiters_json(&status, &EXTRA));
    assert_json("json_servers", view_servers_json(&status, &EXTRA));
}

static void json_of_a_server_without_a_record_has_nulls(void **state)
{
    (void)state;
    Status status;
    const Durable durable = {.self = SERVER1, .members = three_members()};
    view_status_from_durable(&durable, &status);
    assert_json("json_blank", view_status_json(&status, &EXTRA));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_pair_is_printed_as_the_original_prints_it),
        cmocka_unit_test(a_wide_value_widens_its_column_in_every_line),
        cmocka_unit_test(an_unconfirmed_record_is_said_to_be_the_servers_own),
        cmocka_unit_test(an_arbiter_that_is_not_connected_is_offline),
        cmocka_unit_test(the_arbiter_lists_the_servers_it_is_connected_with),
        cmocka_unit_test(without_an_agent_the_last_primary_is_an_inactivated_one),
        cmocka_unit_test(without_an_agent_the_standby_of_the_record_is_not_said_to_be_unable),
        cmocka_unit_test(
            a_standby_that_an_operator_keeps_apart_is_named_also_where_it_is_the_only_one),
        cmocka_unit_test(without_an_agent_another_server_is_an_inactivated_standby),
        cmocka_unit_test(an_accepted_record_counts_before_an_older_chosen_one),
        cmocka_unit_test(another_server_that_waits_for_an_operator_is_named),
        cmocka_unit_test(a_server_without_a_record_says_that_it_has_none),
        cmocka_unit_test(what_a_recovery_has_cost_is_said_and_no_more),
        cmocka_unit_test(what_was_forced_is_said_and_without_whom),
        cmocka_unit_test(two_lines_that_exclude_each_other_are_named_and_what_keeps_either),
        cmocka_unit_test(every_state_word_is_its_own),
        cmocka_unit_test(json_says_what_the_table_says_and_more),
        cmocka_unit_test(json_of_a_server_without_a_record_has_nulls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

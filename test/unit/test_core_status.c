/* core/status.h: what a member says of the cluster, and the words for it. */
#include "unit.h"

#include "core/arbiter.h"
#include "core/node.h"

#include <string.h>

enum { SERVER_A, SERVER_B, ARBITER_W };

static const CoreSettings settings = {.heartbeat_interval = 200, .detection = 2000, .lease = 1700};
static Node node;
static Status status;

/* Server B of two and an arbiter, which hears both; A is primary and serves. */
static void begin(void)
{
    node_init(&node);
    Participant *p = &node.p;
    p->self = SERVER_B;
    p->now = p->started_at = 50000;
    p->durable.members.count = 3;
    p->durable.members.member[ARBITER_W].kind = MEMBER_ARBITER;
    for (MemberId m = 0; m < 3; m++) {
        p->durable.memory[m].incarnation = 1;
        p->peer[m].heard_at = p->peer[m].heartbeat_at = p->now;
        p->peer[m].has_heartbeat = true;
    }
    p->durable.chosen = (Record){.line = 1,
                                 .epoch = 4,
                                 .primary = SERVER_A,
                                 .primary_dir = 10,
                                 .eligible_count = 1,
                                 .eligible = {{.member = SERVER_B, .dir = 11}},
                                 .quorum = 1,
                                 .automatic = true,
                                 .voters = p->durable.members};
    p->peer[SERVER_A].heartbeat =
        (Heartbeat){.instance = INSTANCE_OPEN, .well = true, .voter_writes = true};
    node.state = NODE_STANDBY;
}

static const Status *shown(void)
{
    node_status(&node, &settings, node.p.now, &status);
    return &status;
}

static void an_eligible_standby_makes_it_switchable(void **state)
{
    (void)state;
    begin();
    assert_int_equal(shown()->mirroring, MIRRORING_SWITCHABLE);
    assert_true(status.confirmed);
    assert_int_equal(status.member[SERVER_A].role, HOST_ROLE_PRIMARY);
    assert_string_equal(status.waits_for, "");
}

static void a_primary_that_is_silent_is_being_replaced(void **state)
{
    (void)state;
    begin();
    node.p.peer[SERVER_A].heard_at = node.p.now - 5000;
    assert_int_equal(shown()->mirroring, MIRRORING_SWITCHING);
    assert_int_equal(status.member[SERVER_A].host, HEALTH_ABNORMAL);
    assert_int_equal(status.member[SERVER_A].silent, 5000);
}

static void a_record_that_names_nobody_here_is_served_by_nobody(void **state)
{
    (void)state;
    begin();
    node.p.durable.chosen.primary = MEMBER_NONE;
    assert_int_equal(shown()->mirroring, MIRRORING_SWITCHING);
}

static void who_has_no_memory_confirms_nothing(void **state)
{
    (void)state;
    begin();
    node.p.durable.memory[SERVER_B].incarnation = 0;
    assert_false(shown()->confirmed);
    assert_int_equal(status.mirroring, MIRRORING_UNKNOWN);
    assert_string_equal(status.waits_for, "a majority of the voters");
}

static void every_reason_to_stay_down_has_its_words(void **state)
{
    static const char *const expected[] = {
        [DOWN_NONE] = "",
        [DOWN_DIVERGED] = "has WAL that the primary's history does not have",
        [DOWN_UNKNOWN_HISTORY] = "history of this directory is unknown",
        [DOWN_STRANGER] = "belongs to another database",
        [DOWN_FORMER_MEMBER] = "no voter remembers the cluster",
        [DOWN_FOREIGN_DIRECTORY] = "with another data directory",
        [DOWN_START_FAILED] = "does not run",
        [DOWN_UNATTENDED] = "while automatic switch was off",
        [DOWN_LOST_WAL] = "WAL that this primary has lost",
    };
    (void)state;
    begin();
    node.state = NODE_STAYING_DOWN;
    for (unsigned i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        node.down_reason = (DownReason)i;
        assert_non_null(strstr(shown()->waits_for, expected[i]));
    }
}

static void it_says_whom_it_waits_for(void **state)
{
    (void)state;
    begin();
    node.state = NODE_STANDBY_SEEKING;
    assert_non_null(strstr(shown()->waits_for, "may follow"));
    node.state = NODE_PRIMARY_CONSENTING;
    assert_non_null(strstr(shown()->waits_for, "a standby to take over"));
    node.state = NODE_ASKING;
    assert_string_equal(shown()->waits_for, "");
    node.empty = true;
    assert_string_equal(shown()->waits_for, "");
    node.p.durable.chosen = (Record){0};
    assert_non_null(strstr(shown()->waits_for, "a first primary"));
}

static void what_has_no_name_is_shown_as_such(void **state)
{
    (void)state;
    begin();
    assert_string_equal(node_state_words(NODE_STATE_COUNT), "?");
    assert_string_equal(node_rule_id(node_rule_count()), "none");
    assert_string_equal(participant_name(&node.p, MEMBER_NONE), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_eligible_standby_makes_it_switchable),
        cmocka_unit_test(a_primary_that_is_silent_is_being_replaced),
        cmocka_unit_test(a_record_that_names_nobody_here_is_served_by_nobody),
        cmocka_unit_test(who_has_no_memory_confirms_nothing),
        cmocka_unit_test(every_reason_to_stay_down_has_its_words),
        cmocka_unit_test(it_says_whom_it_waits_for),
        cmocka_unit_test(what_has_no_name_is_shown_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* core/node_apart.c: what an operator's detach refuses, and who is kept apart and who no more. */
#include "unit.h"

#include "node_help.h"

#include <string.h>

static void detach(MemberId to)
{
    operate((Command){.kind = COMMAND_DETACH, .to = to});
}

static void a_detach_is_refused_where_it_makes_no_sense(void **state)
{
    (void)state;
    open_primary();
    detach(MEMBER_NONE);
    assert_answered(2, msg_command_refused("detach", "there are several standbys: name one"));
    detach(SERVER_A);
    assert_answered(
        3, msg_command_refused("detach", "that server is the primary: mc_ctl switch first"));
    assert_false(node.apart.active);

    begin(SERVER_B); /* it proposes nothing */
    detach(SERVER_C);
    assert_null(reply());
    detach(SERVER_B);
    assert_answered(3, msg_command_refused("detach", "another one is under way"));
    assert_int_equal(node.apart.member, SERVER_C);
}

static void who_knows_no_record_says_so(void **state)
{
    const LogEntry unknown = msg_command_refused("detach", "no record is known here");
    (void)state;
    begin(SERVER_B);
    node.p.durable.memory[SERVER_B].incarnation = 0;
    detach(SERVER_C);
    assert_answered(1, unknown);

    begin(SERVER_B);
    node.p.durable.chosen = node.p.durable.accepted = (Record){0};
    detach(SERVER_C);
    assert_answered(1, unknown);
}

static void the_only_standby_need_not_be_named(void **state)
{
    (void)state;
    begin(SERVER_B);
    node.p.durable.members.member[SERVER_C].kind = MEMBER_ARBITER;
    detach(MEMBER_NONE);
    assert_true(node.apart.active);
    assert_int_equal(node.apart.member, SERVER_B);
}

static void a_detach_is_done_when_the_record_says_so(void **state)
{
    (void)state;
    begin(SERVER_B);
    detach(SERVER_C);
    node.p.durable.chosen.apart = member_bit(SERVER_C);
    step((Event){.kind = EVENT_TICK});
    assert_null(reply()); /* it is eligible yet */
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 1;
    step((Event){.kind = EVENT_TICK});
    assert_answered(0, msg_kept_apart("c"));
}

static void a_detach_that_nobody_carries_out_says_who_is_missing(void **state)
{
    (void)state;
    for (int alone = 0; alone < 2; alone++) {
        begin(SERVER_B);
        detach(SERVER_C);
        while (now < node.apart.deadline) {
            assert_null(reply());
            now += 100;
            if (!alone)
                hear_heartbeat(SERVER_C, ++beats);
            else
                step((Event){.kind = EVENT_TICK});
        }
        assert_answered(1, msg_command_refused("detach", alone ? "no majority of the voters answers"
                                                               : "the primary does not answer"));
    }
}

/* F1: at another server than the primary's it shows only in what the arbiter says. */
static void a_detach_waits_for_the_fencing_command_and_says_when_it_fails(void **state)
{
    (void)state;
    begin(SERVER_B);
    hear_heartbeat(SERVER_A, ++beats);
    detach(SERVER_C);
    now = node.apart.deadline - 1;
    hear_heartbeat(SERVER_A, ++beats);
    node.p.peer[SERVER_A].heartbeat.not_fenced =
        member_bit(SERVER_C); /* of an earlier wish, perhaps */
    step((Event){.kind = EVENT_TICK});
    assert_null(reply());
    now = node.apart.deadline;
    node.p.peer[SERVER_A].heartbeat.fencing = member_bit(SERVER_C);
    step((Event){.kind = EVENT_TICK});
    assert_null(reply());
    node.p.peer[SERVER_A].heartbeat.fencing = 0;
    step((Event){.kind = EVENT_TICK});
    assert_answered(3, msg_command_refused(
                           "detach",
                           "the arbiter's fencing command did not isolate it, its log says why; "
                           "--no-fencing goes on without"));
}

static void a_primary_without_a_majority_says_what_goes_on_alone(void **state)
{
    (void)state;
    begin(SERVER_A);
    detach(SERVER_C);
    now = node.apart.deadline;
    step((Event){.kind = EVENT_TICK});
    assert_answered(1, msg_command_refused(
                           "detach",
                           "no majority of the voters answers; mc_ctl switch --force here, when "
                           "this server has stopped serving, goes on alone"));
}

/* B is kept apart, and C is asked to be, too. */
static void who_is_apart_stays_so_when_another_one_is_kept_apart(void **state)
{
    (void)state;
    open_primary();
    node.p.durable.chosen.apart = node.p.durable.accepted.apart = member_bit(SERVER_B);
    node.p.durable.chosen.eligible[0] = node.p.durable.chosen.eligible[1];
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 1;
    node.p.durable.accepted = node.p.durable.chosen;
    node.names = names_of(&node.p.durable.chosen);
    node.p.peer[SERVER_B].has_heartbeat = false; /* heard, and it has said nothing of itself yet */
    detach(SERVER_C);
    assert_int_equal(node.round, ROUND_SETTING);
    assert_int_equal(node.proposer.wanted.apart, member_bit(SERVER_B) | member_bit(SERVER_C));
}

/* However it came to that: a primary is not kept from itself. */
static void a_primary_is_not_apart(void **state)
{
    (void)state;
    open_primary();
    node.p.durable.chosen.apart = node.p.durable.accepted.apart = member_bit(SERVER_A);
    step((Event){.kind = EVENT_TICK});
    assert_int_equal(node.round, ROUND_SETTING);
    assert_int_equal(node.proposer.wanted.apart, 0);
}

/* The start is the operator's word: with its instance, and of a server that is apart. */
static void a_start_asks_to_be_back(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        for (int wanted = 0; wanted < 2; wanted++) {
            begin(SERVER_B);
            Event start = {.kind = EVENT_START};
            start.u.start.memory = MEMORY_KEPT;
            start.u.start.durable = node.p.durable;
            start.u.start.durable.chosen.apart = apart ? member_bit(SERVER_B) : 0;
            start.u.start.members = node.p.durable.members;
            start.u.start.self = SERVER_B;
            start.u.start.agent = 100;
            start.u.start.by_operator = true;
            start.u.start.instance_wanted = wanted;
            node_init(&node);
            step(start);
            assert_int_equal(node.attach_asked, apart && wanted);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_detach_is_refused_where_it_makes_no_sense),
        cmocka_unit_test(who_knows_no_record_says_so),
        cmocka_unit_test(the_only_standby_need_not_be_named),
        cmocka_unit_test(a_detach_is_done_when_the_record_says_so),
        cmocka_unit_test(a_detach_that_nobody_carries_out_says_who_is_missing),
        cmocka_unit_test(a_detach_waits_for_the_fencing_command_and_says_when_it_fails),
        cmocka_unit_test(a_primary_without_a_majority_says_what_goes_on_alone),
        cmocka_unit_test(who_is_apart_stays_so_when_another_one_is_kept_apart),
        cmocka_unit_test(a_primary_is_not_apart),
        cmocka_unit_test(a_start_asks_to_be_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* core/node_members.c: whom an operator's word may remove from the voters, or add to them, and when (E4). */
#include "unit.h"

#include "base/str.h"
#include "core/node_parts.h"
#include "node_help.h"

#include <string.h>

enum { NEW = 3 };

static void change(MemberSet without, MemberSet with)
{
    operate(
        (Command){.kind = COMMAND_MEMBERS, .to = MEMBER_NONE, .without = without, .with = with});
}

static LogEntry refused(const char *why)
{
    return msg_command_refused("recover --without", why);
}

static LogEntry not_added(const char *why)
{
    return msg_command_refused("recover --with", why);
}

/* C is a standby that is not eligible. */
static void open_with_one(void)
{
    open_primary();
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 1;
    node.p.durable.accepted = node.p.durable.chosen;
    node.names = names_of(&node.p.durable.chosen);
}

static void who_is_or_may_become_the_primary_stays_a_voter(void **state)
{
    (void)state;
    open_with_one();
    change(member_bit(SERVER_A), 0);
    assert_answered(3, refused("that server is the primary: mc_ctl switch first"));
    change(member_bit(SERVER_B), 0);
    assert_answered(3, refused("that server is eligible: mc_ctl detach first"));
    change(0, member_bit(SERVER_B));
    assert_int_equal(reply()->status, 0); /* it is one */
    assert_false(node.members.active);
}

static void a_change_is_proposed_by_the_primary_alone(void **state)
{
    (void)state;
    open_with_one();
    change(member_bit(SERVER_C), 0);
    assert_true(node.members.active);
    assert_int_equal(node.round, ROUND_MEMBERS);
    assert_int_equal(record_voters(&node.proposer.wanted),
                     member_bit(SERVER_A) | member_bit(SERVER_B));
    change(member_bit(SERVER_B) | member_bit(SERVER_C), 0);
    assert_answered(3, refused("another change of the voters is under way"));
    change(member_bit(SERVER_C), member_bit(NEW));
    assert_int_equal(reply()->status, 3);

    begin(SERVER_B); /* here it is only said to the primary */
    live(300, MEMBER_NONE);
    hear_heartbeat(SERVER_A, ++beats);
    node.p.peer[SERVER_A].heartbeat.instance = INSTANCE_OPEN;
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 1;
    node.p.durable.accepted = node.p.durable.chosen;
    change(member_bit(SERVER_C), 0);
    assert_true(node.members.active);
    assert_int_not_equal(node.round, ROUND_MEMBERS);
    assert_int_equal(node.p.heartbeat.without_asked,
                     member_bit(SERVER_C)); /* as it stands in the next one */
    while (node.members.active) {
        now += 100;
        step((Event){.kind = EVENT_TICK});
    }
    assert_answered(1, refused("no majority of the voters answers; it may still be made"));
    assert_true(now >= node.members.deadline);
}

/* Everybody is heard, and nothing comes of it. */
static void who_waits_in_vain_is_told_whether_a_majority_answers(void **state)
{
    (void)state;
    open_with_one();
    node.proposer.not_before = now + 10000;
    change(member_bit(SERVER_C), 0);
    live(2900, MEMBER_NONE);
    assert_true(node.members.active);
    now = node.members.deadline;
    hear_heartbeat(SERVER_B, ++beats);
    assert_answered(1, refused("it was not decided in time; it may still be"));
    assert_false(node.members.active);
}

/* The agent has been restarted; it is asked while it makes sure that it is still the primary. */
static void who_has_just_found_its_instance_open_makes_the_change_when_it_is_sure(void **state)
{
    (void)state;
    begin(SERVER_A);
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 1;
    node.p.durable.accepted = node.p.durable.chosen;
    hear_heartbeat(SERVER_B, ++beats);
    hear_heartbeat(SERVER_C, beats);
    change(member_bit(SERVER_C), 0);
    assert_answered(3, refused("no primary serves: mc_ctl recover first, or mc_ctl switch --force; "
                               "then this again"));
    see((InstanceView){.phase = INSTANCE_OPEN, .wal = {.timeline = 1, .lsn = 500}});
    assert_int_equal(node.state, NODE_ASKING);
    change(member_bit(SERVER_C), 0);
    assert_null(reply());
    assert_true(node.members.active);
    assert_int_not_equal(node.round, ROUND_MEMBERS);
    proposer_abandon(&node.proposer, &node.p);
    node.proposer.not_before = now;
    node.state = NODE_PRIMARY;
    step((Event){.kind = EVENT_TICK});
    assert_int_equal(node.round, ROUND_MEMBERS);
    assert_false(member_in(record_voters(&node.proposer.wanted), SERVER_C));
}

static void what_another_voter_asks_counts_only_under_the_record_that_it_knows(void **state)
{
    (void)state;
    open_with_one();
    for (int late = 1; late >= 0; late--) {
        node.p.peer[SERVER_B].heartbeat.without_asked = member_bit(SERVER_C);
        node.p.peer[SERVER_B].heartbeat.epoch = node.p.durable.chosen.epoch - (Epoch)late;
        step((Event){.kind = EVENT_TICK});
        assert_int_equal(node.round == ROUND_MEMBERS, !late);
    }
}

static void without_a_majority_of_both_sets_nothing_is_begun(void **state)
{
    (void)state;
    open_with_one();
    live(3000, SERVER_B);
    if (node.state != NODE_PRIMARY)
        node.state = NODE_PRIMARY;
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 0;
    node.p.durable.accepted = node.p.durable.chosen;
    change(member_bit(SERVER_C), 0);
    assert_answered(3, refused("no majority of the voters that stay answers"));
    change(member_bit(SERVER_B), 0);
    assert_true(node.members.active);
}

static void a_new_member_needs_a_line_a_voice_and_a_memory(void **state)
{
    (void)state;
    open_with_one();
    change(0, member_bit(NEW));
    assert_answered(3, not_added("network.conf names no such"));
    Member *line = &node.p.durable.members.member[NEW];
    node.p.durable.members.count = NEW + 1;
    line->kind = MEMBER_ARBITER;
    (void)str_copy(line->name, sizeof line->name, "w");
    change(0, member_bit(NEW));
    assert_answered(3, not_added("it does not answer: start its agent first, or mc_arb start"));
    Peer *peer = &node.p.peer[NEW];
    peer->heard_at = now;
    peer->has_heartbeat = true;
    change(0, member_bit(NEW));
    assert_answered(3, not_added("it has no memory yet: every voter must have answered it"));
    peer->heartbeat.memory.incarnation = 1;
    change(0, member_bit(NEW));
    assert_int_equal(reply()->status, 3); /* the others have not got its line */
    node.p.peer[SERVER_B].heartbeat.lines = node.p.peer[SERVER_C].heartbeat.lines = NEW + 1;
    change(0, member_bit(NEW));
    assert_answered(3,
                    not_added("it has not taken up the record of the cluster: its log says why"));
    peer->heartbeat.line = node.p.durable.chosen.line;
    change(0, member_bit(NEW));
    assert_int_equal(reply()->status, 3); /* it is on the line, and behind */
    peer->heartbeat.epoch = node.p.durable.chosen.epoch;
    change(0, member_bit(NEW));
    assert_true(node.members.active);
    assert_int_equal(node.round, ROUND_MEMBERS);
    assert_int_equal(node.proposer.wanted.voters.count, NEW + 1);
    assert_true(member_in(record_voters(&node.proposer.wanted), NEW));
    assert_false(member_in(record_voters_before(&node.proposer.wanted), NEW));
}

/* A fourth member that every voter knows, and that has all it needs. */
static Peer *new_arbiter(void)
{
    Member *line = &node.p.durable.members.member[NEW];
    node.p.durable.members.count = NEW + 1;
    line->kind = MEMBER_ARBITER;
    (void)str_copy(line->name, sizeof line->name, "w");
    Peer *peer = &node.p.peer[NEW];
    peer->heard_at = now;
    peer->has_heartbeat = true;
    peer->heartbeat.memory.incarnation = 1;
    peer->heartbeat.line = node.p.durable.chosen.line;
    peer->heartbeat.epoch = node.p.durable.chosen.epoch;
    node.p.peer[SERVER_B].heartbeat.lines = node.p.peer[SERVER_C].heartbeat.lines = NEW + 1;
    return peer;
}

static void nobody_is_added_where_no_majority_answers(void **state)
{
    (void)state;
    open_with_one();
    (void)new_arbiter();
    node.p.peer[SERVER_B].heard_at = node.p.peer[SERVER_C].heard_at = 0;
    change(0, member_bit(NEW));
    assert_answered(3, not_added("no majority of the voters answers"));
    assert_false(node.members.active);
}

/* The operator waits, and it is not proposed for somebody who cannot be heard any more. */
static void an_addition_waits_for_its_member_to_be_heard(void **state)
{
    (void)state;
    open_with_one();
    Peer *peer = new_arbiter();
    node.proposer.not_before = now + 100; /* after a round that failed */
    change(0, member_bit(NEW));
    assert_true(node.members.active);
    peer->heard_at = 0;
    now += 100;
    step((Event){.kind = EVENT_TICK});
    assert_int_not_equal(node.round, ROUND_MEMBERS);
    assert_true(node.members.active);
    peer->heard_at = now;
    step((Event){.kind = EVENT_TICK});
    assert_int_equal(node.round, ROUND_MEMBERS);
    assert_true(member_in(record_voters(&node.proposer.wanted), NEW));
}

/* P4: what it runs is stopped all the same, for it was begun by one who votes no more. */
static void who_is_added_while_it_stops_its_instance_asks_when_that_is_proved(void **state)
{
    (void)state;
    begin(SERVER_C);
    node.p.durable.chosen.absent = node.p.durable.accepted.absent = member_bit(SERVER_C);
    node.p.durable.chosen.eligible_count = node.p.durable.accepted.eligible_count = 1;
    see((InstanceView){.phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = 500}});
    assert_int_equal(node.state, NODE_DEPOSING);
    assert_non_null(ordered(ACTION_STOP));
    const Action stop = *ordered(ACTION_STOP);

    const Record *chosen = &node.p.durable.chosen;
    const Record back = record_members(chosen, &chosen->voters, SERVER_C, true, 0);
    hear(SERVER_A, (Message){.kind = MESSAGE_CHOSEN, .u.chosen.record = back});
    assert_false(node_is_outside(&node));
    assert_int_equal(node.state, NODE_DEPOSING);
    assert_int_equal(node.order, stop.sequence);
    done(&stop, (InstanceResult){.end = {.timeline = 1, .lsn = 500}});
    assert_int_equal(node.state, NODE_ASKING);
}

/* No voter can be added on a line that an operator forces; the command line refuses the two words, and so does the agent. */
static void nobody_is_added_by_force(void **state)
{
    const MemberSet others = member_bit(SERVER_A) | member_bit(SERVER_C);
    (void)state;
    begin(SERVER_B);
    see((InstanceView){.phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = 500}});
    now += 3 * settings.detection; /* nobody else is heard */
    operate((Command){.kind = COMMAND_MEMBERS,
                      .to = MEMBER_NONE,
                      .without = others,
                      .with = member_bit(NEW),
                      .force = true});
    assert_answered(3, not_added("no primary serves: mc_ctl recover first, or mc_ctl switch "
                                 "--force; then this again"));
    assert_false(node.force.active);
    assert_false(node.members.active);
}

static void where_no_primary_serves_the_way_on_is_named(void **state)
{
    (void)state;
    begin(SERVER_B);
    live(300, MEMBER_NONE);
    change(member_bit(SERVER_C), 0);
    assert_answered(3, refused("no primary serves: mc_ctl recover first, or mc_ctl switch --force; "
                               "then this again"));
    node.p.durable.memory[SERVER_B].incarnation = 0;
    change(member_bit(SERVER_C), 0);
    assert_answered(3, refused("no record is known here"));
}

/* A primary that was overruled, and whose network.conf is older than the members that were added since. */
static void nobody_serves_over_a_record_that_he_cannot_hold(void **state)
{
    (void)state;
    open_with_one();
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 0;
    node.p.durable.accepted = node.p.durable.chosen;
    assert_true(node_known_solo(&node));
    Record later = record_next(&node.p.durable.chosen, CAUSE_FORCED, 0);
    later.primary = SERVER_B;
    later.absent = later.absent_before = member_bit(SERVER_A);
    later.voters.count = NEW + 1;
    (void)str_copy(later.voters.member[NEW].name, MEMBER_NAME_SIZE, "w");
    hear(SERVER_B, (Message){.kind = MESSAGE_CHOSEN, .u.chosen.record = later});
    assert_int_equal(node.state, NODE_DEPOSING);
    assert_non_null(ordered(ACTION_STOP));
    assert_false(node_known_solo(&node));
}

/* A line that was added, and taken out again or mended before anybody voted by it. */
static void a_line_behind_those_of_the_record_may_come_and_go(void **state)
{
    (void)state;
    begin(SERVER_A);
    Event start = {.kind = EVENT_START};
    start.u.start = (Start){.memory = MEMORY_KEPT,
                            .durable = node.p.durable,
                            .members = node.p.durable.members,
                            .self = SERVER_A,
                            .agent = 77};
    MemberTable *lines = &start.u.start.members;
    for (int more = 1; more >= 0; more--) {
        lines->count = (uint8_t)(NEW + more);
        (void)str_copy(lines->member[NEW].name, MEMBER_NAME_SIZE, "x");
        step(start);
        assert_int_not_equal(node.state, NODE_GONE);
        assert_int_equal(node.p.durable.members.count, NEW + more);
        start.u.start.durable = node.p.durable;
    }
    lines->member[SERVER_C].name[0]++;
    step(start);
    assert_int_equal(node.state, NODE_GONE);
}

static void who_is_no_voter_asks_for_nothing(void **state)
{
    (void)state;
    begin(SERVER_C);
    node.p.durable.chosen.absent = node.p.durable.accepted.absent = member_bit(SERVER_C);
    change(member_bit(SERVER_B), 0);
    assert_answered(3, refused("this server is no voter itself: run it at one that is"));
    operate((Command){.kind = COMMAND_SWITCH, .to = SERVER_C, .force = true});
    assert_answered(3, msg_command_refused("switch --force",
                                           "this server is no voter: mc_ctl recover --with, at one "
                                           "that is, makes it one"));
}

/* What was accepted, and may be chosen, takes a majority of those who voted before it, too. */
static void those_who_voted_before_a_change_that_may_be_chosen_must_answer(void **state)
{
    const MemberSet gone = member_bit(SERVER_A) | member_bit(SERVER_C);
    (void)state;
    begin(SERVER_B);
    now += 3 * settings.detection;
    node.p.now = node.p.stepped_at = now; /* nobody else is heard */
    node.p.durable.chosen.absent = node.p.durable.chosen.absent_before = gone;
    node.p.durable.accepted = node.p.durable.chosen;
    assert_true(node_majority_answers(&node, &settings));
    node.p.durable.accepted.epoch++;
    assert_true(node_majority_answers(&node, &settings));
    node.p.durable.accepted.absent_before = 0;
    assert_false(node_majority_answers(&node, &settings));
}

/* The command was interrupted, and given again: there is one answer more, and one change. */
static void the_same_change_asked_again_is_answered_to_who_asked_last(void **state)
{
    (void)state;
    open_with_one();
    change(member_bit(SERVER_C), 0);
    node.members.request = 7;
    change(member_bit(SERVER_C), 0);
    assert_int_equal(reply()->request, 7);
    assert_int_equal(reply()->status, 1);
    assert_int_equal(reply()->entry.id, MSG_ASKED_AGAIN);
    assert_true(node.members.active);
    assert_int_equal(node.members.request, REQUEST);
}

static const Reply *told(unsigned number)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_REPLY && number-- == 0)
            return &actions.action[i].u.reply;
    return NULL;
}

static void assert_told(unsigned number, uint8_t status, bool last, LogEntry entry)
{
    const Reply *said = told(number);
    assert_non_null(said);
    assert_int_equal(said->status, status);
    assert_int_equal(said->last, last);
    assert_memory_equal(&said->entry, &entry, sizeof entry);
}

static void look(MemberSet without, MemberSet with, bool forced)
{
    operate((Command){.kind = COMMAND_MEMBERS,
                      .to = MEMBER_NONE,
                      .without = without,
                      .with = with,
                      .force = forced,
                      .dry_run = true});
    assert_null(told(4));
    assert_false(node.members.active);
    assert_false(node.force.active);
    assert_int_not_equal(node.round, ROUND_MEMBERS);
    assert_int_not_equal(node.round, ROUND_FORCE);
}

static void a_preview_says_who_votes_now_and_then_and_changes_nothing(void **state)
{
    (void)state;
    open_with_one();
    look(member_bit(SERVER_C), 0, false);
    assert_told(0, 0, false, msg_members_now("a, b, c", 3, 2, 1));
    assert_told(1, 0, false, msg_members_then("a, b", 2, 2, 0));
    assert_told(2, 0, true, msg_members_would_be("a, b, c", " --without c"));
    look(member_bit(SERVER_B), 0, false);
    assert_told(1, 0, false, msg_members_then("a, c", 2, 2, 0));
    assert_told(2, 3, true, refused("that server is eligible: mc_ctl detach first"));
    look(0, member_bit(SERVER_C), false);
    assert_told(1, 0, false, msg_members_then("a, b, c", 3, 2, 1));
    assert_told(2, 0, true, msg_members_would_be("a, b, c", " --with c"));
    node.p.durable.chosen = node.p.durable.accepted = (Record){0};
    look(member_bit(SERVER_C), 0, false);
    assert_told(0, 3, true, refused("no record is known here"));
}

/* It serves on without them, for nobody is eligible: but to remove them takes a word that stands in for them, and a
 * primary that is down. */
static void a_primary_without_a_majority_is_told_of_the_way_by_force(void **state)
{
    (void)state;
    open_with_one();
    now += 3 * settings.detection;
    node.p.now = node.p.stepped_at = now; /* nobody else is heard */
    node.state = NODE_PRIMARY;
    look(member_bit(SERVER_B), 0, false);
    assert_told(2, 3, true,
                refused("no majority of the voters answers: mc_ctl stop, then mc_ctl recover "
                        "--force --without each that is gone for good"));
    begin(SERVER_B); /* which hears the primary, of four voters */
    live(300, MEMBER_NONE);
    now += 3 * settings.detection;
    node.p.now = node.p.stepped_at = now;
    hear_heartbeat(SERVER_A, ++beats);
    node.p.peer[SERVER_A].heartbeat.instance = INSTANCE_OPEN;
    node.p.durable.chosen.voters.count = node.p.durable.members.count = NEW + 1;
    look(member_bit(SERVER_C), 0, false);
    assert_told(2, 3, true, refused("no majority of the voters answers"));
}

static void a_preview_counts_who_answers(void **state)
{
    (void)state;
    begin(SERVER_B);
    live(300, MEMBER_NONE);
    live(3000, SERVER_C);
    hear_heartbeat(SERVER_A, ++beats);
    node.p.peer[SERVER_A].heartbeat.instance = INSTANCE_OPEN;
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 1;
    node.p.durable.accepted = node.p.durable.chosen;
    look(member_bit(SERVER_C), 0, false);
    assert_told(2, 0, true, msg_members_would_be("a, b", " --without c"));
}

/* Nobody else is heard: an operator would have to stand in for them. */
static void a_preview_of_force_says_what_is_lost_and_the_one_command(void **state)
{
    const MemberSet others = member_bit(SERVER_A) | member_bit(SERVER_C);
    (void)state;
    begin(SERVER_B);
    see((InstanceView){.phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = 500}});
    now += 3 * settings.detection;
    look(member_bit(SERVER_C), 0, false);
    assert_told(1, 0, false, msg_members_then("b", 1, 1, 0));
    assert_told(2, 0, false, msg_force_loss_unknown("b", 500));
    assert_told(3, 3, true, msg_members_force_needed(" --without a --without c"));
    look(member_bit(SERVER_C), 0, true);
    assert_told(3, 3, true, msg_members_force_needed(" --without a --without c"));
    look(others, 0, true);
    assert_told(2, 0, false, msg_force_loss_unknown("b", 500));
    assert_told(3, 0, true, msg_members_would_be_forced(" --without a --without c"));
}

static void force_members(MemberSet without, bool forced)
{
    operate(
        (Command){.kind = COMMAND_MEMBERS, .to = MEMBER_NONE, .without = without, .force = forced});
}

static void a_force_that_was_interrupted_is_gone_on_with(void **state)
{
    const MemberSet others = member_bit(SERVER_A) | member_bit(SERVER_C);
    (void)state;
    begin(SERVER_B);
    see((InstanceView){.phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = 500}});
    now += 3 * settings.detection;
    force_members(others, true);
    assert_true(node.force.active && node.force.removes);
    node.force.request = 7;
    force_members(others, true);
    assert_int_equal(told(0)->request, 7);
    assert_told(0, 1, true, msg_asked_again("recover --force"));
    assert_null(told(1));
    assert_int_equal(node.force.request, REQUEST);
    assert_true(node.force.active);
    /* Another word is none of that. */
    force_members(member_bit(SERVER_A), true);
    assert_told(0, 3, true, refused("it is under way already"));
    force_members(others, false);
    assert_told(0, 3, true, refused("it is under way already"));
    node.force.removes = false; /* asked for by mc_ctl switch: who is gone stays a voter */
    force_members(others, true);
    assert_told(0, 3, true, refused("it is under way already"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_change_asked_again_is_answered_to_who_asked_last),
        cmocka_unit_test(a_preview_says_who_votes_now_and_then_and_changes_nothing),
        cmocka_unit_test(a_primary_without_a_majority_is_told_of_the_way_by_force),
        cmocka_unit_test(a_preview_counts_who_answers),
        cmocka_unit_test(a_preview_of_force_says_what_is_lost_and_the_one_command),
        cmocka_unit_test(a_force_that_was_interrupted_is_gone_on_with),
        cmocka_unit_test(those_who_voted_before_a_change_that_may_be_chosen_must_answer),
        cmocka_unit_test(who_is_or_may_become_the_primary_stays_a_voter),
        cmocka_unit_test(a_change_is_proposed_by_the_primary_alone),
        cmocka_unit_test(what_another_voter_asks_counts_only_under_the_record_that_it_knows),
        cmocka_unit_test(without_a_majority_of_both_sets_nothing_is_begun),
        cmocka_unit_test(a_new_member_needs_a_line_a_voice_and_a_memory),
        cmocka_unit_test(who_waits_in_vain_is_told_whether_a_majority_answers),
        cmocka_unit_test(who_has_just_found_its_instance_open_makes_the_change_when_it_is_sure),
        cmocka_unit_test(nobody_is_added_where_no_majority_answers),
        cmocka_unit_test(an_addition_waits_for_its_member_to_be_heard),
        cmocka_unit_test(who_is_added_while_it_stops_its_instance_asks_when_that_is_proved),
        cmocka_unit_test(nobody_is_added_by_force),
        cmocka_unit_test(where_no_primary_serves_the_way_on_is_named),
        cmocka_unit_test(nobody_serves_over_a_record_that_he_cannot_hold),
        cmocka_unit_test(a_line_behind_those_of_the_record_may_come_and_go),
        cmocka_unit_test(who_is_no_voter_asks_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

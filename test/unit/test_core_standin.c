/* core/node_standin.c: each condition under which nobody stands in for a silent voter (section 8), and the edges of the windows. */
#include "unit.h"

#include "core/history.h"
#include "core/node_parts.h"
#include "node_help.h"

#include <string.h>

enum { WINDOW = 6000, MARGIN = 4000 /* two detection times */ };

static CoreSettings standing; /* those of node_help.h, but for what a silence means */

static MemberId other_of(MemberId self)
{
    return self == SERVER_A ? SERVER_B : SERVER_A;
}

static Peer *silent(void)
{
    return &node.p.peer[other_of(node.p.self)];
}

static void passes(Millis silence)
{
    node.p.now = now = silent()->heard_at + silence;
}

/* A and B vote, and B is eligible. The other one was heard for a window and is silent: long enough for this one. */
static void voters_of_two(MemberId self)
{
    begin(self);
    standing = settings;
    standing.silence = SILENCE_FALLBACK;
    standing.stand_in_window = WINDOW;
    Durable *d = &node.p.durable;
    d->chosen.absent = d->chosen.absent_before = member_bit(SERVER_C);
    d->chosen.eligible_count = d->chosen.quorum = 1;
    d->accepted = d->chosen;
    node.view.dir = 10u + self;
    node.view.wal = (Position){.timeline = 1, .lsn = 500};
    *silent() = (Peer){
        .has_heartbeat = true,
        .there_since = now,
        .heard_at = now + WINDOW,
        .heartbeat = {.line = 3, .epoch = 4, .hears = member_bit(self), .stand_in_window = WINDOW},
    };
    passes(self == SERVER_A ? WINDOW + MARGIN + 1 : settings.detection + 1);
}

static bool stands_in(void)
{
    return (node_stand_in_facts(&node, &standing) & FACT_STAND_IN) != 0;
}

static bool asks(void)
{
    return (node_stand_in_facts(&node, &standing) & FACT_STAND_IN_ASK) != 0;
}

static void each_has_its_window_of_the_silence(void **state)
{
    (void)state;
    voters_of_two(SERVER_B);
    assert_true(stands_in());
    passes(settings.detection);
    assert_false(stands_in());
    passes(WINDOW);
    assert_true(stands_in());
    passes(WINDOW + 1);
    assert_false(stands_in());

    voters_of_two(SERVER_A);
    assert_true(stands_in());
    passes(WINDOW + MARGIN);
    assert_false(stands_in());
    passes(WINDOW + MARGIN + WINDOW);
    assert_true(stands_in());
    passes(WINDOW + MARGIN + WINDOW + 1);
    assert_false(stands_in());
}

/* The standby keeps to its own window, the primary to the longer one: what the other one's settings say is in its heartbeats. */
static void the_longer_window_holds(void **state)
{
    (void)state;
    voters_of_two(SERVER_A);
    silent()->heartbeat.stand_in_window = WINDOW + 500;
    silent()->there_since -= 500;
    assert_false(stands_in());
    passes(WINDOW + 500 + MARGIN + 1);
    assert_true(stands_in());
    silent()->there_since += 500; /* and it must have been there for that long */
    assert_false(stands_in());
}

static void nobody_stands_in_who_was_not_there(void **state)
{
    (void)state;
    voters_of_two(SERVER_B);
    silent()->has_heartbeat = false;
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    silent()->there_since = 0;
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    silent()->there_since++;
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    silent()->heartbeat.hears = 0;
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    silent()->heartbeat.line++;
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    silent()->heartbeat.epoch++; /* it knew of more than this one does */
    assert_false(stands_in());
}

static void nobody_stands_in_who_has_nothing_to_decide(void **state)
{
    (void)state;
    voters_of_two(SERVER_B);
    node.p.durable.chosen.automatic = node.p.durable.accepted.automatic = false;
    assert_false(stands_in());
    voters_of_two(SERVER_A);
    node.p.durable.chosen.eligible_count = node.p.durable.accepted.eligible_count = 0;
    assert_false(stands_in());
    voters_of_two(SERVER_A);
    node.view.dir = 0;
    assert_false(stands_in());
    voters_of_two(SERVER_A);
    node.view.dir++; /* another directory than the record's */
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    node.view.dir++;
    assert_false(stands_in());
}

static void nobody_stands_in_without_a_record_or_a_memory(void **state)
{
    (void)state;
    voters_of_two(SERVER_B);
    node.p.durable.chosen = node.p.durable.accepted = (Record){0};
    node.p.durable.members.count = 2;
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    node.p.durable.memory[SERVER_B].incarnation = 0;
    assert_false(stands_in());
}

static void nobody_stands_in_for_one_of_three_or_where_it_only_reports(void **state)
{
    (void)state;
    voters_of_two(SERVER_B);
    assert_true(node_stands_in(&node, &standing));
    standing.silence = SILENCE_REPORT;
    assert_false(node_stands_in(&node, &standing));
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    node.p.durable.chosen.absent = node.p.durable.accepted.absent = 0;
    assert_false(node_stands_in(&node, &standing));
    assert_false(stands_in());
}

static void status_says_when_timers_carry_safety(void **state)
{
    Status status;
    (void)state;
    voters_of_two(SERVER_B);
    node_status(&node, &standing, now, &status);
    assert_int_equal(status.silence, SILENCE_FALLBACK);
    assert_int_equal(status.stand_in_window, WINDOW);
    node.p.durable.chosen.absent = node.p.durable.accepted.absent = 0;
    node_status(&node, &standing, now, &status);
    assert_int_equal(status.silence, SILENCE_REPORT);
    assert_int_equal(status.stand_in_window, 0);
}

/* ---- what was accepted beyond the chosen record ---- */

static Record *pending(void)
{
    node.p.durable.accepted.epoch++;
    return &node.p.durable.accepted;
}

static void a_standby_with_a_change_of_the_primary_under_way_waits(void **state)
{
    (void)state;
    voters_of_two(SERVER_B);
    (void)pending(); /* a detach of this one, say, which may be chosen */
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    pending()->primary = SERVER_B; /* an ordinary takeover by this one */
    assert_false(stands_in());
    voters_of_two(SERVER_B);
    *pending() = (Record){
        .epoch = 5, .primary = SERVER_B, .line = 9}; /* of another line that nobody stood in for */
    node.p.durable.accepted.voters = node.p.durable.chosen.voters;
    node.p.durable.accepted.absent = member_bit(SERVER_C);
    assert_false(stands_in());
    node.p.durable.accepted.branch.without =
        member_bit(SERVER_A); /* begun alone: it goes on with that */
    assert_true(stands_in());
}

static void a_primary_knows_of_its_own_changes_whether_they_are_chosen(void **state)
{
    (void)state;
    voters_of_two(SERVER_A);
    (void)pending();
    assert_true(stands_in());
    node.p.durable.accepted.primary = SERVER_B; /* a takeover that it has accepted */
    assert_false(stands_in());
}

/* What it has begun alone, and was killed over, is on a line of its own: it is no basis for another one. */
static void a_detach_alone_is_a_change_of_the_line_before(void **state)
{
    Actions out = {0};
    (void)state;
    voters_of_two(SERVER_A);
    (void)pending();
    order_detach_alone(&node, &standing, &out);
    assert_int_equal(node.proposer.wanted.epoch, 6); /* after what may be chosen */
    assert_int_equal(node.proposer.wanted.branch.from, 3);
    assert_int_equal(node.proposer.stood_in, member_bit(SERVER_B));

    voters_of_two(SERVER_A);
    *pending() = record_alone(&node.p.durable.chosen, CAUSE_DETACH, 0);
    node.p.durable.accepted.line = 9;
    node.p.durable.accepted.branch =
        (Branch){.from = 3, .epoch = 5, .without = member_bit(SERVER_B)};
    order_detach_alone(&node, &standing, &out);
    assert_int_equal(node.proposer.wanted.epoch, 5);
    assert_int_equal(node.proposer.wanted.branch.from, 3);
}

/* ---- the operator's command ---- */

static void ask_command(void)
{
    voters_of_two(SERVER_B);
    standing.silence = SILENCE_COMMAND;
    assert_true(asks());
    actions.count = 0;
    order_ask_broken(&node, &standing, &actions);
    assert_non_null(ordered(ACTION_RUN));
    assert_int_equal(ordered(ACTION_RUN)->u.run.target, SERVER_A);
    assert_false(asks());
}

static void answered(uint64_t sequence, bool ok)
{
    const Done done = {.sequence = sequence, .kind = ACTION_RUN, .ok = ok};
    node_stand_in_ran(&node, &standing, &done, &actions);
}

static void what_the_command_has_said_counts_for_two_detection_times(void **state)
{
    (void)state;
    ask_command();
    assert_false(stands_in());
    answered(node.stand_in.order, true);
    assert_true(stands_in());
    node.stand_in.answered_at = now - 2 * settings.detection;
    assert_true(stands_in());
    node.stand_in.answered_at--;
    assert_false(stands_in());
    assert_false(asks());
    now = node.p.now = node.stand_in.ask_at;
    assert_true(asks());
}

static void a_command_that_does_not_agree_gives_no_vote(void **state)
{
    (void)state;
    ask_command();
    answered(node.stand_in.order, false);
    assert_false(stands_in());
}

/* A4 */
static void a_broken_server_is_isolated_before_its_vote_is_stood_in_for(void **state)
{
    (void)state;
    ask_command();
    standing.fencing = true;
    actions.count = 0;
    answered(node.stand_in.order, true);
    const Action *run = ordered(ACTION_RUN);
    assert_non_null(run);
    assert_int_equal(run->u.run.kind, RUN_FENCING);
    assert_int_equal(run->u.run.target, SERVER_A);
    assert_false(stands_in());
    answered(node.stand_in.order + 1, true);
    assert_false(stands_in());
    answered(node.stand_in.order, true);
    assert_true(stands_in());
}

static void who_could_not_be_isolated_is_not_stood_in_for(void **state)
{
    (void)state;
    ask_command();
    standing.fencing = true;
    answered(node.stand_in.order, true);
    answered(node.stand_in.order, false);
    assert_false(stands_in());
    standing.fencing = true;
    node.stand_in.order = 7; /* the members have changed since it was asked */
    node.stand_in.fencing = false;
    node.p.durable.chosen.absent |= member_bit(SERVER_A);
    actions.count = 0;
    answered(7, true);
    assert_null(ordered(ACTION_RUN));
}

static void what_was_said_of_another_silence_counts_no_more(void **state)
{
    (void)state;
    ask_command();
    answered(node.stand_in.order, true);
    silent()->heard_at += 100; /* it has spoken since */
    passes(settings.detection + 1);
    assert_false(stands_in());
}

/* A child that SIGKILL does not end, on a disk that hangs, say, is never reported: in the next silence it is asked anew. */
static void a_command_that_never_ends_holds_up_one_silence(void **state)
{
    (void)state;
    ask_command();
    const uint64_t hangs = node.stand_in.order;
    silent()->heard_at += 100;
    passes(settings.detection + 1);
    now = node.p.now = node.stand_in.ask_at + settings.detection;
    assert_true(asks());
    order_ask_broken(&node, &standing, &actions);
    answered(hangs, true); /* after all, and of the other silence */
    assert_false(stands_in());
    assert_int_not_equal(node.stand_in.order, 0);
    answered(node.stand_in.order, true);
    assert_true(stands_in());
}

/* ---- a decision that was made alone, and of which its server does not know what came of it ---- */

/* B has accepted its own takeover of a silent A, and was stopped. */
static void decided_alone(void)
{
    voters_of_two(SERVER_B);
    Durable *d = &node.p.durable;
    d->accepted.epoch++;
    d->accepted.line = 77;
    d->accepted.primary = SERVER_B;
    d->accepted.branch =
        (Branch){.from = 3, .epoch = d->accepted.epoch, .without = member_bit(SERVER_A)};
    d->accepted_ballot = (Ballot){.number = 9, .member = SERVER_B, .incarnation = 1};
    node.state = NODE_IDLE;
    node.view.phase = INSTANCE_DOWN;
    node.view_at = silent()->heard_at = node.p.now; /* it is there again */
}

static void each_decision_that_is_not_ones_own_alone_is_none_in_vain(void **state)
{
    (void)state;
    for (int other = 0; other < 7; other++) {
        decided_alone();
        Durable *d = &node.p.durable;
        if (other == 1)
            d->chosen = d->accepted;
        if (other == 2)
            d->accepted.line = d->chosen.line;
        if (other == 3)
            d->accepted.primary = SERVER_A;
        if (other == 4)
            d->accepted.branch.without = 0;
        if (other == 5)
            d->accepted.branch.forced = true;
        if (other == 6)
            d->accepted_ballot.member = SERVER_A; /* the other one completes it */
        assert_int_equal(node_stood_in_vain(&node), other == 0);
    }
}

static void asks_to_give_it_up(bool force)
{
    operate((Command){.kind = COMMAND_REJOIN, .to = SERVER_B, .force = force});
}

static const char nothing[] = "nothing that this server has of its own keeps it from following";

static void what_was_decided_alone_is_given_up_by_name(void **state)
{
    (void)state;
    const NodeState states[] = {NODE_IDLE, NODE_ASKING, NODE_STANDBY};
    for (int i = 0; i < 3; i++) {
        decided_alone();
        Durable *d = &node.p.durable;
        d->split = (Record){.epoch = d->chosen.epoch + 1, .line = 78};
        const Epoch alone = d->accepted.epoch;
        node.state = states[i];
        asks_to_give_it_up(false);
        assert_int_equal(d->accepted.epoch, alone);
        asks_to_give_it_up(true);
        assert_true(record_equal(&d->accepted, &d->chosen));
        assert_int_equal(d->accepted_ballot.number, 0);
        assert_true(record_is_none(&d->split));
        assert_false(node_stood_in_vain(&node));
        assert_non_null(ordered(ACTION_PERSIST));
    }
}

static void what_was_opened_or_may_be_is_not_given_up(void **state)
{
    (void)state;
    const char *opened = "it has opened under what it decided alone: mc_ctl switch --force at the "
                         "server that is kept";
    const char *reasons[] = {nothing, nothing, opened,
                             "the other server is silent: mc_ctl start "
                             "there first"};
    for (int i = 0; i < 4; i++) {
        decided_alone();
        Durable *d = &node.p.durable;
        if (i == 0)
            node.state = NODE_STAYING_DOWN;
        if (i == 1)
            node.view_at = 0; /* nothing was seen of its directory yet */
        chain_add(&node.view.chain, &(ChainLink){.line = i == 2 ? d->accepted.line : d->chosen.line,
                                                 .epoch = d->chosen.epoch});
        if (i == 3)
            silent()->heard_at = node.p.now - settings.detection - 1;
        actions.count = 0;
        const Command command = {
            .kind = COMMAND_REJOIN, .request = REQUEST, .to = SERVER_B, .force = true};
        node_command_rejoin(&node, &standing, &command, &actions);
        assert_answered(3, msg_command_refused("rejoin", reasons[i]));
        assert_true(node_stood_in_vain(&node));
    }
}

/* A round that goes on with that decision is left. */
static void who_is_about_to_complete_it_lets_it_be(void **state)
{
    (void)state;
    decided_alone();
    node.state = NODE_ASKING;
    (void)proposer_begin(&node.proposer, &node.p, &standing, PURPOSE_READ, NULL,
                         &node.p.durable.chosen, &node.p.durable.accepted, &actions);
    assert_true(proposer_is_busy(&node.proposer));
    const uint64_t number = node.proposer.ballot.number;
    asks_to_give_it_up(true);
    assert_true(!proposer_is_busy(&node.proposer) || node.proposer.ballot.number > number);
}

static void status_names_the_way_out_of_a_decision_in_vain(void **state)
{
    (void)state;
    const char *words =
        "an operator: this server decided alone while the other was silent, and the "
        "other may have, too; mc_ctl rejoin gives it up, where it is to follow";
    const struct {
        NodeState state;
        bool heard, said;
    } cases[] = {{NODE_IDLE, true, true},
                 {NODE_ASKING, true, true},
                 {NODE_STANDBY, true, true},
                 {NODE_STAYING_DOWN, true, false},
                 {NODE_IDLE, false, false}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Status status;
        decided_alone();
        node.state = cases[i].state;
        if (!cases[i].heard)
            silent()->heard_at = node.p.now - settings.detection - 1;
        node_status(&node, &standing, now, &status);
        assert_int_equal(strcmp(status.waits_for, words) == 0, cases[i].said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_its_window_of_the_silence),
        cmocka_unit_test(the_longer_window_holds),
        cmocka_unit_test(nobody_stands_in_who_was_not_there),
        cmocka_unit_test(nobody_stands_in_who_has_nothing_to_decide),
        cmocka_unit_test(nobody_stands_in_without_a_record_or_a_memory),
        cmocka_unit_test(nobody_stands_in_for_one_of_three_or_where_it_only_reports),
        cmocka_unit_test(status_says_when_timers_carry_safety),
        cmocka_unit_test(a_standby_with_a_change_of_the_primary_under_way_waits),
        cmocka_unit_test(a_primary_knows_of_its_own_changes_whether_they_are_chosen),
        cmocka_unit_test(a_detach_alone_is_a_change_of_the_line_before),
        cmocka_unit_test(what_the_command_has_said_counts_for_two_detection_times),
        cmocka_unit_test(a_command_that_does_not_agree_gives_no_vote),
        cmocka_unit_test(a_broken_server_is_isolated_before_its_vote_is_stood_in_for),
        cmocka_unit_test(who_could_not_be_isolated_is_not_stood_in_for),
        cmocka_unit_test(what_was_said_of_another_silence_counts_no_more),
        cmocka_unit_test(a_command_that_never_ends_holds_up_one_silence),
        cmocka_unit_test(each_decision_that_is_not_ones_own_alone_is_none_in_vain),
        cmocka_unit_test(what_was_decided_alone_is_given_up_by_name),
        cmocka_unit_test(what_was_opened_or_may_be_is_not_given_up),
        cmocka_unit_test(who_is_about_to_complete_it_lets_it_be),
        cmocka_unit_test(status_names_the_way_out_of_a_decision_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

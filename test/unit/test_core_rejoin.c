/* node_orders_rejoin.c: which directory is made over, from whom, and when not (D1, P4, section 7). */
#include "unit.h"

#include "core/node_parts.h"
#include "node_help.h"

static CoreSettings ours;
static const Position fork_at = {.timeline = 1, .lsn = 300};

static void turn(Event event)
{
    event.now = now;
    node_step(&node, &ours, &event, &actions);
}

static void heartbeat(InstancePhase phase, Epoch epoch)
{
    Event event = {.kind = EVENT_MESSAGE};
    event.u.message.from = SERVER_A;
    event.u.message.message.kind = MESSAGE_HEARTBEAT;
    event.u.message.message.u.heartbeat = (Heartbeat){
        .number = ++beats,
        .cluster = node.p.durable.cluster,
        .line = 3,
        .epoch = epoch,
        .agent = 50,
        .memory = node.p.durable.memory[SERVER_A],
        .instance = phase,
        .well = true,
        .dir = 10,
    };
    turn(event);
}

static void look(bool interrupted)
{
    Event event = {.kind = EVENT_INSTANCE};
    event.u.instance = (InstanceView){
        .phase = interrupted ? INSTANCE_NONE : INSTANCE_DOWN,
        .interrupted = interrupted,
        .system_identifier = interrupted ? 0 : 77,
        .dir = interrupted ? 0 : 11,
        .wal = {.timeline = 1, .lsn = 500},
    };
    turn(event);
}

/* Server B, no longer eligible, was told by the primary that its WAL went its own way; everything else is as it must be. */
static void refused(AttachVerdict verdict)
{
    begin(SERVER_B);
    ours = settings;
    ours.rejoin = REJOIN_BY_REWIND;
    node.p.durable.chosen.eligible[0] = node.p.durable.chosen.eligible[1];
    node.p.durable.chosen.eligible_count = 1;
    node.p.durable.chosen.timeline = 2;
    node.p.durable.accepted = node.p.durable.chosen;
    node.state = NODE_STANDBY_SEEKING;
    node.confirmed = true;
    node.verdict = verdict;
    node.view.dir = 11;
    node.fork = fork_at;
    node.ask_at = now + 60000;
    now += 100;
}

static void a_diverged_directory_is_made_over_from_the_primary_that_has_opened(void **state)
{
    (void)state;
    refused(ATTACH_DIVERGED);
    heartbeat(INSTANCE_OPEN, 4);
    assert_null(ordered(ACTION_REJOIN)); /* it was not seen yet */
    look(false);
    const Action *order = ordered(ACTION_REJOIN);
    assert_non_null(order);
    assert_int_equal(order->u.rejoin.source, SERVER_A);
    assert_true(order->u.rejoin.rewind);
    assert_int_equal(order->u.rejoin.fork.lsn, fork_at.lsn);
    assert_int_equal(order->u.rejoin.system_identifier, 77);
    assert_int_equal(node.state, NODE_REJOINING);
    Status status;
    node_status(&node, &ours, now, &status);
    assert_string_equal(status.waits_for, "the data directory to be made over from the primary");
    const Action given = *order;
    Event event = {.kind = EVENT_DONE};
    event.u.done = (Done){.sequence = given.sequence, .kind = given.kind, .ok = true};
    turn(event);
    assert_int_equal(node.state, NODE_REJOINING); /* what lies there now must be seen */
    look(false);
    assert_int_equal(node.state, NODE_ASKING);
    assert_false(node.confirmed);
}

static void nothing_is_made_over_that_counts_or_that_nobody_has_confirmed(void **state)
{
    (void)state;
    for (int missing = 0; missing < 6; missing++) {
        refused(ATTACH_DIVERGED);
        if (missing == 0)
            node.p.durable.chosen.eligible[0] =
                (EligibleMember){.member = SERVER_B, .dir = 11, .attachment = {.token = 1}};
        if (missing == 1)
            node.confirmed = false;
        if (missing == 2)
            node.p.durable.accepted.epoch = 5; /* it may be chosen, whatever it says */
        if (missing == 3)
            node.stop = (StopWish){.active = true, .since = now};
        heartbeat(missing == 4 ? INSTANCE_CLOSED : INSTANCE_OPEN, missing == 5 ? 3 : 4);
        look(false);
        assert_null(ordered(ACTION_REJOIN));
        assert_int_not_equal(node.state, NODE_REJOINING);
    }
}

static void another_databases_directory_and_the_word_of_an_operator_are_left_alone(void **state)
{
    (void)state;
    refused(ATTACH_STRANGER);
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    assert_null(ordered(ACTION_REJOIN));
    assert_int_equal(node.state, NODE_STAYING_DOWN);
    /* What an operator has recovered from a backup is an operator's. */
    refused(ATTACH_DIVERGED);
    heartbeat(INSTANCE_OPEN, 4);
    Event restored = {.kind = EVENT_INSTANCE};
    restored.u.instance = (InstanceView){
        .phase = INSTANCE_DOWN, .system_identifier = 77, .dir = 11, .restored = {.there = true}};
    turn(restored);
    assert_null(ordered(ACTION_REJOIN));
    assert_int_not_equal(node.state, NODE_REJOINING);
    refused(ATTACH_DIVERGED);
    ours.rejoin = REJOIN_BY_HAND;
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    assert_null(ordered(ACTION_REJOIN));
    assert_int_equal(node.state, NODE_STAYING_DOWN);
}

/* pg_rewind compares numbers, finds nothing to do, and says that all is well. */
static void another_timeline_of_the_primarys_number_is_copied_at_once(void **state)
{
    (void)state;
    refused(ATTACH_DIVERGED);
    node.p.durable.chosen.timeline = node.p.durable.accepted.timeline = 1;
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    const Action *order = ordered(ACTION_REJOIN);
    assert_non_null(order);
    assert_false(order->u.rejoin.rewind);
    assert_int_equal(order->u.rejoin.fork.lsn, fork_at.lsn); /* what is saved begins there */
}

static void what_is_half_made_over_or_not_to_be_judged_is_copied(void **state)
{
    (void)state;
    refused(ATTACH_UNKNOWN_HISTORY);
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    const Action *order = ordered(ACTION_REJOIN);
    assert_non_null(order);
    assert_false(order->u.rejoin.rewind);
    assert_int_equal(order->u.rejoin.fork.timeline, 0);
    refused(ATTACH_DIVERGED); /* that was said of what was there before */
    node.view.dir = 0;
    heartbeat(INSTANCE_OPEN, 4);
    look(true);
    assert_false(ordered(ACTION_REJOIN)->u.rejoin.rewind);
    refused(ATTACH_DIVERGED);
    ours.rejoin = REJOIN_BY_COPY;
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    assert_false(ordered(ACTION_REJOIN)->u.rejoin.rewind);
    refused(ATTACH_FOLLOW);
    heartbeat(INSTANCE_OPEN, 4);
    look(true);
    order = ordered(ACTION_REJOIN);
    assert_non_null(order);
    assert_false(order->u.rejoin.rewind);
}

static void assert_first_answer(LogEntry entry)
{
    const Action *said = ordered(ACTION_REPLY);
    assert_non_null(said);
    assert_memory_equal(&said->u.reply.entry, &entry, sizeof entry);
}

static void whoever_is_at_work_or_was_not_compared_is_not_told_that_all_is_well(void **state)
{
    (void)state;
    const char *early =
        "it was not compared with the primary yet: mc_ctl status says what it waits for";
    const NodeState states[] = {NODE_ASKING, NODE_STANDBY_SEEKING, NODE_REJOINING};
    const char *reasons[] = {early, early,
                             "it is being made over already: mc_ctl status shows how far it is"};
    for (int i = 0; i < 3; i++) {
        refused(ATTACH_DIVERGED);
        node.state = states[i];
        operate((Command){.kind = COMMAND_REJOIN, .to = SERVER_B});
        assert_first_answer(msg_command_refused("rejoin", reasons[i]));
    }
}

static void assert_force_would_lose(LogEntry entry)
{
    operate((Command){.kind = COMMAND_SWITCH, .to = SERVER_B, .force = true, .dry_run = true});
    assert_first_answer(entry);
}

/* P2: how far it has come is no measure of what it lacks. */
static void wal_that_has_left_the_records_history_lacks_all_that_came_after(void **state)
{
    (void)state;
    refused(ATTACH_FOLLOW);
    Record *chosen = &node.p.durable.chosen;
    Chain *chain = &node.view.chain;
    Peer *former = &node.p.peer[SERVER_A];
    now += 3 * settings.detection; /* it is silent */
    look(false);                   /* there is WAL up to 500 of timeline 1 */
    chosen->start = 100;
    assert_force_would_lose(msg_force_loss_parted("b", "a", 100, 100));
    former->has_heartbeat = true;
    former->heartbeat.wal = (Position){.timeline = 2, .lsn = 400};
    assert_force_would_lose(msg_force_loss_parted("b", "a", 100, 400));

    /* It has a timeline of that number, too: that one, or another. */
    node.view.wal.timeline = 2;
    *chain = (Chain){.count = 2, .link = {{.timeline = 1}, {.timeline = 2, .start = 100}}};
    assert_force_would_lose(msg_force_loss_unknown("b", 500));
    chain->link[1].start = 200;
    assert_force_would_lose(msg_force_loss_parted("b", "a", 100, 400));
    chain->link[1].start = 50;
    assert_force_would_lose(msg_force_loss_parted("b", "a", 50, 400));
}

static void a_failure_is_tried_again_ever_more_seldom(void **state)
{
    (void)state;
    refused(ATTACH_DIVERGED);
    Millis before = 0;
    for (int i = 0; i < 8; i++) {
        Event event = {.kind = EVENT_DONE};
        node.state = NODE_STANDBY_SEEKING;
        node.confirmed = true;
        node.verdict = ATTACH_DIVERGED;
        heartbeat(INSTANCE_OPEN, 4);
        look(false);
        assert_int_equal(node.state, NODE_REJOINING);
        assert_int_not_equal(node.order, 0);
        event.u.done = (Done){.sequence = node.order, .kind = ACTION_REJOIN, .ok = false};
        turn(event);
        const Millis pause = node.order_not_before - now;
        assert_true(i < 6 ? pause > before : pause == before);
        before = node.order_not_before - now;
        look(false);
        assert_int_equal(node.state, NODE_REJOINING);
        now = node.order_not_before;
        look(false);
        assert_int_equal(node.state, NODE_ASKING);
    }
}

static void what_was_made_over_in_vain_needs_an_operator_at_last(void **state)
{
    (void)state;
    refused(ATTACH_DIVERGED);
    node.rejoins = 1;
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    assert_false(ordered(ACTION_REJOIN)->u.rejoin.rewind); /* that has not helped */
    refused(ATTACH_DIVERGED);
    node.rejoins = 3;
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    assert_int_equal(node.state, NODE_STAYING_DOWN);
}

static void where_the_histories_part_is_not_said_where_nobody_knows(void **state)
{
    (void)state;
    refused(ATTACH_UNKNOWN_HISTORY);
    node.state = NODE_STAYING_DOWN;
    node.down_reason = DOWN_UNKNOWN_HISTORY;
    node.fork = (Position){0};
    node.view.wal = (Position){.timeline = 1, .lsn = 500};
    operate((Command){.kind = COMMAND_REJOIN, .to = SERVER_B});
    const LogEntry loss = msg_rejoin_loss_unknown("b", 500, "a");
    unsigned first = 0;
    while (first < actions.count && actions.action[first].kind != ACTION_REPLY)
        first++;
    assert_true(first < actions.count);
    assert_memory_equal(&actions.action[first].u.reply.entry, &loss, sizeof loss);
}

static void answer(AttachVerdict verdict)
{
    Event event = {.kind = EVENT_MESSAGE};
    event.u.message.from = SERVER_A;
    event.u.message.message.kind = MESSAGE_ATTACH_ANSWER;
    event.u.message.message.u.attach_answer = (AttachAnswer){
        .epoch = node.p.durable.chosen.epoch, .verdict = verdict, .fork = fork_at, .of = 1};
    turn(event);
}

/* D1: between the question and what is done an operator may have exchanged it. */
static void what_was_said_of_another_directory_is_said_of_none(void **state)
{
    (void)state;
    refused(ATTACH_DIVERGED);
    node.view.dir = 12;
    heartbeat(INSTANCE_OPEN, 4);
    look(false);
    assert_null(ordered(ACTION_REJOIN));
    assert_int_equal(node.verdict, ATTACH_FOLLOW);
    node.asked_dir = 12;
    answer(ATTACH_DIVERGED);
    assert_int_equal(node.verdict, ATTACH_FOLLOW);
    node.asked_dir = 11;
    answer(ATTACH_DIVERGED);
    assert_non_null(ordered(ACTION_REJOIN));
}

/* P1: who has found once that an eligible standby has more does not forget it when that one is silent. */
static void lost_wal_is_remembered_as_long_as_somebody_else_counts(void **state)
{
    (void)state;
    begin(SERVER_A);
    node.view.dir = node.p.durable.chosen.primary_dir;
    assert_true(node.p.durable.chosen.eligible_count > 0);
    assert_false(node_is_ahead(&node, &settings));
    node_note_behind(&node, &actions);
    assert_int_equal(node.p.durable.behind, node.view.dir);
    assert_true(node_is_ahead(&node, &settings));
    node.view.dir++; /* another one, which an operator has put there */
    assert_false(node_is_ahead(&node, &settings));
    node.view.dir--;
    node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 0;
    assert_false(node_is_ahead(&node, &settings));
}

/* A standby tells of more of timeline 1 than timeline 2 of the primary begins with. */
static Heartbeat *standby_is_beyond(void)
{
    begin(SERVER_A);
    Record *chosen = &node.p.durable.chosen;
    chosen->timeline = 2;
    chosen->start = 400;
    node.p.durable.accepted = *chosen;
    const EligibleMember *standby = &chosen->eligible[0];
    Peer *peer = &node.p.peer[standby->member];
    peer->has_heartbeat = true;
    peer->heard_at = peer->heartbeat_at = now;
    peer->heartbeat.dir = standby->dir;
    peer->heartbeat.replay = 500;
    peer->heartbeat.wal = (Position){.timeline = 1, .lsn = 500};
    return &peer->heartbeat;
}

/* What it replays it says before it knows of which timeline that is. */
static void a_position_of_an_unknown_timeline_is_beyond_nothing(void **state)
{
    (void)state;
    Heartbeat *heartbeat = standby_is_beyond();
    assert_true(node_is_ahead(&node, &settings));
    heartbeat->wal.timeline = 0;
    assert_false(node_is_ahead(&node, &settings));
}

/* P1, D1: it follows what has begun there; what it said a moment before was of the timeline that it came from. */
static void who_was_attached_to_this_history_is_not_ahead_by_the_one_before(void **state)
{
    (void)state;
    (void)standby_is_beyond();
    EligibleMember *standby = &node.p.durable.chosen.eligible[0];
    node.view.chain = (Chain){.count = 1, .link = {{.epoch = 3, .timeline = 2, .start = 400}}};
    standby->attachment.epoch = 3;
    assert_false(node_is_ahead(&node, &settings));
    standby->attachment.epoch = 2; /* it was eligible before that began */
    assert_true(node_is_ahead(&node, &settings));
    standby->attachment.epoch = 3;
    node.view.chain.link[0].timeline = 1; /* what has begun is not marked yet */
    assert_true(node_is_ahead(&node, &settings));
    node.view.chain.count = 0;
    assert_true(node_is_ahead(&node, &settings));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_the_histories_part_is_not_said_where_nobody_knows),
        cmocka_unit_test(what_was_said_of_another_directory_is_said_of_none),
        cmocka_unit_test(lost_wal_is_remembered_as_long_as_somebody_else_counts),
        cmocka_unit_test(a_position_of_an_unknown_timeline_is_beyond_nothing),
        cmocka_unit_test(a_diverged_directory_is_made_over_from_the_primary_that_has_opened),
        cmocka_unit_test(nothing_is_made_over_that_counts_or_that_nobody_has_confirmed),
        cmocka_unit_test(another_databases_directory_and_the_word_of_an_operator_are_left_alone),
        cmocka_unit_test(whoever_is_at_work_or_was_not_compared_is_not_told_that_all_is_well),
        cmocka_unit_test(wal_that_has_left_the_records_history_lacks_all_that_came_after),
        cmocka_unit_test(another_timeline_of_the_primarys_number_is_copied_at_once),
        cmocka_unit_test(what_is_half_made_over_or_not_to_be_judged_is_copied),
        cmocka_unit_test(a_failure_is_tried_again_ever_more_seldom),
        cmocka_unit_test(what_was_made_over_in_vain_needs_an_operator_at_last),
        cmocka_unit_test(who_was_attached_to_this_history_is_not_ahead_by_the_one_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

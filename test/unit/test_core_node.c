/* core/node.h: claims on a single server that a whole cluster hardly brings about. */
#include "unit.h"

#include "core/node_parts.h"
#include "node_help.h"

#include <string.h>

/* P3: what a standby answers about the end of its WAL binds it, durably, before it is given. */
static void an_answer_about_the_end_of_wal_is_bound_before_it_is_given(void **state)
{
    (void)state;
    begin(SERVER_C);
    node.state = NODE_STANDBY;
    node.confirmed = true;
    node.gate_open = true;
    node.following =
        (Upstream){.member = SERVER_A, .attachment = node.p.durable.chosen.eligible[1].attachment};
    node.following_known = true;
    const InstanceView view = {
        .phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = 500}, .replay = 500};
    see(view);

    Message ask = {.kind = MESSAGE_POSITION_ASK};
    ask.u.position_ask.epoch = 4;
    hear(SERVER_B, ask);
    const Action *cut = ordered(ACTION_FOLLOW);
    assert_non_null(cut);
    assert_int_equal(cut->u.follow.member, MEMBER_NONE);
    assert_null(sent(SERVER_B, MESSAGE_POSITION_ANSWER)); /* not before it is cut */

    const Action order = *cut;
    done(&order, (InstanceResult){.end = {.timeline = 1, .lsn = 500}, .next_timeline = 2});
    const Action *persist = ordered(ACTION_PERSIST);
    assert_non_null(persist);
    assert_int_equal(persist->u.persist.bound_epoch, 4);
    assert_int_equal(persist->u.persist.bound.lsn, 500);
    const Message *answer = sent(SERVER_B, MESSAGE_POSITION_ANSWER);
    assert_non_null(answer);
    assert_int_equal(answer->u.position_answer.position.lsn, 500);

    /* The receiver stays cut: nobody is followed again under this epoch. */
    now += 200;
    see(view);
    assert_null(ordered(ACTION_FOLLOW));
}

/* P2: a WAL sender that still bears the name of an earlier attachment is no evidence. */
static void a_sender_with_an_old_name_is_not_the_stream(void **state)
{
    (void)state;
    begin(SERVER_A);
    node.state = NODE_PRIMARY;
    node.confirmed = true;
    hear_heartbeat(SERVER_B, 1);
    InstanceView view = {
        .phase = INSTANCE_OPEN, .wal = {.timeline = 1, .lsn = 500}, .sender_count = 1};
    view.sender[0] = (SenderView){
        .attachment = {.member = SERVER_B, .epoch = 2, .token = 7}, /* of before */
        .pid = 11,
        .streaming = true,
        .flush = 500,
    };
    see(view);
    assert_int_equal(node.stream[SERVER_B].seen_at, 0);

    now += 200;
    view.sender[0].attachment = node.p.durable.chosen.eligible[0].attachment;
    see(view);
    assert_int_equal(node.stream[SERVER_B].seen_at, now);
    assert_int_equal(node.stream[SERVER_B].flush, 500);

    /* Two bearers of one name: which of them flushes nobody knows. */
    now += 200;
    view.sender[1] = view.sender[0];
    view.sender[1].pid = 12;
    view.sender_count = 2;
    see(view);
    assert_int_equal(node.stream[SERVER_B].seen_at, now - 200);
}

/* A frozen primary sees nothing of its standby: it is sick itself, and must hand over, not detach. */
static void a_primary_that_does_not_answer_takes_no_standby_for_lost(void **state)
{
    (void)state;
    begin(SERVER_A);
    node.state = NODE_PRIMARY;
    node.confirmed = true;
    node.names_proved = true;
    InstanceView view = {
        .phase = INSTANCE_OPEN, .wal = {.timeline = 1, .lsn = 500}, .sender_count = 2};
    for (unsigned i = 0; i < 2; i++)
        view.sender[i] = (SenderView){.attachment = node.p.durable.chosen.eligible[i].attachment,
                                      .pid = 11 + (int32_t)i,
                                      .streaming = true,
                                      .flush = 400};
    now += 100;
    hear_heartbeat(SERVER_B, 1);
    hear_heartbeat(SERVER_C, 1);
    node.p.peer[SERVER_B].granted_sent_at = now;
    see(view);
    const Millis frozen_at = now;
    for (uint64_t number = 2; now < frozen_at + 2600; number++) {
        now += 200;
        hear_heartbeat(SERVER_B, number);
        hear_heartbeat(SERVER_C, number);
        node.p.peer[SERVER_B].granted_sent_at = now; /* the lease is held */
        view.unanswered_since = frozen_at + 300;
        see(view);
    }
    assert_false(detached);
    assert_int_equal(node.state, NODE_PRIMARY_FAILING);
}

/* P5: its postmaster stands still, so the agent that has just come cannot see whether it is open; its sessions go on. */
static void who_finds_an_instance_that_does_not_answer_ends_it_without_a_lease(void **state)
{
    (void)state;
    const InstanceView view = {.phase = INSTANCE_SICK, .wal = {.timeline = 1, .lsn = 500}};
    begin(SERVER_A);
    node.state = NODE_ASKING;
    node.lease_grace = now + 1000;
    now += 900;
    see(view);
    assert_null(ordered(ACTION_STOP));

    now += 100;
    see(view);
    const Action *stop = ordered(ACTION_STOP);
    assert_non_null(stop);
    assert_int_equal(stop->u.stop.mode, STOP_KILL);
    assert_int_equal(node.state, NODE_PRIMARY_CUTTING);

    begin(SERVER_A); /* one that is seen closed is read by nobody */
    node.state = NODE_ASKING;
    now += 1000;
    see((InstanceView){.phase = INSTANCE_CLOSED, .wal = view.wal});
    assert_null(ordered(ACTION_STOP));
}

/* E3, P5: without a memory nothing gives it the right to serve, and no lease is waited for. */
static void who_remembers_nothing_ends_an_instance_that_does_not_answer(void **state)
{
    (void)state;
    InstanceView view = {.phase = INSTANCE_SICK, .wal = {.timeline = 1, .lsn = 500}};
    begin(SERVER_A);
    node.state = NODE_RECALLING;
    node.p.durable.memory[SERVER_A].incarnation = 0;
    view.standby_signal = true;
    see(view);
    assert_null(ordered(ACTION_STOP)); /* a standby serves nobody as a primary */

    view.standby_signal = false;
    now += 200;
    see(view);
    const Action *stop = ordered(ACTION_STOP);
    assert_non_null(stop);
    assert_int_equal(stop->u.stop.mode, STOP_KILL);
    assert_int_equal(node.state, NODE_PRIMARY_CUTTING);
}

/* P1: somebody has promoted the standby by hand. It may not serve, whatever it was about to do. */
static void a_standby_that_others_promote_is_stopped(void **state)
{
    static const NodeState before[] = {NODE_STANDBY_STARTING, NODE_STANDBY, NODE_STANDBY_CLAIMING,
                                       NODE_STANDBY_LEAVING};
    (void)state;
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        begin(SERVER_B);
        node.state = before[i];
        node.confirmed = true;
        see((InstanceView){.phase = INSTANCE_OPEN, .wal = {.timeline = 2, .lsn = 500}});
        const Action *stop = ordered(ACTION_STOP);
        assert_non_null(stop);
        assert_int_equal(stop->u.stop.mode, STOP_KILL);
        assert_int_equal(node.state, NODE_DEPOSING);
    }
}

/* A copy that was made within the half second in which an old answer, that there is no record, still stands. */
static void a_copy_of_a_young_cluster_is_no_former_member(void **state)
{
    (void)state;
    InstanceView view = {.phase = INSTANCE_DOWN, .wal = {.timeline = 1, .lsn = 500}};
    view.chain = (Chain){.count = 1, .link = {{.line = 3, .epoch = 1, .dir = 10, .timeline = 1}}};
    begin(SERVER_C);
    node.state = NODE_ASKING;
    node.empty = true;
    node.empty_since = now;
    see(view);
    assert_int_not_equal(node.state, NODE_STAYING_DOWN);

    begin(SERVER_C); /* and nobody remembers a record at all */
    memset(&node.p.durable.chosen, 0, sizeof node.p.durable.chosen);
    memset(&node.p.durable.accepted, 0, sizeof node.p.durable.accepted);
    node.state = NODE_ASKING;
    node.empty = true;
    node.empty_since = now;
    see(view);
    assert_int_equal(node.state, NODE_STAYING_DOWN);
    assert_int_equal(node.down_reason, DOWN_FORMER_MEMBER);
}

/* E4: numbers of another network.conf would name other members. */
static void another_table_of_members_ends_the_daemon(void **state)
{
    (void)state;
    begin(SERVER_B);
    Event start = {.kind = EVENT_START};
    start.u.start.memory = MEMORY_KEPT;
    start.u.start.durable = node.p.durable;
    start.u.start.members = node.p.durable.members;
    start.u.start.members.count = 2;
    start.u.start.self = SERVER_B;
    node_init(&node);
    step(start);
    assert_int_equal(node.state, NODE_GONE);
    assert_non_null(ordered(ACTION_EXIT));
}

/* C claims, its receiver cut at `end`; a majority has promised. */
static void claim_at(Lsn end)
{
    begin(SERVER_C);
    now += 3000;
    node.state = NODE_STANDBY_CLAIMING;
    node.confirmed = true;
    node.cut = true;
    node.cut_end = (Position){.timeline = 1, .lsn = end};
    node.cut_next = 2;
    node.round = ROUND_CLAIM;
    node.proposer.phase = PROPOSER_READY;
    node.proposer.purpose = PURPOSE_TAKEOVER;
    node.proposer.ballot = (Ballot){.number = 5, .member = SERVER_C, .incarnation = 1};
    node.p.durable.promised = node.proposer.ballot;
    see((InstanceView){
        .phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = end}, .replay = end});
}

static void hear_position(Epoch epoch, DirId dir, Lsn end)
{
    Message answer = {.kind = MESSAGE_POSITION_ANSWER};
    answer.u.position_answer =
        (PositionAnswer){.epoch = epoch, .position = {.timeline = 1, .lsn = end}, .dir = dir};
    hear(SERVER_B, answer);
}

/* P3: with one of two acknowledging, what is acknowledged may be with the other alone. */
static void a_claim_waits_for_n_k_1_positions(void **state)
{
    (void)state;
    claim_at(500);
    assert_null(sent(SERVER_B, MESSAGE_ACCEPT));
    assert_non_null(sent(SERVER_B, MESSAGE_POSITION_ASK));
    hear_position(3, 11, 400); /* of an earlier record */
    assert_null(sent(SERVER_B, MESSAGE_ACCEPT));
    hear_position(4, 12, 400); /* another directory than the eligible one */
    assert_null(sent(SERVER_B, MESSAGE_ACCEPT));
    hear_position(4, 11, 500);
    assert_non_null(sent(SERVER_B, MESSAGE_ACCEPT));
    assert_int_equal(node.p.durable.bound_epoch, 4);
    assert_int_equal(node.p.durable.bound.lsn, 500);
}

/* P3: who has less does not win, and lets the other one claim. */
static void who_has_less_yields(void **state)
{
    (void)state;
    claim_at(500);
    hear_position(4, 11, 501);
    assert_null(sent(SERVER_B, MESSAGE_ACCEPT));
    assert_int_equal(node.state, NODE_STANDBY);
    assert_int_equal(node.claim_not_before, now + settings.detection);
}

static void hand_back(MemberId from)
{
    Message answer = {.kind = MESSAGE_RECOVER_ANSWER};
    const bool noting = node.p.recall.phase == RECALL_NOTING;
    answer.u.recover_answer = (RecoverAnswer){
        .nonce = node.p.recall.nonce,
        .incarnation = noting ? node.p.recall.incarnation : 0,
        .known = 1,
    };
    hear(from, answer);
}

/* P3, E3: what it may have answered before it lost its memory binds it. */
static void who_lost_its_memory_stays_cut(void **state)
{
    (void)state;
    for (uint8_t quorum = 1; quorum <= 2; quorum++) {
        begin(SERVER_C);
        Record chosen = node.p.durable.chosen;
        chosen.quorum = quorum;
        Event start = {.kind = EVENT_START};
        start.u.start.memory = MEMORY_LOST;
        start.u.start.members = node.p.durable.members;
        start.u.start.self = SERVER_C;
        start.u.start.agent = 100;
        node_init(&node);
        step(start);
        node.p.recall.chosen = chosen;
        hand_back(SERVER_A);
        hand_back(SERVER_B);
        node.p.recall.chosen = chosen; /* the second step asks anew */
        hand_back(SERVER_A);
        hand_back(SERVER_B);
        assert_int_equal(node.p.recall.phase, RECALL_NONE);
        assert_int_equal(node.p.durable.chosen.epoch, 4);
        assert_int_equal(node.p.durable.bound_epoch, quorum == 1 ? 4 : 0);
    }
}

/* An operator's word that was fulfilled once is no reason to undo a later one, whoever is primary and silent. */
static void a_fulfilled_wish_gives_way_to_a_later_one(void **state)
{
    (void)state;
    begin(SERVER_B);
    node.state = NODE_STANDBY;
    node.confirmed = true;
    node.latest_known = true;
    node.p.durable.failover_asked = true;
    node.p.durable.failover_wanted = true;
    node.wish_held = true;
    Message message = {.kind = MESSAGE_CHOSEN};
    message.u.chosen.record = record_next(&node.p.durable.chosen, CAUSE_SETTING, 0);
    message.u.chosen.record.automatic = false;
    hear(SERVER_C, message);
    assert_false(node.p.durable.chosen.automatic);
    assert_false(node.p.durable.failover_asked);
}

/* An open primary has turned automatic off because of its own start, and does not know of the wish yet. */
static void a_fulfilled_wish_is_kept_while_a_primary_is_open(void **state)
{
    (void)state;
    begin(SERVER_B);
    node.state = NODE_STANDBY;
    node.confirmed = true;
    node.latest_known = true;
    hear_heartbeat(SERVER_A, ++beats);
    node.p.durable.failover_asked = true;
    node.p.durable.failover_wanted = true;
    node.wish_held = true;
    Message message = {.kind = MESSAGE_CHOSEN};
    message.u.chosen.record = record_next(&node.p.durable.chosen, CAUSE_SETTING, 0);
    message.u.chosen.record.automatic = false;
    hear(SERVER_A, message);
    assert_false(node.p.durable.chosen.automatic);
    assert_true(node.p.durable.failover_asked);
}

/* P7: what only stands in the way of a claim is an end of WAL that was consented to, and lies beyond the own one. */
static void a_consent_is_dropped_for_an_end_out_of_reach_alone(void **state)
{
    static const struct {
        bool cut, known;
        Lsn final;
        bool dropped;
    } cases[] = {{true, true, 501, true},
                 {true, true, 500, false},
                 {true, false, 501, false},
                 {false, true, 501, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin(SERVER_B);
        node.state = NODE_STANDBY_CLAIMING;
        node.proposer.phase = PROPOSER_READY;
        node.cut = cases[i].cut;
        node.cut_end = (Position){.timeline = 1, .lsn = 500};
        node.heard_consent = (Consent){.given = true,
                                       .final_known = cases[i].known,
                                       .final = {.timeline = 1, .lsn = cases[i].final}};
        order_claim_behind(&node, &settings, &actions);
        assert_int_equal(node.heard_consent.given, !cases[i].dropped);
        assert_false(proposer_is_busy(&node.proposer));
    }
}

/* It is ahead of what is left of it: an answer would be too low, and bind. */
static void who_lost_wal_that_it_had_reported_answers_nobody(void **state)
{
    (void)state;
    begin(SERVER_C);
    node.state = NODE_STANDBY;
    node.confirmed = true;
    see((InstanceView){
        .phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = 400}, .replay = 400});
    node.cut = true;
    node.cut_end = (Position){.timeline = 1, .lsn = 400};
    node.reported = (Position){.timeline = 1, .lsn = 500};
    Message ask = {.kind = MESSAGE_POSITION_ASK};
    ask.u.position_ask.epoch = 4;
    hear(SERVER_B, ask);
    assert_null(sent(SERVER_B, MESSAGE_POSITION_ANSWER));
    assert_true(member_in(node.position_asked, SERVER_B));
}

static void tighten_without_b(void)
{
    open_primary();
    node.p.durable.chosen.quorum = node.p.durable.accepted.quorum = 1; /* else a detach is loose */
    node.tightening = true;
    node.tightening_without = SERVER_B;
    node.joining_since = now;
    node.names = node_names_wanted(&node);
}

/* P2: PostgreSQL asks for more only as long as there is a reason, and an instance that asks it. */
static void a_tightening_ends_with_its_reason(void **state)
{
    static const InstancePhase phases[] = {INSTANCE_CLOSED, INSTANCE_STARTING};
    (void)state;
    tighten_without_b(); /* b is well */
    step((Event){.kind = EVENT_TICK});
    assert_false(node.tightening);

    tighten_without_b(); /* and not eligible any more */
    Record *chosen = &node.p.durable.chosen;
    chosen->eligible[0] = chosen->eligible[1];
    chosen->eligible_count = chosen->quorum = 1;
    node.names = node_names_wanted(&node);
    step((Event){.kind = EVENT_TICK});
    assert_false(node.tightening);

    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        tighten_without_b();
        see((InstanceView){.phase = phases[i], .wal = {.timeline = 1, .lsn = 500}});
        assert_false(node.tightening);
    }
    tighten_without_b();
    step((Event){.kind = EVENT_INSTANCE_GONE});
    assert_int_not_equal(node.state, NODE_PRIMARY);
}

static Heartbeat *joining_c(void)
{
    open_primary();
    Record *chosen = &node.p.durable.chosen;
    chosen->eligible_count = chosen->quorum = 1;
    node.p.durable.accepted = *chosen;
    node.names = names_of(chosen);
    node.joining = SERVER_C;
    node.joining_since = now;
    node.offer[SERVER_C].dir = 10u + SERVER_C;
    node.stream[SERVER_C].seen_at = node.view_at;
    node.stream[SERVER_C].progress_at = now;
    node.joining_pid = node.stream[SERVER_C].pid;
    node.names = node_names_wanted(&node);
    Heartbeat *said = &node.p.peer[SERVER_C].heartbeat;
    said->wants_attach = true;
    return said;
}

static bool holds(void)
{
    return (node_facts(&node, &settings) & FACT_JOIN_HOLDS) != 0;
}

/* P2: an attachment goes on as long as everything holds that it began with. */
static void an_attachment_ends_with_what_it_rests_on(void **state)
{
    (void)state;
    joining_c();
    assert_true(holds());
    joining_c()->wants_attach = false;
    assert_false(holds());
    joining_c()->leaving = true;
    assert_false(holds());
    joining_c()->well = false;
    assert_false(holds());
    joining_c();
    node.p.durable.chosen.automatic = false; /* and no operator has asked for it */
    assert_false(holds());
    joining_c()->attach_asked = true;
    node.p.durable.chosen.automatic = false;
    assert_true(holds());
    joining_c();
    node.p.peer[SERVER_C].has_heartbeat = false;
    assert_false(holds());
    joining_c();
    node.view.phase = INSTANCE_STARTING; /* ended, and started again by somebody */
    assert_false(holds());
    joining_c();
    node.gone = true;
    assert_false(holds());

    joining_c()->dir = 99; /* what streams is not what was offered to */
    assert_false(holds());
    step((Event){.kind = EVENT_TICK});
    assert_int_equal(node.joining, MEMBER_NONE);
    assert_null(sent(SERVER_B, MESSAGE_PREPARE));
    assert_int_equal(node.offer[SERVER_C].attachment.token, 0);
}

static AttachVerdict verdict_for_c(void)
{
    Message ask = {.kind = MESSAGE_ATTACH_ASK};
    ask.u.attach_ask = (AttachAsk){.dir = 10u + SERVER_C, .system_identifier = 77};
    hear(SERVER_C, ask);
    const Message *answer = sent(SERVER_C, MESSAGE_ATTACH_ANSWER);
    assert_non_null(answer);
    return answer->u.attach_answer.verdict;
}

/* Commits wait while an attachment is tried. */
static void an_attachment_that_fails_is_tried_again_ever_more_seldom(void **state)
{
    static const Millis pauses[] = {1000, 2000, 4000, 8000, 16000, 32000, 32000};
    uint8_t failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
        joining_c()->wants_attach = false;
        node.joins_failed = failed;
        step((Event){.kind = EVENT_TICK});
        assert_int_equal(node.joining, MEMBER_NONE);
        failed = node.joins_failed;
        live(pauses[i] - 100, MEMBER_NONE);
        assert_int_equal(verdict_for_c(), ATTACH_LATER);
        live(100, MEMBER_NONE);
        assert_int_not_equal(verdict_for_c(), ATTACH_LATER);
    }
}

/* It changes something else meanwhile. */
static void an_attachment_outlives_a_record_that_does_not_speak_of_it(void **state)
{
    (void)state;
    joining_c();
    Message message = {.kind = MESSAGE_CHOSEN};
    Record *next = &message.u.chosen.record;
    *next = record_next(&node.p.durable.chosen, CAUSE_SETTING, 0);
    hear(SERVER_B, message);
    assert_int_equal(node.p.durable.chosen.epoch, next->epoch);
    assert_int_equal(node.joining, SERVER_C);
    assert_true(holds());
    const EligibleMember c = {
        .member = SERVER_C, .dir = 10u + SERVER_C, .attachment = node.offer[SERVER_C].attachment};
    *next = record_attach(&node.p.durable.chosen, &c, 2, 0);
    hear(SERVER_B, message);
    assert_int_equal(node.joining, MEMBER_NONE);
}

/* Heard all the while, but nobody grants it a lease any more. */
static void cut_for_want_of_a_lease(void)
{
    open_primary();
    while (node.state == NODE_PRIMARY) {
        now += 100;
        hear_heartbeat(SERVER_B, ++beats);
        hear_heartbeat(SERVER_C, beats);
        step((Event){.kind = EVENT_TICK});
    }
    assert_int_equal(node.state, NODE_PRIMARY_CUTTING);
}

/* P5: the kill fails, and is tried again; what is seen meanwhile is an instance that should be gone. */
static void an_instance_that_resists_being_cut_does_not_count_as_serving(void **state)
{
    const InstanceView open = {.phase = INSTANCE_OPEN, .wal = {.timeline = 1, .lsn = 500}};
    (void)state;
    cut_for_want_of_a_lease();
    const Millis cut_at = now;
    const Done failed = {.sequence = node.order, .kind = ACTION_STOP};
    step((Event){.kind = EVENT_DONE, .u.done = failed});
    assert_int_equal(node.order, 0);
    see(open);
    assert_false(node.gate_open);
    operate((Command){.kind = COMMAND_MEMBERS, .to = MEMBER_NONE, .without = member_bit(SERVER_C)});
    assert_answered(3, msg_command_refused("recover --without",
                                           "no primary serves: mc_ctl recover first, or mc_ctl "
                                           "switch --force; then this again"));
    while (ordered(ACTION_STOP) == NULL) {
        now += 100;
        assert_true(now <= cut_at + 1000);
        see(open);
        assert_int_equal(node.state, NODE_PRIMARY_CUTTING);
    }
    assert_int_equal(ordered(ACTION_STOP)->u.stop.mode, STOP_KILL);
}

/* P1: whoever says that it has not looked yet says nothing of its WAL, however late it says so. */
static void who_has_not_looked_has_not_spoken(void **state)
{
    (void)state;
    begin(SERVER_A);
    node.state = NODE_ASKING;
    node.confirmed = true;
    now += 600;
    hear_heartbeat(SERVER_C, ++beats);
    hear_heartbeat(SERVER_B, beats);
    node.p.peer[SERVER_B].heartbeat.dir = 0;
    const InstanceView down = {.phase = INSTANCE_DOWN, .wal = {.timeline = 1, .lsn = 500}};
    see(down);
    assert_null(ordered(ACTION_START));
    assert_int_equal(node.state, NODE_ASKING);
    now += 100;
    hear_heartbeat(SERVER_B, ++beats);
    assert_non_null(ordered(ACTION_START));
}

/* The last step told it to the log. */
static bool said(const LogEntry *entry)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_LOG &&
            memcmp(&actions.action[i].u.log, entry, sizeof *entry) == 0)
            return true;
    return false;
}

/* P2: nobody is eligible by the record, but C may be by what the own voter has accepted: so it is no restart in place, and no
 * consent to a server of that record. */
static void who_has_a_growth_undecided_hands_over_to_nobody_by_name(void **state)
{
    (void)state;
    open_primary();
    Durable *d = &node.p.durable;
    const EligibleMember c = d->chosen.eligible[1];
    d->chosen.eligible_count = d->chosen.quorum = 0;
    d->accepted = record_attach(&d->chosen, &c, 1, 0);
    node.names = names_of(&d->accepted);
    step((Event){.kind = EVENT_INSTANCE_GONE});
    assert_int_equal(node.state, NODE_PRIMARY_FAILING);
    const Action stop = *ordered(ACTION_STOP);
    done(&stop, (InstanceResult){.end = {.timeline = 1, .lsn = 500}});
    assert_int_equal(node.state, NODE_PRIMARY_CONSENTING);
    const Message *told = sent(SERVER_C, MESSAGE_CONSENT);
    assert_non_null(told);
    assert_int_equal(told->u.consent.epoch, d->chosen.epoch);
    assert_int_equal(told->u.consent.successor, MEMBER_NONE);
    const LogEntry words = msg_handover_started("nobody", "the instance here is stopped");
    assert_true(said(&words));
}

/* Whether hearing of that record was reported as a split. */
static bool splits(const Record *record)
{
    Message chosen = {.kind = MESSAGE_CHOSEN};
    chosen.u.chosen.record = *record;
    hear(SERVER_C, chosen);
    const Member *member = node.p.durable.members.member;
    const LogEntry split =
        msg_split(member[SERVER_C].name, member[record->primary].name, record->epoch);
    return said(&split);
}

/* C speaks for another line than this server's, of which it is a voter of `record`. */
static Record another_line(MemberId primary, Epoch epoch)
{
    Record record = node.p.durable.chosen;
    record.line = 99;
    record.epoch = epoch;
    record.primary = primary;
    record.branch = (Branch){.from = 98, .epoch = epoch, .forced = true};
    return record;
}

static void say_line(MemberId from, LineId line, Epoch epoch)
{
    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = node.p.peer[from].heartbeat;
    message.u.heartbeat.number = ++beats;
    message.u.heartbeat.line = line;
    message.u.heartbeat.epoch = epoch;
    hear(from, message);
}

static const Record *split(void)
{
    return &node.p.durable.split;
}

/* E5: of two lines of one epoch neither lags; each is told of the other, and what was heard is kept. */
static void two_lines_of_one_epoch_learn_of_each_other(void **state)
{
    (void)state;
    begin(SERVER_B);
    const Record *chosen = &node.p.durable.chosen;
    say_line(SERVER_C, chosen->line, chosen->epoch);
    assert_null(sent(SERVER_C, MESSAGE_CHOSEN));
    say_line(SERVER_C, 99, chosen->epoch + 1); /* it tells, and is answered */
    assert_null(sent(SERVER_C, MESSAGE_CHOSEN));
    now += 1000;
    say_line(SERVER_C, 99, chosen->epoch);
    assert_non_null(sent(SERVER_C, MESSAGE_CHOSEN));

    now += 1000;
    Record other = another_line(SERVER_C, chosen->epoch);
    assert_true(splits(&other));
    assert_non_null(sent(SERVER_C, MESSAGE_CHOSEN));
    assert_true(record_equal(split(), &other));
    assert_true((node_facts(&node, &settings) & FACT_SPLIT) != 0);
    assert_true((node_facts(&node, &settings) & FACT_PROPOSER_FREE) == 0);
    assert_false(splits(&other)); /* said once */
    other.epoch++;
    assert_false(splits(&other));
    assert_int_equal(split()->epoch, other.epoch);
    Record third = other; /* one at a time */
    third.line = 97;
    third.epoch += 9;
    assert_false(splits(&third));
    assert_int_equal(split()->line, 99);

    say_line(SERVER_C, chosen->line, chosen->epoch); /* its voter has lost its memory, say */
    assert_true(record_is_none(split()));
}

/* E5: nobody serves a line whose primary speaks for this one, or is this server, and of whose voters no majority is left. */
static void a_line_that_its_primary_has_left_stops_nobody(void **state)
{
    (void)state;
    begin(SERVER_B);
    const Record *chosen = &node.p.durable.chosen;
    say_line(SERVER_A, chosen->line, chosen->epoch);
    const Record left = another_line(SERVER_A, chosen->epoch);
    assert_true(splits(&left));
    assert_true(record_is_none(split()));
    begin(SERVER_B);
    const Record own = another_line(SERVER_B, node.p.durable.chosen.epoch);
    assert_true(splits(&own)); /* nobody else was heard: the others may take over on it */
    assert_false(record_is_none(split()));
    say_line(SERVER_A, chosen->line, chosen->epoch);
    assert_true(record_is_none(split()));
    begin(SERVER_B);
    const Record nobodys = another_line(MEMBER_NONE, node.p.durable.chosen.epoch);
    Message message = {.kind = MESSAGE_CHOSEN};
    message.u.chosen.record = nobodys;
    hear(SERVER_C, message);
    assert_true(record_is_none(split()));
}

/* E5: whoever slept over a recovery from a backup tells of the line before; that is old news, and no split. */
static void the_line_before_is_no_other_truth(void **state)
{
    (void)state;
    begin(SERVER_B);
    const Record before = node.p.durable.chosen;
    Record *chosen = &node.p.durable.chosen;
    chosen->line = 4;
    chosen->epoch = 5;
    chosen->branch = (Branch){.from = 3, .epoch = 5};
    node.p.durable.accepted = *chosen;
    const Record latest = *chosen;

    assert_false(splits(&before));
    assert_true(record_equal(&node.p.durable.chosen, &latest));
    Record beyond = before;
    beyond.epoch = 6; /* it has gone on by itself */
    assert_true(splits(&beyond));
    assert_true(record_equal(&node.p.durable.chosen, &latest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_about_the_end_of_wal_is_bound_before_it_is_given),
        cmocka_unit_test(a_sender_with_an_old_name_is_not_the_stream),
        cmocka_unit_test(a_primary_that_does_not_answer_takes_no_standby_for_lost),
        cmocka_unit_test(who_finds_an_instance_that_does_not_answer_ends_it_without_a_lease),
        cmocka_unit_test(who_remembers_nothing_ends_an_instance_that_does_not_answer),
        cmocka_unit_test(a_standby_that_others_promote_is_stopped),
        cmocka_unit_test(a_copy_of_a_young_cluster_is_no_former_member),
        cmocka_unit_test(another_table_of_members_ends_the_daemon),
        cmocka_unit_test(a_claim_waits_for_n_k_1_positions),
        cmocka_unit_test(who_has_less_yields),
        cmocka_unit_test(who_lost_its_memory_stays_cut),
        cmocka_unit_test(who_lost_wal_that_it_had_reported_answers_nobody),
        cmocka_unit_test(a_tightening_ends_with_its_reason),
        cmocka_unit_test(an_attachment_ends_with_what_it_rests_on),
        cmocka_unit_test(an_attachment_that_fails_is_tried_again_ever_more_seldom),
        cmocka_unit_test(an_attachment_outlives_a_record_that_does_not_speak_of_it),
        cmocka_unit_test(an_instance_that_resists_being_cut_does_not_count_as_serving),
        cmocka_unit_test(who_has_not_looked_has_not_spoken),
        cmocka_unit_test(who_has_a_growth_undecided_hands_over_to_nobody_by_name),
        cmocka_unit_test(the_line_before_is_no_other_truth),
        cmocka_unit_test(two_lines_of_one_epoch_learn_of_each_other),
        cmocka_unit_test(a_line_that_its_primary_has_left_stops_nobody),
        cmocka_unit_test(a_fulfilled_wish_gives_way_to_a_later_one),
        cmocka_unit_test(a_fulfilled_wish_is_kept_while_a_primary_is_open),
        cmocka_unit_test(a_consent_is_dropped_for_an_end_out_of_reach_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

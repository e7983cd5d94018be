/* core/participant.h: what a voter promises, refuses and grants (E1 to E3, P5, section 5). */
#include "unit.h"

#include "core/proposer.h"

#include <string.h>

static const CoreSettings settings = {
    .heartbeat_interval = 200,
    .detection = 2000,
    .lease = 1700,
    .lease_cut = 300,
};

enum { SERVER_A = 0, SERVER_B = 1, ARBITER = 2 };

static Actions actions;

/* An arbiter with a memory, that knows of A as primary with B eligible. */
static void begin(Participant *p)
{
    Event start = {.kind = EVENT_START, .now = 10000};
    Durable *durable = &start.u.start.durable;
    durable->members.count = 3;
    durable->members.member[ARBITER].kind = MEMBER_ARBITER;
    for (MemberId m = 0; m < 3; m++)
        durable->memory[m] = (VoterMemory){.incarnation = 1, .generation = 5};
    durable->generation = 5;
    durable->cluster.bytes[0] = 1;
    durable->chosen = (Record){
        .cluster = durable->cluster,
        .line = 3,
        .epoch = 2,
        .primary = SERVER_A,
        .automatic = true,
        .voters = durable->members,
        .eligible_count = 1,
        .quorum = 1,
    };
    durable->chosen.eligible[0] = (EligibleMember){.member = SERVER_B, .dir = 22};
    durable->accepted = durable->chosen;
    durable->accepted_ballot = (Ballot){.number = 4, .member = SERVER_A, .incarnation = 1};
    durable->promised = durable->accepted_ballot;
    start.u.start.memory = MEMORY_KEPT;
    start.u.start.members = durable->members;
    start.u.start.self = ARBITER;
    start.u.start.agent = 99;
    actions.count = 0;
    participant_start(p, &settings, &start, &actions);
}

static void pass_time(Participant *p, Millis millis)
{
    p->now += millis;
    p->stepped_at = p->now;
}

static Prepare prepare_by(const Participant *p, MemberId from, uint64_t number, Purpose purpose)
{
    Prepare prepare = {
        .cluster = p->durable.cluster,
        .ballot = {.number = number, .member = from, .incarnation = 1},
        .purpose = purpose,
    };
    memcpy(prepare.memory, p->durable.memory, sizeof prepare.memory);
    return prepare;
}

static Accept takeover_by_b(const Participant *p, uint64_t number)
{
    Accept accept = {
        .cluster = p->durable.cluster,
        .ballot = {.number = number, .member = SERVER_B, .incarnation = 1},
        .purpose = PURPOSE_TAKEOVER,
    };
    memcpy(accept.memory, p->durable.memory, sizeof accept.memory);
    accept.record = record_succeed(&p->durable.chosen, CAUSE_TAKEOVER, SERVER_B, 22,
                                   (Position){.timeline = 1, .lsn = 5}, 2, 0);
    return accept;
}

static void beat(Participant *p, uint64_t number, bool well)
{
    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = (Heartbeat){
        .number = number,
        .cluster = p->durable.cluster,
        .line = 3,
        .epoch = 2,
        .agent = 77,
        .well = well,
        .leased = true,
        .memory = p->durable.memory[SERVER_A],
    };
    actions.count = 0;
    (void)participant_message(p, &settings, SERVER_A, &message, &actions);
}

static const HeartbeatAnswer *answer(void)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_SEND &&
            actions.action[i].u.send.message.kind == MESSAGE_HEARTBEAT_ANSWER)
            return &actions.action[i].u.send.message.u.heartbeat_answer;
    return NULL;
}

static void a_ballot_is_promised_once(void **state)
{
    Participant p;
    (void)state;
    begin(&p);

    const Prepare high = prepare_by(&p, SERVER_A, 9, PURPOSE_CHANGE);
    const Prepare low = prepare_by(&p, SERVER_B, 8, PURPOSE_READ);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &high), REFUSAL_NONE);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &high), REFUSAL_LOWER_BALLOT);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &low), REFUSAL_LOWER_BALLOT);
    assert_int_equal(p.durable.promised.number, 9);
}

static void nothing_is_accepted_below_the_promise(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    const Prepare high = prepare_by(&p, SERVER_A, 9, PURPOSE_CHANGE);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &high), REFUSAL_NONE);
    const Accept low = takeover_by_b(&p, 8);
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &low), REFUSAL_LOWER_BALLOT);
    assert_int_equal(p.durable.accepted.epoch, 2);
}

static void strangers_and_borrowed_ballots_are_refused(void **state)
{
    Participant p;
    (void)state;
    begin(&p);

    Prepare prepare = prepare_by(&p, SERVER_B, 9, PURPOSE_READ);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &prepare), REFUSAL_STRANGER);
    prepare.cluster.bytes[5] = 8;
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_STRANGER);
    assert_int_equal(p.durable.promised.number, 4);
}

static void a_round_that_counts_on_an_old_incarnation_is_refused(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    p.durable.memory[SERVER_B].incarnation = 2;

    Prepare prepare = prepare_by(&p, SERVER_A, 9, PURPOSE_CHANGE);
    prepare.memory[SERVER_B].incarnation = 1;
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &prepare), REFUSAL_INCARNATION);
    prepare.memory[SERVER_B].incarnation = 2;
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &prepare), REFUSAL_NONE);
}

static void a_voter_of_which_more_is_remembered_has_lost_its_memory(void **state)
{
    Participant p;
    (void)state;
    begin(&p);

    Prepare prepare = prepare_by(&p, SERVER_A, 9, PURPOSE_CHANGE);
    prepare.memory[ARBITER].generation = 6;
    const Message message = {.kind = MESSAGE_PREPARE, .u.prepare = prepare};
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_false(participant_has_memory(&p));
    assert_int_equal(p.durable.chosen.epoch, 0); /* nothing of it may be counted */
}

/* E3: found out by the first heartbeat, before it counts in any round. */
static void who_says_less_of_its_memory_than_before_is_told(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    p.durable.memory[SERVER_A].generation = 9;
    const uint64_t generation = p.durable.generation;

    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat.number = 1;
    message.u.heartbeat.cluster = p.durable.cluster;
    message.u.heartbeat.memory = (VoterMemory){.incarnation = 1, .generation = 8};
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_int_equal(p.durable.generation, generation);
    const Message *told = NULL;
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_SEND &&
            actions.action[i].u.send.message.kind == MESSAGE_RECOVER_ANSWER)
            told = &actions.action[i].u.send.message;
    assert_non_null(told);
    assert_int_equal(told->u.recover_answer.memory[SERVER_A].generation, 9);

    /* The other side of it: the arbiter hears that it said more once. */
    Message back = {.kind = MESSAGE_RECOVER_ANSWER};
    memcpy(back.u.recover_answer.memory, p.durable.memory, sizeof p.durable.memory);
    back.u.recover_answer.memory[ARBITER].generation = generation + 1;
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_B, &back, &actions);
    assert_false(participant_has_memory(&p));
}

/* E3: who wrote what, as a voter says it: `first` up to generation 8, `second` from there to 10. */
static Runs two_runs(AgentId first, AgentId second)
{
    return (Runs){.count = 2,
                  .run = {{.agent = first, .until = 8}, {.agent = second, .until = 10}}};
}

static unsigned told(MemberId to)
{
    unsigned count = 0;
    for (unsigned i = 0; i < actions.count; i++)
        count += actions.action[i].kind == ACTION_SEND && actions.action[i].u.send.to == to &&
                 actions.action[i].u.send.message.kind == MESSAGE_RECOVER_ANSWER;
    return count;
}

/* Generation 9 of A was written by its run 71; the memory put back lets run 72 write it. */
static void a_memory_that_has_caught_up_is_not_the_one_put_back(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    p.durable.memory[SERVER_A] = (VoterMemory){.incarnation = 1, .generation = 9, .agent = 71};

    Prepare prepare = prepare_by(&p, SERVER_A, 9, PURPOSE_READ);
    prepare.memory[SERVER_A] = (VoterMemory){.incarnation = 1, .generation = 10, .agent = 72};
    prepare.runs = two_runs(70, 72);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &prepare), REFUSAL_INCARNATION);
    assert_int_equal(p.durable.memory[SERVER_A].agent, 71); /* what is believed is noted */
    p.durable.memory[SERVER_A].agent = 0; /* heard of by a version that did not say */
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &prepare), REFUSAL_NONE);
    assert_int_equal(p.durable.memory[SERVER_A].agent, 72);

    p.durable.memory[SERVER_A] = (VoterMemory){.incarnation = 1, .generation = 9, .agent = 71};
    prepare.ballot.number++;
    prepare.memory[SERVER_A].agent = 71;
    prepare.runs = two_runs(70, 71);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_A, &prepare), REFUSAL_NONE);
    assert_int_equal(p.durable.memory[SERVER_A].generation, 10);

    Accept accept = takeover_by_b(&p, 10);
    p.durable.memory[SERVER_B] = (VoterMemory){.incarnation = 1, .generation = 9, .agent = 71};
    accept.memory[SERVER_B] = (VoterMemory){.incarnation = 1, .generation = 10, .agent = 72};
    accept.runs = two_runs(70, 72);
    pass_time(&p, 5000);
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_INCARNATION);
}

static void the_heartbeat_of_such_a_memory_is_answered_with_what_is_remembered(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    p.durable.memory[SERVER_A] = (VoterMemory){.incarnation = 1, .generation = 9, .agent = 71};

    Message message = {.kind = MESSAGE_HEARTBEAT};
    Heartbeat *h = &message.u.heartbeat;
    *h = (Heartbeat){.number = 1, .cluster = p.durable.cluster, .agent = 72};
    h->memory = (VoterMemory){.incarnation = 1, .generation = 10, .agent = 72};
    h->runs = two_runs(70, 72);
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_int_equal(told(SERVER_A), 1);

    /* A run that says a number lower than its last one is only late: no word of it. */
    h->agent = 71;
    h->number = 2;
    h->memory = (VoterMemory){.incarnation = 1, .generation = 8, .agent = 70};
    h->runs = two_runs(70, 71);
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_int_equal(told(SERVER_A), 0);
    assert_int_equal(p.durable.memory[SERVER_A].generation, 9);
}

static void no_answer_of_such_a_memory_is_counted(void **state)
{
    Participant p;
    Proposer proposer = {0};
    (void)state;
    begin(&p);
    p.durable.memory[SERVER_A] = (VoterMemory){.incarnation = 1, .generation = 9, .agent = 71};
    actions.count = 0;
    assert_true(proposer_begin(&proposer, &p, &settings, PURPOSE_READ, NULL, &p.durable.chosen,
                               &p.durable.chosen, &actions));

    Message message = {.kind = MESSAGE_PROMISE};
    Promise *promise = &message.u.promise;
    *promise = (Promise){.ballot = proposer.ballot};
    promise->memory = (VoterMemory){.incarnation = 1, .generation = 10, .agent = 72};
    promise->runs = two_runs(70, 72);
    actions.count = 0;
    assert_true(proposer_message(&proposer, &p, &settings, SERVER_A, &message, &actions));
    assert_false(member_in(proposer.promised, SERVER_A));
    assert_int_equal(told(SERVER_A), 1);
    promise->memory.agent = 71;
    promise->runs = two_runs(70, 71);
    p.persist_done = p.persist_ordered;
    assert_true(proposer_message(&proposer, &p, &settings, SERVER_A, &message, &actions));
    assert_int_equal(proposer.phase, PROPOSER_ACCEPTING);
    assert_int_equal(p.durable.memory[SERVER_A].generation, 10);

    Message last = {.kind = MESSAGE_ACCEPTED};
    Accepted *accepted = &last.u.accepted;
    *accepted = (Accepted){.ballot = proposer.ballot};
    accepted->memory = (VoterMemory){.incarnation = 1, .generation = 11, .agent = 72};
    accepted->runs = (Runs){.count = 1, .run = {{.agent = 72, .until = 11}}};
    actions.count = 0;
    assert_true(proposer_message(&proposer, &p, &settings, SERVER_A, &last, &actions));
    assert_false(member_in(proposer.accepted, SERVER_A));
    assert_int_equal(told(SERVER_A), 1);
}

/* The accused looks into its own file, and what it learns of it outlasts a restart. */
static void who_is_told_of_a_write_of_another_run_writes_down_that_it_lost_its_memory(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    participant_persist(&p, &actions); /* generation 6, by run 99; who wrote before is not known */
    const VoterMemory own = {.incarnation = 1, .generation = 6, .agent = 99};
    assert_memory_equal(&p.durable.memory[ARBITER], &own, sizeof own);

    Message message = {.kind = MESSAGE_RECOVER_ANSWER};
    VoterMemory *remembered = &message.u.recover_answer.memory[ARBITER];
    *remembered = (VoterMemory){.incarnation = 1, .generation = 5, .agent = 98};
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    *remembered = own;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_true(participant_has_memory(&p));

    remembered->agent = 98;
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_false(participant_has_memory(&p));
    assert_int_equal(actions.action[actions.count - 1].kind, ACTION_PERSIST);
    assert_int_equal(actions.action[actions.count - 1].u.persist.memory[ARBITER].incarnation, 0);
}

/* The file keeps who wrote it over restarts, as many runs as there is room for; of one before nobody is accused. */
static void the_latest_runs_are_remembered(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    for (AgentId agent = 100; agent < 120; agent++) {
        Event again = {.kind = EVENT_START, .now = p.now};
        again.u.start =
            (Start){.memory = MEMORY_KEPT, .durable = p.durable, .self = ARBITER, .agent = agent};
        actions.count = 0;
        participant_start(&p, &settings, &again, &actions);
        participant_persist(&p, &actions);
        participant_persist(&p, &actions);
    }
    assert_int_equal(p.durable.runs.count, RUNS_MAX);
    const VoterMemory *now = &p.durable.memory[ARBITER];
    const uint64_t last = now->generation;
    for (unsigned back = 0; back < 2 * 20; back++) {
        const AgentId writer = 119 - back / 2;
        VoterMemory known = {.incarnation = 1, .generation = last - back, .agent = writer};
        assert_true(recall_goes_on(now, &p.durable.runs, &known));
        known.agent = 1;
        assert_int_equal(recall_goes_on(now, &p.durable.runs, &known), back / 2 >= RUNS_MAX - 1);
    }
}

/* What every other voter answers to the question that was asked last. */
static void everybody_hands_over(Participant *p, Incarnation incarnation, Incarnation known)
{
    Message answer = {.kind = MESSAGE_RECOVER_ANSWER};
    answer.u.recover_answer = (RecoverAnswer){
        .nonce = p->recall.nonce,
        .incarnation = incarnation,
        .known = known,
    };
    for (MemberId m = SERVER_A; m <= SERVER_B; m++) {
        actions.count = 0;
        (void)participant_message(p, &settings, m, &answer, &actions);
    }
}

/* E3: what the others know is not enough; they note a new incarnation first, so that answers of the old one, which
 * may still be on their way, count no more. */
static void a_lost_memory_comes_back_under_a_new_incarnation_only(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    actions.count = 0;
    recall_begin(&p, &actions);

    everybody_hands_over(&p, 0, 1);
    assert_false(participant_has_memory(&p));
    everybody_hands_over(&p, 2, 2);
    assert_true(participant_has_memory(&p));
    assert_int_equal(p.durable.memory[ARBITER].incarnation, 2);
}

/* E4: with other members the same number names another one. */
static void records_of_other_members_are_refused(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    Accept accept = takeover_by_b(&p, 9);
    accept.record.voters.count = 4;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_STRANGER);
    actions.count = 0;
    assert_false(participant_learn(&p, &accept.record, &actions));
    assert_int_equal(p.durable.chosen.epoch, 2);
}

/* Once for each run, whether it lies or is only late. */
static void an_old_record_told_as_chosen_is_refused_and_reported_once(void **state)
{
    Participant p;
    Message message = {.kind = MESSAGE_CHOSEN};
    (void)state;
    begin(&p);
    message.u.chosen.record = p.durable.chosen;
    message.u.chosen.record.epoch = 1;
    message.u.chosen.record.primary = SERVER_B;
    actions.count = 0;
    for (int i = 0; i < 3; i++) {
        assert_false(participant_message(&p, &settings, SERVER_B, &message, &actions));
        assert_false(participant_learn(&p, &message.u.chosen.record, &actions));
    }
    assert_int_equal(actions.count, 1);
    assert_int_equal(actions.action[0].kind, ACTION_LOG);
    assert_int_equal(actions.action[0].u.log.id, MSG_PEER_OLD_RECORD);
    assert_int_equal(p.durable.chosen.primary, SERVER_A);

    message.u.chosen.record = p.durable.chosen; /* the same one again is no news, and no fault */
    assert_false(participant_message(&p, &settings, SERVER_A, &message, &actions));
    assert_int_equal(actions.count, 1);
}

static void a_fresh_voter_knows_no_lease_that_it_gave(void **state)
{
    Participant p;
    (void)state;
    begin(&p);

    const Prepare prepare = prepare_by(&p, SERVER_B, 9, PURPOSE_TAKEOVER);
    pass_time(&p, 1784);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_LEASE);
    pass_time(&p, 1);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_NONE);
}

static void a_lease_holds_from_receipt_and_a_twentieth(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);
    beat(&p, 1, false);
    assert_true(answer()->lease);

    const Prepare prepare = prepare_by(&p, SERVER_B, 9, PURPOSE_TAKEOVER);
    pass_time(&p, 1784);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_LEASE);
    pass_time(&p, 1);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_NONE);
}

/* Seed 213005614: a takeover that came to nothing, for a round above it has found the record before. Who was to take over is
 * heard, and well: that forbids no voter what is known to be chosen. */
static void what_is_chosen_is_accepted_again_over_a_takeover_that_came_to_nothing(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);
    const Accept takeover = takeover_by_b(&p, 9);
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &takeover), REFUSAL_NONE);
    assert_int_equal(p.durable.accepted.primary, SERVER_B);

    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = (Heartbeat){.number = 1,
                                      .cluster = p.durable.cluster,
                                      .line = 3,
                                      .epoch = 2,
                                      .agent = 78,
                                      .well = true,
                                      .memory = p.durable.memory[SERVER_B]};
    (void)participant_message(&p, &settings, SERVER_B, &message, &actions);

    Accept again = takeover_by_b(&p, 11);
    again.purpose = PURPOSE_READ;
    again.ballot.member = SERVER_A;
    again.record = p.durable.chosen;
    assert_int_equal(voter_accept(&p, &settings, SERVER_A, &again), REFUSAL_NONE);
    assert_true(record_equal(&p.durable.accepted, &p.durable.chosen));
}

/* The primary counts on its own settings: where this voter's say less, it honours the longer lease, and does so
 * after a restart, too, before it grants the first. */
static void the_longer_of_two_leases_is_honoured(void **state)
{
    Participant p;
    Message message = {.kind = MESSAGE_HEARTBEAT};
    (void)state;
    begin(&p);
    pass_time(&p, 5000);
    beat(&p, 1, false);
    message.u.heartbeat = p.peer[SERVER_A].heartbeat;
    message.u.heartbeat.lease = 9000;
    message.u.heartbeat.number = 2;
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_false(answer()->lease);
    assert_int_equal(p.durable.longest_lease, 9000);
    p.persist_done = p.persist_ordered;
    message.u.heartbeat.number = 3;
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_true(answer()->lease);

    const Prepare prepare = prepare_by(&p, SERVER_B, 9, PURPOSE_TAKEOVER);
    pass_time(&p, 9449);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_LEASE);
    pass_time(&p, 1);
    assert_int_equal(voter_prepare(&p, &settings, SERVER_B, &prepare), REFUSAL_NONE);

    Event again = {.kind = EVENT_START, .now = p.now};
    again.u.start =
        (Start){.memory = MEMORY_KEPT, .durable = p.durable, .self = ARBITER, .agent = 100};
    actions.count = 0;
    participant_start(&p, &settings, &again, &actions);
    assert_int_equal(p.lease_blind_until, p.now + 9450);
}

/* It has forgotten what it granted, and for how long; what it hears while it asks tells how long that may have been. */
static void a_voter_whose_memory_is_handed_back_keeps_to_the_longest_lease_it_hears_of(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    beat(&p, 1, true);
    p.peer[SERVER_A].heartbeat.lease = 9000; /* heard before it was asked for any lease */
    actions.count = 0;
    recall_begin(&p, &actions);
    everybody_hands_over(&p, 0, 1);
    everybody_hands_over(&p, 2, 2);
    assert_true(participant_has_memory(&p));
    assert_int_equal(p.lease_blind_until, p.now + 9450);
}

/* A server's heartbeat as another run of its agent, whose settings say this. */
static void beat_anew(Participant *p, uint64_t agent, Millis lease)
{
    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = p->peer[SERVER_A].heartbeat;
    message.u.heartbeat.agent = agent;
    message.u.heartbeat.lease = lease;
    (void)participant_message(p, &settings, SERVER_A, &message, &actions);
}

static void grant(Participant *p, uint64_t number, Millis sent)
{
    Message message = {.kind = MESSAGE_HEARTBEAT_ANSWER};
    p->sent_number[number % HEARTBEATS_REMEMBERED] = number;
    p->sent_at[number % HEARTBEATS_REMEMBERED] = sent;
    message.u.heartbeat_answer = (HeartbeatAnswer){
        .number = number, .line = 3, .epoch = 2, .agent = p->agent, .lease = true};
    (void)participant_message(p, &settings, SERVER_A, &message, &actions);
}

/* P5, E3: a voter that is started anew votes nobody in for as long as its settings say. With another memory it may be given
 * a takeover that it was asked for before it granted anything. */
static void what_a_voter_granted_stands_until_it_may_have_forgotten_that(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    beat(&p, 1, true);
    grant(&p, 5, p.now - 100);
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, p.now - 100);
    beat_anew(&p, 78, 1700);
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, p.now - 100);
    beat_anew(&p, 79, 1699);
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, 0);
    grant(&p, 6, p.now); /* an answer of the run before */
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, 0);
    pass_time(&p, 50);
    grant(&p, 7, p.now);
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, p.now);

    Message ask = {.kind = MESSAGE_RECOVER_ASK};
    ask.u.recover_ask = (RecoverAsk){.nonce = 9, .incarnation = 2};
    (void)participant_message(&p, &settings, SERVER_A, &ask, &actions);
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, 0);
    grant(&p, 8, p.now);
    assert_int_equal(p.peer[SERVER_A].granted_sent_at, 0);
}

/* Section 5: what remains after the lease is the voter's own hearing. */
static void a_primary_that_is_heard_and_well_is_not_replaced(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);
    beat(&p, 1, true);
    pass_time(&p, 1900);

    const Consent none = {0};
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &none), REFUSAL_PRIMARY_WELL);
    pass_time(&p, 101);
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &none), REFUSAL_NONE);
}

static void consent_frees_only_the_run_that_gave_it(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);
    beat(&p, 1, true);

    Consent consent = {
        .given = true, .line = 3, .epoch = 2, .primary = SERVER_A, .agent = 77, .incarnation = 1};
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent), REFUSAL_NONE);
    consent.agent = 78;
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent), REFUSAL_LEASE);
    consent.agent = 77;
    consent.line = 2;
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent), REFUSAL_LEASE);
    consent.line = 3;
    consent.epoch = 1;
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent), REFUSAL_LEASE);
}

static void who_accepted_a_takeover_answers_the_old_primary_no_more(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    const Accept accept = takeover_by_b(&p, 9);
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_NONE);
    beat(&p, 1, true);
    assert_false(answer()->lease);
}

/* P5: completing somebody's takeover by reading is a takeover, too. */
/* P7, E3: who hands back is bound by its memory; of one that was lost since, the word says nothing. */
static void handing_back_counts_only_for_the_memory_that_knows_of_it(void **state)
{
    (void)state;
    Participant p;
    begin(&p);
    p.durable.chosen.eligible_count = p.durable.chosen.quorum = 0;
    p.durable.chosen.former = (Former){.member = SERVER_B, .dir = 22, .timeline = 1};
    p.durable.accepted = p.durable.chosen;
    pass_time(&p, 10000); /* no lease is left that this run might have given */
    Consent consent = {
        .given = true, .line = 3, .epoch = 2, .primary = SERVER_A, .back = true, .incarnation = 1};
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent), REFUSAL_NONE);
    p.durable.memory[SERVER_A].incarnation = 2;
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent),
                     REFUSAL_INCARNATION);
    consent.incarnation = 2;
    assert_int_equal(voter_refuses_takeover(&p, &settings, SERVER_B, &consent), REFUSAL_NONE);
}

static void a_takeover_called_reading_keeps_to_the_lease(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);
    beat(&p, 1, true);

    Accept accept = takeover_by_b(&p, 9);
    accept.purpose = PURPOSE_READ;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_LEASE);
}

/* By A, whom this voter knows as primary; given back to it by `consent`. */
static Refusal accepts_given_back(Participant *p, Epoch epoch, const Consent *consent)
{
    Accept accept = {
        .cluster = p->durable.cluster,
        .ballot = {.number = p->durable.promised.number + 1, .member = SERVER_A, .incarnation = 1},
        .purpose = PURPOSE_CHANGE,
        .record = p->durable.chosen,
        .consent = *consent,
    };
    memcpy(accept.memory, p->durable.memory, sizeof accept.memory);
    while (accept.record.epoch < epoch)
        accept.record = record_next(&accept.record, CAUSE_SETTING, 0);
    Participant tried = *p;
    return voter_accept(&tried, &settings, SERVER_A, &accept);
}

static Refusal accepts_epoch(Participant *p, Epoch epoch)
{
    const Consent none = {0};
    return accepts_given_back(p, epoch, &none);
}

/* This voter has slept over the record under which B was primary. */
static void a_word_is_judged_by_who_has_given_it(void **state)
{
    (void)state;
    Participant p;
    begin(&p);
    pass_time(&p, 1785);
    Consent consent = {.given = true, .back = true, .primary = SERVER_B, .incarnation = 1};
    assert_int_equal(accepts_given_back(&p, 4, &consent), REFUSAL_NONE);
    p.durable.memory[SERVER_B].incarnation = 2;
    assert_int_equal(accepts_given_back(&p, 4, &consent), REFUSAL_INCARNATION);
    consent.primary = MEMBERS_MAX;
    assert_int_equal(accepts_given_back(&p, 4, &consent), REFUSAL_INCARNATION);
    consent.primary = SERVER_A; /* what is found is of that reign itself */
    assert_int_equal(accepts_given_back(&p, 4, &consent), REFUSAL_NONE);
}

/* Between the record that it knows and this one there is another, under which it may have leased B. */
static void who_skips_a_record_waits_for_a_lease_of_another(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    assert_int_equal(accepts_epoch(&p, 3), REFUSAL_NONE);
    assert_int_equal(accepts_epoch(&p, 4), REFUSAL_LEASE); /* of the run before */
    pass_time(&p, 1785);
    assert_int_equal(accepts_epoch(&p, 4), REFUSAL_NONE);

    beat(&p, 1, true);
    assert_int_equal(accepts_epoch(&p, 4), REFUSAL_NONE);

    const Heartbeat of_b = {.line = 3, .epoch = 3, .agent = 78, .leased = true, .lease = 1700};
    assert_true(voter_grants(&p, &settings, SERVER_B, &of_b));
    assert_int_equal(accepts_epoch(&p, 3), REFUSAL_NONE);
    assert_int_equal(accepts_epoch(&p, 4), REFUSAL_LEASE);
    pass_time(&p, 1785);
    assert_int_equal(accepts_epoch(&p, 4), REFUSAL_NONE);
}

static void another_line_is_refused(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    Accept accept = takeover_by_b(&p, 9);
    accept.record.line = 4;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_SPLIT);
}

/* E5: a majority may open a line by a recovery from a backup; whoever slept over that follows, and the line before
 * does not go on beyond it. */
static void a_line_that_this_one_has_led_to_is_accepted(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    Accept accept = takeover_by_b(&p, 9);
    const LineId before = accept.record.line;
    accept.record.line = 4;
    accept.record.branch = (Branch){.from = before, .epoch = accept.record.epoch};
    Record old = p.durable.chosen;
    old.epoch = accept.record.epoch;
    assert_false(record_leads_to(&old, &accept.record));
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_NONE);
    /* It is only accepted: the other line may yet be the one that is chosen. */
    assert_int_equal(p.durable.chosen.line, before);
    Accept other = takeover_by_b(&p, 10);
    other.record.line = before;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &other), REFUSAL_NONE);
}

/* It knows of no record that is chosen, and has accepted one of another line. */
static void a_line_that_was_only_accepted_does_not_give_way_to_any_other(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    Accept accept = takeover_by_b(&p, 9);
    p.durable.chosen = (Record){0};
    accept.record.line = 4;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_SPLIT);
    accept.record.line = 3;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_NONE);
}

/* Section 4, restored: not while another server is heard to admit clients. */
static void nothing_is_restored_while_another_one_serves(void **state)
{
    Participant p;
    (void)state;
    begin(&p);
    pass_time(&p, 5000);

    Accept accept = takeover_by_b(&p, 9);
    accept.record.cause = CAUSE_RESTORED;
    Peer *peer = &p.peer[SERVER_A];
    peer->heard_at = peer->heartbeat_at = p.now;
    peer->has_heartbeat = true;
    peer->heartbeat.instance = INSTANCE_OPEN;
    peer->heartbeat.well = false;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_PRIMARY_WELL);
    peer->heartbeat.instance = INSTANCE_DOWN;
    assert_int_equal(voter_accept(&p, &settings, SERVER_B, &accept), REFUSAL_NONE);
}

/* E2: whatever is answered was written first. */
static void a_promise_is_written_before_it_is_sent(void **state)
{
    Participant p;
    (void)state;
    begin(&p);

    const Message message = {
        .kind = MESSAGE_PREPARE,
        .u.prepare = prepare_by(&p, SERVER_A, 9, PURPOSE_CHANGE),
    };
    actions.count = 0;
    (void)participant_message(&p, &settings, SERVER_A, &message, &actions);
    assert_int_equal(actions.count, 2);
    assert_int_equal(actions.action[0].kind, ACTION_PERSIST);
    assert_int_equal(actions.action[0].u.persist.promised.number, 9);
    assert_int_equal(actions.action[1].kind, ACTION_SEND);
    assert_false(actions.action[1].urgent);
    assert_int_equal(actions.action[1].u.send.message.u.promise.refusal, REFUSAL_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ballot_is_promised_once),
        cmocka_unit_test(nothing_is_accepted_below_the_promise),
        cmocka_unit_test(strangers_and_borrowed_ballots_are_refused),
        cmocka_unit_test(a_round_that_counts_on_an_old_incarnation_is_refused),
        cmocka_unit_test(a_voter_of_which_more_is_remembered_has_lost_its_memory),
        cmocka_unit_test(who_says_less_of_its_memory_than_before_is_told),
        cmocka_unit_test(a_memory_that_has_caught_up_is_not_the_one_put_back),
        cmocka_unit_test(the_heartbeat_of_such_a_memory_is_answered_with_what_is_remembered),
        cmocka_unit_test(no_answer_of_such_a_memory_is_counted),
        cmocka_unit_test(who_is_told_of_a_write_of_another_run_writes_down_that_it_lost_its_memory),
        cmocka_unit_test(the_latest_runs_are_remembered),
        cmocka_unit_test(a_lost_memory_comes_back_under_a_new_incarnation_only),
        cmocka_unit_test(records_of_other_members_are_refused),
        cmocka_unit_test(an_old_record_told_as_chosen_is_refused_and_reported_once),
        cmocka_unit_test(a_fresh_voter_knows_no_lease_that_it_gave),
        cmocka_unit_test(a_lease_holds_from_receipt_and_a_twentieth),
        cmocka_unit_test(what_is_chosen_is_accepted_again_over_a_takeover_that_came_to_nothing),
        cmocka_unit_test(the_longer_of_two_leases_is_honoured),
        cmocka_unit_test(
            a_voter_whose_memory_is_handed_back_keeps_to_the_longest_lease_it_hears_of),
        cmocka_unit_test(what_a_voter_granted_stands_until_it_may_have_forgotten_that),
        cmocka_unit_test(a_primary_that_is_heard_and_well_is_not_replaced),
        cmocka_unit_test(consent_frees_only_the_run_that_gave_it),
        cmocka_unit_test(who_accepted_a_takeover_answers_the_old_primary_no_more),
        cmocka_unit_test(handing_back_counts_only_for_the_memory_that_knows_of_it),
        cmocka_unit_test(a_takeover_called_reading_keeps_to_the_lease),
        cmocka_unit_test(a_word_is_judged_by_who_has_given_it),
        cmocka_unit_test(who_skips_a_record_waits_for_a_lease_of_another),
        cmocka_unit_test(another_line_is_refused),
        cmocka_unit_test(a_line_that_this_one_has_led_to_is_accepted),
        cmocka_unit_test(a_line_that_was_only_accepted_does_not_give_way_to_any_other),
        cmocka_unit_test(nothing_is_restored_while_another_one_serves),
        cmocka_unit_test(a_promise_is_written_before_it_is_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

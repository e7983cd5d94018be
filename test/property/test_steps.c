/* test_steps.c - a step is total: whatever comes in, from whomever, in whatever order, it holds and keeps its bounds.
 *
 * Members are authenticated, not trusted, and the instance does what it likes: so everything that the codec lets
 * through may come. Most of it is taken from what the member under test knows itself, a little changed, so that it
 * gets further than to the first comparison. Every tape is one life of one member. */
#include "../unit/unit.h"

#include "tape.h"

#include "core/arbiter.h"
#include "core/node.h"
#include "core/record.h"

#include <string.h>

enum { TAPES = 20000, EVENTS = 800, MEMBERS = 4, ARBITER = 3, ORDERS = 32 };

static CoreSettings settings = {
    .heartbeat_interval = 200,
    .detection = 2000,
    .lease = 1700,
    .lease_cut = 300,
    .instance_detection = 2000,
    .stop_limit = 10000,
    .start_limit = 60000,
    .restarts_max = 3,
    .restarts_window = 60000,
    .eligible_max = 2,
};

typedef struct Life {
    Tape tape;
    MemberId self;
    Node node;
    Arbiter arbiter;
    Participant *p; /* of the one that lives */
    Millis now;
    uint64_t sequence;
    uint32_t order_count;
    Done order[ORDERS]; /* given and not answered, oldest first */
    uint64_t answered;
    bool friendly;       /* less of it is odd: it gets further */
    InstancePhase phase; /* what the orders given would make of the instance */
} Life;

static Life life;
static Actions actions;

static bool once_in(uint32_t times)
{
    return tape_pick(&life.tape, times) == 0;
}

/* Something odd. */
static bool oddly(uint32_t times)
{
    return once_in(life.friendly ? 12 * times : times);
}

static uint64_t around(uint64_t value)
{
    const uint32_t pick = tape_pick(&life.tape, life.friendly ? 60 : 8);
    return pick == 0 ? value + 1 : pick == 1 && value > 0 ? value - 1 : pick == 2 ? 0 : value;
}

static MemberId any_member(void)
{
    const uint32_t pick = tape_pick(&life.tape, MEMBERS + 1);
    return pick == MEMBERS ? MEMBER_NONE : (MemberId)pick;
}

static const Record *known_record(void)
{
    const Durable *d = &life.p->durable;
    return once_in(3) ? &d->accepted : &d->chosen;
}

static DirId dir_of(MemberId m)
{
    return oddly(8) ? 99 : 10u + m;
}

static Position any_position(void)
{
    return (Position){.timeline = (TimelineId)around(life.p->durable.chosen.timeline),
                      .lsn = 100 + 10 * tape_pick(&life.tape, 4) + (once_in(16) ? 1u << 30 : 0)};
}

static Attachment any_attachment(void)
{
    const Record *record = &life.p->durable.chosen;
    if (life.self != ARBITER && once_in(2)) {
        return life.node.offer[tape_pick(&life.tape, MEMBERS)].attachment;
    }
    if (record->eligible_count > 0 && once_in(2)) {
        return record->eligible[tape_pick(&life.tape, record->eligible_count)].attachment;
    }
    return (Attachment){.member = (MemberId)tape_pick(&life.tape, MEMBERS),
                        .epoch = 1,
                        .token = tape_pick(&life.tape, 3)};
}

/* Under which that server streams, mostly. */
static Attachment any_attachment_of(MemberId server)
{
    const EligibleMember *eligible = record_eligible(&life.p->durable.chosen, server);
    if (oddly(4) || life.self == ARBITER) {
        return any_attachment();
    }
    return eligible != NULL ? eligible->attachment : life.node.offer[server].attachment;
}

static Record any_record(void)
{
    Record r = *known_record();
    r.epoch = around(r.epoch);
    r.line = oddly(20) ? 8 : r.line;
    r.cluster.bytes[0] = oddly(20) ? 9 : r.cluster.bytes[0];
    if (oddly(3)) {
        r.primary = (MemberId)tape_pick(&life.tape, ARBITER);
        r.primary_dir = dir_of(r.primary);
        r.eligible_count = 0;
        r.quorum = 0;
    }
    if (oddly(3)) {
        r.eligible_count = 0;
        for (MemberId m = 0; m < ARBITER; m++) {
            if (m != r.primary && once_in(2)) {
                r.eligible[r.eligible_count++] =
                    (EligibleMember){.member = m, .dir = dir_of(m), .attachment = any_attachment()};
            }
        }
        r.quorum = r.eligible_count > 0;
    }
    r.automatic = oddly(8) ? !r.automatic : r.automatic;
    r.cause = oddly(4) ? (Cause)tape_pick(&life.tape, CAUSE_MEMBERS + 1) : r.cause;
    r.timeline = (TimelineId)around(r.timeline);
    r.start = around(r.start);
    r.voters.member[0].kind = oddly(40) ? MEMBER_ARBITER : MEMBER_SERVER;
    return r.epoch == 0 ? (Record){.primary = any_member()} : r;
}

static Ballot any_ballot(MemberId member)
{
    const Ballot known = once_in(2) ? life.p->durable.promised : life.node.proposer.ballot;
    Ballot b = {.number = around(known.number), .member = known.member, .incarnation = around(1)};
    b.member = once_in(2) ? member : b.member;
    return b;
}

/* Of a round of its own. */
static Ballot own_ballot(void)
{
    return oddly(2) ? any_ballot(life.self) : life.node.proposer.ballot;
}

static VoterMemory any_memory(MemberId m)
{
    const VoterMemory known = life.p->durable.memory[m];
    return (VoterMemory){.incarnation = around(known.incarnation),
                         .generation = around(known.generation)};
}

static void any_memories(VoterMemory *ret)
{
    for (MemberId m = 0; m < MEMBERS; m++) {
        ret[m] = once_in(3) ? any_memory(m) : life.p->durable.memory[m];
    }
}

static Consent any_consent(MemberId from)
{
    const Record *record = &life.p->durable.chosen;
    return (Consent){
        .given = !once_in(4),
        .line = oddly(8) ? 8 : record->line,
        .epoch = around(record->epoch),
        .primary = once_in(8) ? from : record->primary,
        .agent = 50u + from,
        .successor = once_in(3) ? any_member() : MEMBER_NONE,
        .final_known = once_in(2),
        .final = any_position(),
    };
}

static Chain any_chain(void)
{
    const Record *record = &life.p->durable.chosen;
    Chain chain = life.self == ARBITER || once_in(3) ? (Chain){0} : life.node.view.chain;
    if (chain.count < CHAIN_MAX && once_in(2)) {
        chain.link[chain.count++] = (ChainLink){.line = around(record->line),
                                                .epoch = around(record->epoch),
                                                .dir = dir_of(record->primary % MEMBERS),
                                                .timeline = (TimelineId)around(record->timeline),
                                                .start = around(record->start)};
    }
    return chain;
}

static Heartbeat any_heartbeat(MemberId from)
{
    const Record *record = &life.p->durable.chosen;
    return (Heartbeat){
        .number = tape_pick(&life.tape, 1000),
        .cluster.bytes[0] = oddly(20)  ? 9
                            : oddly(8) ? 0
                                       : record->cluster.bytes[0],
        .line = oddly(20) ? 8 : record->line,
        .epoch = around(record->epoch),
        .agent = 50u + from,
        .memory = any_memory(from),
        .instance = (InstancePhase)tape_pick(&life.tape, INSTANCE_SICK + 1),
        .well = !oddly(4),
        .voter_writes = !oddly(8),
        .leased = once_in(2),
        .lease = oddly(4) ? 3000 : settings.lease,
        .wants_attach = once_in(2),
        .leaving = oddly(6),
        .operator_stopped = oddly(20),
        .daemons_only = once_in(2),
        .failover_asked = once_in(10),
        .failover_wanted = once_in(2),
        .dir = dir_of(from),
        .wal = any_position(),
        .attachment = any_attachment_of(from),
        .hears = (MemberSet)tape_pick(&life.tape, 1u << MEMBERS),
        .system_identifier = oddly(20) ? 78 : 77,
    };
}

/* What proposers and voters say to each other. */
static Prepare any_prepare(MemberId from)
{
    Prepare prepare = {.cluster = life.p->durable.cluster,
                       .ballot = any_ballot(from),
                       .purpose = (Purpose)tape_pick(&life.tape, PURPOSE_BOOTSTRAP + 1),
                       .consent = any_consent(from)};
    any_memories(prepare.memory);
    return prepare;
}

static Accept any_accept(MemberId from)
{
    const Prepare like = any_prepare(from);
    Accept accept = {.cluster = like.cluster,
                     .ballot = like.ballot,
                     .purpose = like.purpose,
                     .consent = like.consent,
                     .record = any_record()};
    memcpy(accept.memory, like.memory, sizeof accept.memory);
    return accept;
}

static Refusal any_refusal(void)
{
    return oddly(2) ? (Refusal)tape_pick(&life.tape, REFUSAL_FENCED + 1) : REFUSAL_NONE;
}

static void fill_round(Message *m, MemberId from)
{
    if (m->kind == MESSAGE_PREPARE) {
        m->u.prepare = any_prepare(from);
    } else if (m->kind == MESSAGE_PROMISE) {
        m->u.promise = (Promise){.ballot = own_ballot(),
                                 .refusal = any_refusal(),
                                 .promised = any_ballot(from),
                                 .accepted_ballot = any_ballot(from),
                                 .accepted = oddly(2) ? any_record() : life.p->durable.accepted,
                                 .memory = any_memory(from)};
    } else if (m->kind == MESSAGE_ACCEPT) {
        m->u.accept = any_accept(from);
    } else if (m->kind == MESSAGE_ACCEPTED) {
        m->u.accepted = (Accepted){.ballot = own_ballot(),
                                   .refusal = any_refusal(),
                                   .promised = any_ballot(from),
                                   .memory = any_memory(from)};
    } else {
        m->u.chosen = (Chosen){.record = any_record(), .ballot = any_ballot(from)};
    }
}

static void fill_recall(Message *m)
{
    const uint64_t nonce = once_in(4) ? 1 : life.p->recall.nonce;
    if (m->kind == MESSAGE_RECOVER_ASK) {
        m->u.recover_ask = (RecoverAsk){.nonce = nonce, .incarnation = around(1)};
        return;
    }
    m->u.recover_answer =
        (RecoverAnswer){.nonce = nonce,
                        .incarnation = once_in(4) ? 1 : life.p->recall.incarnation,
                        .known = around(1),
                        .blank = once_in(3),
                        .promised = any_ballot(0),
                        .accepted_ballot = any_ballot(0),
                        .accepted = any_record(),
                        .chosen = any_record()};
    any_memories(m->u.recover_answer.memory);
}

static void fill_attachment(Message *m, MemberId from)
{
    const Epoch epoch = around(life.p->durable.chosen.epoch);
    if (m->kind == MESSAGE_ATTACH_ASK) {
        m->u.attach_ask = (AttachAsk){.epoch = epoch,
                                      .dir = oddly(10) ? 0 : dir_of(from),
                                      .system_identifier = oddly(10) ? 78 : 77,
                                      .wal = any_position(),
                                      .chain = any_chain()};
    } else if (m->kind == MESSAGE_ATTACH_ANSWER) {
        m->u.attach_answer =
            (AttachAnswer){.epoch = epoch,
                           .verdict = (AttachVerdict)tape_pick(&life.tape, ATTACH_FULL + 1),
                           .attachment = any_attachment(),
                           .fork = any_position(),
                           .chain = any_chain()};
        m->u.attach_answer.attachment.member = life.self;
    } else if (m->kind == MESSAGE_POSITION_ASK) {
        m->u.position_ask = (PositionAsk){.epoch = epoch};
    } else {
        m->u.position_answer =
            (PositionAnswer){.epoch = epoch, .position = any_position(), .dir = dir_of(from)};
    }
}

/* What it waits for comes more often than the rest. */
static MessageKind any_kind(void)
{
    if (life.self != ARBITER && proposer_is_busy(&life.node.proposer) && once_in(2)) {
        return life.node.proposer.phase == PROPOSER_PREPARING ? MESSAGE_PROMISE : MESSAGE_ACCEPTED;
    }
    return once_in(2) ? MESSAGE_HEARTBEAT
                      : (MessageKind)(1 + tape_pick(&life.tape, MESSAGE_KIND_COUNT - 1));
}

static void fill_message(Message *m, MemberId from)
{
    m->kind = any_kind();
    if (m->kind == MESSAGE_HEARTBEAT) {
        m->u.heartbeat = any_heartbeat(from);
    } else if (m->kind == MESSAGE_HEARTBEAT_ANSWER) {
        m->u.heartbeat_answer =
            (HeartbeatAnswer){.number = life.p->heartbeat.number - tape_pick(&life.tape, 3),
                              .line = life.p->durable.chosen.line,
                              .epoch = around(life.p->durable.chosen.epoch),
                              .agent = oddly(8) ? 1 : life.p->agent,
                              .lease = !oddly(4)};
    } else if (m->kind <= MESSAGE_CHOSEN) {
        fill_round(m, from);
    } else if (m->kind <= MESSAGE_RECOVER_ANSWER) {
        fill_recall(m);
    } else if (m->kind == MESSAGE_CONSENT) {
        m->u.consent = any_consent(from);
    } else {
        fill_attachment(m, from);
    }
}

static Lsn any_flush(void)
{
    return once_in(16) ? 0 : any_position().lsn;
}

static InstanceView any_view(void)
{
    const Record *record = &life.p->durable.chosen;
    InstanceView v = {
        .phase = oddly(2) ? (InstancePhase)tape_pick(&life.tape, INSTANCE_SICK + 1) : life.phase,
        .answered_at = life.now,
        .unanswered_since = oddly(6) ? life.now - 3000 * (Millis)tape_pick(&life.tape, 2) : 0,
        .system_identifier = 77,
        .dir = oddly(10) ? 0 : dir_of(life.self),
        .chain = any_chain(),
        .standby_signal = oddly(3),
        .clean_shutdown = once_in(2),
        .wal = any_position(),
        .receiver = once_in(2),
    };
    if (record->primary < ARBITER && once_in(2)) {
        v.chain.count = 1;
        v.chain.link[0] = (ChainLink){.line = record->line,
                                      .epoch = record->epoch,
                                      .dir = record->primary_dir,
                                      .timeline = record->timeline,
                                      .start = record->start};
    }
    v.sender_count = (uint8_t)tape_pick(&life.tape, 3);
    for (uint8_t i = 0; i < v.sender_count; i++) {
        v.sender[i] =
            (SenderView){.attachment = any_attachment_of((MemberId)tape_pick(&life.tape, ARBITER)),
                         .pid = 1 + (int32_t)tape_pick(&life.tape, 2),
                         .streaming = !oddly(4),
                         .flush = any_flush()};
    }
    return v;
}

static InstanceResult any_result(bool ok)
{
    return (InstanceResult){.ok = ok,
                            .proved = once_in(2),
                            .flush = 100 + 10 * tape_pick(&life.tape, 4),
                            .end = any_position(),
                            .clean = once_in(2),
                            .next_timeline = (TimelineId)around(life.p->durable.chosen.timeline)};
}

/* The oldest order comes back, as a rule well; a write always first, as the barrier has it. */
static bool answer_order(Event *event)
{
    if (life.order_count == 0) {
        return false;
    }
    event->kind = EVENT_DONE;
    event->u.done = life.order[0];
    event->u.done.ok = !oddly(6);
    if (event->u.done.kind != ACTION_PERSIST) {
        event->u.done.result = any_result(event->u.done.ok);
    }
    life.order_count--;
    memmove(&life.order[0], &life.order[1], life.order_count * sizeof life.order[0]);
    life.answered++;
    return true;
}

/* Stops are rare: they end the life. */
static void any_command(Command *command)
{
    static const CommandKind kinds[] = {COMMAND_STATUS_REFRESH, COMMAND_START_INSTANCE,
                                        COMMAND_FAILOVER};
    *command = (Command){.request = 1 + tape_pick(&life.tape, 9),
                         .kind = once_in(8) ? COMMAND_STOP : kinds[tape_pick(&life.tape, 3)],
                         .all = once_in(2),
                         .only_agent = once_in(2),
                         .failover_asked = once_in(2),
                         .failover_wanted = once_in(2),
                         .deadline = life.now + 1000 * (Millis)tape_pick(&life.tape, 5)};
}

static void any_event(Event *event)
{
    const uint32_t pick = tape_pick(&life.tape, 100);
    memset(event, 0, sizeof *event);
    life.now += oddly(100) ? 30000 : (Millis)tape_pick(&life.tape, life.friendly ? 60 : 400);
    event->kind = EVENT_TICK;
    if (pick < 45) {
        event->kind = EVENT_MESSAGE;
        event->u.message.from = (MemberId)tape_pick(&life.tape, MEMBERS);
        fill_message(&event->u.message.message, event->u.message.from);
    } else if (pick < 75) {
        if (answer_order(event)) {
            return;
        }
    } else if (pick < 90) {
        event->kind = EVENT_INSTANCE;
        event->u.instance = any_view();
    } else if (pick == 90) {
        event->kind = EVENT_INSTANCE_GONE;
    } else if (pick == 91) {
        event->kind = EVENT_COMMAND;
        any_command(&event->u.command);
    } else if (pick < 94) {
        event->kind = EVENT_LINK;
        event->u.link.member = (MemberId)((life.self + 1) % MEMBERS);
        event->u.link.up = once_in(2);
    }
}

/* Where the instance is when the order has been carried out. */
static void take_order(const Action *action)
{
    if (action->kind == ACTION_START) {
        life.phase = action->u.start.role == START_PRIMARY ? INSTANCE_CLOSED : INSTANCE_STANDBY;
    } else if (action->kind == ACTION_PROMOTE) {
        life.phase = INSTANCE_CLOSED;
    } else if (action->kind == ACTION_STOP) {
        life.phase = INSTANCE_DOWN;
    } else if (action->kind == ACTION_GATE && life.phase == INSTANCE_CLOSED) {
        life.phase = INSTANCE_OPEN;
    }
}

static bool has_result(ActionKind kind)
{
    return kind == ACTION_PERSIST || (kind >= ACTION_START && kind <= ACTION_DIRECTORY);
}

/* Sequences grow, bounds hold, and what goes out is what may go out. */
static void look_at_actions(void)
{
    assert_true(actions.count <= ACTIONS_MAX);
    assert_true(actions.fired_count <= NODE_RULES_PER_STEP);
    for (uint16_t i = 0; i < actions.count; i++) {
        const Action *action = &actions.action[i];
        assert_true(action->sequence > life.sequence);
        life.sequence = action->sequence;
        if (action->kind == ACTION_SEND) {
            assert_true(action->u.send.to < MEMBERS && action->u.send.to != life.self);
        }
        if (action->kind == ACTION_PROMOTE) {
            assert_int_equal(life.p->durable.chosen.primary, life.self); /* P3 */
        }
        take_order(action);
        if (has_result(action->kind) && life.order_count < ORDERS) {
            life.order[life.order_count++] =
                (Done){.sequence = action->sequence, .kind = action->kind, .epoch = action->epoch};
        }
    }
}

static bool is_gone(void)
{
    return life.arbiter.gone || life.node.state == NODE_GONE;
}

static void look_at_status(void)
{
    static Status status;
    if (life.self == ARBITER) {
        arbiter_status(&life.arbiter, &settings, life.now, &status);
        assert_true(is_gone() || arbiter_deadline(&life.arbiter, &settings) > life.now);
    } else {
        node_status(&life.node, &settings, life.now, &status);
        assert_true(is_gone() || node_deadline(&life.node, &settings) > life.now);
        assert_true(strlen(node_state_words(life.node.state)) > 1);
    }
    assert_int_equal(status.count, MEMBERS);
    assert_true(status.confirmed || status.mirroring == MIRRORING_UNKNOWN);
}

static void step(Event *event)
{
    event->now = life.now;
    if (life.self == ARBITER) {
        arbiter_step(&life.arbiter, &settings, event, &actions);
    } else {
        node_step(&life.node, &settings, event, &actions);
    }
    look_at_actions();
    look_at_status();
}

static void add_eligible(Record *record)
{
    for (MemberId m = 0; m < ARBITER; m++) {
        if (m != record->primary && once_in(2)) {
            const Attachment name = {.member = m, .epoch = 3, .token = 100u + m};
            record->eligible[record->eligible_count++] =
                (EligibleMember){.member = m, .dir = 10u + m, .attachment = name};
        }
    }
    record->quorum = record->eligible_count;
}

static void begin(uint64_t seed)
{
    Event event = {.kind = EVENT_START};
    Start *start = &event.u.start;
    memset(&life, 0, sizeof life);
    life.tape = tape_seed(seed);
    life.self = (MemberId)tape_pick(&life.tape, MEMBERS);
    life.now = 100000;
    life.friendly = seed % 5 != 0;
    settings.automatic_at_start = once_in(4);
    life.phase = INSTANCE_DOWN;
    life.p = life.self == ARBITER ? &life.arbiter.p : &life.node.p;
    start->members.count = MEMBERS;
    for (MemberId m = 0; m < MEMBERS; m++) {
        start->members.member[m].name[0] = (char)('a' + m);
        start->members.member[m].kind = m == ARBITER ? MEMBER_ARBITER : MEMBER_SERVER;
        start->durable.memory[m] = (VoterMemory){.incarnation = 1, .generation = 5};
    }
    start->memory = once_in(10) ? (MemoryFate)(1 + tape_pick(&life.tape, 2)) : MEMORY_KEPT;
    start->self = life.self;
    start->agent = 50u + life.self;
    start->seed = seed;
    start->boot.bytes[0] = once_in(3); /* else the host has not been restarted since */
    start->by_operator = once_in(2);
    start->instance_wanted = !once_in(4);
    start->failover_asked = once_in(2);
    start->failover_wanted = once_in(2);
    start->durable.generation = 5;
    start->durable.self = life.self;
    start->durable.members = start->members;
    start->durable.instance_wanted = true;
    if (!once_in(10)) {
        start->durable.cluster.bytes[0] = 1;
        start->durable.chosen = (Record){.cluster = start->durable.cluster,
                                         .system_identifier = 77,
                                         .line = 3,
                                         .epoch = 4,
                                         .primary = (MemberId)tape_pick(&life.tape, ARBITER),
                                         .automatic = !once_in(4),
                                         .voters = start->members,
                                         .timeline = 1,
                                         .start = 100,
                                         .cause = CAUSE_ATTACH};
        start->durable.chosen.primary_dir = 10u + start->durable.chosen.primary;
        add_eligible(&start->durable.chosen);
        start->durable.accepted = start->durable.chosen;
    }
    node_init(&life.node);
    arbiter_init(&life.arbiter);
    step(&event);
}

static void a_step_holds_whatever_comes_in(void **state)
{
    static Event event;
    uint64_t answered = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= TAPES; seed++) {
        begin(seed);
        for (int i = 0; i < EVENTS && !is_gone(); i++) {
            any_event(&event);
            step(&event);
        }
        /* Who is gone says nothing more. */
        if (is_gone()) {
            any_event(&event);
            step(&event);
            assert_int_equal(actions.count, 0);
        }
        answered += life.answered;
    }
    assert_true(answered > TAPES); /* orders were given: it was not all refused */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_step_holds_whatever_comes_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

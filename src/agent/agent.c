/* agent.c - the obedient half: a queue of inputs, one step of the core each, a queue of orders.
 *
 * Both queues hold bytes, not Events and Actions: those are some KB each and mostly empty. Memory is therefore
 * small and fixed, and what a queue has no room for is decided by kind: a message is lost as the network may lose
 * it, an instance order fails at once, an observation of our own finds room because half of the queue is kept
 * for it.
 *
 * The barrier (E2): a promise that leaves before it is durable is no promise. Behind an ACTION_PERSIST everything
 * waits, except what is urgent. When the disk refuses, what waited for it up to the next persist is taken back,
 * and until a later persist succeeds nothing leaves that might rest on what was not written. */
#include "agent/agent.h"

#include "agent/ring.h"
#include "base/assert.h"
#include "base/str.h"
#include "core/arbiter.h"
#include "core/node.h"
#include "wire/wire.h"

#include <string.h>

enum {
    INPUT_BYTES = 128 * 1024,
    ORDER_BYTES = 128 * 1024,
    INPUTS_PER_RUN = 1024, /* then the loop gets its turn */
    MERGED_MAX = 8,        /* persists that one write may stand for */
    OUTSTANDING_MAX = 64,  /* instance orders given and not yet answered */
};

typedef struct Input {
    bool encoded; /* message bytes follow; else the used part of an Event */
    MemberId from;
} Input;

typedef struct Order {
    ActionKind kind;
    MemberId to;
    uint64_t sequence;
    Epoch epoch;
    uint32_t size; /* of what follows */
    uint8_t merged_count;
    uint64_t merged[MERGED_MAX]; /* persists that this one stands for, oldest first */
} Order;

struct Agent {
    MemberKind kind;
    const World *world;
    const CoreSettings *settings;
    AgentTrace trace;
    void *trace_self;
    AgentLearned learned;
    void *learned_self;
    AgentAsked asked;
    void *asked_self;
    Millis evidence_at[MEMBERS_MAX]; /* of `evidence`; 0: none */
    Evidence evidence[MEMBERS_MAX];  /* as other members have told it */
    Message message;                 /* that is not the core's, while it is encoded */
    LineId told_line;                /* of the record that was told last */
    Epoch told_epoch;
    Ring inputs;
    Ring orders;
    bool started;
    bool exited;
    bool persisting; /* the oldest order is a persist and was given to the disk */
    bool unsaved;    /* the last write failed */
    uint64_t killed; /* sequence of the latest kill: what was ordered before it is void */
    MemberTable members;
    MemberSet malformed; /* senders already complained about */
    uint32_t malformed_count;
    uint32_t dropped_count;
    uint8_t outstanding_count;
    uint64_t outstanding[OUTSTANDING_MAX];
    union {
        Node node;
        Arbiter arbiter;
    } core;
    Event event;
    Actions actions;
    const Message *encoded; /* of this step, whose bytes are in scratch; NULL: none */
    size_t encoded_size;
    uint8_t scratch[WIRE_DURABLE_MAX > WIRE_MESSAGE_MAX ? WIRE_DURABLE_MAX : WIRE_MESSAGE_MAX];
    _Alignas(8) uint8_t input_bytes[INPUT_BYTES];
    _Alignas(8) uint8_t order_bytes[ORDER_BYTES];
};

size_t agent_size(void)
{
    return sizeof(Agent);
}

void agent_init(Agent *agent, MemberKind kind, const World *world, const CoreSettings *settings)
{
    assert(agent != NULL);
    assert(world != NULL);
    agent->kind = kind;
    agent->world = world;
    agent->settings = settings;
    agent->trace = NULL;
    agent->learned = NULL;
    agent->asked = NULL;
    memset(agent->evidence_at, 0, sizeof agent->evidence_at);
    agent->told_line = 0;
    agent->told_epoch = 0;
    agent->started = false;
    agent->exited = false;
    agent->persisting = false;
    agent->unsaved = false;
    agent->killed = 0;
    agent->malformed = 0;
    agent->malformed_count = 0;
    agent->dropped_count = 0;
    agent->outstanding_count = 0;
    agent->members.count = 0;
    ring_init(&agent->inputs, agent->input_bytes, INPUT_BYTES);
    ring_init(&agent->orders, agent->order_bytes, ORDER_BYTES);
    switch (kind) {
    case MEMBER_SERVER:
        node_init(&agent->core.node);
        break;
    case MEMBER_ARBITER:
        arbiter_init(&agent->core.arbiter);
        break;
    }
}

void agent_on_trace(Agent *agent, AgentTrace trace, void *self)
{
    agent->trace = trace;
    agent->trace_self = self;
}

void agent_on_learned(Agent *agent, AgentLearned learned, void *self)
{
    agent->learned = learned;
    agent->learned_self = self;
}

void agent_on_asked(Agent *agent, AgentAsked asked, void *self)
{
    agent->asked = asked;
    agent->asked_self = self;
}

static const Participant *participant_of(const Agent *agent)
{
    return agent->kind == MEMBER_SERVER ? &agent->core.node.p : &agent->core.arbiter.p;
}

/* The last word of a server about itself; NULL: none in this run. */
static const Heartbeat *last_word(const Agent *agent, MemberId member, Millis now, Millis *ret_at)
{
    const Participant *p = participant_of(agent);
    assert(member < MEMBERS_MAX);
    if (!agent->started) {
        return NULL;
    }
    if (member == p->self) {
        *ret_at = now;
        return &p->heartbeat;
    }
    *ret_at = p->peer[member].heartbeat_at;
    return p->peer[member].has_heartbeat ? &p->peer[member].heartbeat : NULL;
}

Millis agent_served_at(const Agent *agent, MemberId member, Millis now)
{
    Millis at = 0;
    const Heartbeat *word = last_word(agent, member, now, &at);
    return word != NULL && word->well && word->instance == INSTANCE_OPEN ? at : 0;
}

Millis agent_closed_at(const Agent *agent, MemberId member, Millis now)
{
    Millis at = 0;
    const Heartbeat *word = last_word(agent, member, now, &at);
    if (word == NULL || word->instance == INSTANCE_UNKNOWN) {
        return 0;
    }
    /* A primary whose voter cannot write is not well, and goes on; so does one whose agent has only just begun. */
    const bool unanswering = word->node_state == NODE_PRIMARY && !word->well && word->voter_writes;
    return word->instance != INSTANCE_OPEN || unanswering ? at : 0;
}

Millis agent_followed_at(const Agent *agent, MemberId member, Millis now)
{
    Millis at = 0;
    const Heartbeat *word = last_word(agent, member, now, &at);
    return word != NULL && word->well && word->attachment.token != 0 ? at : 0;
}

Millis agent_heard_at(const Agent *agent, MemberId member, Millis now)
{
    Millis at = 0;
    return last_word(agent, member, now, &at) == NULL ? 0 : at;
}

size_t agent_event_size(EventKind kind)
{
    size_t size = 0;
    switch (kind) {
    case EVENT_START:
        size = sizeof(Start);
        break;
    case EVENT_TICK:
        break;
    case EVENT_MESSAGE:
        size = sizeof((Event *)0)->u.message;
        break;
    case EVENT_LINK:
        size = sizeof((Event *)0)->u.link;
        break;
    case EVENT_INSTANCE:
        size = sizeof(InstanceView);
        break;
    case EVENT_INSTANCE_GONE:
        break;
    case EVENT_DONE:
        size = sizeof(Done);
        break;
    case EVENT_COMMAND:
        size = sizeof(Command);
        break;
    }
    return offsetof(Event, u) + size;
}

static void *input_push(Agent *agent, bool encoded, MemberId from, uint32_t size)
{
    Input *input = ring_push(&agent->inputs, (uint32_t)sizeof *input + size);
    if (input == NULL) {
        return NULL;
    }
    *input = (Input){.encoded = encoded, .from = from};
    return input + 1;
}

void agent_input(Agent *agent, const Event *event)
{
    if (event->kind == EVENT_MESSAGE && ring_more_than_half(&agent->inputs)) {
        agent->dropped_count++;
        return;
    }
    const size_t size = agent_event_size(event->kind);
    void *place = input_push(agent, false, MEMBER_NONE, (uint32_t)size);
    assert(place != NULL); /* inputs of our own are bounded by the orders under way */
    memcpy(place, event, size);
}

void agent_receive(Agent *agent, MemberId from, const uint8_t *bytes, size_t size)
{
    assert(from < MEMBERS_MAX);
    assert(size <= WIRE_MESSAGE_MAX);
    if (ring_more_than_half(&agent->inputs)) {
        agent->dropped_count++;
        return;
    }
    void *place = input_push(agent, true, from, (uint32_t)size);
    if (place == NULL) {
        agent->dropped_count++;
        return;
    }
    memcpy(place, bytes, size);
}

static void complain_malformed(Agent *agent, MemberId from)
{
    agent->malformed_count++;
    const MemberSet bit = (MemberSet)(1u << from);
    if ((agent->malformed & bit) != 0) {
        return;
    }
    agent->malformed |= bit;
    const char *name = from < agent->members.count ? agent->members.member[from].name : "?";
    const LogEntry entry = msg_peer_bad_frame(name, "not a message of this protocol");
    agent->world->log.write(agent->world->log.self, &entry);
}

static void queue_message(Agent *agent, MemberId to);
static void own_evidence(const Agent *agent, Evidence *ret);

/* What members say of themselves for the sake of an operator is none of the core's business. An answer waits, as
 * everything that is said, for what it rests on to be durable (E2). True: it was that. */
static bool take_evidence(Agent *agent, MemberId from, const Message *message)
{
    const bool from_server =
        from < agent->members.count && agent->members.member[from].kind == MEMBER_SERVER;
    switch ((int)message->kind) {
    case MESSAGE_EVIDENCE_ASK:
        agent->message.kind = MESSAGE_EVIDENCE;
        own_evidence(agent, &agent->message.u.evidence);
        queue_message(agent, from);
        return true;
    case MESSAGE_EVIDENCE:
        agent->evidence[from] = message->u.evidence;
        agent->evidence_at[from] = agent->world->clock.now(agent->world->clock.self);
        return true;
    case MESSAGE_START_ASK:
        if (agent->asked != NULL && from_server && agent->kind == MEMBER_SERVER) {
            agent->asked(agent->asked_self, from, &message->u.start_ask);
        }
        return true;
    default: /* the core's */
        return false;
    }
}

/* Takes the oldest input into agent->event; false when it was nothing that the core can hear. */
static bool take_input(Agent *agent)
{
    uint32_t size = 0;
    const Input *input = ring_front(&agent->inputs, &size);
    assert(input != NULL);
    size -= (uint32_t)sizeof *input;
    bool heard = true;
    if (input->encoded) {
        const MemberId from = input->from;
        agent->event.kind = EVENT_MESSAGE;
        agent->event.u.message.from = from;
        heard = wire_decode_message((const uint8_t *)(input + 1), size,
                                    &agent->event.u.message.message);
        if (!heard) {
            complain_malformed(agent, from);
        } else if (agent->started && take_evidence(agent, from, &agent->event.u.message.message)) {
            heard = false;
        }
    } else {
        assert(size <= sizeof agent->event);
        memcpy(&agent->event, input + 1, size);
    }
    ring_pop(&agent->inputs);
    return heard;
}

/* --- orders ------------------------------------------------------------------------------------- */

static bool has_result(ActionKind kind)
{
    switch (kind) {
    case ACTION_PERSIST:
    case ACTION_START:
    case ACTION_STOP:
    case ACTION_GATE:
    case ACTION_NAMES:
    case ACTION_FOLLOW:
    case ACTION_PROMOTE:
    case ACTION_DIRECTORY:
    case ACTION_REJOIN:
    case ACTION_CHECKPOINT:
    case ACTION_RUN:
        return true;
    case ACTION_SEND:
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_EXIT:
    case ACTION_KIND_COUNT:
        return false;
    }
    return false;
}

/* Answers an order in the place of the shell. */
static void queue_done(Agent *agent, ActionKind kind, uint64_t sequence, Epoch epoch, bool ok,
                       const char *why)
{
    Event done;
    memset(&done, 0, offsetof(Event, u) + sizeof done.u.done);
    done.kind = EVENT_DONE;
    done.u.done.sequence = sequence;
    done.u.done.kind = kind;
    done.u.done.epoch = epoch;
    done.u.done.ok = ok;
    (void)str_copy(done.u.done.result.text, sizeof done.u.done.result.text, why);
    agent_input(agent, &done);
}

/* What is said to everybody is said to one after another: it is encoded once. Bytes between fields are compared, too:
 * at worst it is encoded again. */
static size_t encode_message(Agent *agent, const Message *message)
{
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
    if (agent->encoded == NULL || memcmp(agent->encoded, message, sizeof *message) != 0) {
        agent->encoded = message;
        agent->encoded_size = wire_encode_message(message, agent->scratch, sizeof agent->scratch);
        assert(agent->encoded_size > 0);
    }
    return agent->encoded_size;
}

/* The part of an action that its order needs, and how large it is. Messages and durable state are encoded into
 * agent->scratch. */
static const void *payload_of(Agent *agent, const Action *action, uint32_t *ret_size)
{
    const void *from = NULL;
    size_t size = 0;
    switch (action->kind) {
    case ACTION_PERSIST:
        from = agent->scratch;
        agent->encoded = NULL;
        size = wire_encode_durable(&action->u.persist, agent->scratch, sizeof agent->scratch);
        assert(size > 0);
        break;
    case ACTION_SEND:
        from = agent->scratch;
        size = encode_message(agent, &action->u.send.message);
        break;
    case ACTION_REPLY:
        from = &action->u.reply;
        size = sizeof action->u.reply;
        break;
    case ACTION_LOG:
        from = &action->u.log;
        size = sizeof action->u.log;
        break;
    case ACTION_START:
        from = &action->u.start;
        size = sizeof action->u.start;
        break;
    case ACTION_STOP:
        from = &action->u.stop;
        size = sizeof action->u.stop;
        break;
    case ACTION_GATE:
        from = &action->u.gate;
        size = sizeof action->u.gate;
        break;
    case ACTION_NAMES:
        from = &action->u.names;
        size = sizeof action->u.names;
        break;
    case ACTION_FOLLOW:
        from = &action->u.follow;
        size = sizeof action->u.follow;
        break;
    case ACTION_DIRECTORY:
        from = &action->u.directory;
        size = sizeof action->u.directory;
        break;
    case ACTION_REJOIN:
        from = &action->u.rejoin;
        size = sizeof action->u.rejoin;
        break;
    case ACTION_RUN:
        from = &action->u.run;
        size = sizeof action->u.run;
        break;
    case ACTION_PROMOTE:
    case ACTION_CHECKPOINT:
    case ACTION_EXIT:
    case ACTION_KIND_COUNT:
        break;
    }
    *ret_size = (uint32_t)size;
    return from;
}

static void note_outstanding(Agent *agent, uint64_t sequence)
{
    assert(agent->outstanding_count < OUTSTANDING_MAX);
    agent->outstanding[agent->outstanding_count++] = sequence;
}

static void forget_outstanding(Agent *agent, uint64_t sequence)
{
    for (uint8_t i = 0; i < agent->outstanding_count; i++) {
        if (agent->outstanding[i] == sequence) {
            agent->outstanding[i] = agent->outstanding[--agent->outstanding_count];
            return;
        }
    }
}

static void give_to_postgres(Agent *agent, const Order *order, const void *payload)
{
    const PostgresPort *port = &agent->world->postgres;
    assert(agent->kind == MEMBER_SERVER);
    note_outstanding(agent, order->sequence);
    if (order->kind == ACTION_START) {
        port->start(port->self, order->sequence, order->epoch, payload);
    } else if (order->kind == ACTION_STOP) {
        port->stop(port->self, order->sequence, order->epoch, payload);
    } else if (order->kind == ACTION_GATE) {
        port->gate(port->self, order->sequence, order->epoch, *(const Gate *)payload);
    } else if (order->kind == ACTION_NAMES) {
        port->names(port->self, order->sequence, order->epoch, payload);
    } else if (order->kind == ACTION_FOLLOW) {
        port->follow(port->self, order->sequence, order->epoch, payload);
    } else if (order->kind == ACTION_PROMOTE) {
        port->promote(port->self, order->sequence, order->epoch);
    } else if (order->kind == ACTION_REJOIN) {
        port->rejoin(port->self, order->sequence, order->epoch, payload);
    } else if (order->kind == ACTION_CHECKPOINT) {
        port->checkpoint(port->self, order->sequence, order->epoch);
    } else {
        assert(order->kind == ACTION_DIRECTORY);
        port->directory(port->self, order->sequence, order->epoch, payload);
    }
}

/* Gives one order to its port. Persist and exit are not given here: they need the queue. */
static void carry_out(Agent *agent, const Order *order, const void *payload)
{
    const World *world = agent->world;
    switch (order->kind) {
    case ACTION_SEND:
        world->net.send(world->net.self, order->to, payload, order->size);
        break;
    case ACTION_REPLY:
        world->process.reply(world->process.self, payload);
        break;
    case ACTION_LOG:
        world->log.write(world->log.self, payload);
        break;
    case ACTION_START:
    case ACTION_STOP:
    case ACTION_GATE:
    case ACTION_NAMES:
    case ACTION_FOLLOW:
    case ACTION_PROMOTE:
    case ACTION_DIRECTORY:
    case ACTION_REJOIN:
    case ACTION_CHECKPOINT:
        give_to_postgres(agent, order, payload);
        break;
    case ACTION_RUN: /* an exit does not wait for it */
        world->process.run(world->process.self, order->sequence, order->epoch, payload);
        break;
    case ACTION_PERSIST:
    case ACTION_EXIT:
    case ACTION_KIND_COUNT:
        assert(false);
        break;
    }
}

/* What may be done although the last write failed: nothing that is said to others, nothing that serves (E2). */
static bool allowed_unsaved(const Order *order, const void *payload)
{
    switch (order->kind) {
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_STOP:
    case ACTION_EXIT:
    case ACTION_PERSIST:
        return true;
    case ACTION_GATE:
        return *(const Gate *)payload == GATE_CLOSED;
    case ACTION_START:
    case ACTION_NAMES:
    case ACTION_FOLLOW:
    case ACTION_DIRECTORY:
    case ACTION_CHECKPOINT:
        return true;
    case ACTION_SEND:
    case ACTION_PROMOTE:
    case ACTION_REJOIN:
    case ACTION_RUN:
    case ACTION_KIND_COUNT:
        return false;
    }
    return false;
}

static void refuse_order(Agent *agent, const Order *order, const char *why)
{
    if (has_result(order->kind)) {
        queue_done(agent, order->kind, order->sequence, order->epoch, false, why);
    } else {
        agent->dropped_count++;
    }
}

/* One write may stand for several persists when nothing was queued between them: the last one holds all that the
 * earlier ones held. */
static void merge_with_newest(Agent *agent, Order *order)
{
    uint32_t size = 0;
    const Order *before = ring_back(&agent->orders, &size);
    if (before == NULL || before->kind != ACTION_PERSIST || before->merged_count == MERGED_MAX) {
        return;
    }
    if (agent->persisting && agent->orders.count == 1) {
        return; /* it is being written now */
    }
    memcpy(order->merged, before->merged, sizeof order->merged);
    order->merged_count = before->merged_count;
    order->merged[order->merged_count++] = before->sequence;
    ring_take_back(&agent->orders);
}

static void queue_order(Agent *agent, Order *order, const void *payload)
{
    if (order->kind == ACTION_SEND && ring_more_than_half(&agent->orders)) {
        agent->dropped_count++;
        return;
    }
    if (order->kind == ACTION_PERSIST) {
        merge_with_newest(agent, order);
    }
    Order *place = ring_push(&agent->orders, (uint32_t)sizeof *order + order->size);
    if (place == NULL) {
        for (uint8_t i = 0; i < order->merged_count; i++) {
            queue_done(agent, order->kind, order->merged[i], order->epoch, false, "queue is full");
        }
        refuse_order(agent, order, "queue is full");
        return;
    }
    *place = *order;
    if (order->size > 0) {
        memcpy(place + 1, payload, order->size);
    }
}

static void queue_message(Agent *agent, MemberId to)
{
    Order order = {.kind = ACTION_SEND, .to = to};
    agent->encoded = NULL; /* the scratch holds something else now */
    order.size =
        (uint32_t)wire_encode_message(&agent->message, agent->scratch, sizeof agent->scratch);
    assert(order.size > 0);
    queue_order(agent, &order, agent->scratch);
}

static void accept_action(Agent *agent, const Action *action)
{
    Order order = {.kind = action->kind,
                   .to = action->kind == ACTION_SEND ? action->u.send.to : MEMBER_NONE,
                   .sequence = action->sequence,
                   .epoch = action->epoch};
    const void *payload = payload_of(agent, action, &order.size);
    bool urgent = action->urgent;
#ifdef MC_MUTATE_ANSWER_BEFORE_FSYNC
    urgent = urgent || action->kind == ACTION_SEND;
#endif
    if (urgent) {
        if (action->kind == ACTION_STOP) {
            agent->killed = action->sequence;
        }
        carry_out(agent, &order, payload);
        return;
    }
    queue_order(agent, &order, payload);
}

static void begin_persist(Agent *agent, const Order *order)
{
    const DiskPort *disk = &agent->world->disk;
    agent->persisting = true;
    disk->persist(disk->self, order->sequence, (const uint8_t *)(order + 1), order->size);
}

/* Gives out what may go: up to the next persist, which it starts. */
static void pump_orders(Agent *agent)
{
    uint32_t size = 0;
    const Order *order = NULL;
    while (!agent->persisting && !agent->exited &&
           (order = ring_front(&agent->orders, &size)) != NULL) {
        if (order->kind == ACTION_PERSIST) {
            begin_persist(agent, order);
            return;
        }
        if (order->kind == ACTION_EXIT) {
            if (agent->outstanding_count > 0) {
                return;
            }
            agent->exited = true;
            agent->world->process.exit(agent->world->process.self);
            return;
        }
        if (has_result(order->kind) && order->sequence < agent->killed) {
            refuse_order(agent, order, "ended by a stop");
        } else if (agent->unsaved && !allowed_unsaved(order, order + 1)) {
            refuse_order(agent, order, "the state file could not be written");
        } else {
            carry_out(agent, order, order + 1);
        }
        ring_pop(&agent->orders);
    }
}

/* The write under way has ended: the core hears of every persist that it stood for. What waited behind a failed
 * one meets `unsaved` in pump_orders. */
static void end_persist(Agent *agent, const Done *done)
{
    uint32_t size = 0;
    const Order *order = ring_front(&agent->orders, &size);
    if (!agent->persisting || order == NULL || order->sequence != done->sequence) {
        return; /* of a write that is no longer waited for */
    }
    for (uint8_t i = 0; i < order->merged_count; i++) {
        queue_done(agent, ACTION_PERSIST, order->merged[i], order->epoch, done->ok, "");
    }
#ifndef MC_MUTATE_UNSAVED_SPEAKS
    agent->unsaved = !done->ok;
#endif
    agent->persisting = false;
    ring_pop(&agent->orders);
}

/* --- steps -------------------------------------------------------------------------------------- */

static void note_event(Agent *agent, const Event *event)
{
    if (event->kind == EVENT_START) {
        agent->started = true;
        agent->members = event->u.start.members;
    }
    if (event->kind == EVENT_DONE) {
        forget_outstanding(agent, event->u.done.sequence);
        if (event->u.done.kind == ACTION_PERSIST) {
            end_persist(agent, &event->u.done);
        }
    }
}

static void tell_learned(Agent *agent)
{
    const Durable *durable = &participant_of(agent)->durable;
    const Record *chosen = &durable->chosen;
    if (agent->learned != NULL && chosen->epoch != 0 &&
        (chosen->line != agent->told_line || chosen->epoch != agent->told_epoch)) {
        agent->told_line = chosen->line;
        agent->told_epoch = chosen->epoch;
        agent->learned(agent->learned_self, durable, agent->event.kind == EVENT_START);
    }
}

static void step_core(Agent *agent)
{
    agent->actions.count = 0;
    agent->actions.fired_count = 0;
    agent->encoded = NULL;
    switch (agent->kind) {
    case MEMBER_SERVER:
        node_step(&agent->core.node, agent->settings, &agent->event, &agent->actions);
        break;
    case MEMBER_ARBITER:
        arbiter_step(&agent->core.arbiter, agent->settings, &agent->event, &agent->actions);
        break;
    }
    assert(agent->actions.count <= ACTIONS_MAX);
    tell_learned(agent); /* the rules of a step fire after it has learned */
    for (uint16_t i = 0; agent->trace != NULL && i < agent->actions.fired_count; i++) {
        agent->trace(agent->trace_self, &agent->actions.fired[i]);
    }
    for (uint16_t i = 0; i < agent->actions.count; i++) {
        accept_action(agent, &agent->actions.action[i]);
    }
}

void agent_run(Agent *agent)
{
    const ClockPort *clock = &agent->world->clock;
    uint32_t steps = 0;
    while (!agent->exited && agent->inputs.count > 0 && steps < INPUTS_PER_RUN) {
        if (!take_input(agent)) {
            pump_orders(agent);
            continue;
        }
        agent->event.now = clock->now(clock->self);
        agent->event.wall = clock->wall(clock->self);
        note_event(agent, &agent->event);
        assert(agent->started); /* EVENT_START is always the first */
        step_core(agent);
        pump_orders(agent);
        steps++;
    }
    if (agent->exited || !agent->started || (steps == 0 && agent->inputs.count == 0)) {
        return; /* what was wished last still holds */
    }
    const Millis deadline = agent->kind == MEMBER_SERVER
                                ? node_deadline(&agent->core.node, agent->settings)
                                : arbiter_deadline(&agent->core.arbiter, agent->settings);
    clock->wake(clock->self, agent->inputs.count > 0 ? agent->event.now : deadline);
}

void agent_status(const Agent *agent, Millis now, Status *ret)
{
    switch (agent->kind) {
    case MEMBER_SERVER:
        node_status(&agent->core.node, agent->settings, now, ret);
        break;
    case MEMBER_ARBITER:
        arbiter_status(&agent->core.arbiter, agent->settings, now, ret);
        break;
    }
}

static void own_evidence(const Agent *agent, Evidence *ret)
{
    switch (agent->kind) {
    case MEMBER_SERVER:
        node_evidence(&agent->core.node, ret);
        break;
    case MEMBER_ARBITER:
        participant_evidence(&agent->core.arbiter.p, ret);
        break;
    }
}

/* A question promises nothing: it waits for no disk. */
static void send_now(Agent *agent, MemberId to)
{
    const NetPort *net = &agent->world->net;
    agent->encoded = NULL;
    const size_t size = wire_encode_message(&agent->message, agent->scratch, sizeof agent->scratch);
    assert(size > 0);
    net->send(net->self, to, agent->scratch, size);
}

Millis agent_evidence(Agent *agent, MemberId member, Millis now, Evidence *ret)
{
    assert(member < MEMBERS_MAX);
    if (agent->started && member == participant_of(agent)->self) {
        own_evidence(agent, ret);
        return 0;
    }
    if (agent->started && member < agent->members.count) {
        agent->message.kind = MESSAGE_EVIDENCE_ASK;
        send_now(agent, member);
    }
    if (agent->evidence_at[member] == 0) {
        memset(ret, 0, sizeof *ret);
        return -1;
    }
    *ret = agent->evidence[member];
    return now - agent->evidence_at[member];
}

void agent_ask_start(Agent *agent, MemberId member, const StartAsk *ask)
{
    assert(member < MEMBERS_MAX);
    if (agent->started && member < agent->members.count && member != participant_of(agent)->self) {
        agent->message.kind = MESSAGE_START_ASK;
        agent->message.u.start_ask = *ask;
        send_now(agent, member);
    }
}

/* node_help.c - a node of a cluster of three, stepped by hand. */
#include "unit.h"

#include "node_help.h"

#include <string.h>

const CoreSettings settings = {
    .heartbeat_interval = 200,
    .detection = 2000,
    .lease = 1700,
    .lease_cut = 300,
    .instance_detection = 2000,
    .stop_limit = 10000,
    .restarts_max = 3,
    .restarts_window = 60000,
    .eligible_max = 2,
};

Actions actions;
Node node;
Millis now;
bool detached;
uint64_t beats;

void step(Event event)
{
    event.now = now;
    node_step(&node, &settings, &event, &actions);
    for (unsigned i = 0; i < actions.fired_count; i++)
        detached |= strcmp(node_rule_id(actions.fired[i].rule), "detach.lost") == 0;
}

const Message *sent(MemberId to, MessageKind kind)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_SEND && actions.action[i].u.send.to == to &&
            actions.action[i].u.send.message.kind == kind)
            return &actions.action[i].u.send.message;
    return NULL;
}

const Action *ordered(ActionKind kind)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == kind)
            return &actions.action[i];
    return NULL;
}

void done(const Action *order, InstanceResult result)
{
    Event event = {.kind = EVENT_DONE};
    result.ok = true;
    event.u.done =
        (Done){.sequence = order->sequence, .kind = order->kind, .ok = true, .result = result};
    step(event);
}

void begin(MemberId self)
{
    Event start = {.kind = EVENT_START};
    Durable *d = &start.u.start.durable;
    now = 10000;
    detached = false;
    d->members.count = 3;
    for (MemberId m = 0; m < 3; m++) {
        d->members.member[m].name[0] = (char)('a' + m);
        d->memory[m] = (VoterMemory){.incarnation = 1, .generation = 5};
    }
    d->generation = 5;
    d->instance_wanted = true;
    d->cluster.bytes[0] = 1;
    d->chosen = (Record){
        .cluster = d->cluster,
        .line = 3,
        .epoch = 4,
        .primary = SERVER_A,
        .primary_dir = 10,
        .system_identifier = 77,
        .automatic = true,
        .voters = d->members,
        .eligible_count = 2,
        .quorum = 1,
        .timeline = 1,
    };
    for (MemberId m = SERVER_B; m <= SERVER_C; m++)
        d->chosen.eligible[m - 1] =
            (EligibleMember){.member = m,
                             .dir = 10u + m,
                             .attachment = {.member = m, .epoch = 3, .token = 100u + m}};
    d->accepted = d->chosen;
    d->accepted_ballot = (Ballot){.number = 4, .member = SERVER_A, .incarnation = 1};
    d->promised = d->accepted_ballot;
    start.u.start.memory = MEMORY_KEPT;
    start.u.start.members = d->members;
    start.u.start.self = self;
    start.u.start.agent = 99;
    node_init(&node);
    step(start);
}

void hear(MemberId from, Message message)
{
    Event event = {.kind = EVENT_MESSAGE};
    event.u.message.from = from;
    event.u.message.message = message;
    step(event);
}

void hear_heartbeat(MemberId from, uint64_t number)
{
    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = (Heartbeat){
        .number = number,
        .cluster = node.p.durable.cluster,
        .line = 3,
        .epoch = 4,
        .agent = 50u + from,
        .memory = node.p.durable.memory[from],
        .instance = from == SERVER_A ? INSTANCE_OPEN : INSTANCE_STANDBY,
        .well = true,
        .dir = 10u + from,
    };
    hear(from, message);
}

void see(InstanceView view)
{
    Event event = {.kind = EVENT_INSTANCE};
    view.system_identifier = 77;
    view.dir = 10u + node.p.self;
    view.answered_at = now;
    event.u.instance = view;
    step(event);
}

static SenderView stream_of(MemberId member)
{
    return (SenderView){.attachment = node.p.durable.chosen.eligible[member - 1].attachment,
                        .pid = 10 + (int32_t)member,
                        .streaming = true,
                        .flush = 500};
}

void live(Millis passed, MemberId silent)
{
    InstanceView view = {
        .phase = INSTANCE_OPEN, .wal = {.timeline = 1, .lsn = 500}, .sender_count = 2};
    view.sender[0] = stream_of(SERVER_B);
    view.sender[1] = stream_of(SERVER_C);
    for (const Millis until = now + passed; now < until;) {
        now += 100;
        beats++;
        for (MemberId m = SERVER_B; m <= SERVER_C; m++) {
            if (m != silent) {
                node.p.peer[m].granted_sent_at = now;
                hear_heartbeat(m, beats);
            }
        }
        see(view);
    }
}

void open_primary(void)
{
    begin(SERVER_A);
    node.state = NODE_PRIMARY;
    node.confirmed = true;
    node.p.durable.chosen.quorum = node.p.durable.accepted.quorum = 2; /* as the settings want it */
    node.names = names_of(&node.p.durable.chosen);
    node.names_proved = true;
    live(300, MEMBER_NONE);
    assert_int_equal(node.state, NODE_PRIMARY);
}

void operate(Command command)
{
    Event event = {.kind = EVENT_COMMAND, .u.command = command};
    event.u.command.request = REQUEST;
    event.u.command.deadline = now + 3000;
    step(event);
}

const Reply *reply(void)
{
    const Action *action = ordered(ACTION_REPLY);
    return action == NULL ? NULL : &action->u.reply;
}

void assert_answered(uint8_t status, LogEntry entry)
{
    assert_non_null(reply());
    assert_int_equal(reply()->request, REQUEST);
    assert_int_equal(reply()->status, status);
    assert_memory_equal(&reply()->entry, &entry, sizeof entry);
    assert_true(reply()->last);
}

/* test_agent.c - barrier, queues and bounds of the agent, with an arbiter as the core inside and ports that write
 * down what they are told. */
#include "unit.h"

#include "agent/agent.h"
#include "agent/ring.h"
#include "base/str.h"
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

typedef struct Told {
    Millis now;
    unsigned sends;
    unsigned promises;
    Refusal refusal; /* of the last promise */
    unsigned persists;
    uint64_t persist_sequence;
    unsigned logs;
    unsigned replies;
    unsigned exits;
    unsigned answers; /* evidence */
    unsigned questions;
    Evidence evidence;
    World world;
    Agent *agent;
} Told;

static const CoreSettings settings = {.heartbeat_interval = 200,
                                      .detection = 2000,
                                      .lease = 1700,
                                      .lease_cut = 300,
                                      .eligible_max = 1};

static Millis port_now(void *self)
{
    return ((Told *)self)->now;
}

static int64_t port_wall(void *self)
{
    (void)self;
    return 0;
}

static void port_wake(void *self, Millis at)
{
    (void)self, (void)at;
}

static void port_send(void *self, MemberId to, const uint8_t *bytes, size_t size)
{
    Told *told = self;
    Message message;
    (void)to;
    assert_true(wire_decode_message(bytes, size, &message));
    told->sends++;
    if (message.kind == MESSAGE_PROMISE) {
        told->promises++;
        told->refusal = message.u.promise.refusal;
    }
    told->questions += message.kind == MESSAGE_EVIDENCE_ASK;
    if (message.kind == MESSAGE_EVIDENCE) {
        told->answers++;
        told->evidence = message.u.evidence;
    }
}

static void port_persist(void *self, uint64_t sequence, const uint8_t *bytes, size_t size)
{
    Told *told = self;
    Durable durable;
    assert_true(wire_decode_durable(bytes, size, &durable));
    told->persists++;
    told->persist_sequence = sequence;
}

static void port_log(void *self, const LogEntry *entry)
{
    Told *told = self;
    told->logs += entry->id == MSG_PEER_BAD_FRAME;
}

static void port_reply(void *self, const Reply *reply)
{
    (void)reply;
    ((Told *)self)->replies++;
}

static void port_exit(void *self)
{
    ((Told *)self)->exits++;
}

static MemberTable three(void)
{
    MemberTable members = {.count = 3};
    const char *const names[] = {"a", "b", "w"};
    for (int m = 0; m < 3; m++) {
        (void)str_copy(members.member[m].name, MEMBER_NAME_SIZE, names[m]);
        members.member[m].kind = m < 2 ? MEMBER_SERVER : MEMBER_ARBITER;
    }
    return members;
}

static Record first_record(void)
{
    Record record = {.line = 5, .epoch = 1, .primary = 0, .primary_dir = 7, .voters = three()};
    record.cluster.bytes[0] = 1;
    record.cause = CAUSE_BOOTSTRAP;
    return record;
}

static int setup(void **state)
{
    Told *told = calloc(1, sizeof *told);
    told->now = 100000;
    told->world = (World){
        .clock = {told, port_now, port_wall, port_wake},
        .net = {told, port_send},
        .disk = {told, port_persist},
        .log = {told, port_log},
        .process = {told, port_reply, port_exit},
    };
    told->agent = malloc(agent_size());
    agent_init(told->agent, MEMBER_ARBITER, &told->world, &settings);
    Event event = {.kind = EVENT_START};
    Start *start = &event.u.start;
    start->memory = MEMORY_KEPT;
    start->members = three();
    start->self = 2;
    start->agent = 11;
    start->seed = 1;
    Durable *d = &start->durable;
    d->generation = 3;
    d->members = three();
    d->self = 2;
    d->chosen = d->accepted = first_record();
    d->cluster = d->chosen.cluster;
    d->promised = d->accepted_ballot = (Ballot){.number = 1, .incarnation = 1};
    for (MemberId m = 0; m < 3; m++) {
        d->memory[m] = (VoterMemory){.incarnation = 1, .generation = 1};
    }
    d->memory[2].generation = 3;
    agent_input(told->agent, &event);
    agent_run(told->agent);
    *state = told;
    return 0;
}

static int teardown(void **state)
{
    Told *told = *state;
    free(told->agent);
    free(told);
    return 0;
}

static void receive_prepare(Told *told, uint64_t number)
{
    Message message = {.kind = MESSAGE_PREPARE};
    Prepare *prepare = &message.u.prepare;
    prepare->cluster = first_record().cluster;
    prepare->ballot = (Ballot){.number = number, .member = 0, .incarnation = 1};
    prepare->purpose = PURPOSE_READ;
    for (MemberId m = 0; m < 3; m++) {
        prepare->memory[m] = (VoterMemory){.incarnation = 1, .generation = 1};
    }
    uint8_t bytes[WIRE_MESSAGE_MAX];
    const size_t size = wire_encode_message(&message, bytes, sizeof bytes);
    assert_true(size > 0);
    agent_receive(told->agent, 0, bytes, size);
    agent_run(told->agent);
}

static void disk_answers(Told *told, bool ok)
{
    Event event = {.kind = EVENT_DONE};
    event.u.done.kind = ACTION_PERSIST;
    event.u.done.sequence = told->persist_sequence;
    event.u.done.ok = ok;
    agent_input(told->agent, &event);
    agent_run(told->agent);
}

static void a_promise_leaves_only_when_it_is_durable(void **state)
{
    Told *told = *state;
    receive_prepare(told, 5);
    assert_int_equal(told->persists, 1);
    assert_int_equal(told->promises, 0);
    disk_answers(told, true);
    assert_int_equal(told->promises, 1);
    assert_int_equal(told->refusal, REFUSAL_NONE);
}

static void a_refused_write_takes_the_promise_back(void **state)
{
    Told *told = *state;
    receive_prepare(told, 5);
    disk_answers(told, false);
    assert_int_equal(told->promises, 0);
    told->now += 300;
    const Event tick = {.kind = EVENT_TICK};
    agent_input(told->agent, &tick);
    agent_run(told->agent); /* the core tries the write again */
    assert_int_equal(told->persists, 2);
    disk_answers(told, true);
    assert_int_equal(told->promises, 0); /* lost, as the network may lose it */
    receive_prepare(told, 6);
    disk_answers(told, true);
    assert_int_equal(told->promises, 1);
}

static void one_write_stands_for_several_only_when_nothing_lies_between(void **state)
{
    Told *told = *state;
    receive_prepare(told, 5);
    receive_prepare(told, 6);
    receive_prepare(told, 7);
    assert_int_equal(told->persists, 1); /* one at a time */
    disk_answers(told, true);
    assert_int_equal(told->promises, 1);
    assert_int_equal(told->persists, 2); /* a promise stands between: none was left out */
    disk_answers(told, true);
    disk_answers(told, true);
    assert_int_equal(told->promises, 3);
    assert_int_equal(told->persists, 3);
}

static void receive(Told *told, MemberId from, const Message *message)
{
    uint8_t bytes[WIRE_MESSAGE_MAX];
    const size_t size = wire_encode_message(message, bytes, sizeof bytes);
    assert_true(size > 0);
    agent_receive(told->agent, from, bytes, size);
    agent_run(told->agent);
}

/* E2: what is told for an operator is durable like all that is told. */
static void evidence_waits_for_what_it_rests_on(void **state)
{
    Told *told = *state;
    const Message question = {.kind = MESSAGE_EVIDENCE_ASK};
    receive(told, 1, &question);
    assert_int_equal(told->answers, 1);
    assert_int_equal(told->evidence.agent, 11);
    assert_true(told->evidence.memory);
    assert_int_equal(told->evidence.chosen.epoch, 1);
    assert_int_equal(told->evidence.known[2].incarnation, 1);
    receive_prepare(told, 5);
    receive(told, 1, &question);
    assert_int_equal(told->answers, 1);
    disk_answers(told, true);
    assert_int_equal(told->answers, 2);
    receive_prepare(told, 6);
    receive(told, 1, &question);
    disk_answers(told, false);
    assert_int_equal(told->answers, 2);
}

static void evidence_of_others_is_asked_for_and_kept(void **state)
{
    Told *told = *state;
    Evidence evidence;
    assert_int_equal(agent_evidence(told->agent, 0, told->now, &evidence), -1);
    assert_int_equal(told->questions, 1);
    Message answer;
    memset(&answer, 0, sizeof answer);
    answer.kind = MESSAGE_EVIDENCE;
    answer.u.evidence.agent = 77;
    answer.u.evidence.wal = (Position){.timeline = 3, .lsn = 500};
    receive(told, 0, &answer);
    told->now += 40;
    assert_int_equal(agent_evidence(told->agent, 0, told->now, &evidence), 40);
    assert_int_equal(evidence.agent, 77);
    assert_int_equal(evidence.wal.lsn, 500);
    assert_int_equal(agent_evidence(told->agent, 2, told->now, &evidence), 0); /* its own */
    assert_int_equal(evidence.agent, 11);
    assert_int_equal(told->questions, 2); /* itself it need not ask */
}

static void count_asks(void *self, MemberId from, const StartAsk *ask)
{
    (void)from, (void)ask;
    (*(unsigned *)self)++;
}

static void an_arbiter_has_no_instance_to_start(void **state)
{
    Told *told = *state;
    unsigned asked = 0;
    const Message wish = {.kind = MESSAGE_START_ASK};
    agent_on_asked(told->agent, count_asks, &asked);
    receive(told, 0, &wish);
    assert_int_equal(asked, 0);
}

static void malformed_bytes_are_reported_once_per_sender(void **state)
{
    Told *told = *state;
    const uint8_t bytes[] = {0xff, 0xff, 0xff, 0x01, 0x02};
    for (int i = 0; i < 5; i++) {
        agent_receive(told->agent, 0, bytes, sizeof bytes);
        agent_receive(told->agent, 1, bytes, sizeof bytes);
        agent_run(told->agent);
    }
    assert_int_equal(told->logs, 2);
}

static void a_flood_of_messages_is_bounded_and_own_events_still_fit(void **state)
{
    Told *told = *state;
    uint8_t bytes[1000] = {0};
    for (int i = 0; i < 100000; i++) {
        agent_receive(told->agent, 0, bytes, sizeof bytes);
    }
    const Event tick = {.kind = EVENT_TICK};
    for (int i = 0; i < 100; i++) {
        agent_input(told->agent, &tick);
    }
    agent_run(told->agent);
    receive_prepare(told, 5);
    disk_answers(told, true);
    assert_int_equal(told->promises, 1);
}

static void a_stop_is_answered_before_the_process_ends(void **state)
{
    Told *told = *state;
    Event event = {.kind = EVENT_COMMAND};
    event.u.command = (Command){.request = 4, .kind = COMMAND_STOP};
    agent_input(told->agent, &event);
    agent_run(told->agent);
    assert_int_equal(told->replies, 1);
    assert_int_equal(told->exits, 1);
    receive_prepare(told, 5);
    assert_int_equal(told->persists, 0); /* whoever has left does nothing more */
}

static void an_agent_is_small(void **state)
{
    (void)state;
    assert_true(agent_size() < 1024 * 1024);
}

static void a_ring_gives_back_what_it_took_in_order(void **state)
{
    (void)state;
    _Alignas(8) uint8_t bytes[512];
    Ring ring;
    ring_init(&ring, bytes, sizeof bytes);
    uint32_t in = 0;
    uint32_t out = 0;
    for (uint32_t round = 0; round < 10000; round++) {
        const uint32_t size = 4 + (round * 37) % 120;
        uint32_t *place = ring_push(&ring, size);
        if (place != NULL && round % 7 == 0) {
            ring_take_back(&ring);
        } else if (place != NULL) {
            *place = in++;
        }
        uint32_t got = 0;
        const uint32_t *front = ring_front(&ring, &got);
        if (front != NULL && (place == NULL || round % 3 != 0)) {
            assert_int_equal(*front, out++);
            ring_pop(&ring);
        }
    }
    assert_true(out > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_promise_leaves_only_when_it_is_durable, setup, teardown),
        cmocka_unit_test_setup_teardown(a_refused_write_takes_the_promise_back, setup, teardown),
        cmocka_unit_test_setup_teardown(one_write_stands_for_several_only_when_nothing_lies_between,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(evidence_waits_for_what_it_rests_on, setup, teardown),
        cmocka_unit_test_setup_teardown(evidence_of_others_is_asked_for_and_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(an_arbiter_has_no_instance_to_start, setup, teardown),
        cmocka_unit_test_setup_teardown(malformed_bytes_are_reported_once_per_sender, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_flood_of_messages_is_bounded_and_own_events_still_fit,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_stop_is_answered_before_the_process_ends, setup,
                                        teardown),
        cmocka_unit_test(an_agent_is_small),
        cmocka_unit_test(a_ring_gives_back_what_it_took_in_order),
    };
    return cmocka_run_group_tests_name("agent", tests, NULL, NULL);
}

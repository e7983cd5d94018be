/* Round trips, golden bytes, truncations and flips of everything that crosses the wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "wire/wire.h"
#include "wire_random.h"

enum { ROUNDS = 500, FLIPS = 2000 };

static void every_message_survives_the_round_trip(void **state)
{
    (void)state;
    Prng prng = prng_seed(1);

    for (int i = 0; i < ROUNDS; i++) {
        for (int kind = MESSAGE_NONE + 1; kind < MESSAGE_KIND_COUNT; kind++) {
            const Message message = random_message(&prng, (MessageKind)kind);
            uint8_t bytes[WIRE_MESSAGE_MAX];
            Message back;

            const size_t size = wire_encode_message(&message, bytes, sizeof(bytes));
            assert_int_not_equal(size, 0);
            memset(&back, 0xa5, sizeof(back));
            assert_true(wire_decode_message(bytes, size, &back));
            assert_memory_equal(&back, &message, sizeof(message));
        }
    }
}

static void durable_state_survives_the_round_trip(void **state)
{
    (void)state;
    Prng prng = prng_seed(2);

    for (int i = 0; i < ROUNDS; i++) {
        const Durable durable = random_durable(&prng);
        uint8_t bytes[WIRE_DURABLE_MAX];
        Durable back;

        const size_t size = wire_encode_durable(&durable, bytes, sizeof(bytes));
        assert_int_not_equal(size, 0);
        memset(&back, 0xa5, sizeof(back));
        assert_true(wire_decode_durable(bytes, size, &back));
        assert_memory_equal(&back, &durable, sizeof(durable));
    }
}

static void control_frames_survive_the_round_trip(void **state)
{
    (void)state;
    Prng prng = prng_seed(3);
    uint8_t bytes[WIRE_CONTROL_MAX];

    for (int i = 0; i < ROUNDS; i++) {
        const ControlRequest request = random_request(&prng);
        ControlRequest request_back;
        size_t size = wire_encode_request(&request, bytes, sizeof(bytes));
        assert_int_not_equal(size, 0);
        assert_true(wire_decode_request(bytes, size, &request_back));
        assert_memory_equal(&request_back, &request, sizeof(request));

        const ControlAnswer answer =
            random_answer(&prng, (ControlKind)(i % (CONTROL_START_THERE + 1)));
        ControlAnswer answer_back;
        size = wire_encode_answer(&answer, bytes, sizeof(bytes));
        assert_int_not_equal(size, 0);
        assert_true(wire_decode_answer(bytes, size, &answer_back));
        assert_memory_equal(&answer_back, &answer, sizeof(answer));
    }
}

static void the_largest_values_fit_their_bounds(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_MESSAGE_MAX];
    Message back;
    const MessageKind kinds[] = {MESSAGE_ATTACH_ANSWER, MESSAGE_RECOVER_ANSWER};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const Message message = largest_message(kinds[i]);
        const size_t size = wire_encode_message(&message, bytes, sizeof(bytes));
        assert_in_range(size, 1000, WIRE_MESSAGE_MAX);
        assert_true(wire_decode_message(bytes, size, &back));
        assert_int_equal(wire_encode_message(&message, bytes, size - 1), 0);
    }

    const Durable durable = largest_durable();
    Durable durable_back;
    const size_t size = wire_encode_durable(&durable, bytes, sizeof(bytes));
    assert_in_range(size, 1000, WIRE_DURABLE_MAX);
    assert_true(wire_decode_durable(bytes, size, &durable_back));
    assert_memory_equal(&durable_back.chosen.voters, &durable.chosen.voters,
                        sizeof(durable.chosen.voters));
}

/* What is let through must encode again to something that reads the same: no half values. */
static void decode_twice(const uint8_t *bytes, size_t size)
{
    uint8_t again[WIRE_MESSAGE_MAX];
    Message first, second;

    if (!wire_decode_message(bytes, size, &first)) {
        return;
    }
    const size_t length = wire_encode_message(&first, again, sizeof(again));
    assert_int_not_equal(length, 0);
    assert_true(wire_decode_message(again, length, &second));
    assert_memory_equal(&first, &second, sizeof(first));
}

/* The bytes lie at the end of an allocation of their own size, so that a sanitizer sees one step too far. */
static void decode_all(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    Durable durable;
    ControlRequest request;
    ControlAnswer answer;

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    decode_twice(copy, size);
    (void)!wire_decode_durable(copy, size, &durable);
    (void)!wire_decode_request(copy, size, &request);
    (void)!wire_decode_answer(copy, size, &answer);
    free(copy);
}

static void a_request_for_a_member_names_one(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_CONTROL_MAX];
    for (ControlKind kind = CONTROL_EVIDENCE; kind <= CONTROL_START_THERE; kind++) {
        ControlRequest request, back;
        memset(&request, 0, sizeof(request));
        request.kind = kind;
        request.member = 2;
        request.command.to = kind == CONTROL_START_THERE ? MEMBER_NONE : 0;
        request.command.failover_asked = kind == CONTROL_START_THERE;
        size_t size = wire_encode_request(&request, bytes, sizeof(bytes));
        assert_true(wire_decode_request(bytes, size, &back));
        assert_memory_equal(&back, &request, sizeof(back));
        request.member = MEMBER_NONE;
        size = wire_encode_request(&request, bytes, sizeof(bytes));
        assert_false(wire_decode_request(bytes, size, &back));
    }
}

static void a_truncated_message_is_refused_or_harmless(void **state)
{
    (void)state;
    Prng prng = prng_seed(4);
    uint8_t bytes[WIRE_MESSAGE_MAX];

    for (int kind = MESSAGE_NONE + 1; kind < MESSAGE_KIND_COUNT; kind++) {
        const Message message = random_message(&prng, (MessageKind)kind);
        const size_t size = wire_encode_message(&message, bytes, sizeof(bytes));
        for (size_t cut = 0; cut < size; cut++) {
            Message ret;
            /* A message lies in one field with its length before it: any cut breaks that. */
            assert_false(wire_decode_message(bytes, cut, &ret));
            decode_all(bytes, cut);
        }
    }
}

static void random_flips_never_crash(void **state)
{
    (void)state;
    Prng prng = prng_seed(5);
    uint8_t bytes[WIRE_MESSAGE_MAX];

    for (int i = 0; i < FLIPS; i++) {
        const int kind = (int)prng_between(&prng, 1, MESSAGE_KIND_COUNT - 1);
        const Message message = random_message(&prng, (MessageKind)kind);
        const size_t size = wire_encode_message(&message, bytes, sizeof(bytes));
        for (uint64_t flips = 1 + prng_below(&prng, 8); flips > 0; flips--) {
            bytes[prng_below(&prng, size)] ^= (uint8_t)(1U << prng_below(&prng, 8));
        }
        decode_all(bytes, size);
    }
}

static void refused(Message *message)
{
    uint8_t bytes[WIRE_MESSAGE_MAX];
    Message ret, before;

    memset(&ret, 0x5a, sizeof(ret));
    before = ret;
    const size_t size = wire_encode_message(message, bytes, sizeof(bytes));
    assert_int_not_equal(size, 0);
    assert_false(wire_decode_message(bytes, size, &ret));
    assert_memory_equal(&ret, &before, sizeof(ret));
}

static Message plain_chosen(void)
{
    Message message;

    memset(&message, 0, sizeof(message));
    message.kind = MESSAGE_CHOSEN;
    Record *record = &message.u.chosen.record;
    record->epoch = 1;
    record->primary = 0;
    record->voters.count = 3;
    memcpy(record->voters.member[0].name, "a", 2);
    memcpy(record->voters.member[1].name, "b", 2);
    memcpy(record->voters.member[2].name, "w", 2);
    record->voters.member[2].kind = MEMBER_ARBITER;
    return message;
}

static void values_out_of_range_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_MESSAGE_MAX];
    Message message = plain_chosen(), ret;
    Record *record = &message.u.chosen.record;
    const size_t size = wire_encode_message(&message, bytes, sizeof(bytes));
    assert_true(wire_decode_message(bytes, size, &ret));

    record->primary = 2; /* an arbiter */
    refused(&message);
    record->primary = 3; /* nobody of this table */
    refused(&message);
    record->primary = 0;
    record->quorum = 1; /* of none */
    refused(&message);
    record->eligible_count = 1;
    record->eligible[0].member = 0; /* the primary itself */
    refused(&message);
    record->eligible[0].member = 1;
    record->quorum = 0; /* eligible, and nobody waits */
    refused(&message);
    record->quorum = 1;
    record->cause = (Cause)99;
    refused(&message);
    record->cause = CAUSE_ATTACH;
    record->voters.member[1].name[0] = 'B';
    refused(&message);
    record->voters.member[1].name[0] = '\0';
    refused(&message);
}

static void an_empty_or_unknown_message_is_refused(void **state)
{
    (void)state;
    Message ret;
    const uint8_t unknown[] = {0xfa, 0x01, 0x00}; /* field 31, empty */
    uint8_t bytes[16];

    assert_false(wire_decode_message(unknown, 0, &ret));
    assert_false(wire_decode_message(unknown, sizeof(unknown), &ret));
    ret.kind = MESSAGE_NONE;
    assert_int_equal(wire_encode_message(&ret, bytes, sizeof(bytes)), 0);
}

/* A later version adds fields: an older one reads what it knows. */
static void unknown_fields_are_passed_over(void **state)
{
    (void)state;
    Message message = {.kind = MESSAGE_POSITION_ASK, .u.position_ask.epoch = 7}, ret;
    uint8_t bytes[64];

    const size_t size = wire_encode_message(&message, bytes, sizeof(bytes));
    assert_int_equal(size, 4);
    bytes[1] = (uint8_t)(bytes[1] + 3); /* the inner message grows by field 99 = 5 */
    memcpy(bytes + size, "\x98\x06\x05", 3);
    assert_true(wire_decode_message(bytes, size + 3, &ret));
    assert_int_equal(ret.kind, MESSAGE_POSITION_ASK);
    assert_int_equal(ret.u.position_ask.epoch, 7);
}

static size_t golden_line(FILE *out, const char *name, int number, const uint8_t *bytes,
                          size_t size)
{
    fprintf(out, "%s %d ", name, number);
    for (size_t i = 0; i < size; i++) {
        fprintf(out, "%02x", bytes[i]);
    }
    fprintf(out, "\n");
    return size;
}

static void golden_messages(FILE *out, Prng *prng, MessageKind first, MessageKind last)
{
    uint8_t bytes[WIRE_MESSAGE_MAX];
    for (int kind = (int)first; kind <= (int)last; kind++) {
        const Message message = random_message(prng, (MessageKind)kind);
        golden_line(out, "message", kind, bytes,
                    wire_encode_message(&message, bytes, sizeof(bytes)));
    }
}

/* In the order in which they came to be: a line depends on those before it. */
static void golden_write(FILE *out)
{
    uint8_t bytes[WIRE_MESSAGE_MAX];
    Prng prng = prng_seed(20);

    golden_messages(out, &prng, MESSAGE_HEARTBEAT, MESSAGE_POSITION_ANSWER);
    const Durable durable = random_durable(&prng);
    golden_line(out, "durable", 0, bytes, wire_encode_durable(&durable, bytes, sizeof(bytes)));
    const ControlRequest request = random_request(&prng);
    golden_line(out, "request", (int)request.kind, bytes,
                wire_encode_request(&request, bytes, sizeof(bytes)));
    for (int kind = CONTROL_STATUS; kind <= CONTROL_COMMAND; kind++) {
        ControlAnswer answer = random_answer(&prng, (ControlKind)kind);
        answer.reply.entry.id = (MessageId)0; /* the catalog grows; its order is not golden */
        golden_line(out, "answer", kind, bytes, wire_encode_answer(&answer, bytes, sizeof(bytes)));
    }
    golden_messages(out, &prng, MESSAGE_EVIDENCE_ASK, MESSAGE_START_ASK);
}

/* MC_GOLDEN_WRITE=1 writes the file anew: a change of these bytes is a change between versions. */
static void bytes_are_those_of_earlier_versions(void **state)
{
    (void)state;
    char *text = NULL, *kept = NULL;
    size_t size = 0, room = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    golden_write(out);
    fclose(out);

    if (getenv("MC_GOLDEN_WRITE") != NULL) {
        FILE *file = fopen(WIRE_GOLDEN, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(text, 1, size, file), size);
        fclose(file);
    }
    FILE *file = fopen(WIRE_GOLDEN, "r");
    assert_non_null(file);
    const ssize_t length = getdelim(&kept, &room, '\0', file);
    fclose(file);
    assert_int_equal(length, size);
    assert_string_equal(kept, text);
    free(kept);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_survives_the_round_trip),
        cmocka_unit_test(durable_state_survives_the_round_trip),
        cmocka_unit_test(control_frames_survive_the_round_trip),
        cmocka_unit_test(the_largest_values_fit_their_bounds),
        cmocka_unit_test(a_request_for_a_member_names_one),
        cmocka_unit_test(a_truncated_message_is_refused_or_harmless),
        cmocka_unit_test(random_flips_never_crash),
        cmocka_unit_test(values_out_of_range_are_refused),
        cmocka_unit_test(an_empty_or_unknown_message_is_refused),
        cmocka_unit_test(unknown_fields_are_passed_over),
        cmocka_unit_test(bytes_are_those_of_earlier_versions),
    };
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}

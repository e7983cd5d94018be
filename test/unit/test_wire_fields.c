/* test_wire_fields.c - our reading and writing of bytes against nanopb's own.
 *
 * They differ in one thing that damage may bring about: of a number too wide for its 32 bits nanopb lets some pass
 * as negative, here it is refused. */
#include "unit.h"

#include "wire/wire_fields.h"
#include "wire_random.h"

#include <pb_decode.h>
#include <pb_encode.h>
#include <string.h>

enum { ROUNDS = 200, FLIPS = 100, SIZE = WIRE_MESSAGE_MAX };

typedef union Value {
    wire_Message message;
    wire_Durable durable;
    wire_ControlRequest request;
    wire_ControlAnswer answer;
} Value;

/* One struct of the schema as both know it, and bytes that say one. */
typedef struct Case {
    const WireType *type;
    const pb_msgdesc_t *nanopb;
    size_t size;
    uint8_t bytes[SIZE];
} Case;

static Case draw(Prng *prng)
{
    Case it = {.size = 0};
    const uint64_t which = prng_below(prng, MESSAGE_KIND_COUNT + 3);
    if (which == 0) {
        const Durable durable = random_durable(prng);
        it.type = wire_type_durable;
        it.nanopb = wire_Durable_fields;
        it.size = wire_encode_durable(&durable, it.bytes, sizeof it.bytes);
    } else if (which < MESSAGE_KIND_COUNT) {
        const Message message = random_message(prng, (MessageKind)which);
        it.type = wire_type_message;
        it.nanopb = wire_Message_fields;
        it.size = wire_encode_message(&message, it.bytes, sizeof it.bytes);
    } else if (which == MESSAGE_KIND_COUNT) {
        const ControlRequest request = random_request(prng);
        it.type = wire_type_request;
        it.nanopb = wire_ControlRequest_fields;
        it.size = wire_encode_request(&request, it.bytes, sizeof it.bytes);
    } else {
        const ControlAnswer answer =
            random_answer(prng, which % 2 == 0 ? CONTROL_STATUS : CONTROL_COMMAND);
        it.type = wire_type_answer;
        it.nanopb = wire_ControlAnswer_fields;
        it.size = wire_encode_answer(&answer, it.bytes, sizeof it.bytes);
    }
    assert_int_not_equal(it.size, 0);
    return it;
}

/* What nanopb reads in these bytes, written by nanopb; -1: it refuses them. */
static long nanopb_again(const Case *it, uint8_t *ret)
{
    static Value value;
    pb_istream_t in = pb_istream_from_buffer(it->bytes, it->size);
    pb_ostream_t out = pb_ostream_from_buffer(ret, SIZE);
    memset(&value, 0, sizeof value);
    if (!pb_decode(&in, it->nanopb, &value)) {
        return -1;
    }
    assert_true(pb_encode(&out, it->nanopb, &value));
    return (long)out.bytes_written;
}

static long again(const Case *it, uint8_t *ret)
{
    static Value value;
    memset(&value, 0, sizeof value);
    return wire_get(it->type, it->bytes, it->size, &value)
               ? (long)wire_put(it->type, &value, ret, SIZE)
               : -1;
}

static void what_is_written_is_what_nanopb_writes(void **state)
{
    (void)state;
    Prng prng = prng_seed(30);
    static uint8_t theirs[SIZE], ours[SIZE];
    for (int i = 0; i < ROUNDS; i++) {
        const Case it = draw(&prng);
        assert_int_equal(nanopb_again(&it, theirs), it.size);
        assert_memory_equal(theirs, it.bytes, it.size);
        assert_int_equal(again(&it, ours), it.size);
        assert_memory_equal(ours, it.bytes, it.size);
    }
}

static void damaged_bytes_are_read_and_refused_as_nanopb_does(void **state)
{
    (void)state;
    Prng prng = prng_seed(31);
    static uint8_t theirs[SIZE], ours[SIZE];
    for (int i = 0; i < ROUNDS; i++) {
        const Case whole = draw(&prng);
        for (int flip = 0; flip < FLIPS; flip++) {
            Case it = whole;
            for (uint64_t flips = prng_below(&prng, 4); flips > 0; flips--) {
                it.bytes[prng_below(&prng, it.size)] ^= (uint8_t)(1U << prng_below(&prng, 8));
            }
            it.size = prng_below(&prng, 4) == 0 ? prng_below(&prng, it.size + 1) : it.size;
            const long length = nanopb_again(&it, theirs);
            assert_int_equal(again(&it, ours), length);
            assert_memory_equal(ours, theirs, length < 0 ? 0 : (size_t)length);
        }
    }
}

static void no_byte_is_written_outside_of_the_room(void **state)
{
    (void)state;
    Prng prng = prng_seed(32);
    static Value value;
    static uint8_t bytes[SIZE];
    for (int i = 0; i < ROUNDS; i++) {
        const Case it = draw(&prng);
        memset(&value, 0, sizeof value);
        assert_true(wire_get(it.type, it.bytes, it.size, &value));
        memset(bytes, 0xa5, sizeof bytes);
        assert_int_equal(wire_put(it.type, &value, bytes + 8, it.size - 1), 0);
        for (size_t guard = 0; guard < 8; guard++) {
            assert_int_equal(bytes[guard], 0xa5);
            assert_int_equal(bytes[8 + it.size - 1 + guard], 0xa5);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_what_nanopb_writes),
        cmocka_unit_test(damaged_bytes_are_read_and_refused_as_nanopb_does),
        cmocka_unit_test(no_byte_is_written_outside_of_the_room),
    };
    return cmocka_run_group_tests_name("wire_fields", tests, NULL, NULL);
}

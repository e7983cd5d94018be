/* Fuzz target: whatever comes from a peer, a state file or a command.
 *
 * The first byte chooses the decoder. What is let through must encode again, and read the same after that. The
 * mutator makes a whole new value now and then, because flipped bytes seldom keep the nested lengths right. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/prng.h"
#include "wire/wire.h"
#include "wire_random.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room) __attribute__((weak));

enum { DECODERS = 4, BYTES_MAX = 8192 };

static void try_message(const uint8_t *bytes, size_t size)
{
    uint8_t again[WIRE_MESSAGE_MAX];
    Message first, second;

    if (wire_decode_message(bytes, size, &first)) {
        const size_t length = wire_encode_message(&first, again, sizeof(again));
        assert(length > 0);
        const bool decoded = wire_decode_message(again, length, &second);
        assert(decoded);
        assert(memcmp(&first, &second, sizeof(first)) == 0);
    }
}

static void try_durable(const uint8_t *bytes, size_t size)
{
    uint8_t again[WIRE_DURABLE_MAX];
    Durable first, second;

    if (wire_decode_durable(bytes, size, &first)) {
        const size_t length = wire_encode_durable(&first, again, sizeof(again));
        assert(length > 0);
        const bool decoded = wire_decode_durable(again, length, &second);
        assert(decoded);
        assert(memcmp(&first, &second, sizeof(first)) == 0);
    }
}

static void try_request(const uint8_t *bytes, size_t size)
{
    uint8_t again[WIRE_CONTROL_MAX];
    ControlRequest first, second;

    if (wire_decode_request(bytes, size, &first)) {
        const size_t length = wire_encode_request(&first, again, sizeof(again));
        assert(length > 0);
        const bool decoded = wire_decode_request(again, length, &second);
        assert(decoded);
        assert(memcmp(&first, &second, sizeof(first)) == 0);
    }
}

static void try_answer(const uint8_t *bytes, size_t size)
{
    uint8_t again[WIRE_CONTROL_MAX];
    ControlAnswer first, second;

    if (wire_decode_answer(bytes, size, &first)) {
        const size_t length = wire_encode_answer(&first, again, sizeof(again));
        assert(length > 0);
        const bool decoded = wire_decode_answer(again, length, &second);
        assert(decoded);
        assert(memcmp(&first, &second, sizeof(first)) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    switch (data[0] % DECODERS) {
    case 0:
        try_message(data + 1, size - 1);
        break;
    case 1:
        try_durable(data + 1, size - 1);
        break;
    case 2:
        try_request(data + 1, size - 1);
        break;
    case 3:
        try_answer(data + 1, size - 1);
        break;
    }
    return 0;
}

static size_t fresh_value(uint8_t *data, size_t room, Prng *prng)
{
    const uint64_t kind = prng_between(prng, MESSAGE_NONE + 1, MESSAGE_KIND_COUNT - 1) & 0xff;

    data[0] = (uint8_t)prng_below(prng, DECODERS);
    if (data[0] == 0) {
        const Message message = random_message(prng, (MessageKind)kind);
        return 1 + wire_encode_message(&message, data + 1, room - 1);
    }
    if (data[0] == 1) {
        const Durable durable = random_durable(prng);
        return 1 + wire_encode_durable(&durable, data + 1, room - 1);
    }
    if (data[0] == 2) {
        const ControlRequest request = random_request(prng);
        return 1 + wire_encode_request(&request, data + 1, room - 1);
    }
    const ControlAnswer answer =
        random_answer(prng, (ControlKind)(prng_next(prng) % (CONTROL_START_THERE + 1)));
    return 1 + wire_encode_answer(&answer, data + 1, room - 1);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed)
{
    Prng prng = prng_seed(seed);

    if (room > BYTES_MAX / 2 && prng_chance(&prng, 1, 50)) {
        size = fresh_value(data, room, &prng);
    }
    return LLVMFuzzerMutate(data, size, room);
}

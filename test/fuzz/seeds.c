/* Writes the first corpus of fuzz_wire: a few values of every kind, and the largest ones. */
#include <stdint.h>
#include <stdio.h>

#include "base/assert.h"
#include "base/str.h"
#include "wire/wire.h"
#include "wire_random.h"

static uint8_t bytes[1 + WIRE_MESSAGE_MAX];

static void save(const char *folder, const char *name, int number, uint8_t decoder, size_t size)
{
    char path[1024];
    const bool fits = str_format(path, sizeof(path), "%s/%s_%02d", folder, name, number);
    FILE *file = fits ? fopen(path, "wb") : NULL;

    assert(file != NULL);
    assert(size > 0);
    bytes[0] = decoder;
    const size_t written = fwrite(bytes, 1, 1 + size, file);
    assert(written == 1 + size);
    fclose(file);
}

int main(int argc, char **argv)
{
    const MessageKind largest[] = {MESSAGE_ATTACH_ANSWER, MESSAGE_RECOVER_ANSWER};
    Prng prng = prng_seed(99);

    assert(argc == 2);
    for (int kind = MESSAGE_NONE + 1; kind < MESSAGE_KIND_COUNT; kind++) {
        const Message message = random_message(&prng, (MessageKind)kind);
        save(argv[1], "message", kind, 0,
             wire_encode_message(&message, bytes + 1, sizeof(bytes) - 1));
    }
    for (int i = 0; i < 2; i++) {
        const Message message = largest_message(largest[i]);
        save(argv[1], "largest", i, 0, wire_encode_message(&message, bytes + 1, sizeof(bytes) - 1));
        const Durable durable = i == 0 ? largest_durable() : random_durable(&prng);
        save(argv[1], "durable", i, 1, wire_encode_durable(&durable, bytes + 1, sizeof(bytes) - 1));
    }
    for (int i = 0; i < 4; i++) {
        const ControlRequest request = random_request(&prng);
        save(argv[1], "request", i, 2, wire_encode_request(&request, bytes + 1, sizeof(bytes) - 1));
        const ControlAnswer answer =
            random_answer(&prng, (ControlKind)(i % (CONTROL_START_THERE + 1)));
        save(argv[1], "answer", i, 3, wire_encode_answer(&answer, bytes + 1, sizeof(bytes) - 1));
    }
    return 0;
}

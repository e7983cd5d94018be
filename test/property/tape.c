/* tape.c - the three drivers. The odometer learns the bounds of its wheels from the run before. */
#include "tape.h"

#include "base/assert.h"

#include <string.h>

Tape tape_seed(uint64_t seed)
{
    return (Tape){.driver = TAPE_SEED, .prng = prng_seed(seed)};
}

Tape tape_odometer(uint32_t depth)
{
    assert(depth <= TAPE_DEPTH_MAX);
    return (Tape){.driver = TAPE_ODOMETER, .depth = depth};
}

Tape tape_bytes(const uint8_t *bytes, size_t size)
{
    return (Tape){.driver = TAPE_BYTES, .bytes = bytes, .size = size};
}

static uint32_t pick_counted(Tape *tape, uint32_t bound)
{
    const uint32_t at = tape->at++;
    if (at >= tape->depth) {
        return 0;
    }
    tape->bound[at] = bound;
    assert(tape->digit[at] < bound); /* the same choices before make the same choice here */
    return tape->digit[at];
}

uint32_t tape_pick(Tape *tape, uint32_t bound)
{
    assert(bound > 0);
    switch (tape->driver) {
    case TAPE_SEED:
        return (uint32_t)prng_below(&tape->prng, bound);
    case TAPE_ODOMETER:
        return pick_counted(tape, bound);
    case TAPE_BYTES:
        return tape->at < tape->size ? tape->bytes[tape->at++] % bound : 0;
    }
    return 0;
}

bool tape_next(Tape *tape)
{
    uint32_t used = tape->at < tape->depth ? tape->at : tape->depth;
    tape->at = 0;
    while (used > 0) {
        used--;
        if (tape->digit[used] + 1 < tape->bound[used]) {
            tape->digit[used]++;
            memset(tape->digit + used + 1, 0, sizeof tape->digit[0] * (TAPE_DEPTH_MAX - used - 1));
            return true;
        }
    }
    return false;
}

/*
 * xoshiro256** by Blackman and Vigna, seeded by splitmix64 as its authors advise.
 */
#include "base/prng.h"

#include "base/assert.h"

static uint64_t rotate_left(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

Prng prng_seed(uint64_t seed)
{
    Prng prng;

    for (int i = 0; i < 4; i++) {
        seed += 0x9e3779b97f4a7c15U;
        uint64_t mixed = seed;
        mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
        prng.words[i] = mixed ^ mixed >> 31;
    }
    return prng;
}

uint64_t prng_next(Prng *prng)
{
    uint64_t *words = prng->words;
    uint64_t result = rotate_left(words[1] * 5, 7) * 9;
    uint64_t shifted = words[1] << 17;

    assert((words[0] | words[1] | words[2] | words[3]) != 0);

    words[2] ^= words[0];
    words[3] ^= words[1];
    words[1] ^= words[2];
    words[0] ^= words[3];
    words[2] ^= shifted;
    words[3] = rotate_left(words[3], 45);
    return result;
}

uint64_t prng_below(Prng *prng, uint64_t bound)
{
    assert(bound > 0);

    /* Values below the remainder are thrown again: each result then has equally many sources. */
    uint64_t remainder = (0 - bound) % bound;
    uint64_t value;

    do {
        value = prng_next(prng);
    } while (value < remainder);
    return value % bound;
}

int64_t prng_between(Prng *prng, int64_t first, int64_t last)
{
    assert(first <= last);

    uint64_t width = (uint64_t)last - (uint64_t)first;
    if (width == UINT64_MAX) {
        return (int64_t)prng_next(prng);
    }
    return (int64_t)((uint64_t)first + prng_below(prng, width + 1));
}

bool prng_chance(Prng *prng, uint64_t hits, uint64_t tries)
{
    return prng_below(prng, tries) < hits;
}

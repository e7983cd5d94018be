/*
 * Random numbers that are a function of their seed: the generator is a value and lives in the state of
 * whoever uses it, so that a run can be played again (xoshiro256**, seeded by splitmix64).
 *
 * Not for keys or ids: those come from the operating system.
 */
#ifndef BASE_PRNG_H
#define BASE_PRNG_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Prng {
    uint64_t words[4]; /* never all zero */
} Prng;

Prng prng_seed(uint64_t seed);
uint64_t prng_next(Prng *prng);
/* Each of 0 .. bound - 1 with the same chance; bound is not 0. */
uint64_t prng_below(Prng *prng, uint64_t bound);
/* Each of first .. last with the same chance; first <= last. */
int64_t prng_between(Prng *prng, int64_t first, int64_t last);
/* True in hits of tries cases. */
bool prng_chance(Prng *prng, uint64_t hits, uint64_t tries);

#endif

/* tape.h - one row of choices, three ways to fill it: drawn from a seed, counted through, or given as bytes.
 *
 * A test asks the tape whenever something could go more than one way; the same tape makes the same run. */
#ifndef TEST_PROPERTY_TAPE_H
#define TEST_PROPERTY_TAPE_H

#include "base/prng.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TAPE_DEPTH_MAX = 64 };

typedef enum TapeDriver { TAPE_SEED, TAPE_ODOMETER, TAPE_BYTES } TapeDriver;

typedef struct Tape {
    TapeDriver driver;
    Prng prng;
    const uint8_t *bytes;
    size_t size;
    uint32_t depth; /* choices that the odometer counts through; later ones are 0 */
    uint32_t at;
    uint32_t digit[TAPE_DEPTH_MAX];
    uint32_t bound[TAPE_DEPTH_MAX];
} Tape;

Tape tape_seed(uint64_t seed);
Tape tape_odometer(uint32_t depth);
Tape tape_bytes(const uint8_t *bytes, size_t size);
/* One of 0 .. bound - 1; bound > 0. */
uint32_t tape_pick(Tape *tape, uint32_t bound);
/* Counts the odometer on by one; false when every row has been seen. */
bool tape_next(Tape *tape);

#endif

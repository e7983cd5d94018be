/*
 * Page headers and checksums.
 *
 * Thirty-two sums run side by side, so that a processor with wide registers does eight steps in one. The
 * default build of a distribution does not use them; this asks for them by hand.
 */
#include "plan/page.h"

#include <string.h>

enum {
    SUMS = 32,
    LANES = 8,
    GROUPS = SUMS / LANES,
    ROWS = PAGE_SIZE_8K / (SUMS * 4),
    AT_CHECKSUM = 8,
    AT_UPPER = 14,
};
#define PRIME 16777619u

typedef uint32_t Lane __attribute__((vector_size(4 * LANES)));

/* The offsets that the sums begin with. */
static const uint32_t offsets[SUMS] = {
    0x5B1F36E9, 0xB8525960, 0x02AB50AA, 0x1DE66D2A, 0x79FF467A, 0x9BB9F8A3, 0x217E7CD2, 0x83E13D2C,
    0xF8D4474F, 0xE39EB970, 0x42C6AE16, 0x993216FA, 0x7B093B5D, 0x98DAFF3C, 0xF718902A, 0x0B1C9CDB,
    0xE58F764B, 0x187636BC, 0x5D7B3BB1, 0xE73DE7DE, 0x92BEC979, 0xCCA6C0B2, 0x304A0979, 0x85AA43D4,
    0x783125BB, 0x6CA8EAA2, 0xE407EAC6, 0x4B5CFC3E, 0x9FBF8C76, 0x15CA20BE, 0xF2CA9FD3, 0x959BD756};

bool page_is_new(const uint8_t *page)
{
    uint16_t upper;
    memcpy(&upper, page + AT_UPPER, sizeof(upper));
    return upper == 0;
}

#define STEP(sum, value)                     \
    do {                                     \
        const Lane mixed = (sum) ^ (value);  \
        (sum) = mixed * PRIME ^ mixed >> 17; \
    } while (0)

/* A function of its own for each processor, from one text. */
static inline __attribute__((always_inline)) uint32_t sum_of(const uint8_t *page)
{
    Lane sums[GROUPS];
    const Lane zero = {0};
    memcpy(sums, offsets, sizeof(sums));
    for (int row = 0; row < ROWS; row++) {
        for (int group = 0; group < GROUPS; group++) {
            Lane value;
            memcpy(&value, page + 4 * (row * SUMS + group * LANES), sizeof(value));
            if (row == 0 && group == 0) {
                value[AT_CHECKSUM / 4] &= 0xffff0000u; /* the sum itself counts as 0 */
            }
            STEP(sums[group], value);
        }
    }
    for (int round = 0; round < 2; round++) {
        for (int group = 0; group < GROUPS; group++) {
            STEP(sums[group], zero);
        }
    }
    uint32_t result = 0;
    for (int group = 0; group < GROUPS; group++) {
        for (int lane = 0; lane < LANES; lane++) {
            result ^= sums[group][lane];
        }
    }
    return result;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint32_t sum_wide(const uint8_t *page)
{
    return sum_of(page);
}
#endif

static uint32_t sum_plain(const uint8_t *page)
{
    return sum_of(page);
}

uint16_t page_checksum(const uint8_t *page, uint32_t number)
{
    uint32_t sum;
#if defined(__x86_64__)
    sum = __builtin_cpu_supports("avx2") != 0 ? sum_wide(page) : sum_plain(page);
#else
    sum = sum_plain(page);
#endif
    return (uint16_t)((sum ^ number) % 65535 + 1);
}

bool page_checksum_right(const uint8_t *page, uint32_t number)
{
    uint16_t stored;
    memcpy(&stored, page + AT_CHECKSUM, sizeof(stored));
    return page_is_new(page) || stored == page_checksum(page, number);
}

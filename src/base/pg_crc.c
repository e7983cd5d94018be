/* pg_crc.c - CRC-32C, with the processor's own instruction where there is one.
 *
 * The end of the WAL is looked for while a takeover waits, and a backup looks at every block of a database: both are bound
 * by this sum. The table below reads half a gigabyte per second, the instruction ten times as much: each one waits for the
 * one before. Where there is enough to read, three of them run side by side, each over its own lane of the bytes, and none waits. */
#include "base/pg_crc.h"

#include <pthread.h>
#include <string.h>

#define POLYNOMIAL 0x82f63b78u /* Castagnoli's, reflected */

static uint32_t table[256];
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static void table_fill(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
        }
        table[i] = crc;
    }
}

static uint32_t add_by_table(uint32_t crc, const uint8_t *at, size_t size)
{
    (void)pthread_once(&table_once, table_fill); /* cannot fail with a valid control */
    for (size_t i = 0; i < size; i++) {
        crc = table[(crc ^ at[i]) & 0xff] ^ (crc >> 8);
    }
    return crc;
}

#if defined(__x86_64__)
enum {
    LANE = 2720, /* bytes: three lanes and four words are a page of 8 kB */
    LANES = 3,
};

/* What becomes of each value of each byte of a sum when LANE zeros are added to it. */
static uint32_t behind_lane[4][256];
static pthread_once_t lane_once = PTHREAD_ONCE_INIT;

/* A sum is linear in its bits: those of a byte's value are the sums of its single bits, put together. */
static void lane_fill(void)
{
    static const uint8_t zeros[LANE];
    (void)pthread_once(&table_once, table_fill); /* cannot fail with a valid control */
    for (int byte = 0; byte < 4; byte++) {
        for (int bit = 0; bit < 8; bit++) {
            const uint32_t one = add_by_table(1u << (8 * byte + bit), zeros, LANE);
            for (uint32_t value = 0; value < 1u << bit; value++) {
                behind_lane[byte][value + (1u << bit)] = behind_lane[byte][value] ^ one;
            }
        }
    }
}

static uint32_t pass_lane(uint32_t crc)
{
    return behind_lane[0][crc & 0xff] ^ behind_lane[1][crc >> 8 & 0xff] ^
           behind_lane[2][crc >> 16 & 0xff] ^ behind_lane[3][crc >> 24];
}

/* LANES times LANE bytes. */
__attribute__((target("sse4.2"))) static uint32_t add_lanes(uint32_t crc, const uint8_t *at)
{
    uint64_t first = crc;
    uint64_t second = 0;
    uint64_t third = 0;
    for (const uint8_t *end = at + LANE; at < end; at += sizeof(uint64_t)) {
        uint64_t word[LANES];
        memcpy(&word[0], at, sizeof(uint64_t));
        memcpy(&word[1], at + LANE, sizeof(uint64_t));
        memcpy(&word[2], at + 2 * LANE, sizeof(uint64_t));
        first = __builtin_ia32_crc32di(first, word[0]);
        second = __builtin_ia32_crc32di(second, word[1]);
        third = __builtin_ia32_crc32di(third, word[2]);
    }
    return pass_lane(pass_lane((uint32_t)first) ^ (uint32_t)second) ^ (uint32_t)third;
}

__attribute__((target("sse4.2"))) static uint32_t add_by_processor(uint32_t crc, const uint8_t *at,
                                                                   size_t size)
{
    if (size >= (size_t)LANES * LANE) {
        (void)pthread_once(&lane_once, lane_fill); /* cannot fail with a valid control */
    }
    for (; size >= (size_t)LANES * LANE; at += LANES * LANE, size -= (size_t)LANES * LANE) {
        crc = add_lanes(crc, at);
    }
    uint64_t wide = crc;
    for (; size >= sizeof(uint64_t); at += sizeof(uint64_t), size -= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, at, sizeof(word));
        wide = __builtin_ia32_crc32di(wide, word);
    }
    crc = (uint32_t)wide;
    for (; size > 0; at++, size--) {
        crc = __builtin_ia32_crc32qi(crc, *at);
    }
    return crc;
}
#endif

uint32_t pg_crc_add(uint32_t crc, const void *bytes, size_t size)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2") != 0) {
        return add_by_processor(crc, bytes, size);
    }
#endif
    return add_by_table(crc, bytes, size);
}

/* pg_crc.c - CRC-32C, in the quickest of the ways that this processor has.
 *
 * The end of the WAL is looked for while a takeover waits, and a backup looks at every block of a database: both are bound
 * by this sum. A table reads half a gigabyte per second; the processor's instruction 12, because each one waits for the one
 * before; three of them side by side, each over its own lane of the bytes, 35; carry-less products of wide registers 59. */
#include "base/pg_crc.h"

#include <pthread.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

enum {
    WIDE = 64, /* bytes of a register */
    WIDES = 4, /* registers that are folded side by side */
    STRIDE = WIDE * WIDES,
};

/* What a piece is multiplied with to stand 64, 128, 192 and 256 bytes further in front: of its first eight bytes, and of its
 * last. */
static uint64_t folds[WIDES][2];
static pthread_once_t folds_once = PTHREAD_ONCE_INIT;

/* x to this power modulo the polynomial, reflected, as the upper half of a word: the product of two reflected words is one x too high. */
static uint64_t power_of_x(int exponent)
{
    uint32_t power = 0x80000000u;
    for (int i = 1; i < exponent; i++) {
        power = power >> 1 ^ ((power & 1) != 0 ? POLYNOMIAL : 0);
    }
    return (uint64_t)power << 32;
}

static void folds_fill(void)
{
    for (int i = 0; i < WIDES; i++) {
        const int bits = 8 * WIDE * (i + 1);
        folds[i][0] = power_of_x(bits + 64);
        folds[i][1] = power_of_x(bits);
    }
}

#define TARGET_WIDE __attribute__((target("avx512f,pclmul,vpclmulqdq,sse4.2")))

TARGET_WIDE static inline __m512i folded(__m512i value, const uint64_t *fold)
{
    const __m512i by = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)fold));
    return _mm512_xor_si512(_mm512_clmulepi64_epi128(value, by, 0x00),
                            _mm512_clmulepi64_epi128(value, by, 0x11));
}

/* At least one STRIDE, and whole ones. What is left of them is 64 bytes that have the sum of all. */
TARGET_WIDE static uint32_t add_folded(uint32_t crc, const uint8_t *at, size_t size)
{
    __m512i sum[WIDES];
    uint64_t rest[WIDE / sizeof(uint64_t)];
    for (int i = 0; i < WIDES; i++) {
        sum[i] = _mm512_loadu_si512(at + (size_t)i * WIDE);
    }
    sum[0] = _mm512_xor_si512(sum[0], _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)crc)));
    for (const uint8_t *end = at + size; (at += STRIDE) < end;) {
        for (int i = 0; i < WIDES; i++) {
            sum[i] = _mm512_xor_si512(folded(sum[i], folds[WIDES - 1]),
                                      _mm512_loadu_si512(at + (size_t)i * WIDE));
        }
    }
    for (int i = 0; i < WIDES - 1; i++) {
        sum[WIDES - 1] = _mm512_xor_si512(sum[WIDES - 1], folded(sum[i], folds[WIDES - 2 - i]));
    }
    _mm512_storeu_si512(rest, sum[WIDES - 1]);
    uint64_t wide = 0;
    for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
        wide = __builtin_ia32_crc32di(wide, rest[i]);
    }
    return (uint32_t)wide;
}

/* The instruction alone. */
__attribute__((target("sse4.2"))) static uint32_t add_by_instruction(uint32_t crc,
                                                                     const uint8_t *at, size_t size)
{
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

static uint32_t add_by_lanes(uint32_t crc, const uint8_t *at, size_t size)
{
    (void)pthread_once(&lane_once, lane_fill); /* cannot fail with a valid control */
    for (; size >= (size_t)LANES * LANE; at += LANES * LANE, size -= (size_t)LANES * LANE) {
        crc = add_lanes(crc, at);
    }
    return add_by_instruction(crc, at, size);
}

static uint32_t add_by_folding(uint32_t crc, const uint8_t *at, size_t size)
{
    const size_t strides = size - size % STRIDE;
    (void)pthread_once(&folds_once, folds_fill); /* cannot fail with a valid control */
    crc = strides == 0 ? crc : add_folded(crc, at, strides);
    return add_by_instruction(crc, at + strides, size - strides);
}

static bool has_way(PgCrcWay way)
{
    switch (way) {
    case PG_CRC_TABLE:
        return true;
    case PG_CRC_INSTRUCTION:
    case PG_CRC_LANES:
        return __builtin_cpu_supports("sse4.2") != 0;
    case PG_CRC_FOLDING:
        return __builtin_cpu_supports("sse4.2") != 0 && __builtin_cpu_supports("pclmul") != 0 &&
               __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("vpclmulqdq") != 0;
    }
    return false;
}

/* A way that pays for so many bytes. */
static PgCrcWay way_for(size_t size)
{
    if (size >= STRIDE && has_way(PG_CRC_FOLDING)) {
        return PG_CRC_FOLDING;
    }
    if (!has_way(PG_CRC_INSTRUCTION)) {
        return PG_CRC_TABLE;
    }
    return size >= (size_t)LANES * LANE ? PG_CRC_LANES : PG_CRC_INSTRUCTION;
}

static uint32_t add_by(PgCrcWay way, uint32_t crc, const uint8_t *at, size_t size)
{
    switch (way) {
    case PG_CRC_TABLE:
        break;
    case PG_CRC_INSTRUCTION:
        return add_by_instruction(crc, at, size);
    case PG_CRC_LANES:
        return add_by_lanes(crc, at, size);
    case PG_CRC_FOLDING:
        return add_by_folding(crc, at, size);
    }
    return add_by_table(crc, at, size);
}
#else
static bool has_way(PgCrcWay way)
{
    return way == PG_CRC_TABLE;
}

static PgCrcWay way_for(size_t size)
{
    (void)size; /* there is one way for all */
    return PG_CRC_TABLE;
}

static uint32_t add_by(PgCrcWay way, uint32_t crc, const uint8_t *at, size_t size)
{
    (void)way; /* likewise */
    return add_by_table(crc, at, size);
}
#endif

uint32_t pg_crc_add(uint32_t crc, const void *bytes, size_t size)
{
    return add_by(way_for(size), crc, bytes, size);
}

bool pg_crc_add_by(PgCrcWay way, uint32_t *inout_crc, const void *bytes, size_t size)
{
    if (!has_way(way)) {
        return false;
    }
    *inout_crc = add_by(way, *inout_crc, bytes, size);
    return true;
}

/*
 * base/pg_crc.h: CRC-32C, whatever it is computed with.
 */
#include "unit.h"

#include <string.h>

#include "base/pg_crc.h"
#include "base/prng.h"

enum { ROOM = 70000 }; /* eight pages and a little */

/* As the polynomial defines it, a bit at a time. */
static uint32_t by_bits(uint32_t crc, const uint8_t *at, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        crc ^= at[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82f63b78u : 0);
        }
    }
    return crc;
}

static uint32_t sum_of(const void *bytes, size_t size)
{
    return pg_crc_end(pg_crc_add(PG_CRC_BEGIN, bytes, size));
}

/* By whatever this processor has: the quickest alone would leave the others untried. */
static void check_all_ways(uint32_t begin, const uint8_t *at, size_t size)
{
    const uint32_t wanted = by_bits(begin, at, size);
    assert_int_equal(pg_crc_add(begin, at, size), wanted);
    for (int way = PG_CRC_TABLE; way <= PG_CRC_FOLDING; way++) {
        uint32_t crc = begin;
        if (pg_crc_add_by((PgCrcWay)way, &crc, at, size)) {
            assert_int_equal(crc, wanted);
        }
    }
}

/* RFC 3720, B.4, and the usual word. */
static void sums_are_those_of_the_standard(void **state)
{
    uint8_t bytes[32];
    (void)state;

    assert_int_equal(sum_of("123456789", 9), 0xe3069283);
    memset(bytes, 0, sizeof(bytes));
    assert_int_equal(sum_of(bytes, sizeof(bytes)), 0x8a9136aa);
    memset(bytes, 0xff, sizeof(bytes));
    assert_int_equal(sum_of(bytes, sizeof(bytes)), 0x62a8ab43);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (uint8_t)i;
    }
    assert_int_equal(sum_of(bytes, sizeof(bytes)), 0x46dd794e);
}

static void every_length_from_every_place_has_the_sum_of_its_bits(void **state)
{
    static uint8_t bytes[ROOM];
    Prng dice = prng_seed(5);
    (void)state;

    for (size_t i = 0; i < ROOM; i++) {
        bytes[i] = (uint8_t)prng_next(&dice);
    }
    /* Around a page, around the lengths from which another way is taken, and around their multiples. */
    const size_t lengths[] = {0,    1,    7,    8,    9,     64,    255,   256,   257,
                              511,  512,  513,  1024, 2720,  8159,  8160,  8161,  8167,
                              8168, 8191, 8192, 8193, 16319, 16320, 16384, 65536, 65543};
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        for (size_t at = 0; at < 9; at++) {
            check_all_ways(PG_CRC_BEGIN, bytes + at, lengths[i]);
        }
    }
    for (int i = 0; i < 200; i++) {
        const size_t at = (size_t)prng_below(&dice, 100);
        const size_t length = (size_t)prng_below(&dice, ROOM - 100);
        const uint32_t begin = (uint32_t)prng_next(&dice);
        check_all_ways(begin, bytes + at, length);
    }
}

static void pieces_have_the_sum_of_the_whole(void **state)
{
    static uint8_t bytes[ROOM];
    Prng dice = prng_seed(6);
    (void)state;

    for (size_t i = 0; i < ROOM; i++) {
        bytes[i] = (uint8_t)(i * 7 >> 3);
    }
    const uint32_t whole = sum_of(bytes, ROOM);
    for (int round = 0; round < 100; round++) {
        uint32_t crc = PG_CRC_BEGIN;
        for (size_t at = 0; at < ROOM;) {
            const size_t most = (size_t)prng_below(&dice, 20000) + 1;
            const size_t size = ROOM - at < most ? ROOM - at : most;
            crc = pg_crc_add(crc, bytes + at, size);
            at += size;
        }
        assert_int_equal(pg_crc_end(crc), whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_the_standard),
        cmocka_unit_test(every_length_from_every_place_has_the_sum_of_its_bits),
        cmocka_unit_test(pieces_have_the_sum_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

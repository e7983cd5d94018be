/*
 * base/prng.h: the same seed, the same numbers; fair within its bounds.
 */
#include "unit.h"

#include "base/prng.h"

static void same_seed_gives_same_numbers(void **state)
{
    Prng a = prng_seed(42);
    Prng b = prng_seed(42);
    Prng c = prng_seed(43);
    bool differs = false;
    (void)state;

    for (int i = 0; i < 1000; i++) {
        uint64_t value = prng_next(&a);
        assert_true(value == prng_next(&b));
        differs = differs || value != prng_next(&c);
    }
    assert_true(differs);
}

/* The authors' reference implementation of splitmix64, seed 0, begins with these words. */
static void seeding_follows_the_reference(void **state)
{
    Prng prng = prng_seed(0);
    (void)state;

    assert_true(prng.words[0] == 0xe220a8397b1dcdafU);
    assert_true(prng.words[1] == 0x6e789e6aa1b965f4U);
    assert_true(prng.words[2] == 0x06c45d188009454fU);
    assert_true(prng.words[3] == 0xf88bb8a8724c81ecU);
    assert_true(prng_next(&prng) == 0x99ec5f36cb75f2b4U);
}

static void numbers_below_a_bound_stay_below_it_and_reach_all(void **state)
{
    Prng prng = prng_seed(7);
    int seen[5] = {0};
    (void)state;

    for (int i = 0; i < 5000; i++) {
        uint64_t value = prng_below(&prng, 5);
        assert_true(value < 5);
        seen[value]++;
    }
    for (int i = 0; i < 5; i++) {
        assert_in_range(seen[i], 850, 1150);
    }
}

static void range_includes_both_ends_even_the_widest(void **state)
{
    Prng prng = prng_seed(8);
    bool first = false;
    bool last = false;
    (void)state;

    for (int i = 0; i < 200; i++) {
        int64_t value = prng_between(&prng, -2, 2);
        assert_true(value >= -2 && value <= 2);
        first = first || value == -2;
        last = last || value == 2;
        (void)prng_between(&prng, INT64_MIN, INT64_MAX); /* must not divide by zero */
    }
    assert_true(first && last);
    assert_true(prng_between(&prng, 9, 9) == 9);
}

static void chance_is_kept(void **state)
{
    Prng prng = prng_seed(9);
    int hits = 0;
    (void)state;

    for (int i = 0; i < 10000; i++) {
        hits += prng_chance(&prng, 1, 10);
        assert_false(prng_chance(&prng, 0, 10));
        assert_true(prng_chance(&prng, 10, 10));
    }
    assert_in_range(hits, 850, 1150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_gives_same_numbers),
        cmocka_unit_test(seeding_follows_the_reference),
        cmocka_unit_test(numbers_below_a_bound_stay_below_it_and_reach_all),
        cmocka_unit_test(range_includes_both_ends_even_the_widest),
        cmocka_unit_test(chance_is_kept),
    };
    return cmocka_run_group_tests_name("base_prng", tests, NULL, NULL);
}

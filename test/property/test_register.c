/* test_register.c - the register of E1 to E3 under every short tape, and under many long ones. */
#include "../unit/unit.h"

#include "register.h"

#include <stdio.h>

static void run_one(Tape *tape, const RegisterPlan *plan, uint64_t number, uint64_t *chosen)
{
    RegisterResult result;
    register_run(tape, plan, &result);
    if (result.violation[0] != '\0') {
        fail_msg("run %llu: %s", (unsigned long long)number, result.violation);
    }
    *chosen += result.chosen;
}

static void run_all(const RegisterPlan *plan, uint32_t depth)
{
    Tape tape = tape_odometer(depth);
    uint64_t runs = 0;
    uint64_t chosen = 0;
    do {
        run_one(&tape, plan, runs++, &chosen);
    } while (tape_next(&tape));
    print_message("%llu runs, %llu records chosen\n", (unsigned long long)runs,
                  (unsigned long long)chosen);
    assert_true(runs > 1000);
    assert_true(chosen > runs); /* more than the first record: something happens */
}

static void run_random(const RegisterPlan *plan, uint64_t count)
{
    uint64_t chosen = 0;
    for (uint64_t seed = 1; seed <= count; seed++) {
        Tape tape = tape_seed(seed);
        run_one(&tape, plan, seed, &chosen);
    }
    print_message("%llu runs, %llu records chosen\n", (unsigned long long)count,
                  (unsigned long long)chosen);
    assert_true(chosen > count);
}

static void two_proposers_of_three_choose_one_record_in_every_order(void **state)
{
    (void)state;
    run_all(&(RegisterPlan){.voters = 3, .steps = 40, .rounds = 2, .quick_disks = true}, 9);
}

static void two_voters_with_slow_disks_choose_one_record_in_every_order(void **state)
{
    (void)state;
    run_all(&(RegisterPlan){.voters = 2, .steps = 40, .rounds = 2}, 10);
}

static void a_death_at_every_moment_changes_nothing_that_is_chosen(void **state)
{
    (void)state;
    run_all(
        &(RegisterPlan){.voters = 3, .steps = 40, .rounds = 2, .deaths = 1, .quick_disks = true},
        7);
}

static void a_lost_memory_at_every_moment_changes_nothing_that_is_chosen(void **state)
{
    (void)state;
    run_all(&(RegisterPlan){.voters = 3,
                            .steps = 40,
                            .rounds = 2,
                            .deaths = 1,
                            .forget = true,
                            .quick_disks = true},
            7);
}

static void long_tapes_choose_one_record_per_epoch(void **state)
{
    (void)state;
    run_random(&(RegisterPlan){.steps = 300, .rounds = 12, .deaths = 6}, 4000);
}

static void long_tapes_with_lost_memories_choose_one_record_per_epoch(void **state)
{
    (void)state;
    run_random(&(RegisterPlan){.steps = 300, .rounds = 12, .deaths = 6, .forget = true}, 8000);
}

static void members_that_change_choose_one_record_per_epoch(void **state)
{
    (void)state;
    run_random(&(RegisterPlan){.steps = 400, .rounds = 16, .deaths = 4, .members = true}, 4000);
}

static void members_that_change_and_forget_choose_one_record_per_epoch(void **state)
{
    (void)state;
    run_random(
        &(RegisterPlan){.steps = 400, .rounds = 16, .deaths = 6, .forget = true, .members = true},
        8000);
}

static void a_change_of_members_beside_another_round_chooses_one_record_in_every_order(void **state)
{
    (void)state;
    run_all(
        &(RegisterPlan){
            .voters = 3, .steps = 60, .rounds = 3, .members = true, .quick_disks = true},
        9);
}

static void a_cluster_begins_once(void **state)
{
    (void)state;
    run_random(
        &(RegisterPlan){.steps = 300, .rounds = 8, .deaths = 3, .forget = true, .blank = true},
        4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_proposers_of_three_choose_one_record_in_every_order),
        cmocka_unit_test(two_voters_with_slow_disks_choose_one_record_in_every_order),
        cmocka_unit_test(a_death_at_every_moment_changes_nothing_that_is_chosen),
        cmocka_unit_test(a_lost_memory_at_every_moment_changes_nothing_that_is_chosen),
        cmocka_unit_test(long_tapes_choose_one_record_per_epoch),
        cmocka_unit_test(long_tapes_with_lost_memories_choose_one_record_per_epoch),
        cmocka_unit_test(members_that_change_choose_one_record_per_epoch),
        cmocka_unit_test(members_that_change_and_forget_choose_one_record_per_epoch),
        cmocka_unit_test(
            a_change_of_members_beside_another_round_chooses_one_record_in_every_order),
        cmocka_unit_test(a_cluster_begins_once),
    };
    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}

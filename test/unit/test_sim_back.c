/* test_sim_back.c - the checkers of what a cluster comes back to, and of what it does while nothing happens (I5, I6). */
#include "unit.h"

#include "sim_help.h"

static void i5_a_cluster_that_is_not_back_is_seen(void **state)
{
    SimWorld *world = *state;
    MemberId primary;
    Record record = record_of(world, 1, A);
    choose(world, &record);
    assert_false(check_switchable(world, &primary)); /* nobody serves */
    serve(world, A);
    world->process[B].alive = true;
    world->instance[B].phase = INSTANCE_STANDBY;
    assert_false(check_switchable(world, &primary)); /* b is not eligible */
    record.epoch = 2;
    record.eligible_count = 1;
    record.quorum = 1;
    record.eligible[0] = (EligibleMember){.member = B, .dir = world->instance[B].dir.id};
    choose(world, &record);
    assert_true(check_switchable(world, &primary));
    assert_int_equal(primary, A);
}

static void i5_a_cluster_that_does_not_settle_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record record = record_of(world, 1, A);
    choose(world, &record);
    assert_false(world_settle(world, 1000000));
    assert_int_equal(world->checks.violations, 1);
    assert_string_equal(world->checks.first, "I5: nobody serves");
}

static void i5_a_healthy_standby_that_is_not_eligible_is_seen(void **state)
{
    SimWorld *world = *state;
    Record record = record_of(world, 1, A);
    choose(world, &record);
    serve(world, A);
    world->process[B].alive = world->process[W].alive = true;
    world->instance[B].phase = INSTANCE_STANDBY;
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: 0 of 1 are eligible");
}

static void i5_a_member_that_is_not_there_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record record = with_eligible(world, 1);
    choose(world, &record);
    serve(world, A);
    world->process[B].alive = true;
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: w is not there");
}

static void i5_a_cluster_that_is_back_settles(void **state)
{
    SimWorld *world = *state;
    const Record record = with_eligible(world, 1);
    choose(world, &record);
    serve(world, A);
    world->process[B].alive = world->process[W].alive = true;
    world->instance[B].phase = INSTANCE_STANDBY;
    assert_true(world_settle(world, 3000000));
    assert_int_equal(world->checks.violations, 0);
}

/* What is there is well, and b is eligible as the record says; some lines of the tests take that away again. */
static void is_well(SimWorld *world, const Record *record)
{
    choose(world, record);
    serve(world, A);
    world->process[B].alive = world->process[W].alive = true;
    world->instance[B].phase = INSTANCE_STANDBY;
}

static void i5_who_serves_beside_the_primary_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record record = with_eligible(world, 1);
    is_well(world, &record);
    serve(world, B);
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: b serves beside a");
}

static void i5_two_lines_are_seen(void **state)
{
    SimWorld *world = *state;
    Record first = parts(world);
    serve(world, B);
    world->process[A].alive = world->process[W].alive = true;
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: two lines exclude each other");
    world->checks.violations = 0;
    is_kept(world, &first);
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: 0 of 1 are eligible");
}

static void i5_who_is_there_and_does_not_vote_is_seen(void **state)
{
    SimWorld *world = *state;
    Record record = record_of(world, 1, A);
    record.absent = member_bit(B);
    is_well(world, &record);
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: b does not vote");
    world->checks.violations = 0;
    world->operator.given_up = member_bit(B);
    assert_true(world_settle(world, 3000000));
}

static void i5_who_is_eligible_and_down_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record record = with_eligible(world, 1);
    is_well(world, &record);
    world->instance[B].phase = INSTANCE_DOWN;
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: 0 of 1 are eligible");
}

static void i5_fewer_acknowledgements_than_asked_are_seen(void **state)
{
    SimWorld *world = *state;
    Record record = with_eligible(world, 1);
    record.quorum = 0;
    is_well(world, &record);
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: 0 instead of 1 acknowledge");
}

static void i6_more_changes_than_faults_are_seen(void **state)
{
    SimWorld *world = *state;
    world->checks.faults = 1;
    check_promoted(world, B);
    assert_int_equal(world->checks.violations, 0);
    check_promoted(world, A);
    assert_string_equal(world->checks.first, "I6: 2 changes of primary with 1 faults");
}

static void happens(SimWorld *world, const char *a, const char *b, const char *c)
{
    const char *const word[] = {a, b, c};
    StoryLine line = {0};
    while (line.count < 3 && word[line.count] != NULL) {
        (void)str_copy(line.word[line.count], sizeof line.word[0], word[line.count]);
        line.count++;
    }
    assert_true(story_fault(world, &line));
}

/* Only what can cost a primary excuses that it changes. */
static void i6_what_heals_or_starts_is_no_fault(void **state)
{
    SimWorld *world = *state;
    world->checks.faults = 0;
    happens(world, "heal", NULL, NULL);
    happens(world, "boot", "all", NULL);
    happens(world, "thaw", "all", NULL);
    happens(world, "load", "on", NULL);
    happens(world, "attend", "3", NULL);
    happens(world, "instance", "a", "can");
    happens(world, "mend", NULL, NULL);
    assert_int_equal(world->checks.faults, 0);
    happens(world, "freeze", "a", NULL);
    happens(world, "cut", "a", NULL);
    happens(world, "instance", "a", "cannot");
    assert_int_equal(world->checks.faults, 3);
}

static void promotes(SimWorld *world, SimEvent *event)
{
    check_promoted(world, (MemberId)event->a);
}

static void i6_a_change_when_everything_is_well_again_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record record = with_eligible(world, 1);
    is_well(world, &record);
    check_stays(world);
    assert_int_equal(world->checks.violations, 0);
    world_after(world, 4000000, &(SimEvent){.run = promotes, .actor = ACTOR_NONE, .a = B});
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I6: b becomes primary, and nothing was wrong");
}

#define CHECK(name) cmocka_unit_test_setup_teardown(name, sim_setup, sim_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK(i5_a_cluster_that_is_not_back_is_seen),
        CHECK(i5_a_cluster_that_does_not_settle_is_seen),
        CHECK(i5_a_healthy_standby_that_is_not_eligible_is_seen),
        CHECK(i5_a_member_that_is_not_there_is_seen),
        CHECK(i5_a_cluster_that_is_back_settles),
        CHECK(i5_who_serves_beside_the_primary_is_seen),
        CHECK(i5_two_lines_are_seen),
        CHECK(i5_who_is_there_and_does_not_vote_is_seen),
        CHECK(i5_who_is_eligible_and_down_is_seen),
        CHECK(i5_fewer_acknowledgements_than_asked_are_seen),
        CHECK(i6_more_changes_than_faults_are_seen),
        CHECK(i6_what_heals_or_starts_is_no_fault),
        CHECK(i6_a_change_when_everything_is_well_again_is_seen),
    };
    return cmocka_run_group_tests_name("sim_back", tests, NULL, NULL);
}

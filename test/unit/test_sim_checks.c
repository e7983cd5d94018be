/* test_sim_checks.c - each checker of the simulator is fed one violation and reports it, and is silent without. */
#include "unit.h"

#include "sim_help.h"

static void i1_an_acknowledgement_after_a_promotion_elsewhere_is_seen(void **state)
{
    SimWorld *world = *state;
    check_acknowledged(world, A, 1000);
    assert_int_equal(world->checks.violations, 0);
    check_promoted(world, B);
    check_acknowledged(world, B, 1001);
    assert_int_equal(world->checks.violations, 0);
    check_acknowledged(world, A, 1002);
    assert_int_equal(world->checks.violations, 1);
    assert_true(world->checks.two_acknowledging);
}

/* The directory of b is a copy of a's; then a goes on alone. */
static uint64_t only_at_a(SimWorld *world)
{
    postgres_copy_directory(world, A, B);
    world->instance[B].dir.id = 101;
    const uint64_t id = world->next_entry++;
    (void)wal_append(&world->instance[A].dir, id, 1, true);
    return id;
}

static void i2_a_lost_acknowledged_commit_is_seen(void **state)
{
    SimWorld *world = *state;
    const uint64_t id = only_at_a(world);
    check_acknowledged(world, A, id);
    check_holds_all(world, A);
    assert_int_equal(world->checks.violations, 0);
    check_holds_all(world, B);
    assert_int_equal(world->checks.violations, 1);
    assert_true(world->checks.lost);
}

static void i2_a_lost_commit_that_was_only_read_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    (void)only_at_a(world);
    serve(world, A);
    check_holds_all(world, A); /* it opens with a commit of which nobody was told */
    check_read(world, 0, A);
    assert_int_equal(world->checks.violations, 0);
    check_holds_all(world, B);
    assert_int_equal(world->checks.violations, 1);
    assert_true(world->checks.lost);
}

static void i2_a_commit_of_which_nobody_knows_may_be_lost_but_not_return(void **state)
{
    SimWorld *world = *state;
    (void)only_at_a(world);
    check_holds_all(world, B);
    assert_int_equal(world->checks.violations, 0);
    check_holds_all(world, A);
    assert_int_equal(world->checks.violations, 1);
    assert_string_equal(world->checks.first,
                        "I2: a opens with 1 entries that an earlier primary had not");
}

/* Its line promises what it held when it was recovered (E5): to whoever was recovered, and from the next line on. */
static void i2_only_a_recovery_may_lose_what_was_acknowledged(void **state)
{
    for (int recovered = 0; recovered < 3; recovered++) {
        SimWorld *world = *state;
        Record record = record_of(world, 1, A);
        choose(world, &record);
        const uint64_t id = only_at_a(world);
        check_acknowledged(world, A, id);
        check_holds_all(world, A);
        if (recovered > 0) {
            check_restored(world, recovered == 1 ? A : B);
        }
        record = record_of(world, 2, recovered == 1 ? A : B);
        record.line = 6;
        record.branch = (Branch){.from = 5, .epoch = 2};
        record.cause = CAUSE_RESTORED;
        choose(world, &record);
        world->checks.violations = 0;
        check_holds_all(world, B);
        assert_int_equal(world->checks.violations, recovered == 2 ? 0 : 1);
        check_holds_all(world, B);
        assert_int_equal(world->checks.lost, recovered != 2);
        (void)sim_teardown(state);
        (void)sim_setup(state);
    }
}

static void i2_a_reader_that_goes_back_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    const uint64_t id = only_at_a(world);
    serve(world, A);
    check_acknowledged(world, A, id);
    check_read(world, 0, A);
    check_read(world, 0, A);
    assert_int_equal(world->checks.violations, 0);
    wal_truncate(&world->instance[A].dir, 1);
    check_read(world, 1, A); /* it has seen nothing before */
    assert_int_equal(world->checks.violations, 0);
    check_read(world, 0, A);
    assert_int_equal(world->checks.violations, 1);
}

static void i2_a_directory_that_counts_and_is_made_over_is_seen(void **state)
{
    SimWorld *world = *state;
    postgres_copy_directory(world, A, B);
    world->instance[B].dir.id = 101;
    const Record first = with_eligible(world, 1);
    choose(world, &first);
    check_made_over(world, B, A); /* it is eligible */
    assert_string_equal(world->checks.first,
                        "I2: b makes its directory over, which counts under epoch 1");
    check_made_over(world, A, B); /* it is the primary's */
    assert_int_equal(world->checks.violations, 2);
    world->instance[B].dir.id = 102; /* another directory */
    check_made_over(world, B, A);
    assert_int_equal(world->checks.violations, 2);
}

static void i2_a_directory_with_more_than_its_source_that_is_made_over_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, B);
    choose(world, &first);
    const uint64_t id = only_at_a(world);
    check_made_over(world, A, B); /* of what is there alone nobody was told */
    assert_int_equal(world->checks.violations, 0);
    check_note_acknowledged(world, A, id);
    check_made_over(world, A, B);
    assert_string_equal(world->checks.first,
                        "I2: a makes its directory over with 1 commits that b lacks");
}

static void i2_a_line_that_was_chosen_and_loses_its_own_is_seen(void **state)
{
    for (int own = 0; own < 2; own++) {
        SimWorld *world = *state;
        const Record forced = parts(world);
        const uint64_t id = only_at_a(world);
        check_acknowledged(world, own ? B : A, id);
        is_kept(world, &forced);
        check_holds_all(world, B);
        assert_int_equal(world->checks.violations, own);
        assert_string_equal(world->checks.first,
                            own ? "I2: b was chosen, and opens without 1 commits of its own line"
                                : "");
        (void)sim_teardown(state);
        (void)sim_setup(state);
    }
}

static void i1_who_knows_that_two_lines_have_met_and_acknowledges_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record forced = parts(world);
    serve(world, A);
    check_acknowledged(world, A, 7); /* it does not know */
    Durable durable = {.self = A, .split = forced};
    check_persisted(world, A, &durable);
    check_acknowledged(world, A, 8); /* it has just heard */
    assert_int_equal(world->checks.violations, 0);
    world->now += 600000;
    check_acknowledged(world, A, 9);
    assert_string_equal(world->checks.first,
                        "I1: a acknowledges, and knows that two lines have met");
}

static void i4_an_epoch_that_is_left_out_beside_another_line_is_seen(void **state)
{
    SimWorld *world = *state;
    (void)parts(world);
    const Record third = record_of(world, 3, A);
    const Record fifth = record_of(world, 5, A);
    choose(world, &third);
    assert_int_equal(world->checks.violations, 0);
    choose(world, &fifth);
    assert_string_equal(world->checks.first, "I4: epoch 5 was chosen after 3 beside another line");
}

/* Of the other line one may have that epoch, too; of its own none. */
static void i4_two_chosen_records_of_one_epoch_of_a_line_beside_another_are_seen(void **state)
{
    SimWorld *world = *state;
    const Record forced = parts(world);
    const Record third = record_of(world, 3, A);
    choose(world, &third);
    Record fourth = forced;
    fourth.epoch = 3;
    fourth.cause = CAUSE_DETACH;
    accepts(world, B, 21, &fourth);
    accepts(world, W, 21, &fourth);
    assert_int_equal(world->checks.violations, 0);
    Record rival = fourth;
    rival.automatic = !fourth.automatic;
    accepts(world, B, 22, &rival);
    accepts(world, W, 22, &rival);
    assert_string_equal(world->checks.first, "I4: two chosen records of epoch 3");
}

/* Section 8 is for two voters: of three nobody decides alone, whatever the silent one's silence says. */
static void i4_a_vote_that_is_stood_in_for_among_three_is_seen(void **state)
{
    for (int voters = 2; voters <= 3; voters++) {
        SimWorld *world = *state;
        world->settings.silence = SILENCE_FALLBACK;
        Record first = record_of(world, 1, A);
        first.absent = first.absent_before = voters == 2 ? member_bit(W) : 0;
        accepts(world, A, 1, &first);
        accepts(world, B, 1, &first);
        Record second = first;
        second.epoch = 2;
        second.primary = B;
        second.line = 6;
        second.cause = CAUSE_TAKEOVER;
        second.branch = (Branch){.from = 5, .epoch = 2, .without = member_bit(A)};
        accepts(world, B, 9, &second);
        knows_forced(world, &second);
        assert_string_equal(world->checks.first,
                            voters == 2 ? "" : "I4: b takes epoch 2 for chosen without a majority");
        (void)sim_teardown(state);
        (void)sim_setup(state);
    }
}

/* Its own voter has accepted a change that nobody else knows of, and the other one is silent. */
static void i4_who_lets_its_standby_go_alone_goes_past_its_own_change(void **state)
{
    for (int accepted = 0; accepted < 2; accepted++) {
        SimWorld *world = *state;
        world->settings.silence = SILENCE_FALLBACK;
        Record first = record_of(world, 1, A);
        first.absent = first.absent_before = member_bit(W);
        accepts(world, A, 1, &first);
        accepts(world, B, 1, &first);
        Record second = first;
        second.epoch = 2;
        if (accepted)
            accepts(world, A, 2, &second);
        Record third = first;
        third.epoch = 3;
        third.line = 6;
        third.cause = CAUSE_DETACH;
        third.branch = (Branch){.from = 5, .epoch = 3, .without = member_bit(B)};
        accepts(world, A, 9, &third);
        Durable durable = {.self = A, .accepted = third, .chosen = third};
        durable.accepted_ballot = (Ballot){.number = 9, .member = A};
        check_persisted(world, A, &durable);
        assert_string_equal(world->checks.first, accepted ? "" : "I4: epoch 3 was chosen after 1");
        (void)sim_teardown(state);
        (void)sim_setup(state);
    }
}

static void i4_more_than_one_voter_changed_at_once_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    Record second = record_of(world, 2, A);
    second.absent = member_bit(B);
    choose(world, &second);
    assert_int_equal(world->checks.violations, 0);
    Record third = record_of(world, 3, A);
    third.absent_before = member_bit(B);
    third.absent = member_bit(W);
    choose(world, &third);
    accepts(world, B, 3, &third);
    assert_string_equal(world->checks.first, "I4: epoch 3 changes more than one voter");
}

static void i3_opening_without_a_record_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    serve(world, A);
    check_opened(world, A);
    assert_int_equal(world->checks.violations, 0);
    world->instance[A].dir.id = 999; /* another directory */
    check_opened(world, A);
    assert_int_equal(world->checks.violations, 1);
}

static void i3_serving_under_an_overtaken_record_is_seen(void **state)
{
    for (int automatic = 0; automatic < 2; automatic++) {
        SimWorld *world = *state;
        const Record first = record_of(world, 1, A);
        Record second = record_of(world, 2, B);
        second.automatic = automatic != 0;
        choose(world, &first);
        serve(world, A);
        check_served(world, A);
        assert_int_equal(world->checks.violations, 0);
        choose(world, &second);
        check_served(world, A);
        assert_string_equal(world->checks.first, "I3: a serves although epoch 2 names b");
        (void)sim_teardown(state);
        (void)sim_setup(state);
    }
}

static void grants(SimWorld *world, MemberId voter)
{
    Message answer = {.kind = MESSAGE_HEARTBEAT_ANSWER};
    answer.u.heartbeat_answer.lease = true;
    check_sent(world, voter, A, &answer);
}

static void i3_serving_beyond_the_lease_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = with_eligible(world, 1);
    choose(world, &first);
    serve(world, A);
    grants(world, W);
    world->now += 1785000; /* b is unbound, w until now: with a it is no majority without them */
    check_served(world, A);
    assert_int_equal(world->checks.violations, 0);
    world->now++;
    check_served(world, A);
    assert_int_equal(world->checks.violations, 1);
    grants(world, B);
    check_served(world, A);
    assert_int_equal(world->checks.violations, 1);
}

static void i3_a_solo_primary_needs_no_lease(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    serve(world, A);
    check_served(world, A);
    assert_int_equal(world->checks.violations, 0);
}

/* It is not judged before it can know, and is when it does. */
static void i3_who_knows_that_automatic_was_switched_on_and_has_no_lease_is_seen(void **state)
{
    SimWorld *world = *state;
    Record first = with_eligible(world, 1);
    first.automatic = false;
    choose(world, &first);
    Record second = with_eligible(world, 2);
    second.cause = CAUSE_SETTING;
    Durable durable = {.self = A, .accepted = first, .chosen = first};
    durable.accepted_ballot = (Ballot){.number = 1, .member = A};
    check_persisted(world, A, &durable);
    accepts(world, B, 2, &second);
    accepts(world, W, 2, &second);
    serve(world, A);
    check_served(world, A);
    assert_int_equal(world->checks.violations, 0);
    durable.chosen = second;
    check_persisted(world, A, &durable);
    check_served(world, A); /* it has just learned it */
    assert_int_equal(world->checks.violations, 0);
    world->now += 600000;
    check_served(world, A);
    assert_string_equal(world->checks.first,
                        "I3: a serves although its lease is out at a majority");
}

static void i4_a_record_taken_for_chosen_without_a_majority_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    Durable durable = {
        .chosen = first, .accepted = first, .accepted_ballot = {.number = 1, .member = A}};
    accepts(world, W, 1, &first);
    check_persisted(world, A, &durable); /* the second of three */
    assert_int_equal(world->checks.violations, 0);
    durable.chosen = record_of(world, 2, A);
    check_persisted(world, A, &durable);
    assert_int_equal(world->checks.violations, 1);
}

static void i4_a_ballot_with_two_values_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record one = record_of(world, 1, A);
    const Record other = record_of(world, 1, B);
    accepts(world, A, 1, &one);
    assert_int_equal(world->checks.violations, 0);
    accepts(world, B, 1, &other);
    assert_int_equal(world->checks.violations, 1);
}

static void i4_two_chosen_records_of_one_epoch_are_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    const Record second = record_of(world, 2, A);
    const Record rival = record_of(world, 2, B);
    choose(world, &first);
    choose(world, &second);
    assert_int_equal(world->checks.violations, 0);
    accepts(world, B, 9, &rival);
    accepts(world, W, 9, &rival);
    assert_true(world->checks.violations > 0);
}

static void i4_an_epoch_that_is_left_out_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    const Record third = record_of(world, 3, A);
    choose(world, &first);
    assert_int_equal(world->checks.violations, 0);
    choose(world, &third);
    assert_string_equal(world->checks.first, "I4: epoch 3 was chosen after 1");
}

static void i4_a_forced_record_is_seen(void **state)
{
    SimWorld *world = *state;
    Record first = record_of(world, 1, A);
    first.cause = CAUSE_FORCED;
    accepts(world, A, 1, &first);
    assert_int_equal(world->checks.violations, 0);
    accepts(world, W, 1, &first);
    assert_int_equal(world->checks.violations, 1);
}

static void i4_a_line_that_no_recovery_has_opened_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    Record second = record_of(world, 2, A);
    choose(world, &first);
    second.line = 6;
    second.branch = (Branch){.from = 5, .epoch = 2};
    second.cause = CAUSE_RESTORED;
    check_restored(world, A);
    choose(world, &second);
    assert_int_equal(world->checks.violations, 0);
    Record third = record_of(world, 3, A);
    third.line = 7;
    choose(world, &third);
    assert_int_equal(world->checks.violations, 1);
}

static void i4_a_forced_record_must_open_a_line(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    Record second = record_of(world, 2, B);
    second.cause = CAUSE_FORCED;
    check_forced(world, B, 0);
    choose(world, &first);
    choose(world, &second);
    assert_int_equal(world->checks.violations, 1);
}

static void i4_an_operator_stands_in_only_for_whom_he_has_named(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    Record second = record_of(world, 2, B);
    second.cause = CAUSE_FORCED;
    second.line = 6;
    second.branch = (Branch){.from = 5, .epoch = 2, .forced = true};
    second.branch.without = member_bit(A) | member_bit(W);
    check_forced(world, B, member_bit(A));
    knows_forced(world, &second);
    assert_int_equal(world->checks.violations, 1);
    check_forced(world, B, member_bit(W));
    knows_forced(world, &second);
    assert_int_equal(world->checks.violations, 1);
    assert_int_equal(check_latest(world)->epoch, 2);
}

/* Without a majority it goes past what its own voter has accepted, and no further: of the line before, or of one that it was to open. */
static void i4_a_force_goes_past_what_its_own_voter_has_accepted(void **state)
{
    for (int i = 0; i < 4; i++) {
        SimWorld *world = *state;
        const Record first = record_of(world, 1, A);
        choose(world, &first);
        const bool own = i % 2 == 1, again = i >= 2;
        const Record second = again ? forced_alone(world, 2) : record_of(world, 2, A);
        accepts(world, own ? B : W, 2, &second);
        Record third = forced_alone(world, 3);
        third.line = 7;
        third.branch.from = second.line;
        record_note_origin(&second.branch, &third.branch);
        knows_forced(world, &third);
        assert_string_equal(world->checks.first, own     ? ""
                                                 : again ? "I4: epoch 3 is of another line"
                                                         : "I4: epoch 3 was chosen after 1");
        (void)sim_teardown(state);
        (void)sim_setup(state);
    }
}

/* The only voter that is left on its line has accepted it, and has given it up since: no line was begun. */
static void i4_a_force_that_nobody_knows_to_be_chosen_begins_no_line(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    Record forced = forced_alone(world, 2);
    forced.absent = forced.absent_before = forced.branch.without;
    accepts(world, B, 9, &forced);
    const Record second = record_of(world, 2, A);
    choose(world, &second);
    assert_false(check_is_parted(world));
    knows_forced(world, &forced);
    assert_true(check_is_parted(world));
    assert_int_equal(world->checks.violations, 0);
}

/* What an overruled primary acknowledges before it knows is the operator's loss; what it does long after it knows, not. */
/* b, by an operator's word, with the arbiter: a was the primary. */
static Record promoted_by_force(SimWorld *world)
{
    const Record first = record_of(world, 1, A);
    choose(world, &first);
    Record second = record_of(world, 2, B);
    second.cause = CAUSE_FORCED;
    second.line = 6;
    second.branch = (Branch){.from = 5, .epoch = 2, .forced = true};
    check_forced(world, B, 0);
    accepts(world, B, 2, &second);
    accepts(world, W, 2, &second);
    check_promoted(world, B);
    return second;
}

static void i1_an_overruled_primary_that_knows_must_stop(void **state)
{
    SimWorld *world = *state;
    const Record second = promoted_by_force(world);
    check_acknowledged(world, A, 7);
    assert_int_equal(world->checks.violations, 0);
    accepts(world, A, 2, &second);
    Durable durable = {.self = A, .accepted = second, .chosen = second};
    durable.accepted_ballot = (Ballot){.number = 2, .member = A, .incarnation = 1};
    serve(world, A);
    world->now = 5000000;
    check_persisted(world, A, &durable);
    world->now += 1000000;
    check_acknowledged(world, A, 8);
    assert_int_equal(world->checks.violations, 1);
}

/* It was the primary of a record before the last: an operator has given up what came after, and it does not know of either. */
static void i1_who_sleeps_over_a_force_answers_late_and_nobody_else(void **state)
{
    SimWorld *world = *state;
    (void)promoted_by_force(world);
    world->checks.overruled = 0;
    world->actor[actor_agent(A)].frozen = true;
    check_acknowledged(world, A, 7);
    assert_int_equal(world->checks.violations, 0);
    world->actor[actor_agent(A)].frozen = false;
    serve(world, A);
    check_acknowledged(world, A, 8);
    assert_string_equal(world->checks.first, "I1: a acknowledges after b was promoted");
}

static void i4_a_recovery_that_nobody_made_is_seen(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    Record second = record_of(world, 2, A);
    second.cause = CAUSE_RESTORED;
    check_restored(world, B); /* of another server */
    choose(world, &first);
    choose(world, &second);
    assert_int_equal(world->checks.violations, 1);
}

static void i4_a_vote_of_a_memory_that_was_lost_is_not_counted(void **state)
{
    SimWorld *world = *state;
    const Record first = record_of(world, 1, A);
    const Record other = record_of(world, 2, A);
    accepts(world, A, 2, &first);
    Durable older = {.accepted = other, .accepted_ballot = {.number = 1, .member = A}};
    older.memory[A].incarnation = 1;
    check_persisted(world, A, &older); /* it does not know what it has accepted */
    Durable durable = {
        .chosen = first, .accepted = first, .accepted_ballot = {.number = 2, .member = A}};
    assert_int_equal(world->checks.violations, 0);
    check_persisted(world, W, &durable); /* one of three */
    assert_int_equal(world->checks.violations, 1);
}

static void p7_a_consent_while_something_runs_is_seen(void **state)
{
    SimWorld *world = *state;
    Message message = {.kind = MESSAGE_CONSENT};
    message.u.consent =
        (Consent){.given = true, .epoch = 1, .primary = A, .successor = MEMBER_NONE};
    check_sent(world, A, B, &message);
    assert_int_equal(world->checks.violations, 0);
    world->instance[A].phase = INSTANCE_UNKNOWN;
    check_sent(world, A, B, &message);
    assert_int_equal(world->checks.violations, 1);
}

static void a_violation_of_safety_is_told_before_others(void **state)
{
    SimWorld *world = *state;
    check_violation(world, "P7", "one");
    assert_false(world->checks.unsafe);
    check_violation(world, "I3", "two");
    check_violation(world, "I1", "three");
    assert_true(world->checks.unsafe);
    assert_string_equal(world->checks.first, "I3: two");
    assert_int_equal(world->checks.violations, 3);
}

#define CHECK(name) cmocka_unit_test_setup_teardown(name, sim_setup, sim_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK(i1_an_acknowledgement_after_a_promotion_elsewhere_is_seen),
        CHECK(i2_a_lost_acknowledged_commit_is_seen),
        CHECK(i2_a_lost_commit_that_was_only_read_is_seen),
        CHECK(i2_a_commit_of_which_nobody_knows_may_be_lost_but_not_return),
        CHECK(i2_only_a_recovery_may_lose_what_was_acknowledged),
        CHECK(i2_a_reader_that_goes_back_is_seen),
        CHECK(i2_a_directory_that_counts_and_is_made_over_is_seen),
        CHECK(i2_a_directory_with_more_than_its_source_that_is_made_over_is_seen),
        CHECK(i2_a_line_that_was_chosen_and_loses_its_own_is_seen),
        CHECK(i1_who_knows_that_two_lines_have_met_and_acknowledges_is_seen),
        CHECK(i4_an_epoch_that_is_left_out_beside_another_line_is_seen),
        CHECK(i4_two_chosen_records_of_one_epoch_of_a_line_beside_another_are_seen),
        CHECK(i4_a_vote_that_is_stood_in_for_among_three_is_seen),
        CHECK(i4_who_lets_its_standby_go_alone_goes_past_its_own_change),
        CHECK(i4_more_than_one_voter_changed_at_once_is_seen),
        CHECK(i3_opening_without_a_record_is_seen),
        CHECK(i3_serving_under_an_overtaken_record_is_seen),
        CHECK(i3_serving_beyond_the_lease_is_seen),
        CHECK(i3_a_solo_primary_needs_no_lease),
        CHECK(i3_who_knows_that_automatic_was_switched_on_and_has_no_lease_is_seen),
        CHECK(i4_a_record_taken_for_chosen_without_a_majority_is_seen),
        CHECK(i4_a_ballot_with_two_values_is_seen),
        CHECK(i4_two_chosen_records_of_one_epoch_are_seen),
        CHECK(i4_an_epoch_that_is_left_out_is_seen),
        CHECK(i4_a_forced_record_is_seen),
        CHECK(i4_a_line_that_no_recovery_has_opened_is_seen),
        CHECK(i4_a_forced_record_must_open_a_line),
        CHECK(i4_an_operator_stands_in_only_for_whom_he_has_named),
        CHECK(i4_a_force_goes_past_what_its_own_voter_has_accepted),
        CHECK(i4_a_force_that_nobody_knows_to_be_chosen_begins_no_line),
        CHECK(i1_an_overruled_primary_that_knows_must_stop),
        CHECK(i1_who_sleeps_over_a_force_answers_late_and_nobody_else),
        CHECK(i4_a_recovery_that_nobody_made_is_seen),
        CHECK(i4_a_vote_of_a_memory_that_was_lost_is_not_counted),
        CHECK(p7_a_consent_while_something_runs_is_seen),
        CHECK(a_violation_of_safety_is_told_before_others),
    };
    return cmocka_run_group_tests_name("sim_checks", tests, NULL, NULL);
}

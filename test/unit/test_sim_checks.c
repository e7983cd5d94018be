/* test_sim_checks.c - each checker of the simulator is fed one violation and reports it, and is silent without. */
#include "unit.h"

#include "base/str.h"
#include "core/record.h"
#include "sim/story.h"

enum { A, B, W };

static const CoreSettings settings = {.heartbeat_interval = 200,
                                      .detection = 2000,
                                      .lease = 1700,
                                      .lease_cut = 300,
                                      .eligible_max = 1};

static int setup(void **state)
{
    MemberTable members = {.count = 3};
    const char *const names[] = {"a", "b", "w"};
    for (int m = 0; m < 3; m++) {
        (void)str_copy(members.member[m].name, MEMBER_NAME_SIZE, names[m]);
        members.member[m].kind = m < 2 ? MEMBER_SERVER : MEMBER_ARBITER;
    }
    SimWorld *world = world_new(1, &members, &settings);
    for (MemberId m = A; m <= B; m++) {
        postgres_init_directory(world, m, 77);
        world->instance[m].dir.id = 100u + m;
        world->instance[m].phase = INSTANCE_DOWN;
    }
    world->checks.faults = 9; /* so that I6 is silent where another invariant is judged */
    *state = world;
    return 0;
}

static int teardown(void **state)
{
    world_free(*state);
    return 0;
}

static Record record_of(const SimWorld *world, Epoch epoch, MemberId primary)
{
    return (Record){.line = 5,
                    .epoch = epoch,
                    .primary = primary,
                    .primary_dir = world->instance[primary].dir.id,
                    .automatic = true,
                    .voters = world->members};
}

static void accepts(SimWorld *world, MemberId voter, uint64_t number, const Record *record)
{
    Durable durable = {.accepted = *record, .accepted_ballot = {.number = number, .member = A}};
    check_persisted(world, voter, &durable);
}

static void choose(SimWorld *world, const Record *record)
{
    accepts(world, A, record->epoch, record);
    accepts(world, W, record->epoch, record);
}

static void serve(SimWorld *world, MemberId m)
{
    SimInstance *instance = &world->instance[m];
    instance->postmaster = true;
    instance->phase = INSTANCE_OPEN;
    instance->gate = GATE_OPEN;
    world->process[m].alive = true;
    world->process[m].started_at = 1;
    world_run(world, 60000000);
}

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
        (void)teardown(state);
        (void)setup(state);
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

static Record with_eligible(const SimWorld *world, Epoch epoch)
{
    Record record = record_of(world, epoch, A);
    record.eligible_count = record.quorum = 1;
    record.eligible[0] = (EligibleMember){.member = B, .dir = world->instance[B].dir.id};
    return record;
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

static Record forced_alone(SimWorld *world, Epoch epoch)
{
    Record forced = record_of(world, epoch, B);
    forced.cause = CAUSE_FORCED;
    forced.line = 0x60000;
    forced.branch = (Branch){.from = 5, .epoch = epoch, .forced = true};
    forced.branch.without = member_bit(A) | member_bit(W);
    check_forced(world, B, forced.branch.without);
    return forced;
}

static void knows_forced(SimWorld *world, const Record *forced)
{
    Durable durable = {.self = B, .accepted = *forced, .chosen = *forced};
    durable.accepted_ballot = (Ballot){.number = 9, .member = A};
    check_persisted(world, B, &durable);
}

/* b was forced without the others, who go on with a; nothing else is said of either. */
static Record parts(SimWorld *world)
{
    Record first = record_of(world, 1, A);
    choose(world, &first);
    check_holds_all(world, A);
    const Record forced = forced_alone(world, 2);
    knows_forced(world, &forced);
    const Record other = record_of(world, 2, A);
    assert_false(check_is_parted(world));
    choose(world, &other);
    assert_true(check_is_parted(world));
    assert_int_equal(world->checks.violations, 0);
    return forced;
}

/* An operator keeps the line of b. */
static void is_kept(SimWorld *world, const Record *forced)
{
    Record kept = *forced;
    kept.epoch = 3;
    kept.line++;
    kept.branch =
        (Branch){.from = forced->line, .epoch = 3, .forced = true, .over = 5, .over_epoch = 2};
    accepts(world, B, 20, &kept);
    accepts(world, W, 20, &kept);
    assert_false(check_is_parted(world));
    assert_int_equal(world->checks.violations, 0);
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
        (void)teardown(state);
        (void)setup(state);
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
        (void)teardown(state);
        (void)setup(state);
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
    Record first = record_of(world, 1, A);
    first.eligible_count = first.quorum = 1;
    first.eligible[0] = (EligibleMember){.member = B, .dir = world->instance[B].dir.id};
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
        (void)teardown(state);
        (void)setup(state);
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
static void i1_an_overruled_primary_that_knows_must_stop(void **state)
{
    SimWorld *world = *state;
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
    Record record = record_of(world, 1, A);
    record.eligible_count = record.quorum = 1;
    record.eligible[0] = (EligibleMember){.member = B, .dir = world->instance[B].dir.id};
    choose(world, &record);
    serve(world, A);
    world->process[B].alive = true;
    assert_false(world_settle(world, 3000000));
    assert_string_equal(world->checks.first, "I5: w is not there");
}

static void i5_a_cluster_that_is_back_settles(void **state)
{
    SimWorld *world = *state;
    Record record = record_of(world, 1, A);
    record.eligible_count = record.quorum = 1;
    record.eligible[0] = (EligibleMember){.member = B, .dir = world->instance[B].dir.id};
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

#define CHECK(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

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
        CHECK(p7_a_consent_while_something_runs_is_seen),
        CHECK(a_violation_of_safety_is_told_before_others),
    };
    return cmocka_run_group_tests_name("sim_checks", tests, NULL, NULL);
}

/* sim_help.c - what tests of the checkers begin with. */
#include "sim_help.h"

#include "unit.h"

#include "base/str.h"

static const CoreSettings settings = {.heartbeat_interval = 200,
                                      .detection = 2000,
                                      .lease = 1700,
                                      .lease_cut = 300,
                                      .eligible_max = 1};

int sim_setup(void **state)
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

int sim_teardown(void **state)
{
    world_free(*state);
    return 0;
}

Record record_of(const SimWorld *world, Epoch epoch, MemberId primary)
{
    return (Record){.line = 5,
                    .epoch = epoch,
                    .primary = primary,
                    .primary_dir = world->instance[primary].dir.id,
                    .automatic = true,
                    .voters = world->members};
}

void accepts(SimWorld *world, MemberId voter, uint64_t number, const Record *record)
{
    Durable durable = {.accepted = *record, .accepted_ballot = {.number = number, .member = A}};
    check_persisted(world, voter, &durable);
}

void choose(SimWorld *world, const Record *record)
{
    accepts(world, A, record->epoch, record);
    accepts(world, W, record->epoch, record);
}

void serve(SimWorld *world, MemberId m)
{
    SimInstance *instance = &world->instance[m];
    instance->postmaster = true;
    instance->phase = INSTANCE_OPEN;
    instance->gate = GATE_OPEN;
    world->process[m].alive = true;
    world->process[m].started_at = 1;
    world_run(world, 60000000);
}

Record with_eligible(const SimWorld *world, Epoch epoch)
{
    Record record = record_of(world, epoch, A);
    record.eligible_count = record.quorum = 1;
    record.eligible[0] = (EligibleMember){.member = B, .dir = world->instance[B].dir.id};
    return record;
}

/* b was forced without the others, who go on with a; nothing else is said of either. */
Record parts(SimWorld *world)
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
void is_kept(SimWorld *world, const Record *forced)
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

Record forced_alone(SimWorld *world, Epoch epoch)
{
    Record forced = record_of(world, epoch, B);
    forced.cause = CAUSE_FORCED;
    forced.line = 0x60000;
    forced.branch = (Branch){.from = 5, .epoch = epoch, .forced = true};
    forced.branch.without = member_bit(A) | member_bit(W);
    check_forced(world, B, forced.branch.without);
    return forced;
}

void knows_forced(SimWorld *world, const Record *forced)
{
    Durable durable = {.self = B, .accepted = *forced, .chosen = *forced};
    durable.accepted_ballot = (Ballot){.number = 9, .member = A};
    check_persisted(world, B, &durable);
}

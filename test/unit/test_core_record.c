/* core/record.h: what a record asks of PostgreSQL, and small arithmetic on sets and ballots. */
#include "unit.h"

#include "base/str.h"
#include "core/record.h"

#include <string.h>

static EligibleMember eligible(MemberId member, DirId dir, uint64_t token)
{
    return (EligibleMember){
        .member = member, .dir = dir, .attachment = {.member = member, .epoch = 1, .token = token}};
}

static Record solo(MemberId primary)
{
    Record record = {.line = 1, .epoch = 4, .primary = primary, .primary_dir = 10};
    record.voters.count = 3;
    return record;
}

static void majority_is_more_than_half(void **state)
{
    static const unsigned expected[] = {1, 1, 2, 2, 3, 3, 4, 4};
    (void)state;

    for (unsigned n = 0; n < sizeof expected / sizeof expected[0]; n++)
        assert_int_equal(majority_of(n), expected[n]);
}

static void attach_asks_all_and_detach_gives_back(void **state)
{
    const Record before = solo(0);
    const EligibleMember one = eligible(1, 20, 5);
    const EligibleMember two = eligible(2, 30, 6);
    (void)state;

    const Record with_one = record_attach(&before, &one, 1, 99);
    const Record with_two = record_attach(&with_one, &two, 2, 99);
    assert_int_equal(with_two.epoch, 6);
    assert_int_equal(with_two.quorum, 2);
    assert_true(record_is_eligible(&with_two, 2, 30));
    assert_false(record_is_eligible(&with_two, 2, 31)); /* D1: another directory */
    assert_false(record_is_eligible(&with_two, 2, 0));

    const Record left = record_detach(&with_two, 1, 1, 99);
    assert_int_equal(left.eligible_count, 1);
    assert_int_equal(left.quorum, 1);
    assert_null(record_eligible(&left, 1));
    assert_int_equal(record_detach(&left, 2, 0, 99).quorum, 0);
}

/* E5: a line that has come from another one by majorities goes on from there, and nothing else does. */
static void a_line_leads_to_what_majorities_made_of_it(void **state)
{
    Record first = solo(0);
    first.line = 0x123456ffff;
    first.epoch = 7;
    Branch branch = {.from = first.line, .epoch = 8};
    const Record second = record_restore(&first, 0, 11, (Position){3, 900}, &branch, 99);
    branch = (Branch){.from = second.line, .epoch = 9};
    const Record third = record_restore(&second, 0, 12, (Position){4, 950}, &branch, 99);
    (void)state;

    assert_int_equal(second.line, 0x1234560000);
    assert_int_equal(third.epoch, 9);
    assert_true(record_leads_to(&first, &second));
    assert_true(record_leads_to(&second, &third));
    assert_true(record_leads_to(&first, &third));
    assert_false(record_leads_to(&third, &first));
    first.epoch = 9; /* it has gone on beyond the branch */
    assert_false(record_leads_to(&first, &third));
    first.epoch = 7;
    first.line = 0x223456ffff;
    assert_false(record_leads_to(&first, &third));
    first.line = 0x1234568002; /* half of the count away: nobody sleeps through so many */
    assert_true(record_leads_to(&first, &third));
    first.line--;
    assert_false(record_leads_to(&first, &third));
    branch = (Branch){0};
    const Record same = record_restore(&third, 0, 13, (Position){5, 960}, &branch, 99);
    assert_int_equal(same.line, third.line);
    assert_int_equal(same.branch.epoch, third.branch.epoch);
}

/* E5: what an operator forces opens a line: the next one where a majority decides, else a random one. */
static void who_is_forced_opens_a_line(void **state)
{
    const Record before = solo(0);
    Branch branch = {.from = before.line, .epoch = 5, .end = 900, .forced = true};
    (void)state;

    const Record by_majority =
        record_force(&before, 1, 20, (Position){3, 900}, 4, &branch, 77, 0, 99);
    assert_int_equal(by_majority.line, line_after(before.line));
    assert_int_equal(by_majority.cause, CAUSE_FORCED);
    assert_int_equal(by_majority.timeline, 4);
    assert_true(record_is_solo(&by_majority));
    branch.without = member_bit(0) | member_bit(2);
    const Record alone = record_force(&before, 1, 20, (Position){3, 900}, 4, &branch, 77, 0, 99);
    assert_int_equal(alone.line, 77);
    assert_true(record_leads_to(&before, &alone));
    assert_false(record_leads_to(&alone, &before));
    assert_false(record_leads_to(&by_majority, &alone));
    assert_false(record_leads_to(&alone, &by_majority));
}

/* E5: a line that no majority has made overrules nothing that may be chosen; one that a majority has made, what was
 * only accepted. */
static void who_may_have_chosen_otherwise_does_not_follow(void **state)
{
    Durable durable = {.chosen = solo(0), .accepted = solo(0)};
    Branch branch = {.from = durable.chosen.line, .epoch = 5, .forced = true};
    (void)state;

    const Record by_majority =
        record_force(&durable.chosen, 1, 20, (Position){3, 900}, 4, &branch, 77, 0, 99);
    branch.without = member_bit(0) | member_bit(2);
    const Record alone =
        record_force(&durable.chosen, 1, 20, (Position){3, 900}, 4, &branch, 77, 0, 99);
    assert_true(durable_leads_to(&durable, &alone));
    assert_false(durable_splits_from(&durable, &alone));
    durable.accepted.epoch = 5;
    assert_false(record_leads_to(&durable.accepted, &by_majority));
    assert_true(record_is_outvoted(&durable.accepted, &by_majority));
    assert_false(record_is_outvoted(&durable.accepted, &alone)); /* the silent may have chosen it */
    assert_true(durable_leads_to(&durable, &by_majority));
    assert_false(durable_leads_to(&durable, &alone));
    assert_true(durable_splits_from(&durable, &alone));

    const Record before = durable.chosen; /* of a line that has ended in the one that is chosen */
    durable.chosen = by_majority;
    branch =
        (Branch){.from = by_majority.line, .epoch = 6, .forced = true, .without = member_bit(0)};
    durable.accepted =
        record_force(&by_majority, 1, 20, (Position){4, 950}, 5, &branch, 0x770000, 0, 99);
    durable.accepted.branch.origin_count =
        0; /* what its line has come from is known of the chosen one alone */
    assert_false(record_leads_to(&before, &durable.accepted));
    assert_false(durable_splits_from(&durable, &before));
}

/* E5: a line remembers the lines that it has come from, and how far it followed each of them. */
static void who_has_slept_over_several_lines_follows(void **state)
{
    Record first = solo(0);
    first.line = 0x10000;
    first.epoch = 4;
    Branch branch = {.from = first.line, .epoch = 5, .forced = true};
    const Record second = record_force(&first, 1, 20, (Position){3, 900}, 4, &branch, 0, 0, 99);
    branch = (Branch){.from = second.line, .epoch = 7, .forced = true, .without = member_bit(0)};
    const Record third = record_force(&second, 2, 30, (Position){4, 950}, 5, &branch, 77, 0, 99);
    branch = (Branch){.from = third.line, .epoch = 9};
    Record fourth = record_restore(&third, 2, 31, (Position){5, 960}, &branch, 99);
    (void)state;

    assert_int_equal(third.branch.origin_count, 1);
    assert_int_equal(fourth.branch.origin_count, 2);
    Durable durable = {.chosen = first, .accepted = first};
    assert_true(durable_leads_to(&durable, &third));
    assert_true(durable_leads_to(&durable, &fourth));
    assert_false(durable_splits_from(&durable, &third));
    durable.chosen.epoch = durable.accepted.epoch = 5; /* another one than the second */
    assert_false(durable_leads_to(&durable, &third));
    assert_true(durable_splits_from(&durable, &third));
    durable.chosen.epoch =
        4; /* only accepted: those that an operator stood in for may have chosen it */
    assert_true(durable_splits_from(&durable, &third));
    assert_true(durable_splits_from(&durable, &fourth));
    for (unsigned i = 0; i < 2 * ORIGINS_MAX; i++) { /* there is room for some */
        branch = (Branch){.from = fourth.line, .epoch = fourth.epoch + 1};
        fourth = record_restore(&fourth, 2, 32, (Position){6, 970}, &branch, 99);
    }
    assert_int_equal(fourth.branch.origin_count, ORIGINS_MAX);
}

/* E5: the epoch of a choice is above both lines', which says nothing of how far the own one had gone by then. */
static void what_nobody_knew_of_the_own_line_is_not_overruled(void **state)
{
    const Record own = solo(0);
    const Branch branch = {.from = own.line,
                           .epoch = own.epoch + 20,
                           .until = own.epoch + 1,
                           .forced = true,
                           .without = member_bit(1) | member_bit(2),
                           .over = 0x77889900,
                           .over_epoch = own.epoch + 19};
    const Record choice =
        record_force(&own, 0, 10, (Position){3, 900}, 4, &branch, 0x770000, 0, 99);
    Durable durable = {.chosen = own, .accepted = own};
    (void)state;

    assert_true(durable_leads_to(&durable, &choice));
    durable.chosen.epoch = durable.accepted.epoch = own.epoch + 2; /* by those it stood in for */
    assert_false(durable_leads_to(&durable, &choice));
    assert_true(durable_splits_from(&durable, &choice));
    const Branch again = {.from = choice.line, .epoch = choice.epoch + 1};
    const Record later = record_restore(&choice, 0, 11, (Position){4, 950}, &again, 99);
    assert_true(durable_splits_from(&durable, &later));
    Record overruled = own; /* of the line that was given up: whoever comes back late */
    overruled.line = 0x77889900;
    overruled.epoch = own.epoch + 19;
    assert_true(record_leads_to(&overruled, &later));
    overruled.epoch++;
    assert_false(record_leads_to(&overruled, &later));
}

/* A1: what one of two had accepted when the other one decided alone was chosen by nobody. */
static void what_the_other_one_never_accepted_gives_way_to_what_it_decided_alone(void **state)
{
    const Record before = solo(0);
    Durable durable = {.chosen = before, .accepted = record_next(&before, CAUSE_TAKEOVER, 99)};
    Record alone = record_next(&before, CAUSE_DETACH, 98);
    (void)state;

    alone.line = 0x770000;
    alone.branch =
        (Branch){.from = before.line, .epoch = alone.epoch, .end = 900, .without = member_bit(1)};
    assert_true(durable_leads_to(&durable, &alone));
    assert_false(durable_splits_from(&durable, &alone));
    alone.branch.forced = true; /* an operator does not ask what was accepted */
    assert_true(durable_splits_from(&durable, &alone));
    alone.branch.forced = false;
    durable.accepted.line = 0x990000; /* alone, too */
    assert_true(durable_splits_from(&durable, &alone));
    durable.accepted.line = before.line;
    alone.branch.from = 0x550000; /* by way of something that is not known here */
    assert_true(durable_splits_from(&durable, &alone));
    alone.branch.from = before.line;
    durable.chosen = durable.accepted;
    assert_true(durable_splits_from(&durable, &alone));
}

/* E5: an operator chooses one of two lines that have met: who is on the other one follows, as far as that was known. */
static void who_was_overruled_by_name_follows_as_far_as_was_known(void **state)
{
    const Record own = solo(0);
    Durable durable = {.chosen = solo(0), .accepted = solo(0)};
    durable.chosen.line = durable.accepted.line = 0x77889900;
    durable.chosen.epoch = durable.accepted.epoch = own.epoch + 3;
    const Branch branch = {.from = own.line,
                           .epoch = own.epoch + 4,
                           .forced = true,
                           .over = durable.chosen.line,
                           .over_epoch = durable.chosen.epoch};
    const Record choice = record_force(&own, 1, 20, (Position){3, 900}, 4, &branch, 0, 0, 99);
    (void)state;

    assert_int_equal(choice.epoch, own.epoch + 4);
    assert_true(durable_splits_from(&durable, &own));
    assert_true(record_leads_to(&own, &choice));
    assert_true(record_is_overruled(&durable.chosen, &choice));
    assert_true(durable_leads_to(&durable, &choice));
    assert_true(record_members_follow(&durable.chosen, &choice));
    durable.accepted.epoch++; /* nobody has known of this */
    assert_false(record_is_overruled(&durable.accepted, &choice));
    assert_true(
        durable_leads_to(&durable, &choice)); /* it may give way, chosen it is not known to be */
    durable.chosen.epoch++;
    assert_false(durable_leads_to(&durable, &choice));
    assert_true(durable_splits_from(&durable, &choice));
    assert_false(record_is_overruled(&own, &own));
}

/* E4: a number names the same member for ever; whoever is added gets the next one, and what lies between votes not. */
static void voters_change_by_one(void **state)
{
    const Record before = solo(0);
    MemberTable longer = before.voters;
    (void)state;

    (void)str_copy(longer.member[longer.count++].name, MEMBER_NAME_SIZE, "spare");
    (void)str_copy(longer.member[longer.count++].name, MEMBER_NAME_SIZE, "new");
    assert_true(members_extend(&before.voters, &longer));
    assert_false(members_extend(&longer, &before.voters));
    const MemberSet all = members_all(&before.voters);
    const MemberId added = (MemberId)(longer.count - 1);

    const Record with = record_members(&before, &longer, added, true, 99);
    assert_int_equal(record_voters(&with), all | member_bit(added));
    assert_int_equal(record_voters_before(&with), all);
    assert_int_equal(with.cause, CAUSE_MEMBERS);
    assert_true(record_members_follow(&before, &with));
    const Record next = record_next(&with, CAUSE_SETTING, 99);
    assert_int_equal(record_voters_before(&next), record_voters(&next));
    assert_true(record_members_follow(&with, &next));
    assert_false(record_members_follow(
        &before, &(Record){.epoch = before.epoch + 1, .primary = 0, .voters = longer}));

    const Record without = record_members(&with, &with.voters, 2, false, 99);
    assert_int_equal(record_voters(&without), (all & ~member_bit(2)) | member_bit(added));
    assert_true(record_members_follow(&with, &without));
    /* Whoever knows another record before it knows other voters before it. */
    Record skipped = without;
    skipped.epoch = before.epoch + 1;
    assert_false(record_members_follow(&before, &skipped));
    Record many = record_members(&with, &with.voters, 1, false, 99);
    many.absent |= member_bit(2);
    assert_false(record_members_follow(&with, &many));
    Record no_voter = record_members(&with, &with.voters, 1, false, 99);
    assert_true(record_members_follow(&with, &no_voter));
    no_voter.eligible[0] = eligible(1, 20, 5);
    no_voter.eligible_count = no_voter.quorum = 1;
    assert_false(record_members_follow(&with, &no_voter));
    const Record no_primary = record_members(&with, &with.voters, with.primary, false, 99);
    assert_false(record_members_follow(&with, &no_primary));
}

/* E4, E5: a line that an operator has opened for those who are left begins with them. */
static void who_is_gone_for_good_has_no_vote_on_the_line(void **state)
{
    const Record before = solo(0);
    const Branch branch = {.from = before.line,
                           .epoch = before.epoch + 1,
                           .forced = true,
                           .without = member_bit(0) | member_bit(2)};
    (void)state;

    const Record alone = record_force(&before, 1, 20, (Position){3, 900}, 4, &branch, 77,
                                      member_bit(0) | member_bit(2), 99);
    assert_int_equal(record_voters(&alone),
                     members_all(&before.voters) & ~(member_bit(0) | member_bit(2)));
    assert_int_equal(record_voters_before(&alone), record_voters(&alone));
    assert_true(record_members_follow(&before, &alone));
    /* Later ones of the line change them as ever. */
    Record later = record_next(&alone, CAUSE_SETTING, 99);
    assert_true(record_members_follow(&alone, &later));
    later.absent = later.absent_before = 0;
    assert_false(record_members_follow(&alone, &later));
}

static void a_successor_begins_alone(void **state)
{
    const Record before = solo(0);
    const EligibleMember one = eligible(1, 20, 5);
    const Record with_one = record_attach(&before, &one, 1, 99);
    (void)state;

    const Record next = record_succeed(&with_one, CAUSE_TAKEOVER, 1, 20,
                                       (Position){.timeline = 3, .lsn = 777}, 4, 99);
    assert_int_equal(next.primary, 1);
    assert_int_equal(next.primary_dir, 20);
    assert_true(record_is_solo(&next));
    assert_int_equal(next.quorum, 0);
    assert_int_equal(next.timeline, 4);
    assert_int_equal(next.start, 777);
    assert_int_equal(next.epoch, with_one.epoch + 1);
}

/* P2: a growth binds from the moment the own voter accepts it. */
static void names_stay_tight_while_a_growth_may_be_chosen(void **state)
{
    Durable durable = {0};
    const EligibleMember one = eligible(1, 20, 5);
    (void)state;

    durable.chosen = solo(0);
    durable.accepted = durable.chosen;
    assert_int_equal(durable_names(&durable, 0).count, 0);

    durable.accepted = record_attach(&durable.chosen, &one, 1, 99);
    const Names names = durable_names(&durable, 0);
    assert_int_equal(names.count, 1);
    assert_int_equal(names.quorum, 1);
    assert_int_equal(names.name[0].token, 5);
    assert_true(durable_is_pending(&durable));
}

/* P2: a shrink is carried out only when it is known to be chosen. */
static void names_stay_tight_until_a_shrink_is_chosen(void **state)
{
    Durable durable = {0};
    const Record before = solo(0);
    const EligibleMember one = eligible(1, 20, 5);
    (void)state;

    durable.chosen = record_attach(&before, &one, 1, 99);
    durable.accepted = record_detach(&durable.chosen, 1, 0, 99);
    assert_int_equal(durable_names(&durable, 0).count, 1);
    durable.chosen = durable.accepted;
    assert_int_equal(durable_names(&durable, 0).count, 0);
}

/* One standby leaves and another joins before the first is known to be gone: both are waited for. */
static void names_of_two_records_that_may_hold_are_asked_together(void **state)
{
    Durable durable = {0};
    const Record before = solo(0);
    const EligibleMember one = eligible(1, 20, 5);
    const EligibleMember other = eligible(1, 20, 6);
    (void)state;

    durable.chosen = record_attach(&before, &one, 1, 99);
    const Record left = record_detach(&durable.chosen, 1, 0, 99);
    durable.accepted = record_attach(&left, &other, 1, 99);
    const Names names = durable_names(&durable, 0);
    assert_int_equal(names.count, 2);
    assert_int_equal(names.quorum, 2);
}

static void names_of_another_primary_are_none(void **state)
{
    Durable durable = {0};
    const Record before = solo(0);
    const EligibleMember one = eligible(1, 20, 5);
    (void)state;

    durable.chosen = record_attach(&before, &one, 1, 99);
    durable.accepted = durable.chosen;
    assert_int_equal(durable_names(&durable, 1).count, 0);
}

static void ballots_order_by_number_then_member_then_incarnation(void **state)
{
    const Ballot low = {.number = 1, .member = 2, .incarnation = 9};
    const Ballot same_number = {.number = 1, .member = 3, .incarnation = 1};
    const Ballot later_life = {.number = 1, .member = 3, .incarnation = 2};
    const Ballot high = {.number = 2, .member = 0, .incarnation = 1};
    (void)state;

    assert_true(ballot_compare(&low, &same_number) < 0);
    assert_true(ballot_compare(&same_number, &later_life) < 0);
    assert_true(ballot_compare(&later_life, &high) < 0);
    assert_true(ballot_compare(&high, &low) > 0);
    assert_int_equal(ballot_compare(&low, &low), 0);
}

/* The digest, too: it is of what record_equal compares. */
static bool same(const Record *a, const Record *b)
{
    const bool equal = record_equal(a, b);
    assert_int_equal(record_digest(a) == record_digest(b), equal);
    assert_true(record_digest(a) != 0);
    return equal;
}

static void every_decided_field_tells_records_apart(void **state)
{
    const EligibleMember one = eligible(1, 20, 5);
    const Record before = solo(0);
    const Record record = record_attach(&before, &one, 1, 99);
    Record other;
    (void)state;

#define DIFFERS(field) \
    other = record;    \
    other.field++;     \
    assert_false(same(&record, &other))
    DIFFERS(epoch);
    DIFFERS(line);
    DIFFERS(primary);
    DIFFERS(primary_dir);
    DIFFERS(quorum);
    DIFFERS(apart);
    DIFFERS(timeline);
    DIFFERS(start);
    DIFFERS(system_identifier);
    DIFFERS(cluster.bytes[3]);
    DIFFERS(eligible[0].dir);
    DIFFERS(eligible[0].attachment.token);
    DIFFERS(voters.member[2].name[0]);
    DIFFERS(absent);
    DIFFERS(absent_before);
    DIFFERS(cause);
    DIFFERS(eligible_count);
    DIFFERS(eligible[0].member);
    DIFFERS(eligible[0].attachment.member);
    DIFFERS(eligible[0].attachment.epoch);
    DIFFERS(voters.member[2].kind);
#undef DIFFERS
    other = record;
    other.automatic = !other.automatic;
    assert_false(same(&record, &other));
    other = record;
    other.decided_at++; /* for people only */
    assert_true(same(&record, &other));
}

/* P3: to whom a successor may hand back is decided, too. */
static void who_was_primary_before_tells_records_apart(void **state)
{
    Record record = solo(1);
    record.former = (Former){.member = 0, .dir = 10, .timeline = 3, .start = 700};
    Record other = record;
    (void)state;

    assert_true(same(&record, &other));
#define DIFFERS(field)    \
    other = record;       \
    other.former.field++; \
    assert_false(same(&record, &other))
    DIFFERS(member);
    DIFFERS(dir);
    DIFFERS(timeline);
    DIFFERS(start);
#undef DIFFERS
    other = record;
    other.former.dir = 0; /* nobody */
    assert_false(same(&record, &other));
    assert_false(same(&other, &record));
    record.former = (Former){0}; /* the rest means nothing */
    assert_true(same(&record, &other));
}

static void names_are_equal_when_each_is_among_the_others(void **state)
{
    const Names one = {.quorum = 1, .count = 1, .name = {{.member = 1, .epoch = 2, .token = 5}}};
    Names other = one;
    (void)state;
    assert_true(names_equal(&one, &other));
    other.name[0].token = 6;
    assert_false(names_equal(&one, &other));
    other = one;
    other.quorum = 2;
    assert_false(names_equal(&one, &other));
    other = one;
    other.count = 0;
    assert_false(names_equal(&one, &other));
}

static void an_eligible_member_is_its_directory_too(void **state)
{
    const Record before = solo(0);
    const EligibleMember one = eligible(1, 20, 5);
    const EligibleMember copy = eligible(1, 21, 5);
    (void)state;
    const Record a = record_attach(&before, &one, 1, 99);
    const Record b = record_attach(&before, &copy, 1, 99);
    assert_false(record_equal(&a, &b)); /* D1 */
}

/* E5: who is forced goes past what its own voter alone has accepted, and of that epoch the silent may have chosen another. */
static void what_was_chosen_beside_what_a_force_goes_past_does_not_follow(void **state)
{
    const Record chosen = solo(0);
    const Record passed = record_next(&chosen, CAUSE_SETTING, 0);
    const Branch branch = {.from = chosen.line,
                           .epoch = passed.epoch + 1,
                           .until = passed.epoch + 1,
                           .passed = record_digest(&passed),
                           .forced = true,
                           .without = member_bit(1) | member_bit(2)};
    const Record forced =
        record_force(&passed, 0, 10, (Position){3, 900}, 4, &branch, 0x770000, 0, 99);
    const Branch again = {.from = forced.line, .epoch = forced.epoch + 1};
    const Record later = record_restore(&forced, 0, 11, (Position){4, 950}, &again, 99);
    Record sibling = passed;
    (void)state;
    sibling.primary = 1;

    assert_true(record_leads_to(&chosen, &forced));
    assert_true(record_leads_to(&passed, &forced));
    assert_false(record_leads_to(&sibling, &forced));
    assert_true(record_leads_to(&chosen, &later));
    assert_true(record_leads_to(&passed, &later));
    assert_false(record_leads_to(&sibling, &later));
    Durable durable = {.chosen = sibling, .accepted = sibling};
    assert_true(durable_splits_from(&durable, &forced));
    assert_true(durable_splits_from(&durable, &later));
    durable.chosen = chosen; /* only accepted: the silent may have chosen it */
    assert_false(durable_leads_to(&durable, &forced));
    durable.accepted = passed;
    assert_true(durable_leads_to(&durable, &forced));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(majority_is_more_than_half),
        cmocka_unit_test(attach_asks_all_and_detach_gives_back),
        cmocka_unit_test(a_line_leads_to_what_majorities_made_of_it),
        cmocka_unit_test(who_is_forced_opens_a_line),
        cmocka_unit_test(who_may_have_chosen_otherwise_does_not_follow),
        cmocka_unit_test(who_has_slept_over_several_lines_follows),
        cmocka_unit_test(what_nobody_knew_of_the_own_line_is_not_overruled),
        cmocka_unit_test(what_was_chosen_beside_what_a_force_goes_past_does_not_follow),
        cmocka_unit_test(what_the_other_one_never_accepted_gives_way_to_what_it_decided_alone),
        cmocka_unit_test(who_was_overruled_by_name_follows_as_far_as_was_known),
        cmocka_unit_test(voters_change_by_one),
        cmocka_unit_test(who_is_gone_for_good_has_no_vote_on_the_line),
        cmocka_unit_test(a_successor_begins_alone),
        cmocka_unit_test(names_stay_tight_while_a_growth_may_be_chosen),
        cmocka_unit_test(names_stay_tight_until_a_shrink_is_chosen),
        cmocka_unit_test(names_of_two_records_that_may_hold_are_asked_together),
        cmocka_unit_test(names_of_another_primary_are_none),
        cmocka_unit_test(ballots_order_by_number_then_member_then_incarnation),
        cmocka_unit_test(every_decided_field_tells_records_apart),
        cmocka_unit_test(who_was_primary_before_tells_records_apart),
        cmocka_unit_test(names_are_equal_when_each_is_among_the_others),
        cmocka_unit_test(an_eligible_member_is_its_directory_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

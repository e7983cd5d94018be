/* plan/outage.h: what is opened after every server had stopped, what is refused, and what would be lost. */
#include "unit.h"

#include "base/str.h"
#include "core/node.h"
#include "core/record.h"
#include "plan/outage.h"

#include <string.h>

enum { A = 0, B = 1, W = 2, DIR_A = 0xa1, DIR_B = 0xb1, SYSTEM = 99, LINE = 0x70000, MEMBERS = 3 };

static const ClusterId cluster = {.bytes = {7}};

static MemberTable three(void)
{
    MemberTable members = {.count = MEMBERS};
    (void)str_copy(members.member[A].name, MEMBER_NAME_SIZE, "a");
    (void)str_copy(members.member[B].name, MEMBER_NAME_SIZE, "b");
    (void)str_copy(members.member[W].name, MEMBER_NAME_SIZE, "w");
    members.member[W].kind = MEMBER_ARBITER;
    return members;
}

/* A is primary and, when `attached`, B eligible. */
static Record record_of(Epoch epoch, bool attached)
{
    Record record = {.cluster = cluster,
                     .system_identifier = SYSTEM,
                     .line = LINE,
                     .epoch = epoch,
                     .primary = A,
                     .primary_dir = DIR_A,
                     .automatic = true,
                     .voters = three(),
                     .timeline = 1};
    if (attached) {
        record.eligible_count = 1;
        record.eligible[0] = (EligibleMember){.member = B, .dir = DIR_B};
        record.quorum = 1;
    }
    return record;
}

static void remember(OutageFacts *facts, MemberId m, const Record *record)
{
    Evidence *own = &facts->evidence[m];
    facts->reached[m] = true;
    own->memory = true;
    own->agent = 1000U + m;
    own->accepted = *record;
    own->accepted_ballot = (Ballot){.number = record->epoch, .member = A, .incarnation = 1};
    own->chosen = *record;
    for (MemberId o = 0; o < MEMBERS; o++) {
        own->known[o] = (VoterMemory){.incarnation = 1, .generation = 5, .agent = 2000U + o};
    }
    own->runs = (Runs){.count = 1, .run = {{.agent = 2000U + m, .until = 5}}};
}

static void lie_down(OutageFacts *facts, MemberId m, DirId dir, Lsn end)
{
    Evidence *own = &facts->evidence[m];
    own->instance = INSTANCE_DOWN;
    own->system_identifier = SYSTEM;
    own->dir = dir;
    own->wal = (Position){.timeline = 1, .lsn = end};
    own->last_link = (ChainLink){.line = LINE, .epoch = 1, .dir = DIR_A, .timeline = 1};
}

/* Everybody is there, and nothing is damaged: A has written to 500, of which B has 480. */
static OutageFacts whole(bool attached)
{
    OutageFacts facts = {.members = three(), .automatic = true};
    const Record record = record_of(7, attached);
    for (MemberId m = 0; m < MEMBERS; m++) {
        remember(&facts, m, &record);
    }
    lie_down(&facts, A, DIR_A, 500);
    lie_down(&facts, B, DIR_B, 480);
    return facts;
}

static void leave(OutageFacts *facts, MemberId m)
{
    facts->reached[m] = false;
    facts->evidence[m] = (Evidence){0};
}

static void forget(OutageFacts *facts, MemberId m)
{
    Evidence *own = &facts->evidence[m];
    own->memory = false;
    own->accepted = own->chosen = (Record){0};
    own->accepted_ballot = (Ballot){0};
    memset(own->known, 0, sizeof(own->known));
    own->runs = (Runs){0};
}

static void lose_directory(OutageFacts *facts, MemberId m)
{
    Evidence *own = &facts->evidence[m];
    own->instance = INSTANCE_NONE;
    own->system_identifier = 0;
    own->dir = 0;
    own->wal = (Position){0};
    own->last_link = (ChainLink){0};
}

static void opens(const OutageFacts *facts, MemberId expected)
{
    const OutagePlan plan = outage_plan(facts);
    assert_int_equal(plan.reason, OUTAGE_REASON_NONE);
    assert_int_equal(plan.verdict, OUTAGE_OPEN);
    assert_int_equal(plan.open, expected);
    assert_int_equal(plan.server[expected].loss, OUTAGE_LOSS_NONE);
    assert_int_equal(plan.server[expected].step, OUTAGE_STEP_OPEN);
}

static OutagePlan refuses(const OutageFacts *facts, OutageReason reason, MemberId needed)
{
    const OutagePlan plan = outage_plan(facts);
    assert_int_equal(plan.verdict, OUTAGE_REFUSE);
    assert_int_equal(plan.reason, reason);
    assert_int_equal(plan.needed, needed);
    assert_int_equal(plan.open, MEMBER_NONE);
    return plan;
}

static void the_primary_opens_and_its_standby_follows(void **state)
{
    (void)state;
    const OutageFacts facts = whole(true);
    opens(&facts, A);
    const OutagePlan plan = outage_plan(&facts);
    assert_int_equal(plan.server[B].step, OUTAGE_STEP_FOLLOW);
    assert_int_equal(plan.server[B].loss, OUTAGE_LOSS_EXACT); /* of what nobody was told */
    assert_int_equal(plan.server[B].end, 480);
    assert_int_equal(plan.server[B].beyond, 500);
    assert_true(plan.certain);
    assert_false(plan.pending);
}

static void a_primary_and_one_voter_are_enough(void **state)
{
    (void)state;
    for (MemberId gone = B; gone <= W; gone++) {
        OutageFacts facts = whole(true);
        leave(&facts, gone);
        opens(&facts, A);
    }
}

static void an_eligible_standby_holds_everything_that_was_acknowledged(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    leave(&facts, A);
    opens(&facts, B);
    facts = whole(true);
    lose_directory(&facts, A);
    opens(&facts, B);
    assert_int_equal(outage_plan(&facts).server[A].step, OUTAGE_STEP_COPY);
    facts.automatic = false;
    refuses(&facts, OUTAGE_UNATTENDED, B);
}

static void who_cannot_say_where_its_wal_ends_holds_nothing(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    leave(&facts, A);
    facts.evidence[B].wal = (Position){0};
    refuses(&facts, OUTAGE_TOO_FEW, A);
}

static void one_voter_alone_knows_of_no_later_record(void **state)
{
    (void)state;
    for (MemberId stays = A; stays <= W; stays++) {
        OutageFacts facts = whole(true);
        for (MemberId m = 0; m < MEMBERS; m++) {
            if (m != stays) {
                leave(&facts, m);
            }
        }
        const OutagePlan plan = refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);
        assert_false(plan.certain);
        assert_int_not_equal(plan.server[B].loss, OUTAGE_LOSS_NONE);
    }
}

/* E4: who was removed is not counted, and not needed; a change that was only accepted is chosen by both sets. */
static void only_the_voters_of_the_record_are_counted(void **state)
{
    (void)state;
    OutageFacts facts = whole(false);
    const Record before = record_of(7, false);
    const Record two = record_members(&before, &before.voters, W, false, 0);
    remember(&facts, A, &two);
    remember(&facts, B, &two);
    lie_down(&facts, A, DIR_A, 500);
    leave(&facts, W);
    opens(&facts, A);
    leave(&facts,
          B); /* one of two is no majority, and the one that was removed does not make it one */
    refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);
    remember(&facts, W, &before);
    refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);

    facts = whole(false);
    facts.evidence[A].accepted = two;
    facts.evidence[A].accepted_ballot.number++;
    leave(&facts, W);
    assert_true(outage_plan(&facts).certain);
    remember(&facts, W, &before);
    leave(&facts, B); /* a majority of the three, and none of the two */
    assert_false(outage_plan(&facts).certain);
}

/* P1's exception. */
static void a_primary_that_may_open_alone_is_not_held_up(void **state)
{
    (void)state;
    OutageFacts facts = whole(false);
    leave(&facts, B);
    leave(&facts, W);
    facts.evidence[A].alone = true;
    opens(&facts, A);
    facts.evidence[A].dir = 0xa2; /* but not with another directory (D1) */
    refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);
}

static void nobody_but_a_solo_primary_has_what_it_acknowledged(void **state)
{
    (void)state;
    OutageFacts facts = whole(false);
    opens(&facts, A);
    leave(&facts, A);
    const OutagePlan plan = refuses(&facts, OUTAGE_PRIMARY_UNSEEN, A);
    assert_int_equal(plan.server[B].directory, OUTAGE_DIRECTORY_STALE);
    assert_int_equal(plan.server[B].loss, OUTAGE_LOSS_UNKNOWN);
    assert_int_equal(plan.forced, B);
    facts = whole(false);
    lose_directory(&facts, A);
    assert_int_equal(refuses(&facts, OUTAGE_PRIMARY_LOST, A).forced, B);
    lose_directory(&facts, B);
    assert_int_equal(refuses(&facts, OUTAGE_PRIMARY_LOST, A).forced, MEMBER_NONE);
}

/* The detach was accepted by the arbiter, and chosen: the standby's own record is older. */
static void a_later_record_of_any_voter_decides(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    const Record later = record_of(8, false);
    remember(&facts, W, &later);
    leave(&facts, A);
    const OutagePlan plan = refuses(&facts, OUTAGE_PRIMARY_UNSEEN, A);
    assert_int_equal(plan.record.epoch, 8);
}

static void a_record_that_was_only_accepted_holds_until_a_round_decides(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    const Record later = record_of(8, false);
    facts.evidence[W].accepted = later;
    facts.evidence[W].accepted_ballot = (Ballot){.number = 8, .member = A, .incarnation = 1};
    assert_true(outage_plan(&facts).pending);
    opens(&facts, A);
    leave(&facts, A);
    refuses(&facts, OUTAGE_PRIMARY_UNSEEN, A);
    leave(&facts, W);
    refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);
}

/* E3 */
static void a_lost_memory_comes_back_from_all_others_or_not_at_all(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    forget(&facts, W);
    opens(&facts, A);
    assert_int_equal(outage_plan(&facts).voter[W], OUTAGE_VOTER_BLANK);
    leave(&facts, B);
    refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);
    facts = whole(true);
    forget(&facts, W);
    forget(&facts, B);
    refuses(&facts, OUTAGE_FORGOTTEN, MEMBER_NONE);
    forget(&facts, A);
    refuses(&facts, OUTAGE_FORGOTTEN, MEMBER_NONE);
    lose_directory(&facts, A);
    lose_directory(&facts, B);
    refuses(&facts, OUTAGE_NEVER_BEGUN, MEMBER_NONE);
}

static void two_voters_are_enough_when_one_of_them_can_be_told(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.members.count = 2;
    facts.evidence[A].chosen.voters.count = facts.evidence[B].chosen.voters.count = 2;
    facts.evidence[A].accepted.voters.count = facts.evidence[B].accepted.voters.count = 2;
    forget(&facts, B);
    opens(&facts, A);
    forget(&facts, A);
    refuses(&facts, OUTAGE_FORGOTTEN, MEMBER_NONE);
}

static void a_voter_of_which_others_remember_more_does_not_count(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[B].known[W].generation = 6;
    leave(&facts, A);
    assert_int_equal(outage_plan(&facts).voter[W], OUTAGE_VOTER_PUT_BACK);
    refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE);
    facts.evidence[B].known[W].agent = facts.evidence[W].agent; /* written since it spoke */
    opens(&facts, B);
}

/* D1 */
static void a_directory_counts_only_under_the_id_of_the_record(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[A].dir = 0xa2;
    opens(&facts, B);
    assert_int_equal(outage_plan(&facts).server[A].directory, OUTAGE_DIRECTORY_OTHER);
    assert_int_equal(outage_plan(&facts).server[A].step, OUTAGE_STEP_REJOIN);
    facts.evidence[B].dir = 0xb2;
    refuses(&facts, OUTAGE_TOO_FEW, A);
    facts = whole(true);
    facts.evidence[A].system_identifier = 98;
    opens(&facts, B);
    assert_int_equal(outage_plan(&facts).server[A].step, OUTAGE_STEP_REPLACE);
    facts = whole(true);
    facts.evidence[A].interrupted = true;
    opens(&facts, B);
    facts = whole(true);
    facts.evidence[A].instance = INSTANCE_UNKNOWN; /* not looked at yet */
    assert_int_equal(outage_plan(&facts).server[A].directory, OUTAGE_DIRECTORY_UNSEEN);
}

static void a_primary_behind_its_standby_has_lost_wal(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[A].wal.lsn = 470;
    opens(&facts, B);
    assert_int_equal(outage_plan(&facts).server[A].directory, OUTAGE_DIRECTORY_SHORT);
    assert_int_equal(outage_plan(&facts).server[A].loss, OUTAGE_LOSS_EXACT);
}

static void a_primary_that_runs_need_not_have_said_how_far_it_is(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[A].wal = (Position){0};
    opens(&facts, B); /* down, and its WAL cannot be read */
    facts.evidence[A].instance = INSTANCE_CLOSED;
    opens(&facts, A);
}

/* The standby was detached meanwhile: that it has more than its primary is proof all the same. */
static void wal_that_a_detached_standby_has_was_lost_at_the_primary(void **state)
{
    (void)state;
    OutageFacts facts = whole(false);
    facts.evidence[A].wal.lsn = 470;
    const OutagePlan plan = refuses(&facts, OUTAGE_PRIMARY_LOST, A);
    assert_int_equal(plan.server[A].directory, OUTAGE_DIRECTORY_SHORT);
    assert_int_equal(plan.server[A].loss, OUTAGE_LOSS_AT_LEAST);
    assert_int_equal(plan.forced, B);
    facts.evidence[B].last_link.line++; /* of another history it proves nothing */
    opens(&facts, A);
}

/* The record of a takeover is there, the promotion is not: the standby's WAL ends where its timeline is to begin. */
static void a_promotion_that_did_not_finish_is_still_the_primary(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    Record taken = record_of(8, false);
    taken.primary = B;
    taken.primary_dir = DIR_B;
    taken.timeline = 2;
    taken.start = 480;
    remember(&facts, B, &taken);
    remember(&facts, W, &taken);
    opens(&facts, B);
    assert_int_equal(outage_plan(&facts).server[A].step, OUTAGE_STEP_REJOIN);
    facts.evidence[B].wal = (Position){.timeline = 2, .lsn = 490};
    opens(&facts, B);
    facts.evidence[B].wal = (Position){.timeline = 1, .lsn = 470};
    refuses(&facts, OUTAGE_PRIMARY_LOST, B);
    leave(&facts, B);
    refuses(&facts, OUTAGE_PRIMARY_UNSEEN, B); /* though A has its 500: another history by now */
    assert_int_equal(outage_plan(&facts).server[A].loss, OUTAGE_LOSS_UNKNOWN);
}

static void equal_numbers_of_timelines_are_no_common_history(void **state)
{
    (void)state;
    OutageFacts facts = whole(false);
    for (MemberId m = 0; m < MEMBERS; m++) {
        facts.evidence[m].chosen.timeline = facts.evidence[m].accepted.timeline = 2;
        facts.evidence[m].chosen.start = facts.evidence[m].accepted.start = 300;
    }
    leave(&facts, A);
    facts.evidence[B].wal = (Position){.timeline = 2, .lsn = 900};
    facts.evidence[B].last_link =
        (ChainLink){.line = LINE, .epoch = 3, .dir = DIR_B, .timeline = 2, .start = 200};
    const OutagePlan plan = refuses(&facts, OUTAGE_PRIMARY_UNSEEN, A);
    assert_int_equal(plan.server[B].loss, OUTAGE_LOSS_UNKNOWN);
    assert_int_equal(plan.server[B].beyond, 0);
}

static void what_is_known_of_a_loss_is_said(void **state)
{
    (void)state;
    OutageFacts facts = whole(false);
    facts.evidence[A].dir = 0xa2; /* yesterday's copy, but of this history */
    const OutagePlan plan = refuses(&facts, OUTAGE_PRIMARY_LOST, A);
    assert_int_equal(plan.server[B].loss, OUTAGE_LOSS_AT_LEAST);
    assert_int_equal(plan.server[B].end, 480);
    assert_int_equal(plan.server[B].beyond, 500);
    assert_int_equal(plan.server[A].loss, OUTAGE_LOSS_UNKNOWN); /* nobody has seen more */
}

static void what_was_recovered_from_a_backup_opens_when_it_lacks_nothing(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[A].restored = true;
    facts.evidence[A].dir = 0xa2;
    facts.evidence[A].restored_end = (Position){.timeline = 1, .lsn = 480};
    opens(&facts, A);
    facts.evidence[A].restored_end.lsn = 479;
    const OutagePlan plan = refuses(&facts, OUTAGE_RECOVERED, A);
    assert_int_equal(plan.server[A].loss, OUTAGE_LOSS_EXACT);
    assert_int_equal(plan.server[A].beyond, 480);
    facts.evidence[A].restored_end = (Position){.timeline = 1, .lsn = 480};
    leave(&facts, B);
    refuses(&facts, OUTAGE_RECOVERED, A); /* nobody can tell */
    facts = whole(true);
    facts.evidence[B].restored = true; /* not needed: the primary is whole */
    opens(&facts, A);
    leave(&facts, A);
    leave(&facts, W);
    assert_int_equal(refuses(&facts, OUTAGE_NO_MAJORITY, MEMBER_NONE).forced, B);
}

static void two_histories_are_no_matter_for_a_program(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[B].chosen.line = 0x80000;
    refuses(&facts, OUTAGE_SPLIT, MEMBER_NONE);
    facts = whole(true);
    facts.evidence[W].chosen.cluster.bytes[0]++;
    refuses(&facts, OUTAGE_SPLIT, MEMBER_NONE);
}

static void what_serves_is_left_alone(void **state)
{
    (void)state;
    OutageFacts facts = whole(true);
    facts.evidence[B].instance = INSTANCE_OPEN;
    opens(&facts, A); /* by hand: its agent does not say that it is the primary */
    facts.evidence[B].node_state = NODE_PRIMARY;
    const OutagePlan plan = outage_plan(&facts);
    assert_int_equal(plan.verdict, OUTAGE_SERVES);
    assert_int_equal(plan.open, B);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_primary_opens_and_its_standby_follows),
        cmocka_unit_test(a_primary_and_one_voter_are_enough),
        cmocka_unit_test(an_eligible_standby_holds_everything_that_was_acknowledged),
        cmocka_unit_test(who_cannot_say_where_its_wal_ends_holds_nothing),
        cmocka_unit_test(one_voter_alone_knows_of_no_later_record),
        cmocka_unit_test(only_the_voters_of_the_record_are_counted),
        cmocka_unit_test(a_primary_that_may_open_alone_is_not_held_up),
        cmocka_unit_test(nobody_but_a_solo_primary_has_what_it_acknowledged),
        cmocka_unit_test(a_later_record_of_any_voter_decides),
        cmocka_unit_test(a_record_that_was_only_accepted_holds_until_a_round_decides),
        cmocka_unit_test(a_lost_memory_comes_back_from_all_others_or_not_at_all),
        cmocka_unit_test(two_voters_are_enough_when_one_of_them_can_be_told),
        cmocka_unit_test(a_voter_of_which_others_remember_more_does_not_count),
        cmocka_unit_test(a_directory_counts_only_under_the_id_of_the_record),
        cmocka_unit_test(a_primary_behind_its_standby_has_lost_wal),
        cmocka_unit_test(a_primary_that_runs_need_not_have_said_how_far_it_is),
        cmocka_unit_test(wal_that_a_detached_standby_has_was_lost_at_the_primary),
        cmocka_unit_test(a_promotion_that_did_not_finish_is_still_the_primary),
        cmocka_unit_test(equal_numbers_of_timelines_are_no_common_history),
        cmocka_unit_test(what_is_known_of_a_loss_is_said),
        cmocka_unit_test(what_was_recovered_from_a_backup_opens_when_it_lacks_nothing),
        cmocka_unit_test(two_histories_are_no_matter_for_a_program),
        cmocka_unit_test(what_serves_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

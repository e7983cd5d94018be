/* core/history.h: whose WAL is a prefix of whose (D1). */
#include "unit.h"

#include "core/history.h"

static const ChainLink first = {.line = 7, .epoch = 1, .dir = 11, .timeline = 1, .start = 100};
static const ChainLink second = {.line = 7, .epoch = 5, .dir = 22, .timeline = 2, .start = 500};
static const ChainLink third = {.line = 7, .epoch = 9, .dir = 11, .timeline = 3, .start = 900};

static Chain chain_of(unsigned count, const ChainLink *links)
{
    Chain chain = {0};
    for (unsigned i = 0; i < count; i++)
        chain_add(&chain, &links[i]);
    return chain;
}

static HistoryVerdict compare(const Chain *theirs, TimelineId timeline, Lsn lsn, const Chain *mine,
                              TimelineId my_timeline, Lsn my_lsn, Position *ret_fork)
{
    const Position end = {.timeline = timeline, .lsn = lsn};
    const Position my_end = {.timeline = my_timeline, .lsn = my_lsn};
    return history_compare(theirs, &end, mine, &my_end, ret_fork);
}

static void same_history_up_to_the_end_is_a_prefix(void **state)
{
    const Chain chain = chain_of(1, &first);
    Position fork;
    (void)state;

    assert_int_equal(compare(&chain, 1, 400, &chain, 1, 400, &fork), HISTORY_PREFIX);
    assert_int_equal(compare(&chain, 1, 399, &chain, 1, 400, &fork), HISTORY_PREFIX);
    assert_int_equal(compare(&chain, 1, 401, &chain, 1, 400, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.lsn, 400);
}

static void former_primary_may_follow_up_to_the_fork_and_not_beyond(void **state)
{
    const Chain old = chain_of(1, &first);
    const Chain now = chain_of(2, (const ChainLink[]){first, second});
    Position fork;
    (void)state;

    assert_int_equal(compare(&old, 1, 500, &now, 2, 700, &fork), HISTORY_PREFIX);
    assert_int_equal(compare(&old, 1, 501, &now, 2, 700, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.timeline, 1);
    assert_int_equal(fork.lsn, 500);
}

static void equal_timeline_numbers_of_different_histories_diverge(void **state)
{
    const ChainLink other = {.line = 7, .epoch = 6, .dir = 33, .timeline = 2, .start = 450};
    const Chain theirs = chain_of(2, (const ChainLink[]){first, other});
    const Chain mine = chain_of(2, (const ChainLink[]){first, second});
    Position fork;
    (void)state;

    assert_int_equal(compare(&theirs, 2, 460, &mine, 2, 700, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.timeline, 1);
    assert_int_equal(fork.lsn, 450);
}

static void known_links_beyond_the_own_wal_do_no_harm(void **state)
{
    /* A standby learns the chain before it has any WAL of the newest timeline. */
    const Chain theirs = chain_of(3, (const ChainLink[]){first, second, third});
    const Chain mine = theirs;
    Position fork;
    (void)state;

    assert_int_equal(compare(&theirs, 2, 850, &mine, 3, 1000, &fork), HISTORY_PREFIX);
    assert_int_equal(compare(&theirs, 2, 901, &mine, 3, 1000, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.lsn, 900);
}

static void without_a_common_link_nothing_is_known(void **state)
{
    const ChainLink stranger = {.line = 8, .epoch = 1, .dir = 44, .timeline = 1, .start = 100};
    const Chain theirs = chain_of(1, &stranger);
    const Chain none = {0};
    const Chain mine = chain_of(1, &first);
    Position fork = {.timeline = 9, .lsn = 9};
    (void)state;

    assert_int_equal(compare(&theirs, 1, 200, &mine, 1, 400, &fork), HISTORY_UNKNOWN);
    assert_int_equal(fork.lsn, 0);
    assert_int_equal(compare(&none, 1, 200, &mine, 1, 400, &fork), HISTORY_UNKNOWN);
    assert_int_equal(compare(&mine, 2, 200, &mine, 1, 400, &fork), HISTORY_UNKNOWN);
}

/* A recovery knows where a timeline began that it has followed, and not under which record: that link is nobody's. */
static void a_link_without_a_record_is_nobodys_and_ends_the_one_before(void **state)
{
    const ChainLink nobodys = {.timeline = 2, .start = 300};
    const ChainLink recovered = {.line = 7, .epoch = 9, .dir = 50, .timeline = 3, .start = 500};
    const Chain mine = chain_of(3, (const ChainLink[]){first, nobodys, recovered});
    const Chain left_before = chain_of(1, &first);
    const Chain same_gap = chain_of(2, (const ChainLink[]){first, nobodys});
    Position fork;
    (void)state;

    assert_int_equal(compare(&left_before, 1, 300, &mine, 3, 600, &fork), HISTORY_PREFIX);
    assert_int_equal(compare(&left_before, 1, 301, &mine, 3, 600, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.lsn, 300);
    assert_int_equal(compare(&same_gap, 2, 400, &mine, 3, 600, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.lsn, 300);
    /* Who has a later link of mine has all before that from the same history. */
    const ChainLink known = {.line = 7, .epoch = 5, .dir = 42, .timeline = 2, .start = 300};
    const Chain learned = chain_of(3, (const ChainLink[]){first, known, recovered});
    assert_int_equal(compare(&learned, 2, 500, &mine, 3, 600, &fork), HISTORY_PREFIX);
    assert_int_equal(fork.lsn, 500);
    assert_int_equal(compare(&learned, 2, 501, &mine, 3, 600, &fork), HISTORY_DIVERGED);
    assert_int_equal(fork.lsn, 500);
    assert_int_equal(fork.timeline, 2);
}

static void a_full_chain_forgets_its_oldest_link(void **state)
{
    Chain chain = {0};
    (void)state;

    for (unsigned i = 0; i < CHAIN_MAX + 3; i++) {
        const ChainLink link = {.line = 7, .epoch = i + 1, .timeline = i + 1, .start = i * 10};
        chain_add(&chain, &link);
        chain_add(&chain, &link); /* again: nothing */
    }
    assert_int_equal(chain.count, CHAIN_MAX);
    assert_int_equal(chain.link[0].epoch, 4);
    assert_int_equal(chain_newest(&chain)->epoch, CHAIN_MAX + 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_history_up_to_the_end_is_a_prefix),
        cmocka_unit_test(former_primary_may_follow_up_to_the_fork_and_not_beyond),
        cmocka_unit_test(equal_timeline_numbers_of_different_histories_diverge),
        cmocka_unit_test(known_links_beyond_the_own_wal_do_no_harm),
        cmocka_unit_test(without_a_common_link_nothing_is_known),
        cmocka_unit_test(a_link_without_a_record_is_nobodys_and_ends_the_one_before),
        cmocka_unit_test(a_full_chain_forgets_its_oldest_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

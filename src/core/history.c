/* history.c - comparing chains of histories.
 *
 * Every timeline is opened by exactly one directory under one record, so a link that both chains
 * carry means: the same WAL, up to where either of them left that timeline. */
#include "core/history.h"

#include "base/assert.h"

#include <string.h>

static bool link_equal(const ChainLink *a, const ChainLink *b)
{
    return a->line == b->line && a->epoch == b->epoch && a->dir == b->dir &&
           a->timeline == b->timeline && a->start == b->start;
}

/* Of a timeline without a record nobody knows whose it is: two such are never the same. */
static int find(const Chain *chain, const ChainLink *link)
{
    for (int i = chain->count - 1; i >= 0 && link->epoch != 0; i--)
        if (link_equal(&chain->link[i], link))
            return i;
    return -1;
}

bool chain_equal(const Chain *a, const Chain *b)
{
    if (a->count != b->count)
        return false;
    for (unsigned i = 0; i < a->count; i++)
        if (!link_equal(&a->link[i], &b->link[i]))
            return false;
    return true;
}

const ChainLink *chain_newest(const Chain *chain)
{
    return chain->count == 0 ? NULL : &chain->link[chain->count - 1];
}

void chain_add(Chain *chain, const ChainLink *link)
{
    const ChainLink *newest = chain_newest(chain);
    if (newest != NULL && link_equal(newest, link))
        return;
    if (chain->count == CHAIN_MAX) {
        memmove(&chain->link[0], &chain->link[1], sizeof chain->link[0] * (CHAIN_MAX - 1));
        chain->count--;
    }
    chain->link[chain->count++] = *link;
}

/* Where the WAL of link i ends in this chain: where the next one begins, or at the end of all. */
static Lsn end_of(const Chain *chain, int i, Lsn end)
{
    return i + 1 < chain->count ? chain->link[i + 1].start : end;
}

/* The link whose timeline the WAL ends on: it may be older than the newest link known, never newer. */
static int link_of(const Chain *chain, TimelineId timeline)
{
    for (int i = chain->count - 1; i >= 0; i--)
        if (chain->link[i].timeline == timeline)
            return i;
    return -1;
}

/* A link later than its WAL, learned from whom it followed: all before it is common, too, whether or not mine has a link
 * for each timeline of that. */
static bool knows_later(const Chain *theirs, int last, const Chain *mine)
{
    for (int i = theirs->count - 1; i > last; i--)
        if (find(mine, &theirs->link[i]) >= 0)
            return true;
    return false;
}

HistoryVerdict history_compare(const Chain *theirs, const Position *end, const Chain *mine,
                               const Position *my_end, Position *ret_fork)
{
    *ret_fork = (Position){0};
#ifdef MC_MUTATE_COMPARE_TIMELINE_NUMBERS
    return end->timeline <= my_end->timeline ? HISTORY_PREFIX : HISTORY_DIVERGED;
#endif
    const int last = link_of(theirs, end->timeline);
    if (last < 0)
        return HISTORY_UNKNOWN;
    if (knows_later(theirs, last, mine)) {
        const Lsn left = theirs->link[last + 1].start;
        *ret_fork = (Position){.timeline = end->timeline, .lsn = end->lsn < left ? end->lsn : left};
        return end->lsn <= left ? HISTORY_PREFIX : HISTORY_DIVERGED;
    }
    for (int i = last; i >= 0; i--) {
        const int at = find(mine, &theirs->link[i]);
        if (at < 0)
            continue;
        const Lsn their_end = i == last ? end->lsn : theirs->link[i + 1].start;
        const Lsn my_link_end = end_of(mine, at, my_end->lsn);
        const Lsn common = their_end < my_link_end ? their_end : my_link_end;
        *ret_fork = (Position){.timeline = theirs->link[i].timeline, .lsn = common};
        const bool prefix = i == last && end->lsn <= my_link_end;
        return prefix ? HISTORY_PREFIX : HISTORY_DIVERGED;
    }
    return HISTORY_UNKNOWN;
}

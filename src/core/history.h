/* history.h - whose WAL is a prefix of whose: by history, never by the number of a timeline (D1,
 * section 7). */
#ifndef MC_CORE_HISTORY_H
#define MC_CORE_HISTORY_H

#include "core/types.h"

typedef enum HistoryVerdict {
    HISTORY_PREFIX = 0, /* all of it is in mine: it may follow */
    HISTORY_DIVERGED,   /* something beyond `fork` is its own */
    HISTORY_UNKNOWN,    /* its chain does not reach its own WAL, or shares nothing with mine */
} HistoryVerdict;

/* Compares WAL that ends at `end` in a directory with chain `theirs` with a primary's directory with
 * chain `mine` that has flushed to `my_end` on its newest timeline. `ret_fork`: the last position
 * common to both (zero when unknown). */
HistoryVerdict history_compare(const Chain *theirs, const Position *end, const Chain *mine,
                               const Position *my_end, Position *ret_fork);

/* Adds a link; the oldest is forgotten when the chain is full. Adding the newest again is nothing. */
void chain_add(Chain *chain, const ChainLink *link);
bool chain_equal(const Chain *a, const Chain *b);
/* The newest link, or NULL. */
const ChainLink *chain_newest(const Chain *chain);

#endif

/* pg_diverged.h - WAL that a server has of its own, saved before its directory is made over (section 7).
 *
 *   <management directory>/diverged/2026-11-27_10-00-00_1_0-154F3B8/
 *       000000010000000000000001   the segments from the fork on, as they were
 *       summary.txt                what is in them: files, positions, a line for each transaction
 *
 * Nothing is removed from there by us. The state file of the voter lies on the same disk: what would leave it less
 * than PG_DIVERGED_RESERVE is not begun, and a saving that fails is taken away again. */
#ifndef MC_SYS_PG_DIVERGED_H
#define MC_SYS_PG_DIVERGED_H

#include "sys/pg_history.h"
#include "sys/pg_job.h"
#include "sys/pg_setup.h"

#define PG_DIVERGED_RESERVE (UINT64_C(64) << 20) /* bytes that stay free on that disk */

typedef struct PgDiverged {
    Position fork; /* in: where the histories part. Out: from where on it was saved */
    Position end;  /* where the WAL ends; lsn 0: not known */
    char folder[PG_PATH_SIZE];
    uint64_t committed; /* transactions; meaningful when told */
    bool told;          /* pg_waldump was there and understood */
    uint64_t
        room; /* bytes free, and bytes needed with the reserve; more than there are: it failed */
    uint64_t wanted; /* for that reason, and nothing was written */
} PgDiverged;

/* Of a stopped directory. The same again finds it done. Durable before it returns. */
__attribute__((warn_unused_result)) bool pg_diverged_save(const PgSetup *setup, PgJob *job,
                                                          PgDiverged *inout, Error *error);

#endif

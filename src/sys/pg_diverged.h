/* pg_diverged.h - WAL that a server has of its own, saved before its directory is made over (section 7).
 *
 *   <management directory>/diverged/2026-11-27_10-00-00_1_0-154F3B8/
 *       000000010000000000000001   the segments from the fork on, as they were
 *       summary.txt                what is in them: files, positions, a line for each transaction
 *       rows_5_16384.csv           rows that these transactions inserted or changed (pg_rows.h)
 *       recovered.txt              the first line of summary.txt, with where the WAL ends since the rows were read
 *
 * Nothing is removed from there by us. The state file of the voter lies on the same disk: what would leave it less
 * than PG_DIVERGED_RESERVE is not begun, and a saving that fails is taken away again. */
#ifndef MC_SYS_PG_DIVERGED_H
#define MC_SYS_PG_DIVERGED_H

#include "sys/pg_history.h"
#include "sys/pg_job.h"
#include "sys/pg_rows.h"
#include "sys/pg_setup.h"

enum { PG_UNREAD_SIZE = 200 };

#define PG_DIVERGED_RESERVE (UINT64_C(64) << 20) /* bytes that stay free on that disk */

typedef struct PgDiverged {
    Position fork; /* in: where the histories part. Out: from where on it was saved */
    Position end;  /* where the WAL ends; lsn 0: not known */
    char folder[PG_PATH_SIZE];
    uint64_t committed;          /* transactions; meaningful when told */
    bool told;                   /* pg_waldump was there and understood */
    PgRows rows;                 /* of these transactions, in files */
    char unread[PG_UNREAD_SIZE]; /* why there are none, or no names of tables; "": there are */
    uint64_t
        room; /* bytes free, and bytes needed with the reserve; more than there are: it failed */
    uint64_t wanted; /* for that reason, and nothing was written */
} PgDiverged;

/* Of a stopped directory. The same again finds it done. Durable before it returns. */
__attribute__((warn_unused_result)) bool pg_diverged_save(const PgSetup *setup, PgJob *job,
                                                          PgDiverged *inout, Error *error);

/* Behind it, the names and the rows (pg_rows.h): the directory is recovered for that. Fills `rows`, or says in `unread` why
 * not, which is no reason not to go on. `marked`: the directory counts no more. */
void pg_diverged_tell(const PgSetup *setup, PgJob *job, bool marked, PgDiverged *inout);

#endif

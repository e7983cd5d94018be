/* pg_wal_story.h - what happened in a stretch of WAL, a line for each transaction, by way of pg_waldump. */
#ifndef MC_SYS_PG_WAL_STORY_H
#define MC_SYS_PG_WAL_STORY_H

#include "core/types.h"
#include "sys/pg_job.h"

#include <stdio.h>

/* For who wants to look at the rows themselves: what was touched, and by whom. */
typedef struct PgTouched {
    FILE *blocks;  /* "tablespace/database/file block" of each change to a row; may repeat */
    FILE *xids;    /* "transaction transaction", "subtransaction transaction" of what committed */
    uint64_t room; /* bytes that both may have */
    bool cut;      /* it was not enough */
} PgTouched;

typedef struct PgWalStory {
    const char *bin_dir; /* of the server that wrote it */
    const char *folder;  /* of the segments */
    TimelineId timeline;
    Lsn from;
    Lsn to;      /* the end of the last record: without it pg_waldump waits for more */
    int summary; /* a line for each transaction goes here */
    uint64_t
        limit; /* bytes that the summary may have; transactions beyond it are counted, not told */
    PgTouched *touched; /* NULL: not wanted */
} PgWalStory;

/* Adds the number of transactions that committed to `inout_committed`. */
__attribute__((warn_unused_result)) bool pg_wal_story(const PgWalStory *story, PgJob *job,
                                                      uint64_t *inout_committed, Error *error);

#endif

/* pg_wal_fetch.h - the WAL of a server, received into a data directory beside a base copy of it.
 *
 * Under the slot that the new standby will stream with, so that nothing of it is removed before that has
 * come: not while the copy is made, and not after it. */
#ifndef MC_SYS_PG_WAL_FETCH_H
#define MC_SYS_PG_WAL_FETCH_H

#include "sys/pg_source.h"

typedef struct PgWalFetch {
    PgSession session;
    char data_dir[PG_PATH_SIZE];
    uint32_t segment_size;
    TimelineId timeline;
    Lsn at;      /* the next byte */
    Lsn flushed; /* durable up to here */
    int fd;      /* of the segment of `at`; -1: none is open */
    Millis told_at;
} PgWalFetch;

/* Connects, and makes the slot anew: WAL waits for it from now on. */
PgSourceFate pg_wal_fetch_open(PgWalFetch *fetch, PgJob *job, const PgSource *source,
                               const char *slot, Millis until, Error *error);

/* From the segment of `from` on, into pg_wal, which is made with what belongs in it. */
__attribute__((warn_unused_result)) bool pg_wal_fetch_begin(PgWalFetch *fetch, PgJob *job,
                                                            const char *data_dir, const char *slot,
                                                            const PgSourceFacts *facts, Lsn from,
                                                            TimelineId timeline, Millis until,
                                                            Error *error);

/* Writes what has come, without waiting; `ret_any`: there was something. */
__attribute__((warn_unused_result)) bool pg_wal_fetch_take(PgWalFetch *fetch, bool *ret_any,
                                                           Error *error);

/* All up to here is durable, and the slot has moved there. */
__attribute__((warn_unused_result)) bool pg_wal_fetch_end(PgWalFetch *fetch, Error *error);
void pg_wal_fetch_done(PgWalFetch *fetch);

#endif

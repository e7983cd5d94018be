/* pg_copy.h - a whole copy of another server: BASE_BACKUP over the replication protocol, its WAL beside it.
 *
 * Blocks for as long as bytes come; every wait ends when none do. The directory is marked (pg_mark.h) before
 * the first byte of it is touched and until the last one is durable, so that a copy that was killed at any
 * moment is made anew. What comes out is a standby that has not been started yet; its identity is still that of
 * the original and is renewed by whoever starts it (D1). */
#ifndef MC_SYS_PG_COPY_H
#define MC_SYS_PG_COPY_H

#include "sys/pg_place.h"
#include "sys/pg_source.h"

typedef enum PgCopyPhase {
    PG_COPY_CONNECTING,
    PG_COPY_CHECKPOINT, /* the source makes one; how far it is cannot be seen */
    PG_COPY_CLEARING,   /* what an earlier attempt has left */
    PG_COPY_DATA,       /* bytes */
    PG_COPY_WAL,        /* what was written meanwhile */
    PG_COPY_SYNCING,    /* files */
} PgCopyPhase;

typedef struct PgCopyProgress {
    PgCopyPhase phase;
    uint64_t done;
    uint64_t total; /* 0: not known */
} PgCopyProgress;

/* What would be copied, told before anything is touched. */
typedef struct PgCopySizes {
    uint64_t data;             /* bytes of the data directory */
    const PgMark *tablespaces; /* where they would be */
    const uint64_t *bytes;     /* of each */
} PgCopySizes;

typedef struct PgCopyOrder {
    PgSource source;
    char slot[PG_NAME_SIZE]; /* that the new standby will stream with */
    char data_dir[PG_PATH_SIZE];
    uint64_t system_identifier; /* which the source must have */
    PgMarkWork work;            /* whose the mark is: COPY or AGENT */
    bool replace;               /* whatever is in the directory is given up */
    PgPlace *place; /* the directory as it was judged, and no other; then: as it was marked */
    void *ctx;
    void (*tell)(void *ctx, const PgCopyProgress *progress); /* often */
    /* The last chance to refuse, with everything still as it was. Who moves the directory away says so in `place`. */
    bool (*ready)(void *ctx, const PgCopySizes *sizes, Error *error);
    /* Everything is copied, and the mark still there. NULL: nothing to do. */
    bool (*finish)(void *ctx, Error *error);
} PgCopyOrder;

__attribute__((warn_unused_result)) bool pg_copy(const PgCopyOrder *order, PgJob *job,
                                                 Error *error);

/* Says that the disks would be full: bytes against what is free where the directory and each tablespace would
 * be. */
__attribute__((warn_unused_result)) bool pg_copy_fits(const PgCopyOrder *order,
                                                      const PgCopySizes *sizes, Error *error);

#endif

/* pg_rejoin.h - a stopped directory made over into a standby's: saved, rewound or copied (section 7, D1).
 *
 * Every step can be killed: before the mark the directory is what it was, behind it nothing but a new copy is made
 * of it, from its beginning. */
#ifndef MC_SYS_PG_REJOIN_H
#define MC_SYS_PG_REJOIN_H

#include "core/instance.h"
#include "messages.h"
#include "sys/pg_job.h"
#include "sys/pg_place.h"
#include "sys/pg_run.h"
#include "sys/pg_setup.h"

enum { PG_REJOIN_NOTES_MAX = 5, PG_REJOIN_TEXT = 160 };

typedef struct PgRejoin {
    const PgSetup *setup;
    PgLastRun *run;
    PgJob *job;
    pthread_mutex_t door;      /* of `text` and `no_room` */
    char text[PG_REJOIN_TEXT]; /* how far it is, for a status */
    bool no_room;              /* said once, until there is room */
    int note_count;            /* what is to be logged when the worker is back */
    LogEntry note[PG_REJOIN_NOTES_MAX];
} PgRejoin;

void pg_rejoin_init(PgRejoin *rejoin, const PgSetup *setup, PgLastRun *run, PgJob *job);
void pg_rejoin_done(PgRejoin *rejoin);

/* For as long as it takes: every wait in it ends when nothing moves any more. Another directory than the one that was
 * judged is left as it is. */
__attribute__((warn_unused_result)) bool pg_do_rejoin(PgRejoin *rejoin, const RejoinOrder *order,
                                                      const PgPlace *judged, Error *error);

/* From any thread. */
bool pg_rejoin_waits(PgRejoin *rejoin); /* for room: nothing is done meanwhile */
void pg_rejoin_text(PgRejoin *rejoin, char *ret, size_t size);

#endif

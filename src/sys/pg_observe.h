/* pg_observe.h - one look at the instance: its files, its processes, its answers (section 6).
 *
 * Blocking, for a worker thread, one look at a time. What a look costs when all is well: one prepared
 * statement on a kept connection, and once a second a connection of its own and the files. The looks in between,
 * which only ask, are taken by the loop (pg_glance.h). */
#ifndef MC_SYS_PG_OBSERVE_H
#define MC_SYS_PG_OBSERVE_H

#include "core/instance.h"
#include "sys/pg_conf.h"
#include "sys/pg_control.h"
#include "sys/pg_job.h"
#include "sys/pg_query.h"
#include "sys/pg_run.h"
#include "sys/pg_wal_end.h"

#include <sys/stat.h>

typedef struct PgLook {
    const PgSetup *setup;
    PgLastRun *run;
    PgJob job;
    PgSession session; /* kept */
    PGresult *answer;  /* of the loop's question, as far as it has come */
    int prepared_in;   /* backend that has the statement; 0: none */
    bool receiver; /* told the timeline at the last look: when it went, that is asked for anew */
    TimelineId timeline;
    Lsn timeline_at;     /* what a standby had replayed when it was asked for that */
    Millis files_at;     /* when the files were read; 0: never */
    bool end_known;      /* of the stopped directory, or why it is not: */
    Error unread;        /* ERROR_SYSTEM: the disk does not give what lies on it */
    Millis end_at;       /* when it was looked for */
    struct stat control; /* its control file then */

    /* asked for */
    bool running;                /* the loop holds a pidfd */
    bool knock;                  /* make a new connection */
    bool closed;                 /* the gate is closed: end sessions that are not ours */
    bool files;                  /* read identity and control data again */
    char hba_file[PG_PATH_SIZE]; /* the administrator's; "": not known yet */

    /* seen */
    InstanceView view; /* phase is the caller's to judge, the rest is filled */
    bool stopped;      /* proved: no process, nobody on the shared memory */
    int pidfd;         /* of a postmaster found running, for the loop to take; -1 */
    PgState state;     /* by its control file */
    bool stranger;     /* it was started past us */
    uint16_t port;     /* that the postmaster was started with; 0: not read */
    Gate gate;         /* meaningful when pidfd is */
    bool told;         /* the kept connection answered */
    bool recovering;
    char names[PG_SYNC_NAMES_SIZE]; /* of a primary: synchronous_standby_names, whoever set them */
    bool rules_changed;             /* hba_file is newer than the gate that was made of it */
    PgKnock knocked;                /* meaningful when `knock` */
    Lsn insert;                     /* of a primary: a record boundary; 0 */
} PgLook;

__attribute__((warn_unused_result)) bool pg_look_init(PgLook *look, const PgSetup *setup,
                                                      PgLastRun *run, Error *error);
void pg_look_done(PgLook *look);

void pg_look(PgLook *look);

/* The same look in pieces that do not block, for the loop. Asks, if asking is all that is asked for and the kept
 * connection is ready for it; false: it is a worker's. */
__attribute__((warn_unused_result)) bool pg_look_ask(PgLook *look);

typedef enum PgHeard {
    PG_HEARD_SOME, /* more is to come */
    PG_HEARD_ALL,  /* the look is over */
    PG_HEARD_MORE, /* it takes a worker after all */
} PgHeard;
/* When something has come in. */
PgHeard pg_look_hear(PgLook *look);
/* The question is over; one that was not answered yet ends the connection, since nobody waits for its answer. */
void pg_look_forget(PgLook *look);

#endif

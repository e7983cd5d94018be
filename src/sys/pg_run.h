/* pg_run.h - the last run of the instance: whom to look for when its directory cannot be looked at (P4).
 *
 * A path may lead nowhere while the processes go on in what it led to: the directory was renamed, replaced, its disk
 * unmounted or broken. So the directory itself is remembered, and the postmaster, from before a start until they are
 * proved to be gone; and noted in the management directory, for the next agent. Every worker may ask. */
#ifndef MC_SYS_PG_RUN_H
#define MC_SYS_PG_RUN_H

#include "sys/pg_file.h"
#include "sys/pidfile.h"

#include <pthread.h>

typedef enum PgRunState {
    PG_RUN_NONE,    /* none since the host was booted that this server knows of */
    PG_RUN_LIVES,   /* begun or found, and not proved to be over */
    PG_RUN_OVER,    /* proved: P4 */
    PG_RUN_UNKNOWN, /* what was noted cannot be read */
} PgRunState;

/* A shared memory segment: a number that was given to another one since has another key. */
typedef struct PgSegment {
    bool known;
    uint32_t key;
    int id;
} PgSegment;

typedef struct PgRun {
    PgRunState state;
    PidEntry postmaster; /* none: about to be started */
    PgFileMark directory;
    uid_t user;
    PgSegment memory;
} PgRun;

/* What was noted last. */
PgRun pg_run_read(const char *mc_dir);
/* That postmaster is none of this run, nor of one that is about to start: somebody else has started it since. */
bool pg_run_is_not_of(const PgRun *run, pid_t postmaster);
/* It lives, and not where the path leads to, if it leads anywhere. */
bool pg_run_is_elsewhere(const PgRun *run, const char *data_dir);

/* The memory of an agent. */
typedef struct PgLastRun {
    const char *mc_dir;
    pthread_mutex_t door;    /* of `run`; held for moments only: a kill waits for it */
    pthread_mutex_t writing; /* of the file, and of `noted` */
    PgRun run;
    PgRun noted;
} PgLastRun;

/* Reads what was noted. `mc_dir` must outlive it. */
void pg_last_run_init(PgLastRun *last, const char *mc_dir);
void pg_last_run_done(PgLastRun *last);
PgRun pg_last_run(PgLastRun *last);

/* One is about to be started in this directory; noted when it returns. */
__attribute__((warn_unused_result)) bool pg_run_begins(PgLastRun *last, const char *data_dir,
                                                       Error *error);
/* Its postmaster has this number; a run that another has followed changes nothing, nor does one that is found while another may
 * live in another directory. */
void pg_run_found(PgLastRun *last, pid_t postmaster, const PgSegment *memory);
/* It was proved that nothing of this one is left. */
void pg_run_ended(PgLastRun *last, const PgRun *run);
/* Writes what is known, if it is not written yet. Who cannot start anything for it may go on without: a later one tries
 * again. */
bool pg_run_note(PgLastRun *last, Error *error);

#endif

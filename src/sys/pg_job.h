/* pg_job.h - one piece of blocking work in a worker thread: deadlines, and the way to break it off.
 *
 * Orders are carried out in straight lines of code in libuv's workers, so that the loop never waits
 * for a disk or a server. Every wait in them goes through pg_job_wait, which ends at once when the job
 * is cancelled. What a cancelled job must not do any more (start a process, signal one) it does
 * between pg_job_enter and pg_job_leave: once it is cancelled it cannot enter again. Cancelling itself
 * waits for nothing, for the loop does it; who must know that nobody is inside any more asks with
 * pg_job_outside, in a worker. */
#ifndef MC_SYS_PG_JOB_H
#define MC_SYS_PG_JOB_H

#include "base/error.h"
#include "base/time.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct PgJob {
    pthread_mutex_t door;
    atomic_bool cancelled;
    int cancel_fd; /* eventfd */
} PgJob;

__attribute__((warn_unused_result)) bool pg_job_init(PgJob *job, Error *error);
void pg_job_done(PgJob *job);
/* For the next use; only when no worker has it. */
void pg_job_reset(PgJob *job);
/* From any thread, and at once. */
void pg_job_cancel(PgJob *job);
/* Of a cancelled job: that it is not inside, and so never will be; waits for it until the instant `until`. */
__attribute__((warn_unused_result)) bool pg_job_outside(PgJob *job, Millis until);

/* False when cancelled; then there is nothing to leave. */
bool pg_job_enter(PgJob *job);
void pg_job_leave(PgJob *job);

typedef enum PgWait { PG_WAIT_READY, PG_WAIT_TIMEOUT, PG_WAIT_CANCELLED } PgWait;

/* For `events` of poll(2) on `fd` (-1: on nothing) until the instant `until`. */
PgWait pg_job_wait(PgJob *job, int fd, short events, Millis until);

/* For input on any of several descriptors (at most PG_WAIT_MAX; a negative one is left out). */
enum { PG_WAIT_MAX = 4 };
PgWait pg_job_wait_input(PgJob *job, const int *fds, int count, Millis until);

/* A pause where PostgreSQL offers no event; bounded by its caller. False when cancelled. */
bool pg_job_pause(PgJob *job, Millis duration);

#endif

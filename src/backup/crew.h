/*
 * A crew: child processes that take units of work from one queue.
 *
 * The queue is a socket that all of them read, so whoever is free takes the next unit and units are taken in the
 * order in which they were given. A worker that fails stops the crew; its error is the crew's. Workers die
 * with their parent.
 */
#ifndef BACKUP_CREW_H
#define BACKUP_CREW_H

#include <stdatomic.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/time.h"

enum { CREW_MAX = 32, CREW_UNIT_MAX = 4096 };

/* Seen by all of them. */
typedef struct CrewShared {
    _Atomic uint64_t done;   /* bytes of files that are dealt with */
    _Atomic uint64_t kept;   /* of these, what was there already */
    _Atomic uint64_t unread; /* of these, what was not even read */
    _Atomic uint64_t bad;    /* pages */
    _Atomic int failed;      /* 0, or the error is being filled or is filled (2) */
    Error error;
    uint64_t rate; /* bytes per second that the crew may read; 0: no limit */
    Millis since;  /* when it began */
} CrewShared;

/* In the worker. */
typedef bool CrewWork(void *arg, const void *unit, size_t size, Error *error);
/* In the worker: before the first unit, with its number, and after the last one. */
typedef bool CrewBegin(void *arg, int worker, CrewShared *shared, Error *error);
typedef bool CrewEnd(void *arg, Error *error);

typedef struct CrewJob {
    CrewBegin *begin;
    CrewWork *work;
    CrewEnd *end;
    void *arg; /* each worker has a copy of its own */
} CrewJob;

/* In the parent, some times a second while it waits. False stops: *error is filled. */
typedef bool CrewTick(void *arg, const CrewShared *shared, Error *error);

typedef struct Crew {
    int count;
    int queue;
    pid_t pid[CREW_MAX];
    int pidfd[CREW_MAX];
    CrewShared *shared;
    CrewTick *tick;
    void *tick_arg;
} Crew;

#define CREW_NONE ((Crew){.queue = -1})

__attribute__((warn_unused_result)) bool crew_begin(Crew *crew, int count, const CrewJob *job,
                                                    uint64_t rate, CrewTick *tick, void *tick_arg,
                                                    Error *error);
__attribute__((warn_unused_result)) bool crew_give(Crew *crew, const void *unit, size_t size,
                                                   Error *error);
/* Waits until all that was given is done. */
__attribute__((warn_unused_result)) bool crew_end(Crew *crew, Error *error);
/* Kills who is left; nothing when crew_end has succeeded. */
void crew_done(Crew *crew);

/* In a worker: counts, and waits when the crew is faster than its rate. */
void crew_count(CrewShared *shared, uint64_t bytes);

/* As many as there are processors, at most 4: the database works beside. */
int crew_usual_count(void);

#endif

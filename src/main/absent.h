/*
 * An instance that is not there yet: a server may vote before its data directory has been made.
 */
#ifndef MAIN_ABSENT_H
#define MAIN_ABSENT_H

#include "agent/agent.h"
#include "cli/site.h"
#include "sys/loop.h"
#include "sys/pg_remains.h"

/* Whether the data directory is missing or has nothing in it that PostgreSQL would start. One that cannot be looked at is
 * not absent. */
bool absent_is(const Site *site);

/* Makes an empty data directory, or one that is missing, look like a copy that its agent has begun: so it is made, with
 * the programs of this major version. False: something lies there, or it cannot be made; nothing was changed. Blocks for
 * some writes, as taking up a directory does. */
__attribute__((warn_unused_result)) bool absent_begin_copy(const Site *site, int major,
                                                           Error *error);

/* Its directory may have been taken away while it ran: what is left of the last run is looked for and can be stopped. */
typedef struct Absent {
    Agent *agent;
    PgRemains *remains;
    Deadline next;     /* look */
    Loop *loop;        /* NULL: not begun */
    uint64_t sequence; /* of the stop under way */
    Epoch epoch;
} Absent;

__attribute__((warn_unused_result)) bool absent_begin(Absent *absent, Loop *loop, const Site *site,
                                                      Agent *agent, Error *error);
/* Looks, and goes on looking until absent_end_looks. */
void absent_look(Absent *absent);
/* There is an instance from now on. */
void absent_end_looks(Absent *absent);
/* Waits for what is under way. */
void absent_end(Absent *absent);

/* Every order fails at once, but a stop: that is done when nothing of the last run is left. */
PostgresPort absent_port(Absent *absent);

#endif

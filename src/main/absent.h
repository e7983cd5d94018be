/*
 * An instance that is not there yet: a server may vote before its data directory has been made.
 */
#ifndef MAIN_ABSENT_H
#define MAIN_ABSENT_H

#include "agent/agent.h"
#include "cli/site.h"

/* Whether the data directory is missing or has nothing in it that PostgreSQL would start. */
bool absent_is(const Site *site);

/* Makes an empty data directory, or one that is missing, look like a copy that its agent has begun: so it is made, with
 * the programs of this major version. False: something lies there, or it cannot be made; nothing was changed. Blocks for
 * some writes, as taking up a directory does. */
__attribute__((warn_unused_result)) bool absent_begin_copy(const Site *site, int major,
                                                           Error *error);

/* Every order fails at once; a stop is done already. */
PostgresPort absent_port(Agent *agent);

/* What an observation of it says. */
Event absent_view(void);

#endif

/*
 * An instance that is not there yet: a server may vote before its data directory has been made.
 */
#ifndef MAIN_ABSENT_H
#define MAIN_ABSENT_H

#include "agent/agent.h"
#include "cli/site.h"

/* Whether the data directory is missing or has nothing in it that PostgreSQL would start. */
bool absent_is(const Site *site);

/* Every order fails at once; a stop is done already. */
PostgresPort absent_port(Agent *agent);

/* What an observation of it says. */
Event absent_view(void);

#endif

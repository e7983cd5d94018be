/*
 * What `start` and `setup` have in common: the agent is told to start its instance, and waited for.
 */
#ifndef CLI_STARTING_H
#define CLI_STARTING_H

#include <stdbool.h>

#include "cli/site.h"

/* Tells the agent that is running. Returns the exit status. */
int start_instance(Site *site);

/* What a server waits for, of Status, is an operator. When it has done so for OPERATOR_PATIENCE_MS nothing will change by itself. */
enum { OPERATOR_PATIENCE_MS = 10000 };
bool waits_for_operator(const char *waits_for);

/* Until this member is what it should be, saying what it has become. Returns the exit status. */
int start_wait(const Site *site);

#endif

/*
 * What `start` and `setup` have in common: the agent is told to start its instance, and waited for.
 */
#ifndef CLI_STARTING_H
#define CLI_STARTING_H

#include "cli/site.h"

/* Tells the agent that is running. Returns the exit status. */
int start_instance(Site *site);

/* Until this member is what it should be, saying what it has become. Returns the exit status. */
int start_wait(const Site *site);

#endif

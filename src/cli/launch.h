/*
 * Starting a daemon, and ending one without asking it.
 */
#ifndef CLI_LAUNCH_H
#define CLI_LAUNCH_H

#include "cli/site.h"

/*
 * Runs the daemon's program, found beside the program that runs now, and waits until it has put itself into
 * the background: what is wrong it prints itself. Returns its exit status; EXIT_DONE: it serves.
 */
int launch_daemon(const char *program, const Site *site, const CommandLine *line);

/*
 * Ends monitor and agent by SIGKILL, and whoever they made anew meanwhile; then this process holds the daemon's
 * lock, so that none is started until it ends. ret_any: there was one.
 */
__attribute__((warn_unused_result)) bool kill_daemon(const Site *site, Millis limit, bool *ret_any,
                                                     Error *error);

#endif

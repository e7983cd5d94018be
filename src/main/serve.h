/*
 * A daemon: everything of src/sys around one agent, until it is told to end.
 */
#ifndef MAIN_SERVE_H
#define MAIN_SERVE_H

#include "cli/site.h"
#include "sys/monitor.h"

/* How this run came to be. */
typedef struct ServeStart {
    const char *program;
    bool foreground;
    bool by_operator; /* false: the monitor made a new agent */
    bool instance_wanted;
    bool failover_asked;
    bool failover_wanted;
    MonitorStart monitor;
} ServeStart;

/*
 * Serves; returns the exit status. What is wrong before it serves is printed on standard error. The
 * instance, if there is one, is neither started nor stopped by the end of this process alone.
 */
int serve(const Site *site, const ServeStart *start);

#endif

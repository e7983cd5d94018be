/* monitor.h - the process that starts the agent again, and the agent that starts its monitor again.
 *
 * The program forks before it does anything else: the parent is the monitor, the child is the agent.
 * The agent sends a sign of life over a pipe once in a while; when none has come for agent_alive_timeout, or
 * the agent has ended otherwise than on purpose, the monitor makes sure that it is dead and forks a new
 * one, a bounded number of times, with growing pauses. When the monitor ends, the agent makes a new one
 * by running its own program again. Neither touches PostgreSQL because the other died. */
#ifndef MC_SYS_MONITOR_H
#define MC_SYS_MONITOR_H

#include "base/error.h"
#include "port/port.h"
#include "sys/loop.h"

#include <sys/types.h>

enum {
    MONITOR_SIGN_INTERVAL = 1000,     /* ms between two signs of life */
    MONITOR_ALIVE_TIMEOUT = 10000,    /* ms of silence allowed until the agent names another time */
    MONITOR_RESTARTS_MAX = 10,        /* of the agent, within MONITOR_RESTARTS_WINDOW */
    MONITOR_RESTARTS_WINDOW = 600000, /* ms */
    MONITOR_PAUSE_FIRST = 100,        /* ms before a restart; doubled each time, up to */
    MONITOR_PAUSE_LAST = 10000,
    MONITOR_REASON_SIZE = 128,
};

/* How this process came to be the agent. */
typedef struct MonitorStart {
    bool restarted;                   /* by its monitor, not by an operator */
    char reason[MONITOR_REASON_SIZE]; /* why the one before it ended */
    int pipe;                         /* to the monitor; -1: there is none */
    pid_t monitor;                    /* 0: there is none */
    char **argv;
} MonitorStart;

typedef struct MonitorLink MonitorLink;

/* To be called first of all in main; returns only as the agent, with all signals as they were. The process
 * that was started ends here: with status 0 once the agent has said that it is ready, or with the
 * agent's own status when it ended before that. With `foreground` there is no monitor, and it returns
 * at once. `ident` is the program's name in the system log, for a monitor that gives up. */
void monitor_begin(bool foreground, const char *ident, char **argv, MonitorStart *ret);

/* For the agent: signs of life, and the watch over the monitor. `alive_timeout` 0: silence is no reason.
 * `changed` is told the process id of every new monitor (for the pid file). After a start without
 * a monitor the link does nothing. */
__attribute__((warn_unused_result)) bool monitor_link_new(
    Loop *loop, const MonitorStart *start, const LogPort *log, Millis alive_timeout,
    void (*changed)(void *data, pid_t monitor), void *data, MonitorLink **ret, Error *error);
/* The agent serves: the starter returns. Standard input, output and error become /dev/null, unless there
 * is no monitor. */
void monitor_link_ready(MonitorLink *link);
/* The agent ends on purpose: the monitor ends, too. */
void monitor_link_free(MonitorLink *link);

#endif

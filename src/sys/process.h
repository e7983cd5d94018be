/* process.h - children: an argument vector, a deadline, a bounded output, never a shell.
 *
 * A child gets a session of its own and nothing of our descriptors but its output. At its deadline every
 * process of that session's group is killed. */
#ifndef MC_SYS_PROCESS_H
#define MC_SYS_PROCESS_H

#include "sys/loop.h"

enum { PROCESS_OUTPUT_MAX = 8192 };

typedef struct Process Process;

typedef struct ProcessSpec {
    const char *const *argv; /* argv[0] is a path, or is looked up in PATH; NULL at the end */
    const char *const *env;  /* NULL: ours */
    const char *directory;   /* NULL: ours */
    Millis limit;            /* from now; MILLIS_NEVER: none */
} ProcessSpec;

typedef struct ProcessResult {
    int64_t exit_status; /* meaningful when signal is 0 */
    int signal;          /* that ended it; 0: it ended by itself */
    bool timed_out;      /* killed at its limit */
    bool cut;            /* there was more output than PROCESS_OUTPUT_MAX */
    size_t size;
    const char *output; /* standard output and error, in the order written; a zero follows */
} ProcessResult;

typedef void (*ProcessDone)(void *data, const ProcessResult *result);

/* `done` is called once, later, from the loop; after it `*ret` is gone. `ret` may be NULL. */
__attribute__((warn_unused_result)) bool process_spawn(Loop *loop, const ProcessSpec *spec,
                                                       ProcessDone done, void *data, Process **ret,
                                                       Error *error);
/* Its end is reported as usual. */
void process_kill(Process *process);

#endif

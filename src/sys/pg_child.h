/* pg_child.h - one of PostgreSQL's programs, run to its end by a worker thread or a command.
 *
 * An argument vector, a limit, and everything it says handed on; never a shell. It does not outlive the thread
 * that runs it: the kernel ends it with that. */
#ifndef MC_SYS_PG_CHILD_H
#define MC_SYS_PG_CHILD_H

#include "sys/pg_job.h"

#include <stddef.h>

enum { PG_CHILD_ARGS_MAX = 24 };

typedef struct PgChild {
    const char *argv[PG_CHILD_ARGS_MAX]; /* argv[0] is a path; NULL at the end */
    const char *variable;                /* "NAME=value" for its environment; NULL */
    const char *input;                   /* path of what it reads; NULL: nothing */
    Millis quiet; /* it is killed when it has said nothing for so long; MILLIS_NEVER */
    Millis limit; /* and after so long in any case; MILLIS_NEVER */
    void *ctx;
    void (*take)(void *ctx, const char *bytes, size_t size); /* standard output and error */
} PgChild;

/* False: it could not be run, was broken off or did not end in time. `ret_status`: its exit status, or 128 and
 * the signal. */
__attribute__((warn_unused_result)) bool pg_child_run(const PgChild *child, PgJob *job,
                                                      int *ret_status, Error *error);

/* Major version of the server program in a folder, by its own word. */
__attribute__((warn_unused_result)) bool pg_program_major(const char *bin_dir, PgJob *job, int *ret,
                                                          Error *error);

#endif

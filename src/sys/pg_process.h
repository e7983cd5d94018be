/* pg_process.h - the processes of one instance: postmaster.pid, pidfds, starting, killing, proof.
 *
 * Works from files and /proc alone; `mc_ctl stop -e` uses it without agent or socket. */
#ifndef MC_SYS_PG_PROCESS_H
#define MC_SYS_PG_PROCESS_H

#include "sys/pg_job.h"
#include "sys/pg_run.h"
#include "sys/pg_setup.h"

#include <sys/types.h>

enum { PG_SOCKET_DIR_SIZE = 128 };

/* postmaster.pid, as far as it is written. */
typedef struct PgPidFile {
    pid_t pid;
    int64_t started; /* seconds since 1970 */
    uint16_t port;
    char socket_dir[PG_SOCKET_DIR_SIZE]; /* the first one; "": none or not yet */
    PgSegment memory;                    /* known when it is there */
    char status[16];                     /* "starting", "standby", "ready", "stopping", "" */
} PgPidFile;

bool pg_pid_file_read(const char *data_dir, PgPidFile *ret);

/* pidfd of the running postmaster of this directory, verified to be that; -1: there is none. */
int pg_postmaster_open(const char *data_dir, PgPidFile *ret);

/* How many processes of this directory live, and whether anybody is on its shared memory. `run` is the last one that is
 * known of the instance (NULL: none): its processes count wherever the path leads by now. */
typedef struct PgAlive {
    int processes;
    bool attached;
    bool unknown; /* something could not be looked at: then there may be more */
} PgAlive;
PgAlive pg_alive(const char *data_dir, const PgRun *run);
/* Of the run alone: what works at the path besides has been put there by others. */
PgAlive pg_alive_of_run(const char *data_dir, const PgRun *run);

/* What P4 calls stopped. An error is no proof. */
static inline bool pg_alive_is_stopped(const PgAlive *alive)
{
    return alive->processes == 0 && !alive->attached && !alive->unknown;
}

/* SIGKILL, postmaster first, then every process of the directory and of the last run, until the proof of P4 holds. What
 * needs no disk is signalled before any is asked. */
__attribute__((warn_unused_result)) bool pg_kill_all(const char *data_dir, const PgRun *run,
                                                     Millis until, Error *error);
/* Of the run alone. */
__attribute__((warn_unused_result)) bool pg_kill_run(const char *data_dir, const PgRun *run,
                                                     Millis until, Error *error);

/* Starts the postmaster in a session of its own: it outlives us and inherits nothing. `ret_pidfd`
 * is the caller's. When the job is cancelled nothing is started, or it is killed before the job is outside. */
__attribute__((warn_unused_result)) bool pg_spawn(PgJob *job, const PgSetup *setup, int *ret_pidfd,
                                                  pid_t *ret_pid, Error *error);

/* pidfd of a process of this directory; -1: none has that number. */
int pg_backend_open(const char *data_dir, pid_t pid);

/* Through a pidfd; false when it is gone. */
bool pg_signal(int pidfd, int signal);

#endif

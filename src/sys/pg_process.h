/* pg_process.h - the processes of one instance: postmaster.pid, pidfds, starting, killing, proof.
 *
 * Works from files and /proc alone; `mc_ctl stop -e` uses it without agent or socket. */
#ifndef MC_SYS_PG_PROCESS_H
#define MC_SYS_PG_PROCESS_H

#include "sys/pg_job.h"
#include "sys/pg_setup.h"

#include <sys/types.h>

enum { PG_SOCKET_DIR_SIZE = 128 };

/* postmaster.pid, as far as it is written. */
typedef struct PgPidFile {
    pid_t pid;
    int64_t started; /* seconds since 1970 */
    uint16_t port;
    char socket_dir[PG_SOCKET_DIR_SIZE]; /* the first one; "": none or not yet */
    bool shared;                         /* key and id are there */
    uint32_t shm_key;
    int shm_id;
    char status[16]; /* "starting", "standby", "ready", "stopping", "" */
} PgPidFile;

bool pg_pid_file_read(const char *data_dir, PgPidFile *ret);

/* pidfd of the running postmaster of this directory, verified to be that; -1: there is none. */
int pg_postmaster_open(const char *data_dir, PgPidFile *ret);

/* How many processes of this directory live, and whether anybody is on its shared memory. What P4
 * calls stopped is zero and false. */
typedef struct PgAlive {
    int processes;
    bool attached;
} PgAlive;
PgAlive pg_alive(const char *data_dir);

/* SIGKILL, postmaster first, then every process of the directory, until the proof of P4 holds. */
__attribute__((warn_unused_result)) bool pg_kill_all(const char *data_dir, Millis until,
                                                     Error *error);

/* Starts the postmaster in a session of its own: it outlives us and inherits nothing. `ret_pidfd`
 * is the caller's. When the job is cancelled nothing is started, or it is killed before the job is outside. */
__attribute__((warn_unused_result)) bool pg_spawn(PgJob *job, const PgSetup *setup, int *ret_pidfd,
                                                  Error *error);

/* pidfd of a process of this directory; -1: none has that number. */
int pg_backend_open(const char *data_dir, pid_t pid);

/* Through a pidfd; false when it is gone. */
bool pg_signal(int pidfd, int signal);

#endif

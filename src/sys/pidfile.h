/*
 * Which processes serve one member: the agent and its monitor, and where its instance is, found again from a
 * file alone.
 *
 * A process id is given to somebody else one day; an entry therefore carries the start time of its process
 * and the file the boot of its host, and only a process that matches both is ever signalled.
 */
#ifndef SYS_PIDFILE_H
#define SYS_PIDFILE_H

#include "base/error.h"
#include "base/time.h"

#include <stdint.h>
#include <sys/types.h>

enum {
    PIDFILE_PATH_SIZE = 1024, /* of a data directory, with its terminator */
    PID_BOOT_SIZE = 37,       /* of a boot id, likewise */
};

typedef struct PidEntry {
    pid_t pid;      /* 0: none */
    uint64_t start; /* clock ticks after the boot of the host */
} PidEntry;

typedef struct PidFile {
    PidEntry agent;
    PidEntry monitor;                 /* none with --foreground and for an arbiter */
    char instance[PIDFILE_PATH_SIZE]; /* its data directory; empty for an arbiter */
} PidFile;

/* Which boot of the host this is: a number of a process means nothing in another one. */
__attribute__((warn_unused_result)) bool pid_boot(char ret[static PID_BOOT_SIZE]);

/* The entry of a running process; pid 0 when there is no such process. */
PidEntry pid_entry(pid_t pid);

/* Replaces the file as a whole. */
__attribute__((warn_unused_result)) bool pidfile_write(const char *path, const PidFile *pids,
                                                       Error *error);

/*
 * A file that is missing gives nothing, one of another boot two empty entries; one that cannot be read, or that
 * somebody else could have written, fails.
 */
__attribute__((warn_unused_result)) bool pidfile_read(const char *path, PidFile *ret, Error *error);

bool pid_alive(const PidEntry *entry);

/* Waits until it is gone, at most limit; false when it is there still. */
bool pid_wait(const PidEntry *entry, Millis limit);

/* SIGSTOP: it does nothing more until it is killed. One that is gone already is left alone. */
void pid_freeze(const PidEntry *entry);

/* SIGKILL, then waits until it is gone, at most limit. One that is gone already is a success. */
__attribute__((warn_unused_result)) bool pid_kill(const PidEntry *entry, Millis limit,
                                                  Error *error);

#endif

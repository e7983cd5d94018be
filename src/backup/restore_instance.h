/*
 * An instance that nobody can connect to but we: its settings on its command line, its log in a file.
 */
#ifndef BACKUP_RESTORE_INSTANCE_H
#define BACKUP_RESTORE_INSTANCE_H

#include "backup/restore_parts.h"

enum { SETTINGS_MAX = 48 };

typedef struct Recovery {
    Restore *restore;
    char tail[PG_PATH_SIZE]; /* RESTORE_TAIL in the data directory */
    char sockets[32];        /* a folder of our own: paths of sockets must be short */
    char bin_dir[PG_PATH_SIZE];
    int count;
    char *settings[SETTINGS_MAX]; /* name=value; owned */
    pid_t pid;
    int pidfd;
} Recovery;

/* Ends what runs, and removes the folder in /tmp. */
void recovery_done(Recovery *recovery);
/* One more setting. */
__attribute__((warn_unused_result)) bool recovery_set(Recovery *recovery, Error *error,
                                                      const char *format, ...) STR_PRINTF(3, 4);
__attribute__((warn_unused_result)) bool recovery_start(Recovery *recovery, Error *error);
/* Until it has finished recovering. */
__attribute__((warn_unused_result)) bool recovery_wait(Recovery *recovery, Error *error);
/* A clean end. */
__attribute__((warn_unused_result)) bool recovery_stop(Recovery *recovery, Error *error);
/* What it says on its way goes to the end of the error. */
__attribute__((warn_unused_result)) bool recovery_failed(const Recovery *recovery, const char *what,
                                                         Error *error);
/* A program beside postgres, its output in the log; *ret_there is false when there is none. arguments end with NULL. */
__attribute__((warn_unused_result)) bool recovery_run(Recovery *recovery, const char *name,
                                                      const char *const *arguments, bool *ret_there,
                                                      Error *error);

#endif

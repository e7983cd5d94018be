/*
 * What the backup commands have in common: which instance, which destination, who runs them, and how they talk.
 */
#ifndef MAIN_BACKUP_LINE_H
#define MAIN_BACKUP_LINE_H

#include "backup/cipher.h"
#include "backup/copycmd.h"
#include "backup/report.h"
#include "base/error.h"
#include "cli/say.h"
#include "commands.h"
#include "sys/pg_file.h"

/* Where a command works, as its options, <id>.conf and the environment say. */
typedef struct BackupPlace {
    char data_dir[PG_PATH_SIZE];     /* "": not said; without links when it exists */
    char destination[PG_PATH_SIZE];  /* "": not said */
    char bin_dir[PG_PATH_SIZE];      /* "": not said */
    int keep;                        /* generations */
    char key_file[PG_PATH_SIZE];     /* "": not said */
    char copy_command[PG_PATH_SIZE]; /* "": not said */
    char copy_resources[4096];       /* "": not said */
    int copy_limit;                  /* seconds; 0: none */
} BackupPlace;

/* Reads <id>.conf when -M or its variable is given. */
__attribute__((warn_unused_result)) bool backup_place(const CommandLine *line, BackupPlace *ret,
                                                      Error *error);

/* pgx.backup_destination of a data directory whose instance does not run; "" when it says none. */
__attribute__((warn_unused_result)) bool backup_ask_destination(BackupPlace *place, Error *error);

/* A number within bounds; what stands for an option that was not given is left untouched. */
__attribute__((warn_unused_result)) bool backup_number(const CommandLine *line, OptionId option,
                                                       int64_t least, int64_t most, int *ret,
                                                       Error *error);
/* The key of encrypted generations, of --key-file or backup_key_file; where neither is said, it is not given. */
__attribute__((warn_unused_result)) bool backup_key(const BackupPlace *place, BackupKey *ret,
                                                    Error *error);
/* The copy command of -Y or backup_copy_command, and its limit. It points into place. */
__attribute__((warn_unused_result)) bool backup_copy(const CommandLine *line, BackupPlace *place,
                                                     CopyCommand *ret, Error *error);
/* "20MB" as bytes. */
__attribute__((warn_unused_result)) bool backup_rate(const CommandLine *line, uint64_t *ret,
                                                     Error *error);

/* A report that goes to standard error; SIGINT and SIGTERM ask to stop from now on. */
typedef struct BackupTalk {
    const char *program;
    Progress progress;
    Report report;
} BackupTalk;
void backup_talk_begin(BackupTalk *talk, const char *program);

#endif

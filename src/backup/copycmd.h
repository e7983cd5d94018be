/*
 * The user's own copy command: a program that copies resources in its own way, in four calls.
 *
 *     command prepare INFO LIST    before backup mode; INFO: that of the newest backup by it, or "-"
 *     command backup               in backup mode: the snapshot is taken here
 *     command finalize INFO        after backup mode; INFO is written by the command, and kept in the generation
 *     command restore INFO LIST    once in a recovery; INFO as finalize left it
 *
 * LIST names one resource in a line, "pg_data" or a tablespace. Exit status 0 means go on, any other ends the caller with an
 * error. The program runs without a shell, with the caller's rights, in the caller's terminal, its standard input empty. It
 * holds the lock of the backup destination: as long as it lives, even without its caller, nobody else works there.
 */
#ifndef BACKUP_COPYCMD_H
#define BACKUP_COPYCMD_H

#include "backup/cipher.h"
#include "backup/report.h"
#include "backup/store.h"

#define COPY_MARK_NAME \
    "mc.copy" /* in the folder of each resource while backup mode lasts, and so in its copy */
#define COPY_INFO_NAME  "copy.info"
#define COPY_LIST_NAME  "copy.list"
#define COPY_PATHS_NAME "copy.paths"

enum {
    COPY_INFO_MAX = 1024 * 1024,
    COPY_MARK_SIZE = 2 * MANIFEST_DIGEST_SIZE + 2, /* hexadecimal, a newline, a zero */
    COPY_NAMES_SIZE = 256,
};

typedef struct CopyCommand {
    const char *path; /* NULL: there is none */
    Millis limit;     /* of one call; 0: none */
} CopyCommand;

/* One call. What is NULL is not given. */
typedef struct CopyCall {
    const char *mode;
    const char *info;
    const char *list;
    const char
        *paths; /* PGX_COPY_PATHS: a file of the resources' folders, line by line as in list */
    const char *data_dir;   /* PGDATA */
    const char *generation; /* PGX_COPY_GENERATION */
    const char *state;      /* PGX_COPY_STATE: "complete", or "failed" */
    const Store *store;     /* PGX_COPY_DESTINATION; locked */
    bool closing; /* an interruption has been heard already: this call is bounded instead */
} CopyCall;

/* Whether it is a program that this user may run, by its whole path. */
__attribute__((warn_unused_result)) bool copy_check(const CopyCommand *command, Error *error);

/*
 * Runs it to its end. *ret_killed says that it was ended here, at its limit (ERROR_TIMEOUT) or because the caller is to stop:
 * then it knows nothing of it. The error of a failure names the mode and the exit status.
 */
__attribute__((warn_unused_result)) bool copy_call(const CopyCommand *command, const CopyCall *call,
                                                   const Report *report, bool *ret_killed,
                                                   Error *error);

/* What finalize left in this generation, whose manifest was proved, into a new file. */
__attribute__((warn_unused_result)) bool copy_info_extract(const Store *store,
                                                           const Generation *generation,
                                                           const BackupKey *key, const char *path,
                                                           Error *error);

/* The names of a generation's resources, with commas between, cut with "..." where there are too many. */
const char *copy_names(const ManifestHead *head, char *ret, size_t size);

/* The contents of the marks, COPY_MARK_SIZE. */
const char *copy_mark_text(const ManifestHead *head, char *ret);

#endif

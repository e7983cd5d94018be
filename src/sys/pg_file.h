/* pg_file.h - small files, whole: read with a bound, written so that they survive a power cut.
 *
 * All of these block on the disk. They are called from worker threads and commands, never from the
 * loop. */
#ifndef MC_SYS_PG_FILE_H
#define MC_SYS_PG_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

enum {
    PG_PATH_SIZE = 1024,
    PG_TEXT_MAX = 256 * 1024, /* of a configuration file that is read or copied */
};

/* "directory/name" into ret (PG_PATH_SIZE); a path that does not fit becomes "", which nothing opens. */
void pg_path(char *ret, const char *directory, const char *name);

/* Reads at most size - 1 bytes and ends them with a zero; a longer file is an error. */
__attribute__((warn_unused_result)) bool pg_file_read(const char *path, char *ret, size_t size,
                                                      size_t *ret_length, Error *error);

/* Temporary file beside it, fsync, rename, fsync of the folder. The mode is given as in open(2). */
__attribute__((warn_unused_result)) bool pg_file_write(const char *path, const char *bytes,
                                                       size_t size, mode_t mode, Error *error);

/* What tells a file from every copy of it. The time of birth is there because a file system gives
 * the inode of a removed file to the next one; 0 where it keeps none. */
typedef struct PgFileMark {
    uint64_t device;
    uint64_t inode;
    uint64_t born; /* nanoseconds */
} PgFileMark;

bool pg_file_mark(const char *path, PgFileMark *ret);
/* From an open folder, as far as the host knows it without asking the disk. */
bool pg_file_mark_at(int folder, const char *path, PgFileMark *ret);
bool pg_file_mark_is(const PgFileMark *one, const PgFileMark *other);

enum { PG_FILE_COMPOSED_MAX = 16 * 1024 }; /* as much as pg_file_compose writes */

/* As pg_file_write, but the bytes depend on the file they will lie in. */
typedef size_t PgFileCompose(void *arg, const PgFileMark *of, char *ret, size_t size);
__attribute__((warn_unused_result)) bool pg_file_compose(const char *path, PgFileCompose *compose,
                                                         void *arg, mode_t mode, Error *error);

/* Makes a folder (0700) durably; that it is there is success. */
__attribute__((warn_unused_result)) bool pg_folder_make(const char *path, Error *error);

/* Removes it durably; that it is not there is success. */
__attribute__((warn_unused_result)) bool pg_file_remove(const char *path, Error *error);

/* Whether something is there, for who decides by it: a disk that does not tell is an error, and no "no". */
__attribute__((warn_unused_result)) bool pg_file_look(const char *path, bool *ret, Error *error);

/* The same where "no" for want of an answer does no harm. */
bool pg_file_exists(const char *path);

#endif

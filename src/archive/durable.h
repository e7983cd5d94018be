/* durable.h - files of the backup directory that survive a power cut; and reading small ones whole.
 *
 * Plain POSIX, so that a module inside PostgreSQL can use it. Everything here blocks on the disk. */
#ifndef MC_ARCHIVE_DURABLE_H
#define MC_ARCHIVE_DURABLE_H

#include "base/error.h"

enum { DURABLE_PATH_SIZE = 1024 };

/* "folder/name" into ret (DURABLE_PATH_SIZE). */
__attribute__((warn_unused_result)) bool durable_path(char *ret, const char *folder,
                                                      const char *name, Error *error);

/* Reads at most size - 1 bytes, ended by a zero; a longer file is an error. */
__attribute__((warn_unused_result)) bool durable_read(const char *path, char *ret, size_t size,
                                                      Error *error);

/* A temporary file beside it, fsync, rename, fsync of the folder; mode 0600. */
__attribute__((warn_unused_result)) bool durable_write(const char *path, const char *bytes,
                                                       size_t size, Error *error);

/* The whole of it, however often the system takes only a part. */
__attribute__((warn_unused_result)) bool durable_put(int fd, const void *bytes, size_t size,
                                                     const char *path, Error *error);

/* Makes entries of the folder durable. */
__attribute__((warn_unused_result)) bool durable_folder(const char *folder, Error *error);

/* Adds the cure, in a line of its own that begins with "hint: ". Returns false. */
__attribute__((warn_unused_result)) bool durable_hint(Error *error, const char *hint);

/* For _cleanup_: reading, or an error that is reported already. */
void durable_close(int *fd);

#endif

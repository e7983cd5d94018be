/*
 * Files and folders of a backup: whole reads and writes, durable changes, and trees.
 *
 * Paths are of PG_PATH_SIZE; a path that does not fit is ERROR_LIMIT, never cut.
 */
#ifndef BACKUP_IO_H
#define BACKUP_IO_H

#include <sys/stat.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/time.h"
#include "sys/pg_file.h"

__attribute__((warn_unused_result)) bool io_path(char *ret, const char *folder, const char *name,
                                                 Error *error);

/* A descriptor that closes with its scope; -1: none. */
void io_close(int *fd);

/* Everything or an error; *ret_size is less than size at the end of the file only. */
__attribute__((warn_unused_result)) bool io_read_at(int fd, void *ret, size_t size, uint64_t offset,
                                                    size_t *ret_size, Error *error);
__attribute__((warn_unused_result)) bool io_write_at(int fd, const void *bytes, size_t size,
                                                     uint64_t offset, Error *error);
__attribute__((warn_unused_result)) bool io_write(int fd, const void *bytes, size_t size,
                                                  Error *error);

/* Makes names in a folder durable. */
__attribute__((warn_unused_result)) bool io_sync_folder(const char *path, Error *error);
/* Makes everything on the file system of this folder durable. */
__attribute__((warn_unused_result)) bool io_sync_all(const char *path, Error *error);

/* mkdir; that it is there is success. */
__attribute__((warn_unused_result)) bool io_make_folder(const char *path, mode_t mode,
                                                        Error *error);

/* What is in a folder goes, the folder stays; a link goes, what it leads to stays. */
__attribute__((warn_unused_result)) bool io_empty_folder(const char *path, Error *error);
/* The same, but what has this name in it stays. NULL: nothing does. */
__attribute__((warn_unused_result)) bool io_empty_folder_but(const char *path, const char *spared,
                                                             Error *error);
__attribute__((warn_unused_result)) bool io_remove_tree(const char *path, Error *error);

/* Copies a file durably: temporary name, fsync, rename, fsync of the folder. */
__attribute__((warn_unused_result)) bool io_copy(const char *from, const char *to, mode_t mode,
                                                 Error *error);

/* Random bytes for names that nobody else uses. */
__attribute__((warn_unused_result)) bool io_random(void *ret, size_t size, Error *error);

/* Milliseconds of the boot-time clock, and seconds since 1970. */
Millis io_now(void);
int64_t io_wall_time(void);

/*
 * Walks what is in a folder in the order of datafile_compare(). The visitor is told the path below root, what
 * stands there without following a link, and for a link where it leads. Entries that vanish meanwhile are
 * passed over. Memory is that of the names of the folders on the way down to the present one.
 */
typedef enum TreeNext {
    TREE_NEXT,    /* do not look into it */
    TREE_DESCEND, /* a folder, or a link to one */
    TREE_STOP,    /* *error is filled */
} TreeNext;
typedef struct TreeEntry {
    const char *path; /* below root */
    const char *full;
    struct stat of;
    bool link;
    char target[PG_PATH_SIZE];
    bool folder;   /* it, or what the link leads to */
    bool regular;  /* likewise */
    uint64_t size; /* likewise */
} TreeEntry;
typedef TreeNext TreeVisit(void *arg, const TreeEntry *entry, Error *error);
/* Called once for each folder, before its entries, with all its names in order. */
typedef bool TreeFolder(void *arg, const char *path, char *const *names, size_t count,
                        Error *error);

__attribute__((warn_unused_result)) bool tree_walk(const char *root, TreeVisit *visit,
                                                   TreeFolder *folder, void *arg, Error *error);

#endif

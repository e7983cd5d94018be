/* pg_tree.h - whole folders: removed, made durable, looked through. No symbolic link is ever followed.
 *
 * These block on the disk, for as long as there are files. After each of them `step` is asked whether to go
 * on, so that a deadline is one of progress. */
#ifndef MC_SYS_PG_TREE_H
#define MC_SYS_PG_TREE_H

#include "base/error.h"

#include <stdint.h>

typedef bool PgTreeStep(void *ctx, uint64_t files); /* so many up to now; false: stop */

typedef struct PgTreeWalk {
    PgTreeStep *step; /* NULL: to the end */
    void *ctx;
    uint64_t files;
} PgTreeWalk;

/* Removes what is in the folder, and leaves the folder and, in it, the file `keep` (NULL: none). */
__attribute__((warn_unused_result)) bool pg_tree_empty(const char *folder, const char *keep,
                                                       PgTreeWalk *walk, Error *error);

/* fsync of every file and folder of it, itself included. */
__attribute__((warn_unused_result)) bool pg_tree_sync(const char *folder, PgTreeWalk *walk,
                                                      Error *error);

/* How many entries a folder has; none when it is not there. False only when it cannot be read. */
__attribute__((warn_unused_result)) bool pg_tree_count(const char *folder, int *ret, Error *error);

#endif

/*
 * The backup destination: its layout, its lock, its generations.
 *
 *     <destination>/
 *       2026-11-23_10-00-00/   one generation: manifest, packs, indexes
 *       archived_xlog/         archived WAL          archived_wal -> archived_xlog
 *       online_xlog/           mirrored WAL          online_wal   -> online_xlog
 *       saved_<time>/          what a restore found in a data directory and no archive had
 *
 * A generation is COMPLETE when it has a manifest whose sum is right and everything that the manifest names is there
 * in its size. Until then the file "incomplete" stands in it; who finds that file without a manifest while
 * holding the lock removes the generation.
 */
#ifndef BACKUP_STORE_H
#define BACKUP_STORE_H

#include "backup/manifest_file.h"
#include "plan/generations.h"

#define STORE_ARCHIVED "archived_xlog"
#define STORE_ONLINE   "online_xlog"
#define STORE_MARKER   "incomplete"

typedef struct Store {
    char path[PG_PATH_SIZE]; /* without links */
    int lock_fd;             /* -1: not locked */
} Store;
#define STORE_NONE ((Store){.lock_fd = -1})

/* Refuses what is no folder of this user alone. Looks and changes nothing. */
__attribute__((warn_unused_result)) bool store_open(const char *path, Store *ret, Error *error);
void store_done(Store *store);
/* Whether anybody has ever archived or backed up into it. */
bool store_is_one(const Store *store);
/* Whether it lies in this folder, wherever links lead. */
bool store_lies_in(const Store *store, const char *folder);
/* ERROR_REFUSED when another command works in it. The lock ends with the process and its children. */
__attribute__((warn_unused_result)) bool store_lock(Store *store, Error *error);
/* Makes what is missing of the layout. */
__attribute__((warn_unused_result)) bool store_make(const Store *store, Error *error);

/*
 * The generations, oldest first. Their heads are filled of those that are complete; reason says why one is
 * not. The list is the caller's to free.
 */
__attribute__((warn_unused_result)) bool store_list(const Store *store, Generation **ret,
                                                    int *ret_count, Error *error);

/* A new generation, its marker durable. ret_name holds MANIFEST_GENERATION_SIZE. */
__attribute__((warn_unused_result)) bool store_begin(const Store *store, char *ret_name,
                                                     char *ret_folder, Error *error);
/* One of this name, new or an incomplete one of before, with its marker durable: what is in it stays. */
__attribute__((warn_unused_result)) bool store_begin_named(const Store *store, const char *name,
                                                           char *ret_folder, Error *error);
/* Everything of an incomplete one but its marker goes: the archive, and so the database, needs the room more. */
void store_shrink(const char *folder);
/* The marker goes: after the manifest has its name. */
__attribute__((warn_unused_result)) bool store_commit(const char *folder, Error *error);
/* Removes one so that it never looks complete while it is half there. */
__attribute__((warn_unused_result)) bool store_remove(const Store *store, const char *name,
                                                      Error *error);
/* A folder of its own for what would otherwise be lost: "saved_<time>". ret is of PG_PATH_SIZE. */
__attribute__((warn_unused_result)) bool store_make_saved(const Store *store, char *ret,
                                                          Error *error);
/* What interrupted runs left. *ret_count is how many were removed. */
__attribute__((warn_unused_result)) bool store_remove_remains(const Store *store, int *ret_count,
                                                              Error *error);
/* Archived segments and labels that lie before this number of a segment, on every timeline. */
__attribute__((warn_unused_result)) bool store_prune_wal(const Store *store, uint64_t before,
                                                         uint32_t segment_size, int *ret_count,
                                                         Error *error);

#endif

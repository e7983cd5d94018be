/*
 * How far the WAL of a backup directory reaches: what a person finds out with `ls -ltr *_xlog`, and to the byte.
 */
#ifndef BACKUP_REACH_H
#define BACKUP_REACH_H

#include "backup/store.h"
#include "plan/filewire.h"
#include "plan/walread.h"

/*
 * The newest segment, archived or mirrored, and the end of the last whole record in it. Only that segment is read, so
 * that a gap before it is not seen: pgx_verify reads all of it. A newer timeline is newer, wherever it is.
 * ret->segment is "" when there is no WAL.
 */
__attribute__((warn_unused_result)) bool reach_find(const Store *store, FileReach *ret,
                                                    Error *error);

/* How far one file of WAL goes: behind its last whole record; 0: there is none in it, or it cannot be read. packed: zstd.
 * Its first page into ret_head. */
Lsn reach_of_file(const char *path, bool packed, WalHead *ret_head);

/* Whether a is newer than b: by timeline, then by position. One without WAL is older than all others. */
bool reach_is_newer(const FileReach *a, const FileReach *b);

#endif

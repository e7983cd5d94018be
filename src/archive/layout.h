/* layout.h - the backup directory: what it must be like, and its folders for WAL.
 *
 *     <backup_destination>/archived_xlog/   archived WAL     archived_wal -> archived_xlog
 *     <backup_destination>/online_xlog/     mirrored WAL     online_wal   -> online_xlog
 *
 * The _xlog names are the folders, so that a listing of both by time ("ls -ltr") shows the newest WAL. */
#ifndef MC_ARCHIVE_LAYOUT_H
#define MC_ARCHIVE_LAYOUT_H

#include "archive/durable.h"

#define LAYOUT_ARCHIVED "archived_xlog"
#define LAYOUT_ONLINE   "online_xlog"

/* An existing folder of ours that nobody else can enter: owner, mode 0700. The error says what is
 * wrong and, in a line of its own that begins with "hint: ", the cure. */
__attribute__((warn_unused_result)) bool layout_check(const char *folder, Error *error);

/* layout_check, then makes the folders and links that are missing, durably. */
__attribute__((warn_unused_result)) bool layout_ensure(const char *destination, Error *error);

#endif

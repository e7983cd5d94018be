/*
 * Serving a backup directory to another server: its generations, its WAL, its files. Nothing in it is changed, but that a
 * generation of the one who asks may be fetched from it (the caller's FilesendPull).
 *
 * Nothing else of the host can be seen: a name is a generation or one of the two folders of WAL, and in it one file
 * that is no link. A folder of them may be a link, as whoever owns the directory has made it.
 */
#ifndef BACKUP_FILESEND_H
#define BACKUP_FILESEND_H

#include "plan/filewire.h"
#include "sys/link.h"

/* Fetches a generation from the peer into the directory here. `link` is for progress (filesend_progress). */
typedef bool FilesendPull(void *arg, Link *link, const FileAsk *ask, Error *error);

typedef struct FilesendConfig {
    const char *destination;
    FilesendPull *pull; /* NULL: that is not done here */
    void *arg;
} FilesendConfig;

/* Answers until the other side ends the connection; what ends it otherwise is the error. */
__attribute__((warn_unused_result)) bool filesend_serve(const FilesendConfig *config, Link *link,
                                                        Error *error);

__attribute__((warn_unused_result)) bool filesend_progress(Link *link, uint64_t done, uint64_t of,
                                                           Error *error);

#endif

/*
 * A backup of a running instance: one generation in the backup destination.
 *
 * The order is what makes it sound: what an interrupted run left is removed, the folder is marked incomplete, backup
 * mode begins, every file is read and stored, backup mode ends, the WAL in between is made sure of, everything is
 * made durable, and only then the manifest gets its name. What is no longer needed goes after that.
 */
#ifndef BACKUP_DUMP_H
#define BACKUP_DUMP_H

#include "backup/cipher.h"
#include "backup/copycmd.h"
#include "backup/report.h"
#include "backup/server.h"
#include "backup/store.h"

typedef struct DumpOptions {
    const char *destination; /* "": as the instance's pgx.backup_destination says */
    char data_dir[PG_PATH_SIZE];
    ServerLogin login;
    int workers;
    int level;     /* of compression */
    uint64_t rate; /* bytes per second; 0: no limit */
    bool from_standby;
    bool if_primary; /* a standby is left alone: DumpSummary.not_primary */
    bool incremental;
    int keep; /* generations */
    /* The name of the primary, for who is refused on a standby; "": it is not known. NULL: nobody knows. */
    const char *(*primary)(void *arg);
    void *primary_arg;
    CopyCommand copy;
    const char *copy_resources; /* names, with commas between; "": all there are */
    BackupKey key;              /* of the new generation; not given: it is not encrypted */
} DumpOptions;

typedef struct DumpSummary {
    bool not_primary; /* nothing was done, nothing was touched; the rest is empty */
    char name[MANIFEST_GENERATION_SIZE];
    char folder[PG_PATH_SIZE];
    uint64_t bytes;  /* of the files */
    uint64_t reused; /* of these, what stands in earlier generations */
    uint64_t unread; /* of these, what WAL summaries say has not changed */
    uint64_t bad_pages;
    char copied[COPY_NAMES_SIZE]; /* what the copy command took; "": nothing */
    int removed_generations;
    int removed_segments;
} DumpSummary;

__attribute__((warn_unused_result)) bool dump_run(const DumpOptions *options, const Report *report,
                                                  DumpSummary *ret, Error *error);

#endif

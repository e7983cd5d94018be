/*
 * What the files of a backup run share with each other and with nobody else.
 */
#ifndef BACKUP_DUMP_PARTS_H
#define BACKUP_DUMP_PARTS_H

#include <stdio.h>

#include "backup/crew.h"
#include "backup/dump.h"
#include "backup/pack.h"
#include "sys/pg_control.h"

enum { OUTSIDE_MAX = 32, BAD_LISTED_MAX = 1000, BAD_SAID_MAX = 20 };

/* Files of a run that are gone when it is complete. */
#define DUMP_ENTRIES "entries"
#define DUMP_OUTCOME "outcome"

/* One unit of work: a piece of a file. The path is last, and only as long as it is. */
typedef struct DumpUnit {
    uint64_t number; /* grows by one with every unit */
    uint64_t offset;
    uint64_t size;  /* as it was when the folder was read */
    bool pages;     /* of a relation */
    uint32_t block; /* number of its first page */
    bool has_old;
    ManifestPart old; /* the same piece in the earlier generation */
    char path[MANIFEST_PATH_SIZE];
} DumpUnit;

/* What became of it: any number of bad pages, then one of the others. */
typedef enum DumpOutcomeKind { OUTCOME_PART, OUTCOME_NOTHING, OUTCOME_BAD } DumpOutcomeKind;
typedef struct DumpOutcome {
    uint64_t number;
    DumpOutcomeKind kind;
    uint32_t block;
    ManifestPart part;
} DumpOutcome;

typedef struct Outside {
    char path[PG_PATH_SIZE];
} Outside;

typedef struct DumpRun {
    const DumpOptions *options;
    const Report *report;
    Store store;
    Server *server;
    ServerAbout about;
    PgControl control;
    char folder[PG_PATH_SIZE]; /* of the generation */
    ManifestHead head;         /* as it will be written */
    /* the earlier generation; "": this is a full backup */
    char old_name[MANIFEST_GENERATION_SIZE];
    ManifestHead old_head;
    /* of it, what has changed since, in order; when by_summaries */
    bool by_summaries;
    ServerChange *changes;
    size_t change_count;
    Crew crew;
    bool verify; /* pages have checksums */
    bool not_primary;
    uint64_t units;
    int outside_count;
    Outside outside[OUTSIDE_MAX];
    bool copy_open; /* prepare of the copy command was called, finalize was not yet */
    char copied_path[MANIFEST_COPIED_MAX][PG_PATH_SIZE]; /* of head.copied: their folders */
    char *label;
    char *tablespace_map;
} DumpRun;

/* In a worker. The run is a copy of the parent's. */
CrewBegin dump_work_begin;
CrewWork dump_work;
CrewEnd dump_work_end;

/* What PostgreSQL itself knows to have changed since the earlier generation; nothing where it cannot tell. */
__attribute__((warn_unused_result)) bool dump_read_summaries(DumpRun *run, Lsn start, Error *error);
/* Whether the chunk that begins there in the file stands in the earlier generation as it must be. */
bool dump_chunk_untouched(const DumpRun *run, const DumpUnit *unit, uint64_t offset);

/* Which resources the copy command is to take: head.copied. Nothing where there is no copy command. */
__attribute__((warn_unused_result)) bool dump_copy_choose(DumpRun *run, Error *error);
/* Its calls: before, in and after backup mode. Each does nothing where it takes nothing. */
__attribute__((warn_unused_result)) bool dump_copy_prepare(DumpRun *run, const char *name,
                                                           Error *error);
__attribute__((warn_unused_result)) bool dump_copy_backup(DumpRun *run, const char *name,
                                                          Error *error);
__attribute__((warn_unused_result)) bool dump_copy_finalize(DumpRun *run, const char *name,
                                                            Error *error);
/* After a failure: finalize with PGX_COPY_STATE=failed, once, where prepare was called. */
void dump_copy_abandon(DumpRun *run, const char *name);
/* What a killed run, or a recovery that was given up, left in a directory whose instance runs. */
__attribute__((warn_unused_result)) bool dump_copy_clear(const DumpRun *run, Error *error);

/* Walks the data directory, writes its entries and gives the crew its units. */
__attribute__((warn_unused_result)) bool dump_scan(DumpRun *run, Error *error);
__attribute__((warn_unused_result)) bool dump_add_outside(DumpRun *run, const char *path,
                                                          Error *error);

/* After the end of backup mode: everything else that belongs to it, and the manifest under its name. */
__attribute__((warn_unused_result)) bool dump_finish(DumpRun *run, Error *error);

/* The outcomes of all workers in the order of their numbers. */
typedef struct Outcomes Outcomes;
__attribute__((warn_unused_result)) bool outcomes_new(const char *folder, int workers,
                                                      Outcomes **ret, Error *error);
void outcomes_free(Outcomes **outcomes);
/* The next one; *ret_more is false behind the last. */
__attribute__((warn_unused_result)) bool outcomes_next(Outcomes *in, DumpOutcome *ret,
                                                       bool *ret_more, Error *error);

#endif

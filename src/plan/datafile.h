/*
 * What a name in a data directory is to a backup: left out, taken as bytes, or taken as pages of a relation.
 *
 * A path is relative to the data directory; tablespaces are seen through their links ("pg_tblspc/16385/...").
 */
#ifndef PLAN_DATAFILE_H
#define PLAN_DATAFILE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum DataEntry {
    DATA_ENTRY_TAKE,
    DATA_ENTRY_SKIP,   /* it and all that is in it */
    DATA_ENTRY_FOLDER, /* the folder itself, nothing that is in it */
} DataEntry;

/* What to do with a path; whether an unlogged relation lies there is the caller's to find out. */
DataEntry datafile_entry(const char *path);

/* In a tablespace only the folder of this major version is the instance's ("pg_tblspc/16385/PG_15_202209061"); an upgrade leaves that
 * of the version before beside it. False for every other path. */
bool datafile_is_foreign(const char *path, int major);

/* A file of a relation: "base/5/16384_fsm.2". */
typedef struct RelationFile {
    uint32_t node;
    uint32_t segment;
    bool main; /* the relation's own pages, no fork */
    bool init; /* what an unlogged relation is reset to */
} RelationFile;

/* False for every other file. */
bool datafile_relation(const char *path, RelationFile *ret);

/*
 * The order in which trees are walked and manifests written: a folder comes before what is in it, and all
 * that is in it before its next neighbour; neighbours by their bytes.
 */
int datafile_compare(const char *a, const char *b);

#endif

/*
 * Bringing backups over from another server: a generation, with those that it uses, and WAL.
 *
 * A generation is INCOMPLETE here until every byte of it is, and was proved here: its folder has the marker and no
 * manifest. A run that was killed is taken up again where it was, even when that was in the middle of a file; what was
 * written in part and lost its way is found by the proof, and fetched anew. Nothing that is here is written over: what
 * gives way goes to a folder saved_<time> first.
 */
#ifndef BACKUP_FETCH_H
#define BACKUP_FETCH_H

#include "backup/report.h"
#include "backup/store.h"
#include "sys/link.h"

typedef struct FetchOptions {
    const char *destination; /* here */
    const NetConfig *config;
    const Keys *keys;
    MemberId from;
    /* Without it an encrypted generation cannot be proved, and is refused; with it, one in clear is. */
    BackupKey key;
    bool copies;   /* there is a copy command here, for what a generation does not hold */
    uint64_t rate; /* bytes per second; 0: no limit */
    uint64_t system_identifier; /* of the database that is wanted; 0: any */
} FetchOptions;

typedef struct FetchSummary {
    int generations; /* that were brought over; those that were here already do not count */
    int segments;
    uint64_t bytes;           /* received */
    char saved[PG_PATH_SIZE]; /* "": nothing had to give way */
} FetchSummary;

/* A generation as the other server has it now, after those that it uses. */
__attribute__((warn_unused_result)) bool fetch_generation(const FetchOptions *options,
                                                          const char *name, const Report *report,
                                                          FetchSummary *ret, Error *error);
/*
 * Archived WAL from segment number `first` on that is not here, histories, and, with `mirrored`, mirrored segments that
 * reach further than what is here.
 */
__attribute__((warn_unused_result)) bool fetch_wal(const FetchOptions *options, uint64_t first,
                                                   uint32_t segment_size, bool mirrored,
                                                   const Report *report, FetchSummary *ret,
                                                   Error *error);

#endif

/*
 * Where WAL is found: archived, mirrored, saved from an old data directory, and in a generation itself.
 *
 * The same segment may be in several places, whole or in part. Whole ones come first, in the order of the places.
 */
#ifndef BACKUP_WALSOURCE_H
#define BACKUP_WALSOURCE_H

#include "backup/manifest_file.h"
#include "backup/pack.h"
#include "backup/store.h"
#include "plan/segment.h"
#include "sys/pg_history.h"

enum { WAL_PLACES_MAX = 4, WAL_CANDIDATES_MAX = 12, WAL_STORED_PARTS = 16 };

/* A segment that a generation carries itself. */
typedef struct WalStored {
    Segment segment;
    int part_count;
    ManifestPart parts[WAL_STORED_PARTS];
} WalStored;

typedef struct WalSource {
    uint32_t segment_size;
    int place_count;
    char place[WAL_PLACES_MAX][PG_PATH_SIZE];
    int archived; /* how many of the places, from the first on, hold complete segments only */
    WalStored *stored;
    int stored_count;
    PackReader *pack; /* for what is stored; not owned */
} WalSource;

/* archived_xlog and online_xlog of a destination; more may be added. */
__attribute__((warn_unused_result)) bool walsource_begin(WalSource *source, const Store *store,
                                                         uint32_t segment_size, Error *error);
__attribute__((warn_unused_result)) bool walsource_add(WalSource *source, const char *folder,
                                                       Error *error);
/* The segments that a generation carries, by the rest of its manifest. */
__attribute__((warn_unused_result)) bool walsource_add_stored(WalSource *source, ManifestReader *in,
                                                              Error *error);
/* Forgets them. */
void walsource_done(WalSource *source);

typedef struct WalFile {
    char path[PG_PATH_SIZE]; /* for people too */
    bool packed;
    bool partial;
    bool archived;           /* nothing but a complete segment is there */
    const WalStored *stored; /* or NULL */
} WalFile;

/* All that there is of a segment; returns how many. */
int walsource_find(const WalSource *source, Segment segment, WalFile *ret);
/* The newest segment that the archive has on a timeline of the history; 0 when there is none. */
uint64_t walsource_newest(const WalSource *source, const PgHistory *history);
/* The newest that any place has: mirrored, saved, or in an old pg_wal it counts when WAL of this database is in it under its own
 * name. What was made or recycled in good time holds nothing yet. */
uint64_t walsource_newest_held(const WalSource *source, const PgHistory *history,
                               uint64_t system_identifier);
/* *ret_found is false when no place has it (and the timeline is not the first). */
__attribute__((warn_unused_result)) bool walsource_history(const WalSource *source,
                                                           TimelineId timeline, PgHistory *ret,
                                                           bool *ret_found, Error *error);
/* The newest timeline that begins at or behind position `at` of `from`, or from itself. One of which there is nothing but
 * its history, and which the timeline before has gone on beyond, never opened. */
__attribute__((warn_unused_result)) bool walsource_latest(const WalSource *source, TimelineId from,
                                                          Lsn at, TimelineId *ret, Error *error);

/* The highest timeline that the backup destination has WAL and the history of; 1: none above it. */
TimelineId walsource_last(const WalSource *source);

/* Pages of one file, one after the other. */
typedef struct WalStream WalStream;
__attribute__((warn_unused_result)) bool walstream_new(const WalSource *source, const WalFile *file,
                                                       WalStream **ret, Error *error);
void walstream_free(WalStream **stream);
/* *ret_more is false when there is no whole page any more; the page is valid until the next call. */
__attribute__((warn_unused_result)) bool walstream_page(WalStream *in, const uint8_t **ret,
                                                        bool *ret_more, Error *error);

/* A file as a whole segment: unpacked, and filled up with zeros where it is a part of one. */
__attribute__((warn_unused_result)) bool walsource_copy(const WalSource *source,
                                                        const WalFile *file, const char *to,
                                                        Error *error);

/*
 * For restore_command: the file of this name, unpacked, to a path. ERROR_NOT_RUNNING when no place has it, so
 * that a recovery can tell "not there" from trouble.
 */
__attribute__((warn_unused_result)) bool walsource_fetch(const WalSource *source, const char *name,
                                                         const char *to, Error *error);

#endif

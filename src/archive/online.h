/* online.h - the mirrored WAL: segments that are written while the server still writes them.
 *
 * A segment has PostgreSQL's name and its whole size from the beginning, zeros behind what was received,
 * so that recovery can be given any of them as it is. Nothing is ever shortened: what was synced once
 * stays, also when the same bytes come again after a restart. */
#ifndef MC_ARCHIVE_ONLINE_H
#define MC_ARCHIVE_ONLINE_H

#include "archive/durable.h"
#include "archive/wal_name.h"

typedef struct Online {
    char folder[DURABLE_PATH_SIZE];
    uint32_t segment_size;
    int fd; /* of the segment that is written; -1: none */
    WalSegment segment;
    bool dirty; /* written and not yet synced */
} Online;

/* Touches no file. */
__attribute__((warn_unused_result)) bool online_begin(Online *online, const char *folder,
                                                      uint32_t segment_size, Error *error);
/* Closes; what was not synced may be lost. */
void online_end(Online *online);

/* Bytes of the WAL at a position of a timeline; a segment that they leave behind is synced. */
typedef struct OnlinePiece {
    uint32_t timeline;
    uint64_t lsn;
    const char *bytes;
    size_t size;
} OnlinePiece;
__attribute__((warn_unused_result)) bool online_write(Online *online, const OnlinePiece *piece,
                                                      Error *error);
__attribute__((warn_unused_result)) bool online_sync(Online *online, Error *error);

/* The segments of the folder, older first: by number, then by timeline. `ret` is the caller's to free. */
__attribute__((warn_unused_result)) bool online_list(const char *folder, uint32_t segment_size,
                                                     WalSegment **ret, size_t *ret_count,
                                                     Error *error);

/* Whether the archive has a segment, plain or compressed. */
bool online_is_archived(const char *archive, uint32_t segment_size, const WalSegment *segment);

/* What one round of pruning did. */
typedef struct OnlinePruned {
    size_t archived;   /* removed, because the archive has them */
    size_t unarchived; /* removed, because there were more than the limit allows */
    size_t left;
} OnlinePruned;

/* Removes what the archive has, and the oldest of the rest while all together are larger than `limit` bytes;
 * never the segment `keep`, nor one behind it. */
__attribute__((warn_unused_result)) bool online_prune(const char *folder, const char *archive,
                                                      uint32_t segment_size, uint64_t limit,
                                                      const WalSegment *keep, OnlinePruned *ret,
                                                      Error *error);

#endif

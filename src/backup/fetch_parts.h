/*
 * What fetching generations and fetching WAL have in common.
 */
#ifndef BACKUP_FETCH_PARTS_H
#define BACKUP_FETCH_PARTS_H

#include "backup/fetch.h"

/*
 * Nothing says beforehand how long a manifest is. A line has about 100 bytes, and there is one for each file and for each
 * 64 MB: this is a database of a petabyte in ten million files. A server that sends without end must not fill the disk.
 */
#define FETCH_MANIFEST_MOST (UINT64_C(4) << 30)

/* Whether size bytes more may be taken of a file of which `have` are here. */
static inline bool fetch_has_room(uint64_t have, uint64_t size, uint64_t most)
{
    return have <= most && size <= most - have;
}

typedef struct Fetch {
    const FetchOptions *options;
    const Report *report;
    Store store;
    Link *link;
    FetchSummary summary;
    const char *what; /* for the progress */
    uint64_t done;    /* of this stage */
    uint64_t of;
} Fetch;

__attribute__((warn_unused_result)) bool fetch_begin(Fetch *fetch, Error *error);
void fetch_done(Fetch *fetch);

/*
 * A file there ("folder/name") into a file here, from what is here already on. *ret_size: what the file has then, at most
 * `most` bytes; when more come, it ends there, ERROR_CORRUPT. Durable; the name is the caller's to sync.
 */
__attribute__((warn_unused_result)) bool fetch_file(Fetch *fetch, const char *remote,
                                                    const char *path, uint64_t most,
                                                    uint64_t *ret_size, Error *error);
/* Moves what stands here out of the way, durably. */
__attribute__((warn_unused_result)) bool fetch_save(Fetch *fetch, const char *path,
                                                    const char *name, Error *error);

#endif

/*
 * What fetching generations and fetching WAL have in common.
 */
#ifndef BACKUP_FETCH_PARTS_H
#define BACKUP_FETCH_PARTS_H

#include "backup/fetch.h"

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

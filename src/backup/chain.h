/*
 * Whether WAL leads on from a generation, for a list: by the names of files. Whether it is right, pgx_verify reads.
 */
#ifndef BACKUP_CHAIN_H
#define BACKUP_CHAIN_H

#include "backup/store.h"
#include "plan/segment.h"

typedef struct WalChain {
    char missing
        [SEGMENT_NAME_SIZE]; /* the segment that a recovery to the latest would miss first; "": none */
    char unknown[ERROR_TEXT_SIZE]; /* why that is not known; "": it is */
} WalChain;

/* Of one that is not complete nothing is said. */
void chain_look(const Store *store, const Generation *generation, WalChain *ret);

#endif

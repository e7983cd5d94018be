/*
 * Reading WAL along a history, as a recovery would: how far it goes, and why not further.
 */
#ifndef BACKUP_WALSCAN_H
#define BACKUP_WALSCAN_H

#include "backup/report.h"
#include "backup/walsource.h"
#include "plan/walread.h"

typedef enum WalScanEnd {
    WAL_SCAN_OPEN, /* the end of what was written: of a mirrored or saved segment, or of the last one */
    WAL_SCAN_GAP,     /* a segment is missing, and later ones are there */
    WAL_SCAN_DAMAGED, /* an archived segment cannot be read to its end */
} WalScanEnd;

/*
 * A segment whose best copy is not the one that a recovery would find first, or that ends inside of it (it is the
 * last one then): a recovery must be given this file.
 */
enum { WAL_STAGED_MAX = 64 };
typedef struct WalStaged {
    WalFile file;
    Segment segment;
} WalStaged;

typedef struct WalScan {
    Lsn end;  /* behind the last whole record */
    Lsn last; /* where that record begins; 0: there is none */
    TimelineId timeline;
    WalScanEnd how;
    char place[PG_PATH_SIZE]; /* the file or segment where it ends */
    char reason[128];
    int staged_count;
    WalStaged staged[WAL_STAGED_MAX];
    uint64_t segments;
    char first_name[SEGMENT_NAME_SIZE];
    char last_name[SEGMENT_NAME_SIZE]; /* ""; there was none */
} WalScan;

/* take may be NULL. False only for trouble of this program: what is wrong with the WAL is in *ret. */
__attribute__((warn_unused_result)) bool walscan_run(
    const WalSource *source, const PgHistory *history, uint64_t system_identifier, Lsn start,
    WalEventTake *take, void *arg, const Report *report, WalScan *ret, Error *error);

/*
 * By the names of the files alone: the first segment from `start` on that no place has, and that is needed to come to `stop` or
 * to a later one that some place has (walsource_newest_held()). ret holds SEGMENT_NAME_SIZE; false: there is none.
 */
bool walscan_missing(const WalSource *source, const PgHistory *history, uint64_t system_identifier,
                     Lsn start, Lsn stop, char *ret);

#endif

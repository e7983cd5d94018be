/* pg_wal_end.h - where the WAL of a directory ends: the end of the last whole record on disk.
 *
 * The control file alone cannot tell: of a crashed primary it is minutes behind, of a standby it lags
 * what was received. So the records are read, as recovery would read them, to the first invalid one. */
#ifndef MC_SYS_PG_WAL_END_H
#define MC_SYS_PG_WAL_END_H

#include "sys/pg_control.h"
#include "sys/pg_history.h"

typedef struct PgWalEnd {
    Position end;     /* behind the last valid record: where the next one would be written */
    Lsn last;         /* the last valid record itself; 0: not one */
    uint64_t records; /* read on the way */
    char reason[96];  /* why the next one is none */
} PgWalEnd;

/* Of a stopped directory. `standby`: recovery would go to the newest timeline (standby.signal).
 * `hint`: a record boundary that was known to be written, or 0; where no valid record stands there,
 * the reading begins at the checkpoint. ERROR_CORRUPT when there is not one valid record, ERROR_SYSTEM
 * when the disk does not give what lies on it: where the WAL ends is not known then. */
__attribute__((warn_unused_result)) bool pg_wal_end(const char *data_dir, bool standby, Lsn hint,
                                                    PgWalEnd *ret, Error *error);

/* Whether a valid record begins at `at` (a record boundary), on this history. Errors as above. */
__attribute__((warn_unused_result)) bool pg_wal_record_at(const char *data_dir,
                                                          const PgControl *control,
                                                          const PgHistory *history, Lsn at,
                                                          bool *ret, Error *error);

#endif

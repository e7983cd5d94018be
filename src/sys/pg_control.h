/* pg_control.h - what a data directory says of itself without a server: PG_VERSION, global/pg_control.
 *
 * Read by ourselves because the client program of one version does not read the file of another.
 * Layout as in PostgreSQL's catalog/pg_control.h: one from 13 to 17 (versions 1300, 1700), and that
 * of 18 (1800) differs only behind the fields used here. The checksum is what proves the layout. */
#ifndef MC_SYS_PG_CONTROL_H
#define MC_SYS_PG_CONTROL_H

#include "base/error.h"
#include "core/types.h"

enum { PG_MAJOR_MIN = 13, PG_MAJOR_MAX = 18 };

/* PostgreSQL's DBState. */
typedef enum PgState {
    PG_STATE_STARTUP = 0,
    PG_STATE_SHUT_DOWN,
    PG_STATE_SHUT_DOWN_IN_RECOVERY,
    PG_STATE_SHUTTING_DOWN,
    PG_STATE_IN_CRASH_RECOVERY,
    PG_STATE_IN_ARCHIVE_RECOVERY,
    PG_STATE_IN_PRODUCTION,
} PgState;

typedef struct PgControl {
    int major; /* from PG_VERSION */
    uint64_t system_identifier;
    PgState state;
    Lsn checkpoint;
    Lsn redo;
    TimelineId timeline; /* of the latest checkpoint */
    Lsn min_recovery;    /* 0: none */
    TimelineId min_recovery_timeline;
    uint32_t segment_size;
    uint32_t page_size;        /* of the WAL */
    uint32_t block_size;       /* of relations */
    uint32_t relation_segment; /* blocks in one file of a relation */
    bool checksums;
    bool wal_log_hints;
} PgControl;

/* Major version from PG_VERSION; older than 13 is refused, newer than known too. */
__attribute__((warn_unused_result)) bool pg_version_read(const char *data_dir, int *ret_major,
                                                         Error *error);

/* A checksum that does not fit is ERROR_CORRUPT: nothing of the content is given. */
__attribute__((warn_unused_result)) bool pg_control_read(const char *data_dir, PgControl *ret,
                                                         Error *error);

/* The same of the bytes of a control file; `path` names it in errors, `major` is of PG_VERSION. */
__attribute__((warn_unused_result)) bool pg_control_parse(const char *bytes, size_t length,
                                                          const char *path, int major,
                                                          PgControl *ret, Error *error);

bool pg_control_clean(const PgControl *control);

#endif

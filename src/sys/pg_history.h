/* pg_history.h - timelines: the files NNNNNNNN.history in pg_wal. */
#ifndef MC_SYS_PG_HISTORY_H
#define MC_SYS_PG_HISTORY_H

#include "base/error.h"
#include "core/types.h"

enum {
    PG_HISTORY_MAX = 256,
    PG_HISTORY_TEXT_MAX = 256 * 1024, /* of a file: some five thousand timelines */
};

/* One stretch: positions from begin (included) to end (not included; UINT64_MAX: open). */
typedef struct PgStretch {
    TimelineId timeline;
    Lsn begin;
    Lsn end;
} PgStretch;

/* Oldest first; the last one is the timeline that the history belongs to. Of a longer history the newest stretches: what is
 * asked for lies near the end, and every promotion makes it longer by one, for years. */
typedef struct PgHistory {
    uint16_t count;
    PgStretch stretch[PG_HISTORY_MAX];
} PgHistory;

/* The text of a history file. */
__attribute__((warn_unused_result)) bool pg_history_parse(TimelineId of, const char *text,
                                                          PgHistory *ret, Error *error);

/* Timeline 1, or one whose file is missing, is a single stretch. */
__attribute__((warn_unused_result)) bool pg_history_read(const char *data_dir, TimelineId of,
                                                         PgHistory *ret, Error *error);

/* The newest timeline of the directory that descends from `from`, as recovery would choose it. */
__attribute__((warn_unused_result)) bool pg_history_latest(const char *data_dir, TimelineId from,
                                                           TimelineId *ret, Error *error);

/* The timeline that a promotion of a server replaying `from` would open. */
__attribute__((warn_unused_result)) bool pg_history_next(const char *data_dir, TimelineId from,
                                                         TimelineId *ret, Error *error);

/* Where a timeline begins; 0 for the first. */
Lsn pg_history_start(const PgHistory *history);

#endif

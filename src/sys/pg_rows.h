/* pg_rows.h - names and rows of what only a server has, read out of its data directory before that is made over.
 *
 * WAL knows a table by the number of its file, and of a row that was changed often the difference alone. Both are to
 * be had from the directory itself: "postgres --single" recovers it, as pg_rewind would next in any case, and reads. Nobody
 * is admitted meanwhile; no WAL is given away, and of a directory that is not marked every page is synced, so that it is as
 * good as before.
 *
 *   rows_<database>_<file>.csv   the rows that are from the transactions, as they stand at the end: the column
 *                                "transaction", then the table's own; COPY reads it
 *   summary.txt                  with the names of tables in place of their files, and a line for each of those
 *
 * What was deleted, or changed again by one of the transactions, is counted in the summary and nowhere to be read. Nor
 * are rows of system catalogs, temporary and unlogged tables, and of a standby, which cannot be recovered without its
 * primary. */
#ifndef MC_SYS_PG_ROWS_H
#define MC_SYS_PG_ROWS_H

#include "sys/pg_job.h"
#include "sys/pg_setup.h"

/* What pg_wal_story noted (PgTouched), in the folder; removed when they were used. */
#define PG_ROWS_BLOCKS ".blocks"
#define PG_ROWS_XIDS   ".xids"

enum {
    PG_ROWS_TABLES_MAX = 256,
    PG_ROWS_DATABASES_MAX = 64,
};

typedef struct PgRows {
    uint64_t tables; /* with rows */
    uint64_t rows;   /* that were found; what found no room on the disk is counted, too */
} PgRows;

/* Of a stopped directory, for a folder of pg_diverged; `marked`: its mark says that it counts no more. Blocks for as long as recovery takes, and a minute for each
 * database. False: the folder has its WAL and its summary all the same. Durable before it returns. */
__attribute__((warn_unused_result)) bool pg_rows_tell(const PgSetup *setup, PgJob *job,
                                                      const char *folder, bool marked, PgRows *ret,
                                                      Error *error);

#endif

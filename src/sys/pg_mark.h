/* pg_mark.h - the mark of a data directory that is being made or made over: file mc.interrupted in it (D1).
 *
 * A marked directory is never started as it is, whatever it looks like: it counts as none. Who finds the mark
 * makes a new copy; what lies there is removed first, with the tablespaces that the mark names. */
#ifndef MC_SYS_PG_MARK_H
#define MC_SYS_PG_MARK_H

#include "sys/pg_file.h"
#include "sys/pg_tree.h"

enum { PG_TABLESPACES_MAX = 64 };

typedef enum PgMarkWork {
    PG_MARK_COPY,   /* by a command or an agent: half a copy */
    PG_MARK_REWIND, /* half rewound */
    PG_MARK_OTHER,  /* not understood: whose it is must be asked */
} PgMarkWork;

typedef struct PgMark {
    PgMarkWork work;
    int tablespace_count;
    char tablespace[PG_TABLESPACES_MAX]
                   [PG_PATH_SIZE]; /* where they are, outside of the directory */
} PgMark;

/* False: there is none. */
bool pg_mark_read(const char *data_dir, PgMark *ret);
/* Durable before it returns. */
__attribute__((warn_unused_result)) bool pg_mark_write(const char *data_dir, const PgMark *mark,
                                                       Error *error);
__attribute__((warn_unused_result)) bool pg_mark_remove(const char *data_dir, Error *error);

/* Adds where the links in pg_tblspc lead to. */
__attribute__((warn_unused_result)) bool pg_mark_add_tablespaces(const char *data_dir, PgMark *mark,
                                                                 Error *error);
__attribute__((warn_unused_result)) bool pg_mark_add(PgMark *mark, const char *tablespace,
                                                     Error *error);

/* Removes everything in a marked directory but the mark, and in its tablespaces what is PostgreSQL's. */
__attribute__((warn_unused_result)) bool pg_mark_wipe(const char *data_dir, const PgMark *mark,
                                                      PgTreeWalk *walk, Error *error);

#endif

/* pg_mark.h - the mark of a data directory that is being made or made over: mc.interrupted in it (D1).
 *
 * A marked directory is never started as it is, whatever it looks like: it counts as none. Who finds the mark
 * makes a new copy; what lies there is removed first, with the tablespaces that the mark names.
 *
 * While a directory is rewound the mark is a FIFO: pg_rewind removes every file that its source does not have,
 * this one too, but has no eye for a FIFO. */
#ifndef MC_SYS_PG_MARK_H
#define MC_SYS_PG_MARK_H

#include "sys/pg_file.h"
#include "sys/pg_tree.h"

enum { PG_TABLESPACES_MAX = 64 };

typedef enum PgMarkWork {
    PG_MARK_NONE,
    PG_MARK_COPY,   /* half a copy by a command: its operator runs that again */
    PG_MARK_AGENT,  /* half a copy by an agent, which goes on by itself */
    PG_MARK_REWIND, /* half rewound by an agent */
    PG_MARK_OTHER,  /* not understood: whose it is must be asked */
} PgMarkWork;

typedef struct PgMark {
    PgMarkWork work;
    int major; /* of PostgreSQL; 0: not said. While there is no PG_VERSION */
    int tablespace_count;
    char tablespace[PG_TABLESPACES_MAX]
                   [PG_PATH_SIZE]; /* where they are, outside of the directory */
} PgMark;

/* Only whose work it is. */
PgMarkWork pg_mark_work(const char *data_dir);
static inline bool pg_mark_is_agents(PgMarkWork work)
{
    return work == PG_MARK_AGENT || work == PG_MARK_REWIND;
}

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

/* Removes everything in a marked directory but the mark, and in its tablespaces the folders of its major version. */
__attribute__((warn_unused_result)) bool pg_mark_wipe(const char *data_dir, const PgMark *mark,
                                                      PgTreeWalk *walk, Error *error);

#endif

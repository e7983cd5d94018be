/* pg_place.h - a data directory as it was judged, to be known again where it is given up.
 *
 * Between the judgement and the wipe lie minutes, in which a volume may be mounted at the path, or a folder be renamed into it:
 * what is there then nobody has given up. So what is marked and wiped is the folder that was judged, by what it is, with the mark
 * that was in it; or nothing is touched, and the error says what is there instead. */
#ifndef MC_SYS_PG_PLACE_H
#define MC_SYS_PG_PLACE_H

#include "sys/pg_mark.h"

typedef struct PgPlace {
    bool known; /* false: nobody has looked, and it is no place at all */
    bool there; /* false: the path leads nowhere */
    bool empty;
    PgFileMark folder;
    PgMarkWork work; /* of the mark in it */
} PgPlace;

/* What the path leads to now. */
__attribute__((warn_unused_result)) bool pg_place_look(const char *data_dir, PgPlace *ret,
                                                       Error *error);

/* Whether that is what was judged; one that was empty must be so still. */
__attribute__((warn_unused_result)) bool pg_place_check(const char *data_dir, const PgPlace *judged,
                                                        Error *error);

/* Marks what was judged, and makes the folder where there was none; durable before it returns. `inout`: what it is from now on. */
__attribute__((warn_unused_result)) bool pg_place_mark(const char *data_dir, const PgMark *mark,
                                                       PgPlace *inout, Error *error);

/* As pg_mark_wipe, of the folder that was marked; from then on it is its owner's alone. */
__attribute__((warn_unused_result)) bool pg_place_wipe(const char *data_dir, const PgPlace *marked,
                                                       const PgMark *mark, PgTreeWalk *walk,
                                                       Error *error);

/* Removes the mark from the folder that was marked; durable before it returns. */
__attribute__((warn_unused_result)) bool pg_place_unmark(const char *data_dir,
                                                         const PgPlace *marked, Error *error);

#endif

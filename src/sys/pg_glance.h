/* pg_glance.h - a look that only asks on the kept connection, which the loop does itself.
 *
 * Most looks at a healthy instance are of this kind. Nothing in it can block: a question of a few bytes goes into a
 * socket, the answer comes as an event, and the files are left to the looks of the worker. */
#ifndef MC_SYS_PG_GLANCE_H
#define MC_SYS_PG_GLANCE_H

#include "sys/loop.h"
#include "sys/pg_observe.h"

/* `enough`: the look is over, with or without an answer; else a worker has to do it from the beginning. */
typedef void (*PgGlanceOver)(void *ctx, bool enough);

typedef struct PgGlance {
    Loop *loop;
    PgLook *look;
    PgGlanceOver over;
    void *ctx;
    struct uv_poll_s *watch; /* of the kept connection's socket; NULL: it is a worker's */
    bool asked;              /* a glance is under way */
    Deadline limit;
} PgGlance;

/* false when this look takes more than asking: then it, and its connection, are a worker's until it is over. While a
 * glance runs the look is the loop's. */
__attribute__((warn_unused_result)) bool pg_glance_begin(PgGlance *glance);
/* Breaks it off, without a word; whether there was one. Afterwards nothing of it is in the loop. */
bool pg_glance_break(PgGlance *glance);

#endif

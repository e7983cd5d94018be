/* pg_remains.h - what is left of the last run where there is no instance to look after: looked for, and ended.
 *
 * Belongs to the loop's thread; the work is done in libuv's workers, a look and an ending at a time. */
#ifndef MC_SYS_PG_REMAINS_H
#define MC_SYS_PG_REMAINS_H

#include "base/error.h"
#include "sys/loop.h"

typedef struct PgRemains PgRemains;

/* Called from the loop: they must only queue. */
typedef struct PgRemainsEvents {
    void *ctx;
    /* `stopped`: nothing of it is left, by the proof of P4. */
    void (*seen)(void *ctx, bool stopped);
    /* `error` says why not. */
    void (*ended)(void *ctx, bool ok, const Error *error);
} PgRemainsEvents;

/* Looks once by itself, and blocks for that. */
__attribute__((warn_unused_result)) bool pg_remains_new(Loop *loop, const char *data_dir,
                                                        const char *mc_dir,
                                                        const PgRemainsEvents *events,
                                                        PgRemains **ret, Error *error);
/* Waits for the workers. */
void pg_remains_free(PgRemains *remains);

void pg_remains_look(PgRemains *remains);
void pg_remains_end(PgRemains *remains);

/* It was proved; nobody comes back to it, and no look is needed any more. */
bool pg_remains_are_gone(const PgRemains *remains);

#endif

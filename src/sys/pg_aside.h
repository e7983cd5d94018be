/* pg_aside.h - a checkpoint beside the orders: it may take minutes, and nothing may wait for it.
 *
 * Belongs to the loop's thread; the waiting is done in a worker with a connection of its own. */
#ifndef MC_SYS_PG_ASIDE_H
#define MC_SYS_PG_ASIDE_H

#include "core/event.h"
#include "sys/loop.h"
#include "sys/pg_setup.h"

typedef struct PgAside PgAside;

/* `setup` must outlive it. `done` is called from the loop with the result of each order. */
__attribute__((warn_unused_result)) bool pg_aside_new(Loop *loop, const PgSetup *setup,
                                                      void (*done)(void *ctx, const Done *done),
                                                      void *ctx, PgAside **ret, Error *error);
/* Breaks off what is under way and waits for the worker. */
void pg_aside_free(PgAside *aside);

/* Ends with one call of `done`; at once with ok = false where one is under way already. */
void pg_aside_checkpoint(PgAside *aside, uint64_t sequence, Epoch epoch);
/* A stop does not wait for it: the result is told now, the worker comes back when it can. */
void pg_aside_break_off(PgAside *aside);

#endif

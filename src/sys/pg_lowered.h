/* pg_lowered.h - who commits without waiting for the standby: settings that lower synchronous_commit (section 9, 3).
 *
 * Such a commit is acknowledged and may be lost with the primary, and nothing else would ever show it. Looked for now
 * and then, in a worker with a connection of its own, so that neither an order nor a look waits where the catalog is
 * locked. Belongs to the loop's thread. */
#ifndef MC_SYS_PG_LOWERED_H
#define MC_SYS_PG_LOWERED_H

#include "base/error.h"
#include "sys/loop.h"
#include "sys/pg_setup.h"

enum { LOWERED_WHO = 128, LOWERED_VALUE = 16, LOWERED_CURE = 128, LOWERED_MAX = 16 };

typedef struct PgFinding {
    char who
        [LOWERED_WHO]; /* 'role "app"', 'database "shop"', 'role "app" in database "shop"', 'the server' */
    char value[LOWERED_VALUE]; /* "off", "local", "remote_write" */
    char cure[LOWERED_CURE];   /* the statement that ends it; cut where names are that long */
} PgFinding;

typedef struct PgLowered PgLowered;

/* `setup` must outlive it. `told` is called from the loop, once for each finding that was not there at the look before. */
__attribute__((warn_unused_result)) bool pg_lowered_new(Loop *loop, const PgSetup *setup,
                                                        void (*told)(void *ctx,
                                                                     const PgFinding *finding),
                                                        void *ctx, PgLowered **ret, Error *error);
/* Breaks off what is under way and waits for the worker. */
void pg_lowered_free(PgLowered *lowered);

/* Of an open primary, as often as one likes: it is looked for every half minute. */
void pg_lowered_look(PgLowered *lowered);
/* The instance is no open primary, or is being stopped: nothing is known, and nothing is asked. */
void pg_lowered_forget(PgLowered *lowered);

/* How many there were at the last look, and the first of them; NULL: none are known. */
const PgFinding *pg_lowered_first(const PgLowered *lowered, unsigned *ret_count);

#endif

/* pg_instance.h - the real PostgresPort: one instance, its orders in line, its end seen at once.
 *
 * Belongs to the loop's thread. All blocking work is done in libuv's workers, at most five at a time
 * (the order under way, a kill beside it, one look, a checkpoint, pg_lowered); the pool has two more for others (loop_new).
 * A worker that hangs on a disk is left alone: its order is reported as failed at its limit, and no
 * other order but a kill begins before it has come back. */
#ifndef MC_SYS_PG_INSTANCE_H
#define MC_SYS_PG_INSTANCE_H

#include "core/event.h"
#include "port/port.h"
#include "sys/loop.h"
#include "sys/pg_lowered.h"
#include "sys/pg_setup.h"

typedef struct PgInstance PgInstance;

/* Called from the loop, or from within a function of the port: they must only queue. */
typedef struct PgEvents {
    void *ctx;
    void (*done)(void *ctx, const Done *done);
    void (*view)(void *ctx, const InstanceView *view);
    void (*gone)(void *ctx); /* the postmaster ended unasked */
    /* Somebody has put these synchronous_standby_names in force; they are being replaced. */
    void (*names_changed)(void *ctx, const char *names);
    /* What an order has to say besides its result. */
    void (*note)(void *ctx, const LogEntry *entry);
    /* The administrator has changed pg_hba.conf. `why` NULL: it is in force; else why it is not. */
    void (*rules_changed)(void *ctx, const char *why);
    /* The instance listens at another port than it did, or than its files said before it was started. */
    void (*port_changed)(void *ctx, uint16_t before, uint16_t port);
    /* Somebody's commits do not wait for the standby; once for each finding. */
    void (*lowered)(void *ctx, const PgFinding *finding);
} PgEvents;

/* `setup` is copied; it must be complete (pg_setup_complete). A running instance of the directory is
 * adopted. The first look comes at once. */
__attribute__((warn_unused_result)) bool pg_instance_new(Loop *loop, const PgSetup *setup,
                                                         const PgEvents *events, PgInstance **ret,
                                                         Error *error);
/* Breaks off what is under way and waits for the workers; PostgreSQL is left as it is. */
void pg_instance_free(PgInstance *instance);

/* Where another member's WAL is streamed from, when it turns out to be elsewhere. Takes effect with the
 * next order; a standby that follows that member is made to stream from there. */
void pg_instance_address(PgInstance *instance, MemberId member, const PgAddress *address);

/* How far an order is that takes long; false: none is under way. */
bool pg_instance_progress(PgInstance *instance, char *ret, size_t size);

/* How many settings of an open primary lower synchronous_commit, and the first of them (pg_lowered_first). */
const PgFinding *pg_instance_lowered(const PgInstance *instance, unsigned *ret_count);

PostgresPort pg_instance_port(PgInstance *instance);

/* `mc_ctl stop -e`: SIGKILL to every process of the directory and the proof of P4, from files and
 * /proc alone, within `limit`. Blocks. */
__attribute__((warn_unused_result)) bool pg_stop_by_force(const char *data_dir, Millis limit,
                                                          Error *error);

#endif

/* keeper.h - the agent's child that looks after the backup directory: started, watched, ended.
 *
 * pgx_walreceive (src/mirror/keep.h) runs while the instance runs, on a primary and on a standby; on a primary it
 * mirrors the WAL, too. Nothing here waits for it: a child that hangs on its disk is left to the system. */
#ifndef MC_SYS_KEEPER_H
#define MC_SYS_KEEPER_H

#include "core/instance.h"
#include "port/port.h"
#include "sys/loop.h"
#include "sys/pg_setup.h"

/* In the management directory; while it is there, an operator wants nothing mirrored (mc_ctl pause-mirror). */
#define KEEPER_HOLD_FILE "mirror.held"
/* How the reason begins that mirror.state gives then. */
#define KEEPER_HOLD_WORDS "by an operator"

typedef struct Keeper Keeper;

typedef struct KeeperConfig {
    const char *program;  /* path of pgx_walreceive */
    const PgSetup *setup; /* copied */
    uint64_t limit;       /* of mirrored WAL in bytes; 0: none is mirrored */
    const LogPort *log;
} KeeperConfig;

__attribute__((warn_unused_result)) bool keeper_new(Loop *loop, const KeeperConfig *config,
                                                    Keeper **ret, Error *error);
/* What the instance was seen to be. */
void keeper_view(Keeper *keeper, InstancePhase phase);
/* Ends the child, as when the agent itself ends. */
void keeper_free(Keeper *keeper);

#endif

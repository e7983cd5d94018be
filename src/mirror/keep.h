/* keep.h - looks after the backup directory while an instance runs: mirrored WAL, the owner of the archive,
 * and whether archiving keeps up.
 *
 * A process of its own, child of the agent, so that a disk that hangs holds up nobody. What it has to tell goes
 * as lines to standard output; how it is stands in the file "mirror.state" of the management directory. It ends
 * when its standard input does, which is when the agent wants it to, or is no more. */
#ifndef MC_MIRROR_KEEP_H
#define MC_MIRROR_KEEP_H

#include "sys/pg_setup.h"

typedef struct KeepConfig {
    PgSetup setup;  /* data_dir, mc_dir, user, password, backup_destination */
    bool mirror;    /* a primary, and its WAL is to be mirrored */
    uint64_t limit; /* of mirrored WAL, in bytes */
} KeepConfig;

/* Exit status. */
int keep_run(KeepConfig *config);

#endif

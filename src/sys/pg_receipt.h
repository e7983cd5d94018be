/* pg_receipt.h - mc.restored in a data directory: it was recovered from a backup, and no record names it yet (D1).
 *
 * Written last and durably by the recovery, when the instance has ended it on a timeline of its own and is shut down.
 * While it lies there the id that the directory brought along from its backup does not count; its chain does, as far as the
 * timelines confirm it.
 * The agent removes it when the directory has got its identity. Text, so that a person can read it, with a checksum. */
#ifndef MC_SYS_PG_RECEIPT_H
#define MC_SYS_PG_RECEIPT_H

#include "base/error.h"
#include "core/instance.h"
#include "sys/pg_history.h"

typedef struct PgReceipt {
    char backup[64]; /* which generation, for people */
    uint64_t system_identifier;
    Position recovered;  /* the timeline that was followed, and how far */
    TimelineId timeline; /* the new one */
    DirId dir;           /* random: what the directory is called from now on */
    int64_t finished;    /* seconds since 1970, for people */
} PgReceipt;

__attribute__((warn_unused_result)) bool pg_receipt_write(const char *data_dir,
                                                          const PgReceipt *receipt, Error *error);

/* False: there is none, or it is damaged. */
bool pg_receipt_read(const char *data_dir, PgReceipt *ret);

/* Whether it is the receipt of what lies there: of this database, on the new timeline, which leaves the followed one
 * where the receipt says. `brought`: the chain in the directory's mc.identity, which came with the backup. */
bool pg_receipt_view(const char *data_dir, const PgReceipt *receipt, uint64_t system_identifier,
                     TimelineId timeline, const Chain *brought, RestoredView *ret);

/* RestoredView.chain, of the history of the directory's own timeline and the chain that its backup brought along. */
Chain pg_receipt_chain(const PgHistory *history, const Chain *brought);

__attribute__((warn_unused_result)) bool pg_receipt_remove(const char *data_dir, Error *error);

#endif

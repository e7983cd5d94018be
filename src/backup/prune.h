/*
 * What goes once a new generation is complete.
 */
#ifndef BACKUP_PRUNE_H
#define BACKUP_PRUNE_H

#include "backup/report.h"
#include "backup/store.h"

/*
 * Of a locked store: generations that are not among the newest `keep` and that none of these uses, then WAL from before
 * the oldest of those that stay. `newest` must be there and complete. Counts are added to.
 */
__attribute__((warn_unused_result)) bool prune_store(const Store *store, const char *newest,
                                                     int keep, const Report *report,
                                                     int *inout_generations, int *inout_segments,
                                                     Error *error);

#endif

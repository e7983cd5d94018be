/*
 * Pruning of a store.
 */
#include "backup/prune.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"

static bool remove_generations(const Store *store, const Generation *list, int count,
                               const bool *needed, int *inout_removed, Error *error)
{
    for (int i = 0; i < count; i++) {
        if (needed[i]) {
            continue;
        }
        if (!store_remove(store, list[i].name, error)) {
            return false;
        }
        (*inout_removed)++;
    }
    return true;
}

/* What was just stored stays, with what it uses: its name is of a clock that may be behind those of the others. */
static void need_one(const Generation *list, int count, int one, bool *needed)
{
    needed[one] = true;
    for (int n = 0; n < list[one].head.uses_count; n++) {
        const int used = generations_find(list, count, list[one].head.uses[n]);
        needed[used] = true; /* it is complete, so these are there */
    }
}

bool prune_store(const Store *store, const char *newest, int keep, const Report *report,
                 int *inout_generations, int *inout_segments, Error *error)
{
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    int removed = 0;
    if (!store_list(store, &list, &count, error)) {
        return false;
    }
    const int own = generations_find(list, count, newest);
    if (own < 0 || !list[own].complete) {
        return error_set(error, ERROR_CORRUPT, "generation %s cannot be read back: %s", newest,
                         own < 0 ? "it is gone" : list[own].reason);
    }
    _cleanup_free_ bool *needed = calloc((size_t)count, sizeof(bool));
    if (needed == NULL) {
        return error_set_errno(error, ENOMEM, "prune");
    }
    generations_needed(list, count, keep, needed);
    need_one(list, count, own, needed);
    if (!remove_generations(store, list, count, needed, inout_generations, error)) {
        return false;
    }
    /* What cannot be read must not take WAL with it that somebody may still need: nothing is pruned then. */
    for (int i = 0; i < count; i++) {
        if (!list[i].complete) {
            const LogEntry entry = msg_backup_wal_kept(list[i].name, list[i].reason);
            report->say(report->arg, &entry);
            return true;
        }
    }
    if (!store_prune_wal(store, generations_oldest_segment(list, count, needed),
                         list[own].head.wal_segment, &removed, error)) {
        return false;
    }
    *inout_segments += removed;
    return true;
}

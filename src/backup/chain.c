/*
 * The chain of WAL behind a generation, by names.
 */
#include "backup/chain.h"

#include "backup/io.h"
#include "backup/walscan.h"
#include "base/cleanup.h"
#include "base/str.h"

/* The way that a recovery to the latest would go. */
static bool look(const Store *store, const Generation *generation, WalSource *source, char *ret,
                 Error *error)
{
    char folder[PG_PATH_SIZE];
    PgHistory history;
    TimelineId timeline = 0;
    bool found = false;
    const ManifestHead *head = &generation->head;
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    if (!io_path(folder, store->path, generation->name, error) ||
        !walsource_begin(source, store, head->wal_segment, error) ||
        !manifest_reader_new(folder, &in, error) || !walsource_add_stored(source, in, error) ||
        !walsource_latest(source, head->timeline, head->stop, &timeline, error) ||
        !walsource_history(source, timeline, &history, &found, error)) {
        return false;
    }
    if (!walscan_missing(source, &history, head->system_identifier, head->start, head->stop, ret)) {
        ret[0] = '\0';
    }
    return true;
}

void chain_look(const Store *store, const Generation *generation, WalChain *ret)
{
    WalSource source = {.place_count = 0};
    Error error = {0};
    *ret = (WalChain){0};
    if (generation->complete && !look(store, generation, &source, ret->missing, &error)) {
        (void)str_copy(ret->unknown, sizeof(ret->unknown), error.text); /* of the same size */
    }
    walsource_done(&source);
}

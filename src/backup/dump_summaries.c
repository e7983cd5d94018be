/*
 * Which blocks PostgreSQL's WAL summaries (17 and later) know to have changed since the earlier generation.
 *
 * A chunk that none of them names, of the same size as before, is taken over without being read: the earlier generation
 * holds it as it was at its start or later, and everything behind that is in the WAL from its start on, which the
 * summaries cover up to the start of this one. Whatever is not so certain is read and compared, as without them:
 * forks whose changes are not all in the WAL, summaries that are missing or late, another timeline, too many changes.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "base/assert.h"
#include "base/str.h"
#include "plan/datafile.h"
#include "plan/page.h"

enum {
    DEFAULT_SPACE = 1663,
    GLOBAL_SPACE = 1664,
    LATE_MS = 15000, /* for the summary of the WAL before the start of this backup */
    LATE_PAUSE_MS = 100,
};

static bool number_at(const char *text, uint32_t *ret, const char **ret_end)
{
    uint64_t number = 0;
    const size_t digits = strspn(text, "0123456789");
    if (!str_to_uint(text, digits, &number) || number > UINT32_MAX) {
        return false;
    }
    *ret = (uint32_t)number;
    *ret_end = text + digits;
    return true;
}

/* "base/5/16384", "global/1262", "pg_tblspc/16385/PG_17_202406281/5/16390". */
static bool relation_of(const char *path, ServerChange *ret)
{
    const char *at = path;
    *ret = (ServerChange){.space = DEFAULT_SPACE};
    if (str_starts_with(path, "global/")) {
        ret->space = GLOBAL_SPACE;
        return true;
    }
    if (str_starts_with(path, "pg_tblspc/")) {
        if (!number_at(path + strlen("pg_tblspc/"), &ret->space, &at) || *at != '/') {
            return false;
        }
        at = strchr(at + 1, '/');
    } else if (str_starts_with(path, "base/")) {
        at = path + strlen("base");
    } else {
        return false;
    }
    return at != NULL && number_at(at + 1, &ret->database, &at) && *at == '/';
}

static int server_change_compare(const void *a, const void *b)
{
    const ServerChange *left = a;
    const ServerChange *right = b;
    const uint32_t l[] = {left->space, left->database, left->node, left->limit, left->chunk};
    const uint32_t r[] = {right->space, right->database, right->node, right->limit, right->chunk};
    for (size_t i = 0; i < sizeof(l) / sizeof(l[0]); i++) {
        if (l[i] != r[i]) {
            return l[i] < r[i] ? -1 : 1;
        }
    }
    return 0;
}

/* The first that is not before it; NULL: there is none. */
static const ServerChange *find(const DumpRun *run, const ServerChange *key)
{
    size_t low = 0;
    size_t high = run->change_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (server_change_compare(&run->changes[middle], key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == run->change_count ? NULL : &run->changes[low];
}

static bool same_relation(const ServerChange *a, const ServerChange *b)
{
    return a->space == b->space && a->database == b->database && a->node == b->node;
}

bool dump_chunk_untouched(const DumpRun *run, const DumpUnit *unit, uint64_t offset)
{
    RelationFile file;
    ServerChange key;
    if (!run->by_summaries || !unit->pages || !datafile_relation(unit->path, &file) || !file.main ||
        !relation_of(unit->path, &key)) {
        return false;
    }
    /* A database that was made or copied as a whole, or removed: everything in it. */
    const ServerChange *at = find(run, &key);
    if (at != NULL && same_relation(at, &key)) {
        return false;
    }
    key.node = file.node;
    key.chunk =
        (uint32_t)((unit->block + (offset - unit->offset) / PAGE_SIZE_8K) / CHUNK_BLOCKS_MAX);
    at = find(run, &key);
    if (at != NULL && server_change_compare(at, &key) == 0) {
        return false;
    }
    /* It was cut off there, or made: what lies behind is new. The lowest place comes first. */
    const ServerChange limit = {
        .space = key.space, .database = key.database, .node = key.node, .limit = 1};
    at = find(run, &limit);
    return at == NULL || !same_relation(at, &limit) || at->chunk > key.chunk;
}

static const char *why_not(ServerSummaries how)
{
    switch (how) {
    case SERVER_SUMMARIES_USABLE:
        return "";
    case SERVER_SUMMARIES_LATE:
        return "the newest of them is not written yet";
    case SERVER_SUMMARIES_HOLE:
        return "some of them are missing";
    case SERVER_SUMMARIES_OTHER_TIMELINE:
        return "the timeline has changed since";
    case SERVER_SUMMARIES_TOO_MANY:
        return "too much has changed";
    }
    assert_unreachable("every outcome has a reason");
}

static void say(const DumpRun *run, LogEntry entry)
{
    run->report->say(run->report->arg, &entry);
}

bool dump_read_summaries(DumpRun *run, Lsn start, Error *error)
{
    Error trouble = {0};
    ServerSummaries how = SERVER_SUMMARIES_LATE;
    const Millis until = io_now() + LATE_MS;
    const ServerRange range = {
        .timeline = run->old_head.timeline, .from = run->old_head.start, .to = start};
    if (run->old_name[0] == '\0' || !run->about.summarizes) {
        return true;
    }
    while (server_summaries(run->server, &range, &how, &trouble) && how == SERVER_SUMMARIES_LATE &&
           io_now() < until) {
        if (!report_goes_on(run->report, error)) {
            return false;
        }
        (void)poll(NULL, 0, LATE_PAUSE_MS);
    }
    run->by_summaries =
        how == SERVER_SUMMARIES_USABLE && trouble.kind == ERROR_NONE &&
        server_changes(run->server, &range, &run->changes, &run->change_count, &how, &trouble) &&
        how == SERVER_SUMMARIES_USABLE;
    if (run->by_summaries) {
        qsort(run->changes, run->change_count, sizeof(*run->changes), server_change_compare);
        say(run, msg_backup_by_summaries(run->old_name, range.from, range.to));
    } else {
        say(run,
            msg_backup_without_summaries(trouble.kind == ERROR_NONE ? why_not(how) : trouble.text));
    }
    return true;
}

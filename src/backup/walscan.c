/*
 * Reading WAL along a history.
 */
#include "backup/walscan.h"

#include <string.h>

#include "backup/unverified.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

/* Feeds one file from the page that is wanted on. *ret_whole: the segment was read to its end. */
static bool read_file(const WalSource *source, const WalFile *file, WalRead *in, bool *ret_whole,
                      Error *error)
{
    _cleanup_(walstream_free) WalStream *stream = NULL;
    Lsn at = in->next - in->next % source->segment_size;
    const Lsn behind = at + source->segment_size;
    *ret_whole = false;
    if (!walstream_new(source, file, &stream, error)) {
        return false;
    }
    for (; at < behind; at += WAL_PAGE_SIZE) {
        const uint8_t *page = NULL;
        bool more = true;
        if (!walstream_page(stream, &page, &more, error)) {
            return false;
        }
        if (!more) {
            in->reason = "the file ends early";
            return true;
        }
        if (at >= in->next && walread_page(in, page) == WAL_ENDS) {
            return true;
        }
    }
    *ret_whole = true;
    return true;
}

/* What a file that cannot be read at all is: WAL that ends where it begins. */
static void read_or_damaged(const WalSource *source, const WalFile *file, WalRead *in,
                            bool *ret_whole, char *reason, size_t size)
{
    Error error = {0};
    if (read_file(source, file, in, ret_whole, &error)) {
        (void)str_copy(reason, size, in->reason); /* cut is fine */
    } else {
        *ret_whole = false;
        (void)str_copy(reason, size, error.text); /* cut is fine */
    }
}

/* Recovery's choice: the newest timeline of the history that had begun by this segment and has it. */
static int find_segment(const WalSource *source, const PgHistory *history, uint64_t number,
                        WalFile *ret, Segment *ret_segment)
{
    for (int i = history->count; i > 0; i--) {
        const PgStretch *stretch = &history->stretch[i - 1];
        /* Nor what a timeline wrote after it was left for the next one: that is another way. */
        if (number < stretch->begin / source->segment_size ||
            number * source->segment_size >= stretch->end) {
            continue;
        }
        *ret_segment = (Segment){stretch->timeline, number};
        const int count = walsource_find(source, *ret_segment, ret);
        if (count > 0) {
            return count;
        }
    }
    return 0;
}

typedef struct Walk {
    const WalSource *source;
    const PgHistory *history;
    WalRead read;
    WalScan *scan;
    WalEventTake *take;
    void *arg;
} Walk;

static void end_scan(Walk *walk, WalScanEnd how, const char *place, const char *reason)
{
    walk->scan->how = how;
    (void)str_copy(walk->scan->place, sizeof(walk->scan->place), place);    /* cut is fine */
    (void)str_copy(walk->scan->reason, sizeof(walk->scan->reason), reason); /* cut is fine */
}

/* More than so many mean that an archive has long been missing; the recovery then ends at the first of the others. */
static void stage(Walk *walk, const WalFile *file, Segment segment)
{
    WalScan *scan = walk->scan;
    if (scan->staged_count < WAL_STAGED_MAX) {
        scan->staged[scan->staged_count++] = (WalStaged){*file, segment};
    }
}

/* Where this timeline was left for a newer one of the history; UINT64_MAX: nowhere. */
static Lsn stretch_end(const PgHistory *history, TimelineId timeline)
{
    for (int i = 0; i < history->count; i++) {
        if (history->stretch[i].timeline == timeline) {
            return history->stretch[i].end;
        }
    }
    return UINT64_MAX;
}

/*
 * Of several copies the one that goes furthest counts. But a recovery takes the first whole one it finds: where
 * that one is damaged, it is named, though another may be well.
 */
static bool read_segment(Walk *walk, Segment segment, const WalFile *files, int count)
{
    WalRead best = walk->read;
    int chosen = -1;
    bool chosen_whole = false;
    char reason[128] = "";
    char first_reason[128] = "";
    bool first_whole = false;

    walk->read.limit = stretch_end(walk->history, segment.timeline);
    walk->read.timeline_max = segment.timeline;
    for (int i = 0; i < count && !chosen_whole; i++) {
        WalRead attempt = walk->read;
        bool whole = false;
        char why[128];
        attempt.take = count == 1 ? walk->take : NULL;
        read_or_damaged(walk->source, &files[i], &attempt, &whole, why, sizeof(why));
        if (i == 0) {
            first_whole = whole;
            memcpy(first_reason, why, sizeof(why));
        }
        if (chosen < 0 || whole || attempt.end > best.end) {
            best = attempt;
            chosen = i;
            chosen_whole = whole;
            memcpy(reason, why, sizeof(why));
        }
    }
    if (!first_whole && files[0].archived && !files[0].partial) {
        walk->read = best;
        end_scan(walk, WAL_SCAN_DAMAGED, files[0].path, first_reason);
        return false;
    }
    if (count > 1 && walk->take != NULL) {
        bool whole = false;
        char why[128];
        best = walk->read;
        best.take = walk->take;
        read_or_damaged(walk->source, &files[chosen], &best, &whole, why, sizeof(why));
    }
    walk->read = best;
    /* A file that was recycled in good time holds nothing yet. */
    if ((chosen > 0 || !chosen_whole) && best.end > segment.number * walk->source->segment_size) {
        stage(walk, &files[chosen], segment);
    }
    if (!chosen_whole) {
        end_scan(walk, WAL_SCAN_OPEN, files[chosen].path, reason);
    }
    return chosen_whole;
}

static TimelineId timeline_at(const PgHistory *history, Lsn at)
{
    for (int i = history->count; i > 1; i--) {
        if (at > history->stretch[i - 1].begin) {
            return history->stretch[i - 1].timeline;
        }
    }
    return history->stretch[0].timeline;
}

/* What a segment is called that is not there. */
static void name_missing(const PgHistory *history, uint64_t number, uint32_t size, char *ret)
{
    (void)segment_name((Segment){timeline_at(history, number * size + 1), number}, size, ret);
}

/* The segment is not there. Whether that is the end or a hole depends on what comes behind. */
static void end_without(Walk *walk, uint64_t number)
{
    char name[SEGMENT_NAME_SIZE];
    const uint64_t newest =
        walsource_newest_held(walk->source, walk->history, walk->read.system_identifier);
    name_missing(walk->history, number, walk->source->segment_size, name);
    end_scan(walk, newest > number ? WAL_SCAN_GAP : WAL_SCAN_OPEN, name, "it is not there");
}

bool walscan_run(const WalSource *source, const PgHistory *history, uint64_t system_identifier,
                 Lsn start, WalEventTake *take, void *arg, const Report *report, WalScan *ret,
                 Error *error)
{
    WalFile files[WAL_CANDIDATES_MAX];
    Walk walk = {.source = source, .history = history, .scan = ret, .take = take, .arg = arg};
    const uint64_t newest = walsource_newest(source, history);
    const uint64_t first = start / source->segment_size;

    *ret = (WalScan){0};
    walread_begin(&walk.read, system_identifier, source->segment_size, start, take, arg);
    for (uint64_t number = first;; number++) {
        Segment segment = {0};
        if (!report_goes_on(report, error)) {
            return false;
        }
        report->progress(report->arg, "reading WAL", (number - first) * source->segment_size,
                         newest < first ? 0 : (newest - first + 1) * source->segment_size);
        const int count = find_segment(source, history, number, files, &segment);
        if (count == 0) {
            end_without(&walk, number);
            break;
        }
        (void)segment_name(segment, source->segment_size, ret->last_name);
        if (ret->segments == 0) {
            memcpy(ret->first_name, ret->last_name, sizeof(ret->first_name));
        }
        ret->segments++;
        const bool whole = read_segment(&walk, segment, files, count);
        if (!whole) {
            /* Behind an open end no complete segment may follow: then it is no end, but damage. */
            if (ret->how == WAL_SCAN_OPEN && newest > number) {
                ret->how = WAL_SCAN_DAMAGED;
            }
            /* As if nobody had asked why it ends there. */
            ret->how = unverified() ? WAL_SCAN_OPEN : ret->how;
            break;
        }
    }
    ret->end = walk.read.end;
    ret->last = walk.read.last;
    ret->timeline = timeline_at(history, ret->end);
    return true;
}

bool walscan_missing(const WalSource *source, const PgHistory *history, uint64_t system_identifier,
                     Lsn start, Lsn stop, char *ret)
{
    WalFile files[WAL_CANDIDATES_MAX];
    const uint32_t size = source->segment_size;
    const uint64_t newest = walsource_newest_held(source, history, system_identifier);
    const uint64_t needed = stop == 0 ? 0 : (stop - 1) / size;
    assert(size > 0);
    for (uint64_t number = start / size; number <= newest || number <= needed; number++) {
        Segment segment;
        if (find_segment(source, history, number, files, &segment) == 0) {
            name_missing(history, number, size, ret);
            return true;
        }
    }
    return false;
}

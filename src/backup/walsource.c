/*
 * Finding and reading WAL files.
 */
#include "backup/walsource.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/walread.h"

bool walsource_add(WalSource *source, const char *folder, Error *error)
{
    assert(source->place_count < WAL_PLACES_MAX);
    if (!str_copy(source->place[source->place_count], PG_PATH_SIZE, folder)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", folder);
    }
    source->place_count++;
    return true;
}

bool walsource_begin(WalSource *source, const Store *store, uint32_t segment_size, Error *error)
{
    char folder[PG_PATH_SIZE];
    *source = (WalSource){.segment_size = segment_size, .archived = 1};
    return io_path(folder, store->path, STORE_ARCHIVED, error) &&
           walsource_add(source, folder, error) &&
           io_path(folder, store->path, STORE_ONLINE, error) &&
           walsource_add(source, folder, error);
}

bool walsource_add_stored(WalSource *source, ManifestReader *in, Error *error)
{
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    bool more = true;
    WalStored *last = NULL;
    if (line == NULL) {
        return error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (;;) {
        Segment segment;
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (!more) {
            return true;
        }
        if (line->kind == MANIFEST_PART && last != NULL) {
            if (last->part_count == WAL_STORED_PARTS) {
                return error_set(error, ERROR_CORRUPT, "a segment of WAL has too many parts");
            }
            last->parts[last->part_count++] = line->part;
            continue;
        }
        last = NULL;
        if (line->kind != MANIFEST_LATE || !str_starts_with(line->path, "pg_wal/") ||
            segment_parse(line->path + strlen("pg_wal/"), source->segment_size, &segment) !=
                SEGMENT_FILE_WHOLE) {
            continue;
        }
        WalStored *list =
            realloc(source->stored, (size_t)(source->stored_count + 1) * sizeof(*list));
        if (list == NULL) {
            return error_set_errno(error, ENOMEM, "read a manifest");
        }
        source->stored = list;
        last = &list[source->stored_count++];
        *last = (WalStored){.segment = segment};
    }
}

void walsource_done(WalSource *source)
{
    free(source->stored);
    source->stored = NULL;
    source->stored_count = 0;
}

enum { STORE_PLACES = 2 }; /* of walsource_begin() */

static void try_file(const WalSource *source, int place, const char *name, const char *ending,
                     WalFile *list, int *count)
{
    WalFile *file = &list[*count];
    *file = (WalFile){.packed = str_equal(ending, ".zst"),
                      .partial = str_equal(ending, ".partial"),
                      .archived = place < source->archived};
    if (str_format(file->path, sizeof(file->path), "%s/%s%s", source->place[place], name, ending) &&
        access(file->path, R_OK) == 0) {
        (*count)++;
    }
}

int walsource_find(const WalSource *source, Segment segment, WalFile *ret)
{
    char name[SEGMENT_NAME_SIZE];
    int count = 0;
    (void)segment_name(segment, source->segment_size, name);
    for (int place = 0; place < source->place_count; place++) {
        try_file(source, place, name, "", ret, &count);
        try_file(source, place, name, ".zst", ret, &count);
    }
    for (int i = 0; i < source->stored_count; i++) {
        const WalStored *stored = &source->stored[i];
        if (stored->segment.timeline == segment.timeline &&
            stored->segment.number == segment.number && count < WAL_CANDIDATES_MAX) {
            ret[count] = (WalFile){.stored = stored};
            (void)str_format(ret[count].path, PG_PATH_SIZE, "pg_wal/%s of the backup",
                             name); /* fits */
            count++;
        }
    }
    for (int place = 0; place < source->place_count && count < WAL_CANDIDATES_MAX; place++) {
        try_file(source, place, name, ".partial", ret, &count);
    }
    return count;
}

static bool is_of(const PgHistory *history, Segment segment, uint32_t size)
{
    for (int i = 0; i < history->count; i++) {
        if (history->stretch[i].timeline == segment.timeline) {
            return segment.number * size < history->stretch[i].end;
        }
    }
    return false;
}

uint64_t walsource_newest(const WalSource *source, const PgHistory *history)
{
    uint64_t newest = 0;
    for (int place = 0; place < source->place_count; place++) {
        DIR *in = opendir(source->place[place]);
        for (const struct dirent *entry; in != NULL && (entry = readdir(in)) != NULL;) {
            Segment segment;
            const SegmentFile kind = segment_parse(entry->d_name, source->segment_size, &segment);
            if ((kind == SEGMENT_FILE_WHOLE || kind == SEGMENT_FILE_PACKED) &&
                place < source->archived && is_of(history, segment, source->segment_size) &&
                segment.number > newest) {
                newest = segment.number;
            }
        }
        if (in != NULL) {
            (void)closedir(in); /* only read from */
        }
    }
    return newest;
}

static bool holds_wal(const WalSource *source, const char *path, bool packed, uint64_t number,
                      uint64_t system_identifier)
{
    _cleanup_(walstream_free) WalStream *in = NULL;
    WalFile file = {.packed = packed};
    const uint8_t *page = NULL;
    bool more = true;
    WalHead head;
    Error ignored = {0};
    return str_copy(file.path, sizeof(file.path), path) &&
           walstream_new(source, &file, &in, &ignored) &&
           walstream_page(in, &page, &more, &ignored) && more && walread_head(page, &head) &&
           head.begin == number * source->segment_size &&
           head.system_identifier == system_identifier;
}

uint64_t walsource_newest_held(const WalSource *source, const PgHistory *history,
                               uint64_t system_identifier)
{
    uint64_t newest = walsource_newest(source, history);
    for (int place = source->archived; place < source->place_count; place++) {
        DIR *in = opendir(source->place[place]);
        for (const struct dirent *entry; in != NULL && (entry = readdir(in)) != NULL;) {
            char path[PG_PATH_SIZE];
            Segment segment;
            Error ignored = {0};
            const SegmentFile kind = segment_parse(entry->d_name, source->segment_size, &segment);
            const bool packed = kind == SEGMENT_FILE_PACKED;
            if ((packed || kind == SEGMENT_FILE_WHOLE || kind == SEGMENT_FILE_PARTIAL) &&
                segment.number > newest && is_of(history, segment, source->segment_size) &&
                io_path(path, source->place[place], entry->d_name, &ignored) &&
                holds_wal(source, path, packed, segment.number, system_identifier)) {
                newest = segment.number;
            }
        }
        if (in != NULL) {
            (void)closedir(in); /* only read from */
        }
    }
    return newest;
}

bool walsource_history(const WalSource *source, TimelineId timeline, PgHistory *ret,
                       bool *ret_found, Error *error)
{
    char name[HISTORY_NAME_SIZE];
    char path[PG_PATH_SIZE];
    (void)segment_history_name(timeline, name);
    for (int place = 0; place < source->place_count; place++) {
        size_t length = 0;
        if (!io_path(path, source->place[place], name, error)) {
            return false;
        }
        if (!pg_file_exists(path)) {
            continue;
        }
        _cleanup_free_ char *text = malloc(PG_HISTORY_TEXT_MAX);
        if (text == NULL) {
            return error_set_errno(error, ENOMEM, "read \"%s\"", path);
        }
        *ret_found = true;
        return (pg_file_read(path, text, PG_HISTORY_TEXT_MAX, &length, error) &&
                pg_history_parse(timeline, text, ret, error)) ||
               error_wrap(error, "\"%s\"", path);
    }
    *ret = (PgHistory){.count = 1};
    ret->stretch[0] = (PgStretch){.timeline = timeline, .begin = 0, .end = UINT64_MAX};
    *ret_found = timeline == 1;
    return true;
}

/* Whether position `at` of timeline `from` is on the way to the end of the history. */
static bool leads_from(const PgHistory *history, TimelineId from, Lsn at)
{
    for (int i = 0; i < history->count; i++) {
        if (history->stretch[i].timeline == from) {
            return at <= history->stretch[i].end;
        }
    }
    return false;
}

static TimelineId highest_timeline(const WalSource *source)
{
    TimelineId highest = 1;
    for (int place = 0; place < source->place_count; place++) {
        DIR *in = opendir(source->place[place]);
        for (const struct dirent *entry; in != NULL && (entry = readdir(in)) != NULL;) {
            Segment segment;
            if (segment_parse(entry->d_name, source->segment_size, &segment) ==
                    SEGMENT_FILE_HISTORY &&
                segment.timeline > highest) {
                highest = segment.timeline;
            }
        }
        if (in != NULL) {
            (void)closedir(in); /* only read from */
        }
    }
    return highest;
}

/* The newest segment of one timeline, whole or not; false: there is none. */
static bool newest_of(const WalSource *source, TimelineId timeline, uint64_t *ret)
{
    bool found = false;
    *ret = 0;
    for (int place = 0; place < source->place_count; place++) {
        DIR *in = opendir(source->place[place]);
        for (const struct dirent *entry; in != NULL && (entry = readdir(in)) != NULL;) {
            Segment segment;
            const SegmentFile kind = segment_parse(entry->d_name, source->segment_size, &segment);
            if ((kind == SEGMENT_FILE_WHOLE || kind == SEGMENT_FILE_PACKED ||
                 kind == SEGMENT_FILE_PARTIAL) &&
                segment.timeline == timeline) {
                found = true;
                *ret = segment.number > *ret ? segment.number : *ret;
            }
        }
        if (in != NULL) {
            (void)closedir(in); /* only read from */
        }
    }
    for (int i = 0; i < source->stored_count; i++) {
        const Segment *segment = &source->stored[i].segment;
        if (segment->timeline == timeline) {
            found = true;
            *ret = segment->number > *ret ? segment->number : *ret;
        }
    }
    return found;
}

/* A promotion that is broken off leaves its history in the archive, and no WAL: the timeline before went on. */
static bool never_opened(const WalSource *source, const PgHistory *history)
{
    uint64_t newest = 0;
    if (history->count < 2 ||
        newest_of(source, history->stretch[history->count - 1].timeline, &newest)) {
        return false;
    }
    const PgStretch *before = &history->stretch[history->count - 2];
    return newest_of(source, before->timeline, &newest) &&
           newest > before->end / source->segment_size;
}

TimelineId walsource_last(const WalSource *source)
{
    WalSource stores = *source;
    uint64_t newest = 0;
    stores.place_count = stores.place_count < STORE_PLACES ? stores.place_count : STORE_PLACES;
    stores.stored_count = 0;
    TimelineId timeline = highest_timeline(&stores);
    while (timeline > 1 && !newest_of(&stores, timeline, &newest)) {
        timeline--;
    }
    return timeline;
}

bool walsource_latest(const WalSource *source, TimelineId from, Lsn at, TimelineId *ret,
                      Error *error)
{
    for (TimelineId timeline = highest_timeline(source); timeline > from; timeline--) {
        PgHistory history;
        bool found = false;
        if (!walsource_history(source, timeline, &history, &found, error)) {
            return false;
        }
        if (found && leads_from(&history, from, at) && !never_opened(source, &history)) {
            *ret = timeline;
            return true;
        }
    }
    *ret = from;
    return true;
}

static bool copy_stream(WalStream *in, int to, uint64_t *ret_size, Error *error)
{
    for (uint64_t at = 0;; at += WAL_PAGE_SIZE) {
        const uint8_t *page = NULL;
        bool more = true;
        if (!walstream_page(in, &page, &more, error)) {
            return false;
        }
        if (!more) {
            *ret_size = at;
            return true;
        }
        if (!io_write(to, page, WAL_PAGE_SIZE, error)) {
            return false;
        }
    }
}

static bool copy_file(const WalSource *source, const WalFile *file, const char *to,
                      uint64_t *ret_size, Error *error)
{
    _cleanup_(walstream_free) WalStream *in = NULL;
    _cleanup_(io_close) int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (out < 0) {
        return error_set_errno(error, errno, "make \"%s\"", to);
    }
    if (!walstream_new(source, file, &in, error) || !copy_stream(in, out, ret_size, error)) {
        return error_wrap(error, "\"%s\"", file->path);
    }
    return ftruncate(out, source->segment_size) == 0 ||
           error_set_errno(error, errno, "fill up \"%s\"", to);
}

bool walsource_copy(const WalSource *source, const WalFile *file, const char *to, Error *error)
{
    uint64_t size = 0;
    return copy_file(source, file, to, &size, error);
}

static bool fetch_segment(const WalSource *source, const WalFile *file, const char *to,
                          Error *error)
{
    uint64_t size = 0;
    if (!copy_file(source, file, to, &size, error)) {
        return false;
    }
    return size == source->segment_size ||
           error_set(error, ERROR_CORRUPT, "\"%s\" has %llu bytes and no whole segment", file->path,
                     (unsigned long long)size);
}

static bool fetch_plain(const WalSource *source, const char *name, const char *to, Error *error)
{
    char path[PG_PATH_SIZE];
    for (int place = 0; place < source->place_count; place++) {
        if (!io_path(path, source->place[place], name, error)) {
            return false;
        }
        if (pg_file_exists(path)) {
            return io_copy(path, to, 0600, error);
        }
    }
    return error_set(error, ERROR_NOT_RUNNING, "\"%s\" is not there", name);
}

bool walsource_fetch(const WalSource *source, const char *name, const char *to, Error *error)
{
    Segment segment;
    WalFile files[WAL_CANDIDATES_MAX];
    switch (segment_parse(name, source->segment_size, &segment)) {
    case SEGMENT_FILE_WHOLE:
        break;
    case SEGMENT_FILE_HISTORY:
        return fetch_plain(source, name, to, error);
    case SEGMENT_FILE_OTHER:
    case SEGMENT_FILE_PACKED:
    case SEGMENT_FILE_PARTIAL:
    case SEGMENT_FILE_LABEL:
        return error_set(error, ERROR_NOT_RUNNING, "\"%s\" is nothing to recover with", name);
    }
    const int count = walsource_find(source, segment, files);
    if (count == 0 || files[0].partial) {
        return error_set(error, ERROR_NOT_RUNNING, "\"%s\" is not there", name);
    }
    return fetch_segment(source, &files[0], to, error);
}

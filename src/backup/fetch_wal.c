/*
 * WAL from another server.
 *
 * An archived segment is the same everywhere, so one that is here is not looked at again. Mirrored ones end somewhere,
 * and of two the one that goes further counts: it is brought beside, compared, and only then takes its name.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/fetch_parts.h"
#include "backup/fileask.h"
#include "backup/io.h"
#include "backup/reach.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "sys/pg_history.h"

#define BESIDE ".fetching"

enum { LIST_MAX = 1000000 };

typedef struct WalList {
    uint64_t first;
    uint32_t segment_size;
    bool mirrored;
    int count;
    FileEntry *entry;
    uint64_t bytes;
} WalList;

static void list_done(WalList *list)
{
    free(list->entry);
}

static bool is_wanted(const WalList *list, const char *name)
{
    Segment segment;
    switch (segment_parse(name, list->segment_size, &segment)) {
    case SEGMENT_FILE_WHOLE:
    case SEGMENT_FILE_PACKED:
    case SEGMENT_FILE_PARTIAL:
        return segment.number >= list->first;
    case SEGMENT_FILE_HISTORY:
        return true;
    case SEGMENT_FILE_LABEL: /* a recovery reads the one in the generation */
    case SEGMENT_FILE_OTHER:
        break;
    }
    return false;
}

static bool take_entry(void *arg, const FileAnswer *answer, Error *error)
{
    WalList *list = arg;
    if (answer->kind != FILE_ANSWER_ENTRY) {
        return error_set(error, ERROR_PROTOCOL, "an answer to another question");
    }
    if (!is_wanted(list, answer->u.entry.name)) {
        return true;
    }
    FileEntry *more = list->count == LIST_MAX
                          ? NULL
                          : realloc(list->entry, (size_t)(list->count + 1) * sizeof(*more));
    if (more == NULL) {
        return error_set(error, ERROR_LIMIT, "too many files of WAL");
    }
    list->entry = more;
    list->entry[list->count++] = answer->u.entry;
    list->bytes += answer->u.entry.size;
    return true;
}

static int by_name(const void *a, const void *b)
{
    const FileEntry *left = a;
    const FileEntry *right = b;
    return strcmp(left->name, right->name);
}

static bool list_folder(Fetch *fetch, const char *folder, WalList *list, Error *error)
{
    FileAsk ask = {.kind = FILE_ASK_LIST};
    const bool fits = str_copy(ask.path, sizeof(ask.path), folder);
    assert(fits);
    if (!fileask_run(fetch->link, &ask, take_entry, list, error)) {
        return error_wrap(error, "list \"%s\"", folder);
    }
    if (list->count > 0) {
        qsort(list->entry, (size_t)list->count, sizeof(*list->entry), by_name);
    }
    fetch->done = 0;
    fetch->of = list->bytes;
    return true;
}

/* ---- one file ---- */

static bool is_there(const char *folder, const char *name)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    return io_path(path, folder, name, &error) && access(path, F_OK) == 0;
}

/* Under its own name, or packed where the other is not, or not where the other is. */
static bool have_segment(const char *folder, const char *name)
{
    char other[FILEWIRE_NAME_SIZE + 8];
    const size_t length = strlen(name);
    if (is_there(folder, name)) {
        return true;
    }
    if (length > 4 && str_equal(name + length - 4, ".zst")) {
        return str_copy_bytes(other, sizeof(other), name, length - 4) && is_there(folder, other);
    }
    return str_format(other, sizeof(other), "%s.zst", name) && is_there(folder, other);
}

/* Whether what was brought is the WAL that its name promises. The first segment of a timeline begins with pages of the one
 * before, as PostgreSQL copies them up to where the timeline begins. Mirrored, one may be made in good time, with nothing
 * written in it yet; an archived one is whole, or it would hide a good one for ever. */
static bool check_segment(const Fetch *fetch, const WalList *list, const char *path,
                          const char *name, Lsn *ret_end, Error *error)
{
    Segment segment;
    WalHead head = {0};
    const SegmentFile kind = segment_parse(name, list->segment_size, &segment);
    const uint64_t wanted = fetch->options->system_identifier;
    *ret_end = 0;
    if (kind == SEGMENT_FILE_HISTORY) {
        return true;
    }
    *ret_end = reach_of_file(path, kind == SEGMENT_FILE_PACKED, &head);
    if (list->mirrored && *ret_end == 0 && head.segment_size == 0) {
        return true;
    }
    return (head.begin == segment.number * list->segment_size &&
            head.timeline <= segment.timeline &&
            (wanted == 0 || head.system_identifier == wanted)) ||
           error_set(error, ERROR_CORRUPT,
                     "\"%s\" there is not the WAL of database %llu that its name says", name,
                     (unsigned long long)wanted);
}

/* How long a file of this name may be. zstd adds less than a hundredth to what it cannot make smaller. */
static uint64_t most_of(const WalList *list, const char *name)
{
    Segment segment;
    switch (segment_parse(name, list->segment_size, &segment)) {
    case SEGMENT_FILE_WHOLE:
    case SEGMENT_FILE_PARTIAL:
        return list->segment_size;
    case SEGMENT_FILE_PACKED:
        return 2 * (uint64_t)list->segment_size;
    case SEGMENT_FILE_HISTORY:
        return PG_HISTORY_TEXT_MAX - 1; /* as much as is read of one */
    case SEGMENT_FILE_LABEL:
    case SEGMENT_FILE_OTHER:
        break;
    }
    return 0; /* is_wanted() has let none of these in */
}

static bool bring_beside(Fetch *fetch, const WalList *list, const char *folder, const char *name,
                         const char *path, Lsn *ret_end, Error *error)
{
    char remote[FILEWIRE_PATH_SIZE];
    uint64_t size = 0;
    fetch->what = "fetching WAL";
    if (!str_format(remote, sizeof(remote), "%s/%s", folder, name)) {
        return error_set(error, ERROR_LIMIT, "the name \"%s\" is too long", name);
    }
    if (unlink(path) != 0 && errno != ENOENT) { /* of a run that was interrupted */
        return error_set_errno(error, errno, "remove \"%s\"", path);
    }
    return fetch_file(fetch, remote, path, most_of(list, name), &size, error) &&
           check_segment(fetch, list, path, name, ret_end, error);
}

static bool beside_of(char *ret, const char *here, const char *name, Error *error)
{
    char with[FILEWIRE_NAME_SIZE + 16];
    return (str_format(with, sizeof(with), "%s" BESIDE, name) ||
            error_set(error, ERROR_LIMIT, "the name \"%s\" is too long", name)) &&
           io_path(ret, here, with, error);
}

/* Where the file system knows no rename that does not replace (NFS), a link does the same. */
static bool rename_new(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ||
           ((errno == EINVAL || errno == ENOSYS) && link(from, to) == 0 && unlink(from) == 0);
}

/* What has come by this name meanwhile, from the archiver here, is as good as what was fetched, and stays. */
static bool take_name(Fetch *fetch, const char *beside, const char *here, const char *name,
                      Error *error)
{
    char path[PG_PATH_SIZE];
    if (!io_path(path, here, name, error)) {
        return false;
    }
    if (rename_new(beside, path)) {
        fetch->summary.segments++;
        return true;
    }
    if (errno != EEXIST) {
        return error_set_errno(error, errno, "name \"%s\"", path);
    }
    return unlink(beside) == 0 || error_set_errno(error, errno, "remove \"%s\"", beside);
}

/* ---- the two folders ---- */

static bool fetch_archived(Fetch *fetch, WalList *list, Error *error)
{
    char here[PG_PATH_SIZE];
    char beside[PG_PATH_SIZE];
    if (!io_path(here, fetch->store.path, STORE_ARCHIVED, error) ||
        !list_folder(fetch, STORE_ARCHIVED, list, error)) {
        return false;
    }
    for (int i = 0; i < list->count; i++) {
        const char *name = list->entry[i].name;
        Lsn end = 0;
        if (have_segment(here, name)) {
            fetch->done += list->entry[i].size;
            continue;
        }
        if (!beside_of(beside, here, name, error) ||
            !bring_beside(fetch, list, STORE_ARCHIVED, name, beside, &end, error) ||
            !take_name(fetch, beside, here, name, error)) {
            return false;
        }
    }
    return io_sync_folder(here, error);
}

/* The place of one that goes less far; what had it is saved. */
static bool replace(Fetch *fetch, const char *beside, const char *here, const char *name,
                    Error *error)
{
    char path[PG_PATH_SIZE];
    return io_path(path, here, name, error) &&
           (access(path, F_OK) != 0 || fetch_save(fetch, path, name, error)) &&
           take_name(fetch, beside, here, name, error);
}

static bool fetch_mirrored(Fetch *fetch, WalList *list, Error *error)
{
    char here[PG_PATH_SIZE];
    char archived[PG_PATH_SIZE];
    char beside[PG_PATH_SIZE];
    char path[PG_PATH_SIZE];
    if (!io_path(here, fetch->store.path, STORE_ONLINE, error) ||
        !io_path(archived, fetch->store.path, STORE_ARCHIVED, error) ||
        !list_folder(fetch, STORE_ONLINE, list, error)) {
        return false;
    }
    for (int i = 0; i < list->count; i++) {
        const char *name = list->entry[i].name;
        WalHead head = {0};
        Lsn end = 0;
        if (have_segment(archived, name)) {
            fetch->done += list->entry[i].size;
            continue;
        }
        if (!io_path(path, here, name, error) || !beside_of(beside, here, name, error) ||
            !bring_beside(fetch, list, STORE_ONLINE, name, beside, &end, error)) {
            return false;
        }
        const bool history = str_equal(name + strlen(name) - 7, "history");
        const bool better =
            history ? access(path, F_OK) != 0 : end > reach_of_file(path, false, &head);
        if (better
                ? !replace(fetch, beside, here, name, error)
                : unlink(beside) != 0 && !error_set_errno(error, errno, "remove \"%s\"", beside)) {
            return false;
        }
    }
    return io_sync_folder(here, error);
}

bool fetch_wal(const FetchOptions *options, uint64_t first, uint32_t segment_size, bool mirrored,
               const Report *report, FetchSummary *ret, Error *error)
{
    _cleanup_(fetch_done)
        Fetch fetch = {.options = options, .report = report, .store = STORE_NONE, .summary = *ret};
    _cleanup_(list_done) WalList archived = {.first = first, .segment_size = segment_size};
    _cleanup_(list_done)
        WalList online = {.first = first, .segment_size = segment_size, .mirrored = true};
    assert(segment_size_possible(segment_size));
    const bool good = fetch_begin(&fetch, error) && fetch_archived(&fetch, &archived, error) &&
                      (!mirrored || fetch_mirrored(&fetch, &online, error));
    *ret = fetch.summary;
    return good;
}

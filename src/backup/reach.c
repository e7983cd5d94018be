/*
 * The newest WAL of a backup directory.
 */
#include "backup/reach.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "backup/io.h"
#include "backup/walsource.h"
#include "base/cleanup.h"
#include "base/str.h"

enum {
    TRIED_MAX = 8,            /* segments that were made in good time hold nothing yet */
    SIZE_LEAST = 1024 * 1024, /* of a segment: with it the name of any is understood */
};

bool reach_is_newer(const FileReach *a, const FileReach *b)
{
    if (a->segment[0] == '\0' || b->segment[0] == '\0') {
        return a->segment[0] != '\0' && b->segment[0] == '\0';
    }
    return a->timeline != b->timeline ? a->timeline > b->timeline : a->end > b->end;
}

/* ---- the newest names ---- */

typedef struct Names {
    int count;
    char name[TRIED_MAX][SEGMENT_NAME_SIZE]; /* newest first */
} Names;

/* Names of one length sort as timelines and positions do. */
static void insert(Names *names, const char *name)
{
    int at = 0;
    while (at < names->count && strncmp(names->name[at], name, SEGMENT_NAME_LENGTH) > 0) {
        at++;
    }
    if (at == TRIED_MAX ||
        (at < names->count && strncmp(names->name[at], name, SEGMENT_NAME_LENGTH) == 0)) {
        return;
    }
    names->count += names->count < TRIED_MAX ? 1 : 0;
    memmove(names->name[at + 1], names->name[at],
            (size_t)(names->count - 1 - at) * SEGMENT_NAME_SIZE);
    (void)str_copy_bytes(names->name[at], SEGMENT_NAME_SIZE, name, SEGMENT_NAME_LENGTH); /* fits */
}

static bool is_segment(const char *name)
{
    Segment segment;
    switch (segment_parse(name, SIZE_LEAST, &segment)) {
    case SEGMENT_FILE_WHOLE:
    case SEGMENT_FILE_PACKED:
    case SEGMENT_FILE_PARTIAL:
        return true;
    case SEGMENT_FILE_OTHER:
    case SEGMENT_FILE_LABEL:
    case SEGMENT_FILE_HISTORY:
        break;
    }
    return false;
}

static bool collect(const char *folder, Names *names, Error *error)
{
    DIR *in = opendir(folder);
    if (in == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "read folder \"%s\"", folder);
    }
    for (const struct dirent *entry; (entry = readdir(in)) != NULL;) {
        if (is_segment(entry->d_name)) {
            insert(names, entry->d_name);
        }
    }
    (void)closedir(in); /* only read from */
    return true;
}

/* ---- the end of one ---- */

static bool begin_read(WalStream *in, WalHead *ret_head, WalRead *ret, const uint8_t **ret_page)
{
    bool more = true;
    Error ignored = {0};
    if (!walstream_page(in, ret_page, &more, &ignored) || !more ||
        !walread_head(*ret_page, ret_head) ||
        ret_head->record >= ret_head->begin + ret_head->segment_size) {
        return false;
    }
    walread_begin(ret, ret_head->system_identifier, ret_head->segment_size, ret_head->record, NULL,
                  NULL);
    return true;
}

Lsn reach_of_file(const char *path, bool packed, WalHead *ret_head)
{
    const WalSource none = {.segment_size = SIZE_LEAST};
    _cleanup_(walstream_free) WalStream *in = NULL;
    WalFile file = {.packed = packed};
    const uint8_t *page = NULL;
    bool more = true;
    WalRead read;
    Error ignored = {0};
    if (!str_copy(file.path, sizeof(file.path), path) ||
        !walstream_new(&none, &file, &in, &ignored) || !begin_read(in, ret_head, &read, &page)) {
        return 0;
    }
    const Lsn behind = ret_head->begin + ret_head->segment_size;
    for (Lsn at = ret_head->begin; more && at < behind; at += WAL_PAGE_SIZE) {
        if (at >= read.next && walread_page(&read, page) == WAL_ENDS) {
            break;
        }
        if (!walstream_page(in, &page, &more, &ignored)) {
            break;
        }
    }
    return read.last == 0 ? 0 : read.end;
}

static int64_t time_of(const char *path)
{
    struct stat of;
    return stat(path, &of) == 0 ? (int64_t)of.st_mtime : 0;
}

/* Of all files of this name the one that goes furthest. */
static bool try_segment(const WalSource *source, const char *name, FileReach *ret)
{
    WalFile files[WAL_CANDIDATES_MAX];
    Segment segment;
    bool found = false;
    if (segment_parse(name, SIZE_LEAST, &segment) != SEGMENT_FILE_WHOLE) {
        return false;
    }
    const int count = walsource_find(source, segment, files);
    for (int i = 0; i < count; i++) {
        WalHead head;
        const Lsn end = reach_of_file(files[i].path, files[i].packed, &head);
        /* The first segment of a timeline begins with pages of the one before. */
        if (end == 0 || head.timeline > segment.timeline || (found && end <= ret->end)) {
            continue;
        }
        const char *folder = strncmp(files[i].path, source->place[0], strlen(source->place[0])) == 0
                                 ? STORE_ARCHIVED
                                 : STORE_ONLINE;
        found = true;
        *ret = (FileReach){.system_identifier = head.system_identifier,
                           .timeline = segment.timeline,
                           .end = end,
                           .written = time_of(files[i].path)};
        (void)str_copy(ret->segment, sizeof(ret->segment), name); /* of that size */
        (void)str_copy(ret->place, sizeof(ret->place), folder);   /* fits */
    }
    return found;
}

bool reach_find(const Store *store, FileReach *ret, Error *error)
{
    WalSource source;
    Names names = {0};
    *ret = (FileReach){0};
    if (!walsource_begin(&source, store, SIZE_LEAST, error) ||
        !collect(source.place[0], &names, error) || !collect(source.place[1], &names, error)) {
        return false;
    }
    for (int i = 0; i < names.count; i++) {
        if (try_segment(&source, names.name[i], ret)) {
            return true;
        }
    }
    return true;
}

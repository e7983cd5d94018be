/* online.c - mirrored segments on the disk. */
#include "archive/online.h"

#include "archive/store.h"
#include "base/assert.h"
#include "base/cleanup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ZEROS = 1 << 20, SEGMENTS_MAX = 1 << 20 };

bool online_begin(Online *online, const char *folder, uint32_t segment_size, Error *error)
{
    assert(wal_segment_size_is_valid(segment_size));
    *online = (Online){.segment_size = segment_size, .fd = -1};
    return str_copy(online->folder, sizeof(online->folder), folder) ||
           error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", folder);
}

void online_end(Online *online)
{
    durable_close(&online->fd);
    online->fd = -1;
    online->dirty = false;
}

/* Zeros from the end of the file on. Written, not only reserved: every sync of a byte in reserved blocks
 * would have to change the file's map of blocks, too. */
static bool fill(int fd, uint64_t size, const char *path, Error *error)
{
    struct stat of;
    _cleanup_free_ char *zeros = calloc(1, ZEROS);
    if (zeros == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    if (fstat(fd, &of) != 0 || lseek(fd, 0, SEEK_END) < 0) {
        return error_set_errno(error, errno, "could not look at \"%s\"", path);
    }
    for (uint64_t at = (uint64_t)of.st_size; at < size;) {
        const uint64_t left = size - at;
        const size_t part = left < ZEROS ? (size_t)left : ZEROS;
        if (!durable_put(fd, zeros, part, path, error)) {
            return false;
        }
        at += part;
    }
    return (uint64_t)of.st_size == size || fsync(fd) == 0 ||
           error_set_errno(error, errno, "could not fsync \"%s\"", path);
}

static bool make_segment(const Online *online, const char *path, Error *error)
{
    char temporary[DURABLE_PATH_SIZE];
    if (!durable_path(temporary, online->folder, ".mirroring", error)) {
        return false;
    }
    int fd = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "could not create \"%s\"", temporary);
    }
    bool ok = fill(fd, online->segment_size, temporary, error);
    durable_close(&fd);
    if (ok && rename(temporary, path) != 0) {
        ok = error_set_errno(error, errno, "could not rename \"%s\" to \"%s\"", temporary, path);
    }
    if (!ok) {
        (void)unlink(temporary); /* a full disk gets its room back; the error is told already */
        return false;
    }
    return durable_folder(online->folder, error);
}

static bool open_segment(Online *online, const WalSegment *segment, Error *error)
{
    char name[WAL_NAME_SIZE];
    char path[DURABLE_PATH_SIZE];
    wal_name_format(segment, online->segment_size, name);
    if (!durable_path(path, online->folder, name, error)) {
        return false;
    }
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 && errno == ENOENT) {
        if (!make_segment(online, path, error)) {
            return false;
        }
        fd = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
    }
    if (fd < 0) {
        return error_set_errno(error, errno, "could not open \"%s\"", path);
    }
    if (!fill(fd, online->segment_size, path, error)) {
        durable_close(&fd);
        return false;
    }
    online->fd = fd;
    online->segment = *segment;
    return true;
}

bool online_sync(Online *online, Error *error)
{
    if (!online->dirty) {
        return true;
    }
    if (fdatasync(online->fd) != 0) {
        return error_set_errno(error, errno, "could not fsync mirrored WAL in \"%s\"",
                               online->folder);
    }
    online->dirty = false;
    return true;
}

static bool write_at(const Online *online, const char *bytes, size_t size, uint64_t offset,
                     Error *error)
{
    for (size_t done = 0; done < size;) {
        const ssize_t put = pwrite(online->fd, bytes + done, size - done, (off_t)(offset + done));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return error_set_errno(error, put < 0 ? errno : ENOSPC,
                                   "could not write mirrored WAL in \"%s\"", online->folder);
        }
        done += (size_t)put;
    }
    return true;
}

bool online_write(Online *online, const OnlinePiece *piece, Error *error)
{
    for (size_t done = 0; done < piece->size;) {
        const uint64_t lsn = piece->lsn + done;
        const uint64_t offset = lsn % online->segment_size;
        const WalSegment segment = {.timeline = piece->timeline,
                                    .number = lsn / online->segment_size};
        const uint64_t room = online->segment_size - offset;
        const size_t left = piece->size - done;
        const size_t part = left < room ? left : (size_t)room;
        if (online->fd >= 0 && (online->segment.number != segment.number ||
                                online->segment.timeline != segment.timeline)) {
            if (!online_sync(online, error)) {
                return false;
            }
            online_end(online);
        }
        if (online->fd < 0 && !open_segment(online, &segment, error)) {
            return false;
        }
        if (!write_at(online, piece->bytes + done, part, offset, error)) {
            return false;
        }
        online->dirty = true;
        done += part;
    }
    return true;
}

/* ---- what is there ---------------------------------------------------------------------------- */

static int by_age(const void *a, const void *b)
{
    const WalSegment *first = a;
    const WalSegment *second = b;
    if (first->number != second->number) {
        return first->number < second->number ? -1 : 1;
    }
    return first->timeline < second->timeline ? -1 : first->timeline > second->timeline;
}

static void close_folder(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder); /* only read from */
    }
}

bool online_list(const char *folder, uint32_t segment_size, WalSegment **ret, size_t *ret_count,
                 Error *error)
{
    _cleanup_(close_folder) DIR *entries = opendir(folder);
    _cleanup_free_ WalSegment *list = NULL;
    size_t count = 0;
    size_t room = 0;
    if (entries == NULL) {
        return error_set_errno(error, errno, "could not open the folder \"%s\"", folder);
    }
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        WalSegment segment;
        if (!wal_name_parse(entry->d_name, segment_size, &segment) || count == SEGMENTS_MAX) {
            continue;
        }
        if (count == room) {
            room = room == 0 ? 64 : 2 * room;
            WalSegment *more = realloc(list, room * sizeof(*list));
            if (more == NULL) {
                return error_set(error, ERROR_SYSTEM, "out of memory");
            }
            list = more;
        }
        list[count++] = segment;
    }
    if (count > 0) {
        qsort(list, count, sizeof(*list), by_age);
    }
    *ret = list;
    *ret_count = count;
    list = NULL;
    return true;
}

static bool archive_has(const char *archive, const char *name)
{
    char path[DURABLE_PATH_SIZE];
    if (!str_format(path, sizeof(path), "%s/%s", archive, name)) {
        return false;
    }
    if (access(path, F_OK) == 0) {
        return true;
    }
    return str_format(path, sizeof(path), "%s/%s" STORE_SUFFIX, archive, name) &&
           access(path, F_OK) == 0;
}

bool online_is_archived(const char *archive, uint32_t segment_size, const WalSegment *segment)
{
    char name[WAL_NAME_SIZE];
    wal_name_format(segment, segment_size, name);
    return archive_has(archive, name);
}

static bool remove_segment(const char *folder, const char *name, Error *error)
{
    char path[DURABLE_PATH_SIZE];
    return durable_path(path, folder, name, error) &&
           (unlink(path) == 0 || errno == ENOENT ||
            error_set_errno(error, errno, "could not remove \"%s\"", path));
}

bool online_prune(const char *folder, const char *archive, uint32_t segment_size, uint64_t limit,
                  const WalSegment *keep, OnlinePruned *ret, Error *error)
{
    _cleanup_free_ WalSegment *list = NULL;
    OnlinePruned pruned = {0};
    size_t count = 0;
    if (!online_list(folder, segment_size, &list, &count, error)) {
        return false;
    }
    for (int round = 0; round < 2; round++) { /* first what costs nothing */
        for (size_t i = 0; i < count; i++) {
            char name[WAL_NAME_SIZE];
            const uint64_t size =
                (count - pruned.archived - pruned.unarchived) * (uint64_t)segment_size;
            if (list[i].timeline == 0 || by_age(&list[i], keep) >= 0) {
                continue; /* removed in the first round, or still needed */
            }
            wal_name_format(&list[i], segment_size, name);
            const bool archived = round == 0 && archive_has(archive, name);
            if (!archived && (round == 0 || size <= limit)) {
                continue;
            }
            if (!remove_segment(folder, name, error)) {
                return false;
            }
            list[i].timeline = 0;
            pruned.archived += archived ? 1 : 0;
            pruned.unarchived += archived ? 0 : 1;
        }
    }
    pruned.left = count - pruned.archived - pruned.unarchived;
    *ret = pruned;
    return true;
}

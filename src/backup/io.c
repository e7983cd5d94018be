/*
 * Reading, writing and removing, in full or not at all.
 */
#include "backup/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/str.h"

enum { COPY_SIZE = 256 * 1024 };

bool io_path(char *ret, const char *folder, const char *name, Error *error)
{
    return str_format(ret, PG_PATH_SIZE, "%s/%s", folder, name) ||
           error_set(error, ERROR_LIMIT, "the path \"%s/%s\" is too long", folder, name);
}

void io_close(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* what was written is synced before, where it matters */
    }
    *fd = -1;
}

bool io_read_at(int fd, void *ret, size_t size, uint64_t offset, size_t *ret_size, Error *error)
{
    size_t have = 0;
    while (have < size) {
        const ssize_t got = pread(fd, (char *)ret + have, size - have, (off_t)(offset + have));
        if (got < 0 && errno != EINTR) {
            return error_set_errno(error, errno, "read");
        }
        if (got == 0) {
            break;
        }
        have += got > 0 ? (size_t)got : 0;
    }
    *ret_size = have;
    return true;
}

bool io_write_at(int fd, const void *bytes, size_t size, uint64_t offset, Error *error)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t put =
            pwrite(fd, (const char *)bytes + done, size - done, (off_t)(offset + done));
        if (put < 0 && errno != EINTR) {
            return error_set_errno(error, errno, "write");
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

bool io_write(int fd, const void *bytes, size_t size, Error *error)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t put = write(fd, (const char *)bytes + done, size - done);
        if (put < 0 && errno != EINTR) {
            return error_set_errno(error, errno, "write");
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

bool io_sync_folder(const char *path, Error *error)
{
    _cleanup_(io_close) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        return error_set_errno(error, errno, "sync folder \"%s\"", path);
    }
    return true;
}

bool io_sync_all(const char *path, Error *error)
{
    _cleanup_(io_close) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd) != 0) {
        return error_set_errno(error, errno, "sync the file system of \"%s\"", path);
    }
    return true;
}

bool io_make_folder(const char *path, mode_t mode, Error *error)
{
    struct stat of;
    if (mkdir(path, mode) == 0) {
        return true;
    }
    if (errno == EEXIST && stat(path, &of) == 0 && S_ISDIR(of.st_mode)) {
        return true;
    }
    return error_set_errno(error, errno == EEXIST ? ENOTDIR : errno, "make folder \"%s\"", path);
}

static bool remove_entry(const TreeEntry *entry, Error *error)
{
    if (!entry->link && entry->folder) {
        return io_remove_tree(entry->full, error);
    }
    return unlink(entry->full) == 0 || errno == ENOENT ||
           error_set_errno(error, errno, "remove \"%s\"", entry->full);
}

typedef struct Removing {
    const char *spared; /* NULL: nothing is */
} Removing;

static TreeNext visit_removing(void *arg, const TreeEntry *entry, Error *error)
{
    const Removing *removing = arg;
    const bool stays = removing->spared != NULL && str_equal(entry->path, removing->spared);
    return stays || remove_entry(entry, error) ? TREE_NEXT : TREE_STOP;
}

bool io_empty_folder(const char *path, Error *error)
{
    return io_empty_folder_but(path, NULL, error);
}

bool io_empty_folder_but(const char *path, const char *spared, Error *error)
{
    Removing removing = {.spared = spared};
    return tree_walk(path, visit_removing, NULL, &removing, error);
}

bool io_remove_tree(const char *path, Error *error)
{
    if (!io_empty_folder(path, error)) {
        return false;
    }
    return rmdir(path) == 0 || errno == ENOENT ||
           error_set_errno(error, errno, "remove folder \"%s\"", path);
}

static bool copy_bytes(int from, int to, Error *error)
{
    _cleanup_free_ char *bytes = malloc(COPY_SIZE);
    if (bytes == NULL) {
        return error_set_errno(error, ENOMEM, "copy");
    }
    for (uint64_t at = 0;;) {
        size_t size = 0;
        if (!io_read_at(from, bytes, COPY_SIZE, at, &size, error) ||
            !io_write(to, bytes, size, error)) {
            return false;
        }
        if (size < COPY_SIZE) {
            return true;
        }
        at += size;
    }
}

bool io_copy(const char *from, const char *to, mode_t mode, Error *error)
{
    char beside[PG_PATH_SIZE];
    char folder[PG_PATH_SIZE];
    _cleanup_(io_close) int in = open(from, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (in < 0) {
        return error_set_errno(error, errno, "open \"%s\"", from);
    }
    const char *slash = strrchr(to, '/');
    if (slash == NULL || !str_format(beside, sizeof(beside), "%s.copying", to) ||
        !str_copy_bytes(folder, sizeof(folder), to, (size_t)(slash - to))) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", to);
    }
    (void)unlink(beside); /* of a copy that was interrupted */
    _cleanup_(io_close) int out = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (out < 0) {
        return error_set_errno(error, errno, "make \"%s\"", beside);
    }
    if (!copy_bytes(in, out, error)) {
        return error_wrap(error, "copy \"%s\" to \"%s\"", from, beside);
    }
    if (fsync(out) != 0 || rename(beside, to) != 0) {
        return error_set_errno(error, errno, "write \"%s\"", to);
    }
    return io_sync_folder(folder, error);
}

bool io_random(void *ret, size_t size, Error *error)
{
    return getrandom(ret, size, 0) == (ssize_t)size ||
           error_set_errno(error, errno, "random bytes");
}

Millis io_now(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_BOOTTIME, &now); /* cannot fail */
    return (Millis)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t io_wall_time(void)
{
    return (int64_t)time(NULL);
}

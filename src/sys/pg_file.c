/* pg_file.c - small files, whole: bounded reading, durable writing (STYLE 18). */
#include "sys/pg_file.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/kill_point.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void pg_path(char *ret, const char *directory, const char *name)
{
    if (!str_format(ret, PG_PATH_SIZE, "%s/%s", directory, name)) {
        ret[0] = '\0';
    }
}

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* reading, or an error that is reported already */
    }
}

bool pg_file_read(const char *path, char *ret, size_t size, size_t *ret_length, Error *error)
{
    assert(size > 1);
    _cleanup_(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return error_set_errno(error, errno, "open \"%s\"", path);
    }
    size_t length = 0;
    for (;;) {
        ssize_t got = read(fd, ret + length, size - length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return error_set_errno(error, errno, "read \"%s\"", path);
        }
        if (got == 0) {
            break;
        }
        length += (size_t)got;
        if (length == size) {
            return error_set(error, ERROR_LIMIT, "file \"%s\" is longer than %zu bytes", path,
                             size - 1);
        }
    }
    ret[length] = '\0';
    if (ret_length != NULL) {
        *ret_length = length;
    }
    return true;
}

static bool write_all(int fd, const char *bytes, size_t size, const char *path, Error *error)
{
    for (size_t done = 0; done < size;) {
        ssize_t put = write(fd, bytes + done, size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return error_set_errno(error, errno, "write \"%s\"", path);
        }
        done += (size_t)put;
    }
    return true;
}

static bool sync_folder(const char *path, Error *error)
{
    char folder[PG_PATH_SIZE];
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);

    if (length == 0) {
        (void)str_copy(folder, sizeof(folder), slash == NULL ? "." : "/");
    } else if (!str_copy_bytes(folder, sizeof(folder), path, length)) {
        return error_set(error, ERROR_LIMIT, "path \"%s\" is too long", path);
    }
    _cleanup_(close_fd) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        return error_set_errno(error, errno, "fsync folder \"%s\"", folder);
    }
    return true;
}

static bool mark_of(int folder, const char *path, int flags, PgFileMark *ret)
{
    struct statx of = {0};
    if (statx(folder, path, flags, STATX_INO | STATX_BTIME, &of) != 0) {
        return false;
    }
    bool born = (of.stx_mask & STATX_BTIME) != 0;
    *ret = (PgFileMark){
        .device = (uint64_t)of.stx_dev_major << 32 | of.stx_dev_minor,
        .inode = of.stx_ino,
        .born = born ? (uint64_t)of.stx_btime.tv_sec * 1000000000u + of.stx_btime.tv_nsec : 0,
    };
    return true;
}

bool pg_file_mark(const char *path, PgFileMark *ret)
{
    return mark_of(AT_FDCWD, path, 0, ret);
}

bool pg_file_mark_at(int folder, const char *path, PgFileMark *ret)
{
    return mark_of(folder, path, AT_STATX_DONT_SYNC, ret);
}

bool pg_file_mark_is(const PgFileMark *one, const PgFileMark *other)
{
    const bool born = one->born == other->born || one->born == 0 || other->born == 0;
    return born && one->device == other->device && one->inode == other->inode;
}

static bool write_temporary(const char *temporary, PgFileCompose *compose, void *arg, mode_t mode,
                            Error *error)
{
    (void)unlink(temporary); /* of an earlier life; the inode must be new, so no O_TRUNC */
    _cleanup_(close_fd) int fd =
        open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
    if (fd < 0) {
        return error_set_errno(error, errno, "create \"%s\"", temporary);
    }
    PgFileMark of;
    if (!mark_of(fd, "", AT_EMPTY_PATH, &of)) {
        return error_set_errno(error, errno, "stat \"%s\"", temporary);
    }
    char bytes[PG_FILE_COMPOSED_MAX];
    size_t size = compose(arg, &of, bytes, sizeof(bytes));
    if (size == 0) {
        return error_set(error, ERROR_LIMIT, "\"%s\" would be too long", temporary);
    }
    if (!write_all(fd, bytes, size, temporary, error)) {
        return false;
    }
    if (fsync(fd) != 0) {
        return error_set_errno(error, errno, "fsync \"%s\"", temporary);
    }
    return true;
}

bool pg_file_compose(const char *path, PgFileCompose *compose, void *arg, mode_t mode, Error *error)
{
    char temporary[PG_PATH_SIZE];
    if (!str_format(temporary, sizeof(temporary), "%s.tmp", path)) {
        return error_set(error, ERROR_LIMIT, "path \"%s\" is too long", path);
    }
    if (!write_temporary(temporary, compose, arg, mode, error)) {
        return false;
    }
    kill_point(ACTION_DIRECTORY, KILL_DURING);
    if (rename(temporary, path) != 0) {
        return error_set_errno(error, errno, "rename \"%s\" to \"%s\"", temporary, path);
    }
    return sync_folder(path, error);
}

bool pg_file_write(const char *path, const char *bytes, size_t size, mode_t mode, Error *error)
{
    char temporary[PG_PATH_SIZE];
    if (!str_format(temporary, sizeof(temporary), "%s.tmp", path)) {
        return error_set(error, ERROR_LIMIT, "path \"%s\" is too long", path);
    }
    (void)unlink(temporary);
    {
        _cleanup_(close_fd) int fd =
            open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
        if (fd < 0) {
            return error_set_errno(error, errno, "create \"%s\"", temporary);
        }
        if (!write_all(fd, bytes, size, temporary, error)) {
            return false;
        }
        if (fsync(fd) != 0) {
            return error_set_errno(error, errno, "fsync \"%s\"", temporary);
        }
    }
    if (rename(temporary, path) != 0) {
        return error_set_errno(error, errno, "rename \"%s\" to \"%s\"", temporary, path);
    }
    return sync_folder(path, error);
}

/* One that is there may be of a life that ended before it was durable. */
bool pg_folder_make(const char *path, Error *error)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        return error_set_errno(error, errno, "create folder \"%s\"", path);
    }
    return sync_folder(path, error);
}

bool pg_file_remove(const char *path, Error *error)
{
    if (unlink(path) != 0) {
        if (errno == ENOENT) {
            return true;
        }
        return error_set_errno(error, errno, "remove \"%s\"", path);
    }
    return sync_folder(path, error);
}

bool pg_file_look(const char *path, bool *ret, Error *error)
{
    struct stat of;
    const bool there = stat(path, &of) == 0;
    if (!there && errno != ENOENT && errno != ENOTDIR) {
        return error_set_errno(error, errno, "look for \"%s\"", path);
    }
    *ret = there;
    return true;
}

bool pg_file_exists(const char *path)
{
    struct stat of;
    return stat(path, &of) == 0;
}

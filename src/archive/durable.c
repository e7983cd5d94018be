/* durable.c - the few system calls that make a file survive, in their order (STYLE 18). */
#include "archive/durable.h"

#include "base/assert.h"
#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool durable_path(char *ret, const char *folder, const char *name, Error *error)
{
    return str_format(ret, DURABLE_PATH_SIZE, "%s/%s", folder, name) ||
           error_set(error, ERROR_LIMIT, "the path \"%s/%s\" is too long", folder, name);
}

bool durable_hint(Error *error, const char *hint)
{
    char text[ERROR_TEXT_SIZE];
    (void)str_copy(text, sizeof(text), error->text); /* of the same size */
    (void)str_format(error->text, sizeof(error->text), "%s\nhint: %s", text, hint); /* or cut */
    return false;
}

void durable_close(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* see the header */
    }
}

bool durable_read(const char *path, char *ret, size_t size, Error *error)
{
    assert(size > 1);
    _cleanup_(durable_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    size_t length = 0;
    if (fd < 0) {
        return error_set_errno(error, errno, "could not open \"%s\"", path);
    }
    while (length < size) {
        const ssize_t got = read(fd, ret + length, size - length);
        if (got < 0 && errno != EINTR) {
            return error_set_errno(error, errno, "could not read \"%s\"", path);
        }
        if (got == 0) {
            ret[length] = '\0';
            return true;
        }
        length += got > 0 ? (size_t)got : 0;
    }
    return error_set(error, ERROR_LIMIT, "\"%s\" is longer than %zu bytes", path, size - 1);
}

bool durable_put(int fd, const void *bytes, size_t size, const char *path, Error *error)
{
    const char *from = bytes;
    for (size_t done = 0; done < size;) {
        const ssize_t put = write(fd, from + done, size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return error_set_errno(error, put < 0 ? errno : ENOSPC, "could not write \"%s\"", path);
        }
        done += (size_t)put;
    }
    return true;
}

bool durable_folder(const char *folder, Error *error)
{
    _cleanup_(durable_close) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        return error_set_errno(error, errno, "could not fsync the folder \"%s\"", folder);
    }
    return true;
}

static bool folder_of(const char *path, char *ret, Error *error)
{
    const char *slash = strrchr(path, '/');
    assert(slash != NULL);
    const size_t length = slash == path ? 1 : (size_t)(slash - path);
    return str_copy_bytes(ret, DURABLE_PATH_SIZE, path, length) ||
           error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
}

static bool write_temporary(const char *temporary, const char *bytes, size_t size, Error *error)
{
    _cleanup_(durable_close) int fd =
        open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "could not create \"%s\"", temporary);
    }
    if (!durable_put(fd, bytes, size, temporary, error)) {
        return false;
    }
    return fsync(fd) == 0 || error_set_errno(error, errno, "could not fsync \"%s\"", temporary);
}

bool durable_write(const char *path, const char *bytes, size_t size, Error *error)
{
    char temporary[DURABLE_PATH_SIZE];
    char folder[DURABLE_PATH_SIZE];
    if (!folder_of(path, folder, error)) {
        return false;
    }
    if (!str_format(temporary, sizeof(temporary), "%s.tmp", path)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
    }
    if (!write_temporary(temporary, bytes, size, error)) {
        (void)unlink(temporary); /* the error is told already */
        return false;
    }
    if (rename(temporary, path) != 0) {
        return error_set_errno(error, errno, "could not rename \"%s\" to \"%s\"", temporary, path);
    }
    return durable_folder(folder, error);
}

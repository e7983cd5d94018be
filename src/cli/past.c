/*
 * Reading the history. The daemon may add to the file meanwhile: what it has not finished is a torn line.
 */
#include "cli/past.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "sys/journal.h"

enum { FILE_MAX = 64 * 1024 * 1024 };

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* only read */
    }
}

static bool read_whole(int fd, char *ret, size_t size, size_t *ret_length)
{
    size_t length = 0;
    while (length < size) {
        const ssize_t got = read(fd, ret + length, size - length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            *ret_length = length;
            return got == 0;
        }
        length += (size_t)got;
    }
    *ret_length = length;
    return true;
}

static bool add_file(const char *path, Chronicle *chronicle, Error *error)
{
    struct stat about;
    size_t length = 0;
    _cleanup_(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && errno == ENOENT) {
        return true;
    }
    if (fd < 0 || fstat(fd, &about) != 0) {
        return error_set_errno(error, errno, "could not open \"%s\"", path);
    }
    if (!S_ISREG(about.st_mode) || about.st_size > FILE_MAX) {
        return error_set(error, ERROR_CORRUPT, "\"%s\" is no history", path);
    }
    _cleanup_free_ char *text = malloc((size_t)about.st_size + 1);
    if (text == NULL || !read_whole(fd, text, (size_t)about.st_size, &length)) {
        return error_set_errno(error, text == NULL ? ENOMEM : errno, "could not read \"%s\"", path);
    }
    return chronicle_add(chronicle, text, length) ||
           error_set_errno(error, ENOMEM, "could not read \"%s\"", path);
}

bool past_read(const Site *site, Chronicle *ret, Error *error)
{
    char old[PATH_SIZE];
    Chronicle chronicle = {0};
    if (!journal_old_path(site->history_path, old, sizeof(old))) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", site->history_path);
    }
    if (!add_file(old, &chronicle, error) || !add_file(site->history_path, &chronicle, error)) {
        chronicle_done(&chronicle);
        return false;
    }
    *ret = chronicle;
    return true;
}

void past_time(int64_t at, char *ret, size_t size)
{
    site_local_time(at / 1000, ret, size);
}

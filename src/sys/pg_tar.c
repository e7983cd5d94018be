/* pg_tar.c - the reading side of tar (POSIX ustar), as far as PostgreSQL writes it. */
#include "sys/pg_tar.h"

#include "base/assert.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    AT_NAME = 0,
    NAME_SIZE = 100,
    AT_MODE = 100,
    AT_SIZE = 124,
    SIZE_SIZE = 12,
    AT_SUM = 148,
    SUM_SIZE = 8,
    AT_TYPE = 156,
    AT_LINK = 157,
    AT_PREFIX = 345,
    PREFIX_SIZE = 155,
};

void pg_tar_begin(PgTar *tar, const char *root)
{
    *tar = (PgTar){.fd = -1};
    (void)str_copy(tar->root, sizeof(tar->root), root); /* of the same size */
}

void pg_tar_done(PgTar *tar)
{
    if (tar->fd >= 0) {
        (void)close(tar->fd); /* what is missing of it was reported */
        tar->fd = -1;
    }
}

/* Octal digits, or for what does not fit into those a number in base 256. */
static uint64_t number_at(const char *field, size_t size)
{
    uint64_t value = 0;
    if ((field[0] & 0x80) != 0) {
        for (size_t i = 1; i < size; i++) {
            value = value << 8 | (uint8_t)field[i];
        }
        return value;
    }
    for (size_t i = 0; i < size && field[i] >= '0' && field[i] <= '7'; i++) {
        value = value << 3 | (uint64_t)(field[i] - '0');
    }
    return value;
}

static bool is_end(const char *header)
{
    for (size_t i = 0; i < PG_TAR_BLOCK; i++) {
        if (header[i] != 0) {
            return false;
        }
    }
    return true;
}

static bool sum_is_right(const char *header)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < PG_TAR_BLOCK; i++) {
        sum += i >= AT_SUM && i < AT_SUM + SUM_SIZE ? ' ' : (uint8_t)header[i];
    }
    return sum == number_at(header + AT_SUM, SUM_SIZE);
}

static size_t field_text(const char *field, size_t size, char *ret)
{
    size_t length = strnlen(field, size);
    memcpy(ret, field, length);
    ret[length] = '\0';
    return length;
}

/* Relative, and no way up in it. */
static bool name_stays(const char *name)
{
    if (name[0] == '\0' || name[0] == '/') {
        return false;
    }
    for (const char *at = name; at != NULL; at = strchr(at, '/')) {
        at += *at == '/' ? 1 : 0;
        if (at[0] == '.' && at[1] == '.' && (at[2] == '/' || at[2] == '\0')) {
            return false;
        }
    }
    return true;
}

/* A link that came before leads elsewhere: nothing is made behind it. */
static bool is_behind_link(const PgTar *tar, const char *name)
{
    char part[PREFIX_SIZE + NAME_SIZE + 3];
    char path[PG_PATH_SIZE];
    struct stat of;
    for (const char *at = strchr(name, '/'); at != NULL; at = strchr(at + 1, '/')) {
        (void)str_format(part, sizeof(part), "%.*s", (int)(at - name), name); /* fits */
        pg_path(path, tar->root, part);
        if (lstat(path, &of) == 0 && S_ISLNK(of.st_mode)) {
            return true;
        }
    }
    return false;
}

static bool take_name(PgTar *tar, Error *error)
{
    char prefix[PREFIX_SIZE + 1];
    char name[NAME_SIZE + 1];
    char whole[PREFIX_SIZE + NAME_SIZE + 3];

    (void)field_text(tar->header + AT_NAME, NAME_SIZE, name);
    bool split = field_text(tar->header + AT_PREFIX, PREFIX_SIZE, prefix) > 0;
    (void)str_format(whole, sizeof(whole), "%s%s%s", prefix, split ? "/" : "", name); /* fits */
    size_t length = strlen(whole);
    while (length > 0 && whole[length - 1] == '/') {
        whole[--length] = '\0'; /* a folder */
    }
    if (!name_stays(whole) || is_behind_link(tar, whole)) {
        return error_set(error, ERROR_PROTOCOL, "the server sent a file with the name \"%s\"",
                         whole);
    }
    pg_path(tar->path, tar->root, whole);
    return tar->path[0] != '\0' ||
           error_set(error, ERROR_LIMIT, "a path in \"%s\" is too long", tar->root);
}

static bool make_folder(const PgTar *tar, mode_t mode, Error *error)
{
    struct stat of;
    if (mkdir(tar->path, mode) == 0 ||
        (errno == EEXIST && lstat(tar->path, &of) == 0 && S_ISDIR(of.st_mode))) {
        return true;
    }
    return error_set_errno(error, errno, "create folder \"%s\"", tar->path);
}

static bool make_file(PgTar *tar, mode_t mode, Error *error)
{
    tar->fd =
        open(tar->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, mode);
    if (tar->fd < 0) {
        return error_set_errno(error, errno, "create \"%s\"", tar->path);
    }
    if (tar->left == 0) {
        pg_tar_done(tar);
    }
    return true;
}

static bool take_header(PgTar *tar, Error *error)
{
    char target[NAME_SIZE + 1];
    const mode_t mode = (mode_t)number_at(tar->header + AT_MODE, 8) & 0770;

    tar->header_size = 0;
    if (is_end(tar->header)) {
        return true;
    }
    if (!sum_is_right(tar->header)) {
        return error_set(error, ERROR_PROTOCOL, "the server sent what is no archive");
    }
    if (!take_name(tar, error)) {
        return false;
    }
    switch (tar->header[AT_TYPE]) {
    case '5':
        return make_folder(tar, mode | 0700, error);
    case '2':
        (void)field_text(tar->header + AT_LINK, NAME_SIZE, target);
        return symlink(target, tar->path) == 0 ||
               error_set_errno(error, errno, "create link \"%s\"", tar->path);
    case '0':
    case '\0':
        tar->left = number_at(tar->header + AT_SIZE, SIZE_SIZE);
        tar->padding = (PG_TAR_BLOCK - tar->left % PG_TAR_BLOCK) % PG_TAR_BLOCK;
        return make_file(tar, mode | 0600, error);
    default:
        return error_set(error, ERROR_PROTOCOL,
                         "the server sent \"%s\", which is of a strange kind", tar->path);
    }
}

static bool take_data(PgTar *tar, const char *bytes, size_t size, Error *error)
{
    for (size_t done = 0; done < size;) {
        ssize_t put = write(tar->fd, bytes + done, size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return error_set_errno(error, errno, "write \"%s\"", tar->path);
        }
        done += (size_t)put;
    }
    tar->left -= size;
    if (tar->left == 0) {
        pg_tar_done(tar);
    }
    return true;
}

static size_t less(uint64_t a, size_t b)
{
    return a < b ? (size_t)a : b;
}

bool pg_tar_take(PgTar *tar, const char *bytes, size_t size, Error *error)
{
    while (size > 0) {
        size_t part = 0;
        if (tar->left > 0) {
            part = less(tar->left, size);
            if (!take_data(tar, bytes, part, error)) {
                return false;
            }
        } else if (tar->padding > 0) {
            part = less(tar->padding, size);
            tar->padding -= part;
        } else {
            part = less(PG_TAR_BLOCK - tar->header_size, size);
            memcpy(tar->header + tar->header_size, bytes, part);
            tar->header_size += part;
            if (tar->header_size == PG_TAR_BLOCK && !take_header(tar, error)) {
                return false;
            }
        }
        bytes += part;
        size -= part;
    }
    return true;
}

bool pg_tar_end(PgTar *tar, Error *error)
{
    const bool whole = tar->left == 0 && tar->padding == 0 && tar->header_size == 0;
    pg_tar_done(tar);
    return whole || error_set(error, ERROR_PROTOCOL, "the server's archive ended within a file");
}

/* statefile.c - writes the state file and knows it again. Its bytes: base/state_layout.h. */
#include "sys/statefile.h"

#include "base/assert.h"
#include "base/state_layout.h"
#include "base/str.h"
#include "sys/kill_point.h"
#include "sys/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <uv.h>

struct StateFile {
    Loop *loop;
    StateFileDone done;
    void *data;
    int folder;
    char name[256];
    char name_new[256];
    char witness[WITNESS_PATH_SIZE]; /* "": no place for one */
    Birth present;                   /* of the file in place, as far as this process wrote it */
    bool busy;
    uv_work_t work;
    uint64_t sequence;
    bool ok;
    Error error;
    size_t size;
    uint8_t
        bytes[STATE_FILE_MAX]; /* contents in their place; the rest is filled in by the worker */
};

static bool find_birth(int fd, Birth *ret, Error *error)
{
    struct statx status;

    if (statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &status) != 0) {
        return error_set_errno(error, errno, "cannot look at it");
    }
    const bool born = (status.stx_mask & STATX_BTIME) != 0;
    *ret = (Birth){.device = makedev(status.stx_dev_major, status.stx_dev_minor),
                   .inode = status.stx_ino,
                   .seconds = born ? (uint64_t)status.stx_btime.tv_sec : 0,
                   .nanoseconds = born ? status.stx_btime.tv_nsec : 0};
    return true;
}

static bool write_all(int fd, const uint8_t *bytes, size_t size, Error *error)
{
    while (size > 0) {
        const ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return error_set_errno(error, written < 0 ? errno : EIO, "cannot write it");
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

static bool fill(StateFile *file, int fd, Birth *ret)
{
    if (!find_birth(fd, ret, &file->error)) {
        return false;
    }
    const size_t size = state_layout_complete(file->bytes, file->size, ret);
    if (!write_all(fd, file->bytes, size, &file->error)) {
        return false;
    }
    return fsync(fd) == 0 || error_set_errno(&file->error, errno, "cannot make it durable");
}

static void note(StateFile *file, const Birth *present, const Birth *next)
{
    if (file->witness[0] != '\0') {
        witness_note(file->witness, present, next);
    }
}

static bool replace(StateFile *file)
{
    /* Left over from a process that died: the new one must be a new file. */
    if (unlinkat(file->folder, file->name_new, 0) != 0 && errno != ENOENT) {
        return error_set_errno(&file->error, errno, "cannot remove what an earlier write left");
    }
    const int fd = openat(file->folder, file->name_new,
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return error_set_errno(&file->error, errno, "cannot make it");
    }
    Birth birth = {0};
    bool ok = fill(file, fd, &birth);
    if (close(fd) != 0 && ok) {
        ok = error_set_errno(&file->error, errno, "cannot write it");
    }
    if (!ok) {
        (void)unlinkat(file->folder, file->name_new, 0); /* the next write tries again */
        return false;
    }
    note(file, &file->present, &birth);
    kill_point(ACTION_PERSIST, KILL_DURING);
    if (renameat(file->folder, file->name_new, file->folder, file->name) != 0) {
        return error_set_errno(&file->error, errno, "cannot put it in its place");
    }
    file->present = birth;
    if (fsync(file->folder) != 0) {
        return error_set_errno(&file->error, errno, "cannot make its folder durable");
    }
    note(file, &birth, NULL);
    return true;
}

/* In a thread of libuv: touches nothing but the file's own memory, which the loop leaves alone. */
static void on_work(uv_work_t *work)
{
    StateFile *file = work->data;

    kill_point(ACTION_PERSIST, KILL_BEFORE);
    file->ok = replace(file);
    kill_point(ACTION_PERSIST, KILL_AFTER);
}

static void on_done(uv_work_t *work, int status)
{
    StateFile *file = work->data;

    assert(status == 0); /* nobody cancels it */
    file->busy = false;
    file->done(file->data, file->sequence, file->ok, &file->error);
}

static void port_persist(void *self, uint64_t sequence, const uint8_t *bytes, size_t size)
{
    StateFile *file = self;

    assert(!file->busy);
    assert(size > 0 && size <= STATEFILE_CONTENTS_MAX);
    file->busy = true;
    file->sequence = sequence;
    file->size = size;
    memcpy(file->bytes + STATE_HEADER_SIZE, bytes, size);
    const int result = uv_queue_work(loop_uv(file->loop), &file->work, on_work, on_done);
    assert(result == 0);
}

DiskPort statefile_port(StateFile *file)
{
    return (DiskPort){.self = file, .persist = port_persist};
}

bool statefile_is_busy(const StateFile *file)
{
    return file->busy;
}

/* All zero: there is none, or it cannot be looked at. */
static Birth birth_in_place(const char *path)
{
    Birth birth = {0};
    Error ignored = {0};
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0) {
        (void)find_birth(fd, &birth, &ignored);
        (void)close(fd); /* only looked at */
    }
    return birth;
}

static bool folder_of(const char *path, char ret[static STATEFILE_PATH_SIZE])
{
    const char *slash = strrchr(path, '/');
    const size_t length = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
    return str_copy_bytes(ret, STATEFILE_PATH_SIZE, slash == NULL ? "." : path, length);
}

bool statefile_new(Loop *loop, const char *path, StateFileDone done, void *data, StateFile **ret,
                   Error *error)
{
    char folder[STATEFILE_PATH_SIZE];
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    StateFile *file = calloc(1, sizeof(*file));

    if (file == NULL) {
        return error_set_errno(error, ENOMEM, "cannot use the state file \"%s\"", path);
    }
    if (!folder_of(path, folder) || !str_copy(file->name, sizeof(file->name), name) ||
        !str_format(file->name_new, sizeof(file->name_new), "%s.new", name)) {
        free(file);
        return error_set(error, ERROR_CONFIG, "the path of the state file \"%s\" is too long",
                         path);
    }
    file->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file->folder < 0) {
        const int saved = errno;
        free(file);
        return error_set_errno(error, saved, "cannot open the folder \"%s\"", folder);
    }
    if (!witness_path(path, file->witness)) {
        file->witness[0] = '\0';
    }
    file->present = birth_in_place(path);
    file->loop = loop;
    file->done = done;
    file->data = data;
    file->work.data = file;
    *ret = file;
    return true;
}

void statefile_free(StateFile *file)
{
    if (file != NULL) {
        assert(!file->busy);
        close(file->folder);
        free(file);
    }
}

/* ---- reading ---- */

static bool read_whole(int fd, uint8_t *bytes, size_t room, size_t *ret_size, Error *error)
{
    size_t size = 0;

    while (size < room) {
        const ssize_t got = read(fd, bytes + size, room - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return error_set_errno(error, errno, "cannot read it");
        }
        if (got == 0) {
            break;
        }
        size += (size_t)got;
    }
    *ret_size = size;
    return true;
}

static bool is_the_last(int fd, const char *path, const Birth *birth)
{
    char witness[WITNESS_PATH_SIZE];
    struct stat of;
    return fstat(fd, &of) != 0 || !witness_path(path, witness) ||
           witness_agrees(witness, of.st_uid, birth);
}

/* Whoever wrote it may have died, or have failed, between the rename and the end of its fsync. What is promised on from here is
 * promised on what lies there, so that a power cut must not bring the file of before back (E2). */
static bool make_durable(int fd, const char *path, Error *error)
{
    char folder[STATEFILE_PATH_SIZE];
    if (fsync(fd) != 0) {
        return error_set_errno(error, errno, "cannot make it durable");
    }
    if (!folder_of(path, folder)) {
        return error_set(error, ERROR_CONFIG, "its path is too long");
    }
    const int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = at >= 0 && fsync(at) == 0;
    const int errnum = errno;
    if (at >= 0) {
        (void)close(at); /* only read from */
    }
    return ok || error_set_errno(error, errnum, "cannot make its folder durable");
}

static bool read_checked(int fd, const char *path, uint8_t *ret, size_t room, size_t *ret_size,
                         Error *error)
{
    uint8_t bytes[STATE_FILE_MAX + 1];
    size_t size = 0, contents = 0;
    Birth birth = {0};

    if (!find_birth(fd, &birth, error) || !read_whole(fd, bytes, sizeof(bytes), &size, error) ||
        !state_layout_check(bytes, size, &birth, &contents, error)) {
        return false;
    }
    if (contents > room) {
        return error_set(error, ERROR_LIMIT, "it holds more than this program can use");
    }
    if (!is_the_last(fd, path, &birth)) {
        return error_set(error, ERROR_CORRUPT,
                         "it is an older one, put back since this host was booted");
    }
    if (!make_durable(fd, path, error)) {
        return false;
    }
    memcpy(ret, bytes + STATE_HEADER_SIZE, contents);
    *ret_size = contents;
    return true;
}

MemoryFate statefile_read(const char *path, uint8_t *ret, size_t room, size_t *ret_size,
                          Error *error)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0 && errno == ENOENT) {
        return MEMORY_BLANK;
    }
    const bool kept = fd < 0 ? error_set_errno(error, errno, "cannot open it")
                             : read_checked(fd, path, ret, room, ret_size, error);
    if (fd >= 0) {
        close(fd);
    }
    if (!kept) {
        (void)!error_wrap(error, "state file \"%s\"", path);
    }
    return kept ? MEMORY_KEPT : MEMORY_LOST;
}

bool lock_take(const char *path, int *ret_fd, Error *error)
{
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) {
        return error_set_errno(error, errno, "cannot open the lock \"%s\"", path);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const int saved = errno;
        close(fd);
        if (saved == EWOULDBLOCK) {
            return error_set(error, ERROR_REFUSED, "another process holds the lock \"%s\"", path);
        }
        return error_set_errno(error, saved, "cannot take the lock \"%s\"", path);
    }
    *ret_fd = fd;
    return true;
}

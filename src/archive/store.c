/* store.c - the durable copy, and the comparison with what is there.
 *
 * The copy is written to one temporary file of the folder, ".archiving", under a lock: however many
 * archivers were killed, there is never more than one left over. Then fsync, a rename that does not
 * replace, and fsync of the folder.
 *
 * The disk writes each piece while the next is read: past the cache (O_DIRECT), where nothing overlaps, a segment took a
 * fifth longer. */
#include "archive/store.h"

#include "archive/wal_name.h"
#include "base/assert.h"
#include "base/cleanup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

enum {
    CHUNK = 1 << 17,   /* read and written at once: stays in the processor's cache */
    FLUSHED = 1 << 20, /* handed to the disk at once, which is kept busy by it */
    /* Archiving must keep up with the database, so the level is the fast one, and no setting. */
    LEVEL = 1,
    OPEN_TRIES = 10,
};

struct Store {
    char *chunk; /* CHUNK bytes */
    char *other; /* CHUNK bytes: what is there, in a comparison; compressed output */
    ZSTD_CCtx *pack;
    ZSTD_DCtx *unpack;
};

bool store_compression_parse(const char *text, StoreCompression *ret)
{
    if (str_equal(text, "off")) {
        *ret = STORE_PLAIN;
        return true;
    }
    if (str_equal(text, "zstd")) {
        *ret = STORE_ZSTD;
        return true;
    }
    return false;
}

Store *store_new(void)
{
    Store *store = calloc(1, sizeof(*store));
    if (store == NULL) {
        return NULL;
    }
    store->chunk = malloc(CHUNK);
    store->other = malloc(CHUNK);
    if (store->chunk == NULL || store->other == NULL) {
        store_free(store);
        return NULL;
    }
    return store;
}

void store_free(Store *store)
{
    ZSTD_freeCCtx(store->pack);
    ZSTD_freeDCtx(store->unpack);
    free(store->chunk);
    free(store->other);
    free(store);
}

/* Full chunks, but for the last; 0 at the end. */
static bool read_chunk(int fd, char *ret, const char *path, size_t *ret_size, Error *error)
{
    size_t size = 0;
    while (size < CHUNK) {
        const ssize_t got = read(fd, ret + size, CHUNK - size);
        if (got < 0 && errno != EINTR) {
            return error_set_errno(error, errno, "could not read \"%s\"", path);
        }
        if (got == 0) {
            break;
        }
        size += got > 0 ? (size_t)got : 0;
    }
    *ret_size = size;
    return true;
}

/* ---- what is there already -------------------------------------------------------------------- */

typedef struct Compare {
    Store *store;
    int from;
    const char *from_path;
    int there;
    const char *there_path;
} Compare;

static bool same_plain(const Compare *compare, bool *ret, Error *error)
{
    size_t size = 0;
    size_t other = 0;
    *ret = true;
    do {
        if (!read_chunk(compare->from, compare->store->chunk, compare->from_path, &size, error) ||
            !read_chunk(compare->there, compare->store->other, compare->there_path, &other,
                        error)) {
            return false;
        }
        *ret = size == other && memcmp(compare->store->chunk, compare->store->other, size) == 0;
    } while (*ret && size > 0);
    return true;
}

/* Takes what was unpacked off the file; false in `ret` when it says something else. */
static bool same_bytes(const Compare *compare, const char *bytes, size_t size, bool *ret,
                       Error *error)
{
    for (size_t done = 0; done < size && *ret;) {
        const ssize_t got = read(compare->from, compare->store->chunk, size - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return error_set_errno(error, errno, "could not read \"%s\"", compare->from_path);
        }
        *ret = got > 0 && memcmp(compare->store->chunk, bytes + done, (size_t)got) == 0;
        done += (size_t)got;
    }
    return true;
}

/* A compressed file that cannot be unpacked, or has no end, is not the same. */
static bool same_packed(const Compare *compare, bool *ret, Error *error)
{
    enum { HALF = CHUNK / 2 }; /* packed in the first half of `other`, unpacked in the second */
    char *const packed = compare->store->other;
    char *const bytes = packed + HALF;
    size_t left = 1; /* what the frame still wants; 0: it is complete */

    ZSTD_DCtx *unpack = compare->store->unpack;
    (void)ZSTD_DCtx_reset(unpack, ZSTD_reset_session_only); /* cannot fail */
    *ret = true;
    while (*ret) {
        const ssize_t got = read(compare->there, packed, HALF);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return error_set_errno(error, errno, "could not read \"%s\"", compare->there_path);
        }
        if (got == 0) {
            break;
        }
        ZSTD_inBuffer in = {.src = packed, .size = (size_t)got};
        ZSTD_outBuffer out = {0};
        do {
            out = (ZSTD_outBuffer){.dst = bytes, .size = HALF};
            left = ZSTD_decompressStream(unpack, &out, &in);
            *ret = !ZSTD_isError(left);
            if (*ret && !same_bytes(compare, bytes, out.pos, ret, error)) {
                return false;
            }
            /* A full output may have more behind it although the input is used up. */
        } while (*ret && (in.pos < in.size || (out.pos == out.size && left != 0)));
    }
    char beyond;
    *ret = *ret && left == 0 && read(compare->from, &beyond, 1) == 0;
    return true;
}

/* What is there may have been put there without fsync, or the power ended before the folder's. */
static bool settle(const Compare *compare, const char *folder, Error *error)
{
    return (fsync(compare->there) == 0 ||
            error_set_errno(error, errno, "could not fsync \"%s\"", compare->there_path)) &&
           durable_folder(folder, error);
}

/* Whether the archive has anything of the timeline that a history file is of, besides that file. */
static bool timeline_has_wal(const char *folder, const char *name, bool *ret, Error *error)
{
    DIR *in = opendir(folder);
    const struct dirent *entry;
    if (in == NULL) {
        return error_set_errno(error, errno, "could not read \"%s\"", folder);
    }
    *ret = false;
    while (!*ret && (entry = readdir(in)) != NULL) {
        *ret = strncmp(entry->d_name, name, 8) == 0 &&
               strspn(entry->d_name, "0123456789ABCDEF") == WAL_NAME_LENGTH;
    }
    (void)closedir(in); /* only read from */
    return true;
}

/* The history of a timeline of which there is nothing else was left by a promotion that never opened: the successor
 * that did took the same number. Within one line of the record a number is a timeline's for good as soon as it has
 * opened, so whoever may archive here has the right one. */
static bool put_aside(const StoreJob *job, const char *path, bool *ret, Error *error)
{
    char aside[DURABLE_PATH_SIZE];
    bool has_wal = true;
    *ret = false;
    if (!job->claimed || !str_equal(job->name + strcspn(job->name, "."), ".history")) {
        return true;
    }
    if (!timeline_has_wal(job->folder, job->name, &has_wal, error)) {
        return false;
    }
    if (has_wal) {
        return true;
    }
    if (!str_format(aside, sizeof(aside), "%s" STORE_ASIDE, path)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
    }
    if (rename(path, aside) != 0) {
        return error_set_errno(error, errno, "could not rename \"%s\" to \"%s\"", path, aside);
    }
    *ret = true;
    return durable_folder(job->folder, error);
}

/* Whether the same contents are there as folder/name; other contents are an error. */
static bool is_there(Store *store, const StoreJob *job, int from, const char *name, bool packed,
                     bool *ret, Error *error)
{
    char path[DURABLE_PATH_SIZE];
    bool same = false;
    if (!durable_path(path, job->folder, name, error)) {
        return false;
    }
    _cleanup_(durable_close) int there = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (there < 0) {
        *ret = false;
        return errno == ENOENT || error_set_errno(error, errno, "could not open \"%s\"", path);
    }
    const Compare compare = {
        .store = store, .from = from, .from_path = job->from, .there = there, .there_path = path};
    if (lseek(from, 0, SEEK_SET) != 0) {
        return error_set_errno(error, errno, "could not read \"%s\"", job->from);
    }
    if (packed ? !same_packed(&compare, &same, error) : !same_plain(&compare, &same, error)) {
        return false;
    }
    bool gave_way = false;
    if (!same && !put_aside(job, path, &gave_way, error)) {
        return false;
    }
    if (gave_way) {
        *ret = false;
        return true;
    }
    if (!same) {
        return error_set(error, ERROR_REFUSED,
                         "\"%s\" is in the archive with other contents than \"%s\"", path,
                         job->from) ||
               durable_hint(error, "two servers have written WAL of the same name: find out which "
                                   "file is right, and move the other one away");
    }
    *ret = true;
    return settle(&compare, job->folder, error);
}

/* ---- the copy --------------------------------------------------------------------------------- */

typedef struct Target {
    int fd;
    char path[DURABLE_PATH_SIZE];
} Target;

/* Out of the care of its cleanup. */
static int take(int *fd)
{
    const int taken = *fd;
    *fd = -1;
    return taken;
}

/* The temporary file, empty, and ours alone: whoever waited for it finds that it has been renamed away. */
static bool target_open(const StoreJob *job, Target *ret, Error *error)
{
    if (!durable_path(ret->path, job->folder, ".archiving", error)) {
        return false;
    }
    for (int i = 0; i < OPEN_TRIES; i++) {
        struct stat opened;
        struct stat named;
        _cleanup_(durable_close) int fd =
            open(ret->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
        if (fd < 0) {
            return error_set_errno(error, errno, "could not create \"%s\"", ret->path);
        }
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            return error_set_errno(error, errno, "another process is archiving into \"%s\"",
                                   job->folder);
        }
        if (fstat(fd, &opened) == 0 && stat(ret->path, &named) == 0 &&
            opened.st_ino == named.st_ino && opened.st_dev == named.st_dev) {
            if (ftruncate(fd, 0) != 0) {
                return error_set_errno(error, errno, "could not empty \"%s\"", ret->path);
            }
            ret->fd = take(&fd);
            return true;
        }
    }
    return error_set(error, ERROR_TIMEOUT, "others are archiving into \"%s\"", job->folder);
}

static bool copy_plain(Store *store, const StoreJob *job, int from, Target *target, Error *error)
{
    struct stat of;
    size_t size = CHUNK;
    if (fstat(from, &of) != 0) {
        return error_set_errno(error, errno, "could not stat \"%s\"", job->from);
    }
    /* Room first: a full disk says so before anything is written, and the blocks lie together. */
    if (of.st_size > CHUNK && fallocate(target->fd, 0, 0, of.st_size) != 0 && errno == ENOSPC) {
        return error_set_errno(error, errno, "could not write \"%s\"", target->path);
    }
    for (off_t at = 0; size == CHUNK; at += CHUNK) {
        if (!read_chunk(from, store->chunk, job->from, &size, error) ||
            !durable_put(target->fd, store->chunk, size, target->path, error)) {
            return false;
        }
        /* The disk writes this piece while the next is read; whether it did is fsync's to say. */
        if ((at + CHUNK) % FLUSHED == 0) {
            (void)sync_file_range(target->fd, at + CHUNK - FLUSHED, FLUSHED, SYNC_FILE_RANGE_WRITE);
        }
    }
    return true;
}

static bool copy_packed(Store *store, const StoreJob *job, int from, Target *target, Error *error)
{
    size_t size = CHUNK;
    ZSTD_CCtx *pack = store->pack;
    (void)ZSTD_CCtx_reset(pack, ZSTD_reset_session_only); /* cannot fail */
    while (size == CHUNK) {
        if (!read_chunk(from, store->chunk, job->from, &size, error)) {
            return false;
        }
        const bool last = size < CHUNK;
        ZSTD_inBuffer in = {.src = store->chunk, .size = size};
        size_t left = 1;
        while (in.pos < in.size || (last && left > 0)) {
            ZSTD_outBuffer out = {.dst = store->other, .size = CHUNK};
            left = ZSTD_compressStream2(pack, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left)) {
                return error_set(error, ERROR_SYSTEM, "could not compress \"%s\": %s", job->from,
                                 ZSTD_getErrorName(left));
            }
            if (!durable_put(target->fd, out.dst, out.pos, target->path, error)) {
                return false;
            }
        }
    }
    return true;
}

/* Where the file system knows no rename that does not replace (NFS), a link does the same. */
static bool give_name(const Target *target, const char *path, Error *error)
{
    if (renameat2(AT_FDCWD, target->path, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
        return true;
    }
    if ((errno == EINVAL || errno == ENOSYS) && link(target->path, path) == 0) {
        return unlink(target->path) == 0 ||
               error_set_errno(error, errno, "could not remove \"%s\"", target->path);
    }
    return error_set_errno(error, errno, "could not rename \"%s\" to \"%s\"", target->path, path);
}

static bool copy(Store *store, const StoreJob *job, int from, const char *name, bool packed,
                 Error *error)
{
    char path[DURABLE_PATH_SIZE];
    Target target = {.fd = -1};
    if (!durable_path(path, job->folder, name, error)) {
        return false;
    }
    if (lseek(from, 0, SEEK_SET) != 0) {
        return error_set_errno(error, errno, "could not read \"%s\"", job->from);
    }
    if (!target_open(job, &target, error)) {
        return false;
    }
    bool ok = packed ? copy_packed(store, job, from, &target, error)
                     : copy_plain(store, job, from, &target, error);
    if (ok && fsync(target.fd) != 0) {
        ok = error_set_errno(error, errno, "could not fsync \"%s\"", target.path);
    }
    ok = ok && give_name(&target, path, error);
    if (!ok) {
        (void)unlink(target.path); /* a full disk gets its room back; the error is told already */
    }
    durable_close(&target.fd);
    return ok && durable_folder(job->folder, error);
}

static bool codecs_ready(Store *store, Error *error)
{
    if (store->pack == NULL) {
        store->pack = ZSTD_createCCtx();
        store->unpack = ZSTD_createDCtx();
    }
    if (store->pack == NULL || store->unpack == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    /* Both are valid parameters: this cannot fail. */
    (void)ZSTD_CCtx_setParameter(store->pack, ZSTD_c_compressionLevel, LEVEL);
    (void)ZSTD_CCtx_setParameter(store->pack, ZSTD_c_checksumFlag, 1);
    return true;
}

bool store_file(Store *store, const StoreJob *job, Error *error)
{
    char packed_name[WAL_NAME_SIZE + sizeof(STORE_SUFFIX)];
    bool there = false;

    if (!wal_name_is_archived(job->name)) {
        return error_set(error, ERROR_USAGE, "\"%s\" is no name of a WAL file", job->name);
    }
    (void)str_format(packed_name, sizeof(packed_name), "%s" STORE_SUFFIX, job->name); /* fits */
    _cleanup_(durable_close) int from = open(job->from, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (from < 0) {
        return error_set_errno(error, errno, "could not open \"%s\"", job->from);
    }
    if (!codecs_ready(store, error) ||
        !is_there(store, job, from, job->name, false, &there, error)) {
        return false;
    }
    if (!there && !is_there(store, job, from, packed_name, true, &there, error)) {
        return false;
    }
    const bool pack = job->compression == STORE_ZSTD && wal_name_is_segment(job->name);
    return there || copy(store, job, from, pack ? packed_name : job->name, pack, error);
}

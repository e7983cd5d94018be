/*
 * The backup destination on disk.
 */
#include "backup/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/segment.h"

#define LOCK_NAME ".lock"

enum { GENERATIONS_MAX = 4096, SECONDS_AHEAD = 20, NAME_SIZE = 64 };

static bool check_owner(const char *path, Error *error)
{
    struct stat of;
    if (stat(path, &of) != 0) {
        return error_set_errno(error, errno, "backup destination \"%s\"", path);
    }
    if (!S_ISDIR(of.st_mode)) {
        return error_set(error, ERROR_REFUSED, "backup destination \"%s\" is no folder", path);
    }
    if (of.st_uid != geteuid()) {
        return error_set(error, ERROR_REFUSED,
                         "backup destination \"%s\" belongs to user %u, and this command runs as "
                         "user %u\nhint: it belongs to the owner of the data directory, mode 0700",
                         path, of.st_uid, geteuid());
    }
    if ((of.st_mode & 077) != 0) {
        return error_set(error, ERROR_REFUSED,
                         "backup destination \"%s\" has mode %04o: others may enter it\n"
                         "hint: chmod 0700 \"%s\"",
                         path, of.st_mode & 07777, path);
    }
    return true;
}

bool store_open(const char *path, Store *ret, Error *error)
{
    char real[PATH_MAX];
    *ret = STORE_NONE;
    if (path[0] != '/') {
        return error_set(error, ERROR_USAGE,
                         "backup destination \"%s\" does not begin with a slash", path);
    }
    if (realpath(path, real) == NULL && errno == ENOENT) {
        return error_set(
            error, ERROR_SYSTEM,
            "backup destination \"%s\": No such file or directory\nhint: look whether its "
            "disk is mounted; a new one is made by root: install -d -o OWNER -m 700 %s",
            path, path);
    }
    if (realpath(path, real) == NULL) {
        return error_set_errno(error, errno, "backup destination \"%s\"", path);
    }
    if (!str_copy(ret->path, sizeof(ret->path), real)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", real);
    }
    return check_owner(ret->path, error);
}

void store_done(Store *store)
{
    io_close(&store->lock_fd);
}

bool store_lies_in(const Store *store, const char *folder)
{
    char real[PATH_MAX];
    if (realpath(folder, real) == NULL) {
        return false;
    }
    const size_t length = strlen(real);
    return strncmp(store->path, real, length) == 0 &&
           (store->path[length] == '\0' || store->path[length] == '/');
}

bool store_lock(Store *store, Error *error)
{
    char path[PG_PATH_SIZE];
    if (!io_path(path, store->path, LOCK_NAME, error)) {
        return false;
    }
    /* The lock is on the descriptor, not on the file being there: nothing is left behind by a crash. */
    store->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (store->lock_fd < 0) {
        return error_set_errno(error, errno, "open \"%s\"", path);
    }
    if (flock(store->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK
                   ? error_set(error, ERROR_REFUSED,
                               "another command is working in backup destination \"%s\"\n"
                               "hint: wait until it is done",
                               store->path)
                   : error_set_errno(error, errno, "lock \"%s\"", path);
    }
    return true;
}

static bool make_link(const Store *store, const char *name, const char *target, Error *error)
{
    char path[PG_PATH_SIZE];
    return io_path(path, store->path, name, error) &&
           (symlink(target, path) == 0 || errno == EEXIST ||
            error_set_errno(error, errno, "make link \"%s\"", path));
}

bool store_make(const Store *store, Error *error)
{
    char path[PG_PATH_SIZE];
    return io_path(path, store->path, STORE_ARCHIVED, error) && io_make_folder(path, 0700, error) &&
           io_path(path, store->path, STORE_ONLINE, error) && io_make_folder(path, 0700, error) &&
           make_link(store, "archived_wal", STORE_ARCHIVED, error) &&
           make_link(store, "online_wal", STORE_ONLINE, error) &&
           io_sync_folder(store->path, error);
}

static bool exists(const char *folder, const char *name)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    Error error = {0};
    return io_path(path, folder, name, &error) && lstat(path, &of) == 0;
}

static void say_why_none(const char *folder, Generation *ret)
{
    if (access(folder, R_OK | X_OK) != 0) {
        (void)str_format(ret->reason, sizeof(ret->reason), "its folder cannot be read: %s",
                         strerror(errno)); /* cut is fine */
    } else {
        (void)str_copy(ret->reason, sizeof(ret->reason),
                       exists(folder, STORE_MARKER)
                           ? "it has no manifest: it was interrupted, or is being made now"
                           : "it has no manifest"); /* fits */
    }
}

static bool look_at(const Store *store, const char *name, Generation *ret, Error *error)
{
    char folder[PG_PATH_SIZE];
    Error why = {0};
    const bool fits = str_copy(ret->name, sizeof(ret->name), name);
    assert(fits);
    if (!io_path(folder, store->path, name, error)) {
        return false;
    }
    if (!exists(folder, MANIFEST_NAME)) {
        say_why_none(folder, ret);
    } else if (!manifest_prove(folder, &ret->head, &why)) {
        (void)str_copy(ret->reason, sizeof(ret->reason), why.text); /* cut is fine */
    } else {
        ret->complete = true;
    }
    return true;
}

bool store_is_one(const Store *store)
{
    return exists(store->path, STORE_ARCHIVED);
}

/* One that uses others is complete when they are. */
static void check_uses(Generation *list, int count)
{
    for (int i = 0; i < count; i++) {
        for (int n = 0; list[i].complete && n < list[i].head.uses_count; n++) {
            const int used = generations_find(list, count, list[i].head.uses[n]);
            if (used < 0 || !list[used].complete) {
                list[i].complete = false;
                (void)str_format(list[i].reason, sizeof(list[i].reason),
                                 "generation %s, which it uses, is not complete",
                                 list[i].head.uses[n]); /* fits */
            }
        }
    }
}

static bool is_generation(const Store *store, const char *name)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    Error error = {0};
    return manifest_is_generation(name) && io_path(path, store->path, name, &error) &&
           stat(path, &of) == 0 && S_ISDIR(of.st_mode);
}

bool store_list(const Store *store, Generation **ret, int *ret_count, Error *error)
{
    Generation *list = NULL;
    int count = 0;
    bool good = true;
    DIR *in = opendir(store->path);
    if (in == NULL) {
        return error_set_errno(error, errno, "read folder \"%s\"", store->path);
    }
    for (const struct dirent *entry; good && (entry = readdir(in)) != NULL;) {
        if (!is_generation(store, entry->d_name)) {
            continue;
        }
        Generation *more = realloc(list, (size_t)(count + 1) * sizeof(*list));
        if (more == NULL || count == GENERATIONS_MAX) {
            list = more == NULL ? list : more;
            good = error_set(error, ERROR_LIMIT, "too many generations in \"%s\"", store->path);
            break;
        }
        list = more;
        list[count] = (Generation){0};
        good = look_at(store, entry->d_name, &list[count], error);
        count++;
    }
    (void)closedir(in); /* only read from */
    if (!good) {
        free(list);
        return false;
    }
    generations_sort(list, count);
    check_uses(list, count);
    *ret = list;
    *ret_count = count;
    return true;
}

static bool name_of_now(int seconds_later, char *ret)
{
    const time_t now = (time_t)io_wall_time() + seconds_later;
    struct tm parts;
    return localtime_r(&now, &parts) != NULL &&
           strftime(ret, MANIFEST_GENERATION_SIZE, "%Y-%m-%d_%H-%M-%S", &parts) ==
               MANIFEST_GENERATION_SIZE - 1;
}

/* The last by name, complete or not; empty: there is none. */
static bool last_name(const Store *store, char *ret, Error *error)
{
    DIR *in = opendir(store->path);
    if (in == NULL) {
        return error_set_errno(error, errno, "read folder \"%s\"", store->path);
    }
    *ret = '\0';
    for (const struct dirent *entry; (entry = readdir(in)) != NULL;) {
        if (is_generation(store, entry->d_name) && strcmp(entry->d_name, ret) > 0) {
            const bool fits = str_copy(ret, MANIFEST_GENERATION_SIZE, entry->d_name);
            assert(fits);
        }
    }
    (void)closedir(in); /* only read from */
    return true;
}

/* A folder is named by its second; where that is taken, or one that is later, by the next that is free: the names stay in the
 * order of the work. A clock that was far ahead once keeps nobody from working: then the second counts. */
static bool make_named(const Store *store, const char *prefix, const char *last, char *ret_name,
                       char *ret_folder, Error *error)
{
    for (int attempt = 0; attempt < 2 * SECONDS_AHEAD; attempt++) {
        char name[NAME_SIZE];
        if (!name_of_now(attempt % SECONDS_AHEAD, ret_name)) {
            return error_set(error, ERROR_SYSTEM, "there is no local time");
        }
        if (attempt < SECONDS_AHEAD && strcmp(ret_name, last) <= 0) {
            continue;
        }
        if (!str_format(name, sizeof(name), "%s%s", prefix, ret_name) ||
            !io_path(ret_folder, store->path, name, error)) {
            return false;
        }
        if (mkdir(ret_folder, 0700) == 0) {
            return true;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return error_set_errno(error, errno, "make folder \"%s\"", ret_folder);
}

/* The marker is durable before anything else is in the folder. */
static bool make_marker(const char *folder, Error *error)
{
    char path[PG_PATH_SIZE];
    if (!io_path(path, folder, STORE_MARKER, error)) {
        return false;
    }
    _cleanup_(io_close) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || fsync(fd) != 0) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    return io_sync_folder(folder, error);
}

bool store_begin(const Store *store, char *ret_name, char *ret_folder, Error *error)
{
    char last[MANIFEST_GENERATION_SIZE];
    if (!last_name(store, last, error) ||
        !make_named(store, "", last, ret_name, ret_folder, error)) {
        return false;
    }
    if (!make_marker(ret_folder, error)) {
        store_shrink(ret_folder);
        (void)rmdir(ret_folder); /* with a marker in it, it goes with the next run */
        return false;
    }
    return io_sync_folder(store->path, error);
}

void store_shrink(const char *folder)
{
    DIR *in = opendir(folder);
    if (in == NULL) {
        return;
    }
    for (const struct dirent *entry; (entry = readdir(in)) != NULL;) {
        if (!str_equal(entry->d_name, STORE_MARKER) && !str_equal(entry->d_name, ".") &&
            !str_equal(entry->d_name, "..")) {
            (void)unlinkat(dirfd(in), entry->d_name, 0); /* what stays goes with the next run */
        }
    }
    (void)closedir(in); /* only read from */
}

bool store_begin_named(const Store *store, const char *name, char *ret_folder, Error *error)
{
    return io_path(ret_folder, store->path, name, error) &&
           io_make_folder(ret_folder, 0700, error) && make_marker(ret_folder, error) &&
           io_sync_folder(store->path, error);
}

bool store_make_saved(const Store *store, char *ret, Error *error)
{
    char second[MANIFEST_GENERATION_SIZE];
    return make_named(store, "saved_", "", second, ret, error) &&
           io_sync_folder(store->path, error);
}

static bool remove_marker(const char *folder, Error *error)
{
    char path[PG_PATH_SIZE];
    return io_path(path, folder, STORE_MARKER, error) &&
           (unlink(path) == 0 || errno == ENOENT ||
            error_set_errno(error, errno, "remove \"%s\"", path));
}

bool store_commit(const char *folder, Error *error)
{
    return remove_marker(folder, error) && io_sync_folder(folder, error);
}

/* The marker goes last: by it the next run finds what somebody who was killed has left of the rest. */
static bool remove_marked(const char *folder, Error *error)
{
    return io_empty_folder_but(folder, STORE_MARKER, error) && io_sync_folder(folder, error) &&
           io_remove_tree(folder, error);
}

bool store_remove(const Store *store, const char *name, Error *error)
{
    char folder[PG_PATH_SIZE];
    char manifest[PG_PATH_SIZE];
    if (!io_path(folder, store->path, name, error) ||
        !io_path(manifest, folder, MANIFEST_NAME, error) || !make_marker(folder, error)) {
        return false;
    }
    if (unlink(manifest) != 0 && errno != ENOENT) {
        return error_set_errno(error, errno, "remove \"%s\"", manifest);
    }
    return io_sync_folder(folder, error) && remove_marked(folder, error);
}

bool store_remove_remains(const Store *store, int *ret_count, Error *error)
{
    char folder[PG_PATH_SIZE];
    int count = 0;
    DIR *in = opendir(store->path);
    if (in == NULL) {
        return error_set_errno(error, errno, "read folder \"%s\"", store->path);
    }
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(in)) != NULL;) {
        if (!is_generation(store, entry->d_name)) {
            continue;
        }
        good = io_path(folder, store->path, entry->d_name, error);
        if (!good || !exists(folder, STORE_MARKER)) {
            /* Empty: somebody was killed between making it and its marker, or removing this and it. */
            count += good && rmdir(folder) == 0 ? 1 : 0;
            continue;
        }
        if (exists(folder, MANIFEST_NAME)) {
            good = remove_marker(folder, error); /* it was done but for this */
        } else {
            good = remove_marked(folder, error);
            count++;
        }
    }
    (void)closedir(in); /* only read from */
    *ret_count = count;
    return good;
}

bool store_prune_wal(const Store *store, uint64_t before, uint32_t segment_size, int *ret_count,
                     Error *error)
{
    char folder[PG_PATH_SIZE];
    int count = 0;
    if (!io_path(folder, store->path, STORE_ARCHIVED, error)) {
        return false;
    }
    DIR *in = opendir(folder);
    if (in == NULL) {
        return error_set_errno(error, errno, "read folder \"%s\"", folder);
    }
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(in)) != NULL;) {
        Segment segment;
        const SegmentFile kind = segment_parse(entry->d_name, segment_size, &segment);
        if (kind == SEGMENT_FILE_OTHER || kind == SEGMENT_FILE_HISTORY ||
            segment.number >= before) {
            continue;
        }
        if (unlinkat(dirfd(in), entry->d_name, 0) != 0 && errno != ENOENT) {
            good = error_set_errno(error, errno, "remove \"%s/%s\"", folder, entry->d_name);
        }
        count++;
    }
    (void)closedir(in); /* only read from */
    *ret_count = count;
    return good;
}

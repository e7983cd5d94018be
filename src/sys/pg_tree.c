/* pg_tree.c - walks folders from the inside out, by descriptors. */
#include "sys/pg_tree.h"

#include "base/assert.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 32 };

typedef enum Deed { DEED_REMOVE, DEED_SYNC } Deed;

static bool is_dots(const char *name)
{
    return str_equal(name, ".") || str_equal(name, "..");
}

static bool stepped(PgTreeWalk *walk, Error *error)
{
    walk->files++;
    return walk->step == NULL || walk->step(walk->ctx, walk->files) ||
           error_set(error, ERROR_TIMEOUT, "broken off");
}

static bool walk_folder(int fd, Deed deed, const char *keep, int depth, PgTreeWalk *walk,
                        Error *error);

static bool sync_at(int folder, const char *name, Error *error)
{
    const int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    if (fd < 0) {
        return error_set_errno(error, errno, "open \"%s\"", name);
    }
    const bool ok = fsync(fd) == 0 || error_set_errno(error, errno, "fsync \"%s\"", name);
    (void)close(fd); /* only read from */
    return ok;
}

static bool walk_entry(int folder, const char *name, Deed deed, int depth, PgTreeWalk *walk,
                       Error *error)
{
    struct stat of;
    if (fstatat(folder, name, &of, AT_SYMLINK_NOFOLLOW) != 0) {
        return error_set_errno(error, errno, "stat \"%s\"", name);
    }
    const bool is_folder = S_ISDIR(of.st_mode);
    if (is_folder) {
        const int fd =
            openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
        if (fd < 0) {
            return error_set_errno(error, errno, "open folder \"%s\"", name);
        }
        if (!walk_folder(fd, deed, NULL, depth + 1, walk, error)) {
            return error_wrap(error, "in \"%s\"", name);
        }
    }
    switch (deed) {
    case DEED_REMOVE:
        if (unlinkat(folder, name, is_folder ? AT_REMOVEDIR : 0) != 0) {
            return error_set_errno(error, errno, "remove \"%s\"", name);
        }
        break;
    case DEED_SYNC:
        if (S_ISREG(of.st_mode) && !sync_at(folder, name, error)) {
            return false;
        }
        break;
    }
    return stepped(walk, error);
}

/* Takes the descriptor. */
static bool walk_folder(int fd, Deed deed, const char *keep, int depth, PgTreeWalk *walk,
                        Error *error)
{
    DIR *listing = fdopendir(fd);
    bool ok = depth < DEPTH_MAX || error_set(error, ERROR_LIMIT, "folders are nested too deep");
    assert(listing != NULL); /* it is a folder */
    for (const struct dirent *entry = readdir(listing); ok && entry != NULL;
         entry = readdir(listing)) {
        const bool kept = keep != NULL && str_equal(entry->d_name, keep);
        ok = is_dots(entry->d_name) || kept ||
             walk_entry(fd, entry->d_name, deed, depth, walk, error);
    }
    if (ok && fsync(fd) != 0) {
        ok = error_set_errno(error, errno, "fsync of a folder");
    }
    (void)closedir(listing); /* only read from */
    return ok;
}

static bool walk_whole(const char *folder, Deed deed, const char *keep, PgTreeWalk *walk,
                       Error *error)
{
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return error_set_errno(error, errno, "open folder \"%s\"", folder);
    }
    return walk_folder(fd, deed, keep, 0, walk, error) || error_wrap(error, "in \"%s\"", folder);
}

bool pg_tree_empty(const char *folder, const char *keep, PgTreeWalk *walk, Error *error)
{
    return walk_whole(folder, DEED_REMOVE, keep, walk, error);
}

bool pg_tree_sync(const char *folder, PgTreeWalk *walk, Error *error)
{
    return walk_whole(folder, DEED_SYNC, NULL, walk, error);
}

bool pg_tree_count(const char *folder, int *ret, Error *error)
{
    int count = 0;
    DIR *listing = opendir(folder);
    if (listing == NULL && errno != ENOENT) {
        return error_set_errno(error, errno, "open folder \"%s\"", folder);
    }
    for (const struct dirent *entry = listing == NULL ? NULL : readdir(listing); entry != NULL;
         entry = readdir(listing)) {
        count += is_dots(entry->d_name) ? 0 : 1;
    }
    if (listing != NULL) {
        (void)closedir(listing); /* only read from */
    }
    *ret = count;
    return true;
}

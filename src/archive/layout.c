/* layout.c - checks and makes the backup directory. */
#include "archive/layout.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

bool layout_check(const char *folder, Error *error)
{
    struct stat of;
    if (folder[0] != '/') {
        return error_set(error, ERROR_CONFIG, "the backup directory \"%s\" is not an absolute path",
                         folder) ||
               durable_hint(error, "write the whole path, from \"/\" on");
    }
    if (stat(folder, &of) != 0) {
        return error_set_errno(error, errno, "backup directory \"%s\"", folder) ||
               durable_hint(error,
                            "make it with: install -d -m 700 -o USER, where USER is the owner of "
                            "the data directory; or mount its disk");
    }
    if (!S_ISDIR(of.st_mode)) {
        return error_set(error, ERROR_CONFIG, "backup directory \"%s\" is not a directory",
                         folder) ||
               durable_hint(error, "name a directory of its own for backups");
    }
    if (of.st_uid != geteuid()) {
        return error_set(error, ERROR_CONFIG, "backup directory \"%s\" belongs to user %u, not %u",
                         folder, of.st_uid, geteuid()) ||
               durable_hint(error, "give it to the owner of the data directory with chown");
    }
    if ((of.st_mode & 07777) != 0700) {
        return error_set(error, ERROR_CONFIG, "backup directory \"%s\" has mode %04o, not 0700",
                         folder, of.st_mode & 07777) ||
               durable_hint(error, "whoever reads it reads the database: chmod 700");
    }
    return true;
}

static bool ensure_folder(const char *destination, const char *name, Error *error)
{
    char path[DURABLE_PATH_SIZE];
    if (!durable_path(path, destination, name, error)) {
        return false;
    }
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        return error_set_errno(error, errno, "could not make \"%s\"", path);
    }
    return layout_check(path, error);
}

/* Something else of that name, say a folder that somebody uses, is left alone. */
static bool ensure_link(const char *destination, const char *name, const char *target, Error *error)
{
    char path[DURABLE_PATH_SIZE];
    if (!durable_path(path, destination, name, error)) {
        return false;
    }
    return symlink(target, path) == 0 || errno == EEXIST ||
           error_set_errno(error, errno, "could not make the link \"%s\"", path);
}

bool layout_ensure(const char *destination, Error *error)
{
    return layout_check(destination, error) && ensure_folder(destination, LAYOUT_ARCHIVED, error) &&
           ensure_folder(destination, LAYOUT_ONLINE, error) &&
           ensure_link(destination, "archived_wal", LAYOUT_ARCHIVED, error) &&
           ensure_link(destination, "online_wal", LAYOUT_ONLINE, error) &&
           durable_folder(destination, error);
}

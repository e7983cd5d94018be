/*
 * Counts folders by their names, and the bytes of what lies in them.
 */
#include "cli/kept_line.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/say.h"

enum { DEPTH_MAX = 8 }; /* of folders in one that is kept; it has two at most */

/* Of a folder that is open already, which this closes; false: it cannot be read. */
static bool add_bytes(int fd, int depth, uint64_t *inout_bytes)
{
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (folder == NULL) {
        if (fd >= 0) {
            (void)close(fd); /* only looked at */
        }
        return false;
    }
    for (const struct dirent *at = readdir(folder); at != NULL; at = readdir(folder)) {
        struct stat of;
        if (str_equal(at->d_name, ".") || str_equal(at->d_name, "..") ||
            fstatat(dirfd(folder), at->d_name, &of, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        *inout_bytes += S_ISREG(of.st_mode) ? (uint64_t)of.st_size : 0;
        if (S_ISDIR(of.st_mode) && depth < DEPTH_MAX) {
            (void)add_bytes(
                openat(dirfd(folder), at->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                depth + 1, inout_bytes); /* what cannot be read is not counted */
        }
    }
    (void)closedir(folder); /* only read */
    return true;
}

Kept kept_count(const char *path, const char *prefix)
{
    Kept kept = {0};
    uint64_t bytes = 0;
    DIR *folder = opendir(path);
    for (const struct dirent *at = folder == NULL ? NULL : readdir(folder); at != NULL;
         at = readdir(folder)) {
        if (at->d_name[0] != '.' && str_starts_with(at->d_name, prefix) &&
            add_bytes(
                openat(dirfd(folder), at->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                0, &bytes)) {
            kept.folders++;
        }
    }
    if (folder != NULL) {
        (void)closedir(folder); /* only read */
    }
    kept.megabytes = (bytes + (1 << 20) - 1) >> 20;
    return kept;
}

void say_kept(const char *saved)
{
    char parent[PATH_SIZE];
    const char *name = strrchr(saved, '/');
    if (name == NULL || !str_copy_bytes(parent, sizeof(parent), saved, (size_t)(name - saved))) {
        return;
    }
    const Kept kept = kept_count(parent, "saved_");
    if (kept.folders > 1) {
        say("%d such folders are there, %llu MB; remove what is no longer needed", kept.folders,
            (unsigned long long)kept.megabytes);
    }
}

void kept_line(const Site *site, StrBuf *out)
{
    char path[PATH_SIZE];
    Error ignored = {0};
    if (!path_join(site->dir, "diverged", path, sizeof(path), &ignored)) {
        return;
    }
    const Kept kept = kept_count(path, "");
    if (kept.folders > 0) {
        str_add_format(out,
                       "\nkept: WAL that went its own way, saved %d time%s, %llu MB in %s; remove "
                       "what is no longer needed\n",
                       kept.folders, kept.folders == 1 ? "" : "s",
                       (unsigned long long)kept.megabytes, path);
    }
}

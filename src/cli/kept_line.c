/*
 * Counts the folders of diverged/ (sys/pg_diverged.h), and the bytes of their files.
 */
#include "cli/kept_line.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"

/* Of the files of one folder; false: it is none, or cannot be read. */
static bool folder_bytes(int parent, const char *name, uint64_t *inout_bytes)
{
    const int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (folder == NULL) {
        if (fd >= 0) {
            (void)close(fd); /* only looked at */
        }
        return false;
    }
    for (const struct dirent *at = readdir(folder); at != NULL; at = readdir(folder)) {
        struct stat of;
        if (fstatat(dirfd(folder), at->d_name, &of, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(of.st_mode)) {
            *inout_bytes += (uint64_t)of.st_size;
        }
    }
    (void)closedir(folder); /* only read */
    return true;
}

void kept_line(const Site *site, StrBuf *out)
{
    char path[PATH_SIZE];
    Error ignored = {0};
    uint64_t bytes = 0;
    int folders = 0;
    DIR *folder =
        path_join(site->dir, "diverged", path, sizeof(path), &ignored) ? opendir(path) : NULL;
    if (folder == NULL) {
        return;
    }
    for (const struct dirent *at = readdir(folder); at != NULL; at = readdir(folder)) {
        /* one that begins with a dot is being written */
        folders += at->d_name[0] != '.' && folder_bytes(dirfd(folder), at->d_name, &bytes) ? 1 : 0;
    }
    (void)closedir(folder); /* only read */
    const uint64_t megabytes = (bytes >> 20) + 1;
    if (folders > 0) {
        str_add_format(out,
                       "\nkept: WAL that went its own way, saved %d time%s, %llu MB in %s; remove "
                       "what is no longer needed\n",
                       folders, folders == 1 ? "" : "s", (unsigned long long)megabytes, path);
    }
}

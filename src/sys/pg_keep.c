/* pg_keep.c - copies configuration files into a folder, and back. */
#include "sys/pg_keep.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void pg_keep_folder(const PgSetup *setup, char ret[PG_PATH_SIZE])
{
    pg_path(ret, setup->mc_dir, "kept_conf");
}

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);
    const size_t size = strlen(end);
    return length > size && str_equal(text + length - size, end);
}

static bool is_conf(const char *name)
{
    return name[0] != '.' && ends_with(name, ".conf") && !str_equal(name, "mc.auto.conf");
}

static bool copy_file(const char *from, const char *to, mode_t mode, Error *error)
{
    size_t length = 0;
    _cleanup_free_ char *text = malloc(PG_TEXT_MAX);
    if (text == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    return pg_file_read(from, text, PG_TEXT_MAX, &length, error) &&
           pg_file_write(to, text, length, mode & 0777, error);
}

static bool copy_all(const char *from, const char *to, bool top, Error *error)
{
    bool ok = true;
    DIR *listing = opendir(from);
    if (listing == NULL) {
        return error_set_errno(error, errno, "open folder \"%s\"", from);
    }
    for (const struct dirent *entry = readdir(listing); ok && entry != NULL;
         entry = readdir(listing)) {
        char source[PG_PATH_SIZE];
        char target[PG_PATH_SIZE];
        struct stat of;
        pg_path(source, from, entry->d_name);
        pg_path(target, to, entry->d_name);
        if (stat(source, &of) != 0) {
            continue; /* a link to nowhere */
        }
        if (S_ISREG(of.st_mode) && is_conf(entry->d_name)) {
            ok = copy_file(source, target, of.st_mode, error);
        } else if (top && S_ISDIR(of.st_mode) && ends_with(entry->d_name, "conf.d")) {
            ok = pg_folder_make(target, error) && copy_all(source, target, false, error);
        }
    }
    (void)closedir(listing); /* only read from */
    return ok;
}

bool pg_keep_save(const PgSetup *setup, Error *error)
{
    char folder[PG_PATH_SIZE];
    PgTreeWalk walk = {0};
    pg_keep_folder(setup, folder);
    return pg_folder_make(folder, error) && pg_tree_empty(folder, NULL, &walk, error) &&
           (copy_all(setup->data_dir, folder, true, error) ||
            error_wrap(error, "keep the configuration files"));
}

bool pg_keep_put_back(const PgSetup *setup, Error *error)
{
    char folder[PG_PATH_SIZE];
    pg_keep_folder(setup, folder);
    if (access(folder, F_OK) != 0 && errno == ENOENT) {
        return true; /* a new copy where there was nothing: it goes on with those of the original */
    }
    return copy_all(folder, setup->data_dir, true, error) ||
           error_wrap(error, "put the configuration files back");
}

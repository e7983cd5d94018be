/*
 * Walking a tree in order.
 *
 * A folder's names are read as a whole and sorted, because a manifest is compared with a tree, and with another
 * manifest, by walking both at once.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

enum { TREE_DEPTH_MAX = 64 };

typedef struct Names {
    char *arena; /* the names, one behind the other */
    size_t used;
    size_t room;
    char **list;
    size_t count;
} Names;

static void names_done(Names *names)
{
    free(names->arena);
    free(names->list);
}

static bool names_add(Names *names, const char *name)
{
    const size_t size = strlen(name) + 1;
    if (names->used + size > names->room) {
        const size_t room = names->room == 0 ? 4096 : 2 * names->room;
        char *arena = realloc(names->arena, room);
        if (arena == NULL) {
            return false;
        }
        names->arena = arena;
        names->room = room;
    }
    memcpy(names->arena + names->used, name, size);
    names->used += size;
    names->count++;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool names_sort(Names *names)
{
    names->list = calloc(names->count + 1, sizeof(*names->list));
    if (names->list == NULL) {
        return false;
    }
    char *at = names->arena;
    for (size_t i = 0; i < names->count; i++) {
        names->list[i] = at;
        at += strlen(at) + 1;
    }
    qsort(names->list, names->count, sizeof(*names->list), compare_names);
    return true;
}

static bool names_read(const char *folder, Names *ret, Error *error)
{
    DIR *in = opendir(folder);
    if (in == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "read folder \"%s\"", folder);
    }
    bool good = true;
    const struct dirent *entry;
    for (errno = 0; good && (entry = readdir(in)) != NULL; errno = 0) {
        if (!str_equal(entry->d_name, ".") && !str_equal(entry->d_name, "..")) {
            good = names_add(ret, entry->d_name);
        }
    }
    const int code = good ? errno : ENOMEM;
    (void)closedir(in); /* only read from */
    if (code != 0 || !names_sort(ret)) {
        return error_set_errno(error, code == 0 ? ENOMEM : code, "read folder \"%s\"", folder);
    }
    return true;
}

typedef struct Walk {
    const char *root;
    TreeVisit *visit;
    TreeFolder *folder;
    void *arg;
    int depth;
} Walk;

/* False when it is gone. */
static bool look_at(const char *full, TreeEntry *ret)
{
    struct stat behind;
    if (lstat(full, &ret->of) != 0) {
        return false;
    }
    behind = ret->of;
    if (S_ISLNK(ret->of.st_mode)) {
        const ssize_t length = readlink(full, ret->target, sizeof(ret->target) - 1);
        ret->link = true;
        ret->target[length < 0 ? 0 : length] = '\0';
        if (stat(full, &behind) != 0) {
            behind.st_mode = 0; /* it leads nowhere */
        }
    }
    ret->folder = S_ISDIR(behind.st_mode);
    ret->regular = S_ISREG(behind.st_mode);
    ret->size = (uint64_t)behind.st_size;
    return true;
}

static bool walk_folder(Walk *walk, const char *below, Error *error);

static bool walk_entry(Walk *walk, const char *path, Error *error)
{
    char full[PG_PATH_SIZE];
    TreeEntry entry = {.path = path, .full = full};
    if (!io_path(full, walk->root, path, error)) {
        return false;
    }
    if (!look_at(full, &entry)) {
        return true;
    }
    switch (walk->visit(walk->arg, &entry, error)) {
    case TREE_NEXT:
        break;
    case TREE_DESCEND:
        return !entry.folder || walk_folder(walk, path, error);
    case TREE_STOP:
        return false;
    }
    return true;
}

static bool walk_folder(Walk *walk, const char *below, Error *error)
{
    char full[PG_PATH_SIZE];
    char path[PG_PATH_SIZE];
    _cleanup_(names_done) Names names = {0};

    if (walk->depth == TREE_DEPTH_MAX) {
        return error_set(error, ERROR_LIMIT, "\"%s/%s\" lies too deep", walk->root, below);
    }
    if (below[0] == '\0' ? !str_copy(full, sizeof(full), walk->root)
                         : !io_path(full, walk->root, below, error)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", walk->root);
    }
    if (!names_read(full, &names, error) ||
        (walk->folder != NULL && !walk->folder(walk->arg, below, names.list, names.count, error))) {
        return false;
    }
    walk->depth++;
    for (size_t i = 0; i < names.count; i++) {
        assert(names.list != NULL);
        const bool fits = below[0] == '\0'
                              ? str_copy(path, sizeof(path), names.list[i])
                              : str_format(path, sizeof(path), "%s/%s", below, names.list[i]);
        if (!fits) {
            return error_set(error, ERROR_LIMIT, "a path in \"%s\" is too long", full);
        }
        if (!walk_entry(walk, path, error)) {
            return false;
        }
    }
    walk->depth--;
    return true;
}

bool tree_walk(const char *root, TreeVisit *visit, TreeFolder *folder, void *arg, Error *error)
{
    Walk walk = {.root = root, .visit = visit, .folder = folder, .arg = arg};
    return walk_folder(&walk, "", error);
}

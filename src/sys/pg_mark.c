/* pg_mark.c - writes and reads the mark, and clears a marked directory. */
#include "sys/pg_mark.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_control.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MARK_TEXT_MAX = PG_TABLESPACES_MAX * (PG_PATH_SIZE + 16) + 1024 };

static const char MARK_FILE[] = "mc.interrupted";
static const char HEAD[] =
    "# written by Mirroring Controller: this data directory is incomplete. It is not started, and "
    "the next\n"
    "# mc_ctl setup (or the agent, where it was at work) makes a new copy in its place.\n";
static const char *const WORDS[] = {
    [PG_MARK_COPY] = "work copy\n", [PG_MARK_AGENT] = "work agent\n"};
static const char VERSION[] = "version ";
static const char SPACE[] = "tablespace ";

bool pg_mark_add(PgMark *mark, const char *tablespace, Error *error)
{
    for (int i = 0; i < mark->tablespace_count; i++) {
        if (str_equal(mark->tablespace[i], tablespace)) {
            return true;
        }
    }
    if (mark->tablespace_count == PG_TABLESPACES_MAX) {
        return error_set(error, ERROR_LIMIT, "there are more than %d tablespaces",
                         PG_TABLESPACES_MAX);
    }
    if (tablespace[0] != '/' || strchr(tablespace, '\n') != NULL ||
        !str_copy(mark->tablespace[mark->tablespace_count], PG_PATH_SIZE, tablespace)) {
        return error_set(error, ERROR_REFUSED, "a tablespace lies in \"%s\"", tablespace);
    }
    mark->tablespace_count++;
    return true;
}

/* Takes the line behind `lead` out of the text at *at, or nothing. */
static bool take_line(char **at, const char *lead, char **ret)
{
    if (!str_starts_with(*at, lead)) {
        return false;
    }
    char *end = strchrnul(*at, '\n');
    if (*end == '\0') {
        return false;
    }
    *end = '\0';
    *ret = *at + strlen(lead);
    *at = end + 1;
    return true;
}

static bool parse(char *text, PgMark *ret)
{
    char *at = text + sizeof(HEAD) - 1;
    char *value = NULL;
    uint64_t major = 0;
    Error error = {0};

    ret->work = str_starts_with(at, WORDS[PG_MARK_COPY])    ? PG_MARK_COPY
                : str_starts_with(at, WORDS[PG_MARK_AGENT]) ? PG_MARK_AGENT
                                                            : PG_MARK_OTHER;
    if (ret->work == PG_MARK_OTHER) {
        return false;
    }
    at += strlen(WORDS[ret->work]);
    if (!take_line(&at, VERSION, &value) || !str_to_uint(value, strlen(value), &major) ||
        major > 1000) {
        return false;
    }
    ret->major = (int)major;
    while (take_line(&at, SPACE, &value)) {
        if (!pg_mark_add(ret, value, &error)) {
            return false;
        }
    }
    return *at == '\0';
}

bool pg_mark_read(const char *data_dir, PgMark *ret)
{
    char path[PG_PATH_SIZE];
    struct stat of = {
        0}; /* stays so where the disk does not tell: that is no mark of ours, but one */
    Error error = {0};
    _cleanup_free_ char *text = malloc(MARK_TEXT_MAX);

    *ret = (PgMark){.work = PG_MARK_NONE};
    pg_path(path, data_dir, MARK_FILE);
    if (lstat(path, &of) != 0 && errno == ENOENT) {
        return false;
    }
    if (S_ISFIFO(of.st_mode)) {
        ret->work = PG_MARK_REWIND;
        if (!pg_mark_add_tablespaces(data_dir, ret, &error)) {
            ret->work = PG_MARK_OTHER;
        }
        return true;
    }
    if (text == NULL || !S_ISREG(of.st_mode) ||
        !pg_file_read(path, text, MARK_TEXT_MAX, NULL, &error) || !str_starts_with(text, HEAD) ||
        !parse(text, ret)) {
        ret->work = PG_MARK_OTHER;
    }
    return true;
}

PgMarkWork pg_mark_work(const char *data_dir)
{
    char path[PG_PATH_SIZE];
    bool there = true;
    Error ignored = {0};
    pg_path(path, data_dir, MARK_FILE);
    if (pg_file_look(path, &there, &ignored) && !there) {
        return PG_MARK_NONE; /* the usual case, asked often */
    }
    _cleanup_free_ PgMark *mark = calloc(1, sizeof(*mark));
    if (mark == NULL) {
        return PG_MARK_OTHER; /* the careful answer */
    }
    return pg_mark_read(data_dir, mark) ? mark->work : PG_MARK_NONE;
}

static bool write_fifo(const char *data_dir, const char *path, Error *error)
{
    struct stat of;
    if (lstat(path, &of) == 0 && S_ISFIFO(of.st_mode)) {
        return true;
    }
    if (mkfifo(path, 0600) != 0) {
        return error_set_errno(error, errno, "create \"%s\"", path);
    }
    const int folder = open(data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = folder >= 0 && fsync(folder) == 0;
    const int errnum = errno;
    if (folder >= 0) {
        (void)close(folder); /* only read from */
    }
    return ok || error_set_errno(error, errnum, "fsync \"%s\"", data_dir);
}

bool pg_mark_write(const char *data_dir, const PgMark *mark, Error *error)
{
    char path[PG_PATH_SIZE];
    _cleanup_free_ char *text = malloc(MARK_TEXT_MAX);

    pg_path(path, data_dir, MARK_FILE);
    if (mark->work == PG_MARK_REWIND) {
        return write_fifo(data_dir, path, error);
    }
    assert(mark->work == PG_MARK_COPY || mark->work == PG_MARK_AGENT);
    if (text == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    StrBuf out = str_begin(text, MARK_TEXT_MAX);
    str_add(&out, HEAD);
    str_add(&out, WORDS[mark->work]);
    str_add_format(&out, "%s%d\n", VERSION, mark->major);
    for (int i = 0; i < mark->tablespace_count; i++) {
        str_add(&out, SPACE);
        str_add(&out, mark->tablespace[i]);
        str_add(&out, "\n");
    }
    assert(!out.cut);
    return pg_file_write(path, text, out.length, 0600, error);
}

bool pg_mark_remove(const char *data_dir, Error *error)
{
    char path[PG_PATH_SIZE];
    pg_path(path, data_dir, MARK_FILE);
    return pg_file_remove(path, error);
}

bool pg_mark_add_tablespaces(const char *data_dir, PgMark *mark, Error *error)
{
    char folder[PG_PATH_SIZE];
    bool ok = true;

    pg_path(folder, data_dir, "pg_tblspc");
    DIR *listing = opendir(folder);
    if (listing == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "open folder \"%s\"", folder);
    }
    for (const struct dirent *entry = readdir(listing); ok && entry != NULL;
         entry = readdir(listing)) {
        char target[PG_PATH_SIZE];
        const ssize_t length =
            readlinkat(dirfd(listing), entry->d_name, target, sizeof(target) - 1);
        if (length > 0) {
            target[length] = '\0';
            ok = pg_mark_add(mark, target, error);
        }
    }
    (void)closedir(listing); /* only read from */
    return ok;
}

/* In a tablespace each major version has a folder of its own: that of another one is another database's, as it is
 * while one is upgraded. */
static bool wipe_tablespace(const char *location, int major, PgTreeWalk *walk, Error *error)
{
    bool ok = true;
    char lead[16];
    (void)str_format(lead, sizeof(lead), "PG_%d_", major); /* fits: at most 1000 */
    DIR *listing = opendir(location);
    if (listing == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "open folder \"%s\"", location);
    }
    for (const struct dirent *entry = readdir(listing); ok && entry != NULL;
         entry = readdir(listing)) {
        char path[PG_PATH_SIZE];
        if (!str_starts_with(entry->d_name, lead)) {
            continue;
        }
        pg_path(path, location, entry->d_name);
        ok = pg_tree_empty(path, NULL, walk, error) &&
             (rmdir(path) == 0 || error_set_errno(error, errno, "remove \"%s\"", path));
    }
    (void)closedir(listing); /* only read from */
    return ok;
}

bool pg_mark_wipe(const char *data_dir, const PgMark *mark, PgTreeWalk *walk, Error *error)
{
    int major = mark->major;
    if (major == 0 && mark->tablespace_count > 0 && !pg_version_read(data_dir, &major, error)) {
        return error_wrap(error, "whose the folders in its tablespaces are");
    }
    for (int i = 0; i < mark->tablespace_count; i++) {
        if (!wipe_tablespace(mark->tablespace[i], major, walk, error)) {
            return error_wrap(error, "tablespace");
        }
    }
    return pg_tree_empty(data_dir, MARK_FILE, walk, error);
}

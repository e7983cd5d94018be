/*
 * The copy command's part of a backup.
 *
 * A copy is known again by a mark: before the snapshot is taken, a file with a number that no other generation has is put
 * into the folder of each resource, and it is removed afterwards. A recovery finds it in what the command has brought back,
 * or says that this is not what belongs to the generation.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "backup/restore.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

/* ---- which resources ---- */

/* Whether the name is one of a list with commas between; blanks around a name mean nothing. */
static bool is_listed(const char *list, const char *name)
{
    for (const char *at = list; *at != '\0';) {
        at += strspn(at, " ,");
        const size_t length = strcspn(at, ",");
        size_t used = length;
        while (used > 0 && at[used - 1] == ' ') {
            used--;
        }
        if (used == strlen(name) && memcmp(at, name, used) == 0) {
            return true;
        }
        at += length;
    }
    return false;
}

static int count_listed(const char *list)
{
    int count = 0;
    for (const char *at = list; *(at += strspn(at, " ,")) != '\0'; at += strcspn(at, ",")) {
        count++;
    }
    return count;
}

static bool add(DumpRun *run, const char *where, const char *name, const char *path, Error *error)
{
    ManifestHead *head = &run->head;
    const char *list = run->options->copy_resources;
    if (list[0] != '\0' && !is_listed(list, name)) {
        return true;
    }
    if (head->copied_count == MANIFEST_COPIED_MAX) {
        return error_set(
            error, ERROR_LIMIT,
            "there are more than %d resources for the copy command\nhint: name fewer of "
            "them: --copy-resources",
            MANIFEST_COPIED_MAX);
    }
    if (strpbrk(name, "\n") != NULL || strpbrk(path, "\n") != NULL) {
        return error_set(
            error, ERROR_REFUSED,
            "tablespace \"%s\" has a line break in its name or folder, which a list of "
            "resources cannot hold",
            name);
    }
    ManifestCopied *one = &head->copied[head->copied_count];
    const bool fits = str_copy(one->where, sizeof(one->where), where) &&
                      str_copy(one->name, sizeof(one->name), name) &&
                      str_copy(run->copied_path[head->copied_count], PG_PATH_SIZE, path);
    assert(fits);
    head->copied_count++;
    return true;
}

bool dump_copy_choose(DumpRun *run, Error *error)
{
    _cleanup_free_ ServerTablespace *list = NULL;
    int count = 0;
    const DumpOptions *options = run->options;
    char names[COPY_NAMES_SIZE];
    if (options->copy.path == NULL) {
        return options->copy_resources[0] == '\0' ||
               error_set(
                   error, ERROR_USAGE,
                   "resources are named for a copy command, and there is none\nhint: give -Y");
    }
    if (!copy_check(&options->copy, error) ||
        !server_tablespaces(run->server, &list, &count, error) ||
        !add(run, MANIFEST_PG_DATA, MANIFEST_PG_DATA, options->data_dir, error)) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (!add(run, list[i].where, list[i].name, list[i].path, error)) {
            return false;
        }
    }
    if (options->copy_resources[0] != '\0' &&
        count_listed(options->copy_resources) != run->head.copied_count) {
        return error_set(
            error, ERROR_USAGE,
            "of the resources \"%s\" only these are there: %s\nhint: pg_data is the data "
            "directory, every other name is that of a tablespace with a folder of its own",
            options->copy_resources, copy_names(&run->head, names, sizeof(names)));
    }
    if (options->key.given) {
        const LogEntry entry =
            msg_backup_copy_not_encrypted(copy_names(&run->head, names, sizeof(names)));
        run->report->say(run->report->arg, &entry);
    }
    return io_random(run->head.copy_mark, sizeof(run->head.copy_mark), error);
}

/* ---- marks ---- */

static bool mark_path(const DumpRun *run, int i, char *ret, Error *error)
{
    return io_path(ret, run->copied_path[i], COPY_MARK_NAME, error);
}

static bool set_marks(const DumpRun *run, Error *error)
{
    char text[COPY_MARK_SIZE];
    char path[PG_PATH_SIZE];
    (void)copy_mark_text(&run->head, text);
    for (int i = 0; i < run->head.copied_count; i++) {
        if (!mark_path(run, i, path, error) ||
            !pg_file_write(path, text, strlen(text), 0600, error)) {
            return false;
        }
    }
    return true;
}

static bool remove_marks(const DumpRun *run, Error *error)
{
    char path[PG_PATH_SIZE];
    for (int i = 0; i < run->head.copied_count; i++) {
        if (!mark_path(run, i, path, error) || !pg_file_remove(path, error)) {
            return false;
        }
    }
    return true;
}

bool dump_copy_clear(const DumpRun *run, Error *error)
{
    char path[PG_PATH_SIZE];
    return io_path(path, run->options->data_dir, COPY_MARK_NAME, error) &&
           pg_file_remove(path, error) &&
           restore_forget(&run->store, run->options->data_dir, error);
}

/* ---- calls ---- */

static bool write_list(const DumpRun *run, bool paths, const char *path, Error *error)
{
    char text[PG_PATH_SIZE + 2];
    _cleanup_(io_close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    for (int i = 0; i < run->head.copied_count; i++) {
        (void)str_format(text, sizeof(text), "%s\n",
                         paths ? run->copied_path[i] : run->head.copied[i].name); /* fits */
        if (!io_write(fd, text, strlen(text), error)) {
            return false;
        }
    }
    return true;
}

/* "-" where no generation has any. One that cannot be read is an error: its copy must not be taken for nobody's. */
static bool find_info(const DumpRun *run, char *ret, Error *error)
{
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    if (!store_list(&run->store, &list, &count, error)) {
        return false;
    }
    for (int i = count - 1; i >= 0; i--) {
        if (list[i].complete && list[i].head.copied_count > 0 &&
            list[i].head.system_identifier == run->head.system_identifier) {
            return io_path(ret, run->folder, "copy.before", error) &&
                   copy_info_extract(&run->store, &list[i], &run->options->key, ret, error);
        }
    }
    return str_copy(ret, PG_PATH_SIZE, "-");
}

static bool call(DumpRun *run, CopyCall *what, const char *name, bool *ret_killed, Error *error)
{
    char paths[PG_PATH_SIZE];
    if (!io_path(paths, run->folder, COPY_PATHS_NAME, error)) {
        return false;
    }
    what->paths = paths;
    what->data_dir = run->options->data_dir;
    what->generation = name;
    what->store = &run->store;
    run->report->progress(run->report->arg, what->mode, 0, 0);
    return copy_call(&run->options->copy, what, run->report, ret_killed, error);
}

bool dump_copy_prepare(DumpRun *run, const char *name, Error *error)
{
    char list[PG_PATH_SIZE];
    char paths[PG_PATH_SIZE];
    char info[PG_PATH_SIZE];
    bool killed = false;
    if (run->head.copied_count == 0) {
        return true;
    }
    if (!io_path(list, run->folder, COPY_LIST_NAME, error) ||
        !io_path(paths, run->folder, COPY_PATHS_NAME, error) ||
        !write_list(run, false, list, error) || !write_list(run, true, paths, error) ||
        !find_info(run, info, error)) {
        return false;
    }
    const bool good =
        call(run, &(CopyCall){.mode = "prepare", .info = info, .list = list}, name, &killed, error);
    run->copy_open = good || killed;
    return good;
}

/* Another backup of this directory, into another destination, may have taken them away: then no copy has them for sure. */
static bool check_marks(const DumpRun *run, Error *error)
{
    char wanted[COPY_MARK_SIZE];
    (void)copy_mark_text(&run->head, wanted);
    for (int i = 0; i < run->head.copied_count; i++) {
        char path[PG_PATH_SIZE];
        char found[COPY_MARK_SIZE + 2];
        size_t length = 0;
        Error why = {0};
        if (!mark_path(run, i, path, error)) {
            return false;
        }
        if (!pg_file_read(path, found, sizeof(found), &length, &why) || !str_equal(found, wanted)) {
            return error_set(
                error, ERROR_REFUSED,
                "\"%s\" was changed while the copy command worked, and its copy would not "
                "be known again\nhint: let one backup of a directory end before the next "
                "begins, also where they go to different destinations",
                path);
        }
    }
    return true;
}

bool dump_copy_backup(DumpRun *run, const char *name, Error *error)
{
    bool killed = false;
    Error none = {0};
    if (run->head.copied_count == 0) {
        return true;
    }
    const bool good = set_marks(run, error) &&
                      call(run, &(CopyCall){.mode = "backup"}, name, &killed, error) &&
                      check_marks(run, error);
    return good ? remove_marks(run, error) : remove_marks(run, &none) && false;
}

static bool make_info(const DumpRun *run, char *ret, Error *error)
{
    if (!io_path(ret, run->folder, COPY_INFO_NAME, error)) {
        return false;
    }
    _cleanup_(io_close) int fd = open(ret, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    return fd >= 0 || error_set_errno(error, errno, "make \"%s\"", ret);
}

bool dump_copy_finalize(DumpRun *run, const char *name, Error *error)
{
    char info[PG_PATH_SIZE];
    struct stat of;
    bool killed = false;
    if (run->head.copied_count == 0) {
        return true;
    }
    if (!make_info(run, info, error)) {
        return false;
    }
    run->copy_open = false;
    if (!call(run, &(CopyCall){.mode = "finalize", .info = info, .state = "complete"}, name,
              &killed, error)) {
        return false;
    }
    return (lstat(info, &of) == 0 && S_ISREG(of.st_mode) && of.st_size <= COPY_INFO_MAX) ||
           error_set(error, ERROR_REFUSED,
                     "after the copy command's finalize, \"%s\" is no file of at most %d bytes",
                     info, COPY_INFO_MAX);
}

void dump_copy_abandon(DumpRun *run, const char *name)
{
    char info[PG_PATH_SIZE];
    bool killed = false;
    Error error = {0};
    if (!run->copy_open) {
        return;
    }
    run->copy_open = false;
    if (!make_info(run, info, &error) ||
        !call(run,
              &(CopyCall){.mode = "finalize", .info = info, .state = "failed", .closing = true},
              name, &killed, &error)) {
        const LogEntry entry = msg_backup_copy_left_over(error.text);
        run->report->say(run->report->arg, &entry);
    }
}

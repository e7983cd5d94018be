/*
 * The copy command's part of a recovery.
 *
 * It brings back what the generation does not hold, and is believed nothing: each resource must have the mark of this
 * generation, what a copy may bring along and a recovery must not find (WAL, slots, a control file, signal files) goes, and
 * the files that decide (control file, label, map of tablespaces) come from the generation.
 *
 * A command that empties the data directory takes our mark in it away. So a second one stands in the backup destination,
 * and says where the WAL is that was saved.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/cleanup.h"
#include "base/str.h"

/* ---- the mark beside the backups ---- */

static bool beside_path(const char *destination, char *ret, Error *error)
{
    return io_path(ret, destination, "interrupted", error);
}

/* Its lines: that of the mark in the data directory, and "data <data directory>". */
static bool read_beside(const char *destination, const char *data_dir, char *ret, size_t size)
{
    char path[PG_PATH_SIZE];
    size_t length = 0;
    Error none = {0};
    if (!beside_path(destination, path, &none) || !pg_file_read(path, ret, size, &length, &none)) {
        return false;
    }
    const char *second = strstr(ret, "\ndata ");
    const size_t wanted = strlen(data_dir);
    if (second == NULL) {
        return false;
    }
    second += strlen("\ndata ");
    return strncmp(second, data_dir, wanted) == 0 && str_equal(second + wanted, "\n");
}

static bool exists_in(const char *folder, const char *name)
{
    char path[PG_PATH_SIZE];
    Error none = {0};
    return io_path(path, folder, name, &none) && access(path, F_OK) == 0;
}

bool restore_read_beside(Restore *restore, char *ret, size_t size)
{
    const char *data_dir = restore->options->data_dir;
    if (!read_beside(restore->options->destination, data_dir, ret, size)) {
        return false;
    }
    /* With a control file and without the mark of a copy, it may have been made anew since by other means. */
    restore->beside_in_doubt =
        exists_in(data_dir, "global/pg_control") && !exists_in(data_dir, COPY_MARK_NAME);
    return !restore->beside_in_doubt;
}

bool restore_write_beside(const Restore *restore, const char *text, Error *error)
{
    char path[PG_PATH_SIZE];
    char both[RESTORE_TEXT_SIZE + PG_PATH_SIZE + 16];
    if (restore->plan.generation.head.copied_count == 0) {
        return true;
    }
    (void)str_format(both, sizeof(both), "%sdata %s\n", text,
                     restore->options->data_dir); /* fits */
    return beside_path(restore->store.path, path, error) &&
           pg_file_write(path, both, strlen(both), 0600, error);
}

bool restore_forget(const Store *store, const char *data_dir, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[RESTORE_TEXT_SIZE + PG_PATH_SIZE + 16];
    return !read_beside(store->path, data_dir, text, sizeof(text)) ||
           (beside_path(store->path, path, error) && pg_file_remove(path, error));
}

/* ---- before anything is touched ---- */

bool restore_check_copy(const Restore *restore, Error *error)
{
    const RestoreOptions *options = restore->options;
    const Generation *generation = &restore->plan.generation;
    const ManifestHead *head = &generation->head;
    char names[COPY_NAMES_SIZE];
    (void)copy_names(head, names, sizeof(names));
    if (restore->beside_in_doubt) {
        return error_set(
            error, ERROR_REFUSED,
            "a recovery of \"%s\" with a copy command was interrupted, and whether this "
            "directory is what it left or another is not known\nhint: empty it, or, if it "
            "was made anew since, remove \"%s/interrupted\"",
            options->data_dir, restore->store.path);
    }
    if (head->copied_count == 0) {
        return true;
    }
    if (options->copy.path == NULL || options->tablespace_folder != NULL) {
        return error_set(
            error, ERROR_REFUSED,
            "generation %s does not hold %s: a copy command took that\nhint: %s", generation->name,
            names,
            options->tablespace_folder != NULL
                ? "a try-out would need a second place for it, which the copy command "
                  "does not know"
                : "give that command: -Y, or backup_copy_command in <id>.conf; or choose "
                  "another generation: --generation");
    }
    if (!copy_check(&options->copy, error)) {
        return false;
    }
    return str_equal(options->data_dir, head->data) ||
           error_set(
               error, ERROR_REFUSED,
               "generation %s was taken of \"%s\", and the copy command brings %s back there, "
               "and not into \"%s\"\nhint: give -D %s",
               generation->name, head->data, names, options->data_dir, head->data);
}

/* ---- the call ---- */

typedef struct Place {
    const char *name;
    char path[PG_PATH_SIZE]; /* "": not found yet */
} Place;

static bool find_places(const Restore *restore, Place *places, Error *error)
{
    const ManifestHead *head = &restore->plan.generation.head;
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    if (line == NULL || !manifest_reader_new(restore->plan.folder, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (int i = 0; i < head->copied_count; i++) {
        places[i] = (Place){.name = head->copied[i].name};
        if (str_equal(head->copied[i].where, MANIFEST_PG_DATA)) {
            memcpy(places[i].path, restore->options->data_dir, PG_PATH_SIZE);
        }
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        for (int i = 0; more && line->kind == MANIFEST_LINK && i < head->copied_count; i++) {
            if (str_equal(head->copied[i].where, line->path) &&
                !str_copy(places[i].path, PG_PATH_SIZE, line->target)) {
                return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", line->target);
            }
        }
    }
    for (int i = 0; i < head->copied_count; i++) {
        if (places[i].path[0] == '\0') {
            return error_set(error, ERROR_CORRUPT,
                             "the manifest does not say where resource \"%s\" was", places[i].name);
        }
    }
    return true;
}

static bool add_line(StrBuf *out, const char *line)
{
    str_add(out, line);
    str_add_char(out, '\n');
    return !out->cut;
}

static bool write_lists(const char *folder, const Place *places, int count, char *ret_list,
                        char *ret_paths, Error *error)
{
    enum { SIZE = MANIFEST_COPIED_MAX * (PG_PATH_SIZE + 1) };
    _cleanup_free_ char *names = malloc(SIZE);
    _cleanup_free_ char *paths = malloc(SIZE);
    if (names == NULL || paths == NULL) {
        return error_set_errno(error, ENOMEM, "list resources");
    }
    StrBuf name = str_begin(names, SIZE);
    StrBuf path = str_begin(paths, SIZE);
    for (int i = 0; i < count; i++) {
        if (!add_line(&name, places[i].name) || !add_line(&path, places[i].path)) {
            return error_set(error, ERROR_LIMIT, "too many resources");
        }
    }
    return io_path(ret_list, folder, COPY_LIST_NAME, error) &&
           io_path(ret_paths, folder, COPY_PATHS_NAME, error) &&
           pg_file_write(ret_list, names, name.length, 0600, error) &&
           pg_file_write(ret_paths, paths, path.length, 0600, error);
}

static bool call(Restore *restore, const char *folder, const Place *places, Error *error)
{
    char info[PG_PATH_SIZE];
    char list[PG_PATH_SIZE];
    char paths[PG_PATH_SIZE];
    bool killed = false;
    const Generation *generation = &restore->plan.generation;
    if (!io_path(info, folder, COPY_INFO_NAME, error) ||
        !copy_info_extract(&restore->store, generation, &restore->options->key, info, error) ||
        !write_lists(folder, places, generation->head.copied_count, list, paths, error)) {
        return false;
    }
    for (int i = 0; i < generation->head.copied_count; i++) {
        if (!io_make_folder(places[i].path, 0700, error)) {
            return false;
        }
    }
    restore->report->progress(restore->report->arg, "restore by the copy command", 0, 0);
    const CopyCall what = {.mode = "restore",
                           .info = info,
                           .list = list,
                           .paths = paths,
                           .data_dir = restore->options->data_dir,
                           .generation = generation->name,
                           .store = &restore->store};
    return copy_call(&restore->options->copy, &what, restore->report, &killed, error);
}

/* ---- what it brought ---- */

static bool check_mark(const Restore *restore, const Place *place, Error *error)
{
    char path[PG_PATH_SIZE];
    char wanted[COPY_MARK_SIZE];
    char found[COPY_MARK_SIZE + 2] = "";
    size_t length = 0;
    Error why = {0};
    if (!io_path(path, place->path, COPY_MARK_NAME, error)) {
        return false;
    }
    const bool there = pg_file_read(path, found, sizeof(found), &length, &why);
    if (there && str_equal(found, copy_mark_text(&restore->plan.generation.head, wanted))) {
        return true;
    }
    return error_set(
        error, ERROR_CORRUPT,
        "what the copy command brought back as \"%s\" in \"%s\" is not of generation %s: %s",
        place->name, place->path, restore->plan.generation.name,
        there ? "its mark is that of another one" : why.text);
}

/* An identity belongs to its file (D1): written over in place, it would be taken for that of the old directory. */
static bool renew_identity(const Restore *restore, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[PG_FILE_COMPOSED_MAX];
    size_t length = 0;
    if (!io_path(path, restore->options->data_dir, "mc.identity", error) || !pg_file_exists(path)) {
        return true;
    }
    return pg_file_read(path, text, sizeof(text), &length, error) && pg_file_remove(path, error) &&
           pg_file_write(path, text, length, 0600, error);
}

/* It ends before the marks are looked at, so that what is not of this generation cannot be started either. */
static bool close_directory(Restore *restore, Error *error)
{
    char control[PG_PATH_SIZE];
    return restore_set_mark(restore, error) &&
           io_path(control, restore->options->data_dir, "global/pg_control", error) &&
           (unlink(control) == 0 || errno == ENOENT || errno == ENOTDIR ||
            error_set_errno(error, errno, "remove \"%s\"", control));
}

static bool check_marks(const Restore *restore, const Place *places, Error *error)
{
    const ManifestHead *head = &restore->plan.generation.head;
    for (int i = 0; i < head->copied_count; i++) {
        if (!check_mark(restore, &places[i], error)) {
            return false;
        }
    }
    for (int i = 0; i < head->copied_count; i++) {
        char path[PG_PATH_SIZE];
        /* That of the data directory goes last of all: it tells a second recovery what this is. */
        if (!str_equal(head->copied[i].where, MANIFEST_PG_DATA) &&
            (!io_path(path, places[i].path, COPY_MARK_NAME, error) ||
             !pg_file_remove(path, error))) {
            return false;
        }
    }
    return true;
}

bool restore_copied(Restore *restore, Error *error)
{
    char folder[] = "/tmp/pgx_copy.XXXXXX";
    const ManifestHead *head = &restore->plan.generation.head;
    Error none = {0};
    if (head->copied_count == 0) {
        return true;
    }
    _cleanup_free_ Place *places = calloc((size_t)head->copied_count, sizeof(*places));
    if (places == NULL) {
        return error_set_errno(error, ENOMEM, "restore");
    }
    if (!find_places(restore, places, error) || !close_directory(restore, error)) {
        return false;
    }
    if (mkdtemp(folder) == NULL) {
        return error_set_errno(error, errno, "make a folder in /tmp");
    }
    const bool good = call(restore, folder, places, error);
    if (!io_remove_tree(folder, &none)) {
        error_clear(&none); /* what stays in /tmp hurts nobody */
    }
    if (!good) {
        return close_directory(restore, &none) && false;
    }
    if (!close_directory(restore, error) || !check_marks(restore, places, error)) {
        return false;
    }
    return !manifest_is_copied(head, "base") || renew_identity(restore, error);
}

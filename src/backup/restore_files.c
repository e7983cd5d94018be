/*
 * Putting the files of a generation in their places.
 *
 * The folder itself and the folders that its links lead to are never removed: they may be mount points. What stands
 * there and is no part of the backup goes; a link stays a link. The old control file goes first and the
 * new one comes last, so that no directory in between can be started.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/datafile.h"

#define CONTROL     "global/pg_control"
#define CONTROL_NEW "global/pg_control.new"

/* ---- what does not belong there ---- */

typedef struct Clean {
    Restore *restore;
    ManifestReader *reader;
    ManifestLine *line;
    bool more;
} Clean;

static void clean_done(Clean *clean)
{
    manifest_reader_free(&clean->reader);
    free(clean->line);
}

/* Moves on to the entry of this path; *ret_there is false when the backup has none. */
static bool seek(Clean *clean, const char *path, bool *ret_there, Error *error)
{
    for (;;) {
        const ManifestKind kind = clean->line->kind;
        const bool body = kind == MANIFEST_FILE || kind == MANIFEST_DIR || kind == MANIFEST_LINK;
        const int order = body ? datafile_compare(clean->line->path, path) : -1;
        if (!clean->more || kind == MANIFEST_LATE || order >= 0) {
            *ret_there = clean->more && order == 0 && body;
            return true;
        }
        if (!manifest_next(clean->reader, clean->line, &clean->more, error)) {
            return false;
        }
    }
}

static bool remove_entry(const TreeEntry *entry, Error *error)
{
    if (entry->folder && !entry->link) {
        return io_remove_tree(entry->full, error);
    }
    return unlink(entry->full) == 0 || errno == ENOENT ||
           error_set_errno(error, errno, "remove \"%s\"", entry->full);
}

/* Goes over one entry; *ret_descend says whether what is in it is to be looked at. */
static bool clean_entry(Clean *clean, const TreeEntry *entry, bool *ret_descend, Error *error)
{
    bool there = false;
    *ret_descend = false;
    if (str_equal(entry->path, RESTORE_MARK)) {
        return true;
    }
    const DataEntry what = datafile_entry(entry->path);
    /* No backup has it, and so no recovery may remove it. */
    if (datafile_is_foreign(entry->path,
                            clean->restore->plan.generation.head.server_version / 10000)) {
        return true;
    }
    if (what == DATA_ENTRY_FOLDER && entry->folder) {
        return io_empty_folder(entry->full, error);
    }
    if (manifest_is_copied(&clean->restore->plan.generation.head, entry->path)) {
        *ret_descend = str_equal(entry->path, "pg_tblspc");
        return what != DATA_ENTRY_SKIP || remove_entry(entry, error);
    }
    if (!seek(clean, entry->path, &there, error)) {
        return false;
    }
    const ManifestKind kind = clean->line->kind;
    /* An identity belongs to its file (D1): one that is written over would be taken for that of the old directory. */
    const bool fits = there && !str_equal(entry->path, "mc.identity") &&
                      (kind == MANIFEST_FILE ? entry->regular : entry->folder || entry->link);
    /* A tablespace that is put elsewhere leaves its old folder alone. */
    char buffer[PG_PATH_SIZE];
    const bool moves =
        there && entry->link && str_starts_with(entry->path, "pg_tblspc/") &&
        !str_equal(entry->target, restore_target(clean->restore, clean->line, buffer));
    if (!fits || moves) {
        return remove_entry(entry, error);
    }
    *ret_descend = entry->folder;
    return true;
}

static TreeNext visit_cleaning(void *arg, const TreeEntry *entry, Error *error)
{
    bool descend = false;
    if (!clean_entry(arg, entry, &descend, error)) {
        return TREE_STOP;
    }
    return descend ? TREE_DESCEND : TREE_NEXT;
}

static bool clean_directory(Restore *restore, Error *error)
{
    char control[PG_PATH_SIZE];
    _cleanup_(clean_done) Clean clean = {.restore = restore, .line = malloc(sizeof(ManifestLine))};
    if (clean.line == NULL) {
        return error_set_errno(error, ENOMEM, "restore");
    }
    if (!io_path(control, restore->options->data_dir, CONTROL, error) ||
        !pg_file_remove(control, error)) {
        return false;
    }
    return manifest_reader_new(restore->plan.folder, &clean.reader, error) &&
           manifest_next(clean.reader, clean.line, &clean.more, error) &&
           tree_walk(restore->options->data_dir, visit_cleaning, NULL, &clean, error);
}

/* ---- folders and links ---- */

static bool remember_link(Restore *restore, const char *path, Error *error)
{
    char(*more)[PG_PATH_SIZE] =
        realloc(restore->links, (size_t)(restore->link_count + 1) * sizeof(*more));
    if (more == NULL || restore->link_count == LINKS_MAX) {
        restore->links = more == NULL ? restore->links : more;
        return error_set(error, ERROR_LIMIT, "too many links");
    }
    restore->links = more;
    return str_copy(restore->links[restore->link_count++], PG_PATH_SIZE, path) ||
           error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
}

/* A link of the backup that leads to a file and not to a folder has nothing behind it in the manifest. */
static bool put_link(Restore *restore, const ManifestLine *line, Error *error)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    char buffer[PG_PATH_SIZE];
    const char *target = restore_target(restore, line, buffer);
    if (!io_path(path, restore->options->data_dir, line->path, error)) {
        return false;
    }
    /* A tablespace follows its relocation; elsewhere what stands there stays. */
    const bool tablespace = str_starts_with(line->path, "pg_tblspc/");
    if (lstat(path, &of) == 0 && S_ISLNK(of.st_mode) && tablespace && unlink(path) != 0) {
        return error_set_errno(error, errno, "remove link \"%s\"", path);
    }
    if (symlink(target, path) != 0 && errno != EEXIST) {
        return error_set_errno(error, errno, "make link \"%s\"", path);
    }
    const bool folder = tablespace || datafile_entry(line->path) == DATA_ENTRY_FOLDER;
    if (stat(path, &of) != 0 && folder && !io_make_folder(target, 0700, error)) {
        return error_wrap(error, "folder of link \"%s\"", path);
    }
    return stat(path, &of) != 0 || !S_ISDIR(of.st_mode) || remember_link(restore, path, error);
}

static bool put_dir(const Restore *restore, const ManifestLine *line, Error *error)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    if (!io_path(path, restore->options->data_dir, line->path, error) ||
        !io_make_folder(path, line->mode, error)) {
        return false;
    }
    return (lstat(path, &of) == 0 && (S_ISLNK(of.st_mode) || chmod(path, line->mode) == 0)) ||
           error_set_errno(error, errno, "set the mode of \"%s\"", path);
}

/* ---- files ---- */

static bool put_empty(const char *path, mode_t mode, Error *error)
{
    _cleanup_(io_close) int fd =
        open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
    return (fd >= 0 && fchmod(fd, mode) == 0) || error_set_errno(error, errno, "make \"%s\"", path);
}

static bool give_part(Restore *restore, const ManifestLine *file, const ManifestPart *part,
                      Error *error)
{
    RestoreUnit unit = {.part = *part, .file_size = file->size, .mode = file->mode};
    RelationFile relation;
    /* Where pages carry positions, equal keys mean equal pages; elsewhere everything is written. */
    unit.delta = restore->plan.delta && datafile_relation(file->path, &relation);
    memcpy(unit.path, file->path, sizeof(unit.path));
    return crew_give(&restore->crew, &unit, offsetof(RestoreUnit, path) + strlen(unit.path) + 1,
                     error);
}

/* Folders, links and files, in the order of the manifest. */
static bool put_body(Restore *restore, ManifestReader *in, ManifestLine *line, ManifestLine *file,
                     Error *error)
{
    for (bool more = true;;) {
        char path[PG_PATH_SIZE];
        bool good = true;
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (!more || line->kind == MANIFEST_LATE || line->kind == MANIFEST_OUTSIDE ||
            line->kind == MANIFEST_COPY_INFO) {
            return true;
        }
        if (line->kind == MANIFEST_DIR) {
            good = put_dir(restore, line, error);
        } else if (line->kind == MANIFEST_LINK) {
            good = put_link(restore, line, error);
        } else if (line->kind == MANIFEST_PART) {
            good = give_part(restore, file, &line->part, error);
        } else if (line->kind == MANIFEST_FILE) {
            *file = *line;
            good =
                line->size > 0 || (io_path(path, restore->options->data_dir, line->path, error) &&
                                   put_empty(path, line->mode, error));
        }
        if (!good) {
            return false;
        }
    }
}

/* ---- files that come last ---- */

static bool late_path(const Restore *restore, const ManifestLine *line, char *ret, Error *error)
{
    if (line->kind == MANIFEST_OUTSIDE) {
        return str_copy(ret, PG_PATH_SIZE, line->path) ||
               error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", line->path);
    }
    return io_path(ret, restore->options->data_dir,
                   str_equal(line->path, CONTROL) ? CONTROL_NEW : line->path, error);
}

static bool put_late_part(Restore *restore, int fd, const ManifestPart *part, uint8_t *bytes,
                          Error *error)
{
    const Chunk *chunks = NULL;
    uint64_t at = part->offset;
    if (!pack_read_part(restore->pack, part, &chunks, error)) {
        return false;
    }
    for (uint32_t i = 0; i < part->chunks; i++) {
        if (!pack_read_chunk(restore->pack, &chunks[i], bytes, error) ||
            !io_write_at(fd, bytes, chunks[i].size, at, error)) {
            return false;
        }
        at += chunks[i].size;
    }
    return true;
}

/* What lies outside is put back only where nothing is, and never over what somebody has there now. */
static bool open_late(const Restore *restore, const ManifestLine *line, int *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    const bool outside = line->kind == MANIFEST_OUTSIDE;
    if (!late_path(restore, line, path, error)) {
        return false;
    }
    *ret = open(path, O_WRONLY | O_CREAT | (outside ? O_EXCL : O_TRUNC) | O_CLOEXEC | O_NOCTTY,
                line->mode);
    if (*ret < 0 && outside) {
        const LogEntry entry = msg_recovery_outside_kept(path, strerror(errno));
        restore->report->say(restore->report->arg, &entry);
        return true;
    }
    return *ret >= 0 || error_set_errno(error, errno, "make \"%s\"", path);
}

/* line holds the first line behind the body. */
static bool put_late(Restore *restore, ManifestReader *in, ManifestLine *line, Error *error)
{
    _cleanup_free_ uint8_t *bytes = malloc(CHUNK_SIZE_MAX);
    _cleanup_(io_close) int fd = -1;
    bool more = true;
    if (bytes == NULL) {
        return error_set_errno(error, ENOMEM, "restore");
    }
    while (more) {
        if (line->kind == MANIFEST_COPY_INFO) {
            io_close(&fd); /* the copy command has had it */
        } else if (line->kind == MANIFEST_LATE || line->kind == MANIFEST_OUTSIDE) {
            io_close(&fd);
            if (!open_late(restore, line, &fd, error)) {
                return false;
            }
        } else if (line->kind == MANIFEST_PART && fd >= 0 &&
                   !put_late_part(restore, fd, &line->part, bytes, error)) {
            return false;
        }
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
    }
    return true;
}

/* The server makes the links of tablespaces anew from this file: it must say where they are now. */
static bool write_tablespace_map(const Restore *restore, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[PG_TEXT_MAX / 4];
    StrBuf out = str_begin(text, sizeof(text));
    for (int i = 0; i < restore->link_count; i++) {
        char target[PG_PATH_SIZE];
        const char *name = strstr(restore->links[i], "/pg_tblspc/");
        const ssize_t length = readlink(restore->links[i], target, sizeof(target) - 1);
        if (name == NULL || length <= 0) {
            continue;
        }
        target[length] = '\0';
        if (strpbrk(target, "\n\r\\") != NULL) {
            return error_set(error, ERROR_REFUSED,
                             "tablespace folder \"%s\" has a name that "
                             "PostgreSQL's map cannot hold",
                             target);
        }
        str_add_format(&out, "%s %s\n", name + strlen("/pg_tblspc/"), target);
    }
    if (out.cut) {
        return error_set(error, ERROR_LIMIT, "too many tablespaces");
    }
    return out.length == 0 || (io_path(path, restore->options->data_dir, "tablespace_map", error) &&
                               pg_file_write(path, text, out.length, 0600, error));
}

/* ---- durable ---- */

/*
 * From the control file on somebody can start the directory by hand. With the signal, and without a restore_command, that is
 * refused: it would end where the backup ends, on the backup's own timeline, and call it a recovery.
 */
static bool set_signal(const Restore *restore, Error *error)
{
    char path[PG_PATH_SIZE];
    return restore->options->files_only ||
           (io_path(path, restore->options->data_dir, "recovery.signal", error) &&
            pg_file_write(path, "", 0, 0600, error));
}

static bool sync_everything(const Restore *restore, Error *error)
{
    const char *data_dir = restore->options->data_dir;
    char from[PG_PATH_SIZE];
    char to[PG_PATH_SIZE];
    char folder[PG_PATH_SIZE];
    if (!io_sync_all(data_dir, error)) {
        return false;
    }
    struct stat own;
    struct stat other;
    for (int i = 0; i < restore->link_count; i++) {
        if (stat(data_dir, &own) == 0 && stat(restore->links[i], &other) == 0 &&
            own.st_dev == other.st_dev) {
            continue; /* the same file system */
        }
        if (!io_sync_all(restore->links[i], error)) {
            return false;
        }
    }
    if (!io_path(from, data_dir, CONTROL_NEW, error) || !io_path(to, data_dir, CONTROL, error) ||
        !io_path(folder, data_dir, "global", error)) {
        return false;
    }
    return set_signal(restore, error) &&
           (rename(from, to) == 0 || error_set_errno(error, errno, "name \"%s\"", to)) &&
           io_sync_folder(folder, error);
}

static bool tick(void *arg, const CrewShared *shared, Error *error)
{
    const Restore *restore = arg;
    restore->report->progress(restore->report->arg, "restore", atomic_load(&shared->done),
                              restore->plan.generation.head.bytes);
    return report_goes_on(restore->report, error);
}

static bool make_wal_folders(const Restore *restore, Error *error)
{
    char path[PG_PATH_SIZE];
    return io_path(path, restore->options->data_dir, "pg_wal/archive_status", error) &&
           io_make_folder(path, 0700, error);
}

bool restore_files(Restore *restore, RestoreSummary *summary, Error *error)
{
    const CrewJob job = {restore_work_begin, restore_work, restore_work_end, restore};
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *lines = calloc(2, sizeof(*lines));
    if (lines == NULL) {
        return error_set_errno(error, ENOMEM, "restore");
    }
    const bool cleaned =
        restore->plan.had_directory || restore->plan.generation.head.copied_count > 0;
    if (!restore_copied(restore, error) || (cleaned && !clean_directory(restore, error)) ||
        !manifest_reader_new(restore->plan.folder, &in, error) ||
        !crew_begin(&restore->crew, restore->options->workers, &job, 0, tick, restore, error) ||
        !put_body(restore, in, &lines[0], &lines[1], error) || !crew_end(&restore->crew, error)) {
        return false;
    }
    summary->bytes = atomic_load(&restore->crew.shared->done);
    summary->kept = atomic_load(&restore->crew.shared->kept);
    return make_wal_folders(restore, error) && put_late(restore, in, &lines[0], error) &&
           write_tablespace_map(restore, error) && sync_everything(restore, error);
}

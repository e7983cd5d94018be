/*
 * Whether a directory may be written over, and with this generation.
 */
#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/datafile.h"
#include "sys/pg_control.h"
#include "sys/pg_process.h"

/* 0: no such folder; else how many names are in it, at most 1. */
static bool look_into(const char *path, bool *ret_there, bool *ret_empty, Error *error)
{
    DIR *in = opendir(path);
    *ret_there = in != NULL;
    *ret_empty = true;
    if (in == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "folder \"%s\"", path);
    }
    for (const struct dirent *entry; *ret_empty && (entry = readdir(in)) != NULL;) {
        *ret_empty = str_equal(entry->d_name, ".") || str_equal(entry->d_name, "..") ||
                     str_equal(entry->d_name, "lost+found");
    }
    (void)closedir(in); /* only read from */
    return true;
}

enum { INTERRUPTED_WAIT = 15000, INTERRUPTED_LOOK = 50 }; /* ms */

static bool check_stopped(const char *data_dir, Error *error)
{
    PgPidFile of;
    const int pidfd = pg_postmaster_open(data_dir, &of);
    if (pidfd >= 0) {
        (void)close(pidfd); /* only asked */
        return error_set(error, ERROR_REFUSED,
                         "an instance runs in \"%s\" (process %d)\nhint: stop it first", data_dir,
                         (int)of.pid);
    }
    const PgAlive alive = pg_alive(data_dir, NULL);
    return pg_alive_is_stopped(&alive) ||
           error_set(error, ERROR_REFUSED,
                     "%d processes of an instance that ended are still at work in "
                     "\"%s\"\nhint: end them first",
                     alive.processes, data_dir);
}

/*
 * The instance of a recovery that was killed ends by itself: at once, or, where it waits for restore_command, when PostgreSQL
 * loses patience after five seconds. Nothing else runs in a directory with the mark.
 */
static bool wait_stopped(const Restore *restore, Error *error)
{
    const char *data_dir = restore->options->data_dir;
    const Millis end = io_now() + INTERRUPTED_WAIT;
    for (;;) {
        if (check_stopped(data_dir, error)) {
            return true;
        }
        if (restore->interrupted_system == 0 || restore->options->plan_only || io_now() >= end) {
            return false;
        }
        error_clear(error);
        restore->report->progress(restore->report->arg, "waiting for the recovery that was killed",
                                  0, 0);
        if (!report_goes_on(restore->report, error)) {
            return false;
        }
        (void)poll(NULL, 0, INTERRUPTED_LOOK);
    }
}

/* "restore 7312345678901234567 from 2026-11-23_10-00-00 saved /backup/saved_..." */
void restore_read_mark(Restore *restore)
{
    static const char first[] = "restore ";
    static const char last[] = " saved ";
    char path[PG_PATH_SIZE];
    char text[RESTORE_TEXT_SIZE + PG_PATH_SIZE + 16];
    size_t length = 0;
    Error error = {0};
    const bool here = io_path(path, restore->options->data_dir, RESTORE_MARK, &error) &&
                      pg_file_read(path, text, sizeof(text), &length, &error);
    if ((!here && !restore_read_beside(restore, text, sizeof(text))) ||
        !str_starts_with(text, first)) {
        return;
    }
    text[strcspn(text, "\n")] = '\0';
    const char *number = text + sizeof(first) - 1;
    const char *saved = strstr(text, last);
    if (!str_to_uint(number, strcspn(number, " "), &restore->interrupted_system)) {
        restore->interrupted_system = 0;
    } else if (saved != NULL && pg_file_exists(saved + sizeof(last) - 1)) {
        (void)str_copy(restore->saved, sizeof(restore->saved),
                       saved + sizeof(last) - 1); /* shorter than the text */
    }
}

static bool check_database(Restore *restore, Error *error)
{
    const char *data_dir = restore->options->data_dir;
    PgControl control;
    Error why = {0};
    if (restore->interrupted_system == restore->plan.generation.head.system_identifier) {
        return true;
    }
    if (!pg_control_read(data_dir, &control, &why)) {
        return error_set(
            error, ERROR_REFUSED,
            "\"%s\" is not empty, and is not known to be of this database: "
            "%s\nhint: move it away and keep it: its pg_wal may hold WAL that is nowhere "
            "else; what is of no use may be emptied",
            data_dir, why.text);
    }
    return control.system_identifier == restore->plan.generation.head.system_identifier ||
           error_set(error, ERROR_REFUSED,
                     "\"%s\" holds another database (%llu) than the backup (%llu)\nhint: give the "
                     "right -D, or move it away",
                     data_dir, (unsigned long long)control.system_identifier,
                     (unsigned long long)restore->plan.generation.head.system_identifier);
}

const char *restore_target(const Restore *restore, const ManifestLine *link, char *ret)
{
    const RestoreOptions *options = restore->options;
    const char *target = link->target;
    const bool tablespace = str_starts_with(link->path, "pg_tblspc/");
    for (int i = 0; tablespace && i < options->relocation_count; i++) {
        target =
            str_equal(options->relocation[i].from, target) ? options->relocation[i].to : target;
    }
    if (tablespace && options->tablespace_folder != NULL &&
        str_format(ret, PG_PATH_SIZE, "%s/%s", options->tablespace_folder,
                   strrchr(link->path, '/') + 1)) {
        return ret;
    }
    return target;
}

/* Found out in the middle, the directory would be left half done. */
static bool check_parent(const char *path, Error *error)
{
    char parent[PG_PATH_SIZE];
    if (!str_copy(parent, sizeof(parent), path)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
    }
    (void)dirname(parent); /* in place: parent is shortened, or "/" or "." */
    return access(parent, W_OK | X_OK) == 0 ||
           error_set(error, ERROR_REFUSED,
                     "\"%s\" cannot be made: \"%s\": %s\nhint: have it made by root: install -d -o "
                     "OWNER -m 700 %s",
                     path, parent, strerror(errno), path);
}

/* Where the link is not there any more, it is made anew, and the folder that it leads to. */
static bool check_link(const Restore *restore, const ManifestLine *line, Error *error)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    return datafile_entry(line->path) != DATA_ENTRY_FOLDER ||
           (io_path(path, restore->options->data_dir, line->path, error) &&
            (lstat(path, &of) == 0 || stat(line->target, &of) == 0 ||
             check_parent(line->target, error)));
}

/* What an upgrade has left beside the folder of this version is in nobody's way: PostgreSQL makes a folder for each. */
static bool holds_other_versions_alone(const char *path, int version)
{
    char own[32];
    bool alone = true;
    DIR *in = opendir(path);
    if (in == NULL) {
        return false;
    }
    (void)str_format(own, sizeof(own), "PG_%d_", version / 10000); /* fits */
    for (const struct dirent *entry; alone && (entry = readdir(in)) != NULL;) {
        const char *name = entry->d_name;
        alone = name[0] == '.' || str_equal(name, "lost+found") ||
                (strncmp(name, "PG_", 3) == 0 && strncmp(name, own, strlen(own)) != 0);
    }
    (void)closedir(in); /* only read from */
    return alone;
}

/* A tablespace's folder must be empty, or the one that this data directory uses already. */
static bool check_tablespace(const Restore *restore, const ManifestLine *line, Error *error)
{
    char path[PG_PATH_SIZE];
    char present[PG_PATH_SIZE] = "";
    char buffer[PG_PATH_SIZE];
    const char *target = restore_target(restore, line, buffer);
    bool there = false;
    bool empty = true;
    if (!io_path(path, restore->options->data_dir, line->path, error)) {
        return false;
    }
    const ssize_t length = readlink(path, present, sizeof(present) - 1);
    present[length < 0 ? 0 : length] = '\0';
    if (restore->plan.had_directory && str_equal(present, target)) {
        return true;
    }
    if (!look_into(target, &there, &empty, error) || (!there && !check_parent(target, error))) {
        return false;
    }
    return empty ||
           holds_other_versions_alone(target, restore->plan.generation.head.server_version) ||
           error_set(error, ERROR_REFUSED,
                     "the folder of tablespace \"%s\", \"%s\", is not empty\nhint: empty "
                     "it, or put the tablespace elsewhere with -T %s=newfolder",
                     line->path, target, line->target);
}

/* What is below the data directory or the backups is emptied, counted and copied with them. */
static bool check_apart(const char *path, const char *what, const char *top, Error *error)
{
    const size_t length = strlen(top);
    return strncmp(path, top, length) != 0 || (path[length] != '\0' && path[length] != '/') ||
           error_set(
               error, ERROR_REFUSED,
               "\"%s\" lies in the %s, \"%s\"\nhint: a tablespace is put into a folder of its own",
               path, what, top);
}

static bool check_relocations(const Restore *restore, const bool *used, Error *error)
{
    for (int i = 0; i < restore->options->relocation_count; i++) {
        const Relocation *one = &restore->options->relocation[i];
        if (!used[i]) {
            return error_set(error, ERROR_REFUSED,
                             "\"%s\" of -T is the folder of none of the tablespaces of backup "
                             "%s\nhint: they are in its manifest: grep pg_tblspc/ %s/manifest",
                             one->from, restore->plan.generation.name, restore->plan.folder);
        }
    }
    return true;
}

static bool check_targets(const Restore *restore, Error *error)
{
    for (int i = 0; i < restore->options->relocation_count; i++) {
        const char *to = restore->options->relocation[i].to;
        if (!check_apart(to, "data directory", restore->options->data_dir, error) ||
            !check_apart(to, "backup destination", restore->store.path, error)) {
            return false;
        }
    }
    return true;
}

static bool check_tablespaces(const Restore *restore, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    bool used[RELOCATIONS_MAX] = {false};
    if (line == NULL || !manifest_reader_new(restore->plan.folder, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    if (!check_targets(restore, error)) {
        return false;
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (!more || line->kind != MANIFEST_LINK) {
            continue;
        }
        if (!str_starts_with(line->path, "pg_tblspc/")) {
            if (!check_link(restore, line, error)) {
                return false;
            }
            continue;
        }
        char buffer[PG_PATH_SIZE];
        const bool moves = !str_equal(restore_target(restore, line, buffer), line->target);
        for (int i = 0; i < restore->options->relocation_count; i++) {
            used[i] = used[i] || str_equal(restore->options->relocation[i].from, line->target);
        }
        if (manifest_is_copied(&restore->plan.generation.head, line->path)) {
            if (moves) {
                return error_set(
                    error, ERROR_REFUSED,
                    "the tablespace of folder \"%s\" is the copy command's, and cannot "
                    "be put elsewhere",
                    line->target);
            }
            /* The command may have been killed when it had filled it, and taken the link away. */
            if (restore->interrupted_system != 0) {
                continue;
            }
        }
        if (!check_tablespace(restore, line, error)) {
            return false;
        }
    }
    return restore->options->tablespace_folder != NULL || check_relocations(restore, used, error);
}

/* A recovery would empty the folder that it reads from. */
static bool check_destination(const Restore *restore, Error *error)
{
    char pg_wal[PG_PATH_SIZE];
    const char *data_dir = restore->options->data_dir;
    if (!io_path(pg_wal, data_dir, "pg_wal", error)) {
        return false;
    }
    return (!store_lies_in(&restore->store, data_dir) && !store_lies_in(&restore->store, pg_wal)) ||
           error_set(
               error, ERROR_REFUSED,
               "backup destination \"%s\" lies in the data directory, \"%s\", or in the folder "
               "of its pg_wal, and a recovery empties them\nhint: move it elsewhere first",
               restore->store.path, data_dir);
}

bool restore_check_directory(Restore *restore, Error *error)
{
    const char *data_dir = restore->options->data_dir;
    bool there = false;
    bool empty = true;
    struct stat of;
    if (!look_into(data_dir, &there, &empty, error) || !check_destination(restore, error)) {
        return false;
    }
    if (!there && !check_parent(data_dir, error)) {
        return false;
    }
    if (there && stat(data_dir, &of) == 0 && of.st_uid != geteuid()) {
        return error_set(error, ERROR_REFUSED,
                         "\"%s\" belongs to user %u, and this command runs as user %u", data_dir,
                         of.st_uid, geteuid());
    }
    restore->plan.had_directory = !empty;
    if (!empty && !wait_stopped(restore, error)) {
        if (!restore->options->plan_only || error->kind != ERROR_REFUSED) {
            return false;
        }
        error_clear(error);
        restore->plan.running = true;
    }
    if (!empty && !check_database(restore, error)) {
        return false;
    }
    restore->plan.delta = !empty;
    return check_tablespaces(restore, error);
}

bool restore_prove_packs(Restore *restore, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    uint64_t done = 0;
    if (line == NULL || !manifest_reader_new(restore->plan.folder, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (bool more = true; more;) {
        const Chunk *chunks = NULL;
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (!more || line->kind != MANIFEST_PART) {
            continue;
        }
        if (!report_goes_on(restore->report, error) ||
            !pack_read_part(restore->pack, &line->part, &chunks, error)) {
            return false;
        }
        for (uint32_t i = 0; i < line->part.chunks; i++) {
            if (!pack_check_stored(restore->pack, &chunks[i], error)) {
                return false;
            }
        }
        done += line->part.size;
        restore->report->progress(restore->report->arg, "checking the backup", done,
                                  restore->plan.generation.head.bytes);
    }
    return true;
}

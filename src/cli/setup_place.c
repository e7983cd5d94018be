/*
 * The place of a new copy: is it free, and how is it made free.
 */
#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/setup.h"
#include "sys/pg_control.h"
#include "sys/pg_identity.h"
#include "sys/pg_process.h"

/* A copy carries the original's identity, and its first start gives it one of its own. */
static bool is_fresh_copy(const char *data)
{
    char path[PG_PATH_SIZE];
    PgIdentity identity;
    pg_path(path, data, "standby.signal");
    return pg_file_exists(path) && pg_identity_read(data, &identity) == PG_IDENTITY_COPY;
}

static bool classify(const char *data, SetupPlace *ret, Error *error)
{
    int entries = 0;
    char path[PG_PATH_SIZE];
    _cleanup_free_ PgMark *mark = calloc(1, sizeof(*mark));
    if (mark == NULL) {
        return error_set_errno(error, ENOMEM, "could not look at \"%s\"", data);
    }
    if (!pg_tree_count(data, &entries, error)) {
        return false;
    }
    pg_path(path, data, "PG_VERSION");
    if (entries == 0) {
        *ret = PLACE_EMPTY;
    } else if (pg_mark_read(data, mark)) {
        if (mark->work == PG_MARK_OTHER) {
            return error_set(error, ERROR_CORRUPT,
                             "file \"%s/mc.interrupted\" is not one that this version writes",
                             data) ||
                   error_hint(error, "move the directory away");
        }
        *ret = PLACE_UNFINISHED;
    } else if (!pg_file_exists(path)) {
        *ret = PLACE_OTHER;
    } else {
        *ret = is_fresh_copy(data) ? PLACE_COPIED : PLACE_DATA;
    }
    return true;
}

/* What can be found out without making anything. */
static bool check_rights(const char *data, Error *error)
{
    char parent[PATH_SIZE];
    struct stat of;
    if (stat(data, &of) == 0) {
        if (of.st_uid != geteuid()) {
            return error_set(error, ERROR_REFUSED,
                             "the data directory \"%s\" belongs to user %u, this process to user "
                             "%u",
                             data, of.st_uid, geteuid()) ||
                   error_hint(error, "chown it to the owner of the management directory");
        }
        return access(data, R_OK | W_OK | X_OK) == 0 ||
               error_set_errno(error, errno, "data directory \"%s\"", data);
    }
    (void)str_copy(parent, sizeof(parent), data); /* paths of settings are shorter */
    const char *folder = dirname(parent);
    if (access(folder, W_OK | X_OK) != 0) {
        return error_set_errno(error, errno, "could not make the data directory \"%s\" in \"%s\"",
                               data, folder) ||
               error_hint(error, "make it as root: install -d -o USER -m 700 %s", data);
    }
    return true;
}

bool setup_look_at_place(SetupWork *work, Error *error)
{
    const char *data = work->site->server.db_instance;
    if (!check_rights(data, error) || !pg_place_look(data, &work->where, error) ||
        !classify(data, &work->place, error)) {
        return false;
    }
    const PgRun run = pg_run_read(work->site->dir);
    const PgAlive alive = pg_alive(data, &run);
    if (alive.processes > 0 || alive.attached) {
        return error_set(error, ERROR_REFUSED,
                         "the data directory \"%s\" is in use: %d processes of PostgreSQL work in "
                         "it",
                         data, alive.processes) ||
               error_hint(
                   error,
                   "mc_ctl stop ends them, where they are this server's; else pg_ctl stop -D "
                   "\"%s\", or correct db_instance in \"%s/%s.conf\"; nothing was changed",
                   data, work->site->dir, work->site->id);
    }
    if ((work->place == PLACE_DATA || work->place == PLACE_OTHER) && !work->overwrite) {
        return error_set(error, ERROR_REFUSED, "the data directory \"%s\" is not empty", data) ||
               error_hint(error,
                          "%s--overwrite moves it away, keeps it and makes a new copy; nothing was "
                          "changed",
                          work->place == PLACE_DATA
                              ? "mc_ctl start starts what is there, if it is this server's; "
                              : "");
    }
    return true;
}

bool setup_is_own(const Site *site, uint64_t own, Error *error)
{
    PgControl control;
    Error ignored = {0};
    const char *data = site->server.db_instance;
    if (own == 0 || !pg_control_read(data, &control, &ignored) ||
        control.system_identifier == own) {
        return true; /* of a damaged one nothing can be said; it is kept */
    }
    return error_set(error, ERROR_REFUSED,
                     "the data directory \"%s\" is another database: system identifier %llu in "
                     "place of %llu",
                     data, (unsigned long long)control.system_identifier,
                     (unsigned long long)own) ||
           error_hint(error,
                      "correct db_instance in \"%s/%s.conf\", or move the directory away "
                      "yourself; nothing was changed",
                      site->dir, site->id);
}

bool setup_check_owner(const SetupWork *work, Error *error)
{
    return (work->place != PLACE_DATA && work->place != PLACE_COPIED) ||
           setup_is_own(work->site, work->status.record.system_identifier, error);
}

static bool move(const char *from, const char *to, Error *error)
{
    if (rename(from, to) == 0) {
        return true;
    }
    const int errnum = errno;
    return error_set_errno(error, errnum, "could not move \"%s\" to \"%s\"", from, to) ||
           error_hint(error, errnum == EBUSY || errnum == EXDEV
                                 ? "it is a file system of its own: move away yourself what is "
                                   "in it"
                                 : "its folder must be writable; or move it away yourself");
}

/* In the directory that is kept the links lead to where its tablespaces are now. A convenience: where one cannot be
 * made, the data is where it was said. */
static void relink(const char *data, const char *suffix)
{
    char folder[PG_PATH_SIZE];
    pg_path(folder, data, "pg_tblspc");
    DIR *listing = opendir(folder);
    for (const struct dirent *entry = listing == NULL ? NULL : readdir(listing); entry != NULL;
         entry = readdir(listing)) {
        char target[PG_PATH_SIZE];
        char moved[PG_PATH_SIZE + 32];
        const int fd = dirfd(listing);
        const ssize_t length = readlinkat(fd, entry->d_name, target, sizeof(target) - 1);
        if (length <= 0) {
            continue;
        }
        target[length] = '\0';
        (void)str_format(moved, sizeof(moved), "%s%s", target, suffix); /* it fits */
        if (access(moved, F_OK) == 0 && unlinkat(fd, entry->d_name, 0) == 0) {
            (void)symlinkat(moved, fd, entry->d_name);
        }
    }
    if (listing != NULL) {
        (void)closedir(listing); /* only read from */
    }
}

static void move_back(const PgMark *spaces, int count, const char *suffix)
{
    for (int i = 0; i < count; i++) {
        char aside[PG_PATH_SIZE];
        (void)str_format(aside, sizeof(aside), "%s%s", spaces->tablespace[i], suffix); /* it fit */
        (void)rename(aside, spaces->tablespace[i]); /* it came from there */
    }
}

static bool move_all(SetupWork *work, const PgMark *spaces, const char *suffix, Error *error)
{
    const char *data = work->site->server.db_instance;
    for (int i = 0; i < spaces->tablespace_count; i++) {
        char aside[PG_PATH_SIZE];
        if (!str_format(aside, sizeof(aside), "%s%s", spaces->tablespace[i], suffix) ||
            !move(spaces->tablespace[i], aside, error)) {
            move_back(spaces, i, suffix);
            return false;
        }
    }
    if (!move(data, work->aside, error)) {
        move_back(spaces, spaces->tablespace_count, suffix);
        return false;
    }
    return true;
}

bool setup_move_aside(SetupWork *work, Error *error)
{
    char suffix[32];
    const time_t now = time(NULL);
    struct tm parts;
    const char *data = work->site->server.db_instance;
    _cleanup_free_ PgMark *spaces = calloc(1, sizeof(*spaces));
    if (spaces == NULL || localtime_r(&now, &parts) == NULL ||
        strftime(suffix, sizeof(suffix), ".%Y%m%d-%H%M%S", &parts) == 0) {
        return error_set_errno(error, ENOMEM, "could not move \"%s\"", data);
    }
    if (!str_format(work->aside, sizeof(work->aside), "%s%s", data, suffix)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", data);
    }
    if (!pg_mark_add_tablespaces(data, spaces, error) || !move_all(work, spaces, suffix, error)) {
        work->aside[0] = '\0';
        return false;
    }
    relink(work->aside, suffix);
    work->where = (PgPlace){.known = true}; /* nothing */
    return true;
}

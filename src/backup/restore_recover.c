/*
 * Replaying WAL: an instance that nobody can connect to, from its start to its end.
 *
 * All that the recovery needs is given on its command line. The configuration of the directory may name targets, a
 * restore_command, an archive or a primary of its own; each of them is overruled there, and none is edited.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_instance.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "sys/pg_control.h"
#include "sys/pg_setup.h"

/* PostgreSQL gives restore_command to a shell: no path in it may mean anything there. */
static bool check_plain(const char *path, Error *error)
{
    return strpbrk(path, "'\"\\$`%\n") == NULL ||
           error_set(error, ERROR_REFUSED,
                     "\"%s\" has a character that a restore_command cannot hold", path);
}

static bool set_command(Recovery *recovery, Error *error)
{
    const Restore *restore = recovery->restore;
    char saved[PG_PATH_SIZE + 16] = "";
    if (!check_plain(restore->options->program, error) ||
        !check_plain(restore->store.path, error) || !check_plain(recovery->tail, error)) {
        return false;
    }
    if (restore->saved[0] != '\0') {
        (void)str_format(saved, sizeof(saved), " --also '%s'", restore->saved); /* fits */
    }
    return recovery_set(recovery, error,
                        "restore_command='%s' --get-wal '%%f' --to '%%p' -B '%s' --also '%s'%s "
                        "--segment-size %u",
                        restore->options->program, restore->store.path, recovery->tail, saved,
                        restore->source.segment_size);
}

/* In UTC, so that nobody's time zone matters. */
static bool set_time(Recovery *recovery, int64_t time, Error *error)
{
    const int64_t seconds = time >= 0 ? time / 1000000 : -((-time + 999999) / 1000000);
    const time_t whole = (time_t)seconds;
    char text[64];
    struct tm parts;
    if (gmtime_r(&whole, &parts) == NULL ||
        strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &parts) == 0) {
        return error_set(error, ERROR_USAGE, "a time that cannot be");
    }
    return recovery_set(recovery, error, "recovery_target_time=%s.%06d+00", text,
                        (int)(time - seconds * 1000000));
}

static bool set_target(Recovery *recovery, Error *error)
{
    const Target *target = &recovery->restore->options->target;
    char lsn[STR_LSN_SIZE];
    switch (target->kind) {
    case TARGET_LATEST:
        return true;
    case TARGET_TIME:
        return set_time(recovery, target->time, error);
    case TARGET_NAME:
        return recovery_set(recovery, error, "recovery_target_name=%s", target->name);
    case TARGET_XID:
        return recovery_set(recovery, error, "recovery_target_xid=%u", target->xid);
    case TARGET_LSN:
        return recovery_set(recovery, error, "recovery_target_lsn=%s",
                            str_from_lsn(target->lsn, lsn, sizeof(lsn)));
    }
    return false;
}

/* The history of the backup's own timeline may be in nobody's archive. */
static bool set_timeline(Recovery *recovery, Error *error)
{
    const RestorePlan *plan = &recovery->restore->plan;
    return plan->timeline == plan->generation.head.timeline
               ? recovery_set(recovery, error, "%s", "recovery_target_timeline=current")
               : recovery_set(recovery, error, "recovery_target_timeline=%u", plan->timeline);
}

static bool set_all(Recovery *recovery, Error *error)
{
    static const char *const plain[] = {
        "recovery_target=",
        "recovery_target_time=",
        "recovery_target_name=",
        "recovery_target_xid=",
        "recovery_target_lsn=",
        "recovery_target_action=promote",
        "recovery_min_apply_delay=0",
        "recovery_end_command=",
        "archive_cleanup_command=",
        "primary_conninfo=",
        "primary_slot_name=",
        "synchronous_standby_names=",
        "archive_mode=off",
        "hot_standby=off",
        "restart_after_crash=off",
        "autovacuum=off",
        "listen_addresses=",
        "ssl=off",
        "logging_collector=off",
        "log_destination=stderr",
        "cluster_name=",
        "external_pid_file=",
        "port=5432",
    };
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        if (!recovery_set(recovery, error, "%s", plain[i])) {
            return false;
        }
    }
    return recovery_set(recovery, error, "unix_socket_directories=%s", recovery->sockets) &&
           recovery_set(recovery, error, "hba_file=%s/hba", recovery->sockets) &&
           recovery_set(recovery, error, "ident_file=%s/ident", recovery->sockets) &&
           recovery_set(recovery, error, "data_directory=%s",
                        recovery->restore->options->data_dir) &&
           recovery_set(recovery, error, "recovery_target_inclusive=%s",
                        recovery->restore->options->target.exclusive ? "off" : "on") &&
           set_timeline(recovery, error) && set_command(recovery, error) &&
           set_target(recovery, error);
}

/* Where the configuration is: in the data directory, or where the backup found it. */
static bool set_config_file(Recovery *recovery, Error *error)
{
    char path[PG_PATH_SIZE];
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    const Restore *restore = recovery->restore;
    if (!io_path(path, restore->options->data_dir, "postgresql.conf", error)) {
        return false;
    }
    if (access(path, R_OK) == 0) {
        return true;
    }
    if (line == NULL || !manifest_reader_new(restore->plan.folder, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        const char *name = strrchr(line->path, '/');
        if (more && line->kind == MANIFEST_OUTSIDE && name != NULL &&
            str_equal(name, "/postgresql.conf")) {
            return recovery_set(recovery, error, "config_file=%s", line->path);
        }
    }
    return true;
}

static bool prepare(Recovery *recovery, Error *error)
{
    const Restore *restore = recovery->restore;
    char path[PG_PATH_SIZE];
    static const char hba[] = "local all all reject\n";

    (void)str_copy(recovery->sockets, sizeof(recovery->sockets),
                   "/tmp/pgx_rcvall.XXXXXX"); /* fits */
    if (mkdtemp(recovery->sockets) == NULL) {
        recovery->sockets[0] = '\0';
        return error_set_errno(error, errno, "make a folder in /tmp");
    }
    if (!io_path(path, recovery->sockets, "hba", error) ||
        !pg_file_write(path, hba, sizeof(hba) - 1, 0600, error) ||
        !io_path(path, recovery->sockets, "ident", error) ||
        !pg_file_write(path, "", 0, 0600, error)) {
        return false;
    }
    if (restore->options->bin_dir[0] != '\0') {
        return str_copy(recovery->bin_dir, PG_PATH_SIZE, restore->options->bin_dir) ||
               error_set(error, ERROR_LIMIT, "the path \"%s\" is too long",
                         restore->options->bin_dir);
    }
    return pg_bin_find(restore->options->data_dir, recovery->bin_dir, error);
}

/* Behind what was found to be valid, zeros: the recovery ends where the plan says, and not in something older. */
static bool cut_tail(const Restore *restore, uint64_t number, const char *path, Error *error)
{
    const uint32_t size = restore->source.segment_size;
    const Lsn first = number * size;
    const Lsn end = restore->plan.scan.end;
    if (end <= first || end >= first + size) {
        return true;
    }
    return (truncate(path, (off_t)(end - first)) == 0 && truncate(path, (off_t)size) == 0) ||
           error_set_errno(error, errno, "cut \"%s\"", path);
}

static bool lay_out(const Recovery *recovery, const WalStaged *staged, Error *error)
{
    char name[SEGMENT_NAME_SIZE];
    char path[PG_PATH_SIZE];
    const Restore *restore = recovery->restore;
    WalFile file = staged->file;
    (void)segment_name(staged->segment, restore->source.segment_size, name);
    /* What lay in the old pg_wal was saved, and the directory has been emptied since. */
    if (file.stored == NULL && restore->saved[0] != '\0' && restore->interrupted_system == 0 &&
        str_starts_with(file.path, restore->source.place[2]) &&
        !io_path(file.path, restore->saved, name, error)) {
        return false;
    }
    return io_path(path, recovery->tail, name, error) &&
           walsource_copy(&restore->source, &file, path, error) &&
           cut_tail(restore, staged->segment.number, path, error);
}

/* The segments whose best copy must be put where the recovery looks first. */
static bool lay_out_staged(const Recovery *recovery, Error *error)
{
    const WalScan *scan = &recovery->restore->plan.scan;
    for (int i = 0; i < scan->staged_count; i++) {
        if (!lay_out(recovery, &scan->staged[i], error)) {
            return false;
        }
    }
    return true;
}

/* ---- afterwards ---- */

/* The newest timeline that the directory has made: its history says where it begins. */
static bool read_end(Restore *restore, RestoreSummary *summary, Error *error)
{
    PgControl control;
    PgHistory history;
    const char *data_dir = restore->options->data_dir;
    char end[STR_LSN_SIZE];
    char wanted[STR_LSN_SIZE];
    if (!pg_control_read(data_dir, &control, error) ||
        !pg_history_read(data_dir, control.timeline, &history, error)) {
        return false;
    }
    if (!pg_control_clean(&control) || control.timeline <= restore->plan.timeline) {
        return error_set(error, ERROR_CORRUPT, "the instance has not finished recovering");
    }
    summary->timeline = control.timeline;
    summary->end = pg_history_start(&history);
    /* What was found in the WAL beforehand must have been replayed: a recovery ends quietly at what it cannot read. */
    if (restore->options->target.kind == TARGET_LATEST && summary->end < restore->plan.scan.end) {
        return error_set(error, ERROR_CORRUPT,
                         "the recovery ended at %s, although there is WAL up to %s",
                         str_from_lsn(summary->end, end, sizeof(end)),
                         str_from_lsn(restore->plan.scan.end, wanted, sizeof(wanted)));
    }
    return true;
}

/*
 * The way to the new timeline goes into the archive when the instance is started with its archiver, and not from here: a
 * copy that was restored elsewhere, to look at, must leave no trace in the archive of the database.
 */
static bool mark_history(const Restore *restore, TimelineId timeline, Error *error)
{
    char name[HISTORY_NAME_SIZE];
    char ready[64];
    char path[PG_PATH_SIZE];
    (void)segment_history_name(timeline, name);
    (void)str_format(ready, sizeof(ready), "pg_wal/archive_status/%s.ready", name); /* fits */
    return io_path(path, restore->options->data_dir, ready, error) &&
           pg_file_write(path, "", 0, 0600, error);
}

/*
 * Complete segments that were only in the old directory, and through which the way of this recovery went: without them
 * nothing older than the next backup could be recovered up to the new timeline.
 */
static bool archive_saved(const Restore *restore, Error *error)
{
    const PgHistory *history = &restore->plan.history;
    const uint32_t size = restore->source.segment_size;
    WalSource saved = {.segment_size = size};
    if (restore->saved[0] == '\0') {
        return true;
    }
    if (!walsource_add(&saved, restore->saved, error)) {
        return false;
    }
    const uint64_t last = restore->plan.scan.end / size;
    for (uint64_t number = restore->plan.generation.head.start / size; number < last; number++) {
        for (int i = 0; i < history->count; i++) {
            const Segment segment = {history->stretch[i].timeline, number};
            WalFile files[WAL_CANDIDATES_MAX];
            WalSource archive = {.segment_size = size, .place_count = 1};
            char name[SEGMENT_NAME_SIZE];
            char to[PG_PATH_SIZE];
            memcpy(archive.place[0], restore->source.place[0], PG_PATH_SIZE);
            if (walsource_find(&saved, segment, files) == 0 || files[0].partial) {
                continue;
            }
            char from[PG_PATH_SIZE];
            memcpy(from, files[0].path, sizeof(from));
            const int there = walsource_find(&archive, segment, files);
            if ((there == 0 || files[0].partial) &&
                (!io_path(to, archive.place[0], segment_name(segment, size, name), error) ||
                 !io_copy(from, to, 0600, error))) {
                return false;
            }
        }
    }
    return true;
}

static bool remove_leavings(const Recovery *recovery, Error *error)
{
    static const char *const names[] = {"backup_label.old", "tablespace_map.old"};
    char path[PG_PATH_SIZE];
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!io_path(path, recovery->restore->options->data_dir, names[i], error) ||
            !pg_file_remove(path, error)) {
            return false;
        }
    }
    return io_remove_tree(recovery->tail, error);
}

/*
 * The try-out of a backup: every page by pg_checksums, every relation by pg_amcheck, each where it is installed and
 * means something.
 */
static bool read_every_page(Recovery *recovery, Error *error)
{
    const Restore *restore = recovery->restore;
    const char *data_dir = restore->options->data_dir;
    const char *const pages[] = {"--check", "-D", data_dir, NULL};
    const char *const relations[] = {
        "--all", "--install-missing",         "-h", recovery->sockets, "-p", "5432",
        "-U",    restore->options->test_user, NULL};
    static const char hba[] = "local all all trust\n";
    char path[PG_PATH_SIZE];
    bool pages_read = false;
    bool relations_read = false;
    if (restore->plan.generation.head.checksums &&
        !recovery_run(recovery, "pg_checksums", pages, &pages_read, error)) {
        return false;
    }
    if (!io_path(path, recovery->sockets, "hba", error) ||
        !pg_file_write(path, hba, sizeof(hba) - 1, 0600, error) ||
        !recovery_start(recovery, error) || !recovery_wait(recovery, error) ||
        !recovery_run(recovery, "pg_amcheck", relations, &relations_read, error) ||
        !recovery_stop(recovery, error)) {
        return false;
    }
    return pages_read || relations_read ||
           error_set(error, ERROR_CONFIG,
                     "neither pg_checksums nor pg_amcheck is in \"%s\": no page was read",
                     recovery->bin_dir);
}

bool restore_recover(Restore *restore, RestoreSummary *summary, Error *error)
{
    _cleanup_(recovery_done) Recovery recovery = {.restore = restore, .pidfd = -1};
    return io_path(recovery.tail, restore->options->data_dir, RESTORE_TAIL, error) &&
           io_make_folder(recovery.tail, 0700, error) && lay_out_staged(&recovery, error) &&
           prepare(&recovery, error) && set_all(&recovery, error) &&
           set_config_file(&recovery, error) && recovery_start(&recovery, error) &&
           recovery_wait(&recovery, error) && recovery_stop(&recovery, error) &&
           read_end(restore, summary, error) &&
           (restore->options->test_user == NULL || read_every_page(&recovery, error)) &&
           mark_history(restore, summary->timeline, error) && archive_saved(restore, error) &&
           remove_leavings(&recovery, error);
}

/*
 * One run of a backup, from its checks to the pruning.
 */
#include "backup/dump.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "backup/prune.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/page.h"

enum { WAITING_MANY = 32 };

static void run_done(DumpRun *run)
{
    crew_done(&run->crew);
    server_close(&run->server);
    store_done(&run->store);
    free(run->changes);
    free(run->label);
    free(run->tablespace_map);
}

static void say(const DumpRun *run, LogEntry entry)
{
    run->report->say(run->report->arg, &entry);
}

/* ---- before anything is changed ---- */

/* An instance that is down can still be known as a standby's: nothing is missed on it. */
static bool connect_server(DumpRun *run, Error *error)
{
    const DumpOptions *options = run->options;
    char signal[PG_PATH_SIZE];
    if (server_connect(&options->login, &run->server, &run->about, error)) {
        run->not_primary = run->about.standby && options->if_primary;
        return true;
    }
    Error none = {0};
    run->not_primary = options->if_primary &&
                       io_path(signal, options->data_dir, "standby.signal", &none) &&
                       pg_file_exists(signal);
    if (run->not_primary) {
        error_clear(error);
    }
    return run->not_primary;
}

static bool refuse_standby(const DumpOptions *options, Error *error)
{
    const char *primary = options->primary == NULL ? "" : options->primary(options->primary_arg);
    const bool known = primary[0] != '\0';
    return error_set(error, ERROR_REFUSED,
                     "this server is a standby\nhint: run the backup on the primary%s%s%s, or take "
                     "it from here with --from-standby",
                     known ? ", server \"" : "", primary, known ? "\"" : "");
}

static bool check_server(const DumpRun *run, Error *error)
{
    const DumpOptions *options = run->options;
    if (run->about.system_identifier != run->control.system_identifier) {
        return error_set(error, ERROR_REFUSED,
                         "the server that answers is not the one of data directory \"%s\"\n"
                         "hint: check -D, -h and -p",
                         options->data_dir);
    }
    return !run->about.standby || options->from_standby || refuse_standby(options, error);
}

static bool inside(const char *path, const char *folder)
{
    const size_t length = strlen(folder);
    return str_starts_with(path, folder) && (path[length] == '\0' || path[length] == '/');
}

/* What lies there is lost with what it is to bring back, and a recovery empties some of these folders. */
static bool check_outside(const DumpRun *run, const char *folder, const char *what, Error *error)
{
    return !store_lies_in(&run->store, folder) ||
           error_set(
               error, ERROR_REFUSED,
               "backup destination \"%s\" lies in %s, \"%s\"\nhint: give a folder of its own, "
               "on another disk",
               run->store.path, what, folder);
}

static TreeNext visit_tablespace(void *arg, const TreeEntry *entry, Error *error)
{
    return check_outside(arg, entry->full, "the folder of a tablespace", error) ? TREE_NEXT
                                                                                : TREE_STOP;
}

static bool check_apart(DumpRun *run, Error *error)
{
    char spaces[PG_PATH_SIZE];
    char pg_wal[PG_PATH_SIZE];
    const char *data_dir = run->options->data_dir;
    return io_path(spaces, data_dir, "pg_tblspc", error) &&
           io_path(pg_wal, data_dir, "pg_wal", error) &&
           check_outside(run, data_dir, "the data directory", error) &&
           check_outside(run, pg_wal, "the folder of pg_wal", error) &&
           tree_walk(spaces, visit_tablespace, NULL, run, error);
}

static bool check_place(DumpRun *run, Error *error)
{
    struct stat data;
    struct stat store;
    if (!check_apart(run, error)) {
        return false;
    }
    if (stat(run->options->data_dir, &data) != 0 || stat(run->store.path, &store) != 0) {
        return error_set_errno(error, errno, "\"%s\"", run->store.path);
    }
    if (data.st_dev == store.st_dev) {
        say(run, msg_backup_same_device(run->store.path));
    }
    return true;
}

/* Each of two databases would push the generations of the other out, and segments of their WAL have the same names. */
static bool check_one_database(const DumpRun *run, Error *error)
{
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    const unsigned long long own = run->control.system_identifier;
    if (!store_list(&run->store, &list, &count, error)) {
        return false;
    }
    for (int i = count - 1; i >= 0; i--) {
        const unsigned long long of = list[i].head.system_identifier;
        if (list[i].complete && of != own) {
            return error_set(
                error, ERROR_REFUSED,
                "backup destination \"%s\" has backups of another database: %s is of %llu, "
                "and \"%s\" is %llu\nhint: give a folder of its own; where that database "
                "is gone for good, move what is of it away first",
                run->store.path, list[i].name, of, run->options->data_dir, own);
        }
    }
    return true;
}

static bool open_store(DumpRun *run, Error *error)
{
    const DumpOptions *options = run->options;
    const char *path =
        options->destination[0] != '\0' ? options->destination : run->about.backup_destination;
    int removed = 0;
    if (path[0] == '\0') {
        return error_set(error, ERROR_USAGE,
                         "there is no backup destination\nhint: give -B, or set backup_destination "
                         "in <id>.conf or pgx.backup_destination in postgresql.conf");
    }
    if (!store_open(path, &run->store, error) || !check_place(run, error) ||
        !store_lock(&run->store, error) || !check_one_database(run, error) ||
        !store_make(&run->store, error) || !store_remove_remains(&run->store, &removed, error)) {
        return false;
    }
    if (removed > 0) {
        say(run, msg_backup_remains_removed(removed));
    }
    return true;
}

/* What is not read again is taken over as the manifest has it, under a seal of its own. */
static bool is_genuine(const DumpRun *run, const char *name)
{
    char folder[PG_PATH_SIZE];
    Error none = {0};
    return io_path(folder, run->store.path, name, &none) &&
           manifest_check_seal(folder, MANIFEST_NAME, &run->options->key, &none);
}

/* Whoever forgets the key is told: what was encrypted would give way to what is not. */
static void warn_of_clear(DumpRun *run)
{
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    Error none = {0};
    if (run->options->key.given || !store_list(&run->store, &list, &count, &none)) {
        return; /* what cannot be listed fails elsewhere */
    }
    while (count > 0 && !list[count - 1].complete) {
        count--;
    }
    if (count > 0 && list[count - 1].head.key[0] != '\0') {
        say(run, msg_backup_in_clear(list[count - 1].name));
    }
}

/* The generation to compare with: the newest complete one of this database, if it is fit for that. */
static bool choose_old(DumpRun *run, Error *error)
{
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    if (!run->options->incremental) {
        warn_of_clear(run);
        return true;
    }
    if (!store_list(&run->store, &list, &count, error)) {
        return false;
    }
    for (int i = count - 1; i >= 0; i--) {
        const ManifestHead *head = &list[i].head;
        if (!list[i].complete || head->system_identifier != run->control.system_identifier) {
            continue;
        }
        if (head->key[0] != '\0' && !run->options->key.given) {
            return error_set(
                error, ERROR_REFUSED,
                "generation %s, which this one would be built on, is encrypted with key "
                "%s, and no key is given: this would become a full backup in "
                "clear\nhint: name the key: backup_key_file in <id>.conf (with -M), or "
                "--key-file; for a full backup in clear, leave --incremental out",
                list[i].name, head->key);
        }
        /* What it calls a page may be a bad one, a chain must end, and one key opens all of it or none. */
        if (head->bad_pages > 0 || head->uses_count == MANIFEST_USES_MAX ||
            head->server_version / 10000 != run->about.version / 10000 ||
            !manifest_same_copied(head, &run->head) || !str_equal(head->key, run->head.key) ||
            !is_genuine(run, list[i].name)) {
            break;
        }
        memcpy(run->old_name, list[i].name, sizeof(run->old_name));
        run->old_head = *head;
        run->head.uses_count = head->uses_count + 1;
        memcpy(run->head.uses[0], list[i].name, MANIFEST_GENERATION_SIZE);
        memcpy(run->head.uses[1], head->uses[0],
               (size_t)head->uses_count * MANIFEST_GENERATION_SIZE);
        return true;
    }
    say(run, msg_backup_full_instead());
    return true;
}

/* Segments that wait for the archiver, as PostgreSQL notes them. */
static int count_waiting(const char *data_dir)
{
    static const char ready[] = ".ready";
    char path[PG_PATH_SIZE];
    int count = 0;
    Error none = {0};
    DIR *in = io_path(path, data_dir, "pg_wal/archive_status", &none) ? opendir(path) : NULL;
    if (in == NULL) {
        return 0; /* what is said of it is for people: no backup fails for it */
    }
    for (const struct dirent *entry; (entry = readdir(in)) != NULL;) {
        const size_t length = strlen(entry->d_name);
        count += length > sizeof(ready) - 1 &&
                 str_equal(entry->d_name + length - (sizeof(ready) - 1), ready);
    }
    (void)closedir(in); /* only read from */
    return count;
}

/* Where another destination than the archiver's is given, nobody would miss its WAL before a recovery. */
static bool archived_elsewhere(const DumpRun *run)
{
    char real[PATH_MAX];
    return run->about.backup_destination[0] != '\0' &&
           realpath(run->about.backup_destination, real) != NULL &&
           !str_equal(real, run->store.path);
}

static void look_at_archiving(const DumpRun *run)
{
    const int waiting = run->about.archiving ? count_waiting(run->options->data_dir) : 0;
    if (!run->about.archiving) {
        say(run, msg_backup_not_archiving());
    } else if (run->about.archive_failure[0] != '\0') {
        say(run, msg_backup_archive_failing(run->about.archive_failure));
    }
    if (run->about.archiving && archived_elsewhere(run)) {
        say(run, msg_backup_archived_elsewhere(run->about.backup_destination));
    }
    if (waiting >= WAITING_MANY) {
        say(run, msg_backup_archive_behind(waiting));
    }
}

static bool prepare(DumpRun *run, Error *error)
{
    const DumpOptions *options = run->options;
    if (!pg_control_read(options->data_dir, &run->control, error)) {
        return false;
    }
    if (run->control.block_size != PAGE_SIZE_8K || run->control.page_size != 8192) {
        return error_set(error, ERROR_REFUSED,
                         "only blocks of 8 kB are known, and this database "
                         "has others");
    }
    if (!connect_server(run, error)) {
        return false;
    }
    if (run->not_primary) {
        return true;
    }
    if (!check_server(run, error) || !open_store(run, error) || !dump_copy_clear(run, error)) {
        return false;
    }
    if (options->key.given) {
        say(run, msg_backup_wal_in_clear());
    }
    run->verify = run->control.checksums;
    look_at_archiving(run);
    run->head.system_identifier = run->control.system_identifier;
    run->head.server_version = run->about.version;
    run->head.checksums = run->verify;
    run->head.from_standby = run->about.standby;
    run->head.relation_segment = run->control.relation_segment;
    run->head.wal_segment = run->control.segment_size;
    run->head.started = io_wall_time();
    if (options->key.given) {
        memcpy(run->head.key, options->key.id, sizeof(run->head.key));
        if (!io_random(run->head.salt, sizeof(run->head.salt), error)) {
            return false;
        }
    }
    return dump_copy_choose(run, error) && choose_old(run, error) &&
           (str_copy(run->head.data, sizeof(run->head.data), options->data_dir) ||
            error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", options->data_dir));
}

/* ---- the run ---- */

static bool tick(void *arg, const CrewShared *shared, Error *error)
{
    const DumpRun *run = arg;
    run->report->progress(run->report->arg, "backup", atomic_load(&shared->done), run->about.bytes);
    return report_goes_on(run->report, error);
}

bool dump_add_outside(DumpRun *run, const char *path, Error *error)
{
    char *real = realpath(path, NULL);
    if (real == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "\"%s\"", path);
    }
    bool good = true;
    bool known = inside(real, run->options->data_dir);
    for (int i = 0; i < run->outside_count; i++) {
        known = known || str_equal(run->outside[i].path, real);
    }
    if (!known) {
        good = run->outside_count < OUTSIDE_MAX &&
               str_copy(run->outside[run->outside_count].path, PG_PATH_SIZE, real);
        run->outside_count += good ? 1 : 0;
    }
    free(real);
    return good || error_set(error, ERROR_LIMIT, "too many files lie outside: \"%s\"", path);
}

/* Debian keeps them in /etc. */
static bool add_configuration(DumpRun *run, Error *error)
{
    const char *const paths[] = {run->about.config_file, run->about.hba_file,
                                 run->about.ident_file};
    for (int i = 0; i < 3; i++) {
        if (paths[i][0] != '\0' && !dump_add_outside(run, paths[i], error)) {
            return false;
        }
    }
    return true;
}

/* "START TIMELINE: 1" of the label. */
static bool timeline_of_label(const char *label, TimelineId *ret, Error *error)
{
    static const char word[] = "\nSTART TIMELINE: ";
    uint64_t number = 0;
    const char *at = strstr(label, word);
    if (at == NULL) {
        return error_set(error, ERROR_PROTOCOL, "the server's backup label names no timeline");
    }
    at += sizeof(word) - 1;
    if (!str_to_uint(at, strcspn(at, "\n"), &number) || number == 0 || number > UINT32_MAX) {
        return error_set(error, ERROR_PROTOCOL, "the server's backup label names no timeline");
    }
    *ret = (TimelineId)number;
    return true;
}

static bool copy_files(DumpRun *run, const char *name, Error *error)
{
    Lsn start = 0;
    const CrewJob job = {dump_work_begin, dump_work, dump_work_end, run};
    if (!run->about.archiving || run->about.archive_failure[0] != '\0') {
        server_hold_wal(run->server);
    }
    if (!dump_copy_prepare(run, name, error) ||
        !server_backup_start(run->server, name, &start, error) ||
        !dump_copy_backup(run, name, error) || !dump_read_summaries(run, start, error) ||
        !crew_begin(&run->crew, run->options->workers, &job, run->options->rate, tick, run,
                    error) ||
        !dump_scan(run, error) || !add_configuration(run, error) || !crew_end(&run->crew, error)) {
        return false;
    }
    run->head.start = start;
    run->head.bytes = atomic_load(&run->crew.shared->done);
    run->head.bad_pages = atomic_load(&run->crew.shared->bad);
    if (!server_backup_stop(run->server, &run->head.stop, &run->label, &run->tablespace_map,
                            error) ||
        !timeline_of_label(run->label, &run->head.timeline, error)) {
        return false;
    }
    run->head.stopped = io_wall_time();
    if (!dump_copy_finalize(run, name, error)) {
        return false;
    }
    return report_goes_on(run->report, error) && dump_finish(run, error);
}

/* What a full disk holds of it is given back at once: WAL that is not archived piles up in the database's own. */
static bool give_up(DumpRun *run, const char *name, Error *error)
{
    char text[ERROR_TEXT_SIZE];
    if (error->errnum != ENOSPC && error->errnum != EDQUOT) {
        return error_wrap(error, "backup %s is incomplete", name);
    }
    store_shrink(run->folder);
    memcpy(text, error->text, sizeof(text));
    return error_set(error, ERROR_SYSTEM,
                     "backup %s is INCOMPLETE, \"%s\" is full: %s\nhint: make room there; what had "
                     "been written of it is removed, and the database goes on",
                     name, run->store.path, text);
}

bool dump_run(const DumpOptions *options, const Report *report, DumpSummary *ret, Error *error)
{
    _cleanup_(run_done) DumpRun run = {
        .options = options, .report = report, .store = STORE_NONE, .crew = CREW_NONE};
    DumpSummary summary = {0};
    assert(options->workers >= 1 && options->workers < CREW_MAX);
    if (!prepare(&run, error)) {
        return false;
    }
    if (run.not_primary) {
        *ret = (DumpSummary){.not_primary = true};
        return true;
    }
    if (!store_begin(&run.store, summary.name, run.folder, error)) {
        return false;
    }
    if (!copy_files(&run, summary.name, error)) {
        crew_done(&run.crew);
        server_close(&run.server); /* and so backup mode ends */
        dump_copy_abandon(&run, summary.name);
        return give_up(&run, summary.name, error);
    }
    summary.bytes = run.head.bytes;
    summary.unread = atomic_load(&run.crew.shared->unread);
    summary.reused = atomic_load(&run.crew.shared->kept);
    summary.bad_pages = run.head.bad_pages;
    memcpy(summary.folder, run.folder, sizeof(summary.folder));
    (void)copy_names(&run.head, summary.copied, sizeof(summary.copied));
    if (!prune_store(&run.store, summary.name, options->keep, report, &summary.removed_generations,
                     &summary.removed_segments, error)) {
        return error_wrap(error, "backup %s is complete, but older ones could not be removed",
                          summary.name);
    }
    *ret = summary;
    return true;
}

/*
 * What a recovery decides before it touches anything.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "sys/pg_control.h"
#include "sys/pg_process.h"

/* What is looked for while WAL is read. */
typedef struct Search {
    const Target *target;
    Lsn least; /* nothing before the end of the backup counts */
    bool found;
    Lsn stop;          /* where the recovery will end */
    int64_t last_time; /* of the last commit or abort before that */
} Search;

static void look_at(void *arg, const WalEvent *event)
{
    Search *search = arg;
    const Target *target = search->target;
    bool hit = false;

    if (search->found) {
        return;
    }
    switch (target->kind) {
    case TARGET_LATEST:
    case TARGET_LSN:
        break;
    case TARGET_TIME:
        hit = event->kind != WAL_EVENT_RESTORE_POINT &&
              (target->exclusive ? event->time >= target->time : event->time > target->time);
        break;
    case TARGET_NAME:
        hit = event->kind == WAL_EVENT_RESTORE_POINT && str_equal(event->name, target->name);
        break;
    case TARGET_XID:
        hit = event->kind != WAL_EVENT_RESTORE_POINT && event->xid == target->xid;
        break;
    }
    if (hit && event->end > search->least) {
        search->found = true;
        /* A time stops in front of the first commit that is too late. */
        search->stop = target->kind == TARGET_TIME || target->exclusive ? event->at : event->end;
        return;
    }
    if (event->kind != WAL_EVENT_RESTORE_POINT) {
        search->last_time = event->time;
    }
}

/* Whoever can write in the backup directory can make sums right again, but not the seal. */
static bool check_seal(const Restore *restore, const ManifestReader *in, Error *error)
{
    const Generation *generation = &restore->plan.generation;
    _cleanup_(cipher_free) Cipher *cipher = NULL;
    if (!cipher_new(&restore->options->key, &generation->head, &cipher, error)) {
        return false;
    }
    return cipher == NULL || manifest_reader_sealed(in, cipher) ||
           error_set(error, ERROR_CORRUPT,
                     "the manifest of generation %s was changed by somebody without the key",
                     generation->name);
}

static bool read_stored(Restore *restore, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    return manifest_reader_new(restore->plan.folder, &in, error) &&
           walsource_add_stored(&restore->source, in, error) && check_seal(restore, in, error);
}

static bool choose_timeline(Restore *restore, Error *error)
{
    RestorePlan *plan = &restore->plan;
    const ManifestHead *head = &plan->generation.head;
    bool found = false;

    plan->timeline = restore->options->target.timeline;
    if (plan->timeline == 0 &&
        !walsource_latest(&restore->source, head->timeline, head->stop, &plan->timeline, error)) {
        return false;
    }
    if (!walsource_history(&restore->source, plan->timeline, &plan->history, &found, error)) {
        return false;
    }
    if (!found && plan->timeline != head->timeline) {
        char name[HISTORY_NAME_SIZE];
        return error_set(error, ERROR_REFUSED,
                         "timeline %u does not exist: no \"%s\" was found\nhint: the files "
                         "*.history in \"%s/" STORE_ARCHIVED "\" say which there are",
                         plan->timeline, segment_history_name(plan->timeline, name),
                         restore->store.path);
    }
    for (int i = 0; i < plan->history.count; i++) {
        const PgStretch *stretch = &plan->history.stretch[i];
        if (stretch->timeline == head->timeline && head->stop <= stretch->end) {
            return true;
        }
    }
    return error_set(error, ERROR_REFUSED,
                     "timeline %u does not lead on from backup %s, which ended on timeline %u",
                     plan->timeline, plan->generation.name, head->timeline);
}

/* Opens the generation and finds the WAL behind it. */
static bool open_generation(Restore *restore, const Generation *generation, Error *error)
{
    char pg_wal[PG_PATH_SIZE];
    RestorePlan *plan = &restore->plan;
    const ManifestHead *head = &generation->head;

    plan->generation = *generation;
    pack_reader_free(&restore->pack);
    walsource_done(&restore->source);
    return io_path(plan->folder, restore->store.path, generation->name, error) &&
           pack_reader_new(restore->store.path, generation->name, head, &restore->options->key,
                           &restore->pack, error) &&
           walsource_begin(&restore->source, &restore->store, head->wal_segment, error) &&
           /* What a restore made before it was interrupted is no source: it had saved what was there. */
           (restore->options->look_only || restore->interrupted_system != 0 ||
            (io_path(pg_wal, restore->options->data_dir, "pg_wal", error) &&
             walsource_add(&restore->source, pg_wal, error))) &&
           (restore->saved[0] == '\0' || walsource_add(&restore->source, restore->saved, error)) &&
           (restore->source.pack = restore->pack, read_stored(restore, error)) &&
           choose_timeline(restore, error);
}

static bool scan(Restore *restore, Search *search, Error *error)
{
    RestorePlan *plan = &restore->plan;
    const ManifestHead *head = &plan->generation.head;
    const Target *target = &restore->options->target;

    *search = (Search){.target = target, .least = head->stop};
    if (!walscan_run(&restore->source, &plan->history, head->system_identifier, head->start,
                     look_at, search, restore->report, &plan->scan, error)) {
        return false;
    }
    /* PostgreSQL stops at the first record that begins there or behind, so there must be one. */
    if (target->kind == TARGET_LSN && target->lsn <= plan->scan.last && target->lsn >= head->stop) {
        search->found = true;
        search->stop = target->lsn;
    }
    if (target->kind == TARGET_LATEST) {
        search->found = true;
        search->stop = plan->scan.end;
    }
    plan->target_found = search->found;
    plan->stop = search->found ? search->stop : plan->scan.end;
    plan->stop_time = search->last_time;
    return true;
}

/* A gap or damage behind the place where the recovery ends does not matter to it. */
static bool check_reach(const Restore *restore, Error *error)
{
    const RestorePlan *plan = &restore->plan;
    const WalScan *wal = &plan->scan;
    char end[STR_LSN_SIZE];
    char stop[STR_LSN_SIZE];

    (void)str_from_lsn(wal->end, end, sizeof(end));
    if (wal->end < plan->generation.head.stop) {
        return error_set(
            error, ERROR_REFUSED, "backup %s needs WAL up to %s, and it ends at %s: \"%s\": %s",
            plan->generation.name, str_from_lsn(plan->generation.head.stop, stop, sizeof(stop)),
            end, wal->place, wal->reason);
    }
    if (wal->how == WAL_SCAN_OPEN ||
        (restore->options->target.kind != TARGET_LATEST && plan->target_found)) {
        return true;
    }
    return error_set(
        error, ERROR_REFUSED,
        "the WAL %s at %s: \"%s\": %s\nhint: what is behind it would be lost; to recover "
        "up to there all the same, give -p %s",
        wal->how == WAL_SCAN_GAP ? "has a gap" : "is damaged", end, wal->place, wal->reason,
        str_from_lsn(wal->last, stop, sizeof(stop)));
}

static bool target_unreached(const Restore *restore, Error *error)
{
    char end[STR_LSN_SIZE];
    char at[REPORT_TIME_SIZE] = "";
    const RestorePlan *plan = &restore->plan;
    const bool timed = plan->stop_time != 0;
    return error_set(
        error, ERROR_REFUSED,
        "the target is not reached: from backup %s on, the WAL goes to %s%s%s%s%s\nhint: "
        "--dry-run without a target says how far; without a target all of it is "
        "replayed",
        plan->generation.name, str_from_lsn(plan->scan.end, end, sizeof(end)),
        timed ? ", its last transaction is of " : "",
        timed ? report_time(plan->stop_time / 1000000, at) : "",
        plan->scan.how == WAL_SCAN_OPEN ? "" : ", where it is broken: ",
        plan->scan.how == WAL_SCAN_OPEN ? "" : plan->scan.place);
}

/* Whether a generation can lead to the target at all, as far as its manifest tells. */
static bool may_suit(const Target *target, const Generation *generation, uint64_t identifier)
{
    const ManifestHead *head = &generation->head;
    if (!generation->complete || (identifier != 0 && head->system_identifier != identifier)) {
        return false;
    }
    switch (target->kind) {
    case TARGET_LATEST:
    case TARGET_NAME:
    case TARGET_XID:
        break;
    case TARGET_TIME:
        return head->stopped <= target->time / 1000000;
    case TARGET_LSN:
        return head->stop <= target->lsn;
    }
    return true;
}

static bool try_generation(Restore *restore, const Generation *generation, Error *error)
{
    Search search;
    return open_generation(restore, generation, error) && scan(restore, &search, error) &&
           (restore->options->look_only || check_reach(restore, error)) &&
           (restore->plan.target_found || target_unreached(restore, error));
}

/* After a recovery to a target the newest generation may be of the line that was left then. Nobody has said which of the two. */
static bool check_last(const Restore *restore, Error *error)
{
    const TimelineId last = walsource_last(&restore->source);
    const RestorePlan *plan = &restore->plan;
    return restore->options->target.kind != TARGET_LATEST ||
           restore->options->target.timeline != 0 || last <= plan->timeline ||
           error_set(
               error, ERROR_REFUSED,
               "backup %s leads to the end of timeline %u, and not to timeline %u, which was "
               "begun later\nhint: to follow that one, from an older backup: -t %u; to leave it: "
               "-t %u",
               plan->generation.name, plan->timeline, last, last, plan->timeline);
}

/* Neither taken, nor passed over in silence: it may be all that there is of before the key was set. */
static bool refuse_clear(const Generation *generation, Error *error)
{
    return error_set(
        error, ERROR_REFUSED,
        "generation %s suits, but is not encrypted, and a key is given: nothing proves "
        "who made it\nhint: if it is one of before the key was set, --generation %s "
        "takes it; otherwise name one that is encrypted (pgx_rcvall -l --json)",
        generation->name, generation->name);
}

/* No generation was tried: which of the reasons it is, and what to do about it. */
static bool none_suits(const Restore *restore, const Generation *list, int count,
                       uint64_t identifier, Error *error)
{
    const Generation *newest = NULL; /* complete */
    const Generation *oldest = NULL; /* complete, and of this database */
    const char *path = restore->store.path;
    char stop[STR_LSN_SIZE];
    char at[REPORT_TIME_SIZE];
    for (int i = count - 1; i >= 0; i--) {
        if (list[i].complete) {
            newest = newest == NULL ? &list[i] : newest;
            oldest =
                identifier == 0 || list[i].head.system_identifier == identifier ? &list[i] : oldest;
        }
    }
    if (newest == NULL) {
        return error_set(
            error, ERROR_REFUSED,
            "no complete generation is in \"%s\": %s: %s\nhint: pgx_verify says of each "
            "what is wrong with it",
            path, list[count - 1].name, list[count - 1].reason);
    }
    if (oldest == NULL) {
        return error_set(error, ERROR_REFUSED,
                         "no complete generation in \"%s\" is of the database in \"%s\": that is "
                         "%llu, and %s is of %llu\nhint: give the right -D and -B, or move the "
                         "directory away",
                         path, restore->options->data_dir, (unsigned long long)identifier,
                         newest->name, (unsigned long long)newest->head.system_identifier);
    }
    return error_set(error, ERROR_REFUSED,
                     "no complete generation in \"%s\" ended before the target: the oldest, %s, "
                     "ended %s at %s, and a recovery from it ends there at the earliest\nhint: "
                     "give a later target, or a backup destination that has an older generation",
                     path, oldest->name, report_time(oldest->head.stopped, at),
                     str_from_lsn(oldest->head.stop, stop, sizeof(stop)));
}

/* It has to be known before the recovery that a newer one is there, and what keeps it from being taken. */
static void note_passed(Restore *restore, const Generation *generation, const char *reason)
{
    char *passed = restore->plan.passed;
    if (passed[0] == '\0') {
        (void)str_format(passed, sizeof(restore->plan.passed), "%s: %.*s", generation->name,
                         (int)strcspn(reason, "\n"), reason); /* cut is fine */
    }
}

static const char *why_unfit(const Generation *generation, uint64_t identifier)
{
    if (!generation->complete) {
        return generation->reason;
    }
    return identifier != 0 && generation->head.system_identifier != identifier
               ? "it is of another database than the directory"
               : "it ended after the target";
}

/*
 * The newest that leads to the target. One that fails gives way to an older one only where that can help: the
 * target may lie before its end, or on a timeline that it does not belong to.
 */
static bool choose(Restore *restore, const Generation *list, int count, uint64_t identifier,
                   Error *error)
{
    const RestoreOptions *options = restore->options;
    bool tried = false;
    if (options->generation != NULL) {
        const int at = generations_find(list, count, options->generation);
        if (at < 0) {
            return error_set(error, ERROR_REFUSED,
                             "there is no generation \"%s\" in \"%s\"\nhint: pgx_rcvall -l shows "
                             "which there are",
                             options->generation, restore->store.path);
        }
        if (!list[at].complete) {
            return error_set(error, ERROR_REFUSED, "generation %s is not complete: %s",
                             list[at].name, list[at].reason);
        }
        return try_generation(restore, &list[at], error);
    }
    for (int i = count - 1; i >= 0; i--) {
        Error why = {0};
        if (!may_suit(&options->target, &list[i], identifier)) {
            note_passed(restore, &list[i], why_unfit(&list[i], identifier));
            continue;
        }
        /* An older one that needs no key, or another, is not what was asked for. */
        if (!backup_key_fits(&options->key, list[i].name, &list[i].head, error)) {
            return false;
        }
        if (backup_key_is_bypassed(&options->key, &list[i].head)) {
            return tried ? error_wrap(error,
                                      "generation %s in clear is not tried unless "
                                      "--generation names it",
                                      list[i].name)
                         : refuse_clear(&list[i], error);
        }
        if (try_generation(restore, &list[i], &why)) {
            return check_last(restore, error);
        }
        if (why.kind != ERROR_REFUSED) {
            *error = why;
            return false;
        }
        if (!tried) {
            *error = why; /* of the newest: the others are further away */
        }
        note_passed(restore, &list[i], why.text);
        tried = true;
    }
    return !tried && none_suits(restore, list, count, identifier, error);
}

/* The database that the directory holds; 0: none, or it cannot be told. */
static uint64_t identifier_of(const char *data_dir)
{
    PgControl control;
    Error error = {0};
    return pg_control_read(data_dir, &control, &error) ? control.system_identifier : 0;
}

bool restore_plan(const RestoreOptions *options, const Report *report, Restore **ret, Error *error)
{
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    Restore *restore = calloc(1, sizeof(*restore));
    if (restore == NULL) {
        return error_set_errno(error, ENOMEM, "plan a recovery");
    }
    restore->options = options;
    restore->report = report;
    restore->store = STORE_NONE;
    restore->crew = CREW_NONE;
    restore_read_mark(restore);
    const bool good =
        store_open(options->destination, &restore->store, error) &&
        store_list(&restore->store, &list, &count, error) &&
        (count > 0 ||
         error_set(error, ERROR_REFUSED, "there is no backup in \"%s\"", restore->store.path)) &&
        choose(restore, list, count,
               restore->interrupted_system != 0 ? restore->interrupted_system
                                                : identifier_of(options->data_dir),
               error) &&
        (options->look_only ||
         (restore_check_copy(restore, error) && restore_check_directory(restore, error)));
    if (!good) {
        restore_free(&restore);
        return false;
    }
    *ret = restore;
    return true;
}

const RestorePlan *restore_planned(const Restore *restore)
{
    return &restore->plan;
}

void restore_free(Restore **restore)
{
    if (*restore != NULL) {
        crew_done(&(*restore)->crew);
        pack_reader_free(&(*restore)->pack);
        walsource_done(&(*restore)->source);
        store_done(&(*restore)->store);
        free((*restore)->links);
        free(*restore);
    }
    *restore = NULL;
}

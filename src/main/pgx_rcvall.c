/*
 * pgx_rcvall: recovers a data directory from a backup.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "backup/crew.h"
#include "backup/restore.h"
#include "base/cleanup.h"
#include "cli/kept_line.h"
#include "cli/site.h"
#include "main/backup_fetch.h"
#include "main/backup_line.h"
#include "main/backup_servers.h"
#include "main/backup_show.h"
#include "plan/when.h"

static const char program[] = "pgx_rcvall";

enum { SEGMENT_SIZE_USUAL = 16 * 1024 * 1024, EXIT_NO_SUCH_WAL = 1 };

/* ---- for restore_command ---- */

static int get_wal(const CommandLine *line, const BackupPlace *place)
{
    Store store;
    WalSource source = {.archived = 0};
    Error error = {0};
    int size = SEGMENT_SIZE_USUAL;
    const char *to = command_value(line, OPTION_GET_WAL_TO);
    if (to == NULL) {
        return say_failed(program, ERROR_USAGE, NULL, "--get-wal needs --to");
    }
    WalSource stores;
    bool good =
        backup_number(line, OPTION_SEGMENT_SIZE, 1 << 20, 1 << 30, &size, &error) &&
        (segment_size_possible((uint32_t)size) ||
         error_set(&error, ERROR_USAGE, "%d is no size of a segment: a power of two from %d to %d",
                   size, 1 << 20, 1 << 30)) &&
        store_open(place->destination, &store, &error) &&
        walsource_begin(&stores, &store, (uint32_t)size, &error);
    source.segment_size = (uint32_t)size;
    for (int i = 0, also = 0; good && i < line->repeated_count; i++) {
        if (line->repeated[i].option != OPTION_ALSO) {
            continue;
        }
        good = source.place_count < WAL_PLACES_MAX &&
               walsource_add(&source, line->repeated[i].value, &error);
        for (int n = 0; good && also == 0 && n < stores.place_count; n++) {
            good = walsource_add(&source, stores.place[n], &error);
        }
        also++;
    }
    if (good && source.place_count == 0) {
        source = stores;
    }
    if (good && walsource_fetch(&source, command_value(line, OPTION_GET_WAL), to, &error)) {
        return EXIT_DONE;
    }
    /* PostgreSQL asks for much that is not there; only other troubles are worth a line in its log. */
    return error.kind == ERROR_NOT_RUNNING ? EXIT_NO_SUCH_WAL : say_error(program, &error);
}

/* ---- the list ---- */

static int list_generations(const CommandLine *line, const BackupPlace *place)
{
    Store store;
    _cleanup_free_ Generation *list = NULL;
    _cleanup_free_ WalChain *chains = NULL;
    int count = 0;
    Error error = {0};
    if (command_given(line, OPTION_ALL_SERVERS)) {
        return list_all_servers(program, line, place->destination);
    }
    if (!store_open(place->destination, &store, &error) ||
        !store_list(&store, &list, &count, &error)) {
        return say_error(program, &error);
    }
    if (count == 0 && !store_is_one(&store)) {
        return say_failed(
            program, ERROR_REFUSED,
            "look whether its disk is mounted; in a new one, pgx_dmpall makes what is "
            "missing",
            "\"%s\" is no backup destination: it holds neither a generation nor a "
            "folder \"" STORE_ARCHIVED "\"",
            store.path);
    }
    chains = calloc((size_t)count + 1, sizeof(*chains)); /* never none */
    if (chains == NULL) {
        return say_failed(program, ERROR_SYSTEM, NULL, "out of memory");
    }
    for (int i = 0; i < count; i++) {
        chain_look(&store, &list[i], &chains[i]);
    }
    if (command_given(line, OPTION_JSON)) {
        show_generations_json(store.path, list, chains, count);
    } else {
        show_generations(&store, list, chains, count);
    }
    return EXIT_DONE;
}

/* ---- the recovery ---- */

static bool read_time(const char *text, Target *ret, Error *error)
{
    When when;
    if (!when_parse(text, &when)) {
        return error_set(error, ERROR_USAGE,
                         "\"%s\" is no time\nhint: write YYYY-MM-DD HH:MM:SS, and behind it a "
                         "time zone (+09, Z) where it is not this host's",
                         text);
    }
    int64_t seconds = when_seconds(&when) - when.offset;
    if (!when.zoned) {
        struct tm parts = {.tm_year = when.year - 1900,
                           .tm_mon = when.month - 1,
                           .tm_mday = when.day,
                           .tm_hour = when.hour,
                           .tm_min = when.minute,
                           .tm_sec = when.second,
                           .tm_isdst = -1};
        seconds = (int64_t)mktime(&parts);
    }
    ret->kind = TARGET_TIME;
    ret->time = seconds * 1000000 + when.micros;
    return true;
}

static bool read_target(const CommandLine *line, Target *ret, Error *error)
{
    const char *at = command_value(line, OPTION_TARGET_TIME);
    const char *name = command_value(line, OPTION_TARGET_NAME);
    const char *xid = command_value(line, OPTION_TARGET_XID);
    const char *lsn = command_value(line, OPTION_TARGET_LSN);
    uint64_t number = 0;
    int timeline = 0;

    ret->exclusive = command_given(line, OPTION_EXCLUSIVE);
    if (!backup_number(line, OPTION_TIMELINE, 1, INT32_MAX, &timeline, error)) {
        return false;
    }
    ret->timeline = (TimelineId)timeline;
    if (at != NULL) {
        return read_time(at, ret, error);
    }
    if (name != NULL) {
        ret->kind = TARGET_NAME;
        return str_copy(ret->name, sizeof(ret->name), name) ||
               error_set(error, ERROR_USAGE, "\"%s\" is too long for a restore point", name);
    }
    if (xid != NULL) {
        ret->kind = TARGET_XID;
        const bool good =
            str_to_uint(xid, strlen(xid), &number) && number >= 3 && number <= UINT32_MAX;
        ret->xid = (uint32_t)number;
        return good ||
               error_set(error, ERROR_USAGE, "\"%s\" is no transaction: a number from 3 to %u", xid,
                         UINT32_MAX);
    }
    if (lsn != NULL) {
        ret->kind = TARGET_LSN;
        return str_to_lsn(lsn, strlen(lsn), &ret->lsn) ||
               error_set(error, ERROR_USAGE,
                         "\"%s\" is no position of the WAL: two hexadecimal numbers with a slash, "
                         "0/3000060",
                         lsn);
    }
    return !ret->exclusive || error_set(error, ERROR_USAGE, "--exclusive of what is not said");
}

static bool read_relocations(const CommandLine *line, RestoreOptions *ret, Error *error)
{
    for (int i = 0; i < line->repeated_count; i++) {
        if (line->repeated[i].option != OPTION_TABLESPACE) {
            continue;
        }
        char *from = strdup(line->repeated[i].value); /* lives as long as the process */
        char *equals = from == NULL ? NULL : strchr(from, '=');
        if (equals == NULL || from[0] != '/' || equals[1] != '/' ||
            ret->relocation_count == RELOCATIONS_MAX) {
            free(from);
            return error_set(error, ERROR_USAGE, "\"%s\" is not /old=/new",
                             line->repeated[i].value);
        }
        *equals = '\0';
        ret->relocation[ret->relocation_count++] = (Relocation){from, equals + 1};
    }
    return true;
}

static bool read_options(const CommandLine *line, BackupPlace *place, const char *self,
                         RestoreOptions *ret, Error *error)
{
    *ret = (RestoreOptions){.destination = place->destination,
                            .bin_dir = place->bin_dir,
                            .program = self,
                            .generation = command_value(line, OPTION_GENERATION),
                            .files_only = command_given(line, OPTION_FILES_ONLY),
                            .plan_only = command_given(line, OPTION_DRY_RUN),
                            .workers = crew_usual_count()};
    if (place->data_dir[0] == '\0') {
        return error_set(error, ERROR_USAGE, "which data directory is not said") ||
               error_hint(error, "give -D, or -M, or set PGDATA in the environment");
    }
    memcpy(ret->data_dir, place->data_dir, sizeof(ret->data_dir));
    return backup_key(place, &ret->key, error) && backup_copy(line, place, &ret->copy, error) &&
           backup_number(line, OPTION_WORKERS, 1, CREW_MAX - 1, &ret->workers, error) &&
           read_target(line, &ret->target, error) && read_relocations(line, ret, error);
}

static int recover(const CommandLine *line, BackupPlace *place)
{
    static RestoreOptions options;
    static char self[PATH_MAX];
    BackupTalk talk;
    _cleanup_(restore_free) Restore *restore = NULL;
    RestoreSummary summary;
    char end[STR_LSN_SIZE];
    Error error = {0};

    const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
    self[length < 0 ? 0 : length] = '\0';
    if (!read_options(line, place, self, &options, &error)) {
        return say_error(program, &error);
    }
    backup_talk_begin(&talk, program);
    bool good = restore_plan(&options, &talk.report, &restore, &error);
    progress_end(&talk.progress);
    if (good) {
        show_plan(&options, restore_planned(restore));
        if (command_given(line, OPTION_DRY_RUN)) {
            return EXIT_DONE;
        }
        (void)fflush(stdout); /* children must not say it again */
        good = restore_run(restore, &summary, &error);
        progress_end(&talk.progress);
    }
    if (!good) {
        return say_error(program, &error);
    }
    if (summary.saved[0] != '\0') {
        say("saved what was in the old directory to \"%s\"", summary.saved);
        say_kept(summary.saved);
    }
    if (options.files_only) {
        say("files of \"%s\" put back: %llu MB, %llu MB of them were right already",
            options.data_dir, (unsigned long long)(summary.bytes / 1000000),
            (unsigned long long)(summary.kept / 1000000));
        say("no WAL is replayed: an instance started as it is ends where the backup ends, and "
            "writes WAL anew that the archive has already; with recovery.signal and "
            "restore_command = "
            "'pgx_rcvall -B %s --get-wal %%f --to \"%%p\"' it goes on from there",
            options.destination);
        return EXIT_DONE;
    }
    say("recovered \"%s\" up to %s: timeline %u begins there; %llu MB put back, %llu MB of them "
        "were right already",
        options.data_dir, str_from_lsn(summary.end, end, sizeof(end)), summary.timeline,
        (unsigned long long)(summary.bytes / 1000000),
        (unsigned long long)(summary.kept / 1000000));
    return EXIT_DONE;
}

static int run(const CommandLine *line)
{
    static BackupPlace place;
    Error error = {0};
    if (!backup_place(line, &place, &error)) {
        return say_error(program, &error);
    }
    const char *owned = place.destination[0] != '\0' ? place.destination : place.data_dir;
    if ((owned[0] != '\0' && !site_become_owner(owned, &error)) ||
        !backup_ask_destination(&place, &error)) {
        return say_error(program, &error);
    }
    if (place.destination[0] == '\0') {
        return say_failed(program, ERROR_USAGE,
                          "give -B, or set backup_destination in <id>.conf or "
                          "pgx.backup_destination in postgresql.conf",
                          "there is no backup destination");
    }
    if (command_given(line, OPTION_GET_WAL)) {
        return get_wal(line, &place);
    }
    if (command_given(line, OPTION_FETCH)) {
        return fetch_newest(program, line, &place);
    }
    if (command_given(line, OPTION_ALL_SERVERS) && !command_given(line, OPTION_LIST)) {
        return say_failed(program, ERROR_USAGE, NULL, "--all-servers needs -l");
    }
    if (command_given(line, OPTION_FROM_SERVER)) {
        return say_failed(program, ERROR_USAGE, NULL, "--from-server needs --fetch");
    }
    if (command_given(line, OPTION_JSON) && !command_given(line, OPTION_LIST)) {
        return say_failed(program, ERROR_USAGE, NULL, "--json needs -l");
    }
    return command_given(line, OPTION_LIST) ? list_generations(line, &place)
                                            : recover(line, &place);
}

int main(int argc, char **argv)
{
    CommandLine line;
    Error error = {0};
    if (!command_parse(PROGRAM_PGX_RCVALL, argc, argv, &line, &error)) {
        return say_error(program, &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    return run(&line);
}

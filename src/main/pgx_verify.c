/*
 * pgx_verify: reads backups and their WAL end to end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/crew.h"
#include "backup/restore.h"
#include "base/cleanup.h"
#include "cli/site.h"
#include "main/backup_line.h"
#include "main/restore_test.h"

static const char program[] = "pgx_verify";

/* What is wrong with the WAL behind a generation; false when all is well. */
static bool wal_is_wrong(const RestorePlan *plan, Error *error)
{
    char end[STR_LSN_SIZE];
    (void)str_from_lsn(plan->scan.end, end, sizeof(end));
    if (plan->scan.end < plan->generation.head.stop) {
        return !error_set(error, ERROR_CORRUPT,
                          "the WAL that it needs ends too early, at %s: \"%s\": %s", end,
                          plan->scan.place, plan->scan.reason);
    }
    switch (plan->scan.how) {
    case WAL_SCAN_OPEN:
        return false;
    case WAL_SCAN_GAP:
        return !error_set(error, ERROR_CORRUPT, "the WAL has a gap at %s: \"%s\": %s", end,
                          plan->scan.place, plan->scan.reason);
    case WAL_SCAN_DAMAGED:
        return !error_set(error, ERROR_CORRUPT, "the WAL is damaged at %s: \"%s\": %s", end,
                          plan->scan.place, plan->scan.reason);
    }
    return false;
}

static bool verify(const RestoreOptions *options, BackupTalk *talk, Error *error)
{
    _cleanup_(restore_free) Restore *restore = NULL;
    uint64_t bytes = 0;
    char end[STR_LSN_SIZE];
    char names[COPY_NAMES_SIZE];
    if (!restore_plan(options, &talk->report, &restore, error) ||
        !restore_verify(restore, &bytes, error)) {
        return false;
    }
    const RestorePlan *plan = restore_planned(restore);
    progress_end(&talk->progress);
    if (wal_is_wrong(plan, error)) {
        return false;
    }
    say("%s is right: %llu MB in files, WAL %s to %s, up to %s on timeline %u%s",
        plan->generation.name, (unsigned long long)(bytes / 1000000), plan->scan.first_name,
        plan->scan.last_name, str_from_lsn(plan->scan.end, end, sizeof(end)), plan->scan.timeline,
        plan->generation.head.bad_pages == 0 ? ""
                                             : "; it holds pages that were bad before it was made");
    if (plan->generation.head.copied_count > 0) {
        say("%s does not hold %s: a copy command took that, and it cannot be checked here",
            plan->generation.name, copy_names(&plan->generation.head, names, sizeof(names)));
    }
    return true;
}

/* Every one, whatever becomes of the others. Returns the exit status. */
static int verify_all(RestoreOptions *options, BackupTalk *talk)
{
    Store store;
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    int status = EXIT_DONE;
    const char *only = options->generation;
    Error error = {0};
    if (!store_open(options->destination, &store, &error) ||
        !store_list(&store, &list, &count, &error)) {
        return say_error(program, &error);
    }
    if (count == 0) {
        return say_failed(program, ERROR_REFUSED,
                          "pgx_dmpall makes one; look whether the disk is mounted",
                          "there is no backup in \"%s\"", store.path);
    }
    if (only != NULL && generations_find(list, count, only) < 0) {
        return say_failed(program, ERROR_REFUSED, "pgx_rcvall -l shows which there are",
                          "there is no generation \"%s\" in \"%s\"", only, store.path);
    }
    for (int i = 0; i < count && *talk->report.interrupted == 0; i++) {
        if (only != NULL && !str_equal(only, list[i].name)) {
            continue;
        }
        options->generation = list[i].name;
        if (!verify(options, talk, &error)) {
            progress_end(&talk->progress);
            (void)say_failed(program, ERROR_CORRUPT, NULL, "%s: %s", list[i].name, error.text);
            status = EXIT_FAILED;
        }
    }
    return *talk->report.interrupted == 0 ? status : EXIT_FAILED;
}

static int run(const CommandLine *line)
{
    static BackupPlace place;
    static RestoreOptions options;
    BackupTalk talk;
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
        return say_failed(program, ERROR_USAGE, "give -B", "there is no backup destination");
    }
    options = (RestoreOptions){.destination = place.destination,
                               .bin_dir = place.bin_dir,
                               .generation = command_value(line, OPTION_GENERATION),
                               .workers = crew_usual_count(),
                               .look_only = true};
    if (!backup_key(&place, &options.key, &error) ||
        !backup_number(line, OPTION_WORKERS, 1, CREW_MAX - 1, &options.workers, &error)) {
        return say_error(program, &error);
    }
    /* Before the hour that reading all of it may take. */
    const char *folder = command_value(line, OPTION_RESTORE_TEST);
    if (folder != NULL && !restore_test_folder(folder, &error)) {
        return say_error(program, &error);
    }
    backup_talk_begin(&talk, program);
    const int status = verify_all(&options, &talk);
    if (status != EXIT_DONE && folder != NULL && *talk.report.interrupted == 0) {
        (void)say_failed(program, ERROR_CORRUPT,
                         "put it right, or name one that is right: --generation",
                         "nothing was tried out in \"%s\": what is named above is wrong", folder);
    }
    if (status != EXIT_DONE || folder == NULL) {
        return status;
    }
    options.generation = command_value(line, OPTION_GENERATION);
    if (!restore_test(&options, folder, &talk, &error)) {
        progress_end(&talk.progress);
        return say_error(program, &error);
    }
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    CommandLine line;
    Error error = {0};
    if (!command_parse(PROGRAM_PGX_VERIFY, argc, argv, &line, &error)) {
        return say_error(program, &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    return run(&line);
}

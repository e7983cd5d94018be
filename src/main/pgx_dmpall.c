/*
 * pgx_dmpall: takes a backup of a running instance.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/crew.h"
#include "backup/dump.h"
#include "backup/pack.h"
#include "base/cleanup.h"
#include "cli/daemon.h"
#include "cli/site.h"
#include "main/backup_away.h"
#include "main/backup_line.h"

static const char program[] = "pgx_dmpall";

static BackupPlace place;

/* As the agent of this host knows it. Without a management directory, or an agent, nobody does. */
static const char *name_of_primary(void *arg)
{
    static char name[MEMBER_NAME_SIZE];
    const CommandLine *line = arg;
    Diagnostics diagnostics = {0};
    Error none = {0};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    _cleanup_free_ Status *status = calloc(1, sizeof(*status));
    if (site != NULL && status != NULL &&
        site_open(line, MEMBER_SERVER, site, &diagnostics, &none) &&
        daemon_status(site, status, &none) && status->record.epoch != 0 &&
        status->record.primary < site->members.count) {
        memcpy(name, site->members.member[status->record.primary].name, sizeof(name));
    }
    return name;
}

static bool read_options(CommandLine *line, DumpOptions *ret, Error *error)
{
    *ret = (DumpOptions){.workers = crew_usual_count(),
                         .level = PACK_LEVEL_USUAL,
                         .primary = name_of_primary,
                         .primary_arg = line};
    if (!backup_place(line, &place, error)) {
        return false;
    }
    if (place.data_dir[0] == '\0') {
        return error_set(error, ERROR_USAGE, "which data directory is not said") ||
               error_hint(error, "give -D, or -M, or set PGDATA in the environment");
    }
    memcpy(ret->data_dir, place.data_dir, sizeof(ret->data_dir));
    ret->destination = place.destination;
    ret->keep = place.keep;
    ret->copy_resources = place.copy_resources;
    ret->from_standby = command_given(line, OPTION_FROM_STANDBY);
    ret->if_primary = command_given(line, OPTION_IF_PRIMARY);
    ret->incremental = command_given(line, OPTION_INCREMENTAL);
    ret->login = (ServerLogin){.host = command_value(line, OPTION_HOST),
                               .port = command_value(line, OPTION_PORT),
                               .user = command_value(line, OPTION_USER),
                               .data_dir = ret->data_dir};
    return backup_number(line, OPTION_WORKERS, 1, CREW_MAX - 1, &ret->workers, error) &&
           backup_number(line, OPTION_COMPRESS, 1, PACK_LEVEL_MAX, &ret->level, error) &&
           backup_number(line, OPTION_KEEP, 1, 1000, &ret->keep, error) &&
           backup_copy(line, &place, &ret->copy, error) && backup_rate(line, &ret->rate, error);
}

static int run(CommandLine *line)
{
    static DumpOptions options;
    BackupTalk talk;
    DumpSummary summary;
    Error error = {0};

    if (!read_options(line, &options, &error) || !site_become_owner(options.data_dir, &error) ||
        !backup_key(&place, &options.key, &error) || !away_check(line, &error)) {
        return say_error(program, &error);
    }
    backup_talk_begin(&talk, program);
    const bool good = dump_run(&options, &talk.report, &summary, &error);
    progress_end(&talk.progress);
    if (!good) {
        return say_error(program, &error);
    }
    if (summary.not_primary) {
        return EXIT_DONE;
    }
    if (summary.unread > 0) {
        say("%llu MB were taken over unread", (unsigned long long)(summary.unread / 1000000));
    }
    say("backup %s COMPLETE: %llu MB in files, %llu MB of them stored earlier; removed %d "
        "generations "
        "and %d files of WAL",
        summary.folder, (unsigned long long)(summary.bytes / 1000000),
        (unsigned long long)(summary.reused / 1000000), summary.removed_generations,
        summary.removed_segments);
    if (summary.copied[0] != '\0') {
        say("not in it, but where the copy command has put it: %s", summary.copied);
    }
    const int away = away_store(program, line, summary.name, options.rate, &talk);
    if (summary.bad_pages > 0) {
        return say_failed(program, ERROR_CORRUPT,
                          "no generation with good pages was removed for it",
                          "%llu bad page%s in the database", (unsigned long long)summary.bad_pages,
                          summary.bad_pages == 1 ? " was found" : "s were found");
    }
    return away;
}

int main(int argc, char **argv)
{
    CommandLine line;
    Error error = {0};
    if (!command_parse(PROGRAM_PGX_DMPALL, argc, argv, &line, &error)) {
        return say_error(program, &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    return run(&line);
}

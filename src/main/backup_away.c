/*
 * Having other servers fetch a generation.
 *
 * They pull, we do not push: so nobody can write in a backup directory but the programs of its own host, and what is
 * COMPLETE there was proved there.
 */
#include "main/backup_away.h"

#include <stdlib.h>
#include <string.h>

#include "backup/fileask.h"
#include "base/cleanup.h"
#include "main/backup_servers.h"

static bool is_wanted(const CommandLine *line, int i)
{
    return line->repeated[i].option == OPTION_DESTINATION_SERVER;
}

static bool any_wanted(const CommandLine *line)
{
    for (int i = 0; i < line->repeated_count; i++) {
        if (is_wanted(line, i)) {
            return true;
        }
    }
    return false;
}

static bool find_server(const ServersView *view, const char *id, MemberId *ret, Error *error)
{
    for (MemberId m = 0; m < view->site.members.count; m++) {
        const Member *member = &view->site.members.member[m];
        if (m != view->site.self && member->kind == MEMBER_SERVER && str_equal(member->name, id)) {
            *ret = m;
            return true;
        }
    }
    return error_set(error, ERROR_USAGE, "\"%s\" is no other server of network.conf", id);
}

bool away_check(const CommandLine *line, Error *error)
{
    MemberId member = 0;
    if (!any_wanted(line)) {
        return true;
    }
    _cleanup_free_ ServersView *view = calloc(1, sizeof(*view));
    bool good = view != NULL ? servers_open(line, view, error)
                             : error_set(error, ERROR_SYSTEM, "out of memory");
    for (int i = 0; good && i < line->repeated_count; i++) {
        good = !is_wanted(line, i) || find_server(view, line->repeated[i].value, &member, error);
    }
    if (view != NULL) {
        servers_done(view);
    }
    return good;
}

static bool take_progress(void *arg, const FileAnswer *answer, Error *error)
{
    const Report *report = arg;
    if (answer->kind != FILE_ANSWER_PROGRESS) {
        return error_set(error, ERROR_PROTOCOL, "an answer to another question");
    }
    report->progress(report->arg, "storing it elsewhere", answer->u.progress.done,
                     answer->u.progress.of);
    return report_goes_on(report, error);
}

static bool store_at(const ServersView *view, const char *id, const char *generation, uint64_t rate,
                     BackupTalk *talk, Error *error)
{
    _cleanup_(link_free) Link *link = NULL;
    FileAsk ask = {.kind = FILE_ASK_PULL, .rate = rate};
    MemberId member = 0;
    (void)str_copy(ask.path, sizeof(ask.path), generation); /* fits */
    return find_server(view, id, &member, error) &&
           link_open(&view->config, &view->keys, member, &link, error) &&
           fileask_run(link, &ask, take_progress, &talk->report, error);
}

int away_store(const char *program, const CommandLine *line, const char *generation, uint64_t rate,
               BackupTalk *talk)
{
    int status = EXIT_DONE;
    Error error = {0};
    _cleanup_free_ ServersView *view = calloc(1, sizeof(*view));
    if (!any_wanted(line)) {
        return EXIT_DONE;
    }
    if (view == NULL || !servers_open(line, view, &error)) {
        return view == NULL ? EXIT_FAILED : say_error(program, &error);
    }
    for (int i = 0; i < line->repeated_count; i++) {
        if (!is_wanted(line, i)) {
            continue;
        }
        const char *id = line->repeated[i].value;
        error_clear(&error);
        const bool good = store_at(view, id, generation, rate, talk, &error);
        progress_end(&talk->progress);
        if (good) {
            say("backup %s is COMPLETE on server \"%s\", too", generation, id);
            continue;
        }
        status = say_failed(program, error.kind,
                            error.kind == ERROR_REFUSED
                                ? "when that is mended on that server, pgx_rcvall --fetch there "
                                  "brings it over"
                                : "its agent must run there, with backup_destination set; later, "
                                  "pgx_rcvall --fetch there brings it over",
                            "backup %s is COMPLETE here, and not stored on server \"%s\": %s",
                            generation, id, error.text);
    }
    servers_done(view);
    return status;
}

/*
 * Choosing what is fetched from where.
 *
 * The newest generation and the newest WAL may be on two servers. The WAL that a recovery reads begins where its
 * generation does, so whoever gives the generation is asked for WAL as well.
 */
#include "main/backup_fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/fetch.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/backup_line.h"
#include "cli/kept_line.h"
#include "main/backup_servers.h"
#include "sys/pg_control.h"

enum { SEGMENT_SIZE_USUAL = 16 * 1024 * 1024 };

typedef struct Choice {
    const ServerStore *here;
    const ServerStore *with_generation; /* NULL: here is none newer there */
    const Generation
        *generation; /* the one that a recovery here will begin with; NULL: none is known */
    const ServerStore *with_wal; /* likewise */
    uint64_t system_identifier;  /* 0: not known */
} Choice;

static const char *name_of(const ServersView *view, const ServerStore *server)
{
    return view->site.members.member[server->member].name;
}

static const Generation *newest_complete(const ServerStore *server)
{
    for (int i = server->count - 1; i >= 0; i--) {
        if (server->list[i].complete) {
            return &server->list[i];
        }
    }
    return NULL;
}

/* Which database this is about: its directory says, or else what is kept of it here. */
static uint64_t database_here(const BackupPlace *place, const ServerStore *here)
{
    PgControl control;
    Error none = {0};
    const Generation *own = newest_complete(here);
    if (place->data_dir[0] != '\0' && pg_control_read(place->data_dir, &control, &none)) {
        return control.system_identifier;
    }
    return own != NULL ? own->head.system_identifier : here->reach.system_identifier;
}

static bool choose_generation(const ServersView *view, const CommandLine *line,
                              const ServerStore *from, Choice *ret, Error *error)
{
    const char *wanted = command_value(line, OPTION_GENERATION);
    if (wanted != NULL) {
        const int at = generations_find(from->list, from->count, wanted);
        if (at < 0 || !from->list[at].complete) {
            return error_set(error, ERROR_REFUSED,
                             "server \"%s\" has no complete generation \"%s\"", name_of(view, from),
                             wanted);
        }
        ret->generation = &from->list[at];
    } else {
        ret->generation = from->newest >= 0 ? &from->list[from->newest] : newest_complete(from);
    }
    ret->with_generation = from;
    return true;
}

/* Without --from-server: here first, so that nothing is fetched that is here. */
static void choose_newest(const ServersView *view, Choice *ret)
{
    for (int i = 0; i < view->count; i++) {
        const ServerStore *server = &view->server[i];
        if (server->newest >= 0 && (ret->with_generation == NULL || server == ret->here)) {
            ret->with_generation = server;
            ret->generation = &server->list[server->newest];
        }
        if (server->newest_wal && (ret->with_wal == NULL || server == ret->here)) {
            ret->with_wal = server;
        }
    }
}

static const ServerStore *find_server(const ServersView *view, const char *id)
{
    for (int i = 0; i < view->count; i++) {
        if (str_equal(name_of(view, &view->server[i]), id)) {
            return &view->server[i];
        }
    }
    return NULL;
}

static bool choose(const ServersView *view, const CommandLine *line, Choice *ret, Error *error)
{
    const char *id = command_value(line, OPTION_FROM_SERVER);
    if (id == NULL && command_given(line, OPTION_GENERATION)) {
        return error_set(error, ERROR_USAGE,
                         "--generation needs --from-server: the same name may mean "
                         "another generation on each server");
    }
    if (id == NULL) {
        choose_newest(view, ret);
    } else {
        const ServerStore *from = find_server(view, id);
        if (from == NULL || from == ret->here) {
            return error_set(error, ERROR_USAGE, "\"%s\" is no other server of network.conf", id);
        }
        if (!from->reached) {
            return error_set(error, ERROR_NETWORK, "server \"%s\" is not reached: %s", id,
                             from->why);
        }
        ret->with_wal = from;
        if (!choose_generation(view, line, from, ret, error)) {
            return false;
        }
    }
    ret->with_generation =
        ret->with_generation == ret->here || ret->generation == NULL ? NULL : ret->with_generation;
    ret->with_wal = ret->with_wal == ret->here ? NULL : ret->with_wal;
    if (ret->system_identifier == 0 && ret->generation != NULL) {
        ret->system_identifier = ret->generation->head.system_identifier;
    }
    return true;
}

static bool fetch_wal_from(const ServersView *view, const Choice *choice, const ServerStore *from,
                           FetchOptions *options, BackupTalk *talk, FetchSummary *summary,
                           Error *error)
{
    const ManifestHead *head = choice->generation == NULL ? NULL : &choice->generation->head;
    const uint32_t size = head == NULL ? SEGMENT_SIZE_USUAL : head->wal_segment;
    const bool mirrored = !backup_keeper_lives(&view->site);
    const int before = summary->segments;
    options->from = from->member;
    if (!fetch_wal(options, head == NULL ? 0 : head->start / size, size, mirrored, &talk->report,
                   summary, error)) {
        return error_wrap(error, "WAL of server \"%s\"", name_of(view, from));
    }
    progress_end(&talk->progress);
    say("%d files of WAL fetched from server \"%s\"%s", summary->segments - before,
        name_of(view, from),
        mirrored ? "" : "; mirrored WAL is left alone while the instance here runs");
    return true;
}

static bool fetch(const ServersView *view, const Choice *choice, FetchOptions *options,
                  BackupTalk *talk, FetchSummary *summary, Error *error)
{
    const ServerStore *with = choice->with_generation;
    if (with != NULL) {
        options->from = with->member;
        if (!fetch_generation(options, choice->generation->name, &talk->report, summary, error)) {
            return error_wrap(error, "from server \"%s\"", name_of(view, with));
        }
        progress_end(&talk->progress);
        say("generation %s of server \"%s\" is here and COMPLETE: %d generations, %llu MB fetched",
            choice->generation->name, name_of(view, with), summary->generations,
            (unsigned long long)(summary->bytes / 1000000));
    }
    return (with == NULL || fetch_wal_from(view, choice, with, options, talk, summary, error)) &&
           (choice->with_wal == NULL || choice->with_wal == with ||
            fetch_wal_from(view, choice, choice->with_wal, options, talk, summary, error));
}

/* What --dry-run says: the same choice, and nothing of it fetched. */
static void say_choice(const ServersView *view, const Choice *choice)
{
    const ServerStore *with = choice->with_generation, *wal = choice->with_wal;
    if (with != NULL) {
        say("would fetch generation %s of server \"%s\", and the WAL behind it",
            choice->generation->name, name_of(view, with));
    }
    if (wal != NULL && wal != with) {
        say("would fetch the WAL of server \"%s\"", name_of(view, wal));
    }
}

static void say_nothing_newer(const ServersView *view)
{
    int answered = 0;
    for (int i = 0; i < view->count; i++) {
        answered += view->server[i].reached ? 1 : 0;
    }
    if (answered == view->count) {
        say("nothing that another server has is newer than what is here");
    } else {
        say("nothing that is newer than what is here, of %d other servers that answered; %d did "
            "not",
            answered - 1, view->count - answered);
    }
}

static bool run(const ServersView *view, const CommandLine *line, const BackupPlace *place,
                BackupTalk *talk, Error *error)
{
    FetchSummary summary = {0};
    Choice choice = {.here = find_server(view, view->site.id)};
    FetchOptions options = {.destination = place->destination,
                            .config = &view->config,
                            .keys = &view->keys,
                            .copies = place->copy_command[0] != '\0'};
    assert(choice.here != NULL); /* a site that opens is one of network.conf */
    if (!choice.here->reached) {
        return error_set(error, ERROR_SYSTEM, "%s", choice.here->why);
    }
    choice.system_identifier = database_here(place, choice.here);
    if (!backup_key(place, &options.key, error) || !backup_rate(line, &options.rate, error) ||
        !choose(view, line, &choice, error)) {
        return false;
    }
    options.system_identifier = choice.system_identifier;
    if (choice.with_generation == NULL && choice.with_wal == NULL) {
        say_nothing_newer(view);
        return true;
    }
    if (command_given(line, OPTION_DRY_RUN)) {
        say_choice(view, &choice);
        return true;
    }
    const bool good = fetch(view, &choice, &options, talk, &summary, error);
    progress_end(&talk->progress);
    if (summary.saved[0] != '\0') {
        say("what had to give way is in \"%s\"", summary.saved);
        say_kept(summary.saved);
    }
    return good;
}

int fetch_newest(const char *program, const CommandLine *line, const BackupPlace *place)
{
    Error error = {0};
    BackupTalk talk;
    _cleanup_free_ ServersView *view = calloc(1, sizeof(*view));
    if (view == NULL || !servers_look(line, place->destination, view, &error)) {
        return view == NULL ? EXIT_FAILED : say_error(program, &error);
    }
    backup_talk_begin(&talk, program);
    /* The newest of those that are reached; whoever is missing is named, and it is for the operator to wait for it. */
    const int unreached =
        command_given(line, OPTION_FROM_SERVER) ? EXIT_DONE : servers_say_unreached(program, view);
    const bool good = run(view, line, place, &talk, &error);
    progress_end(&talk.progress);
    servers_done(view);
    if (!good) {
        return say_error(program, &error);
    }
    return unreached;
}

/*
 * Asking every server of the cluster about its backups, and showing what they have.
 */
#include "main/backup_servers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/reach.h"
#include "base/cleanup.h"
#include "cli/say.h"
#include "cli/site_net.h"
#include "main/backup_show.h"

/* ---- comparing ---- */

/* The same generation may be on several servers, and so may the same WAL: each of them is the newest then. */
static void compare(ServersView *view)
{
    for (int i = 0; i < view->count; i++) {
        ServerStore *server = &view->server[i];
        int at = -1;
        const Generation *own = store_newest(server, &at);
        server->newest = at;
        server->newest_wal = server->reach.segment[0] != '\0';
        for (int n = 0; n < view->count; n++) {
            int other_at = -1;
            const Generation *other = store_newest(&view->server[n], &other_at);
            if (own != NULL && other != NULL && store_is_newer(other, own)) {
                server->newest = -1;
            }
            if (reach_is_newer(&view->server[n].reach, &server->reach)) {
                server->newest_wal = false;
            }
        }
    }
}

bool servers_open(const CommandLine *line, ServersView *ret, Error *error)
{
    int status = 0;
    const char *variable = getenv(command_programs[line->program].environment);
    if (!command_given(line, OPTION_DIRECTORY) && (variable == NULL || variable[0] == '\0')) {
        return error_set(error, ERROR_USAGE, "the other servers are not known") ||
               error_hint(error,
                          "give -M, or set %s: network.conf and the key of the cluster are in "
                          "the management directory",
                          command_programs[line->program].environment);
    }
    if (!site_open_or_say(line, MEMBER_SERVER, &ret->site, &status)) {
        return error_set(error, ERROR_CONFIG, "the other servers are not known") ||
               error_hint(error, "give -M, or set MCCONTROLDIR: network.conf and the key of the "
                                 "cluster are in the management directory");
    }
    return keys_read(ret->site.key_path, &ret->keys, error) &&
           site_net(&ret->site, &ret->config, error);
}

bool servers_look(const CommandLine *line, const char *destination, ServersView *ret, Error *error)
{
    if (!servers_open(line, ret, error)) {
        return false;
    }
    for (MemberId m = 0; m < ret->site.members.count; m++) {
        if (ret->site.members.member[m].kind != MEMBER_SERVER) {
            continue;
        }
        ServerStore *server = &ret->server[ret->count++];
        Error why = {0};
        server->member = m;
        server->reached = m == ret->site.self ? store_look_here(destination, server, &why)
                                              : store_ask(&ret->config, &ret->keys, server, &why);
        (void)str_copy(server->why, sizeof(server->why), why.text); /* of the same size */
    }
    compare(ret);
    return true;
}

void servers_done(ServersView *view)
{
    for (int i = 0; i < view->count; i++) {
        free(view->server[i].list);
    }
    keys_wipe(&view->keys);
}

/* ---- showing ---- */

static const char *name_of(const ServersView *view, const ServerStore *server)
{
    return view->site.members.member[server->member].name;
}

static void show_lists(const ServersView *view)
{
    char date[MANIFEST_GENERATION_SIZE];
    char folder[FILEWIRE_PLACE_SIZE + MANIFEST_GENERATION_SIZE];
    int width = 0;
    for (int s = 0; s < view->count; s++) {
        const int length = (int)strlen(view->server[s].path) + MANIFEST_GENERATION_SIZE + 2;
        width = length > width ? length : width;
    }
    (void)printf("%-16s%-24s%-16s%-8s%-*s%-13s%s\n", "Server", "Date", "Status", "Newest", width,
                 "Dir", "Type", "Notes");
    for (int s = 0; s < view->count; s++) {
        const ServerStore *server = &view->server[s];
        for (int i = 0; i < server->count; i++) {
            const Generation *one = &server->list[i];
            (void)str_format(folder, sizeof(folder), "%s/%s", server->path, one->name); /* fits */
            (void)printf("%-16s%-24s%-16s%-8s%-*s%-13s", name_of(view, server),
                         show_date(one, date), one->complete ? "COMPLETE" : "INCOMPLETE",
                         i == server->newest ? "*" : "-", width, folder, show_kind(one));
            show_notes(one, NULL);
        }
        if (server->count == 0) {
            (void)printf("%-16s%-24s%-16s%-8s%-*s%-13s%s\n", name_of(view, server), "-",
                         server->reached ? "none" : "unknown", "-", width,
                         server->path[0] == '\0' ? "-" : server->path, "-", "-");
        }
    }
}

static void show_reaches(const ServersView *view)
{
    char lsn[STR_LSN_SIZE];
    char at[24];
    (void)printf("\n%-16s%-24s%-16s%-8s%-10s%s\n", "Server", "WAL written", "WAL up to", "Newest",
                 "Timeline", "Segment");
    for (int s = 0; s < view->count; s++) {
        const ServerStore *server = &view->server[s];
        const FileReach *reach = &server->reach;
        if (reach->segment[0] == '\0') {
            (void)printf("%-16s%-24s%-16s%-8s%-10s%s\n", name_of(view, server), "-",
                         server->reached ? "none" : "unknown", "-", "-", "-");
            continue;
        }
        site_local_time(reach->written, at, sizeof(at));
        (void)printf("%-16s%-24s%-16s%-8s%-10u%s/%s\n", name_of(view, server), at,
                     str_from_lsn(reach->end, lsn, sizeof(lsn)), server->newest_wal ? "*" : "-",
                     reach->timeline, reach->place, reach->segment);
    }
}

static void show_json(const ServersView *view)
{
    char lsn[STR_LSN_SIZE];
    (void)printf("{\"servers\": [");
    for (int s = 0; s < view->count; s++) {
        const ServerStore *server = &view->server[s];
        const FileReach *reach = &server->reach;
        (void)printf("%s\n {\"server\": \"%s\", \"reached\": %s, \"reason\": ", s == 0 ? "" : ",",
                     name_of(view, server), server->reached ? "true" : "false");
        show_string(server->why);
        (void)printf(",\n  \"newest_generation\": ");
        show_string(server->newest < 0 ? "" : server->list[server->newest].name);
        (void)printf(", \"newest_wal\": %s,\n  \"wal\": {\"segment\": \"%s\", \"place\": ",
                     server->newest_wal ? "true" : "false", reach->segment);
        show_string(reach->place);
        (void)printf(", \"timeline\": %u, \"end_lsn\": \"%s\", \"written\": %lld,"
                     " \"system_identifier\": \"%llu\"},\n  \"store\": ",
                     reach->timeline, str_from_lsn(reach->end, lsn, sizeof(lsn)),
                     (long long)reach->written, (unsigned long long)reach->system_identifier);
        show_generations_json(server->path, server->list, NULL, server->count);
        (void)printf(" }");
    }
    (void)printf("]}\n");
}

/* One line for each that is missing in the comparison, and the one cure that they have in common. */
int servers_say_unreached(const char *program, const ServersView *view)
{
    int status = EXIT_DONE;
    for (int s = 0; s < view->count; s++) {
        const ServerStore *server = &view->server[s];
        if (server->reached) {
            continue;
        }
        status = say_failed(
            program, ERROR_NETWORK,
            server->member == view->site.self
                ? NULL
                : "its agent must run there, with backup_destination set: mc_ctl start --mc-only "
                  "there starts it without its instance; where that cannot be, look there with "
                  "pgx_rcvall -l and ls -ltr <backup_destination>/*_xlog",
            "the backups of server \"%s\" are not known: %s", name_of(view, server), server->why);
    }
    return status;
}

int list_all_servers(const char *program, const CommandLine *line, const char *destination)
{
    Error error = {0};
    _cleanup_free_ ServersView *view = calloc(1, sizeof(*view));
    if (view == NULL || !servers_look(line, destination, view, &error)) {
        return view == NULL ? EXIT_FAILED : say_error(program, &error);
    }
    if (command_given(line, OPTION_JSON)) {
        show_json(view);
    } else {
        show_lists(view);
        show_reaches(view);
    }
    (void)fflush(stdout); /* before what is said on standard error */
    const int status = servers_say_unreached(program, view);
    servers_done(view);
    return status;
}

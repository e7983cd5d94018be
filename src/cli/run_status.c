/*
 * `status`: the daemon's answer, or what the state file remembers when there is no daemon.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "cli/backup_line.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/kept_line.h"
#include "cli/say.h"
#include "cli/stream_line.h"
#include "sys/statefile.h"
#include "view/status_json.h"
#include "wire/wire.h"

typedef void View(const Status *status, const ViewExtra *extra, StrBuf *out);
typedef char *ViewJson(const Status *status, const ViewExtra *extra);

/* What is to be shown, and how. */
typedef struct Showing {
    View *view;
    ViewJson *json; /* NULL: the table */
    bool watch;
} Showing;

enum { WATCH_PAUSE_MS = 500 };

/* The table also says whether anything has changed: positions and times, of JSON and of mirrored WAL, always do. */
static void make_table(const Site *site, const Status *status, View *view,
                       char ret[static VIEW_STATUS_MAX])
{
    StrBuf out = str_begin(ret, VIEW_STATUS_MAX);
    const ViewExtra extra = site_view_extra(site, &status->record);
    view(status, &extra, &out);
}

/* A reader that went away misses nothing else. */
static void print_table(const Site *site, const Status *status, View *view,
                        char text[static VIEW_STATUS_MAX])
{
    StrBuf out = {.data = text, .size = VIEW_STATUS_MAX, .length = strlen(text)};
    if (view == view_status) {
        stream_line(site, status, &out);
        backup_line(site, &out);
        kept_line(site, &out);
    }
    (void)fputs(text, stdout);
}

static bool print_json(const Site *site, const Status *status, ViewJson *json)
{
    const ViewExtra extra = site_view_extra(site, &status->record);
    _cleanup_free_ char *text = json(status, &extra);
    if (text == NULL) {
        return false;
    }
    (void)puts(text); /* a reader that went away misses nothing else */
    return true;
}

/* What is known without the daemon. A member that never ran here knows its members and nothing else. */
static void status_from_disk(const Site *site, Status *ret)
{
    uint8_t bytes[STATEFILE_CONTENTS_MAX];
    size_t size = 0;
    Error error = {0};
    Durable durable = {.self = site->self, .members = site->members};
    switch (statefile_read(site->state_path, bytes, sizeof(bytes), &size, &error)) {
    case MEMORY_KEPT:
        if (!wire_decode_durable(bytes, size, &durable)) {
            (void)fprintf(stderr, "%s: the contents of \"%s\" are not understood\n", site->id,
                          site->state_path);
        }
        break;
    case MEMORY_BLANK:
        break;
    case MEMORY_LOST:
        (void)fprintf(stderr, "%s: \"%s\" does not count: %s\n", site->id, site->state_path,
                      error.text);
        break;
    }
    view_status_from_durable(&durable, ret);
}

/* The status of the daemon, else what the disk remembers; the exit status. *ret_shown: there is something to show. */
static int get_status(const Site *site, const char *program, bool quiet, Status *ret,
                      bool *ret_shown)
{
    Error error = {0};
    *ret_shown = true;
    if (daemon_status(site, ret, &error)) {
        return EXIT_DONE;
    }
    *ret_shown = error.kind == ERROR_NOT_RUNNING;
    const int status = quiet ? exit_status(error.kind) : say_error(program, &error);
    if (*ret_shown) {
        status_from_disk(site, ret);
    }
    return status;
}

/* Looks again and again; prints what is not as it was printed last. */
static int watch(const Site *site, const char *program, const Showing *how, Status *ret)
{
    char now[VIEW_STATUS_MAX];
    char before[VIEW_STATUS_MAX] = "";
    bool shown = false;
    int status_before = -1;
    for (;;) {
        const int status = get_status(site, program, true, ret, &shown);
        if (status != status_before && status != EXIT_DONE) {
            (void)get_status(site, program, false, ret, &shown); /* says why, once */
        }
        status_before = status;
        now[0] = '\0';
        if (shown) {
            make_table(site, ret, how->view, now);
        }
        if (shown && !str_equal(now, before)) {
            (void)str_copy(before, sizeof(before), now); /* of the same size */
            if (how->json == NULL) {
                print_table(site, ret, how->view, now);
            } else if (!print_json(site, ret, how->json)) {
                return say_failed(program, ERROR_SYSTEM, NULL, "out of memory");
            }
            if (fflush(stdout) != 0) {
                return EXIT_FAILED; /* nobody reads any longer */
            }
        }
        daemon_pause(WATCH_PAUSE_MS);
    }
}

/* Prints, and returns the exit status. *ret is what was printed. */
static int show(const CommandLine *line, MemberKind kind, const Showing *how, Status *ret)
{
    int mistaken = EXIT_DONE;
    bool shown = false;
    const char *program = command_programs[line->program].name;
    char text[VIEW_STATUS_MAX];
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_to_look(line, kind, site, &mistaken)) {
        return site == NULL ? EXIT_FAILED : mistaken;
    }
    if (how->watch) {
        return watch(site, program, how, ret);
    }
    const int status = get_status(site, program, false, ret, &shown);
    if (shown && how->json != NULL) {
        if (!print_json(site, ret, how->json)) {
            return say_failed(program, ERROR_SYSTEM, NULL, "out of memory");
        }
    } else if (shown) {
        make_table(site, ret, how->view, text);
        print_table(site, ret, how->view, text);
    }
    (void)fflush(stdout);
    return mistaken != EXIT_DONE ? mistaken : status;
}

int ctl_status(const CommandLine *line)
{
    Status seen = {0};
    const bool arbiters = command_given(line, OPTION_ARBITER_STATUS);
    const Showing how = {
        .view = arbiters ? view_arbiters : view_status,
        .json = !command_given(line, OPTION_JSON) ? NULL
                : arbiters                        ? view_arbiters_json
                                                  : view_status_json,
        .watch = command_given(line, OPTION_WATCH),
    };
    if (how.watch && command_given(line, OPTION_CHECK)) {
        return say_failed("mc_ctl", ERROR_USAGE, NULL,
                          "options \"--check\" and \"--watch\" exclude each other");
    }
    const int status = show(line, MEMBER_SERVER, &how, &seen);
    if (!command_given(line, OPTION_CHECK) || (status != EXIT_DONE && status != EXIT_NOT_RUNNING)) {
        return status;
    }
    return seen.mirroring == MIRRORING_SWITCHABLE && !seen.from_disk ? EXIT_DONE
                                                                     : EXIT_NOT_SWITCHABLE;
}

int arb_status(const CommandLine *line)
{
    Status seen = {0};
    const Showing how = {.view = view_servers,
                         .json = command_given(line, OPTION_JSON) ? view_servers_json : NULL};
    return show(line, MEMBER_ARBITER, &how, &seen);
}

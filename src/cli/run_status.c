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
#include "cli/say.h"
#include "sys/statefile.h"
#include "wire/wire.h"

typedef void View(const Status *status, const ViewExtra *extra, StrBuf *out);

static void print_view(const Site *site, const Status *status, View *view)
{
    char text[VIEW_STATUS_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    const ViewExtra extra = site_view_extra(site, &status->record);
    view(status, &extra, &out);
    if (view == view_status) {
        backup_line(site, &out);
    }
    (void)fputs(text, stdout); /* a reader that went away misses nothing else */
    (void)fflush(stdout);
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

/* Prints, and returns the exit status. *ret is what was printed. */
static int show(const CommandLine *line, MemberKind kind, View *view, Status *ret)
{
    int status = EXIT_DONE;
    Error error = {0};
    const char *program = command_programs[line->program].name;
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, kind, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (daemon_status(site, ret, &error)) {
        print_view(site, ret, view);
        return EXIT_DONE;
    }
    status = say_error(program, &error);
    if (error.kind == ERROR_NOT_RUNNING) {
        status_from_disk(site, ret);
        print_view(site, ret, view);
    }
    return status;
}

int ctl_status(const CommandLine *line)
{
    Status seen = {0};
    const bool arbiters = command_given(line, OPTION_ARBITER_STATUS);
    const int status = show(line, MEMBER_SERVER, arbiters ? view_arbiters : view_status, &seen);
    if (!command_given(line, OPTION_CHECK) || (status != EXIT_DONE && status != EXIT_NOT_RUNNING)) {
        return status;
    }
    return seen.mirroring == MIRRORING_SWITCHABLE && !seen.from_disk ? EXIT_DONE
                                                                     : EXIT_NOT_SWITCHABLE;
}

int arb_status(const CommandLine *line)
{
    Status seen = {0};
    return show(line, MEMBER_ARBITER, view_servers, &seen);
}

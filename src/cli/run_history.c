/*
 * `history`: every change of the record that this server learned, from its files.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/past.h"
#include "cli/say.h"
#include "view/chronicle_show.h"

static int print_json(const Chronicle *chronicle)
{
    for (size_t i = 0; i < chronicle->count; i++) {
        _cleanup_free_ char *text = chronicle_json(&chronicle->entry[i]);
        if (text == NULL) {
            return say_failed("mc_ctl", ERROR_SYSTEM, NULL, "out of memory");
        }
        say("%s", text);
    }
    return EXIT_DONE;
}

static void print_table(const Chronicle *chronicle, const char *server)
{
    char text[CHRONICLE_ROW_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    chronicle_show_title(&out);
    (void)fputs(text, stdout); /* a reader that went away misses nothing else */
    for (size_t i = 0; i < chronicle->count; i++) {
        const ChronicleEntry *before = i == 0 ? NULL : &chronicle->entry[i - 1];
        out = str_begin(text, sizeof(text));
        chronicle_show_row(&chronicle->entry[i], before, past_time, &out);
        (void)fputs(text, stdout);
    }
    out = str_begin(text, sizeof(text));
    chronicle_show_notes(chronicle, server, &out);
    (void)fputs(text, stdout);
    (void)fflush(stdout);
}

int ctl_history(const CommandLine *line)
{
    int status = EXIT_DONE;
    Error error = {0};
    _cleanup_(chronicle_done) Chronicle chronicle = {0};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (!past_read(site, &chronicle, &error)) {
        return say_error("mc_ctl", &error);
    }
    if (command_given(line, OPTION_JSON)) {
        return print_json(&chronicle);
    }
    print_table(&chronicle, site->id);
    return EXIT_DONE;
}

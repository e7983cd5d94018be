/*
 * What commands print.
 */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "messages.h"

bool error_hint(Error *error, const char *format, ...)
{
    const size_t length = strlen(error->text);
    StrBuf out = {.data = error->text, .size = sizeof(error->text), .length = length};
    char hint[ERROR_TEXT_SIZE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(hint, sizeof(hint), format,
                    args); /* cut is as good as any other way to be too long */
    va_end(args);
    str_add(&out, "\nhint: ");
    str_add(&out, hint);
    return false;
}

int exit_status(ErrorKind kind)
{
    switch (kind) {
    case ERROR_NONE:
        return EXIT_DONE;
    case ERROR_USAGE:
        return EXIT_USAGE;
    case ERROR_REFUSED:
        return EXIT_REFUSED;
    case ERROR_NOT_RUNNING:
        return EXIT_NOT_RUNNING;
    case ERROR_CONFIG:
    case ERROR_SYSTEM:
    case ERROR_NETWORK:
    case ERROR_PROTOCOL:
    case ERROR_POSTGRES:
    case ERROR_CORRUPT:
    case ERROR_LIMIT:
    case ERROR_TIMEOUT:
        return EXIT_FAILED;
    }
    return EXIT_FAILED;
}

void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vprintf(format, args); /* a terminal that went away is nobody's loss */
    va_end(args);
    (void)putchar('\n');
    (void)fflush(stdout);
}

int say_error(const char *program, const Error *error)
{
    (void)fprintf(stderr, "%s: %s\n", program, error->text);
    return exit_status(error->kind);
}

int say_failed(const char *program, ErrorKind kind, const char *hint, const char *format, ...)
{
    va_list args;
    (void)fprintf(stderr, "%s: ", program);
    va_start(args, format);
    (void)vfprintf(stderr, format, args); /* nobody reads standard error: nothing to be done */
    va_end(args);
    (void)fprintf(stderr, hint == NULL ? "\n" : "\nhint: %s\n", hint);
    return exit_status(kind);
}

void say_diagnostics(const char *program, const Diagnostics *diagnostics)
{
    char text[DIAGNOSTIC_TEXT_SIZE];
    for (int i = 0; i < diagnostics->count; i++) {
        (void)fprintf(stderr, "%s: %s\n", program,
                      diagnostic_format(&diagnostics->list[i], text, sizeof(text)));
    }
    if (diagnostics->dropped > 0) {
        (void)fprintf(stderr, "%s: and %d more\n", program, diagnostics->dropped);
    }
}

static void print_entry(FILE *to, const char *lead, const LogEntry *entry)
{
    char text[MESSAGE_TEXT_SIZE];
    (void)fprintf(to, "%s: %s (%s)\n", lead, message_format(entry, text, sizeof(text)),
                  message_info(entry->id)->id);
    if (message_format_detail(entry, text, sizeof(text))) {
        (void)fprintf(to, "detail: %s\n", text);
    }
    if (message_format_hint(entry, text, sizeof(text))) {
        (void)fprintf(to, "hint: %s\n", text);
    }
    (void)fflush(to);
}

void say_reply(const char *program, const char *server, const Reply *reply)
{
    if (reply->status == EXIT_DONE) {
        print_entry(stdout, server, &reply->entry);
    } else {
        print_entry(stderr, program, &reply->entry);
    }
}

void say_entry(const char *program, const LogEntry *entry)
{
    char text[MESSAGE_TEXT_SIZE];
    (void)fprintf(stderr, "%s: %s\n", program, message_format_line(entry, text, sizeof(text)));
    if (message_format_detail(entry, text, sizeof(text))) {
        (void)fprintf(stderr, "detail: %s\n", text);
    }
    if (message_format_hint(entry, text, sizeof(text))) {
        (void)fprintf(stderr, "hint: %s\n", text);
    }
}

Progress progress_begin(Millis now)
{
    return (Progress){.terminal = isatty(STDERR_FILENO) == 1, .since = now};
}

void progress_show(Progress *progress, Millis now, const char *waits_for)
{
    char waited[MILLIS_TEXT_SIZE];
    if (!progress->terminal) {
        return;
    }
    (void)fprintf(stderr, "\r\033[Kwaiting for %s (%s)",
                  waits_for[0] == '\0' ? "the agent" : waits_for,
                  millis_format(now - progress->since, waited, sizeof(waited)));
    (void)fflush(stderr);
    progress->shown = true;
}

void progress_say(Progress *progress, const char *text)
{
    if (progress->terminal) {
        (void)fprintf(stderr, "\r\033[K%s", text);
        (void)fflush(stderr);
        progress->shown = true;
    }
}

void progress_bar(Progress *progress, Millis now, const char *what, uint64_t done, uint64_t of)
{
    enum { WIDTH = 30, MEGA = 1000000 };
    char bar[WIDTH + 1];
    const uint64_t filled = done >= of ? WIDTH : done * WIDTH / of;
    const Millis passed = now - progress->since;
    if (!progress->terminal) {
        return;
    }
    progress->shown = true;
    if (of == 0) {
        char text[MILLIS_TEXT_SIZE];
        (void)fprintf(stderr, "\r\033[K%s (%s)", what, millis_format(passed, text, sizeof(text)));
        (void)fflush(stderr);
        return;
    }
    memset(bar, '.', WIDTH);
    memset(bar, '#', filled);
    bar[WIDTH] = '\0';
    (void)fprintf(stderr, "\r\033[K%s [%s] %llu of %llu MB, %llu MB/s", what, bar,
                  (unsigned long long)(done / MEGA), (unsigned long long)(of / MEGA),
                  (unsigned long long)(passed <= 0 ? 0 : done / 1000 / (uint64_t)passed));
    (void)fflush(stderr);
}

void progress_end(Progress *progress)
{
    if (progress->shown) {
        (void)fprintf(stderr, "\r\033[K");
        (void)fflush(stderr);
        progress->shown = false;
    }
}

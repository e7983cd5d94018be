/*
 * How a command speaks: results on standard output, troubles on standard error, and while it waits a line
 * on the terminal that says for what.
 *
 *     mc_ctl: could not listen at 127.0.0.1 port 27540: Address already in use
 *     hint: find the program that listens there, or choose another port in network.conf on every host
 */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include "base/error.h"
#include "base/time.h"
#include "conf/conf.h"
#include "core/action.h"
#include "messages.h"

/*
 * Adds the cure to an error, on a line of its own; error_wrap leaves it where it is. Returns false, so that
 *
 *     return error_set(error, ERROR_CONFIG, "...") || error_hint(error, "...");
 *
 * is one statement.
 */
__attribute__((warn_unused_result)) bool error_hint(Error *error, const char *format, ...)
    STR_PRINTF(2, 3);

/* The exit status that a command ends with for an error of this kind. */
int exit_status(ErrorKind kind);

/* One line on standard output. */
void say(const char *format, ...) STR_PRINTF(1, 2);

/* The error on standard error, after the program's name. Returns its exit status. */
int say_error(const char *program, const Error *error);

/* Likewise for what is found out here. hint may be NULL. */
int say_failed(const char *program, ErrorKind kind, const char *hint, const char *format, ...)
    STR_PRINTF(4, 5);

/* Each place of a settings file that is wrong, with the cure where one is known. */
void say_diagnostics(const char *program, const Diagnostics *diagnostics);

/* What the daemon answered: text, detail and hint; troubles go to standard error. */
void say_reply(const char *program, const char *server, const Reply *reply);

/* One message on standard error, as it would stand in a log. */
void say_entry(const char *program, const LogEntry *entry);

/* The line that says what is waited for, written over itself; nothing when there is no terminal. */
typedef struct Progress {
    bool terminal;
    bool shown;
    Millis since;
} Progress;

Progress progress_begin(Millis now);
void progress_show(Progress *progress, Millis now, const char *waits_for);
/* Any other text in its place. */
void progress_say(Progress *progress, const char *text);
/* A bar instead: bytes done, of how many, or 0 when that is not known. */
void progress_bar(Progress *progress, Millis now, const char *what, uint64_t done, uint64_t of);
/* Wipes the line. Before anything else is printed. */
void progress_end(Progress *progress);

#endif

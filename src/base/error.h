/*
 * What went wrong outside of us, as a value: filled once where it happened, given context on its way up.
 *
 * A function that can fail for reasons of the world returns bool and takes an Error as its last argument;
 * false means that it is filled, and that no other output was touched. Broken invariants are asserts, and
 * a lack of votes is not an error but a fact.
 *
 *     if (!file_read(path, &text, error)) {
 *         return error_wrap(error, "cannot read the settings file \"%s\"", path);
 *     }
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

#include "base/str.h"

/* What the one who hears of it can do, which is what callers branch on. */
typedef enum ErrorKind {
    ERROR_NONE,
    ERROR_USAGE,       /* wrong words from the operator */
    ERROR_CONFIG,      /* wrong words in a file */
    ERROR_SYSTEM,      /* the operating system said no; errnum says how */
    ERROR_NETWORK,     /* a peer is not reached */
    ERROR_PROTOCOL,    /* a peer is reached and says what it should not */
    ERROR_POSTGRES,    /* PostgreSQL said no */
    ERROR_CORRUPT,     /* a file of ours is not what we wrote */
    ERROR_LIMIT,       /* a bound of ours is exceeded */
    ERROR_TIMEOUT,     /* it took longer than allowed */
    ERROR_REFUSED,     /* it would lose data or break protection */
    ERROR_NOT_RUNNING, /* there is nobody to ask */
} ErrorKind;

#define ERROR_TEXT_SIZE 512

typedef struct Error {
    ErrorKind kind;
    int errnum; /* errno of the call that failed, else 0 */
    char text[ERROR_TEXT_SIZE];
} Error;

/* All return false, so that reporting and returning are one statement. What does not fit is cut. */
__attribute__((warn_unused_result)) bool error_set(Error *error, ErrorKind kind, const char *format,
                                                   ...) STR_PRINTF(3, 4);
/* Kind ERROR_SYSTEM; the system's own word for errnum follows the text after a colon. */
__attribute__((warn_unused_result)) bool error_set_errno(Error *error, int errnum,
                                                         const char *format, ...) STR_PRINTF(3, 4);
/* Puts what we were about to do before what went wrong; kind and errnum stay. */
__attribute__((warn_unused_result)) bool error_wrap(Error *error, const char *format, ...)
    STR_PRINTF(2, 3);

/* For an error that was handled, so that the value can be used again. */
void error_clear(Error *error);

#endif

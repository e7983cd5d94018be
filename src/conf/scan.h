/*
 * What both kinds of settings files have in common: lines, words and complaints about them.
 */
#ifndef CONF_SCAN_H
#define CONF_SCAN_H

#include "base/str.h"
#include "conf/conf.h"

/* A stretch of the file. */
typedef struct Span {
    const char *start;
    size_t length;
} Span;

typedef struct Scan {
    const char *file_name;
    const char *text;
    size_t length;
    size_t position; /* where the next line begins */
    int line;        /* number of the present line */
    Span present;    /* without its end */
    Diagnostics *diagnostics;
    int complaints_before; /* how many there were when this file began */
} Scan;

/* False, with a diagnostic, when the text is too long or has bytes that no settings file has. */
bool scan_begin(Scan *scan, const char *file_name, const char *text, size_t length,
                Diagnostics *diagnostics);
/* Goes to the next line; false at the end. */
bool scan_line(Scan *scan);
/* True when nothing was complained about since scan_begin. */
bool scan_good(const Scan *scan);

/* Adds a diagnostic at a place in the present line; where NULL stands for the file as a whole. */
void scan_complain(Scan *scan, const char *where, const char *format, ...) STR_PRINTF(3, 4);
/* Likewise at a line already read. */
void scan_complain_at(Scan *scan, int line, int column, const char *format, ...) STR_PRINTF(4, 5);
/* Adds a hint to the diagnostic just added. */
void scan_hint(Scan *scan, const char *format, ...) STR_PRINTF(2, 3);

/* For those who have no file: a place such as "--server". */
void diagnostics_add(Diagnostics *diagnostics, const char *place, const char *format, ...)
    STR_PRINTF(3, 4);

/* Splits at blanks; takes the next word from rest. False when only blanks are left. */
bool span_word(Span *rest, Span *ret);
/* Splits at a character; takes what is before it, possibly nothing. False when rest is used up (NULL). */
bool span_part(Span *rest, char separator, Span *ret);
Span span_trim(Span span);
bool span_equal(Span span, const char *text);
/* For "%.*s": at most so many bytes that a diagnostic stays readable. */
int span_shown(Span span);

#endif

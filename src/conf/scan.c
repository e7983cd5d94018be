/*
 * Lines, words and complaints.
 */
#include "conf/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"

enum { SHOWN_MAX = 64 };

/* Adds an empty diagnostic, or returns NULL when there are enough. */
static Diagnostic *add(Diagnostics *diagnostics, const char *file, int line, int column)
{
    assert(diagnostics->count <= DIAGNOSTICS_MAX);

    if (diagnostics->count == DIAGNOSTICS_MAX) {
        diagnostics->dropped++;
        return NULL;
    }
    Diagnostic *diagnostic = &diagnostics->list[diagnostics->count++];

    *diagnostic = (Diagnostic){.line = line, .column = column};
    (void)str_copy(diagnostic->file, sizeof(diagnostic->file), file); /* cut is good enough here */
    return diagnostic;
}

STR_PRINTF(2, 0)
static void set_text(Diagnostic *diagnostic, const char *format, va_list arguments)
{
    if (diagnostic != NULL) {
        int wanted = vsnprintf(diagnostic->text, sizeof(diagnostic->text), format, arguments);
        assert(wanted >= 0);
    }
}

void scan_complain(Scan *scan, const char *where, const char *format, ...)
{
    int column = where != NULL ? (int)(where - scan->present.start) + 1 : 0;
    va_list arguments;

    va_start(arguments, format);
    set_text(add(scan->diagnostics, scan->file_name, where != NULL ? scan->line : 0, column),
             format, arguments);
    va_end(arguments);
}

void scan_complain_at(Scan *scan, int line, int column, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    set_text(add(scan->diagnostics, scan->file_name, line, column), format, arguments);
    va_end(arguments);
}

void diagnostics_add(Diagnostics *diagnostics, const char *place, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    set_text(add(diagnostics, place, 0, 0), format, arguments);
    va_end(arguments);
}

void scan_hint(Scan *scan, const char *format, ...)
{
    Diagnostics *diagnostics = scan->diagnostics;
    va_list arguments;

    assert(diagnostics->count > 0);
    if (diagnostics->dropped > 0) {
        return; /* the one it belongs to is not there */
    }
    Diagnostic *last = &diagnostics->list[diagnostics->count - 1];

    va_start(arguments, format);
    int wanted = vsnprintf(last->hint, sizeof(last->hint), format, arguments);
    va_end(arguments);
    assert(wanted >= 0);
}

const char *diagnostic_format(const Diagnostic *diagnostic, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);

    str_add(&out, diagnostic->file);
    if (diagnostic->line > 0) {
        str_add_char(&out, ':');
        str_add_int(&out, diagnostic->line);
        str_add_char(&out, ':');
        str_add_int(&out, diagnostic->column);
    }
    str_add(&out, ": ");
    str_add(&out, diagnostic->text);
    if (diagnostic->hint[0] != '\0') {
        str_add(&out, " (");
        str_add(&out, diagnostic->hint);
        str_add_char(&out, ')');
    }
    return ret;
}

bool scan_begin(Scan *scan, const char *file_name, const char *text, size_t length,
                Diagnostics *diagnostics)
{
    assert(text != NULL || length == 0);

    *scan = (Scan){.file_name = file_name,
                   .text = text,
                   .length = length,
                   .diagnostics = diagnostics,
                   .complaints_before = diagnostics->count + diagnostics->dropped};
    if (length > CONF_TEXT_MAX) {
        scan_complain(scan, NULL, "the file is longer than %d bytes", CONF_TEXT_MAX);
        return false;
    }
    return true;
}

/* Control characters have no business here; what is not ASCII may stand in comments only. */
static bool is_plain(Scan *scan)
{
    for (size_t i = 0; i < scan->present.length; i++) {
        unsigned char c = (unsigned char)scan->present.start[i];

        if ((c < ' ' && c != '\t') || c == 0x7f) {
            scan_complain(scan, scan->present.start + i, "unexpected byte 0x%02x", c);
            return false;
        }
    }
    return true;
}

bool scan_line(Scan *scan)
{
    while (scan->position < scan->length) {
        const char *start = scan->text + scan->position;
        size_t left = scan->length - scan->position;
        const char *end = memchr(start, '\n', left);
        size_t length = end != NULL ? (size_t)(end - start) : left;

        scan->position += length + (end != NULL ? 1 : 0);
        scan->line++;
        if (length > 0 && start[length - 1] == '\r') {
            length--;
        }
        scan->present = (Span){start, length};
        if (is_plain(scan)) {
            return true;
        }
    }
    return false;
}

bool scan_good(const Scan *scan)
{
    return scan->diagnostics->count + scan->diagnostics->dropped == scan->complaints_before;
}

Span span_trim(Span span)
{
    while (span.length > 0 && str_is_space(span.start[0])) {
        span.start++;
        span.length--;
    }
    while (span.length > 0 && str_is_space(span.start[span.length - 1])) {
        span.length--;
    }
    return span;
}

bool span_word(Span *rest, Span *ret)
{
    Span trimmed = span_trim(*rest);
    size_t length = 0;

    if (trimmed.length == 0) {
        return false;
    }
#ifdef MC_PLANT_OVERRUN /* of a test build: the fuzzer must find it (tools/fuzz.py) */
    while (!str_is_space(trimmed.start[length]) && length < trimmed.length) {
        length++;
    }
#endif
    while (length < trimmed.length && !str_is_space(trimmed.start[length])) {
        length++;
    }
    *ret = (Span){trimmed.start, length};
    *rest = (Span){trimmed.start + length, trimmed.length - length};
    return true;
}

bool span_part(Span *rest, char separator, Span *ret)
{
    if (rest->start == NULL) {
        return false;
    }
    const char *end = rest->length > 0 ? memchr(rest->start, separator, rest->length) : NULL;

    if (end == NULL) {
        *ret = *rest;
        *rest = (Span){NULL, 0};
        return true;
    }
    size_t length = (size_t)(end - rest->start);
    *ret = (Span){rest->start, length};
    *rest = (Span){end + 1, rest->length - length - 1};
    return true;
}

bool span_equal(Span span, const char *text)
{
    return strlen(text) == span.length && memcmp(span.start, text, span.length) == 0;
}

int span_shown(Span span)
{
    return span.length > SHOWN_MAX ? SHOWN_MAX : (int)span.length;
}

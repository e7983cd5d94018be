/*
 * Errors as values: set once, wrapped on the way up.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"

STR_PRINTF(3, 0)
static void format_text(char *ret, size_t size, const char *format, va_list arguments)
{
    int wanted = vsnprintf(ret, size, format, arguments);
    assert(wanted >= 0);
}

bool error_set(Error *error, ErrorKind kind, const char *format, ...)
{
    va_list arguments;

    assert(error != NULL);
    assert(kind != ERROR_NONE);

    *error = (Error){.kind = kind};
    va_start(arguments, format);
    format_text(error->text, sizeof(error->text), format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_errno(Error *error, int errnum, const char *format, ...)
{
    va_list arguments;

    assert(error != NULL);

    *error = (Error){.kind = ERROR_SYSTEM, .errnum = errnum};
    va_start(arguments, format);
    format_text(error->text, sizeof(error->text), format, arguments);
    va_end(arguments);

    /* Not strerror(): that one speaks the locale's language and keeps its text in a static buffer. */
    const char *description = strerrordesc_np(errnum);
    size_t length = strlen(error->text);
    StrBuf out = {.data = error->text, .size = sizeof(error->text), .length = length};

    str_add(&out, ": ");
    str_add(&out, description != NULL ? description : "unknown error");
    return false;
}

bool error_wrap(Error *error, const char *format, ...)
{
    char cause[ERROR_TEXT_SIZE];
    va_list arguments;

    assert(error != NULL);
    assert(error->kind != ERROR_NONE);

    memcpy(cause, error->text, sizeof(cause));
    va_start(arguments, format);
    format_text(error->text, sizeof(error->text), format, arguments);
    va_end(arguments);

    StrBuf out = {.data = error->text, .size = sizeof(error->text), .length = strlen(error->text)};

    str_add(&out, ": ");
    str_add(&out, cause);
    return false;
}

void error_clear(Error *error)
{
    *error = (Error){.kind = ERROR_NONE};
}

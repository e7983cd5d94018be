/*
 * Text by printf's formats: a file of its own, since the pure layers borrow from str.c and vsnprintf() asks
 * the locale.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/assert.h"
#include "base/str.h"

STR_PRINTF(2, 0)
static void add_arguments(StrBuf *out, const char *format, va_list arguments)
{
    if (out->cut) {
        return;
    }
    size_t room = out->size - out->length;
    int wanted = vsnprintf(out->data + out->length, room, format, arguments);

    assert(wanted >= 0);
    out->cut = (size_t)wanted >= room;
    out->length += out->cut ? room - 1 : (size_t)wanted;
}

void str_add_format(StrBuf *out, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_arguments(out, format, arguments);
    va_end(arguments);
}

bool str_format(char *ret, size_t size, const char *format, ...)
{
    StrBuf out = str_begin(ret, size);
    va_list arguments;

    va_start(arguments, format);
    add_arguments(&out, format, arguments);
    va_end(arguments);
    return !out.cut;
}

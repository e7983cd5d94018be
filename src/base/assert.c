/*
 * The end of a process that found itself in an impossible state.
 *
 * Only write() and abort() are used: the heap and stdio may be what is broken.
 */
#include "base/assert.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

void assert_failed(const char *expression, const char *file, int line)
{
    char line_text[512];
    StrBuf out = str_begin(line_text, sizeof(line_text));

    str_add(&out, file);
    str_add_char(&out, ':');
    str_add_int(&out, line);
    str_add(&out, ": assertion failed: ");
    str_add(&out, expression);
    str_add_char(&out, '\n');

    ssize_t written = write(STDERR_FILENO, line_text, out.length);
    (void)written; /* nobody is left to be told */
    abort();
}

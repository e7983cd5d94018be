/*
 * For tests of src/conf: a whole list of complaints as one text, so that a test asserts all of it.
 */
#ifndef TEST_CONF_HELP_H
#define TEST_CONF_HELP_H

#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "conf/conf.h"

#define TWO_SERVERS  "a 10.0.0.1 1000\nb 10.0.0.2 1000\n"
#define THREE_VOTERS TWO_SERVERS "w 10.0.0.3 1000 arbiter\n"

/* One line per diagnostic. */
static inline const char *complaints(const Diagnostics *diagnostics)
{
    static char text[DIAGNOSTICS_MAX * DIAGNOSTIC_TEXT_SIZE];
    StrBuf out = str_begin(text, sizeof(text));

    for (int i = 0; i < diagnostics->count; i++) {
        char line[DIAGNOSTIC_TEXT_SIZE];
        str_add(&out, diagnostic_format(&diagnostics->list[i], line, sizeof(line)));
        str_add_char(&out, '\n');
    }
    return text;
}

static inline Network network_of(const char *text)
{
    Diagnostics diagnostics = {.count = 0};
    Network network;

    if (!conf_parse_network("network.conf", text, strlen(text), &network, &diagnostics)) {
        fail_msg("%s", complaints(&diagnostics));
    }
    return network;
}

#endif

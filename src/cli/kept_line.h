/*
 * What was saved of WAL that went its own way, as a line of the status of this server: nobody else ever removes it.
 */
#ifndef CLI_KEPT_LINE_H
#define CLI_KEPT_LINE_H

#include "base/str.h"
#include "cli/site.h"

/* Nothing where nothing is kept. Looks at every file there. */
void kept_line(const Site *site, StrBuf *out);

#endif

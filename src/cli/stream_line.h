/*
 * Why the WAL receiver of this server does not stream.
 */
#ifndef CLI_STREAM_LINE_H
#define CLI_STREAM_LINE_H

#include "base/str.h"
#include "cli/site.h"
#include "core/status.h"

/* What PostgreSQL's own log (postgres.log of the management directory) said of it last, and the cure where WAL is gone from the
 * primary, as lines of the status. Nothing where it streams, and where that log has said nothing of it for half a minute or
 * says it in a language other than English. */
void stream_line(const Site *site, const Status *status, StrBuf *out);

#endif

/*
 * The history as a person reads it, and as programs do.
 *
 * What the table shows for a time comes from its caller, who knows where the reader lives; JSON says it in UTC.
 */
#ifndef VIEW_CHRONICLE_SHOW_H
#define VIEW_CHRONICLE_SHOW_H

#include "view/chronicle.h"

enum {
    CHRONICLE_ROW_MAX = 2048,
    CHRONICLE_EXPLAIN_MAX = 32768,
};

/* Writes a time, milliseconds since 1970, as the reader's clock shows it, without a fraction. */
typedef void ChronicleTime(int64_t at, char *ret, size_t size);

/* `mc_ctl history`: the title, and one row, of a change or of an outage in which the primary stayed; `before` is the
 * entry above it, NULL for the first. */
void chronicle_show_title(StrBuf *out);
void chronicle_show_row(const ChronicleEntry *entry, const ChronicleEntry *before,
                        ChronicleTime *tell_time, StrBuf *out);
/* From what outages are computed, and what could not be read. */
void chronicle_show_notes(const Chronicle *chronicle, const char *server, StrBuf *out);

/* `mc_ctl history --json`: one object without a line's end; the caller frees it. NULL: out of memory. */
char *chronicle_json(const ChronicleEntry *entry);

/* `mc_ctl explain` of one entry of the chronicle: what was changed and from what, why, who asked, step by step what was
 * observed, how long nothing could be written, what an operator's force cost, what followed, and what may be done;
 * `server` wrote it. */
void chronicle_explain(const Chronicle *chronicle, const ChronicleEntry *entry, const char *server,
                       ChronicleTime *tell_time, StrBuf *out);

/* Names with commas between them, or `nobody`; returns ret. */
const char *chronicle_names(const ChronicleNames *names, const char *nobody, char *ret,
                            size_t size);

#endif

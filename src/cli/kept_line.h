/*
 * What was put aside and is never removed by the product: how many folders, and how large.
 */
#ifndef CLI_KEPT_LINE_H
#define CLI_KEPT_LINE_H

#include "base/str.h"
#include "cli/site.h"

typedef struct Kept {
    int folders;
    uint64_t megabytes; /* of all files in them, the last one begun */
} Kept;

/* The folders in `path` whose names begin with `prefix`; hidden ones are being written, and do not count. None where it cannot
 * be read. Looks at every file there; follows no link. */
Kept kept_count(const char *path, const char *prefix);

/* Where one was just made in a backup destination beside others ("saved_<time>"): how many there are now. */
void say_kept(const char *saved);

/* Of WAL that went its own way, as a line of the status of this server; nothing where nothing is kept. */
void kept_line(const Site *site, StrBuf *out);

#endif

/*
 * A file to which whole lines are added, off the loop.
 *
 * Adding never waits: lines go into a buffer of fixed size, a thread of libuv writes what is there. What is written
 * survives the end of this process (not a loss of power: nothing is forced to the disk). When the disk refuses, lines
 * stay in the buffer and are tried again; what the buffer has no room for is dropped and counted.
 *
 * At its bound the file is renamed to PATH.old, in place of an older one, and a new one is begun.
 */
#ifndef MC_SYS_JOURNAL_H
#define MC_SYS_JOURNAL_H

#include "base/error.h"
#include "sys/loop.h"

enum { JOURNAL_PATH_SIZE = 1024, JOURNAL_BUFFER = 64 * 1024 };

typedef struct Journal Journal;

/* Writing has begun to fail, with `error`; or it works again, after `dropped` lines were lost: error is NULL. */
typedef void (*JournalTold)(void *data, const Error *error, uint64_t dropped);

/* Opens nothing: the file, mode 0600, comes with the first line. `bound` in bytes; a line is never cut for it. */
__attribute__((warn_unused_result)) bool journal_new(Loop *loop, const char *path, size_t bound,
                                                     JournalTold told, void *data, Journal **ret,
                                                     Error *error);
/* Not while it is busy. What is still in the buffer is lost. */
void journal_free(Journal *journal);
/* Whether a write is under way. */
bool journal_is_busy(const Journal *journal);

/* A line with its end. */
void journal_add(Journal *journal, const char *line, size_t length);

/* The name of the file that PATH.old is for PATH; false when it does not fit. */
bool journal_old_path(const char *path, char *ret, size_t size);

#endif

/* log_file.h - a file that gets every message, written by a child.
 *
 * A write waits as long as its disk does, and a thread that waits there keeps its process from ending. So the lines go
 * to a child that has nothing but the file: where it does not take them at once they are dropped and counted, and the
 * count stands in the file in their place. It ends with the last line after its parent has, however that was. */
#ifndef MC_SYS_LOG_FILE_H
#define MC_SYS_LOG_FILE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct LogFile LogFile;

/* Makes the file, mode 0600, if need be, and looks whether it can be written: that may wait. */
__attribute__((warn_unused_result)) bool log_file_new(const char *path, LogFile **ret,
                                                      Error *error);
/* Waits a moment for the last lines to be written. */
void log_file_free(LogFile *file);

/* A line with its end, of at most PIPE_BUF bytes; never waits. False: dropped, and counted. */
bool log_file_add(LogFile *file, const char *line, size_t length);
/* Lines dropped since the last call. */
uint64_t log_file_dropped(LogFile *file);

#endif

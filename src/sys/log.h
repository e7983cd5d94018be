/* log.h - messages to the system log, and to standard error or a file when asked.
 *
 * Nothing here waits for a reader: a line that is not taken at once is dropped and counted, and the count
 * is told as soon as lines are taken again. A message becomes one line, "TYPE: text (MCAnnnnn)"; its detail
 * and its hint follow as lines of their own with the same id. */
#ifndef MC_SYS_LOG_H
#define MC_SYS_LOG_H

#include "base/error.h"
#include "port/port.h"

enum { LOG_IDENT_SIZE = 64, LOG_PATH_SIZE = 1024 };

typedef struct LogConfig {
    char ident[LOG_IDENT_SIZE];      /* "MirroringControllerOpen" */
    uint8_t facility;                /* of syslog: 16 to 23 are LOCAL0 to LOCAL7 */
    char socket_path[LOG_PATH_SIZE]; /* empty: /dev/log */
    bool to_stderr;
    char file[LOG_PATH_SIZE]; /* empty: none. Appended to, with the time before each line */
} LogConfig;

typedef struct Log Log;

/* Opens the file, if one is asked for; the system log may come later. */
__attribute__((warn_unused_result)) bool log_new(const LogConfig *config, Log **ret, Error *error);
void log_free(Log *log);
LogPort log_port(Log *log);
/* Lines dropped and not yet told of. */
uint64_t log_dropped(const Log *log);

#endif

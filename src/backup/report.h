/*
 * What a long command is told by whoever runs it, and tells while it works.
 */
#ifndef BACKUP_REPORT_H
#define BACKUP_REPORT_H

#include <signal.h>

#include "base/error.h"
#include "messages.h"

typedef struct Report {
    void (*say)(void *arg, const LogEntry *entry);
    /* of: 0 when it is not known. */
    void (*progress)(void *arg, const char *what, uint64_t done, uint64_t of);
    void *arg;
    const volatile sig_atomic_t *interrupted; /* the number of a signal that asks to stop, or 0 */
} Report;

/* False, with the error filled, once it is interrupted. */
__attribute__((warn_unused_result)) bool report_goes_on(const Report *report, Error *error);

enum { REPORT_TIME_SIZE = 40 };
/* Seconds since 1970 as they are told to people: in this host's time zone, which is named. ret holds REPORT_TIME_SIZE. */
const char *report_time(int64_t seconds, char *ret);

#endif

/*
 * Interruptions.
 */
#include "backup/report.h"

#include <time.h>

#include "base/error.h"

bool report_goes_on(const Report *report, Error *error)
{
    return *report->interrupted == 0 ||
           error_set(error, ERROR_SYSTEM, "interrupted by signal %d", (int)*report->interrupted);
}

const char *report_time(int64_t seconds, char *ret)
{
    const time_t at = (time_t)seconds;
    struct tm parts;
    if (localtime_r(&at, &parts) == NULL ||
        strftime(ret, REPORT_TIME_SIZE, "%Y-%m-%d %H:%M:%S %Z", &parts) == 0) {
        ret[0] = '\0';
    }
    return ret;
}

/*
 * Interruptions.
 */
#include "backup/report.h"

#include "base/error.h"

bool report_goes_on(const Report *report, Error *error)
{
    return *report->interrupted == 0 ||
           error_set(error, ERROR_SYSTEM, "interrupted by signal %d", (int)*report->interrupted);
}

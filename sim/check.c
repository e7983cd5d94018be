/* check.c - violations: remembered, counted, told. */
#include "sim/world.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD_MAX = 10 };

/* I1 to I4: no fault excuses a violation of these. */
static bool is_safety(const char *invariant)
{
    return strlen(invariant) == 2 && invariant[0] == 'I' && invariant[1] >= '1' &&
           invariant[1] <= '4';
}

void check_violation(SimWorld *world, const char *invariant, const char *format, ...)
{
    SimChecks *checks = &world->checks;
    char text[COMPLAINT_SIZE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args); /* cut is fine: it is for people */
    va_end(args);
    const bool safety = is_safety(invariant);
    if (checks->violations++ == 0 || (safety && !checks->unsafe)) {
        (void)str_format(checks->first, sizeof checks->first, "%s: %s", invariant, text);
    }
    checks->unsafe |= safety;
    if (checks->violations <= TOLD_MAX) {
        world_say(world, "CHECK", invariant, "%s", text);
    }
}

void checks_free(SimChecks *checks)
{
    free(checks->acked);
    free(checks->fate);
    free(checks->chosen);
    free(checks->vote);
}

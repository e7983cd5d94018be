/* check_live.c - I5 and I6: that the cluster comes back by itself, and changes no more often than it must. */
#include "sim/world.h"

#include "base/str.h"
#include "core/record.h"

#include <stdarg.h>
#include <stdlib.h>

void check_violation(SimWorld *world, const char *invariant, const char *format, ...)
{
    SimChecks *checks = &world->checks;
    char text[SIM_TEXT];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args); /* cut is fine: it is for people */
    va_end(args);
    if (checks->violations++ == 0) {
        (void)str_format(checks->first, sizeof checks->first, "%s: %s", invariant, text);
    }
    if (checks->violations <= 10) {
        world_say(world, "CHECK", invariant, "%s", text);
    }
}

/* One server serves, the latest record names it, and of the others whose instance is up as many are eligible as
 * may be. */
bool check_switchable(const SimWorld *world, MemberId *ret_primary)
{
    const Record *latest = check_latest(world);
    *ret_primary = MEMBER_NONE;
    if (latest == NULL || latest->primary >= world->members.count ||
        !instance_serves(world, latest->primary)) {
        return false;
    }
    *ret_primary = latest->primary;
    unsigned others = 0;
    unsigned eligible = 0;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (world->members.member[m].kind != MEMBER_SERVER || m == latest->primary ||
            !world->process[m].alive || !instance_running(&world->instance[m])) {
            continue;
        }
        others++;
        eligible += record_is_eligible(latest, m, world->instance[m].dir.id);
    }
    const unsigned most = world->settings.eligible_max;
    return others > 0 && eligible >= (others < most ? others : most);
}

void check_changes(SimWorld *world)
{
    const SimChecks *checks = &world->checks;
    if (checks->primary_changes > checks->faults) {
        check_violation(world, "I6", "%u changes of primary with %u faults",
                        checks->primary_changes, checks->faults);
    }
}

void checks_free(SimChecks *checks)
{
    free(checks->acked);
    free(checks->chosen);
    free(checks->vote);
}

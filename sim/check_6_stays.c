/* check_6_stays.c - I6: without faults the primary never changes, with faults at most once per fault. */
#include "sim/world.h"

void check_changes(SimWorld *world)
{
    const SimChecks *checks = &world->checks;
    if (checks->primary_changes > checks->faults) {
        check_violation(world, "I6", "%u changes of primary with %u faults",
                        checks->primary_changes, checks->faults);
    }
}

/* check_6_stays.c - I6: without faults the primary never changes, with faults at most once per fault.
 *
 * Judged at every change, by the faults that there have been by then. A fault is what can cost a primary: story_faults.c
 * says of each word whether it is one. */
#include "sim/world.h"

enum {
    STAYS = 5000000
}; /* longer than any detection, and than what is tried again after a failure of a round */

void check_changes(SimWorld *world)
{
    const SimChecks *checks = &world->checks;
    if (checks->primary_changes > checks->faults) {
        check_violation(world, "I6", "%u changes of primary with %u faults",
                        checks->primary_changes, checks->faults);
    }
}

void check_stays(SimWorld *world)
{
    const uint32_t before = world->checks.primary_changes;
    world_run(world, world->now + STAYS);
    if (world->checks.primary_changes != before) {
        check_violation(world, "I6", "%s becomes primary, and nothing was wrong",
                        world_name(world, world->checks.promoted));
    }
}

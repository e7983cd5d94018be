/* check_acknowledged.c - I1 and I2: who acknowledges, and whether what was acknowledged is still there. */
#include "sim/world.h"

#include "base/assert.h"

#include <stdlib.h>
#include <string.h>

static bool holds(const SimDirectory *dir, uint64_t commit)
{
    for (uint32_t i = dir->count; i > 0; i--) {
        if (dir->wal[i - 1].id == commit) {
            return true;
        }
    }
    return false;
}

/* A late answer about a commit that the promoted server holds, of a server that slept over the promotion, is true:
 * the standby's word for it was already in its socket. Anything else is a second truth. */
void check_acknowledged(SimWorld *world, MemberId server, uint64_t commit)
{
    SimChecks *checks = &world->checks;
    if (checks->promoted != MEMBER_NONE && checks->promoted != server &&
        !holds(&world->instance[checks->promoted].dir, commit)) {
        checks->two_acknowledging = true;
        check_violation(world, "I1", "%s acknowledges after %s was promoted",
                        world_name(world, server), world_name(world, checks->promoted));
    }
    checks->acked =
        sim_grow(checks->acked, &checks->acked_room, checks->acked_count, sizeof *checks->acked);
    checks->acked[checks->acked_count++] =
        (SimAcked){.commit = commit, .server = server, .at = world->now};
}

void check_promoted(SimWorld *world, MemberId server)
{
    world->checks.promoted = server;
    world->checks.promoted_at = world->now;
    world->checks.primary_changes++;
}

/* I2: every acknowledged commit is in the WAL of whoever opens. */
void check_holds_all(SimWorld *world, MemberId server)
{
    const SimDirectory *dir = &world->instance[server].dir;
    uint8_t *there = sim_alloc(world->next_entry + 1);
    for (uint32_t i = 0; i < dir->count; i++) {
        there[dir->wal[i].id] = 1;
    }
    uint32_t lost = 0;
    for (uint32_t i = 0; i < world->checks.acked_count; i++) {
        lost += there[world->checks.acked[i].commit] == 0;
    }
    free(there);
    if (lost > 0) {
        world->checks.lost = true;
        check_violation(world, "I2", "%s opens without %u acknowledged commits",
                        world_name(world, server), lost);
    }
}

/* check_1_one_primary.c - I1: once a server has been promoted, nobody else acknowledges under an earlier epoch. */
#include "sim/world.h"

#include "core/record.h"

static bool holds(const SimDirectory *dir, uint64_t commit)
{
    for (uint32_t i = dir->count; i > 0; i--) {
        if (dir->wal[i - 1].id == commit) {
            return true;
        }
    }
    return false;
}

void check_restored(SimWorld *world, MemberId server)
{
    world->checks.recovered |= member_bit(server);
    world->checks.restoring |= member_bit(server);
}

void check_forced(SimWorld *world, MemberId server, MemberSet without)
{
    world->checks.forced |= member_bit(server);
    world->checks.stood_in |= without;
}

bool check_is_overruled(const SimWorld *world, MemberId server)
{
    const SimChecks *checks = &world->checks;
    const Micros told_at = checks->told_at[server];
    return member_in(checks->overruled, server) &&
           (told_at == 0 || world->now - told_at < CHECK_STOPPING);
}

/* Who was overruled while it slept may end its promotion when it wakes, before it has heard: nobody is to follow it. */
void check_promoted(SimWorld *world, MemberId server)
{
    if (check_is_overruled(world, server)) {
        return;
    }
    world->checks.promoted = server;
    world->checks.promoted_dir = world->instance[server].dir.id;
    world->checks.promoted_at = world->now;
    const Record *latest = check_latest(world);
    world->checks.promoted_by_word =
        latest != NULL && latest->primary == server && latest->cause == CAUSE_FORCED;
    world->checks.primary_changes++;
    check_changes(world);
}

/* A late answer about a commit that the promoted server holds, of a server that slept over the promotion, is true:
 * the standby's word for it was already in its socket. Anything else is a second truth. Of a directory that was lost
 * since then it cannot be told, and of one that was recovered from a backup or forced neither: what it lacks, an operator has
 * given up, and who slept over that knows it as soon as he is awake. */
void check_acknowledged(SimWorld *world, MemberId server, uint64_t commit)
{
    SimChecks *checks = &world->checks;
    if (check_is_parted(world)) {
        const Micros known = checks->split_at[server];
        if (known != 0 && world->now - known > CHECK_STOPPING && !check_is_asleep(world, server)) {
            check_violation(world, "I1", "%s acknowledges, and knows that two lines have met",
                            world_name(world, server));
        }
        check_note_acknowledged(world, server, commit);
        return;
    }
    if (check_is_overruled(world, server) ||
        (checks->promoted_by_word && check_is_asleep(world, server))) {
        return;
    }
    const SimDirectory *dir =
        checks->promoted != MEMBER_NONE ? &world->instance[checks->promoted].dir : NULL;
    if (dir != NULL && checks->promoted != server && dir->id == checks->promoted_dir &&
        !holds(dir, commit)) {
        checks->two_acknowledging = true;
        check_violation(world, "I1", "%s acknowledges after %s was promoted",
                        world_name(world, server), world_name(world, checks->promoted));
    }
    check_note_acknowledged(world, server, commit);
}

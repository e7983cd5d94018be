/* check_3_admitted.c - I3: who is admitted, and how long a server is read; P7.
 *
 * Two bounds on reading, both counted from outside. From the moment at which a record is chosen that names another
 * one, nothing is read from its predecessor: its voters let no takeover pass before the lease is out. And while
 * somebody could take over, nothing is read from a primary whose lease is out at so many voters that a majority
 * could be had without them, whether anybody takes over or not. With `automatic` off nobody could, and the first bound
 * alone is left; when its agent is frozen or dead, nothing enforces either. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

enum {
    WAKING = 50000, /* what an agent that was frozen needs to end its instance */
    /* what a new agent that finds the instance open has to get a lease, or to end it: a second or three fifths of a lease,
     * by a slow clock, and two steps of a slow host */
    GRACE = 1000,
    SLOWNESS = 300,
    TWENTIETHS = 21, /* of its length, counted from receipt, a lease stands at its voter (P5) */
};

static bool was_named(const SimWorld *world, MemberId server)
{
    for (uint32_t i = 0; i < world->checks.chosen_count; i++) {
        const Record *record = &world->checks.chosen[i].record;
        if (record->primary == server && record->primary_dir == world->instance[server].dir.id) {
            return true;
        }
    }
    return false;
}

/* Nobody is there, or has just woken up. */
bool check_is_asleep(const SimWorld *world, MemberId server)
{
    const SimActor *agent = &world->actor[actor_agent(server)];
    const SimProcess *process = &world->process[server];
    return !process->alive || process->finished || agent->frozen || process->started_at == 0 ||
           (agent->thawed_at > 0 && world->now - agent->thawed_at < WAKING);
}

static Micros succeeding(const SimWorld *world)
{
    const Millis most = world->settings.lease * 3 / 5;
    return (Micros)((most < GRACE ? most : GRACE) + SLOWNESS) * 1000;
}

/* It cannot keep its instance from being read. */
static bool is_helpless(const SimWorld *world, MemberId server)
{
    return check_is_asleep(world, server) ||
           world->now - world->process[server].started_at < succeeding(world);
}

/* I2 is about later epochs: who slept over its successor, and wakes up in the middle of opening, opens under an earlier
 * one. Nobody is acknowledged there (I1), and how long it is read is I3's. */
static bool slept_over_successor(const SimWorld *world, MemberId server)
{
    const Record *latest = check_latest(world);
    return latest != NULL && latest->primary != server && check_is_asleep(world, server);
}

void check_opened(SimWorld *world, MemberId server)
{
    if (!was_named(world, server)) {
        check_violation(world, "I3", "%s opens, and no chosen record names it and its directory",
                        world_name(world, server));
    }
    /* Somebody has promoted it by hand, or recovered it from a backup, and then a record has named it. */
    const Record *latest = check_latest(world);
    const bool named = latest != NULL && latest->primary == server;
    const bool restored = member_in(world->checks.restoring, server);
    world->checks.restoring &= (MemberSet)~member_bit(server);
    if (restored ||
        (named && world->checks.promoted != server && world->checks.promoted != MEMBER_NONE)) {
        check_promoted(world, server);
        world->checks.promoted_by_word |= restored;
    }
    check_served(world, server);
    if (!slept_over_successor(world, server) && !check_is_overruled(world, server)) {
        check_holds_all(world, server);
    }
}

/* An operator switched `automatic` on while this primary was not heard: it holds no lease and does not know
 * (README of the core, section 12). From when it has written down that it was, it needs one like anybody, or ends its instance. */
static bool was_switched_on_unheard(const SimWorld *world, MemberId server)
{
    const Record *last = NULL;
    const Record *before = NULL;
    for (uint32_t i = 0; i < world->checks.chosen_count; i++) {
        const Record *record = &world->checks.chosen[i].record;
        if (record->primary == server && (last == NULL || record->epoch > last->epoch)) {
            before = last;
            last = record;
        }
    }
    return last != NULL && before != NULL && last->cause == CAUSE_SETTING && last->automatic &&
           !before->automatic &&
           (world->checks.known[server] < last->epoch ||
            world->now - world->checks.known_at[server] < CHECK_STOPPING);
}

/* How many voters could vote for another one now: none of them is bound by a lease of this server. */
static unsigned unbound_voters(const SimWorld *world, const Record *record, MemberId server)
{
    unsigned count = 0;
    const MemberSet voters = record_voters(record);
    for (MemberId m = 0; m < record->voters.count; m++) {
        count += m != server && member_in(voters, m) &&
                 world->checks.leased_until[m][server] < world->now;
    }
    return count;
}

void check_served(SimWorld *world, MemberId server)
{
    const Record *latest = check_latest(world);
    if (latest == NULL || check_is_parted(world) || is_helpless(world, server) ||
        check_is_overruled(world, server) || was_switched_on_unheard(world, server)) {
        return;
    }
    const char *name = world_name(world, server);
    if (latest->primary != server) {
        check_violation(world, "I3", "%s serves although epoch %llu names %s", name,
                        (unsigned long long)latest->epoch, world_name(world, latest->primary));
    } else if (latest->automatic && !record_is_solo(latest) &&
               unbound_voters(world, latest, server) >=
                   majority_of(member_count(record_voters(latest)))) {
        check_violation(world, "I3", "%s serves although its lease is out at a majority", name);
    }
}

void check_sent(SimWorld *world, MemberId from, MemberId to, const Message *message)
{
    const HeartbeatAnswer *answer = &message->u.heartbeat_answer;
    if (message->kind == MESSAGE_HEARTBEAT_ANSWER && answer->lease && to < SERVERS_MAX) {
        world->checks.leased_until[from][to] =
            world->now + (Micros)world->settings.lease * 1000 * TWENTIETHS / 20;
    }
    if (message->kind == MESSAGE_CONSENT && message->u.consent.given &&
        instance_running(&world->instance[from])) {
        check_violation(world, "P7", "%s consents while something of its instance runs",
                        world_name(world, from));
    }
}

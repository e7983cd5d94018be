/* check_opened.c - I3: who is admitted, and how long a server is read that is primary no more; P7.
 *
 * Looks at the records that are chosen (check_record.c), not at what any member believes. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

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

void check_opened(SimWorld *world, MemberId server)
{
    if (!was_named(world, server)) {
        check_violation(world, "I3", "%s opens, and no chosen record names it and its directory",
                        world_name(world, server));
    }
    check_served(world, server);
    check_holds_all(world, server);
}

enum {
    WAKING = 50000, /* what an agent that was frozen needs to end its instance */
    SUCCEEDING =
        1100000, /* what a new agent that finds the instance open has to get a lease, or to end it */
};

/* It cannot keep its instance from being read. */
static bool is_helpless(const SimWorld *world, MemberId server)
{
    const SimActor *agent = &world->actor[actor_agent(server)];
    const SimProcess *process = &world->process[server];
    return !process->alive || agent->frozen || process->started_at == 0 ||
           world->now - process->started_at < SUCCEEDING ||
           (agent->thawed_at > 0 && world->now - agent->thawed_at < WAKING);
}

/* Voters let a takeover pass only after the lease, as they count it, is out: from the moment it is chosen its
 * predecessor must not be read. With `automatic` off, or when its agent is frozen or dead, nothing enforces that. */
/* An operator switched `automatic` on while this primary was not heard: it holds no lease and does not know
 * (README of the core, section 12). */
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
           !before->automatic;
}

void check_served(SimWorld *world, MemberId server)
{
    const Record *latest = check_latest(world);
    if (latest == NULL || latest->primary == server || !latest->automatic ||
        is_helpless(world, server) || was_switched_on_unheard(world, server)) {
        return;
    }
    check_violation(world, "I3", "%s serves although epoch %llu names %s",
                    world_name(world, server), (unsigned long long)latest->epoch,
                    world_name(world, latest->primary));
}

void check_sent(SimWorld *world, MemberId from, const uint8_t *bytes, size_t size)
{
    Message message;
    if (!wire_decode_message(bytes, size, &message)) {
        check_violation(world, "wire", "%s sends what cannot be decoded", world_name(world, from));
        return;
    }
    if (message.kind == MESSAGE_CONSENT && message.u.consent.given &&
        instance_running(&world->instance[from])) {
        check_violation(world, "P7", "%s consents while something of its instance runs",
                        world_name(world, from));
    }
}

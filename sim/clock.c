/* clock.c - one boot-time clock per host: they agree on durations and on nothing else. */
#include "sim/world.h"

#include "base/assert.h"

Millis clock_now(const SimWorld *world, MemberId member)
{
    return world->now / 1000 + world->clock_offset[member];
}

static Millis port_now(void *self)
{
    const SimPort *port = self;
    return clock_now(port->world, port->member);
}

static int64_t port_wall(void *self)
{
    const SimPort *port = self;
    return 1790000000 + port->world->now / 1000000;
}

static void tick(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    if (world->process[member].wake_wish == event->n) {
        const Event input = {.kind = EVENT_TICK};
        process_input(world, member, &input);
    }
}

static void port_wake(void *self, Millis at)
{
    const SimPort *port = self;
    SimWorld *world = port->world;
    const uint64_t wish = ++world->process[port->member].wake_wish;
    if (at == MILLIS_NEVER) {
        return;
    }
    const Micros due = (at - world->clock_offset[port->member]) * 1000;
    /* A timer that is already due fires a little later, never in the same instant. */
    const Micros delay = due > world->now ? due - world->now : 100;
    world_after(
        world, delay,
        &(SimEvent){.run = tick, .actor = actor_agent(port->member), .a = port->member, .n = wish});
}

void clock_port(SimWorld *world, MemberId member, ClockPort *ret)
{
    assert(member < world->members.count);
    *ret = (ClockPort){.self = &world->process[member].port,
                       .now = port_now,
                       .wall = port_wall,
                       .wake = port_wake};
}

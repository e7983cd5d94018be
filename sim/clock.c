/* clock.c - one boot-time clock per host: they agree on durations as far as they do not drift, and on nothing else. */
#include "sim/world.h"

#include "base/assert.h"

enum { MILLION = 1000000 };

/* Milliseconds that its oscillator has counted since the world began. */
static Millis counted(const SimWorld *world, MemberId member)
{
    const Millis passed = world->now / 1000;
    return passed + passed * world->clock_drift[member] / MILLION;
}

Millis clock_now(const SimWorld *world, MemberId member)
{
    return counted(world, member) + world->clock_offset[member];
}

void clock_drifts(SimWorld *world, MemberId member, int32_t drift)
{
    const Millis now = clock_now(world, member);
    world->clock_drift[member] = drift;
    world->clock_offset[member] = now - counted(world, member);
}

void clock_begins(SimWorld *world, MemberId member)
{
    world->clock_offset[member] = -counted(world, member);
}

static Millis port_now(void *self)
{
    const SimPort *port = self;
    return clock_now(port->world, port->member);
}

static int64_t port_wall(void *self)
{
    const SimPort *port = self;
    return 1790000000 + port->world->wall_offset[port->member] + port->world->now / MILLION;
}

static void tick(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    if (world->process[member].wake_wish == event->n) {
        /* Not on the stack: it is as large as any, and would be zeroed every time. */
        static const Event input = {.kind = EVENT_TICK};
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
    const int64_t pace = MILLION + world->clock_drift[port->member];
    const Micros due = (at - world->clock_offset[port->member]) * 1000 * MILLION / pace;
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

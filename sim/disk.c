/* disk.c - the state file of each member: written after a delay, or refused, or never answered. */
#include "sim/world.h"

#include "base/assert.h"

#include <string.h>

static void answer(SimWorld *world, MemberId member, uint64_t sequence, bool ok)
{
    Event event = {.kind = EVENT_DONE};
    event.u.done.sequence = sequence;
    event.u.done.kind = ACTION_PERSIST;
    event.u.done.ok = ok;
    process_input(world, member, &event);
}

/* The rename is done: from here on it is what the member remembers. */
static void replace_file(SimWorld *world, MemberId member)
{
    SimDisk *disk = &world->disk[member];
    memcpy(disk->bytes, disk->pending, disk->pending_size);
    disk->size = disk->pending_size;
    disk->pending_size = 0;
    disk->fate = MEMORY_KEPT;
    Durable durable;
    const bool readable = wire_decode_durable(disk->bytes, disk->size, &durable);
    assert(readable);
    check_persisted(world, member, &durable);
}

static void written(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimDisk *disk = &world->disk[member];
    if (disk->pending_size == 0 || disk->pending_sequence != event->n || disk->hung) {
        return;
    }
    if (disk->full) {
        disk->pending_size = 0;
        answer(world, member, event->n, false);
        return;
    }
    replace_file(world, member);
    answer(world, member, event->n, true);
}

static void port_persist(void *self, uint64_t sequence, const uint8_t *bytes, size_t size)
{
    const SimPort *port = self;
    SimWorld *world = port->world;
    SimDisk *disk = &world->disk[port->member];
    assert(disk->pending_size == 0); /* one at a time */
    assert(size <= sizeof disk->pending);
    memcpy(disk->pending, bytes, size);
    disk->pending_size = size;
    disk->pending_sequence = sequence;
    const Micros delay = world_between(world, disk->delay / 2, disk->delay);
    world_after(
        world, delay,
        &(SimEvent){
            .run = written, .actor = actor_agent(port->member), .a = port->member, .n = sequence});
}

void disk_works_again(SimWorld *world, MemberId member)
{
    SimDisk *disk = &world->disk[member];
    disk->hung = false;
    disk->full = false;
    if (disk->pending_size > 0) {
        world_after(world, disk->delay,
                    &(SimEvent){.run = written,
                                .actor = actor_agent(member),
                                .a = member,
                                .n = disk->pending_sequence});
    }
}

void disk_process_died(SimWorld *world, MemberId member)
{
    SimDisk *disk = &world->disk[member];
    if (disk->pending_size > 0 && !disk->hung && !disk->full && prng_chance(&world->prng, 1, 2)) {
        replace_file(world, member); /* it died between the rename and the answer */
    }
    disk->pending_size = 0;
}

void disk_port(SimWorld *world, MemberId member, DiskPort *ret)
{
    *ret = (DiskPort){.self = &world->process[member].port, .persist = port_persist};
}

/* disk.c - the state file of each member: written after a delay, or refused, or never answered.
 *
 * A member forgets when its file is lost, damaged or an older one. E3 has every other voter hand its memory back, so
 * two that have forgotten wait for an operator: whoever draws faults asks disk_may_forget. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

#include <string.h>

static void answer(SimWorld *world, MemberId member, uint64_t sequence, bool ok)
{
    Event event = {.kind = EVENT_DONE};
    event.u.done.sequence = sequence;
    event.u.done.kind = ACTION_PERSIST;
    event.u.done.ok = ok;
    process_input(world, member, &event);
}

/* --- the file ---------------------------------------------------------------------------------------- */

static bool is_read(const SimFile *file, Durable *ret)
{
    size_t contents = 0;
    Error ignored = {0};
    return file->there &&
           state_layout_check(file->bytes, file->size, &file->birth, &contents, &ignored) &&
           wire_decode_durable(file->bytes + STATE_HEADER_SIZE, contents, ret);
}

MemoryFate disk_read(const SimWorld *world, MemberId member, Durable *ret)
{
    const SimFile *file = &world->disk[member].file;
    if (!file->there) {
        return MEMORY_BLANK;
    }
    return is_read(file, ret) ? MEMORY_KEPT : MEMORY_LOST;
}

/* A file system gives an inode away again, but not with the same time of birth. */
static Birth next_birth(SimWorld *world, MemberId member)
{
    const uint64_t number = ++world->disk[member].births;
    return (Birth){.device = 1u + member,
                   .inode = 100 + number % 3,
                   .seconds = (uint64_t)(world->now / 1000000),
                   .nanoseconds = number};
}

static void write_pending(SimWorld *world, MemberId member)
{
    SimDisk *disk = &world->disk[member];
    disk->file.there = true;
    disk->file.birth = next_birth(world, member);
    memcpy(disk->file.bytes + STATE_HEADER_SIZE, disk->pending, disk->pending_size);
    disk->file.size =
        state_layout_complete(disk->file.bytes, disk->pending_size, &disk->file.birth);
    disk->pending_size = 0;
}

void disk_puts_back(SimWorld *world, MemberId member, bool same_birth)
{
    SimDisk *disk = &world->disk[member];
    disk->file = disk->copy;
    if (!same_birth) {
        disk->file.birth = next_birth(world, member);
    }
}

/* One way of being damaged: cut, grown, zero or something else from somewhere on, or a single bit. `old`: what lay there before. */
static void damage(SimFile *file, const SimFile *old, Prng *prng)
{
    const size_t at = (size_t)prng_below(prng, file->size);
    const size_t rest = file->size - at;
    const size_t room = sizeof file->bytes - file->size;
    switch (prng_below(prng, 5)) {
    case 0:
        file->size = at; /* also: there, and empty */
        break;
    case 1:
        memset(file->bytes + at, 0, rest);
        break;
    case 2:
        file->bytes[at] ^= (uint8_t)(1u << prng_below(prng, 8));
        break;
    case 3:
        memcpy(file->bytes + at, old->bytes + at, rest);
        break;
    default:
        file->size += room < 512 ? room : 512; /* whatever was in that block */
        break;
    }
}

/* Until it is damaged indeed: zeroes may have been zeroes before. From a generator of its own, so that the rest of a run does not
 * depend on how. */
static void damage_file(SimWorld *world, MemberId member, const SimFile *old)
{
    SimFile *file = &world->disk[member].file;
    Prng prng = prng_seed((uint64_t)world->now * MEMBERS_MAX + member);
    const SimFile whole = *file;
    Durable ignored;
    if (!is_read(file, &ignored)) {
        return; /* damaged once more it might be whole again */
    }
    while (file->size == whole.size && memcmp(file->bytes, whole.bytes, whole.size) == 0) {
        damage(file, old, &prng);
    }
    const bool readable = is_read(file, &ignored);
    assert(!readable); /* E3: it must not pass for the voter's own */
}

void disk_damages(SimWorld *world, MemberId member)
{
    const SimFile nothing = {0};
    damage_file(world, member, &nothing);
}

/* --- writing ----------------------------------------------------------------------------------------- */

/* The rename is done: from here on it is what the member remembers. */
static void replace_file(SimWorld *world, MemberId member)
{
    SimDisk *disk = &world->disk[member];
    write_pending(world, member);
    Durable durable;
    const bool readable = is_read(&disk->file, &durable);
    assert(readable);
    const VoterMemory *own = &durable.memory[member];
    disk->accepted = durable.accepted_ballot;
    disk->begun = own->incarnation != 0;
    disk->generation = durable.generation;
    if (own->incarnation > disk->forgot.incarnation ||
        (own->incarnation == disk->forgot.incarnation &&
         own->generation > disk->forgot.generation)) {
        world->tally.amnesias +=
            own->incarnation > disk->forgot.incarnation && disk->forgot.incarnation != 0;
        disk->forgot = (VoterMemory){0};
    }
    check_persisted(world, member, &durable);
}

void disk_told(SimWorld *world, MemberId member, uint64_t generation)
{
    SimDisk *disk = &world->disk[member];
    disk->told = generation;
    disk->told_since = world->now;
}

/* What was decided alone (E5, section 8) is in one memory, until another voter has heard of it; of whoever votes no more
 * (E4) nobody asks it. */
static bool remembers(const SimDisk *disk, const Record *latest)
{
    Durable durable;
    return is_read(&disk->file, &durable) &&
           ((durable.accepted.epoch >= latest->epoch && durable.accepted.line == latest->line) ||
            (durable.chosen.epoch >= latest->epoch && durable.chosen.line == latest->line));
}

bool disk_may_forget(const SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    bool known = latest == NULL;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (m == member) {
            continue;
        }
        if (world->disk[m].forgot.incarnation != 0) {
            return false;
        }
        known =
            known || (member_in(record_voters(latest), m) && remembers(&world->disk[m], latest));
    }
    return known;
}

void disk_forgets(SimWorld *world, MemberId member)
{
    SimDisk *disk = &world->disk[member];
    Durable durable;
    world->checks.lost_memory |= member_bit(member);
    if (disk->forgot.incarnation == 0 && is_read(&disk->file, &durable)) {
        disk->forgot = durable.memory[member];
    }
}

/* An error of the last fsync leaves the new file where it is. */
static void fail(SimWorld *world, MemberId member, uint64_t sequence, bool there)
{
    if (there) {
        replace_file(world, member);
    }
    world->disk[member].pending_size = 0;
    answer(world, member, sequence, false);
}

static void written(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimDisk *disk = &world->disk[member];
    if (disk->pending_size == 0 || disk->pending_sequence != event->n || disk->hung) {
        return;
    }
    if (disk->errors > 0) {
        disk->errors--;
        fail(world, member, event->n, prng_chance(&world->prng, 1, 2));
        return;
    }
    if (disk->full) {
        fail(world, member, event->n, false);
        return;
    }
    replace_file(world, member);
    if (!trap_springs(world, member, ACTION_PERSIST, true)) {
        disk_told(world, member, disk->generation);
        answer(world, member, event->n, true);
    }
}

static void port_persist(void *self, uint64_t sequence, const uint8_t *bytes, size_t size)
{
    const SimPort *port = self;
    SimWorld *world = port->world;
    SimDisk *disk = &world->disk[port->member];
    if (trap_springs(world, port->member, ACTION_PERSIST, false)) {
        return;
    }
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
    disk->errors = 0;
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
    if (disk->tears && disk->pending_size > 0 && disk_may_forget(world, member)) {
        const SimFile old = disk->file;
        disk->tears = false;
        disk_forgets(world, member);
        write_pending(world, member);
        damage_file(world, member, &old);
    } else if (disk->pending_size > 0 && !disk->hung && !disk->full &&
               prng_chance(&world->prng, 1, 2)) {
        replace_file(world, member); /* it died between the rename and the answer */
    }
    disk->pending_size = 0;
}

void disk_port(SimWorld *world, MemberId member, DiskPort *ret)
{
    *ret = (DiskPort){.self = &world->process[member].port, .persist = port_persist};
}

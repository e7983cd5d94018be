/* wire_durable.c - what a member remembers over its own death <-> the contents of its state file. */
#include "wire/wire.h"

#include "base/assert.h"
#include "wire/wire_types.h"

#include <string.h>

_Static_assert(wire_Durable_size <= WIRE_DURABLE_MAX, "the largest state fits");
_Static_assert(sizeof(((wire_Durable *)0)->boot) == sizeof(BootId), "boot");

static void put_durable(const Durable *durable, wire_Durable *to)
{
    to->generation = durable->generation;
    put_cluster(&durable->cluster, to->cluster);
    put_members(&durable->members, &to->members_count, to->members);
    to->self = put_member_id(durable->self);
    put_memories(durable->memory, &to->memory_count, to->memory);
    put_runs(&durable->runs, &to->runs_count, to->runs);
    put_ballot(&durable->promised, &to->promised);
    put_ballot(&durable->accepted_ballot, &to->accepted_ballot);
    put_record(&durable->accepted, &to->accepted);
    put_record(&durable->chosen, &to->chosen);
    put_record(&durable->split, &to->split);
    to->longest_lease = (uint32_t)durable->longest_lease;
    memcpy(to->boot, durable->boot.bytes, sizeof(to->boot));
    to->bound_epoch = durable->bound_epoch;
    put_position(&durable->bound, &to->bound);
    to->handed_back = durable->handed_back;
    to->reached = durable->reached;
    to->behind = durable->behind;
    to->fencing = durable->fencing;
    to->fenced = durable->fenced;
    to->instance_wanted = durable->instance_wanted;
    to->failover_asked = durable->failover_asked;
    to->failover_wanted = durable->failover_wanted;
}

static bool get_durable(const wire_Durable *from, Durable *ret)
{
    if (!wire_in_range(from->longest_lease, INT32_MAX) ||
        !wire_in_range(from->fencing, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->fenced, (1U << MEMBERS_MAX) - 1U)) {
        return false;
    }
    ret->fencing = (MemberSet)from->fencing;
    ret->fenced = (MemberSet)from->fenced;
    ret->longest_lease = (Millis)from->longest_lease;
    ret->generation = from->generation;
    get_cluster(from->cluster, &ret->cluster);
    get_memories(from->memory_count, from->memory, ret->memory);
    get_runs(from->runs_count, from->runs, &ret->runs);
    memcpy(ret->boot.bytes, from->boot, sizeof(ret->boot.bytes));
    ret->bound_epoch = from->bound_epoch;
    get_position(&from->bound, &ret->bound);
    ret->handed_back = from->handed_back;
    ret->instance_wanted = from->instance_wanted;
    ret->failover_asked = from->failover_asked;
    ret->failover_wanted = from->failover_wanted;
    const bool ok =
        get_members(from->members_count, from->members, &ret->members) &&
        get_member_id(from->self, &ret->self) && get_ballot(&from->promised, &ret->promised) &&
        get_ballot(&from->accepted_ballot, &ret->accepted_ballot) &&
        get_record(&from->accepted, &ret->accepted) && get_record(&from->chosen, &ret->chosen) &&
        get_record(&from->split, &ret->split);
    /* A state file of a version that did not note it has none that is higher. */
    ret->reached = from->reached > ret->accepted.epoch ? from->reached : ret->accepted.epoch;
    ret->behind = from->behind;
    return ok;
}

size_t wire_encode_durable(const Durable *durable, uint8_t *bytes, size_t size)
{
    wire_Durable to;

    assert(durable != NULL);
    memset(&to, 0, sizeof(to));
    put_durable(durable, &to);
    return wire_put(wire_Durable_fields, &to, bytes, size);
}

bool wire_decode_durable(const uint8_t *bytes, size_t size, Durable *ret)
{
    wire_Durable from;
    Durable durable;

    assert(ret != NULL);
    memset(&from, 0, sizeof(from));
    memset(&durable, 0, sizeof(durable));
    if (size > WIRE_DURABLE_MAX || !wire_get(wire_Durable_fields, bytes, size, &from) ||
        !get_durable(&from, &durable)) {
        return false;
    }
    *ret = durable;
    return true;
}

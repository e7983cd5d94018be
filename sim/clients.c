/* clients.c - writers: each commits, waits for its acknowledgement, thinks, and commits again.
 *
 * A client whose server closes or dies does not know what became of its commit: that is no acknowledgement.
 * Clients look for a server in different orders, so that two servers that serve at once are both found. */
#include "sim/world.h"

#include "base/assert.h"

static void turn(SimWorld *world, SimEvent *event);

static void next_turn(SimWorld *world, uint32_t c, Micros delay)
{
    world_after(
        world, delay,
        &(SimEvent){.run = turn, .actor = ACTOR_NONE, .a = c, .n = ++world->client[c].turn});
}

static void acknowledge(SimWorld *world, uint32_t c)
{
    SimClient *client = &world->client[c];
    client->state = CLIENT_IDLE;
    check_acknowledged(world, client->server, client->commit);
    next_turn(world, c, world_between(world, world->think_min, world->think_max));
}

static void cancel_one(SimWorld *world, uint32_t c)
{
#ifdef MC_MUTATE_CANCELLED_COUNTS
    check_acknowledged(world, world->client[c].server, world->client[c].commit);
#endif
    world->client[c].state = CLIENT_IDLE;
    next_turn(world, c, world_between(world, world->think_min, world->think_max));
}

static void patience_ends(SimWorld *world, SimEvent *event)
{
    const SimClient *client = &world->client[event->a];
    if (client->state == CLIENT_WAITING && client->commit == event->n) {
        cancel_one(world, event->a);
    }
}

void clients_cancel(SimWorld *world)
{
    for (uint32_t c = 0; c < world->client_count; c++) {
        if (world->client[c].state == CLIENT_WAITING) {
            cancel_one(world, c);
        }
    }
}

/* SyncRepWaitForLSN: no wait when the flag is not set, or when the position is released already. */
static void flushed_one(SimWorld *world, uint32_t c)
{
    const SimInstance *instance = &world->instance[world->client[c].server];
    if (!instance->checkpointer_defined || world->client[c].index <= instance->released) {
        acknowledge(world, c);
    } else {
        world->client[c].state = CLIENT_WAITING;
        if (world->cancel_after > 0) {
            world_after(world, world->cancel_after,
                        &(SimEvent){.run = patience_ends,
                                    .actor = actor_instance(world->client[c].server),
                                    .a = c,
                                    .n = world->client[c].commit});
        }
    }
}

void clients_flushed(SimWorld *world, MemberId server)
{
    for (uint32_t c = 0; c < world->client_count; c++) {
        const SimClient *client = &world->client[c];
        if (client->state == CLIENT_FLUSHING && client->server == server &&
            client->index <= world->instance[server].dir.flushed) {
            flushed_one(world, c);
        }
    }
}

void clients_released(SimWorld *world, MemberId server)
{
    const SimInstance *instance = &world->instance[server];
    for (uint32_t c = 0; c < world->client_count; c++) {
        const SimClient *client = &world->client[c];
        if (client->state == CLIENT_WAITING && client->server == server &&
            (!instance->checkpointer_defined || client->index <= instance->released)) {
            acknowledge(world, c);
        }
    }
}

void clients_end(SimWorld *world, MemberId server)
{
    for (uint32_t c = 0; c < world->client_count; c++) {
        SimClient *client = &world->client[c];
        if (client->state != CLIENT_AWAY && client->server == server) {
            client->state = CLIENT_AWAY;
            next_turn(world, c, 10000);
        }
    }
}

void clients_stray(SimWorld *world, MemberId server)
{
    SimInstance *instance = &world->instance[server];
    check_served(world, server); /* its session is answered, too */
    if (instance->computes) {
        return;
    }
    if (instance_disk_refuses(instance)) {
        instance->stray_backend = false;
        instance_end(world, server, false);
        return;
    }
    const uint64_t id = world->next_entry++;
    const uint32_t index = wal_append(&instance->dir, id, wal_timeline(&instance->dir), true);
    instance->dir.flushed = instance->dir.replayed = index;
    if (!instance->checkpointer_defined) {
        check_acknowledged(world, server, id);
    } else {
        instance->stray_backend = false; /* it waits, and a wait ends with the postmaster */
        instance_end(world, server, false);
    }
}

static void local_flush(SimWorld *world, SimEvent *event)
{
    instance_flush(world, (MemberId)event->a, event->b);
}

static void commit(SimWorld *world, uint32_t c)
{
    SimClient *client = &world->client[c];
    SimInstance *instance = &world->instance[client->server];
    client->commit = world->next_entry++;
    client->index = wal_append(&instance->dir, client->commit, wal_timeline(&instance->dir), true);
    client->state = CLIENT_FLUSHING;
    world_after(world, instance->flush_lag + world_between(world, 400, 1500),
                &(SimEvent){.run = local_flush,
                            .actor = actor_instance(client->server),
                            .a = client->server,
                            .b = client->index});
}

static bool find_server(SimWorld *world, uint32_t c)
{
    const uint32_t count = world->members.count;
    for (uint32_t i = 0; i < count; i++) {
        const MemberId m = (MemberId)((c + i) % count);
        if (world->members.member[m].kind == MEMBER_SERVER && world->host_up[m] &&
            instance_serves(world, m)) {
            world->client[c].server = m;
            world->client[c].state = CLIENT_IDLE;
            check_served(world, m);
            return true;
        }
    }
    return false;
}

static void turn(SimWorld *world, SimEvent *event)
{
    const uint32_t c = event->a;
    SimClient *client = &world->client[c];
    if (event->n != client->turn || !world->load) {
        return;
    }
    if (client->state == CLIENT_AWAY && !find_server(world, c)) {
        next_turn(world, c, 20000);
        return;
    }
    if (client->state != CLIENT_IDLE) {
        return;
    }
    if (!instance_serves(world, client->server)) {
        next_turn(world, c, 10000); /* frozen: the answer is still awaited */
        return;
    }
    check_read(world, c, client->server);
    if (c + 1 == world->client_count) {
        /* The last one only reads: it is not held up by commits that wait. */
        next_turn(world, c, world->think_min / 2 + 4000);
        return;
    }
    commit(world, c);
}

void clients_load(SimWorld *world, bool on)
{
    world->load = on;
    for (uint32_t c = 0; c < world->client_count; c++) {
        if (on &&
            (world->client[c].state == CLIENT_AWAY || world->client[c].state == CLIENT_IDLE)) {
            next_turn(world, c, 1000 + 700 * c);
        }
    }
}

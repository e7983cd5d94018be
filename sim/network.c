/* network.c - links with delay, loss and cuts, and the connections of agents on top of them.
 *
 * A packet that meets a cut is held, as TCP holds it: it arrives after the cut heals, late, if its connection is
 * still the same one. A connection that stays cut for CONNECTION_BREAKS ends, and is made again after the heal. */
#include "sim/world.h"

#include "base/assert.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONNECTION_BREAKS = 3000000,
    CONNECT_MIN = 3000,
    CONNECT_MAX = 40000,
    REORDERED_MAX = 30000, /* a message that left the row comes so much later */
};

static SimConnection *connection_of(SimWorld *world, MemberId a, MemberId b)
{
    return a < b ? &world->net.connection[a][b] : &world->net.connection[b][a];
}

bool network_reaches(const SimWorld *world, MemberId a, MemberId b, SimChannel channel)
{
    return world->host_up[a] && world->host_up[b] && !world->net.link[a][b][channel].cut &&
           !world->net.link[b][a][channel].cut;
}

/* --- packets -------------------------------------------------------------------------------------- */

static void arrive(SimWorld *world, SimEvent *event);

static void travel(SimWorld *world, SimPacket *packet)
{
    const SimRoute *route = &packet->route;
    SimLink *link = &world->net.link[route->from][route->to][route->channel];
    Micros at =
        world->now + link->clog + world_between(world, world->net.delay_min, world->net.delay_max);
    if (packet->number == 0) {
        at += world_between(world, 0, REORDERED_MAX);
    } else if (at <= link->last_arrival) {
        at = link->last_arrival + 1;
    }
    link->last_arrival = packet->number == 0 ? link->last_arrival : at;
    world_after(world, at - world->now,
                &(SimEvent){.run = arrive, .actor = ACTOR_NONE, .data = packet});
}

static void hold_packet(SimLink *link, SimPacket *packet)
{
    SimPacket **place = &link->held;
    while (*place != NULL && (*place)->number <= packet->number) {
        place = &(*place)->next;
    }
    packet->next = *place;
    *place = packet;
}

static void deliver(SimWorld *world, SimPacket *packet)
{
    const SimRoute *route = &packet->route;
    if (!world->host_up[route->to]) {
        free(packet);
        return;
    }
    const uint16_t actor =
        route->channel == CHANNEL_AGENT ? actor_agent(route->to) : actor_instance(route->to);
    world_now(world, &(SimEvent){.run = route->arrive,
                                 .actor = actor,
                                 .a = route->from,
                                 .b = route->to,
                                 .n = route->n,
                                 .data = packet});
}

static void arrive(SimWorld *world, SimEvent *event)
{
    SimPacket *packet = event->data;
    const SimRoute *route = &packet->route;
    SimLink *link = &world->net.link[route->from][route->to][route->channel];
    event->data = NULL;
    if (link->cut || packet->number > link->arrived + 1) {
        hold_packet(link, packet);
        return;
    }
    link->arrived = packet->number > link->arrived ? packet->number : link->arrived;
    deliver(world, packet);
    while (link->held != NULL && link->held->number == link->arrived + 1) {
        packet = link->held;
        link->held = packet->next;
        link->arrived++;
        deliver(world, packet);
    }
}

static SimPacket *new_packet(const SimRoute *route, const void *bytes, uint32_t size)
{
    SimPacket *packet = sim_room(sizeof *packet + size);
    *packet = (SimPacket){.route = *route, .size = size};
    if (size > 0) {
        memcpy(packet->bytes, bytes, size);
    }
    return packet;
}

/* Into the row of its link; or, of messages, now and then past it. */
static void put_on_its_way(SimWorld *world, SimPacket *packet)
{
    const SimRoute *route = &packet->route;
    const bool in_order = world->net.reorder == 0 || route->channel != CHANNEL_AGENT ||
                          !prng_chance(&world->prng, world->net.reorder, 1000);
    packet->number = in_order ? ++world->net.link[route->from][route->to][route->channel].sent : 0;
    travel(world, packet);
}

void network_send(SimWorld *world, const SimRoute *route, const void *bytes, uint32_t size)
{
    put_on_its_way(world, new_packet(route, bytes, size));
}

void network_cut(SimWorld *world, MemberId from, MemberId to, SimChannel channel, bool cut)
{
    SimLink *link = &world->net.link[from][to][channel];
    link->cut = cut;
    SimPacket *packet = cut ? NULL : link->held;
    if (!cut) {
        link->held = NULL;
    }
    while (packet != NULL) {
        SimPacket *next = packet->next;
        travel(world, packet);
        packet = next;
    }
}

static void flap(SimWorld *world, SimEvent *event)
{
    SimNetwork *net = &world->net;
    if (event->n != net->flap_turn) {
        return;
    }
    SimFlap *it = &net->flap[event->a];
    if (it->period == 0) {
        return;
    }
    it->cut = !it->cut;
    world->checks.faults += it->cut;
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        network_cut(world, it->a, it->b, (SimChannel)channel, it->cut);
        network_cut(world, it->b, it->a, (SimChannel)channel, it->cut);
    }
    world_after(world, world_between(world, it->period / 2, it->period),
                &(SimEvent){.run = flap, .actor = ACTOR_NONE, .a = event->a, .n = event->n});
}

void network_flap(SimWorld *world, MemberId a, MemberId b, Micros period)
{
    SimNetwork *net = &world->net;
    if (net->flap_count == FLAPS_MAX) {
        return;
    }
    net->flap[net->flap_count] = (SimFlap){.a = a, .b = b, .period = period};
    world_after(
        world, 0,
        &(SimEvent){.run = flap, .actor = ACTOR_NONE, .a = net->flap_count++, .n = net->flap_turn});
}

void network_flap_ends(SimWorld *world, MemberId a, MemberId b)
{
    SimNetwork *net = &world->net;
    for (uint32_t i = 0; i < net->flap_count; i++) {
        SimFlap *it = &net->flap[i];
        if ((it->a == a && it->b == b) || (it->a == b && it->b == a)) {
            it->period = 0;
        }
    }
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        network_cut(world, a, b, (SimChannel)channel, false);
        network_cut(world, b, a, (SimChannel)channel, false);
    }
}

void network_heal(SimWorld *world)
{
    SimNetwork *net = &world->net;
    net->flap_turn++;
    net->flap_count = 0;
    net->duplicate = net->reorder = 0;
    for (MemberId a = 0; a < world->members.count; a++) {
        for (MemberId b = 0; b < world->members.count; b++) {
            for (int channel = 0; channel < CHANNEL_COUNT && a != b; channel++) {
                SimLink *link = &net->link[a][b][channel];
                link->loss = 0;
                link->clog = 0;
                network_cut(world, a, b, (SimChannel)channel, false);
            }
        }
    }
}

/* --- connections between agents ------------------------------------------------------------------- */

static void tell_link(SimWorld *world, MemberId to, MemberId about, bool up)
{
    if (!world->process[to].alive) {
        return;
    }
    Event event = {.kind = EVENT_LINK};
    event.u.link.member = about;
    event.u.link.up = up;
    process_input(world, to, &event);
}

static void told_link(SimWorld *world, SimEvent *event)
{
    const SimConnection *connection = connection_of(world, (MemberId)event->a, (MemberId)event->b);
    const bool up = (event->n & 1) != 0;
    if (connection->number == event->n >> 1 && connection->up == up) {
        tell_link(world, (MemberId)event->a, (MemberId)event->b, up);
    }
}

static void announce(SimWorld *world, MemberId a, MemberId b, const SimConnection *connection)
{
    const uint64_t n = ((uint64_t)connection->number << 1) | (connection->up ? 1 : 0);
    world_after(world, 500,
                &(SimEvent){.run = told_link, .actor = actor_agent(a), .a = a, .b = b, .n = n});
    world_after(world, 500,
                &(SimEvent){.run = told_link, .actor = actor_agent(b), .a = b, .b = a, .n = n});
}

static void try_connect(SimWorld *world, SimEvent *event);

static void connect_later(SimWorld *world, MemberId a, MemberId b, Micros delay)
{
    world_after(world, delay, &(SimEvent){.run = try_connect, .actor = ACTOR_NONE, .a = a, .b = b});
}

static void try_connect(SimWorld *world, SimEvent *event)
{
    const MemberId a = (MemberId)event->a;
    const MemberId b = (MemberId)event->b;
    SimConnection *connection = connection_of(world, a, b);
    if (connection->up || !world->process[a].alive || !world->process[b].alive) {
        return; /* whoever starts next tries again */
    }
    if (!network_reaches(world, a, b, CHANNEL_AGENT) || world->actor[actor_agent(a)].frozen ||
        world->actor[actor_agent(b)].frozen) {
        connect_later(world, a, b, 100000);
        return;
    }
    connection->up = true;
    connection->number++;
    connection->broken_since = 0;
    announce(world, a, b, connection);
}

static void disconnect(SimWorld *world, MemberId a, MemberId b)
{
    SimConnection *connection = connection_of(world, a, b);
    if (connection->up) {
        connection->up = false;
        announce(world, a, b, connection);
    }
}

/* Every 100 ms: connections that have been cut for long end, and are made again later. */
static void watch_connections(SimWorld *world, SimEvent *event)
{
    (void)event;
    for (MemberId a = 0; a < world->members.count; a++) {
        for (MemberId b = (MemberId)(a + 1); b < world->members.count; b++) {
            SimConnection *connection = connection_of(world, a, b);
            if (!connection->up || network_reaches(world, a, b, CHANNEL_AGENT)) {
                connection->broken_since = 0;
                continue;
            }
            if (connection->broken_since == 0) {
                connection->broken_since = world->now;
            } else if (world->now - connection->broken_since >= CONNECTION_BREAKS) {
                disconnect(world, a, b);
                connect_later(world, a, b, 100000);
            }
        }
    }
    world_after(world, 100000, &(SimEvent){.run = watch_connections, .actor = ACTOR_NONE});
}

void network_process_up(SimWorld *world, MemberId member)
{
    for (MemberId m = 0; m < world->members.count; m++) {
        if (m != member) {
            disconnect(world, member, m); /* what a dead host left behind */
            connect_later(world, member, m, world_between(world, CONNECT_MIN, CONNECT_MAX));
        }
    }
}

void network_process_down(SimWorld *world, MemberId member)
{
    for (MemberId m = 0; m < world->members.count; m++) {
        if (m != member && network_reaches(world, m, member, CHANNEL_AGENT)) {
            disconnect(world, m, member);
        }
    }
}

static void received(SimWorld *world, SimEvent *event)
{
    const MemberId from = (MemberId)event->a;
    const MemberId to = (MemberId)event->b;
    const SimPacket *packet = event->data;
    const SimConnection *connection = connection_of(world, from, to);
    SimProcess *process = &world->process[to];
    if (!process->alive || !connection->up || connection->number != packet->route.connection) {
        return;
    }
    if (process->dying) {
        return;
    }
    agent_receive(process->agent, from, packet->bytes, packet->size);
    agent_run(process->agent);
}

static void thawed_send(SimWorld *world, SimEvent *event)
{
    SimPacket *packet = event->data;
    event->data = NULL;
    put_on_its_way(world, packet);
}

/* An agent that was frozen in the middle of its work sends the rest when it is thawed. */
static void send_message(SimWorld *world, const SimRoute *route, const void *bytes, uint32_t size)
{
    SimPacket *packet = new_packet(route, bytes, size);
    if (world->actor[actor_agent(route->from)].frozen) {
        world_after(
            world, 0,
            &(SimEvent){.run = thawed_send, .actor = actor_agent(route->from), .data = packet});
        return;
    }
    put_on_its_way(world, packet);
}

/* The only field of a message has the number of its kind, so the first byte tells what need not be decoded. */
static void watch(SimWorld *world, MemberId from, MemberId to, const uint8_t *bytes, size_t size)
{
    const unsigned kind = bytes[0] >> 3;
    Message message;
    if (kind != MESSAGE_HEARTBEAT_ANSWER && kind != MESSAGE_CONSENT) {
        return;
    }
    const bool readable = wire_decode_message(bytes, size, &message);
    assert(readable);
    check_sent(world, from, to, &message);
}

static void port_send(void *self, MemberId to, const uint8_t *bytes, size_t size)
{
    const SimPort *port = self;
    SimWorld *world = port->world;
    if (to >= world->members.count || to == port->member ||
        trap_springs(world, port->member, ACTION_SEND, false)) {
        return;
    }
    watch(world, port->member, to, bytes, size);
    const SimConnection *connection = connection_of(world, port->member, to);
    const SimLink *link = &world->net.link[port->member][to][CHANNEL_AGENT];
    if (!connection->up || (link->loss > 0 && prng_chance(&world->prng, link->loss, 1000))) {
        return;
    }
    const SimRoute route = {.channel = CHANNEL_AGENT,
                            .from = port->member,
                            .to = to,
                            .connection = connection->number,
                            .arrive = received};
    send_message(world, &route, bytes, (uint32_t)size);
    if (world->net.duplicate > 0 && prng_chance(&world->prng, world->net.duplicate, 1000)) {
        send_message(world, &route, bytes, (uint32_t)size);
    }
    (void)trap_springs(world, port->member, ACTION_SEND, true); /* what follows asks again */
}

void net_port(SimWorld *world, MemberId member, NetPort *ret)
{
    *ret = (NetPort){.self = &world->process[member].port, .send = port_send};
}

void network_init(SimWorld *world)
{
    world->net.delay_min = 200;
    world->net.delay_max = 400;
    world_after(world, 100000, &(SimEvent){.run = watch_connections, .actor = ACTOR_NONE});
}

void network_done(SimWorld *world)
{
    for (uint32_t a = 0; a < MEMBERS_MAX; a++) {
        for (uint32_t b = 0; b < MEMBERS_MAX; b++) {
            for (uint32_t c = 0; c < CHANNEL_COUNT; c++) {
                SimPacket *packet = world->net.link[a][b][c].held;
                while (packet != NULL) {
                    SimPacket *next = packet->next;
                    free(packet);
                    packet = next;
                }
            }
        }
    }
}

/* process.c - the agents: started with what their disk remembers, killed, restarted by their monitor. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/node.h"

#include <string.h>

enum { MONITOR_RESTARTS = 120000 }; /* after which a monitor has a new agent running */

static void deliver(SimWorld *world, SimEvent *event)
{
    SimProcess *process = &world->process[event->a];
    assert(process->alive);
    if (process->dying) {
        return;
    }
    if (process->started_at == 0) {
        process->started_at = world->now; /* it runs, which it may have been kept from */
    }
    agent_input(process->agent, event->data);
    agent_run(process->agent);
}

void process_input(SimWorld *world, MemberId member, const Event *event)
{
    if (!world->process[member].alive) {
        return;
    }
    const size_t size = agent_event_size(event->kind);
    Event *copy = sim_room(size);
    memcpy(copy, event, size);
    world_after(
        world, 0,
        &(SimEvent){.run = deliver, .actor = actor_agent(member), .a = member, .data = copy});
}

void process_command(SimWorld *world, MemberId member, const Command *command)
{
    SimProcess *process = &world->process[member];
    Event event = {.kind = EVENT_COMMAND, .u.command = *command};
    event.u.command.request = ++process->last_request;
    event.u.command.deadline += clock_now(world, member);
    process->replied = false;
    process_input(world, member, &event);
}

static void port_log(void *self, const LogEntry *entry)
{
    const SimPort *port = self;
    char text[SIM_TEXT];
    if (!world_listened(port->world)) {
        return;
    }
    (void)message_format(entry, text, sizeof text);
    world_say(port->world, world_name(port->world, port->member), "log", "%s", text);
}

static void port_reply(void *self, const Reply *reply)
{
    const SimPort *port = self;
    SimProcess *process = &port->world->process[port->member];
    char text[SIM_TEXT];
    (void)message_format(&reply->entry, text, sizeof text);
    world_say(port->world, world_name(port->world, port->member), "reply", "%s%u: %s",
              reply->last ? "" : "... ", reply->status, text);
    if (reply->last) {
        process->last_reply = *reply;
        process->replied = true;
    }
}

static void end_process(SimWorld *world, MemberId member)
{
    SimProcess *process = &world->process[member];
    if (!process->alive) {
        return;
    }
    process->alive = false;
    disk_process_died(world, member);
    actor_die(world, actor_agent(member));
    if (member < SERVERS_MAX && world->members.member[member].kind == MEMBER_SERVER) {
        postgres_agent_died(world, member);
    }
    network_process_down(world, member);
}

static void exited(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    world_say(world, world_name(world, member), "agent", "exits");
    end_process(world, member);
}

static void port_exit(void *self)
{
    const SimPort *port = self;
    /* Not at once: the agent is still on the stack. */
    world_after(port->world, 0,
                &(SimEvent){.run = exited, .actor = actor_agent(port->member), .a = port->member});
}

static void trace(void *self, const Fired *fired)
{
    const SimPort *port = self;
    port->world->process[port->member].finished |= fired->to == NODE_GONE;
    if (port->world->covered != NULL) {
        port->world->covered[fired->rule] = true;
    }
    world_say(port->world, world_name(port->world, port->member), node_rule_id(fired->rule),
              fired->from == fired->to ? "%s" : "%s -> %s",
              node_state_words((NodeState)fired->from), node_state_words((NodeState)fired->to));
}

static void make_ports(SimWorld *world, MemberId member)
{
    SimProcess *process = &world->process[member];
    memset(&process->ports, 0, sizeof process->ports);
    clock_port(world, member, &process->ports.clock);
    disk_port(world, member, &process->ports.disk);
    net_port(world, member, &process->ports.net);
    process->ports.log = (LogPort){.self = &process->port, .write = port_log};
    process->ports.process =
        (ProcessPort){.self = &process->port, .reply = port_reply, .exit = port_exit};
    commands_port(&process->ports.process);
    if (world->members.member[member].kind == MEMBER_SERVER) {
        postgres_port(world, member, &process->ports.postgres);
    }
}

static void fill_memory(SimWorld *world, MemberId member, Start *start)
{
    const SimDisk *disk = &world->disk[member];
    start->memory = disk_read(world, member, &start->durable);
    if (start->memory == MEMORY_KEPT && start->durable.generation > disk->told) {
        disk_told(world, member, start->durable.generation);
    }
}

void process_start(SimWorld *world, MemberId member, const SimStart *start)
{
    SimProcess *process = &world->process[member];
    if (process->alive || !world->host_up[member]) {
        return;
    }
    process->alive = true;
    process->dying = process->finished = false;
    process->monitored = true;
    process->started_at = 0;
    process->id = prng_next(&world->prng) | 1;
    make_ports(world, member);
    const MemberKind kind = world->members.member[member].kind;
    agent_init(process->agent, kind, &process->ports, &world->settings);
    agent_on_trace(process->agent, trace, &process->port);
    Event event = {.kind = EVENT_START};
    event.u.start.members = world->members;
    if (process->members_named > 0) {
        event.u.start.members.count = process->members_named;
    }
    event.u.start.self = member;
    event.u.start.agent = process->id;
    event.u.start.seed = prng_next(&world->prng);
    event.u.start.boot = world->boot[member];
    event.u.start.by_operator = start->by_operator;
    event.u.start.instance_wanted = start->instance_wanted;
    event.u.start.failover_asked = start->failover_asked;
    event.u.start.failover_wanted = start->failover_wanted;
    fill_memory(world, member, &event.u.start);
    process_input(world, member, &event);
    network_process_up(world, member);
    if (kind == MEMBER_SERVER) {
        postgres_watch(world, member);
    }
}

static void monitor_restarts(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    if (!world->process[member].alive && world->process[member].monitored) {
        world_say(world, world_name(world, member), "monitor", "makes a new agent");
        process_start(world, member, &(SimStart){.by_operator = false});
    }
}

void process_kill(SimWorld *world, MemberId member, bool for_good)
{
    if (!world->process[member].alive) {
        return;
    }
    end_process(world, member);
    world->process[member].monitored = !for_good;
    if (!for_good) {
        world_after(world, MONITOR_RESTARTS,
                    &(SimEvent){.run = monitor_restarts, .actor = ACTOR_NONE, .a = member});
    }
}

void host_kill(SimWorld *world, MemberId member)
{
    world->host_up[member] = false; /* first: nobody is told by a dead host */
    process_kill(world, member, true);
    if (world->members.member[member].kind == MEMBER_SERVER) {
        instance_end(world, member, true);
    }
}

void host_boot(SimWorld *world, MemberId member)
{
    if (world->host_up[member]) {
        return;
    }
    world->host_up[member] = true;
    world->boot[member].bytes[1]++;
    clock_begins(world, member);
}

/* --- traps ---------------------------------------------------------------------------------------- */

/* Not at once: the agent is still on the stack. */
static void strike(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    const bool is_server = world->members.member[member].kind == MEMBER_SERVER;
    world_say(world, "-", "trap", "springs on %s", world_name(world, member));
    if (event->b == TRAP_HOST) {
        host_kill(world, member);
    } else if (event->b == TRAP_AGENT) {
        process_kill(world, member, false);
    } else if (is_server) {
        postgres_kill(world, member, false);
    }
}

static void spring(SimWorld *world, MemberId member, const SimTrap *trap)
{
    fault_meets(world, member);
    world->checks.faults++;
    if (trap->does == TRAP_KILLS) {
        world->process[member].dying = trap->what != TRAP_INSTANCE;
        world_after(world, 0,
                    &(SimEvent){.run = strike, .actor = ACTOR_NONE, .a = member, .b = trap->what});
        return;
    }
    world->tally.suspends += trap->what == TRAP_HOST;
    if (trap->what != TRAP_INSTANCE) {
        actor_freeze(world, actor_agent(member));
    }
    if (trap->what != TRAP_AGENT && world->members.member[member].kind == MEMBER_SERVER) {
        actor_freeze(world, actor_instance(member));
    }
}

bool trap_springs(SimWorld *world, MemberId member, ActionKind kind, bool after)
{
    SimProcess *process = &world->process[member];
    SimTrap *trap = &process->trap;
    if (!process->dying && trap->left > 0 && trap->kind == kind && trap->after == after &&
        --trap->left == 0) {
        spring(world, member, trap);
    }
    return process->dying;
}

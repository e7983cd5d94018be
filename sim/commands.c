/* commands.c - the operator's commands (arbitration_command, fencing_command): what they find out and do.
 *
 * An arbitration command tells the truth, unless a story has it say something else: the other server is broken when
 * nothing of it goes on without a restart, or without noticing that it slept. A fencing command switches the host off, or
 * does not, and says so. */
#include "sim/world.h"

#include "base/str.h"

enum {
    TAKES = 150000,
    LIMIT = 20000000, /* then it is killed */
    FENCES = 400000,
    SLEPT = 5 /* heartbeat intervals: so long frozen, it notices when it wakes up */
};

static bool is_broken(const SimWorld *world, MemberId m)
{
    const SimActor *agent = &world->actor[actor_agent(m)];
    return !world->host_up[m] || !world->process[m].alive ||
           (agent->frozen && world->now - agent->frozen_at >=
                                 SLEPT * (Micros)world->settings.heartbeat_interval * 1000);
}

static bool agrees(SimWorld *world, MemberId from, RunKind kind, MemberId target)
{
    const SimCommandWord word = world->command_word[from];
    if (kind == RUN_FENCING) {
        const bool fences = word != COMMAND_SAYS_WELL && word != COMMAND_FENCES_NOBODY;
        if (fences) {
            fault_meets(world, target);
            world->checks.faults++;
            host_kill(world, target);
        }
        return fences;
    }
    return word == COMMAND_SAYS_BROKEN || (word != COMMAND_SAYS_WELL && is_broken(world, target));
}

static void ended(SimWorld *world, SimEvent *event)
{
    const RunOrder *order = event->data;
    const MemberId member = (MemberId)event->a;
    const bool hung = event->b != 0;
    const bool ok = !hung && agrees(world, member, order->kind, order->target);
    if (trap_springs(world, member, ACTION_RUN, true)) {
        return; /* what it did is done, and nobody hears of it */
    }
    if (ok && order->kind == RUN_ARBITRATION) {
        world->checks.broken_at[order->target] = world->now;
    }
    if (order->kind == RUN_FENCING) {
        world_say(world, world_name(world, member), ok ? "fencing.done" : "fencing.failed", "%s",
                  world_name(world, order->target));
    } else {
        world_say(world, world_name(world, member), "command", "asks about %s: %s",
                  world_name(world, order->target), ok ? "yes" : "no");
    }
    const Event done = {
        .kind = EVENT_DONE,
        .u.done = {.sequence = event->n, .kind = ACTION_RUN, .ok = ok},
    };
    process_input(world, member, &done);
}

static void run(void *self, uint64_t sequence, Epoch epoch, const RunOrder *order)
{
    const SimPort *port = self;
    (void)epoch;
    if (trap_springs(port->world, port->member, ACTION_RUN, false)) {
        return;
    }
    RunOrder *copy = sim_alloc(sizeof *copy);
    *copy = *order;
    const bool hangs = port->world->command_word[port->member] == COMMAND_HANGS;
    const Micros takes = hangs ? LIMIT : order->kind == RUN_FENCING ? FENCES : TAKES;
    if (order->kind == RUN_FENCING) {
        world_say(port->world, world_name(port->world, port->member), "fencing.begun", "%s %s %s",
                  order->by_operator ? "command" : "monitor", order->detach ? "detach" : "switch",
                  world_name(port->world, order->target));
    }
    world_after(port->world, takes,
                &(SimEvent){.run = ended,
                            .actor = actor_agent(port->member),
                            .a = port->member,
                            .b = hangs,
                            .n = sequence,
                            .data = copy});
}

void commands_port(ProcessPort *ret)
{
    ret->run = run;
}

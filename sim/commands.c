/* commands.c - the operator's commands (arbitration_command, fencing_command): what they find out and do.
 *
 * An arbitration command tells the truth, unless a story has it say something else: the other server is broken when
 * nothing of it goes on without a restart, or without noticing that it slept. A fencing command switches the host off. */
#include "sim/world.h"

#include "base/str.h"

enum { TAKES = 150000, SLEPT = 1000000 /* so long frozen, it notices when it wakes up */ };

static bool is_broken(const SimWorld *world, MemberId m)
{
    const SimActor *agent = &world->actor[actor_agent(m)];
    return !world->host_up[m] || !world->process[m].alive ||
           (agent->frozen && world->now - agent->frozen_at >= SLEPT);
}

static bool agrees(SimWorld *world, MemberId from, RunKind kind, MemberId target)
{
    const SimCommandWord word = world->command_word[from];
    if (kind == RUN_FENCING) {
        if (word != COMMAND_SAYS_WELL) {
            host_kill(world, target);
        }
        return word != COMMAND_SAYS_WELL;
    }
    return word == COMMAND_SAYS_BROKEN || (word == COMMAND_SAYS_TRUTH && is_broken(world, target));
}

static void ended(SimWorld *world, SimEvent *event)
{
    const RunOrder *order = event->data;
    const MemberId member = (MemberId)event->a;
    const bool ok = agrees(world, member, order->kind, order->target);
    if (ok && order->kind == RUN_ARBITRATION) {
        world->checks.broken_at[order->target] = world->now;
    }
    world_say(world, world_name(world, member), "command", "%s %s: %s",
              order->kind == RUN_FENCING ? "fences" : "asks about",
              world_name(world, order->target), ok ? "yes" : "no");
    const Event done = {
        .kind = EVENT_DONE,
        .u.done = {.sequence = event->n, .kind = ACTION_RUN, .ok = ok},
    };
    process_input(world, member, &done);
}

static void run(void *self, uint64_t sequence, Epoch epoch, const RunOrder *order)
{
    const SimPort *port = self;
    RunOrder *copy = sim_alloc(sizeof *copy);
    (void)epoch;
    *copy = *order;
    world_after(port->world, TAKES,
                &(SimEvent){.run = ended,
                            .actor = actor_agent(port->member),
                            .a = port->member,
                            .n = sequence,
                            .data = copy});
}

void commands_port(ProcessPort *ret)
{
    ret->run = run;
}

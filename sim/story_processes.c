/* story_processes.c - verbs of processes, hosts and clocks, and an operator's commands. */
#include "sim/story_verbs.h"

#include "base/str.h"
#include "core/record.h"

/* kill agent a [for good] | kill instance a [unseen] | kill host a */
bool verb_kill(Words *words)
{
    SimWorld *world = words->world;
    const bool agent = next_is(words, "agent");
    const bool instance = !agent && next_is(words, "instance");
    const bool host = !agent && !instance && next_is(words, "host");
    const MemberId m = next_member(words);
    if (m == MEMBER_NONE) {
        return false;
    }
    fault_meets(world, m);
    if (agent) {
        process_kill(world, m, next_is(words, "for") && next_is(words, "good"));
    } else if (instance && is_server(world, m)) {
        postgres_kill(world, m, next_is(words, "unseen"));
    } else if (host) {
        host_kill(world, m);
    } else {
        return false;
    }
    return true;
}

static bool freeze(Words *words, bool frozen)
{
    SimWorld *world = words->world;
    const bool agent = next_is(words, "agent");
    const bool instance = !agent && next_is(words, "instance");
    if (!agent && !instance) {
        (void)next_is(words, "host");
    }
    const MemberSet set = next_members(words);
    void (*change)(SimWorld *, uint16_t) = frozen ? actor_freeze : actor_thaw;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (!member_in(set, m)) {
            continue;
        }
        if (frozen) {
            fault_meets(world, m);
            world->tally.suspends += !instance && !agent;
        }
        if (!instance) {
            change(world, actor_agent(m));
        }
        if (!agent && is_server(world, m)) {
            change(world, actor_instance(m));
        }
    }
    return set != 0;
}

/* freeze|thaw [agent|instance|host] a|all */
bool verb_freeze(Words *words)
{
    return freeze(words, true);
}

bool verb_thaw(Words *words)
{
    return freeze(words, false);
}

static const struct {
    const char *word;
    ActionKind kind;
} actions[] = {
    {"persist", ACTION_PERSIST},     {"send", ACTION_SEND},
    {"start", ACTION_START},         {"stop", ACTION_STOP},
    {"gate", ACTION_GATE},           {"names", ACTION_NAMES},
    {"follow", ACTION_FOLLOW},       {"promote", ACTION_PROMOTE},
    {"directory", ACTION_DIRECTORY}, {"checkpoint", ACTION_CHECKPOINT},
    {"rejoin", ACTION_REJOIN},       {"run", ACTION_RUN},
};

static bool next_action(Words *words, ActionKind *ret)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (next_is(words, actions[i].word)) {
            *ret = actions[i].kind;
            return true;
        }
    }
    return false;
}

/* trap a before|after persist|send|start|... 3 kill|freeze [agent|instance|host]: at the third from now on */
bool verb_trap(Words *words)
{
    const MemberId m = next_member(words);
    SimTrap trap = {.after = next_is(words, "after")};
    if (m == MEMBER_NONE || (!trap.after && !next_is(words, "before")) ||
        !next_action(words, &trap.kind)) {
        return false;
    }
    trap.left = next_count(words, 1);
    trap.does = next_is(words, "freeze") ? TRAP_FREEZES : TRAP_KILLS;
    (void)next_is(words, "kill");
    trap.what = next_is(words, "instance") ? TRAP_INSTANCE
                : next_is(words, "host")   ? TRAP_HOST
                                           : TRAP_AGENT;
    words->world->process[m].trap = trap;
    return true;
}

/* boot a|all: whatever is down */
bool verb_boot(Words *words)
{
    const MemberSet set = next_members(words);
    for (MemberId m = 0; m < words->world->members.count; m++) {
        if (member_in(set, m)) {
            host_boot(words->world, m);
        }
    }
    return set != 0;
}

/* clock of a fast|slow 0.01 (of a second in a second) | right */
bool verb_clock(Words *words)
{
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    if (m == MEMBER_NONE) {
        return false;
    }
    const bool fast = next_is(words, "fast");
    if (!fast && !next_is(words, "slow") && !next_is(words, "right")) {
        return false;
    }
    const int32_t drift = (int32_t)next_number(words, 0);
    clock_drifts(words->world, m, fast ? drift : -drift);
    return true;
}

/* wall of a steps 3600 [back]: the time of day, in seconds */
bool verb_wall(Words *words)
{
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    if (m == MEMBER_NONE || !next_is(words, "steps")) {
        return false;
    }
    const int64_t step = next_count(words, 0);
    words->world->wall_offset[m] += next_is(words, "back") ? -step : step;
    return true;
}

/* start a [-f|-F] [--mc-only] */
bool verb_start(Words *words)
{
    const MemberId m = next_member(words);
    SimStart how = {.by_operator = true, .instance_wanted = true};
    while (words_left(words)) {
        if (next_is(words, "-f")) {
            how.failover_asked = how.failover_wanted = true;
        } else if (next_is(words, "-F")) {
            how.failover_asked = true;
        } else if (next_is(words, "--mc-only")) {
            how.instance_wanted = false;
        } else {
            return false;
        }
    }
    if (m == MEMBER_NONE) {
        return false;
    }
    operator_starts(words->world, m, &how);
    return true;
}

static bool command(Words *words, const Command *what)
{
    const MemberId m = next_member(words);
    Command order = *what;
    while (words_left(words)) {
        if (next_is(words, "-a")) {
            order.all = true;
        } else if (next_is(words, "--mc-only")) {
            order.only_agent = true;
        } else {
            return false;
        }
    }
    if (m == MEMBER_NONE) {
        return false;
    }
    order.wait = true;
    order.deadline = 30000;
    process_command(words->world, m, &order);
    return true;
}

/* stop a [-a] [--mc-only] */
bool verb_stop(Words *words)
{
    return command(words, &(Command){.kind = COMMAND_STOP});
}

/* switch a [b]: asked at a; to b, else to whoever is eligible */
bool verb_switch(Words *words)
{
    const MemberId m = next_member(words);
    Command order = {.kind = COMMAND_SWITCH, .wait = true, .to = MEMBER_NONE, .deadline = 10000};
    if (words_left(words)) {
        order.to = next_member(words);
        if (order.to == MEMBER_NONE) {
            return false;
        }
    }
    if (m == MEMBER_NONE) {
        return false;
    }
    process_command(words->world, m, &order);
    return true;
}

/* detach a b [force] [no fencing]: asked at a, of b */
bool verb_detach(Words *words)
{
    const MemberId m = next_member(words);
    Command order = {
        .kind = COMMAND_DETACH, .wait = true, .to = next_member(words), .deadline = 10000};
    order.force = next_is(words, "force");
    order.no_fencing = next_is(words, "no") && next_is(words, "fencing");
    if (m == MEMBER_NONE || order.to == MEMBER_NONE) {
        return false;
    }
    process_command(words->world, m, &order);
    return true;
}

/* force b [for good] [no fencing] [without a w]: b becomes primary although it may lack commits; the operator stands in for these, who
 * vote no more when it is for good */
bool verb_force(Words *words)
{
    const MemberId m = next_member(words);
    Command order = {
        .kind = COMMAND_SWITCH, .wait = true, .to = MEMBER_NONE, .force = true, .deadline = 10000};
    if (next_is(words, "for") && next_is(words, "good")) {
        order.kind = COMMAND_MEMBERS;
    }
    order.no_fencing = next_is(words, "no") && next_is(words, "fencing");
    if (next_is(words, "without")) {
        while (words_left(words)) {
            order.without |= next_members(words);
        }
        order.without &= (MemberSet)~member_bit(m);
    }
    if (m == MEMBER_NONE || !is_server(words->world, m)) {
        return false;
    }
    check_forced(words->world, m, order.without);
    process_command(words->world, m, &order);
    return true;
}

/* rejoin b: it gives up what it has of its own */
bool verb_rejoin(Words *words)
{
    const MemberId m = next_member(words);
    if (m == MEMBER_NONE) {
        return false;
    }
    process_command(
        words->world, m,
        &(Command){
            .kind = COMMAND_REJOIN, .wait = true, .to = m, .force = true, .deadline = 10000});
    return true;
}

bool verb_enable(Words *words)
{
    return command(
        words,
        &(Command){.kind = COMMAND_FAILOVER, .failover_asked = true, .failover_wanted = true});
}

bool verb_disable(Words *words)
{
    return command(words, &(Command){.kind = COMMAND_FAILOVER, .failover_asked = true});
}

/* story_faults.c - the words of "at" lines, and what they do to the world. */
#include "sim/story.h"

#include "base/str.h"
#include "core/record.h"

#include <string.h>

typedef struct Words {
    SimWorld *world;
    const StoryLine *line;
    uint8_t at;
} Words;

static bool more(const Words *words)
{
    return words->at < words->line->count;
}

static bool next_is(Words *words, const char *word)
{
    if (more(words) && str_equal(words->line->word[words->at], word)) {
        words->at++;
        return true;
    }
    return false;
}

static MemberId next_member(Words *words)
{
    const MemberId m =
        more(words) ? world_member(words->world, words->line->word[words->at]) : MEMBER_NONE;
    words->at = (uint8_t)(words->at + (m != MEMBER_NONE));
    return m;
}

static Micros next_number(Words *words, Micros otherwise)
{
    Micros number = otherwise;
    if (more(words) && story_number(words->line->word[words->at], &number)) {
        words->at++;
    }
    return number;
}

static bool is_server(const SimWorld *world, MemberId m)
{
    return m < world->members.count && world->members.member[m].kind == MEMBER_SERVER;
}

/* --- network -------------------------------------------------------------------------------------- */

static void cut_both(SimWorld *world, MemberId a, MemberId b, bool wal, bool agents)
{
    if (wal) {
        network_cut(world, a, b, CHANNEL_WAL, true);
        network_cut(world, b, a, CHANNEL_WAL, true);
    }
    if (agents) {
        network_cut(world, a, b, CHANNEL_AGENT, true);
        network_cut(world, b, a, CHANNEL_AGENT, true);
    }
}

/* cut a | cut a b | cut a -> b | cut wal a b | cut agents a b */
static bool cut(Words *words)
{
    SimWorld *world = words->world;
    const bool only_wal = next_is(words, "wal");
    const bool only_agents = next_is(words, "agents");
    const MemberId a = next_member(words);
    const bool one_way = next_is(words, "->");
    const MemberId b = next_member(words);
    if (a == MEMBER_NONE || (one_way && b == MEMBER_NONE)) {
        return false;
    }
    if (one_way) {
        network_cut(world, a, b, CHANNEL_AGENT, true);
        network_cut(world, a, b, CHANNEL_WAL, true);
        return true;
    }
    for (MemberId m = 0; m < world->members.count; m++) {
        if (m != a && (b == MEMBER_NONE || b == m)) {
            cut_both(world, a, m, !only_agents, !only_wal);
        }
    }
    return true;
}

/* heal | heal a b */
static bool heal(Words *words)
{
    SimWorld *world = words->world;
    const MemberId a = next_member(words);
    const MemberId b = next_member(words);
    for (MemberId x = 0; x < world->members.count; x++) {
        for (MemberId y = 0; y < world->members.count; y++) {
            const bool named = (x == a && y == b) || (x == b && y == a);
            if (x != y && (a == MEMBER_NONE || named)) {
                network_cut(world, x, y, CHANNEL_AGENT, false);
                network_cut(world, x, y, CHANNEL_WAL, false);
                world->net.link[x][y][CHANNEL_AGENT].loss = 0;
            }
        }
    }
    if (a == MEMBER_NONE) {
        world->net.duplicate = 0;
    }
    return true;
}

/* lose 300 (of a thousand messages between agents) | duplicate 100 */
static bool lose_messages(SimWorld *world, Micros share)
{
    for (MemberId x = 0; x < world->members.count; x++) {
        for (MemberId y = 0; y < world->members.count; y++) {
            world->net.link[x][y][CHANNEL_AGENT].loss = (uint32_t)(share / 1000000);
        }
    }
    return true;
}

/* --- processes ------------------------------------------------------------------------------------ */

/* kill agent a [for good] | kill instance a | kill host a */
static bool kill_what(Words *words)
{
    SimWorld *world = words->world;
    const bool agent = next_is(words, "agent");
    const bool instance = !agent && next_is(words, "instance");
    const bool host = !agent && !instance && next_is(words, "host");
    const MemberId m = next_member(words);
    if (m == MEMBER_NONE) {
        return false;
    }
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
    const MemberId m = next_member(words);
    if (m == MEMBER_NONE) {
        return false;
    }
    void (*change)(SimWorld *, uint16_t) = frozen ? actor_freeze : actor_thaw;
    if (!instance) {
        change(world, actor_agent(m));
    }
    if (!agent && is_server(world, m)) {
        change(world, actor_instance(m));
    }
    return true;
}

/* start a [-f|-F] [--mc-only] */
static bool start(Words *words)
{
    const MemberId m = next_member(words);
    SimStart how = {.by_operator = true, .instance_wanted = true};
    while (more(words)) {
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
    if (!words->world->process[m].alive) {
        process_start(words->world, m, &how);
    } else if (is_server(words->world, m)) {
        process_command(words->world, m,
                        &(Command){.kind = COMMAND_START_INSTANCE,
                                   .only_agent = !how.instance_wanted,
                                   .failover_asked = how.failover_asked,
                                   .failover_wanted = how.failover_wanted,
                                   .deadline = 30000});
    }
    return true;
}

static bool command(Words *words, const Command *what)
{
    const MemberId m = next_member(words);
    Command order = *what;
    while (more(words)) {
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

/* --- memory, disks, directories ------------------------------------------------------------------- */

/* lose | damage | copy | old memory of w [unseen] */
static bool memory(Words *words, const char *what)
{
    if (!next_is(words, "of")) {
        return false;
    }
    const MemberId m = next_member(words);
    if (m == MEMBER_NONE) {
        return false;
    }
    SimDisk *disk = &words->world->disk[m];
    if (!str_equal(what, "copy")) {
        words->world->checks.lost_memory |= member_bit(m);
    }
    if (str_equal(what, "copy")) {
        memcpy(disk->copy, disk->bytes, disk->size);
        disk->copy_size = disk->size;
    } else if (str_equal(what, "old")) {
        memcpy(disk->bytes, disk->copy, disk->copy_size);
        disk->size = disk->copy_size;
        /* A restored file is seen by its inode; a restored host is not. */
        disk->fate = next_is(words, "unseen") ? MEMORY_KEPT : MEMORY_LOST;
    } else if (str_equal(what, "damage")) {
        disk->fate = MEMORY_LOST;
    } else {
        disk->size = 0;
    }
    return true;
}

/* disk of a full | hangs | works | slow 0.5 */
static bool disk_of(Words *words)
{
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    if (m == MEMBER_NONE) {
        return false;
    }
    SimDisk *disk = &words->world->disk[m];
    if (next_is(words, "full")) {
        disk->full = true;
    } else if (next_is(words, "hangs")) {
        disk->hung = true;
    } else if (next_is(words, "slow")) {
        disk->delay = next_number(words, 2000);
    } else if (next_is(words, "works")) {
        disk_works_again(words->world, m);
    } else {
        return false;
    }
    return true;
}

/* copy directory a | put back directory a | backup directory a to b | remove directory a */
static bool directory(Words *words, const char *what)
{
    SimWorld *world = words->world;
    const MemberId m = next_is(words, "directory") ? next_member(words) : MEMBER_NONE;
    if (!is_server(world, m)) {
        return false;
    }
    SimInstance *instance = &world->instance[m];
    if (str_equal(what, "copy")) {
        directory_copy(&instance->copy, &instance->dir);
        wal_truncate(&instance->copy, instance->copy.flushed);
    } else if (str_equal(what, "put")) {
        directory_copy(&instance->dir, &instance->copy);
        instance->dir.id = 0; /* a copy has no name (D1) */
    } else if (str_equal(what, "remove")) {
        directory_free(&instance->dir);
    } else {
        const MemberId to = next_is(words, "to") ? next_member(words) : MEMBER_NONE;
        if (!is_server(world, to)) {
            return false;
        }
        postgres_copy_directory(world, m, to);
        world->instance[to].phase = INSTANCE_DOWN;
    }
    return true;
}

/* lose wal of a 3: a disk that lied about its last entries */
static bool lose_wal(Words *words)
{
    SimWorld *world = words->world;
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    const uint32_t count = (uint32_t)(next_number(words, 1000000) / 1000000);
    if (!is_server(world, m) || world->instance[m].dir.count < count) {
        return false;
    }
    wal_truncate(&world->instance[m].dir, world->instance[m].dir.count - count);
    return true;
}

typedef struct Lag {
    const char *word;
    Micros *lag;
} Lag;

static bool instance_lags(Words *words, SimInstance *instance)
{
    const Lag lags[] = {{"checkpointer", &instance->checkpointer_lag},
                        {"receiver", &instance->receiver_lag},
                        {"start", &instance->start_lag},
                        {"promotion", &instance->promote_lag}};
    for (size_t i = 0; i < sizeof lags / sizeof lags[0]; i++) {
        if (next_is(words, lags[i].word)) {
            *lags[i].lag = next_is(words, "lags") ? next_number(words, 0) : 0;
            return true;
        }
    }
    return false;
}

static bool instance_will(Words *words, SimInstance *instance)
{
    if (next_is(words, "calls")) {
        instance->run_call = true;
        return true;
    }
    if (next_is(words, "quiet")) {
        instance->run_call = false;
        instance->receiver_lag = 0;
        return true;
    }
    if (next_is(words, "skips")) {
        instance->skips_timeline = true;
        return true;
    }
    return instance_lags(words, instance);
}

/* instance a [cannot|can] [start|stop] | runs | calls | quiet | skips timeline
 *            | receiver|checkpointer|start|promotion lags 0.5 */
static bool instance_is(Words *words)
{
    SimWorld *world = words->world;
    const MemberId m = next_member(words);
    if (!is_server(world, m)) {
        return false;
    }
    SimInstance *instance = &world->instance[m];
    if (next_is(words, "cannot") || next_is(words, "can")) {
        const bool cannot = str_equal(words->line->word[words->at - 1], "cannot");
        bool *what = next_is(words, "stop") ? &instance->fail_stop : &instance->fail_start;
        (void)next_is(words, "start");
        *what = cannot;
        return true;
    }
    if (next_is(words, "runs")) {
        const StartOrder order = {.role = START_PRIMARY, .upstream.member = MEMBER_NONE};
        instance_boot(world, m, &order);
        return true;
    }
    return instance_will(words, instance);
}

static bool copy_or_lose(Words *words, const char *what)
{
    if (next_is(words, "memory")) {
        return memory(words, what);
    }
    if (str_equal(what, "lose") && next_is(words, "wal")) {
        return lose_wal(words);
    }
    if (str_equal(what, "lose")) {
        return lose_messages(words->world, next_number(words, 0));
    }
    return directory(words, what);
}

bool story_fault(SimWorld *world, const StoryLine *line)
{
    Words words = {.world = world, .line = line, .at = 1};
    const char *verb = line->word[0];
    world->checks.faults++;
    if (str_equal(verb, "cut")) {
        return cut(&words);
    }
    if (str_equal(verb, "heal")) {
        return heal(&words);
    }
    if (str_equal(verb, "kill")) {
        return kill_what(&words);
    }
    if (str_equal(verb, "freeze") || str_equal(verb, "thaw")) {
        return freeze(&words, str_equal(verb, "freeze"));
    }
    if (str_equal(verb, "boot")) {
        host_boot(world, next_member(&words));
        return true;
    }
    if (str_equal(verb, "start")) {
        return start(&words);
    }
    if (str_equal(verb, "stop")) {
        return command(&words, &(Command){.kind = COMMAND_STOP});
    }
    if (str_equal(verb, "enable") || str_equal(verb, "disable")) {
        return command(&words, &(Command){.kind = COMMAND_FAILOVER,
                                          .failover_asked = true,
                                          .failover_wanted = str_equal(verb, "enable")});
    }
    if (str_equal(verb, "load")) {
        clients_load(world, next_is(&words, "on"));
        return true;
    }
    if (str_equal(verb, "duplicate")) {
        world->net.duplicate = (uint32_t)(next_number(&words, 0) / 1000000);
        return true;
    }
    if (str_equal(verb, "disk")) {
        return disk_of(&words);
    }
    if (str_equal(verb, "instance")) {
        return instance_is(&words);
    }
    if (str_equal(verb, "put")) {
        return next_is(&words, "back") && directory(&words, verb);
    }
    return copy_or_lose(&words, verb);
}

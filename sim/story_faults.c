/* story_faults.c - the words of "at" lines, and what they do to the world: the network, the clients, the operator. */
#include "sim/story_verbs.h"

#include "base/str.h"
#include "core/record.h"

#include <string.h>

bool words_left(const Words *words)
{
    return words->at < words->line->count;
}

bool next_is(Words *words, const char *word)
{
    if (words_left(words) && str_equal(words->line->word[words->at], word)) {
        words->at++;
        return true;
    }
    return false;
}

bool is_server(const SimWorld *world, MemberId m)
{
    return m < world->members.count && world->members.member[m].kind == MEMBER_SERVER;
}

static MemberId meant(const SimWorld *world, const char *word)
{
    const Record *latest = check_latest(world);
    const bool standby = str_equal(word, "standby");
    if (!standby && !str_equal(word, "primary")) {
        return MEMBER_NONE;
    }
    if (latest == NULL) { /* who will be */
        return standby ? 1 : 0;
    }
    if (!standby) {
        return latest->primary;
    }
    if (latest->eligible_count > 0) {
        return latest->eligible[0].member;
    }
    const MemberId other = latest->primary == 0 ? 1 : 0;
    return is_server(world, other) ? other : MEMBER_NONE;
}

MemberId next_member(Words *words)
{
    if (!words_left(words)) {
        return MEMBER_NONE;
    }
    const char *word = words->line->word[words->at];
    MemberId m = world_member(words->world, word);
    if (m == MEMBER_NONE) {
        m = meant(words->world, word);
    }
    words->at = (uint8_t)(words->at + (m != MEMBER_NONE));
    return m;
}

MemberSet next_members(Words *words)
{
    if (next_is(words, "all")) {
        return members_all(&words->world->members);
    }
    const MemberId m = next_member(words);
    return m == MEMBER_NONE ? 0 : member_bit(m);
}

Micros next_number(Words *words, Micros otherwise)
{
    Micros number = otherwise;
    if (words_left(words) && story_number(words->line->word[words->at], &number)) {
        words->at++;
    }
    return number;
}

uint32_t next_count(Words *words, uint32_t otherwise)
{
    return (uint32_t)(next_number(words, (Micros)otherwise * 1000000) / 1000000);
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

/* Everybody reaches the two beside it, nobody else: of two or three members that is everybody, and it is no fault. */
static bool cut_to_ring(SimWorld *world)
{
    const MemberId count = world->members.count;
    if (count < 4) {
        world->checks.faults--;
    }
    for (MemberId a = 0; a < count; a++) {
        for (MemberId b = 0; b < a; b++) {
            if (a - b != 1 && a - b != count - 1) {
                cut_both(world, a, b, true, true);
            }
        }
    }
    return true;
}

/* cut a | cut a b | cut [agents] a -> b | cut wal a b | cut agents a b | cut ring */
static bool verb_cut(Words *words)
{
    SimWorld *world = words->world;
    if (next_is(words, "ring")) {
        return cut_to_ring(world);
    }
    const bool only_wal = next_is(words, "wal");
    const bool only_agents = next_is(words, "agents");
    const MemberId a = next_member(words);
    const bool one_way = next_is(words, "->");
    const MemberId b = next_member(words);
    if (a == MEMBER_NONE || (one_way && b == MEMBER_NONE)) {
        return false;
    }
    fault_meets(world, a);
    if (one_way) {
        network_cut(world, a, b, CHANNEL_AGENT, true);
        if (!only_agents) {
            network_cut(world, a, b, CHANNEL_WAL, true);
        }
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
static bool verb_heal(Words *words)
{
    SimWorld *world = words->world;
    const MemberId a = next_member(words);
    const MemberId b = next_member(words);
    if (a == MEMBER_NONE) {
        network_heal(world);
        return true;
    }
    if (b == MEMBER_NONE) {
        return false;
    }
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        network_cut(world, a, b, (SimChannel)channel, false);
        network_cut(world, b, a, (SimChannel)channel, false);
        world->net.link[a][b][channel].loss = world->net.link[b][a][channel].loss = 0;
    }
    return true;
}

/* flap a b 0.5: the link between them is cut and healed, again and again | flap a b ends: and stays healed */
static bool verb_flap(Words *words)
{
    const MemberId a = next_member(words);
    const MemberId b = next_member(words);
    if (a == MEMBER_NONE || b == MEMBER_NONE) {
        return false;
    }
    if (next_is(words, "ends")) {
        network_flap_ends(words->world, a, b);
    } else {
        network_flap(words->world, a, b, next_number(words, 500000));
    }
    return true;
}

/* clog a b 1.5: what goes from a to b, and back, is so much slower */
static bool verb_clog(Words *words)
{
    const MemberId a = next_member(words);
    const MemberId b = next_member(words);
    if (a == MEMBER_NONE || b == MEMBER_NONE) {
        return false;
    }
    const Micros clog = next_number(words, 1000000);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        words->world->net.link[a][b][channel].clog = clog;
        words->world->net.link[b][a][channel].clog = clog;
    }
    return true;
}

/* delay 0.001 0.005: from, to */
static bool verb_delay(Words *words)
{
    SimNetwork *net = &words->world->net;
    net->delay_min = next_number(words, 200);
    net->delay_max = next_number(words, net->delay_min);
    return net->delay_max >= net->delay_min;
}

/* lose 300: of a thousand messages between agents */
static bool lose_messages(SimWorld *world, uint32_t share)
{
    for (MemberId x = 0; x < world->members.count; x++) {
        for (MemberId y = 0; y < world->members.count; y++) {
            world->net.link[x][y][CHANNEL_AGENT].loss = share;
        }
    }
    return true;
}

/* duplicate 300, reorder 300: of a thousand */
static bool verb_duplicate(Words *words)
{
    words->world->net.duplicate = next_count(words, 0);
    return true;
}

static bool verb_reorder(Words *words)
{
    words->world->net.reorder = next_count(words, 0);
    return true;
}

/* --- clients, and who looks after the cluster ------------------------------------------------------ */

static bool verb_load(Words *words)
{
    clients_load(words->world, next_is(words, "on"));
    return true;
}

/* cancel waits: of all who wait for a standby | cancel after 0.3: from now on, whoever waits so long */
static bool verb_cancel(Words *words)
{
    if (next_is(words, "waits")) {
        clients_cancel(words->world);
        return true;
    }
    words->world->cancel_after = next_is(words, "after") ? next_number(words, 0) : 0;
    return true;
}

/* attend 3 [-f]: an operator comes every 3 s | attend 0: never again */
static bool verb_attend(Words *words)
{
    const Micros period = next_number(words, 3000000);
    operator_attends(words->world, period, next_is(words, "-f"));
    return true;
}

/* mend | mend core */
static bool verb_mend(Words *words)
{
    if (next_is(words, "core")) {
        mend_core(words->world);
    } else {
        mend_all(words->world);
    }
    return true;
}

/* members at a without w | with w: an operator there changes who votes */
static bool change_members(Words *words)
{
    const MemberId m = next_member(words);
    Command order = {.kind = COMMAND_MEMBERS, .wait = true, .to = MEMBER_NONE, .deadline = 10000};
    const bool with = next_is(words, "with");
    MemberSet set = 0;
    if (m == MEMBER_NONE || !is_server(words->world, m) || (!with && !next_is(words, "without"))) {
        return false;
    }
    while (words_left(words)) {
        set |= next_members(words);
    }
    *(with ? &order.with : &order.without) = set;
    words->world->operator.members_asked = words->world->now;
    process_command(words->world, m, &order);
    return set != 0;
}

/* members of b few: its network.conf names itself and who stands before it; read at its next start
 * | members of b all | members at ... */
static bool verb_members(Words *words)
{
    if (next_is(words, "at")) {
        return change_members(words);
    }
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    const bool few = next_is(words, "few");
    if (m == MEMBER_NONE || (!few && !next_is(words, "all"))) {
        return false;
    }
    words->world->process[m].members_named = few ? (uint8_t)(m + 1) : 0;
    return true;
}

/* quorum 2: so many acknowledge from now on, as if every agent had read new settings | quorum all */
static bool verb_quorum(Words *words)
{
    const bool all = next_is(words, "all");
    const uint32_t quorum = all ? 0 : next_count(words, 0);
    words->world->settings.quorum = (uint8_t)quorum;
    return all || quorum > 0;
}

/* command of b says broken|well|truth, hangs, or fences nobody: from now on */
static bool verb_command(Words *words)
{
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    if (m != MEMBER_NONE && next_is(words, "hangs")) {
        words->world->command_word[m] = COMMAND_HANGS;
        return true;
    }
    if (m != MEMBER_NONE && next_is(words, "fences") && next_is(words, "nobody")) {
        words->world->command_word[m] = COMMAND_FENCES_NOBODY;
        return true;
    }
    if (m == MEMBER_NONE || !next_is(words, "says")) {
        return false;
    }
    const bool broken = next_is(words, "broken");
    const bool well = !broken && next_is(words, "well");
    words->world->command_word[m] = broken ? COMMAND_SAYS_BROKEN
                                    : well ? COMMAND_SAYS_WELL
                                           : COMMAND_SAYS_TRUTH;
    return broken || well || next_is(words, "truth");
}

static bool verb_lose_any(Words *words)
{
    if (words_left(words) && str_is_digit(words->line->word[words->at][0])) {
        return lose_messages(words->world, next_count(words, 0));
    }
    return verb_lose(words);
}

/* What is said of something that was wrong, and is right from now on. */
static bool mends(const StoryLine *line)
{
    static const char *const words[] = {"works", "can", "quiet", "right", "truth"};
    for (uint8_t i = 1; i < line->count; i++) {
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++) {
            if (str_equal(line->word[i], words[j])) {
                return true;
            }
        }
    }
    return false;
}

bool story_fault(SimWorld *world, const StoryLine *line)
{
    /* What harms can cost a primary (I6). A trap does when it springs, a link that flaps whenever it is cut. A server that
     * is started or enabled, a voter that leaves, a standby that is kept apart, a wait that is cancelled cost none: where
     * one is lost after them, it was the fault before them. Nor do clocks that differ within what leases allow for, and
     * messages that are a little late, doubled or out of order. */
    static const struct {
        const char *word;
        Verb *verb;
        bool harms;
    } verbs[] = {
        {"cut", verb_cut, true},           {"heal", verb_heal, false},
        {"flap", verb_flap, false},        {"clog", verb_clog, true},
        {"delay", verb_delay, false},      {"lose", verb_lose_any, true},
        {"reorder", verb_reorder, false},  {"duplicate", verb_duplicate, false},
        {"kill", verb_kill, true},         {"freeze", verb_freeze, true},
        {"thaw", verb_thaw, false},        {"trap", verb_trap, false},
        {"boot", verb_boot, false},        {"start", verb_start, false},
        {"stop", verb_stop, true},         {"enable", verb_enable, false},
        {"switch", verb_switch, true},     {"detach", verb_detach, false},
        {"force", verb_force, true},       {"rejoin", verb_rejoin, false},
        {"disable", verb_disable, false},  {"clock", verb_clock, false},
        {"wall", verb_wall, false},        {"load", verb_load, false},
        {"cancel", verb_cancel, false},    {"attend", verb_attend, false},
        {"mend", verb_mend, false},        {"disk", verb_disk, true},
        {"instance", verb_instance, true}, {"put", verb_put, true},
        {"copy", verb_copy, false},        {"damage", verb_damage, true},
        {"old", verb_old, true},           {"backup", verb_backup, false},
        {"remove", verb_remove, true},     {"members", verb_members, false},
        {"quorum", verb_quorum, false},    {"init", verb_init, true},
        {"mark", verb_mark, true},         {"restore", verb_restore, true},
        {"command", verb_command, true},
    };
    Words words = {.world = world, .line = line, .at = 1};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (str_equal(line->word[0], verbs[i].word)) {
            world->checks.faults += verbs[i].harms && !mends(line);
            return verbs[i].verb(&words);
        }
    }
    return false;
}

/* seeds.c - a run drawn from its seed: a cluster, options, a time of trouble, and the demand that it comes back (I5).
 *
 * "Swarm": each seed takes some groups of faults and leaves the others out, so that one kind does not hide another.
 * What is drawn is a story, so it can be printed, shortened and kept. What the world can do but the protocol does not
 * promise to survive is not drawn; README.md says what, and why. */
#include "sim/story.h"

#include "base/assert.h"
#include "base/str.h"

#include <string.h>

#define PLOT_SEED   UINT64_C(0x706c6f74)
#define QUORUM_SEED UINT64_C(0x71756f72)
enum { FAULTS_MIN = 5, FAULTS_MAX = 22, TROUBLE = 45000000, SETTLES = 90000000 };

/* One fault: lines between ";". A letter stands for a member: m, n any, a, b servers, the same one all through the
 * fault; #t is a duration, #k a small number, #s a share of a thousand. */
typedef struct Group {
    const char *name;
    const char *const *fault;
    uint32_t count;
    uint32_t weight; /* against the other groups of a seed */
} Group;

static const char *const cuts[] = {
    "cut %m",
    "cut %m %n",
    "cut %m -> %n",
    "cut wal %a %b",
    "cut agents %m %n",
    "cut ring",
    "cut primary",
    "cut primary -> %n",
    "cut %n -> primary",
    "flap %m %n #t",
    "clog %m %n #t",
    "heal",
    "heal",
    "heal",
    "heal",
};
static const char *const loads[] = {
    "lose #s", "duplicate #s", "reorder #s", "delay 0.001 0.02", "delay 0.02 0.08", "heal",
};
static const char *const kills[] = {
    "kill agent %m",
    "kill agent %m",
    "kill instance %a",
    "kill instance %a",
    "kill host %m",
    "kill host %m",
    "kill instance %a unseen",
    "kill host %m; wait #t; boot all",
    "kill agent %a; kill instance %a",
};
static const char *const freezes[] = {
    "freeze instance %a; wait #t; thaw all",
    "freeze agent %m; wait #t; thaw all",
    "freeze host %m; wait #t; thaw all",
    "freeze host %m; wait #t; thaw all",
    "freeze host %m; wait #t; thaw all",
    "freeze host %m",
    "freeze agent %m",
    "thaw all",
};
static const char *const traps[] = {
    "trap %m before persist #k kill agent",
    "trap %m after persist #k kill agent",
    "trap %m before persist #k kill host",
    "trap %m after persist #k kill host",
    "trap %m before send #k kill agent",
    "trap %m after send #k kill agent",
    "trap %m after send #k kill host",
    "trap %m after persist #k freeze host; wait #t; thaw all",
    "trap %m after send #k freeze host; wait #t; thaw all",
    "trap %a after start 1 kill agent",
    "trap %a after names 1 kill agent",
    "trap %a after names 1 kill host",
    "trap %a after follow 1 kill agent",
    "trap %a after follow 1 kill instance",
    "trap %a before promote 1 kill host",
    "trap %a after promote 1 kill agent",
    "trap %a after promote 1 kill host",
    "trap %a after directory 1 kill host",
    "trap %a before gate 1 kill instance",
    "trap %a after gate 1 kill agent",
    "trap %a after stop 1 kill agent",
    "trap %a before stop 1 kill agent",
};
static const char *const disks[] = {
    "disk of %m full",
    "disk of %m hangs",
    "disk of %m slow 0.4",
    "disk of %m slow 0.05",
    "disk of %m fails #k",
    "disk of %m works",
    "disk of %m full; wait #t; disk of %m works",
    "disk of %m hangs; wait #t; disk of %m works",
};
static const char *const memories[] = {
    "kill agent %m; lose memory of %m safely",
    "kill agent %m; damage memory of %m safely",
    "disk of %m tears; kill agent %m",
    "copy memory of %m; wait #t; kill agent %m; old memory of %m safely",
    ("copy memory of %m; kill instance standby; wait 4; kill agent %m; "
     "old memory of %m unseen safely; wait 2; heal"),
    "kill host %m; lose memory of %m safely; wait #t; boot all",
};
static const char *const directories[] = {
    "copy directory %a; wait #t; kill host %a; put back directory %a safely; wait #t; boot all",
    "copy directory %a; wait #t; stop %a; wait 2; put back directory %a safely",
    "kill host %a; remove directory %a safely; wait #t; boot all",
};
/* A disk that lied about WAL costs a copy: with it goes nothing else that could cost the other one. */
static const char *const lies[] = {
    "kill host primary; lose wal of primary 3 safely; wait #t; boot all",
    "kill instance primary; lose wal of primary 3 safely",
    ("cut primary; wait 0.5; kill instance standby; wait 0.02; lose wal of standby 3 safely; "
     "wait 5; heal"),
};
static const char *const instances[] = {
    "instance %a calls",
    "instance %a receiver lags #t",
    "instance %a receiver returns",
    "instance %a checkpointer lags #t",
    "instance %a sender lags #t",
    "instance %a replay lags #t",
    "instance %a flush lags 0.2",
    "instance %a promotion lags #t",
    "instance %a promotes halfway",
    "instance %a promotes halfway; instance %a promotion lags #t",
    "instance %a skips timeline",
    "instance %a cannot start; wait #t; instance %a can start",
    "instance %a calls; instance %a cannot stop; wait #t; instance %a can stop",
    "instance %a calls; kill instance %a",
    "instance %a quiet",
};
/* What luck alone would hardly bring about: faults that matter only in this order and at these distances. Two servers
 * a and b, an arbiter w, and nothing else goes wrong. */
static const char *const plots[] = {
    "members of a few; kill agent a; wait #t; members of a all; kill agent a",
    "cut a b; wait 1.4; wait #t; cut a; wait 6; heal",
    "cut a b; wait 1.85; cut a w; kill agent w; wait 5; heal",
    "clog b a 0.5; clog w a 0.5; wait 2; wait #t; cut a -> b; cut a -> w; wait 6; heal",
    "cut a; freeze host a; wait 2; wait #t; thaw all; wait 3; heal",
    /* A standby that votes late on a consent. */
    "disk of b hangs; disk of a slow 0.2; wait 0.2; kill instance a; "
    "wait 4.5; wait #t; disk of b works",
    "disk of b hangs; disk of a slow 0.6; wait 0.2; kill instance a; wait 0.1; kill agent a; "
    "wait 1.4; wait #t; disk of b works",
    "instance a computes; instance a cannot stop; wait 0.1; kill instance a; "
    "wait 3; instance a can stop; instance a quiet",
    /* A growth that is chosen, and of which the primary does not hear. */
    "cut b; wait 2.6; heal; trap a before persist #k kill agent; "
    "wait 0.4; wait #t; cut a; wait 6; heal",
    "cut b; wait 2.6; heal; trap a after persist #k freeze host; wait 0.6; thaw all; "
    "wait 0.0005; lose 1000; wait 0.02; lose 0; wait 0.1; cut a; wait 6; heal",
    "cut b; wait 2.6; heal; trap a after persist #k freeze host; wait 0.45; cut wal a b; "
    "wait 1; thaw all; wait 0.0005; lose 1000; wait 0.02; lose 0; "
    "wait 1.5; kill host a; wait 6; heal",
    /* Settings that are written and not yet in force. */
    "cut b; wait 2.6; instance a checkpointer lags 2; wait 0.4; heal; "
    "wait 0.9; cut wal a b; wait 0.3; kill host a; wait 6; heal",
    "instance a checkpointer lags 2; kill host a; cut wal a b; wait 0.1; boot a; start a -f; "
    "wait 1; kill host a; wait 6; heal",
    /* Memory that only some can hand back, and a copy that only some can tell. */
    "cut b; wait 3.2; cut a; kill agent w; lose memory of w safely; heal b w; wait 8; heal",
    "cut b; copy memory of w; wait 3.2; cut a; kill agent w; old memory of w safely; heal b w; "
    "wait 8; heal",
    "disk of a slow 0.6; copy memory of w; cut a b; trap w before persist 3 kill host; "
    "wait 5; cut a; old memory of w unseen; boot w; start w; wait 6; heal",
    "cut b; wait 3; copy memory of a; heal; wait 2.5; kill host a; old memory of a unseen; "
    "wait 4; cut a; boot a; start a -f; wait 4; heal",
    /* Directories. */
    "copy directory b; wait 1.5; kill host b; kill host a; put back directory b; "
    "wait 0.1; boot b; start b -f; wait 8; boot a; start a -f",
    "kill host a; lose wal of a 3 safely; wait #t; boot a; start a -f; "
    "wait 8; kill host a; wait 6; boot a; start a -f",
};
/* The same with three servers and two arbiters, two standbys eligible. */
static const char *const wide_plots[] = {
    "cut c; wait 3; instance a sender lags 3; heal; wait 1; cut wal a c; wait 0.3; kill host a; "
    "cut b; wait 6; heal",
};
/* With three servers, an arbiter or more, two standbys eligible, and one of them to acknowledge each commit. */
static const char *const quorum_plots[] = {
    "freeze agent a; cut wal a c; wait 2; wait #t; thaw all; heal",
    "cut wal a b; wait 0.3; kill host a; kill host c; wait 6; boot all",
    /* One is to leave, or more are to acknowledge, while the other lacks something. */
    "cut wal a b; wait 0.3; stop c; wait #t; kill host a; wait 6; heal",
    "cut c; wait 2; wait #t; cut wal a b; wait 0.02; kill host a; wait 6; heal",
    "instance a checkpointer lags 3; instance a sender lags 3; quorum 2; wait 0.4; cut wal a c; "
    "wait 0.3; kill host a; kill host b; wait 8; boot all; heal",
};
static const char *const clocks[] = {
    "clock of %m fast 0.015", "clock of %m slow 0.015",     "clock of %m right",
    "wall of %m steps 7200",  "wall of %m steps 7200 back",
};
static const char *const operators[] = {
    "stop %a",
    "stop %a -a",
    "disable %a",
    "enable %a",
    "start %a -f",
    "start %m",
    "stop %a; wait #t; start %a -f",
};
static const char *const waits[] = {
    "cancel waits",
    "cancel waits",
    "cancel after 0.2",
    "cancel after 0",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
static const Group groups[] = {
    {"cuts", cuts, COUNT(cuts), 6},
    {"loads", loads, COUNT(loads), 2},
    {"kills", kills, COUNT(kills), 8},
    {"freezes", freezes, COUNT(freezes), 5},
    {"traps", traps, COUNT(traps), 5},
    {"disks", disks, COUNT(disks), 3},
    {"memories", memories, COUNT(memories), 3},
    {"directories", directories, COUNT(directories), 2},
    {"instances", instances, COUNT(instances), 5},
    {"clocks", clocks, COUNT(clocks), 2},
    {"operators", operators, COUNT(operators), 2},
    {"waits", waits, COUNT(waits), 2},
};
enum { GROUPS = COUNT(groups), KILLS = 2 };

/* --- filling a pattern in --------------------------------------------------------------------------- */

typedef struct Draw {
    Story *story;
    Prng *prng;
    char bound[4][MEMBER_NAME_SIZE]; /* what m, n, a and b stand for in this fault */
} Draw;

static void draw_member(Draw *draw, bool server, const char *not_this, char *ret)
{
    const Story *story = draw->story;
    const uint64_t luck = prng_below(draw->prng, 20);
    const char *name = luck < 8 ? "primary" : luck < 12 ? "standby" : "";
    while (name[0] == '\0' || str_equal(name, not_this)) {
        const Member *member = &story->members.member[prng_below(draw->prng, story->members.count)];
        name = !server || member->kind == MEMBER_SERVER ? member->name : "";
    }
    (void)str_copy(ret, MEMBER_NAME_SIZE, name);
}

static const char *member_word(Draw *draw, char letter)
{
    static const char letters[] = "mnab";
    const size_t at = (size_t)(strchr(letters, letter) - letters);
    assert(at < 4);
    char *name = draw->bound[at];
    if (name[0] == '\0') {
        const char *other = draw->bound[at ^ 1];
        draw_member(draw, letter == 'a' || letter == 'b', other, name);
    }
    return name;
}

/* Mostly short: what matters happens within a round, or within a detection time. */
static void draw_duration(Draw *draw, char *ret, size_t size)
{
    const int64_t longest = prng_chance(draw->prng, 1, 2) ? 300000 : 6000000;
    const int64_t micros = prng_between(draw->prng, 1000, longest);
    (void)str_format(ret, size, "%lld.%06lld", (long long)(micros / 1000000),
                     (long long)(micros % 1000000));
}

static void add_word(Draw *draw, StoryLine *line, const char *word)
{
    assert(line->count < STORY_WORDS_MAX);
    char *to = line->word[line->count++];
    const size_t size = sizeof line->word[0];
    if (word[0] == '%') {
        (void)str_copy(to, size, member_word(draw, word[1]));
    } else if (str_equal(word, "#t")) {
        draw_duration(draw, to, size);
    } else if (word[0] == '#') {
        const bool small = word[1] == 'k';
        (void)str_format(to, size, "%lld",
                         (long long)prng_between(draw->prng, small ? 1 : 30, small ? 8 : 350));
    } else {
        (void)str_copy(to, size, word);
    }
}

static void add_words(Draw *draw, const char *text, size_t length, StoryLine *line)
{
    const char *end = text + length;
    while (text < end) {
        char word[40];
        const size_t size = strcspn(text, " ;");
        if (size > 0) {
            (void)str_copy_bytes(word, sizeof word, text, size);
            add_word(draw, line, word);
        }
        text += size + 1;
    }
}

/* Adds the lines of one fault; returns how long it takes. */
static Micros add_fault(Draw *draw, Micros at, const char *text)
{
    const Micros began = at;
    memset(draw->bound, 0, sizeof draw->bound);
    while (*text != '\0') {
        const size_t length = strcspn(text, ";");
        StoryLine line = {.at = at};
        add_words(draw, text, length, &line);
        text += length + (text[length] == ';' ? 1 : 0);
        Micros pause = 0;
        if (str_equal(line.word[0], "wait")) {
            (void)story_number(line.word[1], &pause);
            at += pause;
        } else if (at < TROUBLE && draw->story->fault_count + 8 < STORY_LINES_MAX) {
            line.number = draw->story->fault_count + 1;
            draw->story->fault[draw->story->fault_count++] = line;
        }
    }
    return at - began;
}

/* --- a cluster and its options ---------------------------------------------------------------------- */

static void add_members(Story *story, Prng *prng)
{
    /* Mostly two servers and an arbiter. */
    static const struct {
        uint8_t servers, arbiters, weight;
    } shapes[] = {{2, 1, 10}, {3, 0, 4}, {3, 1, 2}, {2, 0, 1}, {2, 2, 1}, {2, 3, 1},
                  {3, 2, 1},  {4, 0, 1}, {4, 1, 1}, {5, 0, 1}, {5, 2, 1}, {7, 0, 1}};
    uint64_t luck = prng_below(prng, 25);
    size_t shape = 0;
    while (luck >= shapes[shape].weight) {
        luck -= shapes[shape++].weight;
    }
    int64_t servers = shapes[shape].servers;
    int64_t arbiters = shapes[shape].arbiters;
    Prng any = prng_seed(~story->seed);
    if (prng_chance(&any, 1, 25)) { /* now and then whatever there may be */
        servers = prng_between(&any, 2, SERVERS_MAX);
        arbiters = prng_between(&any, 0, ARBITERS_MAX);
    }
    for (int64_t i = 0; i < servers + arbiters; i++) {
        Member *member = &story->members.member[story->members.count++];
        const bool server = i < servers;
        member->name[0] = (char)(server ? 'a' + i : 'w' + i - servers);
        member->kind = server ? MEMBER_SERVER : MEMBER_ARBITER;
    }
    story->eligible_max = (uint8_t)prng_between(prng, 1, servers - 1);
}

static void draw_load(Story *story, Prng *prng)
{
    static const Micros thinks[][2] = {{2000, 8000}, {10000, 40000}, {40000, 120000}};
    const uint64_t luck = prng_below(prng, 10);
    const int which = luck < 1 ? 0 : luck < 6 ? 1 : 2;
    story->think_min = thinks[which][0];
    story->think_max = thinks[which][1];
}

/* Which groups this seed has; at least one that hurts. */
static uint32_t draw_groups(Prng *prng, bool *ret_chosen)
{
    uint32_t sum = 0;
    for (uint32_t g = 0; g < GROUPS; g++) {
        ret_chosen[g] = prng_chance(prng, 1, 2);
        sum += ret_chosen[g] ? groups[g].weight : 0;
    }
    if (sum < 6) {
        ret_chosen[KILLS] = true;
        sum += groups[KILLS].weight;
    }
    return sum;
}

static uint64_t drawn[GROUPS]; /* for the summary alone */

uint32_t seeds_groups(void)
{
    return GROUPS;
}

const char *seeds_group_name(uint32_t group)
{
    return groups[group].name;
}

uint64_t seeds_group_drawn(uint32_t group)
{
    return drawn[group];
}

static const char *draw_fault(Prng *prng, const bool *chosen, uint32_t sum)
{
    uint64_t luck = prng_below(prng, sum);
    for (uint32_t g = 0; g < GROUPS; g++) {
        if (!chosen[g]) {
            continue;
        }
        if (luck < groups[g].weight) {
            drawn[g]++;
            return groups[g].fault[prng_below(prng, groups[g].count)];
        }
        luck -= groups[g].weight;
    }
    assert(false);
    return NULL;
}

static void add_text(Draw *draw, Micros at, const char *text)
{
    StoryLine *line = &draw->story->fault[draw->story->fault_count++];
    *line = (StoryLine){.at = at, .number = draw->story->fault_count};
    add_words(draw, text, strlen(text), line);
}

/* Faults overlap: while one waits for its second half the next may begin. */
static void by_time(Story *story)
{
    for (uint32_t i = 1; i < story->fault_count; i++) {
        const StoryLine line = story->fault[i];
        uint32_t to = i;
        for (; to > 0 && story->fault[to - 1].at > line.at; to--) {
            story->fault[to] = story->fault[to - 1];
        }
        story->fault[to] = line;
    }
}

static void add_lie(Draw *draw)
{
    const Micros at = prng_between(draw->prng, 100000, 15000000);
    (void)add_fault(draw, prng_between(draw->prng, 0, at), waits[prng_below(draw->prng, 4)]);
    (void)add_fault(draw, at, lies[prng_below(draw->prng, COUNT(lies))]);
    by_time(draw->story);
}

/* Drawn from a generator of its own, so that no other run is a different one for it. */
static bool add_plot(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ PLOT_SEED);
    Draw draw = {.story = story, .prng = &prng};
    const uint8_t count = story->members.count;
    const bool usual = count == 3 && story->members.member[2].kind == MEMBER_ARBITER;
    const bool wide =
        count == 5 && story->members.member[3].kind == MEMBER_ARBITER && story->eligible_max == 2;
    if ((!usual && !wide) || !prng_chance(&prng, 1, 12)) {
        return false;
    }
    const Micros at = prng_between(&prng, 500000, 5000000);
    story->automatic = true;
    add_text(&draw, 0, "attend 8 -f");
    (void)add_fault(&draw, at,
                    usual ? plots[prng_below(&prng, COUNT(plots))]
                          : wide_plots[prng_below(&prng, COUNT(wide_plots))]);
    by_time(story);
    return true;
}

/* One of two acknowledges, of three servers. */
static bool add_quorum_plot(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ QUORUM_SEED ^ PLOT_SEED);
    Draw draw = {.story = story, .prng = &prng};
    const MemberTable *members = &story->members;
    const bool fits = members->count > 3 && members->member[2].kind == MEMBER_SERVER &&
                      members->member[3].kind == MEMBER_ARBITER && story->eligible_max == 2;
    if (!fits || !prng_chance(&prng, 1, 6)) {
        return false;
    }
    story->automatic = true;
    story->quorum = 1;
    add_text(&draw, 0, "attend 8 -f");
    (void)add_fault(&draw, prng_between(&prng, 500000, 5000000),
                    quorum_plots[prng_below(&prng, COUNT(quorum_plots))]);
    by_time(story);
    return true;
}

static void add_trouble(Draw *draw)
{
    bool chosen[GROUPS];
    Prng *prng = draw->prng;
    const uint32_t sum = draw_groups(prng, chosen);
    const int64_t count = prng_between(prng, FAULTS_MIN, FAULTS_MAX);
    Micros at = 200000;
    if (prng_chance(prng, 3, 4)) {
        add_text(draw, 0, draw->story->automatic ? "attend 2.5 -f" : "attend 2.5");
    }
    for (int64_t i = 0; i < count && at < TROUBLE; i++) {
        const bool quick = prng_chance(prng, 1, 3);
        at += prng_between(prng, 0, quick ? 60000 : 4000000);
        const Micros takes = add_fault(draw, at, draw_fault(prng, chosen, sum));
        at += prng_chance(prng, 1, 2) ? takes : 0;
    }
    by_time(draw->story);
}

/* How many of the eligible acknowledge, and now and then another number; from a generator of its own, too. */
static void add_quorum(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ QUORUM_SEED);
    Draw draw = {.story = story, .prng = &prng};
    if (story->eligible_max < 2 || !prng_chance(&prng, 2, 3)) {
        return;
    }
    story->quorum = (uint8_t)prng_between(&prng, 1, story->eligible_max - 1);
    const int64_t changes = prng_chance(&prng, 1, 3) ? prng_between(&prng, 1, 4) : 0;
    for (int64_t i = 0; i < changes; i++) {
        char text[40];
        (void)str_format(text, sizeof text, "quorum %lld",
                         (long long)prng_between(&prng, 1, story->eligible_max));
        add_text(&draw, prng_between(&prng, 100000, TROUBLE - 5000000), text);
    }
    by_time(story);
}

void seeds_story(uint64_t seed, Story *ret)
{
    Prng prng = prng_seed(seed);
    memset(ret, 0, sizeof *ret);
    (void)str_format(ret->path, sizeof ret->path, "seed %llu", (unsigned long long)seed);
    ret->seed = seed;
    add_members(ret, &prng);
    ret->automatic = prng_chance(&prng, 14, 15);
    ret->begin = BEGIN_SWITCHABLE;
    ret->lasts = TROUBLE;
    ret->settles = SETTLES;
    draw_load(ret, &prng);
    Draw draw = {.story = ret, .prng = &prng};
    const bool lies_too = prng_chance(&prng, 1, 15);
    const bool plotted = add_plot(ret, seed) || add_quorum_plot(ret, seed);
    if (!plotted && lies_too) {
        add_lie(&draw);
    } else if (!plotted) {
        add_trouble(&draw);
    }
    if (!plotted) {
        add_quorum(ret, seed);
    }
    add_text(&draw, TROUBLE - 1, prng_chance(&prng, 1, 4) ? "mend core" : "mend");
    add_text(&draw, TROUBLE - 1, "attend 3 -f");
}

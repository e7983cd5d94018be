/* seeds.c - a run drawn from its seed: a cluster, options, a time of trouble, and the demand that it comes back (I5).
 *
 * "Swarm": each seed takes some groups of faults and leaves the others out, so that one kind does not hide another.
 * What is drawn is a story, so it can be printed, shortened and kept. What the world can do but the protocol does not
 * promise to survive is not drawn; README.md says what, and why. */
#include "sim/combined.h"
#include "sim/durations.h"
#include "sim/plots.h"
#include "sim/story.h"

#include "base/assert.h"
#include "base/str.h"

#include <string.h>

/* Seeds from here on draw more than those below it, which go on drawing what they drew: those that are kept for what they
 * show (rules.txt, test/mutation) are below, or of the third mix; those that have failed once (seeds.txt) are of any. tools/sim.py begins above it, for its numbers are made of the date. */
#define SECOND_MIX (UINT64_C(1) << 32)
/* And from here on the words of several operators (combined.c), or a plot of the second list. No number that is made of a date
 * or of sources comes here. */
#define THIRD_MIX (UINT64_C(1) << 60)

#define PLOT_SEED    UINT64_C(0x706c6f74)
#define QUORUM_SEED  UINT64_C(0x71756f72)
#define WORD_SEED    UINT64_C(0x776f7264)
#define FORCE_SEED   UINT64_C(0x666f7263)
#define MEMBERS_SEED UINT64_C(0x6d656d62)
#define FENCE_SEED \
    UINT64_C(0x6668278a) /* draws none of the seeds that were kept before there was fencing */
#define COMBINED_SEED  UINT64_C(0x636f6d62)
#define RARE_SEED      UINT64_C(0x72617265)
#define CALM_SEED      UINT64_C(0x63616c6d)
#define DURATIONS_SEED UINT64_C(0x64757261)
enum {
    FAULTS_MIN = 5,
    FAULTS_MAX = 22,
    TROUBLE = 45000000,
    SETTLES = 90000000,
    RING_MIN = 4,    /* of two or three members everybody is beside everybody */
    BEGUN = 3500000, /* by then every voter of a cluster that begins has its memory */
};

/* One fault: lines between ";". A letter stands for a member: m, n any, a, b servers, the same one all through the
 * fault; #t is a duration, #j a short one, #i a shorter one, #k a small number, #s a share of a thousand. */
typedef struct Group {
    const char *name;
    const char *const *fault;
    uint32_t count;
    uint32_t weight;         /* against the other groups of a seed */
    const char *const *more; /* what the second mix has besides */
    uint32_t more_count;
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
static const char *const more_traps[] = {
    "trap %m before persist #k freeze agent; wait #t; thaw all",
    "trap %m after persist #k freeze agent; wait #t; thaw all",
    "trap %m before send #k freeze agent; wait #t; thaw all",
    "trap %m after send #k freeze host; wait #t; thaw all",
    "trap %a after gate 1 freeze agent; wait #t; thaw all",
    "trap %a after gate 1 freeze instance; wait #t; thaw all",
    "trap %a before names 1 freeze instance; wait #t; thaw all",
    "trap %a after names 1 freeze agent; wait #t; thaw all",
    "trap %a after follow 1 freeze instance; wait #t; thaw all",
    "trap %a before promote 1 freeze agent; wait #t; thaw all",
    "trap %a before promote 1 freeze instance; wait #t; thaw all",
    "trap %a after promote 1 freeze host; wait #t; thaw all",
    "trap %a before stop 1 freeze agent; wait #t; thaw all",
    "trap %a after start 1 freeze instance; wait #t; thaw all",
    "trap %a before checkpoint 1 kill agent",
    "trap %a before checkpoint 1 kill host; wait #t; boot all",
    "trap %a after checkpoint 1 kill agent",
    "trap %a after checkpoint 1 freeze agent; wait #t; thaw all",
    "trap %a before rejoin 1 kill agent",
    "trap %a before rejoin 1 freeze host; wait #t; thaw all",
    "trap %a after rejoin 1 kill agent",
    "trap %a after rejoin 1 kill host; wait #t; boot all",
    "trap %m before run 1 kill agent",
    "trap %m after run 1 kill agent",
    "trap %m after run 1 kill host; wait #t; boot all",
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
/* Of the data directory. */
static const char *const more_disks[] = {
    "instance %a disk full; wait #t; instance %a disk works",
    "instance %a disk full; wait #t; instance %a disk works",
    "instance primary disk full; wait 4; wait #t; instance %a disk works",
    "instance standby disk full; wait #t; kill instance primary",
    "instance %a disk full",
    "instance %a disk works",
    "instance %a disk fails",
    "instance %a disk fails; stop %a; wait #t; start %a",
    "instance %a disk fails; kill instance %b",
};
static const char *const memories[] = {
    "kill agent %m; lose memory of %m safely",
    "kill agent %m; damage memory of %m safely",
    "disk of %m tears; kill agent %m",
    "copy memory of %m; wait #t; kill agent %m; old memory of %m safely",
    ("copy memory of %m; kill instance standby; wait 4; kill host %m; "
     "old memory of %m unseen safely; boot all; wait 2; heal"),
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
    "instance %a receiver outlives",
    "instance %a checkpointer lags #t",
    "instance %a sender lags #t",
    "instance %a replay lags #t",
    "instance %a flush lags 0.2",
    "instance %a promotion lags #t",
    "instance %a promotes halfway",
    "instance %a promotes halfway; instance %a promotion lags #t",
    "instance %a skips timeline",
    "instance %a cannot start; wait #t; instance %a can start",
    "instance %a cannot start; kill instance %a; wait 4; wait #t; instance %a can start",
    "instance %a calls; instance %a cannot stop; wait #t; instance %a can stop",
    "instance %a calls; kill instance %a",
    "instance %a quiet",
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
    "stop %a --mc-only",
    "stop %a -a --mc-only; wait #t; start %a -f",
    "stop %a; wait #t; start %a --mc-only; wait #t; start %a -f",
    "switch %a",
    "switch %a %b",
    "instance %a promoted by hand",
    "instance %a feeds stranger of %b",
};
static const char *const more_operators[] = {
    "rejoin %a",
    "kill host %a; wait #t; boot all; start %a -f; wait #t; rejoin %a",
    "cut %a; wait #t; heal; rejoin %a",
};
static const char *const waits[] = {
    "cancel waits",
    "cancel waits",
    "cancel after 0.2",
    "cancel after 0",
};

/* An operator's word about one server (add_word_of_operator): a and b are servers by name here. */
static const char *const keeps_apart[] = {
    "detach %b %a; wait #t; start %a",
    "detach %b %a; wait #t; kill instance %b; wait #t; start %a",
    "detach %a %a; wait #t; kill host %b; wait #t; boot all; start %b; wait #t; start %a",
    "detach %b %a; wait #j; kill agent %a; wait #t; detach primary %b; wait #t; start %a; start %b",
};
/* Or about who votes (E4). */
static const char *const changes_members[] = {
    "members at primary without %m; wait #t; members at primary with %m",
    "members at primary without %m; wait #j; members at primary with %m",
    "kill host %m; wait #t; members at primary without %m; wait #t; boot all",
    "cut %m; wait #t; members at primary without %m; wait #t; heal; members at primary with %m",
    "detach primary %b; wait #t; members at primary without %b; wait #t; members at primary with "
    "%b",
    "detach primary %b; wait 1; wait #j; members at primary without %b; wait #t; kill agent %m; "
    "lose "
    "memory of %m safely; wait #t; members at primary with %b",
    "members at primary without %m; wait #j; kill agent primary; wait #t; members at primary with "
    "%m",
    "members at primary without %m; wait #i; cut primary; wait #t; heal",
    "members at %a without %m; wait #t; members at %b with %m; wait #i; kill host primary",
    "members at primary without %m %n; wait #t; cut %b; wait #j; members at primary with %m; heal",
};
static const char *const recoveries[] = {
    "kill host %a; wait #t; boot all; restore directory %a safely; start %a -f",
    "kill host %a; wait #t; boot all; restore directory %a without #k safely; start %a -f",
    ("kill host %a; kill host %b; wait #j; boot all; restore directory %a without #s safely; "
     "start %a -f; wait #t; start %b -f"),
    ("kill host %a; kill host %b; wait #t; boot all; restore directory %a without #k safely; "
     "start %b -f; wait #t; start %a -f"),
    ("kill host %a; kill host %b; wait #j; boot all; restore directory %a from %b without #k "
     "safely; "
     "remove directory %b safely; start %b -f; wait #t; start %a -f"),
    "stop %a; wait 1; wait #t; restore directory %a without #k safely; start %a -f",
    ("kill host %a; wait #j; boot all; restore directory %a safely; start %a -f; wait #j; "
     "kill host %a; wait #t; boot all; start %a -f"),
    ("cut %b; wait #t; kill host %a; boot all; restore directory %a from %b without #k safely; "
     "start %a -f; wait #t; heal"),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
static const Group groups[] = {
    {"cuts", cuts, COUNT(cuts), 6},
    {"loads", loads, COUNT(loads), 2},
    {"kills", kills, COUNT(kills), 8},
    {"freezes", freezes, COUNT(freezes), 5},
    {"traps", traps, COUNT(traps), 5, more_traps, COUNT(more_traps)},
    {"disks", disks, COUNT(disks), 3, more_disks, COUNT(more_disks)},
    {"memories", memories, COUNT(memories), 3},
    {"directories", directories, COUNT(directories), 2},
    {"instances", instances, COUNT(instances), 5},
    {"clocks", clocks, COUNT(clocks), 2},
    {"operators", operators, COUNT(operators), 2, more_operators, COUNT(more_operators)},
    {"waits", waits, COUNT(waits), 2},
};
enum { GROUPS = COUNT(groups), LOADS = 1, KILLS = 2 };

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
static void draw_duration(Draw *draw, char kind, char *ret, size_t size)
{
    int64_t longest = kind == 'i' ? 10000 : 100000;
    if (kind == 't') {
        longest = prng_chance(draw->prng, 1, 2) ? 300000 : 6000000;
    }
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
    } else if (word[0] == '#' && strchr("tji", word[1]) != NULL) {
        draw_duration(draw, word[1], to, size);
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

/* Adds the lines of one fault about members of whom some may be bound already; returns how long it takes. */
static Micros add_fault_bound(Draw *draw, Micros at, const char *text)
{
    const Micros began = at;
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

static Micros add_fault(Draw *draw, Micros at, const char *text)
{
    memset(draw->bound, 0, sizeof draw->bound);
    return add_fault_bound(draw, at, text);
}

/* --- a cluster and its options ---------------------------------------------------------------------- */

static void name_members(Story *story, int64_t servers, int64_t arbiters)
{
    for (int64_t i = 0; i < servers + arbiters; i++) {
        Member *member = &story->members.member[story->members.count++];
        const bool server = i < servers;
        member->name[0] = (char)(server ? 'a' + i : 'w' + i - servers);
        member->kind = server ? MEMBER_SERVER : MEMBER_ARBITER;
    }
}

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
    name_members(story, servers, arbiters);
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

unsigned seeds_mix(uint64_t seed)
{
    return seed >= THIRD_MIX ? 3 : seed >= SECOND_MIX ? 2 : 1;
}

static const char *draw_of_group(Draw *draw, const Group *group)
{
    const bool second = seeds_mix(draw->story->seed) == 2;
    const uint32_t count = group->count + (second ? group->more_count : 0);
    const char *fault = NULL;
    do {
        const uint64_t at = prng_below(draw->prng, count);
        fault = at < group->count ? group->fault[at] : group->more[at - group->count];
    } while (second && draw->story->members.count < RING_MIN && str_equal(fault, "cut ring"));
    return fault;
}

static const char *draw_fault(Draw *draw, const bool *chosen, uint32_t sum)
{
    uint64_t luck = prng_below(draw->prng, sum);
    for (uint32_t g = 0; g < GROUPS; g++) {
        if (!chosen[g]) {
            continue;
        }
        if (luck < groups[g].weight) {
            drawn[g]++;
            return draw_of_group(draw, &groups[g]);
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

static void take_shape(Story *story, const PlotShape *shape)
{
    memset(&story->members, 0, sizeof story->members);
    name_members(story, shape->servers, shape->arbiters);
    story->eligible_max = shape->eligible;
    story->begin = shape->begin;
    story->automatic = !shape->unattended;
    story->quorum = shape->quorum;
    story->silence = shape->arbiters == 0 ? SILENCE_COMMAND : SILENCE_REPORT;
}

/* Drawn from a generator of its own, so that no other run is a different one for it. */
static const Plot *draw_plot(uint64_t seed, Prng *ret)
{
    *ret = prng_seed(seed ^ PLOT_SEED);
    return prng_chance(ret, 1, 6) ? plots_draw(ret) : NULL;
}

bool seeds_is_plot(uint64_t seed)
{
    Prng prng;
    return draw_plot(seed, &prng) != NULL;
}

static void add_faults_of_plot(Story *story, const Plot *plot, Prng *prng)
{
    Draw draw = {.story = story, .prng = prng};
    take_shape(story, plot->shape);
    const Micros at = prng_between(prng, 500000, 5000000);
    const Micros takes = add_fault(&draw, at, plot->faults);
    add_text(&draw, at + takes, story->automatic ? "attend 4 -f" : "attend 4");
    if (at + takes >= story->lasts) { /* what comes to an end comes before the end */
        story->lasts = at + takes + 1000000;
    }
    by_time(story);
}

static bool add_plot(Story *story, uint64_t seed)
{
    Prng prng;
    const Plot *plot = draw_plot(seed, &prng);
    if (plot != NULL) {
        add_faults_of_plot(story, plot, &prng);
    }
    return plot != NULL;
}

/* In one run of four of the third mix; from a generator of its own, too. */
static bool add_rare_plot(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ RARE_SEED);
    if (!prng_chance(&prng, 1, 4)) {
        return false;
    }
    add_faults_of_plot(story, plots_draw_rare(&prng), &prng);
    return true;
}

static void add_trouble(Draw *draw)
{
    bool chosen[GROUPS];
    Prng *prng = draw->prng;
    const uint32_t sum = draw_groups(prng, chosen);
    for (uint32_t g = 0; g < GROUPS; g++) {
        draw->story->groups |= (uint32_t)chosen[g] << g;
    }
    const int64_t count = prng_between(prng, FAULTS_MIN, FAULTS_MAX);
    const bool begins = draw->story->begin == BEGIN_EMPTY;
    Micros at = begins ? BEGUN : 200000;
    if (begins) {
        add_text(draw, 0, "load on");
    }
    if (begins || prng_chance(prng, 3, 4)) {
        add_text(draw, 0, draw->story->automatic ? "attend 2.5 -f" : "attend 2.5");
    }
    for (int64_t i = 0; i < count && at < TROUBLE; i++) {
        const bool quick = prng_chance(prng, 1, 3);
        at += prng_between(prng, 0, quick ? 60000 : 4000000);
        const Micros takes = add_fault(draw, at, draw_fault(draw, chosen, sum));
        at += prng_chance(prng, 1, 2) ? takes : 0;
    }
    by_time(draw->story);
}

/* What hurts nobody: without more than that the primary must stay whoever it is (I6). */
static bool add_calm(Story *story, uint64_t seed)
{
    static const char *const harmless[] = {
        "clock of %m fast 0.015",
        "clock of %m slow 0.015",
        "clock of %m right",
        "wall of %m steps 7200",
        "wall of %m steps 7200 back",
        "delay 0.001 0.02",
        "duplicate #s",
        "reorder #s",
        "heal",
        "cancel waits",
        "cancel after 0.2",
        "load off; wait #t; load on",
        "copy directory %a",
        "copy memory of %m",
        "delay 0.02 0.08",
        "detach %a %b; wait #t; start %b",
        "disable %a; wait #t; enable %b",
        "members at primary without %m; wait #t; members at primary with %m",
        "members at %a without %m; wait #t; members at %b with %m",
        "start %a -f",
    };
    Prng prng = prng_seed(seed ^ CALM_SEED);
    Draw draw = {.story = story, .prng = &prng};
    if (!prng_chance(&prng, 1, 50)) {
        return false;
    }
    if (story->begin == BEGIN_EMPTY) {
        add_text(&draw, 0, "load on");
    }
    const int64_t count = prng_between(&prng, 0, FAULTS_MAX / 2);
    for (int64_t i = 0; i < count; i++) {
        (void)add_fault(&draw, prng_between(&prng, 500000, TROUBLE - 7000000),
                        harmless[prng_below(&prng, COUNT(harmless))]);
    }
    by_time(story);
    return true;
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

/* a and b are two servers by name: who is primary or standby may change while the fault lasts. The first is mostly a, who
 * begins as the primary. */
static void bind_servers(Draw *draw, uint64_t servers)
{
    assert(servers >= 2);
    const uint64_t a = prng_chance(draw->prng, 1, 2) ? 0 : prng_below(draw->prng, servers);
    const uint64_t b = (a + 1 + prng_below(draw->prng, servers - 1)) % servers;
    memset(draw->bound, 0, sizeof draw->bound);
    draw->bound[2][0] = (char)('a' + a);
    draw->bound[3][0] = (char)('a' + b);
}

static uint64_t servers_of(const Story *story)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < story->members.count; i++) {
        count += story->members.member[i].kind == MEMBER_SERVER;
    }
    return count;
}

/* An operator keeps a standby apart, or recovers a server from a backup that was made before; from a generator of its
 * own, too. */
static void add_word_of_operator(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ WORD_SEED);
    Draw draw = {.story = story, .prng = &prng};
    if (story->begin == BEGIN_EMPTY || !prng_chance(&prng, 1, 10)) {
        return;
    }
    bind_servers(&draw, servers_of(story));
    const Micros latest = TROUBLE - 20000000;
    if (prng_chance(&prng, 1, 2)) {
        (void)add_fault_bound(&draw, prng_between(&prng, 500000, latest),
                              keeps_apart[prng_below(&prng, COUNT(keeps_apart))]);
    } else {
        const Micros backup = prng_between(&prng, 300000, latest);
        (void)add_fault_bound(&draw, backup, "copy directory %a");
        (void)add_fault_bound(&draw, prng_between(&prng, backup + 100000, latest + 1000000),
                              recoveries[prng_below(&prng, COUNT(recoveries))]);
    }
    by_time(story);
}

/* Now and then an operator tries to force a server, mostly in vain; from a generator of its own, too. */
static void add_force(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ FORCE_SEED);
    Draw draw = {.story = story, .prng = &prng};
    const int64_t count = prng_chance(&prng, 1, 12) ? prng_between(&prng, 1, 3) : 0;
    for (int64_t i = 0; i < count; i++) {
        (void)add_fault(&draw, prng_between(&prng, 3000000, TROUBLE - 5000000), "force %a");
    }
    by_time(story);
}

/* In one run of eight an operator changes who votes, in the middle of whatever else there is. */
static void add_change_of_members(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ MEMBERS_SEED);
    Draw draw = {.story = story, .prng = &prng};
    if (story->begin == BEGIN_EMPTY || !prng_chance(&prng, 1, 8)) {
        return;
    }
    const int64_t count = prng_between(&prng, 1, 6);
    for (int64_t i = 0; i < count; i++) {
        (void)add_fault(&draw, prng_between(&prng, 500000, TROUBLE - 5000000),
                        changes_members[prng_below(&prng, COUNT(changes_members))]);
    }
    by_time(story);
}

/* In one run of twelve arbiters have a fencing command, which succeeds, fails or hangs; from a generator of its own, too. */
static void add_fencing(Story *story, uint64_t seed)
{
    static const char *const words[] = {"command of w says truth", "command of w says well",
                                        "command of w says well", "command of w hangs"};
    Prng prng = prng_seed(seed ^ FENCE_SEED);
    Draw draw = {.story = story, .prng = &prng};
    if (!prng_chance(&prng, 1, 12) || servers_of(story) == story->members.count) {
        return;
    }
    story->fencing = true;
    const int64_t count = prng_between(&prng, 0, 3);
    for (int64_t i = 0; i < count && story->fault_count + 8 < STORY_LINES_MAX; i++) {
        add_text(&draw, prng_between(&prng, 1, TROUBLE - 5000000),
                 words[prng_below(&prng, COUNT(words))]);
    }
    by_time(story);
}

/* Plots and lies count on the usual ones. Where one message in three may be lost, a lease that survives the loss of one heartbeat
 * alone is out every few seconds, and each time for a fault of its own that nobody counts (I6). */
static void add_durations(Story *story, uint64_t seed)
{
    const bool lossy = (story->groups >> LOADS & 1) != 0;
    Prng prng = prng_seed(seed ^ DURATIONS_SEED);
    if (prng_chance(&prng, 1, 3)) {
        const int64_t which = prng_between(&prng, 1, (int64_t)durations_count() - 1);
        const bool frail = lossy && durations_at((size_t)which)->heartbeat_retry < 2;
        story->durations = frail ? 0 : (uint8_t)which;
    }
}

/* Returns when it ends. */
static Micros add_step(Draw *draw, const CombinedStep *step, Micros ended)
{
    const Micros at = step->after && step->at < ended ? ended : step->at;
    if (step->by_name) {
        bind_servers(draw, servers_of(draw->story));
        return at + add_fault_bound(draw, at, step->faults);
    }
    return at + add_fault(draw, at, step->faults);
}

static void add_backups(Draw *draw, const Combined *combined)
{
    for (uint8_t m = 0; m < combined->shape.servers; m++) {
        char text[40];
        (void)str_format(text, sizeof text, "copy directory %c", 'a' + m);
        if (combined->copied[m] != 0) {
            add_text(draw, combined->copied[m], text);
        }
    }
}

/* Several words of operators meet, and there is hardly anything else (combined.c). */
static void add_combined(Story *story, uint64_t seed)
{
    Prng prng = prng_seed(seed ^ COMBINED_SEED);
    Draw draw = {.story = story, .prng = &prng};
    Combined combined;
    combined_draw(&prng, TROUBLE, &combined);
    take_shape(story, &combined.shape);
    story->silence = story->members.count == 2 ? SILENCE_COMMAND : SILENCE_REPORT;
    story->fencing = combined.fencing;
    if (combined.attended) {
        add_text(&draw, 0, story->automatic ? "attend 2.5 -f" : "attend 2.5");
    }
    add_backups(&draw, &combined);
    Micros ended = 0;
    for (uint32_t i = 0; i < combined.count; i++) {
        ended = add_step(&draw, &combined.step[i], ended);
    }
    by_time(story);
}

/* A plot, a lie with what goes beside it, or trouble with the words of operators. */
static void add_all_trouble(Draw *draw, uint64_t seed)
{
    Story *story = draw->story;
    const bool lies_too = prng_chance(draw->prng, 1, 15);
    if (add_plot(story, seed)) {
        return;
    }
    const bool lied_to = lies_too && story->begin == BEGIN_SWITCHABLE;
    if (lied_to) {
        add_lie(draw);
    } else {
        add_trouble(draw);
        if (seeds_mix(seed) == 2) {
            add_durations(story, seed);
        }
    }
    add_quorum(story, seed);
    /* A lie costs a copy: no other one is taken away by a word. */
    if (!lied_to) {
        add_word_of_operator(story, seed);
        add_force(story, seed);
        add_change_of_members(story, seed);
    }
    add_fencing(story, seed);
}

void seeds_story(uint64_t seed, Story *ret)
{
    Prng prng = prng_seed(seed);
    memset(ret, 0, sizeof *ret);
    (void)str_format(ret->path, sizeof ret->path, "seed %llu", (unsigned long long)seed);
    ret->seed = seed;
    if (seed % 4 == 2) { /* not drawn: what the others draw stays what it was */
        ret->rejoin = seed % 8 == 2 ? REJOIN_BY_REWIND : REJOIN_BY_COPY;
    }
    add_members(ret, &prng);
    if (ret->members.count == 2 && seed % 2 == 0) {
        ret->silence = SILENCE_COMMAND;
    }
    ret->automatic = prng_chance(&prng, 14, 15);
    ret->begin = prng_chance(&prng, 1, 30) ? BEGIN_EMPTY : BEGIN_SWITCHABLE;
    ret->lasts = TROUBLE;
    ret->settles = SETTLES;
    draw_load(ret, &prng);
    Draw draw = {.story = ret, .prng = &prng};
    const bool third = seeds_mix(seed) == 3;
    const bool calm = seeds_mix(seed) == 2 && add_calm(ret, seed);
    if (third && !add_rare_plot(ret, seed)) {
        add_combined(ret, seed);
    } else if (!third && !calm) {
        add_all_trouble(&draw, seed);
    }
    const bool core = !calm && prng_chance(&prng, 1, 4);
    add_text(&draw, ret->lasts - 1, core ? "mend core" : "mend");
    add_text(&draw, ret->lasts - 1, "attend 3 -f");
}

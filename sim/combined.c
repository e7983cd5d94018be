/* combined.c - several words of operators in one run: what is said meets what was said before, half carried out.
 *
 * A run takes two or three kinds of words and says some of them, mostly before the one in front has come to its end. Nobody stands
 * in for voters that are only cut off, and no command lies: README.md says why, and how often it is drawn. */
#include "sim/combined.h"

#include "base/assert.h"

#include <string.h>

/* The words of one kind; each is a pattern of seeds.c. */
typedef struct Kind {
    const char *const *said;
    uint32_t count;
} Kind;

static const char *const switches[] = {
    "switch %a",
    "switch %a %b",
    "switch primary standby; wait #j; kill agent primary",
    "switch primary; wait #j; kill host standby; wait #t; boot all",
    "switch primary; wait #j; cut primary; wait #t; heal",
    "switch %a; wait #j; detach primary standby; wait #t; start standby",
    "switch primary; wait #j; stop %a; wait #t; start %a -f",
    "switch primary; wait #j; disable primary; wait #t; enable primary",
};
static const char *const members[] = {
    "members at primary without %m",
    "members at primary with %m",
    "detach primary %b; wait 1; members at primary without %b; wait #t; members at primary with %b",
    "members at %a without %m; wait #i; kill agent primary",
    "members at primary with %m %n",
    ("kill host %m; wait 2; members at primary without %m; wait #t; boot all; wait 2; "
     "members at primary with %m"),
    "members at primary without %m; wait #j; switch primary",
    "members at primary without %m; wait #j; force %b",
    "trap primary after persist #k kill agent; members at primary without %m",
    ("trap primary before persist #k kill host; members at primary with %m; wait #t; boot all"),
};
static const char *const forces[] = {
    "force %a",
    "kill host primary; wait 3; force standby; wait #t; boot all",
    ("kill host primary; wait #t; force %b; wait #j; kill agent %b; wait #t; force %b; boot all"),
    ("stop %b; wait 2; kill host primary; wait #t; start %b; wait 4; force %b; wait #t; boot all"),
    "detach primary %b; wait 1; kill host primary; wait 3; force %b; wait #t; boot all",
    ("detach primary %b; wait 1; kill host primary; wait 3; trap %b after persist #k kill agent; "
     "force %b without %a; wait #t; boot all; start %b"),
    "kill host %a; wait 3; force %b for good without %a; wait #t; boot all",
    "force %a for good without %b",
};
static const char *const standins[] = {
    "kill host %a; wait 6; wait #t; boot all",
    "cut %a %b; wait 6; wait #t; heal",
    "kill host %a; wait 9; boot all; wait #t; kill host %b; wait 9; boot all",
    "freeze host %a; wait 6; wait #t; thaw all",
    "trap %b after persist #k kill host; kill host %a; wait 6; wait #t; boot all",
    ("command of %b hangs; kill host %a; wait 5; wait #t; command of %b says truth; boot all"),
    ("kill host %a; wait 7; boot %a; start %a --mc-only; wait #t; start %a -f; boot all"),
    ("command of %b fences nobody; kill host %a; wait 6; wait #t; command of %b says truth; "
     "boot all"),
};
static const char *const promotions[] = {
    ("instance %b cannot promote; switch primary %b; wait 1; wait #t; instance %b can promote"),
    ("instance %b cannot promote; kill instance primary; wait 0.2; wait #t; "
     "instance %b can promote"),
    "instance %b cannot start; switch primary %b; wait #t; wait 1; instance %b can start",
    ("instance standby cannot promote; kill instance primary; wait 0.15; wait #j; kill agent %a; "
     "wait #t; instance %a can promote; instance %b can promote"),
    ("instance standby promotes halfway; kill instance primary; wait #t; kill host %a; boot all"),
    ("instance %b cannot promote; switch primary %b; wait 0.3; wait #j; "
     "members at %a without %m; wait #t; instance %b can promote"),
    ("instance %b cannot promote; switch primary %b; wait 0.3; wait #j; force %a; wait #t; "
     "instance %b can promote"),
};
static const char *const keeps[] = {
    "detach primary %b; wait #t; start %b",
    ("detach primary %b; wait #t; kill host primary; wait #t; force %b; wait #t; boot all"),
    "detach %a %b; wait #j; switch primary %b; wait #t; start %b",
    "detach primary standby; wait #j; kill host primary; wait #t; boot all",
    ("detach primary %b; wait #t; stop %b; wait 1; restore directory %b without #k safely; "
     "start %b -f"),
};
static const char *const recoveries[] = {
    ("kill host %a; wait #j; boot all; restore directory %a without #k safely; start %a -f"),
    ("kill host %a; kill host %b; wait #t; boot all; restore directory %a without #k safely; "
     "start %a -f; wait #t; start %b -f"),
    ("stop %a; wait 1; restore directory %a without #k safely; start %a -f; wait #j; force %b"),
    ("kill host %a; kill host %b; wait #j; boot all; restore directory %b without #k safely; "
     "start %b -f; wait #t; instance %b cannot start; wait 2; instance %b can start; "
     "start %a -f"),
    ("kill host primary; wait 3; boot all; restore directory %a from %b without #s safely; "
     "start %a -f; wait #j; members at %b without %m"),
};
static const char *const rejoins[] = {
    "trap %a after rejoin 1 kill agent",
    "trap %a after rejoin 1 kill host; wait #t; boot all",
    "kill host primary; wait 4; boot all",
    "rejoin %a",
    "kill instance primary; wait #j; kill host %a; wait #t; boot all",
    "cut primary; wait 4; heal; wait #j; kill agent %a",
};
/* And now and then one of these between. */
static const char *const others[] = {
    "kill agent %m",
    "kill instance %a",
    "kill host %m; wait #t; boot all",
    "cut %m; wait #t; heal",
    "cut %m %n; wait #t; heal",
    "cut agents %m -> %n; wait #t; heal",
    "freeze host %m; wait #t; thaw all",
    "freeze agent %m; wait #t; thaw all",
    "trap %m after persist #k kill agent",
    "trap %m before persist #k kill host; wait #t; boot all",
    "trap %m after send #k kill agent",
    "disk of %m hangs; wait #t; disk of %m works",
    "disk of %m slow 0.4; wait #t; disk of %m works",
    "lose #s; wait #t; lose 0",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
static const Kind kinds[] = {
    {switches, COUNT(switches)},     {members, COUNT(members)},   {forces, COUNT(forces)},
    {promotions, COUNT(promotions)}, {keeps, COUNT(keeps)},       {recoveries, COUNT(recoveries)},
    {rejoins, COUNT(rejoins)},       {standins, COUNT(standins)},
};
static const Kind besides = {others, COUNT(others)};
enum {
    KINDS = COUNT(kinds),
    KINDS_OF_ANY = KINDS - 1, /* the last is of two servers without an arbiter */
    MIXED = 3,                /* kinds in one run, of which two may be the same */
    WORDS_MAX = 6,            /* that are said */
    OTHERS_MAX = 5,           /* and what else happens */
    TAKES = 12000000,         /* what is said last is carried out by then */
    BACKED_UP = 3000000,      /* of whom there is a backup, it was made by then */
    BEGINS = 1000000,
    BEGINS_PAIR = 6000000, /* two servers have been there for a window by then (section 8, A3) */
};
_Static_assert(WORDS_MAX + OTHERS_MAX <= COMBINED_STEPS_MAX, "there is room");

static void draw_shape(Prng *prng, Combined *ret)
{
    static const uint8_t shapes[][2] = {{2, 0}, {2, 1}, {2, 1}, {2, 1}, {3, 0}, {3, 1},
                                        {2, 2}, {3, 2}, {4, 0}, {4, 1}, {5, 0}};
    const uint8_t *drawn = shapes[prng_below(prng, COUNT(shapes))];
    const uint8_t most = (uint8_t)(drawn[0] - 1);
    const uint8_t eligible = prng_chance(prng, 1, 2) ? most : (uint8_t)prng_between(prng, 1, most);
    ret->shape = (PlotShape){.servers = drawn[0],
                             .arbiters = drawn[1],
                             .eligible = eligible,
                             .begin = BEGIN_SWITCHABLE,
                             .unattended = prng_chance(prng, 1, 6)};
    if (eligible > 1 && prng_chance(prng, 1, 2)) {
        ret->shape.quorum = (uint8_t)prng_between(prng, 1, eligible - 1);
    }
    ret->fencing = drawn[1] > 0 && prng_chance(prng, 1, 8);
    ret->attended = prng_chance(prng, 2, 3);
}

/* For a recovery to have something to begin with. */
static void draw_copies(Prng *prng, Combined *ret)
{
    for (uint8_t m = 0; m < ret->shape.servers; m++) {
        if (prng_chance(prng, 3, 4)) {
            ret->copied[m] = prng_between(prng, 300000, BACKED_UP);
        }
    }
}

static bool is_pair(const Combined *combined)
{
    return combined->shape.servers + combined->shape.arbiters == 2;
}

static const Kind *draw_kind(Prng *prng, const Combined *combined)
{
    return &kinds[prng_below(prng, is_pair(combined) ? KINDS : KINDS_OF_ANY)];
}

static void add_step(Prng *prng, Combined *ret, const Kind *kind, Micros at)
{
    assert(ret->count < COMBINED_STEPS_MAX);
    ret->step[ret->count++] = (CombinedStep){.at = at,
                                             .by_name = prng_chance(prng, 1, 2),
                                             .faults = kind->said[prng_below(prng, kind->count)]};
}

static void draw_words(Prng *prng, Micros ends, Combined *ret)
{
    const Kind *mixed[MIXED];
    for (int i = 0; i < MIXED; i++) {
        mixed[i] = draw_kind(prng, ret);
    }
    const int64_t count = prng_between(prng, 2, WORDS_MAX);
    const bool dense = prng_chance(prng, 1, 2);
    Micros at = is_pair(ret) ? BEGINS_PAIR : BEGINS;
    for (int64_t i = 0; i < count && at < ends - TAKES; i++) {
        add_step(prng, ret, mixed[prng_below(prng, MIXED)], at);
        ret->step[ret->count - 1].after = prng_chance(prng, 1, 2);
        at += prng_between(prng, 1000, dense ? 600000 : 5000000);
    }
}

void combined_draw(Prng *prng, Micros ends, Combined *ret)
{
    memset(ret, 0, sizeof *ret);
    draw_shape(prng, ret);
    draw_copies(prng, ret);
    draw_words(prng, ends, ret);
    const Micros last = ret->step[ret->count - 1].at + TAKES / 2;
    const int64_t more = prng_between(prng, 0, OTHERS_MAX);
    for (int64_t i = 0; i < more; i++) {
        add_step(prng, ret, &besides, prng_between(prng, 500000, last));
    }
}

/* seeds.c - faults drawn from a seed: a time of trouble, then quiet, in which the cluster must come back (I5). */
#include "sim/story.h"

#include "base/str.h"

#include <string.h>

enum { FAULTS_MIN = 3, FAULTS_MAX = 14, TROUBLE = 40, QUIET = 60 };

/* Each word of these is a fault; %a is one server, %b another, %m any member, %n another member. */
static const char *const faults[] = {
    "cut %m",
    "cut %m %n",
    "cut %m -> %n",
    "cut wal %a %b",
    "cut agents %m %n",
    "heal",
    "heal",
    "kill agent %m",
    "kill agent %m",
    "kill instance %a",
    "kill instance %a",
    "kill host %m",
    "kill host %m",
    "freeze instance %a",
    "freeze agent %m",
    "freeze host %m",
    "thaw %m",
    "instance %a calls",
    "instance %a receiver lags 0.8",
    "instance %a cannot start",
    "disk of %m full",
    "disk of %m hangs",
    "disk of %m slow 0.4",
    "disk of %m works",
    "lose 200",
    "duplicate 300",
    "stop %a",
    "stop %a -a",
    "disable %a",
    "enable %a",
    "damage memory of %m",
};

static void add_word(StoryLine *line, const char *word)
{
    (void)str_copy(line->word[line->count++], sizeof line->word[0], word);
}

static const char *pick(const Story *story, Prng *prng, bool server, const char *not_this)
{
    for (;;) {
        const uint64_t m = prng_below(prng, story->members.count);
        const Member *member = &story->members.member[m];
        if ((!server || member->kind == MEMBER_SERVER) && !str_equal(member->name, not_this)) {
            return member->name;
        }
    }
}

static void fill(const Story *story, Prng *prng, const char *pattern, StoryLine *ret)
{
    const char *first = "";
    while (*pattern != '\0') {
        char word[40];
        const size_t length = strcspn(pattern, " ");
        (void)str_copy_bytes(word, sizeof word, pattern, length);
        pattern += length + (pattern[length] == ' ' ? 1 : 0);
        if (word[0] != '%') {
            add_word(ret, word);
            continue;
        }
        const bool server = word[1] == 'a' || word[1] == 'b';
        const char *name = pick(story, prng, server, first);
        first = name;
        add_word(ret, name);
    }
}

static StoryLine *add_fault(Story *story, Micros at)
{
    StoryLine *line = &story->fault[story->fault_count++];
    *line = (StoryLine){.at = at, .number = story->fault_count};
    return line;
}

static void add_text(Story *story, Micros at, const char *text)
{
    Prng unused = prng_seed(0);
    fill(story, &unused, text, add_fault(story, at));
}

/* Everything works again and everybody is started. */
static void end_trouble(Story *story)
{
    const Micros at = (Micros)TROUBLE * 1000000;
    add_text(story, at, "heal");
    for (uint8_t m = 0; m < story->members.count; m++) {
        const Member *member = &story->members.member[m];
        char text[3][80];
        (void)str_format(text[0], sizeof text[0], "thaw %s", member->name);
        (void)str_format(text[1], sizeof text[1], "disk of %s works", member->name);
        (void)str_format(text[2], sizeof text[2], "boot %s", member->name);
        for (int i = 0; i < 3; i++) {
            add_text(story, at, text[i]);
        }
        if (member->kind == MEMBER_SERVER) {
            (void)str_format(text[0], sizeof text[0], "instance %s can start", member->name);
            (void)str_format(text[1], sizeof text[1], "instance %s quiet", member->name);
            add_text(story, at, text[0]);
            add_text(story, at, text[1]);
        }
    }
    /* Twice: a stop that was asked for in the trouble may have been still under way. */
    for (int i = 0; i < 2; i++) {
        for (uint8_t m = 0; m < story->members.count; m++) {
            char text[80];
            (void)str_format(text, sizeof text, "start %s -f", story->members.member[m].name);
            add_text(story, at + 1000000 + 24000000 * (Micros)i, text);
        }
    }
}

/* Mostly two servers and an arbiter; now and then three servers, with one arbiter or none. */
static void add_members(Story *story, Prng *prng)
{
    static const char *const shapes[] = {"abw", "abw", "abw", "abc", "abcw"};
    const char *shape = shapes[prng_below(prng, 5)];
    for (; *shape != '\0'; shape++) {
        Member *member = &story->members.member[story->members.count++];
        (void)str_copy_bytes(member->name, sizeof member->name, shape, 1);
        member->kind = *shape == 'w' ? MEMBER_ARBITER : MEMBER_SERVER;
    }
}

void seeds_story(uint64_t seed, Story *ret)
{
    Prng prng = prng_seed(seed);
    memset(ret, 0, sizeof *ret);
    add_members(ret, &prng);
    ret->automatic = prng_chance(&prng, 9, 10);
    ret->begin = BEGIN_SWITCHABLE;
    ret->seed = seed;
    ret->eligible_max = 1;
    const int64_t count = prng_between(&prng, FAULTS_MIN, FAULTS_MAX);
    Micros at = 500000;
    for (int64_t i = 0; i < count; i++) {
        const Micros longest = prng_chance(&prng, 1, 3) ? 60000 : 4000000;
        at += prng_between(&prng, 0, longest);
        const uint64_t which = prng_below(&prng, sizeof faults / sizeof faults[0]);
        if (at < (Micros)TROUBLE * 1000000) {
            fill(ret, &prng, faults[which], add_fault(ret, at));
        }
    }
    end_trouble(ret);
    ret->lasts = (Micros)(TROUBLE + QUIET) * 1000000;
}

void seeds_print(const Story *story)
{
    printf("# servers");
    for (uint8_t m = 0; m < story->members.count; m++) {
        const Member *member = &story->members.member[m];
        printf("%s %s", member->kind == MEMBER_ARBITER ? "\n# arbiters" : "", member->name);
    }
    printf("\n# primary a\n# automatic %s\n# begins switchable\n# eligible %u\n"
           "# seed %llu\n",
           story->automatic ? "on" : "off", story->eligible_max, (unsigned long long)story->seed);
    for (uint32_t i = 0; i < story->fault_count; i++) {
        const StoryLine *line = &story->fault[i];
        printf("# at %lld.%06lld", (long long)(line->at / 1000000),
               (long long)(line->at % 1000000));
        for (uint8_t w = 0; w < line->count; w++) {
            printf(" %s", line->word[w]);
        }
        printf("\n");
    }
}

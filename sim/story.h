/* story.h - a scenario, what must and must never happen in it, and its exact narration, in one text.
 *
 *   servers a b                     arbiters w          primary a
 *   automatic on | off              begins switchable | solo | empty | nothing
 *   durations quick                 (of heartbeats, lease and limits; sim/durations.c has the sets)
 *   seed 7                          lasts 20           eligible 2         quorum 1 (of those who are eligible; else all)
 *   rejoin rewind | copy (by itself; else it stays down)       fencing on (of arbiters)
 *   think 0.01 0.04 (of a client)   settles 90 (at most, after the end: I5)
 *   at 1.0 cut a b                  (story_faults.c has the words)
 *   must claim.silent [on b] [by 4] | primary b at 9 | switchable at 9 | solo at 9 | nobody at 3
 *      | down a at 5 (no instance runs there)
 *      | acknowledged more than 100 | outage below 3
 *   never claim.silent [on b] | promoted b | lost | two acknowledging
 *   expect                          indented lines: the narration, replaced by --regenerate
 *
 * A violation of an invariant fails every story, whatever it says. */
#ifndef MC_SIM_STORY_H
#define MC_SIM_STORY_H

#include "sim/world.h"

enum { STORY_LINES_MAX = 96, STORY_WORDS_MAX = 12, STORY_NARRATION_MAX = 4000, STORY_LINE = 200 };

typedef enum StoryBegin { BEGIN_SWITCHABLE, BEGIN_SOLO, BEGIN_EMPTY, BEGIN_NOTHING } StoryBegin;

typedef struct StoryLine {
    Micros at;       /* faults */
    uint32_t number; /* in the file */
    uint8_t count;
    char word[STORY_WORDS_MAX][40];
} StoryLine;

typedef struct StoryFired {
    Micros at;
    char who[MEMBER_NAME_SIZE];
    char rule[64];
} StoryFired;

typedef struct Story {
    char path[512];
    MemberTable members;
    MemberId primary;
    bool automatic;
    StoryBegin begin;
    uint64_t seed;
    uint8_t eligible_max; /* standbys that may be eligible at once */
    RejoinWay rejoin;
    SilenceAction silence; /* where two servers are all the voters */
    bool fencing;          /* arbiters have a fencing command */
    uint8_t quorum;        /* how many of them acknowledge; 0: all */
    uint8_t durations;     /* which set of them (durations.h); 0: the usual */
    uint32_t groups;       /* of faults that were drawn from, by bit; for telling alone */
    Micros lasts;
    Micros settles; /* the bound of I5 after that; 0: it is not demanded */
    Micros think_min, think_max;
    uint32_t fault_count;
    StoryLine fault[STORY_LINES_MAX];
    uint32_t claim_count; /* must and never lines */
    StoryLine claim[STORY_LINES_MAX];
    uint32_t expect_count;
    char (*expect)[STORY_LINE];
} Story;

typedef struct StoryRun {
    const Story *story;
    SimWorld *world;
    Micros zero; /* narration counts from here */
    bool telling;
    bool verbose;
    uint32_t line_count;
    char (*line)[STORY_LINE];
    uint32_t fired_count, fired_room;
    StoryFired *fired;
    char last[MEMBERS_MAX][STORY_LINE]; /* what each member did last */
    char complaint[STORY_LINE];
} StoryRun;

/* Fills `ret`, or says what is wrong in ret_error. */
bool story_parse(const char *path, Story *ret, char *ret_error, size_t size);
void story_free(Story *story);
/* False when the words are no fault. */
bool story_fault(SimWorld *world, const StoryLine *line);
/* Judges one must or never line at the end, or a timed one at its time; false with a complaint. */
bool story_judge(StoryRun *run, const StoryLine *claim);
/* When a claim is to be judged; -1: at the end. */
Micros story_claim_time(const StoryLine *claim);
bool story_number(const char *word, Micros *ret);

/* Plays it. The run's narration and complaint are filled; false when there is a complaint. */
typedef struct StoryOptions {
    bool compare; /* the narration, too */
    bool verbose;
    bool silent; /* no narration is kept; claims about rules cannot be judged */
    /* Instead of the usual telling; `self` is the world. */
    void (*tell)(void *self, Micros at, const char *who, const char *what, const char *more);
    bool *covered; /* node_rule_count() flags to set, or NULL */
} StoryOptions;
bool story_run(const Story *story, const StoryOptions *options, StoryRun *ret);
void story_run_done(StoryRun *run);
/* Writes the narration of `run` into the file in place of its expect block. */
bool story_regenerate(const Story *story, const StoryRun *run);

/* seeds.c: a cluster and its trouble, drawn from a seed. */
void seeds_story(uint64_t seed, Story *ret);
/* Whether its trouble is one of plots.c. */
bool seeds_is_plot(uint64_t seed);
/* The groups of faults, and how many of each were drawn in this process. */
uint32_t seeds_groups(void);
const char *seeds_group_name(uint32_t group);
/* By its number: 1, 2, which draws more, or 3, operators' words alone. */
unsigned seeds_mix(uint64_t seed);
uint64_t seeds_group_drawn(uint32_t group);
/* Writes what story_parse reads. */
void story_print(const Story *story, FILE *out);

#endif

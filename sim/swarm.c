/* swarm.c - runs drawn from seeds.
 *
 * A run that fails is shortened: lines are left out as long as the same invariant is still violated. What remains is
 * printed as a story, which plays the same. */
#include "sim/swarm.h"

#include "sim/story.h"

#include "base/str.h"
#include "core/node.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Total {
    uint64_t seeds, failed;
    uint64_t changed, struck, struck_and_changed, amnesia, growth_cut, suspended, any;
    uint64_t recovered, apart;
    uint64_t changes, acknowledged, faults;
    double simulated, spent;             /* seconds */
    double simulated_usual, spent_usual; /* of two servers and an arbiter */
    bool *covered;
    bool *told; /* which of these were told */
} Total;

/* --- telling ---------------------------------------------------------------------------------------- */

enum { COLUMN = 14 };

/* What a member is: dead, frozen, or the state of its agent. */
static const char *state_of(const SimWorld *world, MemberId m)
{
    static Status status; /* large, and nobody else looks at it */
    if (!world->host_up[m]) {
        return "(off)";
    }
    if (!world->process[m].alive) {
        return "(no agent)";
    }
    if (world->actor[actor_agent(m)].frozen) {
        return "(frozen)";
    }
    agent_status(world->process[m].agent, clock_now(world, m), &status);
    return status.state;
}

static void tell_line(void *self, Micros at, const char *who, const char *what, const char *more)
{
    const SimWorld *world = self;
    printf("%10.6f", (double)at / 1e6);
    for (MemberId m = 0; m < world->members.count; m++) {
        const bool mine = str_equal(who, world_name(world, m));
        printf(" %c%-*.*s", mine ? '*' : ' ', COLUMN, COLUMN, state_of(world, m));
    }
    printf(" %-6s %-28s %s\n", who, what, more);
}

/* --- one run ---------------------------------------------------------------------------------------- */

/* What is the same in "I2: a opens without 3 acknowledged commits" and in the same of another server and number. */
static bool same_kind(const char *a, const char *b)
{
    const size_t invariant = strcspn(a, ":");
    if (strncmp(a, b, invariant + 1) != 0 || a[invariant] == '\0') {
        return str_equal(a, b);
    }
    a += invariant + 1;
    b += invariant + 1;
    a += strspn(a, " ") + strcspn(a + strspn(a, " "), " "); /* who */
    b += strspn(b, " ") + strcspn(b + strspn(b, " "), " ");
    const size_t length = strcspn(a, "0123456789");
    return length == strcspn(b, "0123456789") && strncmp(a, b, length) == 0;
}

static bool fails_alike(const Story *story, const char *complaint)
{
    StoryRun run;
    const bool failed = !story_run(story, &(StoryOptions){.silent = true}, &run);
    const bool alike = failed && same_kind(complaint, run.complaint);
    story_run_done(&run);
    return alike;
}

/* Leaves out `many` faults at `at` when it still fails; returns whether it did. */
static bool leave_out(Story *story, uint32_t at, uint32_t many, const char *complaint)
{
    Story *shorter = sim_alloc(sizeof *shorter);
    *shorter = *story;
    memmove(&shorter->fault[at], &shorter->fault[at + many],
            (story->fault_count - at - many) * sizeof shorter->fault[0]);
    shorter->fault_count -= many;
    const bool alike = fails_alike(shorter, complaint);
    if (alike) {
        *story = *shorter;
    }
    free(shorter);
    return alike;
}

/* The mending at the end stays: without it nothing need come back. */
static void shorten(Story *story, const char *complaint)
{
    const uint32_t kept = 2;
    for (uint32_t many = story->fault_count / 2; many > 0; many /= 2) {
        uint32_t at = 0;
        while (at + many + kept <= story->fault_count) {
            at += leave_out(story, at, many, complaint) ? 0 : many;
        }
    }
}

static double processor_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Whether a record was chosen that goes on with what was recovered from a backup, or keeps a standby apart. */
static void add_words_of_operator(Total *total, const SimChecks *checks)
{
    bool recovered = false;
    bool apart = false;
    for (uint32_t i = 0; i < checks->chosen_count; i++) {
        recovered |= checks->chosen[i].record.cause == CAUSE_RESTORED;
        apart |= checks->chosen[i].record.apart != 0;
    }
    total->recovered += recovered;
    total->apart += apart;
}

static void add_to_total(Total *total, const SimWorld *world, double spent)
{
    const SimTally *tally = &world->tally;
    const bool changed = world->checks.primary_changes > 0;
    const double simulated = (double)world->now / 1e6;
    const bool usual = world->members.count == 3 && world->members.member[2].kind == MEMBER_ARBITER;
    total->changed += changed;
    total->changes += world->checks.primary_changes;
    total->struck += tally->primary_struck;
    total->struck_and_changed += tally->primary_struck && changed;
    total->amnesia += tally->amnesias > 0;
    total->growth_cut += tally->growths_cut > 0;
    total->suspended += tally->suspends > 0;
    total->any += tally->amnesias > 0 || tally->growths_cut > 0 || tally->suspends > 0;
    add_words_of_operator(total, &world->checks);
    total->acknowledged += world->checks.acked_count;
    total->faults += world->checks.faults;
    total->simulated += simulated;
    total->spent += spent;
    total->simulated_usual += usual ? simulated : 0;
    total->spent_usual += usual ? spent : 0;
}

static void tell_fired(Total *total, uint64_t seed)
{
    for (uint16_t rule = 0; rule < node_rule_count(); rule++) {
        if (total->covered[rule] && !total->told[rule]) {
            printf("fired %s %" PRIu64 "\n", node_rule_id(rule), seed);
            total->told[rule] = true;
        }
    }
}

/* Which faults it could draw from; everything else is said by the story. */
static void tell_draws(const Story *story)
{
    static const char *const mixes[] = {"", "first", "second", "third"};
    printf("# seed %" PRIu64 " of the %s mix; groups of faults:", story->seed,
           mixes[seeds_mix(story->seed)]);
    for (uint32_t g = 0; g < seeds_groups(); g++) {
        printf((story->groups >> g & 1) != 0 ? " %s" : "%.0s", seeds_group_name(g));
    }
    printf("%s\n", story->groups == 0 ? " none" : "");
}

static void play_seed(uint64_t seed, const SwarmOptions *options, Total *total)
{
    Story *story = sim_alloc(sizeof *story);
    StoryRun run;
    const double began = processor_seconds();
    seeds_story(seed, story);
    if (options->verbose) {
        tell_draws(story);
        story_print(story, stdout);
    }
    const StoryOptions how = {
        .silent = true, .covered = total->covered, .tell = options->verbose ? tell_line : NULL};
    const bool good = story_run(story, &how, &run);
    add_to_total(total, run.world, processor_seconds() - began);
    if (options->summary) {
        tell_fired(total, seed);
    }
    total->seeds++;
    if (!good) {
        total->failed++;
        shorten(story, run.complaint);
        story_print(story, stdout);
        printf("not ok - seed %" PRIu64 ": %s\n", seed, run.complaint);
        (void)fflush(stdout); /* a crash must not hide what went before */
    }
    story_run_done(&run);
    free(story);
}

/* --- many ------------------------------------------------------------------------------------------- */

static double percent(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void print_summary(const Total *t)
{
    printf("simulated %.0f s in %.1f s: %.0f s per second; two servers and an arbiter: %.0f\n",
           t->simulated, t->spent, t->simulated / t->spent,
           t->spent_usual > 0 ? t->simulated_usual / t->spent_usual : 0);
    printf("%" PRIu64 " faults, %" PRIu64 " changes of primary, %" PRIu64 " commits acknowledged\n",
           t->faults, t->changes, t->acknowledged);
    printf("of the seeds: primary changed %.1f %%, amnesia %.1f %%, growth cut %.1f %%, "
           "suspended %.1f %%, one of these three %.1f %%\n",
           percent(t->changed, t->seeds), percent(t->amnesia, t->seeds),
           percent(t->growth_cut, t->seeds), percent(t->suspended, t->seeds),
           percent(t->any, t->seeds));
    printf("recovered from a backup %.1f %%, a standby kept apart %.1f %%\n",
           percent(t->recovered, t->seeds), percent(t->apart, t->seeds));
    printf("a fault on the primary: %.1f %%, of these changed: %.1f %%\n",
           percent(t->struck, t->seeds), percent(t->struck_and_changed, t->struck));
    for (uint32_t g = 0; g < seeds_groups(); g++) {
        printf("%s %s %" PRIu64, g > 0 ? "," : "faults drawn:", seeds_group_name(g),
               seeds_group_drawn(g));
    }
    printf("\nrules never fired:");
    for (uint16_t rule = 0; rule < node_rule_count(); rule++) {
        if (!t->covered[rule]) {
            printf(" %s", node_rule_id(rule));
        }
    }
    printf("\n");
}

/* For who adds up several processes (tools/sim.py). */
static void print_counts(const Total *t)
{
    printf("counts seeds=%" PRIu64 " failed=%" PRIu64 " changed=%" PRIu64 " struck=%" PRIu64
           " struck_changed=%" PRIu64 " amnesia=%" PRIu64 " growth_cut=%" PRIu64
           " suspended=%" PRIu64 " any=%" PRIu64 " recovered=%" PRIu64 " apart=%" PRIu64
           " changes=%" PRIu64 " acknowledged=%" PRIu64 " faults=%" PRIu64
           " simulated=%.1f spent=%.1f simulated_usual=%.1f spent_usual=%.1f\n",
           t->seeds, t->failed, t->changed, t->struck, t->struck_and_changed, t->amnesia,
           t->growth_cut, t->suspended, t->any, t->recovered, t->apart, t->changes, t->acknowledged,
           t->faults, t->simulated, t->spent, t->simulated_usual, t->spent_usual);
}

static int finish(Total *total, const SwarmOptions *options)
{
    if (options->summary) {
        print_summary(total);
        print_counts(total);
    }
    printf("%" PRIu64 " seeds, %" PRIu64 " failed\n", total->seeds, total->failed);
    free(total->covered);
    free(total->told);
    return total->failed == 0 ? 0 : 1;
}

int swarm_play(uint64_t first, uint64_t count, const SwarmOptions *options)
{
    Total total = {.covered = sim_alloc(node_rule_count()), .told = sim_alloc(node_rule_count())};
    for (uint64_t i = 0; i < count; i++) {
        play_seed(first + i, options, &total);
    }
    return finish(&total, options);
}

/* Only the trouble: what comes back afterwards is not asked. */
static bool is_safe(uint64_t seed, bool *covered)
{
    Story *story = sim_alloc(sizeof *story);
    StoryRun run;
    seeds_story(seed, story);
    story->settles = 0;
    const StoryOptions how = {.silent = true, .covered = covered};
    (void)story_run(story, &how, &run);
    const bool safe = !run.world->checks.unsafe;
    if (!safe) {
        story_print(story, stdout);
        printf("not ok - seed %" PRIu64 ": %s\n", seed, run.complaint);
    }
    story_run_done(&run);
    free(story);
    return safe;
}

int swarm_hunt(uint64_t first, uint64_t count, bool only_plots)
{
    bool *covered = sim_alloc(node_rule_count());
    uint64_t i = 0;
    while (i < count &&
           ((only_plots && !seeds_is_plot(first + i)) || is_safe(first + i, covered))) {
        i++;
    }
    free(covered);
    return i == count ? 0 : 1;
}

int swarm_play_list(const char *path, const SwarmOptions *options)
{
    Total total = {.covered = sim_alloc(node_rule_count()), .told = sim_alloc(node_rule_count())};
    char text[512];
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        (void)fprintf(stderr, "mc_sim: \"%s\" cannot be read\n", path);
        total.failed++;
    }
    while (file != NULL && fgets(text, sizeof text, file) != NULL) {
        uint64_t seed = 0;
        if (str_to_uint(text, strcspn(text, " \n"), &seed)) {
            play_seed(seed, options, &total);
        }
    }
    if (file != NULL) {
        (void)fclose(file); /* only read */
    }
    return finish(&total, options);
}

/* story.c - plays a story: brings the cluster to where it begins, lets things happen, listens. */
#include "sim/story.h"

#include "base/assert.h"
#include "base/str.h"
#include "core/node.h"
#include "core/record.h"
#include "sim/durations.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 40000000, SLICE = 50000 };

static void note_fired(StoryRun *run, Micros at, const char *who, const char *what)
{
    run->fired = sim_grow(run->fired, &run->fired_room, run->fired_count, sizeof *run->fired);
    StoryFired *it = &run->fired[run->fired_count++];
    it->at = at;
    (void)str_copy(it->who, sizeof it->who, who);
    (void)str_copy(it->rule, sizeof it->rule, what);
}

/* A rule that fires again and again in one state is told once. */
static bool repeats(StoryRun *run, const char *who, const char *what, const char *text)
{
    const MemberId m = world_member(run->world, who);
    if (m == MEMBER_NONE) {
        return false;
    }
    char now[sizeof run->last[0]];
    (void)str_format(now, sizeof now, "%s %s", what, text);
    const bool same = str_equal(now, run->last[m]);
    (void)str_copy(run->last[m], sizeof run->last[m], now);
    return same;
}

static void hear(void *self, Micros at, const char *who, const char *what, const char *text)
{
    StoryRun *run = self;
    if (run->verbose) {
        printf("# %9.3f  %-6s %-30s %s\n", (double)(at - run->zero) / 1e6, who, what, text);
    }
    if (!run->telling || str_equal(what, "log")) {
        return;
    }
    const Micros time = at - run->zero;
    if (repeats(run, who, what, text)) {
        return;
    }
    note_fired(run, time, who,
               str_equal(what, "instance") && str_starts_with(text, "promoted") ? "promoted"
                                                                                : what);
    if (run->line_count < STORY_NARRATION_MAX) {
        (void)str_format(run->line[run->line_count++], STORY_LINE, "  %3lld.%03lld  %-6s %-28s %s",
                         (long long)(time / 1000000), (long long)(time / 1000 % 1000), who, what,
                         text);
    }
}

/* --- how it begins -------------------------------------------------------------------------------- */

static void start_member(SimWorld *world, MemberId m, bool asked, bool wanted)
{
    process_start(world, m,
                  &(SimStart){.by_operator = true,
                              .instance_wanted = true,
                              .failover_asked = asked,
                              .failover_wanted = wanted});
}

static bool wait_until(SimWorld *world, bool (*holds)(const SimWorld *, MemberId), MemberId m)
{
    const Micros limit = world->now + PATIENCE;
    while (!holds(world, m)) {
        if (world->now >= limit) {
            return false;
        }
        world_run(world, world->now + SLICE);
    }
    return true;
}

static bool all_eligible(const SimWorld *world, MemberId unused)
{
    (void)unused;
    MemberId primary;
    return check_switchable(world, &primary);
}

static bool automatic_is_off(const SimWorld *world, MemberId unused)
{
    (void)unused;
    const Record *latest = check_latest(world);
    return latest != NULL && !latest->automatic;
}

static bool begin_running(const Story *story, SimWorld *world)
{
    const bool attach = story->begin == BEGIN_SWITCHABLE;
    const bool automatic = story->automatic || attach;
    for (MemberId m = 0; m < world->members.count; m++) {
        start_member(world, m, m == story->primary, automatic);
    }
    if (!wait_until(world, instance_serves, story->primary)) {
        return false;
    }
    for (MemberId m = 0; m < world->members.count && attach; m++) {
        if (world->members.member[m].kind == MEMBER_SERVER && m != story->primary) {
            postgres_copy_directory(world, story->primary, m);
            world->instance[m].phase = INSTANCE_DOWN;
        }
    }
    if (attach && !wait_until(world, all_eligible, 0)) {
        return false;
    }
    if (attach && !story->automatic) {
        process_command(world, story->primary,
                        &(Command){.kind = COMMAND_FAILOVER, .failover_asked = true});
        if (!wait_until(world, automatic_is_off, 0)) {
            return false;
        }
    }
    world_run(world, world->now + 500000);
    return true;
}

static bool begin_story(const Story *story, StoryRun *run)
{
    SimWorld *world = run->world;
    if (story->begin == BEGIN_NOTHING) {
        return true;
    }
    postgres_init_directory(world, story->primary, 7100000000000000001u);
    world->instance[story->primary].phase = INSTANCE_DOWN;
    if (story->begin == BEGIN_EMPTY) {
        return true;
    }
    if (!begin_running(story, world)) {
        return str_format(run->complaint, sizeof run->complaint, "could not begin") && false;
    }
    clients_load(world, true);
    world->checks.primary_changes = 0;
    world->checks.faults = 0;
    return true;
}

/* --- what happens --------------------------------------------------------------------------------- */

static bool play_fault(StoryRun *run, const StoryLine *fault)
{
    char text[STORY_LINE] = "";
    StrBuf out = str_begin(text, sizeof text);
    for (uint8_t i = 1; i < fault->count; i++) {
        str_add(&out, i > 1 ? " " : "");
        str_add(&out, fault->word[i]);
    }
    world_say(run->world, "-", fault->word[0], "%s", text);
    if (!story_fault(run->world, fault)) {
        return str_format(run->complaint, sizeof run->complaint, "line %u is no fault",
                          fault->number) &&
               false;
    }
    return true;
}

/* The next moment at which something is to be done or judged. */
static Micros next_stop(const StoryRun *run, uint32_t fault)
{
    const Story *story = run->story;
    Micros next = fault < story->fault_count ? story->fault[fault].at : story->lasts;
    for (uint32_t i = 0; i < story->claim_count; i++) {
        const Micros at = story_claim_time(&story->claim[i]);
        if (at >= 0 && at < next && at + run->zero > run->world->now) {
            next = at;
        }
    }
    return next;
}

static bool judge_at(StoryRun *run, Micros now)
{
    for (uint32_t i = 0; i < run->story->claim_count; i++) {
        const StoryLine *claim = &run->story->claim[i];
        if (story_claim_time(claim) == now && !story_judge(run, claim)) {
            return false;
        }
    }
    return true;
}

static bool play(StoryRun *run)
{
    const Story *story = run->story;
    uint32_t fault = 0;
    Micros now = 0;
    while (now < story->lasts && !run->world->checks.unsafe) {
        while (fault < story->fault_count && story->fault[fault].at == now) {
            if (!play_fault(run, &story->fault[fault++])) {
                return false;
            }
        }
        now = next_stop(run, fault);
        world_run(run->world, run->zero + now);
        if (!judge_at(run, now)) {
            return false;
        }
    }
    if (story->settles > 0 && !world_settle(run->world, story->settles)) {
        return false;
    }
    for (uint32_t i = 0; i < story->claim_count; i++) {
        if (story_claim_time(&story->claim[i]) < 0 && !story_judge(run, &story->claim[i])) {
            return false;
        }
    }
    return true;
}

static bool compare_narration(StoryRun *run)
{
    const Story *story = run->story;
    for (uint32_t i = 0; i < run->line_count || i < story->expect_count; i++) {
        const char *told = i < run->line_count ? run->line[i] : "(end)";
        const char *expected = i < story->expect_count ? story->expect[i] : "(end)";
        if (!str_equal(told, expected)) {
            (void)str_format(run->complaint, sizeof run->complaint, "narration: %.90s | not %.90s",
                             told, expected);
            return false;
        }
    }
    return true;
}

bool story_run(const Story *story, const StoryOptions *options, StoryRun *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->story = story;
    ret->verbose = options->verbose;
    ret->line = options->silent ? NULL : sim_alloc((size_t)STORY_NARRATION_MAX * STORY_LINE);
    CoreSettings settings = {0};
    durations_apply(durations_at(story->durations), &settings);
    settings.eligible_max = story->eligible_max;
    settings.quorum = story->quorum;
    settings.rejoin = story->rejoin;
    settings.silence = story->silence;
    settings.fencing = story->fencing;
    ret->world = world_new(story->seed, &story->members, &settings);
    ret->world->think_min = story->think_min;
    ret->world->think_max = story->think_max;
    ret->world->covered = options->covered;
    if (options->tell != NULL) {
        ret->world->narrator = (SimNarrator){.self = ret->world, .line = options->tell};
    } else if (!options->silent) {
        ret->world->narrator = (SimNarrator){.self = ret, .line = hear};
    }
    if (!begin_story(story, ret)) {
        return false;
    }
    ret->zero = ret->world->now;
    ret->telling = true;
    bool good = play(ret);
    if (ret->world->checks.violations > 0) {
        good = str_copy(ret->complaint, sizeof ret->complaint, ret->world->checks.first) && false;
    }
    return good && (!options->compare || compare_narration(ret));
}

void story_run_done(StoryRun *run)
{
    world_free(run->world);
    free(run->line);
    free(run->fired);
}

bool story_regenerate(const Story *story, const StoryRun *run)
{
    FILE *in = fopen(story->path, "r");
    char *kept = sim_alloc(1 << 20);
    size_t used = 0;
    char text[512];
    bool expecting = false;
    while (in != NULL && fgets(text, sizeof text, in) != NULL) {
        expecting = expecting && text[0] == ' ';
        if (expecting) {
            continue;
        }
        expecting = str_starts_with(text, "expect");
        if (!expecting && used + strlen(text) < (1 << 20)) {
            const size_t length = strlen(text);
            (void)str_copy(kept + used, length + 1, text); /* room was asked for above */
            used += length;
        }
    }
    if (in != NULL) {
        (void)fclose(in); /* only read */
    }
    FILE *out = fopen(story->path, "w");
    if (out != NULL) {
        (void)fwrite(kept, 1, used, out);
        (void)fprintf(out, "expect\n");
        for (uint32_t i = 0; i < run->line_count; i++) {
            (void)fprintf(out, "%s\n", run->line[i]);
        }
    }
    free(kept);
    return out != NULL && fclose(out) == 0;
}

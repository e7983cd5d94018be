/* story_words.c - the words of "must" and "never" lines, judged against what happened. */
#include "sim/story.h"

#include "base/str.h"
#include "core/record.h"

#include <string.h>

static bool complain(StoryRun *run, const StoryLine *claim, const char *what)
{
    (void)str_format(run->complaint, sizeof run->complaint, "line %u: %s", claim->number, what);
    return false;
}

static const char *value_after(const StoryLine *claim, const char *word)
{
    for (uint8_t i = 1; i + 1 < claim->count; i++) {
        if (str_equal(claim->word[i], word)) {
            return claim->word[i + 1];
        }
    }
    return NULL;
}

Micros story_claim_time(const StoryLine *claim)
{
    const char *at = value_after(claim, "at");
    Micros time = -1;
    return at != NULL && story_number(at, &time) ? time : -1;
}

static bool fired(const StoryRun *run, const StoryLine *claim)
{
    const char *on = value_after(claim, "on");
    const char *by = value_after(claim, "by");
    const char *after = value_after(claim, "after");
    Micros limit = INT64_MAX;
    Micros from = 0;
    if (by != NULL && !story_number(by, &limit)) {
        return false;
    }
    if (after != NULL && !story_number(after, &from)) {
        return false;
    }
    for (uint32_t i = 0; i < run->fired_count; i++) {
        const StoryFired *it = &run->fired[i];
        if (str_equal(it->rule, claim->word[1]) && it->at <= limit && it->at >= from &&
            (on == NULL || str_equal(on, it->who))) {
            return true;
        }
    }
    return false;
}

static bool somebody_serves(const SimWorld *world)
{
    for (MemberId m = 0; m < world->members.count; m++) {
        if (world->members.member[m].kind == MEMBER_SERVER && instance_serves(world, m)) {
            return true;
        }
    }
    return false;
}

/* The longest time without an acknowledgement between the first and the last one. */
static Micros longest_outage(const StoryRun *run)
{
    const SimChecks *checks = &run->world->checks;
    Micros longest = 0;
    for (uint32_t i = 1; i < checks->acked_count; i++) {
        if (checks->acked[i - 1].at < run->zero) {
            continue;
        }
        const Micros gap = checks->acked[i].at - checks->acked[i - 1].at;
        longest = gap > longest ? gap : longest;
    }
    return longest;
}

static bool judge_number(StoryRun *run, const StoryLine *claim)
{
    Micros number = 0;
    if (!story_number(claim->word[claim->count - 1], &number)) {
        return complain(run, claim, "needs a number");
    }
    if (str_equal(claim->word[1], "outage")) {
        const Micros outage = longest_outage(run);
        return outage < number || complain(run, claim, "the outage was longer");
    }
    const uint64_t count = run->world->checks.acked_count;
    if (count > (uint64_t)number / 1000000) {
        return true;
    }
    char text[80];
    (void)str_format(text, sizeof text, "only %llu were acknowledged", (unsigned long long)count);
    return complain(run, claim, text);
}

static bool judge_state(StoryRun *run, const StoryLine *claim)
{
    const SimWorld *world = run->world;
    const Record *latest = check_latest(world);
    const char *what = claim->word[1];
    MemberId primary = MEMBER_NONE;
    const bool switchable = check_switchable(world, &primary);
    const bool serves =
        latest != NULL && latest->primary < SERVERS_MAX && instance_serves(world, latest->primary);
    if (str_equal(what, "nobody")) {
        return !somebody_serves(world) || complain(run, claim, "somebody serves");
    }
    if (str_equal(what, "down")) {
        const MemberId member = world_member(world, claim->word[2]);
        return (member < SERVERS_MAX && !world->instance[member].postmaster) ||
               complain(run, claim, "its instance runs");
    }
    if (str_equal(what, "switchable")) {
        return switchable || complain(run, claim, "is not switchable");
    }
    if (str_equal(what, "solo")) {
        return (serves && record_is_solo(latest)) || complain(run, claim, "is not solo");
    }
    if (str_equal(what, "automatic")) {
        const bool on = str_equal(claim->word[2], "on");
        return (latest != NULL && latest->automatic == on) ||
               complain(run, claim, "automatic is otherwise");
    }
    const bool named = serves && str_equal(claim->word[2], world_name(world, latest->primary));
    return named || complain(run, claim, "another one or nobody is primary and serves");
}

static bool is_state(const char *word)
{
    return str_equal(word, "primary") || str_equal(word, "switchable") || str_equal(word, "solo") ||
           str_equal(word, "nobody") || str_equal(word, "automatic") || str_equal(word, "down");
}

static bool judge_never(StoryRun *run, const StoryLine *claim)
{
    const SimWorld *world = run->world;
    if (str_equal(claim->word[1], "lost")) {
        return !world->checks.lost || complain(run, claim, "acknowledged commits were lost");
    }
    if (str_equal(claim->word[1], "two")) {
        return !world->checks.two_acknowledging || complain(run, claim, "two acknowledged");
    }
    if (str_equal(claim->word[1], "promoted")) {
        for (uint32_t i = 0; i < run->fired_count; i++) {
            if (str_equal(run->fired[i].rule, "promoted") &&
                str_equal(run->fired[i].who, claim->word[2])) {
                return complain(run, claim, "it was promoted");
            }
        }
        return true;
    }
    return !fired(run, claim) || complain(run, claim, "it fired");
}

bool story_judge(StoryRun *run, const StoryLine *claim)
{
    if (str_equal(claim->word[0], "never")) {
        return judge_never(run, claim);
    }
    if (str_equal(claim->word[1], "acknowledged") || str_equal(claim->word[1], "outage")) {
        return judge_number(run, claim);
    }
    if (is_state(claim->word[1])) {
        return judge_state(run, claim);
    }
    return fired(run, claim) || complain(run, claim, "it did not fire (in time)");
}

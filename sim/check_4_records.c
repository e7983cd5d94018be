/* check_4_records.c - I4: what the voters have accepted durably, and what is therefore chosen.
 *
 * Fed with every state file at the moment it is durable. A ballot that carries two values, a record that some
 * member takes for chosen without a majority behind it, and two chosen records of one epoch are
 * violations; so is a record that does not follow the one before it by one, a line that no recovery has opened, and a
 * record that was forced, which nobody has asked for. A majority is one of voters that remember: a vote that its voter's file no longer supports, because
 * the memory was lost or put back, is not counted. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

#include <stdlib.h>
#include <string.h>

enum { STOOD_IN_AFTER = 6000000 }; /* so long after the command's word a record comes of it */

const Record *check_latest(const SimWorld *world)
{
    const SimChecks *checks = &world->checks;
    return checks->chosen_count == 0 ? NULL : &checks->chosen[checks->latest].record;
}

static const Record *beside(const SimChecks *checks)
{
    return checks->beside == 0 ? NULL : &checks->chosen[checks->beside - 1].record;
}

bool check_is_parted(const SimWorld *world)
{
    return world->checks.beside != 0;
}

bool check_waits_split(const SimWorld *world, MemberId server)
{
    return world->checks.split_at[server] != 0 && !instance_running(&world->instance[server]);
}

bool check_may_be_chosen(const SimWorld *world, MemberId server)
{
    const Record *other = beside(&world->checks);
    return other != NULL && check_waits_split(world, server) &&
           (other->primary == server || check_latest(world)->primary == server);
}

const Record *check_line_of_other(const SimWorld *world, MemberId server)
{
    const Record *other = beside(&world->checks);
    return other != NULL && other->primary == server ? check_latest(world) : other;
}

static bool is_chosen(const SimChecks *checks, const Record *record)
{
    for (uint32_t i = 0; i < checks->chosen_count; i++) {
        if (record_equal(&checks->chosen[i].record, record)) {
            return true;
        }
    }
    return false;
}

/* Section 8: silence was a vote, or a command has lied. Of commands that tell the truth no two lines come. */
static bool may_lie(const SimWorld *world)
{
    bool lies = world->settings.silence == SILENCE_FALLBACK;
    for (MemberId m = 0; m < world->members.count; m++) {
        lies |= world->command_word[m] == COMMAND_SAYS_BROKEN;
    }
    return lies;
}

static bool begun_alone(const SimWorld *world, const Record *record)
{
    return record->branch.without != 0 && (record->branch.forced || may_lie(world));
}

/* E5: of a line that excludes the latest record's. One of the two was begun without a majority. */
static bool parts(const SimWorld *world, const Record *latest, const Record *record)
{
    const Record *other = beside(&world->checks);
    if (other != NULL) {
        return record->branch.over == 0 && record_leads_to(other, record);
    }
    return !record_leads_to(latest, record) &&
           (begun_alone(world, record) || begun_alone(world, latest));
}

static void add_chosen(SimWorld *world, const Record *record)
{
    SimChecks *checks = &world->checks;
    checks->chosen = sim_grow(checks->chosen, &checks->chosen_room, checks->chosen_count,
                              sizeof *checks->chosen);
    checks->chosen[checks->chosen_count++] = (SimChosen){.record = *record, .at = world->now};
}

/* When the one that was chosen first was. */
static Micros parted_since(const SimWorld *world, const Record *record)
{
    Micros since = world->now;
    for (uint32_t i = world->checks.chosen_count; i > 0; i--) {
        const SimChosen *before = &world->checks.chosen[i - 1];
        since = before->record.epoch >= record->epoch ? before->at : since;
    }
    return since;
}

/* Two lines: of each the epochs grow by one, and nothing else is asked of what goes on beside the other. */
static void note_beside(SimWorld *world, const Record *record)
{
    SimChecks *checks = &world->checks;
    const Record *other = beside(checks);
    if (other != NULL && record->epoch != other->epoch + 1) {
        check_violation(world, "I4", "epoch %llu was chosen after %llu beside another line",
                        (unsigned long long)record->epoch, (unsigned long long)other->epoch);
    }
    if (other == NULL) {
        checks->parted_at = parted_since(world, record);
        world_say(world, "-", "parted", "epoch %llu of %s, and of %s",
                  (unsigned long long)record->epoch, world_name(world, record->primary),
                  world_name(world, check_latest(world)->primary));
    }
    add_chosen(world, record);
    checks->beside = checks->chosen_count;
}

/* The line before is one of the two that have met, and the operator has named the other. What only some had accepted of an
 * attempt before is gone past. */
static bool is_choice(const SimChecks *checks, const Record *latest, const Record *record)
{
    const Record *other = beside(checks);
    const Branch *branch = &record->branch;
    const Epoch highest =
        other != NULL && other->epoch > latest->epoch ? other->epoch : latest->epoch;
    return other != NULL && record->cause == CAUSE_FORCED && record->epoch > highest &&
           branch->epoch == record->epoch && record_leads_to(latest, record) &&
           record_leads_to(other, record);
}

/* Nobody has asked for it. */
static bool is_forced(const SimChecks *checks, const Record *record)
{
    return (record->cause == CAUSE_FORCED && !member_in(checks->forced, record->primary)) ||
           (record->cause == CAUSE_RESTORED && !member_in(checks->recovered, record->primary));
}

/* E5: without a majority a force goes past what its own voter has accepted, which only that one knows, may be; also past a line that
 * it was to open before. So does a primary that lets its standby go alone (section 8) past its own change of before. The line that is
 * known to be chosen leads to it all the same. */
static bool goes_past(const SimChecks *checks, const Record *latest, const Record *record)
{
    bool accepted = false;
    for (uint32_t i = 0; i < checks->vote_count; i++) {
        const SimVote *vote = &checks->vote[i];
        accepted |= member_in(vote->accepted, record->primary) &&
                    vote->record.epoch + 1 == record->epoch &&
                    vote->record.line == record->branch.from;
    }
    return accepted && record_leads_to(latest, record) && record->branch.without != 0 &&
           record->epoch > latest->epoch;
}

/* Of the line beside that of `record`, which counts by itself. */
static bool is_beside(const SimChecks *checks, const Record *chosen, const Record *record)
{
    const Record *other = beside(checks);
    return other != NULL && record_leads_to(chosen, other) && !record_leads_to(chosen, record);
}

static void note_chosen(SimWorld *world, const Record *record)
{
    SimChecks *checks = &world->checks;
    if (is_chosen(checks, record)) {
        return;
    }
    const Record *latest = check_latest(world);
    assert(checks->chosen_count == 0 || checks->chosen != NULL);
    if (latest != NULL && parts(world, latest, record)) {
        note_beside(world, record);
        return;
    }
    const bool choice = latest != NULL && is_choice(checks, latest, record);
    for (uint32_t i = 0; i < checks->chosen_count; i++) {
        const Record *other = &checks->chosen[i].record;
        if (other->epoch == record->epoch && !is_beside(checks, other, record)) {
            check_violation(world, "I4", "two chosen records of epoch %llu",
                            (unsigned long long)record->epoch);
        }
    }
    const bool forced = record->cause == CAUSE_FORCED;
    if (latest != NULL && record->branch.epoch != record->epoch &&
        (record_voters_before(record) != record_voters(latest) ||
         member_count(record_voters(record) ^ record_voters(latest)) > 1)) {
        check_violation(world, "I4", "epoch %llu changes more than one voter",
                        (unsigned long long)record->epoch);
    }
    if (is_forced(checks, record)) {
        check_violation(world, "I4", "epoch %llu was forced", (unsigned long long)record->epoch);
    }
    const bool branches = latest != NULL && latest->line != record->line;
    if (forced && latest != NULL && !branches) {
        check_violation(world, "I4", "epoch %llu was forced, and opens no line",
                        (unsigned long long)record->epoch);
    }
    if (forced && latest != NULL) {
        checks->overruled |= member_bit(latest->primary);
        checks->told_at[latest->primary] = 0;
        checks->overruled &= (MemberSet)~member_bit(record->primary);
    }
    if (branches && !choice &&
        ((record->cause != CAUSE_RESTORED && !forced && record->branch.without == 0) ||
         record->branch.epoch != record->epoch ||
         (record->branch.from != latest->line && !goes_past(checks, latest, record)))) {
        check_violation(world, "I4", "epoch %llu is of another line",
                        (unsigned long long)record->epoch);
    }
    if (latest != NULL && !choice && record->epoch != latest->epoch + 1 &&
        !goes_past(checks, latest, record)) {
        check_violation(world, "I4", "epoch %llu was chosen after %llu",
                        (unsigned long long)record->epoch, (unsigned long long)latest->epoch);
    }
    add_chosen(world, record);
    checks->latest = checks->chosen_count - 1;
    checks->beside = choice ? 0 : checks->beside;
}

static SimVote *vote_for(SimWorld *world, const Ballot *ballot, const Record *record)
{
    SimChecks *checks = &world->checks;
    for (uint32_t i = 0; i < checks->vote_count; i++) {
        if (ballot_compare(&checks->vote[i].ballot, ballot) != 0) {
            continue;
        }
        if (!record_equal(&checks->vote[i].record, record)) {
            check_violation(world, "I4", "ballot %llu of %s carries two values",
                            (unsigned long long)ballot->number, world_name(world, ballot->member));
        }
        return &checks->vote[i];
    }
    checks->vote =
        sim_grow(checks->vote, &checks->vote_room, checks->vote_count, sizeof *checks->vote);
    SimVote *vote = &checks->vote[checks->vote_count++];
    *vote = (SimVote){.ballot = *ballot, .record = *record, .at = world->now};
    return vote;
}

static bool is_majority_of(MemberSet accepted, MemberSet voters)
{
    return member_count(accepted & voters) >= majority_of(member_count(voters));
}

/* E4: where the voters change, of both sets. */
static bool is_majority(const SimVote *vote)
{
    return is_majority_of(vote->accepted, record_voters(&vote->record)) &&
           is_majority_of(vote->accepted, record_voters_before(&vote->record));
}

/* E5: what an operator stood in for is decided when who was forced knows it: what its own voter has accepted may be given up, where
 * the silent speak meanwhile, though no other voter is left on that line. */
static bool is_for_who_knows(const Record *record)
{
    return record->cause == CAUSE_FORCED && record->branch.without != 0;
}

/* Ballots only grow in a memory that lasts. */
static void forget_votes(SimChecks *checks, MemberId member, const Ballot *remembered)
{
    for (uint32_t i = 0; i < checks->vote_count; i++) {
        SimVote *vote = &checks->vote[i];
        if (!vote->chosen && ballot_compare(&vote->ballot, remembered) > 0) {
            vote->accepted &= (MemberSet)~member_bit(member);
        }
    }
}

static bool has_accepted(const SimWorld *world, MemberId member, const Record *record)
{
    const SimChecks *checks = &world->checks;
    for (uint32_t i = 0; i < checks->vote_count; i++) {
        const SimVote *vote = &checks->vote[i];
        if (member_in(vote->accepted, member) && record_equal(&vote->record, record)) {
            return true;
        }
    }
    return false;
}

/* E5: an operator has stood in for those who were silent, and for no more. Others may have written down that it is chosen before
 * who was forced has itself. */
static bool is_forced_alone(const SimWorld *world, MemberId member, const Durable *durable)
{
    const Record *record = &durable->chosen;
    const MemberSet without = record->branch.without;
    const bool at_once = record->primary == member && record_equal(record, &durable->accepted);
    return without != 0 && record->cause == CAUSE_FORCED &&
           member_in(world->checks.forced, record->primary) &&
           (at_once || has_accepted(world, record->primary, record)) &&
           (without & (MemberSet)~world->checks.stood_in) == 0;
}

/* The operator's command had said so when it was accepted; that it is chosen may be written down much later. */
static bool was_said(const SimWorld *world, const SimVote *vote)
{
    bool said = world->settings.silence == SILENCE_FALLBACK;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Micros at = world->checks.broken_at[m];
        said |= world->settings.silence == SILENCE_COMMAND && at != 0 &&
                member_in(vote->record.branch.without, m) && vote->at - at <= STOOD_IN_AFTER;
    }
    return said;
}

/* Section 8: of two voters one is silent, and its vote was stood in for, as the settings have it. Who decides alone has
 * accepted durably; another may have written down that it is chosen before it has itself. */
static bool is_stood_in(const SimWorld *world, const Record *record)
{
    const SimChecks *checks = &world->checks;
    bool said = false;
    for (uint32_t i = 0; i < checks->vote_count; i++) {
        const SimVote *vote = &checks->vote[i];
        said |= member_in(vote->accepted, record->primary) && record_equal(&vote->record, record) &&
                was_said(world, vote);
    }
    return said && member_count(record->branch.without) == 1 && !record->branch.forced &&
           member_count(record_voters(record)) == 2;
}

void check_persisted(SimWorld *world, MemberId member, const Durable *durable)
{
    if (!is_chosen(&world->checks, &durable->chosen) &&
        (is_forced_alone(world, member, durable) || is_stood_in(world, &durable->chosen))) {
        note_chosen(world, &durable->chosen);
    }
    const Record *latest = check_latest(world);
    if (latest != NULL && member_in(world->checks.overruled, member) &&
        durable->chosen.line == latest->line && world->checks.told_at[member] == 0) {
        world->checks.told_at[member] = world->now;
    }
    if (world->checks.known[member] != durable->chosen.epoch) {
        world->checks.known[member] = durable->chosen.epoch;
        world->checks.known_at[member] = world->now;
    }
    const bool knows = durable->split.epoch != 0;
    Micros *split_at = &world->checks.split_at[member];
    *split_at = !knows ? 0 : *split_at == 0 ? world->now : *split_at;
    if (durable->memory[member].incarnation != 0) {
        forget_votes(&world->checks, member, &durable->accepted_ballot);
    }
    if (!record_is_none(&durable->accepted)) {
        SimVote *vote = vote_for(world, &durable->accepted_ballot, &durable->accepted);
        vote->accepted |= member_bit(member);
        if (!vote->chosen && is_majority(vote) && !is_for_who_knows(&vote->record)) {
            vote->chosen = true;
            note_chosen(world, &durable->accepted);
        }
    }
    if (!record_is_none(&durable->chosen) && !is_chosen(&world->checks, &durable->chosen)) {
        check_violation(world, "I4", "%s takes epoch %llu for chosen without a majority",
                        world_name(world, member), (unsigned long long)durable->chosen.epoch);
    }
}

/* proposer.c - one change of the record: prepare, accept, adopt (E1).
 *
 * The own voter goes first, durably: so a ballot is never used twice, because the next number is
 * taken above what the own voter has promised, and what was proposed survives the proposer. */
#include "core/proposer.h"

#include "base/assert.h"

#include <string.h>

enum {
    PAUSE_MAX = 120,
    PAUSE_PRIMARY_MAX = 10,
    PAUSE_DOUBLINGS = 4,
    PATIENCE_DOUBLINGS = 2,
    /* A voter of another line may be about to follow, or waits for an operator's word (E5). */
    PAUSE_DOUBLINGS_SPLIT = 9,
    PAUSE_SPLIT_MAX = 5120,
    /* Who knows other voters mostly does so for a moment; where it lasts, it is asked ever more seldom. */
    STRANGERS_PATIENCE = 16,
    STRANGERS_MAX = STRANGERS_PATIENCE * PAUSE_DOUBLINGS,
    ASK_FENCERS_AGAIN = 200,
    PAUSE_NOT_FENCED = 10000, /* as long as the command is not tried again */
    PAUSE_FENCED = 1000,
};

static uint32_t at_most(uint32_t value, uint32_t limit)
{
    return value < limit ? value : limit;
}

bool proposer_is_busy(const Proposer *proposer)
{
    return proposer->phase != PROPOSER_IDLE;
}

bool proposer_may_begin(const Proposer *proposer, const Participant *p)
{
    return !proposer_is_busy(proposer) && proposer->outcome == PROPOSER_NOTHING &&
           p->now >= proposer->not_before && participant_has_memory(p);
}

ProposerOutcome proposer_take(Proposer *proposer)
{
    const ProposerOutcome outcome = proposer->outcome;
    proposer->outcome = PROPOSER_NOTHING;
    return outcome;
}

static void finish(Proposer *proposer, Participant *p, ProposerOutcome outcome)
{
    proposer->phase = PROPOSER_IDLE;
    proposer->outcome = outcome;
    proposer->fencing = (Fencing){0};
    if (outcome != PROPOSER_FAILED) {
        proposer->failures = proposer->strangers = 0;
        return;
    }
    /* Two that collide part by chance, and the slower the disks the longer the pause must be; the primary's own
     * changes go first (section 2). A voter that said no for a reason may say yes soon. */
    const bool split = proposer->refusal == REFUSAL_SPLIT;
    const bool stranger = proposer->refusal == REFUSAL_STRANGER;
    const bool collided =
        proposer->refusal == REFUSAL_NONE || proposer->refusal == REFUSAL_LOWER_BALLOT;
    proposer->failures = collided || split ? proposer->failures + 1 : 0;
    const bool primary = p->durable.chosen.primary == p->self && p->durable.chosen.epoch != 0;
    const uint32_t first = primary ? (uint32_t)PAUSE_PRIMARY_MAX : PAUSE_MAX;
    proposer->strangers = stranger ? at_most(proposer->strangers + 1, STRANGERS_MAX) : 0;
    const uint32_t most =
        split
            ? at_most(first << at_most(proposer->failures, PAUSE_DOUBLINGS_SPLIT), PAUSE_SPLIT_MAX)
            : first << at_most(proposer->failures + proposer->strangers / STRANGERS_PATIENCE,
                               PAUSE_DOUBLINGS);
    proposer->not_before = p->now + 1 + (Millis)prng_below(&p->prng, most);
    if (proposer->refusal == REFUSAL_NOT_FENCED)
        proposer->not_before += PAUSE_NOT_FENCED;
    if (proposer->refusal == REFUSAL_FENCED)
        proposer->not_before += PAUSE_FENCED;
}

void proposer_hurry(Proposer *proposer, const Participant *p)
{
    if (proposer->refusal != REFUSAL_NOT_FENCED || proposer_is_busy(proposer))
        return;
    proposer->refusal = REFUSAL_NONE;
    proposer->not_before = p->now;
}

void proposer_operator(Proposer *proposer, bool no_fencing, bool heard_too)
{
    proposer->fencing = (Fencing){.by_operator = true, .skip = no_fencing, .heard_too = heard_too};
}

/* F1: a claim is not filled in yet. */
static void note_leaving(Proposer *proposer, const Record *before, const Record *after)
{
    const bool claim = proposer->purpose == PURPOSE_TAKEOVER && record_equal(before, after);
    Fencing *fencing = &proposer->fencing;
    fencing->primary = claim || before->primary != after->primary;
    fencing->leave = claim ? member_bit(before->primary) : record_leaving(before, after);
    if (proposer->consent.given || record_is_none(before))
        fencing->leave = 0;
}

/* What somebody else has begun, and is only completed here, is no operator's word; but a force that he has repeated. */
static bool is_word(const Proposer *proposer, const Participant *p)
{
    const Record *value = &proposer->value;
    return !proposer->adopting || (value->cause == CAUSE_FORCED && value->primary == p->self);
}

void proposer_abandon(Proposer *proposer, Participant *p)
{
    assert(proposer_is_busy(proposer));
    finish(proposer, p, PROPOSER_FAILED);
    proposer->outcome = PROPOSER_NOTHING;
}

static Ballot next_ballot(const Participant *p)
{
    uint64_t number = p->durable.promised.number;
    if (p->highest_number > number)
        number = p->highest_number;
    return (Ballot){
        .number = number + 1,
        .member = p->self,
        .incarnation = p->durable.memory[p->self].incarnation,
    };
}

/* The own voter first, durably: a ballot is never used twice. */
static void persist_own(Participant *p, Actions *out)
{
#ifndef MC_MUTATE_BALLOT_TWICE
    participant_persist(p, out);
#else
    (void)p, (void)out;
#endif
}

static unsigned needed(MemberSet voters)
{
#ifdef MC_MUTATE_MINORITY
    return majority_of(member_count(voters)) - 1;
#endif
    return majority_of(member_count(voters));
}

/* E4: the sets of voters of each of which it takes a majority. */
typedef struct Electorate {
    unsigned count;
    MemberSet set[4];
} Electorate;

static void add_set(Electorate *electorate, MemberSet set)
{
    assert(electorate->count < sizeof electorate->set / sizeof electorate->set[0]);
    electorate->set[electorate->count++] = set;
}

/* A record that is not known to be chosen may be, by two sets; or another of its epoch by that of the record before
 * alone: either shows itself only to who asks both. What is known to be chosen is asked of its own voters. */
static void add_record(Electorate *electorate, const Participant *p, const Record *record)
{
#ifndef MC_MUTATE_MEMBERS_BY_OLD_ALONE
    add_set(electorate, record_voters(record));
#endif
#ifndef MC_MUTATE_MEMBERS_BY_NEW_ALONE
    if (record->epoch > p->durable.chosen.epoch)
        add_set(electorate, record_voters_before(record));
#endif
    if (electorate->count == 0)
        add_set(electorate, record_voters(record));
}

/* E5: it is to open a line that is chosen over one that this had met. */
static bool chooses(const Proposer *proposer)
{
    const Record *wanted = &proposer->wanted;
    return !proposer->adopting && wanted->branch.over != 0 && wanted->line != proposer->basis.line;
}

/* E5: where two lines have met and one is chosen, by a majority of the other's voters, too: it can go on no more.
 * Of its latest record, as far as that is known by now: what was not shown to the operator is refused by whoever has accepted it. */
static void add_overruled(Electorate *electorate, const Proposer *proposer, const Participant *p)
{
#ifdef MC_MUTATE_CHOICE_UNTOLD
    return;
#endif
    if (chooses(proposer))
        add_set(electorate, record_voters(&p->durable.split));
}

static Electorate electorate_of(const Proposer *proposer, const Participant *p)
{
    Electorate ret = {0};
    add_overruled(&ret, proposer, p);
    if (proposer->phase == PROPOSER_ACCEPTING) {
        add_record(&ret, p, &proposer->value);
        return ret;
    }
    /* What was found under the highest ballot decides who must have promised; nothing but what is known here, or the
     * lines of network.conf where nobody knows anything. */
    if (proposer->best.epoch > p->durable.chosen.epoch)
        add_record(&ret, p, &proposer->best);
    else if (record_is_none(&p->durable.chosen))
        add_set(&ret, members_all(&p->durable.members));
    else
        add_record(&ret, p, &p->durable.chosen);
    return ret;
}

/* E3: an answer counts only while the incarnation that gave it is the newest known. E2: the own one
 * counts when it is durable. */
static MemberSet counting(const Proposer *proposer, const Participant *p, MemberSet answers)
{
    MemberSet ret = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        if (!member_in(answers, m))
            continue;
        if (m == p->self && p->persist_done < proposer->own_persist)
            continue;
#ifndef MC_MUTATE_IGNORE_INCARNATIONS
        if (proposer->counted[m] != p->durable.memory[m].incarnation)
            continue;
#endif
        ret |= member_bit(m);
    }
    const MemberSet spoke = answers | proposer->refusers;
    return ret | (proposer->stood_in & (MemberSet)~spoke);
}

static bool is_majority(const Proposer *proposer, const Participant *p, MemberSet answers)
{
    const Electorate electorate = electorate_of(proposer, p);
    for (unsigned i = 0; i < electorate.count; i++)
        if (member_count(electorate.set[i] & answers) < needed(electorate.set[i]))
            return false;
    return true;
}

void proposer_stand_in(Proposer *proposer, MemberSet voters)
{
    assert(proposer->phase == PROPOSER_PREPARING);
    proposer->stood_in = voters;
}

/* Named after the own promise: its generation is in it, and who wrote it. */
static Message prepare_of(const Proposer *proposer, const Participant *p)
{
    Message ret = {.kind = MESSAGE_PREPARE};
    Prepare *prepare = &ret.u.prepare;
    prepare->cluster = p->durable.cluster;
    prepare->ballot = proposer->ballot;
    prepare->purpose = proposer->purpose;
    prepare->consent = proposer->consent;
    prepare->fencing = proposer->fencing;
    memcpy(prepare->memory, p->durable.memory, sizeof prepare->memory);
    prepare->runs = p->durable.runs;
    return ret;
}

static Message accept_of(const Proposer *proposer, const Participant *p)
{
    Message ret = {.kind = MESSAGE_ACCEPT};
    Accept *accept = &ret.u.accept;
    accept->cluster = proposer->value.cluster;
    accept->ballot = proposer->ballot;
    accept->purpose = proposer->adopting ? PURPOSE_READ : proposer->purpose;
    accept->consent = proposer->consent;
    accept->fencing = proposer->fencing;
    accept->record = proposer->value;
    memcpy(accept->memory, p->durable.memory, sizeof accept->memory);
    accept->runs = p->durable.runs;
    return ret;
}

/* E5: this server was being forced, and an operator stood in for others; while its own voter accepted the record it learned what was
 * chosen on the line before, which excludes that, and gave it up. The own answer is not counted, as no other's that bears such a record is. */
static bool is_given_up(const Participant *p, const Record *record)
{
    const Record *chosen = &p->durable.chosen;
    const Branch *branch = &record->branch;
    return record->primary == p->self && branch->forced && branch->without != 0 &&
           !record_leads_to(record, chosen) && !record_leads_to(chosen, record);
}

/* What the own voter has accepted was refused by others in the round before, for they hear the primary, as this server does. It may
 * be that nobody else has accepted it: what a majority without the own voter finds stands then, and nobody will choose the other. */
static bool passes_over_own(const Proposer *proposer, const Participant *p,
                            const CoreSettings *settings, Purpose purpose)
{
    const bool refused =
        proposer->refusal == REFUSAL_LEASE || proposer->refusal == REFUSAL_PRIMARY_WELL;
    return purpose == PURPOSE_READ && refused && proposer->refused_by != p->self &&
           durable_is_pending(&p->durable) &&
           participant_hears(p, settings, p->durable.chosen.primary);
}

bool proposer_begin(Proposer *proposer, Participant *p, const CoreSettings *settings,
                    Purpose purpose, const Consent *consent, const Record *basis,
                    const Record *wanted, Actions *out)
{
    if (!proposer_may_begin(proposer, p)) {
        proposer->fencing = (Fencing){0};
        return false;
    }
    const bool passed =
        passes_over_own(proposer, p, settings, purpose) || is_given_up(p, &p->durable.accepted);
    proposer->phase = PROPOSER_PREPARING;
    proposer->purpose = purpose;
    proposer->consent = consent != NULL ? *consent : (Consent){0};
    proposer->ballot = next_ballot(p);
    proposer->basis = *basis;
    proposer->wanted = *wanted;
    proposer->adopting = false;
    const bool over = passed || record_is_over(&p->durable.accepted, &p->durable.chosen);
    proposer->best_ballot = over ? (Ballot){0} : p->durable.accepted_ballot;
    proposer->best = over ? (Record){0} : p->durable.accepted;
#ifdef MC_MUTATE_PASSED_OVER_COUNTS
    proposer->promised = member_bit(p->self);
#else
    proposer->promised = passed ? 0 : member_bit(p->self);
#endif
    proposer->accepted = 0;
    proposer->refusers = 0;
    proposer->stood_in = 0;
    proposer->fencers = 0;
    proposer->fencing_at = 0;
    proposer->counted[p->self] = proposer->ballot.incarnation;
    note_leaving(proposer, basis, wanted);
    Message question = prepare_of(proposer, p);
    proposer->refusal = voter_prepare(p, settings, p->self, &question.u.prepare);
    proposer->refused_by = p->self;
    proposer->deadline =
        p->now + (settings->detection / 2 << at_most(proposer->failures, PATIENCE_DOUBLINGS));
    if (proposer->refusal != REFUSAL_NONE) {
        finish(proposer, p, PROPOSER_FAILED);
        return false;
    }
    persist_own(p, out);
    proposer->own_persist = p->persist_ordered;
    question = prepare_of(proposer, p);
    participant_broadcast(p, &question, out);
    return true;
}

static void send_accept(Proposer *proposer, Participant *p, const CoreSettings *settings,
                        Actions *out)
{
    if (!is_word(proposer, p))
        proposer->fencing = (Fencing){0};
    note_leaving(proposer, &p->durable.chosen, &proposer->value);
    Message question = accept_of(proposer, p);
    proposer->refusal = voter_accept(p, settings, p->self, &question.u.accept);
    proposer->refused_by = p->self;
    if (proposer->refusal != REFUSAL_NONE) {
        finish(proposer, p, PROPOSER_FAILED);
        return;
    }
    persist_own(p, out);
    proposer->own_persist = p->persist_ordered;
    proposer->accepted = member_bit(p->self);
    proposer->promised = 0;
    proposer->refusers = 0;
    proposer->fencers = 0;
    proposer->counted[p->self] = p->durable.memory[p->self].incarnation;
    proposer->phase = PROPOSER_ACCEPTING;
    question = accept_of(proposer, p);
    participant_broadcast(p, &question, out);
}

void proposer_accept(Proposer *proposer, Participant *p, const CoreSettings *settings,
                     const Record *wanted, Actions *out)
{
    assert(proposer->phase == PROPOSER_READY);
    proposer->wanted = *wanted;
    proposer->value = *wanted;
    send_accept(proposer, p, settings, out);
}

/* What was found is completed first. */
static void adopt(Proposer *proposer, Participant *p, const CoreSettings *settings, Actions *out)
{
    proposer->adopting = proposer->purpose != PURPOSE_READ;
    proposer->value = proposer->best;
    send_accept(proposer, p, settings, out);
}

/* What an operator has forced before, and nobody has heard of: it is completed like anything else. */
static bool same_line(const Proposer *proposer)
{
    return proposer->best.branch.without != 0 &&
           proposer->best.branch.from == proposer->wanted.branch.from;
}

/* E5: whatever those who spoke have accepted comes before the line that is wanted, or excludes it. */
static void goes_past(Proposer *proposer, Participant *p, const CoreSettings *settings,
                      Actions *out)
{
    if (proposer->best.epoch < proposer->wanted.epoch &&
        record_leads_to(&proposer->best, &proposer->wanted))
        proposer->phase = PROPOSER_READY;
    else if (proposer->stood_in ==
             0) /* of the own line, and a majority may have chosen it: another line's is refused */
        adopt(proposer, p, settings, out);
    else
        finish(proposer, p, PROPOSER_FAILED);
}

/* A majority has promised. What was accepted under the highest ballot stands; only when that is the
 * basis is something new proposed. */
static void promised_by_majority(Proposer *proposer, Participant *p, const CoreSettings *settings,
                                 Actions *out)
{
    /* E5: what was decided alone has been accepted by whoever decided, and by nobody who remembers it: it is known to be chosen,
     * and whatever came after it would have been accepted by one of these. */
    if (record_is_none(&proposer->best))
        proposer->best = p->durable.chosen;
    const bool empty = record_is_none(&proposer->best);
    if (empty && proposer->purpose == PURPOSE_READ) {
        finish(proposer, p, PROPOSER_EMPTY);
        return;
    }
    if (empty && proposer->purpose != PURPOSE_BOOTSTRAP) {
        finish(proposer, p, PROPOSER_FAILED);
        return;
    }
    const bool reading = proposer->purpose == PURPOSE_READ;
#ifdef MC_MUTATE_READ_HIGHEST_SEEN
    if (reading) {
        proposer->value = proposer->best;
        finish(proposer, p, PROPOSER_CHOSEN);
        return;
    }
#endif
#ifdef MC_MUTATE_OVERWRITE_ACCEPTED
    proposer->best = reading ? proposer->best : proposer->basis;
#endif
    if (!reading && record_equal(&proposer->best, &proposer->basis)) {
        proposer->phase = PROPOSER_READY;
        return;
    }
    if (chooses(proposer) || (proposer->stood_in != 0 && !same_line(proposer))) {
        goes_past(proposer, p, settings, out);
        return;
    }
    adopt(proposer, p, settings, out);
}

/* The first thing that anybody hears of a chosen record. */
static void chosen(Proposer *proposer, Participant *p, Actions *out)
{
    if (is_given_up(p, &proposer->value)) {
        finish(proposer, p, PROPOSER_FAILED); /* nobody is to follow it */
        return;
    }
    Message news = {.kind = MESSAGE_CHOSEN};
    news.u.chosen = (Chosen){.record = proposer->value, .ballot = proposer->ballot};
    participant_broadcast(p, &news, out);
    finish(proposer, p, proposer->adopting ? PROPOSER_ADOPTED : PROPOSER_CHOSEN);
}

/* E3: which incarnations it knows, so that the next round names them. */
static void ask_memory(Participant *p, MemberId from, Actions *out)
{
    const Message question = {.kind = MESSAGE_RECOVER_ASK};
    participant_send(p, from, &question, out);
}

static void refused(Proposer *proposer, Participant *p, const CoreSettings *settings, MemberId from,
                    Refusal refusal, const Ballot *promised, const VoterMemory *memory,
                    Actions *out)
{
    proposer->refusal = refusal;
    proposer->refused_by = from;
    participant_note_ballot(p, promised);
    if (memory->incarnation > p->durable.memory[from].incarnation)
        p->durable.memory[from] = *memory;
    /* Who has lost its memory says nothing of what it had promised, and who is on the other line, which has removed this server,
     * nothing of the choice: the operator who stands in for it knows that. */
    const bool says_nothing =
        refusal == REFUSAL_LOST_MEMORY || (refusal == REFUSAL_STRANGER && chooses(proposer));
    if (says_nothing && member_in(proposer->stood_in, from))
        return;
    /* F1: the round waits as long as that voter says so. */
    if (refusal == REFUSAL_FENCING) {
        proposer->fencers |= member_bit(from);
        proposer->fencing_at = p->now;
        proposer->ask_at = p->now + ASK_FENCERS_AGAIN;
        if (proposer->deadline < p->now + settings->detection)
            proposer->deadline = p->now + settings->detection;
        return;
    }
    proposer->fencers &= (MemberSet)~member_bit(from);
    /* One voter without memory, or one that knows a newer incarnation, is silence; the others may
     * still make a majority. Refusing for a reason ends the round only when no majority is left. */
    if (refusal == REFUSAL_INCARNATION)
        ask_memory(p, from, out);
    proposer->refusers |= member_bit(from);
    MemberSet hopeful = proposer->promised | proposer->accepted;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (participant_hears(p, settings, m))
            hopeful |= member_bit(m);
    hopeful &= (MemberSet)~proposer->refusers;
    if (refusal == REFUSAL_LOWER_BALLOT || !is_majority(proposer, p, hopeful))
        finish(proposer, p, PROPOSER_FAILED);
}

/* E3: the answer of a voter whose memory is not the one of which this one has heard is not counted. */
static bool may_count(Participant *p, MemberId from, const VoterMemory *memory, const Runs *runs,
                      Actions *out)
{
    if (recall_believes(p, from, memory->agent, memory, runs))
        return true;
    recall_tell(p, from, out);
    return false;
}

static void take_promise(Proposer *proposer, Participant *p, const CoreSettings *settings,
                         MemberId from, const Promise *promise, Actions *out)
{
    if (proposer->phase != PROPOSER_PREPARING ||
        ballot_compare(&promise->ballot, &proposer->ballot) != 0)
        return;
    if (promise->refusal != REFUSAL_NONE) {
        refused(proposer, p, settings, from, promise->refusal, &promise->promised, &promise->memory,
                out);
        return;
    }
    if (!record_is_none(&promise->accepted) &&
        !members_extend(&promise->accepted.voters, &p->durable.members))
        return; /* E4: its numbers name other members */
    const bool overruled = record_is_overruled(&promise->accepted, &proposer->wanted);
    const bool over = overruled || record_is_over(&promise->accepted, &p->durable.chosen);
    if (!over && durable_splits_from(&p->durable, &promise->accepted)) {
        refused(proposer, p, settings, from, REFUSAL_SPLIT, &promise->promised, &promise->memory,
                out);
        return;
    }
    if (!may_count(p, from, &promise->memory, &promise->runs, out))
        return;
    proposer->promised |= member_bit(from);
    proposer->fencers &= (MemberSet)~member_bit(from);
    proposer->counted[from] = promise->memory.incarnation;
    if (promise->accepted_ballot.number != 0 && !over &&
        ballot_compare(&promise->accepted_ballot, &proposer->best_ballot) > 0) {
        proposer->best_ballot = promise->accepted_ballot;
        proposer->best = promise->accepted;
    }
}

static void take_accepted(Proposer *proposer, Participant *p, const CoreSettings *settings,
                          MemberId from, const Accepted *accepted, Actions *out)
{
    if (proposer->phase != PROPOSER_ACCEPTING ||
        ballot_compare(&accepted->ballot, &proposer->ballot) != 0)
        return;
    if (accepted->refusal != REFUSAL_NONE) {
        refused(proposer, p, settings, from, accepted->refusal, &accepted->promised,
                &accepted->memory, out);
        return;
    }
    if (!may_count(p, from, &accepted->memory, &accepted->runs, out))
        return;
    proposer->accepted |= member_bit(from);
    proposer->fencers &= (MemberSet)~member_bit(from);
    proposer->counted[from] = accepted->memory.incarnation;
}

bool proposer_message(Proposer *proposer, Participant *p, const CoreSettings *settings,
                      MemberId from, const Message *message, Actions *out)
{
    if (message->kind == MESSAGE_PROMISE)
        take_promise(proposer, p, settings, from, &message->u.promise, out);
    else if (message->kind == MESSAGE_ACCEPTED)
        take_accepted(proposer, p, settings, from, &message->u.accepted, out);
    else
        return false;
    proposer_tick(proposer, p, settings, out);
    return true;
}

/* F1: the same question under the same ballot, for that voter has promised nothing. */
static void ask_fencers(Proposer *proposer, Participant *p, Actions *out)
{
    const Message question =
        proposer->phase == PROPOSER_PREPARING ? prepare_of(proposer, p) : accept_of(proposer, p);
    if (proposer->phase == PROPOSER_READY)
        return;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(proposer->fencers, m))
            participant_send(p, m, &question, out);
    proposer->ask_at = p->now + ASK_FENCERS_AGAIN;
}

void proposer_tick(Proposer *proposer, Participant *p, const CoreSettings *settings, Actions *out)
{
    if (!proposer_is_busy(proposer))
        return;
    if (proposer->phase == PROPOSER_PREPARING &&
        is_majority(proposer, p, counting(proposer, p, proposer->promised)))
        promised_by_majority(proposer, p, settings, out);
    else if (proposer->phase == PROPOSER_ACCEPTING &&
             is_majority(proposer, p, counting(proposer, p, proposer->accepted)))
        chosen(proposer, p, out);
    else if (p->now >= proposer->deadline && proposer->phase != PROPOSER_READY)
        finish(proposer, p, PROPOSER_FAILED);
    else if (proposer->fencers != 0 && p->now >= proposer->ask_at)
        ask_fencers(proposer, p, out);
}

Millis proposer_deadline(const Proposer *proposer)
{
    if (!proposer_is_busy(proposer))
        return proposer->not_before;
    return proposer->fencers != 0 && proposer->ask_at < proposer->deadline ? proposer->ask_at
                                                                           : proposer->deadline;
}

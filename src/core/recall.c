/* recall.c - E3: how a voter that has lost its memory gets one back.
 *
 * Two steps, each answered by every other voter. First: which incarnation do you know of me? Then:
 * note this higher one, durably, and hand over what you know. After the second step no promise of an
 * earlier life can be counted by anybody: every proposer has a voter of its own, that voter has
 * noted the new incarnation, and a round that names an older one is refused. A majority would not
 * suffice: the one left out might be the proposer that still counts an old answer.
 *
 * A blank voter notes, too, but what it hands over is nothing: its answer counts only where there is
 * nothing to remember, at bootstrap, when no voter has a record and none has ever known the asker.
 * Two voters of three that have both lost their memory wait for an operator. */
#include "core/participant.h"

#include <string.h>

enum {
    RECALL_REPEAT = 300,
    RECALL_ANEW = 5000, /* who has answered may know of a record since then that asks fewer (E4) */
};

/* Who is asked: everybody of whom network.conf tells. */
static MemberSet all_others(const Participant *p)
{
    return members_all(&p->durable.members) & (MemberSet)~member_bit(p->self);
}

/* E4: who must answer: the voters of the latest record that anybody who has answered knows to be chosen, and those of
 * whatever may have been chosen after it. Where nobody knows of a record, everybody. */
static MemberSet required(const Participant *p)
{
    const Recall *r = &p->recall;
#ifdef MC_MUTATE_MEMBERS_IN_FILES
    return all_others(p);
#endif
    if (record_is_none(&r->chosen))
        return all_others(p);
    MemberSet voters = record_voters(&r->chosen);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (r->beyond_epoch[m] > r->chosen.epoch)
            voters |= r->beyond[m];
    return voters & (MemberSet)~member_bit(p->self);
}

MemberSet recall_waits_for(const Participant *p)
{
    const Recall *r = &p->recall;
    if (r->phase == RECALL_NONE || record_is_none(&r->chosen))
        return 0;
    return required(p) & (MemberSet) ~(r->answered & (MemberSet)~r->blank);
}

static void ask(Participant *p, Actions *out)
{
    Message question = {.kind = MESSAGE_RECOVER_ASK};
    question.u.recover_ask.nonce = p->recall.nonce;
    question.u.recover_ask.incarnation =
        p->recall.phase == RECALL_NOTING ? p->recall.incarnation : 0;
    const bool anew = p->now - p->recall.asked_all_at > RECALL_ANEW;
    const MemberSet silent = all_others(p) & (MemberSet)~p->recall.answered;
    const MemberSet asked = anew ? all_others(p) : silent;
    if (anew)
        p->recall.asked_all_at = p->now;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(asked, m))
            participant_send(p, m, &question, out);
    p->recall.ask_again_at = p->now + RECALL_REPEAT;
}

void recall_begin(Participant *p, Actions *out)
{
    const MemberTable members = p->durable.members;
    const Durable old = p->durable;
    p->durable = (Durable){
        .generation = old.generation,
        .longest_lease = old.longest_lease,
        .members = members,
        .self = p->self,
        .boot = p->boot,
        .instance_wanted = old.instance_wanted,
        .failover_asked = old.failover_asked,
        .failover_wanted = old.failover_wanted,
    };
    p->recall =
        (Recall){.phase = RECALL_ASKING, .nonce = prng_next(&p->prng), .asked_all_at = p->now};
    ask(p, out);
}

/* What was noticed stays noticed: written, so that a restart does not begin with the same file once more. */
void recall_lost(Participant *p, Actions *out)
{
    participant_log(p, msg_voter_lost_memory("others remember more of it than it does"), out);
    recall_begin(p, out);
    participant_persist(p, out);
}

/* --- whose memory it is ----------------------------------------------------------------------------- */

/* 0: unknown. */
static AgentId writer_of(const Runs *runs, uint64_t generation)
{
    for (uint8_t i = 0; i < runs->count; i++)
        if (generation <= runs->run[i].until)
            return runs->run[i].agent;
    return 0;
}

/* The two oldest runs become one that nobody knows any more. */
static void drop_oldest_run(Runs *runs)
{
    memmove(&runs->run[0], &runs->run[1], (RUNS_MAX - 1) * sizeof runs->run[0]);
    runs->run[0].agent = 0;
    runs->count--;
}

static void add_run(Runs *runs, AgentId agent, uint64_t until)
{
    if (runs->count == RUNS_MAX)
        drop_oldest_run(runs);
    runs->run[runs->count].agent = agent;
    runs->run[runs->count].until = until;
    runs->count++;
}

void recall_note_run(Participant *p)
{
    Runs *runs = &p->durable.runs;
    const uint64_t generation = p->durable.generation;
    VoterMemory *own = &p->durable.memory[p->self];
    if (runs->count == 0) /* a new incarnation, or the file of a version that noted none */
        add_run(runs, 0, generation - 1);
    if (runs->run[runs->count - 1].agent != p->agent)
        add_run(runs, p->agent, generation);
    runs->run[runs->count - 1].until = generation;
    own->generation = generation;
    own->agent = p->agent;
}

bool recall_goes_on(const VoterMemory *told, const Runs *runs, const VoterMemory *known)
{
    if (told->incarnation != known->incarnation)
        return told->incarnation > known->incarnation;
#ifdef MC_MUTATE_OLD_MEMORY_VOTES
    return true;
#endif
    if (told->generation < known->generation)
        return false;
#ifdef MC_MUTATE_CAUGHT_UP_VOTES
    return true;
#endif
    /* A memory that was put back goes on counting from there; what it had written before has another writer. */
    const AgentId writer = writer_of(runs, known->generation);
    return writer == 0 || known->agent == 0 || writer == known->agent;
}

bool recall_believes(Participant *p, MemberId from, AgentId agent, const VoterMemory *told,
                     const Runs *runs)
{
    VoterMemory *known = &p->durable.memory[from];
    const bool overtaken = told->incarnation == known->incarnation && agent != 0 &&
                           agent == known->agent && told->generation < known->generation;
    if (overtaken)
        return true; /* by something that the same run has said later */
#ifdef MC_MUTATE_IGNORE_INCARNATIONS
    if (told->incarnation < known->incarnation)
        return true;
#endif
    if (!recall_goes_on(told, runs, known))
        return false;
    *known = *told; /* durable with the next write; a vote writes anyway */
    return true;
}

VoterMemory recall_durable_memory(const Participant *p)
{
    return (VoterMemory){
        .incarnation = participant_has_memory(p) ? p->durable.memory[p->self].incarnation : 0,
        .generation = p->generation_durable,
        .agent = writer_of(&p->durable.runs, p->generation_durable),
    };
}

static void restore(Participant *p, Incarnation incarnation, Actions *out)
{
    Durable *d = &p->durable;
    d->promised = p->recall.promised;
    d->accepted_ballot = p->recall.accepted_ballot;
    d->accepted = p->recall.accepted;
    d->chosen = p->recall.chosen;
    d->reached = d->accepted.epoch;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (p->recall.beyond_epoch[m] > d->reached)
            d->reached = p->recall.beyond_epoch[m];
    if (!record_is_none(durable_latest(d)))
        d->cluster = durable_latest(d)->cluster;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (p->recall.memory[m].incarnation >= d->memory[m].incarnation)
            d->memory[m] = p->recall.memory[m];
    d->generation = d->generation > p->recall.memory[p->self].generation
                        ? d->generation
                        : p->recall.memory[p->self].generation;
    d->memory[p->self] = (VoterMemory){.incarnation = incarnation, .generation = d->generation};
    d->runs = (Runs){0};
    d->boot = p->boot;
    /* P3: it may have answered with the end of its WAL before it forgot. */
    const Record *chosen = &d->chosen;
#ifndef MC_MUTATE_AMNESIA_UNBINDS
    if (chosen->quorum < chosen->eligible_count && record_eligible(chosen, p->self) != NULL)
        d->bound_epoch = chosen->epoch;
#endif
    p->recall.phase = RECALL_NONE;
    p->lease_blind_until = p->now + participant_blind_time(p);
    participant_log(p, msg_voter_recovered((int64_t)incarnation), out);
    participant_persist(p, out);
}

/* Nobody has a record and nobody ever knew this voter: the cluster begins. */
static bool is_bootstrap(const Recall *r)
{
    return r->highest == 0 && record_is_none(&r->accepted) && record_is_none(&r->chosen);
}

static void all_answered(Participant *p, Actions *out)
{
    Recall *r = &p->recall;
    if ((r->blank & required(p)) != 0 && !is_bootstrap(r)) {
        r->answered &= (MemberSet)~r->blank; /* ask them until they remember */
        r->blank = 0;
        return;
    }
    if (r->phase == RECALL_NOTING) {
        restore(p, r->incarnation, out);
        return;
    }
#ifdef MC_MUTATE_BLANK_ONLY_READS
    if (r->highest > 0) {
        restore(p, r->highest, out);
        return;
    }
#endif
    const Incarnation next = r->highest + 1;
    *r = (Recall){
        .phase = RECALL_NOTING,
        .nonce = prng_next(&p->prng),
        .incarnation = next,
        .highest = next - 1,
        .asked_all_at = p->now,
    };
    ask(p, out);
}

static void take_memory(Participant *p, const RecoverAnswer *answer)
{
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        VoterMemory *mine = &p->recall.memory[m];
        const VoterMemory *theirs = &answer->memory[m];
        if (theirs->incarnation > mine->incarnation ||
            (theirs->incarnation == mine->incarnation && theirs->generation > mine->generation))
            *mine = *theirs;
    }
}

/* What is known to be chosen says what is over (E5). When that is of another line, everybody is asked anew: of what was accepted
 * only the latest is kept here, and it may be over, though its ballot was the highest. */
static void learn_chosen(Recall *r, const Record *chosen)
{
    if (chosen->epoch <= r->chosen.epoch)
        return;
    if (chosen->line != r->chosen.line) {
        r->answered = 0;
        r->accepted_ballot = (Ballot){0};
        r->accepted = (Record){0};
        memset(r->beyond_epoch, 0, sizeof r->beyond_epoch);
    }
    r->chosen = *chosen;
}

static void take_accepted(Recall *r, MemberId from, const RecoverAnswer *answer)
{
    const Record *accepted = &answer->accepted;
    r->beyond_epoch[from] = 0;
#ifndef MC_MUTATE_RECALL_ENDED_LINE
    if (record_is_over(accepted, &r->chosen))
        return;
#endif
    r->beyond_epoch[from] = accepted->epoch;
    r->beyond[from] = record_voters(accepted) | record_voters_before(accepted);
    if (ballot_compare(&answer->accepted_ballot, &r->accepted_ballot) > 0) {
        r->accepted_ballot = answer->accepted_ballot;
        r->accepted = *accepted;
    }
}

static void take_answer(Participant *p, MemberId from, const RecoverAnswer *answer)
{
    Recall *r = &p->recall;
    if ((!record_is_none(&answer->accepted) &&
         !members_extend(&answer->accepted.voters, &p->durable.members)) ||
        (!record_is_none(&answer->chosen) &&
         !members_extend(&answer->chosen.voters, &p->durable.members)))
        return; /* E4: its numbers name other members */
    learn_chosen(r, &answer->chosen);
    take_accepted(r, from, answer);
    r->answered |= member_bit(from);
    if (answer->blank)
        r->blank |= member_bit(from);
    if (r->phase == RECALL_ASKING && answer->known > r->highest)
        r->highest = answer->known;
    if (ballot_compare(&answer->promised, &r->promised) > 0)
        r->promised = answer->promised;
    take_memory(p, answer);
}

static void hand_over(Participant *p, MemberId to, const RecoverAsk *question, Actions *out)
{
    Message answer = {.kind = MESSAGE_RECOVER_ANSWER};
    answer.u.recover_answer = (RecoverAnswer){
        .nonce = question->nonce,
        .incarnation = question->incarnation,
        .known = p->durable.memory[to].incarnation,
        .blank = !participant_has_memory(p),
        .promised = p->durable.promised,
        .accepted_ballot = p->durable.accepted_ballot,
        .accepted = p->durable.accepted,
        .chosen = p->durable.chosen,
    };
    memcpy(answer.u.recover_answer.memory, p->durable.memory, sizeof p->durable.memory);
    participant_send(p, to, &answer, out);
}

void recall_tell(Participant *p, MemberId to, Actions *out)
{
    const RecoverAsk unasked = {0};
    hand_over(p, to, &unasked, out);
}

/* Another voter is asked: it notes the new incarnation in the same step in which it hands over. */
static void answer_ask(Participant *p, MemberId from, const RecoverAsk *question, Actions *out)
{
    VoterMemory *known = &p->durable.memory[from];
    /* With its memory it may be given a takeover that it was asked for before it granted. */
    participant_void_grants(p, from);
    if (question->incarnation > known->incarnation) {
        *known = (VoterMemory){.incarnation = question->incarnation, .generation = 0};
        participant_persist(p, out);
    }
    hand_over(p, from, question, out);
}

/* What anybody has noted of a newer incarnation holds for everybody. */
static void note_others(Participant *p, const VoterMemory *theirs)
{
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (m != p->self && theirs[m].incarnation > p->durable.memory[m].incarnation)
            p->durable.memory[m] = theirs[m];
}

/* Somebody remembers more of this voter than it does itself: its file was put back. */
static void notice_put_back(Participant *p, const VoterMemory *remembered, Actions *out)
{
    if (!recall_goes_on(&p->durable.memory[p->self], &p->durable.runs, remembered))
        recall_lost(p, out);
}

void recall_message(Participant *p, MemberId from, const Message *message, Actions *out)
{
    if (message->kind == MESSAGE_RECOVER_ASK) {
        answer_ask(p, from, &message->u.recover_ask, out);
        return;
    }
    const RecoverAnswer *answer = &message->u.recover_answer;
    if (participant_has_memory(p)) {
        note_others(p, answer->memory);
        notice_put_back(p, &answer->memory[p->self], out);
    }
    const Incarnation expected = p->recall.phase == RECALL_NOTING ? p->recall.incarnation : 0;
    if (p->recall.phase == RECALL_NONE || answer->nonce != p->recall.nonce ||
        answer->incarnation != expected)
        return;
    take_answer(p, from, answer);
#ifdef MC_MUTATE_RECALL_MAJORITY
    if (2 * member_count(p->recall.answered) + 1 >= member_count(required(p)))
#else
    if ((required(p) & (MemberSet)~p->recall.answered) == 0)
#endif
        all_answered(p, out);
}

void recall_tick(Participant *p, Actions *out)
{
    if (p->recall.phase == RECALL_NONE)
        return;
    if (all_others(p) == 0)
        restore(p, 1, out); /* a cluster of one voter has nobody to ask */
    else if (p->now >= p->recall.ask_again_at)
        ask(p, out);
}

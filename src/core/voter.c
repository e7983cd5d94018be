/* voter.c - the durable register: promise, accept, refuse (E1 to E3, P5, section 5).
 *
 * A voter may refuse whenever it likes; what it must never do is to answer something that it has not
 * made durable, or to answer with a memory that is not its own. */
#include "core/participant.h"

#include "base/assert.h"

#include <string.h>

/* E3: somebody counts on an older incarnation than this voter knows of, or knows of this voter what
 * it does not know itself. The latter means that its file was put back: its memory is lost. */
static Refusal check_memory(Participant *p, const VoterMemory *named)
{
    const VoterMemory *known = p->durable.memory;
    if (!recall_goes_on(&known[p->self], &p->durable.runs, &named[p->self]))
        return REFUSAL_LOST_MEMORY;
#ifndef MC_MUTATE_IGNORE_INCARNATIONS
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (named[m].incarnation < known[m].incarnation)
            return REFUSAL_INCARNATION;
#endif
    return REFUSAL_NONE;
}

static Refusal check_sender(Participant *p, MemberId from, const ClusterId *cluster,
                            const Ballot *ballot, const VoterMemory *memory, const Runs *runs)
{
    if (!participant_has_memory(p))
        return REFUSAL_LOST_MEMORY;
    if (!cluster_is_none(&p->durable.cluster) && !cluster_equal(&p->durable.cluster, cluster))
        return REFUSAL_STRANGER;
    if (ballot->member != from || !participant_is_voter(p, from))
        return REFUSAL_STRANGER;
    const Refusal refusal = check_memory(p, memory);
    if (refusal != REFUSAL_NONE || from == p->self)
        return refusal;
    /* Refused like this the proposer asks, and hears what is remembered of it. */
    const VoterMemory *told = &memory[from];
    if (!recall_believes(p, from, told->agent, told, runs))
        return REFUSAL_INCARNATION;
    return fence_marks(p, from) ? REFUSAL_FENCED : REFUSAL_NONE;
}

/* P5: the lease that this voter gave stands, and no consent frees it. */
static bool lease_stands(const Participant *p, const Consent *consent)
{
    const Record *latest = durable_latest(&p->durable);
#ifdef MC_MUTATE_VOTE_DURING_LEASE
    return false;
#endif
#ifndef MC_MUTATE_RESTARTED_VOTER_FORGETS_LEASE
    const bool blind = p->now < p->lease_blind_until;
#else
    const bool blind = false;
#endif
    const bool given = p->lease.agent != 0 && p->now < p->lease.until;
    if (!blind && !given)
        return false;
    const bool consented = consent->given && consent->primary == latest->primary &&
                           consent->line == latest->line &&
                           consent->epoch >= p->durable.chosen.epoch;
    if (!consented)
        return true;
#ifdef MC_MUTATE_CONSENT_FREES_ANY_RUN
    return false;
#endif
    /* A consent frees the leases of one run of the agent. Which run holds one, a voter that has just started
     * knows only from what it hears. */
    const Peer *primary = &p->peer[latest->primary];
    const bool same_run = primary->has_heartbeat && primary->heartbeat.agent == consent->agent;
    return given ? consent->agent != p->lease.agent : !same_run;
}

/* Section 5: the third view. It hears the primary itself, and that says it is well. */
static bool hears_primary_well(const Participant *p, const CoreSettings *settings)
{
#ifndef MC_MUTATE_ACCEPTED_IS_WELL
    const Record *chosen = &p->durable.chosen; /* under what is only accepted nobody serves */
#else
    const Record *chosen = durable_latest(&p->durable);
#endif
    const MemberId primary = chosen->primary;
    if (record_is_none(chosen) || primary >= MEMBERS_MAX || primary == p->self ||
        member_in(p->durable.fenced, primary))
        return false; /* F2: what was decided stands */
    const Peer *peer = &p->peer[primary];
    return participant_hears(p, settings, primary) && peer->has_heartbeat && peer->heartbeat.well &&
           p->now - peer->heartbeat_at <= settings->detection;
}

/* E3: what it said it does not remember. */
static bool is_of_lost_memory(const Participant *p, const Consent *consent)
{
    if (consent->primary >= MEMBERS_MAX)
        return true;
#ifdef MC_MUTATE_CONSENT_OF_LOST_MEMORY
    return false;
#endif
    return consent->incarnation < p->durable.memory[consent->primary].incarnation;
}

/* It has said so itself, though its word has not come to who claims by that of a run before. */
static bool binds_itself(const Heartbeat *heard, const Consent *consent)
{
    return heard->line == consent->line && heard->handed_back == consent->epoch;
}

/* P7: a consent that binds a memory is said anew by every run of its agent: of a memory that was lost since, and of another
 * run than is heard, whose memory may have been put back, it says nothing. Whose word it is, it says itself: this voter
 * may not know yet that the role was there. */
static bool still_binds(const Participant *p, const Consent *consent)
{
    if (is_of_lost_memory(p, consent))
        return false;
    const Peer *peer = &p->peer[consent->primary];
#ifndef MC_MUTATE_HAND_BACK_ANY_RUN
    if (peer->has_heartbeat && peer->heartbeat.agent != consent->agent)
        return binds_itself(&peer->heartbeat, consent);
#endif
    return true;
}

static bool is_binding(const Consent *consent)
{
#ifdef MC_MUTATE_HAND_OVER_ANY_RUN
    return consent->back;
#endif
    return consent->back || consent->binding;
}

Refusal voter_refuses_takeover(const Participant *p, const CoreSettings *settings, MemberId from,
                               const Consent *consent)
{
    const MemberId primary = durable_latest(&p->durable)->primary;
#ifndef MC_MUTATE_OWN_VOTER_UNBOUND
    if (primary == p->self && p->serves)
        return REFUSAL_LEASE;
#endif
#ifndef MC_MUTATE_HAND_BACK_ANY_MEMORY
    if (is_binding(consent) && !still_binds(p, consent))
        return REFUSAL_INCARNATION;
#endif
#ifndef MC_MUTATE_HAND_BACK_ANY_MEMORY
    if (consent->given && is_of_lost_memory(p, consent))
        return REFUSAL_INCARNATION;
#endif
    if (primary == from)
        return REFUSAL_NONE;
    if (lease_stands(p, consent))
        return REFUSAL_LEASE;
    if (consent->given)
        return REFUSAL_NONE;
    return hears_primary_well(p, settings) ? REFUSAL_PRIMARY_WELL : REFUSAL_NONE;
}

/* F1, as early as can be: nothing is accepted by anybody yet. Who means another record than this voter knows is judged by
 * what it asks to be accepted. */
static Fencing fencing_of_prepare(const Participant *p, const Prepare *prepare)
{
    const Record *chosen = &p->durable.chosen;
    Fencing ret = prepare->fencing;
    MemberSet known = record_is_none(chosen) ? 0 : member_bit(chosen->primary);
    if (!ret.primary) {
        known = 0;
        for (unsigned i = 0; i < chosen->eligible_count; i++)
            known |= member_bit(chosen->eligible[i].member);
    }
    ret.leave &= prepare->consent.given ? 0 : known;
    return ret;
}

Refusal voter_prepare(Participant *p, const CoreSettings *settings, MemberId from,
                      const Prepare *prepare)
{
    Refusal refusal =
        check_sender(p, from, &prepare->cluster, &prepare->ballot, prepare->memory, &prepare->runs);
    if (refusal == REFUSAL_NONE && prepare->purpose == PURPOSE_TAKEOVER)
        refusal = voter_refuses_takeover(p, settings, from, &prepare->consent);
    if (refusal != REFUSAL_NONE)
        return refusal;
#ifndef MC_MUTATE_ADOPT_LOWER_BALLOT
    if (ballot_compare(&prepare->ballot, &p->durable.promised) <= 0)
        return REFUSAL_LOWER_BALLOT;
#endif
    const Fencing fencing = fencing_of_prepare(p, prepare);
    refusal = fence_refuses(p, settings, &fencing);
    if (refusal != REFUSAL_NONE)
        return refusal;
    p->durable.promised = prepare->ballot;
    return REFUSAL_NONE;
}

/* Takeovers are recognized by the record itself, whatever the proposer calls the round. What is known to be chosen is none,
 * though this voter may have accepted one since that came to nothing: a round that has found the record before it was above. */
static bool changes_primary(const Participant *p, const Record *record)
{
    if (record_equal(record, &p->durable.chosen))
        return false;
    const Record *latest = durable_latest(&p->durable);
    return !record_is_none(latest) && latest->primary != record->primary;
}

/* P5: of a record in between, which this voter has not heard of, it may have leased the primary: that says which server serves before
 * it is known here. No consent is judged: who proposes this knows what was chosen before, and tells it. */
static bool skips_leased(const Participant *p, const Record *record)
{
    const Record *latest = durable_latest(&p->durable);
#ifdef MC_MUTATE_VOTE_BEYOND_LEASE
    return false;
#endif
    if (record->epoch <= latest->epoch + 1 || record->primary == p->self)
        return false;
    const bool another = p->lease.primary != record->primary && p->now < p->lease.until;
    return another || p->now < p->lease_blind_until;
}

/* Section 4, restored: while any other server admits clients, a backup is not what the cluster goes on with. */
static bool hears_another_serve(const Participant *p, const CoreSettings *settings,
                                MemberId restored)
{
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (m != restored && m != p->self && participant_hears(p, settings, m) &&
            p->peer[m].has_heartbeat && p->peer[m].heartbeat.instance == INSTANCE_OPEN)
            return true;
    return false;
}

/* F1, by the record itself; where this voter has not heard of the one before, whoever proposes says from what it changes.
 * What was accepted here before was judged then. */
static Fencing fencing_of_accept(const Participant *p, const Accept *accept)
{
    const Record *chosen = &p->durable.chosen;
    const Record *record = &accept->record;
    Fencing ret = accept->fencing;
    if (accept->consent.given || record_is_none(chosen) || record->epoch <= chosen->epoch ||
        record_equal(&p->durable.accepted, record)) {
        ret.leave = 0;
    } else if (record->epoch == chosen->epoch + 1) {
        ret.leave = record_leaving(chosen, record);
        ret.primary = chosen->primary != record->primary;
    }
    return ret;
}

Refusal voter_accept(Participant *p, const CoreSettings *settings, MemberId from,
                     const Accept *accept)
{
    Refusal refusal =
        check_sender(p, from, &accept->cluster, &accept->ballot, accept->memory, &accept->runs);
    if (refusal != REFUSAL_NONE)
        return refusal;
    if (!members_extend(&accept->record.voters, &p->durable.members))
        return REFUSAL_STRANGER; /* E4: the same number would name another member here */
    if (!record_members_follow(&p->durable.chosen, &accept->record))
        return REFUSAL_STRANGER;
    /* E5: neither of the line of what it has, nor of one that this line has led to. What was only accepted may give
     * way to a record of the line before. */
    if (!durable_leads_to(&p->durable, &accept->record))
        return REFUSAL_SPLIT;
    if (accept->record.epoch < p->durable.chosen.epoch)
        return REFUSAL_EPOCH;
    /* Also when it is called reading: completing a takeover is one. */
    if (changes_primary(p, &accept->record))
        refusal = voter_refuses_takeover(p, settings, from, &accept->consent);
    else if (skips_leased(p, &accept->record))
        refusal = REFUSAL_LEASE;
    else if (is_binding(&accept->consent) && accept->record.primary != accept->consent.primary &&
             !still_binds(p, &accept->consent))
        refusal = REFUSAL_INCARNATION; /* to this voter it is no change of primary */
    if (refusal == REFUSAL_NONE && accept->record.cause == CAUSE_RESTORED &&
        hears_another_serve(p, settings, accept->record.primary))
        refusal = REFUSAL_PRIMARY_WELL;
    if (refusal != REFUSAL_NONE)
        return refusal;
#ifndef MC_MUTATE_ADOPT_LOWER_BALLOT
    if (ballot_compare(&accept->ballot, &p->durable.promised) < 0)
        return REFUSAL_LOWER_BALLOT;
#endif
    const Fencing fencing = fencing_of_accept(p, accept);
    refusal = fence_refuses(p, settings, &fencing);
    if (refusal != REFUSAL_NONE)
        return refusal;
    p->durable.promised = accept->ballot;
    p->durable.accepted_ballot = accept->ballot;
    p->durable.accepted = accept->record;
    if (p->durable.reached < accept->record.epoch)
        p->durable.reached = accept->record.epoch;
    if (cluster_is_none(&p->durable.cluster))
        p->durable.cluster = accept->record.cluster;
    return REFUSAL_NONE;
}

/* A memory that was put back does not vote; it is handed back by all the others first (E3). */
static void notice_lost(Participant *p, Refusal refusal, Actions *out)
{
    if (refusal != REFUSAL_LOST_MEMORY || !participant_has_memory(p))
        return;
    recall_lost(p, out);
}

static void answer_prepare(Participant *p, const CoreSettings *settings, MemberId from,
                           const Prepare *prepare, Actions *out)
{
    const Refusal refusal = voter_prepare(p, settings, from, prepare);
    notice_lost(p, refusal, out);
    if (refusal == REFUSAL_NONE)
        participant_persist(p, out);
    else if (refusal == REFUSAL_FENCING) {
        const Fencing fencing = fencing_of_prepare(p, prepare);
        fence_begin(p, settings, &fencing, out);
    }
    Message answer = {.kind = MESSAGE_PROMISE};
    answer.u.promise = (Promise){
        .ballot = prepare->ballot,
        .refusal = refusal,
        .promised = p->durable.promised,
        .accepted_ballot = p->durable.accepted_ballot,
        .accepted = p->durable.accepted,
        .memory = p->durable.memory[p->self],
        .runs = p->durable.runs,
    };
    participant_send(p, from, &answer, out);
}

static void answer_accept(Participant *p, const CoreSettings *settings, MemberId from,
                          const Accept *accept, Actions *out)
{
    const Fencing fencing = fencing_of_accept(p, accept);
    const Refusal refusal = voter_accept(p, settings, from, accept);
    notice_lost(p, refusal, out);
    if (refusal == REFUSAL_NONE)
        participant_persist(p, out);
    else if (refusal == REFUSAL_FENCING)
        fence_begin(p, settings, &fencing, out);
    Message answer = {.kind = MESSAGE_ACCEPTED};
    answer.u.accepted = (Accepted){
        .ballot = accept->ballot,
        .refusal = refusal,
        .promised = p->durable.promised,
        .memory = p->durable.memory[p->self],
        .runs = p->durable.runs,
    };
    participant_send(p, from, &answer, out);
}

void voter_message(Participant *p, const CoreSettings *settings, MemberId from,
                   const Message *message, Actions *out)
{
    const bool preparing = message->kind == MESSAGE_PREPARE;
    participant_note_ballot(p, preparing ? &message->u.prepare.ballot : &message->u.accept.ballot);
    if (preparing)
        answer_prepare(p, settings, from, &message->u.prepare, out);
    else
        answer_accept(p, settings, from, &message->u.accept, out);
}

bool voter_grants(Participant *p, const CoreSettings *settings, MemberId from,
                  const Heartbeat *heartbeat)
{
    const Record *latest = durable_latest(&p->durable);
    if (!heartbeat->leased || !participant_has_memory(p) || fence_marks(p, from))
        return false;
        /* A voter that has accepted a takeover answers the old epoch no more. A record that it does not
     * know yet names the asker, or the asker would not ask: granting only binds this voter. */
#ifndef MC_MUTATE_GRANT_AFTER_TAKEOVER
    const bool deposed =
        !record_is_none(latest) && latest->primary != from && heartbeat->epoch <= latest->epoch;
#else
    const bool deposed = false;
#endif
    if (deposed || (!record_is_none(latest) && heartbeat->line != latest->line))
        return false;
    /* A longer lease than the own settings know is granted when it would be honoured after a restart, too. */
    if (heartbeat->lease > settings->lease && p->persist_done < p->persist_ordered)
        return false;
    const Millis lease = heartbeat->lease > settings->lease ? heartbeat->lease : settings->lease;
    const Millis until = p->now + lease + lease / 20;
    p->lease = (LeaseGiven){.agent = heartbeat->agent, .primary = from, .until = until};
    return true;
}

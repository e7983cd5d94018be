/* node_facts.c - observations become named facts. Nothing is ordered here, nothing is changed. */
#include "core/node_parts.h"

#include <string.h>

enum {
    STOP_LIMIT = 15000, /* others have so long to leave before a stop goes on without them */
    JOIN_LAG = 16 * 1024 * 1024, /* bytes of WAL that a standby may still have to flush */
    JOIN_STALL = 800,            /* a stream that stands so long breaks the attachment off */
    JOIN_LIMIT = 5000, /* a standby that does not flush in this time holds up commits no longer */
    OBSERVED = 2,      /* intervals after which an observation of others is in their heartbeats */
    RECEIPT_GRACE = 2, /* intervals in which an observation must have come */
    MISSED_AFTER = 3,  /* detection times */
    REJOINS_MAX = 3,   /* what was made over so often and is refused again needs an operator */
};

static bool in_recovery(const Node *n)
{
    return n->view.phase == INSTANCE_STANDBY;
}

static bool runs_primary(const Node *n)
{
    return n->view.phase == INSTANCE_CLOSED || n->view.phase == INSTANCE_OPEN;
}

/* The member's heartbeat, if it is heard; else NULL. */
static const Heartbeat *heard(const Node *n, const CoreSettings *s, MemberId member)
{
    if (member >= MEMBERS_MAX || member == n->p.self)
        return NULL;
    const Peer *peer = &n->p.peer[member];
    return peer->has_heartbeat && participant_hears(&n->p, s, member) ? &peer->heartbeat : NULL;
}

/* P2: what the records ask, and what a change asked that the own voter has accepted. Another record of
 * the same epoch in its place does not end that: a third proposer may still find it with other voters. */
static Names names_asked(const Node *n)
{
    Names names = durable_names(&n->p.durable, n->p.self);
#ifdef MC_MUTATE_RELAX_FIRST
    if (n->round == ROUND_DETACH && proposer_is_busy(&n->proposer))
        return (Names){0};
#endif
#if defined MC_MUTATE_FORGET_PENDING || defined MC_MUTATE_SOLO_THOUGH_GROWN
    return names;
#endif
    if (n->p.durable.chosen.epoch < n->growth_epoch)
        names = names_both(&names, &n->growth);
    return names;
}

/* With the change that is being prepared. */
Names node_names_wanted(const Node *n)
{
    const Names names = names_asked(n);
    Record next;
    if (!node_prepared(n, &next))
        return names;
    const Names prepared = names_of(&next);
    return names_both(&names, &prepared);
}

/* P5: an eligible standby, or one that may be, could be promoted. */
bool node_lease_needed(const Node *n)
{
    const Durable *d = &n->p.durable;
    const Record *records[2] = {&d->chosen, durable_is_pending(d) ? &d->accepted : &d->chosen};
#if defined MC_MUTATE_LEASE_FORGETS_GROWTH || defined MC_MUTATE_SOLO_THOUGH_GROWN
    return d->chosen.primary == n->p.self && d->chosen.automatic && !record_is_solo(&d->chosen);
#endif
    bool automatic = false, eligible = false;
    for (unsigned i = 0; i < 2; i++) {
        automatic |= records[i]->automatic;
        eligible |= !record_is_solo(records[i]);
    }
    eligible |= d->chosen.epoch < n->growth_epoch;
    return d->chosen.primary == n->p.self && automatic && eligible;
}

static bool lease_short(const Node *n, const CoreSettings *s)
{
    if (!node_lease_needed(n))
        return false;
#ifdef MC_MUTATE_NO_LEASE
    return false;
#endif
    Millis until = participant_lease_until(&n->p, s) - s->lease_cut;
    if (until < n->lease_grace)
        until = n->lease_grace;
    return n->p.now >= until;
}

/* P1's exception. */
bool node_known_solo(const Node *n)
{
    const Durable *d = &n->p.durable;
#ifdef MC_MUTATE_SOLO_ON_ACCEPTED
    if (d->accepted.epoch > d->chosen.epoch && d->accepted.primary == n->p.self &&
        record_is_solo(&d->accepted))
        return true;
#endif
    if (!participant_has_memory(&n->p) || record_is_none(&d->chosen) || n->p.outgrown ||
        participant_is_split(&n->p))
        return false;
#ifndef MC_MUTATE_HAND_BACK_FORGOTTEN
    if (d->handed_back == d->chosen.epoch)
        return false;
#endif
    if (d->chosen.primary != n->p.self || !record_is_solo(&d->chosen))
        return false;
#ifndef MC_MUTATE_SOLO_THOUGH_GROWN
    if (!record_equal(&d->accepted, &d->chosen))
        return false;
#endif
#if !defined MC_MUTATE_SOLO_THOUGH_REACHED && !defined MC_MUTATE_SOLO_THOUGH_GROWN
    if (d->reached > d->chosen.epoch)
        return false;
#endif
#ifndef MC_MUTATE_SOLO_BESIDE_ITS_DIRECTORY
    /* What its directory has been marked under, its voter knew: a memory of before is an old one. */
    const ChainLink *newest = chain_newest(&n->view.chain);
    if (newest != NULL && newest->epoch > d->chosen.epoch)
        return false;
#endif
#ifdef MC_MUTATE_SOLO_AFTER_REBOOT
    return true;
#endif
    return memcmp(&d->boot, &n->p.boot, sizeof d->boot) == 0;
}

static bool primary_silent(const Node *n, const CoreSettings *s)
{
    const MemberId primary = n->p.durable.chosen.primary;
    if (primary >= MEMBERS_MAX || primary == n->p.self)
        return false;
    if (n->p.now - n->p.started_at <= s->detection)
        return false;
    return !participant_hears(&n->p, s, primary);
}

/* The primary has consented, and to this server, or to whoever is eligible. */
static bool called(const Node *n)
{
    const Consent *consent = &n->heard_consent;
    return consent_holds(consent, &n->p.durable) &&
           (consent->successor == MEMBER_NONE || consent->successor == n->p.self ||
            consent->primary == n->p.self);
}

/* Changes that are for operators while automatic is off. */
static bool may_succeed(const Node *n)
{
    return n->p.durable.chosen.automatic || (called(n) && n->heard_consent.asked);
}

/* While automatic is off a standby is attached by the word of an operator, which it passes on. The primary before a switch has
 * it by that, whatever its agent remembers: there is no other handover then. */
static bool may_attach(const Node *n, MemberId member, const Heartbeat *h)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool handed_over = chosen->cause == CAUSE_HANDOVER && chosen->former.member == member;
    return chosen->automatic || h->attach_asked || handed_over;
}

static bool sick(const Node *n, const CoreSettings *s)
{
    if (n->view.phase == INSTANCE_DOWN || n->view.phase == INSTANCE_NONE)
        return false;
    return n->view.unanswered_since != 0 &&
           n->p.now - n->view.unanswered_since >= s->instance_detection;
}

/* D1: it was compared with this history when it was open, and follows it; a heartbeat of a moment ago may still tell of the one
 * that it came from. */
static bool attached_since(const Node *n, const EligibleMember *e, TimelineId begun)
{
    const ChainLink *newest = chain_newest(&n->view.chain);
    return newest != NULL && newest->timeline == begun && e->attachment.epoch >= newest->epoch;
}

/* P1: a member of `eligible` is ahead of the end of this server's WAL: WAL was lost here. What counts
 * is what it has replayed, whole records; what it received may end within one. */
bool node_is_ahead(const Node *n, const CoreSettings *s)
{
#ifdef MC_MUTATE_IGNORE_AHEAD
    return false;
#endif
    const Record *chosen = &n->p.durable.chosen;
    if (chosen->primary != n->p.self)
        return false;
    if (n->p.durable.behind != 0 && n->p.durable.behind == n->view.dir && !record_is_solo(chosen))
        return true; /* whoever has it may be silent by now */
    /* Who was promoted without it has left it on the timeline before. */
    const Position begun =
        n->promoted ? n->promoted_at : (Position){chosen->timeline, chosen->start};
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const EligibleMember *e = &chosen->eligible[i];
        const Heartbeat *h = heard(n, s, e->member);
        if (n->view.phase == INSTANCE_DOWN && h != NULL && h->dir == e->dir &&
            h->wal.timeline == n->view.wal.timeline && h->replay > n->view.wal.lsn)
            return true;
        if (h != NULL && h->dir == e->dir && h->wal.timeline != 0 &&
            h->wal.timeline < begun.timeline && h->replay > begun.lsn &&
            !attached_since(n, e, begun.timeline))
            return true;
        /* P2: a flush position of the observation before, beyond the own one of this. */
        if (runs_primary(n) && n->stream[e->member].flush_before > n->view.wal.lsn)
            return true;
    }
    return false;
}

/* Whether WAL was lost here can be judged only when the eligible have spoken, and while the instance is down:
 * once it writes, its end is no longer where it was. What a heartbeat says of WAL may be an observation old: one
 * counts that was heard a while after this agent has started. Who is silent is not waited for. */
static bool must_hear_first(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    if (n->state != NODE_ASKING || chosen->primary != n->p.self || n->view.phase != INSTANCE_DOWN ||
        n->p.now - n->p.started_at > s->detection)
        return false;
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const Peer *peer = &n->p.peer[chosen->eligible[i].member];
        if (peer->heartbeat_at < n->p.started_at + OBSERVED * s->heartbeat_interval ||
            peer->heartbeat.dir == 0) /* it has not looked yet */
            return true;
    }
    return false;
}

/* P2: a flush position beyond the own one proves nothing, or proves divergence. */
bool node_beyond(const Node *n, MemberId member)
{
    return runs_primary(n) && n->stream[member].flush > n->view.wal.lsn &&
           (n->stream[member].flush_before == 0 ||
            n->stream[member].flush_before > n->view.wal.lsn);
}

bool node_flushed(const Node *n, const Record *record)
{
    unsigned count = 0;
    for (unsigned i = 0; i < record->eligible_count; i++) {
        const Stream *stream = &n->stream[record->eligible[i].member];
        count += stream->seen_proved && stream->flush >= n->proof_flush &&
                 !node_beyond(n, record->eligible[i].member);
    }
    return count >= record->quorum;
}

static Millis later(Millis a, Millis b)
{
    return a > b ? a : b;
}

/* What the own instance shows of a stream counts only while the instance answers: a frozen primary must not
 * take its healthy standby for lost. */
static const char *lost_reason(const Node *n, const CoreSettings *s, const EligibleMember *e)
{
    const Heartbeat *h = heard(n, s, e->member);
    const Stream *stream = &n->stream[e->member];
    const Millis now = n->p.now;
    const Millis grace_from = later(later(n->state_since, stream->seen_at), n->blind_at);
    const Millis moved_at = later(stream->progress_at, n->blind_at);
    if (h == NULL)
        return now - n->p.started_at > s->detection && now - n->state_since > s->detection / 4
                   ? "its agent is silent"
                   : NULL;
    if (h->dir != 0 && h->dir != e->dir)
        return "it has another data directory";
    const bool down = h->instance != INSTANCE_STANDBY && h->instance != INSTANCE_UNKNOWN;
    if (down && (stream->seen_proved || now - n->state_since > s->detection))
        return "its instance is down";
    if (!h->well && stream->seen_proved && h->instance != INSTANCE_UNKNOWN)
        return "its instance does not answer";
    if (now - grace_from > s->detection)
        return "the WAL stream is broken";
    if (stream->seen_proved && now - moved_at > s->detection)
        return "the WAL stream does not move";
    return NULL;
}

MemberId node_lost(const Node *n, const CoreSettings *s, const char **ret_reason)
{
    const Record *chosen = &n->p.durable.chosen;
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const char *reason = lost_reason(n, s, &chosen->eligible[i]);
        if (reason == NULL || node_beyond(n, chosen->eligible[i].member))
            continue;
        *ret_reason = reason;
        return chosen->eligible[i].member;
    }
    *ret_reason = "";
    return MEMBER_NONE;
}

/* It asks to leave, or an operator wants it kept apart. */
bool node_is_leaving(const Node *n, const CoreSettings *s, MemberId member)
{
    const Heartbeat *h = heard(n, s, member);
    return (h != NULL && h->leaving) || member_in(n->p.durable.chosen.apart, member);
}

static bool leaving(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    for (unsigned i = 0; i < chosen->eligible_count; i++)
        if (node_is_leaving(n, s, chosen->eligible[i].member))
            return true;
    return false;
}

/* It is to be detached: it asks to leave, or it is lost and servers may act by themselves. */
bool node_is_going(const Node *n, const CoreSettings *s, const EligibleMember *e)
{
    if (node_is_leaving(n, s, e->member))
        return true;
    return n->p.durable.chosen.automatic && participant_hears_majority(&n->p, s) &&
           !node_beyond(n, e->member) && lost_reason(n, s, e) != NULL;
}

bool node_stream_is_fresh(const Node *n, const CoreSettings *s, MemberId member)
{
    const Stream *stream = &n->stream[member];
    return stream->seen_at != 0 && stream->seen_at == n->view_at &&
           n->p.now - n->view_at <= RECEIPT_GRACE * s->detection;
}

MemberId node_joinable(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    if (chosen->eligible_count >= s->eligible_max)
        return MEMBER_NONE;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Heartbeat *h = heard(n, s, m);
        const Offer *offer = &n->offer[m];
        if (h == NULL || offer->attachment.token == 0 || record_eligible(chosen, m) != NULL ||
            member_in(chosen->apart, m) || !member_in(record_voters(chosen), m))
            continue;
        if (!h->wants_attach || h->leaving || !h->well || !h->voter_writes || !may_attach(n, m, h))
            continue;
        if (h->dir != offer->dir || !attachment_equal(&h->attachment, &offer->attachment))
            continue;
        if (node_stream_is_fresh(n, s, m) && n->stream[m].flush >= n->flush_past &&
            n->stream[m].flush + JOIN_LAG >= n->view.wal.lsn)
            return m;
    }
    return MEMBER_NONE;
}

/* P2: the proof holds: the same stream, the same names, since the proof. */
static bool join_holds(const Node *n, const CoreSettings *s)
{
    if (n->joining == MEMBER_NONE)
        return false;
#ifdef MC_MUTATE_STALE_PROOF
    return true;
#endif
    const Heartbeat *h = heard(n, s, n->joining);
    return h != NULL && may_attach(n, n->joining, h) && h->wants_attach && !h->leaving && h->well &&
           h->dir == n->offer[n->joining].dir && node_stream_is_fresh(n, s, n->joining) &&
           n->stream[n->joining].pid == n->joining_pid && runs_primary(n) && !n->gone &&
           n->p.now - n->stream[n->joining].progress_at <= JOIN_STALL;
}

static bool join_flushed(const Node *n)
{
    return n->stream[n->joining].flush >= n->proof_flush && !node_beyond(n, n->joining);
}

static bool following_right(const Node *n)
{
    const Upstream wanted = node_upstream(n);
    const EligibleMember *own = record_eligible(&n->p.durable.chosen, n->p.self);
    const bool told = n->granted.token != 0 || n->p.durable.bound_epoch != 0 ||
                      (own != NULL && own->dir == n->view.dir);
    if (!told)
        return true; /* whatever it follows: nobody has said otherwise yet */
    return n->following_known && wanted.member == n->following.member &&
           attachment_equal(&wanted.attachment, &n->following.attachment);
}

static bool granted(const Node *n)
{
    return n->granted.token != 0;
}

/* D1: the primary's server has another directory than the record's, recovered from a backup, say. Its timeline is none that this
 * server's chain knows: it is followed when it has been asked, under the record that names it. */
static bool primary_is_another(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    const Peer *peer = &n->p.peer[chosen->primary];
    return peer->has_heartbeat && peer->heartbeat.dir != 0 &&
           peer->heartbeat.dir != chosen->primary_dir;
}

/* Whom the receiver should follow. Nobody while an answer binds (P3). */
Upstream node_upstream(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    const Upstream nobody = {.member = MEMBER_NONE};
    if (chosen->primary == n->p.self || n->p.durable.bound_epoch != 0 || n->state == NODE_FORCING)
        return nobody;
    const EligibleMember *own = record_eligible(chosen, n->p.self);
    if (own != NULL && own->dir == n->view.dir)
        return primary_is_another(n)
                   ? nobody
                   : (Upstream){.member = chosen->primary, .attachment = own->attachment};
    if (granted(n))
        return (Upstream){.member = chosen->primary, .attachment = n->granted};
    return n->following_known ? n->following : nobody;
}

/* P3: n-k+1, the candidate among them. */
static unsigned answers_needed(const Record *record)
{
    const unsigned all = (unsigned)(record->eligible_count - record->quorum + 1);
#ifdef MC_MUTATE_FEWER_ANSWERS
    return all - 1;
#endif
    return all;
}

/* It has lost WAL that it had reported (P3). */
static bool lost_reported(const Node *n)
{
#ifdef MC_MUTATE_FORGET_REPORTED
    return false;
#endif
    return n->cut_end.timeline == n->reported.timeline && n->cut_end.lsn < n->reported.lsn;
}

/* P3: at least n-k+1 of the eligible have answered, and none is higher than this one. */
bool node_claim_is_best(const Node *n, MemberId *ret_better)
{
    const Record *chosen = &n->p.durable.chosen;
    unsigned known = 1;
    *ret_better = MEMBER_NONE;
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const EligibleMember *e = &chosen->eligible[i];
        const PositionAnswer *answer = &n->positions[e->member];
        if (e->member == n->p.self || !member_in(n->positions_known, e->member) ||
            answer->epoch != chosen->epoch || answer->dir != e->dir)
            continue;
        known++;
        if (position_compare(&answer->position, &n->cut_end) > 0)
            *ret_better = e->member;
    }
    if (*ret_better != MEMBER_NONE)
        return false;
    if (n->heard_consent.final_known && consent_holds(&n->heard_consent, &n->p.durable) &&
        position_compare(&n->cut_end, &n->heard_consent.final) < 0)
        return false;
    if (lost_reported(n))
        return false;
    return known >= answers_needed(chosen);
}

static bool positions_due(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    return member_count(n->positions_known | member_bit(n->p.self)) < answers_needed(chosen) &&
           n->p.now >= n->positions_ask_at;
}

bool node_knows_record(const Node *n, const Heartbeat *heartbeat)
{
    const Record *chosen = &n->p.durable.chosen;
    return heartbeat->line == chosen->line && heartbeat->epoch == chosen->epoch;
}

/* Who changes `automatic`: the primary for everybody; another only when no primary serves. */
bool node_setting_wanted(const Node *n, const CoreSettings *s, bool *ret_automatic)
{
    const Durable *d = &n->p.durable;
    const Record *chosen = &d->chosen;
    if (d->failover_asked && d->failover_wanted != chosen->automatic) {
        *ret_automatic = d->failover_wanted;
        const Heartbeat *primary = heard(n, s, chosen->primary);
        /* A primary that is only cut off serves on without a lease then, and may be read stale (README, 12):
         * the price of an operator's way out when the primary's host is gone. No commit is lost by it. */
        return chosen->primary == n->p.self || primary == NULL ||
               primary->instance != INSTANCE_OPEN;
    }
    if (chosen->primary != n->p.self)
        return false;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Heartbeat *h = heard(n, s, m);
        if (h == NULL || !participant_is_voter(&n->p, m) || !h->failover_asked ||
            h->failover_wanted == chosen->automatic || !node_knows_record(n, h))
            continue;
        *ret_automatic = h->failover_wanted;
        return true;
    }
    return false;
}

static bool timeline_right(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    if (n->promoted)
        return n->promoted_at.timeline == chosen->timeline && n->promoted_at.lsn == chosen->start;
    return n->view.wal.timeline == chosen->timeline;
}

static bool marked(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    const ChainLink *newest = chain_newest(&n->view.chain);
    if (record_is_none(chosen))
        return newest != NULL;
    return newest != NULL && newest->line == chosen->line && newest->dir == chosen->primary_dir &&
           newest->timeline == chosen->timeline && newest->start == chosen->start;
}

static bool primary_open(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    const Heartbeat *primary = heard(n, s, chosen->primary);
    return primary != NULL && primary->instance == INSTANCE_OPEN;
}

static bool ask_due(const Node *n, const CoreSettings *s)
{
    return n->p.now >= n->ask_at && !node_takes_strange_timeline(n) && primary_open(n, s);
}

static bool waited(const Node *n, const CoreSettings *s)
{
    const Millis since = n->p.now - n->state_since;
    if (n->state == NODE_STANDBY_CLAIMING) /* a claim may begin with isolating the primary (F1) */
        return n->p.now - later(n->state_since, n->proposer.fencing_at) > 2 * s->detection;
    if (n->state == NODE_PRIMARY_CONSENTING)
        return since > 2 * s->detection;
    return since > STOP_LIMIT;
}

static bool is_running(InstancePhase phase)
{
    return phase == INSTANCE_STARTING || phase == INSTANCE_CLOSED || phase == INSTANCE_OPEN ||
           phase == INSTANCE_STANDBY || phase == INSTANCE_STOPPING || phase == INSTANCE_SICK;
}

MemberSet node_fencing(const Node *n, const CoreSettings *s)
{
    MemberSet ret = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Heartbeat *h = heard(n, s, m);
        ret |= h != NULL ? h->fencing : 0;
    }
    return ret;
}

bool node_not_isolated(const Node *n, const CoreSettings *s, bool *ret_failed, LogEntry *ret)
{
    const MemberId primary = n->p.durable.chosen.primary;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Heartbeat *h = heard(n, s, m);
        if (h == NULL || !member_in(h->fencing | h->not_fenced, primary))
            continue;
        *ret_failed = !member_in(h->fencing, primary);
        *ret = msg_not_isolated(participant_name(&n->p, m),
                                *ret_failed ? "does not isolate" : "has not yet isolated",
                                participant_name(&n->p, primary));
        return true;
    }
    return false;
}

MemberId node_others_run(const Node *n, const CoreSettings *s)
{
    const StopWish *stop = &n->stop;
    const bool all = stop->active && stop->all && stop->request != 0 && !stop->only_agent;
    for (MemberId m = 0; m < MEMBERS_MAX && all; m++) {
        const Heartbeat *h = heard(n, s, m);
        if (h != NULL && is_running(h->instance))
            return m;
    }
    return MEMBER_NONE;
}

/* Who has stopped all looks on until the others have, for so long as a stop may take; not when somebody does not. */
static bool others_stop(const Node *n, const CoreSettings *s)
{
    return node_others_run(n, s) != MEMBER_NONE &&
           n->p.now - n->stop.since <= s->stop_limit + STOP_LIMIT;
}

static Facts fact(bool holds, Facts bit)
{
    return holds ? bit : 0;
}

static Facts facts_of_record(const Node *n, const CoreSettings *s)
{
    const Durable *d = &n->p.durable;
    const Record *chosen = &d->chosen;
    const bool record = !record_is_none(chosen);
    const bool named = record && chosen->primary == n->p.self;
    bool eligible = record && record_is_eligible(chosen, n->p.self, n->view.dir);
    bool confirmed = n->confirmed;
#ifdef MC_MUTATE_PROMOTE_INELIGIBLE
    eligible = eligible || (record && !named && primary_silent(n, s));
#endif
#ifdef MC_MUTATE_OPEN_UNCONFIRMED
    confirmed = true;
#endif
    bool pending = durable_is_pending(d) || (named && d->chosen.epoch < n->growth_epoch);
#if defined MC_MUTATE_FORGET_PENDING || defined MC_MUTATE_SOLO_THOUGH_GROWN
    pending = pending && !named;
#endif
    bool mine = named && n->view.dir != 0 && n->view.dir == chosen->primary_dir;
#ifdef MC_MUTATE_OPEN_ANY_DIRECTORY
    mine = named;
#endif
    return fact(participant_has_memory(&n->p), FACT_MEMORY) | fact(record, FACT_RECORD) |
           fact(record && confirmed, FACT_CONFIRMED) | fact(n->empty, FACT_EMPTY) |
           fact(node_known_solo(n), FACT_KNOWN_SOLO) | fact(named, FACT_NAMED) |
           fact(mine, FACT_MINE) | fact(eligible, FACT_ELIGIBLE) |
           fact(participant_hears_majority(&n->p, s), FACT_MAJORITY) |
           fact(record && chosen->automatic, FACT_AUTOMATIC) |
           fact(record && names_asked(n).count == 0, FACT_SOLO) | fact(pending, FACT_PENDING) |
           fact(record && primary_silent(n, s), FACT_PRIMARY_SILENT) |
           fact(record && called(n), FACT_CONSENT) |
           fact(record && consent_holds(&n->own_consent, &n->p.durable), FACT_CONSENTED);
}

static Facts facts_of_rounds(const Node *n)
{
    const bool ready = n->proposer.phase == PROPOSER_READY;
    const bool plain =
        n->round != ROUND_ATTACH && n->round != ROUND_CLAIM && n->round != ROUND_FORCE;
    const bool may = !node_is_outside(n) && (!participant_is_split(&n->p) || n->force.active);
    return fact(may && proposer_may_begin(&n->proposer, &n->p), FACT_PROPOSER_FREE) |
           fact(participant_is_split(&n->p), FACT_SPLIT) |
           fact(!proposer_is_busy(&n->proposer), FACT_ROUND_OVER) |
           fact(ready && plain, FACT_READY) |
           fact(ready && n->round == ROUND_ATTACH, FACT_READY_ATTACH) |
           fact(ready && n->round == ROUND_CLAIM, FACT_READY_CLAIM) |
           fact(ready && n->round == ROUND_FORCE, FACT_READY_FORCE);
}

static Facts facts_of_instance(const Node *n, const CoreSettings *s)
{
    const InstanceView *v = &n->view;
    const bool seen = n->view_at != 0;
    const bool directory =
        v->phase != INSTANCE_NONE && v->phase != INSTANCE_UNKNOWN && v->system_identifier != 0;
    const bool free =
        seen && n->order == 0 && n->p.now >= n->order_not_before && !must_hear_first(n, s);
    /* It does not answer, and whether it may serve is not remembered: its sessions may go on. */
    const bool unseen =
        n->state == NODE_RECALLING && v->phase == INSTANCE_SICK && !v->standby_signal;
    return fact(directory, FACT_DIRECTORY) | fact(v->dir != 0, FACT_DIRECTORY_NAMED) |
           fact(v->standby_signal, FACT_STANDBY_SIGNAL) |
           fact(seen && (v->phase == INSTANCE_DOWN || v->phase == INSTANCE_NONE), FACT_DOWN) |
           fact((runs_primary(n) || unseen) && !n->gone, FACT_RUNS_PRIMARY) |
           fact(in_recovery(n) && !n->gone, FACT_RUNS_STANDBY) | fact(n->gone, FACT_GONE) |
           fact(sick(n, s), FACT_SICK) | fact(n->gate_open, FACT_GATE_OPEN) |
           fact(free, FACT_FREE) | fact(n->order_failed, FACT_ORDER_FAILED) |
           fact(n->p.durable.instance_wanted, FACT_WANTED) |
           fact(n->starts <= s->restarts_max, FACT_RESTARTS_LEFT);
}

static Facts facts_of_primary(const Node *n, const CoreSettings *s)
{
    const Names wanted = node_names_wanted(n);
    const bool names = n->names_proved && names_equal(&n->names, &wanted);
    const char *reason;
    bool automatic;
    const MemberId lost = node_lost(n, s, &reason);
    const bool joined = n->joining != MEMBER_NONE;
    const bool holds = n->tightening ? node_tightening_holds(n, s) : join_holds(n, s);
    const bool lease = lease_short(n, s);
    /* A clean stop under way ends sessions first; one that still waits for its turn has ended none. */
    const bool stopping = n->state == NODE_PRIMARY_LEAVING || n->state == NODE_STOPPING;
    /* A new agent finds an instance that does not answer: its postmaster may stand still, and its sessions go on. */
    const bool found = n->state == NODE_ASKING && n->view.phase == INSTANCE_SICK;
    const bool open = (n->gate_open && !stopping) || n->view.phase == INSTANCE_OPEN || found ||
                      n->state == NODE_PRIMARY_OPENING; /* the gate is on its way */
    return fact(lease, FACT_LEASE_SHORT) | fact(lease && open, FACT_LEASE_OUT) |
           fact(n->overtaken, FACT_OVERTAKEN) | fact(names, FACT_NAMES_RIGHT) |
           fact(node_flushed(n, &n->p.durable.chosen), FACT_FLUSHED) |
           fact(timeline_right(n), FACT_TIMELINE_RIGHT) | fact(marked(n), FACT_MARKED) |
           fact(node_is_ahead(n, s), FACT_AHEAD) | fact(lost != MEMBER_NONE, FACT_LOST) |
           fact(leaving(n, s), FACT_LEAVING) |
           fact(lost != MEMBER_NONE && n->reported_lost != lost + 1, FACT_UNREPORTED) |
           fact(node_joinable(n, s) != MEMBER_NONE, FACT_JOINABLE) |
           fact(joined || n->tightening, FACT_JOINING) | fact(names && holds, FACT_JOIN_HOLDS) |
           fact((n->tightening || (joined && n->joining_pid != 0)) && !holds, FACT_JOIN_BROKEN) |
           fact(n->p.now - n->joining_since > JOIN_LIMIT, FACT_JOIN_WAITED) |
           fact(n->tightening ? node_tightening_flushed(n) : joined && join_flushed(n),
                FACT_JOIN_FLUSHED) |
           fact(node_is_loose(n, s), FACT_LOOSE) |
           fact(node_going_member(n, s) != MEMBER_NONE, FACT_GOING) |
           fact(node_quorum_is_low(n, s), FACT_QUORUM_LOW) |
           fact(node_quorum_is_high(n, s), FACT_QUORUM_HIGH) |
           fact(node_setting_wanted(n, s, &automatic), FACT_SETTING_ASKED);
}

/* P5: somebody may read here by right of the record. What was not seen yet may be open. */
bool node_serves(const Node *n)
{
    const bool open = n->view_at == 0 || n->gate_open || n->view.phase == INSTANCE_OPEN ||
                      n->view.phase == INSTANCE_UNKNOWN || n->state == NODE_PRIMARY_OPENING;
    return open && n->p.durable.chosen.epoch != 0 && n->p.durable.chosen.primary == n->p.self;
}

/* Its own voter did not let it complete what it found. */
bool node_was_overtaken(const Node *n)
{
    return n->proposer.refusal == REFUSAL_LEASE && n->proposer.refused_by == n->p.self &&
           n->p.serves;
}

/* P5: the candidate's own voter is bound likewise. */
static bool claimable(const Node *n, const CoreSettings *s)
{
    const Consent none = {0};
    const Consent *consent =
        consent_holds(&n->heard_consent, &n->p.durable) ? &n->heard_consent : &none;
    return n->p.now >= n->claim_not_before && !participant_is_split(&n->p) &&
           voter_refuses_takeover(&n->p, s, n->p.self, consent) == REFUSAL_NONE;
}

/* A growth that was chosen just before its primary fell silent may be known to the other voters alone: this server is
 * eligible then, and nobody else may be. Whoever is eligible by what he knows has had his time to take over. */
static bool missed(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    if (record_is_none(chosen) || chosen->primary == n->p.self || n->p.now < n->claim_not_before)
        return false;
    const Millis heard = later(n->p.peer[chosen->primary].heard_at, n->p.started_at);
    return !record_is_eligible(chosen, n->p.self, n->view.dir) &&
           n->p.now - heard > MISSED_AFTER * s->detection;
}

static Facts facts_of_standby(const Node *n, const CoreSettings *s)
{
    MemberId better = MEMBER_NONE;
    const bool best = n->cut && node_claim_is_best(n, &better);
    const bool asked = n->position_asked != 0 && !(n->cut && lost_reported(n));
    const bool refused = n->verdict == ATTACH_DIVERGED || n->verdict == ATTACH_UNKNOWN_HISTORY ||
                         n->verdict == ATTACH_STRANGER;
    return fact(missed(n, s), FACT_MISSED) | fact(claimable(n, s), FACT_CLAIMABLE) |
           fact(n->cut, FACT_CUT) | fact(best, FACT_BEST) |
           fact(n->cut && better != MEMBER_NONE, FACT_BETTER) |
           fact(n->cut && positions_due(n), FACT_POSITIONS_DUE) | fact(n->promoted, FACT_PROMOTED) |
           fact(asked, FACT_POSITION_ASKED) | fact(following_right(n), FACT_FOLLOWS_RIGHT) |
           fact(granted(n), FACT_GRANTED) | fact(node_takes_strange_timeline(n), FACT_STRANGE) |
           fact(granted(n) && chain_equal(&n->view.chain, &n->granted_chain), FACT_CHAIN_TAKEN) |
           fact(refused, FACT_REFUSED_ATTACH) | fact(ask_due(n, s), FACT_ASK_DUE);
}

/* Section 7: WAL of its own, or a history that nobody can judge. Another database's directory is none of ours, and what an
 * operator has recovered is an operator's. So is one of the line before: it may have all that a recovery, or who was forced,
 * has lost (E5); until an operator gives it up. */
static Facts facts_of_rejoin(const Node *n, const CoreSettings *s)
{
    const bool rejoins = (s->rejoin != REJOIN_BY_HAND || n->given_up) && n->rejoins < REJOINS_MAX &&
                         !node_is_restored(n);
    const ChainLink *newest = chain_newest(&n->view.chain);
    const Record *chosen = &n->p.durable.chosen;
    /* Whose vote was stood in for, and who follows, has decided nothing else: nothing of its own was acknowledged (section 8). */
    const bool stood_in = newest != NULL && newest->line == chosen->branch.from &&
                          chosen->branch.without != 0 && !chosen->branch.forced;
    /* Whom an operator has given up when the two lines had met, he has given up by name. */
    const bool overruled = newest != NULL && chosen->branch.over == newest->line;
    const bool of_line =
        newest == NULL || newest->line == chosen->line || stood_in || overruled || n->given_up;
    const bool cured =
        of_line && (n->verdict == ATTACH_DIVERGED || n->verdict == ATTACH_UNKNOWN_HISTORY);
    const bool same_epoch = primary_open(n, s) && heard(n, s, n->p.durable.chosen.primary)->epoch ==
                                                      n->p.durable.chosen.epoch;
    return fact(same_epoch, FACT_PRIMARY_OPEN) |
           fact(n->view_at != 0 && n->view.interrupted, FACT_INTERRUPTED) |
           fact(rejoins, FACT_REJOINS) | fact(rejoins && cured, FACT_REJOINABLE);
}

Facts node_facts(const Node *n, const CoreSettings *s)
{
    const StopWish *stop = &n->stop;
    const bool change = node_switch_here(n);
    return facts_of_record(n, s) | facts_of_rounds(n) | facts_of_instance(n, s) |
           facts_of_primary(n, s) | facts_of_standby(n, s) | facts_of_rejoin(n, s) |
           node_handback_facts(n, s) | node_stand_in_facts(n, s) | fact(stop->active, FACT_STOP) |
           fact(stop->active && stop->all, FACT_STOP_ALL) |
           fact(others_stop(n, s), FACT_OTHERS_STOP) |
           fact(stop->active && stop->only_agent, FACT_STOP_AGENT) |
           fact(waited(n, s), FACT_WAITED) | fact(change, FACT_SWITCH) |
           fact(node_switch_prepares(n) &&
                    node_switch_refusal(n, s, n->change.word.to) != SWITCH_POSSIBLE,
                FACT_SWITCH_IN_VAIN) |
           fact(change && node_switch_ready(n, s), FACT_SWITCH_READY) |
           fact(change && node_switch_waited(n), FACT_SWITCH_WAITED) |
           fact(may_succeed(n), FACT_MAY_SUCCEED) |
           fact(node_apart_changes(n, s), FACT_APART_CHANGES) |
           fact(node_is_outside(n), FACT_OUTSIDE) | fact(n->p.outgrown, FACT_OUTGROWN) |
           fact(node_members_change(n, s), FACT_MEMBERS_CHANGE) |
           fact(node_force_holds(n, s), FACT_FORCED) |
           fact(node_force_is_chosen(n), FACT_FORCE_CHOSEN) |
           fact(node_is_restored(n), FACT_RESTORED) | fact(node_restorable(n, s), FACT_RESTORABLE);
}

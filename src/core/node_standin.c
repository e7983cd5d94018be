/* node_standin.c - two servers are all the voters: who stands in for the one that is silent (section 8, E5).
 *
 * A majority of two is both. With `command` the operator's arbitration command says that the other server is broken, with
 * `fallback` silence says so, and that stands in for the missing vote, on a line of its own. Only who was there may do
 * so: whose agent heard the other one, and was heard by it, for a whole window up to the silence in question. Then no
 * other decision can have been made that it does not know: who was restarted, or slept, may have been succeeded meanwhile.
 * The standby has the window after the silence begins, the primary the one after that and a margin. */
#include "core/node_parts.h"

#include "base/assert.h"

enum {
    MARGIN = 2, /* detection times between the standby's window and the primary's */
    FRESH = 2,  /* detection times in which an answer of the command is used */
};

/* The other voter, where two servers are all of them; else MEMBER_NONE. */
static MemberId other_voter(const Node *n)
{
    const MemberSet voters = participant_voters(&n->p);
    const MemberSet others = voters & (MemberSet)~member_bit(n->p.self);
    const Record *chosen = &n->p.durable.chosen;
    if (!record_is_none(chosen) && record_voters(chosen) != voters)
        return MEMBER_NONE; /* the voters are being changed (E4) */
    if (member_count(voters) != 2 || (voters & ~members_servers(&n->p.durable.members)) != 0)
        return MEMBER_NONE;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(others, m))
            return m;
    return MEMBER_NONE;
}

static bool leads(const Node *n)
{
    return n->p.durable.chosen.primary == n->p.self;
}

/* Both count by the longer window: whose is shorter has other settings. */
static Millis window_of(const Peer *peer, const CoreSettings *s)
{
    const Millis theirs = peer->heartbeat.stand_in_window;
    return theirs > s->stand_in_window ? theirs : s->stand_in_window;
}

static bool was_there(const Node *n, const Peer *peer, const CoreSettings *s)
{
#ifdef MC_MUTATE_STAND_IN_UNHEARD
    return true;
#endif
    const Record *chosen = &n->p.durable.chosen;
    const Heartbeat *last = &peer->heartbeat;
    return peer->has_heartbeat && peer->there_since != 0 &&
           peer->heard_at - peer->there_since >= window_of(peer, s) &&
           member_in(last->hears, n->p.self) && last->line == chosen->line &&
           last->epoch <= chosen->epoch;
}

static Millis silent_since(const Node *n, const Peer *peer)
{
    return peer->heard_at > n->p.started_at ? peer->heard_at : n->p.started_at;
}

static bool in_window(const Node *n, const Peer *peer, const CoreSettings *s)
{
    const Millis window = window_of(peer, s);
    const Millis from = leads(n) ? window + MARGIN * s->detection : s->detection;
    const Millis until = leads(n) ? from + window : s->stand_in_window;
    const Millis silence = n->p.now - silent_since(n, peer);
    return silence > from && silence <= until;
}

/* What is accepted beyond the chosen record: of the primary's own changes nobody else knows that they are chosen, for he would
 * have heard it from the primary; and what this server has begun alone it goes on with. */
static bool nothing_in_the_way(const Node *n)
{
    const Record *latest = durable_latest(&n->p.durable);
    const bool own_line = latest->line != n->p.durable.chosen.line && latest->branch.without != 0;
    return !durable_is_pending(&n->p.durable) ||
           (latest->primary == n->p.self && (leads(n) || own_line));
}

/* It has a change to make by itself: it is the primary and must let the standby go, or it is to succeed. */
static bool has_reason(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    if (record_is_none(chosen) || !chosen->automatic || record_is_solo(chosen))
        return false;
    return leads(n) ? n->view.dir != 0 && n->view.dir == chosen->primary_dir
                    : record_is_eligible(chosen, n->p.self, n->view.dir);
}

/* The silence is one in which this server may stand in; NULL: it is none. */
static const Peer *silent_peer(const Node *n, const CoreSettings *s)
{
    const MemberId other = other_voter(n);
    if (s->silence == SILENCE_REPORT || other == MEMBER_NONE || !participant_has_memory(&n->p) ||
        participant_hears(&n->p, s, other))
        return NULL;
    const Peer *peer = &n->p.peer[other];
    const bool may =
        has_reason(n) && nothing_in_the_way(n) && was_there(n, peer, s) && in_window(n, peer, s);
    return may ? peer : NULL;
}

static bool is_answered(const Node *n, const Peer *peer, const CoreSettings *s)
{
    const StandIn *it = &n->stand_in;
    return it->broken && it->silent_since == silent_since(n, peer) &&
           n->p.now - it->answered_at <= FRESH * s->detection;
}

/* One that was asked about an earlier silence, and does not end, says nothing about this one. */
static bool is_asked(const Node *n, const Peer *peer)
{
    const StandIn *it = &n->stand_in;
    return it->order != 0 && it->silent_since == silent_since(n, peer);
}

Facts node_stand_in_facts(const Node *n, const CoreSettings *s)
{
    const Peer *peer = silent_peer(n, s);
    const bool answered =
        peer != NULL && (s->silence == SILENCE_FALLBACK || is_answered(n, peer, s));
    const bool ask =
        peer != NULL && !answered && !is_asked(n, peer) && n->p.now >= n->stand_in.ask_at;
    const bool stood =
        n->round != ROUND_FORCE && proposer_is_busy(&n->proposer) && n->proposer.stood_in != 0;
    return (answered ? FACT_STAND_IN : 0) | (ask ? FACT_STAND_IN_ASK : 0) |
           (stood ? FACT_STOOD_IN : 0);
}

/* A4: it is broken, and is isolated before anything is decided. */
static void begin_fencing(Node *n, MemberId other, Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_RUN, out);
    action->u.run = (RunOrder){.kind = RUN_FENCING, .target = other, .detach = leads(n)};
    n->stand_in.order = action->sequence;
    n->stand_in.fencing = true;
}

void node_stand_in_ran(Node *n, const CoreSettings *s, const Done *done, Actions *out)
{
    StandIn *it = &n->stand_in;
    const MemberId other = other_voter(n);
    if (it->order == 0 || done->sequence != it->order)
        return;
    it->order = 0;
    if (done->ok && s->fencing && !it->fencing && other != MEMBER_NONE) {
        begin_fencing(n, other, out);
        return;
    }
    it->broken = done->ok;
    it->answered_at = n->p.now;
}

void order_ask_broken(Node *n, const CoreSettings *s, Actions *out)
{
    const MemberId other = other_voter(n);
    assert(other != MEMBER_NONE);
    Action *action = participant_order(&n->p, ACTION_RUN, out);
    action->u.run = (RunOrder){.kind = RUN_ARBITRATION, .target = other, .detach = leads(n)};
    n->stand_in = (StandIn){
        .order = action->sequence,
        .silent_since = silent_since(n, &n->p.peer[other]),
        .ask_at = n->p.now + s->detection,
    };
}

/* ---- the record that comes of it ---- */

/* Whoever is silent may have decided otherwise with nobody's help, too: a line of its own. Of a claim, whose end is known. */
void node_stand_in_line(const Node *n, Record *next)
{
    const Proposer *proposer = &n->proposer;
    if (proposer->stood_in == 0)
        return;
    const Branch before = next->branch;
    next->branch = (Branch){
        .from = next->line,
        .epoch = next->epoch,
        .end = n->cut_end.lsn,
        .without = proposer->stood_in,
    };
    record_note_origin(&before, &next->branch);
    next->line = proposer->wanted.line;
}

static void begin(Node *n, const CoreSettings *s, Round round, Purpose purpose, Record *next,
                  Actions *out)
{
    const MemberId other = other_voter(n);
    assert(other != MEMBER_NONE);
    const Branch before = next->branch;
    next->branch = (Branch){.from = next->line,
                            .epoch = next->epoch,
                            .end = n->view.wal.lsn,
                            .without = member_bit(other)};
    record_note_origin(&before, &next->branch);
    next->line = 0;
    while (next->line == 0)
        next->line = prng_next(&n->p.prng);
    n->round = round;
    participant_log(&n->p,
                    msg_stands_in(participant_name(&n->p, other),
                                  s->silence == SILENCE_COMMAND
                                      ? "the arbitration command says that it is broken"
                                      : "its silence counts as its vote"),
                    out);
    if (proposer_begin(&n->proposer, &n->p, s, purpose, NULL, &n->p.durable.chosen, next, out))
        proposer_stand_in(&n->proposer, member_bit(other));
    else
        (void)proposer_take(&n->proposer); /* the own voter refused; the pause is set */
}

void order_detach_alone(Node *n, const CoreSettings *s, Actions *out)
{
    const Durable *d = &n->p.durable;
    const Record *latest = durable_latest(d);
    const Record *before = latest->line == d->chosen.line ? latest : &d->chosen;
    Record next = record_alone(before, CAUSE_DETACH, n->p.wall);
    next.start = n->view.wal.lsn; /* what comes on the other line beyond this is no part of it */
    begin(n, s, ROUND_DETACH, PURPOSE_CHANGE, &next, out);
}

void order_claim_alone(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    Record next = record_succeed(chosen, CAUSE_TAKEOVER, n->p.self, n->view.dir, n->view.wal,
                                 n->view.wal.timeline + 1, n->p.wall);
    n->claim_not_before = n->p.now + s->detection / 4;
    n->positions_known = 0;
    begin(n, s, ROUND_CLAIM, PURPOSE_TAKEOVER, &next, out);
}

void node_report_stood_in(Node *n, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const Branch *branch = &chosen->branch;
    if (branch->without == 0 || branch->forced || branch->epoch != chosen->epoch)
        return;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(branch->without, m))
            participant_log(
                &n->p, msg_stood_in(participant_name(&n->p, m), chosen->epoch, branch->end), out);
}

bool node_stands_in(const Node *n, const CoreSettings *s)
{
    return s->silence != SILENCE_REPORT && other_voter(n) != MEMBER_NONE;
}

bool node_stood_in_vain(const Node *n)
{
    const Durable *d = &n->p.durable;
    const Record *accepted = &d->accepted;
    return durable_is_pending(d) && accepted->line != d->chosen.line &&
           accepted->primary == n->p.self && d->accepted_ballot.member == n->p.self &&
           accepted->branch.without != 0 && !accepted->branch.forced;
}

/* Section 8: timers carry safety here, and a cut network is enough to break it with `fallback`. Said at every start. */
void node_warn_of_silence(Node *n, const CoreSettings *s, Actions *out)
{
    if (node_stands_in(n, s))
        participant_log(&n->p,
                        s->silence == SILENCE_FALLBACK ? msg_fallback_is_unsafe(s->stand_in_window)
                                                       : msg_command_stands_in(s->stand_in_window),
                        out);
}

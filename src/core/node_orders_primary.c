/* node_orders_primary.c - what rules order on a primary: names, gate, attach and detach (P1, P2). */
#include "core/node_parts.h"

#include "base/assert.h"

/* Commits wait while an attachment is tried: not again at once, and ever more seldom. */
enum { JOIN_PAUSE = 1000, JOIN_PAUSE_DOUBLINGS = 5 };

static void begin_change(Node *n, const CoreSettings *s, Round round, const Record *wanted,
                         Actions *out)
{
    n->round = round;
    if (!proposer_begin(&n->proposer, &n->p, s, PURPOSE_CHANGE, NULL, &n->p.durable.chosen, wanted,
                        out))
        (void)proposer_take(&n->proposer);
}

/* P2: what the records ask, and what an attachment under way asks, and never less. */
void order_names(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Action *action = node_instance_order(n, ACTION_NAMES, out);
    NamesOrder *order = &action->u.names;
    order->names = node_names_wanted(n);
    order->prove = order->names.count > 0;
    order->from_some = n->names.count > 0;
#ifdef MC_MUTATE_COUNT_RELOAD
    order->prove = false;
#endif
#ifdef MC_MUTATE_OLD_NAMES
    order->from_some = false;
#endif
    n->order_names = *order;
    n->names_proved = false;
}

/* The prediction of the takeover was wrong: the record says what is, before anything opens. */
void order_opened(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    Record next = record_next(chosen, CAUSE_OPENED, n->p.wall);
    next.timeline = n->promoted ? n->promoted_at.timeline : n->view.wal.timeline;
    next.start = n->promoted ? n->promoted_at.lsn : chosen->start;
    next.former = (Former){0}; /* it is promoted: nothing is handed back any more */
    begin_change(n, s, ROUND_OPENED, &next, out);
}

/* D1: the directory remembers under which record its history was opened. */
void order_mark(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const Record *chosen = &n->p.durable.chosen;
    const ChainLink link = {
        .line = chosen->line,
        .epoch = chosen->epoch,
        .dir = chosen->primary_dir,
        .timeline = chosen->timeline,
        .start = chosen->start,
    };
    Action *action = node_instance_order(n, ACTION_DIRECTORY, out);
    action->u.directory =
        (DirectoryOrder){.id = n->view.dir, .cluster = chosen->cluster, .chain = n->view.chain};
    chain_add(&action->u.directory.chain, &link);
    n->order_directory = action->u.directory;
}

void order_open(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Action *action = node_instance_order(n, ACTION_GATE, out);
    action->u.gate = GATE_OPEN;
}

/* Whether every other server was heard in this run, or has had its time since this one opened: it may have
 * been cut off before. */
static bool others_had_their_say(const Node *n, const CoreSettings *s)
{
    const MemberSet servers = members_servers(&n->p.durable.members);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(servers, m) && m != n->p.self && !n->p.peer[m].has_heartbeat)
            return n->p.now - n->state_since >= s->detection;
    return true;
}

/* The start that brings the cluster up again after every server had stopped leaves automatic off
 * (the procedure says so), unless a word or the settings say otherwise. A server that has gone on
 * all the while may be heard only after this one has opened. */
void node_settle_start(Node *n, const CoreSettings *s)
{
    if (n->start_settled || !others_had_their_say(n, s))
        return;
    n->start_settled = true;
    Durable *d = &n->p.durable;
    bool brought_up = n->by_operator && !n->took_over && !n->others_went_on && n->went_on == 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        /* An operator has said otherwise at another server; or one streams whose agent cannot say since when. */
        const Peer *peer = &n->p.peer[m];
        brought_up &=
            peer->has_heartbeat ? !peer->heartbeat.failover_asked : n->stream[m].seen_at == 0;
    }
    if (brought_up && !d->failover_asked && !s->automatic_at_start && d->chosen.automatic) {
        d->failover_asked = true;
        d->failover_wanted = false;
    }
}

void order_announce(Node *n, const CoreSettings *s, Actions *out)
{
    n->opened_once = true;
    node_forget_attempts(n);
    node_settle_start(n, s);
    participant_log(&n->p, msg_opened(n->p.durable.chosen.epoch), out);
    participant_hurry(&n->p);
}

static void detach(Node *n, const CoreSettings *s, MemberId member, const char *reason,
                   Actions *out)
{
    participant_log(&n->p, msg_detach_started(participant_name(&n->p, member), reason), out);
    /* Where only one acknowledges, this is ordered when all of them go (P2, node_is_loose). */
    const Record *chosen = &n->p.durable.chosen;
#ifdef MC_MUTATE_SHRINK_UNPROVED
    const uint8_t stay = (uint8_t)(chosen->eligible_count - 1);
    const Record kept =
        record_detach(chosen, member, chosen->quorum < stay ? chosen->quorum : stay, n->p.wall);
    begin_change(n, s, ROUND_DETACH, &kept, out);
    return;
#endif
    const Record next =
        chosen->quorum > 1 ? record_detach(chosen, member, (uint8_t)(chosen->quorum - 1), n->p.wall)
                           : record_alone(chosen, CAUSE_DETACH, n->p.wall);
    begin_change(n, s, ROUND_DETACH, &next, out);
}

void order_detach(Node *n, const CoreSettings *s, Actions *out)
{
    const char *reason;
    const MemberId member = node_lost(n, s, &reason);
    assert(member != MEMBER_NONE);
    detach(n, s, member, reason, out);
}

static const char *leaving_reason(const Node *n, MemberId member)
{
    return member_in(n->p.durable.chosen.apart, member) ? "an operator keeps it apart"
                                                        : "its operator stops it";
}

void order_detach_leaving(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const MemberId member = chosen->eligible[i].member;
        if (!node_is_leaving(n, s, member))
            continue;
        detach(n, s, member, leaving_reason(n, member), out);
        return;
    }
}

void order_report_lost(Node *n, const CoreSettings *s, Actions *out)
{
    const char *reason;
    const MemberId member = node_lost(n, s, &reason);
    n->reported_lost = (uint8_t)(member + 1);
    participant_log(&n->p, msg_not_detached(participant_name(&n->p, member), reason), out);
}

/* P2, grow: first PostgreSQL, then the record. */
void order_join(Node *n, const CoreSettings *s, Actions *out)
{
    n->joining = node_joinable(n, s);
    n->joining_since = n->p.now;
    assert(n->joining != MEMBER_NONE);
    const Stream *stream = &n->stream[n->joining];
    n->joining_pid = 0;
    n->joining_quorum = s->quorum;
    participant_log(&n->p, msg_attach_started(participant_name(&n->p, n->joining), stream->flush),
                    out);
    const Names wanted = node_names_wanted(n);
    if (!n->names_proved || !names_equal(&n->names, &wanted))
        order_names(n, s, out);
}

/* P2: one leaves, and as many as before shall acknowledge: first PostgreSQL waits for the others alone. */
void order_tighten_detach(Node *n, const CoreSettings *s, Actions *out)
{
    const MemberId member = node_going_member(n, s);
    const char *reason;
    assert(member != MEMBER_NONE);
    if (node_is_leaving(n, s, member) || node_lost(n, s, &reason) != member)
        reason = leaving_reason(n, member);
    participant_log(&n->p, msg_detach_started(participant_name(&n->p, member), reason), out);
    n->tightening = true;
    n->tightening_without = member;
    n->joining_since = n->p.now;
    order_names(n, s, out);
}

/* P2: one more acknowledges: first PostgreSQL waits for it. */
void order_tighten_quorum(Node *n, const CoreSettings *s, Actions *out)
{
#ifdef MC_MUTATE_RAISE_UNPROVED
    Record next = record_next(&n->p.durable.chosen, CAUSE_SETTING, n->p.wall);
    next.quorum++;
    begin_change(n, s, ROUND_SETTING, &next, out);
    return;
#endif
    n->tightening = true;
    n->tightening_without = MEMBER_NONE;
    n->joining_since = n->p.now;
    order_names(n, s, out);
}

void order_apart(Node *n, const CoreSettings *s, Actions *out)
{
    const Record next = node_apart_record(n, s);
    node_apart_fencing(n, s, next.apart & (MemberSet)~n->p.durable.chosen.apart);
    begin_change(n, s, ROUND_SETTING, &next, out);
}

void order_lower_quorum(Node *n, const CoreSettings *s, Actions *out)
{
    Record next = record_next(&n->p.durable.chosen, CAUSE_SETTING, n->p.wall);
    next.quorum = record_quorum(s->quorum, next.eligible_count);
    begin_change(n, s, ROUND_SETTING, &next, out);
}

void order_attach(Node *n, const CoreSettings *s, Actions *out)
{
    Record next;
    const bool prepared = node_prepared(n, &next);
    assert(prepared);
    begin_change(n, s, ROUND_ATTACH, &next, out);
}

/* The own voter has not accepted: nothing binds, the names go back to what the record asks. */
void order_abandon_join(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    if (n->proposer.phase == PROPOSER_READY)
        proposer_abandon(&n->proposer, &n->p);
    if (n->joining != MEMBER_NONE) {
        participant_log(&n->p, msg_attach_abandoned(participant_name(&n->p, n->joining)), out);
        n->offer[n->joining] = (Offer){0}; /* a new attempt streams under a new name */
        n->offer_not_before[n->joining] = n->p.now + (JOIN_PAUSE << n->joins_failed);
        if (n->joins_failed < JOIN_PAUSE_DOUBLINGS)
            n->joins_failed++;
    }
    n->joining = MEMBER_NONE;
    if (n->tightening)
        n->tightening_not_before = n->p.now + JOIN_PAUSE;
    n->tightening = false;
}

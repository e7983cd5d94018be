/* node_handback.c - the way back from a successor that cannot be promoted (P3, P7).
 *
 * A handover has stopped the primary, and its successor dies at every promotion, or cannot be started. As long as that
 * one has opened nothing, everything that was ever acknowledged is where it was: with the primary before, whose WAL
 * reaches at least to where the successor begins. So the successor gives the role back, by a consent that binds its
 * memory and not only this run of its agent, for nobody else may overrule a primary that nobody is eligible beside;
 * and the one before proposes the record that names it again, with the directory and the history that it had. */
#include "core/node_parts.h"

#include "base/assert.h"

enum {
    ATTEMPTS = 3,     /* starts and promotions: one failure may be chance */
    PATIENCE = 10000, /* a promotion that takes so long is killed, and not tried again */
    PAUSE = 1000,     /* after all that, between two tries; it doubles */
    DOUBLINGS = 2,
    COUNTED = ATTEMPTS + 1 + 2 * DOUBLINGS, /* a try is a start and a promotion */
    TELL_AGAIN = 60000,
};

/* A position means something only within one history: that of the record before. */
static bool reaches(const Former *former, const Position *end, Lsn start)
{
#ifdef MC_MUTATE_HAND_BACK_ANY_WAL
    return true;
#endif
    return end->timeline == former->timeline && end->lsn >= start;
}

/* Who has lost WAL, or has less of it than this one, is nobody to go back to. */
Former node_former_of(const Node *n, const Consent *consent)
{
    const Record *chosen = &n->p.durable.chosen;
    const Former former = {
        .member = chosen->primary,
        .dir = chosen->primary_dir,
        .timeline = chosen->timeline,
        .start = chosen->start,
    };
#ifdef MC_MUTATE_HAND_BACK_ANY_WAL
    return former;
#endif
    const bool whole = consent->returns && n->cut_end.timeline == former.timeline &&
                       reaches(&former, &consent->final, n->cut_end.lsn);
    return whole ? former : (Former){0};
}

/* At the successor: the primary before is heard, and could open again. Only so the role is given back: what it really
 * has, it judges itself. */
static bool former_ready(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    const Former *former = &chosen->former;
    if (former->dir == 0 || former->member == n->p.self || !record_is_solo(chosen) ||
        !participant_hears(&n->p, s, former->member) || !n->p.peer[former->member].has_heartbeat)
        return false;
    const Heartbeat *h = &n->p.peer[former->member].heartbeat;
    return h->node_state == NODE_STANDBY_SEEKING && h->instance == INSTANCE_DOWN &&
           h->epoch == chosen->epoch && h->dir == former->dir &&
           reaches(former, &h->wal, chosen->start);
}

/* Nobody can have written here under the record. PostgreSQL puts a new history into the control file before it lets
 * anybody write; until then the directory lies there as a standby's, with the history of the primary before. */
static bool unopened(const Node *n)
{
#ifdef MC_MUTATE_HAND_BACK_OPENED
    return true;
#endif
    return n->view.phase == INSTANCE_DOWN && n->view.standby_signal && !n->promoted &&
           n->view.wal.timeline == n->p.durable.chosen.former.timeline;
}

/* A promotion has nothing to replay: it takes long only where it does not come to an end. */
static bool in_vain(const Node *n)
{
    if (n->order != 0)
        return n->order_kind == ACTION_PROMOTE && n->p.now - n->order_at >= PATIENCE;
    return n->cut && n->order_failed && n->attempts >= ATTEMPTS;
}

static bool handed_back(const Node *n)
{
#ifdef MC_MUTATE_HAND_BACK_FORGOTTEN
    return false;
#endif
    const Durable *d = &n->p.durable;
    return d->handed_back != 0 && d->handed_back == d->chosen.epoch &&
           d->chosen.primary == n->p.self;
}

/* D1: the directory that the record means, which has its history as that was, and all WAL up to where the successor
 * begins. It may lie there as a standby's, by an operator's force that was given up; followed it has nobody. */
static bool holds_everything(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    const Former *former = &chosen->former;
    const InstanceView *view = &n->view;
    const ChainLink *newest = chain_newest(&view->chain);
    return former->dir != 0 && former->member == n->p.self && former->dir == view->dir &&
           view->phase == INSTANCE_DOWN && !view->restored.there && newest != NULL &&
           newest->line == chosen->line && newest->dir == former->dir &&
           newest->timeline == former->timeline && newest->start == former->start &&
           reaches(former, &view->wal, chosen->start);
}

static Facts fact(bool holds, Facts bit)
{
    return holds ? bit : 0;
}

Facts node_handback_facts(const Node *n, const CoreSettings *s)
{
    return fact(n->attempts >= ATTEMPTS, FACT_TRIED) |
           fact(n->p.now < n->try_not_before, FACT_RESTS) | fact(in_vain(n), FACT_IN_VAIN) |
           fact(former_ready(n, s), FACT_FORMER_READY) | fact(unopened(n), FACT_UNOPENED) |
           fact(handed_back(n), FACT_HANDED_BACK) |
           fact(n->heard_consent.back && holds_everything(n), FACT_RETURNS);
}

void node_count_attempt(Node *n)
{
    if (n->attempts < COUNTED)
        n->attempts++;
}

bool node_promotion_fails(const Node *n)
{
    return n->attempts > ATTEMPTS && n->p.durable.chosen.primary == n->p.self &&
           n->view.standby_signal && n->p.durable.instance_wanted && !n->stop.active &&
           !participant_is_split(&n->p);
}

void node_forget_attempts(Node *n)
{
    n->attempts = 0;
    n->try_not_before = 0;
}

static void tell_failing(Node *n, const CoreSettings *s, Millis pause, Actions *out)
{
    const bool grows = n->attempts < COUNTED;
    if (!node_promotion_fails(n) || former_ready(n, s) ||
        (!grows && n->p.now - n->failing_told_at < TELL_AGAIN))
        return;
    n->failing_told_at = n->p.now;
    participant_log(&n->p, msg_promotion_failing(n->p.durable.chosen.epoch, pause), out);
}

/* Nobody else may open under the record, and the one before is not there: it is tried for ever, but not in haste. What was
 * last seen of the directory may be older than what the failure has left of it, so the pause does not ask it. */
void order_ask_again(Node *n, const CoreSettings *s, Actions *out)
{
    order_unconfirm(n, s, out);
    if (n->attempts <= ATTEMPTS || n->p.durable.chosen.primary != n->p.self)
        return;
    const Millis pause = PAUSE << (n->attempts - ATTEMPTS - 1) / 2;
    n->try_not_before = n->p.now + pause;
    tell_failing(n, s, pause, out);
}

/* No attempt to start it again, of which there are few: it may not be started otherwise. */
void order_start_unpromoted(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    node_count_attempt(n);
    node_start_standby(n, out);
}

void order_kill_in_vain(Node *n, const CoreSettings *s, Actions *out)
{
    if (n->attempts < ATTEMPTS)
        n->attempts = ATTEMPTS;
    order_kill(n, s, out);
}

/* P2: WAL was lost here. */
void order_kill_behind(Node *n, const CoreSettings *s, Actions *out)
{
    node_note_behind(n, out);
    order_kill(n, s, out);
}

/* P7: durable before anybody hears it; given anew by a later run of the agent, whose leases are others. */
void order_hand_back(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const Record *chosen = &n->p.durable.chosen;
    const Former *former = &chosen->former;
    const bool back =
        record_is_solo(chosen); /* else over, to who is eligible, by an operator's switch */
    if (n->p.durable.handed_back != chosen->epoch)
        participant_log(
            &n->p, msg_hand_back_started(participant_name(&n->p, former->member), chosen->start),
            out);
    n->p.durable.handed_back = chosen->epoch;
    participant_persist(&n->p, out);
    n->attach_asked = true;
    n->own_consent = (Consent){
        .given = true,
        .line = chosen->line,
        .epoch = chosen->epoch,
        .primary = n->p.self,
        .agent = n->p.agent,
        .successor = back && former->dir != 0 ? former->member : MEMBER_NONE,
        .asked = true,
        .final = n->view.wal,
        .binding = true,
        .back = back,
        .incarnation = n->p.durable.memory[n->p.self].incarnation,
    };
    n->heard_consent = n->own_consent;
    const Message message = {.kind = MESSAGE_CONSENT, .u.consent = n->own_consent};
    participant_broadcast(&n->p, &message, out);
}

void order_return(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const Record next = record_hand_back(chosen, n->p.wall);
    participant_log(&n->p,
                    msg_takeover_started(participant_name(&n->p, chosen->primary),
                                         "it cannot be promoted, and hands back"),
                    out);
    n->round = ROUND_RETURN;
    if (!proposer_begin(&n->proposer, &n->p, s, PURPOSE_TAKEOVER, &n->heard_consent, chosen, &next,
                        out))
        (void)proposer_take(&n->proposer);
}

void node_report_handed_back(Node *n, const Record *before, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    if (chosen->cause == CAUSE_HANDED_BACK)
        participant_log(&n->p,
                        msg_handed_back(participant_name(&n->p, chosen->primary), chosen->epoch,
                                        participant_name(&n->p, before->primary)),
                        out);
}

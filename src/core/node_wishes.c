/* node_wishes.c - an operator's word about automatic: kept until the cluster knows of it, answered when it holds. */
#include "core/node_parts.h"

/* A change of `automatic` that this server has begun, and its own voter may not have accepted yet. */
static bool setting_under_way(const Node *n)
{
    return n->round == ROUND_SETTING && proposer_is_busy(&n->proposer);
}

/* The operator's wish is fulfilled, whoever proposed it. Not while a change is under way: it may be an earlier
 * wish of the contrary, and be chosen yet. Not without a majority or before the first round either: the record
 * may be an old one. */
static bool wish_holds(const Node *n, const CoreSettings *s)
{
    const Durable *d = &n->p.durable;
    return n->latest_known && !setting_under_way(n) && !durable_is_pending(d) &&
           d->chosen.automatic == d->failover_wanted && participant_hears_majority(&n->p, s);
}

/* The primary no longer turns automatic off because of its start: it has opened and has heard of the wish, or is
 * this server. */
static bool wish_is_known(const Node *n, const CoreSettings *s)
{
    const MemberId primary = n->p.durable.chosen.primary;
    if (primary == n->p.self)
        return n->start_settled;
    return participant_hears(&n->p, s, primary) && n->p.peer[primary].has_heartbeat &&
           n->p.peer[primary].heartbeat.instance == INSTANCE_OPEN &&
           member_in(n->p.peer[primary].heartbeat.hears, n->p.self);
}

void node_settle_failover(Node *n, const CoreSettings *s, Actions *out)
{
    Durable *d = &n->p.durable;
    const bool holds = !d->failover_asked || wish_holds(n, s);
    n->wish_held = d->failover_asked && (n->wish_held || holds);
    if (d->failover_asked && holds && wish_is_known(n, s)) {
        d->failover_asked = false;
        participant_persist(&n->p, out);
    }
    if (!n->failover.active)
        return;
    const bool late = n->p.now >= n->failover.deadline;
    if (!holds && !late)
        return;
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){
        .request = n->failover.request,
        .status = holds ? 0 : 1,
        .last = true,
        .entry = !holds                ? msg_failover_asked()
                 : d->chosen.automatic ? msg_failover_enabled()
                                       : msg_failover_disabled(),
    };
    n->failover.active = false;
}

/* Only a primary that has just opened turns
 * automatic off for a reason of its own; while none is open, it was an operator's word at another server. */
void node_yield_wish(Node *n, const CoreSettings *s, Actions *out)
{
    Durable *d = &n->p.durable;
    const MemberId primary = d->chosen.primary;
    if (!d->failover_asked || !n->wish_held || d->chosen.automatic == d->failover_wanted)
        return;
    if (participant_hears(&n->p, s, primary) &&
        n->p.peer[primary].heartbeat.instance == INSTANCE_OPEN)
        return;
    d->failover_asked = false;
    participant_persist(&n->p, out);
}

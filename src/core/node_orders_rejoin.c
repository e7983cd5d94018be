/* node_orders_rejoin.c - a directory whose WAL went its own way is made over into a standby's (section 7). */
#include "core/node_parts.h"

/* D1: the rules have seen that it does not count and who has opened. A rewind is tried once: what is refused
 * again after it, and what is half made over, gets a new copy. */
void order_rejoin(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool known = n->verdict == ATTACH_DIVERGED && !n->view.interrupted;
    Action *action = node_instance_order(n, ACTION_REJOIN, out);
    action->u.rejoin = (RejoinOrder){
        .source = chosen->primary,
        .rewind = known && s->rejoin == REJOIN_BY_REWIND && n->rejoins == 0,
        .fork = known ? n->fork : (Position){0},
        .system_identifier = chosen->system_identifier,
    };
    participant_log(&n->p,
                    msg_rejoin_started(participant_name(&n->p, chosen->primary),
                                       action->u.rejoin.rewind ? "rewind" : "copy"),
                    out);
}

/* What lies there now was not seen yet; it is judged like any other. */
void order_rejoined(Node *n, const CoreSettings *s, Actions *out)
{
    n->rejoins++;
    n->starts = 0;
    participant_log(&n->p, msg_rejoined(participant_name(&n->p, n->p.durable.chosen.primary)), out);
    order_unconfirm(n, s, out);
}

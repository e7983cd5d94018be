/* node_heartbeat.c - what this server tells the others of itself, some times a second. */
#include "core/node_parts.h"

static InstancePhase phase_told(const Node *n)
{
    if (n->gone)
        return INSTANCE_STOPPING;
    if (n->state == NODE_PRIMARY && n->gate_open)
        return INSTANCE_OPEN;
    return n->view.phase == INSTANCE_OPEN && !n->gate_open ? INSTANCE_CLOSED : n->view.phase;
}

static bool well(const Node *n, const CoreSettings *s)
{
    const bool answers = n->view.unanswered_since == 0 ||
                         n->p.now - n->view.unanswered_since < s->instance_detection;
    const bool primary = n->state == NODE_PRIMARY || n->state == NODE_PRIMARY_OPENING ||
                         n->state == NODE_PRIMARY_PROVING;
    const bool standby =
        (n->state == NODE_STANDBY || n->state == NODE_ASKING) && n->view.phase == INSTANCE_STANDBY;
    return (primary || standby) && answers && !n->gone && !n->p.persist_failed;
}

/* P5: nothing is read here, and nothing can be opened: a lease would only keep others from taking over. */
static bool has_no_use(const Node *n, const CoreSettings *s)
{
#ifdef MC_MUTATE_LEASE_OF_NO_USE
    return false;
#endif
    return n->view_at != 0 && n->view.phase == INSTANCE_DOWN &&
           !participant_hears_majority(&n->p, s);
}

void node_fill_heartbeat(Node *n, const CoreSettings *s)
{
    Heartbeat *h = &n->p.heartbeat;
    const Heartbeat before = *h;
    const Record *chosen = &n->p.durable.chosen;
    const bool eligible = record_is_eligible(chosen, n->p.self, n->view.dir);
    h->node_state = (uint8_t)n->state;
    h->diverged = n->state == NODE_STAYING_DOWN && n->down_reason == DOWN_DIVERGED;
    h->instance = phase_told(n);
    h->well = well(n, s);
    h->leased = !record_is_none(chosen) && chosen->primary == n->p.self &&
                n->state != NODE_PRIMARY_CONSENTING && n->state != NODE_PRIMARY_CUT &&
                !participant_is_split(&n->p) && n->view.phase != INSTANCE_NONE && !has_no_use(n, s);
    h->wants_attach = !eligible && n->state == NODE_STANDBY && n->granted.token != 0 &&
                      n->following_known &&
                      attachment_equal(&n->following.attachment, &n->granted) && !n->stop.active;
    h->leaving = n->state == NODE_STANDBY_LEAVING;
    h->operator_stopped = n->stop.active && n->stop.all && n->stop.request != 0;
    h->daemons_only = h->operator_stopped && n->stop.only_agent;
    h->failover_asked = n->p.durable.failover_asked;
    h->failover_wanted = n->p.durable.failover_wanted;
    h->went_on = n->went_on;
    /* E2: heartbeats do not wait for the disk. */
    h->handed_back = n->p.persist_done < n->p.persist_ordered ? 0 : n->p.durable.handed_back;
    h->change = n->change.word;
    n->attach_asked = n->attach_asked && !eligible && !n->stop.active;
    h->attach_asked = n->attach_asked;
    h->apart_asked = n->apart.active ? member_bit(n->apart.member) : 0;
    h->apart_unfenced = n->apart.no_fencing ? h->apart_asked : 0;
    h->apart_by_force = n->apart.force ? h->apart_asked : 0;
    node_members_tell(n, h);
    h->dir = n->view.dir;
    h->system_identifier = n->view.system_identifier;
    h->wal = n->view.wal;
    h->replay = n->view.replay;
    h->attachment =
        n->following_known && n->view.receiver ? n->following.attachment : (Attachment){0};
    const ChainLink *newest = chain_newest(&n->view.chain);
    h->last_link = newest != NULL ? *newest : (ChainLink){0};
    if (h->instance != before.instance || h->well != before.well ||
        h->wants_attach != before.wants_attach || h->leaving != before.leaving ||
        h->operator_stopped != before.operator_stopped || h->dir != before.dir ||
        h->failover_asked != before.failover_asked ||
        !attachment_equal(&h->attachment, &before.attachment))
        participant_hurry(&n->p);
}

/* node_orders_rejoin.c - a directory whose WAL went its own way is made over into a standby's (section 7). */
#include "core/node_parts.h"

/* D1: the rules have seen that it does not count and who has opened. A rewind is tried once: what is refused
 * again after it, and what is half made over, gets a new copy. So does who has gone his own way on a timeline of the
 * primary's number: pg_rewind takes equal numbers for one history, and does nothing. */
void order_rejoin(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool known = n->verdict == ATTACH_DIVERGED && !n->view.interrupted;
    const bool numbered_alike = n->view.wal.timeline == chosen->timeline;
    Action *action = node_instance_order(n, ACTION_REJOIN, out);
    action->u.rejoin = (RejoinOrder){
        .source = chosen->primary,
        .rewind = known && s->rejoin != REJOIN_BY_COPY && n->rejoins == 0 && !numbered_alike,
        .fork = known ? n->fork : (Position){0},
        .system_identifier = chosen->system_identifier,
    };
    participant_log(&n->p,
                    msg_rejoin_started(participant_name(&n->p, chosen->primary),
                                       action->u.rejoin.rewind ? "rewind" : "copy"),
                    out);
}

void node_rejoin_forget(Node *n, bool is_void)
{
    if (!is_void)
        return;
    n->rejoins = n->rejoins_failed = 0;
    n->given_up = false;
}

/* What lies there now was not seen yet; it is judged like any other. */
void order_rejoined(Node *n, const CoreSettings *s, Actions *out)
{
    n->rejoins++;
    n->starts = 0;
    participant_log(&n->p, msg_rejoined(participant_name(&n->p, n->p.durable.chosen.primary)), out);
    order_unconfirm(n, s, out);
}

static void reply(Node *n, uint32_t request, uint8_t status, bool last, LogEntry entry,
                  Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = request, .status = status, .last = last, .entry = entry};
}

static void begin_anew(Node *n, Actions *out)
{
    n->state = NODE_ASKING;
    n->state_since = n->p.now;
    order_unconfirm(n, NULL, out);
}

/* Section 8: a decision that this server made alone and did not live to carry out. What its directory has is judged after
 * that like any other's. */
static void give_up_vote(Node *n, const Command *command, Actions *out)
{
    Durable *d = &n->p.durable;
    const char *self = participant_name(&n->p, n->p.self);
    const LogEntry loss = msg_rejoin_vote(self, d->accepted.epoch);
    reply(n, command->request, 0, false, loss, out);
    if (!command->force) {
        reply(n, command->request, 3, true, msg_rejoin_needed(self), out);
        return;
    }
    participant_log(&n->p, loss, out);
    if (proposer_is_busy(&n->proposer))
        proposer_abandon(&n->proposer, &n->p);
    d->accepted = d->chosen;
    d->accepted_ballot = (Ballot){0}; /* who asks is told the record as chosen */
    d->split = (Record){0};
    participant_persist(&n->p, out);
    begin_anew(n, out);
    const LogEntry taken = msg_rejoin_vote_taken(self);
    participant_log(&n->p, taken, out);
    reply(n, command->request, 0, true, taken, out);
}

/* D1: before it opens, its directory is marked with the line. */
static bool was_opened_alone(const Node *n)
{
    const ChainLink *newest = chain_newest(&n->view.chain);
#ifdef MC_MUTATE_GIVE_UP_OPENED
    return false;
#endif
    return newest != NULL && newest->line == n->p.durable.accepted.line;
}

static bool may_give_up_vote(const Node *n)
{
    return node_stood_in_vain(n) && n->view_at != 0 &&
           (n->state == NODE_ASKING || n->state == NODE_IDLE || n->state == NODE_STANDBY);
}

static const char *vote_refusal(const Node *n, const CoreSettings *s)
{
    if (was_opened_alone(n))
        return "it has opened under what it decided alone: mc_ctl switch --force at the server "
               "that is kept";
    if (!participant_hears_majority(&n->p, s))
        return "the other server is silent: mc_ctl start there first";
    return NULL;
}

static const char *refusal(const Node *n, const CoreSettings *s, const Command *command)
{
    const bool refused = n->down_reason == DOWN_DIVERGED || n->down_reason == DOWN_UNKNOWN_HISTORY;
    /* Without a name it is only shown, and what does it is named. */
    const bool shown = command->to == MEMBER_NONE && !command->force;
    if (command->to != n->p.self && !shown)
        return "name the server that gives up what it has of its own, and ask there";
    if (n->state == NODE_REJOINING)
        return "it is being made over already: mc_ctl status shows how far it is";
    if (node_is_restored(n))
        return "its directory was recovered from a backup: mc_ctl stop, then mc_ctl setup -r "
               "standby --overwrite makes it anew";
    if (may_give_up_vote(n))
        return vote_refusal(n, s);
    if (n->state == NODE_ASKING || n->state == NODE_STANDBY_SEEKING)
        return "it was not compared with the primary yet: mc_ctl status says what it waits for";
    if (n->state != NODE_STAYING_DOWN || !refused)
        return "nothing that this server has of its own keeps it from following";
    return NULL;
}

/* E5: which of two that have parted is given up, an operator says by name; what it alone has is shown before. */
void node_command_rejoin(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    const char *self = participant_name(&n->p, n->p.self);
    const char *primary = participant_name(&n->p, n->p.durable.chosen.primary);
    const char *reason = refusal(n, s, command);
    if (reason != NULL) {
        reply(n, command->request, 3, true, msg_command_refused("rejoin", reason), out);
        return;
    }
    if (may_give_up_vote(n)) {
        give_up_vote(n, command, out);
        return;
    }
    /* Of a history that is unknown nobody can tell where it left the primary's. */
    const LogEntry loss = n->fork.lsn == 0
                              ? msg_rejoin_loss_unknown(self, n->view.wal.lsn, primary)
                              : msg_rejoin_loss(self, n->fork.lsn, n->view.wal.lsn, primary);
    reply(n, command->request, 0, false, loss, out);
    if (!command->force) {
        reply(n, command->request, 3, true, msg_rejoin_needed(self), out);
        return;
    }
    participant_log(&n->p, loss, out);
    n->given_up = true;
    n->rejoins = 0;
    begin_anew(n, out);
    const LogEntry taken = msg_rejoin_taken(self, primary);
    participant_log(&n->p, taken, out);
    reply(n, command->request, 0, true, taken, out);
}

/* node_apart.c - an operator's detach: a standby is kept apart, whatever it could do, until an operator wants it back.
 *
 * Who is kept apart stands in the record, so that no later primary forgets it. It is detached like one that leaves;
 * its instance goes on as it can, and nobody waits for it. `mc_ctl start` at that server ends it. */
#include "core/node_parts.h"

/* The standbys that an operator, here or at a server that is heard, wants apart, and that are not yet. */
static MemberSet wanted_apart(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    MemberSet wanted = n->apart.active ? member_bit(n->apart.member) : 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (m != n->p.self && participant_hears(&n->p, s, m) && n->p.peer[m].has_heartbeat &&
            node_knows_record(n, &n->p.peer[m].heartbeat))
            wanted |= n->p.peer[m].heartbeat.apart_asked;
    wanted &= participant_servers(&n->p) & (MemberSet)~chosen->apart;
    return record_is_none(chosen) ? 0 : wanted & (MemberSet)~member_bit(chosen->primary);
}

void node_apart_fencing(Node *n, const CoreSettings *s, MemberSet apart)
{
    MemberSet unfenced = n->apart.active && n->apart.no_fencing ? member_bit(n->apart.member) : 0;
    MemberSet by_force = n->apart.active && n->apart.force ? member_bit(n->apart.member) : 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Peer *peer = &n->p.peer[m];
        if (m == n->p.self || !participant_hears(&n->p, s, m) || !peer->has_heartbeat)
            continue;
        unfenced |= peer->heartbeat.apart_unfenced;
        by_force |= peer->heartbeat.apart_by_force;
    }
    proposer_operator(&n->proposer, (apart & (MemberSet)~unfenced) == 0, (apart & by_force) != 0);
}

/* Those that are kept apart, and whose operator has started them since: they know that they are kept apart. */
static MemberSet wanted_back(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    MemberSet wanted =
        chosen->apart & member_bit(chosen->primary); /* a primary is not kept from itself */
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(chosen->apart, m) && m != n->p.self && participant_hears(&n->p, s, m) &&
            n->p.peer[m].has_heartbeat && n->p.peer[m].heartbeat.attach_asked &&
            n->p.peer[m].heartbeat.epoch == chosen->epoch)
            wanted |= member_bit(m);
    return wanted;
}

/* A detach ends what an operator has asked for before. A start of this agent comes after whatever it did not know yet. */
void node_apart_learned(Node *n, const Record *before, Actions *out)
{
    const MemberId self = n->p.self;
    const MemberSet back = before->apart & (MemberSet)~n->p.durable.chosen.apart;
    for (MemberId m = 0; m < MEMBERS_MAX && n->p.durable.chosen.primary == self; m++)
        if (member_in(back, m))
            participant_log(&n->p, msg_no_more_apart(participant_name(&n->p, m)), out);
    if (member_in(n->p.durable.chosen.apart, self) && !member_in(before->apart, self))
        n->attach_asked = n->back_wanted;
}

bool node_apart_changes(const Node *n, const CoreSettings *s)
{
    return n->p.durable.chosen.primary == n->p.self &&
           (wanted_apart(n, s) != 0 || wanted_back(n, s) != 0);
}

Record node_apart_record(const Node *n, const CoreSettings *s)
{
    Record next = record_next(&n->p.durable.chosen, CAUSE_SETTING, n->p.wall);
    next.apart |= wanted_apart(n, s);
    next.apart &= (MemberSet)~wanted_back(n, s);
    return next;
}

static void answer(Node *n, uint32_t request, uint8_t status, LogEntry entry, Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = request, .status = status, .last = true, .entry = entry};
}

/* Which one, when the operator has named none: the only one there is. */
static MemberId only_standby(const Node *n)
{
    const MemberSet others =
        participant_servers(&n->p) & (MemberSet)~member_bit(n->p.durable.chosen.primary);
    MemberId found = MEMBER_NONE;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        if (!member_in(others, m))
            continue;
        if (found != MEMBER_NONE)
            return MEMBER_NONE;
        found = m;
    }
    return found;
}

void node_command_detach(Node *n, const Command *command, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const MemberId member = command->to == MEMBER_NONE ? only_standby(n) : command->to;
    if (record_is_none(chosen) || !participant_has_memory(&n->p))
        answer(n, command->request, 1, msg_command_refused("detach", "no record is known here"),
               out);
    else if (member == MEMBER_NONE)
        answer(n, command->request, 2,
               msg_command_refused("detach", "there are several standbys: name one"), out);
    else if (member == chosen->primary)
        answer(n, command->request, 3,
               msg_command_refused("detach", "that server is the primary: mc_ctl switch first"),
               out);
    else if (n->apart.active)
        answer(n, command->request, 3, msg_command_refused("detach", "another one is under way"),
               out);
    else {
        proposer_hurry(&n->proposer, &n->p);
        n->apart = (ApartWish){.active = true,
                               .member = member,
                               .no_fencing = command->no_fencing,
                               .force = command->force,
                               .request = command->request,
                               .deadline = command->deadline};
        participant_hurry(&n->p);
    }
}

/* F1: the command has not isolated it; here that is known from the round, elsewhere when nothing more has come of it. */
static bool not_fenced(const Node *n, const CoreSettings *s)
{
    const ApartWish *wish = &n->apart;
    if (n->p.durable.chosen.primary == n->p.self)
        return n->round == ROUND_SETTING && !proposer_is_busy(&n->proposer) &&
               n->proposer.refusal == REFUSAL_NOT_FENCED;
    bool told = false;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        told |= participant_hears(&n->p, s, m) &&
                member_in(n->p.peer[m].heartbeat.not_fenced, wish->member);
    return told && n->p.now >= wish->deadline && node_fencing(n, s) == 0;
}

static const char *reason(const Node *n, const CoreSettings *s, bool refused)
{
    if (refused)
        return "the arbiter's fencing command did not isolate it, its log says why; "
               "--no-fencing goes on without";
    if (participant_hears_majority(&n->p, s))
        return "the primary does not answer";
    return n->p.durable.chosen.primary == n->p.self
               ? "no majority of the voters answers; mc_ctl switch --force here, when this server "
                 "has stopped serving, goes on alone"
               : "no majority of the voters answers";
}

void node_apart_settle(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    ApartWish *wish = &n->apart;
    if (n->granted.token != 0)
        n->back_wanted = false;
    if (!wish->active)
        return;
    const char *name = participant_name(&n->p, wish->member);
    const bool done =
        member_in(chosen->apart, wish->member) && record_eligible(chosen, wish->member) == NULL;
    const bool refused = !done && not_fenced(n, s);
    if (!done && !refused && (n->p.now < wish->deadline || node_fencing(n, s) != 0))
        return;
    answer(n, wish->request,
           done      ? 0
           : refused ? 3
                     : 1,
           done ? msg_kept_apart(name) : msg_command_refused("detach", reason(n, s, refused)), out);
    wish->active = false;
    proposer_hurry(&n->proposer, &n->p);
}

/* node_orders_standby.c - what rules order on a standby: following, claiming, promoting (P3). */
#include "core/node_parts.h"

#include "base/assert.h"

enum { ASK_AGAIN = 500, CLAIM_AGAIN = 500, POSITIONS_AGAIN = 200 };

void order_ask_primary(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Message question = {.kind = MESSAGE_ATTACH_ASK};
    question.u.attach_ask = (AttachAsk){
        .epoch = n->p.durable.chosen.epoch,
        .dir = n->view.dir,
        .system_identifier = n->view.system_identifier,
        .wal = n->view.wal,
        .chain = n->view.chain,
    };
    participant_send(&n->p, n->p.durable.chosen.primary, &question, out);
    n->asked_dir = n->view.dir;
    n->ask_at = n->p.now + ASK_AGAIN;
}

void order_take_chain(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Action *action = node_instance_order(n, ACTION_DIRECTORY, out);
    action->u.directory = (DirectoryOrder){
        .id = n->view.dir, .cluster = n->p.durable.cluster, .chain = n->granted_chain};
    n->order_directory = action->u.directory;
}

void order_follow(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Action *action = node_instance_order(n, ACTION_FOLLOW, out);
    action->u.follow = node_upstream(n);
    n->order_follow = action->u.follow;
    n->cut = false;
}

static const Consent *consent_of(const Node *n)
{
    return consent_holds(&n->heard_consent, &n->p.durable) ? &n->heard_consent : NULL;
}

static void ask_positions(Node *n, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    Message question = {.kind = MESSAGE_POSITION_ASK};
    question.u.position_ask.epoch = chosen->epoch;
    for (unsigned i = 0; i < chosen->eligible_count; i++)
        participant_send(&n->p, chosen->eligible[i].member, &question, out);
    n->positions_ask_at = n->p.now + POSITIONS_AGAIN;
}

void order_ask_positions(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    ask_positions(n, out);
}

/* Prepared first: a takeover that a voter would refuse does not cut the receiver. What the record
 * will say of the timeline is filled in when the end of WAL is known. */
void order_claim(Node *n, const CoreSettings *s, Actions *out)
{
    const Consent *consent = consent_of(n);
    const Record *chosen = &n->p.durable.chosen;
    const char *primary = participant_name(&n->p, chosen->primary);
    participant_log(&n->p,
                    msg_takeover_started(primary, consent != NULL ? "it has stopped and consents"
                                                                  : "it is silent"),
                    out);
    n->claim_not_before = n->p.now + CLAIM_AGAIN;
    n->positions_known = 0;
#ifdef MC_MUTATE_PROMOTE_UNCUT
    n->cut = true;
    n->cut_end = n->view.wal;
    n->cut_next = n->view.wal.timeline + 1;
#endif
    n->round = ROUND_CLAIM;
    if (n->force.whole) /* its wish, and no other, leaves claims to the ordinary rules */
        proposer_operator(&n->proposer, true, false);
    if (!proposer_begin(&n->proposer, &n->p, s, PURPOSE_TAKEOVER, consent, chosen, chosen, out)) {
        (void)proposer_take(&n->proposer);
        return;
    }
    if (n->cut)
        ask_positions(n, out);
}

/* P3: the receiver goes and cannot come back, and replay reaches the end of what is on disk. */
void order_cut(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Action *action = node_instance_order(n, ACTION_FOLLOW, out);
    action->u.follow = (Upstream){.member = MEMBER_NONE};
    n->order_follow = action->u.follow;
    if (n->state == NODE_STANDBY_CLAIMING)
        ask_positions(n, out);
}

static void bind(Node *n)
{
#ifdef MC_MUTATE_UNBOUND
    return;
#endif
    n->p.durable.bound_epoch = n->p.durable.chosen.epoch;
    n->p.durable.bound = n->cut_end;
}

/* P3: binding before it is given; the own voter's acceptance makes it durable in the same write. */
void order_claim_accept(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool handed_over = consent_holds(&n->heard_consent, &n->p.durable);
    Record next = record_succeed(chosen, handed_over ? CAUSE_HANDOVER : CAUSE_TAKEOVER, n->p.self,
                                 n->view.dir, n->cut_end, n->cut_next, n->p.wall);
    if (handed_over)
        next.former = node_former_of(n, &n->heard_consent);
    node_stand_in_line(n, &next);
    bind(n);
    proposer_accept(&n->proposer, &n->p, s, &next, out);
}

void order_claim_abandon(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s, (void)out;
    proposer_abandon(&n->proposer, &n->p);
    n->claim_not_before = n->p.now + CLAIM_AGAIN;
}

/* P7: an end of WAL that this server does not reach. Who consented can bring it there; once that one is silent, what it had
 * beyond was acknowledged by nobody, and it is succeeded like any other (P3). */
void order_claim_behind(Node *n, const CoreSettings *s, Actions *out)
{
    const Consent *consent = &n->heard_consent;
    order_claim_abandon(n, s, out);
    if (n->cut && consent->final_known && position_compare(&n->cut_end, &consent->final) < 0)
        n->heard_consent = (Consent){0}; /* it is told again as long as it is meant */
}

/* P3: another one has more. It has noticed by itself that the primary is gone; its claim is not disturbed. */
void order_claim_yield(Node *n, const CoreSettings *s, Actions *out)
{
    order_claim_abandon(n, s, out);
    n->claim_not_before = n->p.now + s->detection;
}

void order_claim_failed(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    static const char *const words[] = {
        [REFUSAL_NONE] = "no majority answered in time",
        [REFUSAL_LOWER_BALLOT] = "another change is under way",
        [REFUSAL_LOST_MEMORY] = "it has lost its memory",
        [REFUSAL_INCARNATION] = "it remembers more of a voter",
        [REFUSAL_STRANGER] = "it belongs to another cluster",
        [REFUSAL_LEASE] = "the lease of the primary is not out",
        [REFUSAL_PRIMARY_WELL] = "it hears the primary, and that is well",
        [REFUSAL_SPLIT] = "it follows another line",
        [REFUSAL_EPOCH] = "it knows a later record",
        [REFUSAL_FENCING] = "the primary is being isolated",
        [REFUSAL_NOT_FENCED] = "its fencing command did not isolate the primary",
        [REFUSAL_FENCED] = "it isolates this server itself",
    };
    const char *voter = participant_name(&n->p, n->proposer.refused_by);
    participant_log(&n->p, msg_takeover_refused(voter, words[n->proposer.refusal]), out);
}

void order_position_answer(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    bind(n);
    participant_persist(&n->p, out);
    Message answer = {.kind = MESSAGE_POSITION_ANSWER};
    answer.u.position_answer = (PositionAnswer){
        .epoch = n->p.durable.chosen.epoch, .position = n->cut_end, .dir = n->view.dir};
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(n->position_asked, m))
            participant_send(&n->p, m, &answer, out);
    n->position_asked = 0;
}

void order_promote(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    participant_log(&n->p, msg_promotion_started(n->p.durable.chosen.epoch, n->cut_end.lsn), out);
    node_count_attempt(n);
    /* Also when it is killed in it, and opens by a start (node_settle_start). */
    n->took_over = true;
    (void)node_instance_order(n, ACTION_PROMOTE, out);
}

void order_promoted(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    node_forget_attempts(n);
    participant_log(&n->p, msg_promotion_completed(), out);
}

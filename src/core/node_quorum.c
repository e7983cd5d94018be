/* node_quorum.c - which change of the synchronous set may be made, and what must come before it (P2).
 *
 * Of two sets of names one implies the other when whoever waits for the one waits for the other (names_imply). A
 * change of the record to what the present one implies loosens: first the record, then PostgreSQL. A change to what
 * implies the present one tightens: first PostgreSQL, with proof; then as many as the new record asks must have flushed
 * what was there; then the record. An attachment has its own proof (`joining`); whatever else tightens is
 * `tightening`. A change that does neither is not made in one step. */
#include "core/node_parts.h"

/* The record that is being prepared: PostgreSQL must ask for it before it is proposed. */
bool node_prepared(const Node *n, Record *ret)
{
    const Record *chosen = &n->p.durable.chosen;
    if (n->joining != MEMBER_NONE) {
        const Offer *offer = &n->offer[n->joining];
        const EligibleMember joining = {
            .member = n->joining, .dir = offer->dir, .attachment = offer->attachment};
        /* Who joins has everything, so one more may acknowledge; not two more. */
        const uint8_t most = (uint8_t)(chosen->quorum + 1);
        const uint8_t wanted =
            record_quorum(n->joining_quorum, (uint8_t)(chosen->eligible_count + 1));
        *ret = record_attach(chosen, &joining, wanted < most ? wanted : most, n->p.wall);
        return true;
    }
    if (!n->tightening)
        return false;
    if (n->tightening_without != MEMBER_NONE) {
        *ret = record_detach(chosen, n->tightening_without, chosen->quorum, n->p.wall);
        return true;
    }
    *ret = record_next(chosen, CAUSE_SETTING, n->p.wall);
    ret->quorum++;
    return true;
}

MemberId node_going_member(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    for (unsigned i = 0; i < chosen->eligible_count; i++)
        if (node_is_going(n, s, &chosen->eligible[i]))
            return chosen->eligible[i].member;
    return MEMBER_NONE;
}

/* With one fewer acknowledging, whatever was acknowledged is where the new record says; and nobody is left to say
 * it of when all go at once. */
bool node_is_loose(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
#ifdef MC_MUTATE_SHRINK_UNPROVED
    return true;
#endif
    if (chosen->quorum > 1)
        return true;
    for (unsigned i = 0; i < chosen->eligible_count; i++)
        if (!node_is_going(n, s, &chosen->eligible[i]))
            return false;
    return true;
}

/* Streams that would not hold commits up. */
static unsigned fresh_streams(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    unsigned count = 0;
    for (unsigned i = 0; i < chosen->eligible_count; i++)
        count += node_stream_is_fresh(n, s, chosen->eligible[i].member);
    return count;
}

static bool wants_more(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    return chosen->quorum < record_quorum(s->quorum, chosen->eligible_count) &&
           fresh_streams(n, s) > chosen->quorum && node_going_member(n, s) == MEMBER_NONE;
}

bool node_quorum_is_low(const Node *n, const CoreSettings *s)
{
    return n->p.now >= n->tightening_not_before && wants_more(n, s);
}

bool node_quorum_is_high(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    return chosen->quorum > record_quorum(s->quorum, chosen->eligible_count);
}

/* The reason for it still stands, and the instance that was tightened runs. */
bool node_tightening_holds(const Node *n, const CoreSettings *s)
{
    const InstancePhase phase = n->view.phase;
    if (!n->tightening || n->gone || (phase != INSTANCE_CLOSED && phase != INSTANCE_OPEN))
        return false;
    if (n->tightening_without == MEMBER_NONE)
        return wants_more(n, s);
    const EligibleMember *e = record_eligible(&n->p.durable.chosen, n->tightening_without);
    return e != NULL && node_is_going(n, s, e);
}

bool node_tightening_flushed(const Node *n)
{
    Record next;
    return node_prepared(n, &next) && node_flushed(n, &next);
}

/* node_orders_restored.c - opening what was recovered from a backup (section 4, restored).
 *
 * The recovery is over before: the directory lies there as a primary's, shut down, on a timeline of its own, and
 * carries a receipt. Here is decided when the cluster may go on with it, and whether that is still the same line:
 * only when it is known that nothing acknowledged is missing. Else the record opens another line and says what is
 * lost (E5). It is chosen like any other change, by a majority of the voters of the line before. */
#include "core/node_parts.h"

#include "base/assert.h"
#include "core/history.h"

enum { OBSERVED = 2 }; /* intervals after which an observation of others is in their heartbeats */

static const Heartbeat *heard(const Node *n, const CoreSettings *s, MemberId member)
{
    const Peer *peer = &n->p.peer[member];
    return member != n->p.self && peer->has_heartbeat && participant_hears(&n->p, s, member)
               ? &peer->heartbeat
               : NULL;
}

bool node_is_restored(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    return n->view.restored.there && n->view.dir != 0 && n->view.phase == INSTANCE_DOWN &&
           (record_is_none(chosen) || chosen->system_identifier == n->view.system_identifier);
}

/* The primary of the record has said that it serves no more under it (P7). */
static const Consent *consent_of(const Node *n)
{
    return consent_holds(&n->heard_consent, &n->p.durable) ? &n->heard_consent : NULL;
}

/* From when on nothing more was acknowledged: by the own instance, or by a primary that has consented, or whose lease is
 * out. Whoever has fallen silent before may have acknowledged what it did not tell. */
static Millis ended_at(const Node *n, const CoreSettings *s)
{
    const MemberId primary = n->p.durable.chosen.primary;
    Millis ret = n->ran_at > n->p.started_at ? n->ran_at : n->p.started_at;
    assert(primary < MEMBERS_MAX);
    if (primary != n->p.self) {
        const Millis out = consent_of(n) != NULL
                               ? n->consent_at
                               : n->p.peer[primary].heard_at + s->lease + s->lease / 20;
        ret = out > ret ? out : ret;
    }
    return ret;
}

static bool spoke_since(const Node *n, const CoreSettings *s, MemberId member)
{
    return n->p.peer[member].heartbeat_at >= ended_at(n, s) + OBSERVED * s->heartbeat_interval;
}

/* Whoever lives has spoken since then, or is silent for long enough. */
static bool all_had_their_say(const Node *n, const CoreSettings *s)
{
    const MemberSet servers = members_servers(&n->p.durable.members);
    if (n->p.now - ended_at(n, s) > s->detection)
        return true;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(servers, m) && m != n->p.self && !spoke_since(n, s, m))
            return false;
    return true;
}

MemberId node_serving_elsewhere(const Node *n, const CoreSettings *s)
{
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Heartbeat *h = heard(n, s, m);
        if (h != NULL && h->instance == INSTANCE_OPEN)
            return m;
    }
    return MEMBER_NONE;
}

/* Another server that the record names has stopped for sure only when it needs a lease to serve, and has none, or
 * consents: one that needs nobody's leave may serve unheard (P1's exception). */
bool node_former_is_out(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    const Consent *consent = consent_of(n);
    const Consent none = {0};
    if (chosen->primary == n->p.self)
        return true;
#ifdef MC_MUTATE_RESTORE_OVER_UNHEARD
    return true;
#endif
    return chosen->automatic && !record_is_solo(chosen) &&
           (consent != NULL || heard(n, s, chosen->primary) == NULL) &&
           voter_refuses_takeover(&n->p, s, n->p.self, consent != NULL ? consent : &none) ==
               REFUSAL_NONE;
}

/* With its directory, of which the record speaks. */
static const Heartbeat *heard_eligible(const Node *n, const CoreSettings *s,
                                       const EligibleMember *e)
{
    const Heartbeat *h = heard(n, s, e->member);
    return h != NULL && h->dir == e->dir ? h : NULL;
}

/* P3: so many of the eligible live that one of them can take over, and nothing is lost by that. */
static bool somebody_takes_over(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    unsigned count = 0;
    for (unsigned i = 0; i < chosen->eligible_count; i++)
        count += heard_eligible(n, s, &chosen->eligible[i]) != NULL;
    return chosen->primary != n->p.self && !record_is_solo(chosen) &&
           count >= (unsigned)(chosen->eligible_count - chosen->quorum + 1);
}

bool node_restorable(const Node *n, const CoreSettings *s)
{
    return node_is_restored(n) && all_had_their_say(n, s) &&
           node_serving_elsewhere(n, s) == MEMBER_NONE && node_former_is_out(n, s) &&
           !somebody_takes_over(n, s);
}

/* A position is evidence only within one history: the timeline that was followed is the record's. */
static bool is_of_record(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    const RestoredView *restored = &n->view.restored;
    return restored->end.timeline == chosen->timeline &&
           (restored->start == 0 || restored->start == chosen->start);
}

/* n-k+1 of the eligible have every acknowledged commit between them, and what was recovered has all of theirs. */
static bool holds_everything(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    const Position *end = &n->view.restored.end;
    unsigned within = 0;
#ifdef MC_MUTATE_RESTORE_SAME_LINE
    return true;
#endif
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        const EligibleMember *e = &chosen->eligible[i];
        const Heartbeat *h = heard_eligible(n, s, e);
        within += h != NULL && spoke_since(n, s, e->member) && h->wal.timeline == end->timeline &&
                  h->wal.lsn != 0 && h->wal.lsn <= end->lsn;
    }
    return is_of_record(n) && !record_is_solo(chosen) &&
           within >= (unsigned)(chosen->eligible_count - chosen->quorum + 1);
}

/* The highest position that anybody remembers; 0 when that is none beyond the end of what was recovered. */
static Lsn remembered_beyond(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    const Lsn end = n->view.restored.end.lsn;
    Lsn most = end;
    if (n->own_high.timeline == chosen->timeline && n->own_high.lsn > most)
        most = n->own_high.lsn;
    if (chosen->timeline > n->view.restored.end.timeline && chosen->start > most)
        most = chosen->start;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Heartbeat *h = heard(n, s, m);
        if (h != NULL && h->wal.timeline == chosen->timeline && h->wal.lsn > most)
            most = h->wal.lsn;
    }
    return most > end ? most : 0;
}

/* D1: who is eligible has the record's history from the primary's directory itself, and so its link. */
static ChainLink followed_link(const Node *n, const CoreSettings *s)
{
    const Record *chosen = &n->p.durable.chosen;
    const RestoredView *restored = &n->view.restored;
    for (unsigned i = 0; i < chosen->eligible_count && is_of_record(n); i++) {
        const Heartbeat *h = heard_eligible(n, s, &chosen->eligible[i]);
        if (h != NULL && h->last_link.timeline == restored->end.timeline &&
            h->last_link.start == chosen->start && h->last_link.line == chosen->line)
            return h->last_link;
    }
    return (ChainLink){0};
}

void order_restored(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const Position start = {.timeline = n->view.wal.timeline, .lsn = n->view.restored.end.lsn};
    Branch branch = {0};
    if (!holds_everything(n, s)) {
        branch = (Branch){
            .from = chosen->line,
            .epoch = chosen->epoch + 1,
            .end = n->view.restored.end.lsn,
            .lost = remembered_beyond(n, s),
        };
    }
    n->restored_link = followed_link(n, s);
    const Record next = record_restore(chosen, n->p.self, n->view.dir, start, &branch, n->p.wall);
    const Purpose purpose = chosen->primary == n->p.self ? PURPOSE_CHANGE : PURPOSE_TAKEOVER;
    n->round = ROUND_RESTORED;
    if (!proposer_begin(&n->proposer, &n->p, s, purpose, consent_of(n), chosen, &next, out))
        (void)proposer_take(&n->proposer);
}

/* E5: an operator's word opens it where no majority can: its end is known, and nothing runs that would have to be cut. */
void order_force_restored(Node *n, const CoreSettings *s, Actions *out)
{
    order_unconfirm(n, s, out);
    n->cut = true;
    n->cut_end = (Position){.timeline = n->view.wal.timeline, .lsn = n->view.restored.end.lsn};
    n->cut_next = n->view.wal.timeline; /* it has begun its timeline */
    n->restored_link = followed_link(n, s);
}

/* What was followed (RestoredView): of the last timeline the backup may know nothing, but somebody else. */
static Chain chain_followed(const Node *n)
{
    Chain chain = n->view.restored.chain;
    const ChainLink *newest = chain_newest(&chain);
    const ChainLink *told = &n->restored_link;
    if (told->epoch == 0 || (newest != NULL && newest->epoch != 0))
        return chain;
    if (newest != NULL)
        chain.count--;
    chain_add(&chain, told);
    return chain;
}

/* D1: the receipt becomes the identity. What was followed until there stays in the chain, so that whose WAL ends within it
 * is known to have nothing of its own. */
void order_restored_identity(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const Record *chosen = &n->p.durable.chosen;
    Action *action = node_instance_order(n, ACTION_DIRECTORY, out);
    DirectoryOrder *order = &action->u.directory;
    *order = (DirectoryOrder){.renew_id = true,
                              .id = n->view.dir,
                              .cluster = chosen->cluster,
                              .chain = chain_followed(n)};
    chain_add(&order->chain, &(ChainLink){.line = chosen->line,
                                          .epoch = chosen->epoch,
                                          .dir = chosen->primary_dir,
                                          .timeline = chosen->timeline,
                                          .start = chosen->start});
    n->order_directory = *order;
}

void node_report_restored(Node *n, const Record *before, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const char *name = participant_name(&n->p, chosen->primary);
    const Branch *branch = &chosen->branch;
    node_report_forced(n, out);
    if (chosen->line == before->line && chosen->cause == CAUSE_RESTORED)
        participant_log(&n->p, msg_restored_whole(name), out);
    if (chosen->line == before->line || record_is_none(before) || branch->forced ||
        branch->without != 0)
        return;
    if (branch->lost > branch->end)
        participant_log(&n->p,
                        msg_restored_behind(name, branch->end, branch->lost,
                                            (int64_t)(branch->lost - branch->end)),
                        out);
    else
        participant_log(&n->p, msg_restored_unknown(name, branch->end), out);
}

const char *node_restored_waits_for(const Node *n, const CoreSettings *s)
{
    if (!node_is_restored(n) || record_is_none(&n->p.durable.chosen) || !n->confirmed)
        return NULL;
    if (node_serving_elsewhere(n, s) != MEMBER_NONE)
        return "an operator: another server serves, what was recovered here is not needed";
    if (somebody_takes_over(n, s))
        return "a standby to take over: it holds everything, what was recovered here is not needed";
    if (!node_former_is_out(n, s))
        return "an operator: the primary of the record before this recovery may serve or start: "
               "recover it there; is it gone for good, mc_ctl switch --force here";
    return NULL;
}

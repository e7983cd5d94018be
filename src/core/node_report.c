/* node_report.c - what a change of the record means, told once it is known to be chosen. */
#include "core/node_parts.h"

#include "base/str.h"

static void report_eligible(Node *n, const Record *before, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const bool was = record_eligible(before, m) != NULL;
        const bool is = record_eligible(chosen, m) != NULL;
        if (is && !was)
            participant_log(&n->p, msg_attached(participant_name(&n->p, m), chosen->epoch), out);
        if (was && !is && chosen->primary != m)
            participant_log(&n->p, msg_detached(participant_name(&n->p, m), chosen->epoch), out);
    }
}

static void report_record(Node *n, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    char eligible[SERVERS_MAX * (MEMBER_NAME_SIZE + 1)];
    StrBuf names = str_begin(eligible, sizeof eligible);
    for (unsigned i = 0; i < chosen->eligible_count; i++) {
        str_add(&names, i > 0 ? ", " : "");
        str_add(&names, participant_name(&n->p, chosen->eligible[i].member));
    }
    participant_log(&n->p,
                    msg_record_chosen(chosen->epoch, participant_name(&n->p, chosen->primary),
                                      eligible, cause_words(chosen->cause)),
                    out);
}

void node_report_change(Node *n, const Record *before, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    report_record(n, out);
    report_eligible(n, before, out);
    node_report_restored(n, before, out);
    node_report_handed_back(n, before, out);
    node_report_stood_in(n, out);
    if (chosen->cause == CAUSE_BOOTSTRAP) {
        char cluster[2 * sizeof chosen->cluster.bytes + 1];
        str_from_bytes(chosen->cluster.bytes, sizeof chosen->cluster.bytes, cluster);
        participant_log(&n->p, msg_bootstrapped(participant_name(&n->p, chosen->primary), cluster),
                        out);
    }
    if (!record_is_none(before) && before->automatic != chosen->automatic)
        participant_log(&n->p, chosen->automatic ? msg_failover_enabled() : msg_failover_disabled(),
                        out);
}

void node_report_fencing(Node *n, Actions *out)
{
    const Proposer *proposer = &n->proposer;
    const bool waits = proposer_is_busy(proposer) && proposer->fencing_at != 0;
    for (MemberId m = 0; waits && !n->fencing_told && m < MEMBERS_MAX; m++)
        if (member_in(proposer->fencing.leave, m))
            participant_log(&n->p, msg_fencing_first(participant_name(&n->p, m)), out);
    n->fencing_told = waits;
}

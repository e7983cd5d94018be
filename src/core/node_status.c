/* node_status.c - the cluster as one member sees it. */
#include "core/arbiter.h"
#include "core/node_parts.h"

#include "base/str.h"

#include <string.h>

static HostRole role_of(const Record *record, MemberId member, InstancePhase instance)
{
    if (record_is_none(record))
        return HOST_ROLE_UNKNOWN;
    if (record->primary == member)
        return instance == INSTANCE_OPEN ? HOST_ROLE_PRIMARY : HOST_ROLE_INACTIVATED_PRIMARY;
    return instance == INSTANCE_STANDBY ? HOST_ROLE_STANDBY : HOST_ROLE_INACTIVATED_STANDBY;
}

static ProcessHealth process_of(const Record *record, MemberId member, InstancePhase instance,
                                bool well, bool streams)
{
    switch (instance) {
    case INSTANCE_UNKNOWN:
        return PROCESS_UNKNOWN;
    case INSTANCE_NONE:
    case INSTANCE_DOWN:
    case INSTANCE_STOPPING:
    case INSTANCE_SICK:
        return PROCESS_ABNORMAL_POSTMASTER;
    case INSTANCE_STARTING:
    case INSTANCE_CLOSED:
    case INSTANCE_OPEN:
        return well ? PROCESS_NORMAL : PROCESS_ABNORMAL_POSTMASTER;
    case INSTANCE_STANDBY:
        if (record->primary == member)
            return PROCESS_NORMAL;
        if (!well)
            return PROCESS_ABNORMAL_POSTMASTER;
        return streams ? PROCESS_NORMAL : PROCESS_ABNORMAL_WAL_RECEIVER;
    }
    return PROCESS_UNKNOWN;
}

/* E5: it stays down, the newest history of its directory is of another line, and reaches beyond what the present
 * line has gone on with; or the primary has said that it has parted, whose own directory may be of a line before that one. */
static bool has_parted(const Record *record, MemberId member, const Heartbeat *h)
{
    return h->node_state == NODE_STAYING_DOWN && h->dir != 0 && h->last_link.epoch != 0 &&
           h->last_link.line != record->line && record->primary != member &&
           (h->diverged || h->wal.lsn > record->branch.end);
}

static void status_of_server(const Record *record, MemberId member, const Heartbeat *h,
                             MemberStatus *ret)
{
    /* A server whose voter cannot write says that it is not well (E2): of its processes that says nothing. */
    const bool well = h->well || !h->voter_writes;
    ret->role = role_of(record, member, h->instance);
    ret->process = process_of(record, member, h->instance, well, h->attachment.token != 0);
    ret->disk = h->voter_writes ? HEALTH_NORMAL : HEALTH_ABNORMAL;
    ret->instance = h->instance;
    ret->node_state = h->node_state;
    ret->wal = h->wal;
    ret->replay = h->replay;
    ret->parted = has_parted(record, member, h);
}

static void status_of_member(const Participant *p, const CoreSettings *s, Millis now,
                             MemberId member, MemberStatus *ret)
{
    const Member *m = &p->durable.members.member[member];
    const Peer *peer = &p->peer[member];
    const Record *record = &p->durable.chosen;
    (void)str_copy(ret->name, sizeof ret->name, m->name);
    ret->kind = m->kind;
    ret->connected = member == p->self || (peer->heard_at != 0 && participant_hears(p, s, member));
    ret->silent = peer->heard_at == 0 ? -1 : now - peer->heard_at;
    ret->eligible = record_eligible(record, member) != NULL;
    const bool never = !ret->connected && peer->heard_at == 0;
    ret->host = ret->connected ? HEALTH_NORMAL : never ? HEALTH_UNKNOWN : HEALTH_ABNORMAL;
    if (m->kind == MEMBER_ARBITER) {
        ret->role = HOST_ROLE_ARBITER;
        return;
    }
    ret->role = role_of(record, member, INSTANCE_UNKNOWN);
    if (ret->connected && peer->has_heartbeat)
        status_of_server(record, member, &peer->heartbeat, ret);
}

/* Whether the record's primary serves, as far as can be seen from here. */
static bool primary_serves(const Status *status)
{
    const MemberId primary = status->record.primary;
    return primary < status->count && status->member[primary].role == HOST_ROLE_PRIMARY;
}

static Mirroring mirroring_of(const Status *status)
{
    const Record *record = &status->record;
    if (record_is_none(record) || !status->confirmed)
        return MIRRORING_UNKNOWN;
    if (!record_is_none(&status->split))
        return MIRRORING_NOT_SWITCHABLE;
    const bool changed = record->cause == CAUSE_TAKEOVER || record->cause == CAUSE_HANDOVER ||
                         record->cause == CAUSE_OPENED;
    const bool moving = changed || record->cause == CAUSE_HANDED_BACK;
    if (!primary_serves(status) && record->automatic && (moving || !record_is_solo(record)))
        return MIRRORING_SWITCHING;
    if (!record->automatic)
        return MIRRORING_FAILOVER_DISABLED;
    if (!record_is_solo(record))
        return MIRRORING_SWITCHABLE;
    return changed ? MIRRORING_SWITCHED : MIRRORING_NOT_SWITCHABLE;
}

/* F1: what arbiters do about somebody who is to lose its role, as they say; of its own command one knows what it said. */
static void add_fencing(const Participant *p, const CoreSettings *s, Status *ret)
{
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const bool own = m == p->self;
        const Heartbeat *h = own ? &p->heartbeat : &p->peer[m].heartbeat;
        if ((!own && !participant_hears(p, s, m)) || (h->fencing | h->not_fenced) == 0)
            continue;
        MemberId target = 0;
        while (!member_in(h->fencing != 0 ? h->fencing : h->not_fenced, target))
            target++;
        StrBuf out = str_begin(ret->waits_for, sizeof ret->waits_for);
        const bool runs = h->fencing != 0;
        str_add(&out, runs ? "the fencing command of \"" : "an operator: \"");
        str_add(&out, participant_name(p, m));
        str_add(&out, runs ? "\" to isolate \"" : "\" could not isolate \"");
        str_add(&out, participant_name(p, target));
        str_add(&out, runs ? "\"" : "\": ");
        if (!runs)
            str_add(&out, own ? p->fencing.said : "its log says why (fencing_command); ");
        if (!runs && !own)
            str_add(&out, target == p->durable.chosen.primary
                              ? "mc_ctl switch --force --no-fencing goes on without"
                              : "mc_ctl detach --no-fencing goes on without");
    }
}

void participant_status(const Participant *p, const CoreSettings *s, Millis now, Status *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->self = p->self;
    ret->record = p->durable.chosen;
    ret->split = p->durable.split;
    ret->count = p->durable.members.count;
    ret->confirmed = participant_hears_majority(p, s) && participant_has_memory(p);
    ret->failover_asked = p->durable.failover_asked;
    ret->failover_wanted = p->durable.failover_wanted;
    for (MemberId m = 0; m < ret->count; m++)
        status_of_member(p, s, now, m, &ret->member[m]);
    ret->mirroring = mirroring_of(ret);
    if (participant_has_memory(p) && !record_is_none(&p->durable.chosen) &&
        !participant_is_voter(p, p->self))
        (void)str_copy(ret->waits_for, sizeof ret->waits_for,
                       "an operator: it is no voter of the cluster; mc_ctl recover --with, at the "
                       "primary, makes it one");
    else if (p->recall.phase != RECALL_NONE)
        (void)str_copy(ret->waits_for, sizeof ret->waits_for,
                       "every other voter, to get the memory of this voter back");
    else if (!ret->confirmed)
        (void)str_copy(ret->waits_for, sizeof ret->waits_for, "a majority of the voters");
    else
        add_fencing(p, s, ret);
}

void participant_evidence(const Participant *p, Evidence *ret)
{
    const Durable *d = &p->durable;
    memset(ret, 0, sizeof *ret);
    ret->agent = p->agent;
    ret->memory = participant_has_memory(p);
    memcpy(ret->known, d->memory, sizeof ret->known);
    ret->known[p->self] = recall_durable_memory(p);
    ret->runs = d->runs;
    ret->accepted_ballot = d->accepted_ballot;
    ret->accepted = d->accepted;
    ret->chosen = d->chosen;
}

void arbiter_status(const Arbiter *a, const CoreSettings *s, Millis now, Status *ret)
{
    participant_status(&a->p, s, now, ret);
    (void)str_copy(ret->state, sizeof ret->state, "arbiter");
    arbiter_memory_words(a, ret->waits_for, sizeof ret->waits_for);
    MemberStatus *own = &ret->member[a->p.self];
    own->disk = a->p.persist_failed ? HEALTH_ABNORMAL : HEALTH_NORMAL;
    own->silent = 0;
}

static const char *down_words(DownReason reason)
{
    switch (reason) {
    case DOWN_NONE:
        return "";
    case DOWN_DIVERGED:
        return "an operator: this directory has WAL that the primary's history does not have; "
               "mc_ctl rejoin says what";
    case DOWN_UNKNOWN_HISTORY:
        return "an operator: nothing shows that the WAL here is a part of the primary's; "
               "mc_ctl stop, then mc_ctl setup -r standby --overwrite makes it anew";
    case DOWN_STRANGER:
        return "an operator: this directory belongs to another database";
    case DOWN_FORMER_MEMBER:
        return "an operator: no voter remembers the cluster that this directory was in; mc_ctl "
               "recover says how it goes on, at the server that is to be kept";
    case DOWN_FOREIGN_DIRECTORY:
        return "an operator: the record names this server with another data directory";
    case DOWN_START_FAILED:
        return "an operator: the instance does not run; see the log, then mc_ctl start";
    case DOWN_UNATTENDED:
        return "an operator: the instance ended while automatic switch was off; mc_ctl start";
    case DOWN_LOST_WAL:
        return "an operator: a standby has WAL that this primary has lost";
    case DOWN_NO_MEMBER:
        return "an operator: this server is no voter of the cluster; mc_ctl recover --with, at the "
               "primary, makes it one";
    }
    return "";
}

static const char seeking_words[] = "the primary to say whether this server may follow";

/* Of who is tried on. */
static const char *failing_words(const Node *n, const CoreSettings *s)
{
    const bool tried = n->state == NODE_ASKING || n->state == NODE_STANDBY_STARTING ||
                       n->state == NODE_STANDBY_PROMOTING || n->state == NODE_DEPOSING;
    const bool may = participant_hears_majority(&n->p, s) || node_known_solo(n);
    if (!tried || !may || !node_promotion_fails(n))
        return NULL;
    return n->p.durable.chosen.former.dir != 0
               ? "a promotion that succeeds, which is tried on: PostgreSQL's log here says why it "
                 "does not; or the primary before, to take the role back"
               : "a promotion that succeeds, which is tried on: PostgreSQL's log here says why it "
                 "does not";
}

static const char *waits_for(const Node *n, const CoreSettings *s)
{
    if (n->p.outgrown)
        return "an operator: network.conf here has fewer lines than the record has members; the "
               "same file on every host, then mc_ctl stop and mc_ctl start";
    const char *restored = node_restored_waits_for(n, s);
    if (restored != NULL)
        return restored;
    if (node_stood_in_vain(n) && participant_hears_majority(&n->p, s) &&
        (n->state == NODE_ASKING || n->state == NODE_IDLE || n->state == NODE_STANDBY))
        return "an operator: this server decided alone while the other was silent, and the other "
               "may have, too; mc_ctl rejoin gives it up, where it is to follow";
    if (participant_is_split(&n->p))
        return "an operator: two lines have met, and exclude each other; mc_ctl switch --force at "
               "the "
               "server that is kept";
    if (n->state == NODE_STAYING_DOWN)
        return down_words(n->down_reason);
    if (n->state == NODE_REJOINING)
        return "the data directory to be made over from the primary";
    if (n->state == NODE_STANDBY_SEEKING)
        return seeking_words;
    if (n->state == NODE_PRIMARY_CONSENTING)
        return "a standby to take over";
    if (n->state == NODE_ASKING && n->empty && record_is_none(&n->p.durable.chosen))
        return "a first primary: mc_ctl start on the server that has the database";
    return failing_words(n, s);
}

/* The primary is not there to be followed: what an operator can do about it. */
static void add_missing_primary(const Node *n, const CoreSettings *s, Status *ret)
{
    const MemberId primary = n->p.durable.chosen.primary;
    const bool starting = n->p.now - n->p.started_at <= s->detection;
    const char *words = NULL;
    if (primary >= ret->count || starting)
        return;
    const Heartbeat *h = &n->p.peer[primary].heartbeat;
    if (!participant_hears(&n->p, s, primary))
        words =
            "\", which is silent: mc_ctl start there; mc_ctl recover here shows what can be done "
            "without it";
    else if (h->instance == INSTANCE_NONE && h->node_state == NODE_IDLE)
        words = "\" has no data directory; mc_ctl recover here shows what can be done";
    else if (h->node_state == NODE_STAYING_DOWN)
        words = "\" stays down; mc_ctl status there says why, mc_ctl recover what can be done";
    else if (h->node_state == NODE_IDLE)
        words = "\" is not started, its agent alone is: mc_ctl start there, or mc_ctl recover here";
    else
        return;
    StrBuf out = str_begin(ret->waits_for, sizeof ret->waits_for);
    str_add(&out, participant_hears(&n->p, s, primary) ? "an operator: the primary \""
                                                       : "the primary \"");
    str_add(&out, participant_name(&n->p, primary));
    str_add(&out, words);
}

void node_status(const Node *n, const CoreSettings *s, Millis now, Status *ret)
{
    participant_status(&n->p, s, now, ret);
    MemberStatus *own = &ret->member[n->p.self];
    status_of_server(&n->p.durable.chosen, n->p.self, &n->p.heartbeat, own);
    own->disk = n->p.persist_failed ? HEALTH_ABNORMAL : HEALTH_NORMAL;
    own->silent = 0;
    ret->mirroring = mirroring_of(ret);
    ret->lease_enforced = node_lease_needed(n);
    const Millis until = participant_lease_until(&n->p, s);
    ret->lease_left = until > now ? until - now : 0;
    if (node_stands_in(n, s)) {
        ret->silence = s->silence;
        ret->stand_in_window = s->stand_in_window;
    }
    (void)str_copy(ret->state, sizeof ret->state, node_state_words(n->state));
    (void)str_copy(ret->rule, sizeof ret->rule, node_rule_id(n->rule));
    const char *words = waits_for(n, s);
    if (words != NULL)
        (void)str_copy(ret->waits_for, sizeof ret->waits_for, words);
    if (words == seeking_words && ret->confirmed)
        add_missing_primary(n, s, ret);
}

void node_evidence(const Node *n, Evidence *ret)
{
    const InstanceView *view = &n->view;
    const ChainLink *newest = chain_newest(&view->chain);
    participant_evidence(&n->p, ret);
    ret->node_state = (uint8_t)n->state;
    ret->wanted = n->p.durable.instance_wanted;
    ret->alone = node_known_solo(n);
    ret->instance = !n->looked ? INSTANCE_UNKNOWN : n->p.heartbeat.instance;
    ret->system_identifier = view->system_identifier;
    ret->dir = view->dir;
    if (newest != NULL)
        ret->last_link = *newest;
    ret->wal = view->wal;
    ret->clean_shutdown = view->clean_shutdown;
    ret->standby_signal = view->standby_signal;
    ret->interrupted = view->interrupted;
    ret->restored = view->restored.there;
    ret->restored_end = view->restored.end;
    ret->restored_start = view->restored.start;
}

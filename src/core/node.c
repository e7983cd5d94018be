/* node.c - one step of a database server: take in what happened, learn records, let the rules act.
 *
 * Order within a step: time first (a leap, a lease that ran out), then the event, the outcome of a round, the rules, what is due. */
#include "core/node_parts.h"

#include "base/assert.h"
#include "base/str.h"

#include <string.h>

enum {
    ASK_RECORD_AGAIN = 500, /* when nobody knew of a record and nothing came of it */
    ORDER_RETRY = 300,
    REJOIN_PAUSE = 2000,
    REJOIN_DOUBLINGS = 5,
    CONSENT_REPEAT = 200,
    ORDER_TELL_AGAIN = 10000,
    FLUSH_PAST = 800,
    LEASE_GRACE = 1000, /* an agent that finds its instance open must hold a lease by then, */
    GRACE_FIFTHS = 3,   /* or by so many fifths of a lease, where these are shorter */
};

void node_init(Node *n)
{
    memset(n, 0, sizeof *n);
    n->state = NODE_RECALLING;
    n->joining = MEMBER_NONE;
    n->later_from = MEMBER_NONE;
    n->following.member = MEMBER_NONE;
}

const char *node_state_words(NodeState state)
{
    static const char *const words[] = {
#define X(state, text) text,
        NODE_STATES(X)
#undef X
    };
    return state < NODE_STATE_COUNT ? words[state] : "?";
}

/* ---- records ---- */

/* What a later record makes void. */
static void forget_verdict(Node *n)
{
    n->granted = (Attachment){0};
    n->verdict = ATTACH_FOLLOW;
}

static void forget_old(Node *n, const Record *before)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool other_primary = chosen->primary != before->primary;
    const bool was = record_is_eligible(before, n->p.self, n->view.dir);
    const bool is = record_is_eligible(chosen, n->p.self, n->view.dir);
    node_rejoin_forget(n, other_primary || is);
    if (is && !was)
        n->claim_not_before = n->p.now;
    if (other_primary || (was && !is)) {
        forget_verdict(n);
        n->ask_at = n->p.now;
        if (n->state == NODE_STAYING_DOWN && n->down_reason != DOWN_START_FAILED)
            n->state = NODE_ASKING;
    }
    if (other_primary) {
        n->joining = MEMBER_NONE;
        memset(n->offer, 0, sizeof n->offer);
        n->reported = (Position){0};
        node_forget_attempts(n);
        n->lost_wal = false;
    }
    if (other_primary || record_is_solo(chosen))
        n->p.durable.behind = 0;
    if (n->joining != MEMBER_NONE && record_eligible(chosen, n->joining) != NULL) {
        n->joining = MEMBER_NONE; /* attached: the record asks for the name now */
        n->joins_failed = 0;
    }
    n->tightening = false;
    n->reported_lost = 0;
    n->full_told = 0;
    n->position_asked = 0;
}

static void learn(Node *n, const CoreSettings *s, const Record *record, Actions *out)
{
    const Record before = n->p.durable.chosen;
    if (!record_is_none(&before) && !record_leads_to(&before, record) &&
        !record_leads_to(record, &before))
        return; /* a split; said when it was told (participant.c) */
    if (!participant_learn(&n->p, record, out))
        return;
    n->overtaken = false;
    forget_old(n, &before);
    node_apart_learned(n, &before, out);
    node_members_learned(n, &before, out);
    node_yield_wish(n, s, out);
    node_report_change(n, &before, out);
}

/* P2: a majority has accepted this record under the ballot of a round that has just ended here, which is above that of any growth of
 * before: one that it did not find nobody will choose any more. */
static void forget_growth(Node *n)
{
    Durable *d = &n->p.durable;
#ifndef MC_MUTATE_GROWTH_FOR_EVER
    if (ballot_compare(&d->accepted_ballot, &n->proposer.ballot) != 0)
        return;
    d->reached = d->chosen.epoch;
    n->growth_epoch = d->chosen.epoch;
    n->growth = (Names){0};
#endif
}

/* P1: what this voter remembers is not older than this start of the host. */
static void note_boot(Node *n, Actions *out)
{
    BootId *boot = &n->p.durable.boot;
    if (memcmp(boot, &n->p.boot, sizeof *boot) == 0)
        return;
    *boot = n->p.boot;
    participant_persist(&n->p, out);
}

static void take_outcome(Node *n, const CoreSettings *s, Actions *out)
{
    const ProposerOutcome outcome = proposer_take(&n->proposer);
    switch (outcome) {
    case PROPOSER_NOTHING:
        return;
    case PROPOSER_FAILED:
        n->overtaken |= node_was_overtaken(n);
        return;
    case PROPOSER_CHOSEN:
    case PROPOSER_ADOPTED: {
        const Record value = n->proposer.value;
        learn(n, s, &value, out);
        n->latest_known = true;
        n->confirmed = record_equal(&n->p.durable.chosen, &value);
        if (n->confirmed) {
            forget_growth(n);
            note_boot(n, out);
        }
        /* A split: asking again at once would change nothing. */
        if (n->p.durable.chosen.line != value.line)
            n->proposer.not_before = n->p.now + s->detection;
        return;
    }
    case PROPOSER_EMPTY:
        n->empty = true;
        n->empty_since = n->p.now;
        return;
    }
}

/* ---- standby and primary talk ---- */

static AttachVerdict judge(const Node *n, const CoreSettings *s, MemberId from,
                           const AttachAsk *ask, Position *ret_fork)
{
    const Record *chosen = &n->p.durable.chosen;
    if (n->state != NODE_PRIMARY || chosen->primary != n->p.self)
        return ATTACH_LATER;
    if (ask->dir == 0 || n->p.now < n->offer_not_before[from])
        return ATTACH_LATER;
    if (ask->system_identifier != chosen->system_identifier)
        return ATTACH_STRANGER;
    if (record_eligible(chosen, from) != NULL)
        return ATTACH_LATER; /* it is eligible with another directory: detached first */
    if (!member_in(record_voters(chosen), from))
        return ATTACH_LATER; /* E4: until an operator makes it one */
    if (member_in(chosen->apart, from))
        return ATTACH_LATER; /* until an operator wants it back */
    if (chosen->eligible_count >= s->eligible_max)
        return ATTACH_FULL;
#ifdef MC_MUTATE_ANY_WAL_FOLLOWS
    return ATTACH_FOLLOW;
#endif
    /* Observations may be older than what is known: WAL of one timeline only grows. */
    Position end = n->view.wal;
    if (n->own_high.timeline == end.timeline && n->own_high.lsn > end.lsn)
        end = n->own_high;
    switch (history_compare(&ask->chain, &ask->wal, &n->view.chain, &end, ret_fork)) {
    case HISTORY_PREFIX:
        return ATTACH_FOLLOW;
    case HISTORY_DIVERGED:
        return ATTACH_DIVERGED;
    case HISTORY_UNKNOWN:
        return ATTACH_UNKNOWN_HISTORY;
    }
    return ATTACH_LATER;
}

/* A standby that ran a moment ago may be ahead of what the last observation of the own WAL says: its question
 * waits for the next one. */
static bool is_too_early(const Node *n, const AttachAsk *ask, AttachVerdict verdict)
{
    return verdict == ATTACH_DIVERGED && ask->wal.timeline == n->view.wal.timeline &&
           (n->p.now > n->view_at || n->view.unanswered_since != 0);
}

static const Attachment *offer(Node *n, MemberId to, DirId dir)
{
    Offer *o = &n->offer[to];
    if (o->attachment.token == 0 || o->dir != dir) {
        *o = (Offer){
            .attachment = {.member = to, .epoch = n->p.durable.chosen.epoch},
            .dir = dir,
            .made_at = n->p.now,
        };
        while (o->attachment.token == 0)
            o->attachment.token = prng_next(&n->p.prng);
    }
    return &o->attachment;
}

static void take_attach_ask(Node *n, const CoreSettings *s, MemberId from, const AttachAsk *ask,
                            Actions *out)
{
    Message message = {.kind = MESSAGE_ATTACH_ANSWER};
    AttachAnswer *answer = &message.u.attach_answer;
    answer->epoch = n->p.durable.chosen.epoch;
    answer->verdict = judge(n, s, from, ask, &answer->fork);
    if (is_too_early(n, ask, answer->verdict)) {
        n->later_from = from;
        n->later_ask = *ask;
        return;
    }
    answer->chain = n->view.chain;
    answer->of = ask->wal.timeline;
    if (answer->verdict == ATTACH_FOLLOW)
        answer->attachment = *offer(n, from, ask->dir);
    if (answer->verdict == ATTACH_FULL && !member_in(n->full_told, from)) {
        n->full_told |= member_bit(from);
        participant_log(&n->p, msg_several_eligible_refused(participant_name(&n->p, from)), out);
    }
    participant_send(&n->p, from, &message, out);
}

static void take_attach_answer(Node *n, MemberId from, const AttachAnswer *answer)
{
    if (from != n->p.durable.chosen.primary || answer->epoch < n->p.durable.chosen.epoch)
        return;
    if (answer->verdict == ATTACH_LATER || answer->verdict == ATTACH_FULL)
        return;
    if (answer->of != n->view.wal.timeline || n->asked_dir != n->view.dir)
        return; /* it was promoted by somebody since, or exchanged: what it has now is another WAL */
    n->verdict = answer->verdict;
    n->fork = answer->fork;
    if (answer->verdict != ATTACH_FOLLOW)
        return;
    n->granted = answer->attachment;
    n->granted_chain = answer->chain;
}

static void take_consent(Node *n, MemberId from, const Consent *consent)
{
    if (consent->primary != from)
        return;
    if (!n->heard_consent.given || n->heard_consent.epoch != consent->epoch) {
        n->consent_at = n->p.now;
        proposer_hurry(&n->proposer, &n->p); /* nobody has to be isolated any more */
    }
    n->heard_consent = *consent;
}

static void take_position_ask(Node *n, MemberId from, const PositionAsk *ask)
{
    const bool may = n->state == NODE_STANDBY || n->state == NODE_STANDBY_CLAIMING ||
                     n->state == NODE_STANDBY_LEAVING;
    if (ask->epoch == n->p.durable.chosen.epoch && may &&
        record_is_eligible(&n->p.durable.chosen, n->p.self, n->view.dir))
        n->position_asked |= member_bit(from);
}

static void take_position_answer(Node *n, MemberId from, const PositionAnswer *answer)
{
    if (answer->epoch != n->p.durable.chosen.epoch)
        return;
    n->positions[from] = *answer;
    n->positions_known |= member_bit(from);
}

static bool runs(InstancePhase phase)
{
    return phase == INSTANCE_STANDBY || phase == INSTANCE_CLOSED || phase == INSTANCE_OPEN;
}

/* Whether every server had stopped before this start (node_settle_start): one whose instance still runs since
 * it saw another run of a primary had not. */
static void note_went_on(Node *n, const Heartbeat *heartbeat)
{
    const AgentId theirs = runs(heartbeat->instance) ? heartbeat->went_on : 0;
    if (theirs != 0 && theirs != n->p.agent)
        n->others_went_on = true;
    if (heartbeat->instance == INSTANCE_OPEN && runs(n->view.phase) && n->went_on == 0)
        n->went_on = heartbeat->agent;
}

static void take_heartbeat(Node *n, const CoreSettings *s, MemberId from,
                           const Heartbeat *heartbeat, Actions *out)
{
    const MemberSet servers = participant_servers(&n->p);
    if (!member_in(servers, from))
        return;
    note_went_on(n, heartbeat);
    node_switch_heard(n, s, from, out);
    if (heartbeat->operator_stopped && !n->stop.active)
        n->stop = (StopWish){
            .active = true,
            .all = true,
            .only_agent = heartbeat->daemons_only,
            .since = n->p.now,
        };
}

static void take_message(Node *n, const CoreSettings *s, MemberId from, const Message *message,
                         Actions *out)
{
    if (participant_message(&n->p, s, from, message, out))
        return;
    if (proposer_message(&n->proposer, &n->p, s, from, message, out))
        return;
    switch (message->kind) {
    case MESSAGE_HEARTBEAT:
        take_heartbeat(n, s, from, &message->u.heartbeat, out);
        break;
    case MESSAGE_CHOSEN:
        learn(n, s, &message->u.chosen.record, out);
        break;
    case MESSAGE_CONSENT:
        take_consent(n, from, &message->u.consent);
        break;
    case MESSAGE_ATTACH_ASK:
        take_attach_ask(n, s, from, &message->u.attach_ask, out);
        break;
    case MESSAGE_ATTACH_ANSWER:
        take_attach_answer(n, from, &message->u.attach_answer);
        break;
    case MESSAGE_POSITION_ASK:
        take_position_ask(n, from, &message->u.position_ask);
        break;
    case MESSAGE_POSITION_ANSWER:
        take_position_answer(n, from, &message->u.position_answer);
        break;
    case MESSAGE_NONE:
    case MESSAGE_HEARTBEAT_ANSWER:
    case MESSAGE_PREPARE:
    case MESSAGE_PROMISE:
    case MESSAGE_ACCEPT:
    case MESSAGE_ACCEPTED:
    case MESSAGE_RECOVER_ASK:
    case MESSAGE_RECOVER_ANSWER:
    case MESSAGE_EVIDENCE_ASK:
    case MESSAGE_EVIDENCE:
    case MESSAGE_START_ASK:
    case MESSAGE_KIND_COUNT:
        break;
    }
}

/* ---- the instance ---- */

static bool streams(const InstanceView *view, const Attachment *name, const SenderView **ret)
{
    unsigned bearers = 0;
    for (unsigned i = 0; i < view->sender_count; i++) {
#ifdef MC_MUTATE_ANY_NAME
        if (view->sender[i].attachment.member != name->member)
            continue;
#else
        if (!attachment_equal(&view->sender[i].attachment, name))
            continue;
#endif
        bearers++;
        *ret = &view->sender[i];
    }
    return bearers == 1 && (*ret)->streaming; /* P2: borne by exactly one */
}

static void observe_stream(Node *n, MemberId member)
{
    const EligibleMember *eligible = record_eligible(&n->p.durable.chosen, member);
    const Attachment *name =
        eligible != NULL ? &eligible->attachment : &n->offer[member].attachment;
    Stream *stream = &n->stream[member];
    const SenderView *sender = NULL;
    stream->flush_before = stream->flush;
    if (name->token == 0 || !streams(&n->view, name, &sender)) {
        stream->flush_before = 0;
        return;
    }
    const bool moved = sender->flush > stream->flush || sender->flush >= n->view.wal.lsn;
    if (moved || stream->seen_at == 0)
        stream->progress_at = n->p.now;
    if (stream->pid != sender->pid)
        stream->flush_before = 0;
    stream->seen_at = n->view_at;
    stream->flush = sender->flush;
    stream->pid = sender->pid;
    stream->seen_proved |= n->names_proved;
    if (member == n->joining && n->names_proved && n->joining_pid == 0)
        n->joining_pid = sender->pid;
}

static void note_flush(Node *n)
{
    if (n->p.now - n->flush_recent_at < FLUSH_PAST)
        return;
    n->flush_past = n->flush_recent;
    n->flush_recent = n->view.wal.lsn;
    n->flush_recent_at = n->p.now;
}

static void note_reported(Node *n)
{
    Position *reported = &n->reported;
    const Position own = {.timeline = n->view.wal.timeline, .lsn = n->view.replay};
    if (n->view.phase == INSTANCE_STANDBY && position_compare(&own, reported) > 0)
        *reported = own;
}

static void note_own_end(Node *n)
{
    /* A recovery has begun a timeline of its own, and says nothing of the directory that it replaces. */
    if (n->p.durable.chosen.primary == n->p.self && n->view.phase != INSTANCE_STANDBY &&
        !n->view.restored.there && position_compare(&n->view.wal, &n->own_high) > 0)
        n->own_high = n->view.wal;
}

static void take_view(Node *n, const CoreSettings *s, const InstanceView *view)
{
    const bool settling = n->order != 0 && n->order_kind == ACTION_STOP;
    if (view->dir != n->view.dir)
        forget_verdict(n); /* of another directory */
    n->view = *view;
    n->view_at = n->p.now;
    if (view->unanswered_since != 0)
        n->blind_at = n->p.now;
    note_own_end(n);
    if (view->phase != INSTANCE_DOWN && view->phase != INSTANCE_NONE)
        n->ran_at = n->p.now;
    if (view->phase == INSTANCE_DOWN || view->phase == INSTANCE_NONE) {
        n->gone = false;
        n->gate_open = false;
        n->overtaken = false;
        n->went_on = 0;
    }
    if (!n->looked && runs(view->phase))
        n->went_on = n->p.agent; /* what the run before has seen is not known: it counts as much */
    n->looked = true;
    if (view->phase == INSTANCE_OPEN && !settling && !n->gate_open &&
        n->state != NODE_PRIMARY_CUTTING)
        n->gate_open = true;
    if (view->phase == INSTANCE_UNKNOWN && n->order == 0)
        n->gone = true; /* a directory whose processes are neither there nor proved gone */
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        observe_stream(n, m);
    note_reported(n);
    note_flush(n);
    if (n->starts > 0 && n->p.now - n->starts_since > s->restarts_window)
        n->starts = 0;
}

static void take_gone(Node *n)
{
    n->gone = true;
    n->gate_open = false;
    participant_hurry(&n->p);
}

static void done_stop(Node *n, const InstanceResult *result, Actions *out)
{
    participant_log(&n->p, msg_stop_proved(n->p.now - n->order_at), out);
    n->view.phase = INSTANCE_DOWN;
    n->ran_at = n->p.now;
    n->view.wal = result->end;
    note_own_end(n);
    n->view.sender_count = 0;
    n->view.unanswered_since = 0;
    n->stopped_clean = result->clean;
    n->gone = false;
    n->gate_open = false;
    n->overtaken = false;
    n->confirmed = false;
    n->names_proved = false;
    n->following_known = false;
    participant_hurry(&n->p);
}

static void done_names(Node *n, const InstanceResult *result)
{
    n->names = n->order_names.names;
    n->names_proved = result->proved || n->names.count == 0;
    n->proof_flush = result->flush;
#ifdef MC_MUTATE_COUNT_RELOAD
    n->names_proved = true;
    n->proof_flush = n->view.wal.lsn;
#endif
    n->joining_pid = 0; /* the proof may have ended the senders of before */
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        n->stream[m].seen_proved = false;
}

static void done_follow(Node *n, const InstanceResult *result, Actions *out)
{
    if (n->order_follow.member != MEMBER_NONE)
        participant_log(
            &n->p, msg_following(participant_name(&n->p, n->order_follow.member), n->view.wal.lsn),
            out);
    n->following = n->order_follow;
    n->following_known = true;
    n->cut = n->order_follow.member == MEMBER_NONE;
    if (n->cut) {
        n->cut_end = result->end;
        n->cut_next = result->next_timeline;
    }
    participant_hurry(&n->p);
}

static void done_start(Node *n)
{
    /* Rights of a start: the names were written before it; proved only where there are none. */
    n->names_proved = n->names.count == 0;
#ifdef MC_MUTATE_UNPROVED_START
    n->names_proved = true;
    n->proof_flush = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        n->stream[m].seen_proved = true;
#endif
    n->following_known = true;
    n->gone = false;
    n->gate_open = false;
    n->promoted = false;
    n->cut = false;
}

static void done_directory(Node *n)
{
    if (n->order_directory.renew_id)
        n->view.dir = n->order_directory.id;
    n->view.chain = n->order_directory.chain;
    n->view.restored = (RestoredView){0};
}

static void done_promote(Node *n, const InstanceResult *result)
{
    n->promoted = true;
    n->promoted_at = result->end;
    n->view.phase = INSTANCE_CLOSED;
    n->view.wal = result->end;
    n->view.standby_signal = false;
    memset(n->stream, 0, sizeof n->stream);
    participant_hurry(&n->p);
}

static void order_ended_badly(Node *n, const Done *done, Actions *out)
{
    if (n->order_failed_kind != done->kind ||
        n->p.now - n->order_failed_told_at > ORDER_TELL_AGAIN) {
        participant_log(&n->p, msg_order_failed(done->result.text), out);
        n->order_failed_told_at = n->p.now;
        n->order_failed_kind = done->kind;
    }
    n->order_failed = true;
    if (done->kind == ACTION_FOLLOW)
        n->following_known = false; /* how far it came is not known */
    n->order_not_before = n->p.now + ORDER_RETRY;
    if (done->kind == ACTION_REJOIN) {
        n->order_not_before = n->p.now + (REJOIN_PAUSE << n->rejoins_failed);
        if (n->rejoins_failed < REJOIN_DOUBLINGS)
            n->rejoins_failed++;
        n->view_at = 0; /* what is left of the directory must be seen */
    }
}

static void take_done(Node *n, const CoreSettings *s, const Done *done, Actions *out)
{
    if (done->kind == ACTION_PERSIST) {
        participant_persisted(&n->p, done, out);
        return;
    }
    if (done->kind == ACTION_CHECKPOINT) {
        node_switch_checkpointed(n, done);
        return;
    }
    if (done->kind == ACTION_RUN) {
        node_stand_in_ran(n, s, done, out);
        node_force_ran(n, done, out);
        return;
    }
    if (done->sequence != n->order)
        return; /* overtaken by a later order */
    n->order = 0;
    if (!done->ok) {
        order_ended_badly(n, done, out);
        return;
    }
    n->order_failed = false;
    switch (done->kind) {
    case ACTION_START:
        done_start(n);
        break;
    case ACTION_STOP:
        done_stop(n, &done->result, out);
        break;
    case ACTION_GATE:
        n->gate_open = true;
        break;
    case ACTION_NAMES:
        done_names(n, &done->result);
        break;
    case ACTION_FOLLOW:
        done_follow(n, &done->result, out);
        break;
    case ACTION_PROMOTE:
        done_promote(n, &done->result);
        break;
    case ACTION_DIRECTORY:
        done_directory(n);
        break;
    case ACTION_REJOIN:
        n->rejoins_failed = 0;
        n->view_at = 0; /* it is another one now */
        break;
    case ACTION_PERSIST:
    case ACTION_CHECKPOINT:
    case ACTION_RUN:
    case ACTION_SEND:
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_EXIT:
    case ACTION_KIND_COUNT:
        break;
    }
}

/* ---- the operator ---- */

static void reply(Node *n, uint32_t request, uint8_t status, LogEntry entry, Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = request, .status = status, .last = true, .entry = entry};
}

static void command_stop(Node *n, const Command *command, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool protected =
        n->state == NODE_PRIMARY && chosen->automatic && !record_is_solo(chosen) && !command->all;
    if (command->only_agent && protected) {
        reply(n, command->request, 3,
              msg_command_refused(
                  "stop --mc-only",
                  "automatic switch is on, the standby would take over; -a stops it, too"),
              out);
        return;
    }
    if (n->stop.active && n->stop.request != 0) {
        reply(n, command->request, 1, msg_command_refused("stop", "it is being stopped already"),
              out);
        return;
    }
    n->stop = (StopWish){
        .active = true,
        .all = command->all,
        .only_agent = command->only_agent,
        .request = command->request,
        .since = n->p.now,
    };
}

static void ask_failover(Node *n, bool wanted, Actions *out)
{
    n->wish_held = false;
    n->start_settled = true; /* the operator has said which */
    n->p.durable.failover_asked = true;
    n->p.durable.failover_wanted = wanted;
    participant_persist(&n->p, out);
    participant_hurry(&n->p);
}

static void command_start(Node *n, const Command *command, Actions *out)
{
    n->p.durable.instance_wanted = true;
    participant_persist(&n->p, out);
    if (command->failover_asked)
        ask_failover(n, command->failover_wanted, out);
    n->starts = 0;
    node_forget_attempts(n);
    /* Whose instance runs as a standby already can mean nothing else by it. */
    n->attach_asked |= member_in(n->p.durable.chosen.apart, n->p.self) || n->state == NODE_STANDBY;
    /* The operator may have put another directory in place: what was seen before is judged no more. */
    if (n->view.phase == INSTANCE_DOWN || n->view.phase == INSTANCE_NONE)
        n->view_at = 0;
    if (n->state == NODE_STAYING_DOWN || n->state == NODE_STANDBY_SEEKING) {
        n->state = NODE_ASKING;
        n->state_since = n->p.now;
        order_unconfirm(n, NULL, out);
    }
    reply(n, command->request, 0, msg_start_taken(participant_name(&n->p, n->p.self)), out);
}

static void take_command(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    switch (command->kind) {
    case COMMAND_STATUS_REFRESH:
        reply(n, command->request, 0, msg_start_taken(participant_name(&n->p, n->p.self)), out);
        break;
    case COMMAND_START_INSTANCE:
        command_start(n, command, out);
        break;
    case COMMAND_STOP:
        command_stop(n, command, out);
        break;
    case COMMAND_FAILOVER:
        ask_failover(n, command->failover_wanted, out);
        if (n->failover.active)
            reply(n, n->failover.request, 1, msg_failover_superseded(), out);
        n->failover = (FailoverWish){
            .active = true, .request = command->request, .deadline = command->deadline};
        break;
    case COMMAND_DETACH:
        node_command_detach(n, command, out);
        break;
    case COMMAND_SWITCH:
        node_command_switch(n, s, command, out);
        break;
    case COMMAND_REJOIN:
        node_command_rejoin(n, s, command, out);
        break;
    case COMMAND_MEMBERS:
        node_command_members(n, s, command, out);
        break;
    }
}

static void take_start(Node *n, const CoreSettings *s, const Event *event, Actions *out)
{
    const Start *start = &event->u.start;
    node_init(n);
    participant_start(&n->p, s, event, out);
    n->by_operator = start->by_operator;
#ifndef MC_MUTATE_GRACE_OF_A_SECOND
    const Millis most = s->lease * GRACE_FIFTHS / 5;
#else
    const Millis most = LEASE_GRACE;
#endif
    n->lease_grace = event->now + (most < LEASE_GRACE ? most : LEASE_GRACE);
    n->state_since = event->now;
    Durable *d = &n->p.durable;
#ifndef MC_MUTATE_RESTART_FORGETS_GROWTH
    /* P2, P5: what the own voter has now may have taken the place of a growth. */
    n->growth_epoch = d->reached;
#endif
    if (start->by_operator) {
        d->instance_wanted = start->instance_wanted;
        n->back_wanted = start->instance_wanted;
        n->attach_asked = start->instance_wanted && member_in(d->chosen.apart, n->p.self);
        n->start_settled = start->failover_asked;
        if (start->failover_asked) {
            d->failover_asked = true;
            d->failover_wanted = start->failover_wanted;
            n->start_settled = true; /* the operator has said which */
        }
        participant_persist(&n->p, out);
    } else if (start->memory != MEMORY_KEPT) {
        d->instance_wanted = true; /* its monitor runs it, the file that said so is lost */
    }
    node_members_start(n, &start->members, out);
    node_warn_of_silence(n, s, out);
}

/* ---- what is due ---- */

static void repeat_consent(Node *n, Actions *out)
{
    if (n->state != NODE_PRIMARY_CONSENTING || n->p.now < n->consent_repeat_at)
        return;
    n->consent_repeat_at = n->p.now + CONSENT_REPEAT;
    const Message message = {.kind = MESSAGE_CONSENT, .u.consent = n->own_consent};
    participant_broadcast(&n->p, &message, out);
}

static void take_event(Node *n, const CoreSettings *s, const Event *event, Actions *out)
{
    switch (event->kind) {
    case EVENT_START:
        take_start(n, s, event, out);
        break;
    case EVENT_TICK:
        break;
    case EVENT_MESSAGE:
        take_message(n, s, event->u.message.from, &event->u.message.message, out);
        break;
    case EVENT_LINK:
        participant_link(&n->p, event->u.link.member, event->u.link.up);
        break;
    case EVENT_INSTANCE:
        take_view(n, s, &event->u.instance);
        if (n->later_from != MEMBER_NONE) {
            const MemberId from = n->later_from;
            n->later_from = MEMBER_NONE;
            take_attach_ask(n, s, from, &n->later_ask, out);
        }
        break;
    case EVENT_INSTANCE_GONE:
        take_gone(n);
        break;
    case EVENT_DONE:
        take_done(n, s, &event->u.done, out);
        break;
    case EVENT_COMMAND:
        take_command(n, s, &event->u.command, out);
        break;
    }
}

void node_step(Node *n, const CoreSettings *s, const Event *event, Actions *out)
{
    out->count = 0;
    out->fired_count = 0;
    if (n->state == NODE_GONE)
        return;
    const Millis gap = event->now - n->p.stepped_at;
    if (event->kind != EVENT_START && participant_time(&n->p, s, event))
        participant_log(&n->p, msg_time_jumped(gap), out);
    n->p.serves = node_serves(n);
    take_event(n, s, event, out);
    proposer_tick(&n->proposer, &n->p, s, out);
    take_outcome(n, s, out);
    if (n->empty && n->p.now - n->empty_since > ASK_RECORD_AGAIN)
        n->empty = false;
    if (n->state == NODE_PRIMARY)
        node_settle_start(n, s);
    node_report_fencing(n, out);
    node_settle_failover(n, s, out);
    node_switch_settle(n, s, out);
    node_apart_settle(n, s, out);
    node_members_settle(n, s, out);
    node_rules(n, s, out);
    node_fill_heartbeat(n, s);
    repeat_consent(n, out);
    participant_tick(&n->p, s, out);
}

Millis node_deadline(const Node *n, const CoreSettings *s)
{
    Millis at = participant_deadline(&n->p);
    const Millis wishes[] = {
        proposer_deadline(&n->proposer),
        n->order_not_before,
        n->try_not_before,
        n->ask_at,
        n->claim_not_before,
        n->tightening_not_before,
        n->state == NODE_STANDBY_CLAIMING ? n->positions_ask_at : 0,
        n->empty ? n->empty_since + ASK_RECORD_AGAIN + 1 : 0,
        node_lease_needed(n) ? participant_lease_until(&n->p, s) - s->lease_cut : 0,
        n->failover.active ? n->failover.deadline : 0,
        n->apart.active ? n->apart.deadline : 0,
        n->members.active ? n->members.deadline : 0,
        n->change.active ? n->change.deadline : 0,
        n->force.active ? n->force.deadline : 0,
    };
    for (unsigned i = 0; i < sizeof wishes / sizeof wishes[0]; i++)
        if (wishes[i] > n->p.now && wishes[i] < at)
            at = wishes[i];
    return at; /* what is due by now was acted on, a lease that is out, too */
}

/* node_orders.c - what rules order: rounds, starts and stops. */
#include "core/node_parts.h"

#include "base/assert.h"

#include <string.h>

enum { ASK_MISSED_AGAIN = 5 }; /* detection times */

Action *node_instance_order(Node *n, ActionKind kind, Actions *out)
{
    Action *action = participant_order(&n->p, kind, out);
    n->order = action->sequence;
    n->order_at = n->p.now;
    n->order_kind = kind;
    n->order_failed = false;
    return action;
}

void order_nothing(Node *n, const CoreSettings *s, Actions *out)
{
    (void)n, (void)s, (void)out;
}

static void begin(Node *n, const CoreSettings *s, Round round, Purpose purpose,
                  const Consent *consent, const Record *wanted, Actions *out)
{
    n->round = round;
    if (!proposer_begin(&n->proposer, &n->p, s, purpose, consent, &n->p.durable.chosen, wanted,
                        out))
        (void)proposer_take(&n->proposer); /* the own voter refused; the pause is set */
}

void order_confirm(Node *n, const CoreSettings *s, Actions *out)
{
    begin(n, s, ROUND_CONFIRM, PURPOSE_READ, NULL, &n->p.durable.chosen, out);
}

void order_ask_missed(Node *n, const CoreSettings *s, Actions *out)
{
    n->claim_not_before = n->p.now + ASK_MISSED_AGAIN * s->detection;
    order_confirm(n, s, out);
}

/* P1's exception: nobody else can have been made primary. */
void order_confirm_alone(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
#ifdef MC_MUTATE_SOLO_ON_ACCEPTED
    if (n->p.durable.accepted.epoch > n->p.durable.chosen.epoch)
        n->p.durable.chosen = n->p.durable.accepted;
#endif
    n->confirmed = n->latest_known = true;
    participant_log(&n->p, msg_opens_alone(n->p.durable.chosen.epoch), out);
}

/* What was known of the latest record and of the instance's names must be proved again. */
void order_unconfirm(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s, (void)out;
    n->confirmed = false;
    n->empty = false;
    n->names_proved = false;
    n->following_known = false;
    n->cut = false;
    n->promoted = false;
    n->joining = MEMBER_NONE;
    n->tightening = false;
    n->verdict = ATTACH_FOLLOW;
    n->granted = (Attachment){0};
    memset(n->stream, 0, sizeof n->stream);
    memset(n->offer, 0, sizeof n->offer);
}

void order_bootstrap(Node *n, const CoreSettings *s, Actions *out)
{
    Record first = {
        .system_identifier = n->view.system_identifier,
        .epoch = 1,
        .primary = n->p.self,
        .primary_dir = n->view.dir,
        .voters = n->p.durable.members,
        .timeline = n->view.wal.timeline,
        .start = n->view.wal.lsn,
        .cause = CAUSE_BOOTSTRAP,
        .decided_at = n->p.wall,
    };
    first.automatic = s->automatic_at_start;
    if (n->p.durable.failover_asked)
        first.automatic = n->p.durable.failover_wanted;
    for (unsigned i = 0; i < sizeof first.cluster.bytes; i++)
        first.cluster.bytes[i] = (uint8_t)prng_next(&n->p.prng);
    while (first.line == 0)
        first.line = prng_next(&n->p.prng);
    n->empty = false; /* whatever comes of it, ask anew */
    n->start_settled = true;
    begin(n, s, ROUND_BOOTSTRAP, PURPOSE_BOOTSTRAP, NULL, &first, out);
}

/* D1: a copy gets an id of its own; its chain is the original's. What bound the directory before it binds no copy (P3): no answer
 * and no record counts on its end. */
void order_name_directory(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    if (n->p.durable.bound_epoch != 0) {
        n->p.durable.bound_epoch = 0;
        participant_persist(&n->p, out);
    }
    Action *action = node_instance_order(n, ACTION_DIRECTORY, out);
    DirectoryOrder *order = &action->u.directory;
    order->renew_id = true;
    while (order->id == 0)
        order->id = prng_next(&n->p.prng);
    order->cluster = n->p.durable.cluster;
    order->chain = n->view.chain;
    n->order_directory = *order;
}

static void count_start(Node *n, const CoreSettings *s, Actions *out)
{
    if (n->starts == 0)
        n->starts_since = n->p.now;
    else
        participant_log(&n->p, msg_instance_restarting(n->starts, s->restarts_max), out);
    n->starts++;
}

void order_start_primary(Node *n, const CoreSettings *s, Actions *out)
{
    count_start(n, s, out);
    Action *action = node_instance_order(n, ACTION_START, out);
    action->u.start = (StartOrder){
        .role = START_PRIMARY,
        .names = durable_names(&n->p.durable, n->p.self),
        .upstream.member = MEMBER_NONE,
        .replicas = members_servers(&n->p.durable.members) & (MemberSet)~member_bit(n->p.self),
    };
    n->names = action->u.start.names;
    n->names_proved = false;
}

/* P3: whatever is streamed before the end is the record's or the offer's; a promotion that has not
 * finished streams from nobody. */
void node_start_standby(Node *n, Actions *out)
{
    Action *action = node_instance_order(n, ACTION_START, out);
    action->u.start = (StartOrder){
        .role = START_STANDBY,
        .upstream = node_upstream(n),
        .replicas = members_servers(&n->p.durable.members) & (MemberSet)~member_bit(n->p.self),
    };
    if (action->u.start.upstream.member != MEMBER_NONE)
        action->u.start.timeline = n->p.durable.chosen.timeline;
    n->following = action->u.start.upstream;
    n->names = (Names){0};
    n->names_proved = true;
}

void order_start_standby(Node *n, const CoreSettings *s, Actions *out)
{
    count_start(n, s, out);
    node_start_standby(n, out);
}

void node_order_stop(Node *n, const StopOrder *order, Actions *out)
{
    /* A kill goes past whatever is under way, and past a disk that does not answer. */
    Action *action = node_instance_order(n, ACTION_STOP, out);
    action->urgent = order->mode == STOP_KILL;
    action->u.stop = *order;
    n->stopped_clean = false;
    n->joining = MEMBER_NONE;
    n->tightening = false;
    n->gate_open = order->mode == STOP_CLEAN && n->gate_open;
}

static void stop(Node *n, StopMode mode, Millis limit, Actions *out)
{
    node_order_stop(n, &(StopOrder){.mode = mode, .limit = limit}, out);
}

void order_kill(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    if (n->gone)
        participant_log(&n->p, msg_instance_down("its process ended"), out);
    else if (n->view.unanswered_since != 0)
        participant_log(&n->p, msg_instance_unresponsive(n->p.now - n->view.unanswered_since), out);
    stop(n, STOP_KILL, 0, out);
}

/* P5: the primary has lost the majority. */
void order_fence(Node *n, const CoreSettings *s, Actions *out)
{
    const Millis until = participant_lease_until(&n->p, s);
    participant_log(&n->p, msg_lease_out(until == 0 ? 0 : n->p.now - (until - s->lease)), out);
    stop(n, STOP_KILL, 0, out);
}

void order_fenced(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    participant_log(&n->p, msg_fenced("no majority of the voters answers"), out);
}

/* D1: whoever was promoted past its agent, under no record that names it, has begun a timeline whose number may be that of
 * one which it has learned to follow, or is just learning: the newest that its directory knows is not its own. */
static void note_strange_timeline(Node *n)
{
    const ChainLink *newest = chain_newest(&n->view.chain);
    const bool promoted = n->view.phase == INSTANCE_CLOSED || n->view.phase == INSTANCE_OPEN;
    if (!promoted || newest == NULL || newest->dir == n->view.dir)
        return;
#if !defined MC_MUTATE_STRANGE_TIMELINE_KEPT && !defined MC_MUTATE_COMPARE_TIMELINE_NUMBERS
    n->strange_timeline = n->view.wal.timeline;
#endif
    n->strange_dir = n->view.dir;
    n->granted = (Attachment){0};
}

bool node_takes_strange_timeline(const Node *n)
{
    const ChainLink *newest = chain_newest(&n->view.chain);
    return n->strange_timeline != 0 && n->strange_dir == n->view.dir && newest != NULL &&
           newest->timeline >= n->strange_timeline;
}

void order_forget_timeline(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    Action *action = node_instance_order(n, ACTION_DIRECTORY, out);
    DirectoryOrder *order = &action->u.directory;
    *order = (DirectoryOrder){
        .id = n->view.dir, .cluster = n->p.durable.cluster, .chain = n->view.chain};
    while (order->chain.count > 0 && chain_newest(&order->chain)->timeline >= n->strange_timeline)
        order->chain.count--;
    n->order_directory = *order;
}

void order_depose(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const Record *chosen = &n->p.durable.chosen;
    note_strange_timeline(n);
    participant_log(&n->p, msg_deposed(participant_name(&n->p, chosen->primary), chosen->epoch),
                    out);
    stop(n, STOP_KILL, 0, out);
}

/* P5: what its own round has found, it completes when nothing is read here any more. */
void order_overtaken(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const Record *found = &n->proposer.value;
    participant_log(&n->p, msg_deposed(participant_name(&n->p, found->primary), found->epoch), out);
    stop(n, STOP_KILL, 0, out);
}

/* Before anything stops, in the log and to the operator. */
static void tell_who_follows(Node *n, const char *name, Actions *out)
{
    const LogEntry entry = msg_stop_waits_for_standby(name);
    participant_log(&n->p, entry, out);
    assert(n->stop.request != 0); /* a stop that another server's operator asked for is of all */
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply =
        (Reply){.request = n->stop.request, .status = 0, .last = false, .entry = entry};
}

void order_clean_stop(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    if (n->stop.active && chosen->automatic && !n->stop.all && !record_is_solo(chosen) &&
        participant_hears_majority(&n->p, s))
        tell_who_follows(n, participant_name(&n->p, chosen->eligible[0].member), out);
    stop(n, STOP_CLEAN, s->stop_limit, out);
}

void order_stop(Node *n, const CoreSettings *s, Actions *out)
{
    stop(n, n->gone ? STOP_KILL : STOP_CLEAN, s->stop_limit, out);
}

/* P1: found once it stays found, over restarts, as long as the record counts on somebody else; and nobody is detached for whose
 * detach a round is under way. */
void node_note_behind(Node *n, Actions *out)
{
    n->lost_wal = true;
    n->p.durable.behind = n->view.dir;
    participant_persist(&n->p, out);
    if (n->round == ROUND_DETACH && proposer_is_busy(&n->proposer))
        proposer_abandon(&n->proposer, &n->p);
}

/* P7: sent when every process of the instance is gone; the proof is what led here. */
void order_consent(Node *n, const CoreSettings *s, Actions *out)
{
#ifdef MC_MUTATE_EARLY_CONSENT
    n->view.phase = INSTANCE_DOWN;
#endif
    assert(n->view.phase == INSTANCE_DOWN || n->view.phase == INSTANCE_NONE);
    const Record *chosen = &n->p.durable.chosen;
    const bool asked = node_switch_here(n);
    if (node_is_ahead(n, s))
        node_note_behind(n, out);
    n->attach_asked = asked;
    if (asked) /* it did not end by itself: the start that follows is no attempt to start it again */
        n->starts = 0;
    n->own_consent = (Consent){
        .given = true,
        .line = chosen->line,
        .epoch = chosen->epoch,
        .primary = n->p.self,
        .agent = n->p.agent,
        .successor = asked ? n->change.word.to : MEMBER_NONE,
        .asked = asked,
        .final_known = n->stopped_clean,
        .final = n->view.wal,
        .returns = !n->lost_wal && n->view.dir == chosen->primary_dir,
        .incarnation = n->p.durable.memory[n->p.self].incarnation,
    };
#ifndef MC_MUTATE_CONSENT_BINDS_A_RUN
    /* P7: where no lease is needed, nothing else keeps a later run of this agent from serving beside who takes this up. */
    if (!chosen->automatic) {
        n->own_consent.binding = true;
        n->p.durable.handed_back = chosen->epoch;
        participant_persist(&n->p, out);
    }
#endif
    n->heard_consent = n->own_consent;
    const Message message = {.kind = MESSAGE_CONSENT, .u.consent = n->own_consent};
    participant_broadcast(&n->p, &message, out);
    const MemberId successor = asked ? n->own_consent.successor : chosen->eligible[0].member;
    const char *name = record_is_solo(chosen) ? "nobody" : participant_name(&n->p, successor);
    participant_log(&n->p, msg_handover_started(name, "the instance here is stopped"), out);
}

/* P7: to serve again takes a later record. */
void order_take_back(Node *n, const CoreSettings *s, Actions *out)
{
#ifdef MC_MUTATE_SERVE_AFTER_CONSENT
    n->own_consent.given = false;
    n->state = NODE_ASKING;
    order_unconfirm(n, s, out);
    return;
#endif
    const Record next = record_next(&n->p.durable.chosen, CAUSE_SETTING, n->p.wall);
    begin(n, s, ROUND_TAKE_BACK, PURPOSE_CHANGE, NULL, &next, out);
}

void order_accept(Node *n, const CoreSettings *s, Actions *out)
{
    const Record wanted = n->proposer.wanted;
    if (n->round == ROUND_ATTACH) { /* from here on it may be chosen (P2) */
        n->growth = names_of(&wanted);
        n->growth_epoch = wanted.epoch;
    }
    proposer_accept(&n->proposer, &n->p, s, &wanted, out);
}

void order_setting(Node *n, const CoreSettings *s, Actions *out)
{
    Record next = record_next(&n->p.durable.chosen, CAUSE_SETTING, n->p.wall);
    const bool wanted = node_setting_wanted(n, s, &next.automatic);
    assert(wanted);
    begin(n, s, ROUND_SETTING, PURPOSE_CHANGE, NULL, &next, out);
}

static void stay_down(Node *n, DownReason reason)
{
    n->down_reason = reason;
}

void order_stay_down(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const char *primary = participant_name(&n->p, n->p.durable.chosen.primary);
    if (n->verdict == ATTACH_DIVERGED) {
        stay_down(n, DOWN_DIVERGED);
        participant_log(&n->p, msg_diverged(n->fork.lsn, n->view.wal.lsn, primary), out);
    } else if (n->verdict == ATTACH_STRANGER) {
        stay_down(n, DOWN_STRANGER);
        participant_log(&n->p, msg_foreign_instance(primary), out);
    } else {
        stay_down(n, DOWN_UNKNOWN_HISTORY);
        participant_log(&n->p, msg_unknown_history(primary), out);
    }
}

/* It would be judged anew at every asking, and the primary's WAL grows past the place where they part. */
void order_refuse(Node *n, const CoreSettings *s, Actions *out)
{
    order_stay_down(n, s, out);
    stop(n, STOP_KILL, 0, out);
}

void order_former_member(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    const ChainLink *newest = chain_newest(&n->view.chain);
    stay_down(n, DOWN_FORMER_MEMBER);
    participant_log(&n->p, msg_former_member(newest->epoch, n->view.wal.lsn), out);
}

void order_foreign(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    stay_down(n, DOWN_FOREIGN_DIRECTORY);
    participant_log(&n->p, msg_foreign_directory(n->p.durable.chosen.epoch), out);
}

void order_lost_wal(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    stay_down(n, DOWN_LOST_WAL);
    node_note_behind(n, out);
    participant_log(&n->p, msg_wal_lost_here(n->view.wal.lsn), out);
}

/* Automatic is off: what happened is said, and nothing is done. */
void order_leave_down(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    stay_down(n, DOWN_UNATTENDED);
    participant_log(&n->p, msg_instance_left_down(), out);
}

void order_give_up(Node *n, const CoreSettings *s, Actions *out)
{
    stay_down(n, DOWN_START_FAILED);
    participant_log(&n->p, msg_instance_given_up(s->restarts_max), out);
}

void order_leave(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s, (void)out;
    participant_hurry(&n->p); /* `leaving` or `operator_stopped` is in the next heartbeat */
}

static void tell_once_more(Node *n, const Message *heartbeat, Actions *out)
{
    Message next = *heartbeat;
    next.u.heartbeat.number++;
    participant_broadcast(&n->p, &next, out);
}

static void finish(Node *n, uint8_t status, LogEntry entry, Actions *out)
{
    if (n->stop.request != 0) {
        Action *action = participant_order(&n->p, ACTION_REPLY, out);
        action->u.reply =
            (Reply){.request = n->stop.request, .status = status, .last = true, .entry = entry};
        n->stop.answered = true;
    }
    participant_log(&n->p, entry, out);
    /* The others hear of it before this one is silent; who has stopped all waits for it. */
    if (n->stop.all && (n->stop.only_agent || n->stop.request == 0)) {
        n->p.heartbeat.operator_stopped = n->stop.only_agent;
        n->p.heartbeat.daemons_only = n->stop.only_agent;
        if (!n->stop.only_agent && n->view.phase == INSTANCE_DOWN)
            n->p.heartbeat.instance = INSTANCE_DOWN;
        const Message last = {.kind = MESSAGE_HEARTBEAT, .u.heartbeat = n->p.heartbeat};
        tell_once_more(n, &last, out);
    }
    (void)participant_order(&n->p, ACTION_EXIT, out);
}

/* In the log and to the operator. */
void order_wait_for_others(Node *n, const CoreSettings *s, Actions *out)
{
    const LogEntry entry =
        msg_stop_waits_for_others(participant_name(&n->p, node_others_run(n, s)));
    participant_log(&n->p, entry, out);
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply =
        (Reply){.request = n->stop.request, .status = 0, .last = false, .entry = entry};
}

void order_finish(Node *n, const CoreSettings *s, Actions *out)
{
    const MemberId runs = node_others_run(n, s);
    if (runs != MEMBER_NONE) {
        finish(n, 1, msg_stop_left_running(participant_name(&n->p, runs)), out);
        return;
    }
    finish(n, 0, msg_agent_stopped(participant_name(&n->p, n->p.self)), out);
}

void order_finish_alone(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    finish(n, 1, msg_nobody_took_over(participant_name(&n->p, n->p.self)), out);
}

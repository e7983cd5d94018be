/* node_switch.c - an operator's switch: the primary's role goes to a standby, and this server follows it.
 *
 * Everything that can be done before sessions are cut is done before: whether it can succeed at all, a checkpoint on both
 * sides, so that the stop has little left to write, and a proof that WAL still gets there. From the stop on it is a handover like any other (P7),
 * but that it was asked for: the successor takes it up also when automatic is off, and so is the former primary
 * attached again. Until its record is chosen nothing has happened: whoever dies on the way, this server opens again.
 *
 * The operator may be at any server: the wish travels in heartbeats, named by a token, and so do the answers. */
#include "core/node_parts.h"

#include "base/assert.h"

enum {
    PREPARE_LIMIT =
        30000, /* a checkpoint that takes longer is not waited for; it only makes the stop slower */
    REPLAY_LAG = 1 << 20, /* bytes that the successor may still have to replay */
    STEP_LIMIT = 90000, /* for the primary's next step, where an operator waits for it elsewhere */
    BACK_LIMIT = 60000, /* for the former primary to be eligible again */
};

static const char *refusal_words(SwitchRefusal refusal)
{
    static const char *const words[] = {
        [SWITCH_POSSIBLE] = "it is possible",
        [SWITCH_NOT_SERVING] = "the primary is not open: mc_ctl recover says what can be done",
        [SWITCH_NOBODY] = "no standby is eligible; mc_ctl start at a standby brings it back",
        [SWITCH_NOT_ELIGIBLE] = ("that server is not eligible: it may lack acknowledged commits; "
                                 "mc_ctl status says which standby is, and --to names it"),
        [SWITCH_UNHEARD] =
            "the standby, or the majority that it takes, does not answer: mc_ctl status --arbiter",
        [SWITCH_UNWELL] = "the standby's instance does not stream as it should: its log says why",
        [SWITCH_REPLAY_LAGS] = ("the standby has more than 1 MB of WAL to replay; a paused replay "
                                "goes on with pg_wal_replay_resume()"),
        [SWITCH_BUSY] = "a stop or another switch is under way",
    };
    return words[refusal];
}

static const Heartbeat *heard(const Node *n, const CoreSettings *s, MemberId member)
{
    const bool hears = member < MEMBERS_MAX && member != n->p.self &&
                       participant_hears(&n->p, s, member) && n->p.peer[member].has_heartbeat;
    return hears ? &n->p.peer[member].heartbeat : NULL;
}

static MemberId successor(const Node *n, MemberId to)
{
    const Record *chosen = &n->p.durable.chosen;
    return to == MEMBER_NONE && chosen->eligible_count > 0 ? chosen->eligible[0].member : to;
}

/* ---- facts ---- */

/* It is this server's to carry out. */
bool node_switch_here(const Node *n)
{
    const SwitchWish *wish = &n->change;
    return wish->active && n->p.durable.chosen.primary == n->p.self &&
           (wish->word.step == SWITCH_PREPARING || wish->word.step == SWITCH_STOPPING);
}

bool node_switch_prepares(const Node *n)
{
    return node_switch_here(n) && n->change.word.step == SWITCH_PREPARING;
}

/* Nothing that is cut is cut in vain, as far as can be known. */
SwitchRefusal node_switch_refusal(const Node *n, const CoreSettings *s, MemberId wanted)
{
    const Record *chosen = &n->p.durable.chosen;
    const MemberId to = successor(n, wanted);
    if (chosen->primary != n->p.self || n->state != NODE_PRIMARY)
        return SWITCH_NOT_SERVING;
    if (n->stop.active)
        return SWITCH_BUSY;
    if (to == MEMBER_NONE)
        return SWITCH_NOBODY;
    if (record_eligible(chosen, to) == NULL)
        return chosen->eligible_count == 0 ? SWITCH_NOBODY : SWITCH_NOT_ELIGIBLE;
    const Heartbeat *h = heard(n, s, to);
    if (h == NULL || !participant_hears_majority(&n->p, s))
        return SWITCH_UNHEARD;
    const Stream *stream = &n->stream[to];
    const bool streams = stream->pid != 0 && n->p.now - stream->seen_at <= s->detection;
    return h->well && h->instance == INSTANCE_STANDBY && streams ? SWITCH_POSSIBLE : SWITCH_UNWELL;
}

static bool replay_lags(const Heartbeat *h)
{
    return h->replay + REPLAY_LAG < h->wal.lsn;
}

/* That WAL streams is known as late as it is found broken, and by then sessions would be cut in vain. So the successor must
 * have something first that was written after the wish: the checkpoint, at least, which is waited for with it. */
static bool receives(const Node *n)
{
    const SwitchWish *wish = &n->change;
    return wish->confirm != 0 && n->stream[wish->word.to].flush >= wish->confirm;
}

bool node_switch_ready(const Node *n, const CoreSettings *s)
{
    const SwitchWish *wish = &n->change;
    const Heartbeat *h = heard(n, s, wish->word.to);
    if (!node_switch_prepares(n) || h == NULL || replay_lags(h) || !receives(n))
        return false;
    const bool prepared = h->change.token == wish->word.token && h->change.step == SWITCH_PREPARED;
    return prepared || n->p.now - wish->since > PREPARE_LIMIT;
}

bool node_switch_waited(const Node *n)
{
    return node_switch_prepares(n) && n->p.now - n->change.since > 2 * PREPARE_LIMIT;
}

/* ---- telling ---- */

/* What has ended is told no more, lest it is taken up when nobody waits for it; but a refusal is the answer. */
static void tell(Node *n, uint8_t status, bool last, LogEntry entry, Actions *out)
{
    if (n->change.request != 0) {
        Action *action = participant_order(&n->p, ACTION_REPLY, out);
        action->u.reply =
            (Reply){.request = n->change.request, .status = status, .last = last, .entry = entry};
    }
    participant_log(&n->p, entry, out);
    if (last) {
        n->change.active = false;
        n->change.request = 0;
        if (n->change.word.step != SWITCH_REFUSED)
            n->change.word = (SwitchWord){0};
        participant_hurry(&n->p);
    }
}

static void refuse(Node *n, SwitchRefusal refusal, Actions *out)
{
    n->change.word.step = SWITCH_REFUSED;
    n->change.word.refusal = refusal;
    tell(n, 3, true, msg_command_refused("switch", refusal_words(refusal)), out);
}

static void order_checkpoint(Node *n, Actions *out)
{
    n->change.checkpoint = participant_order(&n->p, ACTION_CHECKPOINT, out)->sequence;
}

/* ---- beginning ---- */

static void begin_here(Node *n, const CoreSettings *s, SwitchWord word, MemberId asker,
                       uint32_t request, Actions *out)
{
    const SwitchRefusal refusal = node_switch_refusal(n, s, word.to);
    n->change = (SwitchWish){
        .active = true,
        .word = {.token = word.token, .to = successor(n, word.to), .step = SWITCH_PREPARING},
        .request = request,
        .from = n->p.self,
        .asker = asker,
        .epoch = n->p.durable.chosen.epoch,
        .since = n->p.now,
    };
    if (refusal != SWITCH_POSSIBLE) {
        refuse(n, refusal, out);
        return;
    }
    tell(n, 0, false, msg_switch_prepares(participant_name(&n->p, n->change.word.to)), out);
    order_checkpoint(n, out);
    participant_hurry(&n->p);
}

static void begin_elsewhere(Node *n, SwitchWord word, const Command *command)
{
    n->change = (SwitchWish){
        .active = true,
        .word = word,
        .request = command->request,
        .from = n->p.durable.chosen.primary,
        .epoch = n->p.durable.chosen.epoch,
        .since = n->p.now,
        .deadline = command->deadline,
    };
    participant_hurry(&n->p);
}

static void answer(Node *n, const Command *command, uint8_t status, LogEntry entry, Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply =
        (Reply){.request = command->request, .status = status, .last = true, .entry = entry};
}

/* What `--dry-run` says. Only the primary can tell whether it would begin. */
static void answer_dry(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    const MemberId primary = n->p.durable.chosen.primary;
    if (primary != n->p.self) {
        answer(n, command, 3,
               msg_command_refused("switch --dry-run", "only the primary can tell: ask there"),
               out);
        return;
    }
    SwitchRefusal refusal = node_switch_refusal(n, s, command->to);
    const MemberId to = successor(n, command->to);
    if (refusal == SWITCH_POSSIBLE && replay_lags(heard(n, s, to)))
        refusal = SWITCH_REPLAY_LAGS; /* what a switch waits for, and not for ever */
    if (refusal != SWITCH_POSSIBLE)
        answer(n, command, 3, msg_command_refused("switch", refusal_words(refusal)), out);
    else
        answer(n, command, 0, msg_switch_would(participant_name(&n->p, to), n->stream[to].flush),
               out);
}

void node_command_switch(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const bool known = !record_is_none(chosen) && participant_has_memory(&n->p);
    if (node_force_concerns(n, s, command))
        node_command_force(n, s, command, out);
    else if (!known)
        answer(n, command, 1, msg_command_refused("switch", "no record is known here"), out);
    else if (command->to == chosen->primary)
        answer(n, command, 0, msg_switch_is_primary(participant_name(&n->p, command->to)), out);
    else if (command->dry_run)
        answer_dry(n, s, command, out);
    else if (n->change.active)
        answer(n, command, 3, msg_command_refused("switch", refusal_words(SWITCH_BUSY)), out);
    else {
        /* Of several standbys, the one at which it is asked; where that is not eligible, no other one is meant. */
        const bool own = command->to == MEMBER_NONE && chosen->primary != n->p.self;
        SwitchWord word = {.to = own ? n->p.self : command->to, .step = SWITCH_ASKED};
        while (word.token == 0)
            word.token = prng_next(&n->p.prng);
        if (chosen->primary == n->p.self)
            begin_here(n, s, word, n->p.self, command->request, out);
        else
            begin_elsewhere(n, word, command);
    }
}

/* ---- what others say ---- */

/* Who knows another record may mean another primary. */
static void take_wish(Node *n, const CoreSettings *s, MemberId from, const Heartbeat *h,
                      Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    if (chosen->primary != n->p.self || h->epoch != chosen->epoch ||
        n->change.word.token == h->change.token)
        return; /* not this server's, or seen before */
    if (!n->change.active)
        begin_here(n, s, h->change, from, 0, out);
}

/* The successor makes its own checkpoint while the primary makes one. */
static void take_preparing(Node *n, const SwitchWord *word, Actions *out)
{
    if (word->to != n->p.self || n->change.preparing == word->token)
        return;
    n->change.preparing = word->token;
    order_checkpoint(n, out);
}

/* The latest heartbeat counts, not one that comes late. */
void node_switch_heard(Node *n, const CoreSettings *s, MemberId from, Actions *out)
{
    const SwitchWord *word = &n->p.peer[from].heartbeat.change;
    if (word->token == 0)
        return;
    if (word->step == SWITCH_ASKED)
        take_wish(n, s, from, &n->p.peer[from].heartbeat, out);
    if (word->step == SWITCH_PREPARING && from == n->p.durable.chosen.primary)
        take_preparing(n, word, out);
}

void node_switch_checkpointed(Node *n, const Done *done)
{
    if (done->sequence != n->change.checkpoint)
        return;
    n->change.checkpoint = 0;
    n->change.confirm_at = n->p.now; /* failed or not: it is only there to make the stop shorter */
    if (n->p.durable.chosen.primary != n->p.self) {
        n->change.word.token = n->change.preparing;
        n->change.word.to = n->p.self;
        n->change.word.step = SWITCH_PREPARED;
    }
    participant_hurry(&n->p);
}

/* ---- the end ---- */

/* The record has another primary: done when the former one is eligible again. */
static void settle_decided(Node *n, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    SwitchWish *wish = &n->change;
    const char *now = participant_name(&n->p, chosen->primary);
    const char *former = participant_name(&n->p, wish->from);
    if (wish->decided_at == 0) {
        wish->decided_at = n->p.now;
        wish->epoch = chosen->epoch;
        wish->word.step = SWITCH_NONE; /* the next primary is not asked for it again */
    }
    if (chosen->primary == wish->from && chosen->cause == CAUSE_HANDED_BACK)
        tell(n, 1, true,
             msg_switch_handed_back(participant_name(&n->p, wish->word.to), former, chosen->epoch),
             out);
    else if (chosen->primary == wish->from ||
             (wish->word.to != MEMBER_NONE && wish->word.to != chosen->primary))
        tell(n, 1, true, msg_command_refused("switch", "another server has become the primary"),
             out);
    else if (record_eligible(chosen, wish->from) != NULL)
        tell(n, 0, true, msg_switch_done(now, wish->epoch, former), out);
    else if ((wish->from == n->p.self && n->state == NODE_STAYING_DOWN) ||
             n->p.now - wish->decided_at > BACK_LIMIT)
        tell(n, 1, true, msg_switch_not_back(now, wish->epoch, former), out);
}

/* A checkpoint that takes too long is not waited for here either. */
static void note_confirm(Node *n)
{
    SwitchWish *wish = &n->change;
    if (wish->confirm_at == 0 && n->p.now - wish->since > PREPARE_LIMIT)
        wish->confirm_at = n->p.now;
    if (wish->confirm == 0 && wish->confirm_at != 0 && n->view_at > wish->confirm_at)
        wish->confirm = n->view.wal.lsn;
}

/* Its operator waits no more: the server where that was tells of it no more. */
static bool withdrawn(const Node *n, const CoreSettings *s)
{
    const Heartbeat *h = heard(n, s, n->change.asker);
    return h != NULL && h->change.token != n->change.word.token;
}

static void settle_here(Node *n, const CoreSettings *s, Actions *out)
{
    const bool prepares = n->change.word.step == SWITCH_PREPARING;
    if (prepares)
        note_confirm(n);
    if (prepares && (n->state != NODE_PRIMARY || withdrawn(n, s))) {
        refuse(n, n->state != NODE_PRIMARY ? SWITCH_NOT_SERVING : SWITCH_UNHEARD, out);
        return;
    }
    const bool again = n->change.word.step == SWITCH_STOPPING && n->state == NODE_PRIMARY;
    const char *to = participant_name(&n->p, n->change.word.to);
    const char *self = participant_name(&n->p, n->p.self);
    if (again || n->state == NODE_STAYING_DOWN || n->stop.active) {
        n->change.word.step = SWITCH_REFUSED;
        n->change.word.refusal = n->stop.active ? SWITCH_BUSY : SWITCH_UNHEARD;
        tell(n, 1, true,
             n->stop.active ? msg_command_refused("switch", refusal_words(SWITCH_BUSY))
                            : msg_switch_failed(to, self),
             out);
    }
}

/* Another switch is under way at the primary: it is this one as well, or in its way. */
static void settle_beside(Node *n, const Heartbeat *h, Actions *out)
{
    SwitchWish *wish = &n->change;
    const bool busy = h->change.step == SWITCH_PREPARING || h->change.step == SWITCH_STOPPING;
    const bool same = wish->word.to == h->change.to;
    if (wish->told != SWITCH_NONE && h->instance == INSTANCE_OPEN)
        tell(n, 1, true,
             msg_switch_failed(participant_name(&n->p, wish->word.to),
                               participant_name(&n->p, wish->from)),
             out);
    else if (wish->told == SWITCH_NONE && busy && same)
        wish->word.token = h->change.token;
    else if (wish->told == SWITCH_NONE && busy)
        tell(n, 3, true, msg_command_refused("switch", refusal_words(SWITCH_BUSY)), out);
}

static void settle_elsewhere(Node *n, const CoreSettings *s, Actions *out)
{
    SwitchWish *wish = &n->change;
    const Heartbeat *h = heard(n, s, wish->from);
    if (h != NULL && h->change.token != wish->word.token) {
        settle_beside(n, h, out);
        if (!wish->active)
            return;
    }
    const SwitchWord *word = h != NULL && h->change.token == wish->word.token ? &h->change : NULL;
    if (word != NULL && word->step == SWITCH_REFUSED) {
        tell(n, wish->told == SWITCH_STOPPING ? 1 : 3, true,
             msg_command_refused("switch", refusal_words(word->refusal)), out);
        return;
    }
    if (word != NULL && word->step != wish->told) {
        wish->told = word->step;
        wish->word.to = word->to;
        wish->deadline = n->p.now + STEP_LIMIT;
        const char *to = participant_name(&n->p, word->to);
        tell(n, 0, false,
             word->step == SWITCH_STOPPING ? msg_switch_stops(to) : msg_switch_prepares(to), out);
    }
    bool failed = false;
    LogEntry held_up;
    const bool held = h == NULL && node_not_isolated(n, s, &failed, &held_up);
    if (held && (failed || n->p.now >= wish->deadline))
        tell(n, 3, true, held_up, out);
    else if (n->p.now >= wish->deadline)
        tell(n, 1, true, msg_command_refused("switch", "the primary does not answer"), out);
}

void node_switch_settle(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    const SwitchWish *wish = &n->change;
    node_force_settle(n, s, out);
    if (!wish->active)
        return;
    if (wish->decided_at != 0 || (chosen->epoch >= wish->epoch && chosen->primary != wish->from))
        settle_decided(n, out);
    else if (wish->from == n->p.self)
        settle_here(n, s, out);
    else
        settle_elsewhere(n, s, out);
}

/* ---- orders of rules ---- */

void order_switch_refuse(Node *n, const CoreSettings *s, Actions *out)
{
    const SwitchRefusal refusal = node_switch_refusal(n, s, n->change.word.to);
    refuse(n, refusal != SWITCH_POSSIBLE ? refusal : SWITCH_REPLAY_LAGS, out);
}

/* From here on nobody is served until somebody has opened again. */
void order_switch_stop(Node *n, const CoreSettings *s, Actions *out)
{
    const MemberId to = n->change.word.to;
    n->change.word.step = SWITCH_STOPPING;
    tell(n, 0, false, msg_switch_stops(participant_name(&n->p, to)), out);
    node_order_stop(
        n,
        &(StopOrder){.mode = STOP_CLEAN, .limit = s->stop_limit, .last_sender = n->stream[to].pid},
        out);
    participant_hurry(&n->p);
}

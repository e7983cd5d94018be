/* node_members.c - an operator changes who votes: one voter fewer, or one more (E4).
 *
 * The primary carries it out while it serves, whichever server the operator is at: heartbeats tell it what is wanted.
 * Several changes are made one after another, each a record of its own that a majority of the old set and of the new
 * one has accepted. Nobody is removed who may be or become the primary without a loss. Where no majority of the old set
 * answers nothing of this can be; then a server is forced, and its line begins without those for whom the operator
 * stands in (node_force.c). */
#include "core/node_parts.h"

#include "base/assert.h"
#include "base/str.h"

/* ---- questions ---- */

bool node_is_outside(const Node *n)
{
    const Record *chosen = &n->p.durable.chosen;
    return participant_has_memory(&n->p) && !record_is_none(chosen) &&
           !member_in(record_voters(chosen), n->p.self);
}

static bool serves(const Node *n, const CoreSettings *s)
{
    const MemberId primary = n->p.durable.chosen.primary;
    if (primary ==
        n->p.self) /* an agent that has just found it open makes the change when it is sure */
        return n->state == NODE_PRIMARY || n->gate_open;
    return participant_hears(&n->p, s, primary) && n->p.peer[primary].has_heartbeat &&
           n->p.peer[primary].heartbeat.instance == INSTANCE_OPEN;
}

static MemberSet voters(const Node *n)
{
    return record_voters(&n->p.durable.chosen);
}

/* What operators want, here and at voters that know what this server knows: an older wish may be fulfilled. */
static void wanted(const Node *n, const CoreSettings *s, MemberSet *ret_without,
                   MemberSet *ret_with)
{
    *ret_without = n->members.active ? n->members.without : 0;
    *ret_with = n->members.active ? n->members.with : 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Peer *peer = &n->p.peer[m];
        if (m == n->p.self || !member_in(voters(n), m) || !participant_hears(&n->p, s, m) ||
            !peer->has_heartbeat || peer->heartbeat.epoch != n->p.durable.chosen.epoch)
            continue;
        *ret_without |= peer->heartbeat.without_asked;
        *ret_with |= peer->heartbeat.with_asked;
    }
    *ret_without &= voters(n);
    *ret_with &= members_all(&n->p.durable.members) & (MemberSet)~voters(n);
}

/* E5: who has been left on another line is heard, and accepts nothing of this one. */
static bool majority_goes_along(const Node *n, const CoreSettings *s, MemberSet set)
{
    unsigned count = member_in(set, n->p.self);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        count += m != n->p.self && member_in(set, m) && participant_hears(&n->p, s, m) &&
                 n->p.peer[m].heartbeat.line == n->p.durable.chosen.line;
    return count >= majority_of(member_count(set));
}

/* Why this member cannot be removed; NULL: it can. */
static const char *keeps(const Node *n, const CoreSettings *s, MemberId member)
{
    const Record *chosen = &n->p.durable.chosen;
    const MemberSet rest = voters(n) & (MemberSet)~member_bit(member);
    if (member == chosen->primary)
        return "that server is the primary: mc_ctl switch first";
    if (!majority_goes_along(n, s, voters(n)))
        return n->p.self == chosen->primary
                   ? "no majority of the voters answers: mc_ctl stop, then mc_ctl recover --force "
                     "--without each that is gone for good"
                   : "no majority of the voters answers";
    if (record_eligible(chosen, member) != NULL)
        return "that server is eligible: mc_ctl detach first";
    if (!majority_goes_along(n, s, rest))
        return "no majority of the voters that stay answers";
    return NULL;
}

/* Why this member cannot be added; NULL: it can. A voter that does not know its name would refuse whatever names it. */
static const char *bars(const Node *n, const CoreSettings *s, MemberId member)
{
    const Peer *peer = &n->p.peer[member];
    if (!participant_hears(&n->p, s, member) || !peer->has_heartbeat)
        return "it does not answer: start its agent first, or mc_arb start";
    if (peer->heartbeat.memory.incarnation == 0)
        return "it has no memory yet: every voter must have answered it";
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Peer *voter = &n->p.peer[m];
        if (m != n->p.self && member_in(voters(n), m) && participant_hears(&n->p, s, m) &&
            voter->has_heartbeat && voter->heartbeat.lines <= member)
            return "network.conf of another voter has no line for it: the same file on every host, "
                   "and mc_ctl stop --mc-only, mc_ctl start --mc-only there";
    }
    if (!node_knows_record(n, &peer->heartbeat))
        return "it has not taken up the record of the cluster: its log says why";
    return majority_goes_along(n, s, voters(n)) ? NULL : "no majority of the voters answers";
}

/* The next change that may be proposed: one voter at a time. */
static bool next_change(const Node *n, const CoreSettings *s, MemberId *ret, bool *ret_votes)
{
    MemberSet without, with;
    wanted(n, s, &without, &with);
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        *ret = m;
        *ret_votes = member_in(with, m);
        if (member_in(without, m) && keeps(n, s, m) == NULL)
            return true;
        if (member_in(with, m) && bars(n, s, m) == NULL)
            return true;
    }
    return false;
}

bool node_members_change(const Node *n, const CoreSettings *s)
{
    MemberId member;
    bool votes;
    return n->p.durable.chosen.primary == n->p.self && next_change(n, s, &member, &votes);
}

void order_members(Node *n, const CoreSettings *s, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    MemberId member;
    bool votes;
    const bool any = next_change(n, s, &member, &votes);
    assert(any);
    MemberTable table = chosen->voters;
    if (member >= table.count) { /* every line up to its own gets its number with it */
        table = n->p.durable.members;
        table.count = (uint8_t)(member + 1);
    }
    Record next = record_members(chosen, &table, member, votes, n->p.wall);
#ifdef MC_MUTATE_MEMBERS_MANY_AT_ONCE
    MemberSet without, with;
    wanted(n, s, &without, &with);
    next.absent |= without;
#endif
    n->round = ROUND_MEMBERS;
    if (!proposer_begin(&n->proposer, &n->p, s, PURPOSE_CHANGE, NULL, chosen, &next, out))
        (void)proposer_take(&n->proposer);
}

/* ---- telling ---- */

static void answer(Node *n, uint32_t request, uint8_t status, LogEntry entry, Actions *out)
{
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = request, .status = status, .last = true, .entry = entry};
}

static void names_of_set(const Node *n, MemberSet set, char *ret, size_t size)
{
    StrBuf text = str_begin(ret, size);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(set, m)) {
            if (text.length > 0)
                str_add(&text, ", ");
            str_add(&text, participant_name(&n->p, m));
        }
}

static void report(Node *n, const Record *before, Actions *out)
{
    const Record *chosen = &n->p.durable.chosen;
    char names[MESSAGE_ARG_SIZE];
    if (record_is_none(before) || record_voters(before) == record_voters(chosen))
        return;
    names_of_set(n, record_voters(chosen), names, sizeof names);
    participant_log(&n->p, msg_members_are(names, chosen->epoch), out);
}

/* Who comes in again asks anew; who is none any more is told, and stops what runs here. */
void node_members_learned(Node *n, const Record *before, Actions *out)
{
    report(n, before, out);
    const bool was = record_is_none(before) || member_in(record_voters(before), n->p.self);
    if (!was && !node_is_outside(n) && n->state == NODE_STAYING_DOWN) {
        n->state = NODE_ASKING;
        n->state_since = n->p.now;
    }
}

/* Members are in the record. Numbers of this network.conf would name others there. */
void node_members_start(Node *n, const MemberTable *lines, Actions *out)
{
    if (members_equal(&n->p.durable.members, lines))
        return;
    participant_log(&n->p, msg_members_differ(participant_name(&n->p, n->p.self)), out);
    n->state = NODE_GONE;
    (void)participant_order(&n->p, ACTION_EXIT, out);
}

void node_members_tell(const Node *n, Heartbeat *ret)
{
    ret->without_asked = n->members.active ? n->members.without : 0;
    ret->with_asked = n->members.active ? n->members.with : 0;
}

void order_outside(Node *n, const CoreSettings *s, Actions *out)
{
    (void)s;
    n->down_reason = DOWN_NO_MEMBER;
    /* What its operator wished for the cluster is not carried into the day on which it votes again. */
    n->p.durable.failover_asked = false;
    participant_persist(&n->p, out);
    participant_log(&n->p, msg_no_member(participant_name(&n->p, n->p.self)), out);
}

/* ---- the operator ---- */

static const char *words_of(MemberSet with)
{
    return with != 0 ? "recover --with" : "recover --without";
}

static const char *refusal(const Node *n, const CoreSettings *s, const Command *command)
{
    if (!participant_has_memory(&n->p) || record_is_none(&n->p.durable.chosen))
        return "no record is known here";
    if (node_is_outside(n))
        return "this server is no voter itself: run it at one that is";
    if (n->members.active)
        return "another change of the voters is under way";
    if (!serves(n, s))
        return "no primary serves: mc_ctl recover first, or mc_ctl switch --force; then this again";
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const char *reason = NULL;
        if (member_in(command->without & voters(n), m))
            reason = keeps(n, s, m);
        else if (member_in(command->with & (MemberSet)~voters(n), m))
            reason = m < n->p.durable.members.count ? bars(n, s, m) : "network.conf names no such";
        if (reason != NULL)
            return reason;
    }
    return NULL;
}

static bool is_done(const Node *n, MemberSet without, MemberSet with)
{
    return (without & voters(n)) == 0 && (with & (MemberSet)~voters(n)) == 0;
}

static void answer_done(Node *n, uint32_t request, Actions *out)
{
    char names[MESSAGE_ARG_SIZE];
    names_of_set(n, voters(n), names, sizeof names);
    answer(n, request, 0, msg_members_are(names, n->p.durable.chosen.epoch), out);
}

/* Nobody serves, and too few answer for anything but force. */
static bool is_for_force(const Node *n, const CoreSettings *s, const Command *command)
{
    return command->without != 0 && command->with == 0 && participant_has_memory(&n->p) &&
           !record_is_none(&n->p.durable.chosen) && !node_is_outside(n) && !serves(n, s) &&
           !node_majority_answers(n, s);
}

/* Interrupted, and run again while the daemon is still at it: not two commands, but one. */
static bool is_repeated(const Node *n, const Command *command)
{
    const MembersWish *wish = &n->members;
    return wish->active && wish->without == command->without && wish->with == command->with;
}

static void answer_who_asks_now(Node *n, const Command *command, Actions *out)
{
    answer(n, n->members.request, 1, msg_asked_again(words_of(command->with)), out);
    n->members.request = command->request;
    n->members.deadline = command->deadline;
}

/* ---- the preview ---- */

static MemberSet heard(const Node *n, const CoreSettings *s)
{
    MemberSet ret = member_bit(n->p.self);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(voters(n), m) && participant_hears(&n->p, s, m))
            ret |= member_bit(m);
    return ret;
}

/* " --without server1 --without arbiter", as the command takes them. */
static void words_of_command(const Node *n, const Command *command, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(command->without | command->with, m)) {
            str_add(&out, member_in(command->with, m) ? " --with " : " --without ");
            str_add(&out, participant_name(&n->p, m));
        }
}

static void tell_voters(Node *n, uint32_t request, bool then, MemberSet set, Actions *out)
{
    char names[MESSAGE_ARG_SIZE];
    const int64_t count = member_count(set), majority = count / 2 + 1;
    names_of_set(n, set, names, sizeof names);
    Action *action = participant_order(&n->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = request};
    action->u.reply.entry = then ? msg_members_then(names, count, majority, count - majority)
                                 : msg_members_now(names, count, majority, count - majority);
}

/* Whoever is named and speaks stays a voter where an operator stands in for the others (E4). */
static void preview(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    const bool forced = is_for_force(n, s, command);
    const MemberSet gone = forced ? node_force_silent(n, s) : command->without;
    char names[MESSAGE_ARG_SIZE], words[MESSAGE_ARG_SIZE];
    if (!record_is_none(&n->p.durable.chosen)) {
        tell_voters(n, command->request, false, voters(n), out);
        tell_voters(n, command->request, true, (voters(n) & (MemberSet)~gone) | command->with, out);
    }
    if (forced) {
        node_command_force(n, s, command, out);
        return;
    }
    const char *reason = refusal(n, s, command);
    if (reason != NULL) {
        answer(n, command->request, 3, msg_command_refused(words_of(command->with), reason), out);
        return;
    }
    names_of_set(n, heard(n, s), names, sizeof names);
    words_of_command(n, command, words, sizeof words);
    answer(n, command->request, 0, msg_members_would_be(names, words), out);
}

void node_command_members(Node *n, const CoreSettings *s, const Command *command, Actions *out)
{
    if (command->dry_run) {
        preview(n, s, command, out);
        return;
    }
    if (is_repeated(n, command)) {
        answer_who_asks_now(n, command, out);
        return;
    }
    if (node_force_repeated(n, command, out))
        return;
    if (is_for_force(n, s, command)) {
        node_command_force(n, s, command, out);
        return;
    }
    const char *reason = refusal(n, s, command);
    if (reason == NULL && is_done(n, command->without, command->with))
        answer_done(n, command->request, out);
    else if (reason != NULL)
        answer(n, command->request, 3, msg_command_refused(words_of(command->with), reason), out);
    else {
        n->members = (MembersWish){
            .active = true,
            .request = command->request,
            .without = command->without,
            .with = command->with,
            .deadline = command->deadline,
        };
        participant_hurry(&n->p);
    }
}

void node_members_settle(Node *n, const CoreSettings *s, Actions *out)
{
    MembersWish *wish = &n->members;
    if (!wish->active)
        return;
    const bool done = is_done(n, wish->without, wish->with);
    if (!done && n->p.now < wish->deadline)
        return;
    if (done)
        answer_done(n, wish->request, out);
    else
        answer(n, wish->request, 1,
               msg_command_refused(words_of(wish->with),
                                   participant_hears_majority(&n->p, s)
                                       ? "it was not decided in time; it may still be"
                                       : "no majority of the voters answers; it may still be made"),
               out);
    wish->active = false;
}

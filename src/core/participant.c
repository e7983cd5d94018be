/* participant.c - memory, hearing and heartbeats of any member. */
#include "core/participant.h"

#include "base/assert.h"
#include "base/str.h"

#include <string.h>

enum {
    LEAP_INTERVALS = 4, /* a step later than so many heartbeat intervals is a leap of time (P6) */
    TELL_CHOSEN_AGAIN = 500,
};

Action *participant_order(Participant *p, ActionKind kind, Actions *out)
{
    assert(out->count < ACTIONS_MAX);
    Action *action = &out->action[out->count++];
    memset(action, 0, sizeof *action);
    action->kind = kind;
    action->sequence = ++p->sequence;
    action->epoch = p->durable.chosen.epoch;
    return action;
}

/* Two writes with nothing between them are one. */
void participant_persist(Participant *p, Actions *out)
{
    p->durable.generation++;
    p->durable.self = p->self;
    if (participant_has_memory(p))
        recall_note_run(p);
    Action *action = out->count > 0 ? &out->action[out->count - 1] : NULL;
    if (action == NULL || action->kind != ACTION_PERSIST)
        action = participant_order(p, ACTION_PERSIST, out);
    action->u.persist = p->durable;
    p->persist_ordered = action->sequence;
    if (p->persist_since == 0)
        p->persist_since = p->now;
}

void participant_persisted(Participant *p, const Done *done, Actions *out)
{
    if (!done->ok) {
        if (!p->persist_failed)
            participant_log(p, msg_state_unwritable("state", done->result.text), out);
        p->persist_failed = true;
        /* The barrier has dropped what depended on it; tried again with every heartbeat. */
        p->persist_since = 0;
        return;
    }
    p->persist_failed = false;
    if (done->sequence > p->persist_done)
        p->persist_done = done->sequence;
    if (p->persist_done >= p->persist_ordered) {
        p->persist_since = 0;
        p->generation_durable = p->durable.generation;
    }
}

void participant_send(Participant *p, MemberId to, const Message *message, Actions *out)
{
    if (to == p->self)
        return;
    Action *action = participant_order(p, ACTION_SEND, out);
    action->u.send.to = to;
    action->u.send.message = *message;
    action->urgent = message->kind == MESSAGE_HEARTBEAT;
}

void participant_broadcast(Participant *p, const Message *message, Actions *out)
{
    /* Who votes no more hears it, too: so it learns that. */
    for (MemberId m = 0; m < p->durable.members.count; m++)
        participant_send(p, m, message, out);
}

void participant_log(Participant *p, LogEntry entry, Actions *out)
{
    Action *action = participant_order(p, ACTION_LOG, out);
    action->u.log = entry;
    action->urgent = true;
}

void participant_note_ballot(Participant *p, const Ballot *ballot)
{
    if (ballot->number > p->highest_number)
        p->highest_number = ballot->number;
}

bool participant_has_memory(const Participant *p)
{
    return p->recall.phase == RECALL_NONE && p->durable.memory[p->self].incarnation != 0;
}

bool participant_is_split(const Participant *p)
{
#ifdef MC_MUTATE_SPLIT_SERVES
    return false;
#endif
    return !record_is_none(&p->durable.split);
}

MemberSet participant_voters(const Participant *p)
{
    const Record *latest = durable_latest(&p->durable);
#ifdef MC_MUTATE_MEMBERS_IN_FILES
    return members_all(&p->durable.members);
#endif
    return record_is_none(latest) ? members_all(&p->durable.members) : record_voters(latest);
}

MemberSet participant_servers(const Participant *p)
{
    return members_servers(&p->durable.members) & participant_voters(p);
}

bool participant_is_voter(const Participant *p, MemberId member)
{
    const Record *chosen = &p->durable.chosen;
    return member_in(participant_voters(p), member) ||
           (!record_is_none(chosen) && member_in(record_voters(chosen), member));
}

const char *participant_name(const Participant *p, MemberId member)
{
    return member < p->durable.members.count ? p->durable.members.member[member].name : "?";
}

bool participant_hears(const Participant *p, const CoreSettings *settings, MemberId member)
{
    if (member == p->self)
        return true;
    const Peer *peer = &p->peer[member];
    return peer->heard_at != 0 && p->now - peer->heard_at <= settings->detection;
}

MemberSet participant_heard(const Participant *p, const CoreSettings *settings)
{
    MemberSet heard = 0;
    const MemberSet voters = participant_voters(p);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(voters, m) && participant_hears(p, settings, m))
            heard |= member_bit(m);
    return heard;
}

bool participant_hears_majority_of(const Participant *p, const CoreSettings *settings,
                                   MemberSet voters)
{
    unsigned heard = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        heard += member_in(voters, m) && participant_hears(p, settings, m);
    return heard >= majority_of(member_count(voters));
}

/* E4: what may be chosen by two sets takes both. */
bool participant_hears_majority(const Participant *p, const CoreSettings *settings)
{
    const Durable *d = &p->durable;
    return participant_hears_majority_of(p, settings, participant_voters(p)) &&
           (!durable_is_pending(d) ||
            participant_hears_majority_of(p, settings, record_voters_before(&d->accepted)));
}

Millis participant_blind_time(const Participant *p)
{
    Millis longest =
        p->own_lease > p->durable.longest_lease ? p->own_lease : p->durable.longest_lease;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (p->peer[m].has_heartbeat && p->peer[m].heartbeat.lease > longest)
            longest = p->peer[m].heartbeat.lease;
    return longest + longest / 20;
}

/* E4: network.conf may have got lines behind those of the record, and lose them again: nobody has voted by these numbers.
 * Where there is no record yet, the lines are those with which this memory began. */
static bool are_lines_of(const Durable *d, const MemberTable *lines)
{
    if (record_is_none(durable_latest(d)))
        return members_extend(&d->members, lines);
    return members_extend(&d->chosen.voters, lines) && members_extend(&d->accepted.voters, lines);
}

void participant_start(Participant *p, const CoreSettings *settings, const Event *event,
                       Actions *out)
{
    const Start *start = &event->u.start;
    memset(p, 0, sizeof *p);
    p->now = event->now;
    p->wall = event->wall;
    p->started_at = event->now;
    p->own_lease = settings->lease;
    p->stepped_at = event->now;
    p->self = start->self;
    p->agent = start->agent;
    p->boot = start->boot;
    p->prng = prng_seed(start->seed);
    p->heartbeat_due = event->now;
    if (start->memory == MEMORY_KEPT) {
        p->durable = start->durable;
        p->generation_durable = p->durable.generation;
#ifdef MC_MUTATE_SPLIT_FORGOTTEN
        p->durable.split = (Record){0};
#endif
    }
#ifdef MC_MUTATE_MEMBERS_IN_FILES
    p->durable.members = start->members;
#endif
    if (are_lines_of(&p->durable, &start->members))
        p->durable.members = start->members;
    p->lease_blind_until = event->now + participant_blind_time(p);
#ifdef MC_MUTATE_FENCING_FORGOTTEN
    p->durable.fencing = p->durable.fenced = 0;
#endif
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        p->fencing.asked_at[m] = event->now; /* F2: perhaps */
    if (start->memory == MEMORY_LOST)
        participant_log(p, msg_voter_lost_memory("the state file is not the one it wrote"), out);
    if (p->durable.memory[p->self].incarnation == 0)
        recall_begin(p, out);
}

/* P6, rule time.leap: who was suspended, or starved, observes anew before it acts on silence. */
bool participant_time(Participant *p, const CoreSettings *settings, const Event *event)
{
    const Millis gap = event->now - p->stepped_at;
    p->now = event->now;
    p->wall = event->wall;
    p->stepped_at = event->now;
    if (gap <= LEAP_INTERVALS * settings->heartbeat_interval)
        return false;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        p->peer[m].there_since = 0; /* section 8: who slept was not there */
        if (p->peer[m].heard_at != 0)
            p->peer[m].heard_at = p->now;
    }
#ifdef MC_MUTATE_SUSPEND_FORGETS_LEASE
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (p->peer[m].granted_sent_at != 0)
            p->peer[m].granted_sent_at += gap;
#endif
    return true;
}

void participant_link(Participant *p, MemberId member, bool up)
{
    assert(member < MEMBERS_MAX);
    p->peer[member].link_up = up;
    if (up)
        participant_hurry(p);
}

/* E3: whose memory is not the one that was heard of before has been put back. It learns that from what
 * others remember of it (recall.c), before it counts in any round. */
static void tell_if_forgetful(Participant *p, MemberId from, const Heartbeat *heartbeat,
                              Actions *out)
{
    if (heartbeat->memory.incarnation != 0 &&
        !recall_believes(p, from, heartbeat->agent, &heartbeat->memory, &heartbeat->runs))
        recall_tell(p, from, out);
}

static void tell_chosen(Participant *p, MemberId from, Actions *out)
{
    Peer *peer = &p->peer[from];
    if (peer->told_chosen_at != 0 && p->now - peer->told_chosen_at < TELL_CHOSEN_AGAIN)
        return;
    peer->told_chosen_at = p->now;
    Message chosen = {.kind = MESSAGE_CHOSEN};
    chosen.u.chosen = (Chosen){
        .record = p->durable.chosen,
        .ballot = p->durable.accepted_ballot,
    };
    participant_send(p, from, &chosen, out);
}

static bool speaks_for_own(const Participant *p, MemberId m)
{
    const Peer *peer = &p->peer[m];
    return m == p->self || (peer->has_heartbeat && peer->heartbeat.line == p->durable.chosen.line);
}

/* E5: the primary of the other line speaks for this one, or it is this member, and those of its voters that do not are no
 * majority any more: nobody serves the other, and nobody will. */
static bool is_left(const Participant *p, const Record *record)
{
    const MemberSet voters = record_voters(record);
    unsigned there = 0;
    if (record->primary >= MEMBERS_MAX)
        return true;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        there += member_in(voters, m) && !speaks_for_own(p, m);
    return speaks_for_own(p, record->primary) && there < majority_of(member_count(voters));
}

static void forget_split(Participant *p, Actions *out)
{
    Record *split = &p->durable.split;
    if (record_is_none(split) || !is_left(p, split))
        return;
    *split = (Record){0};
    participant_persist(p, out);
    participant_hurry(p);
}

/* Who lags behind is told; who is ahead will tell. Of two lines of one epoch neither is (E5). */
static void tell_if_lagging(Participant *p, MemberId from, const Heartbeat *heartbeat, Actions *out)
{
    const Record *chosen = &p->durable.chosen;
    const bool beside = heartbeat->epoch == chosen->epoch && heartbeat->line != chosen->line;
    if (heartbeat->epoch < chosen->epoch || beside)
        tell_chosen(p, from, out);
}

static void note_lease(Participant *p, const CoreSettings *settings, MemberId from,
                       const Heartbeat *heartbeat, Actions *out)
{
    Durable *d = &p->durable;
    if (!heartbeat->leased || heartbeat->lease <= settings->lease ||
        heartbeat->lease <= d->longest_lease || !participant_has_memory(p))
        return;
    d->longest_lease = heartbeat->lease;
    participant_persist(p, out);
    participant_log(
        p, msg_lease_longer(participant_name(p, from), heartbeat->lease, settings->lease), out);
}

void participant_void_grants(Participant *p, MemberId member)
{
    p->peer[member].granted_sent_at = 0;
    p->peer[member].grants_void = p->now;
}

static void take_heartbeat(Participant *p, const CoreSettings *settings, MemberId from,
                           const Heartbeat *heartbeat, Actions *out)
{
    Peer *peer = &p->peer[from];
    if (peer->has_heartbeat && peer->heartbeat.agent == heartbeat->agent &&
        heartbeat->number <= peer->heartbeat.number)
        return; /* came over a second address, or late */
    /* A voter that has just started votes nobody in for as long as its settings say, at least; else what it granted stands. */
    const bool anew = peer->has_heartbeat && peer->heartbeat.agent != heartbeat->agent;
    if (anew && heartbeat->lease < settings->lease)
        participant_void_grants(p, from);
    peer->has_heartbeat = true;
    peer->heartbeat_at = p->now;
    peer->heartbeat = *heartbeat;
    tell_if_forgetful(p, from, heartbeat, out);
    note_lease(p, settings, from, heartbeat, out);
    tell_if_lagging(p, from, heartbeat, out);
    forget_split(p, out);
    Message answer = {.kind = MESSAGE_HEARTBEAT_ANSWER};
    answer.u.heartbeat_answer = (HeartbeatAnswer){
        .number = heartbeat->number,
        .line = heartbeat->line,
        .epoch = heartbeat->epoch,
        .agent = heartbeat->agent,
        .lease = voter_grants(p, settings, from, heartbeat),
    };
    if (!heartbeat->leased)
        return;
    participant_send(p, from, &answer, out);
    out->action[out->count - 1].urgent = true;
}

static void take_heartbeat_answer(Participant *p, MemberId from, const HeartbeatAnswer *answer)
{
    const unsigned slot = (unsigned)(answer->number % HEARTBEATS_REMEMBERED);
    if (answer->agent != p->agent || !answer->lease || p->sent_number[slot] != answer->number)
        return;
#ifndef MC_MUTATE_LEASE_FROM_RECEIPT
    const Millis sent = p->sent_at[slot];
#else
    const Millis sent = p->now;
#endif
    Peer *peer = &p->peer[from];
    if (sent > peer->granted_sent_at && sent > peer->grants_void)
        peer->granted_sent_at = sent;
}

/* Members of two clusters may hold the same key, names and addresses. Who has named another cluster is
 * not heard, and nothing that it says is counted, until it names this one. */
static bool is_stranger(Participant *p, MemberId from, const Message *message, Actions *out)
{
    Peer *peer = &p->peer[from];
    const ClusterId *ours = &p->durable.cluster;
    const ClusterId *theirs = &message->u.heartbeat.cluster;
    if (message->kind != MESSAGE_HEARTBEAT)
        return peer->stranger;
    peer->stranger =
        !cluster_is_none(ours) && !cluster_is_none(theirs) && !cluster_equal(ours, theirs);
    if (peer->stranger && !peer->stranger_told) {
        char their_text[2 * sizeof theirs->bytes + 1];
        char our_text[2 * sizeof ours->bytes + 1];
        str_from_bytes(theirs->bytes, sizeof theirs->bytes, their_text);
        str_from_bytes(ours->bytes, sizeof ours->bytes, our_text);
        participant_log(p, msg_peer_wrong_cluster(participant_name(p, from), their_text, our_text),
                        out);
        peer->stranger_told = true;
    }
    return peer->stranger;
}

/* E5: a record of a line that can neither lead to the own one nor come of it. Whoever told it learns of the own line, and what is
 * known of the other outlives a restart. One at a time: what else there is shows itself when this one is settled. */
static bool note_split(Participant *p, MemberId from, const Record *record, Actions *out)
{
    Durable *d = &p->durable;
    Peer *peer = &p->peer[from];
    if (!participant_has_memory(p) || !durable_splits_from(d, record))
        return false;
    tell_chosen(p, from, out);
    if (!peer->split_told)
        participant_log(p,
                        msg_split(participant_name(p, from), participant_name(p, record->primary),
                                  record->epoch),
                        out);
    peer->split_told = true;
    const bool news = record_is_none(&d->split) ||
                      (record->epoch > d->split.epoch && record_leads_to(&d->split, record));
    if (news && !is_left(p, record)) {
        d->split = *record;
        participant_persist(p, out);
        participant_hurry(p);
    }
    return true;
}

/* A record that is older than what is known here is refused, whoever tells it. */
static void note_old_record(Participant *p, MemberId from, const Record *record, Actions *out)
{
    Peer *peer = &p->peer[from];
    const Epoch latest = p->durable.chosen.epoch;
    if (record->epoch >= latest || peer->old_record_told)
        return;
    participant_log(p, msg_peer_old_record(participant_name(p, from), record->epoch, latest), out);
    peer->old_record_told = true;
}

static void note_heard(Participant *p, const CoreSettings *settings, MemberId from)
{
    Peer *peer = &p->peer[from];
    if (peer->there_since == 0 || p->now - peer->heard_at > settings->detection)
        peer->there_since = p->now;
    peer->heard_at = p->now;
}

bool participant_message(Participant *p, const CoreSettings *settings, MemberId from,
                         const Message *message, Actions *out)
{
    assert(from < MEMBERS_MAX);
    if (from == p->self || is_stranger(p, from, message, out))
        return true;
    note_heard(p, settings, from);
    switch (message->kind) {
    case MESSAGE_HEARTBEAT:
        take_heartbeat(p, settings, from, &message->u.heartbeat, out);
        return false; /* its owner looks at it, too */
    case MESSAGE_HEARTBEAT_ANSWER:
        take_heartbeat_answer(p, from, &message->u.heartbeat_answer);
        return true;
    case MESSAGE_PREPARE:
    case MESSAGE_ACCEPT:
        voter_message(p, settings, from, message, out);
        return true;
    case MESSAGE_RECOVER_ASK:
    case MESSAGE_RECOVER_ANSWER:
        recall_message(p, from, message, out);
        return true;
    case MESSAGE_CHOSEN:
        if (!note_split(p, from, &message->u.chosen.record, out))
            note_old_record(p, from, &message->u.chosen.record, out);
        return false; /* a newer one its owner learns */
    case MESSAGE_NONE:
    case MESSAGE_PROMISE:
    case MESSAGE_ACCEPTED:
    case MESSAGE_CONSENT:
    case MESSAGE_ATTACH_ASK:
    case MESSAGE_ATTACH_ANSWER:
    case MESSAGE_POSITION_ASK:
    case MESSAGE_POSITION_ANSWER:
    case MESSAGE_EVIDENCE_ASK:
    case MESSAGE_EVIDENCE:
    case MESSAGE_START_ASK:
    case MESSAGE_KIND_COUNT:
        return false;
    }
    return false;
}

/* E4: either its numbers mean others, or the record has more of them than this network.conf has lines. */
static void note_other_members(Participant *p, const Record *record, Actions *out)
{
    const Durable *d = &p->durable;
    const bool more = members_extend(&d->members, &record->voters);
    const bool told = p->members_told;
    p->members_told = true;
    p->outgrown |= more && record->epoch > d->chosen.epoch;
    if (told)
        return;
    if (more && !member_in(record_voters(record), p->self))
        participant_log(p, msg_no_member(participant_name(p, p->self)), out);
    else
        participant_log(p, msg_peer_wrong_members(participant_name(p, record->primary)), out);
}

bool participant_learn(Participant *p, const Record *record, Actions *out)
{
    Durable *d = &p->durable;
    if (!participant_has_memory(p) || record_is_none(record))
        return false;
    if (!record_is_none(&d->chosen) && !record_leads_to(&d->chosen, record))
        return false; /* E5: another line never merges; reported by the owner */
    if (record->branch.without != 0 && !durable_leads_to(d, record))
        return false;
    if (!cluster_is_none(&d->cluster) && !cluster_equal(&d->cluster, &record->cluster))
        return false;
    if (!members_extend(&record->voters, &d->members)) {
        note_other_members(p, record, out);
        return false; /* E4: the same number would name another member here */
    }
    if (record->epoch <= d->chosen.epoch)
        return false;
    p->outgrown = false;
    d->chosen = *record;
    d->cluster = record->cluster;
    d->bound_epoch = 0; /* an earlier one bound, if any (P3) */
    if (!durable_splits_from(d, &d->split))
        d->split = (Record){0}; /* an operator has chosen */
    d->fencing = d->fenced = 0; /* F2 */
    p->fencing.failed = 0;
    participant_persist(p, out);
    participant_hurry(p);
    return true;
}

Millis participant_lease_until(const Participant *p, const CoreSettings *settings)
{
    const MemberSet voters = participant_voters(p);
    const unsigned needed = majority_of(member_count(voters));
    Millis best = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const Millis sent = m == p->self ? p->now : p->peer[m].granted_sent_at;
        if (!member_in(voters, m) || sent == 0)
            continue;
        unsigned as_late = 0; /* voters whose latest grant is not older than this one */
        for (MemberId other = 0; other < MEMBERS_MAX; other++) {
            const Millis theirs = other == p->self ? p->now : p->peer[other].granted_sent_at;
            as_late += member_in(voters, other) && theirs >= sent;
        }
        if (as_late >= needed && sent > best)
            best = sent;
    }
    return best == 0 ? 0 : best + settings->lease;
}

void participant_hurry(Participant *p)
{
    p->heartbeat_due = p->now;
}

static void send_heartbeat(Participant *p, const CoreSettings *settings, Actions *out)
{
    Heartbeat *h = &p->heartbeat;
    h->number++;
    h->cluster = p->durable.cluster;
    h->line = p->durable.chosen.line;
    h->epoch = p->durable.chosen.epoch;
    h->agent = p->agent;
    h->lease = settings->lease;
    h->stand_in_window = settings->silence == SILENCE_REPORT ? 0 : settings->stand_in_window;
    h->memory = recall_durable_memory(p);
    h->runs = p->durable.runs;
    h->voter_writes = !p->persist_failed && (p->persist_since == 0 ||
                                             p->now - p->persist_since < settings->detection / 2);
    h->hears = participant_heard(p, settings);
    h->lines = p->durable.members.count;
    const unsigned slot = (unsigned)(h->number % HEARTBEATS_REMEMBERED);
    p->sent_number[slot] = h->number;
    p->sent_at[slot] = p->now;
    const Message message = {.kind = MESSAGE_HEARTBEAT, .u.heartbeat = *h};
    participant_broadcast(p, &message, out);
    p->heartbeat_due = p->now + settings->heartbeat_interval;
}

static LogEntry silence_of(const Participant *p, MemberId m)
{
    if (p->durable.members.member[m].kind == MEMBER_ARBITER)
        return msg_arbiter_lost(participant_name(p, m));
    return msg_peer_silent(participant_name(p, m), p->now - p->peer[m].heard_at);
}

static void report_silence(Participant *p, const CoreSettings *settings, Actions *out)
{
    const MemberSet voters = participant_voters(p);
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        Peer *peer = &p->peer[m];
        if (!member_in(voters, m) || m == p->self || peer->heard_at == 0)
            continue;
        const bool silent = !participant_hears(p, settings, m);
        if (silent && !peer->was_silent)
            participant_log(p, silence_of(p, m), out);
        if (!silent && peer->was_silent)
            participant_log(p, msg_peer_back(participant_name(p, m), p->now - peer->silent_since),
                            out);
        if (silent && !peer->was_silent)
            peer->silent_since = peer->heard_at;
        peer->was_silent = silent;
    }
}

static void report_majority(Participant *p, const CoreSettings *settings, Actions *out)
{
    const unsigned heard = member_count(participant_heard(p, settings));
    const unsigned voters = member_count(participant_voters(p));
    const bool none = heard < majority_of(voters);
    if (none && !p->was_alone && p->now - p->started_at > settings->detection)
        participant_log(p, msg_no_majority(heard, voters), out);
    else if (!none && p->was_alone)
        participant_log(p, msg_majority_back(heard, voters), out);
    p->was_alone = none && (p->was_alone || p->now - p->started_at > settings->detection);
}

void participant_tick(Participant *p, const CoreSettings *settings, Actions *out)
{
    recall_tick(p, out);
    report_silence(p, settings, out);
    report_majority(p, settings, out);
    if (p->now < p->heartbeat_due)
        return;
    if (p->persist_failed && p->persist_since == 0)
        participant_persist(p, out);
    send_heartbeat(p, settings, out);
}

Millis participant_deadline(const Participant *p)
{
    Millis at = p->heartbeat_due;
    if (p->recall.phase != RECALL_NONE && p->recall.ask_again_at < at)
        at = p->recall.ask_again_at;
    return at;
}

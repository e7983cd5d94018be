/* register.c - see register.h. The checks look only at what is durable: who has accepted what under which ballot.
 *
 * E1: a ballot carries one value. E4: a record is chosen by a majority of its voters and of those before. I4: no two records of one epoch are chosen, each extends the one before by one,
 * and nobody takes for chosen what is not. */
#include "register.h"

#include "base/assert.h"
#include "base/str.h"
#include "core/proposer.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 5, BAG = 48, QUEUE = 32, VOTES = 256, CHOSEN = 64, FINISH_STEPS = 400 };

typedef struct Packet {
    MemberId from, to;
    uint32_t life; /* of the receiver: a connection does not outlive it */
    Message message;
} Packet;

typedef struct Output { /* in order; a persist holds back what is behind it */
    bool persist;
    MemberId to;
    uint64_t sequence;
    Durable durable;
    Message message;
} Output;

typedef struct Voter {
    bool alive;
    uint32_t life;
    Participant p;
    Proposer proposer;
    Durable disk, copy;
    bool has_disk, has_copy;
    uint32_t queued;
    Output queue[QUEUE];
} Voter;

typedef struct Vote {
    Ballot ballot;
    Record record;
    MemberSet accepted;
} Vote;

typedef struct Register {
    Tape *tape;
    RegisterPlan plan;
    uint32_t count;
    CoreSettings settings;
    MemberTable members;
    Millis now;
    uint64_t unique;
    Voter voter[NODES];
    uint32_t bag_count;
    Packet bag[BAG];
    uint32_t vote_count, chosen_count;
    Vote vote[VOTES];
    Record chosen[CHOSEN];
    Actions actions;
    RegisterResult *result;
} Register;

/* --- checks --------------------------------------------------------------------------------------- */

static void violation(Register *r, const char *what, uint64_t number)
{
    if (r->result->violation[0] == '\0') {
        (void)str_format(r->result->violation, sizeof r->result->violation, "%s (%llu)", what,
                         (unsigned long long)number);
    }
}

static bool is_chosen(const Register *r, const Record *record)
{
    for (uint32_t i = 0; i < r->chosen_count; i++) {
        if (record_equal(&r->chosen[i], record)) {
            return true;
        }
    }
    return false;
}

static void note_chosen(Register *r, const Record *record)
{
    if (is_chosen(r, record) || r->chosen_count == CHOSEN) {
        return;
    }
    const Epoch latest = r->chosen_count == 0 ? 0 : r->chosen[r->chosen_count - 1].epoch;
    if (record->epoch != latest + 1) {
        violation(r, "a chosen record does not extend the one before", record->epoch);
    }
    r->chosen[r->chosen_count++] = *record;
}

static bool is_majority_of(MemberSet voters, MemberSet accepted)
{
    return member_count(voters & accepted) >= majority_of(member_count(voters));
}

static void check_vote(Register *r, MemberId m, const Durable *d)
{
    if (record_is_none(&d->accepted)) {
        return;
    }
    Vote *vote = NULL;
    for (uint32_t i = 0; i < r->vote_count && vote == NULL; i++) {
        vote = ballot_compare(&r->vote[i].ballot, &d->accepted_ballot) == 0 ? &r->vote[i] : NULL;
    }
    if (vote == NULL && r->vote_count < VOTES) {
        vote = &r->vote[r->vote_count++];
        *vote = (Vote){.ballot = d->accepted_ballot, .record = d->accepted};
    }
    if (vote == NULL) {
        return;
    }
    if (!record_equal(&vote->record, &d->accepted)) {
        violation(r, "a ballot carries two values", d->accepted_ballot.number);
    }
    vote->accepted |= member_bit(m);
    if (is_majority_of(record_voters(&vote->record), vote->accepted) &&
        is_majority_of(record_voters_before(&vote->record), vote->accepted)) {
        note_chosen(r, &vote->record);
    }
}

static void check_disk(Register *r, MemberId m, const Durable *d)
{
    check_vote(r, m, d);
    if (!record_is_none(&d->chosen) && !is_chosen(r, &d->chosen)) {
        violation(r, "a member takes for chosen what is not", d->chosen.epoch);
    }
}

/* --- what the core orders ------------------------------------------------------------------------- */

static void begin_step(Register *r, Voter *v)
{
    r->actions.count = 0;
    r->actions.fired_count = 0;
    v->p.now = r->now;
}

static void put_in_bag(Register *r, MemberId from, MemberId to, const Message *message)
{
    if (r->bag_count == BAG) {
        return; /* lost */
    }
    r->bag[r->bag_count++] =
        (Packet){.from = from, .to = to, .life = r->voter[to].life, .message = *message};
}

static void release(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    uint32_t done = 0;
    while (done < v->queued && !v->queue[done].persist) {
        put_in_bag(r, m, v->queue[done].to, &v->queue[done].message);
        done++;
    }
    v->queued -= done;
    memmove(v->queue, v->queue + done, v->queued * sizeof v->queue[0]);
}

static void end_step(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    for (uint16_t i = 0; i < r->actions.count; i++) {
        const Action *action = &r->actions.action[i];
        const bool persist = action->kind == ACTION_PERSIST;
        if ((!persist && action->kind != ACTION_SEND) || v->queued == QUEUE) {
            continue;
        }
        if (!persist &&
            (action->u.send.to >= r->count || action->u.send.message.kind == MESSAGE_HEARTBEAT)) {
            continue;
        }
        Output *out = &v->queue[v->queued++];
        out->persist = persist;
        out->sequence = action->sequence;
        if (persist) {
            out->durable = action->u.persist;
        } else {
            out->to = action->u.send.to;
            out->message = action->u.send.message;
        }
    }
    release(r, m);
}

/* What its owner does with an outcome: learn, and with a majority of promises, accept. */
static void settle(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    if (v->proposer.phase == PROPOSER_READY) {
        const Record wanted = v->proposer.wanted;
        proposer_accept(&v->proposer, &v->p, &r->settings, &wanted, &r->actions);
    }
    const ProposerOutcome outcome = proposer_take(&v->proposer);
    if (outcome == PROPOSER_CHOSEN || outcome == PROPOSER_ADOPTED) {
        if (!is_chosen(r, &v->proposer.value)) {
            violation(r, "a proposer takes for chosen what is not", v->proposer.value.epoch);
        }
        (void)participant_learn(&v->p, &v->proposer.value, &r->actions);
    }
    end_step(r, m);
}

static void disk_done(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    assert(v->queued > 0);
    v->disk = v->queue[0].durable;
    v->has_disk = true;
    check_disk(r, m, &v->disk);
    const Done done = {.kind = ACTION_PERSIST, .ok = true, .sequence = v->queue[0].sequence};
    v->queued--;
    memmove(v->queue, v->queue + 1, v->queued * sizeof v->queue[0]);
    release(r, m);
    begin_step(r, v);
    participant_persisted(&v->p, &done, &r->actions);
    proposer_tick(&v->proposer, &v->p, &r->settings, &r->actions);
    settle(r, m);
}

static void deliver(Register *r, uint32_t index, bool keep)
{
    const Packet packet = r->bag[index];
    if (!keep) {
        r->bag[index] = r->bag[--r->bag_count];
    }
    Voter *v = &r->voter[packet.to];
    if (!v->alive || v->life != packet.life) {
        return;
    }
    begin_step(r, v);
    const Message *message = &packet.message;
    if (!participant_message(&v->p, &r->settings, packet.from, message, &r->actions) &&
        !proposer_message(&v->proposer, &v->p, &r->settings, packet.from, message, &r->actions) &&
        message->kind == MESSAGE_CHOSEN) {
        (void)participant_learn(&v->p, &message->u.chosen.record, &r->actions);
    }
    settle(r, packet.to);
}

static Record first_record(Register *r, MemberId m)
{
    Record record = {.line = 77, .epoch = 1, .primary = m, .voters = r->members};
    record.cluster.bytes[0] = 9;
    record.start = ++r->unique;
    return record;
}

/* One voter more, or one fewer; the primary alone may do that, and stays one. */
static Record other_members(Register *r, MemberId m, const Record *basis)
{
    const MemberId changed = (MemberId)tape_pick(r->tape, r->count);
    if (basis->primary != m || changed == m) {
        return record_next(basis, CAUSE_SETTING, 0);
    }
    const bool votes = !member_in(record_voters(basis), changed);
    return record_members(basis, &r->members, changed, votes, 0);
}

static void begin_round(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    const Record basis = v->p.durable.chosen;
    Purpose purpose = PURPOSE_CHANGE;
    Record wanted = basis;
    if (record_is_none(&basis)) {
        purpose = PURPOSE_BOOTSTRAP;
        wanted = first_record(r, m);
    } else {
        const uint32_t kind = tape_pick(r->tape, r->plan.members ? 5 : 3);
        wanted = kind > 2 ? other_members(r, m, &basis) : record_next(&basis, CAUSE_SETTING, 0);
        wanted.start = ++r->unique; /* no two proposals are alike */
        purpose = kind == 1 ? PURPOSE_TAKEOVER : kind == 2 ? PURPOSE_READ : PURPOSE_CHANGE;
        wanted.primary = kind == 1 ? m : basis.primary;
    }
    begin_step(r, v);
    (void)proposer_begin(&v->proposer, &v->p, &r->settings, purpose, NULL, &basis,
                         purpose == PURPOSE_READ ? &basis : &wanted, &r->actions);
    settle(r, m);
}

static void time_passes(Register *r, MemberId m)
{
    r->now += 1000;
    Voter *v = &r->voter[m];
    begin_step(r, v);
    participant_tick(&v->p, &r->settings, &r->actions);
    proposer_tick(&v->proposer, &v->p, &r->settings, &r->actions);
    settle(r, m);
}

static void die(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    if (v->queued > 0 && v->queue[0].persist && tape_pick(r->tape, 2) == 1) {
        v->disk = v->queue[0].durable; /* between the rename and the answer */
        v->has_disk = true;
        check_disk(r, m, &v->disk);
    }
    v->queued = 0;
    v->alive = false;
    v->life++;
}

/* When every voter has forgotten, nobody can know that there was something: that is a new cluster. */
static bool somebody_else_remembers(const Register *r, MemberId m)
{
    for (MemberId other = 0; other < r->count; other++) {
        const Voter *v = &r->voter[other];
        if (other != m && v->has_disk && v->disk.memory[other].incarnation != 0) {
            return true;
        }
    }
    return false;
}

static void start(Register *r, MemberId m)
{
    Voter *v = &r->voter[m];
    Event event = {.kind = EVENT_START, .now = r->now};
    Start *start = &event.u.start;
    start->members = r->members;
    start->self = m;
    start->agent = ++r->unique;
    start->seed = r->unique;
    start->durable = v->disk;
    start->memory = v->has_disk ? MEMORY_KEPT : MEMORY_BLANK;
    const bool may_forget = r->plan.forget && v->has_disk && somebody_else_remembers(r, m);
    const uint32_t fate = may_forget ? tape_pick(r->tape, 4) : 0;
    if (fate == 2) {
        start->memory = MEMORY_BLANK;
        v->has_disk = false;
    } else if (fate == 3 && v->has_copy) {
        start->memory = MEMORY_LOST;
        start->durable = v->copy;
        v->has_disk = false;
    }
    v->alive = true;
    memset(&v->proposer, 0, sizeof v->proposer);
    begin_step(r, v);
    participant_start(&v->p, &r->settings, &event, &r->actions);
    settle(r, m);
}

/* --- the run -------------------------------------------------------------------------------------- */

typedef struct Option {
    void (*act)(Register *r, MemberId m);
    uint32_t packet; /* + 1; 0: none */
    bool keep;
    MemberId m;
} Option;

static void revive(Register *r, MemberId m)
{
    start(r, m);
}

static void copy_memory(Register *r, MemberId m)
{
    r->voter[m].copy = r->voter[m].disk;
    r->voter[m].has_copy = true;
}

static void kill_one(Register *r, MemberId m)
{
    r->plan.deaths--;
    die(r, m);
}

static void round_one(Register *r, MemberId m)
{
    r->plan.rounds--;
    begin_round(r, m);
}

static bool may_propose(const Register *r, MemberId m)
{
    const Voter *v = &r->voter[m];
    return r->plan.rounds > 0 && proposer_may_begin(&v->proposer, &v->p) &&
           (record_is_none(&v->p.durable.chosen) ||
            member_in(record_voters(&v->p.durable.chosen), m));
}

/* What could happen next; the first is what would happen if nothing went wrong. */
static uint32_t options_of(const Register *r, Option *ret)
{
    uint32_t n = 0;
    for (MemberId m = 0; m < r->count; m++) {
        if (r->voter[m].alive && r->voter[m].queued > 0) {
            ret[n++] = (Option){.act = disk_done, .m = m};
        }
    }
    if (r->plan.quick_disks && n > 0) {
        return 1;
    }
    for (uint32_t i = 0; i < r->bag_count; i++) {
        ret[n++] = (Option){.packet = i + 1};
    }
    for (MemberId m = 0; m < r->count; m++) {
        const Voter *v = &r->voter[m];
        if (!v->alive) {
            ret[n++] = (Option){.act = revive, .m = m};
            continue;
        }
        if (may_propose(r, m)) {
            ret[n++] = (Option){.act = round_one, .m = m};
        }
        if (r->plan.deaths > 0) {
            ret[n++] = (Option){.act = kill_one, .m = m};
        }
    }
    return n;
}

/* More ways to go that only chance takes: they are always possible, and would drown an odometer. */
static bool wild_step(Register *r)
{
    if (r->tape->driver == TAPE_ODOMETER) {
        return false;
    }
    const uint32_t kind = tape_pick(r->tape, 16);
    const MemberId m = (MemberId)tape_pick(r->tape, r->count);
    if (kind == 0 && r->bag_count > 0) {
        deliver(r, tape_pick(r->tape, r->bag_count), true); /* it will come once more */
    } else if (kind == 1 && r->bag_count > 0) {
        r->bag[tape_pick(r->tape, r->bag_count)] = r->bag[r->bag_count - 1];
        r->bag_count--;
    } else if (kind == 2 && r->voter[m].alive) {
        time_passes(r, m);
    } else if (kind == 3 && r->voter[m].has_disk) {
        copy_memory(r, m);
    } else {
        return false;
    }
    return true;
}

static bool step(Register *r)
{
    if (wild_step(r)) {
        return true;
    }
    Option options[2 * NODES + BAG + 2 * NODES];
    const uint32_t n = options_of(r, options);
    if (n == 0) {
        return false;
    }
    const Option *option = &options[tape_pick(r->tape, n)];
    if (option->packet > 0) {
        deliver(r, option->packet - 1, option->keep);
    } else {
        option->act(r, option->m);
    }
    return true;
}

/* Everything under way arrives and everybody lives: consequences show. */
static void finish(Register *r)
{
    r->plan.deaths = 0;
    for (uint32_t i = 0; i < FINISH_STEPS && r->result->violation[0] == '\0'; i++) {
        Option options[2 * NODES + BAG + 2 * NODES];
        if (options_of(r, options) == 0) {
            time_passes(r, (MemberId)(i % r->count));
            continue;
        }
        if (options[0].packet > 0) {
            deliver(r, options[0].packet - 1, false);
        } else {
            options[0].act(r, options[0].m);
        }
    }
}

static void set_up(Register *r)
{
    r->settings = (CoreSettings){.heartbeat_interval = 200, .detection = 2000, .eligible_max = 1};
    r->members.count = (uint8_t)r->count;
    for (MemberId m = 0; m < r->count; m++) {
        (void)str_format(r->members.member[m].name, MEMBER_NAME_SIZE, "v%u", m);
    }
    const Record first = first_record(r, 0);
    for (MemberId m = 0; m < r->count && !r->plan.blank; m++) {
        Durable *d = &r->voter[m].disk;
        d->generation = 1;
        d->cluster = first.cluster;
        d->members = r->members;
        d->self = m;
        d->accepted = d->chosen = first;
        d->promised = d->accepted_ballot = (Ballot){.number = 1, .incarnation = 1};
        for (MemberId other = 0; other < r->count; other++) {
            d->memory[other] = (VoterMemory){.incarnation = 1, .generation = 1};
        }
        r->voter[m].has_disk = true;
    }
    if (!r->plan.blank) {
        r->chosen[r->chosen_count++] = first;
    }
}

void register_run(Tape *tape, const RegisterPlan *plan, RegisterResult *ret)
{
    /* One for all runs: under sanitizers a new one each time took as long as the runs themselves. */
    static Register only;
    Register *r = &only;
    memset(r, 0, sizeof *r);
    memset(ret, 0, sizeof *ret);
    r->tape = tape;
    r->plan = *plan;
    r->result = ret;
    r->now = 1000;
    r->count = plan->voters > 0 ? plan->voters : 1 + tape_pick(tape, NODES);
    set_up(r);
    const bool forget = r->plan.forget;
    r->plan.forget = false;
    for (MemberId m = 0; m < r->count; m++) {
        start(r, m);
    }
    r->plan.forget = forget;
    for (uint32_t i = 0; i < plan->steps && ret->violation[0] == '\0' && step(r); i++) {
    }
    finish(r);
    ret->chosen = r->chosen_count;
}

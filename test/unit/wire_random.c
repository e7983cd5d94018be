/* wire_random.c - draws wire values field by field into zeroed memory: the padding stays zero. */
#include "wire_random.h"

#include "base/assert.h"
#include "messages.h"

#include <string.h>

static uint64_t number(Prng *prng)
{
    /* Short, long and zero numbers, so that every length of a varint occurs. */
    const uint64_t wide = prng_next(prng);
    const uint64_t shift = prng_below(prng, 65);
    return shift == 64 ? 0 : wide >> shift;
}

static bool coin(Prng *prng)
{
    return prng_chance(prng, 1, 2);
}

static MemberId any_member(Prng *prng)
{
    const uint64_t drawn = prng_below(prng, MEMBERS_MAX + 1);
    return drawn == MEMBERS_MAX ? (MemberId)MEMBER_NONE : (MemberId)drawn;
}

static void some_bytes(Prng *prng, uint8_t *ret, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        ret[i] = (uint8_t)prng_next(prng);
    }
}

static void some_name(Prng *prng, char *ret)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    const size_t length = 1 + prng_below(prng, MEMBER_NAME_SIZE - 1);

    for (size_t i = 0; i < length; i++) {
        ret[i] = letters[prng_below(prng, sizeof(letters) - 1)];
    }
}

static void some_text(Prng *prng, char *ret, size_t size)
{
    const size_t length = prng_below(prng, size);

    for (size_t i = 0; i < length; i++) {
        ret[i] = (char)prng_between(prng, ' ', '~');
    }
}

static void some_position(Prng *prng, Position *ret)
{
    ret->timeline = (TimelineId)prng_next(prng);
    ret->lsn = number(prng);
}

static void some_ballot(Prng *prng, Ballot *ret)
{
    ret->number = number(prng);
    ret->member = any_member(prng);
    ret->incarnation = number(prng);
}

static void some_attachment(Prng *prng, Attachment *ret)
{
    ret->member = any_member(prng);
    ret->epoch = number(prng);
    ret->token = prng_next(prng);
}

static void some_link(Prng *prng, ChainLink *ret)
{
    ret->line = prng_next(prng);
    ret->epoch = number(prng);
    ret->dir = prng_next(prng);
    ret->timeline = (TimelineId)prng_next(prng);
    ret->start = number(prng);
}

static void some_chain(Prng *prng, Chain *ret)
{
    ret->count = (uint8_t)prng_below(prng, CHAIN_MAX + 1);
    for (size_t i = 0; i < ret->count; i++) {
        some_link(prng, &ret->link[i]);
    }
}

static void some_memory(Prng *prng, VoterMemory *ret)
{
    ret->incarnation = number(prng);
    ret->generation = number(prng);
    ret->agent = ~ret->generation; /* as for went_on: no draw of its own */
}

/* No draw of its own either: as many runs as the number says. */
static void some_runs(uint64_t from, Runs *ret)
{
    ret->count = (uint8_t)(from % (RUNS_MAX + 1));
    for (size_t i = 0; i < ret->count; i++) {
        ret->run[i] = (Run){.agent = ~from - i, .until = from / 2 + i};
    }
}

static void some_memories(Prng *prng, VoterMemory *ret)
{
    const uint64_t count = prng_below(prng, MEMBERS_MAX + 1);

    for (size_t i = 0; i < count; i++) {
        some_memory(prng, &ret[i]);
    }
}

static void some_members(Prng *prng, MemberTable *ret)
{
    ret->count = (uint8_t)prng_between(prng, 1, MEMBERS_MAX);
    for (size_t i = 0; i < ret->count; i++) {
        some_name(prng, ret->member[i].name);
        ret->member[i].kind = i < SERVERS_MAX ? MEMBER_SERVER : MEMBER_ARBITER;
    }
}

static void some_record(Prng *prng, Record *ret)
{
    if (prng_chance(prng, 1, 8)) {
        ret->primary = MEMBER_NONE;
        return;
    }
    some_bytes(prng, ret->cluster.bytes, sizeof(ret->cluster.bytes));
    ret->system_identifier = prng_next(prng);
    ret->line = prng_next(prng);
    ret->epoch = 1 + number(prng) / 2;
    some_members(prng, &ret->voters);

    const uint8_t servers = ret->voters.count < SERVERS_MAX ? ret->voters.count : SERVERS_MAX;
    ret->primary = (MemberId)prng_below(prng, servers);
    ret->primary_dir = prng_next(prng);
    for (MemberId m = 0; m < servers; m++) {
        if (m != ret->primary && coin(prng)) {
            EligibleMember *eligible = &ret->eligible[ret->eligible_count++];
            eligible->member = m;
            eligible->dir = prng_next(prng);
            some_attachment(prng, &eligible->attachment);
        }
    }
    ret->quorum =
        (uint8_t)(ret->eligible_count == 0 ? 0 : prng_between(prng, 1, ret->eligible_count));
    ret->automatic = coin(prng);
    ret->timeline = (TimelineId)prng_next(prng);
    ret->start = number(prng);
    ret->cause = (Cause)prng_below(prng, CAUSE_FORCED + 1);
    ret->decided_at = (int64_t)prng_next(prng);
    ret->apart = (MemberSet)(ret->line % (1U << MEMBERS_MAX));
    ret->absent = (MemberSet)(ret->line / 2 % (1U << MEMBERS_MAX));
    ret->absent_before = (MemberSet)(ret->line / 4 % (1U << MEMBERS_MAX));
    if (ret->automatic) { /* derived, not drawn: what comes after stays as it was */
        Branch *branch =
            &ret->branch; /* one by one: bytes are compared, those between the fields, too */
        branch->from = ~ret->line;
        branch->epoch = ret->epoch / 2 + 1;
        branch->end = ret->start;
        branch->lost = ret->quorum == 0 ? 0 : ret->start + 1;
        branch->forced = ret->apart % 2 != 0;
        branch->without = (MemberSet)(ret->apart / 2);
        branch->over = ret->line / 3;
        branch->over_epoch = ret->epoch / 3;
        branch->until = ret->epoch / 4;
        branch->passed = ret->line / 5;
        branch->origin_count = (uint8_t)(ret->epoch % (ORIGINS_MAX + 1));
        for (unsigned i = 0; i < branch->origin_count; i++) {
            branch->origin[i] = (Origin){
                .line = ret->line + i, .epoch = ret->epoch + i, .passed = ret->line / 7 + i};
        }
    }
    if (ret->eligible_count == 0 && servers > 1) {
        ret->former.member = ret->primary == 0;
        ret->former.dir = ~ret->primary_dir;
        ret->former.timeline = ret->timeline / 2;
        ret->former.start = ret->start / 2;
    }
}

static void some_consent(Prng *prng, Consent *ret)
{
    ret->given = coin(prng);
    ret->line = prng_next(prng);
    ret->epoch = number(prng);
    ret->primary = any_member(prng);
    ret->agent = prng_next(prng);
    ret->successor = any_member(prng);
    ret->final_known = coin(prng);
    some_position(prng, &ret->final);
    ret->asked = ret->agent % 2 != 0;
    ret->returns = ret->agent % 3 != 0;
    ret->back = ret->agent % 5 == 0;
    ret->binding = ret->agent % 7 == 0;
    ret->incarnation = ~ret->epoch;
}

static void some_heartbeat(Prng *prng, Heartbeat *ret)
{
    ret->number = number(prng);
    some_bytes(prng, ret->cluster.bytes, sizeof(ret->cluster.bytes));
    ret->line = prng_next(prng);
    ret->epoch = number(prng);
    ret->agent = prng_next(prng);
    some_memory(prng, &ret->memory);
    ret->node_state = (uint8_t)prng_next(prng);
    ret->instance = (InstancePhase)prng_below(prng, INSTANCE_SICK + 1);
    ret->well = coin(prng);
    ret->voter_writes = coin(prng);
    ret->leased = coin(prng);
    ret->wants_attach = coin(prng);
    ret->leaving = coin(prng);
    ret->operator_stopped = coin(prng);
    ret->daemons_only = coin(prng);
    ret->failover_asked = coin(prng);
    ret->failover_wanted = coin(prng);
    ret->went_on = ~ret->agent; /* came later: a draw of its own would change all that follows */
    ret->lease = (Millis)(ret->agent % INT32_MAX);
    some_runs(ret->agent, &ret->runs);
    ret->dir = prng_next(prng);
    some_position(prng, &ret->wal);
    ret->replay = number(prng);
    some_attachment(prng, &ret->attachment);
    ret->hears = (MemberSet)prng_below(prng, 1U << MEMBERS_MAX);
    ret->system_identifier = prng_next(prng);
    some_link(prng, &ret->last_link);
    if (ret->agent % 2 != 0) {
        ret->change = (SwitchWord){.token = ret->agent,
                                   .to = (MemberId)(ret->agent % MEMBERS_MAX),
                                   .step = (SwitchStep)(ret->agent % (SWITCH_REFUSED + 1)),
                                   .refusal = (SwitchRefusal)(ret->agent % (SWITCH_BUSY + 1))};
    } else {
        ret->change.to = MEMBER_NONE;
    }
    ret->attach_asked = ret->agent % 3 == 0;
    ret->handed_back = ret->epoch / 3;
    ret->apart_asked = (MemberSet)(ret->agent % (1U << MEMBERS_MAX));
    ret->without_asked = (MemberSet)(ret->agent / 2 % (1U << MEMBERS_MAX));
    ret->with_asked = (MemberSet)(ret->agent / 4 % (1U << MEMBERS_MAX));
    ret->lines = (uint8_t)(ret->agent % (MEMBERS_MAX + 1));
    ret->diverged = ret->agent % 3 == 0;
    ret->stand_in_window = (Millis)(ret->agent / 7 % INT32_MAX);
    ret->apart_unfenced = (MemberSet)(ret->agent / 3 % (1U << MEMBERS_MAX));
    ret->apart_by_force = (MemberSet)(ret->agent / 5 % (1U << MEMBERS_MAX));
    ret->fencing = (MemberSet)(ret->agent / 6 % (1U << MEMBERS_MAX));
    ret->not_fenced = (MemberSet)(ret->agent / 9 % (1U << MEMBERS_MAX));
}

/* Of a number that was drawn anyway. */
static Fencing some_fencing(uint64_t luck)
{
    return (Fencing){.leave = (MemberSet)(luck % (1U << MEMBERS_MAX)),
                     .primary = luck % 2 != 0,
                     .by_operator = luck % 3 != 0,
                     .skip = luck % 5 == 0,
                     .heard_too = luck % 7 == 0};
}

static void some_prepare(Prng *prng, Prepare *ret)
{
    some_bytes(prng, ret->cluster.bytes, sizeof(ret->cluster.bytes));
    some_ballot(prng, &ret->ballot);
    ret->purpose = (Purpose)prng_below(prng, PURPOSE_BOOTSTRAP + 1);
    some_consent(prng, &ret->consent);
    some_memories(prng, ret->memory);
    some_runs(ret->ballot.number, &ret->runs);
    ret->fencing = some_fencing(ret->ballot.number);
}

static void some_accept(Prng *prng, Accept *ret)
{
    some_bytes(prng, ret->cluster.bytes, sizeof(ret->cluster.bytes));
    some_ballot(prng, &ret->ballot);
    ret->purpose = (Purpose)prng_below(prng, PURPOSE_BOOTSTRAP + 1);
    some_consent(prng, &ret->consent);
    some_record(prng, &ret->record);
    some_memories(prng, ret->memory);
    some_runs(ret->ballot.number, &ret->runs);
    ret->fencing = some_fencing(ret->ballot.number);
}

static void some_promise(Prng *prng, Promise *ret)
{
    some_ballot(prng, &ret->ballot);
    ret->refusal = (Refusal)prng_below(prng, REFUSAL_FENCED + 1);
    some_ballot(prng, &ret->promised);
    some_ballot(prng, &ret->accepted_ballot);
    some_record(prng, &ret->accepted);
    some_memory(prng, &ret->memory);
    some_runs(ret->ballot.number, &ret->runs);
}

static void some_recover_answer(Prng *prng, RecoverAnswer *ret)
{
    ret->nonce = prng_next(prng);
    ret->incarnation = number(prng);
    ret->known = number(prng);
    ret->blank = coin(prng);
    some_ballot(prng, &ret->promised);
    some_ballot(prng, &ret->accepted_ballot);
    some_record(prng, &ret->accepted);
    some_record(prng, &ret->chosen);
    some_memories(prng, ret->memory);
}

static void some_attach_ask(Prng *prng, AttachAsk *ret)
{
    ret->epoch = number(prng);
    ret->dir = prng_next(prng);
    ret->system_identifier = prng_next(prng);
    some_position(prng, &ret->wal);
    some_chain(prng, &ret->chain);
}

static void some_attach_answer(Prng *prng, AttachAnswer *ret)
{
    ret->epoch = number(prng);
    ret->verdict = (AttachVerdict)prng_below(prng, ATTACH_FULL + 1);
    some_attachment(prng, &ret->attachment);
    some_position(prng, &ret->fork);
    some_chain(prng, &ret->chain);
    ret->of = (TimelineId)ret->epoch;
}

static void some_evidence(Prng *prng, Evidence *ret)
{
    ret->agent = prng_next(prng);
    ret->memory = coin(prng);
    some_memories(prng, ret->known);
    some_runs(ret->agent, &ret->runs);
    some_ballot(prng, &ret->accepted_ballot);
    some_record(prng, &ret->accepted);
    some_record(prng, &ret->chosen);
    ret->node_state = (uint8_t)prng_below(prng, 256);
    ret->wanted = coin(prng);
    ret->alone = coin(prng);
    ret->instance = (InstancePhase)prng_below(prng, INSTANCE_SICK + 1);
    ret->system_identifier = prng_next(prng);
    ret->dir = prng_next(prng);
    ret->last_link = (ChainLink){.line = prng_next(prng), .epoch = number(prng), .start = 7};
    some_position(prng, &ret->wal);
    ret->clean_shutdown = coin(prng);
    ret->standby_signal = coin(prng);
    ret->interrupted = coin(prng);
    ret->restored = coin(prng);
    some_position(prng, &ret->restored_end);
    ret->restored_start = prng_next(prng);
}

static void some_start_ask(Prng *prng, StartAsk *ret)
{
    ret->failover_asked = coin(prng);
    ret->failover_wanted = coin(prng);
    ret->copy_major = ret->failover_wanted ? UINT8_MAX : 0;
}

static void fill_message(Prng *prng, Message *ret)
{
    switch (ret->kind) {
    case MESSAGE_HEARTBEAT:
        some_heartbeat(prng, &ret->u.heartbeat);
        break;
    case MESSAGE_HEARTBEAT_ANSWER:
        ret->u.heartbeat_answer.number = number(prng);
        ret->u.heartbeat_answer.line = prng_next(prng);
        ret->u.heartbeat_answer.epoch = number(prng);
        ret->u.heartbeat_answer.agent = prng_next(prng);
        ret->u.heartbeat_answer.lease = coin(prng);
        break;
    case MESSAGE_PREPARE:
        some_prepare(prng, &ret->u.prepare);
        break;
    case MESSAGE_PROMISE:
        some_promise(prng, &ret->u.promise);
        break;
    case MESSAGE_ACCEPT:
        some_accept(prng, &ret->u.accept);
        break;
    case MESSAGE_ACCEPTED:
        some_ballot(prng, &ret->u.accepted.ballot);
        ret->u.accepted.refusal = (Refusal)prng_below(prng, REFUSAL_FENCED + 1);
        some_ballot(prng, &ret->u.accepted.promised);
        some_memory(prng, &ret->u.accepted.memory);
        some_runs(ret->u.accepted.ballot.number, &ret->u.accepted.runs);
        break;
    case MESSAGE_CHOSEN:
        some_record(prng, &ret->u.chosen.record);
        some_ballot(prng, &ret->u.chosen.ballot);
        break;
    case MESSAGE_RECOVER_ASK:
        ret->u.recover_ask.nonce = prng_next(prng);
        ret->u.recover_ask.incarnation = number(prng);
        break;
    case MESSAGE_RECOVER_ANSWER:
        some_recover_answer(prng, &ret->u.recover_answer);
        break;
    case MESSAGE_CONSENT:
        some_consent(prng, &ret->u.consent);
        break;
    case MESSAGE_ATTACH_ASK:
        some_attach_ask(prng, &ret->u.attach_ask);
        break;
    case MESSAGE_ATTACH_ANSWER:
        some_attach_answer(prng, &ret->u.attach_answer);
        break;
    case MESSAGE_POSITION_ASK:
        ret->u.position_ask.epoch = number(prng);
        break;
    case MESSAGE_POSITION_ANSWER:
        ret->u.position_answer.epoch = number(prng);
        some_position(prng, &ret->u.position_answer.position);
        ret->u.position_answer.dir = prng_next(prng);
        break;
    case MESSAGE_EVIDENCE_ASK:
        break;
    case MESSAGE_EVIDENCE:
        some_evidence(prng, &ret->u.evidence);
        break;
    case MESSAGE_START_ASK:
        some_start_ask(prng, &ret->u.start_ask);
        break;
    case MESSAGE_NONE:
    case MESSAGE_KIND_COUNT:
        assert(false);
    }
}

Message random_message(Prng *prng, MessageKind kind)
{
    Message message;

    memset(&message, 0, sizeof(message));
    message.kind = kind;
    fill_message(prng, &message);
    return message;
}

Durable random_durable(Prng *prng)
{
    Durable durable;

    memset(&durable, 0, sizeof(durable));
    durable.generation = number(prng);
    some_bytes(prng, durable.cluster.bytes, sizeof(durable.cluster.bytes));
    some_members(prng, &durable.members);
    durable.self = any_member(prng);
    some_memories(prng, durable.memory);
    some_ballot(prng, &durable.promised);
    some_ballot(prng, &durable.accepted_ballot);
    some_record(prng, &durable.accepted);
    some_record(prng, &durable.chosen);
    some_bytes(prng, durable.boot.bytes, sizeof(durable.boot.bytes));
    durable.longest_lease = (Millis)(durable.generation % INT32_MAX);
    some_runs(durable.generation, &durable.runs);
    durable.bound_epoch = number(prng);
    durable.handed_back = durable.bound_epoch / 2;
    durable.fencing = (MemberSet)(durable.generation % (1U << MEMBERS_MAX));
    durable.fenced = (MemberSet)(durable.generation / 2 % (1U << MEMBERS_MAX));
    some_position(prng, &durable.bound);
    durable.instance_wanted = coin(prng);
    durable.failover_asked = coin(prng);
    durable.failover_wanted = coin(prng);
    durable.reached = durable.accepted.epoch; /* never less */
    durable.behind = durable.accepted.epoch / 2;
    if (durable.failover_asked && durable.reached < UINT64_MAX) {
        durable.reached++;
    }
    durable.split = durable.instance_wanted ? durable.accepted : durable.chosen;
    return durable;
}

ControlRequest random_request(Prng *prng)
{
    ControlRequest request;

    memset(&request, 0, sizeof(request));
    request.kind = coin(prng) ? CONTROL_STATUS : CONTROL_COMMAND;
    if (request.kind == CONTROL_COMMAND) {
        request.command.request = (uint32_t)number(prng);
        request.command.kind = (CommandKind)prng_below(prng, COMMAND_FAILOVER + 1);
        request.command.all = coin(prng);
        request.command.only_agent = coin(prng);
        request.command.wait = coin(prng);
        request.command.failover_asked = coin(prng);
        request.command.failover_wanted = coin(prng);
        request.copy_major = request.command.failover_wanted ? UINT8_MAX : 0;
        request.command.deadline = (Millis)number(prng);
        request.command.to = MEMBER_NONE;
        if (request.command.request % 2 != 0) {
            request.command.kind = COMMAND_SWITCH;
            request.command.to = (MemberId)(request.command.request % MEMBERS_MAX);
            request.command.dry_run = request.command.request % 3 == 0;
            request.command.force = request.command.request % 5 == 0;
            request.command.no_fencing = request.command.request % 7 == 0;
            request.command.without =
                (MemberSet)(request.command.request / 7 % (1U << MEMBERS_MAX));
            request.command.with = (MemberSet)(request.command.request / 11 % (1U << MEMBERS_MAX));
        }
    }
    return request;
}

static void some_member_status(Prng *prng, MemberStatus *ret)
{
    some_name(prng, ret->name);
    ret->kind = (MemberKind)prng_below(prng, MEMBER_ARBITER + 1);
    ret->role = (HostRole)prng_below(prng, HOST_ROLE_ARBITER + 1);
    ret->host = (Health)prng_below(prng, HEALTH_ABNORMAL + 1);
    ret->process = (ProcessHealth)prng_below(prng, PROCESS_ABNORMAL_WAL_RECEIVER + 1);
    ret->disk = (Health)prng_below(prng, HEALTH_ABNORMAL + 1);
    ret->instance = (InstancePhase)prng_below(prng, INSTANCE_SICK + 1);
    ret->node_state = (uint8_t)prng_next(prng);
    ret->eligible = coin(prng);
    ret->connected = coin(prng);
    ret->silent = (Millis)number(prng) - 1;
    some_position(prng, &ret->wal);
    ret->replay = number(prng);
    memcpy(ret->stream_host, ret->name, sizeof(ret->name));
    ret->stream_port = (uint16_t)ret->replay;
}

static void some_status(Prng *prng, Status *ret)
{
    ret->self = any_member(prng);
    ret->from_disk = coin(prng);
    ret->confirmed = coin(prng);
    ret->failover_asked = coin(prng);
    ret->failover_wanted = coin(prng);
    ret->lease_enforced = coin(prng);
    ret->lease_left = (Millis)number(prng);
    ret->silence = (SilenceAction)((uint64_t)ret->lease_left % (SILENCE_FALLBACK + 1));
    ret->stand_in_window = (Millis)((uint64_t)ret->lease_left % INT32_MAX);
    ret->mirroring = (Mirroring)prng_below(prng, MIRRORING_FAILOVER_DISABLED + 1);
    some_record(prng, &ret->record);
    ret->split = ret->record;
    ret->count = (uint8_t)prng_below(prng, MEMBERS_MAX + 1);
    for (size_t i = 0; i < ret->count; i++) {
        some_member_status(prng, &ret->member[i]);
    }
    some_text(prng, ret->state, sizeof(ret->state));
    some_text(prng, ret->rule, sizeof(ret->rule));
    some_text(prng, ret->waits_for, sizeof(ret->waits_for));
}

ControlAnswer random_answer(Prng *prng, ControlKind kind)
{
    ControlAnswer answer;

    memset(&answer, 0, sizeof(answer));
    answer.kind = kind;
    if (kind == CONTROL_STATUS) {
        some_status(prng, &answer.status);
        return answer;
    }
    if (kind != CONTROL_COMMAND) {
        answer.age = (Millis)number(prng);
        some_evidence(prng, &answer.evidence);
        return answer;
    }
    answer.reply.request = (uint32_t)number(prng);
    answer.reply.status = (uint8_t)prng_below(prng, 256);
    answer.reply.last = coin(prng);
    answer.reply.entry.id = (MessageId)prng_below(prng, (uint64_t)message_count);
    for (size_t i = 0; i < prng_below(prng, MESSAGE_ARGS_MAX + 1); i++) {
        some_text(prng, answer.reply.entry.args[i], MESSAGE_ARG_SIZE);
    }
    return answer;
}

static const Position widest_position = {.timeline = UINT32_MAX, .lsn = UINT64_MAX};
static const Ballot widest_ballot = {
    .number = UINT64_MAX, .member = MEMBERS_MAX - 1, .incarnation = UINT64_MAX};
static const Attachment widest_attachment = {
    .member = MEMBERS_MAX - 1, .epoch = UINT64_MAX, .token = UINT64_MAX};

static void widest_chain(Chain *ret)
{
    ret->count = CHAIN_MAX;
    for (size_t i = 0; i < CHAIN_MAX; i++) {
        ret->link[i] = (ChainLink){UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT32_MAX, UINT64_MAX};
    }
}

static void widest_members(MemberTable *ret)
{
    ret->count = MEMBERS_MAX;
    for (size_t i = 0; i < MEMBERS_MAX; i++) {
        memset(ret->member[i].name, 'z', MEMBER_NAME_SIZE - 1);
        ret->member[i].kind = i < SERVERS_MAX ? MEMBER_SERVER : MEMBER_ARBITER;
    }
}

static void widest_memories(VoterMemory *ret)
{
    for (size_t i = 0; i < MEMBERS_MAX; i++) {
        ret[i] = (VoterMemory){UINT64_MAX, UINT64_MAX, UINT64_MAX};
    }
}

static void widest_record(Record *ret)
{
    memset(ret->cluster.bytes, 0xff, sizeof(ret->cluster.bytes));
    ret->system_identifier = UINT64_MAX;
    ret->line = UINT64_MAX;
    ret->epoch = UINT64_MAX;
    ret->primary = SERVERS_MAX - 1;
    ret->primary_dir = UINT64_MAX;
    ret->eligible_count = SERVERS_MAX - 1;
    for (size_t i = 0; i < SERVERS_MAX - 1; i++) {
        ret->eligible[i] = (EligibleMember){(MemberId)i, UINT64_MAX, widest_attachment};
    }
    ret->quorum = SERVERS_MAX - 1;
    ret->automatic = true;
    widest_members(&ret->voters);
    ret->timeline = UINT32_MAX;
    ret->start = UINT64_MAX;
    ret->cause = CAUSE_MEMBERS;
    ret->absent = ret->absent_before = (1U << MEMBERS_MAX) - 1U;
    ret->former = (Former){0, UINT64_MAX, UINT32_MAX, UINT64_MAX};
    ret->decided_at = INT64_MIN;
}

Message largest_message(MessageKind kind)
{
    Message message;

    memset(&message, 0, sizeof(message));
    message.kind = kind;
    if (kind == MESSAGE_ATTACH_ANSWER) {
        AttachAnswer *answer = &message.u.attach_answer;
        answer->epoch = UINT64_MAX;
        answer->verdict = ATTACH_FULL;
        answer->attachment = widest_attachment;
        answer->fork = widest_position;
        answer->of = UINT32_MAX;
        widest_chain(&answer->chain);
    } else {
        assert(kind == MESSAGE_RECOVER_ANSWER);
        RecoverAnswer *answer = &message.u.recover_answer;
        answer->nonce = answer->incarnation = answer->known = UINT64_MAX;
        answer->blank = true;
        answer->promised = answer->accepted_ballot = widest_ballot;
        widest_record(&answer->accepted);
        widest_record(&answer->chosen);
        widest_memories(answer->memory);
    }
    return message;
}

Durable largest_durable(void)
{
    Durable durable;

    memset(&durable, 0, sizeof(durable));
    durable.generation = UINT64_MAX;
    memset(durable.cluster.bytes, 0xff, sizeof(durable.cluster.bytes));
    widest_members(&durable.members);
    durable.self = MEMBERS_MAX - 1;
    widest_memories(durable.memory);
    durable.promised = durable.accepted_ballot = widest_ballot;
    widest_record(&durable.accepted);
    widest_record(&durable.chosen);
    widest_record(&durable.split);
    memset(durable.boot.bytes, 0xff, sizeof(durable.boot.bytes));
    durable.bound_epoch = durable.handed_back = durable.reached = UINT64_MAX;
    durable.fencing = durable.fenced = (1U << MEMBERS_MAX) - 1U;
    durable.bound = widest_position;
    durable.runs.count = RUNS_MAX;
    for (size_t i = 0; i < RUNS_MAX; i++) {
        durable.runs.run[i] = (Run){UINT64_MAX, UINT64_MAX};
    }
    durable.instance_wanted = durable.failover_asked = durable.failover_wanted = true;
    return durable;
}

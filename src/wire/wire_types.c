/* wire_types.c - copies values of the core into the schema's structs and back, checking on the way back.
 *
 * The two sides are kept apart on purpose: the core's types are what the rules need, the schema is what
 * versions have agreed on. Nothing from outside reaches the core unless a function here let it pass. */
#include "wire/wire_types.h"

#include "base/assert.h"

#include <pb_decode.h>
#include <pb_encode.h>
#include <string.h>

/* wire.options repeats the bounds of limits.h, because nanopb cannot read that. */
#define SAME_LENGTH(type, field, length)                                                   \
    _Static_assert(sizeof(((type *)0)->field) / sizeof(((type *)0)->field[0]) == (length), \
                   #type "." #field)
SAME_LENGTH(wire_Member, name, MEMBER_NAME_SIZE);
SAME_LENGTH(wire_Chain, link, CHAIN_MAX);
SAME_LENGTH(wire_Record, eligible, SERVERS_MAX);
SAME_LENGTH(wire_Record, voters, MEMBERS_MAX);
SAME_LENGTH(wire_Record, cluster, sizeof(ClusterId));
SAME_LENGTH(wire_Prepare, memory, MEMBERS_MAX);
SAME_LENGTH(wire_Accept, memory, MEMBERS_MAX);
SAME_LENGTH(wire_RecoverAnswer, memory, MEMBERS_MAX);
SAME_LENGTH(wire_Heartbeat, runs, RUNS_MAX);

size_t wire_put(const pb_msgdesc_t *type, const void *value, uint8_t *bytes, size_t size)
{
    pb_ostream_t stream = pb_ostream_from_buffer(bytes, size);

    return pb_encode(&stream, type, value) ? stream.bytes_written : 0;
}

bool wire_get(const pb_msgdesc_t *type, const uint8_t *bytes, size_t size, void *ret)
{
    pb_istream_t stream = pb_istream_from_buffer(bytes, size);

    return pb_decode_noinit(&stream, type, ret);
}

uint32_t put_member_id(MemberId member)
{
    assert(member < MEMBERS_MAX || member == MEMBER_NONE);
    return member == MEMBER_NONE ? 0 : member + 1U;
}

bool get_member_id(uint32_t from, MemberId *ret)
{
    if (from > MEMBERS_MAX) {
        return false;
    }
    *ret = from == 0 ? (MemberId)MEMBER_NONE : (MemberId)(from - 1U);
    return true;
}

void copy_text(const char *from, char *ret, size_t size)
{
    size_t length = 0;

    while (length < size - 1 && from[length] != '\0') {
        length++;
    }
    memset(ret, 0, size);
    memcpy(ret, from, length);
}

void put_name(const char *name, char *to)
{
    copy_text(name, to, MEMBER_NAME_SIZE);
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool get_name(const char *from, char *ret)
{
    size_t length = 0;

#ifdef MC_PLANT_OVERRUN /* of a test build: the fuzzer must find it (tools/fuzz.py) */
    char copy[24];
    memcpy(copy, from, strlen(from) + 1);
    from = copy;
#endif
    while (length < MEMBER_NAME_SIZE && is_name_char(from[length])) {
        length++;
    }
    if (length == 0 || length == MEMBER_NAME_SIZE || from[length] != '\0') {
        return false;
    }
    copy_text(from, ret, MEMBER_NAME_SIZE);
    return true;
}

void put_cluster(const ClusterId *cluster, pb_byte_t *to)
{
    memcpy(to, cluster->bytes, sizeof(cluster->bytes));
}

void get_cluster(const pb_byte_t *from, ClusterId *ret)
{
    memcpy(ret->bytes, from, sizeof(ret->bytes));
}

void put_attachment(const Attachment *attachment, wire_Attachment *to)
{
    to->member = put_member_id(attachment->member);
    to->epoch = attachment->epoch;
    to->token = attachment->token;
}

bool get_attachment(const wire_Attachment *from, Attachment *ret)
{
    ret->epoch = from->epoch;
    ret->token = from->token;
    return get_member_id(from->member, &ret->member);
}

void put_ballot(const Ballot *ballot, wire_Ballot *to)
{
    to->number = ballot->number;
    to->member = put_member_id(ballot->member);
    to->incarnation = ballot->incarnation;
}

bool get_ballot(const wire_Ballot *from, Ballot *ret)
{
    ret->number = from->number;
    ret->incarnation = from->incarnation;
    return get_member_id(from->member, &ret->member);
}

void put_position(const Position *position, wire_Position *to)
{
    to->timeline = position->timeline;
    to->lsn = position->lsn;
}

void get_position(const wire_Position *from, Position *ret)
{
    ret->timeline = from->timeline;
    ret->lsn = from->lsn;
}

void put_link(const ChainLink *link, wire_ChainLink *to)
{
    to->line = link->line;
    to->epoch = link->epoch;
    to->dir = link->dir;
    to->timeline = link->timeline;
    to->start = link->start;
}

void get_link(const wire_ChainLink *from, ChainLink *ret)
{
    ret->line = from->line;
    ret->epoch = from->epoch;
    ret->dir = from->dir;
    ret->timeline = from->timeline;
    ret->start = from->start;
}

void put_chain(const Chain *chain, wire_Chain *to)
{
    assert(chain->count <= CHAIN_MAX);
    to->link_count = chain->count;
    for (size_t i = 0; i < chain->count; i++) {
        put_link(&chain->link[i], &to->link[i]);
    }
}

bool get_chain(const wire_Chain *from, Chain *ret)
{
    if (from->link_count > CHAIN_MAX) {
        return false;
    }
    ret->count = (uint8_t)from->link_count;
    for (size_t i = 0; i < ret->count; i++) {
        get_link(&from->link[i], &ret->link[i]);
    }
    return true;
}

void put_consent(const Consent *consent, wire_Consent *to)
{
    to->given = consent->given;
    to->line = consent->line;
    to->epoch = consent->epoch;
    to->primary = put_member_id(consent->primary);
    to->agent = consent->agent;
    to->successor = put_member_id(consent->successor);
    to->final_known = consent->final_known;
    put_position(&consent->final, &to->final);
    to->asked = consent->asked;
    to->returns = consent->returns;
    to->back = consent->back;
    to->binding = consent->binding;
    to->incarnation = consent->incarnation;
}

bool get_consent(const wire_Consent *from, Consent *ret)
{
    ret->given = from->given;
    ret->line = from->line;
    ret->epoch = from->epoch;
    ret->agent = from->agent;
    ret->final_known = from->final_known;
    get_position(&from->final, &ret->final);
    ret->asked = from->asked;
    ret->returns = from->returns;
    ret->back = from->back;
    ret->binding = from->binding;
    ret->incarnation = from->incarnation;
    return get_member_id(from->primary, &ret->primary) &&
           get_member_id(from->successor, &ret->successor);
}

void put_memory(const VoterMemory *memory, wire_VoterMemory *to)
{
    to->incarnation = memory->incarnation;
    to->generation = memory->generation;
    to->agent = memory->agent;
}

void get_memory(const wire_VoterMemory *from, VoterMemory *ret)
{
    ret->incarnation = from->incarnation;
    ret->generation = from->generation;
    ret->agent = from->agent;
}

void put_memories(const VoterMemory *memory, pb_size_t *ret_count, wire_VoterMemory *to)
{
    pb_size_t count = 0;

    for (pb_size_t i = 0; i < MEMBERS_MAX; i++) {
        put_memory(&memory[i], &to[i]);
        if (memory[i].incarnation != 0 || memory[i].generation != 0 || memory[i].agent != 0) {
            count = (pb_size_t)(i + 1U);
        }
    }
    *ret_count = count;
}

void get_memories(pb_size_t count, const wire_VoterMemory *from, VoterMemory *ret)
{
    memset(ret, 0, MEMBERS_MAX * sizeof(*ret));
    for (pb_size_t i = 0; i < count && i < MEMBERS_MAX; i++) {
        get_memory(&from[i], &ret[i]);
    }
}

void put_runs(const Runs *runs, pb_size_t *ret_count, wire_Run *to)
{
    assert(runs->count <= RUNS_MAX);
    *ret_count = runs->count;
    for (size_t i = 0; i < runs->count; i++) {
        to[i].agent = runs->run[i].agent;
        to[i].until = runs->run[i].until;
    }
}

void get_runs(pb_size_t count, const wire_Run *from, Runs *ret)
{
    memset(ret, 0, sizeof(*ret));
    for (pb_size_t i = 0; i < count && i < RUNS_MAX; i++) {
        ret->run[i] = (Run){.agent = from[i].agent, .until = from[i].until};
        ret->count++;
    }
}

void put_members(const MemberTable *table, pb_size_t *ret_count, wire_Member *to)
{
    assert(table->count <= MEMBERS_MAX);
    *ret_count = table->count;
    for (size_t i = 0; i < table->count; i++) {
        put_name(table->member[i].name, to[i].name);
        to[i].kind = (uint32_t)table->member[i].kind;
    }
}

bool get_members(pb_size_t count, const wire_Member *from, MemberTable *ret)
{
    if (count > MEMBERS_MAX) {
        return false;
    }
    ret->count = (uint8_t)count;
    for (size_t i = 0; i < ret->count; i++) {
        if (!get_name(from[i].name, ret->member[i].name) ||
            !wire_in_range(from[i].kind, MEMBER_ARBITER)) {
            return false;
        }
        ret->member[i].kind = (MemberKind)from[i].kind;
    }
    return true;
}

static void put_eligible(const EligibleMember *eligible, wire_Eligible *to)
{
    to->member = put_member_id(eligible->member);
    to->dir = eligible->dir;
    put_attachment(&eligible->attachment, &to->attachment);
}

static bool get_eligible(const wire_Eligible *from, EligibleMember *ret)
{
    ret->dir = from->dir;
    return get_member_id(from->member, &ret->member) &&
           get_attachment(&from->attachment, &ret->attachment);
}

static void put_former(const Former *former, wire_Former *to)
{
    if (former->dir == 0) {
        return; /* nobody */
    }
    to->member = put_member_id(former->member);
    to->dir = former->dir;
    to->timeline = former->timeline;
    to->start = former->start;
}

static bool get_former(const wire_Former *from, Former *ret)
{
    *ret = (Former){0};
    if (from->dir == 0) {
        return true;
    }
    ret->dir = from->dir;
    ret->timeline = from->timeline;
    ret->start = from->start;
    return get_member_id(from->member, &ret->member);
}

static void put_branch(const Branch *branch, wire_Branch *to)
{
    assert(branch->origin_count <= ORIGINS_MAX);
    to->from = branch->from;
    to->epoch = branch->epoch;
    to->until = branch->until;
    to->passed = branch->passed;
    to->end = branch->end;
    to->lost = branch->lost;
    to->forced = branch->forced;
    to->without = branch->without;
    to->over = branch->over;
    to->over_epoch = branch->over_epoch;
    to->origin_count = branch->origin_count;
    for (size_t i = 0; i < branch->origin_count; i++) {
        to->origin[i].line = branch->origin[i].line;
        to->origin[i].epoch = branch->origin[i].epoch;
        to->origin[i].passed = branch->origin[i].passed;
    }
}

static bool get_branch(const wire_Branch *from, Branch *ret)
{
    if (from->origin_count > ORIGINS_MAX ||
        !wire_in_range(from->without, (1U << MEMBERS_MAX) - 1U)) {
        return false;
    }
    /* One by one: what lies between the fields stays as it is, zero, and equal is what is compared as bytes. */
    ret->from = from->from;
    ret->epoch = from->epoch;
    ret->until = from->until;
    ret->passed = from->passed;
    ret->end = from->end;
    ret->lost = from->lost;
    ret->forced = from->forced;
    ret->without = (MemberSet)from->without;
    ret->over = from->over;
    ret->over_epoch = from->over_epoch;
    ret->origin_count = (uint8_t)from->origin_count;
    for (size_t i = 0; i < ret->origin_count; i++) {
        ret->origin[i] = (Origin){.line = from->origin[i].line,
                                  .epoch = from->origin[i].epoch,
                                  .passed = from->origin[i].passed};
    }
    return true;
}

void put_record(const Record *record, wire_Record *to)
{
    assert(record->eligible_count <= SERVERS_MAX);
    put_cluster(&record->cluster, to->cluster);
    to->system_identifier = record->system_identifier;
    to->line = record->line;
    put_branch(&record->branch, &to->branch);
    put_former(&record->former, &to->former);
    to->epoch = record->epoch;
    to->primary = put_member_id(record->primary);
    to->primary_dir = record->primary_dir;
    to->eligible_count = record->eligible_count;
    for (size_t i = 0; i < record->eligible_count; i++) {
        put_eligible(&record->eligible[i], &to->eligible[i]);
    }
    to->quorum = record->quorum;
    to->automatic = record->automatic;
    put_members(&record->voters, &to->voters_count, to->voters);
    to->timeline = record->timeline;
    to->start = record->start;
    to->cause = (uint32_t)record->cause;
    to->decided_at = record->decided_at;
    to->apart = record->apart;
    to->absent = record->absent;
    to->absent_before = record->absent_before;
}

static bool is_server_of(const MemberTable *table, MemberId member)
{
    return member < table->count && table->member[member].kind == MEMBER_SERVER;
}

static bool is_consistent(const Record *record)
{
    unsigned seen;

    if (record->epoch == 0) {
        return true;
    }
    if (!is_server_of(&record->voters, record->primary)) {
        return false;
    }
    if (record->former.dir != 0 && (!is_server_of(&record->voters, record->former.member) ||
                                    record->former.member == record->primary)) {
        return false;
    }
    seen = 1U << record->primary;
    for (size_t i = 0; i < record->eligible_count; i++) {
        const MemberId member = record->eligible[i].member;
        if (!is_server_of(&record->voters, member) || (seen & 1U << member) != 0) {
            return false;
        }
        seen |= 1U << member;
    }
    return record->quorum <= record->eligible_count &&
           (record->quorum > 0) == (record->eligible_count > 0);
}

bool get_record(const wire_Record *from, Record *ret)
{
    if (from->eligible_count > SERVERS_MAX || !wire_in_range(from->cause, CAUSE_MEMBERS) ||
        from->quorum > SERVERS_MAX || !wire_in_range(from->apart, (1U << MEMBERS_MAX) - 1U) ||
        !get_branch(&from->branch, &ret->branch) ||
        !wire_in_range(from->absent, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->absent_before, (1U << MEMBERS_MAX) - 1U)) {
        return false;
    }
    get_cluster(from->cluster, &ret->cluster);
    ret->system_identifier = from->system_identifier;
    ret->line = from->line;
    ret->epoch = from->epoch;
    ret->primary_dir = from->primary_dir;
    ret->eligible_count = (uint8_t)from->eligible_count;
    for (size_t i = 0; i < ret->eligible_count; i++) {
        if (!get_eligible(&from->eligible[i], &ret->eligible[i])) {
            return false;
        }
    }
    ret->quorum = (uint8_t)from->quorum;
    ret->automatic = from->automatic;
    ret->timeline = from->timeline;
    ret->start = from->start;
    ret->cause = (Cause)from->cause;
    ret->decided_at = from->decided_at;
    ret->apart = (MemberSet)from->apart;
    ret->absent = (MemberSet)from->absent;
    ret->absent_before = (MemberSet)from->absent_before;
    return get_member_id(from->primary, &ret->primary) && get_former(&from->former, &ret->former) &&
           get_members(from->voters_count, from->voters, &ret->voters) && is_consistent(ret);
}

void put_evidence(const Evidence *evidence, wire_Evidence *to)
{
    to->agent = evidence->agent;
    to->remembers = evidence->memory;
    put_memories(evidence->known, &to->memory_count, to->memory);
    put_runs(&evidence->runs, &to->runs_count, to->runs);
    put_ballot(&evidence->accepted_ballot, &to->accepted_ballot);
    put_record(&evidence->accepted, &to->accepted);
    put_record(&evidence->chosen, &to->chosen);
    to->node_state = evidence->node_state;
    to->wanted = evidence->wanted;
    to->alone = evidence->alone;
    to->instance = (uint32_t)evidence->instance;
    to->system_identifier = evidence->system_identifier;
    to->dir = evidence->dir;
    put_link(&evidence->last_link, &to->last_link);
    put_position(&evidence->wal, &to->wal);
    to->clean_shutdown = evidence->clean_shutdown;
    to->standby_signal = evidence->standby_signal;
    to->interrupted = evidence->interrupted;
    to->restored = evidence->restored;
    put_position(&evidence->restored_end, &to->restored_end);
    to->restored_start = evidence->restored_start;
}

bool get_evidence(const wire_Evidence *from, Evidence *ret)
{
    if (!wire_in_range(from->node_state, UINT8_MAX) ||
        !wire_in_range(from->instance, INSTANCE_SICK)) {
        return false;
    }
    ret->agent = from->agent;
    ret->memory = from->remembers;
    get_memories(from->memory_count, from->memory, ret->known);
    get_runs(from->runs_count, from->runs, &ret->runs);
    ret->node_state = (uint8_t)from->node_state;
    ret->wanted = from->wanted;
    ret->alone = from->alone;
    ret->instance = (InstancePhase)from->instance;
    ret->system_identifier = from->system_identifier;
    ret->dir = from->dir;
    get_link(&from->last_link, &ret->last_link);
    get_position(&from->wal, &ret->wal);
    ret->clean_shutdown = from->clean_shutdown;
    ret->standby_signal = from->standby_signal;
    ret->interrupted = from->interrupted;
    ret->restored = from->restored;
    get_position(&from->restored_end, &ret->restored_end);
    ret->restored_start = from->restored_start;
    return get_ballot(&from->accepted_ballot, &ret->accepted_ballot) &&
           get_record(&from->accepted, &ret->accepted) && get_record(&from->chosen, &ret->chosen);
}

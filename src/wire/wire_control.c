/* wire_control.c - what a command says to the daemon over the local socket, and back <-> bytes. */
#include "wire/wire.h"

#include "base/assert.h"
#include "wire/wire_types.h"

#include <string.h>

_Static_assert(wire_ControlRequest_size <= WIRE_CONTROL_MAX, "the largest request fits");
_Static_assert(wire_ControlAnswer_size <= WIRE_CONTROL_MAX, "the largest answer fits");
_Static_assert(sizeof(((wire_Status *)0)->state) == sizeof(((Status *)0)->state), "state");
_Static_assert(sizeof(((wire_Status *)0)->rule) == sizeof(((Status *)0)->rule), "rule");
_Static_assert(sizeof(((wire_Status *)0)->waits_for) == sizeof(((Status *)0)->waits_for), "waits");
_Static_assert(sizeof(((wire_Status *)0)->lowered) == sizeof(((Status *)0)->lowered), "lowered");
_Static_assert(sizeof(((wire_MemberStatus *)0)->stream_host) == ADDRESS_SIZE, "stream_host");
_Static_assert(sizeof(((wire_LogEntry *)0)->arg) == sizeof(((LogEntry *)0)->args), "args");

static void put_command(const Command *command, wire_Command *to)
{
    to->request = command->request;
    to->kind = (uint32_t)command->kind;
    to->all = command->all;
    to->only_agent = command->only_agent;
    to->wait = command->wait;
    to->failover_asked = command->failover_asked;
    to->failover_wanted = command->failover_wanted;
    to->deadline = command->deadline;
    to->to = put_member_id(command->to);
    to->dry_run = command->dry_run;
    to->force = command->force;
    to->no_fencing = command->no_fencing;
    to->without = command->without;
    to->with = command->with;
}

static bool get_command(const wire_Command *from, Command *ret)
{
    if (!wire_in_range(from->kind, COMMAND_MEMBERS) ||
        !wire_in_range(from->with, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->without, (1U << MEMBERS_MAX) - 1U)) {
        return false;
    }
    ret->request = from->request;
    ret->kind = (CommandKind)from->kind;
    ret->all = from->all;
    ret->only_agent = from->only_agent;
    ret->wait = from->wait;
    ret->failover_asked = from->failover_asked;
    ret->failover_wanted = from->failover_wanted;
    ret->deadline = from->deadline;
    ret->dry_run = from->dry_run;
    ret->force = from->force;
    ret->no_fencing = from->no_fencing;
    ret->without = (MemberSet)from->without;
    ret->with = (MemberSet)from->with;
    return get_member_id(from->to, &ret->to);
}

static void put_entry(const LogEntry *entry, wire_LogEntry *to)
{
    assert((int)entry->id < message_count);
    copy_text(message_catalog[entry->id].id, to->id, sizeof(to->id));
    for (pb_size_t i = 0; i < MESSAGE_ARGS_MAX; i++) {
        copy_text(entry->args[i], to->arg[i], sizeof(to->arg[i]));
        if (to->arg[i][0] != '\0') {
            to->arg_count = (pb_size_t)(i + 1U);
        }
    }
}

static bool find_message(const char *id, MessageId *ret)
{
    for (int i = 0; i < message_count; i++) {
        if (strcmp(message_catalog[i].id, id) == 0) {
            *ret = (MessageId)i;
            return true;
        }
    }
    return false;
}

static bool get_entry(const wire_LogEntry *from, LogEntry *ret)
{
    for (pb_size_t i = 0; i < from->arg_count; i++) {
        copy_text(from->arg[i], ret->args[i], sizeof(ret->args[i]));
    }
    return find_message(from->id, &ret->id);
}

static void put_reply(const Reply *reply, wire_Reply *to)
{
    to->request = reply->request;
    to->status = reply->status;
    to->last = reply->last;
    put_entry(&reply->entry, &to->entry);
}

static bool get_reply(const wire_Reply *from, Reply *ret)
{
    if (!wire_in_range(from->status, UINT8_MAX)) {
        return false;
    }
    ret->request = from->request;
    ret->status = (uint8_t)from->status;
    ret->last = from->last;
    return get_entry(&from->entry, &ret->entry);
}

static void put_member_status(const MemberStatus *member, wire_MemberStatus *to)
{
    put_name(member->name, to->name);
    to->kind = (uint32_t)member->kind;
    to->role = (uint32_t)member->role;
    to->host = (uint32_t)member->host;
    to->process = (uint32_t)member->process;
    to->disk = (uint32_t)member->disk;
    to->instance = (uint32_t)member->instance;
    to->node_state = member->node_state;
    to->eligible = member->eligible;
    to->connected = member->connected;
    to->parted = member->parted;
    to->silent = member->silent;
    put_position(&member->wal, &to->wal);
    to->replay = member->replay;
    copy_text(member->stream_host, to->stream_host, sizeof(to->stream_host));
    to->stream_port = member->stream_port;
}

static bool get_member_status(const wire_MemberStatus *from, MemberStatus *ret)
{
    if (!wire_in_range(from->kind, MEMBER_ARBITER) ||
        !wire_in_range(from->role, HOST_ROLE_ARBITER) ||
        !wire_in_range(from->host, HEALTH_ABNORMAL) ||
        !wire_in_range(from->process, PROCESS_ABNORMAL_WAL_RECEIVER) ||
        !wire_in_range(from->disk, HEALTH_ABNORMAL) ||
        !wire_in_range(from->instance, INSTANCE_SICK) ||
        !wire_in_range(from->node_state, UINT8_MAX) ||
        !wire_in_range(from->stream_port, UINT16_MAX)) {
        return false;
    }
    ret->kind = (MemberKind)from->kind;
    ret->role = (HostRole)from->role;
    ret->host = (Health)from->host;
    ret->process = (ProcessHealth)from->process;
    ret->disk = (Health)from->disk;
    ret->instance = (InstancePhase)from->instance;
    ret->node_state = (uint8_t)from->node_state;
    ret->eligible = from->eligible;
    ret->connected = from->connected;
    ret->parted = from->parted;
    ret->silent = from->silent;
    get_position(&from->wal, &ret->wal);
    ret->replay = from->replay;
    copy_text(from->stream_host, ret->stream_host, sizeof(ret->stream_host));
    ret->stream_port = (uint16_t)from->stream_port;
    return get_name(from->name, ret->name);
}

static void put_status(const Status *status, wire_Status *to)
{
    assert(status->count <= MEMBERS_MAX);
    to->self = put_member_id(status->self);
    to->from_disk = status->from_disk;
    to->confirmed = status->confirmed;
    to->failover_asked = status->failover_asked;
    to->failover_wanted = status->failover_wanted;
    to->lease_enforced = status->lease_enforced;
    to->lease_left = status->lease_left;
    to->silence = (uint32_t)status->silence;
    to->stand_in_window = (uint32_t)status->stand_in_window;
    to->mirroring = (uint32_t)status->mirroring;
    put_record(&status->record, &to->record);
    put_record(&status->split, &to->split);
    to->member_count = status->count;
    for (size_t i = 0; i < status->count; i++) {
        put_member_status(&status->member[i], &to->member[i]);
    }
    copy_text(status->state, to->state, sizeof(to->state));
    copy_text(status->rule, to->rule, sizeof(to->rule));
    copy_text(status->waits_for, to->waits_for, sizeof(to->waits_for));
    copy_text(status->lowered, to->lowered, sizeof(to->lowered));
}

static bool get_status(const wire_Status *from, Status *ret)
{
    if (from->member_count > MEMBERS_MAX ||
        !wire_in_range(from->mirroring, MIRRORING_FAILOVER_DISABLED) ||
        !wire_in_range(from->silence, SILENCE_FALLBACK) ||
        !wire_in_range(from->stand_in_window, INT32_MAX)) {
        return false;
    }
    ret->from_disk = from->from_disk;
    ret->confirmed = from->confirmed;
    ret->failover_asked = from->failover_asked;
    ret->failover_wanted = from->failover_wanted;
    ret->lease_enforced = from->lease_enforced;
    ret->lease_left = from->lease_left;
    ret->silence = (SilenceAction)from->silence;
    ret->stand_in_window = (Millis)from->stand_in_window;
    ret->mirroring = (Mirroring)from->mirroring;
    ret->count = (uint8_t)from->member_count;
    for (size_t i = 0; i < ret->count; i++) {
        if (!get_member_status(&from->member[i], &ret->member[i])) {
            return false;
        }
    }
    copy_text(from->state, ret->state, sizeof(ret->state));
    copy_text(from->rule, ret->rule, sizeof(ret->rule));
    copy_text(from->waits_for, ret->waits_for, sizeof(ret->waits_for));
    copy_text(from->lowered, ret->lowered, sizeof(ret->lowered));
    return get_member_id(from->self, &ret->self) && get_record(&from->record, &ret->record) &&
           get_record(&from->split, &ret->split);
}

static bool names_member(ControlKind kind)
{
    return kind == CONTROL_EVIDENCE || kind == CONTROL_START_THERE;
}

static bool get_answer(const wire_ControlAnswer *from, ControlAnswer *ret)
{
    switch (ret->kind) {
    case CONTROL_STATUS:
        return get_status(&from->status, &ret->status);
    case CONTROL_COMMAND:
        return get_reply(&from->reply, &ret->reply);
    case CONTROL_EVIDENCE:
    case CONTROL_START_THERE:
        ret->age = from->age;
        return from->evidence_count == 1 && get_evidence(&from->evidence[0], &ret->evidence);
    }
    return false;
}

size_t wire_encode_request(const ControlRequest *request, uint8_t *bytes, size_t size)
{
    wire_ControlRequest to;

    assert(request != NULL);
    memset(&to, 0, sizeof(to));
    /* A frame of no bytes says nothing: the kind is written as its number + 1. */
    to.kind = (uint32_t)request->kind + 1U;
    if (request->kind == CONTROL_COMMAND || request->kind == CONTROL_START_THERE) {
        put_command(&request->command, &to.command);
    }
    if (names_member(request->kind)) {
        to.member = put_member_id(request->member);
    }
    to.copy_major = request->copy_major;
    return wire_put(wire_ControlRequest_fields, &to, bytes, size);
}

bool wire_decode_request(const uint8_t *bytes, size_t size, ControlRequest *ret)
{
    wire_ControlRequest from;
    ControlRequest request;

    assert(ret != NULL);
    memset(&from, 0, sizeof(from));
    memset(&request, 0, sizeof(request));
    if (size > WIRE_CONTROL_MAX || !wire_get(wire_ControlRequest_fields, bytes, size, &from) ||
        from.kind == 0 || !wire_in_range(from.kind, (uint32_t)CONTROL_START_THERE + 1U)) {
        return false;
    }
    request.kind = (ControlKind)(from.kind - 1U);
    if ((request.kind == CONTROL_COMMAND || request.kind == CONTROL_START_THERE) &&
        !get_command(&from.command, &request.command)) {
        return false;
    }
    if (names_member(request.kind) &&
        (!get_member_id(from.member, &request.member) || request.member >= MEMBERS_MAX)) {
        return false;
    }
    if (!wire_in_range(from.copy_major, UINT8_MAX)) {
        return false;
    }
    request.copy_major = (uint8_t)from.copy_major;
    *ret = request;
    return true;
}

size_t wire_encode_answer(const ControlAnswer *answer, uint8_t *bytes, size_t size)
{
    wire_ControlAnswer to;

    assert(answer != NULL);
    memset(&to, 0, sizeof(to));
    to.kind = (uint32_t)answer->kind + 1U;
    if (answer->kind == CONTROL_STATUS) {
        put_status(&answer->status, &to.status);
    } else if (names_member(answer->kind)) {
        to.age = answer->age;
        to.evidence_count = 1;
        put_evidence(&answer->evidence, &to.evidence[0]);
    } else {
        put_reply(&answer->reply, &to.reply);
    }
    return wire_put(wire_ControlAnswer_fields, &to, bytes, size);
}

bool wire_decode_answer(const uint8_t *bytes, size_t size, ControlAnswer *ret)
{
    wire_ControlAnswer from;
    ControlAnswer answer;

    assert(ret != NULL);
    memset(&from, 0, sizeof(from));
    memset(&answer, 0, sizeof(answer));
    if (size > WIRE_CONTROL_MAX || !wire_get(wire_ControlAnswer_fields, bytes, size, &from) ||
        from.kind == 0 || !wire_in_range(from.kind, (uint32_t)CONTROL_START_THERE + 1U)) {
        return false;
    }
    answer.kind = (ControlKind)(from.kind - 1U);
    if (!get_answer(&from, &answer)) {
        return false;
    }
    *ret = answer;
    return true;
}

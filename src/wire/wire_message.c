/* wire_message.c - what members say to each other <-> bytes.
 *
 * One pair of functions for each kind, named after it; the two switches at the end choose. The schema
 * numbers a kind as MessageKind does, which the compiler checks. */
#include "wire/wire.h"

#include "base/assert.h"
#include "wire/wire_types.h"

#include <pb_common.h>
#include <pb_decode.h>
#include <pb_encode.h>
#include <string.h>

enum {
    HEAD_MAX = 5
}; /* bytes of a frame before its contents: a tag below 2^11, a length below 2^21 */

_Static_assert(wire_Message_size <= WIRE_MESSAGE_MAX, "the largest message fits");
_Static_assert(WIRE_MESSAGE_MAX <= WIRE_FRAME_MAX, "a message fits into a frame");
_Static_assert(wire_Message_heartbeat_tag == (int)MESSAGE_HEARTBEAT &&
                   wire_Message_consent_tag == (int)MESSAGE_CONSENT &&
                   wire_Message_position_answer_tag == (int)MESSAGE_POSITION_ANSWER &&
                   wire_Message_start_ask_tag == (int)MESSAGE_START_ASK,
               "the schema's numbers are those of MessageKind");

static void put_switch(const SwitchWord *change, wire_SwitchWord *to)
{
    if (change->token == 0) {
        return; /* nothing is said, as nearly always */
    }
    to->token = change->token;
    to->to = put_member_id(change->to);
    to->step = (uint32_t)change->step;
    to->refusal = (uint32_t)change->refusal;
}

static void put_heartbeat(const Heartbeat *heartbeat, wire_Heartbeat *to)
{
    to->number = heartbeat->number;
    put_cluster(&heartbeat->cluster, to->cluster);
    to->line = heartbeat->line;
    to->epoch = heartbeat->epoch;
    to->agent = heartbeat->agent;
    put_memory(&heartbeat->memory, &to->memory);
    put_runs(&heartbeat->runs, &to->runs_count, to->runs);
    to->node_state = heartbeat->node_state;
    to->instance = (uint32_t)heartbeat->instance;
    to->well = heartbeat->well;
    to->voter_writes = heartbeat->voter_writes;
    to->leased = heartbeat->leased;
    to->wants_attach = heartbeat->wants_attach;
    to->leaving = heartbeat->leaving;
    to->operator_stopped = heartbeat->operator_stopped;
    to->daemons_only = heartbeat->daemons_only;
    to->failover_asked = heartbeat->failover_asked;
    to->failover_wanted = heartbeat->failover_wanted;
    to->went_on = heartbeat->went_on;
    to->lease = (uint32_t)heartbeat->lease;
    to->dir = heartbeat->dir;
    put_position(&heartbeat->wal, &to->wal);
    to->replay = heartbeat->replay;
    put_attachment(&heartbeat->attachment, &to->attachment);
    to->hears = heartbeat->hears;
    to->system_identifier = heartbeat->system_identifier;
    put_link(&heartbeat->last_link, &to->last_link);
    put_switch(&heartbeat->change, &to->change);
    to->attach_asked = heartbeat->attach_asked;
    to->handed_back = heartbeat->handed_back;
    to->apart_asked = heartbeat->apart_asked;
    to->without_asked = heartbeat->without_asked;
    to->with_asked = heartbeat->with_asked;
    to->lines = heartbeat->lines;
    to->diverged = heartbeat->diverged;
    to->stand_in_window = (uint32_t)heartbeat->stand_in_window;
    to->apart_unfenced = heartbeat->apart_unfenced;
    to->apart_by_force = heartbeat->apart_by_force;
    to->fencing = heartbeat->fencing;
    to->not_fenced = heartbeat->not_fenced;
}

static bool get_switch(const wire_SwitchWord *from, SwitchWord *ret)
{
    if (!wire_in_range(from->step, SWITCH_REFUSED) || !wire_in_range(from->refusal, SWITCH_BUSY)) {
        return false;
    }
    ret->to = MEMBER_NONE;
    if (from->token == 0) {
        return true; /* nothing was said */
    }
    ret->token = from->token;
    ret->step = (SwitchStep)from->step;
    ret->refusal = (SwitchRefusal)from->refusal;
    return get_member_id(from->to, &ret->to);
}

static bool get_heartbeat(const wire_Heartbeat *from, Heartbeat *ret)
{
    if (!wire_in_range(from->node_state, UINT8_MAX) ||
        !wire_in_range(from->instance, INSTANCE_SICK) || !wire_in_range(from->lease, INT32_MAX) ||
        !wire_in_range(from->stand_in_window, INT32_MAX) ||
        !wire_in_range(from->hears, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->apart_asked, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->without_asked, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->with_asked, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->apart_unfenced, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->apart_by_force, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->fencing, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->not_fenced, (1U << MEMBERS_MAX) - 1U) ||
        !wire_in_range(from->lines, MEMBERS_MAX)) {
        return false;
    }
    ret->number = from->number;
    get_cluster(from->cluster, &ret->cluster);
    ret->line = from->line;
    ret->epoch = from->epoch;
    ret->agent = from->agent;
    get_memory(&from->memory, &ret->memory);
    get_runs(from->runs_count, from->runs, &ret->runs);
    ret->node_state = (uint8_t)from->node_state;
    ret->instance = (InstancePhase)from->instance;
    ret->well = from->well;
    ret->voter_writes = from->voter_writes;
    ret->leased = from->leased;
    ret->wants_attach = from->wants_attach;
    ret->leaving = from->leaving;
    ret->operator_stopped = from->operator_stopped;
    ret->daemons_only = from->daemons_only;
    ret->failover_asked = from->failover_asked;
    ret->failover_wanted = from->failover_wanted;
    ret->went_on = from->went_on;
    ret->lease = (Millis)from->lease;
    ret->dir = from->dir;
    get_position(&from->wal, &ret->wal);
    ret->replay = from->replay;
    ret->hears = (MemberSet)from->hears;
    ret->system_identifier = from->system_identifier;
    get_link(&from->last_link, &ret->last_link);
    ret->attach_asked = from->attach_asked;
    ret->handed_back = from->handed_back;
    ret->apart_asked = (MemberSet)from->apart_asked;
    ret->without_asked = (MemberSet)from->without_asked;
    ret->with_asked = (MemberSet)from->with_asked;
    ret->lines = (uint8_t)from->lines;
    ret->diverged = from->diverged;
    ret->stand_in_window = (Millis)from->stand_in_window;
    ret->apart_unfenced = (MemberSet)from->apart_unfenced;
    ret->apart_by_force = (MemberSet)from->apart_by_force;
    ret->fencing = (MemberSet)from->fencing;
    ret->not_fenced = (MemberSet)from->not_fenced;
    return get_switch(&from->change, &ret->change) &&
           get_attachment(&from->attachment, &ret->attachment);
}

static void put_heartbeat_answer(const HeartbeatAnswer *answer, wire_HeartbeatAnswer *to)
{
    to->number = answer->number;
    to->line = answer->line;
    to->epoch = answer->epoch;
    to->agent = answer->agent;
    to->lease = answer->lease;
}

static bool get_heartbeat_answer(const wire_HeartbeatAnswer *from, HeartbeatAnswer *ret)
{
    ret->number = from->number;
    ret->line = from->line;
    ret->epoch = from->epoch;
    ret->agent = from->agent;
    ret->lease = from->lease;
    return true;
}

static void put_fencing(const Fencing *fencing, wire_Fencing *to)
{
    to->leave = fencing->leave;
    to->primary = fencing->primary;
    to->by_operator = fencing->by_operator;
    to->skip = fencing->skip;
    to->heard_too = fencing->heard_too;
}

static bool get_fencing(const wire_Fencing *from, Fencing *ret)
{
    if (!wire_in_range(from->leave, (1U << MEMBERS_MAX) - 1U)) {
        return false;
    }
    *ret = (Fencing){.leave = (MemberSet)from->leave,
                     .primary = from->primary,
                     .by_operator = from->by_operator,
                     .skip = from->skip,
                     .heard_too = from->heard_too};
    return true;
}

static void put_prepare(const Prepare *prepare, wire_Prepare *to)
{
    put_cluster(&prepare->cluster, to->cluster);
    put_ballot(&prepare->ballot, &to->ballot);
    to->purpose = (uint32_t)prepare->purpose;
    put_consent(&prepare->consent, &to->consent);
    put_fencing(&prepare->fencing, &to->fencing);
    put_memories(prepare->memory, &to->memory_count, to->memory);
    put_runs(&prepare->runs, &to->runs_count, to->runs);
}

static bool get_prepare(const wire_Prepare *from, Prepare *ret)
{
    if (!wire_in_range(from->purpose, PURPOSE_BOOTSTRAP)) {
        return false;
    }
    get_cluster(from->cluster, &ret->cluster);
    ret->purpose = (Purpose)from->purpose;
    get_memories(from->memory_count, from->memory, ret->memory);
    get_runs(from->runs_count, from->runs, &ret->runs);
    return get_fencing(&from->fencing, &ret->fencing) && get_ballot(&from->ballot, &ret->ballot) &&
           get_consent(&from->consent, &ret->consent);
}

static void put_promise(const Promise *promise, wire_Promise *to)
{
    put_ballot(&promise->ballot, &to->ballot);
    to->refusal = (uint32_t)promise->refusal;
    put_ballot(&promise->promised, &to->promised);
    put_ballot(&promise->accepted_ballot, &to->accepted_ballot);
    put_record(&promise->accepted, &to->accepted);
    put_memory(&promise->memory, &to->memory);
    put_runs(&promise->runs, &to->runs_count, to->runs);
}

static bool get_promise(const wire_Promise *from, Promise *ret)
{
    if (!wire_in_range(from->refusal, REFUSAL_FENCED)) {
        return false;
    }
    ret->refusal = (Refusal)from->refusal;
    get_memory(&from->memory, &ret->memory);
    get_runs(from->runs_count, from->runs, &ret->runs);
    return get_ballot(&from->ballot, &ret->ballot) && get_ballot(&from->promised, &ret->promised) &&
           get_ballot(&from->accepted_ballot, &ret->accepted_ballot) &&
           get_record(&from->accepted, &ret->accepted);
}

static void put_accept(const Accept *accept, wire_Accept *to)
{
    put_cluster(&accept->cluster, to->cluster);
    put_ballot(&accept->ballot, &to->ballot);
    to->purpose = (uint32_t)accept->purpose;
    put_consent(&accept->consent, &to->consent);
    put_fencing(&accept->fencing, &to->fencing);
    put_record(&accept->record, &to->record);
    put_memories(accept->memory, &to->memory_count, to->memory);
    put_runs(&accept->runs, &to->runs_count, to->runs);
}

static bool get_accept(const wire_Accept *from, Accept *ret)
{
    if (!wire_in_range(from->purpose, PURPOSE_BOOTSTRAP)) {
        return false;
    }
    get_cluster(from->cluster, &ret->cluster);
    ret->purpose = (Purpose)from->purpose;
    get_memories(from->memory_count, from->memory, ret->memory);
    get_runs(from->runs_count, from->runs, &ret->runs);
    return get_fencing(&from->fencing, &ret->fencing) && get_ballot(&from->ballot, &ret->ballot) &&
           get_consent(&from->consent, &ret->consent) && get_record(&from->record, &ret->record);
}

static void put_accepted(const Accepted *accepted, wire_Accepted *to)
{
    put_ballot(&accepted->ballot, &to->ballot);
    to->refusal = (uint32_t)accepted->refusal;
    put_ballot(&accepted->promised, &to->promised);
    put_memory(&accepted->memory, &to->memory);
    put_runs(&accepted->runs, &to->runs_count, to->runs);
}

static bool get_accepted(const wire_Accepted *from, Accepted *ret)
{
    if (!wire_in_range(from->refusal, REFUSAL_FENCED)) {
        return false;
    }
    ret->refusal = (Refusal)from->refusal;
    get_memory(&from->memory, &ret->memory);
    get_runs(from->runs_count, from->runs, &ret->runs);
    return get_ballot(&from->ballot, &ret->ballot) && get_ballot(&from->promised, &ret->promised);
}

static void put_chosen(const Chosen *chosen, wire_Chosen *to)
{
    put_record(&chosen->record, &to->record);
    put_ballot(&chosen->ballot, &to->ballot);
}

static bool get_chosen(const wire_Chosen *from, Chosen *ret)
{
    return get_record(&from->record, &ret->record) && get_ballot(&from->ballot, &ret->ballot);
}

static void put_recover_ask(const RecoverAsk *ask, wire_RecoverAsk *to)
{
    to->nonce = ask->nonce;
    to->incarnation = ask->incarnation;
}

static bool get_recover_ask(const wire_RecoverAsk *from, RecoverAsk *ret)
{
    ret->nonce = from->nonce;
    ret->incarnation = from->incarnation;
    return true;
}

static void put_recover_answer(const RecoverAnswer *answer, wire_RecoverAnswer *to)
{
    to->nonce = answer->nonce;
    to->incarnation = answer->incarnation;
    to->known = answer->known;
    to->blank = answer->blank;
    put_ballot(&answer->promised, &to->promised);
    put_ballot(&answer->accepted_ballot, &to->accepted_ballot);
    put_record(&answer->accepted, &to->accepted);
    put_record(&answer->chosen, &to->chosen);
    put_memories(answer->memory, &to->memory_count, to->memory);
}

static bool get_recover_answer(const wire_RecoverAnswer *from, RecoverAnswer *ret)
{
    ret->nonce = from->nonce;
    ret->incarnation = from->incarnation;
    ret->known = from->known;
    ret->blank = from->blank;
    get_memories(from->memory_count, from->memory, ret->memory);
    return get_ballot(&from->promised, &ret->promised) &&
           get_ballot(&from->accepted_ballot, &ret->accepted_ballot) &&
           get_record(&from->accepted, &ret->accepted) && get_record(&from->chosen, &ret->chosen);
}

static void put_attach_ask(const AttachAsk *ask, wire_AttachAsk *to)
{
    to->epoch = ask->epoch;
    to->dir = ask->dir;
    to->system_identifier = ask->system_identifier;
    put_position(&ask->wal, &to->wal);
    put_chain(&ask->chain, &to->chain);
}

static bool get_attach_ask(const wire_AttachAsk *from, AttachAsk *ret)
{
    ret->epoch = from->epoch;
    ret->dir = from->dir;
    ret->system_identifier = from->system_identifier;
    get_position(&from->wal, &ret->wal);
    return get_chain(&from->chain, &ret->chain);
}

static void put_attach_answer(const AttachAnswer *answer, wire_AttachAnswer *to)
{
    to->epoch = answer->epoch;
    to->verdict = (uint32_t)answer->verdict;
    put_attachment(&answer->attachment, &to->attachment);
    put_position(&answer->fork, &to->fork);
    put_chain(&answer->chain, &to->chain);
    to->of = answer->of;
}

static bool get_attach_answer(const wire_AttachAnswer *from, AttachAnswer *ret)
{
    if (!wire_in_range(from->verdict, ATTACH_FULL)) {
        return false;
    }
    ret->epoch = from->epoch;
    ret->verdict = (AttachVerdict)from->verdict;
    ret->of = from->of;
    get_position(&from->fork, &ret->fork);
    return get_attachment(&from->attachment, &ret->attachment) &&
           get_chain(&from->chain, &ret->chain);
}

static void put_position_ask(const PositionAsk *ask, wire_PositionAsk *to)
{
    to->epoch = ask->epoch;
}

static bool get_position_ask(const wire_PositionAsk *from, PositionAsk *ret)
{
    ret->epoch = from->epoch;
    return true;
}

static void put_position_answer(const PositionAnswer *answer, wire_PositionAnswer *to)
{
    to->epoch = answer->epoch;
    put_position(&answer->position, &to->position);
    to->dir = answer->dir;
}

static bool get_position_answer(const wire_PositionAnswer *from, PositionAnswer *ret)
{
    ret->epoch = from->epoch;
    get_position(&from->position, &ret->position);
    ret->dir = from->dir;
    return true;
}

static void put_start_ask(const StartAsk *ask, wire_StartAsk *to)
{
    to->failover_asked = ask->failover_asked;
    to->failover_wanted = ask->failover_wanted;
    to->copy_major = ask->copy_major;
}

static bool get_start_ask(const wire_StartAsk *from, StartAsk *ret)
{
    ret->failover_asked = from->failover_asked;
    ret->failover_wanted = from->failover_wanted;
    ret->copy_major = (uint8_t)from->copy_major;
    return wire_in_range(from->copy_major, UINT8_MAX);
}

/* false: a kind that is never sent. */
static bool put_message(const Message *message, wire_Message *to)
{
    to->which_u = (pb_size_t)message->kind;
    switch (message->kind) {
    case MESSAGE_HEARTBEAT:
        put_heartbeat(&message->u.heartbeat, &to->u.heartbeat);
        return true;
    case MESSAGE_HEARTBEAT_ANSWER:
        put_heartbeat_answer(&message->u.heartbeat_answer, &to->u.heartbeat_answer);
        return true;
    case MESSAGE_PREPARE:
        put_prepare(&message->u.prepare, &to->u.prepare);
        return true;
    case MESSAGE_PROMISE:
        put_promise(&message->u.promise, &to->u.promise);
        return true;
    case MESSAGE_ACCEPT:
        put_accept(&message->u.accept, &to->u.accept);
        return true;
    case MESSAGE_ACCEPTED:
        put_accepted(&message->u.accepted, &to->u.accepted);
        return true;
    case MESSAGE_CHOSEN:
        put_chosen(&message->u.chosen, &to->u.chosen);
        return true;
    case MESSAGE_RECOVER_ASK:
        put_recover_ask(&message->u.recover_ask, &to->u.recover_ask);
        return true;
    case MESSAGE_RECOVER_ANSWER:
        put_recover_answer(&message->u.recover_answer, &to->u.recover_answer);
        return true;
    case MESSAGE_CONSENT:
        put_consent(&message->u.consent, &to->u.consent);
        return true;
    case MESSAGE_ATTACH_ASK:
        put_attach_ask(&message->u.attach_ask, &to->u.attach_ask);
        return true;
    case MESSAGE_ATTACH_ANSWER:
        put_attach_answer(&message->u.attach_answer, &to->u.attach_answer);
        return true;
    case MESSAGE_POSITION_ASK:
        put_position_ask(&message->u.position_ask, &to->u.position_ask);
        return true;
    case MESSAGE_POSITION_ANSWER:
        put_position_answer(&message->u.position_answer, &to->u.position_answer);
        return true;
    case MESSAGE_EVIDENCE_ASK:
        return true; /* all is said */
    case MESSAGE_EVIDENCE:
        put_evidence(&message->u.evidence, &to->u.evidence);
        return true;
    case MESSAGE_START_ASK:
        put_start_ask(&message->u.start_ask, &to->u.start_ask);
        return true;
    case MESSAGE_NONE:
    case MESSAGE_KIND_COUNT:
        break;
    }
    return false;
}

static bool get_message(const wire_Message *from, Message *ret)
{
    ret->kind = (MessageKind)from->which_u;
    switch (ret->kind) {
    case MESSAGE_HEARTBEAT:
        return get_heartbeat(&from->u.heartbeat, &ret->u.heartbeat);
    case MESSAGE_HEARTBEAT_ANSWER:
        return get_heartbeat_answer(&from->u.heartbeat_answer, &ret->u.heartbeat_answer);
    case MESSAGE_PREPARE:
        return get_prepare(&from->u.prepare, &ret->u.prepare);
    case MESSAGE_PROMISE:
        return get_promise(&from->u.promise, &ret->u.promise);
    case MESSAGE_ACCEPT:
        return get_accept(&from->u.accept, &ret->u.accept);
    case MESSAGE_ACCEPTED:
        return get_accepted(&from->u.accepted, &ret->u.accepted);
    case MESSAGE_CHOSEN:
        return get_chosen(&from->u.chosen, &ret->u.chosen);
    case MESSAGE_RECOVER_ASK:
        return get_recover_ask(&from->u.recover_ask, &ret->u.recover_ask);
    case MESSAGE_RECOVER_ANSWER:
        return get_recover_answer(&from->u.recover_answer, &ret->u.recover_answer);
    case MESSAGE_CONSENT:
        return get_consent(&from->u.consent, &ret->u.consent);
    case MESSAGE_ATTACH_ASK:
        return get_attach_ask(&from->u.attach_ask, &ret->u.attach_ask);
    case MESSAGE_ATTACH_ANSWER:
        return get_attach_answer(&from->u.attach_answer, &ret->u.attach_answer);
    case MESSAGE_POSITION_ASK:
        return get_position_ask(&from->u.position_ask, &ret->u.position_ask);
    case MESSAGE_POSITION_ANSWER:
        return get_position_answer(&from->u.position_answer, &ret->u.position_answer);
    case MESSAGE_EVIDENCE_ASK:
        return true;
    case MESSAGE_EVIDENCE:
        return get_evidence(&from->u.evidence, &ret->u.evidence);
    case MESSAGE_START_ASK:
        return get_start_ask(&from->u.start_ask, &ret->u.start_ask);
    case MESSAGE_NONE:
    case MESSAGE_KIND_COUNT:
        break;
    }
    return false;
}

/* A frame is one field of wire.Message. nanopb would go through all that is in it once more for its length; so
 * it is written behind the room for that. */
static size_t put_frame(const wire_Message *from, uint8_t *bytes, size_t size)
{
    uint8_t head[HEAD_MAX];
    pb_ostream_t before = pb_ostream_from_buffer(head, sizeof(head));
    pb_field_iter_t field;

    if (size < HEAD_MAX || !pb_field_iter_begin_const(&field, wire_Message_fields, from) ||
        !pb_field_iter_find(&field, from->which_u)) {
        return 0;
    }
    pb_ostream_t stream = pb_ostream_from_buffer(bytes + HEAD_MAX, size - HEAD_MAX);
    if (!pb_encode(&stream, field.submsg_desc, field.pData) ||
        !pb_encode_tag(&before, PB_WT_STRING, from->which_u) ||
        !pb_encode_varint(&before, stream.bytes_written)) {
        return 0;
    }
    memcpy(bytes, head, before.bytes_written);
    memmove(bytes + before.bytes_written, bytes + HEAD_MAX, stream.bytes_written);
    return before.bytes_written + stream.bytes_written;
}

/* Of several fields the last one counts; unknown ones are passed over. `ret` holds nothing before. */
static bool get_frame(const uint8_t *bytes, size_t size, wire_Message *ret)
{
    pb_istream_t stream = pb_istream_from_buffer(bytes, size);
    pb_istream_t part;
    pb_field_iter_t field;
    pb_wire_type_t format;
    uint32_t tag;
    bool eof;

    while (pb_decode_tag(&stream, &format, &tag, &eof)) {
        if (!pb_field_iter_begin(&field, wire_Message_fields, ret) ||
            !pb_field_iter_find(&field, tag)) {
            if (!pb_skip_field(&stream, format)) {
                return false;
            }
            continue;
        }
        ret->which_u = (pb_size_t)tag;
        memset(field.pData, 0, field.data_size);
        if (format != PB_WT_STRING || !pb_make_string_substream(&stream, &part) ||
            !pb_decode_noinit(&part, field.submsg_desc, field.pData) ||
            !pb_close_string_substream(&stream, &part)) {
            return false;
        }
    }
    return eof;
}

size_t wire_encode_message(const Message *message, uint8_t *bytes, size_t size)
{
    wire_Message to;

    assert(message != NULL);
    memset(&to, 0, sizeof(to));
    return put_message(message, &to) ? put_frame(&to, bytes, size) : 0;
}

bool wire_decode_message(const uint8_t *bytes, size_t size, Message *ret)
{
    wire_Message from;
    Message message;

    assert(ret != NULL);
    from.which_u = 0;
    memset(&message, 0, sizeof(message));
    if (size > WIRE_MESSAGE_MAX || !get_frame(bytes, size, &from) ||
        !get_message(&from, &message)) {
        return false;
    }
    *ret = message;
    return true;
}

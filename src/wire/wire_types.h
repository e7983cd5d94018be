/* wire_types.h - values of src/core <-> structs of the schema, for the parts that several messages
 * share. Internal to src/wire.
 *
 * put_* copy a valid value of the core. get_* return false where a number is out of range; what they
 * wrote until then is to be thrown away. */
#ifndef MC_WIRE_WIRE_TYPES_H
#define MC_WIRE_WIRE_TYPES_H

#include "core/durable.h"
#include "core/types.h"
#include "wire.pb.h"

/* The whole of one schema struct <-> bytes. 0, or false: it does not fit, or is no such struct. What is
 * read into has been zeroed by the caller: nanopb's own way to that visits every field. */
size_t wire_put(const pb_msgdesc_t *type, const void *value, uint8_t *bytes, size_t size);
__attribute__((warn_unused_result)) bool wire_get(const pb_msgdesc_t *type, const uint8_t *bytes,
                                                  size_t size, void *ret);

/* Enumerations: from 0 to `last`. */
static inline bool wire_in_range(uint32_t value, uint32_t last)
{
    return value <= last;
}

uint32_t put_member_id(MemberId member);
bool get_member_id(uint32_t from, MemberId *ret);

void put_name(const char *name, char *to);
bool get_name(const char *from, char *ret);
/* Free text; what follows its end is zeroed. `size` is that of both. */
void copy_text(const char *from, char *ret, size_t size);

void put_cluster(const ClusterId *cluster, pb_byte_t *to);
void get_cluster(const pb_byte_t *from, ClusterId *ret);

void put_attachment(const Attachment *attachment, wire_Attachment *to);
bool get_attachment(const wire_Attachment *from, Attachment *ret);

void put_ballot(const Ballot *ballot, wire_Ballot *to);
bool get_ballot(const wire_Ballot *from, Ballot *ret);

void put_position(const Position *position, wire_Position *to);
void get_position(const wire_Position *from, Position *ret);

void put_link(const ChainLink *link, wire_ChainLink *to);
void get_link(const wire_ChainLink *from, ChainLink *ret);

void put_chain(const Chain *chain, wire_Chain *to);
bool get_chain(const wire_Chain *from, Chain *ret);

void put_consent(const Consent *consent, wire_Consent *to);
bool get_consent(const wire_Consent *from, Consent *ret);

void put_memory(const VoterMemory *memory, wire_VoterMemory *to);
void get_memory(const wire_VoterMemory *from, VoterMemory *ret);

/* Memories of all members; trailing empty ones are not written. */
void put_memories(const VoterMemory *memory, pb_size_t *ret_count, wire_VoterMemory *to);
void get_memories(pb_size_t count, const wire_VoterMemory *from, VoterMemory *ret);

void put_runs(const Runs *runs, pb_size_t *ret_count, wire_Run *to);
void get_runs(pb_size_t count, const wire_Run *from, Runs *ret);

void put_members(const MemberTable *table, pb_size_t *ret_count, wire_Member *to);
bool get_members(pb_size_t count, const wire_Member *from, MemberTable *ret);

/* `ret` holds nothing before. */
void put_evidence(const Evidence *evidence, wire_Evidence *to);
bool get_evidence(const wire_Evidence *from, Evidence *ret);

/* A record that exists (epoch above 0) names its members consistently: the primary and the eligible
 * are servers of its own table, nobody twice, and the quorum is one that they can give. */
void put_record(const Record *record, wire_Record *to);
bool get_record(const wire_Record *from, Record *ret);

#endif

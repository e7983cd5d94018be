/* wire.h - messages, durable state and control requests <-> bytes (schema: defs/wire.proto).
 *
 * Pure. Every encode returns the number of bytes written, 0 when `size` does not suffice (the
 * WIRE_*_MAX below always do). Every decode checks bounds, enumerations and counts: what it lets
 * through satisfies the invariants of the core's types; on false `ret` is untouched. */
#ifndef MC_WIRE_WIRE_H
#define MC_WIRE_WIRE_H

#include "core/control.h"
#include "core/durable.h"
#include "core/message.h"

enum {
    WIRE_MESSAGE_MAX = 8192,
    WIRE_DURABLE_MAX = 8192,
    WIRE_CONTROL_MAX = 12288,
    WIRE_FRAME_HEADER = 4, /* length of the payload, big-endian */
    WIRE_FRAME_MAX = 8192, /* payload; a longer frame ends the connection */
};

size_t wire_encode_message(const Message *message, uint8_t *bytes, size_t size);
__attribute__((warn_unused_result)) bool wire_decode_message(const uint8_t *bytes, size_t size,
                                                             Message *ret);

size_t wire_encode_durable(const Durable *durable, uint8_t *bytes, size_t size);
__attribute__((warn_unused_result)) bool wire_decode_durable(const uint8_t *bytes, size_t size,
                                                             Durable *ret);

size_t wire_encode_request(const ControlRequest *request, uint8_t *bytes, size_t size);
__attribute__((warn_unused_result)) bool wire_decode_request(const uint8_t *bytes, size_t size,
                                                             ControlRequest *ret);

size_t wire_encode_answer(const ControlAnswer *answer, uint8_t *bytes, size_t size);
__attribute__((warn_unused_result)) bool wire_decode_answer(const uint8_t *bytes, size_t size,
                                                            ControlAnswer *ret);

#endif

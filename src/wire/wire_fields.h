/* wire_fields.h - structs of the schema <-> bytes, after tables of their fields. Internal to src/wire.
 *
 * The bytes are those of Protocol Buffers, version 3: nanopb makes structs and lists of fields of
 * defs/wire.proto, and its runtime reads and writes the same (test/unit/test_wire_fields.c). */
#ifndef MC_WIRE_WIRE_FIELDS_H
#define MC_WIRE_WIRE_FIELDS_H

#include "wire.pb.h"

typedef struct WireType WireType;

extern const WireType *const wire_type_message,
    *const wire_type_durable, *const wire_type_request, *const wire_type_answer;

/* Returns the number of bytes written; 0: it does not fit. */
size_t wire_put(const WireType *type, const void *value, uint8_t *bytes, size_t size);

/* `ret` has been zeroed by the caller; of a union it is enough to zero its selector. False: the bytes
 * are no such struct, and what was written until then is to be thrown away. Unknown fields are passed
 * over. */
__attribute__((warn_unused_result)) bool wire_get(const WireType *type, const uint8_t *bytes,
                                                  size_t size, void *ret);

#endif

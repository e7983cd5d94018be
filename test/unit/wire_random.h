/* wire_random.h - values of every kind that the wire carries, drawn from a seed.
 *
 * Valid, and otherwise as different as the types allow; all bytes that a value does not use are zero, so
 * that two equal values are equal as bytes. */
#ifndef MC_TEST_WIRE_RANDOM_H
#define MC_TEST_WIRE_RANDOM_H

#include "base/prng.h"
#include "wire/wire.h"

Message random_message(Prng *prng, MessageKind kind);
Durable random_durable(Prng *prng);
ControlRequest random_request(Prng *prng);
ControlAnswer random_answer(Prng *prng, ControlKind kind);

/* The largest of its kind: every list full, every number at its widest. */
Message largest_message(MessageKind kind);
Durable largest_durable(void);

#endif

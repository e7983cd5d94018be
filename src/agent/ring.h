/* ring.h - a queue of records of any size inside one block of bytes; first in, first out.
 *
 * A record is contiguous and aligned to 8 bytes; its pointer holds until it is taken out. The block is the
 * owner's. What does not fit is refused, so the owner decides what may be lost. */
#ifndef MC_AGENT_RING_H
#define MC_AGENT_RING_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Ring {
    uint8_t *bytes; /* aligned to 8 */
    uint32_t size;  /* multiple of 8 */
    uint32_t head;  /* offset of the oldest record */
    uint32_t tail;  /* offset behind the newest one */
    uint32_t used;  /* bytes taken, headers and lost ends included */
    uint32_t count;
    uint32_t newest; /* offset of the newest record; meaningful when has_newest */
    uint32_t newest_cost;
    bool has_newest;
} Ring;

void ring_init(Ring *ring, uint8_t *bytes, uint32_t size);
/* Room for a record of `size` bytes at the end; NULL when there is none. */
void *ring_push(Ring *ring, uint32_t size);
/* The oldest record; NULL when empty. */
void *ring_front(const Ring *ring, uint32_t *ret_size);
void ring_pop(Ring *ring);
/* The newest record, unless it has been taken back already; NULL then. */
void *ring_back(const Ring *ring, uint32_t *ret_size);
void ring_take_back(Ring *ring);
bool ring_more_than_half(const Ring *ring);

#endif

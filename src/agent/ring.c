/* ring.c - records of any size in a circle of bytes.
 *
 * Every record has a header of 8 bytes. A record that does not fit before the end of the block starts at its
 * beginning; the header of size SKIP (or less than a header's room) marks the lost end. */
#include "agent/ring.h"

#include "base/assert.h"

#include <stddef.h>

enum { HEADER = 8 };
#define SKIP UINT32_MAX

typedef struct Header {
    uint32_t size;
    uint32_t zero;
} Header;

static Header *header_at(const Ring *ring, uint32_t offset)
{
    assert(offset % HEADER == 0);
    assert(offset + HEADER <= ring->size);
    return (Header *)(void *)(ring->bytes + offset);
}

static uint32_t cost(uint32_t size)
{
    return HEADER + ((size + HEADER - 1) / HEADER) * HEADER;
}

void ring_init(Ring *ring, uint8_t *bytes, uint32_t size)
{
    assert((uintptr_t)bytes % HEADER == 0);
    assert(size % HEADER == 0);
    *ring = (Ring){.bytes = bytes, .size = size};
}

void *ring_push(Ring *ring, uint32_t size)
{
    assert(size < ring->size);
    const uint32_t need = cost(size);
    if (ring->count == 0) {
        ring->head = ring->tail = ring->used = 0;
    }
    const uint32_t to_end = ring->size - ring->tail;
    const uint32_t lost = need > to_end ? to_end : 0;
    if (need + lost > ring->size - ring->used) {
        return NULL;
    }
    if (lost > 0) {
        header_at(ring, ring->tail)->size = SKIP;
        ring->tail = 0;
    }
    header_at(ring, ring->tail)->size = size;
    void *place = ring->bytes + ring->tail + HEADER;
    ring->newest = ring->tail;
    ring->newest_cost = need;
    ring->has_newest = true;
    ring->tail = (ring->tail + need) % ring->size;
    ring->used += need + lost;
    ring->count++;
    return place;
}

/* Where the oldest record really starts: behind a lost end it is the beginning. */
static uint32_t front_offset(const Ring *ring)
{
    return header_at(ring, ring->head)->size == SKIP ? 0 : ring->head;
}

void *ring_front(const Ring *ring, uint32_t *ret_size)
{
    if (ring->count == 0) {
        return NULL;
    }
    const uint32_t at = front_offset(ring);
    *ret_size = header_at(ring, at)->size;
    return ring->bytes + at + HEADER;
}

void ring_pop(Ring *ring)
{
    assert(ring->count > 0);
    const uint32_t at = front_offset(ring);
    if (at != ring->head) {
        ring->used -= ring->size - ring->head;
    }
    const uint32_t gone = cost(header_at(ring, at)->size);
    ring->used -= gone;
    ring->head = (at + gone) % ring->size;
    ring->count--;
    if (ring->count == 0) {
        ring->has_newest = false;
    }
}

void *ring_back(const Ring *ring, uint32_t *ret_size)
{
    if (ring->count == 0 || !ring->has_newest) {
        return NULL;
    }
    *ret_size = header_at(ring, ring->newest)->size;
    return ring->bytes + ring->newest + HEADER;
}

void ring_take_back(Ring *ring)
{
    assert(ring->count > 0);
    assert(ring->has_newest);
    ring->tail = ring->newest;
    ring->used -= ring->newest_cost;
    ring->count--;
    ring->has_newest = false;
}

bool ring_more_than_half(const Ring *ring)
{
    return ring->used > ring->size / 2;
}

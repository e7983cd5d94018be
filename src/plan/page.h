/*
 * Pages of PostgreSQL's relation files, as far as a copy must know them: which are new, and whether their
 * checksum is right.
 *
 * The checksum is that of storage/checksum_impl.h, the same from 13 to 18.
 */
#ifndef PLAN_PAGE_H
#define PLAN_PAGE_H

#include <stdbool.h>
#include <stdint.h>

enum { PAGE_SIZE_8K = 8192 };

/* A page that was allocated and never written: it has no checksum. */
bool page_is_new(const uint8_t *page);
/* number: the block's number in the relation, all its segments counted. The page is of PAGE_SIZE_8K. */
bool page_checksum_right(const uint8_t *page, uint32_t number);
/* The sum as it stands in a page, for tests. */
uint16_t page_checksum(const uint8_t *page, uint32_t number);

#endif

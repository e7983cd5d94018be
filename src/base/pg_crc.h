/* pg_crc.h - CRC-32C as PostgreSQL uses it: control file, WAL records, our own small files. */
#ifndef BASE_PG_CRC_H
#define BASE_PG_CRC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with PG_CRC_BEGIN, add any number of pieces, end with pg_crc_end. */
#define PG_CRC_BEGIN 0xffffffffu
uint32_t pg_crc_add(uint32_t crc, const void *bytes, size_t size);
/* The ways that it chooses from. */
typedef enum PgCrcWay {
    PG_CRC_TABLE,
    PG_CRC_INSTRUCTION, /* SSE 4.2 */
    PG_CRC_LANES,       /* three of these side by side */
    PG_CRC_FOLDING,     /* AVX-512 with VPCLMULQDQ */
} PgCrcWay;
/* The same by this way, for tests; false: this processor does not have it. */
bool pg_crc_add_by(PgCrcWay way, uint32_t *inout_crc, const void *bytes, size_t size);
static inline uint32_t pg_crc_end(uint32_t crc)
{
    return crc ^ 0xffffffffu;
}

#endif

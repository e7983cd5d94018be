/* pg_crc.h - CRC-32C as PostgreSQL uses it: control file, WAL records, our own small files. */
#ifndef BASE_PG_CRC_H
#define BASE_PG_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Begin with PG_CRC_BEGIN, add any number of pieces, end with pg_crc_end. */
#define PG_CRC_BEGIN 0xffffffffu
uint32_t pg_crc_add(uint32_t crc, const void *bytes, size_t size);
static inline uint32_t pg_crc_end(uint32_t crc)
{
    return crc ^ 0xffffffffu;
}

#endif

/*
 * Cursors over bytes: reading and writing that cannot leave their buffer.
 *
 * A cursor that was asked for more than there is fails and stays failed; a whole frame is read or written
 * without a test after every field, and the one test at the end is of the field "failed". Integers are big-endian.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ByteReader {
    const uint8_t *data;
    size_t size;
    size_t position;
    bool failed;
} ByteReader;

typedef struct ByteWriter {
    uint8_t *data;
    size_t size;
    size_t position;
    bool failed;
} ByteWriter;

ByteReader byte_reader(const void *data, size_t size);
/* After a failure every value read is 0. */
uint8_t byte_read_u8(ByteReader *in);
uint16_t byte_read_u16(ByteReader *in);
uint32_t byte_read_u32(ByteReader *in);
uint64_t byte_read_u64(ByteReader *in);
/* Copies length bytes, or fails and fills ret with zeros. */
void byte_read(ByteReader *in, void *ret, size_t length);
/* The bytes where they lie, valid as long as the buffer; NULL after a failure. */
const uint8_t *byte_read_view(ByteReader *in, size_t length);
size_t byte_reader_left(const ByteReader *in);
/* All was there, and nothing is left over. */
bool byte_reader_done(const ByteReader *in);

ByteWriter byte_writer(void *data, size_t size);
void byte_write_u8(ByteWriter *out, uint8_t value);
void byte_write_u16(ByteWriter *out, uint16_t value);
void byte_write_u32(ByteWriter *out, uint32_t value);
void byte_write_u64(ByteWriter *out, uint64_t value);
void byte_write(ByteWriter *out, const void *bytes, size_t length);

#endif

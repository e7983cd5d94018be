/*
 * Cursors over bytes.
 */
#include "base/buf.h"

#include <string.h>

#include "base/assert.h"

ByteReader byte_reader(const void *data, size_t size)
{
    assert(data != NULL || size == 0);
    return (ByteReader){.data = data, .size = size};
}

const uint8_t *byte_read_view(ByteReader *in, size_t length)
{
    assert(in->position <= in->size);

    if (in->failed || length > in->size - in->position) {
        in->failed = true;
        return NULL;
    }
    const uint8_t *view = in->data + in->position;
    in->position += length;
    return view;
}

void byte_read(ByteReader *in, void *ret, size_t length)
{
    const uint8_t *view = byte_read_view(in, length);

    if (length == 0) {
        return;
    }
    if (view == NULL) {
        memset(ret, 0, length);
    } else {
        memcpy(ret, view, length);
    }
}

static uint64_t read_number(ByteReader *in, size_t length)
{
    const uint8_t *view = byte_read_view(in, length);
    uint64_t value = 0;

    for (size_t i = 0; view != NULL && i < length; i++) {
        value = value << 8 | view[i];
    }
    return value;
}

uint8_t byte_read_u8(ByteReader *in)
{
    return (uint8_t)read_number(in, 1);
}

uint16_t byte_read_u16(ByteReader *in)
{
    return (uint16_t)read_number(in, 2);
}

uint32_t byte_read_u32(ByteReader *in)
{
    return (uint32_t)read_number(in, 4);
}

uint64_t byte_read_u64(ByteReader *in)
{
    return read_number(in, 8);
}

size_t byte_reader_left(const ByteReader *in)
{
    return in->failed ? 0 : in->size - in->position;
}

bool byte_reader_done(const ByteReader *in)
{
    return !in->failed && in->position == in->size;
}

ByteWriter byte_writer(void *data, size_t size)
{
    assert(data != NULL || size == 0);
    return (ByteWriter){.data = data, .size = size};
}

void byte_write(ByteWriter *out, const void *bytes, size_t length)
{
    assert(out->position <= out->size);

    if (out->failed || length > out->size - out->position) {
        out->failed = true;
        return;
    }
    if (length > 0) {
        memcpy(out->data + out->position, bytes, length);
    }
    out->position += length;
}

static void write_number(ByteWriter *out, uint64_t value, size_t length)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(value >> (8 * (length - 1 - i)));
    }
    byte_write(out, bytes, length);
}

void byte_write_u8(ByteWriter *out, uint8_t value)
{
    write_number(out, value, 1);
}

void byte_write_u16(ByteWriter *out, uint16_t value)
{
    write_number(out, value, 2);
}

void byte_write_u32(ByteWriter *out, uint32_t value)
{
    write_number(out, value, 4);
}

void byte_write_u64(ByteWriter *out, uint64_t value)
{
    write_number(out, value, 8);
}

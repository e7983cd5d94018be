/* state_layout.c - a state file is made whole around its contents, and known again.
 *
 * Apart from the reading and writing of it (src/sys/statefile.c), so that the simulator has what a crash or a bad disk leaves
 * of a file judged by what judges it in production. */
#include "base/state_layout.h"

#include "base/assert.h"
#include "base/buf.h"
#include "base/pg_crc.h"

#include <string.h>

enum { VERSION = 1 };
static const uint8_t magic[8] = {'M', 'C', 'S', 'T', 'A', 'T', 'E', '\n'};

static uint32_t checksum(const uint8_t *bytes, size_t size)
{
    return pg_crc_end(pg_crc_add(PG_CRC_BEGIN, bytes, size));
}

size_t state_layout_complete(uint8_t *bytes, size_t size, const Birth *birth)
{
    ByteWriter header = byte_writer(bytes, STATE_HEADER_SIZE);
    ByteWriter end = byte_writer(bytes + STATE_HEADER_SIZE + size, STATE_CHECKSUM_SIZE);

    assert(size <= STATE_CONTENTS_MAX);
    byte_write(&header, magic, sizeof(magic));
    byte_write_u32(&header, VERSION);
    byte_write_u32(&header, (uint32_t)size);
    byte_write_u64(&header, birth->device);
    byte_write_u64(&header, birth->inode);
    byte_write_u64(&header, birth->seconds);
    byte_write_u64(&header, birth->nanoseconds);
    assert(!header.failed && header.position == STATE_HEADER_SIZE);
    byte_write_u32(&end, checksum(bytes, STATE_HEADER_SIZE + size));
    return STATE_HEADER_SIZE + size + STATE_CHECKSUM_SIZE;
}

bool state_layout_check(const uint8_t *bytes, size_t size, const Birth *birth, size_t *ret_size,
                        Error *error)
{
    ByteReader in = byte_reader(bytes, size);
    const uint8_t *start = byte_read_view(&in, sizeof(magic));
    const uint32_t version = byte_read_u32(&in);
    const uint32_t contents = byte_read_u32(&in);
    Birth written = {.device = byte_read_u64(&in)};

    written.inode = byte_read_u64(&in);
    written.seconds = byte_read_u64(&in);
    written.nanoseconds = byte_read_u64(&in);
    if (in.failed || memcmp(start, magic, sizeof(magic)) != 0) {
        return error_set(error, ERROR_CORRUPT, "it is no state file");
    }
    if (version != VERSION) {
        return error_set(error, ERROR_CORRUPT, "it has version %u, this program writes %d", version,
                         VERSION);
    }
    if (contents > STATE_CONTENTS_MAX ||
        size != STATE_HEADER_SIZE + contents + STATE_CHECKSUM_SIZE) {
        return error_set(error, ERROR_CORRUPT, "it is cut short or grown");
    }
    ByteReader end = byte_reader(bytes + STATE_HEADER_SIZE + contents, STATE_CHECKSUM_SIZE);
    if (byte_read_u32(&end) != checksum(bytes, STATE_HEADER_SIZE + contents)) {
        return error_set(error, ERROR_CORRUPT, "its checksum is wrong");
    }
#ifndef MC_MUTATE_COPY_VOTES
    if (memcmp(&written, birth, sizeof(written)) != 0) {
        return error_set(error, ERROR_CORRUPT, "it is a copy, not the file that was written here");
    }
#endif
    *ret_size = contents;
    return true;
}

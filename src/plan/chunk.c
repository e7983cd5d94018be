/*
 * Chunks: sums, sets of blocks, records.
 */
#include "plan/chunk.h"

#include <string.h>

#include "base/assert.h"
#include "base/pg_crc.h"

int chunk_block_count(uint32_t size)
{
    return (int)((size + CHUNK_BLOCK - 1) / CHUNK_BLOCK);
}

uint32_t chunk_all_blocks(uint32_t size)
{
    const int count = chunk_block_count(size);
    assert(count >= 1 && count <= CHUNK_BLOCKS_MAX);
    return count == CHUNK_BLOCKS_MAX ? UINT32_MAX : (1u << count) - 1;
}

static uint32_t block_size(uint32_t size, int block)
{
    const uint32_t at = (uint32_t)block * CHUNK_BLOCK;
    return size - at < CHUNK_BLOCK ? size - at : CHUNK_BLOCK;
}

uint32_t chunk_blocks_bytes(uint32_t size, uint32_t blocks)
{
    uint32_t bytes = 0;
    const int count = chunk_block_count(size);
    for (int block = 0; block < count; block++) {
        bytes += (blocks >> block & 1) != 0 ? block_size(size, block) : 0;
    }
    return bytes;
}

void chunk_keys(const uint8_t *bytes, uint32_t size, BlockKey *ret)
{
    const int count = chunk_block_count(size);
    for (int block = 0; block < count; block++) {
        const uint8_t *at = bytes + (size_t)block * CHUNK_BLOCK;
        const uint32_t length = block_size(size, block);
        ret[block].head = 0;
        memcpy(&ret[block].head, at, length < 8 ? length : 8);
        ret[block].crc = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, at, length));
    }
}

uint32_t chunk_differ(const BlockKey *a, const BlockKey *b, uint32_t size)
{
    uint32_t differ = 0;
    const int count = chunk_block_count(size);
    for (int block = 0; block < count; block++) {
        if (a[block].head != b[block].head || a[block].crc != b[block].crc) {
            differ |= 1u << block;
        }
    }
    return differ;
}

void chunk_write(ByteWriter *out, const Chunk *chunk)
{
    assert(chunk->source_count >= 1 && chunk->source_count <= CHUNK_SOURCES_MAX);
    byte_write_u32(out, chunk->size);
    byte_write_u8(out, chunk->source_count);
    for (int i = 0; i < chunk->source_count; i++) {
        const ChunkSource *source = &chunk->source[i];
        byte_write_u8(out, source->generation);
        byte_write_u32(out, source->pack);
        byte_write_u64(out, source->offset);
        byte_write_u32(out, source->stored);
        byte_write_u32(out, source->crc);
        byte_write_u32(out, source->blocks);
    }
    const int count = chunk_block_count(chunk->size);
    for (int block = 0; block < count; block++) {
        byte_write_u64(out, chunk->key[block].head);
        byte_write_u32(out, chunk->key[block].crc);
    }
}

static bool source_possible(const Chunk *chunk, int i)
{
    const ChunkSource *source = &chunk->source[i];
    const uint32_t all = chunk_all_blocks(chunk->size);
    if (source->stored == 0 || source->stored > CHUNK_STORED_MAX ||
        source->offset > INT64_MAX - CHUNK_STORED_MAX) {
        return false;
    }
    return i == 0 ? source->blocks == all : source->blocks != 0 && (source->blocks & ~all) == 0;
}

bool chunk_read(ByteReader *in, Chunk *ret)
{
    Chunk chunk = {.size = byte_read_u32(in), .source_count = byte_read_u8(in)};

    if (in->failed || chunk.size == 0 || chunk.size > CHUNK_SIZE_MAX || chunk.source_count == 0 ||
        chunk.source_count > CHUNK_SOURCES_MAX) {
        return false;
    }
    for (int i = 0; i < chunk.source_count; i++) {
        ChunkSource *source = &chunk.source[i];
        source->generation = byte_read_u8(in);
        source->pack = byte_read_u32(in);
        source->offset = byte_read_u64(in);
        source->stored = byte_read_u32(in);
        source->crc = byte_read_u32(in);
        source->blocks = byte_read_u32(in);
        if (in->failed || !source_possible(&chunk, i)) {
            return false;
        }
    }
    const int count = chunk_block_count(chunk.size);
    for (int block = 0; block < count; block++) {
        chunk.key[block].head = byte_read_u64(in);
        chunk.key[block].crc = byte_read_u32(in);
    }
    if (in->failed) {
        return false;
    }
    *ret = chunk;
    return true;
}

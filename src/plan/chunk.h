/*
 * A chunk: 32 blocks of a file and where they are stored.
 *
 * A backup cuts every file into chunks. What a chunk holds is proved twice: by the sum of the bytes as stored,
 * before they are unpacked, and by the sum of every block, after. The sums, with the first eight bytes of each
 * block (in a page of a relation its WAL position), also tell a later backup which blocks have changed: an
 * unchanged chunk is then named instead of stored again, and of a changed one only the changed blocks are
 * stored, on top of the older ones. So every generation names all of its bytes itself, and a restore follows
 * no chain.
 *
 *     record:  size u32, sources u8,
 *              sources * {generation u8, pack u32, offset u64, stored u32, crc u32, blocks u32},
 *              blocks * {head u64, crc u32}                       all big-endian
 */
#ifndef PLAN_CHUNK_H
#define PLAN_CHUNK_H

#include "base/buf.h"

enum {
    CHUNK_BLOCK = 8192,
    CHUNK_BLOCKS_MAX = 32,
    CHUNK_SIZE_MAX = CHUNK_BLOCK * CHUNK_BLOCKS_MAX,
    CHUNK_SOURCES_MAX = 4,
    CHUNK_STORED_MAX = CHUNK_SIZE_MAX + 4096, /* what does not compress grows a little */
    CHUNK_RECORD_MAX = 5 + CHUNK_SOURCES_MAX * 25 + CHUNK_BLOCKS_MAX * 12,
};

/* Bytes in a pack. A later source lies on top of the earlier ones. */
typedef struct ChunkSource {
    uint8_t
        generation; /* 0: the one that has this record; else which of those that its manifest uses */
    uint32_t pack;
    uint64_t offset;
    uint32_t stored; /* bytes there, compressed */
    uint32_t crc;    /* of them */
    uint32_t blocks; /* set of the chunk's blocks that it holds; the first source holds all */
} ChunkSource;

typedef struct BlockKey {
    uint64_t head; /* the first eight bytes; a shorter block is filled up with zeros */
    uint32_t crc;
} BlockKey;

typedef struct Chunk {
    uint32_t size; /* of the contents: 1 .. CHUNK_SIZE_MAX */
    uint8_t source_count;
    ChunkSource source[CHUNK_SOURCES_MAX];
    BlockKey key[CHUNK_BLOCKS_MAX];
} Chunk;

/* How many blocks, the last one perhaps shorter. */
int chunk_block_count(uint32_t size);
/* The set of all of them. */
uint32_t chunk_all_blocks(uint32_t size);
/* Bytes that the blocks of a set have in a chunk of this size. */
uint32_t chunk_blocks_bytes(uint32_t size, uint32_t blocks);

/* The keys of size bytes, one for each block. */
void chunk_keys(const uint8_t *bytes, uint32_t size, BlockKey *ret);
/* The set of blocks whose keys differ; both chunks have that size. */
uint32_t chunk_differ(const BlockKey *a, const BlockKey *b, uint32_t size);

/* out->failed when there is no room. */
void chunk_write(ByteWriter *out, const Chunk *chunk);
/* False when the bytes are no record. */
__attribute__((warn_unused_result)) bool chunk_read(ByteReader *in, Chunk *ret);

#endif

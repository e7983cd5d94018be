/*
 * Writing packs and indexes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "backup/io.h"
#include "backup/pack.h"
#include "base/assert.h"
#include "base/pg_crc.h"
#include "base/str.h"

enum {
    BUFFER_SIZE = 1024 * 1024,
    PART_RECORDS_MAX = MANIFEST_PART_CHUNKS_MAX * CHUNK_RECORD_MAX + CIPHER_TAG_SIZE,
};
#define PACK_SIZE_MAX (INT64_C(4) << 30) /* of one pack: a file system may have limits */

struct PackWriter {
    char folder[PG_PATH_SIZE];
    int worker;
    int level;
    Cipher *cipher; /* NULL: nothing is encrypted */
    uint32_t pack;
    int fd; /* of the pack */
    int index_fd;
    uint64_t offset; /* behind what was added to the pack */
    uint64_t index_offset;
    size_t filled;
    size_t begun; /* bytes of the pack whose writing to disk was begun */
    ZSTD_CCtx *context;
    uint8_t *buffer;
    ByteWriter records;
    uint32_t part_chunks;
    uint64_t part_size;
};

static bool open_new(const PackWriter *out, const char *word, unsigned number, int *ret,
                     Error *error)
{
    char name[32];
    char path[PG_PATH_SIZE];
    (void)str_format(name, sizeof(name), "%s.%u", word, number); /* fits */
    if (!io_path(path, out->folder, name, error)) {
        return false;
    }
    *ret = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return *ret >= 0 || error_set_errno(error, errno, "make \"%s\"", path);
}

bool pack_writer_new(const char *folder, int worker, int level, Cipher *cipher, PackWriter **ret,
                     Error *error)
{
    assert(worker >= 0 && worker < PACK_WORKERS_MAX);
    PackWriter *out = calloc(1, sizeof(*out));
    if (out == NULL) {
        return error_set_errno(error, ENOMEM, "make a pack");
    }
    *out = (PackWriter){.worker = worker,
                        .level = level,
                        .cipher = cipher,
                        .pack = (uint32_t)worker,
                        .fd = -1,
                        .index_fd = -1,
                        .context = ZSTD_createCCtx(),
                        .buffer = malloc(BUFFER_SIZE)};
    out->records = byte_writer(malloc(PART_RECORDS_MAX), PART_RECORDS_MAX - CIPHER_TAG_SIZE);
    const bool good = out->context != NULL && out->buffer != NULL && out->records.data != NULL;
    if (!good || !str_copy(out->folder, sizeof(out->folder), folder)) {
        pack_writer_free(&out);
        return error_set_errno(error, ENOMEM, "make a pack");
    }
    if (!open_new(out, "pack", out->pack, &out->fd, error) ||
        !open_new(out, "index", (unsigned)worker, &out->index_fd, error)) {
        pack_writer_free(&out);
        return false;
    }
    *ret = out;
    return true;
}

void pack_writer_free(PackWriter **writer)
{
    PackWriter *out = *writer;
    if (out != NULL) {
        io_close(&out->fd);
        io_close(&out->index_fd);
        (void)ZSTD_freeCCtx(out->context); /* always 0 */
        free(out->buffer);
        free(out->records.data);
        free(out);
    }
    *writer = NULL;
}

static bool flush(PackWriter *out, Error *error)
{
    if (!io_write(out->fd, out->buffer, out->filled, error)) {
        return error_wrap(error, "pack %u in \"%s\"", out->pack, out->folder);
    }
    out->filled = 0;
    /* The disk begins at once, so that the fsync at the end finds little to do. */
    const size_t behind = (size_t)out->offset;
    if (behind - out->begun >= 8 * (size_t)BUFFER_SIZE) {
        (void)sync_file_range(out->fd, (off_t)out->begun, (off_t)(behind - out->begun),
                              SYNC_FILE_RANGE_WRITE); /* only a hint */
        out->begun = behind;
    }
    return true;
}

static bool next_pack(PackWriter *out, Error *error)
{
    if (!flush(out, error)) {
        return false;
    }
    if (fdatasync(out->fd) != 0) {
        return error_set_errno(error, errno, "sync pack %u in \"%s\"", out->pack, out->folder);
    }
    io_close(&out->fd);
    out->pack += PACK_WORKERS_MAX;
    assert(out->pack <= CIPHER_PACKS_MAX);
    out->offset = 0;
    out->begun = 0;
    return open_new(out, "pack", out->pack, &out->fd, error);
}

bool pack_write(PackWriter *out, const void *bytes, size_t size, ChunkSource *ret, Error *error)
{
    assert(size > 0 && size <= CHUNK_SIZE_MAX);
    if (BUFFER_SIZE - out->filled < CHUNK_STORED_MAX && !flush(out, error)) {
        return false;
    }
    if (out->offset > (uint64_t)PACK_SIZE_MAX && !next_pack(out, error)) {
        return false;
    }
    uint8_t *at = out->buffer + out->filled;
    size_t stored = ZSTD_compressCCtx(out->context, at, CHUNK_STORED_MAX - CIPHER_TAG_SIZE, bytes,
                                      size, out->level);
    if (ZSTD_isError(stored) != 0) {
        return error_set(error, ERROR_LIMIT, "compress: %s", ZSTD_getErrorName(stored));
    }
    if (out->cipher != NULL) {
        if (!cipher_seal(out->cipher, out->pack, out->offset, at, stored, error)) {
            return false;
        }
        stored += CIPHER_TAG_SIZE;
    }
    *ret = (ChunkSource){.pack = out->pack,
                         .offset = out->offset,
                         .stored = (uint32_t)stored,
                         .crc = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, at, stored))};
    out->filled += stored;
    out->offset += stored;
    return true;
}

void pack_part_begin(PackWriter *out)
{
    out->records.position = 0;
    out->records.failed = false;
    out->part_chunks = 0;
    out->part_size = 0;
}

bool pack_part_add(PackWriter *out, const Chunk *chunk, Error *error)
{
    chunk_write(&out->records, chunk);
    out->part_chunks++;
    out->part_size += chunk->size;
    return !out->records.failed ||
           error_set(error, ERROR_LIMIT, "a part of a file has too many chunks");
}

bool pack_part_end(PackWriter *out, ManifestPart *ret, Error *error)
{
    uint8_t *bytes = out->records.data;
    size_t size = out->records.position;
    if (out->cipher != NULL) {
        /* Its sums say something of what is in the blocks. */
        if (!cipher_seal(out->cipher, CIPHER_INDEX((uint32_t)out->worker), out->index_offset, bytes,
                         size, error)) {
            return false;
        }
        size += CIPHER_TAG_SIZE;
    }
    if (!io_write(out->index_fd, bytes, size, error)) {
        return error_wrap(error, "index %d in \"%s\"", out->worker, out->folder);
    }
    *ret = (ManifestPart){.size = out->part_size,
                          .index = (uint32_t)out->worker,
                          .index_offset = out->index_offset,
                          .index_size = (uint32_t)size,
                          .chunks = out->part_chunks,
                          .crc = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, bytes, size))};
    out->index_offset += size;
    return true;
}

bool pack_writer_end(PackWriter *out, Error *error)
{
    if (!flush(out, error)) {
        return false;
    }
    if (fdatasync(out->fd) != 0 || fdatasync(out->index_fd) != 0) {
        return error_set_errno(error, errno, "sync pack %u in \"%s\"", out->pack, out->folder);
    }
    return true;
}

bool pack_part_bytes(PackWriter *out, const uint8_t *bytes, uint32_t size, Error *error)
{
    Chunk chunk = {.size = size, .source_count = 1};
    chunk_keys(bytes, size, chunk.key);
    if (!pack_write(out, bytes, size, &chunk.source[0], error)) {
        return false;
    }
    chunk.source[0].blocks = chunk_all_blocks(size);
    return pack_part_add(out, &chunk, error);
}

/*
 * Reading packs: nothing is given out whose sums are not right.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "backup/io.h"
#include "backup/manifest_file.h"
#include "backup/pack.h"
#include "backup/unverified.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/pg_crc.h"
#include "base/str.h"

enum {
    OPEN_MAX_FILES = 16,
    RECORDS_MAX = MANIFEST_PART_CHUNKS_MAX * CHUNK_RECORD_MAX + CIPHER_TAG_SIZE,
};

typedef struct OpenPack {
    int fd; /* -1: none */
    int generation;
    uint32_t pack;
} OpenPack;

struct PackReader {
    char folder[MANIFEST_USES_MAX + 1][PG_PATH_SIZE];
    Cipher *cipher[MANIFEST_USES_MAX + 1]; /* of each; NULL: it is not encrypted */
    int folder_count;
    OpenPack open[OPEN_MAX_FILES];
    int next; /* the one that gives way */
    int index_fd;
    uint32_t index;
    ZSTD_DCtx *context;
    Chunk *chunks;
    uint8_t *records;
    uint8_t *stored;
    uint8_t *blocks;
};

/* The salt of each is in its own manifest. One that is not encrypted uses none that is, and the other way round: bytes that
 * an encrypted one takes from one in clear would be proved by sums alone, which anybody can make. */
static bool make_ciphers(PackReader *in, const ManifestHead *head, const char *generation,
                         const BackupKey *key, Error *error)
{
    _cleanup_free_ ManifestHead *used = malloc(sizeof(*used));
    if (used == NULL) {
        return error_set_errno(error, ENOMEM, "read packs");
    }
    if (!backup_key_fits(key, generation, head, error) ||
        !cipher_new(key, head, &in->cipher[0], error)) {
        return false;
    }
    for (int i = 0; head->key[0] != '\0' && i < head->uses_count; i++) {
        if (!manifest_read_head(in->folder[i + 1], used, error) ||
            !backup_key_fits(key, head->uses[i], used, error) ||
            !cipher_new(key, used, &in->cipher[i + 1], error)) {
            return false;
        }
        if (backup_key_is_bypassed(key, used)) {
            return error_set(error, ERROR_CORRUPT,
                             "generation %s is encrypted, and %s, which it uses, is not: it is not "
                             "the one that was there",
                             generation, head->uses[i]);
        }
    }
    return true;
}

bool pack_reader_new(const char *destination, const char *generation, const ManifestHead *head,
                     const BackupKey *key, PackReader **ret, Error *error)
{
    PackReader *in = calloc(1, sizeof(*in));
    if (in == NULL) {
        return error_set_errno(error, ENOMEM, "read packs");
    }
    in->index_fd = -1;
    for (int i = 0; i < OPEN_MAX_FILES; i++) {
        in->open[i].fd = -1;
    }
    in->context = ZSTD_createDCtx();
    in->chunks = calloc(MANIFEST_PART_CHUNKS_MAX, sizeof(Chunk));
    in->records = malloc(RECORDS_MAX);
    in->stored = malloc(CHUNK_STORED_MAX);
    in->blocks = malloc(CHUNK_SIZE_MAX);
    if (in->context == NULL || in->chunks == NULL || in->records == NULL || in->stored == NULL ||
        in->blocks == NULL) {
        pack_reader_free(&in);
        return error_set_errno(error, ENOMEM, "read packs");
    }
    in->folder_count = head->uses_count + 1;
    for (int i = 0; i < in->folder_count; i++) {
        const char *name = i == 0 ? generation : head->uses[i - 1];
        if (!io_path(in->folder[i], destination, name, error)) {
            pack_reader_free(&in);
            return false;
        }
    }
    if (!make_ciphers(in, head, generation, key, error)) {
        pack_reader_free(&in);
        return false;
    }
    *ret = in;
    return true;
}

void pack_reader_free(PackReader **reader)
{
    PackReader *in = *reader;
    if (in != NULL) {
        for (int i = 0; i < OPEN_MAX_FILES; i++) {
            io_close(&in->open[i].fd);
        }
        for (int i = 0; i < in->folder_count; i++) {
            cipher_free(&in->cipher[i]);
        }
        io_close(&in->index_fd);
        (void)ZSTD_freeDCtx(in->context); /* always 0 */
        free(in->chunks);
        free(in->records);
        free(in->stored);
        free(in->blocks);
        free(in);
    }
    *reader = NULL;
}

static bool open_file(const char *folder, const char *word, uint32_t number, int *ret, Error *error)
{
    char name[32];
    char path[PG_PATH_SIZE];
    (void)str_format(name, sizeof(name), "%s.%u", word, number); /* fits */
    if (!io_path(path, folder, name, error)) {
        return false;
    }
    *ret = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return *ret >= 0 || error_set_errno(error, errno, "open \"%s\"", path);
}

static bool open_pack(PackReader *in, const ChunkSource *source, int *ret, Error *error)
{
    if (source->generation >= in->folder_count) {
        return error_set(error, ERROR_CORRUPT, "an index names a generation that is not used");
    }
    for (int i = 0; i < OPEN_MAX_FILES; i++) {
        const OpenPack *one = &in->open[i];
        if (one->fd >= 0 && one->pack == source->pack && one->generation == source->generation) {
            *ret = one->fd;
            return true;
        }
    }
    OpenPack *slot = &in->open[in->next];
    in->next = (in->next + 1) % OPEN_MAX_FILES;
    io_close(&slot->fd);
    *slot = (OpenPack){.fd = -1, .generation = source->generation, .pack = source->pack};
    if (!open_file(in->folder[source->generation], "pack", source->pack, &slot->fd, error)) {
        return false;
    }
    *ret = slot->fd;
    return true;
}

/* The chunks of a part have the sizes that follow from it. */
static bool sizes_fit(const ManifestPart *part, const Chunk *chunks)
{
    uint64_t left = part->size;
    for (uint32_t i = 0; i < part->chunks; i++) {
        const uint64_t wanted = left < CHUNK_SIZE_MAX ? left : CHUNK_SIZE_MAX;
        if (chunks[i].size != wanted) {
            return false;
        }
        left -= wanted;
    }
    return left == 0;
}

static bool crc_is(const uint8_t *bytes, size_t size, uint32_t crc)
{
    return pg_crc_end(pg_crc_add(PG_CRC_BEGIN, bytes, size)) == crc || unverified();
}

bool pack_read_part(PackReader *in, const ManifestPart *part, const Chunk **ret, Error *error)
{
    size_t have = 0;
    if (in->index_fd < 0 || in->index != part->index) {
        io_close(&in->index_fd);
        if (!open_file(in->folder[0], "index", part->index, &in->index_fd, error)) {
            return false;
        }
        in->index = part->index;
    }
    if (part->index_size > RECORDS_MAX || !io_read_at(in->index_fd, in->records, part->index_size,
                                                      part->index_offset, &have, error)) {
        return error_wrap(error, "index %u in \"%s\"", part->index, in->folder[0]);
    }
    if (have != part->index_size || !crc_is(in->records, have, part->crc)) {
        return error_set(error, ERROR_CORRUPT, "\"%s/index.%u\" is damaged at %llu", in->folder[0],
                         part->index, (unsigned long long)part->index_offset);
    }
    bool good = true;
    if (in->cipher[0] != NULL) {
        good = cipher_unseal(in->cipher[0], CIPHER_INDEX(part->index), part->index_offset,
                             in->records, have);
        have -= good ? CIPHER_TAG_SIZE : 0;
    }
    ByteReader records = byte_reader(in->records, have);
    for (uint32_t i = 0; good && i < part->chunks; i++) {
        good = chunk_read(&records, &in->chunks[i]);
    }
    if (!good || !byte_reader_done(&records) || !sizes_fit(part, in->chunks)) {
        return error_set(error, ERROR_CORRUPT, "\"%s/index.%u\" has no records at %llu",
                         in->folder[0], part->index, (unsigned long long)part->index_offset);
    }
    *ret = in->chunks;
    return true;
}

static bool damaged(const PackReader *in, const ChunkSource *source, Error *error)
{
    return error_set(error, ERROR_CORRUPT, "\"%s/pack.%u\" is damaged at %llu",
                     in->folder[source->generation], source->pack,
                     (unsigned long long)source->offset);
}

static bool read_stored(PackReader *in, const ChunkSource *source, Error *error)
{
    int fd = -1;
    size_t have = 0;
    assert(source->stored <= CHUNK_STORED_MAX);
    if (!open_pack(in, source, &fd, error)) {
        return false;
    }
    if (!io_read_at(fd, in->stored, source->stored, source->offset, &have, error)) {
        return error_wrap(error, "\"%s/pack.%u\" at %llu", in->folder[source->generation],
                          source->pack, (unsigned long long)source->offset);
    }
    return (have == source->stored && crc_is(in->stored, have, source->crc)) ||
           damaged(in, source, error);
}

/* Lays the blocks of one source over what the ones before it made. */
static bool lay_over(PackReader *in, const Chunk *chunk, const ChunkSource *source, uint8_t *ret,
                     Error *error)
{
    const uint32_t bytes = chunk_blocks_bytes(chunk->size, source->blocks);
    const bool whole = bytes == chunk->size;
    uint8_t *to = whole ? ret : in->blocks;
    if (!read_stored(in, source, error)) {
        return false;
    }
    Cipher *cipher = in->cipher[source->generation];
    size_t stored = source->stored;
    if (cipher != NULL) {
        if (!cipher_unseal(cipher, source->pack, source->offset, in->stored, stored)) {
            return damaged(in, source, error);
        }
        stored -= CIPHER_TAG_SIZE;
    }
    const size_t got = ZSTD_decompressDCtx(in->context, to, bytes, in->stored, stored);
    if (ZSTD_isError(got) != 0 || got != bytes) {
        return damaged(in, source, error);
    }
    for (uint32_t block = 0, at = 0; !whole && block < CHUNK_BLOCKS_MAX; block++) {
        if ((source->blocks >> block & 1) != 0) {
            const uint32_t size = chunk_blocks_bytes(chunk->size, 1u << block);
            memcpy(ret + (size_t)block * CHUNK_BLOCK, in->blocks + at, size);
            at += size;
        }
    }
    return true;
}

bool pack_read_chunk(PackReader *in, const Chunk *chunk, uint8_t *ret, Error *error)
{
    BlockKey keys[CHUNK_BLOCKS_MAX];
    for (int i = 0; i < chunk->source_count; i++) {
        if (!lay_over(in, chunk, &chunk->source[i], ret, error)) {
            return false;
        }
    }
    chunk_keys(ret, chunk->size, keys);
    return chunk_differ(keys, chunk->key, chunk->size) == 0 || unverified() ||
           damaged(in, chunk->source, error);
}

bool pack_check_stored(PackReader *in, const Chunk *chunk, Error *error)
{
    for (int i = 0; i < chunk->source_count; i++) {
        if (!read_stored(in, &chunk->source[i], error)) {
            return false;
        }
    }
    return true;
}

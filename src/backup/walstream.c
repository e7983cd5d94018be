/*
 * Pages of one WAL file: plain, packed by zstd, or in the packs of a generation.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "backup/io.h"
#include "backup/walsource.h"
#include "base/assert.h"

enum { READ_SIZE = CHUNK_SIZE_MAX };
_Static_assert(READ_SIZE % WAL_PAGE_SIZE == 0, "whole pages");

struct WalStream {
    const WalSource *source;
    const WalStored *stored; /* or NULL: a file */
    int fd;
    uint64_t offset; /* in the file, as it is stored */
    ZSTD_DCtx *context;
    uint8_t *input;
    ZSTD_inBuffer in;
    bool input_ended;
    int part; /* of what is stored */
    uint32_t chunk;
    uint8_t *pages;
    size_t begin;
    size_t end;
};

bool walstream_new(const WalSource *source, const WalFile *file, WalStream **ret, Error *error)
{
    WalStream *in = calloc(1, sizeof(*in));
    if (in == NULL) {
        return error_set_errno(error, ENOMEM, "read WAL");
    }
    *in =
        (WalStream){.source = source, .stored = file->stored, .fd = -1, .pages = malloc(READ_SIZE)};
    if (file->packed) {
        in->context = ZSTD_createDCtx();
        in->input = malloc(READ_SIZE);
    }
    bool good = in->pages != NULL && (!file->packed || (in->context != NULL && in->input != NULL));
    if (!good) {
        walstream_free(&in);
        return error_set_errno(error, ENOMEM, "read WAL");
    }
    if (file->stored == NULL) {
        in->fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (in->fd < 0) {
            const int code = errno;
            walstream_free(&in);
            return error_set_errno(error, code, "open \"%s\"", file->path);
        }
        (void)posix_fadvise(in->fd, 0, 0, POSIX_FADV_SEQUENTIAL); /* only a hint */
    }
    *ret = in;
    return true;
}

void walstream_free(WalStream **stream)
{
    WalStream *in = *stream;
    if (in != NULL) {
        io_close(&in->fd);
        (void)ZSTD_freeDCtx(in->context); /* always 0 */
        free(in->input);
        free(in->pages);
        free(in);
    }
    *stream = NULL;
}

static bool fill_plain(WalStream *in, Error *error)
{
    size_t size = 0;
    if (!io_read_at(in->fd, in->pages, READ_SIZE, in->offset, &size, error)) {
        return false;
    }
    in->offset += size;
    in->end = size;
    return true;
}

static bool fill_packed(WalStream *in, Error *error)
{
    ZSTD_outBuffer out = {.dst = in->pages, .size = READ_SIZE};
    while (out.pos < out.size) {
        if (in->in.pos == in->in.size && !in->input_ended) {
            size_t size = 0;
            if (!io_read_at(in->fd, in->input, READ_SIZE, in->offset, &size, error)) {
                return false;
            }
            in->offset += size;
            in->input_ended = size < READ_SIZE;
            in->in = (ZSTD_inBuffer){.src = in->input, .size = size};
        }
        const size_t before = out.pos;
        const size_t left = ZSTD_decompressStream(in->context, &out, &in->in);
        if (ZSTD_isError(left) != 0) {
            return error_set(error, ERROR_CORRUPT, "it cannot be unpacked: %s",
                             ZSTD_getErrorName(left));
        }
        if (in->in.pos == in->in.size && in->input_ended && out.pos == before) {
            if (left != 0) {
                return error_set(error, ERROR_CORRUPT, "it breaks off");
            }
            break;
        }
    }
    in->end = out.pos;
    return true;
}

static bool fill_stored(WalStream *in, Error *error)
{
    const Chunk *chunks = NULL;
    in->end = 0;
    if (in->part == in->stored->part_count) {
        return true;
    }
    const ManifestPart *part = &in->stored->parts[in->part];
    if (!pack_read_part(in->source->pack, part, &chunks, error) ||
        !pack_read_chunk(in->source->pack, &chunks[in->chunk], in->pages, error)) {
        return false;
    }
    in->end = chunks[in->chunk].size;
    if (++in->chunk == part->chunks) {
        in->chunk = 0;
        in->part++;
    }
    return true;
}

bool walstream_page(WalStream *in, const uint8_t **ret, bool *ret_more, Error *error)
{
    if (in->begin == in->end) {
        in->begin = 0;
        const bool good = in->stored != NULL    ? fill_stored(in, error)
                          : in->context != NULL ? fill_packed(in, error)
                                                : fill_plain(in, error);
        if (!good) {
            return false;
        }
    }
    *ret_more = in->end - in->begin >= WAL_PAGE_SIZE;
    if (*ret_more) {
        *ret = in->pages + in->begin;
        in->begin += WAL_PAGE_SIZE;
    }
    return true;
}

/*
 * A worker of a backup: reads pieces of files, verifies their pages, stores what is new.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/datafile.h"
#include "plan/page.h"

enum {
    SAME_READINGS = 5, /* a page that stays as it is for so many readings is not being written */
    READINGS_MAX = 100,
    READING_PAUSE = 10, /* ms */
    PATIENT_MAX = 100,  /* where so many are bad already, no time is lost on the next */
};

/* Of this process: one worker has one of it. */
typedef struct Worker {
    const DumpRun *run;
    CrewShared *shared;
    Cipher *cipher;
    PackWriter *pack;
    PackReader *old; /* NULL: there is no earlier generation */
    FILE *outcomes;
    uint8_t *bytes;  /* of a chunk */
    uint8_t *blocks; /* those of its blocks that have changed */
} Worker;
static Worker self;

bool dump_work_begin(void *arg, int worker, CrewShared *shared, Error *error)
{
    const DumpRun *run = arg;
    char name[32];
    char path[PG_PATH_SIZE];
    self = (Worker){.run = run,
                    .shared = shared,
                    .bytes = malloc(CHUNK_SIZE_MAX),
                    .blocks = malloc(CHUNK_SIZE_MAX)};
    if (self.bytes == NULL || self.blocks == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    (void)str_format(name, sizeof(name), "%s.%d", DUMP_OUTCOME, worker); /* fits */
    if (!io_path(path, run->folder, name, error) ||
        !cipher_new(&run->options->key, &run->head, &self.cipher, error) ||
        !pack_writer_new(run->folder, worker, run->options->level, self.cipher, &self.pack,
                         error)) {
        return false;
    }
    self.outcomes = fopen(path, "wxe");
    if (self.outcomes == NULL) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    return run->old_name[0] == '\0' ||
           pack_reader_new(run->store.path, run->old_name, &run->old_head, &run->options->key,
                           &self.old, error);
}

static bool note(const DumpOutcome *outcome, Error *error)
{
    return fwrite(outcome, sizeof(*outcome), 1, self.outcomes) == 1 ||
           error_set_errno(error, errno, "write in \"%s\"", self.run->folder);
}

bool dump_work_end(void *arg, Error *error)
{
    (void)arg;
    if (fflush(self.outcomes) != 0) {
        return error_set_errno(error, errno, "write in \"%s\"", self.run->folder);
    }
    return pack_writer_end(self.pack, error);
}

/*
 * Reads a page again until its checksum is right. The server writes pages of 8 kB while we read: half an old
 * page and half a new one are normal, and gone at the next reading. A page that nobody writes and that is still wrong
 * is bad. A page that vanished was cut off meanwhile: as good as never read.
 */
static bool page_comes_right(int fd, uint64_t offset, uint32_t number, uint8_t *page, Error *error)
{
    uint8_t again[PAGE_SIZE_8K];
    int same = 0;
    for (int reading = 0; reading < READINGS_MAX && same < SAME_READINGS; reading++) {
        size_t size = 0;
        if (atomic_load(&self.shared->bad) < PATIENT_MAX) {
            (void)poll(NULL, 0, READING_PAUSE);
        }
        if (!io_read_at(fd, again, sizeof(again), offset, &size, error)) {
            return false;
        }
        if (size < sizeof(again)) {
            return true;
        }
        same = memcmp(page, again, sizeof(again)) == 0 ? same + 1 : 0;
        memcpy(page, again, sizeof(again));
        if (page_checksum_right(page, number)) {
            return true;
        }
    }
    return error_set(error, ERROR_CORRUPT, "bad page");
}

/* Pages outside of the set are those of the earlier generation, verified when that was made. */
static bool verify_pages(const DumpUnit *unit, int fd, uint64_t offset, uint32_t size,
                         uint32_t blocks, Error *error)
{
    for (uint32_t at = 0; at + PAGE_SIZE_8K <= size; at += PAGE_SIZE_8K) {
        const uint64_t place = offset + at;
        const uint32_t number = unit->block + (uint32_t)((place - unit->offset) / PAGE_SIZE_8K);
        if ((blocks >> (at / PAGE_SIZE_8K) & 1) == 0 ||
            page_checksum_right(self.bytes + at, number) ||
            page_comes_right(fd, place, number, self.bytes + at, error)) {
            continue;
        }
        if (error->kind != ERROR_CORRUPT) {
            return false;
        }
        error_clear(error);
        (void)atomic_fetch_add(&self.shared->bad, 1);
        const DumpOutcome bad = {
            .number = unit->number,
            .kind = OUTCOME_BAD,
            .block = (uint32_t)(place / PAGE_SIZE_8K),
        };
        if (!note(&bad, error)) {
            return false;
        }
    }
    return true;
}

/* The sources of the earlier generation, as this one must name them: its number 0 is our 1. */
static void inherit(const Chunk *old, Chunk *chunk)
{
    assert(old != NULL);
    chunk->source_count = old->source_count;
    for (int i = 0; i < old->source_count; i++) {
        chunk->source[i] = old->source[i];
        chunk->source[i].generation++;
    }
}

static bool store_whole(Chunk *chunk, Error *error)
{
    chunk->source_count = 1;
    if (!pack_write(self.pack, self.bytes, chunk->size, &chunk->source[0], error)) {
        return false;
    }
    chunk->source[0].blocks = chunk_all_blocks(chunk->size);
    return true;
}

/* On top of what the earlier generations have. */
static bool store_changed(const Chunk *old, uint32_t changed, Chunk *chunk, Error *error)
{
    uint32_t at = 0;
    for (int block = 0; block < CHUNK_BLOCKS_MAX; block++) {
        if ((changed >> block & 1) != 0) {
            const uint32_t size = chunk_blocks_bytes(chunk->size, 1u << block);
            memcpy(self.blocks + at, self.bytes + (size_t)block * CHUNK_BLOCK, size);
            at += size;
        }
    }
    inherit(old, chunk);
    ChunkSource *source = &chunk->source[chunk->source_count++];
    if (!pack_write(self.pack, self.blocks, at, source, error)) {
        return false;
    }
    source->blocks = changed;
    return true;
}

/* old: the same place in the earlier generation, or NULL. */
static bool take_chunk(const DumpUnit *unit, int fd, uint64_t offset, uint32_t size,
                       const Chunk *old, Error *error)
{
    Chunk chunk = {.size = size};
    const uint32_t all = chunk_all_blocks(size);
    uint32_t changed = all;

    chunk_keys(self.bytes, size, chunk.key);
    if (old != NULL && old->size == size) {
        changed = chunk_differ(chunk.key, old->key, size);
    }
    if (unit->pages && self.run->verify && changed != 0) {
        if (!verify_pages(unit, fd, offset, size, changed, error)) {
            return false;
        }
        chunk_keys(self.bytes, size, chunk.key); /* some may have been read again */
    }
    bool good = true;
    if (changed == 0) {
        inherit(old, &chunk);
        (void)atomic_fetch_add(&self.shared->kept, size);
    } else if (changed != all && old->source_count < CHUNK_SOURCES_MAX &&
               2 * chunk_blocks_bytes(size, changed) <= size) {
        good = store_changed(old, changed, &chunk, error);
        (void)atomic_fetch_add(&self.shared->kept, size - chunk_blocks_bytes(size, changed));
    } else {
        good = store_whole(&chunk, error);
    }
    return good && pack_part_add(self.pack, &chunk, error);
}

/* Without a look at the file. */
static bool take_over(const Chunk *old, Error *error)
{
    Chunk chunk = {.size = old->size};
    memcpy(chunk.key, old->key, sizeof(chunk.key));
    inherit(old, &chunk);
    (void)atomic_fetch_add(&self.shared->kept, chunk.size);
    (void)atomic_fetch_add(&self.shared->unread, chunk.size);
    crew_count(self.shared, chunk.size);
    return pack_part_add(self.pack, &chunk, error);
}

/* The records of the same piece in the earlier generation. Where they cannot be read, all is stored anew. */
static const Chunk *old_chunks(const DumpUnit *unit)
{
    const Chunk *chunks = NULL;
    Error error = {0};
    if (!unit->has_old || !pack_read_part(self.old, &unit->old, &chunks, &error)) {
        return NULL;
    }
    return chunks;
}

/* The piece, as far as it is still there; whole pages of a relation only. */
static bool take_unit(const DumpUnit *unit, int fd, Error *error)
{
    DumpOutcome outcome = {.number = unit->number, .kind = OUTCOME_PART};
    const Chunk *old = old_chunks(unit);
    struct stat of;
    const uint64_t length = fstat(fd, &of) == 0 ? (uint64_t)of.st_size : 0;
    uint64_t done = 0;

    pack_part_begin(self.pack);
    for (uint32_t i = 0; done < unit->size; i++) {
        const uint64_t left = unit->size - done;
        const size_t wanted = left < CHUNK_SIZE_MAX ? (size_t)left : CHUNK_SIZE_MAX;
        const uint64_t at = unit->offset + done;
        const Chunk *same = old != NULL && i < unit->old.chunks ? &old[i] : NULL;
        size_t size = 0;
        if (same != NULL && same->size == wanted && at + wanted <= length &&
            dump_chunk_untouched(self.run, unit, at)) {
            if (!take_over(same, error)) {
                return false;
            }
            done += wanted;
            continue;
        }
        if (!io_read_at(fd, self.bytes, wanted, at, &size, error)) {
            return false;
        }
        size -= unit->pages ? size % PAGE_SIZE_8K : 0;
        if (size == 0) {
            break;
        }
        if (!take_chunk(unit, fd, at, (uint32_t)size, same, error)) {
            return false;
        }
        crew_count(self.shared, size);
        done += size;
        if (size < wanted) {
            break; /* it was cut off meanwhile */
        }
    }
    if (done == 0) {
        outcome.kind = OUTCOME_NOTHING;
        return note(&outcome, error);
    }
    if (!pack_part_end(self.pack, &outcome.part, error)) {
        return false;
    }
    outcome.part.offset = unit->offset;
    return note(&outcome, error);
}

bool dump_work(void *arg, const void *bytes, size_t size, Error *error)
{
    const DumpRun *run = arg;
    char path[PG_PATH_SIZE];
    DumpUnit unit = {0};
    assert(size <= sizeof(unit));
    memcpy(&unit, bytes, size);
    if (!io_path(path, run->options->data_dir, unit.path, error)) {
        return false;
    }
    _cleanup_(io_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 && errno == ENOENT) {
        const DumpOutcome gone = {.number = unit.number, .kind = OUTCOME_NOTHING};
        return note(&gone, error);
    }
    if (fd < 0) {
        return error_set_errno(error, errno, "open \"%s\"", path);
    }
    (void)posix_fadvise(fd, (off_t)unit.offset, (off_t)unit.size, POSIX_FADV_SEQUENTIAL);
    return take_unit(&unit, fd, error) || error_wrap(error, "\"%s\"", path);
}

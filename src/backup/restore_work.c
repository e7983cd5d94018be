/*
 * A worker of a recovery: puts pieces of files in their places.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/assert.h"
#include "base/cleanup.h"

/*
 * Long pieces go past the page cache: nobody will read them soon, and a disk that is written from the first moment on is
 * not waited for at the end. Short ones, and those that are compared first, take the usual way.
 */
enum { ALIGNMENT = 4096, BATCH = 4 * CHUNK_SIZE_MAX, DIRECT_LEAST = BATCH };

/* Of this process: one worker has one of it. */
typedef struct Worker {
    CrewShared *shared;
    PackReader *pack;
    uint8_t *batch; /* chunks that lie one behind the other in the file */
    size_t filled;
    uint64_t at;    /* where the batch begins in the file */
    uint8_t *there; /* what the file has */
} Worker;
static Worker self;

bool restore_work_begin(void *arg, int worker, CrewShared *shared, Error *error)
{
    const Restore *restore = arg;
    const Generation *generation = &restore->plan.generation;
    (void)worker; /* all do the same */
    self = (Worker){.shared = shared,
                    .batch = aligned_alloc(ALIGNMENT, BATCH),
                    .there = malloc(CHUNK_SIZE_MAX)};
    if (self.batch == NULL || self.there == NULL) {
        return error_set_errno(error, ENOMEM, "restore");
    }
    return pack_reader_new(restore->store.path, generation->name, &generation->head,
                           &restore->options->key, &self.pack, error);
}

bool restore_work_end(void *arg, Error *error)
{
    (void)arg;
    (void)error; /* what was written is made durable by the parent, for all at once */
    return true;
}

/* Whether the file has these bytes already. */
static bool is_there(int fd, uint64_t offset, const Chunk *chunk)
{
    BlockKey keys[CHUNK_BLOCKS_MAX];
    size_t size = 0;
    Error error = {0};
    if (!io_read_at(fd, self.there, chunk->size, offset, &size, &error) || size < chunk->size) {
        return false;
    }
    chunk_keys(self.there, chunk->size, keys);
    return chunk_differ(keys, chunk->key, chunk->size) == 0;
}

static bool put_batch(int fd, Error *error)
{
    const size_t size = self.filled;
    self.filled = 0;
    return size == 0 || io_write_at(fd, self.batch, size, self.at, error);
}

static bool put_chunk(const RestoreUnit *unit, int fd, uint64_t offset, const Chunk *chunk,
                      Error *error)
{
    if (unit->delta && is_there(fd, offset, chunk)) {
        (void)atomic_fetch_add(&self.shared->kept, chunk->size);
        return put_batch(fd, error);
    }
    if (self.filled == 0) {
        self.at = offset;
    }
    if (!pack_read_chunk(self.pack, chunk, self.batch + self.filled, error)) {
        return false;
    }
    self.filled += chunk->size;
    return self.filled + CHUNK_SIZE_MAX <= BATCH || put_batch(fd, error);
}

/* Not every file system knows the direct way. */
static int open_file(const RestoreUnit *unit, const char *path)
{
    const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY;
    if (!unit->delta && unit->part.size >= DIRECT_LEAST && unit->part.size % ALIGNMENT == 0) {
        const int fd = open(path, flags | O_DIRECT, 0600);
        if (fd >= 0 || errno != EINVAL) {
            return fd;
        }
    }
    return open(path, flags, 0600);
}

bool restore_work(void *arg, const void *bytes, size_t size, Error *error)
{
    const Restore *restore = arg;
    const Chunk *chunks = NULL;
    char path[PG_PATH_SIZE];
    RestoreUnit unit = {0};
    assert(size <= sizeof(unit));
    memcpy(&unit, bytes, size);
    if (!io_path(path, restore->options->data_dir, unit.path, error) ||
        !pack_read_part(self.pack, &unit.part, &chunks, error)) {
        return false;
    }
    _cleanup_(io_close) int fd = open_file(&unit, path);
    if (fd < 0) {
        return error_set_errno(error, errno, "open \"%s\"", path);
    }
    /* Its size first: then no write has to wait until another has made the file longer. */
    if (ftruncate(fd, (off_t)unit.file_size) != 0 || fchmod(fd, unit.mode) != 0) {
        return error_set_errno(error, errno, "set size and mode of \"%s\"", path);
    }
    uint64_t at = unit.part.offset;
    for (uint32_t i = 0; i < unit.part.chunks; i++) {
        if (!put_chunk(&unit, fd, at, &chunks[i], error)) {
            return error_wrap(error, "file \"%s\"", path);
        }
        crew_count(self.shared, chunks[i].size);
        at += chunks[i].size;
    }
    if (!put_batch(fd, error)) {
        return error_wrap(error, "file \"%s\"", path);
    }
    /* The disk begins at once; the sync at the end finds less to do. */
    (void)sync_file_range(fd, (off_t)unit.part.offset, (off_t)unit.part.size,
                          SYNC_FILE_RANGE_WRITE);
    return true;
}

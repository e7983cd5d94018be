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

/* Of this process: one worker has one of it. */
typedef struct Worker {
    CrewShared *shared;
    PackReader *pack;
    uint8_t *bytes;
} Worker;
static Worker self;

bool restore_work_begin(void *arg, int worker, CrewShared *shared, Error *error)
{
    const Restore *restore = arg;
    const Generation *generation = &restore->plan.generation;
    (void)worker; /* all do the same */
    self = (Worker){.shared = shared, .bytes = malloc(CHUNK_SIZE_MAX)};
    if (self.bytes == NULL) {
        return error_set_errno(error, ENOMEM, "restore");
    }
    return pack_reader_new(restore->store.path, generation->name, &generation->head, &self.pack,
                           error);
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
    if (!io_read_at(fd, self.bytes, chunk->size, offset, &size, &error) || size < chunk->size) {
        return false;
    }
    chunk_keys(self.bytes, chunk->size, keys);
    return chunk_differ(keys, chunk->key, chunk->size) == 0;
}

static bool put_chunk(const RestoreUnit *unit, int fd, uint64_t offset, const Chunk *chunk,
                      Error *error)
{
    if (unit->delta && is_there(fd, offset, chunk)) {
        (void)atomic_fetch_add(&self.shared->kept, chunk->size);
        return true;
    }
    return pack_read_chunk(self.pack, chunk, self.bytes, error) &&
           io_write_at(fd, self.bytes, chunk->size, offset, error);
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
    _cleanup_(io_close) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "open \"%s\"", path);
    }
    uint64_t at = unit.part.offset;
    for (uint32_t i = 0; i < unit.part.chunks; i++) {
        if (!put_chunk(&unit, fd, at, &chunks[i], error)) {
            return error_wrap(error, "file \"%s\"", path);
        }
        crew_count(self.shared, chunks[i].size);
        at += chunks[i].size;
    }
    if (ftruncate(fd, (off_t)unit.file_size) != 0 || fchmod(fd, unit.mode) != 0) {
        return error_set_errno(error, errno, "set size and mode of \"%s\"", path);
    }
    /* The disk begins at once; the sync at the end finds less to do. */
    (void)sync_file_range(fd, (off_t)unit.part.offset, (off_t)unit.part.size,
                          SYNC_FILE_RANGE_WRITE);
    return true;
}

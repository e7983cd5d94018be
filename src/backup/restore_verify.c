/*
 * Reading a generation as a restore would.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

static bool begin(void *arg, int worker, CrewShared *shared, Error *error)
{
    const Restore *restore = arg;
    const Generation *generation = &restore->plan.generation;
    (void)worker; /* all do the same */
    self = (Worker){.shared = shared, .bytes = malloc(CHUNK_SIZE_MAX)};
    if (self.bytes == NULL) {
        return error_set_errno(error, ENOMEM, "verify");
    }
    return pack_reader_new(restore->store.path, generation->name, &generation->head,
                           &restore->options->key, &self.pack, error);
}

static bool work(void *arg, const void *bytes, size_t size, Error *error)
{
    const Chunk *chunks = NULL;
    ManifestPart part;
    (void)arg;
    assert(size == sizeof(part));
    memcpy(&part, bytes, sizeof(part));
    if (!pack_read_part(self.pack, &part, &chunks, error)) {
        return false;
    }
    for (uint32_t i = 0; i < part.chunks; i++) {
        if (!pack_read_chunk(self.pack, &chunks[i], self.bytes, error)) {
            return false;
        }
        crew_count(self.shared, chunks[i].size);
    }
    return true;
}

static bool end(void *arg, Error *error)
{
    (void)arg;
    (void)error; /* nothing is left to do */
    return true;
}

static bool tick(void *arg, const CrewShared *shared, Error *error)
{
    const Restore *restore = arg;
    restore->report->progress(restore->report->arg, "reading the backup",
                              atomic_load(&shared->done), restore->plan.generation.head.bytes);
    return report_goes_on(restore->report, error);
}

bool restore_verify(Restore *restore, uint64_t *ret_bytes, Error *error)
{
    const CrewJob job = {begin, work, end, restore};
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    if (line == NULL || !manifest_reader_new(restore->plan.folder, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "verify");
    }
    if (!crew_begin(&restore->crew, restore->options->workers, &job, 0, tick, restore, error)) {
        return false;
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (more && line->kind == MANIFEST_PART &&
            !crew_give(&restore->crew, &line->part, sizeof(line->part), error)) {
            return false;
        }
    }
    if (!crew_end(&restore->crew, error)) {
        return false;
    }
    *ret_bytes = atomic_load(&restore->crew.shared->done);
    return true;
}

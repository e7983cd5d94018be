/* postgres_wal.c - data directories: WAL as a row of entries with ids, timelines, and what survives what.
 *
 * Ids are unique in the world. PostgreSQL does not see them: it compares numbers of timelines and positions. The
 * checkers do. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/history.h"

#include <stdlib.h>
#include <string.h>

Lsn wal_lsn(uint32_t index)
{
    return SIM_LSN_BASE + SIM_LSN_STEP * index;
}

TimelineId wal_timeline(const SimDirectory *directory)
{
    assert(directory->history_count > 0);
    return directory->history[directory->history_count - 1].timeline;
}

static TimelineId timeline_at(const SimDirectory *directory, uint32_t index)
{
    TimelineId timeline = directory->history[0].timeline;
    for (uint32_t i = 0; i < directory->history_count; i++) {
        if (directory->history[i].start < index) {
            timeline = directory->history[i].timeline;
        }
    }
    return timeline;
}

Position wal_position(const SimDirectory *directory, uint32_t index)
{
    assert(index <= directory->count);
    return (Position){.timeline = timeline_at(directory, index), .lsn = wal_lsn(index)};
}

uint32_t wal_append(SimDirectory *directory, uint64_t id, TimelineId timeline, bool commit)
{
    if (directory->history_count == 0 || wal_timeline(directory) != timeline) {
        assert(directory->history_count < HISTORIES_MAX);
        directory->history[directory->history_count++] =
            (SimHistory){.timeline = timeline, .start = directory->count};
    }
    directory->wal =
        sim_grow(directory->wal, &directory->room, directory->count, sizeof *directory->wal);
    directory->wal[directory->count++] =
        (WalEntry){.id = id, .timeline = timeline, .commit = commit};
    return directory->count;
}

void wal_truncate(SimDirectory *directory, uint32_t count)
{
    assert(count <= directory->count);
    directory->count = count;
    if (directory->flushed > count) {
        directory->flushed = count;
    }
    if (directory->replayed > count) {
        directory->replayed = count;
    }
    while (directory->history_count > 1 &&
           directory->history[directory->history_count - 1].start >= count) {
        directory->history_count--;
    }
}

bool wal_continues(const SimDirectory *directory, TimelineId timeline, uint32_t index)
{
    for (uint32_t i = 0; i < directory->history_count; i++) {
        if (directory->history[i].timeline != timeline) {
            continue;
        }
        /* On the newest timeline a start within the present segment is allowed even beyond the end. */
        return i + 1 == directory->history_count || index <= directory->history[i + 1].start;
    }
    return false;
}

void directory_free(SimDirectory *directory)
{
    free(directory->wal);
    memset(directory, 0, sizeof *directory);
}

void directory_copy(SimDirectory *to, const SimDirectory *from)
{
    directory_free(to);
    *to = *from;
    to->wal = sim_alloc((from->count + 1) * sizeof *from->wal);
    to->room = from->count + 1;
    if (from->count > 0) {
        memcpy(to->wal, from->wal, from->count * sizeof *from->wal);
    }
}

void postgres_init_directory(SimWorld *world, MemberId member, uint64_t system_identifier)
{
    SimDirectory *directory = &world->instance[member].dir;
    directory_free(directory);
    directory->exists = true;
    directory->id = 0; /* nobody has named it */
    directory->system_identifier = system_identifier;
    (void)wal_append(directory, world->next_entry++, 1, false);
    directory->flushed = directory->replayed = directory->count;
    directory->clean = true;
}

static bool is_behind(const SimDirectory *backup, const SimDirectory *of, uint32_t count)
{
    return backup->exists && backup->count > 0 && backup->count <= count && count <= of->flushed &&
           backup->wal[backup->count - 1].id == of->wal[backup->count - 1].id;
}

/* As src/sys/pg_receipt.c makes it, of the timelines that are there and the chain that lay in the backup. */
static Chain followed_chain(const SimDirectory *made, const Chain *brought)
{
    Chain chain = {0};
    for (uint32_t i = 0; i < made->history_count; i++) {
        const SimHistory *stretch = &made->history[i];
        ChainLink link = {.timeline = stretch->timeline, .start = wal_lsn(stretch->start)};
        for (unsigned j = 0; j < brought->count; j++) {
            if (brought->link[j].timeline == link.timeline &&
                (i == 0 || brought->link[j].start == link.start)) {
                link = brought->link[j];
            }
        }
        if (link.epoch != 0 || chain.count > 0) {
            chain_add(&chain, &link);
        }
    }
    return chain;
}

bool postgres_restore_directory(SimWorld *world, MemberId member, MemberId from, uint32_t without)
{
    SimInstance *instance = &world->instance[member];
    const SimDirectory *archive = &world->instance[from].dir;
    if (!archive->exists || archive->flushed < without ||
        !is_behind(&instance->copy, archive, archive->flushed - without)) {
        return false;
    }
    SimDirectory made = {0};
    directory_copy(&made, archive);
    const TimelineId newest = wal_timeline(archive);
    wal_truncate(&made, archive->flushed - without);
    const SimHistory *last = &made.history[made.history_count - 1];
    made.restored = (RestoredView){.there = true,
                                   .end = wal_position(&made, made.count),
                                   .start = made.history_count == 1 ? 0 : wal_lsn(last->start),
                                   .chain = followed_chain(&made, &instance->copy.chain)};
    (void)wal_append(&made, world->next_entry++, newest + 1, false);
    made.flushed = made.replayed = made.count;
    made.id = prng_next(&world->prng) | 1;
    made.chain = (Chain){0};
    made.standby_signal = made.lied = false;
    made.clean = true;
    directory_free(&instance->dir);
    instance->dir = made;
    instance->phase = INSTANCE_DOWN;
    return true;
}

void postgres_copy_directory(SimWorld *world, MemberId from, MemberId to)
{
    SimDirectory *directory = &world->instance[to].dir;
    directory_copy(directory, &world->instance[from].dir);
    directory->interrupted = false;
    wal_truncate(directory, directory->flushed);
    directory->id =
        0; /* the file that names a directory names its place, too: a copy has no name */
    directory->replayed = directory->count;
    directory->standby_signal = true;
    directory->restored = (RestoredView){0};
    directory->clean = true;
}

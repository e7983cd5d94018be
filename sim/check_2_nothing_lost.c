/* check_2_nothing_lost.c - I2: what a client was told, and what a reader saw, is in the WAL of whoever opens later.
 *
 * Every client's history is kept as the fate of its commits. What nobody was told may be there or not; once a server
 * has opened without it, it is gone for good, and once somebody has seen it at a primary, it stays. What a cancelled
 * wait made visible promises nothing (section 9), and a reader counts as having seen only what is older than the last
 * commit that was acknowledged. No client is told that its commit has failed: who finds no server writes no entry, so
 * there is nothing that could come back. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

#include <stdlib.h>
#include <string.h>

static uint8_t *fate_of(SimWorld *world, uint64_t id)
{
    SimChecks *checks = &world->checks;
    assert(id <= UINT32_MAX);
    while (id >= checks->fate_room) {
        const uint32_t before = checks->fate_room;
        checks->fate = sim_grow(checks->fate, &checks->fate_room, before, sizeof *checks->fate);
        memset(checks->fate + before, 0, checks->fate_room - before);
    }
    return &checks->fate[id];
}

static uint64_t last_entry(const SimDirectory *dir)
{
    return dir->count == 0 ? 0 : dir->wal[dir->count - 1].id;
}

/* Ids grow along the WAL of one history. */
static bool holds(const SimDirectory *dir, uint64_t id)
{
    for (uint32_t i = dir->count; i > 0 && dir->wal[i - 1].id >= id; i--) {
        if (dir->wal[i - 1].id == id) {
            return true;
        }
    }
    return id == 0;
}

void check_note_acknowledged(SimWorld *world, MemberId server, uint64_t commit)
{
    SimChecks *checks = &world->checks;
    *fate_of(world, commit) |= FATE_ACKNOWLEDGED;
    checks->acked =
        sim_grow(checks->acked, &checks->acked_room, checks->acked_count, sizeof *checks->acked);
    checks->acked[checks->acked_count++] =
        (SimAcked){.commit = commit, .server = server, .at = world->now};
    if (commit > checks->visible[server]) {
        checks->visible[server] = commit;
    }
}

/* Reads of one client never go back, wherever it reads next. */
void check_read(SimWorld *world, uint32_t client, MemberId server)
{
    SimChecks *checks = &world->checks;
    const Record *latest = check_latest(world);
    check_served(world, server);
    if (latest == NULL || latest->primary != server || check_is_parted(world)) {
        return; /* a stale read is judged by I3 */
    }
    assert(client < READERS_MAX);
    if (!holds(&world->instance[server].dir, checks->seen[client])) {
        checks->lost = true;
        check_violation(world, "I2", "a client reads at %s and misses what it has seen before",
                        world_name(world, server));
    }
    checks->seen[client] = checks->visible[server];
    *fate_of(world, checks->visible[server]) |= FATE_READ;
}

static void judge(SimWorld *world, MemberId server, const uint8_t *there)
{
    uint32_t lost = 0;
    uint32_t returned = 0;
    for (uint64_t id = 1; id < world->next_entry; id++) {
        uint8_t *fate = fate_of(world, id);
        lost += there[id] == 0 && (*fate & (FATE_ACKNOWLEDGED | FATE_READ)) != 0;
        returned += there[id] != 0 && (*fate & FATE_GONE) != 0;
        *fate |= there[id] == 0 ? FATE_GONE : 0;
    }
    const char *name = world_name(world, server);
    if (lost > 0) {
        world->checks.lost = true;
        check_violation(world, "I2", "%s opens without %u acknowledged commits", name, lost);
    }
    if (returned > 0) {
        check_violation(world, "I2", "%s opens with %u entries that an earlier primary had not",
                        name, returned);
    }
}

/* What its line lacks, the record says (E5), by its operator's word: it is not promised any more. And a recovery may bring back what only the
 * archive of a deposed primary had. */
static void forgive(SimWorld *world, const SimDirectory *dir, const uint8_t *there)
{
    for (uint64_t id = 1; id < world->next_entry; id++) {
        const int now_void = there[id] == 0 ? FATE_ACKNOWLEDGED | FATE_READ : FATE_GONE;
        *fate_of(world, id) &= (uint8_t)~now_void;
    }
    for (uint32_t i = 0; i < READERS_MAX; i++) {
        if (!holds(dir, world->checks.seen[i])) {
            world->checks.seen[i] = 0;
        }
    }
}

/* It had begun its line by a force, which said what it lacks. */
static bool began_by_force(const SimChecks *checks, MemberId server)
{
    for (uint32_t i = 0; i < checks->chosen_count; i++) {
        const SimChosen *chosen = &checks->chosen[i];
        if (chosen->record.primary == server && chosen->record.branch.without != 0 &&
            chosen->record.branch.over == 0 && chosen->at >= checks->parted_at) {
            return true;
        }
    }
    return false;
}

/* E5: of the line that an operator has chosen over another nothing is lost, nor of what was there before they parted. */
static void judge_choice(SimWorld *world, MemberId server, const uint8_t *there)
{
    const SimChecks *checks = &world->checks;
    const bool forced = began_by_force(checks, server);
    uint32_t lost = 0;
    for (uint32_t i = 0; i < checks->acked_count; i++) {
        const SimAcked *acked = &checks->acked[i];
        const bool before = acked->at < checks->parted_at;
        const bool kept =
            forced ? !before && acked->server == server : before || acked->server == server;
        lost += kept && there[acked->commit] == 0 &&
                (*fate_of(world, acked->commit) & FATE_ACKNOWLEDGED) != 0;
    }
    if (lost > 0) {
        world->checks.lost = true;
        check_violation(world, "I2", "%s was chosen, and opens without %u commits of its own line",
                        world_name(world, server), lost);
    }
}

void check_holds_all(SimWorld *world, MemberId server)
{
    const SimDirectory *dir = &world->instance[server].dir;
    const Record *latest = check_latest(world);
    if (check_is_parted(world)) {
        world->checks.visible[server] = last_entry(dir);
        return; /* each has its own truth until an operator chooses */
    }
    uint8_t *there = sim_alloc(world->next_entry + 1);
    for (uint32_t i = 0; i < dir->count; i++) {
        there[dir->wal[i].id] = 1;
    }
    if (latest != NULL && latest->line != world->checks.line) {
        const bool forced = latest->branch.forced && member_in(world->checks.forced, server);
        if (latest->branch.over != 0 && latest->primary == server) {
            judge_choice(world, server, there);
        }
        if (world->checks.line != 0 && (forced || member_in(world->checks.recovered, server))) {
            forgive(world, dir, there);
        }
        world->checks.line = latest->line;
    }
    judge(world, server, there);
    free(there);
    world->checks.visible[server] = last_entry(dir);
}

/* Acknowledged, and in the one alone. */
static uint32_t acknowledged_only_in(SimWorld *world, const SimDirectory *dir,
                                     const SimDirectory *source)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < dir->count; i++) {
        const uint64_t id = dir->wal[i].id;
        count += (*fate_of(world, id) & FATE_ACKNOWLEDGED) != 0 && !holds(source, id);
    }
    return count;
}

/* D1: what is made over must not count any more, nor hold what was acknowledged and its source lacks. What an operator's
 * word has given up was forgiven when the server opened that his word was about, and only from who has opened anything
 * is made over; while two lines exclude each other, each has its own truth. */
void check_made_over(SimWorld *world, MemberId server, MemberId source)
{
    const Record *latest = check_latest(world);
    const DirId id = world->instance[server].dir.id;
    if (latest == NULL || id == 0) {
        return;
    }
    if (record_is_eligible(latest, server, id) ||
        (latest->primary == server && latest->primary_dir == id)) {
        check_violation(world, "I2", "%s makes its directory over, which counts under epoch %llu",
                        world_name(world, server), (unsigned long long)latest->epoch);
    }
    const uint32_t lost =
        acknowledged_only_in(world, &world->instance[server].dir, &world->instance[source].dir);
    if (lost > 0 && !check_is_parted(world)) {
        check_violation(world, "I2", "%s makes its directory over with %u commits that %s lacks",
                        world_name(world, server), lost, world_name(world, source));
    }
}

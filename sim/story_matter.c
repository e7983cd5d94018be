/* story_matter.c - verbs of what lies on disks: memories of voters, data directories, and of the instances on them.
 *
 * "safely" at the end makes a verb do nothing where the loss would be more than the protocol promises to survive:
 * faults that are drawn from a seed say it. What that is stands in operator.c. */
#include "sim/story_verbs.h"

#include "base/str.h"
#include "core/record.h"

#include <string.h>

/* --- memories of voters ---------------------------------------------------------------------------- */

static MemberId memory_of(Words *words)
{
    return next_is(words, "memory") && next_is(words, "of") ? next_member(words) : MEMBER_NONE;
}

static bool put_back_memory(Words *words, MemberId m)
{
    SimDisk *disk = &words->world->disk[m];
    /* A restored file is seen by its inode, a restored volume by the host's witness of the last file, which a restart
     * of the host takes away. */
    const bool unseen = next_is(words, "unseen");
    if (next_is(words, "safely") &&
        (!disk->copy.there || !disk_may_forget(words->world, m) ||
         (unseen && (words->world->host_up[m] || !spare_memory_unseen(words->world, m))))) {
        return true;
    }
    disk_forgets(words->world, m);
    disk_puts_back(words->world, m, unseen);
    return true;
}

/* old memory of w [unseen] */
bool verb_old(Words *words)
{
    const MemberId m = memory_of(words);
    return m != MEMBER_NONE && put_back_memory(words, m);
}

/* lose|damage memory of w */
static bool forget(Words *words, MemberId m, bool damaged)
{
    if (m == MEMBER_NONE) {
        return false;
    }
    if (next_is(words, "safely") && !disk_may_forget(words->world, m)) {
        return true;
    }
    disk_forgets(words->world, m);
    if (damaged) {
        disk_damages(words->world, m);
    } else {
        words->world->disk[m].file.there = false;
    }
    return true;
}

bool verb_damage(Words *words)
{
    return forget(words, memory_of(words), true);
}

static bool copy_memory(Words *words, MemberId m)
{
    if (m == MEMBER_NONE) {
        return false;
    }
    SimDisk *disk = &words->world->disk[m];
    disk->copy = disk->file;
    disk->copy_generation = disk->generation;
    return true;
}

/* disk of a full | hangs | works | slow 0.5 | fails 2 | tears */
bool verb_disk(Words *words)
{
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    if (m == MEMBER_NONE) {
        return false;
    }
    SimDisk *disk = &words->world->disk[m];
    if (next_is(words, "full")) {
        disk->full = true;
    } else if (next_is(words, "hangs")) {
        disk->hung = true;
    } else if (next_is(words, "slow")) {
        disk->delay = next_number(words, 2000);
    } else if (next_is(words, "fails")) {
        disk->errors = next_count(words, 1);
    } else if (next_is(words, "tears")) {
        disk->tears = true;
    } else if (next_is(words, "works")) {
        disk_works_again(words->world, m);
    } else {
        return false;
    }
    return true;
}

/* --- data directories ------------------------------------------------------------------------------ */

static MemberId directory_of(Words *words)
{
    const MemberId m = next_is(words, "directory") ? next_member(words) : MEMBER_NONE;
    return is_server(words->world, m) ? m : MEMBER_NONE;
}

static bool copy_directory(Words *words, MemberId m)
{
    if (m == MEMBER_NONE) {
        return false;
    }
    SimInstance *instance = &words->world->instance[m];
    directory_copy(&instance->copy, &instance->dir);
    wal_truncate(&instance->copy, instance->copy.flushed);
    return true;
}

/* copy memory of a | copy directory a */
bool verb_copy(Words *words)
{
    if (words_left(words) && str_equal(words->line->word[words->at], "memory")) {
        return copy_memory(words, memory_of(words));
    }
    return copy_directory(words, directory_of(words));
}

/* put back directory a [safely]: a copy has no name (D1) */
bool verb_put(Words *words)
{
    const MemberId m = next_is(words, "back") ? directory_of(words) : MEMBER_NONE;
    if (m == MEMBER_NONE) {
        return false;
    }
    SimInstance *instance = &words->world->instance[m];
    if (next_is(words, "safely") && (!instance->copy.exists || words->world->process[m].alive ||
                                     !spare_directory(words->world, m))) {
        return true;
    }
    directory_copy(&instance->dir, &instance->copy);
    instance->dir.id = 0;
    return true;
}

/* remove directory a [safely] */
bool verb_remove(Words *words)
{
    const MemberId m = directory_of(words);
    if (m == MEMBER_NONE) {
        return false;
    }
    if (!next_is(words, "safely") ||
        (!words->world->process[m].alive && spare_directory(words->world, m))) {
        directory_free(&words->world->instance[m].dir);
    }
    return true;
}

/* init directory a: a new database in its place */
bool verb_init(Words *words)
{
    const MemberId m = directory_of(words);
    if (m == MEMBER_NONE || instance_running(&words->world->instance[m])) {
        return m != MEMBER_NONE;
    }
    postgres_init_directory(words->world, m, 7100000000000000002u);
    words->world->instance[m].phase = INSTANCE_DOWN;
    return true;
}

/* mark directory a: it was opened under a record of a cluster that nobody remembers */
bool verb_mark(Words *words)
{
    const MemberId m = directory_of(words);
    if (m == MEMBER_NONE) {
        return false;
    }
    SimDirectory *dir = &words->world->instance[m].dir;
    dir->id = 7;
    const ChainLink link = {.line = 7, .epoch = 7, .dir = dir->id, .timeline = wal_timeline(dir)};
    dir->chain = (Chain){.count = 1, .link = {link}};
    return true;
}

/* backup directory a to b */
bool verb_backup(Words *words)
{
    const MemberId m = directory_of(words);
    const MemberId to = next_is(words, "to") ? next_member(words) : MEMBER_NONE;
    if (m == MEMBER_NONE || !is_server(words->world, to)) {
        return false;
    }
    postgres_copy_directory(words->world, m, to);
    words->world->instance[to].phase = INSTANCE_DOWN;
    return true;
}

/* restore directory a [from b] [without 3] [safely]: from the copy that was made of it, and the WAL that the other
 * has archived, but for so many entries; safely: if the cluster can go on with that */
bool verb_restore(Words *words)
{
    SimWorld *world = words->world;
    const MemberId m = directory_of(words);
    const MemberId from = next_is(words, "from") ? next_member(words) : m;
    const uint32_t without = next_is(words, "without") ? next_count(words, 1) : 0;
    if (m == MEMBER_NONE || !is_server(world, from)) {
        return false;
    }
    const bool safely = next_is(words, "safely");
    if (instance_running(&world->instance[m]) || (safely && !may_recover(world, m)) ||
        !postgres_restore_directory(world, m, from, without)) {
        return safely;
    }
    check_restored(world, m);
    return true;
}

/* lose wal of a 3: a disk that lied about its last entries */
static bool lose_wal(Words *words)
{
    SimWorld *world = words->world;
    const MemberId m = next_is(words, "of") ? next_member(words) : MEMBER_NONE;
    const uint32_t count = next_count(words, 1);
    if (!is_server(world, m)) {
        return false;
    }
    SimDirectory *dir = &world->instance[m].dir;
    if (next_is(words, "safely") && (dir->count <= count || !spare_directory(world, m))) {
        return true;
    }
    if (dir->count < count) {
        return false;
    }
    wal_truncate(dir, dir->count - count);
    dir->lied = true;
    return true;
}

/* lose memory of a [safely] | lose wal of a 3 [safely] */
bool verb_lose(Words *words)
{
    if (next_is(words, "wal")) {
        return lose_wal(words);
    }
    return forget(words, memory_of(words), false);
}

/* --- instances ------------------------------------------------------------------------------------- */

static bool instance_lags(Words *words, SimInstance *instance)
{
    const struct {
        const char *word;
        Micros *lag;
    } lags[] = {{"checkpointer", &instance->checkpointer_lag},
                {"receiver", &instance->receiver_lag},
                {"start", &instance->start_lag},
                {"promotion", &instance->promote_lag},
                {"replay", &instance->replay_lag},
                {"flush", &instance->flush_lag},
                {"sender", &instance->sender_lag}};
    for (size_t i = 0; i < sizeof lags / sizeof lags[0]; i++) {
        if (!next_is(words, lags[i].word)) {
            continue;
        }
        if (next_is(words, "returns") || next_is(words, "outlives")) {
            const bool returns = str_equal(words->line->word[words->at - 1], "returns");
            *(returns ? &instance->receiver_returns : &instance->receiver_outlives) = true;
            return lags[i].lag == &instance->receiver_lag;
        }
        *lags[i].lag = next_is(words, "lags") ? next_number(words, 0) : 0;
        return true;
    }
    return false;
}

static bool instance_will(Words *words, SimInstance *instance)
{
    if (next_is(words, "calls") || next_is(words, "computes")) {
        instance->run_call = true;
        instance->computes = str_equal(words->line->word[words->at - 1], "computes");
    } else if (next_is(words, "quiet")) {
        instance_quiet(instance);
    } else if (next_is(words, "disk")) {
        instance->disk_full = next_is(words, "full");
        instance->disk_fails = !instance->disk_full && next_is(words, "fails");
        return instance->disk_full || instance->disk_fails || next_is(words, "works");
    } else if (next_is(words, "skips")) {
        instance->skips_timeline = true;
    } else if (next_is(words, "promotes")) {
        instance->promotes_in_halves = next_is(words, "halfway");
    } else {
        return instance_lags(words, instance);
    }
    return true;
}

/* instance a [cannot|can] [start|stop|promote] | runs | calls | computes | quiet | skips timeline | promotes halfway
 *            | disk full|fails|works (of the directory)
 *            | receiver returns|outlives | promoted by hand | feeds stranger of b
 *            | receiver|checkpointer|sender|start|promotion|replay|flush lags 0.5 */
bool verb_instance(Words *words)
{
    SimWorld *world = words->world;
    const MemberId m = next_member(words);
    if (!is_server(world, m)) {
        return false;
    }
    SimInstance *instance = &world->instance[m];
    if (next_is(words, "cannot") || next_is(words, "can")) {
        const bool cannot = str_equal(words->line->word[words->at - 1], "cannot");
        bool *what = next_is(words, "stop")      ? &instance->fail_stop
                     : next_is(words, "promote") ? &instance->fail_promote
                                                 : &instance->fail_start;
        (void)next_is(words, "start");
        *what = cannot;
        return true;
    }
    if (next_is(words, "runs")) {
        /* Its files say still who may replicate. */
        const StartOrder order = {
            .role = START_PRIMARY, .upstream.member = MEMBER_NONE, .replicas = instance->replicas};
        if (!instance_running(instance) && instance->dir.exists) {
            instance_boot(world, m, &order);
        }
        return true;
    }
    if (next_is(words, "promoted")) { /* by hand */
        if (next_is(words, "by") && next_is(words, "hand")) {
            instance_promote_by_hand(world, m);
            return true;
        }
        return false;
    }
    if (next_is(words, "feeds")) { /* a stranger of b */
        const bool stranger = next_is(words, "stranger") && next_is(words, "of");
        const MemberId of = next_member(words);
        return stranger && of != MEMBER_NONE && stream_to_stranger(world, m, of);
    }
    return instance_will(words, instance);
}

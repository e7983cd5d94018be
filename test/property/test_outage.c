/* test_outage.c - what is opened after a total outage, judged by brute force.
 *
 * The oracle knows no protocol. It lives every short life of a small cluster, damages each in every way, and puts those
 * together that look alike from outside. What is the case in all lives of one look can be known; nothing else can. A server
 * may be opened where it has every acknowledged commit in all of them; and it is to be opened where a majority of the voters
 * is there to do it, and one has. Long lives are drawn from seeds: there the truth of the one life judges. */
#include "../unit/unit.h"

#include "outage_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 4, TAPE = 2 * EVENTS + 1, WORLDS_BITS = 16, LOOKS_BITS = 19, SEEDS = 200000 };

typedef struct Look {
    uint8_t bytes[WORLD_LOOK];
    bool used;
    uint8_t safe; /* servers that have everything in every life that looks like this */
    World world;  /* one of them, damaged */
    WorldFates fates;
} Look;

typedef struct Lives {
    World *world; /* different ones */
    size_t count;
    Look *look; /* open addressing */
    size_t looks;
} Lives;

static uint64_t hash_of(const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ at[i]) * 0x100000001b3U;
    }
    return hash ^ (hash >> 29);
}

static Look *find_look(Lives *lives, const uint8_t bytes[WORLD_LOOK])
{
    const size_t mask = ((size_t)1 << LOOKS_BITS) - 1;
    size_t at = hash_of(bytes, WORLD_LOOK) & mask;
    while (lives->look[at].used && memcmp(lives->look[at].bytes, bytes, WORLD_LOOK) != 0) {
        at = (at + 1) & mask;
    }
    return &lives->look[at];
}

static uint8_t safe_servers(const World *world, const WorldFates *fates)
{
    return (uint8_t)((world_has_all(world, fates, 0) ? 1U : 0U) |
                     (world_has_all(world, fates, 1) ? 2U : 0U));
}

static void note(Lives *lives, const World *world, const WorldFates *fates)
{
    uint8_t bytes[WORLD_LOOK];
    world_look(world, fates, bytes);
    Look *look = find_look(lives, bytes);
    if (!look->used) {
        assert_true(++lives->looks < ((size_t)1 << LOOKS_BITS) * 3 / 4);
        memcpy(look->bytes, bytes, WORLD_LOOK);
        look->used = true;
        look->safe = 3;
        look->world = *world;
        look->fates = *fates;
    }
    look->safe &= safe_servers(world, fates);
}

/* Every combination of what may happen to voters and directories. */
static bool next_fates(WorldFates *fates)
{
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        if (++fates->voter[v] < VOTER_FATES) {
            return true;
        }
        fates->voter[v] = VOTER_REACHED;
    }
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        if (++fates->directory[s] < DIRECTORY_FATES) {
            return true;
        }
        fates->directory[s] = DIRECTORY_STAYS;
    }
    return false;
}

static void damage_all(Lives *lives, const World *world)
{
    WorldFates fates = {0};
    do {
        World damaged = *world;
        if (world_damage(&damaged, &fates)) {
            note(lives, &damaged, &fates);
        }
    } while (next_fates(&fates));
}

static void live_all(Lives *lives)
{
    Tape tape = tape_odometer(TAPE);
    const size_t room = (size_t)1 << WORLDS_BITS;
    bool *seen = calloc(room, sizeof(*seen));
    World *world = calloc(room, sizeof(*world));
    assert_true(seen != NULL && world != NULL);
    do {
        World lived;
        world_live(&lived, &tape, EVENTS);
        size_t at = hash_of(&lived, sizeof(lived)) & (room - 1);
        while (seen[at] && memcmp(&world[at], &lived, sizeof(lived)) != 0) {
            at = (at + 1) & (room - 1);
        }
        if (!seen[at]) {
            seen[at] = true;
            world[at] = lived;
            lives->count++;
            damage_all(lives, &lived);
        }
    } while (tape_next(&tape));
    free(seen);
    free(world);
}

/* What a voter that has forgotten needs from all others; else the majority must remember (E3). */
static bool can_decide(const WorldFates *fates)
{
    unsigned remember = 0;
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        remember += fates->voter[v] == VOTER_REACHED;
    }
    return remember >= 2;
}

/* Those whom the record names that every round of these voters finds. */
static uint8_t named_servers(const World *world, const WorldFates *fates)
{
    const WorldVoter *found = NULL;
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        const WorldVoter *voter = &world->voter[v];
        if (fates->voter[v] == VOTER_REACHED && (found == NULL || voter->ballot > found->ballot)) {
            found = voter;
        }
    }
    if (found == NULL) {
        return 0;
    }
    const WorldRecord *record = &found->accepted;
    const unsigned other = 1U - record->primary;
    const bool primary = world->directory[record->primary].id == record->primary_dir;
    const bool eligible =
        record->eligible_dir != 0 && world->directory[other].id == record->eligible_dir;
    return (uint8_t)((primary ? 1U << record->primary : 0U) | (eligible ? 1U << other : 0U));
}

static void explain(const Look *look, const OutagePlan *plan)
{
    print_message("safe %u verdict %d reason %d open %u epoch %u\n", look->safe, plan->verdict,
                  plan->reason, plan->open, (unsigned)plan->record.epoch);
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        const WorldVoter *voter = &look->world.voter[v];
        print_message(" voter %u fate %d ballot %u accepted %u/%u/%u chosen %u/%u/%u\n", v,
                      look->fates.voter[v], voter->ballot, voter->accepted.epoch,
                      voter->accepted.primary, voter->accepted.eligible_dir, voter->chosen.epoch,
                      voter->chosen.primary, voter->chosen.eligible_dir);
    }
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        const WorldDirectory *d = &look->world.directory[s];
        print_message(" directory %u fate %d id %u timeline %u from %u end %u commits %x of %x\n",
                      s, look->fates.directory[s], d->id, d->timeline, d->timeline_start, d->end,
                      d->commits, look->world.acknowledged);
    }
}

typedef struct Count {
    size_t opened, refused, lost, wrong;
} Count;

static void judge(const Look *look, Count *count)
{
    OutageFacts facts;
    world_facts(&look->world, &look->fates, &facts);
    const OutagePlan plan = outage_plan(&facts);
    const bool opens = plan.verdict == OUTAGE_OPEN;
    bool wrong = opens && (look->safe & (1U << plan.open)) == 0;
    const uint8_t could = look->safe & named_servers(&look->world, &look->fates);
    wrong |= !opens && can_decide(&look->fates) && could != 0;
    wrong |= opens && !can_decide(&look->fates);
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        wrong |= plan.server[s].loss == OUTAGE_LOSS_NONE && (look->safe & (1U << s)) == 0;
    }
    count->opened += opens;
    count->refused += !opens;
    count->lost += opens && (look->safe & (1U << plan.open)) == 0;
    if (wrong && count->wrong++ < 5) {
        explain(look, &plan);
    }
}

static void what_can_be_known_is_opened_and_nothing_else(void **state)
{
    (void)state;
    Lives lives = {.look = calloc((size_t)1 << LOOKS_BITS, sizeof(Look))};
    Count count = {0};
    assert_non_null(lives.look);
    live_all(&lives);
    for (size_t i = 0; i < (size_t)1 << LOOKS_BITS; i++) {
        if (lives.look[i].used) {
            judge(&lives.look[i], &count);
        }
    }
    free(lives.look);
    print_message("%zu lives, %zu looks: opened=%zu refused=%zu lost=%zu wrong=%zu\n", lives.count,
                  lives.looks, count.opened, count.refused, count.lost, count.wrong);
    assert_int_equal(count.lost, 0);
    assert_int_equal(count.wrong, 0);
    assert_true(count.opened > 10000);
    assert_true(count.refused > 10000);
}

static WorldFates some_fates(Tape *tape)
{
    WorldFates fates = {0};
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        fates.voter[v] = tape_pick(tape, 2) == 0 ? VOTER_REACHED : tape_pick(tape, VOTER_FATES);
    }
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        fates.directory[s] =
            tape_pick(tape, 2) == 0 ? DIRECTORY_STAYS : tape_pick(tape, DIRECTORY_FATES);
    }
    return fates;
}

/* What people do without a program: the server whose files are the newest. */
static unsigned newest_files(const World *world, const WorldFates *fates)
{
    unsigned newest = WORLD_SERVERS;
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        const bool there = fates->voter[s] != VOTER_UNREACHED && world->directory[s].id != 0;
        if (there && (newest == WORLD_SERVERS ||
                      world->directory[s].written > world->directory[newest].written)) {
            newest = s;
        }
    }
    return newest;
}

static void nothing_is_lost_in_a_long_life_and_much_is_by_the_dates_of_files(void **state)
{
    (void)state;
    Count count = {0};
    size_t lost_by_date = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        Tape tape = tape_seed(seed);
        World world;
        OutageFacts facts;
        world_live(&world, &tape, 4 + tape_pick(&tape, 9));
        const WorldFates fates = some_fates(&tape);
        if (!world_damage(&world, &fates)) {
            continue;
        }
        world_facts(&world, &fates, &facts);
        const OutagePlan plan = outage_plan(&facts);
        const unsigned newest = newest_files(&world, &fates);
        count.opened += plan.verdict == OUTAGE_OPEN;
        if (plan.verdict == OUTAGE_OPEN && !world_has_all(&world, &fates, plan.open)) {
            explain(&(Look){.world = world, .fates = fates}, &plan);
            fail_msg("seed %llu: server %u is opened and lacks what was acknowledged",
                     (unsigned long long)seed, plan.open);
        }
        lost_by_date += newest < WORLD_SERVERS && !world_has_all(&world, &fates, newest);
    }
    print_message("%zu opened, %zu losses by the dates of files\n", count.opened, lost_by_date);
    assert_true(count.opened > SEEDS / 10);
    assert_true(lost_by_date > SEEDS / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_known_is_opened_and_nothing_else),
        cmocka_unit_test(nothing_is_lost_in_a_long_life_and_much_is_by_the_dates_of_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

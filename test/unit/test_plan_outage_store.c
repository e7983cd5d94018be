/* plan/outage_store.h: which recovery from the backups loses least, and how far it reaches. */
#include "unit.h"

#include "base/str.h"
#include "plan/outage_store.h"

enum { A = 0, B = 1, W = 2, SYSTEM = 99, MEMBERS = 3, START = 100 };

typedef struct Scene {
    OutageFacts facts;
    OutagePlan plan;
    OutageStore store[MEMBERS_MAX];
} Scene;

/* A was the primary on timeline 2 and its directory is lost; B has a directory to 400. Nobody has a backup. */
static Scene lost(void)
{
    Scene scene = {.facts = {.members = {.count = MEMBERS}}};
    scene.facts.members.member[W].kind = MEMBER_ARBITER;
    scene.plan.record = (Record){
        .epoch = 7, .primary = A, .system_identifier = SYSTEM, .timeline = 2, .start = START};
    scene.plan.forced = B;
    scene.plan.server[A].directory = OUTAGE_DIRECTORY_MISSING;
    scene.plan.server[B] =
        (OutageServer){.directory = OUTAGE_DIRECTORY_STALE, .end = 400, .beyond = 400};
    scene.facts.reached[A] = scene.facts.reached[B] = true;
    scene.facts.evidence[B].wal = (Position){.timeline = 2, .lsn = 400};
    scene.store[A].known = scene.store[B].known = true;
    return scene;
}

static void keep_generation(Scene *scene, MemberId m, TimelineId timeline, Lsn stop)
{
    OutageStore *store = &scene->store[m];
    (void)str_copy(store->newest, sizeof(store->newest), "2026-11-23_10-00-00"); /* fits */
    store->system_identifier = SYSTEM;
    store->stop = (Position){.timeline = timeline, .lsn = stop};
}

static void keep_wal(Scene *scene, MemberId m, TimelineId timeline, Lsn end)
{
    FileReach *reach = &scene->store[m].reach;
    (void)str_copy(reach->segment, sizeof(reach->segment), "000000020000000000000001"); /* fits */
    reach->system_identifier = SYSTEM;
    reach->timeline = timeline;
    reach->end = end;
}

static OutageRecovery solve(const Scene *scene)
{
    return outage_recovery(&scene->facts, &scene->plan, scene->store);
}

static void without_a_generation_of_the_database_there_is_none(void **state)
{
    (void)state;
    Scene scene = lost();
    keep_wal(&scene, A, 2, 900);
    assert_int_equal(solve(&scene).at, MEMBER_NONE);
    assert_int_equal(solve(&scene).reach, OUTAGE_REACH_NONE);
    keep_generation(&scene, A, 2, 200);
    scene.store[A].system_identifier = SYSTEM + 1;
    assert_int_equal(solve(&scene).at, MEMBER_NONE);
    scene.store[A].system_identifier = SYSTEM;
    scene.store[A].known = false;
    assert_int_equal(solve(&scene).at, MEMBER_NONE);
    scene.store[A].known = true;
    assert_int_equal(solve(&scene).at, A);
}

static void the_primary_with_all_of_it_needs_nothing_from_others(void **state)
{
    (void)state;
    Scene scene = lost();
    keep_generation(&scene, A, 2, 200);
    keep_generation(&scene, B, 1, 150);
    keep_wal(&scene, A, 2, 900);
    keep_wal(&scene, B, 2, 300);
    const OutageRecovery found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_int_equal(found.from, A);
    assert_int_equal(found.wal, A);
    assert_false(found.fetch);
    assert_int_equal(found.end.lsn, 900);
    assert_int_equal(found.known, 400);
    assert_int_equal(found.reach, OUTAGE_REACH_KNOWN);
    assert_false(found.forced_reaches);
}

static void what_others_have_is_fetched_to_the_server_of_the_record(void **state)
{
    (void)state;
    Scene scene = lost();
    keep_generation(&scene, B, 2, 200);
    keep_wal(&scene, B, 2, 700);
    OutageRecovery found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_int_equal(found.from, B);
    assert_int_equal(found.wal, B);
    assert_true(found.fetch);
    scene.store[A].known = false; /* it cannot be recovered from here */
    found = solve(&scene);
    assert_int_equal(found.at, B);
    assert_false(found.fetch);
    scene.store[A].known = true;
    keep_generation(&scene, A, 2, 250); /* the newer one, and B the newer WAL */
    found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_int_equal(found.from, A);
    assert_true(found.fetch);
    scene.plan.record.primary = W; /* whoever: the one who need not fetch */
    keep_wal(&scene, A, 2, 800);
    found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_false(found.fetch);
}

static void an_old_pg_wal_counts_where_it_is(void **state)
{
    (void)state;
    Scene scene = lost();
    keep_generation(&scene, A, 2, 200);
    keep_wal(&scene, A, 2, 300);
    OutageRecovery found = solve(&scene);
    assert_int_equal(found.at, B);
    assert_int_equal(found.wal, MEMBER_NONE);
    assert_int_equal(found.end.lsn, 400);
    assert_true(found.forced_reaches); /* the directory that has it can be opened as it is */
    scene.plan.server[B].end = 0;      /* of another history */
    found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_int_equal(found.end.lsn, 300);
    assert_int_equal(found.reach, OUTAGE_REACH_SHORT);
    assert_int_equal(found.known, 400);
    scene.plan.server[B].end = 400;
    scene.plan.server[B].directory = OUTAGE_DIRECTORY_RESTORED;
    assert_int_equal(solve(&scene).at, A);
    scene.plan.server[B].directory = OUTAGE_DIRECTORY_STALE;
    scene.facts.reached[B] = false;
    assert_int_equal(solve(&scene).at, A);
}

static void a_generation_alone_ends_where_it_ends(void **state)
{
    (void)state;
    Scene scene = lost();
    scene.plan.server[B] = (OutageServer){.directory = OUTAGE_DIRECTORY_MISSING};
    scene.plan.forced = MEMBER_NONE;
    keep_generation(&scene, A, 2, 200);
    const OutageRecovery found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_int_equal(found.wal, MEMBER_NONE);
    assert_int_equal(found.end.lsn, 200);
    assert_int_equal(found.known, START);
    assert_int_equal(found.reach, OUTAGE_REACH_KNOWN);
    assert_false(found.forced_reaches);
}

static void another_timeline_is_compared_up_to_where_the_records_begins(void **state)
{
    (void)state;
    Scene scene = lost();
    scene.plan.server[B].end = 0;
    keep_generation(&scene, A, 1, 50);
    keep_wal(&scene, A, 1,
             700); /* of which the record's history has only what is before its start */
    OutageRecovery found = solve(&scene);
    assert_int_equal(found.end.lsn, START);
    assert_int_equal(found.reach, OUTAGE_REACH_SHORT);
    assert_int_equal(found.known, 400);
    keep_wal(&scene, A, 3, 700);
    assert_int_equal(solve(&scene).reach, OUTAGE_REACH_UNKNOWN);
    scene.plan.record = (Record){.primary = MEMBER_NONE};
    found = solve(&scene);
    assert_int_equal(found.at, A);
    assert_int_equal(found.reach, OUTAGE_REACH_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_generation_of_the_database_there_is_none),
        cmocka_unit_test(the_primary_with_all_of_it_needs_nothing_from_others),
        cmocka_unit_test(what_others_have_is_fetched_to_the_server_of_the_record),
        cmocka_unit_test(an_old_pg_wal_counts_where_it_is),
        cmocka_unit_test(a_generation_alone_ends_where_it_ends),
        cmocka_unit_test(another_timeline_is_compared_up_to_where_the_records_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

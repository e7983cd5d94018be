/* test_pg_unread.c - what the disk does not give is neither the end of the WAL, nor a file that is not there.
 *
 * One server with commits in two segments, killed. A file that cannot be opened (its mode is 0) or read (a folder lies in
 * its place) stands for a broken disk, and so does a link to itself, of which nobody can tell whether it is there. */
#include "pg_help.h"

#include "messages.h"
#include "sys/pg_diverged.h"
#include "sys/pg_identity.h"
#include "sys/pg_mark.h"
#include "sys/pg_wal_end.h"
#include "sys/pg_work.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

static Server a;
static Lsn checkpoint; /* from here on everything is this server's own */
static Lsn flushed;    /* acknowledged up to here */
static char last_segment[PG_PATH_SIZE];
static const StartOrder primary_alone = {
    .role = START_PRIMARY, .upstream = {.member = MEMBER_NONE}, .replicas = 2};
static const StartOrder standby_alone = {.role = START_STANDBY,
                                         .upstream = {.member = MEMBER_NONE}};

static Lsn ask_lsn(PGconn *client)
{
    char text[32];
    Lsn lsn = 0;
    help_text(client, "SELECT pg_current_wal_flush_lsn()", text, sizeof(text));
    assert_true(str_to_lsn(text, strlen(text), &lsn));
    return lsn;
}

static int commits_in_two_segments(void **state)
{
    (void)state;
    char name[64];
    help_server_make(&a, "unread", 0, help_port());
    help_server_attach(&a);
    (void)help_start(&a, &primary_alone);
    assert_true(a.done.ok);
    (void)help_gate(&a, GATE_OPEN);
    assert_true(a.done.ok);
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "CREATE TABLE t (v int)"));
    assert_true(help_sql(client, "CHECKPOINT"));
    checkpoint = ask_lsn(client);
    assert_true(help_sql(client, "INSERT INTO t VALUES (1)"));
    assert_true(help_sql(client, "SELECT pg_switch_wal()"));
    assert_true(help_sql(client, "INSERT INTO t VALUES (2)"));
    flushed = ask_lsn(client);
    help_text(client, "SELECT 'pg_wal/' || pg_walfile_name(pg_current_wal_flush_lsn())", name,
              sizeof(name));
    PQfinish(client);
    pg_path(last_segment, a.setup.data_dir, name);
    (void)help_stop(&a, STOP_KILL, 0);
    assert_true(a.done.ok && a.done.result.end.lsn >= flushed);
    return 0;
}

static int remove_server(void **state)
{
    (void)state;
    help_server_detach(&a);
    help_server_remove(&a);
    return 0;
}

static void make_loop(const char *name, char *ret)
{
    pg_path(ret, a.setup.data_dir, name);
    assert_int_equal(symlink(ret, ret), 0);
}

/* ---- the WAL ---------------------------------------------------------------------------------- */

static void assert_end_unknown(Lsn hint)
{
    PgWalEnd end;
    Error error = {0};
    assert_false(pg_wal_end(a.setup.data_dir, false, hint, &end, &error));
    assert_int_equal(error.kind, ERROR_SYSTEM);
    assert_non_null(strstr(error.text, "pg_wal"));
}

static void assert_end_known(void)
{
    PgWalEnd end;
    Error error = {0};
    assert_true(pg_wal_end(a.setup.data_dir, false, 0, &end, &error));
    assert_true(end.end.lsn >= flushed);
}

static void a_segment_that_cannot_be_opened_is_no_end(void **state)
{
    (void)state;
    assert_end_known();
    assert_int_equal(chmod(last_segment, 0), 0);
    assert_end_unknown(0);
    assert_end_unknown(flushed - flushed % 8192);
    assert_int_equal(chmod(last_segment, 0600), 0);
    assert_end_known();
}

static void a_segment_that_cannot_be_read_is_no_end(void **state)
{
    (void)state;
    char away[PG_PATH_SIZE];
    (void)str_format(away, sizeof(away), "%s.away", last_segment);
    assert_int_equal(rename(last_segment, away), 0);
    assert_int_equal(mkdir(last_segment, 0700), 0);
    assert_end_unknown(0);
    assert_int_equal(rmdir(last_segment), 0);
    assert_int_equal(rename(away, last_segment), 0);
    assert_end_known();
}

static void a_record_that_cannot_be_read_is_no_missing_one(void **state)
{
    (void)state;
    PgControl control;
    PgHistory history;
    PgWalEnd end;
    Error error = {0};
    bool stands = false;
    const char *data = a.setup.data_dir;
    assert_true(pg_control_read(data, &control, &error));
    assert_true(pg_history_read(data, 1, &history, &error));
    assert_true(pg_wal_end(data, false, 0, &end, &error));
    assert_int_equal(chmod(last_segment, 0), 0);
    assert_false(pg_wal_record_at(data, &control, &history, end.last, &stands, &error));
    assert_int_equal(error.kind, ERROR_SYSTEM);
    assert_int_equal(chmod(last_segment, 0600), 0);
    assert_true(pg_wal_record_at(data, &control, &history, end.last, &stands, &error));
    assert_true(stands);
}

static void a_history_that_cannot_be_looked_at_is_no_missing_one(void **state)
{
    (void)state;
    char path[PG_PATH_SIZE];
    PgWalEnd end;
    TimelineId timeline = 0;
    Error error = {0};
    make_loop("pg_wal/00000002.history", path);
    assert_false(pg_history_next(a.setup.data_dir, 1, &timeline, &error));
    assert_false(pg_history_latest(a.setup.data_dir, 1, &timeline, &error));
    assert_false(pg_wal_end(a.setup.data_dir, true, 0, &end, &error));
    assert_int_equal(unlink(path), 0);
    assert_true(pg_history_next(a.setup.data_dir, 1, &timeline, &error));
    assert_int_equal(timeline, 2);
}

static bool save(PgDiverged *ret, Error *error)
{
    PgJob job;
    *ret = (PgDiverged){.fork = {.timeline = 1, .lsn = checkpoint}};
    assert_true(pg_job_init(&job, error));
    const bool ok = pg_diverged_save(&a.setup, &job, ret, error);
    pg_job_done(&job);
    return ok;
}

static void what_cannot_be_read_is_not_saved_in_part(void **state)
{
    (void)state;
    PgDiverged diverged;
    Error error = {0};
    char saved[PG_PATH_SIZE];
    assert_int_equal(chmod(last_segment, 0), 0);
    assert_false(save(&diverged, &error));
    assert_non_null(strstr(error.text, strrchr(last_segment, '/')));
    assert_int_equal(chmod(last_segment, 0600), 0);
    error_clear(&error);
    assert_true(save(&diverged, &error));
    pg_path(saved, diverged.folder, strrchr(last_segment, '/') + 1);
    assert_true(pg_file_exists(saved));
}

/* ---- what the agent sees ---------------------------------------------------------------------- */

static bool is_down(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_DOWN;
}

static bool is_down_with_its_end(void *arg)
{
    return is_down(arg) && ((Server *)arg)->view.wal.lsn >= flushed;
}

static void attach_anew(void)
{
    help_server_detach(&a);
    a.view = (InstanceView){0};
    a.notes = 0;
    help_server_attach(&a);
}

static void an_end_that_cannot_be_read_is_unknown_and_told_once(void **state)
{
    (void)state;
    assert_int_equal(chmod(last_segment, 0), 0);
    attach_anew();
    assert_true(help_until(is_down, &a, 3000));
    help_spin(2500);
    assert_int_equal(a.view.wal.lsn, 0);
    assert_int_equal(a.view.replay, 0);
    assert_int_equal(a.view.wal.timeline, 0);
    /* PostgreSQL would take that for the end. */
    (void)help_start(&a, &primary_alone);
    assert_false(a.done.ok);
    assert_non_null(strstr(a.done.result.text, "the end of its WAL cannot be read"));
    help_spin(1500);
    assert_int_equal(a.notes, 1);
    assert_int_equal(a.note, MSG_WAL_UNREAD);
    assert_int_equal(chmod(last_segment, 0600), 0);
    assert_true(help_until(is_down_with_its_end, &a, 15000));
    assert_int_equal(a.view.replay,
                     a.view.wal.lsn); /* P1: a stopped standby is judged by what it has */
}

/* ---- marks ------------------------------------------------------------------------------------ */

static void a_mark_that_cannot_be_looked_at_counts(void **state)
{
    (void)state;
    char path[PG_PATH_SIZE];
    make_loop("mc.interrupted", path);
    assert_true(pg_directory_interrupted(a.setup.data_dir));
    assert_int_equal(pg_mark_work(a.setup.data_dir), PG_MARK_OTHER);
    (void)help_start(&a, &primary_alone);
    assert_false(a.done.ok);
    assert_int_equal(unlink(path), 0);
    assert_false(pg_directory_interrupted(a.setup.data_dir));
    assert_int_equal(pg_mark_work(a.setup.data_dir), PG_MARK_NONE);
}

static void assert_not_started(const StartOrder *order, const char *name)
{
    char path[PG_PATH_SIZE];
    make_loop(name, path);
    (void)help_start(&a, order);
    assert_false(a.done.ok);
    /* A look that met the one before has not been followed by another yet. */
    assert_true(strstr(a.done.result.text, name) != NULL ||
                strstr(a.done.result.text, "MCA01800") != NULL);
    assert_int_equal(unlink(path), 0);
}

static void what_decides_how_it_is_started_must_be_seen(void **state)
{
    (void)state;
    assert_not_started(&primary_alone, "standby.signal");
    assert_not_started(&standby_alone, "standby.signal");
    assert_not_started(&primary_alone, "mc.promoting");
    assert_not_started(&primary_alone, "mc.restored");
}

static void a_promotion_that_cannot_be_looked_at_is_not_repaired(void **state)
{
    (void)state;
    char path[PG_PATH_SIZE];
    char signal[PG_PATH_SIZE];
    bool unfinished = false;
    Error error = {0};
    pg_path(signal, a.setup.data_dir, "standby.signal");
    pg_path(path, a.setup.data_dir, "mc.promoting");
    assert_true(pg_file_write(path, "1\n", 2, 0, &error));
    assert_false(pg_promotion_repair(a.setup.data_dir, &unfinished, &error));
    assert_false(pg_file_exists(signal));
    assert_true(pg_file_exists(path));
    assert_true(pg_file_remove(path, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_segment_that_cannot_be_opened_is_no_end),
        cmocka_unit_test(a_segment_that_cannot_be_read_is_no_end),
        cmocka_unit_test(a_record_that_cannot_be_read_is_no_missing_one),
        cmocka_unit_test(a_history_that_cannot_be_looked_at_is_no_missing_one),
        cmocka_unit_test(what_cannot_be_read_is_not_saved_in_part),
        cmocka_unit_test(an_end_that_cannot_be_read_is_unknown_and_told_once),
        cmocka_unit_test(a_mark_that_cannot_be_looked_at_counts),
        cmocka_unit_test(what_decides_how_it_is_started_must_be_seen),
        cmocka_unit_test(a_promotion_that_cannot_be_looked_at_is_not_repaired),
    };
    help_become_postgres();
    return cmocka_run_group_tests(tests, commits_in_two_segments, remove_server);
}

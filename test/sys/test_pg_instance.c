/* test_pg_instance.c - the real side of PostgresPort against PostgreSQL 15, in one life of a pair.
 *
 * The cases build on each other, in order: a closed start, the gate, names and their proof, a standby
 * made, followed, cut, promoted, and the ways in which instances stop. */
#include "pg_help.h"

#include "sys/pg_identity.h"
#include "sys/pg_names.h"
#include "sys/pg_process.h"
#include "sys/pg_wal_end.h"
#include "sys/pg_work.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

static Server a;
static Server b;
static const Attachment first = {.member = 1, .epoch = 4, .token = 0xabcdef0123456789};
static const Attachment second = {.member = 1, .epoch = 5, .token = 0x1122334455667788};

static Names names_of(const Attachment *one)
{
    Names names = {.quorum = 1, .count = 1};
    names.name[0] = *one;
    return names;
}

static void measured(const char *what, Millis value)
{
    (void)printf("# %s: %lld ms\n", what, (long long)value);
    (void)fflush(stdout);
}

static bool phase_is_closed(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_CLOSED;
}

static bool phase_is_open(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_OPEN;
}

static bool phase_is_sick(void *arg)
{
    const Server *server = arg;
    return server->view.phase == INSTANCE_SICK && server->view.unanswered_since != 0;
}

static bool phase_is_down(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_DOWN;
}

static bool phase_is_standby(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_STANDBY;
}

static bool receives(void *arg)
{
    return phase_is_standby(arg) && ((Server *)arg)->view.receiver;
}

static bool streams_as(void *arg, const Attachment *as)
{
    const Server *server = arg;
    for (uint8_t i = 0; i < server->view.sender_count; i++) {
        const SenderView *sender = &server->view.sender[i];
        if (sender->streaming && sender->attachment.token == as->token) {
            return true;
        }
    }
    return false;
}

static bool streams_as_first(void *arg)
{
    return streams_as(arg, &first);
}

static bool streams_as_second(void *arg)
{
    return streams_as(arg, &second);
}

static bool can_connect(const Server *server, bool tcp, const char *database)
{
    PGconn *client = help_client(server, tcp, database);
    bool ok = PQstatus(client) == CONNECTION_OK && help_sql(client, "SELECT 1");
    PQfinish(client);
    return ok;
}

static const Names none = {0};
static const StartOrder primary_alone = {
    .role = START_PRIMARY, .upstream = {.member = MEMBER_NONE}, .replicas = 2};

static void a_stopped_directory_is_seen_down_with_the_end_of_its_wal(void **state)
{
    (void)state;
    help_server_attach(&a);
    assert_true(help_until(phase_is_down, &a, 3000));
    assert_int_not_equal(a.view.wal.lsn, 0);
    assert_int_equal(a.view.wal.timeline, 1);
    assert_true(a.view.clean_shutdown);
    assert_int_not_equal(a.view.system_identifier, 0);
    assert_int_equal(a.view.dir, 0);
}

static void an_identity_is_written_and_seen(void **state)
{
    (void)state;
    DirectoryOrder order = {.renew_id = true, .id = 77, .chain = {.count = 1}};
    order.chain.link[0] = (ChainLink){.line = 5, .epoch = 1, .dir = 77, .timeline = 1};
    a.port.directory(a.port.self, ++a.sequence, 1, &order);
    (void)help_wait(&a);
    assert_true(a.done.ok);
    help_spin(300);
    assert_int_equal(a.view.dir, 77);
    assert_int_equal(a.view.chain.count, 1);
}

static void a_closed_instance_admits_nobody(void **state)
{
    (void)state;
    measured("start", help_start(&a, &primary_alone));
    assert_true(a.done.ok);
    assert_false(can_connect(&a, true, "postgres"));
    assert_false(can_connect(&a, false, "template1"));
    assert_true(help_until(phase_is_closed, &a, 2000));
    assert_int_not_equal(a.view.answered_at, 0);
}

static void an_open_gate_admits_and_a_closed_one_ends_sessions(void **state)
{
    (void)state;
    measured("gate open", help_gate(&a, GATE_OPEN));
    assert_true(a.done.ok);
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "CREATE TABLE t (v int)"));
    measured("gate closed", help_gate(&a, GATE_CLOSED));
    assert_true(a.done.ok);
    assert_false(help_sql(client, "INSERT INTO t VALUES (1)"));
    PQfinish(client);
    assert_false(can_connect(&a, true, "postgres"));
    (void)help_gate(&a, GATE_OPEN);
    assert_true(can_connect(&a, true, "postgres"));
}

static void names_without_a_standby_are_proved_and_hold_commits_until_relaxed(void **state)
{
    (void)state;
    Names names = names_of(&first);
    char text[64];
    measured("names proof without a standby", help_names(&a, &names, false));
    assert_true(a.done.ok);
    assert_true(a.done.result.proved);
    assert_int_not_equal(a.done.result.flush, 0);
    PGconn *client = help_client(&a, true, "postgres");
    assert_int_equal(PQsendQuery(client, "INSERT INTO t VALUES (1)"), 1);
    help_spin(300);
    assert_int_equal(PQconsumeInput(client), 1);
    assert_int_equal(PQisBusy(client), 1);
    measured("names relaxed", help_names(&a, &none, true));
    assert_true(a.done.ok);
    Millis began = loop_now();
    PGresult *result = PQgetResult(client);
    measured("waiter released after that", loop_now() - began);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    assert_null(PQgetResult(client));
    help_text(client, "SHOW synchronous_standby_names", text, sizeof(text));
    assert_string_equal(text, "");
    PQfinish(client);
}

static void a_copied_directory_is_seen_as_a_copy(void **state)
{
    (void)state;
    PgIdentity identity;
    help_server_clone(&b, "b", 1, (uint16_t)(a.setup.address[0].port + 1), &a);
    assert_int_equal(pg_identity_read(b.setup.data_dir, &identity), PG_IDENTITY_COPY);
    assert_int_equal(identity.chain.count, 1);
    help_server_attach(&b);
    assert_true(help_until(phase_is_down, &b, 3000));
    assert_int_equal(b.view.dir, 0);
    assert_int_equal(b.view.chain.count, 1);
}

static void a_standby_follows_under_its_name(void **state)
{
    (void)state;
    StartOrder order = {
        .role = START_STANDBY, .upstream = {.member = 0, .attachment = first}, .replicas = 1};
    measured("start of a standby", help_start(&b, &order));
    assert_true(b.done.ok);
    assert_true(help_until(receives, &b, 5000));
    assert_true(b.view.standby_signal);
    assert_int_equal(b.view.wal.timeline, 1);
    assert_true(help_until(streams_as_first, &a, 3000));
}

static void names_with_a_standby_are_proved_and_commits_pass(void **state)
{
    (void)state;
    Names names = names_of(&first);
    char text[64];
    measured("names proof with a standby", help_names(&a, &names, false));
    assert_true(a.done.ok && a.done.result.proved);
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "INSERT INTO t VALUES (2)"));
    help_text(client, "SELECT sync_state FROM pg_stat_replication", text, sizeof(text));
    assert_string_equal(text, "quorum");
    measured("names again, nothing to do", help_names(&a, &names, true));
    assert_true(a.done.result.proved);
    PQfinish(client);
}

static void other_names_end_the_senders_of_before(void **state)
{
    (void)state;
    Names names = names_of(&second);
    char before[64];
    char after[64];
    PGconn *client = help_client(&a, true, "postgres");
    help_text(client, "SELECT pid FROM pg_stat_replication", before, sizeof(before));
    measured("names proof from some to others", help_names(&a, &names, true));
    assert_true(a.done.ok && a.done.result.proved);
    help_text(client, "SELECT pid FROM pg_stat_replication", after, sizeof(after));
    assert_string_not_equal(before, after);
    measured("follow under the new name",
             help_follow(&b, &(Upstream){.member = 0, .attachment = second}));
    assert_true(b.done.ok);
    assert_true(help_until(streams_as_second, &a, 5000));
    assert_true(help_sql(client, "INSERT INTO t VALUES (3)"));
    PQfinish(client);
}

/* A standby that is cut acknowledges nothing any more, and has replayed what it had. */
static void a_cut_standby_stays_cut(void **state)
{
    (void)state;
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "INSERT INTO t SELECT generate_series(1, 20000)"));
    Lsn flushed = a.view.wal.lsn;
    measured("cut, primary alive", help_follow(&b, &(Upstream){.member = MEMBER_NONE}));
    assert_true(b.done.ok);
    assert_int_equal(b.done.result.end.timeline, 1);
    assert_int_equal(b.done.result.next_timeline, 2);
    assert_true(b.done.result.end.lsn >= flushed);
    Lsn end = b.done.result.end.lsn;
    assert_int_equal(PQsendQuery(client, "INSERT INTO t VALUES (4)"), 1);
    help_spin(700);
    assert_int_equal(PQconsumeInput(client), 1);
    assert_int_equal(PQisBusy(client), 1);
    assert_false(b.view.receiver);
    assert_int_equal(b.view.wal.lsn, end);
    (void)help_follow(&b, &(Upstream){.member = 0, .attachment = second});
    PGresult *result = PQgetResult(client);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(client);
}

static void a_frozen_postmaster_is_seen_unanswered(void **state)
{
    (void)state;
    PgPidFile file;
    int fd = pg_postmaster_open(a.setup.data_dir, &file);
    assert_true(fd >= 0);
    assert_true(pg_signal(fd, SIGSTOP));
    help_spin(2000);
    assert_int_not_equal(a.view.unanswered_since, 0);
    assert_true(loop_now() - a.view.unanswered_since >= 700);
    assert_int_equal(a.view.phase, INSTANCE_OPEN); /* the kept session still answers */
    assert_true(pg_signal(fd, SIGCONT));
    help_spin(800);
    assert_int_equal(a.view.unanswered_since, 0);
    (void)close(fd);
}

static void order_names(const Attachment *one)
{
    const NamesOrder order = {.names = names_of(one), .prove = true, .from_some = true};
    a.port.names(a.port.self, ++a.sequence, 1, &order);
}

/* Longer than it takes until the files are looked at: they are as they should be, and waiting is not in vain. */
static void a_reload_by_a_slow_postmaster_is_waited_for(void **state)
{
    (void)state;
    PgPidFile file;
    int fd = pg_postmaster_open(a.setup.data_dir, &file);
    const int dones = a.dones;
    assert_true(fd >= 0);
    assert_true(pg_signal(fd, SIGSTOP));
    order_names(&first);
    help_spin(1500);
    assert_true(pg_signal(fd, SIGCONT));
    (void)close(fd);
    assert_int_equal(a.dones, dones);
    (void)help_wait(&a);
    assert_true(a.done.ok && a.done.result.proved);
    order_names(&second); /* as it was */
    (void)help_wait(&a);
    assert_true(a.done.ok && a.done.result.proved);
}

/* PostgreSQL reads none of it then; the reason is told long before the order's limit. */
static void a_file_that_cannot_be_read_is_named_with_its_line(void **state)
{
    (void)state;
    static const char broken[] = "\nno setting at all\n";
    char path[PG_PATH_SIZE];
    Error error = {0};
    pg_path(path, a.setup.data_dir, "postgresql.conf");
    char *text = calloc(1, PG_TEXT_MAX + sizeof(broken));
    assert_non_null(text);
    assert_true(pg_file_read(path, text, PG_TEXT_MAX, NULL, &error));
    const size_t length = strlen(text);
    memcpy(text + length, broken, sizeof(broken));
    assert_true(pg_file_write(path, text, length + sizeof(broken) - 1, 0600, &error));
    order_names(&first);
    const Millis took = help_wait(&a);
    assert_true(pg_file_write(path, text, length, 0600, &error));
    free(text);
    assert_false(a.done.ok);
    assert_non_null(strstr(a.done.result.text, "postgresql.conf line "));
    measured("a reload of a broken file is given up", took);
    assert_true(took < a.setup.order_limit);
    order_names(&second); /* as it was */
    (void)help_wait(&a);
    assert_true(a.done.ok && a.done.result.proved);
}

static void an_ended_session_of_ours_is_made_anew(void **state)
{
    (void)state;
    char ended[16];
    PGconn *client = help_client(&a, false, "postgres");
    help_text(client,
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
              "WHERE application_name = 'mc_agent'",
              ended, sizeof(ended));
    assert_string_not_equal(ended, "0");
    const int before = a.views;
    help_spin(1500);
    help_text(client, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mc_agent'",
              ended, sizeof(ended));
    assert_string_not_equal(ended, "0");
    PQfinish(client);
    assert_int_equal(a.view.phase, INSTANCE_OPEN);
    assert_int_equal(a.view.unanswered_since, 0);
    assert_true(a.views >= before + 5);
}

static void a_frozen_session_of_ours_is_given_up_for_a_new_one(void **state)
{
    (void)state;
    char text[16];
    uint64_t pid = 0;
    PGconn *client = help_client(&a, false, "postgres");
    help_text(client,
              "SELECT pid FROM pg_stat_activity WHERE application_name = 'mc_agent' AND query = "
              "'EXECUTE mc_look'",
              text, sizeof(text));
    assert_true(str_to_uint(text, strlen(text), &pid) && pid > 1);
    assert_int_equal(kill((pid_t)pid, SIGSTOP), 0);
    const int before = a.views;
    help_spin(2000);
    help_text(client,
              "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mc_agent' AND query "
              "= 'EXECUTE mc_look'",
              text, sizeof(text));
    assert_int_equal(kill((pid_t)pid, SIGCONT), 0);
    PQfinish(client);
    assert_string_equal(text, "2"); /* the frozen one cannot see that it was left */
    assert_int_equal(a.view.phase, INSTANCE_OPEN);
    assert_int_equal(a.view.unanswered_since, 0);
    assert_true(a.views >= before + 5);
}

static void an_agent_that_comes_back_adopts_what_runs(void **state)
{
    (void)state;
    Names names = names_of(&second);
    PGconn *stays = help_client(&a, true, "postgres");
    help_spin(150);
    help_server_detach(&a);
    help_server_attach(&a);
    assert_true(help_until(streams_as_second, &a, 3000));
    help_spin(500);
    assert_true(help_sql(stays, "SELECT 1"));
    PQfinish(stays);
    assert_int_equal(a.view.phase, INSTANCE_OPEN);
    (void)help_names(&a, &names, true);
    assert_true(a.done.ok && a.done.result.proved);
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "INSERT INTO t VALUES (5)")); /* streams again */
    PQfinish(client);
}

static void a_clean_stop_gives_the_standby_the_last_wal(void **state)
{
    (void)state;
    measured("clean stop", help_stop(&a, STOP_CLEAN, 10000));
    assert_true(a.done.ok && a.done.result.clean);
    assert_int_equal(a.gone, 0);
    measured("cut after it", help_follow(&b, &(Upstream){.member = MEMBER_NONE}));
    assert_true(b.done.ok);
    assert_true(b.done.result.end.lsn >= a.done.result.end.lsn);
    StartOrder order = primary_alone;
    order.names = names_of(&second);
    (void)help_start(&a, &order);
    assert_true(a.done.ok);
    (void)help_names(&a, &order.names, true);
    assert_true(a.done.result.proved);
    (void)help_gate(&a, GATE_OPEN);
    (void)help_follow(&b, &(Upstream){.member = 0, .attachment = second});
    assert_true(help_until(streams_as_second, &a, 5000));
}

/* All processes of the primary stand still, as on a host that is gone: the standby is cut all the same,
 * and waking up the old ones does not give them a standby. */
static void a_standby_of_a_frozen_primary_is_cut(void **state)
{
    (void)state;
    help_signal_all(&a, SIGSTOP);
    measured("cut, primary frozen", help_follow(&b, &(Upstream){.member = MEMBER_NONE}));
    assert_true(b.done.ok);
    Position once = b.done.result.end;
    measured("cut again", help_follow(&b, &(Upstream){.member = MEMBER_NONE}));
    assert_true(b.done.ok);
    assert_int_equal(b.done.result.end.lsn, once.lsn);
    bool sick = help_until(phase_is_sick, &a, 3000);
    help_signal_all(&a, SIGCONT);
    assert_true(sick);
    (void)help_follow(&b, &(Upstream){.member = 0, .attachment = second});
    assert_true(help_until(phase_is_open, &a, 5000));
    assert_true(help_until(streams_as_second, &a, 5000));
}

static bool is_gone(void *arg)
{
    return ((Server *)arg)->gone > 0;
}

static PGconn *busy_backend(void)
{
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "CREATE OR REPLACE PROCEDURE busy() LANGUAGE plpgsql AS $$ "
                                 "DECLARE x bigint := 0; BEGIN LOOP FOR i IN 1..200000 LOOP "
                                 "x := x + i; END LOOP; INSERT INTO t VALUES (9); COMMIT; "
                                 "END LOOP; END $$"));
    assert_int_equal(PQsendQuery(client, "CALL busy()"), 1);
    help_spin(200);
    return client;
}

/* A backend that computes does not notice the death of its postmaster: stopped is proved, or not. */
static void a_kill_ends_backends_that_compute(void **state)
{
    (void)state;
    PgPidFile file;
    (void)help_names(&a, &none, true);
    PGconn *client = busy_backend();
    PGconn *writer = help_client(&a, true, "postgres");
    assert_true(help_sql(writer, "INSERT INTO t SELECT generate_series(1, 30000)"));
    PQfinish(writer);
    int fd = pg_postmaster_open(a.setup.data_dir, &file);
    assert_true(fd >= 0);
    Millis began = loop_now();
    assert_true(pg_signal(fd, SIGKILL));
    (void)close(fd);
    a.gone = 0;
    assert_true(help_until(is_gone, &a, 3000));
    measured("kill -9 to gone", a.gone_at - began);
    (void)help_stop(&a, STOP_KILL, 0);
    measured("kill -9 to proof of stopped", loop_now() - began);
    assert_true(a.done.ok);
    assert_false(a.done.result.clean);
    PgAlive alive = pg_alive(a.setup.data_dir, NULL);
    assert_int_equal(alive.processes, 0);
    assert_false(alive.attached);
    assert_true(help_until(phase_is_down, &a, 3000));
    PQfinish(client);
}

/* The last record that pg_waldump prints, from the redo pointer on. */
static Lsn last_of_waldump(const Server *server, const PgControl *control)
{
    static char output[64 * 1024];
    char pg_wal[PG_PATH_SIZE];
    char timeline[16];
    char redo[STR_LSN_SIZE];
    Lsn last = 0;

    pg_path(pg_wal, server->setup.data_dir, "pg_wal");
    (void)str_format(timeline, sizeof(timeline), "%u", control->timeline);
    const char *const argv[] = {help_bin("pg_waldump"),
                                "-p",
                                pg_wal,
                                "-t",
                                timeline,
                                "-s",
                                str_from_lsn(control->redo, redo, sizeof(redo)),
                                NULL};
    help_output(output, sizeof(output), argv);
    for (const char *at = strstr(output, "lsn: "); at != NULL; at = strstr(at + 5, " lsn: ")) {
        const char *number = strchr(at, ':') + 2;
        if (!str_to_lsn(number, strcspn(number, ","), &last)) {
            return 0;
        }
    }
    return last;
}

static void the_end_of_wal_is_that_of_pg_waldump(void **state)
{
    (void)state;
    PgControl control;
    PgWalEnd end;
    PgWalEnd hinted;
    Error error = {0};
    assert_true(pg_control_read(a.setup.data_dir, &control, &error));
    assert_int_equal(control.state, PG_STATE_IN_PRODUCTION);
    Millis began = loop_now();
    assert_true(pg_wal_end(a.setup.data_dir, false, 0, &end, &error));
    (void)printf("# end of WAL: %llu records in %lld ms (%s)\n", (unsigned long long)end.records,
                 (long long)(loop_now() - began), end.reason);
    assert_true(end.records > 20000);
    if (access(help_bin("pg_waldump"), X_OK) == 0) {
        assert_int_equal(end.last, last_of_waldump(&a, &control));
    }
    assert_int_equal(end.end.lsn, a.done.result.end.lsn);
    /* A hint is used where a record stands, and else it is not. */
    assert_true(pg_wal_end(a.setup.data_dir, false, end.last, &hinted, &error));
    assert_int_equal(hinted.records, 1);
    assert_int_equal(hinted.end.lsn, end.end.lsn);
    assert_true(pg_wal_end(a.setup.data_dir, false, end.last + 8, &hinted, &error));
    assert_int_equal(hinted.records, end.records);
    assert_int_equal(hinted.end.lsn, end.end.lsn);
}

/* Whole, its checksum right, but pointing to where it once stood: what recycled segments are full of. */
static void an_old_record_behind_the_end_is_no_record(void **state)
{
    (void)state;
    PgControl control;
    PgHistory history;
    PgWalEnd end;
    Error error = {0};
    char name[64];
    char path[PG_PATH_SIZE];
    char old[4096];
    char kept[4096];
    uint32_t size = 0;

    assert_true(pg_control_read(a.setup.data_dir, &control, &error));
    assert_true(pg_history_read(a.setup.data_dir, 1, &history, &error));
    assert_true(pg_wal_end(a.setup.data_dir, false, 0, &end, &error));
    uint32_t segment = (uint32_t)(end.end.lsn / control.segment_size);
    (void)str_format(name, sizeof(name), "pg_wal/00000001%08X%08X", 0U, segment);
    pg_path(path, a.setup.data_dir, name);
    int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    off_t from = (off_t)(end.last % control.segment_size);
    off_t to = (off_t)(end.end.lsn % control.segment_size);
    assert_int_equal(pread(fd, &size, sizeof(size), from), sizeof(size));
    if (to / 8192 != (to + (off_t)size) / 8192 || from / 8192 != to / 8192) {
        (void)close(fd);
        skip(); /* the end of a page is in between */
    }
    assert_int_equal(pread(fd, old, size, from), size);
    assert_int_equal(pread(fd, kept, size, to), size);
    assert_int_equal(pwrite(fd, old, size, to), size);
    const char *data = a.setup.data_dir;
    bool stands = false;
    assert_true(pg_wal_record_at(data, &control, &history, end.last, &stands, &error));
    assert_true(stands);
    assert_true(pg_wal_record_at(data, &control, &history, end.end.lsn, &stands, &error));
    assert_false(stands);
    PgWalEnd again;
    assert_true(pg_wal_end(a.setup.data_dir, false, end.end.lsn, &again, &error));
    assert_int_equal(again.end.lsn, end.end.lsn);
    assert_int_equal(pwrite(fd, kept, size, to), size);
    (void)close(fd);
}

static void a_cut_standby_is_promoted(void **state)
{
    (void)state;
    Lsn end = a.done.result.end.lsn;
    measured("cut, primary dead", help_follow(&b, &(Upstream){.member = MEMBER_NONE}));
    assert_true(b.done.ok);
    Position cut = b.done.result.end;
    assert_true(cut.lsn <= end);
    TimelineId next = b.done.result.next_timeline;
    measured("promote", help_promote(&b));
    assert_true(b.done.ok);
    assert_int_equal(b.done.result.end.timeline, next);
    assert_int_equal(b.done.result.end.lsn, cut.lsn);
    assert_true(help_until(phase_is_closed, &b, 3000));
    assert_false(can_connect(&b, true, "postgres"));
    char path[PG_PATH_SIZE];
    pg_path(path, b.setup.data_dir, "mc.promoting");
    assert_false(pg_file_exists(path));
    assert_int_equal(b.view.wal.timeline, next);
}

static void a_kill_breaks_off_the_order_under_way(void **state)
{
    (void)state;
    uint64_t start = ++a.sequence;
    int dones = a.dones;
    a.port.start(a.port.self, start, 1, &primary_alone);
    help_spin(10);
    (void)help_stop(&a, STOP_KILL, 0);
    assert_true(a.done.ok);
    assert_int_equal(a.dones, dones + 2);
    help_spin(500);
    PgAlive alive = pg_alive(a.setup.data_dir, NULL);
    assert_int_equal(alive.processes, 0);
}

/* In the place of "postgres": says that it is ready, and is gone before anybody has asked it. */
static void stand_in_for_postgres(Server *server, const char *folder)
{
    char text[2 * PG_PATH_SIZE];
    char path[PG_PATH_SIZE];
    Error error = {0};
    (void)str_format(text, sizeof(text),
                     "#!/bin/sh\n"
                     "printf '%%s\\n' $$ \"$2\" 0 %u '%s' '*' '' ready > \"$2/postmaster.pid\"\n"
                     "sleep 1\n",
                     server->setup.address[server->setup.self].port, server->base);
    pg_path(path, folder, "postgres");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_true(pg_file_write(path, text, strlen(text), 0700, &error));
    help_server_detach(server);
    (void)str_copy(server->setup.bin_dir, sizeof(server->setup.bin_dir), folder);
    help_server_attach(server);
}

static void an_instance_that_ends_as_soon_as_it_is_ready_is_not_waited_for(void **state)
{
    (void)state;
    char folder[PG_PATH_SIZE];
    char bin_dir[PG_PATH_SIZE];
    Error error = {0};
    pg_path(folder, a.base, "stand-in");
    (void)str_copy(bin_dir, sizeof(bin_dir), a.setup.bin_dir);
    stand_in_for_postgres(&a, folder);
    Millis took = help_start(&a, &primary_alone);
    assert_false(a.done.ok);
    assert_non_null(strstr(a.done.result.text, "postgres ended while it started"));
    assert_true(took < a.setup.start_limit / 2);

    pg_path(folder, a.setup.data_dir, "postmaster.pid");
    assert_true(pg_file_remove(folder, &error));
    help_server_detach(&a);
    (void)str_copy(a.setup.bin_dir, sizeof(a.setup.bin_dir), bin_dir);
    help_server_attach(&a);
}

static void an_interrupted_directory_is_never_started(void **state)
{
    (void)state;
    Error error = {0};
    char path[PG_PATH_SIZE];
    pg_path(path, a.setup.data_dir, "mc.interrupted");
    assert_true(pg_file_write(path, "", 0, 0600, &error));
    (void)help_start(&a, &primary_alone);
    assert_false(a.done.ok);
    assert_non_null(strstr(a.done.result.text, "interrupted"));
    help_spin(1500);
    assert_int_equal(a.view.dir, 0);
    assert_true(pg_file_remove(path, &error));
}

static void a_promotion_killed_half_way_gets_its_signal_back(void **state)
{
    (void)state;
    Error error = {0};
    char marker[PG_PATH_SIZE];
    char signal[PG_PATH_SIZE];
    pg_path(marker, a.setup.data_dir, "mc.promoting");
    pg_path(signal, a.setup.data_dir, "standby.signal");
    assert_false(pg_file_exists(signal));
    assert_true(pg_file_write(marker, "1\n", 2, 0600, &error));
    /* However often it is ordered: who orders may not have seen yet that it was repaired. */
    for (int i = 0; i < 2; i++) {
        (void)help_start(&a, &primary_alone);
        assert_false(a.done.ok);
        assert_true(pg_file_exists(signal));
        assert_false(pg_file_exists(marker));
    }
    assert_true(pg_file_remove(signal, &error));
}

static void leave_timeline(const char *data_dir, TimelineId timeline, char *ret_history,
                           char *ret_segment)
{
    Error error = {0};
    char name[64];
    (void)str_format(name, sizeof(name), "pg_wal/%08X.history", timeline);
    pg_path(ret_history, data_dir, name);
    (void)str_format(name, sizeof(name), "pg_wal/%08X0000000000000001", timeline);
    pg_path(ret_segment, data_dir, name);
    assert_true(pg_file_write(ret_history, "", 0, 0600, &error));
    assert_true(pg_file_write(ret_segment, "", 0, 0600, &error));
}

/* Who follows again after it has handed back must not go on to a timeline that nobody has opened. */
static void what_a_broken_promotion_left_goes_unless_it_was_opened(void **state)
{
    (void)state;
    Error error = {0};
    PgControl control;
    char history[PG_PATH_SIZE], segment[PG_PATH_SIZE], own_history[PG_PATH_SIZE];
    char own_segment[PG_PATH_SIZE];
    assert_true(pg_control_read(a.setup.data_dir, &control, &error));
    leave_timeline(a.setup.data_dir, control.timeline + 7, history, segment);
    leave_timeline(a.setup.data_dir, control.timeline + 6, own_history, own_segment);
    assert_true(pg_unopened_remove(a.setup.data_dir, control.timeline + 6, &error));
    assert_false(pg_file_exists(history) || pg_file_exists(segment));
    assert_true(pg_file_exists(own_history) && pg_file_exists(own_segment));
    if (control.timeline > 1) {
        assert_true(pg_unopened_remove(a.setup.data_dir, control.timeline - 1, &error));
        assert_true(pg_file_exists(own_history) && pg_file_exists(own_segment));
    }
    assert_true(pg_unopened_remove(a.setup.data_dir, control.timeline, &error));
    assert_false(pg_file_exists(own_history) || pg_file_exists(own_segment));
}

/* It is not there, or younger than that. */
static bool is_set_since(const char *path, const struct timespec *since)
{
    struct stat of;
    return stat(path, &of) != 0 || of.st_ctim.tv_sec > since->tv_sec ||
           (of.st_ctim.tv_sec == since->tv_sec && of.st_ctim.tv_nsec >= since->tv_nsec);
}

/* Killed at any moment of it: either the new timeline is in the control file, or it is a standby. */
static void a_promotion_is_whole_or_not_at_all(void **state)
{
    (void)state;
    StartOrder alone = {.role = START_STANDBY, .upstream = {.member = MEMBER_NONE}};
    char marker[PG_PATH_SIZE];
    char signal[PG_PATH_SIZE];
    char history[PG_PATH_SIZE];
    char name[64];
    int whole = 0;
    pg_path(marker, b.setup.data_dir, "mc.promoting");
    pg_path(signal, b.setup.data_dir, "standby.signal");
    (void)help_stop(&b, STOP_KILL, 0);
    for (Millis delay = 0; delay < 88; delay += 8) {
        PgControl before;
        PgControl after;
        Error error = {0};
        (void)help_start(&b, &alone);
        assert_true(b.done.ok);
        assert_true(pg_control_read(b.setup.data_dir, &before, &error));
        TimelineId old = before.timeline > before.min_recovery_timeline
                             ? before.timeline
                             : before.min_recovery_timeline;
        /* Half a promotion may have left a history that replay still comes to: only a later one is this one's. */
        TimelineId next = 0;
        assert_true(pg_history_next(b.setup.data_dir, old, &next, &error));
        b.port.promote(b.port.self, ++b.sequence, 1);
        help_spin(delay);
        struct timespec stopped;
        (void)clock_gettime(CLOCK_REALTIME_COARSE, &stopped); /* what files are stamped with */
        (void)help_stop(&b, STOP_KILL, 0);
        assert_true(b.done.ok);
        assert_true(pg_control_read(b.setup.data_dir, &after, &error));
        bool opened = after.timeline >= next || after.min_recovery_timeline >= next;
        assert_int_equal(pg_file_exists(signal), !opened);
        /* The stop has taken the mark away. A promotion that was given up may set it once more, for the next start. */
        bool unfinished = false;
        assert_true(is_set_since(marker, &stopped));
        assert_true(pg_promotion_repair(b.setup.data_dir, &unfinished, &error));
        assert_false(pg_file_exists(marker) || (unfinished && opened));
        /* A history that was written, and not taken up, leads replay there all the same. */
        (void)str_format(name, sizeof(name), "pg_wal/%08X.history", next);
        pg_path(history, b.setup.data_dir, name);
        assert_true(!opened || b.done.result.end.timeline >= next);
        assert_true(b.done.result.end.timeline < next || pg_file_exists(history));
        whole += opened ? 1 : 0;
    }
    (void)printf("# %d of 11 promotions were whole\n", whole);
}

static int make_pair(void **state)
{
    (void)state;
    help_server_make(&a, "a", 0, help_port());
    return 0;
}

static int remove_pair(void **state)
{
    (void)state;
    help_server_remove(&a);
    help_server_remove(&b);
    return 0;
}

int main(void)
{
    help_become_postgres();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stopped_directory_is_seen_down_with_the_end_of_its_wal),
        cmocka_unit_test(an_identity_is_written_and_seen),
        cmocka_unit_test(a_closed_instance_admits_nobody),
        cmocka_unit_test(an_open_gate_admits_and_a_closed_one_ends_sessions),
        cmocka_unit_test(names_without_a_standby_are_proved_and_hold_commits_until_relaxed),
        cmocka_unit_test(a_copied_directory_is_seen_as_a_copy),
        cmocka_unit_test(a_standby_follows_under_its_name),
        cmocka_unit_test(names_with_a_standby_are_proved_and_commits_pass),
        cmocka_unit_test(other_names_end_the_senders_of_before),
        cmocka_unit_test(a_cut_standby_stays_cut),
        cmocka_unit_test(a_frozen_postmaster_is_seen_unanswered),
        cmocka_unit_test(a_reload_by_a_slow_postmaster_is_waited_for),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named_with_its_line),
        cmocka_unit_test(an_ended_session_of_ours_is_made_anew),
        cmocka_unit_test(a_frozen_session_of_ours_is_given_up_for_a_new_one),
        cmocka_unit_test(an_agent_that_comes_back_adopts_what_runs),
        cmocka_unit_test(a_clean_stop_gives_the_standby_the_last_wal),
        cmocka_unit_test(a_standby_of_a_frozen_primary_is_cut),
        cmocka_unit_test(a_kill_ends_backends_that_compute),
        cmocka_unit_test(the_end_of_wal_is_that_of_pg_waldump),
        cmocka_unit_test(an_old_record_behind_the_end_is_no_record),
        cmocka_unit_test(a_cut_standby_is_promoted),
        cmocka_unit_test(a_promotion_is_whole_or_not_at_all),
        cmocka_unit_test(a_kill_breaks_off_the_order_under_way),
        cmocka_unit_test(an_instance_that_ends_as_soon_as_it_is_ready_is_not_waited_for),
        cmocka_unit_test(an_interrupted_directory_is_never_started),
        cmocka_unit_test(a_promotion_killed_half_way_gets_its_signal_back),
        cmocka_unit_test(what_a_broken_promotion_left_goes_unless_it_was_opened),
    };
    return cmocka_run_group_tests(tests, make_pair, remove_pair);
}

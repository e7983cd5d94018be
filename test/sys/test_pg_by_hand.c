/* test_pg_by_hand.c - what somebody does to an instance past its agent: starts it again with the arguments that the agent gave it
 * ("pg_ctl restart" takes them from postmaster.opts), and has it stream by an ALTER SYSTEM of his own. */
#include "pg_help.h"

#include "messages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

static Server a;
static Server b;
static const Attachment own = {.member = 1, .epoch = 4, .token = 0xabcdef0123456789};
static char opts[PG_PATH_SIZE];

static const StartOrder alone = {
    .role = START_PRIMARY, .upstream = {.member = MEMBER_NONE}, .replicas = 2};

static bool admits(void)
{
    PGconn *client = help_client(&a, true, "postgres");
    const bool ok = PQstatus(client) == CONNECTION_OK && help_sql(client, "SELECT 1");
    PQfinish(client);
    return ok;
}

static void restart_by_hand(void)
{
    char log[PG_PATH_SIZE];
    pg_path(log, a.base, "by_hand.log");
    assert_true(help_run(help_bin("pg_ctl"), "-D", a.setup.data_dir, "-w", "-t", "30", "-m", "fast",
                         "-l", log, "restart", NULL));
}

static bool gives_our_gate(void *arg)
{
    char text[4096];
    Error error = {0};
    (void)arg;
    assert_true(pg_file_read(opts, text, sizeof(text), NULL, &error));
    return strstr(text, "/mc_hba.conf\"") != NULL;
}

static bool gives_the_gate_that_never_opens(void *arg)
{
    return !gives_our_gate(arg);
}

/* As PostgreSQL has written it, and as an agent of before has left it. */
static void put_our_gate_back(void)
{
    static const char shut[] = "/mc_hba_closed.conf\"";
    char text[4096];
    char open[4096];
    Error error = {0};
    assert_true(pg_file_read(opts, text, sizeof(text), NULL, &error));
    const char *at = strstr(text, shut);
    if (at != NULL) {
        assert_true(str_format(open, sizeof(open), "%.*s/mc_hba.conf\"%s", (int)(at - text), text,
                               at + strlen(shut)));
        assert_true(pg_file_write(opts, open, strlen(open), 0600, &error));
    }
    assert_true(gives_our_gate(NULL));
}

static int make_open_primary(void **state)
{
    (void)state;
    help_server_make(&a, "by-hand", 0, help_port());
    help_server_attach(&a);
    pg_path(opts, a.setup.data_dir, "postmaster.opts");
    (void)help_start(&a, &alone);
    assert_true(a.done.ok);
    (void)help_gate(&a, GATE_OPEN);
    assert_true(a.done.ok);
    assert_true(admits());
    return 0;
}

static int remove_it(void **state)
{
    (void)state;
    help_server_remove(&a);
    help_server_remove(&b);
    return 0;
}

static bool phase_is_open(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_OPEN;
}

static bool phase_is_down(void *arg)
{
    return ((Server *)arg)->view.phase == INSTANCE_DOWN;
}

static bool is_ended(void *arg)
{
    const Server *server = arg;
    return server->notes > 0 && server->note == MSG_INSTANCE_STARTED_BY_OTHERS &&
           phase_is_down(arg);
}

static void restarted_without_an_agent_it_admits_nobody(void **state)
{
    (void)state;
    help_server_detach(&a);
    restart_by_hand();
    assert_false(admits());
}

/* It was stopped, by its agent or by a boot: pg_ctl starts it all the same. */
static void restarted_when_it_is_stopped_it_admits_nobody(void **state)
{
    (void)state;
    (void)help_stop(&a, STOP_CLEAN, 10000);
    assert_true(a.done.ok);
    help_server_detach(&a);
    restart_by_hand();
    assert_false(admits());
}

static void restarted_beside_its_agent_it_is_ended(void **state)
{
    (void)state;
    restart_by_hand();
    assert_true(help_until(is_ended, &a, 5000));
    assert_int_equal(a.notes, 1);
    assert_false(admits());
}

/* What it was given is no sign of whose it is, and a stop leaves the gate as it was. */
static void restarted_with_our_gate_it_is_ended(void **state)
{
    (void)state;
    help_spin(500);
    put_our_gate_back();
    restart_by_hand();
    assert_true(help_until(is_ended, &a, 5000));
    assert_int_equal(a.notes, 1);
    assert_false(admits());
}

static void restarted_before_a_new_agent_comes_it_is_ended(void **state)
{
    (void)state;
    help_spin(500);
    help_server_detach(&a);
    put_our_gate_back();
    restart_by_hand();
    help_server_attach(&a);
    assert_true(help_until(is_ended, &a, 5000));
    assert_int_equal(a.notes, 1);
    assert_false(admits());
}

/* The agent of before may have been killed when it had started it, or have been of an older version. */
static void a_new_agent_takes_its_gate_out_of_the_arguments_of_what_it_adopts(void **state)
{
    (void)state;
    help_spin(500);
    put_our_gate_back();
    help_server_detach(&a);
    a.view = (InstanceView){0};
    help_server_attach(&a);
    assert_true(help_until(phase_is_open, &a, 5000));
    assert_true(help_until(gives_the_gate_that_never_opens, &a, 5000));
    assert_int_equal(a.notes, 0);
    assert_true(admits());
}

/* Where it cannot be taken out the gate stays closed. */
static void a_gate_that_a_restart_would_find_open_is_not_opened(void **state)
{
    (void)state;
    char temporary[PG_PATH_SIZE];
    (void)help_gate(&a, GATE_CLOSED);
    assert_true(a.done.ok);
    put_our_gate_back();
    assert_true(str_format(temporary, sizeof(temporary), "%s.tmp/held", opts));
    assert_true(help_run("mkdir", "-p", temporary, NULL));
    (void)help_gate(&a, GATE_OPEN);
    assert_false(a.done.ok);
    assert_non_null(strstr(a.done.result.text, "postmaster.opts"));
    assert_false(admits());
}

static bool receives(void *arg)
{
    const Server *server = arg;
    return server->view.phase == INSTANCE_STANDBY && server->view.receiver;
}

static bool receives_nothing(void *arg)
{
    const Server *server = arg;
    return server->view.phase == INSTANCE_STANDBY && !server->view.receiver;
}

static bool streams_by_hand(void *arg)
{
    char text[64];
    help_text(arg, "SELECT count(*) FROM pg_stat_replication WHERE application_name = 'by_hand'",
              text, sizeof(text));
    return str_equal(text, "1");
}

static void make_open_standby(void)
{
    const StartOrder order = {
        .role = START_STANDBY, .upstream = {.member = 0, .attachment = own}, .replicas = 1};
    help_server_clone(&b, "by-hand-b", 1, (uint16_t)(a.setup.address[0].port + 1), &a);
    help_server_attach(&b);
    (void)help_start(&b, &order);
    assert_true(b.done.ok);
    (void)help_gate(&b, GATE_OPEN);
    assert_true(b.done.ok);
    assert_true(help_until(receives, &b, 5000));
}

static void stream_by_hand(PGconn *primary)
{
    char sql[256];
    PGconn *client = help_client(&b, true, "postgres");
    (void)str_format(sql, sizeof(sql),
                     "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=%u user=postgres "
                     "application_name=by_hand'",
                     a.setup.address[0].port);
    assert_true(help_sql(client, sql));
    assert_true(help_sql(client, "SELECT pg_reload_conf()"));
    PQfinish(client);
    assert_true(help_until(streams_by_hand, primary, 5000));
}

/* `first` comes before those that its gate has. */
static void primary_takes_rules(PGconn *primary, const char *first, const char *rules)
{
    char path[PG_PATH_SIZE];
    char text[16384];
    Error error = {0};
    pg_path(path, a.setup.mc_dir, "mc_hba.conf");
    assert_true(str_format(text, sizeof(text), "%s%s", first, rules));
    assert_true(pg_file_write(path, text, strlen(text), 0600, &error));
    assert_true(help_sql(primary, "SELECT pg_reload_conf()"));
    help_spin(300);
}

/* What ALTER SYSTEM sets comes after what is ours. While the primary refuses it there is no receiver most of the time, and that
 * proves nothing. */
static void a_standby_that_streams_by_an_order_of_others_is_cut_all_the_same(void **state)
{
    (void)state;
    char path[PG_PATH_SIZE];
    char rules[8192];
    char text[64];
    Error error = {0};
    PGconn *primary = help_client(&a, true, "postgres");
    make_open_standby();
    stream_by_hand(primary);
    pg_path(path, a.setup.mc_dir, "mc_hba.conf");
    assert_true(pg_file_read(path, rules, sizeof(rules), NULL, &error));
    primary_takes_rules(primary, "host replication all all reject\n", rules);
    assert_true(help_sql(primary, "SELECT pg_terminate_backend(pid) FROM pg_stat_replication"));
    assert_true(help_until(receives_nothing, &b, 3000));
    (void)help_follow(&b, &(Upstream){.member = MEMBER_NONE});
    assert_true(b.done.ok);
    primary_takes_rules(primary, "", rules);
    help_spin(1200);
    assert_false(b.view.receiver);
    help_text(primary, "SELECT count(*) FROM pg_stat_replication", text, sizeof(text));
    assert_string_equal(text, "0");
    (void)help_follow(&b, &(Upstream){.member = 0, .attachment = own});
    assert_true(b.done.ok);
    assert_true(help_until(receives, &b, 5000));
    PQfinish(primary);
}

#define BY_HAND(name) cmocka_unit_test_setup_teardown(name, make_open_primary, remove_it)

int main(void)
{
    help_become_postgres();
    const struct CMUnitTest tests[] = {
        BY_HAND(restarted_without_an_agent_it_admits_nobody),
        BY_HAND(restarted_when_it_is_stopped_it_admits_nobody),
        BY_HAND(restarted_beside_its_agent_it_is_ended),
        BY_HAND(restarted_with_our_gate_it_is_ended),
        BY_HAND(restarted_before_a_new_agent_comes_it_is_ended),
        BY_HAND(a_new_agent_takes_its_gate_out_of_the_arguments_of_what_it_adopts),
        BY_HAND(a_gate_that_a_restart_would_find_open_is_not_opened),
        BY_HAND(a_standby_that_streams_by_an_order_of_others_is_cut_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_pg_by_hand.c - an instance that somebody starts again past its agent, with the arguments that the agent gave it: "pg_ctl
 * restart" takes them from postmaster.opts. */
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

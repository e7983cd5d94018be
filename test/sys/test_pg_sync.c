/* test_pg_sync.c - the proof that names are in force (P2), against a PostgreSQL of which one process stands still in the
 * middle of a reload, or whose wall clock is stepped (pg_preload.c). */
#include "pg_help.h"

#include "sys/pg_names.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

enum { ORDER_LIMIT_MS = 2500, HOUR_S = 3600 };

static char folder[64];
static char hold_path[96];
static char clock_path[96];
static Server a;
static const Names none = {0};
static const StartOrder primary_alone = {
    .role = START_PRIMARY, .upstream = {.member = MEMBER_NONE}, .replicas = 2};

/* Each attachment has a name of its own. */
static Attachment attachment(Epoch epoch)
{
    return (Attachment){.member = 1, .epoch = epoch, .token = 0x1000 + epoch};
}

static Names names_of(uint8_t quorum, Epoch one, Epoch other)
{
    Names names = {.quorum = quorum, .count = other == 0 ? 1 : 2};
    names.name[0] = attachment(one);
    names.name[1] = attachment(other);
    return names;
}

static void file_set(const char *path, long number)
{
    char text[32];
    Error error = {0};
    (void)str_format(text, sizeof(text), "%ld", number);
    assert_true(pg_file_write(path, text, strlen(text), 0644, &error));
}

static pid_t pid_of(PGconn *client, const char *sql)
{
    char text[32];
    uint64_t pid = 0;
    help_text(client, sql, text, sizeof(text));
    return str_to_uint(text, strlen(text), &pid) ? (pid_t)pid : 0;
}

static bool stands_still(void *arg)
{
    char path[64];
    char text[1024] = "";
    Error error = {0};
    (void)str_format(path, sizeof(path), "/proc/%d/stat", *(pid_t *)arg);
    return pg_file_read(path, text, sizeof(text), NULL, &error) && strstr(text, ") T ") != NULL;
}

static pid_t checkpointer_of(PGconn *client)
{
    return pid_of(client, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
}

static bool waits(PGconn *client)
{
    assert_int_equal(PQconsumeInput(client), 1);
    return PQisBusy(client) == 1;
}

/* The checkpointer has read the empty list when it stands still, and goes on after the next names are asked for. */
static void names_after_a_relaxation_are_not_proved_before_it_was_applied(void **state)
{
    (void)state;
    const Names before = names_of(1, 4, 0);
    const Names after = names_of(1, 6, 0);
    PGconn *client = help_client(&a, true, "postgres");
    pid_t checkpointer = checkpointer_of(client);
    (void)help_names(&a, &before, false);
    assert_true(a.done.ok && a.done.result.proved);

    file_set(hold_path, checkpointer);
    (void)help_names(&a, &none, true);
    assert_true(a.done.ok);
    assert_true(help_until(stands_still, &checkpointer, 5000));
    (void)help_names(&a, &after, false);
    assert_false(a.done.ok || a.done.result.proved);
    assert_non_null(strstr(a.done.result.text, "the empty list of before is not applied yet"));

    assert_int_equal(kill(checkpointer, SIGCONT), 0);
    (void)help_names(&a, &after, false); /* it is tried again */
    assert_true(a.done.ok && a.done.result.proved);
    assert_int_equal(PQsendQuery(client, "INSERT INTO t VALUES (1)"), 1);
    help_spin(500);
    assert_true(waits(client));
    (void)help_names(&a, &none, true);
    PQfinish(client);
}

/* It ends as one that passes does, but for a warning. */
static void a_cancelled_probe_has_not_passed(void **state)
{
    (void)state;
    const Names before = names_of(1, 8, 0);
    const Names after = names_of(1, 10, 0);
    PGconn *client = help_client(&a, true, "postgres");
    pid_t checkpointer = checkpointer_of(client);
    (void)help_names(&a, &before, false);
    file_set(hold_path, checkpointer);
    (void)help_names(&a, &none, true);
    assert_true(help_until(stands_still, &checkpointer, 5000));
    a.port.names(a.port.self, ++a.sequence, 1,
                 &(NamesOrder){.names = after, .prove = true, .from_some = false});
    help_spin(500);
    assert_true(help_sql(client, "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE "
                                 "wait_event = 'SyncRep'"));
    (void)help_wait(&a);
    assert_false(a.done.ok || a.done.result.proved);
    assert_int_equal(kill(checkpointer, SIGCONT), 0);
    (void)help_names(&a, &none, true);
    assert_true(a.done.ok);
    PQfinish(client);
}

/* Somebody's own ALTER SYSTEM is read and applied like an order of ours. */
static void names_over_what_a_stranger_has_emptied_are_not_proved_before_that_was_applied(
    void **state)
{
    (void)state;
    const Names before = names_of(1, 12, 0);
    const Names after = names_of(1, 14, 0);
    PGconn *client = help_client(&a, true, "postgres");
    pid_t checkpointer = checkpointer_of(client);
    (void)help_names(&a, &before, false);
    assert_true(a.done.ok && a.done.result.proved);
    file_set(hold_path, checkpointer);
    assert_true(help_sql(client, "SET synchronous_commit = local"));
    assert_true(help_sql(client, "ALTER SYSTEM SET synchronous_standby_names = ''"));
    assert_true(help_sql(client, "SELECT pg_reload_conf()"));
    assert_true(help_until(stands_still, &checkpointer, 5000));
    (void)help_names(&a, &after, true);
    assert_false(a.done.ok || a.done.result.proved);
    assert_int_equal(kill(checkpointer, SIGCONT), 0);
    (void)help_names(&a, &after, true);
    assert_true(a.done.ok && a.done.result.proved);
    (void)help_names(&a, &none, true);
    assert_true(a.done.ok);
    PQfinish(client);
}

static void a_start_of_what_runs_puts_no_names_over_an_empty_list(void **state)
{
    (void)state;
    char text[64];
    StartOrder order = primary_alone;
    order.names = names_of(1, 16, 0);
    (void)help_start(&a, &order);
    assert_true(a.done.ok);
    (void)help_gate(&a, GATE_OPEN);
    PGconn *client = help_client(&a, true, "postgres");
    assert_true(help_sql(client, "SELECT 1"));
    help_text(client, "SHOW synchronous_standby_names", text, sizeof(text));
    assert_string_equal(text, "");
    (void)help_names(&a, &order.names, true);
    assert_true(a.done.ok && a.done.result.proved);
    (void)help_names(&a, &none, true);
    PQfinish(client);
}

static void a_proof_from_none_to_some_is_quick(void **state)
{
    (void)state;
    enum { TIMES = 10 };
    Millis sum = 0;
    for (int i = 0; i < TIMES; i++) {
        const Names names = names_of(1, (Epoch)(20 + i), 0);
        sum += help_names(&a, &names, false);
        assert_true(a.done.ok && a.done.result.proved);
        (void)help_names(&a, &none, true);
        assert_true(a.done.ok);
    }
    (void)printf("# proof from none to some: %lld ms on average\n", (long long)(sum / TIMES));
    assert_true(sum / TIMES < ORDER_LIMIT_MS / 2);
}

/* Takes WAL under the name of an attachment. */
static pid_t receiver_start(const Attachment *as)
{
    char name[PG_NAME_SIZE];
    char port[16];
    char wal[96];
    assert_true(pg_attachment_text(&a.setup.members, as, name, sizeof(name)));
    (void)str_format(port, sizeof(port), "%u", a.setup.address[0].port);
    (void)str_format(wal, sizeof(wal), "%s/wal", folder);
    assert_int_equal(mkdir(wal, 0700), 0);
    const pid_t pid = fork();
    if (pid == 0) {
        const FILE *nowhere = freopen("/dev/null", "w", stderr);
        (void)nowhere;
        (void)setenv("PGAPPNAME", name, 1);
        (void)execl(help_bin("pg_receivewal"), "pg_receivewal", "-h", "127.0.0.1", "-p", port, "-D",
                    wal, "--synchronous", "-n", NULL);
        _exit(127);
    }
    return pid;
}

static const char SENDER[] = "SELECT pid FROM pg_stat_replication WHERE state = 'streaming'";

static bool is_sent_to(void *arg)
{
    return pid_of(arg, SENDER) != 0;
}

/* It began an hour after the reload, as its clock told the time. */
static void a_sender_of_before_is_ended_though_the_clock_was_set_back(void **state)
{
    (void)state;
    const Names one = names_of(1, 40, 41);
    const Names both = names_of(2, 40, 41);
    if (access(help_bin("pg_receivewal"), X_OK) != 0) {
        skip();
    }
    PGconn *client = help_client(&a, true, "postgres");
    (void)help_names(&a, &one, false);
    assert_true(a.done.ok && a.done.result.proved);
    const pid_t receiver = receiver_start(&one.name[0]);
    assert_true(help_until(is_sent_to, client, 10000));
    file_set(clock_path, -HOUR_S);
    (void)help_names(&a, &both, true);
    assert_true(a.done.ok && a.done.result.proved);
    assert_int_equal(pid_of(client, SENDER), 0);
    (void)kill(receiver, SIGKILL);
    assert_int_equal(waitpid(receiver, NULL, 0), receiver);
    PQfinish(client);
}

static void preload(void)
{
    char library[96];
    (void)str_format(library, sizeof(library), "%s/preload.so", folder);
    (void)str_format(hold_path, sizeof(hold_path), "%s/hold", folder);
    (void)str_format(clock_path, sizeof(clock_path), "%s/clock", folder);
    (void)setenv("MC_TEST_HOLD", hold_path, 1);
    (void)setenv("MC_TEST_CLOCK", clock_path, 1);
    (void)setenv("LD_PRELOAD", library, 1);
}

static int start(void **state)
{
    (void)state;
    help_server_make(&a, "sync", 0, help_port());
    a.setup.order_limit = ORDER_LIMIT_MS;
    help_server_attach(&a);
    preload();
    (void)help_start(&a, &primary_alone);
    (void)unsetenv("LD_PRELOAD");
    if (!a.done.ok) {
        return -1;
    }
    (void)help_gate(&a, GATE_OPEN);
    PGconn *client = help_client(&a, true, "postgres");
    const bool ok = a.done.ok && help_sql(client, "CREATE TABLE t (v int)");
    PQfinish(client);
    return ok ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    help_server_remove(&a);
    (void)help_run("rm", "-rf", folder, NULL);
    return 0;
}

/* Postgres may not see into the folder that the library was built in: it is opened before, and copied after. */
int main(void)
{
    const char *built = getenv("MC_TEST_PRELOAD");
    const int fd = built == NULL ? -1 : open(built, O_RDONLY);
    char from[32];
    char to[96];

    assert_true(fd >= 0);
    help_become_postgres();
    (void)str_copy(folder, sizeof(folder), "/tmp/mc-test-preload-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void)str_format(from, sizeof(from), "/proc/self/fd/%d", fd);
    (void)str_format(to, sizeof(to), "%s/preload.so", folder);
    assert_true(help_run("cp", from, to, NULL));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_after_a_relaxation_are_not_proved_before_it_was_applied),
        cmocka_unit_test(a_cancelled_probe_has_not_passed),
        cmocka_unit_test(
            names_over_what_a_stranger_has_emptied_are_not_proved_before_that_was_applied),
        cmocka_unit_test(a_start_of_what_runs_puts_no_names_over_an_empty_list),
        cmocka_unit_test(a_proof_from_none_to_some_is_quick),
        cmocka_unit_test(a_sender_of_before_is_ended_though_the_clock_was_set_back),
    };
    return cmocka_run_group_tests(tests, start, end);
}

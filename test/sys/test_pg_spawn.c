/* test_pg_spawn.c - a start whose disk hangs, and a stop beside it.
 *
 * The child that is to become the postmaster goes to the data directory by the chdir of this file, which can be made to hang
 * there. It does so for HANG_MS at most, so that code that waits for it fails and does not stand still. */
#include "pg_help.h"

#include "base/assert.h"
#include "sys/loop.h"
#include "sys/pg_job.h"
#include "sys/pg_process.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

enum { HANG_MS = 4000, AT_ONCE_MS = 1000 };

static bool hangs;
static int inside[2]; /* a byte when the child is there; its end when the child has ended */

int chdir(const char *path)
{
    if (hangs) {
        const char byte = 1;
        const ssize_t put = write(inside[1], &byte, 1);
        (void)put; /* the reader waits in vain then */
        (void)poll(NULL, 0, HANG_MS);
    }
    return (int)syscall(SYS_chdir, path);
}

static Server a;
static const StartOrder primary_alone = {
    .role = START_PRIMARY, .upstream = {.member = MEMBER_NONE}, .replicas = 2};

static int make_server(void **state)
{
    (void)state;
    help_server_make(&a, "spawn", 0, help_port());
    help_server_attach(&a);
    help_spin(300);
    return 0;
}

static int remove_server(void **state)
{
    (void)state;
    help_server_detach(&a);
    help_server_remove(&a);
    return 0;
}

static bool is_inside(void *arg)
{
    struct pollfd child = {.fd = inside[0], .events = POLLIN};
    (void)arg;
    return poll(&child, 1, 0) == 1;
}

/* From here on the other end of the pipe is the child's alone. */
static void start_until_it_hangs(void)
{
    char byte = 0;
    assert_int_equal(pipe2(inside, O_CLOEXEC), 0);
    hangs = true;
    a.port.start(a.port.self, ++a.sequence, 1, &primary_alone);
    assert_true(help_until(is_inside, NULL, 3000));
    assert_int_equal(read(inside[0], &byte, 1), 1);
    (void)close(inside[1]);
    hangs = false;
}

static void assert_child_ended(void)
{
    char byte = 0;
    struct pollfd child = {.fd = inside[0], .events = POLLIN};
    assert_int_equal(poll(&child, 1, AT_ONCE_MS), 1);
    assert_int_equal(read(inside[0], &byte, 1), 0);
    (void)close(inside[0]);
}

static void a_stop_waits_in_the_loop_for_no_start_that_hangs(void **state)
{
    (void)state;
    start_until_it_hangs();
    const Millis began = loop_now();
    const int dones = a.dones;
    const StopOrder order = {.mode = STOP_KILL};
    a.port.stop(a.port.self, ++a.sequence, 1, &order);
    help_spin(10); /* a timer of the loop */
    assert_in_range(loop_now() - began, 0, AT_ONCE_MS);
    /* What has no place in the directory yet is ended, too, and the proof is given behind that. */
    while (a.dones < dones + 2 && loop_now() - began < HANG_MS) {
        help_spin(10);
    }
    assert_int_equal(a.dones, dones + 2);
    assert_true(a.done.ok);
    assert_int_equal(a.done.sequence, a.sequence);
    assert_in_range(loop_now() - began, 0, AT_ONCE_MS);
    assert_child_ended();
    assert_int_equal(pg_alive(a.setup.data_dir, NULL).processes, 0);
}

static void an_order_that_hangs_is_given_up_without_waiting_for_it(void **state)
{
    (void)state;
    help_server_detach(&a);
    a.setup.start_limit = 100;
    help_server_attach(&a);
    start_until_it_hangs();
    const Millis began = loop_now();
    (void)help_wait(&a);
    assert_false(a.done.ok);
    assert_in_range(loop_now() - began, 0, HANG_MS - 500);
    assert_child_ended();
    help_server_detach(&a);
    a.setup.start_limit = 60000;
    help_server_attach(&a);
}

static void a_start_behind_it_works(void **state)
{
    (void)state;
    (void)help_start(&a, &primary_alone);
    assert_true(a.done.ok);
    (void)help_stop(&a, STOP_KILL, 0);
    assert_true(a.done.ok);
}

/* ---- the door --------------------------------------------------------------------------------- */

static PgJob job;
static sem_t entered;
static sem_t go_on;

static void *stay_inside(void *arg)
{
    (void)arg;
    const bool in = pg_job_enter(&job);
    assert(in);
    (void)sem_post(&entered);
    (void)sem_wait(&go_on);
    pg_job_leave(&job);
    return NULL;
}

static void who_is_inside_is_not_waited_for_by_who_cancels(void **state)
{
    (void)state;
    pthread_t worker;
    Error error = {0};
    assert_true(pg_job_init(&job, &error));
    assert_int_equal(sem_init(&entered, 0, 0), 0);
    assert_int_equal(sem_init(&go_on, 0, 0), 0);
    assert_int_equal(pthread_create(&worker, NULL, stay_inside, NULL), 0);
    (void)sem_wait(&entered);
    pg_job_cancel(&job); /* it would stand still for ever */
    assert_false(pg_job_outside(&job, 0));
    assert_false(pg_job_outside(&job, loop_now() + 50));
    (void)sem_post(&go_on);
    assert_true(pg_job_outside(&job, loop_now() + AT_ONCE_MS));
    assert_false(pg_job_enter(&job));
    assert_int_equal(pthread_join(worker, NULL), 0);
    pg_job_done(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_inside_is_not_waited_for_by_who_cancels),
        cmocka_unit_test(a_stop_waits_in_the_loop_for_no_start_that_hangs),
        cmocka_unit_test(an_order_that_hangs_is_given_up_without_waiting_for_it),
        cmocka_unit_test(a_start_behind_it_works),
    };
    help_become_postgres();
    return cmocka_run_group_tests(tests, make_server, remove_server);
}

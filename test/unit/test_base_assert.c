/*
 * base/assert.h: a broken invariant ends the process and says where.
 */
#include "unit.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/assert.h"

/* Runs in a child with its standard error in a pipe; returns how the child ended. */
static int run_child(void (*body)(void), char *ret_output, size_t size)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        body();
        _exit(0);
    }
    (void)close(ends[1]);

    size_t length = 0;
    ssize_t got;
    while (length < size - 1 && (got = read(ends[0], ret_output + length, size - 1 - length)) > 0) {
        length += (size_t)got;
    }
    ret_output[length] = '\0';
    (void)close(ends[0]);

    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void break_invariant(void)
{
    volatile int legs = 3;
#line 1000 "table.c"
    assert(legs == 4);
}

#line 50 "test_base_assert.c"
static void keep_invariant(void)
{
    volatile int legs = 4;
    assert(legs == 4);
}

static void broken_invariant_aborts_and_names_the_place(void **state)
{
    char output[256];
    (void)state;

    int status = run_child(break_invariant, output, sizeof(output));

    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_string_equal(output, "table.c:1000: assertion failed: legs == 4\n");
}

static void kept_invariant_goes_on_silently(void **state)
{
    char output[256];
    (void)state;

    int status = run_child(keep_invariant, output, sizeof(output));

    assert_int_equal(status, 0);
    assert_string_equal(output, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_invariant_aborts_and_names_the_place),
        cmocka_unit_test(kept_invariant_goes_on_silently),
    };
    return cmocka_run_group_tests_name("base_assert", tests, NULL, NULL);
}

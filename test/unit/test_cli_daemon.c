/* A daemon that ends while it is asked. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/daemon.h"

static char folder[] = "/tmp/mc_daemon_XXXXXX";
static Site site = {.kind = MEMBER_SERVER, .id = "server1"};

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    return str_format(site.socket_path, sizeof(site.socket_path), "%s/socket", folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

/* A child that listens, hangs up on so many who ask, and is gone; its socket's name stays, as after a kill. */
static pid_t hang_up(int times)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_true(str_copy(address.sun_path, sizeof(address.sun_path), site.socket_path));
    const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (const struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(listener, 4), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)alarm(20); /* when fewer ask */
        for (int i = 0; i < times; i++) {
            const int caller = accept(listener, NULL, NULL);
            if (i == times - 1) {
                close(listener);
            }
            close(caller);
        }
        _exit(0);
    }
    close(listener);
    return pid;
}

static ErrorKind status_after(int times)
{
    Status status;
    Error error = {0};
    int ended = 0;
    const pid_t pid = hang_up(times);
    assert_false(daemon_status(&site, &status, &error));
    assert_int_equal(waitpid(pid, &ended, 0), pid);
    assert_int_equal(ended, 0);
    assert_int_equal(unlink(site.socket_path), 0);
    return error.kind;
}

static void who_ends_while_it_is_asked_is_not_running(void **state)
{
    (void)state;
    assert_int_equal(status_after(1), ERROR_NOT_RUNNING);
}

static void who_hangs_up_every_time_is_told_as_such(void **state)
{
    (void)state;
    assert_int_equal(status_after(2), ERROR_NETWORK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_ends_while_it_is_asked_is_not_running),
        cmocka_unit_test(who_hangs_up_every_time_is_told_as_such),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

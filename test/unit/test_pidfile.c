/* The pid file: only a process that is the very one written down is ever found alive, or killed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/pidfile.h"

enum { LIMIT_MS = 5000 };

static char folder[64];
static char path[96];

static int make_folder(void **state)
{
    (void)state;
    assert_true(str_copy(folder, sizeof(folder), "/tmp/mc_pid_XXXXXX"));
    assert_non_null(mkdtemp(folder));
    assert_true(str_format(path, sizeof(path), "%s/pid", folder));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

static pid_t start_child(void)
{
    const pid_t pid = fork();
    if (pid == 0) {
        while (true) {
            (void)pause();
        }
    }
    assert_true(pid > 0);
    return pid;
}

static void end_child(pid_t pid)
{
    int status = 0;
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    Error error = {0};
    PidFile read = {0};
    struct stat about;
    const PidFile written = {.agent = pid_entry(getpid()),
                             .monitor = pid_entry(getppid()),
                             .instance = "/a place/with blanks"};
    assert_int_equal(written.agent.pid, getpid());
    assert_true(pidfile_write(path, &written, &error));
    assert_true(pidfile_read(path, &read, &error));
    assert_int_equal(read.agent.pid, written.agent.pid);
    assert_int_equal(read.agent.start, written.agent.start);
    assert_int_equal(read.monitor.pid, written.monitor.pid);
    assert_string_equal(read.instance, written.instance);
    assert_true(pid_alive(&read.agent));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
}

static void a_missing_file_names_nobody(void **state)
{
    (void)state;
    Error error = {0};
    PidFile read = {.agent = {.pid = 1}};
    assert_true(pidfile_read(path, &read, &error));
    assert_int_equal(read.agent.pid, 0);
    assert_false(pid_alive(&read.agent));
    assert_true(pid_kill(&read.agent, LIMIT_MS, &error));
}

static void a_file_of_another_boot_names_nobody(void **state)
{
    (void)state;
    Error error = {0};
    PidFile read = {.agent = {.pid = 1}};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fprintf(file,
                        "agent %d 1 00000000-0000-0000-0000-000000000000\n"
                        "monitor 1 1 00000000-0000-0000-0000-000000000000\n"
                        "instance /data\n",
                        getpid()) > 0);
    assert_int_equal(fclose(file), 0);
    assert_true(pidfile_read(path, &read, &error));
    assert_int_equal(read.agent.pid, 0);
    assert_int_equal(read.monitor.pid, 0);
    assert_string_equal(read.instance, "/data");
}

static void a_file_that_others_can_write_is_refused(void **state)
{
    (void)state;
    Error error = {0};
    PidFile read = {0};
    const PidFile written = {.agent = pid_entry(getpid())};
    assert_true(pidfile_write(path, &written, &error));
    assert_int_equal(chmod(path, 0620), 0);
    assert_false(pidfile_read(path, &read, &error));
    assert_int_equal(error.kind, ERROR_CONFIG);
    assert_int_equal(read.agent.pid, 0);
}

static void a_file_that_is_not_ours_is_refused(void **state)
{
    (void)state;
    const char *const texts[] = {"",
                                 "agent",
                                 "agent x y z\n",
                                 "agent 1 2 3\nmonitor\n",
                                 "1234\n",
                                 "agent 1 2 3\nmonitor 1 2 3\n",
                                 "agent 1 2 3\nmonitor 1 2 3\ninstance /x"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        Error error = {0};
        PidFile read = {0};
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(texts[i], file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_false(pidfile_read(path, &read, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
    }
}

static void a_number_that_changed_hands_is_left_alone(void **state)
{
    (void)state;
    Error error = {0};
    const pid_t child = start_child();
    PidEntry entry = pid_entry(child);
    assert_true(pid_alive(&entry));
    entry.start++;
    assert_false(pid_alive(&entry));
    assert_true(pid_kill(&entry, LIMIT_MS, &error));
    assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
    end_child(child);
}

static void a_process_is_killed_and_awaited(void **state)
{
    (void)state;
    Error error = {0};
    const pid_t child = start_child();
    const PidEntry entry = pid_entry(child);
    assert_false(pid_wait(&entry, 10));
    assert_true(pid_kill(&entry, LIMIT_MS, &error));
    assert_false(pid_alive(&entry)); /* a zombie is not alive */
    assert_true(pid_wait(&entry, 10));
    end_child(child);
    assert_true(pid_kill(&entry, LIMIT_MS, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_missing_file_names_nobody, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_of_another_boot_names_nobody, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_file_that_others_can_write_is_refused, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_ours_is_refused, make_folder,
                                        remove_folder),
        cmocka_unit_test(a_number_that_changed_hands_is_left_alone),
        cmocka_unit_test(a_process_is_killed_and_awaited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

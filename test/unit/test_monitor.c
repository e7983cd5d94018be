/* Agent and monitor as real processes, ended in every way.
 *
 * The program is its own victim: run with "agent FOLDER BEHAVIOUR" it is an agent under a monitor that
 * writes what it is into files of the folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "messages.h"
#include "sys/loop.h"
#include "sys/monitor.h"

/* ---- the agent ---- */

typedef struct Victim {
    const char *folder;
    Loop *loop;
} Victim;

static void write_file(const char *folder, const char *name, const char *text, int flags)
{
    char path[128];

    if (!str_format(path, sizeof(path), "%s/%s", folder, name)) {
        _exit(90);
    }
    const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text)) {
        _exit(91);
    }
    close(fd);
}

/* Whole at once, so that a reader never sees half a number. */
static void write_pid(const char *folder, const char *name, pid_t pid)
{
    char text[32], path[128], path_new[136];

    (void)str_format(text, sizeof(text), "%d", (int)pid);
    (void)str_format(path, sizeof(path), "%s/%s", folder, name);
    (void)str_format(path_new, sizeof(path_new), "%s.new", path);
    write_file(folder, name, "", O_APPEND);
    const int fd = open(path_new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, text, strlen(text)) < 0 || rename(path_new, path) != 0) {
        _exit(92);
    }
    close(fd);
}

static void on_monitor(void *data, pid_t monitor)
{
    write_pid(((Victim *)data)->folder, "monitor", monitor);
}

static void on_log(void *self, const LogEntry *entry)
{
    const char *folder = ((Victim *)self)->folder;
    char line[MESSAGE_TEXT_SIZE];

    write_file(folder, "log", message_format_line(entry, line, sizeof(line)), O_APPEND);
    write_file(folder, "log", "\n", O_APPEND);
}

static void on_term(void *data)
{
    loop_stop(((Victim *)data)->loop);
}

static int be_agent(char **argv)
{
    MonitorStart start;
    MonitorLink *link;
    Error error;

    monitor_begin(false, "test_monitor", argv, &start);
    Victim victim = {.folder = argv[2]};
    const bool fails = strcmp(argv[3], "fails") == 0;
    if (fails || (strcmp(argv[3], "fails_again") == 0 && start.restarted)) {
        return 7;
    }
    const LogPort log = {.self = &victim, .write = on_log};
    if (!loop_new(&victim.loop, &error) ||
        !monitor_link_new(victim.loop, &start, &log, 1500, on_monitor, &victim, &link, &error) ||
        !loop_on_signal(victim.loop, SIGTERM, on_term, &victim, &error)) {
        return 93;
    }
    if (start.restarted) {
        write_file(victim.folder, "log", start.reason, O_APPEND);
        write_file(victim.folder, "log", "\n", O_APPEND);
    }
    write_pid(victim.folder, "monitor", start.monitor);
    write_pid(victim.folder, "agent", getpid());
    monitor_link_ready(link);
    loop_run(victim.loop);
    monitor_link_free(link);
    loop_free(victim.loop);
    return 0;
}

/* ---- the test ---- */

typedef struct Scene {
    char folder[40];
} Scene;

enum { PATIENCE = 8000 };

static void nap(void)
{
    (void)poll(NULL, 0, 10); /* interrupted: shorter, no harm */
}

static pid_t read_pid(const Scene *scene, const char *name)
{
    char path[128], text[32] = {0};
    uint64_t pid = 0;

    assert_true(str_format(path, sizeof(path), "%s/%s", scene->folder, name));
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t size = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);
    if (fd >= 0) {
        close(fd);
    }
    return size > 0 && str_to_uint(text, (size_t)size, &pid) ? (pid_t)pid : 0;
}

static pid_t other_pid(const Scene *scene, const char *name, pid_t before)
{
    const Millis until = loop_now() + PATIENCE;
    pid_t pid;

    while ((pid = read_pid(scene, name)) == before || pid == 0) {
        if (loop_now() > until) {
            fail_msg("no other %s than %d", name, before);
        }
        nap();
    }
    return pid;
}

static bool is_gone(pid_t pid)
{
    const Millis until = loop_now() + PATIENCE;

    while (kill(pid, 0) == 0) {
        /* One that nobody reaps (a container without init) is dead, too. */
        char path[64], text[256] = {0};
        assert_true(str_format(path, sizeof(path), "/proc/%d/stat", (int)pid));
        const int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            (void)!read(fd, text, sizeof(text) - 1);
            close(fd);
        }
        if (strstr(text, ") Z ") != NULL) {
            return true;
        }
        if (loop_now() > until) {
            return false;
        }
        nap();
    }
    return true;
}

static int start(Scene *scene, const char *behaviour)
{
    int status;

    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_monitor_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    const pid_t pid = fork();
    if (pid == 0) {
        char program[] = "test_monitor", mode[] = "agent", how[16] = {0};
        (void)str_copy(how, sizeof(how), behaviour);
        char *argv[] = {program, mode, scene->folder, how, NULL};
        execv("/proc/self/exe", argv);
        _exit(99);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static size_t count_log(const Scene *scene, const char *part)
{
    char path[128], text[4096] = {0};
    size_t count = 0;

    assert_true(str_format(path, sizeof(path), "%s/log", scene->folder));
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!read(fd, text, sizeof(text) - 1);
        close(fd);
    }
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
        count++;
    }
    return count;
}

static void done(const Scene *scene)
{
    const char *const names[] = {"agent", "monitor", "log", "agent.new", "monitor.new"};
    char path[128];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_true(str_format(path, sizeof(path), "%s/%s", scene->folder, names[i]));
        (void)unlink(path);
    }
    assert_int_equal(rmdir(scene->folder), 0);
}

static void end_on_purpose(const Scene *scene)
{
    const pid_t agent = read_pid(scene, "agent"), monitor = read_pid(scene, "monitor");

    assert_int_equal(kill(agent, SIGTERM), 0);
    assert_true(is_gone(agent));
    assert_true(is_gone(monitor));
    assert_int_equal(read_pid(scene, "agent"), agent);
}

static void the_starter_returns_when_the_agent_serves(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "serves"), 0);
    assert_int_not_equal(read_pid(&scene, "agent"), 0);
    assert_int_not_equal(read_pid(&scene, "monitor"), read_pid(&scene, "agent"));
    end_on_purpose(&scene);
    done(&scene);
}

static void an_agent_that_never_served_is_not_started_again(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "fails"), 7);
    assert_int_equal(read_pid(&scene, "agent"), 0);
    done(&scene);
}

static void a_killed_agent_is_started_again(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "serves"), 0);
    const pid_t monitor = read_pid(&scene, "monitor");
    for (int i = 0; i < 3; i++) {
        const pid_t agent = read_pid(&scene, "agent");
        assert_int_equal(kill(agent, SIGKILL), 0);
        assert_int_not_equal(other_pid(&scene, "agent", agent), agent);
    }
    assert_int_equal(read_pid(&scene, "monitor"), monitor);
    assert_int_equal(count_log(&scene, "it was ended by signal 9\n"), 3);
    end_on_purpose(&scene);
    done(&scene);
}

static void a_silent_agent_is_killed_and_started_again(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "serves"), 0);
    const pid_t agent = read_pid(&scene, "agent");
    const Millis since = loop_now();
    assert_int_equal(kill(agent, SIGSTOP), 0);
    (void)other_pid(&scene, "agent", agent);
    assert_true(loop_now() - since >= 1500);
    assert_true(is_gone(agent));
    assert_int_equal(count_log(&scene, "it gave no sign of life for 1500 ms\n"), 1);
    end_on_purpose(&scene);
    done(&scene);
}

static void a_killed_monitor_is_made_again_and_does_its_work(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "serves"), 0);
    const pid_t agent = read_pid(&scene, "agent"), monitor = read_pid(&scene, "monitor");
    assert_int_equal(kill(monitor, SIGKILL), 0);
    const pid_t second = other_pid(&scene, "monitor", monitor);
    assert_int_equal(read_pid(&scene, "agent"), agent);
    assert_int_equal(count_log(&scene, "WARNING: the monitor of the agent ended unexpectedly"), 1);

    /* The second monitor is no parent of the agent, and starts another all the same. */
    assert_int_equal(kill(agent, SIGKILL), 0);
    const pid_t third = other_pid(&scene, "agent", agent);
    assert_int_equal(read_pid(&scene, "monitor"), second);
    assert_int_equal(count_log(&scene, "it ended\n"), 1);

    /* And is watched again by the new agent. */
    assert_int_equal(kill(second, SIGKILL), 0);
    (void)other_pid(&scene, "monitor", second);
    assert_int_equal(read_pid(&scene, "agent"), third);
    end_on_purpose(&scene);
    done(&scene);
}

static void a_stopped_monitor_does_not_hold_the_agent(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "serves"), 0);
    const pid_t agent = read_pid(&scene, "agent"), monitor = read_pid(&scene, "monitor");
    assert_int_equal(kill(monitor, SIGSTOP), 0);
    for (int i = 0; i < 300; i++) {
        nap();
    }
    assert_int_equal(kill(monitor, SIGCONT), 0);
    for (int i = 0; i < 200; i++) {
        nap();
    }
    assert_int_equal(read_pid(&scene, "agent"), agent); /* its silence was the monitor's own */
    assert_int_equal(kill(agent, 0), 0);
    end_on_purpose(&scene);
    done(&scene);
}

static void a_signal_to_the_monitor_reaches_the_agent(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "serves"), 0);
    const pid_t agent = read_pid(&scene, "agent"), monitor = read_pid(&scene, "monitor");
    assert_int_equal(kill(monitor, SIGTERM), 0);
    assert_true(is_gone(agent));
    assert_true(is_gone(monitor));
    done(&scene);
}

/* Ten restarts take 0.2 + 0.4 + ... seconds; here only that each follows after a longer pause. */
static void an_agent_that_keeps_failing_is_started_more_and_more_slowly(void **state)
{
    (void)state;
    Scene scene;
    assert_int_equal(start(&scene, "fails_again"), 0);
    const pid_t agent = read_pid(&scene, "agent"), monitor = read_pid(&scene, "monitor");
    assert_int_equal(kill(agent, SIGKILL), 0);
    for (int i = 0; i < 150; i++) {
        nap();
    }
    assert_int_equal(read_pid(&scene, "agent"), agent);
    assert_int_equal(kill(monitor, 0), 0);
    assert_int_equal(kill(monitor, SIGTERM), 0); /* an operator need not wait for the end of it */
    assert_true(is_gone(monitor));
    done(&scene);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "agent") == 0) {
        return be_agent(argv);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_starter_returns_when_the_agent_serves),
        cmocka_unit_test(an_agent_that_never_served_is_not_started_again),
        cmocka_unit_test(a_killed_agent_is_started_again),
        cmocka_unit_test(a_silent_agent_is_killed_and_started_again),
        cmocka_unit_test(a_killed_monitor_is_made_again_and_does_its_work),
        cmocka_unit_test(a_stopped_monitor_does_not_hold_the_agent),
        cmocka_unit_test(a_signal_to_the_monitor_reaches_the_agent),
        cmocka_unit_test(an_agent_that_keeps_failing_is_started_more_and_more_slowly),
    };
    return cmocka_run_group_tests_name("monitor", tests, NULL, NULL);
}

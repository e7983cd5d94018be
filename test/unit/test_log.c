/* The log, with a reader that reads, one that does not, and none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/str.h"
#include "messages.h"
#include "sys/log.h"
#include "sys/loop.h"

typedef struct Scene {
    char folder[32];
    LogConfig config;
    Log *log;
    int reader;
} Scene;

static void listen_there(Scene *scene)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};

    assert_true(str_copy(at.sun_path, sizeof(at.sun_path), scene->config.socket_path));
    (void)unlink(at.sun_path);
    scene->reader = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(scene->reader, (const struct sockaddr *)&at, sizeof(at)), 0);
}

static void begin(Scene *scene)
{
    Error error;

    memset(scene, 0, sizeof(*scene));
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_log_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(
        str_copy(scene->config.ident, sizeof(scene->config.ident), "MirroringControllerOpen"));
    scene->config.facility = 16;
    assert_true(str_format(scene->config.socket_path, LOG_PATH_SIZE, "%s/log", scene->folder));
    assert_true(str_format(scene->config.file, LOG_PATH_SIZE, "%s/file", scene->folder));
    assert_true(log_new(&scene->config, &scene->log, &error));
    scene->reader = -1;
}

static void done(Scene *scene)
{
    log_free(scene->log);
    if (scene->reader >= 0) {
        close(scene->reader);
    }
    (void)unlink(scene->config.socket_path);
    assert_int_equal(unlink(scene->config.file), 0);
    assert_int_equal(rmdir(scene->folder), 0);
}

static bool take(const Scene *scene, char *ret, size_t size)
{
    const ssize_t got = recv(scene->reader, ret, size - 1, 0);

    ret[got < 0 ? 0 : got] = '\0';
    return got > 0;
}

static void say(const Scene *scene, LogEntry entry)
{
    const LogPort port = log_port(scene->log);

    port.write(port.self, &entry);
}

static void a_message_has_the_form_that_people_look_for(void **state)
{
    (void)state;
    Scene scene;
    char line[2048], expected[128], start[32];
    begin(&scene);
    listen_there(&scene);
    say(&scene, msg_promotion_completed());
    assert_true(take(&scene, line, sizeof(line)));
    /* <priority>Mmm dd hh:mm:ss */
    memcpy(start, line, 5);
    start[5] = '\0';
    assert_string_equal(start, "<134>");
    assert_true(str_format(expected, sizeof(expected),
                           " MirroringControllerOpen[%d]: LOG: promotion processing completed "
                           "(MCA00062)",
                           (int)getpid()));
    assert_string_equal(line + strlen("<134>Nov 23 16:00:00"), expected);
    assert_false(take(&scene, line, sizeof(line)));
    done(&scene);
}

static void detail_and_hint_have_lines_of_their_own(void **state)
{
    (void)state;
    Scene scene;
    char line[2048];
    begin(&scene);
    listen_there(&scene);
    say(&scene, msg_voter_lost_memory("its checksum is wrong"));
    say(&scene, msg_time_jumped(61000));
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line,
                           "]: WARNING: the durable state of this voter is lost: its checksum "
                           "is wrong (MCA01007)"));
    assert_int_equal(strncmp(line, "<132>", 5), 0);
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line,
                           "]: it comes back as a new incarnation; what the lost memory promised "
                           "cannot be counted any more (MCA01007)"));
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line, "(MCA01005)"));
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line, "]: decisions wait until there are fresh facts (MCA01005)"));
    done(&scene);
}

static void a_reader_that_does_not_read_delays_nothing(void **state)
{
    (void)state;
    Scene scene;
    char line[2048];
    begin(&scene);
    listen_there(&scene);
    const Millis start = loop_now();
    for (int i = 0; i < 2000; i++) {
        say(&scene, msg_promotion_completed());
    }
    assert_true(loop_now() - start < 2000);
    const uint64_t dropped = log_dropped(scene.log);
    assert_in_range(dropped, 1000, 1999);

    for (uint64_t i = 0; i < 2000 - dropped; i++) {
        assert_true(take(&scene, line, sizeof(line)));
        assert_non_null(strstr(line, "MCA00062"));
    }
    assert_false(take(&scene, line, sizeof(line)));
    say(&scene, msg_voter_recovered(7));
    assert_true(take(&scene, line, sizeof(line)));
    char expected[128];
    assert_true(
        str_format(expected, sizeof(expected),
                   "WARNING: %llu messages were dropped because the system log did not take "
                   "them (MCA01004)",
                   (unsigned long long)dropped));
    assert_non_null(strstr(line, expected));
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line, "as incarnation 7"));
    assert_int_equal(log_dropped(scene.log), 0);
    done(&scene);
}

static void a_log_that_comes_back_is_found_again(void **state)
{
    (void)state;
    Scene scene;
    char line[2048];
    begin(&scene);
    say(&scene, msg_promotion_completed()); /* nobody there yet */
    assert_int_equal(log_dropped(scene.log), 1);
    listen_there(&scene);
    say(&scene, msg_promotion_completed());
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line, "1 messages were dropped"));
    assert_true(take(&scene, line, sizeof(line)));
    close(scene.reader);
    say(&scene, msg_promotion_completed());
    assert_int_equal(log_dropped(scene.log), 1);
    listen_there(&scene); /* a new socket under the same name */
    say(&scene, msg_promotion_completed());
    assert_true(take(&scene, line, sizeof(line)));
    assert_true(take(&scene, line, sizeof(line)));
    assert_non_null(strstr(line, "MCA00062"));
    done(&scene);
}

/* It is written by another process. */
static void read_file(const Scene *scene, const char *end, char *ret, size_t size)
{
    for (int i = 0; i < 500; i++) {
        const int fd = open(scene->config.file, O_RDONLY | O_CLOEXEC);
        const ssize_t got = read(fd, ret, size - 1);
        close(fd);
        assert_true(got >= 0);
        ret[got] = '\0';
        if (strstr(ret, end) != NULL) {
            return;
        }
        (void)poll(NULL, 0, 10);
    }
    fail_msg("not in the file: %s", end);
}

static void the_file_has_every_line_with_its_time(void **state)
{
    (void)state;
    Scene scene;
    char text[1024] = {0}, expected[128];
    begin(&scene);
    say(&scene, msg_time_jumped(61000));
    read_file(&scene, "fresh facts (MCA01005)\n", text, sizeof(text));
    assert_int_equal(text[4], '-');
    assert_true(str_format(expected, sizeof(expected),
                           " MirroringControllerOpen[%d]: WARNING: this "
                           "process did not run for 1 min 1 s (MCA01005)\n",
                           (int)getpid()));
    assert_int_equal(strncmp(text + 19, expected, strlen(expected)), 0);
    assert_non_null(strstr(text, "]: decisions wait until there are fresh facts (MCA01005)\n"));
    done(&scene);
}

/* A pipe that nobody empties is as a disk that takes no more. */
static void a_file_that_takes_nothing_delays_nothing(void **state)
{
    (void)state;
    Scene scene;
    Error error;
    char text[4096];
    ssize_t got = 0;
    int told = 0;
    begin(&scene);
    log_free(scene.log);
    assert_int_equal(unlink(scene.config.file), 0);
    assert_int_equal(mkfifo(scene.config.file, 0600), 0);
    const int reader = open(scene.config.file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_true(log_new(&scene.config, &scene.log, &error));
    alarm(20); /* where a write waits it waits for ever */
    const Millis start = loop_now();
    for (int i = 0; i < 5000; i++) {
        say(&scene, msg_promotion_completed());
    }
    assert_true(loop_now() - start < 3000);
    for (int i = 0; i < 2000 && told == 0; i++) {
        got = read(reader, text, sizeof(text) - 1);
        text[got < 0 ? 0 : got] = '\0';
        told += strstr(text, " lines are missing from this file") != NULL;
        if (got < (ssize_t)sizeof(text) - 1) {
            say(&scene, msg_promotion_completed());
            (void)poll(NULL, 0, 1);
        }
    }
    alarm(0);
    assert_int_equal(told, 1);
    close(reader);
    done(&scene);
}

static void a_writer_that_was_killed_costs_lines_and_no_more(void **state)
{
    (void)state;
    Scene scene;
    char text[4096];
    begin(&scene);
    say(&scene, msg_promotion_completed());
    read_file(&scene, "(MCA00062)\n", text, sizeof(text));
    char words[64] = {0};
    uint64_t child = 0;
    const int children = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    assert_true(read(children, words, sizeof(words) - 1) > 0);
    close(children);
    assert_true(str_to_uint(words, strcspn(words, " "), &child));
    assert_int_equal(kill((pid_t)child, SIGKILL), 0);
    for (int i = 0; i < 100; i++) {
        say(&scene, msg_promotion_completed());
        (void)poll(NULL, 0, 1);
    }
    done(&scene);
}

static void standard_error_that_nobody_reads_delays_nothing(void **state)
{
    (void)state;
    Scene scene;
    Error error;
    int pipe_fds[2];
    begin(&scene);
    assert_int_equal(pipe(pipe_fds), 0);
    const int kept = dup(STDERR_FILENO);
    log_free(scene.log);
    scene.config.to_stderr = true;
    assert_true(log_new(&scene.config, &scene.log, &error));
    dup2(pipe_fds[1], STDERR_FILENO);
    const Millis start = loop_now();
    for (int i = 0; i < 2000; i++) {
        say(&scene, msg_promotion_completed());
    }
    const Millis end = loop_now();
    dup2(kept, STDERR_FILENO);
    assert_true(end - start < 3000);
    close(kept);
    close(pipe_fds[0]);
    close(pipe_fds[1]);
    done(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_has_the_form_that_people_look_for),
        cmocka_unit_test(detail_and_hint_have_lines_of_their_own),
        cmocka_unit_test(a_reader_that_does_not_read_delays_nothing),
        cmocka_unit_test(a_log_that_comes_back_is_found_again),
        cmocka_unit_test(the_file_has_every_line_with_its_time),
        cmocka_unit_test(a_file_that_takes_nothing_delays_nothing),
        cmocka_unit_test(a_writer_that_was_killed_costs_lines_and_no_more),
        cmocka_unit_test(standard_error_that_nobody_reads_delays_nothing),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}

/* The control socket, with clients that behave and clients that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "sys/control.h"

typedef struct Scene {
    char folder[32];
    char path[64];
    Loop *loop;
    Control *control;
    int requests;
    int gone;
    uint32_t client;
    uint32_t user;
    size_t size;
    char last[32];
    bool answer; /* at once: "one", "two" */
    Deadline timer;
} Scene;

static void on_request(void *self, uint32_t client, uint32_t user, const uint8_t *bytes,
                       size_t size)
{
    Scene *scene = self;

    scene->requests++;
    scene->client = client;
    scene->user = user;
    scene->size = size;
    memset(scene->last, 0, sizeof(scene->last));
    memcpy(scene->last, bytes, size < 31 ? size : 31);
    if (scene->answer) {
        control_answer(scene->control, client, (const uint8_t *)"one", 3, false);
        control_answer(scene->control, client, (const uint8_t *)"two", 3, true);
        control_answer(scene->control, client, (const uint8_t *)"never", 5, true);
    }
}

static void on_gone(void *self, uint32_t client)
{
    Scene *scene = self;

    assert_int_equal(client, scene->client);
    scene->gone++;
}

static void begin(Scene *scene)
{
    Error error;

    memset(scene, 0, sizeof(*scene));
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_ctl_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(str_format(scene->path, sizeof(scene->path), "%s/a.sock", scene->folder));
    assert_true(loop_new(&scene->loop, &error));
    const ControlOwner owner = {.self = scene, .request = on_request, .gone = on_gone};
    assert_true(control_new(scene->loop, scene->path, &owner, &scene->control, &error));
}

static void done(Scene *scene)
{
    control_free(scene->control);
    loop_free(scene->loop);
    assert_int_equal(access(scene->path, F_OK), -1);
    assert_int_equal(rmdir(scene->folder), 0);
}

static void on_time(void *data)
{
    loop_stop(((Scene *)data)->loop);
}

static void run_for(Scene *scene, Millis time)
{
    loop_deadline_set(scene->loop, &scene->timer, loop_now() + time, on_time, scene);
    loop_run(scene->loop);
}

static int call(const Scene *scene)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(str_copy(to.sun_path, sizeof(to.sun_path), scene->path));
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
    return fd;
}

static ssize_t hear(int fd, char *ret, size_t size)
{
    memset(ret, 0, size);
    return recv(fd, ret, size - 1, MSG_DONTWAIT);
}

static void a_request_gets_its_answers_and_the_end(void **state)
{
    (void)state;
    Scene scene;
    char heard[64];
    begin(&scene);
    scene.answer = true;
    const int fd = call(&scene);
    assert_int_equal(send(fd, "\0\0\0\5sta", 7, 0), 7);
    run_for(&scene, 20);
    assert_int_equal(scene.requests, 0);
    assert_int_equal(send(fd, "te", 2, 0), 2);
    run_for(&scene, 20);
    assert_int_equal(scene.requests, 1);
    assert_string_equal(scene.last, "state");
    assert_int_equal(scene.user, geteuid());
    assert_int_not_equal(scene.client, 0);
    assert_int_equal(hear(fd, heard, sizeof(heard)), 14);
    assert_memory_equal(heard, "\0\0\0\3one\0\0\0\3two", 14);
    assert_int_equal(hear(fd, heard, sizeof(heard)), 0);
    assert_int_equal(scene.gone, 0);
    close(fd);
    done(&scene);
}

static void a_client_that_leaves_is_told_of(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    const int fd = call(&scene);
    assert_int_equal(send(fd, "\0\0\0\4wait", 8, 0), 8);
    run_for(&scene, 20);
    assert_int_equal(scene.requests, 1);
    close(fd);
    run_for(&scene, 20);
    assert_int_equal(scene.gone, 1);
    control_answer(scene.control, scene.client, (const uint8_t *)"late", 4, true);
    run_for(&scene, 20);
    done(&scene);
}

static void forbidden_lengths_end_the_connection(void **state)
{
    (void)state;
    Scene scene;
    char heard[16];
    const char *const headers[] = {"\xff\xff\xff\xff", "\0\0\0\0", "\0\0\x30\x01"};
    begin(&scene);
    for (size_t i = 0; i < 3; i++) {
        const int fd = call(&scene);
        assert_int_equal(send(fd, headers[i], 4, 0), 4);
        run_for(&scene, 20);
        assert_int_equal(hear(fd, heard, sizeof(heard)), 0);
        close(fd);
    }
    assert_int_equal(scene.requests, 0);
    done(&scene);
}

static void more_clients_than_allowed_are_turned_away(void **state)
{
    (void)state;
    Scene scene;
    char heard[16];
    int fds[CONTROL_CLIENTS_MAX + 3];
    begin(&scene);
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX + 3; i++) {
        fds[i] = call(&scene);
        run_for(&scene, 5);
        const ssize_t got = hear(fds[i], heard, sizeof(heard));
        assert_int_equal(got, i < CONTROL_CLIENTS_MAX ? -1 : 0);
    }
    close(fds[0]);
    run_for(&scene, 10);
    scene.answer = true;
    const int fd = call(&scene);
    assert_int_equal(send(fd, "\0\0\0\1x", 5, 0), 5);
    run_for(&scene, 20);
    assert_int_equal(scene.requests, 1);
    assert_int_equal(hear(fd, heard, sizeof(heard)), 14);
    for (size_t i = 1; i < CONTROL_CLIENTS_MAX + 3; i++) {
        close(fds[i]);
    }
    close(fd);
    done(&scene);
}

/* Plays a client that has connected and says nothing: its time runs out. */
static void a_silent_client_is_closed(void **state)
{
    (void)state;
    Scene scene;
    char heard[16];
    begin(&scene);
    const int fd = call(&scene);
    run_for(&scene, CONTROL_REQUEST_LIMIT - 500);
    assert_int_equal(hear(fd, heard, sizeof(heard)), -1);
    run_for(&scene, 700);
    assert_int_equal(hear(fd, heard, sizeof(heard)), 0);
    close(fd);
    done(&scene);
}

static void a_client_that_does_not_read_is_closed(void **state)
{
    (void)state;
    Scene scene;
    uint8_t bytes[CONTROL_FRAME_MAX] = {0};
    begin(&scene);
    const int fd = call(&scene);
    assert_int_equal(send(fd, "\0\0\0\1x", 5, 0), 5);
    run_for(&scene, 20);
    for (int i = 0; i < 1000; i++) {
        control_answer(scene.control, scene.client, bytes, sizeof(bytes), false);
    }
    run_for(&scene, 20);
    assert_int_equal(scene.gone, 1);
    close(fd);
    done(&scene);
}

static void other_users_are_not_heard(void **state)
{
    (void)state;
    Scene scene;
    int status;
    begin(&scene);
    struct stat mode;
    assert_int_equal(stat(scene.path, &mode), 0);
    assert_int_equal(mode.st_mode & 0777, 0600);
    if (geteuid() != 0) {
        done(&scene); /* only root can be somebody else */
        return;
    }
    assert_int_equal(chmod(scene.folder, 0755), 0);
    assert_int_equal(chmod(scene.path, 0666), 0); /* somebody opened it up by mistake */
    const pid_t pid = fork();
    if (pid == 0) {
        struct sockaddr_un to = {.sun_family = AF_UNIX};
        char byte;
        const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_true(str_copy(to.sun_path, sizeof(to.sun_path), scene.path));
        if (setuid(65534) != 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
            _exit(1);
        }
        (void)!send(fd, "\0\0\0\1x", 5, MSG_NOSIGNAL);
        _exit(recv(fd, &byte, 1, 0) > 0 ? 2 : 0);
    }
    run_for(&scene, 100);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(scene.requests, 0);
    done(&scene);
}

static void a_path_that_is_too_long_or_taken_is_an_error(void **state)
{
    (void)state;
    Scene scene;
    Control *control;
    Error error = {0};
    char path[256];
    begin(&scene);
    const ControlOwner owner = {.self = &scene, .request = on_request, .gone = on_gone};
    memset(path, 'x', sizeof(path));
    path[CONTROL_PATH_MAX + 1] = '\0';
    assert_false(control_new(scene.loop, path, &owner, &control, &error));
    assert_int_equal(error.kind, ERROR_CONFIG);
    assert_non_null(strstr(error.text, "has 108 bytes, the system allows 107"));
    assert_false(control_new(scene.loop, scene.path, &owner, &control, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);

    /* One that a dead process left is replaced; a file that is no socket is not. */
    assert_true(str_format(path, sizeof(path), "%s/b.sock", scene.folder));
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    assert_true(str_copy(at.sun_path, sizeof(at.sun_path), path));
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
    close(fd);
    assert_true(control_new(scene.loop, path, &owner, &control, &error));
    control_free(control);
    run_for(&scene, 10);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_false(control_new(scene.loop, path, &owner, &control, &error));
    assert_int_equal(unlink(path), 0);
    done(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_gets_its_answers_and_the_end),
        cmocka_unit_test(a_client_that_leaves_is_told_of),
        cmocka_unit_test(forbidden_lengths_end_the_connection),
        cmocka_unit_test(more_clients_than_allowed_are_turned_away),
        cmocka_unit_test(a_silent_client_is_closed),
        cmocka_unit_test(a_client_that_does_not_read_is_closed),
        cmocka_unit_test(other_users_are_not_heard),
        cmocka_unit_test(a_path_that_is_too_long_or_taken_is_an_error),
    };
    return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}

/* The loop's deadlines, signals and children, on the real clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/loop.h"
#include "sys/process.h"

typedef struct Scene {
    Loop *loop;
    Deadline deadlines[5];
    char order[16];
    size_t calls;
    size_t drains;
    ProcessResult result;
    char output[PROCESS_OUTPUT_MAX + 1];
} Scene;

static void begin(Scene *scene)
{
    Error error;

    memset(scene, 0, sizeof(*scene));
    assert_true(loop_new(&scene->loop, &error));
}

static void note(Scene *scene, char what)
{
    scene->order[scene->calls++] = what;
}

static void call_a(void *data)
{
    note(data, 'a');
}

static void call_b(void *data)
{
    note(data, 'b');
}

static void call_end(void *data)
{
    Scene *scene = data;

    note(scene, '.');
    loop_stop(scene->loop);
}

static void deadlines_come_in_their_order_and_not_early(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    const Millis start = loop_now();

    loop_deadline_set(scene.loop, &scene.deadlines[0], start + 30, call_end, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[1], start + 20, call_b, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[2], start + 10, call_a, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[3], start + 15, call_a, &scene);
    loop_deadline_clear(scene.loop, &scene.deadlines[3]);
    loop_deadline_set(scene.loop, &scene.deadlines[4], start + 5000, call_b, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[4], start + 25, call_b, &scene);
    loop_run(scene.loop);
    assert_string_equal(scene.order, "abb.");
    assert_true(loop_now() >= start + 30);
    assert_true(loop_now() < start + 1000);
    loop_free(scene.loop);
}

static void a_loose_deadline_comes_with_the_next_punctual_one(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    const Millis start = loop_now();

    loop_deadline_set_loose(scene.loop, &scene.deadlines[0], start + 10, 500, call_a, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[1], start + 5, call_b, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[2], start + 40, call_end, &scene);
    loop_run(scene.loop);
    assert_string_equal(scene.order, "ba.");
    assert_true(loop_now() < start + 500);
    loop_free(scene.loop);
}

static void a_loose_deadline_comes_alone_at_the_end_of_its_slack(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    const Millis start = loop_now();

    /* Far from the punctual one: on a busy machine that comes late. */
    loop_deadline_set_loose(scene.loop, &scene.deadlines[0], start + 300, 200, call_end, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[1], start + 5, call_b, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[2], start + 5000, call_a, &scene);
    loop_run(scene.loop);
    assert_string_equal(scene.order, "b.");
    assert_true(loop_now() >= start + 500);
    assert_true(loop_now() < start + 4000);
    loop_free(scene.loop);
}

static void call_again(void *data)
{
    Scene *scene = data;

    note(scene, 'r');
    if (scene->calls < 4) {
        loop_deadline_set(scene->loop, &scene->deadlines[0], loop_now(), call_again, scene);
    }
}

static void count_drain(void *data)
{
    ((Scene *)data)->drains++;
}

static void a_deadline_that_sets_itself_for_now_does_not_hold_the_loop(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    loop_on_drain(scene.loop, count_drain, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[0], loop_now(), call_again, &scene);
    loop_deadline_set(scene.loop, &scene.deadlines[1], loop_now() + 20, call_end, &scene);
    loop_run(scene.loop);
    assert_string_equal(scene.order, "rrrr.");
    assert_true(scene.drains >= 5);
    loop_free(scene.loop);
}

static void the_agents_clock_keeps_one_wish(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    const ClockPort clock = loop_clock_port(scene.loop, call_end, &scene);
    const Millis start = clock.now(clock.self);

    clock.wake(clock.self, start + 1);
    clock.wake(clock.self, start + 15);
    loop_run(scene.loop);
    assert_string_equal(scene.order, ".");
    assert_true(clock.now(clock.self) >= start + 15);
    assert_true(clock.wall(clock.self) > 1600000000);
    clock.wake(clock.self, MILLIS_NEVER);
    loop_free(scene.loop);
}

static void signals_become_calls(void **state)
{
    (void)state;
    Scene scene;
    Error error;
    begin(&scene);
    assert_true(loop_on_signal(scene.loop, SIGUSR1, call_end, &scene, &error));
    assert_int_equal(kill(getpid(), SIGUSR1), 0);
    loop_run(scene.loop);
    assert_string_equal(scene.order, ".");
    loop_free(scene.loop);
}

static void on_done(void *data, const ProcessResult *result)
{
    Scene *scene = data;

    scene->result = *result;
    memcpy(scene->output, result->output, result->size + 1);
    loop_stop(scene->loop);
}

static void run_child(Scene *scene, const char *const *argv, Millis limit)
{
    Error error;
    const ProcessSpec spec = {.argv = argv, .limit = limit};

    assert_true(process_spawn(scene->loop, &spec, on_done, scene, NULL, &error));
    loop_run(scene->loop);
}

static void a_child_says_what_it_has_to_say(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    run_child(&scene, (const char *const[]){"ls", "-d", "/", "/does not exist", NULL}, 5000);
    assert_int_equal(scene.result.exit_status, 2);
    assert_int_equal(scene.result.signal, 0);
    assert_false(scene.result.timed_out);
    assert_non_null(strstr(scene.output, "/\n"));
    assert_non_null(strstr(scene.output, "does not exist"));
    loop_free(scene.loop);
}

static void a_childs_output_is_bounded(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene);
    run_child(&scene, (const char *const[]){"seq", "1", "100000", NULL}, 5000);
    assert_int_equal(scene.result.exit_status, 0);
    assert_int_equal(scene.result.size, PROCESS_OUTPUT_MAX);
    assert_true(scene.result.cut);
    loop_free(scene.loop);
}

static void a_child_beyond_its_limit_is_killed_with_its_own(void **state)
{
    (void)state;
    Scene scene;
    const Millis start = loop_now();
    begin(&scene);
    run_child(&scene, (const char *const[]){"timeout", "50", "sleep", "60", NULL}, 100);
    assert_true(scene.result.timed_out);
    assert_int_equal(scene.result.signal, SIGKILL);
    assert_true(loop_now() < start + 2000);
    loop_free(scene.loop);
}

static void a_program_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    Scene scene;
    Error error = {0};
    begin(&scene);
    const char *const argv[] = {"/does/not/exist", NULL};
    const ProcessSpec spec = {.argv = argv, .limit = 1000};
    assert_false(process_spawn(scene.loop, &spec, on_done, &scene, NULL, &error));
    assert_string_equal(error.text, "cannot start \"/does/not/exist\": No such file or directory");
    loop_free(scene.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deadlines_come_in_their_order_and_not_early),
        cmocka_unit_test(a_loose_deadline_comes_with_the_next_punctual_one),
        cmocka_unit_test(a_loose_deadline_comes_alone_at_the_end_of_its_slack),
        cmocka_unit_test(a_deadline_that_sets_itself_for_now_does_not_hold_the_loop),
        cmocka_unit_test(the_agents_clock_keeps_one_wish),
        cmocka_unit_test(signals_become_calls),
        cmocka_unit_test(a_child_says_what_it_has_to_say),
        cmocka_unit_test(a_childs_output_is_bounded),
        cmocka_unit_test(a_child_beyond_its_limit_is_killed_with_its_own),
        cmocka_unit_test(a_program_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}

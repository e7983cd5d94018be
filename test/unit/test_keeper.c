/*
 * sys/keeper.h: the child that looks after the backup directory, and what becomes of one that does not end.
 */
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/str.h"
#include "sys/keeper.h"

enum { PATIENCE_MS = 20000 };

/* It notes its number, and goes on whatever becomes of its standard input. */
static const char SCRIPT[] = "#!/bin/sh\necho $$ >> \"$3/runs\"\nexec sleep 1000\n";

typedef struct Scene {
    char folder[32];
    char program[64];
    char runs[64];
    Loop *loop;
    Keeper *keeper;
    int wanted; /* runs */
    Millis until;
    Deadline poll;
} Scene;

static void write_nothing(void *self, const LogEntry *entry)
{
    (void)self;
    (void)entry;
}

/* How often it was begun; as which process the last time. */
static int count_runs(const Scene *scene, pid_t *ret_last)
{
    char text[256];
    int count = 0;
    uint64_t pid = 0;
    Error none = {0};
    *ret_last = 0;
    if (!pg_file_read(scene->runs, text, sizeof(text), NULL, &none)) {
        return 0;
    }
    for (const char *at = text; strchr(at, '\n') != NULL; at = strchr(at, '\n') + 1) {
        count += str_to_uint(at, strcspn(at, "\n"), &pid) ? 1 : 0;
        *ret_last = (pid_t)pid;
    }
    return count;
}

static void look(void *data)
{
    Scene *scene = data;
    pid_t last;
    if (count_runs(scene, &last) >= scene->wanted || loop_now() >= scene->until) {
        loop_stop(scene->loop);
    } else {
        loop_deadline_set(scene->loop, &scene->poll, loop_now() + 10, look, scene);
    }
}

static void wait_runs(Scene *scene, int wanted)
{
    pid_t last;
    scene->wanted = wanted;
    scene->until = loop_now() + PATIENCE_MS;
    loop_deadline_set(scene->loop, &scene->poll, loop_now(), look, scene);
    loop_run(scene->loop);
    assert_int_equal(count_runs(scene, &last), wanted);
}

static void begin(Scene *scene)
{
    static PgSetup setup;
    const LogPort log = {.write = write_nothing};
    Error error = {0};
    memset(scene, 0, sizeof(*scene));
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_keeper_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(str_format(scene->program, sizeof(scene->program), "%s/program", scene->folder));
    assert_true(str_format(scene->runs, sizeof(scene->runs), "%s/runs", scene->folder));
    assert_true(pg_file_write(scene->program, SCRIPT, strlen(SCRIPT), 0700, &error));
    pg_setup_defaults(&setup);
    assert_true(str_copy(setup.data_dir, sizeof(setup.data_dir), scene->folder));
    assert_true(str_copy(setup.mc_dir, sizeof(setup.mc_dir), scene->folder));
    assert_true(loop_new(&scene->loop, &error));
    const KeeperConfig config = {.program = scene->program, .setup = &setup, .log = &log};
    assert_true(keeper_new(scene->loop, &config, &scene->keeper, &error));
}

static void done(Scene *scene)
{
    pid_t last;
    assert_int_not_equal(count_runs(scene, &last), 0);
    keeper_free(scene->keeper);
    assert_int_equal(kill(last, SIGKILL), 0);
    loop_free(scene->loop);
    (void)unlink(scene->program);
    (void)unlink(scene->runs);
    assert_int_equal(rmdir(scene->folder), 0);
}

static void one_that_does_not_end_is_killed_also_where_its_role_is_wanted_again(void **state)
{
    Scene scene;
    (void)state;
    begin(&scene);
    keeper_view(scene.keeper, INSTANCE_OPEN);
    wait_runs(&scene, 1);
    keeper_view(scene.keeper, INSTANCE_DOWN);
    keeper_view(scene.keeper, INSTANCE_OPEN);
    wait_runs(&scene, 2);
    done(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_does_not_end_is_killed_also_where_its_role_is_wanted_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * sys/journal.h: lines in a file, and what a kill or a full disk makes of it.
 */
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "sys/journal.h"

typedef struct Scene {
    char folder[32];
    char path[64];
    char old[64];
    Loop *loop;
    Journal *journal;
    int failures;
    int recoveries;
    uint64_t dropped;
    Error error;
    Deadline poll;
} Scene;

static void on_told(void *data, const Error *error, uint64_t dropped)
{
    Scene *scene = data;
    scene->dropped = dropped;
    if (error == NULL) {
        scene->recoveries++;
    } else {
        scene->failures++;
        scene->error = *error;
    }
}

static void begin(Scene *scene, size_t bound)
{
    Error error;
    memset(scene, 0, sizeof(*scene));
    assert_true(str_copy(scene->folder, sizeof(scene->folder), "/tmp/mc_journal_XXXXXX"));
    assert_non_null(mkdtemp(scene->folder));
    assert_true(str_format(scene->path, sizeof(scene->path), "%s/a.history", scene->folder));
    assert_true(journal_old_path(scene->path, scene->old, sizeof(scene->old)));
    assert_true(loop_new(&scene->loop, &error));
    assert_true(
        journal_new(scene->loop, scene->path, bound, on_told, scene, &scene->journal, &error));
}

static void done(Scene *scene)
{
    journal_free(scene->journal);
    loop_free(scene->loop);
    (void)unlink(scene->path);
    (void)rmdir(scene->path);
    (void)unlink(scene->old);
    assert_int_equal(rmdir(scene->folder), 0);
}

static void look(void *data)
{
    Scene *scene = data;
    if (journal_is_busy(scene->journal)) {
        loop_deadline_set(scene->loop, &scene->poll, loop_now() + 1, look, scene);
    } else {
        loop_stop(scene->loop);
    }
}

static void settle(Scene *scene)
{
    loop_deadline_set(scene->loop, &scene->poll, loop_now() + 1, look, scene);
    loop_run(scene->loop);
}

static void add(Scene *scene, const char *text)
{
    journal_add(scene->journal, text, strlen(text));
    settle(scene);
}

static void holds(const char *path, const char *expected)
{
    char text[512];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void lines_are_added_to_a_file_that_nobody_else_reads(void **state)
{
    Scene scene;
    struct stat about;
    (void)state;
    begin(&scene, 1000);
    assert_int_not_equal(access(scene.path, F_OK), 0);
    add(&scene, "one\n");
    journal_add(scene.journal, "two\n", 4);
    journal_add(scene.journal, "three\n", 6); /* while the one before is being written */
    settle(&scene);
    holds(scene.path, "one\ntwo\nthree\n");
    assert_int_equal(stat(scene.path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    done(&scene);
}

static void a_torn_line_is_ended_first(void **state)
{
    Scene scene;
    (void)state;
    begin(&scene, 1000);
    put(scene.path, "one\ntw");
    add(&scene, "three\n");
    holds(scene.path, "one\ntw\nthree\n");
    done(&scene);
}

static void at_its_bound_the_file_is_kept_once(void **state)
{
    Scene scene;
    (void)state;
    begin(&scene, 12);
    add(&scene, "first\n");
    add(&scene, "second\n");
    holds(scene.old, "first\n");
    holds(scene.path, "second\n");
    add(&scene, "third, longer than the bound\n");
    holds(scene.old, "second\n");
    holds(scene.path, "third, longer than the bound\n");
    done(&scene);
}

static void what_cannot_be_written_is_said_once_and_kept(void **state)
{
    Scene scene;
    (void)state;
    begin(&scene, 1000);
    assert_int_equal(mkdir(scene.path, 0700), 0);
    add(&scene, "one\n");
    add(&scene, "two\n");
    assert_int_equal(scene.failures, 1);
    assert_int_equal(scene.recoveries, 0);
    assert_int_equal(rmdir(scene.path), 0);
    add(&scene, "three\n");
    assert_int_equal(scene.failures, 1);
    assert_int_equal(scene.recoveries, 1);
    holds(scene.path, "one\ntwo\nthree\n");
    done(&scene);
}

/* As a full disk does it: a part is taken, then nothing more. */
static void a_line_that_was_taken_in_part_is_cut_off_again(void **state)
{
    Scene scene;
    struct rlimit before;
    (void)state;
    begin(&scene, 1000);
    add(&scene, "one\n");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {.rlim_cur = 6, .rlim_max = before.rlim_max};
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    add(&scene, "second\n");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(scene.failures, 1);
    holds(scene.path, "one\n");
    add(&scene, "third\n");
    holds(scene.path, "one\nsecond\nthird\n");
    done(&scene);
}

static void what_there_is_no_room_for_is_counted(void **state)
{
    Scene scene;
    static char large[40000];
    (void)state;
    begin(&scene, 1000);
    assert_int_equal(mkdir(scene.path, 0700), 0);
    memset(large, 'x', sizeof(large));
    large[sizeof(large) - 1] = '\n';
    for (int i = 0; i < 4; i++) {
        journal_add(scene.journal, large, sizeof(large));
        settle(&scene);
    }
    assert_int_equal(rmdir(scene.path), 0);
    journal_add(scene.journal, "x\n", 2);
    settle(&scene);
    assert_int_equal(scene.recoveries, 1);
    assert_int_equal(scene.dropped, 2);
    done(&scene);
}

static void a_link_is_not_followed(void **state)
{
    Scene scene;
    (void)state;
    begin(&scene, 1000);
    put(scene.old, "precious\n");
    assert_int_equal(symlink(scene.old, scene.path), 0);
    add(&scene, "one\n");
    assert_int_equal(scene.failures, 1);
    holds(scene.old, "precious\n");
    done(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_added_to_a_file_that_nobody_else_reads),
        cmocka_unit_test(a_torn_line_is_ended_first),
        cmocka_unit_test(at_its_bound_the_file_is_kept_once),
        cmocka_unit_test(what_cannot_be_written_is_said_once_and_kept),
        cmocka_unit_test(a_line_that_was_taken_in_part_is_cut_off_again),
        cmocka_unit_test(what_there_is_no_room_for_is_counted),
        cmocka_unit_test(a_link_is_not_followed),
    };
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}

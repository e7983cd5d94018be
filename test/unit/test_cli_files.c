/* Files that init makes once and never overwrites. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"

static void make_folder(char *ret, size_t size)
{
    assert_true(str_copy(ret, size, "/tmp/mc_files_XXXXXX"));
    assert_non_null(mkdtemp(ret));
}

static void a_file_that_differs_stops_the_plan_before_anything_is_written(void **state)
{
    (void)state;
    char folder[64];
    char path[128];
    char text[64];
    FilePlan plan = {0};
    Error error = {0};
    make_folder(folder, sizeof(folder));
    assert_true(plan_add(&plan, folder, "new", 0600, "one\n", &error));
    assert_true(plan_add(&plan, folder, "old", 0600, "one\ntwo\n", &error));
    assert_true(path_join(folder, "old", path, sizeof(path), &error));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("one\nTWO\n", file) >= 0);
    assert_int_equal(fclose(file), 0);

    assert_false(plan_compare(&plan, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.text, "/old\" (from line 2 on)"));
    assert_int_equal(plan.file[0].state, FILE_MISSING);
    assert_true(text_read(path, text, sizeof(text), &error));
    assert_string_equal(text, "one\nTWO\n");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    plan_done(&plan);
}

static void a_plan_can_be_carried_out_twice(void **state)
{
    (void)state;
    char folder[64];
    char text[64];
    struct stat about;
    Error error = {0};
    make_folder(folder, sizeof(folder));
    for (int i = 0; i < 2; i++) {
        FilePlan plan = {0};
        assert_true(plan_add(&plan, folder, "key", 0600, "secret\n", &error));
        assert_true(plan_compare(&plan, &error));
        assert_int_equal(plan.file[0].state, i == 0 ? FILE_MISSING : FILE_SAME);
        assert_true(plan_write(&plan, &error));
        assert_true(text_read(plan.file[0].path, text, sizeof(text), &error));
        assert_string_equal(text, "secret\n");
        assert_int_equal(stat(plan.file[0].path, &about), 0);
        assert_int_equal(about.st_mode & 07777, 0600);
        if (i == 1) {
            assert_int_equal(unlink(plan.file[0].path), 0);
        }
        plan_done(&plan);
    }
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_differs_stops_the_plan_before_anything_is_written),
        cmocka_unit_test(a_plan_can_be_carried_out_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

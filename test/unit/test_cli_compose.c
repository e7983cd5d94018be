/* What init makes of its options, and the files it plans. */
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

#include "cli/compose.h"
#include "cli/files.h"

static void a_server_option_gives_id_addresses_and_ports(void **state)
{
    (void)state;
    MemberSpec spec;
    Error error = {0};
    assert_true(spec_parse("server1=192.0.2.100:27540,[2001:db8::1]:27541", MEMBER_SERVER, &spec,
                           &error));
    assert_string_equal(spec.id, "server1");
    assert_int_equal(spec.count, 2);
    assert_string_equal(spec.host[0], "192.0.2.100");
    assert_string_equal(spec.port[0], "27540");
    assert_string_equal(spec.host[1], "2001:db8::1");
    assert_string_equal(spec.port[1], "27541");
}

static void a_server_option_without_id_or_port_is_wrong_usage(void **state)
{
    (void)state;
    const char *const wrong[] = {"", "server1", "=192.0.2.1:1", "server1=", "server1=192.0.2.1",
                                 "server1=:27540", "server1=192.0.2.1:", "server1=192.0.2.1:x",
                                 "server1=2001:db8::1:27540", "server1=a:1,,b:2",
                                 "server1=a:1,b:2,c:3,d:4,e:5"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        MemberSpec spec;
        Error error = {0};
        assert_false(spec_parse(wrong[i], MEMBER_SERVER, &spec, &error));
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_non_null(strstr(error.text, wrong[i]));
        assert_non_null(strstr(error.text, "\nhint: "));
    }
}

static void chosen_values_take_the_place_of_their_commented_lines(void **state)
{
    (void)state;
    char text[512];
    StrBuf out = str_begin(text, sizeof(text));
    const ChosenValue chosen[] = {{"b", "'x'"}};
    compose_settings("# about a\n#a = 1\n\n# about b\n#b = 'default'\n#bb = 2\n", chosen, 1, &out);
    assert_string_equal(text, "# about a\n#a = 1\n\n# about b\nb = 'x'\n#bb = 2\n");
}

static void quotes_and_backslashes_are_escaped(void **state)
{
    (void)state;
    char text[64];
    StrBuf out = str_begin(text, sizeof(text));
    compose_quoted("/a'b\\c", &out);
    assert_string_equal(text, "'/a\\'b\\\\c'");
}

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
        cmocka_unit_test(a_server_option_gives_id_addresses_and_ports),
        cmocka_unit_test(a_server_option_without_id_or_port_is_wrong_usage),
        cmocka_unit_test(chosen_values_take_the_place_of_their_commented_lines),
        cmocka_unit_test(quotes_and_backslashes_are_escaped),
        cmocka_unit_test(a_file_that_differs_stops_the_plan_before_anything_is_written),
        cmocka_unit_test(a_plan_can_be_carried_out_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

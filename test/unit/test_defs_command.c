/*
 * defs/command_line.h: reading a command line.
 */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "commands.h"

enum { WORDS_MAX = 24 };

/* Splits a line at blanks into an argv; the first word is the program. */
#define START_HELP "\nhint: mc_ctl start --help shows all of them"
#define ARB_HELP   "\nhint: mc_arb start --help shows all of them"

static bool parse(ProgramId program, const char *text, CommandLine *ret, Error *error)
{
    static char buffer[1024];
    char *argv[WORDS_MAX + 1];
    int argc = 0;

    assert_true(str_copy(buffer, sizeof(buffer), text));
    for (char *word = strtok(buffer, " "); word != NULL; word = strtok(NULL, " ")) {
        assert_true(argc < WORDS_MAX);
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    return command_parse(program, argc, argv, ret, error);
}

static void expect_usage(ProgramId program, const char *text, const char *complaint)
{
    CommandLine line = {.mode = MODE_COUNT};
    Error error;

    assert_false(parse(program, text, &line, &error));
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_string_equal(error.text, complaint);
    assert_int_equal(line.mode, MODE_COUNT); /* untouched */
}

static void options_of_a_mode_are_read(void **state)
{
    CommandLine line;
    Error error;
    (void)state;

    assert_true(parse(PROGRAM_MC_CTL,
                      "mc_ctl start -M /mc/inst1 -wF --mc-only --local-server=server1", &line,
                      &error));
    assert_int_equal(line.mode, MODE_MC_CTL_START);
    assert_null(line.help);
    assert_string_equal(command_value(&line, OPTION_DIRECTORY), "/mc/inst1");
    assert_string_equal(command_value(&line, OPTION_LOCAL_SERVER), "server1");
    assert_true(command_given(&line, OPTION_WAIT));
    assert_true(command_given(&line, OPTION_DISABLE));
    assert_true(command_given(&line, OPTION_MC_ONLY));
    assert_false(command_given(&line, OPTION_NO_WAIT));
    assert_null(command_value(&line, OPTION_WAIT));
}

static void repeated_options_keep_their_order(void **state)
{
    CommandLine line;
    Error error;
    (void)state;

    assert_true(parse(PROGRAM_MC_CTL,
                      "mc_ctl init -M /mc --id a -D /data --server a=h:1 --arbiter w=h:2 "
                      "--server b=h:3",
                      &line, &error));
    assert_int_equal(line.repeated_count, 3);
    assert_int_equal(line.repeated[0].option, OPTION_SERVER);
    assert_string_equal(line.repeated[0].value, "a=h:1");
    assert_int_equal(line.repeated[1].option, OPTION_ARBITER);
    assert_string_equal(line.repeated[1].value, "w=h:2");
    assert_string_equal(line.repeated[2].value, "b=h:3");
}

static void daemon_has_no_mode(void **state)
{
    CommandLine line;
    Error error;
    (void)state;

    assert_true(parse(PROGRAM_MC_AGENT, "mc_agent -M /mc --foreground", &line, &error));
    assert_int_equal(line.mode, MODE_MC_AGENT);
    assert_true(command_given(&line, OPTION_FOREGROUND));
}

static void help_and_version_ask_for_nothing_else(void **state)
{
    CommandLine line;
    Error error;
    (void)state;

    assert_true(parse(PROGRAM_MC_CTL, "mc_ctl --help", &line, &error));
    assert_true(str_starts_with(line.help, "mc_ctl: "));
    assert_true(parse(PROGRAM_MC_CTL, "mc_ctl init --help", &line, &error));
    assert_true(str_starts_with(line.help, "mc_ctl init: "));
    assert_true(parse(PROGRAM_MC_ARB, "mc_arb --version", &line, &error));
    assert_true(str_starts_with(line.help, "Mirroring Controller "));
}

static void wrong_words_are_named_with_the_nearest_right_one(void **state)
{
    (void)state;
    expect_usage(PROGRAM_MC_CTL, "mc_ctl", "no mode is given");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl statsu",
                 "unknown mode \"statsu\"; did you mean \"status\"?");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl frobnicate", "unknown mode \"frobnicate\"");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start --lcoal-server a",
                 "unknown option \"--lcoal-server\"; did you mean \"--local-server\"?" START_HELP);
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start --lcoal-server=a",
                 "unknown option \"--lcoal-server\"; did you mean \"--local-server\"?" START_HELP);
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start --zzz", "unknown option \"--zzz\"" START_HELP);
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start -z", "unknown option \"-z\"" START_HELP);
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start -M", "option \"-M\" needs an argument");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start server1", "unexpected word \"server1\"");
}

static void combinations_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    expect_usage(PROGRAM_MC_CTL, "mc_ctl start -w -W",
                 "options \"-w\" and \"-W\" exclude each other");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl stop -e -a",
                 "options \"-a\" and \"-e\" exclude each other");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl init -D /d --server a=h:1", "option \"--id\" is missing");
    expect_usage(PROGRAM_MC_CTL,
                 "mc_ctl start --local-server=", "option \"--local-server\" has an empty argument");
}

static void words_behind_the_options_are_as_many_as_the_mode_takes(void **state)
{
    CommandLine line;
    Error error;
    (void)state;

    assert_true(parse(PROGRAM_MC_CTL, "mc_ctl explain last -M /mc MCA01072", &line, &error));
    assert_int_equal(line.operand_count, 2);
    assert_string_equal(line.operand[0], "last");
    assert_string_equal(line.operand[1], "MCA01072");
    assert_true(parse(PROGRAM_MC_CTL, "mc_ctl detach server2", &line, &error));
    assert_int_equal(line.operand_count, 1);
    assert_string_equal(line.operand[0], "server2");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl detach server2 server3", "unexpected word \"server3\"");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl explain 1 2 3 4 5 6 7 8 9", "unexpected word \"9\"");
    expect_usage(PROGRAM_MC_CTL, "mc_ctl history all", "unexpected word \"all\"");
}

static void what_comes_later_is_not_accepted_yet(void **state)
{
    (void)state;
    expect_usage(PROGRAM_MC_CTL, "mc_ctl check", "unknown mode \"check\"");
}

/* Somebody looks for it where it is not, and is told where the way is. */
static void what_is_refused_on_purpose_names_the_way(void **state)
{
    static const char *const typed[] = {"mc_arb start --without=x", "mc_arb start --without x"};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        CommandLine line;
        Error error = {0};
        assert_false(parse(PROGRAM_MC_ARB, typed[i], &line, &error));
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_non_null(strstr(error.text, "there is no \"--without\" here\nhint: "));
        assert_non_null(strstr(error.text,
                               "mc_ctl recover --force --without ID --without ARBITER at the "
                               "server that is kept, then mc_ctl recover --with ARBITER there"));
    }
    expect_usage(PROGRAM_MC_ARB, "mc_arb start --withoot=x",
                 "unknown option \"--withoot\"" ARB_HELP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_of_a_mode_are_read),
        cmocka_unit_test(repeated_options_keep_their_order),
        cmocka_unit_test(daemon_has_no_mode),
        cmocka_unit_test(help_and_version_ask_for_nothing_else),
        cmocka_unit_test(wrong_words_are_named_with_the_nearest_right_one),
        cmocka_unit_test(combinations_that_make_no_sense_are_refused),
        cmocka_unit_test(words_behind_the_options_are_as_many_as_the_mode_takes),
        cmocka_unit_test(what_comes_later_is_not_accepted_yet),
        cmocka_unit_test(what_is_refused_on_purpose_names_the_way),
    };
    return cmocka_run_group_tests_name("defs_command", tests, NULL, NULL);
}

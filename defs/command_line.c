/*
 * Reading a command line by the tables of commands.toml.
 *
 * getopt_long() does the reading and this file the talking: its own complaints are switched off, because
 * they cannot say which word was meant.
 */
#include <getopt.h>
#include <string.h>

#include "base/assert.h"
#include "base/str.h"
#include "commands.h"

_Static_assert(OPTION_COUNT <= 64, "a set of options fits its mask");

enum { VALUE_HELP = 1000, VALUE_VERSION, VALUE_LONG }; /* above every character */

/* What getopt_long() wants to know of one mode. */
typedef struct GetoptTables {
    char shorts[2 * OPTION_COUNT + 2];
    struct option longs[OPTION_COUNT + 2];
} GetoptTables;

static void fill_tables(const ModeInfo *mode, GetoptTables *ret)
{
    StrBuf shorts = str_begin(ret->shorts, sizeof(ret->shorts));
    size_t count = 0;

    str_add_char(&shorts, ':'); /* a missing argument is told from an unknown option */
    for (unsigned id = 0; id < OPTION_COUNT; id++) {
        const OptionInfo *option = &command_options[id];
        int argument = option->argument != NULL ? required_argument : no_argument;

        if ((mode->options >> id & 1) == 0) {
            continue;
        }
        if (option->short_name != 0) {
            str_add_char(&shorts, option->short_name);
            str_add(&shorts, argument == required_argument ? ":" : "");
        }
        if (option->long_name != NULL) {
            ret->longs[count++] =
                (struct option){option->long_name, argument, NULL, VALUE_LONG + (int)id};
        }
    }
    ret->longs[count++] = (struct option){"help", no_argument, NULL, VALUE_HELP};
    ret->longs[count] = (struct option){NULL, 0, NULL, 0};
    assert(!shorts.cut);
}

static const char *nearest_option(const ModeInfo *mode, const char *word)
{
    const char *nearest = NULL;

    for (unsigned id = 0; id < OPTION_COUNT; id++) {
        const char *name = command_options[id].long_name;

        if ((mode->options >> id & 1) == 0 || name == NULL || !str_is_near(word, name)) {
            continue;
        }
        if (nearest == NULL || str_distance(word, name) < str_distance(word, nearest)) {
            nearest = name;
        }
    }
    return nearest;
}

/* What shows the options of this mode: "mc_ctl start", "pgx_dmpall". */
static void add_help(const ModeInfo *mode, char *ret, size_t size)
{
    const ProgramInfo *program = &command_programs[mode->program];
    (void)str_format(ret, size, "\nhint: %s%s%s --help shows all of them", program->name,
                     program->single ? "" : " ", program->single ? "" : mode->name); /* fits */
}

static bool unknown_option(const ModeInfo *mode, const char *word, Error *error)
{
    char name[STR_DISTANCE_MAX];
    char help[128];

    add_help(mode, help, sizeof(help));
    /* "--nmae=value" is about the name. */
    if (!str_starts_with(word, "--")) {
        return error_set(error, ERROR_USAGE, "unknown option \"-%c\"%s", optopt, help);
    }
    (void)str_copy_bytes(name, sizeof(name), word + 2, strcspn(word + 2, "="));
    if (mode->refused_hint != NULL && str_equal(name, command_options[mode->refused].long_name)) {
        return error_set(error, ERROR_USAGE, "there is no \"--%s\" here\nhint: %s", name,
                         mode->refused_hint);
    }

    const char *nearest = nearest_option(mode, name);
    if (nearest == NULL) {
        return error_set(error, ERROR_USAGE, "unknown option \"--%s\"%s", name, help);
    }
    return error_set(error, ERROR_USAGE, "unknown option \"--%s\"; did you mean \"--%s\"?%s", name,
                     nearest, help);
}

/* The option's name as it would be typed. */
static const char *option_text(unsigned id, char *ret, size_t size)
{
    const OptionInfo *option = &command_options[id];

    if (option->long_name != NULL) {
        (void)str_format(ret, size, "--%s", option->long_name);
    } else {
        (void)str_format(ret, size, "-%c", option->short_name);
    }
    return ret;
}

static unsigned option_of_short(const ModeInfo *mode, int c)
{
    for (unsigned id = 0; id < OPTION_COUNT; id++) {
        if ((mode->options >> id & 1) != 0 && command_options[id].short_name == c) {
            return id;
        }
    }
    assert_unreachable("getopt returns only what it was given");
}

static bool take_option(CommandLine *line, unsigned id, const char *value, Error *error)
{
    char text[64];

    if (value != NULL && *value == '\0') {
        return error_set(error, ERROR_USAGE, "option \"%s\" has an empty argument",
                         option_text(id, text, sizeof(text)));
    }
    line->given |= UINT64_C(1) << id;
    line->value[id] = value;
    if (!command_options[id].repeat) {
        return true;
    }
    if (line->repeated_count == COMMAND_REPEAT_MAX) {
        return error_set(error, ERROR_USAGE, "option \"%s\" is given too often",
                         option_text(id, text, sizeof(text)));
    }
    line->repeated[line->repeated_count++] = (CommandRepeat){(OptionId)id, value};
    return true;
}

static bool check_combination(const ModeInfo *mode, const CommandLine *line, Error *error)
{
    char first[64];
    char second[64];

    for (int i = 0; i < COMMAND_EXCLUSIVE_MAX; i++) {
        uint64_t both = mode->exclusive[i] & line->given;

        if ((both & (both - 1)) != 0) {
            unsigned low = (unsigned)__builtin_ctzll(both);
            unsigned high = 63 - (unsigned)__builtin_clzll(both);
            return error_set(error, ERROR_USAGE, "options \"%s\" and \"%s\" exclude each other",
                             option_text(low, first, sizeof(first)),
                             option_text(high, second, sizeof(second)));
        }
    }
    uint64_t missing = mode->required & ~line->given;
    if (missing != 0) {
        return error_set(error, ERROR_USAGE, "option \"%s\" is missing",
                         option_text((unsigned)__builtin_ctzll(missing), first, sizeof(first)));
    }
    return true;
}

static bool parse_options(const ModeInfo *mode, int argc, char **argv, CommandLine *line,
                          Error *error)
{
    GetoptTables tables;
    int c;

    fill_tables(mode, &tables);
    opterr = 0;
    optind = 0; /* glibc: start anew, whoever parsed before */
    while ((c = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
        if (c == '?') {
            return unknown_option(mode, argv[optind - 1], error);
        }
        if (c == ':') {
            return error_set(error, ERROR_USAGE, "option \"%s\" needs an argument",
                             argv[optind - 1]);
        }
        if (c == VALUE_HELP) {
            line->help = mode->help;
            return true;
        }
        unsigned id = c >= VALUE_LONG ? (unsigned)(c - VALUE_LONG) : option_of_short(mode, c);
        if (!take_option(line, id, optarg, error)) {
            return false;
        }
    }
    while (optind < argc && line->operand_count < mode->operands) {
        line->operand[line->operand_count++] = argv[optind++];
    }
    if (optind < argc) {
        return error_set(error, ERROR_USAGE, "unexpected word \"%s\"", argv[optind]);
    }
    return check_combination(mode, line, error);
}

static bool find_mode(ProgramId program, const char *word, ModeId *ret, Error *error)
{
    const char *nearest = NULL;

    for (int id = 0; id < MODE_COUNT; id++) {
        const ModeInfo *mode = &command_modes[id];

        if (mode->program != program) {
            continue;
        }
        if (command_programs[program].single || str_equal(mode->name, word)) {
            *ret = (ModeId)id;
            return true;
        }
        if (str_is_near(word, mode->name) &&
            (nearest == NULL || str_distance(word, mode->name) < str_distance(word, nearest))) {
            nearest = mode->name;
        }
    }
    if (nearest == NULL) {
        return error_set(error, ERROR_USAGE, "unknown mode \"%s\"", word);
    }
    return error_set(error, ERROR_USAGE, "unknown mode \"%s\"; did you mean \"%s\"?", word,
                     nearest);
}

bool command_parse(ProgramId program, int argc, char **argv, CommandLine *ret, Error *error)
{
    const ProgramInfo *info = &command_programs[program];
    CommandLine line = {.program = program};
    const char *word = argc > 1 ? argv[1] : "";

    assert(program < PROGRAM_COUNT);

    if (str_equal(word, "--version")) {
        *ret = (CommandLine){.program = program, .help = "Mirroring Controller " MC_VERSION "\n"};
        return true;
    }
    if (!info->single && (argc < 2 || str_equal(word, "--help"))) {
        if (argc < 2) {
            return error_set(error, ERROR_USAGE, "no mode is given");
        }
        *ret = (CommandLine){.program = program, .help = info->help};
        return true;
    }
    if (!find_mode(program, word, &line.mode, error)) {
        return false;
    }
    /* The mode takes the place of the program's name, which is what getopt skips. */
    int skip = info->single ? 0 : 1;
    if (!parse_options(&command_modes[line.mode], argc - skip, argv + skip, &line, error)) {
        return false;
    }
    *ret = line;
    return true;
}

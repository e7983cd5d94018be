/*
 * The command line as a value.
 *
 * The tables are made from commands.toml; here is what reads a command line by them. The first word after
 * a program's name is its mode, as users of the original know it; a program with one mode has none.
 *
 * Include "commands.h": it defines the ids and then includes this file.
 */
#ifndef DEFS_COMMAND_LINE_H
#define DEFS_COMMAND_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

typedef enum ProgramId ProgramId;
typedef enum ModeId ModeId;
typedef enum OptionId OptionId;
typedef enum ExitStatus ExitStatus;

#define COMMAND_REPEAT_MAX    16 /* how often a repeated option may be given, all of them together */
#define COMMAND_EXCLUSIVE_MAX 4
#define COMMAND_OPERANDS_MAX  8

typedef struct OptionInfo {
    char short_name;       /* or 0 */
    const char *long_name; /* or NULL */
    const char *argument;  /* what it stands for; NULL: it takes none */
    bool repeat;
} OptionInfo;

typedef struct ModeInfo {
    ProgramId program;
    const char *name;
    uint64_t options; /* set of OptionId */
    uint64_t required;
    uint64_t
        exclusive[COMMAND_EXCLUSIVE_MAX]; /* sets of which at most one is given; 0 at the end */
    int operands;                         /* how many words may follow the options */
    OptionId refused;         /* what somebody may look for here in vain; only with a hint */
    const char *refused_hint; /* and the way that there is instead; NULL: there is no such */
    const char *help;
} ModeInfo;

typedef struct ProgramInfo {
    const char *name;
    bool single;             /* it has no modes */
    const char *environment; /* the variable that stands in for -M */
    const char *help;
} ProgramInfo;

extern const OptionInfo command_options[];
extern const ModeInfo command_modes[];
extern const ProgramInfo command_programs[];

typedef struct CommandRepeat {
    OptionId option;
    const char *value;
} CommandRepeat;

/* What was asked for. The texts are those of argv. */
typedef struct CommandLine {
    ProgramId program;
    ModeId mode;
    const char *help; /* not NULL: print this text and exit 0; nothing else is filled */
    const char *operand[COMMAND_OPERANDS_MAX]; /* the words behind the options */
    int operand_count;
    uint64_t given;                             /* set of OptionId */
    const char *value[64];                      /* by OptionId; the last one given */
    CommandRepeat repeated[COMMAND_REPEAT_MAX]; /* in the order given */
    int repeated_count;
} CommandLine;

/*
 * Reads argv by the tables. False with ERROR_USAGE and a text that says which word is wrong and, where one
 * is near, which word was meant; argv may be reordered.
 */
__attribute__((warn_unused_result)) bool command_parse(ProgramId program, int argc, char **argv,
                                                       CommandLine *ret, Error *error);

static inline bool command_given(const CommandLine *line, OptionId option)
{
    return (line->given >> option & 1) != 0;
}

/* NULL when it was not given. */
static inline const char *command_value(const CommandLine *line, OptionId option)
{
    return line->value[option];
}

#endif

/*
 * A parameter of a settings file as data: what the parser, the writer and the help need to know of it.
 */
#ifndef DEFS_PARAM_TABLE_H
#define DEFS_PARAM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ParamType {
    PARAM_BOOL,   /* bool */
    PARAM_INT,    /* int64_t */
    PARAM_TIME,   /* Millis */
    PARAM_SIZE,   /* int64_t, bytes */
    PARAM_ENUM,   /* an enum, numbered as its words */
    PARAM_STRING, /* characters, printable */
    PARAM_PATH,   /* characters; absolute, or relative to the management directory */
    PARAM_NAME,   /* characters; letters, digits, "_" and "-" */
} ParamType;

typedef struct ParamInfo {
    const char *name;  /* as written in the file; an old name has a row of its own */
    const char *field; /* its name today: two rows of one field are one parameter */
    ParamType type;
    int64_t min, max, factor; /* numbers: limits, and what a bare number counts in */
    const char *unit;         /* of a bare number, or NULL */
    const char *const *words; /* of an enum, NULL at the end */
    size_t offset, size;      /* where in the struct */
    bool required;
    bool reload; /* takes effect without a restart of the agent */
    bool later;  /* accepted; its function comes with a later version */
} ParamInfo;

typedef struct ParamTable {
    const ParamInfo *rows;
    int count;
} ParamTable;

/* The commented samples, for those who write settings files. */
extern const char sample_network[];
extern const char sample_server[];
extern const char sample_arbiter[];

#endif

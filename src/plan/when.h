/*
 * Instants as people write them: "2026-11-23 10:02:11.5", with a time zone behind or without one.
 */
#ifndef PLAN_WHEN_H
#define PLAN_WHEN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct When {
    int year; /* 1970 to 9999 */
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int micros;
    bool zoned;
    int offset; /* of the zone east of Greenwich, in seconds */
} When;

/* "YYYY-MM-DD HH:MM:SS[.ffffff][Z|+HH[:MM]|-HH[:MM]]"; "T" and "_" may stand for the blank. */
bool when_parse(const char *text, When *ret);

/* Seconds since 1970 of the fields as if they were in Greenwich. */
int64_t when_seconds(const When *when);

#endif

/*
 * Durations and instants, in milliseconds.
 *
 * An instant is a reading of the boot-time clock; it means something only against another instant of the
 * same boot of the same host. There is no call for the present here: "now" is always an argument.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stddef.h>
#include <stdint.h>

typedef int64_t Millis;

/* An instant that is never reached, and a duration that never ends. */
#define MILLIS_NEVER INT64_MAX

/*
 * Writes a duration as people read it: "90 ms", "2.1 s" (cut to a tenth, never rounded up), "3 min 20 s",
 * "2 h 5 min", "never". Returns ret; size of MILLIS_TEXT_SIZE suffices for every value.
 */
#define MILLIS_TEXT_SIZE 40
const char *millis_format(Millis duration, char *ret, size_t size);

#endif

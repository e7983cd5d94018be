/*
 * Durations as people read them.
 */
#include "base/time.h"

#include "base/assert.h"
#include "base/str.h"

enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS };

static void add_parts(StrBuf *out, int64_t large, const char *large_unit, int64_t small,
                      const char *small_unit)
{
    str_add_int(out, large);
    str_add(out, large_unit);
    if (small != 0) {
        str_add_char(out, ' ');
        str_add_int(out, small);
        str_add(out, small_unit);
    }
}

static void add_seconds(StrBuf *out, Millis duration)
{
    str_add_int(out, duration / SECOND_MS);
    str_add_char(out, '.');
    str_add_int(out, duration % SECOND_MS / 100);
    str_add(out, " s");
}

const char *millis_format(Millis duration, char *ret, size_t size)
{
    assert(size > 0);

    StrBuf out = str_begin(ret, size);

    if (duration == MILLIS_NEVER) {
        str_add(&out, "never");
        return ret;
    }
    if (duration < 0) {
        str_add_char(&out, '-');
        /* The one value without a positive twin is a millisecond away from one that has it. */
        duration = duration == INT64_MIN ? INT64_MAX : -duration;
    }
    if (duration < SECOND_MS) {
        str_add_int(&out, duration);
        str_add(&out, " ms");
    } else if (duration < MINUTE_MS) {
        add_seconds(&out, duration);
    } else if (duration < HOUR_MS) {
        add_parts(&out, duration / MINUTE_MS, " min", duration % MINUTE_MS / SECOND_MS, " s");
    } else {
        add_parts(&out, duration / HOUR_MS, " h", duration % HOUR_MS / MINUTE_MS, " min");
    }
    return ret;
}

/*
 * Names of WAL segments.
 */
#include "plan/segment.h"

#include <string.h>

#include "base/assert.h"
#include "base/str.h"

bool segment_size_possible(uint32_t size)
{
    return size >= 1u << 20 && size <= 1u << 30 && (size & (size - 1)) == 0;
}

static uint64_t per_id(uint32_t segment_size)
{
    assert(segment_size_possible(segment_size));
    return UINT64_C(0x100000000) / segment_size;
}

const char *segment_name(Segment segment, uint32_t segment_size, char *ret)
{
    const bool fits = str_format(ret, SEGMENT_NAME_SIZE, "%08X%08X%08X", segment.timeline,
                                 (unsigned)(segment.number / per_id(segment_size)),
                                 (unsigned)(segment.number % per_id(segment_size)));
    assert(fits);
    return ret;
}

const char *segment_history_name(TimelineId timeline, char *ret)
{
    const bool fits = str_format(ret, HISTORY_NAME_SIZE, "%08X.history", timeline);
    assert(fits);
    return ret;
}

/* Eight digits as PostgreSQL writes them: upper case. */
static bool take_word(const char *text, uint32_t *ret)
{
    uint32_t value = 0;
    for (int i = 0; i < 8; i++) {
        const char c = text[i];
        const int digit = str_is_digit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint32_t)digit;
    }
    *ret = value;
    return true;
}

static SegmentFile kind_of_rest(const char *rest)
{
    uint32_t offset = 0;
    if (*rest == '\0') {
        return SEGMENT_FILE_WHOLE;
    }
    if (str_equal(rest, ".zst")) {
        return SEGMENT_FILE_PACKED;
    }
    if (str_equal(rest, ".partial")) {
        return SEGMENT_FILE_PARTIAL;
    }
    if (strlen(rest) == 16 && rest[0] == '.' && take_word(rest + 1, &offset) &&
        str_equal(rest + 9, ".backup")) {
        return SEGMENT_FILE_LABEL;
    }
    return SEGMENT_FILE_OTHER;
}

SegmentFile segment_parse(const char *name, uint32_t segment_size, Segment *ret)
{
    uint32_t timeline = 0;
    uint32_t id = 0;
    uint32_t low = 0;
    const size_t length = strlen(name);

    if (length < 8 || !take_word(name, &timeline) || timeline == 0) {
        return SEGMENT_FILE_OTHER;
    }
    if (str_equal(name + 8, ".history")) {
        *ret = (Segment){.timeline = timeline};
        return SEGMENT_FILE_HISTORY;
    }
    if (length < SEGMENT_NAME_LENGTH || !take_word(name + 8, &id) || !take_word(name + 16, &low) ||
        low >= per_id(segment_size)) {
        return SEGMENT_FILE_OTHER;
    }
    const SegmentFile kind = kind_of_rest(name + SEGMENT_NAME_LENGTH);
    if (kind != SEGMENT_FILE_OTHER) {
        *ret = (Segment){.timeline = timeline, .number = id * per_id(segment_size) + low};
    }
    return kind;
}

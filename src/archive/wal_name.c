/* wal_name.c - segment names: timeline, then the number split at every 4 GB of WAL. */
#include "archive/wal_name.h"

#include "base/assert.h"

#include <string.h>

static const uint64_t UNIT = UINT64_C(1) << 32; /* of WAL that shares the middle eight digits */

static size_t upper_hex(const char *text)
{
    return strspn(text, "0123456789ABCDEF");
}

bool wal_name_is_segment(const char *name)
{
    return strlen(name) == WAL_NAME_LENGTH && upper_hex(name) == WAL_NAME_LENGTH;
}

bool wal_name_is_archived(const char *name)
{
    const size_t digits = upper_hex(name);
    const char *rest = name + digits;
    if (digits == 8) {
        return str_equal(rest, ".history");
    }
    if (digits != WAL_NAME_LENGTH) {
        return false;
    }
    if (*rest == '\0' || str_equal(rest, ".partial")) {
        return true;
    }
    return *rest == '.' && upper_hex(rest + 1) == 8 && str_equal(rest + 9, ".backup");
}

bool wal_segment_size_is_valid(uint64_t size)
{
    return size >= 1 << 20 && size <= 1 << 30 && (size & (size - 1)) == 0;
}

static uint32_t eight_digits(const char *text)
{
    uint8_t bytes[4] = {0};
    bool read = str_to_bytes(text, 8, bytes, sizeof(bytes));
    assert(read);
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

bool wal_name_parse(const char *name, uint32_t segment_size, WalSegment *ret)
{
    assert(wal_segment_size_is_valid(segment_size));
    if (!wal_name_is_segment(name)) {
        return false;
    }
    const uint64_t per_unit = UNIT / segment_size;
    const uint32_t low = eight_digits(name + 16);
    if (low >= per_unit) {
        return false;
    }
    *ret = (WalSegment){.timeline = eight_digits(name),
                        .number = eight_digits(name + 8) * per_unit + low};
    return true;
}

void wal_name_format(const WalSegment *segment, uint32_t segment_size, char ret[WAL_NAME_SIZE])
{
    assert(wal_segment_size_is_valid(segment_size));
    const uint64_t per_unit = UNIT / segment_size;
    bool fits =
        str_format(ret, WAL_NAME_SIZE, "%08X%08X%08X", segment->timeline,
                   (uint32_t)(segment->number / per_unit), (uint32_t)(segment->number % per_unit));
    assert(fits);
}

/* pg_control.c - reads PG_VERSION and global/pg_control. */
#include "sys/pg_control.h"

#include "base/assert.h"
#include "base/pg_crc.h"
#include "sys/pg_file.h"

#include <string.h>

/* Offsets in ControlFileData on machines with 8-byte alignment. */
enum {
    AT_SYSTEM_IDENTIFIER = 0,
    AT_VERSION = 8,
    AT_STATE = 16,
    AT_CHECKPOINT = 32,
    AT_REDO = 40,
    AT_TIMELINE = 48,
    AT_MIN_RECOVERY = 136,
    AT_MIN_RECOVERY_TIMELINE = 144,
    AT_WAL_LOG_HINTS = 176,
    AT_BLOCK_SIZE = 216,
    AT_RELATION_SEGMENT = 220,
    AT_WAL_PAGE_SIZE = 224,
    AT_SEGMENT_SIZE = 228,
    AT_CHECKSUMS = 252,
    AT_CRC = 288,
    AT_CRC_18 = 292, /* one flag more before the 32 bytes of nonce */
    CONTROL_USED = 296,
    CONTROL_FILE_SIZE = 8192,
};

static uint32_t word_at(const char *bytes, size_t at)
{
    uint32_t value;
    memcpy(&value, bytes + at, sizeof(value));
    return value;
}

static uint64_t long_at(const char *bytes, size_t at)
{
    uint64_t value;
    memcpy(&value, bytes + at, sizeof(value));
    return value;
}

bool pg_version_read(const char *data_dir, int *ret_major, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[32];
    size_t length = 0;
    uint64_t major = 0;

    pg_path(path, data_dir, "PG_VERSION");
    if (!pg_file_read(path, text, sizeof(text), &length, error)) {
        return error_wrap(error, "\"%s\" is not a data directory", data_dir);
    }
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
        length--;
    }
    if (length >= 2 && text[0] == '9' && text[1] == '.') {
        return error_set(error, ERROR_CONFIG, "PostgreSQL %.*s is too old: at least %d is needed",
                         (int)length, text, PG_MAJOR_MIN);
    }
    if (!str_to_uint(text, length, &major)) {
        return error_set(error, ERROR_CORRUPT, "file \"%s\" names no version", path);
    }
    if (major < PG_MAJOR_MIN) {
        return error_set(error, ERROR_CONFIG, "PostgreSQL %d is too old: at least %d is needed",
                         (int)major, PG_MAJOR_MIN);
    }
    if (major > PG_MAJOR_MAX) {
        return error_set(error, ERROR_CONFIG, "PostgreSQL %d is not known: at most %d", (int)major,
                         PG_MAJOR_MAX);
    }
    *ret_major = (int)major;
    return true;
}

static bool layout_check(const char *bytes, size_t length, const char *path, Error *error)
{
    if (length < CONTROL_USED) {
        return error_set(error, ERROR_CORRUPT, "file \"%s\" is too short", path);
    }
    uint32_t version = word_at(bytes, AT_VERSION);
    if (version != 1300 && version != 1700 && version != 1800) {
        return error_set(error, ERROR_REFUSED, "control file \"%s\" has the unknown version %u",
                         path, version);
    }
    size_t at = version >= 1800 ? AT_CRC_18 : AT_CRC;
    if (pg_crc_end(pg_crc_add(PG_CRC_BEGIN, bytes, at)) != word_at(bytes, at)) {
        return error_set(error, ERROR_CORRUPT, "checksum of control file \"%s\" is wrong", path);
    }
    return true;
}

bool pg_control_parse(const char *bytes, size_t length, const char *path, int major, PgControl *ret,
                      Error *error)
{
    PgControl control = {.major = major};

    if (!layout_check(bytes, length, path, error)) {
        return false;
    }
    control.system_identifier = long_at(bytes, AT_SYSTEM_IDENTIFIER);
    control.state = (PgState)word_at(bytes, AT_STATE);
    control.checkpoint = long_at(bytes, AT_CHECKPOINT);
    control.redo = long_at(bytes, AT_REDO);
    control.timeline = word_at(bytes, AT_TIMELINE);
    control.min_recovery = long_at(bytes, AT_MIN_RECOVERY);
    control.min_recovery_timeline = word_at(bytes, AT_MIN_RECOVERY_TIMELINE);
    control.segment_size = word_at(bytes, AT_SEGMENT_SIZE);
    control.page_size = word_at(bytes, AT_WAL_PAGE_SIZE);
    control.block_size = word_at(bytes, AT_BLOCK_SIZE);
    control.relation_segment = word_at(bytes, AT_RELATION_SEGMENT);
    control.checksums = word_at(bytes, AT_CHECKSUMS) != 0;
    control.wal_log_hints = bytes[AT_WAL_LOG_HINTS] != 0;
    if (control.segment_size < (1u << 20) || control.page_size < 1024 ||
        control.segment_size % control.page_size != 0) {
        return error_set(error, ERROR_CORRUPT, "control file \"%s\" has impossible sizes", path);
    }
    *ret = control;
    return true;
}

bool pg_control_read(const char *data_dir, PgControl *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    char bytes[CONTROL_FILE_SIZE + 1];
    size_t length = 0;
    int major = 0;

    if (!pg_version_read(data_dir, &major, error)) {
        return false;
    }
    pg_path(path, data_dir, "global/pg_control");
    /* A running server rewrites it in place: a torn reading is read again. */
    for (int attempt = 0;; attempt++) {
        if (!pg_file_read(path, bytes, sizeof(bytes), &length, error)) {
            return false;
        }
        if (pg_control_parse(bytes, length, path, major, ret, error)) {
            return true;
        }
        if (attempt == 3) {
            return false;
        }
    }
}

bool pg_control_clean(const PgControl *control)
{
    return control->state == PG_STATE_SHUT_DOWN || control->state == PG_STATE_SHUT_DOWN_IN_RECOVERY;
}

/*
 * Names of WAL segments and of the files beside them.
 */
#ifndef PLAN_SEGMENT_H
#define PLAN_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/types.h"

enum {
    SEGMENT_NAME_LENGTH = 24,
    SEGMENT_NAME_SIZE = SEGMENT_NAME_LENGTH + 1,
    HISTORY_NAME_SIZE = 17,
    WAL_PAGE_SIZE = 8192, /* the only one that distributions build */
};

typedef struct Segment {
    TimelineId timeline;
    uint64_t number; /* position divided by the size of a segment */
} Segment;

/* "000000010000000A000000FF"; ret holds SEGMENT_NAME_SIZE. Returns ret. */
const char *segment_name(Segment segment, uint32_t segment_size, char *ret);
/* "00000002.history"; ret holds HISTORY_NAME_SIZE. Returns ret. */
const char *segment_history_name(TimelineId timeline, char *ret);

typedef enum SegmentFile {
    SEGMENT_FILE_OTHER,
    SEGMENT_FILE_WHOLE,
    SEGMENT_FILE_PACKED,  /* <name>.zst */
    SEGMENT_FILE_PARTIAL, /* <name>.partial */
    SEGMENT_FILE_LABEL,   /* <name>.<offset>.backup */
    SEGMENT_FILE_HISTORY, /* the segment's timeline alone counts */
} SegmentFile;

/* What a file name says. *ret is filled unless it is SEGMENT_FILE_OTHER. */
SegmentFile segment_parse(const char *name, uint32_t segment_size, Segment *ret);

/* Sizes that PostgreSQL knows: powers of two from 1 MB to 1 GB. */
bool segment_size_possible(uint32_t size);

#endif

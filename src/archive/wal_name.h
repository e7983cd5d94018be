/* wal_name.h - names of the files that PostgreSQL archives, and what they say. Pure. */
#ifndef MC_ARCHIVE_WAL_NAME_H
#define MC_ARCHIVE_WAL_NAME_H

#include "base/str.h"

enum { WAL_NAME_LENGTH = 24, WAL_NAME_SIZE = 48 };

/* A segment: its timeline and its number from the beginning of the WAL. */
typedef struct WalSegment {
    uint32_t timeline;
    uint64_t number;
} WalSegment;

/* Whether PostgreSQL would archive a file of this name: segments, their .partial, .backup and .history. A name
 * that passes has no "/" and no blank, and does not begin with a dot. */
bool wal_name_is_archived(const char *name);

/* 24 hexadecimal digits of upper case. `segment_size` in bytes: a power of two from 1 MB to 1 GB. */
bool wal_name_parse(const char *name, uint32_t segment_size, WalSegment *ret);
bool wal_name_is_segment(const char *name);
void wal_name_format(const WalSegment *segment, uint32_t segment_size, char ret[WAL_NAME_SIZE]);

bool wal_segment_size_is_valid(uint64_t size);

#endif

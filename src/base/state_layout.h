/* state_layout.h - the bytes of a state file around its contents: which file they were written into, and a checksum.
 *
 *     bytes  0..7   "MCSTATE\n"
 *            8..11  version 1
 *           12..15  size of the contents
 *           16..47  device, inode, birth in seconds and nanoseconds of this very file, 8 bytes each
 *           48..    contents, then the CRC-32C of everything before it
 *
 * All big-endian. The inode alone would not do: a file system gives it away again as soon as the old file
 * is gone, and the very next write frees one. The time of birth cannot be set by anybody. */
#ifndef BASE_STATE_LAYOUT_H
#define BASE_STATE_LAYOUT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STATE_CONTENTS_MAX = 16384,
    STATE_HEADER_SIZE = 48,
    STATE_CHECKSUM_SIZE = 4,
    STATE_FILE_MAX = STATE_HEADER_SIZE + STATE_CONTENTS_MAX + STATE_CHECKSUM_SIZE,
};

/* Which file it is: device, inode and time of birth. */
typedef struct Birth {
    uint64_t device;
    uint64_t inode;
    uint64_t seconds;
    uint64_t nanoseconds;
} Birth;

/* Writes what stands around the `size` bytes of contents that lie at STATE_HEADER_SIZE of `bytes`, which has room for the
 * whole file. Returns its size. */
size_t state_layout_complete(uint8_t *bytes, size_t size, const Birth *birth);

/* Whether these `size` bytes are a whole file that was written into the one of this birth; its contents lie at
 * STATE_HEADER_SIZE then. False: `error` says what is wrong, and *ret_size is untouched. */
__attribute__((warn_unused_result)) bool state_layout_check(const uint8_t *bytes, size_t size,
                                                            const Birth *birth, size_t *ret_size,
                                                            Error *error);

#endif

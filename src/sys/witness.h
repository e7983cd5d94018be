/* witness.h - which state file was written last, remembered where no disk can take it back (E3).
 *
 * A volume that is rolled back under a running host, by a snapshot or a storage array, brings an older state file with the
 * very inode and time of birth that it was written with: by itself it looks like the voter's own. Other voters
 * notice; a lone primary that may open without asking anybody (P1's exception) would not. So the last file written is noted
 * in memory that belongs to the host and ends with its boot: /dev/shm. Without such a place nothing is noted, and what
 * src/core/README.md says of a memory that was put back holds alone. */
#ifndef MC_SYS_WITNESS_H
#define MC_SYS_WITNESS_H

#include "base/state_layout.h"

#include <stdbool.h>
#include <stdint.h>

enum { WITNESS_PATH_SIZE = 64 };

/* The place of the witness of the state file at `state_path`, whose folder must be there. False: no place. */
bool witness_path(const char *state_path, char ret[static WITNESS_PATH_SIZE]);

/* From now on these may be found: `present` (all zero: none), and `next`, which is about to take its place. `next` NULL:
 * it has. Never waits for a disk; where it fails nothing is known any more. */
void witness_note(const char *path, const Birth *present, const Birth *next);

/* False only when this host has noted, since it was booted, that another file was written later. `owner`: of the state
 * file; a witness of anybody else counts for nothing. */
bool witness_agrees(const char *path, uint32_t owner, const Birth *found);

#endif

/* statefile.h - what a voter must not forget, on its disk (E2), and whether it is still its own (E3).
 *
 * A file is written beside the present one, made durable, renamed over it, and the folder made durable;
 * off the loop, so that a slow disk delays nothing but the result. It carries a checksum and says which
 * file it is: device, inode and time of birth. Copied, restored or moved to another file system it is
 * another file, and reads as lost: what was promised since the copy was made is not in it.
 *
 * Also the lock that keeps a second daemon away. */
#ifndef MC_SYS_STATEFILE_H
#define MC_SYS_STATEFILE_H

#include "base/error.h"
#include "base/state_layout.h"
#include "core/event.h"
#include "port/port.h"
#include "sys/loop.h"

enum { STATEFILE_CONTENTS_MAX = STATE_CONTENTS_MAX, STATEFILE_PATH_SIZE = 1024 };

typedef struct StateFile StateFile;

/* The result of one persist. `error` is meaningful when not `ok`; then the file may hold the new
 * contents or those of before. */
typedef void (*StateFileDone)(void *data, uint64_t sequence, bool ok, const Error *error);

/* The folder must be there; the file comes with the first write. */
__attribute__((warn_unused_result)) bool statefile_new(Loop *loop, const char *path,
                                                       StateFileDone done, void *data,
                                                       StateFile **ret, Error *error);
/* Not while a write is under way (statefile_is_busy). */
void statefile_free(StateFile *file);
bool statefile_is_busy(const StateFile *file);
DiskPort statefile_port(StateFile *file);

/* Reads the contents of the file at `path`. KEPT: `ret_size` bytes of `room` are filled. BLANK: there is
 * no file. LOST: `error` says why it is not the one that was written here. */
MemoryFate statefile_read(const char *path, uint8_t *ret, size_t room, size_t *ret_size,
                          Error *error);

/* Takes the lock at `path`, making the file when there is none, for as long as *ret_fd stays open in this
 * process. ERROR_REFUSED: another process holds it. */
__attribute__((warn_unused_result)) bool lock_take(const char *path, int *ret_fd, Error *error);

#endif

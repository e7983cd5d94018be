/* pg_unopened.c - removes what an unfinished promotion leaves of its timeline in pg_wal.
 *
 * PostgreSQL writes the history file and the first segment of a new timeline before it makes it the instance's own. Killed
 * in between, they stay; and a standby goes on to the newest timeline that it finds a history of (recovery_target_timeline
 * "latest"). Where the same server promotes again later that does no harm. Where the primary of before has opened again
 * instead, on the timeline of before (P3, hand back), the standby would ask it for a timeline that it does not have,
 * for ever. */
#include "sys/pg_work.h"

#include "base/assert.h"
#include "sys/pg_control.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

enum { TIMELINE_DIGITS = 8, SEGMENT_DIGITS = 24 };

/* A segment or a history, or a part of one, and of which timeline. */
static bool is_wal(const char *name, TimelineId *ret)
{
    uint8_t bytes[4];
    const size_t digits = strspn(name, "0123456789ABCDEF");
    const bool history = digits == TIMELINE_DIGITS && str_equal(name + digits, ".history");
    if ((!history && digits != SEGMENT_DIGITS) ||
        !str_to_bytes(name, TIMELINE_DIGITS, bytes, sizeof(bytes))) {
        return false;
    }
    *ret = (TimelineId)bytes[0] << 24 | (TimelineId)bytes[1] << 16 | (TimelineId)bytes[2] << 8 |
           bytes[3];
    return true;
}

static bool remove_later(const char *folder, TimelineId timeline, Error *error)
{
    bool ok = true;
    DIR *listing = opendir(folder);
    if (listing == NULL) {
        return error_set_errno(error, errno, "open folder \"%s\"", folder);
    }
    for (const struct dirent *entry = readdir(listing); ok && entry != NULL;
         entry = readdir(listing)) {
        char path[PG_PATH_SIZE];
        TimelineId of = 0;
        if (is_wal(entry->d_name, &of) && of > timeline) {
            pg_path(path, folder, entry->d_name);
            ok = pg_file_remove(path, error);
        }
    }
    (void)closedir(listing); /* only read from */
    return ok;
}

bool pg_unopened_remove(const char *data_dir, TimelineId timeline, Error *error)
{
    char folder[PG_PATH_SIZE];
    PgControl control;

    assert(timeline > 0);
    if (!pg_control_read(data_dir, &control, error)) {
        return false;
    }
    if (control.timeline > timeline || control.min_recovery_timeline > timeline) {
        return true; /* it was opened, whatever comes of it */
    }
    pg_path(folder, data_dir, "pg_wal");
    return remove_later(folder, timeline, error) ||
           error_wrap(error, "remove what an unfinished promotion has left");
}

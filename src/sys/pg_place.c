/* pg_place.c - compares what a path leads to with what it led to, and works in what was found to be the same.
 *
 * By a path through the open descriptor: between the comparison and the deed the other path may begin to lead elsewhere, this
 * one cannot. */
#include "sys/pg_place.h"

#include "base/assert.h"
#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* only looked at */
    }
}

static void held_path(int fd, char ret[PG_PATH_SIZE])
{
    assert(fd >= 0);
    (void)str_format(ret, PG_PATH_SIZE, "/proc/self/fd/%d", fd); /* fits */
}

/* -1 in *ret: it leads nowhere. */
static bool open_folder(const char *data_dir, int *ret, Error *error)
{
    *ret = open(data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
    return *ret >= 0 || errno == ENOENT ||
           error_set_errno(error, errno, "open the data directory \"%s\"", data_dir);
}

static bool look_at(int fd, const char *data_dir, PgPlace *ret, Error *error)
{
    char held[PG_PATH_SIZE];
    int entries = 0;
    PgPlace place = {.known = true, .there = fd >= 0};
    if (place.there) {
        held_path(fd, held);
        if (!pg_file_mark(held, &place.folder)) {
            return error_set_errno(error, errno, "stat \"%s\"", data_dir);
        }
        if (!pg_tree_count(held, &entries, error)) {
            return error_wrap(error, "data directory \"%s\"", data_dir);
        }
        place.empty = entries == 0;
        place.work = pg_mark_work(held);
    }
    *ret = place;
    return true;
}

bool pg_place_look(const char *data_dir, PgPlace *ret, Error *error)
{
    _cleanup_(close_fd) int fd = -1;
    return open_folder(data_dir, &fd, error) && look_at(fd, data_dir, ret, error);
}

static bool is_same(const PgPlace *judged, const PgPlace *now)
{
    if (!judged->known || judged->there != now->there) {
        return false;
    }
    return !now->there || (pg_file_mark_is(&judged->folder, &now->folder) &&
                           judged->work == now->work && (!judged->empty || now->empty));
}

static void describe(const PgPlace *place, char *ret, size_t size)
{
    if (!place->known || !place->there) {
        (void)str_copy(ret, size, place->known ? "nothing" : "nothing that is known"); /* fits */
        return;
    }
    (void)str_format(ret, size, "%s (device %llx, inode %llu)",
                     place->empty                   ? "an empty folder"
                     : place->work == PG_MARK_NONE  ? "a folder with files"
                     : place->work == PG_MARK_OTHER ? "a folder with a mark of somebody else"
                                                    : "an unfinished copy",
                     (unsigned long long)place->folder.device,
                     (unsigned long long)place->folder.inode); /* fits */
}

static bool refuse(const char *data_dir, const PgPlace *judged, const PgPlace *now, Error *error)
{
    char before[96];
    char here[96];
    describe(judged, before, sizeof(before));
    describe(now, here, sizeof(here));
    return error_set(
        error, ERROR_REFUSED,
        "at \"%s\" there is %s, and not what was decided on, which was %s: it is left "
        "as it is (was something mounted or moved there? move away what is to be given "
        "up)",
        data_dir, here, before);
}

/* -1 in *ret: it leads nowhere, as it did. */
static bool open_judged(const char *data_dir, const PgPlace *judged, int *ret, Error *error)
{
    PgPlace now = {0};
    int fd = -1;
    bool ok = open_folder(data_dir, &fd, error) && look_at(fd, data_dir, &now, error);
    ok = ok && (is_same(judged, &now) || refuse(data_dir, judged, &now, error));
    if (!ok) {
        close_fd(&fd);
        return false;
    }
    *ret = fd;
    return true;
}

bool pg_place_check(const char *data_dir, const PgPlace *judged, Error *error)
{
    _cleanup_(close_fd) int fd = -1;
    return open_judged(data_dir, judged, &fd, error);
}

/* What was made may be mounted over before it is opened: what is opened has to be as one that was just made. */
static bool make_folder(const char *data_dir, PgPlace *inout, Error *error)
{
    PgPlace now = {0};
    if (!pg_place_check(data_dir, inout, error)) {
        return false;
    }
    if (mkdir(data_dir, 0700) != 0) {
        return error_set_errno(error, errno, "could not make the data directory \"%s\"", data_dir);
    }
    if (!pg_place_look(data_dir, &now, error)) {
        return false;
    }
    if (!now.there || !now.empty) {
        return refuse(data_dir, inout, &now, error);
    }
    *inout = now;
    return true;
}

bool pg_place_mark(const char *data_dir, const PgMark *mark, PgPlace *inout, Error *error)
{
    char held[PG_PATH_SIZE];
    PgPlace place = *inout;
    _cleanup_(close_fd) int fd = -1;
    assert(mark->work != PG_MARK_NONE);
    if ((!place.there && !make_folder(data_dir, &place, error)) ||
        !open_judged(data_dir, &place, &fd, error)) {
        return false;
    }
    held_path(fd, held);
    if (!pg_mark_write(held, mark, error)) {
        return error_wrap(error, "data directory \"%s\"", data_dir);
    }
    place.work = mark->work;
    place.empty = false;
    *inout = place;
    return true;
}

bool pg_place_wipe(const char *data_dir, const PgPlace *marked, const PgMark *mark,
                   PgTreeWalk *walk, Error *error)
{
    char held[PG_PATH_SIZE];
    _cleanup_(close_fd) int fd = -1;
    assert(marked->there && marked->work != PG_MARK_NONE);
    if (!open_judged(data_dir, marked, &fd, error)) {
        return false;
    }
    if (fchmod(fd, 0700) != 0) {
        return error_set_errno(error, errno, "chmod \"%s\"", data_dir);
    }
    held_path(fd, held);
    return pg_mark_wipe(held, mark, walk, error) ||
           error_wrap(error, "data directory \"%s\"", data_dir);
}

bool pg_place_unmark(const char *data_dir, const PgPlace *marked, Error *error)
{
    char held[PG_PATH_SIZE];
    _cleanup_(close_fd) int fd = -1;
    assert(marked->there && marked->work != PG_MARK_NONE);
    if (!open_judged(data_dir, marked, &fd, error)) {
        return false;
    }
    held_path(fd, held);
    return pg_mark_remove(held, error) || error_wrap(error, "data directory \"%s\"", data_dir);
}

/* pg_diverged.c - copies segments into a folder of their own, and lets pg_waldump say what is in them. */
#include "sys/pg_diverged.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/loop.h"
#include "sys/pg_control.h"
#include "sys/pg_identity.h"
#include "sys/pg_rows.h"
#include "sys/pg_tree.h"
#include "sys/pg_wal_end.h"
#include "sys/pg_wal_story.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_LINE_SIZE = 512, NAME_DIGITS = 24, SUMMARY_LEAST = 64 * 1024, TOUCHED_MAX = 32 << 20 };

static const char PART[] = ".part";
/* To read the rows the directory is recovered, and what recovery writes moves the end of its WAL: the first line of a
 * summary again, with that end, so that a later life knows it for what is saved here. */
static const char RECOVERED[] = "recovered.txt";

typedef struct Saving {
    const PgSetup *setup;
    PgJob *job;
    PgDiverged *diverged;
    PgControl control;
    char base[PG_PATH_SIZE];
    char part[PG_PATH_SIZE];
    char first_line[FIRST_LINE_SIZE]; /* of the summary: what tells this saving from another */
    int summary;
    uint64_t bytes;         /* of the files that are to be saved */
    uint64_t summary_limit; /* bytes */
    uint64_t touched_limit; /* bytes */
} Saving;

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* what was written was synced */
    }
}

/* ---- what is to be saved ---------------------------------------------------------------------- */

static bool find_bounds(Saving *saving, Error *error)
{
    const PgSetup *setup = saving->setup;
    PgDiverged *diverged = saving->diverged;
    char path[PG_PATH_SIZE];
    PgWalEnd end;
    bool standby = false;
    Error unread = {0};

    if (!pg_control_read(setup->data_dir, &saving->control, error)) {
        return false;
    }
    pg_path(path, setup->data_dir, "standby.signal");
    diverged->end = (Position){.timeline = saving->control.timeline};
    if (pg_file_look(path, &standby, &unread) &&
        pg_wal_end(setup->data_dir, standby, 0, &end, &unread)) {
        diverged->end = end.end;
    }
    if (diverged->fork.timeline == 0 || diverged->fork.lsn == 0) {
        /* Nobody knows what of it the primary has: everything that recovery would have read. */
        diverged->fork =
            (Position){.timeline = saving->control.timeline, .lsn = saving->control.redo};
    }
    return true;
}

static void compose_line(const PgSetup *setup, const PgDiverged *diverged, char *ret)
{
    PgIdentity identity;
    char from[STR_LSN_SIZE];
    char to[STR_LSN_SIZE];
    (void)pg_identity_read(setup->data_dir, &identity); /* 0 when it has none */
    (void)str_format(ret, FIRST_LINE_SIZE,
                     "server %s, data directory %llx, timeline %u from %s to timeline %u at %s\n",
                     setup->members.member[setup->self].name, (unsigned long long)identity.dir,
                     diverged->fork.timeline, str_from_lsn(diverged->fork.lsn, from, sizeof(from)),
                     diverged->end.timeline,
                     str_from_lsn(diverged->end.lsn, to, sizeof(to))); /* fits */
}

static bool begins_like_this(const Saving *saving, const char *folder, const char *name)
{
    char path[PG_PATH_SIZE];
    char text[FIRST_LINE_SIZE] = {0};
    pg_path(path, folder, name);
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return false;
    }
    const ssize_t got = read(fd, text, sizeof(text) - 1);
    (void)close(fd); /* only read from */
    return got > 0 && str_starts_with(text, saving->first_line);
}

static bool is_this(const Saving *saving, const char *folder)
{
    return begins_like_this(saving, folder, "summary.txt") ||
           begins_like_this(saving, folder, RECOVERED);
}

/* A life before this one may have saved it, and have been killed later. */
static bool was_saved(Saving *saving)
{
    bool found = false;
    DIR *listing = opendir(saving->base);
    for (const struct dirent *entry = listing == NULL ? NULL : readdir(listing);
         !found && entry != NULL; entry = readdir(listing)) {
        char path[PG_PATH_SIZE];
        pg_path(path, saving->base, entry->d_name);
        if (entry->d_name[0] != '.' && is_this(saving, path)) {
            found = str_copy(saving->diverged->folder, PG_PATH_SIZE, path);
        }
    }
    if (listing != NULL) {
        (void)closedir(listing); /* only read from */
    }
    return found;
}

/* ---- segments --------------------------------------------------------------------------------- */

static bool hex_at(const char *text, size_t digits, uint64_t *ret)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        const char c = text[i];
        if (!str_is_digit(c) && (c < 'A' || c > 'F')) {
            return false;
        }
        value = value << 4 | (uint64_t)(str_is_digit(c) ? c - '0' : c - 'A' + 10);
    }
    *ret = value;
    return true;
}

/* Whether a file of pg_wal holds something from the fork on; where it begins. */
static bool segment_counts(const Saving *saving, const char *name, Lsn *ret_begin)
{
    uint64_t timeline = 0;
    uint64_t log = 0;
    uint64_t number = 0;
    const PgDiverged *diverged = saving->diverged;
    const uint64_t size = saving->control.segment_size;
    if (strlen(name) < NAME_DIGITS || !hex_at(name, 8, &timeline) || !hex_at(name + 8, 8, &log) ||
        !hex_at(name + 16, 8, &number) ||
        (name[NAME_DIGITS] != '\0' && !str_equal(name + NAME_DIGITS, ".partial"))) {
        return false;
    }
    *ret_begin = (log << 32) + number * size;
    return timeline >= diverged->fork.timeline && *ret_begin + size > diverged->fork.lsn &&
           (diverged->end.lsn == 0 || *ret_begin < diverged->end.lsn);
}

static bool copy_bytes(Saving *saving, int from, int to, const char *name, Error *error)
{
    static const size_t portion = 256 * 1024;
    _cleanup_free_ char *bytes = malloc(portion);
    for (bool more = bytes != NULL; more;) {
        const ssize_t got = read(from, bytes, portion);
        if (got < 0) {
            return error_set_errno(error, errno, "read \"%s\"", name);
        }
        more = got > 0;
        for (ssize_t done = 0; done < got;) {
            const ssize_t put = write(to, bytes + done, (size_t)(got - done));
            if (put <= 0) {
                return error_set_errno(error, errno, "write \"%s\" in \"%s\"", name, saving->part);
            }
            done += put;
        }
        if (atomic_load(&saving->job->cancelled)) {
            return error_set(error, ERROR_TIMEOUT, "broken off");
        }
    }
    return bytes != NULL || error_set(error, ERROR_SYSTEM, "out of memory");
}

static bool save_file(Saving *saving, const char *wal, const char *name, Error *error)
{
    char source[PG_PATH_SIZE];
    char target[PG_PATH_SIZE];
    pg_path(source, wal, name);
    pg_path(target, saving->part, name);
    _cleanup_(close_fd) int from = open(source, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    _cleanup_(close_fd) int to =
        open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    if (from < 0 || to < 0) {
        return error_set_errno(error, errno, "copy \"%s\" to \"%s\"", source, target);
    }
    return copy_bytes(saving, from, to, name, error) &&
           (fsync(to) == 0 || error_set_errno(error, errno, "fsync \"%s\"", target));
}

static void note_segment(const Saving *saving, const char *name, Lsn begin)
{
    char from[STR_LSN_SIZE];
    char to[STR_LSN_SIZE];
    (void)dprintf(saving->summary, "file %s: %s to %s\n", name,
                  str_from_lsn(begin, from, sizeof(from)),
                  str_from_lsn(begin + saving->control.segment_size, to, sizeof(to)));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_history(const char *name)
{
    const size_t length = strlen(name);
    return length > 8 && str_equal(name + 8, ".history");
}

/* What to do with each file of pg_wal that is to be saved; `begin` is 0 for a history. */
typedef bool FileDeed(Saving *saving, const char *wal, const char *name, Lsn begin, Error *error);

static bool for_each_file(Saving *saving, FileDeed *deed, Error *error)
{
    char wal[PG_PATH_SIZE];
    struct dirent **entries = NULL;
    bool ok = true;

    pg_path(wal, saving->setup->data_dir, "pg_wal");
    const int count = scandir(wal, &entries, NULL, by_name);
    if (count < 0) {
        return error_set_errno(error, errno, "open folder \"%s\"", wal);
    }
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        Lsn begin = 0;
        if (ok && (segment_counts(saving, name, &begin) || is_history(name))) {
            ok = deed(saving, wal, name, begin, error);
        }
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool save_one(Saving *saving, const char *wal, const char *name, Lsn begin, Error *error)
{
    if (!is_history(name)) {
        note_segment(saving, name, begin);
    }
    return save_file(saving, wal, name, error);
}

static bool add_size(Saving *saving, const char *wal, const char *name, Lsn begin, Error *error)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    (void)begin;
    pg_path(path, wal, name);
    if (stat(path, &of) != 0) {
        return error_set_errno(error, errno, "look at \"%s\"", path);
    }
    saving->bytes += (uint64_t)of.st_size;
    return true;
}

/* In proportion to the stretch that they tell of: a line is not much longer than a small transaction's records, and
 * that of a block shorter than a record. */
static void set_limits(Saving *saving)
{
    const PgDiverged *diverged = saving->diverged;
    const uint64_t stretch =
        diverged->end.lsn > diverged->fork.lsn ? diverged->end.lsn - diverged->fork.lsn : 0;
    saving->summary_limit = SUMMARY_LEAST + 2 * stretch;
    saving->touched_limit = stretch < TOUCHED_MAX ? stretch : TOUCHED_MAX;
}

static bool check_room(Saving *saving, Error *error)
{
    struct statvfs room;
    if (!for_each_file(saving, add_size, error)) {
        return false;
    }
    if (statvfs(saving->base, &room) != 0) {
        return error_set_errno(error, errno, "file system of \"%s\"", saving->base);
    }
    PgDiverged *diverged = saving->diverged;
    set_limits(saving);
    diverged->wanted =
        saving->bytes + saving->summary_limit + saving->touched_limit + PG_DIVERGED_RESERVE;
    diverged->room = (uint64_t)room.f_bavail * room.f_frsize;
    return diverged->wanted <= diverged->room ||
           error_set(error, ERROR_REFUSED, "\"%s\" has no room for it", saving->base);
}

/* ---- the summary ------------------------------------------------------------------------------ */

static void close_file(FILE **file)
{
    if (*file != NULL) {
        (void)fclose(*file); /* what is missing from it is missing from the rows, and said there */
    }
}

static FILE *open_touched(const Saving *saving, const char *name)
{
    char path[PG_PATH_SIZE];
    pg_path(path, saving->part, name);
    return fopen(path, "wxe");
}

/* Each stretch of the own history behind the fork, told by pg_waldump. */
static void tell_stretches(Saving *saving, PgTouched *touched, Error *error)
{
    PgDiverged *diverged = saving->diverged;
    PgHistory history;
    diverged->told =
        diverged->end.lsn != 0 &&
        pg_history_read(saving->setup->data_dir, diverged->end.timeline, &history, error);
    for (uint16_t i = 0; diverged->told && i < history.count; i++) {
        const PgStretch *stretch = &history.stretch[i];
        const PgWalStory story = {
            .bin_dir = saving->setup->bin_dir,
            .folder = saving->part,
            .timeline = stretch->timeline,
            .from = stretch->begin > diverged->fork.lsn ? stretch->begin : diverged->fork.lsn,
            .to = stretch->end < diverged->end.lsn ? stretch->end : diverged->end.lsn,
            .summary = saving->summary,
            .limit = saving->summary_limit,
            .touched = touched,
        };
        if (story.from < story.to) {
            diverged->told = pg_wal_story(&story, saving->job, &diverged->committed, error);
        }
    }
}

/* That they cannot be told is said there, and is no reason not to go on: the WAL itself is saved. */
static void tell_transactions(Saving *saving)
{
    PgDiverged *diverged = saving->diverged;
    Error error = {0};
    _cleanup_(close_file) FILE *blocks = open_touched(saving, PG_ROWS_BLOCKS);
    _cleanup_(close_file) FILE *xids = open_touched(saving, PG_ROWS_XIDS);
    PgTouched touched = {.blocks = blocks, .xids = xids, .room = saving->touched_limit};
    tell_stretches(saving, blocks == NULL || xids == NULL ? NULL : &touched, &error);
    if (!diverged->told) {
        (void)dprintf(saving->summary, "what is in them could not be read: %s\n",
                      error.kind == ERROR_NONE ? "the end of the WAL is not known" : error.text);
    } else if (touched.cut) {
        (void)dprintf(saving->summary, "these are too many for all of their rows to be found\n");
    }
}

/* What an earlier life has left there goes first: it counts as room. */
static bool clear_part(Saving *saving, Error *error)
{
    PgTreeWalk walk = {0};
    pg_path(saving->part, saving->base, PART);
    return pg_folder_make(saving->base, error) && pg_folder_make(saving->part, error) &&
           pg_tree_empty(saving->part, NULL, &walk, error);
}

static bool begin_part(Saving *saving, Error *error)
{
    char path[PG_PATH_SIZE];
    pg_path(path, saving->part, "summary.txt");
    saving->summary = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    if (saving->summary < 0) {
        return error_set_errno(error, errno, "create \"%s\"", path);
    }
    return dprintf(saving->summary, "%s", saving->first_line) > 0 ||
           error_set_errno(error, errno, "write \"%s\"", path);
}

static bool name_part(Saving *saving, Error *error)
{
    PgDiverged *diverged = saving->diverged;
    char date[32];
    char lsn[STR_LSN_SIZE];
    char name[96];
    const time_t now = (time_t)loop_wall();
    struct tm parts;
    PgTreeWalk walk = {0};
    if (gmtime_r(&now, &parts) == NULL ||
        strftime(date, sizeof(date), "%Y-%m-%d_%H-%M-%S", &parts) == 0) {
        return error_set(error, ERROR_SYSTEM, "there is no date");
    }
    (void)str_from_lsn(diverged->fork.lsn, lsn, sizeof(lsn));
    for (char *at = lsn; *at != '\0'; at++) {
        *at = *at == '/' ? '-' : *at;
    }
    (void)str_format(name, sizeof(name), "%s_%u_%s", date, diverged->fork.timeline, lsn); /* fits */
    pg_path(diverged->folder, saving->base, name);
    if (!pg_tree_sync(saving->part, &walk, error)) {
        return false;
    }
    if (rename(saving->part, diverged->folder) != 0) {
        return error_set_errno(error, errno, "rename \"%s\" to \"%s\"", saving->part,
                               diverged->folder);
    }
    return pg_tree_sync(saving->base, &walk, error);
}

bool pg_diverged_save(const PgSetup *setup, PgJob *job, PgDiverged *inout, Error *error)
{
    bool ok = false;
    inout->room = inout->wanted = 0;
    _cleanup_free_ Saving *saving = calloc(1, sizeof(*saving));
    if (saving == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    saving->setup = setup;
    saving->job = job;
    saving->diverged = inout;
    saving->summary = -1;
    pg_path(saving->base, setup->mc_dir, "diverged");
    if (!find_bounds(saving, error)) {
        return false;
    }
    compose_line(setup, inout, saving->first_line);
    if (was_saved(saving)) {
        return true;
    }
    ok = clear_part(saving, error) && check_room(saving, error) && begin_part(saving, error) &&
         for_each_file(saving, save_one, error);
    if (ok) {
        tell_transactions(saving);
        ok = name_part(saving, error);
    }
    close_fd(&saving->summary);
    if (!ok) {
        Error ignored = {0}; /* the first one counts */
        (void)clear_part(saving, &ignored);
    }
    return ok || error_wrap(error, "save the WAL that only this server has");
}

/* Without the note the same is saved twice, should this life end before the directory is marked. */
static void note_end(const PgSetup *setup, PgDiverged later)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    _cleanup_free_ Saving *saving = calloc(1, sizeof(*saving));
    if (saving == NULL) {
        return;
    }
    saving->setup = setup;
    saving->diverged = &later;
    if (find_bounds(saving, &error)) {
        compose_line(setup, &later, saving->first_line);
        pg_path(path, later.folder, RECOVERED);
        (void)!pg_file_write(path, saving->first_line, strlen(saving->first_line), 0600, &error);
    }
}

void pg_diverged_tell(const PgSetup *setup, PgJob *job, bool marked, PgDiverged *inout)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    pg_path(path, inout->folder, PG_ROWS_BLOCKS);
    if (!pg_file_exists(path)) {
        return; /* an earlier life has done it, or the WAL could not be read */
    }
    if (!pg_rows_tell(setup, job, inout->folder, marked, &inout->rows, &error)) {
        (void)str_copy(inout->unread, sizeof(inout->unread), error.text); /* cut is fine */
    }
    if (!marked) {
        note_end(setup, *inout);
    }
}

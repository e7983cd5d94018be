/* pg_run.c - the note is one "name = value" per line, ended by a checksum; it counts until the host is booted again.
 *
 * It is synced before it is renamed, so that a power cut leaves the one before or this one, both of another boot, and no
 * empty file; the folder is not. */
#include "sys/pg_run.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "base/pg_crc.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOTE_MAX = 1024 };

static const char NAME[] = "mc_instance.run";
static const char HEAD[] =
    "# written by Mirroring Controller: the last run of the instance\nversion = 1\n";

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* an error is reported already */
    }
}

/* ---- the note --------------------------------------------------------------------------------- */

static bool compose(const PgRun *run, char *ret, size_t size, size_t *ret_length)
{
    char boot[PID_BOOT_SIZE];
    StrBuf out = str_begin(ret, size);
    if (!pid_boot(boot)) {
        return false;
    }
    str_add(&out, HEAD);
    str_add_format(&out, "boot = %s\n", boot);
    str_add_format(&out, "over = %u\n", run->state == PG_RUN_OVER);
    str_add_format(&out, "postmaster = %u\n", (unsigned)run->postmaster.pid);
    str_add_format(&out, "start = %llu\n", (unsigned long long)run->postmaster.start);
    str_add_format(&out, "user = %u\n", (unsigned)run->user);
    str_add_format(&out, "device = %llu\n", (unsigned long long)run->directory.device);
    str_add_format(&out, "inode = %llu\n", (unsigned long long)run->directory.inode);
    str_add_format(&out, "born = %llu\n", (unsigned long long)run->directory.born);
    str_add_format(&out, "memory = %u\n", run->memory.known);
    str_add_format(&out, "memory_key = %u\n", run->memory.key);
    str_add_format(&out, "memory_id = %u\n", (unsigned)run->memory.id);
    const uint32_t sum = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, ret, out.length));
    str_add_format(&out, "sum = %08x\n", sum);
    *ret_length = out.length;
    return !out.cut;
}

static bool number_of(const char **at, const char *name, uint64_t most, uint64_t *ret)
{
    const size_t length = strlen(name);
    if (strncmp(*at, name, length) != 0 || strncmp(*at + length, " = ", 3) != 0) {
        return false;
    }
    const char *value = *at + length + 3;
    const size_t size = strcspn(value, "\n");
    *at = value + size + (value[size] == '\n' ? 1 : 0);
    return str_to_uint(value, size, ret) && *ret <= most;
}

static bool parse_numbers(const char **at, PgRun *ret)
{
    uint64_t over, pid, user, known, key, id;
    if (!number_of(at, "over", 1, &over) || !number_of(at, "postmaster", INT32_MAX, &pid) ||
        !number_of(at, "start", UINT64_MAX, &ret->postmaster.start) ||
        !number_of(at, "user", UINT32_MAX, &user) ||
        !number_of(at, "device", UINT64_MAX, &ret->directory.device) ||
        !number_of(at, "inode", UINT64_MAX, &ret->directory.inode) ||
        !number_of(at, "born", UINT64_MAX, &ret->directory.born) ||
        !number_of(at, "memory", 1, &known) || !number_of(at, "memory_key", UINT32_MAX, &key) ||
        !number_of(at, "memory_id", INT32_MAX, &id)) {
        return false;
    }
    ret->state = over != 0 ? PG_RUN_OVER : PG_RUN_LIVES;
    ret->postmaster.pid = (pid_t)pid;
    ret->user = (uid_t)user;
    ret->memory = (PgSegment){.known = known != 0, .key = (uint32_t)key, .id = (int)id};
    return true;
}

/* Of another boot is none: whoever ran then is gone. */
static bool parse(const char *text, PgRun *ret)
{
    static const char word[] = "boot = ";
    char boot[PID_BOOT_SIZE];
    char sum[32];
    const size_t head = strlen(HEAD);
    if (strncmp(text, HEAD, head) != 0 || strncmp(text + head, word, strlen(word)) != 0 ||
        !pid_boot(boot)) {
        return false;
    }
    const char *at = text + head + strlen(word);
    const char *line = strchr(at, '\n');
    const bool now =
        line != NULL && (size_t)(line - at) == strlen(boot) && strncmp(at, boot, strlen(boot)) == 0;
    if (line == NULL) {
        return false;
    }
    at = line + 1;
    if (!parse_numbers(&at, ret)) {
        return false;
    }
    const uint32_t crc = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, text, (size_t)(at - text)));
    (void)str_format(sum, sizeof(sum), "sum = %08x\n", crc); /* fits */
    if (!now) {
        *ret = (PgRun){.state = PG_RUN_NONE};
    }
    return str_equal(at, sum);
}

PgRun pg_run_read(const char *mc_dir)
{
    char path[PG_PATH_SIZE];
    char text[NOTE_MAX];
    struct stat of;
    PgRun run = {.state = PG_RUN_NONE};
    Error error = {0};
    pg_path(path, mc_dir, NAME);
    if (stat(path, &of) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return run;
    }
    if (!pg_file_read(path, text, sizeof(text), NULL, &error) || !parse(text, &run)) {
        return (PgRun){.state = PG_RUN_UNKNOWN};
    }
    return run;
}

/* Whoever starts one for us notes that first, without its number. A crash restart keeps the postmaster. */
bool pg_run_is_not_of(const PgRun *run, pid_t postmaster)
{
    const bool noted = run->state == PG_RUN_LIVES || run->state == PG_RUN_OVER;
    const PidEntry found = pid_entry(postmaster);
    return noted && run->postmaster.pid != 0 && found.pid != 0 &&
           (found.pid != run->postmaster.pid || found.start != run->postmaster.start);
}

bool pg_run_is_elsewhere(const PgRun *run, const char *data_dir)
{
    PgFileMark mark;
    return run->state == PG_RUN_LIVES &&
           !(pg_file_mark(data_dir, &mark) && pg_file_mark_is(&mark, &run->directory));
}

static bool write_note(const char *mc_dir, const PgRun *run, Error *error)
{
    char path[PG_PATH_SIZE];
    char temporary[PG_PATH_SIZE];
    char text[NOTE_MAX];
    size_t length = 0;
    pg_path(path, mc_dir, NAME);
    if (!compose(run, text, sizeof(text), &length) ||
        !str_format(temporary, sizeof(temporary), "%s.tmp", path)) {
        return error_set(error, ERROR_LIMIT, "what is noted of the instance does not fit");
    }
    (void)unlink(temporary); /* of an earlier life */
    _cleanup_(close_fd) int fd =
        open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "create \"%s\"", temporary);
    }
    if (write(fd, text, length) != (ssize_t)length) {
        return error_set_errno(error, errno, "write \"%s\"", temporary);
    }
    if (fsync(fd) != 0) {
        return error_set_errno(error, errno, "sync \"%s\"", temporary);
    }
    return rename(temporary, path) == 0 ||
           error_set_errno(error, errno, "rename \"%s\" to \"%s\"", temporary, path);
}

/* ---- the memory ------------------------------------------------------------------------------- */

static void lock(pthread_mutex_t *mutex)
{
    const int code = pthread_mutex_lock(mutex);
    assert(code == 0);
}

static void unlock(pthread_mutex_t *mutex)
{
    const int code = pthread_mutex_unlock(mutex);
    assert(code == 0);
}

static bool is_same(const PgRun *one, const PgRun *other)
{
    return one->state == other->state && one->postmaster.pid == other->postmaster.pid &&
           one->postmaster.start == other->postmaster.start && one->user == other->user &&
           pg_file_mark_is(&one->directory, &other->directory) &&
           one->memory.known == other->memory.known && one->memory.key == other->memory.key &&
           one->memory.id == other->memory.id;
}

void pg_last_run_init(PgLastRun *last, const char *mc_dir)
{
    *last = (PgLastRun){.mc_dir = mc_dir, .run = pg_run_read(mc_dir)};
    last->noted = last->run;
    int code = pthread_mutex_init(&last->door, NULL);
    assert(code == 0);
    code = pthread_mutex_init(&last->writing, NULL);
    assert(code == 0);
}

void pg_last_run_done(PgLastRun *last)
{
    (void)pthread_mutex_destroy(&last->door);
    (void)pthread_mutex_destroy(&last->writing);
}

PgRun pg_last_run(PgLastRun *last)
{
    lock(&last->door);
    const PgRun run = last->run;
    unlock(&last->door);
    return run;
}

bool pg_run_note(PgLastRun *last, Error *error)
{
    lock(&last->writing);
    const PgRun run = pg_last_run(last);
    const bool known = run.state == PG_RUN_LIVES || run.state == PG_RUN_OVER;
    const bool ok = !known || is_same(&run, &last->noted) || write_note(last->mc_dir, &run, error);
    if (ok) {
        last->noted = run;
    }
    unlock(&last->writing);
    return ok;
}

bool pg_run_begins(PgLastRun *last, const char *data_dir, Error *error)
{
    struct stat of;
    PgRun run = {.state = PG_RUN_LIVES};
    if (!pg_file_mark(data_dir, &run.directory) || stat(data_dir, &of) != 0) {
        return error_set_errno(error, errno, "data directory \"%s\"", data_dir);
    }
    run.user = of.st_uid;
    lock(&last->door);
    last->run = run;
    unlock(&last->door);
    return pg_run_note(last, error);
}

void pg_run_found(PgLastRun *last, pid_t postmaster, const PgSegment *memory)
{
    char path[64];
    struct stat of;
    PgRun run = {.state = PG_RUN_LIVES, .postmaster = pid_entry(postmaster), .memory = *memory};
    /* Where it is, not where the path leads to by now. */
    (void)str_format(path, sizeof(path), "/proc/%d/cwd", (int)postmaster); /* fits */
    if (run.postmaster.pid == 0 || !pg_file_mark_at(AT_FDCWD, path, &run.directory)) {
        return;
    }
    (void)str_format(path, sizeof(path), "/proc/%d", (int)postmaster); /* fits */
    if (stat(path, &of) != 0) {
        return;
    }
    run.user = of.st_uid;
    lock(&last->door);
    /* One that may live in another directory is not forgotten for what works at the path: that is found there anyhow. */
    const bool elsewhere =
        last->run.state == PG_RUN_LIVES && !pg_file_mark_is(&last->run.directory, &run.directory);
    if (!elsewhere && pid_alive(&run.postmaster)) {
        last->run = run;
    }
    unlock(&last->door);
}

void pg_run_ended(PgLastRun *last, const PgRun *run)
{
    lock(&last->door);
    if (is_same(&last->run, run) && run->state == PG_RUN_LIVES) {
        last->run.state = PG_RUN_OVER;
    }
    unlock(&last->door);
}

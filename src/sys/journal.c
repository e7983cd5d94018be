/*
 * Lines to a file, in a thread of libuv.
 *
 * A line is there as a whole or not at all as far as that can be had: what a full disk has taken of it is cut off
 * again, and where a killed process has left half a line the next write ends it first, so that only that one is lost.
 */
#include "sys/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "base/assert.h"

enum { RETRY_MS = 10000, RETRY_SLACK_MS = 5000 };

struct Journal {
    Loop *loop;
    char path[JOURNAL_PATH_SIZE];
    char old[JOURNAL_PATH_SIZE];
    size_t bound;
    JournalTold told;
    void *data;
    bool busy;
    bool failing;
    uint64_t dropped;
    Deadline retry;
    uv_work_t work;
    bool ok;
    Error error;
    size_t writing_size; /* the worker's while busy; what it could not write stays */
    size_t waiting_size;
    char writing[JOURNAL_BUFFER];
    char waiting[JOURNAL_BUFFER];
};

/* ---- the worker ---- */

static int open_file(Journal *journal)
{
    const int fd =
        open(journal->path,
             O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
    if (fd < 0) {
        (void)!error_set_errno(&journal->error, errno, "cannot open it");
    }
    return fd;
}

static bool look(Journal *journal, int fd, off_t *ret_size, bool *ret_torn)
{
    struct stat about;
    char last = '\n';
    if (fstat(fd, &about) != 0) {
        return error_set_errno(&journal->error, errno, "cannot look at it");
    }
    if (!S_ISREG(about.st_mode)) {
        return error_set(&journal->error, ERROR_CONFIG, "it is no ordinary file");
    }
    if (about.st_size > 0 && pread(fd, &last, 1, about.st_size - 1) != 1) {
        return error_set_errno(&journal->error, errno, "cannot read its end");
    }
    *ret_size = about.st_size;
    *ret_torn = last != '\n';
    return true;
}

static bool write_all(int fd, const char *bytes, size_t size, Error *error)
{
    while (size > 0) {
        const ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return error_set_errno(error, written < 0 ? errno : ENOSPC, "cannot write it");
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

static bool append(Journal *journal, int fd, off_t size, bool torn)
{
    if ((torn && !write_all(fd, "\n", 1, &journal->error)) ||
        !write_all(fd, journal->writing, journal->writing_size, &journal->error)) {
        (void)!ftruncate(fd, size); /* else it is a torn line, which readers pass over */
        return false;
    }
    return true;
}

static bool write_lines(Journal *journal)
{
    off_t size = 0;
    bool torn = false;
    int fd = open_file(journal);
    if (fd < 0) {
        return false;
    }
    bool ok = look(journal, fd, &size, &torn);
    if (ok && size > 0 && (size_t)size + journal->writing_size > journal->bound) {
        ok = rename(journal->path, journal->old) == 0 ||
             error_set_errno(&journal->error, errno, "cannot rename it to \"%s\"", journal->old);
        (void)close(fd); /* nothing was written through it */
        fd = ok ? open_file(journal) : -1;
        ok = fd >= 0 && look(journal, fd, &size, &torn);
    }
    ok = ok && append(journal, fd, size, torn);
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = error_set_errno(&journal->error, errno, "cannot write it");
    }
    return ok;
}

static void on_work(uv_work_t *work)
{
    Journal *journal = work->data;
    journal->ok = write_lines(journal);
}

/* ---- the loop ---- */

static void begin(Journal *journal);

static void on_retry(void *data)
{
    begin(data);
}

static void tell(Journal *journal)
{
    if (!journal->ok && !journal->failing) {
        journal->failing = true;
        journal->told(journal->data, &journal->error, journal->dropped);
    } else if (journal->ok && journal->failing) {
        journal->failing = false;
        journal->told(journal->data, NULL, journal->dropped);
        journal->dropped = 0;
    }
}

static void on_done(uv_work_t *work, int status)
{
    Journal *journal = work->data;
    assert(status == 0); /* nobody cancels it */
    journal->busy = false;
    tell(journal);
    if (!journal->ok) {
        loop_deadline_set_loose(journal->loop, &journal->retry, loop_now() + RETRY_MS,
                                RETRY_SLACK_MS, on_retry, journal);
        return;
    }
    journal->writing_size = 0;
    begin(journal);
}

static void begin(Journal *journal)
{
    if (journal->busy) {
        return;
    }
    const size_t room = JOURNAL_BUFFER - journal->writing_size;
    if (journal->waiting_size <= room) {
        memcpy(journal->writing + journal->writing_size, journal->waiting, journal->waiting_size);
        journal->writing_size += journal->waiting_size;
        journal->waiting_size = 0;
    }
    if (journal->writing_size == 0) {
        return;
    }
    loop_deadline_clear(journal->loop, &journal->retry);
    journal->busy = true;
    const int result = uv_queue_work(loop_uv(journal->loop), &journal->work, on_work, on_done);
    assert(result == 0);
}

void journal_add(Journal *journal, const char *line, size_t length)
{
    assert(length > 0 && length <= JOURNAL_BUFFER);
    assert(line[length - 1] == '\n');
    if (length > JOURNAL_BUFFER - journal->waiting_size) {
        journal->dropped++;
        return;
    }
    memcpy(journal->waiting + journal->waiting_size, line, length);
    journal->waiting_size += length;
    begin(journal);
}

bool journal_is_busy(const Journal *journal)
{
    return journal->busy;
}

bool journal_old_path(const char *path, char *ret, size_t size)
{
    return str_format(ret, size, "%s.old", path);
}

bool journal_new(Loop *loop, const char *path, size_t bound, JournalTold told, void *data,
                 Journal **ret, Error *error)
{
    Journal *journal = calloc(1, sizeof(*journal));
    if (journal == NULL) {
        return error_set_errno(error, ENOMEM, "cannot use \"%s\"", path);
    }
    if (!str_copy(journal->path, sizeof(journal->path), path) ||
        !journal_old_path(path, journal->old, sizeof(journal->old))) {
        free(journal);
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
    }
    journal->loop = loop;
    journal->bound = bound;
    journal->told = told;
    journal->data = data;
    journal->work.data = journal;
    *ret = journal;
    return true;
}

void journal_free(Journal *journal)
{
    assert(!journal->busy);
    loop_deadline_clear(journal->loop, &journal->retry);
    free(journal);
}

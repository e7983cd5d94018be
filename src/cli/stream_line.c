/*
 * The last complaint of a WAL receiver in postgres.log.
 */
#include "cli/stream_line.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/files.h"

enum {
    TAIL = 16384,
    SHOWN_MAX = 300,
    FRESH_S = 30, /* a receiver tries again every five seconds (wal_retrieve_retry_interval) */
};

/* The end of the log; "" where it is not there, or nothing was written to it lately. */
static void read_tail(const Site *site, char ret[static TAIL + 1])
{
    char path[PATH_SIZE];
    struct stat of;
    Error ignored = {0};
    ret[0] = '\0';
    if (!path_join(site->dir, "postgres.log", path, sizeof(path), &ignored)) {
        return;
    }
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        return;
    }
    if (fstat(fd, &of) == 0 && S_ISREG(of.st_mode) && time(NULL) - of.st_mtime <= FRESH_S) {
        const off_t from = of.st_size > TAIL ? of.st_size - TAIL : 0;
        const ssize_t got = pread(fd, ret, TAIL, from);
        ret[got > 0 ? got : 0] = '\0';
    }
    (void)close(fd); /* only read */
}

/* What a line says of streaming, behind its severity; NULL: nothing. Clients that are not let in are told in the same log. */
static const char *complaint_in(const char *line)
{
    static const char severity[] = "FATAL:  ";
    const char *said = strstr(line, severity);
    if (said == NULL ||
        (strstr(said, "WAL stream") == NULL && strstr(said, "primary server") == NULL)) {
        return NULL;
    }
    return said + strlen(severity);
}

static const char *last_complaint(char *tail)
{
    const char *last = NULL;
    char *rest = tail;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        const char *said = complaint_in(line);
        last = said != NULL ? said : last;
    }
    return last;
}

static void add_plain(StrBuf *out, const char *text)
{
    for (int i = 0; text[i] != '\0' && i < SHOWN_MAX; i++) {
        const char plain = (unsigned char)text[i] < ' ' ? ' ' : text[i];
        str_add_bytes(out, &plain, 1);
    }
}

/* What the primary does not have any more, or never had: it was a copy itself, made on a later timeline than this server's. */
static void add_cure(StrBuf *out, const char *said)
{
    const bool removed = strstr(said, "has already been removed") != NULL;
    const bool history =
        strstr(said, "timeline history file") != NULL && strstr(said, "No such file") != NULL;
    if (!removed && !history) {
        return;
    }
    str_add(out,
            removed ? "the primary keeps no more WAL than slot_wal_limit for a standby that is away"
                    : "the primary's data directory was copied when it had gone on from there, and "
                      "has nothing of what came before");
    str_add(out,
            ": mc_ctl stop, then mc_ctl setup -r standby --overwrite makes a new copy, and keeps "
            "what lies here\n");
}

void stream_line(const Site *site, const Status *status, StrBuf *out)
{
    char tail[TAIL + 1];
    if (status->from_disk || status->self >= status->count ||
        status->member[status->self].process != PROCESS_ABNORMAL_WAL_RECEIVER) {
        return;
    }
    read_tail(site, tail);
    const char *said = last_complaint(tail);
    if (said == NULL) {
        return;
    }
    str_add_format(out, "\n%s does not stream; postgres.log says: ", site->id);
    add_plain(out, said);
    str_add(out, "\n");
    add_cure(out, said);
}

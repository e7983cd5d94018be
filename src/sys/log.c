/* log.c - the log that never waits.
 *
 * glibc's syslog() waits: with a reader that does not read, a process stood still after eleven messages. So
 * the datagrams are our own, on a socket that does not wait, and standard error is asked for room first.
 * A file is written by a child (log_file.c). */
#include "sys/log.h"

#include "base/assert.h"
#include "base/str.h"
#include "messages.h"
#include "sys/kill_point.h"
#include "sys/log_file.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 1400, FACILITY_MAX = 23 };

struct Log {
    LogConfig config;
    int socket;    /* -1: not connected */
    LogFile *file; /* NULL: none */
    uint64_t dropped;
};

/* RFC 3164's severities. */
static int priority_of(Severity severity)
{
    switch (severity) {
    case SEVERITY_INFO:
    case SEVERITY_LOG:
        return 6;
    case SEVERITY_NOTICE:
        return 5;
    case SEVERITY_WARNING:
        return 4;
    case SEVERITY_ERROR:
        return 3;
    case SEVERITY_FATAL:
        return 2;
    case SEVERITY_PANIC:
        return 1;
    }
    return 3;
}

static void connect_socket(Log *log)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    const char *path = log->config.socket_path;

    if (!str_copy(to.sun_path, sizeof(to.sun_path), path[0] == '\0' ? "/dev/log" : path)) {
        return;
    }
    log->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (log->socket >= 0 && connect(log->socket, (const struct sockaddr *)&to, sizeof(to)) != 0) {
        close(log->socket);
        log->socket = -1;
    }
}

/* false: nobody takes it now. The log's daemon may have been started anew, so once more from the start. */
static bool send_datagram(Log *log, const char *line, size_t size)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        if (log->socket < 0) {
            connect_socket(log);
        }
        if (log->socket < 0) {
            return false;
        }
        if (send(log->socket, line, size, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size) {
            return true;
        }
        if (errno == EAGAIN || errno == ENOBUFS) {
            return false;
        }
        close(log->socket);
        log->socket = -1;
    }
    return false;
}

static bool send_line(Log *log, Severity severity, const char *line)
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[LINE_SIZE];
    const time_t now = time(NULL);
    struct tm local = {0};

    (void)localtime_r(&now, &local); /* fails only in years that no clock shows */
    StrBuf out = str_begin(text, sizeof(text));
    str_add_format(&out, "<%d>%s %2d %02d:%02d:%02d %s[%d]: %s",
                   log->config.facility * 8 + priority_of(severity), months[local.tm_mon],
                   local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec, log->config.ident,
                   (int)getpid(), line);
    return send_datagram(log, text, out.length);
}

/* A pipe that has room for PIPE_BUF bytes takes a shorter line without waiting. */
static void write_stderr(const Log *log, const char *line)
{
    struct pollfd room = {.fd = STDERR_FILENO, .events = POLLOUT};
    char text[LINE_SIZE];
    StrBuf out = str_begin(text, sizeof(text));

    _Static_assert(LINE_SIZE <= PIPE_BUF, "a line fits at once or not at all");
    str_add_format(&out, "%s[%d]: %s", log->config.ident, (int)getpid(), line);
    str_add(&out, "\n");
    if (poll(&room, 1, 0) == 1 && (room.revents & POLLOUT) != 0) {
        (void)!write(STDERR_FILENO, text, out.length);
    }
}

static bool write_file(const Log *log, const char *line)
{
    const time_t now = time(NULL);
    struct tm local = {0};
    char text[LINE_SIZE];
    StrBuf out = str_begin(text, sizeof(text));

    (void)localtime_r(&now, &local);
    str_add_format(&out, "%04d-%02d-%02d %02d:%02d:%02d %s[%d]: %s\n", local.tm_year + 1900,
                   local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec,
                   log->config.ident, (int)getpid(), line);
    if (out.cut) {
        text[out.length - 1] = '\n';
    }
    return log_file_add(log->file, text, out.length);
}

/* What is missing from the file is told in its place. */
static void add_to_file(const Log *log, const char *line)
{
    char text[MESSAGE_TEXT_SIZE];
    if (!write_file(log, line)) {
        return;
    }
    const uint64_t dropped = log_file_dropped(log->file);
    if (dropped > 0) {
        const LogEntry entry = msg_log_file_dropped((int64_t)dropped);
        (void)write_file(log, message_format_line(&entry, text, sizeof(text)));
    }
}

/* Those who read at the place itself: not counted, not told of. */
static void write_here(const Log *log, const char *line)
{
    if (log->config.to_stderr) {
        write_stderr(log, line);
    }
    if (log->file != NULL) {
        add_to_file(log, line);
    }
}

/* What was dropped is told before anything else. */
static bool tell_dropped(Log *log)
{
    char line[MESSAGE_TEXT_SIZE];

    if (log->dropped == 0) {
        return true;
    }
    const LogEntry entry = msg_log_dropped((int64_t)log->dropped);
    if (!send_line(log, message_info(entry.id)->severity,
                   message_format_line(&entry, line, sizeof(line)))) {
        return false;
    }
    log->dropped = 0;
    return true;
}

/* The second and third line of a message; lost alone they are not worth a word. */
static void write_more(Log *log, const MessageInfo *info, const char *text)
{
    char line[MESSAGE_TEXT_SIZE + 16];

    (void)str_format(line, sizeof(line), "%s (%s)", text, info->id); /* it fits */
    write_here(log, line);
    (void)send_line(log, info->severity, line);
}

static void port_write(void *self, const LogEntry *entry)
{
    Log *log = self;
    const MessageInfo *info = message_info(entry->id);
    char text[MESSAGE_TEXT_SIZE];

    kill_point(ACTION_LOG, KILL_BEFORE);
    message_format_line(entry, text, sizeof(text));
    write_here(log, text);
    kill_point(ACTION_LOG, KILL_DURING);
    if (!tell_dropped(log) || !send_line(log, info->severity, text)) {
        log->dropped++;
    }
    if (message_format_detail(entry, text, sizeof(text))) {
        write_more(log, info, text);
    }
    if (message_format_hint(entry, text, sizeof(text))) {
        write_more(log, info, text);
    }
    kill_point(ACTION_LOG, KILL_AFTER);
}

LogPort log_port(Log *log)
{
    return (LogPort){.self = log, .write = port_write};
}

uint64_t log_dropped(const Log *log)
{
    return log->dropped;
}

bool log_new(const LogConfig *config, Log **ret, Error *error)
{
    Log *log = calloc(1, sizeof(*log));

    assert(config->facility <= FACILITY_MAX);
    if (log == NULL) {
        return error_set_errno(error, ENOMEM, "cannot open the log");
    }
    log->config = *config;
    log->socket = -1;
    if (config->file[0] != '\0' && !log_file_new(config->file, &log->file, error)) {
        free(log);
        return false;
    }
    *ret = log;
    return true;
}

void log_free(Log *log)
{
    if (log == NULL) {
        return;
    }
    if (log->socket >= 0) {
        close(log->socket);
    }
    log_file_free(log->file);
    free(log);
}

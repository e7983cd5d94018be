/* log_file.c - the child that writes, and the socket to it.
 *
 * The child is a copy of this process without an image of its own, so it calls nothing but what is safe after fork. */
#include "sys/log_file.h"

#include "base/assert.h"
#include "base/str.h"
#include "sys/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH_MAX_SIZE = 1024, AGAIN_MS = 10000, END_MS = 300 };

struct LogFile {
    char path[PATH_MAX_SIZE];
    pid_t child; /* 0: none */
    int socket;  /* to it; -1 */
    Millis born;
    uint64_t dropped;
};

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
}

/* A full disk loses lines; nobody is there to be told. */
_Noreturn static void write_lines(const char *path, int from)
{
    static const int deaf[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    char line[PIPE_BUF];
    sigset_t none;

    for (size_t i = 0; i < sizeof(deaf) / sizeof(deaf[0]); i++) {
        (void)signal(deaf[i],
                     SIG_IGN); /* what its parent says about its end is still to be written */
    }
    (void)signal(SIGPIPE, SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_NAME, "mc_log_file");
    (void)dup2(from, STDIN_FILENO);
    /* Locks, listening sockets and the other end are the parent's alone. */
    (void)syscall(SYS_close_range, 3U, ~0U, 0U);
    (void)close(STDOUT_FILENO);
    (void)close(STDERR_FILENO);
    const int to = open_file(path);
    ssize_t got = 0;
    while (to >= 0 && ((got = read(STDIN_FILENO, line, sizeof(line))) > 0 || errno == EINTR)) {
        if (got > 0) {
            (void)!write(to, line, (size_t)got);
        } else if (got == 0) {
            break;
        }
    }
    _exit(0);
}

static bool child_begin(LogFile *file)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return false;
    }
    const pid_t child = fork();
    if (child == 0) {
        write_lines(file->path, ends[1]);
    }
    (void)close(ends[1]);
    if (child < 0) {
        (void)close(ends[0]);
        return false;
    }
    file->child = child;
    file->socket = ends[0];
    return true;
}

static void child_end(LogFile *file, int wait_ms)
{
    if (file->child == 0) {
        return;
    }
    (void)close(file->socket);
    struct pollfd ended = {.fd = (int)syscall(SYS_pidfd_open, file->child, 0), .events = POLLIN};
    if (ended.fd >= 0) {
        (void)poll(&ended, 1, wait_ms);
        (void)close(ended.fd);
    }
    (void)waitpid(file->child, NULL, WNOHANG); /* one that hangs is left to the system */
    file->child = 0;
    file->socket = -1;
}

bool log_file_add(LogFile *file, const char *line, size_t length)
{
    assert(length > 0 && length <= PIPE_BUF);
    if (file->child == 0 && loop_now() - file->born >= AGAIN_MS) {
        file->born = loop_now();
        (void)child_begin(file); /* if not: tried again, and counted until then */
    }
    if (file->child != 0 &&
        send(file->socket, line, length, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)length) {
        return true;
    }
    if (file->child != 0 && errno != EAGAIN && errno != ENOBUFS && errno != EINTR) {
        child_end(file, 0);
    }
    file->dropped++;
    return false;
}

uint64_t log_file_dropped(LogFile *file)
{
    const uint64_t dropped = file->dropped;
    file->dropped = 0;
    return dropped;
}

bool log_file_new(const char *path, LogFile **ret, Error *error)
{
    const int fd = open_file(path);
    if (fd < 0) {
        return error_set_errno(error, errno, "cannot open the log \"%s\"", path);
    }
    (void)close(fd); /* nothing was written */
    LogFile *file = calloc(1, sizeof(*file));
    if (file == NULL || !str_copy(file->path, sizeof(file->path), path)) {
        free(file);
        return error_set(error, ERROR_LIMIT, "cannot use the log \"%s\"", path);
    }
    file->socket = -1;
    file->born = loop_now();
    if (!child_begin(file)) {
        const int code = errno;
        free(file);
        return error_set_errno(error, code, "cannot start the writer of the log \"%s\"", path);
    }
    *ret = file;
    return true;
}

void log_file_free(LogFile *file)
{
    if (file != NULL) {
        child_end(file, END_MS);
        free(file);
    }
}

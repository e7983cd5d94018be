/*
 * Starting and stopping the instance of a recovery.
 */
#include "backup/restore_instance.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "sys/pg_process.h"

enum { SETTING_SIZE = 4 * PG_PATH_SIZE, LOOK_EVERY = 20, LOG_TAIL = 300 };

void recovery_done(Recovery *recovery)
{
    if (recovery->pid > 0) {
        (void)kill(recovery->pid, SIGQUIT); /* it ends itself and its children */
        (void)waitpid(recovery->pid, NULL, 0);
    }
    io_close(&recovery->pidfd);
    for (int i = 0; i < recovery->count; i++) {
        free(recovery->settings[i]);
    }
    if (recovery->sockets[0] != '\0') {
        Error error = {0};
        if (!io_remove_tree(recovery->sockets, &error)) {
            return; /* an empty folder in /tmp hurts nobody */
        }
    }
}

bool recovery_set(Recovery *recovery, Error *error, const char *format, ...)
{
    char text[SETTING_SIZE];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof(text) || recovery->count == SETTINGS_MAX) {
        return error_set(error, ERROR_LIMIT, "a setting of the recovery is too long");
    }
    recovery->settings[recovery->count] = strdup(text);
    if (recovery->settings[recovery->count] == NULL) {
        return error_set_errno(error, ENOMEM, "recover");
    }
    recovery->count++;
    return true;
}

/* From here on this process gets the signal when its parent is gone; who came too late for that ends at once. */
static void end_with(pid_t parent, int signal_number)
{
    (void)prctl(PR_SET_PDEATHSIG, signal_number);
    if (getppid() != parent) {
        _exit(127);
    }
}

_Noreturn static void be_postgres(const Recovery *recovery, pid_t parent, int log)
{
    char *argv[2 * SETTINGS_MAX + 4];
    int count = 0;
    char data_dir[PG_PATH_SIZE];
    static char program[PG_PATH_SIZE];
    Error none = {0};
    static char d[] = "-D";
    static char c[] = "-c";
    memcpy(data_dir, recovery->restore->options->data_dir, sizeof(data_dir));
    if (!io_path(program, recovery->bin_dir, "postgres", &none)) {
        _exit(127);
    }
    argv[count++] = program;
    argv[count++] = d;
    argv[count++] = data_dir;
    for (int i = 0; i < recovery->count; i++) {
        argv[count++] = c;
        argv[count++] = recovery->settings[i];
    }
    argv[count] = NULL;
    /* With us it ends as by a crash: what it was doing can be done again. */
    end_with(parent, SIGQUIT);
    (void)signal(SIGINT, SIG_IGN);
    (void)setpgid(0, 0); /* a signal of the terminal is for us */
    if (dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0) {
        _exit(127);
    }
    (void)execv(program, argv);
    _exit(127);
}

bool recovery_start(Recovery *recovery, Error *error)
{
    char path[PG_PATH_SIZE];
    if (!io_path(path, recovery->tail, "log", error)) {
        return false;
    }
    _cleanup_(io_close) int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    const pid_t parent = getpid();
    recovery->pid = fork();
    if (recovery->pid < 0) {
        return error_set_errno(error, errno, "fork");
    }
    if (recovery->pid == 0) {
        be_postgres(recovery, parent, log);
    }
    recovery->pidfd = (int)syscall(SYS_pidfd_open, recovery->pid, 0);
    return recovery->pidfd >= 0 || error_set_errno(error, errno, "watch the instance");
}

/* The last lines that say what went wrong. */
bool recovery_failed(const Recovery *recovery, const char *what, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[LOG_TAIL + 1];
    size_t size = 0;
    struct stat of;
    Error none = {0};
    int fd = -1;
    text[0] = '\0';
    if (io_path(path, recovery->tail, "log", &none)) {
        fd = open(path, O_RDONLY | O_CLOEXEC);
    }
    if (fd >= 0 && fstat(fd, &of) == 0) {
        const uint64_t from = of.st_size > LOG_TAIL ? (uint64_t)of.st_size - LOG_TAIL : 0;
        size = io_read_at(fd, text, LOG_TAIL, from, &size, &none) ? size : 0;
        text[size] = '\0';
    }
    io_close(&fd);
    return error_set(error, ERROR_POSTGRES, "%s; the end of \"%s\":\n%s", what, path, text);
}

/* Waits for the end of the process, at most so long; *ret_ended says whether it came. */
static bool wait_end(Recovery *recovery, int limit, bool *ret_ended, int *ret_status, Error *error)
{
    struct pollfd wait = {.fd = recovery->pidfd, .events = POLLIN};
    *ret_ended = poll(&wait, 1, limit) > 0;
    if (!*ret_ended) {
        return true;
    }
    if (waitpid(recovery->pid, ret_status, 0) != recovery->pid) {
        return error_set_errno(error, errno, "wait for the instance");
    }
    recovery->pid = 0;
    return true;
}

/* Until it has finished recovering: PostgreSQL tells that in postmaster.pid, and in no other way. */
bool recovery_wait(Recovery *recovery, Error *error)
{
    const Restore *restore = recovery->restore;
    for (;;) {
        bool ended = false;
        int status = 0;
        PgPidFile of = {0};
        if (!wait_end(recovery, LOOK_EVERY, &ended, &status, error)) {
            return false;
        }
        if (ended) {
            return recovery_failed(recovery, "the instance ended while it was recovering", error);
        }
        if (pg_pid_file_read(restore->options->data_dir, &of) && of.pid == recovery->pid &&
            str_starts_with(of.status, "ready")) {
            return true;
        }
        restore->report->progress(restore->report->arg, "replaying WAL", 0, 0);
        if (!report_goes_on(restore->report, error)) {
            return false;
        }
    }
}

bool recovery_stop(Recovery *recovery, Error *error)
{
    bool ended = false;
    int status = 0;
    if (kill(recovery->pid, SIGINT) != 0) {
        return error_set_errno(error, errno, "stop the instance");
    }
    while (!ended) {
        if (!wait_end(recovery, 1000, &ended, &status, error) ||
            !report_goes_on(recovery->restore->report, error)) {
            return false;
        }
    }
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           recovery_failed(recovery, "the instance did not stop cleanly", error);
}

/* A child whose output goes to the log. */
static bool spawn(Recovery *recovery, const char *path, char **argv, Error *error)
{
    char log_path[PG_PATH_SIZE];
    if (!io_path(log_path, recovery->tail, "log", error)) {
        return false;
    }
    _cleanup_(io_close) int log = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) {
        return error_set_errno(error, errno, "make \"%s\"", log_path);
    }
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        end_with(parent, SIGTERM);
        if (dup2(log, STDOUT_FILENO) >= 0 && dup2(log, STDERR_FILENO) >= 0) {
            (void)execv(path, argv);
        }
        _exit(127);
    }
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid) {
        return error_set_errno(error, errno, "run \"%s\"", path);
    }
    return status == 0 || recovery_failed(recovery, path, error);
}

bool recovery_run(Recovery *recovery, const char *name, const char *const *arguments,
                  bool *ret_there, Error *error)
{
    enum { ARGUMENTS_MAX = 16 };
    char path[PG_PATH_SIZE];
    char *argv[ARGUMENTS_MAX + 2];
    int count = 0;
    bool good = true;
    if (!io_path(path, recovery->bin_dir, name, error)) {
        return false;
    }
    *ret_there = access(path, X_OK) == 0;
    if (!*ret_there) {
        return true;
    }
    argv[count++] = strdup(path);
    for (int i = 0; arguments[i] != NULL; i++) {
        assert(count <= ARGUMENTS_MAX);
        argv[count++] = strdup(arguments[i]);
    }
    argv[count] = NULL;
    for (int i = 0; i < count; i++) {
        good = good && argv[i] != NULL;
    }
    good = good ? spawn(recovery, path, argv, error) : error_set_errno(error, ENOMEM, "run");
    for (int i = 0; i < count; i++) {
        free(argv[i]);
    }
    return good;
}

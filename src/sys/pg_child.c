/* pg_child.c - fork, exec, a pipe, and the kernel's promise to end the child with its parent. */
#include "sys/pg_child.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/loop.h"
#include "sys/pg_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_RUN = 127, VERSION_MS = 10000 };

/* In the child: only what is safe after fork in a process with threads. */
_Noreturn static void become(const PgChild *child, char *const *env, pid_t parent, int out)
{
    char *argv[PG_CHILD_ARGS_MAX];
    sigset_t none;
    struct sigaction usual = {.sa_handler = SIG_DFL};

    for (int number = 1; number < NSIG; number++) {
        (void)sigaction(number, &usual, NULL); /* SIGKILL and SIGSTOP refuse */
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)setsid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) {
        _exit(NOT_RUN);
    }
    const int nothing = open("/dev/null", O_RDWR);
    const int in = child->input == NULL ? nothing : open(child->input, O_RDONLY);
    if (in < 0) {
        _exit(NOT_RUN);
    }
    (void)dup2(in, STDIN_FILENO);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(out, STDERR_FILENO);
    (void)syscall(SYS_close_range, 3U, ~0U, 0U);
    /* execve takes pointers to characters that may be written, and writes none. */
    memcpy(argv, child->argv, sizeof(argv));
    (void)execve(argv[0], argv, env);
    _exit(NOT_RUN);
}

/* What it says, until it says no more. */
static bool listen_to(const PgChild *child, PgJob *job, int fd, Error *error)
{
    char bytes[4096];
    const Millis end = child->limit == MILLIS_NEVER ? MILLIS_NEVER : loop_now() + child->limit;
    for (;;) {
        Millis until = child->quiet == MILLIS_NEVER ? end : loop_now() + child->quiet;
        until = until < end ? until : end;
        switch (pg_job_wait(job, fd, POLLIN, until)) {
        case PG_WAIT_READY:
            break;
        case PG_WAIT_CANCELLED:
            return error_set(error, ERROR_TIMEOUT, "\"%s\" was broken off", child->argv[0]);
        case PG_WAIT_TIMEOUT:
            return error_set(error, ERROR_TIMEOUT, "\"%s\" did not end in time", child->argv[0]);
        }
        const ssize_t got = read(fd, bytes, sizeof(bytes));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return true;
        }
        if (child->take != NULL) {
            child->take(child->ctx, bytes, (size_t)got);
        }
    }
}

/* Ours, and one more: nothing may be allocated between fork and exec. */
static char **environment(const char *variable)
{
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **env = calloc(count + 2, sizeof(*env));
    if (env != NULL) {
        memcpy(env, environ, count * sizeof(*env));
        memcpy(&env[count], &variable, sizeof(variable)); /* nobody writes to it */
    }
    return env;
}

bool pg_child_run(const PgChild *child, PgJob *job, int *ret_status, Error *error)
{
    int fds[2];
    int status = 0;
    const pid_t parent = getpid();
    _cleanup_free_ char **env = environment(child->variable);

    if (env == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    if (access(child->argv[0], X_OK) != 0) {
        return error_set_errno(error, errno, "program \"%s\"", child->argv[0]);
    }
    if (pipe2(fds, O_CLOEXEC) != 0) {
        return error_set_errno(error, errno, "pipe");
    }
    if (!pg_job_enter(job)) {
        (void)close(fds[0]);
        (void)close(fds[1]);
        return error_set(error, ERROR_TIMEOUT, "broken off");
    }
    const pid_t pid = fork();
    if (pid == 0) {
        become(child, env, parent, fds[1]);
    }
    const int errnum = errno;
    pg_job_leave(job);
    (void)close(fds[1]);
    if (pid < 0) {
        (void)close(fds[0]);
        return error_set_errno(error, errnum, "fork");
    }
    const bool ended = listen_to(child, job, fds[0], error);
    (void)close(fds[0]);
    if (!ended) {
        (void)kill(-pid,
                   SIGKILL); /* with what it has started, unless that has a session of its own */
        (void)kill(pid, SIGKILL);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    *ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

typedef struct Words {
    char text[256];
    size_t length;
} Words;

static void take_words(void *ctx, const char *bytes, size_t size)
{
    Words *words = ctx;
    const size_t room = sizeof(words->text) - 1 - words->length;
    size = size < room ? size : room;
    memcpy(words->text + words->length, bytes, size);
    words->length += size;
    words->text[words->length] = '\0';
}

bool pg_program_major(const char *bin_dir, PgJob *job, int *ret, Error *error)
{
    static const char lead[] = "postgres (PostgreSQL) ";
    char program[PG_PATH_SIZE];
    Words words = {0};
    uint64_t major = 0;
    int status = 0;

    pg_path(program, bin_dir, "postgres");
    const PgChild child = {.argv = {program, "-V"},
                           .quiet = MILLIS_NEVER,
                           .limit = VERSION_MS,
                           .ctx = &words,
                           .take = take_words};
    if (!pg_child_run(&child, job, &status, error)) {
        return false;
    }
    const char *number = words.text + sizeof(lead) - 1;
    if (status != 0 || !str_starts_with(words.text, lead) ||
        !str_to_uint(number, strspn(number, "0123456789"), &major) || major > 1000) {
        return error_set(error, ERROR_CONFIG, "program \"%s\" does not say its version", program);
    }
    *ret = (int)major;
    return true;
}

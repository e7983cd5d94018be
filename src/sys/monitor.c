/* monitor.c - agent and monitor, each the other's keeper.
 *
 * Over the pipe go records of five bytes: a kind and a number. They are written and read whole, because a
 * pipe does not divide what is shorter than PIPE_BUF.
 *
 * A monitor that the agent had to make anew is no parent of it: it sees the end of the agent (pidfd) but not
 * its status. So "on purpose" is a record, not a status. */
#include "sys/monitor.h"

#include "base/assert.h"
#include "base/buf.h"
#include "base/str.h"
#include "messages.h"
#include "sys/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <uv.h>

extern char **environ;

/* Tells a new process of this program that it is to be the monitor: "pipe pidfd". */
static const char monitor_variable[] = "MC_MONITOR_OF";

enum { RECORD_SIZE = 5 };
typedef enum RecordKind {
    RECORD_ALIVE = 'a',
    RECORD_READY = 'r',
    RECORD_TIMEOUT = 't', /* its number: milliseconds */
    RECORD_QUIT = 'q',
} RecordKind;

/* ---- the monitor ---- */

typedef struct Watch {
    const char *ident;
    int pipe;    /* from the agent */
    int agent;   /* pidfd */
    bool parent; /* the agent is our child */
    int signals;
    int starter; /* who waits for the agent to be ready; -1: nobody */
    Millis alive_timeout;
    bool quit;   /* the agent said that it ends on purpose, or we were told to end it */
    bool silent; /* it was killed for its silence */
    Millis restarts[MONITOR_RESTARTS_MAX]; /* a ring */
    size_t restart_count;
    sigset_t mask; /* before us */
    char reason[MONITOR_REASON_SIZE];
} Watch;

/* Time that a suspended host does not count: nobody can give a sign of life in it. */
static Millis running_time(void)
{
    struct timespec now;
    const int result = clock_gettime(CLOCK_MONOTONIC, &now);

    assert(result == 0);
    return (Millis)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void watch_signals(Watch *watch)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    const int result = sigprocmask(SIG_BLOCK, &set, &watch->mask);
    assert(result == 0);
    watch->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void tell_starter(Watch *watch, uint8_t status)
{
    if (watch->starter >= 0) {
        (void)!write(watch->starter, &status, 1); /* it may have been killed */
        close(watch->starter);
        watch->starter = -1;
    }
}

static void leave_terminal(void)
{
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++) {
        (void)dup2(null, fd);
    }
    if (null > STDERR_FILENO) {
        close(null);
    }
}

static void take_record(Watch *watch, const uint8_t *record)
{
    ByteReader in = byte_reader(record + 1, RECORD_SIZE - 1);
    const uint32_t value = byte_read_u32(&in);

    switch ((RecordKind)record[0]) {
    case RECORD_ALIVE:
        break;
    case RECORD_READY:
        tell_starter(watch, 0);
        leave_terminal();
        break;
    case RECORD_TIMEOUT:
        watch->alive_timeout = value;
        break;
    case RECORD_QUIT:
        watch->quit = true;
        break;
    }
}

/* Whether a sign of life has come. */
static bool take_records(Watch *watch)
{
    uint8_t records[16 * RECORD_SIZE];
    const ssize_t size = read(watch->pipe, records, sizeof(records));

    for (ssize_t i = 0; i + RECORD_SIZE <= size; i += RECORD_SIZE) {
        take_record(watch, records + i);
    }
    return size > 0;
}

static void forward_signal(Watch *watch)
{
    struct signalfd_siginfo info;

    if (read(watch->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
        watch->quit = watch->quit || info.ssi_signo != SIGHUP;
        (void)pidfd_send_signal(watch->agent, (int)info.ssi_signo, NULL, 0); /* gone: seen below */
    }
}

/* How long one look lasts. Silence is counted in looks that took their time and no longer, so that a stop of
 * ourselves or of the whole host is not taken for the agent's silence. */
static Millis look_time(const Watch *watch)
{
    const Millis quarter = watch->alive_timeout / 4;

    return quarter < 50                          ? 50
           : quarter > 2 * MONITOR_SIGN_INTERVAL ? 2 * MONITOR_SIGN_INTERVAL
                                                 : quarter;
}

/* Until the agent has ended, or has been killed for its silence and is dead. */
static void watch_agent(Watch *watch)
{
    Millis silence = 0;
    bool ended = false;

    while (!ended) {
        struct pollfd fds[] = {{.fd = watch->agent, .events = POLLIN},
                               {.fd = watch->pipe, .events = POLLIN},
                               {.fd = watch->signals, .events = POLLIN}};
        const Millis look = look_time(watch), start = running_time();
        const int found = poll(fds, 3, (int)look);
        if (found > 0 && (fds[2].revents & POLLIN) != 0) {
            forward_signal(watch);
        }
        if (found > 0 && (fds[1].revents & POLLIN) != 0 && take_records(watch)) {
            silence = 0;
        } else if (found == 0 && running_time() - start < 2 * look) {
            silence += look;
        }
        if (found > 0 && (fds[1].revents & (POLLIN | POLLHUP)) == POLLHUP && fds[0].revents == 0) {
            /* It has closed the pipe and lives: nothing more to hear. Do not spin. */
            (void)poll(fds, 1, (int)look);
        }
        if (watch->alive_timeout > 0 && silence > watch->alive_timeout && !watch->silent) {
            watch->silent = true;
            (void)pidfd_send_signal(watch->agent, SIGKILL, NULL, 0);
        }
        ended = found > 0 && (fds[0].revents & POLLIN) != 0;
    }
    (void)take_records(watch); /* what it said last */
}

/* Its exit status, or 128 + signal; 255: not known to us. Also says it in words. */
static int reap(Watch *watch)
{
    siginfo_t info = {0};
    int status = 255;

    if (waitid(P_PIDFD, (id_t)watch->agent, &info, WEXITED) != 0) {
        (void)str_copy(watch->reason, sizeof(watch->reason), "it ended");
    } else if (info.si_code == CLD_EXITED) {
        status = info.si_status;
        (void)str_format(watch->reason, sizeof(watch->reason), "it ended with status %d", status);
    } else {
        status = 128 + info.si_status;
        (void)str_format(watch->reason, sizeof(watch->reason), "it was ended by signal %d",
                         info.si_status);
    }
    if (watch->silent) {
        (void)str_format(watch->reason, sizeof(watch->reason),
                         "it gave no sign of life for %lld ms", (long long)watch->alive_timeout);
    }
    return status;
}

static _Noreturn void give_up(Watch *watch)
{
    LogConfig config = {.facility = 16};
    Error error;
    Log *log;

    (void)str_copy(config.ident, sizeof(config.ident), watch->ident);
    if (log_new(&config, &log, &error)) {
        const LogPort port = log_port(log);
        const LogEntry entry = msg_agent_given_up(MONITOR_RESTARTS_MAX, watch->reason);
        port.write(port.self, &entry);
    }
    _exit(1);
}

/* Waits as long as must be waited before the next start; does not return when there were too many. */
static void pause_before_start(Watch *watch)
{
    const Millis now = running_time();
    Millis *oldest = &watch->restarts[watch->restart_count % MONITOR_RESTARTS_MAX];
    Millis pause = MONITOR_PAUSE_FIRST;

    if (watch->restart_count >= MONITOR_RESTARTS_MAX && now - *oldest < MONITOR_RESTARTS_WINDOW) {
        give_up(watch);
    }
    for (size_t i = 0; i < MONITOR_RESTARTS_MAX && i < watch->restart_count; i++) {
        if (now - watch->restarts[i] < MONITOR_RESTARTS_WINDOW) {
            pause = pause * 2 < MONITOR_PAUSE_LAST ? pause * 2 : MONITOR_PAUSE_LAST;
        }
    }
    *oldest = now;
    watch->restart_count++;
    /* Nothing happens to us meanwhile; an operator's signal ends the waiting, and us. */
    struct pollfd stop = {.fd = watch->signals, .events = POLLIN};
    if (poll(&stop, 1, (int)pause) > 0) {
        _exit(0);
    }
}

/* true in the new agent. */
static bool start_agent(Watch *watch, MonitorStart *ret)
{
    const pid_t self = getpid();
    int fds[2];

    if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        give_up(watch);
    }
    const pid_t pid = fork();
    if (pid == 0) {
        close(fds[0]);
        close(watch->signals);
        if (watch->starter >= 0) {
            close(watch->starter);
        }
        const int result = sigprocmask(SIG_SETMASK, &watch->mask, NULL);
        assert(result == 0);
        ret->pipe = fds[1];
        ret->monitor = self;
        return true;
    }
    close(fds[1]);
    watch->pipe = fds[0];
    watch->parent = true;
    watch->quit = watch->silent = false;
    watch->agent = pid < 0 ? -1 : pidfd_open(pid, 0);
    if (watch->agent < 0) {
        (void)str_copy(watch->reason, sizeof(watch->reason), "no process could be made");
        give_up(watch);
    }
    return false;
}

/* Returns in a new agent; ends with the last one. */
static void be_monitor(Watch *watch, bool start_first, MonitorStart *ret)
{
    if (start_first && start_agent(watch, ret)) {
        return;
    }
    for (;;) {
        watch_agent(watch);
        const int status = reap(watch);
        close(watch->pipe);
        close(watch->agent);
        if (watch->starter >= 0) {
            tell_starter(watch, (uint8_t)status); /* it never served: nothing to start again */
            _exit(status);
        }
        if (watch->quit || status == 0) {
            _exit(0);
        }
        pause_before_start(watch);
        ret->restarted = true;
        (void)str_copy(ret->reason, sizeof(ret->reason), watch->reason);
        if (start_agent(watch, ret)) {
            return;
        }
    }
}

/* ---- starting ---- */

/* The process that an operator started: waits for the word and ends. */
static _Noreturn void wait_for_agent(int fd)
{
    uint8_t status = 1; /* a monitor that dies without a word has failed */
    ssize_t got;

    do {
        got = read(fd, &status, 1);
    } while (got < 0 && errno == EINTR);
    _exit(status);
}

/* "pipe pidfd", both inherited. */
static bool parse_inherited(const char *text, int *ret_pipe, int *ret_agent)
{
    const char *blank = strchr(text, ' ');
    uint64_t pipe_fd = 0, agent = 0;

    if (blank == NULL || !str_to_uint(text, (size_t)(blank - text), &pipe_fd) ||
        !str_to_uint(blank + 1, strlen(blank + 1), &agent) || pipe_fd > 65535 || agent > 65535) {
        return false;
    }
    *ret_pipe = (int)pipe_fd;
    *ret_agent = (int)agent;
    return fcntl(*ret_pipe, F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(*ret_agent, F_SETFD, FD_CLOEXEC) == 0;
}

void monitor_begin(bool foreground, const char *ident, char **argv, MonitorStart *ret)
{
    const char *inherited = getenv(monitor_variable);
    Watch watch = {.ident = ident,
                   .pipe = -1,
                   .agent = -1,
                   .starter = -1,
                   .alive_timeout = MONITOR_ALIVE_TIMEOUT};
    int starter[2];

    *ret = (MonitorStart){.pipe = -1, .argv = argv};
    if (inherited != NULL) {
        if (!parse_inherited(inherited, &watch.pipe, &watch.agent)) {
            _exit(2);
        }
        (void)unsetenv(monitor_variable);
        watch_signals(&watch);
        be_monitor(&watch, false, ret);
        return;
    }
    if (foreground) {
        return;
    }
    const pid_t pid = pipe2(starter, O_CLOEXEC) == 0 ? fork() : -1;
    if (pid < 0) {
        perror(ident);
        _exit(1);
    }
    if (pid > 0) {
        close(starter[1]);
        wait_for_agent(starter[0]);
    }
    close(starter[0]);
    (void)setsid(); /* fails only for a leader of a group, which a child is not */
    watch.starter = starter[1];
    watch_signals(&watch);
    be_monitor(&watch, true, ret);
}

/* ---- the agent's end ---- */

/* A monitor that lives shorter than this is followed by the next one only after a pause. */
enum { MONITOR_LIFE = 60000 };
/* A sign of life may come so much later, with something else that wakes us. */
enum { SIGN_SLACK = 50 };

struct MonitorLink {
    Loop *loop;
    LogPort log;
    char **argv;
    void (*changed)(void *data, pid_t monitor);
    void *data;
    int pipe;
    int monitor; /* pidfd */
    bool child;  /* the monitor is our child: to be reaped */
    bool absent; /* no monitor is wanted */
    bool polling;
    uv_poll_t poll;
    Millis alive_timeout;
    Millis made_at;
    Millis pause;
    Deadline sign;
    Deadline retry;
};

static void send_record(const MonitorLink *link, RecordKind kind, uint32_t value)
{
    uint8_t record[RECORD_SIZE] = {(uint8_t)kind};
    ByteWriter out = byte_writer(record + 1, RECORD_SIZE - 1);

    byte_write_u32(&out, value);
    if (link->pipe >= 0) {
        (void)!write(link->pipe, record, sizeof(record)); /* full: a monitor that sleeps */
    }
}

static void on_sign(void *data)
{
    MonitorLink *link = data;

    send_record(link, RECORD_ALIVE, 0);
    loop_deadline_set_loose(link->loop, &link->sign, loop_now() + MONITOR_SIGN_INTERVAL, SIGN_SLACK,
                            on_sign, link);
}

static void make_monitor(void *data);
static void on_monitor_ended(uv_poll_t *poll, int status, int events);

static void forget_monitor(MonitorLink *link)
{
    if (link->monitor >= 0) {
        siginfo_t info;
        if (link->child) {
            (void)waitid(P_PIDFD, (id_t)link->monitor, &info, WEXITED | WNOHANG);
        }
        close(link->monitor);
    }
    if (link->pipe >= 0) {
        close(link->pipe);
    }
    link->pipe = link->monitor = -1;
}

static void on_poll_closed(uv_handle_t *handle)
{
    MonitorLink *link = handle->data;
    const Millis now = loop_now();

    link->polling = false;
    forget_monitor(link);
    if (link->absent) {
        free(link);
        return;
    }
    link->pause = now - link->made_at >= MONITOR_LIFE ? 0
                  : link->pause == 0                  ? 1000
                                                      : link->pause * 2;
    link->pause = link->pause > MONITOR_LIFE ? MONITOR_LIFE : link->pause;
    loop_deadline_set(link->loop, &link->retry, now + link->pause, make_monitor, link);
}

static void stop_polling(MonitorLink *link)
{
    (void)uv_poll_stop(&link->poll); /* cannot fail */
    uv_close((uv_handle_t *)&link->poll, on_poll_closed);
}

static void on_monitor_ended(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    if (!uv_is_closing((uv_handle_t *)poll)) {
        stop_polling(poll->data);
    }
}

static bool watch_monitor(MonitorLink *link)
{
    if (link->monitor < 0 || uv_poll_init(loop_uv(link->loop), &link->poll, link->monitor) != 0) {
        return false;
    }
    link->poll.data = link;
    link->polling = true;
    const int result = uv_poll_start(&link->poll, UV_READABLE, on_monitor_ended);
    assert(result == 0);
    link->made_at = loop_now();
    send_record(link, RECORD_TIMEOUT, (uint32_t)link->alive_timeout);
    return true;
}

/* Runs this program again as the monitor of this process. The process id, or -1. */
static pid_t run_monitor(char **argv, int pipe_fd)
{
    char variable[64];
    size_t count = 0;

    while (environ[count] != NULL) {
        count++;
    }
    char **env = calloc(count + 2, sizeof(*env));
    const int self = env == NULL ? -1 : pidfd_open(getpid(), 0);
    if (self < 0) {
        free(env);
        return -1;
    }
    const bool fits =
        str_format(variable, sizeof(variable), "%s=%d %d", monitor_variable, pipe_fd, self);
    assert(fits);
    memcpy(env, environ, count * sizeof(*env));
    env[count] = variable;
    const pid_t pid = fork();
    if (pid == 0) {
        (void)fcntl(pipe_fd, F_SETFD, 0);
        (void)fcntl(self, F_SETFD, 0);
        execve("/proc/self/exe", argv, env);
        _exit(1);
    }
    close(self);
    free(env);
    return pid;
}

static void make_monitor(void *data)
{
    MonitorLink *link = data;
    const LogEntry entry = msg_monitor_restarted();
    int fds[2];

    if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        loop_deadline_set(link->loop, &link->retry, loop_now() + MONITOR_LIFE, make_monitor, link);
        return;
    }
    const pid_t pid = run_monitor(link->argv, fds[0]);
    close(fds[0]);
    link->pipe = fds[1];
    link->monitor = pid < 0 ? -1 : pidfd_open(pid, 0);
    link->child = true;
    if (!watch_monitor(link)) {
        forget_monitor(link);
        loop_deadline_set(link->loop, &link->retry, loop_now() + MONITOR_LIFE, make_monitor, link);
        return;
    }
    link->log.write(link->log.self, &entry);
    link->changed(link->data, pid);
}

bool monitor_link_new(Loop *loop, const MonitorStart *start, const LogPort *log,
                      Millis alive_timeout, void (*changed)(void *data, pid_t monitor), void *data,
                      MonitorLink **ret, Error *error)
{
    MonitorLink *link = calloc(1, sizeof(*link));

    if (link == NULL) {
        return error_set_errno(error, ENOMEM, "cannot watch the monitor");
    }
    link->loop = loop;
    link->log = *log;
    link->argv = start->argv;
    link->changed = changed;
    link->data = data;
    link->pipe = start->pipe;
    link->monitor = -1;
    link->absent = start->pipe < 0;
    link->alive_timeout = alive_timeout;
    *ret = link;
    if (link->absent) {
        return true;
    }
    /* A monitor that has died since it forked us is nobody's parent any more. */
    link->monitor = getppid() == start->monitor ? pidfd_open(start->monitor, 0) : -1;
    if (!watch_monitor(link)) {
        forget_monitor(link);
        loop_deadline_set(loop, &link->retry, loop_now(), make_monitor, link);
    }
    loop_deadline_set(loop, &link->sign, loop_now(), on_sign, link);
    return true;
}

void monitor_link_ready(MonitorLink *link)
{
    if (!link->absent) {
        send_record(link, RECORD_READY, 0);
        leave_terminal();
    }
}

void monitor_link_free(MonitorLink *link)
{
    if (link == NULL) {
        return;
    }
    send_record(link, RECORD_QUIT, 0);
    loop_deadline_clear(link->loop, &link->sign);
    loop_deadline_clear(link->loop, &link->retry);
    link->absent = true;
    if (!link->polling) {
        forget_monitor(link);
        free(link);
    } else if (!uv_is_closing((uv_handle_t *)&link->poll)) {
        stop_polling(link);
    }
}

/*
 * Child processes and their queue.
 */
#include "backup/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/assert.h"

enum { TICK = 200 };

/* The first one to fail says why. */
static void fail(CrewShared *shared, const Error *error)
{
    int none = 0;
    if (atomic_compare_exchange_strong(&shared->failed, &none, 1)) {
        shared->error = *error;
        atomic_store(&shared->failed, 2);
    }
}

static bool work_on(const CrewJob *job, int worker, int queue, CrewShared *shared, Error *error)
{
    static char unit[CREW_UNIT_MAX];
    if (!job->begin(job->arg, worker, shared, error)) {
        return false;
    }
    for (;;) {
        const ssize_t size = recv(queue, unit, sizeof(unit), 0);
        if (size < 0 && errno != EINTR) {
            return error_set_errno(error, errno, "receive work");
        }
        if (size == 0) {
            return job->end(job->arg, error);
        }
        if (size > 0 && !job->work(job->arg, unit, (size_t)size, error)) {
            return false;
        }
    }
}

_Noreturn static void be_worker(const CrewJob *job, int worker, int queue, pid_t parent,
                                CrewShared *shared)
{
    Error error = {0};
    /* A signal of the terminal is the parent's business; its death is ours. */
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGTERM, SIG_DFL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1);
    }
    const bool good = work_on(job, worker, queue, shared, &error);
    if (!good) {
        fail(shared, &error);
    }
    _exit(good ? 0 : 1);
}

static bool start_worker(Crew *crew, const CrewJob *job, int queue, Error *error)
{
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid < 0) {
        return error_set_errno(error, errno, "fork");
    }
    if (pid == 0) {
        io_close(&crew->queue);
        be_worker(job, crew->count, queue, parent, crew->shared);
    }
    crew->pid[crew->count] = pid;
    crew->pidfd[crew->count] = (int)syscall(SYS_pidfd_open, pid, 0);
    crew->count++;
    return crew->pidfd[crew->count - 1] >= 0 || error_set_errno(error, errno, "watch a child");
}

bool crew_begin(Crew *crew, int count, const CrewJob *job, uint64_t rate, CrewTick *tick,
                void *tick_arg, Error *error)
{
    int ends[2];
    assert(count >= 1 && count <= CREW_MAX);
    *crew = CREW_NONE;
    crew->tick = tick;
    crew->tick_arg = tick_arg;
    CrewShared *shared =
        mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        return error_set_errno(error, errno, "share memory");
    }
    shared->rate = rate;
    shared->since = io_now();
    crew->shared = shared;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return error_set_errno(error, errno, "make a queue");
    }
    crew->queue = ends[0];
    bool good = true;
    for (int i = 0; good && i < count; i++) {
        good = start_worker(crew, job, ends[1], error);
    }
    /* Once all readers are gone, giving says so instead of waiting. */
    io_close(&ends[1]);
    return good;
}

static bool worker_error(const Crew *crew, Error *error)
{
    /* It is filled within moments of being claimed. */
    for (int i = 0; i < 50 && atomic_load(&crew->shared->failed) == 1; i++) {
        (void)poll(NULL, 0, 10);
    }
    if (atomic_load(&crew->shared->failed) == 2) {
        *error = crew->shared->error;
        return false;
    }
    return error_set(error, ERROR_SYSTEM, "a worker was killed");
}

static bool look_around(Crew *crew, Error *error)
{
    if (atomic_load(&crew->shared->failed) != 0) {
        return worker_error(crew, error);
    }
    return crew->tick == NULL || crew->tick(crew->tick_arg, crew->shared, error);
}

bool crew_give(Crew *crew, const void *unit, size_t size, Error *error)
{
    assert(size > 0 && size <= CREW_UNIT_MAX);
    for (;;) {
        if (send(crew->queue, unit, size, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size) {
            return true;
        }
        if (errno == EPIPE || errno == ECONNRESET) {
            return worker_error(crew, error);
        }
        if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS) {
            return error_set_errno(error, errno, "give work");
        }
        struct pollfd wait = {.fd = crew->queue, .events = POLLOUT};
        (void)poll(&wait, 1, TICK);
        if (!look_around(crew, error)) {
            return false;
        }
    }
}

/* Waits for the end of one worker. */
static bool wait_worker(Crew *crew, int i, Error *error)
{
    int status = 0;
    for (;;) {
        struct pollfd wait = {.fd = crew->pidfd[i], .events = POLLIN};
        const int ready = poll(&wait, 1, TICK);
        if (ready > 0) {
            break;
        }
        if (!look_around(crew, error)) {
            return false;
        }
    }
    if (waitpid(crew->pid[i], &status, 0) != crew->pid[i]) {
        return error_set_errno(error, errno, "wait for a worker");
    }
    crew->pid[i] = 0;
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || worker_error(crew, error);
}

bool crew_end(Crew *crew, Error *error)
{
    if (shutdown(crew->queue, SHUT_WR) != 0) {
        return error_set_errno(error, errno, "end the queue");
    }
    for (int i = 0; i < crew->count; i++) {
        if (!wait_worker(crew, i, error)) {
            return false;
        }
    }
    return true;
}

void crew_done(Crew *crew)
{
    for (int i = 0; i < crew->count; i++) {
        if (crew->pid[i] > 0) {
            (void)kill(crew->pid[i], SIGKILL);
            (void)waitpid(crew->pid[i], NULL, 0);
        }
        io_close(&crew->pidfd[i]);
    }
    io_close(&crew->queue);
    if (crew->shared != NULL) {
        (void)munmap(crew->shared, sizeof(*crew->shared));
    }
    *crew = CREW_NONE;
}

void crew_count(CrewShared *shared, uint64_t bytes)
{
    const uint64_t done = atomic_fetch_add(&shared->done, bytes) + bytes;
    while (shared->rate != 0) {
        const Millis due = (Millis)(done * 1000 / shared->rate);
        const Millis passed = io_now() - shared->since;
        if (due <= passed) {
            return;
        }
        (void)poll(NULL, 0, due - passed < 1000 ? (int)(due - passed) : 1000);
    }
}

int crew_usual_count(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > 4 ? 4 : (int)processors;
}

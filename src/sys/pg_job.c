/* pg_job.c - waiting with a deadline and a way out. */
#include "sys/pg_job.h"

#include "base/assert.h"
#include "sys/loop.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

bool pg_job_init(PgJob *job, Error *error)
{
    job->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (job->cancel_fd < 0) {
        return error_set_errno(error, errno, "eventfd");
    }
    atomic_store(&job->cancelled, false);
    int code = pthread_mutex_init(&job->door, NULL);
    assert(code == 0);
    return true;
}

void pg_job_done(PgJob *job)
{
    (void)close(job->cancel_fd); /* nothing is lost */
    (void)pthread_mutex_destroy(&job->door);
}

void pg_job_reset(PgJob *job)
{
    uint64_t count = 0;
    ssize_t got = read(job->cancel_fd, &count, sizeof(count));
    (void)got; /* nothing to read is the usual case */
    atomic_store(&job->cancelled, false);
}

void pg_job_cancel(PgJob *job)
{
    uint64_t one = 1;
    atomic_store(&job->cancelled, true);
    ssize_t put = write(job->cancel_fd, &one, sizeof(one));
    assert(put == sizeof(one));
}

bool pg_job_outside(PgJob *job, Millis until)
{
    struct timespec at;
    const Millis now = loop_now();
    const Millis left = until > now ? until - now : 0;
    assert(atomic_load(&job->cancelled));
    (void)clock_gettime(CLOCK_MONOTONIC, &at); /* cannot fail; a mutex knows no CLOCK_BOOTTIME */
    at.tv_sec += left / 1000;
    at.tv_nsec += left % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    const int code = pthread_mutex_clocklock(&job->door, CLOCK_MONOTONIC, &at);
    assert(code == 0 || code == ETIMEDOUT);
    if (code == 0) {
        pg_job_leave(job);
    }
    return code == 0;
}

bool pg_job_enter(PgJob *job)
{
    int code = pthread_mutex_lock(&job->door);
    assert(code == 0);
    if (atomic_load(&job->cancelled)) {
        pg_job_leave(job);
        return false;
    }
    return true;
}

void pg_job_leave(PgJob *job)
{
    int code = pthread_mutex_unlock(&job->door);
    assert(code == 0);
}

static PgWait wait_any(PgJob *job, struct pollfd *fds, int count, Millis until)
{
    fds[0] = (struct pollfd){.fd = job->cancel_fd, .events = POLLIN};
    for (;;) {
        if (atomic_load(&job->cancelled)) {
            return PG_WAIT_CANCELLED;
        }
        Millis left = until - loop_now();
        left = left < 0 ? 0 : left;
        int found = poll(fds, (nfds_t)count + 1, left > 60000 ? 60000 : (int)left);
        if (found < 0) {
            assert(errno == EINTR);
            continue;
        }
        for (int i = 1; i <= count; i++) {
            if (fds[i].revents != 0) {
                return PG_WAIT_READY;
            }
        }
        if (found == 0 && left <= 60000) {
            return PG_WAIT_TIMEOUT;
        }
    }
}

PgWait pg_job_wait(PgJob *job, int fd, short events, Millis until)
{
    struct pollfd fds[2] = {[1] = {.fd = fd, .events = events}};
    return wait_any(job, fds, 1, until);
}

PgWait pg_job_wait_input(PgJob *job, const int *fds, int count, Millis until)
{
    struct pollfd all[PG_WAIT_MAX + 1] = {{0}};
    assert(count <= PG_WAIT_MAX);
    for (int i = 0; i < count; i++) {
        all[i + 1] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    }
    return wait_any(job, all, count, until);
}

bool pg_job_pause(PgJob *job, Millis duration)
{
    return pg_job_wait(job, -1, 0, loop_now() + duration) != PG_WAIT_CANCELLED;
}

/* loop.c - a libuv loop with deadlines on the boot-time clock. */
#include "sys/loop.h"

#include "base/assert.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
#include <uv.h>

typedef struct SignalWatch {
    uv_signal_t handle;
    LoopCall call;
    void *data;
} SignalWatch;

struct Loop {
    uv_loop_t uv;
    int timer_fd;
    uv_poll_t timer;
    Millis armed; /* for when the timerfd is set; MILLIS_NEVER: it is not; 0: it has expired */
    Deadline deadlines; /* head of the ring, earliest first */
    uv_prepare_t before_wait;
    uv_check_t after_wait;
    LoopCall drain;
    void *drain_data;
    SignalWatch signals[LOOP_SIGNALS_MAX];
    size_t signal_count;
    Deadline wake;
    LoopCall tick;
    void *tick_data;
};

static Millis read_clock(clockid_t clock)
{
    struct timespec now;
    const int result = clock_gettime(clock, &now);

    assert(result == 0);
    return (Millis)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

Millis loop_now(void)
{
    return read_clock(CLOCK_BOOTTIME);
}

int64_t loop_wall(void)
{
    return read_clock(CLOCK_REALTIME) / 1000;
}

static void ring_init(Deadline *head)
{
    head->next = head->previous = head;
}

static void ring_remove(Deadline *deadline)
{
    deadline->previous->next = deadline->next;
    deadline->next->previous = deadline->previous;
    deadline->next = deadline->previous = NULL;
}

static void ring_insert_before(Deadline *place, Deadline *deadline)
{
    deadline->next = place;
    deadline->previous = place->previous;
    place->previous->next = deadline;
    place->previous = deadline;
}

/* The earliest instant that is the latest for somebody. */
static Millis next_waking(const Loop *loop)
{
    Millis waking = MILLIS_NEVER;

    for (const Deadline *d = loop->deadlines.next; d != &loop->deadlines && d->at < waking;
         d = d->next) {
        waking = d->latest < waking ? d->latest : waking;
    }
    return waking;
}

static void arm_timer(Loop *loop)
{
    const Millis at = next_waking(loop);
    struct itimerspec spec = {.it_value = {0, 0}};

    if (at == loop->armed) {
        return;
    }
    if (at != MILLIS_NEVER) {
        /* Zero would disarm it; an instant in the past fires at once. */
        const Millis instant = at < 1 ? 1 : at;
        spec.it_value.tv_sec = (time_t)(instant / 1000);
        spec.it_value.tv_nsec = (long)(instant % 1000) * 1000000;
    }
    const int result = timerfd_settime(loop->timer_fd, TFD_TIMER_ABSTIME, &spec, NULL);
    assert(result == 0);
    loop->armed = at;
}

static void on_timer(uv_poll_t *handle, int status, int events)
{
    Loop *loop = handle->data;
    const Millis now = loop_now();
    Deadline due;

    assert(status == 0);
    (void)events;
    loop->armed = 0; /* to be set anew, which also takes back that it is readable */

    /* Taken out first: a callback that sets a deadline for now must not keep us here. */
    ring_init(&due);
    while (loop->deadlines.next != &loop->deadlines && loop->deadlines.next->at <= now) {
        Deadline *deadline = loop->deadlines.next;
        ring_remove(deadline);
        ring_insert_before(&due, deadline);
    }
    while (due.next != &due) {
        Deadline *deadline = due.next;
        ring_remove(deadline);
        deadline->call(deadline->data);
    }
}

void loop_deadline_set(Loop *loop, Deadline *deadline, Millis at, LoopCall call, void *data)
{
    loop_deadline_set_loose(loop, deadline, at, 0, call, data);
}

void loop_deadline_set_loose(Loop *loop, Deadline *deadline, Millis at, Millis slack, LoopCall call,
                             void *data)
{
    Deadline *place = loop->deadlines.previous;

    assert(call != NULL);
    assert(slack >= 0);
    if (deadline->next != NULL) {
        ring_remove(deadline);
        place = loop->deadlines.previous;
    }
    if (at != MILLIS_NEVER) {
        deadline->at = at;
        deadline->latest = at + slack;
        deadline->call = call;
        deadline->data = data;
        while (place != &loop->deadlines && place->at > at) {
            place = place->previous;
        }
        ring_insert_before(place->next, deadline);
    }
}

void loop_deadline_clear(Loop *loop, Deadline *deadline)
{
    (void)loop; /* the ring that it hangs in is found without */
    if (deadline->next != NULL) {
        ring_remove(deadline);
    }
}

static void run_drain(Loop *loop)
{
    if (loop->drain != NULL) {
        loop->drain(loop->drain_data);
    }
}

/* The timer is set once for all that was wished since the last wait, most of which is superseded by then. */
static void on_before_wait(uv_prepare_t *handle)
{
    run_drain(handle->data);
    arm_timer(handle->data);
}

static void on_after_wait(uv_check_t *handle)
{
    run_drain(handle->data);
}

/* libuv's functions that start a handle fail only when the handle is misused. */
static void start_handles(Loop *loop)
{
    loop->timer.data = loop->before_wait.data = loop->after_wait.data = loop;
    int result = uv_poll_start(&loop->timer, UV_READABLE, on_timer);
    assert(result == 0);
    result = uv_prepare_init(&loop->uv, &loop->before_wait);
    assert(result == 0);
    result = uv_prepare_start(&loop->before_wait, on_before_wait);
    assert(result == 0);
    result = uv_check_init(&loop->uv, &loop->after_wait);
    assert(result == 0);
    result = uv_check_start(&loop->after_wait, on_after_wait);
    assert(result == 0);
}

static bool give_up(Loop *loop, int errnum, Error *error)
{
    if (loop->timer_fd >= 0) {
        close(loop->timer_fd);
    }
    (void)uv_loop_close(&loop->uv); /* nothing is open in it */
    free(loop);
    return error_set_errno(error, errnum, "cannot make a timer of the boot-time clock");
}

bool loop_new(Loop **ret, Error *error)
{
    Loop *loop = calloc(1, sizeof(*loop));
    if (loop == NULL) {
        return error_set_errno(error, ENOMEM, "cannot make an event loop");
    }
    /* Work that may hang on a database disk (pg_instance.h) leaves room for the state file. Read by libuv once, before
     * its first work. */
    (void)setenv("UV_THREADPOOL_SIZE", "7", 1); /* fails only without memory: then it is four */
    int result = uv_loop_init(&loop->uv);
    if (result != 0) {
        free(loop);
        return error_set_errno(error, -result, "cannot make an event loop");
    }
    loop->timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    result = loop->timer_fd < 0 ? -errno : uv_poll_init(&loop->uv, &loop->timer, loop->timer_fd);
    if (result != 0) {
        return give_up(loop, -result, error);
    }
    /* Whoever closes while we write is an error of that write, not a reason to die. */
    (void)signal(SIGPIPE, SIG_IGN);
    ring_init(&loop->deadlines);
    loop->armed = MILLIS_NEVER;
    start_handles(loop);
    *ret = loop;
    return true;
}

static void close_handle(uv_handle_t *handle, void *data)
{
    (void)data;
    if (!uv_is_closing(handle)) {
        uv_close(handle, NULL);
    }
}

void loop_free(Loop *loop)
{
    if (loop == NULL) {
        return;
    }
    loop->drain = NULL;
    uv_walk(&loop->uv, close_handle, NULL);
    (void)uv_run(&loop->uv, UV_RUN_DEFAULT);
    const int result = uv_loop_close(&loop->uv);
    assert(result == 0);
    close(loop->timer_fd);
    free(loop);
}

uv_loop_t *loop_uv(Loop *loop)
{
    return &loop->uv;
}

void loop_on_drain(Loop *loop, LoopCall call, void *data)
{
    loop->drain = call;
    loop->drain_data = data;
}

static void on_signal(uv_signal_t *handle, int signal_number)
{
    SignalWatch *watch = handle->data;

    (void)signal_number;
    watch->call(watch->data);
}

bool loop_on_signal(Loop *loop, int signal_number, LoopCall call, void *data, Error *error)
{
    assert(loop->signal_count < LOOP_SIGNALS_MAX);
    SignalWatch *watch = &loop->signals[loop->signal_count];
    int result = uv_signal_init(&loop->uv, &watch->handle);
    if (result == 0) {
        loop->signal_count++;
        watch->handle.data = watch;
        watch->call = call;
        watch->data = data;
        result = uv_signal_start(&watch->handle, on_signal, signal_number);
    }
    if (result != 0) {
        return error_set_errno(error, -result, "cannot watch signal %d", signal_number);
    }
    return true;
}

static Millis clock_now(void *self)
{
    (void)self;
    return loop_now();
}

static int64_t clock_wall(void *self)
{
    (void)self;
    return loop_wall();
}

static void clock_wake(void *self, Millis at)
{
    Loop *loop = self;

    loop_deadline_set(loop, &loop->wake, at, loop->tick, loop->tick_data);
}

ClockPort loop_clock_port(Loop *loop, LoopCall tick, void *data)
{
    loop->tick = tick;
    loop->tick_data = data;
    return (ClockPort){.self = loop, .now = clock_now, .wall = clock_wall, .wake = clock_wake};
}

void loop_run(Loop *loop)
{
    (void)uv_run(&loop->uv, UV_RUN_DEFAULT); /* says only whether handles are still open */
}

void loop_stop(Loop *loop)
{
    uv_stop(&loop->uv);
}

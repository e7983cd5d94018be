/* loop.h - the event loop: one libuv loop whose only clock is CLOCK_BOOTTIME.
 *
 * libuv's own timers stand still while a host is suspended, so they are not used: all deadlines of a
 * process hang on one timerfd (P6). Everything here belongs to one thread. */
#ifndef MC_SYS_LOOP_H
#define MC_SYS_LOOP_H

#include "base/error.h"
#include "base/time.h"
#include "port/port.h"

struct uv_loop_s;

typedef struct Loop Loop;
typedef void (*LoopCall)(void *data);

/* One instant at which somebody wants to be called. Lives in its owner's memory; zero it before its
 * first use, clear it before the memory goes. */
typedef struct Deadline {
    Millis at;
    Millis latest; /* `at`, unless it was set loosely */
    LoopCall call;
    void *data;
    struct Deadline *next; /* NULL: not set */
    struct Deadline *previous;
} Deadline;

enum { LOOP_SIGNALS_MAX = 8 };

/* Ignores SIGPIPE in the whole process. */
__attribute__((warn_unused_result)) bool loop_new(Loop **ret, Error *error);
/* Closes every handle that is still open, those of others too, and runs their close callbacks. */
void loop_free(Loop *loop);
struct uv_loop_s *loop_uv(Loop *loop);

/* CLOCK_BOOTTIME in milliseconds. */
Millis loop_now(void);
/* Seconds since 1970; for people only, never compared. */
int64_t loop_wall(void);

/* Calls back once, not before `at`; replaces what was set. A deadline set from within a callback is
 * looked at in the next round, however near it is. */
void loop_deadline_set(Loop *loop, Deadline *deadline, Millis at, LoopCall call, void *data);
/* The same for what need not be punctual: with the first other deadline that comes due between `at` and `at + slack`,
 * and then without a waking of its own; when there is none, at the end of that time. What repeats itself in such a way
 * soon keeps step with what repeats itself punctually. */
void loop_deadline_set_loose(Loop *loop, Deadline *deadline, Millis at, Millis slack, LoopCall call,
                             void *data);
void loop_deadline_clear(Loop *loop, Deadline *deadline);

/* Called before the loop waits and after it has handled what came in: the one place in which inputs
 * that callbacks have queued are worked off. */
void loop_on_drain(Loop *loop, LoopCall call, void *data);

/* At most LOOP_SIGNALS_MAX. */
__attribute__((warn_unused_result)) bool loop_on_signal(Loop *loop, int signal_number,
                                                        LoopCall call, void *data, Error *error);

/* The agent's clock. `tick` is called for every wish that has come due. */
ClockPort loop_clock_port(Loop *loop, LoopCall tick, void *data);

/* Until loop_stop. */
void loop_run(Loop *loop);
void loop_stop(Loop *loop);

#endif

/* durations.c - the sets, and what becomes of them as src/cli/site.c makes the core's settings of a file. */
#include "sim/durations.h"

#include "base/assert.h"

enum { LEASE_CUT = 300, RESTARTS_WINDOW = 60000, STAND_IN_DETECTIONS = 3 };

static const Durations sets[] = {
    {"usual", 200, 300, 3, 1700, 200, 300, 3, 10000, 60000, 3, 1000},
    /* Silence is noticed after half a second, and a lease is shorter than what an agent that has just started is granted. */
    {"quick", 100, 150, 1, 375, 100, 150, 1, 3000, 20000, 2, 1000},
    /* After four seconds, with a lease that ends well before it must. */
    {"slow", 500, 500, 3, 2500, 300, 700, 2, 20000, 60000, 5, 2000},
};

size_t durations_count(void)
{
    return sizeof sets / sizeof sets[0];
}

const Durations *durations_at(size_t which)
{
    assert(which < durations_count());
    return &sets[which];
}

void durations_apply(const Durations *d, CoreSettings *ret)
{
    ret->heartbeat_interval = d->heartbeat_interval;
    ret->detection = (d->heartbeat_interval + d->heartbeat_timeout) * (d->heartbeat_retry + 1);
    ret->lease = d->lease;
    ret->lease_cut = d->lease / 4 < LEASE_CUT ? d->lease / 4 : LEASE_CUT;
    ret->instance_detection = (d->check_interval + d->check_timeout) * (d->check_retry + 1);
    ret->stop_limit = d->stop;
    ret->start_limit = d->start;
    ret->restarts_max = d->restarts;
    ret->restarts_window = RESTARTS_WINDOW;
    ret->stand_in_window = STAND_IN_DETECTIONS * ret->detection + d->command;
}

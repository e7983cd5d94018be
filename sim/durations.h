/* durations.h - sets of heartbeats, leases and limits under which a cluster is played.
 *
 * They are said as in server.conf, and no set is one that src/conf would refuse: test_sim_durations has it read each. */
#ifndef MC_SIM_DURATIONS_H
#define MC_SIM_DURATIONS_H

#include "core/settings.h"

#include <stddef.h>

typedef struct Durations {
    const char *name;
    Millis heartbeat_interval, heartbeat_timeout;
    int64_t heartbeat_retry;
    Millis lease;                         /* lease_timeout */
    Millis check_interval, check_timeout; /* db_instance_check_... */
    int64_t check_retry;
    Millis stop, start; /* db_instance_stop_timeout, db_instance_start_timeout */
    uint8_t restarts;   /* db_instance_restart_limit */
    Millis command;     /* arbitration_command_timeout */
} Durations;

/* How many sets there are. */
size_t durations_count(void);
/* One of them; the first is the usual one. */
const Durations *durations_at(size_t which);
/* Fills in what the core makes of it, and nothing else of `ret`. */
void durations_apply(const Durations *durations, CoreSettings *ret);

#endif

/* port.h - the door between the agent and the world: six small structs of functions.
 *
 * The real side is src/sys, the simulated side is sim/. No function returns a result or waits: all
 * results come back as inputs to the agent (agent_input of src/agent/agent.h). `self` is the
 * implementation's own; the agent only hands it back. */
#ifndef MC_PORT_PORT_H
#define MC_PORT_PORT_H

#include "core/event.h"

/* CLOCK_BOOTTIME (P6). */
typedef struct ClockPort {
    void *self;
    Millis (*now)(void *self);
    int64_t (*wall)(void *self); /* seconds since 1970, for people only */
    /* Asks for one EVENT_TICK at `at` (replaces an earlier wish). */
    void (*wake)(void *self, Millis at);
} ClockPort;

/* Authenticated, encrypted connections between members; every address of network.conf. */
typedef struct NetPort {
    void *self;
    /* `bytes` are copied; dropped when there is no connection or its queue is full. */
    void (*send)(void *self, MemberId to, const uint8_t *bytes, size_t size);
} NetPort;

/* The member's own state file, in the management directory (never on a database disk). */
typedef struct DiskPort {
    void *self;
    /* Durable when EVENT_DONE with `sequence` comes. One at a time: the agent waits for the result. */
    void (*persist)(void *self, uint64_t sequence, const uint8_t *bytes, size_t size);
} DiskPort;

/* The instance. Every order ends with one EVENT_DONE that repeats sequence and epoch, within the
 * order's own deadline. Orders given while one is under way wait in line, except stop with
 * STOP_KILL, which ends the one under way (its result is ok = false) and empties the line. */
typedef struct PostgresPort {
    void *self;
    void (*start)(void *self, uint64_t sequence, Epoch epoch, const StartOrder *order);
    void (*stop)(void *self, uint64_t sequence, Epoch epoch, const StopOrder *order);
    void (*gate)(void *self, uint64_t sequence, Epoch epoch, Gate gate);
    void (*names)(void *self, uint64_t sequence, Epoch epoch, const NamesOrder *order);
    void (*follow)(void *self, uint64_t sequence, Epoch epoch, const Upstream *upstream);
    void (*promote)(void *self, uint64_t sequence, Epoch epoch);
    void (*directory)(void *self, uint64_t sequence, Epoch epoch, const DirectoryOrder *order);
    /* Beside the others: it waits for none, and none waits for it. A stop ends it. */
    void (*rejoin)(void *self, uint64_t sequence, Epoch epoch, const RejoinOrder *order);
    void (*checkpoint)(void *self, uint64_t sequence, Epoch epoch);
} PostgresPort;

/* syslog, standard error, file; never blocks, counts what it drops. */
typedef struct LogPort {
    void *self;
    void (*write)(void *self, const LogEntry *entry);
} LogPort;

/* Operators, and the own process. */
typedef struct ProcessPort {
    void *self;
    void (*reply)(void *self, const Reply *reply);
    void (*exit)(void *self); /* end the daemon, status 0 */
    /* A command of the operator's. Ends with one EVENT_DONE, at its own deadline at the latest. */
    void (*run)(void *self, uint64_t sequence, Epoch epoch, const RunOrder *order);
} ProcessPort;

typedef struct World {
    ClockPort clock;
    NetPort net;
    DiskPort disk;
    PostgresPort postgres; /* of an arbiter: all functions NULL, never called */
    LogPort log;
    ProcessPort process;
} World;

#endif

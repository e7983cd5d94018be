/* pg_instance_parts.h - what pg_instance.c and pg_instance_port.c share. */
#ifndef MC_SYS_PG_INSTANCE_PARTS_H
#define MC_SYS_PG_INSTANCE_PARTS_H

#include "sys/pg_aside.h"
#include "sys/pg_glance.h"
#include "sys/pg_instance.h"
#include "sys/pg_lowered.h"
#include "sys/pg_observe.h"
#include "sys/pg_place.h"
#include "sys/pg_rejoin.h"
#include "sys/pg_run.h"
#include "sys/pg_work.h"

#include <uv.h>

enum { ORDERS_MAX = 16, KILLS_MAX = 4 };

/* Orders of our own, of the kind ACTION_KIND_COUNT. */
typedef enum OwnOrder {
    OWN_WARM,   /* connecting beforehand */
    OWN_NAMES,  /* putting our names in force again */
    OWN_GATE,   /* putting the administrator's changed rules in force */
    OWN_END,    /* of one that was started by others */
    OWN_FOLLOW, /* streaming from where the primary is reached now */
} OwnOrder;

typedef struct Order {
    ActionKind kind;
    uint64_t sequence;
    Epoch epoch;
    PgPlace place; /* of ACTION_REJOIN: the directory that it was decided of */
    union {
        StartOrder start;
        StopOrder stop;
        Gate gate;
        NamesOrder names;
        Upstream follow;
        DirectoryOrder directory;
        RejoinOrder rejoin;
        OwnOrder own;
    } u;
} Order;

/* A worker's result travels here; the loop reads it when the worker is back. */
typedef struct Outcome {
    bool ok;
    InstanceResult result;
    Error error;
} Outcome;

struct PgInstance {
    Loop *loop;
    PgSetup setup;
    PgAddress heard[MEMBERS_MAX]; /* into the setup before the next order: a worker may read that */
    PgEvents events;
    PgLastRun run;
    PgAside *aside;
    PgLowered *lowered;
    bool closing;

    Order line[ORDERS_MAX];
    int line_count;
    Order order; /* under way */
    bool order_runs;
    bool order_owned; /* its result is still wanted */
    uv_work_t order_work;
    PgWork work;
    PgRejoin rejoin;
    Outcome outcome;
    Millis until;
    Deadline order_limit;

    Order kills[KILLS_MAX];
    int kill_count;
    bool kill_runs;
    uv_work_t kill_work;
    Outcome kill_outcome;
    bool kill_beside; /* an order that was broken off was under way */
    Lsn kill_hint;

    PgLook look;
    bool look_runs;
    uv_work_t look_work;
    PgGlance glance; /* runs the look, or the worker does */
    Deadline look_at;
    uint64_t changes;      /* grows with everything that makes a look stale */
    uint64_t look_changes; /* when the look under way began */
    Millis look_began;
    Millis knocked_at;
    bool in_doubt; /* knock with every look */
    bool files_changed;
    InstancePhase phase;
    Millis answered_at;
    Millis unanswered_since;
    Gate gate;
    bool warm;
    Millis warm_at;
    InstanceView told;  /* the last view given */
    PgPlace place;      /* the directory that it is of, where nothing runs */
    PgPlace look_place; /* the same of the look under way */
    bool unread;        /* of the stopped directory not all WAL can be read, and that was told */
    Deadline look_limit;
    Lsn insert[2];                  /* of the last two looks, older first */
    char names[PG_SYNC_NAMES_SIZE]; /* that were ordered, while a stranger's are in force */
    int strange_looks;              /* at which others were in force, without a break */

    int pidfd; /* of the postmaster; -1: none known */
    uv_poll_t *watch;
};

/* Behind those that wait already; where there are too many it is reported as failed. */
void pg_order_add(PgInstance *instance, const Order *order);
/* STOP_KILL: at once; what is under way or waits is reported as failed. */
void pg_kill_add(PgInstance *instance, const Order *order);

#endif

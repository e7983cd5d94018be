/* pg_instance_port.c - the door: each order of PostgresPort into the line, or past it. */
#include "sys/pg_instance_parts.h"

static void port_start(void *self, uint64_t sequence, Epoch epoch, const StartOrder *order)
{
    pg_order_add(
        self,
        &(Order){.kind = ACTION_START, .sequence = sequence, .epoch = epoch, .u.start = *order});
}

static void port_stop(void *self, uint64_t sequence, Epoch epoch, const StopOrder *order)
{
    Order stop = {.kind = ACTION_STOP, .sequence = sequence, .epoch = epoch, .u.stop = *order};
    PgInstance *instance = self;
    pg_aside_break_off(instance->aside);
    pg_lowered_forget(instance->lowered);
    switch (order->mode) {
    case STOP_CLEAN:
        pg_order_add(self, &stop);
        break;
    case STOP_KILL:
        pg_kill_add(self, &stop);
        break;
    }
}

static void port_gate(void *self, uint64_t sequence, Epoch epoch, Gate gate)
{
    pg_order_add(
        self, &(Order){.kind = ACTION_GATE, .sequence = sequence, .epoch = epoch, .u.gate = gate});
}

static void port_names(void *self, uint64_t sequence, Epoch epoch, const NamesOrder *order)
{
    pg_order_add(
        self,
        &(Order){.kind = ACTION_NAMES, .sequence = sequence, .epoch = epoch, .u.names = *order});
}

static void port_follow(void *self, uint64_t sequence, Epoch epoch, const Upstream *upstream)
{
    pg_order_add(self, &(Order){.kind = ACTION_FOLLOW,
                                .sequence = sequence,
                                .epoch = epoch,
                                .u.follow = *upstream});
}

static void port_promote(void *self, uint64_t sequence, Epoch epoch)
{
    pg_order_add(self, &(Order){.kind = ACTION_PROMOTE, .sequence = sequence, .epoch = epoch});
}

static void port_rejoin(void *self, uint64_t sequence, Epoch epoch, const RejoinOrder *order)
{
    const PgInstance *instance = self;
    pg_order_add(self, &(Order){.kind = ACTION_REJOIN,
                                .sequence = sequence,
                                .epoch = epoch,
                                .place = instance->place,
                                .u.rejoin = *order});
}

static void port_directory(void *self, uint64_t sequence, Epoch epoch, const DirectoryOrder *order)
{
    pg_order_add(self, &(Order){.kind = ACTION_DIRECTORY,
                                .sequence = sequence,
                                .epoch = epoch,
                                .u.directory = *order});
}

static void port_checkpoint(void *self, uint64_t sequence, Epoch epoch)
{
    PgInstance *instance = self;
    pg_aside_checkpoint(instance->aside, sequence, epoch);
}

PostgresPort pg_instance_port(PgInstance *instance)
{
    return (PostgresPort){.self = instance,
                          .start = port_start,
                          .stop = port_stop,
                          .gate = port_gate,
                          .names = port_names,
                          .follow = port_follow,
                          .promote = port_promote,
                          .directory = port_directory,
                          .rejoin = port_rejoin,
                          .checkpoint = port_checkpoint};
}

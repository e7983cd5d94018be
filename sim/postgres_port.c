/* postgres_port.c - the agent's orders to its instance, one after another, and what it observes.
 *
 * An order begins, is polled until it is done or late, and ends with one EVENT_DONE. Polls belong to the agent
 * (they end with it); what they ask for happens in the instance. */
#include "sim/world.h"

#include "base/assert.h"
#include "base/str.h"
#include "core/record.h"

#include <string.h>

enum { POLL = 2000, VIEW = 200000, RECEIVER_GOES = 6000, CHECKPOINT = 30000 };
enum { REJOIN_MIN = 300000, REJOIN_MAX = 2500000 };

typedef enum Progress { GOES_ON, IS_DONE, HAS_FAILED } Progress;

static SimInstance *instance_of(SimWorld *world, MemberId member)
{
    assert(member < SERVERS_MAX);
    return &world->instance[member];
}

static void tell(SimWorld *world, MemberId member)
{
    Event event; /* large: the view zeroes its own part */
    memset(&event, 0, offsetof(Event, u));
    event.kind = EVENT_INSTANCE;
    postgres_view(world, member, &event.u.instance);
    process_input(world, member, &event);
}

static void observe(SimWorld *world, SimEvent *event)
{
    tell(world, (MemberId)event->a);
    world_after(world, VIEW, &(SimEvent){.run = observe, .actor = event->actor, .a = event->a});
}

void postgres_watch(SimWorld *world, MemberId member)
{
    instance_of(world, member)->line_count = 0;
    instance_of(world, member)->busy = false;
    world_after(world, 5000,
                &(SimEvent){.run = observe, .actor = actor_agent(member), .a = member});
}

void postgres_agent_died(SimWorld *world, MemberId member)
{
    SimInstance *instance = instance_of(world, member);
    instance->line_count = 0;
    instance->busy = false;
    instance->order_number++;
    instance_left_alone(world, member);
}

/* --- each kind: how it begins, how far it is ------------------------------------------------------- */

static Micros begin_start(SimWorld *world, MemberId member, const SimOrder *order)
{
    SimInstance *instance = instance_of(world, member);
    if (!instance_running(instance) && instance->dir.exists && !instance->dir.restored.there &&
        !instance->fail_start && !instance->disk_full) {
        instance_boot(world, member, &order->u.start);
    }
    return 10000;
}

static Progress poll_start(SimWorld *world, MemberId member, InstanceResult *ret)
{
    const SimInstance *instance = instance_of(world, member);
    if (!instance->postmaster || !instance->dir.exists) {
        (void)str_copy(ret->text, sizeof ret->text, "the instance did not start");
        return HAS_FAILED;
    }
    return instance->phase == INSTANCE_STARTING ? GOES_ON : IS_DONE;
}

static void killed(SimWorld *world, SimEvent *event)
{
    SimInstance *instance = instance_of(world, (MemberId)event->a);
    if (!instance_running(instance)) {
        return;
    }
    if (instance->fail_stop) {
        postgres_kill(world, (MemberId)event->a, true); /* some process is left, and does not end */
        return;
    }
    instance->dir.clean = false;
    instance_end(world, (MemberId)event->a, false);
}

/* SIGKILL works at once, also on what is stopped; that nobody is left takes longer to prove. */
static Micros begin_kill(SimWorld *world, MemberId member)
{
    world_after(world, world_between(world, 500, 4000),
                &(SimEvent){.run = killed, .actor = actor_agent(member), .a = member});
    return 30000;
}

static Micros begin_stop(SimWorld *world, MemberId member, const SimOrder *order)
{
    SimInstance *instance = instance_of(world, member);
    if (order->u.stop.mode == STOP_KILL || !instance_running(instance) || !instance->postmaster) {
        return begin_kill(world, member);
    }
    clients_end(world, member);
    instance->phase = INSTANCE_STOPPING;
    return 40000;
}

/* Everything is flushed and every standby that streams has it. */
static bool all_sent(const SimInstance *instance)
{
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        if (instance->sender[i].used && instance->sender[i].flush < instance->dir.flushed) {
            return false;
        }
    }
    return true;
}

static Progress poll_stop(SimWorld *world, MemberId member, const SimOrder *order,
                          InstanceResult *ret)
{
    SimInstance *instance = instance_of(world, member);
    SimDirectory *dir = &instance->dir;
    if (instance->fail_stop && instance_running(instance)) {
        (void)str_copy(ret->text, sizeof ret->text, "a process does not end");
        return HAS_FAILED;
    }
    const bool late = world->now - instance->order_since >= (Micros)order->u.stop.limit * 1000;
    if (instance_running(instance) && order->u.stop.mode == STOP_CLEAN && instance->postmaster &&
        !late) {
        if (world->actor[actor_instance(member)].frozen) {
            return GOES_ON;
        }
        if (!dir->clean && !instance->recovery && instance_disk_refuses(instance)) {
            instance_end(world, member, false); /* a PANIC over the last checkpoint */
            ret->end = wal_position(dir, dir->count);
            return IS_DONE;
        }
        if (!dir->clean) {
            if (!instance->recovery) {
                (void)wal_append(dir, world->next_entry++, wal_timeline(dir), false);
                instance_flush(world, member, dir->count);
            }
            dir->clean = true;
        }
        if (!all_sent(instance)) {
            return GOES_ON;
        }
    } else if (instance_running(instance)) {
        dir->clean = false;
    }
    instance_end(world, member, false);
    ret->clean = dir->clean;
    ret->end = dir->exists ? wal_position(dir, dir->count) : (Position){0};
    return IS_DONE;
}

/* Promoted by hand, and no record names it: the gate was ordered for a standby, and no client has found it yet. */
static bool is_strangers(const SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    return world->instance[member].by_hand && (latest == NULL || latest->primary != member);
}

static Progress poll_gate(SimWorld *world, MemberId member, const SimOrder *order)
{
    SimInstance *instance = instance_of(world, member);
    if (!instance->postmaster) {
        instance->gate = GATE_CLOSED; /* the closed form lies on disk */
        return order->u.gate == GATE_CLOSED ? IS_DONE : HAS_FAILED;
    }
    const bool changes = instance->gate != order->u.gate;
    if (changes && instance->disk_full) {
        return HAS_FAILED;
    }
    instance->gate = order->u.gate;
    if (instance->recovery) {
        return IS_DONE;
    }
    if (order->u.gate == GATE_CLOSED) {
        instance->phase = instance->phase == INSTANCE_OPEN ? INSTANCE_CLOSED : instance->phase;
        clients_end(world, member);
    } else if (instance->phase == INSTANCE_CLOSED && !is_strangers(world, member)) {
        instance->phase = INSTANCE_OPEN;
        check_opened(world, member);
    }
    if (changes) {
        world_say(world, world_name(world, member), "gate",
                  order->u.gate == GATE_OPEN ? "open" : "closed");
    }
    return IS_DONE;
}

static void write_names(SimWorld *world, MemberId member, const Names *names)
{
    SimInstance *instance = instance_of(world, member);
    if (!names_equal(&instance->names, names)) {
        instance->names = *names;
        instance->names_written++;
        sync_reload(world, member);
    }
}

/* As the shell does it: from some names to others by way of one that nobody bears. Else a sender that has read the new
 * number of names would count one that still bears an old name. */
static void begin_names(SimWorld *world, MemberId member, const SimOrder *order)
{
    if (instance_of(world, member)->disk_full) {
        return;
    }
    const Names *wanted = &order->u.names.names;
    const Names *present = &instance_of(world, member)->names;
    static const Names nobody = {
        .quorum = 1, .count = 1, .name = {{.member = MEMBER_NONE, .token = 1}}};
    const bool by_nobody =
        order->u.names.prove && present->count > 0 && !names_equal(present, wanted);
    write_names(world, member, by_nobody ? &nobody : wanted);
}

/* P2: the checkpointer has read the file, and no sender is there that still works by an older one. */
static Progress poll_names(SimWorld *world, MemberId member, const SimOrder *order,
                           InstanceResult *ret)
{
    SimInstance *instance = instance_of(world, member);
    const NamesOrder *names = &order->u.names;
    if (!instance->postmaster || instance->order_refused) {
        return HAS_FAILED;
    }
    if (!names->prove) {
        return IS_DONE;
    }
    if (instance->checkpointer_read < instance->names_written) {
        return GOES_ON;
    }
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        SimSender *sender = &instance->sender[i];
        const bool late = sender->used && sender->names_read < instance->names_written;
        if (late && (names->from_some || !names_contain(&names->names, &sender->attachment))) {
            sender_end(world, member, sender);
        }
    }
    write_names(world, member, &names->names);
    ret->proved = true;
    ret->flush = wal_lsn(instance->dir.flushed);
    return IS_DONE;
}

static void receiver_gone(SimWorld *world, SimEvent *event)
{
    SimInstance *instance = instance_of(world, (MemberId)event->a);
    if (instance->cut_asked) {
        instance->upstream.member = MEMBER_NONE;
        stream_end(world, (MemberId)event->a);
    }
}

static Micros begin_follow(SimWorld *world, MemberId member, const SimOrder *order)
{
    SimInstance *instance = instance_of(world, member);
    const Upstream *wanted = &order->u.follow;
    if (!instance->recovery || !instance->postmaster || instance->disk_full) {
        return POLL;
    }
    const bool same = instance->upstream.member == wanted->member &&
                      attachment_equal(&instance->upstream.attachment, &wanted->attachment);
    instance->cut_asked = wanted->member == MEMBER_NONE;
    if (instance->cut_asked) {
        if (instance->receiver_returns && instance->upstream.member != MEMBER_NONE) {
            stream_end(world, member); /* and a new one starts: the old setting is still in force */
            stream_begin(world, member);
        } else {
            instance->upstream.member = MEMBER_NONE;
        }
        const Micros lag = instance->receiver_lag > 0 ? instance->receiver_lag : RECEIVER_GOES;
        world_after(
            world, lag,
            &(SimEvent){.run = receiver_gone, .actor = actor_instance(member), .a = member});
    } else if (!same) {
        stream_end(world, member);
        instance->upstream = *wanted;
        stream_begin(world, member);
    }
    return POLL;
}

static Progress poll_follow(SimWorld *world, MemberId member, const SimOrder *order,
                            InstanceResult *ret)
{
    const SimInstance *instance = instance_of(world, member);
    const SimDirectory *dir = &instance->dir;
    if (!instance->recovery || !instance->postmaster) {
        (void)str_copy(ret->text, sizeof ret->text, "the instance is no running standby");
        return HAS_FAILED;
    }
    if (instance->order_refused) {
        (void)str_copy(ret->text, sizeof ret->text, "no space for its settings");
        return HAS_FAILED;
    }
    if (order->u.follow.member != MEMBER_NONE) {
        return IS_DONE;
    }
    if (instance->stream != 0 || instance->upstream.member != MEMBER_NONE ||
        dir->replayed < dir->count) {
        return GOES_ON;
    }
    ret->end = wal_position(dir, dir->count);
    ret->next_timeline = wal_timeline(dir) + 1;
    return IS_DONE;
}

static Micros begin_promote(SimWorld *world, MemberId member)
{
    const SimInstance *instance = instance_of(world, member);
    if (instance->postmaster && instance->recovery && instance->phase == INSTANCE_STANDBY) {
        instance_promote(world, member);
    }
    return 20000;
}

static Progress poll_promote(SimWorld *world, MemberId member, InstanceResult *ret)
{
    const SimInstance *instance = instance_of(world, member);
    if (!instance->postmaster) {
        return HAS_FAILED;
    }
    if (instance->recovery) {
        return GOES_ON;
    }
    const SimHistory *newest = &instance->dir.history[instance->dir.history_count - 1];
    ret->end = (Position){.timeline = newest->timeline, .lsn = wal_lsn(newest->start)};
    return IS_DONE;
}

static Progress poll_directory(SimWorld *world, MemberId member, const SimOrder *order)
{
    SimDirectory *dir = &instance_of(world, member)->dir;
    if (!dir->exists || instance_of(world, member)->disk_full) {
        return HAS_FAILED;
    }
    /* Recovered since whoever ordered this has looked. */
    if (dir->restored.there && (!order->u.directory.renew_id || order->u.directory.id != dir->id)) {
        return HAS_FAILED;
    }
    if (order->u.directory.renew_id) {
        dir->id = order->u.directory.id;
    }
    dir->chain = order->u.directory.chain;
    dir->restored = (RestoredView){0};
    return IS_DONE;
}

/* From here on there is no directory until the whole of the other one is there. */
static Micros begin_rejoin(SimWorld *world, MemberId member, MemberId source)
{
    SimDirectory *dir = &instance_of(world, member)->dir;
    if (instance_running(instance_of(world, member))) {
        return POLL;
    }
    check_made_over(world, member, source);
    directory_free(dir);
    dir->interrupted = true;
    return world_between(world, REJOIN_MIN, REJOIN_MAX);
}

static Progress poll_rejoin(SimWorld *world, MemberId member, const SimOrder *order,
                            InstanceResult *ret)
{
    const MemberId source = order->u.rejoin.source;
    const SimDirectory *dir = &instance_of(world, member)->dir;
    if (!dir->interrupted || instance_of(world, member)->disk_full ||
        !instance_serves(world, source) || !network_reaches(world, source, member, CHANNEL_WAL)) {
        (void)str_copy(ret->text, sizeof ret->text, "the copy broke off");
        return HAS_FAILED;
    }
    postgres_copy_directory(world, source, member);
    return IS_DONE;
}

/* --- the line ------------------------------------------------------------------------------------- */

static Micros begin(SimWorld *world, MemberId member, const SimOrder *order)
{
    switch (order->kind) {
    case ACTION_START:
        return begin_start(world, member, order);
    case ACTION_STOP:
        return begin_stop(world, member, order);
    case ACTION_NAMES:
        begin_names(world, member, order);
        return order->u.names.prove ? 15000 : 3000;
    case ACTION_FOLLOW:
        return begin_follow(world, member, order);
    case ACTION_PROMOTE:
        return begin_promote(world, member);
    case ACTION_GATE:
        return 2000;
    case ACTION_DIRECTORY:
        return 5000;
    case ACTION_REJOIN:
        return begin_rejoin(world, member, order->u.rejoin.source);
    case ACTION_PERSIST:
    case ACTION_SEND:
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_CHECKPOINT: /* beside the line */
    case ACTION_RUN:        /* none of the instance's */
    case ACTION_EXIT:
    case ACTION_KIND_COUNT:
        break;
    }
    assert(false);
    return 0;
}

static Progress poll_once(SimWorld *world, MemberId member, const SimOrder *order,
                          InstanceResult *ret)
{
    switch (order->kind) {
    case ACTION_START:
        return poll_start(world, member, ret);
    case ACTION_STOP:
        return poll_stop(world, member, order, ret);
    case ACTION_NAMES:
        return poll_names(world, member, order, ret);
    case ACTION_FOLLOW:
        return poll_follow(world, member, order, ret);
    case ACTION_PROMOTE:
        return poll_promote(world, member, ret);
    case ACTION_GATE:
        return poll_gate(world, member, order);
    case ACTION_DIRECTORY:
        return poll_directory(world, member, order);
    case ACTION_REJOIN:
        return poll_rejoin(world, member, order, ret);
    case ACTION_PERSIST:
    case ACTION_SEND:
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_CHECKPOINT: /* beside the line */
    case ACTION_RUN:        /* none of the instance's */
    case ACTION_EXIT:
    case ACTION_KIND_COUNT:
        break;
    }
    assert(false);
    return HAS_FAILED;
}

static Micros limit_of(const SimOrder *order)
{
    if (order->kind == ACTION_START || order->kind == ACTION_PROMOTE) {
        return 60000000;
    }
    if (order->kind == ACTION_STOP) {
        return (Micros)order->u.stop.limit * 1000 + 10000000;
    }
    return 3000000;
}

static void answer(SimWorld *world, MemberId member, const SimOrder *order, bool ok,
                   const InstanceResult *result)
{
    tell(world, member); /* the observation first: the result is judged by what is */
    Event event = {.kind = EVENT_DONE};
    event.u.done.sequence = order->sequence;
    event.u.done.kind = order->kind;
    event.u.done.epoch = order->epoch;
    event.u.done.ok = ok;
    event.u.done.result = *result;
    event.u.done.result.ok = ok;
    process_input(world, member, &event);
}

static void next_order(SimWorld *world, MemberId member);

static bool can_be_polled(const SimWorld *world, MemberId member, const SimOrder *order)
{
    return !world->actor[actor_instance(member)].frozen || order->kind == ACTION_STOP ||
           order->kind == ACTION_DIRECTORY || order->kind == ACTION_REJOIN;
}

static void poll(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    if (!instance->busy || instance->order_number != event->n) {
        return;
    }
    const SimOrder order = instance->line[0];
    InstanceResult result = {0};
    Progress progress = GOES_ON;
    if (can_be_polled(world, member, &order)) {
        progress = poll_once(world, member, &order, &result);
    }
    if (progress == GOES_ON && world->now - instance->order_since > limit_of(&order)) {
        (void)str_copy(result.text, sizeof result.text, "took too long");
        progress = HAS_FAILED;
    }
    if (progress == GOES_ON) {
        world_after(world, POLL,
                    &(SimEvent){.run = poll, .actor = event->actor, .a = member, .n = event->n});
        return;
    }
    instance->busy = false;
    instance->line_count--;
    memmove(instance->line, instance->line + 1, instance->line_count * sizeof order);
    if (!trap_springs(world, member, order.kind, true)) {
        answer(world, member, &order, progress == IS_DONE, &result);
        next_order(world, member);
    }
}

static void next_order(SimWorld *world, MemberId member)
{
    SimInstance *instance = instance_of(world, member);
    if (instance->busy || instance->line_count == 0) {
        return;
    }
    instance->busy = true;
    instance->order_since = world->now;
    instance->order_refused = instance->disk_full;
    const uint64_t number = ++instance->order_number;
    const Micros delay = begin(world, member, &instance->line[0]);
    world_after(world, delay,
                &(SimEvent){.run = poll, .actor = actor_agent(member), .a = member, .n = number});
}

/* A kill ends what is under way and empties the line: each order gets its answer. */
static void empty_line(SimWorld *world, MemberId member)
{
    SimInstance *instance = instance_of(world, member);
    InstanceResult result = {0};
    (void)str_copy(result.text, sizeof result.text, "ended by a stop");
    for (uint32_t i = 0; i < instance->line_count; i++) {
        answer(world, member, &instance->line[i], false, &result);
    }
    instance->line_count = 0;
    instance->busy = false;
}

static void enqueue(const SimPort *port, const SimOrder *order)
{
    SimInstance *instance = instance_of(port->world, port->member);
    if (trap_springs(port->world, port->member, order->kind, false)) {
        return;
    }
    if (order->kind == ACTION_STOP && order->u.stop.mode == STOP_KILL) {
        empty_line(port->world, port->member);
    }
    assert(instance->line_count < ORDERS_WAITING_MAX);
    instance->line[instance->line_count++] = *order;
    next_order(port->world, port->member);
}

static void port_start(void *self, uint64_t sequence, Epoch epoch, const StartOrder *start)
{
    enqueue(self, &(SimOrder){ACTION_START, sequence, epoch, {.start = *start}});
}

static void port_stop(void *self, uint64_t sequence, Epoch epoch, const StopOrder *stop)
{
    enqueue(self, &(SimOrder){ACTION_STOP, sequence, epoch, {.stop = *stop}});
}

static void port_gate(void *self, uint64_t sequence, Epoch epoch, Gate gate)
{
    enqueue(self, &(SimOrder){ACTION_GATE, sequence, epoch, {.gate = gate}});
}

static void port_names(void *self, uint64_t sequence, Epoch epoch, const NamesOrder *names)
{
    enqueue(self, &(SimOrder){ACTION_NAMES, sequence, epoch, {.names = *names}});
}

static void port_follow(void *self, uint64_t sequence, Epoch epoch, const Upstream *upstream)
{
    enqueue(self, &(SimOrder){ACTION_FOLLOW, sequence, epoch, {.follow = *upstream}});
}

static void port_promote(void *self, uint64_t sequence, Epoch epoch)
{
    enqueue(self, &(SimOrder){.kind = ACTION_PROMOTE, .sequence = sequence, .epoch = epoch});
}

static void port_directory(void *self, uint64_t sequence, Epoch epoch, const DirectoryOrder *order)
{
    enqueue(self, &(SimOrder){ACTION_DIRECTORY, sequence, epoch, {.directory = *order}});
}

static void port_rejoin(void *self, uint64_t sequence, Epoch epoch, const RejoinOrder *order)
{
    enqueue(self, &(SimOrder){ACTION_REJOIN, sequence, epoch, {.rejoin = *order}});
}

/* Beside the line; PostgreSQL's work is not modelled: only that it takes its time, and that an agent may die before. */
static void checkpointed(SimWorld *world, SimEvent *event)
{
    if (trap_springs(world, (MemberId)event->a, ACTION_CHECKPOINT, true)) {
        return;
    }
    Event done = {.kind = EVENT_DONE};
    done.u.done = (Done){.sequence = event->n,
                         .kind = ACTION_CHECKPOINT,
                         .ok = instance_running(instance_of(world, (MemberId)event->a))};
    process_input(world, (MemberId)event->a, &done);
}

static void port_checkpoint(void *self, uint64_t sequence, Epoch epoch)
{
    const SimPort *port = self;
    (void)epoch;
    if (trap_springs(port->world, port->member, ACTION_CHECKPOINT, false)) {
        return;
    }
    world_after(port->world, CHECKPOINT,
                &(SimEvent){.run = checkpointed,
                            .actor = actor_agent(port->member),
                            .a = port->member,
                            .n = sequence});
}

void postgres_port(SimWorld *world, MemberId member, PostgresPort *ret)
{
    *ret = (PostgresPort){.self = &world->process[member].port,
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

/* postgres.c - one instance: its processes, its starts and ends, its promotion, and how it looks from outside. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

#include <string.h>

enum {
    BOOT_MIN = 60000,
    BOOT_MAX = 110000,
    PROMOTE_MIN = 50000,
    PROMOTE_MAX = 80000,
    ORPHANS_MIN = 1000,
    ORPHANS_MAX = 12000,
    CALL_COMMITS = 4000, /* a CALL that commits in a loop, once per turn */
};

static SimInstance *instance_of(SimWorld *world, MemberId member)
{
    assert(member < SERVERS_MAX);
    return &world->instance[member];
}

/* Some process of it is there. */
bool instance_running(const SimInstance *instance)
{
    return instance->phase != INSTANCE_NONE && instance->phase != INSTANCE_DOWN;
}

void instance_quiet(SimInstance *instance)
{
    instance->run_call = instance->computes = instance->receiver_returns =
        instance->receiver_outlives = instance->promotes_in_halves = false;
    instance->receiver_lag = instance->replay_lag = instance->flush_lag = 0;
    instance->sender_lag = 0;
}

bool instance_serves(const SimWorld *world, MemberId member)
{
    const SimInstance *instance = &world->instance[member];
    return instance->postmaster && instance->phase == INSTANCE_OPEN && !instance->recovery &&
           instance->gate == GATE_OPEN && !world->actor[actor_instance(member)].frozen;
}

bool instance_disk_refuses(SimInstance *instance)
{
    const bool refuses = instance->disk_full || instance->disk_fails;
    instance->disk_fails = false;
    return refuses;
}

static void dies_over_it(SimWorld *world, SimEvent *event)
{
    postgres_kill(world, (MemberId)event->a, false);
}

/* restart_after_crash is off: with one process all of it ends. */
void instance_panics(SimWorld *world, MemberId member)
{
    world_after(world, 0,
                &(SimEvent){.run = dies_over_it, .actor = actor_instance(member), .a = member});
}

void instance_flush(SimWorld *world, MemberId member, uint32_t index)
{
    SimInstance *instance = instance_of(world, member);
    SimDirectory *dir = &instance->dir;
    if (index <= dir->flushed || index > dir->count) {
        return;
    }
    if (instance_disk_refuses(instance)) {
        instance_panics(world, member);
    } else {
        dir->flushed = dir->replayed = index;
        stream_feed(world, member);
        clients_flushed(world, member);
    }
}

static void stray_turn(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    clients_stray(world, member);
    if (instance_of(world, member)->stray_backend) {
        world_after(world, CALL_COMMITS,
                    &(SimEvent){.run = stray_turn, .actor = event->actor, .a = member});
    }
}

static void booted(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    SimDirectory *dir = &instance->dir;
    if (!instance->postmaster) {
        return;
    }
    if (!instance->recovery && instance_disk_refuses(instance)) {
        instance_panics(world, member); /* the end of recovery is WAL, too */
        return;
    }
    if (!instance->recovery && !dir->clean) {
        (void)wal_append(dir, world->next_entry++, wal_timeline(dir), false);
    }
    dir->flushed = dir->replayed = dir->count;
    dir->clean = false;
    instance->phase = instance->recovery ? INSTANCE_STANDBY : INSTANCE_CLOSED;
    world_say(world, world_name(world, member), "instance", "up, %s",
              instance->recovery ? "standby" : "primary, closed");
    sync_reload(world, member);
    stream_watch(world, member);
    stream_begin(world, member);
}

void instance_boot(SimWorld *world, MemberId member, const StartOrder *order)
{
    SimInstance *instance = instance_of(world, member);
    assert(!instance_running(instance));
    instance->postmaster = true;
    instance->phase = INSTANCE_STARTING;
    instance->gate = GATE_CLOSED;
    instance->recovery = order->role == START_STANDBY;
    instance->dir.standby_signal = instance->recovery;
    instance->replicas = order->replicas;
    instance->names = order->names;
    instance->names_written++;
    instance->checkpointer_read = 0; /* shared memory is new: nobody has looked yet */
    instance->checkpointer_defined = false;
    instance->released = 0;
    instance->upstream = order->upstream;
    instance->stream = 0;
    instance->halfway = false;
    instance->by_hand = false;
    instance->cut_asked = false;
    world_after(world, instance->start_lag + world_between(world, BOOT_MIN, BOOT_MAX),
                &(SimEvent){.run = booted, .actor = actor_instance(member), .a = member});
}

static void open_timeline(SimWorld *world, SimInstance *instance)
{
    SimDirectory *dir = &instance->dir;
    wal_truncate(dir, dir->flushed);
    const TimelineId step = instance->skips_timeline ? 2 : 1;
    (void)wal_append(dir, world->next_entry++, wal_timeline(dir) + step, false);
    dir->flushed = dir->replayed = dir->count;
}

/* The new timeline is there, and standby.signal still is. */
static void half_promoted(SimWorld *world, SimEvent *event)
{
    SimInstance *instance = instance_of(world, (MemberId)event->a);
    if (instance->recovery && instance->postmaster && !instance->disk_full) {
        open_timeline(world, instance);
        instance->halfway = true;
    }
}

static void promoted(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    SimDirectory *dir = &instance->dir;
    if (!instance->recovery || !instance->postmaster) {
        return;
    }
    if (instance_disk_refuses(instance)) {
        instance_panics(world, member);
        return;
    }
    if (!instance->halfway) {
        open_timeline(world, instance);
    }
    instance->halfway = false;
    dir->standby_signal = false;
    instance->recovery = false;
    const Record *latest = check_latest(world);
    const bool named = latest != NULL && latest->primary == member;
    /* Which no record names its agent ends, and no client has found it yet. */
    if (instance->by_hand && !named) {
        instance->phase = INSTANCE_CLOSED;
        world_say(world, world_name(world, member), "instance", "promoted by hand to timeline %u",
                  wal_timeline(dir));
        return;
    }
    /* Whom the gate of the standby admitted may write from here on (README of the core, section 12). */
    instance->phase = instance->gate == GATE_OPEN ? INSTANCE_OPEN : INSTANCE_CLOSED;
    world_say(world, world_name(world, member), "instance", "promoted to timeline %u",
              wal_timeline(dir));
    check_promoted(world, member);
    if (instance->phase == INSTANCE_OPEN) {
        check_opened(world, member);
    }
    stream_feed(world, member);
}

static void begin_promotion(SimWorld *world, MemberId member)
{
    const SimInstance *instance = instance_of(world, member);
    const Micros takes = instance->promote_lag + world_between(world, PROMOTE_MIN, PROMOTE_MAX);
    if (instance->promotes_in_halves) {
        world_after(
            world, takes / 4,
            &(SimEvent){.run = half_promoted, .actor = actor_instance(member), .a = member});
    }
    world_after(world, takes,
                &(SimEvent){.run = promoted, .actor = actor_instance(member), .a = member});
}

void instance_promote(SimWorld *world, MemberId member)
{
    SimInstance *instance = instance_of(world, member);
    instance->by_hand = false;
    if (!instance->receiver_outlives) {
        stream_end(world, member);
    }
    if (instance->fail_promote) {
        world_after(world, PROMOTE_MIN / 4,
                    &(SimEvent){.run = dies_over_it, .actor = actor_instance(member), .a = member});
        return;
    }
    begin_promotion(world, member);
}

/* It has WAL of the newest timeline that its chain knows: else nobody could tell the one that it opens from that. */
static bool has_come_far(const SimDirectory *dir)
{
    return dir->exists && dir->chain.count > 0 &&
           dir->chain.link[dir->chain.count - 1].timeline == wal_timeline(dir);
}

static bool is_eligible(const SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    return latest != NULL && record_eligible(latest, member) != NULL;
}

void instance_promote_by_hand(SimWorld *world, MemberId member)
{
    SimInstance *instance = instance_of(world, member);
    const bool guarded = world->process[member].alive && !world->actor[actor_agent(member)].frozen;
    if (!guarded || !instance->postmaster || instance->phase != INSTANCE_STANDBY ||
        instance->halfway || !has_come_far(&instance->dir) || is_eligible(world, member)) {
        return;
    }
    instance->by_hand = true;
    stream_end(world, member);
    begin_promotion(world, member);
}

void instance_end(SimWorld *world, MemberId member, bool with_host)
{
    SimInstance *instance = instance_of(world, member);
    if (!instance_running(instance)) {
        return;
    }
    clients_end(world, member);
    senders_end(world, member, with_host);
    if (with_host) {
        instance->stream = 0;
    }
    stream_end(world, member);
    SimDirectory *dir = &instance->dir;
    /* What was written and not synced is there after the end of the processes, not after that of the host. */
    const uint32_t kept =
        with_host ? dir->flushed : (uint32_t)world_between(world, dir->flushed, dir->count);
    wal_truncate(dir, kept);
    dir->flushed = dir->replayed = dir->count;
    instance->postmaster = false;
    instance->stray_backend = false;
    instance->phase = INSTANCE_DOWN;
    instance->ended_at = world->now;
    instance->gate = GATE_CLOSED;
    actor_die(world, actor_instance(member));
    world_say(world, world_name(world, member), "instance", "down%s", dir->clean ? ", clean" : "");
}

static void orphans_end(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    if (instance->stray_backend || instance->fail_stop) {
        clients_end(world, member);
        senders_end(world, member, false);
        world_say(world, world_name(world, member), "instance",
                  instance->stray_backend ? "a backend works on" : "a process is left");
        return;
    }
    instance_end(world, member, false);
}

static void seen_gone(SimWorld *world, SimEvent *event)
{
    const Event input = {.kind = EVENT_INSTANCE_GONE};
    process_input(world, (MemberId)event->a, &input);
}

void postgres_kill(SimWorld *world, MemberId member, bool unseen)
{
    SimInstance *instance = instance_of(world, member);
    if (!instance->postmaster) {
        return;
    }
    /* Only an open gate has let a session in that can outlive its postmaster. */
    instance->stray_backend =
        instance->run_call && !instance->recovery && instance->phase == INSTANCE_OPEN;
    instance->postmaster = false;
    instance->phase = INSTANCE_UNKNOWN;
    if (instance->stray_backend) {
        world_after(world, CALL_COMMITS,
                    &(SimEvent){.run = stray_turn, .actor = actor_instance(member), .a = member});
    }
    world_after(world, world_between(world, ORPHANS_MIN, ORPHANS_MAX),
                &(SimEvent){.run = orphans_end, .actor = actor_instance(member), .a = member});
    if (!unseen) {
        world_after(world, 300,
                    &(SimEvent){.run = seen_gone, .actor = actor_agent(member), .a = member});
    }
}

static void shuts_down(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    if (instance->phase == INSTANCE_STOPPING) {
        instance->dir.clean = instance->dir.flushed == instance->dir.count;
        instance_end(world, member, false);
    }
}

/* A shutdown that was asked for goes on without who asked. */
void instance_left_alone(SimWorld *world, MemberId member)
{
    if (instance_of(world, member)->phase == INSTANCE_STOPPING) {
        world_after(world, 300000,
                    &(SimEvent){.run = shuts_down, .actor = actor_instance(member), .a = member});
    }
}

/* --- how it looks --------------------------------------------------------------------------------- */

static void view_senders(const SimInstance *instance, InstanceView *ret)
{
    for (uint32_t i = 0; i < SENDERS_MAX && instance->postmaster; i++) {
        const SimSender *sender = &instance->sender[i];
        if (sender->used) {
            ret->sender[ret->sender_count++] = (SenderView){.attachment = sender->attachment,
                                                            .pid = sender->pid,
                                                            .streaming = true,
                                                            .flush = wal_lsn(sender->flush)};
        }
    }
}

static void view_answers(SimWorld *world, MemberId member, InstanceView *ret)
{
    SimInstance *instance = instance_of(world, member);
    const Millis now = clock_now(world, member);
    const bool asked = instance->phase == INSTANCE_CLOSED || instance->phase == INSTANCE_OPEN ||
                       instance->phase == INSTANCE_STANDBY;
    if (!asked) {
        instance->unanswered_since = 0;
    } else if (!world->actor[actor_instance(member)].frozen) {
        instance->answered_at = now;
        instance->unanswered_since = 0;
    } else if (instance->unanswered_since == 0) {
        instance->unanswered_since = now;
    }
    ret->answered_at = instance->answered_at;
    ret->unanswered_since = instance->unanswered_since;
}

void postgres_view(SimWorld *world, MemberId member, InstanceView *ret)
{
    const SimInstance *instance = instance_of(world, member);
    const SimDirectory *dir = &instance->dir;
    memset(ret, 0, sizeof *ret);
    ret->phase = dir->exists ? instance->phase : INSTANCE_NONE;
    view_answers(world, member, ret);
    ret->interrupted = !dir->exists && dir->interrupted;
    if (!dir->exists) {
        return;
    }
    ret->system_identifier = dir->system_identifier;
    ret->dir = dir->id;
    ret->chain = dir->chain;
    ret->restored = dir->restored;
    ret->standby_signal = dir->standby_signal;
    ret->clean_shutdown = dir->clean;
    ret->wal = wal_position(dir, dir->flushed);
    ret->replay = instance->recovery ? wal_lsn(dir->replayed) : 0;
    ret->receiver = instance->stream != 0;
    view_senders(instance, ret);
}

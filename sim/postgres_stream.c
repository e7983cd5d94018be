/* postgres_stream.c - WAL senders and receivers, and the waiting for synchronous standbys.
 *
 * As PostgreSQL does it: a commit waits if the flag set by the checkpointer says that there are names; each sender
 * releases waiters by its own copy of the setting, when it bears one of the names in it. Nobody compares what a
 * standby reports with what was sent. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/record.h"

#include <string.h>

enum {
    RETRY = 200000, /* wal_retrieve_retry_interval as the agent sets it */
    SIGHUP_MIN = 300,
    SIGHUP_MAX = 25000,
};

/* wal_sender_timeout and wal_receiver_timeout go by the detection time, and so does how often somebody looks. */
static Micros sender_timeout(const SimWorld *world)
{
    return (Micros)world->settings.detection * 1500;
}

static Micros keepalive(const SimWorld *world)
{
    return (Micros)world->settings.detection * 250;
}

static SimInstance *instance_of(SimWorld *world, MemberId member)
{
    assert(member < SERVERS_MAX);
    return &world->instance[member];
}

bool names_contain(const Names *names, const Attachment *attachment)
{
    for (uint8_t i = 0; i < names->count; i++) {
        if (attachment_equal(&names->name[i], attachment)) {
            return true;
        }
    }
    return false;
}

/* --- releasing ------------------------------------------------------------------------------------ */

/* The position that quorum-many of the senders that bear a name have flushed; 0 when there are fewer. */
static uint32_t synced(const SimInstance *instance, uint8_t quorum)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        const SimSender *candidate = &instance->sender[i];
        if (!candidate->used || !names_contain(&candidate->names, &candidate->attachment)) {
            continue;
        }
        unsigned reached = 0;
        for (uint32_t j = 0; j < SENDERS_MAX; j++) {
            const SimSender *other = &instance->sender[j];
            reached += other->used && names_contain(&other->names, &other->attachment) &&
                       other->flush >= candidate->flush;
        }
        if (reached >= quorum && candidate->flush > best) {
            best = candidate->flush;
        }
    }
    return best;
}

static void release_by(SimWorld *world, MemberId primary, const SimSender *sender)
{
    SimInstance *instance = instance_of(world, primary);
    if (instance->recovery || !names_contain(&sender->names, &sender->attachment)) {
        return;
    }
    const uint32_t upto = synced(instance, sender->names.quorum);
    if (upto > instance->released) {
        instance->released = upto;
        clients_released(world, primary);
    }
}

void sync_release(SimWorld *world, MemberId primary)
{
    SimInstance *instance = instance_of(world, primary);
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        if (instance->sender[i].used) {
            release_by(world, primary, &instance->sender[i]);
        }
    }
}

static void checkpointer_reads(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    if ((uint32_t)event->n <= instance->checkpointer_read) {
        return;
    }
    instance->checkpointer_read = instance->names_written;
    instance->checkpointer_defined = instance->names.count > 0;
    if (!instance->checkpointer_defined) {
        clients_released(world, member); /* emptying releases everybody who waits */
    }
}

static void sender_reads(SimWorld *world, SimEvent *event)
{
    SimInstance *instance = instance_of(world, (MemberId)event->a);
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        SimSender *sender = &instance->sender[i];
        if (sender->used && sender->stream == event->b) {
            sender->names = instance->names;
            sender->names_read = instance->names_written;
            release_by(world, (MemberId)event->a, sender);
        }
    }
}

void sync_reload(SimWorld *world, MemberId member)
{
    SimInstance *instance = instance_of(world, member);
    const uint16_t actor = actor_instance(member);
    const Micros usual = world_between(world, SIGHUP_MIN, SIGHUP_MAX);
    world_after(
        world, instance->checkpointer_lag > 0 ? instance->checkpointer_lag : usual,
        &(SimEvent){
            .run = checkpointer_reads, .actor = actor, .a = member, .n = instance->names_written});
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        if (instance->sender[i].used) {
            world_after(world, instance->sender_lag + world_between(world, SIGHUP_MIN, SIGHUP_MAX),
                        &(SimEvent){.run = sender_reads,
                                    .actor = actor,
                                    .a = member,
                                    .b = instance->sender[i].stream});
        }
    }
}

/* --- the sender's side ---------------------------------------------------------------------------- */

typedef struct WalMessage {
    uint32_t from, count;
    bool closed; /* the other side has ended the stream */
    uint32_t flush;
    WalEntry entry[];
} WalMessage;

static SimSender *sender_of(SimInstance *instance, uint64_t stream)
{
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        if (instance->sender[i].used && instance->sender[i].stream == stream) {
            return &instance->sender[i];
        }
    }
    return NULL;
}

static void wal_arrives(SimWorld *world, SimEvent *event);

/* Whoever that is has at once what is flushed here. */
static void feed_stranger(SimWorld *world, MemberId primary, SimSender *sender)
{
    sender->sent = sender->flush = instance_of(world, primary)->dir.flushed;
    sender->heard = world->now;
    release_by(world, primary, sender);
}

static void send_wal(SimWorld *world, MemberId primary, SimSender *sender, bool closed)
{
    const SimDirectory *dir = &instance_of(world, primary)->dir;
    if (sender->stranger) {
        feed_stranger(world, primary, sender);
        return;
    }
    const uint32_t count = !closed && dir->flushed > sender->sent ? dir->flushed - sender->sent : 0;
    uint8_t buffer[sizeof(WalMessage) + 64 * sizeof(WalEntry)];
    WalMessage *message = (WalMessage *)(void *)buffer;
    uint32_t left = count;
    do {
        memset(message, 0, sizeof *message);
        message->from = sender->sent;
        message->count = left < 64 ? left : 64;
        message->closed = closed;
        if (message->count > 0) {
            memcpy(message->entry, dir->wal + sender->sent, message->count * sizeof(WalEntry));
        }
        const SimRoute route = {.channel = CHANNEL_WAL,
                                .from = primary,
                                .to = sender->standby,
                                .n = sender->stream,
                                .arrive = wal_arrives};
        network_send(world, &route, buffer,
                     (uint32_t)(sizeof *message + message->count * sizeof(WalEntry)));
        sender->sent += message->count;
        left -= message->count;
    } while (left > 0);
}

void stream_feed(SimWorld *world, MemberId primary)
{
    SimInstance *instance = instance_of(world, primary);
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        SimSender *sender = &instance->sender[i];
        if (sender->used && sender->sent < instance->dir.flushed) {
            send_wal(world, primary, sender, false);
        }
    }
}

void sender_end(SimWorld *world, MemberId primary, SimSender *sender)
{
    SimInstance *instance = instance_of(world, primary);
    if (sender->stranger) {
        sender->names = instance->names;
        sender->names_read = instance->names_written;
        sender->pid = ++instance->next_pid;
        return;
    }
    send_wal(world, primary, sender, true);
    sender->used = false;
}

bool stream_to_stranger(SimWorld *world, MemberId primary, MemberId member)
{
    SimInstance *instance = instance_of(world, primary);
    SimSender *sender = instance->sender;
    while (sender < instance->sender + SENDERS_MAX && sender->used) {
        sender++;
    }
    if (!instance->postmaster || instance->recovery || sender == instance->sender + SENDERS_MAX) {
        return true;
    }
    *sender = (SimSender){.used = true,
                          .stranger = true,
                          .standby = MEMBER_NONE,
                          .stream = ++world->streams,
                          .attachment = {.member = member, .epoch = 1, .token = 1},
                          .names = instance->names,
                          .names_read = instance->names_written,
                          .pid = ++instance->next_pid};
    feed_stranger(world, primary, sender);
    return true;
}

void senders_end(SimWorld *world, MemberId primary, bool silently)
{
    SimInstance *instance = instance_of(world, primary);
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        SimSender *sender = &instance->sender[i];
        if (sender->used && !silently) {
            sender_end(world, primary, sender);
        }
        sender->used = false;
    }
}

static void reply_arrives(SimWorld *world, SimEvent *event)
{
    const MemberId primary = (MemberId)event->b;
    const SimPacket *packet = event->data;
    const WalMessage *message = (const WalMessage *)(const void *)packet->bytes;
    SimSender *sender = sender_of(instance_of(world, primary), event->n);
    if (sender == NULL) {
        return;
    }
    if (message->closed) {
        sender->used = false;
        return;
    }
    sender->heard = world->now;
    sender->flush = message->flush;
    release_by(world, primary, sender);
}

/* --- the receiver's side -------------------------------------------------------------------------- */

static void reply_flush(SimWorld *world, MemberId standby, bool closed, uint32_t flush)
{
    const SimInstance *instance = instance_of(world, standby);
    const WalMessage message = {.closed = closed, .flush = flush};
    const SimRoute route = {.channel = CHANNEL_WAL,
                            .from = standby,
                            .to = instance->stream_from,
                            .n = instance->stream,
                            .arrive = reply_arrives};
    network_send(world, &route, &message, sizeof message);
}

static void reply(SimWorld *world, MemberId standby, bool closed)
{
    reply_flush(world, standby, closed, instance_of(world, standby)->dir.flushed);
}

static void standby_replays(SimWorld *world, SimEvent *event)
{
    SimDirectory *dir = &instance_of(world, (MemberId)event->a)->dir;
    if (event->b > dir->replayed && event->b <= dir->flushed) {
        dir->replayed = event->b;
    }
}

static void try_stream(SimWorld *world, SimEvent *event);

/* Without space for a new segment the receiver ends, and another one tries again; over an fsync that failed all of it ends. */
static void receiver_gives_up(SimWorld *world, MemberId standby)
{
    SimInstance *instance = instance_of(world, standby);
    if (!instance->disk_full) {
        instance_panics(world, standby);
        return;
    }
    wal_truncate(&instance->dir, instance->dir.flushed);
    stream_end(world, standby);
    if (instance->upstream.member < SERVERS_MAX && instance->recovery && !instance->by_hand) {
        world_after(world, RETRY,
                    &(SimEvent){.run = try_stream,
                                .actor = actor_instance(standby),
                                .a = standby,
                                .n = ++instance->receiver_turn});
    }
}

static void standby_flushes(SimWorld *world, SimEvent *event)
{
    const MemberId standby = (MemberId)event->a;
    SimInstance *instance = instance_of(world, standby);
    const uint32_t index = event->b;
    if (index <= instance->dir.count && index > instance->dir.flushed) {
        if (instance_disk_refuses(instance)) {
            receiver_gives_up(world, standby);
            return;
        }
        instance->dir.flushed = index;
    }
    if (instance->replay_lag == 0) {
        instance->dir.replayed = instance->dir.flushed;
    } else {
        world_after(world, instance->replay_lag,
                    &(SimEvent){.run = standby_replays,
                                .actor = actor_instance(standby),
                                .a = standby,
                                .b = instance->dir.flushed});
    }
    if (instance->stream == event->n) {
        reply(world, standby, false);
    }
    stream_feed(world, standby);
}

static void lost_stream(SimWorld *world, MemberId standby)
{
    instance_of(world, standby)->stream = 0;
    stream_begin(world, standby);
}

static void wal_arrives(SimWorld *world, SimEvent *event)
{
    const MemberId standby = (MemberId)event->b;
    SimInstance *instance = instance_of(world, standby);
    const SimPacket *packet = event->data;
    const WalMessage *message = (const WalMessage *)(const void *)packet->bytes;
    if (instance->stream == 0 || instance->stream != event->n) {
        return;
    }
    instance->stream_heard = world->now;
    if (message->closed) {
        lost_stream(world, standby);
        return;
    }
    if (!instance->recovery) { /* an outliving one writes over what is there, and says so */
        reply_flush(world, standby, false, message->from + message->count);
        return;
    }
    for (uint32_t i = 0; i < message->count; i++) {
        if (message->from + i == instance->dir.count) {
            (void)wal_append(&instance->dir, message->entry[i].id, message->entry[i].timeline,
                             message->entry[i].commit);
        }
    }
    world_after(world, instance->flush_lag + world_between(world, 200, 900),
                &(SimEvent){.run = standby_flushes,
                            .actor = actor_instance(standby),
                            .a = standby,
                            .b = instance->dir.count,
                            .n = instance->stream});
}

static bool upstream_takes(SimWorld *world, MemberId standby)
{
    const SimInstance *instance = instance_of(world, standby);
    const MemberId up = instance->upstream.member;
    const SimInstance *upstream = instance_of(world, up);
    return network_reaches(world, standby, up, CHANNEL_WAL) && upstream->postmaster &&
           !world->actor[actor_instance(up)].frozen &&
           (upstream->phase == INSTANCE_CLOSED || upstream->phase == INSTANCE_OPEN ||
            upstream->phase == INSTANCE_STANDBY) &&
           member_in(upstream->replicas, standby) &&
           wal_continues(&upstream->dir, wal_timeline(&instance->dir), instance->dir.count);
}

/* One at a time for each standby: its slot is taken while a sender of before has not noticed its end. */
static SimSender *free_sender(SimInstance *instance, MemberId standby)
{
    SimSender *vacant = NULL;
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        SimSender *sender = &instance->sender[i];
        if (sender->used && sender->standby == standby) {
            return NULL;
        }
        vacant = vacant == NULL && !sender->used ? sender : vacant;
    }
    return vacant;
}

static void try_stream(SimWorld *world, SimEvent *event)
{
    const MemberId standby = (MemberId)event->a;
    SimInstance *instance = instance_of(world, standby);
    if (instance->stream != 0 || !instance->recovery || instance->by_hand ||
        event->n != instance->receiver_turn || instance->upstream.member >= SERVERS_MAX) {
        return;
    }
    SimInstance *upstream = instance_of(world, instance->upstream.member);
    SimSender *sender = upstream_takes(world, standby) ? free_sender(upstream, standby) : NULL;
    if (sender == NULL) {
        world_after(
            world, RETRY,
            &(SimEvent){.run = try_stream, .actor = event->actor, .a = standby, .n = event->n});
        return;
    }
    instance->stream = ++world->streams;
    instance->stream_from = instance->upstream.member;
    instance->stream_heard = world->now;
    *sender = (SimSender){.used = true,
                          .standby = standby,
                          .stream = instance->stream,
                          .attachment = instance->upstream.attachment,
                          .names = upstream->names,
                          .names_read = upstream->names_written,
                          .pid = ++upstream->next_pid,
                          .sent = instance->dir.count,
                          .heard = world->now};
    reply(world, standby, false);
    stream_feed(world, instance->upstream.member);
}

void stream_begin(SimWorld *world, MemberId standby)
{
    SimInstance *instance = instance_of(world, standby);
    /* Whoever is being promoted starts no receiver any more. */
    if (instance->upstream.member >= SERVERS_MAX || !instance->recovery || instance->by_hand) {
        return;
    }
    world_after(world, world_between(world, 3000, 12000),
                &(SimEvent){.run = try_stream,
                            .actor = actor_instance(standby),
                            .a = standby,
                            .n = ++instance->receiver_turn});
}

void stream_end(SimWorld *world, MemberId standby)
{
    SimInstance *instance = instance_of(world, standby);
    instance->receiver_turn++;
    if (instance->stream != 0) {
        reply(world, standby, true);
        instance->stream = 0;
    }
}

/* --- keepalives ----------------------------------------------------------------------------------- */

static void watch(SimWorld *world, SimEvent *event)
{
    const MemberId member = (MemberId)event->a;
    SimInstance *instance = instance_of(world, member);
    for (uint32_t i = 0; i < SENDERS_MAX; i++) {
        SimSender *sender = &instance->sender[i];
        if (sender->used && world->now - sender->heard > sender_timeout(world)) {
            sender_end(world, member, sender);
        } else if (sender->used) {
            send_wal(world, member, sender, false);
        }
    }
    if (instance->stream != 0 && world->now - instance->stream_heard > sender_timeout(world)) {
        lost_stream(world, member);
    }
    stream_watch(world, member);
}

void stream_watch(SimWorld *world, MemberId member)
{
    world_after(world, keepalive(world),
                &(SimEvent){.run = watch, .actor = actor_instance(member), .a = member});
}

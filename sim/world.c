/* world.c - the queue of everything that will happen, and the loop that makes it happen. */
#include "sim/world.h"

#include "base/assert.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void *sim_room(size_t size)
{
    void *memory = malloc(size);
    assert(memory != NULL);
    return memory;
}

void *sim_alloc(size_t size)
{
    void *memory = calloc(1, size);
    assert(memory != NULL);
    return memory;
}

void *sim_grow(void *array, uint32_t *room, uint32_t count, size_t each)
{
    if (count < *room) {
        return array;
    }
    *room = *room == 0 ? 64 : *room * 2;
    array = realloc(array, *room * each);
    assert(array != NULL);
    return array;
}

static bool earlier(const SimEvent *a, const SimEvent *b)
{
    return a->at != b->at ? a->at < b->at : a->order < b->order;
}

/* Puts it in, due at `at` and behind all that is. */
static SimEvent *heap_push(SimWorld *world, Micros at, const SimEvent *event)
{
    world->heap = sim_grow(world->heap, &world->heap_room, world->heap_count, sizeof *event);
    SimEvent *heap = world->heap;
    uint32_t place = world->heap_count++;
    /* Nothing of the same time is later in order: times alone tell. */
    while (place > 0 && at < heap[(place - 1) / 2].at) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap[place] = *event;
    heap[place].at = at;
    heap[place].order = world->orders++;
    return &heap[place];
}

static void heap_pop(SimWorld *world, SimEvent *ret)
{
    assert(world->heap_count > 0);
    SimEvent *heap = world->heap;
    const uint32_t count = --world->heap_count;
    const SimEvent *last = &heap[count]; /* stays there until it has its place */
    uint32_t at = 0;
    *ret = heap[0];
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && earlier(&heap[child + 1], &heap[child])) {
            child++;
        }
        if (!earlier(&heap[child], last)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = *last;
}

void world_after(SimWorld *world, Micros delay, const SimEvent *event)
{
    assert(delay >= 0);
    SimEvent *it = heap_push(world, world->now + delay, event);
    if (it->actor != ACTOR_NONE) {
        assert(it->actor < ACTORS_MAX);
        it->life = world->actor[it->actor].life;
    }
}

static void hold(SimActor *actor, const SimEvent *event)
{
    actor->held = sim_grow(actor->held, &actor->held_room, actor->held_count, sizeof *event);
    actor->held[actor->held_count++] = *event;
}

static void carry_out(SimWorld *world, SimEvent *event)
{
    if (event->actor != ACTOR_NONE) {
        SimActor *actor = &world->actor[event->actor];
        if (actor->life == event->life && actor->frozen) {
            hold(actor, event);
            return;
        }
        if (actor->life != event->life) {
            free(event->data);
            return;
        }
    }
    event->run(world, event);
    free(event->data);
}

void world_now(SimWorld *world, const SimEvent *event)
{
    SimEvent copy = *event;
    copy.at = world->now;
    copy.life = world->actor[copy.actor].life;
    carry_out(world, &copy);
}

Micros world_between(SimWorld *world, Micros first, Micros last)
{
    return prng_between(&world->prng, first, last);
}

void actor_die(SimWorld *world, uint16_t actor)
{
    SimActor *it = &world->actor[actor];
    it->life++;
    it->frozen = false;
    for (uint32_t i = 0; i < it->held_count; i++) {
        free(it->held[i].data);
    }
    it->held_count = 0;
}

void actor_freeze(SimWorld *world, uint16_t actor)
{
    world->actor[actor].frozen = true;
    world->actor[actor].frozen_at = world->now;
}

void actor_thaw(SimWorld *world, uint16_t actor)
{
    SimActor *it = &world->actor[actor];
    it->frozen = false;
    it->thawed_at = world->now;
    for (uint32_t i = 0; i < it->held_count; i++) {
        (void)heap_push(world, world->now, &it->held[i]); /* as it was, of the same life */
    }
    it->held_count = 0;
}

void world_run(SimWorld *world, Micros until)
{
    while (world->heap_count > 0 && world->heap[0].at <= until) {
        SimEvent event;
        heap_pop(world, &event);
        assert(event.at >= world->now);
        world->now = event.at;
        carry_out(world, &event);
    }
    world->now = until;
}

bool world_listened(const SimWorld *world)
{
    return world->narrator.line != NULL;
}

void world_say(SimWorld *world, const char *who, const char *what, const char *format, ...)
{
    if (world->narrator.line == NULL) {
        return;
    }
    char more[SIM_TEXT];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(more, sizeof more, format, args); /* a cut line is still a line */
    va_end(args);
    world->narrator.line(world->narrator.self, world->now, who, what, more);
}

const char *world_name(const SimWorld *world, MemberId member)
{
    return member < world->members.count ? world->members.member[member].name : "nobody";
}

MemberId world_member(const SimWorld *world, const char *name)
{
    for (uint8_t m = 0; m < world->members.count; m++) {
        if (str_equal(world->members.member[m].name, name)) {
            return m;
        }
    }
    return MEMBER_NONE;
}

SimWorld *world_new(uint64_t seed, const MemberTable *members, const CoreSettings *settings)
{
    SimWorld *world = sim_alloc(sizeof *world);
    world->prng = prng_seed(seed);
    world->members = *members;
    world->settings = *settings;
    world->instance = sim_alloc(SERVERS_MAX * sizeof *world->instance);
    for (MemberId m = 0; m < SERVERS_MAX; m++) {
        world->instance[m].phase = INSTANCE_NONE;
    }
    world->next_entry = 1;
    world->client_count = 5; /* the last one only reads */
    world->think_min = 2000;
    world->think_max = 8000;
    world->checks.promoted = MEMBER_NONE;
    for (MemberId m = 0; m < members->count; m++) {
        world->host_up[m] = true;
        world->clock_offset[m] = 1000000 + 77777 * (Millis)m; /* hosts booted at different times */
        world->boot[m].bytes[0] = (uint8_t)(m + 1);
        world->boot[m].bytes[1] = 1;
        world->disk[m].delay = DISK_DELAY;
        world->process[m].port = (SimPort){.world = world, .member = m};
        world->process[m].agent = sim_alloc(agent_size());
    }
    network_init(world);
    return world;
}

void world_free(SimWorld *world)
{
    for (uint32_t i = 0; i < world->heap_count; i++) {
        free(world->heap[i].data);
    }
    free(world->heap);
    for (uint32_t i = 0; i < ACTORS_MAX; i++) {
        actor_die(world, (uint16_t)i);
        free(world->actor[i].held);
    }
    for (uint32_t m = 0; m < MEMBERS_MAX; m++) {
        free(world->process[m].agent);
    }
    for (uint32_t m = 0; m < SERVERS_MAX; m++) {
        directory_free(&world->instance[m].dir);
        directory_free(&world->instance[m].copy);
    }
    free(world->instance);
    network_done(world);
    checks_free(&world->checks);
    free(world);
}

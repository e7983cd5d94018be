/* Three members as three processes, two of them killed at random, the third never.
 *
 * What the survivor has open and has allocated after sixty deaths must be what it had before the first:
 * a connection that leaks shows here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/prng.h"
#include "messages.h"
#include "net_help.h"

enum { MEMBERS = 3, SURVIVOR = 2, DEATHS = 60, INTERVAL = 20, FRESH = 200, PATIENCE = 8000 };

/* What a member shows to the test, in memory shared with it. */
typedef struct Shown {
    Millis heard[MEMBERS];
    uint64_t number[MEMBERS]; /* of the last frame */
    uint64_t out_of_order;
    uint64_t errors; /* lines of the log that it should not have written */
    int descriptors;
    size_t allocated;
} Shown;

typedef struct Playing {
    NetConfig config;
    Loop *loop;
    Net *net;
    Shown *shown;
    uint64_t number;
    Deadline beat;
} Playing;

static void on_received(void *self, MemberId from, const uint8_t *bytes, size_t size)
{
    Playing *playing = self;
    ByteReader in = byte_reader(bytes, size);
    const uint64_t number = byte_read_u64(&in);

    playing->shown->heard[from] = loop_now();
    /* A member that was killed begins again with 1; a frame may come twice. */
    if (number < playing->shown->number[from] && number > 50) {
        playing->shown->out_of_order++;
    }
    playing->shown->number[from] = number;
}

static void on_link(void *self, MemberId member, bool up)
{
    (void)self;
    (void)member;
    (void)up;
}

static void on_log(void *self, const LogEntry *entry)
{
    if (message_info(entry->id)->severity >= SEVERITY_ERROR) {
        ((Playing *)self)->shown->errors++;
    }
}

static void on_beat(void *data)
{
    Playing *playing = data;
    const NetPort port = net_port(playing->net);
    uint8_t bytes[64] = {0};
    ByteWriter out = byte_writer(bytes, sizeof(bytes));

    byte_write_u64(&out, ++playing->number);
    for (MemberId to = 0; to < MEMBERS; to++) {
        if (to != playing->config.self) {
            port.send(port.self, to, bytes, sizeof(bytes));
        }
    }
    playing->shown->descriptors = net_help_open_descriptors();
    playing->shown->allocated = mallinfo2().uordblks;
    loop_deadline_set(playing->loop, &playing->beat, loop_now() + INTERVAL, on_beat, playing);
}

static void on_term(void *data)
{
    loop_stop(((Playing *)data)->loop);
}

static int play(const NetConfig *config, MemberId self, Shown *shown)
{
    Playing playing = {.config = net_help_for(config, self), .shown = &shown[self]};
    const Keys keys = config->members.member[self].kind == MEMBER_ARBITER
                          ? net_help_arbiter_keys(config, self)
                          : net_help_keys(NULL);
    const LogPort log = {.self = &playing, .write = on_log};
    const NetOwner owner = {.self = &playing, .received = on_received, .link = on_link};
    Error error;

    if (!loop_new(&playing.loop, &error) ||
        !loop_on_signal(playing.loop, SIGTERM, on_term, &playing, &error) ||
        !net_new(playing.loop, &playing.config, &keys, &log, &owner, &playing.net, &error)) {
        return 1;
    }
    on_beat(&playing);
    loop_run(playing.loop);
    loop_deadline_clear(playing.loop, &playing.beat);
    net_free(playing.net);
    loop_free(playing.loop);
    return 0;
}

typedef struct Scene {
    NetConfig config;
    Shown *shown;
    pid_t pid[MEMBERS];
} Scene;

static void start(Scene *scene, MemberId self)
{
    scene->pid[self] = fork();
    assert_true(scene->pid[self] >= 0);
    if (scene->pid[self] == 0) {
        exit(play(&scene->config, self, scene->shown));
    }
}

static void nap(int time)
{
    (void)poll(NULL, 0, time); /* interrupted: shorter, no harm */
}

static bool all_fresh(const Scene *scene)
{
    for (MemberId a = 0; a < MEMBERS; a++) {
        for (MemberId b = 0; b < MEMBERS; b++) {
            if (a != b && loop_now() - scene->shown[a].heard[b] > FRESH) {
                return false;
            }
        }
    }
    return true;
}

/* Fresh for a while: attempts to connect that were under way are over. */
static void settle(const Scene *scene)
{
    const Millis until = loop_now() + PATIENCE;
    Millis since = loop_now();

    while (loop_now() - since < 1500) {
        if (!all_fresh(scene)) {
            since = loop_now();
        }
        assert_true(loop_now() < until);
        nap(10);
    }
}

static void members_find_each_other_again_after_every_death(void **state)
{
    (void)state;
    Scene scene = {.config = net_help_config(MEMBERS - 1, 1)};
    Prng prng = prng_seed(7);
    int status;

    scene.shown = mmap(NULL, MEMBERS * sizeof(Shown), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(scene.shown != MAP_FAILED);
    for (MemberId i = 0; i < MEMBERS; i++) {
        start(&scene, i);
    }
    settle(&scene);
    const Shown before = scene.shown[SURVIVOR];

    for (int i = 0; i < DEATHS; i++) {
        const MemberId victim = (MemberId)prng_below(&prng, MEMBERS - 1);
        assert_int_equal(kill(scene.pid[victim], SIGKILL), 0);
        assert_int_equal(waitpid(scene.pid[victim], &status, 0), scene.pid[victim]);
        nap((int)prng_below(&prng, 40));
        start(&scene, victim);
        nap((int)prng_below(&prng, 150));
    }
    settle(&scene);
    const Shown after = scene.shown[SURVIVOR];
    assert_int_equal(after.descriptors, before.descriptors);
    assert_true(after.allocated < before.allocated + 16384);

    for (MemberId i = 0; i < MEMBERS; i++) {
        assert_int_equal(scene.shown[i].out_of_order, 0);
        assert_int_equal(scene.shown[i].errors, 0);
        assert_int_equal(kill(scene.pid[i], SIGTERM), 0);
        assert_int_equal(waitpid(scene.pid[i], &status, 0), scene.pid[i]);
        assert_int_equal(status, 0);
    }
    munmap(scene.shown, MEMBERS * sizeof(Shown));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_find_each_other_again_after_every_death),
    };
    return cmocka_run_group_tests_name("net_processes", tests, NULL, NULL);
}

/* Members on loopback, and those who are none: real sockets, real TLS, one loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net_help.h"
#include "sys/net_conn.h"
#include "sys/tls.h"
#include "wire/wire.h"

_Static_assert(NET_FRAME_MAX == (int)WIRE_FRAME_MAX, "what is encoded can be sent");

enum { PEERS_MAX = 4, STEP = 5, PATIENCE = 4000 };

typedef struct Peer {
    struct Scene *scene;
    Net *net;
    NetLog log;
    size_t frames[MEMBERS_MAX];
    char last[MEMBERS_MAX][32];
    size_t size[MEMBERS_MAX];
    int ups[MEMBERS_MAX];
    int downs[MEMBERS_MAX];
} Peer;

typedef struct Scene {
    Loop *loop;
    NetConfig config;
    Peer peer[PEERS_MAX];
    Deadline timer;
    Millis until;
    pid_t child; /* somebody bad; 0: gone */
    int child_status;
    bool (*wanted)(struct Scene *scene);
} Scene;

static void on_received(void *self, MemberId from, const uint8_t *bytes, size_t size)
{
    Peer *peer = self;

    peer->frames[from]++;
    peer->size[from] = size;
    memset(peer->last[from], 0, sizeof(peer->last[from]));
    memcpy(peer->last[from], bytes, size < 31 ? size : 31);
}

static void on_link(void *self, MemberId member, bool up)
{
    Peer *peer = self;

    peer->ups[member] += up;
    peer->downs[member] += !up;
}

static void begin(Scene *scene, uint8_t servers, uint8_t addresses)
{
    Error error;

    memset(scene, 0, sizeof(*scene));
    assert_true(loop_new(&scene->loop, &error));
    scene->config = net_help_config(servers, addresses);
}

static void join_with(Scene *scene, MemberId self, const NetConfig *config, const Keys *keys)
{
    Peer *peer = &scene->peer[self];
    const NetConfig own = net_help_for(config, self);
    const LogPort log = net_help_log(&peer->log);
    const NetOwner owner = {.self = peer, .received = on_received, .link = on_link};
    Error error;

    peer->scene = scene;
    if (!net_new(scene->loop, &own, keys, &log, &owner, &peer->net, &error)) {
        fail_msg("%s", error.text);
    }
}

static void join(Scene *scene, MemberId self)
{
    const bool arbiter = scene->config.members.member[self].kind == MEMBER_ARBITER;
    const Keys keys = arbiter ? net_help_arbiter_keys(&scene->config, self) : net_help_keys(NULL);

    join_with(scene, self, &scene->config, &keys);
}

static void leave(Scene *scene, MemberId self)
{
    net_free(scene->peer[self].net);
    scene->peer[self].net = NULL;
}

static void done(Scene *scene)
{
    for (MemberId i = 0; i < PEERS_MAX; i++) {
        leave(scene, i);
    }
    loop_free(scene->loop);
}

static void on_step(void *data)
{
    Scene *scene = data;

    if (loop_now() >= scene->until || (scene->wanted != NULL && scene->wanted(scene))) {
        loop_stop(scene->loop);
        return;
    }
    loop_deadline_set(scene->loop, &scene->timer, loop_now() + STEP, on_step, scene);
}

static void run_for(Scene *scene, Millis time)
{
    scene->wanted = NULL;
    scene->until = loop_now() + time;
    loop_deadline_set(scene->loop, &scene->timer, loop_now(), on_step, scene);
    loop_run(scene->loop);
}

static void run_until(Scene *scene, bool (*wanted)(Scene *scene))
{
    scene->wanted = wanted;
    scene->until = loop_now() + PATIENCE;
    loop_deadline_set(scene->loop, &scene->timer, loop_now(), on_step, scene);
    loop_run(scene->loop);
    assert_true(wanted(scene));
}

static void say(Scene *scene, MemberId from, MemberId to, const char *text)
{
    const NetPort port = net_port(scene->peer[from].net);

    port.send(port.self, to, (const uint8_t *)text, strlen(text));
}

static bool all_up(Scene *scene)
{
    for (MemberId a = 0; a < scene->config.members.count; a++) {
        for (MemberId b = 0; b < scene->config.members.count; b++) {
            if (a != b && scene->peer[a].net != NULL && scene->peer[b].net != NULL &&
                !net_is_up(scene->peer[a].net, b)) {
                return false;
            }
        }
    }
    return true;
}

static bool a_heard_b(Scene *scene)
{
    return scene->peer[0].frames[1] > 0;
}

static bool b_heard_a(Scene *scene)
{
    return scene->peer[1].frames[0] > 0;
}

static bool child_gone(Scene *scene)
{
    if (scene->child != 0 && waitpid(scene->child, &scene->child_status, WNOHANG) == scene->child) {
        scene->child = 0;
    }
    return scene->child == 0;
}

static bool a_lost_b(Scene *scene)
{
    return !net_is_up(scene->peer[0].net, 1);
}

static void three_members_hear_each_other(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene, 2, 1);
    for (MemberId i = 0; i < 3; i++) {
        join(&scene, i);
    }
    run_until(&scene, all_up);
    for (MemberId a = 0; a < 3; a++) {
        for (MemberId b = 0; b < 3; b++) {
            if (a != b) {
                say(&scene, a, b, "hello");
            }
        }
    }
    run_for(&scene, 100);
    for (MemberId a = 0; a < 3; a++) {
        for (MemberId b = 0; b < 3; b++) {
            if (a != b) {
                assert_int_equal(scene.peer[a].frames[b], 1);
                assert_string_equal(scene.peer[a].last[b], "hello");
                assert_int_equal(scene.peer[a].ups[b], 1);
            }
        }
        assert_int_equal(net_help_count(&scene.peer[a].log, "ERROR"), 0);
        assert_int_equal(net_help_count(&scene.peer[a].log, "connected with"), 2);
    }
    done(&scene);
}

static void the_largest_frame_passes(void **state)
{
    (void)state;
    Scene scene;
    uint8_t bytes[WIRE_FRAME_MAX];
    begin(&scene, 2, 1);
    join(&scene, 0);
    join(&scene, 1);
    run_until(&scene, all_up);
    memset(bytes, 'x', sizeof(bytes));
    const NetPort port = net_port(scene.peer[0].net);
    port.send(port.self, 1, bytes, sizeof(bytes));
    port.send(port.self, 1, (const uint8_t *)"y", 1);
    run_until(&scene, b_heard_a);
    run_for(&scene, 50);
    assert_int_equal(scene.peer[1].frames[0], 2);
    assert_string_equal(scene.peer[1].last[0], "y");
    done(&scene);
}

static void frames_go_over_every_network(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene, 2, 2);
    join(&scene, 0);
    join(&scene, 1);
    run_until(&scene, all_up);
    run_for(&scene, 300); /* the second network, too */
    say(&scene, 0, 1, "vote");
    run_for(&scene, 100);
    assert_true(scene.peer[1].frames[0] >= 2);
    done(&scene);
}

static void a_member_that_comes_back_is_heard_again(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene, 2, 1);
    join(&scene, 0);
    join(&scene, 1);
    run_until(&scene, all_up);
    leave(&scene, 1);
    run_until(&scene, a_lost_b);
    assert_int_equal(scene.peer[0].downs[1], 1);
    say(&scene, 0, 1, "nobody hears this");
    assert_int_equal(net_counters(scene.peer[0].net).dropped, 1);
    join(&scene, 1);
    run_until(&scene, all_up);
    say(&scene, 1, 0, "back");
    run_until(&scene, a_heard_b);
    assert_string_equal(scene.peer[0].last[1], "back");
    assert_int_equal(scene.peer[1].frames[0], 0);
    assert_int_equal(scene.peer[0].ups[1], 2);
    done(&scene);
}

/* A peer that does not read: the queue fills, frames are dropped, nothing waits. */
static void a_peer_that_does_not_read_does_not_hold_us(void **state)
{
    (void)state;
    Scene scene;
    uint8_t bytes[WIRE_FRAME_MAX] = {0};
    begin(&scene, 2, 1);
    join(&scene, 0);
    join(&scene, 1);
    run_until(&scene, all_up);
    const NetPort port = net_port(scene.peer[0].net);
    const Millis start = loop_now();
    for (int i = 0; i < 5000; i++) {
        port.send(port.self, 1, bytes, sizeof(bytes)); /* the loop, and so b, does not run */
    }
    assert_true(loop_now() - start < 2000);
    assert_true(net_counters(scene.peer[0].net).dropped > 1000);
    run_for(&scene, 500);
    assert_true(scene.peer[1].frames[0] > 10);
    say(&scene, 0, 1, "later");
    run_for(&scene, 200);
    assert_string_equal(scene.peer[1].last[0], "later");
    done(&scene);
}

/* ---- those who are none ---- */

static void only_one_refusal(const Scene *scene, const char *reason)
{
    const NetLog *log = &scene->peer[1].log;

    assert_int_equal(net_help_count(log, "ERROR"), 1);
    assert_int_equal(net_help_count(log, reason), 1);
    assert_true(net_counters(scene->peer[1].net).refused >= 2);
    assert_int_equal(scene->peer[1].frames[0], 0);
}

static void a_member_with_another_key_is_refused_and_logged_once(void **state)
{
    (void)state;
    Scene scene;
    begin(&scene, 2, 1);
    const Keys keys = net_help_keys("another secret, thirty-two bytes at least");
    join(&scene, 1);
    run_for(&scene, 20);
    /* b must not dial, or its own log would tell of both directions */
    NetConfig alone = scene.config;
    join_with(&scene, 0, &alone, &keys);
    run_for(&scene, 1500);
    assert_int_equal(net_help_count(&scene.peer[1].log, "refused a connection from 127.0.0.1: "
                                                        "its key is wrong"),
                     1);
    assert_int_equal(net_help_count(&scene.peer[1].log, "no connection with \"a\" at 127.0.0.1: "
                                                        "it refuses the key of this server"),
                     1);
    assert_int_equal(scene.peer[1].log.count, 2);
    assert_true(net_counters(scene.peer[1].net).refused >= 4);
    assert_int_equal(scene.peer[1].ups[0], 0);
    assert_int_equal(scene.peer[0].ups[1], 0);
    done(&scene);
}

/* A child of the test that plays somebody bad, with blocking sockets. */
static pid_t play(void (*role)(const NetConfig *config), const NetConfig *config)
{
    const pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        signal(SIGPIPE, SIG_IGN);
        role(config);
        _exit(0);
    }
    return pid;
}

static int call(const NetConfig *config, MemberId member)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons(config->member[member].address[0].port)};
    const struct timeval limit = {.tv_sec = 3};
    const int fd = socket(AF_INET, SOCK_STREAM, 0);

    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
        _exit(1);
    }
    return fd;
}

static void say_rubbish(const NetConfig *config)
{
    static const uint8_t rubbish[] = "\xff\xff\xff\xff rubbish, and a lot more of it";
    uint8_t byte;

    for (int i = 0; i < 5; i++) {
        const int fd = call(config, 1);
        (void)!write(fd, rubbish, sizeof(rubbish));
        (void)!read(fd, &byte, 1);
        close(fd);
    }
}

/* Speaks TLS with `keys` as `self` to member 1; NULL when it is refused. */
static Tls *speak_tls(const NetConfig *config, const Keys *keys, MemberId self, int fd)
{
    TlsContext *context;
    Error error;
    uint8_t bytes[4096];

    if (!tls_context_new(keys, &config->members, self, &context, &error)) {
        _exit(2);
    }
    Tls *tls = tls_new_client(context, 1);
    while (tls_step(tls) == TLS_HANDSHAKE) {
        size_t size;
        while ((size = tls_pull(tls, bytes, sizeof(bytes))) > 0) {
            (void)!write(fd, bytes, size);
        }
        const ssize_t got = read(fd, bytes, sizeof(bytes));
        if (got <= 0) {
            return NULL;
        }
        tls_feed(tls, bytes, (size_t)got);
    }
    return tls_step(tls) == TLS_OPEN ? tls : NULL;
}

static void send_bytes(Tls *tls, int fd, const void *bytes, size_t size)
{
    uint8_t out[4096];

    if (!tls_write(tls, bytes, size)) {
        _exit(3);
    }
    while ((size = tls_pull(tls, out, sizeof(out))) > 0) {
        (void)!write(fd, out, size);
    }
}

static void send_hello(Tls *tls, int fd, uint64_t members)
{
    uint8_t hello[20] = {0, 0, 0, 16, 'M', 'C', 'H', 'I', 0, CONN_VERSION, 0, CONN_VERSION};

    for (int i = 0; i < 8; i++) {
        hello[12 + i] = (uint8_t)(members >> (56 - 8 * i));
    }
    send_bytes(tls, fd, hello, sizeof(hello));
}

static void wait_for_end(int fd)
{
    uint8_t bytes[4096];

    while (read(fd, bytes, sizeof(bytes)) > 0) {
    }
    close(fd);
}

static void speak_with_the_arbiters_key(const NetConfig *config)
{
    const Keys arbiter = net_help_arbiter_keys(config, 2);
    Keys forged = {.secret_size = KEY_SIZE};

    memcpy(forged.secret, arbiter.own.bytes, KEY_SIZE);
    for (int i = 0; i < 3; i++) {
        const int fd = call(config, 1);
        if (speak_tls(config, &forged, 0, fd) != NULL) {
            _exit(4);
        }
        close(fd);
    }
}

static void announce_four_gigabytes(const NetConfig *config)
{
    const Keys keys = net_help_keys(NULL);

    for (int i = 0; i < 3; i++) {
        const int fd = call(config, 1);
        Tls *tls = speak_tls(config, &keys, 0, fd);
        if (tls == NULL) {
            _exit(5);
        }
        send_hello(tls, fd, net_members(&config->members));
        send_bytes(tls, fd,
                   "\xff\xff\xff\xff"
                   "and so on",
                   13);
        wait_for_end(fd);
    }
}

/* A member that counts votes among others is no member here. */
static void speak_of_other_members(const NetConfig *config)
{
    const Keys keys = net_help_keys(NULL);
    MemberTable other = config->members;
    const Member first = other.member[0];
    other.member[0] = other.member[1];
    other.member[1] = first;

    for (int i = 0; i < 3; i++) {
        const int fd = call(config, 1);
        Tls *tls = speak_tls(config, &keys, 0, fd);
        if (tls == NULL) {
            _exit(7);
        }
        send_hello(tls, fd, net_members(&other));
        wait_for_end(fd);
    }
}

static void speak_another_version(const NetConfig *config)
{
    const Keys keys = net_help_keys(NULL);

    for (int i = 0; i < 3; i++) {
        const int fd = call(config, 1);
        Tls *tls = speak_tls(config, &keys, 0, fd);
        if (tls == NULL) {
            _exit(6);
        }
        send_bytes(tls, fd, "\0\0\0\x08MCHI\0\7\0\5", 12);
        wait_for_end(fd);
    }
}

/* It does not know who votes (E4), and said other things of its members. */
static void speak_the_version_before(const NetConfig *config)
{
    const Keys keys = net_help_keys(NULL);

    for (int i = 0; i < 3; i++) {
        const int fd = call(config, 1);
        Tls *tls = speak_tls(config, &keys, 0, fd);
        if (tls == NULL) {
            _exit(8);
        }
        send_bytes(tls, fd, "\0\0\0\x10MCHI\0\1\0\1ABCDEFGH", 20);
        wait_for_end(fd);
    }
}

/* Stands where a is said to be, and sends back to b whatever b says. */
static void reflect(const NetConfig *config)
{
    const int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons(config->member[0].address[0].port)};
    uint8_t bytes[4096];

    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(listener, (const struct sockaddr *)&at, sizeof(at)) != 0 || listen(listener, 8) != 0) {
        _exit(7);
    }
    for (int i = 0; i < 3; i++) {
        const int from = accept(listener, NULL, NULL);
        const int back = call(config, 1);
        const ssize_t size = read(from, bytes, sizeof(bytes));
        if (size > 0) {
            (void)!write(back, bytes, (size_t)size);
        }
        wait_for_end(back);
        close(from);
    }
}

static void refuses(void (*role)(const NetConfig *config), const char *reason)
{
    Scene scene;
    begin(&scene, 2, 1);
    join(&scene, 1);
    join(&scene, 2);
    run_until(&scene, all_up);
    scene.child = play(role, &scene.config);
    run_until(&scene, child_gone);
    assert_int_equal(scene.child_status, 0);
    only_one_refusal(&scene, reason);
    assert_int_equal(scene.peer[1].ups[0], 0);

    /* Everything else goes on. */
    say(&scene, 2, 1, "still here");
    run_for(&scene, 50);
    assert_string_equal(scene.peer[1].last[2], "still here");
    done(&scene);
}

static void rubbish_is_refused_and_logged_once(void **state)
{
    (void)state;
    refuses(say_rubbish, "refused a connection from 127.0.0.1: it does not speak the protocol");
}

static void the_arbiters_key_as_a_server_is_refused_and_logged_once(void **state)
{
    (void)state;
    refuses(speak_with_the_arbiters_key, "refused a connection from 127.0.0.1: its key is wrong");
}

static void ended_as(void (*role)(const NetConfig *config), const char *reason)
{
    Scene scene;
    begin(&scene, 2, 1);
    join(&scene, 1);
    scene.child = play(role, &scene.config);
    run_until(&scene, child_gone);
    assert_int_equal(scene.child_status, 0);
    only_one_refusal(&scene, reason);
    assert_int_equal(net_counters(scene.peer[1].net).refused, 3);
    done(&scene);
}

static void an_own_hello_sent_back_is_refused_and_logged_once(void **state)
{
    (void)state;
    ended_as(reflect, "refused a connection from 127.0.0.1: it speaks in the name of this server");
}

static void a_frame_of_four_gigabytes_ends_the_connection(void **state)
{
    (void)state;
    ended_as(announce_four_gigabytes,
             "server \"a\" sent what cannot be understood: a message of a forbidden length");
}

static void another_version_ends_the_connection(void **state)
{
    (void)state;
    ended_as(speak_another_version, "a version that this program does not speak");
    ended_as(speak_the_version_before, "a version that this program does not speak");
}

static void other_members_end_the_connection(void **state)
{
    (void)state;
    ended_as(speak_of_other_members, "has other members in its network.conf");
}

static void a_longer_table_fits_as_far_as_the_shorter_one_goes(void **state)
{
    (void)state;
    MemberTable three = {
        .count = 3, .member = {{"a", MEMBER_SERVER}, {"b", MEMBER_SERVER}, {"w", MEMBER_ARBITER}}};
    MemberTable two = three;
    two.count = 2;
    assert_true(net_members_fit(&three, net_members(&two)));
    assert_true(net_members_fit(&two, net_members(&three))); /* the other side looks */
    two.member[1].name[0] = 'c';
    assert_false(net_members_fit(&three, net_members(&two)));
    two.count = 0;
    assert_false(net_members_fit(&three, net_members(&two)));
    assert_false(
        net_members_fit(&three, (uint64_t)(MEMBERS_MAX + 1) << 56)); /* nobody has so many */
}

static void a_crowd_of_strangers_does_not_keep_members_out(void **state)
{
    (void)state;
    Scene scene;
    int strangers[40];
    begin(&scene, 2, 1);
    join(&scene, 1);
    for (size_t i = 0; i < 40; i++) {
        strangers[i] = call(&scene.config, 1);
        run_for(&scene, 2);
    }
    join(&scene, 0);
    run_until(&scene, all_up);
    say(&scene, 0, 1, "through the crowd");
    run_until(&scene, b_heard_a);
    run_for(&scene, 2500); /* those who were left are out of time */
    for (size_t i = 0; i < 40; i++) {
        struct pollfd poll_fd = {.fd = strangers[i], .events = POLLIN};
        assert_int_equal(poll(&poll_fd, 1, 0), 1);
        close(strangers[i]);
    }
    assert_int_equal(net_help_count(&scene.peer[1].log, "it did not show a key in time"), 1);
    done(&scene);
}

static void an_address_in_use_is_an_error(void **state)
{
    (void)state;
    Scene scene;
    Net *net = NULL;
    Error error = {0};
    begin(&scene, 2, 1);
    join(&scene, 0);
    const NetConfig own = net_help_for(&scene.config, 0);
    const Keys keys = net_help_keys(NULL);
    const LogPort log = net_help_log(&scene.peer[1].log);
    const NetOwner owner = {.self = &scene.peer[1], .received = on_received, .link = on_link};
    assert_false(net_new(scene.loop, &own, &keys, &log, &owner, &net, &error));
    assert_int_equal(error.kind, ERROR_NETWORK);
    assert_non_null(strstr(error.text, "could not listen at 127.0.0.1 port"));
    assert_non_null(strstr(error.text, "Address already in use"));
    done(&scene);
}

static void names_become_addresses(void **state)
{
    (void)state;
    NetAddress address;
    Error error;
    assert_true(net_resolve("127.0.0.1", 27540, &address, &error));
    assert_string_equal(address.host, "127.0.0.1");
    assert_int_equal(address.port, 27540);
    assert_true(net_resolve("localhost", 1, &address, &error));
    assert_false(net_resolve("no such host", 1, &address, &error));
}

static void nothing_stays_open(void **state)
{
    const int before = *(int *)*state;
    assert_int_equal(net_help_open_descriptors(), before);
}

int main(void)
{
    Loop *loop;
    Error error;
    if (!loop_new(&loop, &error)) {
        return 1;
    }
    loop_free(loop); /* libuv keeps a pipe for signals from the first loop on */
    int before = net_help_open_descriptors();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_members_hear_each_other),
        cmocka_unit_test(the_largest_frame_passes),
        cmocka_unit_test(frames_go_over_every_network),
        cmocka_unit_test(a_member_that_comes_back_is_heard_again),
        cmocka_unit_test(a_peer_that_does_not_read_does_not_hold_us),
        cmocka_unit_test(a_member_with_another_key_is_refused_and_logged_once),
        cmocka_unit_test(rubbish_is_refused_and_logged_once),
        cmocka_unit_test(the_arbiters_key_as_a_server_is_refused_and_logged_once),
        cmocka_unit_test(an_own_hello_sent_back_is_refused_and_logged_once),
        cmocka_unit_test(a_longer_table_fits_as_far_as_the_shorter_one_goes),
        cmocka_unit_test(a_frame_of_four_gigabytes_ends_the_connection),
        cmocka_unit_test(another_version_ends_the_connection),
        cmocka_unit_test(other_members_end_the_connection),
        cmocka_unit_test(a_crowd_of_strangers_does_not_keep_members_out),
        cmocka_unit_test(an_address_in_use_is_an_error),
        cmocka_unit_test(names_become_addresses),
        cmocka_unit_test_prestate(nothing_stays_open, &before),
    };
    return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}

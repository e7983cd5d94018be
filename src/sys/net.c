/* net.c - keeps the connections of one member, and chooses among them.
 *
 * Two members have a connection in each direction and on each network, and any of them may have died without
 * having said so. A frame goes over the one on which the peer was heard last; when that has been quiet, over
 * all. So the two sides settle on a way that works, whichever that is, without agreeing on it. */
#include "sys/net.h"

#include "base/assert.h"
#include "base/prng.h"
#include "base/str.h"
#include "messages.h"
#include "sys/kill_point.h"
#include "sys/net_conn.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* One address of one peer, and the attempt or connection to it. */
typedef struct Dial {
    Net *net;
    MemberId peer;
    uint8_t path;
    struct sockaddr_storage to;
    Conn *conn;
    Millis pause;
    Deadline retry;
} Dial;

typedef struct Listener {
    Net *net;
    uint8_t index;
    bool open;
    uv_tcp_t tcp;
} Listener;

/* What was logged already. */
typedef struct RefusalNote {
    char who[CONN_ADDRESS_SIZE];
    int kind;
    Millis at;
} RefusalNote;

struct Net {
    Loop *loop;
    NetConfig config;
    LogPort log;
    NetOwner owner;
    ConnOwner conn_owner;
    TlsContext *tls;
    Prng prng;
    Conn *conns; /* all that have not ended, newest first */
    MemberSet up;
    NetCounters counters;
    bool ending;
    size_t dial_count;
    Dial dials[MEMBERS_MAX * NET_ADDRESSES_MAX];
    int open_listeners;
    Listener listeners[NET_ADDRESSES_MAX];
    size_t refusal_count;
    RefusalNote refusals[NET_REFUSALS_MAX];
    uint8_t scratch[CONN_SCRATCH_SIZE];
};

static const char *name_of(const Net *net, MemberId member)
{
    assert(member < net->config.members.count);
    return net->config.members.member[member].name;
}

bool net_is_up(const Net *net, MemberId member)
{
    return (net->up >> member & 1) != 0;
}

NetCounters net_counters(const Net *net)
{
    return net->counters;
}

/* ---- what is logged ---- */

/* Whether this has not been said lately; remembers that it now has. */
static bool is_news(Net *net, const char *who, int kind)
{
    const Millis now = loop_now();
    RefusalNote *oldest = NULL;

    for (size_t i = 0; i < net->refusal_count; i++) {
        RefusalNote *note = &net->refusals[i];
        if (note->kind == kind && str_equal(note->who, who)) {
            const bool news = now - note->at >= NET_REFUSAL_AGAIN;
            note->at = news ? now : note->at;
            return news;
        }
        oldest = oldest == NULL || note->at < oldest->at ? note : oldest;
    }
    if (net->refusal_count < NET_REFUSALS_MAX) {
        oldest = &net->refusals[net->refusal_count++];
    } else if (now - oldest->at < NET_REFUSAL_AGAIN) {
        return false; /* a flood from many addresses: enough was said */
    }
    (void)str_copy(oldest->who, sizeof(oldest->who), who); /* both have the size of an address */
    oldest->kind = kind;
    oldest->at = now;
    return true;
}

/* FNV-1a. It tells mistakes apart, not enemies: those have no key. */
uint64_t net_members(const MemberTable *members)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (uint8_t m = 0; m < members->count; m++) {
        const Member *member = &members->member[m];
        for (const char *at = member->name; *at != '\0'; at++) {
            hash = (hash ^ (uint8_t)*at) * UINT64_C(0x100000001b3);
        }
        hash = (hash ^ (member->kind == MEMBER_ARBITER ? 1 : 2)) * UINT64_C(0x100000001b3);
    }
    return (uint64_t)members->count << 56 | (hash & UINT64_C(0x00ffffffffffffff));
}

bool net_members_fit(const MemberTable *members, uint64_t theirs)
{
    MemberTable first = *members;
    if (theirs >> 56 > members->count) {
        return theirs >> 56 <= MEMBERS_MAX; /* the other side compares */
    }
    first.count = (uint8_t)(theirs >> 56);
    return first.count > 0 && net_members(&first) == theirs;
}

static void write_log(const Net *net, const LogEntry *entry)
{
    net->log.write(net->log.self, entry);
}

static void report_refusal(Net *net, const Conn *conn, const char *reason, int kind)
{
    net->counters.refused++;
    if (is_news(net, conn->address, kind)) {
        const LogEntry entry =
            conn->inbound ? msg_peer_refused(conn->address, reason)
                          : msg_peer_not_joined(name_of(net, conn->peer), conn->address, reason);
        write_log(net, &entry);
    }
}

static void report_bad_frame(Net *net, const Conn *conn, const char *reason, int kind)
{
    const char *name = name_of(net, conn->peer);

    net->counters.refused++;
    if (is_news(net, name, kind)) {
        const LogEntry entry = msg_peer_bad_frame(name, reason);
        write_log(net, &entry);
    }
}

static void report_other_members(Net *net, const Conn *conn, int kind)
{
    const char *name = name_of(net, conn->peer);

    net->counters.refused++;
    if (is_news(net, name, kind)) {
        const LogEntry entry = msg_peer_wrong_members(name);
        write_log(net, &entry);
    }
}

static void report_end(Net *net, const Conn *conn, ConnEnd end)
{
    const int kind = (int)TLS_REFUSAL_COUNT + (int)end;
    TlsRefusal refusal;

    switch (end) {
    case CONN_END_QUIET:
        break;
    case CONN_END_REFUSAL:
        refusal = tls_refusal(conn->tls) == TLS_REFUSAL_NONE ? TLS_REFUSAL_GARBAGE
                                                             : tls_refusal(conn->tls);
        report_refusal(net, conn, tls_refusal_text(refusal), (int)refusal);
        break;
    case CONN_END_TIMEOUT:
        report_refusal(net, conn, "it did not show a key in time", kind);
        break;
    case CONN_END_FRAME:
        report_bad_frame(net, conn, "a message of a forbidden length", kind);
        break;
    case CONN_END_VERSION:
        report_bad_frame(net, conn, "a version that this program does not speak", kind);
        break;
    case CONN_END_MEMBERS:
        report_other_members(net, conn, kind);
        break;
    }
}

/* ---- connections ---- */

static void try_dial(void *data);

static void schedule_dial(Dial *dial)
{
    Net *net = dial->net;
    const Millis pause = prng_between(&net->prng, NET_RETRY_FIRST, dial->pause);

    dial->pause = dial->pause * 2 < NET_RETRY_LAST ? dial->pause * 2 : NET_RETRY_LAST;
    loop_deadline_set(net->loop, &dial->retry, loop_now() + pause, try_dial, dial);
}

static void insert_conn(Net *net, Conn *conn)
{
    conn->next = net->conns;
    net->conns = conn;
}

static void remove_conn(Net *net, Conn *conn)
{
    Conn **link = &net->conns;

    while (*link != conn) {
        assert(*link != NULL);
        link = &(*link)->next;
    }
    *link = conn->next;
}

static void try_dial(void *data)
{
    Dial *dial = data;
    Net *net = dial->net;

    assert(dial->conn == NULL);
    dial->conn =
        conn_dial(&net->conn_owner, net->loop, net->scratch, tls_new_client(net->tls, dial->peer),
                  (const struct sockaddr *)&dial->to, net->config.detection);
    if (dial->conn == NULL) {
        schedule_dial(dial);
        return;
    }
    dial->conn->path = dial->path;
    insert_conn(net, dial->conn);
}

static void refresh_link(Net *net, MemberId member)
{
    bool up = false;

    for (const Conn *conn = net->conns; conn != NULL; conn = conn->next) {
        up = up || (conn->peer == member && conn->state == CONN_UP);
    }
    if (up != net_is_up(net, member)) {
        net->up = (MemberSet)(net->up ^ 1U << member);
        if (!net->ending) {
            net->owner.link(net->owner.self, member, up);
        }
    }
}

static void on_ended(void *self, Conn *conn, ConnEnd end)
{
    Net *net = self;

    remove_conn(net, conn);
    if (net->ending) {
        return;
    }
    report_end(net, conn, end);
    if (conn->state == CONN_UP) {
        refresh_link(net, conn->peer);
    }
    for (size_t i = 0; i < net->dial_count; i++) {
        if (net->dials[i].conn == conn) {
            net->dials[i].conn = NULL;
            schedule_dial(&net->dials[i]);
        }
    }
}

/* Which of the peer's networks an inbound connection belongs to, by the address it came from. */
static uint8_t path_of(const Net *net, const Conn *conn)
{
    const NetMember *member = &net->config.member[conn->peer];

    for (uint8_t i = 0; i < member->address_count; i++) {
        if (str_equal(member->address[i].host, conn->address)) {
            return i;
        }
    }
    return 0;
}

/* A member that comes again to the same address has lost the connection that it had there. */
static void end_older(Net *net, const Conn *newest)
{
    Conn *next;

    for (Conn *conn = net->conns; conn != NULL; conn = next) {
        next = conn->next;
        if (conn != newest && conn->inbound && conn->state == CONN_UP &&
            conn->peer == newest->peer && conn->listener == newest->listener) {
            conn_end(conn, CONN_END_QUIET);
        }
    }
}

static void on_up(void *self, Conn *conn)
{
    Net *net = self;
    const bool first = !net_is_up(net, conn->peer);

    if (conn->inbound) {
        conn->path = path_of(net, conn);
    }
    for (size_t i = 0; i < net->dial_count; i++) {
        if (net->dials[i].conn == conn) {
            net->dials[i].pause = 2 * NET_RETRY_FIRST;
        }
    }
    refresh_link(net, conn->peer);
    if (conn->inbound) {
        end_older(net, conn);
    }
    if (first) {
        const LogEntry entry = msg_peer_connected(name_of(net, conn->peer), conn->address);
        write_log(net, &entry);
    }
}

static void on_notice(void *self, Conn *conn, const uint8_t *bytes, size_t size)
{
    Net *net = self;

    if (net->owner.noticed != NULL) {
        net->owner.noticed(net->owner.self, conn->peer, bytes, size);
    }
}

static void on_frame(void *self, Conn *conn, const uint8_t *bytes, size_t size)
{
    Net *net = self;

    net->counters.received++;
    net->owner.received(net->owner.self, conn->peer, bytes, size);
}

static void on_files(void *self, int socket)
{
    Net *net = self;

    if (net->owner.files != NULL) {
        net->owner.files(net->owner.self, socket);
    }
}

static void make_room_for_stranger(Net *net)
{
    Conn *oldest = NULL;
    int count = 0;

    for (Conn *conn = net->conns; conn != NULL; conn = conn->next) {
        if (conn->inbound && conn->state < CONN_UP) {
            count++;
            oldest = conn; /* the list begins with the newest */
        }
    }
    if (count >= NET_STRANGERS_MAX) {
        conn_end(oldest, CONN_END_QUIET);
    }
}

static void on_connection(uv_stream_t *stream, int status)
{
    Listener *listener = stream->data;
    Net *net = listener->net;

    if (status != 0) {
        return; /* gone before it was accepted, or no descriptor left */
    }
    make_room_for_stranger(net);
    Conn *conn = conn_accept(&net->conn_owner, net->loop, net->scratch, tls_new_server(net->tls),
                             stream, net->config.detection);
    if (conn != NULL) {
        conn->listener = listener->index;
        insert_conn(net, conn);
        conn_begin(conn);
    }
}

/* ---- sending ---- */

static Conn *heard_last(const Net *net, MemberId to, unsigned path)
{
    Conn *best = NULL;

    for (Conn *conn = net->conns; conn != NULL; conn = conn->next) {
        if (conn->state == CONN_UP && conn->peer == to && conn->path == path &&
            (best == NULL || conn->heard > best->heard)) {
            best = conn;
        }
    }
    return best;
}

static bool send_over(Net *net, Conn *conn, const uint8_t *bytes, size_t size)
{
    const bool sent = conn_send(conn, bytes, size);

    net->counters.sent += sent;
    return sent;
}

static bool send_on_path(Net *net, MemberId to, unsigned path, const uint8_t *bytes, size_t size)
{
    const Millis quiet = net->config.detection / 4;
    Conn *best = heard_last(net, to, path);
    bool sent = false;
    Conn *next;

    if (best == NULL) {
        return false;
    }
    if (loop_now() - best->heard < quiet && send_over(net, best, bytes, size)) {
        return true;
    }
    for (Conn *conn = net->conns; conn != NULL; conn = next) {
        next = conn->next;
        if (conn->state == CONN_UP && conn->peer == to && conn->path == path) {
            sent = send_over(net, conn, bytes, size) || sent;
        }
    }
    return sent;
}

static void port_send(void *self, MemberId to, const uint8_t *bytes, size_t size)
{
    Net *net = self;
    bool sent = false;

    assert(to < MEMBERS_MAX &&
           to != net->config.self); /* of whom no line tells: without an address */
    assert(size > 0 && size <= NET_FRAME_MAX);
    kill_point(ACTION_SEND, KILL_BEFORE);
    for (unsigned path = 0; path < net->config.member[to].address_count; path++) {
        sent = send_on_path(net, to, path, bytes, size) || sent;
    }
    net->counters.dropped += !sent;
    kill_point(ACTION_SEND, KILL_AFTER);
}

NetPort net_port(Net *net)
{
    return (NetPort){.self = net, .send = port_send};
}

/* ---- begin and end ---- */

bool net_resolve(const char *host, uint16_t port, NetAddress *ret, Error *error)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    NetAddress address = {.port = port};

    const int result = getaddrinfo(host, NULL, &hints, &found);
    if (result != 0) {
        return error_set(error, ERROR_NETWORK, "cannot find the address of \"%s\": %s", host,
                         gai_strerror(result));
    }
    const int named = getnameinfo(found->ai_addr, found->ai_addrlen, address.host,
                                  sizeof(address.host), NULL, 0, NI_NUMERICHOST);
    freeaddrinfo(found);
    if (named != 0) {
        return error_set(error, ERROR_NETWORK, "cannot use the address of \"%s\": %s", host,
                         gai_strerror(named));
    }
    *ret = address;
    return true;
}

static bool to_sockaddr(const NetAddress *address, struct sockaddr_storage *ret, Error *error)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)ret;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)ret;

    memset(ret, 0, sizeof(*ret));
    if (uv_ip4_addr(address->host, address->port, v4) != 0 &&
        uv_ip6_addr(address->host, address->port, v6) != 0) {
        return error_set(error, ERROR_CONFIG, "\"%s\" is no numeric address", address->host);
    }
    return true;
}

static bool listen_at(Net *net, uint8_t index, Error *error)
{
    const NetAddress *address = &net->config.member[net->config.self].address[index];
    Listener *listener = &net->listeners[index];
    struct sockaddr_storage at;

    if (!to_sockaddr(address, &at, error)) {
        return false;
    }
    int result = uv_tcp_init(loop_uv(net->loop), &listener->tcp);
    assert(result == 0);
    listener->net = net;
    listener->index = index;
    listener->open = true;
    listener->tcp.data = listener;
    net->open_listeners++;
    result = uv_tcp_bind(&listener->tcp, (const struct sockaddr *)&at, 0);
    if (result == 0) {
        result = uv_listen((uv_stream_t *)&listener->tcp, 2 * MEMBERS_MAX, on_connection);
    }
    if (result != 0) {
        (void)!error_set_errno(error, -result, "could not listen at %s port %u", address->host,
                               address->port);
        error->kind = ERROR_NETWORK;
        return false;
    }
    return true;
}

static bool add_dials(Net *net, MemberId peer, Error *error)
{
    const NetMember *member = &net->config.member[peer];

    for (uint8_t i = 0; i < member->address_count; i++) {
        Dial *dial = &net->dials[net->dial_count];
        *dial = (Dial){.net = net, .peer = peer, .path = i, .pause = 2 * NET_RETRY_FIRST};
        if (!to_sockaddr(&member->address[i], &dial->to, error)) {
            return false;
        }
        net->dial_count++;
        loop_deadline_set(net->loop, &dial->retry, loop_now(), try_dial, dial);
    }
    return true;
}

static bool begin(Net *net, Error *error)
{
    const NetMember *self = &net->config.member[net->config.self];

    for (uint8_t i = 0; i < self->address_count; i++) {
        if (!listen_at(net, i, error)) {
            return false;
        }
    }
    for (MemberId peer = 0; peer < net->config.members.count; peer++) {
        if (peer != net->config.self && !add_dials(net, peer, error)) {
            return false;
        }
    }
    return true;
}

bool net_new(Loop *loop, const NetConfig *config, const Keys *keys, const LogPort *log,
             const NetOwner *owner, Net **ret, Error *error)
{
    Net *net = calloc(1, sizeof(*net));
    uint64_t seed;

    if (net == NULL) {
        return error_set_errno(error, ENOMEM, "cannot make the network");
    }
    if (!tls_context_new(keys, &config->members, config->self, &net->tls, error)) {
        free(net);
        return false;
    }
    if (getrandom(&seed, sizeof(seed), 0) != (ssize_t)sizeof(seed)) {
        seed = (uint64_t)loop_now(); /* it only spreads the pauses */
    }
    net->prng = prng_seed(seed);
    net->loop = loop;
    net->config = *config;
    net->log = *log;
    net->owner = *owner;
    net->conn_owner = (ConnOwner){.self = net,
                                  .members = &net->config.members,
                                  .notice_size = config->notice_size,
                                  .noticed = on_notice,
                                  .up = on_up,
                                  .frame = on_frame,
                                  .files = on_files,
                                  .ended = on_ended};
    assert(config->notice_size <= NET_NOTICE_MAX);
    memcpy(net->conn_owner.notice, config->notice, config->notice_size);
    if (!begin(net, error)) {
        net_free(net);
        return false;
    }
    *ret = net;
    return true;
}

/* The memory goes with the last handle that points into it. */
static void release(Net *net)
{
    if (net->open_listeners == 0) {
        free(net);
    }
}

static void on_listener_closed(uv_handle_t *handle)
{
    Listener *listener = handle->data;
    Net *net = listener->net;

    net->open_listeners--;
    release(net);
}

void net_tell(Net *net, const uint8_t *notice, size_t size)
{
    Conn *next;

    assert(size <= NET_NOTICE_MAX);
    memcpy(net->conn_owner.notice, notice, size);
    net->conn_owner.notice_size = size;
    for (Conn *conn = net->conns; conn != NULL; conn = next) {
        next = conn->next;
        conn_end(conn, CONN_END_QUIET);
    }
}

void net_free(Net *net)
{
    if (net == NULL) {
        return;
    }
    net->ending = true;
    for (size_t i = 0; i < net->dial_count; i++) {
        loop_deadline_clear(net->loop, &net->dials[i].retry);
    }
    while (net->conns != NULL) {
        conn_end(net->conns, CONN_END_QUIET);
    }
    tls_context_free(
        net->tls); /* each connection's SSL holds its own reference to OpenSSL's part */
    net->tls = NULL;
    if (net->open_listeners == 0) {
        free(net);
        return;
    }
    for (size_t i = 0; i < NET_ADDRESSES_MAX; i++) {
        if (net->listeners[i].open) {
            uv_close((uv_handle_t *)&net->listeners[i].tcp, on_listener_closed);
        }
    }
}

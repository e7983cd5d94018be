/* net_conn.c - the life of one connection.
 *
 * Every byte that arrives is pushed through TLS at once and cut into frames, so that a connection holds at
 * most one frame; every byte to be sent is handed to the kernel at once, and only what it does not
 * take waits, bounded by CONN_QUEUE_MAX. */
#include "sys/net_conn.h"

#include "base/assert.h"
#include "sys/kill_point.h"
#include "sys/link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const uint8_t hello_magic[4] = {'M', 'C', 'H', 'I'};
enum { HELLO_VERSIONS_SIZE = 8, HELLO_SIZE = HELLO_VERSIONS_SIZE + 8 };

/* Bytes that the kernel did not take at once. */
typedef struct Pending {
    uv_write_t request;
    Conn *conn;
    uint8_t bytes[];
} Pending;

static void on_closed(uv_handle_t *handle)
{
    Conn *conn = handle->data;

    tls_free(conn->tls);
    free(conn);
}

void conn_end(Conn *conn, ConnEnd end)
{
    if (conn->state == CONN_ENDED) {
        return;
    }
    loop_deadline_clear(conn->loop, &conn->limit);
    conn->owner->ended(conn->owner->self, conn, end);
    conn->state = CONN_ENDED;
    uv_close((uv_handle_t *)&conn->tcp, on_closed);
}

static void on_written(uv_write_t *request, int status)
{
    Pending *pending = request->data;
    Conn *conn = pending->conn;

    free(pending);
    if (status != 0) {
        conn_end(conn, CONN_END_QUIET);
    }
}

/* false: the connection is broken. */
static bool queue_write(Conn *conn, const uint8_t *bytes, size_t size)
{
    Pending *pending = malloc(sizeof(*pending) + size);
    if (pending == NULL) {
        return false;
    }
    pending->conn = conn;
    pending->request.data = pending;
    memcpy(pending->bytes, bytes, size);
    uv_buf_t buffer = uv_buf_init((char *)pending->bytes, (unsigned)size);
    if (uv_write(&pending->request, (uv_stream_t *)&conn->tcp, &buffer, 1, on_written) != 0) {
        free(pending);
        return false;
    }
    return true;
}

/* Everything that TLS has for the network. */
static void flush(Conn *conn)
{
    uint8_t bytes[4096];
    size_t size;

    while (conn->state != CONN_ENDED && (size = tls_pull(conn->tls, bytes, sizeof(bytes))) > 0) {
        uv_buf_t buffer = uv_buf_init((char *)bytes, (unsigned)size);
        int taken = uv_try_write((uv_stream_t *)&conn->tcp, &buffer, 1);
        if (taken == UV_EAGAIN) {
            taken = 0;
        }
        if (taken < 0 ||
            ((size_t)taken < size && !queue_write(conn, bytes + taken, size - (size_t)taken))) {
            conn_end(conn, CONN_END_QUIET);
        }
    }
}

static void put_length(uint8_t *to, size_t size)
{
    to[0] = (uint8_t)(size >> 24);
    to[1] = (uint8_t)(size >> 16);
    to[2] = (uint8_t)(size >> 8);
    to[3] = (uint8_t)size;
}

static bool write_frame(Conn *conn, const uint8_t *bytes, size_t size)
{
    uint8_t frame[NET_FRAME_HEADER + NET_FRAME_MAX];

    assert(size > 0 && size <= NET_FRAME_MAX);
    put_length(frame, size);
    memcpy(frame + NET_FRAME_HEADER, bytes, size);
    return tls_write(conn->tls, frame, NET_FRAME_HEADER + size);
}

/* What a peer gets of one that dies while it sends. */
static void write_half(Conn *conn, const uint8_t *bytes, size_t size)
{
    uint8_t frame[NET_FRAME_HEADER + NET_FRAME_MAX];

    put_length(frame, size);
    memcpy(frame + NET_FRAME_HEADER, bytes, size);
    if (tls_write(conn->tls, frame, NET_FRAME_HEADER + size / 2)) {
        flush(conn);
    }
}

bool conn_send(Conn *conn, const uint8_t *bytes, size_t size)
{
    if (conn->state != CONN_UP ||
        uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp) > CONN_QUEUE_MAX) {
        return false;
    }
    if (kill_point_is_due(ACTION_SEND, KILL_DURING)) {
        write_half(conn, bytes, size);
        kill_point_end();
    }
    const bool sent = write_frame(conn, bytes, size);
    flush(conn);
    return sent;
}

static void put_members(uint8_t *to, uint64_t members)
{
    for (int i = 0; i < 8; i++) {
        to[i] = (uint8_t)(members >> (56 - 8 * i));
    }
}

static void send_hello(Conn *conn)
{
    uint8_t hello[HELLO_SIZE + CONN_NOTICE_MAX] = {'M', 'C',          'H', 'I',
                                                   0,   CONN_VERSION, 0,   CONN_VERSION};

    assert(conn->owner->notice_size <= CONN_NOTICE_MAX);
    put_members(hello + HELLO_VERSIONS_SIZE, net_members(conn->owner->members));
    memcpy(hello + HELLO_SIZE, conn->owner->notice, conn->owner->notice_size);
    if (!write_frame(conn, hello, HELLO_SIZE + conn->owner->notice_size)) {
        conn_end(conn, CONN_END_QUIET);
    }
}

static bool hello_fits(const uint8_t *bytes, size_t size)
{
    if (size < HELLO_VERSIONS_SIZE || memcmp(bytes, hello_magic, sizeof(hello_magic)) != 0) {
        return false;
    }
    const unsigned newest = (unsigned)bytes[4] << 8 | bytes[5];
    const unsigned oldest = (unsigned)bytes[6] << 8 | bytes[7];
    return oldest <= CONN_VERSION && newest >= CONN_VERSION;
}

/* E4: among other members, or in another order, its numbers name others. */
static bool same_members(const Conn *conn, const uint8_t *bytes, size_t size)
{
    uint64_t theirs = 0;

    if (size < HELLO_SIZE) {
        return false;
    }
    for (int i = 0; i < 8; i++) {
        theirs = theirs << 8 | bytes[HELLO_VERSIONS_SIZE + i];
    }
    return net_members_fit(conn->owner->members, theirs);
}

static void take_frame(Conn *conn, const uint8_t *bytes, size_t size)
{
    conn->heard = loop_now();
    if (conn->state == CONN_UP) {
        conn->owner->frame(conn->owner->self, conn, bytes, size);
        return;
    }
    assert(conn->state == CONN_GREETING);
    if (!hello_fits(bytes, size)) {
        conn_end(conn, CONN_END_VERSION);
        return;
    }
    if (!same_members(conn, bytes, size)) {
        conn_end(conn, CONN_END_MEMBERS);
        return;
    }
    loop_deadline_clear(conn->loop, &conn->limit);
    const size_t notice_size = size - HELLO_SIZE;
    conn->owner->noticed(conn->owner->self, conn, bytes + HELLO_SIZE,
                         notice_size > CONN_NOTICE_MAX ? CONN_NOTICE_MAX : notice_size);
    conn->state = CONN_UP;
    conn->owner->up(conn->owner->self, conn);
}

/* One step of collecting a frame: its header, then the rest. How many bytes may still come in. */
static size_t wanted(const Conn *conn)
{
    if (conn->have < NET_FRAME_HEADER) {
        return NET_FRAME_HEADER - conn->have;
    }
    const uint8_t *f = conn->frame;
    const size_t size = (size_t)f[0] << 24 | (size_t)f[1] << 16 | (size_t)f[2] << 8 | (size_t)f[3];
    return size == 0 || size > NET_FRAME_MAX ? SIZE_MAX : NET_FRAME_HEADER + size - conn->have;
}

static void read_frames(Conn *conn)
{
    while (conn->state != CONN_ENDED) {
        size_t want = wanted(conn);
        if (want == SIZE_MAX) {
            conn_end(conn, CONN_END_FRAME);
            return;
        }
        const size_t got = tls_read(conn->tls, conn->frame + conn->have, want);
        if (got == 0) {
            return;
        }
        conn->have += got;
        if (got == want && conn->have > NET_FRAME_HEADER) {
            const size_t size = conn->have - NET_FRAME_HEADER;
            conn->have = 0;
            take_frame(conn, conn->frame + NET_FRAME_HEADER, size);
        }
    }
}

/* After anything has come in. */
static void advance(Conn *conn)
{
    const bool shaking = conn->state == CONN_SHAKING;
    const TlsState state = tls_step(conn->tls);

    if (shaking && state == TLS_OPEN) {
        conn->peer = tls_peer(conn->tls);
        conn->state = CONN_GREETING;
        send_hello(conn);
    }
    if (conn->state != CONN_ENDED && conn->state != CONN_SHAKING) {
        read_frames(conn);
    }
    flush(conn); /* the alert, too */
    switch (tls_step(conn->tls)) {
    case TLS_HANDSHAKE:
    case TLS_OPEN:
        break;
    case TLS_CLOSED:
        conn_end(conn, CONN_END_QUIET);
        break;
    case TLS_FAILED:
        conn_end(conn, CONN_END_REFUSAL);
        break;
    }
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    Conn *conn = handle->data;

    (void)suggested;
    *buffer = uv_buf_init((char *)conn->scratch, CONN_SCRATCH_SIZE);
}

/* The first word, alone in its segment: who says it waits for an answer. TLS begins otherwise. */
static bool is_for_files(const Conn *conn, const char *bytes, size_t size)
{
    return conn->inbound && conn->received == 0 && conn->state == CONN_SHAKING &&
           size == LINK_WORD_SIZE && memcmp(bytes, LINK_WORD, LINK_WORD_SIZE) == 0;
}

static void hand_on(Conn *conn)
{
    uv_os_fd_t fd;
    if (uv_fileno((uv_handle_t *)&conn->tcp, &fd) == 0) {
        conn->owner->files(conn->owner->self, fd);
    }
    conn_end(conn, CONN_END_QUIET);
}

static void on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    Conn *conn = stream->data;

    if (size <= 0) {
        if (size < 0) {
            conn_end(conn, CONN_END_QUIET);
        }
        return;
    }
    if (is_for_files(conn, buffer->base, (size_t)size)) {
        hand_on(conn);
        return;
    }
    if (conn->state < CONN_UP) {
        conn->received += (size_t)size;
        if (conn->received > CONN_STRANGER_MAX) {
            conn_end(conn, CONN_END_REFUSAL);
            return;
        }
    }
    tls_feed(conn->tls, (const uint8_t *)buffer->base, (size_t)size);
    advance(conn);
}

static void on_limit(void *data)
{
    Conn *conn = data;

    conn_end(conn, conn->state == CONN_CONNECTING ? CONN_END_QUIET : CONN_END_TIMEOUT);
}

/* A peer that is gone without a word is noticed by what it does not acknowledge: data by the user timeout,
 * silence by keepalive. */
static void set_options(Conn *conn)
{
    uv_os_fd_t fd;
    const unsigned timeout = (unsigned)conn->patience;
    const int on = 1, idle = (int)(conn->patience + 999) / 1000, interval = 1, count = 3;

    if (uv_fileno((uv_handle_t *)&conn->tcp, &fd) != 0) {
        return;
    }
    /* None of these can fail on a TCP socket, and the connection would work without. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof(timeout));
    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

void conn_begin(Conn *conn)
{
    assert(conn->state == CONN_CONNECTING);
    conn->state = CONN_SHAKING;
    set_options(conn);
    loop_deadline_set(conn->loop, &conn->limit, loop_now() + CONN_HANDSHAKE_LIMIT, on_limit, conn);
    if (uv_read_start((uv_stream_t *)&conn->tcp, give_room, on_read) != 0) {
        conn_end(conn, CONN_END_QUIET);
        return;
    }
    advance(conn);
}

static void on_connected(uv_connect_t *request, int status)
{
    Conn *conn = request->data;

    if (conn->state == CONN_ENDED) {
        return;
    }
    if (status != 0) {
        conn_end(conn, CONN_END_QUIET);
        return;
    }
    conn_begin(conn);
}

static Conn *conn_new(const ConnOwner *owner, Loop *loop, uint8_t *scratch, Tls *tls,
                      Millis patience)
{
    Conn *conn = tls == NULL ? NULL : calloc(1, sizeof(*conn));

    if (conn == NULL) {
        tls_free(tls);
        return NULL;
    }
    conn->owner = owner;
    conn->loop = loop;
    conn->scratch = scratch;
    conn->tls = tls;
    conn->patience = patience;
    conn->peer = tls_peer(tls);
    conn->started = conn->heard = loop_now();
    const int result = uv_tcp_init(loop_uv(loop), &conn->tcp);
    assert(result == 0); /* without flags it makes no socket yet */
    conn->tcp.data = conn;
    conn->connect.data = conn;
    return conn;
}

static Conn *give_up(Conn *conn)
{
    conn->state = CONN_ENDED;
    uv_close((uv_handle_t *)&conn->tcp, on_closed);
    return NULL;
}

static void name_address(const struct sockaddr *address, char *ret)
{
    int result = UV_EAFNOSUPPORT;

    if (address->sa_family == AF_INET) {
        result =
            uv_ip4_name((const struct sockaddr_in *)(const void *)address, ret, CONN_ADDRESS_SIZE);
    } else if (address->sa_family == AF_INET6) {
        result =
            uv_ip6_name((const struct sockaddr_in6 *)(const void *)address, ret, CONN_ADDRESS_SIZE);
    }
    if (result != 0) {
        memcpy(ret, "?", 2);
    }
}

Conn *conn_dial(const ConnOwner *owner, Loop *loop, uint8_t *scratch, Tls *tls,
                const struct sockaddr *to, Millis patience)
{
    Conn *conn = conn_new(owner, loop, scratch, tls, patience);

    if (conn == NULL) {
        return NULL;
    }
    name_address(to, conn->address);
    conn->state = CONN_CONNECTING;
    if (uv_tcp_connect(&conn->connect, &conn->tcp, to, on_connected) != 0) {
        return give_up(conn);
    }
    loop_deadline_set(loop, &conn->limit, loop_now() + CONN_CONNECT_LIMIT, on_limit, conn);
    return conn;
}

Conn *conn_accept(const ConnOwner *owner, Loop *loop, uint8_t *scratch, Tls *tls,
                  uv_stream_t *listener, Millis patience)
{
    Conn *conn = conn_new(owner, loop, scratch, tls, patience);
    struct sockaddr_storage peer = {0};
    int size = sizeof(peer);

    if (conn == NULL) {
        return NULL;
    }
    conn->inbound = true;
    conn->state = CONN_CONNECTING;
    if (uv_accept(listener, (uv_stream_t *)&conn->tcp) != 0 ||
        uv_tcp_getpeername(&conn->tcp, (struct sockaddr *)&peer, &size) != 0) {
        return give_up(conn);
    }
    name_address((const struct sockaddr *)&peer, conn->address);
    return conn;
}

/* link.c - TLS over a socket, waiting.
 *
 * The socket does not block: every wait is a poll with what is left of a limit, so that a peer that sends a byte now
 * and then is given up as well as one that is silent. */
#include "sys/link.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "sys/loop.h"
#include "sys/tls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    VERSION = 2, /* as CONN_VERSION: the members in the hello are counted */
    HELLO_SIZE = 16,
    HEADER = 4,
    PULL_SIZE = 16384,
};
static const char hello_magic[4] = {'M', 'C', 'F', 'S'};

struct Link {
    TlsContext *context;
    Tls *tls;
    int socket;
    MemberId peer;
    MemberTable members;
    Millis until; /* of the handshake; 0: over */
    Millis patience;
    uint8_t frame[HEADER + LINK_FRAME_MAX];
};

MemberId link_peer(const Link *link)
{
    return link->peer;
}

void link_free(Link **link)
{
    Link *one = *link;
    if (one != NULL) {
        tls_free(one->tls);
        tls_context_free(one->context);
        if (one->socket >= 0) {
            (void)close(one->socket); /* nothing is left to be told */
        }
        free(one);
    }
    *link = NULL;
}

/* ---- bytes ---- */

static bool wait_for(const Link *link, short what, Error *error)
{
    const Millis limit = link->until != 0 ? link->until - loop_now() : link->patience;
    struct pollfd one = {.fd = link->socket, .events = what};
    const int ready = limit <= 0 ? 0 : poll(&one, 1, (int)limit);
    if (ready < 0 && errno != EINTR) {
        return error_set_errno(error, errno, "wait for a peer");
    }
    return ready != 0 || error_set(error, ERROR_NETWORK, "nothing was heard in time");
}

static bool ended(Error *error)
{
    return error_set(error, ERROR_NETWORK, "the other side has ended the connection");
}

/* Whoever ends it while something of ours is unread resets it. */
static bool broken(Error *error, int code)
{
    if (code == ECONNRESET || code == EPIPE) {
        return ended(error);
    }
    (void)!error_set_errno(error, code, "the connection is broken");
    error->kind = ERROR_NETWORK;
    return false;
}

static bool put(Link *link, const uint8_t *bytes, size_t size, Error *error)
{
    for (size_t done = 0; done < size;) {
        const ssize_t sent = send(link->socket, bytes + done, size - done, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            return broken(error, errno);
        }
        if (sent < 0 && !wait_for(link, POLLOUT, error)) {
            return false;
        }
        done += sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static bool flush(Link *link, Error *error)
{
    uint8_t bytes[PULL_SIZE];
    for (size_t size; (size = tls_pull(link->tls, bytes, sizeof(bytes))) > 0;) {
        if (!put(link, bytes, size, error)) {
            return false;
        }
    }
    return true;
}

/* At least one byte of what the peer sends. */
static bool get(Link *link, uint8_t *ret, size_t size, size_t *ret_size, Error *error)
{
    for (;;) {
        const ssize_t got = recv(link->socket, ret, size, 0);
        if (got > 0) {
            *ret_size = (size_t)got;
            return true;
        }
        if (got == 0) {
            return ended(error);
        }
        if (errno != EAGAIN && errno != EINTR) {
            return broken(error, errno);
        }
        if (!wait_for(link, POLLIN, error)) {
            return false;
        }
    }
}

static bool feed(Link *link, Error *error)
{
    uint8_t bytes[PULL_SIZE];
    size_t size = 0;
    if (!get(link, bytes, sizeof(bytes), &size, error)) {
        return false;
    }
    tls_feed(link->tls, bytes, size);
    return true;
}

static bool tls_is_well(const Link *link, TlsState state, Error *error)
{
    switch (state) {
    case TLS_HANDSHAKE:
    case TLS_OPEN:
        return true;
    case TLS_CLOSED:
        return ended(error);
    case TLS_FAILED:
        break;
    }
    return error_set(error, ERROR_PROTOCOL, "not authenticated: %s",
                     tls_refusal_text(tls_refusal(link->tls)));
}

static bool shake_hands(Link *link, Error *error)
{
    for (;;) {
        const TlsState state = tls_step(link->tls);
        if (!flush(link, error) || !tls_is_well(link, state, error)) {
            return false;
        }
        if (state == TLS_OPEN) {
            return true;
        }
        if (!feed(link, error)) {
            return false;
        }
    }
}

static bool read_exactly(Link *link, uint8_t *ret, size_t size, Error *error)
{
    for (size_t have = 0; have < size;) {
        const size_t got = tls_read(link->tls, ret + have, size - have);
        have += got;
        if (got > 0) {
            continue;
        }
        if (!tls_is_well(link, tls_step(link->tls), error) || !feed(link, error)) {
            return false;
        }
    }
    return true;
}

/* ---- frames ---- */

static void put_number(uint8_t *to, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        to[i] = (uint8_t)(number >> (8 * (bytes - 1 - i)));
    }
}

bool link_send(Link *link, const uint8_t *bytes, size_t size, Error *error)
{
    uint8_t header[HEADER];
    assert(size > 0 && size <= LINK_FRAME_MAX);
    put_number(header, size, HEADER);
    return ((tls_write(link->tls, header, sizeof(header)) && tls_write(link->tls, bytes, size)) ||
            error_set(error, ERROR_NETWORK, "the connection has ended")) &&
           flush(link, error);
}

static bool receive(Link *link, const uint8_t **ret, size_t *ret_size, Error *error)
{
    const uint8_t *f = link->frame;
    if (!read_exactly(link, link->frame, HEADER, error)) {
        return false;
    }
    const size_t size = (size_t)f[0] << 24 | (size_t)f[1] << 16 | (size_t)f[2] << 8 | (size_t)f[3];
    if (size == 0 || size > LINK_FRAME_MAX) {
        return error_set(error, ERROR_PROTOCOL, "a message of a forbidden length");
    }
    if (!read_exactly(link, link->frame + HEADER, size, error)) {
        return false;
    }
    *ret = link->frame + HEADER;
    *ret_size = size;
    return true;
}

bool link_receive(Link *link, const uint8_t **ret, size_t *ret_size, Error *error)
{
    link->patience = LINK_PATIENCE;
    return receive(link, ret, ret_size, error);
}

bool link_await(Link *link, const uint8_t **ret, size_t *ret_size, Error *error)
{
    link->patience = LINK_IDLE;
    const bool good = receive(link, ret, ret_size, error);
    link->patience = LINK_PATIENCE;
    return good;
}

/* ---- beginning ---- */

static bool send_hello(Link *link, Error *error)
{
    uint8_t hello[HELLO_SIZE];
    memcpy(hello, hello_magic, sizeof(hello_magic));
    put_number(hello + 4, VERSION, 2); /* what it speaks */
    put_number(hello + 6, VERSION, 2); /* and the oldest that it understands */
    put_number(hello + 8, net_members(&link->members), 8);
    return link_send(link, hello, sizeof(hello), error);
}

static bool take_hello(Link *link, Error *error)
{
    const uint8_t *bytes = NULL;
    size_t size = 0;
    uint64_t theirs = 0;
    if (!link_receive(link, &bytes, &size, error)) {
        return false;
    }
    const bool hello = size >= HELLO_SIZE && memcmp(bytes, hello_magic, sizeof(hello_magic)) == 0;
    const unsigned newest = hello ? (unsigned)bytes[4] << 8 | bytes[5] : 0;
    const unsigned oldest = hello ? (unsigned)bytes[6] << 8 | bytes[7] : 0;
    if (!hello || oldest > VERSION || newest < VERSION) {
        return error_set(error, ERROR_PROTOCOL, "a version that this program does not speak");
    }
    for (int i = 0; i < 8; i++) {
        theirs = theirs << 8 | bytes[8 + i];
    }
    return net_members_fit(&link->members, theirs) ||
           error_set(error, ERROR_PROTOCOL,
                     "its network.conf has other members, or in another order");
}

static Link *link_new(const NetConfig *config, const Keys *keys, Error *error)
{
    Link *link = calloc(1, sizeof(*link));
    if (link == NULL) {
        (void)!error_set_errno(error, ENOMEM, "make a connection");
        return NULL;
    }
    link->socket = -1;
    link->patience = LINK_PATIENCE;
    link->members = config->members;
    if (!tls_context_new(keys, &config->members, config->self, &link->context, error)) {
        link_free(&link);
    }
    return link;
}

/* What the agent has set for its own, and what fits here: a receiver that syncs a file takes its time. */
static void set_options(int socket)
{
    const int on = 1;
    const unsigned patience = LINK_PATIENCE;
    /* None of these can fail on a TCP socket, and the connection would work without. */
    (void)setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof(patience));
    (void)setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    (void)setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    (void)fcntl(socket, F_SETFL, O_NONBLOCK);
}

bool link_accept(const NetConfig *config, const Keys *keys, int socket, Link **ret, Error *error)
{
    _cleanup_(link_free) Link *link = link_new(config, keys, error);
    if (link == NULL) {
        (void)close(socket); /* nothing was said on it */
        return false;
    }
    link->socket = socket;
    link->until = loop_now() + LINK_HANDSHAKE_LIMIT;
    set_options(socket);
    link->tls = tls_new_server(link->context);
    if (link->tls == NULL) {
        return error_set_errno(error, ENOMEM, "make a connection");
    }
    if (!put(link, (const uint8_t *)LINK_WORD, LINK_WORD_SIZE, error) ||
        !shake_hands(link, error)) {
        return false;
    }
    link->peer = tls_peer(link->tls);
    if (config->members.member[link->peer].kind != MEMBER_SERVER) {
        return error_set(error, ERROR_PROTOCOL, "\"%s\" is no database server",
                         config->members.member[link->peer].name);
    }
    if (!send_hello(link, error) || !take_hello(link, error)) {
        return false;
    }
    link->until = 0;
    *ret = link;
    link = NULL;
    return true;
}

static bool to_address(const NetAddress *address, struct sockaddr_storage *ret, socklen_t *ret_size)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)ret;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)ret;
    memset(ret, 0, sizeof(*ret));
    if (inet_pton(AF_INET, address->host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(address->port);
        *ret_size = sizeof(*v4);
        return true;
    }
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address->port);
    *ret_size = sizeof(*v6);
    return inet_pton(AF_INET6, address->host, &v6->sin6_addr) == 1;
}

static bool dial(Link *link, const NetAddress *address, Error *error)
{
    struct sockaddr_storage at;
    socklen_t size = 0;
    int code = 0;
    socklen_t code_size = sizeof(code);
    if (!to_address(address, &at, &size)) {
        return error_set(error, ERROR_CONFIG, "\"%s\" is no numeric address", address->host);
    }
    link->socket = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (link->socket < 0) {
        return error_set_errno(error, errno, "make a socket");
    }
    set_options(link->socket);
    link->until = loop_now() + LINK_CONNECT_LIMIT;
    if (connect(link->socket, (const struct sockaddr *)&at, size) != 0 && errno != EINPROGRESS) {
        return broken(error, errno);
    }
    if (!wait_for(link, POLLOUT, error)) {
        return false;
    }
    if (getsockopt(link->socket, SOL_SOCKET, SO_ERROR, &code, &code_size) != 0 || code != 0) {
        return broken(error, code);
    }
    link->until = loop_now() + LINK_HANDSHAKE_LIMIT;
    return true;
}

/* An agent of an earlier version, or one without a backup directory, hangs up. */
static bool take_word(Link *link, Error *error)
{
    uint8_t word[LINK_WORD_SIZE];
    for (size_t have = 0; have < sizeof(word);) {
        size_t got = 0;
        if (!get(link, word + have, sizeof(word) - have, &got, error)) {
            return error_wrap(error, "its agent runs, and shows no backup directory "
                                     "(backup_destination is not set there, or too many ask now)");
        }
        have += got;
    }
    return memcmp(word, LINK_WORD, sizeof(word)) == 0 ||
           error_set(error, ERROR_PROTOCOL, "something else than an agent listens there");
}

static bool open_at(const NetConfig *config, const Keys *keys, MemberId to,
                    const NetAddress *address, Link **ret, Error *error)
{
    _cleanup_(link_free) Link *link = link_new(config, keys, error);
    if (link == NULL || !dial(link, address, error) ||
        !put(link, (const uint8_t *)LINK_WORD, LINK_WORD_SIZE, error) || !take_word(link, error)) {
        return false;
    }
    link->peer = to;
    link->tls = tls_new_client(link->context, to);
    if (link->tls == NULL) {
        return error_set_errno(error, ENOMEM, "make a connection");
    }
    if (!shake_hands(link, error) || !send_hello(link, error) || !take_hello(link, error)) {
        return false;
    }
    link->until = 0;
    *ret = link;
    link = NULL;
    return true;
}

bool link_open(const NetConfig *config, const Keys *keys, MemberId to, Link **ret, Error *error)
{
    const NetMember *member = &config->member[to];
    assert(to != config->self && to < config->members.count && member->address_count > 0);
    for (uint8_t i = 0; i < member->address_count; i++) {
        const NetAddress *address = &member->address[i];
        if (open_at(config, keys, to, address, ret, error)) {
            return true;
        }
        (void)!error_wrap(error, "%s port %u", address->host, address->port);
    }
    return false;
}

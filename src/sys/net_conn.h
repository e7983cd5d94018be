/* net_conn.h - one connection between two members: TCP, TLS, hellos, frames. Internal to net.
 *
 * A frame is its length (4 bytes, big-endian, 1 to NET_FRAME_MAX) and its payload. The first frame of each
 * side is its hello: "MCHI", the version it speaks and the oldest that it understands (2 bytes each),
 * what it takes for the members (8 bytes, net_members), then its notice: up to CONN_NOTICE_MAX bytes that are the
 * owner's. */
#ifndef MC_SYS_NET_CONN_H
#define MC_SYS_NET_CONN_H

#include "sys/loop.h"
#include "sys/net.h"
#include "sys/tls.h"

#include <uv.h>

enum {
    CONN_VERSION =
        2, /* since 2 the voters are a part of the record (E4): who does not know that counts others */
    CONN_CONNECT_LIMIT = 1000,   /* ms, until TCP is there */
    CONN_HANDSHAKE_LIMIT = 2000, /* ms, from there until both hellos are */
    CONN_QUEUE_MAX = 65536,      /* bytes not yet taken by the kernel; beyond, frames are dropped */
    CONN_STRANGER_MAX = 32768,   /* bytes that an unauthenticated peer may send in all */
    CONN_ADDRESS_SIZE = 46,
    CONN_NOTICE_MAX = 64, /* of a longer one of a later version only so much is passed on */
};

typedef enum ConnState {
    CONN_CONNECTING,
    CONN_SHAKING,  /* TLS */
    CONN_GREETING, /* the peer is known; its hello is awaited */
    CONN_UP,
    CONN_ENDED,
} ConnState;

/* Why it ended, as far as somebody should hear of it. */
typedef enum ConnEnd {
    CONN_END_QUIET,   /* closed, reset, not reached, timed out: nothing unusual */
    CONN_END_REFUSAL, /* not authenticated: tls_refusal */
    CONN_END_TIMEOUT, /* connected, and did not authenticate in time */
    CONN_END_FRAME,   /* a frame of a forbidden length */
    CONN_END_VERSION, /* its hello is none, or of a version that does not fit */
    CONN_END_MEMBERS, /* it has other members, or in another order */
} ConnEnd;

typedef struct Conn Conn;

typedef struct ConnOwner {
    void *self;
    const MemberTable *members;
    size_t notice_size; /* what every peer is told with the hello */
    uint8_t notice[CONN_NOTICE_MAX];
    /* The peer's notice, before `up`. */
    void (*noticed)(void *self, Conn *conn, const uint8_t *bytes, size_t size);
    void (*up)(void *self, Conn *conn);
    void (*frame)(void *self, Conn *conn, const uint8_t *bytes, size_t size);
    /* An inbound connection that is none of ours by its first word (link.h): the socket, to be handed on within the call;
     * it ends here afterwards. */
    void (*files)(void *self, int socket);
    /* The last call for this connection; it frees itself afterwards. */
    void (*ended)(void *self, Conn *conn, ConnEnd end);
} ConnOwner;

struct Conn {
    const ConnOwner *owner;
    Loop *loop;
    Conn *next;       /* the owner's list */
    uint8_t *scratch; /* the owner's, CONN_SCRATCH_SIZE, for one call at a time */
    uv_tcp_t tcp;
    uv_connect_t connect;
    Tls *tls;
    ConnState state;
    bool inbound;
    MemberId peer;    /* outbound: whom we called; inbound: MEMBER_NONE until it is authenticated */
    uint8_t listener; /* inbound: which of our addresses it came to */
    uint8_t path;     /* which of the peer's addresses this is */
    Millis started;
    Millis heard;    /* when the last frame came */
    Millis patience; /* detection time: so long unacknowledged bytes may take */
    char address[CONN_ADDRESS_SIZE];
    Deadline limit;
    size_t received; /* while unauthenticated */
    size_t have;     /* of `frame` */
    uint8_t frame[NET_FRAME_HEADER + NET_FRAME_MAX];
};

enum { CONN_SCRATCH_SIZE = 16384 };

/* Both own `tls` from the call on. NULL: no memory, or the system refuses; nothing was called. */
Conn *conn_dial(const ConnOwner *owner, Loop *loop, uint8_t *scratch, Tls *tls,
                const struct sockaddr *to, Millis patience);
/* Takes what waits at `listener`. Enter it, then begin: it may end at once. */
Conn *conn_accept(const ConnOwner *owner, Loop *loop, uint8_t *scratch, Tls *tls,
                  uv_stream_t *listener, Millis patience);
void conn_begin(Conn *conn);
/* false: not up, or too much waits already; the frame is dropped. */
bool conn_send(Conn *conn, const uint8_t *bytes, size_t size);
void conn_end(Conn *conn, ConnEnd end);

#endif

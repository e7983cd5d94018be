/* net.h - the members' network: who is connected, and frames from one to another.
 *
 * Every member listens on its own addresses and connects to every address of every other. The sender of
 * what arrives is known from the key that it used (tls.h); the receiver may see a frame twice, once over
 * each way. Nothing here waits: a frame for which there is no connection, or whose connection does not take
 * it, is dropped, as a network may. Refusals are logged once for each address and kind, and change
 * nothing else. */
#ifndef MC_SYS_NET_H
#define MC_SYS_NET_H

#include "base/error.h"
#include "port/port.h"
#include "sys/keys.h"
#include "sys/loop.h"

enum {
    NET_ADDRESSES_MAX = 4,
    NET_HOST_SIZE = 46,
    NET_FRAME_HEADER = 4,
    NET_FRAME_MAX = 8192, /* bytes of one frame, its length not counted; as WIRE_FRAME_MAX */
    NET_STRANGERS_MAX =
        8, /* connections not yet authenticated; the oldest goes when one more comes */
    NET_RETRY_FIRST = 100, /* ms; a peer that is not reached is tried again after this or up to */
    NET_RETRY_LAST = 1000, /* this, with a random part */
    NET_NOTICE_MAX = 64,
    NET_REFUSALS_MAX = 64,       /* kinds and addresses remembered as logged */
    NET_REFUSAL_AGAIN = 3600000, /* ms after which the same is worth another line */
};

typedef struct NetAddress {
    char host[NET_HOST_SIZE]; /* numeric */
    uint16_t port;
} NetAddress;

typedef struct NetMember {
    uint8_t address_count;
    NetAddress address[NET_ADDRESSES_MAX];
} NetMember;

typedef struct NetConfig {
    MemberTable members;
    MemberId self;
    NetMember member[MEMBERS_MAX]; /* of the same index */
    size_t notice_size;            /* what every peer is told when a connection is made */
    uint8_t notice[NET_NOTICE_MAX];
    Millis detection; /* a connection that is silent so long against its will is given up */
} NetConfig;

typedef struct NetOwner {
    void *self;
    void (*received)(void *self, MemberId from, const uint8_t *bytes, size_t size);
    /* The first connection to a member is there, or the last one is gone. */
    void (*link)(void *self, MemberId member, bool up);
    /* What a member tells of itself, with every new connection to it. May be NULL. */
    void (*noticed)(void *self, MemberId member, const uint8_t *bytes, size_t size);
    /* Somebody, nobody knows who, wants to see files (link.h): the socket is to be handed on within the call. May be
     * NULL: then the connection just ends. */
    void (*files)(void *self, int socket);
} NetOwner;

typedef struct NetCounters {
    uint64_t sent;    /* frames, once for each way */
    uint64_t dropped; /* no connection, or a full queue */
    uint64_t received;
    uint64_t refused; /* connections */
} NetCounters;

typedef struct Net Net;

/* The names, kinds and order of the members in one number: how many, and a sum of them (E4). */
uint64_t net_members(const MemberTable *members);
/* Whether who says `theirs` means the same members by the same numbers: one table may go on where the other one ends, and
 * is then checked by who has the longer one. */
bool net_members_fit(const MemberTable *members, uint64_t theirs);

/* A host's first address; asks the resolver, which may wait: only before the loop runs. */
__attribute__((warn_unused_result)) bool net_resolve(const char *host, uint16_t port,
                                                     NetAddress *ret, Error *error);

/* Listens and begins to connect. ERROR_NETWORK: an address is not ours, or in use. `log` and `owner` are
 * copied; `loop` must outlive it. */
__attribute__((warn_unused_result)) bool net_new(Loop *loop, const NetConfig *config,
                                                 const Keys *keys, const LogPort *log,
                                                 const NetOwner *owner, Net **ret, Error *error);
/* Not from within a callback. The loop must run, or be freed, afterwards. */
void net_free(Net *net);

NetPort net_port(Net *net);
/* Another notice: connections are made anew, so that every peer hears it. Not from within a callback. */
void net_tell(Net *net, const uint8_t *notice, size_t size);
bool net_is_up(const Net *net, MemberId member);
NetCounters net_counters(const Net *net);

#endif

/* tls.h - one authenticated, encrypted connection between two members, as a pure object.
 *
 * TLS 1.3 over memory: bytes from the network go in, bytes for it come out, nothing here knows a socket.
 * The only credential is the key of the ordered pair (keys.h) as an external PSK with a fresh key
 * exchange; one suite, no certificates, no tickets, no early data. Whoever reaches TLS_OPEN has
 * proved to be the member that tls_peer names. */
#ifndef MC_SYS_TLS_H
#define MC_SYS_TLS_H

#include "base/error.h"
#include "core/types.h"
#include "sys/keys.h"

typedef struct TlsContext TlsContext; /* of a process: its keys */
typedef struct Tls Tls;               /* of a connection */

typedef enum TlsState {
    TLS_HANDSHAKE,
    TLS_OPEN,
    TLS_CLOSED, /* the other side has ended it */
    TLS_FAILED, /* see tls_refusal */
} TlsState;

/* Why a connection failed; what an operator can do differs. */
typedef enum TlsRefusal {
    TLS_REFUSAL_NONE = 0,
    TLS_REFUSAL_NO_KEY,   /* TLS, but no key of this kind was offered */
    TLS_REFUSAL_STRANGER, /* a pair that is not one of network.conf, or not with this member */
    TLS_REFUSAL_OWN_ID,   /* it speaks in this member's own name: its hello sent back to it */
    TLS_REFUSAL_WRONG_KEY,
    TLS_REFUSAL_REJECTED, /* the other side refused this one */
    TLS_REFUSAL_GARBAGE,  /* not TLS 1.3, or damaged */
    TLS_REFUSAL_COUNT,
} TlsRefusal;

__attribute__((warn_unused_result)) bool tls_context_new(const Keys *keys,
                                                         const MemberTable *members, MemberId self,
                                                         TlsContext **ret, Error *error);
void tls_context_free(TlsContext *context);

/* The side that opens the connection, to a member whose pair key these keys reach; and the other. NULL:
 * no memory. The context must outlive it. */
Tls *tls_new_client(TlsContext *context, MemberId to);
Tls *tls_new_server(TlsContext *context);
void tls_free(Tls *tls);

/* Bytes from the network. Follow with tls_step. */
void tls_feed(Tls *tls, const uint8_t *bytes, size_t size);
/* Takes the handshake as far as it goes. */
TlsState tls_step(Tls *tls);
/* Bytes for the network, 0: none. Also after TLS_FAILED: the alert that says so. */
size_t tls_pull(Tls *tls, uint8_t *ret, size_t size);

/* Once TLS_OPEN. What the peer has said, 0: nothing more for now (tls_step tells what has become). */
size_t tls_read(Tls *tls, uint8_t *ret, size_t size);
__attribute__((warn_unused_result)) bool tls_write(Tls *tls, const uint8_t *bytes, size_t size);

/* A client's from the start, a server's once TLS_OPEN; else MEMBER_NONE. */
MemberId tls_peer(const Tls *tls);
TlsRefusal tls_refusal(const Tls *tls);
/* In words, for a message. */
const char *tls_refusal_text(TlsRefusal refusal);

#endif

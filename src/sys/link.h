/* link.h - one connection between two servers for programs that may wait: the files of backups go over it.
 *
 * It goes to the agent's own address and port. The one who calls says first, in clear, LINK_WORD; an agent that hears
 * it hands the socket to its child pgx_filesend (usher.h) and has nothing more to do with it. The child answers with
 * the same word, and then come TLS 1.3 with the key of the pair (tls.h), a hello of each side, and frames as in
 * net_conn.h, larger. The hellos differ from the agents' own, so that neither can be taken for the other. Only
 * database servers get that far: an arbiter has keys, and no business here.
 *
 * Everything waits, at most LINK_PATIENCE for the next byte; for the next request LINK_IDLE. */
#ifndef MC_SYS_LINK_H
#define MC_SYS_LINK_H

#include "sys/keys.h"
#include "sys/net.h"

#define LINK_WORD "MCFILES\n"

enum {
    LINK_WORD_SIZE = 8,
    LINK_FRAME_MAX = 256 * 1024,
    LINK_CONNECT_LIMIT = 2000,   /* ms, for TCP, of each address */
    LINK_HANDSHAKE_LIMIT = 3000, /* ms, from there until both hellos are */
    LINK_PATIENCE = 30000,       /* ms without a byte */
    LINK_IDLE = 600000,          /* ms without a request */
};

typedef struct Link Link;

/* Tries the addresses of a member one after the other. ERROR_NETWORK: none is reached, or nobody there serves files;
 * the text says what each said, and the caller what to do. `config` and `keys` are copied. */
__attribute__((warn_unused_result)) bool link_open(const NetConfig *config, const Keys *keys,
                                                   MemberId to, Link **ret, Error *error);
/* The other side: of a socket whose first word was heard. Owns `socket`. ERROR_PROTOCOL: whoever called is no server of
 * this cluster. */
__attribute__((warn_unused_result)) bool link_accept(const NetConfig *config, const Keys *keys,
                                                     int socket, Link **ret, Error *error);
void link_free(Link **link);
MemberId link_peer(const Link *link);

/* One frame of 1 to LINK_FRAME_MAX bytes. */
__attribute__((warn_unused_result)) bool link_send(Link *link, const uint8_t *bytes, size_t size,
                                                   Error *error);
/* The next frame, valid until the next call. ERROR_NETWORK: the connection has ended. */
__attribute__((warn_unused_result)) bool link_receive(Link *link, const uint8_t **ret,
                                                      size_t *ret_size, Error *error);
/* The same where nothing has to come for a while: between two requests. */
__attribute__((warn_unused_result)) bool link_await(Link *link, const uint8_t **ret,
                                                    size_t *ret_size, Error *error);

#endif

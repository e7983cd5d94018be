/* keys.h - who may speak as whom: the cluster's secret and the keys made from it.
 *
 * Every ordered pair of members has a key of its own: the one that opens the connection comes first.
 * With S the secret in the cluster's key file and HKDF that of RFC 5869 with SHA-256 and no salt:
 *
 *   two servers a, b           key(a, b) = HKDF(S, "mc1 a b")
 *   an arbiter w               A(w)      = HKDF(S, "mc1 ARBITER w")         in w's key file
 *   a server a and w           key(a, w) = HKDF(A(w), "mc1 a w"),  key(w, a) = HKDF(A(w), "mc1 w a")
 *   two arbiters v, w          B(v, w)   = HKDF(S, "mc1 ARBITERS v w"), v before w in the alphabet,
 *                              in both their files;  key(v, w) = HKDF(B, "mc1 v w"), and so on
 *
 * A server, who holds S, makes A(w) first and goes on from there. An arbiter holds only A(w) and its B:
 * from these no key comes that does not name itself, so it cannot speak as a server, nor to a server
 * as another arbiter. Names hold neither blanks nor capitals, so no two of these texts are equal. The text
 * of the pair is also what the other side is told (the PSK identity); it is no secret.
 *
 * Key files have mode 0600 or less and belong to the user of the process, or are refused. The cluster's
 * holds KEY_SECRET_MIN to KEY_SECRET_MAX bytes of any kind, blanks and line ends after them not counted;
 * an arbiter's is text, lines of "mc1 ARBITER w <hex>" and "mc1 ARBITERS v w <hex>". Secrets are
 * wiped when done, and no function here prints one. */
#ifndef MC_SYS_KEYS_H
#define MC_SYS_KEYS_H

#include "base/error.h"
#include "core/types.h"

enum {
    KEY_SIZE = 32,
    KEY_SECRET_MIN = 32,
    KEY_SECRET_MAX = 1024,
    KEY_IDENTITY_SIZE = 80, /* of a pair's text with its final zero */
    KEY_FILE_MAX = 2048,
};

typedef struct PairKey {
    uint8_t bytes[KEY_SIZE];
} PairKey;

typedef struct ArbiterPeerSecret {
    char name[MEMBER_NAME_SIZE];
    PairKey secret;
} ArbiterPeerSecret;

/* What one key file says. */
typedef struct Keys {
    bool arbiter; /* an arbiter's file: only what follows is there, not the cluster's secret */
    char self[MEMBER_NAME_SIZE]; /* whose file, when an arbiter's */
    PairKey own;                 /* A(self) */
    uint8_t peer_count;
    ArbiterPeerSecret peer[ARBITERS_MAX]; /* B(self, name) */
    size_t secret_size;
    uint8_t secret[KEY_SECRET_MAX]; /* S */
} Keys;

__attribute__((warn_unused_result)) bool keys_read(const char *path, Keys *ret, Error *error);
/* Out of a file's contents. */
__attribute__((warn_unused_result)) bool keys_parse(const uint8_t *bytes, size_t size, Keys *ret,
                                                    Error *error);
void keys_wipe(Keys *keys);

/* Writes a new random cluster secret to a file that must not be there yet, durably, mode 0600. */
__attribute__((warn_unused_result)) bool keys_create(const char *path, Error *error);
/* Text of the key file for one arbiter of the table; `keys` are a cluster's. The size written, without a
 * zero; 0: `size` does not suffice (KEY_FILE_MAX does). The caller wipes it. */
size_t keys_for_arbiter(const Keys *keys, const MemberTable *members, MemberId arbiter, char *ret,
                        size_t size);
/* Likewise, into a file that must not be there yet: what mc_arb init takes. */
__attribute__((warn_unused_result)) bool keys_write_arbiter(const Keys *keys,
                                                            const MemberTable *members,
                                                            MemberId arbiter, const char *path,
                                                            Error *error);

/* The pair's text. */
void keys_identity(const MemberTable *members, MemberId from, MemberId to,
                   char ret[KEY_IDENTITY_SIZE]);
/* false: the text names no two different members of the table. */
__attribute__((warn_unused_result)) bool keys_find_pair(const MemberTable *members,
                                                        const char *identity, size_t size,
                                                        MemberId *ret_from, MemberId *ret_to);
/* false: these keys do not reach that far (an arbiter, and a pair that it is not part of). */
__attribute__((warn_unused_result)) bool keys_pair(const Keys *keys, const MemberTable *members,
                                                   MemberId from, MemberId to, PairKey *ret);

#endif

/* tls.c - TLS 1.3 by external PSK over memory BIOs.
 *
 * Of OpenSSL's suites only TLS_AES_128_GCM_SHA256 is enabled: a PSK belongs to one hash, and with the
 * default list the two sides may choose a suite of another, which makes every PSK unusable. */
#include "sys/tls.h"

#include "base/assert.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string.h>

struct TlsContext {
    SSL_CTX *ssl;
    Keys keys;
    MemberTable members;
    MemberId self;
};

struct Tls {
    TlsContext *context;
    SSL *ssl;
    BIO *in;
    BIO *out;
    TlsState state;
    TlsRefusal refusal;
    bool server;
    bool offered; /* server: some PSK was offered */
    MemberId peer;
    char
        identity[KEY_IDENTITY_SIZE]; /* client: OpenSSL keeps a pointer to it during the callback */
};

/* The PSK as OpenSSL wants it: a session to be resumed. NULL: no memory. */
static SSL_SESSION *session_of(SSL *ssl, const PairKey *key)
{
    static const unsigned char aes_128_gcm_sha256[] = {0x13, 0x01};
    const SSL_CIPHER *cipher = SSL_CIPHER_find(ssl, aes_128_gcm_sha256);
    SSL_SESSION *session = SSL_SESSION_new();

    if (session == NULL || cipher == NULL ||
        !SSL_SESSION_set1_master_key(session, key->bytes, sizeof(key->bytes)) ||
        !SSL_SESSION_set_cipher(session, cipher) ||
        !SSL_SESSION_set_protocol_version(session, TLS1_3_VERSION)) {
        SSL_SESSION_free(session);
        return NULL;
    }
    return session;
}

static int on_use_session(SSL *ssl, const EVP_MD *md, const unsigned char **ret_id,
                          size_t *ret_size, SSL_SESSION **ret_session)
{
    Tls *tls = SSL_get_app_data(ssl);
    TlsContext *context = tls->context;
    PairKey key;

    /* A hash other than the suite's can be asked for only after a retry, which ours never need. */
    *ret_session = NULL;
    if (md != NULL && EVP_MD_get_type(md) != NID_sha256) {
        return 1;
    }
    if (!keys_pair(&context->keys, &context->members, context->self, tls->peer, &key)) {
        return 0;
    }
    keys_identity(&context->members, context->self, tls->peer, tls->identity);
    *ret_session = session_of(ssl, &key);
    OPENSSL_cleanse(&key, sizeof(key));
    *ret_id = (const unsigned char *)tls->identity;
    *ret_size = strlen(tls->identity);
    return *ret_session != NULL;
}

/* Whether somebody may speak under this identity to this member; says why not. */
static bool admit(Tls *tls, const unsigned char *identity, size_t size, PairKey *ret)
{
    const TlsContext *context = tls->context;
    MemberId from, to;

    tls->offered = true;
    tls->refusal = TLS_REFUSAL_STRANGER;
    if (!keys_find_pair(&context->members, (const char *)identity, size, &from, &to)) {
        return false;
    }
    if (from == context->self) {
        tls->refusal = TLS_REFUSAL_OWN_ID;
        return false;
    }
    if (to != context->self || !keys_pair(&context->keys, &context->members, from, to, ret)) {
        return false;
    }
    tls->refusal = TLS_REFUSAL_NONE;
    tls->peer = from;
    return true;
}

static int on_find_session(SSL *ssl, const unsigned char *identity, size_t size,
                           SSL_SESSION **ret_session)
{
    Tls *tls = SSL_get_app_data(ssl);
    PairKey key;

    /* Without a session the handshake goes on and ends for want of a certificate. */
    *ret_session = NULL;
    tls->peer = MEMBER_NONE;
    if (!admit(tls, identity, size, &key)) {
        return 1;
    }
    *ret_session = session_of(ssl, &key);
    OPENSSL_cleanse(&key, sizeof(key));
    return *ret_session != NULL;
}

static bool configure(SSL_CTX *ssl)
{
    SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(ssl, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_psk_use_session_callback(ssl, on_use_session);
    SSL_CTX_set_psk_find_session_callback(ssl, on_find_session);
    return SSL_CTX_set_min_proto_version(ssl, TLS1_3_VERSION) &&
           SSL_CTX_set_max_proto_version(ssl, TLS1_3_VERSION) &&
           SSL_CTX_set_ciphersuites(ssl, "TLS_AES_128_GCM_SHA256") &&
           SSL_CTX_set1_groups_list(ssl, "X25519") && SSL_CTX_set_num_tickets(ssl, 0) &&
           SSL_CTX_set_max_early_data(ssl, 0);
}

bool tls_context_new(const Keys *keys, const MemberTable *members, MemberId self, TlsContext **ret,
                     Error *error)
{
    assert(self < members->count);
    const Member *own = &members->member[self];
    if (keys->arbiter && strcmp(keys->self, own->name) != 0) {
        return error_set(error, ERROR_CONFIG,
                         "the key file is that of arbiter \"%s\", not of \"%s\"", keys->self,
                         own->name);
    }
    if (!keys->arbiter && own->kind == MEMBER_ARBITER) {
        return error_set(
            error, ERROR_CONFIG,
            "the key file is that of the database servers, which an arbiter must not have");
    }
    (void)OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    TlsContext *context = OPENSSL_zalloc(sizeof(*context));
    SSL_CTX *ssl = SSL_CTX_new(TLS_method());
    if (context == NULL || ssl == NULL || !configure(ssl)) {
        SSL_CTX_free(ssl);
        OPENSSL_free(context);
        return error_set(error, ERROR_SYSTEM, "cannot set up TLS");
    }
    context->ssl = ssl;
    context->keys = *keys;
    context->members = *members;
    context->self = self;
    *ret = context;
    return true;
}

void tls_context_free(TlsContext *context)
{
    if (context != NULL) {
        SSL_CTX_free(context->ssl);
        keys_wipe(&context->keys);
        OPENSSL_free(context);
    }
}

static Tls *tls_new(TlsContext *context, MemberId peer)
{
    Tls *tls = OPENSSL_zalloc(sizeof(*tls));
    SSL *ssl = SSL_new(context->ssl);
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());

    if (tls == NULL || ssl == NULL || in == NULL || out == NULL) {
        OPENSSL_free(tls);
        SSL_free(ssl);
        BIO_free(in);
        BIO_free(out);
        return NULL;
    }
    SSL_set_bio(ssl, in, out); /* owns both from now on */
    SSL_set_app_data(ssl, tls);
    tls->context = context;
    tls->ssl = ssl;
    tls->in = in;
    tls->out = out;
    tls->peer = peer;
    return tls;
}

Tls *tls_new_client(TlsContext *context, MemberId to)
{
    assert(to < context->members.count && to != context->self);
    Tls *tls = tls_new(context, to);
    if (tls != NULL) {
        /* There is no authority that we trust: a server that shows a certificate fails here. */
        SSL_set_verify(tls->ssl, SSL_VERIFY_PEER, NULL);
        SSL_set_connect_state(tls->ssl);
    }
    return tls;
}

Tls *tls_new_server(TlsContext *context)
{
    Tls *tls = tls_new(context, MEMBER_NONE);
    if (tls != NULL) {
        tls->server = true;
        SSL_set_accept_state(tls->ssl);
    }
    return tls;
}

void tls_free(Tls *tls)
{
    if (tls != NULL) {
        SSL_free(tls->ssl);
        OPENSSL_free(tls);
    }
}

void tls_feed(Tls *tls, const uint8_t *bytes, size_t size)
{
    assert(size <= INT32_MAX);
    if (size > 0 && BIO_write(tls->in, bytes, (int)size) != (int)size) {
        tls->state = TLS_FAILED;
        tls->refusal = TLS_REFUSAL_GARBAGE;
    }
}

static TlsRefusal refusal_of_error(const Tls *tls, unsigned long code)
{
    const int reason = ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;

    if (tls->refusal != TLS_REFUSAL_NONE) {
        return tls->refusal;
    }
    if (reason == SSL_R_BINDER_DOES_NOT_VERIFY || reason == SSL_R_BAD_PSK ||
        reason == SSL_R_DIGEST_CHECK_FAILED) {
        return TLS_REFUSAL_WRONG_KEY;
    }
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        return TLS_REFUSAL_NO_KEY;
    }
    if (reason > SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256) {
        return TLS_REFUSAL_REJECTED;
    }
    if (tls->server && !tls->offered &&
        (reason == SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM || reason == SSL_R_NO_SHARED_CIPHER ||
         reason == SSL_R_NO_SUITABLE_KEY_SHARE || reason == SSL_R_UNSUPPORTED_PROTOCOL)) {
        return TLS_REFUSAL_NO_KEY;
    }
    return TLS_REFUSAL_GARBAGE;
}

static void fail(Tls *tls)
{
    tls->refusal = refusal_of_error(tls, ERR_peek_error());
    tls->state = TLS_FAILED;
    if (tls->server) {
        tls->peer = MEMBER_NONE;
    }
}

/* SSL_get_error wants no error of before. To clear none is expensive. */
static void clear_errors(void)
{
    if (ERR_peek_error() != 0) {
        ERR_clear_error();
    }
}

/* What OpenSSL meant by not giving what was asked for. */
static void judge(Tls *tls, int result)
{
    switch (SSL_get_error(tls->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        break;
    case SSL_ERROR_ZERO_RETURN:
        tls->state = TLS_CLOSED;
        break;
    default:
        fail(tls);
        break;
    }
}

TlsState tls_step(Tls *tls)
{
    if (tls->state != TLS_HANDSHAKE) {
        return tls->state;
    }
    clear_errors();
    const int result = SSL_do_handshake(tls->ssl);
    if (result != 1) {
        judge(tls, result);
    } else if (!SSL_session_reused(tls->ssl) || tls->peer == MEMBER_NONE) {
        /* It got here without the key. The verify mode should have seen to that already. */
        tls->state = TLS_FAILED;
        tls->refusal = TLS_REFUSAL_NO_KEY;
    } else {
        tls->state = TLS_OPEN;
    }
    return tls->state;
}

size_t tls_pull(Tls *tls, uint8_t *ret, size_t size)
{
    assert(size <= INT32_MAX);
    const int got = BIO_read(tls->out, ret, (int)size);
    return got > 0 ? (size_t)got : 0;
}

size_t tls_read(Tls *tls, uint8_t *ret, size_t size)
{
    assert(size > 0 && size <= INT32_MAX);
    if (tls->state != TLS_OPEN || (BIO_pending(tls->in) == 0 && SSL_pending(tls->ssl) == 0)) {
        return 0;
    }
    clear_errors();
    const int got = SSL_read(tls->ssl, ret, (int)size);
    if (got > 0) {
        return (size_t)got;
    }
    judge(tls, got);
    return 0;
}

bool tls_write(Tls *tls, const uint8_t *bytes, size_t size)
{
    assert(size > 0 && size <= INT32_MAX);
    if (tls->state != TLS_OPEN) {
        return false;
    }
    clear_errors();
    /* The memory takes all of it at once. */
    return SSL_write(tls->ssl, bytes, (int)size) == (int)size;
}

MemberId tls_peer(const Tls *tls)
{
    return !tls->server || tls->state == TLS_OPEN || tls->state == TLS_CLOSED
               ? tls->peer
               : (MemberId)MEMBER_NONE;
}

TlsRefusal tls_refusal(const Tls *tls)
{
    return tls->refusal;
}

const char *tls_refusal_text(TlsRefusal refusal)
{
    switch (refusal) {
    case TLS_REFUSAL_NONE:
        return "no refusal";
    case TLS_REFUSAL_NO_KEY:
        return "it offers no key of this cluster";
    case TLS_REFUSAL_STRANGER:
        return "it names a server that network.conf does not connect with this one";
    case TLS_REFUSAL_OWN_ID:
        return "it speaks in the name of this server";
    case TLS_REFUSAL_WRONG_KEY:
        return "its key is wrong";
    case TLS_REFUSAL_REJECTED:
        return "it refuses the key of this server";
    case TLS_REFUSAL_GARBAGE:
        return "it does not speak the protocol of this program";
    case TLS_REFUSAL_COUNT:
        break;
    }
    assert(refusal < TLS_REFUSAL_COUNT);
    return "";
}

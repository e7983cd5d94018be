/* Keys and TLS: who gets in, who does not, and what a file must be like. No socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/prng.h"
#include "base/str.h"
#include "sys/keys.h"
#include "sys/tls.h"

enum { A, B, W, V };

static MemberTable table(void)
{
    MemberTable members = {.count = 4,
                           .member = {{"a", MEMBER_SERVER},
                                      {"b", MEMBER_SERVER},
                                      {"w", MEMBER_ARBITER},
                                      {"v", MEMBER_ARBITER}}};
    return members;
}

static Keys cluster_keys(const char *secret)
{
    Keys keys;
    Error error;

    assert_true(keys_parse((const uint8_t *)secret, strlen(secret), &keys, &error));
    return keys;
}

static Keys our_keys(void)
{
    return cluster_keys("0123456789abcdef0123456789abcdef\n");
}

static Keys arbiter_keys(const Keys *cluster, MemberId arbiter)
{
    const MemberTable members = table();
    char text[KEY_FILE_MAX];
    Keys keys;
    Error error;

    const size_t size = keys_for_arbiter(cluster, &members, arbiter, text, sizeof(text));
    assert_int_not_equal(size, 0);
    assert_true(keys_parse((const uint8_t *)text, size, &keys, &error));
    assert_true(keys.arbiter);
    return keys;
}

static void pair_is(const Keys *keys, MemberId from, MemberId to, const char *expected)
{
    const MemberTable members = table();
    PairKey key;
    char hex[2 * KEY_SIZE + 1];

    assert_true(keys_pair(keys, &members, from, to, &key));
    str_from_bytes(key.bytes, KEY_SIZE, hex);
    assert_string_equal(hex, expected);
}

/* Values from another implementation of RFC 5869. */
static void keys_are_those_of_the_scheme(void **state)
{
    (void)state;
    static const char ab[] = "45cf5658d7f122e6529972381d7acfedbf9c9a821807c6087b3e763e6a42f221";
    static const char aw[] = "3a6c9fd980a28e434af60033d48a3395bfc9d67e556417bdd8d612dc435271b3";
    static const char wa[] = "36e2d2b5b71304cc172de0468940a926c0226bf5b3958c89fe944c6489f9567a";
    static const char wv[] = "936238c2f510abed75d6b29fe0f3390c4e3bd3b30dd5b1b8179579742683a559";
    const Keys keys = our_keys();
    const Keys w = arbiter_keys(&keys, W), v = arbiter_keys(&keys, V);

    pair_is(&keys, A, B, ab);
    pair_is(&keys, A, W, aw);
    pair_is(&w, A, W, aw);
    pair_is(&keys, W, A, wa);
    pair_is(&w, W, A, wa);
    pair_is(&w, W, V, wv);
    pair_is(&v, W, V, wv);
}

static void an_arbiter_makes_only_keys_that_name_it(void **state)
{
    (void)state;
    const MemberTable members = table();
    const Keys keys = our_keys(), w = arbiter_keys(&keys, W);
    PairKey key;

    for (MemberId from = 0; from < members.count; from++) {
        for (MemberId to = 0; to < members.count; to++) {
            if (from != to) {
                assert_int_equal(keys_pair(&w, &members, from, to, &key), from == W || to == W);
            }
        }
    }
    /* The file itself holds neither the cluster's secret nor what another arbiter holds. */
    assert_int_equal(w.secret_size, 0);
    assert_int_equal(w.peer_count, 1);
    assert_string_equal(w.peer[0].name, "v");
}

static void all_pairs_have_different_keys(void **state)
{
    (void)state;
    const MemberTable members = table();
    const Keys keys = our_keys();
    PairKey all[16];
    size_t count = 0;

    for (MemberId from = 0; from < members.count; from++) {
        for (MemberId to = 0; to < members.count; to++) {
            if (from == to) {
                continue;
            }
            assert_true(keys_pair(&keys, &members, from, to, &all[count]));
            for (size_t i = 0; i < count; i++) {
                assert_memory_not_equal(&all[i], &all[count], sizeof(PairKey));
            }
            count++;
        }
    }
    assert_int_equal(count, 12);
}

static void malformed_arbiter_files_are_refused(void **state)
{
    (void)state;
    const char hex[] = "45cf5658d7f122e6529972381d7acfedbf9c9a821807c6087b3e763e6a42f221";
    char text[512];
    Keys keys;
    Error error;
    const char *const formats[] = {
        "mc1 ARBITER w",
        "mc1 ARBITER w %.63s",
        "mc1 ARBITER  %s",
        "mc1 ARBITERS v w %s",
        "mc1 ARBITER w %s\nrubbish",
        "mc1 ARBITER w %s\n\nmc1",
        "mc1 ARBITER w %s more",
        "mc1 ARBITER w %s\nmc1 ARBITERS v u %s",
    };
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        const int size = snprintf(text, sizeof(text), formats[i], hex, hex);
#pragma GCC diagnostic pop
        assert_false(keys_parse((const uint8_t *)text, (size_t)size, &keys, &error));
        assert_string_equal(error.text, "it is no key file of an arbiter");
    }
}

static void short_and_long_secrets_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[KEY_SECRET_MAX + 1];
    Keys keys;
    Error error;

    memset(bytes, 'x', sizeof(bytes));
    assert_false(keys_parse(bytes, KEY_SECRET_MIN - 1, &keys, &error));
    assert_string_equal(error.text, "a key has 32 to 1024 bytes, this one has 31");
    assert_true(keys_parse(bytes, KEY_SECRET_MIN, &keys, &error));
    assert_true(keys_parse(bytes, KEY_SECRET_MAX, &keys, &error));
    assert_false(keys_parse(bytes, sizeof(bytes), &keys, &error));
}

static void key_files_of_others_are_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/mc_keys_XXXXXX", path[64];
    Keys keys;
    Error error;
    assert_non_null(mkdtemp(folder));
    assert_true(str_format(path, sizeof(path), "%s/cluster.key", folder));

    assert_false(keys_read(path, &keys, &error));
    assert_true(keys_create(path, &error));
    assert_false(keys_create(path, &error)); /* never over one that is there */
    assert_true(keys_read(path, &keys, &error));
    assert_int_equal(keys.secret_size, 2 * KEY_SIZE);

    assert_int_equal(chmod(path, 0640), 0);
    assert_false(keys_read(path, &keys, &error));
    assert_non_null(strstr(error.text, "mode 0640"));
    assert_int_equal(chmod(path, 0400), 0);
    assert_true(keys_read(path, &keys, &error));
    if (geteuid() == 0) {
        assert_int_equal(chown(path, 65534, 65534), 0);
        assert_false(keys_read(path, &keys, &error));
        assert_non_null(strstr(error.text, "belongs to user 65534"));
    }
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(keys_read(path, &keys, &error));
    assert_non_null(strstr(error.text, "it is not a file"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* ---- connections ---- */

static TlsContext *context_of(const Keys *keys, MemberId self)
{
    const MemberTable members = table();
    TlsContext *context = NULL;
    Error error;

    if (!tls_context_new(keys, &members, self, &context, &error)) {
        fail_msg("%s", error.text);
    }
    return context;
}

static bool carry(Tls *from, Tls *to)
{
    uint8_t bytes[512];
    bool any = false;

    for (size_t size; (size = tls_pull(from, bytes, sizeof(bytes))) > 0; any = true) {
        tls_feed(to, bytes, size);
    }
    return any;
}

static void shake_hands(Tls *client, Tls *server)
{
    bool more = true;

    while (more) {
        (void)tls_step(client);
        more = carry(client, server);
        (void)tls_step(server);
        more = carry(server, client) || more;
    }
}

typedef struct Pair {
    TlsContext *contexts[2];
    Tls *client;
    Tls *server;
} Pair;

static Pair pair_of(const Keys *from_keys, MemberId from, const Keys *to_keys, MemberId to)
{
    Pair pair = {.contexts = {context_of(from_keys, from), context_of(to_keys, to)}};

    pair.client = tls_new_client(pair.contexts[0], to);
    pair.server = tls_new_server(pair.contexts[1]);
    assert_non_null(pair.client);
    assert_non_null(pair.server);
    shake_hands(pair.client, pair.server);
    return pair;
}

static void pair_done(Pair *pair)
{
    tls_free(pair->client);
    tls_free(pair->server);
    tls_context_free(pair->contexts[0]);
    tls_context_free(pair->contexts[1]);
}

static void says(Tls *from, Tls *to, const char *text)
{
    uint8_t heard[64] = {0};

    assert_true(tls_write(from, (const uint8_t *)text, strlen(text)));
    assert_true(carry(from, to));
    assert_int_equal(tls_read(to, heard, sizeof(heard) - 1), strlen(text));
    assert_string_equal((const char *)heard, text);
    assert_int_equal(tls_read(to, heard, sizeof(heard)), 0);
    assert_int_equal(tls_step(to), TLS_OPEN);
}

static void open_as(const Keys *from_keys, MemberId from, const Keys *to_keys, MemberId to)
{
    Pair pair = pair_of(from_keys, from, to_keys, to);

    assert_int_equal(tls_step(pair.client), TLS_OPEN);
    assert_int_equal(tls_step(pair.server), TLS_OPEN);
    assert_int_equal(tls_peer(pair.client), to);
    assert_int_equal(tls_peer(pair.server), from);
    says(pair.client, pair.server, "heartbeat");
    says(pair.server, pair.client, "answer");
    pair_done(&pair);
}

static void members_reach_each_other_in_both_directions(void **state)
{
    (void)state;
    const Keys keys = our_keys(), w = arbiter_keys(&keys, W), v = arbiter_keys(&keys, V);

    open_as(&keys, A, &keys, B);
    open_as(&keys, B, &keys, A);
    open_as(&keys, A, &w, W);
    open_as(&w, W, &keys, A);
    open_as(&w, W, &v, V);
}

static void refused_as(Pair *pair, TlsRefusal expected)
{
    assert_int_equal(tls_step(pair->server), TLS_FAILED);
    assert_int_equal(tls_refusal(pair->server), expected);
    assert_int_equal(tls_peer(pair->server), MEMBER_NONE);
    assert_int_equal(tls_step(pair->client), TLS_FAILED);
    assert_int_equal(tls_refusal(pair->client), TLS_REFUSAL_REJECTED);
    pair_done(pair);
}

static void a_wrong_key_is_refused(void **state)
{
    (void)state;
    const Keys keys = our_keys(), other = cluster_keys("another secret of thirty-two bytes.....");
    Pair pair = pair_of(&other, A, &keys, B);
    refused_as(&pair, TLS_REFUSAL_WRONG_KEY);
}

/* The arbiter's own secret in place of the cluster's, used to speak as server a. */
static void the_arbiters_key_does_not_speak_as_a_server(void **state)
{
    (void)state;
    const Keys keys = our_keys(), w = arbiter_keys(&keys, W);
    Keys forged = {.secret_size = KEY_SIZE};
    Error error;
    TlsContext *context = NULL;
    const MemberTable members = table();

    memcpy(forged.secret, w.own.bytes, KEY_SIZE);
    Pair pair = pair_of(&forged, A, &keys, B);
    refused_as(&pair, TLS_REFUSAL_WRONG_KEY);

    /* Honest code does not even start with it. */
    assert_false(tls_context_new(&w, &members, A, &context, &error));
    assert_string_equal(error.text, "the key file is that of arbiter \"w\", not of \"a\"");
    assert_false(tls_context_new(&keys, &members, W, &context, &error));
}

static void an_own_hello_sent_back_is_refused(void **state)
{
    (void)state;
    const Keys keys = our_keys();
    TlsContext *context = context_of(&keys, A);
    Tls *client = tls_new_client(context, B), *server = tls_new_server(context);

    (void)tls_step(client);
    assert_true(carry(client, server));
    assert_int_equal(tls_step(server), TLS_FAILED);
    assert_int_equal(tls_refusal(server), TLS_REFUSAL_OWN_ID);
    tls_free(client);
    tls_free(server);
    tls_context_free(context);
}

static void a_hello_meant_for_another_member_is_refused(void **state)
{
    (void)state;
    const Keys keys = our_keys(), w = arbiter_keys(&keys, W);
    TlsContext *a = context_of(&keys, A), *at_w = context_of(&w, W);
    Tls *client = tls_new_client(a, B), *server = tls_new_server(at_w);

    shake_hands(client, server);
    assert_int_equal(tls_refusal(server), TLS_REFUSAL_STRANGER);
    tls_free(client);
    tls_free(server);
    tls_context_free(a);
    tls_context_free(at_w);
}

/* Plain OpenSSL on the other side: as a client without any key, or as a server with a certificate. */
static SSL *plain_tls(SSL_CTX *context, bool server)
{
    SSL *ssl = SSL_new(context);

    assert_non_null(ssl);
    SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    server ? SSL_set_accept_state(ssl) : SSL_set_connect_state(ssl);
    return ssl;
}

static void shake_hands_with_plain(SSL *plain, Tls *ours)
{
    uint8_t bytes[512];
    bool more = true;

    while (more) {
        more = false;
        (void)SSL_do_handshake(plain);
        for (int size; (size = BIO_read(SSL_get_wbio(plain), bytes, sizeof(bytes))) > 0;
             more = true) {
            tls_feed(ours, bytes, (size_t)size);
        }
        (void)tls_step(ours);
        for (size_t size; (size = tls_pull(ours, bytes, sizeof(bytes))) > 0; more = true) {
            assert_int_equal(BIO_write(SSL_get_rbio(plain), bytes, (int)size), (int)size);
        }
    }
}

static void a_client_without_a_key_is_refused(void **state)
{
    (void)state;
    const Keys keys = our_keys();
    const int versions[] = {TLS1_3_VERSION, TLS1_2_VERSION};

    for (size_t i = 0; i < 2; i++) {
        SSL_CTX *plain_context = SSL_CTX_new(TLS_client_method());
        assert_int_equal(SSL_CTX_set_max_proto_version(plain_context, versions[i]), 1);
        SSL *plain = plain_tls(plain_context, false);
        TlsContext *context = context_of(&keys, B);
        Tls *server = tls_new_server(context);
        shake_hands_with_plain(plain, server);
        assert_int_equal(tls_step(server), TLS_FAILED);
        assert_int_equal(tls_refusal(server), TLS_REFUSAL_NO_KEY);
        SSL_free(plain);
        SSL_CTX_free(plain_context);
        tls_free(server);
        tls_context_free(context);
    }
}

static void self_signed(SSL_CTX *context)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();

    assert_non_null(key);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    assert_int_equal(SSL_CTX_use_certificate(context, certificate), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey(context, key), 1);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

static void a_server_with_a_certificate_instead_of_the_key_is_refused(void **state)
{
    (void)state;
    const Keys keys = our_keys();
    SSL_CTX *plain_context = SSL_CTX_new(TLS_server_method());
    self_signed(plain_context);
    SSL *plain = plain_tls(plain_context, true);
    TlsContext *context = context_of(&keys, A);
    Tls *client = tls_new_client(context, B);

    shake_hands_with_plain(plain, client);
    assert_int_equal(tls_step(client), TLS_FAILED);
    assert_int_equal(tls_refusal(client), TLS_REFUSAL_NO_KEY);
    SSL_free(plain);
    SSL_CTX_free(plain_context);
    tls_free(client);
    tls_context_free(context);
}

static void garbage_is_refused_and_never_crashes(void **state)
{
    (void)state;
    const Keys keys = our_keys();
    TlsContext *a = context_of(&keys, A), *b = context_of(&keys, B);
    Prng prng = prng_seed(1);

    for (int i = 0; i < 200; i++) {
        Tls *client = tls_new_client(a, B), *server = tls_new_server(b);
        uint8_t hello[1024];
        (void)tls_step(client);
        const size_t size = tls_pull(client, hello, sizeof(hello));
        if (i == 0) {
            memcpy(hello, "GET / HTTP/1.1\r\n\r\n", 18);
        }
        for (uint64_t flips = prng_below(&prng, 6); flips > 0; flips--) {
            hello[prng_below(&prng, size)] ^= (uint8_t)(1 + prng_below(&prng, 255));
        }
        tls_feed(server, hello, 1 + prng_below(&prng, size));
        assert_int_not_equal(tls_step(server), TLS_OPEN);
        if (i == 0) {
            assert_int_equal(tls_refusal(server), TLS_REFUSAL_GARBAGE);
        }
        tls_free(client);
        tls_free(server);
    }
    tls_context_free(a);
    tls_context_free(b);
}

static void a_damaged_record_ends_the_connection(void **state)
{
    (void)state;
    const Keys keys = our_keys();
    Pair pair = pair_of(&keys, A, &keys, B);
    uint8_t bytes[256], heard[64];

    assert_true(tls_write(pair.client, (const uint8_t *)"vote", 4));
    const size_t size = tls_pull(pair.client, bytes, sizeof(bytes));
    bytes[size - 1] ^= 1;
    tls_feed(pair.server, bytes, size);
    assert_int_equal(tls_read(pair.server, heard, sizeof(heard)), 0);
    assert_int_equal(tls_step(pair.server), TLS_FAILED);
    pair_done(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_of_the_scheme),
        cmocka_unit_test(an_arbiter_makes_only_keys_that_name_it),
        cmocka_unit_test(all_pairs_have_different_keys),
        cmocka_unit_test(malformed_arbiter_files_are_refused),
        cmocka_unit_test(short_and_long_secrets_are_refused),
        cmocka_unit_test(key_files_of_others_are_refused),
        cmocka_unit_test(members_reach_each_other_in_both_directions),
        cmocka_unit_test(a_wrong_key_is_refused),
        cmocka_unit_test(the_arbiters_key_does_not_speak_as_a_server),
        cmocka_unit_test(an_own_hello_sent_back_is_refused),
        cmocka_unit_test(a_hello_meant_for_another_member_is_refused),
        cmocka_unit_test(a_client_without_a_key_is_refused),
        cmocka_unit_test(a_server_with_a_certificate_instead_of_the_key_is_refused),
        cmocka_unit_test(garbage_is_refused_and_never_crashes),
        cmocka_unit_test(a_damaged_record_ends_the_connection),
    };
    return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}

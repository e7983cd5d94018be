/* keys.c - key files and the derivation of pair keys; keys.h has the scheme. */
#include "sys/keys.h"

#include "base/assert.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Capitals, because no member's name has any: these texts are never those of a pair. */
static const char arbiter_prefix[] = "mc1 ARBITER";

/* RFC 5869 with SHA-256, no salt, KEY_SIZE bytes. */
static void hkdf(const uint8_t *secret, size_t size, const char *info, PairKey *ret)
{
    /* The host's openssl.cnf is for its programs; it must not change what our members agree on. */
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    assert(kdf != NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    assert(context != NULL);
    /* OpenSSL's interface lacks the const; it does not write to these. */
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)(uintptr_t) "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)secret, size),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)info,
                                          strlen(info)),
        OSSL_PARAM_construct_end(),
    };
    const int result = EVP_KDF_derive(context, ret->bytes, sizeof(ret->bytes), params);
    assert(result == 1);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
}

static void arbiter_secret(const Keys *keys, const char *name, PairKey *ret)
{
    char info[KEY_IDENTITY_SIZE];
    const bool whole = str_format(info, sizeof(info), "%s %s", arbiter_prefix, name);

    assert(whole);
    hkdf(keys->secret, keys->secret_size, info, ret);
}

/* "mc1 ARBITERS v w", the same for both. */
static void arbiters_text(const char *a, const char *b, char ret[KEY_IDENTITY_SIZE])
{
    const bool ordered = strcmp(a, b) < 0;
    const bool whole = str_format(ret, KEY_IDENTITY_SIZE, "%sS %s %s", arbiter_prefix,
                                  ordered ? a : b, ordered ? b : a);
    assert(whole);
}

static void arbiters_secret(const Keys *keys, const char *a, const char *b, PairKey *ret)
{
    char info[KEY_IDENTITY_SIZE];

    arbiters_text(a, b, info);
    hkdf(keys->secret, keys->secret_size, info, ret);
}

void keys_wipe(Keys *keys)
{
    OPENSSL_cleanse(keys, sizeof(*keys));
}

static bool parse_name(const char *text, size_t length, char *ret)
{
    return length > 0 && str_copy_bytes(ret, MEMBER_NAME_SIZE, text, length);
}

/* One line "mc1 ARBITER w hex" or "mc1 ARBITERS v w hex", cut into its words. */
static bool parse_arbiter_line(const char *line, size_t length, Keys *keys)
{
    const char *word[5];
    size_t size[5];
    size_t count = 0;
    const char *end = line + length;

    for (const char *at = line; at <= end && count < 5; count++) {
        const char *stop = memchr(at, ' ', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        word[count] = at;
        size[count] = (size_t)(stop - at);
        at = stop + 1;
    }
    if (count == 4 && size[1] == strlen("ARBITER") && keys->self[0] == '\0') {
        return parse_name(word[2], size[2], keys->self) &&
               str_to_bytes(word[3], size[3], keys->own.bytes, KEY_SIZE);
    }
    if (count != 5 || size[1] != strlen("ARBITERS") || keys->self[0] == '\0' ||
        keys->peer_count == ARBITERS_MAX) {
        return false;
    }
    ArbiterPeerSecret *peer = &keys->peer[keys->peer_count++];
    const bool first = size[2] == strlen(keys->self) && memcmp(word[2], keys->self, size[2]) == 0;
    const size_t other = first ? 3 : 2, own = first ? 2 : 3;
    return size[own] == strlen(keys->self) && memcmp(word[own], keys->self, size[own]) == 0 &&
           parse_name(word[other], size[other], peer->name) &&
           str_to_bytes(word[4], size[4], peer->secret.bytes, KEY_SIZE);
}

static bool parse_arbiter(const char *text, size_t size, Keys *keys)
{
    const char *end = text + size;

    keys->arbiter = true;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        stop = stop == NULL ? end : stop;
        if (!parse_arbiter_line(text, (size_t)(stop - text), keys)) {
            return false;
        }
        text = stop + 1;
    }
    return keys->self[0] != '\0';
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '\0';
}

bool keys_parse(const uint8_t *bytes, size_t size, Keys *ret, Error *error)
{
    Keys keys = {0};

    /* An editor adds a line end; that must not make another key. */
    while (size > 0 && is_blank(bytes[size - 1])) {
        size--;
    }
    if (size >= strlen(arbiter_prefix) &&
        memcmp(bytes, arbiter_prefix, strlen(arbiter_prefix)) == 0) {
        const bool good = parse_arbiter((const char *)bytes, size, &keys);
        if (good) {
            *ret = keys;
        }
        keys_wipe(&keys);
        return good || error_set(error, ERROR_CONFIG, "it is no key file of an arbiter");
    }
    if (size < KEY_SECRET_MIN || size > KEY_SECRET_MAX) {
        return error_set(error, ERROR_CONFIG, "a key has %d to %d bytes, this one has %zu",
                         KEY_SECRET_MIN, KEY_SECRET_MAX, size);
    }
    memcpy(keys.secret, bytes, size);
    keys.secret_size = size;
    *ret = keys;
    keys_wipe(&keys);
    return true;
}

static bool check_owner(int fd, Error *error)
{
    struct stat status;

    if (fstat(fd, &status) != 0) {
        return error_set_errno(error, errno, "cannot look at it");
    }
    if (!S_ISREG(status.st_mode)) {
        return error_set(error, ERROR_CONFIG, "it is not a file");
    }
    if ((status.st_mode & 077) != 0) {
        return error_set(error, ERROR_CONFIG,
                         "it has mode %04o and can be read by others; chmod go= on it",
                         status.st_mode & 07777);
    }
    if (status.st_uid != geteuid()) {
        return error_set(error, ERROR_CONFIG, "it belongs to user %u, this process to user %u",
                         status.st_uid, geteuid());
    }
    return true;
}

static bool read_checked(int fd, Keys *ret, Error *error)
{
    uint8_t bytes[KEY_FILE_MAX + 1];
    size_t size = 0;

    if (!check_owner(fd, error)) {
        return false;
    }
    while (size < sizeof(bytes)) {
        const ssize_t got = read(fd, bytes + size, sizeof(bytes) - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            OPENSSL_cleanse(bytes, sizeof(bytes));
            return error_set_errno(error, errno, "cannot read it");
        }
        if (got == 0) {
            break;
        }
        size += (size_t)got;
    }
    const bool good = size <= KEY_FILE_MAX ? keys_parse(bytes, size, ret, error)
                                           : error_set(error, ERROR_CONFIG,
                                                       "it has more than %d bytes", KEY_FILE_MAX);
    OPENSSL_cleanse(bytes, sizeof(bytes));
    return good;
}

bool keys_read(const char *path, Keys *ret, Error *error)
{
    /* Without waiting: it might be a pipe, which is then refused. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return error_set_errno(error, errno, "cannot open the key file \"%s\"", path);
    }
    const bool good = read_checked(fd, ret, error);
    close(fd);
    return good || error_wrap(error, "key file \"%s\"", path);
}

static bool write_new(const char *path, const void *bytes, size_t size, Error *error)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "cannot make the key file \"%s\"", path);
    }
    const ssize_t written = write(fd, bytes, size);
    int problem = written == (ssize_t)size ? 0 : written < 0 ? errno : EIO;
    if (problem == 0 && fsync(fd) != 0) {
        problem = errno;
    }
    if (close(fd) != 0 && problem == 0) {
        problem = errno;
    }
    if (problem != 0) {
        (void)unlink(path); /* half a key must not stay; if it does, reading refuses it */
        return error_set_errno(error, problem, "cannot write the key file \"%s\"", path);
    }
    return true;
}

bool keys_create(const char *path, Error *error)
{
    uint8_t random[KEY_SIZE];
    char text[2 * KEY_SIZE + 2];

    if (RAND_priv_bytes(random, sizeof(random)) != 1) {
        return error_set(error, ERROR_SYSTEM, "the system has no random numbers for a key");
    }
    str_from_bytes(random, sizeof(random), text);
    text[2 * KEY_SIZE] = '\n';
    const bool good = write_new(path, text, 2 * KEY_SIZE + 1, error);
    OPENSSL_cleanse(random, sizeof(random));
    OPENSSL_cleanse(text, sizeof(text));
    return good;
}

static void add_secret(StrBuf *out, const PairKey *secret)
{
    char hex[2 * KEY_SIZE + 1];

    str_from_bytes(secret->bytes, KEY_SIZE, hex);
    str_add(out, " ");
    str_add(out, hex);
    str_add(out, "\n");
    OPENSSL_cleanse(hex, sizeof(hex));
}

size_t keys_for_arbiter(const Keys *keys, const MemberTable *members, MemberId arbiter, char *ret,
                        size_t size)
{
    StrBuf out = str_begin(ret, size);
    const char *name = members->member[arbiter].name;
    PairKey secret;

    assert(!keys->arbiter);
    assert(arbiter < members->count && members->member[arbiter].kind == MEMBER_ARBITER);
    str_add(&out, arbiter_prefix);
    str_add(&out, " ");
    str_add(&out, name);
    arbiter_secret(keys, name, &secret);
    add_secret(&out, &secret);
    for (size_t i = 0; i < members->count; i++) {
        const Member *other = &members->member[i];
        char text[KEY_IDENTITY_SIZE];
        if (other->kind != MEMBER_ARBITER || i == arbiter) {
            continue;
        }
        arbiters_text(name, other->name, text);
        str_add(&out, text);
        arbiters_secret(keys, name, other->name, &secret);
        add_secret(&out, &secret);
    }
    OPENSSL_cleanse(&secret, sizeof(secret));
    return out.cut ? 0 : out.length;
}

bool keys_write_arbiter(const Keys *keys, const MemberTable *members, MemberId arbiter,
                        const char *path, Error *error)
{
    char text[KEY_FILE_MAX];
    const size_t size = keys_for_arbiter(keys, members, arbiter, text, sizeof(text));

    assert(size > 0);
    const bool good = write_new(path, text, size, error);
    OPENSSL_cleanse(text, sizeof(text));
    return good;
}

void keys_identity(const MemberTable *members, MemberId from, MemberId to,
                   char ret[KEY_IDENTITY_SIZE])
{
    assert(from < members->count && to < members->count);
    const bool whole = str_format(ret, KEY_IDENTITY_SIZE, "mc1 %s %s", members->member[from].name,
                                  members->member[to].name);
    assert(whole);
}

bool keys_find_pair(const MemberTable *members, const char *identity, size_t size,
                    MemberId *ret_from, MemberId *ret_to)
{
    for (MemberId from = 0; from < members->count; from++) {
        for (MemberId to = 0; to < members->count; to++) {
            char text[KEY_IDENTITY_SIZE];
            keys_identity(members, from, to, text);
            if (from != to && strlen(text) == size && memcmp(text, identity, size) == 0) {
                *ret_from = from;
                *ret_to = to;
                return true;
            }
        }
    }
    return false;
}

/* The secret that the two share with each other, and with those who hold the cluster's. */
static bool shared_secret(const Keys *keys, const Member *a, const Member *b, PairKey *ret)
{
    const bool arbiters = a->kind == MEMBER_ARBITER && b->kind == MEMBER_ARBITER;
    const char *arbiter = a->kind == MEMBER_ARBITER ? a->name : b->name;

    if (!keys->arbiter && arbiters) {
        arbiters_secret(keys, a->name, b->name, ret);
        return true;
    }
    if (!keys->arbiter) {
        arbiter_secret(keys, arbiter, ret);
        return true;
    }
    if (!arbiters) {
        *ret = keys->own;
        return str_equal(arbiter, keys->self);
    }
    for (size_t i = 0; i < keys->peer_count; i++) {
        const char *peer = keys->peer[i].name;
        if ((str_equal(a->name, keys->self) && str_equal(b->name, peer)) ||
            (str_equal(b->name, keys->self) && str_equal(a->name, peer))) {
            *ret = keys->peer[i].secret;
            return true;
        }
    }
    return false;
}

bool keys_pair(const Keys *keys, const MemberTable *members, MemberId from, MemberId to,
               PairKey *ret)
{
    char identity[KEY_IDENTITY_SIZE];
    const Member *a = &members->member[from], *b = &members->member[to];
    PairKey shared;

    assert(from != to);
    keys_identity(members, from, to, identity);
    if (a->kind == MEMBER_SERVER && b->kind == MEMBER_SERVER) {
        if (!keys->arbiter) {
            hkdf(keys->secret, keys->secret_size, identity, ret);
        }
        return !keys->arbiter;
    }
    const bool known = shared_secret(keys, a, b, &shared);
    if (known) {
        hkdf(shared.bytes, sizeof(shared.bytes), identity, ret);
    }
    OPENSSL_cleanse(&shared, sizeof(shared));
    return known;
}

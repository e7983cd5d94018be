/*
 * AES-256-GCM by OpenSSL.
 */
#include "backup/cipher.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

enum { NONCE_SIZE = 12, FILE_SIZE_MAX = 256, ID_BYTES = (MANIFEST_KEY_SIZE - 1) / 2 };

struct Cipher {
    EVP_CIPHER_CTX *context;
    uint8_t data_key[CIPHER_KEY_SIZE];
    uint8_t seal_key[CIPHER_KEY_SIZE];
};

/* ---- keys ---- */

static bool derive(const uint8_t *key, const uint8_t *salt, size_t salt_size, const char *what,
                   uint8_t *ret, size_t size, Error *error)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = kdf == NULL ? NULL : EVP_KDF_CTX_new(kdf);
    /* OpenSSL's interface lacks the const; it does not write to them. */
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)(uintptr_t) "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)key,
                                          CIPHER_KEY_SIZE),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salt, salt_size),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)what,
                                          strlen(what)),
        OSSL_PARAM_construct_end(),
    };
    const bool good = context != NULL && EVP_KDF_derive(context, ret, size, params) == 1;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return good || error_set(error, ERROR_SYSTEM, "HKDF failed");
}

static bool read_file(const char *path, char *ret, size_t size, Error *error)
{
    struct stat of;
    size_t have = 0;
    _cleanup_(io_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &of) != 0) {
        return error_set_errno(error, errno, "key file \"%s\"", path);
    }
    if (!S_ISREG(of.st_mode) || of.st_uid != geteuid() || (of.st_mode & 077) != 0) {
        return error_set(error, ERROR_REFUSED,
                         "key file \"%s\" has mode %04o and belongs to user %u\nhint: it is a file "
                         "of the user of this command, %u, with mode 0600",
                         path, of.st_mode & 07777, of.st_uid, geteuid());
    }
    if (!io_read_at(fd, ret, size, 0, &have, error)) {
        return error_wrap(error, "key file \"%s\"", path);
    }
    ret[have < size ? have : size - 1] = '\0';
    return true;
}

/* Of a key's id: it must be the same everywhere. */
static const uint8_t id_salt[1] = {1};

bool backup_key_read(const char *path, BackupKey *ret, Error *error)
{
    char text[FILE_SIZE_MAX];
    uint8_t id[ID_BYTES];
    BackupKey key = {.given = true};
    if (!read_file(path, text, sizeof(text), error)) {
        return false;
    }
    const size_t digits = strcspn(text, "\r\n");
    const bool good = text[digits + strspn(text + digits, "\r\n")] == '\0' &&
                      str_to_bytes(text, digits, key.bytes, sizeof(key.bytes));
    OPENSSL_cleanse(text, sizeof(text));
    if (!good) {
        return error_set(error, ERROR_CONFIG,
                         "key file \"%s\" does not hold %d hexadecimal digits\nhint: (umask 077 && "
                         "openssl rand -hex %d > FILE) makes one; keep a copy where no backup is",
                         path, 2 * CIPHER_KEY_SIZE, CIPHER_KEY_SIZE);
    }
    if (!derive(key.bytes, id_salt, sizeof(id_salt), "mc backup 1 id", id, sizeof(id), error)) {
        return false;
    }
    str_from_bytes(id, sizeof(id), key.id);
    *ret = key;
    backup_key_wipe(&key);
    return true;
}

void backup_key_wipe(BackupKey *key)
{
    OPENSSL_cleanse(key, sizeof(*key));
}

bool backup_key_fits(const BackupKey *key, const char *name, const ManifestHead *head, Error *error)
{
    static const char cure[] =
        "\nhint: --key-file, or backup_key_file in <id>.conf, names the file "
        "of that key; without it nobody can read the generation";
    if (head->key[0] == '\0' || (key->given && str_equal(key->id, head->key))) {
        return true;
    }
    if (!key->given) {
        return error_set(error, ERROR_REFUSED,
                         "generation %s is encrypted with key %s, and no key is given%s", name,
                         head->key, cure);
    }
    return error_set(error, ERROR_REFUSED,
                     "generation %s is encrypted with key %s, and the key given is %s%s", name,
                     head->key, key->id, cure);
}

bool backup_key_is_bypassed(const BackupKey *key, const ManifestHead *head)
{
    return key->given && head->key[0] == '\0';
}

bool cipher_new(const BackupKey *key, const ManifestHead *head, Cipher **ret, Error *error)
{
    if (head->key[0] == '\0') {
        *ret = NULL;
        return true;
    }
    assert(key->given && str_equal(key->id, head->key));
    Cipher *cipher = OPENSSL_zalloc(sizeof(*cipher));
    if (cipher == NULL || (cipher->context = EVP_CIPHER_CTX_new()) == NULL) {
        OPENSSL_free(cipher);
        return error_set_errno(error, ENOMEM, "set up encryption");
    }
    if (!derive(key->bytes, head->salt, sizeof(head->salt), "mc backup 1 data", cipher->data_key,
                sizeof(cipher->data_key), error) ||
        !derive(key->bytes, head->salt, sizeof(head->salt), "mc backup 1 manifest",
                cipher->seal_key, sizeof(cipher->seal_key), error)) {
        cipher_free(&cipher);
        return false;
    }
    *ret = cipher;
    return true;
}

void cipher_free(Cipher **cipher)
{
    if (*cipher != NULL) {
        EVP_CIPHER_CTX_free((*cipher)->context);
        OPENSSL_clear_free(*cipher, sizeof(**cipher));
    }
    *cipher = NULL;
}

/* ---- pieces ---- */

static void make_nonce(uint32_t file, uint64_t offset, uint8_t *ret)
{
    for (int i = 0; i < 4; i++) {
        ret[i] = (uint8_t)(file >> (24 - 8 * i));
    }
    for (int i = 0; i < 8; i++) {
        ret[4 + i] = (uint8_t)(offset >> (56 - 8 * i));
    }
}

bool cipher_seal(Cipher *cipher, uint32_t file, uint64_t offset, uint8_t *bytes, size_t size,
                 Error *error)
{
    uint8_t nonce[NONCE_SIZE];
    int done = 0;
    int rest = 0;
    assert(size > 0 && size <= INT32_MAX);
    make_nonce(file, offset, nonce);
    return (EVP_EncryptInit_ex2(cipher->context, EVP_aes_256_gcm(), cipher->data_key, nonce,
                                NULL) == 1 &&
            EVP_EncryptUpdate(cipher->context, bytes, &done, bytes, (int)size) == 1 &&
            EVP_EncryptFinal_ex(cipher->context, bytes + done, &rest) == 1 &&
            (size_t)done == size && rest == 0 &&
            EVP_CIPHER_CTX_ctrl(cipher->context, EVP_CTRL_AEAD_GET_TAG, CIPHER_TAG_SIZE,
                                bytes + size) == 1) ||
           error_set(error, ERROR_SYSTEM, "AES-256-GCM failed");
}

bool cipher_unseal(Cipher *cipher, uint32_t file, uint64_t offset, uint8_t *bytes, size_t size)
{
    uint8_t nonce[NONCE_SIZE];
    int done = 0;
    int rest = 0;
    if (size <= CIPHER_TAG_SIZE || size > INT32_MAX) {
        return false;
    }
    const size_t content = size - CIPHER_TAG_SIZE;
    make_nonce(file, offset, nonce);
    return EVP_DecryptInit_ex2(cipher->context, EVP_aes_256_gcm(), cipher->data_key, nonce, NULL) ==
               1 &&
           EVP_DecryptUpdate(cipher->context, bytes, &done, bytes, (int)content) == 1 &&
           EVP_CIPHER_CTX_ctrl(cipher->context, EVP_CTRL_AEAD_SET_TAG, CIPHER_TAG_SIZE,
                               bytes + content) == 1 &&
           EVP_DecryptFinal_ex(cipher->context, bytes + done, &rest) == 1;
}

bool cipher_sign(const Cipher *cipher, const uint8_t *digest, uint8_t *ret, Error *error)
{
    unsigned size = 0;
    return (HMAC(EVP_sha256(), cipher->seal_key, CIPHER_KEY_SIZE, digest, MANIFEST_DIGEST_SIZE, ret,
                 &size) != NULL &&
            size == MANIFEST_DIGEST_SIZE) ||
           error_set(error, ERROR_SYSTEM, "HMAC failed");
}

/* Encryption of generations: what was written is read, and nothing else. */
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/cipher.h"
#include "base/str.h"

static const char digits[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

static BackupKey read_key(const char *text, mode_t mode, bool wanted, const char *says)
{
    char path[] = "/tmp/mckeyXXXXXX";
    BackupKey key = {0};
    Error error = {0};
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    assert_int_equal(close(fd), 0);
    const bool good = backup_key_read(path, &key, &error);
    assert_int_equal(unlink(path), 0);
    if (good != wanted || (!wanted && strstr(error.text, says) == NULL)) {
        fail_msg("%s: \"%s\"", text, error.text);
    }
    return key;
}

static Cipher *cipher_of(const BackupKey *key, uint8_t salt)
{
    static ManifestHead head;
    Cipher *cipher = NULL;
    Error error = {0};
    memcpy(head.key, key->id, sizeof(head.key));
    memset(head.salt, salt, sizeof(head.salt));
    assert_true(cipher_new(key, &head, &cipher, &error));
    assert_non_null(cipher);
    return cipher;
}

static void a_key_file_is_private_and_whole_or_refused(void **state)
{
    (void)state;
    char text[200];
    assert_true(str_format(text, sizeof(text), "%s\n", digits));
    const BackupKey key = read_key(text, 0600, true, "");
    assert_true(key.given);
    assert_int_equal(strlen(key.id), MANIFEST_KEY_SIZE - 1);
    assert_null(strstr(digits, key.id)); /* no part of it */
    (void)read_key(text, 0640, false, "mode 0640");
    (void)read_key("", 0600, false, "64 hexadecimal digits");
    (void)read_key(digits + 1, 0600, false, "openssl rand -hex 32");
    assert_true(str_format(text, sizeof(text), "%s\nmore\n", digits));
    (void)read_key(text, 0600, false, "64 hexadecimal digits");
}

static void a_piece_opens_where_it_was_written_and_nowhere_else(void **state)
{
    (void)state;
    static const char text[] = "what nobody else is to know";
    uint8_t bytes[sizeof(text) + CIPHER_TAG_SIZE];
    uint8_t copy[sizeof(bytes)];
    Error error = {0};
    const BackupKey key = read_key(digits, 0600, true, "");
    Cipher *cipher = cipher_of(&key, 1);
    Cipher *other = cipher_of(&key, 2);
    memcpy(bytes, text, sizeof(text));
    assert_true(cipher_seal(cipher, 3, 4711, bytes, sizeof(text), &error));
    assert_memory_not_equal(bytes, text, sizeof(text));

    memcpy(copy, bytes, sizeof(copy));
    assert_true(cipher_unseal(cipher, 3, 4711, copy, sizeof(copy)));
    assert_memory_equal(copy, text, sizeof(text));

    const struct {
        Cipher *cipher;
        uint32_t file;
        uint64_t offset;
        size_t size;
    } elsewhere[] = {
        {other, 3, 4711, sizeof(copy)},
        {cipher, 4, 4711, sizeof(copy)},
        {cipher, CIPHER_INDEX(3), 4711, sizeof(copy)},
        {cipher, 3, 4712, sizeof(copy)},
        {cipher, 3, 4711, sizeof(copy) - 1},
        {cipher, 3, 4711, CIPHER_TAG_SIZE},
        {cipher, 3, 4711, 0},
    };
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
        memcpy(copy, bytes, sizeof(copy));
        assert_false(cipher_unseal(elsewhere[i].cipher, elsewhere[i].file, elsewhere[i].offset,
                                   copy, elsewhere[i].size));
    }
    for (size_t bit = 0; bit < 8 * sizeof(bytes); bit++) {
        memcpy(copy, bytes, sizeof(copy));
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(cipher_unseal(cipher, 3, 4711, copy, sizeof(copy)));
    }
    cipher_free(&cipher);
    cipher_free(&other);
}

static void another_key_and_none_are_refused_by_name(void **state)
{
    (void)state;
    static ManifestHead head;
    Error error = {0};
    const BackupKey none = {0};
    BackupKey key = read_key(digits, 0600, true, "");
    assert_true(backup_key_fits(&none, "g", &head, &error));
    assert_true(backup_key_fits(&key, "g", &head, &error));
    assert_false(backup_key_is_bypassed(&none, &head));
    assert_true(backup_key_is_bypassed(&key, &head));
    memcpy(head.key, key.id, sizeof(head.key));
    assert_true(backup_key_fits(&key, "g", &head, &error));
    assert_false(backup_key_is_bypassed(&key, &head));
    assert_false(backup_key_fits(&none, "g", &head, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.text, "no key is given\nhint: --key-file"));
    head.key[0] = head.key[0] == '0' ? '1' : '0';
    assert_false(backup_key_fits(&key, "g", &head, &error));
    assert_non_null(strstr(error.text, key.id));
    backup_key_wipe(&key);
    assert_false(key.given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_file_is_private_and_whole_or_refused),
        cmocka_unit_test(a_piece_opens_where_it_was_written_and_nowhere_else),
        cmocka_unit_test(another_key_and_none_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Encryption of a generation at rest.
 *
 * What is in packs and indexes is encrypted by AES-256-GCM, piece by piece: a chunk after it was compressed, the records of a
 * part. The operator's key encrypts nothing itself. Each generation has a salt of 32 random bytes in its manifest, and
 * from both comes, by HKDF-SHA-256, a key that no other generation has. In it the nonce of a piece is where the piece
 * stands: number of the file (4 bytes; an index has the highest bit set) and offset (8 bytes). A file is made with O_EXCL
 * and grows only, so no place is written twice, and no nonce is used twice under a key; a run that is begun anew
 * has another salt. A piece that was moved, within its generation or from another, does not authenticate.
 *
 * The manifest itself is readable: names, sizes, times, the id of the key. Its last line but one is an HMAC-SHA-256 over
 * all before it, under another key from the same source, so that whoever has no key cannot make up an encrypted generation
 * or change one. A generation in clear proves nothing of who made it: with a key given it is recovered only when the
 * operator names it, and never fetched. What stands beside the generations, archived and mirrored WAL, is not encrypted here.
 */
#ifndef BACKUP_CIPHER_H
#define BACKUP_CIPHER_H

#include "base/error.h"
#include "plan/manifest.h"

enum {
    CIPHER_KEY_SIZE = 32,
    CIPHER_TAG_SIZE = 16, /* what a piece grows by */
    CIPHER_PACKS_MAX = 0x7fffffff,
};
/* The number of an index as a file. */
#define CIPHER_INDEX(number) (UINT32_C(0x80000000) | (number))

/* An operator's key. */
typedef struct BackupKey {
    bool given;
    uint8_t bytes[CIPHER_KEY_SIZE];
    char id[MANIFEST_KEY_SIZE]; /* tells keys apart, and tells nothing about them */
} BackupKey;

/*
 * A key file: 64 hexadecimal digits and an end of line, mode 0600 or less, of this user. ERROR_REFUSED or ERROR_CONFIG,
 * with the cure.
 */
__attribute__((warn_unused_result)) bool backup_key_read(const char *path, BackupKey *ret,
                                                         Error *error);
void backup_key_wipe(BackupKey *key);

/* Whether a generation can be read with this key; one that is not encrypted always can. ERROR_REFUSED says which is
 * wanted. */
__attribute__((warn_unused_result)) bool backup_key_fits(const BackupKey *key, const char *name,
                                                         const ManifestHead *head, Error *error);

/* A key is given, and the generation is in clear: whoever can write where it lies, or answers for that place, may have put
 * it there in place of an encrypted one. Older ones of before the key was set are such, too. */
bool backup_key_is_bypassed(const BackupKey *key, const ManifestHead *head);

/* Of one generation. */
typedef struct Cipher Cipher;
/* *ret is NULL for a generation that is not encrypted. Otherwise the key must fit. */
__attribute__((warn_unused_result)) bool cipher_new(const BackupKey *key, const ManifestHead *head,
                                                    Cipher **ret, Error *error);
void cipher_free(Cipher **cipher);
/* Encrypts size bytes where they are; CIPHER_TAG_SIZE more are written behind them. */
__attribute__((warn_unused_result)) bool cipher_seal(Cipher *cipher, uint32_t file, uint64_t offset,
                                                     uint8_t *bytes, size_t size, Error *error);
/* Decrypts size bytes where they are, the last CIPHER_TAG_SIZE of which are the tag. False: they are not what was written
 * there. */
__attribute__((warn_unused_result)) bool cipher_unseal(Cipher *cipher, uint32_t file,
                                                       uint64_t offset, uint8_t *bytes,
                                                       size_t size);
/* The seal of a manifest whose lines so far have this digest. */
__attribute__((warn_unused_result)) bool cipher_sign(const Cipher *cipher, const uint8_t *digest,
                                                     uint8_t *ret, Error *error);

#endif

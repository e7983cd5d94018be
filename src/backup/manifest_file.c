/*
 * Reading and writing manifests.
 */
#include "backup/manifest_file.h"

#include "base/assert.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/unverified.h"
#include "base/cleanup.h"
#include "base/str.h"

enum { BUFFER_SIZE = 256 * 1024 };

struct ManifestReader {
    char folder[PG_PATH_SIZE];
    int fd;
    uint64_t offset; /* in the file, behind what is in the buffer */
    size_t begin;
    size_t end;
    bool finished;
    EVP_MD_CTX *sum;
    uint8_t seal[MANIFEST_DIGEST_SIZE];   /* as it stands there */
    uint8_t sealed[MANIFEST_DIGEST_SIZE]; /* digest of the lines before it */
    ManifestCheck check;
    char buffer[BUFFER_SIZE];
};

static bool sum_begin(EVP_MD_CTX **ret)
{
    *ret = EVP_MD_CTX_new();
    return *ret != NULL && EVP_DigestInit_ex(*ret, EVP_sha256(), NULL) == 1;
}

bool manifest_reader_new(const char *folder, ManifestReader **ret, Error *error)
{
    return manifest_reader_named(folder, MANIFEST_NAME, ret, error);
}

bool manifest_reader_named(const char *folder, const char *name, ManifestReader **ret, Error *error)
{
    char path[PG_PATH_SIZE];
    if (!io_path(path, folder, name, error)) {
        return false;
    }
    ManifestReader *in = calloc(1, sizeof(*in));
    if (in == NULL) {
        return error_set_errno(error, ENOMEM, "read a manifest");
    }
    in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (in->fd < 0) {
        const int code = errno;
        manifest_reader_free(&in);
        return error_set_errno(error, code, "open \"%s\"", path);
    }
    if (!str_copy(in->folder, sizeof(in->folder), folder) || !sum_begin(&in->sum)) {
        manifest_reader_free(&in);
        return error_set_errno(error, ENOMEM, "read a manifest");
    }
    *ret = in;
    return true;
}

void manifest_reader_free(ManifestReader **reader)
{
    if (*reader != NULL) {
        io_close(&(*reader)->fd);
        EVP_MD_CTX_free((*reader)->sum);
        free(*reader);
    }
    *reader = NULL;
}

/* A whole line in the buffer; its length without the end of it. */
static bool fill_line(ManifestReader *in, size_t *ret_length, Error *error)
{
    for (;;) {
        char *at = in->buffer + in->begin;
        const char *end = memchr(at, '\n', in->end - in->begin);
        size_t got = 0;
        if (end != NULL) {
            *ret_length = (size_t)(end - at);
            return true;
        }
        if (in->end - in->begin > MANIFEST_LINE_MAX) {
            return error_set(error, ERROR_CORRUPT, "a line is too long");
        }
        memmove(in->buffer, at, in->end - in->begin);
        in->end -= in->begin;
        in->begin = 0;
        if (!io_read_at(in->fd, in->buffer + in->end, BUFFER_SIZE - in->end, in->offset, &got,
                        error)) {
            return false;
        }
        if (got == 0) {
            return error_set(error, ERROR_CORRUPT, "it breaks off");
        }
        in->offset += got;
        in->end += got;
    }
}

/* The digest so far; more may be added. */
static bool sum_so_far(const EVP_MD_CTX *sum, uint8_t *ret, Error *error)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    const bool good = copy != NULL && EVP_MD_CTX_copy_ex(copy, sum) == 1 &&
                      EVP_DigestFinal_ex(copy, digest, &size) == 1 && size == MANIFEST_DIGEST_SIZE;
    EVP_MD_CTX_free(copy);
    if (good) {
        memcpy(ret, digest, size);
    }
    return good || error_set(error, ERROR_SYSTEM, "SHA-256 failed");
}

static bool check_sum(ManifestReader *in, const ManifestLine *line, Error *error)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_DigestFinal_ex(in->sum, digest, &size) != 1) {
        return error_set(error, ERROR_SYSTEM, "SHA-256 failed");
    }
    if (size != MANIFEST_DIGEST_SIZE ||
        (memcmp(digest, line->digest, size) != 0 && !unverified())) {
        return error_set(error, ERROR_CORRUPT, "its sum is wrong");
    }
    in->finished = true;
    return true;
}

static bool next_line(ManifestReader *in, ManifestLine *ret, Error *error)
{
    size_t length = 0;
    if (!fill_line(in, &length, error)) {
        return false;
    }
    const char *text = in->buffer + in->begin;
    in->begin += length + 1;
    if (!manifest_parse(text, length, ret, error) || !manifest_check(&in->check, ret, error)) {
        return false;
    }
    if (ret->kind == MANIFEST_END) {
        return check_sum(in, ret, error);
    }
    if (ret->kind == MANIFEST_SEAL) {
        memcpy(in->seal, ret->digest, sizeof(in->seal));
        if (!sum_so_far(in->sum, in->sealed, error)) {
            return false;
        }
    }
    return EVP_DigestUpdate(in->sum, text, length + 1) == 1 ||
           error_set(error, ERROR_SYSTEM, "SHA-256 failed");
}

bool manifest_next(ManifestReader *in, ManifestLine *ret, bool *ret_more, Error *error)
{
    assert(in != NULL);
    if (in->finished) {
        *ret_more = false;
        return true;
    }
    if (!next_line(in, ret, error)) {
        return error_wrap(error, "manifest of \"%s\"", in->folder);
    }
    *ret_more = !in->finished;
    return true;
}

const ManifestHead *manifest_reader_head(const ManifestReader *in)
{
    return &in->check.head;
}

bool manifest_reader_sealed(const ManifestReader *in, const Cipher *cipher)
{
    uint8_t seal[MANIFEST_DIGEST_SIZE];
    Error ignored = {0};
    assert(in->finished);
    return cipher_sign(cipher, in->sealed, seal, &ignored) &&
           CRYPTO_memcmp(seal, in->seal, sizeof(seal)) == 0;
}

bool manifest_read_head(const char *folder, ManifestHead *ret, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    bool more = true;
    if (line == NULL || !manifest_reader_new(folder, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    do {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
    } while (more && line->kind < MANIFEST_DIR);
    *ret = in->check.head;
    return true;
}

static bool check_file(const char *folder, const ManifestLine *line, Error *error)
{
    char name[32];
    char path[PG_PATH_SIZE];
    struct stat of;
    (void)str_format(name, sizeof(name), "%s.%llu", line->kind == MANIFEST_PACK ? "pack" : "index",
                     (unsigned long long)line->number); /* fits */
    if (!io_path(path, folder, name, error)) {
        return false;
    }
    if (stat(path, &of) != 0) {
        return error_set_errno(error, errno, "\"%s\"", path);
    }
    return (uint64_t)of.st_size == line->size ||
           error_set(error, ERROR_CORRUPT, "\"%s\" has %lld bytes instead of %llu", path,
                     (long long)of.st_size, (unsigned long long)line->size);
}

bool manifest_prove(const char *folder, ManifestHead *ret, Error *error)
{
    return manifest_prove_named(folder, MANIFEST_NAME, ret, error);
}

bool manifest_prove_named(const char *folder, const char *name, ManifestHead *ret, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    if (line == NULL || !manifest_reader_named(folder, name, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        const bool file = line->kind == MANIFEST_PACK || line->kind == MANIFEST_INDEX;
        if (more && file && !check_file(folder, line, error)) {
            return false;
        }
    }
    *ret = in->check.head;
    return true;
}

bool manifest_check_seal(const char *folder, const char *name, const BackupKey *key, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_(cipher_free) Cipher *cipher = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    if (line == NULL || !manifest_reader_named(folder, name, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
    }
    if (!backup_key_fits(key, folder, &in->check.head, error) ||
        !cipher_new(key, &in->check.head, &cipher, error)) {
        return false;
    }
    return cipher == NULL || manifest_reader_sealed(in, cipher) ||
           error_set(error, ERROR_CORRUPT,
                     "the manifest of \"%s\" was changed by somebody without the key", folder);
}

struct ManifestWriter {
    char folder[PG_PATH_SIZE];
    char path[PG_PATH_SIZE];
    FILE *file;
    EVP_MD_CTX *sum;
    char line[MANIFEST_LINE_MAX];
};

bool manifest_writer_new(const char *folder, ManifestWriter **ret, Error *error)
{
    ManifestWriter *out = calloc(1, sizeof(*out));
    if (out == NULL) {
        return error_set_errno(error, ENOMEM, "write a manifest");
    }
    if (!str_copy(out->folder, sizeof(out->folder), folder) || !sum_begin(&out->sum) ||
        !io_path(out->path, folder, MANIFEST_NAME ".new", error)) {
        manifest_writer_free(&out);
        return error_set(error, ERROR_LIMIT, "cannot write a manifest in \"%s\"", folder);
    }
    out->file = fopen(out->path, "wxe");
    if (out->file == NULL) {
        const int code = errno;
        manifest_writer_free(&out);
        return error_set_errno(error, code, "make a manifest in \"%s\"", folder);
    }
    *ret = out;
    return true;
}

void manifest_writer_free(ManifestWriter **writer)
{
    if (*writer != NULL) {
        if ((*writer)->file != NULL) {
            (void)fclose((*writer)->file); /* what matters was synced */
        }
        EVP_MD_CTX_free((*writer)->sum);
        free(*writer);
    }
    *writer = NULL;
}

static bool write_text(ManifestWriter *out, const ManifestLine *line, Error *error)
{
    StrBuf text = str_begin(out->line, sizeof(out->line));
    manifest_format(line, &text);
    if (text.cut) {
        return error_set(error, ERROR_LIMIT, "a line of the manifest is too long: \"%s\"",
                         line->path);
    }
    if (fwrite(out->line, 1, text.length, out->file) != text.length) {
        return error_set_errno(error, errno, "write \"%s\"", out->path);
    }
    return line->kind == MANIFEST_END || EVP_DigestUpdate(out->sum, out->line, text.length) == 1 ||
           error_set(error, ERROR_SYSTEM, "SHA-256 failed");
}

bool manifest_write(ManifestWriter *out, const ManifestLine *line, Error *error)
{
    return write_text(out, line, error);
}

static bool write_seal(ManifestWriter *out, const Cipher *cipher, Error *error)
{
    uint8_t digest[MANIFEST_DIGEST_SIZE];
    ManifestLine line = {.kind = MANIFEST_SEAL};
    return sum_so_far(out->sum, digest, error) && cipher_sign(cipher, digest, line.digest, error) &&
           write_text(out, &line, error);
}

bool manifest_writer_end(ManifestWriter *out, const Cipher *cipher, Error *error)
{
    char path[PG_PATH_SIZE];
    ManifestLine end = {.kind = MANIFEST_END};
    unsigned size = 0;
    if (cipher != NULL && !write_seal(out, cipher, error)) {
        return false;
    }
    if (EVP_DigestFinal_ex(out->sum, end.digest, &size) != 1) {
        return error_set(error, ERROR_SYSTEM, "SHA-256 failed");
    }
    if (!write_text(out, &end, error) || !io_path(path, out->folder, MANIFEST_NAME, error)) {
        return false;
    }
    if (fflush(out->file) != 0 || fsync(fileno(out->file)) != 0) {
        return error_set_errno(error, errno, "write \"%s\"", out->path);
    }
    /* Everything that the manifest names must be found after a power cut before the manifest itself is. */
    if (!io_sync_folder(out->folder, error)) {
        return false;
    }
    if (rename(out->path, path) != 0) {
        return error_set_errno(error, errno, "name \"%s\"", path);
    }
    return io_sync_folder(out->folder, error);
}

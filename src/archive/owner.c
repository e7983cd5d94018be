/* owner.c - claims and the owner file. */
#include "archive/owner.h"

#include "archive/durable.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char HEAD[] = "# written by Mirroring Controller: who archives into this folder\n";
static const char OWNER[] = "owner";

void archive_claim_format(const ArchiveClaim *claim, char ret[ARCHIVE_CLAIM_SIZE])
{
    (void)str_format(ret, ARCHIVE_CLAIM_SIZE, "%llx %llx %llx", (unsigned long long)claim->line,
                     (unsigned long long)claim->epoch,
                     (unsigned long long)claim->directory); /* three times 16 digits */
}

/* Digits of lower case up to `end`; moves on behind it. */
static bool take_hex(const char **at, char end, uint64_t *ret)
{
    uint64_t value = 0;
    int digits = 0;
    for (; digits < 17; digits++, (*at)++) {
        const char c = **at;
        if (str_is_digit(c)) {
            value = value << 4 | (uint64_t)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value = value << 4 | (uint64_t)(c - 'a' + 10);
        } else {
            break;
        }
    }
    if (digits == 0 || digits > 16 || **at != end) {
        return false;
    }
    *at += end == '\0' ? 0 : 1;
    *ret = value;
    return true;
}

static bool take_claim(const char **at, char end, ArchiveClaim *ret)
{
    ArchiveClaim claim;
    if (!take_hex(at, ' ', &claim.line) || !take_hex(at, ' ', &claim.epoch) ||
        !take_hex(at, end, &claim.directory)) {
        return false;
    }
    *ret = claim;
    return true;
}

bool archive_claim_parse(const char *text, ArchiveClaim *ret)
{
    return take_claim(&text, '\0', ret);
}

/* A sum, so that a file cut off at the power's end is not taken for another epoch. */
static uint32_t sum_of(const char *text, size_t length)
{
    uint32_t sum = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ (uint8_t)text[i]) * 16777619U;
    }
    return sum;
}

void archive_owner_format(const ArchiveClaim *claim, char ret[ARCHIVE_OWNER_SIZE])
{
    char words[ARCHIVE_CLAIM_SIZE];
    StrBuf out = str_begin(ret, ARCHIVE_OWNER_SIZE);
    archive_claim_format(claim, words);
    str_add_format(&out, "%sclaim %s\n", HEAD, words);
    const uint32_t sum = sum_of(ret, out.length);
    str_add_format(&out, "sum %08x\n", sum);
}

bool archive_owner_parse(const char *text, ArchiveClaim *ret)
{
    ArchiveClaim claim;
    char again[ARCHIVE_OWNER_SIZE];
    const char *at = text + sizeof(HEAD) - 1;
    if (!str_starts_with(text, HEAD) || !str_starts_with(at, "claim ")) {
        return false;
    }
    at += strlen("claim ");
    if (!take_claim(&at, '\n', &claim)) {
        return false;
    }
    archive_owner_format(&claim, again);
    if (!str_equal(text, again)) {
        return false;
    }
    *ret = claim;
    return true;
}

bool archive_owner_admits(const ArchiveClaim *owner, const ArchiveClaim *claim, uint64_t directory,
                          Error *error)
{
    if (claim == NULL) {
        return error_set(error, ERROR_REFUSED,
                         "the archive belongs to a cluster (epoch %llu), and this instance was not "
                         "started by its agent",
                         (unsigned long long)owner->epoch);
    }
    if (claim->directory != directory) {
        return error_set(error, ERROR_REFUSED,
                         "this data directory is a copy of the one that may archive here");
    }
    if (claim->line != owner->line) {
        return error_set(error, ERROR_REFUSED,
                         "the archive belongs to line %llx of the cluster's history, and this "
                         "instance was started on line %llx",
                         (unsigned long long)owner->line, (unsigned long long)claim->line);
    }
    if (claim->epoch < owner->epoch) {
        return error_set(error, ERROR_REFUSED,
                         "the archive belongs to the primary of epoch %llu, and this instance was "
                         "started under epoch %llu",
                         (unsigned long long)owner->epoch, (unsigned long long)claim->epoch);
    }
    return true;
}

bool archive_owner_read(const char *folder, bool *ret_there, ArchiveClaim *ret, Error *error)
{
    char text[ARCHIVE_OWNER_SIZE + 1];
    char path[DURABLE_PATH_SIZE];
    if (!durable_path(path, folder, OWNER, error)) {
        return false;
    }
    if (!durable_read(path, text, sizeof(text), error)) {
        *ret_there = false;
        const bool missing = error->errnum == ENOENT;
        if (missing) {
            error_clear(error);
        }
        return missing;
    }
    if (!archive_owner_parse(text, ret)) {
        return error_set(error, ERROR_CORRUPT, "\"%s\" is not understood", path);
    }
    *ret_there = true;
    return true;
}

bool archive_owner_check(const char *folder, const char *claim_text, const char *data_dir,
                         Error *error)
{
    ArchiveClaim owner;
    ArchiveClaim claim;
    struct stat here;
    bool owned = false;
    if (!archive_owner_read(folder, &owned, &owner, error)) {
        return false;
    }
    if (!owned) {
        return true;
    }
    if (stat(data_dir, &here) != 0) {
        return error_set_errno(error, errno, "could not stat \"%s\"", data_dir);
    }
    const bool claimed = archive_claim_parse(claim_text, &claim);
    return archive_owner_admits(&owner, claimed ? &claim : NULL, here.st_ino, error);
}

bool archive_owner_write(const char *folder, const ArchiveClaim *claim, Error *error)
{
    char text[ARCHIVE_OWNER_SIZE];
    char path[DURABLE_PATH_SIZE];
    ArchiveClaim before;
    bool there = false;
    if (!archive_owner_read(folder, &there, &before, error)) {
        /* It is being written anew, by the one who may. Only what could not be read at all stays an error. */
        if (error->kind != ERROR_CORRUPT) {
            return false;
        }
        error_clear(error);
        there = false;
    }
    if (there && before.line == claim->line && before.epoch > claim->epoch) {
        return error_set(error, ERROR_REFUSED,
                         "the archive \"%s\" belongs to the primary of epoch %llu already", folder,
                         (unsigned long long)before.epoch);
    }
    archive_owner_format(claim, text);
    return durable_path(path, folder, OWNER, error) &&
           durable_write(path, text, strlen(text), error);
}

/* pg_identity.c - mc.identity: text, one fact per line, ended by a checksum. */
#include "sys/pg_identity.h"

#include "base/assert.h"
#include "base/pg_crc.h"
#include "sys/pg_file.h"

#include <string.h>

static const char HEAD[] = "# written by Mirroring Controller: identity of this data directory\n";

static void add_hex(StrBuf *out, uint64_t value)
{
    str_add_format(out, " %llx", (unsigned long long)value);
}

static size_t compose(void *arg, const PgFileMark *of, char *ret, size_t size)
{
    const PgIdentity *identity = arg;
    char cluster[2 * sizeof(identity->cluster.bytes) + 1];
    StrBuf out = str_begin(ret, size);

    str_from_bytes(identity->cluster.bytes, sizeof(identity->cluster.bytes), cluster);
    str_add(&out, HEAD);
    str_add_format(&out, "cluster %s\ndir", cluster);
    add_hex(&out, identity->dir);
    str_add(&out, "\nfile");
    add_hex(&out, of->device);
    add_hex(&out, of->inode);
    add_hex(&out, of->born);
    str_add(&out, "\n");
    for (uint8_t i = 0; i < identity->chain.count; i++) {
        const ChainLink *link = &identity->chain.link[i];
        str_add(&out, "link");
        add_hex(&out, link->line);
        add_hex(&out, link->epoch);
        add_hex(&out, link->dir);
        add_hex(&out, link->timeline);
        add_hex(&out, link->start);
        str_add(&out, "\n");
    }
    uint32_t crc = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, ret, out.length));
    str_add_format(&out, "sum %08x\n", crc);
    return out.cut ? 0 : out.length;
}

/* A cursor over lines of words. */
typedef struct Words {
    const char *at;
    const char *end;
} Words;

static bool word_is(Words *in, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(in->end - in->at) < length || memcmp(in->at, word, length) != 0) {
        return false;
    }
    in->at += length;
    return true;
}

static bool word_hex(Words *in, uint64_t *ret)
{
    uint64_t value = 0;
    int digits = 0;
    if (!word_is(in, " ")) {
        return false;
    }
    for (; in->at < in->end && digits < 17; in->at++, digits++) {
        char c = *in->at;
        uint64_t digit = 0;
        if (c >= '0' && c <= '9') {
            digit = (uint64_t)c - '0';
        } else if (c >= 'a' && c <= 'f') {
            digit = (uint64_t)c - 'a' + 10;
        } else {
            break;
        }
        value = value << 4 | digit;
    }
    *ret = value;
    return digits > 0 && digits <= 16;
}

static bool parse_link(Words *in, ChainLink *ret)
{
    uint64_t timeline = 0;
    bool ok = word_hex(in, &ret->line) && word_hex(in, &ret->epoch) && word_hex(in, &ret->dir) &&
              word_hex(in, &timeline) && word_hex(in, &ret->start) && word_is(in, "\n");
    ret->timeline = (TimelineId)timeline;
    return ok && timeline <= UINT32_MAX;
}

bool pg_identity_parse(const char *text, size_t size, PgFileMark *ret_of, PgIdentity *ret)
{
    PgIdentity identity = {0};
    Words in = {.at = text, .end = text + size};
    size_t digits = 2 * sizeof(identity.cluster.bytes);

    if (!word_is(&in, HEAD) || !word_is(&in, "cluster ") || (size_t)(in.end - in.at) < digits ||
        !str_to_bytes(in.at, digits, identity.cluster.bytes, sizeof(identity.cluster.bytes))) {
        return false;
    }
    in.at += digits;
    if (!word_is(&in, "\ndir") || !word_hex(&in, &identity.dir) || !word_is(&in, "\nfile") ||
        !word_hex(&in, &ret_of->device) || !word_hex(&in, &ret_of->inode) ||
        !word_hex(&in, &ret_of->born) || !word_is(&in, "\n")) {
        return false;
    }
    while (word_is(&in, "link")) {
        if (identity.chain.count == CHAIN_MAX ||
            !parse_link(&in, &identity.chain.link[identity.chain.count])) {
            return false;
        }
        identity.chain.count++;
    }
    char sum[16];
    uint32_t crc = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, text, (size_t)(in.at - text)));
    (void)str_format(sum, sizeof(sum), "sum %08x\n", crc); /* fits */
    if (!word_is(&in, sum) || in.at != in.end) {
        return false;
    }
    *ret = identity;
    return true;
}

PgIdentityFate pg_identity_read(const char *data_dir, PgIdentity *ret)
{
    char path[PG_PATH_SIZE];
    char text[PG_FILE_COMPOSED_MAX];
    size_t size = 0;
    PgFileMark is;
    PgFileMark was = {0};
    Error error = {0};

    *ret = (PgIdentity){0};
    pg_path(path, data_dir, "mc.identity");
    if (!pg_file_mark(path, &is)) {
        return PG_IDENTITY_NONE;
    }
    if (!pg_file_read(path, text, sizeof(text), &size, &error) ||
        !pg_identity_parse(text, size, &was, ret)) {
        *ret = (PgIdentity){0};
        return PG_IDENTITY_DAMAGED;
    }
    if (was.device != is.device || was.inode != is.inode || was.born != is.born) {
        ret->dir = 0;
        return PG_IDENTITY_COPY;
    }
    return PG_IDENTITY_OWN;
}

bool pg_identity_write(const char *data_dir, const PgIdentity *identity, Error *error)
{
    char path[PG_PATH_SIZE];
    PgIdentity copy = *identity;

    assert(identity->chain.count <= CHAIN_MAX);
    pg_path(path, data_dir, "mc.identity");
    return pg_file_compose(path, compose, &copy, 0600, error);
}

bool pg_directory_interrupted(const char *data_dir)
{
    char path[PG_PATH_SIZE];
    bool there = true; /* the careful answer */
    Error ignored = {0};
    pg_path(path, data_dir, "mc.interrupted");
    return !pg_file_look(path, &there, &ignored) || there;
}

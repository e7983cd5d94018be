/* pg_receipt.c - mc.restored: one "name = value" per line, ended by a checksum. */
#include "sys/pg_receipt.h"

#include "base/pg_crc.h"
#include "base/str.h"
#include "core/history.h"
#include "sys/pg_file.h"

#include <string.h>

enum { RECEIPT_MAX = 1024 };

static const char NAME[] = "mc.restored";
static const char HEAD[] =
    "# written by Mirroring Controller: recovered from a backup\nversion = 1\n";

static uint32_t sum_of(const char *text, size_t size)
{
    return pg_crc_end(pg_crc_add(PG_CRC_BEGIN, text, size));
}

bool pg_receipt_write(const char *data_dir, const PgReceipt *receipt, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[RECEIPT_MAX];
    char end[STR_LSN_SIZE];
    StrBuf out = str_begin(text, sizeof(text));

    pg_path(path, data_dir, NAME);
    str_add(&out, HEAD);
    str_add_format(&out, "backup = %s\n", receipt->backup);
    str_add_format(&out, "system_identifier = %llu\n",
                   (unsigned long long)receipt->system_identifier);
    str_add_format(&out, "recovered_timeline = %u\n", receipt->recovered.timeline);
    str_add_format(&out, "end = %s\n", str_from_lsn(receipt->recovered.lsn, end, sizeof(end)));
    str_add_format(&out, "new_timeline = %u\n", receipt->timeline);
    str_add_format(&out, "directory = %llu\n", (unsigned long long)receipt->dir);
    str_add_format(&out, "finished = %lld\n", (long long)receipt->finished);
    str_add_format(&out, "sum = %08x\n", sum_of(text, out.length));
    if (out.cut) {
        return error_set(error, ERROR_LIMIT, "the receipt does not fit");
    }
    return pg_file_write(path, text, out.length, 0600, error);
}

/* The value of the next line, which must have this name. */
static bool value_of(const char **at, const char *name, const char **ret, size_t *ret_length)
{
    const size_t length = strlen(name);
    if (strncmp(*at, name, length) != 0 || strncmp(*at + length, " = ", 3) != 0) {
        return false;
    }
    *ret = *at + length + 3;
    *ret_length = strcspn(*ret, "\n");
    *at = *ret + *ret_length;
    if (**at != '\n') {
        return false;
    }
    (*at)++;
    return true;
}

static bool number_of(const char **at, const char *name, uint64_t most, uint64_t *ret)
{
    const char *value;
    size_t length;
    return value_of(at, name, &value, &length) && str_to_uint(value, length, ret) && *ret <= most;
}

static bool parse(const char *text, PgReceipt *ret)
{
    const char *at = text;
    const char *value;
    size_t length;
    uint64_t recovered;
    uint64_t timeline;
    uint64_t finished;
    char sum[32];

    if (strncmp(at, HEAD, strlen(HEAD)) != 0) {
        return false;
    }
    at += strlen(HEAD);
    if (!value_of(&at, "backup", &value, &length) ||
        !str_copy_bytes(ret->backup, sizeof(ret->backup), value, length) ||
        !number_of(&at, "system_identifier", UINT64_MAX, &ret->system_identifier) ||
        !number_of(&at, "recovered_timeline", UINT32_MAX, &recovered) ||
        !value_of(&at, "end", &value, &length) || !str_to_lsn(value, length, &ret->recovered.lsn) ||
        !number_of(&at, "new_timeline", UINT32_MAX, &timeline) ||
        !number_of(&at, "directory", UINT64_MAX, &ret->dir) ||
        !number_of(&at, "finished", INT64_MAX, &finished)) {
        return false;
    }
    ret->recovered.timeline = (TimelineId)recovered;
    ret->timeline = (TimelineId)timeline;
    ret->finished = (int64_t)finished;
    (void)str_format(sum, sizeof(sum), "sum = %08x\n",
                     sum_of(text, (size_t)(at - text))); /* fits */
    return str_equal(at, sum) && ret->dir != 0;
}

bool pg_receipt_read(const char *data_dir, PgReceipt *ret)
{
    char path[PG_PATH_SIZE];
    char text[RECEIPT_MAX];
    PgReceipt receipt = {0};
    Error error = {0};

    pg_path(path, data_dir, NAME);
    if (!pg_file_exists(path) || !pg_file_read(path, text, sizeof(text), NULL, &error) ||
        !parse(text, &receipt)) {
        return false;
    }
    *ret = receipt;
    return true;
}

/* The backup's word for how this stretch was opened; NULL: it has none, or means another one of that number. */
static const ChainLink *find_link(const PgStretch *stretch, const Chain *brought)
{
    for (unsigned i = 0; i < brought->count; i++) {
        const ChainLink *link = &brought->link[i];
        if (link->timeline == stretch->timeline && link->start <= stretch->end &&
            (stretch->begin == 0 || link->start == stretch->begin)) {
            return link;
        }
    }
    return NULL;
}

/* A timeline after the backup of which nobody has told must stand in the chain nevertheless: without it the one before would
 * seem to go on to the end, and WAL that left it in between would be taken for a beginning of this. */
Chain pg_receipt_chain(const PgHistory *history, const Chain *brought)
{
    Chain chain = {0};
    for (uint16_t i = 0; i + 1 < history->count; i++) {
        const PgStretch *stretch = &history->stretch[i];
        const ChainLink *link = find_link(stretch, brought);
        if (link != NULL) {
            chain_add(&chain, link);
        } else if (chain.count > 0) {
            chain_add(&chain, &(ChainLink){.timeline = stretch->timeline, .start = stretch->begin});
        }
    }
    return chain;
}

bool pg_receipt_view(const char *data_dir, const PgReceipt *receipt, uint64_t system_identifier,
                     TimelineId timeline, const Chain *brought, RestoredView *ret)
{
    PgHistory history;
    Error error = {0};

    if (receipt->system_identifier != system_identifier || receipt->timeline != timeline ||
        !pg_history_read(data_dir, timeline, &history, &error) || history.count < 2) {
        return false;
    }
    const PgStretch *followed = &history.stretch[history.count - 2];
    if (followed->timeline != receipt->recovered.timeline ||
        pg_history_start(&history) != receipt->recovered.lsn) {
        return false;
    }
    *ret = (RestoredView){.there = true,
                          .end = receipt->recovered,
                          .start = followed->begin,
                          .chain = pg_receipt_chain(&history, brought)};
    return true;
}

bool pg_receipt_remove(const char *data_dir, Error *error)
{
    char path[PG_PATH_SIZE];
    pg_path(path, data_dir, NAME);
    return pg_file_remove(path, error);
}

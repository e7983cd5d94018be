/* Fuzz target: what a recovery reads from a backup directory and from an archive.
 *
 * The first byte chooses: a manifest, records of an index, names, pages of WAL, the first of them, a request or an
 * answer of another server. What is accepted must be within its
 * bounds, and must be the same after it was written out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/buf.h"
#include "base/str.h"
#include "plan/chunk.h"
#include "plan/datafile.h"
#include "plan/filewire.h"
#include "plan/generations.h"
#include "plan/manifest.h"
#include "plan/segment.h"
#include "plan/walread.h"
#include "plan/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void again(const ManifestLine *line)
{
    static char text[MANIFEST_LINE_MAX];
    static char second[MANIFEST_LINE_MAX];
    static ManifestLine read;
    Error error = {0};
    StrBuf out = str_begin(text, sizeof(text));
    StrBuf more = str_begin(second, sizeof(second));
    manifest_format(line, &out);
    assert(!out.cut);
    const bool good = manifest_parse(text, out.length - 1, &read, &error);
    assert(good);
    manifest_format(&read, &more);
    assert(strcmp(text, second) == 0);
}

static void try_manifest(const char *text, size_t size)
{
    static ManifestCheck check;
    static ManifestLine line;
    Error error = {0};
    check = (ManifestCheck){0};
    for (size_t at = 0; at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        const size_t length = end == NULL ? size - at : (size_t)(end - text) - at;
        if (!manifest_parse(text + at, length, &line, &error)) {
            assert(error.kind == ERROR_CORRUPT);
            return;
        }
        again(&line);
        if (!manifest_check(&check, &line, &error)) {
            assert(error.kind != ERROR_NONE);
            return;
        }
        at += length + 1;
    }
}

static void try_records(const uint8_t *data, size_t size)
{
    uint8_t bytes[CHUNK_RECORD_MAX];
    ByteReader in = byte_reader(data, size);
    Chunk chunk;
    BlockKey keys[CHUNK_BLOCKS_MAX] = {0};
    if (size > 0 && size <= CHUNK_SIZE_MAX) {
        chunk_keys(data, (uint32_t)size, keys);
        assert(chunk_differ(keys, keys, (uint32_t)size) == 0);
        BlockKey other[CHUNK_BLOCKS_MAX];
        memcpy(other, keys, sizeof(other));
        other[0].crc ^= 1;
        assert(chunk_differ(keys, other, (uint32_t)size) == 1);
    }
    while (!byte_reader_done(&in)) {
        const size_t from = in.position;
        if (!chunk_read(&in, &chunk)) {
            return;
        }
        assert(chunk.size >= 1 && chunk.size <= CHUNK_SIZE_MAX);
        assert(chunk_blocks_bytes(chunk.size, chunk.source[0].blocks) == chunk.size);
        ByteWriter out = byte_writer(bytes, sizeof(bytes));
        chunk_write(&out, &chunk);
        assert(!out.failed && out.position == in.position - from);
        assert(memcmp(bytes, data + from, out.position) == 0);
    }
}

static void try_names(const char *text, size_t size)
{
    char name[MANIFEST_PATH_SIZE];
    char written[SEGMENT_NAME_SIZE];
    RelationFile relation;
    Segment segment;
    When when;
    if (size >= sizeof(name)) {
        return;
    }
    memcpy(name, text, size);
    name[size] = '\0';
    const DataEntry entry = datafile_entry(name);
    assert(entry == DATA_ENTRY_TAKE || entry == DATA_ENTRY_SKIP || entry == DATA_ENTRY_FOLDER);
    if (datafile_relation(name, &relation)) {
        assert(relation.main || strchr(name, '_') != NULL);
    }
    assert(datafile_compare(name, name) == 0);
    assert(datafile_compare(name, "base") == -datafile_compare("base", name));
    if (segment_parse(name, 16 * 1024 * 1024, &segment) == SEGMENT_FILE_WHOLE) {
        assert(strcmp(segment_name(segment, 16 * 1024 * 1024, written), name) == 0);
    }
    if (when_parse(name, &when)) {
        assert(when_seconds(&when) >= 0);
    }
    if (manifest_is_generation(name)) {
        assert(strlen(name) + 1 == MANIFEST_GENERATION_SIZE);
    }
}

static void take_event(void *arg, const WalEvent *event)
{
    int *count = arg;
    assert(event->end > event->at);
    assert(memchr(event->name, '\0', sizeof(event->name)) != NULL);
    (*count)++;
}

/* Eight bytes say where the WAL begins; each page is a length of two bytes and so many of its first bytes, zeros behind. */
static void try_wal(const uint8_t *data, size_t size)
{
    enum { SEGMENT = 1024 * 1024 };
    WalRead in;
    uint8_t page[WAL_PAGE_SIZE];
    ByteReader bytes = byte_reader(data, size);
    int count = 0;
    const Lsn start = byte_read_u64(&bytes) % (UINT64_C(1) << 40) & ~UINT64_C(7);
    const uint64_t system = byte_read_u64(&bytes);

    walread_begin(&in, system, SEGMENT, start, take_event, &count);
    while (!bytes.failed && byte_reader_left(&bytes) > 0) {
        const uint16_t length = byte_read_u16(&bytes);
        memset(page, 0, sizeof(page));
        byte_read(&bytes, page, length < WAL_PAGE_SIZE ? length : WAL_PAGE_SIZE);
        const Lsn before = in.end;
        if (walread_page(&in, page) == WAL_ENDS) {
            assert(in.reason[0] != '\0');
            return;
        }
        assert(in.end >= before);
    }
}

static void try_head(const uint8_t *data, size_t size)
{
    uint8_t page[WAL_PAGE_SIZE] = {0};
    WalHead head;
    memcpy(page, data, size < sizeof(page) ? size : sizeof(page));
    if (walread_head(page, &head)) {
        assert(head.begin % head.segment_size == 0);
        assert(head.record > head.begin && head.record % 8 == 0);
        assert(head.record % WAL_PAGE_SIZE >= 24);
    }
}

static void try_ask(const uint8_t *data, size_t size)
{
    uint8_t bytes[FILEWIRE_REQUEST_MAX];
    FileAsk ask;
    if (filewire_read_ask(data, size, &ask)) {
        assert(ask.path[0] == '\0' || filewire_path_allowed(ask.path));
        const size_t written = filewire_write_ask(&ask, bytes, sizeof(bytes));
        assert(written == size && memcmp(bytes, data, size) == 0);
    }
}

static void try_answer(const uint8_t *data, size_t size)
{
    static uint8_t bytes[FILEWIRE_FRAME_MAX];
    static FileAnswer answer;
    static FileAnswer again;
    if (filewire_read_answer(data, size, &answer)) {
        const size_t written = filewire_write_answer(&answer, bytes, sizeof(bytes));
        assert(written == size && memcmp(bytes, data, size) == 0);
        const bool good = filewire_read_answer(bytes, written, &again);
        assert(good && again.kind == answer.kind);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    /* Of its own size, so that a sanitizer sees one step too far. */
    uint8_t *bytes = malloc(size == 1 ? 1 : size - 1);
    assert(bytes != NULL);
    memcpy(bytes, data + 1, size - 1);
    switch (data[0] % 8) {
    case 0:
        try_manifest((const char *)bytes, size - 1);
        break;
    case 1:
        try_records(bytes, size - 1);
        break;
    case 2:
        try_names((const char *)bytes, size - 1);
        break;
    case 3:
        try_wal(bytes, size - 1);
        break;
    case 4:
        try_head(bytes, size - 1);
        break;
    case 5:
        try_ask(bytes, size - 1);
        break;
    default:
        try_answer(bytes, size - 1);
        break;
    }
    free(bytes);
    return 0;
}

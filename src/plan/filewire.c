/*
 * Requests and answers about a backup directory.
 *
 * Both sides are members of one cluster, and neither trusts what the other sends: every text has its bound, every
 * number its range, and what is left over is an error.
 */
#include "plan/filewire.h"

#include <string.h>

#include "base/assert.h"
#include "base/buf.h"
#include "base/str.h"

/* ---- names ---- */

static bool is_folder(const char *name)
{
    return manifest_is_generation(name) || str_equal(name, FILEWIRE_ARCHIVED) ||
           str_equal(name, FILEWIRE_ONLINE);
}

const char *filewire_split(const char *path, char *ret)
{
    const char *slash = strchrnul(path, '/');
    const bool fits = str_copy_bytes(ret, FILEWIRE_PATH_SIZE, path, (size_t)(slash - path));
    assert(fits);
    return *slash == '\0' ? NULL : slash + 1;
}

static bool is_file_name(const char *name)
{
    return name[0] != '\0' && strlen(name) < FILEWIRE_NAME_SIZE && strchr(name, '/') == NULL &&
           !str_equal(name, ".") && !str_equal(name, "..");
}

bool filewire_path_allowed(const char *path)
{
    char folder[FILEWIRE_PATH_SIZE];
    if (strlen(path) >= FILEWIRE_PATH_SIZE) {
        return false;
    }
    const char *name = filewire_split(path, folder);
    return is_folder(folder) && (name == NULL || is_file_name(name));
}

/* ---- texts ---- */

static void write_text(ByteWriter *out, const char *text)
{
    const size_t length = strlen(text);
    byte_write_u16(out, (uint16_t)length);
    byte_write(out, text, length);
}

static void read_text(ByteReader *in, char *ret, size_t size)
{
    const size_t length = byte_read_u16(in);
    const uint8_t *bytes = length < size ? byte_read_view(in, length) : NULL;
    ret[0] = '\0';
    if (bytes == NULL || memchr(bytes, '\0', length) != NULL) {
        in->failed = true;
        return;
    }
    memcpy(ret, bytes, length);
    ret[length] = '\0';
}

static bool read_flag(ByteReader *in)
{
    const uint8_t flag = byte_read_u8(in);
    in->failed = in->failed || flag > 1;
    return flag == 1;
}

/* ---- requests ---- */

static bool ask_possible(const FileAsk *ask)
{
    const bool slash = strchr(ask->path, '/') != NULL;
    switch (ask->kind) {
    case FILE_ASK_LOOK:
        return ask->path[0] == '\0';
    case FILE_ASK_LIST:
        return filewire_path_allowed(ask->path) && !slash;
    case FILE_ASK_READ:
        return filewire_path_allowed(ask->path) && slash && ask->offset <= INT64_MAX &&
               ask->size <= INT64_MAX;
    case FILE_ASK_PULL:
        return manifest_is_generation(ask->path);
    }
    return false;
}

size_t filewire_write_ask(const FileAsk *ask, uint8_t *ret, size_t size)
{
    ByteWriter out = byte_writer(ret, size);
    assert(ask_possible(ask));
    byte_write_u8(&out, (uint8_t)ask->kind);
    write_text(&out, ask->path);
    byte_write_u64(&out, ask->offset);
    byte_write_u64(&out, ask->size);
    byte_write_u64(&out, ask->rate);
    return out.failed ? 0 : out.position;
}

bool filewire_read_ask(const uint8_t *bytes, size_t size, FileAsk *ret)
{
    ByteReader in = byte_reader(bytes, size);
    FileAsk ask = {.kind = (FileAskKind)byte_read_u8(&in)};
    read_text(&in, ask.path, sizeof(ask.path));
    ask.offset = byte_read_u64(&in);
    ask.size = byte_read_u64(&in);
    ask.rate = byte_read_u64(&in);
    if (!byte_reader_done(&in) || !ask_possible(&ask)) {
        return false;
    }
    *ret = ask;
    return true;
}

/* ---- answers ---- */

static void write_generation(ByteWriter *out, const Generation *generation)
{
    const ManifestHead *head = &generation->head;
    write_text(out, generation->name);
    byte_write_u8(out, generation->complete);
    write_text(out, generation->reason);
    byte_write_u64(out, head->system_identifier);
    byte_write_u32(out, (uint32_t)head->server_version);
    byte_write_u8(out, head->checksums);
    byte_write_u8(out, head->from_standby);
    byte_write_u32(out, head->wal_segment);
    byte_write_u64(out, (uint64_t)head->started);
    byte_write_u64(out, (uint64_t)head->stopped);
    byte_write_u32(out, head->timeline);
    byte_write_u64(out, head->start);
    byte_write_u64(out, head->stop);
    byte_write_u64(out, head->bytes);
    byte_write_u64(out, head->bad_pages);
    write_text(out, head->key);
    byte_write_u8(out, (uint8_t)head->uses_count);
    for (int i = 0; i < head->uses_count; i++) {
        write_text(out, head->uses[i]);
    }
    byte_write_u8(out, (uint8_t)head->copied_count);
    for (int i = 0; i < head->copied_count; i++) {
        write_text(out, head->copied[i].where);
        write_text(out, head->copied[i].name);
    }
}

static void read_generation(ByteReader *in, Generation *ret)
{
    ManifestHead *head = &ret->head;
    *ret = (Generation){0};
    read_text(in, ret->name, sizeof(ret->name));
    ret->complete = read_flag(in);
    read_text(in, ret->reason, sizeof(ret->reason));
    head->system_identifier = byte_read_u64(in);
    const uint32_t version = byte_read_u32(in);
    head->server_version = version <= INT32_MAX ? (int)version : 0;
    head->checksums = read_flag(in);
    head->from_standby = read_flag(in);
    head->wal_segment = byte_read_u32(in);
    head->started = (int64_t)byte_read_u64(in);
    head->stopped = (int64_t)byte_read_u64(in);
    head->timeline = byte_read_u32(in);
    head->start = byte_read_u64(in);
    head->stop = byte_read_u64(in);
    head->bytes = byte_read_u64(in);
    head->bad_pages = byte_read_u64(in);
    read_text(in, head->key, sizeof(head->key));
    head->uses_count = byte_read_u8(in);
    in->failed = in->failed || version > INT32_MAX || !manifest_is_generation(ret->name) ||
                 head->uses_count > MANIFEST_USES_MAX;
    for (int i = 0; !in->failed && i < head->uses_count; i++) {
        read_text(in, head->uses[i], sizeof(head->uses[i]));
        in->failed = in->failed || !manifest_is_generation(head->uses[i]);
    }
    head->copied_count = byte_read_u8(in);
    in->failed = in->failed || head->copied_count > MANIFEST_COPIED_MAX;
    for (int i = 0; !in->failed && i < head->copied_count; i++) {
        read_text(in, head->copied[i].where, sizeof(head->copied[i].where));
        read_text(in, head->copied[i].name, sizeof(head->copied[i].name));
    }
}

static void write_reach(ByteWriter *out, const FileReach *reach)
{
    byte_write_u64(out, reach->system_identifier);
    byte_write_u32(out, reach->timeline);
    byte_write_u64(out, reach->end);
    write_text(out, reach->segment);
    write_text(out, reach->place);
    byte_write_u64(out, (uint64_t)reach->written);
}

static void read_reach(ByteReader *in, FileReach *ret)
{
    ret->system_identifier = byte_read_u64(in);
    ret->timeline = byte_read_u32(in);
    ret->end = byte_read_u64(in);
    read_text(in, ret->segment, sizeof(ret->segment));
    read_text(in, ret->place, sizeof(ret->place));
    ret->written = (int64_t)byte_read_u64(in);
}

static void read_entry(ByteReader *in, FileEntry *ret)
{
    read_text(in, ret->name, sizeof(ret->name));
    ret->size = byte_read_u64(in);
    ret->time = (int64_t)byte_read_u64(in);
    in->failed = in->failed || !is_file_name(ret->name) || ret->size > INT64_MAX;
}

static void read_end(ByteReader *in, FileAnswer *ret)
{
    const uint8_t kind = byte_read_u8(in);
    read_text(in, ret->u.end.text, sizeof(ret->u.end.text));
    in->failed = in->failed || kind > ERROR_NOT_RUNNING;
    ret->u.end.error = (ErrorKind)kind;
}

size_t filewire_write_answer(const FileAnswer *answer, uint8_t *ret, size_t size)
{
    ByteWriter out = byte_writer(ret, size);
    byte_write_u8(&out, (uint8_t)answer->kind);
    switch (answer->kind) {
    case FILE_ANSWER_PLACE:
        write_text(&out, answer->u.place);
        break;
    case FILE_ANSWER_GENERATION:
        write_generation(&out, &answer->u.generation);
        break;
    case FILE_ANSWER_WAL:
        write_reach(&out, &answer->u.reach);
        break;
    case FILE_ANSWER_ENTRY:
        write_text(&out, answer->u.entry.name);
        byte_write_u64(&out, answer->u.entry.size);
        byte_write_u64(&out, (uint64_t)answer->u.entry.time);
        break;
    case FILE_ANSWER_DATA:
        byte_write(&out, answer->u.data.bytes, answer->u.data.size);
        break;
    case FILE_ANSWER_PROGRESS:
        byte_write_u64(&out, answer->u.progress.done);
        byte_write_u64(&out, answer->u.progress.of);
        break;
    case FILE_ANSWER_END:
        byte_write_u8(&out, (uint8_t)answer->u.end.error);
        write_text(&out, answer->u.end.text);
        break;
    }
    return out.failed ? 0 : out.position;
}

bool filewire_read_answer(const uint8_t *bytes, size_t size, FileAnswer *ret)
{
    ByteReader in = byte_reader(bytes, size);
    const uint8_t kind = byte_read_u8(&in);
    if (kind < FILE_ANSWER_PLACE || kind > FILE_ANSWER_END) {
        return false;
    }
    ret->kind = (FileAnswerKind)kind;
    switch (ret->kind) {
    case FILE_ANSWER_PLACE:
        read_text(&in, ret->u.place, sizeof(ret->u.place));
        break;
    case FILE_ANSWER_GENERATION:
        read_generation(&in, &ret->u.generation);
        break;
    case FILE_ANSWER_WAL:
        read_reach(&in, &ret->u.reach);
        break;
    case FILE_ANSWER_ENTRY:
        read_entry(&in, &ret->u.entry);
        break;
    case FILE_ANSWER_DATA:
        ret->u.data.size = byte_reader_left(&in);
        ret->u.data.bytes = byte_read_view(&in, ret->u.data.size);
        in.failed = in.failed || ret->u.data.size == 0 || ret->u.data.size > FILEWIRE_DATA_MAX;
        break;
    case FILE_ANSWER_PROGRESS:
        ret->u.progress.done = byte_read_u64(&in);
        ret->u.progress.of = byte_read_u64(&in);
        break;
    case FILE_ANSWER_END:
        read_end(&in, ret);
        break;
    }
    return byte_reader_done(&in);
}

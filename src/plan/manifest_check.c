/*
 * The order of a manifest's lines: head, body, tail.
 */
#include <string.h>

#include "base/assert.h"
#include "base/str.h"
#include "plan/datafile.h"
#include "plan/manifest.h"
#include "plan/segment.h"

enum { STAGE_NOTHING, STAGE_HEAD, STAGE_BODY, STAGE_LATE, STAGE_TAIL, STAGE_SEAL, STAGE_END };

static int stage_of(ManifestKind kind)
{
    switch (kind) {
    case MANIFEST_DIR:
    case MANIFEST_LINK:
    case MANIFEST_FILE:
        return STAGE_BODY;
    case MANIFEST_LATE:
    case MANIFEST_OUTSIDE:
    case MANIFEST_COPY_INFO:
        return STAGE_LATE;
    case MANIFEST_BAD:
    case MANIFEST_PACK:
    case MANIFEST_INDEX:
        return STAGE_TAIL;
    case MANIFEST_SEAL:
        return STAGE_SEAL;
    case MANIFEST_END:
        return STAGE_END;
    case MANIFEST_BEGIN:
    case MANIFEST_SYSTEM:
    case MANIFEST_SERVER_VERSION:
    case MANIFEST_CHECKSUMS:
    case MANIFEST_RELATION_SEGMENT:
    case MANIFEST_WAL_SEGMENT:
    case MANIFEST_STARTED:
    case MANIFEST_STOPPED:
    case MANIFEST_TIMELINE:
    case MANIFEST_FROM_STANDBY:
    case MANIFEST_BYTES:
    case MANIFEST_BAD_PAGES:
    case MANIFEST_START:
    case MANIFEST_STOP:
    case MANIFEST_DATA:
    case MANIFEST_USES:
    case MANIFEST_COPIED:
    case MANIFEST_COPY_MARK:
    case MANIFEST_CIPHER:
    case MANIFEST_PART:
    case MANIFEST_KIND_COUNT:
        break;
    }
    return STAGE_HEAD;
}

static bool wrong(Error *error, const char *what)
{
    return error_set(error, ERROR_CORRUPT, "the manifest %s", what);
}

static bool take_uses(ManifestHead *head, const ManifestLine *line, Error *error)
{
    if (line->number != (uint64_t)head->uses_count + 1 || line->number > MANIFEST_USES_MAX) {
        return wrong(error, "counts the generations that it uses wrongly");
    }
    memcpy(head->uses[head->uses_count++], line->target, MANIFEST_GENERATION_SIZE);
    return true;
}

/* In order, and each once, so that two lists can be compared. */
static bool take_copied(ManifestHead *head, const ManifestLine *line, Error *error)
{
    ManifestCopied one;
    const bool fits = str_copy(one.where, sizeof(one.where), line->path) &&
                      str_copy(one.name, sizeof(one.name), line->target);
    if (!fits || head->copied_count == MANIFEST_COPIED_MAX ||
        (head->copied_count > 0 &&
         strcmp(head->copied[head->copied_count - 1].where, one.where) >= 0)) {
        return wrong(error, "names the resources of a copy command wrongly");
    }
    head->copied[head->copied_count++] = one;
    return true;
}

static bool note_seen(ManifestCheck *check, ManifestKind kind, Error *error)
{
    if ((check->seen >> kind & 1) != 0) {
        return wrong(error, "says the same thing twice in its head");
    }
    check->seen |= UINT64_C(1) << kind;
    return true;
}

static void take_bytes(ManifestHead *head, const ManifestLine *line)
{
    if (line->kind == MANIFEST_DATA) {
        memcpy(head->data, line->path, sizeof(head->data));
    } else if (line->kind == MANIFEST_COPY_MARK) {
        memcpy(head->copy_mark, line->digest, sizeof(head->copy_mark));
    } else {
        (void)str_copy(head->key, sizeof(head->key), line->target); /* of that size */
        memcpy(head->salt, line->digest, sizeof(head->salt));
    }
}

static int64_t as_time(uint64_t number)
{
    return number <= INT64_MAX ? (int64_t)number : 0;
}

static uint32_t as_u32(uint64_t number)
{
    return number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* One line of the head into its field. */
static bool take_head(ManifestCheck *check, const ManifestLine *line, Error *error)
{
    ManifestHead *head = &check->head;
    const uint64_t number = line->number;
    switch (line->kind) {
    case MANIFEST_USES:
        return take_uses(head, line, error);
    case MANIFEST_COPIED:
        return take_copied(head, line, error);
    case MANIFEST_DATA:
    case MANIFEST_COPY_MARK:
    case MANIFEST_CIPHER:
        take_bytes(head, line);
        break;
    case MANIFEST_SYSTEM:
        head->system_identifier = number;
        break;
    case MANIFEST_SERVER_VERSION:
        head->server_version = number < 1000000 ? (int)number : 0;
        break;
    case MANIFEST_CHECKSUMS:
        head->checksums = number != 0;
        break;
    case MANIFEST_FROM_STANDBY:
        head->from_standby = number != 0;
        break;
    case MANIFEST_RELATION_SEGMENT:
        head->relation_segment = as_u32(number);
        break;
    case MANIFEST_WAL_SEGMENT:
        head->wal_segment = as_u32(number);
        break;
    case MANIFEST_STARTED:
        head->started = as_time(number);
        break;
    case MANIFEST_STOPPED:
        head->stopped = as_time(number);
        break;
    case MANIFEST_TIMELINE:
        head->timeline = as_u32(number);
        break;
    case MANIFEST_BYTES:
        head->bytes = number;
        break;
    case MANIFEST_BAD_PAGES:
        head->bad_pages = number;
        break;
    case MANIFEST_START:
        head->start = number;
        break;
    case MANIFEST_STOP:
        head->stop = number;
        break;
    case MANIFEST_BEGIN:
    case MANIFEST_DIR:
    case MANIFEST_LINK:
    case MANIFEST_FILE:
    case MANIFEST_PART:
    case MANIFEST_LATE:
    case MANIFEST_OUTSIDE:
    case MANIFEST_COPY_INFO:
    case MANIFEST_BAD:
    case MANIFEST_PACK:
    case MANIFEST_INDEX:
    case MANIFEST_SEAL:
    case MANIFEST_END:
    case MANIFEST_KIND_COUNT:
        assert_unreachable("the stage of the line is not the head's");
    }
    return note_seen(check, line->kind, error);
}

static bool head_is_whole(const ManifestCheck *check, Error *error)
{
    const ManifestHead *head = &check->head;
    for (int kind = MANIFEST_SYSTEM; kind <= MANIFEST_DATA; kind++) {
        if ((check->seen >> kind & 1) == 0) {
            return wrong(error, "has no whole head");
        }
    }
    const bool marked = (check->seen >> MANIFEST_COPY_MARK & 1) != 0;
    if (marked != (head->copied_count > 0)) {
        return wrong(error, "has resources of a copy command without their mark, or the other way");
    }
    if (head->system_identifier == 0 || head->server_version == 0 || head->relation_segment == 0 ||
        !segment_size_possible(head->wal_segment) || head->timeline == 0 || head->start == 0 ||
        head->stop < head->start || head->started == 0 || head->stopped < head->started) {
        return wrong(error, "has a head that cannot be");
    }
    return true;
}

static bool take_part(ManifestCheck *check, const ManifestPart *part, Error *error)
{
    const uint64_t bytes = (part->size + CHUNK_OF_PART - 1) / CHUNK_OF_PART;
    if (!check->in_file || part->offset < check->part_end || part->chunks != bytes ||
        part->size > check->file_size || part->offset > check->file_size - part->size) {
        return wrong(error, "has a part that lies outside of its file");
    }
    check->part_end = part->offset + part->size;
    return true;
}

/* The paths of the body come in order, each once: no file is restored twice, none in front of its folder. */
static bool take_path(ManifestCheck *check, const ManifestLine *line, Error *error)
{
    if (check->last_path[0] != '\0' && datafile_compare(check->last_path, line->path) >= 0) {
        return wrong(error, "is out of order");
    }
    memcpy(check->last_path, line->path, sizeof(check->last_path));
    return true;
}

static bool next_stage(ManifestCheck *check, int stage, Error *error)
{
    if (stage < check->stage) {
        return wrong(error, "is out of order");
    }
    if (stage > STAGE_HEAD && check->stage <= STAGE_HEAD && !head_is_whole(check, error)) {
        return false;
    }
    const bool encrypted = check->head.key[0] != '\0';
    if ((stage == STAGE_SEAL && (!encrypted || check->stage == STAGE_SEAL)) ||
        (stage == STAGE_END && encrypted && check->stage != STAGE_SEAL)) {
        return wrong(error, "has no seal where it is encrypted, or one where it is not");
    }
    check->stage = stage;
    return true;
}

bool manifest_check(ManifestCheck *check, const ManifestLine *line, Error *error)
{
    if ((line->kind == MANIFEST_BEGIN) != (check->stage == STAGE_NOTHING)) {
        return wrong(error, "does not begin as one");
    }
    if (line->kind == MANIFEST_BEGIN) {
        check->stage = STAGE_HEAD;
        return line->number == MANIFEST_VERSION ||
               error_set(error, ERROR_REFUSED,
                         "the manifest has version %llu, and this program knows version %d",
                         (unsigned long long)line->number, MANIFEST_VERSION);
    }
    if (check->stage == STAGE_END) {
        return wrong(error, "goes on behind its end");
    }
    if (line->kind == MANIFEST_PART) {
        return take_part(check, &line->part, error);
    }
    const int stage = stage_of(line->kind);
    if (!next_stage(check, stage, error)) {
        return false;
    }
    check->in_file = line->kind == MANIFEST_FILE || line->kind == MANIFEST_LATE ||
                     line->kind == MANIFEST_OUTSIDE || line->kind == MANIFEST_COPY_INFO;
    check->file_size = line->size;
    check->part_end = 0;
    if (stage == STAGE_HEAD) {
        return take_head(check, line, error);
    }
    return stage != STAGE_BODY || take_path(check, line, error);
}

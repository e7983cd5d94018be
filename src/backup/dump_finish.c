/*
 * The end of a backup: the files that are restored last, the WAL that no archive has yet, and the manifest.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/segment.h"

/* WAL that no archive has comes to this, too, as much as is written during the backup. */
enum { LATE_MAX = 16384, LATE_PARTS_MAX = 16 /* a segment of WAL has at most 1 GB */ };

/* A file that this process stored itself. */
typedef struct Late {
    ManifestLine line; /* LATE or OUTSIDE */
    int part_count;
    ManifestPart parts[LATE_PARTS_MAX];
} Late;

typedef struct Bad {
    uint32_t block;
    char path[MANIFEST_PATH_SIZE];
} Bad;

typedef struct Finish {
    DumpRun *run;
    Cipher *cipher;
    PackWriter *pack;
    ManifestWriter *manifest;
    Outcomes *outcomes;
    DumpOutcome outcome; /* the next one */
    bool more;
    Late *late;
    int late_count;
    Bad *bad;
    int bad_count;
    ManifestPart *parts; /* of the present file */
    size_t part_count;
    size_t part_room;
} Finish;

static void finish_done(Finish *finish)
{
    pack_writer_free(&finish->pack);
    cipher_free(&finish->cipher);
    manifest_writer_free(&finish->manifest);
    outcomes_free(&finish->outcomes);
    free(finish->late);
    free(finish->bad);
    free(finish->parts);
}

/* ---- files restored last ---- */

static bool new_late(Finish *finish, ManifestKind kind, const char *path, mode_t mode, Late **ret,
                     Error *error)
{
    if (finish->late_count == LATE_MAX) {
        return error_set(error, ERROR_LIMIT, "too many files to be restored last");
    }
    Late *more = realloc(finish->late, (size_t)(finish->late_count + 1) * sizeof(*more));
    if (more == NULL) {
        return error_set_errno(error, ENOMEM, "store \"%s\"", path);
    }
    finish->late = more;
    Late *late = &more[finish->late_count];
    *late = (Late){.line = {.kind = kind, .mode = mode & 07777, .time = io_wall_time()}};
    if (!str_copy(late->line.path, sizeof(late->line.path), path)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
    }
    finish->late_count++;
    *ret = late;
    return true;
}

static bool end_part(Finish *finish, Late *late, Error *error)
{
    assert(late != NULL);
    if (late->part_count == LATE_PARTS_MAX) {
        return error_set(error, ERROR_LIMIT, "file \"%s\" is too long", late->line.path);
    }
    ManifestPart *part = &late->parts[late->part_count++];
    if (!pack_part_end(finish->pack, part, error)) {
        return false;
    }
    part->offset = late->line.size;
    late->line.size += part->size;
    return true;
}

static bool add_bytes(Finish *finish, Late *late, const void *bytes, size_t size, Error *error)
{
    pack_part_begin(finish->pack);
    for (size_t at = 0; at < size; at += CHUNK_SIZE_MAX) {
        const size_t left = size - at;
        if (!pack_part_bytes(finish->pack, (const uint8_t *)bytes + at,
                             (uint32_t)(left < CHUNK_SIZE_MAX ? left : CHUNK_SIZE_MAX), error)) {
            return false;
        }
    }
    return end_part(finish, late, error);
}

static bool add_text(Finish *finish, const char *path, const char *text, Error *error)
{
    const size_t size = strlen(text);
    Late *late = NULL;
    return size == 0 || (new_late(finish, MANIFEST_LATE, path, 0600, &late, error) &&
                         add_bytes(finish, late, text, size, error));
}

/* The next part of an open file; *ret_more is false at its end. */
static bool add_part(Finish *finish, Late *late, int fd, uint8_t *bytes, bool *ret_more,
                     Error *error)
{
    uint64_t done = 0;
    size_t size = CHUNK_SIZE_MAX;
    pack_part_begin(finish->pack);
    while (done < MANIFEST_PART_SIZE && size == CHUNK_SIZE_MAX) {
        if (!io_read_at(fd, bytes, CHUNK_SIZE_MAX, late->line.size + done, &size, error) ||
            (size > 0 && !pack_part_bytes(finish->pack, bytes, (uint32_t)size, error))) {
            return false;
        }
        done += size;
    }
    *ret_more = size == CHUNK_SIZE_MAX;
    return done == 0 || end_part(finish, late, error);
}

static bool add_file(Finish *finish, ManifestKind kind, const char *from, const char *path,
                     Error *error)
{
    struct stat of;
    _cleanup_free_ uint8_t *bytes = malloc(CHUNK_SIZE_MAX);
    _cleanup_(io_close) int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || bytes == NULL || fstat(fd, &of) != 0) {
        return error_set_errno(error, errno, "open \"%s\"", from);
    }
    Late *late = NULL;
    if (!new_late(finish, kind, path, of.st_mode, &late, error)) {
        return false;
    }
    assert(late != NULL);
    late->line.time = of.st_mtime;
    for (bool more = true; more;) {
        if (!add_part(finish, late, fd, bytes, &more, error)) {
            return error_wrap(error, "\"%s\"", from);
        }
    }
    return true;
}

/* The control file is rewritten in place while it is read: what is taken has its sum right. */
static bool add_control(Finish *finish, Error *error)
{
    char path[PG_PATH_SIZE];
    char bytes[16 * 1024];
    size_t size = 0;
    PgControl control;
    const char *data = finish->run->options->data_dir;
    if (!io_path(path, data, "global/pg_control", error)) {
        return false;
    }
    for (int attempt = 0;; attempt++) {
        if (!pg_file_read(path, bytes, sizeof(bytes), &size, error)) {
            return false;
        }
        if (pg_control_parse(bytes, size, path, finish->run->control.major, &control, error)) {
            break;
        }
        if (attempt == 5) {
            return false;
        }
        error_clear(error);
    }
    Late *late = NULL;
    return new_late(finish, MANIFEST_LATE, "global/pg_control", 0600, &late, error) &&
           add_bytes(finish, late, bytes, size, error);
}

/* ---- WAL ---- */

static bool is_archived(const DumpRun *run, const char *name)
{
    char path[PG_PATH_SIZE];
    char packed[SEGMENT_NAME_SIZE + 4];
    Error error = {0};
    const char *const names[] = {name, packed};
    (void)str_format(packed, sizeof(packed), "%s.zst", name); /* fits */
    for (int i = 0; i < 2; i++) {
        char folder[PG_PATH_SIZE];
        if (io_path(folder, run->store.path, STORE_ARCHIVED, &error) &&
            io_path(path, folder, names[i], &error) && access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * The segments that the backup cannot be restored without. Those that no archive has yet are taken from
 * pg_wal into the generation itself: the backup waits for no archiver, and is whole although one fails.
 */
static bool add_wal(Finish *finish, Error *error)
{
    const DumpRun *run = finish->run;
    const uint32_t size = run->head.wal_segment;
    const uint64_t last = (run->head.stop - 1) / size;
    for (uint64_t number = run->head.start / size; number <= last; number++) {
        char name[SEGMENT_NAME_SIZE];
        char path[PG_PATH_SIZE];
        char from[PG_PATH_SIZE];
        (void)segment_name((Segment){run->head.timeline, number}, size, name);
        if (is_archived(run, name)) {
            continue;
        }
        (void)str_format(path, sizeof(path), "pg_wal/%s", name); /* fits */
        if (!io_path(from, run->options->data_dir, path, error)) {
            return false;
        }
        if (!pg_file_exists(from)) {
            return is_archived(run, name) ||
                   error_set(error, ERROR_CORRUPT,
                             "segment %s, which this backup needs, is neither archived nor in "
                             "pg_wal any more\nhint: find out why it was not archived, then run "
                             "the backup again",
                             name);
        }
        if (!add_file(finish, MANIFEST_LATE, from, path, error)) {
            return false;
        }
    }
    return true;
}

/* A recovery that crosses a change of timeline needs its history. */
static bool archive_history(const DumpRun *run, Error *error)
{
    char name[HISTORY_NAME_SIZE];
    char folder[PG_PATH_SIZE];
    char from[PG_PATH_SIZE];
    char to[PG_PATH_SIZE];
    for (TimelineId timeline = 2; timeline <= run->head.timeline; timeline++) {
        (void)segment_history_name(timeline, name);
        if (!io_path(folder, run->options->data_dir, "pg_wal", error) ||
            !io_path(from, folder, name, error) ||
            !io_path(folder, run->store.path, STORE_ARCHIVED, error) ||
            !io_path(to, folder, name, error)) {
            return false;
        }
        if (pg_file_exists(from) && !pg_file_exists(to) && !io_copy(from, to, 0600, error)) {
            return false;
        }
    }
    return true;
}

static bool add_late_files(Finish *finish, Error *error)
{
    DumpRun *run = finish->run;
    char info[PG_PATH_SIZE];
    if (run->head.copied_count > 0 &&
        (!io_path(info, run->folder, COPY_INFO_NAME, error) ||
         !add_file(finish, MANIFEST_COPY_INFO, info, COPY_INFO_NAME, error))) {
        return false;
    }
    if (!add_wal(finish, error)) {
        return false;
    }
    for (int i = 0; i < run->outside_count; i++) {
        const char *path = run->outside[i].path;
        if (!add_file(finish, MANIFEST_OUTSIDE, path, path, error)) {
            return false;
        }
    }
    return add_text(finish, "tablespace_map", run->tablespace_map, error) &&
           add_text(finish, "backup_label", run->label, error) && add_control(finish, error);
}

/* ---- the manifest ---- */

static bool write_number(Finish *finish, ManifestKind kind, uint64_t number, Error *error)
{
    const ManifestLine line = {.kind = kind, .number = number};
    return manifest_write(finish->manifest, &line, error);
}

/* What the packs do not hold. */
static bool write_copied(Finish *finish, Error *error)
{
    const ManifestHead *head = &finish->run->head;
    for (int i = 0; i < head->copied_count; i++) {
        ManifestLine line = {.kind = MANIFEST_COPIED};
        memcpy(line.path, head->copied[i].where, sizeof(head->copied[i].where));
        memcpy(line.target, head->copied[i].name, sizeof(head->copied[i].name));
        if (!manifest_write(finish->manifest, &line, error)) {
            return false;
        }
    }
    ManifestLine mark = {.kind = MANIFEST_COPY_MARK};
    memcpy(mark.digest, head->copy_mark, sizeof(mark.digest));
    return head->copied_count == 0 || manifest_write(finish->manifest, &mark, error);
}

static bool write_head(Finish *finish, Error *error)
{
    const ManifestHead *head = &finish->run->head;
    const struct {
        ManifestKind kind;
        uint64_t number;
    } lines[] = {
        {MANIFEST_BEGIN, MANIFEST_VERSION},
        {MANIFEST_SYSTEM, head->system_identifier},
        {MANIFEST_SERVER_VERSION, (uint64_t)head->server_version},
        {MANIFEST_CHECKSUMS, head->checksums ? 1 : 0},
        {MANIFEST_RELATION_SEGMENT, head->relation_segment},
        {MANIFEST_WAL_SEGMENT, head->wal_segment},
        {MANIFEST_STARTED, (uint64_t)head->started},
        {MANIFEST_STOPPED, (uint64_t)head->stopped},
        {MANIFEST_TIMELINE, head->timeline},
        {MANIFEST_FROM_STANDBY, head->from_standby ? 1 : 0},
        {MANIFEST_BYTES, head->bytes},
        {MANIFEST_BAD_PAGES, head->bad_pages},
        {MANIFEST_START, head->start},
        {MANIFEST_STOP, head->stop},
    };
    ManifestLine line = {.kind = MANIFEST_DATA};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (!write_number(finish, lines[i].kind, lines[i].number, error)) {
            return false;
        }
    }
    memcpy(line.path, head->data, sizeof(line.path));
    if (!manifest_write(finish->manifest, &line, error)) {
        return false;
    }
    for (int i = 0; i < head->uses_count; i++) {
        line = (ManifestLine){.kind = MANIFEST_USES, .number = (uint64_t)i + 1};
        memcpy(line.target, head->uses[i], MANIFEST_GENERATION_SIZE);
        if (!manifest_write(finish->manifest, &line, error)) {
            return false;
        }
    }
    if (!write_copied(finish, error)) {
        return false;
    }
    if (head->key[0] == '\0') {
        return true;
    }
    line = (ManifestLine){.kind = MANIFEST_CIPHER};
    memcpy(line.target, head->key, sizeof(head->key));
    memcpy(line.digest, head->salt, sizeof(line.digest));
    return manifest_write(finish->manifest, &line, error);
}

static bool write_parts(Finish *finish, const ManifestPart *parts, size_t count, Error *error)
{
    ManifestLine line = {.kind = MANIFEST_PART};
    for (size_t i = 0; i < count; i++) {
        line.part = parts[i];
        if (!manifest_write(finish->manifest, &line, error)) {
            return false;
        }
    }
    return true;
}

static bool keep_part(Finish *finish, Error *error)
{
    if (finish->part_count == finish->part_room) {
        const size_t room = finish->part_room == 0 ? 16 : 2 * finish->part_room;
        ManifestPart *more = realloc(finish->parts, room * sizeof(*more));
        if (more == NULL) {
            return error_set_errno(error, ENOMEM, "write the manifest");
        }
        finish->parts = more;
        finish->part_room = room;
    }
    finish->parts[finish->part_count++] = finish->outcome.part;
    return true;
}

static bool note_bad(Finish *finish, const char *path, Error *error)
{
    const uint32_t block = finish->outcome.block;
    const LogEntry entry = msg_backup_bad_page(path, block);
    if (finish->bad_count < BAD_SAID_MAX) {
        finish->run->report->say(finish->run->report->arg, &entry);
    }
    if (finish->bad_count == BAD_LISTED_MAX) {
        return true;
    }
    Bad *more = realloc(finish->bad, (size_t)(finish->bad_count + 1) * sizeof(*more));
    if (more == NULL) {
        return error_set_errno(error, ENOMEM, "write the manifest");
    }
    finish->bad = more;
    Bad *bad = &more[finish->bad_count++];
    bad->block = block;
    return str_copy(bad->path, sizeof(bad->path), path) ||
           error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
}

/* The outcomes of the next units, which belong to one file. */
static bool take_outcomes(Finish *finish, uint64_t units, const char *path, Error *error)
{
    finish->part_count = 0;
    for (uint64_t taken = 0; taken < units;) {
        if (!finish->more) {
            return error_set(error, ERROR_CORRUPT, "a worker has left out a file");
        }
        bool good = true;
        switch (finish->outcome.kind) {
        case OUTCOME_BAD:
            good = note_bad(finish, path, error);
            break;
        case OUTCOME_PART:
            good = keep_part(finish, error);
            taken++;
            break;
        case OUTCOME_NOTHING:
            taken++;
            break;
        }
        if (!good || !outcomes_next(finish->outcomes, &finish->outcome, &finish->more, error)) {
            return false;
        }
    }
    return true;
}

/* A file of which nothing was there any more when its turn came is no part of the backup. */
static bool write_file(Finish *finish, uint64_t units, ManifestLine *line, Error *error)
{
    if (!take_outcomes(finish, units, line->path, error)) {
        return false;
    }
    if (units > 0 && finish->part_count == 0) {
        return true;
    }
    line->size = 0;
    if (finish->part_count > 0) {
        const ManifestPart *last = &finish->parts[finish->part_count - 1];
        line->size = last->offset + last->size;
    }
    return manifest_write(finish->manifest, line, error) &&
           write_parts(finish, finish->parts, finish->part_count, error);
}

static bool write_body(Finish *finish, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[MANIFEST_LINE_MAX + 32];
    if (!io_path(path, finish->run->folder, DUMP_ENTRIES, error)) {
        return false;
    }
    FILE *entries = fopen(path, "re");
    bool good = entries != NULL || error_set_errno(error, errno, "open \"%s\"", path);
    while (good && fgets(text, sizeof(text), entries) != NULL) {
        ManifestLine line;
        uint64_t units = 0;
        const size_t number = strcspn(text, " ");
        const size_t length = strcspn(text, "\n");
        assert(length > number);
        good = str_to_uint(text, number, &units) &&
               manifest_parse(text + number + 1, length - number - 1, &line, error);
        if (good) {
            good = line.kind == MANIFEST_FILE ? write_file(finish, units, &line, error)
                                              : manifest_write(finish->manifest, &line, error);
        }
    }
    if (entries != NULL) {
        (void)fclose(entries); /* only read from */
    }
    return good;
}

static bool write_size(Finish *finish, ManifestKind kind, const char *word, uint32_t number,
                       bool *ret_there, Error *error)
{
    char name[32];
    char path[PG_PATH_SIZE];
    struct stat of;
    (void)str_format(name, sizeof(name), "%s.%u", word, number); /* fits */
    if (!io_path(path, finish->run->folder, name, error)) {
        return false;
    }
    *ret_there = stat(path, &of) == 0;
    if (!*ret_there) {
        return errno == ENOENT || error_set_errno(error, errno, "\"%s\"", path);
    }
    const ManifestLine line = {.kind = kind, .number = number, .size = (uint64_t)of.st_size};
    return manifest_write(finish->manifest, &line, error);
}

static bool write_tail(Finish *finish, Error *error)
{
    for (int i = 0; i < finish->late_count; i++) {
        const Late *late = &finish->late[i];
        if (!manifest_write(finish->manifest, &late->line, error) ||
            !write_parts(finish, late->parts, (size_t)late->part_count, error)) {
            return false;
        }
    }
    for (int i = 0; i < finish->bad_count; i++) {
        ManifestLine line = {.kind = MANIFEST_BAD, .number = finish->bad[i].block};
        memcpy(line.path, finish->bad[i].path, sizeof(line.path));
        if (!manifest_write(finish->manifest, &line, error)) {
            return false;
        }
    }
    for (uint32_t worker = 0; worker <= (uint32_t)finish->run->options->workers; worker++) {
        bool there = true;
        for (uint32_t pack = worker; there; pack += PACK_WORKERS_MAX) {
            if (!write_size(finish, MANIFEST_PACK, "pack", pack, &there, error)) {
                return false;
            }
        }
        if (!write_size(finish, MANIFEST_INDEX, "index", worker, &there, error)) {
            return false;
        }
    }
    return true;
}

/* What only this run needed. */
static bool remove_scratch(const DumpRun *run, Error *error)
{
    char path[PG_PATH_SIZE];
    char name[32];
    for (int i = -1; i < run->options->workers; i++) {
        (void)str_format(name, sizeof(name), i < 0 ? DUMP_ENTRIES : "%s.%d", DUMP_OUTCOME, i);
        if (!io_path(path, run->folder, name, error)) {
            return false;
        }
        if (unlink(path) != 0) {
            return error_set_errno(error, errno, "remove \"%s\"", path);
        }
    }
    static const char *const copy[] = {COPY_INFO_NAME, COPY_LIST_NAME, COPY_PATHS_NAME,
                                       "copy.before"};
    for (size_t i = 0; i < sizeof(copy) / sizeof(copy[0]); i++) {
        if (!io_path(path, run->folder, copy[i], error)) {
            return false;
        }
        if (unlink(path) != 0 && errno != ENOENT) {
            return error_set_errno(error, errno, "remove \"%s\"", path);
        }
    }
    return true;
}

bool dump_finish(DumpRun *run, Error *error)
{
    _cleanup_(finish_done) Finish finish = {.run = run};
    return archive_history(run, error) &&
           cipher_new(&run->options->key, &run->head, &finish.cipher, error) &&
           pack_writer_new(run->folder, run->options->workers, run->options->level, finish.cipher,
                           &finish.pack, error) &&
           add_late_files(&finish, error) && pack_writer_end(finish.pack, error) &&
           manifest_writer_new(run->folder, &finish.manifest, error) &&
           outcomes_new(run->folder, run->options->workers, &finish.outcomes, error) &&
           outcomes_next(finish.outcomes, &finish.outcome, &finish.more, error) &&
           write_head(&finish, error) && write_body(&finish, error) && write_tail(&finish, error) &&
           remove_scratch(run, error) &&
           manifest_writer_end(finish.manifest, finish.cipher, error) &&
           store_commit(run->folder, error);
}

/*
 * The parent of a backup: walks the data directory and hands out pieces of its files.
 *
 * Nothing of the tree is kept in memory. Each entry goes to a file, in order, with the number of pieces that
 * it was cut into; the pieces' outcomes are found again by their numbers.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/datafile.h"
#include "plan/page.h"

/* Where the walk of the earlier manifest stands. */
typedef struct Old {
    ManifestReader *reader; /* NULL: there is none */
    ManifestLine *line;
    bool more;
    ManifestPart *parts; /* of the file that was found */
    size_t part_count;
    size_t part_room;
} Old;

typedef struct Scan {
    DumpRun *run;
    FILE *entries;
    Old old;
    uint32_t *unlogged; /* nodes of this folder that have an init fork, in order */
    size_t unlogged_count;
    size_t unlogged_room;
} Scan;

static void scan_done(Scan *scan)
{
    if (scan->entries != NULL) {
        (void)fclose(scan->entries); /* flushed where it matters */
    }
    manifest_reader_free(&scan->old.reader);
    free(scan->old.line);
    free(scan->old.parts);
    free(scan->unlogged);
}

static bool no_memory(Error *error)
{
    return error_set_errno(error, ENOMEM, "read the data directory");
}

/* ---- the earlier generation ---- */

static bool old_next(Old *old, Error *error)
{
    return manifest_next(old->reader, old->line, &old->more, error);
}

static bool old_add_part(Old *old, Error *error)
{
    if (old->part_count == old->part_room) {
        const size_t room = old->part_room == 0 ? 16 : 2 * old->part_room;
        ManifestPart *parts = realloc(old->parts, room * sizeof(*parts));
        if (parts == NULL) {
            return no_memory(error);
        }
        old->parts = parts;
        old->part_room = room;
    }
    old->parts[old->part_count++] = old->line->part;
    return true;
}

/* Its parts, when the earlier generation has a file of this name. */
static bool old_find(Old *old, const char *path, Error *error)
{
    old->part_count = 0;
    while (old->reader != NULL && old->more) {
        const ManifestKind kind = old->line->kind;
        const bool body = kind == MANIFEST_FILE || kind == MANIFEST_DIR || kind == MANIFEST_LINK;
        const int order = body ? datafile_compare(old->line->path, path) : -1;
        if (order > 0 || kind == MANIFEST_LATE) {
            return true;
        }
        if (!old_next(old, error)) {
            return false;
        }
        if (order < 0 || kind != MANIFEST_FILE) {
            continue;
        }
        while (old->more && old->line->kind == MANIFEST_PART) {
            if (!old_add_part(old, error) || !old_next(old, error)) {
                return false;
            }
        }
        return true;
    }
    return true;
}

/* ---- entries and units ---- */

static bool write_entry(Scan *scan, uint64_t units, const ManifestLine *line, Error *error)
{
    char text[MANIFEST_LINE_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    manifest_format(line, &out);
    if (out.cut || fprintf(scan->entries, "%llu %s", (unsigned long long)units, text) < 0) {
        return error_set_errno(error, errno, "write in \"%s\"", scan->run->folder);
    }
    return true;
}

static bool write_named(Scan *scan, ManifestKind kind, const TreeEntry *entry, Error *error)
{
    ManifestLine line = {.kind = kind, .mode = entry->of.st_mode & 07777};
    if (!str_copy(line.path, sizeof(line.path), entry->path) ||
        !str_copy(line.target, sizeof(line.target), entry->target)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", entry->path);
    }
    return write_entry(scan, 0, &line, error);
}

static void find_old_part(const Old *old, DumpUnit *unit)
{
    for (size_t i = 0; i < old->part_count; i++) {
        if (old->parts[i].offset == unit->offset) {
            unit->has_old = true;
            unit->old = old->parts[i];
        }
    }
}

static bool give_file(Scan *scan, const TreeEntry *entry, const RelationFile *relation,
                      Error *error)
{
    DumpRun *run = scan->run;
    DumpUnit unit = {.pages = relation != NULL};
    const uint32_t first = relation == NULL ? 0 : relation->segment * run->head.relation_segment;
    uint64_t units = 0;
    const bool fits = str_copy(unit.path, sizeof(unit.path), entry->path);
    assert(fits);

    const uint64_t size = entry->size - (unit.pages ? entry->size % PAGE_SIZE_8K : 0);
    if (!old_find(&scan->old, entry->path, error)) {
        return false;
    }
    for (uint64_t at = 0; at < size; at += MANIFEST_PART_SIZE) {
        unit.number = run->units++;
        unit.offset = at;
        unit.size = size - at < MANIFEST_PART_SIZE ? size - at : MANIFEST_PART_SIZE;
        unit.block = first + (uint32_t)(at / PAGE_SIZE_8K);
        unit.has_old = false;
        find_old_part(&scan->old, &unit);
        if (!crew_give(&run->crew, &unit, offsetof(DumpUnit, path) + strlen(unit.path) + 1,
                       error)) {
            return false;
        }
        units++;
    }
    ManifestLine line = {.kind = MANIFEST_FILE,
                         .mode = entry->of.st_mode & 07777,
                         .time = entry->of.st_mtime,
                         .size = size};
    memcpy(line.path, unit.path, sizeof(line.path));
    return write_entry(scan, units, &line, error);
}

/* ---- the walk ---- */

static int compare_nodes(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a;
    const uint32_t right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

/* Which relations of a folder are unlogged: only their init forks are taken. */
static bool look_at_folder(void *arg, const char *path, char *const *names, size_t count,
                           Error *error)
{
    Scan *scan = arg;
    scan->unlogged_count = 0;
    for (size_t i = 0; i < count; i++) {
        char full[PG_PATH_SIZE];
        RelationFile file;
        if (strstr(names[i], "_init") == NULL || !io_path(full, path, names[i], error) ||
            !datafile_relation(full, &file) || !file.init) {
            continue;
        }
        if (scan->unlogged_count == scan->unlogged_room) {
            const size_t room = scan->unlogged_room == 0 ? 64 : 2 * scan->unlogged_room;
            uint32_t *more = realloc(scan->unlogged, room * sizeof(*more));
            if (more == NULL) {
                return no_memory(error);
            }
            scan->unlogged = more;
            scan->unlogged_room = room;
        }
        scan->unlogged[scan->unlogged_count++] = file.node;
    }
    if (scan->unlogged_count > 1) {
        qsort(scan->unlogged, scan->unlogged_count, sizeof(uint32_t), compare_nodes);
    }
    return true;
}

static bool is_unlogged(const Scan *scan, const RelationFile *file)
{
    return scan->unlogged_count > 0 && !file->init &&
           bsearch(&file->node, scan->unlogged, scan->unlogged_count, sizeof(uint32_t),
                   compare_nodes) != NULL;
}

static bool take_file(Scan *scan, const TreeEntry *entry, Error *error)
{
    RelationFile relation;
    if (!datafile_relation(entry->path, &relation)) {
        return give_file(scan, entry, NULL, error);
    }
    return is_unlogged(scan, &relation) || give_file(scan, entry, &relation, error);
}

static bool take_link(Scan *scan, const TreeEntry *entry, Error *error)
{
    return write_named(scan, MANIFEST_LINK, entry, error) &&
           (!entry->regular || dump_add_outside(scan->run, entry->full, error));
}

/* What is kept of a resource that a copy command takes: the folders that its copy need not have, and links. */
static TreeNext visit_copied(Scan *scan, const TreeEntry *entry, DataEntry what, Error *error)
{
    const bool tablespaces = str_equal(entry->path, "pg_tblspc");
    const bool tablespace = entry->link && str_starts_with(entry->path, "pg_tblspc/");
    bool good = true;
    if (tablespaces || tablespace || (what == DATA_ENTRY_FOLDER && entry->folder)) {
        good = write_named(scan, entry->link ? MANIFEST_LINK : MANIFEST_DIR, entry, error);
    } else if (entry->link && entry->regular) {
        good = dump_add_outside(scan->run, entry->full, error);
    }
    if (!good) {
        return TREE_STOP;
    }
    return tablespaces ? TREE_DESCEND : TREE_NEXT;
}

static TreeNext visit(void *arg, const TreeEntry *entry, Error *error)
{
    Scan *scan = arg;
    const DataEntry what = datafile_entry(entry->path);
    bool good = true;

    if (what == DATA_ENTRY_SKIP || datafile_is_foreign(entry->path, scan->run->control.major)) {
        return TREE_NEXT;
    }
    if (manifest_is_copied(&scan->run->head, entry->path)) {
        return visit_copied(scan, entry, what, error);
    }
    if (entry->link) {
        good = take_link(scan, entry, error);
    } else if (entry->folder) {
        good = write_named(scan, MANIFEST_DIR, entry, error);
    } else if (entry->regular) {
        good = take_file(scan, entry, error);
    }
    if (!good) {
        return TREE_STOP;
    }
    return entry->folder && what == DATA_ENTRY_TAKE ? TREE_DESCEND : TREE_NEXT;
}

static bool open_old(Scan *scan, Error *error)
{
    char folder[PG_PATH_SIZE];
    const DumpRun *run = scan->run;
    if (run->old_name[0] == '\0') {
        return true;
    }
    scan->old.line = malloc(sizeof(*scan->old.line));
    if (scan->old.line == NULL) {
        return no_memory(error);
    }
    return io_path(folder, run->store.path, run->old_name, error) &&
           manifest_reader_new(folder, &scan->old.reader, error) && old_next(&scan->old, error);
}

bool dump_scan(DumpRun *run, Error *error)
{
    char path[PG_PATH_SIZE];
    _cleanup_(scan_done) Scan scan = {.run = run};
    if (!io_path(path, run->folder, DUMP_ENTRIES, error) || !open_old(&scan, error)) {
        return false;
    }
    scan.entries = fopen(path, "wxe");
    if (scan.entries == NULL) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    if (!tree_walk(run->options->data_dir, visit, look_at_folder, &scan, error)) {
        return false;
    }
    return fflush(scan.entries) == 0 || error_set_errno(error, errno, "write \"%s\"", path);
}

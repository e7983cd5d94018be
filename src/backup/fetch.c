/*
 * Generations from another server.
 */
#include "backup/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/copycmd.h"
#include "backup/fetch_parts.h"
#include "backup/fileask.h"
#include "backup/io.h"
#include "backup/pack.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

/* Stand in a generation that is being fetched: its manifest under another name, and whose it is. */
#define MANIFEST_FETCHED "manifest.fetched"
#define ORIGIN           "origin"

enum { SYNC_EVERY = 64 * 1024 * 1024, ORIGIN_SIZE = 2 * MANIFEST_DIGEST_SIZE + 2 };

/* ---- what both have in common ---- */

bool fetch_begin(Fetch *fetch, Error *error)
{
    const FetchOptions *options = fetch->options;
    return store_open(options->destination, &fetch->store, error) &&
           store_lock(&fetch->store, error) && store_make(&fetch->store, error) &&
           link_open(options->config, options->keys, options->from, &fetch->link, error);
}

void fetch_done(Fetch *fetch)
{
    link_free(&fetch->link);
    store_done(&fetch->store);
}

bool fetch_save(Fetch *fetch, const char *path, const char *name, Error *error)
{
    char to[PG_PATH_SIZE];
    if (fetch->summary.saved[0] == '\0' &&
        !store_make_saved(&fetch->store, fetch->summary.saved, error)) {
        return false;
    }
    if (!io_path(to, fetch->summary.saved, name, error)) {
        return false;
    }
    if (rename(path, to) != 0) {
        return error_set_errno(error, errno, "move \"%s\" to \"%s\"", path, to);
    }
    return io_sync_folder(fetch->summary.saved, error) && io_sync_folder(fetch->store.path, error);
}

typedef struct Incoming {
    Fetch *fetch;
    int fd;
    uint64_t size;
    uint64_t most;
    uint64_t synced;
} Incoming;

static bool take_data(void *arg, const FileAnswer *answer, Error *error)
{
    Incoming *in = arg;
    Fetch *fetch = in->fetch;
    const size_t size = answer->u.data.size;
    if (answer->kind != FILE_ANSWER_DATA) {
        return error_set(error, ERROR_PROTOCOL, "an answer to another question");
    }
    if (!fetch_has_room(in->size, size, in->most)) {
        return error_set(error, ERROR_CORRUPT,
                         "there are more bytes than the %llu that it may have",
                         (unsigned long long)in->most);
    }
    if (!io_write_at(in->fd, answer->u.data.bytes, size, in->size, error)) {
        return false;
    }
    in->size += size;
    fetch->done += size;
    fetch->summary.bytes += size;
    /* So that a power cut costs little, and the sync at the end is short. */
    if (in->size - in->synced >= SYNC_EVERY) {
        if (fdatasync(in->fd) != 0) {
            return error_set_errno(error, errno, "sync");
        }
        in->synced = in->size;
    }
    fetch->report->progress(fetch->report->arg, fetch->what, fetch->done, fetch->of);
    return report_goes_on(fetch->report, error);
}

bool fetch_file(Fetch *fetch, const char *remote, const char *path, uint64_t most,
                uint64_t *ret_size, Error *error)
{
    FileAsk ask = {.kind = FILE_ASK_READ, .rate = fetch->options->rate};
    struct stat of;
    _cleanup_(io_close) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || fstat(fd, &of) != 0) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    Incoming in = {.fetch = fetch, .fd = fd, .size = (uint64_t)of.st_size, .most = most};
    in.synced = in.size;
    ask.offset = in.size;
    if (!str_copy(ask.path, sizeof(ask.path), remote)) {
        return error_set(error, ERROR_LIMIT, "the name \"%s\" is too long", remote);
    }
    if (!fileask_run(fetch->link, &ask, take_data, &in, error)) {
        return error_wrap(error, "fetch \"%s\" to \"%s\"", remote, path);
    }
    if (fsync(fd) != 0) {
        return error_set_errno(error, errno, "sync \"%s\"", path);
    }
    *ret_size = in.size;
    return true;
}

/* ---- one generation ---- */

typedef struct Piece {
    Fetch *fetch;
    const char *name;
    char folder[PG_PATH_SIZE];
    ManifestHead head;
    uint64_t wanted; /* bytes of its packs and indexes */
    bool resumed;    /* some of them were here already */
    bool same;       /* what is here has the same manifest, and is damaged otherwise */
} Piece;

static bool exists(const char *folder, const char *name)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    return io_path(path, folder, name, &error) && access(path, F_OK) == 0;
}

/* Whether two files are the same; one that is not there is not. */
static bool are_same(const char *a, const char *b, bool *ret, Error *error)
{
    enum { SIZE = 65536 };
    _cleanup_free_ char *bytes = malloc(2 * (size_t)SIZE);
    _cleanup_(io_close) int left = open(a, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    _cleanup_(io_close) int right = open(b, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    *ret = false;
    if (bytes == NULL) {
        return error_set_errno(error, ENOMEM, "compare");
    }
    for (uint64_t at = 0; left >= 0 && right >= 0; at += SIZE) {
        size_t size = 0;
        size_t other = 0;
        if (!io_read_at(left, bytes, SIZE, at, &size, error) ||
            !io_read_at(right, bytes + SIZE, SIZE, at, &other, error)) {
            return false;
        }
        if (size != other || memcmp(bytes, bytes + SIZE, size) != 0) {
            return true;
        }
        if (size < SIZE) {
            *ret = true;
            return true;
        }
    }
    return true;
}

/* The manifest of there, in a file beside the generations: what it says decides what becomes of what is here. */
static bool fetch_manifest(Piece *piece, const char *path, Error *error)
{
    Fetch *fetch = piece->fetch;
    char remote[FILEWIRE_PATH_SIZE];
    uint64_t size = 0;
    (void)str_format(remote, sizeof(remote), "%s/" MANIFEST_NAME, piece->name); /* fits */
    fetch->what = "fetching the manifest";
    fetch->done = 0;
    fetch->of = 0;
    if (unlink(path) != 0 && errno != ENOENT) {
        return error_set_errno(error, errno, "remove \"%s\"", path);
    }
    return fetch_file(fetch, remote, path, FETCH_MANIFEST_MOST, &size, error);
}

static bool check_head(const Piece *piece, const ManifestHead *head, Error *error)
{
    const uint64_t wanted = piece->fetch->options->system_identifier;
    /* Without the key it could be fetched, but not proved. */
    if (!backup_key_fits(&piece->fetch->options->key, piece->name, head, error)) {
        return false;
    }
    if (backup_key_is_bypassed(&piece->fetch->options->key, head)) {
        return error_set(error, ERROR_REFUSED,
                         "generation %s there is not encrypted, and a key is given here: nothing "
                         "proves who made it\nhint: take one with the key there (pgx_dmpall, with "
                         "backup_key_file set on every server); if this one is wanted all the "
                         "same: pgx_rcvall --fetch --key-file none",
                         piece->name);
    }
    if (head->copied_count > 0 && !piece->fetch->options->copies) {
        char names[COPY_NAMES_SIZE];
        return error_set(
            error, ERROR_REFUSED,
            "generation %s does not hold %s: a copy command took that, and there is none "
            "here\nhint: where the copies are reached from here, too, name that command: "
            "backup_copy_command in <id>.conf, or -Y",
            piece->name, copy_names(head, names, sizeof(names)));
    }
    return wanted == 0 || head->system_identifier == wanted ||
           error_set(error, ERROR_REFUSED,
                     "generation %s there is of database %llu, and what is here is of database "
                     "%llu\nhint: it belongs to another cluster, or to an earlier one; empty the "
                     "backup directory here if that one is wanted",
                     piece->name, (unsigned long long)head->system_identifier,
                     (unsigned long long)wanted);
}

/* What the manifest that was fetched says: its head, its digest as text, and how many bytes there are to be fetched. */
static bool read_fetched(Piece *piece, const char *folder, const char *name, char *ret_origin,
                         Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    if (line == NULL || !manifest_reader_named(folder, name, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    piece->wanted = 0;
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (line->kind == MANIFEST_PACK || line->kind == MANIFEST_INDEX) {
            piece->wanted += line->size;
        }
    }
    piece->head = *manifest_reader_head(in);
    str_from_bytes(line->digest, MANIFEST_DIGEST_SIZE, ret_origin);
    return check_head(piece, &piece->head, error);
}

/* Another generation of the same name gives way; not one that others here lean on. */
static bool make_way(const Piece *piece, Error *error)
{
    Fetch *fetch = piece->fetch;
    _cleanup_free_ Generation *list = NULL;
    int count = 0;
    if (!store_list(&fetch->store, &list, &count, error)) {
        return false;
    }
    for (int i = 0; !piece->same && i < count; i++) {
        for (int n = 0; n < list[i].head.uses_count; n++) {
            if (str_equal(list[i].head.uses[n], piece->name)) {
                return error_set(error, ERROR_REFUSED,
                                 "generation %s here is another one than there, and %s here uses "
                                 "it\nhint: move both out of \"%s\" if those of there are wanted",
                                 piece->name, list[i].name, fetch->store.path);
            }
        }
    }
    return fetch_save(fetch, piece->folder, piece->name, error);
}

/* What an earlier run has brought stays when it is of the same generation; anything else that is incomplete goes. */
static bool settle_remains(const Piece *piece, const char *origin, Error *error)
{
    char path[PG_PATH_SIZE];
    char before[ORIGIN_SIZE] = "";
    size_t length = 0;
    Error none = {0};
    if (!io_path(path, piece->folder, ORIGIN, error)) {
        return false;
    }
    if (pg_file_read(path, before, sizeof(before), &length, &none) && str_equal(before, origin)) {
        return true;
    }
    return io_empty_folder_but(piece->folder, STORE_MARKER, error);
}

/* The folder of this name, incomplete, with the manifest of there and what an earlier run has brought. */
static bool prepare_folder(Piece *piece, const char *manifest, const char *origin, Error *error)
{
    Fetch *fetch = piece->fetch;
    char folder[PG_PATH_SIZE];
    char path[PG_PATH_SIZE];
    if (access(piece->folder, F_OK) == 0) {
        /* Without a marker it is no unfinished one. With one and a manifest its run ended in its last instant. */
        const bool unfinished = exists(piece->folder, STORE_MARKER);
        if (!(unfinished ? settle_remains(piece, origin, error) : make_way(piece, error))) {
            return false;
        }
    }
    if (!store_begin_named(&fetch->store, piece->name, folder, error) ||
        !io_path(path, piece->folder, ORIGIN, error) ||
        !pg_file_write(path, origin, strlen(origin), 0600, error) ||
        !io_path(path, piece->folder, MANIFEST_FETCHED, error)) {
        return false;
    }
    return rename(manifest, path) == 0 || error_set_errno(error, errno, "make \"%s\"", path);
}

static bool sync_file(const char *path, Error *error)
{
    _cleanup_(io_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
    return (fd >= 0 && fsync(fd) == 0) || error_set_errno(error, errno, "sync \"%s\"", path);
}

static bool fetch_one_file(Piece *piece, const ManifestLine *line, Error *error)
{
    char name[32];
    char remote[FILEWIRE_PATH_SIZE];
    char path[PG_PATH_SIZE];
    struct stat of;
    uint64_t size = 0;
    (void)str_format(name, sizeof(name), "%s.%llu", line->kind == MANIFEST_PACK ? "pack" : "index",
                     (unsigned long long)line->number);                   /* fits */
    (void)str_format(remote, sizeof(remote), "%s/%s", piece->name, name); /* fits */
    if (!io_path(path, piece->folder, name, error)) {
        return false;
    }
    if (lstat(path, &of) == 0 && of.st_size > 0) {
        piece->resumed = true;
        piece->fetch->done += (uint64_t)of.st_size;
        if ((uint64_t)of.st_size == line->size) {
            return sync_file(path,
                             error); /* who has written it may have been killed before its sync */
        }
        if ((uint64_t)of.st_size > line->size && truncate(path, 0) != 0) {
            return error_set_errno(error, errno, "empty \"%s\"", path);
        }
    }
    return fetch_file(piece->fetch, remote, path, line->size, &size, error) &&
           (size == line->size ||
            error_set(error, ERROR_CORRUPT, "\"%s\" there has %llu bytes instead of %llu", remote,
                      (unsigned long long)size, (unsigned long long)line->size));
}

static bool fetch_packs(Piece *piece, Error *error)
{
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    piece->fetch->what = "fetching the backup";
    piece->fetch->done = 0;
    piece->fetch->of = piece->wanted;
    if (line == NULL || !manifest_reader_named(piece->folder, MANIFEST_FETCHED, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (more && (line->kind == MANIFEST_PACK || line->kind == MANIFEST_INDEX) &&
            !fetch_one_file(piece, line, error)) {
            return false;
        }
    }
    return true;
}

/* Every sum of what is stored, here, as it will be read. */
static bool prove_parts(Piece *piece, Error *error)
{
    Fetch *fetch = piece->fetch;
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_(pack_reader_free) PackReader *pack = NULL;
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    uint64_t done = 0;
    if (line == NULL || !manifest_reader_named(piece->folder, MANIFEST_FETCHED, &in, error)) {
        return line == NULL && error_set_errno(error, ENOMEM, "read a manifest");
    }
    if (!pack_reader_new(fetch->store.path, piece->name, &piece->head, &fetch->options->key, &pack,
                         error)) {
        return false;
    }
    for (bool more = true; more;) {
        const Chunk *chunks = NULL;
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (!more || line->kind != MANIFEST_PART) {
            continue;
        }
        if (!pack_read_part(pack, &line->part, &chunks, error)) {
            return false;
        }
        for (uint32_t i = 0; i < line->part.chunks; i++) {
            if (!pack_check_stored(pack, &chunks[i], error)) {
                return false;
            }
        }
        done += line->part.size;
        fetch->report->progress(fetch->report->arg, "proving the backup", done, piece->head.bytes);
        if (!report_goes_on(fetch->report, error)) {
            return false;
        }
    }
    return true;
}

static bool prove(Piece *piece, Error *error)
{
    ManifestHead head;
    return manifest_prove_named(piece->folder, MANIFEST_FETCHED, &head, error) &&
           manifest_check_seal(piece->folder, MANIFEST_FETCHED, &piece->fetch->options->key,
                               error) &&
           prove_parts(piece, error);
}

static bool complete(const Piece *piece, Error *error)
{
    char from[PG_PATH_SIZE];
    char to[PG_PATH_SIZE];
    char origin[PG_PATH_SIZE];
    if (!io_path(from, piece->folder, MANIFEST_FETCHED, error) ||
        !io_path(to, piece->folder, MANIFEST_NAME, error) ||
        !io_path(origin, piece->folder, ORIGIN, error) || !io_sync_folder(piece->folder, error)) {
        return false;
    }
    /* First, so that it stays in no generation: with a manifest nobody asks any more where an unfinished one came from. */
    if (unlink(origin) != 0 && errno != ENOENT) {
        return error_set_errno(error, errno, "remove \"%s\"", origin);
    }
    if (rename(from, to) != 0) {
        return error_set_errno(error, errno, "name \"%s\"", to);
    }
    if (!io_sync_folder(piece->folder, error)) {
        return false;
    }
    return store_commit(piece->folder, error);
}

/* What is fetched twice is what an earlier run had left and a power cut has spoilt. Its manifest may be another one by
 * then, and is read and checked as the first was. */
static bool bring(Piece *piece, const char *manifest, char *origin, Error *error)
{
    if (!prepare_folder(piece, manifest, origin, error) || !fetch_packs(piece, error)) {
        return false;
    }
    if (prove(piece, error)) {
        return complete(piece, error);
    }
    if (error->kind != ERROR_CORRUPT || !piece->resumed) {
        return error_wrap(error, "what was fetched is not what the manifest says");
    }
    error_clear(error);
    piece->resumed = false;
    char path[PG_PATH_SIZE];
    return io_path(path, piece->folder, ORIGIN, error) &&
           (unlink(path) == 0 || error_set_errno(error, errno, "remove \"%s\"", path)) &&
           fetch_manifest(piece, manifest, error) &&
           read_fetched(piece, piece->fetch->store.path, "." MANIFEST_FETCHED, origin, error) &&
           prepare_folder(piece, manifest, origin, error) && fetch_packs(piece, error) &&
           prove(piece, error) && complete(piece, error);
}

static bool fetch_one(Fetch *fetch, const char *name, ManifestHead *ret_head, Error *error)
{
    Piece piece = {.fetch = fetch, .name = name};
    char manifest[PG_PATH_SIZE];
    char own[PG_PATH_SIZE];
    char origin[ORIGIN_SIZE];
    bool same = false;
    if (!io_path(manifest, fetch->store.path, "." MANIFEST_FETCHED, error) ||
        !io_path(piece.folder, fetch->store.path, name, error) ||
        !io_path(own, piece.folder, MANIFEST_NAME, error) ||
        !fetch_manifest(&piece, manifest, error) ||
        !read_fetched(&piece, fetch->store.path, "." MANIFEST_FETCHED, origin, error) ||
        !are_same(manifest, own, &same, error)) {
        return error_wrap(error, "generation %s", name);
    }
    *ret_head = piece.head;
    piece.same = same;
    ManifestHead proved;
    Error none = {0};
    if (same && manifest_prove(piece.folder, &proved, &none)) {
        return unlink(manifest) == 0 || error_set_errno(error, errno, "remove \"%s\"", manifest);
    }
    if (!bring(&piece, manifest, origin, error)) {
        return error_wrap(error, "generation %s", name);
    }
    fetch->summary.generations++;
    return true;
}

/* The head of the one that is wanted names all that it uses, so there is no chain to be followed. */
static bool fetch_all(Fetch *fetch, const char *name, Error *error)
{
    _cleanup_free_ ManifestHead *head = malloc(sizeof(*head));
    _cleanup_free_ ManifestHead *used = malloc(sizeof(*used));
    char manifest[PG_PATH_SIZE];
    char origin[ORIGIN_SIZE];
    Piece first = {.fetch = fetch, .name = name};
    if (head == NULL || used == NULL) {
        return error_set_errno(error, ENOMEM, "fetch");
    }
    if (!io_path(manifest, fetch->store.path, "." MANIFEST_FETCHED, error) ||
        !fetch_manifest(&first, manifest, error) ||
        !read_fetched(&first, fetch->store.path, "." MANIFEST_FETCHED, origin, error)) {
        return error_wrap(error, "generation %s", name);
    }
    *head = first.head;
    for (int i = head->uses_count - 1; i >= 0; i--) {
        if (!fetch_one(fetch, head->uses[i], used, error)) {
            return false;
        }
    }
    return fetch_one(fetch, name, used, error);
}

bool fetch_generation(const FetchOptions *options, const char *name, const Report *report,
                      FetchSummary *ret, Error *error)
{
    _cleanup_(fetch_done)
        Fetch fetch = {.options = options, .report = report, .store = STORE_NONE, .summary = *ret};
    assert(manifest_is_generation(name));
    if (!fetch_begin(&fetch, error)) {
        return false;
    }
    const bool good = fetch_all(&fetch, name, error);
    *ret = fetch.summary;
    return good;
}

/*
 * Answers to another server.
 *
 * An error of one request is its answer, and the conversation goes on; an error of the connection ends it.
 */
#include "backup/filesend.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/reach.h"
#include "backup/store.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

_Static_assert((int)FILEWIRE_FRAME_MAX <= (int)LINK_FRAME_MAX, "what is encoded can be sent");

enum { ENTRIES_MAX = 1000000 };

typedef struct Session {
    const FilesendConfig *config;
    Link *link;
    bool broken; /* the connection */
    uint8_t data[FILEWIRE_DATA_MAX];
    uint8_t frame[FILEWIRE_FRAME_MAX];
} Session;

static bool answer(Session *session, const FileAnswer *content, Error *error)
{
    const size_t size = filewire_write_answer(content, session->frame, sizeof(session->frame));
    assert(size > 0);
    if (link_send(session->link, session->frame, size, error)) {
        return true;
    }
    session->broken = true;
    return false;
}

bool filesend_progress(Link *link, uint64_t done, uint64_t of, Error *error)
{
    uint8_t frame[32];
    const FileAnswer content = {.kind = FILE_ANSWER_PROGRESS,
                                .u.progress = {.done = done, .of = of}};
    const size_t size = filewire_write_answer(&content, frame, sizeof(frame));
    assert(size > 0);
    return link_send(link, frame, size, error);
}

/* ---- what there is ---- */

static bool look(Session *session, const Store *store, Error *error)
{
    _cleanup_free_ Generation *list = NULL;
    _cleanup_free_ FileAnswer *content = calloc(1, sizeof(*content));
    int count = 0;
    if (content == NULL) {
        return error_set_errno(error, ENOMEM, "look");
    }
    if (!store_list(store, &list, &count, error)) {
        return false;
    }
    content->kind = FILE_ANSWER_PLACE;
    if (!str_copy(content->u.place, sizeof(content->u.place), store->path)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", store->path);
    }
    if (!answer(session, content, error)) {
        return false;
    }
    content->kind = FILE_ANSWER_GENERATION;
    for (int i = 0; i < count; i++) {
        content->u.generation = list[i];
        if (!answer(session, content, error)) {
            return false;
        }
    }
    content->kind = FILE_ANSWER_WAL;
    return reach_find(store, &content->u.reach, error) &&
           (content->u.reach.segment[0] == '\0' || answer(session, content, error));
}

/* ---- files ---- */

static bool open_folder(const Store *store, const char *name, int *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    struct stat of;
    if (!io_path(path, store->path, name, error)) {
        return false;
    }
    *ret = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*ret < 0 || fstat(*ret, &of) != 0) {
        return error_set_errno(error, errno, "open folder \"%s\"", path);
    }
    return of.st_uid == geteuid() ||
           error_set(error, ERROR_REFUSED, "folder \"%s\" belongs to another user", path);
}

static bool send_entry(Session *session, int folder, const char *name, Error *error)
{
    struct stat of;
    FileAnswer content = {.kind = FILE_ANSWER_ENTRY};
    if (fstatat(folder, name, &of, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(of.st_mode)) {
        return true; /* gone meanwhile, or nothing that would be given out */
    }
    if (!str_copy(content.u.entry.name, sizeof(content.u.entry.name), name)) {
        return true; /* no name of ours */
    }
    content.u.entry.size = (uint64_t)of.st_size;
    content.u.entry.time = (int64_t)of.st_mtime;
    return answer(session, &content, error);
}

static bool list(Session *session, const Store *store, const FileAsk *ask, Error *error)
{
    int fd = -1;
    if (!open_folder(store, ask->path, &fd, error)) {
        io_close(&fd);
        return false;
    }
    DIR *in = fdopendir(fd); /* owns fd */
    if (in == NULL) {
        io_close(&fd);
        return error_set_errno(error, errno, "read folder \"%s\"", ask->path);
    }
    bool good = true;
    int count = 0;
    for (const struct dirent *entry; good && (entry = readdir(in)) != NULL;) {
        good = send_entry(session, dirfd(in), entry->d_name, error) &&
               (count++ < ENTRIES_MAX ||
                error_set(error, ERROR_LIMIT, "too many files in \"%s\"", ask->path));
    }
    (void)closedir(in); /* only read from */
    return good;
}

/* No link and no pipe: neither leads out of the folder, nor waits for anybody. */
static bool open_file(const Store *store, const FileAsk *ask, int *ret, Error *error)
{
    char name[FILEWIRE_PATH_SIZE];
    struct stat of;
    const char *file = filewire_split(ask->path, name);
    _cleanup_(io_close) int folder = -1;
    if (!open_folder(store, name, &folder, error)) {
        return false;
    }
    *ret = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (*ret < 0 || fstat(*ret, &of) != 0) {
        return error_set_errno(error, errno, "open \"%s/%s\"", store->path, ask->path);
    }
    return S_ISREG(of.st_mode) ||
           error_set(error, ERROR_REFUSED, "\"%s/%s\" is no file", store->path, ask->path);
}

/* Not faster than was asked for. */
static void keep_pace(Millis since, uint64_t done, uint64_t rate)
{
    const Millis due = rate == 0 ? 0 : since + (Millis)(done * 1000 / rate);
    const Millis now = io_now();
    if (due > now) {
        (void)poll(NULL, 0, (int)(due - now < 1000 ? due - now : 1000)); /* a signal shortens it */
    }
}

static bool send_bytes(Session *session, int fd, const FileAsk *ask, Error *error)
{
    const Millis since = io_now();
    const uint64_t wanted = ask->size == 0 ? UINT64_MAX : ask->size;
    FileAnswer content = {.kind = FILE_ANSWER_DATA, .u.data.bytes = session->data};
    (void)posix_fadvise(fd, (off_t)ask->offset, 0, POSIX_FADV_SEQUENTIAL); /* only a hint */
    for (uint64_t done = 0; done < wanted;) {
        const uint64_t left = wanted - done;
        const size_t size = left < FILEWIRE_DATA_MAX ? (size_t)left : FILEWIRE_DATA_MAX;
        size_t have = 0;
        if (!io_read_at(fd, session->data, size, ask->offset + done, &have, error)) {
            return error_wrap(error, "\"%s\"", ask->path);
        }
        content.u.data.size = have;
        if (have > 0 && !answer(session, &content, error)) {
            return false;
        }
        if (have < size) {
            break;
        }
        done += have;
        keep_pace(since, done, ask->rate);
    }
    return true;
}

static bool send_file(Session *session, const Store *store, const FileAsk *ask, Error *error)
{
    _cleanup_(io_close) int fd = -1;
    return open_file(store, ask, &fd, error) && send_bytes(session, fd, ask, error);
}

/* ---- the conversation ---- */

static bool obey(Session *session, const FileAsk *ask, Error *error)
{
    _cleanup_(store_done) Store store = STORE_NONE;
    if (!store_open(session->config->destination, &store, error)) {
        return false;
    }
    switch (ask->kind) {
    case FILE_ASK_LOOK:
        return look(session, &store, error);
    case FILE_ASK_LIST:
        return list(session, &store, ask, error);
    case FILE_ASK_READ:
        return send_file(session, &store, ask, error);
    case FILE_ASK_PULL:
        return session->config->pull != NULL
                   ? session->config->pull(session->config->arg, session->link, ask, error)
                   : error_set(error, ERROR_REFUSED, "nothing is stored here for others");
    }
    return error_set(error, ERROR_PROTOCOL, "an unknown request");
}

static bool serve_one(Session *session, const FileAsk *ask, Error *error)
{
    FileAnswer end = {.kind = FILE_ANSWER_END};
    Error why = {0};
    if (!obey(session, ask, &why)) {
        if (session->broken) {
            *error = why;
            return false;
        }
        end.u.end.error = why.kind;
        (void)str_copy(end.u.end.text, sizeof(end.u.end.text), why.text); /* of the same size */
    }
    return answer(session, &end, error);
}

bool filesend_serve(const FilesendConfig *config, Link *link, Error *error)
{
    _cleanup_free_ Session *session = calloc(1, sizeof(*session));
    if (session == NULL) {
        return error_set_errno(error, ENOMEM, "serve files");
    }
    session->config = config;
    session->link = link;
    for (;;) {
        const uint8_t *bytes = NULL;
        size_t size = 0;
        FileAsk ask;
        if (!link_await(link, &bytes, &size, error)) {
            return error->kind == ERROR_NETWORK; /* it has ended, as it may */
        }
        if (!filewire_read_ask(bytes, size, &ask)) {
            return error_set(error, ERROR_PROTOCOL, "a request that is none");
        }
        if (!serve_one(session, &ask, error)) {
            return false;
        }
    }
}

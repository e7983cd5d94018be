/*
 * Looking at a backup directory: at the own one, and at another server's by asking it.
 */
#include "backup/server_store.h"

#include <stdlib.h>

#include "backup/fileask.h"
#include "backup/reach.h"
#include "backup/store.h"
#include "base/cleanup.h"

enum { LIST_MAX = 4096 };

static bool add_generation(ServerStore *server, const Generation *generation, Error *error)
{
    Generation *more = server->count == LIST_MAX
                           ? NULL
                           : realloc(server->list, (size_t)(server->count + 1) * sizeof(*more));
    if (more == NULL) {
        return error_set(error, ERROR_LIMIT, "too many generations");
    }
    server->list = more;
    server->list[server->count++] = *generation;
    return true;
}

static bool take_answer(void *arg, const FileAnswer *answer, Error *error)
{
    ServerStore *server = arg;
    switch (answer->kind) {
    case FILE_ANSWER_PLACE:
        return str_copy(server->path, sizeof(server->path), answer->u.place) ||
               error_set(error, ERROR_LIMIT, "the path of its backup directory is too long");
    case FILE_ANSWER_GENERATION:
        return add_generation(server, &answer->u.generation, error);
    case FILE_ANSWER_WAL:
        server->reach = answer->u.reach;
        return true;
    case FILE_ANSWER_ENTRY:
    case FILE_ANSWER_DATA:
    case FILE_ANSWER_PROGRESS:
    case FILE_ANSWER_END:
        break;
    }
    return error_set(error, ERROR_PROTOCOL, "an answer to another question");
}

bool store_ask(const NetConfig *config, const Keys *keys, ServerStore *server, Error *error)
{
    const FileAsk look = {.kind = FILE_ASK_LOOK};
    _cleanup_(link_free) Link *link = NULL;
    return link_open(config, keys, server->member, &link, error) &&
           fileask_run(link, &look, take_answer, server, error);
}

bool store_look_here(const char *destination, ServerStore *server, Error *error)
{
    Store store;
    if (!store_open(destination, &store, error) ||
        !store_list(&store, &server->list, &server->count, error) ||
        !reach_find(&store, &server->reach, error)) {
        return false;
    }
    return str_copy(server->path, sizeof(server->path), store.path) ||
           error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", store.path);
}

/* Clocks differ between hosts, positions do not. */
bool store_is_newer(const Generation *a, const Generation *b)
{
    const ManifestHead *left = &a->head;
    const ManifestHead *right = &b->head;
    return left->timeline != right->timeline ? left->timeline > right->timeline
                                             : left->stop > right->stop;
}

const Generation *store_newest(const ServerStore *server, int *ret_index)
{
    const Generation *newest = NULL;
    for (int i = 0; i < server->count; i++) {
        const Generation *one = &server->list[i];
        if (one->complete && (newest == NULL || !store_is_newer(newest, one))) {
            newest = one;
            *ret_index = i;
        }
    }
    return newest;
}

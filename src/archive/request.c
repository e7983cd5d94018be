/* request.c - requests carried out, and as messages: texts one after the other, each ended by a zero. */
#include "archive/request.h"

#include "archive/layout.h"
#include "archive/owner.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool request_do(Store *store, const ArchiveRequest *request, Error *error)
{
    char folder[DURABLE_PATH_SIZE];
    struct stat of;
    const StoreJob job = {.from = request->from,
                          .folder = folder,
                          .name = request->name,
                          .compression = request->compression,
                          .claimed = request->claim[0] != '\0'};
    if (!layout_check(request->destination, error) ||
        !durable_path(folder, request->destination, LAYOUT_ARCHIVED, error)) {
        return false;
    }
    if (stat(folder, &of) != 0 && errno == ENOENT && !layout_ensure(request->destination, error)) {
        return false;
    }
    return layout_check(folder, error) &&
           archive_owner_check(folder, request->claim, request->data_dir, error) &&
           store_file(store, &job, error);
}

static bool add(char *message, size_t *at, const char *text)
{
    const size_t size = strlen(text) + 1;
    if (size > REQUEST_SIZE - *at) {
        return false;
    }
    memcpy(message + *at, text, size);
    *at += size;
    return true;
}

size_t request_write(const ArchiveRequest *request, char ret[REQUEST_SIZE])
{
    size_t at = 0;
    const bool fits = add(ret, &at, request->data_dir) && add(ret, &at, request->from) &&
                      add(ret, &at, request->name) && add(ret, &at, request->destination) &&
                      add(ret, &at, request->claim) &&
                      add(ret, &at, request->compression == STORE_ZSTD ? "zstd" : "off");
    return fits ? at : 0;
}

static const char *take(const char **message, size_t *size)
{
    const char *text = *message;
    const char *end = memchr(text, '\0', *size);
    if (end == NULL) {
        return NULL;
    }
    *size -= (size_t)(end + 1 - text);
    *message = end + 1;
    return text;
}

bool request_read(const char *message, size_t size, ArchiveRequest *ret)
{
    const char *text[6];
    for (int i = 0; i < 6; i++) {
        text[i] = take(&message, &size);
        if (text[i] == NULL) {
            return false;
        }
    }
    *ret = (ArchiveRequest){.data_dir = text[0],
                            .from = text[1],
                            .name = text[2],
                            .destination = text[3],
                            .claim = text[4]};
    return size == 0 && store_compression_parse(text[5], &ret->compression);
}

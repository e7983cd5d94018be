/*
 * The outcomes of the workers, merged: each worker's file is in order, and every number stands in one of them.
 */
#include <errno.h>
#include <stdlib.h>

#include "backup/dump_parts.h"
#include "backup/io.h"
#include "base/assert.h"
#include "base/str.h"

typedef struct Stream {
    FILE *file;
    bool more;
    DumpOutcome next;
} Stream;

struct Outcomes {
    int count;
    Stream stream[CREW_MAX];
};

static bool advance(Stream *stream, Error *error)
{
    stream->more = fread(&stream->next, sizeof(stream->next), 1, stream->file) == 1;
    return stream->more || ferror(stream->file) == 0 ||
           error_set_errno(error, errno, "read what a worker wrote");
}

bool outcomes_new(const char *folder, int workers, Outcomes **ret, Error *error)
{
    assert(workers <= CREW_MAX);
    Outcomes *in = calloc(1, sizeof(*in));
    bool good = in != NULL || error_set_errno(error, ENOMEM, "read what the workers wrote");
    for (int i = 0; good && in != NULL && i < workers; i++) {
        char name[32];
        char path[PG_PATH_SIZE];
        (void)str_format(name, sizeof(name), "%s.%d", DUMP_OUTCOME, i); /* fits */
        good = io_path(path, folder, name, error);
        if (good) {
            in->stream[i].file = fopen(path, "re");
            good = in->stream[i].file != NULL || error_set_errno(error, errno, "open \"%s\"", path);
            in->count += good ? 1 : 0;
        }
        good = good && advance(&in->stream[i], error);
    }
    if (!good) {
        outcomes_free(&in);
        return false;
    }
    *ret = in;
    return true;
}

void outcomes_free(Outcomes **outcomes)
{
    for (int i = 0; *outcomes != NULL && i < (*outcomes)->count; i++) {
        (void)fclose((*outcomes)->stream[i].file); /* only read from */
    }
    free(*outcomes);
    *outcomes = NULL;
}

bool outcomes_next(Outcomes *in, DumpOutcome *ret, bool *ret_more, Error *error)
{
    Stream *lowest = NULL;
    for (int i = 0; i < in->count; i++) {
        Stream *stream = &in->stream[i];
        if (stream->more && (lowest == NULL || stream->next.number < lowest->next.number)) {
            lowest = stream;
        }
    }
    *ret_more = lowest != NULL;
    if (lowest == NULL) {
        return true;
    }
    *ret = lowest->next;
    return advance(lowest, error);
}

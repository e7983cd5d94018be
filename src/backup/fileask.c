/*
 * Requests to another server.
 */
#include "backup/fileask.h"

#include <errno.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/cleanup.h"

static bool take_end(const FileAnswer *answer, Error *error)
{
    return answer->u.end.error == ERROR_NONE ||
           error_set(error, answer->u.end.error, "%s", answer->u.end.text);
}

bool fileask_run(Link *link, const FileAsk *ask, FileTake *take, void *arg, Error *error)
{
    uint8_t request[FILEWIRE_REQUEST_MAX];
    _cleanup_free_ FileAnswer *answer = malloc(sizeof(*answer));
    const size_t size = filewire_write_ask(ask, request, sizeof(request));
    assert(size > 0);
    if (answer == NULL) {
        return error_set_errno(error, ENOMEM, "ask a server");
    }
    if (!link_send(link, request, size, error)) {
        return false;
    }
    for (;;) {
        const uint8_t *bytes = NULL;
        size_t length = 0;
        if (!link_receive(link, &bytes, &length, error)) {
            return false;
        }
        if (!filewire_read_answer(bytes, length, answer)) {
            return error_set(error, ERROR_PROTOCOL, "an answer that is none");
        }
        if (answer->kind == FILE_ANSWER_END) {
            return take_end(answer, error);
        }
        if (!take(arg, answer, error)) {
            return false;
        }
    }
}

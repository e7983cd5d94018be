/* control.h - the door for operators: a Unix socket in the management directory.
 *
 * One connection carries one request and its answers, each a frame: 4 bytes of length, big-endian, and
 * so many bytes (1 to CONTROL_FRAME_MAX). Only the user of this process and root are heard. */
#ifndef MC_SYS_CONTROL_H
#define MC_SYS_CONTROL_H

#include "base/error.h"
#include "sys/loop.h"

enum {
    CONTROL_CLIENTS_MAX = 16, /* further ones are closed at once */
    CONTROL_FRAME_MAX = 12288,
    CONTROL_QUEUE_MAX = 131072,   /* bytes that a client has not taken; beyond, it is closed */
    CONTROL_REQUEST_LIMIT = 5000, /* ms from the connection to the whole request */
    CONTROL_PATH_MAX = 107,       /* bytes, of the system */
};

typedef struct Control Control;

typedef struct ControlOwner {
    void *self;
    /* A request. `client` is not 0 and not given to another one while this process lives; `user` is who
     * asks. */
    void (*request)(void *self, uint32_t client, uint32_t user, const uint8_t *bytes, size_t size);
    /* The client left before its last answer. */
    void (*gone)(void *self, uint32_t client);
} ControlOwner;

/* Replaces a socket that nobody listens at. ERROR_CONFIG: the path is too long; ERROR_REFUSED: somebody
 * listens there. */
__attribute__((warn_unused_result)) bool control_new(Loop *loop, const char *path,
                                                     const ControlOwner *owner, Control **ret,
                                                     Error *error);
/* Removes the socket. What was answered is still sent, as far as the clients take it at once. */
void control_free(Control *control);

/* Nothing happens when the client is gone. After the last answer its connection is closed. */
void control_answer(Control *control, uint32_t client, const uint8_t *bytes, size_t size,
                    bool last);

#endif

/* control.c - the server's end of the control socket.
 *
 * The file's mode keeps others out; the credentials of the peer are checked all the same, since a folder
 * can be opened up by mistake. */
#include "sys/control.h"

#include "base/assert.h"
#include "base/buf.h"
#include "base/str.h"
#include "sys/kill_point.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

enum { HEADER_SIZE = 4 };

typedef struct Client {
    Control *control;
    uv_pipe_t pipe;
    bool used;
    bool closing;
    bool asked;    /* its request has been handed over */
    bool answered; /* the last answer is written or on its way */
    uint32_t id;
    uint32_t user;
    size_t pending; /* answers that the kernel has not taken */
    Deadline limit;
    size_t have;
    uint8_t frame[HEADER_SIZE + CONTROL_FRAME_MAX];
} Client;

typedef struct Answer {
    uv_write_t request;
    Client *client;
    uint8_t bytes[];
} Answer;

struct Control {
    Loop *loop;
    ControlOwner owner;
    uv_pipe_t listener;
    bool ending;
    int open_handles;
    uint32_t last_id;
    char path[CONTROL_PATH_MAX + 1];
    Client clients[CONTROL_CLIENTS_MAX];
};

static void release(Control *control)
{
    if (--control->open_handles == 0) {
        assert(control->ending);
        free(control);
    }
}

static void on_client_closed(uv_handle_t *handle)
{
    Client *client = handle->data;

    client->used = false;
    release(client->control);
}

static void close_client(Client *client)
{
    Control *control = client->control;

    if (client->closing) {
        return;
    }
    client->closing = true;
    loop_deadline_clear(control->loop, &client->limit);
    uv_close((uv_handle_t *)&client->pipe, on_client_closed);
    if (client->asked && !client->answered && !control->ending) {
        control->owner.gone(control->owner.self, client->id);
    }
}

static void on_limit(void *data)
{
    close_client(data);
}

/* Where the next bytes of the frame go, and how many may come. 0: a forbidden length. */
static size_t wanted(const Client *client)
{
    if (client->have < HEADER_SIZE) {
        return HEADER_SIZE - client->have;
    }
    ByteReader header = byte_reader(client->frame, HEADER_SIZE);
    const uint32_t size = byte_read_u32(&header);
    return size == 0 || size > CONTROL_FRAME_MAX ? 0 : HEADER_SIZE + size - client->have;
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    Client *client = handle->data;

    (void)suggested;
    if (client->asked) {
        /* Only the end is awaited; anything else is thrown away. */
        *buffer = uv_buf_init((char *)client->frame, sizeof(client->frame));
    } else {
        *buffer = uv_buf_init((char *)client->frame + client->have, (unsigned)wanted(client));
    }
}

static void on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    Client *client = stream->data;
    Control *control = client->control;

    (void)buffer;
    if (size < 0) {
        close_client(client);
        return;
    }
    if (client->asked || size == 0) {
        return;
    }
    client->have += (size_t)size;
    const size_t left = wanted(client);
    if (left == 0 && client->have > HEADER_SIZE) {
        client->asked = true;
        loop_deadline_clear(control->loop, &client->limit);
        control->owner.request(control->owner.self, client->id, client->user,
                               client->frame + HEADER_SIZE, client->have - HEADER_SIZE);
    } else if (left == 0) {
        close_client(client);
    }
}

static bool may_ask(Client *client)
{
    struct ucred peer;
    socklen_t size = sizeof(peer);
    uv_os_fd_t fd;

    if (uv_fileno((uv_handle_t *)&client->pipe, &fd) != 0 ||
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return false;
    }
    client->user = peer.uid;
    return peer.uid == 0 || peer.uid == geteuid();
}

static Client *free_client(Control *control)
{
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
        if (!control->clients[i].used) {
            return &control->clients[i];
        }
    }
    return NULL;
}

static void on_turned_away(uv_handle_t *handle)
{
    free(handle);
}

/* Full: taken and closed, or the loop would be told of it for ever. */
static void turn_away(Control *control)
{
    uv_pipe_t *pipe = malloc(sizeof(*pipe));

    if (pipe != NULL) {
        const int result = uv_pipe_init(loop_uv(control->loop), pipe, 0);
        assert(result == 0);
        (void)uv_accept((uv_stream_t *)&control->listener, (uv_stream_t *)pipe);
        uv_close((uv_handle_t *)pipe, on_turned_away);
    }
}

static void on_connection(uv_stream_t *stream, int status)
{
    Control *control = stream->data;
    Client *client = free_client(control);

    if (status != 0) {
        return;
    }
    if (client == NULL) {
        turn_away(control);
        return;
    }
    memset(client, 0, sizeof(*client));
    client->control = control;
    client->used = true;
    client->id = ++control->last_id == 0 ? ++control->last_id : control->last_id;
    const int result = uv_pipe_init(loop_uv(control->loop), &client->pipe, 0);
    assert(result == 0);
    client->pipe.data = client;
    control->open_handles++;
    if (uv_accept(stream, (uv_stream_t *)&client->pipe) != 0 || !may_ask(client) ||
        uv_read_start((uv_stream_t *)&client->pipe, give_room, on_read) != 0) {
        close_client(client);
        return;
    }
    loop_deadline_set(control->loop, &client->limit, loop_now() + CONTROL_REQUEST_LIMIT, on_limit,
                      client);
}

static void on_answered(uv_write_t *request, int status)
{
    Answer *answer = request->data;
    Client *client = answer->client;

    (void)status; /* a client that has gone is noticed by reading */
    client->pending--;
    if (client->answered && client->pending == 0) {
        close_client(client);
    }
    free(answer);
}

static Client *find_client(Control *control, uint32_t id)
{
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
        Client *client = &control->clients[i];
        if (client->used && !client->closing && client->id == id) {
            return client;
        }
    }
    return NULL;
}

void control_answer(Control *control, uint32_t id, const uint8_t *bytes, size_t size, bool last)
{
    Client *client = find_client(control, id);

    assert(size > 0 && size <= CONTROL_FRAME_MAX);
    if (client == NULL || client->answered) {
        return;
    }
    const size_t queued = uv_stream_get_write_queue_size((uv_stream_t *)&client->pipe);
    Answer *answer = malloc(sizeof(*answer) + HEADER_SIZE + size);
    if (answer == NULL || queued > CONTROL_QUEUE_MAX) {
        free(answer);
        close_client(client);
        return;
    }
    ByteWriter out = byte_writer(answer->bytes, HEADER_SIZE + size);
    byte_write_u32(&out, (uint32_t)size);
    byte_write(&out, bytes, size);
    if (kill_point_is_due(ACTION_REPLY, KILL_DURING)) {
        uv_buf_t half = uv_buf_init((char *)answer->bytes, (unsigned)(HEADER_SIZE + size / 2));
        (void)uv_try_write((uv_stream_t *)&client->pipe, &half, 1); /* the end is near anyway */
        kill_point_end();
    }
    answer->client = client;
    answer->request.data = answer;
    client->answered = last;
    uv_buf_t buffer = uv_buf_init((char *)answer->bytes, (unsigned)(HEADER_SIZE + size));
    if (uv_write(&answer->request, (uv_stream_t *)&client->pipe, &buffer, 1, on_answered) != 0) {
        free(answer);
        close_client(client);
        return;
    }
    client->pending++;
}

/* ERROR_REFUSED when somebody answers there; a socket left by a dead process is removed. */
static bool clear_path(const struct sockaddr_un *address, Error *error)
{
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return error_set_errno(error, errno, "cannot make a socket");
    }
    const bool connected = connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0;
    const int problem = connected ? 0 : errno;
    close(fd);
    if (connected || problem == EAGAIN) {
        return error_set(error, ERROR_REFUSED, "another process listens at \"%s\"",
                         address->sun_path);
    }
    struct stat status;
    if (lstat(address->sun_path, &status) != 0) {
        return true; /* nothing there */
    }
    if (!S_ISSOCK(status.st_mode)) {
        return error_set(error, ERROR_CONFIG, "\"%s\" is not a socket", address->sun_path);
    }
    return unlink(address->sun_path) == 0 ||
           error_set_errno(error, errno, "cannot remove the old socket \"%s\"", address->sun_path);
}

static bool listen_at(Control *control, Error *error)
{
    /* Nobody may connect between bind and chmod. */
    const mode_t before = umask(0177);
    int result = uv_pipe_bind(&control->listener, control->path);
    umask(before);
    if (result == 0) {
        result = uv_listen((uv_stream_t *)&control->listener, CONTROL_CLIENTS_MAX, on_connection);
    }
    if (result != 0) {
        return error_set_errno(error, -result, "cannot listen at \"%s\"", control->path);
    }
    return true;
}

bool control_new(Loop *loop, const char *path, const ControlOwner *owner, Control **ret,
                 Error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) > CONTROL_PATH_MAX) {
        return error_set(error, ERROR_CONFIG,
                         "the path of the socket \"%s\" has %zu bytes, the system allows %d", path,
                         strlen(path), CONTROL_PATH_MAX);
    }
    (void)str_copy(address.sun_path, sizeof(address.sun_path), path); /* it fits */
    if (!clear_path(&address, error)) {
        return false;
    }
    Control *control = calloc(1, sizeof(*control));
    if (control == NULL) {
        return error_set_errno(error, ENOMEM, "cannot listen at \"%s\"", path);
    }
    control->loop = loop;
    control->owner = *owner;
    (void)str_copy(control->path, sizeof(control->path), path);
    const int result = uv_pipe_init(loop_uv(loop), &control->listener, 0);
    assert(result == 0);
    control->listener.data = control;
    control->open_handles = 1;
    if (!listen_at(control, error)) {
        control_free(control);
        return false;
    }
    *ret = control;
    return true;
}

static void on_listener_closed(uv_handle_t *handle)
{
    release(handle->data);
}

void control_free(Control *control)
{
    if (control == NULL) {
        return;
    }
    control->ending = true;
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
        if (control->clients[i].used) {
            close_client(&control->clients[i]);
        }
    }
    /* libuv removes the socket that it has bound. */
    uv_close((uv_handle_t *)&control->listener, on_listener_closed);
}

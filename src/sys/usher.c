/* usher.c - one child, and a Unix socket over which it is given other sockets. */
#include "sys/usher.h"

#include "base/assert.h"
#include "messages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

enum { PATH_MAX_SIZE = 1024, LAST_SIZE = 512, AGAIN_FIRST_MS = 1000, AGAIN_LAST_MS = 60000 };

typedef struct Child {
    Usher *usher; /* NULL: its handles are closing */
    uv_process_t process;
    uv_pipe_t output;
    int handles;
    size_t length;
    char last[LAST_SIZE]; /* what it said on standard error, the beginning of it */
    char scratch[LAST_SIZE];
} Child;

struct Usher {
    Loop *loop;
    char program[PATH_MAX_SIZE];
    char mc_dir[PATH_MAX_SIZE];
    char id[64];
    LogPort log;
    Child *child; /* NULL: none runs */
    int way;      /* our end of its standard input; -1: none */
    Millis pause; /* before the next start */
    Millis began;
    Deadline at;
};

static void begin(void *data);

static void on_closed(uv_handle_t *handle)
{
    Child *child = handle->data;
    if (--child->handles == 0) {
        free(child);
    }
}

static void close_way(Usher *usher)
{
    if (usher->way >= 0) {
        (void)close(usher->way); /* whoever waits in it is hung up on */
        usher->way = -1;
    }
}

static void report_end(const Usher *usher, const Child *child, int64_t status, int signal_number)
{
    char text[LAST_SIZE + 64];
    (void)str_format(text, sizeof(text), "%s %lld%s%s",
                     signal_number != 0 ? "signal" : "exit status",
                     signal_number != 0 ? (long long)signal_number : (long long)status,
                     child->length > 0 ? ": " : "", child->last); /* cut is fine */
    const LogEntry entry = msg_files_ended(text);
    usher->log.write(usher->log.self, &entry);
}

static void child_gone(Child *child, int64_t status, int signal_number)
{
    Usher *usher = child->usher;
    assert(usher != NULL); /* of a handle that was closed nothing is told */
    uv_close((uv_handle_t *)&child->process, on_closed);
    uv_close((uv_handle_t *)&child->output, on_closed);
    usher->child = NULL;
    close_way(usher);
    /* Said once, and then less and less often what does not get better. */
    if (loop_now() - usher->began > AGAIN_LAST_MS) {
        usher->pause = AGAIN_FIRST_MS;
    }
    child->last[strcspn(child->last, "\n")] = '\0';
    report_end(usher, child, status, signal_number);
    loop_deadline_set(usher->loop, &usher->at, loop_now() + usher->pause, begin, usher);
    usher->pause = usher->pause * 2 < AGAIN_LAST_MS ? usher->pause * 2 : AGAIN_LAST_MS;
}

static void on_exit_status(uv_process_t *handle, int64_t status, int signal_number)
{
    child_gone(handle->data, status, signal_number);
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    Child *child = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(child->scratch, sizeof(child->scratch));
}

static void on_output(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    Child *child = stream->data;
    if (size < 0) {
        (void)uv_read_stop(stream); /* cannot fail; its end is told by the exit */
        return;
    }
    const size_t room = sizeof(child->last) - 1 - child->length;
    const size_t taken = (size_t)size < room ? (size_t)size : room;
    memcpy(child->last + child->length, buffer->base, taken);
    child->length += taken;
}

static int spawn(const Usher *usher, Child *child, int input, int output)
{
    const char *const argv[] = {usher->program,   "-M",      usher->mc_dir,
                                "--local-server", usher->id, NULL};
    uv_stdio_container_t stdio[] = {
        {.flags = UV_INHERIT_FD, .data.fd = input},
        {.flags = UV_IGNORE},
        {.flags = UV_INHERIT_FD, .data.fd = output},
    };
    const uv_process_options_t options = {
        .exit_cb = on_exit_status,
        .file = usher->program,
        /* libuv's interface lacks the const; it does not write to them. */
        .args = (char **)(uintptr_t)argv,
        .flags = UV_PROCESS_DETACHED,
        .stdio_count = 3,
        .stdio = stdio,
    };
    return uv_spawn(loop_uv(usher->loop), &child->process, &options);
}

static void begin(void *data)
{
    Usher *usher = data;
    int way[2];
    int output[2];
    Child *child = calloc(1, sizeof(*child));
    assert(child != NULL);
    child->usher = usher;
    child->handles = 2;
    child->process.data = child;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, way) != 0 ||
        pipe2(output, O_CLOEXEC) != 0) {
        assert_unreachable("a daemon of so few descriptors has four more");
    }
    usher->way = way[0];
    usher->began = loop_now();
    int code = uv_pipe_init(loop_uv(usher->loop), &child->output, 0);
    assert(code == 0);
    child->output.data = child;
    code = uv_pipe_open(&child->output, output[0]);
    assert(code == 0);
    code = spawn(usher, child, way[1], output[1]);
    (void)close(way[1]); /* the child has them */
    (void)close(output[1]);
    if (code != 0) {
        (void)str_copy(child->last, sizeof(child->last), uv_strerror(code));
        child->length = strlen(child->last);
        child_gone(child, code, 0);
        return;
    }
    code = uv_read_start((uv_stream_t *)&child->output, give_room, on_output);
    assert(code == 0);
    usher->child = child;
}

void usher_take(Usher *usher, int socket)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    char word = 'c';
    struct iovec one = {.iov_base = &word, .iov_len = 1};
    struct msghdr message = {.msg_iov = &one,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof(control.bytes)};
    if (usher->way < 0) {
        return; /* it is being started anew */
    }
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &socket, sizeof(int));
    /* A child that has too many waiting already, or is just gone: the caller's peer is hung up on, and tries again. */
    (void)sendmsg(usher->way, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool usher_new(Loop *loop, const UsherConfig *config, Usher **ret, Error *error)
{
    Usher *usher = calloc(1, sizeof(*usher));
    if (usher == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    usher->loop = loop;
    usher->log = *config->log;
    usher->way = -1;
    usher->pause = AGAIN_FIRST_MS;
    if (!str_copy(usher->program, sizeof(usher->program), config->program) ||
        !str_copy(usher->mc_dir, sizeof(usher->mc_dir), config->mc_dir) ||
        !str_copy(usher->id, sizeof(usher->id), config->id)) {
        free(usher);
        return error_set(error, ERROR_LIMIT, "the path of pgx_filesend is too long");
    }
    loop_deadline_set(loop, &usher->at, loop_now(), begin, usher);
    *ret = usher;
    return true;
}

void usher_free(Usher *usher)
{
    loop_deadline_clear(usher->loop, &usher->at);
    close_way(usher); /* by which it ends */
    if (usher->child != NULL) {
        usher->child->usher = NULL;
        uv_close((uv_handle_t *)&usher->child->process, on_closed);
        uv_close((uv_handle_t *)&usher->child->output, on_closed);
    }
    free(usher);
}

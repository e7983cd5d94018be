/*
 * The client of the control socket.
 */
#include "cli/daemon.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buf.h"
#include "cli/say.h"
#include "wire/wire.h"

enum { CONNECT_TRIES = 50, CONNECT_PAUSE_MS = 20 };

Millis daemon_now(void)
{
    struct timespec now;
    const int rc = clock_gettime(CLOCK_BOOTTIME, &now);
    assert(rc == 0);
    return (Millis)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void daemon_pause(Millis duration)
{
    (void)poll(NULL, 0, (int)duration); /* interrupted: shorter, no harm */
}

static bool not_running(const Site *site, Error *error)
{
    return error_set(error, ERROR_NOT_RUNNING, "%s \"%s\" is not running",
                     site->kind == MEMBER_SERVER ? "the agent of server" : "arbitration server",
                     site->id);
}

static bool connect_daemon(const Site *site, int *ret, Error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!str_copy(address.sun_path, sizeof(address.sun_path), site->socket_path)) {
        return error_set(error, ERROR_LIMIT, "the socket's name \"%s\" is too long",
                         site->socket_path);
    }
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return error_set_errno(error, errno, "could not make a socket");
    }
    for (int i = 0; connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0; i++) {
        const int saved = errno;
        if ((saved == EAGAIN || saved == EINTR) && i < CONNECT_TRIES) {
            daemon_pause(CONNECT_PAUSE_MS); /* its queue of connections is full for the moment */
            continue;
        }
        (void)close(fd);
        return saved == ENOENT || saved == ECONNREFUSED
                   ? not_running(site, error)
                   : error_set_errno(error, saved, "could not connect to \"%s\"",
                                     site->socket_path);
    }
    *ret = fd;
    return true;
}

static bool lost(const Site *site, Error *error)
{
    return error_set(error, ERROR_NETWORK,
                     "the daemon of \"%s\" ended, or closed the connection, before it answered",
                     site->id);
}

static bool send_all(const Site *site, int fd, const uint8_t *bytes, size_t size, Error *error)
{
    while (size > 0) {
        const ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            return lost(site, error);
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static bool send_request(const Site *site, int fd, const ControlRequest *request, Error *error)
{
    uint8_t bytes[WIRE_FRAME_HEADER + WIRE_CONTROL_MAX];
    const size_t size = wire_encode_request(request, bytes + WIRE_FRAME_HEADER, WIRE_CONTROL_MAX);
    ByteWriter header = byte_writer(bytes, WIRE_FRAME_HEADER);
    assert(size > 0);
    byte_write_u32(&header, (uint32_t)size);
    return send_all(site, fd, bytes, WIRE_FRAME_HEADER + size, error);
}

static bool receive_all(const Site *site, int fd, uint8_t *ret, size_t size, Millis deadline,
                        Error *error)
{
    while (size > 0) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        const Millis left = deadline - daemon_now();
        const int ready = left > 0 ? poll(&wait, 1, left > INT32_MAX ? INT32_MAX : (int)left) : 0;
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0) {
            return error_set(error, ERROR_TIMEOUT, "the daemon of \"%s\" does not answer",
                             site->id) ||
                   error_hint(error, "its monitor starts it again after agent_alive_timeout; "
                                     "stop -e ends both");
        }
        const ssize_t got = recv(fd, ret, size, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return lost(site, error);
        }
        ret += got;
        size -= (size_t)got;
    }
    return true;
}

static bool receive_answer(const Site *site, int fd, Millis deadline, ControlAnswer *ret,
                           Error *error)
{
    uint8_t header[WIRE_FRAME_HEADER];
    uint8_t bytes[WIRE_CONTROL_MAX];
    if (!receive_all(site, fd, header, sizeof(header), deadline, error)) {
        return false;
    }
    ByteReader in = byte_reader(header, sizeof(header));
    const uint32_t size = byte_read_u32(&in);
    if (size == 0 || size > sizeof(bytes)) {
        return error_set(error, ERROR_PROTOCOL,
                         "the daemon of \"%s\" sent what cannot be understood", site->id);
    }
    if (!receive_all(site, fd, bytes, size, deadline, error)) {
        return false;
    }
    return wire_decode_answer(bytes, size, ret) ||
           error_set(error, ERROR_PROTOCOL, "the daemon of \"%s\" sent what cannot be understood",
                     site->id);
}

/* One request, one answer of its kind. */
static bool ask(const Site *site, const ControlRequest *request, ControlAnswer *ret, Error *error)
{
    int fd = -1;
    if (!connect_daemon(site, &fd, error)) {
        return false;
    }
    const bool ok = send_request(site, fd, request, error) &&
                    receive_answer(site, fd, daemon_now() + DAEMON_ANSWER_LIMIT_MS, ret, error);
    (void)close(fd); /* the answer is here, or will not come */
    return ok && (ret->kind == request->kind ||
                  error_set(error, ERROR_PROTOCOL,
                            "the daemon of \"%s\" did not answer what it was asked", site->id));
}

bool daemon_status(const Site *site, Status *ret, Error *error)
{
    const ControlRequest request = {.kind = CONTROL_STATUS};
    ControlAnswer answer = {0};
    bool ok = ask(site, &request, &answer, error);
    if (!ok && error->kind == ERROR_NETWORK) {
        /* It has just ended, and was still listened to: its successor answers now, or nobody listens any more. */
        error_clear(error);
        daemon_pause(CONNECT_PAUSE_MS);
        ok = ask(site, &request, &answer, error);
    }
    if (ok) {
        *ret = answer.status;
    }
    return ok;
}

static bool ask_evidence(const Site *site, const ControlRequest *request, Millis *ret_age,
                         Evidence *ret, Error *error)
{
    ControlAnswer answer = {0};
    const bool ok = ask(site, request, &answer, error);
    if (ok) {
        *ret_age = answer.age;
        *ret = answer.evidence;
    }
    return ok;
}

bool daemon_evidence(const Site *site, MemberId member, Millis *ret_age, Evidence *ret,
                     Error *error)
{
    const ControlRequest request = {.kind = CONTROL_EVIDENCE, .member = member};
    return ask_evidence(site, &request, ret_age, ret, error);
}

bool daemon_start_there(const Site *site, MemberId member, bool automatic, uint8_t copy_major,
                        Millis *ret_age, Evidence *ret, Error *error)
{
    const ControlRequest request = {
        .kind = CONTROL_START_THERE,
        .member = member,
        .copy_major = copy_major,
        .command = {.kind = COMMAND_START_INSTANCE,
                    .to = MEMBER_NONE,
                    .failover_asked = true,
                    .failover_wanted = automatic},
    };
    return ask_evidence(site, &request, ret_age, ret, error);
}

bool daemon_command(const Site *site, const Command *command, Millis limit, DaemonReply *on_reply,
                    void *data, int *ret_exit, Error *error)
{
    const ControlRequest request = {.kind = CONTROL_COMMAND, .command = *command};
    const Millis deadline = daemon_now() + limit;
    ControlAnswer answer = {0};
    int fd = -1;
    if (!connect_daemon(site, &fd, error)) {
        return false;
    }
    bool ok = send_request(site, fd, &request, error);
    while (ok && !answer.reply.last) {
        ok = receive_answer(site, fd, deadline, &answer, error);
        if (ok && answer.kind == CONTROL_COMMAND) {
            on_reply(data, &answer.reply);
        }
    }
    (void)close(fd); /* everything was said */
    if (ok) {
        *ret_exit = answer.reply.status;
    }
    return ok;
}

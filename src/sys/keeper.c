/* keeper.c - one child at a time: the one for the role that the instance has now.
 *
 * Its standard input is a pipe that only this process holds: with it ends the child, whatever ends us. The
 * password goes through it as the first line, where nobody else can read it. */
#include "sys/keeper.h"

#include "base/assert.h"
#include "messages.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum {
    LINE_MAX_SIZE = 1024,
    AGAIN_MS = 1000,
    END_LIMIT_MS = 2000, /* until it is killed */
};

typedef enum Role { ROLE_NONE, ROLE_STANDBY, ROLE_PRIMARY } Role;

typedef struct Child {
    Keeper *keeper;
    uv_process_t process;
    uv_pipe_t output;
    int input; /* our end of its standard input; -1: closed */
    int handles;
    Role role;
    char line[LINE_MAX_SIZE];
    size_t length;
    char last[LINE_MAX_SIZE]; /* that was not understood */
    char scratch[1024];
} Child;

struct Keeper {
    Loop *loop;
    PgSetup setup;
    char program[PG_PATH_SIZE];
    uint64_t limit;
    LogPort log;
    Role wanted;
    Child *child; /* NULL: none runs */
    Deadline at;  /* of the next start, or of its killing */
    bool told_end;
};

static void settle(void *data);

/* ---- what it says ----------------------------------------------------------------------------- */

static void say(Keeper *keeper, LogEntry entry)
{
    keeper->log.write(keeper->log.self, &entry);
}

/* "word about"; false when it is none of keep.c's lines. */
static bool take_line(Keeper *keeper, const char *line)
{
    const char *about = strchr(line, ' ');
    if (about == NULL) {
        return false;
    }
    about++;
    if (str_starts_with(line, "streaming ")) {
        say(keeper, msg_mirror_streaming(about));
    } else if (str_starts_with(line, "waiting ")) {
        say(keeper, msg_mirror_waiting(about));
    } else if (str_starts_with(line, "paused ")) {
        say(keeper, msg_mirror_paused(about));
    } else if (str_starts_with(line, "held ")) {
        say(keeper, msg_mirror_held());
    } else if (str_starts_with(line, "gap ")) {
        say(keeper, msg_mirror_gap(about));
    } else if (str_starts_with(line, "pruned ")) {
        say(keeper, msg_mirror_pruned(about));
    } else if (str_starts_with(line, "behind ")) {
        say(keeper, msg_archive_behind(about));
    } else if (str_starts_with(line, "archiving ")) {
        say(keeper, msg_archive_moves());
    } else {
        return false;
    }
    keeper->told_end = false;
    return true;
}

static void take_bytes(Child *child, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != '\n') {
            child->line[child->length] = bytes[i];
            child->length += child->length + 1 < sizeof(child->line) ? 1 : 0;
            continue;
        }
        child->line[child->length] = '\0';
        child->length = 0;
        if (!take_line(child->keeper, child->line)) {
            memcpy(child->last, child->line, sizeof(child->last));
        }
    }
}

/* ---- its life --------------------------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle)
{
    Child *child = handle->data;
    if (--child->handles == 0) {
        free(child);
    }
}

static void close_input(Child *child)
{
    if (child->input >= 0) {
        (void)close(child->input); /* a pipe */
        child->input = -1;
    }
}

static void child_gone(Child *child, int64_t status, int signal_number)
{
    Keeper *keeper = child->keeper;
    char text[LINE_MAX_SIZE + 64];
    const bool asked = child->input < 0;
    close_input(child);
    uv_close((uv_handle_t *)&child->process, on_closed);
    uv_close((uv_handle_t *)&child->output, on_closed);
    keeper->child = NULL;
    if (!asked && !keeper->told_end) {
        keeper->told_end = true; /* once, until it has run again */
        (void)str_format(text, sizeof(text), "%s %lld%s%s",
                         signal_number != 0 ? "signal" : "exit status",
                         signal_number != 0 ? (long long)signal_number : (long long)status,
                         child->last[0] != '\0' ? ": " : "", child->last); /* cut is fine */
        say(keeper, msg_keeper_ended(text));
    }
    loop_deadline_set(keeper->loop, &keeper->at, loop_now() + (asked ? 0 : AGAIN_MS), settle,
                      keeper);
}

static void on_exit_status(uv_process_t *handle, int64_t status, int signal_number)
{
    Child *child = handle->data;
    child_gone(child, status, signal_number);
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
    } else {
        take_bytes(child, buffer->base, (size_t)size);
    }
}

static int spawn(Keeper *keeper, Child *child, int input, int output)
{
    char limit[32];
    (void)str_format(limit, sizeof(limit), "%llu", (unsigned long long)keeper->limit); /* fits */
    const bool mirror = child->role == ROLE_PRIMARY && keeper->limit > 0;
    const char *const argv[] = {keeper->program,
                                mirror ? "mirror" : "watch",
                                keeper->setup.data_dir,
                                keeper->setup.mc_dir,
                                keeper->setup.user,
                                keeper->setup.backup_destination,
                                limit,
                                NULL};
    uv_stdio_container_t stdio[] = {
        {.flags = UV_INHERIT_FD, .data.fd = input},
        {.flags = UV_INHERIT_FD, .data.fd = output},
        {.flags = UV_INHERIT_FD, .data.fd = output},
    };
    const uv_process_options_t options = {
        .exit_cb = on_exit_status,
        .file = keeper->program,
        /* libuv's interface lacks the const; it does not write to them. */
        .args = (char **)(uintptr_t)argv,
        .flags = UV_PROCESS_DETACHED,
        .stdio_count = 3,
        .stdio = stdio,
    };
    return uv_spawn(loop_uv(keeper->loop), &child->process, &options);
}

static bool give_password(const Keeper *keeper, int input)
{
    char line[PG_PASSWORD_SIZE + 1];
    const size_t length = strlen(keeper->setup.password);
    memcpy(line, keeper->setup.password, length);
    line[length] = '\n';
    return write(input, line, length + 1) == (ssize_t)length + 1; /* an empty pipe takes it whole */
}

static void child_begin(Keeper *keeper)
{
    int input[2];
    int output[2];
    Child *child = calloc(1, sizeof(*child));
    assert(child != NULL);
    child->keeper = keeper;
    child->role = keeper->wanted;
    child->handles = 2;
    child->process.data = child;
    if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) {
        assert_unreachable("a daemon of so few descriptors has two more");
    }
    child->input = input[1];
    int code = uv_pipe_init(loop_uv(keeper->loop), &child->output, 0);
    assert(code == 0);
    child->output.data = child;
    code = uv_pipe_open(&child->output, output[0]);
    assert(code == 0);
    const bool given = give_password(keeper, input[1]);
    assert(given);
    code = spawn(keeper, child, input[0], output[1]);
    (void)close(input[0]); /* pipes, the child has them */
    (void)close(output[1]);
    if (code != 0) {
        (void)str_copy(child->last, sizeof(child->last), uv_strerror(code));
        child_gone(child, code, 0);
        return;
    }
    code = uv_read_start((uv_stream_t *)&child->output, give_room, on_output);
    assert(code == 0);
    keeper->child = child;
}

/* Also where its role is wanted again by now: until it is gone there is no other one. */
static void child_kill(void *data)
{
    Keeper *keeper = data;
    if (keeper->child != NULL && keeper->child->input < 0) {
        (void)uv_process_kill(&keeper->child->process, SIGKILL); /* gone already: told soon */
    }
}

/* The child that runs is the one that is wanted, or on its way out. */
static void settle(void *data)
{
    Keeper *keeper = data;
    if (keeper->child == NULL) {
        if (keeper->wanted != ROLE_NONE) {
            child_begin(keeper);
        }
    } else if (keeper->child->role != keeper->wanted && keeper->child->input >= 0) {
        close_input(keeper->child);
        loop_deadline_set(keeper->loop, &keeper->at, loop_now() + END_LIMIT_MS, child_kill, keeper);
    }
}

void keeper_view(Keeper *keeper, InstancePhase phase)
{
    Role wanted = keeper->wanted;
    switch (phase) {
    case INSTANCE_CLOSED:
    case INSTANCE_OPEN:
        wanted = ROLE_PRIMARY;
        break;
    case INSTANCE_STANDBY:
        wanted = ROLE_STANDBY;
        break;
    case INSTANCE_NONE:
    case INSTANCE_DOWN:
        wanted = ROLE_NONE;
        break;
    case INSTANCE_STARTING:
    case INSTANCE_STOPPING: /* a stop waits until the last WAL is mirrored, too */
    case INSTANCE_SICK:
    case INSTANCE_UNKNOWN:
        break;
    }
    if (wanted != keeper->wanted) {
        keeper->wanted = wanted;
        keeper->told_end = false;
        settle(keeper);
    }
}

bool keeper_new(Loop *loop, const KeeperConfig *config, Keeper **ret, Error *error)
{
    Keeper *keeper = calloc(1, sizeof(*keeper));
    if (keeper == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    keeper->loop = loop;
    keeper->setup = *config->setup;
    keeper->limit = config->limit;
    keeper->log = *config->log;
    if (!str_copy(keeper->program, sizeof(keeper->program), config->program)) {
        free(keeper);
        return error_set(error, ERROR_LIMIT, "the path of pgx_walreceive is too long");
    }
    *ret = keeper;
    return true;
}

void keeper_free(Keeper *keeper)
{
    loop_deadline_clear(keeper->loop, &keeper->at);
    if (keeper->child != NULL) {
        close_input(keeper->child); /* it ends by itself */
        keeper->child->keeper = NULL;
        uv_close((uv_handle_t *)&keeper->child->process, on_closed);
        uv_close((uv_handle_t *)&keeper->child->output, on_closed);
    }
    free(keeper);
}

/* process.c - spawns children through libuv and collects what they say and how they end. */
#include "sys/process.h"

#include "base/assert.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

/* A grandchild may keep the pipe open for ever: so long we wait for its end after the child's. */
enum { PIPE_GRACE = 200 };

struct Process {
    Loop *loop;
    uv_process_t handle;
    uv_pipe_t pipe;
    Deadline limit;
    ProcessDone done;
    void *data;
    bool exited;
    bool silent; /* its output has ended */
    bool told;
    int open_handles;
    ProcessResult result;
    char output[PROCESS_OUTPUT_MAX + 1];
    char scratch[1024];
};

static void on_closed(uv_handle_t *handle)
{
    Process *process = handle->data;

    if (--process->open_handles == 0) {
        free(process);
    }
}

static void finish(Process *process)
{
    assert(!process->told);
    process->told = true;
    loop_deadline_clear(process->loop, &process->limit);
    process->result.output = process->output;
    process->done(process->data, &process->result);
    uv_close((uv_handle_t *)&process->handle, on_closed);
    uv_close((uv_handle_t *)&process->pipe, on_closed);
}

static void on_grace_over(void *data)
{
    finish(data);
}

static void progress(Process *process)
{
    if (process->exited && process->silent) {
        finish(process);
    } else if (process->exited) {
        loop_deadline_set(process->loop, &process->limit, loop_now() + PIPE_GRACE, on_grace_over,
                          process);
    }
}

static void on_exit_status(uv_process_t *handle, int64_t exit_status, int term_signal)
{
    Process *process = handle->data;

    process->exited = true;
    process->result.exit_status = exit_status;
    process->result.signal = term_signal;
    progress(process);
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    Process *process = handle->data;

    (void)suggested;
    *buffer = uv_buf_init(process->scratch, sizeof(process->scratch));
}

static void on_output(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    Process *process = stream->data;
    ProcessResult *result = &process->result;

    if (size < 0) {
        process->silent = true;
        (void)uv_read_stop(stream); /* cannot fail */
        progress(process);
        return;
    }
    /* What does not fit is still read, or the child would wait for us. */
    const size_t room = PROCESS_OUTPUT_MAX - result->size;
    const size_t taken = (size_t)size < room ? (size_t)size : room;
    memcpy(process->output + result->size, buffer->base, taken);
    result->size += taken;
    result->cut = result->cut || taken < (size_t)size;
}

static void on_limit(void *data)
{
    Process *process = data;

    process->result.timed_out = true;
    process_kill(process);
}

void process_kill(Process *process)
{
    if (!process->exited) {
        /* The group may be gone already: nothing to do then. */
        (void)kill(-uv_process_get_pid(&process->handle), SIGKILL);
    }
}

static int spawn(Process *process, const ProcessSpec *spec, int output_fd)
{
    uv_stdio_container_t stdio[] = {
        {.flags = UV_IGNORE},
        {.flags = UV_INHERIT_FD, .data.fd = output_fd},
        {.flags = UV_INHERIT_FD, .data.fd = output_fd},
    };
    uv_process_options_t options = {
        .exit_cb = on_exit_status,
        .file = spec->argv[0],
        /* libuv's interface lacks the const; it does not write to them. */
        .args = (char **)(uintptr_t)spec->argv,
        .env = (char **)(uintptr_t)spec->env,
        .cwd = spec->directory,
        .flags = UV_PROCESS_DETACHED,
        .stdio_count = 3,
        .stdio = stdio,
    };

    process->handle.data = process;
    return uv_spawn(loop_uv(process->loop), &process->handle, &options);
}

bool process_spawn(Loop *loop, const ProcessSpec *spec, ProcessDone done, void *data, Process **ret,
                   Error *error)
{
    int fds[2];
    Process *process = calloc(1, sizeof(*process));

    if (process == NULL || pipe2(fds, O_CLOEXEC) != 0) {
        free(process);
        return error_set_errno(error, errno, "cannot start \"%s\"", spec->argv[0]);
    }
    process->loop = loop;
    process->done = done;
    process->data = data;
    process->open_handles = 2;

    int result = uv_pipe_init(loop_uv(loop), &process->pipe, 0);
    assert(result == 0);
    process->pipe.data = process;
    result = uv_pipe_open(&process->pipe, fds[0]);
    assert(result == 0);
    result = spawn(process, spec, fds[1]);
    close(fds[1]);
    if (result != 0) {
        uv_close((uv_handle_t *)&process->handle, on_closed);
        uv_close((uv_handle_t *)&process->pipe, on_closed);
        return error_set_errno(error, -result, "cannot start \"%s\"", spec->argv[0]);
    }
    result = uv_read_start((uv_stream_t *)&process->pipe, give_room, on_output);
    assert(result == 0);
    if (spec->limit != MILLIS_NEVER) {
        loop_deadline_set(loop, &process->limit, loop_now() + spec->limit, on_limit, process);
    }
    if (ret != NULL) {
        *ret = process;
    }
    return true;
}

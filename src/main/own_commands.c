/* own_commands.c - the operator's commands, as children of the agent. */
#include "main/own_commands.h"

#include "base/assert.h"
#include "base/str.h"
#include "sys/kill_point.h"
#include "sys/process.h"

#include <stdlib.h>
#include <string.h>

typedef struct OwnCommand {
    const Commands *commands;
    uint64_t sequence;
    Epoch epoch;
    RunOrder order;
} OwnCommand;

static const char *setting_of(const OwnCommand *run)
{
    return run->order.kind == RUN_FENCING ? "fencing_command" : "arbitration_command";
}

static const char *target_of(const OwnCommand *run)
{
    const MemberTable *members = &run->commands->site->members;
    assert(run->order.target < members->count);
    return members->member[run->order.target].name;
}

static void tell(const OwnCommand *run, const char *failure)
{
    const LogPort *log = run->commands->log;
    const char *target = target_of(run);
    const bool arbiter = run->commands->site->kind == MEMBER_ARBITER;
    const LogEntry entry =
        arbiter ? (failure == NULL ? msg_fencing_done(target) : msg_fencing_failed(target, failure))
                : (failure == NULL ? msg_command_agreed(setting_of(run), target)
                                   : msg_command_failed(setting_of(run), target, failure));
    log->write(log->self, &entry);
}

static void end(OwnCommand *run, const char *failure)
{
    const Commands *commands = run->commands;
    Done done = {
        .sequence = run->sequence, .kind = ACTION_RUN, .epoch = run->epoch, .ok = failure == NULL};
    (void)str_copy(done.result.text, sizeof done.result.text, failure == NULL ? "" : failure);
    tell(run, failure);
    free(run);
    commands->done(commands->ctx, &done);
}

/* What it said last, in one line: a reason that it may have given. */
static const char *last_line(const ProcessResult *result, char *ret, size_t size)
{
    size_t until = result->size;
    while (until > 0 && result->output[until - 1] == '\n') {
        until--;
    }
    size_t from = until;
    while (from > 0 && result->output[from - 1] != '\n' && until - from < size - 1) {
        from--;
    }
    (void)str_copy_bytes(ret, size, result->output + from, until - from); /* it fits */
    for (char *c = ret; *c != '\0'; c++) {
        *c = *c < ' ' || *c > '~' ? '?' : *c; /* what a child says may be anything */
    }
    return ret;
}

static void on_done(void *data, const ProcessResult *result)
{
    OwnCommand *run = data;
    char said[64];
    char failure[MESSAGE_ARG_SIZE];
    if (result->timed_out) {
        end(run, "it did not end in time, and was killed");
        return;
    }
    if (result->signal == 0 && result->exit_status == 0) {
        end(run, NULL);
        return;
    }
    last_line(result, said, sizeof said);
    (void)str_format(
        failure, sizeof failure, result->signal != 0 ? "signal %lld%s%s" : "exit status %lld%s%s",
        result->signal != 0 ? (long long)result->signal : (long long)result->exit_status,
        said[0] != '\0' ? ": " : "", said); /* cut off where it is longer */
    end(run, failure);
}

/* As the original calls them. */
static void fill_arguments(const OwnCommand *run, const char *program, const char **argv)
{
    const Site *site = run->commands->site;
    size_t count = 0;
    argv[count++] = program;
    if (run->order.kind == RUN_FENCING) {
        argv[count++] = run->order.by_operator ? "command" : "monitor";
        argv[count++] = run->order.detach ? "detach" : "switch";
    }
    if (site->kind == MEMBER_SERVER) {
        argv[count++] = site->id;
    }
    argv[count++] = target_of(run);
    if (site->kind == MEMBER_SERVER) {
        argv[count++] = "primarycenter";
    }
    argv[count] = NULL;
}

void commands_run(const Commands *commands, uint64_t sequence, Epoch epoch, const RunOrder *order)
{
    const Site *site = commands->site;
    const bool fencing = order->kind == RUN_FENCING;
    const bool server = site->kind == MEMBER_SERVER;
    const char *program = !fencing ? site->server.arbitration_command
                          : server ? site->server.fencing_command
                                   : site->arbiter.fencing_command;
    const Millis limit = !fencing ? site->server.arbitration_command_timeout
                         : server ? site->server.fencing_command_timeout
                                  : site->arbiter.fencing_command_timeout;
    const char *argv[7];
    Error error = {0};
    OwnCommand *run = malloc(sizeof *run);
    assert(run != NULL);
    *run =
        (OwnCommand){.commands = commands, .sequence = sequence, .epoch = epoch, .order = *order};
    fill_arguments(run, program, argv);
    const ProcessSpec spec = {.argv = argv, .directory = "/", .limit = limit};
    if (program[0] == '\0') {
        end(run, "the setting names no program");
    } else if (!process_spawn(commands->loop, &spec, on_done, run, NULL, &error)) {
        error.text[strcspn(error.text, "\n")] = '\0';
        end(run, error.text);
    }
    kill_point(ACTION_RUN, KILL_DURING);
}

/*
 * Daemons from outside.
 */
#include "cli/launch.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/assert.h"
#include "cli/daemon.h"
#include "cli/say.h"
#include "sys/pidfile.h"
#include "sys/statefile.h"

enum { ARGUMENTS_MAX = 16, LOOK_AGAIN_MS = 10 };

static bool program_path(const char *program, char *ret, size_t size, Error *error)
{
    char own[PATH_SIZE];
    const ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);
    if (length < 0) {
        return error_set_errno(error, errno, "could not find out where this program is");
    }
    own[length] = '\0';
    if (!path_join(dirname(own), program, ret, size, error)) {
        return false;
    }
    return access(ret, X_OK) == 0 || error_set_errno(error, errno, "could not run \"%s\"", ret) ||
           error_hint(error, "%s must be beside this program", program);
}

/* The arguments that the daemon shares with the command that starts it. */
static int daemon_arguments(const char *path, const Site *site, const CommandLine *line,
                            const char *ret[ARGUMENTS_MAX])
{
    int count = 0;
    ret[count++] = path;
    ret[count++] = "-M";
    ret[count++] = site->dir;
    ret[count++] = "--local-server";
    ret[count++] = site->id;
    if (command_given(line, OPTION_ENABLE)) {
        ret[count++] = "-f";
    }
    if (command_given(line, OPTION_DISABLE)) {
        ret[count++] = "-F";
    }
    if (command_given(line, OPTION_MC_ONLY)) {
        ret[count++] = "--mc-only";
    }
    assert(count < ARGUMENTS_MAX);
    ret[count] = NULL;
    return count;
}

static void exec_daemon(const char *path, const char *const *arguments)
{
    /* execv takes pointers to characters that may be written, and writes none. */
    char *writable[ARGUMENTS_MAX];
    memcpy(writable, arguments, sizeof(writable));
    execv(path, writable);
    _exit(EXIT_FAILED);
}

int launch_daemon(const char *program, const Site *site, const CommandLine *line)
{
    char path[PATH_SIZE];
    const char *arguments[ARGUMENTS_MAX] = {0};
    const char *own = command_programs[line->program].name;
    Error error = {0};
    int status = 0;
    if (!program_path(program, path, sizeof(path), &error)) {
        return say_error(own, &error);
    }
    (void)daemon_arguments(path, site, line, arguments);
    const pid_t child = fork();
    if (child == 0) {
        exec_daemon(path, arguments);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            break;
        }
    }
    if (child < 0 || !WIFEXITED(status)) {
        return say_failed(own, ERROR_SYSTEM, NULL, "could not start \"%s\"", path);
    }
    return WEXITSTATUS(status);
}

static Millis left_until(Millis until)
{
    const Millis left = until - daemon_now();
    return left < 0 ? 0 : left;
}

/*
 * Each of the two makes the other anew when it ends: the monitor is frozen before the agent is killed, so that
 * it makes none, and killed when nobody is left who would see it end.
 */
static bool kill_pair(const PidFile *pids, Millis until, Error *error)
{
    pid_freeze(&pids->monitor);
    return pid_kill(&pids->agent, left_until(until), error) &&
           pid_kill(&pids->monitor, left_until(until), error);
}

/* The lock of the daemon, taken in its place, or an error that says no more than that it cannot be had at all:
 * on a full or damaged disk that must not keep anybody from ending what runs. */
static bool take_its_place(const Site *site)
{
    int lock = -1; /* kept to the end of this process */
    Error error = {0};
    return lock_take(site->lock_path, &lock, &error) || error.kind != ERROR_REFUSED;
}

bool kill_daemon(const Site *site, Millis limit, bool *ret_any, Error *error)
{
    PidFile pids;
    const Millis until = daemon_now() + limit;
    *ret_any = false;
    /* Again while somebody holds the lock: an agent may have been made anew, and not have written its number yet. */
    do {
        if (!pidfile_read(site->pid_path, &pids, error)) {
            return false;
        }
        *ret_any = *ret_any || pid_alive(&pids.agent) || pid_alive(&pids.monitor);
        if (!kill_pair(&pids, until, error)) {
            return false;
        }
        if (take_its_place(site)) {
            (void)unlink(
                site->socket_path); /* without its daemon; the next start replaces it, too */
            return true;
        }
        *ret_any = true;
        daemon_pause(LOOK_AGAIN_MS);
    } while (daemon_now() < until);
    return error_set(error, ERROR_TIMEOUT, "somebody still holds the lock \"%s\"", site->lock_path);
}

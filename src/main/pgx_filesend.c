/*
 * pgx_filesend: shows the backup directory of this server to the other servers; mc_agent starts it.
 *
 * Its standard input is a Unix socket over which the agent hands it the sockets of those who ask (sys/usher.h). Each
 * gets a process of its own, so that a disk that hangs, or a caller who does, is nobody else's matter; all of them end
 * with the agent.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/filesend.h"
#include "base/cleanup.h"
#include "cli/say.h"
#include "cli/site.h"
#include "main/prepare.h"

static const char program[] = "pgx_filesend";

enum { CALLERS_MAX = 8, NICE = 10 };

typedef struct Home {
    Site site;
    NetConfig config;
    Keys keys;
} Home;

static bool open_home(const CommandLine *line, Home *ret, Error *error)
{
    int status = 0;
    if (!site_open_or_say(line, MEMBER_SERVER, &ret->site, &status)) {
        return error_set(error, ERROR_CONFIG, "the management directory cannot be used");
    }
    if (ret->site.server.backup_destination[0] == '\0') {
        return error_set(error, ERROR_CONFIG, "backup_destination is not set in \"%s/%s.conf\"",
                         ret->site.dir, ret->site.id);
    }
    return site_become_owner(ret->site.dir, error) &&
           keys_read(ret->site.key_path, &ret->keys, error) &&
           prepare_net(&ret->site, &ret->config, error);
}

/* The next socket that is handed over. False: the agent is gone. */
static bool take_socket(int *ret, Error *error)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    char word = '\0';
    struct iovec one = {.iov_base = &word, .iov_len = 1};
    struct msghdr message = {.msg_iov = &one,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof(control.bytes)};
    ssize_t got = -1;
    do {
        got = recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return error_set_errno(error, errno, "standard input is no socket of mc_agent");
    }
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *ret = -1;
    if (got > 0 && header != NULL && header->cmsg_type == SCM_RIGHTS) {
        memcpy(ret, CMSG_DATA(header), sizeof(int));
    }
    return got > 0;
}

/* In a process of its own. Whoever is no server of this cluster gets nothing, not even a reason. */
static int serve_caller(Home *home, int socket)
{
    const FilesendConfig config = {.destination = home->site.server.backup_destination};
    _cleanup_(link_free) Link *link = NULL;
    Error error = {0};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* cannot fail with a signal that exists */
    (void)close(STDIN_FILENO);
    const bool good = link_accept(&home->config, &home->keys, socket, &link, &error) &&
                      filesend_serve(&config, link, &error);
    keys_wipe(&home->keys);
    return good ? EXIT_DONE : EXIT_FAILED;
}

static int reap(void)
{
    int count = 0;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
        count++;
    }
    return count;
}

static int serve(Home *home)
{
    Error error = {0};
    int callers = 0;
    int socket = -1;
    while (take_socket(&socket, &error)) {
        callers -= reap();
        const pid_t pid = socket < 0 || callers >= CALLERS_MAX ? -1 : fork();
        if (pid == 0) {
            _exit(serve_caller(home, socket));
        }
        callers += pid > 0 ? 1 : 0;
        if (socket >= 0) {
            (void)close(socket); /* the child's, or hung up on */
        }
    }
    return error.kind == ERROR_NONE ? EXIT_DONE : say_error(program, &error);
}

int main(int argc, char **argv)
{
    CommandLine line;
    Error error = {0};
    _cleanup_free_ Home *home = calloc(1, sizeof(*home));
    if (home == NULL || !command_parse(PROGRAM_PGX_FILESEND, argc, argv, &line, &error)) {
        return home == NULL ? EXIT_FAILED : say_error(program, &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    (void)setpriority(PRIO_PROCESS, 0, NICE); /* the database comes first */
    (void)signal(SIGPIPE, SIG_IGN);
    if (!open_home(&line, home, &error)) {
        return say_error(program, &error);
    }
    const int status = serve(home);
    keys_wipe(&home->keys);
    return status;
}

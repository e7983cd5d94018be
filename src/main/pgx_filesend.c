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

#include "backup/fetch.h"
#include "backup/filesend.h"
#include "backup/io.h"
#include "backup/prune.h"
#include "base/cleanup.h"
#include "cli/say.h"
#include "cli/site_net.h"
#include "sys/pg_control.h"

static const char program[] = "pgx_filesend";

enum { CALLERS_MAX = 8, NICE = 10, TELL_EVERY_MS = 500 };

typedef struct Home {
    Site site;
    NetConfig config;
    Keys keys;
    const CommandLine *line;
} Home;

static bool open_home(const CommandLine *line, Home *ret, Error *error)
{
    int status = 0;
    ret->line = line;
    if (!site_open_or_say(line, MEMBER_SERVER, &ret->site, &status)) {
        return error_set(error, ERROR_CONFIG, "the management directory cannot be used");
    }
    if (ret->site.server.backup_destination[0] == '\0') {
        return error_set(error, ERROR_CONFIG, "backup_destination is not set in \"%s/%s.conf\"",
                         ret->site.dir, ret->site.id);
    }
    return site_become_owner(ret->site.dir, error) &&
           keys_read(ret->site.key_path, &ret->keys, error) &&
           site_net(&ret->site, &ret->config, error);
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

/* ---- a generation of the caller, stored here ---- */

typedef struct Pull {
    Link *link;
    Millis told;
    volatile sig_atomic_t broken; /* nobody waits for it any more */
} Pull;

static void pull_say(void *arg, const LogEntry *entry)
{
    (void)arg;
    (void)entry; /* there is nobody here who would read it */
}

static void pull_progress(void *arg, const char *what, uint64_t done, uint64_t of)
{
    Pull *pull = arg;
    Error ignored = {0};
    const Millis now = io_now();
    (void)what;
    if (now - pull->told >= TELL_EVERY_MS && pull->broken == 0) {
        pull->told = now;
        pull->broken = filesend_progress(pull->link, done, of, &ignored) ? 0 : 1;
    }
}

/* The generations here are kept as those of pgx_dmpall are: a server that never runs it has no other hour for that. */
static bool prune(const Home *home, const char *newest, const Report *report, Error *error)
{
    _cleanup_(store_done) Store store = STORE_NONE;
    int generations = 0;
    int segments = 0;
    int remains = 0;
    return store_open(home->site.server.backup_destination, &store, error) &&
           store_lock(&store, error) && store_remove_remains(&store, &remains, error) &&
           prune_store(&store, newest, (int)home->site.server.backup_generations, report,
                       &generations, &segments, error);
}

static bool read_key(const Home *home, BackupKey *ret, Error *error)
{
    char path[PATH_SIZE];
    const char *name = home->site.server.backup_key_file;
    if (name[0] == '\0') {
        return true;
    }
    return name[0] == '/' ? backup_key_read(name, ret, error)
                          : path_join(home->site.dir, name, path, sizeof(path), error) &&
                                backup_key_read(path, ret, error);
}

/*
 * What the settings say of backups now: a key that was changed must not wait for the next start of the agent. The rest of
 * them stays what the agent works with, too.
 */
static bool renew_settings(Home *home, Error *error)
{
    Diagnostics diagnostics = {0};
    _cleanup_free_ Site *now = calloc(1, sizeof(*now));
    if (now == NULL) {
        return error_set_errno(error, ENOMEM, "read the settings");
    }
    if (!site_open(home->line, MEMBER_SERVER, now, &diagnostics, error)) {
        return error_wrap(error, "the settings of server \"%s\"", home->site.id);
    }
    Settings *settings = &home->site.server;
    settings->backup_generations = now->server.backup_generations;
    memcpy(settings->backup_key_file, now->server.backup_key_file,
           sizeof(settings->backup_key_file));
    memcpy(settings->backup_copy_command, now->server.backup_copy_command,
           sizeof(settings->backup_copy_command));
    return true;
}

static bool pull_generation(void *arg, Link *link, const FileAsk *ask, Error *error)
{
    Home *home = arg; /* of this process alone */
    Pull pull = {.link = link};
    const Report report = {
        .say = pull_say, .progress = pull_progress, .arg = &pull, .interrupted = &pull.broken};
    PgControl control;
    Error none = {0};
    FetchSummary summary = {0};
    if (!renew_settings(home, error)) {
        return false;
    }
    FetchOptions options = {.destination = home->site.server.backup_destination,
                            .config = &home->config,
                            .keys = &home->keys,
                            .from = link_peer(link),
                            .copies = home->site.server.backup_copy_command[0] != '\0',
                            .rate = ask->rate};
    if (pg_control_read(home->site.server.db_instance, &control, &none)) {
        options.system_identifier = control.system_identifier;
    }
    if (!read_key(home, &options.key, error)) {
        return false;
    }
    const bool good = fetch_generation(&options, ask->path, &report, &summary, error);
    backup_key_wipe(&options.key);
    if (!good) {
        return false;
    }
    return prune(home, ask->path, &report, error) ||
           error_wrap(error, "it is COMPLETE here, but older ones could not be removed");
}

/* In a process of its own. Whoever is no server of this cluster gets nothing, not even a reason. */
static int serve_caller(Home *home, int socket)
{
    const FilesendConfig config = {
        .destination = home->site.server.backup_destination, .pull = pull_generation, .arg = home};
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

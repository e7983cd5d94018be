/*
 * What every server keeps of backups and of WAL beside its data directory, for `recover`.
 *
 * Each server is looked at by a child of its own: a disk that hangs, here or there, and a service that is silent hold up
 * neither the others nor this command, which takes what it has when the time is out. The children end with it.
 */
#include "cli/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/server_store.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/daemon.h"
#include "cli/site_net.h"

enum { STORES_LIMIT_MS = 5000 };

_Static_assert(sizeof(OutageStore) <= 4096, "a pipe takes it whole, or not at all");

static bool look(const Site *site, ServerStore *server, Error *error)
{
    _cleanup_free_ NetConfig *config = calloc(1, sizeof(*config));
    _cleanup_free_ Keys *keys = calloc(1, sizeof(*keys));
    if (server->member == site->self) {
        return site->server.backup_destination[0] == '\0'
                   ? error_set(error, ERROR_CONFIG, "backup_destination is not set")
                   : store_look_here(site->server.backup_destination, server, error);
    }
    return config == NULL || keys == NULL
               ? error_set_errno(error, ENOMEM, "ask a server")
               : keys_read(site->key_path, keys, error) && site_net(site, config, error) &&
                     store_ask(config, keys, server, error);
}

static OutageStore summary_of(const ServerStore *server)
{
    OutageStore ret = {.known = true, .reach = server->reach};
    int index = -1;
    const Generation *newest = store_newest(server, &index);
    if (newest != NULL) {
        _Static_assert(sizeof(ret.newest) >= sizeof(newest->name), "it fits");
        (void)str_copy(ret.newest, sizeof(ret.newest), newest->name); /* see above */
        ret.system_identifier = newest->head.system_identifier;
        ret.stop = (Position){.timeline = newest->head.timeline, .lsn = newest->head.stop};
        ret.stopped = newest->head.stopped;
    }
    return ret;
}

_Noreturn static void be_looker(const Site *site, MemberId member, int out, pid_t parent)
{
    static ServerStore server;
    OutageStore found = {.known = false};
    Error error = {0};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* cannot fail with a signal that exists */
    server.member = member;
    if (getppid() == parent && site_become_owner(site->dir, &error) &&
        look(site, &server, &error)) {
        found = summary_of(&server);
    } else {
        (void)str_copy(found.why, sizeof(found.why), error.text); /* of the same size */
    }
    const ssize_t written = write(out, &found, sizeof(found));
    _exit(written == (ssize_t)sizeof(found) ? 0 : 1);
}

static void start_looker(const Site *site, MemberId member, StoreLooker *ret)
{
    int ends[2];
    const pid_t parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return;
    }
    const pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]); /* the parent's */
        be_looker(site, member, ends[1], parent);
    }
    (void)close(ends[1]); /* the child's alone, so that its end is seen */
    if (pid < 0) {
        (void)close(ends[0]); /* nobody writes */
        return;
    }
    *ret = (StoreLooker){.pid = pid, .from = ends[0]};
}

void recover_stores_begin(Recovery *work)
{
    assert(work->site->members.count <= MEMBERS_MAX);
    work->stores_since = daemon_now();
    (void)fflush(stdout); /* children must not say it again */
    for (MemberId m = 0; m < work->site->members.count; m++) {
        work->store[m] = (OutageStore){.why = "it could not be asked"};
        work->looker[m] = (StoreLooker){.pid = 0, .from = -1};
        if (work->site->members.member[m].kind == MEMBER_SERVER) {
            start_looker(work->site, m, &work->looker[m]);
        }
    }
}

/* One that cannot be killed, for its disk hangs, is left to end with us. */
static void end_looker(StoreLooker *looker)
{
    if (looker->pid > 0) {
        (void)kill(looker->pid, SIGKILL);          /* it may be gone */
        (void)waitpid(looker->pid, NULL, WNOHANG); /* likewise */
        (void)close(looker->from);                 /* only read */
    }
    *looker = (StoreLooker){.pid = 0, .from = -1};
}

static void take_from(StoreLooker *looker, OutageStore *store)
{
    OutageStore found;
    const ssize_t size = read(looker->from, &found, sizeof(found));
    if (size == (ssize_t)sizeof(found)) {
        *store = found;
    }
    end_looker(looker);
}

void recover_stores_end(Recovery *work)
{
    const Millis until = work->stores_since + STORES_LIMIT_MS;
    for (MemberId m = 0; m < work->site->members.count; m++) {
        StoreLooker *looker = &work->looker[m];
        while (looker->pid > 0) {
            struct pollfd ready = {.fd = looker->from, .events = POLLIN};
            const Millis left = until - daemon_now();
            const int count = poll(&ready, 1, left > 0 ? (int)left : 0);
            if (count > 0) {
                take_from(looker, &work->store[m]);
            } else if (count == 0) {
                (void)str_format(work->store[m].why, sizeof(work->store[m].why),
                                 "no answer within %d s", STORES_LIMIT_MS / 1000); /* fits */
                end_looker(looker);
            } else if (errno != EINTR) {
                end_looker(looker);
            }
        }
    }
}

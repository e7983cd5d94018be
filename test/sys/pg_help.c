/* pg_help.c - see pg_help.h. */
#include "pg_help.h"

#include "base/assert.h"
#include "sys/pg_conf.h"

#include <dirent.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

enum { ARGUMENTS_MAX = 24 };

static Loop *the_loop;

Loop *help_loop(void)
{
    Error error = {0};
    if (the_loop == NULL) {
        bool ok = loop_new(&the_loop, &error);
        assert(ok);
    }
    return the_loop;
}

void help_become_postgres(void)
{
    if (geteuid() != 0) {
        return;
    }
    const struct passwd *user = getpwnam("postgres");
    assert(user != NULL);
    assert(setgroups(0, NULL) == 0);
    assert(setgid(user->pw_gid) == 0);
    assert(setuid(user->pw_uid) == 0);
    assert(chdir("/") == 0);
    assert(setenv("HOME", "/tmp", 1) == 0);
}

bool help_run(const char *program, ...)
{
    char *argv[ARGUMENTS_MAX] = {strdup(program)};
    int count = 1;
    va_list arguments;

    va_start(arguments, program);
    for (const char *next = va_arg(arguments, const char *); next != NULL;
         next = va_arg(arguments, const char *)) {
        assert(count < ARGUMENTS_MAX - 1);
        argv[count++] = strdup(next);
    }
    va_end(arguments);
    pid_t pid = fork();
    if (pid == 0) {
        FILE *nowhere = freopen("/dev/null", "w", stdout);
        (void)nowhere;
        (void)execvp(argv[0], argv);
        _exit(127);
    }
    for (int i = 0; i < count; i++) {
        free(argv[i]);
    }
    int status = 0;
    assert(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void help_output(char *ret, size_t size, const char *const *argv)
{
    int fds[2];
    char *copy[ARGUMENTS_MAX] = {NULL};
    size_t length = 0;

    for (int i = 0; argv[i] != NULL; i++) {
        assert(i < ARGUMENTS_MAX - 1);
        copy[i] = strdup(argv[i]);
    }
    assert(pipe(fds) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(fds[1], STDOUT_FILENO);
        (void)dup2(fds[1], STDERR_FILENO);
        (void)close(fds[0]);
        (void)execvp(copy[0], copy);
        _exit(127);
    }
    (void)close(fds[1]);
    for (;;) {
        if (length > size / 2) {
            memmove(ret, ret + size / 4, length - size / 4);
            length -= size / 4;
        }
        ssize_t got = read(fds[0], ret + length, size / 4);
        if (got <= 0) {
            break;
        }
        length += (size_t)got;
    }
    ret[length] = '\0';
    (void)close(fds[0]);
    assert(waitpid(pid, NULL, 0) == pid);
    for (int i = 0; copy[i] != NULL; i++) {
        free(copy[i]);
    }
}

static void append(const char *folder, const char *name, const char *text)
{
    char path[PG_PATH_SIZE];
    pg_path(path, folder, name);
    FILE *file = fopen(path, "a");
    assert(file != NULL);
    assert(fputs(text, file) >= 0);
    assert(fclose(file) == 0);
}

static void server_begin(Server *server, const char *name, MemberId self, uint16_t port)
{
    *server = (Server){0};
    (void)str_format(server->base, sizeof(server->base), "/tmp/mc-test-%s-XXXXXX", name);
    assert(mkdtemp(server->base) != NULL);
    PgSetup *setup = &server->setup;
    pg_setup_defaults(setup);
    (void)str_copy(setup->bin_dir, sizeof(setup->bin_dir), help_bin(""));
    pg_path(setup->data_dir, server->base, "data");
    pg_path(setup->mc_dir, server->base, "mc");
    assert(mkdir(setup->mc_dir, 0700) == 0);
    setup->self = self;
    setup->members.count = 3;
    (void)str_copy(setup->members.member[0].name, MEMBER_NAME_SIZE, "server_1");
    (void)str_copy(setup->members.member[1].name, MEMBER_NAME_SIZE, "server2");
    (void)str_copy(setup->members.member[2].name, MEMBER_NAME_SIZE, "arbiter");
    setup->members.member[2].kind = MEMBER_ARBITER;
    for (MemberId i = 0; i < 2; i++) {
        (void)str_copy(setup->address[i].host, PG_HOST_SIZE, "127.0.0.1");
        setup->address[i].port = (uint16_t)(port - self + i);
    }
}

static void server_configure(Server *server, uint16_t port)
{
    char text[512];
    Error error = {0};
    bool added = false;

    (void)str_format(text, sizeof(text),
                     "port = %u\nunix_socket_directories = '%s'\nlisten_addresses = '127.0.0.1'\n"
                     "shared_buffers = 16MB\nmax_connections = 30\nfsync = on\n"
                     "autovacuum = off\n",
                     port, server->base);
    append(server->setup.data_dir, "postgresql.conf", text);
    if (!pg_setup_complete(&server->setup, &error) ||
        !pg_include_line_ensure(&server->setup, &added, &error)) {
        (void)fprintf(stderr, "%s\n", error.text);
        assert(false);
    }
}

const char *help_bin(const char *program)
{
    static char path[PG_PATH_SIZE];
    const char *folder = getenv("MC_TEST_PG_BIN");
    pg_path(path, folder != NULL ? folder : "/usr/lib/postgresql/15/bin", program);
    return path;
}

uint16_t help_port(void)
{
    return (uint16_t)(20000 + 2 * (getpid() % 5000));
}

void help_server_make(Server *server, const char *name, MemberId self, uint16_t port)
{
    server_begin(server, name, self, port);
    bool made =
        help_run(help_bin("initdb"), "-D", server->setup.data_dir, "-A", "trust", "-N", NULL);
    assert(made);
    server_configure(server, port);
}

/* Where a version comes without pg_basebackup: the same by SQL and cp. */
static void clone_by_hand(Server *server, const Server *of)
{
    char label[2048];
    char path[PG_PATH_SIZE];
    char from[PG_PATH_SIZE];
    Error error = {0};
    PGconn *client = help_client(of, true, "postgres");
    bool new_names = PQserverVersion(client) >= 150000;

    assert(help_sql(client, new_names ? "SELECT pg_backup_start('x', true)"
                                      : "SELECT pg_start_backup('x', true, false)"));
    assert(help_run("cp", "-a", of->setup.data_dir, server->setup.data_dir, NULL));
    help_text(client,
              new_names ? "SELECT labelfile FROM pg_backup_stop(false)"
                        : "SELECT labelfile FROM pg_stop_backup(false, false)",
              label, sizeof(label));
    assert(label[0] != '\0');
    PQfinish(client);
    pg_path(from, of->setup.data_dir, "pg_wal");
    assert(help_run("cp", "-a", from, server->setup.data_dir, NULL));
    pg_path(path, server->setup.data_dir, "postmaster.pid");
    assert(help_run("rm", path, NULL));
    pg_path(path, server->setup.data_dir, "pg_replslot");
    assert(help_run("rm", "-r", path, NULL));
    assert(mkdir(path, 0700) == 0);
    pg_path(path, server->setup.data_dir, "backup_label");
    assert(pg_file_write(path, label, strlen(label), 0600, &error));
}

void help_server_clone(Server *server, const char *name, MemberId self, uint16_t port,
                       const Server *of)
{
    char from[16];
    server_begin(server, name, self, port);
    (void)str_format(from, sizeof(from), "%u", of->setup.address[of->setup.self].port);
    if (access(help_bin("pg_basebackup"), X_OK) != 0) {
        clone_by_hand(server, of);
        server_configure(server, port);
        return;
    }
    bool made = help_run(help_bin("pg_basebackup"), "-D", server->setup.data_dir, "-h", "127.0.0.1",
                         "-p", from, "-c", "fast", "-X", "stream", NULL);
    assert(made);
    server_configure(server, port);
}

static void on_done(void *ctx, const Done *done)
{
    Server *server = ctx;
    server->done = *done;
    server->dones++;
}

static void on_view(void *ctx, const InstanceView *view)
{
    Server *server = ctx;
    server->view = *view;
    server->views++;
}

static void on_gone(void *ctx)
{
    Server *server = ctx;
    server->gone++;
    server->gone_at = loop_now();
}

static void on_note(void *ctx, const LogEntry *entry)
{
    Server *server = ctx;
    server->notes++;
    server->note = entry->id;
}

static void on_rules_changed(void *ctx, const char *why)
{
    Server *server = ctx;
    server->rules_changed += why == NULL ? 1 : 0;
}

static void on_port_changed(void *ctx, uint16_t before, uint16_t port)
{
    (void)ctx;
    (void)before;
    (void)port;
}

static void on_lowered(void *ctx, const PgFinding *finding)
{
    (void)ctx;
    (void)finding;
}

static void on_names_changed(void *ctx, const char *names)
{
    Server *server = ctx;
    (void)names;
    server->names_changed++;
}

void help_server_attach(Server *server)
{
    Error error = {0};
    PgEvents events = {.ctx = server,
                       .done = on_done,
                       .view = on_view,
                       .gone = on_gone,
                       .names_changed = on_names_changed,
                       .rules_changed = on_rules_changed,
                       .port_changed = on_port_changed,
                       .lowered = on_lowered,
                       .note = on_note};
    bool ok = pg_instance_new(help_loop(), &server->setup, &events, &server->instance, &error);
    assert(ok);
    server->port = pg_instance_port(server->instance);
}

void help_server_detach(Server *server)
{
    if (server->instance != NULL) {
        pg_instance_free(server->instance);
        server->instance = NULL;
    }
}

/* Everything that lives in the directory, found without the code under test: a build with its rule
 * switched off must not leave anything behind either. */
void help_signal_all(const Server *server, int number)
{
    DIR *listing = opendir("/proc");
    assert(listing != NULL);
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        char link[PG_PATH_SIZE];
        char target[PG_PATH_SIZE] = "";
        uint64_t pid = 0;
        if (!str_to_uint(entry->d_name, strlen(entry->d_name), &pid)) {
            continue;
        }
        (void)str_format(link, sizeof(link), "/proc/%s/cwd", entry->d_name);
        if (readlink(link, target, sizeof(target) - 1) > 0 &&
            str_equal(target, server->setup.data_dir)) {
            (void)kill((pid_t)pid, number);
        }
    }
    (void)closedir(listing);
}

void help_server_remove(Server *server)
{
    help_server_detach(server);
    if (server->base[0] == '\0') {
        return;
    }
    Error error = {0};
    if (!pg_stop_by_force(server->setup.data_dir, 5000, &error)) {
        (void)fprintf(stderr, "%s\n", error.text);
    }
    help_signal_all(server, SIGKILL);
    (void)help_run("rm", "-rf", server->base, NULL);
    server->base[0] = '\0';
}

static void wake(void *data)
{
    (void)data;
}

bool help_until(bool (*holds)(void *), void *arg, Millis limit)
{
    static Deadline deadline;
    Millis until = loop_now() + limit;
    while (!holds(arg)) {
        if (loop_now() >= until) {
            loop_deadline_clear(help_loop(), &deadline);
            return false;
        }
        loop_deadline_set(help_loop(), &deadline, until, wake, NULL);
        (void)uv_run(loop_uv(help_loop()), UV_RUN_ONCE);
    }
    loop_deadline_clear(help_loop(), &deadline);
    return true;
}

static bool never(void *arg)
{
    (void)arg;
    return false;
}

void help_spin(Millis duration)
{
    (void)help_until(never, NULL, duration);
}

static bool done_came(void *arg)
{
    const Server *server = arg;
    return server->dones > 0 && server->done.sequence == server->sequence;
}

Millis help_wait(Server *server)
{
    Millis began = loop_now();
    bool came = help_until(done_came, server, 70000);
    assert(came);
    if (!server->done.ok) {
        (void)fprintf(stderr, "# order %d failed: %s\n", (int)server->done.kind,
                      server->done.result.text);
    }
    return loop_now() - began;
}

Millis help_start(Server *server, const StartOrder *order)
{
    server->port.start(server->port.self, ++server->sequence, 1, order);
    return help_wait(server);
}

Millis help_stop(Server *server, StopMode mode, Millis limit)
{
    server->port.stop(server->port.self, ++server->sequence, 1,
                      &(StopOrder){.mode = mode, .limit = limit});
    return help_wait(server);
}

Millis help_gate(Server *server, Gate gate)
{
    server->port.gate(server->port.self, ++server->sequence, 1, gate);
    return help_wait(server);
}

Millis help_names(Server *server, const Names *names, bool from_some)
{
    server->port.names(
        server->port.self, ++server->sequence, 1,
        &(NamesOrder){.names = *names, .prove = names->count > 0, .from_some = from_some});
    return help_wait(server);
}

Millis help_follow(Server *server, const Upstream *upstream)
{
    server->port.follow(server->port.self, ++server->sequence, 1, upstream);
    return help_wait(server);
}

Millis help_promote(Server *server)
{
    server->port.promote(server->port.self, ++server->sequence, 1);
    return help_wait(server);
}

PGconn *help_client(const Server *server, bool tcp, const char *database)
{
    char conninfo[512];
    (void)str_format(conninfo, sizeof(conninfo), "host=%s port=%u user=postgres dbname=%s",
                     tcp ? "127.0.0.1" : server->base,
                     server->setup.address[server->setup.self].port, database);
    return PQconnectdb(conninfo);
}

bool help_sql(PGconn *client, const char *sql)
{
    PGresult *result = PQexec(client, sql);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

void help_text(PGconn *client, const char *sql, char *ret, size_t size)
{
    PGresult *result = PQexec(client, sql);
    ret[0] = '\0';
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0) {
        (void)str_copy(ret, size, PQgetvalue(result, 0, 0));
    }
    PQclear(result);
}

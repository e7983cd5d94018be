/*
 * Opening a management directory.
 */
#include "cli/site.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/say.h"
#include "sys/pidfile.h"

enum {
    LOCAL_ADDRESSES_MAX = 64,
    LEASE_CUT_MS = 300,
    RESTARTS_WINDOW_MS = 60000,
    ARBITER_STOP_LIMIT_MS = 10000,
    STAND_IN_DETECTIONS =
        3, /* of a window in which a silent server is stood in for, besides the command */
};

bool site_directory(const CommandLine *line, char *ret, size_t size, Error *error)
{
    const char *variable = command_programs[line->program].environment;
    const char *given = command_value(line, OPTION_DIRECTORY);
    if (given == NULL) {
        given = getenv(variable);
    }
    if (given == NULL || given[0] == '\0') {
        return error_set(error, ERROR_USAGE, "which management directory is not said") ||
               error_hint(error, "give -M, or set %s in the environment", variable);
    }
    char *real = realpath(given, NULL);
    if (real == NULL) {
        return error_set_errno(error, errno, "could not open the management directory \"%s\"",
                               given) ||
               error_hint(error, "%s init makes one",
                          line->program == PROGRAM_MC_ARB || line->program == PROGRAM_MC_ARBITER
                              ? "mc_arb"
                              : "mc_ctl");
    }
    const bool fits = str_copy(ret, size, real);
    free(real);
    return fits ||
           error_set(error, ERROR_LIMIT, "the path of the management directory is too long");
}

bool site_become_owner(const char *path, Error *error)
{
    struct stat about;
    if (geteuid() != 0) {
        return true;
    }
    if (stat(path, &about) != 0) {
        return error_set_errno(error, errno, "could not look at \"%s\"", path);
    }
    if (about.st_uid == 0) {
        return true;
    }
    const struct passwd *owner = getpwuid(about.st_uid);
    if (owner == NULL) {
        return error_set(error, ERROR_SYSTEM, "the owner of \"%s\", user %u, has no name", path,
                         about.st_uid);
    }
    if (initgroups(owner->pw_name, owner->pw_gid) != 0 || setgid(owner->pw_gid) != 0 ||
        setuid(owner->pw_uid) != 0) {
        return error_set_errno(error, errno, "could not become user \"%s\"", owner->pw_name);
    }
    (void)setenv("HOME", owner->pw_dir, 1);  /* libpq looks for files there; without memory it */
    (void)setenv("USER", owner->pw_name, 1); /* finds none, and everything else goes on */
    return true;
}

bool site_check_private(const char *path, Error *error)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        return error_set_errno(error, errno, "could not look at \"%s\"", path);
    }
    if (about.st_uid != geteuid()) {
        return error_set(error, ERROR_CONFIG, "\"%s\" belongs to user %u, this process to user %u",
                         path, about.st_uid, geteuid()) ||
               error_hint(error,
                          "run the command as the owner of the management directory, which must "
                          "own all files in it");
    }
    if ((about.st_mode & 077) != 0) {
        return error_set(error, ERROR_CONFIG, "\"%s\" has mode %04o and can be read by others",
                         path, about.st_mode & 07777) ||
               error_hint(error, "chmod go= %s; if others had access, make a new key", path);
    }
    return true;
}

bool site_check_socket(const char *dir, const char *id, Error *error)
{
    const size_t length = strlen(dir) + strlen("/") + strlen(id) + strlen(".sock");
    if (length <= SOCKET_PATH_MAX) {
        return true;
    }
    return error_set(
               error, ERROR_CONFIG,
               "the name of the socket \"%s/%s.sock\" has %zu bytes, and the system allows %d", dir,
               id, length, SOCKET_PATH_MAX) ||
           error_hint(error, "use a management directory with a shorter path");
}

/* The addresses of this host's interfaces as text, and the host's own name. */
typedef struct LocalAddresses {
    size_t count;
    const char *text[LOCAL_ADDRESSES_MAX];
    char storage[LOCAL_ADDRESSES_MAX][NI_MAXHOST];
} LocalAddresses;

static void add_local(LocalAddresses *local, const struct sockaddr *address)
{
    const socklen_t size =
        address->sa_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    char *text = local->storage[local->count];
    if (getnameinfo(address, size, text, NI_MAXHOST, NULL, 0, NI_NUMERICHOST) == 0) {
        text[strcspn(text, "%")] = '\0'; /* the scope of a link-local address */
        local->text[local->count++] = text;
    }
}

static bool find_local_addresses(LocalAddresses *ret, Error *error)
{
    struct ifaddrs *list = NULL;
    ret->count = 0;
    if (getifaddrs(&list) != 0) {
        return error_set_errno(error, errno, "could not list the addresses of this host");
    }
    for (const struct ifaddrs *at = list; at != NULL; at = at->ifa_next) {
        if (at->ifa_addr != NULL && ret->count < LOCAL_ADDRESSES_MAX - 1 &&
            (at->ifa_addr->sa_family == AF_INET || at->ifa_addr->sa_family == AF_INET6)) {
            add_local(ret, at->ifa_addr);
        }
    }
    freeifaddrs(list);
    char *name = ret->storage[ret->count];
    if (gethostname(name, NI_MAXHOST) == 0) {
        ret->text[ret->count++] = name;
    }
    return true;
}

static bool read_network(Site *site, Diagnostics *diagnostics, Error *error)
{
    char path[PATH_SIZE];
    _cleanup_free_ char *text = malloc(CONF_TEXT_MAX + 1);
    if (text == NULL) {
        return error_set_errno(error, ENOMEM, "could not read the settings");
    }
    if (!path_join(site->dir, "network.conf", path, sizeof(path), error) ||
        !text_read(path, text, CONF_TEXT_MAX + 1, error) || !site_check_private(path, error)) {
        return false;
    }
    return conf_parse_network(path, text, strlen(text), &site->network, diagnostics) ||
           error_set(error, ERROR_CONFIG,
                     "the settings are refused: nothing was started or changed");
}

static bool find_self(const char *local_server, Site *site, Diagnostics *diagnostics, Error *error)
{
    int self = -1;
    _cleanup_free_ LocalAddresses *local = malloc(sizeof(*local));
    if (local == NULL) {
        return error_set_errno(error, ENOMEM, "could not list the addresses of this host");
    }
    if (!find_local_addresses(local, error)) {
        return false;
    }
    if (!conf_find_local("network.conf", &site->network, site->kind, local_server, local->text,
                         local->count, &self, diagnostics)) {
        return error_set(error, ERROR_CONFIG,
                         "which member of network.conf this is could not be found") ||
               error_hint(error, "name it with --local-server");
    }
    assert(self >= 0 && self < site->network.count);
    site->self = (MemberId)self;
    (void)str_copy(site->id, sizeof(site->id), site->network.members[self].name); /* same size */
    site->members.count = (uint8_t)site->network.count;
    for (int i = 0; i < site->network.count; i++) {
        site->members.member[i].kind = site->network.members[i].kind;
        (void)str_copy(site->members.member[i].name, MEMBER_NAME_SIZE,
                       site->network.members[i].name);
    }
    return true;
}

static bool read_own(Site *site, Diagnostics *diagnostics, Error *error)
{
    char path[PATH_SIZE];
    char name[MEMBER_NAME_SIZE + 8];
    _cleanup_free_ char *text = malloc(CONF_TEXT_MAX + 1);
    if (text == NULL) {
        return error_set_errno(error, ENOMEM, "could not read the settings");
    }
    (void)str_format(name, sizeof(name), "%s.conf",
                     site->kind == MEMBER_SERVER ? site->id : "arbitration"); /* it fits */
    if (!path_join(site->dir, name, path, sizeof(path), error) ||
        !text_read(path, text, CONF_TEXT_MAX + 1, error) || !site_check_private(path, error)) {
        return false;
    }
    const bool ok =
        site->kind == MEMBER_SERVER
            ? conf_parse_server(path, text, strlen(text), &site->network, &site->server,
                                diagnostics)
            : conf_parse_arbiter(path, text, strlen(text), &site->network.members[site->self],
                                 &site->arbiter, diagnostics);
    return ok || error_set(error, ERROR_CONFIG,
                           "the settings are refused: nothing was started or changed");
}

static bool own_file(const Site *site, const char *suffix, char *ret, Error *error)
{
    char name[MEMBER_NAME_SIZE + 16];
    (void)str_format(name, sizeof(name), "%s.%s", site->id, suffix); /* it fits */
    return path_join(site->dir, name, ret, PATH_SIZE, error);
}

static bool name_files(Site *site, Error *error)
{
    const char *key = site->kind == MEMBER_SERVER ? site->server.cluster_key_file
                                                  : site->arbiter.cluster_key_file;
    const bool key_named = key[0] == '/'
                               ? str_copy(site->key_path, PATH_SIZE, key)
                               : path_join(site->dir, key, site->key_path, PATH_SIZE, error);
    return key_named && own_file(site, "sock", site->socket_path, error) &&
           own_file(site, "state", site->state_path, error) &&
           own_file(site, "pid", site->pid_path, error) &&
           own_file(site, "lock", site->lock_path, error) &&
           own_file(site, "history", site->history_path, error);
}

bool site_open(const CommandLine *line, MemberKind kind, Site *ret, Diagnostics *diagnostics,
               Error *error)
{
    *ret = (Site){.kind = kind};
    return site_directory(line, ret->dir, sizeof(ret->dir), error) &&
           site_become_owner(ret->dir, error) && site_check_private(ret->dir, error) &&
           read_network(ret, diagnostics, error) &&
           find_self(command_value(line, OPTION_LOCAL_SERVER), ret, diagnostics, error) &&
           site_check_socket(ret->dir, ret->id, error) && read_own(ret, diagnostics, error) &&
           name_files(ret, error);
}

/* The member whose pid file is the only one in the directory. */
static bool only_pid_file(const char *dir, char ret[MEMBER_NAME_SIZE], Error *error)
{
    int count = 0;
    DIR *folder = opendir(dir);
    if (folder == NULL) {
        return error_set_errno(error, errno, "could not list \"%s\"", dir);
    }
    for (const struct dirent *at = readdir(folder); at != NULL; at = readdir(folder)) {
        const char *dot = strrchr(at->d_name, '.');
        if (dot != NULL && str_equal(dot, ".pid") &&
            str_copy_bytes(ret, MEMBER_NAME_SIZE, at->d_name, (size_t)(dot - at->d_name))) {
            count++;
        }
    }
    (void)closedir(folder); /* only read */
    if (count == 1) {
        return true;
    }
    return error_set(error, ERROR_CONFIG,
                     "the settings are refused, and %d pid files in \"%s\" name what runs", count,
                     dir) ||
           error_hint(error, count == 0 ? "correct the settings"
                                        : "name one of the servers with --local-server");
}

static bool remaining_id(const char *local_server, const char *dir, char ret[MEMBER_NAME_SIZE],
                         Error *error)
{
    if (local_server == NULL) {
        return only_pid_file(dir, ret, error);
    }
    return str_copy(ret, MEMBER_NAME_SIZE, local_server) ||
           error_set(error, ERROR_USAGE, "no server has the name \"%s\"", local_server);
}

bool site_open_remains(const CommandLine *line, MemberKind kind, Site *ret, Error *error)
{
    *ret = (Site){.kind = kind};
    PidFile pids = {0};
    if (!site_directory(line, ret->dir, sizeof(ret->dir), error) ||
        !site_become_owner(ret->dir, error) ||
        !remaining_id(command_value(line, OPTION_LOCAL_SERVER), ret->dir, ret->id, error)) {
        return false;
    }
    if (!own_file(ret, "sock", ret->socket_path, error) ||
        !own_file(ret, "pid", ret->pid_path, error) ||
        !own_file(ret, "lock", ret->lock_path, error) ||
        !pidfile_read(ret->pid_path, &pids, error)) {
        return false;
    }
    if (kind == MEMBER_SERVER && pids.instance[0] == '\0') {
        return error_set(error, ERROR_CONFIG,
                         "the settings are refused, and \"%s\" does not name an instance either",
                         ret->pid_path) ||
               error_hint(error, "correct the settings");
    }
    return str_copy(ret->server.db_instance, sizeof(ret->server.db_instance), pids.instance) ||
           error_set(error, ERROR_LIMIT, "the path of the data directory is too long");
}

bool site_open_or_say(const CommandLine *line, MemberKind kind, Site *ret, int *ret_exit)
{
    Error error = {0};
    Diagnostics diagnostics = {0};
    if (site_open(line, kind, ret, &diagnostics, &error)) {
        return true;
    }
    const char *program = command_programs[line->program].name;
    say_diagnostics(program, &diagnostics);
    *ret_exit = say_error(program, &error);
    return false;
}

bool site_open_to_look(const CommandLine *line, MemberKind kind, Site *ret, int *ret_exit)
{
    Error ignored = {0};
    *ret_exit = EXIT_DONE;
    return site_open_or_say(line, kind, ret, ret_exit) ||
           (ret->id[0] != '\0' && name_files(ret, &ignored));
}

static RejoinWay core_rejoin(Rejoin given)
{
    switch (given) {
    case REJOIN_REWIND:
        return REJOIN_BY_REWIND;
    case REJOIN_COPY:
        return REJOIN_BY_COPY;
    case REJOIN_MANUAL:
        break;
    }
    return REJOIN_BY_HAND;
}

/* Whoever can replace the primary; a single server has nobody, and is ready for one. */
static uint8_t standbys(const Network *network)
{
    int servers = 0;
    for (int i = 0; i < network->count; i++) {
        servers += network->members[i].kind == MEMBER_SERVER;
    }
    return (uint8_t)(servers > 1 ? servers - 1 : 1);
}

/* Section 8 of src/core/README.md: both decide within a window of the silence, which the command must fit into. */
static void settle_silence(const Site *site, CoreSettings *core)
{
    const Settings *server = &site->server;
    const bool command = server->heartbeat_error_action == HEARTBEAT_ERROR_ACTION_COMMAND;
    if (site->members.count != 2 ||
        (!command && server->heartbeat_error_action != HEARTBEAT_ERROR_ACTION_FALLBACK)) {
        return;
    }
    core->silence = command ? SILENCE_COMMAND : SILENCE_FALLBACK;
    core->stand_in_window =
        STAND_IN_DETECTIONS * core->detection + (command ? server->arbitration_command_timeout : 0);
    core->fencing = command && server->fencing_command[0] != '\0';
    core->stand_in_window += core->fencing ? server->fencing_command_timeout : 0;
}

CoreSettings site_core_settings(const Site *site)
{
    CoreSettings core = {.lease_cut = LEASE_CUT_MS, .restarts_window = RESTARTS_WINDOW_MS};
    const Settings *server = &site->server;
    bool ok = true;
    if (site->kind == MEMBER_ARBITER) {
        const ArbiterSettings *arbiter = &site->arbiter;
        ok = conf_detection_time(arbiter->heartbeat_interval, arbiter->heartbeat_timeout,
                                 arbiter->heartbeat_retry, &core.detection);
        core.heartbeat_interval = arbiter->heartbeat_interval;
        core.lease = conf_lease_limit(core.detection, core.heartbeat_interval);
        core.stop_limit = ARBITER_STOP_LIMIT_MS;
        core.fencing = arbiter->fencing_command[0] != '\0';
        assert(ok);
        return core;
    }
    core.heartbeat_interval = server->heartbeat_interval;
    core.lease = server->lease_timeout;
    core.stop_limit = server->db_instance_stop_timeout;
    core.start_limit = server->db_instance_start_timeout;
    core.restarts_max = (uint8_t)server->db_instance_restart_limit;
    core.automatic_at_start = server->automatic_failover;
    core.rejoin = core_rejoin(server->rejoin);
    core.eligible_max = standbys(&site->network);
    core.quorum = (uint8_t)server->quorum;
    ok = conf_detection_time(server->heartbeat_interval, server->heartbeat_timeout,
                             server->heartbeat_retry, &core.detection) &&
         conf_detection_time(server->db_instance_check_interval, server->db_instance_check_timeout,
                             server->db_instance_check_retry, &core.instance_detection);
    assert(ok); /* the parser of the file has checked it */
    settle_silence(site, &core);
    if (core.lease_cut > core.lease / 4) {
        core.lease_cut = core.lease / 4;
    }
    return core;
}

void site_local_time(int64_t seconds, char *ret, size_t size)
{
    struct tm parts;
    const time_t at = (time_t)seconds;
    if (localtime_r(&at, &parts) == NULL || strftime(ret, size, "%Y-%m-%d %H:%M:%S", &parts) == 0) {
        (void)str_copy(ret, size, "unknown"); /* it fits */
    }
}

ViewExtra site_view_extra(const Site *site, const Record *record)
{
    ViewExtra extra = {.count = (uint8_t)site->network.count};
    for (int i = 0; i < site->network.count; i++) {
        const NetworkMember *member = &site->network.members[i];
        (void)str_copy(extra.host[i].name, MEMBER_NAME_SIZE, member->name); /* they fit */
        (void)str_copy(extra.host[i].host, VIEW_HOST_SIZE, member->addresses[0].host);
    }
    site_local_time(record->decided_at, extra.since, sizeof(extra.since));
    return extra;
}

/*
 * What mc_ctl init leaves to be done by hand, printed as commands: on the hosts of the arbitration servers
 * and of the other database servers, and in the administrator's own PostgreSQL files, which are not touched.
 */
#include <arpa/inet.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "cli/init.h"
#include "cli/instance.h"
#include "cli/say.h"
#include "sys/pg_file.h"

enum { HBA_MAX = 256 * 1024, HBA_COLUMNS = 5 };

/* Whether an address is inside "address/bits", or inside "address mask". */
static bool in_range(const char *address, const char *range, const char *mask)
{
    uint8_t a[16], b[16], m[16] = {0};
    char base[64];
    const size_t length = strcspn(range, "/");
    const int family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
    const size_t bytes = family == AF_INET6 ? 16 : 4;
    uint64_t bits = 0;
    if (!str_copy_bytes(base, sizeof(base), range, length) || inet_pton(family, address, a) != 1 ||
        inet_pton(family, base, b) != 1) {
        return str_equal(range, address) || str_equal(range, "all") ||
               str_equal(range, "samenet") || str_equal(range, "samehost");
    }
    if (range[length] == '/') {
        if (!str_to_uint(range + length + 1, strlen(range + length + 1), &bits) ||
            bits > 8 * bytes) {
            return false;
        }
        for (size_t i = 0; i < bits; i++) {
            m[i / 8] = (uint8_t)(m[i / 8] | 0x80U >> i % 8);
        }
    } else if (inet_pton(family, mask, m) != 1) {
        return false;
    }
    for (size_t i = 0; i < bytes; i++) {
        if ((a[i] & m[i]) != (b[i] & m[i])) {
            return false;
        }
    }
    return true;
}

/* A line of pg_hba.conf that lets replication in from this address, whatever its method and user. */
static bool line_allows(char *line, const char *address)
{
    char *column[HBA_COLUMNS] = {0};
    char *rest = NULL;
    line[strcspn(line, "#")] = '\0';
    for (int i = 0; i < HBA_COLUMNS; i++) {
        column[i] = strtok_r(i == 0 ? line : NULL, " \t", &rest);
    }
    return column[HBA_COLUMNS - 1] != NULL && str_starts_with(column[0], "host") &&
           strstr(column[1], "replication") != NULL && in_range(address, column[3], column[4]);
}

static bool replication_allowed(const InitWork *work, const char *address)
{
    char path[PATH_SIZE];
    size_t length = 0;
    Error error = {0};
    char *rest = NULL;
    _cleanup_free_ char *text = malloc(HBA_MAX);
    pg_path(path, work->setup.data_dir, "pg_hba.conf");
    if (text == NULL || !pg_file_read(path, text, HBA_MAX, &length, &error)) {
        return true; /* it is elsewhere: nothing can be said of it */
    }
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (line_allows(line, address)) {
            return true;
        }
    }
    return false;
}

static const char *own_user(const InitWork *work)
{
    const struct passwd *owner = getpwuid(geteuid());
    return work->setup.user[0] != '\0' ? work->setup.user
           : owner == NULL             ? "postgres"
                                       : owner->pw_name;
}

/* Of every server, this one included: the copy has the same file, and any of them may become the primary. */
static void print_hba(const InitWork *work)
{
    bool first = true;
    for (int i = 0; i < work->network.count; i++) {
        const NetworkMember *member = &work->network.members[i];
        const char *host = member->addresses[0].host;
        if (member->kind != MEMBER_SERVER || replication_allowed(work, host)) {
            continue;
        }
        if (first) {
            say("\nMissing in pg_hba.conf, so that each server can stream from the other (choose "
                "user "
                "and method as you like; a password goes into ~/.pgpass on every server):");
            first = false;
        }
        say("  host  replication  %s  %s%s  scram-sha-256", own_user(work), host,
            strchr(host, ':') != NULL ? "/128" : "/32");
    }
}

static void print_listen(const InitWork *work, const InstanceListen *instance)
{
    const int self = conf_find_member(&work->network, work->id);
    const char *host = work->network.members[self].addresses[0].host;
    const bool loopback = str_starts_with(host, "127.") || str_equal(host, "::1");
    if (!loopback && strcmp(instance->addresses, "*") != 0 &&
        strstr(instance->addresses, host) == NULL) {
        say("\nlisten_addresses of the instance is '%s': without %s in it no standby can connect.",
            instance->addresses, host);
    }
}

static void print_arbiter(const InitWork *work, const NetworkMember *member)
{
    say("\nOn the host of arbitration server \"%s\" (%s), with %s/%s.init copied there:",
        member->name, member->addresses[0].host, work->dir, member->name);
    say("  mc_arb init -M MANAGEMENT_DIRECTORY --id %s --from %s.init", member->name, member->name);
    say("  mc_arb start -M MANAGEMENT_DIRECTORY");
}

static void print_server(const InitWork *work, const NetworkMember *member, const CommandLine *line)
{
    char text[8192];
    StrBuf out = str_begin(text, sizeof(text));
    const char *data = work->setup.data_dir;
    str_add_format(&out, "  mc_ctl init -M %s --id %s -D %s", work->dir, member->name, data);
    for (int i = 0; i < line->repeated_count; i++) {
        str_add_format(&out, " \\\n      --%s %s",
                       line->repeated[i].option == OPTION_SERVER ? "server" : "arbiter",
                       line->repeated[i].value);
    }
    str_add(&out, " \\\n      --key cluster.key");
    say("\nOn the host of server \"%s\" (%s), with %s/cluster.key copied there (mode 0600):",
        member->name, member->addresses[0].host, work->dir);
    say("%s", text);
    say("  mc_ctl start -M %s --mc-only", work->dir);
}

static void print_copy(const InitWork *work, const NetworkMember *member)
{
    say("\nThen, on the host of server \"%s\":", member->name);
    say("  mc_ctl setup -M %s -r standby", work->dir);
}

static void print_others(const InitWork *work, const CommandLine *line)
{
    for (int i = 0; i < work->network.count; i++) {
        const NetworkMember *member = &work->network.members[i];
        if (member->kind == MEMBER_ARBITER) {
            print_arbiter(work, member);
        } else if (!str_equal(member->name, work->id)) {
            print_server(work, member, line);
        }
    }
}

void init_print_next(const InitWork *work, const CommandLine *line)
{
    if (work->data_later) {
        say("\nTo let this server vote, until its data directory is there:\n  mc_ctl start -M %s "
            "--mc-only",
            work->dir);
        return;
    }
    const InstanceListen instance = instance_listen(work->setup.data_dir);
    print_hba(work);
    print_listen(work, &instance);
    if (command_given(line, OPTION_KEY)) {
        say("\nTo start this server:\n  mc_ctl start -M %s", work->dir);
        return;
    }
    print_others(work, line);
    say("\nHere, as the first primary; it opens when every member has been heard once:\n"
        "  mc_ctl start -M %s -f",
        work->dir);
    for (int i = 0; i < work->network.count; i++) {
        const NetworkMember *member = &work->network.members[i];
        if (member->kind == MEMBER_SERVER && !str_equal(member->name, work->id)) {
            print_copy(work, member);
        }
    }
}

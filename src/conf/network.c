/*
 * network.conf: one line per member.
 *
 *     server1  192.0.2.100,192.0.3.100  27540,27541  server
 *
 * The parser goes on after a bad line, so that one look shows everything that is wrong; what concerns
 * several lines is checked when all of them are good.
 */
#include <string.h>

#include "base/assert.h"
#include "conf/scan.h"

bool conf_is_name(const char *text, size_t length)
{
    if (length == 0 || length >= MEMBER_NAME_SIZE || text[0] == '-' || text[0] == '_') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (!(c >= 'a' && c <= 'z') && !str_is_digit(c) && c != '_' && c != '-') {
            return false;
        }
    }
    return true;
}

/* Letters of addresses and host names; what is more than that, the resolver will say. */
static bool is_host(Span host)
{
    if (host.length == 0 || host.length > CONF_HOST_MAX || host.start[0] == '-') {
        return false;
    }
    for (size_t i = 0; i < host.length; i++) {
        char c = host.start[i];
        if (!str_is_letter(c) && !str_is_digit(c) && strchr(".:%_-", c) == NULL) {
            return false;
        }
    }
    return true;
}

static bool read_port(Span text, uint16_t *ret)
{
    uint64_t value;

    if (!str_to_uint(text.start, text.length, &value) || value == 0 || value > UINT16_MAX) {
        return false;
    }
    *ret = (uint16_t)value;
    return true;
}

static void read_name(Scan *scan, Span word, NetworkMember *member)
{
    if (!conf_is_name(word.start, word.length)) {
        scan_complain(scan, word.start, "\"%.*s\" is not an id of a server", span_shown(word),
                      word.start);
        scan_hint(scan, "up to %d lower case letters, digits, \"_\" and \"-\"",
                  MEMBER_NAME_SIZE - 1);
        return;
    }
    bool fits = str_copy_bytes(member->name, sizeof(member->name), word.start, word.length);
    assert(fits);
}

static void read_hosts(Scan *scan, Span word, NetworkMember *member)
{
    Span host;
    Span rest = word;

    while (span_part(&rest, ',', &host)) {
        if (member->address_count == CONF_ADDRESSES_MAX) {
            scan_complain(scan, host.start, "more than %d hosts", CONF_ADDRESSES_MAX);
            return;
        }
        if (!is_host(host)) {
            scan_complain(scan, host.start, "\"%.*s\" is not an address or host name",
                          span_shown(host), host.start);
            return;
        }
        NetworkAddress *address = &member->addresses[member->address_count++];
        bool fits = str_copy_bytes(address->host, sizeof(address->host), host.start, host.length);
        assert(fits);
    }
}

static void read_ports(Scan *scan, Span word, NetworkMember *member)
{
    Span port;
    Span rest = word;
    int count = 0;

    while (span_part(&rest, ',', &port)) {
        uint16_t value;

        if (!read_port(port, &value)) {
            scan_complain(scan, port.start, "\"%.*s\" is not a port", span_shown(port), port.start);
            scan_hint(scan, "a number from 1 to 65535");
            return;
        }
        if (count < member->address_count) {
            member->addresses[count].port = value;
        }
        count++;
    }
    if (count != member->address_count) {
        scan_complain(scan, word.start, "%d hosts, but ports: %d", member->address_count, count);
        scan_hint(scan, "one port for each host, in the same order");
    }
}

static void read_kind(Scan *scan, Span word, NetworkMember *member)
{
    if (span_equal(word, "arbiter")) {
        member->kind = MEMBER_ARBITER;
    } else if (!span_equal(word, "server")) {
        scan_complain(scan, word.start, "unknown kind \"%.*s\"", span_shown(word), word.start);
        scan_hint(scan, "server or arbiter");
    }
}

static NetworkMember read_member(Scan *scan, Span line)
{
    NetworkMember member = {.kind = MEMBER_SERVER, .line = scan->line};
    Span word;

    if (span_word(&line, &word)) {
        read_name(scan, word, &member);
    }
    if (!span_word(&line, &word)) {
        scan_complain(scan, line.start, "the host is missing");
        return member;
    }
    read_hosts(scan, word, &member);
    if (!span_word(&line, &word)) {
        scan_complain(scan, line.start, "the port is missing");
        return member;
    }
    read_ports(scan, word, &member);
    if (span_word(&line, &word)) {
        read_kind(scan, word, &member);
    }
    if (span_word(&line, &word)) {
        scan_complain(scan, word.start, "unexpected \"%.*s\"", span_shown(word), word.start);
    }
    return member;
}

static const NetworkAddress *shared_address(const NetworkMember *a, const NetworkMember *b)
{
    for (int i = 0; i < a->address_count; i++) {
        /* Of one member with itself each pair is looked at once. */
        for (int j = a == b ? i + 1 : 0; j < b->address_count; j++) {
            if (a->addresses[i].port == b->addresses[j].port &&
                str_equal_nocase(a->addresses[i].host, b->addresses[j].host)) {
                return &a->addresses[i];
            }
        }
    }
    return NULL;
}

static void check_pair(Scan *scan, const NetworkMember *first, const NetworkMember *second)
{
    if (first != second && str_equal(first->name, second->name)) {
        scan_complain_at(scan, second->line, 1, "id \"%s\" is that of line %d, too", second->name,
                         first->line);
        return;
    }
    const NetworkAddress *shared = shared_address(first, second);
    if (shared != NULL) {
        scan_complain_at(scan, second->line, 1, "address %s port %d is that of line %d, too",
                         shared->host, shared->port, first->line);
    }
}

static void check_members(Scan *scan, const Network *network)
{
    int servers = 0;

    for (int i = 0; i < network->count; i++) {
        servers += network->members[i].kind == MEMBER_SERVER;
        for (int j = 0; j <= i; j++) {
            check_pair(scan, &network->members[j], &network->members[i]);
        }
    }
    int arbiters = network->count - servers;

    if (servers == 0) {
        scan_complain(scan, NULL, "no database server is listed");
    }
    if (servers > SERVERS_MAX) {
        scan_complain(scan, NULL, "%d database servers are listed, at most %d are possible",
                      servers, SERVERS_MAX);
    }
    if (arbiters > ARBITERS_MAX) {
        scan_complain(scan, NULL, "%d arbitration servers are listed, at most %d are possible",
                      arbiters, ARBITERS_MAX);
    }
}

bool conf_parse_network(const char *file_name, const char *text, size_t length, Network *ret,
                        Diagnostics *diagnostics)
{
    Network network = {.count = 0};
    Scan scan;

    if (!scan_begin(&scan, file_name, text, length, diagnostics)) {
        return false;
    }
    while (scan_line(&scan)) {
        Span rest = scan.present;
        Span line;

        (void)span_part(&rest, '#', &line); /* the comment is what is left */
        if (span_trim(line).length == 0) {
            continue;
        }
        if (network.count == MEMBERS_MAX) {
            scan_complain(&scan, line.start, "more than %d members", MEMBERS_MAX);
            return false;
        }
        network.members[network.count++] = read_member(&scan, line);
    }
    if (scan_good(&scan)) {
        check_members(&scan, &network);
    }
    if (!scan_good(&scan)) {
        return false;
    }
    *ret = network;
    return true;
}

int conf_find_member(const Network *network, const char *name)
{
    for (int i = 0; i < network->count; i++) {
        if (str_equal(network->members[i].name, name)) {
            return i;
        }
    }
    return -1;
}

static bool is_local(const NetworkMember *member, const char *const *addresses, size_t count)
{
    for (int i = 0; i < member->address_count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (str_equal_nocase(member->addresses[i].host, addresses[j])) {
                return true;
            }
        }
    }
    return false;
}

static const char *kind_text(MemberKind kind)
{
    return kind == MEMBER_SERVER ? "a database server" : "an arbitration server";
}

static bool find_named(const char *file_name, const Network *network, MemberKind kind,
                       const char *name, int *ret, Diagnostics *diagnostics)
{
    int index = conf_find_member(network, name);

    if (index < 0) {
        diagnostics_add(diagnostics, file_name, "there is no server \"%.64s\"", name);
        return false;
    }
    if (network->members[index].kind != kind) {
        diagnostics_add(diagnostics, file_name, "\"%s\" is not %s", name, kind_text(kind));
        return false;
    }
    *ret = index;
    return true;
}

bool conf_find_local(const char *file_name, const Network *network, MemberKind kind,
                     const char *local_server, const char *const *local_addresses,
                     size_t local_address_count, int *ret, Diagnostics *diagnostics)
{
    int found = -1;

    if (local_server != NULL) {
        return find_named(file_name, network, kind, local_server, ret, diagnostics);
    }
    for (int i = 0; i < network->count; i++) {
        const NetworkMember *member = &network->members[i];

        if (member->kind != kind || !is_local(member, local_addresses, local_address_count)) {
            continue;
        }
        if (found >= 0) {
            diagnostics_add(diagnostics, file_name,
                            "\"%s\" and \"%s\" both have an address of this host; name one with "
                            "--local-server",
                            network->members[found].name, member->name);
            return false;
        }
        found = i;
    }
    if (found < 0) {
        diagnostics_add(diagnostics, file_name,
                        "%s with an address of this host is not listed; name one with "
                        "--local-server",
                        kind_text(kind));
        return false;
    }
    *ret = found;
    return true;
}

/* "address:port", "[address]:port": the last colon divides. */
static bool read_pair(Span pair, NetworkAddress *ret)
{
    size_t colon = pair.length;

    while (colon > 0 && pair.start[colon - 1] != ':') {
        colon--;
    }
    if (colon == 0) {
        return false;
    }
    Span host = {pair.start, colon - 1};
    Span port = {pair.start + colon, pair.length - colon};

    if (host.length > 2 && host.start[0] == '[' && host.start[host.length - 1] == ']') {
        host = (Span){host.start + 1, host.length - 2};
    } else if (host.length > 0 && memchr(host.start, ':', host.length) != NULL) {
        return false;
    }
    return is_host(host) && read_port(port, &ret->port) &&
           str_copy_bytes(ret->host, sizeof(ret->host), host.start, host.length);
}

bool conf_parse_member(const char *place, const char *text, MemberKind kind, NetworkMember *ret,
                       Diagnostics *diagnostics)
{
    NetworkMember member = {.kind = kind};
    Span rest = {text, strlen(text)};
    Span part;

    (void)span_part(&rest, '=', &part);
    if (rest.start == NULL || !conf_is_name(part.start, part.length)) {
        diagnostics_add(diagnostics, place, "\"%.64s\" does not begin with an id and \"=\"", text);
        return false;
    }
    (void)str_copy_bytes(member.name, sizeof(member.name), part.start, part.length);

    while (span_part(&rest, ',', &part)) {
        if (member.address_count == CONF_ADDRESSES_MAX) {
            diagnostics_add(diagnostics, place, "more than %d addresses", CONF_ADDRESSES_MAX);
            return false;
        }
        if (!read_pair(part, &member.addresses[member.address_count])) {
            diagnostics_add(diagnostics, place, "\"%.*s\" is not address:port", span_shown(part),
                            part.start);
            return false;
        }
        member.address_count++;
    }
    *ret = member;
    return true;
}

/* Fuzz target: settings files and what the command line says about members.
 *
 * The first byte chooses the parser; the rest is the text, at its own size and without a zero behind it. What
 * is accepted must still be accepted after it was written out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "conf/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char usual_members[] = "server1 192.0.2.1 27540 server\n"
                                    "server2 192.0.2.2,192.0.3.2 27540,27541 server\n"
                                    "arbiter 192.0.2.3 27541 arbiter\n";

/* Every complaint must be printable. */
static void print(const Diagnostics *diagnostics)
{
    char text[DIAGNOSTIC_TEXT_SIZE];

    for (int i = 0; i < diagnostics->count; i++) {
        assert(strlen(diagnostic_format(&diagnostics->list[i], text, sizeof(text))) > 0);
    }
}

static Network usual_network(void)
{
    Network network;
    Diagnostics diagnostics = {0};
    const bool good = conf_parse_network("network.conf", usual_members, strlen(usual_members),
                                         &network, &diagnostics);

    assert(good);
    return network;
}

static void try_network(const char *text, size_t size)
{
    static char written[CONF_TEXT_MAX];
    static const char *const here[] = {"192.0.2.1", "::1"};
    Diagnostics diagnostics = {0}, more = {0};
    Network network, again;
    int self;

    if (!conf_parse_network("network.conf", text, size, &network, &diagnostics)) {
        assert(diagnostics.count > 0);
        print(&diagnostics);
        return;
    }
    assert(network.count > 0 && network.count <= MEMBERS_MAX);
    if (conf_write_network(&network, written, sizeof(written))) {
        const bool good =
            conf_parse_network("again", written, strlen(written), &again, &diagnostics);
        assert(good && again.count == network.count);
    }
    if (!conf_find_local("network.conf", &network, MEMBER_SERVER, NULL, here, 2, &self, &more)) {
        print(&more);
    }
    const char *const names[] = {network.members[0].name, "server2", "nobody"};
    for (size_t i = 0; i < 3; i++) {
        if (conf_find_local("network.conf", &network, MEMBER_SERVER, names[i], here, 2, &self,
                            &more)) {
            assert(strcmp(network.members[self].name, names[i]) == 0);
        }
    }
    assert(conf_find_member(&network, network.members[0].name) == 0);
}

static void try_server(const char *text, size_t size, bool with_arbiter)
{
    static char written[CONF_TEXT_MAX];
    static Settings settings, again;
    Network network = usual_network();
    Diagnostics diagnostics = {0};

    network.count = with_arbiter ? 3 : 2;
    if (!conf_parse_server("server1.conf", text, size, &network, &settings, &diagnostics)) {
        assert(diagnostics.count > 0);
        print(&diagnostics);
    } else if (conf_write_server(&settings, written, sizeof(written))) {
        const bool good =
            conf_parse_server("again", written, strlen(written), &network, &again, &diagnostics);
        assert(good);
    }
}

static void try_arbiter(const char *text, size_t size)
{
    static char written[CONF_TEXT_MAX];
    static ArbiterSettings settings, again;
    const Network network = usual_network();
    const NetworkMember *self = &network.members[2];
    Diagnostics diagnostics = {0};

    if (!conf_parse_arbiter("arbitration.conf", text, size, self, &settings, &diagnostics)) {
        assert(diagnostics.count > 0);
        print(&diagnostics);
    } else if (conf_write_arbiter(&settings, written, sizeof(written))) {
        const bool good =
            conf_parse_arbiter("again", written, strlen(written), self, &again, &diagnostics);
        assert(good);
    }
}

static void try_member(const char *text, size_t size)
{
    char whole[512];
    Diagnostics diagnostics = {0};
    NetworkMember member;

    if (size >= sizeof(whole)) {
        return;
    }
    memcpy(whole, text, size);
    whole[size] = '\0';
    if (!conf_parse_member("--server", whole, MEMBER_SERVER, &member, &diagnostics)) {
        assert(diagnostics.count > 0);
        print(&diagnostics);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    /* Of its own size, so that a sanitizer sees one step too far. */
    char *text = malloc(size == 1 ? 1 : size - 1);
    assert(text != NULL);
    memcpy(text, data + 1, size - 1);
    switch (data[0] % 5) {
    case 0:
        try_network(text, size - 1);
        break;
    case 1:
    case 4:
        try_server(text, size - 1, data[0] % 5 == 1);
        break;
    case 2:
        try_arbiter(text, size - 1);
        break;
    case 3:
        try_member(text, size - 1);
        break;
    }
    free(text);
    return 0;
}

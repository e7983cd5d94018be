/*
 * network.conf: who belongs to the cluster.
 */
#include "conf_help.h"

#include <stdlib.h>

#include "base/prng.h"

static void expect(const char *text, const char *said)
{
    Diagnostics diagnostics = {.count = 0};
    Network network = {.count = -1};

    assert_false(conf_parse_network("network.conf", text, strlen(text), &network, &diagnostics));
    assert_string_equal(complaints(&diagnostics), said);
    assert_int_equal(network.count, -1); /* untouched */
}

static void members_are_read_with_all_their_addresses(void **state)
{
    Network network = network_of("# the cluster\r\n"
                                 "\n"
                                 "server1 192.0.2.100,192.0.3.100 27540,27541 server\r\n"
                                 "  server2\t2001:db8::2,host-b.example 27540,27541 # standby\n"
                                 "arbiter 192.0.3.120 27541 arbiter");
    (void)state;

    assert_int_equal(network.count, 3);
    assert_string_equal(network.members[0].name, "server1");
    assert_int_equal(network.members[0].kind, MEMBER_SERVER);
    assert_int_equal(network.members[0].line, 3);
    assert_int_equal(network.members[0].address_count, 2);
    assert_string_equal(network.members[0].addresses[1].host, "192.0.3.100");
    assert_int_equal(network.members[0].addresses[1].port, 27541);
    assert_string_equal(network.members[1].addresses[0].host, "2001:db8::2");
    assert_string_equal(network.members[1].addresses[1].host, "host-b.example");
    assert_int_equal(network.members[2].kind, MEMBER_ARBITER);
    assert_int_equal(conf_find_member(&network, "server2"), 1);
    assert_int_equal(conf_find_member(&network, "server3"), -1);
}

static void every_bad_place_is_named(void **state)
{
    (void)state;
    expect("Server1 10.0.0.1 1000\n"
           "b 10.0.0.2 70000\n"
           "c 10.0.0.3,10.0.0.4 1000\n"
           "d\n"
           "e 10.0.0.5\n"
           "f 10.0.0.6 1000 standby\n"
           "g 10.0.0.7 1000 server extra\n"
           "h 10.0.0.8,,x 1000\n",
           "network.conf:1:1: \"Server1\" is not an id of a server (up to 31 lower case letters, "
           "digits, \"_\" and \"-\")\n"
           "network.conf:2:12: \"70000\" is not a port (a number from 1 to 65535)\n"
           "network.conf:3:21: 2 hosts, but ports: 1 (one port for each host, in the same order)\n"
           "network.conf:4:2: the host is missing\n"
           "network.conf:5:11: the port is missing\n"
           "network.conf:6:17: unknown kind \"standby\" (server or arbiter)\n"
           "network.conf:7:24: unexpected \"extra\"\n"
           "network.conf:8:12: \"\" is not an address or host name\n");
}

static void members_must_differ(void **state)
{
    (void)state;
    expect("a 10.0.0.1 1000\na 10.0.0.2 1000\n",
           "network.conf:2:1: id \"a\" is that of line 1, too\n");
    expect("a Host 1000\nb x,hOST 1,1000\n",
           "network.conf:2:1: address Host port 1000 is that of line 1, too\n");
    expect("a h,h 1000,1000\n", "network.conf:1:1: address h port 1000 is that of line 1, too\n");
    (void)network_of("a h 1000\nb h 1001\n"); /* several servers of one host */
}

static void sets_that_cannot_be_are_refused(void **state)
{
    char text[1024];
    StrBuf out = str_begin(text, sizeof(text));
    (void)state;

    expect("", "network.conf: no database server is listed\n");
    expect("w h 1 arbiter\n", "network.conf: no database server is listed\n");
    for (int i = 0; i < SERVERS_MAX + 1; i++) {
        str_add_format(&out, "s%d h %d\n", i, i + 1);
    }
    expect(text, "network.conf: 8 database servers are listed, at most 7 are possible\n");
    for (int i = SERVERS_MAX + 1; i < MEMBERS_MAX + 1; i++) {
        str_add_format(&out, "s%d h %d\n", i, i + 1);
    }
    expect(text, "network.conf:11:1: more than 10 members\n");
}

static void own_line_is_found_by_name_or_by_address(void **state)
{
    static const char *const addresses[] = {"127.0.0.1", "10.0.0.2"};
    Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    int found = -1;
    (void)state;

    assert_true(
        conf_find_local("n", &network, MEMBER_SERVER, NULL, addresses, 2, &found, &diagnostics));
    assert_int_equal(found, 1);
    assert_true(
        conf_find_local("n", &network, MEMBER_SERVER, "a", addresses, 2, &found, &diagnostics));
    assert_int_equal(found, 0);
    assert_int_equal(diagnostics.count, 0);
}

static void own_line_found_never_or_twice_is_refused(void **state)
{
    static const char *const addresses[] = {"10.0.0.1", "10.0.0.2"};
    Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    int found = -1;
    (void)state;

    assert_false(
        conf_find_local("n", &network, MEMBER_SERVER, NULL, addresses, 2, &found, &diagnostics));
    assert_false(
        conf_find_local("n", &network, MEMBER_ARBITER, NULL, addresses, 2, &found, &diagnostics));
    assert_false(
        conf_find_local("n", &network, MEMBER_SERVER, "w", addresses, 2, &found, &diagnostics));
    assert_false(
        conf_find_local("n", &network, MEMBER_SERVER, "x", addresses, 2, &found, &diagnostics));
    assert_string_equal(
        complaints(&diagnostics),
        "n: \"a\" and \"b\" both have an address of this host; name one with --local-server\n"
        "n: an arbitration server with an address of this host is not listed; name one with "
        "--local-server\n"
        "n: \"w\" is not a database server\n"
        "n: there is no server \"x\"\n");
    assert_int_equal(found, -1);
}

static void member_of_the_command_line_is_read(void **state)
{
    Diagnostics diagnostics = {.count = 0};
    NetworkMember member;
    (void)state;

    assert_true(conf_parse_member("--server", "server1=10.0.0.1:27540,[2001:db8::1]:27541",
                                  MEMBER_SERVER, &member, &diagnostics));
    assert_string_equal(member.name, "server1");
    assert_int_equal(member.address_count, 2);
    assert_string_equal(member.addresses[1].host, "2001:db8::1");
    assert_int_equal(member.addresses[1].port, 27541);

    static const char *const bad[] = {
        "server1", "=h:1",  "A=h:1",  "a=",      "a=h",    "a=:1",
        "a=h:",    "a=h:0", "a=h:1,", "a=::1:5", "a=[]:5", "a=h:1,h:2,h:3,h:4,h:5"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        diagnostics = (Diagnostics){.count = 0};
        assert_false(conf_parse_member("--server", bad[i], MEMBER_SERVER, &member, &diagnostics));
        assert_int_equal(diagnostics.count, 1);
        assert_string_equal(diagnostics.list[0].file, "--server");
    }
}

static void hostile_text_is_refused_without_harm(void **state)
{
    Diagnostics diagnostics = {.count = 0};
    Network network;
    char *big = calloc(1, CONF_TEXT_MAX + 1);
    (void)state;

    assert_non_null(big);
    memset(big, '\n', CONF_TEXT_MAX + 1);
    assert_false(conf_parse_network("n", big, CONF_TEXT_MAX + 1, &network, &diagnostics));
    assert_string_equal(complaints(&diagnostics), "n: the file is longer than 65536 bytes\n");
    diagnostics = (Diagnostics){.count = 0};
    memset(big, 'a', CONF_TEXT_MAX); /* one word and no end */
    assert_false(conf_parse_network("n", big, CONF_TEXT_MAX, &network, &diagnostics));
    for (int i = 0; i < CONF_TEXT_MAX; i += 2) {
        memcpy(big + i, ",\n", 2);
    }
    assert_false(conf_parse_network("n", big, CONF_TEXT_MAX, &network, &diagnostics));
    assert_true(diagnostics.count <= DIAGNOSTICS_MAX);
    free(big);

    expect("a h 1000\n\x01", "network.conf:2:1: unexpected byte 0x01\n");
}

/* Bytes at random from the letters that matter: whatever is accepted keeps every promise of the header. */
static void accepted_noise_is_a_network(void **state)
{
    static const char letters[] = "ab01-_.:,# \n\tserver\x80=[]";
    Prng prng = prng_seed(1);
    (void)state;

    for (int run = 0; run < 20000; run++) {
        char text[64];
        size_t length = prng_below(&prng, sizeof(text));
        Diagnostics diagnostics = {.count = 0};
        Network network;

        for (size_t i = 0; i < length; i++) {
            text[i] = letters[prng_below(&prng, sizeof(letters))]; /* the final zero, too */
        }
        if (!conf_parse_network("n", text, length, &network, &diagnostics)) {
            assert_true(diagnostics.count > 0);
            continue;
        }
        assert_true(network.count > 0);
        for (int i = 0; i < network.count; i++) {
            const NetworkMember *member = &network.members[i];
            assert_true(conf_is_name(member->name, strlen(member->name)));
            assert_in_range(member->address_count, 1, CONF_ADDRESSES_MAX);
            assert_true(member->addresses[0].port > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_read_with_all_their_addresses),
        cmocka_unit_test(every_bad_place_is_named),
        cmocka_unit_test(members_must_differ),
        cmocka_unit_test(sets_that_cannot_be_are_refused),
        cmocka_unit_test(own_line_is_found_by_name_or_by_address),
        cmocka_unit_test(own_line_found_never_or_twice_is_refused),
        cmocka_unit_test(member_of_the_command_line_is_read),
        cmocka_unit_test(hostile_text_is_refused_without_harm),
        cmocka_unit_test(accepted_noise_is_a_network),
    };
    return cmocka_run_group_tests_name("conf_network", tests, NULL, NULL);
}

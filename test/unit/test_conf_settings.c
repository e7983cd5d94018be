/*
 * <id>.conf and arbitration.conf.
 */
#include "conf_help.h"

#define DIRECTORY "db_instance = '/database1/inst1'\n"

static Settings settings_of(const char *members, const char *text)
{
    Network network = network_of(members);
    Diagnostics diagnostics = {.count = 0};
    Settings settings;

    if (!conf_parse_server("a.conf", text, strlen(text), &network, &settings, &diagnostics)) {
        fail_msg("%s", complaints(&diagnostics));
    }
    return settings;
}

static void expect(const char *members, const char *text, const char *said)
{
    Network network = network_of(members);
    Diagnostics diagnostics = {.count = 0};
    Settings settings = {.lease_timeout = -5};

    assert_false(
        conf_parse_server("a.conf", text, strlen(text), &network, &settings, &diagnostics));
    assert_string_equal(complaints(&diagnostics), said);
    assert_true(settings.lease_timeout == -5); /* untouched */
}

static void defaults_are_those_of_the_manual(void **state)
{
    Settings settings = settings_of(THREE_VOTERS, DIRECTORY);
    (void)state;

    assert_string_equal(settings.db_instance, "/database1/inst1");
    assert_true(settings.heartbeat_interval == 200);
    assert_true(settings.heartbeat_timeout == 300);
    assert_true(settings.heartbeat_retry == 3);
    assert_true(settings.db_instance_check_interval == 200);
    assert_true(settings.db_instance_check_timeout == 300);
    assert_true(settings.db_instance_check_retry == 3);
    assert_true(settings.agent_alive_timeout == 10000);
    assert_true(settings.lease_timeout == 1700);
    assert_false(settings.automatic_failover);
    assert_int_equal(settings.heartbeat_error_action, HEARTBEAT_ERROR_ACTION_ARBITRATION);
    assert_int_equal(settings.rejoin, REJOIN_REWIND);
    assert_string_equal(settings.syslog_ident, "MirroringControllerOpen");
    assert_string_equal(settings.cluster_key_file, "cluster.key");
}

static void values_are_read_with_units_quotes_and_comments(void **state)
{
    Settings settings =
        settings_of(THREE_VOTERS,
                    "# settings of a\r\n" DIRECTORY "heartbeat_interval = 800   # the original's\n"
                    "heartbeat_timeout=1\n"
                    "  heartbeat_retry\t=\t2\n"
                    "db_instance_check_interval = '1 min'\n"
                    "agent_alive_timeout = 2500ms\n"
                    "slot_wal_limit = 64\n"
                    "automatic_failover = ON\n"
                    "syslog_facility = local7\n"
                    "db_instance_password = 'it\\'s #1 \\\\ ''here'''   # quoted\n"
                    "replication_conninfo = 'user=rep sslmode=verify-full'");
    (void)state;

    assert_true(settings.heartbeat_interval == 800);
    assert_true(settings.heartbeat_timeout == 1000); /* seconds without a unit */
    assert_true(settings.heartbeat_retry == 2);
    assert_true(settings.db_instance_check_interval == 60000);
    assert_true(settings.agent_alive_timeout == 2500);
    assert_true(settings.slot_wal_limit == 64 << 20);
    assert_true(settings.automatic_failover);
    assert_int_equal(settings.syslog_facility, SYSLOG_FACILITY_LOCAL7);
    assert_string_equal(settings.db_instance_password, "it's #1 \\ 'here'");
    assert_string_equal(settings.replication_conninfo, "user=rep sslmode=verify-full");
    assert_true(settings.lease_timeout == 5400 - 800 - 270);
}

static void every_bad_place_is_named(void **state)
{
    (void)state;
    expect(THREE_VOTERS,
           "hearbeat_intervall = 200ms\n"
           "zzzzzzzzzz = 1\n"
           "heartbeat_retry = 3s\n"
           "heartbeat_timeout = 300 parsecs\n"
           "db_instance_check_interval = 0\n"
           "rejoin = maybe\n"
           "target_db = \n"
           "syslog_ident = mc\n"
           "log_file = 'unfinished\n"
           "core_file_path = '/a' '/b'\n"
           "automatic_failover on\n",
           "a.conf:1:1: unknown parameter \"hearbeat_intervall\" (did you mean "
           "\"heartbeat_interval\"?)\n"
           "a.conf:2:1: unknown parameter \"zzzzzzzzzz\"\n"
           "a.conf:3:19: \"3s\" is not a number\n"
           "a.conf:4:21: \"300 parsecs\" is not a number with a unit of time (units: ms, s, min, "
           "h, d; without one: s)\n"
           "a.conf:5:30: 0 is out of range: \"db_instance_check_interval\" is at least 1ms and at "
           "most 2147483647ms\n"
           "a.conf:6:10: \"maybe\" is none of: rewind, copy, manual\n"
           "a.conf:7:12: the value is missing\n"
           "a.conf:8:16: \"syslog_ident\" needs single quotes around its value\n"
           "a.conf:9:12: the closing quote is missing\n"
           "a.conf:10:23: unexpected \"'/b'\" after the value\n"
           "a.conf:11:1: \"automatic_failover on\" is not \"name = value\"\n"
           "a.conf: parameter \"db_instance\" is missing\n");
}

static void a_parameter_is_set_once_under_whatever_name(void **state)
{
    (void)state;
    assert_string_equal(
        settings_of(THREE_VOTERS, DIRECTORY "post_promote_command = '/x'\n").post_switch_command,
        "/x");
    expect(THREE_VOTERS,
           DIRECTORY "post_promote_command = '/x'\npost_switch_command = '/y'\nrejoin = copy\n"
                     "rejoin = copy\n",
           "a.conf:3:1: \"post_switch_command\" is already set in line 2\n"
           "a.conf:5:1: \"rejoin\" is already set in line 4\n");
}

static void lease_longer_than_the_computed_one_is_refused(void **state)
{
    (void)state;
    assert_true(settings_of(THREE_VOTERS, DIRECTORY "lease_timeout = 1700\n").lease_timeout ==
                1700);
    assert_true(settings_of(THREE_VOTERS, DIRECTORY "lease_timeout = 1s\n").lease_timeout == 1000);
    expect(THREE_VOTERS, DIRECTORY "lease_timeout = 1701ms\n",
           "a.conf:2:1: lease_timeout is 1701 ms, but must not be longer than 1700 ms (leave it "
           "out: it is computed from the heartbeat parameters)\n");
    expect(THREE_VOTERS, DIRECTORY "heartbeat_timeout = 1ms\nheartbeat_retry = 0\n",
           "a.conf: a silent server would be noticed after 201 ms, which leaves no time for a "
           "lease (raise heartbeat_timeout or heartbeat_retry)\n");
}

static void times_beyond_all_reason_are_refused(void **state)
{
    (void)state;
    expect(THREE_VOTERS, DIRECTORY "heartbeat_timeout = 2147483647\nheartbeat_retry = 2147483647\n",
           "a.conf: heartbeat_interval, heartbeat_timeout and heartbeat_retry together make a time "
           "beyond all reason\n");
    expect(THREE_VOTERS, DIRECTORY "heartbeat_timeout = 9223372036854775807d\n",
           "a.conf:2:21: 9223372036854775807d is out of range: \"heartbeat_timeout\" is at least "
           "1ms and at most 2147483647000ms\n");
}

static void two_servers_alone_only_report(void **state)
{
    (void)state;
    assert_int_equal(settings_of(TWO_SERVERS, DIRECTORY).heartbeat_error_action,
                     HEARTBEAT_ERROR_ACTION_MESSAGE);
    assert_int_equal(settings_of(TWO_SERVERS, DIRECTORY "heartbeat_error_action = command\n"
                                                        "arbitration_command = '/c'\n")
                         .heartbeat_error_action,
                     HEARTBEAT_ERROR_ACTION_COMMAND);
    expect(TWO_SERVERS, DIRECTORY "heartbeat_error_action = command\n",
           "a.conf:2:1: heartbeat_error_action = command needs an arbitration_command (name a "
           "program that exits with 0 when the other server is broken)\n");
    expect(TWO_SERVERS, DIRECTORY "heartbeat_error_action = arbitration\n",
           "a.conf:2:1: heartbeat_error_action = arbitration needs a third server or an arbiter "
           "(add an arbiter to network.conf, or use message)\n");
}

static void paths_and_names_are_checked(void **state)
{
    (void)state;
    expect(THREE_VOTERS, "db_instance = 'data'\nsyslog_ident = 'a b'\n",
           "a.conf:1:1: \"db_instance\" must be an absolute path\n"
           "a.conf:2:1: \"syslog_ident\" must not be empty or have blanks\n");
    expect(THREE_VOTERS, "db_instance = '/d\xc3\xa9'\n",
           "a.conf:1:15: the value of \"db_instance\" is not ASCII\n");
}

static void arbiter_must_listen_where_network_conf_says(void **state)
{
    Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    ArbiterSettings settings;
    static const char good[] = "port = 1000\nmy_address = '10.0.0.3'\nfencing_command = '/f'\n";
    static const char bad[] = "port = 1001\nmy_address = '10.0.0.4'\n";
    (void)state;

    assert_true(conf_parse_arbiter("arbitration.conf", good, strlen(good), &network.members[2],
                                   &settings, &diagnostics));
    assert_true(settings.port == 1000);
    assert_string_equal(settings.syslog_ident, "MirroringControllerArbiter");
    assert_true(conf_parse_arbiter("arbitration.conf", "", 0, &network.members[2], &settings,
                                   &diagnostics));
    assert_false(conf_parse_arbiter("arbitration.conf", bad, strlen(bad), &network.members[2],
                                    &settings, &diagnostics));
    assert_string_equal(complaints(&diagnostics),
                        "arbitration.conf:1:1: port 1001 is not that of \"w\" in network.conf\n"
                        "arbitration.conf:2:1: my_address is not that of \"w\" in "
                        "network.conf: 10.0.0.4\n");
}

static void many_complaints_are_bounded_and_counted(void **state)
{
    Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    Settings settings;
    char text[200];
    (void)state;

    for (size_t i = 0; i < sizeof(text); i += 2) {
        memcpy(text + i, "x\n", 2);
    }
    assert_false(
        conf_parse_server("a.conf", text, sizeof(text), &network, &settings, &diagnostics));
    assert_int_equal(diagnostics.count, DIAGNOSTICS_MAX);
    assert_int_equal(diagnostics.dropped,
                     100 + 1 - DIAGNOSTICS_MAX); /* db_instance is missing, too */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_manual),
        cmocka_unit_test(values_are_read_with_units_quotes_and_comments),
        cmocka_unit_test(every_bad_place_is_named),
        cmocka_unit_test(a_parameter_is_set_once_under_whatever_name),
        cmocka_unit_test(lease_longer_than_the_computed_one_is_refused),
        cmocka_unit_test(times_beyond_all_reason_are_refused),
        cmocka_unit_test(two_servers_alone_only_report),
        cmocka_unit_test(paths_and_names_are_checked),
        cmocka_unit_test(arbiter_must_listen_where_network_conf_says),
        cmocka_unit_test(many_complaints_are_bounded_and_counted),
    };
    return cmocka_run_group_tests_name("conf_settings", tests, NULL, NULL);
}

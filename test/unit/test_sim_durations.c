/* test_sim_durations.c - every set of durations under which the simulator plays is one that the product would read. */
#include "conf_help.h"

#include "base/str.h"
#include "sim/durations.h"

static Settings read_by_the_product(const Durations *d)
{
    const Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    Settings settings;
    char text[1024];
    assert_true(str_format(text, sizeof text,
                           "db_instance = '/database1/inst1'\n"
                           "heartbeat_interval = %lldms\nheartbeat_timeout = %lldms\n"
                           "heartbeat_retry = %lld\nlease_timeout = %lldms\n"
                           "db_instance_check_interval = %lldms\n"
                           "db_instance_check_timeout = %lldms\ndb_instance_check_retry = %lld\n"
                           "db_instance_stop_timeout = %lldms\n"
                           "db_instance_start_timeout = %lldms\n"
                           "db_instance_restart_limit = %u\n"
                           "arbitration_command_timeout = %lldms\n",
                           (long long)d->heartbeat_interval, (long long)d->heartbeat_timeout,
                           (long long)d->heartbeat_retry, (long long)d->lease,
                           (long long)d->check_interval, (long long)d->check_timeout,
                           (long long)d->check_retry, (long long)d->stop, (long long)d->start,
                           d->restarts, (long long)d->command));
    if (!conf_parse_server("a.conf", text, strlen(text), &network, &settings, &diagnostics)) {
        fail_msg("%s: %s", d->name, complaints(&diagnostics));
    }
    return settings;
}

static void each_set_is_one_that_the_product_accepts(void **state)
{
    (void)state;
    assert_true(durations_count() >= 3);
    for (size_t i = 0; i < durations_count(); i++) {
        const Settings settings = read_by_the_product(durations_at(i));
        CoreSettings core = {0};
        Millis detection = 0;
        durations_apply(durations_at(i), &core);
        assert_true(conf_detection_time(settings.heartbeat_interval, settings.heartbeat_timeout,
                                        settings.heartbeat_retry, &detection));
        assert_true(core.detection == detection);
        assert_true(core.lease == settings.lease_timeout);
        assert_true(core.lease <= conf_lease_limit(detection, core.heartbeat_interval));
        assert_true(conf_detection_time(settings.db_instance_check_interval,
                                        settings.db_instance_check_timeout,
                                        settings.db_instance_check_retry, &detection));
        assert_true(core.instance_detection == detection);
        assert_true(core.stop_limit == settings.db_instance_stop_timeout);
        assert_true(core.start_limit == settings.db_instance_start_timeout);
        assert_true(core.restarts_max == settings.db_instance_restart_limit);
        assert_true(core.lease_cut > 0 && core.lease_cut <= core.lease / 4);
    }
}

/* A lease that lasts a millisecond longer than the limit is refused: else the test above would show nothing. */
static void a_set_with_a_longer_lease_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < durations_count(); i++) {
        const Durations *d = durations_at(i);
        const Network network = network_of(THREE_VOTERS);
        Diagnostics diagnostics = {.count = 0};
        Settings settings;
        CoreSettings core = {0};
        char text[300];
        durations_apply(d, &core);
        assert_true(
            str_format(text, sizeof text,
                       "db_instance = '/database1/inst1'\nheartbeat_interval = %lldms\n"
                       "heartbeat_timeout = %lldms\nheartbeat_retry = %lld\n"
                       "lease_timeout = %lldms\n",
                       (long long)d->heartbeat_interval, (long long)d->heartbeat_timeout,
                       (long long)d->heartbeat_retry,
                       (long long)conf_lease_limit(core.detection, d->heartbeat_interval) + 1));
        assert_false(
            conf_parse_server("a.conf", text, strlen(text), &network, &settings, &diagnostics));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_set_is_one_that_the_product_accepts),
        cmocka_unit_test(a_set_with_a_longer_lease_is_refused),
    };
    return cmocka_run_group_tests_name("sim_durations", tests, NULL, NULL);
}

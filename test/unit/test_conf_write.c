/*
 * What is written is read back as it was.
 */
#include "conf_help.h"

#include "base/prng.h"

static char text[CONF_TEXT_MAX + 1];

static Settings server_back(void)
{
    Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    Settings settings;

    if (!conf_parse_server("a.conf", text, strlen(text), &network, &settings, &diagnostics)) {
        fail_msg("%s", complaints(&diagnostics));
    }
    return settings;
}

/* A value drawn from what the parameter allows. */
static void draw(Prng *prng, const ParamInfo *param, char *field)
{
    int64_t number = 0;
    int words = 0;

    switch (param->type) {
    case PARAM_BOOL:
        *(bool *)field = prng_chance(prng, 1, 2);
        return;
    case PARAM_ENUM:
        while (param->words[words] != NULL) {
            words++;
        }
        words = (int)prng_below(prng, (uint64_t)words);
        memcpy(field, &words, sizeof(words));
        return;
    case PARAM_INT:
    case PARAM_TIME:
    case PARAM_SIZE:
        number = prng_between(prng, param->min, param->max);
        memcpy(field, &number, sizeof(number));
        return;
    case PARAM_STRING:
    case PARAM_PATH:
    case PARAM_NAME:
        number = prng_between(prng, 1, (int64_t)param->size - 1);
        memset(field, 0, param->size);
        for (int64_t i = 0; i < number; i++) {
            field[i] = (char)prng_between(prng, ' ', '~');
        }
        return;
    }
}

static bool is_settled(const char *name)
{
    /* Checked against each other or against network.conf: their values are not free. */
    return str_starts_with(name, "heartbeat_") || str_equal(name, "lease_timeout") ||
           str_equal(name, "syslog_ident") || str_equal(name, "db_instance") ||
           str_equal(name, "port") || str_equal(name, "my_address");
}

static void every_server_setting_survives_writing_and_reading(void **state)
{
    Prng prng = prng_seed(3);
    (void)state;

    for (int run = 0; run < 300; run++) {
        Settings settings = settings_default;
        for (int i = 0; i < server_params.count; i++) {
            const ParamInfo *param = &server_params.rows[i];
            if (!is_settled(param->name)) {
                draw(&prng, param, (char *)&settings + param->offset);
            }
        }
        assert_true(str_copy(settings.db_instance, sizeof(settings.db_instance), "/data"));
        settings.lease_timeout = prng_between(&prng, 1, 1700);

        assert_true(conf_write_server(&settings, text, sizeof(text)));
        Settings back = server_back();
        for (int i = 0; i < server_params.count; i++) {
            const ParamInfo *param = &server_params.rows[i];
            assert_memory_equal((char *)&back + param->offset, (char *)&settings + param->offset,
                                param->size);
        }
    }
}

static void every_arbiter_setting_survives_writing_and_reading(void **state)
{
    Network network = network_of(THREE_VOTERS);
    Prng prng = prng_seed(4);
    (void)state;

    for (int run = 0; run < 300; run++) {
        Diagnostics diagnostics = {.count = 0};
        ArbiterSettings settings = arbiter_settings_default;
        ArbiterSettings back;

        for (int i = 0; i < arbiter_params.count; i++) {
            const ParamInfo *param = &arbiter_params.rows[i];
            if (!is_settled(param->name)) {
                draw(&prng, param, (char *)&settings + param->offset);
            }
        }
        settings.port = 1000;
        assert_true(conf_write_arbiter(&settings, text, sizeof(text)));
        assert_true(conf_parse_arbiter("arbitration.conf", text, strlen(text), &network.members[2],
                                       &back, &diagnostics));
        for (int i = 0; i < arbiter_params.count; i++) {
            const ParamInfo *param = &arbiter_params.rows[i];
            assert_memory_equal((char *)&back + param->offset, (char *)&settings + param->offset,
                                param->size);
        }
    }
}

static void network_survives_writing_and_reading(void **state)
{
    Network network = network_of("a 10.0.0.1,2001:db8::1 1000,1001\nb host-b 1000\n"
                                 "w 10.0.0.3 1000 arbiter\n");
    (void)state;

    assert_true(conf_write_network(&network, text, sizeof(text)));
    Network back = network_of(text);
    for (int i = 0; i < network.count; i++) {
        network.members[i].line = 0; /* comments have moved them */
        back.members[i].line = 0;
    }
    assert_memory_equal(&back, &network, sizeof(network));
}

static void only_what_differs_from_a_default_is_filled_in(void **state)
{
    Settings settings = settings_default;
    char *active = text;
    int lines = 0;
    (void)state;

    assert_true(str_copy(settings.db_instance, sizeof(settings.db_instance), "/data"));
    settings.heartbeat_interval = 500;
    assert_true(conf_write_server(&settings, text, sizeof(text)));
    assert_non_null(strstr(text, "\ndb_instance = '/data'\n"));
    assert_non_null(strstr(text, "\nheartbeat_interval = 500ms\n"));
    assert_non_null(strstr(text, "\n#heartbeat_retry = 3\n"));
    for (active = text; active != NULL && *active != '\0'; active = strchr(active, '\n')) {
        active += *active == '\n';
        lines += *active != '#' && *active != '\n' && *active != '\0';
    }
    assert_int_equal(lines, 2);
}

static void text_that_does_not_fit_is_refused(void **state)
{
    Network network = network_of(THREE_VOTERS);
    (void)state;

    assert_false(conf_write_server(&settings_default, text, 100));
    assert_false(conf_write_network(&network, text, 100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_server_setting_survives_writing_and_reading),
        cmocka_unit_test(every_arbiter_setting_survives_writing_and_reading),
        cmocka_unit_test(network_survives_writing_and_reading),
        cmocka_unit_test(only_what_differs_from_a_default_is_filled_in),
        cmocka_unit_test(text_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests_name("conf_write", tests, NULL, NULL);
}

/*
 * Reading port and listen_addresses. The last of several settings holds, and ALTER SYSTEM writes the last.
 */
#include "cli/instance.h"

#include <string.h>

#include "sys/pg_conf.h"

static bool note_setting(void *arg, const PgConfLine *line)
{
    InstanceListen *found = arg;
    uint64_t port = 0;
    if (str_equal(line->name, "port") && str_to_uint(line->value, strlen(line->value), &port) &&
        port <= UINT16_MAX) {
        found->port = (uint16_t)port;
    } else if (str_equal(line->name, "listen_addresses")) {
        (void)str_copy(found->addresses, sizeof(found->addresses), line->value); /* shown only */
    }
    return true;
}

InstanceListen instance_listen(const char *data_dir)
{
    InstanceListen found = {.port = 5432, .addresses = "localhost"};
    const char *const files[] = {"postgresql.conf", "postgresql.auto.conf"};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[PG_PATH_SIZE];
        Error error = {0};
        pg_path(path, data_dir, files[i]);
        if (pg_file_exists(path) && !pg_conf_walk(path, note_setting, &found, &error)) {
            error_clear(
                &error); /* whoever starts the instance will say what is wrong with its files */
        }
    }
    return found;
}

static bool note_include(void *arg, const PgConfLine *line)
{
    static const char ours[] = "mc.auto.conf";
    bool *found = arg;
    const size_t length = strlen(line->value);
    if (str_starts_with(line->name, "include") && length >= sizeof(ours) - 1 &&
        str_equal(line->value + length - (sizeof(ours) - 1), ours)) {
        *found = true;
    }
    return true;
}

bool instance_is_prepared(const char *data_dir)
{
    char path[PG_PATH_SIZE];
    bool found = false;
    Error ignored = {0};
    pg_path(path, data_dir, "postgresql.conf");
    return pg_conf_walk(path, note_include, &found, &ignored) && found;
}

/*
 * mc_arb init: the file that mc_ctl init wrote, taken apart again.
 */
#include "cli/init.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "cli/say.h"
#include "cli/site.h"

/* Copies what stands between the line `from` and the line `to` (NULL: the end). */
static bool take_part(const char *text, const char *from, const char *to, char *ret, size_t size)
{
    const char *start = strstr(text, from);
    if (start == NULL) {
        return false;
    }
    start += strlen(from);
    const char *end = to == NULL ? start + strlen(start) : strstr(start, to);
    return end != NULL && str_copy_bytes(ret, size, start, (size_t)(end - start));
}

typedef struct ArbiterParts {
    char whole[FILE_TEXT_SIZE];
    char network[CONF_TEXT_MAX];
    char settings[CONF_TEXT_MAX];
    char key[KEY_FILE_MAX + 1];
    Network members;
    Keys keys;
} ArbiterParts;

static bool read_parts(const char *path, ArbiterParts *ret, Diagnostics *diagnostics, Error *error)
{
    if (!text_read(path, ret->whole, sizeof(ret->whole), error)) {
        return false;
    }
    if (!take_part(ret->whole, INIT_PART_NETWORK, INIT_PART_SETTINGS, ret->network,
                   sizeof(ret->network)) ||
        !take_part(ret->whole, INIT_PART_SETTINGS, INIT_PART_KEY, ret->settings,
                   sizeof(ret->settings)) ||
        !take_part(ret->whole, INIT_PART_KEY, NULL, ret->key, sizeof(ret->key))) {
        return error_set(error, ERROR_CONFIG,
                         "\"%s\" is not a file that mc_ctl init wrote for an "
                         "arbitration server",
                         path) ||
               error_hint(error,
                          "take <id>.init from the management directory of a database server");
    }
    if (!conf_parse_network(path, ret->network, strlen(ret->network), &ret->members, diagnostics)) {
        return error_set(error, ERROR_CONFIG, "\"%s\" is refused: nothing was made", path);
    }
    return keys_parse((const uint8_t *)ret->key, strlen(ret->key), &ret->keys, error);
}

static bool check_id(const ArbiterParts *parts, const char *id, const char *path, Error *error)
{
    const int self = conf_find_member(&parts->members, id);
    if (self < 0 || parts->members.members[self].kind != MEMBER_ARBITER) {
        return error_set(error, ERROR_USAGE, "\"%s\" knows no arbitration server \"%s\"", path, id);
    }
    if (!parts->keys.arbiter || !str_equal(parts->keys.self, id)) {
        return error_set(error, ERROR_USAGE, "\"%s\" holds the key of \"%s\", not of \"%s\"", path,
                         parts->keys.self, id);
    }
    return true;
}

static bool make(const CommandLine *line, ArbiterParts *parts, FilePlan *plan,
                 Diagnostics *diagnostics, Error *error)
{
    char dir[PATH_SIZE];
    bool made = false;
    const char *id = command_value(line, OPTION_ID);
    const char *from = command_value(line, OPTION_FROM);
    const char *given = command_value(line, OPTION_DIRECTORY);
    if (!read_parts(from, parts, diagnostics, error) || !check_id(parts, id, from, error) ||
        !init_real_folder(given, dir, sizeof(dir), error) || !site_check_socket(dir, id, error) ||
        (access(dir, F_OK) == 0 &&
         (!site_become_owner(dir, error) || !site_check_private(dir, error))) ||
        !plan_add(plan, dir, "network.conf", 0600, parts->network, error) ||
        !plan_add(plan, dir, "arbitration.conf", 0600, parts->settings, error) ||
        !plan_add(plan, dir, "cluster.key", 0600, parts->key, error) ||
        !plan_compare(plan, error) || !init_make_folder(dir, from, &made, error) ||
        !plan_write(plan, error)) {
        return false;
    }
    say("%s: management directory \"%s\" %s", id, dir, made ? "created" : "is there");
    for (int i = 0; i < plan->count; i++) {
        say("%s: %s %s", id, strrchr(plan->file[i].path, '/') + 1,
            plan->file[i].state == FILE_SAME ? "is there, unchanged" : "written");
    }
    say("\nTo start it:\n  mc_arb start -M %s", dir);
    return true;
}

int arb_init(const CommandLine *line)
{
    Error error = {0};
    Diagnostics diagnostics = {0};
    FilePlan plan = {0};
    int status = EXIT_DONE;
    _cleanup_free_ ArbiterParts *parts = calloc(1, sizeof(*parts));
    if (parts == NULL) {
        return EXIT_FAILED;
    }
    if (!make(line, parts, &plan, &diagnostics, &error)) {
        say_diagnostics("mc_arb", &diagnostics);
        status = say_error("mc_arb", &error);
    }
    plan_done(&plan);
    explicit_bzero(parts, sizeof(*parts));
    return status;
}

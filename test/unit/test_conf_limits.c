/*
 * Each limit of each parameter from both sides, as params.toml has them.
 */
#include "conf_help.h"

enum BoundaryFile { BOUNDARY_SERVER, BOUNDARY_ARBITER };

typedef struct Boundary {
    enum BoundaryFile file;
    const char *name;
    const char *text;
    bool accepted;
} Boundary;

static const Boundary boundaries[] = {
#include "boundaries.h"
};

enum { BOUNDARIES = sizeof(boundaries) / sizeof(boundaries[0]) };

/* Accepted means: not a word about this line; what the parameters say together is not asked here. */
static bool line_is_accepted(const Boundary *boundary)
{
    Network network = network_of(THREE_VOTERS);
    Diagnostics diagnostics = {.count = 0};
    char text[4096];
    bool parsed;

    assert_true(str_format(text, sizeof(text), "%s\n%s", boundary->text,
                           str_equal(boundary->name, "db_instance") ? "" : "db_instance = '/d'\n"));
    if (boundary->file == BOUNDARY_SERVER) {
        Settings settings;
        parsed = conf_parse_server("f", text, strlen(text), &network, &settings, &diagnostics);
    } else {
        ArbiterSettings settings;
        const char *own = boundary->text; /* db_instance is not one of the arbiter's */
        parsed =
            conf_parse_arbiter("f", own, strlen(own), &network.members[2], &settings, &diagnostics);
    }
    if (parsed) {
        return true;
    }
    const char *said = complaints(&diagnostics);
    return strstr(said, "beyond all reason") != NULL ||
           strstr(said, "no time for a lease") != NULL ||
           strstr(said, "must not be longer than") != NULL ||
           strstr(said, "is not that of") != NULL;
}

static void limit_is_kept(void **state)
{
    const Boundary *boundary = *state;

    if (line_is_accepted(boundary) != boundary->accepted) {
        fail_msg("\"%.80s\" should be %s", boundary->text,
                 boundary->accepted ? "accepted" : "refused");
    }
}

int main(void)
{
    static struct CMUnitTest tests[BOUNDARIES];
    static char names[BOUNDARIES][64];

    for (size_t i = 0; i < BOUNDARIES; i++) {
        (void)str_format(names[i], sizeof(names[i]), "%s_%zu_is_%s", boundaries[i].name, i,
                         boundaries[i].accepted ? "accepted" : "refused");
        tests[i] = (struct CMUnitTest){.name = names[i],
                                       .test_func = limit_is_kept,
                                       .initial_state = (void *)(uintptr_t)&boundaries[i]};
    }
    return cmocka_run_group_tests_name("conf_limits", tests, NULL, NULL);
}

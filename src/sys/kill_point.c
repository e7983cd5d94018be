/* kill_point.c - finds out whether this is the place, and ends the process. */
#include "sys/kill_point.h"

#ifdef MC_TEST_BUILD

#include "base/assert.h"
#include "base/str.h"
#include "sys/pg_file.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORD(kind, word) [ACTION_##kind] = word,
static const char *const words[ACTION_KIND_COUNT] = {ACTION_KINDS(WORD)};
#undef WORD
static const char *const moments[KILL_MOMENT_COUNT] = {"before", "during", "after"};

/* How many times the named place was reached; one life dies at one place. */
static atomic_uint reached;

static bool is_named(const char *text, ActionKind kind, KillMoment moment, uint64_t *ret_times)
{
    char name[32];

    (void)str_format(name, sizeof(name), "%s:%s", words[kind], moments[moment]); /* it fits */
    const size_t length = strcspn(text, " \n");
    if (length != strlen(name) || memcmp(text, name, length) != 0) {
        return false;
    }
    const char *count = text + length + (text[length] == ' ');
    if (!str_to_uint(count, strcspn(count, "\n"), ret_times)) {
        *ret_times = 1;
    }
    return true;
}

bool kill_point_is_due(ActionKind kind, KillMoment moment)
{
    const char *path = getenv("MC_KILL_AT");
    char text[64];
    uint64_t times = 0;
    Error error = {0};

    assert(kind <= ACTION_KIND_COUNT);
    if (kind == ACTION_KIND_COUNT || path == NULL ||
        !pg_file_read(path, text, sizeof(text), NULL, &error) ||
        !is_named(text, kind, moment, &times) || atomic_fetch_add(&reached, 1) + 1 < times) {
        return false;
    }
    return unlink(path) == 0; /* another thread was first */
}

_Noreturn void kill_point_end(void)
{
    for (;;) {
        (void)kill(getpid(), SIGKILL); /* it never returns to a process that may be killed */
    }
}

bool kill_points_listed(int argc, char *const *argv)
{
    if (argc != 2 || !str_equal(argv[1], "--kill-points")) {
        return false;
    }
    for (int kind = 0; kind < ACTION_KIND_COUNT; kind++) {
        for (int moment = 0; moment < KILL_MOMENT_COUNT; moment++) {
            printf("%s:%s\n", words[kind], moments[moment]);
        }
    }
    return true;
}

#endif

/* main.c - mc_sim: plays stories.
 *
 *   mc_sim --stories DIR        every .story below DIR, as TAP
 *   mc_sim [-v] FILE ...        these
 *   mc_sim --claims FILE ...    these, without comparing the narration
 *   mc_sim --seed N             the run that is drawn from seed N: what was drawn, and a line for each event
 *   mc_sim --seeds N M          those of the M seeds from N on; one that fails is shortened and printed as a story. Seeds from
 *                               2^32 (4294967296) on are the second mix, which draws more (README.md)
 *   mc_sim --summary N M        these, counts what happened, and says which seed was the first to fire a rule
 *   mc_sim --hunt N M           these, up to the first that violates I1 to I4; --hunt-plots: of plots.c alone
 *   mc_sim --list FILE          those of the seeds in a file; --summary FILE: and counts what happened
 *   mc_sim --regenerate FILE ...  writes the narration anew; claims must hold */
#include "sim/story.h"
#include "sim/swarm.h"

#include "base/str.h"
#include "core/node.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

typedef struct Options {
    bool verbose;
    bool claims_only;
    bool regenerate;
    bool *covered;
} Options;

static bool play(const char *path, const Options *options, char *ret_why, size_t size)
{
    Story *story = sim_alloc(sizeof *story);
    bool good = story_parse(path, story, ret_why, size);
    if (good) {
        StoryRun run;
        const StoryOptions how = {.compare = !options->claims_only && !options->regenerate,
                                  .verbose = options->verbose,
                                  .covered = options->covered};
        good = story_run(story, &how, &run);
        (void)str_copy(ret_why, size, run.complaint);
        if (options->regenerate && run.line_count > 0) {
            good = story_regenerate(story, &run) && good;
        }
        story_run_done(&run);
    }
    story_free(story);
    free(story);
    return good;
}

/* --seed N | --seeds FIRST COUNT | --summary FIRST COUNT | --hunt[-plots] FIRST COUNT | --list FILE | --summary FILE */
static int play_seeds(char **argument, int count, bool verbose)
{
    const bool one = str_equal(argument[0], "--seed");
    const SwarmOptions how = {.verbose = verbose || one,
                              .summary = str_equal(argument[0], "--summary")};
    uint64_t first = 0;
    uint64_t many = 1;
    if (count == 2 && (how.summary || str_equal(argument[0], "--list"))) {
        return swarm_play_list(argument[1], &how);
    }
    const bool plots = str_equal(argument[0], "--hunt-plots");
    const bool hunt = plots || str_equal(argument[0], "--hunt");
    const int wanted = one ? 2 : 3;
    if (count != wanted || !str_to_uint(argument[1], strlen(argument[1]), &first) ||
        (count == 3 && !str_to_uint(argument[2], strlen(argument[2]), &many))) {
        (void)fprintf(stderr, "mc_sim: \"%s\" needs numbers\n", argument[0]);
        return 2;
    }
    return hunt ? swarm_hunt(first, many, plots) : swarm_play(first, many, &how);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_story(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && str_equal(dot, ".story");
}

static int tell(int number, bool good, const char *name, const char *why)
{
    printf("%sok %d - %s\n", good ? "" : "not ", number, name);
    if (!good) {
        printf("# %s\n", why);
    }
    (void)fflush(stdout); /* a crash must not hide what went before */
    return good ? 0 : 1;
}

/* unfired.txt: a rule at the beginning of the line, then the reason. */
static bool is_excused(const char *folder, const char *rule)
{
    char path[512];
    char text[512];
    bool found = false;
    (void)str_format(path, sizeof path, "%s/unfired.txt", folder);
    FILE *file = fopen(path, "r");
    while (file != NULL && !found && fgets(text, sizeof text, file) != NULL) {
        const size_t length = strcspn(text, " \n");
        text[length] = '\0';
        found = str_equal(text, rule);
    }
    if (file != NULL) {
        (void)fclose(file); /* only read */
    }
    return found;
}

/* Every rule has a story or a reason why not (STYLE 23). */
static int tell_coverage(int number, const char *folder, const bool *covered)
{
    char wrong[4096];
    StrBuf out = str_begin(wrong, sizeof wrong);
    for (uint16_t rule = 0; rule < node_rule_count(); rule++) {
        if (covered[rule] == is_excused(folder, node_rule_id(rule))) {
            str_add(&out, out.length > 0 ? " " : "");
            str_add(&out, node_rule_id(rule));
            str_add(&out, covered[rule] ? " (excused, and fired)" : "");
        }
    }
    return tell(number, out.length == 0, "every rule is fired by a story or excused", wrong);
}

static int play_folder(const char *folder, Options *options)
{
    struct dirent **entries = NULL;
    const int count = scandir(folder, &entries, is_story, by_name);
    int failed = 0;
    options->covered = sim_alloc(node_rule_count());
    printf("1..%d\n", count < 0 ? 0 : count + 1);
    for (int i = 0; i < count; i++) {
        char path[512];
        char why[STORY_LINE] = "";
        (void)str_format(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        failed += tell(i + 1, play(path, options, why, sizeof why), entries[i]->d_name, why);
        free(entries[i]);
    }
    free(entries);
    failed += tell_coverage(count + 1, folder, options->covered);
    free(options->covered);
    return failed == 0 && count > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    Options options = {0};
    int failed = 0;
    int number = 0;
    for (int i = 1; i < argc; i++) {
        if (str_equal(argv[i], "-v")) {
            options.verbose = true;
        } else if (str_equal(argv[i], "--claims")) {
            options.claims_only = true;
        } else if (str_equal(argv[i], "--regenerate")) {
            options.regenerate = true;
        } else if (str_equal(argv[i], "--stories") && i + 1 < argc) {
            return play_folder(argv[i + 1], &options);
        } else if (str_equal(argv[i], "--seed") || str_equal(argv[i], "--seeds") ||
                   str_equal(argv[i], "--summary") || str_equal(argv[i], "--list") ||
                   str_equal(argv[i], "--hunt") || str_equal(argv[i], "--hunt-plots")) {
            return play_seeds(argv + i, argc - i, options.verbose);
        } else if (argv[i][0] == '-') {
            (void)fprintf(stderr, "mc_sim: unknown option \"%s\"\n", argv[i]);
            return 2;
        } else {
            char why[STORY_LINE] = "";
            failed += tell(++number, play(argv[i], &options, why, sizeof why), argv[i], why);
        }
    }
    printf("1..%d\n", number);
    return failed == 0 ? 0 : 1;
}

/*
 * The try-out of a backup.
 */
#include "main/restore_test.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/cleanup.h"
#include "base/str.h"

#define SPACES ".tablespaces"

/* pgx_rcvall stands beside this program. */
static bool find_program(char *ret, Error *error)
{
    char self[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
    self[length < 0 ? 0 : length] = '\0';
    char *slash = strrchr(self, '/');
    if (slash == NULL) {
        return error_set(error, ERROR_SYSTEM, "this program does not find itself");
    }
    *slash = '\0';
    return io_path(ret, self, "pgx_rcvall", error);
}

bool restore_test_folder(const char *folder, Error *error)
{
    char spaces[PG_PATH_SIZE];
    struct stat of;
    if (folder[0] != '/') {
        return error_set(error, ERROR_USAGE, "\"%s\" does not begin with a slash", folder);
    }
    if (!str_format(spaces, sizeof(spaces), "%s" SPACES, folder)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", folder);
    }
    return (lstat(folder, &of) != 0 && lstat(spaces, &of) != 0) ||
           error_set(error, ERROR_REFUSED,
                     "\"%s\" or \"%s\" is there already, and a try-out makes them\nhint: name "
                     "another folder; what a try-out that failed has left is removed with "
                     "rm -r %s %s",
                     folder, spaces, folder, spaces);
}

bool restore_test(RestoreOptions *options, const char *folder, BackupTalk *talk, Error *error)
{
    static char program[PG_PATH_SIZE];
    static char spaces[PG_PATH_SIZE];
    _cleanup_(restore_free) Restore *restore = NULL;
    RestoreSummary summary;
    const struct passwd *user = getpwuid(geteuid());

    if (!restore_test_folder(folder, error) || !find_program(program, error)) {
        return false;
    }
    if (!str_copy(options->data_dir, sizeof(options->data_dir), folder) ||
        !str_format(spaces, sizeof(spaces), "%s" SPACES, folder)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", folder);
    }
    options->look_only = false;
    options->program = program;
    options->tablespace_folder = spaces;
    options->test_user = user == NULL ? "postgres" : user->pw_name;
    if (!io_make_folder(spaces, 0700, error) ||
        !restore_plan(options, &talk->report, &restore, error) ||
        !restore_run(restore, &summary, error)) {
        return error_wrap(error, "try-out in \"%s\"", folder);
    }
    progress_end(&talk->progress);
    say("%s was recovered in \"%s\", and every page of it is right",
        restore_planned(restore)->generation.name, folder);
    return io_remove_tree(folder, error) && io_remove_tree(spaces, error);
}

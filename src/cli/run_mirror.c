/*
 * `pause-mirror` and `resume-mirror`: an operator's word about mirrored WAL, as a file in the management directory.
 *
 * pgx_walreceive looks for it every second; no daemon need run, and the word outlives restarts and changes of the role.
 */
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/files.h"
#include "cli/say.h"
#include "sys/keeper.h"
#include "sys/pg_file.h"

int ctl_mirror(const CommandLine *line, bool pause)
{
    int status = EXIT_DONE;
    char path[PATH_SIZE];
    Error error = {0};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (site->server.backup_destination[0] == '\0' || site->server.mirrored_wal_limit == 0) {
        return say_failed(
            "mc_ctl", ERROR_REFUSED,
            "backup_destination and mirrored_wal_limit in the server's file switch it on",
            "%s: no WAL is mirrored on this server", site->id);
    }
    if (!path_join(site->dir, KEEPER_HOLD_FILE, path, sizeof(path), &error) ||
        !(pause ? pg_file_write(path, "", 0, 0600, &error) : pg_file_remove(path, &error))) {
        return say_error("mc_ctl", &error);
    }
    say("%s: %s", site->id,
        pause ? "mirroring of WAL is paused until mc_ctl resume-mirror; archiving goes on"
              : "WAL is mirrored again while this server is the primary");
    return EXIT_DONE;
}

/*
 * `pause-mirror` and `resume-mirror`: an operator's word about mirrored WAL, as a file in the management directory.
 *
 * pgx_walreceive looks for it every second, and is waited for, so that status says afterwards what was asked for; no
 * daemon need run, and the word outlives restarts and changes of the role.
 */
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/backup_line.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/files.h"
#include "cli/say.h"
#include "sys/keeper.h"
#include "sys/pg_file.h"

enum { TAKEN_UP_MS = 5000, LOOK_EVERY_MS = 50 };

/* One that hangs on the backup's disk takes it up later. */
static bool is_taken_up(const Site *site, bool pause)
{
    const Millis until = daemon_now() + TAKEN_UP_MS;
    while (backup_keeper_lives(site) && !backup_mirror_is(site, pause)) {
        if (daemon_now() >= until) {
            return false;
        }
        daemon_pause(LOOK_EVERY_MS);
    }
    return true;
}

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
    if (!is_taken_up(site, pause)) {
        say("%s: pgx_walreceive has not taken it up yet, perhaps it waits for the backup's disk: "
            "mc_ctl status says "
            "when it has",
            site->id);
    }
    return EXIT_DONE;
}

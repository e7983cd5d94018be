/*
 * Waiting for who has stopped to be silent.
 */
#include "cli/silence.h"

#include "cli/daemon.h"
#include "core/node.h"

enum {
    LOOK_EVERY_MS = 100,
    MARGIN_MS = 2000, /* beyond the detection time: for an agent that is slow to end */
};

/* Its last word was that it stops, or has. One without a data directory is not waited for by anybody. */
static bool has_stopped(const Status *status)
{
    const MemberId primary = status->record.primary;
    if (status->record.epoch == 0 || primary >= status->count || primary == status->self) {
        return false;
    }
    const MemberStatus *member = &status->member[primary];
    return member->connected &&
           (member->node_state == NODE_PRIMARY_LEAVING || member->instance == INSTANCE_DOWN);
}

void silence_await(const Site *site, Progress *progress)
{
    const Millis since = daemon_now();
    const Millis limit = site_core_settings(site).detection + MARGIN_MS;
    Status status = {0};
    Error ignored = {0};
    while (daemon_status(site, &status, &ignored) && has_stopped(&status) &&
           daemon_now() - since < limit) {
        progress_show(progress, daemon_now(), "the primary, which has stopped, to be silent");
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(progress);
}

/*
 * Gathering: the daemon knows what each member said last, and asks it again whenever it is asked itself. So this looks
 * again and again until it has heard everybody since it began.
 */
#include "cli/recover.h"

#include "cli/daemon.h"
#include "core/record.h"
#include "sys/pg_control.h"

enum {
    LOOK_EVERY_MS = 50,
    GATHER_LIMIT_MS =
        5000, /* for a connection, an answer, a lost memory that comes back, a first look at the disk */
    FRESH_MS = 1500, /* an answer that is older was given by somebody who may be gone */
};

const char *recover_name(const Recovery *work, MemberId member)
{
    return member < work->site->members.count ? work->site->members.member[member].name : "nobody";
}

bool recover_votes(const Recovery *work, MemberId member)
{
    const MemberId self = work->site->self;
    const Record *known = &work->facts.evidence[self].chosen;
    return !work->facts.reached[self] || record_is_none(known) ||
           member_in(record_voters(known), member);
}

bool recover_look(Recovery *work, Error *error)
{
    const MemberTable *members = &work->site->members;
    for (MemberId m = 0; m < members->count; m++) {
        Millis age = -1;
        if (!daemon_evidence(work->site, m, &age, &work->facts.evidence[m], error)) {
            return false;
        }
        /* What was said before this command may be of a run that has ended since. */
        work->facts.reached[m] =
            age >= 0 && age <= FRESH_MS && age <= daemon_now() - work->gathered_since;
    }
    return true;
}

/* Nobody is waited for any more. */
static bool is_settled(const Recovery *work, const char **ret_waits_for)
{
    const MemberTable *members = &work->site->members;
    for (MemberId m = 0; m < members->count; m++) {
        const Evidence *own = &work->facts.evidence[m];
        if (!work->facts.reached[m]) {
            *ret_waits_for = members->member[m].name;
            return false;
        }
        const bool server = members->member[m].kind == MEMBER_SERVER;
        if (!own->memory || (server && own->instance == INSTANCE_UNKNOWN)) {
            *ret_waits_for = members->member[m].name;
            return false;
        }
    }
    return true;
}

bool recover_gather(Recovery *work, Error *error)
{
    const Millis since = work->gathered_since = daemon_now();
    const char *waits_for = "";
    work->facts.members = work->site->members;
    for (;;) {
        if (!recover_look(work, error)) {
            progress_end(&work->progress);
            return false;
        }
        if (is_settled(work, &waits_for) || daemon_now() - since > GATHER_LIMIT_MS) {
            break;
        }
        progress_show(&work->progress, daemon_now(), waits_for);
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&work->progress);
    work->plan = outage_plan(&work->facts);
    return true;
}

bool recover_start(Recovery *work, MemberId member, Error *error)
{
    Millis age = -1;
    Evidence ignored;
    return daemon_start_there(work->site, member, work->facts.automatic, 0, &age, &ignored, error);
}

bool recover_copy_there(Recovery *work, MemberId member, Error *error)
{
    Millis age = -1;
    Evidence ignored;
    Error none = {0};
    int major = 0;
    if (!pg_version_read(work->site->server.db_instance, &major, &none) || major > UINT8_MAX) {
        return true; /* which programs it takes is not known here: its operator does it */
    }
    return daemon_start_there(work->site, member, work->facts.automatic, (uint8_t)major, &age,
                              &ignored, error);
}

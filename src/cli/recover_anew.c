/*
 * `recover --force` where every memory is lost: no voter knows a record, and the data directories were opened under one.
 *
 * Which of them has every acknowledged commit nobody can tell any more, so that no server opens by itself (E3). An operator
 * chooses, by typing this at the server that is kept. What keeps it from being a first primary is the identity of its
 * directory alone; it is given up here, and the agent does the rest as at any first start. Killed in between, the same
 * command, or `start`, goes on: until the server serves, what is kept of the identity bears another name, by which the next
 * run knows that this directory has been chosen already, though it looks like one that was never opened.
 */
#include "cli/recover.h"

#include "cli/daemon.h"
#include "core/node.h"
#include "core/record.h"
#include "sys/pg_file.h"
#include "sys/pg_identity.h"

#include <stdio.h>

#define KEPT  "mc.identity.given_up"
#define BEGUN "mc.identity.giving_up"

enum {
    LOOK_EVERY_MS = 100,
    START_MARGIN_MS = 30000, /* beyond the time that an instance itself may take */
    DOWN_PATIENCE_MS = 5000, /* it stays down from before, until the agent has taken the start up */
    SEEN_MS =
        5000, /* for a look of the agent at the directory, of which there is one in a second */
};

static bool is_later(const Evidence *a, const Evidence *b)
{
    if (a->last_link.epoch != b->last_link.epoch) {
        return a->last_link.epoch > b->last_link.epoch;
    }
    return position_compare(&a->wal, &b->wal) > 0;
}

/* Of the same database, and opened later than this server's; MEMBER_NONE: none that is reached. */
static MemberId find_later(const Recovery *work)
{
    MemberId best = work->site->self;
    const uint64_t database = work->facts.evidence[best].system_identifier;
    for (MemberId m = 0; m < work->site->members.count; m++) {
        const Evidence *other = &work->facts.evidence[m];
        if (work->facts.reached[m] &&
            work->plan.server[m].directory > OUTAGE_DIRECTORY_INTERRUPTED &&
            other->system_identifier == database && is_later(other, &work->facts.evidence[best])) {
            best = m;
        }
    }
    return best == work->site->self ? MEMBER_NONE : best;
}

/* A server whose directory nobody has seen: it is not reached, or has not looked yet; MEMBER_NONE: all are seen. */
static MemberId find_unseen(const Recovery *work)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (work->site->members.member[m].kind == MEMBER_SERVER &&
            work->plan.server[m].directory == OUTAGE_DIRECTORY_UNSEEN) {
            return m;
        }
    }
    return MEMBER_NONE;
}

/* An earlier run of this command has given up the identity of this directory, and was interrupted. */
static bool was_begun(const Recovery *work)
{
    char path[PG_PATH_SIZE];
    char text[PG_FILE_COMPOSED_MAX];
    size_t length = 0;
    PgFileMark kept = {0};
    PgFileMark here = {0};
    PgIdentity identity;
    Error ignored = {0};
    pg_path(path, work->site->dir, BEGUN);
    return work->facts.evidence[work->site->self].last_link.epoch == 0 &&
           pg_file_read(path, text, sizeof(text), &length, &ignored) &&
           pg_identity_parse(text, length, &kept, &identity) &&
           pg_file_mark(work->site->server.db_instance, &here) && kept.device == here.device;
}

static int refused(const char *hint, const char *what)
{
    return say_failed("mc_ctl", ERROR_REFUSED, hint, "%s; nothing was started", what);
}

/* EXIT_DONE: this directory may be the one. */
static int check(const Recovery *work)
{
    const MemberId self = work->site->self;
    const Evidence *own = &work->facts.evidence[self];
    const MemberId later = find_later(work);
    if (work->plan.server[self].directory <= OUTAGE_DIRECTORY_INTERRUPTED ||
        work->plan.server[self].directory == OUTAGE_DIRECTORY_RESTORED) {
        return refused("mc_ctl recover --force at the server that is to be kept",
                       "there is no data directory here that the cluster could be made anew from");
    }
    if (own->instance != INSTANCE_DOWN) {
        return refused("mc_ctl stop, mc_ctl start --mc-only, and this again",
                       "the instance here runs");
    }
    if (own->standby_signal) {
        return refused(
            "mc_ctl recover --force at the former primary (with --to and its name, where that has "
            "less). Is its data directory lost, a recovery from the backup (pgx_rcvall) is the way",
            "the data directory here is a standby's, and no first primary's");
    }
    const MemberId better = later != MEMBER_NONE ? later : find_unseen(work);
    if (better != MEMBER_NONE && work->wanted != self && !was_begun(work)) {
        char what[160];
        (void)str_format(what, sizeof(what),
                         later != MEMBER_NONE ? "server \"%s\" was opened later, or has more WAL"
                                              : "the directory of server \"%s\" is not seen, and "
                                                "may have more",
                         recover_name(work, better)); /* fits: a name is shorter */
        return refused(later != MEMBER_NONE
                           ? "mc_ctl recover --force there; to have this one nevertheless: mc_ctl "
                             "recover --force --to and its name, here"
                           : "mc_ctl start --mc-only there, and this again; is it gone for good: "
                             "mc_ctl recover --force --to and the name of this one, here",
                       what);
    }
    return EXIT_DONE;
}

/* It tells which histories the directory has been through: whoever has to find out later what was lost needs that. */
static bool keep_identity(const char *path, const char *kept, Error *error)
{
    char text[PG_FILE_COMPOSED_MAX];
    size_t length = 0;
    bool there = false;
    return pg_file_look(path, &there, error) &&
           (!there || (pg_file_read(path, text, sizeof(text), &length, error) &&
                       pg_file_write(kept, text, length, 0600, error)));
}

/* One that was never opened has nothing to be given up: an earlier run has done that. */
static bool give_up_identity(const Recovery *work, Error *error)
{
    const char *data = work->site->server.db_instance;
    char path[PG_PATH_SIZE];
    char kept[PG_PATH_SIZE];
    char end[STR_LSN_SIZE];
    const Evidence *own = &work->facts.evidence[work->site->self];
    if (own->last_link.epoch == 0) {
        return true;
    }
    pg_path(path, data, "mc.identity");
    pg_path(kept, work->site->dir, BEGUN);
    if (!keep_identity(path, kept, error) || !pg_file_remove(path, error)) {
        return false;
    }
    say("%s: the cluster is made anew from \"%s\", opened last under epoch %llu, with WAL to %s; "
        "what was acknowledged beyond that is lost, and nobody can tell how much that is",
        work->site->id, data, (unsigned long long)own->last_link.epoch,
        str_from_lsn(own->wal.lsn, end, sizeof(end)));
    return true;
}

/* What the agent has seen of the directory before would keep it from starting it. */
static bool await_seen(Recovery *work, Error *error)
{
    const Millis since = daemon_now();
    const Evidence *own = &work->facts.evidence[work->site->self];
    while (own->last_link.epoch != 0 && daemon_now() - since < SEEN_MS) {
        daemon_pause(LOOK_EVERY_MS);
        if (!recover_look(work, error)) {
            return false;
        }
    }
    return true;
}

/* It serves, so there is nothing to be gone on with. */
static void say_kept_identity(const Recovery *work)
{
    char begun[PG_PATH_SIZE];
    char kept[PG_PATH_SIZE];
    pg_path(begun, work->site->dir, BEGUN);
    pg_path(kept, work->site->dir, KEPT);
    if (rename(begun, kept) == 0) {
        say("%s: the identity that the directory had is kept as \"%s\"", work->site->id, kept);
    }
}

/* Until this server serves. */
static bool await_open(Recovery *work, int *ret_exit)
{
    const MemberId self = work->site->self;
    const Evidence *own = &work->facts.evidence[self];
    const Millis since = daemon_now();
    const Millis limit = work->site->server.db_instance_start_timeout + START_MARGIN_MS;
    Error error = {0};
    while (recover_look(work, &error)) {
        const Millis waited = daemon_now() - since;
        if (work->facts.reached[self] && outage_serves(own)) {
            progress_end(&work->progress);
            return true;
        }
        const bool down = own->node_state == NODE_STAYING_DOWN && waited > DOWN_PATIENCE_MS;
        if (down || waited > limit) {
            progress_end(&work->progress);
            *ret_exit = say_failed(
                "mc_ctl", ERROR_POSTGRES,
                "mc_ctl status says what it waits for, its agent's log why; then mc_ctl start",
                "this server has not opened as the first primary");
            return false;
        }
        progress_show(&work->progress, daemon_now(), "this server to be the first primary");
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&work->progress);
    *ret_exit = say_error("mc_ctl", &error);
    return false;
}

bool recover_anew(Recovery *work, int *ret_exit)
{
    Error error = {0};
    *ret_exit = check(work);
    if (*ret_exit != EXIT_DONE) {
        return false;
    }
    recover_stage(RECOVER_STARTING);
    if (!give_up_identity(work, &error) || !await_seen(work, &error) ||
        !recover_start(work, work->site->self, &error)) {
        *ret_exit = say_error("mc_ctl", &error);
        return false;
    }
    if (!await_open(work, ret_exit)) {
        return false;
    }
    say_kept_identity(work);
    if (!recover_gather(work, &error)) {
        *ret_exit = say_error("mc_ctl", &error);
        return false;
    }
    recover_say_plan(work);
    *ret_exit = recover_say_refusal(work);
    return work->plan.verdict != OUTAGE_REFUSE;
}

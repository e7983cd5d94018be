/*
 * `recover`: the way back after every server had stopped.
 *
 * The command keeps nothing and decides nothing for the cluster: it gathers, judges what would come of a start, and
 * only then tells the members to start. Killed anywhere, it is run again and finds what there is then. Who opens is
 * decided by the servers, by a round; that it is the one of the plan is looked at.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/daemon.h"
#include "cli/launch.h"
#include "cli/recover.h"
#include "cli/setup.h"
#include "cli/starting.h"
#include "core/node.h"
#include "core/record.h"
#include "sys/statefile.h"

enum {
    LOOK_EVERY_MS = 100,
    AGENT_LIMIT_MS = 5000, /* for one that is being started to listen */
    ASK_AGAIN_MS = 1000,
    START_MARGIN_MS = 30000, /* beyond the time that an instance itself may take */
    FOLLOW_LIMIT_MS =
        120000, /* without a server that makes its directory over, which lasts as long as it lasts */
    SETTLED_MS =
        500, /* everybody is back, and has been for so long: what is seen of others is older */
    DOWN_PATIENCE_MS = 5000, /* a server that stays down may have been told to start just now */
};

/* Somebody else starts it at this moment: an earlier run of this command that was killed, or its monitor. */
static bool comes_up(const Site *site)
{
    int lock = -1;
    Error error = {0};
    Status status = {0};
    if (lock_take(site->lock_path, &lock, &error)) {
        (void)close(lock); /* nobody has it: it is free again */
        return false;
    }
    const Millis until = daemon_now() + AGENT_LIMIT_MS;
    while (error.kind == ERROR_REFUSED && daemon_now() < until) {
        Error ignored = {0};
        if (daemon_status(site, &status, &ignored)) {
            return true;
        }
        daemon_pause(LOOK_EVERY_MS);
    }
    return false;
}

int recover_ensure_agent(const Site *site, const CommandLine *line)
{
    Error error = {0};
    Status status = {0};
    CommandLine voter = *line;
    if (daemon_status(site, &status, &error)) {
        return EXIT_DONE;
    }
    if (error.kind != ERROR_NOT_RUNNING) {
        return say_error("mc_ctl", &error);
    }
    if (comes_up(site)) {
        return EXIT_DONE;
    }
    voter.given |= 1U << OPTION_MC_ONLY;
    voter.given &=
        ~((1U << OPTION_ENABLE) | (1U << OPTION_DISABLE)); /* when it is known that it starts */
    const int exit = launch_daemon("mc_agent", site, &voter);
    if (exit == EXIT_DONE) {
        say("%s: agent started, to ask the others; its instance is not", site->id);
    }
    if (exit == EXIT_REFUSED && comes_up(site)) {
        return EXIT_DONE; /* it was quicker */
    }
    return exit;
}

static bool is_server(const Recovery *work, MemberId m)
{
    return work->site->members.member[m].kind == MEMBER_SERVER;
}

/* Another server that is there, and has a part in what comes. */
static bool is_other(const Recovery *work, MemberId open, MemberId m)
{
    return m != open && is_server(work, m) && work->facts.reached[m] && recover_votes(work, m);
}

/* Everybody who is reached once, as a person would; then again who has not heard it. */
static bool start_all(Recovery *work, bool only_deaf, Error *error)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        const bool reached = is_other(work, MEMBER_NONE, m);
        if (reached && (!only_deaf || !work->facts.evidence[m].wanted) &&
            !recover_start(work, m, error)) {
            return false;
        }
    }
    return true;
}

static MemberId find_open(const Recovery *work)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (work->facts.reached[m] && is_server(work, m) &&
            outage_serves(&work->facts.evidence[m])) {
            return m;
        }
    }
    return MEMBER_NONE;
}

/* What keeps this server from being eligible, as far as it says so itself. */
static const char *standing(const Recovery *work, const Status *status, MemberId m)
{
    const Evidence *own = &work->facts.evidence[m];
    if (own->node_state == NODE_REJOINING) {
        return "its data directory to be made over from the primary's";
    }
    if (own->node_state == NODE_STANDBY_SEEKING) {
        return "the primary to say whether it may follow";
    }
    if (own->node_state == NODE_STANDBY_STARTING) {
        return "its instance to be up as a standby";
    }
    if (own->node_state == NODE_STANDBY) {
        return status->member[m].process != PROCESS_NORMAL
                   ? "the stream of WAL from the primary"
                   : "the primary to attach it, when it has caught up";
    }
    return "its agent to start its instance";
}

static const char *standby_waits_for(const Recovery *work, const Status *status, MemberId open,
                                     char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (is_other(work, open, m) && work->plan.server[m].step != OUTAGE_STEP_REPLACE) {
            str_add(&out, out.length == 0 ? "" : "; ");
            str_add(&out, recover_name(work, m));
            str_add(&out, ": ");
            str_add(&out, standing(work, status, m));
        }
    }
    return out.length == 0 ? "a standby" : ret;
}

/* The one that was to open has given up. */
static bool stays_down(const Recovery *work, MemberId m)
{
    return work->facts.reached[m] && work->facts.evidence[m].node_state == NODE_STAYING_DOWN;
}

static const char *waits_for(const Site *site, char *ret, size_t size)
{
    Status status = {0};
    Error ignored = {0};
    if (!daemon_status(site, &status, &ignored)) {
        return "the agent of this server";
    }
    (void)str_copy(ret, size, status.waits_for[0] == '\0' ? status.state : status.waits_for);
    return ret;
}

/* For whom, and what that one is doing. */
static const char *opening_waits_for(const Recovery *work, char *ret, size_t size)
{
    const MemberId open = work->plan.open;
    const Evidence *own = &work->facts.evidence[open];
    if (open == work->site->self) {
        return waits_for(work->site, ret, size);
    }
    (void)str_format(ret, size, "server \"%s\" to open (%s)", recover_name(work, open),
                     work->facts.reached[open] ? node_state_words((NodeState)own->node_state)
                                               : "it does not answer"); /* fits, or is cut */
    return ret;
}

static int open_failed(Recovery *work, const char *what)
{
    char text[200];
    progress_end(&work->progress);
    return say_failed(
        "mc_ctl", ERROR_POSTGRES,
        "the log of its agent says why (system log, or log_file); then mc_ctl recover "
        "again",
        "server \"%s\" %s; it is waiting for %s", recover_name(work, work->plan.open), what,
        opening_waits_for(work, text, sizeof(text)));
}

/* Until somebody serves. */
static int wait_open(Recovery *work, MemberId *ret)
{
    const Millis since = daemon_now();
    const Millis limit = work->site->server.db_instance_start_timeout + START_MARGIN_MS;
    Millis asked = since;
    Millis decided = since; /* until then something else than an operator was waited for */
    Error error = {0};
    char text[200];
    while (recover_look(work, &error)) {
        const Millis now = daemon_now();
        *ret = find_open(work);
        if (*ret != MEMBER_NONE) {
            progress_end(&work->progress);
            return EXIT_DONE;
        }
        if (stays_down(work, work->plan.open) && now - since > DOWN_PATIENCE_MS) {
            return open_failed(work, "does not open: it stays down");
        }
        if (now - since > limit) {
            return open_failed(work, "has not opened in time");
        }
        const char *words = opening_waits_for(work, text, sizeof(text));
        if (work->plan.open != work->site->self || !waits_for_operator(words)) {
            decided = now;
        }
        if (now - decided > OPERATOR_PATIENCE_MS) {
            return open_failed(work, "does not open");
        }
        if (now - asked > ASK_AGAIN_MS) {
            asked = now;
            if (!start_all(work, true, &error)) {
                break;
            }
        }
        progress_show(&work->progress, now, words);
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&work->progress);
    return say_error("mc_ctl", &error);
}

static bool is_asked_for_copy(const Recovery *work, MemberId open, MemberId m)
{
    return m != work->site->self && is_other(work, open, m) &&
           work->plan.server[m].step == OUTAGE_STEP_COPY;
}

/* It was told to start, and may not have taken that up. */
static bool anybody_stays_down(const Recovery *work, MemberId open)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (is_other(work, open, m) && stays_down(work, m)) {
            return true;
        }
    }
    return false;
}

/* Whether there is somebody whose agent may yet begin a copy. */
static bool anybody_is_asked(const Recovery *work, MemberId open)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (is_asked_for_copy(work, open, m)) {
            return true;
        }
    }
    return false;
}

/* Elsewhere nothing is left: it is copied by its own agent, which is asked until it has begun. Its copy is made over like any
 * other directory then. */
static bool ask_for_copies(Recovery *work, MemberId open, Error *error)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        OutageServer *server = &work->plan.server[m];
        const Evidence *own = &work->facts.evidence[m];
        if (!is_asked_for_copy(work, open, m)) {
            continue;
        }
        if (own->interrupted || own->dir != 0) {
            say("%s: has no data directory, and its agent copies the primary's",
                recover_name(work, m));
            server->step = OUTAGE_STEP_REJOIN;
        } else if (!recover_copy_there(work, m, error)) {
            return false;
        }
    }
    return true;
}

/* Somebody who is there may yet become eligible by himself. */
static bool comes_back(const Recovery *work, MemberId open, MemberId m)
{
    const OutageStep step = work->plan.server[m].step;
    return is_other(work, open, m) && !stays_down(work, m) && step != OUTAGE_STEP_NONE &&
           step != OUTAGE_STEP_COPY && step != OUTAGE_STEP_REPLACE;
}

static bool anybody_comes_back(const Recovery *work, MemberId open)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (comes_back(work, open, m)) {
            return true;
        }
    }
    return false;
}

static bool anybody_is_made_over(const Recovery *work)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (work->facts.reached[m] && work->facts.evidence[m].node_state == NODE_REJOINING) {
            return true;
        }
    }
    return false;
}

/* As far as was asked for: its receiver streams, and it is eligible, or follows while automatic switch is off. */
static bool is_back(const Recovery *work, const Status *status, MemberId m)
{
    const Evidence *own = &work->facts.evidence[m];
    const bool streams = work->facts.reached[m] && own->instance == INSTANCE_STANDBY &&
                         status->member[m].process == PROCESS_NORMAL;
    return streams && (!work->facts.automatic || record_is_eligible(&status->record, m, own->dir));
}

/* Somebody protects the primary, and nobody counts as eligible who would be detached in a moment, because he does not stream. */
static bool is_protected(const Recovery *work, const Status *status)
{
    const bool mirrored = work->facts.automatic
                              ? status->mirroring == MIRRORING_SWITCHABLE && status->confirmed
                              : !status->record.automatic;
    bool any = false;
    for (MemberId m = 0; mirrored && m < work->site->members.count; m++) {
        const bool back = is_back(work, status, m);
        if (work->facts.automatic && !back && status->member[m].eligible) {
            return false;
        }
        any = any || back;
    }
    return any;
}

/* Whoever can come back by himself has. */
static bool is_done(const Recovery *work, const Status *status, MemberId open)
{
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (comes_back(work, open, m) && !is_back(work, status, m)) {
            return false;
        }
    }
    return is_protected(work, status);
}

static int say_switchable(Recovery *work, const Status *status, MemberId open)
{
    progress_end(&work->progress);
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (comes_back(work, open, m) && !is_back(work, status, m)) {
            say("%s: still waits for %s", recover_name(work, m), standing(work, status, m));
        }
    }
    say("the cluster is %s, epoch %llu",
        work->facts.automatic ? "switchable" : "mirrored, automatic switch is off",
        (unsigned long long)status->record.epoch);
    return EXIT_DONE;
}

/* Who was removed, and is there again, comes back by an operator's word alone (E4). */
static void say_removed(const Recovery *work, MemberId open)
{
    bool another = false;
    bool arbiter = false;
    for (MemberId m = 0; m < work->site->members.count; m++) {
        const bool votes = recover_votes(work, m);
        another = another || (m != open && votes && is_server(work, m));
        arbiter = arbiter || (votes && !is_server(work, m));
        if (!votes && work->facts.reached[m]) {
            say("%s: is there, and votes no more: mc_ctl recover --with %s, here%s",
                recover_name(work, m), recover_name(work, m),
                is_server(work, m) ? ", then mc_ctl start there" : "");
        }
    }
    if (!another) {
        say("no other server votes, so %s is alone%s; the way to a second one (that it has a line "
            "in network.conf and its agent runs): mc_ctl recover --with ID, here, then mc_ctl "
            "start there, or mc_ctl setup -r standby where it has no data",
            recover_name(work, open),
            arbiter ? "" : ", without an arbiter (mc_ctl recover --with its id)");
    }
}

static int say_unprotected(Recovery *work, const Status *status, MemberId open)
{
    progress_end(&work->progress);
    recover_say_missing(work);
    say_removed(work, open);
    for (MemberId m = 0; m < work->site->members.count; m++) {
        if (!recover_votes(work, m)) {
            continue;
        }
        if (stays_down(work, m) && status->member[m].parted) {
            say("%s: stays down, for it has WAL that the primary does not have: mc_ctl rejoin %s "
                "there says what, and with --force saves it and makes a standby of it",
                recover_name(work, m), recover_name(work, m));
        } else if (stays_down(work, m)) {
            say("%s: stays down; mc_ctl status there says what it waits for, its agent's log why",
                recover_name(work, m));
        } else if (is_other(work, MEMBER_NONE, m) &&
                   (work->plan.server[m].step == OUTAGE_STEP_COPY ||
                    work->plan.server[m].step == OUTAGE_STEP_REPLACE)) {
            say("%s: needs a data directory: mc_ctl setup -r standby there (%s)",
                recover_name(work, m), work->site->network.members[m].addresses[0].host);
        } else if (is_other(work, open, m)) {
            say("%s: still waits for %s", recover_name(work, m), standing(work, status, m));
        }
    }
    say("the primary serves, and no standby protects it yet");
    return EXIT_NOT_SWITCHABLE;
}

static int wait_switchable(Recovery *work, MemberId open)
{
    const Millis began = daemon_now();
    Millis since = began;
    Millis asked = 0;
    Millis unsettled = began; /* until then it was not as it should be, or changed */
    Epoch epoch = 0;
    Status status = {0};
    Error error = {0};
    char text[200];
    while (recover_look(work, &error) && daemon_status(work->site, &status, &error)) {
        const Millis now = daemon_now();
        if (now - asked > ASK_AGAIN_MS) {
            asked = now;
            if (!ask_for_copies(work, open, &error)) {
                break;
            }
        }
        if (!is_done(work, &status, open) || status.record.epoch != epoch) {
            epoch = status.record.epoch;
            unsettled = now;
        }
        if (now - unsettled >= SETTLED_MS) {
            return say_switchable(work, &status, open);
        }
        if (anybody_is_made_over(work)) {
            since = now;
        }
        const bool hopes = now - began < DOWN_PATIENCE_MS &&
                           (anybody_is_asked(work, open) || anybody_stays_down(work, open));
        if (!(hopes || anybody_comes_back(work, open)) || now - since > FOLLOW_LIMIT_MS) {
            return is_protected(work, &status) ? say_switchable(work, &status, open)
                                               : say_unprotected(work, &status, open);
        }
        progress_show(&work->progress, now,
                      standby_waits_for(work, &status, open, text, sizeof(text)));
        daemon_pause(LOOK_EVERY_MS);
    }
    progress_end(&work->progress);
    return say_error("mc_ctl", &error);
}

/* This server's own directory is lost: it is copied here and now. */
static int copy_here(Recovery *work, const CommandLine *line, MemberId open)
{
    const OutageServer *own = &work->plan.server[work->site->self];
    if (own->step != OUTAGE_STEP_COPY || open == work->site->self) {
        return EXIT_DONE;
    }
    recover_stage(RECOVER_COPYING);
    const int status = setup_standby(work->site, line);
    if (status == EXIT_DONE) {
        work->plan.server[work->site->self].step = OUTAGE_STEP_FOLLOW;
    }
    return status;
}

static int carry_out(Recovery *work, const CommandLine *line)
{
    MemberId open = MEMBER_NONE;
    Error error = {0};
    const Millis since = daemon_now();
    recover_stage(work->plan.verdict == OUTAGE_SERVES ? RECOVER_FOLLOWING : RECOVER_STARTING);
    if (!start_all(work, false, &error)) {
        return say_error("mc_ctl", &error);
    }
    int status = wait_open(work, &open);
    if (status != EXIT_DONE) {
        return status;
    }
    say("%s: serves as the primary, after %.1f s", recover_name(work, open),
        (double)(daemon_now() - since) / 1000);
    status = copy_here(work, line, open);
    if (status != EXIT_DONE && status != EXIT_REFUSED) {
        return status;
    }
    recover_stage(RECOVER_FOLLOWING);
    /* What is in the way of a copy here was said. Refused means that nobody was opened, and here somebody was. */
    const int others = wait_switchable(work, open);
    return status == EXIT_REFUSED && others == EXIT_DONE ? EXIT_FAILED : others;
}

static int recover(Recovery *work, const CommandLine *line)
{
    Error error = {0};
    const int status = recover_ensure_agent(work->site, line);
    if (status != EXIT_DONE) {
        return status;
    }
    recover_stores_begin(work); /* meanwhile the others answer */
    const bool gathered = recover_gather(work, &error);
    recover_stores_end(work);
    if (!gathered) {
        return say_error("mc_ctl", &error);
    }
    recover_say_evidence(work);
    recover_say_stores(work);
    recover_say_plan(work);
    recover_say_recovery(work);
    const bool forces = command_given(line, OPTION_FORCE) && !command_given(line, OPTION_DRY_RUN);
    int refused = EXIT_REFUSED;
    if (!recover_wanted(work, forces, &refused)) {
        return refused;
    }
    if (work->plan.verdict == OUTAGE_REFUSE) {
        int exit = EXIT_REFUSED;
        recover_say_missing(work);
        if (!forces) {
            return recover_say_refusal(work);
        }
        if (!recover_force(work, &exit)) {
            return exit;
        }
    }
    if (command_given(line, OPTION_DRY_RUN)) {
        recover_say_missing(work);
        return EXIT_DONE;
    }
    return carry_out(work, line);
}

/* Who is to open, by --to. False: it is no server of the cluster. */
static bool find_wanted(const CommandLine *line, const Site *site, MemberId *ret)
{
    const char *to = command_value(line, OPTION_TO);
    *ret = MEMBER_NONE;
    for (MemberId m = 0; to != NULL && m < site->members.count; m++) {
        const Member *member = &site->members.member[m];
        *ret = member->kind == MEMBER_SERVER && str_equal(member->name, to) ? m : *ret;
    }
    return to == NULL || *ret != MEMBER_NONE;
}

int ctl_recover(const CommandLine *line)
{
    int status = EXIT_DONE;
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    _cleanup_free_ Recovery *work = calloc(1, sizeof(*work));
    recover_stage(RECOVER_ASKING);
    if (site == NULL || work == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL || work == NULL ? EXIT_FAILED : status;
    }
    work->site = site;
    if (!find_wanted(line, site, &work->wanted)) {
        return say_failed("mc_ctl", ERROR_USAGE, "network.conf names the servers of the cluster",
                          "--to \"%s\" is no database server of this cluster",
                          command_value(line, OPTION_TO));
    }
    CommandLine after = *line;
    if (recover_changes_members(line)) {
        bool goes_on = false;
        if (work->wanted != MEMBER_NONE && work->wanted != site->self) {
            return say_failed("mc_ctl", ERROR_USAGE, NULL,
                              "with --without this server is the one that opens: --to \"%s\" is "
                              "typed there",
                              command_value(line, OPTION_TO));
        }
        status = recover_members(site, line, &goes_on);
        if (!goes_on) {
            return status;
        }
        after.given &=
            ~(UINT64_C(1) << OPTION_FORCE); /* the loss that it accepts was another one */
    }
    work->facts.automatic = !command_given(line, OPTION_DISABLE);
    work->progress = progress_begin(daemon_now());
    return recover(work, &after);
}

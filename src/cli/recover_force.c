/*
 * `recover --force`: an operator accepts the loss that the refusal has named.
 *
 * The server that is to open is the one where the command is typed; it is forced as `switch --force` forces it, so that the
 * servers judge by themselves whether that may be, and say once more what is lost. Silent voters are stood in for by
 * `switch --force --without` alone.
 */
#include "cli/recover.h"

#include "cli/daemon.h"
#include "cli/silence.h"
#include "core/record.h"

enum {
    ANSWER_LIMIT_MS = 10000, /* for the agent to take it up */
    FORCE_LIMIT_MS = 120000, /* the core has a limit of its own, which is shorter */
};

static void show_reply(void *data, const Reply *reply)
{
    Recovery *work = data;
    progress_end(&work->progress);
    say_reply("mc_ctl", work->site->id, reply);
    if (!reply->last) {
        progress_show(&work->progress, daemon_now(), "this server to be the primary");
    }
}

bool recover_is_for_want(OutageReason reason)
{
    return reason == OUTAGE_PRIMARY_UNSEEN || reason == OUTAGE_PRIMARY_LOST ||
           reason == OUTAGE_TOO_FEW;
}

static bool force_here(Recovery *work, int *ret_exit)
{
    const Command command = {.kind = COMMAND_SWITCH,
                             .wait = true,
                             .to = MEMBER_NONE,
                             .force = true,
                             .deadline = ANSWER_LIMIT_MS};
    Error error = {0};
    silence_await(work->site, &work->progress);
    recover_stage(RECOVER_FORCING);
    if (!daemon_command(work->site, &command, FORCE_LIMIT_MS, show_reply, work, ret_exit, &error)) {
        progress_end(&work->progress);
        *ret_exit = say_error("mc_ctl", &error);
        return false;
    }
    progress_end(&work->progress);
    if (*ret_exit != EXIT_DONE) {
        return false;
    }
    if (!recover_gather(work, &error)) {
        *ret_exit = say_error("mc_ctl", &error);
        return false;
    }
    recover_say_plan(work);
    *ret_exit = recover_say_refusal(work);
    return work->plan.verdict != OUTAGE_REFUSE;
}

/* Nothing needs to be lost: another one has everything. */
static int refuse_needless(const Recovery *work)
{
    const OutagePlan *plan = &work->plan;
    char hint[160];
    StrBuf out = str_begin(hint, sizeof(hint));
    str_add(&out, plan->verdict == OUTAGE_SERVES ? "" : "mc_ctl recover, then ");
    str_add(&out, "mc_ctl switch --to ");
    str_add(&out, recover_name(work, work->wanted));
    return say_failed("mc_ctl", ERROR_REFUSED, hint, "server \"%s\" %s; nothing was started",
                      recover_name(work, plan->open),
                      plan->verdict == OUTAGE_SERVES ? "serves already"
                                                     : "has every acknowledged commit");
}

static int refuse_wanted(const Recovery *work)
{
    const char *name = recover_name(work, work->wanted);
    const OutageServer *server = &work->plan.server[work->wanted];
    char loss[160];
    char without[MEMBERS_MAX * (MEMBER_NAME_SIZE + 16)];
    StrBuf out = str_begin(loss, sizeof(loss));
    recover_add_loss(server, &out);
    out = str_begin(without, sizeof(without));
    recover_add_without(work, &out);
    char hint[128 + sizeof(without)];
    out = str_begin(hint, sizeof(hint));
    str_add(&out, "to accept that, there: mc_ctl recover --force --to ");
    str_add(&out, name);
    str_add(&out, without);
    return say_failed("mc_ctl", ERROR_REFUSED, hint,
                      "server \"%s\" is not opened%s; nothing was started", name, loss);
}

bool recover_wanted(const Recovery *work, bool forces, int *ret_exit)
{
    const OutagePlan *plan = &work->plan;
    const MemberId wanted = work->wanted;
    if (wanted == MEMBER_NONE || (plan->verdict != OUTAGE_REFUSE && plan->open == wanted)) {
        return true;
    }
    if (plan->verdict != OUTAGE_REFUSE) {
        *ret_exit = refuse_needless(work);
        return false;
    }
    if (plan->reason == OUTAGE_FORGOTTEN && forces && wanted == work->site->self) {
        return true; /* recover_anew: whether anybody remembers anything is looked at there */
    }
    if (!recover_is_for_want(plan->reason) && plan->reason != OUTAGE_NO_MAJORITY) {
        *ret_exit = recover_say_refusal(work);
        return false;
    }
    if (!outage_may_be_forced(plan, wanted)) {
        *ret_exit = say_failed("mc_ctl", ERROR_REFUSED,
                               "start its agent (mc_ctl start --mc-only), or name another one",
                               "server \"%s\" has no data directory that is reached and could be "
                               "opened; nothing was started",
                               recover_name(work, wanted));
        return false;
    }
    if (!forces || wanted != work->site->self || plan->reason == OUTAGE_NO_MAJORITY) {
        *ret_exit = refuse_wanted(work);
        return false;
    }
    return true;
}

bool recover_force(Recovery *work, int *ret_exit)
{
    const MemberId forced = work->wanted != MEMBER_NONE ? work->wanted : work->plan.forced;
    if (work->plan.reason == OUTAGE_RECOVERED) {
        work->plan.verdict = OUTAGE_OPEN;
        work->plan.reason = OUTAGE_REASON_NONE;
        work->plan.open = work->plan.needed;
        return true;
    }
    if (work->plan.reason == OUTAGE_FORGOTTEN && record_is_none(&work->plan.record)) {
        return recover_anew(work, ret_exit);
    }
    if (!recover_is_for_want(work->plan.reason)) {
        *ret_exit = recover_say_refusal(work);
        return false;
    }
    if (forced != work->site->self) {
        *ret_exit = say_failed(
            "mc_ctl", ERROR_REFUSED,
            "to have this one nevertheless: mc_ctl recover --force --to and its name, here",
            "server \"%s\" would lose less than this one; mc_ctl recover --force there",
            recover_name(work, forced));
        return false;
    }
    return force_here(work, ret_exit);
}

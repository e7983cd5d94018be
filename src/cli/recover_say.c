/*
 * What recover prints: a line for each member, then the plan, or why there is none and what to type.
 */
#include "cli/recover.h"

#include "core/record.h"

#include <string.h>

/* The names of all members are in it, and the words around each. */
enum { HINT_SIZE = 1024 + MEMBERS_MAX * (MEMBER_NAME_SIZE + 64) };

static void add_range(StrBuf *out, Lsn from, Lsn to)
{
    char text[STR_LSN_SIZE];
    str_add(out, str_from_lsn(from, text, sizeof(text)));
    str_add(out, " to ");
    str_add(out, str_from_lsn(to, text, sizeof(text)));
    str_add(out, " (");
    str_add_uint(out, to - from);
    str_add(out, " bytes)");
}

static const char *directory_words(OutageDirectory directory)
{
    switch (directory) {
    case OUTAGE_DIRECTORY_UNSEEN:
        return "its data directory is not seen";
    case OUTAGE_DIRECTORY_MISSING:
        return "no data directory that can be used";
    case OUTAGE_DIRECTORY_INTERRUPTED:
        return "a data directory that was half made over";
    case OUTAGE_DIRECTORY_STRANGER:
        return "a data directory of another database";
    case OUTAGE_DIRECTORY_RESTORED:
        return "a data directory recovered from a backup";
    case OUTAGE_DIRECTORY_OTHER:
        return "another data directory than the one of the record: a copy, or put back";
    case OUTAGE_DIRECTORY_SHORT:
        return "the primary's data directory, but WAL of it is lost";
    case OUTAGE_DIRECTORY_STALE:
        return "a data directory that was not eligible";
    case OUTAGE_DIRECTORY_ELIGIBLE:
        return "the eligible standby's data directory";
    case OUTAGE_DIRECTORY_PRIMARY:
        return "the primary's data directory";
    }
    return "";
}

/* Without a record a directory is neither the primary's nor a standby's; when it was opened last is what an operator goes by. */
static void add_directory(const Recovery *work, MemberId m, StrBuf *out)
{
    const Evidence *own = &work->facts.evidence[m];
    const OutageDirectory directory = work->plan.server[m].directory;
    if (!record_is_none(&work->plan.record) || own->last_link.epoch == 0 ||
        directory <= OUTAGE_DIRECTORY_STRANGER || directory == OUTAGE_DIRECTORY_RESTORED) {
        str_add(out, directory_words(directory));
        return;
    }
    str_add(out, own->standby_signal ? "a standby's data directory, of epoch "
                                     : "a data directory that was opened last under epoch ");
    str_add_uint(out, own->last_link.epoch);
}

static void add_voter(const Recovery *work, MemberId m, StrBuf *out)
{
    const Evidence *own = &work->facts.evidence[m];
    str_add(out, recover_votes(work, m) ? "" : "votes no more; ");
    switch (work->plan.voter[m]) {
    case OUTAGE_VOTER_UNREACHED:
        str_add(out, "not reached");
        return;
    case OUTAGE_VOTER_BLANK:
        str_add(out, "remembers nothing");
        return;
    case OUTAGE_VOTER_PUT_BACK:
        str_add(out, "remembers less than others do of it (an older copy)");
        return;
    case OUTAGE_VOTER_COUNTS:
        if (record_is_none(&own->chosen) && record_is_none(&own->accepted)) {
            str_add(out, "remembers no record");
            return;
        }
        str_add(out, "remembers epoch ");
        str_add_uint(out, own->chosen.epoch);
        if (own->accepted.epoch > own->chosen.epoch) {
            str_add(out, " (and accepted ");
            str_add_uint(out, own->accepted.epoch);
            str_add(out, ")");
        }
        return;
    }
}

static void add_wal(const Evidence *own, StrBuf *out)
{
    char text[STR_LSN_SIZE];
    str_add(out, ", WAL to ");
    str_add(out, str_from_lsn(own->wal.lsn, text, sizeof(text)));
    str_add(out, " on timeline ");
    str_add_uint(out, own->wal.timeline);
    if (outage_serves(own)) {
        str_add(out, ", serving");
    } else if (own->instance != INSTANCE_DOWN) {
        str_add(out, ", running");
    } else {
        str_add(out, own->clean_shutdown ? ", shut down" : ", not shut down");
    }
}

void recover_add_loss(const OutageServer *server, StrBuf *out)
{
    switch (server->loss) {
    case OUTAGE_LOSS_NONE:
        str_add(out, "; opened, it would lose nothing");
        break;
    case OUTAGE_LOSS_EXACT:
        str_add(out, "; opened, it would lose at most ");
        add_range(out, server->end, server->beyond);
        break;
    case OUTAGE_LOSS_AT_LEAST:
        str_add(out, "; opened, it would lose WAL of ");
        add_range(out, server->end, server->beyond);
        str_add(out, ", and perhaps more");
        break;
    case OUTAGE_LOSS_UNKNOWN:
        str_add(out, "; what it would lose nobody can tell");
        break;
    }
}

static void say_member(const Recovery *work, MemberId m)
{
    const OutageServer *server = &work->plan.server[m];
    const Evidence *own = &work->facts.evidence[m];
    const bool has_wal = own->wal.lsn != 0 && server->directory > OUTAGE_DIRECTORY_INTERRUPTED;
    char text[512];
    StrBuf out = str_begin(text, sizeof(text));
    add_voter(work, m, &out);
    if (work->site->members.member[m].kind == MEMBER_SERVER && work->facts.reached[m]) {
        str_add(&out, "; ");
        add_directory(work, m, &out);
        if (has_wal) {
            add_wal(own, &out);
            if (work->plan.reason != OUTAGE_SPLIT && work->plan.reason != OUTAGE_FORGOTTEN) {
                /* What the other line has is told by status; without a record nobody can tell. */
                recover_add_loss(server, &out);
            }
        }
    }
    say("  %s: %s", recover_name(work, m), text);
}

static void add_eligible(const Recovery *work, StrBuf *out)
{
    const Record *record = &work->plan.record;
    for (unsigned i = 0; i < record->eligible_count; i++) {
        str_add(out, i == 0 ? ", eligible " : ", ");
        str_add(out, recover_name(work, record->eligible[i].member));
    }
    if (record_is_solo(record)) {
        str_add(out, ", which served alone");
    }
}

void recover_say_evidence(const Recovery *work)
{
    const OutagePlan *plan = &work->plan;
    char text[512];
    StrBuf out = str_begin(text, sizeof(text));
    unsigned voters = 0;
    for (MemberId m = 0; m < work->site->members.count; m++) {
        voters += recover_votes(work, m) ? 1U : 0U;
    }
    say("evidence: %u of %u voters count, %u %s needed", plan->counted, voters, plan->majority,
        plan->majority == 1 ? "is" : "are");
    for (MemberId m = 0; m < work->site->members.count; m++) {
        say_member(work, m);
    }
    if (record_is_none(&plan->record)) {
        say("record: none");
        return;
    }
    str_add(&out, "record: epoch ");
    str_add_uint(&out, plan->record.epoch);
    str_add(&out, plan->certain ? "" : " (a later one may exist)");
    str_add(&out, plan->pending ? " (accepted, not known to be decided)" : "");
    str_add(&out, ", primary ");
    str_add(&out, recover_name(work, plan->record.primary));
    add_eligible(work, &out);
    say("%s", text);
}

static const char *step_words(OutageStep step)
{
    switch (step) {
    case OUTAGE_STEP_NONE:
        return "nothing, until its agent is reached";
    case OUTAGE_STEP_OPEN:
        return "opens as the primary";
    case OUTAGE_STEP_FOLLOW:
        return "follows";
    case OUTAGE_STEP_REJOIN:
        return "is compared with the primary, and follows; where it has gone its own way it is "
               "made over first, or, where its setting rejoin is manual, waits until its operator "
               "gives that up (mc_ctl rejoin there)";
    case OUTAGE_STEP_COPY:
        return "is copied from the primary, where its setting rejoin permits that, or by mc_ctl "
               "setup -r standby there";
    case OUTAGE_STEP_REPLACE:
        return "nothing: what lies there is of another database, an operator moves it away first";
    }
    return "";
}

void recover_say_plan(const Recovery *work)
{
    const OutagePlan *plan = &work->plan;
    if (plan->verdict == OUTAGE_REFUSE) {
        return;
    }
    say("plan: %s", plan->verdict == OUTAGE_SERVES ? "a primary serves already, the others are "
                                                     "brought back to it"
                                                   : "no acknowledged commit is lost");
    for (MemberId m = 0; m < work->site->members.count; m++) {
        const OutageStep step = plan->server[m].step;
        if (work->site->members.member[m].kind == MEMBER_SERVER && recover_votes(work, m)) {
            say("  %s: %s", recover_name(work, m),
                step == OUTAGE_STEP_OPEN && plan->verdict == OUTAGE_SERVES ? "serves"
                                                                           : step_words(step));
        }
    }
}

void recover_say_missing(const Recovery *work)
{
    for (MemberId m = 0; m < MEMBERS_MAX && m < work->site->members.count; m++) {
        const bool votes =
            record_is_none(&work->plan.record) || member_in(record_voters(&work->plan.record), m);
        if (work->facts.reached[m] || !votes) {
            continue; /* whoever was removed is not missed */
        }
        const bool server = work->site->members.member[m].kind == MEMBER_SERVER;
        say("%s: not reached; start its %s there: %s", recover_name(work, m),
            server ? "agent" : "arbitration process",
            server ? "mc_ctl start --mc-only" : "mc_arb start");
    }
}

/* --- refusals --------------------------------------------------------------------------------------- */

static int refused(const char *hint, const char *what)
{
    return say_failed("mc_ctl", ERROR_REFUSED, hint, "%s", what);
}

/* Where forcing loses least, and how much that is known to be. */
static void add_forced(const Recovery *work, StrBuf *out)
{
    const MemberId forced = work->plan.forced;
    if (forced == MEMBER_NONE) {
        str_add(out, "no server that is reached has data to go on with. ");
        return;
    }
    const OutageServer *server = &work->plan.server[forced];
    /* Who says itself that it has nothing stands in nobody's way. */
    const MemberId needed = work->plan.needed;
    str_add(out, "to go on without what is lost, ");
    if (work->facts.reached[needed] &&
        work->plan.server[needed].directory != OUTAGE_DIRECTORY_MISSING) {
        str_add(out, "first on server \"");
        str_add(out, recover_name(work, needed));
        str_add(out, "\": mc_ctl stop, then ");
    }
    str_add(out, "on server \"");
    str_add(out, recover_name(work, forced));
    str_add(out, "\": mc_ctl recover --force (");
    if (server->beyond > server->end) {
        str_add(out, "of that WAL of ");
        add_range(out, server->end, server->beyond);
        str_add(out, " is known");
    } else {
        str_add(out, "how much that is nobody can tell");
    }
    str_add(out, "). ");
}

void recover_add_without(const Recovery *work, StrBuf *out)
{
    const OutagePlan *plan = &work->plan;
    for (MemberId m = 0; m < work->site->members.count && !plan->certain; m++) {
        if (plan->voter[m] != OUTAGE_VOTER_COUNTS && member_in(record_voters(&plan->record), m)) {
            str_add(out, " --without ");
            str_add(out, recover_name(work, m));
        }
    }
}

/* Waiting loses nothing. Where those who are missing never come back, one server can go on without them. */
static int refuse_unheard(const Recovery *work)
{
    const OutagePlan *plan = &work->plan;
    char hint[HINT_SIZE];
    StrBuf out = str_begin(hint, sizeof(hint));
    str_add(&out, "start those that are not reached, and run this again; no acknowledged commit is "
                  "lost by waiting");
    if (plan->forced != MEMBER_NONE && plan->voter[plan->forced] == OUTAGE_VOTER_COUNTS) {
        str_add(&out, ". Are they gone for good, and stopped, on server \"");
        str_add(&out, recover_name(work, plan->forced));
        str_add(&out, "\": mc_ctl recover --force");
        recover_add_without(work, &out);
    }
    return refused(hint,
                   "no majority of the voters remembers and is reached: what was decided last is "
                   "not known; nothing was started");
}

/* Before anything is given up: who may have everything, too, and was not asked yet. */
static void add_unasked(const Recovery *work, StrBuf *out)
{
    const Record *record = &work->plan.record;
    for (unsigned i = 0; i < record->eligible_count; i++) {
        const MemberId member = record->eligible[i].member;
        if (!work->facts.reached[member]) {
            str_add(out, "server \"");
            str_add(out, recover_name(work, member));
            str_add(out, "\" was eligible: start its agent, and run this again. ");
        }
    }
}

static int refuse_lost(const Recovery *work, const char *what)
{
    const char *needed = recover_name(work, work->plan.needed);
    const bool only = work->plan.reason != OUTAGE_TOO_FEW;
    char hint[HINT_SIZE];
    StrBuf out = str_begin(hint, sizeof(hint));
    add_unasked(work, &out);
    add_forced(work, &out);
    str_add(&out, "Or, with a backup that reaches further, pgx_rcvall where it is named above (or, "
                  "with one from elsewhere, on server \"");
    str_add(&out, needed);
    str_add(&out, "\"), then mc_ctl start -f there: the start says what is missing");
    return say_failed("mc_ctl", ERROR_REFUSED, hint,
                      "%sserver \"%s\" has every acknowledged commit, and %s; nothing was started",
                      only ? "only " : "", needed, what);
}

static int refuse_recovered(const Recovery *work)
{
    const MemberId needed = work->plan.needed;
    const OutageServer *server = &work->plan.server[needed];
    char text[256];
    StrBuf out = str_begin(text, sizeof(text));
    str_add(&out, "what was recovered from a backup on server \"");
    str_add(&out, recover_name(work, needed));
    if (server->beyond > server->end) {
        str_add(&out, "\" lacks WAL of ");
        add_range(&out, server->end, server->beyond);
    } else {
        str_add(&out, "\" may lack what was committed after the backup: nobody can tell");
    }
    return say_failed("mc_ctl", ERROR_REFUSED,
                      "to go on without it: mc_ctl recover --force. Where another server would "
                      "lose nothing, stop "
                      "that one (mc_ctl stop) and run recover again",
                      "%s; nothing was started", text);
}

/* E3: what is left of the memory is in the way of a new one, and an operator removes it: also what was only heard of it. */
static int refuse_forgotten(const Recovery *work)
{
    const Site *site = work->site;
    char hint[HINT_SIZE];
    StrBuf out = str_begin(hint, sizeof(hint));
    str_add(&out, "bring the disks of the management directories back. If they are gone for good, "
                  "an operator chooses a server by its line above: ");
    if (!record_is_none(&work->plan.record)) {
        str_add(&out, "first, at every member: mc_ctl stop (mc_arb stop); when all are down, move "
                      "the file id.state (id: its name) out of every management directory, and "
                      "mc_ctl start --mc-only (mc_arb start); then, ");
    }
    str_add(&out, "at the server that is to be kept: mc_ctl recover --force, which makes the "
                  "cluster anew from its data directory (here \"");
    str_add(&out, site->server.db_instance);
    str_add(&out, "\"), and says what brings the others back to it");
    return refused(hint,
                   "too few voters remember: who has every acknowledged commit cannot be known; "
                   "nothing was started");
}

int recover_say_refusal(const Recovery *work)
{
    switch (work->plan.reason) {
    case OUTAGE_REASON_NONE:
        return EXIT_DONE;
    case OUTAGE_NEVER_BEGUN:
        return refused("mc_ctl start -f on the server that has the database begins it",
                       "the cluster was never begun: no voter knows a record");
    case OUTAGE_FORGOTTEN:
        return refuse_forgotten(work);
    case OUTAGE_SPLIT:
        return refused("mc_ctl status says how far each has come; mc_ctl switch --force at the "
                       "server that is to be kept chooses, and the other one saves what only it "
                       "has, and follows",
                       "the members remember two histories that do not lead to each other; nothing "
                       "was started");
    case OUTAGE_NO_MAJORITY:
        return refuse_unheard(work);
    case OUTAGE_PRIMARY_UNSEEN:
        return refuse_lost(work,
                           "it is not reached (mc_ctl start --mc-only there, and this again)");
    case OUTAGE_PRIMARY_LOST:
        return refuse_lost(work, "its data directory is lost");
    case OUTAGE_TOO_FEW:
        return refuse_lost(work, "its data directory is lost or not seen, as are those of the "
                                 "standbys that were eligible");
    case OUTAGE_UNATTENDED:
        return say_failed("mc_ctl", ERROR_REFUSED, "mc_ctl recover -f",
                          "server \"%s\" has every acknowledged commit, but as a standby it takes "
                          "over only while automatic switch is on; nothing was started",
                          recover_name(work, work->plan.needed));
    case OUTAGE_RECOVERED:
        return refuse_recovered(work);
    }
    return EXIT_FAILED;
}

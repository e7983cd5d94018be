/*
 * The order of the questions is that of the argument: whose word counts, which record is the latest, which directories it
 * names, where their WAL ends, who holds everything.
 *
 * A position is compared only within one history: the directories that the record names have one, by D1 and P2; of any
 * other one the newest link of its chain must be the record's timeline with its start.
 */
#include "plan/outage.h"

#include "base/assert.h"
#include "core/node.h"
#include "core/participant.h"
#include "core/record.h"

#include <string.h>

/* --- voters ----------------------------------------------------------------------------------------- */

static bool is_server(const OutageFacts *facts, MemberId m)
{
    return m < facts->members.count && facts->members.member[m].kind == MEMBER_SERVER;
}

static const Evidence *said(const OutageFacts *facts, MemberId m)
{
    return m < facts->members.count && facts->reached[m] ? &facts->evidence[m] : NULL;
}

/* E3: somebody remembers of this voter what it does not remember itself. What its present run has written after it spoke
 * is no contradiction. */
static bool was_put_back(const OutageFacts *facts, MemberId m)
{
    const Evidence *own = &facts->evidence[m];
    for (MemberId o = 0; o < facts->members.count; o++) {
        const Evidence *other = o == m ? NULL : said(facts, o);
        if (other == NULL) {
            continue;
        }
        const VoterMemory *known = &other->known[m];
        const bool later = known->incarnation == own->known[m].incarnation && known->agent != 0 &&
                           known->agent == own->agent;
        if (!later && !recall_goes_on(&own->known[m], &own->runs, known)) {
            return true;
        }
    }
    return false;
}

static OutageVoter judge_voter(const OutageFacts *facts, MemberId m)
{
    const Evidence *own = said(facts, m);
    if (own == NULL) {
        return OUTAGE_VOTER_UNREACHED;
    }
    if (!own->memory) {
        return OUTAGE_VOTER_BLANK;
    }
    return was_put_back(facts, m) ? OUTAGE_VOTER_PUT_BACK : OUTAGE_VOTER_COUNTS;
}

/* E4: the latest record that anybody says to be chosen tells who votes; where nobody knows of one, everybody does. */
static MemberSet voters_of(const OutageFacts *facts, Epoch *ret_epoch)
{
    MemberSet voters = members_all(&facts->members);
    *ret_epoch = 0;
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = said(facts, m);
        if (own != NULL && own->chosen.epoch > *ret_epoch) {
            *ret_epoch = own->chosen.epoch;
            voters = record_voters(&own->chosen);
        }
    }
    return voters;
}

/* E3: a lost memory comes back when every other voter hands over what it knows: then there is one voter more. */
static bool is_majority(const OutagePlan *plan, MemberSet voters)
{
    unsigned count = 0, present = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        if (member_in(voters, m)) {
            count += plan->voter[m] == OUTAGE_VOTER_COUNTS;
            present += plan->voter[m] != OUTAGE_VOTER_UNREACHED;
        }
    }
    const unsigned all = member_count(voters);
    const bool comes_back = present == all && count + 1U == all;
    return count + (comes_back ? 1U : 0U) >= majority_of(all);
}

/* E4: a record that was accepted beyond may be chosen, and takes both its sets. */
static void count_voters(const OutageFacts *facts, OutagePlan *plan)
{
    Epoch known = 0;
    const MemberSet voters = voters_of(facts, &known);
    for (MemberId m = 0; m < facts->members.count; m++) {
        plan->voter[m] = judge_voter(facts, m);
        plan->counted += member_in(voters, m) && plan->voter[m] == OUTAGE_VOTER_COUNTS;
    }
    plan->majority = majority_of(member_count(voters));
    plan->certain = is_majority(plan, voters);
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = said(facts, m);
        if (own != NULL && own->accepted.epoch > known && known > 0) {
            plan->certain = plan->certain && is_majority(plan, record_voters(&own->accepted)) &&
                            is_majority(plan, record_voters_before(&own->accepted));
        }
    }
}

/* --- the record ------------------------------------------------------------------------------------- */

/* What is chosen was accepted by a majority, and two majorities share a voter: of the voters that count, if they are a
 * majority, one has accepted it, under the highest ballot of all, or a later one that was made from it (E1). */
static void find_record(const OutageFacts *facts, OutagePlan *plan)
{
    const Evidence *highest = NULL;
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = &facts->evidence[m];
        if (plan->voter[m] != OUTAGE_VOTER_COUNTS) {
            continue;
        }
        if (own->chosen.epoch > plan->record.epoch) {
            plan->record = own->chosen;
        }
        if (!record_is_none(&own->accepted) &&
            (highest == NULL ||
             ballot_compare(&own->accepted_ballot, &highest->accepted_ballot) > 0)) {
            highest = own;
        }
    }
    if (highest != NULL && highest->accepted.epoch > plan->record.epoch) {
        plan->record = highest->accepted;
        plan->pending = true;
    }
}

/* E5: a record that was only accepted binds nobody to its line; what is known to be chosen must lead to the latest. Here
 * the word of a voter that has forgotten something counts, too: what it still knows was chosen. */
static bool is_split(const OutageFacts *facts, const OutagePlan *plan)
{
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = said(facts, m);
        if (own == NULL || record_is_none(&own->chosen) || record_is_none(&plan->record)) {
            continue;
        }
        if (!cluster_equal(&own->chosen.cluster, &plan->record.cluster) ||
            !record_leads_to(&own->chosen, &plan->record)) {
            return true;
        }
    }
    return false;
}

/* --- directories ------------------------------------------------------------------------------------ */

static OutageDirectory judge_directory(const OutageFacts *facts, const Record *record, MemberId m)
{
    const Evidence *own = said(facts, m);
    if (own == NULL || own->instance == INSTANCE_UNKNOWN) {
        return OUTAGE_DIRECTORY_UNSEEN;
    }
    if (own->interrupted) {
        return OUTAGE_DIRECTORY_INTERRUPTED;
    }
    if (own->instance == INSTANCE_NONE || own->system_identifier == 0) {
        return OUTAGE_DIRECTORY_MISSING;
    }
    if (!record_is_none(record) && own->system_identifier != record->system_identifier) {
        return OUTAGE_DIRECTORY_STRANGER;
    }
    if (own->restored) {
        return OUTAGE_DIRECTORY_RESTORED;
    }
    if (record->primary == m) {
        return own->dir == record->primary_dir ? OUTAGE_DIRECTORY_PRIMARY : OUTAGE_DIRECTORY_OTHER;
    }
    if (record_eligible(record, m) != NULL) {
        return record_is_eligible(record, m, own->dir) ? OUTAGE_DIRECTORY_ELIGIBLE
                                                       : OUTAGE_DIRECTORY_OTHER;
    }
    return OUTAGE_DIRECTORY_STALE;
}

/* Before its timeline begins nothing of it is there; it is, too, when the promotion was cut off before it began. */
static bool reaches_start(const Record *record, const Position *wal)
{
    return wal->lsn >= record->start;
}

/* The WAL of this server is of the record's history; where it ends there. */
static bool end_in_history(const OutageFacts *facts, const OutagePlan *plan, MemberId m, Lsn *ret)
{
    const Evidence *own = said(facts, m);
    const Record *record = &plan->record;
    switch (plan->server[m].directory) {
    case OUTAGE_DIRECTORY_PRIMARY:
    case OUTAGE_DIRECTORY_ELIGIBLE:
    case OUTAGE_DIRECTORY_SHORT:
        *ret = own->wal.lsn;
        return true;
    case OUTAGE_DIRECTORY_RESTORED:
        *ret = own->restored_end.lsn;
        return own->restored_end.timeline == record->timeline &&
               (own->restored_start == 0 || own->restored_start == record->start);
    case OUTAGE_DIRECTORY_STALE:
    case OUTAGE_DIRECTORY_OTHER:
        *ret = own->wal.lsn;
        return own->wal.timeline == record->timeline &&
               own->last_link.timeline == record->timeline &&
               own->last_link.start == record->start && own->last_link.line == record->line;
    case OUTAGE_DIRECTORY_UNSEEN:
    case OUTAGE_DIRECTORY_MISSING:
    case OUTAGE_DIRECTORY_INTERRUPTED:
    case OUTAGE_DIRECTORY_STRANGER:
        return false;
    }
    return false;
}

/* D1: put back in place a directory keeps its id, but not its WAL. The one that the record names ends before the record's
 * timeline begins, or before what somebody has received from it, eligible or not. */
static bool primary_is_short(const OutageFacts *facts, const OutagePlan *plan)
{
    const Evidence *own = &facts->evidence[plan->record.primary];
    const Position *wal = &own->wal;
    if (wal->lsn == 0 && own->instance != INSTANCE_DOWN) {
        return false; /* it runs, and has not said yet how far its WAL goes */
    }
    if (!reaches_start(&plan->record, wal)) {
        return true;
    }
    for (MemberId m = 0; m < facts->members.count; m++) {
        Lsn end = 0;
        const bool eligible = plan->server[m].directory == OUTAGE_DIRECTORY_ELIGIBLE;
        if (eligible && position_compare(&facts->evidence[m].wal, wal) > 0) {
            return true;
        }
        if (is_server(facts, m) && wal->timeline == plan->record.timeline &&
            end_in_history(facts, plan, m, &end) && end > wal->lsn) {
            return true;
        }
    }
    return false;
}

static void judge_directories(const OutageFacts *facts, OutagePlan *plan)
{
    const MemberId primary = plan->record.primary;
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (is_server(facts, m)) {
            plan->server[m].directory = judge_directory(facts, &plan->record, m);
        }
    }
    if (is_server(facts, primary) && plan->server[primary].directory == OUTAGE_DIRECTORY_PRIMARY &&
        primary_is_short(facts, plan)) {
        plan->server[primary].directory = OUTAGE_DIRECTORY_SHORT;
    }
}

/* --- who holds everything --------------------------------------------------------------------------- */

/* P3: of n members of which k acknowledge, any n-k+1 have every acknowledged commit between them. Whose end is not known (its disk
 * does not give it, or it has not said yet) may be the one that has most. */
static void count_holders(const OutageFacts *facts, OutagePlan *plan)
{
    const Record *record = &plan->record;
    for (MemberId m = 0; m < facts->members.count; m++) {
        plan->holders += plan->server[m].directory == OUTAGE_DIRECTORY_ELIGIBLE &&
                         facts->evidence[m].wal.lsn != 0;
    }
    plan->holders_min =
        record_is_solo(record) ? 0 : (unsigned)(record->eligible_count - record->quorum + 1);
}

/* The eligible one with the most WAL; MEMBER_NONE: none is there. */
static MemberId best_eligible(const OutageFacts *facts, const OutagePlan *plan)
{
    MemberId best = MEMBER_NONE;
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (plan->server[m].directory == OUTAGE_DIRECTORY_ELIGIBLE &&
            (best == MEMBER_NONE ||
             position_compare(&facts->evidence[m].wal, &facts->evidence[best].wal) > 0)) {
            best = m;
        }
    }
    return best;
}

/* Who holds every acknowledged commit; MEMBER_NONE: nobody of whom that is known. */
static MemberId find_holder(const OutageFacts *facts, const OutagePlan *plan)
{
    const MemberId primary = plan->record.primary;
    if (is_server(facts, primary) && plan->server[primary].directory == OUTAGE_DIRECTORY_PRIMARY) {
        return primary;
    }
    return plan->holders_min > 0 && plan->holders >= plan->holders_min ? best_eligible(facts, plan)
                                                                       : MEMBER_NONE;
}

/* --- what would be lost ----------------------------------------------------------------------------- */

/* How far the record's history is seen to go. */
static Lsn furthest_end(const OutageFacts *facts, const OutagePlan *plan)
{
    Lsn most = plan->record.start;
    for (MemberId m = 0; m < facts->members.count; m++) {
        Lsn end = 0;
        if (is_server(facts, m) && end_in_history(facts, plan, m, &end) && end > most) {
            most = end;
        }
    }
    return most;
}

static void judge_loss(const OutageFacts *facts, const OutagePlan *plan, MemberId holder,
                       MemberId m, OutageServer *server)
{
    const Lsn most = furthest_end(facts, plan);
    server->loss = OUTAGE_LOSS_UNKNOWN;
    if (m == holder && plan->certain) {
        server->loss = OUTAGE_LOSS_NONE;
        return;
    }
    if (record_is_none(&plan->record) || !end_in_history(facts, plan, m, &server->end)) {
        return;
    }
    server->beyond = most;
    if (plan->certain && holder != MEMBER_NONE) {
        /* everything acknowledged is in the holder's WAL, and so it ends there */
        server->beyond = facts->evidence[holder].wal.lsn;
        server->loss = server->end < server->beyond ? OUTAGE_LOSS_EXACT : OUTAGE_LOSS_NONE;
        return;
    }
    server->loss = server->end < most ? OUTAGE_LOSS_AT_LEAST : OUTAGE_LOSS_UNKNOWN;
}

/* --- the verdict ------------------------------------------------------------------------------------ */

static void refuse(OutagePlan *plan, OutageReason reason, MemberId needed)
{
    plan->verdict = OUTAGE_REFUSE;
    plan->reason = reason;
    plan->needed = needed;
}

static void open_by_itself(OutagePlan *plan, OutageVerdict verdict, MemberId open)
{
    plan->verdict = verdict;
    plan->open = open;
}

bool outage_may_be_forced(const OutagePlan *plan, MemberId m)
{
    switch (plan->server[m].directory) {
    case OUTAGE_DIRECTORY_OTHER:
    case OUTAGE_DIRECTORY_SHORT:
    case OUTAGE_DIRECTORY_STALE:
    case OUTAGE_DIRECTORY_ELIGIBLE:
    case OUTAGE_DIRECTORY_PRIMARY:
    case OUTAGE_DIRECTORY_RESTORED:
        return true;
    case OUTAGE_DIRECTORY_UNSEEN:
    case OUTAGE_DIRECTORY_MISSING:
    case OUTAGE_DIRECTORY_INTERRUPTED:
    case OUTAGE_DIRECTORY_STRANGER:
        return false;
    }
    return false;
}

/* The most WAL of the record's history; of others, whose end says little, the latest timeline. */
static MemberId find_forced(const OutageFacts *facts, const OutagePlan *plan)
{
    MemberId best = MEMBER_NONE;
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (!is_server(facts, m) || !outage_may_be_forced(plan, m)) {
            continue;
        }
        const Lsn end = plan->server[m].end;
        const Lsn most = best == MEMBER_NONE ? 0 : plan->server[best].end;
        if (best == MEMBER_NONE || end > most ||
            (end == most &&
             position_compare(&facts->evidence[m].wal, &facts->evidence[best].wal) > 0)) {
            best = m;
        }
    }
    return best;
}

static bool was_opened_ever(const OutageFacts *facts)
{
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = said(facts, m);
        if (own != NULL && own->last_link.epoch != 0) {
            return true;
        }
    }
    return false;
}

static bool all_reached(const OutageFacts *facts)
{
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (!facts->reached[m]) {
            return false;
        }
    }
    return true;
}

bool outage_serves(const Evidence *evidence)
{
    return evidence->instance == INSTANCE_OPEN && evidence->node_state == NODE_PRIMARY;
}

static MemberId find_serving(const OutageFacts *facts)
{
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = said(facts, m);
        if (own != NULL && outage_serves(own)) {
            return m;
        }
    }
    return MEMBER_NONE;
}

/* P1's exception: the primary that opens without asking anybody, with the directory that it is named with. */
static MemberId find_alone(const OutageFacts *facts, const OutagePlan *plan)
{
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Evidence *own = said(facts, m);
        if (plan->voter[m] == OUTAGE_VOTER_COUNTS && own->alone && !own->restored &&
            own->chosen.primary == m && own->dir != 0 && own->dir == own->chosen.primary_dir &&
            own->instance != INSTANCE_UNKNOWN) {
            return m;
        }
    }
    return MEMBER_NONE;
}

/* A directory of the record's primary that was recovered from a backup goes before whoever is eligible: that it was recovered
 * was an operator's word. Elsewhere it is opened when nobody else can be, and the primary is out for sure. */
static MemberId find_recovered(const OutageFacts *facts, const OutagePlan *plan, MemberId holder)
{
    const Record *record = &plan->record;
    if (is_server(facts, record->primary) &&
        plan->server[record->primary].directory == OUTAGE_DIRECTORY_RESTORED) {
        return record->primary;
    }
    for (MemberId m = 0; m < facts->members.count && holder == MEMBER_NONE; m++) {
        if (is_server(facts, m) && plan->server[m].directory == OUTAGE_DIRECTORY_RESTORED) {
            return m;
        }
    }
    return MEMBER_NONE;
}

/* What was recovered holds all that those of whom that is known hold, on the timeline of the record. */
static bool recovery_is_whole(const OutageFacts *facts, const OutagePlan *plan, MemberId m)
{
    Lsn end = 0;
    if (plan->holders_min == 0 || plan->holders < plan->holders_min ||
        !end_in_history(facts, plan, m, &end)) {
        return false;
    }
    const Evidence *best = &facts->evidence[best_eligible(facts, plan)];
    return best->wal.timeline == plan->record.timeline && best->wal.lsn <= end;
}

static void refuse_for_want(OutagePlan *plan)
{
    const MemberId primary = plan->record.primary;
    const bool unseen = plan->server[primary].directory == OUTAGE_DIRECTORY_UNSEEN;
    if (plan->holders_min > 0) {
        refuse(plan, OUTAGE_TOO_FEW, primary);
    } else {
        refuse(plan, unseen ? OUTAGE_PRIMARY_UNSEEN : OUTAGE_PRIMARY_LOST, primary);
    }
}

static void decide(const OutageFacts *facts, OutagePlan *plan, MemberId holder)
{
    const MemberId recovered = find_recovered(facts, plan, holder);
    if (recovered != MEMBER_NONE && recovery_is_whole(facts, plan, recovered)) {
        plan->server[recovered].loss = OUTAGE_LOSS_NONE;
        open_by_itself(plan, OUTAGE_OPEN, recovered);
    } else if (recovered != MEMBER_NONE) {
        refuse(plan, OUTAGE_RECOVERED, recovered);
    } else if (holder == MEMBER_NONE) {
        refuse_for_want(plan);
    } else if (holder != plan->record.primary && !facts->automatic) {
        refuse(plan, OUTAGE_UNATTENDED, holder);
    } else {
        open_by_itself(plan, OUTAGE_OPEN, holder);
    }
}

static void judge(const OutageFacts *facts, OutagePlan *plan, MemberId holder)
{
    const MemberId serving = find_serving(facts);
    const MemberId alone = find_alone(facts, plan);
    if (serving != MEMBER_NONE) {
        open_by_itself(plan, OUTAGE_SERVES, serving);
    } else if (is_split(facts, plan)) {
        refuse(plan, OUTAGE_SPLIT, MEMBER_NONE);
    } else if (!plan->certain && alone != MEMBER_NONE) {
        plan->server[alone].loss = OUTAGE_LOSS_NONE;
        open_by_itself(plan, OUTAGE_OPEN, alone);
    } else if (!plan->certain && !all_reached(facts)) {
        refuse(plan, OUTAGE_NO_MAJORITY, MEMBER_NONE);
    } else if (record_is_none(&plan->record) && !was_opened_ever(facts)) {
        refuse(plan, OUTAGE_NEVER_BEGUN, MEMBER_NONE);
    } else if (record_is_none(&plan->record) || !plan->certain) {
        refuse(plan, OUTAGE_FORGOTTEN, MEMBER_NONE);
    } else {
        decide(facts, plan, holder);
    }
}

static OutageStep step_of(const OutagePlan *plan, MemberId m)
{
    if (plan->verdict != OUTAGE_REFUSE && plan->open == m) {
        return OUTAGE_STEP_OPEN;
    }
    switch (plan->server[m].directory) {
    case OUTAGE_DIRECTORY_UNSEEN:
        return OUTAGE_STEP_NONE;
    case OUTAGE_DIRECTORY_MISSING:
        return OUTAGE_STEP_COPY;
    case OUTAGE_DIRECTORY_STRANGER:
        return OUTAGE_STEP_REPLACE;
    case OUTAGE_DIRECTORY_ELIGIBLE:
        return OUTAGE_STEP_FOLLOW;
    case OUTAGE_DIRECTORY_INTERRUPTED:
    case OUTAGE_DIRECTORY_RESTORED:
    case OUTAGE_DIRECTORY_OTHER:
    case OUTAGE_DIRECTORY_SHORT:
    case OUTAGE_DIRECTORY_STALE:
    case OUTAGE_DIRECTORY_PRIMARY:
        return OUTAGE_STEP_REJOIN;
    }
    return OUTAGE_STEP_NONE;
}

OutagePlan outage_plan(const OutageFacts *facts)
{
    OutagePlan plan = {.open = MEMBER_NONE, .needed = MEMBER_NONE, .forced = MEMBER_NONE};
    plan.record.primary = MEMBER_NONE;
    assert(facts->members.count > 0);
    assert(facts->members.count <= MEMBERS_MAX);
    count_voters(facts, &plan);
    find_record(facts, &plan);
    judge_directories(facts, &plan);
    count_holders(facts, &plan);
    const MemberId holder = find_holder(facts, &plan);
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (is_server(facts, m)) {
            judge_loss(facts, &plan, holder, m, &plan.server[m]);
        }
    }
    plan.forced = find_forced(facts, &plan);
    judge(facts, &plan, holder);
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (is_server(facts, m)) {
            plan.server[m].step = step_of(&plan, m);
        }
    }
    assert((plan.verdict == OUTAGE_REFUSE) == (plan.open == MEMBER_NONE));
    assert((plan.verdict == OUTAGE_REFUSE) == (plan.reason != OUTAGE_REASON_NONE));
    return plan;
}

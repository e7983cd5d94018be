/* record.c - questions about records, ballots and sets of members. */
#include "core/record.h"

#include "base/assert.h"

#include <string.h>

unsigned member_count(MemberSet set)
{
    unsigned count = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        count += member_in(set, m);
    return count;
}

MemberSet members_all(const MemberTable *members)
{
    return (MemberSet)((1U << members->count) - 1U);
}

MemberSet members_servers(const MemberTable *members)
{
    MemberSet set = 0;
    for (MemberId m = 0; m < members->count; m++)
        if (members->member[m].kind == MEMBER_SERVER)
            set |= member_bit(m);
    return set;
}

bool members_equal(const MemberTable *a, const MemberTable *b)
{
#ifdef MC_MUTATE_MEMBERS_IN_FILES
    return true;
#endif
    if (a->count != b->count)
        return false;
    for (MemberId m = 0; m < a->count; m++) {
        if (a->member[m].kind != b->member[m].kind)
            return false;
        if (strcmp(a->member[m].name, b->member[m].name) != 0)
            return false;
    }
    return true;
}

bool members_extend(const MemberTable *table, const MemberTable *longer)
{
#ifdef MC_MUTATE_MEMBERS_IN_FILES
    return true;
#endif
    if (table->count > longer->count)
        return false;
    MemberTable same = *longer;
    same.count = table->count;
    return members_equal(table, &same);
}

MemberSet record_voters(const Record *record)
{
    return members_all(&record->voters) & (MemberSet)~record->absent;
}

MemberSet record_voters_before(const Record *record)
{
    return members_all(&record->voters) & (MemberSet)~record->absent_before;
}

bool record_members_follow(const Record *chosen, const Record *record)
{
    const MemberSet now = record_voters(record), before = record_voters_before(record);
    if (!member_in(now, record->primary))
        return false;
    for (unsigned i = 0; i < record->eligible_count; i++)
        if (!member_in(now, record->eligible[i].member))
            return false;
#ifdef MC_MUTATE_MEMBERS_MANY_AT_ONCE
    return true;
#endif
    if (member_count(now ^ before) > 1)
        return false;
    /* A line that an operator's word alone has opened, or chosen over another, begins with whom it names. */
    const bool word = record->branch.without != 0 || record->branch.over != 0;
    const bool named = word && record->branch.epoch == record->epoch;
    const bool next = record->epoch == chosen->epoch + 1 && !named;
    return record_is_none(chosen) || !next || before == record_voters(chosen);
}

bool cluster_equal(const ClusterId *a, const ClusterId *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool cluster_is_none(const ClusterId *cluster)
{
    const ClusterId none = {{0}};
    return cluster_equal(cluster, &none);
}

static int compare_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

int ballot_compare(const Ballot *a, const Ballot *b)
{
    if (a->number != b->number)
        return compare_u64(a->number, b->number);
    if (a->member != b->member)
        return compare_u64(a->member, b->member);
    return compare_u64(a->incarnation, b->incarnation);
}

const char *cause_words(Cause cause)
{
    switch (cause) {
    case CAUSE_NONE:
        return "none";
    case CAUSE_BOOTSTRAP:
        return "bootstrap";
    case CAUSE_ATTACH:
        return "attach";
    case CAUSE_DETACH:
        return "detach";
    case CAUSE_HANDOVER:
        return "handover";
    case CAUSE_TAKEOVER:
        return "takeover";
    case CAUSE_SETTING:
        return "setting";
    case CAUSE_OPENED:
        return "opened";
    case CAUSE_RESTORED:
        return "restored";
    case CAUSE_FORCED:
        return "forced";
    case CAUSE_HANDED_BACK:
        return "hand-back";
    case CAUSE_MEMBERS:
        return "members";
    }
    return "?";
}

/* Who goes on with what came out of a backup does so after everybody had stopped, and while they are being started. */
static bool leaves_of_itself(Cause cause)
{
    return cause == CAUSE_HANDOVER || cause == CAUSE_HANDED_BACK || cause == CAUSE_RESTORED;
}

MemberSet record_leaving(const Record *before, const Record *after)
{
    MemberSet ret = 0;
    if (record_is_none(before) || leaves_of_itself(after->cause))
        return 0;
    if (before->primary != after->primary)
        return member_bit(before->primary);
    for (unsigned i = 0; i < before->eligible_count; i++) {
        const MemberId m = before->eligible[i].member;
        const bool stays = record_eligible(after, m) != NULL && !member_in(after->apart, m);
        if (!stays && !member_in(before->apart,
                                 m)) /* what an operator keeps apart was isolated, or need not be */
            ret |= member_bit(m);
    }
    return ret;
}

int position_compare(const Position *a, const Position *b)
{
    if (a->timeline != b->timeline)
        return compare_u64(a->timeline, b->timeline);
    return compare_u64(a->lsn, b->lsn);
}

bool attachment_equal(const Attachment *a, const Attachment *b)
{
    return a->member == b->member && a->epoch == b->epoch && a->token == b->token;
}

static bool former_equal(const Former *a, const Former *b)
{
    if (a->dir == 0 || b->dir == 0)
        return a->dir == b->dir;
    return a->member == b->member && a->dir == b->dir && a->timeline == b->timeline &&
           a->start == b->start;
}

static bool eligible_equal(const EligibleMember *a, const EligibleMember *b)
{
    return a->member == b->member && a->dir == b->dir &&
           attachment_equal(&a->attachment, &b->attachment);
}

bool record_equal(const Record *a, const Record *b)
{
    if (a->epoch != b->epoch || a->line != b->line || a->primary != b->primary ||
        a->primary_dir != b->primary_dir)
        return false;
    if (a->eligible_count != b->eligible_count || a->quorum != b->quorum ||
        a->automatic != b->automatic || a->apart != b->apart || a->cause != b->cause)
        return false;
    if (a->timeline != b->timeline || a->start != b->start ||
        a->system_identifier != b->system_identifier)
        return false;
    if (!former_equal(&a->former, &b->former))
        return false;
    if (record_voters(a) != record_voters(b) || record_voters_before(a) != record_voters_before(b))
        return false;
    if (!cluster_equal(&a->cluster, &b->cluster) || !members_equal(&a->voters, &b->voters))
        return false;
    for (unsigned i = 0; i < a->eligible_count; i++)
        if (!eligible_equal(&a->eligible[i], &b->eligible[i]))
            return false;
    return true;
}

/* One step of a hash that spreads what differs over all bits; nobody chooses records to collide. */
static uint64_t mixed(uint64_t digest, uint64_t value)
{
    digest = (digest ^ value) * 0x9e3779b97f4a7c15u;
    return digest ^ digest >> 32;
}

static uint64_t mixed_bytes(uint64_t digest, const void *bytes, size_t size)
{
    const uint8_t *byte = bytes;
    for (size_t i = 0; i < size; i++)
        digest = mixed(digest, byte[i]);
    return mixed(digest, size);
}

static uint64_t mixed_eligible(uint64_t digest, const EligibleMember *member)
{
    digest = mixed(mixed(digest, member->member), member->dir);
    digest = mixed(mixed(digest, member->attachment.member), member->attachment.epoch);
    return mixed(digest, member->attachment.token);
}

static uint64_t mixed_former(uint64_t digest, const Former *former)
{
    if (former->dir == 0)
        return mixed(digest, 0);
    digest = mixed(mixed(digest, former->dir), former->member);
    return mixed(mixed(digest, former->timeline), former->start);
}

static uint64_t mixed_members(uint64_t digest, const MemberTable *members)
{
    for (MemberId m = 0; m < members->count; m++) {
        const Member *member = &members->member[m];
        digest = mixed(digest, (uint64_t)member->kind);
        digest = mixed_bytes(digest, member->name, strlen(member->name));
    }
    return digest;
}

uint64_t record_digest(const Record *record)
{
    const uint64_t numbers[] = {
        record->epoch,           record->line,
        record->primary,         record->primary_dir,
        record->eligible_count,  record->quorum,
        record->automatic,       record->apart,
        (uint64_t)record->cause, record->timeline,
        record->start,           record->system_identifier,
        record_voters(record),   record_voters_before(record),
    };
    uint64_t digest = 1;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        digest = mixed(digest, numbers[i]);
    digest = mixed_bytes(digest, record->cluster.bytes, sizeof record->cluster.bytes);
    digest = mixed_members(mixed_former(digest, &record->former), &record->voters);
    for (unsigned i = 0; i < record->eligible_count; i++)
        digest = mixed_eligible(digest, &record->eligible[i]);
    return digest | 1; /* 0 says that there is none */
}

/* The low bits of a line count the changes that majorities have made of it; the others are random. */
enum { LINE_COUNT = 0xffff };

LineId line_after(LineId line)
{
    return (line & ~(LineId)LINE_COUNT) | ((line + 1) & LINE_COUNT);
}

/* Whether a line has come from another one by majorities alone, however often. */
static bool line_comes_from(LineId line, LineId before)
{
    const LineId steps = (line - before) & LINE_COUNT;
    return ((line ^ before) & ~(LineId)LINE_COUNT) == 0 && steps > 0 && steps <= LINE_COUNT / 2;
}

bool record_is_overruled(const Record *record, const Record *later)
{
    const Branch *branch = &later->branch;
    return branch->over != 0 && branch->over == record->line && record->epoch <= branch->over_epoch;
}

/* Where the line that the branch is from ends, as far as the new one follows it. */
static Epoch end_of(const Branch *branch)
{
#ifdef MC_MUTATE_CHOICE_FOLLOWS_UNTOLD
    return branch->epoch;
#endif
    return branch->until != 0 ? branch->until : branch->epoch;
}

bool record_is_outvoted(const Record *record, const Record *later)
{
    const Branch *branch = &later->branch;
    return branch->from == record->line && branch->without == 0;
}

bool record_is_over(const Record *record, const Record *chosen)
{
    return !record_is_none(record) && !record_is_none(chosen) && record->line != chosen->line &&
           (record_leads_to(record, chosen) || record_is_outvoted(record, chosen));
}

/* E5: of a line that ends before `end`. What was only accepted where it ends may have a sibling that was chosen: that one was
 * never followed, and meets what came of the other as a split. */
static bool is_before(const Record *record, Epoch end, uint64_t passed)
{
#ifdef MC_MUTATE_FORCE_OVER_SIBLING
    passed = 0;
#endif
    const bool last = record->epoch + 1 == end;
    return record->epoch < end && (!last || passed == 0 || passed == record_digest(record));
}

/* By its last change of the line, or within it. */
static bool leads_straight_to(const Record *record, const Record *later)
{
    const Branch *branch = &later->branch;
    const bool comes_from =
        line_comes_from(later->line, record->line) || branch->from == record->line;
    return record->line == later->line ||
           (comes_from && is_before(record, end_of(branch), branch->passed)) ||
           record_is_overruled(record, later);
}

static bool is_of_origin(const Record *record, const Branch *branch)
{
    for (unsigned i = 0; i < branch->origin_count; i++)
        if (branch->origin[i].line == record->line &&
            is_before(record, branch->origin[i].epoch, branch->origin[i].passed))
            return true;
    return false;
}

bool record_leads_to(const Record *record, const Record *later)
{
    return leads_straight_to(record, later) || is_of_origin(record, &later->branch);
}

static void add_origin(Branch *branch, const Origin *origin)
{
    if (origin->line != 0 && branch->origin_count < ORIGINS_MAX)
        branch->origin[branch->origin_count++] = *origin;
}

void record_note_origin(const Branch *before, Branch *branch)
{
    branch->origin_count = 0;
    const Origin from = {.line = before->from, .epoch = end_of(before), .passed = before->passed};
    const Origin over = {.line = before->over, .epoch = before->over_epoch + 1};
    add_origin(branch, &from);
    add_origin(branch, &over);
    for (unsigned i = 0; i < before->origin_count; i++)
        add_origin(branch, &before->origin[i]);
}

/* A1: the other one of two has decided alone. Had it accepted what this one did, that would have bound it, and it accepts it
 * no more: so nobody has chosen that. What this one has decided alone is of a line of its own, and what an operator has
 * overruled may have been chosen. */
static bool is_undone(const Durable *durable, const Record *record)
{
    const Branch *branch = &record->branch;
    return !branch->forced && branch->from == durable->chosen.line &&
           durable->accepted.line == durable->chosen.line;
}

bool durable_leads_to(const Durable *durable, const Record *record)
{
    const Record *latest = durable_latest(durable);
    const Record *chosen = &durable->chosen;
    if (record_is_none(latest) || record_leads_to(latest, record))
        return true;
#ifndef MC_MUTATE_FORCE_OVER_ACCEPTED
    if (record->branch.without != 0 && !is_undone(durable, record))
        return false;
#endif
    /* Further back it is not known whether all that came between was made by majorities. */
    return !record_is_none(chosen) && leads_straight_to(chosen, record);
}

bool durable_splits_from(const Durable *durable, const Record *record)
{
    const Record *latest = durable_latest(durable);
    return !record_is_none(record) && !durable_leads_to(durable, record) &&
           !record_leads_to(record, latest) && !record_leads_to(record, &durable->chosen);
}

const EligibleMember *record_eligible(const Record *record, MemberId member)
{
    for (unsigned i = 0; i < record->eligible_count; i++)
        if (record->eligible[i].member == member)
            return &record->eligible[i];
    return NULL;
}

bool record_is_eligible(const Record *record, MemberId member, DirId dir)
{
    const EligibleMember *entry = record_eligible(record, member);
#ifdef MC_MUTATE_FORGET_DIRECTORY
    return entry != NULL;
#endif
    return entry != NULL && dir != 0 && entry->dir == dir;
}

Record record_next(const Record *record, Cause cause, int64_t wall)
{
    Record next = *record;
    next.epoch = record->epoch + 1;
    next.absent_before = record->absent;
    next.cause = cause;
    next.decided_at = wall;
    return next;
}

uint8_t record_quorum(uint8_t asked, uint8_t count)
{
    return asked == 0 || asked > count ? count : asked;
}

Record record_members(const Record *record, const MemberTable *table, MemberId member, bool votes,
                      int64_t wall)
{
    assert(members_extend(&record->voters, table));
    Record next = record_next(record, CAUSE_MEMBERS, wall);
    /* Who stands in the table and has never been asked in is absent. */
    const MemberSet fresh = members_all(table) & (MemberSet)~members_all(&record->voters);
    next.voters = *table;
    next.absent_before = next.absent |= fresh;
    if (votes)
        next.absent &= (MemberSet)~member_bit(member);
    else
        next.absent |= member_bit(member);
    next.apart &= (MemberSet)~member_bit(member);
    next.former = (Former){0}; /* it has opened */
    return next;
}

Record record_attach(const Record *record, const EligibleMember *joining, uint8_t quorum,
                     int64_t wall)
{
    assert(record->eligible_count < SERVERS_MAX);
    assert(record_eligible(record, joining->member) == NULL);
    Record next = record_next(record, CAUSE_ATTACH, wall);
    next.eligible[next.eligible_count] = *joining;
    next.eligible_count++;
    next.quorum = quorum;
    next.former = (Former){0}; /* it has opened */
    assert(quorum >= 1 && quorum <= next.eligible_count);
    return next;
}

Record record_alone(const Record *record, Cause cause, int64_t wall)
{
    Record next = record_next(record, cause, wall);
    next.eligible_count = 0;
    memset(next.eligible, 0, sizeof next.eligible);
    next.quorum = 0;
    next.former = (Former){0};
    return next;
}

Record record_detach(const Record *record, MemberId leaving, uint8_t quorum, int64_t wall)
{
    Record next = record_alone(record, CAUSE_DETACH, wall);
    for (unsigned i = 0; i < record->eligible_count; i++)
        if (record->eligible[i].member != leaving)
            next.eligible[next.eligible_count++] = record->eligible[i];
    next.quorum = quorum;
    assert(quorum <= next.eligible_count);
    assert((quorum > 0) == (next.eligible_count > 0));
    return next;
}

Record record_succeed(const Record *record, Cause cause, MemberId successor, DirId dir,
                      Position end, TimelineId next_timeline, int64_t wall)
{
    Record next = record_alone(record, cause, wall);
    next.primary = successor;
    next.primary_dir = dir;
    next.timeline = next_timeline;
    next.start = end.lsn;
    return next;
}

Record record_hand_back(const Record *record, int64_t wall)
{
    const Former *former = &record->former;
    assert(former->dir != 0);
    Record next = record_alone(record, CAUSE_HANDED_BACK, wall);
    next.primary = former->member;
    next.primary_dir = former->dir;
    next.timeline = former->timeline;
    next.start = former->start;
    return next;
}

Record record_restore(const Record *record, MemberId member, DirId dir, Position start,
                      const Branch *branch, int64_t wall)
{
    Record next = record_succeed(record, CAUSE_RESTORED, member, dir, start, start.timeline, wall);
    if (branch->from != 0) {
        next.line = line_after(record->line);
        next.branch = *branch;
        record_note_origin(&record->branch, &next.branch);
    }
    return next;
}

Record record_force(const Record *record, MemberId member, DirId dir, Position end,
                    TimelineId next_timeline, const Branch *branch, LineId alone, MemberSet gone,
                    int64_t wall)
{
    Record next = record_succeed(record, CAUSE_FORCED, member, dir, end, next_timeline, wall);
    assert(branch->epoch >= next.epoch);
#ifndef MC_MUTATE_FORCE_SAME_LINE
    /* Over another line its number is no next one: a majority may have taken that, and have left the line, unheard. */
    const bool counted = branch->without == 0 && branch->over == 0;
    next.line = counted ? line_after(record->line) : alone;
    next.branch = *branch;
    record_note_origin(&record->branch, &next.branch);
    next.epoch = branch->epoch;
#endif
    next.apart &= (MemberSet) ~(member_bit(member) | gone);
    /* E4: nobody of the line before is counted any more, so this is how the line begins, and no change of it. */
    next.absent |= gone;
    next.absent_before = next.absent;
    return next;
}

const Record *durable_latest(const Durable *durable)
{
    return durable_is_pending(durable) ? &durable->accepted : &durable->chosen;
}

bool consent_holds(const Consent *consent, const Durable *durable)
{
    const Record *chosen = &durable->chosen;
    const bool here = consent->given && consent->line == chosen->line &&
                      consent->epoch == chosen->epoch && consent->primary == chosen->primary;
#ifdef MC_MUTATE_CONSENT_OF_LOST_MEMORY
    return here;
#endif
    return here && consent->incarnation >= durable->memory[consent->primary].incarnation;
}

bool durable_is_pending(const Durable *durable)
{
    return durable->accepted.epoch > durable->chosen.epoch;
}

Names names_of(const Record *record)
{
    Names names = {.quorum = record->quorum, .count = record->eligible_count};
    for (unsigned i = 0; i < record->eligible_count; i++)
        names.name[i] = record->eligible[i].attachment;
    return names;
}

static bool names_has(const Names *names, const Attachment *attachment)
{
    for (unsigned i = 0; i < names->count; i++)
        if (attachment_equal(&names->name[i], attachment))
            return true;
    return false;
}

bool names_imply(const Names *a, const Names *b)
{
    unsigned others = 0; /* that may acknowledge for `a` without being asked by `b` */
    for (unsigned i = 0; i < a->count; i++)
        others += !names_has(b, &a->name[i]);
    return b->quorum == 0 || a->quorum >= b->quorum + others;
}

Names names_both(const Names *a, const Names *b)
{
    if (names_imply(a, b))
        return *a;
    if (names_imply(b, a))
        return *b;
    Names both = *a;
    for (unsigned i = 0; i < b->count; i++)
        if (!names_has(a, &b->name[i])) {
            assert(both.count < SERVERS_MAX);
            both.name[both.count++] = b->name[i];
        }
    const int for_a = a->quorum + both.count - a->count;
    const int for_b = b->quorum + both.count - b->count;
    both.quorum = (uint8_t)(for_a > for_b ? for_a : for_b);
    return both;
}

bool names_equal(const Names *a, const Names *b)
{
    if (a->count != b->count || a->quorum != b->quorum)
        return false;
    for (unsigned i = 0; i < a->count; i++)
        if (!names_has(b, &a->name[i]))
            return false;
    return true;
}

Names durable_names(const Durable *durable, MemberId self)
{
    const bool chosen_mine = !record_is_none(&durable->chosen) && durable->chosen.primary == self;
    bool pending_mine = durable_is_pending(durable) && durable->accepted.primary == self;
#if defined MC_MUTATE_FORGET_PENDING || defined MC_MUTATE_SOLO_THOUGH_GROWN
    pending_mine = false;
#endif
    const Names none = {0};
    const Names chosen = chosen_mine ? names_of(&durable->chosen) : none;
    const Names pending = pending_mine ? names_of(&durable->accepted) : none;
    return names_both(&chosen, &pending);
}

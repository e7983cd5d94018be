/* record.h - questions about records, ballots and sets of members. Small, pure arithmetic. */
#ifndef MC_CORE_RECORD_H
#define MC_CORE_RECORD_H

#include "core/durable.h"
#include "core/instance.h"

static inline MemberSet member_bit(MemberId member)
{
    return member < MEMBERS_MAX ? (MemberSet)(1u << member) : 0;
}

static inline bool member_in(MemberSet set, MemberId member)
{
    return (set & member_bit(member)) != 0;
}

unsigned member_count(MemberSet set);

/* Everybody in the table; the servers of it. */
MemberSet members_all(const MemberTable *members);
MemberSet members_servers(const MemberTable *members);

/* More than half of `count` voters. */
static inline unsigned majority_of(unsigned count)
{
    return count / 2 + 1;
}

bool members_equal(const MemberTable *a, const MemberTable *b);
/* E4: `longer` begins with `table`: the same numbers name the same members. */
bool members_extend(const MemberTable *table, const MemberTable *longer);
bool cluster_equal(const ClusterId *a, const ClusterId *b);
bool cluster_is_none(const ClusterId *cluster);

/* <0, 0, >0 as a is lower than, the same as, higher than b: by number, then member, then incarnation. */
int ballot_compare(const Ballot *a, const Ballot *b);

bool attachment_equal(const Attachment *a, const Attachment *b);

/* Equal in everything that is decided (not in the time for people). */
bool record_equal(const Record *a, const Record *b);
/* Of everything that record_equal compares; never 0. Members compare those that others have made: what goes into it stays. */
uint64_t record_digest(const Record *record);

static inline bool record_is_none(const Record *record)
{
    return record->epoch == 0;
}

static inline bool record_is_solo(const Record *record)
{
    return record->eligible_count == 0;
}

/* E4: who votes under this record; and who did under the one before it, as it says. */
MemberSet record_voters(const Record *record);
MemberSet record_voters_before(const Record *record);

/* E4: a member that knows `chosen` to be chosen may accept `record`: its voters are those of the record before but for
 * one at most, the primary and the eligible are among them, and where `record` comes right after `chosen`, that is the record before. */
bool record_members_follow(const Record *chosen, const Record *record);

/* E4: `member`, whom `table` names, votes from now on, or no more. */
Record record_members(const Record *record, const MemberTable *table, MemberId member, bool votes,
                      int64_t wall);

/* E5: the line that a majority of this one opens. */
LineId line_after(LineId line);

/* E5: `later` is of the line of `record`, of one that majorities have made of it beyond it, of one that an operator has
 * chosen over it, or of one that has come from it in several steps, of which the last are known (`origin`). Anything else is
 * another history: a split. */
bool record_leads_to(const Record *record, const Record *later);

/* E5: writes down in the branch of a new line what the line before had come from, as far as there is room. */
void record_note_origin(const Branch *before, Branch *branch);

/* E5: a member that remembers this may take up `record`. One that a majority has not made gives way to whatever this
 * member has accepted, known to be chosen or not: it may be, and by those that the operator stood in for. */
bool durable_leads_to(const Durable *durable, const Record *record);

/* P7: the word of the primary under the record that is known here, and of a memory that was not lost since (E3). */
bool consent_holds(const Consent *consent, const Durable *durable);

/* E5: neither of the two can ever lead to the other. */
bool durable_splits_from(const Durable *durable, const Record *record);

/* E5: an operator has given the line of `record` up for that of `later`, and knew it as far as this. */
bool record_is_overruled(const Record *record, const Record *later);

/* E5: a majority has left the line of `record` for that of `later`, which is known to be chosen. What does not lead to that
 * would have come next: only a minority has accepted it, and nobody will choose it any more. */
bool record_is_outvoted(const Record *record, const Record *later);

/* E5: of a line that ended where the one of `chosen`, which is known to be, began, or that would have come next on it. Who has
 * slept over that may have accepted it under a higher ballot than anybody has used since: it counts as nothing. */
bool record_is_over(const Record *record, const Record *chosen);

/* The eligible entry of this member, or NULL. */
const EligibleMember *record_eligible(const Record *record, MemberId member);

/* D1: this member with this very directory is eligible. */
bool record_is_eligible(const Record *record, MemberId member, DirId dir);

/* `record` with one more epoch and this cause; the caller fills in what changes. */
Record record_next(const Record *record, Cause cause, int64_t wall);

/* The quorum that the settings ask of `count` eligible; `asked` 0: all of them. */
uint8_t record_quorum(uint8_t asked, uint8_t count);

/* P2: j, who is not in it, joins, and `quorum` of them acknowledge. */
Record record_attach(const Record *record, const EligibleMember *joining, uint8_t quorum,
                     int64_t wall);

/* P2: one leaves, and `quorum` of those who stay acknowledge. */
Record record_detach(const Record *record, MemberId leaving, uint8_t quorum, int64_t wall);

/* P2: everybody leaves. */
Record record_alone(const Record *record, Cause cause, int64_t wall);

/* P3, section 4: `successor` becomes primary with nobody eligible. */
Record record_succeed(const Record *record, Cause cause, MemberId successor, DirId dir,
                      Position end, TimelineId next, int64_t wall);

/* P3: the former primary becomes it again, with nobody eligible. There is one. */
Record record_hand_back(const Record *record, int64_t wall);

/* Section 4, restored: `directory`, just recovered from a backup, becomes the primary's. `branch.from` 0: it holds
 * all that was acknowledged, and the line goes on; else it opens a new one. */
Record record_restore(const Record *record, MemberId member, DirId dir, Position start,
                      const Branch *branch, int64_t wall);

/* Section 4, forced: `member` becomes primary on a line that `branch` tells of, whose first epoch is not below the next
 * one of `record`. `alone`: the line's id, random, where
 * an operator stands in for voters; else the one that a majority opens. `gone`: of those, who votes on it no more. */
Record record_force(const Record *record, MemberId member, DirId dir, Position end, TimelineId next,
                    const Branch *branch, LineId alone, MemberSet gone, int64_t wall);

/* The latest record that may be chosen, as this member knows: accepted beyond chosen, else chosen. */
const Record *durable_latest(const Durable *durable);

/* There is a record accepted beyond the chosen one: it may be chosen without our knowing (P2). */
bool durable_is_pending(const Durable *durable);

/* P2: what synchronous_standby_names must ask at least, so that every record that may be chosen and
 * names `self` as primary is satisfied. */
Names durable_names(const Durable *durable, MemberId self);

bool names_equal(const Names *a, const Names *b);
Names names_of(const Record *record);
/* P2: whoever waits for `a` waits for `b`: any a->quorum of `a` have b->quorum of `b` among them. */
bool names_imply(const Names *a, const Names *b);
/* P2: what implies both: the stronger one, or, where neither is, as many of all of them as that takes. */
Names names_both(const Names *a, const Names *b);

/* F1: who loses its role from `before` to `after` without having said so: a primary that has not handed over, who is
 * eligible no more, or is to be kept apart. */
MemberSet record_leaving(const Record *before, const Record *after);

/* For people. */
const char *cause_words(Cause cause);

/* <0, 0, >0 by timeline, then position: comparable only within one history. */
int position_compare(const Position *a, const Position *b);

#endif

/* fence.c - before an arbiter lets a server lose its role, its fencing command isolates that one (section 5, F1, F2).
 *
 * Nothing of what protects acknowledged commits rests on it. It bounds what is read from a server that nobody hears, and
 * it is decided once: from its start on, and over every death of this process, nothing that the target proposes is
 * accepted here, so that who is switched off has not just let the only other one go. */
#include "core/participant.h"

#include "base/assert.h"
#include "base/str.h"

enum {
    FENCE_AGAIN = 10000, /* after a command that failed */
    FENCE_HOLD =
        5, /* detection times in which nobody has wanted it left out: then it may speak again */
};

static bool has_command(const Participant *p, const CoreSettings *s)
{
    return s->fencing && p->durable.members.member[p->self].kind == MEMBER_ARBITER &&
           participant_is_voter(p, p->self);
}

/* A standby that has said that it leaves, and then falls silent, was stopped. */
static bool is_silent(const Participant *p, const CoreSettings *s, MemberId m)
{
    const Peer *peer = &p->peer[m];
    return !participant_hears(p, s, m) && !(peer->has_heartbeat && peer->heartbeat.leaving);
}

/* Its own agent says so, and is heard: there is nothing to isolate. */
static bool is_stopped(const Participant *p, const CoreSettings *s, MemberId m)
{
    const Peer *peer = &p->peer[m];
    return participant_hears(p, s, m) && peer->has_heartbeat &&
           (peer->heartbeat.instance == INSTANCE_DOWN || peer->heartbeat.instance == INSTANCE_NONE);
}

/* Whom the change needs isolated: a primary, unless it is stopped; a standby that is silent. */
static MemberSet targets_of(const Participant *p, const CoreSettings *s, const Fencing *fencing)
{
    MemberSet ret = 0;
    if (!has_command(p, s) || fencing->skip)
        return 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(fencing->leave, m) &&
            (fencing->primary ? !is_stopped(p, s, m) : fencing->heard_too || is_silent(p, s, m)))
            ret |= member_bit(m);
    return ret;
}

static MemberId first_of(MemberSet set)
{
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(set, m))
            return m;
    return MEMBER_NONE;
}

static bool has_just_failed(const Participant *p, MemberId target)
{
    return member_in(p->fencing.failed, target) && p->now - p->fencing.ended_at < FENCE_AGAIN;
}

Refusal fence_refuses(Participant *p, const CoreSettings *s, const Fencing *fencing)
{
    const MemberSet targets = targets_of(p, s, fencing);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(targets, m))
            p->fencing.asked_at[m] = p->now;
    const MemberId target = first_of(targets & (MemberSet)~p->durable.fenced);
#ifdef MC_MUTATE_ACCEPT_BEFORE_FENCED
    if (target != MEMBER_NONE && member_in(p->durable.fencing, target))
        return REFUSAL_NONE;
#endif
    if (target == MEMBER_NONE)
        return REFUSAL_NONE;
    if (p->fencing.order == 0 && has_just_failed(p, target))
        return REFUSAL_NOT_FENCED;
    return REFUSAL_FENCING;
}

void fence_begin(Participant *p, const CoreSettings *s, const Fencing *fencing, Actions *out)
{
    Durable *d = &p->durable;
    const MemberId target = first_of(targets_of(p, s, fencing) & (MemberSet)~d->fenced);
    assert(target != MEMBER_NONE);
    /* Who has just started has not heard a standby that is well yet. */
    if (!fencing->primary && !fencing->heard_too && p->now - p->started_at <= s->detection)
        return;
    const bool runs = p->fencing.order != 0;
    if (runs && (p->fencing.target != target || member_in(d->fencing, target)))
        return; /* one at a time; what was begun under an earlier record counts for this one, too */
    d->fencing |= member_bit(target);
    participant_persist(p, out);
    if (runs)
        return;
    Action *action = participant_order(p, ACTION_RUN, out); /* when that is durable (E2) */
    action->u.run = (RunOrder){.kind = RUN_FENCING,
                               .target = target,
                               .detach = !fencing->primary,
                               .by_operator = fencing->by_operator};
    p->fencing.order = action->sequence;
    p->fencing.target = target;
    p->fencing.failed &= (MemberSet)~member_bit(target);
    participant_log(p,
                    msg_fencing_begun(participant_name(p, target),
                                      fencing->primary ? "another server is to take its place"
                                                       : "it is to be detached"),
                    out);
    participant_hurry(p); /* the others show it */
}

bool fence_marks(const Participant *p, MemberId member)
{
    return member_in(p->durable.fencing, member);
}

void fence_ran(Participant *p, const Done *done, Actions *out)
{
    FencingRun *run = &p->fencing;
    if (run->order == 0 || done->sequence != run->order)
        return;
    const MemberSet target = member_bit(run->target);
    run->order = 0;
    run->ended_at = p->now;
    participant_hurry(p);
    if (!done->ok) {
        run->failed |= target;
        (void)str_copy(run->said, sizeof run->said, done->result.text); /* cut is fine */
        return;
    }
    if ((p->durable.fencing & target) == 0)
        return; /* a later record is chosen */
    p->durable.fenced |= target;
    participant_persist(p, out);
}

/* F2: of one whose command has failed nothing was decided. One that was isolated, or of which nobody knows, may come back
 * where whoever was to take its place has given that up, or died. */
static bool may_speak_again(const Participant *p, const CoreSettings *s, MemberId m)
{
    const FencingRun *run = &p->fencing;
    if ((run->order != 0 && run->target == m) || !participant_hears(p, s, m) ||
        p->peer[m].heard_at <= run->ended_at)
        return false;
    return member_in(run->failed, m) || p->now - run->asked_at[m] > FENCE_HOLD * s->detection;
}

void fence_tick(Participant *p, const CoreSettings *s, Actions *out)
{
    Durable *d = &p->durable;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        if (!member_in(d->fencing, m) || !may_speak_again(p, s, m))
            continue;
        d->fencing &= (MemberSet)~member_bit(m);
        d->fenced &= (MemberSet)~member_bit(m);
        p->fencing.failed &= (MemberSet)~member_bit(m);
        participant_persist(p, out);
        participant_log(p, msg_fencing_over(participant_name(p, m)), out);
    }
}

MemberSet fence_not_fenced(const Participant *p)
{
    MemberSet ret = 0;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(p->fencing.failed, m) && p->now - p->fencing.asked_at[m] < 3 * FENCE_AGAIN)
            ret |= member_bit(m);
    return ret;
}

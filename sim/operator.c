/* operator.c - who looks after the cluster, and what it takes to lose more than the protocol promises to survive.
 *
 * The operator comes now and then: boots what is down, starts what is stopped, gives a new base copy to a server whose
 * directory is lost or has gone its own way. At the end of the trouble everything is mended, or a core of it. */
#include "sim/world.h"

#include "base/assert.h"
#include "core/history.h"
#include "core/record.h"

enum {
    STARTING = 5000000, /* an agent or instance that is younger than this is left to itself */
    KNOWN = 5,          /* heartbeat intervals: everybody has been told by then */
    CHANGING =
        11000000, /* by then a change of the voters that was asked for has been proposed, or given up */
};

static bool is_server(const SimWorld *world, MemberId m)
{
    return world->members.member[m].kind == MEMBER_SERVER;
}

void operator_starts(SimWorld *world, MemberId member, const SimStart *how)
{
    if (!world->process[member].alive) {
        process_start(world, member, how);
    } else if (is_server(world, member)) {
        process_command(world, member,
                        &(Command){.kind = COMMAND_START_INSTANCE,
                                   .only_agent = !how->instance_wanted,
                                   .failover_asked = how->failover_asked,
                                   .failover_wanted = how->failover_wanted,
                                   .deadline = 30000});
    }
}

/* --- what a fault met --------------------------------------------------------------------------------- */

/* Its names ask for more than the record: an attachment is under way (P2). */
static bool is_growing(const SimWorld *world, const Record *latest)
{
    return latest->primary < SERVERS_MAX && instance_serves(world, latest->primary) &&
           world->instance[latest->primary].names.count > latest->eligible_count;
}

void fault_meets(SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    if (latest != NULL && latest->primary == member) {
        world->tally.primary_struck = true;
        world->tally.growths_cut += is_growing(world, latest);
    }
}

/* --- what may be lost ------------------------------------------------------------------------------ */

static bool is_held(const SimWorld *world, const Ballot *ballot)
{
    for (MemberId m = 0; m < world->members.count; m++) {
        if (ballot_compare(&world->disk[m].accepted, ballot) == 0) {
            return true;
        }
    }
    return false;
}

/* Some voter holds what nobody knows to be chosen. */
static bool is_undecided(const SimWorld *world, const Record *latest)
{
    for (uint32_t i = 0; i < world->checks.vote_count; i++) {
        const SimVote *vote = &world->checks.vote[i];
        if (vote->record.epoch > latest->epoch && is_held(world, &vote->ballot)) {
            return true;
        }
    }
    return false;
}

/* Its directory is one that the record means. */
static bool is_meant(const SimWorld *world, const Record *record, MemberId m)
{
    const SimDirectory *dir = &world->instance[m].dir;
    return dir->exists && dir->id != 0 &&
           ((record->primary == m && record->primary_dir == dir->id) ||
            record_is_eligible(record, m, dir->id));
}

/* The directories of these hold every acknowledged commit between them: the primary's, or any n-k+1 of the eligible. */
static bool hold_everything(const SimWorld *world, const Record *record, MemberSet members)
{
    unsigned eligible = 0;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (!member_in(members, m) || !is_server(world, m) || !is_meant(world, record, m)) {
            continue;
        }
        if (record->primary == m) {
            return true;
        }
        eligible++;
    }
    return eligible > (unsigned)(record->eligible_count - record->quorum);
}

bool spare_directory(const SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    if (latest == NULL || instance_running(&world->instance[member]) ||
        is_undecided(world, latest)) {
        return false;
    }
    const MemberSet others = members_all(&world->members) & (MemberSet)~member_bit(member);
    return hold_everything(world, latest, others);
}

/* The record names it: it is opened, once nobody else serves. Another one is opened in its place only while a lease
 * stands for it, and where neither is so its directory must not be missed. Of two lines one is chosen first: what each may lose
 * by a word of its own the checkers do not follow. */
bool may_recover(const SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    if (latest == NULL || instance_running(&world->instance[member]) || check_is_parted(world)) {
        return false;
    }
    return latest->primary == member || spare_directory(world, member) ||
           (latest->automatic && !record_is_solo(latest));
}

bool spare_memory_unseen(const SimWorld *world, MemberId member)
{
    const SimDisk *disk = &world->disk[member];
    const Micros known = KNOWN * (Micros)world->settings.heartbeat_interval * 1000;
    if (disk->copy_generation >= disk->told || world->now - disk->told_since < known) {
        return false;
    }
    for (MemberId m = 0; m < world->members.count; m++) {
        const SimProcess *other = &world->process[m];
        if (m != member &&
            (!other->alive || world->actor[actor_agent(m)].frozen || other->started_at == 0 ||
             world->disk[m].hung || other->started_at > disk->told_since - known ||
             !network_reaches(world, m, member, CHANNEL_AGENT))) {
            return false;
        }
    }
    return true;
}

/* --- visits ---------------------------------------------------------------------------------------- */

/* Nothing of its own: all of its WAL is the other's. Ids are unique, so the last one tells. */
static bool is_prefix(const SimDirectory *dir, const SimDirectory *of)
{
    return dir->count <= of->count &&
           (dir->count == 0 || dir->wal[dir->count - 1].id == of->wal[dir->count - 1].id);
}

/* Section 7: WAL of a timeline that its chain does not know cannot be judged, and is refused. */
static bool is_unknown(const SimDirectory *dir)
{
    for (unsigned i = 0; i < dir->chain.count; i++) {
        if (dir->chain.link[i].timeline == wal_timeline(dir)) {
            return false;
        }
    }
    return dir->chain.count > 0;
}

/* Section 4, restored: what was recovered from a backup may know nothing of the record under which the timeline was opened
 * that this one's WAL ends on; then that WAL is taken for its own. */
static bool is_of_before(const SimDirectory *dir, const SimDirectory *of)
{
    for (unsigned i = 0; i < dir->chain.count; i++) {
        for (unsigned j = 0; j < of->chain.count; j++) {
            const ChainLink *a = &dir->chain.link[i], *b = &of->chain.link[j];
            if (a->timeline == wal_timeline(dir) && a->epoch == b->epoch && a->line == b->line &&
                a->dir == b->dir) {
                return false;
            }
        }
    }
    return dir->chain.count > 0;
}

/* What the server says when it stays down: a copy is what its message asks for. */
static bool is_refused(const SimDirectory *dir, const SimDirectory *of)
{
    const Position end = wal_position(dir, dir->count), other = wal_position(of, of->count);
    Position fork;
    return history_compare(&dir->chain, &end, &of->chain, &other, &fork) != HISTORY_PREFIX;
}

/* Not on a host that is frozen, nor behind the back of an agent that has looked already and goes on with what it saw: what it
 * has ordered may wait for its state file. */
static void copy_if_lost(SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    const SimDirectory *dir = &world->instance[member].dir;
    if (world->actor[actor_agent(member)].frozen || world->disk[member].pending_size != 0) {
        return;
    }
    if (dir->interrupted && world->settings.rejoin != REJOIN_BY_HAND) {
        return; /* its agent is at it */
    }
    if (latest == NULL || latest->primary == member || !instance_serves(world, latest->primary) ||
        record_eligible(latest, member) != NULL || is_undecided(world, latest)) {
        return;
    }
    const SimDirectory *of = &world->instance[latest->primary].dir;
    if (!dir->exists || is_unknown(dir) || is_refused(dir, of) || is_of_before(dir, of) ||
        !is_prefix(dir, of)) {
        world_say(world, "-", "operator", "gives %s a new base copy", world_name(world, member));
        postgres_copy_directory(world, latest->primary, member);
        world->instance[member].phase = INSTANCE_DOWN;
    }
}

/* He has chosen it, and the command was cut off: a majority may have accepted that, and nobody knows. */
static bool is_chosen_half(const SimWorld *world, MemberId member)
{
    const Record *latest = check_latest(world);
    return latest != NULL && latest->branch.over != 0 && latest->primary == member &&
           check_waits_split(world, member);
}

static void visit_member(SimWorld *world, MemberId member)
{
    const bool failover = world->operator.failover;
    const SimStart how = {.by_operator = true,
                          .instance_wanted = true,
                          .failover_asked = failover,
                          .failover_wanted = failover};
    const SimProcess *process = &world->process[member];
    const SimInstance *instance = &world->instance[member];
    if (member_in(world->operator.given_up, member)) {
        return;
    }
    host_boot(world, member);
    if (!process->alive) {
        process_start(world, member, &how);
        return;
    }
    const Record *latest = check_latest(world);
    const bool chosen = check_may_be_chosen(world, member); /* what it waits for is another word */
    if (world->operator.mends && latest != NULL && member_in(latest->apart, member) && !chosen) {
        operator_starts(world, member, &how);
        return;
    }
    if (!is_server(world, member) || instance_running(instance) || process->started_at == 0 ||
        world->now - process->started_at < STARTING || world->now - instance->ended_at < STARTING) {
        return;
    }
    if (world->operator.mends &&(chosen || is_chosen_half(world, member))) {
        return;
    }
    copy_if_lost(world, member);
    operator_starts(world, member, &how);
}

/* E4: at the end whoever is there votes again. */
static void add_again(SimWorld *world, const Record *latest)
{
    const MemberSet absent = members_all(&world->members) &
                             (MemberSet) ~(record_voters(latest) | world->operator.given_up);
    if (absent != 0 && latest->primary < SERVERS_MAX) {
        process_command(world, latest->primary,
                        &(Command){.kind = COMMAND_MEMBERS, .with = absent, .deadline = 10000});
    }
}

/* E4: the voters of a line that has removed this server do not listen to it, nor does whoever has gone over to that line. He
 * stands in for them: for all, for who speaks is counted. */
static MemberSet deaf_to(const SimWorld *world, MemberId m)
{
    const Record *other = check_line_of_other(world, m);
    return other == NULL || member_in(record_voters(other), m)
               ? 0
               : members_all(&world->members) & (MemberSet)~member_bit(m);
}

/* A word there may make it the primary: it has a directory that was not recovered meanwhile, and has not gone over to a line of
 * which another one is the primary. Otherwise he keeps the other line. */
static bool can_be_kept(const SimWorld *world, MemberId m)
{
    static Status status; /* large, and nobody else looks at it */
    const SimDirectory *dir = &world->instance[m].dir;
    if (!world->process[m].alive || !dir->exists || dir->restored.there) {
        return false;
    }
    agent_status(world->process[m].agent, clock_now(world, m), &status);
    return status.record.primary == m;
}

/* E5: two lines have met, both primaries have stopped, and one is kept. */
static void choose_line(SimWorld *world)
{
    for (MemberId m = 0; m < SERVERS_MAX && world->operator.mends; m++) {
        if (is_server(world, m) && can_be_kept(world, m) &&
            ((check_is_parted(world) && check_may_be_chosen(world, m)) ||
             is_chosen_half(world, m))) {
            const MemberSet without = deaf_to(world, m);
            check_forced(world, m, without);
            world->checks.faults++; /* it makes a primary (I6) */
            process_command(world, m,
                            &(Command){.kind = COMMAND_SWITCH,
                                       .to = MEMBER_NONE,
                                       .force = true,
                                       .without = without,
                                       .deadline = 10000});
            return;
        }
    }
}

static void visit(SimWorld *world, SimEvent *event)
{
    const SimOperator *it = &world->operator;
    if (event->n != it->turn || it->period == 0) {
        return;
    }
    const Record *latest = check_latest(world);
    for (MemberId m = 0; m < world->members.count; m++) {
        visit_member(world, m);
    }
    if (it->mends && latest != NULL) {
        add_again(world, latest);
    }
    choose_line(world);
    /* His word at every server: the contrary may have been said at any. */
    for (MemberId m = 0; m < world->members.count && latest != NULL; m++) {
        if (it->failover && !latest->automatic && is_server(world, m)) {
            process_command(world, m,
                            &(Command){.kind = COMMAND_FAILOVER,
                                       .failover_asked = true,
                                       .failover_wanted = true,
                                       .deadline = 30000});
        }
    }
    world_after(world, it->period, &(SimEvent){.run = visit, .actor = ACTOR_NONE, .n = event->n});
}

void operator_attends(SimWorld *world, Micros period, bool failover)
{
    SimOperator *it = &world->operator;
    it->period = period;
    it->failover = failover;
    world_after(world, period, &(SimEvent){.run = visit, .actor = ACTOR_NONE, .n = ++it->turn});
}

/* --- the end of the trouble -------------------------------------------------------------------------- */

static void mend_member(SimWorld *world, MemberId m)
{
    world->process[m].trap = (SimTrap){0};
    world->disk[m].tears = false;
    actor_thaw(world, actor_agent(m));
    disk_works_again(world, m);
    world->disk[m].delay = DISK_DELAY;
    if (is_server(world, m)) {
        SimInstance *instance = &world->instance[m];
        actor_thaw(world, actor_instance(m));
        instance_quiet(instance);
        instance->fail_start = instance->fail_stop = instance->fail_promote = false;
        instance->disk_full = instance->disk_fails = false;
        instance->checkpointer_lag = instance->start_lag = instance->promote_lag = 0;
    }
}

void mend_all(SimWorld *world)
{
    network_heal(world);
    world->cancel_after = 0;
    world->operator.given_up = 0;
    world->operator.mends = true;
    for (MemberId m = 0; m < world->members.count; m++) {
        world->process[m].members_named = 0;
        if (world->command_word[m] != COMMAND_SAYS_BROKEN) { /* a lie is judged by it */
            world->command_word[m] = COMMAND_SAYS_TRUTH;
        }
        mend_member(world, m);
    }
}

/* Some disk has lied: of whom the record means, who lacks what it has told since (P3); or of anybody, and any n-k+1 no
 * longer hold everything without the primary. */
static bool was_lied_to(const SimWorld *world, const Record *latest)
{
    bool lied = false;
    for (MemberId m = 0; m < world->members.count; m++) {
        const SimDirectory *dir = &world->instance[m].dir;
        lied |= is_server(world, m) && dir->lied &&
                (latest->quorum < latest->eligible_count || is_meant(world, latest, m));
    }
    return lied;
}

/* Who is to vote from now on must have a majority, too (E4): who that will be is not said here. */
static bool voters_change(const SimWorld *world)
{
    const Micros asked = world->operator.members_asked;
    return asked != 0 && world->now - asked < CHANGING;
}

/* What a hung disk was given is voted as soon as it works again, and may be what a given up voter has accepted, too. */
static bool holds_back(const SimWorld *world)
{
    for (MemberId m = 0; m < world->members.count; m++) {
        if (world->disk[m].hung && world->disk[m].pending_size > 0) {
            return true;
        }
    }
    return false;
}

static bool is_majority(MemberSet core, MemberSet voters)
{
    return member_count(core & voters) >= majority_of(member_count(voters));
}

/* The first of these that hold everything; a majority with them, of those before the last change of voters, too: nobody may
 * know that this was chosen (E4). A voter that has forgotten needs all the others. */
static MemberSet choose_core(SimWorld *world)
{
    const Record *latest = check_latest(world);
    const MemberSet all = members_all(&world->members);
    if (latest == NULL || !latest->automatic || is_undecided(world, latest) || holds_back(world) ||
        was_lied_to(world, latest) || voters_change(world) || check_is_parted(world)) {
        return all;
    }
    MemberSet core = 0;
    const MemberId count = world->members.count;
    const MemberId first = (MemberId)world_between(world, 0, count - 1);
    for (MemberId i = 0; i < count && !hold_everything(world, latest, core); i++) {
        const MemberId m = (MemberId)((first + i) % count);
        core |= is_server(world, m) && is_meant(world, latest, m) ? member_bit(m) : 0;
    }
    for (MemberId m = 0; m < count; m++) {
        if (!hold_everything(world, latest, core) || !world->disk[m].begun ||
            world->disk[m].forgot.incarnation != 0) {
            return all;
        }
        if (!is_majority(core, record_voters(latest)) ||
            !is_majority(core, record_voters_before(latest))) {
            core |= member_bit((MemberId)((first + m) % count));
        }
    }
    return core;
}

void mend_core(SimWorld *world)
{
    const MemberSet core = choose_core(world);
    mend_all(world);
    world->operator.given_up = members_all(&world->members) & (MemberSet)~core;
    for (MemberId m = 0; m < world->members.count; m++) {
        if (!member_in(core, m)) {
            world_say(world, "-", "operator", "gives up %s", world_name(world, m));
            world->checks.faults++; /* which may have been the primary (I6) */
            host_kill(world, m);
        }
    }
}

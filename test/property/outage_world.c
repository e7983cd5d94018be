/* outage_world.c - the lives and damages of small clusters; what is true of them, and what is seen. */
#include "outage_world.h"

#include "base/assert.h"
#include "base/str.h"

#include <string.h>

enum { ARBITER = 2, NOBODY = 2, COPY_ID = 0xee, SYSTEM = 99, LINE = 0x70000 };

static unsigned other_of(unsigned server)
{
    return 1U - server;
}

/* --- life ------------------------------------------------------------------------------------------- */

static void begin(World *world)
{
    const WorldRecord first = {.epoch = 2, .primary_dir = 1, .eligible_dir = 2, .timeline = 1};
    memset(world, 0, sizeof(*world));
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        world->voter[v] = (WorldVoter){.ballot = 1, .accepted = first, .chosen = first};
    }
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        world->directory[s] =
            (WorldDirectory){.id = (uint8_t)(s + 1), .timeline = 1, .timeline_epoch = 1, .end = 1};
    }
    world->ballots = 1;
    world->dirs = 2;
    world->commits = 0;
    world->clock = 1;
}

static WorldRecord *latest(World *world, unsigned v)
{
    WorldVoter *voter = &world->voter[v];
    return voter->accepted.epoch > voter->chosen.epoch ? &voter->accepted : &voter->chosen;
}

static bool is_pending(World *world, unsigned v)
{
    return world->voter[v].accepted.epoch > world->voter[v].chosen.epoch;
}

/* The standby acknowledges while any record asks for it that may be chosen. */
static bool waits(World *world, unsigned server)
{
    const WorldVoter *own = &world->voter[server];
    return own->chosen.eligible_dir != 0 ||
           (is_pending(world, server) && own->accepted.eligible_dir != 0);
}

static bool streams(World *world, unsigned standby)
{
    const WorldDirectory *to = &world->directory[standby];
    const WorldDirectory *from = &world->directory[other_of(standby)];
    return to->timeline == from->timeline && to->timeline_start == from->timeline_start &&
           to->end <= from->end && (to->commits & from->commits) == to->commits;
}

static void catch_up(World *world, unsigned standby)
{
    WorldDirectory *to = &world->directory[standby];
    const WorldDirectory *from = &world->directory[other_of(standby)];
    if (to->end != from->end) {
        to->written = world->clock;
    }
    to->end = from->end;
    to->commits = from->commits;
}

static void write_commit(World *world, bool replicate)
{
    if (world->serving == NOBODY) {
        return;
    }
    const unsigned primary = world->serving;
    const unsigned standby = other_of(primary);
    WorldDirectory *own = &world->directory[primary];
    own->commits |= 1U << world->commits++;
    own->end++;
    own->written = ++world->clock;
    const bool sent = replicate && streams(world, standby);
    if (sent) {
        catch_up(world, standby);
    }
    if (!waits(world, primary) || sent) {
        world->acknowledged |= own->commits;
    }
}

/* How far a round came: who accepted, whether its proposer heard of enough, whether everybody did. */
typedef struct Spread {
    bool second;  /* the other server accepts */
    bool arbiter; /* accepts */
    bool known;   /* to the proposer, if it is chosen */
    bool told;    /* to everybody */
} Spread;

static const Spread spreads[] = {
    {false, false, false, false}, {false, true, true, false}, {true, true, true, true},
    {false, true, false, false},  {true, false, true, false},
};
enum { SPREADS = sizeof(spreads) / sizeof(spreads[0]) };

static bool same_record(const WorldRecord *a, const WorldRecord *b)
{
    return a->epoch == b->epoch && a->primary == b->primary && a->primary_dir == b->primary_dir &&
           a->eligible_dir == b->eligible_dir && a->timeline == b->timeline && a->start == b->start;
}

/* A round finds what those whom it asks have accepted, and does not write over it. */
static bool is_overtaken(World *world, unsigned proposer, const WorldRecord *record,
                         const Spread *spread)
{
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        const bool asked = v == ARBITER ? spread->arbiter : v != proposer && spread->second;
        const WorldRecord *there = latest(world, v);
        if (asked && there->epoch >= record->epoch && !same_record(there, record)) {
            return true;
        }
    }
    return false;
}

static void round_of(World *world, unsigned proposer, const WorldRecord *record,
                     const Spread *spread)
{
    const bool accepts[WORLD_VOTERS] = {proposer == 0 || spread->second,
                                        proposer == 1 || spread->second, spread->arbiter};
    const bool chosen = spread->second || spread->arbiter;
    if (is_overtaken(world, proposer, record, spread)) {
        return;
    }
    world->ballots++;
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        if (accepts[v]) {
            world->voter[v].ballot = world->ballots;
            world->voter[v].accepted = *record;
        }
        if (chosen && ((v == proposer && spread->known) || spread->told)) {
            world->voter[v].chosen = *record;
        }
    }
}

/* What was accepted beyond the chosen record is proposed again before anything else. */
static void resolve(World *world, unsigned server, const Spread *spread)
{
    if (is_pending(world, server)) {
        const WorldRecord record = world->voter[server].accepted;
        round_of(world, server, &record, spread);
    }
}

static void detach(World *world, const Spread *spread)
{
    const unsigned primary = world->serving;
    if (primary == NOBODY) {
        return;
    }
    WorldRecord record = world->voter[primary].chosen;
    if (is_pending(world, primary) || record.eligible_dir == 0) {
        resolve(world, primary, spread);
        return;
    }
    record.epoch++;
    record.eligible_dir = 0;
    round_of(world, primary, &record, spread);
}

static void attach(World *world, const Spread *spread)
{
    const unsigned primary = world->serving;
    if (primary == NOBODY || is_pending(world, primary)) {
        return;
    }
    const unsigned standby = other_of(primary);
    WorldRecord record = world->voter[primary].chosen;
    if (record.eligible_dir != 0) {
        return;
    }
    if (!streams(world, standby) && is_pending(world, standby)) {
        return; /* D1 */
    }
    if (!streams(world, standby)) { /* made over first */
        const WorldDirectory *from = &world->directory[primary];
        world->directory[standby] = *from;
        world->directory[standby].id = ++world->dirs;
    }
    catch_up(world, standby);
    world->acknowledged |=
        world->directory[standby].commits; /* the names are tight, it has flushed */
    record.epoch++;
    record.eligible_dir = world->directory[standby].id;
    round_of(world, primary, &record, spread);
}

static void promote(World *world, unsigned server)
{
    const WorldRecord *record = &world->voter[server].chosen;
    WorldDirectory *own = &world->directory[server];
    if (record->primary != server || record->primary_dir != own->id ||
        own->timeline == record->timeline) {
        return;
    }
    own->timeline = record->timeline;
    own->timeline_start = record->start;
    own->timeline_epoch = record->epoch;
    own->written = ++world->clock;
    world->serving = (uint8_t)server;
}

/* With the arbiter, which must not have accepted anything that says otherwise. */
static void take_over(World *world, const Spread *spread, bool promotes)
{
    const unsigned primary = world->serving;
    if (primary == NOBODY) {
        return;
    }
    const unsigned standby = other_of(primary);
    const WorldVoter *own = &world->voter[standby];
    const WorldVoter *arbiter = &world->voter[ARBITER];
    const WorldRecord from =
        arbiter->ballot > own->ballot ? *latest(world, ARBITER) : *latest(world, standby);
    if (from.primary != primary || from.eligible_dir == 0 ||
        from.eligible_dir != world->directory[standby].id ||
        latest(world, ARBITER)->epoch > from.epoch || latest(world, standby)->epoch > from.epoch) {
        return;
    }
    const WorldRecord next = {.epoch = (uint8_t)(from.epoch + 1),
                              .primary = (uint8_t)standby,
                              .primary_dir = from.eligible_dir,
                              .timeline = (uint8_t)(from.timeline + 1),
                              .start = world->directory[standby].end};
    const Spread alone = {.arbiter = spread->arbiter, .known = spread->known, .told = false};
    round_of(world, standby, &next, &alone);
    if (alone.arbiter) {
        world->serving = NOBODY; /* its lease runs out: it serves no more */
    }
    if (alone.arbiter && alone.known && promotes) {
        promote(world, standby);
    }
}

static void event(World *world, Tape *tape)
{
    const Spread *spread = &spreads[tape_pick(tape, SPREADS)];
    switch (tape_pick(tape, 6)) {
    case 0:
        write_commit(world, true);
        break;
    case 1:
        write_commit(world, false);
        break;
    case 2:
        detach(world, spread);
        break;
    case 3:
        attach(world, spread);
        break;
    case 4:
        take_over(world, spread, true);
        break;
    default:
        take_over(world, spread, false);
        break;
    }
}

void world_live(World *world, Tape *tape, unsigned events)
{
    begin(world);
    for (unsigned i = 0; i < events; i++) {
        event(world, tape);
    }
    const uint32_t last = tape_pick(tape, 3); /* it works until the very end */
    if (last > 0) {
        write_commit(world, last == 1);
    }
}

/* --- damage ----------------------------------------------------------------------------------------- */

/* A volume that was put back is found out by an eligible standby that has more. */
static bool is_noticed(const World *world, const WorldFates *fates, unsigned server)
{
    const unsigned standby = other_of(server);
    const WorldRecord *known = &world->voter[standby].chosen;
    return fates->voter[standby] == VOTER_REACHED && fates->directory[standby] == DIRECTORY_STAYS &&
           known->primary == server && known->eligible_dir == world->directory[standby].id &&
           world->directory[standby].end > 1 && world->directory[server].timeline == 1 &&
           world->voter[ARBITER].accepted.eligible_dir == known->eligible_dir &&
           world->voter[server].accepted.eligible_dir == known->eligible_dir;
}

static void put_back(World *world, WorldDirectory *own)
{
    own->timeline = own->timeline_epoch = 1;
    own->timeline_start = 0;
    own->end = 1;
    own->commits = 0;
    own->written = (uint8_t)(world->clock + 1);
}

bool world_damage(World *world, const WorldFates *fates)
{
    for (unsigned s = 0; s < WORLD_SERVERS; s++) {
        WorldDirectory *own = &world->directory[s];
        if (fates->directory[s] == DIRECTORY_BACK && !is_noticed(world, fates, s)) {
            return false;
        }
        if (fates->directory[s] == DIRECTORY_LOST) {
            *own = (WorldDirectory){0};
        }
        if (fates->directory[s] == DIRECTORY_COPY) {
            own->id = (uint8_t)(COPY_ID + s);
        }
        if (fates->directory[s] >= DIRECTORY_COPY) {
            put_back(world, own);
        }
    }
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        if (fates->voter[v] == VOTER_FORGETS) {
            world->voter[v] = (WorldVoter){0};
        }
    }
    return true;
}

/* --- what is seen ----------------------------------------------------------------------------------- */

static MemberTable members(void)
{
    static const char *const names[] = {"a", "b", "w"};
    MemberTable table = {.count = WORLD_VOTERS};
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        (void)str_copy(table.member[v].name, MEMBER_NAME_SIZE, names[v]);
    }
    table.member[ARBITER].kind = MEMBER_ARBITER;
    return table;
}

static Record record_of(const WorldRecord *from)
{
    Record record = {.cluster = {.bytes = {7}},
                     .system_identifier = SYSTEM,
                     .line = LINE,
                     .epoch = from->epoch,
                     .primary = from->primary,
                     .primary_dir = from->primary_dir,
                     .automatic = true,
                     .voters = members(),
                     .timeline = from->timeline,
                     .start = from->start};
    if (from->eligible_dir != 0) {
        record.eligible_count = record.quorum = 1;
        record.eligible[0] = (EligibleMember){.member = (MemberId)other_of(from->primary),
                                              .dir = from->eligible_dir};
    }
    return from->epoch == 0 ? (Record){0} : record;
}

static void voter_facts(const World *world, unsigned v, Evidence *ret)
{
    const WorldVoter *voter = &world->voter[v];
    ret->agent = 50U + v;
    ret->memory = voter->ballot != 0;
    if (ret->memory) {
        ret->accepted_ballot = (Ballot){.number = voter->ballot, .incarnation = 1};
        ret->accepted = record_of(&voter->accepted);
        ret->chosen = record_of(&voter->chosen);
    }
}

static void directory_facts(const WorldDirectory *own, Evidence *ret)
{
    ret->instance = own->id == 0 ? INSTANCE_NONE : INSTANCE_DOWN;
    if (own->id == 0) {
        return;
    }
    ret->system_identifier = SYSTEM;
    ret->dir = own->id;
    ret->wal = (Position){.timeline = own->timeline, .lsn = own->end};
    ret->last_link = (ChainLink){.line = LINE,
                                 .epoch = own->timeline_epoch,
                                 .timeline = own->timeline,
                                 .start = own->timeline_start};
}

void world_facts(const World *world, const WorldFates *fates, OutageFacts *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->members = members();
    ret->automatic = true;
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        ret->reached[v] = fates->voter[v] != VOTER_UNREACHED;
        if (ret->reached[v]) {
            voter_facts(world, v, &ret->evidence[v]);
        }
        if (ret->reached[v] && v != ARBITER) {
            directory_facts(&world->directory[v], &ret->evidence[v]);
        }
    }
}

static uint8_t *put_record(uint8_t *to, const WorldRecord *record)
{
    const uint8_t bytes[] = {record->epoch,        record->primary,  record->primary_dir,
                             record->eligible_dir, record->timeline, record->start};
    memcpy(to, bytes, sizeof(bytes));
    return to + sizeof(bytes);
}

void world_look(const World *world, const WorldFates *fates, uint8_t ret[WORLD_LOOK])
{
    uint8_t *to = ret;
    memset(ret, 0, WORLD_LOOK);
    for (unsigned v = 0; v < WORLD_VOTERS; v++) {
        *to++ = fates->voter[v] == VOTER_UNREACHED;
        if (fates->voter[v] == VOTER_UNREACHED) {
            continue;
        }
        *to++ = world->voter[v].ballot;
        to = put_record(to, &world->voter[v].accepted);
        to = put_record(to, &world->voter[v].chosen);
        if (v != ARBITER) {
            const WorldDirectory *own = &world->directory[v];
            const uint8_t bytes[] = {own->id, own->timeline, own->timeline_start,
                                     own->timeline_epoch, own->end};
            memcpy(to, bytes, sizeof(bytes));
            to += sizeof(bytes);
        }
    }
    assert((size_t)(to - ret) <= WORLD_LOOK);
}

bool world_has_all(const World *world, const WorldFates *fates, unsigned server)
{
    return fates->voter[server] != VOTER_UNREACHED && world->directory[server].id != 0 &&
           (world->acknowledged & ~world->directory[server].commits) == 0;
}

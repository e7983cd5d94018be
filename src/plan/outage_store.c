/*
 * pgx_rcvall --fetch brings the newest generation and the newest WAL to any server, so all servers with a backup directory
 * reach equally far, but for what is in an old pg_wal. So where to recover is decided by who may open then: the server
 * that the record names needs nobody's leave, and another one does where that one is silent (section 4, restored).
 */
#include "plan/outage_store.h"

#include "base/assert.h"
#include "core/record.h"

static bool has_database(const OutagePlan *plan, uint64_t system_identifier)
{
    return system_identifier != 0 &&
           (record_is_none(&plan->record) || system_identifier == plan->record.system_identifier);
}

static bool has_generation(const OutagePlan *plan, const OutageStore *store)
{
    return store->known && store->newest[0] != '\0' && has_database(plan, store->system_identifier);
}

static Position wal_end(const OutagePlan *plan, const OutageStore *store)
{
    const FileReach *reach = &store->reach;
    const bool has =
        store->known && reach->segment[0] != '\0' && has_database(plan, reach->system_identifier);
    return has ? (Position){.timeline = reach->timeline, .lsn = reach->end} : (Position){0};
}

/* Its old pg_wal, which pgx_rcvall reads and keeps: as far as it is of the record's history. */
static Position own_end(const OutageFacts *facts, const OutagePlan *plan, MemberId m)
{
    const OutageServer *server = &plan->server[m];
    const bool counts =
        facts->reached[m] && server->end != 0 && server->directory != OUTAGE_DIRECTORY_RESTORED;
    return counts ? facts->evidence[m].wal : (Position){0};
}

static bool is_server(const OutageFacts *facts, MemberId m)
{
    return m < facts->members.count && facts->members.member[m].kind == MEMBER_SERVER;
}

/* Of equals the one that is there: nothing need be fetched for it. */
static MemberId newest_generation(const OutageFacts *facts, const OutagePlan *plan,
                                  const OutageStore *store, MemberId at)
{
    MemberId best = has_generation(plan, &store[at]) ? at : MEMBER_NONE;
    for (MemberId m = 0; m < facts->members.count; m++) {
        if (is_server(facts, m) && has_generation(plan, &store[m]) &&
            (best == MEMBER_NONE || position_compare(&store[m].stop, &store[best].stop) > 0)) {
            best = m;
        }
    }
    return best;
}

static MemberId newest_wal(const OutageFacts *facts, const OutagePlan *plan,
                           const OutageStore *store, MemberId at)
{
    MemberId best = at;
    for (MemberId m = 0; m < facts->members.count; m++) {
        const Position most = wal_end(plan, &store[best]);
        const Position own = is_server(facts, m) ? wal_end(plan, &store[m]) : (Position){0};
        if (position_compare(&own, &most) > 0) {
            best = m;
        }
    }
    return best;
}

/* What a recovery at this server would reach. */
static OutageRecovery recovery_at(const OutageFacts *facts, const OutagePlan *plan,
                                  const OutageStore *store, MemberId at)
{
    const MemberId from = newest_generation(facts, plan, store, at);
    OutageRecovery ret = {.at = at, .from = from, .wal = newest_wal(facts, plan, store, at)};
    assert(from != MEMBER_NONE);
    const Position own = own_end(facts, plan, at);
    ret.end = wal_end(plan, &store[ret.wal]);
    if (position_compare(&own, &ret.end) > 0) {
        ret.end = own;
        ret.wal = MEMBER_NONE;
    }
    if (position_compare(&store[from].stop, &ret.end) > 0) {
        ret.end = store[from].stop;
        ret.wal = MEMBER_NONE;
    }
    ret.fetch = from != at || (ret.wal != MEMBER_NONE && ret.wal != at);
    return ret;
}

static bool is_better(const OutagePlan *plan, const OutageRecovery *a, const OutageRecovery *b)
{
    const int further = position_compare(&a->end, &b->end);
    if (further != 0) {
        return further > 0;
    }
    const bool named = a->at == plan->record.primary;
    if (named != (b->at == plan->record.primary)) {
        return named;
    }
    return !a->fetch && b->fetch;
}

/* On an older timeline than the record's it reaches to where that one begins, at most. */
static void compare(const OutagePlan *plan, OutageRecovery *ret)
{
    const Record *record = &plan->record;
    ret->known = record->start;
    for (MemberId m = 0; m < MEMBERS_MAX; m++) {
        const OutageServer *server = &plan->server[m];
        ret->known = server->beyond > ret->known ? server->beyond : ret->known;
    }
    ret->reach = OUTAGE_REACH_UNKNOWN;
    if (record_is_none(record) || ret->end.timeline > record->timeline) {
        return;
    }
    if (ret->end.timeline < record->timeline && ret->end.lsn > record->start) {
        ret->end.lsn = record->start;
    }
    ret->reach = ret->end.lsn < ret->known ? OUTAGE_REACH_SHORT : OUTAGE_REACH_KNOWN;
    ret->forced_reaches =
        plan->forced != MEMBER_NONE && plan->server[plan->forced].end >= ret->end.lsn;
}

OutageRecovery outage_recovery(const OutageFacts *facts, const OutagePlan *plan,
                               const OutageStore store[MEMBERS_MAX])
{
    OutageRecovery best = {.at = MEMBER_NONE, .from = MEMBER_NONE, .wal = MEMBER_NONE};
    assert(facts->members.count > 0);
    assert(facts->members.count <= MEMBERS_MAX);
    bool any = false;
    for (MemberId m = 0; m < facts->members.count; m++) {
        any = any || (is_server(facts, m) && has_generation(plan, &store[m]));
    }
    for (MemberId m = 0; any && m < facts->members.count; m++) {
        if (!is_server(facts, m) || !store[m].known) {
            continue;
        }
        const OutageRecovery one = recovery_at(facts, plan, store, m);
        if (best.at == MEMBER_NONE || is_better(plan, &one, &best)) {
            best = one;
        }
    }
    if (best.at != MEMBER_NONE) {
        compare(plan, &best);
    }
    return best;
}

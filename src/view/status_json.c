/*
 * Status as JSON. Names of keys are for programs: once printed by a release, they stay.
 */
#include "view/status_json.h"

#include "core/record.h"
#include "view/json.h"
#include "view/words.h"

static json_t *json_lsn(Lsn lsn)
{
    char text[STR_LSN_SIZE];
    return lsn == 0 ? json_null() : json_string(str_from_lsn(lsn, text, sizeof(text)));
}

static const char *name_of(const Status *status, MemberId member)
{
    return member < status->count ? status->member[member].name : "";
}

static json_t *json_set(const Status *status, MemberSet set)
{
    json_t *list = json_array();
    for (MemberId m = 0; m < status->count; m++) {
        if (member_in(set, m)) {
            (void)json_array_append_new(list, json_text(status->member[m].name)); /* takes NULL */
        }
    }
    return list;
}

static json_t *json_eligible(const Status *status)
{
    MemberSet set = 0;
    for (int i = 0; i < status->record.eligible_count; i++) {
        set |= member_bit(status->record.eligible[i].member);
    }
    return json_set(status, set);
}

/* How much WAL of the primary a server does not have; null where positions cannot be compared. */
static json_t *json_lag(const Status *status, const MemberStatus *member)
{
    const MemberId primary = status->record.primary;
    if (primary >= status->count) {
        return json_null();
    }
    const Position *end = &status->member[primary].wal;
    if (end->lsn == 0 || member->wal.lsn == 0 || end->timeline != member->wal.timeline) {
        return json_null();
    }
    return json_integer(end->lsn > member->wal.lsn ? (json_int_t)(end->lsn - member->wal.lsn) : 0);
}

static const char *host_of(const ViewExtra *extra, const char *name)
{
    for (size_t i = 0; i < extra->count; i++) {
        if (str_equal(extra->host[i].name, name)) {
            return extra->host[i].host;
        }
    }
    return "";
}

static json_t *json_connection(const Status *status, const ViewExtra *extra,
                               const MemberStatus *member)
{
    const bool online = !status->from_disk && member->connected;
    json_t *object = json_object();
    json_put(object, "id", json_text(member->name));
    json_put(object, "host", json_text(host_of(extra, member->name)));
    json_put(object, "status", json_string(online ? "online" : "offline"));
    json_put(object, "silent_ms",
             member->silent < 0 ? json_null() : json_integer((json_int_t)member->silent));
    if (member->kind == MEMBER_ARBITER) {
        json_put(object, "arbitrated", json_boolean(online));
    }
    return object;
}

static json_t *json_server(const Status *status, const ViewExtra *extra, const MemberStatus *member)
{
    json_t *object = json_connection(status, extra, member);
    json_put(object, "host_role", json_string(view_role_word(member->role)));
    json_put(object, "host_status", json_string(view_health_word(member->host)));
    json_put(object, "db_proc_status", json_string(view_process_word(member->process)));
    json_put(object, "disk_status", json_string(view_health_word(member->disk)));
    json_put(object, "instance", json_string(view_phase_word(member->instance)));
    json_put(object, "eligible", json_boolean(member->eligible));
    json_put(object, "parted", json_boolean(member->parted));
    json_put(object, "timeline",
             member->wal.timeline == 0 ? json_null() : json_integer(member->wal.timeline));
    json_put(object, "lsn", json_lsn(member->wal.lsn));
    json_put(object, "replay_lsn", json_lsn(member->replay));
    json_put(object, "lag_bytes", json_lag(status, member));
    return object;
}

typedef json_t *MemberJson(const Status *, const ViewExtra *, const MemberStatus *);

static json_t *json_members(const Status *status, const ViewExtra *extra, MemberKind kind,
                            MemberJson *one)
{
    json_t *list = json_array();
    for (MemberId m = 0; m < status->count; m++) {
        if (status->member[m].kind == kind) {
            (void)json_array_append_new(list, one(status, extra, &status->member[m]));
        }
    }
    return list;
}

/* Where the line comes from, when a recovery from a backup, or an operator's force, has begun it. */
static json_t *json_branch(const Status *status, const Branch *branch)
{
    char from[2 * sizeof(branch->from) + 1];
    if (branch->from == 0) {
        return json_null();
    }
    (void)str_format(from, sizeof(from), "%016llx", (unsigned long long)branch->from); /* fits */
    json_t *object = json_object();
    json_put(object, "line_before", json_string(from));
    json_put(object, "epoch", json_integer((json_int_t)branch->epoch));
    json_put(object, "recovered_to", json_lsn(branch->end));
    json_put(object, "lost_bytes",
             branch->lost > branch->end ? json_integer((json_int_t)(branch->lost - branch->end))
                                        : json_null()); /* nobody could tell */
    json_put(object, "forced", json_boolean(branch->forced));
    json_put(object, "without", json_set(status, branch->without));
    (void)str_format(from, sizeof(from), "%016llx", (unsigned long long)branch->over); /* fits */
    json_put(object, "chosen_over", branch->over == 0 ? json_null() : json_string(from));
    return object;
}

/* The other one of two lines that exclude each other; null: none is known. */
static json_t *json_split(const Status *status)
{
    const Record *split = &status->split;
    char line[2 * sizeof(split->line) + 1];
    if (split->epoch == 0) {
        return json_null();
    }
    (void)str_format(line, sizeof(line), "%016llx", (unsigned long long)split->line); /* fits */
    json_t *object = json_object();
    json_put(object, "line", json_string(line));
    json_put(object, "epoch", json_integer((json_int_t)split->epoch));
    json_put(object, "since", json_time(split->decided_at * 1000));
    json_put(object, "cause", json_string(cause_words(split->cause)));
    json_put(object, "primary", json_text(name_of(status, split->primary)));
    return object;
}

static void put_record(json_t *object, const Status *status)
{
    const Record *record = &status->record;
    char line[2 * sizeof(record->line) + 1];
    (void)str_format(line, sizeof(line), "%016llx", (unsigned long long)record->line); /* fits */
    const bool none = record->epoch == 0;
    json_put(object, "line", none ? json_null() : json_string(line));
    json_put(object, "epoch", none ? json_null() : json_integer((json_int_t)record->epoch));
    json_put(object, "since", json_time(record->decided_at * 1000));
    json_put(object, "cause", none ? json_null() : json_string(cause_words(record->cause)));
    json_put(object, "primary", none ? json_null() : json_text(name_of(status, record->primary)));
    json_put(object, "eligible", json_eligible(status));
    json_put(object, "quorum", json_integer(record->quorum));
    json_put(object, "apart", json_set(status, record->apart));
    json_put(object, "voters", json_set(status, none ? 0 : record_voters(record)));
    json_put(object, "automatic", none ? json_null() : json_boolean(record->automatic));
    json_put(object, "timeline",
             record->timeline == 0 ? json_null() : json_integer(record->timeline));
    json_put(object, "start", json_lsn(record->start));
    json_put(object, "recovery", json_branch(status, &record->branch));
    json_put(object, "split", json_split(status));
}

static json_t *json_lease(const Status *status)
{
    json_t *object = json_object();
    json_put(object, "enforced", json_boolean(status->lease_enforced));
    json_put(object, "left_ms", json_integer((json_int_t)status->lease_left));
    return object;
}

/* Section 8; null: nobody stands in for anybody, and no timer carries safety. */
static json_t *json_silence(const Status *status)
{
    if (status->silence == SILENCE_REPORT) {
        return json_null();
    }
    json_t *object = json_object();
    json_put(object, "heartbeat_error_action",
             json_string(status->silence == SILENCE_FALLBACK ? "fallback" : "command"));
    json_put(object, "window_ms", json_integer((json_int_t)status->stand_in_window));
    return object;
}

static json_t *json_beginning(const Status *status)
{
    json_t *object = json_object();
    json_put(object, "server", json_text(name_of(status, status->self)));
    json_put(object, "running", json_boolean(!status->from_disk));
    json_put(object, "confirmed", json_boolean(status->confirmed));
    return object;
}

static char *dump(json_t *object)
{
    char *text = object == NULL ? NULL : json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return text;
}

char *view_status_json(const Status *status, const ViewExtra *extra)
{
    json_t *object = json_beginning(status);
    json_put(object, "mirroring_status", json_string(view_mirroring_word(status->mirroring)));
    put_record(object, status);
    json_put(object, "automatic_asked",
             status->failover_asked ? json_boolean(status->failover_wanted) : json_null());
    json_put(object, "lease", json_lease(status));
    json_put(object, "stands_in", json_silence(status));
    json_put(object, "state", json_text(status->state));
    json_put(object, "rule", json_text(status->rule));
    json_put(object, "waits_for", json_text(status->waits_for));
    json_put(object, "commits_not_waiting", json_text(status->lowered));
    json_put(object, "servers", json_members(status, extra, MEMBER_SERVER, json_server));
    json_put(object, "arbiters", json_members(status, extra, MEMBER_ARBITER, json_connection));
    return dump(object);
}

char *view_arbiters_json(const Status *status, const ViewExtra *extra)
{
    json_t *object = json_beginning(status);
    json_put(object, "arbiters", json_members(status, extra, MEMBER_ARBITER, json_connection));
    return dump(object);
}

char *view_servers_json(const Status *status, const ViewExtra *extra)
{
    json_t *object = json_beginning(status);
    json_put(object, "waits_for", json_text(status->waits_for));
    json_put(object, "servers", json_members(status, extra, MEMBER_SERVER, json_connection));
    return dump(object);
}

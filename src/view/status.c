/*
 * Tables of `status`.
 *
 * The columns stand where the original puts them; a value that is wider than its column widens it in the
 * title and in every row, so that a table stays a table. In the original the last two columns of the rows
 * stand two places further right than those of the title; scripts split at blanks, but copies of its
 * output were published, and ours is byte for byte the same.
 */
#include "view/status.h"

#include "base/assert.h"
#include "core/node.h"
#include "core/record.h"
#include "view/words.h"

#include <string.h>

enum { COLUMNS_MAX = 6 };

typedef struct Table {
    size_t columns;
    const char *title[COLUMNS_MAX];
    size_t title_width[COLUMNS_MAX]; /* with the gap to the next one; 0: the last */
    size_t row_width[COLUMNS_MAX];
    size_t dashes;
    size_t rows;
    const char *cell[MEMBERS_MAX][COLUMNS_MAX];
} Table;

static const char *host_of(const ViewExtra *extra, const char *name)
{
    for (size_t i = 0; i < extra->count; i++) {
        if (str_equal(extra->host[i].name, name)) {
            return extra->host[i].host;
        }
    }
    return "unknown";
}

static void add_padded(StrBuf *out, const char *text, size_t width)
{
    str_add(out, text);
    for (size_t i = strlen(text); i < width; i++) {
        str_add_char(out, ' ');
    }
}

/* By how much a column must grow so that a blank stays behind its widest cell. */
static size_t column_growth(const Table *table, size_t column)
{
    size_t growth = 0;
    if (table->row_width[column] == 0) {
        return 0;
    }
    for (size_t row = 0; row < table->rows; row++) {
        const size_t needed = strlen(table->cell[row][column]) + 1;
        if (needed > table->row_width[column] + growth) {
            growth = needed - table->row_width[column];
        }
    }
    return growth;
}

static void table_add(StrBuf *out, const Table *table)
{
    size_t growth[COLUMNS_MAX] = {0};
    size_t dashes = table->dashes;
    assert(table->columns <= COLUMNS_MAX);
    for (size_t column = 0; column < table->columns; column++) {
        growth[column] = column_growth(table, column);
        dashes += growth[column];
    }
    for (size_t column = 0; column < table->columns; column++) {
        const size_t width = table->title_width[column];
        add_padded(out, table->title[column], width == 0 ? 0 : width + growth[column]);
    }
    str_add_char(out, '\n');
    for (size_t i = 0; i < dashes; i++) {
        str_add_char(out, '-');
    }
    str_add_char(out, '\n');
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t column = 0; column < table->columns; column++) {
            const size_t width = table->row_width[column];
            add_padded(out, table->cell[row][column], width == 0 ? 0 : width + growth[column]);
        }
        str_add_char(out, '\n');
    }
}

static void add_record_line(const Status *status, const ViewExtra *extra, StrBuf *out)
{
    const bool known = status->record.epoch != 0;
    if (!status->from_disk && status->confirmed) {
        return;
    }
    str_add_char(out, '\n');
    if (!known && status->from_disk) {
        str_add(out, "record: none is remembered here (this server has not taken part in a cluster "
                     "yet, or its "
                     "memory is lost or a copy)\n");
        return;
    }
    if (!known) {
        str_add(out, status->member[status->self].node_state == NODE_RECALLING
                         ? "record: none is remembered here (this voter is new, or its memory is "
                           "lost or a copy)\n"
                         : "record: none yet (the members have not agreed on a first one)\n");
        return;
    }
    str_add(out, "record: epoch ");
    str_add_uint(out, status->record.epoch);
    str_add(out, ", since ");
    str_add(out, extra->since);
    str_add(out, " (this server's own, not confirmed by the others)\n");
}

/* E5: for whom an operator has stood in. */
static void add_without(const Record *record, StrBuf *out)
{
    const char *before = ", without ";
    for (MemberId m = 0; m < record->voters.count; m++) {
        if (member_in(record->branch.without, m)) {
            str_add(out, before);
            str_add(out, record->voters.member[m].name);
            before = ", ";
        }
    }
}

void view_branch(const Record *record, StrBuf *out)
{
    const Branch *branch = &record->branch;
    char end[STR_LSN_SIZE];
    char lost[STR_LSN_SIZE];
    if (branch->from == 0) {
        return;
    }
    str_add(out, "line: begun at epoch ");
    str_add_uint(out, branch->epoch);
    str_add(out, branch->forced         ? " by force, with WAL up to "
                 : branch->without != 0 ? " by one server alone (heartbeat_error_action), at "
                                        : " with what was recovered from a backup up to ");
    str_add(out, str_from_lsn(branch->end, end, sizeof(end)));
    add_without(record, out);
    if (branch->over != 0) {
        str_add(out, "; chosen by an operator over another line, which had come to epoch ");
        str_add_uint(out, branch->over_epoch);
        str_add_char(out, '\n');
        return;
    }
    if (branch->without != 0 && !branch->forced) {
        str_add_char(out, '\n');
        return;
    }
    if (branch->lost > branch->end) {
        str_add(out, "; WAL of the line before up to ");
        str_add(out, str_from_lsn(branch->lost, lost, sizeof(lost)));
        str_add(out, " is lost, ");
        str_add_uint(out, branch->lost - branch->end);
        str_add(out, " bytes\n");
    } else if (branch->lost != 0) { /* what it had is no prefix of that */
        str_add(out, "; what the line before had written since the two parted is lost, up to ");
        str_add(out, str_from_lsn(branch->lost, lost, sizeof(lost)));
        str_add(out, " at least\n");
    } else {
        str_add(out, "; whether anything was committed after that, nobody could tell\n");
    }
}

/* E5: two lines have met; nothing of either is taken away before an operator has chosen. */
static void add_split(const Status *status, StrBuf *out)
{
    char end[STR_LSN_SIZE];
    for (size_t i = 0; i < status->count; i++) {
        const MemberStatus *member = &status->member[i];
        if (!member->parted) {
            continue;
        }
        str_add(out, "split: server \"");
        str_add(out, member->name);
        str_add(out, "\" has WAL of the line before up to ");
        str_add(out, str_from_lsn(member->wal.lsn, end, sizeof(end)));
        str_add(out, ", which server \"");
        str_add(out, status->record.primary < status->count
                         ? status->member[status->record.primary].name
                         : "?");
        str_add(out, "\" does not have; there, mc_ctl rejoin gives it up\n");
    }
}

/* Of this server waits_for tells it; of another one only the state is known here. */
static void add_down(const Status *status, StrBuf *out)
{
    for (MemberId m = 0; m < status->count && record_is_none(&status->split); m++) {
        const MemberStatus *member = &status->member[m];
        if (m != status->self && member->connected && !member->parted &&
            member->node_state == NODE_STAYING_DOWN) {
            str_add(out, "stays down: server \"");
            str_add(out, member->name);
            str_add(out, "\" waits for an operator; mc_ctl status there says for what\n");
        }
    }
}

/* One of the two lines, how far it has come, and how it is kept. */
static void add_line_to_keep(const Status *status, const Record *record, StrBuf *out)
{
    char end[STR_LSN_SIZE];
    const char *name = record->voters.member[record->primary].name;
    const Lsn wal = record->primary < status->count ? status->member[record->primary].wal.lsn : 0;
    str_add(out, "  primary \"");
    str_add(out, name);
    str_add(out, "\", epoch ");
    str_add_uint(out, record->epoch);
    str_add(out, wal == 0 ? ", how far is not known here" : ", WAL up to ");
    str_add(out, wal == 0 ? "" : str_from_lsn(wal, end, sizeof(end)));
    str_add(out, "; to keep it: mc_ctl switch --force, at server \"");
    str_add(out, name);
    str_add(out, "\"\n");
}

/* E5: two lines have met that exclude each other, and nobody serves. */
static void add_lines(const Status *status, StrBuf *out)
{
    if (status->split.epoch == 0 || status->record.epoch == 0) {
        return;
    }
    str_add(out, "split: two lines exclude each other, and neither is served until an operator has "
                 "chosen one; the other is saved before it is given up\n");
    add_line_to_keep(status, &status->record, out);
    add_line_to_keep(status, &status->split, out);
}

/* Where nobody can take over the state word says it, but not that an operator wants it so; of several, one that does not
 * count would not be noticed. */
static void add_left_out(const Status *status, StrBuf *out)
{
    const char *before = "cannot take over: ";
    for (MemberId m = 0; m < status->count; m++) {
        const MemberStatus *member = &status->member[m];
        const bool apart = member_in(status->record.apart, m);
        if (member->kind != MEMBER_SERVER || member->eligible || m == status->record.primary ||
            (record_is_solo(&status->record) && !apart)) {
            continue;
        }
        str_add(out, before);
        str_add(out, member->name);
        str_add(out,
                apart ? " (an operator keeps it apart; mc_ctl start there brings it back)" : "");
        before = ", ";
    }
    str_add(out, before[0] == ',' ? "\n" : "");
}

/* E4: lines of network.conf that the record counts no vote of. */
static void add_absent(const Status *status, StrBuf *out)
{
    const MemberSet voters = record_voters(&status->record);
    const char *between = "no voters, whatever network.conf says: ";
    if (record_is_none(&status->record) || voters == 0) {
        return;
    }
    for (MemberId m = 0; m < status->count && m < MEMBERS_MAX; m++) {
        if (!member_in(voters, m)) {
            str_add(out, between);
            str_add(out, status->member[m].name);
            between = ", ";
        }
    }
    if (between[0] == ',') {
        str_add_char(out, '\n');
    }
}

/* Section 8: nowhere else do timers decide about more than stale reads. */
static void add_silence(const Status *status, StrBuf *out)
{
    if (status->silence == SILENCE_REPORT) {
        return;
    }
    str_add(out, "two voters: heartbeat_error_action = ");
    str_add(out,
            status->silence == SILENCE_FALLBACK
                ? "fallback, silence counts as a vote, which is unsafe where the network is cut"
                : "command, arbitration_command stands in for a silent server");
    str_add(out, "; timers carry safety (window ");
    str_add_uint(out, (uint64_t)status->stand_in_window);
    str_add(out, " ms)\n");
}

static void add_waiting(const Status *status, StrBuf *out)
{
    if (status->waits_for[0] != '\0') {
        str_add(out, "waiting for: ");
        str_add(out, status->waits_for);
        str_add_char(out, '\n');
    }
}

static void add_notes(const Status *status, StrBuf *out)
{
    add_absent(status, out);
    add_silence(status, out);
    if (status->failover_asked && status->failover_wanted != status->record.automatic) {
        str_add(out, "automatic switch and disconnection: asked to be turned ");
        str_add(out, status->failover_wanted ? "on" : "off");
        str_add(out, ", not decided yet (a majority of the members is needed)\n");
    }
    add_waiting(status, out);
    if (status->lowered[0] != '\0') {
        str_add(out, "commits that wait for no standby: ");
        str_add(out, status->lowered);
        str_add_char(out, '\n');
    }
}

void view_status(const Status *status, const ViewExtra *extra, StrBuf *out)
{
    Table table = {
        .columns = 6,
        .title = {"server_id", "host_role", "host", "host_status", "db_proc_status", "disk_status"},
        .title_width = {11, 16, 16, 13, 21, 0},
        .row_width = {11, 16, 16, 13, 23, 0},
        .dashes = 104,
    };
    assert(status->count <= MEMBERS_MAX);
    for (size_t i = 0; i < status->count; i++) {
        const MemberStatus *member = &status->member[i];
        if (member->kind != MEMBER_SERVER) {
            continue;
        }
        const char **cell = table.cell[table.rows++];
        cell[0] = member->name;
        cell[1] = view_role_word(member->role);
        cell[2] = host_of(extra, member->name);
        cell[3] = view_health_word(member->host);
        cell[4] = view_process_word(member->process);
        cell[5] = view_health_word(member->disk);
    }
    str_add(out, "\nmirroring status\n----------------\n");
    str_add(out, view_mirroring_word(status->mirroring));
    str_add_char(out, '\n');
    table_add(out, &table);
    add_record_line(status, extra, out);
    view_branch(&status->record, out);
    add_lines(status, out);
    add_split(status, out);
    add_down(status, out);
    add_left_out(status, out);
    add_notes(status, out);
}

static void add_connections(const Status *status, const ViewExtra *extra, MemberKind kind,
                            Table *table, StrBuf *out)
{
    for (size_t i = 0; i < status->count; i++) {
        const MemberStatus *member = &status->member[i];
        if (member->kind != kind) {
            continue;
        }
        const char **cell = table->cell[table->rows++];
        cell[0] = member->name;
        cell[1] = host_of(extra, member->name);
        cell[2] = !status->from_disk && member->connected ? "online" : "offline";
    }
    table_add(out, table);
}

void view_arbiters(const Status *status, const ViewExtra *extra, StrBuf *out)
{
    Table table = {
        .columns = 3,
        .title = {"arbiter_id", "host", "status"},
        .title_width = {12, 14, 0},
        .row_width = {12, 14, 0},
        .dashes = 35,
    };
    add_connections(status, extra, MEMBER_ARBITER, &table, out);
}

void view_servers(const Status *status, const ViewExtra *extra, StrBuf *out)
{
    Table table = {
        .columns = 3,
        .title = {"server_id", "host", "status"},
        .title_width = {13, 16, 0},
        .row_width = {13, 16, 0},
        .dashes = 39,
    };
    add_connections(status, extra, MEMBER_SERVER, &table, out);
    add_waiting(status, out);
}

static HostRole role_from_record(const Record *record, MemberId member, MemberId self)
{
    if (record->voters.member[member].kind == MEMBER_ARBITER) {
        return HOST_ROLE_ARBITER;
    }
    if (member != self || record->epoch == 0) {
        return HOST_ROLE_UNKNOWN;
    }
    return record->primary == member ? HOST_ROLE_INACTIVATED_PRIMARY
                                     : HOST_ROLE_INACTIVATED_STANDBY;
}

void view_status_from_durable(const Durable *durable, Status *ret)
{
    /* The highest record it holds: one that was accepted here and not known to be chosen may have been
     * chosen all the same, and of two servers the one with the higher epoch is to be believed. */
    Record record =
        durable->accepted.epoch > durable->chosen.epoch ? durable->accepted : durable->chosen;
    if (record.epoch == 0) {
        record.voters = durable->members;
    }
    *ret = (Status){
        .self = durable->self,
        .from_disk = true,
        .failover_asked = durable->failover_asked,
        .failover_wanted = durable->failover_wanted,
        .record = record,
        .split = durable->split,
        .count = record.voters.count,
    };
    assert(record.voters.count <= MEMBERS_MAX);
    for (MemberId member = 0; member < record.voters.count; member++) {
        MemberStatus *row = &ret->member[member];
        (void)str_copy(row->name, sizeof(row->name), record.voters.member[member].name);
        row->kind = record.voters.member[member].kind;
        row->role = role_from_record(&record, member, durable->self);
        row->silent = -1;
        row->eligible = record_eligible(&record, member) != NULL;
    }
}

/*
 * The keeper of the history.
 *
 * A change is composed in the step that learned it: what was said and which rules fired before it is then known, and
 * what follows from it has not been said yet. That the record is durable is not waited for: a record once chosen
 * stays chosen, and after a restart a line that is there already is not written again.
 */
#include "main/chronicler.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/cleanup.h"
#include "core/node.h"
#include "core/record.h"
#include "status_words.h"
#include "sys/journal.h"
#include "view/chronicle.h"

enum {
    FILE_BOUND = 1024 * 1024,
    TAIL_SIZE = 4 * CHRONICLE_LINE_MAX,
    SAID_MS = 60000, /* older messages do not belong to a change */
    RULES_MAX = 64,
};

/* A new primary that has not been seen to serve yet. */
typedef struct Opening {
    bool awaited;
    MemberId member;
    LineId line;
    Epoch epoch;
    Millis since;  /* when the change was learned */
    Millis served; /* the last instant in which the former one served; 0: unknown */
    bool here;     /* the former one was this server */
} Opening;

typedef struct Heard {
    Millis at;
    LogEntry entry;
} Heard;

struct Chronicler {
    const Site *site;
    LogPort log;
    const Agent *agent;
    Journal *journal;
    Millis served[MEMBERS_MAX]; /* the last instant in which each is known to have served */
    Opening opening;
    ChronicleLine last; /* what was written last; epoch 0: nothing */
    Millis fired[RULES_MAX];
    uint8_t heard_count; /* oldest first */
    Heard heard[CHRONICLE_SAID_MAX];
    char text[CHRONICLE_LINE_MAX];
};

static int64_t wall_ms(void)
{
    struct timespec now;
    const int rc = clock_gettime(CLOCK_REALTIME, &now);
    assert(rc == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The wall clock at an instant of this boot; 0 stays "unknown". */
static int64_t wall_of(Millis at)
{
    return at == 0 ? 0 : wall_ms() - (loop_now() - at);
}

static void write_line(Chronicler *chronicler, const ChronicleLine *line)
{
    assert(chronicler->journal != NULL); /* changes are learned while the loop runs */
    const size_t length = chronicle_compose(line, chronicler->text, sizeof(chronicler->text));
    journal_add(chronicler->journal, chronicler->text, length);
}

static void on_told(void *data, const Error *error, uint64_t dropped)
{
    Chronicler *chronicler = data;
    const LogEntry entry =
        error != NULL ? msg_history_unwritable(chronicler->site->history_path, error->text)
                      : msg_history_written(chronicler->site->history_path, (int64_t)dropped);
    chronicler->log.write(chronicler->log.self, &entry);
}

/* ---- what is said and what fires ---- */

/* What only repeats the record, or follows from a change and is no reason for the next one. */
static bool tells_no_reason(MessageId id)
{
    static const MessageId others[] = {
        MSG_RECORD_CHOSEN,       MSG_ATTACHED,         MSG_DETACHED,
        MSG_BOOTSTRAPPED,        MSG_FAILOVER_ENABLED, MSG_FAILOVER_DISABLED,
        MSG_STATE_CHANGED,       MSG_OPENED,           MSG_PROMOTION_STARTED,
        MSG_PROMOTION_COMPLETED, MSG_FOLLOWING,        MSG_START_TAKEN,
        MSG_AGENT_STARTED,       MSG_RULES_IN_FORCE,   MSG_LOG_DROPPED,
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (others[i] == id) {
            return true;
        }
    }
    return false;
}

static void hear(Chronicler *chronicler, const LogEntry *entry)
{
    if (tells_no_reason(entry->id)) {
        return;
    }
    if (chronicler->heard_count == CHRONICLE_SAID_MAX) {
        memmove(&chronicler->heard[0], &chronicler->heard[1],
                sizeof(chronicler->heard) - sizeof(Heard));
        chronicler->heard_count--;
    }
    chronicler->heard[chronicler->heard_count++] = (Heard){.at = loop_now(), .entry = *entry};
}

static void port_write(void *self, const LogEntry *entry)
{
    Chronicler *chronicler = self;
    hear(chronicler, entry);
    chronicler->log.write(chronicler->log.self, entry);
}

static void on_fired(void *self, const Fired *fired)
{
    Chronicler *chronicler = self;
    const RuleInfo *rule = rule_find(node_rule_id(fired->rule));
    if (rule != NULL) {
        chronicler->fired[rule - rule_catalog] = loop_now();
    }
}

/* The rule that fired last of those that ask for such a change; NULL: none did since the change before. */
static const RuleInfo *rule_behind(const Chronicler *chronicler, const char *cause)
{
    const RuleInfo *found = NULL;
    for (int i = 0; i < rule_count; i++) {
        if (chronicler->fired[i] != 0 && rule_asks_for(&rule_catalog[i], cause) &&
            (found == NULL || chronicler->fired[i] >= chronicler->fired[found - rule_catalog])) {
            found = &rule_catalog[i];
        }
    }
    return found;
}

static void take_said(const Chronicler *chronicler, Millis now, ChronicleLine *line)
{
    for (int i = 0; i < chronicler->heard_count; i++) {
        const Heard *heard = &chronicler->heard[i];
        if (now - heard->at <= SAID_MS) {
            line->said[line->said_count++] =
                (ChronicleSaid){.offset_ms = heard->at - now, .entry = heard->entry};
        }
    }
}

/* ---- changes ---- */

static const char *name_of(const Record *record, MemberId member)
{
    return member < record->voters.count ? record->voters.member[member].name : "";
}

/* Section 4 of the protocol: who may propose a change of this cause. A setting anybody may; the ballot under which it
 * was accepted here names whoever did. */
static const char *proposer_of(const Durable *durable)
{
    const Record *record = &durable->chosen;
    if (record->cause != CAUSE_SETTING) {
        return name_of(record, record->primary);
    }
    return record_equal(&durable->accepted, record)
               ? name_of(record, durable->accepted_ballot.member)
               : "";
}

static void fill_record(const Record *record, ChronicleLine *line)
{
    line->line = record->line;
    line->epoch = record->epoch;
    line->decided_at = record->decided_at;
    line->quorum = record->quorum;
    line->automatic = record->automatic;
    line->timeline = record->timeline;
    line->start = record->start;
    (void)str_copy(line->cause, sizeof(line->cause), cause_words(record->cause)); /* they fit */
    (void)str_copy(line->after, sizeof(line->after), name_of(record, record->primary));
    for (int i = 0; i < record->eligible_count; i++) {
        (void)str_copy(line->eligible.name[line->eligible.count++], MEMBER_NAME_SIZE,
                       name_of(record, record->eligible[i].member));
    }
    for (MemberId m = 0; m < record->voters.count; m++) {
        if (member_in(record->apart, m) && line->apart.count < SERVERS_MAX) {
            (void)str_copy(line->apart.name[line->apart.count++], MEMBER_NAME_SIZE,
                           name_of(record, m));
        }
    }
}

static MemberId member_named(const Chronicler *chronicler, const char *name)
{
    const MemberTable *members = &chronicler->site->members;
    for (MemberId m = 0; m < members->count; m++) {
        if (str_equal(members->member[m].name, name)) {
            return m;
        }
    }
    return MEMBER_NONE;
}

/* From now on the new primary is awaited. */
static void await_opening(Chronicler *chronicler, const ChronicleLine *change, Millis since,
                          Millis served)
{
    chronicler->opening = (Opening){
        .awaited = chronicle_moved_primary(change),
        .member = member_named(chronicler, change->after),
        .line = change->line,
        .epoch = change->epoch,
        .since = since,
        .served = served,
        .here = str_equal(change->before, chronicler->site->id),
    };
}

static void fill_reasons(Chronicler *chronicler, Millis now, ChronicleLine *line)
{
    const RuleInfo *rule = rule_behind(chronicler, line->cause);
    (void)str_copy(line->rule, sizeof(line->rule), rule == NULL ? "" : rule->id); /* they fit */
    take_said(chronicler, now, line);
    if (str_equal(line->cause, cause_words(CAUSE_SETTING))) {
        return; /* an operator's word, which the next change may carry out: the reasons are the same */
    }
    memset(chronicler->fired, 0, sizeof(chronicler->fired));
    chronicler->heard_count = 0;
}

static void on_learned(void *self, const Durable *durable, bool remembered)
{
    Chronicler *chronicler = self;
    const Record *record = &durable->chosen;
    const Millis now = loop_now();
    if (chronicler->last.epoch >= record->epoch && chronicler->last.line == record->line) {
        return; /* it stands there already */
    }
    ChronicleLine line = {.kind = CHRONICLE_CHANGE, .at = wall_ms(), .late = remembered};
    fill_record(record, &line);
    (void)str_copy(line.by, sizeof(line.by), proposer_of(durable)); /* they fit */
    (void)str_copy(line.before, sizeof(line.before), chronicler->last.after);
    const MemberId former = member_named(chronicler, line.before);
    Millis served = 0;
    if (chronicle_moved_primary(&line) && former != MEMBER_NONE) {
        served = chronicler->served[former];
        line.served_at = wall_of(served);
    }
    if (!remembered) {
        fill_reasons(chronicler, now, &line);
    }
    if (!str_equal(chronicler->last.after, line.after)) {
        await_opening(chronicler, &line, now, served);
    }
    chronicler->last = line;
    write_line(chronicler, &line);
}

static void note_opening(Chronicler *chronicler, Millis at)
{
    const Opening *opening = &chronicler->opening;
    ChronicleLine line = {
        .kind = CHRONICLE_OPENED,
        .at = wall_of(at),
        .line = opening->line,
        .epoch = opening->epoch,
        .outage_ms = opening->served == 0 || opening->served > at ? -1 : at - opening->served,
        .seen_here = opening->here,
    };
    (void)str_copy(line.after, sizeof(line.after),
                   chronicler->site->members.member[opening->member].name); /* of the same size */
    chronicler->opening.awaited = false;
    write_line(chronicler, &line);
}

void chronicler_look(Chronicler *chronicler)
{
    const MemberTable *members = &chronicler->site->members;
    const Millis now = loop_now();
    for (MemberId m = 0; m < members->count; m++) {
        const Millis at = agent_served_at(chronicler->agent, m, now);
        if (at > chronicler->served[m]) {
            chronicler->served[m] = at;
        }
    }
    const Opening *opening = &chronicler->opening;
    if (opening->awaited && opening->member != MEMBER_NONE &&
        chronicler->served[opening->member] >= opening->since) {
        note_opening(chronicler, chronicler->served[opening->member]);
    }
}

/* ---- beginning and end ---- */

/* The end of a file, from its first whole line there on; "" when there is none. */
static void read_tail(const char *path, char *ret, size_t size)
{
    struct stat about;
    ret[0] = '\0';
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return;
    }
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        const off_t room = (off_t)size - 1;
        const ssize_t got =
            pread(fd, ret, (size_t)room, about.st_size > room ? about.st_size - room : 0);
        ret[got < 0 ? 0 : got] = '\0';
    }
    (void)close(fd); /* only read */
}

/* The last change that stands in a text, and whether its primary was seen to open. */
static bool find_last(const char *text, ChronicleLine *ret, bool *ret_opened)
{
    bool found = false;
    for (const char *at = text; *at != '\0';) {
        ChronicleLine line;
        const size_t length = strcspn(at, "\n");
        if (chronicle_parse(at, length, &line)) {
            const bool change = line.kind == CHRONICLE_CHANGE;
            *ret_opened = change ? *ret_opened && !chronicle_moved_primary(&line) : true;
            if (change) {
                *ret = line;
                found = true;
            }
        }
        at += length + (at[length] == '\n' ? 1 : 0);
    }
    return found;
}

static bool read_last(Chronicler *chronicler, Error *error)
{
    char old[PATH_SIZE];
    bool opened = true;
    const char *path = chronicler->site->history_path;
    _cleanup_free_ char *text = malloc(TAIL_SIZE);
    if (text == NULL) {
        return error_set_errno(error, ENOMEM, "could not read the history");
    }
    read_tail(path, text, TAIL_SIZE);
    bool found = find_last(text, &chronicler->last, &opened);
    if (!found && journal_old_path(path, old, sizeof(old))) {
        read_tail(old, text, TAIL_SIZE);
        found = find_last(text, &chronicler->last, &opened);
    }
    if (found && !opened && chronicle_moved_primary(&chronicler->last)) {
        const int64_t ago = wall_ms() - chronicler->last.served_at;
        const bool known = chronicler->last.served_at != 0 && ago > 0 && ago < loop_now();
        await_opening(chronicler, &chronicler->last, loop_now(), known ? loop_now() - ago : 0);
    }
    return true;
}

bool chronicler_new(Loop *loop, const Site *site, LogPort log, Chronicler **ret, Error *error)
{
    Chronicler *chronicler = calloc(1, sizeof(*chronicler));
    assert(rule_count <= RULES_MAX);
    if (chronicler == NULL) {
        return error_set_errno(error, ENOMEM, "could not keep the history");
    }
    chronicler->site = site;
    chronicler->log = log;
    if (!read_last(chronicler, error) || !journal_new(loop, site->history_path, FILE_BOUND, on_told,
                                                      chronicler, &chronicler->journal, error)) {
        free(chronicler);
        return false;
    }
    *ret = chronicler;
    return true;
}

void chronicler_end(Chronicler *chronicler)
{
    if (!journal_is_busy(chronicler->journal)) {
        journal_free(chronicler->journal);
    }
    chronicler->journal = NULL;
}

void chronicler_free(Chronicler *chronicler)
{
    free(chronicler);
}

bool chronicler_is_busy(const Chronicler *chronicler)
{
    return journal_is_busy(chronicler->journal);
}

LogPort chronicler_log(Chronicler *chronicler)
{
    return (LogPort){.self = chronicler, .write = port_write};
}

void chronicler_listen(Chronicler *chronicler, Agent *agent)
{
    chronicler->agent = agent;
    agent_on_trace(agent, on_fired, chronicler);
    agent_on_learned(agent, on_learned, chronicler);
}

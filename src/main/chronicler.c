/*
 * The keeper of the history.
 *
 * A change is composed in the step that learned it: what was said and which rules fired before it is then known, and
 * what follows from it has not been said yet. That the record is durable is not waited for: a record once chosen
 * stays chosen, and after a restart a line that is there already is not written again.
 *
 * An outage in which the primary stays has two lines: one when its service is seen to have ended, so that also an agent
 * which ends meanwhile has left word of it, and one when it serves again. The first is written of every primary that
 * stops, also of one that hands over: nobody knows yet.
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
    UNHEARD_MS = 5000, /* a primary that was silent for longer may have served meanwhile */
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

/* The primary does not serve, as far as this server knows. */
typedef struct Closing {
    bool active;
    bool here;  /* it is this server */
    bool blind; /* what it did meanwhile is not known for all of the time */
    bool served_known;
    Millis served;       /* the last instant in which it served; not positive: before this boot */
    Millis closed;       /* when it was seen not to serve */
    int64_t served_wall; /* 0: not known */
    int64_t closed_wall;
    int64_t acknowledged_wall;
    Millis word; /* its last word of that */
} Closing;

typedef struct Heard {
    Millis at;
    LogEntry entry;
} Heard;

typedef struct HeardList {
    uint8_t count; /* oldest first */
    Heard heard[CHRONICLE_SAID_MAX];
} HeardList;

struct Chronicler {
    const Site *site;
    LogPort log;
    const Agent *agent;
    Journal *journal;
    Millis served[MEMBERS_MAX];   /* the last instant in which each is known to have served */
    Millis followed[MEMBERS_MAX]; /* and to have streamed as a standby */
    Opening opening;
    Closing closing;
    bool has_served;    /* the primary of the last change, since it became that */
    ChronicleLine last; /* the change that was written last; epoch 0: none */
    Millis fired[RULES_MAX];
    HeardList reasons; /* for the next change or outage */
    HeardList steps;   /* since the primary changed or closed */
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
        MSG_PEER_CONNECTED,
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (others[i] == id) {
            return true;
        }
    }
    return false;
}

/* What is no step of a promotion or of a start. */
static bool tells_no_step(MessageId id)
{
    return id == MSG_RECORD_CHOSEN || id == MSG_STATE_CHANGED || id == MSG_RULES_IN_FORCE ||
           id == MSG_LOG_DROPPED || id == MSG_PEER_CONNECTED;
}

static void keep(HeardList *list, const LogEntry *entry)
{
    if (list->count == CHRONICLE_SAID_MAX) {
        memmove(&list->heard[0], &list->heard[1], sizeof(list->heard) - sizeof(Heard));
        list->count--;
    }
    list->heard[list->count++] = (Heard){.at = loop_now(), .entry = *entry};
}

static void hear(Chronicler *chronicler, const LogEntry *entry)
{
    if (!tells_no_reason(entry->id)) {
        keep(&chronicler->reasons, entry);
    }
    if (!tells_no_step(entry->id)) {
        keep(&chronicler->steps, entry);
    }
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

/* What was said within a time before now. */
static void take_said(const HeardList *list, Millis now, Millis within, ChronicleLine *line)
{
    for (int i = 0; i < list->count; i++) {
        const Heard *heard = &list->heard[i];
        const Millis offset = heard->at < now ? heard->at - now : 0;
        if (-offset <= within) {
            line->said[line->said_count++] =
                (ChronicleSaid){.offset_ms = offset, .entry = heard->entry};
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
    take_said(&chronicler->reasons, now, SAID_MS, line);
    if (str_equal(line->cause, cause_words(CAUSE_SETTING))) {
        return; /* an operator's word, which the next change may carry out: the reasons are the same */
    }
    memset(chronicler->fired, 0, sizeof(chronicler->fired));
    chronicler->reasons.count = 0;
}

/* E5: what a new line tells of the one before. */
static void fill_branch(const Record *record, const ChronicleLine *last, ChronicleLine *line)
{
    const Branch *branch = &record->branch;
    if (branch->from == 0 || last->line == record->line) {
        return;
    }
    line->branched = true;
    line->forced = branch->forced;
    line->kept = branch->end;
    line->known = branch->lost;
    for (MemberId m = 0; m < record->voters.count; m++) {
        if (member_in(branch->without, m)) {
            (void)str_copy(line->without.name[line->without.count++], MEMBER_NAME_SIZE,
                           name_of(record, m)); /* of the same size */
        }
    }
}

static bool is_named(const ChronicleNames *names, const char *name)
{
    for (int i = 0; i < names->count; i++) {
        if (str_equal(names->name[i], name)) {
            return true;
        }
    }
    return false;
}

/* When any of these was last known to stream, those left out who stay; 0: not known. */
static Millis last_streamed(const Chronicler *chronicler, const ChronicleNames *names,
                            const ChronicleNames *stay)
{
    Millis latest = 0;
    for (int i = 0; i < names->count; i++) {
        const MemberId m = member_named(chronicler, names->name[i]);
        if (m != MEMBER_NONE && !is_named(stay, names->name[i]) &&
            chronicler->followed[m] > latest) {
            latest = chronicler->followed[m];
        }
    }
    return latest;
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
    fill_branch(record, &chronicler->last, &line);
    (void)str_copy(line.by, sizeof(line.by), proposer_of(durable)); /* they fit */
    (void)str_copy(line.before, sizeof(line.before), chronicler->last.after);
    const MemberId former = member_named(chronicler, line.before);
    Millis served = 0;
    if (chronicle_moved_primary(&line) && former != MEMBER_NONE) {
        served = chronicler->served[former];
        line.served_at = wall_of(served);
    }
    if (record->cause == CAUSE_DETACH) {
        line.streamed_at =
            wall_of(last_streamed(chronicler, &chronicler->last.eligible, &line.eligible));
    }
    if (!remembered) {
        fill_reasons(chronicler, now, &line);
    }
    if (!str_equal(chronicler->last.after, line.after)) {
        await_opening(chronicler, &line, now, served);
        chronicler->closing = (Closing){0};
        chronicler->has_served = false;
        chronicler->steps.count = 0;
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
    take_said(&chronicler->steps, at, at - opening->since, &line);
    chronicler->opening.awaited = false;
    write_line(chronicler, &line);
}

/* ---- outages in which the primary stays ---- */

/* Without the reasons of before. */
static void forget_outage_rules(Chronicler *chronicler)
{
    for (int i = 0; i < rule_count; i++) {
        if (rule_asks_for(&rule_catalog[i], CHRONICLE_OUTAGE)) {
            chronicler->fired[i] = 0;
        }
    }
}

static ChronicleLine closing_line(const Chronicler *chronicler, ChronicleKind kind, int64_t at)
{
    const Closing *closing = &chronicler->closing;
    ChronicleLine line = {
        .kind = kind,
        .at = at,
        .line = chronicler->last.line,
        .epoch = chronicler->last.epoch,
        .served_at = closing->served_wall,
        .closed_at = closing->closed_wall,
        .acknowledged_at = closing->acknowledged_wall,
        .outage_ms = -1,
        .seen_here = closing->here,
    };
    (void)str_copy(line.after, sizeof(line.after), chronicler->last.after); /* of the same size */
    return line;
}

static void note_closing(Chronicler *chronicler, MemberId primary, Millis at)
{
    Closing *closing = &chronicler->closing;
    const Millis now = loop_now();
    const Millis served = chronicler->served[primary];
    *closing = (Closing){
        .active = true,
        .here = str_equal(chronicler->last.after, chronicler->site->id),
        .served_known = served != 0,
        .served = served,
        .closed = at,
        .word = at,
        .served_wall = wall_of(served),
        .closed_wall = wall_of(at),
    };
    const RuleInfo *rule = closing->here ? rule_behind(chronicler, CHRONICLE_OUTAGE) : NULL;
    if (rule != NULL && str_equal(rule->id, "lease.out")) {
        const ChronicleNames nobody = {0};
        const Millis streamed = last_streamed(chronicler, &chronicler->last.eligible, &nobody);
        closing->acknowledged_wall = streamed < served ? wall_of(streamed) : 0;
    }
    ChronicleLine line = closing_line(chronicler, CHRONICLE_CLOSED, closing->closed_wall);
    line.late = served == 0;
    (void)str_copy(line.rule, sizeof(line.rule), rule == NULL ? "" : rule->id); /* they fit */
    take_said(&chronicler->reasons, now, SAID_MS, &line);
    chronicler->steps.count = 0;
    write_line(chronicler, &line);
}

static void note_reopening(Chronicler *chronicler, Millis at)
{
    const Closing *closing = &chronicler->closing;
    ChronicleLine line = closing_line(chronicler, CHRONICLE_REOPENED, wall_of(at));
    if (closing->served_known && closing->served <= at) {
        line.outage_ms = at - closing->served;
        line.at_most = closing->blind;
    }
    take_said(&chronicler->steps, at, at - closing->closed, &line);
    chronicler->closing = (Closing){0};
    chronicler->reasons.count = 0;
    forget_outage_rules(chronicler);
    write_line(chronicler, &line);
}

/* What it did while it was not heard nobody here knows. */
static void look_for_silence(Chronicler *chronicler, MemberId primary, Millis now)
{
    Closing *closing = &chronicler->closing;
    const Millis heard = agent_heard_at(chronicler->agent, primary, now);
    closing->blind = closing->blind || (heard != 0 && heard - closing->word > UNHEARD_MS);
    closing->word = heard > closing->word ? heard : closing->word;
}

static void look_at_primary(Chronicler *chronicler, Millis now)
{
    const MemberId primary = member_named(chronicler, chronicler->last.after);
    if (primary == MEMBER_NONE || chronicler->opening.awaited) {
        return;
    }
    const Millis closed = agent_closed_at(chronicler->agent, primary, now);
    const Millis served = agent_served_at(chronicler->agent, primary, now);
    chronicler->has_served = chronicler->has_served || served != 0;
    if (!chronicler->closing.active) {
        if (closed != 0 && chronicler->has_served) {
            note_closing(chronicler, primary, closed);
        }
        return;
    }
    look_for_silence(chronicler, primary, now);
    if (served > chronicler->closing.closed) {
        note_reopening(chronicler, served);
    }
}

void chronicler_look(Chronicler *chronicler)
{
    const MemberTable *members = &chronicler->site->members;
    const Millis now = loop_now();
    for (MemberId m = 0; m < members->count; m++) {
        const Millis at = agent_served_at(chronicler->agent, m, now);
        const Millis followed = agent_followed_at(chronicler->agent, m, now);
        if (at > chronicler->served[m]) {
            chronicler->served[m] = at;
        }
        if (followed > chronicler->followed[m]) {
            chronicler->followed[m] = followed;
        }
    }
    const Opening *opening = &chronicler->opening;
    if (opening->awaited && opening->member != MEMBER_NONE &&
        chronicler->served[opening->member] >= opening->since) {
        note_opening(chronicler, chronicler->served[opening->member]);
    }
    look_at_primary(chronicler, now);
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

/* What a text ends with. */
typedef struct Ending {
    bool found;            /* a change; */
    ChronicleLine change;  /* the last one, */
    bool opened;           /* whether its primary was seen to open, */
    bool closed;           /* and whether it has closed since, */
    ChronicleLine closing; /* which says how */
} Ending;

static void take_ending(const ChronicleLine *line, Ending *ending)
{
    switch (line->kind) {
    case CHRONICLE_CHANGE:
        ending->opened = ending->opened && !chronicle_moved_primary(line);
        ending->closed = ending->closed && !chronicle_moved_primary(line);
        ending->change = *line;
        ending->found = true;
        break;
    case CHRONICLE_OPENED:
        ending->opened = true;
        break;
    case CHRONICLE_CLOSED:
    case CHRONICLE_REOPENED:
        ending->closed = line->kind == CHRONICLE_CLOSED;
        ending->closing = *line;
        break;
    }
}

static void find_ending(const char *text, Ending *ending)
{
    for (const char *at = text; *at != '\0';) {
        ChronicleLine line;
        const size_t length = strcspn(at, "\n");
        if (chronicle_parse(at, length, &line)) {
            take_ending(&line, ending);
        }
        at += length + (at[length] == '\n' ? 1 : 0);
    }
}

/* A primary that had closed before this run began. Another one may have opened meanwhile, unheard; the own one has not. */
static void go_on_closed(Chronicler *chronicler, const ChronicleLine *closing)
{
    const bool here = str_equal(closing->after, chronicler->site->id);
    const Millis now = loop_now();
    const int64_t wall = wall_ms();
    chronicler->closing = (Closing){
        .active = true,
        .here = here,
        .blind = !here,
        .served_known = closing->served_at != 0 && closing->served_at <= wall,
        .served = now - (wall - closing->served_at),
        .closed = now - (wall - closing->at),
        .word = now,
        .served_wall = closing->served_at,
        .closed_wall = closing->at,
        .acknowledged_wall = closing->acknowledged_at,
    };
}

static void take_up(Chronicler *chronicler, const Ending *ending)
{
    const ChronicleLine *last = &ending->change;
    const bool began =
        last->before[0] == '\0' && str_equal(last->cause, cause_words(CAUSE_BOOTSTRAP));
    chronicler->last = *last;
    chronicler->has_served = ending->opened && !began;
    if (!ending->opened && chronicle_moved_primary(last)) {
        const int64_t ago = wall_ms() - last->served_at;
        const bool known = last->served_at != 0 && ago > 0 && ago < loop_now();
        await_opening(chronicler, last, loop_now(), known ? loop_now() - ago : 0);
    }
    if (ending->closed && str_equal(ending->closing.after, last->after)) {
        go_on_closed(chronicler, &ending->closing);
    }
}

static bool read_last(Chronicler *chronicler, Error *error)
{
    char old[PATH_SIZE];
    const char *path = chronicler->site->history_path;
    _cleanup_free_ char *text = malloc(TAIL_SIZE);
    _cleanup_free_ Ending *ending = malloc(sizeof(*ending));
    if (text == NULL || ending == NULL) {
        return error_set_errno(error, ENOMEM, "could not read the history");
    }
    read_tail(path, text, TAIL_SIZE);
    *ending = (Ending){.opened = true};
    find_ending(text, ending);
    if (!ending->found && journal_old_path(path, old, sizeof(old))) {
        *ending = (Ending){.opened = true};
        read_tail(old, text, TAIL_SIZE);
        find_ending(text, ending);
        read_tail(path, text, TAIL_SIZE);
        find_ending(text, ending);
    }
    if (ending->found) {
        take_up(chronicler, ending);
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

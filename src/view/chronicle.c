/*
 * Lines of the history, written and read.
 *
 * Text and not bytes: after an outage somebody may read it with nothing but a pager. The checksum is there for the
 * last line, which a kill or a full disk may have cut anywhere, also in the middle of a number.
 */
#include "view/chronicle.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/pg_crc.h"

enum { SUM_LENGTH = 13 /* " sum=1a2b3c4d" */, VALUE_SIZE = 4096, FIRST_ROOM = 64 };

/* ---- writing ---- */

static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && c != 0x7f && c != '%' && c != '=' && c != ',';
}

static void add_escaped(StrBuf *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (is_plain(*c)) {
            str_add_char(out, *c);
        } else {
            str_add_format(out, "%%%02x", (unsigned char)*c);
        }
    }
}

static void add_text(StrBuf *out, const char *key, const char *value)
{
    str_add_format(out, " %s=", key);
    add_escaped(out, value);
}

static void add_int(StrBuf *out, const char *key, int64_t value)
{
    str_add_format(out, " %s=", key);
    str_add_int(out, value);
}

static void add_names(StrBuf *out, const char *key, const ChronicleNames *names)
{
    str_add_format(out, " %s=", key);
    for (int i = 0; i < names->count; i++) {
        str_add(out, i == 0 ? "" : ",");
        add_escaped(out, names->name[i]);
    }
}

static void add_said(StrBuf *out, const ChronicleSaid *said)
{
    const MessageInfo *info = message_info(said->entry.id);
    str_add_format(out, " said=%s,", info->id);
    str_add_int(out, said->offset_ms);
    int count = info->slots;
    while (count > info->params && said->entry.args[count - 1][0] == '\0') {
        count--;
    }
    for (int i = 0; i < count; i++) {
        str_add_char(out, ',');
        add_escaped(out, said->entry.args[i]);
    }
}

static void add_branch(StrBuf *out, const ChronicleLine *line)
{
    char lsn[STR_LSN_SIZE];
    add_text(out, "kept", str_from_lsn(line->kept, lsn, sizeof(lsn)));
    add_text(out, "known", str_from_lsn(line->known, lsn, sizeof(lsn)));
    add_text(out, "forced", line->forced ? "yes" : "no");
    add_names(out, "without", &line->without);
}

static void add_instant(StrBuf *out, const char *key, int64_t at)
{
    if (at != 0) {
        add_int(out, key, at);
    }
}

static void add_change(StrBuf *out, const ChronicleLine *line)
{
    char lsn[STR_LSN_SIZE];
    add_int(out, "decided", line->decided_at);
    add_text(out, "cause", line->cause);
    add_text(out, "by", line->by);
    add_text(out, "before", line->before);
    add_text(out, "after", line->after);
    add_names(out, "eligible", &line->eligible);
    add_names(out, "apart", &line->apart);
    add_int(out, "quorum", line->quorum);
    add_text(out, "automatic", line->automatic ? "on" : "off");
    add_int(out, "timeline", line->timeline);
    add_text(out, "start", str_from_lsn(line->start, lsn, sizeof(lsn)));
    if (line->late) {
        add_text(out, "late", "yes");
    }
    add_instant(out, "served", line->served_at);
    add_instant(out, "streamed", line->streamed_at);
    if (line->branched) {
        add_branch(out, line);
    }
}

static void add_opened(StrBuf *out, const ChronicleLine *line)
{
    add_text(out, "after", line->after);
    if (line->outage_ms >= 0) {
        add_int(out, "outage", line->outage_ms);
        add_text(out, "seen", line->seen_here ? "here" : "heard");
    }
}

static void add_closed(StrBuf *out, const ChronicleLine *line)
{
    add_text(out, "after", line->after);
    if (line->late) {
        add_text(out, "late", "yes");
    }
    add_instant(out, "served", line->served_at);
    add_instant(out, "acknowledged", line->acknowledged_at);
    if (line->kind == CHRONICLE_REOPENED) {
        add_int(out, "closed", line->closed_at);
        if (line->outage_ms >= 0) {
            add_int(out, "outage", line->outage_ms);
        }
        if (line->at_most) {
            add_text(out, "atmost", "yes");
        }
    }
    add_text(out, "seen", line->seen_here ? "here" : "heard");
}

static const char *const kind_word[] = {
    [CHRONICLE_CHANGE] = "change",
    [CHRONICLE_OPENED] = "opened",
    [CHRONICLE_CLOSED] = "closed",
    [CHRONICLE_REOPENED] = "reopened",
};
enum { KIND_COUNT = sizeof(kind_word) / sizeof(kind_word[0]) };

static void add_kind(StrBuf *out, const ChronicleLine *line)
{
    switch (line->kind) {
    case CHRONICLE_CHANGE:
        add_change(out, line);
        break;
    case CHRONICLE_OPENED:
        add_opened(out, line);
        break;
    case CHRONICLE_CLOSED:
    case CHRONICLE_REOPENED:
        add_closed(out, line);
        break;
    }
}

size_t chronicle_compose(const ChronicleLine *line, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    str_add(&out, kind_word[line->kind]);
    add_int(&out, "at", line->at);
    str_add_format(&out, " line=%016llx epoch=", (unsigned long long)line->line);
    str_add_uint(&out, line->epoch);
    add_kind(&out, line);
    if (line->rule[0] != '\0') {
        add_text(&out, "rule", line->rule);
    }
    for (int i = 0; i < line->said_count; i++) {
        add_said(&out, &line->said[i]);
    }
    const uint32_t sum = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, ret, out.length));
    str_add_format(&out, " sum=%08x\n", sum);
    assert(!out.cut);
    return out.length;
}

/* ---- reading ---- */

typedef struct Span {
    const char *at;
    size_t length;
} Span;

/* What stands before the separator; *rest goes on behind it. */
static Span cut(Span *rest, char separator)
{
    const char *end = memchr(rest->at, separator, rest->length);
    const Span part = {rest->at, end == NULL ? rest->length : (size_t)(end - rest->at)};
    const size_t taken = part.length + (end == NULL ? 0 : 1);
    *rest = (Span){rest->at + taken, rest->length - taken};
    return part;
}

static bool is(Span span, const char *text)
{
    return span.length == strlen(text) && memcmp(span.at, text, span.length) == 0;
}

/* Escapes undone; false when it does not fit, or could not have been written so. */
static bool get_text(Span value, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    for (size_t i = 0; i < value.length; i++) {
        uint8_t c = (uint8_t)value.at[i];
        if (c == '%') {
            if (value.length - i < 3 || !str_to_bytes(value.at + i + 1, 2, &c, 1) || c == 0) {
                return false;
            }
            i += 2;
        } else if (!is_plain((char)c)) {
            return false;
        }
        str_add_char(&out, (char)c);
    }
    return !out.cut;
}

/* A name or word: nothing that would do something to a terminal. */
static bool get_name(Span value, char *ret, size_t size)
{
    char text[VALUE_SIZE];
    if (!get_text(value, text, sizeof(text))) {
        return false;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (*c <= ' ' || *c >= 0x7f) {
            return false;
        }
    }
    return str_copy(ret, size, text);
}

static bool get_names(Span value, ChronicleNames *ret)
{
    ret->count = 0;
    while (value.length > 0) {
        if (ret->count == MEMBERS_MAX ||
            !get_name(cut(&value, ','), ret->name[ret->count], MEMBER_NAME_SIZE) ||
            ret->name[ret->count][0] == '\0') {
            return false;
        }
        ret->count++;
    }
    return true;
}

/* Messages that this version does not know are left out: another one wrote them. */
static bool get_said(Span value, ChronicleLine *line)
{
    char id[CHRONICLE_WORD_SIZE];
    ChronicleSaid said = {0};
    const Span name = cut(&value, ',');
    const Span offset = cut(&value, ',');
    if (!get_name(name, id, sizeof(id)) || !str_to_int(offset.at, offset.length, &said.offset_ms)) {
        return false;
    }
    if (!message_find(id, &said.entry.id) || line->said_count == CHRONICLE_SAID_MAX) {
        return true;
    }
    for (int i = 0; i < message_info(said.entry.id)->slots; i++) {
        if (!get_text(cut(&value, ','), said.entry.args[i], MESSAGE_ARG_SIZE)) {
            return false;
        }
    }
    line->said[line->said_count++] = said;
    return true;
}

static bool get_line_id(Span value, LineId *ret)
{
    uint8_t bytes[sizeof(*ret)];
    if (!str_to_bytes(value.at, value.length, bytes, sizeof(bytes))) {
        return false;
    }
    *ret = 0;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        *ret = *ret << 8 | bytes[i];
    }
    return true;
}

/* The field that holds a time under this key; NULL: it names none. */
static int64_t *instant_of(Span key, ChronicleLine *line)
{
    const struct {
        const char *key;
        int64_t *value;
    } instant[] = {
        {"at", &line->at},
        {"decided", &line->decided_at},
        {"served", &line->served_at},
        {"streamed", &line->streamed_at},
        {"closed", &line->closed_at},
        {"acknowledged", &line->acknowledged_at},
    };
    for (size_t i = 0; i < sizeof(instant) / sizeof(instant[0]); i++) {
        if (is(key, instant[i].key)) {
            return instant[i].value;
        }
    }
    return NULL;
}

static bool get_small(Span value, uint64_t most, uint64_t *ret_whole)
{
    return str_to_uint(value.at, value.length, ret_whole) && *ret_whole <= most;
}

static bool get_lsn(Span value, Lsn *ret)
{
    return str_to_lsn(value.at, value.length, ret);
}

static bool get_numbers(Span key, Span value, ChronicleLine *line, bool *ret_known)
{
    uint64_t number = 0;
    int64_t *instant = instant_of(key, line);
    *ret_known = true;
    if (instant != NULL) {
        return str_to_int(value.at, value.length, instant);
    }
    if (is(key, "outage")) {
        return str_to_int(value.at, value.length, &line->outage_ms) && line->outage_ms >= 0;
    }
    if (is(key, "line")) {
        return get_line_id(value, &line->line);
    }
    if (is(key, "epoch")) {
        return str_to_uint(value.at, value.length, &line->epoch);
    }
    if (is(key, "start")) {
        return get_lsn(value, &line->start);
    }
    if (is(key, "kept")) {
        line->branched = true;
        return get_lsn(value, &line->kept);
    }
    if (is(key, "known")) {
        return get_lsn(value, &line->known);
    }
    if (is(key, "timeline")) {
        const bool ok = get_small(value, UINT32_MAX, &number);
        line->timeline = (TimelineId)number;
        return ok;
    }
    if (is(key, "quorum")) {
        const bool ok = get_small(value, UINT8_MAX, &number);
        line->quorum = (uint8_t)number;
        return ok;
    }
    *ret_known = false;
    return true;
}

static void get_flag(Span key, Span value, ChronicleLine *line)
{
    if (is(key, "automatic")) {
        line->automatic = is(value, "on");
    } else if (is(key, "late")) {
        line->late = is(value, "yes");
    } else if (is(key, "forced")) {
        line->forced = is(value, "yes");
    } else if (is(key, "atmost")) {
        line->at_most = is(value, "yes");
    } else if (is(key, "seen")) {
        line->seen_here = is(value, "here");
    }
}

static bool get_words(Span key, Span value, ChronicleLine *line)
{
    if (is(key, "cause")) {
        return get_name(value, line->cause, sizeof(line->cause));
    }
    if (is(key, "rule")) {
        return get_name(value, line->rule, sizeof(line->rule));
    }
    if (is(key, "by")) {
        return get_name(value, line->by, sizeof(line->by));
    }
    if (is(key, "before")) {
        return get_name(value, line->before, sizeof(line->before));
    }
    if (is(key, "after")) {
        return get_name(value, line->after, sizeof(line->after));
    }
    if (is(key, "eligible")) {
        return get_names(value, &line->eligible);
    }
    if (is(key, "apart")) {
        return get_names(value, &line->apart);
    }
    if (is(key, "without")) {
        return get_names(value, &line->without);
    }
    if (is(key, "said")) {
        return get_said(value, line);
    }
    get_flag(key, value, line);
    return true; /* else it is a key of another version */
}

static bool sum_is_right(const char *text, size_t length)
{
    char expected[SUM_LENGTH + 1];
    const size_t before = length - SUM_LENGTH;
    const uint32_t sum = pg_crc_end(pg_crc_add(PG_CRC_BEGIN, text, before));
    (void)str_format(expected, sizeof(expected), " sum=%08x", sum); /* it fits */
    return memcmp(text + before, expected, SUM_LENGTH) == 0;
}

/* KIND_COUNT: none. */
static int kind_of(Span word)
{
    int kind = 0;
    while (kind < KIND_COUNT && !is(word, kind_word[kind])) {
        kind++;
    }
    return kind;
}

bool chronicle_parse(const char *text, size_t length, ChronicleLine *ret)
{
    ChronicleLine line = {.outage_ms = -1};
    if (length <= SUM_LENGTH || length > CHRONICLE_LINE_MAX || !sum_is_right(text, length)) {
        return false;
    }
    Span rest = {text, length - SUM_LENGTH};
    const int kind = kind_of(cut(&rest, ' '));
    if (kind == KIND_COUNT) {
        return false;
    }
    line.kind = (ChronicleKind)kind;
    while (rest.length > 0) {
        bool known = false;
        Span value = cut(&rest, ' ');
        const Span key = cut(&value, '=');
        if (!get_numbers(key, value, &line, &known) || (!known && !get_words(key, value, &line))) {
            return false;
        }
    }
    if (line.epoch == 0 || line.after[0] == '\0' ||
        (line.kind == CHRONICLE_CHANGE && line.cause[0] == '\0')) {
        return false;
    }
    if (line.kind == CHRONICLE_CLOSED || line.kind == CHRONICLE_REOPENED) {
        (void)str_copy(line.cause, sizeof(line.cause), CHRONICLE_OUTAGE); /* it fits */
        (void)str_copy(line.before, sizeof(line.before), line.after);     /* of the same size */
        line.closed_at = line.kind == CHRONICLE_CLOSED ? line.at : line.closed_at;
    }
    *ret = line;
    return true;
}

/* ---- the whole ---- */

bool chronicle_moved_primary(const ChronicleLine *change)
{
    return change->kind == CHRONICLE_CHANGE && change->before[0] != '\0' &&
           !str_equal(change->before, change->after);
}

bool chronicle_is_outage(const ChronicleEntry *entry)
{
    return entry->change.kind == CHRONICLE_CLOSED;
}

static ChronicleEntry *find(const Chronicle *chronicle, LineId line, Epoch epoch)
{
    for (size_t i = chronicle->count; i > 0; i--) {
        ChronicleEntry *entry = &chronicle->entry[i - 1];
        if (!chronicle_is_outage(entry) && entry->change.line == line &&
            entry->change.epoch == epoch) {
            return entry;
        }
    }
    return NULL;
}

/* The newest outage of this primary; NULL: there was none. */
static ChronicleEntry *find_outage(const Chronicle *chronicle, const char *primary)
{
    for (size_t i = chronicle->count; i > 0; i--) {
        ChronicleEntry *entry = &chronicle->entry[i - 1];
        if (chronicle_is_outage(entry) && str_equal(entry->change.after, primary)) {
            return entry;
        }
    }
    return NULL;
}

static bool make_room(Chronicle *chronicle)
{
    if (chronicle->count < chronicle->room) {
        return true;
    }
    const size_t room = chronicle->room == 0 ? FIRST_ROOM : 2 * chronicle->room;
    ChronicleEntry *grown = realloc(chronicle->entry, room * sizeof(*grown));
    if (grown == NULL) {
        return false;
    }
    chronicle->entry = grown;
    chronicle->room = room;
    return true;
}

static bool append(Chronicle *chronicle, const ChronicleLine *line)
{
    if (!make_room(chronicle)) {
        return false;
    }
    chronicle->entry[chronicle->count++] =
        (ChronicleEntry){.change = *line, .outage_ms = -1, .seen_here = line->seen_here};
    return true;
}

static bool take_opening(ChronicleEntry *entry, const ChronicleLine *line)
{
    const size_t size = line->said_count * sizeof(line->said[0]);
    ChronicleSaid *step = size == 0 ? NULL : malloc(size);
    if (size > 0 && step == NULL) {
        return false;
    }
    if (step != NULL) {
        memcpy(step, line->said, size);
    }
    entry->opened_at = line->at;
    entry->outage_ms = line->outage_ms;
    entry->seen_here = line->seen_here;
    entry->at_most = line->at_most;
    entry->step = step;
    entry->step_count = line->said_count;
    return true;
}

/* What closed before another server became the primary is the beginning of that change's outage, and none of its own. */
static void drop_unended(Chronicle *chronicle)
{
    for (size_t i = chronicle->count; i > 0; i--) {
        if (chronicle_is_outage(&chronicle->entry[i - 1]) &&
            chronicle->entry[i - 1].opened_at == 0) {
            memmove(&chronicle->entry[i - 1], &chronicle->entry[i],
                    (chronicle->count - i) * sizeof(chronicle->entry[0]));
            chronicle->count--;
        }
    }
}

static bool add_change_line(Chronicle *chronicle, const ChronicleLine *line)
{
    if (find(chronicle, line->line, line->epoch) != NULL) {
        return true;
    }
    if (chronicle_moved_primary(line)) {
        drop_unended(chronicle);
    }
    return append(chronicle, line);
}

static bool add_closed_line(Chronicle *chronicle, const ChronicleLine *line)
{
    const ChronicleEntry *before = find_outage(chronicle, line->after);
    const bool there = before != NULL && before->change.at >= line->at;
    if (there || (before != NULL && before->opened_at == 0)) {
        return true; /* twice, or what began it is told already */
    }
    return append(chronicle, line);
}

static bool add_reopened_line(Chronicle *chronicle, const ChronicleLine *line)
{
    ChronicleEntry *entry = find_outage(chronicle, line->after);
    if (entry != NULL && entry->opened_at >= line->at) {
        return true;
    }
    if (entry == NULL || entry->opened_at != 0) { /* the line that began it is lost */
        ChronicleLine began = *line;
        began.kind = CHRONICLE_CLOSED;
        began.at = line->closed_at;
        began.said_count = 0;
        if (!append(chronicle, &began)) {
            return false;
        }
        entry = &chronicle->entry[chronicle->count - 1];
    }
    return take_opening(entry, line);
}

static bool add_line(Chronicle *chronicle, const ChronicleLine *line)
{
    ChronicleEntry *entry = NULL;
    switch (line->kind) {
    case CHRONICLE_CHANGE:
        return add_change_line(chronicle, line);
    case CHRONICLE_OPENED:
        entry = find(chronicle, line->line, line->epoch);
        return entry == NULL || entry->opened_at != 0 || take_opening(entry, line);
    case CHRONICLE_CLOSED:
        return add_closed_line(chronicle, line);
    case CHRONICLE_REOPENED:
        return add_reopened_line(chronicle, line);
    }
    return true;
}

bool chronicle_add(Chronicle *chronicle, const char *text, size_t length)
{
    Span rest = {text, length};
    while (rest.length > 0) {
        ChronicleLine line;
        const Span one = cut(&rest, '\n');
        if (one.length == 0) {
            continue; /* where a torn line was ended */
        }
        if (!chronicle_parse(one.at, one.length, &line)) {
            chronicle->bad++;
        } else if (!add_line(chronicle, &line)) {
            return false;
        }
    }
    return true;
}

const ChronicleEntry *chronicle_last(const Chronicle *chronicle)
{
    for (size_t i = chronicle->count; i > 0; i--) {
        const ChronicleEntry *entry = &chronicle->entry[i - 1];
        if (chronicle_is_outage(entry) || chronicle_moved_primary(&entry->change)) {
            return entry;
        }
    }
    return chronicle->count == 0 ? NULL : &chronicle->entry[chronicle->count - 1];
}

const ChronicleEntry *chronicle_of_epoch(const Chronicle *chronicle, Epoch epoch, size_t from,
                                         size_t *ret_next)
{
    for (size_t i = from; i < chronicle->count; i++) {
        if (chronicle->entry[i].change.epoch == epoch) {
            *ret_next = i + 1;
            return &chronicle->entry[i];
        }
    }
    return NULL;
}

void chronicle_done(Chronicle *chronicle)
{
    for (size_t i = 0; i < chronicle->count; i++) {
        free(chronicle->entry[i].step);
    }
    free(chronicle->entry);
    *chronicle = (Chronicle){0};
}

/*
 * The history in words, rows and JSON.
 */
#include "view/chronicle_show.h"

#include <string.h>

#include "base/time.h"
#include "status_words.h"
#include "view/json.h"

enum { TIME_SIZE = 32, NAMES_SIZE = 256, MOVE_SIZE = 128, LATE_S = 5 };

static const char *names_text(const ChronicleNames *names, const char *nobody, char *ret,
                              size_t size)
{
    StrBuf out = str_begin(ret, size);
    for (int i = 0; i < names->count; i++) {
        str_add(&out, i == 0 ? "" : ",");
        str_add(&out, names->name[i]);
    }
    str_add(&out, names->count == 0 ? nobody : "");
    return ret;
}

static void outage_text(const ChronicleEntry *entry, char *ret, size_t size)
{
    if (!chronicle_moved_primary(&entry->change)) {
        (void)str_copy(ret, size, "");
    } else if (entry->opened_at == 0) {
        (void)str_copy(ret, size, "not seen open");
    } else if (entry->outage_ms < 0) {
        (void)str_copy(ret, size, "unknown");
    } else {
        (void)millis_format(entry->outage_ms, ret, size);
    }
}

/* ---- the table ---- */

static void add_row(StrBuf *out, const char *const cell[7])
{
    static const int width[7] = {20, 7, 10, 22, 18, 12, 0};
    for (int i = 0; i < 7; i++) {
        const size_t start = out->length;
        str_add(out, cell[i]);
        for (size_t used = out->length - start; i < 6 && (int)used < width[i] - 1; used++) {
            str_add_char(out, ' ');
        }
        str_add(out, i < 6 ? " " : "");
    }
    while (out->length > 0 && out->data[out->length - 1] == ' ') {
        out->data[--out->length] = '\0';
    }
    str_add_char(out, '\n');
}

void chronicle_show_title(StrBuf *out)
{
    static const char *const title[7] = {"time",     "epoch", "cause", "primary",
                                         "eligible", "by",    "outage"};
    add_row(out, title);
    for (int i = 0; i < 100; i++) {
        str_add_char(out, '-');
    }
    str_add_char(out, '\n');
}

static void add_gap(const ChronicleLine *change, const ChronicleEntry *before, StrBuf *out)
{
    if (before == NULL) {
        return;
    }
    if (before->change.line != change->line) {
        str_add_format(out, "another line of the record: %016llx\n",
                       (unsigned long long)change->line);
    } else if (change->epoch > before->change.epoch + 1) {
        str_add_format(out, "epochs %llu to %llu were not learned here\n",
                       (unsigned long long)before->change.epoch + 1,
                       (unsigned long long)change->epoch - 1);
    }
}

void chronicle_show_row(const ChronicleEntry *entry, const ChronicleEntry *before,
                        ChronicleTime *tell_time, StrBuf *out)
{
    const ChronicleLine *change = &entry->change;
    char when[TIME_SIZE], epoch[24], move[MOVE_SIZE], eligible[NAMES_SIZE];
    char outage[MILLIS_TEXT_SIZE];
    tell_time(change->decided_at * 1000, when, sizeof(when));
    (void)str_format(epoch, sizeof(epoch), "%llu", (unsigned long long)change->epoch);
    (void)str_format(move, sizeof(move), "%s%s%s",
                     chronicle_moved_primary(change) ? change->before : "",
                     chronicle_moved_primary(change) ? " -> " : "", change->after);
    outage_text(entry, outage, sizeof(outage));
    add_gap(change, before, out);
    add_row(out, (const char *const[7]){
                     when, epoch, change->cause, move,
                     names_text(&change->eligible, "(nobody)", eligible, sizeof(eligible)),
                     change->by[0] == '\0' ? "?" : change->by, outage});
}

void chronicle_show_notes(const Chronicle *chronicle, const char *server, StrBuf *out)
{
    str_add_format(
        out,
        "\ntime: by the clock of the server that proposed. outage: as \"%s\" saw it, from the "
        "last\nheartbeat in which the former primary served (on that server: from the end of "
        "its own service)\nto the first in which the new one did.\n",
        server);
    if (chronicle->bad > 0) {
        str_add_format(out, "%llu lines are cut short or damaged and not shown\n",
                       (unsigned long long)chronicle->bad);
    }
}

/* ---- JSON ---- */

static json_t *json_names(const ChronicleNames *names)
{
    json_t *list = json_array();
    for (int i = 0; i < names->count; i++) {
        (void)json_array_append_new(list, json_string(names->name[i])); /* seen in the dump */
    }
    return list;
}

static json_t *json_said(const ChronicleLine *change)
{
    json_t *list = json_array();
    for (int i = 0; i < change->said_count; i++) {
        const ChronicleSaid *said = &change->said[i];
        const MessageInfo *info = message_info(said->entry.id);
        char text[MESSAGE_TEXT_SIZE];
        json_t *args = json_array();
        for (int a = 0; a < info->params; a++) {
            json_t *arg = json_string(said->entry.args[a]);
            (void)json_array_append_new(args, arg == NULL ? json_string("?") : arg);
        }
        json_t *shown = json_string(message_format(&said->entry, text, sizeof(text)));
        (void)json_array_append_new(
            list, json_pack("{s:s, s:s, s:I, s:o, s:o}", "id", info->id, "severity",
                            severity_name(info->severity), "offset_ms", (json_int_t)said->offset_ms,
                            "text", shown == NULL ? json_string("?") : shown, "args", args));
    }
    return list;
}

char *chronicle_json(const ChronicleEntry *entry)
{
    const ChronicleLine *change = &entry->change;
    const bool moved = chronicle_moved_primary(change);
    const bool known = entry->outage_ms >= 0;
    char line[20], start[STR_LSN_SIZE];
    json_t *object = json_object();
    if (object == NULL) {
        return NULL;
    }
    (void)str_format(line, sizeof(line), "%016llx", (unsigned long long)change->line);
    json_put(object, "learned_at", json_time(change->at));
    json_put(object, "decided_at", json_time(change->decided_at * 1000));
    json_put(object, "learned_late", json_boolean(change->late));
    json_put(object, "line", json_string(line));
    json_put(object, "epoch", json_integer((json_int_t)change->epoch));
    json_put(object, "cause", json_string(change->cause));
    json_put(object, "proposed_by", json_text(change->by));
    json_put(object, "primary_before", json_text(change->before));
    json_put(object, "primary", json_string(change->after));
    json_put(object, "eligible", json_names(&change->eligible));
    json_put(object, "apart", json_names(&change->apart));
    json_put(object, "quorum", json_integer(change->quorum));
    json_put(object, "automatic", json_boolean(change->automatic));
    json_put(object, "timeline", json_integer(change->timeline));
    json_put(object, "start", json_string(str_from_lsn(change->start, start, sizeof(start))));
    json_put(object, "served_until", json_time(change->served_at));
    json_put(object, "opened_at", json_time(entry->opened_at));
    json_put(object, "outage_ms", moved && known ? json_integer(entry->outage_ms) : json_null());
    json_put(object, "outage_from",
             !moved || !known   ? json_null()
             : entry->seen_here ? json_string("own instance")
                                : json_string("last heartbeat"));
    json_put(object, "rule", json_text(change->rule));
    json_put(object, "evidence", json_said(change));
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return text;
}

/* ---- in sentences ---- */

/* The text of a cause with its three names filled in. */
static void add_filled(StrBuf *out, const char *text, const ChronicleLine *change)
{
    char eligible[NAMES_SIZE];
    const char *const key[3] = {"{before}", "{after}", "{eligible}"};
    const char *const value[3] = {
        change->before[0] == '\0' ? "?" : change->before, change->after,
        names_text(&change->eligible, "nobody", eligible, sizeof(eligible))};
    while (*text != '\0') {
        int found = 0;
        while (found < 3 && !str_starts_with(text, key[found])) {
            found++;
        }
        if (found < 3) {
            str_add(out, value[found]);
            text += strlen(key[found]);
        } else {
            str_add_char(out, *text++);
        }
    }
}

static void add_what(const ChronicleLine *change, ChronicleTime *tell_time, StrBuf *out)
{
    const CauseInfo *cause = cause_find(change->cause);
    char when[TIME_SIZE], eligible[NAMES_SIZE], start[STR_LSN_SIZE];
    tell_time(change->decided_at * 1000, when, sizeof(when));
    str_add_format(out, "epoch %llu, %s: ", (unsigned long long)change->epoch, when);
    add_filled(out, cause == NULL ? "the record was changed" : cause->text, change);
    str_add_format(out, " (cause %s).\n", change->cause);
    str_add_format(out, "primary: %s", change->after);
    if (chronicle_moved_primary(change)) {
        str_add_format(out, ", before: %s", change->before);
    }
    str_add_format(out, "; eligible: %s",
                   names_text(&change->eligible, "nobody", eligible, sizeof(eligible)));
    if (change->apart.count > 0) {
        str_add_format(out, "; kept apart by an operator: %s",
                       names_text(&change->apart, "", eligible, sizeof(eligible)));
    }
    str_add_format(out, "; automatic switch and disconnection: %s.\n",
                   change->automatic ? "on" : "off");
    if (change->timeline != 0) {
        str_add_format(out, "the history of this primary is timeline %u, from %s on.\n",
                       change->timeline, str_from_lsn(change->start, start, sizeof(start)));
    }
}

static void add_why(const ChronicleLine *change, const char *server, StrBuf *out)
{
    const RuleInfo *rule = rule_find(change->rule);
    str_add(out, "\nwhy: ");
    if (change->by[0] != '\0') {
        str_add_format(out, "server \"%s\" proposed it. ", change->by);
    }
    if (rule != NULL) {
        str_add_format(out, "rule %s at \"%s\": %s.\n", rule->id, server, rule->text);
    } else if (change->late) {
        str_add_format(
            out,
            "the agent of \"%s\" had ended before it could write down why; the histories of "
            "the other servers may say more.\n",
            server);
    } else if (strcmp(change->by, server) == 0) {
        str_add(out, "no rule asked for it, an operator's command did.\n");
    } else {
        str_add_format(out,
                       "no rule at \"%s\" asked for it; mc_ctl explain last at the server that "
                       "proposed it says more.\n",
                       server);
    }
}

static void add_evidence(const ChronicleLine *change, const char *server, StrBuf *out)
{
    char text[MESSAGE_TEXT_SIZE], ago[MILLIS_TEXT_SIZE];
    str_add_format(out, "\nwhat \"%s\" had said before:%s\n", server,
                   change->said_count == 0 ? " nothing that belongs to it" : "");
    for (int i = 0; i < change->said_count; i++) {
        const ChronicleSaid *said = &change->said[i];
        str_add_format(
            out, "  %s before: %s (%s)\n", millis_format(-said->offset_ms, ago, sizeof(ago)),
            message_format(&said->entry, text, sizeof(text)), message_info(said->entry.id)->id);
    }
}

static void add_outage(const ChronicleEntry *entry, const char *server, StrBuf *out)
{
    char outage[MILLIS_TEXT_SIZE];
    const ChronicleLine *change = &entry->change;
    if (!chronicle_moved_primary(change)) {
        return;
    }
    if (entry->opened_at == 0) {
        str_add_format(out, "\noutage: \"%s\" has not seen \"%s\" open to clients.\n", server,
                       change->after);
        return;
    }
    if (entry->outage_ms < 0) {
        str_add_format(out,
                       "\noutage: unknown, \"%s\" did not see when the service of \"%s\" ended.\n",
                       server, change->before);
        return;
    }
    str_add_format(
        out, "\noutage: %s, from %s \"%s\" served to the moment in which \"%s\" saw \"%s\" open.\n",
        millis_format(entry->outage_ms, outage, sizeof(outage)),
        entry->seen_here ? "the last moment in which" : "the last heartbeat in which",
        change->before, server, change->after);
}

void chronicle_explain(const ChronicleEntry *entry, const char *server, ChronicleTime *tell_time,
                       StrBuf *out)
{
    const CauseInfo *cause = cause_find(entry->change.cause);
    add_what(&entry->change, tell_time, out);
    add_why(&entry->change, server, out);
    add_evidence(&entry->change, server, out);
    add_outage(entry, server, out);
    if (cause != NULL) {
        str_add_format(out, "\nwhat to do: %s\n", cause->next);
    }
}

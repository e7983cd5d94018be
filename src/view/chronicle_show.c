/*
 * The history in rows and JSON.
 */
#include "view/chronicle_show.h"

#include <string.h>

#include "base/time.h"
#include "view/json.h"

enum { TIME_SIZE = 32, NAMES_SIZE = 256, MOVE_SIZE = 128, OUTAGE_SIZE = MILLIS_TEXT_SIZE + 16 };

const char *chronicle_names(const ChronicleNames *names, const char *nobody, char *ret, size_t size)
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
    char text[MILLIS_TEXT_SIZE];
    const bool outage = chronicle_is_outage(entry);
    if (!outage && !chronicle_moved_primary(&entry->change)) {
        (void)str_copy(ret, size, "");
    } else if (entry->opened_at == 0) {
        (void)str_copy(ret, size, outage ? "not over" : "not seen open"); /* they fit */
    } else if (entry->outage_ms < 0) {
        (void)str_copy(ret, size, "unknown");
    } else {
        (void)str_format(ret, size, "%s%s", entry->at_most ? "at most " : "",
                         millis_format(entry->outage_ms, text, sizeof(text)));
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

static void add_outage_row(const ChronicleEntry *entry, ChronicleTime *tell_time, StrBuf *out)
{
    const ChronicleLine *began = &entry->change;
    char when[TIME_SIZE], epoch[24], outage[OUTAGE_SIZE];
    tell_time(began->served_at != 0 ? began->served_at : began->closed_at, when, sizeof(when));
    (void)str_format(epoch, sizeof(epoch), "%llu", (unsigned long long)began->epoch); /* it fits */
    outage_text(entry, outage, sizeof(outage));
    add_row(out, (const char *const[7]){when, epoch, began->cause, began->after, "", "", outage});
}

void chronicle_show_row(const ChronicleEntry *entry, const ChronicleEntry *before,
                        ChronicleTime *tell_time, StrBuf *out)
{
    const ChronicleLine *change = &entry->change;
    char when[TIME_SIZE], epoch[24], move[MOVE_SIZE], eligible[NAMES_SIZE];
    char outage[OUTAGE_SIZE];
    add_gap(change, before, out);
    if (chronicle_is_outage(entry)) {
        add_outage_row(entry, tell_time, out);
        return;
    }
    tell_time(change->decided_at * 1000, when, sizeof(when));
    (void)str_format(epoch, sizeof(epoch), "%llu", (unsigned long long)change->epoch);
    (void)str_format(move, sizeof(move), "%s%s%s",
                     chronicle_moved_primary(change) ? change->before : "",
                     chronicle_moved_primary(change) ? " -> " : "", change->after);
    outage_text(entry, outage, sizeof(outage));
    add_row(out, (const char *const[7]){
                     when, epoch, change->cause, move,
                     chronicle_names(&change->eligible, "(nobody)", eligible, sizeof(eligible)),
                     change->by[0] == '\0' ? "?" : change->by, outage});
}

void chronicle_show_notes(const Chronicle *chronicle, const char *server, StrBuf *out)
{
    str_add_format(
        out,
        "\ntime: by the clock of the server that proposed; of an outage in which the primary "
        "stayed "
        "when\nit began, by the clock here. outage: as \"%s\" saw it, from the last heartbeat in "
        "which the former\nprimary served (on that server: from the end of its own service) to the "
        "first in which the new\none did, or the same one again. An outage of another server that "
        "was not heard meanwhile stands\nin the history of that one alone.\n",
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

static json_t *json_said(const ChronicleSaid *first, int count)
{
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        const ChronicleSaid *said = &first[i];
        const MessageInfo *info = message_info(said->entry.id);
        char text[MESSAGE_TEXT_SIZE];
        json_t *args = json_array();
        for (int a = 0; a < info->params; a++) {
            json_t *arg = json_string(message_argument(&said->entry, a, text, sizeof(text)));
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

static json_t *json_lsn(Lsn lsn)
{
    char text[STR_LSN_SIZE];
    return lsn == 0 ? json_null() : json_string(str_from_lsn(lsn, text, sizeof(text)));
}

/* What a new line of the record tells of the one before; null of every other change. */
static json_t *json_branch(const ChronicleLine *change)
{
    json_t *object = change->branched ? json_object() : NULL;
    if (object == NULL) {
        return json_null();
    }
    json_put(object, "forced", json_boolean(change->forced));
    json_put(object, "kept", json_lsn(change->kept));
    json_put(object, "known", json_lsn(change->known));
    json_put(object, "without", json_names(&change->without));
    return object;
}

static json_t *json_outage_from(const ChronicleEntry *entry)
{
    const bool had = chronicle_is_outage(entry) || chronicle_moved_primary(&entry->change);
    return !had || entry->outage_ms < 0 ? json_null()
           : entry->seen_here           ? json_string("own instance")
                                        : json_string("last heartbeat");
}

static void put_ids(json_t *object, const ChronicleLine *line, const char *kind)
{
    char id[20];
    (void)str_format(id, sizeof(id), "%016llx", (unsigned long long)line->line); /* it fits */
    json_put(object, "kind", json_string(kind));
    json_put(object, "line", json_string(id));
    json_put(object, "epoch", json_integer((json_int_t)line->epoch));
    json_put(object, "cause", json_string(line->cause));
    json_put(object, "primary_before", json_text(line->before));
    json_put(object, "primary", json_string(line->after));
    json_put(object, "learned_late", json_boolean(line->late));
}

/* Of both kinds: what became of it, and what was said. */
static void put_course(json_t *object, const ChronicleEntry *entry)
{
    const ChronicleLine *line = &entry->change;
    json_put(object, "served_until", json_time(line->served_at));
    json_put(object, "opened_at", json_time(entry->opened_at));
    json_put(object, "outage_ms",
             entry->outage_ms < 0 ? json_null() : json_integer(entry->outage_ms));
    json_put(object, "outage_from", json_outage_from(entry));
    json_put(object, "rule", json_text(line->rule));
    json_put(object, "evidence", json_said(line->said, line->said_count));
    json_put(object, "steps", json_said(entry->step, entry->step_count));
}

static void put_change(json_t *object, const ChronicleLine *change)
{
    char start[STR_LSN_SIZE];
    json_put(object, "learned_at", json_time(change->at));
    json_put(object, "decided_at", json_time(change->decided_at * 1000));
    json_put(object, "proposed_by", json_text(change->by));
    json_put(object, "eligible", json_names(&change->eligible));
    json_put(object, "apart", json_names(&change->apart));
    json_put(object, "quorum", json_integer(change->quorum));
    json_put(object, "automatic", json_boolean(change->automatic));
    json_put(object, "timeline", json_integer(change->timeline));
    json_put(object, "start", json_string(str_from_lsn(change->start, start, sizeof(start))));
    json_put(object, "branch", json_branch(change));
    json_put(object, "standby_streamed_until", json_time(change->streamed_at));
}

char *chronicle_json(const ChronicleEntry *entry)
{
    const ChronicleLine *line = &entry->change;
    const bool outage = chronicle_is_outage(entry);
    json_t *object = json_object();
    if (object == NULL) {
        return NULL;
    }
    put_ids(object, line, outage ? CHRONICLE_OUTAGE : "change");
    if (outage) {
        json_put(object, "closed_at", json_time(line->closed_at));
        json_put(object, "acknowledged_until", json_time(line->acknowledged_at));
        json_put(object, "outage_at_most", json_boolean(entry->at_most));
    } else {
        put_change(object, line);
    }
    put_course(object, entry);
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return text;
}

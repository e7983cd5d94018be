/*
 * One change or outage of the history in sentences: for somebody who is woken by it.
 */
#include <string.h>

#include "base/time.h"
#include "status_words.h"
#include "view/chronicle_show.h"

enum { TIME_SIZE = 32, NAMES_SIZE = 512, FOLLOWED_MAX = 8, WHEN_WIDTH = 16 };

/* What all parts of an explanation need. */
typedef struct Telling {
    const Chronicle *chronicle;
    const ChronicleEntry *entry;
    const char *server;
    ChronicleTime *time;
    StrBuf *out;
} Telling;

/* ---- what ---- */

/* The text of a cause with its three names filled in. */
static void add_filled(StrBuf *out, const char *text, const ChronicleLine *change)
{
    char eligible[NAMES_SIZE];
    const char *const key[3] = {"{before}", "{after}", "{eligible}"};
    const char *const value[3] = {
        change->before[0] == '\0' ? "?" : change->before, change->after,
        chronicle_names(&change->eligible, "nobody", eligible, sizeof(eligible))};
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

static void add_cause(StrBuf *out, const ChronicleLine *change)
{
    const CauseInfo *cause = cause_find(change->cause);
    add_filled(out, cause == NULL ? "the record was changed" : cause->text, change);
}

/* The change before this one in the same line, if it was learned; NULL otherwise. */
static const ChronicleLine *change_before(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    const ChronicleLine *before = NULL;
    for (const ChronicleEntry *e = telling->chronicle->entry; e < telling->entry; e++) {
        if (!chronicle_is_outage(e)) {
            before = &e->change;
        }
    }
    const bool next = before != NULL && (before->line == change->line || change->branched) &&
                      before->epoch + 1 == change->epoch;
    return next ? before : NULL;
}

/* The separator between differences, and what differs. */
static void add_difference(StrBuf *out, const char **separator, const char *what,
                           const char *before, const char *after)
{
    if (!str_equal(before, after)) {
        str_add_format(out, "%s%s %s -> %s", *separator, what, before, after);
        *separator = "; ";
    }
}

static void add_names_difference(StrBuf *out, const char **separator, const char *what,
                                 const ChronicleNames *before, const ChronicleNames *after)
{
    char first[NAMES_SIZE], second[NAMES_SIZE];
    add_difference(out, separator, what, chronicle_names(before, "nobody", first, sizeof(first)),
                   chronicle_names(after, "nobody", second, sizeof(second)));
}

static void add_changed(const Telling *telling)
{
    const ChronicleLine *after = &telling->entry->change;
    const ChronicleLine *before = change_before(telling);
    const char *separator = "changed by it: ";
    StrBuf *out = telling->out;
    char first[24], second[24];
    if (before == NULL) {
        str_add(out, after->before[0] == '\0' ? "it is the first that was learned here.\n"
                                              : "what it was changed from was not learned here.\n");
        return;
    }
    add_difference(out, &separator, "primary", before->after, after->after);
    add_names_difference(out, &separator, "eligible", &before->eligible, &after->eligible);
    add_names_difference(out, &separator, "kept apart", &before->apart, &after->apart);
    add_difference(out, &separator, "automatic switch and disconnection",
                   before->automatic ? "on" : "off", after->automatic ? "on" : "off");
    (void)str_format(first, sizeof(first), "%u", before->quorum); /* they fit */
    (void)str_format(second, sizeof(second), "%u", after->quorum);
    add_difference(out, &separator, "how many acknowledge each commit", first, second);
    (void)str_format(first, sizeof(first), "%u", before->timeline);
    (void)str_format(second, sizeof(second), "%u", after->timeline);
    add_difference(out, &separator, "timeline", first, second);
    str_add(out, str_equal(separator, "; ") ? ".\n" : "changed by it: nothing of these.\n");
}

static void add_state(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    char names[NAMES_SIZE], start[STR_LSN_SIZE];
    StrBuf *out = telling->out;
    str_add_format(out, "primary: %s", change->after);
    if (chronicle_moved_primary(change)) {
        str_add_format(out, ", before: %s", change->before);
    }
    str_add_format(out, "; eligible: %s",
                   chronicle_names(&change->eligible, "nobody", names, sizeof(names)));
    if (change->apart.count > 0) {
        str_add_format(out, "; kept apart by an operator: %s",
                       chronicle_names(&change->apart, "", names, sizeof(names)));
    }
    str_add_format(out, "; automatic switch and disconnection: %s.\n",
                   change->automatic ? "on" : "off");
    if (change->timeline != 0) {
        str_add_format(out, "the history of this primary is timeline %u, from %s on.\n",
                       change->timeline, str_from_lsn(change->start, start, sizeof(start)));
    }
}

static void add_what(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    const bool outage = chronicle_is_outage(telling->entry);
    StrBuf *out = telling->out;
    char when[TIME_SIZE];
    const int64_t began = change->served_at != 0 ? change->served_at : change->closed_at;
    telling->time(outage ? began : change->decided_at * 1000, when, sizeof(when));
    str_add_format(out, "epoch %llu, %s: ", (unsigned long long)change->epoch, when);
    add_cause(out, change);
    str_add_format(out, " (cause %s).\n", change->cause);
    if (!outage) {
        add_state(telling);
        add_changed(telling);
    }
    if (change->late) {
        telling->time(change->at, when, sizeof(when));
        str_add_format(out, "\"%s\" learned of it late, at %s: its agent had not been there.\n",
                       telling->server, when);
    }
}

/* What was given up by a new line of the record. */
static void add_branch(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    char kept[STR_LSN_SIZE], known[STR_LSN_SIZE], names[NAMES_SIZE];
    StrBuf *out = telling->out;
    if (!change->branched) {
        return;
    }
    str_add_format(out, "\n%s: of the WAL before it, what reaches up to %s was kept; ",
                   change->forced ? "forced by an operator" : "a line of the record of its own",
                   str_from_lsn(change->kept, kept, sizeof(kept)));
    if (change->known == 0) {
        str_add(out, "whether anything was acknowledged beyond that nobody could tell");
    } else if (change->known <= change->kept) {
        str_add(out, "nothing is known to be lost");
    } else {
        str_add_format(out, "up to %s is known to have been written: %llu bytes at least are lost",
                       str_from_lsn(change->known, known, sizeof(known)),
                       (unsigned long long)(change->known - change->kept));
    }
    if (change->without.count > 0) {
        str_add_format(out, "; decided without %s",
                       chronicle_names(&change->without, "", names, sizeof(names)));
    }
    str_add(out, ".\n");
}

/* ---- why ---- */

static void add_asked(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    for (int i = 0; i < change->said_count; i++) {
        const ChronicleSaid *said = &change->said[i];
        char ago[MILLIS_TEXT_SIZE];
        if (said->entry.id == MSG_COMMAND_RECEIVED) {
            str_add_format(telling->out, "user \"%s\" had typed \"%s\" at \"%s\" %s before.\n",
                           said->entry.args[1], said->entry.args[0], telling->server,
                           millis_format(-said->offset_ms, ago, sizeof(ago)));
        }
    }
}

static void add_why_not_known(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    const unsigned long long epoch = change->epoch;
    StrBuf *out = telling->out;
    if (chronicle_is_outage(telling->entry) && str_equal(change->after, telling->server)) {
        str_add_format(out, "\"%s\" does not know; its log may tell.\n", telling->server);
    } else if (chronicle_is_outage(telling->entry)) {
        str_add_format(out,
                       "\"%s\" does not know; mc_ctl explain %llu at server \"%s\" says more.\n",
                       telling->server, epoch, change->after);
    } else if (change->late) {
        str_add_format(
            out,
            "the agent of \"%s\" had ended before it could write down why; the histories of "
            "the other servers may say more.\n",
            telling->server);
    } else if (str_equal(change->by, telling->server)) {
        str_add(out, "no rule asked for it, an operator's command did.\n");
    } else {
        str_add_format(out,
                       "no rule at \"%s\" asked for it; mc_ctl explain %llu at the server that "
                       "proposed it says more.\n",
                       telling->server, epoch);
    }
}

static void add_why(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    const RuleInfo *rule = rule_find(change->rule);
    StrBuf *out = telling->out;
    str_add(out, "\nwhy: ");
    if (change->by[0] != '\0') {
        str_add_format(out, "server \"%s\" proposed it. ", change->by);
    }
    if (rule != NULL) {
        str_add_format(out, "rule %s at \"%s\": %s.\n", rule->id, telling->server, rule->text);
    } else {
        add_why_not_known(telling);
    }
    add_asked(telling);
}

/* ---- step by step ---- */

/* One step: how long after the beginning, and what it was. */
static StrBuf *begin_step(StrBuf *out, int64_t after_ms)
{
    char took[MILLIS_TEXT_SIZE];
    const size_t start = out->length;
    str_add_format(out, "  %s %s", after_ms < 0 ? "-" : "+",
                   millis_format(after_ms < 0 ? -after_ms : after_ms, took, sizeof(took)));
    do {
        str_add_char(out, ' ');
    } while (out->length - start < WHEN_WIDTH && !out->cut);
    return out;
}

static void add_said(StrBuf *out, const ChronicleSaid *said, int count, int64_t of, int64_t zero)
{
    char text[MESSAGE_TEXT_SIZE];
    for (int i = 0; i < count; i++) {
        str_add_format(begin_step(out, of + said[i].offset_ms - zero), "%s (%s)\n",
                       message_format(&said[i].entry, text, sizeof(text)),
                       message_info(said[i].entry.id)->id);
    }
}

/* How many of the messages before a line were said before this instant: they are in their order. */
static int count_before(const ChronicleLine *line, int64_t instant)
{
    int count = 0;
    while (count < line->said_count && line->at + line->said[count].offset_ms <= instant) {
        count++;
    }
    return count;
}

static void add_steps(const Telling *telling)
{
    const ChronicleEntry *entry = telling->entry;
    const ChronicleLine *line = &entry->change;
    const bool outage = chronicle_is_outage(entry);
    StrBuf *out = telling->out;
    const int64_t zero = line->served_at != 0 ? line->served_at : line->at;
    const char *former = outage ? line->after : line->before;
    const int before = line->served_at == 0 ? 0 : count_before(line, line->served_at);
    str_add_format(out, "\nstep by step, as far as \"%s\" knows:\n", telling->server);
    add_said(out, line->said, before, line->at, zero);
    if (line->served_at != 0) {
        str_add_format(begin_step(out, 0), "\"%s\" served: the last that is known\n", former);
    }
    add_said(out, line->said + before, line->said_count - before, line->at, zero);
    str_add_format(begin_step(out, line->at - zero),
                   outage ? "\"%s\" was seen not to serve\n"
                          : "it was known that \"%s\" is the primary now, by a majority\n",
                   line->after);
    if (entry->opened_at != 0) {
        add_said(out, entry->step, entry->step_count, entry->opened_at, zero);
        str_add_format(begin_step(out, entry->opened_at - zero),
                       "\"%s\" was seen open: the first client could be admitted%s\n", line->after,
                       outage ? " again" : "");
    }
}

/* Of a change that leaves the primary where it was. */
static void add_evidence(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    char text[MESSAGE_TEXT_SIZE], ago[MILLIS_TEXT_SIZE];
    StrBuf *out = telling->out;
    str_add_format(out, "\nwhat \"%s\" had said before:%s\n", telling->server,
                   change->said_count == 0 ? " nothing that belongs to it" : "");
    for (int i = 0; i < change->said_count; i++) {
        const ChronicleSaid *said = &change->said[i];
        str_add_format(
            out, "  %s before: %s (%s)\n", millis_format(-said->offset_ms, ago, sizeof(ago)),
            message_format(&said->entry, text, sizeof(text)), message_info(said->entry.id)->id);
    }
}

/* ---- how long ---- */

static void add_change_outage(const Telling *telling)
{
    const ChronicleEntry *entry = telling->entry;
    const ChronicleLine *change = &entry->change;
    char outage[MILLIS_TEXT_SIZE];
    StrBuf *out = telling->out;
    if (entry->opened_at == 0) {
        str_add_format(out, "\noutage: \"%s\" has not seen \"%s\" open to clients.\n",
                       telling->server, change->after);
        return;
    }
    if (entry->outage_ms < 0) {
        str_add_format(out,
                       "\noutage: unknown, \"%s\" did not see when the service of \"%s\" ended.\n",
                       telling->server, change->before);
        return;
    }
    str_add_format(
        out, "\noutage: %s, from %s \"%s\" served to the moment in which \"%s\" saw \"%s\" open.\n",
        millis_format(entry->outage_ms, outage, sizeof(outage)),
        entry->seen_here ? "the last moment in which" : "the last heartbeat in which",
        change->before, telling->server, change->after);
}

static void add_own_outage(const Telling *telling)
{
    const ChronicleEntry *entry = telling->entry;
    const ChronicleLine *line = &entry->change;
    char took[MILLIS_TEXT_SIZE];
    StrBuf *out = telling->out;
    if (entry->opened_at == 0) {
        str_add_format(out, "\noutage: \"%s\" has not seen \"%s\" open to clients again.\n",
                       telling->server, line->after);
    } else if (entry->outage_ms < 0) {
        str_add_format(
            out, "\noutage: at least %s; when the service of \"%s\" ended \"%s\" did not see.\n",
            millis_format(entry->opened_at - line->closed_at, took, sizeof(took)), line->after,
            telling->server);
    } else {
        str_add_format(out, "\noutage: %s%s, from the last %s in which \"%s\" served to %s.\n",
                       entry->at_most ? "at most " : "",
                       millis_format(entry->outage_ms, took, sizeof(took)),
                       entry->seen_here ? "moment" : "heartbeat", line->after,
                       entry->seen_here ? "the first in which it admitted clients again"
                                        : "the first in which it did again");
    }
    if (line->acknowledged_at != 0) {
        str_add_format(out,
                       "commits may have waited for up to %s before that: so long no standby that "
                       "acknowledges them had been heard.\n",
                       millis_format(line->served_at - line->acknowledged_at, took, sizeof(took)));
    }
}

static void add_outage(const Telling *telling)
{
    const ChronicleLine *change = &telling->entry->change;
    char waited[MILLIS_TEXT_SIZE];
    if (chronicle_is_outage(telling->entry)) {
        add_own_outage(telling);
    } else if (chronicle_moved_primary(change)) {
        add_change_outage(telling);
    } else if (change->streamed_at != 0) {
        str_add_format(telling->out,
                       "\ncommits may have waited for up to %s: so long before this change the "
                       "standby was last known to stream.\n",
                       millis_format(change->at - change->streamed_at, waited, sizeof(waited)));
    }
}

/* ---- what followed ---- */

static bool begins_anew(const ChronicleEntry *entry)
{
    return chronicle_is_outage(entry) || chronicle_moved_primary(&entry->change);
}

static void add_followed(const Telling *telling)
{
    const Chronicle *chronicle = telling->chronicle;
    const ChronicleEntry *entry = telling->entry;
    StrBuf *out = telling->out;
    const ChronicleEntry *end = chronicle->entry + chronicle->count;
    int shown = 0;
    for (const ChronicleEntry *e = entry + 1; e < end && shown < FOLLOWED_MAX; e++) {
        str_add(out, shown == 0 ? "\nwhat followed, and how much later:\n" : "");
        str_add_format(begin_step(out, e->change.at - entry->change.at),
                       "epoch %llu: ", (unsigned long long)e->change.epoch);
        add_cause(out, &e->change);
        str_add(out, e->change.late ? " (learned late)\n" : "\n");
        shown++;
        if (begins_anew(e)) {
            return;
        }
    }
    const ChronicleEntry *last = end - 1;
    if (begins_anew(entry) && !chronicle_is_outage(last) && last->change.eligible.count == 0) {
        str_add(out, "no standby has become eligible since.\n");
    }
}

void chronicle_explain(const Chronicle *chronicle, const ChronicleEntry *entry, const char *server,
                       ChronicleTime *tell_time, StrBuf *out)
{
    const CauseInfo *cause = cause_find(entry->change.cause);
    const Telling telling = {
        .chronicle = chronicle, .entry = entry, .server = server, .time = tell_time, .out = out};
    add_what(&telling);
    add_branch(&telling);
    add_why(&telling);
    if (begins_anew(entry)) {
        add_steps(&telling);
    } else {
        add_evidence(&telling);
    }
    add_outage(&telling);
    add_followed(&telling);
    if (cause != NULL) {
        str_add(out, "\nwhat to do: ");
        add_filled(out, cause->next, &entry->change);
        str_add_char(out, '\n');
    }
}

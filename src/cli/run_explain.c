/*
 * `explain`: a message of the catalog, a word of status, a change of the record by its epoch, or the last one of the
 * primary.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "cli/commands_run.h"
#include "cli/past.h"
#include "cli/say.h"
#include "messages.h"
#include "status_words.h"
#include "view/chronicle_show.h"

enum { WORDS_SIZE = 512 };

static void explain_message(MessageId id)
{
    const MessageInfo *info = message_info(id);
    say("%s  %s: %s", info->id, severity_name(info->severity), info->guide);
    say("%s", info->explanation);
    say("what to do: %s", info->action);
}

static void explain_word(const WordInfo *word)
{
    say("%s (%s)", word->word, word->of);
    say("%s", word->text);
    say("what to do: %s", word->action);
}

static void tell(const Chronicle *chronicle, const ChronicleEntry *entry, const Site *site)
{
    char text[CHRONICLE_EXPLAIN_MAX];
    StrBuf out = str_begin(text, sizeof(text));
    chronicle_explain(chronicle, entry, site->id, past_time, &out);
    (void)fputs(text, stdout); /* a reader that went away misses nothing else */
}

/* A change of primary or an outage is what is asked for; where there was none that is said, too. */
static void tell_last(const Chronicle *chronicle, const Site *site)
{
    const ChronicleEntry *last = chronicle_last(chronicle);
    if (!chronicle_is_outage(last) && !chronicle_moved_primary(&last->change)) {
        say("\"%s\" knows of no change of primary and of no outage; the last change of the record:",
            site->id);
    }
    tell(chronicle, last, site);
}

static int tell_epoch(const Chronicle *chronicle, Epoch epoch, const Site *site)
{
    size_t next = 0;
    const ChronicleEntry *entry = chronicle_of_epoch(chronicle, epoch, 0, &next);
    if (entry == NULL) {
        char hint[WORDS_SIZE];
        (void)str_format(hint, sizeof(hint),
                         "mc_ctl history shows what it has learned, up to epoch %llu",
                         (unsigned long long)chronicle->entry[chronicle->count - 1].change.epoch);
        return say_failed("mc_ctl", ERROR_SYSTEM, hint,
                          "server \"%s\" has not learned of the change with epoch %llu", site->id,
                          (unsigned long long)epoch);
    }
    for (bool first = true; entry != NULL; first = false) {
        if (!first) {
            say("%s", "");
        }
        tell(chronicle, entry, site);
        entry = chronicle_of_epoch(chronicle, epoch, next, &next);
    }
    return EXIT_DONE;
}

/* A change of the record: of this epoch; 0: the last one. */
static int explain_change(const CommandLine *line, Epoch epoch)
{
    int status = EXIT_DONE;
    Error error = {0};
    _cleanup_(chronicle_done) Chronicle chronicle = {0};
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    if (!past_read(site, &chronicle, &error)) {
        return say_error("mc_ctl", &error);
    }
    if (chronicle.count == 0) {
        return say_failed("mc_ctl", ERROR_SYSTEM,
                          "the first start of a cluster is its first change: mc_ctl start",
                          "server \"%s\" has learned of no change yet", site->id);
    }
    if (epoch != 0) {
        return tell_epoch(&chronicle, epoch, site);
    }
    tell_last(&chronicle, site);
    return EXIT_DONE;
}

static bool is_epoch(const char *text, Epoch *ret)
{
    return str_to_uint(text, strlen(text), ret) && *ret > 0;
}

/* False: it is neither a message nor a word of status. */
static bool explain(const char *text)
{
    MessageId id = MESSAGE_COUNT;
    const WordInfo *word = word_find(text);
    if (word != NULL) {
        explain_word(word);
    } else if (message_find(text, &id)) {
        explain_message(id);
    }
    return word != NULL || id != MESSAGE_COUNT;
}

static int not_known(const char *text)
{
    const char *nearest = word_nearest(text);
    char hint[WORDS_SIZE];
    (void)str_format(hint, sizeof(hint), "did you mean \"%s\"?", nearest == NULL ? "" : nearest);
    return say_failed(
        "mc_ctl", ERROR_USAGE,
        nearest == NULL
            ? "known are the ids of messages, the words of status, the epochs of mc_ctl history, "
              "and last"
            : hint,
        "\"%s\" is neither the id of a message nor a word of status", text);
}

int ctl_explain(const CommandLine *line)
{
    char whole[WORDS_SIZE];
    StrBuf words = str_begin(whole, sizeof(whole));
    for (int i = 0; i < line->operand_count; i++) {
        str_add(&words, i == 0 ? "" : " ");
        str_add(&words, line->operand[i]);
    }
    if (line->operand_count == 0) {
        return say_failed("mc_ctl", ERROR_USAGE, "for example: mc_ctl explain last",
                          "what to explain is not said");
    }
    if (explain(whole)) {
        return EXIT_DONE; /* a word of status that has a blank in it */
    }
    for (int i = 0; i < line->operand_count; i++) {
        const char *word = line->operand[i];
        if (i > 0) {
            say("%s", "");
        }
        Epoch epoch = 0;
        const int status = str_equal(word, "last") || is_epoch(word, &epoch)
                               ? explain_change(line, epoch)
                           : explain(word) ? EXIT_DONE
                                           : not_known(word);
        if (status != EXIT_DONE) {
            return status;
        }
    }
    return EXIT_DONE;
}

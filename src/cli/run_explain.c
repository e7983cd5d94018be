/*
 * `explain`: a message of the catalog, a word of status, or the last change of the record.
 */
#include <stdio.h>
#include <stdlib.h>

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

static int explain_last(const CommandLine *line)
{
    int status = EXIT_DONE;
    Error error = {0};
    char text[CHRONICLE_EXPLAIN_MAX];
    StrBuf out = str_begin(text, sizeof(text));
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
    chronicle_explain(&chronicle.entry[chronicle.count - 1], site->id, past_time, &out);
    (void)fputs(text, stdout); /* a reader that went away misses nothing else */
    return EXIT_DONE;
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
        nearest == NULL ? "known are the ids of messages, the words of status, and last" : hint,
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
        const int status = str_equal(word, "last") ? explain_last(line)
                           : explain(word)         ? EXIT_DONE
                                                   : not_known(word);
        if (status != EXIT_DONE) {
            return status;
        }
    }
    return EXIT_DONE;
}

/*
 * Looking up words, causes and rules.
 */
#include <stddef.h>
#include <string.h>

#include "base/str.h"
#include "status_words.h"

const WordInfo *word_find(const char *word)
{
    for (int i = 0; i < word_count; i++) {
        if (str_equal_nocase(word_catalog[i].word, word)) {
            return &word_catalog[i];
        }
    }
    return NULL;
}

const char *word_nearest(const char *word)
{
    const char *nearest = NULL;
    for (int i = 0; i < word_count; i++) {
        const char *known = word_catalog[i].word;
        if (str_is_near(word, known) &&
            (nearest == NULL || str_distance(word, known) < str_distance(word, nearest))) {
            nearest = known;
        }
    }
    return nearest;
}

const CauseInfo *cause_find(const char *name)
{
    for (int i = 0; i < cause_count; i++) {
        if (str_equal(cause_catalog[i].name, name)) {
            return &cause_catalog[i];
        }
    }
    return NULL;
}

const RuleInfo *rule_find(const char *id)
{
    for (int i = 0; i < rule_count; i++) {
        if (str_equal(rule_catalog[i].id, id)) {
            return &rule_catalog[i];
        }
    }
    return NULL;
}

bool rule_asks_for(const RuleInfo *rule, const char *cause)
{
    const size_t length = strlen(cause);
    for (const char *at = rule->causes; at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ' ? 1 : 0;
        if (strncmp(at, cause, length) == 0 && (at[length] == '\0' || at[length] == ' ')) {
            return true;
        }
    }
    return false;
}

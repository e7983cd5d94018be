/*
 * The words of status, the causes of changes and the rules behind them, with what there is to say of each.
 *
 * The tables are made from words.toml. Include "status_words.h": it defines the ids and then includes this file.
 */
#ifndef DEFS_WORD_TABLE_H
#define DEFS_WORD_TABLE_H

#include <stdbool.h>

typedef enum WordId WordId;

typedef struct WordInfo {
    const char *word;
    const char *of; /* the columns in which it stands */
    const char *text;
    const char *action;
} WordInfo;

typedef struct CauseInfo {
    const char *name;
    const char *text; /* with {before}, {after} and {eligible} */
    const char *next;
} CauseInfo;

typedef struct RuleInfo {
    const char *id;
    const char *causes; /* separated by blanks */
    const char *text;
} RuleInfo;

extern const WordInfo word_catalog[];
extern const int word_count;
extern const CauseInfo cause_catalog[];
extern const int cause_count;
extern const RuleInfo rule_catalog[];
extern const int rule_count;

/* By the word as it is printed, in either case; NULL when status has no such word. */
const WordInfo *word_find(const char *word);
/* The word that was meant by one that is not there; NULL when none is near. */
const char *word_nearest(const char *word);
const CauseInfo *cause_find(const char *name);
const RuleInfo *rule_find(const char *id);
/* Whether changes with this cause are what the rule asks for. */
bool rule_asks_for(const RuleInfo *rule, const char *cause);

#endif

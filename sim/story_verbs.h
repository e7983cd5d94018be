/* story_verbs.h - what the files of verbs share: the words of one "at" line, taken one after another.
 *
 * A verb returns false when its words make no sense, and has then done nothing that matters. Members are named, or
 * meant: "primary" is whom the latest record names, "standby" the first that is eligible under it. */
#ifndef MC_SIM_STORY_VERBS_H
#define MC_SIM_STORY_VERBS_H

#include "sim/story.h"

typedef struct Words {
    SimWorld *world;
    const StoryLine *line;
    uint8_t at;
} Words;

typedef bool Verb(Words *words);

bool words_left(const Words *words);
bool next_is(Words *words, const char *word);
MemberId next_member(Words *words);
/* A set of members: "all", or one. */
MemberSet next_members(Words *words);
Micros next_number(Words *words, Micros otherwise);
uint32_t next_count(Words *words, uint32_t otherwise);
bool is_server(const SimWorld *world, MemberId m);

/* story_processes.c */
Verb verb_kill, verb_freeze, verb_thaw, verb_boot, verb_start, verb_stop, verb_switch, verb_detach,
    verb_force, verb_rejoin, verb_enable, verb_disable, verb_trap, verb_clock, verb_wall;

/* story_matter.c */
Verb verb_disk, verb_instance, verb_put, verb_copy, verb_lose, verb_damage, verb_old, verb_backup,
    verb_remove, verb_init, verb_mark, verb_restore;

#endif

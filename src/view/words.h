/*
 * The words that operators read for what the core counts in enumerations.
 *
 * Scripts match on them: a word, once printed by a release, keeps its spelling.
 */
#ifndef VIEW_WORDS_H
#define VIEW_WORDS_H

#include "core/event.h"
#include "core/status.h"

const char *view_mirroring_word(Mirroring mirroring);
const char *view_role_word(HostRole role);
const char *view_health_word(Health health);
const char *view_process_word(ProcessHealth health);
const char *view_phase_word(InstancePhase phase);
/* As an operator has typed it, with the options that make it another thing. */
const char *view_command_word(const Command *command);

#endif

/*
 * Keeps the history of a database server: what `mc_ctl history` and `mc_ctl explain` of a change tell.
 *
 * Listens to what the agent learns, to the rules that fire and to what is logged, and writes a line for each change of
 * the record, and for the end and the return of a primary's service (view/chronicle.h), to <id>.history in the
 * management directory, off the loop. Nothing is decided by what stands there: when it cannot be written everything else
 * goes on, and a message says so once.
 */
#ifndef MAIN_CHRONICLER_H
#define MAIN_CHRONICLER_H

#include "agent/agent.h"
#include "cli/site.h"
#include "sys/loop.h"

typedef struct Chronicler Chronicler;

/* Reads what was written last, so that nothing is written twice. `log` is where its own messages go. */
__attribute__((warn_unused_result)) bool chronicler_new(Loop *loop, const Site *site, LogPort log,
                                                        Chronicler **ret, Error *error);
/* Writes nothing any more; what it hears it still hands on. A write that hangs is left to hang. */
void chronicler_end(Chronicler *chronicler);
/* After the loop: nobody logs through it any longer. */
void chronicler_free(Chronicler *chronicler);
/* Whether a line is being written. */
bool chronicler_is_busy(const Chronicler *chronicler);

/* The log of everybody else: hands on what it hears. */
LogPort chronicler_log(Chronicler *chronicler);
/* From the initialised agent on; before its first event. */
void chronicler_listen(Chronicler *chronicler, Agent *agent);
/* Once in each round of the loop: who serves. */
void chronicler_look(Chronicler *chronicler);

#endif

/* own_commands.h - runs arbitration_command and fencing_command for the core: beside the loop, with a deadline, no shell. */
#ifndef MC_MAIN_OWN_COMMANDS_H
#define MC_MAIN_OWN_COMMANDS_H

#include "cli/site.h"
#include "port/port.h"
#include "sys/loop.h"

typedef struct Commands {
    Loop *loop;
    const Site *site;
    const LogPort *log;
    void (*done)(void *ctx,
                 const Done *done); /* called once for each command, later, from the loop */
    void *ctx;
} Commands;

/* Runs the command that `order` means, with the arguments of the original; how it ended goes into the log. A setting
 * that names no program is a command that fails. `commands` lives as long as the loop. */
void commands_run(const Commands *commands, uint64_t sequence, Epoch epoch, const RunOrder *order);

#endif

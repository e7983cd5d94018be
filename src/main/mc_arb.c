/*
 * mc_arb: looks after an arbitration server.
 */
#include <stdio.h>

#include "cli/commands_run.h"
#include "cli/init.h"
#include "cli/say.h"

static int run(const CommandLine *line)
{
    switch (line->mode) {
    case MODE_MC_ARB_INIT:
        return arb_init(line);
    case MODE_MC_ARB_START:
        return arb_start(line);
    case MODE_MC_ARB_STOP:
        return arb_stop(line);
    case MODE_MC_ARB_STATUS:
        return arb_status(line);
    case MODE_MC_CTL_INIT:
    case MODE_MC_CTL_START:
    case MODE_MC_CTL_STOP:
    case MODE_MC_CTL_STATUS:
    case MODE_MC_CTL_DETACH:
    case MODE_MC_CTL_REJOIN:
    case MODE_MC_CTL_SWITCH:
    case MODE_MC_CTL_SETUP:
    case MODE_MC_CTL_RECOVER:
    case MODE_MC_CTL_HISTORY:
    case MODE_MC_CTL_EXPLAIN:
    case MODE_MC_CTL_ENABLE_FAILOVER:
    case MODE_MC_CTL_DISABLE_FAILOVER:
    case MODE_MC_CTL_PAUSE_MIRROR:
    case MODE_MC_CTL_RESUME_MIRROR:
    case MODE_MC_AGENT:
    case MODE_MC_ARBITER:
    case MODE_PGX_DMPALL:
    case MODE_PGX_VERIFY:
    case MODE_PGX_FILESEND:
    case MODE_PGX_RCVALL:
    case MODE_COUNT:
        break; /* modes of other programs */
    }
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    CommandLine line;
    Error error = {0};
    if (!command_parse(PROGRAM_MC_ARB, argc, argv, &line, &error)) {
        return say_error("mc_arb", &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    return run(&line);
}

/*
 * mc_ctl: looks after one server of a cluster and its instance.
 */
#include <stdio.h>

#include "cli/commands_run.h"
#include "cli/init.h"
#include "cli/say.h"

static int run(const CommandLine *line)
{
    switch (line->mode) {
    case MODE_MC_CTL_INIT:
        return ctl_init(line);
    case MODE_MC_CTL_START:
        return ctl_start(line);
    case MODE_MC_CTL_STOP:
        return ctl_stop(line);
    case MODE_MC_CTL_STATUS:
        return ctl_status(line);
    case MODE_MC_CTL_REJOIN:
        return ctl_rejoin(line);
    case MODE_MC_CTL_DETACH:
        return ctl_detach(line);
    case MODE_MC_CTL_SWITCH:
        return ctl_switch(line);
    case MODE_MC_CTL_SETUP:
        return ctl_setup(line);
    case MODE_MC_CTL_RECOVER:
        return ctl_recover(line);
    case MODE_MC_CTL_HISTORY:
        return ctl_history(line);
    case MODE_MC_CTL_EXPLAIN:
        return ctl_explain(line);
    case MODE_MC_CTL_ENABLE_FAILOVER:
        return ctl_failover(line, true);
    case MODE_MC_CTL_DISABLE_FAILOVER:
        return ctl_failover(line, false);
    case MODE_MC_CTL_PAUSE_MIRROR:
        return ctl_mirror(line, true);
    case MODE_MC_CTL_RESUME_MIRROR:
        return ctl_mirror(line, false);
    case MODE_MC_ARB_INIT:
    case MODE_MC_ARB_START:
    case MODE_MC_ARB_STOP:
    case MODE_MC_ARB_STATUS:
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
    if (!command_parse(PROGRAM_MC_CTL, argc, argv, &line, &error)) {
        return say_error("mc_ctl", &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    return run(&line);
}

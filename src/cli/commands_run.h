/*
 * The modes of mc_ctl and mc_arb. Each does what its command line says, prints, and returns the exit status.
 */
#ifndef CLI_COMMANDS_RUN_H
#define CLI_COMMANDS_RUN_H

#include "cli/site.h"

int ctl_start(const CommandLine *line);
int ctl_stop(const CommandLine *line);
int ctl_setup(const CommandLine *line);
int ctl_status(const CommandLine *line);
int ctl_history(const CommandLine *line);
int ctl_explain(const CommandLine *line);
int ctl_switch(const CommandLine *line);
int ctl_detach(const CommandLine *line);
int ctl_recover(const CommandLine *line);
int ctl_rejoin(const CommandLine *line);
int ctl_failover(const CommandLine *line, bool wanted);
int ctl_mirror(const CommandLine *line, bool pause);

int arb_start(const CommandLine *line);
int arb_stop(const CommandLine *line);
int arb_status(const CommandLine *line);

#endif

/*
 * mc_agent: the daemon of a database server.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/say.h"
#include "main/serve.h"
#include "sys/kill_point.h"

int main(int argc, char **argv)
{
    CommandLine line;
    Error error = {0};
    int status = EXIT_DONE;
    ServeStart start = {.program = "mc_agent"};
    if (kill_points_listed(argc, argv)) {
        return EXIT_DONE;
    }
    if (!command_parse(PROGRAM_MC_AGENT, argc, argv, &line, &error)) {
        return say_error(start.program, &error);
    }
    if (line.help != NULL) {
        return fputs(line.help, stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    }
    start.foreground = command_given(&line, OPTION_FOREGROUND);
    monitor_begin(start.foreground, "MirroringControllerOpen", argv, &start.monitor);
    (void)mallopt(M_ARENA_MAX,
                  1); /* the workers allocate little: heaps of their own would cost more */
    start.by_operator = !start.monitor.restarted;
    start.instance_wanted = !command_given(&line, OPTION_MC_ONLY);
    start.failover_asked =
        command_given(&line, OPTION_ENABLE) || command_given(&line, OPTION_DISABLE);
    start.failover_wanted = command_given(&line, OPTION_ENABLE);
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(&line, MEMBER_SERVER, site, &status)) {
        return site == NULL ? EXIT_FAILED : status;
    }
    return serve(site, &start);
}

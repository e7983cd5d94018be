/*
 * The backups of every server of the cluster, side by side.
 */
#ifndef MAIN_BACKUP_SERVERS_H
#define MAIN_BACKUP_SERVERS_H

#include "backup/server_store.h"
#include "cli/site.h"

typedef struct ServersView {
    Site site;
    NetConfig config;
    Keys keys;
    int count;
    ServerStore server[SERVERS_MAX]; /* in the order of network.conf, this one included */
} ServersView;

/* The cluster alone, nobody is asked. The caller frees it with servers_done. */
__attribute__((warn_unused_result)) bool servers_open(const CommandLine *line, ServersView *ret,
                                                      Error *error);
/* Asks all of them. What is wrong with one is in its place; false: this server's own settings cannot be used. The
 * caller frees it with servers_done. `destination`: this server's. */
__attribute__((warn_unused_result)) bool servers_look(const CommandLine *line,
                                                      const char *destination, ServersView *ret,
                                                      Error *error);
void servers_done(ServersView *view);

/* Names those that were not reached, and the cure, on standard error. Returns the exit status: 0 when there is none. */
int servers_say_unreached(const char *program, const ServersView *view);

/* pgx_rcvall -l --all-servers. Returns the exit status: 1 when a server is not reached. */
int list_all_servers(const char *program, const CommandLine *line, const char *destination);

#endif

/* usher.h - shows those who ask for files the way out of the agent.
 *
 * The agent's child pgx_filesend serves the backup directory to other servers (link.h). The agent does nothing for it
 * but to hand over a socket, without having read more of it than its first word: it neither waits nor decides, and a
 * child that hangs on its disk keeps it from nothing. The child is one for all the time, started anew when it ends, and
 * ends by itself with the agent. */
#ifndef MC_SYS_USHER_H
#define MC_SYS_USHER_H

#include "port/port.h"
#include "sys/loop.h"

typedef struct Usher Usher;

typedef struct UsherConfig {
    const char *program; /* path of pgx_filesend */
    const char *mc_dir;
    const char *id;
    const LogPort *log;
} UsherConfig;

/* Texts and log are copied. */
__attribute__((warn_unused_result)) bool usher_new(Loop *loop, const UsherConfig *config,
                                                   Usher **ret, Error *error);
/* Hands over a socket; the caller closes his own. When nobody takes it now, the caller's close ends it. */
void usher_take(Usher *usher, int socket);
void usher_free(Usher *usher);

#endif

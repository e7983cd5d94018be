/*
 * Where an instance listens, as its configuration files say.
 */
#ifndef CLI_INSTANCE_H
#define CLI_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct InstanceListen {
    uint16_t port;
    char addresses[256]; /* listen_addresses */
} InstanceListen;

/* PostgreSQL's defaults where the files of the data directory say nothing, or cannot be read. */
InstanceListen instance_listen(const char *data_dir);
/* Whether mc_ctl init has prepared its postgresql.conf: it includes mc.auto.conf. */
bool instance_is_prepared(const char *data_dir);

#endif

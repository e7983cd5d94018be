/* pg_keep.h - a server's own configuration files, over a time in which its data directory is made over.
 *
 * A copy brings those of its original, a rewind overwrites and removes: port, memory, whatever was set on this
 * host would be gone. They are kept in a folder of the management directory. */
#ifndef MC_SYS_PG_KEEP_H
#define MC_SYS_PG_KEEP_H

#include "sys/pg_setup.h"

/* Where they are kept: as in the data directory, but nothing else. */
void pg_keep_folder(const PgSetup *setup, char ret[PG_PATH_SIZE]);

/* Every NAME.conf of the data directory but ours, and those of its folders NAMEconf.d; durable. What was kept before
 * is given up. */
__attribute__((warn_unused_result)) bool pg_keep_save(const PgSetup *setup, Error *error);

/* Each to its place, over what is there. True where none were ever kept. */
__attribute__((warn_unused_result)) bool pg_keep_put_back(const PgSetup *setup, Error *error);

#endif

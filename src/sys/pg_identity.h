/* pg_identity.h - who a data directory is (D1): file mc.identity in the directory itself.
 *
 * The file carries its own device, inode and time of birth: a copy of the directory, by whatever means,
 * has others and so is seen as a copy. Its chain is still what it was, its id is not its own any more. */
#ifndef MC_SYS_PG_IDENTITY_H
#define MC_SYS_PG_IDENTITY_H

#include "base/error.h"
#include "core/types.h"
#include "sys/pg_file.h"

typedef enum PgIdentityFate {
    PG_IDENTITY_NONE, /* there was no file */
    PG_IDENTITY_OWN,
    PG_IDENTITY_COPY, /* the file is not the one that was written: dir is 0, the rest is of the original */
    PG_IDENTITY_DAMAGED, /* unreadable: nothing of it counts */
} PgIdentityFate;

typedef struct PgIdentity {
    ClusterId cluster;
    DirId dir;
    Chain chain;
} PgIdentity;

/* `ret` is all zero unless OWN or COPY. */
PgIdentityFate pg_identity_read(const char *data_dir, PgIdentity *ret);
__attribute__((warn_unused_result)) bool pg_identity_write(const char *data_dir,
                                                           const PgIdentity *identity,
                                                           Error *error);

/* The text form, for tests: parses what was composed for a file of this device and inode. */
bool pg_identity_parse(const char *text, size_t size, PgFileMark *ret_of, PgIdentity *ret);

/* An interrupted rewind, copy or restore leaves mc.interrupted: never started as it is. */
bool pg_directory_interrupted(const char *data_dir);

#endif

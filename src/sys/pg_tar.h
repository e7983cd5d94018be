/* pg_tar.h - takes an archive as a server sends it and makes files of it, while it comes.
 *
 * What PostgreSQL writes and nothing else: files, folders, symbolic links, names of up to 255 bytes. A name
 * that would leave the folder, by itself or by way of a link that came before, is refused. Nothing is durable yet: whoever has the whole copy sees to that. */
#ifndef MC_SYS_PG_TAR_H
#define MC_SYS_PG_TAR_H

#include "sys/pg_file.h"

enum { PG_TAR_BLOCK = 512 };

typedef struct PgTar {
    char root[PG_PATH_SIZE]; /* the folder that everything is made in, and which is there */
    char header[PG_TAR_BLOCK];
    size_t header_size;
    int fd; /* of the file that is being written; -1: none */
    char path[PG_PATH_SIZE];
    uint64_t left;    /* bytes of that file still to come */
    uint64_t padding; /* bytes behind it that say nothing */
} PgTar;

void pg_tar_begin(PgTar *tar, const char *root);
/* The next bytes, in whatever portions. */
__attribute__((warn_unused_result)) bool pg_tar_take(PgTar *tar, const char *bytes, size_t size,
                                                     Error *error);
/* Whether it ended where an archive may end. */
__attribute__((warn_unused_result)) bool pg_tar_end(PgTar *tar, Error *error);
/* Lets go of the file, whole or not. */
void pg_tar_done(PgTar *tar);

#endif

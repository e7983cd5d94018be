/*
 * The running instance that is backed up, over libpq: one session, from the start of backup mode to its end.
 *
 * Backup mode belongs to the session: when this process or its connection dies, nothing is left behind in the server.
 */
#ifndef BACKUP_SERVER_H
#define BACKUP_SERVER_H

#include "base/error.h"
#include "core/types.h"
#include "plan/manifest.h"
#include "sys/pg_file.h"

typedef struct ServerLogin {
    const char *host; /* NULL: as the instance's postmaster.pid says */
    const char *port;
    const char *user; /* NULL: libpq's default */
    const char *data_dir;
} ServerLogin;

typedef struct Server Server;

typedef struct ServerAbout {
    int version; /* 150018 */
    bool standby;
    bool summarizes; /* PostgreSQL 17 and later, with summarize_wal */
    bool archiving;  /* archive_mode is on, and not for a standby only */
    uint64_t system_identifier;
    char config_file[PG_PATH_SIZE];
    char hba_file[PG_PATH_SIZE];
    char ident_file[PG_PATH_SIZE];
    char backup_destination[PG_PATH_SIZE]; /* pgx.backup_destination; may be empty */
    uint64_t bytes;                        /* of all tablespaces, about */
    char archive_failure[64]; /* the segment that cannot be archived; empty: all is well */
} ServerAbout;

__attribute__((warn_unused_result)) bool server_connect(const ServerLogin *login, Server **ret,
                                                        ServerAbout *ret_about, Error *error);
void server_close(Server **server);

/* A slot that lives as long as the session keeps WAL from now on. Where none is free, it may still go well. */
void server_hold_wal(Server *server);

/* A checkpoint now, and backup mode. */
__attribute__((warn_unused_result)) bool server_backup_start(Server *server, const char *label,
                                                             Lsn *ret_start, Error *error);
/* WAL summaries of a stretch of WAL. */
typedef struct ServerRange {
    TimelineId timeline;
    Lsn from;
    Lsn to;
} ServerRange;

typedef enum ServerSummaries {
    SERVER_SUMMARIES_USABLE,
    SERVER_SUMMARIES_LATE, /* not written up to the end yet */
    SERVER_SUMMARIES_HOLE,
    SERVER_SUMMARIES_OTHER_TIMELINE, /* than that on which the server writes */
    SERVER_SUMMARIES_TOO_MANY,       /* more than SERVER_CHANGES_MAX */
} ServerSummaries;

enum { SERVER_CHANGES_MAX = 100000 };

/* A chunk of a relation's main fork in which something has changed; with limit, everything from there on. node 0:
 * the whole database. */
typedef struct ServerChange {
    uint32_t space;
    uint32_t database; /* 0: shared by all */
    uint32_t node;
    uint32_t limit; /* 0 or 1 */
    uint32_t chunk; /* of CHUNK_BLOCKS_MAX blocks */
} ServerChange;

/* Whether they cover the stretch. */
__attribute__((warn_unused_result)) bool server_summaries(Server *server, const ServerRange *range,
                                                          ServerSummaries *ret, Error *error);
/* In no order; the caller's to free. *ret_how is USABLE or TOO_MANY. */
__attribute__((warn_unused_result)) bool server_changes(Server *server, const ServerRange *range,
                                                        ServerChange **ret, size_t *ret_count,
                                                        ServerSummaries *ret_how, Error *error);

/* A tablespace that has a folder of its own, outside of the data directory. */
typedef struct ServerTablespace {
    char where[MANIFEST_WHERE_SIZE]; /* "pg_tblspc/16385" */
    char name[MANIFEST_RESOURCE_SIZE];
    char path[PG_PATH_SIZE];
} ServerTablespace;

/* All of them, by their `where`; the caller's to free. */
__attribute__((warn_unused_result)) bool server_tablespaces(Server *server, ServerTablespace **ret,
                                                            int *ret_count, Error *error);

/* The two texts are the caller's to free. */
__attribute__((warn_unused_result)) bool server_backup_stop(Server *server, Lsn *ret_stop,
                                                            char **ret_label,
                                                            char **ret_tablespace_map,
                                                            Error *error);

#endif

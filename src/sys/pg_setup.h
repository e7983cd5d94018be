/* pg_setup.h - what the management of one instance is told once, at its creation. */
#ifndef MC_SYS_PG_SETUP_H
#define MC_SYS_PG_SETUP_H

#include "core/types.h"
#include "sys/pg_file.h"

enum {
    PG_NAME_SIZE = 64,
    PG_HOST_SIZE = 64,
    PG_CONNINFO_SIZE = 1024,
    PG_PASSWORD_SIZE = 256,
};

/* Where a member's WAL is streamed from. A numeric address: no name is ever looked up. */
typedef struct PgAddress {
    char host[PG_HOST_SIZE]; /* "": unknown */
    uint16_t port;
} PgAddress;

typedef struct PgSetup {
    char data_dir[PG_PATH_SIZE];
    char mc_dir[PG_PATH_SIZE];       /* management directory: gate file, log of the start */
    char bin_dir[PG_PATH_SIZE];      /* of postgres; "": found by version */
    char config_file[PG_PATH_SIZE];  /* "": postgresql.conf in the data directory */
    char application[PG_NAME_SIZE];  /* application_name of our sessions; "": mc_agent */
    char user[PG_NAME_SIZE];         /* role of the agent; "": named like the OS user (peer) */
    char password[PG_PASSWORD_SIZE]; /* of that role; "": peer authentication */
    char replication_conninfo[PG_CONNINFO_SIZE]; /* further libpq keywords of a standby */
    MemberTable members;
    MemberId self;
    PgAddress address[MEMBERS_MAX];
    Millis check_interval;                 /* 200: between two observations */
    Millis check_timeout;                  /* 300: of one of them */
    Millis detection;                      /* 2000: wal_sender_timeout, wal_receiver_timeout */
    Millis start_limit;                    /* 60000 */
    Millis order_limit;                    /* 10000: names, follow, gate, directory */
    Millis promote_limit;                  /* 60000 */
    uint32_t slot_keep_mb;                 /* max_slot_wal_keep_size; 0: 4096 */
    int major;                             /* of PostgreSQL; filled by pg_setup_complete */
    char backup_destination[PG_PATH_SIZE]; /* "": nothing is archived by us */
    char archive_library[PG_PATH_SIZE];    /* of 15 and later: pgx_archive, or where it is */
    char walcopy[PG_PATH_SIZE];            /* pgx_walcopy */
    bool archive_zstd;
} PgSetup;

/* Defaults of everything but the directories and the members. */
void pg_setup_defaults(PgSetup *setup);

/* Makes the data directory canonical, finds bin directory and user; refuses what cannot work
 * (not a data directory, version, no postgres, another owner). Blocks on the disk. */
__attribute__((warn_unused_result)) bool pg_setup_complete(PgSetup *setup, Error *error);

/* Whether the agent can connect as its role, and `replication_conninfo` is one; after
 * pg_setup_complete. */
__attribute__((warn_unused_result)) bool pg_setup_check_access(const PgSetup *setup, Error *error);

/* `postgres` of a data directory: bin_dir when given, else by PG_VERSION. */
__attribute__((warn_unused_result)) bool pg_bin_find(const char *data_dir, char *ret_bin_dir,
                                                     Error *error);
/* Of a major version: where the usual packages put it, else the first of PATH, which is asked for its version. */
__attribute__((warn_unused_result)) bool pg_bin_of(int major, char *ret_bin_dir, Error *error);

#endif

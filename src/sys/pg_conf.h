/* pg_conf.h - PostgreSQL's configuration files: reading the administrator's, writing ours.
 *
 * Ours is mc.auto.conf in the data directory, always written whole, and included by one last line of
 * postgresql.conf. Of the administrator's files nothing else is ever changed. */
#ifndef MC_SYS_PG_CONF_H
#define MC_SYS_PG_CONF_H

#include "archive/owner.h"
#include "base/error.h"
#include "sys/pg_setup.h"

/* One setting where it stands. False from the visitor ends the walk. */
typedef struct PgConfLine {
    const char *file;
    int line;
    const char *name;  /* lower case */
    const char *value; /* unquoted */
} PgConfLine;
typedef bool PgConfVisit(void *arg, const PgConfLine *line);

/* Every setting of a file and of what it includes, in order. The include directives themselves are
 * visited too. A file that does not exist is an error unless included with if_exists. */
__attribute__((warn_unused_result)) bool pg_conf_walk(const char *file, PgConfVisit *visit,
                                                      void *arg, Error *error);

/* What the administrator's files say, ours left out. */
typedef struct PgConfFacts {
    char hba_file[PG_PATH_SIZE];
    bool included;  /* the include line is there */
    bool no_socket; /* unix_socket_directories is empty: ours is added */
    bool wal_level_minimal;
    uint32_t max_wal_senders;
    uint32_t max_replication_slots;
    /* A name of ours where it would win over ours: refused with file and line. */
    char offence_file[PG_PATH_SIZE];
    int offence_line; /* 0: none */
    char offence_name[PG_NAME_SIZE];
} PgConfFacts;

__attribute__((warn_unused_result)) bool pg_conf_facts(const PgSetup *setup, PgConfFacts *ret,
                                                       Error *error);

/* Facts as above, refused with ERROR_CONFIG when something of ours would not be in force. */
__attribute__((warn_unused_result)) bool pg_conf_check(const PgSetup *setup, PgConfFacts *ret,
                                                       Error *error);

/* Adds the one last line to postgresql.conf, when it is not there. `ret_added` says which. */
__attribute__((warn_unused_result)) bool pg_include_line_ensure(const PgSetup *setup,
                                                                bool *ret_added, Error *error);

enum { PG_SYNC_NAMES_SIZE = 1024 };

/* What of ours changes while the instance lives. Texts as PostgreSQL takes them, unquoted. */
typedef struct PgInForce {
    char names[PG_SYNC_NAMES_SIZE];        /* synchronous_standby_names */
    char conninfo[PG_CONNINFO_SIZE + 512]; /* primary_conninfo */
    char slot[PG_NAME_SIZE];               /* primary_slot_name */
    char claim[ARCHIVE_CLAIM_SIZE];        /* pgx.archive_claim (pg_archive.h) */
    char hba[PG_PATH_SIZE];                /* hba_file, when read: in whose management directory */
} PgInForce;

/* Writes mc.auto.conf durably. */
__attribute__((warn_unused_result)) bool pg_auto_conf_write(const PgSetup *setup,
                                                            const PgConfFacts *facts,
                                                            const PgInForce *in_force,
                                                            Error *error);

/* Reads back what a running instance was given; for an agent that adopts it. */
__attribute__((warn_unused_result)) bool pg_auto_conf_read(const PgSetup *setup, PgInForce *ret,
                                                           Error *error);

#endif

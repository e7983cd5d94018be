/*
 * What `mc_ctl setup -r standby` works with: the place of the copy, whose copy, and how far it is.
 */
#ifndef CLI_SETUP_H
#define CLI_SETUP_H

#include "cli/say.h"
#include "cli/site.h"
#include "sys/pg_copy.h"

/* What lies where the data directory is to be. */
typedef enum SetupPlace {
    PLACE_EMPTY,      /* nothing, or an empty folder */
    PLACE_UNFINISHED, /* a copy, or a rewind, that was broken off */
    PLACE_COPIED,     /* a whole copy that was never started */
    PLACE_DATA,       /* a data directory */
    PLACE_OTHER,      /* something else */
} SetupPlace;

typedef struct SetupWork {
    Site *site;
    SetupPlace place;
    bool overwrite;
    bool dry_run;
    PgJob job;
    PgCopyOrder order;
    PgPlace where;         /* what `place` is said of, and what the copy has made of it */
    Status status;         /* of the cluster, when the primary was found */
    int major;             /* of the primary */
    bool own_conf;         /* the copy has the configuration files that this server had */
    char aside[PATH_SIZE]; /* where what was there is kept; empty: nothing was */
    Progress progress;
    Millis shown_at;
    Millis data_since;
    PgCopyPhase phase;
} SetupWork;

/* run_setup.c: all of it, from an empty data directory to a standby. Returns the exit status. */
int setup_standby(Site *site, const CommandLine *line);

/* setup_place.c: looks at the place, and refuses what is in use or is not to be overwritten. */
__attribute__((warn_unused_result)) bool setup_look_at_place(SetupWork *work, Error *error);
/* Moves what is there out of the way, with its tablespaces, and keeps it. */
__attribute__((warn_unused_result)) bool setup_move_aside(SetupWork *work, Error *error);
/* Whether what lies in the data directory is the cluster's database, of that system identifier (0: nobody knows it). What cannot be
 * read counts as its own. */
__attribute__((warn_unused_result)) bool setup_is_own(const Site *site, uint64_t own, Error *error);
/* Another database's directory is not moved, whatever was said. */
__attribute__((warn_unused_result)) bool setup_check_owner(const SetupWork *work, Error *error);

/* setup_primary.c: finds the primary that the record names and that serves, and whether it lets itself be copied. */
__attribute__((warn_unused_result)) bool setup_find_primary(SetupWork *work, Error *error);
__attribute__((warn_unused_result)) bool setup_check_primary(SetupWork *work, Error *error);

/* setup_own.c: whether the port is free where the standby would listen. `addresses`: listen_addresses of the primary,
 * which hold where this server has had no data directory. */
__attribute__((warn_unused_result)) bool setup_check_port(const SetupWork *work,
                                                          const char *addresses, Error *error);
/* Before the directory is moved away: its configuration files are kept in the management directory, durably. */
__attribute__((warn_unused_result)) bool setup_keep_conf(const SetupWork *work, Error *error);
/* When all is copied: they are put back in place of the primary's; `ret_own` false: there were none. */
__attribute__((warn_unused_result)) bool setup_own_conf(const SetupWork *work, bool *ret_own,
                                                        Error *error);

#endif

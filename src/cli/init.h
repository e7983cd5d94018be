/*
 * `mc_ctl init` and `mc_arb init`: a management directory out of a few words.
 *
 * Everything is checked before anything is made; what is there already is kept when it is the same and
 * refused when it differs, so that both are safe to repeat.
 */
#ifndef CLI_INIT_H
#define CLI_INIT_H

#include "cli/files.h"
#include "cli/site.h"
#include "commands.h"
#include "conf/conf.h"
#include "sys/keys.h"
#include "sys/pg_setup.h"

int ctl_init(const CommandLine *line);
int arb_init(const CommandLine *line);

/* What mc_ctl init has found out and is about to make. */
typedef struct InitWork {
    char dir[PATH_SIZE];
    const char *id;
    Network network;
    MemberTable members;
    PgSetup setup;
    Keys keys;
    bool new_key;
    FilePlan plan;
    char owner[PATH_SIZE]; /* whose owner will own everything */
    bool data_later;       /* there is no data directory yet: it will be a copy of the primary's */
    bool dir_made;
    bool include_added;
} InitWork;

/* init_hints.c: what is to be done on the other hosts, on standard output. */
void init_print_next(const InitWork *work, const CommandLine *line);

/* The file for an arbitration server: its parts, each behind a line of its own "== name". */
#define INIT_PART_NETWORK  "== network.conf\n"
#define INIT_PART_SETTINGS "== arbitration.conf\n"
#define INIT_PART_KEY      "== cluster.key\n"

/* The same for one that is added later: <id>.init in the management directory, with the network.conf and the keys that are
 * there. One that is there stays as it is. */
__attribute__((warn_unused_result)) bool init_arbiter_file(const Site *site, MemberId arbiter,
                                                           bool *ret_made, Error *error);

/* Makes folder, when it is not there, with mode 0700 and for the owner of `like` when root makes it; then
 * root becomes that owner. A folder that is there must be private. */
__attribute__((warn_unused_result)) bool init_make_folder(const char *folder, const char *like,
                                                          bool *ret_made, Error *error);

/* The path that folder has or will have: its parent exists, and has no links left in its name. */
__attribute__((warn_unused_result)) bool init_real_folder(const char *folder, char *ret,
                                                          size_t size, Error *error);

#endif

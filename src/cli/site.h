/*
 * One member on this host: its management directory, its settings, and where its files are.
 *
 * Commands and daemons open it the same way, so that what one refuses the other does not start. Opening
 * looks and changes nothing.
 */
#ifndef CLI_SITE_H
#define CLI_SITE_H

#include "base/error.h"
#include "cli/files.h"
#include "commands.h"
#include "conf/conf.h"
#include "core/settings.h"
#include "view/status.h"

enum { SOCKET_PATH_MAX = 107 }; /* of a Unix socket's address, without its final zero */

typedef struct Site {
    MemberKind kind;
    char dir[PATH_SIZE]; /* management directory, without links */
    char id[MEMBER_NAME_SIZE];
    Network network;
    MemberTable members; /* of network.conf, in its order */
    MemberId self;
    Settings server;         /* kind MEMBER_SERVER */
    ArbiterSettings arbiter; /* kind MEMBER_ARBITER */
    char socket_path[PATH_SIZE];
    char state_path[PATH_SIZE];
    char pid_path[PATH_SIZE];
    char lock_path[PATH_SIZE];
    char history_path[PATH_SIZE];
    char key_path[PATH_SIZE];
} Site;

/* -M, or else the program's environment variable. */
__attribute__((warn_unused_result)) bool site_directory(const CommandLine *line, char *ret,
                                                        size_t size, Error *error);

/*
 * A process of root becomes the owner of this file for good, as PostgreSQL refuses root and what root
 * creates its owner cannot write; anybody else stays who he is.
 */
__attribute__((warn_unused_result)) bool site_become_owner(const char *path, Error *error);

/*
 * Checks the management directory and reads its settings files. What is wrong in a file comes as
 * diagnostics besides the error.
 */
__attribute__((warn_unused_result)) bool site_open(const CommandLine *line, MemberKind kind,
                                                   Site *ret, Diagnostics *diagnostics,
                                                   Error *error);

/* site_open, with everything that is wrong printed. */
__attribute__((warn_unused_result)) bool site_open_or_say(const CommandLine *line, MemberKind kind,
                                                          Site *ret, int *ret_exit);

/*
 * For who only looks: a mistake in the member's own file is printed, and *ret_exit is its status, but where the member is
 * and what its files are named is known all the same; its settings are not. *ret_exit is EXIT_DONE where nothing is
 * wrong. False, with everything printed, where not even that is known.
 */
__attribute__((warn_unused_result)) bool site_open_to_look(const CommandLine *line, MemberKind kind,
                                                           Site *ret, int *ret_exit);

/*
 * What is left to find where site_open refuses: the pid file of the server that --local-server names, or of the only
 * one there. Fills dir, id, pid_path, lock_path, socket_path and the place of the instance; reads no settings.
 */
__attribute__((warn_unused_result)) bool site_open_remains(const CommandLine *line, MemberKind kind,
                                                           Site *ret, Error *error);

/* Refuses a file or directory that somebody else owns, or that others may read. */
__attribute__((warn_unused_result)) bool site_check_private(const char *path, Error *error);

/* Refuses a folder in which the control socket's name would be too long. */
__attribute__((warn_unused_result)) bool site_check_socket(const char *dir, const char *id,
                                                           Error *error);

/* What the core is told of the settings. */
CoreSettings site_core_settings(const Site *site);

/* Seconds since 1970 as the clock here shows them: "2026-11-27 10:02:11". */
void site_local_time(int64_t seconds, char *ret, size_t size);

/* What the status tables need of it; since is filled from the record. */
ViewExtra site_view_extra(const Site *site, const Record *record);

#endif

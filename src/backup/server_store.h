/*
 * What the backup directory of one server holds, here or at another server of the cluster.
 */
#ifndef BACKUP_SERVER_STORE_H
#define BACKUP_SERVER_STORE_H

#include "plan/filewire.h"
#include "sys/link.h"

/* What one server has. */
typedef struct ServerStore {
    MemberId member;
    bool reached;
    char why[ERROR_TEXT_SIZE]; /* when it is not */
    char path[FILEWIRE_PLACE_SIZE];
    int count;
    Generation *list; /* oldest first */
    FileReach reach;
    bool newest_wal;
    int newest; /* index of its newest complete generation when no server has a newer one; else -1 */
} ServerStore;

/* Asks ret->member over the connection that its agent hands over; waits as sys/link.h says. The list is the caller's to
 * free, also on failure. */
__attribute__((warn_unused_result)) bool store_ask(const NetConfig *config, const Keys *keys,
                                                   ServerStore *server, Error *error);
/* The same of the directory here; a disk that hangs is waited for. */
__attribute__((warn_unused_result)) bool store_look_here(const char *destination,
                                                         ServerStore *server, Error *error);

/* By position, for clocks differ between hosts. */
bool store_is_newer(const Generation *a, const Generation *b);
/* The newest complete one and its index; NULL: there is none. */
const Generation *store_newest(const ServerStore *server, int *ret_index);

#endif

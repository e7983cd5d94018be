/* receive.h - one stream of WAL from the own primary into online_xlog.
 *
 * Over the instance's socket, with a physical slot, so that what is not mirrored yet stays in pg_wal; how much,
 * max_slot_wal_keep_size bounds. The name in pg_stat_replication is none that synchronous_standby_names
 * could name. A position is told to the server as flushed when it is synced, never before. */
#ifndef MC_MIRROR_RECEIVE_H
#define MC_MIRROR_RECEIVE_H

#include "archive/online.h"
#include "sys/pg_control.h"
#include "sys/pg_history.h"
#include "sys/pg_query.h"

#define RECEIVE_SLOT "pgx_mirror"
#define RECEIVE_NAME "pgx_walreceive"

typedef enum ReceiveEnd {
    RECEIVE_GOES_ON,
    RECEIVE_LOST, /* the server: gone, stopping, or it refuses */
    RECEIVE_DISK, /* the backup disk: full, gone, or not as it must be */
    RECEIVE_GAP,  /* WAL that follows what is mirrored is no longer there */
} ReceiveEnd;

typedef struct Receive {
    PgSetup *setup;
    PgJob *job;
    const char *archive;
    PgSession session;
    Online online;
    PgControl control;
    PgHistory history;   /* of the server */
    TimelineId timeline; /* that is streamed */
    Lsn until;           /* from there on another one is; UINT64_MAX: it is the present one */
    Lsn received;        /* end of what was written */
    Lsn flushed;         /* end of what is synced */
    bool copying;
    bool more; /* the connection holds messages that were not taken yet */
} Receive;

/* online_xlog and archived_xlog. */
typedef struct ReceivePlace {
    const char *online;
    const char *archive;
} ReceivePlace;

/* Connects, makes the slot, finds where to go on, and begins. `fresh`: what is
 * mirrored does not count, begin where the server writes now. */
ReceiveEnd receive_begin(Receive *receive, PgSetup *setup, PgJob *job, const ReceivePlace *place,
                         bool fresh, Error *error);

/* Takes what has come in without waiting for more; syncs and answers when there is no more. */
ReceiveEnd receive_some(Receive *receive, Error *error);

/* To be waited for. */
int receive_socket(const Receive *receive);

void receive_end(Receive *receive);

#endif

/*
 * After every server has stopped, and where no directory is left that holds every acknowledged commit: which recovery from
 * the backups loses least, and how far that reaches.
 *
 * Pure. What a backup directory holds is what its own server says of it: the newest complete generation, and where its
 * newest WAL ends. Whether WAL is missing before that is not known here (pgx_verify reads it all), so an end is one that is
 * reached at most.
 */
#ifndef MC_PLAN_OUTAGE_STORE_H
#define MC_PLAN_OUTAGE_STORE_H

#include "plan/filewire.h"
#include "plan/outage.h"

/* The backup directory of one server. */
typedef struct OutageStore {
    bool known;                /* it was looked at, or its server has answered; else: */
    char why[ERROR_TEXT_SIZE]; /* not yet, or not at all */
    char newest
        [MANIFEST_GENERATION_SIZE]; /* the newest complete generation; "": none, and nothing of it below */
    uint64_t system_identifier;
    Position stop;   /* where it ends without any more WAL */
    int64_t stopped; /* when, seconds since 1970 by the clock there */
    FileReach reach; /* archived and mirrored WAL */
} OutageStore;

typedef enum OutageReach {
    OUTAGE_REACH_NONE, /* no generation of this database is known: nothing can be recovered */
    OUTAGE_REACH_UNKNOWN, /* nobody can tell whether it is far enough: what it ends in is compared with nothing */
    OUTAGE_REACH_SHORT, /* WAL from `end` to `known` is missing, and perhaps more */
    OUTAGE_REACH_KNOWN, /* as far as anybody is seen to have been; whether there was more nobody can tell */
} OutageReach;

typedef struct OutageRecovery {
    OutageReach reach;
    MemberId at;   /* the server to recover; MEMBER_NONE with OUTAGE_REACH_NONE */
    bool fetch;    /* what it needs is, at least in part, at another server */
    MemberId from; /* whose generation */
    MemberId
        wal; /* whose WAL the end is in; MEMBER_NONE: in the generation itself, or the old pg_wal of `at` */
    Position end;
    Lsn known; /* how far somebody is seen to have been in the record's history; its start at least */
    bool forced_reaches; /* opening plan.forced by force loses no more than this */
} OutageRecovery;

/* Servers by their number; of arbiters nothing is read. */
OutageRecovery outage_recovery(const OutageFacts *facts, const OutagePlan *plan,
                               const OutageStore store[MEMBERS_MAX]);

#endif

/* pg_work.h - the orders of PostgresPort, each one straight-line blocking call for a worker thread.
 *
 * One PgWork serves one order at a time (the loop sees to that); only pg_do_kill runs beside another,
 * and shares nothing with it but the setup. On false `*error` says why; the order may be given again. */
#ifndef MC_SYS_PG_WORK_H
#define MC_SYS_PG_WORK_H

#include "core/action.h"
#include "sys/pg_conf.h"
#include "sys/pg_job.h"
#include "sys/pg_query.h"
#include "sys/pg_run.h"

typedef struct PgWork {
    const PgSetup *setup;
    PgLastRun *run; /* of the instance; shared with looks and kills */
    PgJob job;
    ActionKind kind;   /* of the order under way; ACTION_KIND_COUNT: connecting beforehand */
    PgConfFacts facts; /* read anew at every start, and before the first order */
    bool facts_known;
    PgInForce in_force; /* what mc.auto.conf says */
    bool names_proved;  /* in_force.names, since the instance started or was adopted */
    bool
        names_settled; /* in_force.names are those that were ordered last: others are a stranger's */
    Upstream upstream;     /* that in_force.conninfo names; nobody where none, or not known */
    PgAddress upstream_at; /* and where that was */
    bool replicas;         /* the closed gate lets replication through */
    PgSession session;     /* kept */
    PgSession probe;       /* its COMMIT may still wait for a standby */
    bool probe_warned;     /* that waiting was cancelled by somebody */
    int pidfd;             /* of a postmaster that START has brought up, for the loop to take; -1 */
    TimelineId timeline;   /* replayed when it was cut; 0: not known */
    bool wal_unread;       /* the last look was not given all that lies on the disk */
    Lsn wal_hint;          /* record boundary that was written for sure; 0: none */
} PgWork;

__attribute__((warn_unused_result)) bool pg_work_init(PgWork *work, const PgSetup *setup,
                                                      PgLastRun *run, Error *error);
void pg_work_done(PgWork *work);

/* Connects beforehand, so that no order has to in its hurry; with slots made or dropped as the
 * instance's role asks. */
__attribute__((warn_unused_result)) bool pg_do_warm(PgWork *work, Millis until, Error *error);
__attribute__((warn_unused_result)) bool pg_do_start(PgWork *work, const StartOrder *order,
                                                     Millis until, InstanceResult *ret,
                                                     Error *error);
__attribute__((warn_unused_result)) bool pg_do_stop(PgWork *work, const StopOrder *order,
                                                    Millis until, InstanceResult *ret,
                                                    Error *error);
__attribute__((warn_unused_result)) bool pg_do_gate(PgWork *work, Gate gate, Millis until,
                                                    Error *error);
/* The administrator's rules have changed while it is open: what cannot be put in force changes nothing. */
__attribute__((warn_unused_result)) bool pg_do_gate_again(PgWork *work, Millis until, Error *error);
__attribute__((warn_unused_result)) bool pg_do_names(PgWork *work, const NamesOrder *order,
                                                     Millis until, InstanceResult *ret,
                                                     Error *error);
/* Somebody has put other names in force, past mc.auto.conf: that is undone, and ours are proved again. */
__attribute__((warn_unused_result)) bool pg_do_names_again(PgWork *work, const char *names,
                                                           Millis until, Error *error);
__attribute__((warn_unused_result)) bool pg_do_follow(PgWork *work, const Upstream *upstream,
                                                      Millis until, InstanceResult *ret,
                                                      Error *error);
/* Whom it follows is reached elsewhere now (PgSetup.address). */
__attribute__((warn_unused_result)) bool pg_do_follow_again(PgWork *work, Millis until,
                                                            Error *error);
__attribute__((warn_unused_result)) bool pg_do_promote(PgWork *work, Millis until,
                                                       InstanceResult *ret, Error *error);
__attribute__((warn_unused_result)) bool pg_do_directory(PgWork *work, const DirectoryOrder *order,
                                                         Millis until, Error *error);

/* STOP_KILL: proof of P4 and end of WAL. Needs no connection and no socket. */
__attribute__((warn_unused_result)) bool pg_do_kill(const PgSetup *setup, PgLastRun *last,
                                                    Lsn wal_hint, Millis until, InstanceResult *ret,
                                                    Error *error);

/* ---- shared by the orders --------------------------------------------------------------------- */

/* Facts and mc.auto.conf, where they are not known yet (an adopted instance). */
__attribute__((warn_unused_result)) bool pg_work_know(PgWork *work, Error *error);

/* SIGHUP, and the proof by fact that the postmaster has read its files again (pg_conf_load_time of the
 * kept session has moved). `write`: mc.auto.conf from in_force first. */
__attribute__((warn_unused_result)) bool pg_work_reload(PgWork *work, bool write, Millis until,
                                                        Error *error);

/* From now on in_force.conninfo is to this one, at its address of this moment. */
void pg_work_upstream(PgWork *work, const Upstream *upstream);

/* A signal to the running postmaster, unless the job is cancelled. */
__attribute__((warn_unused_result)) bool pg_work_signal(PgWork *work, int signal, Error *error);

/* The timeline that is replayed or written now, by IDENTIFY_SYSTEM. */
__attribute__((warn_unused_result)) bool pg_identify(const PgSetup *setup, PgJob *job, Millis until,
                                                     TimelineId *ret, Error *error);

/* The locks of a server that is proved to be gone: PostgreSQL would take a zombie, or whoever got the number
 * since, for their owner. */
__attribute__((warn_unused_result)) bool pg_locks_remove(const PgSetup *setup, Error *error);

/* A promotion that was killed half-way: its standby.signal is put back. True in `ret_unfinished` when
 * that is the case. */
__attribute__((warn_unused_result)) bool pg_promotion_repair(const char *data_dir,
                                                             bool *ret_unfinished, Error *error);

/* Of a stopped directory that has nothing of a later timeline than that one: segments and histories of later ones,
 * which an unfinished promotion has left there. */
__attribute__((warn_unused_result)) bool pg_unopened_remove(const char *data_dir,
                                                            TimelineId timeline, Error *error);

/* End of WAL of the stopped directory into the result of a stop. */
void pg_work_end_of_wal(const PgSetup *setup, Lsn hint, InstanceResult *ret);

#endif

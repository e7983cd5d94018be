/*
 * What `mc_ctl recover` works with: what was gathered of every member, and the plan that was made of it.
 */
#ifndef CLI_RECOVER_H
#define CLI_RECOVER_H

#include "cli/say.h"
#include "cli/site.h"
#include "plan/outage.h"
#include "plan/outage_store.h"

#include <sys/types.h>

/* A child that looks at the backup directory of one server. */
typedef struct StoreLooker {
    pid_t pid; /* 0: none */
    int from;  /* what it has found comes from there */
} StoreLooker;

/* recover_stage.c: how far it is, for whoever interrupts it (SIGINT, SIGTERM): then it says what was begun, what of that goes on by
 * itself and what does not, and ends by that signal. */
typedef enum RecoverStage {
    RECOVER_ASKING,    /* nothing was begun */
    RECOVER_CHANGING,  /* who votes */
    RECOVER_FORCING,   /* this server to be the primary */
    RECOVER_STARTING,  /* servers were told; none serves yet */
    RECOVER_COPYING,   /* a primary serves; the directory here is copied by this process */
    RECOVER_FOLLOWING, /* a primary serves; the others are waited for */
} RecoverStage;
void recover_stage(RecoverStage stage);

typedef struct Recovery {
    Site *site;
    OutageFacts facts;
    OutagePlan plan;
    Progress progress;
    OutageStore store[MEMBERS_MAX];
    StoreLooker looker[MEMBERS_MAX];
    Millis stores_since;
    MemberId
        wanted; /* by the operator: who is to open, whatever it lacks; MEMBER_NONE: whoever loses least */
    Millis gathered_since; /* evidence counts from then on */
} Recovery;

/*
 * recover_gather.c: asks the agent of this server for itself and for all others, which it asks over the connections
 * that it has, until everybody has answered and has looked at its disks, or is silent for too long. Then makes the plan.
 */
__attribute__((warn_unused_result)) bool recover_gather(Recovery *work, Error *error);

/* Once: what the others have said last, as far as they answer. */
__attribute__((warn_unused_result)) bool recover_look(Recovery *work, Error *error);

/* Tells this member, which may be the own one, that its instance is to run; servers that already do are not disturbed. */
__attribute__((warn_unused_result)) bool recover_start(Recovery *work, MemberId member,
                                                       Error *error);

/*
 * recover_stores.c: begins to look at the backup directory of every server, and takes what is known of them. From the one
 * call to the end of the other at most 5 s pass, or what was done between them; who has not answered is not known then.
 */
void recover_stores_begin(Recovery *work);
void recover_stores_end(Recovery *work);

/* recover_say_stores.c: a line for each backup directory; and, where the plan refuses for want of what is lost, what a recovery
 * from the backups would bring back, and the line to type. */
void recover_say_stores(const Recovery *work);
void recover_say_recovery(const Recovery *work);

/* Whose want was the reason: no directory that is reached holds everything. */
bool recover_is_for_want(OutageReason reason);

/* Likewise, while a primary serves: it may have a copy made where it has no data directory, of the version that is here. It
 * does not where `rejoin` of its settings is manual, or anything lies there. */
__attribute__((warn_unused_result)) bool recover_copy_there(Recovery *work, MemberId member,
                                                            Error *error);

/* The agent of this server, without its instance: it asks the others. The exit status. */
int recover_ensure_agent(const Site *site, const CommandLine *line);

/* run_members.c: whether the words are about who votes, and what they ask for (E4); the exit status. *ret_goes_on: an operator has
 * stood in for those who are named, this server is the primary, and the others are to be brought back to it. */
bool recover_changes_members(const CommandLine *line);
int recover_members(const Site *site, const CommandLine *line, bool *ret_goes_on);

/* It votes, as far as this server knows: who was removed is neither started nor waited for. */
bool recover_votes(const Recovery *work, MemberId member);

const char *recover_name(const Recovery *work, MemberId member);

/* recover_force.c: with --force, where the plan refuses for want of what is lost: this server is made the primary by an
 * operator's word, or what was recovered from a backup is left to open. True: the plan is no refusal any more and may be
 * carried out; false: *ret_exit, and everything has been said. */
__attribute__((warn_unused_result)) bool recover_force(Recovery *work, int *ret_exit);

/* Likewise: an operator wants the server `work->wanted` to open. Says what it would lose, and where there is nothing to be forced. True:
 * it may be gone on with as without that word. */
__attribute__((warn_unused_result)) bool recover_wanted(const Recovery *work, bool forces,
                                                        int *ret_exit);

/* recover_anew.c: with --force, where no voter remembers anything (E3): the cluster is made anew from the data directory here, which
 * gives up its identity (mc.identity) and is opened as a first primary's. Refuses where another server that is reached was opened
 * under a later epoch, or has more WAL under the same, unless this one is named (--to), and where the directory is a standby's.
 * True: it serves, and the others may be brought back to it; false: *ret_exit, and everything has been said. */
__attribute__((warn_unused_result)) bool recover_anew(Recovery *work, int *ret_exit);

/* "; opened, it would lose ..." */
void recover_add_loss(const OutageServer *server, StrBuf *out);

/* " --without a --without w": whose word would have to be stood in for if this server were forced. Empty: a majority answers. */
void recover_add_without(const Recovery *work, StrBuf *out);

/* recover_say.c: the evidence, a line for each member; then what is going to be done. */
void recover_say_evidence(const Recovery *work);
void recover_say_plan(const Recovery *work);

/* Why nothing is begun, and the way on; returns the exit status. */
int recover_say_refusal(const Recovery *work);

/* Who was not reached, and what to do there. */
void recover_say_missing(const Recovery *work);

#endif

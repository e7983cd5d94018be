/*
 * After every server has stopped: who holds every acknowledged commit, and what opening each would lose.
 *
 * Pure: facts in, a plan out. The facts are what the members themselves say (Evidence); who is not reached says nothing,
 * and what nobody says is never guessed. The plan follows sections 2 and 7 of src/core/README.md: the record of a
 * majority of voters that remember says which directories count; of these the primary's holds everything, or n-k+1 of the
 * eligible do between them. Nothing is opened by this plan: the servers decide that themselves, by a round. The plan says
 * beforehand what will come of it, and refuses to begin where something acknowledged would be lost, or might be.
 */
#ifndef MC_PLAN_OUTAGE_H
#define MC_PLAN_OUTAGE_H

#include "core/message.h"

/* What was gathered. */
typedef struct OutageFacts {
    MemberTable members; /* of network.conf; a record has the same ones (E4) */
    bool
        automatic; /* asked for: servers may act by themselves, so that a standby may take over unasked */
    bool reached[MEMBERS_MAX];
    Evidence evidence[MEMBERS_MAX]; /* of those that are reached */
} OutageFacts;

/* A voter, and whether its word counts. */
typedef enum OutageVoter {
    OUTAGE_VOTER_UNREACHED,
    OUTAGE_VOTER_BLANK,    /* its memory is lost, or was never made (E3) */
    OUTAGE_VOTER_PUT_BACK, /* others remember more of it than it does itself: it counts as lost (E3) */
    OUTAGE_VOTER_COUNTS,
} OutageVoter;

/* A data directory, measured against the record. */
typedef enum OutageDirectory {
    OUTAGE_DIRECTORY_UNSEEN,      /* its server is not reached, or has not looked yet */
    OUTAGE_DIRECTORY_MISSING,     /* there is none that can be used */
    OUTAGE_DIRECTORY_INTERRUPTED, /* half made over */
    OUTAGE_DIRECTORY_STRANGER,    /* of another database */
    OUTAGE_DIRECTORY_RESTORED,    /* recovered from a backup, and named by no record yet */
    OUTAGE_DIRECTORY_OTHER,       /* another one than the record names: a copy, or put back (D1) */
    OUTAGE_DIRECTORY_SHORT,       /* the one that the record names, but WAL was lost in it */
    OUTAGE_DIRECTORY_STALE,       /* of a standby that was not eligible */
    OUTAGE_DIRECTORY_ELIGIBLE,
    OUTAGE_DIRECTORY_PRIMARY,
} OutageDirectory;

typedef enum OutageLoss {
    OUTAGE_LOSS_UNKNOWN,  /* nobody can tell */
    OUTAGE_LOSS_AT_LEAST, /* from `end` to `beyond`, and perhaps more that nobody here has seen */
    OUTAGE_LOSS_EXACT,    /* from `end` to `beyond` */
    OUTAGE_LOSS_NONE,
} OutageLoss;

/* What becomes of a server when the plan is carried out. */
typedef enum OutageStep {
    OUTAGE_STEP_NONE,   /* not reached: nothing, until its agent runs */
    OUTAGE_STEP_OPEN,   /* opens as the primary */
    OUTAGE_STEP_FOLLOW, /* starts as a standby: its WAL is a beginning of the primary's */
    OUTAGE_STEP_REJOIN, /* is compared with the primary, and made over where it has gone its own way */
    OUTAGE_STEP_COPY,    /* there is nothing: a new copy (mc_ctl setup -r standby, there) */
    OUTAGE_STEP_REPLACE, /* what is there is of another database: an operator moves it away first */
} OutageStep;

typedef struct OutageServer {
    OutageDirectory directory;
    OutageLoss loss; /* if this server were opened */
    Lsn end;
    Lsn beyond;
    OutageStep step;
} OutageServer;

typedef enum OutageVerdict {
    OUTAGE_REFUSE, /* nothing is begun; `reason` */
    OUTAGE_OPEN,   /* `open` opens, and nothing acknowledged is missing in it */
    OUTAGE_SERVES, /* `open` serves already */
} OutageVerdict;

typedef enum OutageReason {
    OUTAGE_REASON_NONE,
    OUTAGE_NEVER_BEGUN,    /* no record, and no directory that was ever opened under one */
    OUTAGE_FORGOTTEN,      /* everybody is reached, and too few remember (E3) */
    OUTAGE_SPLIT,          /* two histories that do not lead to each other (E5) */
    OUTAGE_NO_MAJORITY,    /* too few voters that remember are reached: a later record may exist */
    OUTAGE_PRIMARY_UNSEEN, /* only `needed` can have everything, and is not reached */
    OUTAGE_PRIMARY_LOST,   /* only `needed` had everything, and its directory is lost */
    OUTAGE_TOO_FEW, /* the primary's directory is lost or unseen, and too few of the eligible are there */
    OUTAGE_UNATTENDED, /* `needed` has everything, but may take over only while automatic is on */
    OUTAGE_RECOVERED,  /* `needed` was recovered from a backup, which lacks something, or may */
} OutageReason;

typedef struct OutagePlan {
    OutageVerdict verdict;
    OutageReason reason;
    MemberId open;
    MemberId needed;
    MemberId
        forced; /* of those that are reached: where forcing it open would lose least; MEMBER_NONE: nowhere */
    Record record;     /* the latest that may be chosen; epoch 0: none */
    bool pending;      /* it is not known to be chosen: a round will find out, both ways it holds */
    bool certain;      /* no later one can exist */
    unsigned majority; /* of the voters */
    unsigned counted;  /* voters whose word counts */
    unsigned holders;  /* eligible directories that are there, and */
    unsigned
        holders_min; /* how many of them have everything between them; 0: nobody was eligible */
    OutageVoter voter[MEMBERS_MAX];
    OutageServer server[MEMBERS_MAX];
} OutagePlan;

/* It admits clients as the primary, by its agent's word; an instance that somebody has started by hand does not. */
bool outage_serves(const Evidence *evidence);

/* It has a directory of this database that could be opened by force, whatever it lacks. */
bool outage_may_be_forced(const OutagePlan *plan, MemberId member);

OutagePlan outage_plan(const OutageFacts *facts);

#endif

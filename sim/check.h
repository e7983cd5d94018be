/* check.h - the invariants I1 to I6 (src/core/README.md, section 10), watched from outside of the model.
 *
 * One file each, check_1_one_primary.c to check_6_stays.c. They look at what is durable, what was said, what
 * clients were told and what they saw; never at what a member believes. The model calls a hook at the moment at
 * which something has happened to the world. */
#ifndef MC_SIM_CHECK_H
#define MC_SIM_CHECK_H

#include "core/durable.h"

typedef struct SimWorld SimWorld;
typedef int64_t Micros;

enum {
    READERS_MAX = 8,
    COMPLAINT_SIZE = 160,
    CHECK_STOPPING =
        500000, /* microseconds that an agent which is awake needs to end its instance */
};

/* What the clients know of a commit, as far as it matters later. Nothing noted: unknown, it may be there or not. */
typedef enum CommitFate {
    FATE_ACKNOWLEDGED = 1, /* success without a warning */
    FATE_READ = 2,         /* seen at a primary by somebody else */
    FATE_GONE = 4,         /* a server has opened without it */
} CommitFate;

typedef struct SimAcked {
    uint64_t commit;
    MemberId server;
    Micros at;
} SimAcked;

typedef struct SimChosen {
    Record record;
    Micros at;
} SimChosen;

typedef struct SimVote {
    Ballot ballot;
    Record record;
    MemberSet accepted;
    bool chosen;
    Micros at; /* of the first that accepted it */
} SimVote;

typedef struct SimChecks {
    uint32_t violations;
    bool unsafe;                /* one of them was of I1 to I4 */
    char first[COMPLAINT_SIZE]; /* the first that was, or the first of all */

    MemberId promoted;     /* the last that was promoted */
    DirId promoted_dir;    /* the directory that it had then */
    bool promoted_by_word; /* that directory came from a backup, or an operator has forced it */
    Micros promoted_at;
    bool two_acknowledging;

    uint8_t *fate; /* CommitFate, by the id of the commit's WAL entry */
    uint32_t fate_room;
    SimAcked *acked;
    uint32_t acked_count, acked_room;
    uint64_t visible[SERVERS_MAX]; /* id of the last entry that readers of that server see */
    uint64_t seen[READERS_MAX];    /* and of the last that each of them has seen anywhere */
    bool lost;

    Epoch known[MEMBERS_MAX];     /* of the record that it has last written down to be chosen, */
    Micros known_at[MEMBERS_MAX]; /* and when it first had that one */
    Micros leased_until[MEMBERS_MAX][SERVERS_MAX]; /* as the voter counts it */

    SimChosen *chosen;
    uint32_t chosen_count, chosen_room;
    uint32_t latest; /* of these, the latest */
    uint32_t
        beside; /* E5: and the latest of a line that excludes that one's, plus one; 0: there is none */
    Micros parted_at;
    Micros split_at
        [MEMBERS_MAX]; /* when a member had written down that two lines have met; 0: it does not know */
    SimVote *vote;
    uint32_t vote_count, vote_room;
    MemberSet lost_memory; /* whose voter lost its memory once */

    LineId line; /* of the record under which a server opened last */
    MemberSet
        restoring; /* whose operator has recovered it from a backup, and that have not opened since */
    MemberSet
        recovered; /* and whose operator has ever done so: a record that is called so was asked for */
    MemberSet forced;    /* whose operator has made it primary by force, or has tried to */
    MemberSet stood_in;  /* the voters that he named for that: he stood in for them */
    MemberSet overruled; /* the primaries that were overruled by that */
    Micros broken_at
        [MEMBERS_MAX]; /* when an arbitration command said last that it is broken; 0: never */
    Micros told_at
        [SERVERS_MAX]; /* when such a one had written down that it was; 0: it does not know */

    uint32_t primary_changes;
    uint32_t faults; /* what can cost a primary; what heals, starts, copies or looks is none */
} SimChecks;

void check_violation(SimWorld *world, const char *invariant, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void checks_free(SimChecks *checks);

/* --- hooks: what has happened -------------------------------------------------------------------- */

/* Clients were told, or saw. A wait that was cancelled, or whose server went away, is told to nobody. */
void check_acknowledged(SimWorld *world, MemberId server, uint64_t commit); /* I1, I2 */
/* Its directory is about to be replaced by a copy of the source's, or rewound to it. */
void check_made_over(SimWorld *world, MemberId server, MemberId source); /* I2 */
void check_read(SimWorld *world, uint32_t client, MemberId server);      /* I2, I3 */
/* A session of this server was answered, by whatever process is left of it. */
void check_served(SimWorld *world, MemberId server); /* I3 */

void check_opened(SimWorld *world, MemberId server);   /* I2, I3 */
void check_promoted(SimWorld *world, MemberId server); /* I1, I6 */
/* An operator makes it primary by force. */
void check_forced(SimWorld *world, MemberId server, MemberSet without); /* I1, I4 */
/* An operator has recovered its data directory from a backup. */
void check_restored(SimWorld *world, MemberId server);                                /* I1, I4 */
void check_sent(SimWorld *world, MemberId from, MemberId to, const Message *message); /* I3, P7 */
void check_persisted(SimWorld *world, MemberId member, const Durable *durable);       /* I4 */

/* --- from one checker to another ------------------------------------------------------------------- */

void check_note_acknowledged(SimWorld *world, MemberId server, uint64_t commit);
void check_holds_all(SimWorld *world, MemberId server);

/* --- questions ------------------------------------------------------------------------------------ */

/* Overruled by force, and it does not know, or has just heard: what it acknowledges is lost by the operator's word, and
 * how long it is read nobody can bound. */
bool check_is_overruled(const SimWorld *world, MemberId server);
/* Two lines exclude each other, and no operator has chosen: what each acknowledges is lost when the other is kept. */
bool check_is_parted(const SimWorld *world);
/* It knows that two lines have met, and is down. */
bool check_waits_split(const SimWorld *world, MemberId server);
/* The primary of either, which knows of that, and serves no more: an operator may choose it. */
bool check_may_be_chosen(const SimWorld *world, MemberId server);
/* Where two lines have met: the latest record of the one that this server does not serve; else NULL. */
const Record *check_line_of_other(const SimWorld *world, MemberId server);
/* Its agent is frozen, not there, or has woken up a moment ago. */
bool check_is_asleep(const SimWorld *world, MemberId server);
/* The record chosen last; NULL: none. */
const Record *check_latest(const SimWorld *world);
/* One server serves, the latest record names it, and as many of the others whose instance is up are eligible as
 * may be (I5). */
bool check_switchable(const SimWorld *world, MemberId *ret_primary);
/* Lets time pass until the demand is met and goes on to be, at most `bound`; else I5 is violated. */
bool world_settle(SimWorld *world, Micros bound);
/* No more changes of primary than faults so far (I6). */
void check_changes(SimWorld *world);
/* Lets some seconds pass in which nothing is done to the cluster: its primary stays (I6). */
void check_stays(SimWorld *world);

#endif

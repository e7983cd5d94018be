/* types.h - the words of the protocol: members, records, ballots, positions, histories.
 *
 * Everything here is a plain value: no pointer, no allocation, comparable field by field. What the
 * fields mean and why no acknowledged commit is lost is argued in README.md beside this file; rule
 * ids (E1, P3, D1, ...) refer to it. */
#ifndef MC_CORE_TYPES_H
#define MC_CORE_TYPES_H

#include "base/time.h"
#include "core/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Index into the member table: of the record once there is one, of network.conf before. */
typedef uint8_t MemberId;
enum { MEMBER_NONE = 0xff };

/* Set of members: bit m is member m. Walked from low to high. */
typedef uint16_t MemberSet;

typedef uint64_t Epoch; /* grows by one with every change of the record; 0: no record */
typedef uint64_t
    LineId;             /* random, but that its low 16 bits count what majorities make of it (E5) */
typedef uint64_t DirId; /* random; names one data directory, renewed by every copy (D1); 0: none */
typedef uint64_t Incarnation; /* of a voter: grows when its memory was lost (E3); 0: blank */
typedef uint64_t AgentId;     /* random; names one run of one agent process */
typedef uint64_t Lsn;         /* position in the WAL, as PostgreSQL's XLogRecPtr; 0: unknown */
typedef uint32_t TimelineId;  /* PostgreSQL's; 0: unknown */

typedef struct ClusterId {
    uint8_t bytes[16]; /* random, made at bootstrap; all zero: none yet */
} ClusterId;

typedef enum MemberKind { MEMBER_SERVER = 0, MEMBER_ARBITER = 1 } MemberKind;

typedef struct Member {
    char name[MEMBER_NAME_SIZE];
    MemberKind kind;
} Member;

/* E4: the numbers of the members. A later table only adds to the end of an earlier one. */
typedef struct MemberTable {
    uint8_t count;
    Member member[MEMBERS_MAX];
} MemberTable;

/* P2: the name under which one attachment streams (application_name). Made by the primary for that
 * attachment alone. Text form: "mc_<member name>_<epoch>_<token in hex>". */
typedef struct Attachment {
    MemberId member;
    Epoch epoch;    /* of the record under which the name was made */
    uint64_t token; /* random; 0: no attachment */
} Attachment;

/* D1: eligibility belongs to a data directory, not to a server. */
typedef struct EligibleMember {
    MemberId member;
    DirId dir;
    Attachment attachment;
} EligibleMember;

typedef enum Cause {
    CAUSE_NONE = 0,
    CAUSE_BOOTSTRAP,
    CAUSE_ATTACH,
    CAUSE_DETACH,
    CAUSE_HANDOVER,
    CAUSE_TAKEOVER,
    CAUSE_SETTING,
    CAUSE_OPENED, /* the primary mends the predicted timeline and start before it opens */
    CAUSE_RESTORED,
    CAUSE_FORCED,
    CAUSE_HANDED_BACK, /* a successor that cannot be promoted gives the role back (P3) */
    CAUSE_MEMBERS,     /* one voter more, or one fewer (E4) */
} Cause;

enum { ORIGINS_MAX = 6 };

/* A line that another one has come from, however long ago: what is of it and earlier than this epoch comes before that one. */
typedef struct Origin {
    LineId line;
    Epoch epoch;
    uint64_t passed; /* as in Branch, of the record before `epoch` */
} Origin;

/* E5: a recovery from a backup that does not reach, or may not reach, all that was acknowledged opens
 * a line of its own, and so does whoever is made primary by force. Chosen by a majority of the line before, so that
 * line ends where it begins; unless an operator stood in for voters. */
typedef struct Branch {
    LineId from; /* the line before; 0: this is the first */
    Epoch epoch; /* the first of this line */
    /* The first of the line before that this one does not follow; 0: `epoch`, which is later where two lines have met, for it must
     * be above both. */
    Epoch until;
    /* record_digest of the last one that it follows, where that was accepted here and not known to be chosen: whoever has another
     * record of that epoch has one that was passed over unseen. 0: it was chosen. */
    uint64_t passed;
    Lsn end;  /* what there was of the line before: recovered, or the end of who was forced */
    Lsn lost; /* how far that line is known to have gone beyond `end`, or, where not beyond it, since the two parted; 0: nobody knows */
    bool forced; /* an operator has made a server primary; else a backup was recovered */
    MemberSet
        without; /* the voters that an operator has stood in for: what they had decided is not known */
    LineId
        over; /* the line that an operator has given up for this one, when the two had met; 0: none */
    Epoch over_epoch; /* up to which that was known to have come */
    uint8_t origin_count;
    Origin origin[ORIGINS_MAX]; /* the lines before `from`, the latest first */
} Branch;

/* P3: who was primary before a handover, with which directory and history. Its WAL reaches at least to where its
 * successor begins: as long as that one has not opened, the role may be handed back. */
typedef struct Former {
    MemberId member;
    DirId dir; /* 0: nobody, and the rest means nothing */
    TimelineId timeline;
    Lsn start;
} Former;

/* Section 2 of README.md: all that is ever decided. epoch 0 means "no record". */
typedef struct Record {
    ClusterId cluster;
    uint64_t system_identifier; /* PostgreSQL's; copies share it */
    LineId line;
    Branch branch; /* where the line comes from */
    Former former; /* may be handed back to until this primary has opened */
    Epoch epoch;
    MemberId primary;
    DirId primary_dir;
    uint8_t eligible_count;
    EligibleMember eligible[SERVERS_MAX];
    uint8_t quorum; /* k of the n eligible acknowledge each commit; 0 when solo */
    bool automatic;
    MemberSet apart;    /* kept from being eligible by an operator (mc_ctl detach) */
    MemberTable voters; /* who has ever been one; a number names the same member for ever (E4) */
    MemberSet absent;   /* of these: who votes no more, or not yet */
    MemberSet
        absent_before;   /* and under the record before, which a change of this one counts, too */
    TimelineId timeline; /* of the primary's history */
    Lsn start;           /* where that timeline begins */
    Cause cause;
    int64_t decided_at; /* seconds of the wall clock; for people only, never compared */
} Record;

/* E1: serves one value only. Ordered by number, then member; the incarnation tells two lives apart. */
typedef struct Ballot {
    uint64_t number; /* 0: none */
    MemberId member;
    Incarnation incarnation;
} Ballot;

/* One history: which record opened which timeline where (D1). */
typedef struct ChainLink {
    LineId line;
    Epoch epoch;
    DirId dir;
    TimelineId timeline;
    Lsn start;
} ChainLink;

/* D1: what a data directory remembers, oldest first. Kept in the directory itself. */
typedef struct Chain {
    uint8_t count;
    ChainLink link[CHAIN_MAX];
} Chain;

/* A position means something only within one history (P2). */
typedef struct Position {
    TimelineId timeline;
    Lsn lsn;
} Position;

/* P7: "every process of my instance is gone, and under this epoch this agent serves no more". */
typedef struct Consent {
    bool given;
    LineId line;
    Epoch epoch;
    MemberId primary;        /* who consents */
    AgentId agent;           /* the run of its agent: frees leases given to that run only */
    MemberId successor;      /* MEMBER_NONE: whoever is eligible */
    bool asked;              /* by an operator: it may be taken up with automatic off, too */
    bool final_known;        /* false: P3 decides */
    Position final;          /* where its WAL ends */
    bool returns;            /* it has lost no WAL: it may be handed back to */
    bool back;               /* handing back: its directory was not promoted under this epoch */
    bool binding;            /* durable: every run of its agent says so anew */
    Incarnation incarnation; /* of its voter (E3) */
} Consent;

#endif

/* message.h - what members say to each other, as the core sees it.
 *
 * src/wire turns these into bytes and back (wire.proto mirrors this file field by field). The
 * sender is known from the authenticated connection and comes beside the message, never inside. */
#ifndef MC_CORE_MESSAGE_H
#define MC_CORE_MESSAGE_H

#include "core/types.h"

/* Why a voter refuses. It may refuse whenever it likes: that costs availability, never safety. */
typedef enum Refusal {
    REFUSAL_NONE = 0,
    REFUSAL_LOWER_BALLOT, /* it has promised a higher one (named in the answer) */
    REFUSAL_LOST_MEMORY,  /* its own memory is lost and not yet handed back (E3) */
    REFUSAL_INCARNATION,  /* the proposer counts on an older memory of somebody, itself too (E3) */
    REFUSAL_STRANGER,     /* another cluster, or not a member (E4) */
    REFUSAL_LEASE,        /* the primary's lease is not out (P5) */
    REFUSAL_PRIMARY_WELL, /* it hears the primary, and that is well (section 5) */
    REFUSAL_SPLIT,        /* another line (E5) */
    REFUSAL_EPOCH,        /* not one step beyond what it has accepted */
    REFUSAL_FENCING,      /* F1: who is left out is being isolated: ask again */
    REFUSAL_NOT_FENCED,   /* F1: who is left out could not be isolated */
    REFUSAL_FENCED,       /* F2: the proposer itself is being isolated, or was */
} Refusal;

/* What a round is for. A voter judges a takeover by the record itself; the purpose only lets it
 * refuse before it has promised. */
typedef enum Purpose {
    PURPOSE_READ = 0, /* confirm the record as it is (E1: a read that permits anything) */
    PURPOSE_CHANGE,   /* attach, detach, setting, opened: by the primary, or a setting by anybody */
    PURPOSE_TAKEOVER, /* another primary; with a consent a handover */
    PURPOSE_BOOTSTRAP,
} Purpose;

/* E3: the incarnations on which a round counts, and how far each voter's memory is known to reach. */
typedef struct VoterMemory {
    Incarnation incarnation;
    uint64_t generation; /* grows with every durable write of that voter */
    AgentId agent;       /* the run that wrote this generation; 0: unknown */
} VoterMemory;

/* E3: which run of its agent wrote which generations of a voter's memory, oldest first: a memory that was put back
 * may have caught up with a number, but not with who wrote it. */
typedef struct Run {
    AgentId agent;  /* 0: unknown */
    uint64_t until; /* the last generation that it wrote */
} Run;

typedef struct Runs {
    uint8_t count; /* 0: unknown */
    Run run[RUNS_MAX];
} Runs;

/* F1: who loses its role by a change, and what an operator says of isolating it first. */
typedef struct Fencing {
    MemberSet leave;  /* a primary that has not consented, or standbys that are eligible */
    bool primary;     /* it is the primary */
    bool by_operator; /* mc_ctl wants the change; else the members have seen something */
    bool skip;        /* --no-fencing */
    bool heard_too;   /* detach --force: also one that answers */
} Fencing;

typedef struct Prepare {
    ClusterId cluster; /* zero before bootstrap */
    Ballot ballot;
    Purpose purpose;
    Consent consent;
    Fencing fencing;
    VoterMemory memory[MEMBERS_MAX];
    Runs runs; /* its own */
} Prepare;

typedef struct Promise {
    Ballot ballot; /* of the Prepare that this answers */
    Refusal refusal;
    Ballot promised; /* the highest it has promised */
    Ballot accepted_ballot;
    Record accepted;    /* epoch 0: none */
    VoterMemory memory; /* its own */
    Runs runs;
} Promise;

typedef struct Accept {
    ClusterId cluster;
    Ballot ballot;
    Purpose purpose;
    Consent consent;
    Fencing fencing; /* who leaves is judged by the record */
    Record record;
    VoterMemory memory[MEMBERS_MAX];
    Runs runs;
} Accept;

typedef struct Accepted {
    Ballot ballot;
    Refusal refusal;
    Ballot promised;
    VoterMemory memory;
    Runs runs;
} Accepted;

/* This record is known to be chosen. */
typedef struct Chosen {
    Record record;
    Ballot ballot; /* under which it was chosen, as far as the sender knows */
} Chosen;

/* E3: a voter without memory asks every other voter. */
typedef struct RecoverAsk {
    uint64_t nonce; /* of this attempt */
    Incarnation
        incarnation; /* 0: first step, "which do you know of me?"; else: note this one and hand over */
} RecoverAsk;

typedef struct RecoverAnswer {
    uint64_t nonce;
    Incarnation incarnation; /* echoed from the question */
    Incarnation known;       /* the highest it has noted of the asker */
    bool blank; /* it has no memory itself: no record, and never had one that it knows of */
    Ballot promised;
    Ballot accepted_ballot;
    Record accepted;
    Record chosen;
    VoterMemory memory[MEMBERS_MAX]; /* what it knows of everybody, itself included */
} RecoverAnswer;

/* What the instance of a server is doing, as its agent says it to others and as status shows it. */
typedef enum InstancePhase {
    INSTANCE_UNKNOWN = 0,
    INSTANCE_NONE, /* no data directory */
    INSTANCE_DOWN, /* proved to be stopped */
    INSTANCE_STARTING,
    INSTANCE_CLOSED,  /* runs, admits no client */
    INSTANCE_OPEN,    /* primary that admits clients */
    INSTANCE_STANDBY, /* in recovery, follows or waits */
    INSTANCE_STOPPING,
    INSTANCE_SICK, /* runs and does not answer */
} InstancePhase;

/* How far an operator's switch is, as a server tells the others (section 4, handover). */
typedef enum SwitchStep {
    SWITCH_NONE = 0,
    SWITCH_ASKED,     /* its operator wants one: word for the primary */
    SWITCH_PREPARING, /* the primary: checkpoints on both sides, nothing is cut yet */
    SWITCH_PREPARED,  /* the successor: its checkpoint is done */
    SWITCH_STOPPING,  /* the primary: sessions end */
    SWITCH_REFUSED,   /* the primary: not now; `refusal` says why */
} SwitchStep;

typedef enum SwitchRefusal {
    SWITCH_POSSIBLE = 0,
    SWITCH_NOT_SERVING,  /* there is no open primary */
    SWITCH_NOBODY,       /* nobody is eligible */
    SWITCH_NOT_ELIGIBLE, /* the one named is not */
    SWITCH_UNHEARD,      /* the successor, or the majority that it takes, is not heard */
    SWITCH_UNWELL,       /* the successor's instance does not stream as it should */
    SWITCH_REPLAY_LAGS,  /* the successor has much to replay yet */
    SWITCH_BUSY,         /* another change, a stop or another switch is under way */
} SwitchRefusal;

typedef struct SwitchWord {
    uint64_t token; /* random, made where the operator is: names this wish; 0: none */
    MemberId to;    /* MEMBER_NONE: whoever is eligible */
    SwitchStep step;
    SwitchRefusal refusal;
} SwitchWord;

/* Sent at every heartbeat interval to every member, and at once when something in it changes. */
typedef struct Heartbeat {
    uint64_t number; /* grows; answers repeat it */
    ClusterId cluster;
    LineId line;
    Epoch epoch; /* of the record that it knows to be chosen */
    AgentId agent;
    VoterMemory memory;
    Runs runs;
    uint8_t node_state; /* NodeState or ArbiterState; for status only */
    InstancePhase instance;
    bool well;         /* as a primary: serves as it should; as a standby: instance is up */
    bool voter_writes; /* its voter's file can be written (E2) */
    bool leased;       /* asks for a lease with this heartbeat (P5) */
    Millis lease;      /* how long the lease is that it counts on, by its own settings */
    Millis
        stand_in_window; /* within which of a silence it stands in for the silent one (section 8); 0: never */
    bool wants_attach;     /* a standby that would be eligible */
    bool leaving;          /* asks to be detached, or to hand over */
    bool operator_stopped; /* its operator stops all (stop -a) */
    bool daemons_only;     /* and leaves the instances running (--mc-only) */
    bool failover_asked;   /* this server's operator wants `automatic` to be failover_wanted */
    bool failover_wanted;
    AgentId
        went_on; /* its instance has run since it saw this run of a primary's agent open (the own one:
                        since before its own run began); 0: it has not */
    DirId dir;
    Position wal; /* end of its WAL: flushed (primary), received and flushed (standby) */
    Lsn replay;
    Attachment attachment;      /* under which it streams, or tries to */
    MemberSet hears;            /* whom it has heard within the detection time */
    uint64_t system_identifier; /* PostgreSQL's; 0: no data directory */
    ChainLink last_link;        /* the newest history its directory knows */
    SwitchWord change;          /* an operator's switch; named so because `switch` is taken */
    MemberSet apart_asked;      /* whom its operator wants kept apart (mc_ctl detach) */
    Epoch
        handed_back; /* of the record under which no run of its agent serves any more (P7); 0: none */
    bool attach_asked; /* a standby whose operator wants it eligible though automatic is off */
    MemberSet without_asked; /* whom its operator wants to vote no more (E4) */
    MemberSet with_asked;    /* and whom from now on */
    uint8_t lines;           /* members that its network.conf names */
    bool diverged; /* stays down, for the primary has said that its WAL is not all its own */
    MemberSet apart_unfenced; /* of apart_asked: detach --no-fencing */
    MemberSet apart_by_force; /* of apart_asked: detach --force */
    MemberSet fencing;        /* an arbiter: whom its fencing command is about now */
    MemberSet not_fenced;     /* and whom it could not isolate */
} Heartbeat;

typedef struct HeartbeatAnswer {
    uint64_t number;
    LineId line;
    Epoch epoch;   /* repeated from the heartbeat only if the voter grants it (P5); else 0 */
    AgentId agent; /* of the heartbeat */
    bool lease;    /* granted */
} HeartbeatAnswer;

/* A standby shows its history and asks for a name to stream under (P2, D1). */
typedef struct AttachAsk {
    Epoch epoch; /* of the record known to both */
    DirId dir;
    uint64_t system_identifier;
    Position wal; /* end of its WAL, its receiver not running or streaming under an older name */
    Chain chain;
} AttachAsk;

typedef enum AttachVerdict {
    ATTACH_FOLLOW = 0, /* its WAL is a prefix of mine: stream under this name */
    ATTACH_DIVERGED,   /* it has something of its own beyond `fork` */
    ATTACH_UNKNOWN_HISTORY,
    ATTACH_STRANGER, /* another system identifier */
    ATTACH_LATER,    /* I do not serve, or a change is under way: ask again */
    ATTACH_FULL,     /* the shell of this version attaches one standby */
} AttachVerdict;

typedef struct AttachAnswer {
    Epoch epoch;
    AttachVerdict verdict;
    Attachment attachment;
    Position fork; /* where histories part, for the operator */
    Chain chain;   /* the primary's, so that the standby can know what it follows */
    TimelineId of; /* on which the WAL ended that was asked about */
} AttachAnswer;

/* P3: "give the end of your WAL, and let it bind you". */
typedef struct PositionAsk {
    Epoch epoch; /* of the record whose eligible members are asked */
} PositionAsk;

typedef struct PositionAnswer {
    Epoch epoch;
    Position position; /* receiver gone, replay at the end; durable before it is given */
    DirId dir;
} PositionAnswer;

/* What a member remembers, and what it finds in its data directory: for an operator who asks every member where
 * everything is after all of them had stopped (section 7). The core neither asks nor decides by it. */
typedef struct Evidence {
    AgentId agent;                  /* the run that says this */
    bool memory;                    /* its voter has its memory (E3) */
    VoterMemory known[MEMBERS_MAX]; /* what it remembers of everybody, itself included */
    Runs runs;
    Ballot accepted_ballot;
    Record accepted; /* epoch 0: none */
    Record chosen;
    uint8_t node_state;     /* of a server, as all that follows */
    bool wanted;            /* its operator wants the instance to run */
    bool alone;             /* P1's exception holds: it opens without asking anybody */
    InstancePhase instance; /* UNKNOWN: not looked at yet */
    uint64_t system_identifier;
    DirId dir; /* 0: no data directory, or an interrupted one */
    ChainLink last_link;
    Position wal;        /* where its WAL ends */
    bool clean_shutdown; /* by its control data */
    bool standby_signal;
    bool interrupted; /* half made over */
    bool restored;    /* recovered from a backup, not opened yet: */
    Position restored_end;
    Lsn restored_start;
} Evidence;

/* An operator at another server wants this one's instance to run. */
typedef struct StartAsk {
    bool failover_asked;
    bool failover_wanted;
    /* not 0: where there is no data directory, and another server serves as the primary, a copy of its is made; this is the
     * major version of PostgreSQL that it is of */
    uint8_t copy_major;
} StartAsk;

typedef enum MessageKind {
    MESSAGE_NONE = 0,
    MESSAGE_HEARTBEAT,
    MESSAGE_HEARTBEAT_ANSWER,
    MESSAGE_PREPARE,
    MESSAGE_PROMISE,
    MESSAGE_ACCEPT,
    MESSAGE_ACCEPTED,
    MESSAGE_CHOSEN,
    MESSAGE_RECOVER_ASK,
    MESSAGE_RECOVER_ANSWER,
    MESSAGE_CONSENT,
    MESSAGE_ATTACH_ASK,
    MESSAGE_ATTACH_ANSWER,
    MESSAGE_POSITION_ASK,
    MESSAGE_POSITION_ANSWER,
    MESSAGE_EVIDENCE_ASK,
    MESSAGE_EVIDENCE,
    MESSAGE_START_ASK,
    MESSAGE_KIND_COUNT,
} MessageKind;

typedef struct Message {
    MessageKind kind;
    union {
        Heartbeat heartbeat;
        HeartbeatAnswer heartbeat_answer;
        Prepare prepare;
        Promise promise;
        Accept accept;
        Accepted accepted;
        Chosen chosen;
        RecoverAsk recover_ask;
        RecoverAnswer recover_answer;
        Consent consent;
        AttachAsk attach_ask;
        AttachAnswer attach_answer;
        PositionAsk position_ask;
        PositionAnswer position_answer;
        Evidence evidence;
        StartAsk start_ask;
    } u;
} Message;

#endif

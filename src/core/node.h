/* node.h - the rules of a database server: who may open, attach, take over, and must stop.
 *
 * One ordered table of rules (node_rules.c): a row fires when the server is in one of its states and
 * its facts hold; the first match wins. Facts are computed in node_facts.c, what a rule orders is in
 * node_orders.c, and node_step here takes in what happened. Nothing in here waits, and nothing is
 * known that did not come with an event. */
#ifndef MC_CORE_NODE_H
#define MC_CORE_NODE_H

#include "core/history.h"
#include "core/participant.h"
#include "core/proposer.h"
#include "core/status.h"

/* name, in words */
#define NODE_STATES(X)                                                                             \
    X(NODE_RECALLING, "recalling")       /* the voter has no memory (E3) */                        \
    X(NODE_ASKING, "asking")             /* for the latest record, by a full round (P1) */         \
    X(NODE_IDLE, "idle")                 /* nothing to run here */                                 \
    X(NODE_PRIMARY_STARTING, "starting") /* instance starts, closed */                             \
    X(NODE_PRIMARY_PROVING, "proving")   /* names in force, standbys caught up (P1, P2) */         \
    X(NODE_PRIMARY_OPENING, "opening")   /* chain written, gate opens */                           \
    X(NODE_PRIMARY, "primary")                                                                     \
    X(NODE_PRIMARY_CUTTING, "cutting")       /* lease out: the instance is killed (P5) */          \
    X(NODE_PRIMARY_CUT, "fenced")            /* and waits for a majority */                        \
    X(NODE_PRIMARY_FAILING, "failing")       /* instance dead or sick: proving that it is gone */  \
    X(NODE_PRIMARY_CONSENTING, "consenting") /* others may succeed (P7) */                         \
    X(NODE_PRIMARY_EMPTYING, "emptying")     /* stop -a: standbys leave first */                   \
    X(NODE_PRIMARY_LEAVING, "leaving")       /* operator's stop: clean stop under way */           \
    X(NODE_STANDBY_SEEKING, "seeking")       /* instance down, asks whom to follow */              \
    X(NODE_STANDBY_STARTING, "standby-starting")                                                   \
    X(NODE_STANDBY, "standby")                                                                     \
    X(NODE_STANDBY_CLAIMING, "claiming") /* takeover or handover under way (P3) */                 \
    X(NODE_STANDBY_PROMOTING, "promoting")                                                         \
    X(NODE_STANDBY_LEAVING, "standby-leaving") /* operator's stop: waits to be detached */         \
    X(NODE_DEPOSING, "deposing")               /* another one is primary: proving own stop (P4) */ \
    X(NODE_STAYING_DOWN, "staying-down")       /* diverged, foreign or broken: says why */         \
    X(NODE_FORCING, "forcing")                 /* an operator makes it primary by force (E5) */    \
    X(NODE_REJOINING, "rejoining")             /* the directory is made over from the primary */   \
    X(NODE_STOPPING, "stopping")               /* operator's stop of what is no primary */         \
    X(NODE_GONE, "gone")                       /* the daemon ends */

typedef enum NodeState {
#define X(state, words) state,
    NODE_STATES(X)
#undef X
        NODE_STATE_COUNT
} NodeState;

/* What the proposer's present round is for. */
typedef enum Round {
    ROUND_NONE = 0,
    ROUND_CONFIRM, /* P1, or to resolve what is pending (P2) */
    ROUND_BOOTSTRAP,
    ROUND_ATTACH, /* and every other change that needs a proof first (P2) */
    ROUND_DETACH,
    ROUND_SETTING,
    ROUND_OPENED,    /* the predicted timeline was another */
    ROUND_TAKE_BACK, /* nobody came after a consent: a later record to serve under (P7) */
    ROUND_CLAIM,
    ROUND_RETURN,   /* handed back by a successor that cannot be promoted */
    ROUND_RESTORED, /* a recovery from a backup becomes the primary's directory */
    ROUND_FORCE,    /* an operator's word makes this server primary (E5) */
    ROUND_MEMBERS,  /* one voter more, or one fewer (E4) */
} Round;

/* Why it stays down, for status and log. */
typedef enum DownReason {
    DOWN_NONE = 0,
    DOWN_DIVERGED,
    DOWN_UNKNOWN_HISTORY,
    DOWN_STRANGER,
    DOWN_FORMER_MEMBER,     /* nobody remembers the cluster that this data directory was in */
    DOWN_FOREIGN_DIRECTORY, /* the record names this server with another data directory */
    DOWN_START_FAILED,
    DOWN_UNATTENDED, /* the instance ended while automatic was off */
    DOWN_LOST_WAL,   /* an eligible standby is ahead of this primary's WAL */
    DOWN_NO_MEMBER,  /* it votes no more, or not yet (E4) */
} DownReason;

/* The primary's offer to a standby: stream under this name (P2). */
typedef struct Offer {
    Attachment attachment; /* token 0: none */
    DirId dir;
    Millis made_at;
} Offer;

/* What the primary has seen of a standby's stream. */
typedef struct Stream {
    Millis seen_at;     /* last observation with exactly one streaming sender under its name; 0 */
    Millis progress_at; /* when its flush position last moved, or there was nothing to wait for */
    Lsn flush;
    Lsn flush_before; /* of the observation before the last */
    int32_t pid;
    bool seen_proved; /* streamed since the names are in force */
} Stream;

typedef struct StopWish {
    bool active;
    bool all;
    bool only_agent;
    bool answered;
    uint32_t request;
    Millis since;
} StopWish;

typedef struct FailoverWish {
    bool active; /* an operator waits for the answer */
    uint32_t request;
    Millis deadline;
} FailoverWish;

/* An operator's detach, while it is waited for (node_apart.c). */
typedef struct ApartWish {
    bool active;
    MemberId member;
    bool no_fencing;
    bool force; /* isolated also when it answers */
    uint32_t request;
    Millis deadline;
} ApartWish;

/* An operator's forced switch to this server, while it is waited for (node_force.c). */
typedef struct ForceWish {
    bool active;
    uint32_t request;
    MemberSet without; /* the voters that he stands in for, if need be */
    bool removes;      /* and who vote no more after it (E4) */
    LineId line;       /* on which it was asked for: what it opens is another one */
    LineId over; /* that excludes it, and of which the loss was told (E5); 0: none was known */
    DirId dir;   /* whose end was shown with it */
    bool no_fencing;
    bool whole; /* nothing is lost: it takes over by itself, but for a fencing command that fails */
    uint64_t fencing; /* sequence of its own fencing command (A4), which has not ended; 0: none */
    Millis deadline;
} ForceWish;

/* An operator's change of the voters, while it is waited for (node_members.c). */
typedef struct MembersWish {
    bool active;
    uint32_t request;
    MemberSet without;
    MemberSet with;
    Millis deadline;
} MembersWish;

/* Section 8: what the operator's arbitration command has said (node_standin.c). */
typedef struct StandIn {
    uint64_t order;      /* sequence of the command under way; 0: none */
    bool fencing;        /* which is the fencing command (A4) */
    Millis silent_since; /* the silence that it was asked about began then */
    bool broken;         /* it said so */
    Millis answered_at;
    Millis ask_at; /* not before */
} StandIn;

/* An operator's switch, as far as this server has to do with it (node_switch.c). */
typedef struct SwitchWish {
    bool active;      /* carried out here, or its operator waits here */
    SwitchWord word;  /* as the heartbeat tells it */
    uint32_t request; /* of the operator who waits here; 0: nobody does */
    MemberId from;    /* the primary when it began */
    MemberId asker;   /* at the primary: where the operator waits */
    Epoch epoch;      /* and the record */
    Millis since;
    Millis deadline;     /* for the primary's answer, or its next step */
    Millis decided_at;   /* a record with another primary is known since; 0 */
    SwitchStep told;     /* of the primary's steps, to the operator */
    uint64_t checkpoint; /* sequence of the order under way; 0 */
    Millis
        confirm_at; /* an observation later than this says what the successor must have; 0: not yet */
    Lsn confirm; /* what it must have been seen to have before anybody is cut off; 0: not known yet */
    uint64_t preparing; /* the token that a successor has made its checkpoint for */
} SwitchWish;

typedef struct Node {
    Participant p; /* first: shared with the arbiter */
    Proposer proposer;
    Round round;
    NodeState state;
    Millis state_since;
    uint16_t rule; /* the last that fired */

    /* the record */
    bool confirmed; /* by a full round since agent and instance started, or P1's exception */
    bool empty;     /* a majority knows of no record */
    Millis empty_since;
    AttachVerdict verdict; /* of the directory that was asked about, as fork */
    DirId asked_dir;
    DownReason down_reason;
    Position fork;
    uint8_t rejoins;        /* made over since it was eligible last, and still refused */
    uint8_t rejoins_failed; /* in a row */

    /* the instance */
    InstanceView view;
    Millis view_at;
    bool looked;     /* observed in this run */
    AgentId went_on; /* as the heartbeat tells it */
    bool gone;       /* the postmaster ended, not yet proved stopped */
    uint64_t order;  /* sequence of the order under way; 0: none */
    Millis order_at;
    ActionKind order_kind;
    NamesOrder order_names;
    Upstream order_follow;
    DirectoryOrder order_directory;
    Millis order_not_before;
    bool order_failed;            /* the last one */
    ActionKind order_failed_kind; /* the last that was told of, and when */
    Millis order_failed_told_at;
    uint32_t starts; /* in the present window */
    Millis starts_since;
    bool gate_open;
    bool stopped_clean;
    bool overtaken; /* a round has found a takeover that somebody accepted while this one serves */
    Millis lease_grace; /* an agent that finds its instance open has so long to hold a lease */

    /* primary */
    Names names;       /* last ordered with success */
    bool names_proved; /* and proved since the instance started */
    Millis blind_at;   /* the latest observation in which the instance did not answer */
    Position own_high; /* the furthest end of the own WAL that is known, as a primary */
    Millis
        ran_at; /* when the own instance was last known to run, or only then proved to be gone; 0: not in this run */
    ChainLink
        restored_link; /* of the history that a recovery followed, told by who is eligible; epoch 0: nobody did */
    Lsn proof_flush; /* flush position read after the proof */
    Offer offer[MEMBERS_MAX];
    Millis offer_not_before[MEMBERS_MAX]; /* an attachment of it was given up */
    uint8_t joins_failed;                 /* in a row */
    Lsn flush_past; /* own flush position of about a second ago: a stream that stands is older */
    Lsn flush_recent;
    Millis flush_recent_at;
    MemberSet full_told; /* that no more standbys are attached */
    Names growth; /* what the last change with a proof asks that the own voter accepted (P2) */
    Epoch growth_epoch;
    MemberId joining;     /* attach under way; MEMBER_NONE */
    Millis joining_since; /* or tightening */
    int32_t joining_pid;
    uint8_t joining_quorum;      /* that the settings asked for when it began */
    bool tightening;             /* for a change without a joining standby (node_quorum.c) */
    MemberId tightening_without; /* who leaves by it; MEMBER_NONE: more shall acknowledge */
    Millis tightening_not_before;
    Stream stream[MEMBERS_MAX];
    MemberId later_from; /* its question waits for the next observation; MEMBER_NONE */
    AttachAsk later_ask;
    bool
        lost_wal; /* a standby was found ahead in this reign: nothing is handed back to this server */
    Consent own_consent;
    Millis consent_repeat_at;
    bool opened_once;    /* admitted clients in this run */
    bool took_over;      /* in this run */
    bool others_went_on; /* another server's instance has run since before this run */
    bool by_operator;    /* this run was started by an operator */
    bool start_settled;  /* automatic-off-at-start was decided */

    /* standby */
    Upstream following; /* last ordered with success */
    bool following_known;
    /* This directory was promoted past its agent and began this timeline, whose number a record's may bear; 0: none (D1) */
    TimelineId strange_timeline;
    DirId strange_dir;
    Attachment granted; /* the primary's offer; token 0 */
    Chain granted_chain;
    Millis ask_at;
    Consent heard_consent;
    Millis consent_at; /* when it was first heard under its record */
    Millis claim_not_before;
    bool cut; /* receiver gone for good, end of WAL known, for this claim */
    Position cut_end;
    TimelineId cut_next;
    uint8_t attempts;      /* to start as who is named, or to promote, since it is named */
    Millis try_not_before; /* after many of them */
    Millis failing_told_at;
    bool promoted;
    Position promoted_at;
    MemberSet position_asked; /* by these; answered when cut and bound (P3) */
    MemberSet positions_known;
    PositionAnswer positions[MEMBERS_MAX];
    Millis positions_ask_at;
    Position reported; /* the highest that this directory has reported (P3) */

    StopWish stop;
    FailoverWish failover;
    SwitchWish change;
    ApartWish apart;
    ForceWish force;
    bool fencing_told; /* of this round */
    MembersWish members;
    StandIn stand_in;
    bool given_up;     /* an operator gives up what this directory has of its own (mc_ctl rejoin) */
    bool attach_asked; /* as the heartbeat tells it */
    bool
        back_wanted; /* an operator has started this agent, and no primary has taken it up yet: what is found out
                          about being kept apart is older than this wish */
    bool latest_known; /* by a round in this run, or none was needed: the record is no older one */
    bool wish_held; /* the durable wish about automatic was once fulfilled by a confirmed record */
    uint8_t reported_lost; /* MemberId + 1 whose loss was reported while automatic is off */
} Node;

void node_init(Node *node);

/* Total, without failure: takes in one event and orders what follows from it. */
void node_step(Node *node, const CoreSettings *settings, const Event *event, Actions *out);

/* When it wants the next EVENT_TICK at the latest. */
Millis node_deadline(const Node *node, const CoreSettings *settings);

/* Of the member itself, for whoever asks where everything is (mc_ctl recover). */
void node_evidence(const Node *node, Evidence *ret);

void node_status(const Node *node, const CoreSettings *settings, Millis now, Status *ret);

const char *node_state_words(NodeState state);
uint16_t node_rule_count(void);
const char *node_rule_id(uint16_t rule);

#endif

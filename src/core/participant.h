/* participant.h - what a server and an arbiter have in common: memory, hearing, voting, heartbeats.
 *
 * Owns the durable state; every change of it is followed by ACTION_PERSIST before anything that
 * depends on it is sent (E2). Node and Arbiter embed one Participant as their first member. */
#ifndef MC_CORE_PARTICIPANT_H
#define MC_CORE_PARTICIPANT_H

#include "base/prng.h"
#include "core/event.h"
#include "core/record.h"
#include "core/settings.h"

enum { HEARTBEATS_REMEMBERED = 64 };

/* What is heard of one member. */
typedef struct Peer {
    bool link_up;
    Millis heard_at; /* any message; 0: never in this run */
    bool has_heartbeat;
    Millis heartbeat_at;    /* receipt of `heartbeat` */
    Heartbeat heartbeat;    /* the latest */
    Millis granted_sent_at; /* sending time of my latest heartbeat that it granted a lease for; 0 */
    Millis grants_void;     /* whatever of mine was sent until then it grants no more */
    Millis told_chosen_at;  /* when it was last told of my chosen record because it lagged */
    bool was_silent;        /* reported as silent */
    bool stranger;          /* its last heartbeat named another cluster: nothing of it counts */
    bool stranger_told;     /* and that was reported, once in this run */
    bool old_record_told;   /* that it takes an old record for chosen, once in this run */
    bool split_told;        /* that it follows another line, once in this run */
    Millis silent_since;
    Millis
        there_since; /* heard without a gap since then, in this run and without a leap of time; 0: not yet */
} Peer;

/* P5, the voter's side: what this voter has promised to the primary. */
typedef struct LeaseGiven {
    AgentId agent; /* 0: none */
    MemberId primary;
    Millis until;
} LeaseGiven;

/* E3: a blank voter gets its memory back. */
typedef enum RecallPhase {
    RECALL_NONE = 0, /* the memory is there */
    RECALL_ASKING,   /* which incarnation do you know of me? */
    RECALL_NOTING,   /* note the new one and hand over */
} RecallPhase;

typedef struct Recall {
    RecallPhase phase;
    uint64_t nonce;
    Incarnation incarnation; /* being noted */
    MemberSet answered;
    MemberSet blank;     /* of those: without memory themselves */
    Incarnation highest; /* known by anybody of me */
    Ballot promised;
    Ballot accepted_ballot;
    Record accepted;
    Record chosen;
    VoterMemory memory[MEMBERS_MAX];
    /* E4: of what each that answered has accepted: its epoch, and who votes on it and before it. */
    Epoch beyond_epoch[MEMBERS_MAX];
    MemberSet beyond[MEMBERS_MAX];
    Millis ask_again_at;
    Millis asked_all_at; /* who had answered, too */
} Recall;

/* F1: a voter's fencing command, and what came of it; who is marked stands in Durable. */
typedef struct FencingRun {
    uint64_t order; /* sequence of the command under way; 0: none */
    MemberId target;
    MemberSet failed;             /* it has not isolated these; not yet tried again */
    Millis ended_at;              /* of the last one, whatever came of it */
    Millis asked_at[MEMBERS_MAX]; /* somebody wanted this one left out */
    char said[96];                /* why the last one failed */
} FencingRun;

typedef struct Participant {
    Durable durable;
    MemberId self;
    AgentId agent;
    BootId boot;
    Millis now;
    int64_t wall;
    Millis started_at;
    Millis stepped_at; /* previous event */
    Prng prng;
    uint64_t sequence;        /* of the last action */
    uint64_t persist_ordered; /* sequence of the last ACTION_PERSIST ordered; 0: none */
    uint64_t persist_done;    /* of the last one known durable */
    uint64_t highest_number;  /* of any ballot that was heard of: the next own one goes above it */
    uint64_t generation_durable; /* what may be told to others before a vote */
    Millis persist_since;        /* the oldest one outstanding; 0: none */
    bool persist_failed;         /* the last one ended badly (E2: unwell at once) */
    Peer peer[MEMBERS_MAX];
    LeaseGiven lease;
    bool
        serves; /* it is the primary, and its instance is or may be open: its own voter is bound, too */
    Millis own_lease;         /* by the own settings */
    Millis lease_blind_until; /* P5: one that has just started knows no lease that it gave */
    Recall recall;
    FencingRun fencing;
    bool members_told; /* that somebody has other members */
    bool
        outgrown; /* E4: a later record names members of whom its own network.conf knows nothing: it cannot be held here */
    bool was_alone;      /* reported as without a majority */
    Heartbeat heartbeat; /* the next one to send; node or arbiter keeps it true */
    Millis heartbeat_due;
    Millis sent_at[HEARTBEATS_REMEMBERED]; /* of heartbeat number % HEARTBEATS_REMEMBERED */
    uint64_t sent_number[HEARTBEATS_REMEMBERED];
} Participant;

void participant_start(Participant *p, const CoreSettings *settings, const Event *event,
                       Actions *out);

/* Called first in every step. Notices a leap of time: then everybody is heard anew before anybody
 * is called silent (rule time.leap). Returns true when there was one. */
bool participant_time(Participant *p, const CoreSettings *settings, const Event *event);

Action *participant_order(Participant *p, ActionKind kind, Actions *out);
void participant_persist(Participant *p, Actions *out);
void participant_send(Participant *p, MemberId to, const Message *message, Actions *out);
void participant_broadcast(Participant *p, const Message *message, Actions *out);
void participant_log(Participant *p, LogEntry entry, Actions *out);

/* Takes in a message that concerns hearing, heartbeats, E3 and the voter; true when it was one of
 * them. Learning a record through MESSAGE_CHOSEN or a heartbeat is the owner's work. */
bool participant_message(Participant *p, const CoreSettings *settings, MemberId from,
                         const Message *message, Actions *out);
void participant_link(Participant *p, MemberId member, bool up);
/* The result of an ACTION_PERSIST. */
void participant_persisted(Participant *p, const Done *done, Actions *out);

/* Heartbeats and repeated questions that are due. Makes the next heartbeat go out at once. */
void participant_tick(Participant *p, const CoreSettings *settings, Actions *out);
void participant_hurry(Participant *p);
/* The next time at which participant_tick has something to do. */
Millis participant_deadline(const Participant *p);

/* Records that this one is known to be chosen. Returns false when it is nothing new, or older. */
bool participant_learn(Participant *p, const Record *record, Actions *out);

/* Also of a ballot that is refused: who accepted the first record refuses all who have none, and would stay below
 * their ballots for ever. */
void participant_note_ballot(Participant *p, const Ballot *ballot);
bool participant_has_memory(const Participant *p);

/* P5: the member may vote before what it granted is out, for it has lost its memory, or counts on a shorter lease: whatever was
 * sent to it until now is granted no more. */
void participant_void_grants(Participant *p, MemberId member);
/* E5: two lines have met, and no operator has chosen yet. */
bool participant_is_split(const Participant *p);
/* Voters: of the record, or of network.conf before there is one. */
MemberSet participant_voters(const Participant *p);
bool participant_hears(const Participant *p, const CoreSettings *settings, MemberId member);
MemberSet participant_heard(const Participant *p, const CoreSettings *settings);

/* P5: how long a voter that has forgotten what it granted honours what it may have granted. A lease is counted by the
 * settings of who holds it: where the own settings say less, the longest that it was ever asked for counts. */
Millis participant_blind_time(const Participant *p);
bool participant_hears_majority(const Participant *p, const CoreSettings *settings);
bool participant_hears_majority_of(const Participant *p, const CoreSettings *settings,
                                   MemberSet voters);
/* The database servers among the voters. */
MemberSet participant_servers(const Participant *p);
/* E4: of the record that is known to be chosen, or of one that may be. */
bool participant_is_voter(const Participant *p, MemberId member);
const char *participant_name(const Participant *p, MemberId member);

/* P5: until when the primary may serve, from the answers of a majority; 0: never. */
Millis participant_lease_until(const Participant *p, const CoreSettings *settings);

/* The own voter's part of a round, as for anybody else's (voter.c). */
Refusal voter_prepare(Participant *p, const CoreSettings *settings, MemberId from,
                      const Prepare *prepare);
Refusal voter_accept(Participant *p, const CoreSettings *settings, MemberId from,
                     const Accept *accept);
/* P5, section 5: whether this voter would refuse a takeover now. */
Refusal voter_refuses_takeover(const Participant *p, const CoreSettings *settings, MemberId from,
                               const Consent *consent);
void voter_message(Participant *p, const CoreSettings *settings, MemberId from,
                   const Message *message, Actions *out);
/* Grants or refuses a lease with the answer to a heartbeat (P5). */
bool voter_grants(Participant *p, const CoreSettings *settings, MemberId from,
                  const Heartbeat *heartbeat);

/* F1, F2 (fence.c) */
/* Whether this voter lets `fencing->leave` lose their roles: FENCING and NOT_FENCED say that it does not. */
Refusal fence_refuses(Participant *p, const CoreSettings *settings, const Fencing *fencing);
/* After such a refusal: the command is begun, unless one runs or has just failed. */
void fence_begin(Participant *p, const CoreSettings *settings, const Fencing *fencing,
                 Actions *out);
/* F2: nothing that this one proposes is accepted, and it is granted no lease. */
bool fence_marks(const Participant *p, MemberId member);
/* The result of an ACTION_RUN. */
void fence_ran(Participant *p, const Done *done, Actions *out);
/* Ends the marks of those who are heard again, where they may end. */
void fence_tick(Participant *p, const CoreSettings *settings, Actions *out);
/* Of whom it could not isolate: for the heartbeat. */
MemberSet fence_not_fenced(const Participant *p);

/* E3 (recall.c) */
void recall_begin(Participant *p, Actions *out);
void recall_message(Participant *p, MemberId from, const Message *message, Actions *out);
/* Whether a memory that says this of itself is the one of which `known` was heard, gone on; else it is lost. */
bool recall_goes_on(const VoterMemory *told, const Runs *runs, const VoterMemory *known);
/* The same of what another voter's run `agent` says now; notes what it believes. */
bool recall_believes(Participant *p, MemberId from, AgentId agent, const VoterMemory *told,
                     const Runs *runs);
/* What this one may say of its own memory though it has something to write. */
VoterMemory recall_durable_memory(const Participant *p);
/* The generation about to be written is this run's. */
void recall_note_run(Participant *p);
/* The own memory was found to be lost: not even a restart votes with it. */
void recall_lost(Participant *p, Actions *out);
/* What this one remembers of the voters, unasked. */
void recall_tell(Participant *p, MemberId to, Actions *out);
void recall_tick(Participant *p, Actions *out);
/* Whose answer its memory waits for; none where it has one, or where nobody has told of a record yet. */
MemberSet recall_waits_for(const Participant *p);

#endif

/* proposer.h - one change of the record at a time: prepare, accept, adopt (section 2, E1).
 *
 * A round is for a change "from the record `basis` to `wanted`", or only to confirm what is there.
 * It pauses between the two halves: with a majority of promises in hand and the basis found, the
 * owner either lets the own voter accept (proposer_accept) or gives up (proposer_abandon). That is
 * where the proof of P2 and the position of P3 are looked at once more. */
#ifndef MC_CORE_PROPOSER_H
#define MC_CORE_PROPOSER_H

#include "core/participant.h"

typedef enum ProposerPhase {
    PROPOSER_IDLE = 0,
    PROPOSER_PREPARING,
    PROPOSER_READY, /* a majority has promised and the basis stands: the owner's turn */
    PROPOSER_ACCEPTING,
} ProposerPhase;

typedef enum ProposerOutcome {
    PROPOSER_NOTHING = 0, /* still under way, or idle */
    PROPOSER_CHOSEN,      /* `value` is chosen: the wanted record, or the confirmed one */
    PROPOSER_ADOPTED,     /* another record was found, completed, and is chosen */
    PROPOSER_EMPTY,       /* PURPOSE_READ: a majority knows of no record at all */
    PROPOSER_FAILED,      /* refused, or no majority in time; `refusal` says why */
} ProposerOutcome;

typedef struct Proposer {
    ProposerPhase phase;
    ProposerOutcome outcome; /* of the last round, until it is taken */
    Purpose purpose;
    Consent consent;
    Fencing fencing; /* F1 */
    Ballot ballot;
    Record basis;
    Record wanted;
    Record value; /* being accepted */
    bool adopting;
    Ballot best_ballot; /* highest accepted among the promises */
    Record best;
    MemberSet promised;
    MemberSet accepted;
    MemberSet refusers;
    MemberSet
        stood_in; /* E5: an operator stands in for these by name; they count unless they speak */
    Incarnation counted[MEMBERS_MAX]; /* under which each answer was given (E3) */
    uint64_t own_persist;             /* the own answer counts when this write is durable (E2) */
    MemberSet
        fencers; /* F1: these have somebody isolated first: they are asked again at `ask_at` */
    Millis ask_at;
    Millis fencing_at; /* one of them has said so; 0: nobody has, in this round */
    Refusal refusal;   /* the latest */
    MemberId refused_by;
    Millis deadline;
    Millis not_before; /* random pause after a failure */
    uint32_t failures; /* in a row */
    uint32_t
        strangers; /* refused so often in a row by who knows other voters, or another cluster */
} Proposer;

/* Begins a round. False when the own voter refuses (the outcome is FAILED then) or one is under way. */
bool proposer_begin(Proposer *proposer, Participant *p, const CoreSettings *settings,
                    Purpose purpose, const Consent *consent, const Record *basis,
                    const Record *wanted, Actions *out);

/* E5: an operator stands in for these voters in the round that was just begun. What it finds is not completed then,
 * for it may be of a minority: `wanted` goes past it, on a line of its own. */
void proposer_stand_in(Proposer *proposer, MemberSet voters);

/* F1: the next round is an operator's word: how who leaves by it is isolated. */
void proposer_operator(Proposer *proposer, bool no_fencing, bool heard_too);

/* Ends a pause that it makes because somebody could not be isolated: there is another reason now. */
void proposer_hurry(Proposer *proposer, const Participant *p);

/* READY: the own voter accepts `wanted` (which may have been completed since), durably, then the
 * others are asked. */
void proposer_accept(Proposer *proposer, Participant *p, const CoreSettings *settings,
                     const Record *wanted, Actions *out);
void proposer_abandon(Proposer *proposer, Participant *p);

/* Promises and acceptances of others; false when the message is not for a proposer. */
bool proposer_message(Proposer *proposer, Participant *p, const CoreSettings *settings,
                      MemberId from, const Message *message, Actions *out);
/* A write became durable, or time passed, or an incarnation was noted. */
void proposer_tick(Proposer *proposer, Participant *p, const CoreSettings *settings, Actions *out);
Millis proposer_deadline(const Proposer *proposer);

/* Takes the outcome of the last round; it is NOTHING afterwards. */
ProposerOutcome proposer_take(Proposer *proposer);

bool proposer_is_busy(const Proposer *proposer);
/* The own voter has accepted `wanted` in this round, so it may be chosen (P2, P5). */
bool proposer_may_begin(const Proposer *proposer, const Participant *p);

#endif

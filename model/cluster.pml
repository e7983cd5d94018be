/* cluster.pml - the protocol of src/core/README.md for three voters, explored by spin.
 *
 * One process, one loop: every turn is one step of one member, of its instance, of the network or of fate,
 * chosen freely. What is sent stays sent: a voter may take it now, later, after its sender has died, or
 * never; so loss, delay, duplication and every order of visits come by themselves, and a timer is nothing
 * but a step that may be taken at any time. README.md beside this file says what is left out, and why
 * nothing that was folded together here hides a behaviour.
 *
 * Read step_proposer, step_voter and step_instance; the rest is words for them. The ids (E1, P2, D1, I2)
 * are those of the protocol. Each BREAK_* takes one rule away, LIMIT_* an assumption, and must give a
 * counterexample (run.py). */

/* ---- bounds; run.py sets them ---- */

#ifndef SERVERS
#define SERVERS 2               /* of the three voters, the others are arbiters */
#endif
#ifndef EPOCHS
#define EPOCHS 4                /* highest epoch; the first is 1 */
#endif
#ifndef BALLOTS
#define BALLOTS 3               /* rounds begun between one chosen epoch and the next */
#endif
#ifndef EXTRAS
#define EXTRAS 8                /* of those, beyond the first after each chosen epoch, in all */
#endif
#ifndef CRASHES
#define CRASHES 1               /* of a whole server, or of its agent alone */
#endif
#ifndef LOSSES
#define LOSSES 1                /* of a voter's memory: gone, or an old state put back */
#endif
#ifndef COPIES
#define COPIES LOSSES           /* of a voter's state, made at any time, that may be put back */
#endif
#ifndef ELIGIBLE
#define ELIGIBLE 1              /* standbys that may be eligible at a time */
#endif
#ifndef BEGIN
#define BEGIN 0                 /* who is eligible at the beginning, as a set */
#endif
#ifndef QUORUM
#define QUORUM 0                /* of the eligible, how many acknowledge: 0: all of them; 1: any one */
#endif
#ifndef ENTRIES
#define ENTRIES 2               /* a server writes only while it has fewer WAL entries that not all have */
#endif

/* With HAND_BACK a successor may turn out to be one that cannot be promoted (P3). The primary before is the other server:
 * a record has no room for `former`. */
#if defined(HAND_BACK) && SERVERS != 2
#error "HAND_BACK is for two servers"
#endif

#define VOTERS 3
#define RANKS 9                 /* ballots that are told apart at a time: see tidy_ballots */

/* ---- words ---- */

#define BIT(m)        (1 << (m))
#define IN(m, set)    (((set) >> (m)) & 1)
#define MAJORITY(set) ((set) == 3 || (set) >= 5)
#define EVERYBODY     ((1 << SERVERS) - 1)

/* A record: epoch, primary, the eligible (how many of them acknowledge says QUORUM). */
#define RECORD(epoch, primary, eligible) ((epoch) | ((primary) << 3) | ((eligible) << 5))
#define EPOCH(r)      ((r) & 7)
#define PRIMARY(r)    (((r) >> 3) & 3)
#define OF(r)         ((r) >> 5)
#define FIRST         RECORD(1, 0, BEGIN)
#define NEXT(r, primary, eligible) RECORD(EPOCH(r) + 1, primary, eligible)

/* What a voter knows of the incarnations of all, two bits for each (E3). */
#define KNOWN(know, m) (((know) >> (2 * (m))) & 3)
#define INCARNATION(m, n) ((n) << (2 * (m)))
#define NONE_OLDER(named, know) \
    (KNOWN(named, 0) >= KNOWN(know, 0) && KNOWN(named, 1) >= KNOWN(know, 1) && \
     KNOWN(named, 2) >= KNOWN(know, 2))
#define ALL_FIRST     21

/* WAL: the set of its entries. Entries are numbered in the order in which they are made anywhere, so a set
 * is a sequence, and an entry of another history is another entry. A position is their number: that is all
 * that PostgreSQL compares. */
#define COUNT(wal) \
    (IN(0, wal) + IN(1, wal) + IN(2, wal) + IN(3, wal) + IN(4, wal) + IN(5, wal) + IN(6, wal))
#define LOWEST(wal)   ((wal) & (0 - (wal)))
#define PREFIX(a, b)  (((a) & ~(b)) == 0 && ((a) == (b) || (a) < LOWEST((b) & ~(a))))
#define END_OF(c, wal) COUNT((wal) & (2 * (c) - 1))

#define DOWN    0
#define STANDBY 1
#define CLOSED  2               /* a primary that admits nobody yet */
#define OPEN    3

#define IDLE      0
#define PREPARING 1             /* a majority has promised, its answers are in the air */
#define ACCEPTING 2

/* ---- state ---- */

/* Durable, of each voter (E1, E2, E3). */
byte promised[VOTERS];          /* ballots, as ranks */
byte accepted_at[VOTERS];
byte accepted[VOTERS];          /* a record */
byte chosen[VOTERS];            /* the latest known to be chosen */
byte know[VOTERS];
byte recall[VOTERS];            /* 0: it has its memory; else BIT(3) and who has handed over */

/* A voter's state as it was copied, and who lives with such a state since its host was put back (E3). */
byte copied;                    /* 1 + whose; 0: nobody's */
byte copy_promised, copy_accepted_at, copy_accepted, copy_chosen, copy_know;
bool copy_bound;
#ifdef HAND_BACK
bool copy_handed_back;
#endif
byte stale;                     /* 1 + whose memory was put back unseen; 0: nobody's */
bool caught_up;                 /* with the number of its writes, by writes of its own */
byte copies;

/* Durable, of each server. */
byte wal[SERVERS];
bool was_primary[SERVERS];      /* no standby.signal */
bool bound[SERVERS];            /* P3: the receiver stays cut until a later record is known */
#ifdef HAND_BACK
bool handed_back[SERVERS];      /* P3: under the latest record known it serves no more, in no run of its agent */

/* The word of it that is in the air: of which epoch, and of which incarnation of who said it. 0: none */
byte word_epoch;
byte word_incarnation;
#endif

/* The instances. */
byte mode[SERVERS];
byte follows[SERVERS];          /* 1 + the primary whose WAL the receiver gets; 0: nobody */
byte names[SERVERS];            /* in force: who must have flushed before a commit is acknowledged */
byte waiting[SERVERS];          /* commits whose sessions wait */

/* The agents. */
bool confirmed[SERVERS];        /* P1: by a full round since agent and instance started */
byte proof[SERVERS];            /* the end of WAL that was read after the proof */
byte joining[SERVERS];          /* the standby being attached, as a set */
byte leaving[SERVERS];          /* the standby being detached while another stays, with a quorum */
byte polled[SERVERS];           /* P3: who has answered with the end of its WAL, and the highest answer */
byte polled_end[SERVERS];
byte growth[SERVERS];           /* P2: accepted by the own voter, epoch not decided */
bool consented[SERVERS];        /* P7: serves no more under this epoch */
byte phase[SERVERS];
byte ballot[SERVERS];
byte wanted[SERVERS];           /* record to propose; 0: only read */
byte basis[SERVERS];            /* the record that it follows */
byte answers[SERVERS];          /* who has promised, then who has accepted */
byte best[SERVERS];

/* Every accept message ever sent that some voter might still take, by ballot. */
byte sent[RANKS];               /* the record; 0: none */
byte sent_named[RANKS];
byte takers[RANKS];             /* who has ever accepted it */

/* For the invariants, and for the bounds. */
byte decided[EPOCHS + 1];       /* the record that a majority has accepted */
byte newest;                    /* its highest epoch */
byte promoted_at = 1;           /* the highest epoch under which a server was promoted, and who */
byte promoted;
byte acknowledged;              /* commits */
byte rounds, extras, crashes, losses;

#define HAS_MEMORY(v)   (recall[v] == 0)
#define IS_STALE(v)     (stale == (v) + 1)
#define PENDING(v)      (EPOCH(accepted[v]) > EPOCH(chosen[v]))
#define REMEMBERS(s)    (HAS_MEMORY(s) && chosen[s] != 0)
#define NAMED(s)        (REMEMBERS(s) && PRIMARY(chosen[s]) == (s))
#define ELIGIBLE_IN(s, r) (PRIMARY(r) != (s) && IN(s, OF(r)))
#define RUNS_PRIMARY(s) (mode[s] >= CLOSED)
#define CLAIMS(s)       (wanted[s] != 0 && PRIMARY(wanted[s]) != PRIMARY(basis[s]))
#define ATTACHES(s)     (wanted[s] != 0 && (OF(wanted[s]) & ~OF(basis[s])) != 0)
#define DETACHES(s)     (wanted[s] != 0 && (OF(basis[s]) & ~OF(wanted[s])) != 0 && !CLAIMS(s))

/* E3: u remembers more of v than v does, and they notice once they have to do with each other. The number of
 * its writes tells nothing when v's own have caught up with it; who wrote it does. Everybody has heard of what was
 * lost (README.md). */
#if defined(BREAK_PUT_BACK_VOTES)
#define SEEN_THROUGH false
#elif defined(BREAK_CAUGHT_UP_VOTES)
#define SEEN_THROUGH (!caught_up)
#else
#define SEEN_THROUGH true
#endif
#ifdef LIMIT_UNHEARD
byte unheard;                   /* 1 + who has heard nothing of it */
#define HAS_HEARD(u) (unheard != (u) + 1)
#else
#define HAS_HEARD(u) true
#endif
#define REMEMBERED_BY(u, v)  (IS_STALE(v) && SEEN_THROUGH && HAS_HEARD(u))
#define BELIEVE(u, v)        (!REMEMBERED_BY(u, v) && !REMEMBERED_BY(v, u))
#define KNOWN_STALE(v) \
    (IS_STALE(v) && SEEN_THROUGH && (HAS_HEARD(((v) + 1) % 3) || HAS_HEARD(((v) + 2) % 3)))

/* P2: PostgreSQL waits for what every record asks that may be chosen. Where all acknowledge, it waits for
 * everybody in one of them; where any one does, for one of those who are in each of them. */
#if QUORUM == 0
#define BOTH(x, y) ((x) | (y))
#define TARGET(s)  joining[s]
#else
#define BOTH(x, y) ((x) == 0 -> (y) : ((y) == 0 -> (x) : ((x) & (y))))
#define TARGET(s)  ((joining[s] | leaving[s]) == 0 -> 0 : ((OF(chosen[s]) | joining[s]) & ~leaving[s]))
#endif
#ifdef BREAK_FORGET_PENDING
#define ASKED(s)  (NAMED(s) -> OF(chosen[s]) : 0)
#else
#define OF_PENDING(s) (PENDING(s) && PRIMARY(accepted[s]) == (s) -> OF(accepted[s]) : 0)
#define ASKED(s)  BOTH(BOTH((NAMED(s) -> OF(chosen[s]) : 0), OF_PENDING(s)), growth[s])
#endif
#ifdef BREAK_RELAX_FIRST
#define WANTED_NAMES(s) \
    (phase[s] != IDLE && DETACHES(s) -> OF(wanted[s]) : BOTH(ASKED(s), TARGET(s)))
#else
#define WANTED_NAMES(s) BOTH(ASKED(s), TARGET(s))
#endif

#define STREAMS(j, s)   (follows[j] == (s) + 1)
#define FLUSHED(j, s)   (STREAMS(j, s) && COUNT(wal[j]) >= proof[s])
#define ALL_FLUSHED(set, s) \
    ((!IN(0, set) || FLUSHED(0, s)) && (!IN(1, set) || FLUSHED(1, s)) && \
     (SERVERS == 2 || !IN(2, set) || FLUSHED(SERVERS - 1, s)))
#define ONE_FLUSHED(set, s) \
    ((IN(0, set) && FLUSHED(0, s)) || (IN(1, set) && FLUSHED(1, s)) || \
     (SERVERS == 3 && IN(2, set) && FLUSHED(SERVERS - 1, s)))
#define ENOUGH_FLUSHED(set, s) (QUORUM == 0 || (set) == 0 -> ALL_FLUSHED(set, s) : ONE_FLUSHED(set, s))

/* PostgreSQL releases a commit by the positions that WAL senders report. */
#ifdef BREAK_UNCUT
#define STAYS_CUT false
#define REPORTS(j, s, c) \
    (STREAMS(j, s) && (RUNS_PRIMARY(j) || COUNT(wal[j]) >= END_OF(c, wal[s])))
#else
#define STAYS_CUT true
#define REPORTS(j, s, c) (STREAMS(j, s) && COUNT(wal[j]) >= END_OF(c, wal[s]))
#endif
#define RELEASED_BY_ONE(set, s, c) \
    ((IN(0, set) && REPORTS(0, s, c)) || (IN(1, set) && REPORTS(1, s, c)) || \
     (SERVERS == 3 && IN(2, set) && REPORTS(SERVERS - 1, s, c)))
#define RELEASED(set, s, c) (QUORUM == 0 || (set) == 0 -> RELEASED_BY_ALL(set, s, c) : RELEASED_BY_ONE(set, s, c))
#define RELEASED_BY_ALL(set, s, c) \
    ((!IN(0, set) || REPORTS(0, s, c)) && (!IN(1, set) || REPORTS(1, s, c)) && \
     (SERVERS == 2 || !IN(2, set) || REPORTS(SERVERS - 1, s, c)))

/* Section 7: whose WAL is a prefix of whose, never by the numbers alone. */
#ifdef BREAK_HISTORY_BY_NUMBER
#define MAY_FOLLOW(j, s) (COUNT(wal[j]) <= COUNT(wal[s]))
#elif defined(BREAK_ANY_WAL_FOLLOWS)
#define MAY_FOLLOW(j, s) true
#else
#define MAY_FOLLOW(j, s) PREFIX(wal[j], wal[s])
#endif

/* What a trail tells when it is replayed: a line per turn (run.py --story). */
#define SHOWN(r) EPOCH(r), PRIMARY(r), OF(r)

/* ---- small changes of state ---- */

inline end_round(s)
{
    phase[s] = IDLE; ballot[s] = 0; wanted[s] = 0; basis[s] = 0; answers[s] = 0;
    best[s] = 0; polled[s] = 0; polled_end[s] = 0
}

/* Whoever streams from it has lost its stream. */
inline end_streams(s)
{
    for (k : 0 .. SERVERS - 1) {
        if
        :: follows[k] == s + 1 -> follows[k] = 0
        :: else
        fi
    }
}

inline stop_instance(s)
{
    if
    :: RUNS_PRIMARY(s) -> end_streams(s)
    :: else
    fi;
    mode[s] = DOWN; follows[s] = 0; names[s] = 0; waiting[s] = 0;
    confirmed[s] = false; proof[s] = 0; joining[s] = 0; leaving[s] = 0
}

inline forget_agent(s)
{
    end_round(s);
    confirmed[s] = false; proof[s] = 0; joining[s] = 0; leaving[s] = 0; growth[s] = 0; consented[s] = false
}

/* A later record is known to be chosen. */
inline learn(v, r)
{
    if
    :: EPOCH(r) > EPOCH(chosen[v]) ->
        chosen[v] = r;
        if
        :: v < SERVERS ->
            bound[v] = false; growth[v] = 0; consented[v] = false;
#ifdef HAND_BACK
            handed_back[v] = false;
#endif
            joining[v] = joining[v] & ~OF(r); leaving[v] = leaving[v] & OF(r);
            proof[v] = (mode[v] == CLOSED || (joining[v] | leaving[v]) != 0 -> proof[v] : 0);
            if
            :: PRIMARY(r) != v -> joining[v] = 0; leaving[v] = 0
            :: else
            fi
        :: else
        fi
    :: else
    fi
}

/* I4: two records of one epoch are equal. A record is chosen once a majority has accepted it, also those that have lost
 * their memory since: more than the text asks. With REMEMBERED only votes count that their voters remember, as in the
 * simulator; with HEARD only what a proposer has heard to be chosen, which is all that anybody acts on. */
#ifdef HEARD
#define BY_MAJORITY(b) false
#define BY_WORD        true
#else
#define BY_MAJORITY(b) MAJORITY(takers[b])
#define BY_WORD        false
#endif

inline note_decided(b, is_chosen)
{
    if
    :: is_chosen ->
        assert(decided[EPOCH(sent[b])] == 0 || decided[EPOCH(sent[b])] == sent[b]);
        decided[EPOCH(sent[b])] = sent[b];
        if
        :: EPOCH(sent[b]) > newest ->
            assert(EPOCH(sent[b]) == newest + 1);
            newest = EPOCH(sent[b]); rounds = 0
        :: else
        fi
    :: else
    fi
}

inline take_accept(v, b)
{
    promised[v] = b; accepted_at[v] = b; accepted[v] = sent[b];
    takers[b] = takers[b] | (KNOWN_STALE(v) -> 0 : BIT(v));      /* a stale one does not remember */
    note_decided(b, BY_MAJORITY(b))
}

#include "tidy.pml"

#define ALL_ENTRIES (wal[0] | wal[1] | wal[SERVERS - 1] | acknowledged)
#define MAY_WRITE(s) (COUNT(wal[s]) < ENTRIES)
inline find_next_entry()
{
    b = 1;
    do
    :: b <= ALL_ENTRIES -> b = b << 1
    :: else -> break
    od;
    assert(b < 128)
}

/* ---- free choices ---- */

inline pick_server(x)
{
    if
    :: x = 0
    :: x = 1
#if SERVERS == 3
    :: x = 2
#endif
    fi
}

inline pick_voter(x)
{
    if
    :: x = 0
    :: x = 1
    :: x = 2
    fi
}

/* One other than s out of a set that holds one. */
inline pick_standby(s, set)
{
    if
    :: s != 0 && IN(0, set) -> v = 0
    :: s != 1 && IN(1, set) -> v = 1
#if SERVERS == 3
    :: s != 2 && IN(2, set) -> v = 2
#endif
    :: else -> v = (s + 1) % SERVERS
    fi
}

/* ---- rounds (E1) ---- */

#ifdef BREAK_LOWER_BALLOT
#define HIGHER_THAN_PROMISED(b, v) true
#define NOT_BELOW_PROMISED(b, v)   true
#else
#define HIGHER_THAN_PROMISED(b, v) ((b) > promised[v])
#define NOT_BELOW_PROMISED(b, v)   ((b) >= promised[v])
#endif
#ifdef BREAK_INCARNATIONS
#define KNOWS_NONE_NEWER(v, named) true
#else
#define KNOWS_NONE_NEWER(v, named) NONE_OLDER(named, know[v])
#endif

#define LATER(x, y)   ((x) > (y) -> (x) : (y))
#define TOP_BALLOT    LATER(LATER(promised[0], promised[1]), promised[2])

/* A ballot above what is promised anywhere; how it stands to one that is still in the air of a memory that was
 * lost is open. With LOW_BALLOTS it is only above what the own voter has promised (README.md). */
inline pick_ballot(s)
{
#ifdef LOW_BALLOTS
    b = promised[s] + 1;
#else
    b = TOP_BALLOT + 1;
#endif
    do
    :: b <= TOP_BALLOT || sent[b] != 0 -> b++
    :: break
    od
}

/* The bounds. A server that has started asks for the latest record; while nobody else has anything under way,
 * that is not counted. */
#define QUIET (phase[0] + phase[1] + phase[SERVERS - 1] == 0 && sent[2] + sent[3] + sent[4] + sent[5] == 0)
#define COSTS_NOTHING(s) (QUIET && !confirmed[s])
#define MAY_BEGIN(s) \
    (HAS_MEMORY(s) && (COSTS_NOTHING(s) || (rounds < BALLOTS && (rounds == 0 || extras < EXTRAS))))

/* The own voter first, durably; then the first of the others that takes the prepare, which is v. The two are
 * one step: what comes between them cannot make the round another one (README.md). The answers are in the
 * air until the proposer's next step. */
inline begin_round(s, record)
{
    pick_ballot(s);
    pick_voter(v);
    if
    :: v != s && HAS_MEMORY(v) && HIGHER_THAN_PROMISED(b, v) && KNOWS_NONE_NEWER(v, know[s]) && BELIEVE(v, s) ->
        d_step {
            wanted[s] = record;         /* k may be in it, and open_gap counts with k */
            open_gap(b);
            extras = extras + (rounds > 0 && !COSTS_NOTHING(s) -> 1 : 0);
            rounds = rounds + (COSTS_NOTHING(s) -> 0 : 1);
            printf("%d: round with %d for record %d of %d, eligible %d\n", s, v, SHOWN(wanted[s]));
            phase[s] = PREPARING; ballot[s] = b;
            basis[s] = (wanted[s] != 0 -> chosen[s] : 0);
            promised[s] = b; promised[v] = b; answers[s] = BIT(s) | BIT(v);
            best[s] = (accepted_at[v] > accepted_at[s] -> accepted[v] : accepted[s])
        }
    :: else -> goto idle
    fi
}

#define MAY_CHANGE(s) (MAY_BEGIN(s) && EPOCH(chosen[s]) < EPOCHS)

/* P3: the receiver goes and cannot come back, then the end of its WAL is known. */
inline cut_receiver(s)
{
    follows[s] = (STAYS_CUT -> 0 : follows[s])
}

/* The own voter first; it refuses like any other. From here on the value may be chosen without this proposer. */
inline send_accept(s, record)
{
    if
    :: promised[s] > ballot[s] || EPOCH(record) < EPOCH(chosen[s]) -> end_round(s)
    :: else ->
        b = ballot[s];
        sent[b] = record; sent_named[b] = know[s];
        if
#if QUORUM == 0
        :: sent[b] == wanted[s] && ATTACHES(s) -> growth[s] = OF(wanted[s]) & ~OF(basis[s])
#else
        :: sent[b] == wanted[s] && !CLAIMS(s) -> growth[s] = OF(wanted[s])
#endif
        :: sent[b] == wanted[s] && CLAIMS(s) -> bound[s] = true; cut_receiver(s)
        :: else
        fi;
        printf("%d: accepts itself, and sends, record %d of %d, eligible %d\n", s, SHOWN(sent[b]));
        phase[s] = ACCEPTING; answers[s] = BIT(s); best[s] = 0;
        take_accept(s, b)
    fi
}

/* A majority has promised: what was accepted under the highest ballot stands; only on its basis is something
 * new proposed, and after a last look where the world may have moved on (P2, P3). */
#ifdef BREAK_ADOPT_NOTHING
#define MUST_ADOPT(s) (wanted[s] == 0)
#else
#define MUST_ADOPT(s) (wanted[s] == 0 || best[s] != basis[s])
#endif

#ifdef BREAK_STALE_PROOF
#define LAST_LOOK(s) true
#else
#define LAST_LOOK(s) MAY_GROW(s)
#endif

/* P2: the names that hold j are in force, and j has flushed what was there when that was seen. */
#ifdef BREAK_ATTACH_UNFLUSHED
#define CAUGHT_UP(s) true
#else
#define CAUGHT_UP(s) ALL_FLUSHED(TARGET(s), s)
#endif
#define MAY_GROW(s) \
    (mode[s] == OPEN && NAMED(s) && confirmed[s] && (joining[s] | leaving[s]) != 0 && CAUGHT_UP(s))
#if QUORUM == 0 || defined(BREAK_SHRINK_UNPROVED)
#define DETACHES_FREELY(s) true
#else
/* Whoever is left must hold what the other alone may have: that is proved as for a growth. */
#define DETACHES_FREELY(s) (COUNT(OF(chosen[s])) == 1)
#endif

/* P7, P3: this run of the agent has said that it serves no more under this record, or is bound by what one before has said. */
#ifdef HAND_BACK
#ifdef BREAK_HAND_BACK_FORGOTTEN
#define BINDS_MEMORY false
#else
#define BINDS_MEMORY true
#endif
#define GAVE_WORD(s) (consented[s] || (handed_back[s] && BINDS_MEMORY))
#else
#define GAVE_WORD(s) consented[s]
#endif

/* P3: of n eligible n - k + 1 have answered, and none has more. */
#if QUORUM == 0
#define POLLED(s)   true
#define IS_AHEAD(s) true
#else
#define POLLED(s)   ((OF(basis[s]) & ~BIT(s) & ~polled[s]) == 0)
#define IS_AHEAD(s) (COUNT(wal[s]) >= polled_end[s])
#endif
#ifdef BREAK_UNBOUND
#define BINDS false
#else
#define BINDS true
#endif

/* P3: only who is eligible. */
#ifdef BREAK_CLAIM_INELIGIBLE
#define MAY_CLAIM(s) (mode[s] == STANDBY && REMEMBERS(s) && confirmed[s] && !NAMED(s))
#else
#define MAY_CLAIM(s) (mode[s] == STANDBY && REMEMBERS(s) && confirmed[s] && ELIGIBLE_IN(s, chosen[s]))
#endif

/* P3: the role is given back to this server, whose directory lies as its reign has left it. */
#ifdef BREAK_HAND_BACK_ANY_MEMORY
#define WORD_HOLDS(s) true
#else
#define WORD_HOLDS(s) (word_incarnation >= KNOWN(know[s], 1 - (s)))
#endif
#ifdef HAND_BACK
#define RETURNS(s) \
    (mode[s] == DOWN && was_primary[s] && REMEMBERS(s) && confirmed[s] && !NAMED(s) && word_epoch == EPOCH(chosen[s]) && \
     WORD_HOLDS(s))
#define TAKES_ROLE(s) (MAY_CLAIM(s) || RETURNS(s))
#else
#define TAKES_ROLE(s) MAY_CLAIM(s)
#endif

inline step_proposer(s)
{
    if
    /* P1, and to learn what became of a pending record (P2). */
    :: MAY_BEGIN(s) && (!confirmed[s] || PENDING(s)) ->
        begin_round(s, 0)
    /* attach */
    :: MAY_CHANGE(s) && MAY_GROW(s) && !PENDING(s) ->
        begin_round(s, NEXT(chosen[s], s, (OF(chosen[s]) | joining[s]) & ~leaving[s]))
    /* detach: whatever makes the primary think so */
    :: MAY_CHANGE(s) && RUNS_PRIMARY(s) && NAMED(s) && OF(chosen[s]) != 0 && !PENDING(s) && DETACHES_FREELY(s) ->
        pick_standby(s, OF(chosen[s]));
        k = v;
        begin_round(s, NEXT(chosen[s], s, OF(chosen[s]) & ~BIT(k)))
    /* takeover and handover */
    :: MAY_CHANGE(s) && MAY_CLAIM(s) ->
        begin_round(s, NEXT(chosen[s], s, 0))
#ifdef HAND_BACK
    :: MAY_CHANGE(s) && RETURNS(s) ->
        printf("%d: takes the role that was handed back\n", s);
        begin_round(s, NEXT(chosen[s], s, 0))
#endif
    /* P7: nobody came; to serve again takes a later record */
    :: MAY_CHANGE(s) && NAMED(s) && GAVE_WORD(s) ->
        begin_round(s, NEXT(chosen[s], s, OF(chosen[s])))
    :: phase[s] == PREPARING && MAJORITY(answers[s]) && (MUST_ADOPT(s) || !CLAIMS(s) || POLLED(s)) ->
        d_step {
            if
            :: MUST_ADOPT(s) -> send_accept(s, best[s])
            :: !MUST_ADOPT(s) && (ATTACHES(s) || leaving[s] != 0) && !LAST_LOOK(s) ->
                printf("%d: the proof is stale\n", s);
                end_round(s)
            :: !MUST_ADOPT(s) && CLAIMS(s) && (!TAKES_ROLE(s) || !IS_AHEAD(s)) ->
                printf("%d: may claim no more\n", s);
                end_round(s)
            :: else -> send_accept(s, wanted[s])
            fi
        }
    :: phase[s] == ACCEPTING && MAJORITY(answers[s]) ->
        d_step {
            printf("%d: hears that record %d of %d, eligible %d is chosen\n", s, SHOWN(sent[ballot[s]]));
            note_decided(ballot[s], BY_WORD);
            assert(decided[EPOCH(sent[ballot[s]])] == sent[ballot[s]]); /* I4: it is chosen */
            learn(s, sent[ballot[s]]);
            confirmed[s] = (chosen[s] == sent[ballot[s]]);
            end_round(s)
        }
    :: else -> goto idle
    fi
}

/* ---- voters (E1 to E3) ---- */

#define MAY_TAKE(v, b) \
    (sent[b] != 0 && accepted_at[v] != (b) && NOT_BELOW_PROMISED(b, v) && \
     EPOCH(sent[b]) >= EPOCH(chosen[v]) && KNOWS_NONE_NEWER(v, sent_named[b]))

/* Any accept message that v may take; rank 0 when there is none left to choose. */
inline pick_sent(v)
{
    b = RANKS - 1;
    do
    :: b > 0 && MAY_TAKE(v, b) -> break
    :: b > 0 -> b--
    :: b == 0 -> break
    od
}

#ifdef BREAK_RECALL_MAJORITY
#define ALL_HANDED_OVER(v) (recall[v] != BIT(3))
#else
#define ALL_HANDED_OVER(v) ((recall[v] | BIT(v)) == 15)
#endif

inline hand_over(u, v)
{
    know[u] = (know[u] & ~INCARNATION(v, 3)) | INCARNATION(v, KNOWN(know[v], v));
    know[v] = INCARNATION(0, LATER(KNOWN(know[u], 0), KNOWN(know[v], 0))) |
              INCARNATION(1, LATER(KNOWN(know[u], 1), KNOWN(know[v], 1))) |
              INCARNATION(2, LATER(KNOWN(know[u], 2), KNOWN(know[v], 2)));
#if !defined(BREAK_INCARNATIONS) && !defined(BREAK_BLANK_ONLY_READS)
    /* What the lost memory answered counts no more in a round of this one. */
    if
    :: u < SERVERS -> answers[u] = answers[u] & ~BIT(v)
    :: else
    fi;
#endif
    promised[v] = LATER(promised[u], promised[v]);
    chosen[v] = (EPOCH(chosen[u]) > EPOCH(chosen[v]) -> chosen[u] : chosen[v]);
    accepted[v] = (accepted_at[u] > accepted_at[v] -> accepted[u] : accepted[v]);
    accepted_at[v] = LATER(accepted_at[u], accepted_at[v]);
    recall[v] = recall[v] | BIT(u);
    if
    :: ALL_HANDED_OVER(v) ->
        recall[v] = 0;
#ifdef REMEMBERED
        takers[accepted_at[v]] = takers[accepted_at[v]] | (sent[accepted_at[v]] != 0 -> BIT(v) : 0);
        note_decided(accepted_at[v], BY_MAJORITY(accepted_at[v]))
#endif
    :: else
    fi
}

/* P3: who no longer knows whether it has answered a poll is bound by that. */
#if QUORUM == 0
#define BOUND_BY_LOSS false
#else
#define BOUND_BY_LOSS true
#endif
#ifdef BREAK_BLANK_ONLY_READS
#define MORE_THAN_KNOWN 0
#else
#define MORE_THAN_KNOWN 1       /* than any other remembers of it */
#endif

inline lose_memory(v)
{
    if
    :: v < SERVERS ->
        forget_agent(v); bound[v] = BOUND_BY_LOSS
#ifdef HAND_BACK
        ; handed_back[v] = false
#endif
    :: else
    fi;
    if
    :: IS_STALE(v) -> stale = 0; caught_up = false
    :: else
    fi;
#ifdef REMEMBERED
    for (k : 1 .. RANKS - 1) { takers[k] = takers[k] & ~BIT(v) }
#endif
    promised[v] = 0; accepted_at[v] = 0; accepted[v] = 0; chosen[v] = 0;
#ifndef BREAK_BLANK_VOTES
    recall[v] = BIT(3);
    b = MORE_THAN_KNOWN + LATER(KNOWN(know[(v + 1) % 3], v), KNOWN(know[(v + 2) % 3], v));
    know[v] = (ALL_FIRST & ~INCARNATION(v, 3)) | INCARNATION(v, b);
    b = 0
#endif
}

inline step_voter(v)
{
    if
    :: HAS_MEMORY(v) ->
        pick_sent(v);
        if
        :: sent[b] != 0 ->
            d_step {
                printf("%d: accepts record %d of %d, eligible %d\n", v, SHOWN(sent[b]));
                take_accept(v, b);
                for (k : 0 .. SERVERS - 1) {
                    if
                    :: phase[k] == ACCEPTING && ballot[k] == b && BELIEVE(k, v) -> answers[k] = answers[k] | BIT(v)
                    :: else
                    fi
                }
                k = 0
            }
        :: else -> goto idle
        fi
    /* What one knows to be chosen, others hear. */
    :: HAS_MEMORY(v) && v < SERVERS ->
        pick_server(b);
        if
        :: EPOCH(chosen[b]) > EPOCH(chosen[v]) ->
            d_step {
                printf("%d: is told of record %d of %d, eligible %d\n", v, SHOWN(chosen[b]));
                learn(v, chosen[b])
            }
        :: else -> goto idle
        fi
    :: IS_STALE(v) && !caught_up ->
        d_step { printf("%d: writes as much as was lost\n", v); caught_up = true }
    :: KNOWN_STALE(v) ->
        d_step { printf("%d: is told that more is remembered of it\n", v); lose_memory(v) }
    /* E3: another voter notes the new incarnation in the same step in which it hands over. */
    :: !HAS_MEMORY(v) ->
        pick_voter(b);
        if
        :: b != v && !IN(b, recall[v]) && HAS_MEMORY(b) ->
            d_step { printf("%d: hands over to %d\n", b, v); hand_over(b, v) }
        :: else -> goto idle
        fi
    fi
}

/* ---- instances (P1 to P4, D1) ---- */

/* I2 at the moment that matters: what was acknowledged is here. */
#define HOLDS_ALL(s) ((acknowledged & ~wal[s]) == 0)

#define DEPOSED(s) (promoted_at > EPOCH(chosen[s]) && promoted != (s))

#ifdef BREAK_OPEN_UNCONFIRMED
#define CONFIRMED(s) true
#define LATEST_KNOWN(s) true
#else
#define CONFIRMED(s) confirmed[s]
#define LATEST_KNOWN(s) (confirmed[s] && !PENDING(s))
#endif

#ifdef BREAK_SOLO_ON_ACCEPTED
#define KNOWN_SOLO(s) (PRIMARY(accepted[s]) == s && accepted[s] != 0 && OF(accepted[s]) == 0)
inline open_alone(s) { learn(s, accepted[s]); confirmed[s] = true }
#else
/* A state file that was put back is known by what the host remembers outside of it; and a host that was restarted
 * with it waits for another to answer and not to contradict. */
#ifdef BREAK_ROLLED_BACK_OPENS
#define IS_OWN(s) true
#else
#define IS_OWN(s) (!IS_STALE(s))
#endif
#ifdef HAND_BACK
#define KNOWN_SOLO(s) (NAMED(s) && OF(chosen[s]) == 0 && accepted[s] == chosen[s] && IS_OWN(s) && !GAVE_WORD(s))
#else
#define KNOWN_SOLO(s) (NAMED(s) && OF(chosen[s]) == 0 && accepted[s] == chosen[s] && IS_OWN(s))
#endif
inline open_alone(s) { confirmed[s] = true }
#endif

#ifdef BREAK_REPLACE_ELIGIBLE
#define MAY_REPLACE(s) (REMEMBERS(s) && ELIGIBLE_IN(s, chosen[s]) && wal[s] != 0)
#define REPLACEMENT(s) 0        /* and the copy is cut off */
#else
#define MAY_REPLACE(s) \
    (REMEMBERS(s) && follows[s] == 0 && !NAMED(s) && !ELIGIBLE_IN(s, chosen[s]) && \
     mode[PRIMARY(chosen[s])] == OPEN && chosen[PRIMARY(chosen[s])] == chosen[s] && \
     !PREFIX(wal[s], wal[PRIMARY(chosen[s])]))
#define REPLACEMENT(s) wal[PRIMARY(chosen[s])]
#endif

#ifdef BREAK_RELOADED_IS_IN_FORCE
#define IN_FORCE(s) (!(WANTED_NAMES(s) & ~names[s]))
#elif defined(BREAK_UNPROVED_START)
#define IN_FORCE(s) (names[s] != 0 || joining[s] != 0)
#else
#define IN_FORCE(s) true
#endif

/* P3: who has handed back starts nothing under that record, and the primary before waits, with its directory as it is, until its
 * successor has opened. */
#ifdef HAND_BACK
#define MAY_START_STANDBY(s) \
    (NAMED(s) -> !was_primary[s] && !GAVE_WORD(s) : !was_primary[s] || RUNS_PRIMARY(PRIMARY(chosen[s])))
#else
#define MAY_START_STANDBY(s) !(NAMED(s) && was_primary[s])
#endif

/* What a member does by itself as soon as it may; doing it later would only do less (README.md). */
inline start_instance(s)
{
    if
    :: mode[s] == DOWN && REMEMBERS(s) ->
        if
        /* P1's exception: a solo record known to be chosen, and the own voter has accepted nothing since. */
        :: !confirmed[s] && KNOWN_SOLO(s) -> open_alone(s)
        :: else
        fi;
        if
        :: CONFIRMED(s) && NAMED(s) && was_primary[s] -> mode[s] = (GAVE_WORD(s) -> DOWN : CLOSED)
        :: CONFIRMED(s) && MAY_START_STANDBY(s) ->
            printf("%d: starts as a standby\n", s);
            mode[s] = STANDBY; was_primary[s] = false
        :: else
        fi
    :: else
    fi
}

/* P2: put in force what is asked, see it in force, then read the end of WAL. */
inline set_names(s)
{
    if
    :: RUNS_PRIMARY(s) && NAMED(s) && (confirmed[s] || mode[s] == CLOSED) ->
        names[s] = (IN_FORCE(s) -> WANTED_NAMES(s) : names[s]);
        proof[s] = (mode[s] == CLOSED -> COUNT(wal[s]) : proof[s])
    :: else
    fi
}

inline follow(s)
{
    if
    :: mode[s] == STANDBY && follows[s] == 0 && REMEMBERS(s) && confirmed[s] && !NAMED(s) && !bound[s] &&
       RUNS_PRIMARY(PRIMARY(chosen[s])) && MAY_FOLLOW(s, PRIMARY(chosen[s])) ->
        printf("%d: follows %d\n", s, PRIMARY(chosen[s]));
        follows[s] = PRIMARY(chosen[s]) + 1
    :: else
    fi
}

/* P1 */
inline open(s)
{
    if
    :: mode[s] == CLOSED && LATEST_KNOWN(s) && NAMED(s) &&
       ENOUGH_FLUSHED(OF(chosen[s]), s) ->
        printf("%d: opens under epoch %d\n", s, EPOCH(chosen[s]));
        assert(DEPOSED(s) || HOLDS_ALL(s)); /* I2 */
        mode[s] = OPEN; proof[s] = 0
#ifdef HAND_BACK
        /* I1: to whom the role has come back is not promoted, but serves under another epoch than before. */
        ; if
        :: EPOCH(chosen[s]) > promoted_at -> promoted_at = EPOCH(chosen[s]); promoted = s
        :: else
        fi
#endif
    :: else
    fi
}

/* The entry after as many as it has. */
inline receive(s)
{
    k = COUNT(wal[s]);
    b = wal[follows[s] - 1];
    do
    :: k > 0 -> b = b & (b - 1); k--
    :: else -> break
    od;
    wal[s] = wal[s] | LOWEST(b);
    printf("%d: receives WAL, has %d\n", s, wal[s]);
    b = 0
}

inline promote(s)
{
    printf("%d: is promoted under epoch %d, has %d\n", s, EPOCH(chosen[s]), wal[s]);
    assert(HOLDS_ALL(s));       /* I2 */
    find_next_entry();
    wal[s] = wal[s] | b;        /* the end of recovery: its history is its own from here */
    b = 0;
    mode[s] = CLOSED; was_primary[s] = true; cut_receiver(s);
    if
    :: EPOCH(chosen[s]) > promoted_at -> promoted_at = EPOCH(chosen[s]); promoted = s
    :: else
    fi
}

#ifdef HAND_BACK
/* P3: stopped and proved, durable, then the word; nothing has begun in this directory under the record. */
inline hand_back(s)
{
    printf("%d: hands the role back\n", s);
    stop_instance(s); end_round(s);
    consented[s] = true; handed_back[s] = true;
    word_epoch = EPOCH(chosen[s]); word_incarnation = KNOWN(know[s], s)
}
#endif

inline step_standby(s)
{
    if
    :: follows[s] != 0 && follows[s] != PRIMARY(chosen[s]) + 1 && REMEMBERS(s) && confirmed[s] ->
        d_step { printf("%d: leaves its upstream\n", s); follows[s] = 0 }
    :: follows[s] != 0 && COUNT(wal[s]) < COUNT(wal[follows[s] - 1]) -> d_step { receive(s) }
#if QUORUM == 1
    /* P3: the answer to a claim binds: the receiver is gone first, and stays so. */
    :: REMEMBERS(s) && !bound[s] ->
        pick_server(b);
        if
        :: b != s && phase[b] == PREPARING && MAJORITY(answers[b]) && CLAIMS(b) && basis[b] == chosen[s] &&
           ELIGIBLE_IN(s, chosen[s]) && !IN(s, polled[b]) ->
            d_step {
                printf("%d: answers the poll of %d, has %d\n", s, b, wal[s]);
                follows[s] = 0; bound[s] = BINDS;
                polled[b] = polled[b] | BIT(s); polled_end[b] = LATER(polled_end[b], COUNT(wal[s]))
            }
        :: else -> goto idle
        fi
#endif
    /* P3; what was known before the agent started, or was handed back (E3), may have been overtaken. */
    :: NAMED(s) && confirmed[s] -> d_step { promote(s) }
#ifdef HAND_BACK
    :: NAMED(s) && confirmed[s] && !PENDING(s) && OF(chosen[s]) == 0 -> d_step { hand_back(s) }
#endif
    /* Rewound, or copied anew (P4, D1): from the server that has opened under the chosen record. */
    :: MAY_REPLACE(s) -> d_step { printf("%d: is replaced\n", s); wal[s] = REPLACEMENT(s) }
    :: else -> goto idle
    fi
}

#define FIRST_WAITING(s) LOWEST(waiting[s])

inline step_primary(s)
{
    if
    /* P4; and a primary whose voter has lost its memory does not serve (E3). */
    :: HAS_MEMORY(s) && !NAMED(s) -> d_step { printf("%d: is deposed\n", s); stop_instance(s) }
    :: !HAS_MEMORY(s) -> d_step { printf("%d: is fenced\n", s); stop_instance(s) }
    /* P7: stopped and proved, then the word. */
    :: NAMED(s) && ASKED(s) != 0 ->
        d_step { printf("%d: consents\n", s); stop_instance(s); consented[s] = true }
#ifdef BREAK_HAND_BACK_OPENED
    :: NAMED(s) && confirmed[s] && !PENDING(s) && OF(chosen[s]) == 0 -> d_step { hand_back(s) }
#endif
    /* Clients. */
    :: mode[s] == OPEN && MAY_WRITE(s) ->
        d_step {
            find_next_entry();
            wal[s] = wal[s] | b; waiting[s] = waiting[s] | b;
            printf("%d: writes a commit, has %d\n", s, wal[s]);
            b = 0
        }
    :: waiting[s] != 0 && RELEASED(names[s], s, FIRST_WAITING(s)) ->
        d_step {
            printf("%d: acknowledges %d\n", s, FIRST_WAITING(s));
            assert(!DEPOSED(s));                /* I1 */
            acknowledged = acknowledged | FIRST_WAITING(s);
            waiting[s] = waiting[s] & ~FIRST_WAITING(s)
        }
    /* P2, grow: first PostgreSQL, then the end of WAL. */
    :: mode[s] == OPEN && confirmed[s] && NAMED(s) && !PENDING(s) &&
       (joining[s] | leaving[s]) == 0 && COUNT(OF(chosen[s])) < ELIGIBLE ->
        pick_standby(s, EVERYBODY & ~OF(chosen[s]));
        if
        :: STREAMS(v, s) ->
            d_step {
                printf("%d: tightens its names for %d\n", s, v);
                joining[s] = BIT(v); proof[s] = COUNT(wal[s])
            }
        :: else -> goto idle
        fi
#if QUORUM == 1
    :: mode[s] == OPEN && confirmed[s] && NAMED(s) && !PENDING(s) &&
       (joining[s] | leaving[s]) == 0 && !DETACHES_FREELY(s) ->
        pick_standby(s, OF(chosen[s]));
        d_step {
            printf("%d: tightens its names without %d\n", s, v);
            leaving[s] = BIT(v); proof[s] = COUNT(wal[s])
        }
#endif
    :: (joining[s] | leaving[s]) != 0 && phase[s] != ACCEPTING ->
        d_step {
            printf("%d: gives up the attachment\n", s);
            joining[s] = 0; leaving[s] = 0; proof[s] = 0; end_round(s)
        }
#if defined(BREAK_RELOADED_IS_IN_FORCE) || defined(BREAK_UNPROVED_START)
    /* The checkpointer comes to it. */
    :: NAMED(s) && confirmed[s] && names[s] != WANTED_NAMES(s) -> names[s] = WANTED_NAMES(s)
#endif
    :: else -> goto idle
    fi
}

inline step_instance(s)
{
    if
    :: mode[s] == DOWN -> goto idle
    :: mode[s] == STANDBY -> step_standby(s)
    :: RUNS_PRIMARY(s) -> step_primary(s)
    fi
}

/* ---- fate ---- */

#define ALL_REMEMBER (HAS_MEMORY(0) && HAS_MEMORY(1) && HAS_MEMORY(2))

inline make_copy(v)
{
    copied = v + 1;
    copy_promised = promised[v]; copy_accepted_at = accepted_at[v]; copy_accepted = accepted[v];
    copy_chosen = chosen[v]; copy_know = know[v];
    copy_bound = (v < SERVERS -> bound[v % SERVERS] : false);
#ifdef HAND_BACK
    copy_handed_back = (v < SERVERS -> handed_back[v % SERVERS] : false);
#endif
    copies++
}

inline drop_copy()
{
    copied = 0; copy_promised = 0; copy_accepted_at = 0; copy_accepted = 0; copy_chosen = 0; copy_know = 0;
#ifdef HAND_BACK
    copy_handed_back = false;
#endif
    copy_bound = false
}

#define COPY_DIFFERS(v) \
    (copy_promised != promised[v] || copy_accepted_at != accepted_at[v] || copy_chosen != chosen[v])

/* The whole host, so the file looks like its own. */
inline put_back(v)
{
    if
    :: v < SERVERS ->
        stop_instance(v); forget_agent(v); bound[v] = copy_bound
#ifdef HAND_BACK
        ; handed_back[v] = copy_handed_back
#endif
    :: else
    fi;
    promised[v] = copy_promised; accepted_at[v] = copy_accepted_at; accepted[v] = copy_accepted;
    chosen[v] = copy_chosen; know[v] = copy_know;
    stale = v + 1;
    drop_copy()
}

inline step_fate()
{
    if
    :: crashes < CRASHES ->
        pick_server(s);
        if
        /* The whole server. */
        :: d_step { printf("%d: the server crashes\n", s); stop_instance(s); forget_agent(s) }
        /* The agent alone: its instance goes on as it is. */
        :: d_step { printf("%d: the agent crashes\n", s); forget_agent(s) }
        /* The instance alone. */
        :: mode[s] != DOWN -> d_step { printf("%d: the instance crashes\n", s); stop_instance(s) }
        fi;
        crashes++
    /* Missing, damaged, or not the file that it wrote. */
    :: losses < LOSSES && stale == 0 ->
        pick_voter(v);
        d_step { printf("%d: loses its memory\n", v); lose_memory(v) };
        losses++
    :: losses < LOSSES && copies < COPIES && copied == 0 && stale == 0 ->
        pick_voter(v);
        if
        :: HAS_MEMORY(v) -> d_step { printf("%d: its state is copied\n", v); make_copy(v) }
        :: else -> goto idle
        fi
    :: losses < LOSSES && copied != 0 && stale == 0 && ALL_REMEMBER ->
#ifdef LIMIT_UNHEARD
        pick_voter(b);
        unheard = b + 1;
#endif
        d_step {
            v = copied - 1;
            if
            :: COPY_DIFFERS(v) ->
                printf("%d: an old state is put back\n", v);
                put_back(v); losses++
            :: else
            fi
        }
    fi;
    if
    :: losses == LOSSES -> drop_copy()
    :: else
    fi
}

/* ---- the world ---- */

init
{
    byte s, v, b, k;
    d_step {
        for (v : 0 .. VOTERS - 1) {
            promised[v] = 1; accepted_at[v] = 1; accepted[v] = FIRST; chosen[v] = FIRST;
            know[v] = ALL_FIRST
        }
        for (s : 1 .. SERVERS - 1) {
            mode[s] = STANDBY; follows[s] = 1; confirmed[s] = true
        }
        confirmed[0] = true;
        mode[0] = OPEN; was_primary[0] = true; names[0] = BEGIN;
        decided[1] = FIRST; newest = 1;
        s = 0; v = 0
    }
    do
    :: atomic {
        if
        :: pick_server(s); step_proposer(s)
        :: pick_voter(v); step_voter(v)
        :: pick_server(s); step_instance(s)
        :: crashes < CRASHES || losses < LOSSES -> step_fate()
        fi;
        d_step {
            for (s : 0 .. SERVERS - 1) { start_instance(s); set_names(s) }
            for (s : 0 .. SERVERS - 1) { follow(s) }
            for (s : 0 .. SERVERS - 1) { open(s); set_names(s) }
            tidy_ballots(); tidy_wal(); tidy_places()
#ifdef HAND_BACK
            ; tidy_word()
#endif
        }
idle:   s = 0;
        d_step { v = 0; b = 0; k = 0 }
    }
    od
}

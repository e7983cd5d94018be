/* growth.pml - one growth (P2) among three to five voters, explored by spin: how long it binds the primary, and who remembers.
 *
 * cluster.pml has three voters, and there what the own voter has accepted tells enough. With more of them another record may take a
 * growth's place in the own voter while somebody else still has it. So here are the register and three servers that complete what
 * they find, and of PostgreSQL nothing but whether commits wait for the standby. README.md says what is left out.
 *
 * Server 0 is the primary, alone under the record before the growth; server 1 joins; server 2 only asks. The run begins when
 * the primary's own voter has accepted the growth. Each BREAK_* takes one rule away (run.py). */

#ifndef VOTERS
#define VOTERS 5                /* the first three are servers */
#endif
#ifndef BALLOTS
#define BALLOTS 4               /* the highest; the first has chosen the record before, the second is the growth's */
#endif
#ifndef CRASHES
#define CRASHES 1               /* of the primary's server, or of its agent alone */
#endif
#ifndef SETTINGS
#define SETTINGS 0              /* 1: a setting may be proposed, too, that may take the growth's epoch */
#endif
#ifndef ASIDE
#define ASIDE 0                 /* 1: a read may take a majority without the own voter (E1) */
#endif

#define SERVERS 3
#define BIT(m)        (1 << (m))
#define IN(m, set)    (((set) >> (m)) & 1)
#define COUNT(set)    (IN(0, set) + IN(1, set) + IN(2, set) + IN(3, set) + IN(4, set))
#define MAJORITY(set) (2 * COUNT(set) > VOTERS)
#define EVERYBODY     ((1 << VOTERS) - 1)

/* The records, all of them server 0's. */
#define ALONE 1                 /* epoch 1, nobody eligible */
#define GROWN 2                 /* epoch 2, server 1 eligible */
#define OTHER 3                 /* epoch 2, nobody eligible: an operator's setting */

/* Durable. */
byte promised[VOTERS];          /* ballots */
byte accepted_at[VOTERS];
byte accepted[VOTERS];
byte chosen = ALONE;            /* as the primary knows */
bool reached = true;            /* the primary's own voter has accepted epoch 2, whatever has taken its place since */

/* The primary. */
bool open = true;
bool confirmed = true;          /* P1 */
bool joining = true;            /* its names are tightened for server 1, which has caught up */
bool growth = true;             /* accepted by the own voter in this run of the agent, epoch not decided */
bool tight = true;              /* in force: commits wait for server 1 */
byte sent_at = 2;               /* the ballot of its own accept, whose answers are in the air; 0: none */

/* The rounds, as long as promises are gathered. */
byte ballot[SERVERS];           /* 0: none */
byte wanted[SERVERS];           /* 0: only reads */
byte answers[SERVERS];
byte best[SERVERS];
byte best_at[SERVERS];

/* Every accept message that some voter may still take, by ballot. */
byte sent[BALLOTS + 1];
byte takers[BALLOTS + 1];       /* who has ever accepted it; a majority is everybody */

byte top = 2;                   /* ballot */
byte decided;                   /* of epoch 2 */
bool acknowledged;              /* a commit that server 1 has not got */
byte promoted_at;               /* the epoch under which server 1 was */
byte crashes;

/* With BREAK_NOTHING_BUT_ACCEPTED the primary goes by what its own voter has accepted, and by nothing else. */
#ifdef BREAK_NOTHING_BUT_ACCEPTED
#define BREAK_GROWTH_IS_WHAT_IS_ACCEPTED
#define BREAK_SOLO_THOUGH_REACHED
#endif

#define PENDING     (chosen == ALONE && accepted[0] != ALONE)
#ifdef BREAK_GROWTH_IS_WHAT_IS_ACCEPTED
#define BINDS       false
#else
#define BINDS       growth
#endif
#define ASKED       (chosen == GROWN || (PENDING && accepted[0] == GROWN) || BINDS)

/* P1's exception. */
#ifdef BREAK_SOLO_THOUGH_REACHED
#define KNOWN_SOLO  (chosen == ALONE && accepted[0] == ALONE)
#else
#define KNOWN_SOLO  (chosen == ALONE && accepted[0] == ALONE && !reached)
#endif
#define MAY_OPEN    ((confirmed && !PENDING) || KNOWN_SOLO)

/* P2: the last look. */
#define MAY_GROW    (open && confirmed && joining && !growth && chosen == ALONE)

/* P2: a majority has accepted the record before once more, in a round of the own: what was below its ballot is over. What the own
 * voter has accepted above it is not. */
#define ENDS_GROWTH (accepted_at[0] == sent_at)

inline end_round(s)
{
    ballot[s] = 0; wanted[s] = 0; answers[s] = 0; best[s] = 0; best_at[s] = 0
}

inline end_own_rounds()
{
    end_round(0); sent_at = 0
}

/* The own voter first. */
inline begin_round(record, own_counts)
{
    d_step {
        end_round(s);
        sent_at = (s == 0 -> 0 : sent_at);
        top++;
        ballot[s] = top; wanted[s] = record; promised[s] = top;
        if
        :: own_counts -> answers[s] = BIT(s); best[s] = accepted[s]; best_at[s] = accepted_at[s]
        :: else
        fi;
        printf("%d: asks with ballot %d for record %d, own answer %d\n", s, top, record, own_counts)
    }
}

inline promise()
{
    printf("%d: promises ballot %d\n", v, ballot[s]);
    promised[v] = ballot[s]; answers[s] = answers[s] | BIT(v);
    best[s] = (accepted_at[v] > best_at[s] -> accepted[v] : best[s]);
    best_at[s] = (accepted_at[v] > best_at[s] -> accepted_at[v] : best_at[s])
}

inline take_accept(v)
{
    promised[v] = b; accepted_at[v] = b; accepted[v] = sent[b];
    takers[b] = takers[b] | BIT(v);
    takers[b] = (MAJORITY(takers[b]) -> EVERYBODY : takers[b]);
    reached = (v == 0 && chosen == ALONE && sent[b] != ALONE -> true : reached);
    if
    :: takers[b] == EVERYBODY && sent[b] != ALONE ->
        assert(decided == 0 || decided == sent[b]);     /* I4 */
        decided = sent[b]
    :: else
    fi
}

/* What stands is completed; what is wanted is proposed on the record before alone. */
inline send_accept()
{
    b = ballot[s];
    if
    :: promised[s] > b || (best[s] == ALONE && wanted[s] == GROWN && !MAY_GROW) -> end_round(s)
    :: else ->
        sent[b] = (best[s] == ALONE && wanted[s] != 0 -> wanted[s] : best[s]);
        printf("%d: accepts itself, and sends, record %d under ballot %d\n", s, sent[b], b);
        growth = growth || (wanted[s] == GROWN && sent[b] == GROWN);
        sent_at = (s == 0 -> b : sent_at);
        end_round(s);
        take_accept(s)
    fi
}

inline learn(record)
{
    if
    :: record != ALONE && chosen == ALONE -> chosen = record; growth = false; joining = false; reached = false
    :: else
    fi
}

inline hear_chosen()
{
    printf("0: hears that record %d is chosen under ballot %d\n", sent[sent_at], sent_at);
    learn(sent[sent_at]);
    if
    :: chosen == sent[sent_at] ->
        confirmed = true;
        growth = (ENDS_GROWTH -> false : growth);
        reached = (ENDS_GROWTH -> false : reached)
    :: else
    fi;
    sent_at = 0
}

#define MAY_READ(s) (s != 0 || !confirmed || PENDING || growth || reached)

inline step_server()
{
    if
    :: top < BALLOTS && MAY_READ(s) -> begin_round(0, true)
#if ASIDE == 1
    :: top < BALLOTS && MAY_READ(s) -> begin_round(0, false)
#endif
    :: top < BALLOTS && s == 0 && MAY_GROW && !PENDING -> begin_round(GROWN, true)
#if SETTINGS == 1
    :: top < BALLOTS && accepted[s] == ALONE && (s != 0 || chosen == ALONE) -> begin_round(OTHER, true)
#endif
    :: ballot[s] != 0 && MAJORITY(answers[s]) -> d_step { send_accept() }
    :: else -> goto idle
    fi
}

#define MAY_PROMISE(v, s) (ballot[s] > promised[v] && !MAJORITY(answers[s]))
#define MAY_TAKE(v, b)    (sent[b] != 0 && b >= promised[v] && accepted_at[v] != b)

inline step_voter()
{
    if
    :: MAY_PROMISE(v, 0) -> s = 0; d_step { promise() }
    :: MAY_PROMISE(v, 1) -> s = 1; d_step { promise() }
    :: MAY_PROMISE(v, 2) -> s = 2; d_step { promise() }
    :: b = 2;
        do
        :: b <= BALLOTS -> b++
        :: b > BALLOTS || MAY_TAKE(v, b) -> break
        od;
        if
        :: b <= BALLOTS ->
            d_step { printf("%d: accepts record %d under ballot %d\n", v, sent[b], b); take_accept(v) }
        :: else -> goto idle
        fi
    fi
}

inline forget_agent()
{
    end_own_rounds();
    confirmed = false; joining = false; growth = false; crashes++
}

inline step_primary()
{
    if
    :: open && confirmed && chosen == ALONE && !PENDING && !growth && !joining && promoted_at == 0 ->
        d_step { printf("0: tightens its names, and the standby has caught up\n"); joining = true; acknowledged = false }
    :: joining && sent_at == 0 ->
        d_step { printf("0: gives up the attachment\n"); joining = false; end_round(0) }
    :: open && !tight && !acknowledged ->
        d_step {
            printf("0: acknowledges a commit that the standby has not got\n");
            assert(promoted_at == 0);           /* I1 */
            acknowledged = true
        }
    :: sent_at != 0 && takers[sent_at] == EVERYBODY -> d_step { hear_chosen() }
    :: sent_at != 0 -> d_step { printf("0: waits no more for answers\n"); sent_at = 0 }
    :: decided != 0 && chosen == ALONE -> d_step { printf("0: is told of record %d\n", decided); learn(decided) }
    :: crashes < CRASHES ->
        d_step { printf("0: the server crashes\n"); open = false; tight = false; forget_agent() }
    :: crashes < CRASHES -> d_step { printf("0: the agent crashes\n"); forget_agent() }
    /* P3, in one step: server 1 asks a majority, which accepts that it takes over, and is promoted. */
    :: decided == GROWN && promoted_at == 0 ->
        d_step {
            printf("1: is promoted under epoch 3\n");
            assert(!acknowledged);              /* I2 */
            promoted_at = 3
        }
    :: else -> goto idle
    fi
}

/* A message that nobody can take any more. */
#define CANNOT_TAKE(v, b) (promised[v] > (b) || accepted_at[v] == (b))

inline tidy_messages()
{
    for (b : 2 .. BALLOTS) {
        if
        :: sent[b] != 0 && sent_at != b && CANNOT_TAKE(0, b) && CANNOT_TAKE(1, b) && CANNOT_TAKE(2, b) &&
           (VOTERS == 3 || (CANNOT_TAKE(VOTERS - 2, b) && CANNOT_TAKE(VOTERS - 1, b))) -> sent[b] = 0; takers[b] = 0
        :: else
        fi
    }
}

/* Two arbiters that change places are the same cluster; not where a story is to be told. */
#ifdef SYMMETRY
#define MAY_SORT (VOTERS == 5)
#else
#define MAY_SORT false
#endif
#define PLACE(v)   ((promised[v] << 8) | (accepted_at[v] << 4) | accepted[v])
#define SWAPPED(x) (((x) & 7) | (IN(3, x) << 4) | (IN(4, x) << 3))

inline sort_arbiters()
{
    if
    :: MAY_SORT && PLACE(VOTERS - 2) > PLACE(VOTERS - 1) ->
        b = promised[VOTERS - 2]; promised[VOTERS - 2] = promised[VOTERS - 1]; promised[VOTERS - 1] = b;
        b = accepted_at[VOTERS - 2]; accepted_at[VOTERS - 2] = accepted_at[VOTERS - 1]; accepted_at[VOTERS - 1] = b;
        b = accepted[VOTERS - 2]; accepted[VOTERS - 2] = accepted[VOTERS - 1]; accepted[VOTERS - 1] = b;
        for (s : 0 .. SERVERS - 1) { answers[s] = SWAPPED(answers[s]) }
        for (s : 2 .. BALLOTS) { takers[s] = SWAPPED(takers[s]) }
    :: else
    fi
}

init
{
    byte s, v, b;
    d_step {
        for (v : 0 .. VOTERS - 1) {
            promised[v] = 2; accepted_at[v] = 1; accepted[v] = ALONE
        }
        accepted_at[0] = 2; accepted[0] = GROWN; sent[2] = GROWN; takers[2] = BIT(0);
        v = 0
    }
    do
    :: atomic {
        if
        :: s = 0; step_server()
        :: s = 1; step_server()
        :: s = 2; step_server()
        :: v = 0; step_voter()
        :: v = 1; step_voter()
        :: v = 2; step_voter()
#if VOTERS > 3
        :: v = 3; step_voter()
#endif
#if VOTERS > 4
        :: v = 4; step_voter()
#endif
        :: step_primary()
        fi;
        d_step {
            if
            :: !open && MAY_OPEN -> printf("0: opens\n"); open = true; confirmed = true
            :: else
            fi;
            /* Nobody touches the names before a round, or P1's exception, has said what is. */
            tight = (open && confirmed -> ASKED || joining : tight);
            tidy_messages(); sort_arbiters()
        }
idle:   s = 0;
        d_step { v = 0; b = 0 }
    }
    od
}

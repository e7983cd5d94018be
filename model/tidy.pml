/* tidy.pml - part of cluster.pml: states that differ in numbers or names alone become one.
 *
 * Nothing here is the protocol. What is dropped or renamed tells no step apart (README.md). */

/* Ballots are kept as ranks: only their order counts. A message that no voter can take any more is dropped. */
#define CANNOT_TAKE(v, b) \
    (promised[v] > (b) || accepted_at[v] == (b) || EPOCH(sent[b]) < EPOCH(chosen[v]))
#define COPY_CANNOT_TAKE(b) \
    (copied == 0 || copy_promised > (b) || copy_accepted_at == (b) || EPOCH(sent[b]) < EPOCH(copy_chosen))

inline close_gap(b)
{
    for (k : 0 .. VOTERS - 1) {
        promised[k] = promised[k] - (promised[k] > b -> 1 : 0);
        accepted_at[k] = accepted_at[k] - (accepted_at[k] > b -> 1 : 0)
    }
    copy_promised = copy_promised - (copy_promised > b -> 1 : 0);
    copy_accepted_at = copy_accepted_at - (copy_accepted_at > b -> 1 : 0);
    for (k : 0 .. SERVERS - 1) {
        ballot[k] = ballot[k] - (ballot[k] > b -> 1 : 0)
    }
    for (k : b .. RANKS - 2) {
        sent[k] = sent[k + 1]; sent_named[k] = sent_named[k + 1]; takers[k] = takers[k + 1]
    }
    sent[RANKS - 1] = 0; sent_named[RANKS - 1] = 0; takers[RANKS - 1] = 0
}

/* Room for a new ballot of rank b. */
inline open_gap(b)
{
    assert(sent[RANKS - 1] == 0);
    for (k : 0 .. VOTERS - 1) {
        promised[k] = promised[k] + (promised[k] >= b -> 1 : 0);
        accepted_at[k] = accepted_at[k] + (accepted_at[k] >= b -> 1 : 0)
    }
    copy_promised = copy_promised + (copy_promised >= b -> 1 : 0);
    copy_accepted_at = copy_accepted_at + (copy_accepted_at >= b -> 1 : 0);
    for (k : 0 .. SERVERS - 1) {
        ballot[k] = ballot[k] + (ballot[k] >= b -> 1 : 0)
    }
    k = RANKS - 1;
    do
    :: k > b ->
        sent[k] = sent[k - 1]; sent_named[k] = sent_named[k - 1]; takers[k] = takers[k - 1];
        k--
    :: else -> break
    od;
    sent[b] = 0; sent_named[b] = 0; takers[b] = 0
}

#define USED_BY_VOTER(v, b)  (promised[v] == (b) || accepted_at[v] == (b))
#define USED_BY_SERVER(s, b) (ballot[s] == (b))
#define USED_BY_COPY(b)      (copy_promised == (b) || copy_accepted_at == (b))

inline tidy_ballots()
{
    b = RANKS - 1;
    do
    :: b > 1 ->
        if
        :: sent[b] != 0 && !USED_BY_SERVER(0, b) && !USED_BY_SERVER(1, b) && !USED_BY_SERVER(SERVERS - 1, b) &&
           CANNOT_TAKE(0, b) && CANNOT_TAKE(1, b) && CANNOT_TAKE(2, b) && COPY_CANNOT_TAKE(b) ->
            sent[b] = 0; sent_named[b] = 0; takers[b] = 0
        :: else
        fi;
        if
        :: sent[b] == 0 && !USED_BY_VOTER(0, b) && !USED_BY_VOTER(1, b) && !USED_BY_VOTER(2, b) && !USED_BY_COPY(b) &&
           !USED_BY_SERVER(0, b) && !USED_BY_SERVER(1, b) && !USED_BY_SERVER(SERVERS - 1, b) ->
            close_gap(b)
        :: else
        fi;
        b--
    :: else -> break
    od;
    b = 0
}

/* An entry that every server has, or none, tells nothing any more; but an acknowledged one is kept as long
 * as any server has not got it. */
#define WITHOUT(set, i) (((set) & (BIT(i) - 1)) | (((set) >> 1) & ~(BIT(i) - 1)))

inline drop_entry(i)
{
    for (k : 0 .. SERVERS - 1) {
        proof[k] = proof[k] - (IN(i, wal[k]) && COUNT(wal[k] & (BIT(i + 1) - 1)) <= proof[k] -> 1 : 0);
        polled_end[k] = polled_end[k] - (IN(i, wal[k]) && polled_end[k] > 0 -> 1 : 0);
        wal[k] = WITHOUT(wal[k], i); waiting[k] = WITHOUT(waiting[k], i)
    }
    acknowledged = WITHOUT(acknowledged, i)
}

#ifdef BREAK_REPLACE_ELIGIBLE
#define COMMON_IS_KEPT false
#else
#define COMMON_IS_KEPT true
#endif

inline tidy_wal()
{
    /* The common beginning; nothing in the protocol lets a server fall behind it. */
    do
    :: COMMON_IS_KEPT && IN(0, wal[0]) && IN(0, wal[1]) && IN(0, wal[SERVERS - 1]) &&
       !IN(0, waiting[0] | waiting[1] | waiting[SERVERS - 1]) -> drop_entry(0)
    :: else -> break
    od;
    b = 7;
    do
    :: b > 0 ->
        b--;
        if
        :: !IN(b, wal[0] | wal[1] | wal[SERVERS - 1]) && !IN(b, acknowledged) -> drop_entry(b)
        :: else
        fi
    :: else -> break
    od
}

#ifdef HAND_BACK
/* A word that nobody can take up any more: everybody who could knows a later record. A memory that is lost may be handed an earlier one. */
inline tidy_word()
{
    if
    :: EPOCH(chosen[0]) > word_epoch && EPOCH(chosen[1]) > word_epoch -> word_epoch = 0; word_incarnation = 0
    :: else
    fi
}
#endif

/* Servers that change places are the same cluster: with SYMMETRY (not where a story is to be told) they are kept in
 * some order, so that of up to six states one is left. */
#ifdef SYMMETRY
#define SWAPPED_BIT(x, i, j)  (((x) & ~(BIT(i) | BIT(j))) | (IN(i, x) << (j)) | (IN(j, x) << (i)))
#define SWAPPED_ID(x, i, j)   ((x) == (i) -> (j) : ((x) == (j) -> (i) : (x)))
#define SWAPPED_ONE(x, i, j)  ((x) == (i) + 1 -> (j) + 1 : ((x) == (j) + 1 -> (i) + 1 : (x)))
#define SWAPPED_KNOW(x, i, j) \
    (((x) & ~(INCARNATION(i, 3) | INCARNATION(j, 3))) | INCARNATION(j, KNOWN(x, i)) | INCARNATION(i, KNOWN(x, j)))
#define SWAPPED_RECORD(r, i, j) \
    ((r) == 0 -> 0 : RECORD(EPOCH(r), SWAPPED_ID(PRIMARY(r), i, j), SWAPPED_BIT(OF(r), i, j)))

inline exchange(x, y)
{
    k = x; x = y; y = k
}

inline exchange_voters(i, j)
{
    exchange(promised[i], promised[j]); exchange(accepted_at[i], accepted_at[j]);
    exchange(accepted[i], accepted[j]); exchange(chosen[i], chosen[j]);
    exchange(know[i], know[j]); exchange(recall[i], recall[j])
}

inline exchange_servers(i, j)
{
    exchange(wal[i], wal[j]); exchange(was_primary[i], was_primary[j]); exchange(bound[i], bound[j]);
    exchange(mode[i], mode[j]); exchange(follows[i], follows[j]); exchange(names[i], names[j]);
    exchange(waiting[i], waiting[j]); exchange(confirmed[i], confirmed[j]); exchange(proof[i], proof[j]);
    exchange(joining[i], joining[j]); exchange(leaving[i], leaving[j]); exchange(polled[i], polled[j]);
    exchange(polled_end[i], polled_end[j]); exchange(growth[i], growth[j]); exchange(consented[i], consented[j]);
    exchange(phase[i], phase[j]); exchange(ballot[i], ballot[j]); exchange(wanted[i], wanted[j]);
    exchange(basis[i], basis[j]); exchange(answers[i], answers[j]); exchange(best[i], best[j])
}

inline name_anew(i, j)
{
    for (k : 0 .. VOTERS - 1) {
        accepted[k] = SWAPPED_RECORD(accepted[k], i, j); chosen[k] = SWAPPED_RECORD(chosen[k], i, j);
        know[k] = SWAPPED_KNOW(know[k], i, j); recall[k] = SWAPPED_BIT(recall[k], i, j)
    }
    for (k : 0 .. SERVERS - 1) {
        follows[k] = SWAPPED_ONE(follows[k], i, j); names[k] = SWAPPED_BIT(names[k], i, j);
        joining[k] = SWAPPED_BIT(joining[k], i, j); leaving[k] = SWAPPED_BIT(leaving[k], i, j);
        polled[k] = SWAPPED_BIT(polled[k], i, j); growth[k] = SWAPPED_BIT(growth[k], i, j);
        wanted[k] = SWAPPED_RECORD(wanted[k], i, j); basis[k] = SWAPPED_RECORD(basis[k], i, j);
        best[k] = SWAPPED_RECORD(best[k], i, j); answers[k] = SWAPPED_BIT(answers[k], i, j)
    }
    for (k : 1 .. RANKS - 1) {
        sent[k] = SWAPPED_RECORD(sent[k], i, j); sent_named[k] = SWAPPED_KNOW(sent_named[k], i, j);
        takers[k] = SWAPPED_BIT(takers[k], i, j)
    }
    for (k : 1 .. EPOCHS) {
        decided[k] = SWAPPED_RECORD(decided[k], i, j)
    }
    promoted = SWAPPED_ID(promoted, i, j);
    copied = SWAPPED_ONE(copied, i, j); stale = SWAPPED_ONE(stale, i, j);
    copy_accepted = SWAPPED_RECORD(copy_accepted, i, j); copy_chosen = SWAPPED_RECORD(copy_chosen, i, j);
    copy_know = SWAPPED_KNOW(copy_know, i, j)
}

#define PLACE(s) \
    ((promised[s] << 26) | (accepted_at[s] << 22) | (EPOCH(chosen[s]) << 19) | (wal[s] << 12) | (mode[s] << 10) | \
     (phase[s] << 8) | (ballot[s] << 4) | (confirmed[s] << 3) | (bound[s] << 2) | (was_primary[s] << 1) | \
     HAS_MEMORY(s))

inline keep_order(i, j)
{
    if
    :: PLACE(i) > PLACE(j) -> exchange_voters(i, j); exchange_servers(i, j); name_anew(i, j)
    :: else
    fi
}

inline tidy_places()
{
    keep_order(0, 1);
#if SERVERS == 3
    keep_order(1, 2);
    keep_order(0, 1)
#endif
}
#else
inline tidy_places()
{
    skip
}
#endif

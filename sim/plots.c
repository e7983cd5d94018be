/* plots.c - what luck alone would hardly bring about: faults that matter only in this order and at these distances.
 *
 * Two lists: the first is of the first two mixes, the second, of what is rarer still, of the third alone. */
#include "sim/plots.h"

static const PlotShape usual = {2, 1, 1, BEGIN_SWITCHABLE, false, 0};
static const PlotShape off = {2, 1, 1, BEGIN_SWITCHABLE, true, 0};
static const PlotShape alone = {2, 1, 1, BEGIN_SOLO, false, 0};
static const PlotShape nothing = {2, 1, 1, BEGIN_EMPTY, false, 0};
static const PlotShape three = {3, 1, 1, BEGIN_SWITCHABLE, false, 0};
static const PlotShape one_of_two = {3, 1, 2, BEGIN_SWITCHABLE, false, 1};
static const PlotShape one_of_two_wide = {3, 2, 2, BEGIN_SWITCHABLE, false, 1};
static const PlotShape pair = {2, 0, 1, BEGIN_SWITCHABLE, false, 0};
static const PlotShape servers_alone = {3, 0, 1, BEGIN_SWITCHABLE, false, 0};
static const PlotShape wide = {3, 2, 2, BEGIN_SWITCHABLE, false, 0};

/* New ones at the end: what was found by the seeds of the others stays. */
static const Plot plots[] = {
    {&usual, "members of a few; kill agent a; wait #t; members of a all; kill agent a"},
    {&usual, "cut a b; wait 1.4; wait #t; cut a; wait 6; heal"},
    {&usual, "cut a b; wait 1.85; cut a w; kill agent w; wait 5; heal"},
    {&usual, "clog b a 0.5; clog w a 0.5; wait 2; wait #t; cut a -> b; cut a -> w; wait 6; heal"},
    {&usual, "cut a; freeze host a; wait 2; wait #t; thaw all; wait 3; heal"},
    /* A standby that votes late on a consent. */
    {&usual, "disk of b hangs; disk of a slow 0.2; wait 0.2; kill instance a; "
             "wait 4.5; wait #t; disk of b works"},
    {&usual,
     "disk of b hangs; disk of a slow 0.6; wait 0.2; kill instance a; wait 0.1; kill agent a; "
     "wait 1.4; wait #t; disk of b works"},
    {&usual, "instance a computes; instance a cannot stop; wait 0.1; kill instance a; "
             "wait 3; instance a can stop; instance a quiet"},
    /* A growth that is chosen, and of which the primary does not hear. */
    {&usual, "cut b; wait 2.6; heal; trap a before persist #k kill agent; "
             "wait 0.4; wait #t; cut a; wait 6; heal"},
    {&usual, "cut b; wait 2.6; heal; trap a after persist #k freeze host; wait 0.6; thaw all; "
             "wait 0.0005; lose 1000; wait 0.02; lose 0; wait 0.1; cut a; wait 6; heal"},
    {&usual, "cut b; wait 2.6; heal; trap a after persist #k freeze host; wait 0.45; cut wal a b; "
             "wait 1; thaw all; wait 0.0005; lose 1000; wait 0.02; lose 0; "
             "wait 1.5; kill host a; wait 6; heal"},
    /* Settings that are written and not yet in force. */
    {&usual, "cut b; wait 2.6; instance a checkpointer lags 2; wait 0.4; heal; "
             "wait 0.9; cut wal a b; wait 0.3; kill host a; wait 6; heal"},
    {&usual,
     "instance a checkpointer lags 2; kill host a; cut wal a b; wait 0.1; boot a; start a -f; "
     "wait 1; kill host a; wait 6; heal"},
    /* Memory that only some can hand back, and a copy that only some can tell. */
    {&usual,
     "cut b; wait 3.2; cut a; kill agent w; lose memory of w safely; heal b w; wait 8; heal"},
    {&usual,
     "cut b; copy memory of w; wait 3.2; cut a; kill agent w; old memory of w safely; heal b w; "
     "wait 8; heal"},
    {&usual, "disk of a slow 0.6; copy memory of w; cut a b; trap w before persist 3 kill host; "
             "wait 5; cut a; old memory of w unseen; boot w; start w; wait 6; heal"},
    {&usual,
     "cut b; wait 3; copy memory of a; heal; wait 2.5; kill host a; old memory of a unseen; "
     "wait 4; cut a; boot a; start a -f; wait 4; heal"},
    /* Directories. */
    {&usual, "copy directory b; wait 1.5; kill host b; kill host a; put back directory b; "
             "wait 0.1; boot b; start b -f; wait 8; boot a; start a -f"},
    {&usual, "kill host a; lose wal of a 3 safely; wait #t; boot a; start a -f; "
             "wait 8; kill host a; wait 6; boot a; start a -f"},
    /* A whole host is put back to before the write that named its successor, and its own writes catch up (E3). */
    {&usual, "cut agents b w; wait 1.5; kill instance a; wait 0.025; wait #i; wait #i; copy memory "
             "of a; wait #i; cut b -> a; wait 0.96; kill host a; cut a; wait 0.1; old memory of a "
             "unseen; wait 0.1; boot a; wait 0.1; start a; wait 0.7; kill agent a for good; wait "
             "0.1; start a; wait 4.9; heal a w; wait 6; heal"},
    /* A server that learns, while it starts as primary, that it is none any more. */
    {&usual, "instance a start lags 5; wait 0.5; kill host a; wait 0.1; boot a; start a; wait 0.7; "
             "wait #j; cut a; wait 3; heal"},
    /* What does not end. */
    {&usual, "instance a cannot stop; wait #j; freeze instance a; wait 7; wait #t; instance a can "
             "stop; thaw all"},
    {&off, "instance a cannot stop; wait #j; stop a; wait 3; wait #t; instance a can stop"},
    {&off, "kill instance a; wait #i; stop a"},
    /* Instances that fail more often than they may. */
    {&alone, "kill instance a; wait 2; kill instance a; wait 2; kill instance a; wait 2; kill "
             "instance a; wait #t"},
    {&alone, "instance a cannot start; kill instance a; wait 14; wait #t; instance a can start"},
    {&usual, "kill agent b for good; instance a cannot start; wait #j; kill instance a; wait 22; "
             "start b; wait #t; instance a can start"},
    {&off,
     "instance b cannot start; wait #j; kill instance b; wait 13; wait #t; instance b can start"},
    /* WAL lost at rest, and by a standby that had reported it. */
    {&usual, "kill host a; kill host b; kill host w; wait 1; lose wal of a 5 safely; wait 1; boot "
             "all; wait 0.5; start b; start w; wait #t; start a -f"},
    {&usual, "kill instance b; kill host a; wait #i; wait #i; lose wal of b 600 safely; wait 12; "
             "boot a; start a -f"},
    {&off,
     "kill host a; kill host b; kill host w; wait 1; lose wal of a 5 safely; wait 1; boot all; "
     "wait 0.5; start b; start w; wait #t; start a"},
    /* A switch by an operator's word, and something in its way. */
    {&usual, "switch a b; wait #j; kill instance b"},
    {&usual, "switch a b; wait #j; cut a b; wait 6; heal"},
    {&usual, "switch a; wait #j; kill agent a; wait #t; switch a"},
    {&usual, "cut b; wait 2; wait #t; switch a b; wait #t; heal"},
    {&usual,
     "instance b flush lags 0.7; switch a b; wait #t; kill agent b; wait 6; instance b quiet"},
    /* The first start: over an instance that runs already, or of a directory that was a member's before. */
    {&nothing, "load on; start a --mc-only; start b --mc-only; start w; wait 1; wait #t; instance "
               "a runs; wait #t; start a -f"},
    {&nothing, "load on; mark directory a; start w; start b; start a -f; wait 1; wait #t; init "
               "directory a; start a -f"},
    /* Somebody promotes a standby by hand, the number of its timeline is that of the next primary's, and parts of the
     * WAL are others (section 7). */
    {&three, "instance c promoted by hand; wait 2; wait #t; kill host a; wait 4; wait #t; boot "
             "all; start a -f; wait 4; kill host b; wait 6; boot all; start b -f"},
    {&three,
     "instance c promoted by hand; wait #t; kill instance a; wait 3; wait #t; kill instance b"},
    /* A stranger streams under a name that a standby has borne before. */
    {&usual, "cut b; wait 3; instance a feeds stranger of b; instance b flush lags 0.7; heal; wait "
             "0.9; wait #t; cut wal a b; wait 4; wait #j; kill host a; wait 6; heal"},
    /* A receiver that nobody has ended outlives the promotion. */
    {&usual, "instance b receiver outlives; wait #t; freeze agent a; wait 2; wait #t; thaw all; "
             "wait 3; instance b quiet"},
    {&wide,
     "cut c; wait 3; instance a sender lags 3; heal; wait 1; cut wal a c; wait 0.3; kill host a; "
     "cut b; wait 6; heal"},
    /* A takeover that some have accepted, and that the primary finds in a round of its own while others lease it. */
    {&wide, "cut agents a -> b; cut agents a w; wait 0.8; cut agents b -> x; wait 0.2; cut agents "
            "a x; wait 0.85; cut agents b -> a; wait 0.2; wait #j; heal a w; wait 0.75; cut agents "
            "b -> w; wait #j; heal b x; wait 0.1; heal a x; wait 4; wait #t; heal"},
    /* A voter that has accepted a takeover, and one more a good while later: in between, only what it refuses keeps the
     * lease of the primary from going on (P5). */
    {&wide, "disk of c hangs; cut agents a -> b; cut agents a w; wait 0.8; cut agents b -> x; wait "
            "0.2; cut agents a x; wait 0.85; cut agents b -> a; wait 0.2; wait #j; heal a w; wait "
            "0.75; cut agents b -> w; wait #j; heal b x; wait 0.1; heal a x; wait #j; cut agents a "
            "w; wait 2.05; wait #j; heal b w; wait 1; heal; disk of c works"},
    /* A claim that is held up by the receiver, while the primary comes back and detaches who claims. */
    {&usual, "instance b receiver lags 5; cut a; wait 2.1; wait #j; heal a w; wait 3; heal; "
             "instance b quiet"},
    /* One of two eligible acknowledges each commit. */
    {&one_of_two, "freeze agent a; cut wal a c; wait 2; wait #t; thaw all; heal"},
    {&one_of_two, "cut wal a b; wait 0.3; kill host a; kill host c; wait 6; boot all"},
    /* One is to leave, or more are to acknowledge, while the other lacks something. */
    {&one_of_two, "cut wal a b; wait 0.3; stop c; wait #t; kill host a; wait 6; heal"},
    {&one_of_two, "cut c; wait 2; wait #t; cut wal a b; wait 0.02; kill host a; wait 6; heal"},
    {&one_of_two, "instance a checkpointer lags 3; instance a sender lags 3; quorum 2; wait 0.4; "
                  "cut wal a c; wait 0.3; kill host a; kill host b; wait 8; boot all; heal"},
    /* A standby that is behind all the time it attaches. */
    {&usual, "cut b; wait 2.6; instance b flush lags 0.6; heal; wait 0.9; wait #t; cut wal a b; "
             "wait #j; kill host a; wait 6; heal; instance b quiet"},
    /* A standby that an operator keeps apart. */
    {&usual, "detach a b; wait 2; wait #t; kill instance a; wait 2; wait #t; start b"},
    /* One of two eligible acknowledges, and without the primary and one of them the others are still a majority: one leaves, or
     * more are to acknowledge, while the other lacks something. */
    {&one_of_two_wide, "cut wal a b; wait 0.3; stop c; wait #j; kill host a; wait 6; heal"},
    {&one_of_two_wide,
     "instance a checkpointer lags 3; instance a sender lags 3; quorum 2; wait 0.4; "
     "cut wal a c; wait 0.3; kill host a; wait 8; boot all; heal"},
    /* An operator recovers the standby's server, while a primary that is alone serves on behind a cut cable. */
    {&usual, "copy directory b; wait 0.3; kill host b; wait 3; boot b; restore directory b from a "
             "without 5 safely; cut a; wait 1; wait #t; start b -f; wait 8; heal"},
    /* A successor that cannot be promoted, and something in the way of handing back. */
    {&usual,
     "instance b cannot promote; wait #t; kill instance a; wait #t; instance b can promote"},
    {&off,
     "instance b cannot promote; switch a b; wait 0.2; wait #j; kill agent b; wait #t; instance "
     "b can promote"},
    {&usual, "instance b cannot promote; switch a b; wait 0.2; wait #j; cut b; wait 5; heal; "
             "instance b can promote"},
    {&usual, "instance b cannot promote; kill instance a; wait 0.02; trap b after persist #k kill "
             "agent; wait 0.3; instance b can promote; wait #t; cut b; wait 6; heal"},
    {&usual, "instance b cannot promote; kill instance a; wait 0.16; wait #j; kill agent b; cut b; "
             "instance b can promote; wait 8; heal"},
    {&usual, "instance b cannot promote; kill instance a; wait 0.16; wait #j; lose 700; wait #t; "
             "instance b can promote; wait #t; lose 0"},
    {&usual,
     "instance b cannot promote; kill instance a; wait 0.16; wait #j; kill host a; wait #t; "
     "boot all; wait #t; instance b can promote"},
    {&usual,
     "instance b cannot promote; kill instance a; wait 0.15; wait #j; instance b can promote; "
     "wait 0.05; wait #j; kill instance b; wait #j; instance b cannot promote; wait 3; instance "
     "b can promote"},
    {&usual,
     "instance b cannot promote; kill instance a; wait 0.16; wait #j; kill agent b; lose memory "
     "of b safely; instance b can promote; wait #j; cut b; wait 6; heal"},
    {&wide,
     "instance b cannot promote; instance c cannot promote; kill instance a; wait 0.16; wait #j; "
     "kill agent a; wait #t; instance b can promote; instance c can promote"},
    /* An operator forces a standby that lacks something: the primary is gone, or serves on where nobody hears it. */
    {&usual, "cut b; wait 2.5; wait #t; cut a; wait 0.1; heal b w; wait 3; force b; wait #t; heal"},
    {&usual, "stop b; wait 1; wait #t; kill host a; start b; wait 3; trap b after persist #k kill "
             "agent; force b; wait #t; force b; wait 3; wait #t; boot all; start a -f"},
    {&wide, "cut b; cut c; wait 3; cut a; wait 0.1; heal b w; heal b x; heal c w; heal c x; heal b "
            "c; heal w x; wait 3; force b; wait #i; force c; wait #t; heal"},
    /* And what comes in between: its instance dies, the primary is heard again, it does not start. */
    {&usual,
     "cut b; wait 3; cut a; wait 0.5; heal b w; wait 4; disk of w slow 0.8; wait 0.2; force "
     "b; wait #j; kill instance b; wait 3; disk of w works; heal"},
    {&usual,
     "cut b; wait 3; cut a; wait 0.5; heal b w; wait 4; disk of w slow 0.8; wait 0.2; force "
     "b; wait #j; heal; wait 2; disk of w works"},
    {&usual, "stop b; wait 2; kill host a; instance b cannot start; start b; wait 4; force b; wait "
             "12; wait #t; instance b can start; boot all"},
    /* One voter fewer while another one does not answer: a majority of the old set, or of the new one, and not of both. */
    {&usual, "cut b; wait #i; members at a without w; wait #t; heal"},
    {&usual, "members at a without w; wait 1; detach a b; wait 1; cut b; wait #i; members at a "
             "without b; wait #t; heal"},
    {&wide, "members at a without w x; wait #t; members at a with w x; wait #t; kill host a"},
    {&wide,
     "kill host w; wait #t; members at a without w; wait #i; kill host a; wait #t; boot all"},
    /* Two servers and no arbiter: one takes over from the other that has died, and dies; or is cut off, or asleep. */
    {&pair, "wait 7; kill host a; wait 5; wait #t; kill host b; wait #i; boot a; start a -f; wait "
            "22; boot all"},
    {&pair,
     "wait 7; freeze host a; wait 5; wait #t; kill host b; wait #i; thaw all; wait 22; boot all"},
    {&pair, "wait 7; kill host b; wait 11; wait #t; kill host a; wait #j; boot b; start b -f; wait "
            "12; boot all"},
    {&pair, "wait 7; cut a b; wait 2; wait #t; kill host a; wait #t; boot a; start a -f; wait 6; "
            "kill host b; wait 12; heal; "
            "boot all"},
    {&pair, "wait 7; trap b after persist #k kill host; kill host a; wait 6; wait #t; boot a; "
            "start a -f; wait 16; boot "
            "all"},
    {&pair, "wait 7; cut a -> b; wait 1; wait #t; kill agent a; wait 4; kill host b; wait 18; "
            "heal; boot all"},
    /* Both go on alone, for a command that lies, or a force while the others went on; then they meet (E5). */
    {&pair, "wait 7; command of a says broken; command of b says broken; cut a b; wait 13; wait "
            "#t; heal; wait 1; wait #t; "
            "force a; wait #t; kill host a; wait 8; boot all"},
    {&pair, "wait 7; command of a says broken; command of b says broken; cut a b; wait 13; wait "
            "#t; heal; wait #j; kill "
            "host b; wait 3; wait #t; force a without b; wait #j; boot all"},
    {&usual, "cut b; wait 5; wait #t; force b without a w; wait 2; wait #t; heal; wait 1; wait #j; "
             "force b; wait #t; kill "
             "agent a"},
    {&wide, "cut b; wait 5; force b without a c w x; wait 2; wait #t; heal; wait 1; wait #j; force "
            "a; wait #j; kill agent a"},
    /* A standby that is stopped over its claim. */
    {&usual, "disk of w slow 0.8; wait 0.3; kill host a; wait 1.9; wait #j; stop b; wait 2; wait "
             "#t; start b; boot all; disk of w works"},
    /* None: a seed that shows a rule missing (test/mutation) has drawn this place. */
    {NULL, NULL},
    /* Somebody promotes a standby by hand a moment before it is told that it may follow the new primary, whose timeline has the
     * same number; then the others die. */
    {&servers_alone, "kill instance a; wait 0.36; wait #j; wait #j; instance c promoted by hand; "
                     "wait 2; kill host a; wait 4; wait #t; kill host b; wait 1; boot a; "
                     "start a -f; wait 8; boot all; start b -f"},
    /* A force that a majority has accepted and nobody has heard of: who has shared in it is silent just when the primary is
     * heard again. */
    {&usual, "cut wal a b; wait 6; cut agents a; wait 5; force b; wait 0.004; wait #i; "
             "kill agent b; wait 0.004; cut w; wait #i; heal a b; wait 6; wait #t; heal"},
};

/* More than there are: a new one takes no seed from another. */
enum { PLACES = 96, PLOTS = sizeof plots / sizeof plots[0] };
_Static_assert(PLOTS <= PLACES, "each plot has a place");

const Plot *plots_draw(Prng *prng)
{
    const uint64_t place = prng_below(prng, PLACES);
    return place < PLOTS && plots[place].shape != NULL ? &plots[place] : NULL;
}

/* For rules that no run of the others has fired; sim/rules.txt has a seed of each. */
static const Plot rare[] = {
    /* WAL is lost at rest beside a standby whose agent is down (P1). */
    {&usual, "kill agent b for good; kill agent a for good; kill instance a; wait #j; "
             "lose wal of a 10 safely; wait #j; start a; wait 12; wait #t; start b"},
    /* A promotion that takes longer than it may. */
    {&usual, "instance b promotion lags 100; wait #j; kill instance a; wait 12; wait #t; "
             "instance b promotion"},
    /* The successor is started by hand, as a primary, while the role is handed back. */
    {&usual, "instance b cannot promote; wait #j; kill instance a; wait 0.194; wait #i; "
             "kill agent b for good; wait 0.0001; cut b; wait 0.8; instance b runs; wait #t; "
             "start b; wait #t; heal; instance b can promote"},
    /* The memory of a primary that serves alone is put back behind its back (E3). */
    {&alone, "copy memory of a; disable b; wait 0.2; enable b; wait 0.2; disable b; wait 0.2; "
             "enable b; wait 0.2; disable b; wait 0.2; enable b; wait 0.4; kill agent a; "
             "wait 0.03; wait #i; wait #i; old memory of a unseen"},
    /* Who is to stand in for the other's vote cannot write in the last second of its window (section 8). */
    {&pair,
     "wait 6; kill host b; wait 10; command of a says well; wait 6; command of a says truth; "
     "wait 0.9; disk of a hangs; wait 1; wait #j; disk of a works; wait 6; boot all"},
    /* The record's primary is forced over its closed instance, which waits for a majority that is gone. */
    {&usual, "kill host a; kill host b; wait 4; boot a; boot b; wait 0.5; start a -f; start b -f; "
             "wait 0.65; wait #j; kill host b; kill host w; wait 8; force a without b w; wait 10; "
             "boot all"},
    /* It is forced, having lost WAL or consented before, and the others are back in the tenth of a second that this takes; or its
     * instance does not start. */
    {&usual, "kill host a; kill host b; kill host w; wait 1; lose wal of a 40 safely; wait 1; "
             "boot a; boot b; boot w; wait 0.5; start a; wait 9; force a without b w; wait #i; "
             "start w; wait 0.03; wait #i; wait #i; start b"},
    {&usual, "cut agents a b; cut agents a w; wait 0.05; kill instance a; wait 0.05; kill host b; "
             "kill host w; wait 0.9; boot w; wait 0.5; start w; wait 7; force a without b w; "
             "wait #i; heal a w; wait #t; boot all"},
    {&usual,
     "instance b cannot promote; cut agents a b; cut agents a w; cut agents b w; wait 0.05; "
     "kill instance a; wait 9; force a without b w; wait #i; heal; wait 6; wait #t; "
     "instance b can promote"},
    {&usual, "kill host b; kill host w; wait 0.05; kill instance a; wait 6; "
             "instance a cannot start; wait 3; force a without b w; wait 22; boot b; boot w; "
             "wait 1; start w; start b; wait 5; wait #t; instance a can start"},
    /* Who is forced without the others dies between its promotion and its opening. */
    {&off, "kill host a; kill host w; wait 12; force b without a w; wait 0.06; wait #i; "
           "kill instance b; wait 8; boot all"},
    {&usual, "kill host a; kill host w; wait 12; force b without a w; wait 0.06; wait #i; "
             "kill instance b; wait 8; boot all"},
};

const Plot *plots_draw_rare(Prng *prng)
{
    return &rare[prng_below(prng, sizeof rare / sizeof rare[0])];
}

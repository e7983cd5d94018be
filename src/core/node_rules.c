/* node_rules.c - the one table of rules of a database server.
 *
 * Read from above: a row fires when the server is in one of its states, all facts of `need` hold and
 * none of `deny`; the first match wins, and its id goes into log, story and status. Rows that bring
 * a server to a stop stand before rows that make it go on. No row sees the table, no row has an
 * effect while matching. */
#include "core/node_parts.h"

#include "base/assert.h"

#define S(state)      (UINT32_C(1) << (NODE_##state))
#define F(fact)       FACT_BIT(FACT_BIT_##fact)
#define FACT_BIT(bit) ((Facts)1 << (bit))

typedef struct Rule {
    const char *id;
    uint32_t in;
    Facts need;
    Facts deny;
    NodeState to; /* NODE_STATE_COUNT: stays */
    NodeOrder *order;
} Rule;

#define STAY NODE_STATE_COUNT

/* The instance is or may be open. */
#define SERVING (S(PRIMARY_PROVING) | S(PRIMARY_OPENING) | S(PRIMARY) | S(PRIMARY_EMPTYING))
/* The instance runs, or is being brought up, as a primary. */
#define AS_PRIMARY (S(ASKING) | S(PRIMARY_STARTING) | SERVING | S(PRIMARY_LEAVING))
#define AS_STANDBY (S(STANDBY) | S(STANDBY_CLAIMING) | S(STANDBY_LEAVING) | S(STANDBY_PROMOTING))
/* The instance is proved stopped, or is being stopped. */
#define QUIET (S(RECALLING) | S(IDLE) | S(STAYING_DOWN) | S(PRIMARY_CUT) | S(STANDBY_SEEKING))

/* P7: the proof that an instance is gone. */
#ifdef MC_MUTATE_EARLY_CONSENT
#define GONE_FOR_SURE 0
#else
#define GONE_FOR_SURE F(DOWN)
#endif

/* D1: what must be known before a directory is made over. */
#ifdef MC_MUTATE_REJOIN_UNCONFIRMED
#define REJOIN_PROOF (F(RECORD) | F(DOWN) | F(FREE))
#define REJOIN_BARS  (F(NAMED) | F(STOP))
#else
#define REJOIN_PROOF (F(CONFIRMED) | F(PRIMARY_OPEN) | F(DOWN) | F(FREE))
#define REJOIN_BARS  (F(NAMED) | F(ELIGIBLE) | F(PENDING) | F(STOP))
#endif

static const Rule rules[] = {
    /* The end of the daemon. */
    {"stop.rejoining", S(REJOINING), F(STOP), 0, NODE_STOPPING, order_kill},
    {"stop.agent", ~(S(GONE)), F(STOP_AGENT), 0, NODE_GONE, order_finish},

    /* P5, P4, E3: who may not serve stops, before anything else. */
    {"lease.out", SERVING | S(ASKING) | S(PRIMARY_STARTING) | S(PRIMARY_LEAVING) | S(STOPPING),
     F(LEASE_OUT), 0, NODE_PRIMARY_CUTTING, order_fence},
    {"primary.overtaken", SERVING | S(ASKING), F(OVERTAKEN), 0, NODE_PRIMARY_CUTTING,
     order_overtaken},
    {"primary.memory_lost", SERVING | S(PRIMARY_STARTING), 0, F(MEMORY), NODE_PRIMARY_CUTTING,
     order_fence},
    {"recalling.instance_runs", S(RECALLING), F(RUNS_PRIMARY), F(MEMORY), NODE_PRIMARY_CUTTING,
     order_fence},
#ifndef MC_MUTATE_DEPOSED_SERVES
    {"primary.deposed", AS_PRIMARY, F(RECORD) | F(RUNS_PRIMARY), F(NAMED), NODE_DEPOSING,
     order_depose},
#endif
    {"primary.deposed_starting", S(PRIMARY_STARTING), F(RECORD), F(NAMED), NODE_DEPOSING,
     order_depose},
    {"promoting.deposed", S(STANDBY_PROMOTING), F(RECORD), F(NAMED), NODE_DEPOSING, order_depose},
    {"standby.promoted_by_others", (AS_STANDBY | S(STANDBY_STARTING)) & ~S(STANDBY_PROMOTING),
     F(RECORD) | F(RUNS_PRIMARY), F(NAMED), NODE_DEPOSING, order_depose},
    {"primary.gone", SERVING, F(GONE), 0, NODE_PRIMARY_FAILING, order_kill},
    {"primary.down", SERVING, F(DOWN) | F(FREE), 0, NODE_PRIMARY_FAILING, order_kill},
    {"standby.down", AS_STANDBY, F(DOWN) | F(FREE), 0, NODE_DEPOSING, order_kill},
    {"starting.down", S(PRIMARY_STARTING) | S(STANDBY_STARTING), F(DOWN) | F(FREE) | F(WAITED), 0,
     NODE_DEPOSING, order_kill},
    {"primary.sick", SERVING, F(SICK) | F(AUTOMATIC), 0, NODE_PRIMARY_FAILING, order_kill},
    {"primary.ahead", SERVING, F(AHEAD), 0, NODE_PRIMARY_FAILING, order_kill_behind},

    /* E4: who votes no more, or not yet, runs nothing; and nobody serves over a record that he cannot hold. */
    {"outside.serves", SERVING | S(PRIMARY_STARTING), F(OUTGROWN), 0, NODE_DEPOSING, order_kill},
    {"outside.runs", AS_STANDBY | S(STANDBY_STARTING) | S(ASKING), F(OUTSIDE) | F(FREE), F(DOWN),
     NODE_DEPOSING, order_kill},
    {"outside.stays_down", S(ASKING) | S(IDLE) | S(STANDBY_SEEKING), F(OUTSIDE) | F(DOWN) | F(FREE),
     F(STOP), NODE_STAYING_DOWN, order_outside},

    /* E5: two lines have met. Nothing is acknowledged on either before an operator has chosen. */
    {"split.stops", SERVING | S(ASKING) | S(PRIMARY_STARTING), F(SPLIT) | F(RUNS_PRIMARY), 0,
     NODE_DEPOSING, order_kill},
    {"split.unforced", S(ASKING), F(SPLIT) | F(MINE) | F(RUNS_STANDBY), 0, NODE_DEPOSING,
     order_kill},
    {"split.waits", S(ASKING) | S(PRIMARY_CUT) | S(PRIMARY_CONSENTING) | S(STANDBY_SEEKING),
     F(SPLIT) | F(DOWN) | F(FREE), F(STOP), NODE_IDLE, order_nothing},

    /* The proofs of a stop. */
    {"cutting.proved", S(PRIMARY_CUTTING), F(DOWN), 0, NODE_PRIMARY_CUT, order_fenced},
    {"deposing.proved", S(DEPOSING), F(DOWN), 0, NODE_ASKING, order_ask_again},
    {"failing.stop_asked", S(PRIMARY_FAILING), F(DOWN) | F(STOP), F(AUTOMATIC), NODE_GONE,
     order_finish},
    {"failing.handover", S(PRIMARY_FAILING), GONE_FOR_SURE | F(AUTOMATIC), F(SOLO),
     NODE_PRIMARY_CONSENTING, order_consent},
    {"failing.restart", S(PRIMARY_FAILING), F(DOWN) | F(SOLO) | F(AUTOMATIC) | F(RESTARTS_LEFT), 0,
     NODE_ASKING, order_unconfirm},
    {"failing.unattended", S(PRIMARY_FAILING), F(DOWN), F(AUTOMATIC), NODE_STAYING_DOWN,
     order_leave_down},
    {"failing.given_up", S(PRIMARY_FAILING), F(DOWN), 0, NODE_STAYING_DOWN, order_give_up},
    {"stop.again", S(PRIMARY_CUTTING) | S(DEPOSING) | S(PRIMARY_FAILING) | S(STAYING_DOWN),
     F(FREE) | F(ORDER_FAILED), F(DOWN), STAY, order_kill},

    /* Rounds: what was promised by a majority goes on, or is given up. */
    {"standin.late", ~S(STANDBY_CLAIMING), F(READY) | F(STOOD_IN), F(STAND_IN), STAY,
     order_claim_abandon},
    {"round.accept", ~0u, F(READY), 0, STAY, order_accept},
    {"attach.accept", S(PRIMARY), F(READY_ATTACH) | F(JOIN_HOLDS) | F(JOIN_FLUSHED), 0, STAY,
     order_accept},
    {"attach.proof_stale", ~0u, F(READY_ATTACH), 0, STAY, order_abandon_join},
    {"claim.left", ~S(STANDBY_CLAIMING), F(READY_CLAIM), 0, STAY, order_claim_abandon},

    /* P7: after a consent. */
    {"consenting.succeeded_stop", S(PRIMARY_CONSENTING), F(STOP), F(NAMED), NODE_GONE,
     order_finish},
    {"consenting.succeeded", S(PRIMARY_CONSENTING), F(RECORD), F(NAMED), NODE_ASKING,
     order_unconfirm},
    {"consenting.stop_waited", S(PRIMARY_CONSENTING), F(STOP) | F(WAITED), 0, NODE_GONE,
     order_finish_alone},
    {"consenting.later_record", S(PRIMARY_CONSENTING), F(NAMED), F(CONSENTED), NODE_ASKING,
     order_unconfirm},
    {"consenting.nobody_came", S(PRIMARY_CONSENTING), F(WAITED) | F(MAJORITY) | F(PROPOSER_FREE),
     F(STOP) | F(AHEAD), STAY, order_take_back},

    /* The operator's stop. */
    {"stop.emptied", S(PRIMARY_EMPTYING), F(SOLO) | F(FREE), 0, NODE_PRIMARY_LEAVING,
     order_clean_stop},
    {"stop.emptying_waited", S(PRIMARY_EMPTYING), F(WAITED) | F(FREE), 0, NODE_PRIMARY_LEAVING,
     order_clean_stop},
    {"stop.all", S(PRIMARY), F(STOP) | F(STOP_ALL), F(SOLO), NODE_PRIMARY_EMPTYING, order_leave},
    {"stop.primary", S(PRIMARY) | S(PRIMARY_PROVING), F(STOP) | F(FREE), 0, NODE_PRIMARY_LEAVING,
     order_clean_stop},
    /* FREE: the order tells where the WAL ends, and whether that is the end; an observation may be earlier. */
    {"leaving.switch", S(PRIMARY_LEAVING), F(DOWN) | F(FREE) | F(SWITCH), 0,
     NODE_PRIMARY_CONSENTING, order_consent},
    {"leaving.handover", S(PRIMARY_LEAVING), F(DOWN) | F(FREE) | F(AUTOMATIC),
     F(SOLO) | F(STOP_ALL), NODE_PRIMARY_CONSENTING, order_consent},
    /* Nobody is told that all have stopped before they have. */
    {"stop.waits_for_others", S(PRIMARY_LEAVING) | S(ASKING) | QUIET,
     F(STOP) | F(DOWN) | F(FREE) | F(OTHERS_STOP), 0, NODE_STOPPING, order_wait_for_others},
    {"leaving.done", S(PRIMARY_LEAVING), F(DOWN) | F(FREE), 0, NODE_GONE, order_finish},
    {"leaving.again", S(PRIMARY_LEAVING) | S(STOPPING), F(FREE) | F(ORDER_FAILED), F(DOWN), STAY,
     order_kill},
    /* Nothing is begun for who is to stop, and the round may wait long for a fencing command (F1). */
    {"stop.claiming", S(STANDBY_CLAIMING), F(STOP), F(ROUND_OVER), NODE_STANDBY,
     order_claim_abandon},
    /* A primary that is silent lets nobody go. */
    {"stop.standby", S(STANDBY), F(STOP) | F(ELIGIBLE) | F(MAJORITY), F(PRIMARY_SILENT),
     NODE_STANDBY_LEAVING, order_leave},
    {"stop.detached", S(STANDBY_LEAVING), F(FREE), F(ELIGIBLE), NODE_STOPPING, order_stop},
    {"stop.standby_waited", S(STANDBY_LEAVING), F(FREE) | F(WAITED), 0, NODE_STOPPING, order_stop},
    {"stop.other", S(STANDBY) | S(ASKING) | QUIET, F(STOP) | F(FREE), F(DOWN), NODE_STOPPING,
     order_stop},
    {"stop.nothing_runs", S(ASKING) | QUIET | S(STOPPING), F(STOP) | F(DOWN), F(OTHERS_STOP),
     NODE_GONE, order_finish},

    /* The operator's switch: prepared while clients work, then a stop that is a handover. */
    {"switch.impossible", S(PRIMARY), F(SWITCH_IN_VAIN), 0, STAY, order_switch_refuse},
    {"switch.waited", S(PRIMARY), F(SWITCH_WAITED), 0, STAY, order_switch_refuse},
    {"switch.stop", S(PRIMARY), F(SWITCH_READY) | F(FREE) | F(NAMES_RIGHT) | F(ROUND_OVER),
     F(JOINING) | F(PENDING), NODE_PRIMARY_LEAVING, order_switch_stop},

    /* An operator's force (E5): cut from whomever it follows, it shows where its WAL ends, and then the record names it. */
    {"force.ends_closed", S(ASKING) | S(PRIMARY_PROVING), F(FORCED) | F(RUNS_PRIMARY) | F(FREE),
     F(FORCE_CHOSEN), NODE_DEPOSING, order_kill},
    /* Whatever has brought it down, automatic off or on, the word goes on as long as there are attempts. */
    {"force.again", S(STAYING_DOWN),
     F(FORCE_CHOSEN) | F(MINE) | F(DOWN) | F(FREE) | F(RESTARTS_LEFT), 0, NODE_ASKING,
     order_unconfirm},
    {"force.begin",
     S(ASKING) | S(IDLE) | S(STANDBY) | S(STANDBY_SEEKING) | S(STAYING_DOWN) | S(PRIMARY_CUT) |
         S(PRIMARY_CONSENTING),
     F(FORCED) | F(DIRECTORY) | F(DIRECTORY_NAMED) | F(FREE) | F(RESTARTS_LEFT),
     F(RUNS_PRIMARY) | F(GONE) | F(RESTORED) | F(FORCE_CHOSEN), NODE_FORCING, order_unconfirm},
    /* What was recovered from a backup has ended already, and is opened as it lies (order_restored). */
    {"force.restored",
     S(ASKING) | S(IDLE) | S(STANDBY_SEEKING) | S(STAYING_DOWN) | S(PRIMARY_CUT) |
         S(PRIMARY_CONSENTING),
     F(FORCED) | F(RESTORED) | F(FREE), F(FORCE_CHOSEN), NODE_FORCING, order_force_restored},
    {"forcing.restored_named", S(FORCING), F(FORCE_CHOSEN) | F(MINE) | F(RESTORED), 0, NODE_ASKING,
     order_nothing},
    {"forcing.named", S(FORCING), F(FORCE_CHOSEN) | F(MINE) | F(RUNS_STANDBY), 0,
     NODE_STANDBY_PROMOTING, order_nothing},
    {"forcing.lost", S(FORCING), F(GONE), 0, NODE_DEPOSING, order_kill},
    /* P1: whether it lost WAL is judged before it runs, and what runs here was begun for another record. */
    {"forcing.left_named", S(FORCING), F(NAMED), F(FORCED) | F(FORCE_CHOSEN), NODE_DEPOSING,
     order_kill},
    {"forcing.left", S(FORCING), 0, F(FORCED), NODE_ASKING, order_unconfirm},
    {"forcing.round_left", ~S(FORCING), F(READY_FORCE), 0, STAY, order_claim_abandon},
    {"forcing.cannot_start", S(FORCING), F(DOWN) | F(FREE), F(RESTARTS_LEFT), NODE_STAYING_DOWN,
     order_give_up},
    {"forcing.start", S(FORCING), F(DOWN) | F(FREE), F(RESTORED), STAY, order_start_standby},
    {"forcing.cut", S(FORCING), F(RUNS_STANDBY) | F(FREE), F(CUT), STAY, order_cut},
    {"forcing.accept", S(FORCING), F(READY_FORCE) | F(CUT), 0, STAY, order_force_accept},
    {"forcing.propose_restored", S(FORCING), F(CUT) | F(RESTORED) | F(PROPOSER_FREE),
     F(FORCE_CHOSEN), STAY, order_force},
    {"forcing.propose", S(FORCING), F(CUT) | F(RUNS_STANDBY) | F(PROPOSER_FREE), F(FORCE_CHOSEN),
     STAY, order_force},

    /* E3 */
    {"recalling.done", S(RECALLING), F(MEMORY), 0, NODE_ASKING, order_unconfirm},
    {"cut.memory_lost", S(PRIMARY_CUT) | S(ASKING) | S(IDLE), 0, F(MEMORY), NODE_RECALLING,
     order_nothing},

    /* Section 8: two voters, and the other one is silent. The primary lets its standby go, later than that could take over. */
    {"standin.ask", S(STANDBY) | S(PRIMARY_CUT) | S(ASKING) | S(PRIMARY_CONSENTING),
     F(STAND_IN_ASK), F(MAJORITY) | F(STOP), STAY, order_ask_broken},
    {"standin.detach", S(PRIMARY_CUT) | S(ASKING) | S(PRIMARY_CONSENTING),
     F(STAND_IN) | F(MINE) | F(DOWN) | F(PROPOSER_FREE),
     F(MAJORITY) | F(STOP) | F(SOLO) | F(RESTORED) | F(CONFIRMED) | F(AHEAD), STAY,
     order_detach_alone},
    {"standin.alone", S(PRIMARY_CUT), F(KNOWN_SOLO) | F(MINE), 0, NODE_ASKING, order_unconfirm},

    /* P1: asking before anything is opened. */
    {"cut.majority_back", S(PRIMARY_CUT), F(MAJORITY), 0, NODE_ASKING, order_unconfirm},
    /* P7: who has consented serves under a later record only, though an operator's force, or a split, came to nothing meanwhile. */
    {"asking.consented", S(ASKING), F(CONSENTED) | F(DOWN) | F(FREE), F(STOP),
     NODE_PRIMARY_CONSENTING, order_nothing},
    /* And what was handed back is handed back, also by an agent that was killed over it. */
    {"asking.handed_back_runs", S(ASKING), F(HANDED_BACK) | F(FREE), F(DOWN), NODE_DEPOSING,
     order_kill},
    {"asking.handed_back", S(ASKING), F(HANDED_BACK) | F(DOWN), F(CONSENTED) | F(STOP),
     NODE_PRIMARY_CONSENTING, order_hand_back},
    {"asking.known_solo", S(ASKING), F(KNOWN_SOLO) | F(MINE), F(CONFIRMED), STAY,
     order_confirm_alone},
    {"asking.round", S(ASKING), F(PROPOSER_FREE) | F(MAJORITY), F(CONFIRMED) | F(EMPTY), STAY,
     order_confirm},
    {"asking.gone", S(ASKING), F(GONE) | F(FREE), 0, STAY, order_kill},

    /* No record anywhere: the first primary makes it. A directory that was opened under a record before may lack
     * what a later one acknowledged: that nobody remembers is no first start, but the loss of every memory (E3). */
    {"bootstrap.former_member", S(ASKING),
     F(EMPTY) | F(DIRECTORY) | F(MARKED) | F(WANTED) | F(FREE), F(STANDBY_SIGNAL) | F(RECORD),
     NODE_STAYING_DOWN, order_former_member},
    {"bootstrap.stop_stranger", S(ASKING), F(EMPTY) | F(RUNS_PRIMARY) | F(WANTED) | F(FREE), 0,
     STAY, order_clean_stop},
    {"bootstrap.name_directory", S(ASKING), F(EMPTY) | F(DIRECTORY) | F(DOWN) | F(WANTED) | F(FREE),
     F(DIRECTORY_NAMED) | F(STANDBY_SIGNAL), STAY, order_name_directory},
    {"bootstrap.propose", S(ASKING),
     F(EMPTY) | F(DIRECTORY_NAMED) | F(DOWN) | F(WANTED) | F(PROPOSER_FREE), F(STANDBY_SIGNAL),
     STAY, order_bootstrap},

    /* Recovered from a backup: the record is to name this directory, and the receipt becomes its identity. */
    {"restored.propose", S(ASKING) | S(STANDBY_SEEKING),
     F(CONFIRMED) | F(RESTORED) | F(RESTORABLE) | F(WANTED) | F(FREE) | F(PROPOSER_FREE) |
         F(MAJORITY),
     F(MINE), STAY, order_restored},
    {"restored.identity", S(ASKING), F(CONFIRMED) | F(MINE) | F(RESTORED) | F(FREE), 0, STAY,
     order_restored_identity},

    /* P3: its successor could not be promoted, and the role comes back. */
    {"seeking.return", S(STANDBY_SEEKING),
     F(CONFIRMED) | F(CONSENT) | F(RETURNS) | F(WANTED) | F(FREE) | F(RESTARTS_LEFT) |
         F(CLAIMABLE) | F(PROPOSER_FREE) | F(MAJORITY),
     F(NAMED) | F(STOP), STAY, order_return},

    /* The record names this server. */
    {"asking.foreign_directory", S(ASKING), F(CONFIRMED) | F(NAMED) | F(DIRECTORY) | F(FREE),
     F(MINE) | F(RESTORED), NODE_STAYING_DOWN, order_foreign},
    {"asking.interrupted", S(ASKING),
     F(CONFIRMED) | F(INTERRUPTED) | F(REJOINS) | F(WANTED) | F(DOWN) | F(FREE),
     F(NAMED) | F(ELIGIBLE), NODE_STANDBY_SEEKING, order_nothing},
    {"asking.not_wanted", S(ASKING), F(CONFIRMED) | F(DOWN) | F(FREE), F(WANTED), NODE_IDLE,
     order_nothing},
    {"asking.no_directory", S(ASKING), F(CONFIRMED) | F(DOWN) | F(FREE), F(DIRECTORY), NODE_IDLE,
     order_nothing},
    {"asking.ahead_handover", S(ASKING),
     F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE) | F(AHEAD) | F(AUTOMATIC), 0,
     NODE_PRIMARY_CONSENTING, order_consent},
    {"asking.ahead", S(ASKING), F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE) | F(AHEAD), 0,
     NODE_STAYING_DOWN, order_lost_wal},
    {"asking.hand_back", S(ASKING),
     F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE) | F(UNOPENED) | F(TRIED) | F(FORMER_READY) |
         F(MAJORITY),
     F(PENDING) | F(STOP), NODE_PRIMARY_CONSENTING, order_hand_back},
    {"asking.unpromoted", S(ASKING), F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE) | F(STANDBY_SIGNAL),
     F(RESTS), NODE_STANDBY_STARTING, order_start_unpromoted},
    {"asking.start_primary", S(ASKING),
     F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE) | F(RESTARTS_LEFT), F(STANDBY_SIGNAL),
     NODE_PRIMARY_STARTING, order_start_primary},
    {"asking.cannot_start_handover", S(ASKING),
     F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE) | F(AUTOMATIC), F(SOLO) | F(STANDBY_SIGNAL),
     NODE_PRIMARY_CONSENTING, order_consent},
    {"asking.cannot_start", S(ASKING), F(CONFIRMED) | F(MINE) | F(DOWN) | F(FREE),
     F(STANDBY_SIGNAL), NODE_STAYING_DOWN, order_give_up},
    {"asking.primary_runs", S(ASKING), F(CONFIRMED) | F(MINE) | F(RUNS_PRIMARY), 0,
     NODE_PRIMARY_PROVING, order_nothing},
    {"asking.promotion_unfinished", S(ASKING), F(CONFIRMED) | F(MINE) | F(RUNS_STANDBY), 0,
     NODE_STANDBY_PROMOTING, order_nothing},

    /* It names another. */
    {"asking.standby_runs", S(ASKING), F(CONFIRMED) | F(RUNS_STANDBY), F(NAMED), NODE_STANDBY,
     order_nothing},
    /* D1: before anything is judged by its chain. */
    {"strange.forget", S(ASKING) | S(STANDBY_SEEKING) | S(STAYING_DOWN) | S(IDLE) | S(DEPOSING),
     F(STRANGE) | F(DOWN) | F(FREE), 0, STAY, order_forget_timeline},
    {"asking.name_copy", S(ASKING), F(CONFIRMED) | F(DIRECTORY) | F(DOWN) | F(FREE),
     F(DIRECTORY_NAMED) | F(NAMED), STAY, order_name_directory},
    {"asking.start_standby", S(ASKING),
     F(CONFIRMED) | F(ELIGIBLE) | F(DOWN) | F(FREE) | F(RESTARTS_LEFT), 0, NODE_STANDBY_STARTING,
     order_start_standby},
    {"asking.seek", S(ASKING), F(CONFIRMED) | F(DOWN) | F(FREE), F(NAMED) | F(ELIGIBLE),
     NODE_STANDBY_SEEKING, order_nothing},
    {"asking.standby_cannot_start", S(ASKING), F(CONFIRMED) | F(DOWN) | F(FREE), F(NAMED),
     NODE_STAYING_DOWN, order_give_up},
    {"down.directory_lost", S(IDLE) | S(STAYING_DOWN),
     F(CONFIRMED) | F(NAMED) | F(DOWN) | F(FREE) | F(AUTOMATIC) | F(WANTED),
     F(MINE) | F(SOLO) | F(CONSENTED) | F(RESTORED) | F(SPLIT), NODE_PRIMARY_CONSENTING,
     order_consent},
    {"idle.wanted", S(IDLE), F(WANTED) | F(DIRECTORY) | F(MEMORY), F(SPLIT), NODE_ASKING,
     order_unconfirm},
    /* A directory that is half made over is none that could be started, and goes on being made over. */
    {"idle.interrupted", S(IDLE), F(WANTED) | F(INTERRUPTED) | F(REJOINS) | F(MEMORY),
     F(NAMED) | F(SPLIT), NODE_ASKING, order_unconfirm},

    /* A primary on its way to open (P1, P2, D1). */
    {"starting.up", S(PRIMARY_STARTING), F(RUNS_PRIMARY) | F(FREE), 0, NODE_PRIMARY_PROVING,
     order_nothing},
    {"starting.failed", S(PRIMARY_STARTING), F(ORDER_FAILED), 0, NODE_DEPOSING, order_kill},
    {"proving.confirm", S(PRIMARY_PROVING), F(PROPOSER_FREE) | F(MAJORITY), F(CONFIRMED), STAY,
     order_confirm},
    {"proving.names", S(PRIMARY_PROVING), F(RUNS_PRIMARY) | F(FREE), F(NAMES_RIGHT), STAY,
     order_names},
    /* A promotion that was cut off in the middle has left its timeline: where the one before it ends stands in the
     * record that predicted it, and must be in the chain before that record is followed by another. */
    {"proving.mark_fork", S(PRIMARY_PROVING), F(NAMES_RIGHT) | F(FREE) | F(RUNS_PRIMARY),
     F(TIMELINE_RIGHT) | F(MARKED), STAY, order_mark},
    {"proving.timeline", S(PRIMARY_PROVING),
     F(NAMES_RIGHT) | F(PROPOSER_FREE) | F(RUNS_PRIMARY) | F(MARKED), F(TIMELINE_RIGHT), STAY,
     order_opened},
    {"proving.mark", S(PRIMARY_PROVING), F(NAMES_RIGHT) | F(TIMELINE_RIGHT) | F(FREE), F(MARKED),
     STAY, order_mark},
    {"proving.open", S(PRIMARY_PROVING),
     F(CONFIRMED) | F(MINE) | F(NAMES_RIGHT) | F(FLUSHED) | F(TIMELINE_RIGHT) | F(MARKED) |
         F(FREE) | F(RUNS_PRIMARY),
     F(AHEAD) | F(PENDING) | F(LEASE_SHORT), NODE_PRIMARY_OPENING, order_open},
    {"opening.done", S(PRIMARY_OPENING), F(GATE_OPEN) | F(FREE), 0, NODE_PRIMARY, order_announce},
    {"opening.again", S(PRIMARY_OPENING), F(FREE), F(GATE_OPEN), STAY, order_open},

    /* The synchronous set (P2, section 4). */
    {"pending.resolve", SERVING, F(PENDING) | F(PROPOSER_FREE) | F(MAJORITY), 0, STAY,
     order_confirm},
    {"apart.change", SERVING, F(APART_CHANGES) | F(PROPOSER_FREE) | F(MAJORITY),
     F(JOINING) | F(PENDING), STAY, order_apart},
    {"members.change", S(PRIMARY), F(MEMBERS_CHANGE) | F(PROPOSER_FREE) | F(MAJORITY),
     F(JOINING) | F(PENDING) | F(STOP), STAY, order_members},
    {"detach.leaving", SERVING, F(LEAVING) | F(LOOSE) | F(PROPOSER_FREE), 0, STAY,
     order_detach_leaving},
    {"detach.lost", SERVING, F(LOST) | F(LOOSE) | F(AUTOMATIC) | F(PROPOSER_FREE) | F(MAJORITY), 0,
     STAY, order_detach},
    {"detach.report", S(PRIMARY) | S(PRIMARY_PROVING), F(UNREPORTED), F(AUTOMATIC), STAY,
     order_report_lost},
    {"join.broken", S(PRIMARY),
     F(JOINING) | F(FREE) | F(ROUND_OVER) | F(NAMES_RIGHT) | F(JOIN_BROKEN), F(PENDING), STAY,
     order_abandon_join},
    {"join.waited", S(PRIMARY),
     F(JOINING) | F(FREE) | F(ROUND_OVER) | F(NAMES_RIGHT) | F(JOIN_WAITED), F(PENDING), STAY,
     order_abandon_join},
    {"detach.tighten", S(PRIMARY), F(GOING) | F(FREE) | F(MAJORITY),
     F(LOOSE) | F(JOINING) | F(PENDING), STAY, order_tighten_detach},
    {"quorum.tighten", S(PRIMARY), F(QUORUM_LOW) | F(AUTOMATIC) | F(FREE) | F(MAJORITY),
     F(JOINING) | F(PENDING) | F(STOP), STAY, order_tighten_quorum},
    {"quorum.lower", S(PRIMARY), F(QUORUM_HIGH) | F(AUTOMATIC) | F(PROPOSER_FREE) | F(MAJORITY),
     F(JOINING) | F(PENDING) | F(STOP), STAY, order_lower_quorum},
    {"names.follow_record", S(PRIMARY) | S(PRIMARY_EMPTYING), F(FREE) | F(RUNS_PRIMARY),
     F(NAMES_RIGHT), STAY, order_names},
    {"attach.propose", S(PRIMARY), F(JOINING) | F(JOIN_HOLDS) | F(JOIN_FLUSHED) | F(PROPOSER_FREE),
     F(PENDING), STAY, order_attach},
    {"attach.tighten", S(PRIMARY), F(JOINABLE) | F(FREE) | F(NAMES_RIGHT) | F(MAJORITY),
     F(JOINING) | F(PENDING) | F(STOP), STAY, order_join},
    {"setting.change",
     S(PRIMARY) | S(PRIMARY_PROVING) | S(STANDBY) | S(IDLE) | S(STANDBY_SEEKING) | S(STAYING_DOWN),
     F(RECORD) | F(SETTING_ASKED) | F(PROPOSER_FREE) | F(MAJORITY), F(PENDING), STAY,
     order_setting},
    /* Where no primary serves, nobody else asks what became of a change that only its proposer's voter accepted. */
    {"setting.pending", S(STANDBY) | S(IDLE) | S(STANDBY_SEEKING) | S(STAYING_DOWN),
     F(RECORD) | F(SETTING_ASKED) | F(PENDING) | F(PROPOSER_FREE) | F(MAJORITY), 0, STAY,
     order_confirm},

    /* A standby. */
    {"standby.gone", AS_STANDBY, F(GONE), 0, NODE_DEPOSING, order_kill},
    {"standby.sick", S(STANDBY), F(SICK) | F(AUTOMATIC), 0, NODE_DEPOSING, order_kill},
    {"standby.named", S(STANDBY) | S(STANDBY_CLAIMING) | S(STANDBY_LEAVING), F(MINE), 0,
     NODE_STANDBY_PROMOTING, order_nothing},
    {"claim.consent", S(STANDBY),
     F(CONSENT) | F(ELIGIBLE) | F(MAY_SUCCEED) | F(RUNS_STANDBY) | F(PROPOSER_FREE) | F(MAJORITY) |
         F(CLAIMABLE),
     F(STOP), NODE_STANDBY_CLAIMING, order_claim},
    {"claim.silent", S(STANDBY),
     F(PRIMARY_SILENT) | F(ELIGIBLE) | F(AUTOMATIC) | F(RUNS_STANDBY) | F(PROPOSER_FREE) |
         F(MAJORITY) | F(CLAIMABLE),
     F(STOP), NODE_STANDBY_CLAIMING, order_claim},
    {"claim.stand_in", S(STANDBY),
     F(STAND_IN) | F(PRIMARY_SILENT) | F(ELIGIBLE) | F(AUTOMATIC) | F(RUNS_STANDBY) |
         F(PROPOSER_FREE) | F(CLAIMABLE),
     F(STOP) | F(MAJORITY), NODE_STANDBY_CLAIMING, order_claim_alone},
    {"claiming.stand_in_late", S(STANDBY_CLAIMING), F(READY_CLAIM) | F(STOOD_IN), F(STAND_IN),
     NODE_STANDBY, order_claim_abandon},
    {"claiming.accept", S(STANDBY_CLAIMING), F(READY_CLAIM) | F(CUT) | F(BEST) | F(ELIGIBLE),
     F(SPLIT), STAY, order_claim_accept},
    {"claiming.primary_back", S(STANDBY_CLAIMING), F(READY_CLAIM), F(PRIMARY_SILENT) | F(CONSENT),
     NODE_STANDBY, order_claim_abandon},
    {"claiming.not_eligible", S(STANDBY_CLAIMING), F(READY_CLAIM), F(ELIGIBLE), NODE_STANDBY,
     order_claim_abandon},
    {"claiming.cut", S(STANDBY_CLAIMING), F(READY_CLAIM) | F(FREE) | F(RUNS_STANDBY), F(CUT), STAY,
     order_cut},
    {"claiming.cut_early", S(STANDBY_CLAIMING), F(CONSENT) | F(FREE) | F(RUNS_STANDBY), F(CUT),
     STAY, order_cut},
    {"claiming.better", S(STANDBY_CLAIMING), F(READY_CLAIM) | F(BETTER), 0, NODE_STANDBY,
     order_claim_yield},
    {"claiming.ask", S(STANDBY_CLAIMING), F(READY_CLAIM) | F(POSITIONS_DUE), 0, STAY,
     order_ask_positions},
    {"claiming.behind", S(STANDBY_CLAIMING), F(READY_CLAIM) | F(WAITED), 0, NODE_STANDBY,
     order_claim_behind},
    {"claiming.failed", S(STANDBY_CLAIMING), F(ROUND_OVER), 0, NODE_STANDBY, order_claim_failed},
    {"standby.pending", S(STANDBY), F(PENDING) | F(PROPOSER_FREE) | F(MAJORITY) | F(PRIMARY_SILENT),
     0, STAY, order_confirm},
    {"standby.missed", S(STANDBY),
     F(MISSED) | F(AUTOMATIC) | F(PROPOSER_FREE) | F(MAJORITY) | F(PRIMARY_SILENT), 0, STAY,
     order_ask_missed},
    {"position.asked", S(STANDBY) | S(STANDBY_LEAVING),
     F(POSITION_ASKED) | F(FREE) | F(RUNS_STANDBY), F(CUT), STAY, order_cut},
    {"position.answer", S(STANDBY) | S(STANDBY_CLAIMING) | S(STANDBY_LEAVING),
     F(POSITION_ASKED) | F(CUT), 0, STAY, order_position_answer},
    {"promoting.cut", S(STANDBY_PROMOTING), F(RUNS_STANDBY) | F(FREE), F(CUT) | F(PROMOTED), STAY,
     order_cut},
    {"promoting.in_vain", S(STANDBY_PROMOTING),
     F(RUNS_STANDBY) | F(MINE) | F(IN_VAIN) | F(FORMER_READY), F(PROMOTED), NODE_DEPOSING,
     order_kill_in_vain},
    {"promoting.promote", S(STANDBY_PROMOTING), F(RUNS_STANDBY) | F(FREE) | F(CUT) | F(MINE),
     F(PROMOTED), STAY, order_promote},
    {"promoting.done", S(STANDBY_PROMOTING), F(PROMOTED) | F(RUNS_PRIMARY), 0, NODE_PRIMARY_PROVING,
     order_promoted},
    {"promoting.runs", S(STANDBY_PROMOTING), F(RUNS_PRIMARY) | F(FREE), F(PROMOTED), NODE_ASKING,
     order_nothing},
    {"standby.refused_rejoin", S(STANDBY), F(REFUSED_ATTACH) | F(REJOINABLE), F(ELIGIBLE),
     NODE_DEPOSING, order_kill},
    {"standby.refused", S(STANDBY), F(REFUSED_ATTACH), F(ELIGIBLE), NODE_STAYING_DOWN,
     order_refuse},
    {"standby.take_chain", S(STANDBY) | S(STANDBY_SEEKING), F(GRANTED) | F(FREE),
     F(CHAIN_TAKEN) | F(ELIGIBLE), STAY, order_take_chain},
    {"standby.follow", S(STANDBY), F(RUNS_STANDBY) | F(FREE), F(FOLLOWS_RIGHT), STAY, order_follow},
    {"standby.open", S(STANDBY), F(RUNS_STANDBY) | F(FREE) | F(FOLLOWS_RIGHT),
     F(GATE_OPEN) | F(STOP), STAY, order_open},
    {"standby.ask", S(STANDBY), F(ASK_DUE) | F(RUNS_STANDBY), F(ELIGIBLE) | F(STOP), STAY,
     order_ask_primary},
    {"seeking.named", S(STANDBY_SEEKING), F(NAMED), 0, NODE_ASKING, order_unconfirm},
    /* Section 7: only a directory that does not count, on a record known to be chosen, and only from the server that
     * has opened under it (D1, P4). */
    {"seeking.rejoin", S(STANDBY_SEEKING),
     F(REFUSED_ATTACH) | F(REJOINABLE) | REJOIN_PROOF | F(DIRECTORY), REJOIN_BARS, NODE_REJOINING,
     order_rejoin},
    {"seeking.rejoin_interrupted", S(STANDBY_SEEKING), F(INTERRUPTED) | F(REJOINS) | REJOIN_PROOF,
     REJOIN_BARS, NODE_REJOINING, order_rejoin},
    {"seeking.refused", S(STANDBY_SEEKING), F(REFUSED_ATTACH), F(REJOINABLE), NODE_STAYING_DOWN,
     order_stay_down},
    {"seeking.start", S(STANDBY_SEEKING), F(GRANTED) | F(CHAIN_TAKEN) | F(FREE) | F(RESTARTS_LEFT),
     0, NODE_STANDBY_STARTING, order_start_standby},
    {"seeking.given_up", S(STANDBY_SEEKING), F(GRANTED) | F(FREE), F(RESTARTS_LEFT),
     NODE_STAYING_DOWN, order_give_up},
    {"seeking.ask", S(STANDBY_SEEKING), F(ASK_DUE), 0, STAY, order_ask_primary},
    {"rejoining.failed", S(REJOINING), F(FREE) | F(ORDER_FAILED), 0, NODE_ASKING, order_unconfirm},
    {"rejoining.done", S(REJOINING), F(FREE), F(ORDER_FAILED), NODE_ASKING, order_rejoined},
    {"standby_starting.up", S(STANDBY_STARTING), F(RUNS_STANDBY) | F(FREE), 0, NODE_STANDBY,
     order_nothing},
    {"standby_starting.failed", S(STANDBY_STARTING), F(ORDER_FAILED), 0, NODE_DEPOSING, order_kill},
    {"staying_down.handover", S(STAYING_DOWN), F(MINE) | F(DOWN) | F(AUTOMATIC) | F(RECORD),
     F(SOLO) | F(CONSENTED) | F(SPLIT), NODE_PRIMARY_CONSENTING, order_consent},
    /* P7: whoever comes back hears the word again. FORCED: the operator is answered first. */
    {"down.consented", S(STAYING_DOWN) | S(IDLE), F(CONSENTED) | F(DOWN) | F(FREE),
     F(FORCED) | F(SPLIT) | F(STOP), NODE_PRIMARY_CONSENTING, order_nothing},
};

enum { RULES = sizeof rules / sizeof rules[0] };

uint16_t node_rule_count(void)
{
    return RULES;
}

const char *node_rule_id(uint16_t rule)
{
    return rule < RULES ? rules[rule].id : "none";
}

static int match(const Node *node, Facts facts)
{
    const uint32_t state = UINT32_C(1) << node->state;
    for (int i = 0; i < RULES; i++)
        if ((rules[i].in & state) != 0 && (facts & rules[i].need) == rules[i].need &&
            (facts & rules[i].deny) == 0)
            return i;
    return -1;
}

static void enter(Node *node, NodeState to, Actions *out, const char *rule)
{
    const NodeState from = node->state;
    if (to == STAY)
        return;
    node->state = to;
    node->state_since = node->p.now;
    participant_hurry(&node->p);
    participant_log(&node->p,
                    msg_state_changed(node_state_words(from), node_state_words(to), rule,
                                      node->p.durable.chosen.epoch),
                    out);
}

void node_rules(Node *node, const CoreSettings *settings, Actions *out)
{
    for (int i = 0; i < NODE_RULES_PER_STEP && node->state != NODE_GONE; i++) {
        const int at = match(node, node_facts(node, settings));
        if (at < 0)
            return;
        const Rule *rule = &rules[at];
        const NodeState to = rule->to == STAY ? node->state : rule->to;
        out->fired[out->fired_count++] =
            (Fired){.rule = (uint16_t)at, .from = (uint8_t)node->state, .to = (uint8_t)to};
        node->rule = (uint16_t)at;
        enter(node, rule->to, out, rule->id);
        rule->order(node, settings, out);
    }
}

/* node_parts.h - what the files of the node share: facts, rules, orders. Not for others. */
#ifndef MC_CORE_NODE_PARTS_H
#define MC_CORE_NODE_PARTS_H

#include "core/node.h"

/* Named facts, computed anew before every match. The comment says when it is true. */
#define NODE_FACTS(X)                                                                                  \
    X(MEMORY)          /* the voter has its memory */                                                  \
    X(RECORD)          /* a chosen record is known */                                                  \
    X(CONFIRMED)       /* and it is the latest (P1) */                                                 \
    X(EMPTY)           /* there is no record anywhere */                                               \
    X(KNOWN_SOLO)      /* P1's exception holds: opens without asking */                                \
    X(NAMED)           /* the record's primary is this server */                                       \
    X(MINE)            /* with this data directory */                                                  \
    X(ELIGIBLE)        /* this server with this directory is eligible */                               \
    X(DIRECTORY)       /* there is a data directory */                                                 \
    X(DIRECTORY_NAMED) /* and it has an id of its own */                                               \
    X(STANDBY_SIGNAL)  /* it lies there as a standby's */                                              \
    X(DOWN)            /* the instance is proved stopped */                                            \
    X(RUNS_PRIMARY)    /* it runs and is no standby */                                                 \
    X(RUNS_STANDBY)    /* it runs in recovery */                                                       \
    X(GONE)            /* its postmaster ended unasked */                                              \
    X(SICK)            /* it has not answered for too long */                                          \
    X(GATE_OPEN)       /* clients are admitted */                                                      \
    X(FREE)            /* no order to the instance is under way, none must wait */                     \
    X(ORDER_FAILED)    /* the last order was not carried out */                                        \
    X(PROPOSER_FREE)   /* a round may begin */                                                         \
    X(READY)           /* a majority has promised for a round that nothing more is asked of */         \
    X(READY_ATTACH)    /* for the attachment under way */                                              \
    X(READY_CLAIM)     /* for the claim under way */                                                   \
    X(ROUND_OVER)      /* no round is under way */                                                     \
    X(MAJORITY)        /* more than half of the voters are heard */                                    \
    X(AUTOMATIC)       /* the record lets servers act by themselves */                                 \
    X(SOLO)            /* nobody is or may be eligible */                                              \
    X(PENDING)         /* the own voter accepted a record beyond the chosen one */                     \
    X(LEASE_SHORT)     /* P5: a lease is needed, and is not held or nearly out */                      \
    X(LEASE_OUT)       /* and clients are admitted: time to cut */                                     \
    X(OVERTAKEN)       /* its own round has found a takeover that somebody has accepted (P5) */        \
    X(PRIMARY_SILENT)  /* the record's primary is not heard, and nothing of its line either */         \
    X(CONSENT)         /* the primary has consented under this record (P7) */                          \
    X(CONSENTED)       /* this server has consented under this record (P7) */                          \
    X(CLAIMABLE)       /* the own voter would let a takeover pass, and it is time to try */            \
    X(CUT)             /* the receiver is gone for good, the end of WAL is known (P3) */               \
    X(BEST)            /* enough positions are known, and none is higher */                            \
    X(BETTER)          /* another one has said that it has more WAL */                                 \
    X(POSITIONS_DUE)   /* too few positions are known: time to ask (again) */                          \
    X(WANTED)          /* the operator wants the instance to run */                                    \
    X(STOP)            /* the operator wants this server stopped */                                    \
    X(STOP_ALL)        /* with all the others */                                                       \
    X(OTHERS_STOP)     /* an operator here stops all, and one that is heard still runs */              \
    X(STOP_AGENT)      /* only the daemon */                                                           \
    X(RESTARTS_LEFT)   /* the instance was not started too often */                                    \
    X(NAMES_RIGHT)     /* synchronous_standby_names is what the records ask, and proved (P2) */        \
    X(FLUSHED)         /* every eligible standby has flushed what was there at the proof */            \
    X(TIMELINE_RIGHT)  /* the instance's timeline is the record's */                                   \
    X(MARKED)          /* the directory's chain has the record's history (D1); no record: any */       \
    X(AHEAD)           /* an eligible standby is beyond the end of this primary's WAL */               \
    X(LOST)            /* an eligible standby is lost: detach it */                                    \
    X(LEAVING)         /* an eligible standby asks to leave */                                         \
    X(GOING)           /* one of the eligible is to be detached, for whatever reason */                \
    X(LOOSE)           /* the record alone may let one go; else PostgreSQL is tightened first */       \
    X(QUORUM_LOW)      /* more of the eligible shall acknowledge, and enough of them stream */         \
    X(QUORUM_HIGH)     /* more acknowledge than need be */                                             \
    X(JOINABLE)        /* a standby streams under the name offered to it, and is well */               \
    X(JOINING)         /* an attachment is under way, or another change that needs a proof */          \
    X(JOIN_HOLDS)      /* its stream is the one that was there at the proof */                         \
    X(JOIN_BROKEN)     /* it was seen after the proof, and is another one now, or none */              \
    X(JOIN_WAITED)     /* the names are tight for too long already */                                  \
    X(JOIN_FLUSHED)    /* it has flushed what was there at the proof */                                \
    X(POSITION_ASKED)  /* another candidate asks for the end of WAL here (P3) */                       \
    X(PROMOTED)        /* the promotion is done */                                                     \
    X(TRIED)           /* named, and not promoted as often as it is worth while */                     \
    X(RESTS)           /* the next try is not due yet */                                               \
    X(IN_VAIN)         /* its promotion fails while the instance runs, or does not end */              \
    X(FORMER_READY)    /* the primary before is there, stopped, and holds everything (P3) */           \
    X(UNOPENED)        /* its own directory has nothing of the record's history (P3) */                \
    X(HANDED_BACK)     /* this server has handed this epoch back, in whatever run (P7) */              \
    X(RETURNS)         /* the role is handed back to this server, which holds everything */            \
    X(SETTING_ASKED)   /* `automatic` is to change, and this server is to propose it */                \
    X(FOLLOWS_RIGHT)   /* the receiver is told to follow whom the record or the offer says */          \
    X(GRANTED)         /* the primary has offered a name under this record */                          \
    X(CHAIN_TAKEN)     /* and its chain is in the directory */                                         \
    X(MISSED)          /* others may have decided what this standby has not heard: ask */              \
    X(STRANGE)         /* the chain may take a timeline that began here for a record's (D1) */         \
    X(REFUSED_ATTACH)  /* the primary said that this WAL is not a prefix */                            \
    X(ASK_DUE)         /* time to ask the primary */                                                   \
    X(PRIMARY_OPEN)    /* the record's primary is heard, and open under it */                          \
    X(INTERRUPTED)     /* the directory is half made over */                                           \
    X(REJOINS)         /* this server makes its directory over by itself, and not in vain */           \
    X(REJOINABLE)      /* and the primary's refusal is one that this cures */                          \
    X(WAITED)          /* it has been in this state for long */                                        \
    X(UNREPORTED)      /* what automatic would act on, and nobody was told yet */                      \
    X(SWITCH)          /* an operator's switch is this server's to carry out */                        \
    X(SWITCH_IN_VAIN)  /* nothing is cut yet, and something speaks against it */                       \
    X(SWITCH_READY)    /* checkpoints are made, little is left to replay */                            \
    X(SWITCH_WAITED)   /* it has been prepared for too long */                                         \
    X(MAY_SUCCEED)     /* automatic, or the primary's consent was an operator's wish */                \
    X(APART_CHANGES)   /* an operator wants a standby kept apart, or back */                           \
    X(FORCED)          /* an operator makes this server primary by force, and still may (E5) */        \
    X(FORCE_CHOSEN)    /* and the record that opens the line of that names it */                       \
    X(READY_FORCE)     /* a majority has promised for that, with those that he stands in for */        \
    X(OUTSIDE)         /* this server is no voter of the chosen record (E4) */                         \
    X(OUTGROWN) /* a later record is known that this server's network.conf is too short for (E4) */    \
    X(MEMBERS_CHANGE) /* an operator wants another set of voters, and its next step may be proposed */ \
    X(RESTORED)       /* the directory was recovered from a backup, and carries its receipt */         \
    X(RESTORABLE)     /* and nobody else serves or may serve */                                        \
    X(SPLIT)          /* two lines have met, and no operator has chosen yet (E5) */                    \
    X(STAND_IN)       /* section 8: it may stand in for the silent voter now */                        \
    X(STAND_IN_ASK) /* and would, if the operator's command said that it is broken */                  \
    X(STOOD_IN)     /* the round under way counts on that */

enum {
#define X(fact) FACT_BIT_##fact,
    NODE_FACTS(X)
#undef X
        FACT_COUNT
};

/* A bit for each: more than 64, so the widest integer that both compilers know. */
__extension__ typedef unsigned __int128 Facts;
_Static_assert(FACT_COUNT <= 128, "a fact is a bit of Facts");
#define X(fact) \
    static const Facts FACT_##fact __attribute__((unused)) = (Facts)1 << FACT_BIT_##fact;
NODE_FACTS(X)
#undef X

Facts node_facts(const Node *node, const CoreSettings *settings);

/* Facts with a value. */
MemberId node_lost(const Node *node, const CoreSettings *settings, const char **ret_reason);
MemberId node_joinable(const Node *node, const CoreSettings *settings);
bool node_lease_needed(const Node *node);
bool node_known_solo(const Node *node); /* P1's exception holds */
bool node_beyond(const Node *node, MemberId member);
bool node_is_leaving(const Node *node, const CoreSettings *settings, MemberId member);
bool node_is_going(const Node *node, const CoreSettings *settings, const EligibleMember *eligible);
bool node_stream_is_fresh(const Node *node, const CoreSettings *settings, MemberId member);
/* As many as acknowledge by this record have flushed what was there at the proof. */
bool node_flushed(const Node *node, const Record *record);

/* P2, the changes of the synchronous set and what each needs (node_quorum.c). */
bool node_prepared(const Node *node, Record *ret);
bool node_is_loose(const Node *node, const CoreSettings *settings);
MemberId node_going_member(const Node *node, const CoreSettings *settings);
bool node_quorum_is_low(const Node *node, const CoreSettings *settings);
bool node_quorum_is_high(const Node *node, const CoreSettings *settings);
bool node_tightening_holds(const Node *node, const CoreSettings *settings);
bool node_tightening_flushed(const Node *node);
Upstream node_upstream(const Node *node);
bool node_serves(const Node *node);
bool node_was_overtaken(const Node *node);
bool node_claim_is_best(const Node *node, MemberId *ret_better);
bool node_setting_wanted(const Node *node, const CoreSettings *settings, bool *ret_automatic);

/* An operator's word about automatic (node_wishes.c): answers who waits, forgets what is fulfilled and known. */
void node_settle_failover(Node *node, const CoreSettings *settings, Actions *out);
/* A wish that was fulfilled gives way to a later one of the contrary. */
void node_yield_wish(Node *node, const CoreSettings *settings, Actions *out);

/* The chain has a timeline from the one on that somebody has begun here past the agent (D1). */
bool node_takes_strange_timeline(const Node *node);

/* An operator's detach (node_apart.c). */
bool node_apart_changes(const Node *node, const CoreSettings *settings);
Record node_apart_record(const Node *node, const CoreSettings *settings);
/* F1: what the operator has said of isolating these, for the next round. */
void node_apart_fencing(Node *node, const CoreSettings *settings, MemberSet apart);
/* Another record is known to be chosen. */
void node_apart_learned(Node *node, const Record *before, Actions *out);
void node_command_detach(Node *node, const Command *command, Actions *out);
/* Answers the operator when it is done, or late. */
void node_apart_settle(Node *node, const CoreSettings *settings, Actions *out);

/* An operator's switch (node_switch.c). */
bool node_switch_here(const Node *node);
bool node_switch_prepares(const Node *node); /* and nothing is cut yet */
bool node_switch_ready(const Node *node, const CoreSettings *settings);
bool node_switch_waited(const Node *node);
SwitchRefusal node_switch_refusal(const Node *node, const CoreSettings *settings, MemberId wanted);
void node_command_switch(Node *node, const CoreSettings *settings, const Command *command,
                         Actions *out);
void node_switch_heard(Node *node, const CoreSettings *settings, MemberId from, Actions *out);
void node_switch_checkpointed(Node *node, const Done *done);
/* Answers the operator when it is over, or cannot be any more. */
void node_switch_settle(Node *node, const CoreSettings *settings, Actions *out);

/* The way back from a successor that cannot be promoted (node_handback.c). */
Facts node_handback_facts(const Node *node, const CoreSettings *settings);
/* What a claim with this consent says of the primary before. */
Former node_former_of(const Node *node, const Consent *consent);
/* Keeps the next heartbeat true, and sends it at once where others act on the difference. */
void node_fill_heartbeat(Node *node, const CoreSettings *settings);
/* What a record that was just learned says of it, into the log. */
void node_report_handed_back(Node *node, const Record *before, Actions *out);
/* One more attempt to open as who is named. */
void node_count_attempt(Node *node);
/* It was tried as often as is worth while, and is tried on. */
bool node_promotion_fails(const Node *node);
/* They were of another record, or of before an operator's word. */
void node_forget_attempts(Node *node);
bool node_is_ahead(const Node *node, const CoreSettings *settings);
/* Whether it knows the record that this one knows to be chosen: what who has been left behind wishes was for another time. */
bool node_knows_record(const Node *n, const Heartbeat *heartbeat);
void node_note_behind(Node *n, Actions *out);
/* An operator's forced switch (node_force.c). */
bool node_force_concerns(const Node *node, const CoreSettings *settings, const Command *command);
void node_command_force(Node *node, const CoreSettings *settings, const Command *command,
                        Actions *out);
/* For whom an operator would have to stand in; none where a majority answers. */
MemberSet node_force_silent(const Node *node, const CoreSettings *settings);
/* Whether this is what is under way already for `recover --force`: who asked before is told, and this one waits in his place. */
bool node_force_repeated(Node *node, const Command *command, Actions *out);
/* Its own fencing command has ended (A4). */
void node_force_ran(Node *node, const Done *done, Actions *out);
/* It is wanted, and what it is to overcome is as it was when the operator was shown the loss. */
bool node_force_holds(const Node *node, const CoreSettings *settings);
/* More than half of the voters are heard and have their memories: a round may come to its end. */
bool node_majority_answers(const Node *node, const CoreSettings *settings);
/* The line that it asked for is opened: its record names this server. */
bool node_force_is_chosen(const Node *node);
/* Answers the operator when it is over, or cannot be any more. */
void node_force_settle(Node *node, const CoreSettings *settings, Actions *out);
void node_report_forced(Node *node, Actions *out); /* of a record that was just learned */

/* What a record that was just learned changes against the one before, into the log (node_report.c). */
void node_report_change(Node *node, const Record *before, Actions *out);

/* An operator changes who votes (node_members.c). */
bool node_is_outside(const Node *node);
bool node_members_change(const Node *node, const CoreSettings *settings);
/* The lines of network.conf at a start; ends it where its numbers would name others than the record's. */
void node_members_start(Node *node, const MemberTable *lines, Actions *out);
void node_members_learned(Node *node, const Record *before,
                          Actions *out);                  /* another record is known to be chosen */
void node_members_tell(const Node *node, Heartbeat *ret); /* what its operator wants */
void node_command_members(Node *node, const CoreSettings *settings, const Command *command,
                          Actions *out);
/* Answers the operator when it is done, or late. */
void node_members_settle(Node *node, const CoreSettings *settings, Actions *out);

/* Two voters, one of them silent (node_standin.c). */
Facts node_stand_in_facts(const Node *node, const CoreSettings *settings);
/* A command of the operator's has ended. */
void node_stand_in_ran(Node *node, const CoreSettings *settings, const Done *done, Actions *out);
/* What the round under way counts a stand-in vote for opens a line of its own. */
void node_stand_in_line(const Node *node, Record *next);
void node_report_stood_in(Node *node, Actions *out); /* of a record that was just learned */
/* Two servers are all the voters, and the settings let one stand in for the other: timers carry safety. */
bool node_stands_in(const Node *node, const CoreSettings *settings);
/* This server has stood in for the other one and does not know what came of that: it was stopped before it opened. Where the
 * other one has decided, too, or may have, neither gives way, and nobody but an operator settles it. */
bool node_stood_in_vain(const Node *node);
void node_warn_of_silence(Node *node, const CoreSettings *settings, Actions *out);

/* F1: the round under way waits for a voter that isolates somebody first: once for each into the log. */
void node_report_fencing(Node *node, Actions *out);
/* F1: whom arbiters that are heard isolate just now. */
MemberSet node_fencing(const Node *node, const CoreSettings *settings);
/* F1: what holds up whoever would take the primary's place: a message that says so, and how an operator goes on. False: no arbiter
 * that is heard isolates the primary, or has tried to. ret_failed: the command has failed, and is not running. */
bool node_not_isolated(const Node *node, const CoreSettings *settings, bool *ret_failed,
                       LogEntry *ret);

/* A server that is heard and whose instance has not stopped, while an operator here stops all; MEMBER_NONE: none. */
MemberId node_others_run(const Node *node, const CoreSettings *settings);

/* What was recovered from a backup (node_orders_restored.c). */
bool node_is_restored(const Node *node);
bool node_restorable(const Node *node, const CoreSettings *settings);
MemberId node_serving_elsewhere(const Node *node, const CoreSettings *settings);
/* The record's primary is this server, or has provably lost its leave to serve. */
bool node_former_is_out(const Node *node, const CoreSettings *settings);
/* What a record that was just learned says of a recovery, into the log. */
void node_report_restored(Node *node, const Record *before, Actions *out);
/* Why it is not opened; NULL: nothing speaks against it. */
const char *node_restored_waits_for(const Node *node, const CoreSettings *settings);

/* Match and fire, at most NODE_RULES_PER_STEP times. */
void node_rules(Node *node, const CoreSettings *settings, Actions *out);

typedef void NodeOrder(Node *node, const CoreSettings *settings, Actions *out);

/* Once, when a primary has opened: whether this start leaves automatic off. */
void node_settle_start(Node *n, const CoreSettings *s);

/* Orders of rules (node_orders*.c) */
NodeOrder order_nothing, order_confirm, order_ask_missed, order_confirm_alone, order_bootstrap,
    order_name_directory;
NodeOrder order_start_primary, order_names, order_opened, order_mark, order_open, order_announce;
NodeOrder order_kill, order_fence, order_depose, order_clean_stop, order_consent, order_unconfirm;
NodeOrder order_take_back, order_accept, order_detach, order_detach_leaving, order_report_lost;
NodeOrder order_join, order_attach, order_abandon_join, order_setting, order_fenced;
NodeOrder order_start_standby, order_ask_primary, order_follow, order_take_chain, order_claim;
NodeOrder order_cut, order_claim_accept, order_claim_abandon, order_claim_behind;
NodeOrder order_promote, order_promoted, order_forget_timeline;
NodeOrder order_claim_failed, order_position_answer, order_leave_down;
NodeOrder order_stay_down, order_refuse, order_foreign, order_former_member, order_lost_wal,
    order_give_up, order_leave, order_finish, order_finish_alone;
NodeOrder order_wait_for_others;
NodeOrder order_stop, order_switch_refuse, order_switch_stop, order_apart;
NodeOrder order_tighten_detach, order_tighten_quorum, order_lower_quorum;
NodeOrder order_ask_positions, order_claim_yield;
NodeOrder order_overtaken;
NodeOrder order_restored, order_force_restored, order_restored_identity;
NodeOrder order_ask_again, order_start_unpromoted, order_kill_behind, order_kill_in_vain,
    order_hand_back, order_return; /* node_handback.c */
NodeOrder order_force, order_force_accept;
NodeOrder order_members, order_outside; /* node_members.c */

NodeOrder order_ask_broken, order_detach_alone, order_claim_alone; /* node_standin.c */

/* node_orders_rejoin.c */
NodeOrder order_rejoin, order_rejoined;
/* `is_void` (another primary, or it is eligible): what came of earlier attempts, and the operator's word. */
void node_rejoin_forget(Node *node, bool is_void);
/* What this directory has of its own is given up by an operator's word; else what there is. */
void node_command_rejoin(Node *node, const CoreSettings *settings, const Command *command,
                         Actions *out);

/* Shared by the orders. */
Action *node_instance_order(Node *node, ActionKind kind, Actions *out);
/* As a standby that streams from whom it should, or from nobody. */
void node_start_standby(Node *node, Actions *out);
void node_order_stop(Node *node, const StopOrder *order, Actions *out);
Names node_names_wanted(const Node *node);

#endif

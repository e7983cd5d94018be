/* limits.h - every bound of the core in one place (STYLE 10).
 *
 * Two is not special: the usual cluster has two servers and one arbiter, these are bounds. */
#ifndef MC_CORE_LIMITS_H
#define MC_CORE_LIMITS_H

enum {
    SERVERS_MAX = 7,  /* database servers of a cluster */
    ARBITERS_MAX = 3, /* arbitration servers of a cluster */
    MEMBERS_MAX = SERVERS_MAX + ARBITERS_MAX,
    MEMBER_NAME_SIZE = 32,   /* a member's id with its final zero */
    ADDRESS_SIZE = 64,       /* a numeric address with its final zero */
    CHAIN_MAX = 64,          /* histories that a data directory remembers (D1) */
    RUNS_MAX = 8,            /* runs of an agent that its voter remembers (E3) */
    SENDERS_MAX = 16,        /* WAL senders that one observation carries */
    ACTIONS_MAX = 96,        /* actions that one step may order */
    NODE_RULES_PER_STEP = 8, /* rules that one event may fire, one after another */
};

#endif

/* action.h - all that goes out: orders to the shell, as values.
 *
 * Carried out in order. ACTION_PERSIST is a barrier: nothing after it starts until it is durable
 * (E2), except what is marked `urgent`: fencing and heartbeats never wait for a disk. Every action
 * is idempotent: given twice, the second finds it done. Results come back as EVENT_DONE with the
 * action's sequence; kinds without a result say so. */
#ifndef MC_CORE_ACTION_H
#define MC_CORE_ACTION_H

#include "core/durable.h"
#include "core/instance.h"
#include "messages.h"

/* Every kind, and the word that a test calls it by (sys/kill_point.h). */
#define ACTION_KINDS(KIND)                                                                         \
    KIND(PERSIST, "persist")     /* write Durable. Done: ok, or the disk failed */                 \
    KIND(SEND, "send")           /* no result: the network may lose it */                          \
    KIND(REPLY, "reply")         /* answer an operator. No result */                               \
    KIND(LOG, "log")             /* one message of the catalog. No result */                       \
    KIND(START, "start")         /* start the instance closed. Done when it answers the agent */   \
    KIND(STOP, "stop")           /* and prove it. Always urgent when STOP_KILL. With end of WAL */ \
    KIND(GATE, "gate")           /* admit clients, or not */                                       \
    KIND(NAMES, "names")         /* synchronous_standby_names, with proof */                       \
    KIND(FOLLOW, "follow")       /* stream from somebody; or nobody, with proof that it is cut */  \
    KIND(PROMOTE, "promote")     /* Done when it accepts writes, still closed */                   \
    KIND(REJOIN, "rejoin")       /* make the directory over into a standby's; may take hours */    \
    KIND(DIRECTORY, "directory") /* write identity and chain into it (D1), durably */              \
    KIND(CHECKPOINT, "checkpoint") /* beside all other orders, and of no consequence for them */   \
    KIND(RUN, "run")   /* a command of the operator's, likewise. Done: exit status 0 */            \
    KIND(EXIT, "exit") /* the process ends, after all that was before. No result */

#define ACTION_KIND(kind, word) ACTION_##kind,
typedef enum ActionKind { ACTION_KINDS(ACTION_KIND) ACTION_KIND_COUNT } ActionKind;
#undef ACTION_KIND

typedef struct Reply {
    uint32_t request;
    uint8_t status; /* exit status of the command (surface: 0 done, 1 failed, 3 refused) */
    bool last;      /* false: progress, more will come */
    LogEntry entry; /* what to tell */
} Reply;

typedef struct DirectoryOrder {
    bool renew_id; /* the directory is a copy: it gets `id` */
    DirId id;
    ClusterId cluster;
    Chain chain;
} DirectoryOrder;

/* A command of the operator's about another server, run by the shell with the deadline of its settings. */
typedef enum RunKind {
    RUN_ARBITRATION, /* arbitration_command: exit status 0 says that the target is broken (section 8) */
    RUN_FENCING, /* fencing_command: exit status 0 says that the target is isolated (section 5) */
} RunKind;

typedef struct RunOrder {
    RunKind kind;
    MemberId target;
    bool detach;      /* the target is to be detached; else it is to be succeeded */
    bool by_operator; /* a command of mc_ctl wants it; else what the members have seen */
} RunOrder;

typedef struct Action {
    ActionKind kind;
    uint64_t sequence;
    Epoch epoch; /* of the record under which it was ordered */
    bool urgent;
    union {
        Durable persist;
        struct {
            MemberId to;
            Message message;
        } send;
        Reply reply;
        LogEntry log;
        StartOrder start;
        StopOrder stop;
        Gate gate;
        NamesOrder names;
        Upstream follow;
        DirectoryOrder directory;
        RejoinOrder rejoin;
        RunOrder run;
    } u;
} Action;

/* A rule that fired in this step, for log, story and coverage; see node_rule_id(). */
typedef struct Fired {
    uint16_t rule;
    uint8_t from; /* NodeState */
    uint8_t to;
} Fired;

typedef struct Actions {
    uint8_t fired_count;
    Fired fired[NODE_RULES_PER_STEP];
    uint16_t count;
    Action action[ACTIONS_MAX];
} Actions;

#endif

/* event.h - all that comes in: one kind, one time, one value.
 *
 * `now` is CLOCK_BOOTTIME in milliseconds and comes with the event; the core has no clock. */
#ifndef MC_CORE_EVENT_H
#define MC_CORE_EVENT_H

#include "core/action.h"
#include "core/durable.h"
#include "core/instance.h"

typedef enum MemoryFate {
    MEMORY_KEPT,  /* the file was read, its checksum, device and inode are its own */
    MEMORY_BLANK, /* there was none */
    MEMORY_LOST,  /* damaged, or not the file this voter wrote (E3) */
} MemoryFate;

/* The process has started. Always the first event. */
typedef struct Start {
    MemoryFate memory;
    Durable durable;     /* meaningful when KEPT */
    MemberTable members; /* network.conf */
    MemberId self;
    AgentId agent;        /* random, of this run */
    uint64_t seed;        /* of the core's generator */
    BootId boot;          /* of the host, now */
    bool by_operator;     /* false: the monitor made a new agent */
    bool instance_wanted; /* by_operator: start the instance too (not --mc-only) */
    bool failover_asked;  /* by_operator: -f or -F was given */
    bool failover_wanted; /* -f */
} Start;

typedef enum CommandKind {
    COMMAND_STATUS_REFRESH, /* nothing but a tick; status itself is read by the agent */
    COMMAND_START_INSTANCE, /* mc_ctl start with an agent already there: the same as at EVENT_START */
    COMMAND_STOP,           /* mc_ctl stop */
    COMMAND_FAILOVER,       /* enable-failover, disable-failover */
    COMMAND_DETACH,         /* detach: a standby is kept apart until an operator wants it back */
    COMMAND_SWITCH,         /* switch: a standby becomes primary, this one its standby */
    COMMAND_REJOIN,         /* rejoin: what this server has of its own is given up (saved before) */
    COMMAND_MEMBERS,        /* recover --without, --with: who votes (E4) */
} CommandKind;

/* An operator's command; answered by exactly one ACTION_REPLY with the same request. */
typedef struct Command {
    uint32_t request;
    CommandKind kind;
    bool all;        /* stop -a */
    bool only_agent; /* stop --mc-only */
    bool wait;
    bool failover_asked;
    bool failover_wanted;
    MemberId to;  /* switch --to, detach; MEMBER_NONE: whoever it can be */
    bool dry_run; /* switch: only say what would be done */
    bool
        force; /* switch, rejoin: although it loses what was shown before; detach: whatever the standby says */
    MemberSet
        without; /* switch by force: the voters that an operator stands in for (E5); members: who votes no more */
    MemberSet with;  /* members: who votes from now on */
    bool no_fencing; /* switch by force, detach: nobody is isolated first */
    Millis deadline; /* after which the reply says what it still waits for */
} Command;

/* An order was carried out, or not. */
typedef struct Done {
    uint64_t sequence; /* of the action */
    ActionKind kind;
    Epoch epoch; /* under which it was ordered */
    bool ok;
    InstanceResult result; /* of instance actions */
} Done;

typedef enum EventKind {
    EVENT_START,
    EVENT_TICK,
    EVENT_MESSAGE,       /* from an authenticated member */
    EVENT_LINK,          /* the connection to a member came or went */
    EVENT_INSTANCE,      /* a new observation */
    EVENT_INSTANCE_GONE, /* the postmaster ended unasked (pidfd) */
    EVENT_DONE,
    EVENT_COMMAND,
} EventKind;

typedef struct Event {
    EventKind kind;
    Millis now;
    int64_t wall; /* seconds; only copied into records for people */
    union {
        Start start;
        struct {
            MemberId from;
            Message message;
        } message;
        struct {
            MemberId member;
            bool up;
        } link;
        InstanceView instance;
        Done done;
        Command command;
    } u;
} Event;

#endif

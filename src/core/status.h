/* status.h - the cluster as one member sees it: what `status` prints. */
#ifndef MC_CORE_STATUS_H
#define MC_CORE_STATUS_H

#include "core/instance.h"
#include "core/settings.h"

typedef enum Mirroring {
    MIRRORING_UNKNOWN = 0,
    MIRRORING_SWITCHABLE,
    MIRRORING_SWITCHING,
    MIRRORING_SWITCHED,       /* after a change of primary, until a standby is eligible again */
    MIRRORING_NOT_SWITCHABLE, /* after a disconnection, or never had a standby */
    MIRRORING_SWITCH_FAILED,
    MIRRORING_DETACH_FAILED,
    MIRRORING_FAILOVER_DISABLED,
} Mirroring;

typedef enum HostRole {
    HOST_ROLE_UNKNOWN = 0,
    HOST_ROLE_PRIMARY,
    HOST_ROLE_STANDBY,
    HOST_ROLE_INACTIVATED_PRIMARY, /* primary of the last record known, and not serving */
    HOST_ROLE_INACTIVATED_STANDBY,
    HOST_ROLE_ARBITER,
} HostRole;

typedef enum Health { HEALTH_UNKNOWN = 0, HEALTH_NORMAL, HEALTH_ABNORMAL } Health;

typedef enum ProcessHealth {
    PROCESS_UNKNOWN = 0,
    PROCESS_NORMAL,
    PROCESS_ABNORMAL_POSTMASTER,
    PROCESS_ABNORMAL_WAL_SENDER,
    PROCESS_ABNORMAL_WAL_RECEIVER,
} ProcessHealth;

typedef struct MemberStatus {
    char name[MEMBER_NAME_SIZE];
    MemberKind kind;
    HostRole role;
    Health host;
    ProcessHealth process;
    Health disk;
    InstancePhase instance;
    uint8_t node_state; /* NodeState of node.h */
    bool eligible;
    bool
        parted; /* its directory has WAL of a line before, which the present one has gone on without (E5) */
    bool connected; /* arbiters: "online" */
    Millis silent;  /* since it was last heard; -1: never */
    Position wal;
    Lsn replay;
    /* Where its WAL is streamed from. The core does not know: whoever hands the status on fills it in. */
    char stream_host[ADDRESS_SIZE]; /* numeric; empty: unknown */
    uint16_t stream_port;
} MemberStatus;

typedef struct Status {
    MemberId self;
    bool from_disk;      /* no agent answered: read from durable state */
    bool confirmed;      /* the record is known to be the latest: a majority is heard */
    bool failover_asked; /* -f, -F or a command not yet in the record */
    bool failover_wanted;
    bool lease_enforced;
    Millis lease_left;
    SilenceAction
        silence; /* what is done about a silent server where two are all the voters (section 8) */
    Millis stand_in_window; /* and within which time of the silence; 0: nothing */
    Mirroring mirroring;
    Record record; /* epoch 0: none */
    Record
        split; /* of another line, which excludes this one; no operator has chosen yet (E5). epoch 0: none */
    uint8_t count;
    MemberStatus member[MEMBERS_MAX];
    char state[32];      /* this member's node state in words */
    char rule[48];       /* id of the rule that fired last */
    char waits_for[160]; /* what it waits for, in words; empty: nothing */
    /* Whose commits wait for no standby, and what ends that; empty: nobody's are known. Filled in likewise. */
    char lowered[320];
} Status;

#endif

/* instance.h - what the core knows of its own PostgreSQL instance, and what it asks of it. */
#ifndef MC_CORE_INSTANCE_H
#define MC_CORE_INSTANCE_H

#include "core/message.h"

/* One WAL sender of the own instance, from pg_stat_replication. */
typedef struct SenderView {
    Attachment attachment; /* parsed from application_name; token 0: a stranger */
    int32_t pid;
    bool streaming;
    Lsn flush;
} SenderView;

/* D1: a data directory that was recovered from a backup, and that no record names yet, carries a receipt of that. Its
 * id is the receipt's, and its chain is empty. */
typedef struct RestoredView {
    bool there;
    Position end; /* what was recovered: the timeline followed, and where the own one leaves it */
    Lsn start;    /* where the timeline followed begins; 0: it is the first */
    /* The histories that were followed, the own one left out: of the backup's chain what PostgreSQL's own history
     * confirms, and a link of epoch 0, which is nobody's, for each timeline after it that it tells nothing of. */
    Chain chain;
} RestoredView;

/* A whole observation; a later one replaces an earlier one. */
typedef struct InstanceView {
    InstancePhase phase; /* NONE, DOWN, STARTING, CLOSED, OPEN, STANDBY, STOPPING, UNKNOWN */
    Millis answered_at;  /* when it last answered a trivial query on a new connection; 0: never */
    Millis unanswered_since; /* first unanswered check of the present series; 0: none. "Too many
                               connections" counts as answered */
    uint64_t system_identifier;
    DirId dir; /* 0: no data directory, or marked as interrupted */
    Chain chain;
    RestoredView restored;
    bool standby_signal; /* standby.signal is there */
    bool interrupted;    /* NONE: half made over by this agent or one before it */
    bool clean_shutdown; /* control data: shut down, shut down in recovery */
    Position wal;  /* DOWN: end of WAL on disk; primary: flushed; standby: received, flushed */
    Lsn replay;    /* standby */
    bool receiver; /* a WAL receiver process streams */
    uint8_t sender_count;
    SenderView sender[SENDERS_MAX];
} InstanceView;

/* Names for synchronous_standby_names: the quorum of all these. count 0: none (solo). */
typedef struct Names {
    uint8_t quorum;
    uint8_t count;
    Attachment name[SERVERS_MAX];
} Names;

/* Whom a standby follows. member MEMBER_NONE: nobody, and it must stay cut. */
typedef struct Upstream {
    MemberId member;
    Attachment attachment;
} Upstream;

typedef enum StartRole { START_PRIMARY, START_STANDBY } StartRole;

/* Start closed, whatever lies in the directory: all settings of ours are written anew from this. */
typedef struct StartOrder {
    StartRole role;
    Names names;        /* in force from the first commit on */
    Upstream upstream;  /* of a standby */
    MemberSet replicas; /* who may connect for replication */
    /* Of a standby that follows: the record's, from the primary that it follows. What lies there of a later one
     * nobody has opened. 0: not known. */
    TimelineId timeline;
} StartOrder;

/* D1, section 7: make the stopped directory over into one of a standby of `source`. WAL of its own is saved first;
 * nothing else of it is kept but its configuration. What comes out has no identity of its own. Killed in the middle
 * it leaves a marked directory, which is made over from the beginning by a copy. */
typedef struct RejoinOrder {
    MemberId source; /* the primary of the chosen record, which has opened under it */
    bool rewind;     /* if it can be; false: a new copy */
    Position fork;   /* where the histories part; timeline 0: not known */
    uint64_t system_identifier;
} RejoinOrder;

typedef enum StopMode {
    STOP_CLEAN, /* fast shutdown: sessions end, last WAL goes to the standby; then as KILL at the limit */
    STOP_KILL, /* SIGKILL, postmaster first, then every process of the directory */
} StopMode;

/* Every stop ends with the proof of P4: no process of the directory, nobody on its shared memory. */
typedef struct StopOrder {
    StopMode mode;
    Millis limit; /* of STOP_CLEAN */
    /* STOP_CLEAN for a switch: the backend that sends WAL to the successor. When it is gone behind the last record,
     * nothing else is waited for: no archiver, no other sender. 0: all are. */
    int32_t last_sender;
} StopOrder;

typedef enum Gate {
    GATE_CLOSED, /* nobody new; sessions of clients end */
    GATE_OPEN,   /* the administrator's pg_hba.conf */
} Gate;

/* Put these names in force and prove it (P2); then tell the flush position read after the proof. */
typedef struct NamesOrder {
    Names names;
    bool prove;     /* false only when relaxing to none, or when no session can be open */
    bool from_some; /* the present names are not empty: senders of before must end */
} NamesOrder;

/* Results of orders. `ok` false: not done, `text` says why; the order may be given again. */
typedef struct InstanceResult {
    bool ok;
    bool proved;  /* names: the proof was made */
    Lsn flush;    /* names: WAL flush position read after the proof */
    Position end; /* stop: end of WAL; follow nobody: end of what is on disk, all replayed;
                          promote: new timeline and its start */
    bool clean;   /* stop: shut down cleanly within the limit */
    TimelineId next_timeline; /* follow nobody: the timeline that a promotion would open */
    char text[384];           /* as much as a message takes */
} InstanceResult;

#endif

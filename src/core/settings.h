/* settings.h - what the core needs to know of the settings: durations and a few choices.
 *
 * Filled by main from conf's Settings; immutable for one run. */
#ifndef MC_CORE_SETTINGS_H
#define MC_CORE_SETTINGS_H

#include "core/types.h"

/* What a server does by itself with a directory whose WAL is no prefix of the primary's. */
typedef enum RejoinWay {
    REJOIN_BY_HAND = 0, /* nothing: it stays down and says so */
    REJOIN_BY_COPY,
    REJOIN_BY_REWIND, /* and by copy, where that cannot be done */
} RejoinWay;

/* What a server does about a silent one where two servers are all the voters (section 8). */
typedef enum SilenceAction {
    SILENCE_REPORT = 0, /* nothing but to say so */
    SILENCE_COMMAND,    /* the operator's arbitration command stands in for its vote */
    SILENCE_FALLBACK, /* silence itself counts as its vote: unsafe where only the network is cut */
} SilenceAction;

typedef struct CoreSettings {
    Millis heartbeat_interval; /* 200 */
    Millis detection;          /* (interval + timeout) * (retry + 1) = 2000: silent beyond this */
    Millis lease;              /* 1700: counted by the primary from sending (P5) */
    Millis lease_cut;          /* 300: the primary begins to cut so long before its end */
    Millis instance_detection; /* 2000: no answer to any check for so long: sick */
    Millis stop_limit;         /* 10000 of a clean stop */
    Millis start_limit;        /* 60000 until a started instance answers */
    uint8_t restarts_max;      /* 3: of a solo primary or a standby, in place */
    Millis restarts_window;    /* 60000 */
    uint8_t eligible_max;      /* so many standbys are attached: all others */
    uint8_t quorum;          /* how many of the eligible acknowledge each commit; 0: all of them */
    bool automatic_at_start; /* automatic_failover = on */
    RejoinWay rejoin;
    SilenceAction silence;
    bool
        fencing; /* there is a fencing command: an arbiter runs it as a voter (F1), a server before it stands in (A4) */
    Millis
        stand_in_window; /* within which of a silence a vote may be stood in for; 3 * detection and the limit
                               of the command */
} CoreSettings;

#endif

/*
 * The history of a cluster as one server learned it: a line for every change of the record, and one for the
 * moment in which a new primary was seen to be open; and where a primary serves no longer, a line for that, and one for
 * the moment in which the same one serves again.
 *
 * A line of the file is text: a word (change, opened, closed or reopened), then key=value pairs, each after one blank,
 * the last one the CRC-32C of all before it, as PostgreSQL counts it:
 *
 *     change at=1764242000123 line=0011223344556677 epoch=7 decided=1764241999 cause=takeover by=server2
 *         before=server1 after=server2 eligible= apart= quorum=0 automatic=on timeline=2 start=0/5000148
 *         served=1764241997912 rule=claim.silent said=MCA00019,-512,server1,2.1%20s sum=1a2b3c4d
 *     opened at=1764242000845 line=0011223344556677 epoch=7 after=server2 outage=2933 seen=heard
 *         said=MCA00062,-20 sum=5e6f7a8b
 *     closed at=1764242900412 line=0011223344556677 epoch=7 after=server2 served=1764242900399 seen=here
 *         rule=primary.gone said=MCA01072,0,its%20process%20ended sum=90ab12cd
 *     reopened at=1764242901950 line=0011223344556677 epoch=7 after=server2 served=1764242900399
 *         closed=1764242900412 outage=1551 seen=here said=MCA01040,-3,7 sum=34ef5678
 *
 * A change that opens a line of the record has, too: kept and known (of the WAL of the line before), forced, without.
 * One by which a standby left has streamed: when it was last known to follow. A closed line after which another server
 * becomes the primary belongs to that change and is an outage of its own no more.
 *
 * (in one line each). Times are milliseconds since 1970 by the clock of the server that wrote, decided is in seconds
 * by the clock of the one that proposed. A value holds no blank, "=", "%", "," or control character of its own: those
 * are written as % and two hexadecimal digits. Keys that a reader does not know it skips; a line that is cut short or
 * damaged is no line.
 *
 * Pure: texts and values. chronicle_add allocates for whoever owns the Chronicle.
 */
#ifndef VIEW_CHRONICLE_H
#define VIEW_CHRONICLE_H

#include "base/str.h"
#include "core/types.h"
#include "messages.h"

enum {
    CHRONICLE_LINE_MAX = 16384, /* with its end; every line fits */
    CHRONICLE_SAID_MAX = 8,
    CHRONICLE_WORD_SIZE = 48,
};

/* The cause of what is no change of the record, in defs/words.toml beside the record's own. */
#define CHRONICLE_OUTAGE "outage"

typedef enum ChronicleKind {
    CHRONICLE_CHANGE,
    CHRONICLE_OPENED,
    CHRONICLE_CLOSED,
    CHRONICLE_REOPENED,
} ChronicleKind;

typedef struct ChronicleNames {
    uint8_t count;
    char name[MEMBERS_MAX][MEMBER_NAME_SIZE];
} ChronicleNames;

/* A message of the log that came before what a line tells. */
typedef struct ChronicleSaid {
    int64_t offset_ms; /* of the line's time; not positive */
    LogEntry entry;
} ChronicleSaid;

typedef struct ChronicleLine {
    ChronicleKind kind;
    int64_t at; /* when this server learned it, or saw it open or closed */
    LineId line;
    Epoch epoch;
    char after[MEMBER_NAME_SIZE]; /* the primary of the record */

    /* CHRONICLE_CHANGE */
    bool late; /* found at a start: the agent had ended before it could write it (CLOSED, too) */
    int64_t decided_at;
    char cause[CHRONICLE_WORD_SIZE];
    char by[MEMBER_NAME_SIZE]; /* who proposed it; empty: not known */
    char before
        [MEMBER_NAME_SIZE]; /* the primary of the record known before; empty: there was none */
    ChronicleNames eligible;
    ChronicleNames apart;
    uint8_t quorum;
    bool automatic;
    TimelineId timeline;
    Lsn start;
    bool branched;          /* it opens a line: the next four are known */
    bool forced;            /* by an operator; else a backup was recovered */
    Lsn kept;               /* the end of what there is of the WAL of the line before */
    Lsn known;              /* how far that line is known to have gone beyond it; 0: nobody knows */
    ChronicleNames without; /* the voters that an operator has stood in for */
    int64_t streamed_at;    /* when the standby that left was last known to follow; 0: not known,
                            or none left */

    /* CHRONICLE_CHANGE and CHRONICLE_CLOSED */
    char rule[CHRONICLE_WORD_SIZE]; /* that asked for it here; empty: none did */

    /* all but CHRONICLE_OPENED */
    int64_t
        served_at; /* when the primary before the change, or `after`, was last known to serve; of a
                          change only where the primary is another one since; 0: not known */

    /* all; what was said since the line before, or before it */
    uint8_t said_count;
    ChronicleSaid said[CHRONICLE_SAID_MAX];

    /* CHRONICLE_OPENED and CHRONICLE_REOPENED */
    int64_t outage_ms; /* -1: not known */

    /* these two and CHRONICLE_CLOSED */
    bool
        seen_here; /* the primary that served before was this server: its own instance tells, not a heartbeat */

    /* CHRONICLE_CLOSED and CHRONICLE_REOPENED */
    bool
        at_most; /* REOPENED: it was not heard for all of the outage, and may have served meanwhile */
    int64_t closed_at; /* when it was first seen not to serve */
    int64_t
        acknowledged_at; /* its lease was out: when a standby that acknowledges was last heard; 0:
                                nothing is known of commits that waited before it closed */
} ChronicleLine;

/* Writes one line with its end; its length. CHRONICLE_LINE_MAX suffices. */
size_t chronicle_compose(const ChronicleLine *line, char *ret, size_t size);

/* One line without its end. False, and *ret untouched, when it is none. */
__attribute__((warn_unused_result)) bool chronicle_parse(const char *text, size_t length,
                                                         ChronicleLine *ret);

/* A change, or an outage in which the primary stayed, and what became of it. */
typedef struct ChronicleEntry {
    ChronicleLine change; /* of kind CHRONICLE_CLOSED: an outage */
    int64_t opened_at;    /* 0: the primary did not change, or was not seen open (again) */
    int64_t outage_ms;    /* -1: not known */
    bool at_most;         /* of an outage: see ChronicleLine */
    bool seen_here;
    uint8_t step_count;  /* what was said between it and opened_at, which the offsets are of */
    ChronicleSaid *step; /* owned by the Chronicle; NULL where there is none */
} ChronicleEntry;

typedef struct Chronicle {
    size_t count;
    size_t room;
    ChronicleEntry *entry; /* in the order in which they began; owned */
    size_t bad;            /* lines that were none */
} Chronicle;

/* Adds the lines of a text; what is in it twice is added once. False: out of memory. */
__attribute__((warn_unused_result)) bool chronicle_add(Chronicle *chronicle, const char *text,
                                                       size_t length);
void chronicle_done(Chronicle *chronicle);

/* Whether another server is the primary since this change. */
bool chronicle_moved_primary(const ChronicleLine *change);
/* Whether it is no change of the record but an outage in which the primary stayed. */
bool chronicle_is_outage(const ChronicleEntry *entry);
/* The newest change of primary or outage; the newest of all where there was neither. NULL: there is nothing. */
const ChronicleEntry *chronicle_last(const Chronicle *chronicle);
/* The entries of one epoch, in their order, from number `from` on; NULL: no more. ret_next: where to go on. */
const ChronicleEntry *chronicle_of_epoch(const Chronicle *chronicle, Epoch epoch, size_t from,
                                         size_t *ret_next);

#endif

/*
 * The history of a cluster as one server learned it: a line for every change of the record, and one for the
 * moment in which a new primary was seen to be open.
 *
 * A line of the file is text: a word (change or opened), then key=value pairs, each after one blank, the last one
 * the CRC-32C of all before it, as PostgreSQL counts it:
 *
 *     change at=1764242000123 line=0011223344556677 epoch=7 decided=1764241999 cause=takeover by=server2
 *         before=server1 after=server2 eligible= apart= quorum=0 automatic=on timeline=2 start=0/5000148
 *         served=1764241997912 rule=claim.silent said=MCA00019,-512,server1,2.1%20s sum=1a2b3c4d
 *     opened at=1764242000845 line=0011223344556677 epoch=7 after=server2 outage=2933 seen=heard sum=5e6f7a8b
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

typedef enum ChronicleKind {
    CHRONICLE_CHANGE,
    CHRONICLE_OPENED,
} ChronicleKind;

typedef struct ChronicleNames {
    uint8_t count;
    char name[SERVERS_MAX][MEMBER_NAME_SIZE];
} ChronicleNames;

/* A message of the log that came before a change. */
typedef struct ChronicleSaid {
    int64_t offset_ms; /* of the change's time; not positive */
    LogEntry entry;
} ChronicleSaid;

typedef struct ChronicleLine {
    ChronicleKind kind;
    int64_t at; /* when this server learned it, or saw it open */
    LineId line;
    Epoch epoch;
    char after[MEMBER_NAME_SIZE]; /* the primary of the record */

    /* CHRONICLE_CHANGE */
    bool late; /* found at a start: the agent ended before it could write it */
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
    int64_t
        served_at; /* when `before` was last known to serve, where the primary changed; 0: not known */
    char rule[CHRONICLE_WORD_SIZE]; /* that asked for it here; empty: none did */
    uint8_t said_count;
    ChronicleSaid said[CHRONICLE_SAID_MAX];

    /* CHRONICLE_OPENED */
    int64_t outage_ms; /* -1: not known */
    bool
        seen_here; /* the former primary was this server: its own instance tells, not a heartbeat */
} ChronicleLine;

/* Writes one line with its end; its length. CHRONICLE_LINE_MAX suffices. */
size_t chronicle_compose(const ChronicleLine *line, char *ret, size_t size);

/* One line without its end. False, and *ret untouched, when it is none. */
__attribute__((warn_unused_result)) bool chronicle_parse(const char *text, size_t length,
                                                         ChronicleLine *ret);

/* A change, and what became of it. */
typedef struct ChronicleEntry {
    ChronicleLine change;
    int64_t opened_at; /* 0: the primary did not change, or was not seen open */
    int64_t outage_ms; /* -1: not known */
    bool seen_here;
} ChronicleEntry;

typedef struct Chronicle {
    size_t count;
    size_t room;
    ChronicleEntry *entry; /* oldest first; owned */
    size_t bad;            /* lines that were none */
} Chronicle;

/* Adds the lines of a text; what is in it twice is added once. False: out of memory. */
__attribute__((warn_unused_result)) bool chronicle_add(Chronicle *chronicle, const char *text,
                                                       size_t length);
void chronicle_done(Chronicle *chronicle);

/* Whether another server is the primary since this change. */
bool chronicle_moved_primary(const ChronicleLine *change);

#endif

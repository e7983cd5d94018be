/*
 * Reading WAL as a stream of pages: which records are whole, where they end, and what a recovery could be told to
 * stop at.
 *
 * Pages come in the order of their positions, from the page that holds the start on; at a change of timeline those
 * of the newer one are given, as recovery reads them. Only lengths, links and checksums are looked at, and of the
 * records those of commits, aborts and restore points. The layout is the same from 13 to 18.
 */
#ifndef PLAN_WALREAD_H
#define PLAN_WALREAD_H

#include "core/types.h"
#include "plan/segment.h"

enum { WAL_HEAD_MAX = 160, WAL_NAME_SIZE = 64 };

typedef enum WalEventKind {
    WAL_EVENT_COMMIT, /* or the commit of a prepared transaction */
    WAL_EVENT_ABORT,
    WAL_EVENT_RESTORE_POINT,
} WalEventKind;

typedef struct WalEvent {
    WalEventKind kind;
    Lsn at;
    Lsn end;
    uint32_t xid;
    int64_t time;             /* microseconds since 1970 */
    char name[WAL_NAME_SIZE]; /* of a restore point */
} WalEvent;

typedef void WalEventTake(void *arg, const WalEvent *event);

typedef enum WalVerdict {
    WAL_GOES_ON, /* give the next page */
    WAL_ENDS,    /* nothing valid behind end; reason says why */
} WalVerdict;

/* All of it is set by walread_begin; a caller looks at end, last and reason, and sets limit and timeline_max. */
typedef struct WalRead {
    uint64_t system_identifier;
    uint32_t segment_size;
    WalEventTake *take;
    void *arg;
    Lsn end;            /* behind the last whole record */
    Lsn last;           /* where that record begins; 0: none yet */
    bool inside;        /* a record has begun and is not whole yet */
    const char *reason; /* WAL_ENDS */
    Lsn limit; /* no record that begins there or behind counts: the timeline was left there */
    TimelineId timeline_max; /* no page of the file that is read may be of a newer one */
    TimelineId timeline;     /* of the last page */
    /* the record that is being put together */
    Lsn at;
    uint32_t total; /* 0: not known yet */
    uint32_t have;
    uint32_t crc;
    uint8_t head[WAL_HEAD_MAX]; /* its first bytes */
    Lsn next;                   /* the page that comes next */
    Lsn skip_to; /* nothing is read before: the start, or the end of a switched segment */
    uint16_t magic;
} WalRead;

/* start is the beginning of a record. take may be NULL. */
void walread_begin(WalRead *in, uint64_t system_identifier, uint32_t segment_size, Lsn start,
                   WalEventTake *take, void *arg);
/* The first page that is wanted. */
Lsn walread_first_page(Lsn start);
/* What the first page of a segment says of it. */
typedef struct WalHead {
    uint64_t system_identifier;
    uint32_t segment_size;
    TimelineId timeline;
    Lsn begin;  /* of the segment */
    Lsn record; /* where the first record that begins in it would; it may lie behind the segment */
} WalHead;
/* Of WAL_PAGE_SIZE bytes. False: no segment of ours begins like this. */
__attribute__((warn_unused_result)) bool walread_head(const uint8_t *page, WalHead *ret);

/* The page at position in->next, of WAL_PAGE_SIZE bytes. */
WalVerdict walread_page(WalRead *in, const uint8_t *page);

#endif

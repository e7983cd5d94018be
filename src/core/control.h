/* control.h - what a command says to the daemon over the local socket, and back. */
#ifndef MC_CORE_CONTROL_H
#define MC_CORE_CONTROL_H

#include "core/event.h"
#include "core/status.h"

typedef enum ControlKind {
    CONTROL_STATUS = 0, /* answered by one Status */
    CONTROL_COMMAND,    /* answered by Replies, the last one marked */
    CONTROL_EVIDENCE, /* of `member`: what it said last; it is asked anew, without waiting for it */
    CONTROL_START_THERE, /* tells the server `member` that an operator here wants its instance to run; answered by what
                            it said last, as above */
} ControlKind;

typedef struct ControlRequest {
    ControlKind kind;
    Command command;    /* request number is the daemon's to give; START_THERE: failover_* of it */
    MemberId member;    /* EVIDENCE, START_THERE */
    uint8_t copy_major; /* START_THERE: as in StartAsk */
} ControlRequest;

typedef struct ControlAnswer {
    ControlKind kind;
    Reply reply;
    Status status;
    Millis age; /* EVIDENCE: so long ago it was said; -1: the member was not heard in this run */
    Evidence evidence;
} ControlAnswer;

#endif

/* control.h - what a command says to the daemon over the local socket, and back. */
#ifndef MC_CORE_CONTROL_H
#define MC_CORE_CONTROL_H

#include "core/event.h"
#include "core/status.h"

typedef enum ControlKind {
    CONTROL_STATUS = 0, /* answered by one Status */
    CONTROL_COMMAND,    /* answered by Replies, the last one marked */
} ControlKind;

typedef struct ControlRequest {
    ControlKind kind;
    Command command; /* request number is the daemon's to give */
} ControlRequest;

typedef struct ControlAnswer {
    ControlKind kind;
    Reply reply;
    Status status;
} ControlAnswer;

#endif

/* node_help.h - a node of a cluster of three, stepped by hand.
 *
 * One node at a time, and everything of it lies open: a test puts it where a cluster would have brought it. */
#ifndef MC_TEST_NODE_HELP_H
#define MC_TEST_NODE_HELP_H

#include "core/node.h"
#include "core/record.h"

enum { SERVER_A = 0, SERVER_B = 1, SERVER_C = 2, REQUEST = 5 };

extern const CoreSettings settings;
extern Node node;
extern Millis now;
extern Actions actions; /* of the last step */
extern bool detached;   /* a standby was taken for lost by any step since begin() */

/* Server `self` of three, with A as primary and B and C eligible, one of two to acknowledge. */
void begin(MemberId self);
/* `now` is filled in. */
void step(Event event);
void hear(MemberId from, Message message);
/* As its agent says it while all is well. */
void hear_heartbeat(MemberId from, uint64_t number);
/* An observation of the own instance; ids are filled in. */
void see(InstanceView view);
/* The order was carried out. */
void done(const Action *order, InstanceResult result);

/* A as an open primary, both standbys acknowledging and well. */
void open_primary(void);
/* So much time passes for it, and everybody is well but who is named silent. */
void live(Millis passed, MemberId silent);
extern uint64_t beats; /* heartbeats heard so far by that: the number of the next is greater */

/* An operator's command; the answer is waited for 3 s. */
void operate(Command command);
/* What the last step answered first; NULL: nothing. */
const Reply *reply(void);
/* It answered with this status and message, for good. */
void assert_answered(uint8_t status, LogEntry entry);

/* What the last step said to somebody, or ordered first of a kind; NULL: nothing. */
const Message *sent(MemberId to, MessageKind kind);
const Action *ordered(ActionKind kind);

#endif

/* agent.h - the obedient half: inputs become events, the core decides, actions go to the ports.
 *
 * One Agent serves a database server (Node) or an arbitration server (Arbiter). No libc I/O, no
 * clock of its own: everything goes through World. Inputs only queue; agent_run drains them, so no
 * decision is made inside somebody's callback. */
#ifndef MC_AGENT_AGENT_H
#define MC_AGENT_AGENT_H

#include "core/control.h"
#include "core/event.h"
#include "core/settings.h"
#include "port/port.h"

typedef struct Agent Agent;

/* Memory for one Agent, from the caller (no allocation after start). */
size_t agent_size(void);

/* `world` and `settings` must outlive the agent. `kind` is this member's own. */
void agent_init(Agent *agent, MemberKind kind, const World *world, const CoreSettings *settings);

/* For stories and logs: called for every rule that fired, in order. Optional. */
typedef void (*AgentTrace)(void *self, const Fired *fired);
void agent_on_trace(Agent *agent, AgentTrace trace, void *self);

/* For whoever keeps a history: called for every record that is newly known to be chosen, in the step that learned it,
 * before the rules of this step are traced and its orders carried out; at the start for the one that is remembered. `durable` holds
 * for the call. Optional. */
typedef void (*AgentLearned)(void *self, const Durable *durable, bool remembered);
void agent_on_learned(Agent *agent, AgentLearned learned, void *self);

/* The last instant, at most `now`, of which it is known here that this server served clients as it should: of another
 * one the receipt of its heartbeat. 0: its last word is that it does not, or there is none. */
Millis agent_served_at(const Agent *agent, MemberId member, Millis now);
/* Likewise, of which it is known that it admitted no client, or did not answer any: 0 unless that is its last word. */
Millis agent_closed_at(const Agent *agent, MemberId member, Millis now);
/* Likewise, of which it is known that it streamed as a standby. */
Millis agent_followed_at(const Agent *agent, MemberId member, Millis now);
/* When this member was last heard; of the own one `now`. 0: never in this run. */
Millis agent_heard_at(const Agent *agent, MemberId member, Millis now);

/* Bytes of an Event that its kind uses. Whoever keeps one need not keep the rest of the union. */
size_t agent_event_size(EventKind kind);

/* Queues one event: as much of it as its kind uses is read. `now` and `wall` are filled in by agent_run from the clock port. */
void agent_input(Agent *agent, const Event *event);

/* Queues one message of an authenticated member. Undecodable bytes are counted, logged once per
 * sender and dropped. */
void agent_receive(Agent *agent, MemberId from, const uint8_t *bytes, size_t size);

/* Drains the inputs: steps the core, carries out actions up to the barrier, asks the clock for the
 * next wake. Call after every batch of inputs. */
void agent_run(Agent *agent);

/* What `member` has said last of what it remembers and has on its disks; returns how long ago, or -1: nothing in this
 * run. Of this member itself it is what holds now; another one is asked anew, and this does not wait for it. */
Millis agent_evidence(Agent *agent, MemberId member, Millis now, Evidence *ret);

/* Tells another server that an operator wants its instance to run. It may be lost, as any message; is harmless when
 * it runs already. */
void agent_ask_start(Agent *agent, MemberId member, const StartAsk *ask);

/* Called when another server says that. Optional. */
typedef void (*AgentAsked)(void *self, MemberId from, const StartAsk *ask);
void agent_on_asked(Agent *agent, AgentAsked asked, void *self);

/* The cluster as this member sees it. */
void agent_status(const Agent *agent, Millis now, Status *ret);

#endif

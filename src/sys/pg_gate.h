/* pg_gate.h - who may connect: the file that hba_file points to, in the management directory.
 *
 * Closed: the agent over the local socket, and replication as the administrator's own lines of
 * pg_hba.conf allow it, when members may connect at all. Open: the administrator's whole file behind
 * the agent's line.
 *
 * The agent starts the instance with this file on the command line. What mc.auto.conf names is a second
 * file, which is closed to everybody but the agent and never opens: an instance that was started
 * without the agent reads that one, whatever state the first was left in; one that is started again with
 * the arguments of before, too (pg_gate_keep_shut). */
#ifndef MC_SYS_PG_GATE_H
#define MC_SYS_PG_GATE_H

#include "core/instance.h"
#include "sys/pg_conf.h"

#include <sys/types.h>

/* Writes the file, durably; a reload by PostgreSQL is the caller's. `replicas`: also copy the lines
 * for replication when closed. */
__attribute__((warn_unused_result)) bool pg_gate_write(const PgSetup *setup,
                                                       const PgConfFacts *facts, Gate gate,
                                                       bool replicas, Error *error);

/* Writes the file that never opens, durably. */
__attribute__((warn_unused_result)) bool pg_gate_write_shut(const PgSetup *setup, Error *error);

/* Of a postmaster that answers: the arguments that it has noted for its next start (postmaster.opts) name the file that never
 * opens from now on. Durable; where they do already, or name no gate of ours, nothing is written. */
__attribute__((warn_unused_result)) bool pg_gate_keep_shut(const PgSetup *setup, Error *error);

/* What was written last; a file that is not ours counts as open. */
Gate pg_gate_read(const PgSetup *setup);

/* How the agent proves to the instance who it is. */
typedef enum PgAgentAuth { PG_AGENT_PEER, PG_AGENT_PASSWORD } PgAgentAuth;

/* The text itself: `administrator` is the content of pg_hba.conf, `beside` its folder. Exposed for
 * tests. False when it does not fit. */
bool pg_gate_text(const char *user, const char *administrator, const char *beside, PgAgentAuth auth,
                  Gate gate, bool replicas, char *ret, size_t size);

/* Whether that postmaster was started with our gate (pg_spawn). Else mc.auto.conf has given it the one that never opens, and
 * hba_file is not changed without a start. Where it cannot be seen: yes. */
bool pg_gate_is_given(const PgSetup *setup, pid_t postmaster);

#endif

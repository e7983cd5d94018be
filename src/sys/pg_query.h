/* pg_query.h - conversations with the own instance: over its Unix socket, each with its deadline.
 *
 * Asynchronous libpq under straight-line calls of a worker thread; a hung server costs the deadline,
 * never more. No name is looked up: the host is a socket directory. */
#ifndef MC_SYS_PG_QUERY_H
#define MC_SYS_PG_QUERY_H

#include "sys/pg_job.h"
#include "sys/pg_process.h"

#include <libpq-fe.h>

/* One connection; `link` NULL: none. Belongs to one thread at a time. */
typedef struct PgSession {
    PGconn *link;
    int pid;     /* of its backend */
    int version; /* 150018 */
} PgSession;

typedef enum PgKnock {
    PG_KNOCK_OPEN,     /* connected */
    PG_KNOCK_BUSY,     /* answered: too many connections */
    PG_KNOCK_STARTING, /* answered: starting up, shutting down, in recovery */
    PG_KNOCK_REFUSED,  /* answered: another error */
    PG_KNOCK_SILENT,   /* no answer until the deadline */
    PG_KNOCK_NOBODY,   /* nobody listens */
    PG_KNOCK_CANCELLED,
} PgKnock;

/* Connects anew, as the agent. `replication`: to speak the replication protocol. */
PgKnock pg_session_open(PgSession *session, PgJob *job, const PgSetup *setup, bool replication,
                        Millis until, Error *error);
/* Likewise to wherever a connection string says. No name is looked up when it gives "hostaddr". */
PgKnock pg_session_connect(PgSession *session, PgJob *job, const char *conninfo, Millis until,
                           Error *error);
void pg_session_close(PgSession *session);

/* Whether there is one, and its server has not gone away as far as is known here. */
bool pg_session_alive(PgSession *session);
/* Whether everything that was asked has been answered, and another question may be. */
bool pg_session_idle(const PgSession *session);

/* Keeps a good connection, replaces a broken one. */
__attribute__((warn_unused_result)) bool pg_session_ensure(PgSession *session, PgJob *job,
                                                           const PgSetup *setup, Millis until,
                                                           Error *error);

/* One statement; `ret` is the caller's to PQclear, or NULL when not wanted. A session whose query did
 * not end in time is closed. */
__attribute__((warn_unused_result)) bool pg_query(PgSession *session, PgJob *job, const char *sql,
                                                  Millis until, PGresult **ret, Error *error);

/* Sends it and does not wait; pg_session_busy tells whether it still runs. */
__attribute__((warn_unused_result)) bool pg_query_send(PgSession *session, const char *sql,
                                                       Error *error);
bool pg_session_busy(PgSession *session);
/* Without waiting: takes what has come in of the answer; the last result so far is in `inout`, the caller's to
 * PQclear. A broken session is the caller's to close. */
typedef enum PgTaken { PG_TAKEN_SOME, PG_TAKEN_ALL, PG_TAKEN_BROKEN } PgTaken;
PgTaken pg_query_take(PgSession *session, PGresult **inout, Error *error);
/* Takes the result of what was sent. */
__attribute__((warn_unused_result)) bool pg_query_finish(PgSession *session, PgJob *job,
                                                         Millis until, Error *error);

/* The next result of what was sent, the caller's to PQclear; NULL: there are no more. What the server refuses
 * is an error. The data of a copy comes by PQgetCopyData. */
__attribute__((warn_unused_result)) bool pg_query_next(PgSession *session, PgJob *job, Millis until,
                                                       PGresult **ret, Error *error);

/* The text of one field of the first row, "" when NULL or no row. */
__attribute__((warn_unused_result)) bool pg_query_text(PgSession *session, PgJob *job,
                                                       const char *sql, Millis until, char *ret,
                                                       size_t size, Error *error);

/* libpq would take these variables for what we did not say. Before the first connection of a process. */
void pg_environment_clear(void);

#endif

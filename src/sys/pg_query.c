/* pg_query.c - libpq without its blocking calls. */
#include "sys/pg_query.h"

#include "base/assert.h"
#include "sys/loop.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* The agent's own sessions obey no limit that somebody set for all, and never wait for a standby
 * unless they say so. A standby answers nothing at all at the isolation level "serializable". Times go
 * back into queries as text: only in this style do they name one instant, since abbreviations of time
 * zones are ambiguous. */
static const char OPTIONS[] =
    "-c synchronous_commit=local -c statement_timeout=0 -c lock_timeout=0"
    " -c idle_in_transaction_session_timeout=0 -c default_transaction_read_only=off"
    " -c log_statement=none -c log_min_duration_statement=-1 -c search_path=pg_catalog"
    " -c lc_messages=C -c client_min_messages=error -c default_transaction_isolation=read\\ "
    "committed"
    " -c datestyle=ISO -c timezone=UTC";

static bool say(Error *error, ErrorKind kind, const char *text)
{
    size_t length = strcspn(text, "\n");
    return error_set(error, kind, "%.*s", (int)length, text);
}

static void ignore_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static PGconn *begin_connect(const PgSetup *setup, bool replication)
{
    PgPidFile file;
    char port[16];
    if (!pg_pid_file_read(setup->data_dir, &file) || file.socket_dir[0] == '\0') {
        return NULL;
    }
    (void)str_format(port, sizeof(port), "%u", file.port); /* fits */
    const char *const names[] = {
        "host",    "port",        "user",    "password",   "dbname", "application_name",
        "options", "replication", "sslmode", "gssencmode", NULL};
    const char *const values[] = {file.socket_dir,
                                  port,
                                  setup->user,
                                  setup->password,
                                  "postgres",
                                  setup->application[0] != '\0' ? setup->application : "mc_agent",
                                  replication ? "-c lc_messages=C" : OPTIONS,
                                  replication ? "true" : "",
                                  "disable",
                                  "disable",
                                  NULL};
    return PQconnectStartParams(names, values, 0);
}

static bool says_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(text, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Before 17 libpq keeps no SQLSTATE of a refused connection, so the words count. Those of libpq are in
 * our language; those of the server perhaps not, and then it is simply an answer. */
static PgKnock refusal(const PGconn *link)
{
    static const char *const nobody[] = {"Connection refused", "No such file", "unexpectedly",
                                         "reset by peer", "Broken pipe"};
    static const char *const starting[] = {"starting up", "shutting down", "recovery mode",
                                           "not yet accepting", "not accepting"};
    static const char *const busy[] = {"too many", "reserved for", "remaining connection slots"};
    const char *text = PQerrorMessage(link);

    if (says_one_of(text, nobody, sizeof(nobody) / sizeof(nobody[0]))) {
        return PG_KNOCK_NOBODY;
    }
    if (says_one_of(text, starting, sizeof(starting) / sizeof(starting[0]))) {
        return PG_KNOCK_STARTING;
    }
    if (says_one_of(text, busy, sizeof(busy) / sizeof(busy[0]))) {
        return PG_KNOCK_BUSY;
    }
    return PG_KNOCK_REFUSED;
}

static PgKnock finish_connect(PGconn *link, PgJob *job, Millis until, Error *error)
{
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    for (;;) {
        if (next == PGRES_POLLING_OK) {
            return PG_KNOCK_OPEN;
        }
        if (next == PGRES_POLLING_FAILED) {
            (void)say(error, ERROR_POSTGRES, PQerrorMessage(link));
            return refusal(link);
        }
        short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        switch (pg_job_wait(job, PQsocket(link), events, until)) {
        case PG_WAIT_READY:
            break;
        case PG_WAIT_TIMEOUT:
            (void)say(error, ERROR_TIMEOUT, "no answer to a new connection");
            return PG_KNOCK_SILENT;
        case PG_WAIT_CANCELLED:
            (void)say(error, ERROR_TIMEOUT, "broken off");
            return PG_KNOCK_CANCELLED;
        }
        next = PQconnectPoll(link);
    }
}

/* Takes the link. */
static PgKnock session_begin(PgSession *session, PgJob *job, PGconn *link, Millis until,
                             Error *error)
{
    (void)PQsetNoticeReceiver(link, ignore_notice, NULL);
    PgKnock knock = PG_KNOCK_NOBODY;
    if (PQstatus(link) == CONNECTION_BAD) {
        (void)say(error, ERROR_POSTGRES, PQerrorMessage(link));
    } else {
        knock = finish_connect(link, job, until, error);
    }
    if (knock != PG_KNOCK_OPEN || PQsetnonblocking(link, 1) != 0) {
        PQfinish(link);
        return knock == PG_KNOCK_OPEN ? PG_KNOCK_SILENT : knock;
    }
    *session =
        (PgSession){.link = link, .pid = PQbackendPID(link), .version = PQserverVersion(link)};
    return PG_KNOCK_OPEN;
}

PgKnock pg_session_open(PgSession *session, PgJob *job, const PgSetup *setup, bool replication,
                        Millis until, Error *error)
{
    pg_session_close(session);
    PGconn *link = begin_connect(setup, replication);
    if (link == NULL) {
        (void)say(error, ERROR_NOT_RUNNING, "no server is running");
        return PG_KNOCK_NOBODY;
    }
    return session_begin(session, job, link, until, error);
}

PgKnock pg_session_connect(PgSession *session, PgJob *job, const char *conninfo, Millis until,
                           Error *error)
{
    pg_session_close(session);
    PGconn *link = PQconnectStart(conninfo);
    if (link == NULL) {
        (void)say(error, ERROR_SYSTEM, "out of memory");
        return PG_KNOCK_NOBODY;
    }
    return session_begin(session, job, link, until, error);
}

void pg_session_close(PgSession *session)
{
    if (session->link != NULL) {
        PQfinish(session->link);
    }
    *session = (PgSession){0};
}

bool pg_session_alive(PgSession *session)
{
    /* A server that went away has left an end of file on the socket. */
    return session->link != NULL && PQconsumeInput(session->link) == 1 &&
           PQstatus(session->link) == CONNECTION_OK;
}

bool pg_session_idle(const PgSession *session)
{
    return session->link != NULL && PQtransactionStatus(session->link) == PQTRANS_IDLE;
}

bool pg_session_ensure(PgSession *session, PgJob *job, const PgSetup *setup, Millis until,
                       Error *error)
{
    if (pg_session_alive(session)) {
        return true;
    }
    pg_session_close(session);
    if (pg_session_open(session, job, setup, false, until, error) != PG_KNOCK_OPEN) {
        return error_wrap(error, "connect");
    }
    if (session->version >= 140000) {
        return pg_query(session, job, "SET idle_session_timeout = 0", until, NULL, error);
    }
    return true;
}

bool pg_query_send(PgSession *session, const char *sql, Error *error)
{
    if (PQsendQuery(session->link, sql) != 1) {
        return say(error, ERROR_POSTGRES, PQerrorMessage(session->link));
    }
    (void)PQflush(session->link); /* a short text into an empty socket */
    return true;
}

bool pg_session_busy(PgSession *session)
{
    return session->link != NULL && PQconsumeInput(session->link) == 1 &&
           PQisBusy(session->link) == 1;
}

/* Until something has come. A session whose answer does not come is closed. */
static bool wait_more(PgSession *session, PgJob *job, Millis until, Error *error)
{
    int pending = PQflush(session->link);
    short events = (short)(pending == 1 ? POLLIN | POLLOUT : POLLIN);
    PgWait wait = pg_job_wait(job, PQsocket(session->link), events, until);
    if (wait == PG_WAIT_READY) {
        return true;
    }
    pg_session_close(session);
    return error_set(error, ERROR_TIMEOUT, "%s",
                     wait == PG_WAIT_CANCELLED ? "broken off" : "a query was not answered in time");
}

/* Until there is a result, or the end of all. */
static bool await(PgSession *session, PgJob *job, Millis until, Error *error)
{
    while (PQisBusy(session->link) == 1) {
        if (!wait_more(session, job, until, error)) {
            return false;
        }
        if (PQconsumeInput(session->link) != 1) {
            (void)say(error, ERROR_POSTGRES, PQerrorMessage(session->link));
            pg_session_close(session);
            return false;
        }
    }
    return true;
}

/* Whether the server is ready for the next one; only the last result is kept. */
static bool results(PgSession *session, PGresult **inout)
{
    while (PQisBusy(session->link) == 0) {
        PGresult *next = PQgetResult(session->link);
        if (next == NULL) {
            return true;
        }
        PQclear(*inout);
        *inout = next;
    }
    return false;
}

PgTaken pg_query_take(PgSession *session, PGresult **inout, Error *error)
{
    if (PQconsumeInput(session->link) != 1) {
        (void)say(error, ERROR_POSTGRES, PQerrorMessage(session->link));
        return PG_TAKEN_BROKEN;
    }
    return results(session, inout) ? PG_TAKEN_ALL : PG_TAKEN_SOME;
}

static bool collect(PgSession *session, PgJob *job, Millis until, PGresult **ret, Error *error)
{
    PGresult *last = NULL;
    PgTaken taken = results(session, &last) ? PG_TAKEN_ALL : PG_TAKEN_SOME;
    while (taken == PG_TAKEN_SOME) {
        if (!wait_more(session, job, until, error)) {
            PQclear(last);
            return false;
        }
        taken = pg_query_take(session, &last, error);
    }
    if (taken == PG_TAKEN_BROKEN) {
        pg_session_close(session);
        PQclear(last);
        return false;
    }
    *ret = last;
    return true;
}

bool pg_query_next(PgSession *session, PgJob *job, Millis until, PGresult **ret, Error *error)
{
    if (session->link == NULL) {
        return error_set(error, ERROR_NOT_RUNNING, "no connection");
    }
    if (!await(session, job, until, error)) {
        return false;
    }
    PGresult *next = PQgetResult(session->link);
    const ExecStatusType status = next == NULL ? PGRES_COMMAND_OK : PQresultStatus(next);
    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
        (void)say(error, ERROR_POSTGRES, PQresultErrorMessage(next));
        PQclear(next);
        return false;
    }
    *ret = next;
    return true;
}

static bool judge(PGresult *result, PGresult **ret, Error *error)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        (void)say(error, ERROR_POSTGRES,
                  result != NULL ? PQresultErrorMessage(result) : "the connection was lost");
        PQclear(result);
        return false;
    }
    if (ret != NULL) {
        *ret = result;
    } else {
        PQclear(result);
    }
    return true;
}

bool pg_query_finish(PgSession *session, PgJob *job, Millis until, Error *error)
{
    PGresult *result = NULL;
    return collect(session, job, until, &result, error) && judge(result, NULL, error);
}

bool pg_query(PgSession *session, PgJob *job, const char *sql, Millis until, PGresult **ret,
              Error *error)
{
    PGresult *result = NULL;
    if (session->link == NULL) {
        return error_set(error, ERROR_NOT_RUNNING, "no connection");
    }
    return pg_query_send(session, sql, error) && collect(session, job, until, &result, error) &&
           judge(result, ret, error);
}

bool pg_query_text(PgSession *session, PgJob *job, const char *sql, Millis until, char *ret,
                   size_t size, Error *error)
{
    PGresult *result = NULL;
    if (!pg_query(session, job, sql, until, &result, error)) {
        return false;
    }
    const char *text =
        PQntuples(result) > 0 && PQnfields(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    bool fits = str_copy(ret, size, text);
    PQclear(result);
    return fits || error_set(error, ERROR_LIMIT, "an answer is too long");
}

void pg_environment_clear(void)
{
    static const char *const names[] = {"PGSERVICE", "PGSERVICEFILE",    "PGHOSTADDR",
                                        "PGOPTIONS", "PGREQUIREPEER",    "PGTARGETSESSIONATTRS",
                                        "PGDATA",    "PGCLIENTENCODING", "PGCHANNELBINDING"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void)unsetenv(names[i]); /* fails only for names that are none */
    }
}

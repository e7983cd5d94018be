/*
 * Backup functions of 13 to 18 over libpq.
 *
 * Two names and one argument changed with 15; all else is the same.
 */
#include "backup/server.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "plan/chunk.h"
#include "sys/pg_process.h"

struct Server {
    PGconn *conn;
    int version;
};

static void result_done(PGresult **result)
{
    PQclear(*result);
}

static bool failed(const Server *server, const char *what, Error *error)
{
    const char *text = PQerrorMessage(server->conn);
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' ')) {
        length--;
    }
    return error_set(error, ERROR_POSTGRES, "%s: %.*s", what, (int)length, text);
}

/* One row; *ret is the caller's to clear. */
static bool ask(Server *server, const char *query, const char *parameter, const char *what,
                PGresult **ret, Error *error)
{
    const char *const values[] = {parameter};
    PGresult *result =
        PQexecParams(server->conn, query, parameter == NULL ? 0 : 1, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1) {
        PQclear(result);
        return failed(server, what, error);
    }
    *ret = result;
    return true;
}

static bool lsn_of(const PGresult *result, int column, Lsn *ret, Error *error)
{
    const char *text = PQgetvalue(result, 0, column);
    return str_to_lsn(text, strlen(text), ret) ||
           error_set(error, ERROR_PROTOCOL, "the server gave \"%s\" as a position", text);
}

static bool read_about(Server *server, ServerAbout *ret, Error *error)
{
    _cleanup_(result_done) PGresult *result = NULL;
    static const char query[] =
        "SELECT pg_is_in_recovery(), current_setting('archive_mode') <> 'off',"
        " (SELECT system_identifier FROM pg_control_system()),"
        " coalesce(current_setting('config_file', true), ''),"
        " coalesce(current_setting('hba_file', true), ''),"
        " coalesce(current_setting('ident_file', true), ''),"
        " coalesce(current_setting('pgx.backup_destination', true), ''),"
        " (SELECT sum(pg_tablespace_size(oid)) FROM pg_tablespace),"
        " (SELECT CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity')"
        "   THEN last_failed_wal ELSE '' END FROM pg_stat_archiver),"
        " coalesce(current_setting('summarize_wal', true), 'off') = 'on'";
    uint64_t number = 0;
    if (!ask(server, query, NULL, "ask the server about itself", &result, error)) {
        return false;
    }
    ServerAbout about = {.version = PQserverVersion(server->conn),
                         .standby = PQgetvalue(result, 0, 0)[0] == 't',
                         .archiving = PQgetvalue(result, 0, 1)[0] == 't'};
    /* PostgreSQL has no unsigned type: half of all identifiers come out negative. */
    int64_t identifier = 0;
    const char *text = PQgetvalue(result, 0, 2);
    if (!str_to_int(text, strlen(text), &identifier)) {
        return error_set(error, ERROR_PROTOCOL, "the server gave \"%s\" as its identifier", text);
    }
    about.system_identifier = (uint64_t)identifier;
    char *const paths[] = {about.config_file, about.hba_file, about.ident_file,
                           about.backup_destination};
    for (int i = 0; i < 4; i++) {
        if (!str_copy(paths[i], PG_PATH_SIZE, PQgetvalue(result, 0, 3 + i))) {
            return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long",
                             PQgetvalue(result, 0, 3 + i));
        }
    }
    text = PQgetvalue(result, 0, 7);
    about.bytes = str_to_uint(text, strlen(text), &number) ? number : 0;
    (void)str_copy(about.archive_failure, sizeof(about.archive_failure),
                   PQgetvalue(result, 0, 8)); /* a cut name is still one to look for */
    about.summarizes = PQgetvalue(result, 0, 9)[0] == 't';
    *ret = about;
    return true;
}

static bool set_up(Server *server, Error *error)
{
    /* A backup takes as long as it takes, and its session must outlive every limit of the role. */
    static const char query[] = "SELECT set_config('statement_timeout', '0', false),"
                                " set_config('idle_in_transaction_session_timeout', '0', false),"
                                " set_config('search_path', 'pg_catalog', false)";
    _cleanup_(result_done) PGresult *result = NULL;
    _cleanup_(result_done) PGresult *more = NULL;
    if (!ask(server, query, NULL, "prepare the session", &result, error)) {
        return false;
    }
    return server->version < 140000 ||
           ask(server, "SELECT set_config('idle_session_timeout', '0', false)", NULL,
               "prepare the session", &more, error);
}

static bool check_connected(const Server *server, Error *error)
{
    if (PQstatus(server->conn) != CONNECTION_OK) {
        return failed(server, "connect to the instance", error);
    }
    return server->version >= 130000 ||
           error_set(error, ERROR_REFUSED, "PostgreSQL %d is too old: at least 13 is needed",
                     server->version / 10000);
}

bool server_connect(const ServerLogin *login, Server **ret, ServerAbout *ret_about, Error *error)
{
    PgPidFile of = {0};
    char port[8] = "";
    const bool known = pg_pid_file_read(login->data_dir, &of);
    (void)str_format(port, sizeof(port), "%u", of.port); /* fits */
    const char *const keys[] = {
        "host", "port", "user", "dbname", "application_name", "connect_timeout", "client_encoding",
        NULL};
    const char *host = login->host != NULL                 ? login->host
                       : known && of.socket_dir[0] != '\0' ? of.socket_dir
                                                           : NULL;
    const char *const values[] = {
        host,         login->port != NULL ? login->port : known ? port : NULL,
        login->user,  "postgres",
        "pgx_dmpall", "30",
        "UTF8",       NULL};
    Server *server = calloc(1, sizeof(*server));
    if (server == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    server->conn = PQconnectdbParams(keys, values, 0);
    server->version = PQserverVersion(server->conn);
    if (!known && login->host == NULL && login->port == NULL &&
        PQstatus(server->conn) != CONNECTION_OK) {
        server_close(&server);
        return error_set(
            error, ERROR_POSTGRES,
            "no instance runs in \"%s\", and a backup is taken of a running one\nhint: "
            "start it (in a cluster: mc_ctl start -M dir); if it is of another host, "
            "give -h and -p",
            login->data_dir);
    }
    if (!check_connected(server, error) || !set_up(server, error) ||
        !read_about(server, ret_about, error)) {
        server_close(&server);
        return false;
    }
    *ret = server;
    return true;
}

void server_close(Server **server)
{
    if (*server != NULL) {
        PQfinish((*server)->conn);
        free(*server);
    }
    *server = NULL;
}

void server_hold_wal(Server *server)
{
    _cleanup_(result_done) PGresult *result = NULL;
    Error error = {0};
    /* Temporary: it goes with the session. What is missing at the end is found then. */
    if (!ask(server,
             "SELECT pg_create_physical_replication_slot('pgx_dmpall_' || pg_backend_pid(), true,"
             " true)",
             NULL, "hold WAL", &result, &error)) {
        error_clear(&error);
    }
}

bool server_backup_start(Server *server, const char *label, Lsn *ret_start, Error *error)
{
    _cleanup_(result_done) PGresult *result = NULL;
    const char *query = server->version >= 150000 ? "SELECT pg_backup_start($1, true)"
                                                  : "SELECT pg_start_backup($1, true, false)";
    return ask(server, query, label, "begin the backup", &result, error) &&
           lsn_of(result, 0, ret_start, error);
}

/* "s" is every summary that has something of the stretch. */
static void summaries_of(const ServerRange *range, char *ret, size_t size)
{
    char from[STR_LSN_SIZE];
    char to[STR_LSN_SIZE];
    (void)str_format(ret, size,
                     "(SELECT * FROM pg_available_wal_summaries() WHERE tli = %u AND end_lsn > '%s'"
                     " AND start_lsn < '%s') s",
                     range->timeline, str_from_lsn(range->from, from, sizeof(from)),
                     str_from_lsn(range->to, to, sizeof(to))); /* fits */
}

bool server_summaries(Server *server, const ServerRange *range, ServerSummaries *ret, Error *error)
{
    _cleanup_(result_done) PGresult *result = NULL;
    char summaries[256];
    char query[1024];
    char from[STR_LSN_SIZE];
    char to[STR_LSN_SIZE];
    summaries_of(range, summaries, sizeof(summaries));
    (void)str_format(
        query, sizeof(query),
        "SELECT (SELECT timeline_id FROM pg_control_checkpoint()) = %u,"
        " coalesce(max(end_lsn) >= '%s', false),"
        " coalesce(min(start_lsn) <= '%s', false) AND NOT coalesce(bool_or(hole), false)"
        " FROM (SELECT start_lsn, end_lsn,"
        "  start_lsn > lag(end_lsn) OVER (ORDER BY start_lsn) AS hole FROM %s) t",
        range->timeline, str_from_lsn(range->to, to, sizeof(to)),
        str_from_lsn(range->from, from, sizeof(from)), summaries); /* fits */
    if (!ask(server, query, NULL, "look for WAL summaries", &result, error)) {
        return false;
    }
    const bool own = PQgetvalue(result, 0, 0)[0] == 't';
    const bool reaches = PQgetvalue(result, 0, 1)[0] == 't';
    const bool whole = PQgetvalue(result, 0, 2)[0] == 't';
    *ret = !own       ? SERVER_SUMMARIES_OTHER_TIMELINE
           : !reaches ? SERVER_SUMMARIES_LATE
           : whole    ? SERVER_SUMMARIES_USABLE
                      : SERVER_SUMMARIES_HOLE;
    return true;
}

static bool take_change(const PGresult *result, int row, ServerChange *ret, Error *error)
{
    uint32_t *const fields[] = {&ret->space, &ret->database, &ret->node, &ret->limit, &ret->chunk};
    for (int i = 0; i < 5; i++) {
        uint64_t number = 0;
        const char *text = PQgetvalue(result, row, i);
        if (!str_to_uint(text, strlen(text), &number) || number > UINT32_MAX) {
            return error_set(error, ERROR_PROTOCOL, "a WAL summary says \"%s\"", text);
        }
        *fields[i] = (uint32_t)number;
    }
    return true;
}

bool server_changes(Server *server, const ServerRange *range, ServerChange **ret, size_t *ret_count,
                    ServerSummaries *ret_how, Error *error)
{
    char summaries[256];
    char query[1024];
    summaries_of(range, summaries, sizeof(summaries));
    (void)str_format(query, sizeof(query),
                     "SELECT DISTINCT reltablespace, reldatabase, relfilenode, is_limit_block::int,"
                     " relblocknumber / %d FROM %s,"
                     " LATERAL pg_wal_summary_contents(s.tli, s.start_lsn, s.end_lsn) c"
                     " WHERE relforknumber = 0 OR relfilenode = 0 LIMIT %d",
                     CHUNK_BLOCKS_MAX, summaries, SERVER_CHANGES_MAX + 1); /* fits */
    _cleanup_(result_done) PGresult *result = PQexec(server->conn, query);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        return failed(server, "read WAL summaries", error);
    }
    const int count = PQntuples(result);
    *ret_how = count > SERVER_CHANGES_MAX ? SERVER_SUMMARIES_TOO_MANY : SERVER_SUMMARIES_USABLE;
    ServerChange *changes = calloc((size_t)count + 1, sizeof(*changes));
    if (changes == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    for (int i = 0; i < count; i++) {
        if (!take_change(result, i, &changes[i], error)) {
            free(changes);
            return false;
        }
    }
    *ret = changes;
    *ret_count = (size_t)count;
    return true;
}

bool server_tablespaces(Server *server, ServerTablespace **ret, int *ret_count, Error *error)
{
    _cleanup_(result_done) PGresult *result = PQexec(
        server->conn, "SELECT 'pg_tblspc/' || oid AS place, spcname, pg_tablespace_location(oid)"
                      " FROM pg_tablespace WHERE pg_tablespace_location(oid) LIKE '/%'"
                      " ORDER BY ('pg_tblspc/' || oid) COLLATE \"C\"");
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        return failed(server, "look for tablespaces", error);
    }
    const int count = PQntuples(result);
    ServerTablespace *list = calloc((size_t)count + 1, sizeof(*list));
    if (list == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    for (int i = 0; i < count; i++) {
        if (!str_copy(list[i].where, sizeof(list[i].where), PQgetvalue(result, i, 0)) ||
            !str_copy(list[i].name, sizeof(list[i].name), PQgetvalue(result, i, 1)) ||
            !str_copy(list[i].path, sizeof(list[i].path), PQgetvalue(result, i, 2))) {
            free(list);
            return error_set(error, ERROR_LIMIT, "the folder of tablespace \"%s\" is too long",
                             PQgetvalue(result, i, 1));
        }
    }
    *ret = list;
    *ret_count = count;
    return true;
}

bool server_backup_stop(Server *server, Lsn *ret_stop, char **ret_label, char **ret_tablespace_map,
                        Error *error)
{
    _cleanup_(result_done) PGresult *result = NULL;
    /* false: what WAL the backup needs, and where it is, is looked after here, without waiting for an archiver. */
    const char *query = server->version >= 150000
                            ? "SELECT lsn, labelfile, spcmapfile FROM pg_backup_stop(false)"
                            : "SELECT lsn, labelfile, spcmapfile FROM pg_stop_backup(false, false)";
    if (!ask(server, query, NULL, "end the backup", &result, error) ||
        !lsn_of(result, 0, ret_stop, error)) {
        return false;
    }
    char *label = strdup(PQgetvalue(result, 0, 1));
    char *map = strdup(PQgetvalue(result, 0, 2));
    if (label == NULL || map == NULL) {
        free(label);
        free(map);
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    *ret_label = label;
    *ret_tablespace_map = map;
    return true;
}

/*
 * The primary of a new copy: whom the record names, as the agents of the cluster know it, and whether its
 * instance lets this server copy it.
 */
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "cli/daemon.h"
#include "cli/setup.h"
#include "core/node.h"
#include "sys/loop.h"
#include "sys/pg_child.h"
#include "sys/pg_control.h"
#include "sys/pg_names.h"

enum {
    FIND_MS = 30000,
    FIRST_MS = 10000,
    LEAVE_MS = 15000,
    LOOK_EVERY_MS = 100,
    CONNECT_MS = 10000
};

/* What is still missing; NULL: it was found. */
static const char *missing(const Status *status)
{
    const Record *record = &status->record;
    const uint8_t own = status->member[status->self].node_state;
    if (own == NODE_RECALLING) {
        return "the agent of this server to find its memory again";
    }
    if (record->epoch == 0) {
        return status->confirmed ? "a first primary: mc_ctl start -f on the server that has the "
                                   "database"
                                 : "a majority of the voters, and a first primary";
    }
    if (record->primary == status->self) {
        return NULL;
    }
    if (!status->confirmed) {
        return "a majority of the voters";
    }
    const MemberStatus *primary = &status->member[record->primary];
    if (primary->role != HOST_ROLE_PRIMARY) {
        return "the primary to serve";
    }
    if (primary->stream_port == 0) {
        return "the primary to say where its WAL is streamed from";
    }
    return own == NODE_ASKING ? "the agent of this server to find out who it is" : NULL;
}

static bool refuse_primary(const SetupWork *work, Error *error)
{
    return error_set(error, ERROR_REFUSED,
                     "server \"%s\" is the primary of epoch %llu: a standby is made on another one",
                     work->site->id, (unsigned long long)work->status.record.epoch) ||
           error_hint(error, "mc_ctl status shows who is who; if its data is lost, mc_ctl start "
                             "lets the standby take over first");
}

/* D1: who counts as eligible replaces nothing. The primary disconnects it when its instance is seen to be down. */
static bool wait_not_eligible(SetupWork *work, Error *error)
{
    const Millis since = daemon_now();
    while (work->status.member[work->status.self].eligible) {
        if (daemon_now() - since > LEAVE_MS) {
            return error_set(error, ERROR_REFUSED,
                             "the record of epoch %llu counts on the data directory that this "
                             "server has had: it is eligible",
                             (unsigned long long)work->status.record.epoch) ||
                   error_hint(error, "the primary disconnects it while automatic switch and "
                                     "disconnection is on (mc_ctl enable-failover); nothing was "
                                     "changed");
        }
        progress_show(&work->progress, daemon_now(), "the primary to disconnect this server");
        daemon_pause(LOOK_EVERY_MS);
        if (!daemon_status(work->site, &work->status, error)) {
            return false;
        }
    }
    return true;
}

static void fill_order(SetupWork *work)
{
    const Site *site = work->site;
    const MemberStatus *primary = &work->status.member[work->status.record.primary];
    PgSource *source = &work->order.source;
    (void)str_copy(source->name, sizeof(source->name), primary->name);
    (void)str_copy(source->address.host, PG_HOST_SIZE, primary->stream_host);
    source->address.port = primary->stream_port;
    (void)str_copy(source->conninfo, sizeof(source->conninfo), site->server.replication_conninfo);
    (void)str_copy(work->order.data_dir, PG_PATH_SIZE, site->server.db_instance); /* all fit */
    work->order.work = PG_MARK_COPY;
    work->order.system_identifier = work->status.record.system_identifier;
    const bool named = pg_slot_name(&site->members, site->self, work->order.slot, PG_NAME_SIZE);
    assert(named);
}

/* Every voter that is heard says that there is no record: nobody makes one but a first start. */
static bool nobody_began(const Status *status)
{
    return status->confirmed && status->record.epoch == 0 &&
           status->member[status->self].node_state != NODE_RECALLING;
}

/* The servers that may have the database: one that is heard and has a directory, else all that are not heard. */
static void name_first(const Status *status, StrBuf *out)
{
    bool any = false;
    for (int pass = 0; pass < 2 && !any; pass++) {
        for (MemberId m = 0; m < status->count; m++) {
            const MemberStatus *member = &status->member[m];
            const bool has = member->connected && member->instance != INSTANCE_NONE &&
                             member->instance != INSTANCE_UNKNOWN;
            if (m == status->self || member->kind != MEMBER_SERVER ||
                (pass == 0 ? !has : member->connected)) {
                continue;
            }
            str_add(out, any ? " or \"" : "\"");
            str_add(out, member->name);
            str_add(out, "\"");
            any = true;
        }
    }
    if (!any) {
        str_add(out, "the server that has the database");
    }
}

static bool refuse_before_first(const SetupWork *work, Error *error)
{
    char names[MEMBERS_MAX * (MEMBER_NAME_SIZE + 8)];
    StrBuf out = str_begin(names, sizeof(names));
    name_first(&work->status, &out);
    return error_set(
               error, ERROR_REFUSED,
               "the cluster has not begun: no server was started as its first primary, and so "
               "there is nothing to copy") ||
           error_hint(error,
                      "mc_ctl start -f at %s first, then this command again; nothing was changed, "
                      "and the agent of this server goes on as a voter",
                      names);
}

bool setup_find_primary(SetupWork *work, Error *error)
{
    const Millis since = daemon_now();
    const char *what = NULL;
    while (true) {
        if (!daemon_status(work->site, &work->status, error)) {
            return false;
        }
        what = missing(&work->status);
        if (what == NULL) {
            break;
        }
        if (daemon_now() - since > FIRST_MS && nobody_began(&work->status)) {
            return refuse_before_first(work, error);
        }
        if (daemon_now() - since > FIND_MS) {
            return error_set(error, ERROR_TIMEOUT, "the primary was not found: waiting for %s",
                             what) ||
                   error_hint(error, "nothing was changed; the agent of this server goes on as a "
                                     "voter");
        }
        progress_show(&work->progress, daemon_now(), what);
        daemon_pause(LOOK_EVERY_MS);
    }
    if (work->status.record.primary == work->status.self) {
        return refuse_primary(work, error);
    }
    const uint8_t state = work->status.member[work->status.self].node_state;
    if (work->place == PLACE_DATA && state != NODE_IDLE) {
        return error_set(error, ERROR_REFUSED,
                         "the agent of server \"%s\" looks after the data "
                         "directory \"%s\"",
                         work->site->id, work->site->server.db_instance) ||
               error_hint(error, "mc_ctl stop first; nothing was changed");
    }
    if (!wait_not_eligible(work, error)) {
        return false;
    }
    fill_order(work);
    return true;
}

static const char *own_user(void)
{
    const struct passwd *entry = getpwuid(geteuid());
    return entry == NULL ? "postgres" : entry->pw_name;
}

/* The user of the connection is libpq's default unless replication_conninfo says otherwise. */
static bool explain(const SetupWork *work, PgSourceFate fate, Error *error)
{
    const PgSource *source = &work->order.source;
    switch (fate) {
    case PG_SOURCE_OPEN:
        return true;
    case PG_SOURCE_UNREACHABLE:
        return error_hint(error, "listen_addresses and port of the primary's postgresql.conf, "
                                 "log_transfer_address of its settings, and firewalls decide that; "
                                 "nothing was changed");
    case PG_SOURCE_PASSWORD:
        return error_hint(error,
                          "the password for %s port %u belongs into ~/.pgpass (mode 0600) of user "
                          "\"%s\" on this host; nothing was changed",
                          source->address.host, source->address.port, own_user());
    case PG_SOURCE_HBA:
        return error_hint(error,
                          "pg_hba.conf in the data directory of \"%s\" needs a line like: host "
                          "replication %s ADDRESS/32 scram-sha-256, then a reload; nothing was "
                          "changed",
                          source->name, own_user());
    case PG_SOURCE_ROLE:
        return error_hint(error,
                          "the role needs the attribute REPLICATION; replication_conninfo "
                          "in \"%s/%s.conf\" names another; nothing was changed",
                          work->site->dir, work->site->id);
    case PG_SOURCE_BUSY:
        return error_hint(error, "raise max_wal_senders or max_connections of the primary; nothing "
                                 "was changed");
    case PG_SOURCE_REFUSED:
        return error_hint(error, "nothing was changed");
    }
    return false;
}

/* A copy is started by programs of the same major version, or not at all. */
static bool check_programs(SetupWork *work, int major, Error *error)
{
    char folder[PG_PATH_SIZE];
    int own = 0;
    const char *given = work->site->server.bin_directory;
    if (given[0] == '\0') {
        return pg_bin_of(major, folder, error) ||
               error_wrap(error, "the primary \"%s\" is PostgreSQL %d", work->order.source.name,
                          major) ||
               error_hint(error,
                          "install that version here, or name its programs with "
                          "bin_directory in \"%s/%s.conf\"; nothing was changed",
                          work->site->dir, work->site->id);
    }
    if (!pg_program_major(given, &work->job, &own, error)) {
        return error_wrap(error, "bin_directory of \"%s/%s.conf\"", work->site->dir,
                          work->site->id);
    }
    return own == major ||
           error_set(error, ERROR_REFUSED,
                     "the primary \"%s\" is PostgreSQL %d, and bin_directory \"%s\" of "
                     "\"%s/%s.conf\" is version %d",
                     work->order.source.name, major, given, work->site->dir, work->site->id, own) ||
           error_hint(error, "both must be of one major version; nothing was changed");
}

bool setup_check_primary(SetupWork *work, Error *error)
{
    PgSession session = {0};
    PgSourceFacts facts = {0};
    char addresses[256];
    const PgSource *source = &work->order.source;
    const Millis until = loop_now() + CONNECT_MS;
    const PgSourceFate fate = pg_source_open(source, &session, &work->job, until, error);
    if (fate != PG_SOURCE_OPEN) {
        return explain(work, fate, error);
    }
    const bool known = pg_source_facts(&session, &work->job, until, &facts, error) &&
                       pg_query_text(&session, &work->job, "SHOW listen_addresses", until,
                                     addresses, sizeof(addresses), error);
    pg_session_close(&session);
    if (!known) {
        return false;
    }
    if (facts.system_identifier != work->order.system_identifier || facts.recovering) {
        return error_set(error, ERROR_REFUSED,
                         "at %s port %u is not the primary of this cluster, but %s",
                         source->address.host, source->address.port,
                         facts.recovering ? "a standby" : "another database") ||
               error_hint(error,
                          "log_transfer_address of \"%s\" must lead to its own instance; "
                          "nothing was changed",
                          source->name);
    }
    if (facts.major < PG_MAJOR_MIN || facts.major > PG_MAJOR_MAX) {
        return error_set(error, ERROR_REFUSED,
                         "the primary \"%s\" is PostgreSQL %d, which this "
                         "version does not know",
                         source->name, facts.major);
    }
    work->major = facts.major;
    return check_programs(work, facts.major, error) && setup_check_port(work, addresses, error);
}

/*
 * The PostgresPort of a server without a data directory.
 */
#include "main/absent.h"

#include <errno.h>
#include <sys/stat.h>

#include "sys/pg_mark.h"

bool absent_is(const Site *site)
{
    char path[PG_PATH_SIZE];
    pg_path(path, site->server.db_instance, "PG_VERSION");
    const PgMarkWork work = pg_mark_work(site->server.db_instance);
    return !pg_mark_is_agents(work) && (work != PG_MARK_NONE || !pg_file_exists(path));
}

bool absent_begin_copy(const Site *site, int major, Error *error)
{
    const char *data = site->server.db_instance;
    const PgMark mark = {.work = PG_MARK_AGENT, .major = major};
    int entries = 0;
    if (!pg_tree_count(data, &entries, error)) {
        return false;
    }
    if (entries > 0) {
        return error_set(error, ERROR_REFUSED, "the data directory \"%s\" is not empty", data);
    }
    if (mkdir(data, 0700) != 0 && errno != EEXIST) {
        return error_set_errno(error, errno, "could not make the data directory \"%s\"", data);
    }
    return pg_mark_write(data, &mark, error);
}

static void finish(void *self, ActionKind kind, uint64_t sequence, Epoch epoch, bool ok)
{
    Agent *agent = self;
    Event event = {
        .kind = EVENT_DONE,
        .u.done =
            {.sequence = sequence, .kind = kind, .epoch = epoch, .ok = ok, .result = {.ok = ok}},
    };
    if (!ok) {
        (void)str_copy(event.u.done.result.text, sizeof(event.u.done.result.text),
                       "there is no data directory"); /* it fits */
    }
    agent_input(agent, &event);
}

static void on_start(void *self, uint64_t sequence, Epoch epoch, const StartOrder *order)
{
    (void)order; /* of what is not there */
    finish(self, ACTION_START, sequence, epoch, false);
}

static void on_stop(void *self, uint64_t sequence, Epoch epoch, const StopOrder *order)
{
    (void)order; /* of what is not there */
    finish(self, ACTION_STOP, sequence, epoch, true);
}

static void on_gate(void *self, uint64_t sequence, Epoch epoch, Gate gate)
{
    (void)gate; /* of what is not there */
    finish(self, ACTION_GATE, sequence, epoch, false);
}

static void on_names(void *self, uint64_t sequence, Epoch epoch, const NamesOrder *order)
{
    (void)order; /* of what is not there */
    finish(self, ACTION_NAMES, sequence, epoch, false);
}

static void on_follow(void *self, uint64_t sequence, Epoch epoch, const Upstream *upstream)
{
    (void)upstream; /* of what is not there */
    finish(self, ACTION_FOLLOW, sequence, epoch, false);
}

static void on_promote(void *self, uint64_t sequence, Epoch epoch)
{
    finish(self, ACTION_PROMOTE, sequence, epoch, false);
}

static void on_directory(void *self, uint64_t sequence, Epoch epoch, const DirectoryOrder *order)
{
    (void)order; /* of what is not there */
    finish(self, ACTION_DIRECTORY, sequence, epoch, false);
}

static void on_rejoin(void *self, uint64_t sequence, Epoch epoch, const RejoinOrder *order)
{
    (void)order; /* of what is not there */
    finish(self, ACTION_REJOIN, sequence, epoch, false);
}

PostgresPort absent_port(Agent *agent)
{
    return (PostgresPort){
        .self = agent,
        .start = on_start,
        .stop = on_stop,
        .gate = on_gate,
        .names = on_names,
        .follow = on_follow,
        .promote = on_promote,
        .directory = on_directory,
        .rejoin = on_rejoin,
    };
}

Event absent_view(void)
{
    return (Event){.kind = EVENT_INSTANCE, .u.instance = {.phase = INSTANCE_NONE}};
}

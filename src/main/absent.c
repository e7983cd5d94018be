/*
 * The PostgresPort of a server without a data directory. That none is there proves nothing of the processes that worked
 * in one: they are looked for by the note of their run, and until they are proved to be gone the instance is unknown, which
 * is no consent (P4, P7).
 */
#include "main/absent.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/assert.h"
#include "sys/pg_place.h"

enum { LOOK_MS = 1000 };

static bool is_nowhere(const char *path)
{
    struct stat of;
    return stat(path, &of) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool absent_is(const Site *site)
{
    char path[PG_PATH_SIZE];
    pg_path(path, site->server.db_instance, "PG_VERSION");
    const PgMarkWork work = pg_mark_work(site->server.db_instance);
    return !pg_mark_is_agents(work) && (work != PG_MARK_NONE || is_nowhere(path));
}

bool absent_begin_copy(const Site *site, int major, Error *error)
{
    const char *data = site->server.db_instance;
    const PgMark mark = {.work = PG_MARK_AGENT, .major = major};
    PgPlace place;
    if (!pg_place_look(data, &place, error)) {
        return false;
    }
    if (place.there && !place.empty) {
        return error_set(error, ERROR_REFUSED, "the data directory \"%s\" is not empty", data);
    }
    return pg_place_mark(data, &mark, &place, error);
}

static void report(const Absent *absent, ActionKind kind, uint64_t sequence, Epoch epoch,
                   const char *why)
{
    const bool ok = why == NULL;
    Event event = {
        .kind = EVENT_DONE,
        .u.done =
            {.sequence = sequence, .kind = kind, .epoch = epoch, .ok = ok, .result = {.ok = ok}},
    };
    if (!ok) {
        (void)str_copy(event.u.done.result.text, sizeof(event.u.done.result.text),
                       why); /* cut is fine */
    }
    agent_input(absent->agent, &event);
}

static void fail(const Absent *absent, ActionKind kind, uint64_t sequence, Epoch epoch)
{
    report(absent, kind, sequence, epoch, "there is no data directory");
}

static void on_start(void *self, uint64_t sequence, Epoch epoch, const StartOrder *order)
{
    (void)order; /* of what is not there */
    fail(self, ACTION_START, sequence, epoch);
}

static void on_stop(void *self, uint64_t sequence, Epoch epoch, const StopOrder *order)
{
    (void)order; /* there is one way only */
    Absent *absent = self;
    absent->sequence = sequence;
    absent->epoch = epoch;
    if (pg_remains_are_gone(absent->remains)) {
        report(absent, ACTION_STOP, sequence, epoch, NULL);
    } else {
        pg_remains_end(absent->remains);
    }
}

static void on_gate(void *self, uint64_t sequence, Epoch epoch, Gate gate)
{
    (void)gate; /* of what is not there */
    fail(self, ACTION_GATE, sequence, epoch);
}

static void on_names(void *self, uint64_t sequence, Epoch epoch, const NamesOrder *order)
{
    (void)order; /* of what is not there */
    fail(self, ACTION_NAMES, sequence, epoch);
}

static void on_follow(void *self, uint64_t sequence, Epoch epoch, const Upstream *upstream)
{
    (void)upstream; /* of what is not there */
    fail(self, ACTION_FOLLOW, sequence, epoch);
}

static void on_promote(void *self, uint64_t sequence, Epoch epoch)
{
    fail(self, ACTION_PROMOTE, sequence, epoch);
}

static void on_directory(void *self, uint64_t sequence, Epoch epoch, const DirectoryOrder *order)
{
    (void)order; /* of what is not there */
    fail(self, ACTION_DIRECTORY, sequence, epoch);
}

static void on_rejoin(void *self, uint64_t sequence, Epoch epoch, const RejoinOrder *order)
{
    (void)order; /* of what is not there */
    fail(self, ACTION_REJOIN, sequence, epoch);
}

/* Ordered by the primary's word alone: it may not know yet that nothing is here. */
static void on_checkpoint(void *self, uint64_t sequence, Epoch epoch)
{
    fail(self, ACTION_CHECKPOINT, sequence, epoch);
}

PostgresPort absent_port(Absent *absent)
{
    return (PostgresPort){
        .self = absent,
        .start = on_start,
        .stop = on_stop,
        .gate = on_gate,
        .names = on_names,
        .follow = on_follow,
        .promote = on_promote,
        .directory = on_directory,
        .rejoin = on_rejoin,
        .checkpoint = on_checkpoint,
    };
}

static void tell(const Absent *absent, bool stopped)
{
    const Event event = {
        .kind = EVENT_INSTANCE,
        .u.instance = {.phase = stopped ? INSTANCE_NONE : INSTANCE_UNKNOWN},
    };
    agent_input(absent->agent, &event);
}

static void on_seen(void *ctx, bool stopped)
{
    const Absent *absent = ctx;
    if (absent->loop != NULL) {
        tell(absent, stopped);
    }
}

static void on_ended(void *ctx, bool ok, const Error *error)
{
    const Absent *absent = ctx;
    report(absent, ACTION_STOP, absent->sequence, absent->epoch, ok ? NULL : error->text);
    on_seen(ctx, ok);
}

bool absent_begin(Absent *absent, Loop *loop, const Site *site, Agent *agent, Error *error)
{
    const PgRemainsEvents events = {.ctx = absent, .seen = on_seen, .ended = on_ended};
    absent->loop = loop;
    absent->agent = agent;
    return pg_remains_new(loop, site->server.db_instance, site->dir, &events, &absent->remains,
                          error);
}

static void look_again(void *data)
{
    absent_look(data);
}

void absent_look(Absent *absent)
{
    assert(absent->loop != NULL);
    if (pg_remains_are_gone(absent->remains)) {
        tell(absent, true);
    } else {
        pg_remains_look(absent->remains);
    }
    loop_deadline_set(absent->loop, &absent->next, loop_now() + LOOK_MS, look_again, absent);
}

void absent_end_looks(Absent *absent)
{
    if (absent->loop != NULL) {
        loop_deadline_clear(absent->loop, &absent->next);
        absent->loop = NULL;
    }
}

void absent_end(Absent *absent)
{
    absent_end_looks(absent);
    if (absent->remains != NULL) {
        pg_remains_free(absent->remains);
        absent->remains = NULL;
    }
}

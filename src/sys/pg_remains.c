/* pg_remains.c - an instance goes on when its directory is taken away; its next agent has only the note of its run. */
#include "sys/pg_remains.h"

#include "base/assert.h"
#include "sys/pg_process.h"

#include <stdlib.h>
#include <uv.h>

enum { KILL_LIMIT_MS = 5000 };

struct PgRemains {
    Loop *loop;
    char data_dir[PG_PATH_SIZE];
    char mc_dir[PG_PATH_SIZE];
    PgRemainsEvents events;
    PgLastRun run;
    bool closing;
    bool gone;

    uv_work_t look_work;
    bool looks;
    bool seen_stopped;

    uv_work_t end_work;
    bool ends;
    bool ended;
    Error error;
};

static void note_over(PgRemains *remains, const PgRun *run)
{
    Error ignored = {0};
    pg_run_ended(&remains->run, run);
    (void)pg_run_note(&remains->run, &ignored); /* else the next agent proves it anew */
}

static bool look(PgRemains *remains)
{
    const PgRun run = pg_last_run(&remains->run);
    const PgAlive alive = pg_alive_of_run(remains->data_dir, &run);
    const bool stopped = pg_alive_is_stopped(&alive);
    if (stopped) {
        note_over(remains, &run);
    }
    return stopped;
}

bool pg_remains_new(Loop *loop, const char *data_dir, const char *mc_dir,
                    const PgRemainsEvents *events, PgRemains **ret, Error *error)
{
    PgRemains *remains = calloc(1, sizeof(*remains));
    if (remains == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    if (!str_copy(remains->data_dir, sizeof(remains->data_dir), data_dir) ||
        !str_copy(remains->mc_dir, sizeof(remains->mc_dir), mc_dir)) {
        free(remains);
        return error_set(error, ERROR_LIMIT, "the path of a directory is too long");
    }
    remains->loop = loop;
    remains->events = *events;
    remains->look_work.data = remains;
    remains->end_work.data = remains;
    pg_last_run_init(&remains->run, remains->mc_dir);
    remains->gone = look(remains);
    *ret = remains;
    return true;
}

void pg_remains_free(PgRemains *remains)
{
    remains->closing = true;
    while (remains->looks || remains->ends) {
        (void)uv_run(loop_uv(remains->loop), UV_RUN_ONCE); /* each comes back within its limit */
    }
    pg_last_run_done(&remains->run);
    free(remains);
}

static void look_worker(uv_work_t *work)
{
    PgRemains *remains = work->data;
    remains->seen_stopped = look(remains);
}

static void look_back(uv_work_t *work, int status)
{
    PgRemains *remains = work->data;
    (void)status; /* never cancelled before it began */
    remains->looks = false;
    remains->gone = remains->gone || remains->seen_stopped;
    if (!remains->closing) {
        remains->events.seen(remains->events.ctx, remains->gone);
    }
}

void pg_remains_look(PgRemains *remains)
{
    if (remains->looks) {
        return;
    }
    remains->looks = true;
    const int code =
        uv_queue_work(loop_uv(remains->loop), &remains->look_work, look_worker, look_back);
    assert(code == 0);
}

static void end_worker(uv_work_t *work)
{
    PgRemains *remains = work->data;
    const PgRun run = pg_last_run(&remains->run);
    remains->error = (Error){0};
    remains->ended =
        pg_kill_run(remains->data_dir, &run, loop_now() + KILL_LIMIT_MS, &remains->error);
    if (remains->ended) {
        note_over(remains, &run);
    }
}

static void end_back(uv_work_t *work, int status)
{
    PgRemains *remains = work->data;
    (void)status; /* never cancelled before it began */
    remains->ends = false;
    remains->gone = remains->gone || remains->ended;
    if (!remains->closing) {
        remains->events.ended(remains->events.ctx, remains->ended, &remains->error);
    }
}

void pg_remains_end(PgRemains *remains)
{
    if (remains->ends) {
        return;
    }
    remains->ends = true;
    const int code =
        uv_queue_work(loop_uv(remains->loop), &remains->end_work, end_worker, end_back);
    assert(code == 0);
}

bool pg_remains_are_gone(const PgRemains *remains)
{
    return remains->gone;
}

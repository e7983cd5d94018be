/* pg_aside.c - CHECKPOINT in a worker of its own, so that no order has to wait for the disks. */
#include "sys/pg_aside.h"

#include "base/assert.h"
#include "base/str.h"
#include "sys/kill_point.h"
#include "sys/pg_query.h"

#include <stdlib.h>
#include <uv.h>

enum { CHECKPOINT_LIMIT_MS = 600000 };

struct PgAside {
    Loop *loop;
    const PgSetup *setup;
    void (*done)(void *ctx, const Done *done);
    void *ctx;
    PgJob job;
    PgSession session;
    uv_work_t work;
    bool runs;  /* the worker has it */
    bool owned; /* its result is still wanted */
    bool closing;
    uint64_t sequence;
    Epoch epoch;
    bool ok;
    Error error;
};

static void report(PgAside *aside, bool ok, const char *why)
{
    Done done = {
        .sequence = aside->sequence, .kind = ACTION_CHECKPOINT, .epoch = aside->epoch, .ok = ok};
    done.result.ok = ok;
    (void)str_copy(done.result.text, sizeof(done.result.text), why); /* cut is fine */
    aside->owned = false;
    aside->done(aside->ctx, &done);
}

static void worker(uv_work_t *work)
{
    PgAside *aside = work->data;
    const Millis until = loop_now() + CHECKPOINT_LIMIT_MS;
    kill_point(ACTION_CHECKPOINT, KILL_BEFORE);
    aside->ok = pg_session_ensure(&aside->session, &aside->job, aside->setup, until, &aside->error);
    kill_point(ACTION_CHECKPOINT, KILL_DURING);
    aside->ok = aside->ok &&
                pg_query(&aside->session, &aside->job, "CHECKPOINT", until, NULL, &aside->error);
    pg_session_close(&aside->session);
    kill_point(ACTION_CHECKPOINT, KILL_AFTER);
}

static void back(uv_work_t *work, int status)
{
    PgAside *aside = work->data;
    (void)status; /* never cancelled before it began */
    aside->runs = false;
    if (aside->owned && !aside->closing) {
        report(aside, aside->ok, aside->ok ? "" : aside->error.text);
    }
}

bool pg_aside_new(Loop *loop, const PgSetup *setup, void (*done)(void *ctx, const Done *done),
                  void *ctx, PgAside **ret, Error *error)
{
    PgAside *aside = calloc(1, sizeof(*aside));
    if (aside == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    aside->loop = loop;
    aside->setup = setup;
    aside->done = done;
    aside->ctx = ctx;
    if (!pg_job_init(&aside->job, error)) {
        free(aside);
        return false;
    }
    *ret = aside;
    return true;
}

void pg_aside_free(PgAside *aside)
{
    aside->closing = true;
    pg_job_cancel(&aside->job);
    while (aside->runs) {
        (void)uv_run(loop_uv(aside->loop), UV_RUN_ONCE); /* it sees that it is cancelled */
    }
    pg_job_done(&aside->job);
    free(aside);
}

void pg_aside_checkpoint(PgAside *aside, uint64_t sequence, Epoch epoch)
{
    if (aside->runs) { /* one that was broken off, or of a wish before: it serves as well */
        const Done busy = {.sequence = sequence, .kind = ACTION_CHECKPOINT, .epoch = epoch};
        aside->done(aside->ctx, &busy);
        return;
    }
    aside->sequence = sequence;
    aside->epoch = epoch;
    aside->runs = true;
    aside->owned = true;
    pg_job_reset(&aside->job);
    aside->work.data = aside;
    const int code = uv_queue_work(loop_uv(aside->loop), &aside->work, worker, back);
    assert(code == 0);
}

void pg_aside_break_off(PgAside *aside)
{
    if (aside->runs && aside->owned) {
        pg_job_cancel(&aside->job);
        report(aside, false, "ended by a stop");
    }
}

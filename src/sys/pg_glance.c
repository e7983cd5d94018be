/* pg_glance.c - the loop waits for the answer of the kept connection as for everything else.
 *
 * The socket stays watched between the questions: to begin and end that each time costs more than the question. It
 * must not be watched any more when it is closed, and a worker may close it. */
#include "sys/pg_glance.h"

#include "base/assert.h"

#include <stdlib.h>
#include <uv.h>

static void free_handle(uv_handle_t *handle)
{
    free(handle);
}

static void watch_end(PgGlance *glance)
{
    if (glance->watch != NULL) {
        (void)uv_poll_stop(glance->watch); /* cannot fail */
        uv_close((uv_handle_t *)glance->watch, free_handle);
        glance->watch = NULL;
    }
}

static void finish(PgGlance *glance)
{
    glance->asked = false;
    loop_deadline_clear(glance->loop, &glance->limit);
    if (!pg_session_idle(&glance->look->session)) {
        watch_end(glance);
    }
    pg_look_forget(glance->look);
}

static void heard(uv_poll_t *handle, int status, int events)
{
    PgGlance *glance = handle->data;
    (void)status; /* a broken socket is found out by reading it */
    (void)events;
    if (!glance->asked) {
        watch_end(glance); /* its end, or a notice: the next look finds out */
        return;
    }
    const PgHeard found = pg_look_hear(glance->look);
    if (found != PG_HEARD_SOME) {
        finish(glance);
        glance->over(glance->ctx, found == PG_HEARD_ALL);
    }
}

static void unanswered(void *data)
{
    PgGlance *glance = data;
    finish(glance);
    glance->over(glance->ctx, true);
}

static void watch_begin(PgGlance *glance)
{
    glance->watch = calloc(1, sizeof(*glance->watch));
    assert(glance->watch != NULL);
    int code =
        uv_poll_init(loop_uv(glance->loop), glance->watch, PQsocket(glance->look->session.link));
    assert(code == 0);
    glance->watch->data = glance;
    code = uv_poll_start(glance->watch, UV_READABLE, heard);
    assert(code == 0);
}

bool pg_glance_begin(PgGlance *glance)
{
    assert(!glance->asked);
    if (!pg_look_ask(glance->look)) {
        watch_end(glance);
        return false;
    }
    if (glance->watch == NULL) {
        watch_begin(glance);
    }
    glance->asked = true;
    loop_deadline_set(glance->loop, &glance->limit, loop_now() + glance->look->setup->check_timeout,
                      unanswered, glance);
    return true;
}

bool pg_glance_break(PgGlance *glance)
{
    const bool asked = glance->asked;
    watch_end(glance);
    if (asked) {
        finish(glance);
    }
    return asked;
}

/* pg_instance.c - the loop's side: orders in line, workers, the postmaster's pidfd, looks.
 *
 * No decision is made here about the cluster; what is decided is only which worker runs when:
 *   - one order at a time, in the order given;
 *   - a kill at once, beside an order that is broken off (pg_job_cancel) and disowned;
 *   - one look at a time; what a look saw counts only if nothing was done meanwhile (`changes`). */
#include "sys/pg_instance_parts.h"

#include "base/assert.h"
#include "messages.h"
#include "sys/kill_point.h"
#include "sys/pg_process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    KNOCK_MS = 1000,
    STOPPED_LOOK_MS = 1000,
    LOOK_SLACK = 10, /* a look may come later by this part of its interval, with another waking */
    LOOK_QUESTIONS = 4, /* a look asks at most so often, each time for check_timeout */
    WARM_MS = 10000,
    WARM_LIMIT_MS = 500, /* orders wait behind it */
    STRANGE_LOOKS = 2,   /* a session may be behind the others by one reload */
    KILL_LIMIT_MS = 5000,
    REJOIN_LIMIT_MS = INT32_MAX, /* its limits are of progress, and its own */
    GRACE_MS = 2000,             /* beyond its own deadline, until an order counts as hanging */
};

static void line_go(PgInstance *instance);
static void look_go(void *data);

static void changed(PgInstance *instance)
{
    instance->changes++;
    instance->files_changed = true;
    loop_deadline_set(instance->loop, &instance->look_at, loop_now(), look_go, instance);
}

/* ---- the postmaster's end --------------------------------------------------------------------- */

static void free_handle(uv_handle_t *handle)
{
    free(handle);
}

static void watch_end(PgInstance *instance)
{
    if (instance->watch != NULL) {
        (void)uv_poll_stop(instance->watch); /* cannot fail */
        uv_close((uv_handle_t *)instance->watch, free_handle);
        instance->watch = NULL;
    }
    if (instance->pidfd >= 0) {
        (void)close(instance->pidfd); /* a pidfd */
        instance->pidfd = -1;
    }
}

static void postmaster_ended(uv_poll_t *handle, int status, int events)
{
    PgInstance *instance = handle->data;
    /* While it starts, the order to start tells of its end. */
    bool asked = instance->kill_count > 0 ||
                 (instance->order_runs &&
                  (instance->order.kind == ACTION_STOP || instance->order.kind == ACTION_START));
    (void)status; /* readable or broken: both mean that it is over */
    (void)events;
    watch_end(instance);
    instance->warm = false;
    changed(instance);
    if (!asked) {
        instance->events.gone(instance->events.ctx);
    }
}

/* Takes the pidfd. */
static void watch_begin(PgInstance *instance, int pidfd)
{
    watch_end(instance);
    instance->pidfd = pidfd;
    instance->watch = calloc(1, sizeof(*instance->watch));
    assert(instance->watch != NULL);
    int code = uv_poll_init(loop_uv(instance->loop), instance->watch, pidfd);
    assert(code == 0);
    instance->watch->data = instance;
    code = uv_poll_start(instance->watch, UV_READABLE, postmaster_ended);
    assert(code == 0);
}

/* ---- results ---------------------------------------------------------------------------------- */

static void report(PgInstance *instance, const Order *order, const Outcome *outcome)
{
    if (order->kind == ACTION_KIND_COUNT || instance->closing) {
        return;
    }
    Done done = {.sequence = order->sequence,
                 .kind = order->kind,
                 .epoch = order->epoch,
                 .ok = outcome->ok,
                 .result = outcome->result};
    done.result.ok = outcome->ok;
    if (!outcome->ok) {
        (void)str_copy(done.result.text, sizeof(done.result.text), outcome->error.text);
    }
    instance->events.done(instance->events.ctx, &done);
}

static void report_failed(PgInstance *instance, const Order *order, const char *why)
{
    Outcome outcome = {.ok = false};
    outcome.ok = error_set(&outcome.error, ERROR_TIMEOUT, "%s", why);
    report(instance, order, &outcome);
}

static void line_empty(PgInstance *instance, const char *why)
{
    for (int i = 0; i < instance->line_count; i++) {
        report_failed(instance, &instance->line[i], why);
    }
    instance->line_count = 0;
}

static void order_disown(PgInstance *instance, const char *why)
{
    if (instance->order_runs && instance->order_owned) {
        instance->order_owned = false;
        pg_job_cancel(&instance->work.job);
        report_failed(instance, &instance->order, why);
    }
}

/* ---- orders ----------------------------------------------------------------------------------- */

static Millis limit_of(const PgInstance *instance, const Order *order)
{
    switch (order->kind) {
    case ACTION_REJOIN:
        return REJOIN_LIMIT_MS;
    case ACTION_START:
        return instance->setup.start_limit;
    case ACTION_STOP:
        return order->u.stop.limit;
    case ACTION_PROMOTE:
        return instance->setup.promote_limit;
    case ACTION_KIND_COUNT:
        return order->u.own == OWN_WARM ? WARM_LIMIT_MS : instance->setup.order_limit;
    case ACTION_PERSIST:
    case ACTION_SEND:
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_GATE:
    case ACTION_NAMES:
    case ACTION_FOLLOW:
    case ACTION_DIRECTORY:
    case ACTION_CHECKPOINT:
    case ACTION_RUN:
    case ACTION_EXIT:
        break;
    }
    return instance->setup.order_limit;
}

static bool carry_out_own(PgInstance *instance, OwnOrder order, Millis until, Error *error)
{
    PgWork *work = &instance->work;
    switch (order) {
    case OWN_WARM:
        return pg_do_warm(work, until, error);
    case OWN_NAMES:
        return pg_do_names_again(work, instance->names, until, error);
    case OWN_GATE:
        return pg_do_gate_again(work, until, error);
    case OWN_FOLLOW:
        return pg_do_follow_again(work, until, error);
    case OWN_END:
        break; /* a kill waits in no line */
    }
    return error_set(error, ERROR_USAGE, "no order of our own");
}

static bool carry_out(PgInstance *instance, const Order *order, Millis until, InstanceResult *ret,
                      Error *error)
{
    PgWork *work = &instance->work;
    switch (order->kind) {
    case ACTION_START:
        return pg_do_start(work, &order->u.start, until, ret, error);
    case ACTION_STOP:
        return pg_do_stop(work, &order->u.stop, until, ret, error);
    case ACTION_GATE:
        return pg_do_gate(work, order->u.gate, until, error);
    case ACTION_NAMES:
        return pg_do_names(work, &order->u.names, until, ret, error);
    case ACTION_FOLLOW:
        return pg_do_follow(work, &order->u.follow, until, ret, error);
    case ACTION_PROMOTE:
        return pg_do_promote(work, until, ret, error);
    case ACTION_DIRECTORY:
        return pg_do_directory(work, &order->u.directory, until, error);
    case ACTION_REJOIN:
        return pg_do_rejoin(&instance->rejoin, &order->u.rejoin, &order->place, error);
    case ACTION_KIND_COUNT:
        return carry_out_own(instance, order->u.own, until, error);
    case ACTION_PERSIST:
    case ACTION_SEND:
    case ACTION_REPLY:
    case ACTION_LOG:
    case ACTION_CHECKPOINT:
    case ACTION_RUN:
    case ACTION_EXIT:
        break;
    }
    return error_set(error, ERROR_USAGE, "no order to an instance");
}

static void order_worker(uv_work_t *work)
{
    PgInstance *instance = work->data;
    Outcome *outcome = &instance->outcome;
    kill_point(instance->order.kind, KILL_BEFORE);
    outcome->ok =
        carry_out(instance, &instance->order, instance->until, &outcome->result, &outcome->error);
    kill_point(instance->order.kind, KILL_AFTER);
}

static void order_taken_note(PgInstance *instance)
{
    const Order *order = &instance->order;
    if (instance->work.pidfd >= 0) {
        watch_begin(instance, instance->work.pidfd);
        instance->work.pidfd = -1;
    }
    if (order->kind != ACTION_KIND_COUNT) {
        instance->strange_looks = 0; /* what is ours may be something else from now on */
    }
    for (int i = 0; order->kind == ACTION_REJOIN && i < instance->rejoin.note_count; i++) {
        instance->events.note(instance->events.ctx, &instance->rejoin.note[i]);
    }
    if (!instance->outcome.ok) {
        return;
    }
    if (order->kind == ACTION_GATE) {
        instance->gate = order->u.gate;
    }
    if (order->kind == ACTION_START || order->kind == ACTION_PROMOTE) {
        instance->warm = false;
        instance->insert[0] = instance->insert[1] = 0;
    }
    if (order->kind == ACTION_START) {
        instance->gate = GATE_CLOSED;
    }
}

static void order_back(uv_work_t *work, int status)
{
    PgInstance *instance = work->data;
    bool owned = instance->order_owned;
    (void)status; /* never cancelled before it began */

    instance->order_runs = false;
    loop_deadline_clear(instance->loop, &instance->order_limit);
    order_taken_note(instance);
    if (instance->order.kind != ACTION_KIND_COUNT || instance->order.u.own != OWN_WARM) {
        changed(instance);
    }
    if (instance->order.kind == ACTION_KIND_COUNT && instance->order.u.own == OWN_GATE && owned &&
        !instance->closing) {
        instance->events.rules_changed(instance->events.ctx,
                                       instance->outcome.ok ? NULL : instance->outcome.error.text);
    }
    if (owned) {
        report(instance, &instance->order, &instance->outcome);
    }
    line_go(instance);
}

static void order_late(void *data)
{
    PgInstance *instance = data;
    order_disown(instance, "the order hangs, perhaps on its disk");
    line_empty(instance, "an earlier order hangs, perhaps on its disk");
}

/* A look that began behind a closed gate ends strangers: it must be over before the gate opens. */
static bool must_wait_for_look(const PgInstance *instance, const Order *order)
{
    return order->kind == ACTION_GATE && order->u.gate == GATE_OPEN && instance->look_runs &&
           instance->look.closed;
}

static bool gate_is_ordered(const PgInstance *instance)
{
    bool found = instance->order_runs && instance->order.kind == ACTION_GATE;
    for (int i = 0; i < instance->line_count; i++) {
        found = found || instance->line[i].kind == ACTION_GATE;
    }
    return found;
}

static void line_go(PgInstance *instance)
{
    if (instance->order_runs || instance->kill_runs || instance->line_count == 0 ||
        instance->closing || must_wait_for_look(instance, &instance->line[0])) {
        return;
    }
    instance->order = instance->line[0];
    instance->line_count--;
    memmove(&instance->line[0], &instance->line[1],
            (size_t)instance->line_count * sizeof(instance->line[0]));
    Millis limit = limit_of(instance, &instance->order);
    instance->until = loop_now() + limit;
    instance->outcome = (Outcome){.ok = false};
    instance->order_runs = true;
    instance->order_owned = true;
    memcpy(instance->setup.address, instance->heard, sizeof(instance->heard));
    pg_job_reset(&instance->work.job);
    instance->work.wal_hint = instance->insert[0];
    instance->work.wal_unread = instance->unread;
    instance->work.kind = instance->order.kind;
    instance->order_work.data = instance;
    Millis guard = instance->order.kind == ACTION_STOP ? KILL_LIMIT_MS + GRACE_MS : GRACE_MS;
    loop_deadline_set(instance->loop, &instance->order_limit, instance->until + guard, order_late,
                      instance);
    int code =
        uv_queue_work(loop_uv(instance->loop), &instance->order_work, order_worker, order_back);
    assert(code == 0);
}

void pg_order_add(PgInstance *instance, const Order *order)
{
    if (instance->line_count == ORDERS_MAX) {
        report_failed(instance, order, "too many orders are waiting");
        return;
    }
    instance->line[instance->line_count++] = *order;
    if (instance->order_runs && !instance->order_owned && instance->order_limit.next == NULL) {
        /* It waits for one that hangs: not for ever. */
        loop_deadline_set(instance->loop, &instance->order_limit,
                          loop_now() + instance->setup.order_limit, order_late, instance);
    }
    line_go(instance);
}

/* ---- kill ------------------------------------------------------------------------------------- */

/* The order that was broken off may be about to start a postmaster, which the proof must not miss. It is waited for only
 * behind the killing: what serves is ended first. */
static bool order_is_outside(PgInstance *instance, Millis until, Error *error)
{
    PgJob *job = &instance->work.job;
    if (!instance->kill_beside || pg_job_outside(job, 0)) {
        return true;
    }
    const PgRun run = pg_last_run(&instance->run);
    return pg_kill_all(instance->setup.data_dir, &run, until, error) &&
           (pg_job_outside(job, until) ||
            error_set(error, ERROR_TIMEOUT, "a start under way cannot be broken off"));
}

static void kill_worker(uv_work_t *work)
{
    PgInstance *instance = work->data;
    Outcome *outcome = &instance->kill_outcome;
    const Millis until = loop_now() + KILL_LIMIT_MS;
    kill_point(ACTION_STOP, KILL_BEFORE);
    outcome->ok = order_is_outside(instance, until, &outcome->error) &&
                  pg_do_kill(&instance->setup, &instance->run, instance->kill_hint, until,
                             &outcome->result, &outcome->error);
    kill_point(ACTION_STOP, KILL_AFTER);
}

static void kill_back(uv_work_t *work, int status)
{
    PgInstance *instance = work->data;
    (void)status; /* never cancelled before it began */

    instance->kill_runs = false;
    if (instance->kill_outcome.ok) {
        watch_end(instance); /* else it may be the only hold on what is left */
    }
    changed(instance);
    for (int i = 0; i < instance->kill_count; i++) {
        report(instance, &instance->kills[i], &instance->kill_outcome);
    }
    instance->kill_count = 0;
    line_go(instance);
}

void pg_kill_add(PgInstance *instance, const Order *order)
{
    line_empty(instance, "ended by a stop");
    order_disown(instance, "ended by a stop");
    if (instance->kill_count == KILLS_MAX) {
        report_failed(instance, order, "already being stopped");
        return;
    }
    instance->kills[instance->kill_count++] = *order;
    if (instance->pidfd >= 0) {
        (void)pg_signal(instance->pidfd, SIGKILL); /* now: the worker may have to wait for a disk */
    }
    if (instance->kill_runs) {
        return;
    }
    instance->kill_runs = true;
    instance->kill_beside = instance->order_runs; /* and no other begins before it is over */
    instance->kill_outcome = (Outcome){.ok = false};
    instance->kill_hint = instance->insert[0];
    instance->kill_work.data = instance;
    int code = uv_queue_work(loop_uv(instance->loop), &instance->kill_work, kill_worker, kill_back);
    assert(code == 0);
}

/* ---- looks ------------------------------------------------------------------------------------ */

static bool stopping(const PgInstance *instance)
{
    return instance->kill_runs || (instance->order_runs && instance->order.kind == ACTION_STOP);
}

/* It lives and has no place for us, every connection being taken for one. Who may not serve must be stopped also
 * then, so its role is what its control file says. */
static InstancePhase judge_unheard(const PgInstance *instance)
{
    const PgLook *look = &instance->look;
    if (look->state == PG_STATE_IN_PRODUCTION) {
        return instance->gate == GATE_OPEN ? INSTANCE_OPEN : INSTANCE_CLOSED;
    }
    return look->state == PG_STATE_IN_ARCHIVE_RECOVERY ? INSTANCE_STANDBY : INSTANCE_SICK;
}

static InstancePhase judge_running(const PgInstance *instance)
{
    const PgLook *look = &instance->look;
    if (look->told && look->recovering) {
        return INSTANCE_STANDBY;
    }
    if (look->told) {
        return instance->gate == GATE_OPEN ? INSTANCE_OPEN : INSTANCE_CLOSED;
    }
    if (!look->knock) {
        return instance->phase; /* the next look knocks */
    }
    if (look->knocked == PG_KNOCK_BUSY || look->knocked == PG_KNOCK_REFUSED) {
        return judge_unheard(instance);
    }
    return look->knocked == PG_KNOCK_STARTING ? INSTANCE_STARTING : INSTANCE_SICK;
}

static InstancePhase judge(const PgInstance *instance)
{
    const PgLook *look = &instance->look;
    if (look->stopped) {
        return look->view.system_identifier == 0 ? INSTANCE_NONE : INSTANCE_DOWN;
    }
    if (stopping(instance)) {
        return INSTANCE_STOPPING;
    }
    if (instance->order_runs && instance->order.kind == ACTION_START) {
        return INSTANCE_STARTING;
    }
    return instance->pidfd < 0 ? INSTANCE_UNKNOWN : judge_running(instance);
}

static void judge_answers(PgInstance *instance)
{
    const PgLook *look = &instance->look;
    if (look->stopped) {
        instance->unanswered_since = 0;
        instance->in_doubt = true;
        return;
    }
    if (look->knock) {
        bool answered = look->knocked != PG_KNOCK_SILENT && look->knocked != PG_KNOCK_NOBODY &&
                        look->knocked != PG_KNOCK_CANCELLED;
        instance->knocked_at = instance->look_began;
        if (answered) {
            instance->answered_at = loop_now();
            instance->unanswered_since = 0;
        } else if (instance->unanswered_since == 0) {
            instance->unanswered_since = instance->look_began;
        }
    }
    instance->in_doubt = instance->unanswered_since != 0 || !look->told;
}

/* Who is no member, mirrored WAL and backups, says nothing about the standbys. */
static bool standby_streams(const InstanceView *view)
{
    for (int i = 0; i < view->sender_count; i++) {
        if (view->sender[i].attachment.token != 0) {
            return true;
        }
    }
    return false;
}

static void warm_up(PgInstance *instance)
{
    /* While a standby is away its slot may be lost, and is made anew. */
    bool again = loop_now() - instance->warm_at >= WARM_MS && !instance->look.recovering &&
                 !standby_streams(&instance->look.view);
    if ((!instance->warm || again) && instance->look.told && !instance->order_runs &&
        !instance->kill_runs && instance->line_count == 0) {
        instance->warm = true;
        instance->warm_at = loop_now();
        pg_order_add(instance, &(Order){.kind = ACTION_KIND_COUNT, .u.own = OWN_WARM});
    }
}

/* ALTER SYSTEM and a reload are enough to let commits pass that no standby has. */
static void judge_names(PgInstance *instance)
{
    const PgLook *look = &instance->look;
    const PgWork *work = &instance->work;
    if (!look->told || look->recovering || instance->order_runs || instance->kill_runs ||
        instance->line_count > 0 || !work->names_settled) {
        return;
    }
    const char *ours =
        instance->strange_looks < STRANGE_LOOKS ? work->in_force.names : instance->names;
    if (str_equal(look->names, ours)) {
        instance->strange_looks = 0;
        return;
    }
    if (++instance->strange_looks < STRANGE_LOOKS) {
        return;
    }
    if (instance->strange_looks == STRANGE_LOOKS) {
        (void)str_copy(instance->names, sizeof(instance->names), ours); /* fits */
        instance->events.names_changed(instance->events.ctx, look->names);
    }
    pg_order_add(instance, &(Order){.kind = ACTION_KIND_COUNT, .u.own = OWN_NAMES});
}

/* What an administrator changes in pg_hba.conf while the gate is open is put in force as it is. */
static void judge_rules(PgInstance *instance)
{
    if (instance->look.rules_changed && instance->look.told && instance->gate == GATE_OPEN &&
        !instance->order_runs && !instance->kill_runs && instance->line_count == 0) {
        pg_order_add(instance, &(Order){.kind = ACTION_KIND_COUNT, .u.own = OWN_GATE});
    }
}

/* An administrator has given it another port, and it was started since: the others stream from there. */
static void judge_port(PgInstance *instance)
{
    PgAddress *own = &instance->heard[instance->setup.self];
    const uint16_t port = instance->look.port;
    if (port != 0 && port != own->port) {
        const uint16_t before = own->port;
        own->port = port;
        instance->events.port_changed(instance->events.ctx, before, port);
    }
}

static bool is_address(const PgAddress *one, const PgAddress *other)
{
    return one->port == other->port && str_equal(one->host, other->host);
}

/* Whom it streams from is reached elsewhere by now: no order of the core comes of that. */
static void judge_upstream(PgInstance *instance)
{
    const PgWork *work = &instance->work;
    if (instance->order_runs || instance->kill_runs || instance->line_count > 0 ||
        !instance->look.told || !instance->look.recovering ||
        work->upstream.member == MEMBER_NONE ||
        is_address(&instance->heard[work->upstream.member], &work->upstream_at)) {
        return;
    }
    pg_order_add(instance, &(Order){.kind = ACTION_KIND_COUNT, .u.own = OWN_FOLLOW});
}

/* Who is an open primary has commits that wait for the standby, or should. */
static void judge_lowered(PgInstance *instance)
{
    if (instance->phase == INSTANCE_OPEN && instance->look.told) {
        pg_lowered_look(instance->lowered);
    } else if (instance->phase != INSTANCE_OPEN) {
        pg_lowered_forget(instance->lowered);
    }
}

/* It admits nobody, and would for ever, so nothing is lost with it; or it admits whom the one before did, though nobody has
 * asked whether it may. Whoever wants an instance here starts another. */
static void end_stranger(PgInstance *instance)
{
    const LogEntry entry = msg_instance_started_by_others();
    instance->events.note(instance->events.ctx, &entry);
    pg_kill_add(instance, &(Order){.kind = ACTION_KIND_COUNT, .u.own = OWN_END});
}

/* Said once for as long as it lasts, attempts to start it in between left out. */
static void judge_unread(PgInstance *instance)
{
    const bool before = instance->unread;
    if (instance->phase == INSTANCE_STARTING || instance->phase == INSTANCE_STOPPING) {
        return;
    }
    instance->unread =
        instance->phase == INSTANCE_DOWN && instance->look.unread.kind == ERROR_SYSTEM;
    if (instance->unread && !before) {
        const LogEntry entry = msg_wal_unread(instance->look.unread.text);
        instance->events.note(instance->events.ctx, &entry);
    }
}

static void look_judge(PgInstance *instance)
{
    PgLook *look = &instance->look;
    if (look->pidfd >= 0) {
        watch_begin(instance, look->pidfd);
        look->pidfd = -1;
        instance->gate = look->gate;
        instance->warm = false;
        if (look->stranger) {
            end_stranger(instance);
        }
    }
    if (look->insert != 0) {
        instance->insert[0] = instance->insert[1];
        instance->insert[1] = look->insert;
    }
    judge_answers(instance);
    instance->phase = judge(instance);
    judge_unread(instance);
    look->view.phase = instance->phase;
    look->view.answered_at = instance->answered_at;
    look->view.unanswered_since = instance->unanswered_since;
    instance->told = look->view;
    instance->place = instance->look_place;
    instance->events.view(instance->events.ctx, &instance->told);
    warm_up(instance);
    judge_names(instance);
    judge_rules(instance);
    judge_port(instance);
    judge_upstream(instance);
    judge_lowered(instance);
}

static void look_over(PgInstance *instance)
{
    instance->look_runs = false;
    loop_deadline_clear(instance->loop, &instance->look_limit);
    if (instance->closing) {
        return;
    }
    line_go(instance);
    if (instance->look_changes != instance->changes) {
        if (instance->look.pidfd >= 0) {
            (void)close(instance->look.pidfd); /* a pidfd; the next look finds it again */
            instance->look.pidfd = -1;
        }
        instance->files_changed = true;
        loop_deadline_set(instance->loop, &instance->look_at, loop_now(), look_go, instance);
        return;
    }
    look_judge(instance);
    Millis interval = instance->look.stopped ? STOPPED_LOOK_MS : instance->setup.check_interval;
    Millis next = instance->look_began + interval;
    loop_deadline_set_loose(instance->loop, &instance->look_at, next, interval / LOOK_SLACK,
                            look_go, instance);
}

static void look_back(uv_work_t *work, int status)
{
    (void)status; /* never cancelled before it began */
    look_over(work->data);
}

/* The look itself hangs, on a disk most likely: that is no answer either, and must be told. */
static void look_late(void *data)
{
    PgInstance *instance = data;
    if (instance->pidfd < 0 || stopping(instance)) {
        return;
    }
    if (instance->unanswered_since == 0) {
        instance->unanswered_since = instance->look_began;
    }
    instance->in_doubt = true;
    instance->told.phase = INSTANCE_SICK;
    instance->told.unanswered_since = instance->unanswered_since;
    instance->events.view(instance->events.ctx, &instance->told);
    loop_deadline_set(instance->loop, &instance->look_limit,
                      loop_now() + instance->setup.check_interval, look_late, instance);
}

static void look_worker(uv_work_t *work)
{
    PgInstance *instance = work->data;
    Error ignored = {0};
    instance->look_place = (PgPlace){0};
    /* Before anything of it is read: where it is exchanged meanwhile, what was read counts for no other. */
    if (!instance->look.running &&
        !pg_place_look(instance->setup.data_dir, &instance->look_place, &ignored)) {
        error_clear(&ignored); /* it stays unknown */
    }
    pg_look(&instance->look);
}

static void look_queue(PgInstance *instance)
{
    loop_deadline_set(instance->loop, &instance->look_limit,
                      loop_now() + LOOK_QUESTIONS * instance->setup.check_timeout, look_late,
                      instance);
    instance->look_work.data = instance;
    int code = uv_queue_work(loop_uv(instance->loop), &instance->look_work, look_worker, look_back);
    assert(code == 0);
}

static void glance_over(void *ctx, bool enough)
{
    PgInstance *instance = ctx;
    if (enough) {
        look_over(instance);
    } else {
        look_queue(instance);
    }
}

static void look_go(void *data)
{
    PgInstance *instance = data;
    Millis now = loop_now();

    if (instance->look_runs || instance->closing) {
        return; /* the one under way is followed by the next */
    }
    if (instance->order_runs && instance->order.kind == ACTION_REJOIN) {
        /* There is nothing to look at, and what a look would mend must be left alone. */
        instance->told = (InstanceView){.phase = INSTANCE_NONE};
        instance->events.view(instance->events.ctx, &instance->told);
        loop_deadline_set(instance->loop, &instance->look_at, now + STOPPED_LOOK_MS, look_go,
                          instance);
        return;
    }
    PgLook *look = &instance->look;
    look->running = instance->pidfd >= 0;
    /* Of an instance that is only being found the gate is not known yet. */
    look->closed = look->running && instance->gate == GATE_CLOSED && !gate_is_ordered(instance);
    look->knock = instance->in_doubt || now - instance->knocked_at >= KNOCK_MS;
    look->files = instance->files_changed;
    if (!instance->order_runs) { /* else a worker has it */
        (void)str_copy(look->hba_file, sizeof(look->hba_file),
                       instance->work.facts.hba_file); /* of the same size */
    }
    instance->files_changed = false;
    instance->look_changes = instance->changes;
    instance->look_began = now;
    instance->look_runs = true;
    if (!pg_glance_begin(&instance->glance)) {
        look_queue(instance);
    }
}

bool pg_instance_new(Loop *loop, const PgSetup *setup, const PgEvents *events, PgInstance **ret,
                     Error *error)
{
    PgInstance *instance = calloc(1, sizeof(*instance));
    if (instance == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    pg_environment_clear();
    instance->loop = loop;
    instance->setup = *setup;
    memcpy(instance->heard, setup->address, sizeof(instance->heard));
    instance->events = *events;
    instance->pidfd = -1;
    instance->gate = GATE_CLOSED;
    instance->in_doubt = true;
    pg_last_run_init(&instance->run, instance->setup.mc_dir);
    if (!pg_work_init(&instance->work, &instance->setup, &instance->run, error)) {
        pg_last_run_done(&instance->run);
        free(instance);
        return false;
    }
    pg_rejoin_init(&instance->rejoin, &instance->setup, &instance->run, &instance->work.job);
    if (!pg_look_init(&instance->look, &instance->setup, &instance->run, error)) {
        pg_last_run_done(&instance->run);
        pg_work_done(&instance->work);
        free(instance);
        return false;
    }
    if (!pg_aside_new(loop, &instance->setup, events->done, events->ctx, &instance->aside, error)) {
        pg_look_done(&instance->look);
        pg_last_run_done(&instance->run);
        pg_work_done(&instance->work);
        free(instance);
        return false;
    }
    if (!pg_lowered_new(loop, &instance->setup, events->lowered, events->ctx, &instance->lowered,
                        error)) {
        pg_aside_free(instance->aside);
        pg_look_done(&instance->look);
        pg_last_run_done(&instance->run);
        pg_work_done(&instance->work);
        free(instance);
        return false;
    }
    instance->glance =
        (PgGlance){.loop = loop, .look = &instance->look, .over = glance_over, .ctx = instance};
    changed(instance);
    *ret = instance;
    return true;
}

void pg_instance_free(PgInstance *instance)
{
    Error ignored = {0};
    instance->closing = true;
    instance->line_count = 0;
    instance->order_owned = false;
    pg_job_cancel(&instance->work.job);
    pg_job_cancel(&instance->look.job);
    loop_deadline_clear(instance->loop, &instance->order_limit);
    loop_deadline_clear(instance->loop, &instance->look_at);
    loop_deadline_clear(instance->loop, &instance->look_limit);
    watch_end(instance);
    if (pg_glance_break(&instance->glance)) {
        instance->look_runs = false;
    }
    while (instance->order_runs || instance->kill_runs || instance->look_runs) {
        (void)uv_run(loop_uv(instance->loop), UV_RUN_ONCE); /* each comes back within its limit */
    }
    loop_deadline_clear(instance->loop, &instance->look_at);
    watch_end(instance);
    pg_lowered_free(instance->lowered);
    pg_aside_free(instance->aside);
    pg_look_done(&instance->look);
    pg_rejoin_done(&instance->rejoin);
    pg_work_done(&instance->work);
    (void)pg_run_note(&instance->run, &ignored); /* else the next agent proves it anew */
    pg_last_run_done(&instance->run);
    free(instance);
}

bool pg_instance_progress(PgInstance *instance, char *ret, size_t size)
{
    const bool runs = instance->order_runs && instance->order.kind == ACTION_REJOIN;
    if (!runs && !pg_rejoin_waits(&instance->rejoin)) {
        return false;
    }
    pg_rejoin_text(&instance->rejoin, ret, size);
    return ret[0] != '\0';
}

void pg_instance_address(PgInstance *instance, MemberId member, const PgAddress *address)
{
    assert(member < MEMBERS_MAX);
    instance->heard[member] = *address;
}

const PgFinding *pg_instance_lowered(const PgInstance *instance, unsigned *ret_count)
{
    return pg_lowered_first(instance->lowered, ret_count);
}

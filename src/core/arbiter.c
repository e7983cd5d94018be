/* arbiter.c - an arbitration server: a Participant and nothing else. */
#include "core/arbiter.h"

#include "base/str.h"

#include <string.h>

enum { MEMORY_PATIENCE = 10000 }; /* so long everybody who is there has answered */

void arbiter_init(Arbiter *a)
{
    memset(a, 0, sizeof *a);
}

static void stop(Arbiter *a, const Command *command, Actions *out)
{
    const LogEntry entry = msg_arbiter_stopped(participant_name(&a->p, a->p.self));
    a->gone = true;
    participant_log(&a->p, entry, out);
    Action *action = participant_order(&a->p, ACTION_REPLY, out);
    action->u.reply = (Reply){.request = command->request, .last = true, .entry = entry};
    (void)participant_order(&a->p, ACTION_EXIT, out);
}

static void take_command(Arbiter *a, const Command *command, Actions *out)
{
    if (command->kind == COMMAND_STOP) {
        stop(a, command, out);
        return;
    }
    Action *action = participant_order(&a->p, ACTION_REPLY, out);
    action->u.reply = (Reply){
        .request = command->request,
        .status = 3,
        .last = true,
        .entry = msg_command_refused("this command", "an arbitration server has no instance"),
    };
}

static void take_message(Arbiter *a, const CoreSettings *s, MemberId from, const Message *message,
                         Actions *out)
{
    if (participant_message(&a->p, s, from, message, out))
        return;
    if (message->kind == MESSAGE_CHOSEN)
        (void)participant_learn(&a->p, &message->u.chosen.record, out);
}

/* E4: who is told that it is no voter says so once, and goes on listening. */
static void report_outside(Arbiter *a, Actions *out)
{
    const bool outside = participant_has_memory(&a->p) && !record_is_none(&a->p.durable.chosen) &&
                         !participant_is_voter(&a->p, a->p.self);
    if (outside && !a->outside_told)
        participant_log(&a->p, msg_no_member(participant_name(&a->p, a->p.self)), out);
    a->outside_told = outside;
}

/* --without for everybody whose word is waited for, and for this voter, as mc_ctl recover takes them at a server. */
static void add_way(const Arbiter *a, MemberSet silent, StrBuf *out)
{
    const MemberSet named = silent | member_bit(a->p.self);
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(named, m)) {
            str_add(out, " --without ");
            str_add(out, participant_name(&a->p, m));
        }
}

static void add_names(const Arbiter *a, MemberSet set, StrBuf *out)
{
    const size_t before = out->length;
    for (MemberId m = 0; m < MEMBERS_MAX; m++)
        if (member_in(set, m)) {
            str_add(out, out->length > before ? ", " : "");
            str_add(out, participant_name(&a->p, m));
        }
}

/* E3: nobody can leave out a voter here; an operator can, where a new line begins. Said when waiting has lasted. */
static void report_memory(Arbiter *a, Actions *out)
{
    const MemberSet silent = recall_waits_for(&a->p);
    char names[MESSAGE_ARG_SIZE], way[MESSAGE_ARG_SIZE];
    if (silent == 0) {
        a->memory_told = false;
        a->memory_since = a->p.now;
    }
    if (silent == 0 || a->memory_told || a->p.now - a->memory_since < MEMORY_PATIENCE)
        return;
    a->memory_told = true;
    StrBuf text = str_begin(names, sizeof names);
    add_names(a, silent, &text);
    text = str_begin(way, sizeof way);
    add_way(a, silent, &text);
    participant_log(&a->p, msg_memory_waits_for(names, way, participant_name(&a->p, a->p.self)),
                    out);
}

void arbiter_memory_words(const Arbiter *a, char *ret, size_t size)
{
    const MemberSet silent = recall_waits_for(&a->p);
    if (silent == 0)
        return;
    StrBuf out = str_begin(ret, size);
    str_add(&out, "the word of ");
    add_names(a, silent, &out);
    str_add(&out, "; if gone for good, at the server that is kept: mc_ctl recover --force");
    add_way(a, silent, &out);
    if (out.cut) {
        out = str_begin(ret, size);
        str_add(&out, "every other voter, to get the memory of this voter back; if one is gone for "
                      "good, MCA01724 in the log names the way");
    }
}

static void report(Arbiter *a, Actions *out)
{
    const Record *latest = durable_latest(&a->p.durable);
    if (latest->epoch <= a->reported_epoch)
        return;
    a->reported_epoch = latest->epoch;
    participant_log(&a->p,
                    msg_arbiter_accepted(participant_name(&a->p, latest->primary), latest->epoch,
                                         cause_words(latest->cause)),
                    out);
}

/* It orders nothing else. */
static void take_done(Arbiter *a, const Done *done, Actions *out)
{
    if (done->kind == ACTION_RUN)
        fence_ran(&a->p, done, out);
    else
        participant_persisted(&a->p, done, out);
}

void arbiter_step(Arbiter *a, const CoreSettings *s, const Event *event, Actions *out)
{
    out->count = 0;
    out->fired_count = 0;
    if (a->gone)
        return;
    const Millis gap = event->now - a->p.stepped_at;
    if (event->kind == EVENT_START) {
        participant_start(&a->p, s, event, out);
        a->reported_epoch = durable_latest(&a->p.durable)->epoch;
    } else if (participant_time(&a->p, s, event)) {
        participant_log(&a->p, msg_time_jumped(gap), out);
    }
    switch (event->kind) {
    case EVENT_MESSAGE:
        take_message(a, s, event->u.message.from, &event->u.message.message, out);
        break;
    case EVENT_LINK:
        participant_link(&a->p, event->u.link.member, event->u.link.up);
        break;
    case EVENT_DONE:
        take_done(a, &event->u.done, out);
        break;
    case EVENT_COMMAND:
        take_command(a, &event->u.command, out);
        break;
    case EVENT_START:
    case EVENT_TICK:
    case EVENT_INSTANCE:
    case EVENT_INSTANCE_GONE:
        break;
    }
    fence_tick(&a->p, s, out);
    a->p.heartbeat.well = !a->p.persist_failed;
    a->p.heartbeat.fencing = a->p.fencing.order != 0 ? member_bit(a->p.fencing.target) : 0;
    a->p.heartbeat.not_fenced = fence_not_fenced(&a->p);
    report(a, out);
    report_outside(a, out);
    report_memory(a, out);
    participant_tick(&a->p, s, out);
}

Millis arbiter_deadline(const Arbiter *a, const CoreSettings *s)
{
    (void)s;
    return participant_deadline(&a->p);
}

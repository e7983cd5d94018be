/* core/fence.c: whom an arbiter isolates before it agrees, and whom it hears no more (F1, F2). */
#include "unit.h"

#include "base/str.h"
#include "core/arbiter.h"
#include "core/record.h"

#include <string.h>

enum { SERVER_A = 0, SERVER_B = 1, SERVER_C = 2, ARBITER = 3 };
enum { AGAIN = 10000, HOLD = 10000 };

static CoreSettings settings;
static Arbiter arbiter;
static Participant *const p = &arbiter.p;
static Actions actions;
static Millis now;
static uint64_t beats;
static uint64_t ballots;

static void step(Event event)
{
    event.now = now;
    arbiter_step(&arbiter, &settings, &event, &actions);
}

static Durable remembered(void)
{
    Durable ret = {.generation = 5, .cluster.bytes[0] = 1, .self = ARBITER, .members.count = 4};
    ret.members.member[ARBITER].kind = MEMBER_ARBITER;
    for (MemberId m = 0; m < 4; m++)
        ret.memory[m] = (VoterMemory){.incarnation = 1, .generation = 5};
    ret.chosen = (Record){
        .cluster = ret.cluster,
        .line = 3,
        .epoch = 2,
        .primary = SERVER_A,
        .automatic = true,
        .voters = ret.members,
        .eligible_count = 2,
        .quorum = 2,
        .eligible = {{.member = SERVER_B, .dir = 22}, {.member = SERVER_C, .dir = 33}},
    };
    ret.accepted = ret.chosen;
    ret.accepted_ballot = (Ballot){.number = 4, .member = SERVER_A, .incarnation = 1};
    ret.promised = ret.accepted_ballot;
    return ret;
}

static void restart(const Durable *durable)
{
    arbiter_init(&arbiter);
    step((Event){
        .kind = EVENT_START,
        .u.start = {.memory = MEMORY_KEPT,
                    .durable = *durable,
                    .members = durable->members,
                    .self = ARBITER,
                    .agent = 99 + (AgentId)now},
    });
}

static void pass(Millis millis)
{
    now += millis;
    p->stepped_at = now; /* no leap */
    step((Event){.kind = EVENT_TICK});
}

/* An arbiter with a command that has been there for a while, and hears nobody yet. */
static int begin(void **state)
{
    (void)state;
    settings = (CoreSettings){.heartbeat_interval = 200,
                              .detection = 2000,
                              .lease = 1700,
                              .lease_cut = 300,
                              .fencing = true};
    now = 10000;
    ballots = 10;
    const Durable durable = remembered();
    restart(&durable);
    pass(5000);
    return 0;
}

static void hear(MemberId from, Message message)
{
    step((Event){.kind = EVENT_MESSAGE, .u.message = {.from = from, .message = message}});
}

static void beat(MemberId from, bool well, bool leaving)
{
    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = (Heartbeat){
        .number = ++beats,
        .cluster = p->durable.cluster,
        .line = 3,
        .epoch = 2,
        .agent = 77,
        .well = well,
        .leaving = leaving,
        .leased = from == SERVER_A,
        .memory = p->durable.memory[from],
    };
    hear(from, message);
}

static const Action *run(void)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_RUN)
            return &actions.action[i];
    return NULL;
}

/* What the write before the command says of whom it is about; -1: there is none before it. */
static int marked_before_the_command(void)
{
    for (unsigned i = 0; i < actions.count && actions.action[i].kind != ACTION_RUN; i++)
        if (actions.action[i].kind == ACTION_PERSIST)
            return actions.action[i].u.persist.fencing;
    return -1;
}

static const Message *said(MessageKind kind)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_SEND && actions.action[i].u.send.message.kind == kind)
            return &actions.action[i].u.send.message;
    return NULL;
}

static Refusal asked(MemberId from, Purpose purpose, Fencing fencing)
{
    Message message = {.kind = MESSAGE_PREPARE};
    Prepare *prepare = &message.u.prepare;
    prepare->cluster = p->durable.cluster;
    prepare->ballot = (Ballot){.number = ++ballots, .member = from, .incarnation = 1};
    prepare->purpose = purpose;
    prepare->fencing = fencing;
    memcpy(prepare->memory, p->durable.memory, sizeof prepare->memory);
    hear(from, message);
    return said(MESSAGE_PROMISE)->u.promise.refusal;
}

static const Fencing succeeds_a = {.leave = 1u << SERVER_A, .primary = true};

static Refusal claims(void)
{
    return asked(SERVER_B, PURPOSE_TAKEOVER, succeeds_a);
}

static Refusal accepted(MemberId from, Record record, Fencing fencing)
{
    Message message = {.kind = MESSAGE_ACCEPT};
    Accept *accept = &message.u.accept;
    accept->cluster = p->durable.cluster;
    accept->ballot = (Ballot){.number = ++ballots, .member = from, .incarnation = 1};
    accept->purpose = PURPOSE_READ;
    accept->fencing = fencing;
    accept->record = record;
    memcpy(accept->memory, p->durable.memory, sizeof accept->memory);
    hear(from, message);
    return said(MESSAGE_ACCEPTED)->u.accepted.refusal;
}

static Record takeover(void)
{
    return record_succeed(&p->durable.chosen, CAUSE_TAKEOVER, SERVER_B, 22,
                          (Position){.timeline = 1, .lsn = 5}, 2, 0);
}

static void ended(bool ok)
{
    Event event = {.kind = EVENT_DONE};
    event.u.done = (Done){.sequence = p->fencing.order, .kind = ACTION_RUN, .ok = ok};
    (void)str_copy(event.u.done.result.text, sizeof event.u.done.result.text,
                   ok ? "" : "exit status 7");
    step(event);
}

static void a_primary_is_isolated_before_anything_is_promised(void **state)
{
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    const Action *action = run();
    assert_non_null(action);
    assert_int_equal(action->u.run.kind, RUN_FENCING);
    assert_int_equal(action->u.run.target, SERVER_A);
    assert_false(action->u.run.detach);
    assert_false(action->u.run.by_operator);
    assert_int_equal(marked_before_the_command(), member_bit(SERVER_A));
    assert_int_equal(p->durable.promised.number, 4);
    assert_int_equal(p->heartbeat.fencing, member_bit(SERVER_A));
    assert_int_equal(claims(), REFUSAL_FENCING);
    assert_null(run()); /* once */
    p->fencing.order++;
    step((Event){.kind = EVENT_DONE, .u.done = {.sequence = 1, .kind = ACTION_RUN, .ok = true}});
    assert_int_equal(p->durable.fenced, 0); /* that was another one */
    ended(true);
    ended(false); /* told twice */
    assert_int_equal(p->heartbeat.fencing, 0);
    assert_int_equal(claims(), REFUSAL_NONE);
    assert_int_equal(accepted(SERVER_B, takeover(), succeeds_a), REFUSAL_NONE);
    assert_null(run());
}

static void what_is_only_completed_is_judged_by_the_record(void **state)
{
    const Record record = takeover();
    (void)state;
    assert_int_equal(accepted(SERVER_C, record, (Fencing){0}), REFUSAL_FENCING);
    assert_int_equal(run()->u.run.target, SERVER_A);
    ended(true);
    assert_int_equal(accepted(SERVER_C, record, (Fencing){0}), REFUSAL_NONE);
    p->durable.fenced = 0; /* what it has accepted was judged then */
    assert_int_equal(accepted(SERVER_C, record, (Fencing){0}), REFUSAL_NONE);
}

static void an_operator_may_leave_it_out(void **state)
{
    const Fencing skips = {
        .leave = 1u << SERVER_A, .primary = true, .by_operator = true, .skip = true};
    (void)state;
    assert_int_equal(asked(SERVER_B, PURPOSE_TAKEOVER, skips), REFUSAL_NONE);
    assert_int_equal(accepted(SERVER_B, takeover(), skips), REFUSAL_NONE);
    assert_null(run());
}

static void a_failure_is_a_refusal_for_ten_seconds(void **state)
{
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    ended(false);
    assert_int_equal(claims(), REFUSAL_NOT_FENCED);
    assert_null(run());
    pass(200);
    assert_int_equal(p->heartbeat.not_fenced, member_bit(SERVER_A));
    assert_string_equal(p->fencing.said, "exit status 7");
    pass(AGAIN - 201);
    assert_int_equal(claims(), REFUSAL_NOT_FENCED);
    pass(1);
    assert_int_equal(claims(), REFUSAL_FENCING);
    assert_non_null(run());
    pass(200);
    assert_int_equal(p->heartbeat.not_fenced, 0);
    ended(false);
    pass(3 * AGAIN);
    assert_int_equal(p->heartbeat.not_fenced, 0); /* nobody asks any more */
}

static void who_is_being_isolated_decides_nothing_and_serves_by_no_lease(void **state)
{
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    beat(SERVER_A, true, false);
    assert_false(said(MESSAGE_HEARTBEAT_ANSWER)->u.heartbeat_answer.lease);
    assert_int_equal(asked(SERVER_A, PURPOSE_READ, (Fencing){0}), REFUSAL_FENCED);
    assert_int_equal(accepted(SERVER_A, p->durable.chosen, (Fencing){0}), REFUSAL_FENCED);
    assert_int_equal(claims(), REFUSAL_PRIMARY_WELL); /* until it is isolated */
    ended(true);
    assert_int_equal(claims(), REFUSAL_NONE);
    const Durable durable = p->durable;
    restart(&durable);
    assert_int_equal(asked(SERVER_A, PURPOSE_READ, (Fencing){0}), REFUSAL_FENCED);
    pass(5000);
    assert_int_equal(claims(), REFUSAL_NONE); /* and is not isolated once more */
}

static void a_later_record_ends_the_mark(void **state)
{
    Message news = {.kind = MESSAGE_CHOSEN};
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    news.u.chosen.record = takeover();
    hear(SERVER_B, news);
    assert_int_equal(p->durable.fencing, 0);
    ended(true); /* that it has ended says nothing of the new record */
    assert_int_equal(p->durable.fenced, 0);
}

static void one_whose_isolation_has_failed_may_speak_when_it_is_heard(void **state)
{
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    pass(100);
    ended(false);
    assert_int_equal(p->durable.fencing, member_bit(SERVER_A));
    pass(100);
    beat(SERVER_A, true, false);
    assert_int_equal(p->durable.fencing, 0);
    assert_int_equal(p->heartbeat.not_fenced, 0);
    assert_int_equal(asked(SERVER_A, PURPOSE_READ, (Fencing){0}), REFUSAL_NONE);
}

static void one_that_was_isolated_may_speak_when_nobody_wants_it_left_out(void **state)
{
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    ended(true);
    for (Millis left = HOLD; left > 0; left -= 1000) {
        pass(1000);
        beat(SERVER_A, true, false);
        assert_int_equal(p->durable.fencing, member_bit(SERVER_A));
    }
    pass(1);
    assert_int_equal(p->durable.fencing, 0);
    assert_int_equal(p->durable.fenced, 0);
}

static void one_of_whom_nobody_knows_may_speak_a_while_after_the_restart(void **state)
{
    (void)state;
    assert_int_equal(claims(), REFUSAL_FENCING);
    const Durable durable = p->durable;
    pass(60000);
    restart(&durable);
    beat(SERVER_A, true, false);
    assert_int_equal(p->durable.fencing, member_bit(SERVER_A));
    pass(HOLD + 1);
    beat(SERVER_A, true, false);
    assert_int_equal(p->durable.fencing, 0);
}

static Record without_b(void)
{
    return record_detach(&p->durable.chosen, SERVER_B, 1, 0);
}

static const Fencing lets_b_go = {.leave = 1u << SERVER_B};

static void a_silent_standby_is_isolated_before_it_is_detached(void **state)
{
    (void)state;
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_FENCING);
    assert_int_equal(run()->u.run.target, SERVER_B);
    assert_true(run()->u.run.detach);
    ended(true);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_NONE);
    assert_int_equal(accepted(SERVER_A, without_b(), lets_b_go), REFUSAL_NONE);
}

static void a_standby_that_is_heard_or_has_left_is_not_isolated(void **state)
{
    (void)state;
    beat(SERVER_B, true, false);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_NONE);
    beat(SERVER_B, true, true);
    pass(60000);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_NONE);
    beat(SERVER_B, true, false);
    Fencing by_force = lets_b_go;
    by_force.by_operator = by_force.heard_too = true;
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, by_force), REFUSAL_FENCING);
    assert_true(run()->u.run.by_operator);
}

static void a_primary_that_says_that_it_is_stopped_is_not_isolated(void **state)
{
    (void)state;
    beat(SERVER_A, false, false);
    p->peer[SERVER_A].heartbeat.instance = INSTANCE_DOWN;
    pass(1900); /* its lease is out, and it is still heard */
    assert_int_equal(claims(), REFUSAL_NONE);
    p->peer[SERVER_A].heartbeat.instance = INSTANCE_NONE;
    assert_int_equal(claims(), REFUSAL_NONE);
    p->peer[SERVER_A].has_heartbeat = false; /* whatever is heard of it, it is not that */
    p->peer[SERVER_A].heartbeat.instance = INSTANCE_DOWN;
    assert_int_equal(claims(), REFUSAL_FENCING);
    ended(false);
    p->fencing.failed = 0;
    p->peer[SERVER_A].has_heartbeat = true;
    p->peer[SERVER_A].heartbeat.instance = INSTANCE_OPEN;
    assert_int_equal(claims(), REFUSAL_FENCING);
    ended(false);
    p->fencing.failed = 0;
    p->peer[SERVER_A].heartbeat.instance = INSTANCE_DOWN;
    pass(200);
    assert_int_equal(claims(), REFUSAL_FENCING); /* nobody hears that any more */
}

static void an_arbiter_that_has_just_started_calls_no_standby_silent(void **state)
{
    const Durable durable = p->durable;
    (void)state;
    restart(&durable);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_FENCING);
    assert_null(run());
    pass(settings.detection + 1);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_FENCING);
    assert_non_null(run());
}

static void several_are_isolated_one_after_the_other(void **state)
{
    const Fencing both = {.leave = 1u << SERVER_B | 1u << SERVER_C};
    (void)state;
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, both), REFUSAL_FENCING);
    assert_int_equal(run()->u.run.target, SERVER_B);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, (Fencing){.leave = 1u << SERVER_C}),
                     REFUSAL_FENCING);
    assert_null(run());
    assert_int_equal(p->durable.fencing, member_bit(SERVER_B));
    ended(true);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, both), REFUSAL_FENCING);
    assert_int_equal(run()->u.run.target, SERVER_C);
    ended(true);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, both), REFUSAL_NONE);
}

static void what_was_begun_under_an_earlier_record_counts_for_the_same_server(void **state)
{
    Message news = {.kind = MESSAGE_CHOSEN};
    (void)state;
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_FENCING);
    news.u.chosen.record = record_next(&p->durable.chosen, CAUSE_SETTING, 0);
    hear(SERVER_A, news);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_FENCING);
    assert_null(run());
    assert_int_equal(p->durable.fencing, member_bit(SERVER_B));
    ended(true);
    assert_int_equal(asked(SERVER_A, PURPOSE_CHANGE, lets_b_go), REFUSAL_NONE);
}

static void who_has_missed_a_record_goes_by_what_the_proposer_says(void **state)
{
    Record later = takeover();
    (void)state;
    later.epoch++; /* C succeeds B, which had succeeded A */
    later.primary = SERVER_C;
    const Fencing succeeds_b = {.leave = 1u << SERVER_B, .primary = true};
    assert_int_equal(asked(SERVER_C, PURPOSE_TAKEOVER, succeeds_b), REFUSAL_NONE);
    assert_int_equal(accepted(SERVER_C, later, succeeds_b), REFUSAL_FENCING);
    assert_int_equal(run()->u.run.target, SERVER_B);
    assert_false(run()->u.run.detach);
}

static void without_a_command_nobody_is_isolated(void **state)
{
    (void)state;
    settings.fencing = false;
    assert_int_equal(claims(), REFUSAL_NONE);
    settings.fencing = true;
    p->durable.chosen.absent = member_bit(ARBITER); /* its vote counts no more */
    assert_int_equal(claims(), REFUSAL_NONE);
    p->durable.chosen.absent = 0;
    assert_int_equal(asked(SERVER_C, PURPOSE_CHANGE, (Fencing){.leave = 1u << ARBITER}),
                     REFUSAL_NONE);
    const Consent consent = {
        .given = true, .line = 3, .epoch = 2, .primary = SERVER_A, .incarnation = 1};
    Message message = {.kind = MESSAGE_PREPARE};
    message.u.prepare =
        (Prepare){.cluster = p->durable.cluster,
                  .ballot = {.number = ++ballots, .member = SERVER_B, .incarnation = 1},
                  .purpose = PURPOSE_TAKEOVER,
                  .consent = consent,
                  .fencing = succeeds_a};
    memcpy(message.u.prepare.memory, p->durable.memory, sizeof p->durable.memory);
    hear(SERVER_B, message);
    assert_int_equal(said(MESSAGE_PROMISE)->u.promise.refusal, REFUSAL_NONE);
}

static void status_says_who_is_isolated_and_why_not(void **state)
{
    Status status;
    (void)state;
    beat(SERVER_B, true, false);
    beat(SERVER_C, true, false);
    assert_int_equal(claims(), REFUSAL_FENCING);
    arbiter_status(&arbiter, &settings, now, &status);
    assert_non_null(strstr(status.waits_for, "the fencing command of"));
    ended(false);
    arbiter_status(&arbiter, &settings, now, &status);
    assert_non_null(strstr(status.waits_for, "exit status 7"));
    p->heartbeat.not_fenced = 0;
    p->peer[SERVER_B].heartbeat.not_fenced = member_bit(SERVER_C);
    arbiter_status(&arbiter, &settings, now, &status);
    assert_non_null(strstr(status.waits_for, "its log says why"));
    assert_non_null(strstr(status.waits_for, "mc_ctl detach --no-fencing"));
    p->peer[SERVER_B].heartbeat.not_fenced = member_bit(SERVER_A);
    arbiter_status(&arbiter, &settings, now, &status);
    assert_non_null(strstr(status.waits_for, "mc_ctl switch --force --no-fencing"));
}

static void a_record_says_who_leaves_by_it(void **state)
{
    const Record before = remembered().chosen;
    Record after = record_next(&before, CAUSE_SETTING, 0);
    (void)state;
    assert_int_equal(record_leaving(&before, &after), 0);
    after.apart = member_bit(SERVER_B);
    assert_int_equal(record_leaving(&before, &after), member_bit(SERVER_B));
    Record apart = before;
    apart.apart = after.apart;
    assert_int_equal(record_leaving(&apart, &after), 0);
    assert_int_equal(record_leaving(&before, &(Record){.primary = SERVER_A}),
                     member_bit(SERVER_B) | member_bit(SERVER_C));
    const Cause of_themselves[] = {CAUSE_HANDOVER, CAUSE_HANDED_BACK, CAUSE_RESTORED};
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(
            record_leaving(&before, &(Record){.primary = SERVER_B, .cause = of_themselves[i]}), 0);
    assert_int_equal(record_leaving(&(Record){0}, &before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_primary_is_isolated_before_anything_is_promised, begin),
        cmocka_unit_test_setup(what_is_only_completed_is_judged_by_the_record, begin),
        cmocka_unit_test_setup(an_operator_may_leave_it_out, begin),
        cmocka_unit_test_setup(a_failure_is_a_refusal_for_ten_seconds, begin),
        cmocka_unit_test_setup(who_is_being_isolated_decides_nothing_and_serves_by_no_lease, begin),
        cmocka_unit_test_setup(a_later_record_ends_the_mark, begin),
        cmocka_unit_test_setup(one_whose_isolation_has_failed_may_speak_when_it_is_heard, begin),
        cmocka_unit_test_setup(one_that_was_isolated_may_speak_when_nobody_wants_it_left_out,
                               begin),
        cmocka_unit_test_setup(one_of_whom_nobody_knows_may_speak_a_while_after_the_restart, begin),
        cmocka_unit_test_setup(a_silent_standby_is_isolated_before_it_is_detached, begin),
        cmocka_unit_test_setup(a_standby_that_is_heard_or_has_left_is_not_isolated, begin),
        cmocka_unit_test_setup(a_primary_that_says_that_it_is_stopped_is_not_isolated, begin),
        cmocka_unit_test_setup(an_arbiter_that_has_just_started_calls_no_standby_silent, begin),
        cmocka_unit_test_setup(several_are_isolated_one_after_the_other, begin),
        cmocka_unit_test_setup(what_was_begun_under_an_earlier_record_counts_for_the_same_server,
                               begin),
        cmocka_unit_test_setup(who_has_missed_a_record_goes_by_what_the_proposer_says, begin),
        cmocka_unit_test_setup(without_a_command_nobody_is_isolated, begin),
        cmocka_unit_test_setup(status_says_who_is_isolated_and_why_not, begin),
        cmocka_unit_test_setup(a_record_says_who_leaves_by_it, begin),
    };
    return cmocka_run_group_tests_name("core_fence", tests, NULL, NULL);
}

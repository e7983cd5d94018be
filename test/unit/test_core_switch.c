/* core/node_switch.c: what an operator's switch refuses, and whom it tells. */
#include "unit.h"

#include "node_help.h"

#include <string.h>

enum { TOKEN = 77, MEGABYTES = 1 << 20 };

#define UNWELL "the standby's instance does not stream as it should: its log says why"
#define UNHEARD \
    "the standby, or the majority that it takes, does not answer: mc_ctl status --arbiter"
#define NOBODY "no standby is eligible; mc_ctl start at a standby brings it back"
#define LAGS                                                                         \
    "the standby has more than 1 MB of WAL to replay; a paused replay goes on with " \
    "pg_wal_replay_resume()"
#define BUSY "a stop or another switch is under way"

static void ask(Command command)
{
    command.kind = COMMAND_SWITCH;
    operate(command);
}

static void assert_refused(const Command *command, const char *why)
{
    ask(*command);
    assert_answered(3, msg_command_refused("switch", why));
    assert_false(node.change.active);
    assert_int_equal(node.state, NODE_PRIMARY);
}

/* A standby that hears the primary, before it asks for anything. */
static void standby(void)
{
    begin(SERVER_B);
    node.state = NODE_STANDBY;
    node.confirmed = true;
    hear_heartbeat(SERVER_A, ++beats);
}

static Message word_of(MemberId from, SwitchWord word)
{
    Message message = {.kind = MESSAGE_HEARTBEAT};
    message.u.heartbeat = node.p.peer[from].heartbeat;
    message.u.heartbeat.number = ++beats;
    message.u.heartbeat.change = word;
    return message;
}

/* ---- what it refuses ---- */

static void a_switch_is_refused_before_anybody_is_cut_off(void **state)
{
    (void)state;
    const Command any = {.to = MEMBER_NONE};
    const Command to_b = {.to = SERVER_B};
    const Command dry = {.to = SERVER_B, .dry_run = true};

    open_primary();
    ask(dry);
    assert_answered(0, msg_switch_would("b", 500));

    node.p.peer[SERVER_B].heartbeat.wal.lsn =
        node.p.peer[SERVER_B].heartbeat.replay + 2 * MEGABYTES;
    assert_refused(&dry, LAGS);
    node.p.peer[SERVER_B].heartbeat.wal.lsn = node.p.peer[SERVER_B].heartbeat.replay;
    node.p.peer[SERVER_B].heartbeat.well = false;
    assert_refused(&dry, UNWELL);
    assert_refused(&to_b, UNWELL);
    node.p.peer[SERVER_B].heartbeat.well = true;
    node.p.peer[SERVER_B].heartbeat.instance = INSTANCE_DOWN;
    assert_refused(&dry, UNWELL);
    node.p.peer[SERVER_B].heartbeat.instance = INSTANCE_STANDBY;
    node.stream[SERVER_B].seen_at = now - settings.detection - 1;
    assert_refused(&dry, UNWELL);
    node.stream[SERVER_B].pid = 0;
    assert_refused(&dry, UNWELL);

    node.p.peer[SERVER_B].has_heartbeat = false;
    assert_refused(&dry, UNHEARD);
    node.p.peer[SERVER_B].has_heartbeat = true;
    node.p.peer[SERVER_B].heard_at = 0;
    assert_refused(&dry, UNHEARD);

    node.p.durable.chosen.eligible_count = 1;
    assert_refused(&(Command){.to = SERVER_C, .dry_run = true},
                   "that server is not eligible: it may lack acknowledged commits; "
                   "mc_ctl status says which standby is, and --to names it");
    node.p.durable.chosen.eligible_count = 0;
    assert_refused(&any, NOBODY);
    assert_refused(&(Command){.to = SERVER_C, .dry_run = true}, NOBODY);
}

static void a_switch_without_a_majority_is_refused(void **state)
{
    (void)state;
    open_primary();
    for (MemberTable *table = &node.p.durable.members; table->count < 5; table->count++)
        table->member[table->count] = (Member){.name = {(char)('a' + table->count)}};
    node.p.durable.chosen.voters = node.p.durable.accepted.voters = node.p.durable.members;
    node.p.peer[SERVER_C].heard_at = 0;
    assert_refused(&(Command){.to = SERVER_B, .dry_run = true}, UNHEARD);
}

static void a_stop_under_way_or_a_closed_gate_refuses_a_switch(void **state)
{
    (void)state;
    const Command dry = {.to = SERVER_B, .dry_run = true};
    open_primary();
    node.stop = (StopWish){.active = true, .request = 9};
    ask(dry);
    assert_answered(3, msg_command_refused("switch", "a stop or another switch is under way"));

    open_primary();
    node.state = NODE_PRIMARY_OPENING;
    ask(dry);
    assert_answered(
        3, msg_command_refused("switch",
                               "the primary is not open: mc_ctl recover says what can be done"));
}

static void one_switch_at_a_time(void **state)
{
    (void)state;
    open_primary();
    ask((Command){.to = SERVER_B});
    assert_non_null(ordered(ACTION_CHECKPOINT));
    assert_false(reply()->last);
    ask((Command){.to = SERVER_C});
    assert_answered(3, msg_command_refused("switch", "a stop or another switch is under way"));
    assert_int_equal(node.change.word.to, SERVER_B);

    const SwitchWord first = node.change.word;
    hear(SERVER_C, word_of(SERVER_C, (SwitchWord){.token = TOKEN, .step = SWITCH_ASKED}));
    assert_memory_equal(&node.change.word, &first, sizeof first);
}

static void who_knows_no_record_and_who_is_no_primary_says_so(void **state)
{
    (void)state;
    standby();
    ask((Command){.to = SERVER_C, .dry_run = true});
    assert_answered(
        3, msg_command_refused("switch --dry-run", "only the primary can tell: ask there"));

    node.p.durable.memory[SERVER_B].incarnation = 0;
    ask((Command){.to = SERVER_C});
    assert_answered(1, msg_command_refused("switch", "no record is known here"));

    standby();
    node.p.durable.chosen = node.p.durable.accepted = (Record){0};
    ask((Command){.to = SERVER_C});
    assert_answered(1, msg_command_refused("switch", "no record is known here"));
}

/* ---- how it is prepared ---- */

static void a_checkpoint_that_takes_too_long_is_not_waited_for(void **state)
{
    (void)state;
    open_primary();
    ask((Command){.to = SERVER_B});
    live(29000, MEMBER_NONE);
    assert_int_equal(node.state, NODE_PRIMARY);
    live(2000, MEMBER_NONE);
    assert_int_equal(node.state, NODE_PRIMARY_LEAVING);
}

/* And nobody is cut off while the successor has nothing that was written since it was asked for. */
static void both_checkpoints_are_waited_for_and_the_wal_of_one_of_them(void **state)
{
    (void)state;
    open_primary();
    ask((Command){.to = SERVER_B});
    const Action checkpoint = *ordered(ACTION_CHECKPOINT);
    live(1000, MEMBER_NONE);
    assert_int_equal(node.state, NODE_PRIMARY);
    const SwitchWord asked = node.change.word;
    done(&checkpoint, (InstanceResult){.ok = true});
    hear(SERVER_B, word_of(SERVER_B, (SwitchWord){.token = asked.token, .step = SWITCH_ASKED}));
    live(1000, SERVER_B);
    assert_int_equal(node.state, NODE_PRIMARY);
    node.change.confirm = 501; /* it has 500 */
    hear(SERVER_B, word_of(SERVER_B, (SwitchWord){.token = asked.token, .step = SWITCH_PREPARED}));
    live(500, SERVER_B);
    assert_int_equal(node.state, NODE_PRIMARY);
    node.change.confirm = 500;
    live(100, SERVER_B);
    assert_int_equal(node.state, NODE_PRIMARY_LEAVING);
}

static void a_successor_with_much_to_replay_is_not_waited_for_for_ever(void **state)
{
    (void)state;
    open_primary();
    ask((Command){.to = SERVER_B});
    for (const Millis until = now + 59000; now < until;) {
        live(100, SERVER_B);
        Message behind = word_of(SERVER_B, (SwitchWord){0});
        behind.u.heartbeat.wal = (Position){.timeline = 1, .lsn = 5 * MEGABYTES};
        behind.u.heartbeat.replay = 0;
        hear(SERVER_B, behind);
        assert_int_equal(node.state, NODE_PRIMARY);
        assert_true(node.change.active);
    }
    LogEntry said = {0};
    for (const Millis until = now + 2000; now < until && node.change.active;) {
        now += 100;
        hear(SERVER_B, word_of(SERVER_B, (SwitchWord){0}));
        said = reply() == NULL ? said : reply()->entry;
    }
    assert_int_equal(node.state, NODE_PRIMARY);
    const LogEntry wanted = msg_command_refused("switch", LAGS);
    assert_memory_equal(&said, &wanted, sizeof wanted);
}

static void a_successor_that_falls_silent_ends_the_switch_and_nobody_was_cut_off(void **state)
{
    (void)state;
    open_primary();
    ask((Command){.to = SERVER_B});
    live(settings.detection + 300, SERVER_B);
    assert_int_equal(node.change.word.step, SWITCH_REFUSED);
    assert_int_equal(node.change.word.refusal, SWITCH_UNHEARD);
    assert_true(node.state == NODE_PRIMARY);
}

static void only_the_successor_that_the_primary_names_makes_a_checkpoint(void **state)
{
    (void)state;
    const SwitchWord word = {.token = TOKEN, .to = SERVER_B, .step = SWITCH_PREPARING};
    standby();
    hear_heartbeat(SERVER_C, ++beats);
    hear(SERVER_C, word_of(SERVER_C, word)); /* no primary */
    assert_null(ordered(ACTION_CHECKPOINT));
    hear(SERVER_A,
         word_of(SERVER_A, (SwitchWord){.token = 1, .to = SERVER_C, .step = SWITCH_PREPARING}));
    assert_null(ordered(ACTION_CHECKPOINT));

    hear(SERVER_A, word_of(SERVER_A, word));
    assert_non_null(ordered(ACTION_CHECKPOINT));
    const Action order = *ordered(ACTION_CHECKPOINT);
    hear(SERVER_A, word_of(SERVER_A, word)); /* once */
    assert_null(ordered(ACTION_CHECKPOINT));

    Action other = order;
    other.sequence--;
    done(&other, (InstanceResult){0}); /* of an order that nobody waits for */
    assert_int_equal(node.change.word.step, SWITCH_NONE);
    done(&order, (InstanceResult){0});
    assert_int_equal(node.change.word.step, SWITCH_PREPARED);
    assert_int_equal(node.change.word.token, TOKEN);
}

static void a_wish_is_for_the_primary_and_taken_once(void **state)
{
    (void)state;
    const SwitchWord word = {.token = TOKEN, .to = SERVER_B, .step = SWITCH_ASKED};
    standby();
    hear(SERVER_A, word_of(SERVER_A, word));
    assert_false(node.change.active);

    open_primary();
    node.change.word.token = TOKEN; /* it was refused a moment ago */
    hear(SERVER_C, word_of(SERVER_C, word));
    assert_false(node.change.active);
}

static Message asked_under(Epoch epoch)
{
    Message asked =
        word_of(SERVER_C, (SwitchWord){.token = TOKEN, .to = SERVER_B, .step = SWITCH_ASKED});
    asked.u.heartbeat.epoch = epoch;
    return asked;
}

/* It was asked elsewhere, and is told there no more: nobody waits for it, and nobody is cut off. */
static void a_wish_that_is_told_no_more_is_dropped(void **state)
{
    (void)state;
    open_primary();
    hear(SERVER_C, asked_under(node.p.durable.chosen.epoch));
    assert_non_null(ordered(ACTION_CHECKPOINT));
    hear(SERVER_C, word_of(SERVER_C, (SwitchWord){0}));
    assert_false(node.change.active);
    assert_int_equal(node.change.word.step, SWITCH_REFUSED);
    assert_int_equal(node.state, NODE_PRIMARY);
}

static void a_wish_under_another_record_is_not_for_this_primary(void **state)
{
    (void)state;
    open_primary();
    hear(SERVER_C, asked_under(node.p.durable.chosen.epoch - 1));
    assert_false(node.change.active);
    hear(SERVER_C, asked_under(node.p.durable.chosen.epoch));
    assert_true(node.change.active);
}

/* ---- how it ends ---- */

/* At the standby where the operator is. */
static void a_refusal_and_a_silence_of_the_primary_are_told_where_it_was_asked(void **state)
{
    (void)state;
    standby();
    ask((Command){.to = MEMBER_NONE});
    assert_null(reply());
    SwitchWord word = node.change.word;
    assert_int_equal(word.to, SERVER_B); /* where it is asked is who is meant, eligible or not */
    word.token++;                        /* another wish */
    hear(SERVER_A, word_of(SERVER_A, word));
    assert_null(reply());
    word.token--;
    word.step = SWITCH_REFUSED;
    word.refusal = SWITCH_BUSY;
    hear(SERVER_A, word_of(SERVER_A, word));
    assert_answered(3, msg_command_refused("switch", "a stop or another switch is under way"));

    standby();
    ask((Command){.to = MEMBER_NONE});
    for (const Millis until = node.change.deadline; now < until;) {
        assert_null(reply());
        now += 100;
        step((Event){.kind = EVENT_TICK});
    }
    assert_answered(1, msg_command_refused("switch", "the primary does not answer"));
}

/* At the standby where the operator is: sessions were cut off already, or the primary is still on its way. */
static void what_is_told_of_a_stop_that_has_begun(void **state)
{
    (void)state;
    standby();
    ask((Command){.to = MEMBER_NONE});
    SwitchWord word = node.change.word;
    word.to = SERVER_B;
    word.step = SWITCH_STOPPING;
    hear(SERVER_A, word_of(SERVER_A, word));
    assert_false(reply()->last);

    Message silent =
        word_of(SERVER_A, (SwitchWord){0}); /* nobody is served: it may come to its end yet */
    silent.u.heartbeat.instance = INSTANCE_STOPPING;
    hear(SERVER_A, silent);
    assert_null(reply());
    assert_true(node.change.active);

    word.step = SWITCH_REFUSED;
    word.refusal = SWITCH_UNHEARD;
    hear(SERVER_A, word_of(SERVER_A, word));
    assert_answered(1, msg_command_refused("switch", UNHEARD));
}

/* At the standby where the operator is; the primary has told of it, and tells of it no more. */
static void a_primary_that_has_forgotten_it_or_falls_silent_ends_it(void **state)
{
    (void)state;
    for (int silent = 0; silent < 2; silent++) {
        standby();
        ask((Command){.to = MEMBER_NONE});
        SwitchWord word = node.change.word;
        word.to = SERVER_B;
        word.step = SWITCH_PREPARING;
        hear(SERVER_A, word_of(SERVER_A, word));
        assert_false(reply()->last);
        if (silent) {
            now = node.change.deadline;
            step((Event){.kind = EVENT_TICK});
            assert_answered(1, msg_command_refused("switch", "the primary does not answer"));
        } else {
            Message forgotten = word_of(SERVER_A, (SwitchWord){0});
            forgotten.u.heartbeat.instance = INSTANCE_OPEN;
            hear(SERVER_A, forgotten);
            assert_answered(1, msg_switch_failed("b", "a"));
        }
        assert_true(node.change.word.token == 0);
    }
}

static void another_switch_at_the_primary_is_this_one_or_in_its_way(void **state)
{
    (void)state;
    const SwitchWord theirs = {.token = TOKEN, .to = SERVER_B, .step = SWITCH_PREPARING};
    standby();
    ask((Command){.to = SERVER_C});
    hear(SERVER_A, word_of(SERVER_A, theirs));
    assert_answered(3, msg_command_refused("switch", BUSY));

    for (int stops = 0; stops < 2; stops++) {
        SwitchWord same = theirs;
        same.step = stops ? SWITCH_STOPPING : SWITCH_PREPARING;
        standby();
        ask((Command){.to = stops ? SERVER_B : MEMBER_NONE});
        hear(SERVER_A, word_of(SERVER_A, same));
        assert_false(reply()->last);
        assert_true(node.change.active);
        assert_int_equal(node.change.word.token, TOKEN);
    }
}

static void begin_and_stop(void)
{
    open_primary();
    ask((Command){.to = SERVER_B});
    node.change.word.step = SWITCH_STOPPING;
    node.state = NODE_PRIMARY_LEAVING;
    node.order = ++node.p.sequence; /* the stop is under way */
}

static void another_primary_than_the_one_asked_for_is_no_success(void **state)
{
    (void)state;
    begin_and_stop();
    Record *chosen = &node.p.durable.chosen;
    chosen->epoch++;
    chosen->primary = SERVER_C;
    node.p.durable.accepted = *chosen;
    node.state = NODE_STANDBY_SEEKING;
    step((Event){.kind = EVENT_TICK});
    assert_answered(1, msg_command_refused("switch", "another server has become the primary"));
}

/* Another one has taken over, and this one again after it; or whoever was not named: that is a success. */
static void who_is_primary_again_has_not_switched(void **state)
{
    (void)state;
    for (int again = 0; again < 2; again++) {
        begin_and_stop();
        Record *chosen = &node.p.durable.chosen;
        node.change.word.to = MEMBER_NONE;
        chosen->epoch++;
        chosen->primary = SERVER_C;
        chosen->eligible_count = 0;
        node.p.durable.accepted = *chosen;
        node.state = NODE_STANDBY_SEEKING;
        step((Event){.kind = EVENT_TICK});
        assert_null(reply());
        chosen->epoch++;
        chosen->primary = again ? SERVER_A : SERVER_C;
        chosen->eligible[0].member = SERVER_A;
        chosen->eligible_count = again ? 0 : 1;
        node.p.durable.accepted = *chosen;
        step((Event){.kind = EVENT_TICK});
        if (again)
            assert_answered(1,
                            msg_command_refused("switch", "another server has become the primary"));
        else
            assert_answered(0, msg_switch_done("c", chosen->epoch - 1, "a"));
    }
}

/* The instance fails while the switch is prepared: what follows is a handover of its own. */
static void a_primary_that_serves_no_more_switches_nothing(void **state)
{
    (void)state;
    open_primary();
    ask((Command){.to = SERVER_B});
    node.state = NODE_PRIMARY_LEAVING;
    node.order = ++node.p.sequence;
    step((Event){.kind = EVENT_TICK});
    assert_answered(
        3, msg_command_refused("switch",
                               "the primary is not open: mc_ctl recover says what can be done"));
    assert_int_equal(node.change.word.refusal, SWITCH_NOT_SERVING);
}

static void a_switch_ends_with_an_operators_stop_and_where_the_server_stays_down(void **state)
{
    (void)state;
    begin_and_stop();
    node.stop = (StopWish){.active = true, .request = 9};
    step((Event){.kind = EVENT_TICK});
    assert_answered(1, msg_command_refused("switch", BUSY));
    assert_int_equal(node.change.word.refusal, SWITCH_BUSY);

    begin_and_stop();
    node.state = NODE_STAYING_DOWN;
    node.down_reason = DOWN_START_FAILED;
    step((Event){.kind = EVENT_TICK});
    assert_answered(1, msg_switch_failed("b", "a"));
    assert_int_equal(node.change.word.refusal, SWITCH_UNHEARD);
}

/* The record has the successor, and this server does not become its standby. */
static void a_former_primary_that_does_not_come_back_is_told(void **state)
{
    (void)state;
    for (int down = 0; down < 2; down++) {
        begin_and_stop();
        Record *chosen = &node.p.durable.chosen;
        chosen->epoch++;
        chosen->primary = SERVER_B;
        chosen->eligible_count = 0;
        node.p.durable.accepted = *chosen;
        node.state = down ? NODE_STAYING_DOWN : NODE_STANDBY_SEEKING;
        node.down_reason = down ? DOWN_DIVERGED : DOWN_NONE;
        step((Event){.kind = EVENT_TICK});
        if (!down) {
            assert_null(reply());
            node.change.decided_at = now - 60001;
            step((Event){.kind = EVENT_TICK});
        }
        assert_answered(1, msg_switch_not_back("b", chosen->epoch, "a"));
    }
}

/* A standby whose operator wants it eligible, and then wants it stopped. */
static void a_stop_takes_back_the_wish_to_be_eligible(void **state)
{
    (void)state;
    standby();
    node.p.durable.chosen.eligible_count = 0;
    node.attach_asked = true;
    node.stop = (StopWish){.active = true, .request = 9};
    node.state = NODE_STANDBY_LEAVING;
    now += settings.heartbeat_interval;
    step((Event){.kind = EVENT_TICK});
    assert_non_null(sent(SERVER_A, MESSAGE_HEARTBEAT));
    assert_false(sent(SERVER_A, MESSAGE_HEARTBEAT)->u.heartbeat.attach_asked);
}

/* What it was told to follow is not what it was offered last: it has yet to be told. */
static void a_standby_asks_to_be_eligible_under_the_name_that_it_streams_under(void **state)
{
    const Attachment offered = {.member = SERVER_B, .epoch = 4, .token = 300};
    (void)state;
    for (int told = 0; told < 2; told++) {
        for (int stops = 0; stops < 2; stops++) {
            standby();
            node.p.durable.chosen.eligible_count = 0;
            node.granted = offered;
            node.following_known = true;
            node.following.attachment = offered;
            node.following.attachment.token -= told ? 0 : 1;
            node.stop.active = stops;
            node.order = ++node.p.sequence; /* nothing is ordered meanwhile */
            now += settings.heartbeat_interval;
            step((Event){.kind = EVENT_TICK});
            assert_int_equal(node.state, NODE_STANDBY);
            assert_int_equal(node.p.heartbeat.wants_attach, told && !stops);
        }
    }
}

/* F1: without a fencing command it takes over on a word, unless automatic is off, it is the primary, or that is there. */
static void what_is_no_unfenced_takeover_is_refused(void **state)
{
    (void)state;
    for (int other = 0; other < 4; other++) {
        begin(SERVER_B);
        Record *chosen = &node.p.durable.chosen;
        chosen->automatic = other != 0;
        chosen->primary = other == 1 ? SERVER_B : SERVER_A;
        chosen->primary_dir = other == 1 ? 11 : 10;
        node.p.durable.accepted = *chosen;
        node.state = NODE_STANDBY_SEEKING;
        now += 3 * settings.detection;
        see((InstanceView){.phase = INSTANCE_DOWN, .wal = {.timeline = 1, .lsn = 500}});
        hear_heartbeat(SERVER_C, ++beats);
        if (other == 2)
            hear_heartbeat(SERVER_A, ++beats);
        operate(
            (Command){.kind = COMMAND_SWITCH, .to = SERVER_B, .force = true, .no_fencing = true});
        assert_int_equal(node.force.whole, other == 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_unfenced_takeover_is_refused),
        cmocka_unit_test(a_switch_is_refused_before_anybody_is_cut_off),
        cmocka_unit_test(a_switch_without_a_majority_is_refused),
        cmocka_unit_test(a_stop_under_way_or_a_closed_gate_refuses_a_switch),
        cmocka_unit_test(one_switch_at_a_time),
        cmocka_unit_test(who_knows_no_record_and_who_is_no_primary_says_so),
        cmocka_unit_test(a_checkpoint_that_takes_too_long_is_not_waited_for),
        cmocka_unit_test(both_checkpoints_are_waited_for_and_the_wal_of_one_of_them),
        cmocka_unit_test(a_successor_with_much_to_replay_is_not_waited_for_for_ever),
        cmocka_unit_test(a_successor_that_falls_silent_ends_the_switch_and_nobody_was_cut_off),
        cmocka_unit_test(only_the_successor_that_the_primary_names_makes_a_checkpoint),
        cmocka_unit_test(a_wish_is_for_the_primary_and_taken_once),
        cmocka_unit_test(a_refusal_and_a_silence_of_the_primary_are_told_where_it_was_asked),
        cmocka_unit_test(a_wish_that_is_told_no_more_is_dropped),
        cmocka_unit_test(a_wish_under_another_record_is_not_for_this_primary),
        cmocka_unit_test(what_is_told_of_a_stop_that_has_begun),
        cmocka_unit_test(a_primary_that_has_forgotten_it_or_falls_silent_ends_it),
        cmocka_unit_test(another_switch_at_the_primary_is_this_one_or_in_its_way),
        cmocka_unit_test(another_primary_than_the_one_asked_for_is_no_success),
        cmocka_unit_test(who_is_primary_again_has_not_switched),
        cmocka_unit_test(a_primary_that_serves_no_more_switches_nothing),
        cmocka_unit_test(a_switch_ends_with_an_operators_stop_and_where_the_server_stays_down),
        cmocka_unit_test(a_former_primary_that_does_not_come_back_is_told),
        cmocka_unit_test(a_stop_takes_back_the_wish_to_be_eligible),
        cmocka_unit_test(a_standby_asks_to_be_eligible_under_the_name_that_it_streams_under),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

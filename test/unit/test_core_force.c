/* core/node_force.c, node_orders_rejoin.c: what force refuses, says would be lost, and when it ends (section 4, E5). */
#include "unit.h"

#include "core/node_parts.h"
#include "node_help.h"

enum { MINE = 500 };

#define ANSWERS      "the primary of the record answers: mc_ctl switch, or mc_ctl stop there first"
#define NOTHING_HERE "there is no data directory of this cluster here that could be opened"

static Heartbeat *said_by(MemberId member)
{
    return &node.p.peer[member].heartbeat;
}

static void beat(MemberId from)
{
    hear_heartbeat(from, ++beats);
}

/* A is primary and silent, B not eligible any more; C is heard, so that there is a majority. */
static void lost_primary(void)
{
    begin(SERVER_B);
    Record *chosen = &node.p.durable.chosen;
    chosen->eligible[0] = chosen->eligible[1];
    chosen->eligible_count = 1;
    node.p.durable.accepted = *chosen;
    node.state = NODE_STANDBY_SEEKING;
    node.confirmed = true;
    now += 3 * settings.detection;
    see((InstanceView){.phase = INSTANCE_STANDBY, .wal = {.timeline = 1, .lsn = MINE}});
    beat(SERVER_C);
    said_by(SERVER_C)->wal = (Position){.timeline = 1, .lsn = MINE};
}

static void ask(Command command)
{
    command.kind = COMMAND_SWITCH;
    command.force = true;
    operate(command);
}

static void force(MemberSet without)
{
    ask((Command){.to = SERVER_B, .without = without});
}

/* The second and later answers of a step; NULL: there were not so many. */
static const Reply *answer(unsigned number)
{
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_REPLY && number-- == 0)
            return &actions.action[i].u.reply;
    return NULL;
}

static void assert_said(unsigned number, uint8_t status, bool last, LogEntry entry)
{
    const Reply *said = answer(number);
    assert_non_null(said);
    assert_int_equal(said->request, REQUEST);
    assert_int_equal(said->status, status);
    assert_int_equal(said->last, last);
    assert_memory_equal(&said->entry, &entry, sizeof entry);
}

static void assert_refused(const char *reason)
{
    force(0);
    assert_answered(3, msg_command_refused("switch --force", reason));
    assert_false(node.force.active);
}

static void assert_taken(void)
{
    force(0);
    assert_said(0, 0, false, msg_force_loss_unknown("b", MINE));
    assert_null(answer(1));
    assert_true(node.force.active);
}

/* ---- what it refuses ---- */

static void it_is_refused_where_nothing_needs_to_be_forced_or_nothing_could_be(void **state)
{
    (void)state;
    lost_primary();
    node.p.durable.memory[SERVER_B].incarnation = 0;
    assert_refused("no record is known here");
    lost_primary();
    node.p.durable.chosen = node.p.durable.accepted = (Record){0};
    assert_refused("no record is known here");
    lost_primary();
    beat(SERVER_A);
    assert_refused(ANSWERS);
    lost_primary();
    node.p.started_at = now - settings.detection; /* it may not have been heard yet */
    assert_refused(ANSWERS);
    lost_primary();
    said_by(SERVER_C)->instance = INSTANCE_OPEN;
    assert_refused("another server serves");
    lost_primary();
    node.stop = (StopWish){.active = true, .request = 9};
    assert_refused("this server is being stopped");
    lost_primary();
    node.view.dir = 0;
    assert_refused(NOTHING_HERE);
    lost_primary();
    node.view.system_identifier++;
    assert_refused(NOTHING_HERE);
    lost_primary();
    assert_taken();
    force(0);
    assert_answered(3, msg_command_refused("switch --force", "it is under way already"));
    assert_true(node.force.active);
}

/* Its agent lives, and has nothing that could be opened. */
static void a_primary_that_says_that_its_directory_is_gone_is_none_that_answers(void **state)
{
    (void)state;
    lost_primary();
    beat(SERVER_A);
    said_by(SERVER_A)->instance = INSTANCE_DOWN;
    assert_refused(ANSWERS);
    said_by(SERVER_A)->instance = INSTANCE_NONE;
    node.p.peer[SERVER_A].has_heartbeat = false; /* of an earlier run, it says nothing */
    assert_refused(ANSWERS);
    node.p.peer[SERVER_A].has_heartbeat = true;
    assert_taken();
}

static void make_eligible(void)
{
    lost_primary();
    Record *chosen = &node.p.durable.chosen;
    chosen->eligible[1] = (EligibleMember){.member = SERVER_B, .dir = 11};
    chosen->eligible_count = 2;
    node.p.durable.accepted = *chosen;
}

static void who_holds_everything_needs_no_force(void **state)
{
    (void)state;
    make_eligible();
    assert_refused("nothing needs to be forced: this server takes over by itself");
    node.p.durable.chosen.automatic = false;
    assert_refused("nothing needs to be forced: mc_ctl enable-failover, and this server goes on "
                   "without a loss");
    node.p.durable.chosen.eligible[1].dir = 12; /* another directory may lack commits */
    assert_taken();
}

static void force_unfenced(void)
{
    ask((Command){.to = SERVER_B, .no_fencing = true});
}

/* F1: only the fencing command is in the way; nothing is lost, so no loss is told and no line ends. */
static void who_holds_everything_takes_over_unfenced_on_a_word(void **state)
{
    (void)state;
    make_eligible();
    ask((Command){.to = SERVER_B, .no_fencing = true, .dry_run = true});
    assert_int_equal(reply()->status, 3);
    force_unfenced();
    assert_null(reply());
    assert_true(node.force.active && node.force.whole);
    assert_false(node_force_holds(&node, &settings)); /* it is no forced line */
    node.p.durable.chosen.eligible_count = 1;         /* whatever becomes of it */
    assert_false(node_force_holds(&node, &settings));
    make_eligible();
    node.p.durable.chosen.automatic = false;
    force_unfenced();
    assert_int_equal(reply()->status, 3);
    lost_primary(); /* which is not eligible: the loss is told */
    force_unfenced();
    assert_said(0, 0, false, msg_force_loss_unknown("b", MINE));
    assert_true(node.force.active && !node.force.whole);
}

static void an_unfenced_takeover_ends_when_it_is_done_or_somebody_is_there_again(void **state)
{
    (void)state;
    make_eligible();
    force_unfenced();
    node.p.durable.chosen.primary = SERVER_B;
    node.p.durable.chosen.primary_dir = 11;
    node.state = NODE_PRIMARY;
    beat(SERVER_C);
    assert_answered(0, msg_force_whole("b", node.p.durable.chosen.epoch));
    assert_false(node.force.active);

    make_eligible();
    force_unfenced();
    beat(SERVER_A);
    assert_answered(1, msg_command_refused("switch --force", ANSWERS));
    assert_false(node.force.active);

    make_eligible();
    force_unfenced();
    now = node.force.deadline;
    beat(SERVER_C);
    assert_answered(1, msg_force_undecided("b"));
    assert_false(node.force.active);
}

/* The record names this server, which does not serve. */
static void a_primary_by_the_record_is_forced_only_with_another_directory(void **state)
{
    (void)state;
    for (int other = 0; other < 2; other++) {
        lost_primary();
        node.p.durable.chosen.primary = SERVER_B;
        node.p.durable.chosen.primary_dir = other ? 12 : 11;
        node.state = NODE_STAYING_DOWN;
        if (other)
            assert_taken();
        else
            assert_refused("nothing needs to be forced: this server takes over by itself");
    }
    for (int gate = 0; gate < 2; gate++) {
        lost_primary();
        node.p.durable.chosen.primary = SERVER_B;
        node.gate_open = gate;
        node.view.phase = gate ? INSTANCE_CLOSED : INSTANCE_OPEN;
        assert_refused(ANSWERS);
    }
}

static void a_server_is_forced_where_it_runs(void **state)
{
    const LogEntry elsewhere = msg_command_refused(
        "switch --force", "a server is forced where it runs: mc_ctl switch --force there");
    (void)state;
    lost_primary();
    ask((Command){.to = SERVER_C});
    assert_answered(3, elsewhere);
    ask((Command){.to = MEMBER_NONE});
    assert_true(node.force.active);
}

/* Without --force: an ordinary switch, unless this server could only be forced. */
static void a_switch_that_nobody_can_carry_out_says_what_force_would_lose(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        lost_primary();
        operate((Command){.kind = COMMAND_SWITCH, .to = named ? SERVER_B : MEMBER_NONE});
        assert_said(0, 0, false, msg_force_loss_unknown("b", MINE));
        assert_said(1, 3, true, msg_force_needed(""));
        assert_false(node.force.active);
    }
    lost_primary();
    operate((Command){.kind = COMMAND_SWITCH, .to = SERVER_C});
    assert_null(reply());
    assert_true(node.change.active); /* an ordinary one: it waits for the primary */
    lost_primary();
    ask((Command){.to = SERVER_B, .dry_run = true});
    assert_said(1, 3, true, msg_force_needed(""));
    assert_false(node.force.active);
}

/* ---- what would be lost, and for whom the operator stands in ---- */

static void the_furthest_that_anybody_had_of_the_records_timeline_is_the_loss(void **state)
{
    const LogEntry lost = msg_force_loss("b", MINE, MINE + 300, 300);
    const LogEntry unknown = msg_force_loss_unknown("b", MINE);
    (void)state;
    lost_primary();
    said_by(SERVER_C)->wal.lsn = MINE + 100;
    node.p.peer[SERVER_A].has_heartbeat = true; /* silent by now */
    said_by(SERVER_A)->wal = (Position){.timeline = 1, .lsn = MINE + 300};
    ask((Command){.to = SERVER_B, .dry_run = true});
    assert_said(0, 0, false, lost);
    said_by(SERVER_A)->wal.timeline = 2; /* tells nothing */
    said_by(SERVER_C)->wal.lsn = MINE - 1;
    ask((Command){.to = SERVER_B, .dry_run = true});
    assert_said(0, 0, false, unknown);

    Record *chosen = &node.p.durable.chosen;
    said_by(SERVER_A)->wal.lsn = 0;
    chosen->timeline = 2; /* it begins beyond what is here */
    chosen->start = MINE + 300;
    ask((Command){.to = SERVER_B, .dry_run = true});
    assert_said(0, 0, false, lost);
    chosen->start = MINE;
    ask((Command){.to = SERVER_B, .dry_run = true});
    assert_said(0, 0, false, unknown);
}

/* E5 */
static void where_no_majority_answers_every_silent_voter_is_named(void **state)
{
    (void)state;
    lost_primary();
    node.p.peer[SERVER_C].heard_at = 0;
    force(member_bit(SERVER_A));
    assert_said(1, 3, true, msg_force_needed(" --without a --without c"));
    assert_false(node.force.active);
    force(member_bit(SERVER_A) | member_bit(SERVER_C));
    assert_null(answer(1));
    assert_true(node.force.active);
}

/* Who was not named is not stood in for, whenever he falls silent. */
static void a_majority_that_falls_silent_meanwhile_is_not_stood_in_for(void **state)
{
    (void)state;
    lost_primary();
    assert_taken();
    assert_true(node_force_holds(&node, &settings));
    for (const Millis until = now + settings.detection; now <= until;) {
        now += 100;
        step((Event){.kind = EVENT_TICK});
    }
    assert_true(node.force.active);
    assert_false(node_force_holds(&node, &settings));
    assert_int_equal(node.state, NODE_ASKING);
}

/* ---- the round in which an operator stands in for others ---- */

enum { LINE = 3, RANDOM_LINE = 0x770000 };

/* The latest write is on the disk. */
static void persisted(void)
{
    const Action *last = NULL;
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_PERSIST)
            last = &actions.action[i];
    assert_non_null(last);
    const Action order = *last;
    done(&order, (InstanceResult){0});
}

/* B is cut and asks for promises; the operator stands in for A and C. The own one is not on the disk yet. */
static void propose_alone(void)
{
    node.p.peer[SERVER_C].heard_at = 0;
    force(member_bit(SERVER_A) | member_bit(SERVER_C));
    assert_non_null(ordered(ACTION_FOLLOW));
    const Action cut = *ordered(ACTION_FOLLOW);
    assert_int_equal(cut.u.follow.member, MEMBER_NONE);
    done(&cut, (InstanceResult){.end = {.timeline = 1, .lsn = MINE}, .next_timeline = 2});
    assert_int_equal(node.round, ROUND_FORCE);
    assert_int_equal(node.proposer.phase, PROPOSER_PREPARING);
}

/* A forced record that others have accepted: of a majority, or of an operator who stood in. */
static Record forced_elsewhere(LineId line, LineId from, Epoch epoch, MemberSet without)
{
    Record record = node.p.durable.chosen;
    record.line = line;
    record.epoch = epoch;
    record.primary = SERVER_C;
    record.branch = (Branch){.from = from, .epoch = epoch, .forced = true, .without = without};
    return record;
}

/* C speaks after all, and has accepted this. With A, for whom the operator stands in, that is a majority. */
static void promise(const Record *accepted)
{
    Message message = {.kind = MESSAGE_PROMISE};
    message.u.promise = (Promise){.ballot = node.proposer.ballot,
                                  .accepted_ballot = {.number = 5, .member = SERVER_C},
                                  .accepted = *accepted,
                                  .memory = node.p.durable.memory[SERVER_C]};
    hear(SERVER_C, message);
}

static void assert_nothing_proposed(void)
{
    assert_null(sent(SERVER_A, MESSAGE_ACCEPT));
    assert_int_equal(node.proposer.phase, PROPOSER_IDLE);
    assert_int_equal(node.state, NODE_FORCING); /* it tries again */
}

static const Record *proposed(void)
{
    assert_non_null(sent(SERVER_A, MESSAGE_ACCEPT));
    return &sent(SERVER_A, MESSAGE_ACCEPT)->u.accept.record;
}

/* E5: what only the own voter has accepted is neither completed nor proposed under, but gone past. */
static void what_a_minority_has_accepted_is_gone_past(void **state)
{
    (void)state;
    for (int alone = 0; alone < 2; alone++) {
        lost_primary();
        Record *accepted = &node.p.durable.accepted;
        if (alone) /* a force before that its own agent did not live to see chosen */
            *accepted = forced_elsewhere(RANDOM_LINE, LINE, 5, member_bit(SERVER_A));
        accepted->epoch = 5;
        const LineId before = accepted->line;
        propose_alone();
        persisted();
        assert_int_equal(proposed()->epoch, 6);
        assert_int_equal(proposed()->primary, SERVER_B);
        assert_int_equal(proposed()->branch.from, before);
        assert_int_equal(proposed()->branch.epoch, 6);
        assert_true(proposed()->line != before && proposed()->line != LINE);
        assert_int_equal(proposed()->branch.without, member_bit(SERVER_A) | member_bit(SERVER_C));
        assert_int_equal(node.p.durable.bound_epoch, 4);
    }
}

/* Who was stood in for speaks, and has accepted what this line does not come after. */
static void what_somebody_who_speaks_has_accepted_excludes_the_new_line(void **state)
{
    (void)state;
    lost_primary();
    Record later = node.p.durable.chosen;
    later.epoch = 9;
    propose_alone();
    promise(&later);
    assert_nothing_proposed();

    lost_primary();
    node.p.durable.accepted.epoch = 5;
    const Record by_majority = forced_elsewhere(LINE + 1, LINE, 5, 0);
    propose_alone();
    promise(&by_majority);
    assert_nothing_proposed();
}

static void what_an_operator_has_forced_elsewhere_on_this_line_is_completed(void **state)
{
    (void)state;
    lost_primary();
    const Record forced = forced_elsewhere(RANDOM_LINE, LINE, 5, member_bit(SERVER_A));
    propose_alone();
    promise(&forced);
    assert_true(record_equal(proposed(), &forced));
}

/* E5: the silent may have chosen with it what it has accepted. */
static void who_has_accepted_something_does_not_learn_of_a_line_forced_alone(void **state)
{
    (void)state;
    for (int accepted = 0; accepted < 2; accepted++) {
        lost_primary();
        node.p.durable.accepted.epoch += (Epoch)accepted;
        Message news = {.kind = MESSAGE_CHOSEN};
        news.u.chosen.record =
            forced_elsewhere(RANDOM_LINE, LINE, 5, member_bit(SERVER_A) | member_bit(SERVER_B));
        hear(SERVER_C, news);
        assert_int_equal(node.p.durable.chosen.line, accepted ? LINE : RANDOM_LINE);
    }
}

/* E3: it is heard, and refuses every round until all others, who is gone among them, have handed its memory back. */
static void who_is_heard_and_remembers_nothing_is_stood_in_for_too(void **state)
{
    (void)state;
    lost_primary();
    said_by(SERVER_C)->memory = (VoterMemory){0};
    force(member_bit(SERVER_A));
    assert_said(1, 3, true, msg_force_needed(" --without a --without c"));
    node.p.peer[SERVER_C].has_heartbeat = false;
    force(member_bit(SERVER_A));
    assert_said(1, 3, true, msg_force_needed(" --without a --without c"));

    node.p.peer[SERVER_C].has_heartbeat = true;
    force(member_bit(SERVER_A) | member_bit(SERVER_C));
    const Action cut = *ordered(ACTION_FOLLOW);
    done(&cut, (InstanceResult){.end = {.timeline = 1, .lsn = MINE}, .next_timeline = 2});
    assert_int_equal(node.proposer.phase, PROPOSER_PREPARING);
    Message message = {.kind = MESSAGE_PROMISE};
    message.u.promise = (Promise){.ballot = node.proposer.ballot, .refusal = REFUSAL_LOST_MEMORY};
    hear(SERVER_C, message); /* that is silence */
    assert_int_equal(proposed()->branch.without, member_bit(SERVER_A) | member_bit(SERVER_C));
}

/* ---- two lines that have met (E5) ---- */

/* B is the primary of its own record, and has stopped; C is the one of the other line, whose voters B and C are. */
static void two_lines(void)
{
    lost_primary();
    node.state = NODE_IDLE;
    node.p.durable.instance_wanted = false;
    beat(SERVER_A);
    beat(SERVER_C);
    Durable *d = &node.p.durable;
    d->chosen.primary = SERVER_B;
    d->chosen.primary_dir = 11;
    d->accepted = d->chosen;
    said_by(SERVER_C)->line = 0;
    said_by(SERVER_A)->instance = said_by(SERVER_C)->instance = INSTANCE_DOWN;
    d->split = d->chosen;
    d->split.line = RANDOM_LINE;
    d->split.epoch = 9;
    d->split.primary = SERVER_C;
    d->split.absent = member_bit(SERVER_A);
    node.gate_open = false;
}

static void what_is_given_up_is_named_before_a_line_is_chosen(void **state)
{
    (void)state;
    two_lines();
    operate((Command){.kind = COMMAND_SWITCH, .to = MEMBER_NONE});
    assert_said(0, 0, false, msg_force_over_unheard("c", 9));
    assert_said(1, 3, true, msg_force_needed(""));
    said_by(SERVER_C)->line = RANDOM_LINE;
    said_by(SERVER_C)->wal = (Position){.timeline = 1, .lsn = MINE + 70};
    force(0);
    assert_said(0, 0, false, msg_force_over("c", 9, MINE + 70));
    assert_true(node.force.active);
}

static void who_of_either_line_is_silent_is_stood_in_for_by_name(void **state)
{
    (void)state;
    two_lines();
    node.p.peer[SERVER_C].heard_at =
        0; /* A and B are a majority of this line, and not of the other */
    force(0);
    assert_said(1, 3, true, msg_force_needed(" --without c"));
}

static void choose(void)
{
    two_lines();
    force(0);
    assert_non_null(ordered(ACTION_FOLLOW));
    const Action cut = *ordered(ACTION_FOLLOW);
    done(&cut, (InstanceResult){.end = {.timeline = 1, .lsn = MINE}, .next_timeline = 2});
    assert_int_equal(node.round, ROUND_FORCE);
    assert_int_equal(node.proposer.phase, PROPOSER_PREPARING);
    persisted();
}

static void agree(MemberId from, LineId line, Epoch epoch)
{
    Record accepted = node.p.durable.chosen;
    accepted.line = line;
    accepted.epoch = epoch;
    Message message = {.kind = MESSAGE_PROMISE};
    message.u.promise = (Promise){.ballot = node.proposer.ballot,
                                  .accepted_ballot = {.number = 5, .member = from},
                                  .accepted = accepted,
                                  .memory = node.p.durable.memory[from]};
    hear(from, message);
}

/* A majority of each: the other line must not go on. What its voters have accepted is gone past. */
static void a_line_is_chosen_by_majorities_of_both(void **state)
{
    (void)state;
    choose();
    agree(SERVER_A, LINE, 3);
    assert_null(sent(SERVER_A, MESSAGE_ACCEPT)); /* of this line's voters that is a majority */
    agree(SERVER_C, RANDOM_LINE, 9);
    assert_int_equal(proposed()->branch.over, RANDOM_LINE);
    assert_int_equal(proposed()->branch.over_epoch, 9);
    assert_int_equal(proposed()->branch.from, LINE);
    assert_int_equal(proposed()->branch.without, 0);
    assert_int_equal(proposed()->epoch, 10);
    assert_int_equal(proposed()->primary, SERVER_B);

    choose();
    agree(SERVER_C, RANDOM_LINE, 10); /* it has gone on beyond what the operator was shown */
    agree(SERVER_A, LINE, 3);
    assert_null(sent(SERVER_A, MESSAGE_ACCEPT));
    choose();
    agree(SERVER_A, LINE, 5); /* of the own line: it may be chosen, and is completed first */
    agree(SERVER_C, RANDOM_LINE, 9);
    assert_true(proposed()->epoch == 5 && node.proposer.adopting);
}

/* Its own record, of another directory: nobody is taken over from. */
static void a_primary_by_the_record_proposes_a_change(void **state)
{
    (void)state;
    lost_primary();
    node.p.durable.chosen.primary = SERVER_B;
    node.p.durable.chosen.primary_dir = 12;
    node.p.durable.accepted = node.p.durable.chosen;
    propose_alone();
    assert_int_equal(node.proposer.purpose, PURPOSE_CHANGE);
    persisted();
    assert_int_equal(proposed()->primary_dir, 11);
}

/* ---- how it ends ---- */

static LogEntry given_up(const char *reason)
{
    return msg_command_refused("switch --force", reason);
}

/* An order to the instance is under way: no rule fires meanwhile. */
static void forced_and_waiting(void)
{
    lost_primary();
    assert_taken();
    node.order = ++node.p.sequence;
}

static void pass_time(void)
{
    now = node.force.deadline;
    beat(SERVER_C);
}

static void it_ends_when_something_speaks_against_it_or_time_is_over(void **state)
{
    (void)state;
    forced_and_waiting();
    beat(SERVER_A);
    assert_answered(1, given_up(ANSWERS));
    assert_false(node.force.active);

    forced_and_waiting();
    pass_time();
    assert_answered(1, given_up("too few voters answer"));
    assert_false(node.force.active);

    forced_and_waiting(); /* the own voter has accepted it: others may have, too */
    node.p.durable.accepted.epoch++;
    node.p.durable.accepted.line++;
    pass_time();
    assert_answered(1, msg_force_undecided("b"));
}

static void its_end_is_waited_for_to_the_millisecond(void **state)
{
    (void)state;
    lost_primary();
    assert_taken();
    now = node.force.deadline - 1;
    step((Event){.kind = EVENT_TICK});
    assert_true(node.force.active);
    assert_int_equal(node_deadline(&node, &settings), node.force.deadline);
}

/* ---- A4 ---- */

static const Action *fences(bool no_fencing)
{
    static CoreSettings fencing;
    const Command command = {.kind = COMMAND_SWITCH,
                             .force = true,
                             .to = SERVER_B,
                             .request = REQUEST,
                             .no_fencing = no_fencing};
    fencing = settings;
    fencing.fencing = true;
    actions.count = 0;
    node_command_force(&node, &fencing, &command, &actions);
    return ordered(ACTION_RUN);
}

static void fencing_ended(uint64_t sequence, bool ok)
{
    const Done ended = {.sequence = sequence, .kind = ACTION_RUN, .ok = ok};
    actions.count = 0;
    node_force_ran(&node, &ended, &actions);
}

static void a_force_waits_for_the_fencing_command_of_this_server(void **state)
{
    (void)state;
    lost_primary();
    const Action *run = fences(false);
    assert_non_null(run);
    assert_int_equal(run->u.run.kind, RUN_FENCING);
    assert_int_equal(run->u.run.target, SERVER_A);
    assert_false(run->u.run.detach);
    assert_true(run->u.run.by_operator);
    const uint64_t sequence = node.force.fencing;
    assert_false(node_force_holds(&node, &settings));
    fencing_ended(sequence + 1, true);
    assert_false(node_force_holds(&node, &settings));
    fencing_ended(sequence, true);
    assert_true(node_force_holds(&node, &settings));
    fencing_ended(sequence, false); /* told twice */
    assert_true(node_force_holds(&node, &settings));
}

static void a_force_ends_where_the_other_one_is_not_isolated(void **state)
{
    (void)state;
    lost_primary();
    assert_non_null(fences(false));
    const uint64_t sequence = node.force.fencing;
    fencing_ended(sequence, false);
    assert_answered(
        3, msg_command_refused("switch --force",
                               "the fencing command here did not isolate the other server, the log "
                               "says why; --no-fencing goes on without"));
    assert_false(node.force.active);
    fencing_ended(sequence, false);
    assert_null(reply());
    assert_null(fences(true));
    assert_true(node.force.active);
}

static void a_primary_by_the_record_isolates_the_other_server(void **state)
{
    (void)state;
    lost_primary();
    node.p.durable.chosen.primary = SERVER_B;
    node.p.durable.chosen.primary_dir = 12;
    node.state = NODE_STAYING_DOWN;
    node.p.durable.chosen.absent = member_bit(SERVER_A);
    node.p.durable.accepted = node.p.durable.chosen;
    assert_non_null(fences(false));
    assert_int_equal(ordered(ACTION_RUN)->u.run.target, SERVER_C);
    assert_true(ordered(ACTION_RUN)->u.run.detach);
    node.force.active = false;
    node.p.durable.chosen.absent |= member_bit(SERVER_C);
    node.p.durable.accepted = node.p.durable.chosen;
    assert_null(fences(false)); /* there is none */
    assert_true(node.force.active);
}

static void isolating_somebody_is_waited_for_beyond_the_limit(void **state)
{
    (void)state;
    lost_primary();
    assert_non_null(fences(false));
    now = node.force.deadline;
    beat(SERVER_C);
    assert_true(node.force.active);
    node.force.fencing = 0;
    said_by(SERVER_C)->fencing = member_bit(SERVER_A); /* an arbiter's */
    actions.count = 0;
    node_force_settle(&node, &settings, &actions);
    assert_true(node.force.active);
    said_by(SERVER_C)->fencing = 0;
    node_force_settle(&node, &settings, &actions);
    assert_false(node.force.active);
}

static void an_instance_that_does_not_start_ends_it(void **state)
{
    (void)state;
    forced_and_waiting();
    node.state = NODE_STAYING_DOWN;
    node.starts = settings.restarts_max;
    beat(SERVER_C);
    assert_null(reply());
    node.starts++;
    beat(SERVER_C);
    assert_answered(1, given_up("the instance does not start here"));
}

/* The record names this server by force, and it is on its way. */
static void forced_by_the_record(void)
{
    forced_and_waiting();
    Record *chosen = &node.p.durable.chosen;
    chosen->epoch++;
    chosen->line++;
    chosen->primary = SERVER_B;
    chosen->primary_dir = 11;
    chosen->eligible_count = chosen->quorum = 0;
    chosen->branch = (Branch){.from = 3, .epoch = 5, .end = MINE, .forced = true};
    node.p.durable.accepted = *chosen;
    node.state = NODE_PRIMARY_PROVING;
}

static void it_is_done_when_the_server_is_open(void **state)
{
    (void)state;
    forced_by_the_record();
    beat(SERVER_C);
    assert_null(reply());
    pass_time();
    assert_answered(1, msg_force_undecided("b"));

    forced_by_the_record();
    node.state = NODE_STAYING_DOWN; /* status says more */
    node.starts = settings.restarts_max + 1;
    beat(SERVER_C);
    assert_answered(1, msg_force_undecided("b"));

    forced_by_the_record();
    node.state = NODE_PRIMARY;
    beat(SERVER_C);
    assert_answered(0, msg_force_done("b", 5, MINE));
    assert_false(node.force.active);
}

/* A record that names this server without force, or another directory of it, is not what was asked for. */
static void another_record_is_not_what_was_forced(void **state)
{
    (void)state;
    for (int other = 0; other < 2; other++) {
        forced_by_the_record();
        node.p.durable.chosen.branch.forced = other;
        node.p.durable.chosen.primary_dir = other ? 12 : 11;
        node.p.durable.accepted = node.p.durable.chosen;
        node.view.phase = INSTANCE_OPEN;
        beat(SERVER_C);
        assert_answered(1, given_up(ANSWERS));
    }
    forced_by_the_record();
    node.view.dir = 12; /* what was shown was the end of the other */
    node_force_settle(&node, &settings, &actions);
    assert_false(node.force.active);
}

static void rejoin(MemberId to, bool forced)
{
    operate((Command){.kind = COMMAND_REJOIN, .to = to, .force = forced});
}

static void parted(DownReason reason)
{
    lost_primary();
    beat(SERVER_A);
    node.state = NODE_STAYING_DOWN;
    node.down_reason = reason;
    node.fork = (Position){.timeline = 1, .lsn = 300};
}

static void a_directory_is_given_up_by_name_and_only_where_it_keeps_the_server_down(void **state)
{
    (void)state;
    const LogEntry nameless = msg_command_refused(
        "rejoin", "name the server that gives up what it has of its own, and ask there");
    parted(DOWN_DIVERGED);
    rejoin(MEMBER_NONE, true);
    assert_answered(3, nameless);
    rejoin(SERVER_C, true);
    assert_answered(3, nameless);
    for (int down = 0; down < 2; down++) {
        parted(DOWN_START_FAILED);
        if (!down)
            node.state = NODE_STANDBY;
        rejoin(SERVER_B, true);
        assert_answered(
            3, msg_command_refused(
                   "rejoin", "nothing that this server has of its own keeps it from following"));
    }
    assert_false(node.given_up);
}

static void what_is_given_up_is_shown_before(void **state)
{
    const LogEntry loss = msg_rejoin_loss("b", 300, MINE, "a");
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        parted(i ? DOWN_UNKNOWN_HISTORY : DOWN_DIVERGED);
        rejoin(i ? SERVER_B : MEMBER_NONE, false);
        assert_said(0, 0, false, loss);
        assert_said(1, 3, true, msg_rejoin_needed("b"));
        assert_false(node.given_up);
        rejoin(SERVER_B, true);
        assert_said(0, 0, false, loss);
        assert_said(1, 0, true, msg_rejoin_taken("b", "a"));
        assert_true(node.given_up);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_refused_where_nothing_needs_to_be_forced_or_nothing_could_be),
        cmocka_unit_test(a_primary_that_says_that_its_directory_is_gone_is_none_that_answers),
        cmocka_unit_test(who_holds_everything_needs_no_force),
        cmocka_unit_test(who_holds_everything_takes_over_unfenced_on_a_word),
        cmocka_unit_test(an_unfenced_takeover_ends_when_it_is_done_or_somebody_is_there_again),
        cmocka_unit_test(a_primary_by_the_record_is_forced_only_with_another_directory),
        cmocka_unit_test(a_server_is_forced_where_it_runs),
        cmocka_unit_test(a_switch_that_nobody_can_carry_out_says_what_force_would_lose),
        cmocka_unit_test(the_furthest_that_anybody_had_of_the_records_timeline_is_the_loss),
        cmocka_unit_test(where_no_majority_answers_every_silent_voter_is_named),
        cmocka_unit_test(a_majority_that_falls_silent_meanwhile_is_not_stood_in_for),
        cmocka_unit_test(what_a_minority_has_accepted_is_gone_past),
        cmocka_unit_test(what_somebody_who_speaks_has_accepted_excludes_the_new_line),
        cmocka_unit_test(what_an_operator_has_forced_elsewhere_on_this_line_is_completed),
        cmocka_unit_test(who_has_accepted_something_does_not_learn_of_a_line_forced_alone),
        cmocka_unit_test(who_is_heard_and_remembers_nothing_is_stood_in_for_too),
        cmocka_unit_test(what_is_given_up_is_named_before_a_line_is_chosen),
        cmocka_unit_test(who_of_either_line_is_silent_is_stood_in_for_by_name),
        cmocka_unit_test(a_line_is_chosen_by_majorities_of_both),
        cmocka_unit_test(a_primary_by_the_record_proposes_a_change),
        cmocka_unit_test(it_ends_when_something_speaks_against_it_or_time_is_over),
        cmocka_unit_test(its_end_is_waited_for_to_the_millisecond),
        cmocka_unit_test(a_force_waits_for_the_fencing_command_of_this_server),
        cmocka_unit_test(a_force_ends_where_the_other_one_is_not_isolated),
        cmocka_unit_test(a_primary_by_the_record_isolates_the_other_server),
        cmocka_unit_test(isolating_somebody_is_waited_for_beyond_the_limit),
        cmocka_unit_test(an_instance_that_does_not_start_ends_it),
        cmocka_unit_test(it_is_done_when_the_server_is_open),
        cmocka_unit_test(another_record_is_not_what_was_forced),
        cmocka_unit_test(a_directory_is_given_up_by_name_and_only_where_it_keeps_the_server_down),
        cmocka_unit_test(what_is_given_up_is_shown_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

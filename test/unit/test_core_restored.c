/* core/node_orders_restored.c: when what was recovered from a backup is opened, on which line, and what is said (E5). */
#include "unit.h"

#include "core/history.h"
#include "core/node_parts.h"
#include "node_help.h"

#include <string.h>

enum {
    RECOVERED_DIR = 20,
    FOLLOWED = 500 /* where the recovered timeline leaves the one before */
};

/* Server `self` of three looks at what its operator has recovered, and everybody has had time to speak. */
static void recovered(MemberId self)
{
    begin(self);
    node.state = NODE_STANDBY_SEEKING;
    node.confirmed = true;
    node.view = (InstanceView){
        .phase = INSTANCE_DOWN,
        .system_identifier = 77,
        .dir = RECOVERED_DIR,
        .wal = {.timeline = 2, .lsn = FOLLOWED + 50},
        .restored = {.there = true, .end = {.timeline = 1, .lsn = FOLLOWED}},
    };
    now += settings.detection + settings.lease + 1000;
    node.p.now = node.p.stepped_at = now;
}

/* That server is heard with this of its directory, which is the one that the record means. */
static Heartbeat *heard_with(MemberId m, InstancePhase phase, Position wal)
{
    Peer *peer = &node.p.peer[m];
    peer->heard_at = peer->heartbeat_at = now;
    peer->has_heartbeat = true;
    peer->heartbeat = (Heartbeat){.instance = phase, .dir = 10u + m, .wal = wal};
    return &peer->heartbeat;
}

static Heartbeat *heard_at(MemberId m, Lsn lsn)
{
    return heard_with(m, INSTANCE_DOWN, (Position){.timeline = 1, .lsn = lsn});
}

static void consent(void)
{
    node.heard_consent =
        (Consent){.given = true, .line = 3, .epoch = 4, .primary = SERVER_A, .incarnation = 1};
}

/* The record that is proposed. */
static const Record *proposed(void)
{
    actions.count = 0;
    order_restored(&node, &settings, &actions);
    return &node.proposer.wanted;
}

/* ---- what is one ---- */

static void only_a_directory_of_this_database_that_lies_still_is_a_recovery(void **state)
{
    (void)state;
    recovered(SERVER_A);
    assert_true(node_is_restored(&node));
    node.view.dir = 0;
    assert_false(node_is_restored(&node));
    node.view.dir = RECOVERED_DIR;
    node.view.phase = INSTANCE_CLOSED;
    assert_false(node_is_restored(&node));
    node.view.phase = INSTANCE_DOWN;
    node.view.system_identifier = 78;
    assert_false(node_is_restored(&node));
    node.p.durable.chosen = (Record){0}; /* nobody can say yet which database it is */
    assert_true(node_is_restored(&node));
    node.view.restored.there = false;
    assert_false(node_is_restored(&node));
}

/* ---- when it is opened ---- */

static void everybody_has_a_say_before_a_recovery_is_opened(void **state)
{
    (void)state;
    recovered(SERVER_A);
    node.p.started_at = now;
    assert_false(node_restorable(&node, &settings));
    heard_at(SERVER_B, 400);
    heard_at(SERVER_C, 400);
    assert_false(node_restorable(&node, &settings)); /* they have not heard it yet */
    node.p.started_at = now - 2 * settings.heartbeat_interval;
    assert_true(node_restorable(&node, &settings));
    node.p.peer[SERVER_C].heartbeat_at = 0;
    assert_false(node_restorable(&node, &settings));
    node.p.started_at = now - settings.detection - 1; /* silent for long enough */
    assert_true(node_restorable(&node, &settings));
    node.ran_at = now - settings.heartbeat_interval; /* the instance ended after that */
    assert_false(node_restorable(&node, &settings));
}

static void nothing_is_opened_while_another_one_serves(void **state)
{
    (void)state;
    recovered(SERVER_A);
    Heartbeat *h = heard_with(SERVER_C, INSTANCE_OPEN, (Position){0});
    assert_int_equal(node_serving_elsewhere(&node, &settings), SERVER_C);
    assert_false(node_restorable(&node, &settings));
    h->instance = INSTANCE_STANDBY;
    assert_true(node_restorable(&node, &settings));
    h->instance = INSTANCE_OPEN;
    node.p.peer[SERVER_C].heard_at = now - settings.detection - 1; /* that was long ago */
    assert_true(node_restorable(&node, &settings));
    node.p.peer[SERVER_C].heard_at = now;
    node.p.peer[SERVER_C].has_heartbeat = false; /* only answers of its voter are heard */
    assert_true(node_restorable(&node, &settings));
}

/* P1's exception: who needs nobody's leave to serve may be doing so unheard. */
static void a_primary_that_may_serve_unheard_is_not_overruled(void **state)
{
    (void)state;
    Record *chosen = &node.p.durable.chosen;
    recovered(SERVER_B);
    assert_true(node_former_is_out(&node, &settings)); /* silent, and its lease is out */
    chosen->automatic = false;
    assert_false(node_former_is_out(&node, &settings));
    chosen->automatic = true;
    chosen->eligible_count = 0;
    assert_false(node_former_is_out(&node, &settings));
    assert_false(node_restorable(&node, &settings));
    recovered(SERVER_A); /* it is this one */
    chosen->eligible_count = 0;
    assert_true(node_former_is_out(&node, &settings));
}

static void a_primary_that_is_heard_is_out_when_it_consents(void **state)
{
    (void)state;
    recovered(SERVER_B);
    heard_with(SERVER_A, INSTANCE_DOWN, (Position){0});
    assert_false(node_former_is_out(&node, &settings));
    consent();
    assert_true(node_former_is_out(&node, &settings));
    node.heard_consent.line = 2;
    assert_false(node_former_is_out(&node, &settings));
    consent();
    node.heard_consent.epoch = 3;
    assert_false(node_former_is_out(&node, &settings));
    consent();
    node.heard_consent.primary = SERVER_C;
    assert_false(node_former_is_out(&node, &settings));
}

/* The own voter is bound by a lease like any other (P5). */
static void a_lease_that_stands_keeps_a_recovery_closed(void **state)
{
    (void)state;
    recovered(SERVER_B);
    node.p.lease = (LeaseGiven){.agent = 50, .until = now + 1};
    assert_false(node_former_is_out(&node, &settings));
    node.p.lease.until = now - 1;
    assert_true(node_former_is_out(&node, &settings));
}

static void so_many_of_the_eligible_that_one_can_take_over_go_first(void **state)
{
    (void)state;
    recovered(SERVER_B); /* the directory that was eligible here is gone with the recovery */
    Heartbeat *c = heard_at(SERVER_C, 400);
    assert_true(node_restorable(
        &node, &settings)); /* one of two holds everything: the other may be ahead */
    node.p.durable.chosen.quorum = 2;
    assert_false(node_restorable(&node, &settings));
    c->dir++; /* another directory than the one that is eligible */
    assert_true(node_restorable(&node, &settings));
    recovered(SERVER_A); /* its own primary's place: nobody takes over from it */
    heard_at(SERVER_B, 400);
    heard_at(SERVER_C, 400);
    assert_true(node_restorable(&node, &settings));
}

/* ---- which line ---- */

/* Both eligible are heard, and have nothing beyond what was recovered. */
static void known_to_be_whole(void)
{
    recovered(SERVER_A);
    heard_at(SERVER_B, FOLLOWED);
    heard_at(SERVER_C, FOLLOWED - 1);
}

static void what_is_known_to_lack_nothing_goes_on_with_the_line(void **state)
{
    (void)state;
    known_to_be_whole();
    const Record *next = proposed();
    assert_int_equal(next->line, 3);
    assert_int_equal(next->cause, CAUSE_RESTORED);
    assert_int_equal(next->primary, SERVER_A);
    assert_int_equal(next->primary_dir, RECOVERED_DIR);
    assert_int_equal(next->eligible_count, 0);
    assert_int_equal(next->timeline, 2);
    assert_int_equal(next->start, FOLLOWED);

    known_to_be_whole();
    node.view.restored.start = 300; /* of a timeline that is not the first */
    node.p.durable.chosen.start = 300;
    assert_int_equal(proposed()->line, 3);
}

/* A position is evidence only within one history, of directories that count, and when nobody acknowledged any more. */
static void what_may_lack_something_opens_another_line(void **state)
{
    (void)state;
    for (int lacks = 0; lacks < 10; lacks++) {
        known_to_be_whole();
        Heartbeat *c = &node.p.peer[SERVER_C].heartbeat;
        if (lacks == 0)
            node.p.peer[SERVER_C].has_heartbeat = false; /* k = 1: it alone may have acknowledged */
        if (lacks == 1)
            c->dir++;
        if (lacks == 2)
            c->wal.timeline = 2;
        if (lacks == 3)
            c->wal.lsn = 0; /* nobody has looked yet */
        if (lacks == 4)
            c->wal.lsn = FOLLOWED + 1;
        if (lacks == 5)
            node.view.restored.end.timeline = 7;
        if (lacks == 6)
            node.view.restored.start = 300;
        if (lacks == 7)
            node.p.durable.chosen.eligible_count = 0; /* a solo primary: nobody else remembers */
        if (lacks == 8)
            node.ran_at = now; /* commits since C has spoken: the instance ran until a moment ago */
        if (lacks == 9)
            node.p.started_at = now - settings.heartbeat_interval; /* or nobody knows how long */
        const Record *next = proposed();
        assert_int_not_equal(next->line, 3);
        assert_int_equal(next->branch.from, 3);
        assert_int_equal(next->branch.epoch, next->epoch);
        assert_int_equal(next->branch.end, FOLLOWED);
        assert_int_equal(next->branch.lost, lacks == 4 ? FOLLOWED + 1 : 0);
    }
}

/* The most that anybody remembers, of the history that the record means. */
static void the_loss_is_what_anybody_remembers_beyond_the_recovery(void **state)
{
    (void)state;
    Record *chosen = &node.p.durable.chosen;
    recovered(SERVER_A);
    node.own_high = (Position){.timeline = 1, .lsn = FOLLOWED + 10};
    assert_int_equal(proposed()->branch.lost, FOLLOWED + 10);

    recovered(SERVER_A);
    node.own_high = (Position){.timeline = 1, .lsn = FOLLOWED};
    assert_int_equal(proposed()->branch.lost, 0);

    recovered(SERVER_A);
    node.own_high = (Position){.timeline = 9, .lsn = FOLLOWED + 10};
    heard_with(SERVER_B, INSTANCE_DOWN, (Position){.timeline = 9, .lsn = FOLLOWED + 20});
    assert_int_equal(proposed()->branch.lost, 0);

    recovered(SERVER_A); /* the record's timeline was forked beyond the end */
    chosen->timeline = 2;
    chosen->start = FOLLOWED + 30;
    assert_int_equal(proposed()->branch.lost, FOLLOWED + 30);

    recovered(SERVER_A); /* and before it: of that one nobody knows the end */
    chosen->timeline = 2;
    chosen->start = FOLLOWED - 30;
    assert_int_equal(proposed()->branch.lost, 0);
}

/* It is a change like any other: where the own voter refuses, nobody is asked. */
static void a_recovery_that_the_own_voter_refuses_is_not_proposed(void **state)
{
    (void)state;
    recovered(SERVER_A);
    node.p.durable.memory[SERVER_A].incarnation = 0;
    (void)proposed();
    assert_null(sent(SERVER_B, MESSAGE_PREPARE));
    assert_false(proposer_is_busy(&node.proposer));

    recovered(SERVER_A);
    (void)proposed();
    assert_true(proposer_is_busy(&node.proposer));
    assert_non_null(ordered(ACTION_PERSIST));
}

/* ---- whose WAL is a beginning of it ---- */

/* The chain that the directory gets when the record that was proposed is chosen. */
static const Chain *identity(void)
{
    node.p.durable.chosen = *proposed();
    actions.count = 0;
    order_restored_identity(&node, &settings, &actions);
    const Action *order = ordered(ACTION_DIRECTORY);
    assert_non_null(order);
    const Chain *chain = &order->u.directory.chain;
    assert_int_equal(chain_newest(chain)->dir, RECOVERED_DIR);
    assert_int_equal(chain_newest(chain)->start, FOLLOWED);
    return chain;
}

static void what_was_followed_stays_in_the_chain(void **state)
{
    (void)state;
    recovered(SERVER_A);
    assert_int_equal(identity()->count, 1);

    recovered(SERVER_A);
    chain_add(&node.view.restored.chain,
              &(ChainLink){.line = 3, .epoch = 1, .dir = 10, .timeline = 1, .start = 100});
    heard_at(SERVER_B, 400)->last_link =
        (ChainLink){.line = 3, .epoch = 2, .dir = 10, .timeline = 1};
    const Chain *chain = identity();
    assert_int_equal(chain->count, 2);
    assert_int_equal(chain->link[0].epoch, 1); /* the backup's own word goes first */
}

/* The backup is older than the timeline that was followed; who is eligible has that from its primary. */
static void who_is_eligible_tells_of_the_last_timeline(void **state)
{
    (void)state;
    for (int lacks = 0; lacks < 7; lacks++) {
        recovered(SERVER_A);
        Record *chosen = &node.p.durable.chosen;
        node.view.restored.chain = (Chain){0};
        node.view.restored.end.timeline = chosen->timeline = 5;
        node.view.restored.start = chosen->start = 300;
        chain_add(&node.view.restored.chain,
                  &(ChainLink){.line = 3, .epoch = 1, .dir = 10, .timeline = 1, .start = 100});
        chain_add(&node.view.restored.chain, &(ChainLink){.timeline = 5, .start = 300});
        Heartbeat *b = heard_with(SERVER_B, INSTANCE_DOWN, (Position){.timeline = 5, .lsn = 400});
        b->last_link =
            (ChainLink){.line = chosen->line, .epoch = 4, .dir = 11, .timeline = 5, .start = 300};
        b->last_link.timeline += lacks == 1;
        b->last_link.start += lacks == 2;
        b->last_link.line += lacks == 3;
        b->dir += lacks == 4; /* not the directory that the record means */
        node.view.restored.start += lacks == 5;
        node.p.peer[SERVER_B].has_heartbeat = lacks != 6;
        const Chain *chain = identity();
        assert_int_equal(chain->count, 3);
        assert_int_equal(chain->link[1].epoch, lacks == 0 ? 4 : 0);
        assert_int_equal(chain->link[1].timeline, 5);
    }
    recovered(SERVER_A); /* a backup of before the cluster was begun */
    heard_at(SERVER_B, 400)->last_link = (ChainLink){.line = node.p.durable.chosen.line,
                                                     .epoch = 1,
                                                     .dir = 10,
                                                     .timeline = 1,
                                                     .start = node.p.durable.chosen.start};
    node.view.restored.end.timeline = node.p.durable.chosen.timeline;
    assert_int_equal(identity()->count, 2);
}

/* ---- what is said ---- */

static void assert_waits_for(const char *words)
{
    Status status;
    node_status(&node, &settings, now, &status);
    assert_non_null(strstr(status.waits_for, words));
}

static void who_waits_with_a_recovery_says_for_what(void **state)
{
    (void)state;
    recovered(SERVER_B);
    heard_with(SERVER_A, INSTANCE_OPEN, (Position){0});
    assert_waits_for("another server serves, what was recovered here is not needed");

    recovered(SERVER_B);
    node.p.durable.chosen.quorum = 2;
    heard_at(SERVER_C, 400);
    assert_waits_for("a standby to take over");

    recovered(SERVER_B);
    node.p.durable.chosen.automatic = false;
    assert_waits_for("the primary of the record before this recovery may serve or start");

    recovered(SERVER_B);
    node.p.durable.chosen.eligible_count = 0;
    assert_waits_for("the primary of the record before this recovery may serve or start");

    recovered(SERVER_B); /* nothing speaks against it */
    assert_null(node_restored_waits_for(&node, &settings));
    node.confirmed = false;
    node.p.durable.chosen.automatic = false;
    assert_null(node_restored_waits_for(&node, &settings));
    recovered(SERVER_B);
    node.p.durable.chosen = (Record){0};
    assert_null(node_restored_waits_for(&node, &settings));
}

/* ---- what an operator opens though nobody can decide it ---- */

static void assert_shown(LogEntry entry)
{
    operate((Command){.kind = COMMAND_SWITCH, .to = SERVER_B, .force = true, .dry_run = true});
    assert_non_null(reply());
    assert_memory_equal(&reply()->entry, &entry, sizeof entry);
}

/* From the end of the recovery on, not from that of the timeline which the recovery has begun. */
static void what_a_forced_recovery_would_lose_is_shown_first(void **state)
{
    (void)state;
    const Lsn left = FOLLOWED - 100, beyond = FOLLOWED + 100;
    recovered(SERVER_B);
    assert_shown(msg_force_loss_unknown("b", FOLLOWED));

    recovered(SERVER_B); /* its own directory, which is lost, had more */
    node.own_high = (Position){.timeline = node.p.durable.chosen.timeline, .lsn = beyond};
    assert_shown(msg_force_loss("b", FOLLOWED, beyond, 100));
    node.own_high.timeline++; /* nobody knows whether that was of this history */
    assert_shown(msg_force_loss_unknown("b", FOLLOWED));

    recovered(SERVER_B); /* the backup goes past where the record's primary left that timeline */
    node.p.durable.chosen.timeline = 3;
    node.p.durable.chosen.start = left;
    assert_shown(msg_force_loss_parted("b", "a", left, left));

    recovered(SERVER_B); /* somebody has started it */
    node.view.phase = INSTANCE_CLOSED;
    assert_shown(msg_command_refused(
        "switch --force", "what was recovered from a backup was started by hand: stop it first"));

    recovered(SERVER_B);
    node.p.durable.split = (Record){.epoch = 5, .line = 78, .primary = SERVER_A};
    assert_shown(msg_command_refused(
        "switch --force",
        "what was recovered from a backup is no choice between two lines that have met"));

    recovered(SERVER_B); /* it has followed another timeline of that number */
    node.view.restored.end.timeline = node.p.durable.chosen.timeline = 3;
    node.p.durable.chosen.start = left;
    chain_add(&node.view.restored.chain, &(ChainLink){.timeline = 3, .start = left - 1});
    assert_shown(msg_force_loss_parted("b", "a", left - 1, left));
}

static void what_was_recovered_is_not_given_up_by_a_word_about_wal_of_ones_own(void **state)
{
    (void)state;
    recovered(SERVER_B);
    node.state = NODE_STAYING_DOWN;
    node.down_reason = DOWN_DIVERGED;
    operate((Command){.kind = COMMAND_REJOIN, .to = SERVER_B, .force = true});
    assert_answered(
        3, msg_command_refused("rejoin", "its directory was recovered from a backup: mc_ctl stop, "
                                         "then mc_ctl setup -r standby --overwrite makes it anew"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_directory_of_this_database_that_lies_still_is_a_recovery),
        cmocka_unit_test(everybody_has_a_say_before_a_recovery_is_opened),
        cmocka_unit_test(nothing_is_opened_while_another_one_serves),
        cmocka_unit_test(a_primary_that_may_serve_unheard_is_not_overruled),
        cmocka_unit_test(a_primary_that_is_heard_is_out_when_it_consents),
        cmocka_unit_test(a_lease_that_stands_keeps_a_recovery_closed),
        cmocka_unit_test(so_many_of_the_eligible_that_one_can_take_over_go_first),
        cmocka_unit_test(what_is_known_to_lack_nothing_goes_on_with_the_line),
        cmocka_unit_test(what_may_lack_something_opens_another_line),
        cmocka_unit_test(the_loss_is_what_anybody_remembers_beyond_the_recovery),
        cmocka_unit_test(a_recovery_that_the_own_voter_refuses_is_not_proposed),
        cmocka_unit_test(what_was_followed_stays_in_the_chain),
        cmocka_unit_test(who_is_eligible_tells_of_the_last_timeline),
        cmocka_unit_test(who_waits_with_a_recovery_says_for_what),
        cmocka_unit_test(what_a_forced_recovery_would_lose_is_shown_first),
        cmocka_unit_test(what_was_recovered_is_not_given_up_by_a_word_about_wal_of_ones_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* core/node_handback.c: when a role is handed back, by whom and to whom (P3, P7). */
#include "unit.h"

#include "core/node_parts.h"
#include "node_help.h"

#include <string.h>

enum { END = 500, BEGINNING = 100 };

/* A has handed its role over to B, which begins where the WAL of A ends. */
static void handed_over(MemberId self)
{
    begin(self);
    Record *chosen = &node.p.durable.chosen;
    chosen->epoch = 5;
    chosen->primary = SERVER_B;
    chosen->primary_dir = 11;
    chosen->eligible_count = chosen->quorum = 0;
    chosen->timeline = 2;
    chosen->start = END;
    chosen->former = (Former){.member = SERVER_A, .dir = 10, .timeline = 1, .start = BEGINNING};
    node.p.durable.accepted = *chosen;
}

static bool holds(Facts fact)
{
    return (node_handback_facts(&node, &settings) & fact) != 0;
}

/* Everything is as it must be, and then not in one thing. */
#define NOT_WITH(as_it_must_be, fact, change) \
    do {                                      \
        as_it_must_be();                      \
        assert_true(holds(fact));             \
        change;                               \
        assert_false(holds(fact));            \
    } while (false)

/* ---- at the successor ---- */

static void hear_former(void)
{
    Peer *peer = &node.p.peer[SERVER_A];
    peer->has_heartbeat = true;
    peer->heard_at = now;
    peer->heartbeat = (Heartbeat){.node_state = NODE_STANDBY_SEEKING,
                                  .instance = INSTANCE_DOWN,
                                  .epoch = 5,
                                  .dir = 10,
                                  .wal = {.timeline = 1, .lsn = END}};
}

static void former_is_ready(void)
{
    handed_over(SERVER_B);
    hear_former();
}

static void only_a_former_primary_that_could_open_again_is_ready(void **state)
{
    Record *chosen = &node.p.durable.chosen;
    Peer *peer = &node.p.peer[SERVER_A];
    (void)state;
    NOT_WITH(former_is_ready, FACT_FORMER_READY, chosen->former.dir = 0);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, chosen->former.member = SERVER_B);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, chosen->eligible_count = 1);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heard_at = 0);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->has_heartbeat = false);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heartbeat.node_state = NODE_IDLE);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heartbeat.instance = INSTANCE_OPEN);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heartbeat.epoch = 4);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heartbeat.dir = 12);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heartbeat.wal.lsn = END - 1);
    NOT_WITH(former_is_ready, FACT_FORMER_READY, peer->heartbeat.wal.timeline = 2);
}

static void nothing_is_opened(void)
{
    handed_over(SERVER_B);
    node.view = (InstanceView){
        .phase = INSTANCE_DOWN, .standby_signal = true, .wal = {.timeline = 1, .lsn = END}};
}

static void a_directory_that_may_have_been_written_to_is_not_unopened(void **state)
{
    (void)state;
    NOT_WITH(nothing_is_opened, FACT_UNOPENED, node.view.phase = INSTANCE_STANDBY);
    NOT_WITH(nothing_is_opened, FACT_UNOPENED, node.view.standby_signal = false);
    NOT_WITH(nothing_is_opened, FACT_UNOPENED, node.promoted = true);
    NOT_WITH(nothing_is_opened, FACT_UNOPENED, node.view.wal.timeline = 2);
}

static void promotion_hangs(void)
{
    handed_over(SERVER_B);
    node.order = 1;
    node.order_kind = ACTION_PROMOTE;
    node.order_at = now - 10000;
}

static void promotions_fail(void)
{
    handed_over(SERVER_B);
    node.cut = node.order_failed = true;
    for (int i = 0; i < 3; i++)
        node_count_attempt(&node);
}

static void a_promotion_is_in_vain_when_it_does_not_end_or_fails_again_and_again(void **state)
{
    (void)state;
    NOT_WITH(promotion_hangs, FACT_IN_VAIN, node.order_at++);
    NOT_WITH(promotion_hangs, FACT_IN_VAIN, node.order_kind = ACTION_FOLLOW);
    NOT_WITH(promotions_fail, FACT_IN_VAIN, node.cut = false);
    NOT_WITH(promotions_fail, FACT_IN_VAIN, node.order_failed = false);
    NOT_WITH(promotions_fail, FACT_IN_VAIN, node.attempts--);
}

static bool waits_for(const char *words)
{
    Status status;
    node_status(&node, &settings, now, &status);
    return strstr(status.waits_for, words) != NULL;
}

/* As long as nobody takes the role back it is tried on, and rests between: not after the first three of starts and promotions. */
static void who_is_tried_on_rests_between(void **state)
{
    static const Millis rests[] = {1000, 1000, 2000, 2000, 4000, 4000, 4000};
    (void)state;
    promotions_fail();
    order_ask_again(&node, &settings, &actions);
    assert_false(holds(FACT_RESTS));
    for (unsigned i = 0; i < sizeof rests / sizeof rests[0]; i++) {
        node_count_attempt(&node);
        order_ask_again(&node, &settings, &actions);
        assert_int_equal(node.try_not_before, now + rests[i]);
        assert_true(node_deadline(&node, &settings) <= now + rests[i]);
    }
    assert_true(holds(FACT_RESTS));
    node.p.now += 4000;
    assert_false(holds(FACT_RESTS));
    node.p.durable.chosen.primary = SERVER_A;
    node.try_not_before = 0;
    order_ask_again(&node, &settings, &actions);
    assert_int_equal(node.try_not_before, 0);
    const unsigned tried = node.attempts;
    order_kill_in_vain(&node, &settings, &actions);
    assert_int_equal(
        node.attempts,
        tried); /* one that does not end counts as all of them, where there were fewer */
}

static void promotion_fails(void)
{
    promotions_fail();
    node_count_attempt(&node);
    node.state = NODE_ASKING;
    node.view.standby_signal = true;
    node.p.durable.instance_wanted = true;
}

static bool says_that_it_fails(void)
{
    actions.count = 0;
    order_ask_again(&node, &settings, &actions);
    return actions.count > 0;
}

/* Where it may still be what it says: nobody is there, it is wanted, and it lies there as a standby's. */
static void a_promotion_is_said_to_fail_where_it_is_tried_on(void **state)
{
    (void)state;
    promotion_fails();
    assert_true(says_that_it_fails());
    assert_true(waits_for("a promotion that succeeds"));
    assert_true(waits_for("the primary before"));
    node.p.durable.chosen.former = (Former){0};
    assert_false(waits_for("the primary before"));
    promotion_fails();
    node.view.standby_signal = false; /* the last one was finished by the start after it */
    assert_false(says_that_it_fails() || waits_for("a promotion that succeeds"));
    promotion_fails();
    node.p.durable.instance_wanted = false;
    assert_false(says_that_it_fails() || waits_for("a promotion that succeeds"));
    promotion_fails();
    node.stop.active = true;
    assert_false(says_that_it_fails() || waits_for("a promotion that succeeds"));
    promotion_fails();
    node.p.durable.split = (Record){.line = 7, .epoch = 7};
    assert_false(says_that_it_fails() || waits_for("a promotion that succeeds"));
    promotion_fails();
    node.p.durable.chosen.primary = SERVER_A;
    node.p.durable.accepted = node.p.durable.chosen;
    assert_int_equal(node.attempts, 4);
    assert_false(node_promotion_fails(&node) || waits_for("a promotion that succeeds"));
    promotion_fails();
    node.state = NODE_PRIMARY_CONSENTING;
    assert_false(waits_for("a promotion that succeeds"));
    promotion_fails();
    hear_former();
    assert_true(holds(FACT_FORMER_READY));
    assert_false(says_that_it_fails());
}

/* In the end it is said once a minute. */
static void what_goes_on_is_said_seldom(void **state)
{
    (void)state;
    promotion_fails();
    for (int i = 0; i < 5; i++)
        node_count_attempt(&node);
    node.failing_told_at = node.p.now - 59999;
    assert_false(says_that_it_fails());
    node.failing_told_at--;
    assert_true(says_that_it_fails());
    assert_int_equal(node.failing_told_at, node.p.now);
}

/* All servers were just started by their operator: who opens first leaves automatic off, but not who was promoted on the
 * way, though the promotion was killed behind its last step, and he opens by a start. */
static void who_was_ordered_to_promote_has_not_brought_the_cluster_up(void **state)
{
    (void)state;
    for (int promotes = 0; promotes < 2; promotes++) {
        handed_over(SERVER_B);
        node.p.durable.chosen.automatic = true;
        node.p.durable.failover_asked = false;
        node.by_operator = true;
        if (promotes)
            order_promote(&node, &settings, &actions);
        node.state_since = now - settings.detection;
        node_settle_start(&node, &settings);
        assert_true(node.start_settled);
        assert_int_equal(node.p.durable.failover_asked, !promotes);
    }
}

static void role_is_given_back(void)
{
    handed_over(SERVER_B);
    node.p.durable.handed_back = 5;
}

/* Another record of the same epoch is one of another line. */
static void what_was_handed_back_is_this_epoch_of_this_server(void **state)
{
    (void)state;
    NOT_WITH(role_is_given_back, FACT_HANDED_BACK, node.p.durable.handed_back = 4);
    NOT_WITH(role_is_given_back, FACT_HANDED_BACK, node.p.durable.handed_back = 0);
    NOT_WITH(role_is_given_back, FACT_HANDED_BACK, node.p.durable.chosen.primary = SERVER_C);
}

/* P7: its word holds for every run of the agent, also where nobody is left to hand back to. */
static void a_word_that_was_given_is_given_again(void **state)
{
    (void)state;
    for (int former = 0; former < 2; former++) {
        role_is_given_back();
        if (!former)
            node.p.durable.chosen.former = (Former){0};
        node.state = NODE_ASKING;
        see((InstanceView){.phase = INSTANCE_DOWN, .standby_signal = true, .wal = {1, END}});
        assert_int_equal(node.state, NODE_PRIMARY_CONSENTING);
        const Message *word = sent(SERVER_A, MESSAGE_CONSENT);
        assert_non_null(word);
        assert_true(word->u.consent.given && word->u.consent.back);
        assert_int_equal(word->u.consent.epoch, 5);
        assert_int_equal(word->u.consent.primary, SERVER_B);
        assert_int_equal(word->u.consent.successor, former ? SERVER_A : MEMBER_NONE);
        assert_int_equal(word->u.consent.final.lsn, END);
    }
}

/* ---- at the primary before ---- */

static void everything_is_held(void)
{
    handed_over(SERVER_A);
    node.heard_consent.back = true;
    node.view = (InstanceView){.phase = INSTANCE_DOWN,
                               .dir = 10,
                               .wal = {.timeline = 1, .lsn = END},
                               .chain = {.count = 1}};
    node.view.chain.link[0] =
        (ChainLink){.line = 3, .epoch = 4, .dir = 10, .timeline = 1, .start = BEGINNING};
}

static void the_role_comes_back_only_to_who_holds_everything(void **state)
{
    Former *former = &node.p.durable.chosen.former;
    InstanceView *view = &node.view;
    ChainLink *newest = &view->chain.link[0];
    (void)state;
    NOT_WITH(everything_is_held, FACT_RETURNS, node.heard_consent.back = false);
    NOT_WITH(everything_is_held, FACT_RETURNS, former->dir = 0);
    NOT_WITH(everything_is_held, FACT_RETURNS, former->member = SERVER_C);
    NOT_WITH(everything_is_held, FACT_RETURNS, view->dir = 12);
    NOT_WITH(everything_is_held, FACT_RETURNS, view->phase = INSTANCE_STANDBY);
    NOT_WITH(everything_is_held, FACT_RETURNS, view->restored.there = true);
    NOT_WITH(everything_is_held, FACT_RETURNS, view->chain.count = 0);
    NOT_WITH(everything_is_held, FACT_RETURNS, newest->line = 2);
    NOT_WITH(everything_is_held, FACT_RETURNS, newest->dir = 12);
    NOT_WITH(everything_is_held, FACT_RETURNS, newest->timeline = 2);
    NOT_WITH(everything_is_held, FACT_RETURNS, newest->start++);
    NOT_WITH(everything_is_held, FACT_RETURNS, view->wal.lsn--);
    NOT_WITH(everything_is_held, FACT_RETURNS, view->wal.timeline = 2);
}

/* ---- in the record that makes the successor ---- */

static Former former_by(const Consent *consent)
{
    return node_former_of(&node, consent);
}

/* What B claims by, while A is the primary still. */
static void a_record_names_a_former_primary_only_where_it_could_return(void **state)
{
    const Consent whole = {.returns = true, .final = {.timeline = 1, .lsn = END}};
    const Former wanted = {.member = SERVER_A, .dir = 10, .timeline = 1, .start = 0};
    Consent consent = whole;
    (void)state;
    begin(SERVER_B);
    node.cut_end = whole.final;
    const Former former = former_by(&whole);
    assert_int_equal(former.member, wanted.member);
    assert_true(former.dir == wanted.dir && former.timeline == wanted.timeline &&
                former.start == wanted.start);

    consent.returns = false;
    assert_true(former_by(&consent).dir == 0);
    consent = whole;
    consent.final.lsn--; /* it has lost WAL */
    assert_true(former_by(&consent).dir == 0);
    consent = whole;
    consent.final.timeline++;
    assert_true(former_by(&consent).dir == 0);
    node.cut_end.timeline++;
    assert_true(former_by(&whole).dir == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_former_primary_that_could_open_again_is_ready),
        cmocka_unit_test(a_directory_that_may_have_been_written_to_is_not_unopened),
        cmocka_unit_test(a_promotion_is_in_vain_when_it_does_not_end_or_fails_again_and_again),
        cmocka_unit_test(who_is_tried_on_rests_between),
        cmocka_unit_test(a_promotion_is_said_to_fail_where_it_is_tried_on),
        cmocka_unit_test(what_goes_on_is_said_seldom),
        cmocka_unit_test(who_was_ordered_to_promote_has_not_brought_the_cluster_up),
        cmocka_unit_test(what_was_handed_back_is_this_epoch_of_this_server),
        cmocka_unit_test(a_word_that_was_given_is_given_again),
        cmocka_unit_test(the_role_comes_back_only_to_who_holds_everything),
        cmocka_unit_test(a_record_names_a_former_primary_only_where_it_could_return),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

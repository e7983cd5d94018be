/* core/status.h: what a member says of the cluster, and the words for it. */
#include "unit.h"

#include "base/str.h"
#include "core/arbiter.h"
#include "core/node.h"
#include "core/record.h"

#include <string.h>

enum { SERVER_A, SERVER_B, ARBITER_W };

static const CoreSettings settings = {.heartbeat_interval = 200, .detection = 2000, .lease = 1700};
static Node node;
static Status status;

/* Server B of two and an arbiter, which hears both; A is primary and serves. */
static void begin(void)
{
    node_init(&node);
    Participant *p = &node.p;
    p->self = SERVER_B;
    p->now = p->started_at = 50000;
    p->durable.members.count = 3;
    p->durable.members.member[ARBITER_W].kind = MEMBER_ARBITER;
    for (MemberId m = 0; m < 3; m++) {
        p->durable.memory[m].incarnation = 1;
        p->peer[m].heard_at = p->peer[m].heartbeat_at = p->now;
        p->peer[m].has_heartbeat = true;
    }
    p->durable.chosen = (Record){.line = 1,
                                 .epoch = 4,
                                 .primary = SERVER_A,
                                 .primary_dir = 10,
                                 .eligible_count = 1,
                                 .eligible = {{.member = SERVER_B, .dir = 11}},
                                 .quorum = 1,
                                 .automatic = true,
                                 .voters = p->durable.members};
    p->peer[SERVER_A].heartbeat =
        (Heartbeat){.instance = INSTANCE_OPEN, .well = true, .voter_writes = true};
    node.state = NODE_STANDBY;
}

static const Status *shown(void)
{
    node_status(&node, &settings, node.p.now, &status);
    return &status;
}

static void an_eligible_standby_makes_it_switchable(void **state)
{
    (void)state;
    begin();
    assert_int_equal(shown()->mirroring, MIRRORING_SWITCHABLE);
    assert_true(status.confirmed);
    assert_int_equal(status.member[SERVER_A].role, HOST_ROLE_PRIMARY);
    assert_string_equal(status.waits_for, "");
}

static void a_primary_that_is_silent_is_being_replaced(void **state)
{
    (void)state;
    begin();
    node.p.peer[SERVER_A].heard_at = node.p.now - 5000;
    assert_int_equal(shown()->mirroring, MIRRORING_SWITCHING);
    assert_int_equal(status.member[SERVER_A].host, HEALTH_ABNORMAL);
    assert_int_equal(status.member[SERVER_A].silent, 5000);
}

static void a_record_that_names_nobody_here_is_served_by_nobody(void **state)
{
    (void)state;
    begin();
    node.p.durable.chosen.primary = MEMBER_NONE;
    assert_int_equal(shown()->mirroring, MIRRORING_SWITCHING);
}

static void who_has_no_memory_confirms_nothing(void **state)
{
    (void)state;
    begin();
    node.p.durable.memory[SERVER_B].incarnation = 0;
    assert_false(shown()->confirmed);
    assert_int_equal(status.mirroring, MIRRORING_UNKNOWN);
    assert_string_equal(status.waits_for, "a majority of the voters");
}

static void every_reason_to_stay_down_has_its_words(void **state)
{
    static const char *const expected[] = {
        [DOWN_NONE] = "",
        [DOWN_DIVERGED] = "has WAL that the primary's history does not have",
        [DOWN_UNKNOWN_HISTORY] = "mc_ctl setup -r standby --overwrite",
        [DOWN_STRANGER] = "belongs to another database",
        [DOWN_FORMER_MEMBER] =
            "mc_ctl recover says how it goes on, at the server that is to be kept",
        [DOWN_FOREIGN_DIRECTORY] = "with another data directory",
        [DOWN_START_FAILED] = "does not run",
        [DOWN_UNATTENDED] = "while automatic switch was off",
        [DOWN_LOST_WAL] = "WAL that this primary has lost",
    };
    (void)state;
    begin();
    node.state = NODE_STAYING_DOWN;
    for (unsigned i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        node.down_reason = (DownReason)i;
        assert_non_null(strstr(shown()->waits_for, expected[i]));
    }
}

static void it_says_whom_it_waits_for(void **state)
{
    (void)state;
    begin();
    node.state = NODE_STANDBY_SEEKING;
    assert_non_null(strstr(shown()->waits_for, "may follow"));
    node.state = NODE_PRIMARY_CONSENTING;
    assert_non_null(strstr(shown()->waits_for, "a standby to take over"));
    node.state = NODE_ASKING;
    assert_string_equal(shown()->waits_for, "");
    node.empty = true;
    assert_string_equal(shown()->waits_for, "");
    node.p.durable.chosen = (Record){0};
    assert_non_null(strstr(shown()->waits_for, "a first primary"));
}

static void a_primary_that_cannot_be_followed_is_named_with_what_to_do(void **state)
{
    Heartbeat *h = &node.p.peer[SERVER_A].heartbeat;
    (void)state;
    begin();
    (void)str_copy(node.p.durable.members.member[SERVER_A].name, MEMBER_NAME_SIZE, "server1");
    node.p.started_at = node.p.now - 5000;
    node.state = NODE_STANDBY_SEEKING;
    assert_string_equal(shown()->waits_for, "the primary to say whether this server may follow");
    *h = (Heartbeat){.instance = INSTANCE_NONE, .node_state = NODE_IDLE};
    assert_string_equal(
        shown()->waits_for,
        "an operator: the primary \"server1\" has no data directory; mc_ctl recover "
        "here shows what can be done");
    h->instance = INSTANCE_DOWN;
    assert_string_equal(shown()->waits_for,
                        "an operator: the primary \"server1\" is not started, its agent alone is: "
                        "mc_ctl start there, or mc_ctl recover here");
    h->node_state = NODE_STAYING_DOWN;
    assert_string_equal(shown()->waits_for,
                        "an operator: the primary \"server1\" stays down; mc_ctl status there says "
                        "why, mc_ctl recover what can be done");
    /* a directory that is being copied there is none yet */
    *h = (Heartbeat){.instance = INSTANCE_NONE, .node_state = NODE_REJOINING};
    assert_string_equal(shown()->waits_for, "the primary to say whether this server may follow");
    node.p.peer[SERVER_A].heard_at = node.p.now - 5000;
    assert_string_equal(shown()->waits_for,
                        "the primary \"server1\", which is silent: mc_ctl start there; mc_ctl "
                        "recover here shows what can be done without it");
    /* who has just begun has heard nobody yet */
    node.p.started_at = node.p.now;
    assert_string_equal(shown()->waits_for, "the primary to say whether this server may follow");
    node.p.durable.chosen.primary = MEMBER_NONE;
    assert_string_equal(shown()->waits_for, "the primary to say whether this server may follow");
    node.p.peer[SERVER_A].heard_at = node.p.peer[ARBITER_W].heard_at = node.p.now - 5000;
    assert_string_equal(shown()->waits_for, "the primary to say whether this server may follow");
}

/* E5: server A, overruled by force while it served, is heard again and stays down. */
static void begin_parted(void)
{
    begin();
    node.p.durable.chosen.primary = SERVER_B;
    node.p.durable.chosen.branch.end = 5000;
    node.p.peer[SERVER_A].heartbeat = (Heartbeat){.node_state = NODE_STAYING_DOWN,
                                                  .instance = INSTANCE_DOWN,
                                                  .dir = 10,
                                                  .wal = {.lsn = 5001},
                                                  .last_link = {.line = 9, .epoch = 3}};
}

static void who_stays_down_with_a_history_of_another_line_has_parted(void **state)
{
    Heartbeat *h = &node.p.peer[SERVER_A].heartbeat;
    (void)state;
    begin_parted();
    assert_true(shown()->member[SERVER_A].parted);
    assert_false(status.member[SERVER_B].parted);
    /* chosen after it: who was forced beyond it has more WAL, and none of what this one has written */
    begin_parted();
    h->wal.lsn = 4999;
    h->diverged = true;
    assert_true(shown()->member[SERVER_A].parted);
#define NOT_PARTED_WITH(change) \
    begin_parted();             \
    change;                     \
    assert_false(shown()->member[SERVER_A].parted)
    NOT_PARTED_WITH(h->node_state = NODE_STANDBY_SEEKING);
    NOT_PARTED_WITH(h->dir = 0);
    NOT_PARTED_WITH(h->wal.lsn =
                        5000); /* nothing of its own: a recovery from a backup had all that */
    NOT_PARTED_WITH(h->last_link.epoch = 0);
    NOT_PARTED_WITH(h->last_link.line = 1);
    NOT_PARTED_WITH(node.p.durable.chosen.primary = SERVER_A);
#undef NOT_PARTED_WITH
}

/* Nobody is eligible beside who has just become primary: until it serves, that is a change under way. */
static void who_became_primary_and_does_not_serve_yet_is_on_its_way(void **state)
{
    static const struct {
        Cause cause;
        Mirroring silent, serving;
    } expected[] = {
        {CAUSE_TAKEOVER, MIRRORING_SWITCHING, MIRRORING_SWITCHED},
        {CAUSE_HANDOVER, MIRRORING_SWITCHING, MIRRORING_SWITCHED},
        {CAUSE_OPENED, MIRRORING_SWITCHING, MIRRORING_SWITCHED},
        {CAUSE_HANDED_BACK, MIRRORING_SWITCHING, MIRRORING_NOT_SWITCHABLE},
        {CAUSE_DETACH, MIRRORING_NOT_SWITCHABLE, MIRRORING_NOT_SWITCHABLE},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        begin();
        node.p.durable.chosen.eligible_count = node.p.durable.chosen.quorum = 0;
        node.p.durable.chosen.cause = expected[i].cause;
        assert_int_equal(shown()->mirroring, expected[i].serving);
        node.p.peer[SERVER_A].heartbeat.instance = INSTANCE_DOWN;
        assert_int_equal(shown()->mirroring, expected[i].silent);
        node.p.durable.chosen.automatic = false;
        assert_int_equal(shown()->mirroring, MIRRORING_FAILOVER_DISABLED);
    }
}

/* What mc_ctl recover judges by. */
static void what_a_server_remembers_and_has_is_its_evidence(void **state)
{
    Evidence evidence;
    Durable *d = &node.p.durable;
    (void)state;
    begin();
    node.p.generation_durable = 7;
    d->runs = (Runs){.count = 1, .run = {{.until = 6}}};
    d->instance_wanted = true;
    d->accepted = d->chosen;
    d->accepted.epoch = 5;
    d->accepted_ballot = (Ballot){.number = 8, .member = SERVER_A, .incarnation = 1};
    node.p.agent = 99;
    node.view = (InstanceView){.system_identifier = 77,
                               .dir = 11,
                               .standby_signal = true,
                               .clean_shutdown = true,
                               .interrupted = true,
                               .restored = {.there = true, .end = {2, 600}, .start = 550},
                               .wal = {2, 700}};
    node_evidence(&node, &evidence);
    assert_int_equal(evidence.agent, 99);
    assert_true(evidence.memory && evidence.wanted && !evidence.alone);
    assert_int_equal(evidence.known[SERVER_B].generation, 7);
    assert_int_equal(evidence.known[ARBITER_W].incarnation, 1);
    assert_int_equal(evidence.runs.count, 1);
    assert_int_equal(evidence.runs.run[0].until, 6);
    assert_true(record_equal(&evidence.chosen, &d->chosen));
    assert_true(record_equal(&evidence.accepted, &d->accepted));
    assert_int_equal(ballot_compare(&evidence.accepted_ballot, &d->accepted_ballot), 0);
    assert_int_equal(evidence.node_state, NODE_STANDBY);
    assert_int_equal(evidence.instance, INSTANCE_UNKNOWN); /* it was not looked at yet */
    assert_int_equal(evidence.system_identifier, 77);
    assert_int_equal(evidence.dir, 11);
    assert_int_equal(evidence.last_link.epoch, 0);
    assert_int_equal(position_compare(&evidence.wal, &node.view.wal), 0);
    assert_true(evidence.standby_signal && evidence.clean_shutdown && evidence.interrupted);
    assert_true(evidence.restored && evidence.restored_start == 550);
    assert_int_equal(position_compare(&evidence.restored_end, &node.view.restored.end), 0);

    node.looked = true;
    node.p.heartbeat.instance = INSTANCE_DOWN;
    node.view.chain.count = 2;
    node.view.chain.link[1] = (ChainLink){.line = 1, .epoch = 4, .dir = 11};
    d->memory[SERVER_B].incarnation = 0;
    node_evidence(&node, &evidence);
    assert_false(evidence.memory);
    assert_int_equal(evidence.instance, INSTANCE_DOWN);
    assert_int_equal(evidence.last_link.epoch, 4);
    assert_int_equal(evidence.last_link.dir, 11);
}

static Arbiter arbiter;
static Actions actions;

/* Its state is lost; one of the two servers has answered, and knows of a record. */
static void lose_memory_of_the_arbiter(void)
{
    begin();
    arbiter_init(&arbiter);
    arbiter.p = node.p;
    arbiter.p.self = ARBITER_W;
    arbiter.p.durable.memory[ARBITER_W].incarnation = 0;
    static const char *const names[] = {"one", "two", "three"};
    for (MemberId m = 0; m < 3; m++)
        (void)str_copy(arbiter.p.durable.members.member[m].name, MEMBER_NAME_SIZE, names[m]);
    arbiter.p.recall = (Recall){.phase = RECALL_ASKING,
                                .answered = member_bit(SERVER_B),
                                .chosen = node.p.durable.chosen,
                                .ask_again_at = INT64_MAX,
                                .asked_all_at = arbiter.p.now};
}

static const LogEntry *arbiter_says(Millis after)
{
    actions.count = 0;
    arbiter_step(&arbiter, &settings,
                 &(Event){.kind = EVENT_TICK, .now = arbiter.p.stepped_at + after}, &actions);
    for (unsigned i = 0; i < actions.count; i++)
        if (actions.action[i].kind == ACTION_LOG &&
            actions.action[i].u.log.id == MSG_MEMORY_WAITS_FOR)
            return &actions.action[i].u.log;
    return NULL;
}

static const char *arbiter_waits_for(void)
{
    arbiter_status(&arbiter, &settings, arbiter.p.now, &status);
    return status.waits_for;
}

/* E3: there is no word for it here. The way is an operator's force at the server that is kept. */
static void an_arbiter_without_its_memory_names_whose_word_it_needs_and_the_way_without(
    void **state)
{
    const LogEntry expected =
        msg_memory_waits_for("one", " --without one --without three", "three");
    (void)state;
    lose_memory_of_the_arbiter();
    arbiter.p.recall.phase = RECALL_NONE; /* not yet */
    assert_null(arbiter_says(1000));
    arbiter.p.recall.phase = RECALL_ASKING;
    assert_null(arbiter_says(9000));
    const LogEntry *said = arbiter_says(1000);
    assert_non_null(said);
    assert_memory_equal(said, &expected, sizeof expected);
    assert_null(arbiter_says(20000)); /* once */
    assert_string_equal(arbiter_waits_for(),
                        "the word of one; if gone for good, at the server that is kept: mc_ctl "
                        "recover --force --without one --without three");
    arbiter.p.recall.blank = member_bit(SERVER_B); /* which is no answer */
    assert_non_null(strstr(arbiter_waits_for(), "the word of one, two;"));
    for (MemberId m = 0; m < 3; m++)
        memset(arbiter.p.durable.members.member[m].name, 'x', MEMBER_NAME_SIZE - 1);
    assert_non_null(strstr(arbiter_waits_for(), "MCA01724 in the log names the way"));
    arbiter.p.recall.chosen = (Record){0}; /* perhaps a beginning */
    assert_null(arbiter_says(20000));
    assert_string_equal(arbiter_waits_for(),
                        "every other voter, to get the memory of this voter back");
    arbiter.p.recall.chosen = node.p.durable.chosen;
    assert_null(arbiter_says(9000));
    assert_non_null(arbiter_says(1000)); /* once more */
}

static void what_has_no_name_is_shown_as_such(void **state)
{
    (void)state;
    begin();
    assert_string_equal(node_state_words(NODE_STATE_COUNT), "?");
    assert_string_equal(node_rule_id(node_rule_count()), "none");
    assert_string_equal(participant_name(&node.p, MEMBER_NONE), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_eligible_standby_makes_it_switchable),
        cmocka_unit_test(a_primary_that_is_silent_is_being_replaced),
        cmocka_unit_test(a_record_that_names_nobody_here_is_served_by_nobody),
        cmocka_unit_test(who_has_no_memory_confirms_nothing),
        cmocka_unit_test(every_reason_to_stay_down_has_its_words),
        cmocka_unit_test(it_says_whom_it_waits_for),
        cmocka_unit_test(a_primary_that_cannot_be_followed_is_named_with_what_to_do),
        cmocka_unit_test(who_stays_down_with_a_history_of_another_line_has_parted),
        cmocka_unit_test(who_became_primary_and_does_not_serve_yet_is_on_its_way),
        cmocka_unit_test(what_a_server_remembers_and_has_is_its_evidence),
        cmocka_unit_test(
            an_arbiter_without_its_memory_names_whose_word_it_needs_and_the_way_without),
        cmocka_unit_test(what_has_no_name_is_shown_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

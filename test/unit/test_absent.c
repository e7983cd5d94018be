/* An instance that is not there: every order to it has an answer. */
#include "unit.h"

#include <string.h>

#include "main/absent.h"

static Event heard;
static int count;

/* In place of the agent. */
void agent_input(Agent *agent, const Event *event)
{
    (void)agent;
    heard = *event;
    count++;
}

/* The core orders by what others say, whatever there is here. */
static void no_order_to_what_is_not_there_is_without_a_function(void **state)
{
    (void)state;
    Absent absent = {0};
    const PostgresPort port = absent_port(&absent);
    const void *field[sizeof(port) / sizeof(void *)];
    memcpy(field, &port, sizeof(field)); /* pointers all, `self` first */
    for (size_t i = 0; i < sizeof(field) / sizeof(field[0]); i++) {
        assert_non_null(field[i]);
    }
}

static void a_checkpoint_of_what_is_not_there_fails(void **state)
{
    (void)state;
    Absent absent = {0};
    const PostgresPort port = absent_port(&absent);
    count = 0;
    assert_non_null(port.checkpoint);
    port.checkpoint(port.self, 7, 3);
    assert_int_equal(count, 1);
    assert_int_equal(heard.kind, EVENT_DONE);
    assert_int_equal(heard.u.done.kind, ACTION_CHECKPOINT);
    assert_int_equal(heard.u.done.sequence, 7);
    assert_int_equal(heard.u.done.epoch, 3);
    assert_false(heard.u.done.ok);
    assert_string_equal(heard.u.done.result.text, "there is no data directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_order_to_what_is_not_there_is_without_a_function),
        cmocka_unit_test(a_checkpoint_of_what_is_not_there_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

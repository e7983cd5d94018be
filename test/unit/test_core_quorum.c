/* P2, P3: whatever changes the synchronous set makes, at every instant any n-k+1 of the eligible hold every acknowledged
 * commit between them. Exhaustive for four standbys, by the functions that the core decides with. */
#include "unit.h"

#include "core/record.h"

#include <stdlib.h>
#include <string.h>

enum {
    STANDBYS = 4,
    SETS = 1 << STANDBYS,            /* sets of standbys */
    RECORDS = SETS * (STANDBYS + 1), /* eligible, quorum */
    FAMILIES = 1 << SETS,
};

/* How far a change of the record is. */
typedef enum Stage {
    STAGE_NONE,
    STAGE_PREPARING, /* the names ask for it, nobody knows yet who has what was before */
    STAGE_PENDING,   /* it may be chosen */
    STAGES,
} Stage;

/* Sets of standbys as bits; a family has a bit for each set: who holds some acknowledged commit. */
typedef struct State {
    uint8_t eligible, quorum;
    Stage stage;
    uint8_t next_eligible, next_quorum;
    uint32_t family;
} State;

static uint8_t *visited;
static State *waiting;
static size_t waiting_count, waiting_room, visited_count;

static EligibleMember standby(unsigned i)
{
    return (EligibleMember){.member = (MemberId)(i + 1),
                            .dir = 10 + i,
                            .attachment = {.member = (MemberId)(i + 1), .token = 100 + i}};
}

static Record record_of(unsigned eligible, unsigned quorum, Epoch epoch)
{
    Record record = {.line = 1, .epoch = epoch, .primary = 0, .quorum = (uint8_t)quorum};
    for (unsigned i = 0; i < STANDBYS; i++)
        if ((eligible & 1u << i) != 0)
            record.eligible[record.eligible_count++] = standby(i);
    return record;
}

static uint8_t set_of(const Names *names)
{
    uint8_t set = 0;
    for (unsigned i = 0; i < names->count; i++)
        set |= (uint8_t)(1u << (names->name[i].member - 1));
    return set;
}

static unsigned size(unsigned set)
{
    return (unsigned)__builtin_popcount(set);
}

/* Every set of a family, without those that hold more than another one. */
static uint32_t least(uint32_t family)
{
    uint32_t kept = 0;
    for (unsigned a = 0; a < SETS; a++) {
        bool more = (family & UINT32_C(1) << a) == 0;
        for (unsigned b = 0; b < SETS && !more; b++)
            more = b != a && (family & UINT32_C(1) << b) != 0 && (a & b) == b;
        kept |= more ? 0 : UINT32_C(1) << a;
    }
    return kept;
}

/* The family when each of its sets becomes (set & keep) | add. */
static uint32_t each(uint32_t family, unsigned keep, unsigned add)
{
    uint32_t changed = 0;
    for (unsigned a = 0; a < SETS; a++)
        if ((family & UINT32_C(1) << a) != 0)
            changed |= UINT32_C(1) << ((a & keep) | add);
    return changed;
}

static Names names_in_force(const State *state)
{
    Durable durable = {.chosen = record_of(state->eligible, state->quorum, 4)};
    durable.accepted = durable.chosen;
    const Record next = record_of(state->next_eligible, state->next_quorum, 5);
    if (state->stage == STAGE_PENDING)
        durable.accepted = next;
    Names names = durable_names(&durable, 0);
    if (state->stage == STAGE_PREPARING) {
        const Names prepared = names_of(&next);
        names = names_both(&names, &prepared);
    }
    return names;
}

/* PostgreSQL acknowledges what any quorum of the names has. */
static uint32_t acknowledged(const State *state)
{
    const Names names = names_in_force(state);
    const unsigned set = set_of(&names);
    uint32_t family = 0;
    for (unsigned a = 0; a < SETS; a++)
        if ((a & set) == a && size(a) == names.quorum)
            family |= UINT32_C(1) << a;
    return family;
}

/* Any n-k+1 of the eligible have some holder of every commit among them. */
static void check(uint32_t family, unsigned eligible, unsigned quorum)
{
    for (unsigned answered = 0; answered < SETS; answered++) {
        if ((answered & eligible) != answered || quorum == 0 ||
            size(answered) != size(eligible) - quorum + 1)
            continue;
        for (unsigned holders = 0; holders < SETS; holders++)
            assert_true((family & UINT32_C(1) << holders) == 0 || (holders & answered) != 0);
    }
}

static void reach(State state)
{
    state.family = least(state.family | acknowledged(&state));
    check(state.family, state.eligible, state.quorum);
    if (state.stage == STAGE_PENDING)
        check(state.family, state.next_eligible, state.next_quorum);
    const unsigned record = state.eligible * (STANDBYS + 1u) + state.quorum;
    const unsigned next = state.next_eligible * (STANDBYS + 1u) + state.next_quorum;
    const size_t at = (((size_t)record * RECORDS + next) * STAGES + state.stage) * (FAMILIES / 8) +
                      state.family / 8;
    const uint8_t bit = (uint8_t)(1u << state.family % 8);
    if ((visited[at] & bit) != 0)
        return;
    visited[at] |= bit;
    visited_count++;
    if (waiting_count == waiting_room) {
        waiting_room = 2 * waiting_room + 64;
        waiting = realloc(waiting, waiting_room * sizeof *waiting);
        assert_non_null(waiting);
    }
    waiting[waiting_count++] = state;
}

static void go_on(State state, Stage stage, const Record *next)
{
    const Names names = names_of(next);
    state.stage = stage;
    state.next_eligible = set_of(&names);
    state.next_quorum = next->quorum;
    reach(state);
}

/* The record is chosen: who is not in it may lose what it has. */
static void settle(State state, unsigned eligible, unsigned quorum)
{
    state.family = each(state.family, eligible, 0);
    state.eligible = (uint8_t)eligible;
    state.quorum = (uint8_t)quorum;
    state.stage = STAGE_NONE;
    state.next_eligible = state.next_quorum = 0;
    reach(state);
}

static void begin_changes(const State *state)
{
    const Record now = record_of(state->eligible, state->quorum, 4);
    const unsigned n = now.eligible_count;
    for (unsigned i = 0; i < STANDBYS; i++) {
        const EligibleMember one = standby(i);
        if (record_eligible(&now, one.member) == NULL) {
            for (uint8_t asked = 0; asked <= STANDBYS; asked++) {
                const uint8_t wanted = record_quorum(asked, (uint8_t)(n + 1));
                const uint8_t quorum = wanted < now.quorum + 1 ? wanted : (uint8_t)(now.quorum + 1);
                const Record more = record_attach(&now, &one, quorum, 0);
                go_on(*state, STAGE_PREPARING, &more);
            }
            continue;
        }
        if (now.quorum > 1) {
            const Record fewer = record_detach(&now, one.member, (uint8_t)(now.quorum - 1), 0);
            go_on(*state, STAGE_PENDING, &fewer);
        }
        if (now.quorum < n) {
            const Record fewer = record_detach(&now, one.member, now.quorum, 0);
            go_on(*state, STAGE_PREPARING, &fewer);
        }
    }
    for (uint8_t quorum = 1; quorum < now.quorum; quorum++) {
        Record lower = now;
        lower.quorum = quorum;
        go_on(*state, STAGE_PENDING, &lower);
    }
    if (now.quorum < n) {
        Record higher = now;
        higher.quorum++;
        go_on(*state, STAGE_PREPARING, &higher);
    }
    const Record alone = record_alone(&now, CAUSE_DETACH, 0);
    go_on(*state, STAGE_PENDING, &alone);
}

/* Whoever must have flushed what was there at the proof has, and the record is proposed. */
static void propose(const State *state)
{
    const unsigned joining = state->next_eligible & (unsigned)~state->eligible;
    for (unsigned caught_up = 0; caught_up < SETS; caught_up++) {
        const bool enough = joining != 0 ? caught_up == joining
                                         : (caught_up & state->next_eligible) == caught_up &&
                                               size(caught_up) == state->next_quorum;
        if (!enough)
            continue;
        State next = *state;
        next.family = each(state->family, SETS - 1, caught_up);
        next.stage = STAGE_PENDING;
        reach(next);
    }
}

static void any_n_k_1_hold_every_commit_whatever_changes(void **state)
{
    (void)state;
    visited = calloc((size_t)RECORDS * RECORDS * STAGES, FAMILIES / 8);
    assert_non_null(visited);
    waiting_count = visited_count = 0;
    reach((State){.family = 0});
    while (waiting_count > 0) {
        const State now = waiting[--waiting_count];
        if (now.stage == STAGE_NONE)
            begin_changes(&now);
        else
            settle(now, now.eligible, now.quorum); /* given up, or another record took its place */
        if (now.stage == STAGE_PREPARING)
            propose(&now);
        if (now.stage == STAGE_PENDING)
            settle(now, now.next_eligible, now.next_quorum);
    }
    assert_true(visited_count > 500);
    free(waiting);
    waiting = NULL;
    waiting_room = 0;
    free(visited);
}

/* The names that are in force while two records may be chosen are as tight as each of them asks. */
static void what_implies_both_is_as_tight_as_either(void **state)
{
    (void)state;
    for (unsigned a = 0; a < SETS; a++)
        for (unsigned b = 0; b < SETS; b++)
            for (unsigned ka = a != 0; ka <= size(a); ka++)
                for (unsigned kb = b != 0; kb <= size(b); kb++) {
                    if ((a != 0 && ka == 0) || (b != 0 && kb == 0))
                        continue;
                    const Record first = record_of(a, ka, 4), second = record_of(b, kb, 5);
                    const Names one = names_of(&first), other = names_of(&second);
                    const Names both = names_both(&one, &other);
                    const unsigned set = set_of(&both);
                    assert_true(both.quorum <= both.count);
                    for (unsigned acked = 0; acked < SETS; acked++)
                        if ((acked & set) == acked && size(acked) == both.quorum) {
                            assert_true(size(acked & a) >= ka);
                            assert_true(size(acked & b) >= kb);
                        }
                }
}

/* A change that only loosens leaves the names as they are until it is chosen; one that tightens needs them before. */
static void a_change_loosens_or_tightens(void **state)
{
    (void)state;
    const Record two = record_of(3, 1, 4), one = record_of(1, 1, 5), both = record_of(3, 2, 5);
    const Names any = names_of(&two), single = names_of(&one), all = names_of(&both);
    assert_true(names_imply(&all, &any));
    assert_false(names_imply(&any, &all));
    assert_true(names_imply(&single, &any)); /* one of two, and that one: tighter */
    assert_false(names_imply(&any, &single));
    assert_true(names_imply(&all, &single));
    const Names none = {0};
    assert_true(names_imply(&any, &none));
    assert_true(names_imply(&none, &none));
    assert_false(names_imply(&none, &any));
}

static void a_quorum_is_at_most_all(void **state)
{
    (void)state;
    assert_int_equal(record_quorum(0, 3), 3);
    assert_int_equal(record_quorum(2, 3), 2);
    assert_int_equal(record_quorum(5, 3), 3);
    assert_int_equal(record_quorum(2, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_n_k_1_hold_every_commit_whatever_changes),
        cmocka_unit_test(what_implies_both_is_as_tight_as_either),
        cmocka_unit_test(a_change_loosens_or_tightens),
        cmocka_unit_test(a_quorum_is_at_most_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

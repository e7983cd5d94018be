"""The oracle of the outage matrix: what it says of cases that are plain, and that it does not say two things of one."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import Case, Memory, Record, reason, record, verdicts   # noqa: E402
from variants import VARIANTS                                       # noqa: E402

PAIR = Record(7, 0, (1,), 1)
SOLO = Record(8, 0, (), 0)


def knows(found, ballot=7, chosen=None):
    return Memory((ballot, 1), found, chosen or found)


def case(reached, whole, **other):
    memory = {m: other.get("m%d" % m, knows(PAIR)) for m in reached}
    return Case(3, set(reached), {m: one for m, one in memory.items() if one}, set(whole))


def test_a_whole_primary_opens_and_else_its_eligible_standby():
    assert verdicts(case((0, 1, 2), (0, 1))) == {("open", 0)}
    assert verdicts(case((0, 2), (0,))) == {("open", 0)}
    assert verdicts(case((1, 2), (1,))) == {("open", 1)}
    assert verdicts(case((0, 1, 2), (1,))) == {("open", 1)}
    assert verdicts(case((0, 1, 2), ())) == {("refuse", "lost")}


def test_one_voter_decides_nothing():
    for alone in range(3):
        assert verdicts(case((alone,), (0, 1))) == {("refuse", "majority")}
    assert verdicts(case((1, 2), (1,), m2=None)) == {("refuse", "majority")}
    assert verdicts(case((0, 1, 2), (0, 1), m1=None, m2=None)) == {("refuse", "forgotten")}


def test_of_a_solo_primary_nobody_else_has_everything():
    assert verdicts(case((1, 2), (1,), m1=knows(PAIR), m2=knows(SOLO, 8))) == {("refuse", "lost")}
    assert verdicts(case((0, 1, 2), (0, 1), m0=knows(SOLO, 8), m2=knows(SOLO, 8))) == {("open", 0)}


def test_a_change_that_was_under_way_may_end_both_ways():
    begun = Memory((8, 1), SOLO, PAIR)
    assert verdicts(case((0, 1, 2), (1,), m0=begun)) == {("open", 1), ("refuse", "lost")}


def test_records_are_read_as_bytes():
    data = bytes([0x20, 7, 0x28, 1, 0x3a, 2, 0x08, 2, 0x40, 1])
    assert record(data) == PAIR
    assert record(b"") == Record(0, -1, (), 0)


def test_reasons_are_known_by_their_words():
    assert reason("mc_ctl: no majority of the voters remembers and is reached: ...") == "majority"
    assert reason('only server "a" has every acknowledged commit, and it is not reached') == "lost"
    assert reason("something else").startswith("unknown")


def test_two_thirds_of_the_variants_could_lose_something():
    lossy = sum(1 for _, _, could in VARIANTS if could)
    assert lossy * 3 >= len(VARIANTS) * 2
    assert len({name for name, _, _ in VARIANTS}) == len(VARIANTS)

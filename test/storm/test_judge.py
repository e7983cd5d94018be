"""The checkers of judge.py are fed histories with one violation each, and find that one."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from judge import (LOGGED_LATE, VOTERS_LEASE, Append, Read, after_lease, behind, is_away, leases_reported,   # noqa: E402
                   lost_appends, not_a_prefix, opened, overtaken, parse, unasked)
from judge import stale as stale_of                                                                     # noqa: E402
from watch import Record                                                                                # noqa: E402

FINAL = {7: [1, 2, 3, 4]}


def stale(reads, appends, openings, away):
    return stale_of(overtaken(reads, openings) + behind(reads, appends), away)


def history():
    """Two appends in timeline 1 by "one", two in timeline 2 by "two", and what was read in between."""
    appends = [Append(10.0 + i, i, "ok", "one" if i < 3 else "two", 9.99 + i, 1 if i < 3 else 2, 7, i,
                      list(range(1, i + 1))) for i in (1, 2, 3, 4)]
    reads = [Read(11.5, 20, "primary", "one", 11.4, 1, 7, [1]),
             Read(13.5, 21, "primary", "two", 13.4, 2, 7, [1, 2, 3]),
             Read(14.5, 20, "standby", "one", 14.4, 0, 7, [1, 2])]
    return appends, reads


def test_a_clean_history_has_no_violation():
    appends, reads = history()
    assert lost_appends(appends, FINAL) == []
    assert unasked(appends, FINAL) == []
    assert not_a_prefix(appends + reads, FINAL) == []
    assert stale(reads, appends, opened(reads), []) == ([], {})


def test_an_acknowledged_append_that_is_missing_is_a_loss():
    appends, _ = history()
    assert lost_appends(appends, {7: [1, 2, 4]}) == [appends[2]]


def test_an_append_without_an_answer_may_be_missing():
    appends, _ = history()
    assert lost_appends([appends[0]._replace(outcome="unknown", value=9)], FINAL) == []


def test_an_append_that_was_refused_and_is_there_is_unasked():
    appends, _ = history()
    assert unasked([appends[3]._replace(outcome="no")], FINAL) == [(7, 4)]


def test_a_value_that_is_there_twice_is_unasked():
    assert unasked([], {7: [1, 2, 1]}) == [(7, 1)]


def test_an_update_that_overwrote_another_is_seen_by_the_order():
    """The third append read the list without the second one: both were acknowledged, one is lost."""
    appends, reads = history()
    assert not_a_prefix(appends + reads, {7: [1, 3, 4]}) == appends[1:] + [reads[1]]


def test_a_read_by_a_primary_of_what_was_undone_later_is_seen():
    _, reads = history()
    assert not_a_prefix([reads[0]._replace(items=[1, 5])], FINAL) == [reads[0]._replace(items=[1, 5])]


def test_a_standby_may_be_behind():
    appends, reads = history()
    assert behind([reads[2]], appends) == []


def test_a_read_as_primary_after_another_has_opened_is_stale():
    appends, reads = history()
    late = Read(13.8, 20, "primary", "one", 13.7, 1, 7, [1, 2, 3])
    assert overtaken(reads + [late], opened(reads)) == [late]
    assert stale(reads + [late], appends, opened(reads), []) == ([late], {})


def test_a_read_that_was_sent_before_the_other_opened_is_not():
    _, reads = history()
    slow = Read(13.8, 20, "primary", "one", 13.3, 1, 7, [1, 2, 3])
    assert overtaken([slow], opened(reads)) == []


def test_a_read_that_misses_an_acknowledged_append_is_stale_whoever_has_opened():
    appends, _ = history()
    old = Read(12.6, 20, "primary", "one", 12.5, 1, 7, [1])
    assert behind([old], appends) == [old]
    assert stale([old], appends, [], []) == ([old], {})


def test_a_stale_read_of_a_server_whose_agent_was_frozen_is_counted_apart():
    appends, reads = history()
    late = Read(13.8, 20, "primary", "one", 13.7, 1, 7, [1, 2, 3])
    assert stale([late], appends, opened(reads), [("one", 12.0, 13.75, "frozen")]) == ([], {"frozen": [late]})
    assert stale([late], appends, opened(reads), [("two", 12.0, 13.75, "frozen")]) == ([late], {})
    assert stale([late], appends, opened(reads), [("one", 12.0, 13.6, "frozen")]) == ([late], {})


def test_what_is_read_of_a_primary_that_nobody_can_stop_is_stale_and_excused_and_no_lost_update():
    _, reads = history()
    astray = reads[0]._replace(items=[1, 5])
    assert not_a_prefix([astray], FINAL) == [astray]
    assert is_away(astray, [("one", 11.0, 11.45, "absent")]) == "absent"
    assert is_away(astray, [("one", 11.0, 11.3, "absent"), ("two", 11.0, 12.0, "frozen")]) is None
    assert stale_of([astray, astray], [("one", 11.0, 11.45, "absent")]) == ([], {"absent": [astray]})


# ---- leases: "one" is cut off at 20.0, and nobody takes over
SWITCHABLE, SOLO = Record(4, "one", "two", "attach"), Record(5, "one", "", "detach")
KNOWN = [(5.0, "one", SWITCHABLE), (5.0, "two", SWITCHABLE)]
OUT = [(21.4, "one", 1.4)]          # said so, when it had been answered last at 20.0
END = 20.0 + VOTERS_LEASE


def read(sent, role="primary", server="one"):
    return Read(sent + 0.01, 20, role, server, sent, 1, 7, [])


def test_a_read_after_the_lease_is_stale_though_nobody_took_over():
    windows = leases_reported(OUT, KNOWN, [(6.0, "one", 4)])
    reads = [read(END - 0.1), read(END + 0.1), read(END + 0.1, "standby"), read(END + 0.1, "primary", "two")]
    assert windows == [("one", END, float("inf"))]
    assert overtaken(reads, []) == behind(reads, []) == []
    assert after_lease(reads, windows, KNOWN) == [reads[1]]


def test_reads_of_a_primary_that_goes_on_alone_need_no_lease():
    assert after_lease([read(END + 0.1)], [("one", END, 30.0)], KNOWN + [(19.0, "one", SOLO)]) == []
    assert after_lease([read(END + 0.1)], [("one", END, 30.0)], KNOWN + [(19.0, "two", SOLO)]) == [read(END + 0.1)]


def test_a_lease_that_is_out_is_so_until_the_server_knows_more_or_opens_again():
    assert leases_reported(OUT, KNOWN + [(25.0, "one", SOLO)], []) == [("one", END, 25.0)]
    assert leases_reported(OUT, KNOWN, [(26.0, "one", 4), (28.0, "one", 6)]) == [("one", END, 26.0 - LOGGED_LATE)]
    assert after_lease([read(24.0)], [("one", END, 23.0)], KNOWN) == []


def test_what_a_voter_granted_that_lost_its_memory_ends_when_it_asks_for_that():
    assert leases_reported(OUT, KNOWN, [], [(20.9, "two")]) == [("one", 21.4, float("inf"))]
    for other in [(20.9, "one"), (19.0, "two"), (21.5, "two")]:      # its own; too long ago; after it
        assert leases_reported(OUT, KNOWN, [], [other]) == [("one", END, float("inf"))]


def test_an_agent_that_never_had_a_lease_says_nothing_of_its_end():
    assert leases_reported([(21.4, "one", 0.0)], KNOWN, []) == []


def test_a_log_is_read_and_its_torn_last_line_left_out():
    lines = ["l 10.5 3 ok 10.0.0.1 10.4 2 7 30 29,30\n", "l 10.6 3 unknown 10.0.0.1 10.5 0 7 31 -\n",
             "q 10.7 20 standby 10.0.0.2 10.6 0 7 -\n", "q 10.8 20 standby 10.0"]
    appends, reads = parse(lines, {"10.0.0.1": "one"})
    assert appends == [Append(10.5, 3, "ok", "one", 10.4, 2, 7, 30, [29, 30]),
                       Append(10.6, 3, "unknown", "one", 10.5, 0, 7, 31, [])]
    assert reads == [Read(10.7, 20, "standby", "10.0.0.2", 10.6, 0, 7, [])]

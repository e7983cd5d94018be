"""The checkers of mcb/analyze.py are fed histories with one violation each, and find that one."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mcb.analyze import (Ack, Read, analyse, lost, parse, split_timelines, stale_acks,  # noqa: E402
                         stale_reads, two_acknowledging)

OLD, NEW = "10.77.0.11", "10.77.0.12"


def clean_history():
    """Ten acks by the old primary before 10.0, ten by its successor from 12.0 on."""
    acks = [Ack(9.0 + i / 10, 0, i, OLD, 9.0 + i / 10 - 0.005, 1) for i in range(10)]
    return acks + [Ack(12.0 + i / 10, 0, 10 + i, NEW, 12.0 + i / 10 - 0.005, 2) for i in range(10)]


def rows(acks):
    return [(a.client, a.seq) for a in acks]


def test_a_clean_history_has_no_violation():
    acks = clean_history()
    assert lost(acks, rows(acks)) == []
    assert two_acknowledging(acks, OLD, 10.0) == []
    assert stale_acks(acks) == []
    assert split_timelines(acks) == []


def test_one_missing_row_is_one_loss():
    acks = clean_history()
    assert lost(acks, rows(acks[:4] + acks[5:])) == [acks[4]]


def test_a_row_that_nobody_was_told_of_is_no_loss():
    acks = clean_history()
    assert lost(acks, rows(acks) + [(0, 999)]) == []


def test_a_row_of_another_client_does_not_hide_a_loss():
    acks = clean_history()
    table = rows(acks[1:]) + [(1, acks[0].seq)]
    assert lost(acks, table) == [acks[0]]


def test_one_ack_by_the_old_primary_after_the_new_one_acknowledged_is_one_violation():
    acks = clean_history()
    late = Ack(12.35, 20, 1, OLD, 12.34, 1)
    assert two_acknowledging(acks + [late], OLD, 10.0) == [late]
    assert stale_acks(acks + [late]) == [late]


def test_an_answer_read_late_by_a_slow_client_is_no_violation_of_the_timelines():
    acks = clean_history()
    slow = Ack(12.1, 20, 1, OLD, 9.99, 1)
    assert stale_acks(acks + [slow]) == []
    hung = Ack(12.6, 20, 1, OLD, 9.99, 1)
    assert stale_acks(acks + [hung]) == [hung]


def test_two_servers_in_one_timeline_are_reported():
    acks = clean_history()
    other = Ack(12.01, 20, 1, OLD, 12.005, 2)
    assert split_timelines(acks + [other]) == [(2, {OLD, NEW})]


def test_one_read_from_the_old_primary_is_reported_and_a_read_from_a_standby_is_not():
    reads = [Read(11.9, 40, "primary", OLD), Read(12.2, 40, "primary", OLD),
             Read(12.3, 40, "standby", OLD), Read(12.4, 41, "primary", NEW)]
    assert stale_reads(reads, OLD, 12.0) == [reads[1]]


def test_the_summary_of_a_run_carries_each_violation():
    acks = clean_history()
    late = Ack(12.35, 20, 1, OLD, 12.34, 1)
    read = Read(12.5, 40, "primary", OLD)
    r = analyse((acks, []), ([late], []), 10.0, 13.0, 14.0, OLD, lambda c: OLD,
                rows(acks[1:]) + [(20, 1)], None, [read])
    assert (r["lost_remote"], r["lost_local"]) == (1, 0)
    assert (r["dual_acks"], r["dual_window_s"]) == (1, 0.35)
    assert (r["stale_reads"], r["stale_read_s"], r["wake_read_s"]) == (1, 0.5, 0.0)
    assert r["outage_s"] == 2.1


def test_a_torn_last_line_is_left_out_and_an_old_log_is_read():
    acks, states, reads = parse(["a 1.0 0 1 %s 0.9 3\n" % OLD, "a 2.0 0 2 %s\n" % OLD,
                                 "s 2.0 0 hang %s\n" % OLD, "r 2.5 40 primary %s\n" % OLD,
                                 "a 3.0 0 3 10.77"])
    assert acks == [Ack(1.0, 0, 1, OLD, 0.9, 3), Ack(2.0, 0, 2, OLD, 2.0, None)]
    assert states == [(2.0, 0, "hang", OLD)]
    assert reads == [Read(2.5, 40, "primary", OLD)]

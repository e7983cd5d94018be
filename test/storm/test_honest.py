"""A storm that was none fails: too few faults, a kind that never comes, one that is not undone, a mistake of ours."""
import os
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
sys.path.insert(0, HERE)
import faults                                                           # noqa: E402
import hosts                                                            # noqa: E402
import storm as storms                                                  # noqa: E402
from faults import KINDS, Kind, NotNow                                  # noqa: E402
from mcharness import Refused, checked, now                             # noqa: E402
from plan import Fault                                                  # noqa: E402
from storm import Done                                                  # noqa: E402


def member(name):
    return SimpleNamespace(name=name, host=SimpleNamespace(name=name, init=1, logfile="/nowhere"), mcdir="/nowhere",
                           daemons=lambda: [])


class Cluster:
    """One in which nothing runs; claims of hosts are those of the storm."""

    def __init__(self):
        self.servers, self.arbiters = [member("server1"), member("server2")], [member("arbiter1")]
        self.hosts = {m.name: m.host for m in self.members()}
        self.claims, self.claimed = threading.Lock(), set()

    claim = hosts.StormCluster.claim
    members = hosts.StormCluster.members
    member = hosts.StormCluster.member

    def up(self):
        pass


def does(harm=None, undo=None):
    """A kind that does this; each a function that may raise."""
    def run(storm, target, draw):
        if harm:
            harm()
        yield ["# something"]
        if undo:
            undo()
    return Kind("made-up", "server", 0.0, 0.0, False, False, run)


def fails(error):
    def act(*_):
        raise error
    return act


@pytest.fixture
def storm(monkeypatch):
    """kind -> a storm in which it struck three times"""
    def blown(kind, times=3):
        monkeypatch.setitem(KINDS, "made-up", kind)
        made = storms.Storm(Cluster(), "/nowhere")
        for number in range(1, times + 1):
            made.throw(Fault("made-up", "server1", 0.0, number))
            made.threads[-1].join(20)
        return made
    return blown


def test_a_memory_that_could_not_be_lost_is_not_waited_for(monkeypatch):
    """Its file was not there just then: every later loss would wait for it, and none would come."""
    made = storms.Storm(Cluster(), "/nowhere")
    monkeypatch.setattr(faults, "without_agent", lambda storm, member, change: change("/nowhere/state"))
    with pytest.raises(FileNotFoundError):
        next(faults.forget(made, made.cluster.servers[0], os.unlink, []))
    assert made.all_remember()
    next(faults.forget(made, made.cluster.servers[0], lambda path: None, []))
    assert not made.all_remember()


def test_two_faults_at_once_take_one_memory(monkeypatch):
    """The second is drawn while the first is at it: nobody would come back without an operator."""
    made = storms.Storm(Cluster(), "/nowhere")
    server = made.cluster.servers[0]
    changed = []

    def at_once(storm, member, change):
        if not changed:
            changed.append(member)
            with pytest.raises(faults.NotNow):
                next(faults.forget(storm, member, changed.append, []))
        change("/nowhere/state")
    monkeypatch.setattr(faults, "without_agent", at_once)
    next(faults.forget(made, server, changed.append, []))
    assert changed == [server, "/nowhere/state"]
    with pytest.raises(faults.NotNow):
        next(faults.forget(made, server, changed.append, []))


def test_a_storm_of_faults_that_come_and_go_has_no_shortcomings(storm):
    made = storm(does())
    made.least = 3
    assert made.complaints == [] and made.shortcomings() == [] and len(made.done) == 3


def test_too_few_faults_are_no_storm(storm):
    made = storm(does())
    made.least = 4
    assert made.shortcomings() == ["too few faults: 3, and 4 at least"]


def test_a_storm_demands_faults_by_its_seconds_and_a_script_by_its_lines(storm, monkeypatch):
    made = storm(does(), 0)
    made.begun = now() - 2000
    made.by_seed(1, 1200)
    assert made.least == 300
    made.by_script([(0.0, Fault("made-up", "server1", 0.0, n)) for n in (1, 2)])
    assert made.least == 2


@pytest.mark.parametrize("error", [NotNow(), OSError("not there"), Refused("status 1"), RuntimeError("nft"),
                                   subprocess.TimeoutExpired("mc_ctl", 10)])
def test_a_kind_that_is_drawn_three_times_and_never_done_is_complained_of(storm, error):
    made = storm(does(harm=fails(error)))
    assert made.done == [] and made.complaints == [] and len(made.put_off) == 3
    assert made.shortcomings() == ["made-up was drawn 3 times and never done"]
    assert storm(does(harm=fails(error)), 2).shortcomings() == []


def test_a_fault_that_is_tried_again_is_drawn_once(storm):
    made = storm(does(harm=fails(NotNow())), 1)
    for _ in range(4):
        made.throw(made.put_off.popleft())
        made.threads[-1].join(20)
    assert made.drawn["made-up"] == 1 and made.shortcomings() == []


@pytest.mark.parametrize("error", [KeyError("clocks"), AssertionError("ours"), AttributeError("ours")])
def test_a_mistake_of_ours_is_no_fault_that_cannot_be_done_now(storm, error):
    made = storm(does(harm=fails(error)), 1)
    assert len(made.complaints) == 1 and not made.put_off


@pytest.mark.parametrize("error", [NotNow(), OSError("gone"), Refused("status 1"), KeyError("ours")])
def test_a_fault_that_is_not_undone_is_complained_of(storm, error):
    made = storm(does(undo=fails(error)), 1)
    assert len(made.done) == 1 and made.done[0].ended is None
    assert len(made.complaints) == 1 and not made.put_off, made.complaints


def test_a_place_that_nobody_is_at_yet_is_tried_again_and_one_that_is_none_is_a_mistake(storm):
    made = storm(does(), 0)
    for number, where in ((1, "primary"), (2, "server9")):
        made.throw(Fault("made-up", where, 0.0, number))
        made.threads[-1].join(20)
    assert [fault.where for fault in made.put_off] == ["primary"]
    assert len(made.complaints) == 1 and "server9" in made.complaints[0]


def test_a_mistake_of_the_operator_is_told(storm):
    made = storm(does(), 0)
    made.operator._look = fails(KeyError("ours"))
    made.operator.start()
    end = now() + 20
    while not made.operator.mistakes and now() < end:
        time.sleep(0.05)
    made.operator.stop()
    assert "KeyError" in made.operator.mistakes[0]


def test_a_start_that_is_refused_is_asked_for_again_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(faults, "AGAIN", 1.5)
    refusals = [Refused("status 1"), Refused("status 1")]
    server = member("server1")

    def start(*words, timeout):
        if refusals:
            raise refusals.pop()
    server.start = start
    made = SimpleNamespace(cluster=SimpleNamespace(servers=[server]))
    faults.start_again(made, server)
    assert refusals == []
    server.start = lambda *words, timeout: checked(SimpleNamespace(returncode=1, args=[], stdout="", stderr=""))
    with pytest.raises(Refused):
        faults.start_again(made, server)


def test_who_is_cut_off_has_no_lease_but_where_the_power_came_back_amid_it(storm):
    made = storm(does(), 0)
    cut = Done(Fault("isolate-host", "server1", 4.0, 1), ["server1"], "primary", 10.0, 10.1, 14.0, 14.1)
    made.done = [cut, Done(Fault("isolate-host", "server2", 4.0, 2), ["server2"], "standby", 10.0, 10.1)]
    assert made.cut_off() == [("server1", 10.1, 14.0)]
    off = Done(Fault("power-off", "server2", 1.0, 3), ["server2"], "standby", 11.0, 11.1, 12.0, 12.5)
    made.done.append(off)
    assert made.cut_off() == [("server1", 10.1, 14.0)]
    off.names = ["server1"]
    assert made.cut_off() == []


ENDED = {"acknowledged": 9, "dual": [], "stale": []}


@pytest.mark.parametrize("what, kind, times, found", [
    ("", does(), 3, ENDED),
    ("too few faults", does(), 2, ENDED),
    ("never done", does(harm=fails(NotNow())), 3, ENDED),
    ("gone", does(undo=fails(OSError("gone"))), 3, ENDED),
    ("KeyError", does(harm=fails(KeyError("ours"))), 4, ENDED),
    ("stale=1", does(), 3, {**ENDED, "stale": [1]}),
    ("broke off", does(), 3, None)])
def test_the_exit_status_says_so(what, kind, times, found, monkeypatch, capsys):
    monkeypatch.setitem(KINDS, "made-up", kind)

    def by_seed(self, seed, seconds):
        self.least = 3
        for number in range(times):
            self.throw(Fault("made-up", "server1", 0.0, number))
            self.threads[-1].join(20)
    monkeypatch.setattr(storms.Storm, "by_seed", by_seed)
    monkeypatch.setattr(storms.Storm, "heal", lambda self: 0.5)
    monkeypatch.setattr(storms.Operator, "_look", lambda self, member: None)
    monkeypatch.setattr(storms, "Clients", lambda cluster: SimpleNamespace(stop=lambda: None))
    monkeypatch.setattr(storms, "verdict", lambda storm, clients: dict(found))
    monkeypatch.setattr(storms, "table", lambda storm, found: "table")
    monkeypatch.setattr(storms, "keep", lambda *_: None)
    given = SimpleNamespace(out="/nowhere", quorum=0, script=None, seed=1, seconds=60, keep=False)
    assert storms.blow(given, Cluster()) == (1 if what else 0)
    assert what in capsys.readouterr().out

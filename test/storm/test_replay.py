"""What storm.py can do to a cluster of any shape is told in words that the simulator plays (storm.story)."""
import os
import random
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
from faults import KINDS, kinds_of                                      # noqa: E402
from mcharness import BUILD                                             # noqa: E402
from plan import beats, names                                           # noqa: E402
from story import OPERATOR, Story                                       # noqa: E402
from watch import state_path                                            # noqa: E402

SHAPES = [((2, 1), 0), ((2, 0), 0), ((3, 0), 0), ((3, 0), 1), ((3, 2), 0), ((3, 2), 1), ((4, 1), 2)]
OVER = 22.0         # s in the story, 18 after the end of the fault: by then everybody is back


class Made:
    """A cluster in which nothing happens, and the story of what is done to it; also the storm's side of a fault."""

    def __init__(self, shape, quorum, folder):
        self.time = 10.0
        self.forgetting = threading.Lock()
        self.story = Story(lambda: self.time, shape, quorum)
        disks = SimpleNamespace(fill=lambda: None, empty=lambda: None,
                                hang=lambda: SimpleNamespace(let_go=lambda: None))
        self.servers = [self.member(name, folder) for name in names("server", shape[0])]
        self.arbiters = [self.member(name, folder) for name in names("arbiter", shape[1])]
        everybody = self.servers + self.arbiters
        rules = dict.fromkeys(("cut", "join", "allow"), lambda *_: None)
        rules.update(dict.fromkeys(("part", "drop", "lose"), lambda *_: ["rule"]))
        self.cluster = SimpleNamespace(
            servers=self.servers, arbiters=self.arbiters, members=lambda: everybody, net=SimpleNamespace(**rules),
            disks={(m.name, which): disks for m in everybody for which in ("mc", "data")},
            clocks={m.name: Clock() for m in self.servers}, suspend=lambda host: lambda: None)
        self.watch = SimpleNamespace(latest=SimpleNamespace(primary="server1"))
        self.copies = SimpleNamespace(kept={m.name: [b"old", b"new"] for m in everybody})
        self.all_remember = lambda: True

    @staticmethod
    def member(name, folder):
        place = folder / name
        place.mkdir(exist_ok=True)
        (place / (name + ".pid")).write_text("agent 11 0\nmonitor 12 0\n")
        host = SimpleNamespace(address="10.0.0." + name[-1], outer=lambda pid: pid, crash=lambda: None, boot=lambda: None)
        done = dict.fromkeys(("start", "stop", "ctl", "sql"), lambda *_, **__: None)
        return SimpleNamespace(name=name, host=host, mcdir=str(place), daemons=lambda: [], postmaster=lambda: 21,
                               instance_pids=lambda: [22, 23, 24], **done)

    def who(self, word):
        by_role = {"primary": self.servers[0], "standby": self.servers[1], "third": self.servers[-1]}
        every = self.cluster.members()
        if word == "all":
            return every
        return [by_role.get(name) or next(m for m in every if m.name == name) for name in word.split(",")]

    def play(self, kind, members, lasts=2.0):
        """The fault, and its end."""
        if kind.name in ("delete-memory", "put-back-memory"):
            with open(state_path(members[0]), "wb") as f:
                f.write(b"state")
            self.story("copy memory of {}", members[0])
        steps = kind.run(self, members if len(members) > 1 else members[0], random.Random(3))
        for words in (next(steps), next(steps, [])):
            for line in words:
                self.story(line, *members)
            self.time += lasts

    def write(self, path, *claims):
        path.write_text(self.story.text(lambda elapsed: "server1", self.time) + "\n".join(claims) + "\n")
        return path


class Clock:
    seconds = 0

    def set(self, seconds):
        self.seconds = seconds


TITLES = {22: "postgres: walsender postgres 10.0.0.2(4711) streaming 0/3", 23: "postgres: walreceiver streaming 0/3",
          24: "postgres: startup recovering 000000010000000000000003"}


@pytest.fixture
def made(monkeypatch, tmp_path):
    monkeypatch.setattr(faults, "send", lambda pid, number: None)
    monkeypatch.setattr(faults, "title", TITLES.get)
    monkeypatch.setattr(faults.shutil, "chown", lambda *_: None)
    return lambda shape, quorum=0: Made(shape, quorum, tmp_path)


def drawn(seed, shape, beat_count):
    return [fault for beat, _ in zip(beats(seed, shape), range(beat_count))
            for fault in [beat.first] + [other for _, other in beat.others]]


def complaints(paths):
    """What the simulator says of those that it cannot play, or whose claims are not true."""
    done = subprocess.run([BUILD + "/sim/mc_sim", "--claims", *paths], text=True, stdout=subprocess.PIPE)
    assert done.stdout.splitlines()[-1] == "1..%d" % len(paths), done.stdout
    return [line for line in done.stdout.splitlines()[:-1] if not line.startswith("ok ")]


@pytest.mark.parametrize("shape, quorum", SHAPES)
def test_every_fault_of_every_shape_can_be_told_and_is_over_in_the_simulator(made, shape, quorum, tmp_path):
    everywhere = sorted({(fault.kind, fault.where) for fault in drawn(1, shape, 400)})
    assert {kind for kind, _ in everywhere} == set(kinds_of(shape))
    paths = []
    for kind, place in everywhere:
        storm = made(shape, quorum)
        storm.play(KINDS[kind], storm.who(place))
        paths.append(storm.write(tmp_path / ("%s %s.story" % (kind, place)), "must switchable at %.1f" % OVER))
    assert complaints(paths) == []


@pytest.mark.parametrize("shape, quorum", SHAPES)
def test_a_storm_of_every_shape_can_be_told(made, shape, quorum, tmp_path):
    paths = []
    for seed in range(4):
        storm = made(shape, quorum)
        for fault in drawn(seed, shape, 15):
            storm.play(KINDS[fault.kind], storm.who(fault.where), fault.seconds)
        paths.append(storm.write(tmp_path / ("%d.story" % seed)))
    assert complaints(paths) == []


def told(made, kind, place, shape, quorum=0):
    storm = made(shape, quorum)
    storm.play(KINDS[kind], storm.who(place))
    return storm.story.text(lambda elapsed: "server1", storm.time).splitlines()


def test_what_was_cut_off_is_healed_to_everybody_of_its_cluster(made):
    assert told(made, "isolate-host", "third", (3, 2), 1) == [
        "servers a b c", "arbiters w x", "eligible 2", "quorum 1", "primary a", "automatic on", "begins switchable", OPERATOR,
        "at 0.500 cut c", "at 2.500 heal c a", "at 2.500 heal c b", "at 2.500 heal c w", "at 2.500 heal c x",
        "lasts 24", "never lost", "never two acknowledging"]


def test_a_stream_whose_process_is_stopped_is_cut_where_it_goes(made):
    assert "at 0.500 cut wal a b" in told(made, "stop-walsender", "primary", (3, 0))      # TITLES: it serves server2
    assert "at 0.500 cut wal c a" in told(made, "stop-walreceiver", "third", (3, 0))


def test_a_ring_leaves_out_whoever_is_not_beside(made):
    lines = told(made, "cut-ring", "all", (3, 1))
    assert [line for line in lines if line.startswith("at ")] == [OPERATOR, "at 0.500 cut ring", "at 2.500 heal c a",
                                                                  "at 2.500 heal w b"]
    assert "cut-ring" not in kinds_of((2, 1)) and "cut-ring" not in kinds_of((3, 0))


def test_a_clock_that_is_set_again_is_told_as_the_step_that_it_makes(made):
    storm = made((2, 1))
    for seed in (1, 2, 3):
        words = next(KINDS["step-clock"].run(storm, storm.servers[0], random.Random(seed)))
        storm.story(words[0], storm.servers[0])
    steps = [line.split()[4:] for _, line in storm.story.lines]
    assert sum(int(step[0]) * (-1 if step[1:] else 1) for step in steps) == storm.cluster.clocks["server1"].seconds


def test_a_link_that_flaps_is_cut_and_healed_and_whole_in_the_end(made):
    storm = made((2, 1))
    seen = []
    storm.cluster.net.part = lambda a, b: seen.append("cut") or ["rule"]
    storm.cluster.net.allow = lambda rules: seen.append("heal")
    steps = KINDS["flap-pair"].run(storm, storm.servers, random.Random(1))
    assert next(steps) == ["flap {} {} 0.4"]
    time.sleep(2.5)
    assert next(steps) == ["flap {} {} ends"]
    assert seen[-1] == "heal" and len(seen) >= 4 and seen == ["cut", "heal"] * (len(seen) // 2)


def test_a_link_that_cannot_be_healed_fails_the_fault(made):
    storm = made((2, 1))
    storm.cluster.net.allow = {}.pop
    steps = KINDS["flap-pair"].run(storm, storm.servers, random.Random(1))
    next(steps)
    time.sleep(1.0)
    with pytest.raises((KeyError, TypeError)):
        next(steps)

"""The storm can fail, cleans up however it ends, and tells the simulator what it did."""
import os
import re
import signal
import subprocess
import sys
import time

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
sys.path.insert(0, HERE)
from mcharness import BUILD, PY, sh                                     # noqa: E402
from plan import Fault, beats, script                                   # noqa: E402
from story import AFTER, OPERATOR, Story, lines_max                                                 # noqa: E402
from test_mutation import build_without                                 # noqa: E402

STORM = [PY, "-B", os.path.join(HERE, "storm.py")]
SCRIPT = os.path.join(HERE, "solo_then_cut.storm")
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: namespaces, mounts")


def run(build, folder):
    return subprocess.run(STORM + ["--script", SCRIPT, "--build", build, "--out", str(folder)], text=True, timeout=240,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_the_rules_as_they_are_lose_nothing_in_this_sequence(tmp_path):
    done = run(BUILD, tmp_path / "kept")
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(r"faults=2 acknowledged=\d+ lost=0 dual=0 stale=0", done.stdout.splitlines()[-1])
    assert not (tmp_path / "kept").exists()


def test_a_promotion_of_a_standby_that_was_not_eligible_is_seen_as_a_loss(tmp_path):
    done = run(build_without("promote_ineligible"), tmp_path / "kept")
    assert done.returncode == 1, done.stdout
    lost = re.fullmatch(r"faults=2 acknowledged=\d+ lost=(\d+) dual=\d+ stale=\d+", done.stdout.splitlines()[-1])
    assert lost and int(lost.group(1)) > 0, done.stdout
    kept = set(os.listdir(tmp_path / "kept"))
    assert {"faults.txt", "verdict.txt", "storm.story", "server1.log", "arbiter1.log", "lists", "fleet1.acks"} <= kept
    sim = subprocess.run([BUILD + "/sim/mc_sim", "--claims", tmp_path / "kept/storm.story"], text=True,
                         stdout=subprocess.PIPE)
    assert sim.stdout.startswith("ok 1"), sim.stdout


def left_of(pid):
    """What a storm made that still is there."""
    text = sh("ip", "netns", "list").stdout + sh("losetup", "--list").stdout
    return [word for word in ("mct%d-" % pid, "mct%d/" % pid) if word in text] \
        + ["files"] * os.path.exists("/tmp/mct%d" % pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_of_a_storm_that_is_ended_amid_its_faults(number, tmp_path):
    storm = subprocess.Popen(STORM + ["--seconds", "60", "--seed", "1", "--out", str(tmp_path / "kept")],
                             stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        time.sleep(12)
        assert left_of(storm.pid) != []
    finally:
        storm.send_signal(number)
        storm.wait()
    for _ in range(60):
        if not left_of(storm.pid):
            break
        time.sleep(0.5)
    assert left_of(storm.pid) == []


def test_the_same_seed_gives_the_same_faults():
    def begin(seed):
        beat = beats(seed)
        return [next(beat) for _ in range(20)]
    assert begin(5) == begin(5)
    assert begin(5) != begin(6)


def test_the_faults_of_a_run_are_a_script():
    assert script(["# begun at 3.000 of the logs' clock\n",
                   "0.016 isolate-host server1 3.66  # number 9, primary, over at 3.684\n"]) \
        == [(0.016, Fault("isolate-host", "server1", 3.66, 1))]


def test_a_story_holds_as_many_faults_as_fit_before_the_violation():
    story = Story(lambda: 0.0)
    story.lines = [(float(t), "cut a") for t in range(300)] + [(200.5, "# the clock of a is set wrong")]
    text = story.text(lambda elapsed: "server2" if elapsed > 100 else "server1", 250.0).splitlines()
    told = [line for line in text if line.startswith("at ") and line != OPERATOR]
    assert "primary b" in text and "# the clock of a is set wrong" in text
    assert told[0] == "at 0.500 cut a" and told[-1] == "at %.3f cut a" % (len(told) - 0.5)
    assert len(told) == lines_max() - 1
    assert "lasts %d" % (len(told) - 0.5 + AFTER) in text

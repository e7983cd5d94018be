"""The checks can fail: builds in which one rule is switched off are caught by them."""
import fcntl
import os
import sys
import threading
import time

import pytest

from mcharness import BUILD, PROGRAMS, ROOT, PgError, alive, analyze, now, sh, wait_until
from test_crash import COMPUTE


def build_without(rule):
    """The programs with that rule switched off, beside the ordinary build; compiled once."""
    folder = "%s-%s" % (BUILD, rule)
    with open(folder + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)        # the storm's own tests, beside these, want one of them too
        if not os.path.exists(folder + "/build.ninja"):
            sh("meson", "setup", "-Dtest_build=true", "-Dbuildtype=debug", "-Dmutation=" + rule, folder, ROOT,
               timeout=1800)
        # Whatever else is tested at the time has bounds.
        sh(ROOT + "/tools/background.py", "ninja", "-C", folder, "-j", "2", *["src/main/" + name for name in PROGRAMS],
           timeout=1800)
    return folder


def test_a_build_without_a_rule_has_one_builder_at_a_time(monkeypatch, tmp_path):
    """Two steps of the check ask for the same one side by side, and two ninjas in one folder spoil each other's files."""
    building, most = [], []

    def noted(*command, **_):
        building.append(command)
        most.append(len(building))
        time.sleep(0.05)
        building.remove(command)
    here = sys.modules[__name__]
    monkeypatch.setattr(here, "sh", noted)
    monkeypatch.setattr(here, "BUILD", str(tmp_path / "build"))
    both = [threading.Thread(target=build_without, args=("any_rule",)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(most) == 4 and max(most) == 1


@pytest.fixture
def mutant(make_cluster, request):
    cluster = make_cluster(build=build_without(request.param))
    return cluster.up()


@pytest.mark.parametrize("mutant", ["promote_ineligible"], indirect=True)
def test_promotion_of_a_standby_that_was_not_eligible_is_reported_as_a_loss(mutant):
    primary, standby = mutant.pair()
    fleet = mutant.fleet()
    # the primary goes on alone; then it is cut off, and the standby comes back, behind
    lost = now()
    mutant.net.cut(standby.host)
    detached = mutant.wait_detached(lost)
    fleet.wait_acks(50, primary, now())
    mutant.net.cut(primary.host)
    mutant.net.join(standby.host)
    wait_until(lambda: standby.role() == "primary", 15, "the mutant promotes it")
    time.sleep(0.3)
    fleet.stop()
    acks, _, _ = fleet.load()
    table = [(int(c), int(s)) for c, s in standby.sql(
        "select client, seq from bench_acks where run = %d" % fleet.run, 20)]
    assert analyze.lost(acks, table) != []


@pytest.mark.parametrize("mutant", ["process_group"], indirect=True)
def test_a_proof_by_the_process_group_leaves_a_backend_behind(mutant):
    """The claim of test_a_backend_that_computes_is_gone_before_the_successor_opens, found untrue."""
    primary, standby = mutant.pair()
    primary.sql(COMPUTE)
    conn = primary.connect()
    pid = primary.host.outer(int(conn.query("select pg_backend_pid()", 2)[0][0]))
    with pytest.raises(PgError):
        conn.query("call compute()", 0.2)
    primary.kill_postmaster()
    wait_until(lambda: standby.role() == "primary", 15, "the standby is promoted")
    assert alive(pid)

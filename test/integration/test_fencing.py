"""The arbiter's fencing command: who is left out is isolated first, or stays what it is."""
import os
import re

import pytest

from mcharness import checked, holds_for, now, wait_until

SCRIPT = """#!/bin/sh
echo "$@" >> {folder}/calls
case "$(cat {folder}/mode)" in
fail) echo "no such outlet"; exit 7;;
hang) exec sleep 600;;
wait) while ! test -e {folder}/go; do sleep 0.1; done;;
esac
"""


def says(cluster, mode):
    with open(cluster.folder + "/mode.new", "w") as f:
        f.write(mode)
    os.rename(cluster.folder + "/mode.new", cluster.folder + "/mode")


def calls(cluster):
    try:
        with open(cluster.folder + "/calls") as f:
            return f.read().splitlines()
    except FileNotFoundError:
        return []


def make(make_cluster, **how):
    cluster = make_cluster(**how)
    cluster.folder = cluster.dir + "/fence"
    os.makedirs(cluster.folder)
    os.chmod(cluster.folder, 0o777)
    cluster.command = cluster.folder + "/fence.sh"
    with open(cluster.command, "w") as f:
        f.write(SCRIPT.format(folder=cluster.folder))
    os.chmod(cluster.command, 0o755)
    says(cluster, "done")
    cluster.init_all(data_of_all=False)
    cluster.arbiter.set(fencing_command=cluster.command, fencing_command_timeout="60s")
    return cluster


def up(cluster):
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    return cluster


@pytest.fixture
def fenced(make_cluster):
    """Primary, eligible standby, and an arbiter with a fencing command that succeeds."""
    return up(make(make_cluster))


def waits_for(member):
    done = member.ctl("status")
    return [line for line in done.stdout.splitlines() if line.startswith("waiting for: ")]


def test_a_primary_that_is_cut_off_is_isolated_once_before_its_standby_opens(fenced):
    primary, standby = fenced.pair()
    fleet = fenced.fleet()
    fleet.wait_acks()
    says(fenced, "wait")
    cut = now()
    fenced.net.cut(primary.host)
    wait_until(lambda: calls(fenced), 30, "the command is called")
    holds_for(lambda: standby.role() == "standby", 5, "nobody takes over before it has ended")
    told = 'waiting for: the fencing command of "%s" to isolate "%s"' % (fenced.arbiter.name, primary.name)
    assert waits_for(standby) == [told] and waits_for(fenced.arbiter) == [told]
    assert "online" in fenced.arbiter.ctl("status").stdout, "the arbiter goes on meanwhile"
    open(fenced.folder + "/go", "w").close()
    wait_until(lambda: standby.role() == "primary", 30, "the standby takes over")
    assert calls(fenced) == ["monitor switch " + primary.name]
    host = fenced.arbiter.host
    assert len(host.logged("MCR01010", cut)) == 1 and len(host.logged("MCR01012", cut)) == 1
    fleet.wait_acks(20, standby, cut)
    fenced.net.mend()
    fenced.wait_switchable(60)
    assert waits_for(standby) == [] and calls(fenced) == ["monitor switch " + primary.name]
    fleet.stop()
    fleet.check(standby)


def test_a_command_that_fails_forbids_the_takeover_and_everybody_says_why(fenced):
    primary, standby = fenced.pair()
    fleet = fenced.fleet()
    fleet.wait_acks()
    says(fenced, "fail")
    struck = now()
    primary.host.crash()
    wait_until(lambda: fenced.arbiter.host.logged('"%s": exit status 7: no such outlet .*MCR01013' % primary.name, struck),
               30, "the log has the command's words")
    wait_until(lambda: standby.host.logged("did not isolate the primary.*MCA01046", struck), 30, "and the standby's log")
    assert any("exit status 7: no such outlet" in line for line in waits_for(fenced.arbiter))
    wait_until(lambda: any('"%s" could not isolate "%s"' % (fenced.arbiter.name, primary.name) in line
                           for line in waits_for(standby)), 10, "the standby's status says so")
    wait_until(lambda: len(calls(fenced)) >= 2, 40, "it is tried again")
    times = [t for t, _ in fenced.arbiter.host.logged("MCR01010", struck)]
    assert times[1] - times[0] > 5, "not in a tight loop"
    assert standby.role() == "standby"
    says(fenced, "done")
    wait_until(lambda: standby.role() == "primary", 60, "it takes over when the command succeeds")
    fleet.wait_acks(20, standby, struck)
    fleet.stop()
    fleet.check(standby)


def test_a_command_that_hangs_is_killed_at_its_limit_and_nobody_takes_over(fenced):
    primary, standby = fenced.pair()
    arbiter = fenced.arbiter
    checked(arbiter.ctl("stop", "-e"))
    arbiter.set(fencing_command_timeout="4s")
    arbiter.start()
    fenced.wait_switchable(30)
    says(fenced, "hang")
    struck = now()
    primary.host.crash()
    wait_until(lambda: arbiter.host.logged("did not end in time, and was killed .*MCR01013", struck), 40, "it is killed")
    began = arbiter.host.logged("MCR01010", struck)[0][0]
    assert arbiter.host.logged("MCR01013", struck)[0][0] - began > 3.5
    holds_for(lambda: standby.role() == "standby", 3, "nobody takes over")
    says(fenced, "done")
    wait_until(lambda: standby.role() == "primary", 60, "but later, when it does not hang")


def test_an_operator_forces_without_fencing_where_the_command_fails(fenced):
    primary, standby = fenced.pair()
    assert standby.ctl("switch", "--no-fencing").returncode == 2, "a handover isolates nobody"
    standby.stop()
    says(fenced, "fail")
    primary.host.crash()
    standby.start("-W")
    wait_until(lambda: standby.ctl("switch").returncode == 3 and "--force" in standby.ctl("switch").stderr, 30,
               "it says what would be lost")
    done = standby.ctl("switch", "--force")
    assert done.returncode == 3 and "--no-fencing goes on without" in done.stderr, done
    assert calls(fenced) == ["command switch " + primary.name]
    checked(standby.ctl("switch", "--force", "--no-fencing", timeout=120))
    assert standby.role() == "primary" and len(calls(fenced)) == 1


def test_an_eligible_standby_takes_over_without_fencing_on_an_operators_word(fenced):
    """The power switch is out of reach, too, and the operator knows that the primary is off: nothing is lost, no line ends."""
    primary, standby = fenced.pair()
    fleet = fenced.fleet()
    fleet.wait_acks()
    says(fenced, "fail")
    struck = now()
    primary.host.crash()
    wait_until(lambda: fenced.arbiter.host.logged("MCR01013", struck), 40, "the command has failed")
    wait_until(lambda: waits_for(standby), 20, "status says so")
    assert standby.role() == "standby"
    assert any("mc_ctl switch --force --no-fencing" in line for line in waits_for(standby)), waits_for(standby)
    for words in ("switch",), ("switch", "--force"):
        done = standby.ctl(*words, timeout=60)
        assert done.returncode == 3 and "MCA01700" in done.stderr, done
        assert re.search('fencing_command of "%s" (does not isolate|has not yet isolated) "%s"' % (
            fenced.arbiter.name, primary.name), done.stderr), done
        assert "mc_ctl switch --force --no-fencing at the standby" in done.stderr, done
    done = checked(standby.ctl("switch", "--force", "--no-fencing", timeout=120))
    assert "MCA01690" in done.stdout and "MCA0146" not in done.stdout, done
    assert standby.role() == "primary"
    status = standby.status()
    assert status.word == "switched" and "by force" not in status.text, status.text
    fleet.wait_acks(20, standby, now())
    fleet.stop()
    fleet.check(standby)


def test_a_standby_that_waits_for_a_slow_command_is_stopped_before_that_ends(fenced):
    primary, standby = fenced.pair()
    says(fenced, "wait")
    primary.host.crash()
    wait_until(lambda: calls(fenced), 30, "the command is called")
    holds_for(lambda: standby.role() == "standby", 2, "the claim waits for it")
    done = checked(standby.ctl("stop", timeout=120))
    assert "MCA01114" in done.stdout or "stopped" in done.stdout, done
    assert not standby.instance_pids() and not standby.daemons()
    assert calls(fenced) == ["monitor switch " + primary.name], "and it was not over before"
    assert not fenced.arbiter.host.logged("MCR01012|MCR01013"), "nor is it now"
    open(fenced.folder + "/go", "w").close()
    standby.start()
    wait_until(lambda: standby.role() == "primary", 60, "it takes over when it is there again")


@pytest.mark.parametrize("moment", ["before", "during", "after"])
def test_an_arbiter_that_dies_over_its_command_remembers_whom_it_was_isolating(make_cluster, moment):
    cluster = up(make(make_cluster, mortal=True))
    primary, standby = cluster.pair()
    arbiter = cluster.arbiter
    fleet = cluster.fleet()
    fleet.wait_acks()
    says(cluster, "wait")
    arbiter.die_at("run:" + moment)
    struck = now()
    cluster.net.cut(primary.host)
    wait_until(lambda: not os.path.exists(arbiter.kill_file), 30, "the place is reached")
    # the primary is heard by the arbiter again, and by it alone
    cluster.net.part(primary.host, standby.host)
    cluster.net.join(primary.host)
    wait_until(lambda: any(primary.name in line and "online" in line
                           for line in arbiter.ctl("status").stdout.splitlines()), 30, "it is heard")
    holds_for(lambda: primary.role() != "primary", 6, "what was decided stands")
    assert not cluster.logged("cause detach", struck)
    open(cluster.folder + "/go", "w").close()
    wait_until(lambda: standby.role() == "primary", 60, "the standby takes over")
    assert set(calls(cluster)) <= {"monitor switch " + primary.name}
    cluster.net.mend()
    cluster.wait_switchable(60)
    fleet.stop()
    fleet.check(standby)


def test_an_arbiter_that_is_killed_during_the_command_calls_it_again(fenced):
    primary, standby = fenced.pair()
    arbiter = fenced.arbiter
    says(fenced, "wait")
    primary.host.crash()
    wait_until(lambda: calls(fenced), 30, "the command is called")
    arbiter.kill_daemons()
    arbiter.start()
    wait_until(lambda: len(calls(fenced)) == 2, 40, "nobody knows how the first call has ended")
    assert standby.role() == "standby"
    open(fenced.folder + "/go", "w").close()
    wait_until(lambda: standby.role() == "primary", 40, "the standby takes over")
    assert calls(fenced) == 2 * ["monitor switch " + primary.name]


def test_a_command_that_cannot_be_run_is_refused_at_the_start(make_cluster):
    cluster = make(make_cluster)
    os.chmod(cluster.command, 0o644)
    done = cluster.arbiter.ctl("start")
    assert done.returncode == 1 and "fencing_command" in done.stderr and cluster.command in done.stderr, done
    assert "arbitration.conf" in done.stderr and "Permission denied" in done.stderr
    assert not cluster.arbiter.daemons()
    os.chmod(cluster.command, 0o755)
    cluster.arbiter.start()


def test_a_silent_standby_is_isolated_before_the_primary_goes_on_without_it(fenced):
    primary, standby = fenced.pair()
    fleet = fenced.fleet()
    fleet.wait_acks()
    says(fenced, "wait")
    cut = now()
    fenced.net.cut(standby.host)
    wait_until(lambda: calls(fenced), 30, "the command is called")
    holds_for(lambda: not fenced.logged("cause detach", cut), 3, "it is not detached before the command has ended")
    assert not fleet.acks(primary, cut + 4), "commits wait"
    open(fenced.folder + "/go", "w").close()
    fenced.wait_detached(cut, 30)
    fleet.wait_acks(20, primary, now())
    assert calls(fenced) == ["monitor detach " + standby.name]
    fenced.net.mend()
    fenced.wait_switchable(60)
    fleet.stop()
    fleet.check(primary)


def test_nobody_is_isolated_who_is_heard_or_leaves(fenced):
    primary, standby = fenced.pair()
    checked(standby.ctl("switch", timeout=120))
    primary, standby = fenced.pair()
    cut = now()
    fenced.net.part(primary.host, standby.host)     # both hear the arbiter
    fenced.wait_detached(cut, 30)
    fenced.net.mend()
    fenced.wait_switchable(60)
    standby.stop()
    standby.start()
    fenced.wait_switchable(60)
    assert calls(fenced) == []


def test_an_operator_detaches_a_standby_whether_it_answers_or_not(fenced):
    primary, standby = fenced.pair()
    # one that answers: without a word its agent obeys, by force it is isolated
    checked(primary.ctl("detach"))
    wait_until(lambda: primary.names() == "", 20, "no commit waits for it")
    assert calls(fenced) == []
    checked(standby.ctl("start"))
    fenced.wait_switchable(60)
    checked(standby.ctl("detach", "--force", standby.name))
    wait_until(lambda: primary.names() == "", 20, "no commit waits for it")
    assert calls(fenced) == ["command detach " + standby.name]
    checked(standby.ctl("start"))
    fenced.wait_switchable(60)
    # one that does not: host, agent and instance stand still
    checked(primary.ctl("disable-failover"))
    fleet = fenced.fleet()
    fleet.wait_acks(20, primary)
    says(fenced, "fail")
    struck = now()
    standby.host.freeze()
    wait_until(lambda: primary.host.logged("MCA00019", struck), 30, "it is silent")
    done = primary.ctl("detach", standby.name)
    assert done.returncode == 3 and "--no-fencing goes on without" in done.stderr, done
    assert calls(fenced)[1:] == ["command detach " + standby.name]
    checked(primary.ctl("detach", "--no-fencing", standby.name))
    fleet.wait_acks(20, primary, now())
    wait_until(lambda: primary.names() == "", 20, "no commit waits for it")
    assert len(calls(fenced)) == 2
    standby.host.thaw()
    holds_for(lambda: primary.names() == "", 3, "it is kept apart when it is back")
    fleet.stop()
    fleet.check(primary)

"""`mc_ctl recover` with members that are gone for good: what would come of it, the way on after a force, and what an interruption leaves."""
import os
import shutil
import signal
import subprocess
import time

from mcharness import checked, now, program, send, wait_until
from test_members import REFUSED, gone_beside_a_lost_state, members, voters
from test_recover import UNPROTECTED, commands, outage, recover, wake

TELLS = "mc_ctl: interrupted: "


def epoch(server):
    return int(server.status("--json").text.split('"epoch":', 1)[1].split(",", 1)[0])


def interrupted(server, delay, number, *words):
    """Types it, and ends it after so long as a terminal would (all of its processes); its exit status and what it said."""
    process = server.host.spawn([program("mc_ctl", server.cluster.build), "recover", "-M", server.mcdir] + list(words) + server.local,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # as at a terminal
    wait_until(lambda: commands(server.host) or process.poll() is not None, 20, "it runs")
    time.sleep(delay)
    for pid in commands(server.host):
        send(pid, number)
    out, err = process.communicate(timeout=30)
    print("%s after %.2f s: %d\n%s%s" % (" ".join(words), delay, process.returncode, out, err))
    wait_until(lambda: not commands(server.host), 20, "nothing of it is left")
    if process.returncode == -signal.SIGINT:
        assert err.count(TELLS) == 1 or out + err == "", err  # or it had not even begun
    return process.returncode, out, err


def test_a_preview_says_who_votes_now_and_then_and_changes_nothing(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    arbiter = cluster.arbiter
    before = epoch(primary)
    for at in (primary, standby):
        done = members(at, "--without", arbiter.name, "--dry-run")
        assert done.returncode == 0, done
        assert "now vote: server1, server2, arbiter1 (3 in all, a majority is 2, 1 may fail)" in done.stdout
        assert "then vote: server1, server2 (2 in all, a majority is 2, 0 may fail)" in done.stdout
        assert "a majority that can decide it: mc_ctl recover --without %s" % arbiter.name in done.stdout
    done = members(primary, "--without", standby.name, "--dry-run")
    assert done.returncode == REFUSED and "that server is eligible: mc_ctl detach first" in done.stderr, done
    assert "then vote: %s, arbiter1 (2 in all, a majority is 2, 0 may fail)" % primary.name in done.stdout
    assert voters(primary) == ["server1", "server2", "arbiter1"] == voters(standby) and epoch(primary) == before
    # And what it has shown is what comes of it.
    assert members(standby, "--without", arbiter.name).returncode == 0 and voters(primary) == ["server1", "server2"]
    before = epoch(primary)
    made = os.path.join(primary.mcdir, arbiter.name + ".init")
    os.remove(made)
    done = members(primary, "--with", arbiter.name, "--dry-run")
    assert done.returncode == 0 and "would write %s" % made in done.stdout and not os.path.exists(made), done
    assert "then vote: server1, server2, arbiter1 (3 in all, a majority is 2, 1 may fail)" in done.stdout
    arbiter.stop()
    wait_until(lambda: "it does not answer" in members(primary, "--with", arbiter.name, "--dry-run").stderr, 30, "it is silent")
    assert members(primary, "--with", arbiter.name, "--dry-run").returncode == REFUSED
    assert voters(primary) == ["server1", "server2"] and epoch(primary) == before


def test_a_primary_that_serves_alone_and_is_no_majority_is_told_how_it_can_do_without_the_others(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    standby.host.crash()
    wait_until(lambda: '"eligible":[]' in primary.status("--json").text.replace(" ", ""), 60, "it is disconnected")
    cluster.arbiter.host.crash()
    words = ("--without", standby.name, "--without", cluster.arbiter.name)
    refused = "no majority of the voters answers: mc_ctl stop, then mc_ctl recover --force --without"
    wait_until(lambda: refused in members(primary, *words, "--dry-run").stderr, 60, "the arbiter is silent")
    assert primary.role() == "primary"
    primary.sql("create table kept(i int)")
    checked(primary.ctl("stop"))
    done = members(primary, "--force", *words)
    assert done.returncode == UNPROTECTED and voters(primary) == [primary.name], done
    assert primary.role() == "primary" and primary.sql("select count(*) from kept")[0][0] == "0"


def test_a_force_that_is_interrupted_at_any_step_is_gone_on_with_and_says_that_the_primary_is_alone(make_cluster):
    cluster = make_cluster().up()
    primary, last = cluster.pair()
    arbiter = cluster.arbiter
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    outage(cluster, *[m for m in cluster.servers + cluster.arbiters if m is not last])
    fleet.stop()
    words = ("--without", primary.name, "--without", arbiter.name)
    done = members(last, *words, "--dry-run")
    assert done.returncode == REFUSED and "then vote: %s (1 in all, a majority is 1, 0 may fail)" % last.name in done.stdout, done
    assert "nobody who is heard can tell" in done.stdout
    assert "mc_ctl recover --force --without %s --without %s" % (primary.name, arbiter.name) in done.stderr
    done = members(last, "--force", *words, "--dry-run")
    assert done.returncode == 0 and "with that loss this server would go on alone" in done.stderr + done.stdout, done
    assert members(last, "--force", "--dry-run", *words[:2]).returncode == REFUSED  # one is not enough
    assert not last.instance_pids() and voters(last) == ["server1", "server2", "arbiter1"]
    # Ended by a signal and killed, agent and all, at several instants: the same command goes on from there.
    seen = set()
    for i, delay in enumerate((0.05, 6.1, 6.4, 6.8, 8.0, 10.0)):
        status, _, err = interrupted(last, delay, signal.SIGINT if i % 2 == 0 else signal.SIGKILL, "--force", *words)
        assert status in (-signal.SIGINT, -signal.SIGKILL, UNPROTECTED), (status, err)
        seen.add(status)
        if i == 3:
            for pid in last.daemons():
                send(pid, signal.SIGKILL)
    assert -signal.SIGINT in seen and -signal.SIGKILL in seen
    done = members(last, "--force", *words)
    assert done.returncode == UNPROTECTED and last.role() == "primary" and voters(last) == [last.name], done
    assert "no other server votes, so %s is alone, without an arbiter" % last.name in done.stdout
    assert "mc_ctl recover --with ID, here" in done.stdout and "mc_ctl setup -r standby" in done.stdout
    again = members(last, "--force", *words)
    assert again.returncode == UNPROTECTED and "votes no more" in again.stdout, again
    # Who is there again is named, with the way back; and the way leads there.
    primary.host.boot()
    primary.ctl("start", "--mc-only", "-W")
    named = "%s: is there, and votes no more: mc_ctl recover --with %s, here, then mc_ctl start there" % (primary.name, primary.name)
    wait_until(lambda: named in recover(last).stdout, 60, "it is heard")
    assert not primary.instance_pids()
    wait_until(lambda: members(last, "--with", primary.name).returncode == 0, 60, "it votes again")
    primary.ctl("start", "-W", "-f")
    wait_until(lambda: primary.role() is not None or "mc_ctl rejoin" in primary.status().text, 60, "it is back")
    if primary.role() is None:  # it has WAL that nobody acknowledged
        checked(primary.ctl("rejoin", "--force", primary.name))
    checked(last.ctl("enable-failover"))
    cluster.wait_switchable(60)
    assert cluster.pair() == (last, primary) and len(fleet.check(last)) >= 40


def test_after_a_force_the_servers_that_are_left_are_brought_back_to_it(make_cluster):
    """Of five voters three are gone for good. The other server that is left has lost its data."""
    cluster = make_cluster(servers=3, arbiters=2).up()
    primary = cluster.primaries()[0]
    kept, other = [s for s in cluster.servers if s is not primary]
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    outage(cluster, primary, *cluster.arbiters)
    fleet.stop()
    shutil.rmtree(other.data)
    checked(other.start("--mc-only", "-W"))
    gone = [primary] + cluster.arbiters
    words = [word for m in sorted(gone, key=lambda m: (m in cluster.arbiters, m.name)) for word in ("--without", m.name)]
    shown = members(kept, *words, "--dry-run")
    assert shown.returncode == REFUSED and "(2 in all, a majority is 2, 0 may fail)" in shown.stdout, shown
    for delay in (6.5, 9.0, 13.0):
        interrupted(kept, delay, signal.SIGINT, "--force", *words)
    done = members(kept, "--force", *words, timeout=240)
    assert done.returncode == 0 and "the cluster is switchable" in done.stdout, done
    assert (kept.role(), other.role()) == ("primary", "standby") and voters(kept) == sorted([kept.name, other.name])
    assert len(fleet.check(kept)) >= 40


def test_an_arbiter_without_its_state_and_a_server_gone_for_good_are_replaced_step_by_step(make_cluster):
    """E3: there is no word at the arbiter for it, and whoever looks for one there is told the way; every step of it is taken."""
    cluster = make_cluster().up()
    primary, last = cluster.pair()
    arbiter = cluster.arbiter
    fleet = gone_beside_a_lost_state(cluster)
    typed = arbiter.ctl("start", "--without", primary.name)
    assert typed.returncode == 2 and 'there is no "--without" here' in typed.stderr, typed
    assert "mc_ctl recover --force --without ID --without ARBITER at the server that is kept, then mc_ctl recover --with ARBITER" \
        in typed.stderr
    since = now()
    arbiter.start()
    words = [word for m in sorted([primary, arbiter], key=lambda m: (m is arbiter, m.name)) for word in ("--without", m.name)]
    way = "mc_ctl recover --force " + " ".join(words)
    wait_until(lambda: "waiting for: the word of %s; " % primary.name in arbiter.ctl("status").stdout, 60, "it says for whom it waits")
    assert way in arbiter.ctl("status").stdout
    said = wait_until(lambda: arbiter.host.logged("MCA01724", since), 60, "it says so in its log, too")
    assert "each of these has answered: %s" % primary.name in said[0][1], said
    wait_until(lambda: way in members(last, *words, "--dry-run").stderr, 30, "the preview names the same way")
    done = members(last, "--force", *words)
    assert done.returncode == UNPROTECTED and last.role() == "primary" and voters(last) == [last.name], done
    assert "%s: is there, and votes no more: mc_ctl recover --with %s, here\n" % (arbiter.name, arbiter.name) in done.stdout
    wait_until(lambda: members(last, "--with", arbiter.name, "--dry-run").returncode == 0, 60, "it has its memory")
    done = members(last, "--with", arbiter.name)
    assert done.returncode == 0 and set(voters(last)) == {last.name, arbiter.name}, done
    assert "waiting for" not in arbiter.ctl("status").stdout
    assert len(fleet.check(last)) >= 40


def test_recovery_may_be_interrupted_at_any_stage_and_says_what_goes_on(make_cluster):
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    stages = set()
    for at in (standby, primary):     # the directory that is lost is copied by the command itself; then by an agent
        fleet = cluster.fleet()
        fleet.wait_acks(40)
        outage(cluster)
        fleet.stop()
        shutil.rmtree(standby.data)
        wake(cluster, at)
        for delay in (0.0, 0.3, 1.0, 1.8, 2.6, 3.4):
            status, _, err = interrupted(at, delay, signal.SIGINT)
            if status == -signal.SIGINT and TELLS in err:
                stages.add(err.split(TELLS, 1)[1].splitlines()[0])
        done = recover(at, timeout=240)
        assert done.returncode == 0 and "the cluster is switchable" in done.stdout, done
        assert cluster.pair() == (primary, standby) and len(fleet.check(primary)) >= 40
    print("\n".join(sorted(stages)))
    assert len(stages) >= 2, stages
    assert any("nothing was changed" in stage for stage in stages) and any("go on by themselves" in stage for stage in stages)

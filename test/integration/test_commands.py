"""What start, stop, status and the switches do, and with which exit status."""
import json
import os
import shutil
import signal
import subprocess
import threading

import pytest

from mcharness import BUILD, PROGRAMS, Status, checked, holds_for, now, send, wait_until


def test_a_second_start_says_so_and_changes_nothing(cluster):
    primary, standby = cluster.pair()
    before = (primary.daemons(), primary.postmaster(), primary.timeline())
    done = primary.ctl("start")
    assert done.returncode == 0, done.stderr
    assert (primary.daemons(), primary.postmaster(), primary.timeline()) == before
    assert cluster.pair() == (primary, standby)


def test_the_table_of_the_status_is_the_one_that_people_know(cluster):
    primary, standby = cluster.pair()
    done = primary.ctl("status")
    assert done.returncode == 0
    lines = done.stdout.split("\n")
    while lines and not lines[0]:
        lines.pop(0)
    assert lines[0] == "mirroring status"
    assert set(lines[1]) == {"-"}
    assert lines[2] == "switchable"
    titles = [n for n, line in enumerate(lines) if line.startswith("server_id")][0]
    assert lines[titles].split() == ["server_id", "host_role", "host", "host_status", "db_proc_status",
                                     "disk_status"]
    rows = [line.split() for line in lines[titles + 2:] if line.strip()][:2]
    assert rows[0][:5] == ["server1", "primary" if primary.name == "server1" else "standby",
                           "10.78.0.11", "normal", "normal"]
    assert rows[1][:5] == ["server2", "primary" if primary.name == "server2" else "standby",
                           "10.78.0.12", "normal", "normal"]
    assert primary.ctl("status", "--check").returncode == 0


def test_every_server_tells_the_same_of_the_cluster(cluster):
    tables = [server.status() for server in cluster.pair()]
    assert tables[0].word == tables[1].word == "switchable"
    assert tables[0].rows == tables[1].rows


def test_the_arbiter_lists_its_servers_and_is_listed(cluster):
    primary, _ = cluster.pair()

    def servers():
        done = cluster.arbiter.ctl("status")
        assert done.returncode == 0
        return [line.split() for line in done.stdout.splitlines() if line.startswith("server")][1:]

    # A link that an earlier test cut comes back within a second or two, after the cluster has healed.
    wait_until(lambda: servers() == [["server1", "10.78.0.11", "online"], ["server2", "10.78.0.12", "online"]], 5,
               "the arbiter hears both servers")
    done = primary.ctl("status", "--arbiter")
    assert done.returncode == 0
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("arbiter")]
    assert rows == [["arbiter_id", "host", "status"], ["arbiter1", "10.78.0.21", "online"]]


def test_switching_automatic_off_and_on_is_seen_everywhere_and_is_safe_to_repeat(cluster):
    primary, standby = cluster.pair()
    for server in (standby, primary):
        for _ in range(2):
            assert server.ctl("disable-failover").returncode == 0
        assert {s.status().word for s in cluster.servers} == {"failover-disabled"}
        for _ in range(2):
            assert server.ctl("enable-failover").returncode == 0
        cluster.wait_switchable()
        cluster.wait_word("switchable", server=cluster.others(server)[0])


def test_stopping_a_standby_disconnects_it_first(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    stopped = now()
    done = standby.stop()
    assert standby.name in done.stdout
    assert standby.daemons() == [] and standby.instance_pids() == []
    assert fleet.outage(stopped) < 1.0
    status = primary.status()
    assert status.word == "not-switchable"
    assert status.role(standby) == "none(inactivated standby)"
    assert primary.names() == ""
    standby.start("-W")
    cluster.wait_switchable()
    fleet.check(primary)


def test_stopping_a_primary_hands_over_to_its_standby_and_says_so_first(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    stopped = now()
    done = primary.stop()
    assert standby.name in done.stdout, done.stdout
    opened = fleet.first_ack(standby, stopped)
    assert fleet.outage(stopped) < 3.0
    fleet.wait_acks(20, standby, opened)
    assert primary.daemons() == [] and primary.instance_pids() == []
    primary.start("-W")
    cluster.wait_switchable()
    assert cluster.pair() == (standby, primary)
    fleet.check(standby)


def process_of(server, kind):
    for pid in server.instance_pids():
        with open("/proc/%d/cmdline" % pid) as f:
            if kind in f.read():
                return pid
    raise AssertionError("no %s" % kind)


def test_a_stop_beside_an_agent_that_has_just_died_ends_the_next_one(cluster):
    _, standby = cluster.pair()
    for _ in range(4):      # its monitor waits a little longer each time
        agent = wait_until(lambda: standby.daemons()[1:], 20, "an agent")[0]
        send(agent, signal.SIGKILL)
        wait_until(lambda agent=agent: agent not in standby.daemons(), 5, "it is gone")
    assert len(standby.daemons()) == 1, "only the monitor is there"
    standby.stop()
    assert standby.daemons() == [] and standby.instance_pids() == []
    standby.start("-W")
    cluster.wait_switchable()


def test_stop_all_ends_every_server_and_nobody_takes_over(cluster):
    primary, standby = cluster.pair()
    timeline = primary.timeline()
    stopped = now()
    # A standby that needs some seconds to stop: the command ends after that.
    slow = process_of(standby, "checkpointer")
    send(slow, signal.SIGSTOP)
    waker = threading.Timer(5, send, (slow, signal.SIGCONT))
    waker.start()
    done = primary.stop("-a")
    waker.join()
    assert standby.instance_pids() == [] and now() - stopped >= 5
    assert 'waiting for server "%s" to stop, too' % standby.name in done.stdout + done.stderr
    wait_until(lambda: not standby.daemons(), 5, "the agent of the standby has ended")
    assert primary.instance_pids() == [] and primary.daemons() == []
    # a start that brings the cluster up again leaves automatic switch off
    for server in (primary, standby):
        server.start("-W")
    wait_until(lambda: primary.role() == "primary", 20, "the same primary")
    cluster.wait_word("failover-disabled")
    assert primary.timeline() == timeline
    assert not cluster.logged("MCA00062", stopped), "nobody was promoted"
    primary.ctl("enable-failover")
    cluster.wait_switchable(30)


def test_stopping_only_the_agent_of_a_protected_primary_is_refused(cluster):
    primary, standby = cluster.pair()
    before = (primary.daemons(), primary.postmaster())
    done = primary.ctl("stop", "--mc-only")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "-a" in done.stderr, "the word that overrides it"
    assert (primary.daemons(), primary.postmaster()) == before
    assert cluster.wait_switchable() and cluster.pair() == (primary, standby)


def test_stopping_all_agents_leaves_every_instance_running(cluster):
    primary, standby = cluster.pair()
    before = (primary.postmaster(), standby.postmaster())
    done = primary.ctl("stop", "-a", "--mc-only")
    assert done.returncode == 0, done.stdout + done.stderr
    wait_until(lambda: not primary.daemons() and not standby.daemons(), 10, "both agents are gone")
    assert (primary.postmaster(), standby.postmaster()) == before
    assert primary.role() == "primary" and standby.role() == "standby"
    for server in (primary, standby):
        server.start("-f")
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    assert (primary.postmaster(), standby.postmaster()) == before


def test_other_programs_are_installed_under_a_living_cluster(cluster):
    """As the README says it: agents and arbiter stop, the programs are replaced, they start; instances and sessions go on."""
    primary, standby = cluster.pair()
    before = (primary.postmaster(), standby.postmaster())
    kept = primary.connect()
    kept.query("create temporary table mine as select 1 as i", 5)
    changes = len(cluster.logged("MCA00062"))
    checked(primary.ctl("stop", "-a", "--mc-only"))
    cluster.arbiter.stop()
    place = os.path.join(cluster.dir, "installed", "src", "main")
    os.makedirs(place)
    for name in PROGRAMS:
        shutil.copy(os.path.join(cluster.build or BUILD, "src", "main", name), place)
        os.chmod(os.path.join(place, name), 0o755)
    cluster.build = os.path.join(cluster.dir, "installed")
    cluster.arbiter.start()
    for server in (primary, standby):
        server.start("-f")
    cluster.wait_switchable(30)
    for member in (primary, standby, cluster.arbiter):
        assert all("/installed/" in os.readlink("/proc/%d/exe" % pid) for pid in member.daemons())
    assert (primary.postmaster(), standby.postmaster()) == before
    assert len(cluster.logged("MCA00062")) == changes and cluster.pair() == (primary, standby)
    assert kept.query("select i from mine", 5) == [["1"]]
    kept.close()


def test_a_forced_stop_needs_nobody_and_leaves_nothing(cluster):
    primary, standby = cluster.pair()
    conn = primary.connect()
    pid = primary.host.outer(int(conn.query("select pg_backend_pid()", 2)[0][0]))
    primary.host.freeze([pid] + primary.daemons())
    for host in cluster.hosts.values():
        if host is not primary.host:
            cluster.net.part(primary.host, host)
    start = now()
    primary.stop("-e")
    assert now() - start < 10
    assert primary.daemons() == [] and primary.instance_pids() == []
    primary.host.thaw()
    cluster.net.mend()


@pytest.mark.parametrize("broken", ["server1.conf", "network.conf", "."])
def test_a_forced_stop_needs_no_settings_either(make_cluster, broken):
    """What an operator may have got wrong: a line of a file, or who may read the directory."""
    cluster = make_cluster()
    cluster.init_all()
    cluster.start_first("-f")
    server = cluster.servers[0]
    path = os.path.join(server.mcdir, broken)
    if broken == ".":
        os.chmod(path, 0o755)
    else:
        with open(path, "a") as f:
            f.write("no such = thing\n")
    assert server.ctl("stop").returncode == 1
    assert server.role() == "primary", "only -e goes on without settings"
    done = checked(server.ctl("stop", "-e"))
    assert "goes on without the settings" in done.stdout
    assert path.rstrip("/.") in done.stderr, "what is wrong is said all the same"
    assert server.daemons() == [] and server.instance_pids() == []
    assert "nothing was running" in checked(server.ctl("stop", "-e")).stdout


def test_a_forced_stop_waits_for_a_daemon_that_has_not_written_its_number_yet(cluster):
    """It ends with the lock in its hand: whoever holds it is there, whatever the pid file says."""
    primary, standby = cluster.pair()
    lock = os.path.join(standby.mcdir, standby.name + ".lock")
    checked(standby.ctl("stop", "-e"))
    holder = standby.host.spawn(["flock", lock, "sleep", "1"])
    wait_until(lambda: standby.host.run(["flock", "-n", lock, "true"]).returncode == 1, 5, "the lock is held")
    start = now()
    checked(standby.ctl("stop", "-e"))
    assert now() - start > 0.5
    holder.wait(5)
    holder = standby.host.spawn(["flock", lock, "sleep", "6"])
    wait_until(lambda: standby.host.run(["flock", "-n", lock, "true"]).returncode == 1, 5, "the lock is held")
    done = standby.ctl("stop", "-e")
    assert done.returncode == 1 and "still holds the lock" in done.stderr
    holder.wait(10)
    standby.start("-W")
    cluster.wait_switchable(30)


def test_a_start_waits_for_the_arbiter_and_goes_on_without_it(make_cluster):
    cluster = make_cluster(settings={"arbiter_connect_timeout": "1s"})
    cluster.up()
    primary, standby = cluster.pair()
    cluster.arbiter.stop("-e")
    for how, said in ((["--async-connect-arbiter"], 0), ([], 1)):
        standby.stop()
        done = standby.start(*how)
        assert done.stderr.count('failed to connect to the arbitration server "arbiter1"') == said
    cluster.wait_switchable()


def test_where_nothing_runs_stop_succeeds_and_status_answers_from_disk(cluster):
    primary, standby = cluster.pair()
    cluster.arbiter.stop("-e")
    for server in (standby, primary):
        server.stop("-e")
    for server in (primary, standby):
        done = server.ctl("stop")
        assert done.returncode == 0
        assert "nothing is running" in done.stdout
    done = primary.ctl("status")
    assert done.returncode == 4
    assert Status(done).role(primary) == "none(inactivated primary)", done.stdout
    assert "record: epoch" in done.stdout and "not confirmed by the others" in done.stdout
    assert Status(standby.ctl("status")).role(standby) == "none(inactivated standby)"
    assert cluster.arbiter.ctl("status").returncode == 4
    assert primary.ctl("enable-failover").returncode == 4
    assert primary.ctl("status", "--check").returncode == 5
    cluster.arbiter.start()
    for server in (primary, standby):
        server.start("-W", "-f")
    cluster.wait_switchable(30)


def test_a_restart_of_the_arbiter_disturbs_nobody(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    start = now()
    cluster.arbiter.stop("-e")
    assert cluster.arbiter.daemons() == []
    cluster.arbiter.start()
    wait_until(lambda: "online" in primary.ctl("status", "--arbiter").stdout, 10, "online again")
    assert fleet.outage(start) < 0.5
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_several_servers_of_one_cluster_live_on_one_host(make_cluster):
    cluster = make_cluster(one_host=True)
    cluster.up()
    primary, standby = cluster.pair()
    # which one is meant must be said
    done = primary.host.run([*primary.program(), "status", "-M", primary.mcdir])
    assert done.returncode == 2 or done.returncode == 1
    assert "--local-server" in done.stderr
    fleet = cluster.fleet()
    killed = now()
    primary.kill_postmaster()
    fleet.wait_acks(20, standby, fleet.first_ack(standby, killed))
    fleet.check(standby)
    # stopping one leaves the other alone
    standby_pids = standby.instance_pids()
    primary.stop("-e")
    assert primary.daemons() == []
    assert standby.instance_pids() and set(standby_pids) & set(standby.instance_pids())
    assert len(standby.daemons()) == 2


def test_an_interrupted_command_leaves_no_half_done_change(cluster):
    primary, standby = cluster.pair()
    process = standby.host.spawn([*primary.program(), "disable-failover", "-M", standby.mcdir])
    send(process.pid, signal.SIGKILL)
    process.wait()
    holds_for(lambda: standby.status().word in ("switchable", "failover-disabled"), 0.5, "a clear state")
    assert standby.ctl("enable-failover").returncode == 0
    cluster.wait_switchable()
    assert cluster.pair() == (primary, standby)


def test_status_in_json_says_more_and_watch_prints_what_changes(cluster):
    primary, standby = cluster.pair()
    seen = json.loads(checked(standby.ctl("status", "--json")).stdout)
    assert (seen["server"], seen["running"], seen["mirroring_status"]) == (standby.name, True, "switchable")
    assert (seen["primary"], seen["eligible"], seen["automatic"]) == (primary.name, [standby.name], True)
    rows = {s["id"]: s for s in seen["servers"]}
    assert rows[primary.name]["host_role"] == "primary" and rows[primary.name]["lsn"]
    assert rows[standby.name]["lag_bytes"] is not None and rows[standby.name]["eligible"]
    arbiter = json.loads(checked(primary.ctl("status", "--arbiter", "--json")).stdout)["arbiters"]
    assert [(a["id"], a["arbitrated"]) for a in arbiter] == [(cluster.arbiter.name, True)]
    there = json.loads(checked(cluster.arbiter.ctl("status", "--json")).stdout)["servers"]
    assert {s["id"]: s["status"] for s in there} == {primary.name: "online", standby.name: "online"}
    watching = primary.host.spawn(primary.program() + ["status", "--watch", "--json", "-M", primary.mcdir],
                                  stdout=subprocess.PIPE, text=True)
    try:
        assert json.loads(watching.stdout.readline())["mirroring_status"] == "switchable"
        checked(primary.ctl("disable-failover"))
        assert json.loads(watching.stdout.readline())["mirroring_status"] == "failover-disabled"
    finally:
        watching.kill()
        watching.wait()
        checked(primary.ctl("enable-failover"))
    assert primary.ctl("status", "--watch", "--check").returncode == 2

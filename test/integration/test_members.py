"""Who votes is changed by an operator: a voter that is gone for good is removed, a new one is added (E4)."""
import json
import os

from mcharness import checked, holds_for, now, wait_until
from test_recover import UNPROTECTED, outage, wake

REFUSED = 3


def voters(server):
    found = server.ctl("status", "--json", timeout=20)
    return json.loads(found.stdout)["voters"]


def members(server, *words, timeout=120):
    done = server.ctl("recover", *words, timeout=timeout)
    print(done.stdout + done.stderr)
    return done


def add_line(member, line):
    path = os.path.join(member.mcdir, "network.conf")
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(text + line + "\n")


def read_anew(cluster):
    """The agents read network.conf at their start; instances and sessions go on meanwhile."""
    primary, standby = cluster.pair()
    pids = primary.postmaster(), standby.postmaster()
    checked(primary.ctl("stop", "-a", "--mc-only"))
    wait_until(lambda: not primary.daemons() and not standby.daemons(), 20, "no agent runs")
    for server in (standby, primary):
        server.start("-W")
    cluster.wait_switchable(30)
    assert (primary.postmaster(), standby.postmaster()) == pids and cluster.pair() == (primary, standby)


def gone_beside_a_lost_state(cluster):
    """The primary's host is gone for good, and the arbiter is stopped and has lost its state; the clients of before."""
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    cluster.arbiter.stop()
    cluster.pair()[0].host.crash()
    fleet.stop()
    os.remove(os.path.join(cluster.arbiter.mcdir, cluster.arbiter.name + ".state"))
    return fleet


def test_an_arbiter_is_replaced_by_one_with_another_name(make_cluster):
    cluster = make_cluster(arbiters=2)
    gone, fresh = cluster.arbiters
    cluster.arbiters = [gone]
    cluster.up()
    primary, standby = cluster.pair()
    gone.host.crash()
    assert members(primary, "--without", standby.name).returncode == REFUSED
    done = members(standby, "--without", gone.name)  # the primary carries it out
    assert done.returncode == 0 and "the voters are %s, %s, epoch" % ("server1", "server2") in done.stdout
    assert voters(primary) == ["server1", "server2"] == voters(standby)
    assert "no voters, whatever network.conf says: %s" % gone.name in primary.status().text
    assert members(primary, "--without", gone.name).returncode == 0  # safe to repeat
    fleet = cluster.fleet()
    fleet.wait_acks(20)
    # A line for the new one at the end of the file of every host, and its own file from here.
    for server in cluster.servers:
        add_line(server, "%s %s %d arbiter" % (fresh.name, fresh.host.addresses[0], fresh.port))
    read_anew(cluster)
    done = members(primary, "--with", fresh.name)
    assert done.returncode == REFUSED and "it does not answer" in done.stderr
    made = os.path.join(primary.mcdir, fresh.name + ".init")
    assert made in done.stdout and os.stat(made).st_mode & 0o777 == 0o600
    checked(fresh.ctl("init", "--id", fresh.name, "--from", cluster._carry(made, fresh.host)))
    fresh.start()
    wait_until(lambda: members(primary, "--with", fresh.name).returncode == 0, 20, "it is added")
    assert voters(standby) == ["server1", "server2", fresh.name]
    # It counts: with the primary gone, the standby and the new arbiter are a majority.
    died = now()
    primary.host.crash()
    fleet.wait_acks(10, server=standby, since=died, timeout=20)
    # The one that was removed comes back, and is told.
    gone.host.boot()
    gone.start()
    wait_until(lambda: gone.host.logged("MCA01501|MCR01501"), 20, "it is told that it is no voter")
    assert voters(standby) == ["server1", "server2", fresh.name]
    fleet.stop()
    fleet.check(standby)


def test_the_last_server_of_three_voters_goes_on_alone_by_force_and_takes_the_others_back(make_cluster):
    cluster = make_cluster().up()
    primary, last = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    outage(cluster, *[m for m in cluster.servers + cluster.arbiters if m is not last])
    fleet.stop()
    words = ("--without", primary.name, "--without", cluster.arbiter.name)
    done = members(last, *words)
    assert done.returncode == REFUSED and "nobody who is heard can tell" in done.stdout + done.stderr
    assert "mc_ctl recover --force --without %s --without %s" % (primary.name, cluster.arbiter.name) in done.stderr
    assert not last.instance_pids()
    assert members(last, "--force", *words[:2]).returncode == REFUSED  # one is not enough
    done = members(last, "--force", *words)
    assert done.returncode == UNPROTECTED, done
    assert last.role() == "primary" and voters(last) == [last.name]
    last.sql("create table alone(i int)")
    # It needs nobody any more, not even over a restart of its host.
    last.host.crash()
    last.host.boot()
    last.start("-f")
    wait_until(lambda: last.role() == "primary", 30, "it serves again, alone")
    # Who comes back is told, and opens nothing; until it is added.
    primary.host.boot()
    primary.ctl("start", "-W")
    wait_until(lambda: "is no voter of the cluster" in primary.status().text or
               primary.host.logged("MCA01501"), 20, "it is told that it is no voter")
    holds_for(lambda: primary.role() is None, 5, "it stays down")
    cluster.arbiter.host.boot()
    cluster.arbiter.start()
    for member in (cluster.arbiter, primary):
        wait_until(lambda: members(last, "--with", member.name).returncode == 0, 20, "%s votes again" % member.name)
    assert voters(last) == ["server1", "server2", "arbiter1"]
    wait_until(lambda: primary.role() is not None or "mc_ctl rejoin" in primary.status().text, 60, "it is back")
    if primary.role() is None:  # it has WAL that nobody acknowledged
        checked(primary.ctl("rejoin", "--force", primary.name))
    cluster.wait_switchable(60)
    assert cluster.pair() == (last, primary)
    assert len(fleet.check(last)) >= 40


def test_a_server_is_removed_and_its_instance_ends_until_it_votes_again(make_cluster):
    cluster = make_cluster(servers=3, arbiters=0)
    cluster.up()
    primary = cluster.primaries()[0]
    third = cluster.servers[2] if primary is not cluster.servers[2] else cluster.servers[1]
    fleet = cluster.fleet()
    fleet.wait_acks(20)
    assert members(primary, "--without", third.name).returncode in (0, REFUSED)
    checked(primary.ctl("detach", third.name))
    done = members(primary, "--without", third.name)
    assert done.returncode == 0, done
    wait_until(lambda: not third.instance_pids(), 20, "its instance ends")
    third.start("-W")
    holds_for(lambda: not third.instance_pids(), 4, "it stays down")
    assert "is no voter of the cluster" in third.status("--json").text
    fleet.wait_acks(20, since=now())
    assert members(primary, "--with", third.name).returncode == 0
    wait_until(lambda: third.role() == "standby", 30, "it follows again")
    fleet.stop()
    fleet.check(primary)


def test_an_arbiter_that_has_lost_its_state_holds_up_nobody_when_the_primary_is_gone_for_good(make_cluster):
    cluster = make_cluster().up()
    primary, last = cluster.pair()
    arbiter = cluster.arbiter
    fleet = gone_beside_a_lost_state(cluster)
    arbiter.start()
    words = ("--without", primary.name, "--without", arbiter.name)
    wanted = "mc_ctl recover --force " + " ".join(words)
    wait_until(lambda: wanted in members(last, *words[:2]).stderr, 30, "both are named, though the arbiter is heard")
    assert last.role() != "primary"
    done = members(last, "--force", *words)
    assert done.returncode == UNPROTECTED and last.role() == "primary" and voters(last) == [last.name], done
    wait_until(lambda: members(last, "--with", arbiter.name).returncode == 0, 60, "it has its memory, and votes again")
    primary.host.boot()
    primary.ctl("start", "-W")
    wait_until(lambda: members(last, "--with", primary.name).returncode == 0, 60, "so does the one that was gone")
    wait_until(lambda: primary.role() is not None or "mc_ctl rejoin" in primary.status().text, 60, "it is back")
    if primary.role() is None:  # it has WAL that nobody acknowledged
        checked(primary.ctl("rejoin", "--force", primary.name))
    checked(last.ctl("enable-failover"))
    cluster.wait_switchable(60)
    assert cluster.pair() == (last, primary) and voters(last) == ["server1", "server2", "arbiter1"]
    assert len(fleet.check(last)) >= 40


def test_the_primary_goes_on_alone_by_force_when_the_others_are_gone_for_good(make_cluster):
    """The record names it already: it is promoted under the one that is forced, and under no other."""
    cluster = make_cluster().up()
    primary, standby = cluster.pair()
    arbiter = cluster.arbiter
    fleet = cluster.fleet()
    fleet.wait_acks(40)
    outage(cluster, standby, arbiter)
    fleet.stop()
    words = ("--without", standby.name, "--without", arbiter.name)
    done = members(primary, *words)
    assert done.returncode == REFUSED and "mc_ctl recover --force " + " ".join(words) in done.stderr, done
    assert not primary.instance_pids()
    done = members(primary, "--force", *words)
    assert done.returncode == UNPROTECTED and primary.role() == "primary" and voters(primary) == [primary.name], done
    assert len(fleet.check(primary)) >= 40
    primary.sql("create table alone(i int)")

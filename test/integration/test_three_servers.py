"""Three servers, which need no arbiter (acceptance scenarios 7, 19, 34, 61 and 62)."""

import pytest

from mcharness import checked, holds_for, now, wait_until
from test_force import may_be_forced, refused


@pytest.fixture
def three(make_cluster):
    return make_cluster(servers=3, arbiters=0).up()


def all_follow(cluster):
    primaries = cluster.primaries()
    return len(primaries) == 1 and all(s.follows() for s in cluster.others(primaries[0]))


def all_eligible(cluster):
    """Names are there before the record is: status names who may not take over."""
    primaries = cluster.primaries()
    return len(primaries) == 1 and "cannot take over" not in primaries[0].status().text and len(counted(primaries[0])) == 2


def test_each_has_been_primary_once_when_one_after_the_other_has_failed(three):
    fleet = three.fleet()
    been = []
    for _ in three.servers:
        wait_until(lambda: all_eligible(three), 40, "both standbys may take over")
        primary = three.primaries()[0]
        assert primary not in been
        been.append(primary)
        fleet.wait_acks(20, primary, now())
        killed = now()
        primary.kill_postmaster()
        wait_until(lambda: any(s is not primary for s in three.primaries()), 15, "another takes over")
        successor = [s for s in three.primaries() if s is not primary][0]
        fleet.wait_acks(20, successor, killed)
        assert fleet.outage(killed) < 1.0
        three.wait_switchable(40)
        wait_until(lambda: all_follow(three) and all_eligible(three), 40, "both others follow the one, and may take over")
        if set(three.servers) - set(been) and successor in been:
            checked(successor.ctl("switch", "--to", (set(three.servers) - set(been)).pop().name))
    assert len(been) == 3
    three.wait_switchable(40)
    primary = three.primaries()[0]
    for server in three.servers:    # a slot that nobody uses keeps WAL until the disk is full
        others = [s for s in three.servers if s is not server] if server is primary else []
        wait_until(lambda: sorted(server.sql("select slot_name, active from pg_replication_slots where restart_lsn is not null"))
                   == sorted(["mc_" + other.name, "t"] for other in others), 20, "WAL is kept for who streams, by who serves, alone")
    fleet.check(primary)


def test_the_third_follows_the_successor_and_is_the_next_that_may_take_over(three):
    primary = three.primaries()[0]
    fleet = three.fleet()
    fleet.wait_acks(20, primary, now())
    lost = now()
    primary.host.crash()
    wait_until(lambda: any(s is not primary for s in three.primaries()), 15, "another takes over")
    second = three.primaries()[0]
    fleet.wait_acks(20, second, lost)
    three.wait_word("switchable", 30, second)
    third = [s for s in three.others(second) if s is not primary][0]
    assert third.follows()
    # two of three are a majority, so the instance that dies now is replaced, too
    killed = now()
    second.kill_postmaster()
    wait_until(lambda: third.role() == "primary", 15, "the third takes over")
    fleet.wait_acks(20, third, killed)
    three.wait_word("switchable", 40, third)
    primary.host.boot()
    primary.start()
    wait_until(lambda: all_follow(three), 40, "the first comes back")
    fleet.check(third)


def counted(primary):
    """The servers that commits wait for."""
    return [s for s in primary.cluster.others(primary) if "_%s_" % s.name in primary.names()]


@pytest.mark.parametrize("quorum", [0, 1])
def test_primary_and_a_standby_die_together(make_cluster, quorum):
    """Where each commit is at both, the one that is left takes over; where it may be at the other alone, it waits."""
    cluster = make_cluster(servers=3, arbiters=2, settings={"quorum": str(quorum)}).up()
    primary = cluster.primaries()[0]
    wait_until(lambda: len(counted(primary)) == 2, 20, "both standbys may take over")
    assert primary.names().startswith("ANY %d (" % (quorum or 2))
    standby, survivor = cluster.others(primary)
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary, now())
    lost = now()
    primary.host.crash()
    standby.host.crash()
    if quorum == 0:
        fleet.wait_acks(20, survivor, lost, timeout=20)
    else:
        holds_for(lambda: survivor.role() != "primary", 8, "nobody is promoted who may lack a commit")
        wait_until(lambda: may_be_forced(survivor), 20, "an operator may, and is told what")
        refused(survivor.ctl("switch", "--force", "--dry-run"), "nobody who is heard can tell")
    standby.host.boot()
    standby.start("-W")
    wait_until(lambda: len(cluster.primaries()) == 1, 30, "one takes over as soon as two can be compared")
    successor = cluster.primaries()[0]
    fleet.wait_acks(20, successor, now())
    primary.host.boot()
    primary.start()
    wait_until(lambda: all_follow(cluster), 40, "the first comes back")
    wait_until(lambda: len(counted(successor)) == 2, 20, "both standbys may take over")
    fleet.check(successor)


def test_with_fewer_acknowledging_than_standbys_the_loss_of_one_delays_no_commit(make_cluster):
    cluster = make_cluster(servers=3, arbiters=0, settings={"quorum": "1"}).up()
    primary = cluster.primaries()[0]
    wait_until(lambda: len(counted(primary)) == 2, 20, "both standbys may take over")
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary, now())
    for standby in cluster.others(primary):
        lost = now()
        cluster.net.cut(standby.host)
        wait_until(lambda: standby not in counted(primary), 15, "it is disconnected")
        fleet.wait_acks(20, primary, now())
        assert fleet.outage(lost) < 1.0
        cluster.net.mend()
        wait_until(lambda: len(counted(primary)) == 2, 30, "both standbys may take over again")
    fleet.check(primary)


def test_one_of_three_leaves_willingly_by_force_and_with_a_voter_silent(three):
    primary = three.primaries()[0]
    wait_until(lambda: len(counted(primary)) == 2, 20, "both standbys may take over")
    fleet = three.fleet()
    fleet.wait_acks(20, primary, now())
    standby, other = three.others(primary)
    for how in ("stopped", "killed", "cut off"):
        gone = now()
        if how == "stopped":
            checked(standby.stop())
        elif how == "killed":
            standby.kill_daemons(standby.postmaster())
        else:
            three.net.cut(standby.host)
        wait_until(lambda: counted(primary) == [other], 20, "commits wait for the other one alone (%s)" % how)
        fleet.wait_acks(20, primary, now())
        assert fleet.outage(gone) < 4.0, how
        three.net.mend()
        if how != "cut off":
            standby.start()
        wait_until(lambda: len(counted(primary)) == 2 and all_follow(three), 40, "it is back (%s)" % how)
    assert primary.sql("select count(*) from pg_replication_slots where active")[0][0] == "2"
    fleet.check(primary)


def test_a_voter_that_is_silent_while_the_third_changes_its_primary_leaves_nobody_behind(three):
    primary = three.primaries()[0]
    standby, third = three.others(primary)
    fleet = three.fleet()
    fleet.wait_acks(20, primary, now())
    # the third hears of the change only when it is over
    three.net.cut(third.host)
    checked(primary.ctl("switch", timeout=90))
    fleet.wait_acks(20, standby, now())
    three.net.mend()
    wait_until(lambda: all_follow(three), 30, "the third follows the new primary")
    three.wait_switchable(30)
    fleet.check(standby)


def test_commands_that_mean_one_standby_of_several(three):
    primary = three.primaries()[0]
    wait_until(lambda: len(counted(primary)) == 2, 20, "both standbys may take over")
    second, third = three.others(primary)
    refused = primary.ctl("detach")
    assert refused.returncode == 2 and "there are several standbys: name one" in refused.stderr, refused
    assert len(counted(primary)) == 2
    checked(primary.ctl("detach", third.name))
    wait_until(lambda: counted(primary) == [second], 5, "commits wait for the other one")
    status = wait_until(lambda: "cannot take over" in primary.status().text and primary.status(), 5, "status says so")
    assert status.word == "switchable" and "cannot take over: %s (an operator keeps it apart; mc_ctl start there brings it back)" % third.name in status.text
    refused = primary.ctl("switch", "--to", third.name)
    assert refused.returncode == 3 and "not eligible" in refused.stderr, refused
    checked(third.start())
    wait_until(lambda: len(counted(primary)) == 2, 20, "it counts again")
    dry = checked(primary.ctl("switch", "--to", third.name, "--dry-run"))
    assert third.name in dry.stdout
    checked(primary.ctl("switch", "--to", third.name, timeout=90))
    assert third.role() == "primary"
    wait_until(lambda: all_follow(three) and all_eligible(three), 40, "both others follow it, and may take over")
    wait_until(lambda: "cannot take over" not in second.status().text, 20, "it knows that itself")
    # whoever asks at a standby means that one
    checked(second.ctl("switch", timeout=90))
    assert second.role() == "primary"


def test_all_end_and_one_command_brings_all_three_back(three):
    primary = three.primaries()[0]
    fleet = three.fleet()
    fleet.wait_acks(50, primary, now())
    for server in three.servers:
        server.host.crash()
    fleet.stop()
    for server in three.servers:
        server.host.boot()
    for server in three.servers[1:]:
        checked(server.ctl("start", "--mc-only", "-W"))
    plan = checked(three.servers[2].ctl("recover", "--dry-run"))
    assert "no acknowledged commit is lost" in plan.stdout and "server2: opens as the primary" in plan.stdout, plan
    checked(three.servers[0].ctl("recover", "-f", timeout=120))
    wait_until(lambda: all_follow(three), 40, "all three work")
    fleet.check(three.primaries()[0])
    checked(three.servers[1].ctl("stop", "-a", timeout=90))
    wait_until(lambda: all(s.role() is None for s in three.servers), 20, "every instance is stopped")

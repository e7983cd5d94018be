"""A successor that cannot be promoted hands back (P3): the primary before serves again, and nothing is lost."""
import json
import os
import signal

import pytest

from mcharness import now, send, wait_until


class Unpromotable:
    """No file can be made in its pg_wal: it streams on, and ends at every promotion, for the new history is one."""

    def __init__(self, server):
        self.server = server
        self.wal = os.path.join(server.data, "pg_wal")

    def __enter__(self):
        # in a new segment, with room for all that comes: it could make none for the next one either
        primary = self.server.cluster.primaries()[0]
        primary.sql("select pg_switch_wal()")
        primary.sql("insert into bench_acks values (-8, -8, (select coalesce(max(seq), 0) + 1 from bench_acks where run = -8))")
        begun = primary.wal_lsn()
        wait_until(lambda: self.server.sql("select pg_last_wal_receive_lsn() >= '%s'" % begun) == [["t"]], 10, "it has begun it")
        os.chmod(self.wal, 0o500)
        return self

    def __exit__(self, *_):
        os.chmod(self.wal, 0o700)


def check_handed_back(cluster, primary, standby, fleet, asked):
    fleet.wait_acks(20, primary, now())
    wait_until(lambda: standby.host.logged("MCA01350", asked), 10, "the successor says that it hands back")
    wait_until(lambda: primary.host.logged("MCA01351", asked), 10, "the primary says that it has come back")
    wait_until(lambda: cluster.primaries() == [primary], 10, "no other primary")
    outage = fleet.outage(asked)
    print("# outage of a role that comes back: %.3f s" % outage)
    assert outage < 15.0, "two promotions in vain and two starts, each of which may take seconds on a busy host"
    row = [line for line in primary.ctl("history").stdout.splitlines() if " hand-back " in line]
    assert row and "%s -> %s" % (standby.name, primary.name) in row[-1], row


def check_whole_again(cluster, primary, standby, fleet):
    for server in (primary, standby):       # an operator's word: the starts of before count no more
        server.ctl("start")
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    wait_until(standby.follows, 10, "the successor follows")
    fleet.wait_acks(20, primary, now())
    fleet.check(primary)


@pytest.mark.parametrize("automatic", ["on", "off"])
def test_a_switch_whose_successor_cannot_be_promoted_ends_as_before(cluster, automatic):
    primary, standby = cluster.pair()
    timeline = primary.timeline()
    if automatic == "off":
        assert primary.ctl("disable-failover").returncode == 0
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    with Unpromotable(standby):
        done = primary.ctl("switch")
        assert done.returncode == 1 and "could not be promoted" in done.stderr, done
        check_handed_back(cluster, primary, standby, fleet, asked)
        assert primary.timeline() == timeline
    if automatic == "off":
        wait_until(lambda: primary.ctl("enable-failover").returncode == 0, 10, "automatic is on")
    check_whole_again(cluster, primary, standby, fleet)


def test_the_primary_whose_instance_died_serves_again_when_its_successor_cannot(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    with Unpromotable(standby):
        send(primary.postmaster(), signal.SIGKILL)
        # so that the successor is not attached again before everything is asked
        cluster.net.part(standby.host, primary.host, "tcp dport %d" % primary.pg_port)
        check_handed_back(cluster, primary, standby, fleet, asked)
        told = primary.ctl("explain", "last")
        assert told.returncode == 0 and "(cause hand-back)" in told.stdout, told
        assert 'server "%s" could not be promoted' % standby.name in told.stdout, told
        assert "seeking.return" in told.stdout, told
        assert json.loads(primary.ctl("status", "--json").stdout)["cause"] == "hand-back"
        cluster.net.mend()
    check_whole_again(cluster, primary, standby, fleet)


def test_a_successor_is_tried_on_where_the_primary_before_does_not_come(cluster):
    """Its host is gone: nobody takes the role back, and nobody else may open. When the cause is mended it goes on by itself."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    with Unpromotable(standby):
        primary.host.crash()
        wait_until(lambda: standby.host.logged("MCA01803", asked), 30, "it says that it is tried again")
        shown = standby.ctl("status").stdout
        assert "waiting for: a promotion that succeeds" in shown, shown
        assert cluster.primaries() == []
        tried = len(standby.host.logged("MCA01048", asked))
        wait_until(lambda: len(standby.host.logged("MCA01048", asked)) >= tried + 2, 20, "it is tried on")
    wait_until(lambda: cluster.primaries() == [standby], 15, "it opens")
    fleet.wait_acks(20, standby, now(), timeout=30)
    fleet.check(standby)


def test_a_successor_that_hands_back_may_take_over_later(cluster):
    """What a promotion that was broken off has left is not in the way of the next one, nor of following."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    with Unpromotable(standby):
        assert primary.ctl("switch").returncode == 1
    check_whole_again(cluster, primary, standby, fleet)
    assert primary.ctl("switch").returncode == 0
    cluster.wait_switchable(20)
    assert cluster.pair() == (standby, primary)
    fleet.check(standby)


class Hangs:
    """The standby's promotion stops in its middle: the process that carries it out, or the one that is its parent."""

    WORDS = {"startup": "kill -STOP $PPID", "postmaster": "kill -STOP $(head -n 1 postmaster.pid)"}

    def __init__(self, standby, what):
        self.standby = standby
        self.path = os.path.join(standby.data, "postgresql.conf")
        with open(self.path) as f:
            self.kept = f.read()
        with open(self.path, "w") as f:
            f.write("recovery_end_command = '%s'\n" % self.WORDS[what] + self.kept)

    def __enter__(self):
        self.standby.sql("select pg_reload_conf()")
        wait_until(lambda: "kill" in self.standby.sql("show recovery_end_command")[0][0], 10, "it is in force")
        return self

    def __exit__(self, *_):
        with open(self.path, "w") as f:
            f.write(self.kept)


@pytest.mark.parametrize("what", ["startup", "postmaster"])
def test_a_switch_whose_successor_hangs_in_its_promotion_is_done_or_as_before(cluster, what):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    with Hangs(standby, what):
        done = primary.ctl("switch", timeout=120)
        print("# a successor whose %s hangs: status %d after %.1f s: %s" % (
            what, done.returncode, now() - asked, (done.stdout + done.stderr).strip()))
        wait_until(lambda: len(cluster.primaries()) == 1, 60, "one of the two serves")
        serves = cluster.primaries()[0]
        print("# %s serves, outage %.1f s" % (serves.name, fleet.outage(asked)))
    assert (done.returncode == 0) == (serves is standby), done
    check_whole_again(cluster, serves, primary if serves is standby else standby, fleet)


def test_a_switch_is_done_or_as_before_when_the_standby_has_just_frozen(cluster):
    """Asked before anybody can know of it."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    standby.host.freeze(standby.instance_pids())
    done = primary.ctl("switch", timeout=120)
    print("# a standby that has just frozen: status %d after %.1f s: %s" % (
        done.returncode, now() - asked, (done.stdout + done.stderr).strip()))
    wait_until(lambda: len(cluster.primaries()) == 1, 60, "one of the two serves")
    serves = cluster.primaries()[0]
    fleet.wait_acks(20, serves, now(), timeout=30)
    print("# %s serves, outage %.1f s" % (serves.name, fleet.outage(asked)))
    standby.host.thaw()
    assert (done.returncode == 0) == (serves is standby), done
    check_whole_again(cluster, serves, primary if serves is standby else standby, fleet)


def test_nobody_is_cut_off_for_a_switch_when_the_wal_link_has_just_been_cut(cluster):
    """The agents hear each other all the while."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    pid = primary.postmaster()
    rules = cluster.net.part(primary.host, standby.host, "tcp sport 5432") + \
        cluster.net.part(primary.host, standby.host, "tcp dport 5432")
    done = primary.ctl("switch", timeout=120)
    print("# a link that has just been cut: status %d after %.1f s: %s" % (
        done.returncode, now() - asked, (done.stdout + done.stderr).strip()))
    assert done.returncode == 3, done
    fleet.wait_acks(20, primary, now(), timeout=30)
    print("# %s serves, outage %.1f s" % (primary.name, fleet.outage(asked)))
    assert primary.postmaster() == pid, "its instance was not stopped"
    cluster.net.allow(rules)
    check_whole_again(cluster, primary, standby, fleet)

"""An operator's switch (acceptance scenarios 17, 61 and 63): the roles change, nothing is lost, all is as safe as before."""
import os
import signal
import threading
import time

import pytest

from mcharness import MC_PORT, PGBIN, USER, holds_for, now, program_of, send, wait_until


def switched(done, new, old):
    """What the command said when it was complete."""
    assert done.returncode == 0, done
    assert 'server "%s" is the primary since epoch' % new.name in done.stdout, done
    assert 'server "%s" its standby' % old.name in done.stdout, done


@pytest.mark.parametrize("where", ["primary", "standby"])
def test_a_switch_is_complete_when_the_command_ends(cluster, where):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(50, primary)
    asked = now()
    done = (primary if where == "primary" else standby).ctl("switch")
    switched(done, standby, primary)
    assert standby.status().word == "switchable"
    assert cluster.pair() == (standby, primary)
    fleet.wait_acks(20, standby, now())
    assert fleet.outage(asked) < 1.5
    fleet.check(standby)


def test_the_roles_go_to_and_fro(cluster):
    for _ in range(3):
        primary, standby = cluster.pair()
        switched(primary.ctl("switch", "--to", standby.name), standby, primary)
        cluster.wait_switchable()
        assert cluster.pair() == (standby, primary)


def test_a_switch_with_automatic_off_is_an_operators_word_and_enough(cluster):
    primary, standby = cluster.pair()
    assert primary.ctl("disable-failover").returncode == 0
    switched(standby.ctl("switch"), standby, primary)
    assert standby.role() == "primary"
    wait_until(primary.follows, 10, "the former primary follows")
    assert standby.names() != "", "its commits wait for the former primary"
    assert standby.status().word == "failover-disabled"


def test_a_switch_needs_no_arbiter(cluster):
    primary, standby = cluster.pair()
    cluster.arbiters[0].stop()
    switched(primary.ctl("switch"), standby, primary)


def test_who_is_primary_already_needs_no_switch(cluster):
    primary, standby = cluster.pair()
    done = primary.ctl("switch", "--to", primary.name)
    assert done.returncode == 0 and "is the primary already" in done.stdout
    assert cluster.pair() == (primary, standby)


def test_dry_run_says_what_would_be_done_and_does_nothing(cluster):
    primary, standby = cluster.pair()
    done = primary.ctl("switch", "--dry-run")
    assert done.returncode == 0 and 'would switch to server "%s"' % standby.name in done.stdout, done
    holds_for(lambda: primary.role() == "primary", 1.0, "it is the primary still")


def test_dry_run_says_no_where_the_standby_has_much_to_replay(cluster):
    primary, standby = cluster.pair()
    standby.sql("select pg_wal_replay_pause()")
    try:
        primary.sql("create table much as select repeat('x', 100) from generate_series(1, 50000)", 30)
        primary.sql("drop table much")

        def lags():
            done = primary.ctl("switch", "--dry-run")
            return done.returncode == 3 and "pg_wal_replay_resume" in done.stderr
        wait_until(lags, 5, "--dry-run has seen it")
    finally:
        standby.sql("select pg_wal_replay_resume()")
    wait_until(lambda: primary.ctl("switch", "--dry-run").returncode == 0, 10, "it is replayed")


def test_a_wish_that_was_given_up_is_not_carried_out_later(cluster):
    """Asked at the standby while the agents do not hear each other and the WAL goes on."""
    primary, standby = cluster.pair()
    assert primary.ctl("disable-failover").returncode == 0
    cluster.net.part(primary.host, standby.host, "tcp dport %d" % MC_PORT)
    cluster.net.part(primary.host, standby.host, "tcp sport %d" % MC_PORT)
    done = standby.ctl("switch")
    assert done.returncode == 1 and "the primary does not answer" in done.stderr, done
    cluster.net.mend()
    holds_for(lambda: primary.role() == "primary", 8, "it is the primary still")


def test_nobody_is_cut_off_for_a_switch_that_cannot_succeed(cluster):
    primary, standby = cluster.pair()
    standby.stop()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    done = primary.ctl("switch")
    assert done.returncode == 3 and "no standby is eligible" in done.stderr, done
    fleet.wait_acks(20, primary, now())
    assert fleet.outage(asked) < 0.5
    done = primary.ctl("switch", "--to", "nobody")
    assert done.returncode == 2 and '"nobody" is no database server' in done.stderr, done


def test_an_archiver_that_hangs_and_open_transactions_do_not_hold_it_up(cluster):
    primary, standby = cluster.pair()
    conn = primary.connect()
    conn.query("alter system set archive_mode = on", 5)
    conn.query("alter system set archive_command = 'sleep 600'", 5)
    conn.close()
    # archive_mode takes a start: two switches make both servers start with it
    conn = standby.connect()
    switched(primary.ctl("switch"), standby, primary)
    cluster.wait_switchable()
    switched(standby.ctl("switch"), primary, standby)
    cluster.wait_switchable()
    assert primary.sql("show archive_mode") == [["on"]]
    idle = primary.connect()
    idle.query("begin", 5)
    idle.query("insert into bench_acks values (-7, -7, 0)", 5)
    primary.sql("select pg_switch_wal()")
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    switched(primary.ctl("switch"), standby, primary)
    fleet.wait_acks(20, standby, now())
    assert fleet.outage(asked) < 2.0
    fleet.check(standby)
    # whoever gets this cluster next may stop a primary, which does wait for its archiver
    for name in ("archive_command", "archive_mode"):
        primary.sql("alter system reset " + name)
    primary.sql("select pg_reload_conf()")


def test_a_wal_sender_that_hangs_does_not_hold_it_up(cluster):
    """PostgreSQL ends only when each of its WAL senders has been answered; whoever receives here never answers."""
    primary, standby = cluster.pair()
    target = os.path.join(cluster.clients.dir, "received")
    receiver = cluster.clients.spawn(["sh", "-c", "mkdir -p %s && exec %s/pg_receivewal -D %s -h %s -U %s --no-loop" % (
        target, PGBIN, target, primary.host.address, USER)])
    streams = "select count(*) from pg_stat_replication where application_name = 'pg_receivewal'"
    wait_until(lambda: primary.sql(streams) == [["1"]], 10, "it streams")
    cluster.clients.freeze([p for p in cluster.clients.pids() if program_of(p) == "pg_receivewal"])
    primary.sql("create table much as select i, repeat('x', 500) from generate_series(1, 40000) i", 30)
    assert primary.sql(streams) == [["1"]]
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    asked = now()
    switched(primary.ctl("switch"), standby, primary)
    fleet.wait_acks(20, standby, now())
    outage = fleet.outage(asked)
    cluster.clients.thaw()
    receiver.kill()
    receiver.wait()
    assert outage < 2.0
    fleet.check(standby)


def test_a_switch_whose_successor_dies_is_undone(cluster):
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    fleet.wait_acks(20, primary)
    standby.host.freeze(standby.daemons())

    def thaw():
        time.sleep(15)
        standby.host.thaw()
    later = threading.Thread(target=thaw)
    later.start()
    done = primary.ctl("switch")
    later.join()
    assert done.returncode in (1, 3), done
    fleet.wait_acks(20, None, now())
    cluster.wait_switchable(30)
    fleet.check(cluster.pair()[0])

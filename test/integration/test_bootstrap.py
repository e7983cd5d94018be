"""How a cluster begins and grows (acceptance scenarios 1 and 2)."""
import glob
import time

from mcharness import holds_for, now, wait_until


def test_the_first_server_serves_alone_and_says_that_nobody_can_replace_it(make_cluster):
    cluster = make_cluster()
    first, second = cluster.servers
    cluster.init_all()
    cluster.start_first()
    first.sql("create table t as select 1")
    assert first.names() == ""
    status = first.status()
    assert status.word in ("not-switchable", "failover-disabled"), status.text
    assert status.role(first) == "primary"
    assert status.rows[first.name]["process"] == "normal"
    assert status.role(second) != "primary"
    assert first.ctl("status", "--check").returncode == 5


def test_a_standby_joins_under_load_without_a_failed_write_and_counts_only_when_it_acknowledges(
        make_cluster):
    cluster = make_cluster()
    first, second = cluster.servers
    cluster.init_all()
    cluster.start_first("-f")
    fleet = cluster.fleet()
    start = now()
    second.copy_from(first)
    second.start("-W")

    def switchable_only_when_proved():
        word = first.status().word
        if word != "switchable":
            return False
        rows = first.sql("select sync_state, state, flush_lsn is not null from pg_stat_replication")
        assert [tuple(r[:2]) for r in rows] in ([("quorum", "streaming")], [("sync", "streaming")])
        assert first.names() != ""
        return True
    wait_until(switchable_only_when_proved, 20, "switchable")
    end = now()
    fleet.wait_acks(20, first, end)
    assert fleet.outage(start) < 0.5
    failed = [s for s in fleet.load()[1] if s[0] > start and s[1] < 11
              and (s[2].startswith("err") or s[2] in ("hang", "connto"))]
    assert failed == []
    fleet.check(first)


def test_a_copy_of_the_primary_gets_a_directory_id_of_its_own_and_follows(make_cluster):
    """The pair of every test is made of two copies of one directory: neither took the other's place. The administrator's
    pg_basebackup is good enough: nothing is copied a second time."""
    cluster = make_cluster()
    cluster.up()
    primary, standby = cluster.pair()
    assert not cluster.logged("MCA01222") and not glob.glob(standby.mcdir + "/diverged/*")
    assert standby.sql("select status from pg_stat_wal_receiver") == [["streaming"]]
    assert primary.status().role(primary) == "primary"
    assert standby.status().role(standby) == "standby"
    before = len(cluster.logged("MCA00062"))
    holds_for(lambda: cluster.pair() == (primary, standby), 0.5, "one primary, one standby")
    assert len(cluster.logged("MCA00062")) == before


def test_forty_percent_of_all_frames_lost_for_ten_seconds_changes_no_role(cluster):
    primary, standby = cluster.pair()
    timeline, start = primary.timeline(), now()
    cluster.net.lose(40)
    time.sleep(10)
    cluster.net.mend()
    # Connections that repeat what was lost at ever longer intervals may still be given up for some seconds.
    time.sleep(4)
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    assert primary.timeline() == timeline
    assert not cluster.logged("MCA00062", start), "nobody was promoted meanwhile"

"""The operator's procedures "Rebuild of the standby server" and "Failback of the primary server", with their commands."""
import os
import shutil
import signal

from mcharness import checked, now, send, wait_until


def test_a_standby_whose_disk_was_lost_is_rebuilt_with_the_commands_of_the_procedure(make_cluster):
    cluster = make_cluster()
    cluster.up()
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    for pid in standby.instance_pids():
        send(pid, signal.SIGKILL)
    wait_until(lambda: not os.path.exists(standby.data) or shutil.rmtree(standby.data), 5, "its disk is lost")
    cluster.wait_word("not-switchable")
    # Stop Mirroring Controller on the standby server
    checked(standby.ctl("stop"))
    assert standby.daemons() == []
    # Recover (set up) the standby server from the primary server, and start it: one command
    checked(standby.ctl("setup", "-r", "standby"))
    cluster.wait_switchable(2)
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_the_former_primary_fails_back_after_it_has_come_back(cluster):
    """A takeover, the former primary back as standby by itself, then the switch that gives it its role again."""
    primary, standby = cluster.pair()
    fleet = cluster.fleet()
    killed = now()
    primary.kill_postmaster()
    fleet.first_ack(standby, killed)
    cluster.wait_switchable(40)
    assert cluster.pair() == (standby, primary)
    done = checked(standby.ctl("switch"))
    assert primary.name in done.stdout
    wait_until(lambda: primary.role() == "primary", 10, "it is the primary again")
    cluster.wait_switchable(20)
    assert cluster.pair() == (primary, standby)
    fleet.check(primary)


def test_a_standby_that_was_away_longer_than_wal_is_kept_says_so_and_the_command_that_it_names_brings_it_back(make_cluster):
    cluster = make_cluster(settings={"slot_wal_limit": "16MB"})
    cluster.up()
    primary, standby = cluster.pair()
    checked(standby.ctl("stop"))
    primary.sql("create table away(t text)")

    def is_lost():
        primary.sql("insert into away select 'x'; select pg_switch_wal(); " * 8 + "checkpoint", 20)
        return primary.sql("select wal_status from pg_replication_slots where slot_name = 'mc_%s'" % standby.name) == [["lost"]]
    wait_until(is_lost, 60, "its WAL is removed")
    started = checked(standby.ctl("start")).stdout
    wait_until(lambda: "does not stream" in standby.ctl("status").stdout, 30, "status says why it is not eligible")
    status = standby.ctl("status").stdout
    for told in (status, started) if "does not stream" in started else (status,):
        assert "has already been removed" in told and "mc_ctl setup -r standby --overwrite" in told, told
    assert "does not stream" not in primary.ctl("status").stdout
    checked(standby.ctl("stop"))
    checked(standby.ctl("setup", "-r", "standby", "--overwrite"))
    cluster.wait_switchable(30)
    assert cluster.pair() == (primary, standby)
    assert "does not stream" not in standby.ctl("status").stdout
    assert standby.sql("select count(*) > 0 from away") == [["t"]]


def test_a_standby_of_before_the_primary_was_copied_is_told_the_command_that_brings_it_back(make_cluster):
    """Of the timelines before it was copied the primary has only the last one's history; a standby asks for each."""
    cluster = make_cluster(servers=3, arbiters=0)
    cluster.up()
    primary = cluster.primaries()[0]
    copied, away = cluster.others(primary)
    checked(away.ctl("stop"))
    for to in (copied, primary):
        checked(to.ctl("switch", "--to", to.name))
        wait_until(lambda: cluster.primaries() == [to], 20, "it is the primary")    # noqa: B023 - waited for at once
        cluster.wait_word("switchable", 30)
    checked(copied.ctl("stop"))
    checked(copied.ctl("setup", "-r", "standby", "--overwrite"))
    cluster.wait_word("switchable", 30)
    checked(copied.ctl("switch", "--to", copied.name))
    wait_until(lambda: cluster.primaries() == [copied], 20, "the copy is the primary")
    away.ctl("start", "-W")
    named = "mc_ctl setup -r standby --overwrite makes a new copy"
    wait_until(lambda: named in away.ctl("status").stdout, 40, "status says why it is not eligible, and what to do")
    told = away.ctl("status").stdout
    assert "timeline history file" in told and "was copied when it had gone on from there" in told, told
    checked(away.ctl("stop"))
    checked(away.ctl("setup", "-r", "standby", "--overwrite"))
    cluster.wait_word("switchable", 30)
    wait_until(lambda: named not in away.ctl("status").stdout, 20, "it streams")

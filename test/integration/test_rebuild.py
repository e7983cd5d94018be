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

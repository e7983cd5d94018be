"""Instances that somebody has started with pg_ctl: they admit nobody, and do not keep the cluster from coming back."""
import pytest

from mcharness import PGBIN, checked, holds_for, wait_until


def by_hand(server):
    checked(server.host.run([PGBIN + "/pg_ctl", "-D", server.data, "-w", "-t", "30", "-l", server.host.dir + "/by_hand.log",
                             "start"], timeout=60))


@pytest.mark.parametrize("agent", ["is started after it", "runs"])
def test_a_primary_that_was_started_by_hand_serves_and_has_its_standby(make_cluster, agent):
    cluster = make_cluster()
    cluster.up()
    primary, standby = cluster.pair()
    checked(primary.stop("-a"))
    if agent == "runs":
        checked(primary.ctl("start", "--mc-only"))
    by_hand(primary)
    if agent == "runs":
        wait_until(lambda: primary.host.logged("MCA01604"), 10, "it is ended")
    checked(primary.start("-f"))
    assert len(primary.host.logged("MCA01604")) == 1
    checked(standby.start())
    cluster.wait_switchable(20)
    assert cluster.pair() == (primary, standby)


def test_a_standby_that_was_started_by_hand_becomes_eligible(make_cluster):
    cluster = make_cluster()
    cluster.up()
    primary, standby = cluster.pair()
    checked(standby.stop())
    by_hand(standby)
    checked(standby.start())
    cluster.wait_switchable(20)
    assert standby.host.logged("MCA01604") and standby.role() == "standby"


def test_the_instance_of_a_recovery_is_left_alone(make_cluster):
    """pgx_rcvall marks the directory, and runs an instance of its own there, whatever agent runs beside it."""
    cluster = make_cluster()
    cluster.up()
    primary = cluster.pair()[0]
    checked(primary.stop("-a"))
    checked(primary.ctl("start", "--mc-only"))
    mark = primary.data + "/mc.interrupted"
    checked(primary.host.run(["sh", "-c", "umask 077; echo somebody works here > %s" % mark]))
    by_hand(primary)
    holds_for(lambda: primary.instance_pids() and not primary.host.logged("MCA01604"), 3, "it runs")
    checked(primary.host.run([PGBIN + "/pg_ctl", "-D", primary.data, "-w", "-m", "fast", "stop"]))

"""A port that an administrator changes while the agents run: the others stream from where the instance is."""
import os
import re

from mcharness import checked, wait_until


def other_port(server, port):
    """In postgresql.conf; in force with the next start of the instance."""
    path = server.data + "/postgresql.conf"
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write("port = %d\n" % port + re.sub(r"(?m)^port = .*\n", "", text))


def restart(server, port):
    """Its postmaster is killed, and its agent starts it again; nothing is done to the agent."""
    other_port(server, port)
    server.kill_postmaster()
    server.pg_port = port


def streams(primary, name):
    return primary.sql("select count(*) from pg_stat_replication where state = 'streaming' and "
                       "application_name like '%%%s%%'" % name) == [["1"]]


def test_a_switch_to_a_standby_whose_port_was_changed(cluster):
    primary, standby = cluster.pair()
    restart(standby, 5999)
    wait_until(lambda: standby.role() == "standby", 20, "it is started again, at its new port")
    cluster.wait_switchable()
    wait_until(lambda: primary.host.logged(r'WAL of server "%s" is streamed from .* port 5999'
                                           % standby.name), 5, "the primary is told")
    done = checked(primary.ctl("switch"))
    assert cluster.wait_switchable()
    assert cluster.pair() == (standby, primary), done.stdout
    assert "port=5999" in primary.sql("show primary_conninfo")[0][0]


def test_a_standby_follows_a_primary_to_its_new_port(cluster):
    primary, standby = cluster.pair()
    checked(primary.ctl("disable-failover"))
    postmaster = standby.postmaster()
    before = primary.pg_port
    restart(primary, 5998)
    wait_until(lambda: primary.status().role(primary) == "none(inactivated primary)", 5, "it stays down")
    checked(primary.start("-W"))
    wait_until(lambda: primary.role() == "primary", 30, "it is open again, at its new port")
    assert primary.host.logged(r"the instance is reached at port 5998, and no longer at %d" % before)
    wait_until(lambda: streams(primary, standby.name), 10, "the standby streams from there")
    assert standby.postmaster() == postmaster, "the standby was not started again"
    checked(primary.ctl("enable-failover"))
    cluster.wait_switchable()


def test_a_large_postgres_log_gives_way_at_a_start(cluster):
    primary, standby = cluster.pair()
    checked(standby.stop())
    path = standby.mcdir + "/postgres.log"
    with open(path, "ab") as f:
        f.write(b"x" * (17 << 20) + b"\n")
    checked(standby.start())
    cluster.wait_switchable()
    assert os.path.getsize(path + ".old") > 17 << 20
    with open(path) as f:
        assert "database system" in f.read()

"""Settings of an administrator that would break something, were they not answered."""
import os
import shutil
import signal

import pytest

from mcharness import PgError, now, send, wait_until


def put_first(server, text):
    """Before everything else that the administrator has set."""
    path = os.path.join(server.data, "postgresql.conf")
    with open(path) as f:
        before = f.read()
    with open(path, "w") as f:
        f.write(text + "\n" + before)
    shutil.chown(path, "postgres", "postgres")


@pytest.mark.parametrize("text", [
    "default_transaction_isolation = 'serializable'",
    "max_replication_slots = 1",
    "recovery_min_apply_delay = '1min'",
    "recovery_target = 'immediate'\nrecovery_target_action = 'promote'",
    "restore_command = 'sleep 0.3; false'",
    "wal_receiver_status_interval = 0",
], ids=lambda text: text.split()[0])
def test_the_standby_takes_over_whatever_is_set(make_cluster, text):
    cluster = make_cluster()
    cluster.init_all(data_of_all=False)
    primary, standby = cluster.servers
    put_first(primary, text)
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    fleet = cluster.fleet()
    killed = now()
    primary.kill_postmaster()
    wait_until(lambda: standby.role() == "primary", 5, "the standby takes over")
    fleet.wait_acks(20, standby, killed)
    fleet.check(standby)


def alter_names(server, names):
    server.sql("alter system set synchronous_standby_names = '%s'" % names)
    server.sql("select pg_reload_conf()")


@pytest.mark.parametrize("names", ["", "nobody"])
def test_names_that_somebody_sets_are_set_back(cluster, names):
    """With none a commit would be acknowledged that no standby has; with others all would wait."""
    primary, standby = cluster.pair()
    ours = primary.names()
    fleet = cluster.fleet()
    altered = now()
    alter_names(primary, names)
    wait_until(lambda: primary.names() == ours, 5, "ours are in force again")
    assert len(primary.host.logged("it is set back", altered)) == 1
    fleet.wait_acks(20, primary, now())
    cluster.net.cut(primary.host)
    wait_until(lambda: standby.role() == "primary", 10, "the standby takes over")
    fleet.wait_acks(20, standby, altered)
    fleet.check(standby)


@pytest.mark.parametrize("setting", ["wal_sender_timeout = '10s'", "synchronous_standby_names = ''"],
                         ids=lambda text: text.split()[0])
def test_an_agent_that_comes_again_looks_after_an_instance_with_settings_of_others(cluster, setting):
    """No start would take them; but a primary without an agent is stopped by nobody."""
    primary, standby = cluster.pair()
    ours = primary.names()
    client = primary.connect()
    altered = now()
    primary.sql("alter system set " + setting)
    primary.sql("select pg_reload_conf()")
    send(primary.daemons()[1], signal.SIGKILL)
    wait_until(lambda: len(primary.daemons()) == 2, 5, "the monitor starts the agent again")
    wait_until(lambda: primary.host.logged("MCA01000", altered), 5, "it serves")
    wait_until(lambda: primary.names() == ours, 10, "ours are in force")
    cluster.net.cut(primary.host)
    wait_until(lambda: standby.role() == "primary", 10, "the standby takes over")
    with pytest.raises(PgError):
        client.query("select 1", 1.0)
    primary.host.run(["sed", "-i", "/wal_sender_timeout/d", primary.data + "/postgresql.auto.conf"])
    cluster.net.mend()
    # PostgreSQL writes a little WAL of its own now and then: the old primary follows, or says that it has diverged
    wait_until(lambda: cluster.logged("MCA01056", altered) or standby.status().word == "switchable", 30,
               "the old primary follows, or stays down and says why")

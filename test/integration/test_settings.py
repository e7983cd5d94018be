"""Settings of an administrator that would break something, were they not answered."""
import os
import shutil

import pytest

from mcharness import now, wait_until


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
    cluster.init_all()
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

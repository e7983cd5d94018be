"""What a cluster gets more of than is usual: timelines, over the years, and replication that is none of ours."""
import os
import re
import shutil
import subprocess

from mcharness import PGBIN, checked, wait_until

TIMELINE = 400
STRANGERS = 24


def grown_old(server):
    """Its data directory, which was never opened, as after so many promotions."""
    checked(server.host.run([PGBIN + "/pg_resetwal", "-f", "-l", "%08X0000000000000010" % TIMELINE, "-D", server.data]))
    path = os.path.join(server.data, "pg_wal/%08X.history" % TIMELINE)
    with open(path, "w") as f:
        for timeline in range(1, TIMELINE):
            f.write("%d\t0/%X\tno recovery target specified\n" % (timeline, 0x1000000 + timeline * 0x1000))
    os.chmod(path, 0o600)
    shutil.chown(path, "postgres", "postgres")


def test_after_hundreds_of_promotions_the_next_one_is_made(make_cluster):
    cluster = make_cluster()
    cluster.init_all(data_of_all=False)
    grown_old(cluster.servers[0])
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable(30)
    primary, standby = cluster.pair()
    assert primary.timeline() == TIMELINE
    fleet = cluster.fleet()
    fleet.wait_acks(20)
    checked(primary.ctl("switch", timeout=120))
    cluster.wait_switchable(30)
    assert cluster.pair() == (standby, primary) and standby.timeline() == TIMELINE + 1
    fleet.wait_acks(20, server=standby)
    standby.host.crash()                # and unasked: what is left of the old primary's WAL is rewound
    wait_until(lambda: primary.role() == "primary", 30, "it takes over")
    assert primary.timeline() == TIMELINE + 2
    standby.host.boot()
    standby.start("-W")
    cluster.wait_switchable(60)
    assert cluster.pair() == (primary, standby)
    fleet.stop()
    fleet.check(primary)


def test_a_standby_is_seen_among_many_that_are_no_members(make_cluster):
    """Subscribers and archivers of others have WAL senders, too, and theirs were there first."""
    cluster = make_cluster()
    cluster.init_all(data_of_all=False)
    path = os.path.join(cluster.servers[0].data, "postgresql.conf")
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(re.sub(r"(?m)^max_wal_senders = .*", "max_wal_senders = 60", text))
    cluster.start_first("-f")
    cluster.add_standbys()
    cluster.wait_switchable()
    primary, standby = cluster.pair()
    standby.stop()
    for i in range(STRANGERS):
        folder = os.path.join(cluster.clients.dir, "wal%d" % i)
        os.mkdir(folder)
        shutil.chown(folder, "postgres", "postgres")
        cluster.clients.spawn([PGBIN + "/pg_receivewal", "-h", primary.host.address, "-U", "postgres", "-D", folder, "--no-loop",
                               "--no-sync"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: primary.sql("select count(*) from pg_stat_replication") == [[str(STRANGERS)]], 60, "all of them stream")
    standby.start("-W")
    cluster.wait_switchable(60)
    assert primary.sql("select count(*) from pg_stat_replication") == [[str(STRANGERS + 1)]]
    checked(primary.ctl("switch", timeout=120))
    assert standby.role() == "primary"

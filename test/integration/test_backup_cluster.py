"""Backups inside a cluster: taken on the primary by its management directory, recovered after the worst day."""
import os
import shutil

import mcharness
from mcharness import wait_until
from test_archive_cluster import Backed


def call(server, name, *args):
    return server.host.run([mcharness.program(name), "-M", server.mcdir, *server.local, *args], timeout=120)


def test_what_was_acknowledged_comes_back_after_every_data_directory_is_lost(make_cluster):
    backed = Backed(make_cluster)
    cluster = backed.up()
    primary, standby = cluster.pair()
    done = call(standby, "pgx_dmpall")
    assert done.returncode == 3 and "this server is a standby" in done.stderr, done
    assert 'run the backup on the primary, server "%s", or' % primary.name in done.stderr, done
    done = call(primary, "pgx_dmpall")
    assert done.returncode == 0 and "COMPLETE" in done.stdout, done
    assert "PGX00004" not in done.stderr, done      # the agent sets archive_mode = always
    fleet = cluster.fleet()
    fleet.wait_acks(100)
    mirrored = backed.backup(primary) + "/online_xlog"
    wait_until(lambda: os.listdir(mirrored), 20, "WAL is mirrored")
    done = call(primary, "pgx_rcvall")
    assert done.returncode == 3 and "an instance runs in" in done.stderr, done
    fleet.stop()
    acknowledged = len(fleet.acks(primary))
    wait_mirrored(backed, primary)
    for server in cluster.servers:
        server.ctl("stop", "-e")
        shutil.rmtree(server.data)
    done = call(primary, "pgx_rcvall")
    assert done.returncode == 0 and "recovered" in done.stdout, done
    hba = primary.host.dir + "/open.hba"
    with open(hba, "w") as f:
        f.write("local all all trust\n")
    os.chmod(hba, 0o644)
    settings = "-c hba_file=%s -c synchronous_standby_names= -c archive_mode=off" % hba
    started = primary.host.run([mcharness.PGBIN + "/pg_ctl", "-D", primary.data, "-w", "-s", "-l",
                                primary.host.dir + "/recovered.log", "-o", settings, "start"], timeout=60)
    assert started.returncode == 0, started
    try:
        told = primary.host.run([mcharness.PGBIN + "/psql", "-XAtqh", "/run/postgresql", "-p",
                                 str(primary.pg_port), "-U", mcharness.USER, "-d", "postgres", "-c",
                                 "select count(*) from bench_acks"], timeout=20)
        assert told.returncode == 0, told
        assert int(told.stdout) >= acknowledged > 100
    finally:
        primary.host.run([mcharness.PGBIN + "/pg_ctl", "-D", primary.data, "-w", "-m", "fast", "stop"], timeout=60)


def wait_mirrored(backed, server):
    """The mirror lags by what is under way; a moment of rest, and it has all."""
    segment = server.sql("select pg_walfile_name(pg_current_wal_insert_lsn()), "
                         "(pg_walfile_name_offset(pg_current_wal_insert_lsn())).file_offset")[0]
    name, offset = segment[0], int(segment[1])

    def there():
        for folder in ("online_xlog", "archived_xlog"):
            path = "%s/%s/%s" % (backed.backup(server), folder, name)
            if os.path.exists(path):
                with open(path, "rb") as f:
                    body = f.read()
                with open(server.data + "/pg_wal/" + name, "rb") as f:
                    if body[:offset] == f.read()[:offset]:
                        return True
        return False
    wait_until(there, 20, "the mirror has caught up")

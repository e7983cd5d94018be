"""Clusters on every major version that the product is for: made, failed over, rejoined, backed up, recovered."""
import os
import re
import shutil

import pytest

import mcharness
import pgversions
from mcharness import checked, now, wait_until
from pgalone import private
from test_backup_cluster import wait_mirrored
from test_archive_cluster import Backed


@pytest.fixture(scope="module")
def templates(template):
    """A data directory as initdb leaves it, of each version; made when it is asked for."""
    made = {}

    def make(major, folder):
        if major not in made:
            path = os.path.join(mcharness.RUN, "template%d" % major, "data")
            os.makedirs(os.path.dirname(path))
            mcharness.make_template(path)
            made[major] = path
        return made[major]
    return make


@pytest.fixture(params=sorted(pgversions.RELEASES))
def version(request, templates, monkeypatch):
    """(major, template); the harness uses that version's programs as long."""
    folder, why = pgversions.programs(request.param)
    if folder is None:
        print("skipped: " + why)
        pytest.skip(pgversions.NOT_TO_BE_HAD + why)
    monkeypatch.setattr(mcharness, "PGBIN", folder)
    return request.param, templates(request.param, folder)


@pytest.fixture
def versioned(version):
    """A cluster with backup directories, its standby made by our own setup: the packages have no pg_basebackup."""
    major, template = version
    cluster = mcharness.Cluster(template)
    try:
        cluster.init_all()
        for server in cluster.servers:
            private(Backed.backup(server))
            server.set(bin_directory=mcharness.PGBIN, backup_destination=Backed.backup(server), archive_library="")
        for server in cluster.servers[1:]:
            shutil.rmtree(server.data)
        cluster.start_first("-f")
        for server in cluster.servers[1:]:
            checked(server.ctl("setup", "-r", "standby"))
        cluster.wait_switchable(30)
        yield major, cluster
    except AssertionError:
        print(cluster.report())
        raise
    finally:
        cluster.down()


def call(server, name, *args):
    return checked(server.host.run([mcharness.program(name), "-M", server.mcdir, *args], timeout=120))


def test_a_cluster_fails_over_rejoins_and_comes_back_from_its_backup(versioned):
    major, cluster = versioned
    primary, standby = cluster.pair()
    assert int(primary.sql("show server_version_num")[0][0]) // 10000 == major
    fleet = cluster.fleet()
    fleet.wait_acks(50)
    assert "COMPLETE" in call(primary, "pgx_dmpall").stdout
    killed = now()
    primary.kill_postmaster()
    wait_until(lambda: standby.role() == "primary", 15, "the standby takes over")
    fleet.wait_acks(50, standby, killed)
    print("PostgreSQL %d: outage %.2f s" % (major, fleet.outage(killed)))
    assert fleet.outage(killed) < 5
    cluster.wait_switchable(40)
    assert cluster.pair() == (standby, primary) and primary.follows()
    fleet.check(standby)

    # the way back: a backup of the new primary, an incremental one, more commits, and every data directory is gone
    assert "COMPLETE" in call(standby, "pgx_dmpall").stdout
    fleet = cluster.fleet()
    fleet.wait_acks(50)
    done = call(standby, "pgx_dmpall", "--incremental")
    assert "COMPLETE" in done.stdout and "PGX00003" not in done.stderr, done
    fleet.wait_acks(100)
    fleet.stop()
    wait_mirrored(Backed, standby)
    acknowledged = len(fleet.acks(standby))
    for server in cluster.servers:
        server.ctl("stop", "-e")
        shutil.rmtree(server.data)
    listed = call(standby, "pgx_rcvall", "-l").stdout.splitlines()
    assert len(listed) == 3 and listed[1].endswith(" full         -") and re.search(r" incremental  on \S+$", listed[2]), listed
    assert "is right" in call(standby, "pgx_verify").stdout
    assert "recovered" in call(standby, "pgx_rcvall").stdout
    primary.start("--mc-only", "-W")
    standby.start("-f")
    wait_until(lambda: standby.role() == "primary", 20, "what was recovered is opened")
    assert acknowledged >= 100
    fleet.check(standby)
    checked(primary.ctl("setup", "-r", "standby"))
    cluster.wait_switchable(30)

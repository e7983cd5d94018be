"""Mirrored WAL: online_xlog of the primary's backup directory has every flushed byte."""
import os
import random
import re
import signal
import subprocess
import time

import pytest

from mcharness import PGBIN, checked, now, program_of, send, sh, wait_until
from conftest import Clusters
from pgalone import private
from test_archive_cluster import Backed, wait_in_archive, write_segments

SEGMENT = 16 << 20


def lsn(text):
    high, low = text.split("/")
    return int(high, 16) << 32 | int(low, 16)


def online(server):
    return Backed.backup(server) + "/online_xlog"


def segments(server):
    return sorted(n for n in os.listdir(online(server)) if re.fullmatch("[0-9A-F]{24}", n))


def receivers(server):
    return [pid for pid in server.host.pids() if program_of(pid) == "pgx_walreceive"]


def state(server):
    with open(server.mcdir + "/mirror.state") as f:
        return dict(line.rstrip("\n").split(" ", 1) for line in f if " " in line)


def wait_mirrored(server, position=None, timeout=20):
    """Up to the present end of the WAL: synced, and told to the server as such."""
    position = position or server.wal_lsn()
    wait_until(lambda: server.sql("select flush_lsn >= '%s' from pg_stat_replication where application_name ="
                                  " 'pgx_walreceive'" % position) == [["t"]], timeout, "mirrored to " + position)
    return position


def same_bytes(server, end, timeline):
    """Every byte of the mirrored segments up to `end`, against pg_wal."""
    checked = 0
    for name in segments(server):
        begin = (int(name[8:16], 16) * 256 + int(name[16:], 16)) * SEGMENT
        path = os.path.join(server.data, "pg_wal", name)
        if int(name[:8], 16) != timeline or begin >= end or not os.path.exists(path):
            continue
        assert os.path.getsize(online(server) + "/" + name) == SEGMENT
        length = min(SEGMENT, end - begin)
        with open(path, "rb") as a, open(online(server) + "/" + name, "rb") as b:
            assert a.read(length) == b.read(length), name
        checked += length
    return checked


@pytest.fixture(scope="module")
def whole(template):
    """One cluster for the tests of this file, one after the other; what kills a whole server comes last."""
    cluster = Backed(lambda: Clusters.make(template)).up()
    yield cluster
    Clusters.drop(cluster)


@pytest.fixture
def mirrored(whole):
    whole.wait_switchable(30)
    primary, standby = whole.pair()
    wait_mirrored(primary)
    yield whole, primary, standby
    for fleet in whole.fleets:
        fleet.stop()


def test_an_operator_pauses_the_mirror_and_resumes_it_and_nothing_is_missed(mirrored):
    cluster, primary, standby = mirrored
    began = now()
    assert "archiving goes on" in checked(primary.ctl("pause-mirror")).stdout
    assert "mirrored WAL: paused: by an operator" in primary.status().text
    assert "paused by an operator" not in standby.status().text
    checked(standby.ctl("pause-mirror"))
    wait_until(lambda: "not the primary; paused by an operator" in standby.status().text, 5, "a standby's status says so, too")
    checked(standby.ctl("resume-mirror"))
    assert "mirrored WAL: paused: by an operator" in primary.status().text, "it is so when the command ends"
    assert primary.host.logged("PGX00227", began)
    before = segments(primary)
    names = write_segments(primary, 2)
    wait_in_archive(primary, names)
    assert set(segments(primary)) <= set(before), "nothing is mirrored"
    for pid in receivers(primary):      # it outlives the program that does it
        send(pid, signal.SIGKILL)
    wait_until(lambda: receivers(primary), 10, "there is a new one")
    wait_until(lambda: "mirrored WAL: paused: by an operator" in primary.status().text, 5, "it is still paused")
    last = write_segments(primary, 1)
    resumed = now()
    checked(primary.ctl("resume-mirror"))
    assert "paused" not in primary.status().text
    checked(primary.ctl("resume-mirror"))       # twice is no harm
    wait_until(lambda: primary.host.logged("PGX00200", resumed), 10, "it goes on")
    primary.sql("select pg_logical_emit_message(true, 'x', repeat('x', 99999))")
    end = lsn(wait_mirrored(primary))
    wait_in_archive(primary, last)      # whole there, and what was half mirrored when it was paused goes
    wait_until(lambda: min(segments(primary)) > last[0], 30, "what is archived is not kept twice")
    assert same_bytes(primary, end, primary.timeline()) > 0
    assert not primary.host.logged("PGX00203", began)


def test_a_receiver_that_is_killed_again_and_again_loses_nothing(mirrored):
    random.seed(5)
    cluster, primary, _ = mirrored
    fleet = cluster.fleet()
    pids = set()
    for i in range(4):
        pid = wait_until(lambda: receivers(primary), 10, "there is a receiver")[0]
        pids.add(pid)
        if i % 2:
            write_segments(primary, 1)
        time.sleep(random.random() * 0.4)
        send(pid, signal.SIGKILL)
        wait_until(lambda: [p for p in receivers(primary) if p != pid], 10, "a new one is started")
    assert len(pids) == 4
    end = lsn(wait_mirrored(primary))
    assert same_bytes(primary, end, primary.timeline()) > 0
    assert primary.host.logged("PGX00207") and not primary.host.logged("PGX00203")
    fleet.check(primary)


def test_mirrored_wal_is_as_it_was_written_and_goes_with_the_role(mirrored):
    cluster, primary, standby = mirrored
    fleet = cluster.fleet()
    timeline = primary.timeline()
    names = write_segments(primary, 3)
    fleet.wait_acks(50)
    end = lsn(wait_mirrored(primary))
    assert same_bytes(primary, end, timeline) > 0
    # the document's listing: the newest segment stands last
    newest = primary.sql("select pg_walfile_name(pg_current_wal_flush_lsn())")[0][0]
    listing = sh("sh", "-c", "ls -ltr %s/*_xlog" % Backed.backup(primary)).stdout
    assert newest in listing and listing.split("online_xlog:")[1].split()[-1] >= newest
    # what the archive has is not kept twice
    wait_until(lambda: not set(names) & set(segments(primary)), 30, "archived segments are pruned")
    # it is no standby: commits wait for the other server alone
    assert "walreceive" not in primary.names()
    assert len(receivers(primary)) == 1 and len(receivers(standby)) == 1
    assert segments(standby) == [] and state(standby)["mirror"] == "off"
    assert "mirrored WAL: streaming" in primary.status().text
    switched = now()
    checked(primary.ctl("switch"))
    wait_until(lambda: standby.role() == "primary", 10, "the standby has taken over")
    fleet.wait_acks(50, standby, switched)
    assert fleet.outage(switched) < 3
    end = lsn(wait_mirrored(standby))
    assert same_bytes(standby, end, standby.timeline()) > 0
    wait_until(lambda: state(primary)["mirror"] == "off", 20, "the old primary mirrors nothing")
    slots = "select slot_name from pg_replication_slots where slot_name = 'pgx_mirror'"
    cluster.wait_switchable(30)
    wait_until(lambda: primary.sql(slots) == [], 30, "its slot is gone")
    assert standby.sql(slots) == [["pgx_mirror"]]
    fleet.check(standby)


def test_every_acknowledged_commit_is_in_the_mirror_after_kill_9_of_everything(mirrored):
    """What the receiver had acknowledged is on the disk: the data disk is lost, and nothing else. Last in this file's
    cluster: the dead one may have WAL of its own."""
    random.seed(11)
    cluster, primary, standby = mirrored
    fleet = cluster.fleet()
    fleet.wait_acks(50)
    time.sleep(random.random())
    acknowledged = lsn(wait_mirrored(primary))
    time.sleep(random.random() * 0.2)
    primary.kill_daemons(*receivers(primary), *primary.instance_pids())
    wait_until(lambda: not primary.instance_pids() and not receivers(primary), 10, "all is dead")
    fleet.stop()
    # nothing is written any more: the bytes, and a reader of WAL over them
    timeline = max(int(n[:8], 16) for n in segments(primary))
    assert same_bytes(primary, acknowledged, timeline) > 0
    last = segments(primary)[-1]
    begin = (int(last[8:16], 16) * 256 + int(last[16:], 16)) * SEGMENT
    done = subprocess.run([PGBIN + "/pg_waldump", "-q", "-t", str(timeline), "-p", online(primary), "-s",
                           "%X/%X" % (begin >> 32, begin & 0xffffffff)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=30)
    reached = re.search(r"at ([0-9A-F]+/[0-9A-F]+)", done.stdout)
    assert reached is None or lsn(reached.group(1)) >= acknowledged, done.stdout
    wait_until(lambda: standby.role() == "primary", 15, "the standby takes over")
    position = wait_mirrored(standby)
    assert same_bytes(standby, lsn(position), standby.timeline()) > 0
    assert not standby.host.logged("PGX00203")


def test_a_server_that_mirrors_nothing_has_nothing_to_pause(make_cluster):
    cluster = make_cluster()
    cluster.init_all()
    done = cluster.servers[0].ctl("pause-mirror")
    assert done.returncode == 3 and "no WAL is mirrored" in done.stderr and "hint: backup_destination" in done.stderr


@pytest.fixture
def small_disk(make_cluster):
    """A cluster whose first server has its backups on a disk of 160 MB."""
    backed = Backed(make_cluster)
    server = backed.cluster.servers[0]
    path = Backed.backup(server)
    image = server.host.dir + "/image"
    with open(image, "wb") as f:
        f.truncate(160 << 20)
    sh("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1", image)
    sh("mount", "-o", "loop,noatime", image, path)
    private(path)
    server.host.crash()         # a host sees what was mounted before it was booted
    server.host.boot()
    yield backed
    sh("fsfreeze", "-u", path, check=False)
    server.host.crash()
    sh("umount", path)


def test_a_backup_disk_that_is_full_or_hangs_pauses_the_mirror_and_nothing_else(small_disk):
    cluster = small_disk.up()
    primary, standby = cluster.pair()
    assert primary is cluster.servers[0] and not primary.host.logged("MCA01200")
    wait_mirrored(primary)
    filler = Backed.backup(primary) + "/filler"
    sh("sh", "-c", "dd if=/dev/zero of=%s bs=1M 2>/dev/null || true" % filler)
    fleet = cluster.fleet()
    full = now()
    write_segments(primary, 3)
    wait_until(lambda: primary.host.logged("No space left on device.*PGX00201", full), 20, "it is said")
    wait_until(lambda: "mirrored WAL: paused: " in primary.status().text, 5, "status says so")
    fleet.wait_acks(50, primary, now())
    assert fleet.outage(full) < 1.0
    assert primary.sql("select count(*) from pg_stat_replication where application_name = 'pgx_walreceive'") == [
        ["0"]]
    os.unlink(filler)
    resumed = now()
    wait_until(lambda: primary.host.logged("PGX00200", resumed), 30, "it goes on")
    wait_mirrored(primary)
    assert not primary.host.logged("PGX00203")      # nothing is missing
    frozen = now()
    sh("fsfreeze", "-f", Backed.backup(primary))
    write_segments(primary, 1)
    time.sleep(4)                                   # longer than the server waits for a receiver
    fleet.wait_acks(20, primary, now())
    assert fleet.outage(frozen) < 1.0
    assert "server1    primary" in primary.status().text
    # nor the proof that the instance has ended, when it does
    killed = now()
    primary.kill_postmaster()
    wait_until(lambda: standby.role() == "primary", 10, "the standby takes over")
    fleet.wait_acks(20, standby, killed)
    assert fleet.outage(killed) < 5
    sh("fsfreeze", "-u", Backed.backup(primary))
    fleet.check(standby)

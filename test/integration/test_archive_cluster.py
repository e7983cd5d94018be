"""The archives of a cluster: each server's own, and no gap when the role changes."""
import os
import re
import shutil

from mcharness import PgError, checked, now, wait_until
from pgalone import built, private
from test_archive import MODULE

SEGMENT = 16 << 20


class Backed:
    """A cluster in which every server has a backup directory."""

    def __init__(self, make_cluster, **more):
        self.cluster = make_cluster()
        self.cluster.init_all()
        for server in self.cluster.servers:
            private(self.backup(server))
            server.set(backup_destination=self.backup(server), archive_library=built(MODULE), **more)

    def up(self):
        self.cluster.start_first("-f")
        self.cluster.add_standbys()
        self.cluster.wait_switchable()
        return self.cluster

    @staticmethod
    def backup(server):
        return os.path.join(server.host.dir, server.name + ".backup")

    @classmethod
    def archive(cls, server):
        return cls.backup(server) + "/archived_xlog"

    @classmethod
    def archived(cls, server):
        try:
            return sorted(n for n in os.listdir(cls.archive(server)) if re.match(r"[0-9A-F]{8}", n))
        except FileNotFoundError:
            return []

    @classmethod
    def segments(cls, server):
        """{number: newest timeline} of what is archived, to see gaps by."""
        found = {}
        for name in cls.archived(server):
            if len(name) == 24:
                number = int(name[8:16], 16) * 256 + int(name[16:], 16)
                found[number] = max(found.get(number, 0), int(name[:8], 16))
        return found


def write_segments(server, count):
    """Names of segments that are now full."""
    names = []
    for _ in range(count):
        server.sql("select pg_logical_emit_message(true, 'x', 'x')")
        names.append(server.sql("select pg_walfile_name(pg_switch_wal())")[0][0])
    return names


def wait_in_archive(server, names, timeout=20):
    wait_until(lambda: set(names) <= set(Backed.archived(server)), timeout,
               "%s has archived %s" % (server.name, names))


def test_the_archive_goes_on_without_a_gap_when_the_primary_dies_with_wal_that_it_had_not_archived(make_cluster):
    backed = Backed(make_cluster)
    cluster = backed.up()
    primary, standby = cluster.pair()
    assert "same device" in "".join(text for _, text in primary.host.logged("MCA01200"))
    names = write_segments(primary, 2)
    wait_in_archive(primary, names)
    wait_in_archive(standby, names)
    assert sorted(os.listdir(backed.backup(primary))) == [
        "archived_wal", "archived_xlog", "online_wal", "online_xlog"]
    os.chmod(backed.archive(primary), 0o750)        # from here on the primary archives nothing
    fleet = cluster.fleet()
    unarchived = write_segments(primary, 3)
    fleet.wait_acks(50)
    killed = now()
    cluster.net.cut(primary.host)
    primary.host.crash()
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    fleet.wait_acks(20, standby, killed)
    later = write_segments(standby, 2)
    assert later[0] > unarchived[-1] and later[0][:8] == "00000002"
    wait_in_archive(standby, unarchived + ["00000002.history"] + later)
    assert not set(unarchived) & set(backed.archived(primary))
    numbers = sorted(backed.segments(standby))
    first = int(names[0][16:], 16)
    assert set(range(first, numbers[-1] + 1)) <= set(numbers), "a gap"
    for name in unarchived:                         # as the dead one has them
        with open(os.path.join(primary.data, "pg_wal", name), "rb") as a, \
                open(os.path.join(backed.archive(standby), name), "rb") as b:
            assert a.read() == b.read()
    fleet.check(standby)


def test_a_server_that_was_rewound_has_no_hole_in_its_archive(make_cluster):
    """What the other one wrote and archived while it was away comes with the rewind, marked as archived: not here."""
    backed = Backed(make_cluster)
    cluster = backed.up()
    primary, standby = cluster.pair()
    names = write_segments(primary, 2)
    wait_in_archive(primary, names)
    cluster.net.drop(primary.host, standby.host, "tcp sport 5432")
    stop = now() + 0.5
    while now() < stop:             # nobody gets this
        try:
            primary.sql("select pg_logical_emit_message(false, 'x', repeat('x', 9999))", 0.3)
        except PgError:
            break
    cluster.net.cut(primary.host)
    primary.host.crash()
    wait_until(lambda: standby.role() == "primary", 20, "the standby takes over")
    away = write_segments(standby, 4)
    wait_in_archive(standby, away)
    cluster.net.mend()
    primary.host.boot()
    back = now()
    primary.start("-W", "-f")
    wait_until(lambda: primary.host.logged("MCA01223", back), 40, "it is made over")
    assert primary.host.logged("MCA01222.*rewind|rewind.*MCA01222", back) and not primary.host.logged("MCA01225", back)
    cluster.wait_switchable(40)
    wait_in_archive(primary, away + write_segments(standby, 2) + ["00000002.history"], 40)
    numbers = sorted(backed.segments(primary))
    assert numbers == list(range(numbers[0], numbers[-1] + 1)), "a hole"
    for name in away:
        with open(os.path.join(backed.archive(standby), name), "rb") as a, \
                open(os.path.join(backed.archive(primary), name), "rb") as b:
            assert a.read() == b.read(), name


def test_the_history_of_a_broken_promotion_does_not_end_archiving(make_cluster):
    """What an archiving standby leaves when its promotion is broken off: the way to a timeline that never opened."""
    backed = Backed(make_cluster)
    cluster = backed.up()
    primary, standby = cluster.pair()
    path = os.path.join(backed.archive(standby), "00000002.history")
    with open(path, "w") as f:
        f.write("1\t0/1234568\tno recovery target specified\n")
    shutil.chown(path, "postgres", "postgres")
    os.chmod(path, 0o600)
    checked(primary.ctl("switch"))
    cluster.wait_switchable()
    wait_in_archive(standby, write_segments(standby, 2))
    with open(path) as archived, open(standby.data + "/pg_wal/00000002.history") as made:
        assert archived.read() == made.read()
    with open(path + ".unopened") as f:
        assert "0/1234568" in f.read(), "nothing is lost"


def test_a_backup_directory_that_cannot_be_used_is_refused_before_anything_is_started(make_cluster):
    cluster = make_cluster()
    cluster.init_all()
    cluster.arbiter.start()
    server = cluster.servers[0]
    path = Backed.backup(server)
    server.set(backup_destination=path, archive_library=built(MODULE))

    def refused(words, cure):
        done = server.ctl("start", "-f")
        assert done.returncode == 1 and words in done.stderr and cure in done.stderr, done.stderr
        assert not server.daemons() and not server.instance_pids()
    refused("No such file or directory", "hint: make it with")
    private(path, 0o755)
    refused("mode 0755, not 0700", "hint: whoever reads it")
    os.chmod(path, 0o700)
    os.chown(path, 0, 0)
    refused("belongs to user 0", "hint: give it to the owner")
    private(path)
    server.set(archive_library="nothing_like_it")
    refused('no library "nothing_like_it"', "hint: make install")
    assert os.listdir(path) == []
    # An agent that runs has read its file: what is corrected counts for the next one, and it says so.
    aside = server.data + ".aside"
    os.rename(server.data, aside)
    server.start("--mc-only", "-W")
    os.rename(aside, server.data)
    for library in ("nothing_like_it", built(MODULE)):
        server.set(archive_library=library)
        done = server.ctl("start", "-f")
        assert done.returncode != 0 and "MCA01071" in done.stdout + done.stderr, done
        assert "counts for the next agent: mc_ctl stop, then mc_ctl start" in done.stdout + done.stderr, done
    server.stop()
    cluster.servers[1].start("--mc-only", "-W")
    server.start("-f")
    wait_until(lambda: server.role() == "primary", 30, "it opens")

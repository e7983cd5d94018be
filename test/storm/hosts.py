"""The hosts of a storm: those of the integration tests, with disks of their own, and a clock that can be set wrong.

Every member's management directory lies on a small ext4 image, every data directory on a larger one. The storm runs
in a mount namespace of its own (storm.py), so that no mount outlives it or is seen by anybody else.
"""
import contextlib
import os
import shutil
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
import mcharness                                                       # noqa: E402
from mcharness import PGBIN, PY, checked, sh                           # noqa: E402

MC_DISK, DATA_DISK = 16 << 20, 1 << 30                                 # bytes; both images are sparse
HELD_LONGEST = 12                                                      # s: hold.py lets go by itself then
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
PG_CONF = """
wal_keep_size = 192MB
max_wal_size = 128MB
log_checkpoints = off
recovery_init_sync_method = syncfs
"""


def control_groups():
    """Where the control groups of version 2 are, or None."""
    with open("/proc/self/mounts") as f:
        for line in f:
            _, place, kind = line.split()[:3]
            if kind == "cgroup2" and os.access(place, os.W_OK):
                return place
    return None


class Disk:
    """An image mounted below the host's folder."""

    def __init__(self, host, name, size):
        self.mountpoint = os.path.join(host.dir, name)
        self.filler = os.path.join(self.mountpoint, "filler")
        image = self.mountpoint + ".img"
        with open(image, "wb") as f:
            f.truncate(size)
        sh("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1", image)
        os.mkdir(self.mountpoint)
        sh("mount", "-o", "loop,noatime", image, self.mountpoint)      # the loop device goes with the mount
        shutil.chown(self.mountpoint, "postgres", "postgres")

    def fill(self):
        """Not a byte is left."""
        with open(self.filler, "wb") as f:
            for size in (1 << 20, 1 << 12):
                with contextlib.suppress(OSError):                     # ENOSPC is the aim
                    while True:
                        os.posix_fallocate(f.fileno(), os.fstat(f.fileno()).st_size, size)

    def empty(self):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.filler)

    def hang(self):
        return Held("disk", self.mountpoint)


class Held:
    """Something that hold.py keeps still, until let_go()."""

    def __init__(self, kind, place):
        self.process = subprocess.Popen([PY, "-B", os.path.join(HERE, "hold.py"), kind, place, str(HELD_LONGEST)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        if self.process.stdout.readline() != b"held\n":
            raise RuntimeError("%s cannot be held still" % place)

    def let_go(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Clock:
    """The wall clock of one host's processes, beside the right one; durations are not touched (P6)."""

    def __init__(self, host):
        self.path = os.path.join(host.dir, "clock")
        self.set(0)
        timers = os.path.join(host.dir, "timers.so")
        sh("cc", "-shared", "-fPIC", "-o", timers, os.path.join(HERE, "timers.c"))
        host.environment += ["LD_PRELOAD=%s:%s" % (timers, FAKETIME), "FAKETIME_TIMESTAMP_FILE=" + self.path,
                             "FAKETIME_CACHE_DURATION=1", "FAKETIME_DISABLE_SHM=1", "DONT_FAKE_MONOTONIC=1",
                             "NO_FAKE_STAT=1"]

    def set(self, seconds):
        self.seconds = seconds
        with open(self.path + ".new", "w") as f:
            f.write("%+d\n" % seconds)
        os.rename(self.path + ".new", self.path)


class StormCluster(mcharness.Cluster):
    """`claimed`: hosts that somebody stops and starts, a fault or the operator."""

    def __init__(self, template, build=None, shape=(2, 1), quorum=0):
        self.disks = {}
        self.clocks = {}
        # What has diverged is copied anew by the storm's operator: saving it takes more than these small volumes hold.
        super().__init__(template, build=build, servers=shape[0], arbiters=shape[1],
                         settings={"rejoin": "manual", "quorum": str(quorum)})
        for server in self.servers:
            server.data = os.path.join(self.disks[server.name, "data"].mountpoint, "pg")
        for member in self.members():
            member.mcdir = os.path.join(self.disks[member.name, "mc"].mountpoint, "mc")
        self.claims = threading.Lock()
        self.claimed = set()
        place = control_groups()
        self.groups = {host.name: os.path.join(place, host.ns) for host in self.hosts.values()} if place else {}
        for folder in self.groups.values():
            os.mkdir(folder)

    def _host(self, name, number):
        """Called before anything boots: what is mounted now is seen on the host."""
        host = super()._host(name, number)
        if name != "clients":
            self.disks[name, "mc"] = Disk(host, "mc", MC_DISK)
        if name.startswith("server"):
            self.disks[name, "data"] = Disk(host, "data", DATA_DISK)
            self.clocks[name] = Clock(host)
        return host

    def members(self):
        return self.servers + self.arbiters

    def member(self, name):
        return next(m for m in self.members() if m.name == name)

    @contextlib.contextmanager
    def claim(self, host):
        """Yields whether the host is ours now."""
        with self.claims:
            got = host.name not in self.claimed
            if got:
                self.claimed.add(host.name)
        try:
            yield got
        finally:
            if got:
                with self.claims:
                    self.claimed.discard(host.name)

    def suspend(self, host):
        """Every process of a host stands still, as if the host were suspended; gives what wakes it."""
        if not self.groups:
            host.freeze()
            return host.thaw
        folder = self.groups[host.name]
        for _ in range(2):                  # twice round, for what was being forked meanwhile
            for pid in host.pids():
                with contextlib.suppress(OSError), open(folder + "/cgroup.procs", "w") as f:
                    f.write(str(pid))
        return Held("group", folder).let_go

    def quiet(self):
        """Nothing is full, nothing dropped, every host is up, every clock right."""
        self.net.mend()
        for disk in self.disks.values():
            disk.empty()
        for clock in self.clocks.values():
            clock.set(0)
        for host in self.hosts.values():
            if host.init is None:
                host.boot()

    def copy_anew(self, server, source):
        """The operator's copy: complete, or nothing of it is where the agent looks."""
        new = server.data + ".new"
        shutil.rmtree(new, ignore_errors=True)
        checked(server.host.run([
            PGBIN + "/pg_basebackup", "-h", source.host.address, "-p", str(source.pg_port), "-U", "postgres",
            "-D", new, "-X", "stream", "-c", "fast", "--no-sync"], timeout=60))
        shutil.rmtree(server.data, ignore_errors=True)
        os.rename(new, server.data)


def make_template(path):
    mcharness.make_template(path)
    sh("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups",
       PGBIN + "/postgres", "--single", "-D", path, "postgres",
       stdin="create table storm_lists(k int primary key, items int8[] not null);\n")
    with open(path + "/postgresql.conf", "a") as f:
        f.write(PG_CONF)

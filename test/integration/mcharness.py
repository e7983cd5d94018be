"""A cluster of real PostgreSQL servers on hosts that are namespaces of this machine.

A host has its own network, mount, PID and IPC namespace: its processes end when its first process
is killed (hostinit.py), its /dev/log is read by the test, its boot id changes with every boot. All
hosts hang on one bridge (or two: `networks`) that lives in a namespace of its own, so that a cable can be
pulled at the bridge's port and nothing of the network is visible outside. Names carry the pid of the test run:
runs do not collide, and what one leaves behind is ended by pid.
"""
import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "bench/failover"))
from mcb import analyze                                  # noqa: E402
from mcb.libpq import Conn, PgError, PgTimeout           # noqa: E402,F401

BUILD = os.path.abspath(os.environ.get("MC_BUILD") or os.path.join(ROOT, "build"))
PROGRAMS = ("mc_ctl", "mc_arb", "mc_agent", "mc_arbiter", "pgx_walcopy", "pgx_walreceive", "pgx_dmpall",
            "pgx_rcvall", "pgx_verify", "pgx_filesend")
PGBIN = os.environ.get("MC_PGBIN") or "/usr/lib/postgresql/15/bin"     # another version: tests of one instance only
CLIENT = os.path.join(ROOT, "bench/failover/mcb/client.py")
PY = "/usr/bin/python3"
PATIENCE = int(os.environ.get("MC_PATIENCE") or 1)     # for what must come, not for what must come in time
RUN = "/tmp/mct%d" % os.getpid()
MC_PORT = 27540
USER = "tester"     # a superuser; "postgres" is the agent's on the socket (peer), and tests run as root
LOCAL = 20          # clients from this number on sit on the servers' own hosts
now = time.monotonic
os.umask(0o022)      # what root makes here, "postgres" reads

PG_CONF = """
listen_addresses = '*'
max_connections = 60
shared_buffers = 16MB
max_wal_senders = 10
wal_log_hints = on
wal_keep_size = 256MB
unix_socket_directories = '/run/postgresql'
logging_collector = off
log_line_prefix = '%m [%p] '
"""
PG_HBA = """
local all all trust
host all all 10.78.0.0/24 trust
host all all 127.0.0.1/32 trust
local replication all trust
host replication all 10.78.0.0/24 trust
host replication all 127.0.0.1/32 trust
"""


def sh(*argv, check=True, timeout=60, stdin=None):
    done = subprocess.run(argv, timeout=timeout, input=stdin, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if check and done.returncode:
        raise RuntimeError("%s: status %d: %s" % (" ".join(argv), done.returncode, done.stdout))
    return done


def program(name, build=None):
    """A copy of what was built: "postgres" may not be let into the build folder."""
    build = build or BUILD
    place = os.path.join(RUN, "bin", os.path.basename(build))
    path = os.path.join(place, name)
    if not os.path.exists(path):
        os.makedirs(place, exist_ok=True)
        source = os.path.join(build, "src/main", name)
        if not os.path.isfile(source):
            raise RuntimeError("no program %s in %s: build first, or set MC_BUILD" % (name, build))
        for each in PROGRAMS:
            shutil.copy(os.path.join(build, "src/main", each), place)
            os.chmod(os.path.join(place, each), 0o755)
    return path


def wait_until(claim, timeout, what):
    """Polls until the claim holds and gives what it returned; the deadline is a failure. MC_PATIENCE: how many times as
    long as on an idle machine."""
    timeout *= PATIENCE
    end = now() + timeout
    last = None
    while True:
        try:
            last = claim()
            if last:
                return last
        except (PgError, OSError, RuntimeError) as error:
            last = error
        if now() > end:
            raise AssertionError("not within %.1f s: %s (last: %r)" % (timeout, what, last))
        time.sleep(0.02)


def holds_for(claim, seconds, what):
    """The claim holds all the time, looked at every 50 ms."""
    end = now() + seconds
    while now() < end:
        assert claim(), "no longer true: %s" % what
        time.sleep(0.05)


# ---- processes, as the machine sees them
def proc_stat(pid):
    with open("/proc/%d/stat" % pid) as f:
        return f.read().rsplit(")", 1)[1].split()


def alive(pid):
    try:
        return proc_stat(pid)[0] not in "ZX"
    except OSError:
        return False


class Seen(int):
    """A process as it was when it was seen: a failure that names one that is gone by then says what it was."""
    def __new__(cls, pid):
        self = super().__new__(cls, pid)
        try:
            with open("/proc/%d/cmdline" % pid, "rb") as f:
                self.command = f.read().replace(b"\0", b" ").decode(errors="replace").strip()
            self.command += " [%s, child of %s]" % (" ".join(proc_stat(pid)[0:1]), proc_stat(pid)[1])
        except OSError:
            self.command = "gone"
        return self

    def __repr__(self):
        return "%d (%s)" % (self, self.command)


def program_of(pid):
    try:
        return os.path.basename(os.readlink("/proc/%d/exe" % pid).replace(" (deleted)", ""))
    except OSError:
        return ""


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


class Host:
    """One machine: namespaces, and everything that runs in them."""

    def __init__(self, cluster, name, number):
        self.cluster, self.name = cluster, name
        self.addresses = ["10.%d.0.%d" % (78 + i, number) for i in range(cluster.networks)]
        self.address = self.addresses[0]
        self.ns = cluster.prefix + name
        self.dir = os.path.join(cluster.dir, name)
        self.rundir = os.path.join(self.dir, "run")
        self.logfile = os.path.join(self.dir, "syslog")
        self.init = None
        self.init_pid = 0
        self.frozen = []
        self.spawned = []
        self.environment = []       # more of it, for everything that is run here: "NAME=value"
        os.makedirs(self.rundir)
        for path in (self.dir, self.rundir):
            shutil.chown(path, "postgres", "postgres")

    def boot(self):
        bootid = os.path.join(self.dir, "boot_id")
        with open(bootid, "w") as f:
            f.write("%s\n" % uuid.uuid4())
        os.chmod(bootid, 0o444)
        for name in os.listdir(self.rundir):
            os.unlink(os.path.join(self.rundir, name))
        errors = open(os.path.join(self.dir, "init.err"), "a")
        self.init = subprocess.Popen(
            ["ip", "netns", "exec", self.ns, "unshare", "--mount", "--pid", "--ipc", "--uts",
             "--fork", "--kill-child", "--mount-proc", PY, "-B", os.path.join(HERE, "hostinit.py"),
             self.logfile, self.rundir, bootid],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
            start_new_session=True)
        errors.close()
        if self.init.stdout.readline() != "ready\n":
            with open(os.path.join(self.dir, "init.err")) as f:
                raise RuntimeError("host %s did not boot: %s" % (self.name, f.read()))
        self.init_pid = int(open("/proc/%d/task/%d/children" % (self.init.pid, self.init.pid))
                            .read().split()[0])
        self.pid_ns = os.readlink("/proc/%d/ns/pid" % self.init_pid)

    def crash(self):
        """Power off. Cut the cable first where no FIN may get out."""
        if self.init is not None:
            # an nsenter stops with its stopped child, and would never reap it
            send(self.init_pid, signal.SIGKILL)
            for process in self.spawned:
                send(process.pid, signal.SIGCONT)
            self.init.wait()
            for process in self.spawned:
                process.wait()
            self.spawned = []
            self.init.stdout.close()
            self.init = None
            self.frozen = []

    def command(self, argv, user):
        return ["nsenter", "-t", str(self.init_pid), "-m", "-n", "-p", "-i", "-u", "--",
                "setpriv", "--reuid", user, "--regid", user, "--init-groups", "--",
                "env", "-i", "PATH=%s:/usr/sbin:/usr/bin:/sbin:/bin" % PGBIN, "LANG=C.UTF-8",
                "HOME=" + self.dir] + self.environment + list(argv)

    def run(self, argv, user="postgres", timeout=60, env=None, cwd=None):
        """Runs to its end; stdout and stderr stay apart."""
        words = ["%s=%s" % kv for kv in (env or {}).items()]
        return subprocess.run(self.command(words + list(argv), user), timeout=timeout, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, cwd=cwd or self.dir)

    def spawn(self, argv, user="postgres", **more):
        self.spawned.append(subprocess.Popen(self.command(argv, user), cwd=self.dir, **more))
        return self.spawned[-1]

    def pids(self):
        """Every process of the host except its first, as the machine numbers them."""
        found = []
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) != self.init_pid:
                try:
                    if os.readlink("/proc/%s/ns/pid" % name) == self.pid_ns:
                        found.append(int(name))
                except OSError:
                    pass
        return [pid for pid in found if alive(pid)]

    def outer(self, inner):
        """The machine's number of a process that the host knows as `inner`."""
        for pid in self.pids():
            try:
                with open("/proc/%d/status" % pid) as f:
                    numbers = re.search(r"(?m)^NSpid:(.*)$", f.read()).group(1).split()
            except OSError:
                continue
            if int(numbers[-1]) == inner:
                return pid
        raise RuntimeError("%s has no process %d" % (self.name, inner))

    def freeze(self, pids=None):
        """SIGSTOP; twice round, for what was being forked meanwhile."""
        for _ in range(2):
            for pid in (self.pids() if pids is None else pids):
                if pid not in self.frozen:
                    send(pid, signal.SIGSTOP)
                    self.frozen.append(pid)

    def thaw(self):
        for pid in self.frozen + [p.pid for p in self.spawned if p.returncode is None]:
            send(pid, signal.SIGCONT)
        self.frozen = []

    def syslog(self):
        """[(time, line)] of all boots."""
        try:
            with open(self.logfile) as f:
                lines = [line.rstrip("\n").split(" ", 1) for line in f if line.endswith("\n")]
        except FileNotFoundError:
            return []
        return [(float(t), text) for t, text in lines]

    def logged(self, pattern, since=0.0):
        return [(t, text) for t, text in self.syslog() if t >= since and re.search(pattern, text)]


class Network:
    """The bridges, their ports, and what they drop. Port p-NAME is in the first network, q-NAME in the second."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.ns = cluster.prefix + "sw"
        self.drops = []
        self.lock = threading.Lock()

    def up(self, hosts):
        sh("ip", "netns", "add", self.ns)
        for host in hosts:
            sh("ip", "netns", "add", host.ns)
            sh("ip", "-n", host.ns, "link", "set", "lo", "up")
        for i in range(self.cluster.networks):
            sh("ip", "-n", self.ns, "-batch", "-", stdin="link add br%d type bridge\nlink set br%d up\n" % (i, i))
            for host in hosts:
                sh("ip", "-n", host.ns, "-batch", "-", stdin=(
                    "link add eth{0} type veth peer name {1} netns {2}\n"
                    "addr add {3}/24 dev eth{0}\nlink set eth{0} up\n").format(
                        i, self.port(host, i), self.ns, host.addresses[i]))
            sh("ip", "-n", self.ns, "-batch", "-", stdin="".join(
                "link set {0} master br{1}\nlink set {0} up\n".format(self.port(h, i), i) for h in hosts))

    @staticmethod
    def port(host, network=0):
        return "%s-%s" % ("pq"[network], host.name)

    def _plug(self, host, network, state):
        """All its cables, or that of one network."""
        for i in range(self.cluster.networks) if network is None else [network]:
            sh("ip", "-n", self.ns, "link", "set", self.port(host, i), state)

    def cut(self, host, network=None):
        self._plug(host, network, "down")

    def join(self, host, network=None):
        self._plug(host, network, "up")

    def drop(self, source, target, what="", network=0):
        """Frames from one host to another are dropped; `what` narrows it, in nftables' words."""
        return self._add('iifname "%s" oifname "%s" %s counter drop' % (
            self.port(source, network), self.port(target, network), what))

    def part(self, a, b, what="", network=0):
        return self.drop(a, b, what, network) + self.drop(b, a, what, network)

    def lose(self, percent):
        """So many of all frames between hosts, at random."""
        return self._add("numgen random mod 100 < %d counter drop" % percent)

    def _add(self, rule):
        """The rule as a list, for allow()."""
        with self.lock:
            self.drops.append(rule)
            self._load()
        return [rule]

    def allow(self, rules):
        """What these dropped passes again, unless others drop it, too."""
        with self.lock:
            for rule in rules:
                self.drops.remove(rule)
            self._load()

    def _load(self):
        rules = "table bridge mct\nflush table bridge mct\ntable bridge mct {\n chain cut {\n" \
                "  type filter hook forward priority 0;\n  %s\n }\n}\n" % "\n  ".join(self.drops)
        sh("ip", "netns", "exec", self.ns, "nft", "-f", "-", stdin=rules)

    def rules(self):
        """What is in force, with how much each has dropped."""
        return sh("ip", "netns", "exec", self.ns, "nft", "list", "ruleset", check=False).stdout

    def dropped(self):
        """How many frames the drops in force have had."""
        return sum(map(int, re.findall(r"counter packets (\d+)", self.rules())))

    def mend(self):
        """Every cable back, nothing dropped."""
        with self.lock:
            if self.drops:
                self.drops = []
                self._load()
        for host in self.cluster.hosts.values():
            self.join(host)


class Member:
    """A server or an arbiter: where it lives and its command."""

    def __init__(self, cluster, name, host, port):
        self.cluster, self.name, self.host, self.port = cluster, name, host, port
        self.mcdir = os.path.join(host.dir, name + ".mc")
        self.kill_file = os.path.join(self.mcdir, "kill_at")
        self.local = []         # --local-server, where one host carries several

    @property
    def address(self):
        return "%s=%s" % (self.name, ",".join("%s:%d" % (a, self.port) for a in self.host.addresses))

    def daemons(self):
        """Our own processes of this member, the monitor first."""
        found = []
        for pid in self.host.pids():
            if program_of(pid) in ("mc_agent", "mc_arbiter"):
                with open("/proc/%d/cmdline" % pid, "rb") as f:
                    if self.mcdir.encode() in f.read():
                        found.append(pid)
        return sorted(found, key=lambda pid: (int(proc_stat(pid)[19]), pid))

    def kill_daemons(self, *others):
        """Both at once, and whoever else: each of the two makes the other anew where that one ends before it."""
        def killed():
            pids = self.daemons() + list(others)
            for how in (signal.SIGSTOP, signal.SIGKILL):
                for pid in pids:
                    send(pid, how)
            wait_until(lambda: not any(alive(pid) for pid in pids), 20, "they have let go of their sockets, too")
            return not self.daemons()
        wait_until(killed, 20, "no daemon runs")

    def environment(self):
        """Of commands, and so of the daemons that they start."""
        return {"MC_KILL_AT": self.kill_file} if self.cluster.mortal else {}

    def die_at(self, place):
        """The daemon ends itself as soon as it gets there (src/sys/kill_point.h)."""
        with open(self.kill_file + ".new", "w") as f:
            f.write(place + "\n")
        shutil.chown(self.kill_file + ".new", "postgres", "postgres")
        os.rename(self.kill_file + ".new", self.kill_file)

    def set(self, **knobs):
        """Settings of its own file, in place of their line or at the end."""
        path = os.path.join(self.mcdir, self.settings_file)
        with open(path) as f:
            text = f.read()
        for name, value in knobs.items():
            line = "%s = '%s'" % (name, value)
            text, n = re.subn(r"(?m)^#?\s*%s\s*=.*$" % name, line, text, count=1)
            text += "" if n else line + "\n"
        with open(path, "w") as f:
            f.write(text)


class Arbiter(Member):
    settings_file = "arbitration.conf"

    def ctl(self, mode, *args, timeout=60):
        return self.host.run([program("mc_arb", self.cluster.build), mode, "-M", self.mcdir]
                             + list(args), timeout=timeout, env=self.environment())

    def start(self):
        return checked(self.ctl("start"))

    def stop(self, *args):
        return checked(self.ctl("stop", *args))


class Status:
    """What `mc_ctl status` printed."""

    ROW = re.compile(r"^(\S+)\s+(none\(inactivated \w+\)|\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$")

    def __init__(self, done):
        self.code, self.text = done.returncode, done.stdout
        lines = done.stdout.splitlines()
        self.word = ""
        self.rows = {}
        if "mirroring status" in lines:
            at = lines.index("mirroring status")
            self.word = lines[at + 2].strip() if len(lines) > at + 2 else ""
        for line in lines:
            m = self.ROW.match(line)
            if m and m.group(1) != "server_id":
                self.rows[m.group(1)] = dict(zip(
                    ("role", "host", "host_status", "process", "disk"), m.groups()[1:]))

    def role(self, server):
        return self.rows.get(server.name, {}).get("role")

    def __repr__(self):
        return "Status(%d, %r, %r)" % (self.code, self.word,
                                       {n: r["role"] for n, r in self.rows.items()})


class Refused(AssertionError):
    """A command did not end with status 0."""


def checked(done):
    if done.returncode != 0:
        raise Refused("status %d: %s\n%s%s" % (done.returncode, done.args[-6:], done.stdout, done.stderr))
    return done


class Server(Member):
    def __init__(self, cluster, name, host, port, pg_port):
        super().__init__(cluster, name, host, port)
        self.pg_port = pg_port
        self.data = os.path.join(host.dir, name + ".data")
        self.settings_file = name + ".conf"

    # ---- commands
    def program(self):
        return [program("mc_ctl", self.cluster.build)]

    def ctl(self, mode, *args, timeout=60):
        return self.host.run(self.program() + [mode, "-M", self.mcdir] + list(args)
                             + (self.local if mode != "init" else []), timeout=timeout,
                             env=self.environment())

    def start(self, *args, timeout=60):
        return checked(self.ctl("start", *args, timeout=timeout))

    def stop(self, *args, timeout=60):
        return checked(self.ctl("stop", *args, timeout=timeout))

    def status(self, *args):
        return Status(self.ctl("status", *args, timeout=20))

    def init(self, *more):
        c = self.cluster
        names = []
        for s in c.servers:
            names += ["--server", s.address]
        for a in c.arbiters:
            names += ["--arbiter", a.address]
        done = checked(self.ctl("init", "--id", self.name, "-D", self.data, *names, *more))
        self.set(**c.settings)
        return done

    # ---- the instance
    def make_data(self):
        """A data directory as initdb leaves it."""
        sh("cp", "-a", "--reflink=auto", self.cluster.template, self.data)
        if self.pg_port != 5432:
            with open(os.path.join(self.data, "postgresql.conf"), "a") as f:
                f.write("port = %d\n" % self.pg_port)

    def copy_from(self, source):
        """pg_basebackup, as an administrator would; what was there is removed first."""
        shutil.rmtree(self.data, ignore_errors=True)
        checked(self.host.run([
            PGBIN + "/pg_basebackup", "-h", source.host.address, "-p", str(source.pg_port),
            "-U", "postgres", "-D", self.data, "-X", "stream", "-c", "fast"], timeout=120))
        if self.pg_port != source.pg_port:
            path = os.path.join(self.data, "postgresql.conf")
            with open(path) as f:
                text = f.read()
            text = re.sub(r"(?m)^port = .*\n", "", text)
            with open(path, "w") as f:
                f.write(("port = %d\n" % self.pg_port) + text)

    def connect(self, timeout=2.0):
        """Over the socket of its host: needs no network."""
        return Conn("host=%s port=%d user=%s dbname=postgres" % (
            self.host.rundir, self.pg_port, USER), timeout)

    def sql(self, query, timeout=5.0):
        conn = self.connect(timeout)
        try:
            return conn.query(query, timeout * PATIENCE)
        finally:
            conn.close()

    def role(self):
        """What the instance itself says: primary, standby, or None when it admits nobody."""
        try:
            return "standby" if self.sql("select pg_is_in_recovery()", 1.0)[0][0] == "t" \
                else "primary"
        except PgError:
            return None

    def follows(self):
        """Whether the instance is in recovery, asked as the agent asks: clients may be shut out."""
        os.seteuid(pwd.getpwnam("postgres").pw_uid)
        try:
            conn = Conn("host=%s port=%d user=postgres dbname=postgres" % (
                self.host.rundir, self.pg_port), 1.0)
        except PgError:
            return False
        finally:
            os.seteuid(0)
        try:
            return conn.query("select pg_is_in_recovery()", 1.0) == [["t"]]
        except PgError:
            return False
        finally:
            conn.close()

    def postmaster(self):
        with open(os.path.join(self.data, "postmaster.pid")) as f:
            return self.host.outer(int(f.readline()))

    def instance_pids(self):
        """Every process of the instance. One without a program has let go of its memory, and only ends; what an archiver that
        was killed has started is none of them."""
        found = []
        for pid in self.host.pids():
            try:
                if os.readlink("/proc/%d/cwd" % pid) == self.data and os.readlink("/proc/%d/exe" % pid).endswith("/postgres"):
                    found.append(Seen(pid))
            except OSError:
                pass
        return found

    def kill_postmaster(self):
        pid = self.postmaster()
        send(pid, signal.SIGKILL)
        return pid

    def timeline(self):
        return int(self.sql("select substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)")
                   [0][0], 16)

    def names(self):
        return self.sql("show synchronous_standby_names")[0][0]

    def wal_lsn(self):
        return self.sql("select pg_current_wal_flush_lsn()")[0][0]


class Volume:
    """A stopped server's management directory on a volume of its own, which can be rolled back, or filled."""

    def __init__(self, server, megabytes=512):
        self.server, self.image = server, os.path.join(server.host.dir, "volume.img")
        with open(self.image, "wb") as f:
            f.truncate(megabytes << 20)
        self.root("mkfs.ext4", "-q", "-m", "0", self.image)
        os.rename(server.mcdir, server.mcdir + ".away")
        os.mkdir(server.mcdir)
        self.mount()
        self.root("cp", "-a", server.mcdir + ".away/.", server.mcdir)
        self.root("chown", "postgres:postgres", server.mcdir)
        self.root("chmod", "700", server.mcdir)

    def root(self, *argv):
        checked(self.server.host.run(list(argv), user="root"))

    def mount(self):
        """The host has a /dev of its own: the device is made there, too."""
        self.device = sh("losetup", "--find", "--show", self.image).stdout.strip()
        self.root("mknod", "-m", "600", self.device, "b", "7", self.device.removeprefix("/dev/loop"))
        self.root("mount", self.device, self.server.mcdir)

    def umount(self):
        self.root("umount", self.server.mcdir)
        self.root("rm", self.device)
        sh("losetup", "--detach", self.device)

    def unmounted(self, source, target):
        """The bytes of the volume, copied while nobody uses it. It stays the device it is: another one would tell that it is a copy."""
        self.root("umount", self.server.mcdir)
        shutil.copyfile(source, target)
        sh("blockdev", "--flushbufs", self.device)
        self.root("mount", self.device, self.server.mcdir)

    def free(self):
        """Bytes, for who owns it."""
        done = checked(self.server.host.run(["stat", "-f", "-c", "%a %S", self.server.mcdir]))
        blocks, size = map(int, done.stdout.split())
        return blocks * size

    def fill(self, leave):
        """So that so many bytes are free; gives the file to remove."""
        path = self.server.mcdir + "/filler"
        checked(self.server.host.run(["fallocate", "-l", str(self.free() - leave), path]))
        return path


class Cluster:
    """Servers server1.., arbiters (one, where not said otherwise), one host for clients. Nothing is running after __init__."""

    counter = 0

    def __init__(self, template, servers=2, one_host=False, build=None, settings=None, networks=1,
                 mortal=False, arbiters=1):
        Cluster.counter += 1
        self.prefix = "mct%d-%d-" % (os.getpid(), Cluster.counter)
        self.dir = os.path.join(RUN, str(Cluster.counter))
        self.template, self.build = template, build
        self.settings = settings or {}
        self.networks = networks
        self.mortal = mortal    # its daemons die where they are told to
        self.hosts = {}
        self.fleets = []
        os.makedirs(self.dir)
        self.net = Network(self)
        self.servers = []
        for i in range(servers):
            name = "server%d" % (i + 1)
            host = self.hosts.get("server1") if one_host and i else self._host(name, 11 + i)
            self.servers.append(Server(self, name, host, MC_PORT + (i if one_host else 0),
                                       5432 + (i if one_host else 0)))
            if one_host:
                self.servers[-1].local = ["--local-server", name]
        self.arbiters = []
        for i in range(arbiters):
            name = "arbiter%d" % (i + 1)
            host = self.hosts["server1"] if one_host else self._host(name, 21 + i)
            self.arbiters.append(Arbiter(self, name, host, MC_PORT + (50 + i if one_host else 0)))
        self.arbiter = self.arbiters[0] if arbiters else None
        self.clients = self._host("clients", 31)
        self.net.up(self.hosts.values())
        for host in self.hosts.values():
            host.boot()

    def _host(self, name, number):
        self.hosts[name] = Host(self, name, number)
        return self.hosts[name]

    # ---- building, step by step as an administrator would
    def init_all(self, data_of_all=True):
        """Data and management directories; what the others have is replaced by a copy of the first one's when
        that is open. Nothing is started."""
        first = self.servers[0]
        for server in self.servers if data_of_all else [first]:
            server.make_data()
        first.init()
        key = os.path.join(first.mcdir, "cluster.key")
        for server in self.servers[1:]:
            server.init("--key", self._carry(key, server.host))
        for arbiter in self.arbiters:
            made = [p for p in glob.glob(first.mcdir + "/*" + arbiter.name + "*")]
            assert len(made) == 1, "mc_ctl init wrote for %s: %s" % (arbiter.name, made)
            checked(arbiter.ctl("init", "--id", arbiter.name, "--from",
                                self._carry(made[0], arbiter.host)))
            arbiter.set(**{k: v for k, v in self.settings.items() if k.startswith("heartbeat")})

    def _carry(self, path, host):
        """A file taken to another host, as scp would."""
        target = os.path.join(host.dir, os.path.basename(path))
        shutil.copy(path, target)
        shutil.chown(target, "postgres", "postgres")
        os.chmod(target, 0o600)
        return target

    def start_first(self, *how):
        """Arbiter, the agents of the others, and the first server's instance, open and alone."""
        for arbiter in self.arbiters:
            arbiter.start()
        for server in self.servers[1:]:
            server.start("--mc-only", "-W")
        self.servers[0].start(*how)
        wait_until(lambda: self.servers[0].role() == "primary", 20, "the first server is open")

    def add_standbys(self):
        for server in self.servers[1:]:
            server.copy_from(self.servers[0])
            server.start()

    def up(self):
        """A whole cluster: primary, eligible standby, automatic switch on."""
        self.init_all(data_of_all=False)
        self.start_first("-f")
        self.add_standbys()
        self.wait_switchable()
        return self

    def wait_word(self, word, timeout=20, server=None):
        seen = []

        def claim():
            seen[:] = [(server or self.any_server()).status()]
            return seen[0].word == word and seen[0]
        try:
            return wait_until(claim, timeout, "status %s" % word)
        except AssertionError as error:
            raise AssertionError("%s\n%s" % (error, seen[0].text if seen else "")) from None

    def wait_switchable(self, timeout=20):
        return self.wait_word("switchable", timeout)

    def any_server(self):
        primaries = self.primaries()
        return primaries[0] if primaries else self.servers[0]

    def primaries(self):
        return [s for s in self.servers if s.role() == "primary"]

    def pair(self):
        """(primary, standby) as the instances themselves say."""
        primaries = self.primaries()
        assert len(primaries) == 1, "primaries: %s" % [s.name for s in primaries]
        return primaries[0], [s for s in self.servers if s is not primaries[0]][0]

    def others(self, server):
        return [s for s in self.servers if s is not server]

    def logged(self, pattern, since=0.0):
        return [line for host in self.hosts.values() for line in host.logged(pattern, since)]

    def wait_detached(self, since, timeout=10):
        """When the standby was disconnected: the record that says so is chosen."""
        return wait_until(lambda: self.logged("cause detach", since), timeout,
                          "the standby is disconnected")[0][0]

    def fleet(self, **how):
        self.fleets.append(Fleet(self, **how))
        return self.fleets[-1]

    # ---- the end
    def mend(self):
        for host in self.hosts.values():
            host.thaw()
        self.net.mend()

    def down(self):
        for fleet in self.fleets:
            fleet.stop()
        for host in self.hosts.values():
            host.crash()
        for ns in [h.ns for h in self.hosts.values()] + [self.net.ns]:
            sh("ip", "netns", "del", ns, check=False)
        shutil.rmtree(self.dir, ignore_errors=True)

    def report(self):
        """For a failed test: what every member says and logged."""
        text = []
        for server in self.servers:
            try:
                done = server.ctl("status", timeout=5)
                text.append("== status by %s (%d)\n%s%s" % (
                    server.name, done.returncode, done.stdout, done.stderr))
            except (RuntimeError, subprocess.TimeoutExpired, OSError) as error:
                text.append("== no status by %s: %s" % (server.name, error))
            for view in ("pg_stat_replication", "pg_stat_wal_receiver"):
                try:
                    rows = server.sql("select row_to_json(v)::text from %s v" % view)
                    text += ["== %s of %s: %s" % (view, server.name, row) for row in rows]
                except Exception as error:      # whatever it is: the report goes on
                    text.append("== no %s of %s: %s" % (view, server.name, error))
        for fleet in self.fleets:
            with open(fleet.out) as f:
                said = f.read().splitlines()[-20:]
            text.append("== fleet %d (%s) said last\n%s" % (fleet.run, "ended" if fleet.process.poll() is not None else "runs", "\n".join(said)))
        text.append("== what the network drops at %.3f\n%s" % (now(), self.net.rules()))
        for host in self.hosts.values():
            lines = ["%.3f %s" % line for line in host.syslog()[-40:]]
            text.append("== syslog of %s\n%s" % (host.name, "\n".join(lines)))
        return "\n".join(text)


class Fleet:
    """Writers and readers: remote ones that go where the primary is, and ones that stay with each
    server, from the clients' host and on the server's own. Every answer is logged with its time."""

    run = 0

    def __init__(self, cluster, writers=2, interval=0.02):
        Fleet.run += 1
        self.cluster, self.run = cluster, Fleet.run
        self.out = os.path.join(cluster.dir, "fleet%d.acks" % self.run)
        argv = [PY, "-B", CLIENT, "--run", str(self.run), "--out", self.out, "--timeline", "--user", USER,
                "--interval", str(interval), "--multi", str(writers), "--hosts",
                ",".join("%s:%d" % (s.host.address, s.pg_port) for s in cluster.servers)]
        self.place = {}
        for i, s in enumerate(cluster.servers):
            for path in (s.host.address, s.host.rundir):
                self.place[path if s.pg_port == 5432 else "%s:%d" % (path, s.pg_port)] = s.name
            remote, local = "%s:%d" % (s.host.address, s.pg_port), \
                            "%s:%d" % (s.host.rundir, s.pg_port)
            argv += ["--probe", "%d:%s" % (10 + i, remote), "--probe", "%d:%s" % (20 + i, local),
                     "--read", "%d:%s" % (40 + i, local), "--read", "%d:%s" % (50 + i, remote)]
        self.process = subprocess.Popen(["ip", "netns", "exec", cluster.clients.ns] + argv,
                                        stdin=subprocess.DEVNULL, start_new_session=True)
        self.wait_acks()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def load(self):
        """(acks, states, reads), each ip replaced by the server's name."""
        acks, states, reads = analyze.load_all(self.out)
        name = self.place.get
        return ([a._replace(ip=name(a.ip, a.ip)) for a in acks],
                [(t, c, s, name(ip, ip)) for t, c, s, ip in states],
                [r._replace(ip=name(r.ip, r.ip)) for r in reads])

    def acks(self, server=None, since=0.0):
        return [a for a in self.load()[0]
                if a.t > since and (server is None or a.ip == server.name)]

    def reads(self, server, since=0.0, role="primary"):
        return [r for r in self.load()[2]
                if r.t > since and r.ip == server.name and r.role == role]

    def wait_acks(self, count=20, server=None, since=0.0, timeout=15):
        wait_until(lambda: len(self.acks(server, since)) >= count, timeout,
                   "%d acknowledged writes%s" % (count, " by " + server.name if server else ""))

    def first_ack(self, server, since, timeout=15):
        """When the server acknowledged its first write after `since`."""
        self.wait_acks(1, server, since, timeout)
        return self.acks(server, since)[0].t

    def outage(self, since, until=None):
        """The largest hole in what remote clients had acknowledged that ends after `since`."""
        return analyze.max_gap([a.t for a in self.acks() if a.client < LOCAL], since,
                               until or now())[0]

    def check(self, primary=None):
        """The oracle: nothing lost, and never two servers acknowledging. Ends the fleet."""
        time.sleep(0.2)
        self.stop()
        acks, _, _ = self.load()
        primary = primary or self.cluster.pair()[0]
        table = [(int(c), int(s)) for c, s in primary.sql(
            "select client, seq from bench_acks where run = %d" % self.run, 20)]
        assert acks, "nothing was acknowledged at all"
        assert analyze.lost(acks, table) == []
        assert analyze.stale_acks(acks) == []
        assert analyze.split_timelines(acks) == []
        return acks


def make_template(path):
    """initdb once for a whole run."""
    shutil.chown(os.path.dirname(path), "postgres", "postgres")
    sh("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups",
       PGBIN + "/initdb", "-D", path, "-U", "postgres", "-A", "trust", "-E", "UTF8",
       "--locale=C.UTF-8", "--no-sync")
    sh("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups",
       PGBIN + "/postgres", "--single", "-D", path, "postgres", stdin=(
           "create role %s superuser login;\ncreate table bench_acks"
           "(run int, client int, seq bigint, primary key(run, client, seq));\n" % USER))
    with open(path + "/postgresql.conf", "a") as f:
        f.write(PG_CONF)
    with open(path + "/pg_hba.conf", "w") as f:
        f.write(PG_HBA)


def clean_up_after(pid):
    """What a run left behind: its namespaces' processes, by pid, then the names and the files."""
    mine = [w.split()[0] for w in sh("ip", "netns", "list").stdout.splitlines()
            if w.startswith("mct%d-" % pid)]
    for ns in mine:
        for word in sh("ip", "netns", "pids", ns, check=False).stdout.split():
            send(int(word), signal.SIGKILL)
    for ns in mine:
        sh("ip", "netns", "del", ns, check=False)
    shutil.rmtree("/tmp/mct%d" % pid, ignore_errors=True)

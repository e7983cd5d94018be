"""Hosts as network namespaces on one bridge; processes recorded by pid.

Instance N uses namespaces mcb<N>-{sw,n1,n2,arb,cli}, addresses 10.77.<N>.0/24 and the
directory /tmp/mcbench/<N>.  The bridge itself lives in mcb<N>-sw, so nothing of it is
visible in the root namespace.  Several instances can run side by side.
"""
import json
import os
import shutil
import signal
import subprocess
import threading
import time

from .libpq import Conn, PgError

PGBIN = "/usr/lib/postgresql/15/bin"
BASE = "/tmp/mcbench"
SUFFIX = {"n1": 11, "n2": 12, "arb": 21, "cli": 31}
# bind-mount a private /run/postgresql, then drop to the given user; exec keeps the pid
_WRAP = 'mount --bind "$1" /run/postgresql; u=$2; cd "$3"; shift 3; ' \
        'exec setpriv --reuid "$u" --regid "$u" --init-groups "$@"'


def sh(*argv, check=True, timeout=60):
    return subprocess.run(argv, check=check, timeout=timeout, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)


class Cluster:
    PG_HOSTS = ("n1", "n2")
    user = "postgres"        # of the harness itself, over the sockets

    def __init__(self, instance=0, log=print):
        self.n = instance
        self.pfx = "mcb%d-" % instance
        self.root = "%s/%d" % (BASE, instance)
        self.procs = []          # (host, name, Popen)
        self.log = log
        # reap at once: a zombie postmaster would look alive to pg_ctl and to its successor
        threading.Thread(target=self._reaper, daemon=True).start()

    # ---- naming
    def ip(self, h):
        return "10.77.%d.%d" % (self.n, SUFFIX[h])

    def host_of(self, ip):
        for h in SUFFIX:
            if self.ip(h) == ip:
                return h
        return ip

    def ns(self, h):
        return self.pfx + h

    def dir(self, h, *sub):
        return os.path.join(self.root, h, *sub)

    # ---- topology
    def up(self):
        self.down()
        sh("ip", "netns", "add", self.ns("sw"))
        sw = self.ns("sw")
        sh("ip", "-n", sw, "link", "add", "br0", "type", "bridge")
        sh("ip", "-n", sw, "link", "set", "br0", "up")
        for h in SUFFIX:
            ns = self.ns(h)
            sh("ip", "netns", "add", ns)
            sh("ip", "-n", ns, "link", "add", "eth0", "type", "veth", "peer", "name",
               "p-" + h, "netns", sw)
            sh("ip", "-n", sw, "link", "set", "p-" + h, "master", "br0", "up")
            sh("ip", "-n", ns, "link", "set", "lo", "up")
            sh("ip", "-n", ns, "addr", "add", self.ip(h) + "/24", "dev", "eth0")
            sh("ip", "-n", ns, "link", "set", "eth0", "up")
            for d in ("run", "log", "home"):
                os.makedirs(self.dir(h, d))
            for d in ("", "run", "home"):
                shutil.chown(self.dir(h, d), "postgres", "postgres")
            shutil.chown(self.dir(h, "log"), "postgres", "postgres")

    def down(self):
        """Kill what runs in our namespaces (by pid), remove them and the directory."""
        have = [x.split()[0] for x in sh("ip", "netns", "list").stdout.splitlines() if x]
        mine = [x for x in have if x.startswith(self.pfx)]
        for ns in mine:
            self._kill_ns(ns)
        for ns in mine:
            sh("ip", "netns", "del", ns, check=False)
        for _, _, p in self.procs:
            try:
                p.wait(timeout=2)
            except subprocess.TimeoutExpired:
                p.kill()
        self.procs = []
        for _ in range(5):
            shutil.rmtree(self.root, ignore_errors=True)
            if not os.path.exists(self.root):
                break
            time.sleep(0.2)

    # ---- link faults (bridge side, so the host sees carrier loss; no FIN/RST leaks out)
    def cut(self, h):
        sh("ip", "-n", self.ns("sw"), "link", "set", "p-" + h, "down")

    def uncut(self, h):
        sh("ip", "-n", self.ns("sw"), "link", "set", "p-" + h, "up")

    def block(self, a, b):
        """Drop every frame between two hosts, both directions; the rest still flows."""
        rules = ("table bridge mcb {\n chain cut {\n  type filter hook forward priority 0;\n"
                 '  iifname "p-%s" oifname "p-%s" drop\n  iifname "p-%s" oifname "p-%s" drop\n'
                 " }\n}\n" % (a, b, b, a))
        subprocess.run(["ip", "netns", "exec", self.ns("sw"), "nft", "-f", "-"],
                       input=rules, text=True, check=True)

    def unblock(self):
        sh("ip", "netns", "exec", self.ns("sw"), "nft", "delete", "table", "bridge", "mcb",
           check=False)

    # ---- processes
    def _argv(self, h, argv, user):
        return ["ip", "netns", "exec", self.ns(h), "/bin/sh", "-c", _WRAP, "sh",
                self.dir(h, "run"), user, self.dir(h, "home")] + list(argv)

    def _env(self, h, env):
        e = {"PATH": PGBIN + ":/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8",
             "HOME": self.dir(h, "home"), "USER": "postgres", "PYTHONDONTWRITEBYTECODE": "1",
             "XDG_RUNTIME_DIR": self.dir(h, "home"), "XDG_CONFIG_HOME": self.dir(h, "home", "cfg"),
             "XDG_DATA_HOME": self.dir(h, "home", "data")}
        # no PGCONNECT_TIMEOUT here: pg_autoctl takes it for its own retry budget
        e.update(env or {})
        return e

    def spawn(self, h, argv, name, user="postgres", env=None):
        out = open(self.dir(h, "log", name + ".log"), "ab")
        p = subprocess.Popen(self._argv(h, argv, user), env=self._env(h, env), stdout=out,
                             stderr=out, stdin=subprocess.DEVNULL, start_new_session=True)
        out.close()
        self.procs.append((h, name, p))
        with open(os.path.join(self.root, "pids.jsonl"), "a") as f:
            f.write(json.dumps([h, name, p.pid]) + "\n")
        return p

    def run(self, h, argv, user="postgres", env=None, check=True, timeout=120):
        r = subprocess.run(self._argv(h, argv, user), env=self._env(h, env), timeout=timeout,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           stdin=subprocess.DEVNULL, text=True, start_new_session=True)
        with open(self.dir(h, "log", "cmd.log"), "a") as f:
            f.write("$ %s\n%s[rc %d]\n" % (" ".join(argv), r.stdout, r.returncode))
        if check and r.returncode:
            raise RuntimeError("%s: %s\n%s" % (h, " ".join(argv), r.stdout[-2000:]))
        return r

    def pids(self, h):
        return self._ns_pids(self.ns(h))

    @staticmethod
    def _ns_pids(ns):
        r = sh("ip", "netns", "pids", ns, check=False)
        return [int(x) for x in r.stdout.split() if x.isdigit()]

    def _kill_ns(self, ns):
        for _ in range(100):
            ps = self._ns_pids(ns)
            if not ps:
                break
            for p in ps:
                try:
                    os.kill(p, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.reap()
            time.sleep(0.02)

    @staticmethod
    def is_client(pid):
        """One of the harness's own load clients (client.py)?"""
        try:
            with open("/proc/%d/cmdline" % pid, "rb") as f:
                return b"/mcb/client.py" in f.read()
        except OSError:
            return False

    def kill_host(self, h):
        self._kill_ns(self.ns(h))

    def reap(self):
        for _, _, p in list(self.procs):
            p.poll()

    def _reaper(self):
        while True:
            self.reap()
            time.sleep(0.05)

    # ---- PostgreSQL helpers (through the host's unix socket: works across namespaces)
    def sql(self, h, q, timeout=3.0, db="postgres"):
        c = Conn("host=%s port=5432 user=%s dbname=%s" % (self.dir(h, "run"), self.user, db), timeout)
        try:
            return c.query(q, timeout)
        finally:
            c.close()

    def role(self, h):
        """'primary' | 'standby' | None (unreachable)."""
        try:
            return "standby" if self.sql(h, "select pg_is_in_recovery()", 1.0)[0][0] == "t" \
                else "primary"
        except PgError:
            return None

    def pgdata(self, h):
        return self.dir(h, "pg")

    def postmaster(self, h):
        with open(os.path.join(self.pgdata(h), "postmaster.pid")) as f:
            return int(f.readline())

    @staticmethod
    def children(pid):
        kids = []
        for d in os.listdir("/proc"):
            if d.isdigit():
                try:
                    with open("/proc/%s/stat" % d) as f:
                        if int(f.read().rsplit(")", 1)[1].split()[1]) == pid:
                            kids.append(int(d))
                except (OSError, IndexError):
                    pass
        return kids

    def wait(self, fn, timeout, what, step=0.2):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                if fn():
                    return True
            except (PgError, OSError, RuntimeError):
                pass
            time.sleep(step)
        raise TimeoutError("%s not reached in %ds" % (what, timeout))


# Common server settings; every driver applies exactly these (peers must be comparable).
PG_CONF = {
    "listen_addresses": "'*'", "port": "5432", "unix_socket_directories": "'/run/postgresql'",
    "max_connections": "400", "superuser_reserved_connections": "20", "shared_buffers": "'64MB'",
    "wal_level": "replica", "max_wal_senders": "10", "max_replication_slots": "10",
    "hot_standby": "on", "wal_log_hints": "on", "wal_keep_size": "'512MB'",
    "synchronous_commit": "on", "fsync": "on", "full_page_writes": "on",
    "checkpoint_timeout": "'5min'", "max_wal_size": "'1GB'", "log_min_messages": "log",
    "log_min_error_statement": "panic", "logging_collector": "off",
    "log_line_prefix": "'%m [%p] '", "autovacuum": "on",
}
HBA = ("local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all 10.77.0.0/16 trust\n"
       "local replication all trust\nhost replication all 127.0.0.1/32 trust\n"
       "host replication all 10.77.0.0/16 trust\n")


def conf_text(extra=None):
    d = dict(PG_CONF)
    d.update(extra or {})
    return "".join("%s = %s\n" % kv for kv in d.items())

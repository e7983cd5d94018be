"""Mirroring Controller: an agent on each data host, the arbitration server in arb.

The programs come from the build directory named by MC_BUILD (default: build, beside this tree).
Everything is done with the commands an administrator would type.
"""
import glob
import os
import re
import shutil
import time

from ..cluster import HBA, PGBIN, conf_text
from .base import Driver, TUNED_PG

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("MC_BUILD") or os.path.join(HERE, "../../../../build")
PORT = 27540


def program(name):
    for place in ("", "src/main", "bin"):
        path = os.path.abspath(os.path.join(BUILD, place, name))
        if os.access(path, os.X_OK) and os.path.isfile(path):
            return path
    raise RuntimeError("no program %s in %s: build first, or set MC_BUILD" % (name, BUILD))


class MirroringController(Driver):
    name = "mc"
    settings = {
        # what mc_ctl init writes, and PostgreSQL as it comes
        "default": {"mc": {}, "pg": {}},
        # silent for 0.8 s is dead; an instance that does not answer for 0.8 s is sick
        "tuned": {"mc": {"heartbeat_interval": "100ms", "heartbeat_timeout": "100ms",
                         "heartbeat_retry": "3", "lease_timeout": "650ms",
                         "db_instance_check_interval": "100ms",
                         "db_instance_check_timeout": "100ms", "db_instance_check_retry": "3"},
                  "pg": TUNED_PG},
    }
    max_wait = {"default": 60, "tuned": 40}
    hold = {"default": 15, "tuned": 10}
    patience = 8    # how long a former primary gets to come back by itself, before it is rebuilt

    def mcdir(self, h):
        return self.c.dir(h, "home", "mc")

    def ctl(self, h, mode, *args, check=True, timeout=90):
        return self.c.run(h, [program("mc_ctl"), mode, "-M", self.mcdir(h)] + list(args),
                          check=check, timeout=timeout)

    def arb(self, mode, *args):
        return self.c.run("arb", [program("mc_arb"), mode, "-M", self.mcdir("arb")] + list(args))

    # ---- setting up
    def init_host(self, h, *more):
        c = self.c
        names = []
        for x in c.PG_HOSTS:
            names += ["--server", "%s=%s:%d" % (x, c.ip(x), PORT)]
        self.ctl(h, "init", "--id", h, "-D", c.pgdata(h), *names,
                 "--arbiter", "arb=%s:%d" % (c.ip("arb"), PORT), *more)
        self.write_settings(self.mcdir(h) + "/%s.conf" % h, self.knob["mc"])

    @staticmethod
    def write_settings(path, knobs):
        """Sets each name in place of its line, commented out or not, or at the end."""
        with open(path) as f:
            text = f.read()
        for name, value in knobs.items():
            line = "%s = '%s'" % (name, value)
            text, n = re.subn(r"(?m)^#?\s*%s\s*=.*$" % name, line, text, count=1)
            if not n:
                text += line + "\n"
        with open(path, "w") as f:
            f.write(text)

    def init_arbiter(self):
        made = glob.glob(self.mcdir("n1") + "/arb*")
        if len(made) != 1:
            raise RuntimeError("mc_ctl init wrote for the arbiter: %s" % made)
        copy = self.c.dir("arb", "home", os.path.basename(made[0]))
        self.take(made[0], copy)
        self.arb("init", "--id", "arb", "--from", copy)
        knobs = {k: v for k, v in self.knob["mc"].items() if k.startswith("heartbeat")}
        self.write_settings(self.mcdir("arb") + "/arbitration.conf", knobs)

    @staticmethod
    def take(source, target):
        shutil.copy(source, target)
        shutil.chown(target, "postgres", "postgres")
        os.chmod(target, 0o600)

    def setup(self):
        c = self.c
        c.up()
        c.run("n1", [PGBIN + "/initdb", "-D", c.pgdata("n1"), "-U", "postgres", "-A", "trust",
                     "-E", "UTF8", "--locale=C.UTF-8"])
        # the role postgres is the agent's own on the socket (peer): the harness, root, is another
        c.user = "bench"
        c.run("n1", ["sh", "-c", "echo 'create role bench superuser login' | %s/postgres --single -D %s "
                     "postgres" % (PGBIN, c.pgdata("n1"))])
        with open(c.pgdata("n1") + "/postgresql.conf", "a") as f:
            f.write(conf_text(self.knob["pg"]))
        with open(c.pgdata("n1") + "/pg_hba.conf", "w") as f:
            f.write(HBA)
        self.init_host("n1")
        self.init_arbiter()
        self.arb("start")
        key = c.dir("n2", "home", "cluster.key")
        self.take(self.mcdir("n1") + "/cluster.key", key)
        self.init_host("n2", "--key", key)
        self.ctl("n2", "start", "-W", "--mc-only")   # every voter is heard once before the first record
        self.ctl("n1", "start", "-f")
        self.copy("n2", "n1")
        self.wait_healthy(60)
        self.create_bench_table()

    def copy(self, h, source):
        """A new copy of the data directory of `source`, and h started on it."""
        c = self.c
        c.wait(lambda: c.role(source) == "primary", 30, "%s open" % source)
        c.run(h, [PGBIN + "/pg_basebackup", "-h", c.ip(source), "-U", "postgres", "-D",
                  c.pgdata(h), "-X", "stream", "-c", "fast"])
        self.start_host(h)

    # ---- what the harness asks for
    def start_host(self, h):
        self.ctl(h, "start", "-W", check=False)

    def healthy(self):
        return super().healthy() and "\nswitchable\n" in self.ctl(
            self.primary(), "status", check=False, timeout=10).stdout

    def switchover(self):
        self.ctl(self.primary(), "switch")

    def after_heal(self, fault, old, new):
        """A former primary follows by itself unless it has something of its own beyond the fork:
        then it stays down, and the operator makes a new copy."""
        if fault in ("F2W", "F5", "F6", "F7", "F8"):
            return
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            if self.c.role(old) == "standby":
                return
            time.sleep(0.2)
        self.notes.append("%s did not come back by itself: copied anew" % old)
        self.ctl(old, "stop", "-e", check=False)
        shutil.rmtree(self.c.pgdata(old))
        self.copy(old, new)

    def teardown(self):
        self.thaw()
        self.c.down()

    def describe(self):
        d = super().describe()
        d["mc"] = self.version(program("mc_ctl"), "--version")
        d["postgres"] = self.version(PGBIN + "/postgres", "--version")
        d["layout"] = "2 data hosts, 1 arbitration server, automatic switch and disconnection on"
        return d

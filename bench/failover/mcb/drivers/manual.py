"""'manual': the physical floor.  No detection: the harness itself promotes the standby
(F1-F4), drops synchronous replication (F5, F7, F8) or does stop+promote (F6) the instant the
fault is injected, over connections that are already open."""
import os

from ..cluster import HBA, PGBIN, conf_text
from ..libpq import Conn
from .base import Driver


DEGRADE = ("F5", "F7", "F8")       # the standby is lost, the primary stays


class Manual(Driver):
    name = "manual"
    settings = {"floor": {}}
    max_wait = {"floor": 40}
    hold = {"floor": 3}

    # /run/postgresql is private to each host, so the last line gives per-host settings
    def _local(self, h, ssn):
        path = self.c.dir(h, "run", "local.conf")
        with open(path + ".tmp", "w") as f:
            f.write("synchronous_standby_names = '%s'\n" % ssn)
        os.chmod(path + ".tmp", 0o644)
        os.rename(path + ".tmp", path)

    def extra_conf(self):
        return {}

    def init_primary(self, h):
        c = self.c
        c.run(h, [PGBIN + "/initdb", "-D", c.pgdata(h), "-U", "postgres", "-A", "trust",
                  "-E", "UTF8", "--locale=C.UTF-8"])
        with open(c.pgdata(h) + "/postgresql.conf", "a") as f:
            f.write(conf_text(self.extra_conf()) + "include_if_exists '/run/postgresql/local.conf'\n")
        with open(c.pgdata(h) + "/pg_hba.conf", "w") as f:
            f.write(HBA)

    def start_pg(self, h):
        self.c.spawn(h, [PGBIN + "/postgres", "-D", self.c.pgdata(h)], "postgres")

    def start_host(self, h):
        pass                        # nothing starts by itself: see after_heal

    def follow(self, h, upstream):
        """Standby configuration of h (data directory present, server stopped)."""
        c = self.c
        with open(c.pgdata(h) + "/postgresql.auto.conf", "w") as f:
            f.write("primary_conninfo = 'host=%s port=5432 user=postgres application_name=%s'\n"
                    % (c.ip(upstream), h))
        open(c.pgdata(h) + "/standby.signal", "w").close()
        for n in ("postgresql.auto.conf", "standby.signal"):
            os.chmod(c.pgdata(h) + "/" + n, 0o600)
            import shutil
            shutil.chown(c.pgdata(h) + "/" + n, "postgres", "postgres")

    def setup(self):
        c = self.c
        c.up()
        self._local("n1", "*")
        self._local("n2", "")
        self.init_primary("n1")
        self.start_pg("n1")
        c.wait(lambda: c.role("n1") == "primary", 30, "n1 up")
        c.run("n2", [PGBIN + "/pg_basebackup", "-h", c.ip("n1"), "-U", "postgres", "-D",
                     c.pgdata("n2"), "-X", "stream", "-c", "fast"])
        self.follow("n2", "n1")
        self.start_pg("n2")
        self.wait_healthy(30)
        self.create_bench_table()

    def inject(self, fault, p, s):
        c = self.c
        self._local(s, "") if fault not in DEGRADE else self._local(p, "")
        if fault in DEGRADE:
            k = Conn("host=%s user=postgres dbname=postgres" % c.dir(p, "run"), 2)
            super().inject(fault, p, s)
            k.query("select pg_reload_conf()", 5)
        else:
            k = Conn("host=%s user=postgres dbname=postgres" % c.dir(s, "run"), 2)
            super().inject(fault, p, s)
            k.query("select pg_promote(false)", 5)
        k.close()

    def switchover(self):
        p = self.primary()
        s = self.other(p)
        self._local(s, "")
        k = Conn("host=%s user=postgres dbname=postgres" % self.c.dir(s, "run"), 2)
        self.pg_ctl(p, "stop", "-m", "fast", "-w")
        k.query("select pg_promote(false)", 5)
        k.close()

    def after_heal(self, fault, old, new):
        """Operator's work: rewind the old primary and make it the standby."""
        c = self.c
        if fault in DEGRADE and old == new:
            if fault == "F8":
                self.start_pg(self.other(new))
                self.wait_attached(new)
            self._local(new, "*")
            c.sql(new, "select pg_reload_conf()")
            return
        self._local(old, "")            # before it starts as a standby
        self.rejoin(old, new)
        self.wait_attached(new)
        self._local(new, "*")
        c.sql(new, "select pg_reload_conf()")

    def wait_attached(self, p):
        """Synchronous again only when the standby streams: else every commit would hang."""
        self.c.wait(lambda: self.c.sql(p, "select 1 from pg_stat_replication where "
                                       "state='streaming'"), 60, "standby streaming")

    def rejoin(self, old, new):
        c = self.c
        self.pg_ctl(old, "stop", "-m", "immediate", "-w", check=False)
        c.sql(new, "checkpoint", 60)
        # crash recovery first if it was not stopped cleanly (pg_rewind wants that)
        r = c.run(old, [PGBIN + "/pg_rewind", "-D", c.pgdata(old), "--source-server",
                        "host=%s user=postgres dbname=postgres" % c.ip(new)], check=False)
        if r.returncode:
            import shutil
            shutil.rmtree(c.pgdata(old))
            c.run(old, [PGBIN + "/pg_basebackup", "-h", c.ip(new), "-U", "postgres", "-D",
                        c.pgdata(old), "-X", "stream", "-c", "fast"])
        self.follow(old, new)
        self.start_pg(old)

    def describe(self):
        d = super().describe()
        d["postgres"] = self.version(PGBIN + "/postgres", "--version")
        d["how"] = "pg_promote()/pg_reload_conf() issued by the harness at the fault instant"
        return d

"""Driver interface: one subclass per HA system.

A subclass must set `name`, `settings` (dict: setting name -> dict of knobs) and implement
setup(), start_host(h), switchover() and describe(); the rest has working defaults because
roles are read from PostgreSQL itself (pg_is_in_recovery, pg_stat_replication), never from
the HA system's own opinion.
"""
import os
import signal
import subprocess
import time

from ..cluster import Cluster, PGBIN, PgError

FAULTS = {
    "F1": "kill -9 of the primary's postmaster, agent alive",
    "F2": "primary host crash (link cut, then every process killed)",
    "F2W": "the same with WAL that no other host received, so that the host cannot simply follow when it is back",
    "F3": "primary partitioned from everything, processes alive",
    "F4": "primary's PostgreSQL frozen (SIGSTOP of all its processes)",
    "F5": "standby lost (link cut)",
    "F6": "planned switchover",
    "F7": "primary<->standby link cut, both still see the arbiter and the clients",
    "F8": "kill -9 of the standby's postmaster, agent alive",
    "F4S": "primary host suspended (SIGSTOP of every process, the agent too)",
}

# PostgreSQL's part of every 'tuned' setting: see a dead peer in 2 s (default 60 s) and, after a
# restart of the primary, have the standby reconnect within 0.5 s (default 5 s; commits wait)
TUNED_PG = {"wal_sender_timeout": "'2s'", "wal_receiver_timeout": "'2s'",
            "wal_retrieve_retry_interval": "'500ms'"}

OWN_WAL_S = 0.3     # F2W: too short for anybody to call the standby lost


class Driver:
    name = "?"
    settings = {}
    # seconds: how long to look for the end of an outage, and how long to keep looking at
    # an isolated old primary after service is back
    max_wait = {"default": 150, "tuned": 60}
    hold = {"default": 45, "tuned": 15}

    def __init__(self, cluster: Cluster, setting: str):
        self.c = cluster
        self.setting = setting
        self.knob = self.settings[setting]
        self._frozen = []
        self.notes = []

    # ---- to implement
    def setup(self):
        raise NotImplementedError

    def start_host(self, h):
        """(Re)start the agent (and so PostgreSQL) of a data host, as its boot would."""
        raise NotImplementedError

    def switchover(self):
        raise NotImplementedError

    def describe(self):
        """Everything a reader needs to repeat the run: versions and exact settings."""
        return {"setting": self.setting, "knobs": self.knob}

    def after_heal(self, fault, old, new):
        """What an operator must do by hand to get redundancy back; default nothing."""

    # ---- state
    def primaries(self):
        return [h for h in self.c.PG_HOSTS if self.c.role(h) == "primary"]

    def primary(self):
        p = self.primaries()
        if len(p) != 1:
            raise RuntimeError("primaries: %s" % p)
        return p[0]

    def standbys(self):
        return [h for h in self.c.PG_HOSTS if self.c.role(h) == "standby"]

    def other(self, h):
        return [x for x in self.c.PG_HOSTS if x != h][0]

    def healthy(self):
        """One primary, one synchronous standby, and replication really moves: a row in
        pg_stat_replication outlives a cut link by wal_sender_timeout, so state='streaming'
        alone proves nothing."""
        if len(self.primaries()) != 1 or len(self.standbys()) != 1:
            return False
        p = self.primary()
        lsn = self.c.sql(p, "select pg_current_wal_flush_lsn()")[0][0]
        time.sleep(0.15)
        r = self.c.sql(p, "select count(*) from pg_stat_replication where state='streaming' and "
                       "sync_state in ('sync','quorum') and flush_lsn >= '%s'::pg_lsn "
                       "and reply_time > now() - interval '12 s'" % lsn)
        return int(r[0][0]) == 1

    def wait_healthy(self, timeout):
        self.c.wait(self.healthy, timeout, "healthy")

    # ---- faults
    def inject(self, fault, p, s):
        """Apply a fault to primary p / standby s.  Must return at once (F2W waits a moment)."""
        c = self.c
        if fault == "F1":
            os.kill(c.postmaster(p), signal.SIGKILL)
        elif fault == "F2":
            c.cut(p)                # first the cable: a crashed host sends no FIN or RST
            c.kill_host(p)
        elif fault == "F2W":
            c.block(p, s)           # commits wait, in WAL that stays here
            time.sleep(OWN_WAL_S)
            c.cut(p)
            c.kill_host(p)
        elif fault == "F3":
            c.cut(p)
        elif fault == "F4":
            self.freeze(p)
        elif fault == "F5":
            c.cut(s)
        elif fault == "F7":
            c.block(p, s)
        elif fault == "F8":
            os.kill(c.postmaster(s), signal.SIGKILL)
        elif fault == "F4S":
            self.freeze_host(p)
        else:
            raise ValueError(fault)

    def heal(self, fault, p, s):
        """Undo the fault; the system should then get back to two nodes by itself."""
        c = self.c
        if fault in ("F2", "F2W"):
            c.unblock()
            c.uncut(p)
            self.start_host(p)
        elif fault == "F3":
            c.uncut(p)
        elif fault in ("F4", "F4S"):
            self.thaw()
        elif fault == "F5":
            c.uncut(s)
        elif fault == "F7":
            c.unblock()

    def freeze(self, h):
        pm = self.c.postmaster(h)
        os.kill(pm, signal.SIGSTOP)             # first the parent: no new children then
        pids = [pm] + self.c.children(pm)
        for p in pids[1:]:
            try:
                os.kill(p, signal.SIGSTOP)
            except ProcessLookupError:
                pass
        self._frozen = [(p, self._start_time(p)) for p in pids]

    def freeze_host(self, h):
        """Every process of the host except the harness's own clients: they have to see what the
        host answers when it wakes up.  Twice, for what was being forked meanwhile."""
        seen = {}
        for _ in range(2):
            for p in self.c.pids(h):
                if p not in seen and not self.c.is_client(p):
                    seen[p] = self._start_time(p)
                    try:
                        os.kill(p, signal.SIGSTOP)
                    except ProcessLookupError:
                        pass
        self._frozen = list(seen.items())

    def mark(self, h):
        """For how_it_came_back(): a file that pg_rewind removes, and a folder that only a new copy replaces. The folder is
        kept open, so that its number is not given to another one."""
        self.marker = self.c.pgdata(h) + "/bench_marker"
        open(self.marker, "w").close()
        self.marked = os.open(self.c.pgdata(h) + "/base", os.O_RDONLY)

    def how_it_came_back(self, h):
        same = os.path.samestat(os.fstat(self.marked), os.stat(self.c.pgdata(h) + "/base"))
        os.close(self.marked)
        return "copied anew" if not same else "followed" if os.path.exists(self.marker) else "rewound"

    def thaw(self):
        for p, st in self._frozen:
            if st is not None and self._start_time(p) == st:
                try:
                    os.kill(p, signal.SIGCONT)
                except ProcessLookupError:
                    pass
        self._frozen = []

    @staticmethod
    def _start_time(pid):
        try:
            with open("/proc/%d/stat" % pid) as f:
                return f.read().rsplit(")", 1)[1].split()[19]
        except OSError:
            return None

    def teardown(self):
        self.thaw()
        self.c.down()

    # ---- shared pieces for the drivers
    def create_bench_table(self):
        self.c.sql(self.primary(), "create table if not exists bench_acks("
                   "run int, client int, seq bigint, primary key(run,client,seq))", 20)

    def pg_ctl(self, h, *args, check=True, timeout=90):
        return self.c.run(h, [PGBIN + "/pg_ctl", "-D", self.c.pgdata(h)] + list(args),
                          check=check, timeout=timeout)

    def version(self, *argv):
        try:
            return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, timeout=10).stdout.strip().splitlines()[0]
        except (OSError, IndexError):
            return "?"

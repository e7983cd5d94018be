#!/usr/bin/env python3
"""Failover benchmark: one HA system, a list of faults, N repetitions.

  failover.py --system patroni --setting tuned --faults F1,F2,F6 --reps 3 --out r.jsonl

Root only (network namespaces).  See README.md for what is measured and how.
One JSON object per repetition is appended to --out as soon as it is known.
"""
import argparse
import json
import os
import shutil
import signal
import sys
import threading
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mcb import analyze                                   # noqa: E402
from mcb.cluster import BASE, PGBIN, Cluster              # noqa: E402
from mcb.drivers import DRIVERS                           # noqa: E402
from mcb.drivers.base import FAULTS                       # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PY = "/usr/bin/python3"
mono = time.monotonic


class Runner:
    def __init__(self, a):
        self.a = a
        self.c = Cluster(a.instance, self.log)
        self.d = DRIVERS[a.system](self.c, a.setting)
        self.up = self.filled = False
        self.pgbench, self.loads = 0, []
        self.run_id = int(time.time()) % 1000000
        self.keep = "%s/logs/%s-%s" % (BASE, a.system, a.setting)
        os.makedirs(self.keep, exist_ok=True)

    def log(self, *m):
        print(time.strftime("%H:%M:%S"), "[%s/%s]" % (self.a.system, self.a.setting), *m,
              flush=True)

    # ---- clients
    def client(self, host, name, *args):
        out = "%s/%s.acks" % (self.c.root, name)
        p = self.c.spawn(host, [PY, HERE + "/mcb/client.py", "--run", str(self.run_id),
                                "--out", out] + list(args), "client-" + name, user="root")
        return p, out

    def start_clients(self):
        c = self.c
        i1, i2 = c.ip("n1"), c.ip("n2")
        self.clients = [self.client("cli", "remote-%d" % self.run_id, "--multi",
                                    str(self.a.writers), "--hosts", i1 + "," + i2,
                                    "--probe", "10:" + i1, "--probe", "11:" + i2,
                                    "--read", "50:" + i1, "--read", "51:" + i2)]
        self.remote = self.clients[0][1]
        self.locals = {}
        for h, cid in (("n1", 20), ("n2", 21)):
            k = self.client(h, "local-%s-%d" % (h, self.run_id), "--probe",
                            "%d:%s" % (cid, c.ip(h)), "--interval", "0.04",
                            "--read", "%d:%s" % (cid + 20, c.ip(h)))
            self.clients.append(k)
            self.locals[h] = [k[1]]

    # ---- what else goes on: pgbench, and sessions that a planned switch has to end
    def fill(self):
        """pgbench's tables, once in a cluster."""
        if self.pgbench and not self.filled:
            h = self.d.primary()
            self.c.run("cli", [PGBIN + "/pgbench", "-i", "-q", "-s", "10", *self.whom(h)])
            self.c.sql(h, "checkpoint", 60)
            self.d.wait_healthy(60)
            self.filled = True

    def whom(self, h):
        return ["-h", self.c.ip(h), "-U", self.c.user, "postgres"]

    def start_load(self, h):
        """Clients of pgbench at h, which end with their sessions; a transaction with an id that is idle, one whose statement
        lasts, and a session that does nothing."""
        psql = [PGBIN + "/psql", "-X", "-q", *self.whom(h)]
        began = ["-c", "begin", "-c", "insert into bench_acks values (0, 0, pg_current_xact_id()::text::bigint)"]
        loads = [[PGBIN + "/pgbench", "-n", "-c", str(self.pgbench), "-j", "2", "-T", "3600", *self.whom(h)],
                 psql + began + ["-c", "\\! sleep 3600"], psql + began + ["-c", "select pg_sleep(3600)"],
                 psql + ["-c", "\\! sleep 3600"]]
        for argv in loads if self.pgbench else []:
            self.loads.append(self.c.spawn("cli", argv, "load"))
        if self.pgbench:
            self.c.wait(lambda: self.working(h), 20, "pgbench works")

    def working(self, h):
        seen = self.c.sql(h, "select count(*) from pg_stat_activity where backend_type = 'client backend' and client_addr = "
                          "'%s' and (application_name = 'pgbench' or xact_start is not null and application_name = 'psql')"
                          % self.c.ip("cli"))
        return int(seen[0][0]) >= self.pgbench + 2

    def stop_load(self):
        """What sleeps in a shell of psql goes with its session."""
        for p in self.loads:
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            p.wait()
        self.loads = []

    def restart_local(self, h):
        """After a host crash: its local client comes back with the host (new client id)."""
        cid = 30 if h == "n1" else 31
        k = self.client(h, "local2-%s-%d" % (h, self.run_id), "--probe",
                        "%d:%s" % (cid, self.c.ip(h)), "--interval", "0.04")
        self.clients.append(k)
        self.locals[h].append(k[1])

    def stop_clients(self):
        for p, _ in self.clients:
            if p.poll() is None:
                p.terminate()
        for p, _ in self.clients:
            try:
                p.wait(timeout=4)
            except Exception:
                p.kill()
                p.wait()

    # ---- one repetition
    def ensure_up(self):
        if self.up:
            try:
                self.d.wait_healthy(20)
                return
            except TimeoutError:
                self.log("not healthy: rebuilding the cluster")
                self.save_logs("unhealthy")
        t = mono()
        self.d.teardown()
        self.d.setup()
        self.up, self.filled = True, False
        self.log("cluster up in %.1fs" % (mono() - t))

    def observe(self, t0, fault, p, thread):
        cls = "default" if self.a.setting == "default" else "tuned"
        mw = self.d.max_wait.get(self.a.setting, self.d.max_wait.get(cls, 60))
        hold = self.d.hold.get(self.a.setting, self.d.hold.get(cls, 15))
        no_gap = 20 if cls == "default" else 8
        settle = self.a.settle
        restored_at = None
        while True:
            time.sleep(0.25)
            now = mono()
            if thread is not None and thread.is_alive() and now - t0 < mw:
                continue
            acks, _ = analyze.load(self.remote)
            ts = sorted(x[0] for x in acks if x[0] > t0 - 1)
            if now - t0 > mw:
                return "timeout"
            if not ts or now - t0 < settle or now - ts[-1] > 0.5:
                continue
            gap_end = [b for a, b in zip(ts, ts[1:]) if b > t0 and b - a > 0.08]
            big = [b for b in gap_end]
            if not big:
                if now - t0 > no_gap:
                    return "no outage"
                continue
            # restored: quiet since the last hole over 0.4 s (or the only small ones)
            holes = [b for a, b in zip(ts, ts[1:]) if b > t0 and b - a > 0.4] or big[:1]
            if now - holes[-1] < settle:
                continue
            restored_at = restored_at or now
            if fault in ("F3", "F4", "F4S", "F7") and now - t0 < hold:
                # keep looking at the old primary until it is seen to have stepped down
                _, st = analyze.load(self.locals[p][0])
                s = [x[2] for x in st if x[0] > t0]
                if not (s and (s[-1] in ("ro", "refused"))):
                    continue
            return "restored"

    def one(self, fault, rep):
        c, d = self.c, self.d
        self.ensure_up()
        self.fill()
        self.run_id += 1
        p = d.primary()
        s = d.other(p)
        self.start_clients()
        res = {"system": d.name, "setting": self.a.setting, "fault": fault + (" load" if self.pgbench else ""), "rep": rep,
               "run": self.run_id, "primary": p, "load_before": os.getloadavg()[0],
               "when": time.strftime("%Y-%m-%dT%H:%M:%S")}
        try:
            self.start_load(p)
            time.sleep(3.0 + (self.run_id * 0.37) % 1.0)     # also spreads the phase
            acks, _ = analyze.load(self.remote)
            if len({a[1] for a in acks}) < self.a.writers:
                raise RuntimeError("clients did not start writing")
            thread = None
            if fault == "F2W":
                d.mark(p)
            t0 = mono()
            if fault == "F6":
                thread = threading.Thread(target=self.guard(d.switchover), daemon=True)
                thread.start()
            else:
                d.inject(fault, p, s)
            res["inject_took_s"] = round(mono() - t0, 4)
            res["end"] = self.observe(t0, fault, p, thread)
            res["primaries_before_heal"] = d.primaries()
            if fault == "F2W":
                self.stop_load()
                self.start_load(s)              # it comes back to a primary that works
            t_heal = mono()
            if fault != "F6":
                d.heal(fault, p, s)
                if fault == "F2":
                    self.restart_local(p)
            new = s
            try:
                if fault == "F6":
                    new = d.primary()
                elif fault != "F2W":
                    time.sleep(1.0)
                    pr = d.primaries()
                    new = s if s in pr and fault not in ("F5", "F7", "F8") else \
                        (pr[0] if len(pr) == 1 else s)
                d.after_heal(fault, p, new)
                d.wait_healthy(self.a.heal_timeout)
                res["heal_s"] = round(mono() - t_heal, 2)
                if fault == "F2W":
                    res["how"] = d.how_it_came_back(p)
            except (TimeoutError, RuntimeError) as e:
                res["heal_s"] = None
                res["heal_error"] = str(e)[:300]
                self.save_logs("heal-%s-%d" % (fault, rep))
                self.up = False
            self.stop_load()
            time.sleep(1.5)
            self.stop_clients()
            t_end = mono()
            pr = d.primaries()
            res["final_primary"] = pr
            fin = pr[0] if len(pr) == 1 else new
            table = [(int(x), int(y)) for x, y in
                     c.sql(fin, "select client,seq from bench_acks where run=%d" % self.run_id, 30)]
            ra, rs, reads = analyze.load_all(self.remote)
            la, ls = [], []
            for h in self.locals:
                for f in self.locals[h]:
                    x, y, z = analyze.load_all(f)
                    la += x
                    ls += y
                    reads += z
            ip_host = {20: c.ip("n1"), 21: c.ip("n2")}.get
            res.update(analyze.analyse((ra, rs), (la, ls), t0, t_heal, t_end,
                                       c.ip(p), ip_host, table,
                                       None if fault == "F6" else
                                       t0 + res["inject_took_s"] + 0.5, reads))
            res["t0"], res["t_heal"], res["t_end"] = t0, t_heal, t_end
            self.raw(fault, rep, table)
            res["final_is_new"] = fin != p
            if res["lost_remote"] + res["lost_local"]:
                self.up = False             # its state may be broken too: next one on a new cluster
        except Exception as e:           # a failed repetition is a result too
            res["error"] = "%s: %s" % (type(e).__name__, str(e)[:400])
            self.log(traceback.format_exc())
            self.save_logs("error-%s-%d" % (fault, rep))
            self.up = False
        finally:
            self.stop_load()
            self.stop_clients()
            res["load_after"] = os.getloadavg()[0]
            res["notes"] = d.notes[-3:]
            d.notes = []
        return res

    def guard(self, fn):
        def w():
            try:
                fn()
            except Exception as e:
                self.d.notes.append("switchover: %s" % str(e)[-300:])
                self.log("switchover failed:", str(e)[-300:])
        return w

    def raw(self, fault, rep, table):
        """Keep the clients' logs and the final table: a run can be analysed again."""
        dst = "%s/raw-%s-%d-%d" % (self.keep, fault, rep, self.run_id)
        os.makedirs(dst, exist_ok=True)
        for f in [self.remote] + sum(self.locals.values(), []):
            shutil.copy(f, dst)
        with open(dst + "/table.json", "w") as f:
            json.dump(table, f)

    def save_logs(self, tag):
        dst = "%s/%s-%s" % (self.keep, time.strftime("%H%M%S"), tag)
        os.makedirs(dst, exist_ok=True)
        for h in ("n1", "n2", "arb"):
            try:
                shutil.copytree(self.c.dir(h, "log"), "%s/%s" % (dst, h), dirs_exist_ok=True)
            except OSError:
                pass

    def main(self):
        a = self.a
        try:
            plan = [(load, fault) for load in map(int, a.loads.split(",")) for fault in a.faults.split(",")]
            for self.pgbench, fault in plan:
                for rep in range(1, a.reps + 1):
                    r = self.one(fault, rep)
                    with open(a.out, "a") as f:
                        f.write(json.dumps(r) + "\n")
                    self.log(fault, rep, {k: r.get(k) for k in (
                        "outage_s", "restore_s", "down_s", "client_gap_s", "final_is_new", "end",
                        "old_demoted_s", "dual_acks", "stale_reads", "wake_read_s", "lost_remote",
                        "lost_local", "heal_s", "how", "heal_outage_s",
                        "error") if r.get(k) is not None})
                    self.save_logs("%s-%d" % (fault, rep))
        finally:
            self.save_logs("final")
            if not a.keep:
                self.d.teardown()


def quit_cleanly(*_):
    raise SystemExit(143)               # so that main()'s finally tears the cluster down


def main():
    signal.signal(signal.SIGTERM, quit_cleanly)
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--system", required=True, choices=sorted(DRIVERS))
    ap.add_argument("--setting", default="default")
    ap.add_argument("--faults", default="F1,F2,F3,F4,F5,F6,F7,F8")
    ap.add_argument("--reps", type=int, default=3)
    ap.add_argument("--out", default="results.jsonl")
    ap.add_argument("--instance", type=int, default=0, help="0..249; several may run at once")
    ap.add_argument("--writers", type=int, default=4)
    ap.add_argument("--loads", default="0", metavar="N,N",
                    help="so many clients of pgbench beside, and with them sessions with and without transactions: "
                    "all repetitions with the first number, then with the next")
    ap.add_argument("--settle", type=float, default=4, help="seconds that an outage must be over")
    ap.add_argument("--heal-timeout", type=int, default=90)
    ap.add_argument("--keep", action="store_true", help="leave the cluster running at the end")
    ap.add_argument("--teardown-only", action="store_true")
    ap.add_argument("--describe", action="store_true", help="print the exact settings and exit")
    a = ap.parse_args()
    bad = [f for f in a.faults.split(",") if f not in FAULTS]
    if bad:
        ap.error("unknown faults: %s" % bad)
    if a.setting not in DRIVERS[a.system].settings:
        ap.error("settings of %s: %s" % (a.system, ", ".join(DRIVERS[a.system].settings)))
    r = Runner(a)
    if a.describe:
        print(json.dumps(r.d.describe(), indent=1))
    elif a.teardown_only:
        r.d.teardown()
    else:
        r.main()


if __name__ == "__main__":
    main()
